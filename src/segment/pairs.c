/* Quotes and brackets that close soon. A stack of openers runs along the
 * text; a closer takes the nearest opener of its kind and, when that is near
 * enough, leaves a pair, which swallows the pairs inside it. What is never
 * closed leaves nothing. The stack is emptied when it is full, and a closer
 * looks at a few openers only, so time is linear in the text. */
#include "segment/segment.h"
#include "segment/parts.h"

#define STACK_MAX 64
#define LOOK_MAX 4 /* openers that a closer may skip over */

struct delims {
	uint32_t open, close;
};

static const struct delims delims[] = { { '(', ')' }, { '[', ']' },
	{ 0x201C, 0x201D }, { 0x2018, 0x2019 }, { 0x3008, 0x3009 },
	{ 0x300A, 0x300B }, { 0x300C, 0x300D }, { 0x300E, 0x300F },
	{ 0x3010, 0x3011 }, { 0x3014, 0x3015 }, { '{', '}' } };

struct opener {
	uint32_t at;    /* byte */
	uint32_t index; /* character */
	uint32_t close;
};

struct stack {
	struct opener at[STACK_MAX];
	size_t n;
};

static uint32_t
close_of(uint32_t cp)
{
	size_t i;

	for (i = 0; i < FA_COUNT(delims); i++)
		if (delims[i].open == cp)
			return delims[i].close;
	return 0;
}

bool
fa_segment_closer(uint32_t cp)
{
	size_t i;

	for (i = 0; i < FA_COUNT(delims); i++)
		if (delims[i].close == cp)
			return true;
	return false;
}

static void
push(struct stack *st, uint32_t at, uint32_t index, uint32_t close)
{
	if (st->n == STACK_MAX)
		st->n = 0;
	st->at[st->n++] = (struct opener){ at, index, close };
}

/* The opener that cp closes, taken off the stack; NULL when there is none. */
static const struct opener *
pop(struct stack *st, uint32_t cp)
{
	size_t k, look = 0;

	for (k = st->n; k > 0 && look < LOOK_MAX; k--, look++) {
		if (st->at[k - 1].close == cp) {
			st->n = k - 1;
			return &st->at[k - 1];
		}
	}
	return NULL;
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
fa_pairs_fill(struct fa_pairs *p, struct fa_str text, struct fa_arena *a,
	struct fa_err *err)
{
	struct stack st = { .n = 0 };
	const struct opener *o;
	uint32_t index = 0, cp;
	size_t at, n;
	int rc;

	p->n = 0;
	for (at = 0; at < text.n; at += n, index++) {
		cp = fa_segment_rune(text, at, &n);
		if (cp == '\n') {
			st.n = 0;
			continue;
		}
		if (cp > '}' && (cp < 0x2018 || cp > 0x3015))
			continue;
		o = cp == '"' || fa_segment_closer(cp) ? pop(&st, cp) : NULL;
		if (o != NULL) {
			if (index - o->index > FA_SEGMENT_QUOTE_MAX)
				continue;
			rc = add(p, o->at, (uint32_t)(at + n), a, err);
			if (rc)
				return rc;
		} else if (cp == '"' || close_of(cp)) {
			push(&st, (uint32_t)at, index,
				cp == '"' ? cp : close_of(cp));
		}
	}
	return 0;
}
