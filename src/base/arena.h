/* An arena owns everything that is allocated in it and frees it at once. One
 * per document, one per run. It has a limit in bytes; reaching it, like
 * running out of memory, makes allocation return NULL, which callers turn
 * into FA_E_NOMEM. */
#ifndef FA_BASE_ARENA_H
#define FA_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

#define FA_ARENA_KEEP_BYTES ((size_t)8 << 20) /* at most, by a reset */

struct fa_arena_chunk;
struct fa_arena_taken;

struct fa_arena {
	struct fa_arena_chunk *head;
	struct fa_arena_taken *taken; /* memory of buffers */
	size_t used_bytes; /* handed to callers; what is left over at the ends
			    * of chunks is not counted, so that the limit
			    * does not depend on what was there before */
	size_t max_bytes;
};

void fa_arena_init(struct fa_arena *a, size_t max_bytes);
void fa_arena_done(struct fa_arena *a); /* safe after init and twice */
/* Forgets all allocations but keeps memory for as much again, within
 * FA_ARENA_KEEP_BYTES. */
void fa_arena_reset(struct fa_arena *a);

/* Zeroed memory for n objects of size bytes, aligned for any type; NULL when
 * the product overflows, memory is out or the limit is reached. n * size == 0
 * gives a valid pointer. The result lives in a. */
void *fa_arena_new(struct fa_arena *a, size_t n, size_t size);
/* The same, but what it holds is left over from before: for what is written
 * whole anyway. */
void *fa_arena_raw(struct fa_arena *a, size_t n, size_t size);
/* Grows an array: returns old when *cap >= need, else a copy with doubled
 * capacity in a (the old one stays allocated until a ends), whose new elements
 * are zero. *cap is the capacity in elements. NULL on failure, then old is
 * still valid. */
void *fa_arena_enlarge(
	struct fa_arena *a, void *old, size_t *cap, size_t need, size_t size);
static inline void *
fa_arena_grow(
	struct fa_arena *a, void *old, size_t *cap, size_t need, size_t size)
{
	return old != NULL && *cap >= need
		? old
		: fa_arena_enlarge(a, old, cap, need, size);
}
/* The same for a large array into which nobody points but the caller: old is
 * gone then, and what is behind its capacity is left over from before. */
void *fa_arena_regrow(
	struct fa_arena *a, void *old, size_t *cap, size_t need, size_t size);
/* Gives n objects back before a ends, when they are large. */
void fa_arena_drop(struct fa_arena *a, void *p, size_t n, size_t size);
/* What b holds now lives in a, at the same place and cut to its size; b is
 * empty and made anew. NULL on failure, then b still has it. */
void *fa_arena_take(struct fa_arena *a, struct fa_buf *b);
/* Memory that was mapped now lives in a; false on failure, and then it does
 * not. */
bool fa_arena_take_map(struct fa_arena *a, void *p, size_t bytes);
/* A copy of s in a (with a NUL behind it that does not count); p == NULL on
 * failure. */
struct fa_str fa_arena_dup(struct fa_arena *a, struct fa_str s);

#endif
