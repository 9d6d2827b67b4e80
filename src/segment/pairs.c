/* Quotes and brackets that close soon. A stack of openers runs along the
 * delimiters of a block; a closer takes the nearest opener of its kind and,
 * when that is near enough, leaves a pair, which swallows the pairs inside it.
 * What is never closed leaves nothing. The stack is emptied when it is full,
 * and a closer looks at a few openers only, so time is linear in the text. */
#include "base/bits.h"
#include "segment/segment.h"
#include "segment/parts.h"

#define STACK_MAX 64
#define LOOK_MAX 4 /* openers that a closer may skip over */

struct opener {
	uint32_t at;
	uint8_t closer; /* the last byte of what closes it */
};

struct stack {
	struct opener at[STACK_MAX];
	size_t n;
};

/* The last byte of the delimiter at p, of n bytes. It tells all of them apart,
 * and of those of three bytes the openers are even and their closers follow
 * them: “ is E2 80 9C and ” E2 80 9D. */
static uint8_t
last_byte(const char *p, size_t *n)
{
	*n = (unsigned char)p[0] < 0x80 ? 1 : 3;
	return (unsigned char)p[*n - 1];
}

/* What closes the opener that ends in byte; 0 when it is none. */
static uint8_t
closer_of(uint8_t byte)
{
	switch (byte) {
	case '"':
		return '"';
	case '(':
		return ')';
	case '[':
		return ']';
	case '{':
		return '}';
	default:
		return byte >= 0x80 && byte % 2 == 0 ? byte + 1 : 0;
	}
}

size_t
fa_segment_closer(struct fa_str s, size_t at)
{
	unsigned char first = (unsigned char)s.p[at], last;

	if (first < 0x80)
		return first == ')' || first == ']' || first == '}';
	if (first > 0xE3 || s.n - at < 3 || s.p[at + 1] != '\x80')
		return 0;
	last = (unsigned char)s.p[at + 2];
	if (first == 0xE2) /* ’ ” */
		return (last & 0xFBu) == 0x99 ? 3 : 0;
	/* 〉 》 」 』 】 〕 */
	return first == 0xE3 &&
			((last & 0xF9u) == 0x89 || (last & 0xFBu) == 0x91)
		? 3
		: 0;
}

static void
push(struct stack *st, uint32_t at, uint8_t closer)
{
	if (st->n == STACK_MAX)
		st->n = 0;
	st->at[st->n++] = (struct opener){ at, closer };
}

/* The opener that ends with a closer, taken off the stack; NULL when there is
 * none. */
static const struct opener *
pop(struct stack *st, uint8_t closer)
{
	size_t k, look = 0;

	for (k = st->n; k > 0 && look < LOOK_MAX; k--, look++) {
		if (st->at[k - 1].closer == closer) {
			st->n = k - 1;
			return &st->at[k - 1];
		}
	}
	return NULL;
}

/* Are there so few characters from one delimiter to the other? */
static bool
near(struct fa_str text, size_t from, size_t to)
{
	if (to - from <= FA_SEGMENT_QUOTE_MAX)
		return true;
	return to - from <= 4 * (size_t)FA_SEGMENT_QUOTE_MAX &&
		fa_segment_chars(fa_str_sub(text, from, to)) <=
		FA_SEGMENT_QUOTE_MAX;
}

static int
add(struct fa_pairs *p, uint32_t from, uint32_t to, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_range *grown;

	while (p->n > 0 && p->at[p->n - 1].from >= from)
		p->n--;
	grown = fa_arena_grow(a, p->at, &p->cap, p->n + 1, sizeof(*p->at));
	if (grown == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for %zu brackets",
			p->n + 1);
	p->at = grown;
	p->at[p->n++] = (struct fa_range){ from, to };
	return 0;
}

int
fa_pairs_fill(struct fa_pairs *p, const struct fa_cut *block,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str text = block->text;
	const uint64_t *delims = block->marks->delims;
	struct stack st;
	const struct opener *o;
	size_t at, n;
	int rc;

	p->n = 0;
	st.n = 0;
	for (at = fa_bits_next(delims, block->start, text.n); at < text.n;
		at = fa_bits_next(delims, at + n, text.n)) {
		uint8_t byte = last_byte(text.p + at, &n);

		if (byte == '\n') {
			st.n = 0;
			continue;
		}
		o = pop(&st, byte);
		if (o == NULL && closer_of(byte)) {
			push(&st, (uint32_t)at, closer_of(byte));
		} else if (o != NULL && near(text, o->at, at)) {
			rc = add(p, o->at, (uint32_t)(at + n), a, err);
			if (rc)
				return rc;
		}
	}
	return 0;
}
