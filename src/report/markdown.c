/* A summary for the page of a job or a comment on a change: what fails the
 * check, where, and what to write instead. It fits into a comment of GitHub
 * (65,536 characters); what does not fit is counted. No HTML, no links, no
 * tables but of numbers; what others wrote stands in code spans. */
#include "report/markdown.h"

#include "base/clock.h"
#include "report/common.h"
#include "report/entry.h"
#include "report/extent.h"
#include "report/label.h"
#include "report/markdown_group.h"
#include "report/waived.h"

#define ITEMS 200 /* kept of a section, at most */
#define TEXT_BYTES (1u << 20)
#define DIGEST_SHOWN 12

enum section { ERRORS, GATING, OTHER, UNKNOWN, WAIVED, NOTES, SECTION_COUNT };

/* Bytes of a section; with the head and the end they stay below the limit. */
static const size_t shares[SECTION_COUNT] = { 8000, 24000, 10000, 6000, 6000,
	6000 };

static const char *const titles[SECTION_COUNT][FA_LANG_COUNT] = {
	[ERRORS] = { "未能评判、未能全部读取及读取提示",
		"Not judged, not read in full, notes on reading" },
	[GATING] = { "触发失败", "Fails the check" },
	[OTHER] = { "其他发现（不触发失败）",
		"Other findings (do not fail the check)" },
	[UNKNOWN] = { "无法判定", "Cannot tell" },
	[WAIVED] = { "已豁免", "Waived" },
	[NOTES] = { "豁免的问题", "Waivers to mend" },
};

struct state {
	struct fa_report_top sections[SECTION_COUNT]; /* but GATING, OTHER */
	struct fa_md_groups gating, other;
	uint32_t *unknown; /* documents, by obligation */
	uint32_t leads;
};

static int
add_waived(struct fa_report *r, const struct fa_result *res,
	const struct fa_finding *f, struct fa_err *err)
{
	struct state *st = r->state;
	struct fa_report_top *top = &st->sections[WAIVED];
	unsigned rank = fa_report_rank(r, f, false);
	bool place = f->pro_n > 0 && f->verdict != FA_VERDICT_GAP &&
		res->flow == NULL;
	FA_CLEANUP(fa_buf_done) struct fa_buf text;
	FA_CLEANUP(fa_buf_done) struct fa_buf part;

	fa_buf_init(&text, TEXT_BYTES);
	fa_buf_init(&part, TEXT_BYTES);
	if (!fa_report_top_wants(top, rank))
		return FA_OK;
	fa_buf_add(&part, fa_report_file(res->name));
	if (place)
		fa_buf_addf(&part, ":%u:%u", (unsigned)f->pro[0].from.line,
			(unsigned)f->pro[0].from.column);
	fa_buf_adds(&text, "- ");
	fa_md_code(&text, fa_report_rule_id(r->bundle, f));
	fa_buf_addc(&text, ' ');
	fa_md_text(&text, fa_report_message(r->bundle, f, r->opts.lang));
	fa_buf_addc(&text, ' ');
	fa_md_code(&text, fa_buf_str(&part));
	fa_report_carry(&text, &part);
	fa_buf_reset(&part);
	fa_report_waiver(&part, f->waiver, r->opts.lang);
	fa_buf_adds(&text, "\n  - ");
	fa_md_code(&text, fa_buf_str(&part));
	fa_buf_addc(&text, '\n');
	fa_report_carry(&text, &part);
	return fa_report_top_add(top, rank, &text, r->arena, err);
}

/* Why a document was not judged, or what reading it could not do. */
static int
add_error(struct fa_report *r, const struct fa_result *res, enum fa_label l,
	struct fa_str why, struct fa_err *err)
{
	unsigned rank = l == FA_LABEL_ERROR ? 0 : 1;
	struct state *st = r->state;
	struct fa_report_top *top = &st->sections[ERRORS];
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, TEXT_BYTES);
	if (!fa_report_top_wants(top, rank))
		return FA_OK;
	fa_buf_adds(&text, "- ");
	fa_md_code(&text, fa_report_file(res->name));
	fa_buf_addf(&text, " %s%s", fa_label(r->opts.lang, l),
		fa_label(r->opts.lang, FA_LABEL_COLON));
	fa_md_code(&text, why);
	fa_buf_addc(&text, '\n');
	return fa_report_top_add(top, rank, &text, r->arena, err);
}

