/* Character references of HTML. */
#ifndef FA_READ_HTML_CHARREF_H
#define FA_READ_HTML_CHARREF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define FA_HTML_ENTITIES 2125
#define FA_HTML_ENTITY_BYTES 31 /* longest name without its semicolon */

/* Sorted by name; "name;text" or, when the name is also known without a
 * semicolon, "name:text". Made by scripts/gen-entities. */
extern const char *const fa_html_entities[FA_HTML_ENTITIES];

struct fa_html_charref {
	uint32_t cp[2];
	size_t n;     /* code points: 1 or 2 */
	size_t bytes; /* of the reference in the source */
};

/* Reads the reference at the start of s, which begins with '&'; false when it
 * is none and the '&' is text. in_attr: the rule for attribute values, where
 * "&copy=1" is no reference. HTML §13.2.5.72-80. */
bool fa_html_charref(
	struct fa_str s, bool in_attr, struct fa_html_charref *out);

#endif
