/* Uses of faces. A purpose is a lexicon named use_*; a sentence names it when
 * one of its words stands there. A mention of FACE_ID is of the purposes that
 * its sentence names, else of those of its block, else of those of its
 * heading, else of the unnamed use. A passage goes to the uses that are
 * mentioned in its sentence, else in its block, else in its list; when its
 * sentence names some of them, only to those. */
#include "reference/work.h"

#define PURPOSES 64 /* more are not looked at */

struct purposes {
	uint32_t lexicon[PURPOSES];
	bool *named[PURPOSES]; /* per sentence */
	size_t n;
};

static bool
has_word(struct fa_str text, const struct fa_lexicon *x)
{
	for (size_t i = 0; i < x->words_n; i++)
		if (fa_str_find(text, x->words[i], 0) != SIZE_MAX)
			return true;
	return false;
}

static int
find_purposes(struct purposes *p, struct ref_work *w)
{
	const struct fa_bundle *b = w->m->bundle;
	const struct fa_doc *d = w->doc;

	p->n = 0;
	for (uint32_t k = 0; k < b->lexicons_n && p->n < PURPOSES; k++) {
		bool *named;

		if (!fa_str_starts(b->lexicons[k].name, FA_STR("use_")))
			continue;
		named = fa_arena_new(w->a, d->sentences_n + 1, sizeof(bool));
		if (!named)
			return ref_no_memory(w);
		for (size_t i = 0; i < d->sentences_n; i++)
			named[i] = has_word(
				fa_str_sub(d->text, d->sentences[i].text.from,
					d->sentences[i].text.to),
				&b->lexicons[k]);
		p->lexicon[p->n] = k;
		p->named[p->n++] = named;
	}
	return FA_OK;
}

/* Sets bits of the purposes that the region names. */
static uint64_t
named_in(const struct ref_work *w, const struct purposes *p,
	const struct ref_region *r)
{
	uint64_t bits = 0;

	for (uint32_t i = 0; i < w->doc->sentences_n; i++)
		for (size_t k = 0; k < p->n; k++)
			if (p->named[k][i] && ref_region_touches(r, w->doc, i))
				bits |= UINT64_C(1) << k;
	return bits;
}

static uint64_t
purposes_of(
	const struct ref_work *w, const struct purposes *p, uint32_t sentence)
{
	const struct fa_doc *d = w->doc;
	struct fa_range text = d->sentences[sentence].text;
	uint32_t section = d->blocks[d->sentences[sentence].block].section;
	struct ref_region r;
	uint64_t bits;

	ref_region_around(&r, w, FA_REGION_SENTENCE, 0, sentence, text);
	bits = named_in(w, p, &r);
	if (bits == 0) {
		ref_region_around(&r, w, FA_REGION_BLOCK, 0, sentence, text);
		bits = named_in(w, p, &r);
	}
	if (bits == 0 && section != FA_DOC_NONE) {
		r.n = 1;
		r.part[0] = d->blocks[d->sections[section].heading].text;
		bits = named_in(w, p, &r);
	}
	return bits;
}

static struct fa_match_use *
use_named(struct fa_match *m, uint32_t lexicon)
{
	for (size_t i = 0; i < m->uses_n; i++)
		if (m->uses[i].lexicon == lexicon)
			return &m->uses[i];
	m->uses[m->uses_n].lexicon = lexicon;
	return &m->uses[m->uses_n++];
}

static int
give_mention(struct fa_match_use *u, struct ref_work *w, uint32_t mention)
{
	uint32_t *grown = fa_arena_grow(w->a, u->mentions, &u->mentions_cap,
		u->mentions_n + 1, sizeof(*grown));

	if (!grown)
		return ref_no_memory(w);
	u->mentions = grown;
	u->mentions[u->mentions_n++] = mention;
	return FA_OK;
}

static int
give_hit(struct fa_match_use *u, struct ref_work *w, const struct fa_hit *h)
{
	struct fa_hit *grown = fa_arena_grow(
		w->a, u->hits, &u->hits_cap, u->hits_n + 1, sizeof(*grown));

	if (!grown)
		return ref_no_memory(w);
	u->hits = grown;
	if (u->hits_n < FA_MATCH_USE_HITS)
		u->hits[u->hits_n++] = *h;
	return FA_OK;
}

static int
take_mentions(struct fa_match *m, struct ref_work *w, const struct purposes *p)
{
	int rc = FA_OK;

	for (uint32_t i = 0; rc == FA_OK && i < m->mentions_n; i++) {
		uint64_t bits;

		if (m->mentions[i].scope != FA_SCOPE_FACE_ID)
			continue;
		bits = purposes_of(w, p, m->mentions[i].sentence);
		if (bits == 0)
			rc = give_mention(use_named(m, FA_RULE_NONE), w, i);
		for (size_t k = 0; rc == FA_OK && k < p->n; k++)
			if ((bits >> k) & 1)
				rc = give_mention(
					use_named(m, p->lexicon[k]), w, i);
	}
	return rc;
}

static bool
is_mentioned(const struct fa_match *m, const struct fa_match_use *u,
	const struct ref_work *w, const struct ref_region *r)
{
	for (size_t i = 0; i < u->mentions_n; i++)
		if (ref_region_touches(
			    r, w->doc, m->mentions[u->mentions[i]].sentence))
			return true;
	return false;
}

static bool
is_named(const struct purposes *p, const struct fa_match_use *u,
	uint32_t sentence)
{
	for (size_t k = 0; k < p->n; k++)
		if (p->lexicon[k] == u->lexicon)
			return p->named[k][sentence];
	return false;
}

static int
hand_out(struct fa_match *m, struct ref_work *w, const struct purposes *p,
	const struct fa_hit *h)
{
	static const enum fa_region wider[] = { FA_REGION_SENTENCE,
		FA_REGION_BLOCK, FA_REGION_LIST };
	struct fa_range text = w->doc->sentences[h->sentence].text;
	bool near = false, named = false;
	struct ref_region r;
	int rc = FA_OK;

	for (size_t k = 0; k < FA_COUNT(wider) && !near; k++) {
		ref_region_around(&r, w, wider[k], 0, h->sentence, text);
		for (size_t i = 0; i < m->uses_n; i++) {
			struct fa_match_use *u = &m->uses[i];

			if (!is_mentioned(m, u, w, &r))
				continue;
			near = true;
			named |= is_named(p, u, h->sentence);
		}
	}
	for (size_t i = 0; rc == FA_OK && near && i < m->uses_n; i++)
		if (is_mentioned(m, &m->uses[i], w, &r) &&
			(!named || is_named(p, &m->uses[i], h->sentence)))
			rc = give_hit(&m->uses[i], w, h);
	return rc;
}

int
ref_uses(struct fa_match *m, struct ref_work *w)
{
	struct purposes p;
	int rc = find_purposes(&p, w);

	m->uses = fa_arena_new(w->a, PURPOSES + 1, sizeof(*m->uses));
	if (!m->uses)
		return ref_no_memory(w);
	if (rc == FA_OK)
		rc = take_mentions(m, w, &p);
	for (size_t i = 0; i < m->decisions_n; i++)
		for (size_t k = 0; k < m->decisions[i].hits_n; k++)
			if (rc == FA_OK && !m->decisions[i].hits[k].exculpates)
				rc = hand_out(
					m, w, &p, &m->decisions[i].hits[k]);
	return rc;
}
