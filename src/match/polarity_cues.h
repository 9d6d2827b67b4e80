/* Words that decide the polarity of a clause, and lists of words behind or
 * before them. Private to the polarity of clauses. */
#ifndef FA_MATCH_POLARITY_CUES_H
#define FA_MATCH_POLARITY_CUES_H

#include <stdbool.h>
#include <stddef.h>

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
	struct fa_str word;
	enum fa_cue_kind kind;
};

/* In memcmp order of the words. */
extern const struct fa_cue fa_cues[];
extern const size_t fa_cues_n;

/* The longest cue that s begins with; NULL when there is none. The result is
 * static. */
const struct fa_cue *fa_cue_find(struct fa_str s);

enum fa_cue_list {
	FA_CUES_CHOICE,   /* what a user may decline, behind 不 */
	FA_CUES_STRONG,   /* before 不, make it modal: 绝 */
	FA_CUES_FUTURE,   /* behind 将, tell it from 将 = 把 */
	FA_CUES_LEADING,  /* conjunctions before an if: 但 */
	FA_CUES_IF,       /* begin a condition: 如果 */
	FA_CUES_IF_NOT,   /* begin one, and no main part can follow: 除非 */
	FA_CUES_RU_NOT,   /* behind 如, make it another word: 如何 */
	FA_CUES_AND,      /* go on with the condition before: 且 */
	FA_CUES_TIME_NOT, /* end in 时, but are no time clause: 同时 */
	FA_CUES_MAIN,     /* begin the main part behind a condition: 则 */
	FA_CUES_LISTS
};

/* Length of the longest word of a list that s begins with (ends with), or
 * 0. */
size_t fa_cues_starts(enum fa_cue_list list, struct fa_str s);
size_t fa_cues_ends(enum fa_cue_list list, struct fa_str s);

#endif
