/* For people at a terminal: one part per document, findings by verdict, the
 * quote in its sentence with its place, what speaks against it, why, and what
 * to do. */
#include "base/clock.h"
#include "base/utf8.h"
#include "report/app.h"
#include "report/common.h"
#include "report/flow.h"
#include "report/extent.h"
#include "report/label.h"
#include "report/uses.h"
#include "report/waived.h"
#include "report/wrap.h"

#define COLUMNS_DEFAULT 80
#define COLUMNS_MIN 40
#define CONTEXT_COLUMNS 60 /* shown on each side of a quote */
#define PASSAGES_SHOWN 3   /* per finding, without verbose */
#define INDENT_BODY 6
#define INDENT_QUOTE 10
#define SMALL_BYTES 65536

#define SGR_OFF "\033[0m"
#define SGR_BOLD "\033[1m"
#define SGR_DIM "\033[2m"
#define SGR_RED "\033[1;31m"
#define SGR_YELLOW "\033[1;33m"
#define SGR_GREEN "\033[1;32m"
#define SGR_CYAN "\033[36m"

struct text {
	struct fa_report *r;
	struct fa_buf *out;
	enum fa_lang lang;
	struct fa_wrap w;
};

static struct text
text_init(struct fa_report *r, struct fa_buf *out)
{
	unsigned columns = r->opts.columns;

	if (columns == 0)
		columns = COLUMNS_DEFAULT;
	if (columns < COLUMNS_MIN)
		columns = COLUMNS_MIN;
	return (struct text){
		.r = r,
		.out = out,
		.lang = r->opts.lang,
		.w = { .out = out, .width = columns, .color = r->opts.color },
	};
}

static const char *
label(const struct text *t, enum fa_label l)
{
	return fa_label(t->lang, l);
}

/* "  label: " in dim, the start of a paragraph. */
static void
put_label(struct text *t, enum fa_label l)
{
	fa_wrap_begin(&t->w, INDENT_BODY, INDENT_BODY);
	fa_wrap_adds(&t->w, label(t, l), SGR_DIM);
	fa_wrap_adds(&t->w, label(t, FA_LABEL_COLON), SGR_DIM);
}

static void
put_paragraph(struct text *t, enum fa_label l, struct fa_str s)
{
	if (s.n == 0)
		return;
	put_label(t, l);
	fa_wrap_add(&t->w, s, NULL);
	fa_wrap_end(&t->w);
}

/* The last (from_end) or first part of s that fits into the columns. */
static struct fa_str
clip(struct fa_str s, size_t columns, bool from_end)
{
	size_t at = 0;
	size_t total = fa_utf8_columns(s);
	size_t drop = total > columns ? total - columns : 0;
	size_t used = 0;

	while (at < s.n) {
		uint32_t cp;
		size_t n = fa_utf8_next(fa_str_sub(s, at, s.n), &cp);
		int wide = fa_utf8_width(cp);

		if (from_end ? used >= drop : used >= columns)
			break;
		used += wide > 0 ? (size_t)wide : 0;
		at += n;
	}
	return from_end ? fa_str_sub(s, at, s.n) : fa_str_sub(s, 0, at);
}

static void
put_passage(struct text *t, const struct fa_evidence *e)
{
	struct fa_str before = e->before;
	struct fa_str after = e->after;
	struct fa_wrap *w = &t->w;

	if (!t->r->opts.verbose) {
		before = clip(before, CONTEXT_COLUMNS, true);
		after = clip(after, CONTEXT_COLUMNS, false);
	}
	fa_wrap_begin(w, INDENT_QUOTE, INDENT_QUOTE);
	if (before.n < e->before.n)
		fa_wrap_adds(w, "…", SGR_DIM);
	fa_wrap_add(w, before, SGR_DIM);
	if (!w->color)
		fa_wrap_adds(w, label(t, FA_LABEL_OPEN), NULL);
	fa_wrap_add(w, e->text, SGR_BOLD);
	if (!w->color)
		fa_wrap_adds(w, label(t, FA_LABEL_CLOSE), NULL);
	if (e->cut)
		fa_wrap_adds(w, label(t, FA_LABEL_CUT), SGR_DIM);
	fa_wrap_add(w, after, SGR_DIM);
	if (after.n < e->after.n)
		fa_wrap_adds(w, "…", SGR_DIM);
	fa_wrap_end(w);
}

