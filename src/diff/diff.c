#include "diff/diff.h"

#include "base/utf8.h"
#include "diff/parts.h"

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for a comparison");
}

/* Clauses by the number of their key. */
struct numbered {
	uint32_t *a, *b;
	uint32_t count;
};

static int
number(struct numbered *out, struct fa_diff_work *w, struct fa_err *err)
{
	const struct fa_diff *d = w->d;
	struct fa_arena *s = &w->scratch;
	struct fa_str *a = fa_arena_new(s, d->a.n, sizeof(*a));
	struct fa_str *b = fa_arena_new(s, d->b.n, sizeof(*b));

	out->a = fa_arena_new(s, d->a.n, sizeof(*out->a));
	out->b = fa_arena_new(s, d->b.n, sizeof(*out->b));
	if (!a || !b || !out->a || !out->b)
		return no_memory(err);
	for (size_t i = 0; i < d->a.n; i++)
		a[i] = d->a.at[i].key;
	for (size_t j = 0; j < d->b.n; j++)
		b[j] = d->b.at[j].key;
	return fa_diff_number(
		out->a, a, d->a.n, out->b, b, d->b.n, &out->count, s, err);
}

/* Everything is removed and added but the common subsequence. */
static int
align(struct fa_diff_work *w, const struct numbered *x, struct fa_err *err)
{
	struct fa_diff *d = w->d;
	struct fa_diff_pair p = { .a = x->a,
		.b = x->b,
		.n = (uint32_t)d->a.n,
		.m = (uint32_t)d->b.n,
		.count = x->count };
	uint32_t *to = fa_arena_new(&w->scratch, d->a.n, sizeof(*to));
	int rc;

	if (!to)
		return no_memory(err);
	rc = fa_diff_common(to, &d->minimal, &p, FA_DIFF_EDITS_MAX, w, err);
	if (rc < 0)
		return rc;
	for (size_t j = 0; j < d->b.n; j++)
		d->of_b[j] = (struct fa_diff_fate){ .kind = FA_DIFF_ADDED,
			.peer = FA_DIFF_NONE };
	d->script = (uint32_t)(d->a.n + d->b.n);
	for (size_t i = 0; i < d->a.n; i++) {
		d->of_a[i] =
			(struct fa_diff_fate){ .kind = to[i] == FA_DIFF_NONE
					? FA_DIFF_REMOVED
					: FA_DIFF_SAME,
				.peer = to[i] };
		if (to[i] == FA_DIFF_NONE)
			continue;
		d->of_b[to[i]] = (struct fa_diff_fate){ .kind = FA_DIFF_SAME,
			.peer = (uint32_t)i };
		d->script -= 2;
	}
	return FA_OK;
}

/* Removed here and added there in the same words is moved; of several, the
 * first with the first. */
static int
find_moves(struct fa_diff_work *w, const struct numbered *x, struct fa_err *err)
{
	struct fa_diff *d = w->d;
	uint32_t *first = fa_arena_new(&w->scratch, x->count, sizeof(*first));
	uint32_t *next = fa_arena_new(&w->scratch, d->b.n, sizeof(*next));

	if (!first || !next)
		return no_memory(err);
	for (uint32_t k = 0; k < x->count; k++)
		first[k] = FA_DIFF_NONE;
	for (size_t j = d->b.n; j-- > 0;) {
		if (d->of_b[j].kind != FA_DIFF_ADDED)
			continue;
		next[j] = first[x->b[j]];
		first[x->b[j]] = (uint32_t)j;
	}
	for (size_t i = 0; i < d->a.n; i++) {
		uint32_t j = first[x->a[i]];

		if (d->of_a[i].kind != FA_DIFF_REMOVED || j == FA_DIFF_NONE ||
			fa_utf8_count(d->a.at[i].key) < FA_DIFF_MOVE_RUNES)
			continue;
		first[x->a[i]] = next[j];
		d->of_a[i] = (struct fa_diff_fate){
			.kind = FA_DIFF_MOVED, .moved = true, .peer = j
		};
		d->of_b[j] = (struct fa_diff_fate){ .kind = FA_DIFF_MOVED,
			.moved = true,
			.peer = (uint32_t)i };
	}
	return FA_OK;
}

static bool
in_place(const struct fa_diff_fate *f)
{
	return f->peer != FA_DIFF_NONE && !f->moved;
}

static bool
is_retyped(const struct fa_diff *d, uint32_t i, uint32_t j)
{
	return !fa_str_eq(d->a.at[i].text, d->b.at[j].text);
}

