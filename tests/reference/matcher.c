#include "reference/work.h"

#include <stdlib.h>

int
ref_no_memory(const struct ref_work *w)
{
	return fa_fail(w->err, FA_E_NOMEM, "no memory for the reference");
}

int
ref_matcher_new(
	struct ref_matcher **out, const struct fa_bundle *b, struct fa_err *err)
{
	struct ref_matcher *m = calloc(1, sizeof(*m));
	int rc;

	if (!m)
		return fa_fail(err, FA_E_NOMEM, "no memory for the reference");
	m->bundle = b;
	m->re = calloc(b->patterns_n + 1, sizeof(struct fa_re *));
	rc = m->re ? fa_re_scratch_new(&m->scratch, err)
		   : fa_fail(err, FA_E_NOMEM, "no memory for the reference");
	if (rc < 0) {
		ref_matcher_free(m);
		return rc;
	}
	*out = m;
	return FA_OK;
}

void
ref_matcher_free(struct ref_matcher *m)
{
	if (!m)
		return;
	for (size_t i = 0; m->re && i < m->bundle->patterns_n; i++)
		fa_re_free(m->re[i]);
	fa_re_scratch_free(m->scratch);
	free(m->re);
	free(m);
}

int
ref_work_init(struct ref_work *w, struct ref_matcher *m,
	const struct fa_doc *doc, const struct fa_match_flow *flow,
	struct fa_arena *a, struct fa_err *err)
{
	*w = (struct ref_work){
		.m = m, .doc = doc, .flow = flow, .a = a, .err = err
	};
	w->hits = fa_arena_new(a, m->bundle->patterns_n + 1, sizeof(*w->hits));
	if (!w->hits)
		return ref_no_memory(w);
	for (int k = 0; k < FA_SCOPE_COUNT; k++) {
		w->in_class[k] =
			fa_arena_new(a, doc->sentences_n + 1, sizeof(bool));
		if (!w->in_class[k])
			return ref_no_memory(w);
	}
	return fa_match_polarity(&w->polarity, doc, a, err);
}

uint32_t
ref_clause_at(const struct fa_doc *doc, uint32_t sentence, uint32_t at)
{
	struct fa_range c = doc->sentences[sentence].clauses;
	uint32_t i = c.from;

	while (i + 1 < c.to && doc->clauses[i].to <= at)
		i++;
	return i;
}

static int
add_hit(struct ref_work *w, struct ref_hits *h, uint32_t sentence,
	struct fa_range text)
{
	struct ref_hit *grown =
		fa_arena_grow(w->a, h->at, &h->cap, h->n + 1, sizeof(*grown));
	uint32_t last = text.to > 0 ? text.to - 1 : 0;

	if (!grown)
		return ref_no_memory(w);
	h->at = grown;
	h->at[h->n++] = (struct ref_hit){ text, sentence,
		w->polarity[ref_clause_at(w->doc, sentence, last)] };
	return FA_OK;
}

/* PCRE2 finds the first start that matches; the next search begins one
 * character behind it. */
static int
search_sentence(struct ref_work *w, struct ref_hits *h, const struct fa_re *re,
	uint32_t sentence)
{
	struct fa_range r = w->doc->sentences[sentence].text;
	struct fa_str text = fa_str_sub(w->doc->text, r.from, r.to);
	struct fa_re_hit hit;
	size_t at = 0;

	while (at < text.n) {
		int rc = fa_re_find(re, w->m->scratch, text, at, &hit, w->err);

		h->limited |= rc == FA_E_LIMIT;
		if (rc == 0 || rc == FA_E_LIMIT)
			return FA_OK;
		if (rc < 0)
			return rc;
		rc = add_hit(w, h, sentence,
			(struct fa_range){ r.from + (uint32_t)hit.from,
				r.from + (uint32_t)hit.to });
		if (rc < 0)
			return rc;
		at = hit.from + 1; /* fa_re_find goes on to a character */
	}
	return FA_OK;
}

int
ref_hits_of(const struct ref_hits **out, struct ref_work *w, uint32_t pattern)
{
	const struct fa_pattern *p = &w->m->bundle->patterns[pattern];
	struct fa_re **re = &w->m->re[pattern];
	struct ref_hits *h = &w->hits[pattern];
	int rc = *re ? FA_OK : fa_re_new(re, p->regex, w->err);

	for (uint32_t i = 0; !h->known && i < w->doc->sentences_n; i++)
		if (rc == FA_OK)
			rc = search_sentence(w, h, *re, i);
	if (rc < 0)
		return rc;
	w->limits_hit += !h->known && h->limited;
	h->known = true;
	w->limited |= h->limited;
	*out = h;
	return FA_OK;
}

int
ref_match(struct fa_match *out, struct ref_matcher *m, const struct fa_doc *doc,
	const struct fa_match_flow *flow, int32_t as_of, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_match result = { 0 };
	struct ref_work w;
	int rc = ref_work_init(&w, m, doc, flow, a, err);

	if (rc == FA_OK)
		rc = ref_scopes(&result, &w);
	/* What the screens of a flow are for is known without their words. */
	if (flow) {
		result.scopes &= ~FA_SCOPE_BIT(FA_SCOPE_FACE_ID);
		if (flow->face)
			result.scopes |= FA_SCOPE_BIT(FA_SCOPE_FACE_ID);
	}
	if (rc == FA_OK)
		rc = ref_decide(&result, &w, as_of);
	if (rc == FA_OK && !flow)
		rc = ref_uses(&result, &w);
	result.limits_hit = w.limits_hit;
	if (rc == FA_OK)
		*out = result;
	return rc;
}

int
ref_rule_fires(bool *fires, struct ref_matcher *m, uint32_t rule,
	const struct fa_doc *doc, const struct fa_match_flow *flow,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_match scopes = { 0 };
	struct ref_fires found;
	struct ref_work w;
	int rc = ref_work_init(&w, m, doc, flow, a, err);

	if (rc == FA_OK)
		rc = ref_scopes(&scopes, &w);
	if (rc == FA_OK)
		rc = ref_fires_of(&found, &w, &m->bundle->rules[rule]);
	if (rc < 0)
		return rc;
	*fires = false;
	for (size_t i = 0; i < found.n; i++)
		*fires |= !found.at[i].exculpated;
	return FA_OK;
}
