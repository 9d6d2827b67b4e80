#include "report/markdown_group.h"

#include <limits.h>
#include <stdlib.h>

#include "report/common.h"
#include "report/flow.h"
#include "report/label.h"
#include "report/markdown.h"

#define PLACES 20 /* of a rule, at most */
#define QUOTE_COLUMNS 160
#define TEXT_BYTES (1u << 20)

static void
put_bullet(struct fa_buf *out, const struct fa_report *r, enum fa_label l)
{
	fa_buf_addf(out, "  - %s%s", fa_label(r->opts.lang, l),
		fa_label(r->opts.lang, FA_LABEL_COLON));
}

/* `app.md:12:5` `the passage` */
static void
put_passage(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, const struct fa_evidence *e)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf text;
	struct fa_position from;
	struct fa_str path;

	fa_buf_init(&text, TEXT_BYTES);
	if (fa_report_spotted(&path, &from, NULL, res, e) &&
		res->derived.n == 0) {
		fa_buf_add(&text, fa_report_file(path));
		fa_buf_addf(&text, ":%u:%u", (unsigned)from.line,
			(unsigned)from.column);
	} else {
		fa_buf_add(&text, fa_report_file(res->name));
	}
	if (res->flow != NULL && e->place != NULL) {
		fa_buf_addc(&text, ' ');
		fa_report_spot(&text, res->flow, e->place, r->opts.lang);
	}
	fa_buf_adds(out, "  - ");
	fa_md_code(out, fa_buf_str(&text));
	fa_report_carry(out, &text);
	fa_buf_reset(&text);
	fa_report_clip(&text, e->text, QUOTE_COLUMNS);
	fa_buf_addc(out, ' ');
	fa_md_code(out, fa_buf_str(&text));
	fa_report_carry(out, &text);
	fa_buf_addc(out, '\n');
}

/* Adds the line of a passage, or of a document that is silent. */
static int
add_place(struct fa_md_group *g, struct fa_report *r,
	const struct fa_result *res, const struct fa_evidence *e,
	struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, TEXT_BYTES);
	if (!fa_report_top_wants(&g->places, 0))
		return FA_OK;
	if (e != NULL) {
		put_passage(&text, r, res, e);
	} else {
		fa_buf_adds(&text, "  - ");
		fa_md_code(&text, fa_report_file(res->name));
		fa_buf_addf(
			&text, " %s\n", fa_report_silence(res, r->opts.lang));
	}
	return fa_report_top_add(&g->places, 0, &text, r->arena, err);
}

static void
put_head_of(struct fa_buf *out, const struct fa_report *r,
	const struct fa_finding *f)
{
	const struct fa_obligation *o = &r->bundle->obligations[f->obligation];
	enum fa_lang lang = r->opts.lang;
	const char *dot = lang == FA_LANG_ZH ? "·" : ", ";
	struct fa_str fix = fa_report_fix(r->bundle, f, lang);
	struct fa_str wording = fa_report_wording(r->bundle, f, lang);
	FA_CLEANUP(fa_buf_done) struct fa_buf source;

	fa_buf_init(&source, TEXT_BYTES);
	fa_report_source(&source, r->bundle, o->instrument, o->article, lang);
	fa_report_carry(out, &source);
	fa_buf_adds(out, "- ");
	fa_md_code(out, fa_report_rule_id(r->bundle, f));
	fa_buf_addf(out, " %s%s%s%s", fa_label_verdict(lang, f->verdict), dot,
		fa_label_severity(lang, o->severity),
		fa_label(lang, FA_LABEL_COLON));
	fa_md_text(out, fa_report_message(r->bundle, f, lang));
	fa_buf_addc(out, '\n');
	put_bullet(out, r, FA_LABEL_SOURCE);
	fa_md_text(out, fa_buf_str(&source));
	fa_buf_addc(out, '\n');
	if (fix.n > 0) {
		put_bullet(out, r, FA_LABEL_FIX);
		fa_md_text(out, fix);
		fa_buf_addc(out, '\n');
	}
	if (wording.n > 0) {
		put_bullet(out, r, fa_report_wording_label(f->verdict));
		fa_md_text(out, wording);
		fa_buf_addc(out, '\n');
	}
}

