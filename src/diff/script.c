/* The longest common subsequence of two sequences of numbers.
 *
 * An edit graph has a point (x, y) for "x of a and y of b are behind us"; a
 * step right removes one of a, a step down adds one of b, a step along the
 * diagonal keeps what both have. Row d of the trace holds, for each diagonal
 * k = x - y that d steps can lead to, the largest x they lead to. From
 * row to row each of these goes on from one of its two neighbours and then as
 * far down the diagonal as the sequences agree. The first row that reaches
 * the end has the shortest script, which is read off backwards.
 *
 *   a = 1 2 3, b = 2 3 4: row 0: k=0: x=0. row 1: k=-1: x=0 (y=1),
 *   k=1: x=1, then 2 and 3 agree: x=3, y=2. row 2: k=0 from k=1: x=3, y=3:
 *   the end. Backwards: added 4, kept 3, kept 2, removed 1. */
#include "diff/parts.h"

/* A part of a sequence, with the places of its members in the whole. */
struct seq {
	const uint32_t *id, *at;
	uint32_t n;
};

struct script {
	uint32_t *to;
	struct fa_diff_work *w;
	uint32_t *in_a, *in_b; /* occurrences by number; zero between uses */
	/* The trace. */
	int32_t *x;
	size_t x_cap;
	size_t *row; /* where each row begins in x; d + 1 of them */
	uint32_t rows_max;
};

static int32_t
low(uint32_t d, uint32_t m)
{
	return d > m ? (int32_t)d - 2 * (int32_t)m : -(int32_t)d;
}

static int32_t
high(uint32_t d, uint32_t n)
{
	return d > n ? 2 * (int32_t)n - (int32_t)d : (int32_t)d;
}

/* x on diagonal k in row d, or missing when no path leads there. */
static int32_t
reach(const struct script *s, struct seq a, struct seq b, uint32_t d, int32_t k,
	int32_t missing)
{
	int32_t from = low(d, b.n);

	if (k < from || k > high(d, a.n))
		return missing;
	return s->x[s->row[d] + (size_t)(k - from) / 2];
}

static void
keep(struct script *s, struct seq a, struct seq b, uint32_t x, uint32_t y)
{
	s->to[a.at[x]] = b.at[y];
}

/* The path that ends at (x, y) in row d. */
static void
follow(struct script *s, struct seq a, struct seq b, uint32_t d, int32_t x,
	int32_t y)
{
	for (; d > 0; d--) {
		int32_t k = x - y;
		int32_t left = reach(s, a, b, d - 1, k - 1, -2);
		int32_t right = reach(s, a, b, d - 1, k + 1, -1);
		bool down = left < right;
		int32_t from = down ? right : left + 1;

		while (x > from) {
			x--, y--;
			keep(s, a, b, (uint32_t)x, (uint32_t)y);
		}
		x = down ? right : left;
		y = down ? x - k - 1 : x - k + 1;
	}
	while (x > 0 && y > 0) {
		x--, y--;
		keep(s, a, b, (uint32_t)x, (uint32_t)y);
	}
}

/* Room for row d. */
static int
add_row(struct script *s, struct seq a, struct seq b, uint32_t d,
	struct fa_err *err)
{
	size_t from = d > 0 ? s->row[d] : 0;
	size_t wide = (size_t)(high(d, a.n) - low(d, b.n)) / 2 + 1;
	int32_t *x = fa_arena_grow(
		&s->w->scratch, s->x, &s->x_cap, from + wide, sizeof(*x));

	if (!x)
		return fa_fail(err, FA_E_NOMEM, "no memory for a comparison");
	s->x = x;
	s->row[0] = 0;
	s->row[d + 1] = from + wide;
	return FA_OK;
}

