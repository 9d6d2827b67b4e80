/* What became of a URL at each time it was asked for, and how what it showed
 * was judged then. */
#ifndef FA_STORE_TIMELINE_H
#define FA_STORE_TIMELINE_H

#include "store/store.h"

#define FA_TIMELINE_MAX 100000 /* moments of one URL */

struct fa_moment {
	int64_t at_us;
	enum fa_outcome outcome;
	struct fa_str detail;            /* or absent */
	int64_t capture;                 /* 0: there are no bytes */
	char payload[FA_HASH_HEX_BYTES]; /* of the capture, or "" */
	bool cut;                        /* the body is not whole */
};
struct fa_timeline {
	struct fa_moment *at; /* by time */
	size_t n;
};
/* The attempts at a URL, and the decision that it is not asked for (robots)
 * when that is newer. Everything lives in a. FA_E_LIMIT beyond
 * FA_TIMELINE_MAX. */
FA_MUST_CHECK int fa_store_timeline(struct fa_timeline *out, struct fa_store *s,
	int64_t url, struct fa_arena *a, struct fa_err *err);

/* Where redirects from url end now: url itself without any. */
FA_MUST_CHECK int fa_store_final(
	int64_t *out, struct fa_store *s, int64_t url, struct fa_err *err);

/* A judgement of a document as part of a target. */
struct fa_past {
	int64_t judgement;
	struct fa_str bundle; /* SHA-256 */
	int32_t as_of;
	int64_t reader; /* version of reading and normalising */
};
/* The last judgement of a payload that was made before a time: 1 and the
 * judgement (text in a), or 0. */
FA_MUST_CHECK int fa_store_judged_before(struct fa_past *out,
	struct fa_store *s, const char *payload, int64_t before_ms,
	struct fa_arena *a, struct fa_err *err);

#endif
