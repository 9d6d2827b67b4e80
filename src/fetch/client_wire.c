#include "fetch/client_wire.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/base64.h"
#include "base/num.h"
#include "fetch/url_host.h"

#define PEM_BEGIN "-----BEGIN CERTIFICATE-----"
#define PEM_END "-----END CERTIFICATE-----"
#define HEARD "SSL connection using "

bool
fa_client_wire_set(CURL *easy)
{
	return fa_curl()->easy_setopt(easy, CURLOPT_CERTINFO, 1L) == CURLE_OK &&
		fa_curl()->easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L) ==
		CURLE_OK &&
		fa_curl()->easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L) ==
		CURLE_OK &&
		fa_curl()->easy_setopt(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L) ==
		CURLE_OK;
}

const char *
fa_client_library(void)
{
	struct fa_err err;

	return fa_curl_open(&err) == FA_OK ? fa_curl()->version() : "none";
}

static int64_t
now_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Host (without brackets) and port of a canonical URL. */
static void
split_url(struct fa_str url, struct fa_str *host, uint64_t *port)
{
	bool tls = fa_str_starts(url, FA_STR("https:"));
	struct fa_str rest = url, origin;
	size_t at = fa_str_find(url, FA_STR("//"), 0);

	rest = fa_str_sub(url, at == SIZE_MAX ? 0 : at + 2, url.n);
	origin = fa_str_cut(&rest, '/');
	*port = tls ? 443 : 80;
	if (origin.n > 0 && origin.p[0] == '[') {
		size_t end = fa_str_find(origin, FA_STR("]"), 0);

		*host = fa_str_sub(origin, 1, end);
		rest = fa_str_sub(
			origin, end == SIZE_MAX ? origin.n : end + 1, origin.n);
		(void)fa_str_cut(&rest, ':');
	} else {
		rest = origin;
		*host = fa_str_cut(&rest, ':');
	}
	if (rest.p)
		(void)fa_num_u64(rest, 65535, port);
}

static void
add_answer(struct fa_dns_answer *out, struct fa_str s)
{
	if (s.n > 1 && s.p[0] == '[' && s.p[s.n - 1] == ']')
		s = fa_str_sub(s, 1, s.n - 1);
	if (s.n == 0 || s.n >= FA_GUARD_TEXT_BYTES)
		return;
	if (out->n == FA_DNS_ADDRESSES) {
		out->more = true;
		return;
	}
	memcpy(out->at[out->n], s.p, s.n);
	out->at[out->n++][s.n] = '\0';
}

/* "HOST:PORT:ADDRESS[,ADDRESS]" of the caller, the last one that fits, as
 * libcurl understands it. */
static bool
given(struct fa_dns_answer *out, const struct fa_client_opts *o,
	struct fa_str host, uint64_t port)
{
	for (size_t i = o->resolve_n; i-- > 0;) {
		struct fa_str rest = fa_str_c(o->resolve[i]), name, number;
		uint64_t p;

		if (rest.n > 0 && rest.p[0] == '+')
			rest = fa_str_sub(rest, 1, rest.n);
		name = fa_str_cut(&rest, ':');
		number = fa_str_cut(&rest, ':');
		if (!fa_num_u64(number, 65535, &p) || p != port || !rest.p ||
			!fa_str_ieq(name, host))
			continue;
		memset(out, 0, sizeof(*out));
		while (rest.p)
			add_answer(out, fa_str_cut(&rest, ','));
		return true;
	}
	return false;
}

static int
resolve(struct fa_wire *w, const struct fa_client_opts *o, struct fa_str host,
	uint64_t port, struct fa_err *err)
{
	const char *how = "system";
	int rc = FA_OK;

	if (fa_url_host_is_address(host)) {
		how = "literal";
		add_answer(&w->dns, host);
	} else if (given(&w->dns, o, host, port)) {
		how = "given";
	} else if (o->name_server) {
		(void)snprintf(w->resolver, sizeof(w->resolver), "server %s",
			o->name_server_text);
		return fa_dns_ask(&w->dns, o->name_server, host, err);
	} else {
		rc = fa_dns_system(&w->dns, host, err);
	}
	(void)snprintf(w->resolver, sizeof(w->resolver), "%s", how);
	return rc;
}

/* The transfer knows these addresses of the host, and no others. */
static int
pin(struct fa_transfer *t, struct fa_str host, uint64_t port)
{
	struct fa_dns_answer *dns = &t->wire->dns;
	struct fa_buf line FA_CLEANUP(fa_buf_done);

	fa_buf_init(&line, FA_FETCH_HEAD_BYTES);
	fa_buf_addf(&line, "%.*s:%u:", FA_STR_ARG(host), (unsigned)port);
	for (size_t i = 0; i < dns->n; i++) {
		bool v6 = strchr(dns->at[i], ':') != NULL;

		fa_buf_addf(&line, "%s%s%s%s", i > 0 ? "," : "", v6 ? "[" : "",
			dns->at[i], v6 ? "]" : "");
	}
	if (line.rc == 0)
		t->pin = fa_curl()->slist_append(NULL, line.p);
	if (!t->pin ||
		fa_curl()->easy_setopt(t->easy, CURLOPT_RESOLVE, t->pin) !=
			CURLE_OK)
		return FA_E_NOMEM;
	return FA_OK;
}

bool
fa_client_wire_resolve(int *rc, struct fa_transfer *t, struct fa_str url)
{
	int64_t begun = now_us();
	struct fa_str host;
	struct fa_err err;
	uint64_t port;

	split_url(url, &host, &port);
	*rc = resolve(t->wire, t->opts, host, port, &err);
	t->wire->dns_us = now_us() - begun;
	if (*rc < 0) {
		if (*rc != FA_E_NOMEM)
			*rc = FA_OK;
		(void)snprintf(t->why, sizeof(t->why), "%.*s",
			(int)sizeof(t->why) - 1, err.msg);
		return false;
	}
	if (strcmp(t->wire->resolver, "literal") != 0)
		*rc = pin(t, host, port);
	return *rc == FA_OK;
}

