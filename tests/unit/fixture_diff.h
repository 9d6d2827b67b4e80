/* Clauses made of words, and what has to hold of every comparison. */
#ifndef FIXTURE_DIFF_H
#define FIXTURE_DIFF_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "diff/diff.h"

struct fixture_diff {
	struct fa_arena a;
	struct fa_diff d;
};

/* "a|b|c": three clauses, the key and the text of which are the word; "k=t"
 * gives both. */
static inline struct fa_diff_clauses
fixture_clauses(const char *text, struct fa_arena *a)
{
	struct fa_str rest = fa_str_c(text);
	size_t max = rest.n + 1, n = 0;
	struct fa_diff_clause *at = fa_arena_new(a, max, sizeof(*at));

	assert_non_null(at);
	while (rest.n > 0) {
		struct fa_str t = fa_str_cut(&rest, '|');
		struct fa_str key = fa_str_cut(&t, '=');

		at[n].key = key;
		at[n++].text = t.p ? t : key;
	}
	return (struct fa_diff_clauses){ at, n };
}

static inline void
fixture_check_runs(
	const struct fa_diff_row *r, struct fa_str a, struct fa_str b)
{
	uint32_t at_a = 0, at_b = 0;

	for (size_t i = 0; i < r->runs_n; i++) {
		const struct fa_diff_run *x = &r->runs[i];

		assert_int_equal(x->a.from, at_a);
		assert_int_equal(x->b.from, at_b);
		at_a = x->a.to;
		at_b = x->b.to;
		if (x->same)
			assert_true(fa_str_eq(fa_str_sub(a, x->a.from, x->a.to),
				fa_str_sub(b, x->b.from, x->b.to)));
		assert_true(x->a.to > x->a.from || x->b.to > x->b.from);
		if (i > 0)
			assert_true(x->same != r->runs[i - 1].same);
	}
	assert_int_equal(at_a, a.n);
	assert_int_equal(at_b, b.n);
}

/* Rows rebuild both sides, fates agree with each other and with the rows. */
static inline void
fixture_check(const struct fa_diff *d)
{
	uint32_t i = 0, j = 0, script = 0, kinds[FA_DIFF_KIND_COUNT] = { 0 };

	for (size_t k = 0; k < d->rows_n; k++) {
		const struct fa_diff_row *r = &d->rows[k];
		uint32_t a = r->a != FA_DIFF_NONE ? r->a : r->peer;
		uint32_t b = r->b != FA_DIFF_NONE ? r->b : r->peer;

		assert_true(r->a != FA_DIFF_NONE || r->b != FA_DIFF_NONE);
		if (r->a != FA_DIFF_NONE) {
			assert_int_equal(r->a, i++);
			assert_int_equal(d->of_a[r->a].row, k);
			assert_int_equal(d->of_a[r->a].kind, r->kind);
			assert_int_equal(d->of_a[r->a].peer, b);
		}
		if (r->b != FA_DIFF_NONE) {
			assert_int_equal(r->b, j++);
			assert_int_equal(d->of_b[r->b].row, k);
			assert_int_equal(d->of_b[r->b].kind, r->kind);
			assert_int_equal(d->of_b[r->b].peer, a);
		}
		script += r->kind != FA_DIFF_SAME
			? 1u + (r->a != FA_DIFF_NONE && r->b != FA_DIFF_NONE)
			: 0;
		kinds[r->kind] += !(r->moved && r->a == FA_DIFF_NONE);
		if (r->moved)
			assert_true(r->kind == FA_DIFF_MOVED ||
				r->kind == FA_DIFF_REWORDED);
		if (r->kind == FA_DIFF_SAME || r->kind == FA_DIFF_MOVED)
			assert_true(fa_str_eq(d->a.at[a].key, d->b.at[b].key));
		if (r->kind == FA_DIFF_REWORDED)
			fixture_check_runs(r, d->a.at[a].text, d->b.at[b].text);
		else
			assert_int_equal(r->runs_n, 0);
	}
	assert_int_equal(i, d->a.n);
	assert_int_equal(j, d->b.n);
	assert_int_equal(script, d->script);
	assert_memory_equal(kinds, d->counts, sizeof(kinds));
}

static inline void
fixture_diff_open(struct fixture_diff *f, const char *a, const char *b)
{
	struct fa_err err;

	memset(f, 0, sizeof(*f));
	fa_arena_init(&f->a, (size_t)1 << 30);
	assert_int_equal(fa_diff(&f->d, fixture_clauses(a, &f->a),
				 fixture_clauses(b, &f->a), &f->a, &err),
		0);
	fixture_check(&f->d);
}

static inline void
fixture_diff_close(struct fixture_diff *f)
{
	fa_arena_done(&f->a);
}

/* A letter per row: = same, M moved, r reworded, R reworded elsewhere,
 * - removed, + added; < and > behind a moved row name its side. */
static inline void
fixture_rows(const struct fa_diff *d, const char *want)
{
	char got[512];
	size_t n = 0;

	for (size_t k = 0; k < d->rows_n && n + 2 < sizeof(got); k++) {
		const struct fa_diff_row *r = &d->rows[k];

		got[n++] = r->kind == FA_DIFF_REWORDED && r->moved
			? 'R'
			: "=Mr-+"[r->kind];
		if (r->moved)
			got[n++] = r->a != FA_DIFF_NONE ? '<' : '>';
	}
	got[n] = '\0';
	assert_string_equal(got, want);
}

#endif
