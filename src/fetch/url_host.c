/* Hosts: IDN to punycode and numeric IPv4 spellings to dotted decimal by
 * libcurl, IPv6 by inet_pton, the rest is lower case and a check.
 *
 * libcurl hands an IDN to libidn2 in the encoding of the locale. The program
 * never sets one, so "C" would refuse every name: the thread gets C.UTF-8 for
 * the length of that call. */
#include "fetch/url_host.h"

#include <arpa/inet.h>
#include <locale.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "fetch/url_curl.h"

#define LABEL_BYTES 63  /* RFC 1035 2.3.4 */
#define SHOWN_BYTES 200 /* of a host in a message */

static int
refuse(struct fa_err *err, struct fa_str raw, const char *why)
{
	return fa_fail(err, FA_E_INPUT, "host \"%.*s\" %s",
		FA_STR_ARG(fa_str_sub(raw, 0, SHOWN_BYTES)), why);
}

static bool
is_ascii(struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	}
	return true;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Letters, digits, hyphens, and the underscore that names in use have. */
static bool
is_name_char(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') ||
		(c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

/* Nothing in it that would mean something else when it is parsed anew, such
 * as a '%' that came out of percent-decoding. */
static bool
is_international(struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] < 0x80 && !is_name_char(s.p[i]) &&
			s.p[i] != '.')
			return false;
	}
	return true;
}

static bool
copy(char *z, size_t cap, struct fa_str s)
{
	if (s.n >= cap || (s.n > 0 && memchr(s.p, '\0', s.n) != NULL))
		return false;
	if (s.n > 0)
		memcpy(z, s.p, s.n);
	z[s.n] = '\0';
	return true;
}

/* Parses "http://host/" anew and takes the host that flags ask for; false when
 * libcurl refuses it. The whole URL is asked for, because libcurl 7.88 leaks a
 * bad international host when only that is asked for. */
static bool
host_again(struct fa_url_host *out, struct fa_str host, unsigned flags)
{
	char z[sizeof("http:///") + FA_URL_HOST_BYTES * 4];
	FA_CLEANUP(fa_url_curl_done) CURLU *u = fa_curl()->url();
	FA_CLEANUP(fa_url_text_done) char *found = NULL;
	size_t at = strlen("http://");
	struct fa_str s;

	memcpy(z, "http://", at);
	if (u == NULL || !copy(z + at, sizeof(z) - at - 1, host))
		return false;
	memcpy(z + at + host.n, "/", 2);
	if (fa_curl()->url_set(u, CURLUPART_URL, z, 0) != CURLUE_OK ||
		fa_curl()->url_get(u, CURLUPART_URL, &found, flags) !=
			CURLUE_OK)
		return false;
	s = fa_str_c(found);
	if (s.n <= at || !fa_str_ends(s, FA_STR("/")))
		return false;
	s = fa_str_sub(s, at, s.n - 1);
	if (!copy(out->z, sizeof(out->z), s))
		return false;
	out->n = s.n;
	return true;
}

static int
to_punycode(struct fa_url_host *out, struct fa_str raw, struct fa_err *err)
{
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	locale_t before;
	bool valid;

	if (utf8 == (locale_t)0)
		return fa_fail(err, FA_E_UNSUPPORTED,
			"host \"%.*s\" needs the locale C.UTF-8, which this "
			"system does not have",
			FA_STR_ARG(fa_str_sub(raw, 0, SHOWN_BYTES)));
	before = uselocale(utf8);
	valid = host_again(out, raw, CURLU_PUNYCODE);
	uselocale(before);
	freelocale(utf8);
	/* libcurl 7.88 has one answer, out of memory, for any bad name. */
	if (!valid)
		return refuse(err, raw, "is no valid international name");
	return FA_OK;
}

