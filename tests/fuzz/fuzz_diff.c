/* A comparison of two texts that "\n--\n" parts, cut into clauses at line
 * ends. Invariants: rows rebuild both sides in order, fates agree, runs rebuild
 * both texts of a pair, a text compared with itself has no difference, findings
 * are followed without loss. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "diff/diff.h"

#define ARENA_BYTES ((size_t)1 << 30)
#define BETWEEN "\n--\n"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct fa_diff_clauses
cut(struct fa_str s, struct fa_arena *a)
{
	struct fa_diff_clause *at = fa_arena_new(a, s.n + 1, sizeof(*at));
	size_t n = 0;

	assert(at != NULL);
	while (s.n > 0) {
		struct fa_str line = fa_str_cut(&s, '\n');

		at[n].text = line;
		/* Keys leave something out, as normalising does. */
		at[n++].key = fa_str_ends(line, FA_STR(" "))
			? fa_str_sub(line, 0, line.n - 1)
			: line;
	}
	return (struct fa_diff_clauses){ at, n };
}

static void
check_runs(const struct fa_diff_row *r, struct fa_str a, struct fa_str b)
{
	uint32_t at_a = 0, at_b = 0;

	for (size_t i = 0; i < r->runs_n; i++) {
		const struct fa_diff_run *x = &r->runs[i];

		assert(x->a.from == at_a && x->b.from == at_b);
		assert(x->a.to > at_a || x->b.to > at_b);
		assert(i == 0 || x->same != r->runs[i - 1].same);
		at_a = x->a.to;
		at_b = x->b.to;
		assert(!x->same ||
			fa_str_eq(fa_str_sub(a, x->a.from, at_a),
				fa_str_sub(b, x->b.from, at_b)));
	}
	assert(at_a == a.n && at_b == b.n);
}

static void
check_row(const struct fa_diff *d, size_t k, uint32_t *i, uint32_t *j)
{
	const struct fa_diff_row *r = &d->rows[k];
	uint32_t a = r->a != FA_DIFF_NONE ? r->a : r->peer;
	uint32_t b = r->b != FA_DIFF_NONE ? r->b : r->peer;

	assert(r->a != FA_DIFF_NONE || r->b != FA_DIFF_NONE);
	if (r->a != FA_DIFF_NONE) {
		assert(r->a == (*i)++ && d->of_a[r->a].row == k);
		assert(d->of_a[r->a].peer == b);
		assert(d->of_a[r->a].kind == r->kind);
	}
	if (r->b != FA_DIFF_NONE) {
		assert(r->b == (*j)++ && d->of_b[r->b].row == k);
		assert(d->of_b[r->b].peer == a);
		assert(d->of_b[r->b].kind == r->kind);
	}
	if (r->kind == FA_DIFF_SAME || r->kind == FA_DIFF_MOVED)
		assert(fa_str_eq(d->a.at[a].key, d->b.at[b].key));
	if (r->kind == FA_DIFF_REWORDED)
		check_runs(r, d->a.at[a].text, d->b.at[b].text);
}

static void
check(const struct fa_diff *d)
{
	uint32_t i = 0, j = 0;

	for (size_t k = 0; k < d->rows_n; k++)
		check_row(d, k, &i, &j);
	assert(i == d->a.n && j == d->b.n);
	assert(d->counts[FA_DIFF_SAME] * 2 + d->script == d->a.n + d->b.n);
}

/* Every third clause breaks one of two obligations. */
static void
check_findings(const struct fa_diff *d, struct fa_arena *a)
{
	const enum fa_verdict v[2] = { FA_VERDICT_VIOLATION,
		FA_VERDICT_VIOLATION };
	struct fa_diff_compared c = {
		.diff = d, .obligations = 2, .a.verdicts = v, .b.verdicts = v
	};
	struct fa_diff_passage *x = fa_arena_new(a, d->a.n + 1, sizeof(*x));
	struct fa_diff_passage *y = fa_arena_new(a, d->b.n + 1, sizeof(*y));
	struct fa_diff_findings f;
	struct fa_err err;
	size_t old = 0, new = 0;

	assert(x != NULL && y != NULL);
	for (uint32_t i = 0; i < d->a.n; i += 3)
		x[c.a.passages_n++] = (struct fa_diff_passage){ i & 1, 0, i };
	for (uint32_t j = 0; j < d->b.n; j += 3)
		y[c.b.passages_n++] = (struct fa_diff_passage){ j & 1, 0, j };
	c.a.passages = x;
	c.b.passages = y;
	assert(fa_diff_findings(&f, &c, a, &err) == 0);
	for (size_t i = 0; i < f.n; i++) {
		enum fa_diff_state s = f.at[i].state;

		if (f.at[i].a == FA_DIFF_NONE && f.at[i].b == FA_DIFF_NONE)
			continue;
		old += s != FA_DIFF_NEW;
		new += s != FA_DIFF_FIXED;
		assert(s != FA_DIFF_UNKNOWN && s != FA_DIFF_REAPPEARED);
	}
	assert(old == c.a.passages_n && new == c.b.passages_n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str all = { (const char *)data, size }, a, b;
	size_t at = fa_str_find(all, FA_STR(BETWEEN), 0);
	struct fa_arena arena;
	struct fa_diff d;
	struct fa_err err;

	if (size == 0)
		return 0;
	a = fa_str_sub(all, 0, at == SIZE_MAX ? size / 2 : at);
	b = fa_str_sub(all, at == SIZE_MAX ? size / 2 : at + 4, size);
	fa_arena_init(&arena, ARENA_BYTES);
	if (fa_diff(&d, cut(a, &arena), cut(b, &arena), &arena, &err) == 0) {
		check(&d);
		check_findings(&d, &arena);
	}
	if (fa_diff(&d, cut(a, &arena), cut(a, &arena), &arena, &err) == 0) {
		check(&d);
		assert(d.script == 0 && d.minimal);
	}
	fa_arena_done(&arena);
	return 0;
}
