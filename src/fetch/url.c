/* A URL is taken apart by hand where browsers and RFC 3986 agree on how
 * (fragment, query, scheme, reference against base), percent-encoding is made
 * canonical, and scheme, authority and path go through libcurl, which reads
 * host and port and removes dot segments. In this order, because %2e is a dot
 * segment, too. */
#include "fetch/url.h"

#include <string.h>

#include "base/num.h"
#include "fetch/psl.h"
#include "fetch/url_curl.h"
#include "fetch/url_host.h"

#define SHOWN_BYTES 200 /* of a URL in a message */

/* What was written, without fragment and what browsers drop. */
struct written {
	char z[FA_URL_BYTES + 1];
	size_t n;
	bool over; /* there is more of it */
};

/* A canonical URL before it moves to the arena. */
struct parts {
	bool tls;
	uint16_t port;
	struct fa_url_host host;
	char target[FA_URL_BYTES + 1];
	size_t target_n;
	size_t path_n; /* of it, before the query */
};

static int
refuse(struct fa_err *err, struct fa_str s, const char *why)
{
	return fa_fail(err, FA_E_INPUT, "URL \"%.*s\" %s",
		FA_STR_ARG(fa_str_sub(s, 0, SHOWN_BYTES)), why);
}

static int
refuse_long(struct fa_err *err, struct fa_str s)
{
	return fa_fail(err, FA_E_INPUT,
		"URL \"%.*s...\" is longer than %d bytes, percent-encoded",
		FA_STR_ARG(fa_str_sub(s, 0, SHOWN_BYTES)), FA_URL_BYTES);
}

static struct fa_str
written_str(const struct written *w)
{
	return (struct fa_str){ w->z, w->n };
}

/* WHATWG URL, "basic URL parser": C0 controls and blanks around it go. */
static struct fa_str
trim(struct fa_str s)
{
	while (s.n > 0 && (unsigned char)s.p[s.n - 1] <= ' ')
		s.n--;
	while (s.n > 0 && (unsigned char)s.p[0] <= ' ')
		s = fa_str_sub(s, 1, s.n);
	return s;
}

/* All but the fragment; of controls inside, tabs and line breaks go when
 * drop_breaks, and others are refused. */
static int
take(struct written *w, struct fa_str raw, bool drop_breaks, struct fa_err *err)
{
	struct fa_str s = trim(raw);
	bool query = false;

	w->n = 0;
	w->over = false;
	for (size_t i = 0; i < s.n && s.p[i] != '#' && !w->over; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (drop_breaks && (c == '\t' || c == '\n' || c == '\r'))
			continue;
		if (c < ' ' || c == 0x7f)
			return fa_fail(err, FA_E_INPUT,
				"URL \"%.*s\" has the control character 0x%02X "
				"at byte %zu",
				FA_STR_ARG(fa_str_sub(s, 0, SHOWN_BYTES)), c,
				i + 1);
		query |= c == '?';
		w->over = w->n == FA_URL_BYTES;
		if (!w->over)
			w->z[w->n++] = c == '\\' && !query ? '/' : (char)c;
	}
	w->z[w->n] = '\0';
	return FA_OK;
}

static bool
is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* RFC 3986 3.1: ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ) before a colon;
 * absent when there is none. */
static struct fa_str
scheme_of(struct fa_str s)
{
	size_t i = 0;

	if (s.n == 0 || !is_alpha(s.p[0]))
		return FA_STR_NONE;
	while (i < s.n &&
		(is_alpha(s.p[i]) || is_digit(s.p[i]) || s.p[i] == '+' ||
			s.p[i] == '-' || s.p[i] == '.'))
		i++;
	if (i == s.n || s.p[i] != ':')
		return FA_STR_NONE;
	return fa_str_sub(s, 0, i);
}

