/* A comparison at a terminal: versions, findings, then the clauses that
 * changed. Without colour deleted and inserted text stands between [- -] and
 * {+ +}. */
#include <stdio.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "report/diff_parts.h"
#include "report/wrap.h"

#define SGR_BOLD "\033[1m"
#define SGR_DIM "\033[2m"
#define SGR_RED "\033[31m"
#define SGR_GREEN "\033[32m"
#define SGR_YELLOW "\033[33m"
#define SGR_CYAN "\033[36m"
#define SGR_DELETED "\033[31;9m"
#define SGR_INSERTED "\033[32;4m"
#define SGR_OFF "\033[0m"

#define COLUMNS_DEFAULT 80
#define COLUMNS_MIN 40
#define SMALL_BYTES (1u << 16)
#define DIGITS 12 /* of a digest */

struct text {
	const struct fa_diff_report *r;
	struct fa_buf *out;
	enum fa_lang lang;
	struct fa_wrap w;
};

static const char *
word(const struct text *t, enum fa_diff_word w)
{
	return fa_diff_word(t->lang, w);
}

static const char *
colon(const struct text *t)
{
	return fa_label(t->lang, FA_LABEL_COLON);
}

/* One paragraph of our own words. */
static void
say(struct text *t, unsigned indent, const char *z, const char *sgr)
{
	fa_wrap_begin(&t->w, indent, indent);
	fa_wrap_adds(&t->w, z, sgr);
	fa_wrap_end(&t->w);
}

/* Text of others on a line whose ends may not be hidden in it. */
static void
add_name(struct text *t, struct fa_str s, const char *sgr)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;

	fa_buf_init(&b, t->out->max_bytes);
	fa_report_visible(&b, s, false);
	fa_report_carry(t->out, &b);
	fa_wrap_add(&t->w, fa_buf_str(&b), sgr);
}

static void
put_score(struct text *t, const struct fa_diff_version *v)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;

	fa_buf_init(&b, SMALL_BYTES);
	fa_buf_addf(&b, " · %s %c · ", fa_label(t->lang, FA_LABEL_GRADE),
		v->score.grade);
	fa_report_points(&b, v->score.lo);
	fa_buf_adds(&b, "..");
	fa_report_points(&b, v->score.hi);
	fa_report_carry(t->out, &b);
	fa_wrap_add(&t->w, fa_buf_str(&b), NULL);
}

static void
put_version(struct text *t, enum fa_diff_word which,
	const struct fa_diff_version *v)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;
	char time[FA_TIME_BYTES];

	fa_wrap_begin(&t->w, 2, 6);
	fa_wrap_adds(&t->w, word(t, which), SGR_DIM);
	fa_wrap_adds(&t->w, colon(t), SGR_DIM);
	fa_wrap_adds(&t->w, " ", NULL);
	add_name(t, v->name, NULL);
	fa_buf_init(&b, SMALL_BYTES);
	if (v->at_ms != 0) {
		fa_time_format(v->at_ms, time);
		fa_buf_addf(&b, " · %s", time);
	}
	if (v->sha256[0])
		fa_buf_addf(&b, " · %lld %s · sha256:%.*s", (long long)v->bytes,
			word(t, FA_DIFF_W_BYTES), DIGITS, v->sha256);
	fa_report_carry(t->out, &b);
	fa_wrap_add(&t->w, fa_buf_str(&b), NULL);
	if (v->judged)
		put_score(t, v);
	fa_wrap_end(&t->w);
	if (v->outcome == FA_OUT_OK)
		return;
	fa_wrap_begin(&t->w, 6, 6);
	fa_wrap_adds(&t->w, fa_outcome_name(v->outcome), SGR_RED);
	if (v->detail.n > 0) {
		fa_wrap_adds(&t->w, colon(t), NULL);
		add_name(t, v->detail, NULL);
	}
	fa_wrap_end(&t->w);
}

static const char *
state_color(const struct fa_diff_finding *f)
{
	switch (f->state) {
	case FA_DIFF_NEW:
	case FA_DIFF_REAPPEARED:
		return SGR_RED;
	case FA_DIFF_FIXED:
		return fa_diff_still(f) ? SGR_YELLOW : SGR_GREEN;
	case FA_DIFF_UNCHANGED:
		return SGR_DIM;
	default:
		return SGR_YELLOW;
	}
}

static void
add_clause_number(struct fa_buf *b, enum fa_lang lang, uint32_t clause)
{
	if (clause == FA_DIFF_NONE)
		fa_buf_adds(b, "-");
	else if (lang == FA_LANG_EN)
		fa_buf_addf(b, "clause %u", (unsigned)clause + 1);
	else
		fa_buf_addf(b, "第 %u 句", (unsigned)clause + 1);
}

