/* The head of one HTTP/1.1 request (RFC 9112, 2-5), as far as captures need
 * it: these do not go by the HTTP library (serve.h). */
#ifndef FC_SERVE_HEAD_H
#define FC_SERVE_HEAD_H

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FC_HEAD_BYTES 8192

struct fc_head {
	struct fa_str method, path, query; /* query: absent without '?' */
	struct fa_str host, origin, site, cookie, type; /* or absent */
	uint64_t length;                                /* Content-Length */
	bool has_length;
};

/* s ends with the empty line. FA_E_INPUT for what is no head of a request
 * that we would take: folded lines, two lengths or hosts, Transfer-Encoding,
 * control characters. Slices point into s. */
FA_MUST_CHECK int fc_head_parse(
	struct fc_head *out, struct fa_str s, struct fa_err *err);
/* The value of a cookie, or absent (RFC 6265, 4.2). */
struct fa_str fc_head_cookie(struct fa_str header, const char *name);
/* The boundary of multipart/form-data, or absent (RFC 7578; RFC 2046, 5.1). */
struct fa_str fc_head_boundary(struct fa_str type);
/* May a request with these come from a page of the host itself? Origin and
 * Sec-Fetch-Site are absent when the browser is old. */
bool fc_head_own(struct fa_str host, struct fa_str origin, struct fa_str site);

#endif
