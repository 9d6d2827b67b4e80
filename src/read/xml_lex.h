/* Tokens of XML with their place, for resources and property lists. It checks
 * no well-formedness beyond what it needs to go on: what it cannot take for
 * markup is text, and it says what was wrong. Nothing is read twice more than
 * once, no entity is expanded but characters.
 *
 *   document = { text | "<" name attributes ["/"] ">" | "</" name ">"
 *              | "<!--" comment "-->" | "<![CDATA[" text "]]>"
 *              | "<?" ... "?>" | "<!" ... [ "[" ... "]" ] ">" } */
#ifndef FA_READ_XML_LEX_H
#define FA_READ_XML_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum fa_xml_kind {
	FA_XML_EOF,
	FA_XML_TEXT,
	FA_XML_CDATA,
	FA_XML_START,
	FA_XML_END,
	FA_XML_COMMENT,
	FA_XML_OTHER /* declarations, processing instructions */
};

struct fa_xml_lex {
	struct fa_str in;
	size_t at;
};

/* Offsets count bytes of fa_xml_lex.in. */
struct fa_xml_token {
	enum fa_xml_kind kind;
	size_t from, to;             /* with its delimiters */
	size_t inner_from, inner_to; /* content; the attributes of a start */
	struct fa_str name;          /* of start and end, with its prefix */
	bool empty;                  /* start: "<name/>" */
	const char *wrong; /* what is malformed here, static; or NULL */
};

struct fa_xml_attr {
	struct fa_str name;
	size_t from, to; /* of the value, without its quotes */
};

void fa_xml_lex_next(struct fa_xml_lex *x, struct fa_xml_token *t);
/* The next attribute of a start; *at is t->inner_from before the first call.
 * False when there is none left. */
bool fa_xml_attr_next(const struct fa_xml_lex *x, const struct fa_xml_token *t,
	size_t *at, struct fa_xml_attr *out);
/* The value of the attribute of that name (with its prefix), as it stands; or
 * absent. */
struct fa_str fa_xml_attr(const struct fa_xml_lex *x,
	const struct fa_xml_token *t, struct fa_str name);
/* The character at in[at], at < end, or that of the reference that begins
 * there; its bytes in *n. XML 1.0, 4.1 and 4.6; names of HTML too. */
uint32_t fa_xml_char(struct fa_str in, size_t at, size_t end, size_t *n);
/* The name without its prefix ("text" of "android:text"). */
struct fa_str fa_xml_local(struct fa_str name);

#endif