/* Label, place and section. The place is one word, so that a terminal or an
 * editor can open it. */
static void
put_place(struct text *t, enum fa_label l, const struct fa_result *res,
	const struct fa_evidence *e)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf place;

	fa_buf_init(&place, t->out->max_bytes);
	fa_report_visible(&place, res->name, false);
	fa_buf_addf(&place, ":%u:%u", (unsigned)e->from.line,
		(unsigned)e->from.column);
	fa_report_carry(t->out, &place);
	put_label(t, l);
	if (t->w.blank)
		fa_buf_addc(t->out, ' ');
	t->w.blank = false;
	fa_buf_adds(t->out, t->w.color ? SGR_CYAN : "");
	fa_buf_add(t->out, fa_buf_str(&place));
	fa_buf_adds(t->out, t->w.color ? SGR_OFF : "");
	t->w.column += (unsigned)fa_utf8_columns(fa_buf_str(&place));
	t->w.fresh = false;
	if (e->section.n > 0) {
		fa_wrap_adds(&t->w, " §", SGR_DIM);
		fa_wrap_add(&t->w, e->section, SGR_DIM);
	}
	fa_wrap_end(&t->w);
}

static void
put_passages(struct text *t, enum fa_label l, const struct fa_result *res,
	const struct fa_evidence *e, size_t n)
{
	size_t shown = n;

	if (!t->r->opts.verbose && shown > PASSAGES_SHOWN)
		shown = PASSAGES_SHOWN;
	for (size_t i = 0; i < shown; i++) {
		if (e[i].place != NULL && res->flow != NULL) {
			put_label(t, l);
			fa_report_text_spot(&t->w, res->flow, &e[i], t->lang);
		} else {
			put_place(t, l, res, &e[i]);
		}
		put_passage(t, &e[i]);
		if (e[i].place != NULL && res->flow != NULL)
			fa_report_text_way(&t->w, res->flow, &e[i], t->lang);
	}
	if (shown < n) {
		fa_buf_addf(t->out, "%*s%zu %s\n", INDENT_QUOTE, "", n - shown,
			label(t, FA_LABEL_MORE));
	}
}

static const char *
severity_color(enum fa_severity s)
{
	if (s >= FA_SEVERITY_HIGH)
		return SGR_RED;
	return s == FA_SEVERITY_MEDIUM ? SGR_YELLOW : SGR_CYAN;
}

static void
put_rating(struct text *t, const struct fa_finding *f)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf p;

	fa_buf_init(&p, SMALL_BYTES);
	fa_wrap_adds(&t->w, " · ", SGR_DIM);
	fa_wrap_adds(&t->w, fa_label_tier(t->lang, f->tier),
		f->tier == FA_TIER_LEAD ? SGR_CYAN : NULL);
	if (f->confidence > 0) {
		fa_buf_addc(&p, ' ');
		fa_report_thousandths(&p, f->confidence);
		fa_report_carry(t->out, &p);
		fa_wrap_add(&t->w, fa_buf_str(&p), SGR_DIM);
	}
	if (fa_report_gates(t->r, f)) {
		fa_wrap_adds(&t->w, " · ", SGR_DIM);
		fa_wrap_adds(&t->w, label(t, FA_LABEL_GATES), SGR_RED);
	}
}

