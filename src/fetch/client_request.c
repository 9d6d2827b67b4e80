/* What is sent: method, header fields and body of a request. */
#include <stdio.h>
#include <string.h>

#include "fetch/client_end.h"

/* A header field that is made of text from outside: no line may hide in it. */
static bool
add_field(struct fa_transfer *t, const char *name, struct fa_str value)
{
	struct fa_buf b;
	struct curl_slist *l = NULL;

	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] < ' ')
			return true;
	fa_buf_init(&b, FA_FETCH_HEAD_BYTES);
	fa_buf_addf(&b, "%s%.*s", name, FA_STR_ARG(value));
	if (b.rc == 0)
		l = fa_curl()->slist_append(t->fields, b.p);
	fa_buf_done(&b);
	if (l)
		t->fields = l;
	return l != NULL;
}

static bool
own_fields(struct fa_transfer *t, const struct fa_fetch_request *r)
{
	return add_field(t, "Accept: ",
		       FA_STR("text/html,application/xhtml+xml,*/*;q=0.8")) &&
		add_field(t, "Accept-Language: ",
			FA_STR("zh-CN,zh;q=0.9,en;q=0.5")) &&
		(!r->etag.p || add_field(t, "If-None-Match: ", r->etag)) &&
		(!r->last_modified.p ||
			add_field(t, "If-Modified-Since: ", r->last_modified));
}

/* Fields that say how the connection is used, which is our business. */
static bool
is_of_connection(struct fa_str name)
{
	static const struct fa_str names[] = { FA_STR_INIT("Host"),
		FA_STR_INIT("Connection"), FA_STR_INIT("Content-Length"),
		FA_STR_INIT("Transfer-Encoding"),
		FA_STR_INIT("Accept-Encoding"), FA_STR_INIT("Expect"),
		FA_STR_INIT("Keep-Alive"), FA_STR_INIT("TE"),
		FA_STR_INIT("Trailer"), FA_STR_INIT("Upgrade"),
		FA_STR_INIT("Proxy-Connection"),
		FA_STR_INIT("Proxy-Authorization") };

	for (size_t i = 0; i < FA_COUNT(names); i++)
		if (fa_str_ieq(name, names[i]))
			return true;
	return name.n == 0;
}

/* A name is a token (RFC 9110, 5.6.2), so that no other field hides in it. */
bool
fa_transfer_is_token(struct fa_str s)
{
	static const char others[] = "!#$%&'*+-.^_`|~";

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') ||
			memchr(others, c, sizeof(others) - 1);

		if (!good)
			return false;
	}
	return s.n > 0;
}

static bool
given_fields(struct fa_transfer *t, struct fa_str rest)
{
	bool ok = add_field(t, "Expect:", FA_STR(""));

	while (ok && rest.p && rest.n > 0) {
		struct fa_str value = fa_str_trim(fa_str_cut(&rest, '\n'));
		struct fa_str name = fa_str_cut(&value, ':');
		char label[256];

		if (!fa_transfer_is_token(name) || is_of_connection(name) ||
			!value.p || name.n > sizeof(label) - 3)
			continue;
		value = fa_str_trim(value);
		/* libcurl sends a field without a value only like this. */
		(void)snprintf(label, sizeof(label), "%.*s%s", FA_STR_ARG(name),
			value.n > 0 ? ": " : ";");
		ok = add_field(t, label, value);
	}
	return ok;
}

/* The handle keeps what the request before has set. */
static bool
set_method(struct fa_transfer *t, const struct fa_fetch_request *r)
{
	struct fa_buf method FA_CLEANUP(fa_buf_done);
	bool is_get = !r->method.p || fa_str_eq(r->method, FA_STR("GET"));
	CURL *e = t->easy;

	fa_buf_init(&method, 64);
	if (fa_curl()->easy_setopt(e, CURLOPT_NOBODY, 0L) != CURLE_OK ||
		fa_curl()->easy_setopt(e, CURLOPT_HTTPGET, 1L) != CURLE_OK ||
		fa_curl()->easy_setopt(e, CURLOPT_CUSTOMREQUEST, NULL) !=
			CURLE_OK)
		return false;
	if (is_get && !r->body.p)
		return true;
	if (fa_str_eq(r->method, FA_STR("HEAD")))
		return fa_curl()->easy_setopt(e, CURLOPT_NOBODY, 1L) ==
			CURLE_OK;
	fa_buf_add(&method, r->method.p ? r->method : FA_STR("GET"));
	if (method.rc != 0 ||
		fa_curl()->easy_setopt(e, CURLOPT_POSTFIELDSIZE_LARGE,
			(curl_off_t)r->body.n) != CURLE_OK ||
		fa_curl()->easy_setopt(e, CURLOPT_COPYPOSTFIELDS,
			r->body.n > 0 ? r->body.p : "") != CURLE_OK)
		return false;
	return fa_curl()->easy_setopt(e, CURLOPT_CUSTOMREQUEST, method.p) ==
		CURLE_OK;
}

bool
fa_transfer_prepare(struct fa_transfer *t, const struct fa_fetch_request *r)
{
	return (r->fields.p ? given_fields(t, r->fields) : own_fields(t, r)) &&
		set_method(t, r);
}

static bool
set_limits(CURL *e, const struct fa_client_opts *o)
{
	const struct fa_curl *curl = fa_curl();

	return curl->easy_setopt(e, CURLOPT_MAXFILESIZE_LARGE,
		       (curl_off_t)o->body_bytes) == CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)o->timeout_ms) ==
		CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS,
			(long)(o->timeout_ms < FA_FETCH_CONNECT_MS
					? o->timeout_ms
					: FA_FETCH_CONNECT_MS)) == CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_LOW_SPEED_LIMIT,
			(long)FA_FETCH_STALL_RATE) == CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_LOW_SPEED_TIME,
			(long)o->stall_s) == CURLE_OK;
}

static bool
set_rules(CURL *e, const struct fa_client_opts *o)
{
	const struct fa_curl *curl = fa_curl();

	return curl->easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https") ==
		CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_HTTP_VERSION,
			(long)CURL_HTTP_VERSION_1_1) == CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_HTTP09_ALLOWED, 0L) == CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_ACCEPT_ENCODING, "gzip") ==
		CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_HTTP_CONTENT_DECODING, 0L) ==
		CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_PROXY, "") == CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_NOPROXY, "*") == CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_VERBOSE, 1L) == CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_USERAGENT, o->user_agent) ==
		CURLE_OK &&
		(!o->ca_file ||
			curl->easy_setopt(e, CURLOPT_CAINFO, o->ca_file) ==
				CURLE_OK);
}

bool
fa_transfer_rules(CURL *e, const struct fa_client_opts *o)
{
	return set_rules(e, o) && set_limits(e, o);
}
