/* The authority of a URL, for url.c. */
#ifndef FA_FETCH_URL_HOST_H
#define FA_FETCH_URL_HOST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_URL_HOST_BYTES 254 /* longest name, with its NUL (RFC 1035 3.1) */

struct fa_url_host {
	char z[FA_URL_HOST_BYTES]; /* NUL-terminated, without brackets */
	size_t n;
	bool ipv6;
};

/* Brings the host that libcurl took out of a URL (brackets around IPv6; bytes
 * from 0x80 on are UTF-8) to its canonical form. Fails with FA_E_INPUT,
 * FA_E_UNSUPPORTED or FA_E_NOMEM; err names the host. */
FA_MUST_CHECK int fa_url_host_read(
	struct fa_url_host *out, struct fa_str raw, struct fa_err *err);
/* Is a canonical host an IPv4 or IPv6 address? */
bool fa_url_host_is_address(struct fa_str host);

#endif
