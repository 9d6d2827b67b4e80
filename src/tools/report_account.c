/* One target as a text that somebody can check by hand: which documents there
 * are and when they were obtained, then each verdict with what it rests on:
 * article, passage, URL and place. */
#include "base/clock.h"
#include "report/common.h"
#include "report/label.h"
#include "report/wrap.h"
#include "tools/phrase.h"
#include "tools/reporting.h"

#define SAY(x, zh, en) ((x)->r->lang == FA_LANG_EN ? (en) : (zh))
#define INDENT_BODY 8
#define INDENT_QUOTE 12
#define PASSAGES_SHOWN 5 /* of one side of one verdict */

struct account {
	const struct fa_reporting *r;
	const struct fa_reporting_target *t;
	struct fa_buf *out;
	struct fa_wrap w;
	enum fa_label label; /* of the passages at hand */
	size_t passages;
};

/* A paragraph "label: text" in the body. */
static void
put_field(struct account *x, const char *label, struct fa_str s)
{
	if (s.n == 0)
		return;
	fa_wrap_begin(&x->w, INDENT_BODY, INDENT_BODY);
	fa_wrap_adds(&x->w, label, NULL);
	fa_wrap_adds(&x->w, fa_label(x->r->lang, FA_LABEL_COLON), NULL);
	fa_wrap_add(&x->w, s, NULL);
	fa_wrap_end(&x->w);
}

static void
put_target(struct account *x)
{
	static const char *const children[][2] = { { "", "" }, { "否", "no" },
		{ "是", "yes" } };
	const struct fa_target *t = &x->t->t->t;

	fa_wrap_begin(&x->w, 0, 4);
	if (t->app.n > 0) {
		fa_wrap_add(&x->w, t->app, NULL);
		fa_wrap_adds(&x->w, "  ", NULL);
	}
	fa_wrap_add(&x->w, t->key, NULL);
	fa_wrap_end(&x->w);
	put_field(x, SAY(x, "开发者", "publisher"), t->publisher);
	put_field(x, SAY(x, "版本", "version"), t->version);
	put_field(x, SAY(x, "类别", "category"), t->category);
	put_field(x, SAY(x, "面向儿童", "for children"),
		fa_str_c(SAY(x, children[t->children][0],
			children[t->children][1])));
	put_field(x, SAY(x, "说明", "note"), x->t->t->note);
}

static void
put_scopes(struct account *x)
{
	enum fa_lang lang = x->r->lang;
	struct fa_buf list;

	fa_buf_init(&list, 4096);
	for (int s = 0; s < FA_SCOPE_COUNT; s++) {
		if (!(x->t->app.scopes & FA_SCOPE_BIT(s)))
			continue;
		if (list.n > 0)
			fa_buf_adds(&list, fa_label(lang, FA_LABEL_COMMA));
		fa_buf_adds(&list, fa_label_scope(lang, s));
	}
	if (list.n == 0)
		fa_buf_adds(&list, fa_label(lang, FA_LABEL_NONE));
	put_field(x, fa_label(lang, FA_LABEL_SCOPES), fa_buf_str(&list));
	fa_report_carry(x->out, &list);
	fa_buf_done(&list);
}

/* Grade and points, or why there are none. */
static void
put_score(struct account *x)
{
	const struct fa_score *s = &x->t->app.score;
	enum fa_outcome o = x->t->app.outcome;

	if (!x->t->judged)
		fa_buf_addf(x->out,
			SAY(x, "        未能评判：%s（%s）\n",
				"        not judged: %s (%s)\n"),
			o == FA_OUT_OK ? SAY(x, "已取得，尚未评判",
						 "obtained, not judged yet")
				       : fa_phrase_outcome(x->r->lang, o),
			fa_phrase_outcome_name(o));
	if (!x->t->scored)
		return;
	put_scopes(x);
	fa_buf_addf(x->out,
		SAY(x, "        等级 %c，得分 ", "        grade %c, points "),
		s->grade);
	fa_report_points(x->out, s->lo);
	fa_buf_adds(x->out, "..");
	fa_report_points(x->out, s->hi);
	fa_buf_addf(x->out,
		SAY(x, "，覆盖率 %u.%02u\n", ", coverage %u.%02u\n"),
		(unsigned)(s->coverage_bp / 10000),
		(unsigned)(s->coverage_bp % 10000 / 100));
}

