/* A page as the finders see it: its bytes as text, its HTML tree, and the list
 * of references that is being filled. */
#ifndef FA_DISCOVER_PAGE_H
#define FA_DISCOVER_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"
#include "discover/discover.h"

struct _xmlDoc; /* xmlDoc of libxml2 */

#define FA_PAGE_BYTES (8u << 20) /* of a body that are looked at */
/* ... as a tree: of a hostile page libxml2 makes fifty times its bytes. */
#define FA_PAGE_TREE_BYTES (2u << 20)
#define FA_PAGE_HREF_BYTES 4096     /* longest reference */
#define FA_PAGE_LABEL_BYTES 240     /* of a text beside a reference */
#define FA_PAGE_ELEMENTS (1u << 18) /* elements that a search visits */

/* The body, at most FA_PAGE_BYTES of it, as valid UTF-8 without NUL: itself, or
 * a copy in a that is decoded by the encoding of page->doc. When that cannot
 * be, what is not ASCII has become "?"; references are ASCII, so that none is
 * lost. */
FA_MUST_CHECK int fa_page_text(struct fa_str *out,
	const struct fa_discover_page *page, struct fa_arena *a,
	struct fa_err *err);

/* The tree of an HTML body, of its first FA_PAGE_TREE_BYTES, or NULL when
 * nothing came out of it; FA_E_NOMEM is not told apart from that by libxml2.
 * Free it by fa_page_free_tree. No entity is loaded, nothing is fetched,
 * nothing is printed. */
FA_MUST_CHECK int fa_page_tree(struct _xmlDoc **out,
	const struct fa_discover_page *page, struct fa_arena *a,
	struct fa_err *err);
void fa_page_free_tree(struct _xmlDoc **tree);

/* A reference without blanks around it, or absent when it leads to no other
 * page: empty, a mere fragment, or a scheme other than http and https. */
struct fa_str fa_page_href(struct fa_str href);

/* Adds a reference unless its href is there already; a full list sets more.
 * href and text are copied into a. */
FA_MUST_CHECK int fa_page_add(struct fa_references *out, struct fa_str href,
	enum fa_role role, struct fa_str text, struct fa_arena *a,
	struct fa_err *err);

/* Policy references of elements that are no usable links: a script that opens
 * a page, a data attribute, a link whose name is its title. */
FA_MUST_CHECK int fa_page_scripted(struct fa_references *out,
	const struct fa_discover_page *page, struct fa_arena *a,
	struct fa_err *err);

#endif
