#include "base/arena.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/num.h"

#define CHUNK_MIN_BYTES 4096
#define CHUNK_MAX_BYTES ((size_t)1 << 20)
#define ALIGN_BYTES _Alignof(max_align_t)
#define GROW_MIN 8 /* elements of a new array */

struct fa_arena_chunk {
	struct fa_arena_chunk *next;
	size_t used;
	size_t cap;
	max_align_t data[];
};

struct fa_arena_taken {
	struct fa_arena_taken *next;
	void *p;
	size_t mapped; /* so many bytes; 0: of the heap */
};

void
fa_arena_init(struct fa_arena *a, size_t max_bytes)
{
	*a = (struct fa_arena){ .max_bytes = max_bytes };
}

static void
free_chunks(struct fa_arena_chunk *c)
{
	while (c != NULL) {
		struct fa_arena_chunk *next = c->next;

		free(c);
		c = next;
	}
}

/* The list itself lives in the chunks. */
static void
free_taken(struct fa_arena *a)
{
	for (; a->taken != NULL; a->taken = a->taken->next) {
		if (a->taken->mapped > 0)
			(void)munmap(a->taken->p, a->taken->mapped);
		else
			free(a->taken->p);
	}
}

void
fa_arena_done(struct fa_arena *a)
{
	free_taken(a);
	free_chunks(a->head);
	a->head = NULL;
	a->used_bytes = 0;
}

static struct fa_arena_chunk *
new_chunk(size_t cap)
{
	struct fa_arena_chunk *c;
	size_t bytes;

	if (!fa_num_add(sizeof(*c), cap, &bytes))
		return NULL;
	c = malloc(bytes);
	if (c == NULL)
		return NULL;
	c->next = NULL;
	c->used = 0;
	c->cap = cap;
	return c;
}

/* Frees all chunks but the largest one that may be kept, and returns that, or
 * NULL. */
static struct fa_arena_chunk *
keep_largest(struct fa_arena_chunk *c)
{
	struct fa_arena_chunk *kept = NULL;

	while (c != NULL) {
		struct fa_arena_chunk *next = c->next;
		bool better = c->cap <= FA_ARENA_KEEP_BYTES &&
			(kept == NULL || c->cap > kept->cap);

		free(better ? kept : c);
		if (better)
			kept = c;
		c = next;
	}
	return kept;
}

/* Several chunks make place for one that holds what was in them, so that more
 * of the same kind, as the documents of a crawl are, finds its pages there. It
 * is the largest of them made larger: the system leaves it the pages it has,
 * which cost more to get anew than most of what is done with them. */
void
fa_arena_reset(struct fa_arena *a)
{
	size_t bytes = a->used_bytes;
	struct fa_arena_chunk *c, *grown;

	free_taken(a);
	a->used_bytes = 0;
	if (a->head == NULL)
		return;
	a->head->used = 0;
	if (a->head->next == NULL && a->head->cap <= FA_ARENA_KEEP_BYTES)
		return;
	if (bytes > FA_ARENA_KEEP_BYTES)
		bytes = FA_ARENA_KEEP_BYTES;
	c = keep_largest(a->head);
	if (c == NULL || c->cap < bytes) {
		grown = realloc(c, sizeof(*c) + bytes);
		if (grown != NULL) {
			c = grown;
			c->cap = bytes;
		}
	}
	if (c != NULL) {
		c->next = NULL;
		c->used = 0;
	}
	a->head = c;
}

/* A chunk with room for bytes. A large object gets a chunk of its own behind
 * the head, so that the rest of the head is not wasted. */
static struct fa_arena_chunk *
chunk_for(struct fa_arena *a, size_t bytes)
{
	struct fa_arena_chunk *c = a->head;
	size_t want = a->used_bytes;

	if (c != NULL && c->cap - c->used >= bytes)
		return c;
	if (want < CHUNK_MIN_BYTES)
		want = CHUNK_MIN_BYTES;
	if (want > CHUNK_MAX_BYTES)
		want = CHUNK_MAX_BYTES;
	if (c != NULL && bytes > want / 4) {
		struct fa_arena_chunk *own = new_chunk(bytes);

		if (own == NULL)
			return NULL;
		own->next = c->next;
		c->next = own;
		return own;
	}
	c = new_chunk(want > bytes ? want : bytes);
	if (c == NULL)
		return NULL;
	c->next = a->head;
	a->head = c;
	return c;
}

/* Memory for n objects; *got: its bytes. */
static void *
take(struct fa_arena *a, size_t n, size_t size, size_t *got)
{
	struct fa_arena_chunk *c;
	size_t bytes;
	void *p;

	if (!fa_num_mul(n, size, &bytes))
		return NULL;
	if (bytes == 0)
		bytes = 1;
	if (!fa_num_add(bytes, ALIGN_BYTES - 1, &bytes))
		return NULL;
	bytes -= bytes % ALIGN_BYTES;
	assert(a->used_bytes <= a->max_bytes);
	if (bytes > a->max_bytes - a->used_bytes)
		return NULL;
	c = chunk_for(a, bytes);
	if (c == NULL)
		return NULL;
	p = (char *)c->data + c->used;
	c->used += bytes;
	a->used_bytes += bytes;
	*got = bytes;
	return p;
}

