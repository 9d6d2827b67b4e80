/* HTML tokens, after the WHATWG tokenizer (HTML §13.2.5). Nothing is copied:
 * tokens are ranges of the input; names keep their case, and character
 * references in attribute values are left as written. */
#ifndef FA_READ_HTML_LEX_H
#define FA_READ_HTML_LEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/scan.h"
#include "read/html_charref.h"
#include "read/html_tag.h"

#define FA_HTML_ATTRS 128 /* attributes of a tag that are kept */

enum fa_html_kind {
	FA_HTML_EOF,
	FA_HTML_TEXT,    /* characters, to be taken as they are */
	FA_HTML_CHARREF, /* a character reference in text */
	FA_HTML_START,
	FA_HTML_END,
	FA_HTML_COMMENT, /* also bogus ones; name is its data */
	FA_HTML_DOCTYPE  /* name is the doctype's name */
};

struct fa_html_attr {
	struct fa_str name,
		value; /* of several with one name the first counts */
};

struct fa_html_token {
	enum fa_html_kind kind;
	size_t from, to; /* in the input */
	struct fa_str name;
	unsigned tag; /* START, END: fa_tag_find(name) */
	bool self_closing;
	struct fa_html_charref ref;
	size_t attr_n;
	struct fa_html_attr attr[FA_HTML_ATTRS];
};

/* What the characters at the cursor are (the tokenizer states with text). */
enum fa_html_model {
	FA_HTML_DATA,
	FA_HTML_RCDATA,
	FA_HTML_RAWTEXT,
	FA_HTML_SCRIPT,
	FA_HTML_SCRIPT_ESCAPED,
	FA_HTML_SCRIPT_DOUBLE,
	FA_HTML_PLAINTEXT,
	FA_HTML_CDATA,
	FA_HTML_MODELS
};

struct fa_html_lex {
	struct fa_str in;
	size_t at;
	enum fa_html_model model;
	struct fa_str last_start; /* name of the last start tag */
	bool foreign;  /* inside svg or math; written by the caller */
	size_t dashes; /* before the cursor, in escaped script text */
	enum fa_simd simd;
};

void fa_html_lex_init(struct fa_html_lex *l, struct fa_str in);
/* The next token; at the end always FA_HTML_EOF. */
void fa_html_lex_next(struct fa_html_lex *l, struct fa_html_token *t);
/* The value of an attribute, absent when t has none of that name. */
static inline struct fa_str
fa_html_attr_get(const struct fa_html_token *t, const char *name)
{
	struct fa_str key = fa_str_c(name);

	for (size_t i = 0; i < t->attr_n; i++) {
		if (t->attr[i].name.n == key.n &&
			fa_str_ieq(t->attr[i].name, key))
			return t->attr[i].value;
	}
	return FA_STR_NONE;
}

/* For the files of the tokenizer. Each reads at l->at and either fills *t or,
 * leaving t->kind at FA_HTML_EOF, has moved l->at over what gives no token. */
void fa_html_lex_tag(struct fa_html_lex *l, struct fa_html_token *t, bool end);
void fa_html_lex_markup(struct fa_html_lex *l, struct fa_html_token *t);
void fa_html_lex_bogus(
	struct fa_html_lex *l, struct fa_html_token *t, size_t data);
void fa_html_lex_raw(struct fa_html_lex *l, struct fa_html_token *t);
void fa_html_lex_script(struct fa_html_lex *l, struct fa_html_token *t);
void fa_html_lex_cdata(struct fa_html_lex *l, struct fa_html_token *t);
void fa_html_lex_text(
	struct fa_html_lex *l, struct fa_html_token *t, size_t to);
void fa_html_lex_reference(struct fa_html_lex *l, struct fa_html_token *t);

/* The first byte of the set at or behind at, else the end. */
static inline size_t
fa_html_lex_find(
	const struct fa_html_lex *l, const struct fa_scan_set *set, size_t at)
{
	return fa_scan(set, l->in, at, l->in.n, l->simd);
}

static inline bool
fa_html_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static inline bool
fa_html_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

#endif
