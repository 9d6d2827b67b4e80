#include "fetch/client_end.h"

#include <stdio.h>
#include <string.h>

#define RETRY_AFTER_MAX_S 86400 /* longer ones are not believed */

static bool
head_is_whole(const struct fa_transfer *t)
{
	struct fa_str head = fa_buf_str(&t->head);

	return fa_str_ends(head, FA_STR("\r\n\r\n")) ||
		fa_str_ends(head, FA_STR("\n\n"));
}

/* No connection: refused by us, by others, or not now. */
static enum fa_outcome
unconnected(const struct fa_transfer *t)
{
	if (t->forbidden && !t->allowed && !t->busy)
		return FA_OUT_FORBIDDEN;
	return FA_OUT_REFUSED;
}

/* The connection broke: before the answer, within it, or because of what was
 * in it. */
static enum fa_outcome
broken(const struct fa_transfer *t)
{
	if (strstr(t->why, "chunk") || strstr(t->why, "Chunk"))
		return FA_OUT_BAD_HTTP;
	return head_is_whole(t) ? FA_OUT_TRUNCATED : FA_OUT_RESET;
}

static enum fa_outcome
own_limit(const struct fa_transfer *t)
{
	return t->over ? FA_OUT_TOO_LARGE : FA_OUT_BAD_HTTP;
}

static enum fa_outcome
outcome_of(const struct fa_transfer *t, CURLcode code)
{
	switch (code) {
	case CURLE_OK:
		return FA_OUT_OK;
	case CURLE_URL_MALFORMAT:
		return FA_OUT_BAD_URL;
	case CURLE_COULDNT_RESOLVE_HOST:
		return FA_OUT_DNS;
	case CURLE_COULDNT_CONNECT:
		return unconnected(t);
	case CURLE_OPERATION_TIMEDOUT:
		return FA_OUT_TIMEOUT;
	case CURLE_FILESIZE_EXCEEDED:
		return FA_OUT_TOO_LARGE;
	case CURLE_WRITE_ERROR:
		return own_limit(t);
	case CURLE_PARTIAL_FILE:
		return FA_OUT_TRUNCATED;
	case CURLE_GOT_NOTHING:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
		return broken(t);
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
		return FA_OUT_TLS;
	default: /* HTTP/0.9, a header line without end, bad chunks ... */
		return FA_OUT_BAD_HTTP;
	}
}

void
fa_transfer_end(
	struct fa_exchange *x, const struct fa_transfer *t, CURLcode code)
{
	char *location = NULL, *ip = NULL;
	long status = 0;
	curl_off_t wait = 0;

	memset(x, 0, sizeof(*x));
	x->tag = t->tag;
	x->host = t->host;
	x->outcome = outcome_of(t, code);
	x->busy = code == CURLE_COULDNT_CONNECT && t->busy;
	if (x->outcome == FA_OUT_FORBIDDEN)
		(void)snprintf(x->detail, sizeof(x->detail),
			"%s is no public address", t->ip);
	else if (code != CURLE_OK)
		(void)snprintf(x->detail, sizeof(x->detail), "%s",
			t->why[0] ? t->why : fa_curl()->easy_strerror(code));
	x->at_us = t->at_us;
	x->wire = t->wire;
	if (t->doomed) /* the handle speaks of the request before */
		return;
	(void)fa_curl()->easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	x->status = head_is_whole(t) && status <= 999 ? (int)status : 0;
	(void)fa_curl()->easy_getinfo(t->easy, CURLINFO_PRIMARY_IP, &ip);
	(void)snprintf(x->ip, sizeof(x->ip), "%s",
		t->ip[0]     ? t->ip
			: ip ? ip
			     : "");
	(void)fa_curl()->easy_getinfo(
		t->easy, CURLINFO_REDIRECT_URL, &location);
	x->location = fa_str_c(location);
	(void)fa_curl()->easy_getinfo(t->easy, CURLINFO_RETRY_AFTER, &wait);
	if (wait > 0)
		x->retry_after_ms = wait < RETRY_AFTER_MAX_S
			? (int64_t)wait * 1000
			: RETRY_AFTER_MAX_S * INT64_C(1000);
	x->request = fa_buf_str(&t->request);
	x->head = fa_buf_str(&t->head);
	x->body = fa_buf_str(&t->body);
}