static int
begin_group(struct fa_md_group *g, struct fa_report *r,
	const struct fa_finding *f, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf text;
	int rc = fa_report_top_init(&g->places, PLACES, r->arena, err);

	fa_buf_init(&text, TEXT_BYTES);
	if (rc != FA_OK)
		return rc;
	put_head_of(&text, r, f);
	rc = fa_buf_rc(&text, "Markdown report", err);
	if (rc != FA_OK)
		return rc;
	g->head = fa_arena_dup(r->arena, fa_buf_str(&text));
	if (g->head.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	g->rank = UINT_MAX;
	return FA_OK;
}

/* res is NULL for what all documents of an app leave out. */
int
fa_md_groups_init(
	struct fa_md_groups *g, const struct fa_report *r, struct fa_err *err)
{
	g->found = 0;
	g->n = r->bundle->rules_n + r->bundle->obligations_n;
	g->at = fa_arena_new(r->arena, g->n, sizeof(*g->at));
	if (g->at == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	return FA_OK;
}

int
fa_md_groups_add(struct fa_md_groups *all, struct fa_report *r,
	const struct fa_result *res, const struct fa_finding *f, bool gates,
	struct fa_err *err)
{
	struct fa_md_group *g = &all->at[f->rule < r->bundle->rules_n
			? f->rule
			: r->bundle->rules_n + f->obligation];
	unsigned rank = fa_report_rank(r, f, gates);
	int rc = FA_OK;

	if (g->head.p == NULL)
		rc = begin_group(g, r, f, err);
	if (rc != FA_OK)
		return rc;
	all->found++;
	if (rank < g->rank)
		g->rank = rank;
	if (res == NULL)
		return FA_OK;
	if (f->verdict == FA_VERDICT_GAP || f->pro_n == 0)
		return add_place(g, r, res, NULL, err);
	for (size_t i = 0; i < f->pro_n && rc == FA_OK; i++)
		rc = add_place(g, r, res, &f->pro[i], err);
	return rc;
}

static int
by_rank(const void *a, const void *b)
{
	const struct fa_md_group *x = *(const struct fa_md_group *const *)a;
	const struct fa_md_group *y = *(const struct fa_md_group *const *)b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	/* Of the same array: the first first. */
	return x < y ? -1 : x > y;
}

/* A group as far as it fits; 0 when not even its head does. */
static size_t
put_group(struct fa_buf *out, const struct fa_report *r,
	const struct fa_md_group *g, size_t room)
{
	size_t before = out->n;
	size_t used = g->head.n;
	size_t i = 0;

	if (used > room)
		return 0;
	fa_buf_add(out, g->head);
	while (i < g->places.n && used + g->places.at[i].text.n <= room) {
		fa_buf_add(out, g->places.at[i].text);
		used += g->places.at[i++].text.n;
	}
	if (i < g->places.all)
		fa_buf_addf(out, "  - %zu %s\n", g->places.all - i,
			fa_label(r->opts.lang, FA_LABEL_MORE));
	return out->n - before;
}

int
fa_md_groups_put(struct fa_buf *out, const struct fa_report *r,
	const struct fa_md_groups *g, size_t bytes, struct fa_err *err)
{
	const struct fa_md_group **at = fa_arena_new(
		r->arena, g->n, sizeof(const struct fa_md_group *));
	size_t used = 0;
	size_t n = 0;
	size_t i, got;

	if (at == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	for (i = 0; i < g->n; i++)
		if (g->at[i].head.p != NULL)
			at[n++] = &g->at[i];
	qsort(at, n, sizeof(const struct fa_md_group *), by_rank);
	for (i = 0; i < n && used < bytes; i++) {
		got = put_group(out, r, at[i], bytes - used);
		if (got == 0)
			break;
		used += got;
	}
	if (i < n)
		fa_buf_addf(out,
			r->opts.lang == FA_LANG_ZH
				? "\n另有 %zu 条规则的发现未列出，见其他格式的"
				  "报告。\n"
				: "\nFindings of %zu more rules are not "
				  "listed; "
				  "reports in other formats hold them.\n",
			n - i);
	return FA_OK;
}
