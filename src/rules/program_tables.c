/* Memory of the compiler of patterns: growing arrays, and pools in which equal
 * strings of numbers (classes, word sets, filters) have one number. */
#include <string.h>

#include "rules/program.h"

#define BUCKETS 4096
#define ENTRIES_MAX                                                            \
	0x3ffe /* rows are twice as many, below FA_PROGRAM_LISTS               \
		*/

bool
fa_prog_failed(const struct fa_prog_maker *m)
{
	return m->opaque || m->rc < 0;
}

void *
fa_prog_new(struct fa_prog_maker *m, struct fa_arena *a, size_t n, size_t size)
{
	void *p = fa_arena_new(a, n, size);

	if (p == NULL && a == &m->one)
		m->opaque = true; /* PCRE2 may have it */
	else if (p == NULL)
		m->rc = FA_E_NOMEM;
	return p;
}

void
fa_prog_add(struct fa_prog_maker *m, struct fa_prog_numbers *to, uint16_t x)
{
	if (to->n == to->cap) {
		uint16_t *grown = fa_arena_grow(
			&m->work, to->at, &to->cap, to->n + 1, sizeof(*to->at));

		if (grown == NULL) {
			m->rc = FA_E_NOMEM;
			return;
		}
		to->at = grown;
	}
	to->at[to->n++] = x;
}

void
fa_prog_pool_init(struct fa_prog_maker *m, struct fa_prog_pool *p)
{
	p->bucket = fa_prog_new(m, &m->work, BUCKETS, sizeof(*p->bucket));
}

static uint32_t
hash_of(const uint16_t *at, size_t n)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ at[i]) * 16777619u;
	return h ^ (h >> 15);
}

static bool
has_room(struct fa_prog_maker *m, struct fa_prog_pool *p, size_t n)
{
	uint16_t *at = fa_arena_grow(
		&m->work, p->at, &p->cap, p->n + n, sizeof(*p->at));
	struct fa_prog_entry *entry = fa_arena_grow(&m->work, p->entry,
		&p->entries_cap, p->entries_n + 1, sizeof(*p->entry));

	if (at == NULL || entry == NULL) {
		m->rc = FA_E_NOMEM;
		return false;
	}
	p->at = at;
	p->entry = entry;
	return true;
}

uint32_t
fa_prog_intern(struct fa_prog_maker *m, struct fa_prog_pool *p,
	const uint16_t *at, size_t n, bool *fresh)
{
	uint32_t hash = hash_of(at, n);
	uint32_t *bucket = &p->bucket[hash % BUCKETS];

	*fresh = false;
	for (uint32_t i = *bucket; i != 0; i = p->entry[i - 1].next) {
		const struct fa_prog_entry *e = &p->entry[i - 1];

		if (e->hash == hash && e->n == n &&
			memcmp(p->at + e->at, at, n * sizeof(*at)) == 0)
			return i - 1;
	}
	if (p->entries_n >= ENTRIES_MAX || p->n + n > UINT32_MAX) {
		m->opaque = true;
		return 0;
	}
	if (!has_room(m, p, n))
		return 0;
	memcpy(p->at + p->n, at, n * sizeof(*at));
	p->entry[p->entries_n] = (struct fa_prog_entry){ (uint32_t)p->n,
		(uint32_t)n, hash, *bucket };
	p->n += n;
	*bucket = (uint32_t)++p->entries_n;
	*fresh = true;
	return (uint32_t)p->entries_n - 1;
}
