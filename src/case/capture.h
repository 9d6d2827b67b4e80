/* The event of one exchange: op capture for an answer that was archived, op
 * error for what failed. Private to case. */
#ifndef FA_CASE_CAPTURE_H
#define FA_CASE_CAPTURE_H

#include "case/session.h"
#include "evidence/warc.h"

#define FA_CAPTURE_HOPS_MAX 16 /* redirects that are listed */

struct fa_capture_event {
	const char *purpose; /* "page", "robots", "walk", "second",
			      * "resource" */
	struct fa_str method, url;
	const struct fa_exchange *x; /* NULL: nothing was asked for */
	enum fa_outcome outcome;
	struct fa_str detail;       /* why, or absent */
	struct fa_str redirect;     /* where it leads, or absent */
	const struct fa_str *chain; /* URLs whose redirects led here */
	size_t chain_n;
	struct fa_str file; /* below CASE; absent: nothing was archived */
	const struct fa_warc_place *place;
	struct fa_str media_type, charset, coding; /* or absent */
	const char *kind; /* what looking at the page gave, or NULL */
	uint32_t tries;
	bool final;
	bool is_minor; /* a failure does not make the session incomplete */
	int64_t not_before_ms;
	size_t body_bytes;    /* limit that cuts bodies */
	struct fa_str robots; /* "allowed", "ignored: why" ... */
	/* Of a second capture; with_seq 0: of another kind. */
	int64_t with_seq;
	const char *same; /* "bytes", "decoded", "text", "different" */
	struct fa_str first_sha256;
};

/* Appends the events (not committed): capture when there is a file, and error
 * when the outcome is a failure; *seq (may be NULL) is that of the capture,
 * or 0. The TLS chain becomes an object first. */
FA_MUST_CHECK int fa_capture_tell(int64_t *seq, struct fa_session *s,
	const struct fa_capture_event *e, struct fa_err *err);

/* Seconds since 1970 of a Date field as servers write it (RFC 9110, 5.6.7,
 * IMF-fixdate, also RFC 850's form); false for anything else. */
FA_MUST_CHECK bool fa_capture_date(int64_t *out, struct fa_str s);

#endif