/* "clause 3 -> clause 4 · violation -> compliant · cause: the text". */
static void
put_facts(struct text *t, const struct fa_diff_finding *f)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;
	const char *arrow = t->lang == FA_LANG_EN ? " -> " : " → ";
	char time[FA_TIME_BYTES];

	fa_buf_init(&b, SMALL_BYTES);
	if (f->a != FA_DIFF_NONE || f->b != FA_DIFF_NONE) {
		add_clause_number(&b, t->lang, f->a);
		fa_buf_adds(&b, arrow);
		add_clause_number(&b, t->lang, f->b);
		fa_buf_adds(&b, " · ");
	}
	fa_buf_addf(&b, "%s%s%s", fa_label_verdict(t->lang, f->was), arrow,
		f->cause == FA_DIFF_CAUSE_CAPTURE
			? "?"
			: fa_label_verdict(t->lang, f->now));
	if (f->cause != FA_DIFF_CAUSE_NONE)
		fa_buf_addf(&b, " · %s%s%s", word(t, FA_DIFF_W_CAUSE), colon(t),
			fa_diff_cause_word(t->lang, f->cause));
	if (f->seen_ms != 0) {
		fa_time_format(f->seen_ms, time);
		fa_buf_addf(&b, " · %s %s", word(t, FA_DIFF_W_LAST_SEEN), time);
	}
	fa_report_carry(t->out, &b);
	fa_wrap_begin(&t->w, 4, 4);
	fa_wrap_add(&t->w, fa_buf_str(&b), SGR_DIM);
	fa_wrap_end(&t->w);
}

static void
put_quote(struct text *t, const struct fa_diff_finding *f)
{
	fa_wrap_begin(&t->w, 6, 6);
	if (!f->text.p && fa_diff_is_past(f)) {
		fa_wrap_adds(&t->w, word(t, FA_DIFF_W_WAS_SILENT), SGR_DIM);
	} else if (f->text.p) {
		fa_wrap_adds(&t->w, fa_label(t->lang, FA_LABEL_OPEN), NULL);
		fa_wrap_add(&t->w, f->text, SGR_BOLD);
		fa_wrap_adds(&t->w, fa_label(t->lang, FA_LABEL_CLOSE), NULL);
	} else {
		fa_wrap_adds(&t->w, word(t, FA_DIFF_W_SILENT), SGR_DIM);
	}
	fa_wrap_end(&t->w);
	if (f->reason.n > 0) {
		fa_wrap_begin(&t->w, 6, 6);
		add_name(t, f->reason, NULL);
		fa_wrap_end(&t->w);
	}
	if (fa_diff_still(f))
		say(t, 6, word(t, FA_DIFF_W_STILL), SGR_YELLOW);
}

static void
put_finding(struct text *t, const struct fa_diff_finding *f)
{
	const struct fa_obligation *o =
		&t->r->bundle->obligations[f->obligation];
	struct fa_wrap *w = &t->w;

	fa_wrap_begin(w, 2, 4);
	fa_wrap_adds(w, fa_diff_state_word(t->lang, f->state), state_color(f));
	fa_wrap_adds(w, " [", NULL);
	fa_wrap_adds(w, fa_label_severity(t->lang, o->severity), NULL);
	fa_wrap_adds(w, "] ", NULL);
	fa_wrap_add(w, o->id, SGR_BOLD);
	fa_wrap_adds(w, " ", NULL);
	fa_wrap_add(w, fa_diff_message(t->r, f), SGR_BOLD);
	if (f->tier == FA_TIER_LEAD) {
		fa_wrap_adds(w, " · ", SGR_DIM);
		fa_wrap_adds(w, fa_label_tier(t->lang, f->tier), SGR_CYAN);
	}
	if (f->gates &&
		(f->state == FA_DIFF_NEW || f->state == FA_DIFF_REAPPEARED)) {
		fa_wrap_adds(w, " · ", SGR_DIM);
		fa_wrap_adds(w, fa_label(t->lang, FA_LABEL_GATES), SGR_RED);
	}
	fa_wrap_end(w);
	if (f->state == FA_DIFF_UNCHANGED && !f->text.p)
		return;
	put_facts(t, f);
	put_quote(t, f);
}

