/* gzip and zlib, by zlib, with limits on what comes out. */
#ifndef FA_BASE_GZIP_H
#define FA_BASE_GZIP_H

#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/* One part of a gzip member; stored parts are laid in as they are (deflate's
 * stored blocks), because they would not get smaller. */
struct fa_gzip_part {
	struct fa_str data;
	int stored;
};

/* A compressor that is used again for every member. */
struct fa_gzip;
FA_MUST_CHECK int fa_gzip_new(struct fa_gzip **out, struct fa_err *err);
void fa_gzip_free(struct fa_gzip *z); /* NULL is fine */
/* Appends one gzip member (RFC 1952) that holds the parts one after the other.
 * The same parts give the same bytes. On failure out holds what it held. */
FA_MUST_CHECK int fa_gzip_member(struct fa_gzip *z, struct fa_buf *out,
	const struct fa_gzip_part *parts, size_t n, struct fa_err *err);

/* The same in steps, for parts that are not in memory at one time; what is in
 * out after a step may be taken away. */
void fa_gzip_begin(struct fa_gzip *z);
FA_MUST_CHECK int fa_gzip_add(struct fa_gzip *z, struct fa_buf *out,
	const struct fa_gzip_part *part, struct fa_err *err);
FA_MUST_CHECK int fa_gzip_end(
	struct fa_gzip *z, struct fa_buf *out, struct fa_err *err);

/* Inflates one gzip member at the start of in, appends at most max_bytes to
 * out and sets *used to the bytes of in that it took. FA_E_LIMIT when more
 * would come out, FA_E_INPUT when it is broken, ends early, or its check sum
 * is wrong. */
FA_MUST_CHECK int fa_gunzip_member(struct fa_buf *out, size_t *used,
	struct fa_str in, size_t max_bytes, struct fa_err *err);

/* Inflates gzip members that come in pieces. */
struct fa_gunzip;
FA_MUST_CHECK int fa_gunzip_new(struct fa_gunzip **out, struct fa_err *err);
void fa_gunzip_free(struct fa_gunzip *z);  /* NULL is fine */
void fa_gunzip_begin(struct fa_gunzip *z); /* at the start of a member */
/* Inflates from in to at most n bytes at out (n > 0). Sets *used to the bytes
 * of in that it took and *got to the bytes that it gave; both 0 means that it
 * needs more of in. Returns 1 at the end of the member, whose check sum was
 * right, 0 before it, FA_E_INPUT when it is broken. */
FA_MUST_CHECK int fa_gunzip_some(struct fa_gunzip *z, struct fa_str in,
	size_t *used, char *out, size_t n, size_t *got, struct fa_err *err);

#define FA_HTTP_CODINGS 4 /* content codings of one body that are undone */

/* Decodes an HTTP body by the value of Content-Encoding (RFC 9110, 8.4): gzip
 * and x-gzip (several members too), deflate (zlib, or raw as some servers send
 * it), identity and an absent value; a list is decoded from its end. Another
 * coding (br, zstd, compress) is FA_E_UNSUPPORTED, more than FA_HTTP_CODINGS
 * are FA_E_LIMIT. Limits and failures as above.
 *
 * Three mistakes of servers and archives are treated as browsers treat them:
 * what does not begin as gzip though it is called gzip is taken as it is (many
 * archives hold bodies decoded and the fields unchanged), what follows the
 * last gzip member is dropped, and a few words that are no coding ("utf-8",
 * "none") count as identity.
 *
 * *out is body itself when there is nothing to decode, else it lives in a. */
FA_MUST_CHECK int fa_http_decode(struct fa_str *out, struct fa_str body,
	struct fa_str coding, size_t max_bytes, struct fa_arena *a,
	struct fa_err *err);

#endif