static void
put_title(struct text *t, const struct fa_finding *f)
{
	const struct fa_bundle *b = t->r->bundle;
	const struct fa_obligation *o = &b->obligations[f->obligation];
	struct fa_wrap *w = &t->w;

	fa_wrap_begin(w, 2, INDENT_BODY);
	fa_wrap_adds(w, "[", NULL);
	fa_wrap_adds(w, fa_label_severity(t->lang, o->severity),
		severity_color(o->severity));
	fa_wrap_adds(w, "] ", NULL);
	fa_wrap_add(w, o->id, SGR_BOLD);
	fa_wrap_adds(w, " ", NULL);
	fa_wrap_add(w, fa_report_pick(&o->title, t->lang), SGR_BOLD);
	if (fa_report_is_breach(f->verdict))
		put_rating(t, f);
	fa_wrap_end(w);
}

static void
put_source(struct text *t, const struct fa_finding *f)
{
	const struct fa_bundle *b = t->r->bundle;
	const struct fa_obligation *o = &b->obligations[f->obligation];
	FA_CLEANUP(fa_buf_done) struct fa_buf s;

	fa_buf_init(&s, SMALL_BYTES);
	fa_report_source(&s, b, o->instrument, o->article, t->lang);
	fa_report_carry(t->out, &s);
	put_paragraph(t, FA_LABEL_SOURCE, fa_buf_str(&s));
}

/* " [id]" as one piece. */
static void
put_rule_id(struct text *t, const struct fa_finding *f)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf id;

	fa_buf_init(&id, SMALL_BYTES);
	fa_buf_adds(&id, " [");
	fa_buf_add(&id, fa_report_rule_id(t->r->bundle, f));
	fa_buf_addc(&id, ']');
	fa_report_carry(t->out, &id);
	fa_wrap_add(&t->w, fa_buf_str(&id), SGR_DIM);
}

static void
put_finding(
	struct text *t, const struct fa_result *res, const struct fa_finding *f)
{
	const struct fa_bundle *b = t->r->bundle;
	const struct fa_obligation *o = &b->obligations[f->obligation];
	struct fa_str message = fa_report_message(b, f, t->lang);

	put_title(t, f);
	if (!fa_str_eq(message, fa_report_pick(&o->title, t->lang))) {
		fa_wrap_begin(&t->w, INDENT_BODY, INDENT_BODY);
		fa_wrap_add(&t->w, message, NULL);
		put_rule_id(t, f);
		fa_wrap_end(&t->w);
	}
	put_source(t, f);
	if (f->verdict == FA_VERDICT_GAP && f->pro_n == 0)
		put_paragraph(t, FA_LABEL_QUOTE,
			fa_str_c(fa_report_silence(res, t->lang)));
	put_passages(t, FA_LABEL_QUOTE, res, f->pro, f->pro_n);
	put_passages(t, FA_LABEL_CONTRA, res, f->contra, f->contra_n);
	put_paragraph(t, FA_LABEL_REASON, f->reason);
	put_paragraph(t, FA_LABEL_WHY, fa_report_why(b, f, t->lang));
	if (fa_report_is_breach(f->verdict))
		put_paragraph(t, FA_LABEL_FIX, fa_report_fix(b, f, t->lang));
	put_paragraph(t, fa_report_wording_label(f->verdict),
		fa_report_wording(b, f, t->lang));
	fa_buf_addc(t->out, '\n');
}

static const char *
verdict_color(enum fa_verdict v)
{
	if (v == FA_VERDICT_VIOLATION)
		return SGR_RED;
	if (v == FA_VERDICT_GAP)
		return SGR_YELLOW;
	return v == FA_VERDICT_COMPLIANT ? SGR_GREEN : SGR_BOLD;
}

static int
put_group(struct text *t, const struct fa_result *res, enum fa_verdict v,
	struct fa_err *err)
{
	struct fa_arena scratch;
	size_t *at;
	size_t n;
	int rc;

