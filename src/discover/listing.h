/* App stores as data: rules/stores/NAME.yaml says which URLs are listings of a
 * store, where to ask for a listing, and where in the answer the policy link
 * stands (faceaudit-stores(5)). */
#ifndef FA_DISCOVER_LISTING_H
#define FA_DISCOVER_LISTING_H

#include "discover/discover.h"

struct fa_listing_source { /* one YAML file */
	struct fa_str name, text;
};

struct fa_listings; /* all adapters, ready to use */
struct fa_listing;  /* one adapter */

/* Anything wrong in an adapter is FA_E_INPUT with file, line and column. The
 * result lives in a. */
FA_MUST_CHECK int fa_listings_load(struct fa_listings **out,
	const struct fa_listing_source *sources, size_t n, struct fa_arena *a,
	struct fa_err *err);

/* The adapter of a store by its id or one of its other names ("huawei"),
 * NULL: unknown. */
const struct fa_listing *fa_listing_find(
	const struct fa_listings *l, struct fa_str store);
/* The adapter whose listings look like this URL, NULL: none. */
const struct fa_listing *fa_listing_of_url(
	const struct fa_listings *l, struct fa_str url);

struct fa_str fa_listing_id(const struct fa_listing *l);
/* Does a script draw the listings of this store, so that a page without a
 * reference may be an empty shell? */
bool fa_listing_rendered(const struct fa_listing *l);

/* The URL to ask for, from the target's store_url, or from its store and
 * package. Absent when neither helps (no error). *which is the adapter, NULL
 * for a store_url of an unknown store. *out lives in a. */
FA_MUST_CHECK int fa_listing_request(struct fa_str *out,
	const struct fa_listing **which, const struct fa_listings *l,
	const struct fa_target *t, struct fa_arena *a, struct fa_err *err);

/* The policy references of a listing, by the adapter's extractors in order;
 * the first that yields anything ends the search. which may be NULL: link
 * texts only. */
FA_MUST_CHECK int fa_listing_extract(struct fa_references *out,
	const struct fa_listing *which, const struct fa_discover_page *page,
	struct fa_arena *a, struct fa_err *err);

#endif
