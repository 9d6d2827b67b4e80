/* URLs of the web, in one canonical form: http or https, host in lower case
 * and without a final dot (IDN as punycode; numeric spellings of an IPv4
 * address as dotted decimal; IPv6 as RFC 5952), default port left out, dot
 * segments removed, empty path "/", unreserved characters not
 * percent-encoded, everything else that must be encoded in upper-case hex, no
 * fragment. An empty query is kept: "/?" is not "/" (RFC 3986 6.2.3). The
 * form is a fixed point: parsing its text gives it again. Hosts, ports and dot
 * segments are read by libcurl (curl_url); nothing is fetched here. */
#ifndef FA_FETCH_URL_H
#define FA_FETCH_URL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_URL_BYTES 4096 /* longest URL, as written and canonical */

struct fa_url {
	struct fa_str text;   /* the whole, canonical */
	struct fa_str scheme; /* "http", "https" */
	struct fa_str host;   /* without brackets */
	struct fa_str origin; /* "https://host" or "https://host:8443" */
	struct fa_str target; /* path and query: "/a?b" */
	uint16_t port;
};

/* Parses an absolute URL; blanks around it are dropped, and backslashes before
 * the query are slashes, as in browsers. A missing scheme is FA_E_INPUT, and
 * so are other schemes, credentials, an empty or malformed host, a name that
 * ends in a number without being an IPv4 address, an IPv6 zone, port 0,
 * control characters and more than FA_URL_BYTES. Also fails with FA_E_NOMEM,
 * and with FA_E_UNSUPPORTED for an IDN on a system without the locale C.UTF-8.
 * *out lives in a. */
FA_MUST_CHECK int fa_url_parse(struct fa_url *out, struct fa_str s,
	struct fa_arena *a, struct fa_err *err);
/* The URL that a reference on the page base means (RFC 3986 5.2; "http:a" on
 * a page of the same scheme is "a"). As browsers do, drops tabs and line
 * breaks inside the reference and takes any number of slashes from two on as
 * the start of a host. Same failures; *out lives in a. */
FA_MUST_CHECK int fa_url_resolve(struct fa_url *out, struct fa_str base,
	struct fa_str ref, struct fa_arena *a, struct fa_err *err);

/* Do two hosts, both as in struct fa_url, belong to one site: equal, or with
 * the same registrable domain (public suffix list by libpsl)? Addresses,
 * single labels and public suffixes only when equal. */
bool fa_url_same_site(struct fa_str a, struct fa_str b);

#endif