/* Fills row d: 1 when it reaches the end. */
static int
fill_row(struct script *s, struct seq a, struct seq b, uint32_t d)
{
	int32_t from = low(d, b.n), to = high(d, a.n);
	uint64_t steps = 0;
	bool end = false;

	for (int32_t k = from; k <= to && !end; k += 2) {
		int32_t left = -2, right = -1, x = 0;

		if (d > 0) {
			left = reach(s, a, b, d - 1, k - 1, -2);
			right = reach(s, a, b, d - 1, k + 1, -1);
			x = left < right ? right : left + 1;
		}
		while (x < (int32_t)a.n && x - k < (int32_t)b.n &&
			a.id[x] == b.id[x - k]) {
			x++;
			steps++;
		}
		s->x[s->row[d] + (size_t)(k - from) / 2] = x;
		end = x >= (int32_t)a.n && x - k >= (int32_t)b.n;
	}
	steps += (uint64_t)(to - from) / 2 + 1;
	s->w->steps -= steps < s->w->steps ? steps : s->w->steps;
	return end;
}

/* The point of row d that is farthest from the start. */
static void
farthest(const struct script *s, struct seq a, struct seq b, uint32_t d,
	int32_t *x, int32_t *y)
{
	*x = *y = 0;
	for (int32_t k = low(d, b.n); k <= high(d, a.n); k += 2) {
		int32_t at = reach(s, a, b, d, k, 0);

		if (at <= (int32_t)a.n && at - k <= (int32_t)b.n &&
			2 * at - k > *x + *y) {
			*x = at;
			*y = at - k;
		}
	}
}

/* Walks at most `edits` steps. 1: to the end, and kept what is kept. 0: it was
 * not reached; with x and y the way to the farthest point is kept instead. */
static int
walk(struct script *s, struct seq a, struct seq b, uint32_t edits, uint32_t *x,
	uint32_t *y, struct fa_err *err)
{
	int32_t at_x, at_y;
	uint32_t d;

	for (d = 0;; d++) {
		int rc = add_row(s, a, b, d, err);

		if (rc < 0)
			return rc;
		if (fill_row(s, a, b, d)) {
			follow(s, a, b, d, (int32_t)a.n, (int32_t)b.n);
			return 1;
		}
		if (d == edits || d >= s->rows_max || s->w->steps == 0)
			break;
	}
	if (x) {
		farthest(s, a, b, d, &at_x, &at_y);
		follow(s, a, b, d, at_x, at_y);
		*x = (uint32_t)at_x;
		*y = (uint32_t)at_y;
	}
	return 0;
}

static struct seq
part(struct seq s, uint32_t from, uint32_t to)
{
	return (struct seq){ s.id + from, s.at + from, to - from };
}

static void
count(uint32_t *in, struct seq s, int by)
{
	for (uint32_t i = 0; i < s.n; i++)
		in[s.id[i]] += (uint32_t)by;
}

/* The members of s that the other sequence has, too. */
static int
shared(struct seq *out, struct seq s, const uint32_t *in_other,
	struct fa_arena *scratch, struct fa_err *err)
{
	uint32_t *id = fa_arena_new(scratch, s.n, sizeof(*id));
	uint32_t *at = fa_arena_new(scratch, s.n, sizeof(*at));
	uint32_t n = 0;

	if (!id || !at)
		return fa_fail(err, FA_E_NOMEM, "no memory for a comparison");
	for (uint32_t i = 0; i < s.n; i++) {
		if (in_other[s.id[i]] == 0)
			continue;
		id[n] = s.id[i];
		at[n++] = s.at[i];
	}
	*out = (struct seq){ id, at, n };
	return FA_OK;
}

/* Leaves what both have: a member that the other side lacks is in no common
 * subsequence. */
static int
strip(struct script *s, struct seq *a, struct seq *b, struct fa_err *err)
{
	struct seq x = *a, y = *b;
	int rc;

	count(s->in_a, x, 1);
	count(s->in_b, y, 1);
	rc = shared(a, x, s->in_b, &s->w->scratch, err);
	if (rc == FA_OK)
		rc = shared(b, y, s->in_a, &s->w->scratch, err);
	count(s->in_a, x, -1);
	count(s->in_b, y, -1);
	return rc;
}