/* A row of both sides (b or a FA_DIFF_NONE: of one). */
static void
add_row(struct fa_diff *d, uint32_t a, uint32_t b)
{
	struct fa_diff_fate *f = a != FA_DIFF_NONE ? &d->of_a[a] : &d->of_b[b];
	struct fa_diff_row *r = &d->rows[d->rows_n];

	*r = (struct fa_diff_row){ .kind = f->kind,
		.moved = f->moved,
		.a = a,
		.b = b,
		.peer = f->moved ? f->peer : FA_DIFF_NONE };
	if (f->kind == FA_DIFF_SAME || f->kind == FA_DIFF_MOVED)
		r->retyped = is_retyped(d, a != FA_DIFF_NONE ? a : f->peer,
			a != FA_DIFF_NONE ? f->peer : b);
	if (a != FA_DIFF_NONE)
		d->of_a[a].row = (uint32_t)d->rows_n;
	if (b != FA_DIFF_NONE)
		d->of_b[b].row = (uint32_t)d->rows_n;
	d->rows_n++;
}

/* Between two pairs that stand in their place, the old side comes first. */
static int
make_rows(struct fa_diff *d, struct fa_arena *arena, struct fa_err *err)
{
	uint32_t i = 0, j = 0;

	d->rows = fa_arena_new(arena, d->a.n + d->b.n, sizeof(*d->rows));
	if (!d->rows)
		return no_memory(err);
	while (i < d->a.n || j < d->b.n) {
		while (i < d->a.n && !in_place(&d->of_a[i]))
			add_row(d, i++, FA_DIFF_NONE);
		while (j < d->b.n && !in_place(&d->of_b[j]))
			add_row(d, FA_DIFF_NONE, j++);
		if (i < d->a.n && j < d->b.n)
			add_row(d, i++, j++);
	}
	return FA_OK;
}

/* Runs of the reworded, counted once for both rows of a moved pair. */
static int
make_runs(struct fa_diff_work *w, struct fa_err *err)
{
	struct fa_diff *d = w->d;
	int rc = FA_OK;

	for (size_t k = 0; k < d->rows_n && rc == FA_OK; k++) {
		struct fa_diff_row *r = &d->rows[k], *other;
		uint32_t j;

		if (r->kind != FA_DIFF_REWORDED || r->a == FA_DIFF_NONE)
			continue;
		j = r->moved ? r->peer : r->b;
		rc = fa_diff_runs(&r->runs, &r->runs_n, d->a.at[r->a].text,
			d->b.at[j].text, w, err);
		other = &d->rows[d->of_b[j].row];
		other->runs = r->runs;
		other->runs_n = r->runs_n;
	}
	return rc;
}

static void
count(struct fa_diff *d)
{
	for (size_t k = 0; k < d->rows_n; k++) {
		const struct fa_diff_row *r = &d->rows[k];

		/* A moved pair has two rows. */
		if (r->moved && r->a == FA_DIFF_NONE)
			continue;
		d->counts[r->kind]++;
		d->moved += r->moved;
		d->retyped += r->retyped;
	}
}

static int
compare(struct fa_diff_work *w, struct fa_err *err)
{
	struct numbered x;
	int rc = number(&x, w, err);

	if (rc == FA_OK)
		rc = align(w, &x, err);
	if (rc == FA_OK)
		rc = find_moves(w, &x, err);
	if (rc == FA_OK)
		rc = fa_diff_reword(w, err);
	if (rc == FA_OK)
		rc = make_rows(w->d, w->arena, err);
	if (rc == FA_OK)
		rc = make_runs(w, err);
	if (rc == FA_OK)
		count(w->d);
	return rc;
}

int
fa_diff(struct fa_diff *out, struct fa_diff_clauses a, struct fa_diff_clauses b,
	struct fa_arena *arena, struct fa_err *err)
{
	struct fa_diff d = { .a = a, .b = b, .minimal = true };
	struct fa_diff_work w = { .arena = arena,
		.steps = FA_DIFF_STEPS,
		.pair_steps = FA_DIFF_PAIR_STEPS,
		.d = &d };
	int rc;

	if (a.n > FA_DIFF_CLAUSES_MAX || b.n > FA_DIFF_CLAUSES_MAX)
		return fa_fail(err, FA_E_LIMIT,
			"a version has %zu clauses, the limit is %u",
			a.n > b.n ? a.n : b.n, FA_DIFF_CLAUSES_MAX);
	d.of_a = fa_arena_new(arena, a.n, sizeof(*d.of_a));
	d.of_b = fa_arena_new(arena, b.n, sizeof(*d.of_b));
	if (!d.of_a || !d.of_b)
		return no_memory(err);
	fa_arena_init(&w.scratch, FA_DIFF_SCRATCH_BYTES);
	rc = compare(&w, err);
	fa_arena_done(&w.scratch);
	if (rc == FA_OK)
		*out = d;
	return rc;
}
