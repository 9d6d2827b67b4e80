/* What GitHub's limits leave of the results of a run: the gravest, and word of
 * how many they are not. Results are kept as text until the end. */
#include <stdlib.h>
#include <string.h>

#include "base/gzip.h"
#include "report/sarif.h"

#define RESULT_BYTES (16u << 20)
#define DEPTH 4 /* of a result: log, runs, run, results */
#define INDENT 1
#define SAMPLE 16           /* one result of so many is compressed */
#define ARTIFACT_BYTES 200  /* compressed, mostly its digests */
#define OTHER_BYTES 1000000 /* compressed: rules and the rest */
#define LEAST_BYTES 1000000 /* left for results at any rate */
#define TRIES 12

/* Behind breaches that stand: what cannot be told, then what is accepted, then
 * the rest. */
static unsigned
rank_of(const struct fa_report *r, const struct fa_finding *f)
{
	static const unsigned group = 1u << 24;
	unsigned rank = fa_report_rank(r, f, fa_report_gates(r, f));

	if (f->waiver != NULL)
		return rank + 2 * group;
	if (fa_report_is_breach(f->verdict))
		return rank;
	return rank + (f->verdict == FA_VERDICT_CANNOT_TELL ? 1 : 3) * group;
}

int
fa_report_sarif_keep(struct fa_sarif *st, struct fa_report *r,
	const struct fa_result *res, const struct fa_finding *f,
	const struct fa_sarif_artifact *a, struct fa_err *err)
{
	struct fa_sarif_result *x = fa_arena_new(r->arena, 1, sizeof(*x));
	FA_CLEANUP(fa_buf_done) struct fa_buf part;
	struct fa_jw w;
	int rc;

	fa_buf_init(&part, RESULT_BYTES);
	if (x == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	fa_jw_init(&w, &part, INDENT);
	w.depth = DEPTH;
	w.first[DEPTH] = true;
	rc = fa_report_sarif_result(&w, r, st, res, f, a, err);
	if (rc == FA_OK)
		rc = fa_buf_rc(&part, "SARIF report", err);
	if (rc != FA_OK)
		return rc;
	x->at = fa_spill_bytes(&st->results_text);
	x->bytes = part.n;
	rc = fa_spill_add(
		&st->results_text, fa_buf_str(&part), "SARIF report", err);
	if (rc != FA_OK)
		return rc;
	x->rank = rank_of(r, f);
	x->number = (uint32_t)st->results_n++;
	x->gap = f->verdict == FA_VERDICT_GAP && f->waiver == NULL
		? f->obligation
		: FA_RULE_NONE;
	st->results_bytes += x->bytes;
	*st->results_last = x;
	st->results_last = &x->next;
	return FA_OK;
}

int
fa_report_sarif_join(struct fa_sarif *st, const struct fa_app *app,
	struct fa_arena *a, struct fa_err *err)
{
	bool *seen;

	if (app == NULL)
		return FA_OK;
	seen = fa_arena_new(a, app->points_n, sizeof(*seen));
	if (seen == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	for (struct fa_sarif_result *x = st->results; x != NULL; x = x->next) {
		if (x->gap >= app->points_n)
			continue;
		if (app->points[x->gap].verdict != FA_VERDICT_GAP ||
			seen[x->gap]) {
			x->left = true;
			st->results_n--;
			st->results_bytes -= x->bytes;
		}
		seen[x->gap] = true;
	}
	return FA_OK;
}

static int
by_rank(const void *a, const void *b)
{
	const struct fa_sarif_result *x =
		*(const struct fa_sarif_result *const *)a;
	const struct fa_sarif_result *y =
		*(const struct fa_sarif_result *const *)b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

/* Appends the text of a result to out. */
static int
get(struct fa_buf *out, const struct fa_sarif *st,
	const struct fa_sarif_result *x, struct fa_err *err)
{
	return fa_spill_get(&st->results_text, x->at, x->bytes, out, err);
}

static int
compress(size_t *out, const struct fa_sarif *st, struct fa_gzip *z,
	struct fa_sarif_result *const *at, size_t n, size_t step,
	struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf text;
	FA_CLEANUP(fa_buf_done) struct fa_buf packed;
	struct fa_gzip_part part = { .stored = 0 };
	int rc = FA_OK;

	fa_buf_init(&text, RESULT_BYTES);
	fa_buf_init(&packed, SIZE_MAX / 2);
	fa_gzip_begin(z);
	for (size_t i = 0; i < n && rc == FA_OK; i += step) {
		fa_buf_reset(&text);
		rc = get(&text, st, at[i], err);
		part.data = fa_buf_str(&text);
		if (rc == FA_OK)
			rc = fa_gzip_add(z, &packed, &part, err);
		*out += packed.n;
		fa_buf_reset(&packed);
	}
	if (rc == FA_OK)
		rc = fa_gzip_end(z, &packed, err);
	*out += packed.n;
	return rc;
}

/* Bytes of every step-th of the first n results as one gzip member. */
static int
measure(size_t *out, const struct fa_sarif *st,
	struct fa_sarif_result *const *at, size_t n, size_t step,
	struct fa_err *err)
{
	struct fa_gzip *z = NULL;
	int rc = fa_gzip_new(&z, err);

	*out = 0;
	if (rc == FA_OK)
		rc = compress(out, st, z, at, n, step, err);
	fa_gzip_free(z);
	return rc;
}

/* How many of the first n results fit into budget, compressed. */
static int
fit(size_t *out, const struct fa_sarif *st, struct fa_sarif_result *const *at,
	size_t n, size_t budget, struct fa_err *err)
{
	size_t bytes = 0;
	int rc = measure(&bytes, st, at, n, SAMPLE, err);

	*out = n;
	/* Far below the limit: no need to know it well. */
	if (rc != FA_OK || bytes < budget / (2 * SAMPLE))
		return rc;
	for (int i = 0; i < TRIES && n > 0; i++) {
		rc = measure(&bytes, st, at, n, 1, err);
		if (rc != FA_OK || bytes <= budget)
			break;
		/* A little less than in proportion, to be there soon. */
		n = (size_t)((uint64_t)n * budget / bytes * 15 / 16);
	}
	*out = n;
	return rc;
}

static size_t
budget_of(const struct fa_sarif *st)
{
	size_t taken = OTHER_BYTES + (size_t)st->artifacts.n * ARTIFACT_BYTES;

	if (st->max_bytes < taken + LEAST_BYTES)
		return st->max_bytes < LEAST_BYTES ? st->max_bytes
						   : LEAST_BYTES;
	return st->max_bytes - taken;
}

int
fa_report_sarif_select(
	struct fa_sarif *st, struct fa_arena *a, struct fa_err *err)
{
	size_t budget = budget_of(st);
	struct fa_sarif_result **at, *x;
	size_t n = 0;
	int rc = FA_OK;

	st->cut.all = st->results_n;
	/* gzip adds next to nothing, so that what is short stays short. */
	if (st->results_n <= st->max_results && st->results_bytes < budget)
		return FA_OK;
	at = fa_arena_new(a, st->results_n, sizeof(struct fa_sarif_result *));
	if (at == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	for (x = st->results; x != NULL; x = x->next)
		if (!x->left)
			at[n++] = x;
	qsort(at, n, sizeof(struct fa_sarif_result *), by_rank);
	if (n > st->max_results) {
		st->cut.results = n - st->max_results;
		n = st->max_results;
	}
	rc = fit(&n, st, at, n, budget, err);
	if (rc != FA_OK)
		return rc;
	st->cut.bytes = st->results_n - st->cut.results - n;
	for (size_t i = n; i < st->results_n; i++)
		at[i]->left = true;
	return FA_OK;
}

int
fa_report_sarif_results(struct fa_sarif *st, const struct fa_report *r,
	struct fa_buf *out, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf part;
	struct fa_jw *w = &st->w;
	bool any = false;
	int rc = FA_OK;

	fa_buf_init(&part, RESULT_BYTES + 1);
	for (const struct fa_sarif_result *x = st->results;
		x != NULL && rc == FA_OK; x = x->next) {
		if (x->left)
			continue;
		fa_buf_reset(&part);
		if (any)
			fa_buf_addc(&part, ',');
		any = true;
		rc = get(&part, st, x, err);
		if (rc == FA_OK)
			rc = fa_report_json_part(
				out, &part, "SARIF report", err);
		if (rc == FA_OK)
			rc = fa_report_flush(r, out, "SARIF report", err);
	}
	w->first[w->depth] = !any;
	return rc;
}

static void
write_cut(struct fa_jw *w, const char *id, const char *text, size_t n,
	size_t limit)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf number;

	fa_buf_init(&number, 1u << 16);
	if (n == 0)
		return;
	fa_buf_addf(&number, "%s: %zu (%zu)", text, n, limit);
	fa_report_carry(w->out, &number);
	fa_jw_object(w);
	fa_jw_kstr(w, "level", FA_STR("warning"));
	fa_jw_key(w, "descriptor");
	fa_jw_object(w);
	fa_jw_kstr(w, "id", fa_str_c(id));
	fa_jw_end(w, '}');
	fa_report_sarif_message(w, "message", fa_buf_str(&number));
	fa_jw_end(w, '}');
}

void
fa_report_sarif_cuts(struct fa_jw *w, const struct fa_report *r,
	const struct fa_sarif_cut *cut)
{
	bool zh = r->opts.lang == FA_LANG_ZH;

	write_cut(w, "results-cut",
		zh ? "结果数超过 GitHub 的上限，只保留最严重的；略去"
		   : "more results than GitHub accepts, the gravest are kept; "
		     "left out",
		cut->results, cut->all);
	write_cut(w, "size-cut",
		zh ? "文件压缩后超过 GitHub 的上限，只保留最严重的结果；略去"
		   : "larger than GitHub accepts when compressed, the gravest "
		     "results are kept; left out",
		cut->bytes, cut->all);
	write_cut(w, "rules-cut",
		zh ? "规则数超过 GitHub 的上限；未附说明的规则"
		   : "more rules than GitHub accepts; not described",
		cut->rules, FA_SARIF_RULES);
	write_cut(w, "paths-cut",
		zh ? "路径步数超过 GitHub 的上限；略去的路径"
		   : "longer ways than GitHub accepts; ways left out",
		cut->paths, FA_SARIF_STEPS);
}