	fa_arena_init(&scratch, res->findings_n * sizeof(*at) + 64);
	rc = fa_report_select(&at, &n, t->r, res, v, &scratch, err);
	if (rc == FA_OK && n > 0) {
		fa_buf_adds(t->out, t->w.color ? verdict_color(v) : "");
		fa_buf_addf(t->out, "%s (%zu)%s\n\n",
			fa_label_verdict(t->lang, v), n,
			t->w.color ? SGR_OFF : "");
		for (size_t i = 0; i < n; i++)
			put_finding(t, res, &res->findings[at[i]]);
	}
	fa_arena_done(&scratch);
	return rc;
}

static void
put_score(struct text *t, const struct fa_score *s)
{
	const char *color = s->grade <= 'B' ? SGR_GREEN : SGR_RED;
	char grade[] = { ' ', s->grade, '\0' };
	FA_CLEANUP(fa_buf_done) struct fa_buf rest;

	if (s->grade == 'C' || s->grade == 'N' || s->grade == 'U')
		color = SGR_YELLOW;
	fa_buf_init(&rest, SMALL_BYTES);
	fa_buf_addf(&rest, " · %s ", label(t, FA_LABEL_SCORE));
	fa_report_points(&rest, s->lo);
	fa_buf_adds(&rest, "..");
	fa_report_points(&rest, s->hi);
	fa_buf_addf(&rest, " · %s %u.%02u%%", label(t, FA_LABEL_COVERAGE),
		(unsigned)(s->coverage_bp / 100),
		(unsigned)(s->coverage_bp % 100));
	fa_wrap_begin(&t->w, 2, 4);
	fa_wrap_adds(&t->w, label(t, FA_LABEL_GRADE), NULL);
	fa_wrap_adds(&t->w, grade, color);
	fa_report_carry(t->out, &rest);
	fa_wrap_add(&t->w, fa_buf_str(&rest), NULL);
	fa_wrap_end(&t->w);
}

static void
put_counts(struct text *t, const uint32_t counts[FA_VERDICT_COUNT])
{
	FA_CLEANUP(fa_buf_done) struct fa_buf line;

	fa_buf_init(&line, SMALL_BYTES);
	for (size_t i = FA_VERDICT_COUNT; i > 0; i--) {
		enum fa_verdict v = (enum fa_verdict)(i - 1);

		if (v == FA_VERDICT_NOT_APPLICABLE && !t->r->opts.verbose)
			continue;
		fa_buf_addf(&line, "%s%s %u", line.n > 0 ? " · " : "",
			fa_label_verdict(t->lang, v), (unsigned)counts[v]);
	}
	fa_wrap_begin(&t->w, 2, 4);
	fa_report_carry(t->out, &line);
	fa_wrap_add(&t->w, fa_buf_str(&line), NULL);
	fa_wrap_end(&t->w);
}

static void
put_scopes(struct text *t, const struct fa_result *res)
{
	bool first = true;

	fa_wrap_begin(&t->w, 2, 4);
	fa_wrap_adds(&t->w, label(t, FA_LABEL_SCOPES), NULL);
	fa_wrap_adds(&t->w, " ", NULL);
	for (int s = 0; s < FA_SCOPE_COUNT; s++) {
		if ((res->scopes & FA_SCOPE_BIT(s)) == 0)
			continue;
		if (!first)
			fa_wrap_adds(&t->w, label(t, FA_LABEL_COMMA), NULL);
		fa_wrap_adds(&t->w, fa_label_scope(t->lang, s), NULL);
		first = false;
	}
	if (first)
		fa_wrap_adds(&t->w, label(t, FA_LABEL_NONE), NULL);
	fa_wrap_end(&t->w);
}

static void
put_uses(struct text *t, const struct fa_result *res)
{
	if (res->uses_n == 0)
		return;
	fa_wrap_begin(&t->w, 2, 4);
	fa_wrap_adds(&t->w, label(t, FA_LABEL_USES), NULL);
	fa_wrap_adds(&t->w, " ", NULL);
	for (size_t i = 0; i < res->uses_n; i++) {
		if (i > 0)
			fa_wrap_adds(&t->w, label(t, FA_LABEL_COMMA), NULL);
		fa_wrap_add(&t->w,
			fa_report_use_title(res->uses[i].name, t->lang), NULL);
	}
	fa_wrap_end(&t->w);
}

