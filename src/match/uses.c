/* A use is a purpose for which a face identifies somebody. The purposes are
 * the lexicons named use_*. A mention of FACE_ID belongs to the purposes that
 * its sentence names, else to those of its block (with the head of its list
 * or the cells of its row), else to those of the heading above it, else to
 * the unnamed use.
 *
 * What rules found is then handed to the uses. A passage belongs to the uses
 * with a mention in its sentence, else in its block, else in its list, and of
 * these to the ones that its own sentence names, when it names any; what
 * stands nowhere near a mention speaks of all of them and is kept with none.
 *
 * Example: "刷脸登录由您自愿开启。不愿刷脸的可用密码。" and, elsewhere, "提现时
 * 须刷脸。": two uses, login and payment; the sentence on passwords is with
 * login, because it stands in the block of that mention. */
#include "match/uses.h"

/* Where purposes are named and uses mentioned: rows of bits, one for each
 * sentence. */
struct purposes {
	uint32_t lexicon[FA_PURPOSES_MAX];
	const uint64_t *row[FA_PURPOSES_MAX]; /* sentences; NULL: none */
	size_t n;
	uint64_t *mentions; /* of use i the row from i * row_n on */
};

static int
no_memory(const struct fa_scan *s)
{
	return fa_fail(s->err, FA_E_NOMEM, "no memory for the uses");
}

static int
find_purposes(struct purposes *p, const struct fa_scan *s)
{
	const struct fa_matcher *m = s->m;

	p->n = m->purposes_n;
	for (size_t i = 0; i < p->n; i++) {
		p->lexicon[i] = m->purpose[i];
		if (fa_words_row(&p->row[i], s->words, m->purpose[i]) < 0)
			return no_memory(s);
	}
	p->mentions =
		fa_arena_new(s->a, (p->n + 1) * s->row_n, sizeof(*p->mentions));
	return p->mentions ? FA_OK : no_memory(s);
}

static bool
is_in(const uint64_t *row, const struct fa_area *area)
{
	for (size_t i = 0; row && i < area->n; i++)
		if (fa_scan_any(row, area->run[i]))
			return true;
	return false;
}

/* Purposes named in an area, as bits. */
static uint64_t
named_in(const struct purposes *p, const struct fa_area *area)
{
	uint64_t bits = 0;

	for (size_t k = 0; k < p->n; k++)
		if (is_in(p->row[k], area))
			bits |= UINT64_C(1) << k;
	return bits;
}

static uint64_t
purposes_of(
	const struct fa_scan *s, const struct purposes *p, uint32_t sentence)
{
	static const enum fa_region widening[] = { FA_REGION_SENTENCE,
		FA_REGION_BLOCK };
	const struct fa_doc *d = s->doc;
	uint32_t section = d->blocks[d->sentences[sentence].block].section;
	struct fa_range text = d->sentences[sentence].text;
	struct fa_area area;
	uint32_t heading;

	for (size_t i = 0; i < FA_COUNT(widening); i++) {
		uint64_t bits;

		fa_scan_area(&area, s, widening[i], 0, sentence, text);
		bits = named_in(p, &area);
		if (bits != 0)
			return bits;
	}
	if (section == FA_DOC_NONE)
		return 0;
	heading = d->sections[section].heading;
	area.n = 1;
	area.run[0] =
		(struct fa_range){ s->first[heading], s->first[heading + 1] };
	return named_in(p, &area);
}

static struct fa_match_use *
use_for(struct fa_match *m, uint32_t lexicon)
{
	for (size_t i = 0; i < m->uses_n; i++)
		if (m->uses[i].lexicon == lexicon)
			return &m->uses[i];
	m->uses[m->uses_n] = (struct fa_match_use){ .lexicon = lexicon };
	return &m->uses[m->uses_n++];
}

static uint64_t *
mentions_of(const struct purposes *p, const struct fa_match *m,
	const struct fa_match_use *u, const struct fa_scan *s)
{
	return p->mentions + (size_t)(u - m->uses) * s->row_n;
}

