/* Every address is 16 bytes, IPv4 in its mapped form, so that one comparison
 * of prefixes serves both families. */
#include "fetch/guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>

#include "base/num.h"

#define ADDR_BYTES 16
#define MAPPED_BITS 96 /* of ::ffff:0:0/96 */

struct block4 {
	uint32_t addr;
	unsigned bits;
};

/* IANA IPv4 Special-Purpose Address Registry; multicast (RFC 5771) and class
 * E. Also blocks that the registry calls globally reachable (AS112, AMT):
 * they serve DNS and multicast relays, never pages. */
static const struct block4 special4[] = {
	{ 0x00000000, 8 },  /* 0.0.0.0/8 this network, RFC 791 */
	{ 0x0a000000, 8 },  /* 10.0.0.0/8 private, RFC 1918 */
	{ 0x64400000, 10 }, /* 100.64.0.0/10 shared, RFC 6598 */
	{ 0x7f000000, 8 },  /* 127.0.0.0/8 loopback, RFC 1122 */
	{ 0xa9fe0000, 16 }, /* 169.254.0.0/16 link local, RFC 3927 */
	{ 0xac100000, 12 }, /* 172.16.0.0/12 private, RFC 1918 */
	{ 0xc0000000, 24 }, /* 192.0.0.0/24 protocol assignments, RFC 6890 */
	{ 0xc0000200, 24 }, /* 192.0.2.0/24 TEST-NET-1, RFC 5737 */
	{ 0xc01fc400, 24 }, /* 192.31.196.0/24 AS112, RFC 7535 */
	{ 0xc034c100, 24 }, /* 192.52.193.0/24 AMT, RFC 7450 */
	{ 0xc0586300, 24 }, /* 192.88.99.0/24 6to4 relay, RFC 7526 */
	{ 0xc0a80000, 16 }, /* 192.168.0.0/16 private, RFC 1918 */
	{ 0xc0af3000, 24 }, /* 192.175.48.0/24 AS112, RFC 7534 */
	{ 0xc6120000, 15 }, /* 198.18.0.0/15 benchmarking, RFC 2544 */
	{ 0xc6336400, 24 }, /* 198.51.100.0/24 TEST-NET-2, RFC 5737 */
	{ 0xcb007100, 24 }, /* 203.0.113.0/24 TEST-NET-3, RFC 5737 */
	{ 0xe0000000, 4 },  /* 224.0.0.0/4 multicast, RFC 5771 */
	{ 0xf0000000, 4 },  /* 240.0.0.0/4 reserved, broadcast, RFC 1112 */
};

/* Global unicast, RFC 4291 2.4. */
static const struct fa_cidr unicast6 = { { 0x20 }, 3 };

/* IANA IPv6 Special-Purpose Address Registry, what lies in 2000::/3; 6to4 is
 * unwrapped before. */
static const struct fa_cidr special6[] = {
	/* 2001::/23 protocol assignments, RFC 2928: Teredo, benchmarking,
	 * AMT, AS112, ORCHID, DET */
	{ { 0x20, 0x01 }, 23 },
	/* 2001:db8::/32 documentation, RFC 3849 */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32 },
	/* 2620:4f:8000::/48 AS112, RFC 7534 */
	{ { 0x26, 0x20, 0x00, 0x4f, 0x80, 0x00 }, 48 },
	/* 3fff::/20 documentation, RFC 9637 */
	{ { 0x3f, 0xff }, 20 },
};

static const struct fa_cidr mapped = {
	{ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff }, MAPPED_BITS
};

/* Where an IPv4 address stands in an IPv6 address. */
static const struct {
	struct fa_cidr net;
	size_t at; /* byte */
} carriers[] = {
	{ { { 0x20, 0x02 }, 16 }, 2 },              /* 6to4, RFC 3056 */
	{ { { 0x00, 0x64, 0xff, 0x9b }, 96 }, 12 }, /* NAT64, RFC 6052 2.1 */
};

/* Do the first bits of two addresses agree? */
static bool
agree(const unsigned char *a, const unsigned char *b, unsigned bits)
{
	unsigned whole = bits / 8, rest = bits % 8;

	if (memcmp(a, b, whole) != 0)
		return false;
	return rest == 0 || (a[whole] ^ b[whole]) >> (8 - rest) == 0;
}

static bool
lies_in(const unsigned char addr[ADDR_BYTES], const struct fa_cidr *net)
{
	return agree(addr, net->addr, net->bits);
}

static void
map4(unsigned char out[ADDR_BYTES], const void *four)
{
	memcpy(out, mapped.addr, ADDR_BYTES);
	memcpy(out + 12, four, 4);
}

/* The 16 bytes of an address; false for another family. */
static bool
addr_of(unsigned char out[ADDR_BYTES], const struct sockaddr *sa)
{
	struct sockaddr_in in;
	struct sockaddr_in6 in6;

	if (sa == NULL)
		return false;
	/* Copied: a caller's buffer may be aligned for sockaddr only. */
	if (sa->sa_family == AF_INET) {
		memcpy(&in, sa, sizeof(in));
		map4(out, &in.sin_addr);
		return true;
	}
	if (sa->sa_family == AF_INET6) {
		memcpy(&in6, sa, sizeof(in6));
		memcpy(out, &in6.sin6_addr, ADDR_BYTES);
		return true;
	}
	return false;
}