void *
fa_arena_new(struct fa_arena *a, size_t n, size_t size)
{
	size_t bytes;
	void *p = take(a, n, size, &bytes);

	return p == NULL ? NULL : memset(p, 0, bytes);
}

void *
fa_arena_raw(struct fa_arena *a, size_t n, size_t size)
{
	size_t bytes;

	return take(a, n, size, &bytes);
}

void *
fa_arena_enlarge(
	struct fa_arena *a, void *old, size_t *cap, size_t need, size_t size)
{
	size_t to, bytes, kept;
	char *p;

	if (!fa_num_mul(*cap, 2, &to))
		return NULL;
	if (to < GROW_MIN)
		to = GROW_MIN;
	if (to < need)
		to = need;
	p = take(a, to, size, &bytes);
	if (p == NULL)
		return NULL;
	kept = old == NULL ? 0 : *cap * size;
	if (kept > 0)
		memcpy(p, old, kept);
	memset(p + kept, 0, bytes - kept);
	*cap = to;
	return p;
}

/* The link to the chunk that holds nothing but the n objects at p, or NULL. */
static struct fa_arena_chunk **
own_chunk(struct fa_arena *a, const void *p, size_t n, size_t size)
{
	struct fa_arena_chunk **link = a->head == NULL ? NULL : &a->head->next;

	while (link != NULL && *link != NULL && (*link)->data != p)
		link = &(*link)->next;
	if (link == NULL || *link == NULL ||
		(*link)->used - n * size >= ALIGN_BYTES)
		return NULL;
	return link;
}

void
fa_arena_drop(struct fa_arena *a, void *p, size_t n, size_t size)
{
	struct fa_arena_chunk **link = own_chunk(a, p, n, size);
	struct fa_arena_chunk *c;

	if (link == NULL)
		return;
	c = *link;
	*link = c->next;
	a->used_bytes -= c->used;
	free(c);
}

/* The C library moves large blocks without copying them. */
static void *
regrow(struct fa_arena *a, struct fa_arena_chunk **link, size_t *cap,
	size_t size)
{
	struct fa_arena_chunk *c;
	size_t bytes, all;

	if (!fa_num_mul(*cap, 2 * size, &bytes) ||
		!fa_num_add(sizeof(*c), bytes, &all) ||
		bytes - (*link)->used > a->max_bytes - a->used_bytes)
		return NULL;
	c = realloc(*link, all);
	if (c == NULL)
		return NULL;
	a->used_bytes += bytes - c->used;
	c->used = c->cap = bytes;
	*link = c;
	*cap *= 2;
	return c->data;
}

void *
fa_arena_regrow(
	struct fa_arena *a, void *old, size_t *cap, size_t need, size_t size)
{
	struct fa_arena_chunk **link;

	if (old != NULL && *cap >= need)
		return old;
	link = own_chunk(a, old, *cap, size);
	if (link == NULL || need > 2 * *cap)
		return fa_arena_grow(a, old, cap, need, size);
	return regrow(a, link, cap, size);
}

void *
fa_arena_take(struct fa_arena *a, struct fa_buf *b)
{
	struct fa_arena_taken *t;
	void *p = b->p;

	if (b->rc != FA_OK)
		return NULL;
	if (p == NULL)
		return fa_arena_new(a, 1, 1);
	t = fa_arena_new(a, 1, sizeof(*t));
	if (t == NULL || b->n + 1 > a->max_bytes - a->used_bytes)
		return NULL;
	if (b->cap - b->n > 1) {
		p = realloc(b->p, b->n + 1);
		if (p == NULL)
			p = b->p;
	}
	a->used_bytes += b->n + 1;
	*t = (struct fa_arena_taken){ a->taken, p, 0 };
	a->taken = t;
	fa_buf_init(b, b->max_bytes);
	return p;
}

bool
fa_arena_take_map(struct fa_arena *a, void *p, size_t bytes)
{
	struct fa_arena_taken *t = fa_arena_new(a, 1, sizeof(*t));

	if (t == NULL || bytes > a->max_bytes - a->used_bytes)
		return false;
	a->used_bytes += bytes;
	*t = (struct fa_arena_taken){ a->taken, p, bytes };
	a->taken = t;
	return true;
}

struct fa_str
fa_arena_dup(struct fa_arena *a, struct fa_str s)
{
	size_t bytes;
	char *p;

	if (!fa_num_add(s.n, 1, &bytes))
		return FA_STR_NONE;
	p = fa_arena_new(a, bytes, 1);
	if (p == NULL)
		return FA_STR_NONE;
	if (s.n > 0)
		memcpy(p, s.p, s.n);
	return (struct fa_str){ p, s.n };
}
