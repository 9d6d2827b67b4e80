/* A second look: the pages of a session once more, over another resolver or at
 * another address, and whether they are the same. A forged answer of one name
 * server, or a page that is shown to one side of the world only, differs. */
#ifndef FA_CASE_SECOND_H
#define FA_CASE_SECOND_H

#include "case/session.h"

#define FA_SECOND_PAGES_MAX 500

struct fa_second_stats {
	uint64_t pages, bytes, decoded, text, different, failed;
};

struct fa_second_opts {
	struct fa_fetcher fetcher; /* with evidence, of the other way */
	struct fa_str way;         /* "resolver 192.0.2.1", for the log */
	/* "HOST:PORT:ADDRESS" of the host whose pages are asked for; absent:
	 * all are. */
	struct fa_str only;
	struct fa_str software; /* for the archive */
	uint32_t delay_ms;      /* between two requests */
	size_t body_bytes;
	struct fa_str robots_reason;
	bool (*stop)(void *ctx);
	void *ctx;
};

/* Asks again for each page that the session has captured, archives what comes
 * in an archive of its own, and logs a capture with "compared" for each. What
 * there is no other way to is an error event, and so is a host without pages.
 */
FA_MUST_CHECK int fa_session_second(struct fa_second_stats *out,
	struct fa_session *s, const struct fa_second_opts *o,
	struct fa_err *err);

#endif