static void
put_times(struct account *x, const struct fa_reporting_document *d)
{
	char first[FA_TIME_BYTES], last[FA_TIME_BYTES];

	if (!d->last_us)
		return;
	fa_time_format(d->first_us / 1000, first);
	fa_time_format(d->last_us / 1000, last);
	fa_buf_addf(x->out,
		SAY(x, "        捕获：首次 %s，最近 %s\n",
			"        captured: first %s, last %s\n"),
		first, last);
}

static void
put_document(struct account *x, const struct fa_reporting_document *d)
{
	enum fa_lang lang = x->r->lang;

	fa_buf_addf(x->out, "    %s%s%s", fa_phrase_role(lang, d->d.role),
		fa_label(lang, FA_LABEL_COLON),
		fa_phrase_outcome(lang, d->d.outcome));
	fa_buf_addf(x->out, SAY(x, "（%s）", " (%s)"),
		fa_phrase_outcome_name(d->d.outcome));
	if (d->d.stands_in)
		fa_buf_adds(x->out,
			SAY(x, "，沿用旧捕获",
				", an earlier capture stands in"));
	fa_buf_addc(x->out, '\n');
	put_field(x, SAY(x, "网址", "URL"), d->url);
	if (!fa_str_eq(d->url, d->final))
		put_field(x, SAY(x, "跳转至", "leads to"), d->final);
	put_field(x, SAY(x, "细节", "detail"), d->d.detail);
	if (!d->d.document)
		return;
	put_field(x, SAY(x, "标题", "title"), d->doc.title);
	put_times(x, d);
	fa_buf_addf(x->out, "        sha256:%s\n", d->doc.payload);
}

static int
put_passage(void *ctx, const struct fa_reporting_document *d,
	const struct fa_store_evidence *e, struct fa_err *err)
{
	struct account *x = ctx;
	enum fa_lang lang = x->r->lang;

	(void)err;
	if (x->passages++ >= PASSAGES_SHOWN)
		return FA_OK;
	fa_wrap_begin(&x->w, INDENT_BODY, INDENT_BODY);
	fa_wrap_adds(&x->w, fa_label(lang, x->label), NULL);
	fa_wrap_adds(&x->w, fa_label(lang, FA_LABEL_COLON), NULL);
	fa_wrap_adds(&x->w, fa_label(lang, FA_LABEL_OPEN), NULL);
	fa_wrap_add(&x->w, e->text, NULL);
	fa_wrap_adds(&x->w, fa_label(lang, FA_LABEL_CLOSE), NULL);
	fa_wrap_end(&x->w);
	fa_wrap_begin(&x->w, INDENT_QUOTE, INDENT_QUOTE);
	fa_wrap_add(&x->w, d->final, NULL);
	fa_wrap_end(&x->w);
	fa_buf_addf(x->out,
		SAY(x, "            第 %u 行第 %u 列",
			"            line %u, column %u"),
		(unsigned)e->from.line, (unsigned)e->from.column);
	if (e->section.n > 0) {
		fa_buf_adds(x->out, SAY(x, "，", ", "));
		fa_report_visible(x->out, e->section, false);
	}
	fa_buf_addc(x->out, '\n');
	return FA_OK;
}

static int
put_side(struct account *x, const struct fa_store_verdict *v, bool against,
	struct fa_arena *a, struct fa_err *err)
{
	int rc;

	x->passages = 0;
	x->label = against ? FA_LABEL_CONTRA : FA_LABEL_QUOTE;
	rc = fa_reporting_passages(
		x->r, x->t, v, against, put_passage, x, a, err);
	if (x->passages > PASSAGES_SHOWN)
		fa_buf_addf(x->out,
			SAY(x, "            另有 %zu %s\n",
				"            %zu %s\n"),
			x->passages - PASSAGES_SHOWN,
			SAY(x, "处，见 -o ndjson", "more, see -o ndjson"));
	if (rc == FA_OK && !against && x->passages == 0 &&
		v->verdict == FA_VERDICT_GAP)
		put_field(x, fa_label(x->r->lang, FA_LABEL_QUOTE),
			fa_str_c(fa_label(x->r->lang, FA_LABEL_SILENT)));
	return rc;
}