static bool
is_public4(const unsigned char addr[ADDR_BYTES])
{
	uint32_t v = (uint32_t)addr[12] << 24 | (uint32_t)addr[13] << 16 |
		(uint32_t)addr[14] << 8 | addr[15];

	for (size_t i = 0; i < FA_COUNT(special4); i++) {
		if ((v ^ special4[i].addr) >> (32 - special4[i].bits) == 0)
			return false;
	}
	return true;
}

static bool
is_public6(const unsigned char addr[ADDR_BYTES])
{
	for (size_t i = 0; i < FA_COUNT(special6); i++) {
		if (lies_in(addr, &special6[i]))
			return false;
	}
	return lies_in(addr, &unicast6);
}

/* An IPv4 address lies in networks of IPv4 only, not in "::/0". */
static bool
is_allowed(const struct fa_guard *g, const unsigned char addr[ADDR_BYTES])
{
	bool v4 = lies_in(addr, &mapped);

	for (size_t i = 0; i < g->n; i++) {
		if ((!v4 || g->allow[i].bits >= MAPPED_BITS) &&
			lies_in(addr, &g->allow[i]))
			return true;
	}
	return false;
}

bool
fa_guard_permits(const struct fa_guard *g, const struct sockaddr *sa)
{
	unsigned char addr[ADDR_BYTES], inner[ADDR_BYTES];

	if (!addr_of(addr, sa))
		return false;
	if (is_allowed(g, addr))
		return true;
	if (lies_in(addr, &mapped))
		return is_public4(addr);
	for (size_t i = 0; i < FA_COUNT(carriers); i++) {
		if (!lies_in(addr, &carriers[i].net))
			continue;
		map4(inner, addr + carriers[i].at);
		return is_allowed(g, inner) || is_public4(inner);
	}
	return is_public6(addr);
}

static bool
read_addr(struct fa_cidr *net, unsigned *max_bits, struct fa_str s)
{
	char z[INET6_ADDRSTRLEN];
	struct in_addr v4;

	if (s.n == 0 || s.n >= sizeof(z) || memchr(s.p, '\0', s.n) != NULL)
		return false;
	memcpy(z, s.p, s.n);
	z[s.n] = '\0';
	if (inet_pton(AF_INET, z, &v4) == 1) {
		map4(net->addr, &v4);
		*max_bits = 32;
		return true;
	}
	*max_bits = 128;
	return inet_pton(AF_INET6, z, net->addr) == 1;
}

/* Nothing behind the prefix. */
static bool
is_network(const struct fa_cidr *net)
{
	for (unsigned i = net->bits; i < ADDR_BYTES * 8; i++) {
		if (net->addr[i / 8] & 0x80u >> i % 8)
			return false;
	}
	return true;
}

int
fa_guard_allow(struct fa_guard *g, struct fa_str cidr, struct fa_err *err)
{
	struct fa_cidr net;
	struct fa_str rest = cidr, addr = fa_str_cut(&rest, '/');
	unsigned max_bits;
	uint64_t bits;

	if (!read_addr(&net, &max_bits, addr))
		return fa_fail(err, FA_E_USAGE,
			"\"%.*s\" is no network, expected an IPv4 or IPv6 "
			"address like 10.0.0.0/8 or ::1",
			FA_STR_ARG(cidr));
	bits = max_bits;
	if (rest.p != NULL &&
		(rest.n > 3 || !fa_num_u64(rest, max_bits, &bits)))
		return fa_fail(err, FA_E_USAGE,
			"\"%.*s\" has a bad prefix length, expected 0 to %u",
			FA_STR_ARG(cidr), max_bits);
	net.bits = (unsigned)bits + (max_bits == 32 ? MAPPED_BITS : 0);
	if (!is_network(&net))
		return fa_fail(err, FA_E_USAGE,
			"\"%.*s\" has bits set behind its prefix of %u bits",
			FA_STR_ARG(cidr), (unsigned)bits);
	for (size_t i = 0; i < g->n; i++) {
		if (g->allow[i].bits == net.bits &&
			lies_in(net.addr, &g->allow[i]))
			return FA_OK;
	}
	if (g->n == FA_GUARD_ALLOW_MAX)
		return fa_fail(err, FA_E_USAGE,
			"\"%.*s\" is one network more than %d",
			FA_STR_ARG(cidr), FA_GUARD_ALLOW_MAX);
	g->allow[g->n++] = net;
	return FA_OK;
}

void
fa_guard_text(const struct sockaddr *sa, char out[FA_GUARD_TEXT_BYTES])
{
	unsigned char addr[ADDR_BYTES];
	bool v4;

	out[0] = '\0';
	if (!addr_of(addr, sa))
		return;
	v4 = lies_in(addr, &mapped);
	/* Cannot fail: there is room for the longest. */
	(void)inet_ntop(v4 ? AF_INET : AF_INET6, v4 ? addr + 12 : addr, out,
		FA_GUARD_TEXT_BYTES);
}