/* Equal members at the front. */
static uint32_t
front(struct script *s, struct seq a, struct seq b)
{
	uint32_t n = 0;

	while (n < a.n && n < b.n && a.id[n] == b.id[n]) {
		keep(s, a, b, n, n);
		n++;
	}
	return n;
}

static uint32_t
back(struct script *s, struct seq a, struct seq b)
{
	uint32_t n = 0;

	while (n < a.n && n < b.n && a.id[a.n - 1 - n] == b.id[b.n - 1 - n]) {
		keep(s, a, b, a.n - 1 - n, b.n - 1 - n);
		n++;
	}
	return n;
}

/* Without the shortest script: the farthest point of a few steps, then on from
 * there. */
static int
pieces(struct script *s, struct seq a, struct seq b, struct fa_err *err)
{
	int rc = strip(s, &a, &b, err);

	while (rc == FA_OK && a.n > 0 && b.n > 0 && s->w->steps > 0) {
		uint32_t x = front(s, a, b), y = x;

		a = part(a, x, a.n);
		b = part(b, y, b.n);
		if (a.n == 0 || b.n == 0)
			break;
		rc = walk(s, a, b, FA_DIFF_PIECE_EDITS, &x, &y, err);
		if (rc != 0)
			return rc < 0 ? rc : FA_OK;
		if (x == 0 && y == 0)
			break;
		a = part(a, x, a.n);
		b = part(b, y, b.n);
	}
	return rc;
}

struct anchor {
	uint32_t x, y;
	uint32_t before; /* anchor to the left, or FA_DIFF_NONE */
};

/* Members that both sides have once, in the order of a. */
static int
find_anchors(struct anchor **out, uint32_t *n, struct script *s, struct seq a,
	struct seq b, struct fa_err *err)
{
	struct anchor *at = fa_arena_new(
		&s->w->scratch, a.n < b.n ? a.n : b.n, sizeof(*at));
	uint32_t *once = s->in_b; /* place in b + 1, or UINT32_MAX: twice */

	if (!at)
		return fa_fail(err, FA_E_NOMEM, "no memory for a comparison");
	count(s->in_a, a, 1);
	for (uint32_t i = 0; i < b.n; i++)
		once[b.id[i]] = once[b.id[i]] == 0 ? i + 1 : UINT32_MAX;
	*n = 0;
	for (uint32_t i = 0; i < a.n; i++) {
		uint32_t y = once[a.id[i]];

		if (s->in_a[a.id[i]] == 1 && y != 0 && y != UINT32_MAX)
			at[(*n)++] = (struct anchor){ i, y - 1, FA_DIFF_NONE };
	}
	count(s->in_a, a, -1);
	for (uint32_t i = 0; i < b.n; i++)
		once[b.id[i]] = 0;
	*out = at;
	return FA_OK;
}

/* The most anchors that ascend on both sides: the last of them, or
 * FA_DIFF_NONE. Patience sorting: pile[l] is the anchor with the least y at
 * which a chain of l + 1 ends. */
static int
chain(uint32_t *last, struct anchor *at, uint32_t n, struct fa_arena *scratch,
	struct fa_err *err)
{
	uint32_t *pile = fa_arena_new(scratch, n, sizeof(*pile));
	uint32_t piles = 0;

	if (!pile)
		return fa_fail(err, FA_E_NOMEM, "no memory for a comparison");
	for (uint32_t i = 0; i < n; i++) {
		uint32_t lo = 0, hi = piles;

		while (lo < hi) {
			uint32_t mid = lo + (hi - lo) / 2;

			if (at[pile[mid]].y < at[i].y)
				lo = mid + 1;
			else
				hi = mid;
		}
		at[i].before = lo > 0 ? pile[lo - 1] : FA_DIFF_NONE;
		pile[lo] = i;
		piles += lo == piles;
	}
	*last = piles > 0 ? pile[piles - 1] : FA_DIFF_NONE;
	return FA_OK;
}

