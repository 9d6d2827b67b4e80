/* robots.txt, RFC 9309: which group speaks to us, and what it allows. */
#ifndef FA_FETCH_ROBOTS_H
#define FA_FETCH_ROBOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_ROBOTS_BYTES (512u << 10)    /* read of a file (RFC 9309 2.5) */
#define FA_ROBOTS_TARGET_BYTES 4096     /* longest target that is allowed */
#define FA_ROBOTS_DELAY_MAX_MS 60000    /* of Crawl-delay */
#define FA_ROBOTS_MAX_AGE_MS 86400000LL /* RFC 9309 2.4: 24 hours */

struct fa_robots;

/* Parses the first FA_ROBOTS_BYTES of text for the product token agent
 * ("faceaudit"). Nothing in text is an error: lines that mean nothing are
 * skipped. *out lives in a and does not refer to text. Fails with FA_E_NOMEM
 * only; a takes less than 48 bytes per byte of text. */
FA_MUST_CHECK int fa_robots_parse(struct fa_robots **out, struct fa_str text,
	struct fa_str agent, struct fa_arena *a, struct fa_err *err);
/* May the path and query be fetched? Longest match; Allow wins a tie;
 * /robots.txt always may. target is as in struct fa_url; one that is longer
 * than FA_ROBOTS_TARGET_BYTES may not. Time is bounded by the bytes of all
 * patterns times those of target: microseconds, and some seconds for the worst
 * of files and targets. */
bool fa_robots_allows(const struct fa_robots *r, struct fa_str target);
/* Crawl-delay of the group, the longest if there are several, cut to
 * FA_ROBOTS_DELAY_MAX_MS; 0: none given. */
uint32_t fa_robots_delay_ms(const struct fa_robots *r);

#endif
