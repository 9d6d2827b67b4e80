/* Politeness: which host may be asked when. One request at a time per host,
 * with a pause behind it; a few at a time per address, because many hosts may
 * live on one. Knows no clock, no network and no URLs: times are handed in. */
#ifndef FA_FETCH_PACE_H
#define FA_FETCH_PACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_PACE_HOSTS_MAX 2000000u /* hosts of one crawl */
#define FA_PACE_SLOW_MAX_MS 30000  /* longest pause because a host is slow */

struct fa_pace_opts {
	uint32_t host_delay_ms;    /* from the end of a request to the next; a
				    * host that took longer gets as long a pause,
				    * unless this is 0 */
	uint32_t address_delay_ms; /* between two beginnings */
	uint32_t per_address;      /* requests at once */
};

struct fa_pace;
FA_MUST_CHECK int fa_pace_new(struct fa_pace **out,
	const struct fa_pace_opts *opts, struct fa_err *err);
void fa_pace_free(struct fa_pace *p); /* NULL is fine */

/* The number of a host, a new one when it is not known. */
FA_MUST_CHECK int fa_pace_host(uint32_t *out, struct fa_pace *p,
	struct fa_str host, struct fa_err *err);
struct fa_str fa_pace_name(const struct fa_pace *p, uint32_t host);

/* The host has something to do from at_ms on. Means nothing while it is being
 * asked: it is woken anyway when that ends. */
void fa_pace_wake(struct fa_pace *p, uint32_t host, int64_t at_ms);
/* A host that may be asked now: true, and it sleeps until fa_pace_end or
 * fa_pace_wake. Else false, and *at_ms is when to ask again (INT64_MAX: when
 * something ends or wakes). */
bool fa_pace_next(
	uint32_t *host, int64_t *at_ms, struct fa_pace *p, int64_t now_ms);
/* A request to the host begins. */
void fa_pace_begin(struct fa_pace *p, uint32_t host, int64_t now_ms);
/* May a connection to this address be opened now? True counts it as the one
 * the host's request uses. */
bool fa_pace_admit(
	struct fa_pace *p, uint32_t host, const char *ip, int64_t now_ms);
/* The request has ended; the host may be asked again after its pause, and is
 * woken for then. With busy nothing was sent: it waits for the address. */
void fa_pace_end(struct fa_pace *p, uint32_t host, int64_t now_ms,
	uint32_t took_ms, bool busy);
/* No request before until_ms (Retry-After, backoff). */
void fa_pace_hold(struct fa_pace *p, uint32_t host, int64_t until_ms);
/* Crawl-delay of the host; the longer of it and the general pause counts. */
void fa_pace_set_delay(struct fa_pace *p, uint32_t host, uint32_t delay_ms);

#endif