/* Pieces between anchors, from the last to the first. */
static int
approximate(struct script *s, struct seq a, struct seq b, struct fa_err *err)
{
	struct anchor *at = NULL;
	uint32_t n = 0, i = FA_DIFF_NONE;
	int rc = find_anchors(&at, &n, s, a, b, err);

	if (rc == FA_OK)
		rc = chain(&i, at, n, &s->w->scratch, err);
	while (rc == FA_OK && i != FA_DIFF_NONE) {
		uint32_t x = at[i].x, y = at[i].y;

		keep(s, a, b, x, y);
		rc = pieces(s, part(a, x + 1, a.n), part(b, y + 1, b.n), err);
		a = part(a, 0, x);
		b = part(b, 0, y);
		i = at[i].before;
	}
	return rc < 0 ? rc : pieces(s, a, b, err);
}

static int
places(struct seq *out, const uint32_t *id, uint32_t n,
	struct fa_arena *scratch, struct fa_err *err)
{
	uint32_t *at = fa_arena_new(scratch, n, sizeof(*at));

	if (!at)
		return fa_fail(err, FA_E_NOMEM, "no memory for a comparison");
	for (uint32_t i = 0; i < n; i++)
		at[i] = i;
	*out = (struct seq){ id, at, n };
	return FA_OK;
}

/* The trace never has more rows than the sequences together have members. */
static int
prepare(struct script *s, const struct fa_diff_pair *p, struct seq a,
	struct seq b, uint32_t edits, struct fa_err *err)
{
	struct fa_arena *scratch = &s->w->scratch;
	uint64_t all = (uint64_t)a.n + b.n;

	if (edits < FA_DIFF_PIECE_EDITS)
		edits = FA_DIFF_PIECE_EDITS;
	s->rows_max = all < edits ? (uint32_t)all : edits;
	s->row =
		fa_arena_new(scratch, (size_t)s->rows_max + 2, sizeof(*s->row));
	s->in_a = fa_arena_new(scratch, p->count, sizeof(*s->in_a));
	s->in_b = fa_arena_new(scratch, p->count, sizeof(*s->in_b));
	if (!s->row || !s->in_a || !s->in_b)
		return fa_fail(err, FA_E_NOMEM, "no memory for a comparison");
	return FA_OK;
}

int
fa_diff_common(uint32_t *to, bool *minimal, const struct fa_diff_pair *p,
	uint32_t edits, struct fa_diff_work *w, struct fa_err *err)
{
	struct script s = { .to = to, .w = w };
	struct seq a, b;
	uint64_t half = w->steps / 2;
	uint32_t ends;
	int rc = places(&a, p->a, p->n, &w->scratch, err);

	if (rc == FA_OK)
		rc = places(&b, p->b, p->m, &w->scratch, err);
	if (rc < 0)
		return rc;
	for (uint32_t i = 0; i < p->n; i++)
		to[i] = FA_DIFF_NONE;
	ends = front(&s, a, b);
	a = part(a, ends, a.n);
	b = part(b, ends, b.n);
	ends = back(&s, a, b);
	a.n -= ends;
	b.n -= ends;
	rc = prepare(&s, p, a, b, edits, err);
	if (rc == FA_OK)
		rc = strip(&s, &a, &b, err);
	if (rc < 0 || a.n == 0 || b.n == 0)
		return rc;
	/* What is left must do for the other way. */
	w->steps -= half;
	rc = walk(&s, a, b, edits, NULL, NULL, err);
	w->steps += half;
	if (rc != 0)
		return rc < 0 ? rc : FA_OK;
	*minimal = false;
	return approximate(&s, a, b, err);
}
