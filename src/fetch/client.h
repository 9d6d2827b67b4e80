/* Fetching over HTTP/1.1 by libcurl: many requests at once, one answer each.
 * Redirects are not followed, cookies are not kept, bodies stay in the coding
 * in which they came, proxies are ignored, and only addresses that the guard
 * permits are connected to. What to fetch, when, and what to make of it is the
 * business of others.
 *
 * struct fa_fetcher is the seam: the client is one, an archive that is read
 * instead of the network is another, and tests bring their own. */
#ifndef FA_FETCH_CLIENT_H
#define FA_FETCH_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"
#include "fetch/dns.h"
#include "fetch/guard.h"
#include "fetch/wire.h"
#include "model/capture.h"

#define FA_FETCH_IN_FLIGHT_MAX 256
#define FA_FETCH_HEAD_BYTES (100u << 10)  /* header fields of an answer */
#define FA_FETCH_BODY_BYTES (8u << 20)    /* body, as it comes */
#define FA_FETCH_BUFFER_BYTES (20u << 20) /* bodies of all, together */
#define FA_FETCH_TIMEOUT_MS 30000         /* of a request */
#define FA_FETCH_CONNECT_MS 10000         /* of connecting */
#define FA_FETCH_STALL_S 10               /* below FA_FETCH_STALL_RATE */
#define FA_FETCH_STALL_RATE 64            /* bytes per second */
#define FA_FETCH_DETAIL_BYTES 256         /* of an explanation */

struct fa_fetch_request {
	int64_t tag;   /* comes back with the answer */
	uint32_t host; /* of fa_pace; comes back in admit and the answer */
	struct fa_str url;
	struct fa_str etag, last_modified; /* for a conditional request */
	/* A request that is made for somebody else, a browser: what it says of
	 * itself replaces our own header fields. Fields that belong to the
	 * connection are dropped from the lines. */
	struct fa_str method; /* absent: GET */
	struct fa_str fields; /* "Name: value\r\n" lines; absent: our own */
	struct fa_str body;   /* absent: none */
};

struct fa_exchange {
	int64_t tag;
	uint32_t host;
	/* OK: a whole HTTP answer of any status. BLOCKED and other judgements
	 * on the status are not made here. */
	enum fa_outcome outcome;
	char detail[FA_FETCH_DETAIL_BYTES]; /* "" or why, in English */
	bool busy;  /* nothing was sent: admit said no; try again later */
	int status; /* 0: no status line came */
	char ip[FA_GUARD_TEXT_BYTES];
	int64_t at_us;          /* of the request, UTC */
	uint32_t elapsed_ms;    /* until the last byte or the failure */
	int64_t retry_after_ms; /* Retry-After, from now on; 0: none */
	struct fa_str request;  /* as sent, with its body; valid during the
				 * call, as the next two */
	struct fa_str head, body;
	struct fa_str location; /* where a redirect leads, absolute */
	/* Of the connection, when the client keeps evidence; else NULL. Valid
	 * during the call. */
	const struct fa_wire *wire;
	/* From the archive that is read instead of the network; else 0. */
	int64_t archive_offset, archive_length;
	struct fa_str archive, archive_record;
};

typedef int fa_exchange_fn(
	void *ctx, const struct fa_exchange *x, struct fa_err *err);

struct fa_fetcher {
	void *self;
	/* Starts a request; there must be room. The texts are copied. */
	int (*start)(void *self, const struct fa_fetch_request *r,
		struct fa_err *err);
	/* How many more requests may be started now. */
	size_t (*room)(void *self);
	/* Lets requests go on for at most max_ms and calls fn for each that
	 * has ended. Returns early when one has. */
	int (*wait)(void *self, int64_t max_ms, fa_exchange_fn *fn, void *ctx,
		struct fa_err *err);
};

struct fa_client_opts {
	const struct fa_guard *guard;
	const char *user_agent;
	const char *ca_file;        /* NULL: the system's */
	const char *const *resolve; /* "HOST:PORT:ADDRESS" */
	size_t resolve_n;
	size_t in_flight;
	size_t body_bytes;
	int64_t timeout_ms, stall_s;
	/* Keeps evidence: names are resolved before the request, all answers
	 * are kept and no other address is connected to; each exchange has a
	 * connection and a TLS handshake of its own. Resolving holds up the
	 * other requests, so there should be few at once. */
	bool evidence;
	/* With evidence: asked in place of the system; NULL: none. */
	const struct fa_dns_server *name_server;
	const char *name_server_text; /* what it is called in the evidence */
	/* Asked before a connection is opened, with the address; false keeps
	 * it from being opened now. May be NULL. */
	bool (*admit)(void *ctx, uint32_t host, const char *ip);
	void *ctx;
};

struct fa_client;
/* The strings of opts must outlive the client. */
FA_MUST_CHECK int fa_client_new(struct fa_client **out,
	const struct fa_client_opts *opts, struct fa_err *err);
void fa_client_free(struct fa_client *c); /* NULL is fine */
struct fa_fetcher fa_client_fetcher(struct fa_client *c);
/* Versions of libcurl and of what it is built on. */
const char *fa_client_library(void);

#endif