static void
put_findings(struct text *t, const struct fa_diff_doc *d)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;

	fa_buf_addc(t->out, '\n');
	fa_buf_init(&b, SMALL_BYTES);
	fa_buf_addf(&b, "%s%s", word(t, FA_DIFF_W_FINDINGS), colon(t));
	if (d->findings_n > 0)
		fa_diff_states(&b, t->lang, d);
	else
		fa_buf_adds(&b, word(t, FA_DIFF_W_NO_FINDINGS));
	fa_report_carry(t->out, &b);
	fa_wrap_begin(&t->w, 0, 2);
	fa_wrap_add(&t->w, fa_buf_str(&b), SGR_BOLD);
	fa_wrap_end(&t->w);
	if (d->technical != FA_DIFF_CAUSE_NONE) {
		fa_wrap_begin(&t->w, 2, 2);
		fa_wrap_adds(&t->w, word(t, FA_DIFF_W_TECHNICAL), SGR_DIM);
		fa_wrap_adds(&t->w, colon(t), SGR_DIM);
		fa_wrap_adds(&t->w, fa_diff_cause_word(t->lang, d->technical),
			SGR_DIM);
		fa_wrap_end(&t->w);
	}
	for (size_t i = 0; i < d->findings_n; i++)
		put_finding(t, &d->findings[i]);
}

/* Inline marks stand for colour when there is none. */
static void
add_marked(struct text *t, struct fa_str s, bool inserted)
{
	struct fa_wrap *w = &t->w;

	if (s.n == 0)
		return;
	if (!w->color)
		fa_wrap_adds(w, inserted ? "{+" : "[-", NULL);
	fa_wrap_add(w, s, inserted ? SGR_INSERTED : SGR_DELETED);
	if (!w->color)
		fa_wrap_adds(w, inserted ? "+}" : "-]", NULL);
}

static void
put_runs(struct text *t, const struct fa_diff *d, const struct fa_diff_row *r)
{
	uint32_t i = r->a != FA_DIFF_NONE ? r->a : r->peer;
	uint32_t j = r->b != FA_DIFF_NONE ? r->b : r->peer;
	struct fa_str a = d->a.at[i].text, b = d->b.at[j].text;

	for (size_t k = 0; k < r->runs_n; k++) {
		const struct fa_diff_run *x = &r->runs[k];

		if (x->same) {
			fa_wrap_add(
				&t->w, fa_str_sub(a, x->a.from, x->a.to), NULL);
			continue;
		}
		add_marked(t, fa_str_sub(a, x->a.from, x->a.to), false);
		add_marked(t, fa_str_sub(b, x->b.from, x->b.to), true);
	}
}

static char
sign(const struct fa_diff_row *r)
{
	switch (r->kind) {
	case FA_DIFF_SAME:
		return ' ';
	case FA_DIFF_REWORDED:
		return '~';
	case FA_DIFF_MOVED:
		return r->a != FA_DIFF_NONE ? '<' : '>';
	default:
		return r->kind == FA_DIFF_ADDED ? '+' : '-';
	}
}

/* "~   12   14  ": sign and the numbers of both sides. */
static void
put_margin(struct text *t, const struct fa_diff_row *r)
{
	const char *sgr = r->kind == FA_DIFF_ADDED ? SGR_GREEN
		: r->kind == FA_DIFF_REMOVED       ? SGR_RED
						   : SGR_CYAN;
	char a[16] = "", b[16] = "";

	if (r->a != FA_DIFF_NONE)
		(void)snprintf(a, sizeof(a), "%u", (unsigned)r->a + 1);
	if (r->b != FA_DIFF_NONE)
		(void)snprintf(b, sizeof(b), "%u", (unsigned)r->b + 1);
	fa_buf_adds(t->out, t->w.color ? sgr : "");
	fa_buf_addf(t->out, "%c%6s%6s", sign(r), a, b);
	fa_buf_adds(t->out, t->w.color ? SGR_OFF : "");
	fa_wrap_begin(&t->w, 0, 15);
	fa_buf_adds(t->out, "  ");
	t->w.column = 15;
}

static void
put_peer(struct text *t, const struct fa_diff_row *r)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;
	bool en = t->lang == FA_LANG_EN;

	fa_buf_init(&b, SMALL_BYTES);
	fa_buf_adds(&b, en ? "(" : "（");
	fa_diff_put_peer(&b, t->lang, r);
	fa_buf_adds(&b, en ? ") " : "）");
	fa_report_carry(t->out, &b);
	fa_wrap_add(&t->w, fa_buf_str(&b), SGR_CYAN);
}

static void
put_row(struct text *t, const struct fa_diff *d, const struct fa_diff_row *r)
{
	struct fa_str s =
		r->b != FA_DIFF_NONE ? d->b.at[r->b].text : d->a.at[r->a].text;

	put_margin(t, r);
	if (r->moved)
		put_peer(t, r);
	/* What changed in a clause that moved is told once, where it is now. */
	if (r->kind == FA_DIFF_REWORDED && r->b != FA_DIFF_NONE)
		put_runs(t, d, r);
	else if (r->kind == FA_DIFF_REMOVED)
		fa_wrap_add(&t->w, s, SGR_RED);
	else if (r->kind == FA_DIFF_ADDED)
		fa_wrap_add(&t->w, s, SGR_GREEN);
	else
		fa_wrap_add(&t->w, s, SGR_DIM);
	fa_wrap_end(&t->w);
}