static void
put_use(struct text *t, const struct fa_result *res, const struct fa_use *u)
{
	const struct fa_bundle *b = t->r->bundle;

	fa_wrap_begin(&t->w, 2, 4);
	fa_wrap_add(&t->w, fa_report_use_title(u->name, t->lang), SGR_BOLD);
	fa_wrap_end(&t->w);
	put_passages(t, FA_LABEL_QUOTE, res, u->mentions, u->mentions_n);
	for (size_t i = 0; i < u->points_n; i++) {
		const struct fa_use_point *p = &u->points[i];

		fa_wrap_begin(&t->w, 6, 8);
		fa_wrap_add(&t->w, b->obligations[p->obligation].id, NULL);
		fa_wrap_adds(&t->w, " ", NULL);
		fa_wrap_adds(
			&t->w, fa_label_verdict(t->lang, p->verdict), NULL);
		fa_wrap_adds(&t->w, label(t, FA_LABEL_COLON), NULL);
		fa_wrap_add(&t->w, p->evidence.text, NULL);
		fa_wrap_end(&t->w);
	}
	fa_buf_addc(t->out, '\n');
}

static void
put_head(struct text *t, const struct fa_result *res)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf name;

	/* Line ends in a name are shown, those in other texts are blanks. */
	fa_buf_init(&name, t->out->max_bytes);
	fa_report_visible(&name, res->name, false);
	fa_report_carry(t->out, &name);
	fa_wrap_begin(&t->w, 0, 2);
	fa_wrap_add(&t->w, fa_buf_str(&name), SGR_BOLD);
	fa_wrap_end(&t->w);
	if (res->title.n > 0) {
		fa_wrap_begin(&t->w, 2, 4);
		fa_wrap_add(&t->w, res->title, NULL);
		fa_wrap_end(&t->w);
	}
	if (res->derived.n > 0)
		put_paragraph(t, FA_LABEL_DERIVED,
			fa_str_c(label(t,
				res->format == FA_FORMAT_PDF
					? FA_LABEL_OF_PDF
					: FA_LABEL_OF_WORD)));
	if (res->notice.n > 0)
		put_paragraph(t,
			res->partial ? FA_LABEL_PARTIAL : FA_LABEL_NOTICE,
			res->notice);
}

static int
doc(struct fa_report *r, const struct fa_result *res, struct fa_buf *out,
	struct fa_err *err)
{
	static const enum fa_verdict groups[] = { FA_VERDICT_VIOLATION,
		FA_VERDICT_GAP, FA_VERDICT_CANNOT_TELL, FA_VERDICT_COMPLIANT,
		FA_VERDICT_NOT_APPLICABLE };
	size_t groups_n = r->opts.verbose ? FA_COUNT(groups) : 3;
	struct text t = text_init(r, out);
	int rc = FA_OK;

	r->docs_n++;
	put_head(&t, res);
	if (res->error.p != NULL) {
		put_paragraph(&t, FA_LABEL_ERROR, res->error);
		fa_buf_addc(out, '\n');
		return fa_buf_rc(out, "report", err);
	}
	put_score(&t, &res->score);
	put_scopes(&t, res);
	put_uses(&t, res);
	if (res->flow != NULL)
		fa_report_text_flow(&t.w, res->flow, t.lang, r->opts.verbose);
	put_counts(&t, res->counts);
	/* On one line whatever its length: people paste it elsewhere. */
	fa_buf_adds(out, t.w.color ? "  " SGR_DIM : "  ");
	fa_report_visible(out, res->score.vector, false);
	fa_buf_adds(out, t.w.color ? SGR_OFF "\n\n" : "\n\n");
	for (size_t i = 0; r->opts.explain && i < res->uses_n; i++)
		put_use(&t, res, &res->uses[i]);
	for (size_t i = 0; i < groups_n && rc == FA_OK; i++)
		rc = put_group(&t, res, groups[i], err);
	if (rc != FA_OK)
		return rc;
	fa_report_text_waived(&t.w, r, res);
	return fa_buf_rc(out, "report", err);
}