static int
add_mention(struct fa_match *m, struct fa_match_use *u, uint32_t mention,
	struct fa_scan *s, const struct purposes *p)
{
	uint32_t at = m->mentions[mention].sentence;
	uint32_t *grown = fa_arena_grow(s->a, u->mentions, &u->mentions_cap,
		u->mentions_n + 1, sizeof(*grown));

	if (!grown)
		return no_memory(s);
	u->mentions = grown;
	u->mentions[u->mentions_n++] = mention;
	fa_bits_add(mentions_of(p, m, u, s), at);
	return FA_OK;
}

static int
gather_mentions(struct fa_match *m, struct fa_scan *s, const struct purposes *p)
{
	for (uint32_t i = 0; i < m->mentions_n; i++) {
		uint64_t bits;
		int rc = FA_OK;

		if (m->mentions[i].scope != FA_SCOPE_FACE_ID)
			continue;
		bits = purposes_of(s, p, m->mentions[i].sentence);
		if (bits == 0)
			rc = add_mention(m, use_for(m, FA_RULE_NONE), i, s, p);
		for (size_t k = 0; rc == FA_OK && k < p->n; k++)
			if (bits & (UINT64_C(1) << k))
				rc = add_mention(
					m, use_for(m, p->lexicon[k]), i, s, p);
		if (rc < 0)
			return rc;
	}
	return FA_OK;
}

/* Does the sentence name the purpose of this use? */
static bool
names(const struct purposes *p, const struct fa_match_use *u, uint32_t sentence)
{
	for (size_t k = 0; k < p->n; k++)
		if (p->lexicon[k] == u->lexicon)
			return p->row[k] && fa_bits_has(p->row[k], sentence);
	return false;
}

static int
add_hit(struct fa_match_use *u, const struct fa_hit *h, struct fa_scan *s)
{
	struct fa_hit *grown;

	if (u->hits_n == FA_MATCH_USE_HITS)
		return FA_OK;
	grown = fa_arena_grow(
		s->a, u->hits, &u->hits_cap, u->hits_n + 1, sizeof(*grown));
	if (!grown)
		return no_memory(s);
	u->hits = grown;
	u->hits[u->hits_n++] = *h;
	return FA_OK;
}

/* Hands one passage to the uses it belongs to. */
static int
hand_out(struct fa_match *m, struct fa_scan *s, const struct purposes *p,
	const struct fa_hit *h)
{
	static const enum fa_region places[] = { FA_REGION_SENTENCE,
		FA_REGION_BLOCK, FA_REGION_LIST };
	struct fa_range text = s->doc->sentences[h->sentence].text;
	bool given = false, named = false;
	int rc = FA_OK;

	for (size_t k = 0; k < FA_COUNT(places) && !given; k++) {
		struct fa_area area;

		fa_scan_area(&area, s, places[k], 0, h->sentence, text);
		for (size_t i = 0; i < m->uses_n; i++) {
			m->uses[i].near =
				is_in(mentions_of(p, m, &m->uses[i], s), &area);
			given |= m->uses[i].near;
			named |= m->uses[i].near &&
				names(p, &m->uses[i], h->sentence);
		}
	}
	for (size_t i = 0; i < m->uses_n && rc == FA_OK && given; i++)
		if (m->uses[i].near &&
			(!named || names(p, &m->uses[i], h->sentence)))
			rc = add_hit(&m->uses[i], h, s);
	return rc;
}

int
fa_scan_uses(struct fa_match *m, struct fa_scan *s)
{
	struct purposes p;
	int rc;

	if (!(m->scopes & FA_SCOPE_BIT(FA_SCOPE_FACE_ID)))
		return FA_OK;
	rc = find_purposes(&p, s);
	if (rc < 0)
		return rc;
	m->uses = fa_arena_new(s->a, p.n + 1, sizeof(*m->uses));
	if (!m->uses)
		return no_memory(s);
	rc = gather_mentions(m, s, &p);
	for (size_t d = 0; rc == FA_OK && d < m->decisions_n; d++) {
		const struct fa_decision *x = &m->decisions[d];

		for (size_t i = 0; rc == FA_OK && i < x->hits_n; i++)
			if (!x->hits[i].exculpates)
				rc = hand_out(m, s, &p, &x->hits[i]);
	}
	return rc;
}
