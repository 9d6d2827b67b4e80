/* One request of the client, and how it ended. Private to fetch. */
#ifndef FA_FETCH_CLIENT_END_H
#define FA_FETCH_CLIENT_END_H

#include "base/buf.h"
#include "fetch/client.h"
#include "fetch/curl.h"

struct fa_transfer {
	struct fa_client *client;
	CURL *easy;
	struct curl_slist *fields;
	int64_t tag, at_us;
	uint32_t host;
	bool live;
	struct fa_buf request, head, body;
	bool forbidden; /* an address was refused by the guard */
	bool allowed;   /* an address was connected to */
	bool busy;      /* an address was not admitted now */
	bool over;      /* the body is too large */
	bool over_head; /* the header fields are */
	bool paused, over_budget, body_begun;
	char ip[FA_GUARD_TEXT_BYTES];
	char why[CURL_ERROR_SIZE];
	/* With evidence: */
	const struct fa_client_opts *opts;
	struct fa_wire *wire; /* else NULL */
	struct fa_buf chain;
	struct curl_slist *pin;
	bool doomed; /* the name has no address: nothing was sent */
};

/* Sets method, fields and body of the request on the handle. False: no memory,
 * or libcurl does not take it. client_request.c. */
FA_MUST_CHECK bool fa_transfer_prepare(
	struct fa_transfer *t, const struct fa_fetch_request *r);
/* Sets on the handle what holds for every request: protocols, limits. The same.
 */
FA_MUST_CHECK bool fa_transfer_rules(CURL *e, const struct fa_client_opts *o);
/* Is it a token (RFC 9110, 5.6.2)? */
bool fa_transfer_is_token(struct fa_str s);
/* What the end of a transfer means; x refers to t. */
void fa_transfer_end(
	struct fa_exchange *x, const struct fa_transfer *t, CURLcode code);

#endif
