/* URL shapes: how the URLs of a store's listings look, and where the app's key
 * stands in them.
 *
 *   shape    = host [path] ["?" param *("&" param)] ["#" fragment]
 *   host     = name | "*." name
 *   path, value of a param, fragment = text with "*", {package} and {id}
 *
 * "*" and the captures stand for one or more characters without "/", "?", "&"
 * and "#"; a path that ends in "/" and "**" goes on with anything. The params
 * of a shape stand in the URL in any order, among others; a fragment without
 * "?" may be followed by a query. Scheme (http or https), default port and a
 * slash at the end of the path do not matter, nor does the case of the host. */
#ifndef FA_DISCOVER_SHAPE_H
#define FA_DISCOVER_SHAPE_H

#include <stdbool.h>

#include "base/str.h"

#define FA_SHAPE_PLACES 4       /* "*" and captures in one part of a shape */
#define FA_SHAPE_URL_BYTES 4096 /* longer URLs have no shape */

/* What identifies an app in a store; absent when not known. Slices of the
 * URL. */
struct fa_shape_key {
	struct fa_str package, id;
};

/* NULL, or what is wrong with a shape (static). */
const char *fa_shape_check(struct fa_str shape);
/* Does the URL have this shape? *key is set on success. */
bool fa_shape_match(
	struct fa_shape_key *key, struct fa_str shape, struct fa_str url);

#endif
