/* Which removed and added clauses are one clause in other words. Likeness is
 * the share of common pairs of neighbouring characters (Dice's coefficient),
 * in thousandths, the ends of a clause taken for characters. */
#include <stdlib.h>

#include "base/utf8.h"
#include "diff/parts.h"

#define CELLS_MAX (1u << 20) /* removed times added clauses of one place */
#define SIGNATURE_WORDS 4

/* Pairs of characters of a clause, ascending, and which of them there are. */
struct grams {
	uint32_t *at;
	uint32_t n;
	uint64_t signature[SIGNATURE_WORDS];
};

/* Clauses of one side that nothing was found for yet. */
struct open {
	uint32_t *at;
	uint32_t n;
	uint64_t grams; /* together */
	uint32_t least; /* pairs of characters of each */
};

struct pairing {
	struct fa_diff_work *w;
	struct grams *of_a, *of_b; /* by clause */
	struct fa_arena cells;     /* of the place at hand */
};

static int
by_number(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

static uint32_t
mix(uint32_t a, uint32_t b)
{
	uint32_t h = a * 0x9E3779B1u ^ (b + 0x7F4A7C15u) * 0x85EBCA77u;

	h ^= h >> 15;
	return h * 0xC2B2AE3Du;
}

static int
cut(struct grams *g, struct fa_str s, struct fa_arena *a, struct fa_err *err)
{
	uint32_t before = 0, cp;

	g->at = fa_arena_new(a, fa_utf8_count(s) + 1, sizeof(*g->at));
	if (!g->at)
		return fa_fail(err, FA_E_NOMEM, "no memory for a comparison");
	while (s.n > 0) {
		size_t n = fa_utf8_next(s, &cp);

		g->at[g->n++] = mix(before, cp);
		before = cp;
		s = fa_str_sub(s, n, s.n);
	}
	g->at[g->n++] = mix(before, 0);
	qsort(g->at, g->n, sizeof(*g->at), by_number);
	for (uint32_t i = 0; i < g->n; i++)
		g->signature[g->at[i] >> 30] |= (uint64_t)1
			<< (g->at[i] >> 24 & 63);
	return FA_OK;
}

static uint32_t
bits(uint64_t x)
{
	x -= x >> 1 & 0x5555555555555555u;
	x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
	x = (x + (x >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
	return (uint32_t)(x * 0x0101010101010101u >> 56);
}

/* Not fewer pairs than both have: each bit that only one signature has stands
 * for a pair that the other clause lacks. */
static uint32_t
at_most(const struct grams *a, const struct grams *b)
{
	uint32_t only_a = 0, only_b = 0;

	for (int i = 0; i < SIGNATURE_WORDS; i++) {
		only_a += bits(a->signature[i] & ~b->signature[i]);
		only_b += bits(b->signature[i] & ~a->signature[i]);
	}
	only_a = a->n - only_a;
	only_b = b->n - only_b;
	return only_a < only_b ? only_a : only_b;
}

static uint32_t
share(uint64_t common, const struct grams *a, const struct grams *b)
{
	return (uint32_t)(2000 * common / ((uint64_t)a->n + b->n));
}

/* Likeness when it is at least `least`, else 0. */
static uint32_t
likeness(const struct grams *a, const struct grams *b, uint32_t least)
{
	uint32_t i = 0, j = 0, common = 0, same;

	if (share(at_most(a, b), a, b) < least)
		return 0;
	while (i < a->n && j < b->n) {
		uint32_t x = a->at[i], y = b->at[j];

		common += x == y;
		i += x <= y;
		j += y <= x;
	}
	same = share(common, a, b);
	return same >= least ? same : 0;
}

static void
pair(struct pairing *p, uint32_t i, uint32_t j, bool moved)
{
	struct fa_diff *d = p->w->d;

	d->of_a[i] = (struct fa_diff_fate){
		.kind = FA_DIFF_REWORDED, .moved = moved, .peer = j
	};
	d->of_b[j] = (struct fa_diff_fate){
		.kind = FA_DIFF_REWORDED, .moved = moved, .peer = i
	};
}

/* Takes what the comparison of all with all costs; false when it is too
 * much. */
static bool
afford(struct pairing *p, const struct open *x, const struct open *y)
{
	uint64_t cost = x->n * y->grams + y->n * x->grams;

	if (cost > p->w->pair_steps)
		return false;
	p->w->pair_steps -= cost;
	return true;
}

/* Too many: each with the one in the same place of the other side. */
static void
pair_by_place(struct pairing *p, const struct open *x, const struct open *y)
{
	for (uint32_t i = 0; i < x->n && i < y->n; i++)
		if (likeness(&p->of_a[x->at[i]], &p->of_b[y->at[i]],
			    FA_DIFF_SIMILAR) > 0)
			pair(p, x->at[i], y->at[i], false);
}

struct table {
	uint16_t *alike; /* x->n times y->n */
	uint32_t *best;  /* sum over what lies before, one more each way */
	size_t wide;
};

static void
fill(struct table *t, const struct pairing *p, const struct open *x,
	const struct open *y)
{
	for (uint32_t i = 0; i < x->n; i++) {
		for (uint32_t j = 0; j < y->n; j++) {
			uint32_t *at = &t->best[(i + 1) * t->wide + j + 1];
			uint32_t s = likeness(&p->of_a[x->at[i]],
				&p->of_b[y->at[j]], FA_DIFF_SIMILAR);

			t->alike[(size_t)i * y->n + j] = (uint16_t)s;
			*at = at[-1] > *(at - t->wide) ? at[-1]
						       : *(at - t->wide);
			if (s > 0 && *(at - t->wide - 1) + s > *at)
				*at = *(at - t->wide - 1) + s;
		}
	}
}

/* The pairs that ascend on both sides and are most alike together. */
static int
pair_in_order(struct pairing *p, const struct open *x, const struct open *y,
	struct fa_err *err)
{
	struct table t = { .wide = (size_t)y->n + 1 };
	uint32_t i = x->n, j = y->n;

	fa_arena_reset(&p->cells);
	t.alike =
		fa_arena_new(&p->cells, (size_t)x->n * y->n, sizeof(*t.alike));
	t.best = fa_arena_new(
		&p->cells, (x->n + (size_t)1) * t.wide, sizeof(*t.best));
	if (!t.alike || !t.best)
		return fa_fail(err, FA_E_NOMEM, "no memory for a comparison");
	fill(&t, p, x, y);
	while (i > 0 && j > 0) {
		const uint32_t *at = &t.best[i * t.wide + j];
		uint32_t s = t.alike[(size_t)(i - 1) * y->n + j - 1];

		if (s > 0 && *at == *(at - t.wide - 1) + s) {
			pair(p, x->at[--i], y->at[--j], false);
		} else if (*at == at[-1]) {
			j--;
		} else {
			i--;
		}
	}
	return FA_OK;
}

static void
note(struct open *o, const struct fa_diff_fate *of, const struct grams *g,
	uint32_t i, enum fa_diff_kind kind)
{
	if (of[i].kind != kind || g[i].n < o->least)
		return;
	o->at[o->n++] = i;
	o->grams += g[i].n;
}

/* What was removed and added between two clauses that stayed. */
static int
places(struct pairing *p, struct open *x, struct open *y, struct fa_err *err)
{
	struct fa_diff *d = p->w->d;
	size_t i = 0, j = 0;
	int rc = FA_OK;

	while (rc == FA_OK && (i < d->a.n || j < d->b.n)) {
		x->n = y->n = 0;
		x->grams = y->grams = 0;
		for (; i < d->a.n && d->of_a[i].kind != FA_DIFF_SAME; i++)
			note(x, d->of_a, p->of_a, (uint32_t)i, FA_DIFF_REMOVED);
		for (; j < d->b.n && d->of_b[j].kind != FA_DIFF_SAME; j++)
			note(y, d->of_b, p->of_b, (uint32_t)j, FA_DIFF_ADDED);
		i++;
		j++;
		if (x->n == 0 || y->n == 0)
			continue;
		if ((uint64_t)x->n * y->n <= CELLS_MAX && afford(p, x, y)) {
			rc = pair_in_order(p, x, y, err);
		} else {
			d->minimal = false;
			pair_by_place(p, x, y);
		}
	}
	return rc;
}

/* What is left, wherever it stands: the most alike, the first of equals. */
static void
elsewhere(struct pairing *p, struct open *x, struct open *y)
{
	struct fa_diff *d = p->w->d;

	x->n = y->n = 0;
	x->grams = y->grams = 0;
	x->least = y->least = FA_DIFF_MOVE_RUNES + 1;
	for (size_t i = 0; i < d->a.n; i++)
		note(x, d->of_a, p->of_a, (uint32_t)i, FA_DIFF_REMOVED);
	for (size_t j = 0; j < d->b.n; j++)
		note(y, d->of_b, p->of_b, (uint32_t)j, FA_DIFF_ADDED);
	if (x->n == 0 || y->n == 0)
		return;
	if (!afford(p, x, y)) {
		d->minimal = false;
		return;
	}
	for (uint32_t i = 0; i < x->n; i++) {
		uint32_t best = 0, with = FA_DIFF_NONE;

		for (uint32_t j = 0; j < y->n; j++) {
			uint32_t s;

			if (d->of_b[y->at[j]].kind != FA_DIFF_ADDED)
				continue;
			s = likeness(&p->of_a[x->at[i]], &p->of_b[y->at[j]],
				FA_DIFF_SIMILAR_FAR);
			if (s > best) {
				best = s;
				with = y->at[j];
			}
		}
		if (with != FA_DIFF_NONE)
			pair(p, x->at[i], with, true);
	}
}

static int
cut_side(struct grams **out, struct fa_diff_clauses c,
	const struct fa_diff_fate *of, enum fa_diff_kind kind,
	struct fa_arena *a, struct fa_err *err)
{
	struct grams *g = fa_arena_new(a, c.n, sizeof(*g));
	int rc = FA_OK;

	if (!g)
		return fa_fail(err, FA_E_NOMEM, "no memory for a comparison");
	for (size_t i = 0; i < c.n && rc == FA_OK; i++)
		if (of[i].kind == kind)
			rc = cut(&g[i], c.at[i].key, a, err);
	*out = g;
	return rc;
}

int
fa_diff_reword(struct fa_diff_work *w, struct fa_err *err)
{
	struct pairing p = { .w = w };
	struct fa_diff *d = w->d;
	struct open x = { 0 }, y = { 0 };
	int rc;

	fa_arena_reset(&w->scratch);
	rc = cut_side(
		&p.of_a, d->a, d->of_a, FA_DIFF_REMOVED, &w->scratch, err);
	if (rc == FA_OK)
		rc = cut_side(&p.of_b, d->b, d->of_b, FA_DIFF_ADDED,
			&w->scratch, err);
	if (rc < 0)
		return rc;
	x.at = fa_arena_new(&w->scratch, d->a.n, sizeof(*x.at));
	y.at = fa_arena_new(&w->scratch, d->b.n, sizeof(*y.at));
	if (!x.at || !y.at)
		return fa_fail(err, FA_E_NOMEM, "no memory for a comparison");
	fa_arena_init(&p.cells, FA_DIFF_SCRATCH_BYTES);
	rc = places(&p, &x, &y, err);
	if (rc == FA_OK)
		elsewhere(&p, &x, &y);
	fa_arena_done(&p.cells);
	return rc;
}