static int
begin(struct fa_report *r, struct fa_buf *out, struct fa_err *err)
{
	(void)r;
	return fa_buf_rc(out, "report", err);
}

static void
add_number(struct text *t, struct fa_buf *line, uint32_t n, enum fa_label l)
{
	fa_buf_addf(line, "%s%u %s", t->lang == FA_LANG_ZH ? "，" : ", ",
		(unsigned)n, label(t, l));
}

static void
put_totals(struct text *t, const struct fa_report_totals *totals)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf line;

	fa_buf_init(&line, SMALL_BYTES);
	fa_buf_addf(&line, "%s%s%u %s", label(t, FA_LABEL_TOTAL),
		label(t, FA_LABEL_COLON), (unsigned)totals->documents,
		label(t, FA_LABEL_DOCUMENTS));
	add_number(t, &line, totals->with_face_id, FA_LABEL_WITH_FACE);
	if (totals->errors > 0)
		add_number(t, &line, totals->errors, FA_LABEL_ERRORS);
	if (totals->partial > 0)
		add_number(t, &line, totals->partial, FA_LABEL_PARTIAL_N);
	add_number(t, &line, totals->gating, FA_LABEL_GATING);
	if (totals->waived > 0)
		add_number(t, &line, totals->waived, FA_LABEL_WAIVED_N);
	fa_wrap_begin(&t->w, 0, 2);
	fa_report_carry(t->out, &line);
	fa_wrap_add(&t->w, fa_buf_str(&line), NULL);
	fa_wrap_end(&t->w);
	put_counts(t, totals->counts);
}

/* One line on what the rules cover. */
static void
put_ledger(struct text *t)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf line;

	fa_buf_init(&line, SMALL_BYTES);
	if (t->r->bundle->ledger_n == 0)
		return;
	fa_buf_addf(&line, "%s%s", label(t, FA_LABEL_LEDGER),
		label(t, FA_LABEL_COLON));
	fa_report_ledger(&line, t->r->bundle, t->lang);
	fa_wrap_begin(&t->w, 0, 2);
	fa_report_carry(t->out, &line);
	fa_wrap_add(&t->w, fa_buf_str(&line), NULL);
	fa_wrap_end(&t->w);
}

static int
end(struct fa_report *r, const struct fa_report_totals *totals,
	struct fa_buf *out, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf line;
	struct text t = text_init(r, out);
	char date[FA_DATE_BYTES];

	if (totals->app != NULL)
		fa_report_app_text(&t.w, r, totals->app);
	fa_report_text_notes(&t.w, r, totals);
	put_totals(&t, totals);
	fa_report_text_extent(&t.w, r, totals);
	if (r->opts.verbose)
		put_ledger(&t);
	fa_buf_init(&line, SMALL_BYTES);
	fa_date_format(r->opts.as_of, date);
	fa_buf_addf(&line, "%s · %s · %.12s · %s", FA_REPORT_TOOL, date,
		r->bundle->sha256, label(&t, FA_LABEL_CAVEAT));
	fa_wrap_begin(&t.w, 0, 2);
	fa_report_carry(t.out, &line);
	fa_wrap_add(&t.w, fa_buf_str(&line), SGR_DIM);
	fa_wrap_end(&t.w);
	return fa_buf_rc(out, "report", err);
}

const struct fa_writer fa_report_text = {
	.name = "text",
	.media_type = "text/plain",
	.summary = "for people at a terminal",
	.begin = begin,
	.doc = doc,
	.end = end,
};