/* Title, severity and article of the obligation, as its rules have them. */
static void
put_obligation(struct account *x, const struct fa_store_verdict *v)
{
	const struct fa_bundle *b = x->r->bundle;
	enum fa_lang lang = x->r->lang;
	uint32_t i = fa_bundle_obligation(b, v->obligation);
	struct fa_buf text;

	fa_wrap_begin(&x->w, 4, INDENT_BODY);
	fa_wrap_add(&x->w, v->obligation, NULL);
	fa_wrap_adds(&x->w, " ", NULL);
	if (i < b->obligations_n)
		fa_wrap_add(&x->w,
			fa_report_pick(&b->obligations[i].title, lang), NULL);
	fa_wrap_end(&x->w);
	if (i >= b->obligations_n)
		return;
	fa_buf_init(&text, 65536);
	fa_report_source(&text, b, b->obligations[i].instrument,
		b->obligations[i].article, lang);
	put_field(x, fa_label(lang, FA_LABEL_SOURCE), fa_buf_str(&text));
	fa_report_carry(x->out, &text);
	fa_buf_done(&text);
	if (!fa_report_is_breach(v->verdict))
		return;
	fa_buf_addf(x->out,
		SAY(x, "        严重度：%s；确信度：%s ",
			"        severity: %s; tier: %s "),
		fa_label_severity(lang, b->obligations[i].severity),
		fa_label_tier(lang, v->tier));
	fa_report_thousandths(x->out, v->confidence);
	fa_buf_addc(x->out, '\n');
}

/* What keeps a judge from saying more: "missing: ..." and the like. */
static void
put_reason(struct account *x, const struct fa_store_verdict *v)
{
	put_field(x, fa_label(x->r->lang, FA_LABEL_REASON), v->reason);
	if (v->contradiction)
		put_field(x, fa_label(x->r->lang, FA_LABEL_NOTICE),
			fa_str_c(fa_label(x->r->lang, FA_LABEL_CONFLICT)));
}

static int
put_verdicts(struct account *x, enum fa_verdict kind, struct fa_arena *a,
	struct fa_err *err)
{
	int rc = FA_OK;

	if (x->t->counts[kind] == 0)
		return rc;
	fa_buf_addf(x->out, "\n%s %u\n", fa_label_verdict(x->r->lang, kind),
		(unsigned)x->t->counts[kind]);
	for (size_t i = 0; i < x->t->app.verdicts_n && rc == FA_OK; i++) {
		const struct fa_store_verdict *v = &x->t->app.verdicts[i];

		if (v->verdict != kind)
			continue;
		put_obligation(x, v);
		put_reason(x, v);
		rc = put_side(x, v, false, a, err);
		if (rc == FA_OK)
			rc = put_side(x, v, true, a, err);
	}
	return rc;
}

int
fa_reporting_account(struct fa_buf *out, const struct fa_reporting *r,
	const struct fa_reporting_target *t, struct fa_arena *a,
	struct fa_err *err)
{
	static const enum fa_verdict order[] = { FA_VERDICT_VIOLATION,
		FA_VERDICT_GAP, FA_VERDICT_CANNOT_TELL, FA_VERDICT_COMPLIANT };
	struct account x = { .r = r,
		.t = t,
		.out = out,
		.w = { .out = out, .width = r->columns } };
	int rc = FA_OK;

	put_target(&x);
	put_score(&x);
	fa_buf_adds(out, SAY(&x, "\n文件\n", "\nDocuments\n"));
	if (t->app.documents_n == 0)
		fa_buf_adds(out, SAY(&x, "    无\n", "    none\n"));
	for (size_t i = 0; i < t->app.documents_n; i++)
		put_document(&x, &t->documents[i]);
	for (size_t i = 0; i < FA_COUNT(order) && rc == FA_OK && t->scored; i++)
		rc = put_verdicts(&x, order[i], a, err);
	if (rc == FA_OK && r->changes) {
		fa_buf_adds(out,
			SAY(&x, "\n与上一次评判的差别\n",
				"\nChanges since the judgement before\n"));
		if (!t->changes)
			fa_buf_adds(out, SAY(&x, "    无\n", "    none\n"));
		for (const struct fa_reporting_change *p = t->changes; p;
			p = p->next)
			fa_reporting_change(out, r, &p->c, 4);
	}
	if (rc == FA_OK && t->scored) {
		fa_buf_addc(out, '\n');
		fa_buf_add(out, t->app.score.vector);
		fa_buf_addc(out, '\n');
	}
	if (rc == FA_OK && r->bundle)
		fa_reporting_origin(out, r);
	return rc;
}
