/* What became of each finding. One that stands in a clause is followed by the
 * fate of the clause: it is the same finding when the clause that the old
 * version has in its place carried it, too. One that stands in no clause (a
 * gap) is followed by its obligation. */
#include <stdlib.h>

#include "diff/diff.h"

struct side {
	struct fa_diff_passage *at; /* by obligation, clause; each once */
	size_t n;
	bool *kept;   /* a: found again in the new version */
	size_t *from; /* by obligation: first of its passages; one more */
};

struct compare {
	const struct fa_diff_compared *c;
	struct side a, b;
	struct fa_diff_findings out;
	size_t cap;
	struct fa_arena *arena;
	int rc;
	struct fa_err *err;
};

static int
by_place(const void *x, const void *y)
{
	const struct fa_diff_passage *p = x, *q = y;

	if (p->obligation != q->obligation)
		return p->obligation < q->obligation ? -1 : 1;
	if (p->clause != q->clause)
		return p->clause < q->clause ? -1 : 1;
	return p->rule < q->rule ? -1 : p->rule > q->rule;
}

static int
sort_side(struct side *out, const struct fa_diff_judged *j, size_t obligations,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_diff_passage *at =
		fa_arena_new(a, j->passages_n, sizeof(*at));
	size_t n = 0, o = 0;

	out->from = fa_arena_new(a, obligations + 1, sizeof(*out->from));
	out->kept = fa_arena_new(a, j->passages_n, sizeof(*out->kept));
	if (!at || !out->from || !out->kept)
		return fa_fail(err, FA_E_NOMEM, "no memory for findings");
	for (size_t i = 0; i < j->passages_n; i++)
		if (j->passages[i].obligation < obligations &&
			j->passages[i].clause != FA_DIFF_NONE)
			at[n++] = j->passages[i];
	qsort(at, n, sizeof(*at), by_place);
	out->at = at;
	for (size_t i = 0; i < n; i++) {
		if (out->n > 0 &&
			at[out->n - 1].obligation == at[i].obligation &&
			at[out->n - 1].clause == at[i].clause)
			continue;
		for (; o <= at[i].obligation; o++)
			out->from[o] = out->n;
		at[out->n++] = at[i];
	}
	for (; o <= obligations; o++)
		out->from[o] = out->n;
	return FA_OK;
}

/* The passage of an obligation in a clause, or s->n. */
static size_t
find(const struct side *s, uint32_t obligation, uint32_t clause)
{
	size_t lo = s->from[obligation], hi = s->from[obligation + 1];

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->at[mid].clause == clause)
			return mid;
		if (s->at[mid].clause < clause)
			lo = mid + 1;
		else
			hi = mid;
	}
	return s->n;
}

static bool
is_breach(enum fa_verdict v)
{
	return v == FA_VERDICT_VIOLATION || v == FA_VERDICT_GAP;
}

static enum fa_verdict
verdict(const struct fa_diff_judged *j, size_t o)
{
	return j->verdicts ? j->verdicts[o] : FA_VERDICT_CANNOT_TELL;
}

static struct fa_str
shown(struct fa_diff_clauses c, uint32_t clause)
{
	return clause < c.n ? c.at[clause].text : FA_STR_NONE;
}

static void
add(struct compare *x, struct fa_diff_finding f)
{
	const struct fa_diff *d = x->c->diff;
	struct fa_diff_finding *at;
	bool from_old;

	if (x->rc != FA_OK)
		return;
	at = fa_arena_grow(
		x->arena, x->out.at, &x->cap, x->out.n + 1, sizeof(*at));
	if (!at) {
		x->rc = fa_fail(x->err, FA_E_NOMEM, "no memory for findings");
		return;
	}
	from_old = f.b == FA_DIFF_NONE || f.state == FA_DIFF_FIXED ||
		f.state == FA_DIFF_UNKNOWN;
	if (d)
		f.text = from_old && f.a != FA_DIFF_NONE ? shown(d->a, f.a)
							 : shown(d->b, f.b);
	x->out.at = at;
	at[x->out.n++] = f;
}

/* What the new version makes of something that is not in it any more. */
static void
set_gone(const struct compare *x, struct fa_diff_finding *f)
{
	const struct fa_diff_judged *b = &x->c->b;

	f->state = FA_DIFF_FIXED;
	f->cause = FA_DIFF_CAUSE_SOURCE;
	if (!b->verdicts) {
		f->state = FA_DIFF_UNKNOWN;
		f->cause = FA_DIFF_CAUSE_CAPTURE;
		f->reason = x->c->failure;
	} else if (f->now == FA_VERDICT_CANNOT_TELL) {
		f->state = FA_DIFF_UNKNOWN;
		f->reason =
			b->reasons ? b->reasons[f->obligation] : FA_STR_NONE;
	}
}

static struct fa_diff_finding
begin(const struct compare *x, uint32_t o, uint32_t rule)
{
	return (struct fa_diff_finding){ .obligation = o,
		.rule = rule,
		.was = verdict(&x->c->a, o),
		.now = verdict(&x->c->b, o),
		.state = FA_DIFF_NEW,
		.cause = FA_DIFF_CAUSE_SOURCE,
		.a = FA_DIFF_NONE,
		.b = FA_DIFF_NONE };
}