static int
read_ipv6(struct fa_url_host *out, struct fa_str raw, struct fa_err *err)
{
	char z[INET6_ADDRSTRLEN];
	struct in6_addr addr;

	if (!copy(z, sizeof(z), fa_str_sub(raw, 1, raw.n - 1)) ||
		inet_pton(AF_INET6, z, &addr) != 1 ||
		inet_ntop(AF_INET6, &addr, out->z, sizeof(out->z)) == NULL)
		return refuse(err, raw, "is no IPv6 address");
	out->n = strlen(out->z);
	out->ipv6 = true;
	return FA_OK;
}

/* Labels of 1 to 63 bytes. */
static bool
is_name(struct fa_str host)
{
	struct fa_str rest = host;

	while (rest.p != NULL) {
		struct fa_str label = fa_str_cut(&rest, '.');

		if (label.n == 0 || label.n > LABEL_BYTES)
			return false;
		for (size_t i = 0; i < label.n; i++) {
			if (!is_name_char(label.p[i]))
				return false;
		}
	}
	return true;
}

/* WHATWG URL, "ends in a number checker": the last label is decimal digits,
 * or 0x with hex digits behind it. Such a host is an IPv4 address or wrong. */
static bool
ends_in_number(struct fa_str host)
{
	struct fa_str last = host;

	for (size_t i = 0; i < host.n; i++) {
		if (host.p[i] == '.')
			last = fa_str_sub(host, i + 1, host.n);
	}
	if (fa_str_starts(last, FA_STR("0x")))
		return strspn(last.p + 2, "0123456789abcdef") == last.n - 2;
	return last.n > 0 && strspn(last.p, "0123456789") == last.n;
}

/* Spellings like 0x7f.1 come out of libcurl as dotted decimal; what it leaves
 * alone is none. */
static int
read_ipv4(struct fa_url_host *out, struct fa_str raw, struct fa_err *err)
{
	struct in_addr addr;

	if (!host_again(out, (struct fa_str){ out->z, out->n }, 0) ||
		inet_pton(AF_INET, out->z, &addr) != 1)
		return refuse(
			err, raw, "ends in a number but is no IPv4 address");
	return FA_OK;
}

static int
read_name(struct fa_url_host *out, struct fa_str raw, struct fa_err *err)
{
	int rc = FA_OK;

	if (!is_ascii(raw) && !is_international(raw))
		rc = refuse(err, raw, "is no host name");
	else if (!is_ascii(raw))
		rc = to_punycode(out, raw, err);
	else if (!copy(out->z, sizeof(out->z), raw))
		rc = refuse(err, raw, "is longer than 253 bytes");
	else
		out->n = raw.n;
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < out->n; i++) {
		if (out->z[i] >= 'A' && out->z[i] <= 'Z')
			out->z[i] = (char)(out->z[i] - 'A' + 'a');
	}
	if (out->n > 1 && out->z[out->n - 1] == '.')
		out->z[--out->n] = '\0';
	if (!is_name((struct fa_str){ out->z, out->n }))
		return refuse(err, raw, "is no host name");
	if (ends_in_number((struct fa_str){ out->z, out->n }))
		return read_ipv4(out, raw, err);
	return FA_OK;
}

int
fa_url_host_read(struct fa_url_host *out, struct fa_str raw, struct fa_err *err)
{
	struct fa_url_host host = { .n = 0 };
	int rc = fa_curl_open(err);

	if (rc < 0)
		return rc;
	if (fa_str_starts(raw, FA_STR("[")) && fa_str_ends(raw, FA_STR("]")))
		rc = read_ipv6(&host, raw, err);
	else
		rc = read_name(&host, raw, err);
	if (rc == FA_OK)
		*out = host;
	return rc;
}

bool
fa_url_host_is_address(struct fa_str host)
{
	char z[INET6_ADDRSTRLEN];
	struct in6_addr addr; /* has room for both */

	return copy(z, sizeof(z), host) &&
		(inet_pton(AF_INET6, z, &addr) == 1 ||
			inet_pton(AF_INET, z, &addr) == 1);
}