static int
check_scheme(
	bool *tls, struct fa_str scheme, struct fa_str s, struct fa_err *err)
{
	if (fa_str_ieq(scheme, FA_STR("https")))
		*tls = true;
	else if (fa_str_ieq(scheme, FA_STR("http")))
		*tls = false;
	else
		return fa_fail(err, FA_E_INPUT,
			"URL \"%.*s\" has the scheme \"%.*s\", expected http "
			"or "
			"https",
			FA_STR_ARG(fa_str_sub(s, 0, SHOWN_BYTES)),
			FA_STR_ARG(fa_str_sub(scheme, 0, SHOWN_BYTES)));
	return FA_OK;
}

static bool
is_unreserved(char c)
{
	return is_alpha(c) || is_digit(c) ||
		(c != '\0' && strchr("-._~", c) != NULL);
}

/* RFC 3986 3.3 and 3.4: what stands in a path or query as it is. */
static bool
stands_raw(char c)
{
	return is_unreserved(c) ||
		(c != '\0' && strchr("!$&'()*+,;=:@/?", c) != NULL);
}

/* RFC 3986 6.2.2: escapes of unreserved characters are decoded, others
 * written in upper case; what may not stand raw is encoded, also a '%' that
 * begins no escape, so that decoding cannot make a new one. Appends to
 * z[*n]; false when it does not fit FA_URL_BYTES. */
static bool
escape(char z[FA_URL_BYTES + 1], size_t *n, struct fa_str s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool escaped = false;
		uint64_t v;

		if (c == '%' && s.n - i > 2 &&
			fa_num_hex(fa_str_sub(s, i + 1, i + 3), 0xff, &v)) {
			c = (unsigned char)v;
			escaped = true;
			i += 2;
		}
		if (escaped ? is_unreserved((char)c) : stands_raw((char)c)) {
			if (*n + 1 > FA_URL_BYTES)
				return false;
			z[(*n)++] = (char)c;
			continue;
		}
		if (*n + 3 > FA_URL_BYTES)
			return false;
		z[(*n)++] = '%';
		z[(*n)++] = hex[c >> 4];
		z[(*n)++] = hex[c & 15];
	}
	z[*n] = '\0';
	return true;
}

static size_t
path_end(struct fa_str s)
{
	const char *query = s.n == 0 ? NULL : memchr(s.p, '?', s.n);

	return query == NULL ? s.n : (size_t)(query - s.p);
}

static int
refuse_curl(CURLUcode code, struct fa_str s, struct fa_err *err)
{
	switch (code) {
	case CURLUE_OUT_OF_MEMORY:
		return fa_fail(err, FA_E_NOMEM, "no memory for a URL");
	case CURLUE_BAD_PORT_NUMBER:
		return refuse(err, s, "has a bad port, expected 1 to 65535");
	case CURLUE_BAD_IPV6:
		return refuse(err, s, "has a bad IPv6 address");
	case CURLUE_BAD_HOSTNAME:
	case CURLUE_NO_HOST:
		return refuse(err, s, "has a bad host");
	default:
		return refuse(err, s, "is malformed");
	}
}

/* Host, port and the path without dot segments, as libcurl sees them. */
static int
read_curl(struct parts *p, CURLU *u, struct fa_str s, struct fa_err *err)
{
	FA_CLEANUP(fa_url_text_done) char *host = NULL;
	FA_CLEANUP(fa_url_text_done) char *port = NULL;
	FA_CLEANUP(fa_url_text_done) char *path = NULL;
	FA_CLEANUP(fa_url_text_done) char *zone = NULL;
	CURLUcode code = fa_curl()->url_get(u, CURLUPART_HOST, &host, 0);
	uint64_t number;

	if (code == CURLUE_OK)
		code = fa_curl()->url_get(
			u, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT);
	if (code == CURLUE_OK)
		code = fa_curl()->url_get(u, CURLUPART_PATH, &path, 0);
	if (code != CURLUE_OK)
		return refuse_curl(code, s, err);
	if (fa_curl()->url_get(u, CURLUPART_ZONEID, &zone, 0) == CURLUE_OK)
		return refuse(err, s,
			"has an IPv6 zone, which only means "
			"something on one machine");
	if (!fa_num_u64(fa_str_c(port), UINT16_MAX, &number) || number == 0)
		return refuse_curl(CURLUE_BAD_PORT_NUMBER, s, err);
	p->port = (uint16_t)number;
	/* Without dot segments it is not longer than it was. */
	p->target_n = p->path_n = strlen(path);
	memcpy(p->target, path, p->path_n + 1);
	return fa_url_host_read(&p->host, fa_str_c(host), err);
}