static void
put_text(char out[FA_WIRE_TEXT_BYTES], struct fa_str s)
{
	s = fa_str_sub(fa_str_trim(s), 0, FA_WIRE_TEXT_BYTES - 1);
	memcpy(out, s.n > 0 ? s.p : "", s.n);
	out[s.n] = '\0';
}

/* "SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384", and in newer
 * versions " / x25519 / RSASSA-PSS" behind it. libcurl tells it nowhere else
 * without the headers of its TLS library. */
void
fa_client_wire_hear(struct fa_transfer *t, struct fa_str line)
{
	struct fa_str rest;

	if (!t->wire || !fa_str_starts(line, FA_STR(HEARD)))
		return;
	rest = fa_str_sub(line, sizeof(HEARD) - 1, line.n);
	put_text(t->wire->tls, fa_str_cut(&rest, '/'));
	if (rest.p)
		put_text(t->wire->cipher, fa_str_cut(&rest, '/'));
}

/* SHA-256 of the certificate itself, which PEM carries in base64 (RFC 7468).
 */
static void
digest_leaf(char hex[FA_HASH_HEX_BYTES], struct fa_str pem)
{
	struct fa_buf der FA_CLEANUP(fa_buf_done);
	size_t from = fa_str_find(pem, FA_STR(PEM_BEGIN), 0);
	size_t to = fa_str_find(pem, FA_STR(PEM_END), 0);
	unsigned bits = 0, n = 0;

	fa_buf_init(&der, FA_WIRE_CHAIN_BYTES);
	if (from == SIZE_MAX || to == SIZE_MAX)
		return;
	for (size_t i = from + sizeof(PEM_BEGIN) - 1; i < to; i++) {
		int v = fa_base64_value(pem.p[i]);

		if (v < 0)
			continue;
		bits = (bits << 6 | (unsigned)v) & 0xffffffu;
		n += 6;
		if (n >= 8) {
			n -= 8;
			fa_buf_addc(&der, (char)(bits >> n & 0xff));
		}
	}
	if (der.rc != 0 || der.n == 0 ||
		fa_hash_sha256(hex, fa_buf_str(&der), NULL) < 0)
		hex[0] = '\0';
}

static void
take_chain(struct fa_transfer *t)
{
	struct curl_certinfo *info = NULL;
	struct fa_wire *w = t->wire;

	if (fa_curl()->easy_getinfo(t->easy, CURLINFO_CERTINFO, &info) !=
			CURLE_OK ||
		!info)
		return;
	for (int i = 0; i < info->num_of_certs; i++) {
		const struct curl_slist *l = info->certinfo[i];

		for (; l; l = l->next) {
			struct fa_str s = fa_str_c(l->data);

			if (!fa_str_starts(s, FA_STR("Cert:")))
				continue;
			s = fa_str_trim(fa_str_sub(s, 5, s.n));
			fa_buf_add(&t->chain, s);
			fa_buf_addc(&t->chain, '\n');
			w->chain_n++;
			if (w->chain_n == 1)
				digest_leaf(w->leaf_sha256, s);
		}
	}
	if (t->chain.rc == 0 && w->chain_n > 0)
		w->chain = fa_buf_str(&t->chain);
}

static void
take_ip(char out[FA_GUARD_TEXT_BYTES], uint16_t *port, CURL *e,
	CURLINFO ip_info, CURLINFO port_info)
{
	char *ip = NULL;
	long number = 0;

	(void)fa_curl()->easy_getinfo(e, ip_info, &ip);
	(void)fa_curl()->easy_getinfo(e, port_info, &number);
	(void)snprintf(out, FA_GUARD_TEXT_BYTES, "%s", ip ? ip : "");
	*port = number > 0 && number <= 65535 ? (uint16_t)number : 0;
}

static int64_t
time_of(CURL *e, CURLINFO which)
{
	curl_off_t us = 0;

	(void)fa_curl()->easy_getinfo(e, which, &us);
	return (int64_t)us;
}

void
fa_client_wire_end(struct fa_transfer *t)
{
	struct fa_wire *w = t->wire;
	CURL *e = t->easy;

	if (t->doomed)
		return;
	take_ip(w->peer_ip, &w->peer_port, e, CURLINFO_PRIMARY_IP,
		CURLINFO_PRIMARY_PORT);
	take_ip(w->local_ip, &w->local_port, e, CURLINFO_LOCAL_IP,
		CURLINFO_LOCAL_PORT);
	take_chain(t);
	w->connect_us = time_of(e, CURLINFO_CONNECT_TIME_T);
	w->tls_us = time_of(e, CURLINFO_APPCONNECT_TIME_T);
	w->first_us = time_of(e, CURLINFO_STARTTRANSFER_TIME_T);
	w->total_us = time_of(e, CURLINFO_TOTAL_TIME_T);
}

void
fa_client_wire_clear(struct fa_transfer *t)
{
	t->doomed = false;
	if (!t->wire)
		return;
	memset(t->wire, 0, sizeof(*t->wire));
	fa_buf_done(&t->chain);
	fa_buf_init(&t->chain, FA_WIRE_CHAIN_BYTES);
	if (t->pin)
		(void)fa_curl()->easy_setopt(t->easy, CURLOPT_RESOLVE, NULL);
	fa_curl()->slist_free_all(t->pin);
	t->pin = NULL;
}
