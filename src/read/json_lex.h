/* Tokens of JSON with their place; also of JSON5 and of JSON with comments
 * (single quotes, names without quotes, trailing commas). What no JSON has is
 * passed over and told. */
#ifndef FA_READ_JSON_LEX_H
#define FA_READ_JSON_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "read/strings.h"

enum fa_json_kind {
	FA_JSON_LEX_EOF,
	FA_JSON_LEX_STRING,
	FA_JSON_LEX_WORD, /* a number, true, false, null, a name */
	FA_JSON_LEX_MARK, /* { } [ ] : , */
	FA_JSON_LEX_COMMENT
};

struct fa_json_lex {
	struct fa_str in;
	size_t at;
	size_t opens; /* objects and arrays that began so far */
};

/* Offsets count bytes of fa_json_lex.in. */
struct fa_json_token {
	enum fa_json_kind kind;
	char mark;
	size_t from, to;             /* with quotes or delimiters */
	size_t inner_from, inner_to; /* without */
	const char *wrong;           /* static, or NULL */
};

void fa_json_lex_next(struct fa_json_lex *x, struct fa_json_token *t);
/* The same without comments. */
void fa_json_lex_skip_comments(struct fa_json_lex *x, struct fa_json_token *t);
/* Whether the next token is that mark; takes nothing. */
bool fa_json_lex_sees(const struct fa_json_lex *x, char mark);
/* Passes over the value that begins with t, which was taken. */
void fa_json_lex_skip(struct fa_json_lex *x, const struct fa_json_token *t);
/* Hands over the characters of a string or word. RFC 8259, 7; JSON5, 5. */
void fa_json_lex_cells(const struct fa_json_lex *x,
	const struct fa_json_token *t, struct fa_strings *s);
/* Whether a string or word without escapes is this one. */
bool fa_json_lex_is(const struct fa_json_lex *x, const struct fa_json_token *t,
	struct fa_str what);

#endif