/* Fills p, but for tls, from an authority as written and path and query,
 * which may still need escaping. s is the whole, for messages. */
static int
assemble(struct parts *p, struct fa_str authority, struct fa_str target,
	struct fa_str s, struct fa_err *err)
{
	char z[sizeof("https://") + FA_URL_BYTES * 2 + 2];
	FA_CLEANUP(fa_url_curl_done) CURLU *u = NULL;
	const char *scheme = p->tls ? "https://" : "http://";
	size_t n = strlen(scheme), query = path_end(target);
	size_t path_n = 0;
	CURLUcode code;
	int rc = fa_curl_open(err);

	if (rc == FA_OK)
		rc = fa_psl_open(err); /* what is parsed may be compared */
	if (rc < 0)
		return rc;
	u = fa_curl()->url();
	if (u == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a URL");
	if (authority.n == 0)
		return refuse(err, s, "has an empty host");
	if (memchr(authority.p, '@', authority.n) != NULL)
		return refuse(err, s, "has credentials, which are not used");
	memcpy(z, scheme, n);
	memcpy(z + n, authority.p, authority.n);
	n += authority.n;
	if (!escape(p->target, &path_n, fa_str_sub(target, 0, query)))
		return refuse_long(err, s);
	memcpy(z + n, p->target, path_n + 1);
	code = fa_curl()->url_set(u, CURLUPART_URL, z, 0);
	if (code != CURLUE_OK)
		return refuse_curl(code, s, err);
	rc = read_curl(p, u, s, err);
	if (rc < 0)
		return rc;
	if (!escape(p->target, &p->target_n,
		    fa_str_sub(target, query, target.n)))
		return refuse_long(err, s);
	return FA_OK;
}

/* rest stands behind the "//" of w. */
static int
read_rest(struct parts *p, struct fa_str rest, const struct written *w,
	struct fa_err *err)
{
	size_t end = 0;

	while (end < rest.n && rest.p[end] != '/' && rest.p[end] != '?')
		end++;
	return assemble(p, fa_str_sub(rest, 0, end),
		fa_str_sub(rest, end, rest.n), written_str(w), err);
}

static int
check_written(const struct written *w, struct fa_err *err)
{
	if (w->over)
		return refuse_long(err, written_str(w));
	return FA_OK;
}

static int
read_absolute(struct parts *p, struct fa_str s, struct fa_err *err)
{
	struct written w;
	struct fa_str all, scheme, rest;
	int rc = take(&w, s, false, err);

	if (rc < 0)
		return rc;
	all = written_str(&w);
	scheme = scheme_of(all);
	if (scheme.p == NULL)
		return refuse(err, all,
			"has no scheme, expected http:// or https://");
	rc = check_scheme(&p->tls, scheme, all, err);
	if (rc == FA_OK)
		rc = check_written(&w, err);
	if (rc < 0)
		return rc;
	rest = fa_str_sub(all, scheme.n + 1, all.n);
	if (!fa_str_starts(rest, FA_STR("//")))
		return refuse(err, all, "has no // behind its scheme");
	return read_rest(p, fa_str_sub(rest, 2, rest.n), &w, err);
}

/* RFC 3986 5.2.2 and 5.2.3 for a reference without scheme and authority:
 * path and query before dot segments are removed, written to z. */
static struct fa_str
merge(char z[FA_URL_BYTES * 2], const struct parts *base, struct fa_str ref)
{
	size_t n = base->path_n;

	if (ref.n == 0)
		n = base->target_n;
	else if (ref.p[0] == '/')
		n = 0;
	else if (ref.p[0] != '?')
		while (n > 0 && base->target[n - 1] != '/')
			n--;
	memcpy(z, base->target, n);
	memcpy(z + n, ref.p, ref.n);
	return (struct fa_str){ z, n + ref.n };
}

static int
read_relative(struct parts *p, const struct parts *base, struct fa_str ref,
	const struct written *w, struct fa_err *err)
{
	char target[FA_URL_BYTES * 2];
	char authority[FA_URL_HOST_BYTES + sizeof("[]")];
	size_t n = 0;
	int rc;

	if (base->host.ipv6)
		authority[n++] = '[';
	memcpy(authority + n, base->host.z, base->host.n);
	n += base->host.n;
	if (base->host.ipv6)
		authority[n++] = ']';
	p->tls = base->tls;
	rc = assemble(p, (struct fa_str){ authority, n },
		merge(target, base, ref), written_str(w), err);
	p->port = base->port;
	return rc;
}

static int
read_reference(struct parts *p, const struct parts *base, struct fa_str ref,
	struct fa_err *err)
{
	struct written w;
	struct fa_str all, scheme, rest;
	int rc = take(&w, ref, true, err);

