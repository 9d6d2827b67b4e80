#include "audit/uses.h"

/* The first mention of each of the first sentences. */
static int
cut_mentions(struct fa_use *u, const struct fa_match_use *x,
	const struct fa_match *m, struct fa_cutter *c, struct fa_err *err)
{
	uint32_t last = UINT32_MAX;

	u->mentions_all = x->mentions_n;
	u->mentions = fa_arena_new(
		c->a, FA_FINDING_USE_MENTIONS, sizeof(*u->mentions));
	if (!u->mentions)
		return fa_fail(err, FA_E_NOMEM, "no memory for the uses");
	for (size_t i = 0;
		i < x->mentions_n && u->mentions_n < FA_FINDING_USE_MENTIONS;
		i++) {
		const struct fa_mention *p = &m->mentions[x->mentions[i]];
		int rc;

		if (p->sentence == last)
			continue;
		last = p->sentence;
		rc = fa_cutter_cut(c, &u->mentions[u->mentions_n], p->rule,
			(struct fa_passage){ p->sentence, p->text }, err);
		if (rc < 0)
			return rc;
		u->mentions_n++;
	}
	return FA_OK;
}

static bool
same_obligation(const struct fa_match_use *x, const struct fa_bundle *b,
	size_t i, size_t k)
{
	return b->rules[x->hits[i].rule].obligation ==
		b->rules[x->hits[k].rule].obligation;
}

/* How many obligations the passages of a use speak of; they stand together. */
static size_t
count_points(const struct fa_match_use *x, const struct fa_bundle *b)
{
	size_t n = 0;

	for (size_t i = 0; i < x->hits_n; i++)
		n += i == 0 || !same_obligation(x, b, i - 1, i);
	return n;
}

/* The passage that says most of those on one obligation; *at is its first hit,
 * then that of the next one. */
static const struct fa_hit *
strongest(const struct fa_match_use *x, const struct fa_bundle *b, size_t *at)
{
	const struct fa_hit *best = &x->hits[*at];
	size_t first = *at;

	for (; *at < x->hits_n && same_obligation(x, b, first, *at); (*at)++)
		if (b->rules[x->hits[*at].rule].verdict >
			b->rules[best->rule].verdict)
			best = &x->hits[*at];
	return best;
}

static int
cut_points(struct fa_use *u, const struct fa_match_use *x,
	const struct fa_bundle *b, struct fa_cutter *c, struct fa_err *err)
{
	size_t n = count_points(x, b), at = 0;

	u->points = fa_arena_new(c->a, n, sizeof(*u->points));
	if (!u->points)
		return fa_fail(err, FA_E_NOMEM, "no memory for the uses");
	while (u->points_n < n) {
		const struct fa_hit *h = strongest(x, b, &at);
		struct fa_use_point *p = &u->points[u->points_n];
		int rc;

		p->obligation = b->rules[h->rule].obligation;
		p->verdict = b->rules[h->rule].verdict;
		rc = fa_cutter_cut(c, &p->evidence, h->rule,
			(struct fa_passage){ h->sentence, h->text }, err);
		if (rc < 0)
			return rc;
		u->points_n++;
	}
	return FA_OK;
}

int
fa_uses_cut(struct fa_result *r, const struct fa_bundle *b,
	const struct fa_match *m, struct fa_cutter *c, struct fa_err *err)
{
	r->uses = fa_arena_new(c->a, m->uses_n, sizeof(*r->uses));
	if (!r->uses)
		return fa_fail(err, FA_E_NOMEM, "no memory for the uses");
	for (size_t i = 0; i < m->uses_n; i++) {
		const struct fa_match_use *x = &m->uses[i];
		struct fa_use *u = &r->uses[i];
		int rc;

		if (x->lexicon != FA_RULE_NONE)
			u->name = b->lexicons[x->lexicon].name;
		rc = cut_mentions(u, x, m, c, err);
		if (rc == FA_OK)
			rc = cut_points(u, x, b, c, err);
		if (rc < 0)
			return rc;
		r->uses_n++;
	}
	return FA_OK;
}
