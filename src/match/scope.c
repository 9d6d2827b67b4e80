/* What kind of face processing a document speaks of: the scope rules, run
 * sentence by sentence. A class may ask for those evaluated before it. */
#include <stdlib.h>

#include "match/scan.h"

/* FACE_ID comes last, because the others may call a mention off. */
static const enum fa_scope order[FA_SCOPE_COUNT] = { FA_SCOPE_DEFN,
	FA_SCOPE_OS_BIO, FA_SCOPE_FACE_FX, FA_SCOPE_PHOTO, FA_SCOPE_FACE_ID };

static int
add_mention(struct fa_match *m, size_t *cap, struct fa_scan *s, uint32_t rule,
	const struct fa_fire *fire)
{
	struct fa_mention *grown = fa_arena_grow(
		s->a, m->mentions, cap, m->mentions_n + 1, sizeof(*grown));

	if (!grown)
		return fa_fail(s->err, FA_E_NOMEM, "no memory for mentions");
	m->mentions = grown;
	m->mentions[m->mentions_n++] =
		(struct fa_mention){ s->m->bundle->rules[rule].scope, rule,
			fire->sentence, fire->text };
	return FA_OK;
}

static int
by_text(const void *a, const void *b)
{
	const struct fa_mention *x = a, *y = b;

	if (x->text.from != y->text.from)
		return x->text.from < y->text.from ? -1 : 1;
	if (x->scope != y->scope)
		return x->scope - y->scope;
	if (x->text.to != y->text.to)
		return x->text.to < y->text.to ? -1 : 1;
	return x->rule < y->rule ? -1 : x->rule > y->rule;
}

/* The sentences of one class, from the mentions found since first. */
static int
set_row(struct fa_scan *s, const struct fa_match *m, size_t first, int k)
{
	uint64_t *row;

	if (m->mentions_n == first)
		return FA_OK;
	row = fa_arena_new(s->a, s->row_n, sizeof(*row));
	if (!row)
		return fa_fail(s->err, FA_E_NOMEM, "no memory for mentions");
	for (size_t i = first; i < m->mentions_n; i++) {
		fa_bits_add(row, m->mentions[i].sentence);
	}
	s->scopes[k] = row;
	return FA_OK;
}

static int
run_class(struct fa_match *m, size_t *cap, struct fa_scan *s, int k)
{
	const struct fa_bundle *b = s->m->bundle;
	size_t first = m->mentions_n;

	for (uint32_t x = 0; x < s->m->scope_n; x++) {
		uint32_t r = s->m->scope[x];
		const struct fa_fires *fires;
		int rc;

		if (b->rules[r].scope != k)
			continue;
		rc = fa_scan_rule(&fires, s, &b->rules[r]);
		for (size_t i = 0; rc == FA_OK && i < fires->n; i++)
			if (!fires->at[i].exculpated)
				rc = add_mention(m, cap, s, r, &fires->at[i]);
		if (rc < 0)
			return rc;
		s->scope_limited |= fires->limited;
	}
	if (m->mentions_n > first)
		m->scopes |= FA_SCOPE_BIT(k);
	return set_row(s, m, first, k);
}

int
fa_scan_scopes(struct fa_match *m, struct fa_scan *s)
{
	size_t cap = 0;

	for (int i = 0; i < FA_SCOPE_COUNT; i++) {
		int rc = run_class(m, &cap, s, (int)order[i]);
		if (rc < 0)
			return rc;
	}
	if (m->mentions_n > 1)
		qsort(m->mentions, m->mentions_n, sizeof(*m->mentions),
			by_text);
	return FA_OK;
}