	if (rc < 0)
		return rc;
	all = rest = written_str(&w);
	p->tls = base->tls;
	scheme = scheme_of(all);
	if (scheme.p != NULL) {
		rc = check_scheme(&p->tls, scheme, all, err);
		rest = fa_str_sub(all, scheme.n + 1, all.n);
	}
	if (rc == FA_OK)
		rc = check_written(&w, err);
	if (rc < 0)
		return rc;
	if (fa_str_starts(rest, FA_STR("//"))) {
		while (rest.n > 0 && rest.p[0] == '/')
			rest = fa_str_sub(rest, 1, rest.n);
		return read_rest(p, rest, &w, err);
	}
	if (p->tls != base->tls)
		return refuse(err, all, "has no // behind its scheme");
	return read_relative(p, base, rest, &w, err);
}

/* Writes the whole once; all slices of out are parts of it. */
static int
emit(struct fa_url *out, const struct parts *p, struct fa_arena *a,
	struct fa_err *err)
{
	char z[FA_URL_BYTES + FA_URL_HOST_BYTES + sizeof("https://[]:65535")];
	size_t scheme_n = p->tls ? 5 : 4, host_at, origin_n, n;
	struct fa_str text;

	n = scheme_n + 3;
	memcpy(z, p->tls ? "https://" : "http://", n);
	if (p->host.ipv6)
		z[n++] = '[';
	host_at = n;
	memcpy(z + n, p->host.z, p->host.n);
	n += p->host.n;
	if (p->host.ipv6)
		z[n++] = ']';
	if (p->port != (p->tls ? 443 : 80)) {
		unsigned div = 10000;

		z[n++] = ':';
		while (div > p->port)
			div /= 10;
		for (; div > 0; div /= 10)
			z[n++] = (char)('0' + p->port / div % 10);
	}
	origin_n = n;
	memcpy(z + n, p->target, p->target_n);
	n += p->target_n;
	text = (struct fa_str){ z, n };
	if (n > FA_URL_BYTES)
		return refuse_long(err, text);
	text = fa_arena_dup(a, text);
	if (text.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a URL");
	out->text = text;
	out->scheme = fa_str_sub(text, 0, scheme_n);
	out->host = fa_str_sub(text, host_at, host_at + p->host.n);
	out->origin = fa_str_sub(text, 0, origin_n);
	out->target = fa_str_sub(text, origin_n, n);
	out->port = p->port;
	return FA_OK;
}

int
fa_url_parse(struct fa_url *out, struct fa_str s, struct fa_arena *a,
	struct fa_err *err)
{
	struct parts p;
	int rc = read_absolute(&p, s, err);

	if (rc < 0)
		return rc;
	return emit(out, &p, a, err);
}

int
fa_url_resolve(struct fa_url *out, struct fa_str base, struct fa_str ref,
	struct fa_arena *a, struct fa_err *err)
{
	struct parts from, p;
	int rc = read_absolute(&from, base, err);

	if (rc < 0)
		return rc;
	rc = read_reference(&p, &from, ref, err);
	if (rc < 0)
		return rc;
	return emit(out, &p, a, err);
}
