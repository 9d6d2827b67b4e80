/* What document a text names: the words of links and of the sentence around
 * them. Texts are those of a document, so normalised: half-width, Simplified,
 * without blanks between Chinese characters. */
#ifndef FA_DISCOVER_NAMES_H
#define FA_DISCOVER_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "model/capture.h"

#define FA_NAMES_BYTES 360 /* of a text; longer ones name nothing */

/* How well a text names the privacy policy of the page's owner. */
enum fa_policy_rank {
	FA_POLICY_EXACT,    /* nothing but the name of such a document */
	FA_POLICY_NAMED,    /* with more words: of an app, of a version */
	FA_POLICY_COMBINED, /* policy and agreement in one */
	FA_POLICY_CHILDREN, /* of children: another document */
	FA_POLICY_NONE
};

enum fa_policy_rank fa_names_policy(struct fa_str text);

/* The document that belongs to a policy and that a link text names, or -1. */
int fa_names_related(struct fa_str text);

/* The same for running text; policies count, and the name that ends last
 * decides. *end is where it ends. */
int fa_names_last(struct fa_str text, size_t *end);

/* Does the text only point ("click here", "details", an address) without
 * naming anything? */
bool fa_names_pointer(struct fa_str text);

/* What is left of a text without the words that such names are made of: the
 * name of an app or company, of at most FA_NAMES_BYTES, written to out. */
struct fa_str fa_names_owner(struct fa_str text, char out[FA_NAMES_BYTES]);

/* Offset of the first needle (in small letters) at or after from, ASCII case
 * ignored, or SIZE_MAX. */
size_t fa_names_find(struct fa_str s, struct fa_str needle, size_t from);

#endif