static int
put_rows(struct text *t, const struct fa_diff *d, struct fa_err *err)
{
	struct fa_arena a;
	bool *shown;
	int rc;

	fa_arena_init(&a, d->rows_n + 64);
	rc = fa_diff_shown(&shown, d, t->r->context, &a, err);
	for (size_t i = 0; i < d->rows_n && rc == FA_OK;) {
		size_t from = i;

		while (i < d->rows_n && !shown[i])
			i++;
		if (i > from) {
			fa_buf_adds(t->out, "  … ");
			fa_diff_put_unchanged(t->out, t->lang, i - from);
			fa_buf_addc(t->out, '\n');
		}
		if (i < d->rows_n)
			put_row(t, d, &d->rows[i++]);
	}
	fa_arena_done(&a);
	return rc;
}

static int
put_clauses(struct text *t, const struct fa_diff *d, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;

	fa_buf_addc(t->out, '\n');
	fa_buf_init(&b, SMALL_BYTES);
	fa_buf_addf(&b, "%s%s", word(t, FA_DIFF_W_CHANGES), colon(t));
	fa_diff_counts(&b, t->lang, d);
	fa_report_carry(t->out, &b);
	fa_wrap_begin(&t->w, 0, 2);
	fa_wrap_add(&t->w, fa_buf_str(&b), SGR_BOLD);
	fa_wrap_end(&t->w);
	if (d->retyped > 0)
		fa_buf_addf(t->out, "  %s%s%u\n", word(t, FA_DIFF_W_RETYPED),
			colon(t), (unsigned)d->retyped);
	if (!d->minimal)
		say(t, 2, word(t, FA_DIFF_W_NOT_MINIMAL), SGR_YELLOW);
	if (d->counts[FA_DIFF_SAME] == d->rows_n && d->retyped == 0) {
		say(t, 2, word(t, FA_DIFF_W_NO_CHANGES), NULL);
		return FA_OK;
	}
	return put_rows(t, d, err);
}

static int
put_doc(struct text *t, const struct fa_diff_doc *d, struct fa_err *err)
{
	struct fa_str title = d->b.title.n > 0 ? d->b.title : d->a.title;

	fa_wrap_begin(&t->w, 0, 2);
	add_name(t, title.n > 0 ? title : d->b.name, SGR_BOLD);
	if (d->role.n > 0) {
		fa_wrap_adds(&t->w, " (", SGR_DIM);
		fa_wrap_add(&t->w, d->role, SGR_DIM);
		fa_wrap_adds(&t->w, ")", SGR_DIM);
	}
	fa_wrap_end(&t->w);
	put_version(t, FA_DIFF_W_OLD, &d->a);
	put_version(t, FA_DIFF_W_NEW, &d->b);
	if (d->same_bytes)
		say(t, 2, word(t, FA_DIFF_W_SAME_BYTES), NULL);
	if (!d->diff)
		say(t, 2, word(t, FA_DIFF_W_NO_TEXT), SGR_RED);
	put_findings(t, d);
	return d->diff ? put_clauses(t, d->diff, err) : FA_OK;
}

int
fa_report_diff_text(
	struct fa_buf *out, const struct fa_diff_report *r, struct fa_err *err)
{
	unsigned columns = r->columns > 0 ? r->columns : COLUMNS_DEFAULT;
	struct text t = { .r = r,
		.out = out,
		.lang = r->lang,
		.w = { .out = out,
			.width = columns < COLUMNS_MIN ? COLUMNS_MIN : columns,
			.color = r->color } };
	char date[FA_DATE_BYTES];
	int rc = FA_OK;

	for (size_t i = 0; i < r->docs_n && rc == FA_OK; i++) {
		if (i > 0)
			fa_buf_addc(out, '\n');
		rc = put_doc(&t, &r->docs[i], err);
	}
	if (rc < 0)
		return rc;
	if (r->docs_n == 0)
		say(&t, 0, word(&t, FA_DIFF_W_NO_DOCUMENTS), NULL);
	if (r->alone > 0)
		fa_buf_addf(
			out, "%u %s\n", r->alone, word(&t, FA_DIFF_W_ALONE));
	fa_date_format(r->as_of, date);
	fa_buf_addf(out, "\n%s · %s · %.12s\n", FA_REPORT_TOOL, date,
		r->bundle->sha256);
	say(&t, 0, fa_label(r->lang, FA_LABEL_CAVEAT), SGR_DIM);
	return fa_buf_rc(out, "comparison", err);
}
