/* What changed inside a clause. Chinese is compared by characters; a word or
 * number of ASCII letters and digits is one unit, because half a date or half
 * an English word tells a reader nothing. A combining mark belongs to what it
 * stands on. */
#include "base/utf8.h"
#include "diff/parts.h"

struct units {
	struct fa_str *at;
	size_t n;
};

static bool
in_word(struct fa_str s, size_t at)
{
	unsigned char c = at < s.n ? (unsigned char)s.p[at] : 0;

	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		(c >= 'A' && c <= 'Z');
}

/* Bytes of the unit at the front of s, which is not empty. */
static size_t
unit(struct fa_str s)
{
	uint32_t cp;
	size_t n = fa_utf8_next(s, &cp);

	if (in_word(s, 0))
		while (in_word(s, n))
			n++;
	while (n < s.n) {
		size_t more = fa_utf8_next(fa_str_sub(s, n, s.n), &cp);

		if (cp < 0x300 || cp == FA_RUNE_BAD || fa_utf8_width(cp) != 0 ||
			fa_rune_is_ignorable(cp))
			break;
		n += more;
	}
	return n;
}

static int
cut(struct units *out, struct fa_str s, struct fa_arena *a, struct fa_err *err)
{
	struct fa_str *at = fa_arena_new(a, s.n, sizeof(*at));
	size_t n = 0;

	if (!at)
		return fa_fail(err, FA_E_NOMEM, "no memory for a comparison");
	while (s.n > 0) {
		size_t bytes = unit(s);

		at[n++] = fa_str_sub(s, 0, bytes);
		s = fa_str_sub(s, bytes, s.n);
	}
	*out = (struct units){ at, n };
	return FA_OK;
}

/* Appends to the last run, or begins another. */
static void
add(struct fa_diff_run *runs, size_t *n, bool same, uint32_t a, uint32_t b)
{
	struct fa_diff_run *r;
	uint32_t at_a = *n > 0 ? runs[*n - 1].a.to : 0;
	uint32_t at_b = *n > 0 ? runs[*n - 1].b.to : 0;

	if (*n == 0 || runs[*n - 1].same != same)
		runs[(*n)++] = (struct fa_diff_run){
			.same = same, .a = { at_a, at_a }, .b = { at_b, at_b }
		};
	r = &runs[*n - 1];
	r->a.to += a;
	r->b.to += b;
}

/* Runs as the common units give them. */
static size_t
list(struct fa_diff_run *runs, const uint32_t *to, const struct units *a,
	const struct units *b)
{
	size_t n = 0, j = 0;

	for (size_t i = 0; i < a->n; i++) {
		if (to[i] == FA_DIFF_NONE) {
			add(runs, &n, false, (uint32_t)a->at[i].n, 0);
			continue;
		}
		for (; j < to[i]; j++)
			add(runs, &n, false, 0, (uint32_t)b->at[j].n);
		add(runs, &n, true, (uint32_t)a->at[i].n, (uint32_t)b->at[j].n);
		j++;
	}
	for (; j < b->n; j++)
		add(runs, &n, false, 0, (uint32_t)b->at[j].n);
	return n;
}

/* An equal run between two changes that is too short to help a reader joins
 * them. */
static size_t
join(struct fa_diff_run *runs, size_t n, struct fa_str a)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		struct fa_diff_run r = runs[i];
		struct fa_str s = fa_str_sub(a, r.a.from, r.a.to);

		if (r.same && i > 0 && i + 1 < n &&
			fa_utf8_count(s) < FA_DIFF_RUN_RUNES)
			r.same = false;
		if (kept > 0 && runs[kept - 1].same == r.same) {
			runs[kept - 1].a.to = r.a.to;
			runs[kept - 1].b.to = r.b.to;
		} else {
			runs[kept++] = r;
		}
	}
	return kept;
}

static void
count(struct fa_diff *d, const struct fa_diff_run *runs, size_t n,
	struct fa_str a, struct fa_str b)
{
	for (size_t i = 0; i < n; i++) {
		const struct fa_diff_run *r = &runs[i];

		if (r->same)
			continue;
		d->chars_deleted +=
			fa_utf8_count(fa_str_sub(a, r->a.from, r->a.to));
		d->chars_inserted +=
			fa_utf8_count(fa_str_sub(b, r->b.from, r->b.to));
	}
}

static int
common(uint32_t **to, struct units *x, struct units *y, struct fa_str a,
	struct fa_str b, struct fa_diff_work *w, struct fa_err *err)
{
	struct fa_arena *scratch = &w->scratch;
	struct fa_diff_pair p;
	uint32_t *of_a, *of_b;
	int rc = cut(x, a, scratch, err);

	if (rc == FA_OK)
		rc = cut(y, b, scratch, err);
	if (rc < 0)
		return rc;
	of_a = fa_arena_new(scratch, x->n, sizeof(*of_a));
	of_b = fa_arena_new(scratch, y->n, sizeof(*of_b));
	*to = fa_arena_new(scratch, x->n, sizeof(**to));
	if (!of_a || !of_b || !*to)
		return fa_fail(err, FA_E_NOMEM, "no memory for a comparison");
	p = (struct fa_diff_pair){
		.a = of_a, .b = of_b, .n = (uint32_t)x->n, .m = (uint32_t)y->n
	};
	rc = fa_diff_number(
		of_a, x->at, x->n, of_b, y->at, y->n, &p.count, scratch, err);
	if (rc < 0)
		return rc;
	return fa_diff_common(
		*to, &w->d->minimal, &p, FA_DIFF_CHAR_EDITS_MAX, w, err);
}

int
fa_diff_runs(const struct fa_diff_run **out, size_t *n, struct fa_str a,
	struct fa_str b, struct fa_diff_work *w, struct fa_err *err)
{
	struct fa_diff_run *runs, *kept;
	struct units x, y;
	uint32_t *to;
	size_t used;
	int rc;

	fa_arena_reset(&w->scratch);
	rc = common(&to, &x, &y, a, b, w, err);
	if (rc < 0)
		return rc;
	runs = fa_arena_new(&w->scratch, x.n + y.n, sizeof(*runs));
	if (!runs)
		return fa_fail(err, FA_E_NOMEM, "no memory for a comparison");
	used = join(runs, list(runs, to, &x, &y), a);
	kept = fa_arena_new(w->arena, used, sizeof(*kept));
	if (!kept)
		return fa_fail(err, FA_E_NOMEM, "no memory for a comparison");
	for (size_t i = 0; i < used; i++)
		kept[i] = runs[i];
	count(w->d, kept, used, a, b);
	*out = kept;
	*n = used;
	return FA_OK;
}
