#include "audit/uses.h"

static int
cut_mentions(struct fa_use *u, const struct fa_match_use *x,
	const struct fa_match *m, const struct fa_doc *doc, struct fa_arena *a,
	struct fa_err *err)
{
	uint32_t last = UINT32_MAX;

	u->mentions_all = x->mentions_n;
	u->mentions =
		fa_arena_new(a, FA_FINDING_USE_MENTIONS, sizeof(*u->mentions));
	if (!u->mentions)
		return fa_fail(err, FA_E_NOMEM, "no memory for the uses");
	for (size_t i = 0; i < x->mentions_n; i++) {
		const struct fa_mention *p = &m->mentions[x->mentions[i]];
		int rc;

		if (p->sentence == last ||
			u->mentions_n == FA_FINDING_USE_MENTIONS)
			continue;
		last = p->sentence;
		rc = fa_evidence_cut(&u->mentions[u->mentions_n], doc, p->rule,
			p->sentence, p->text, a, err);
		if (rc < 0)
			return rc;
		u->mentions_n++;
	}
	return FA_OK;
}

/* The passage that says most on an obligation, or NULL. */
static const struct fa_hit *
strongest(const struct fa_match_use *x, const struct fa_bundle *b,
	uint32_t obligation)
{
	const struct fa_hit *best = NULL;

	for (size_t i = 0; i < x->hits_n; i++) {
		const struct fa_rule *r = &b->rules[x->hits[i].rule];

		if (r->obligation != obligation)
			continue;
		if (!best || r->verdict > b->rules[best->rule].verdict)
			best = &x->hits[i];
	}
	return best;
}

static int
cut_points(struct fa_use *u, const struct fa_match_use *x,
	const struct fa_bundle *b, const struct fa_doc *doc, struct fa_arena *a,
	struct fa_err *err)
{
	size_t most =
		x->hits_n < b->obligations_n ? x->hits_n : b->obligations_n;

	u->points = fa_arena_new(a, most, sizeof(*u->points));
	if (!u->points)
		return fa_fail(err, FA_E_NOMEM, "no memory for the uses");
	for (uint32_t o = 0; o < b->obligations_n; o++) {
		const struct fa_hit *h = strongest(x, b, o);
		struct fa_use_point *p = &u->points[u->points_n];
		int rc;

		if (!h)
			continue;
		p->obligation = o;
		p->verdict = b->rules[h->rule].verdict;
		rc = fa_evidence_cut(&p->evidence, doc, h->rule, h->sentence,
			h->text, a, err);
		if (rc < 0)
			return rc;
		u->points_n++;
	}
	return FA_OK;
}

int
fa_uses_cut(struct fa_result *r, const struct fa_bundle *b,
	const struct fa_match *m, const struct fa_doc *doc, struct fa_arena *a,
	struct fa_err *err)
{
	r->uses = fa_arena_new(a, m->uses_n, sizeof(*r->uses));
	if (!r->uses)
		return fa_fail(err, FA_E_NOMEM, "no memory for the uses");
	for (size_t i = 0; i < m->uses_n; i++) {
		const struct fa_match_use *x = &m->uses[i];
		struct fa_use *u = &r->uses[i];
		int rc;

		if (x->lexicon != FA_RULE_NONE)
			u->name = b->lexicons[x->lexicon].name;
		rc = cut_mentions(u, x, m, doc, a, err);
		if (rc == FA_OK)
			rc = cut_points(u, x, b, doc, a, err);
		if (rc < 0)
			return rc;
		r->uses_n++;
	}
	return FA_OK;
}
