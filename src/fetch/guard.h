/* To which addresses may be connected. Asked at connect time, with the
 * resolved address, so that neither a redirect nor a name that resolves anew
 * gets around it. */
#ifndef FA_FETCH_GUARD_H
#define FA_FETCH_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_GUARD_ALLOW_MAX 64 /* times that --allow-net may be given */

struct fa_cidr {
	unsigned char addr[16]; /* IPv4 as ::ffff:a.b.c.d */
	unsigned bits;          /* 0..128, of the mapped form */
};

/* All zero is a guard that opens nothing but public addresses. */
struct fa_guard {
	struct fa_cidr allow[FA_GUARD_ALLOW_MAX];
	size_t n;
};

/* Opens a network that is not public: "10.0.0.0/8", "127.0.0.2", "fd00::/8".
 * Host bits set, or anything but an address with an optional prefix length,
 * is FA_E_USAGE, and so is one network more than FA_GUARD_ALLOW_MAX (the same
 * one again is no more). An IPv6 network opens IPv4 addresses only when it is
 * one of mapped addresses, "::ffff:10.0.0.0/104": "::/0" opens none. */
FA_MUST_CHECK int fa_guard_allow(
	struct fa_guard *g, struct fa_str cidr, struct fa_err *err);

/* Public addresses, and what was allowed. Public are IPv4 addresses outside
 * the blocks of the IANA special-purpose registry (RFC 6890), multicast and
 * class E, and IPv6 addresses in 2000::/3 outside its special blocks. IPv4
 * inside IPv6 (mapped, 6to4, NAT64 by 64:ff9b::/96) is judged as the IPv4
 * address. Teredo and local-use NAT64 (64:ff9b:1::/48) are not public, nor is
 * any other family. sa must be as long as its family asks for. */
bool fa_guard_permits(const struct fa_guard *g, const struct sockaddr *sa);

/* The address as text ("127.0.0.1", "::1"), at most FA_GUARD_TEXT_BYTES with
 * its NUL; "" for another family. IPv4-mapped prints as IPv4. */
#define FA_GUARD_TEXT_BYTES 46
void fa_guard_text(const struct sockaddr *sa, char out[FA_GUARD_TEXT_BYTES]);

#endif
