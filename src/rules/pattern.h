/* The scanner of patterns, in four parts: pattern.c walks over a pattern and
 * expands it, pattern_token.c knows the single elements, pattern_needs.c finds
 * words that must occur, pattern_check.c asks PCRE2 and translates its
 * complaints.
 *
 *     pattern  = { element [ repeat ] }
 *     element  = char | "\" escape | "[" class "]" | "." | "(" pattern ")"
 *              | "{" name "}" | "{.." [ digits ] "}"
 *     repeat   = ( "?" | "*" | "+" | "{" n [ "," [ m ] ] "}" ) [ "?" | "+" ]
 *
 * {name} becomes (?:word|word|...) with common beginnings written once (but in
 * a lookbehind, where PCRE2 wants to know lengths), {..N} becomes
 * [^。！？；!?;\n]{0,N}?. What must occur in any text that the pattern matches
 * is worked out by pattern_needs.c. */
#ifndef FA_RULES_PATTERN_H
#define FA_RULES_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "rules/build.h"

#define FA_PATTERN_GROUPS 50 /* nesting of parentheses */

enum fa_element {
	FA_ELEMENT_CHAR,   /* one literal character */
	FA_ELEMENT_CLOSED, /* a class of listed characters, \d \s \w */
	FA_ELEMENT_OPEN,   /* . and classes of nearly everything: [^x] \S */
	FA_ELEMENT_GROUP,
	FA_ELEMENT_LEXICON,
	FA_ELEMENT_GAP,
	FA_ELEMENT_NOTHING /* an assertion or an option: no character */
};

struct fa_repeat {
	struct fa_str text; /* as written; empty when there is none */
	uint64_t min, max;
	bool unbounded;
};

struct fa_scan {
	struct fa_build *bd;
	struct fa_place where;
	struct fa_str src;
	size_t at;         /* next byte of src */
	struct fa_buf out; /* expanded so far */
	unsigned depth;
	bool lookbehind[FA_PATTERN_GROUPS + 1]; /* the group at this depth */
	bool branch; /* at the beginning of a branch of a lookbehind */
};

/* FA_E_INPUT that names the character of the pattern at byte at. */
int fa_scan_fail(const struct fa_scan *s, size_t at, const char *fmt, ...)
	FA_PRINTF(3, 4);

/* Each takes the element at s->at, copies or expands it to s->out and says
 * what it was. */
FA_MUST_CHECK int fa_scan_char(struct fa_scan *s, enum fa_element *what);
FA_MUST_CHECK int fa_scan_escape(struct fa_scan *s, enum fa_element *what);
FA_MUST_CHECK int fa_scan_class(struct fa_scan *s, enum fa_element *what);
FA_MUST_CHECK int fa_scan_open(struct fa_scan *s, enum fa_element *what);
FA_MUST_CHECK int fa_scan_brace(
	struct fa_scan *s, enum fa_element *what, uint16_t *lexicon);
/* The repetition at s->at, if any; one without an end is an error for
 * everything but a closed class. */
FA_MUST_CHECK int fa_scan_repeat(
	struct fa_scan *s, enum fa_element of, struct fa_repeat *out);

/* Sets out->needs to the word sets without which source cannot match, the most
 * selective ones; sets without a name become lexicons named "=word|word". */
FA_MUST_CHECK int fa_pattern_needs(struct fa_pattern *out, struct fa_build *bd,
	struct fa_str source, struct fa_place where);

/* Appends the words of a lexicon as one expression that finds at each place
 * what an alternation of them, longest first, would find; it may need a group
 * around it. FA_E_NOMEM when the arena is full. */
FA_MUST_CHECK int fa_pattern_trie(struct fa_buf *out,
	const struct fa_lexicon *lexicon, struct fa_arena *a);

/* Compiles the expansion; the message of PCRE2 names a character of src. */
FA_MUST_CHECK int fa_scan_check(const struct fa_scan *s, struct fa_str regex);

#endif