static int
begin(struct fa_report *r, struct fa_buf *out, struct fa_err *err)
{
	struct state *st = fa_arena_new(r->arena, 1, sizeof(*st));
	int rc = FA_OK;

	if (st == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	r->state = st;
	st->unknown = fa_arena_new(
		r->arena, r->bundle->obligations_n, sizeof(*st->unknown));
	if (st->unknown == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	rc = fa_md_groups_init(&st->gating, r, err);
	if (rc == FA_OK)
		rc = fa_md_groups_init(&st->other, r, err);
	for (size_t i = 0; i < SECTION_COUNT && rc == FA_OK; i++)
		rc = fa_report_top_init(&st->sections[i], ITEMS, r->arena, err);
	return rc != FA_OK ? rc : fa_buf_rc(out, "Markdown report", err);
}

static int
add(struct fa_report *r, const struct fa_result *res,
	const struct fa_finding *f, struct fa_err *err)
{
	struct state *st = r->state;

	if (f->waiver != NULL)
		return add_waived(r, res, f, err);
	if (f->verdict == FA_VERDICT_CANNOT_TELL)
		st->unknown[f->obligation]++;
	if (!fa_report_is_breach(f->verdict) ||
		(r->opts.app && f->verdict == FA_VERDICT_GAP))
		return FA_OK;
	if (fa_report_is_lead(f)) {
		st->leads++;
		return FA_OK;
	}
	return fa_md_groups_add(
		fa_report_gates(r, f) ? &st->gating : &st->other, r, res, f,
		fa_report_gates(r, f), err);
}

static int
doc(struct fa_report *r, const struct fa_result *res, struct fa_buf *out,
	struct fa_err *err)
{
	int rc = fa_report_first(r, res, err);

	r->docs_n++;
	if (rc == FA_OK && res->error.p != NULL)
		rc = add_error(r, res, FA_LABEL_ERROR, res->error, err);
	else if (rc == FA_OK && res->notice.n > 0)
		rc = add_error(r, res,
			res->partial ? FA_LABEL_PARTIAL : FA_LABEL_NOTICE,
			res->notice, err);
	for (size_t i = 0; i < res->findings_n && rc == FA_OK; i++)
		rc = add(r, res, &res->findings[i], err);
	return rc != FA_OK ? rc : fa_buf_rc(out, "Markdown report", err);
}

/* What all documents of an app leave out, and the waivers. */
static int
add_end(void *ctx, struct fa_report *r, const struct fa_report_entry *e,
	struct fa_err *err)
{
	struct state *st = r->state;
	struct fa_report_top *top = &st->sections[NOTES];
	const struct fa_report_totals *t = ctx;
	bool gates;
	FA_CLEANUP(fa_buf_done) struct fa_buf text;
	FA_CLEANUP(fa_buf_done) struct fa_buf part;

	fa_buf_init(&text, TEXT_BYTES);
	fa_buf_init(&part, TEXT_BYTES);
	gates = e->finding != NULL &&
		t->app->points[e->finding->obligation].gap_gates;
	if (e->finding != NULL && fa_report_is_lead(e->finding)) {
		st->leads++;
		return FA_OK;
	}
	if (e->finding != NULL)
		return fa_md_groups_add(gates ? &st->gating : &st->other, r,
			NULL, e->finding, gates, err);

	if (!fa_report_top_wants(top, 0))
		return FA_OK;
	fa_report_waiver_place(&part, &e->note->waiver);
	fa_buf_adds(&text, "- ");
	fa_md_code(&text, fa_buf_str(&part));
	fa_buf_reset(&part);
	fa_report_note(&part, e->note, r->opts.lang);
	fa_buf_addc(&text, ' ');
	fa_md_text(&text, fa_buf_str(&part));
	fa_buf_addc(&text, '\n');
	fa_report_carry(&text, &part);
	return fa_report_top_add(top, 0, &text, r->arena, err);
}

/* One line per obligation that some document leaves open. */
static int
add_unknown(struct fa_report *r, struct fa_err *err)
{
	struct state *st = r->state;
	const struct fa_bundle *b = r->bundle;
	struct fa_report_top *top = &st->sections[UNKNOWN];
	int rc = FA_OK;

	for (uint32_t i = 0; i < b->obligations_n && rc == FA_OK; i++) {
		struct fa_finding f = { .obligation = i,
			.verdict = FA_VERDICT_CANNOT_TELL };
		unsigned rank = fa_report_rank(r, &f, false);
		FA_CLEANUP(fa_buf_done) struct fa_buf text;

		fa_buf_init(&text, TEXT_BYTES);
		if (st->unknown[i] == 0 || !fa_report_top_wants(top, rank))
			continue;
		fa_buf_adds(&text, "- ");
		fa_md_code(&text, b->obligations[i].id);
		fa_buf_addc(&text, ' ');
		fa_md_text(&text,
			fa_report_pick(&b->obligations[i].title, r->opts.lang));
		fa_buf_addf(&text, " × %u\n", (unsigned)st->unknown[i]);
		rc = fa_report_top_add(top, rank, &text, r->arena, err);
	}
	return rc;
}

static const char *
outcome(enum fa_lang lang, int exit_status)
{
	bool zh = lang == FA_LANG_ZH;

	switch (exit_status) {
	case 0:
		return zh ? "通过" : "passed";
	case 1:
		return zh ? "未通过" : "failed";
	case 3:
		return zh ? "不完整" : "incomplete";
	default:
		return zh ? "未能完成" : "not completed";
	}
}

static void
put_row(struct fa_buf *out, const char *word, uint32_t n)
{
	fa_buf_addf(out, "| %s | %u |\n", word, (unsigned)n);
}

/* What nobody looked at, where there is such. */
static void
put_left_out(
	struct fa_buf *out, enum fa_lang lang, const struct fa_report_totals *t)
{
	enum fa_label what;
	uint32_t n;
	size_t i = 0;

	while (fa_report_left_out(&what, &n, &i, t))
		fa_buf_addf(out, "| %s%s%s | %u |\n",
			fa_label(lang, FA_LABEL_LEFT_OUT),
			fa_label(lang, FA_LABEL_COLON), fa_label(lang, what),
			(unsigned)n);
}

static void
put_head(struct fa_buf *out, const struct fa_report *r,
	const struct fa_report_totals *t)
{
	const struct state *st = r->state;
	enum fa_lang lang = r->opts.lang;
	bool zh = lang == FA_LANG_ZH;

	fa_buf_addf(out, "## " FA_REPORT_TOOL "%s%s\n\n",
		fa_label(lang, FA_LABEL_COLON), outcome(lang, t->exit_status));
	if (t->app != NULL) {
		fa_buf_addf(out, "%s ", fa_label(lang, FA_LABEL_APP));
		fa_md_code(out, t->app->name);
		fa_buf_adds(out, "\n\n");
	}
	if (t->settings.p != NULL) {
		fa_buf_addf(out, "%s ", fa_label(lang, FA_LABEL_SETTINGS));
		fa_md_code(out, t->settings);
		fa_buf_adds(out, "\n\n");
	}
	fa_buf_adds(out, zh ? "| 项目 | 数量 |\n" : "| | count |\n");
	fa_buf_adds(out, "| :-- | --: |\n");
	put_row(out, zh ? "文档" : "documents", t->documents);
	put_row(out, zh ? "涉及人脸识别" : "with face recognition",
		t->with_face_id);
	put_row(out, fa_label(lang, FA_LABEL_ERROR), t->errors);
	if (t->partial > 0)
		put_row(out, fa_label(lang, FA_LABEL_PARTIAL), t->partial);
	put_row(out, fa_label_verdict(lang, FA_VERDICT_VIOLATION),
		t->counts[FA_VERDICT_VIOLATION]);
	put_row(out, fa_label_verdict(lang, FA_VERDICT_GAP),
		t->counts[FA_VERDICT_GAP]);
	put_row(out, fa_label_verdict(lang, FA_VERDICT_CANNOT_TELL),
		t->counts[FA_VERDICT_CANNOT_TELL]);
	put_row(out, fa_label_verdict(lang, FA_VERDICT_COMPLIANT),
		t->counts[FA_VERDICT_COMPLIANT]);
	put_row(out,
		zh ? "其中线索（不计分，未列出）"
		   : "leads among them (not counted, not listed)",
		st->leads);
	put_row(out, fa_label(lang, FA_LABEL_WAIVED), t->waived);
	put_row(out, fa_label(lang, FA_LABEL_GATES), t->gating);
	put_left_out(out, lang, t);
}

static void
put_section(struct fa_buf *out, const struct fa_report *r, enum section s)
{
	const struct state *st = r->state;
	const struct fa_report_top *top = &st->sections[s];
	bool zh = r->opts.lang == FA_LANG_ZH;
	size_t used = 0;
	size_t i = 0;

	if (top->all == 0)
		return;
	fa_buf_addf(
		out, "\n### %s (%zu)\n\n", titles[s][r->opts.lang], top->all);
	while (i < top->n && used + top->at[i].text.n <= shares[s]) {
		fa_buf_add(out, top->at[i].text);
		used += top->at[i++].text.n;
	}
	if (i < top->all)
		fa_buf_addf(out,
			zh ? "\n另有 %zu 项未列出，见其他格式的报告。\n"
			   : "\n%zu more are not listed; reports in other "
			     "formats hold them.\n",
			top->all - i);
}

static int
put_groups(struct fa_buf *out, struct fa_report *r, enum section s,
	struct fa_err *err)
{
	struct state *st = r->state;
	struct fa_md_groups *g = s == GATING ? &st->gating : &st->other;

	if (g->found == 0)
		return FA_OK;
	fa_buf_addf(out, "\n### %s (%u)\n\n", titles[s][r->opts.lang],
		(unsigned)g->found);
	return fa_md_groups_put(out, r, g, shares[s], err);
}

static int
end(struct fa_report *r, const struct fa_report_totals *t, struct fa_buf *out,
	struct fa_err *err)
{
	struct fa_report_totals totals = *t;
	char date[FA_DATE_BYTES];
	int rc = fa_report_entries_end(r, t, add_end, &totals, err);

	if (rc == FA_OK)
		rc = add_unknown(r, err);
	if (rc != FA_OK)
		return rc;
	put_head(out, r, t);
	for (size_t i = 0; i < SECTION_COUNT && rc == FA_OK; i++) {
		if (i == GATING || i == OTHER)
			rc = put_groups(out, r, (enum section)i, err);
		else
			put_section(out, r, (enum section)i);
	}
	if (rc != FA_OK)
		return rc;
	fa_date_format(r->opts.as_of, date);
	fa_buf_adds(out, "\n" FA_REPORT_TOOL " ");
	fa_md_text(out, r->opts.tool_version);
	fa_buf_addf(out, " · %s · `%.*s` · %s\n", date, DIGEST_SHOWN,
		r->bundle->sha256, fa_label(r->opts.lang, FA_LABEL_CAVEAT));
	return fa_buf_rc(out, "Markdown report", err);
}

const struct fa_writer fa_report_markdown = {
	.name = "markdown",
	.media_type = "text/markdown; charset=utf-8",
	.summary = "a summary for the page of a job or a comment",
	.begin = begin,
	.doc = doc,
	.end = end,
};
