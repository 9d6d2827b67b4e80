#include "match/program_notes.h"

#include <string.h>

#include "base/err.h"

#define BITS 64

void
fa_notes_init(struct fa_notes *n, size_t max_bytes)
{
	*n = (struct fa_notes){ .max_bytes = max_bytes };
	fa_arena_init(&n->arena, SIZE_MAX);
}

void
fa_notes_done(struct fa_notes *n)
{
	fa_arena_done(&n->arena);
}

static uint32_t
width(const struct fa_notes *n)
{
	return (uint32_t)(n->row * BITS);
}

int
fa_notes_open(struct fa_notes *n, uint64_t serial, uint32_t pattern,
	uint32_t code_n, uint32_t characters, uint32_t from)
{
	size_t most = n->max_bytes / sizeof(*n->bits) / code_n + 1;
	size_t row = (size_t)characters / BITS + 1;

	if (n->bits != NULL && n->serial == serial && n->pattern == pattern &&
		from >= n->from &&
		(from - n->from < width(n) / 2 ||
			characters - n->from < width(n)))
		return FA_OK;
	n->serial = serial;
	n->pattern = pattern;
	n->code_n = code_n;
	n->row = row < most ? row : most;
	n->from = n->row == row ? 0 : from;
	fa_arena_reset(&n->arena);
	n->bits = fa_arena_new(&n->arena, n->row * code_n, sizeof(*n->bits));
	fa_notes_mark(n);
	return n->bits == NULL ? FA_E_NOMEM : FA_OK;
}

bool
fa_notes_add(struct fa_notes *n, uint32_t at, uint32_t character)
{
	uint32_t i = character - n->from;
	uint64_t *word, bit = UINT64_C(1) << (i % BITS);
	bool was;

	if (character < n->from || i >= width(n))
		return false;
	word = &n->bits[at * n->row + i / BITS];
	was = (*word & bit) != 0;
	*word |= bit;
	if (i < n->low)
		n->low = i;
	if (i > n->high)
		n->high = i;
	return was;
}

void
fa_notes_add_run(struct fa_notes *n, uint32_t at, uint32_t from, uint32_t to)
{
	uint64_t *row = &n->bits[at * n->row];
	uint32_t i = from < n->from ? 0 : from - n->from;
	uint32_t end = to < n->from ? 0 : to - n->from + 1;

	if (end > width(n))
		end = width(n);
	if (i >= end)
		return;
	if (i < n->low)
		n->low = i;
	if (end - 1 > n->high)
		n->high = end - 1;
	while (i < end) {
		if (i % BITS == 0 && end - i >= BITS) {
			row[i / BITS] = UINT64_MAX;
			i += BITS;
		} else {
			row[i / BITS] |= UINT64_C(1) << (i % BITS);
			i++;
		}
	}
}

void
fa_notes_mark(struct fa_notes *n)
{
	n->low = UINT32_MAX;
	n->high = 0;
}

void
fa_notes_forget(struct fa_notes *n, uint32_t at, uint32_t end)
{
	if (n->low > n->high)
		return;
	for (; at < end; at++)
		memset(&n->bits[at * n->row + n->low / BITS], 0,
			(n->high / BITS - n->low / BITS + 1) *
				sizeof(*n->bits));
}
