/* Words that decide the polarity of a clause, and lists of words behind or
 * before them. Private to the polarity of clauses. */
#ifndef FA_MATCH_POLARITY_CUES_H
#define FA_MATCH_POLARITY_CUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum fa_cue_kind {
	FA_CUE_NO,      /* not a cue */
	FA_CUE_SKIP,    /* holds the letters of a cue, but is none: 不断 */
	FA_CUE_MODAL,   /* negates the rest of the clause: 不会 */
	FA_CUE_BARE,    /* negates the verb behind it: 不 */
	FA_CUE_OPEN,    /* the same, with the verb inside: 不同意 */
	FA_CUE_NEED,    /* 无需 */
	FA_CUE_DOUBLE,  /* two negations in one: 不得不 */
	FA_CUE_NONE,    /* 不影响: a promise, a predicate of its own */
	FA_CUE_TURN,    /* begins an affirmative predicate: 而是 */
	FA_CUE_COND,    /* 未经: negates nothing but its own condition */
	FA_CUE_AVOID,   /* 避免: two negations together with 无法 */
	FA_CUE_EXCEPT,  /* 除, with 外 behind it */
	FA_CUE_FRAME,   /* 在, with 情况下 behind it */
	FA_CUE_CASE,    /* 情况下 */
	FA_CUE_SUBJECT, /* who processes: 我们 */
	FA_CUE_WILL,    /* 将 */
	FA_CUE_OF,      /* 的 */
	FA_CUE_BOUND,   /* begins the main predicate: 也, 则, 可 */
	FA_CUE_ADVICE,  /* 请勿 */
	FA_CUE_NOTICE   /* 请注意: advice only when nothing follows */
};

struct fa_cue {
	char word[19];
	uint8_t n; /* its bytes */
	enum fa_cue_kind kind;
};

/* What begins with one character, found by its code point. */
struct fa_cue_group {
	const struct fa_cue *cues; /* in memcmp order of the words */
	uint16_t n, first;
};
#define FA_CUE_PLACES 1121
extern const struct fa_cue_group fa_cue_groups[FA_CUE_PLACES];

/* The character of three bytes that s begins with, U+4000 or above; else 0. */
static inline uint32_t
fa_cue_rune(struct fa_str s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	if (s.n < 3 || p[0] < 0xE4 || p[0] > 0xEF)
		return 0;
	return (p[0] & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u);
}

/* The same that s ends in. */
static inline uint32_t
fa_cue_last(struct fa_str s)
{
	if (s.n < 3)
		return 0;
	return fa_cue_rune((struct fa_str){ s.p + s.n - 3, 3 });
}

const struct fa_cue *fa_cue_longest(
	const struct fa_cue_group *g, struct fa_str s);

/* The longest cue that s begins with; NULL when there is none. The result is
 * static. */
static inline const struct fa_cue *
fa_cue_find(struct fa_str s)
{
	uint32_t first = fa_cue_rune(s);
	const struct fa_cue_group *g = &fa_cue_groups[first % FA_CUE_PLACES];

	return first && g->first == first ? fa_cue_longest(g, s) : NULL;
}

enum fa_cue_list {
	FA_CUES_CHOICE,  /* what a user may decline, behind 不 */
	FA_CUES_FUTURE,  /* behind 将, tell it from 将 = 把 */
	FA_CUES_LEADING, /* conjunctions before an if: 但 */
	FA_CUES_IF,      /* begin a condition: 如果 */
	FA_CUES_IF_NOT,  /* begin one, and no main part can follow: 除非 */
	FA_CUES_RU_NOT,  /* behind 如, make it another word: 如何 */
	FA_CUES_AND,     /* go on with the condition before: 且 */
	FA_CUES_MAIN     /* begin the main part behind a condition: 则 */
};

/* A word of one or more lists. */
struct fa_listed {
	char word[13];
	uint8_t n;
	uint16_t lists; /* a bit each */
};
struct fa_listed_group {
	const struct fa_listed *words;
	uint16_t n, first;
};
#define FA_LISTED_PLACES 1452
extern const struct fa_listed_group fa_listed_groups[FA_LISTED_PLACES];

size_t fa_listed_longest(const struct fa_listed_group *g, enum fa_cue_list list,
	struct fa_str s);

/* Length of the longest word of a list that s begins with, or 0. */
static inline size_t
fa_cues_starts(enum fa_cue_list list, struct fa_str s)
{
	uint32_t first = fa_cue_rune(s);
	const struct fa_listed_group *g =
		&fa_listed_groups[first % FA_LISTED_PLACES];

	return first && g->first == first ? fa_listed_longest(g, list, s) : 0;
}

/* Does s end in what makes 不 behind it modal: 绝? */
bool fa_cues_strong_before(struct fa_str s);
/* Does s end in a word with 时 at its end that is no time clause: 同时? */
bool fa_cues_no_time(struct fa_str s);

#endif
