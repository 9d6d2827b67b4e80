/* Whose document is behind a link: that of the page's owner, or that of a
 * third party whose name or address says so? */
#ifndef FA_DISCOVER_SITE_H
#define FA_DISCOVER_SITE_H

#include <stdbool.h>
#include <stddef.h>

#include "discover/discover.h"

/* The parts of an absolute http or https URL; host without port. */
struct fa_site_url {
	struct fa_str host, port, path, query, fragment;
};
/* false: not such a URL, or one with credentials. */
bool fa_site_cut(struct fa_site_url *out, struct fa_str url);

/* Is a document behind a link of page->doc, named by text, that of the page's
 * owner? */
bool fa_site_is_own(const struct fa_discover_page *page,
	const struct fa_link *link, struct fa_str text);

/* Is an offset of doc->text within the text of a link? */
bool fa_site_in_link(const struct fa_doc *doc, size_t at);

#endif