/* A passage of the new version: the same as one of the old, or new. */
static void
follow(struct compare *x, const struct fa_diff_passage *p)
{
	struct fa_diff_finding f = begin(x, p->obligation, p->rule);
	const struct fa_diff *d = x->c->diff;
	const struct fa_diff_fate *fate =
		d && p->clause < d->b.n ? &d->of_b[p->clause] : NULL;
	size_t i = x->a.n;

	f.b = p->clause;
	if (fate && fate->peer != FA_DIFF_NONE) {
		f.a = fate->peer;
		i = find(&x->a, p->obligation, fate->peer);
	}
	if (i < x->a.n) {
		x->a.kept[i] = true;
		f.state = fate->kind == FA_DIFF_REWORDED
			? FA_DIFF_STATE_REWORDED
			: fate->kind == FA_DIFF_MOVED ? FA_DIFF_STATE_MOVED
						      : FA_DIFF_UNCHANGED;
		if (f.state == FA_DIFF_UNCHANGED)
			f.cause = FA_DIFF_CAUSE_NONE;
	}
	add(x, f);
}

static void
leave(struct compare *x, const struct fa_diff_passage *p)
{
	struct fa_diff_finding f = begin(x, p->obligation, p->rule);
	const struct fa_diff *d = x->c->diff;

	f.a = p->clause;
	if (d && p->clause < d->a.n)
		f.b = d->of_a[p->clause].peer;
	set_gone(x, &f);
	add(x, f);
}

/* Breaches of the document as a whole. */
static void
whole(struct compare *x, uint32_t o)
{
	struct fa_diff_finding f = begin(x, o, FA_RULE_NONE);
	bool none_a = x->a.from[o] == x->a.from[o + 1];
	bool none_b = x->b.from[o] == x->b.from[o + 1];
	bool was = is_breach(f.was) && none_a;
	bool now = is_breach(f.now) && none_b;

	if (now) {
		if (f.was == f.now) {
			f.state = FA_DIFF_UNCHANGED;
			f.cause = FA_DIFF_CAUSE_NONE;
		}
		add(x, f);
	} else if (was && !is_breach(f.now)) {
		set_gone(x, &f);
		add(x, f);
	}
}

/* What an earlier judgement of the old version says of it otherwise. */
static void
look_back(struct compare *x)
{
	const struct fa_diff_compared *c = x->c;

	for (size_t i = 0; i < x->out.n; i++) {
		struct fa_diff_finding *f = &x->out.at[i];

		if (is_breach(c->recorded[f->obligation]) ||
			f->state == FA_DIFF_NEW || f->state == FA_DIFF_FIXED ||
			f->state == FA_DIFF_UNKNOWN)
			continue;
		f->was = c->recorded[f->obligation];
		f->state = FA_DIFF_NEW;
		f->cause = c->technical;
	}
	for (uint32_t o = 0; o < c->obligations; o++) {
		struct fa_diff_finding f = begin(x, o, FA_RULE_NONE);

		if (!is_breach(c->recorded[o]) || is_breach(f.was) ||
			is_breach(f.now))
			continue;
		f.was = c->recorded[o];
		set_gone(x, &f);
		if (f.state == FA_DIFF_FIXED)
			f.cause = c->technical;
		add(x, f);
	}
}

static uint32_t
place(const struct fa_diff_finding *f)
{
	return f->b != FA_DIFF_NONE ? f->b : f->a;
}

static int
by_state(const void *p, const void *q)
{
	const struct fa_diff_finding *x = p, *y = q;

	if (x->state != y->state)
		return x->state < y->state ? -1 : 1;
	if (x->obligation != y->obligation)
		return x->obligation < y->obligation ? -1 : 1;
	if (place(x) != place(y))
		return place(x) < place(y) ? -1 : 1;
	return x->a < y->a ? -1 : x->a > y->a;
}

void
fa_diff_sort(struct fa_diff_findings *f)
{
	if (f->n > 0)
		qsort(f->at, f->n, sizeof(*f->at), by_state);
}

int
fa_diff_findings(struct fa_diff_findings *out, const struct fa_diff_compared *c,
	struct fa_arena *arena, struct fa_err *err)
{
	struct compare x = { .c = c, .arena = arena, .err = err };
	int rc = sort_side(&x.a, &c->a, c->obligations, arena, err);

	if (rc == FA_OK)
		rc = sort_side(&x.b, &c->b, c->obligations, arena, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < x.b.n; i++)
		follow(&x, &x.b.at[i]);
	for (size_t i = 0; i < x.a.n; i++)
		if (!x.a.kept[i])
			leave(&x, &x.a.at[i]);
	for (uint32_t o = 0; o < c->obligations; o++)
		whole(&x, o);
	if (x.rc == FA_OK && c->recorded)
		look_back(&x);
	if (x.rc != FA_OK)
		return x.rc;
	*out = x.out;
	fa_diff_sort(out);
	return FA_OK;
}
