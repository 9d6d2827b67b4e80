/* What a session does in a browser: pictures of the pages that were captured,
 * from the archive and with what they load from the web, and walks through
 * consent flows on the live web. Without a browser both become an error event,
 * and the rest of the session goes on. */
#ifndef FA_CASE_BROWSE_H
#define FA_CASE_BROWSE_H

#include "case/session.h"

#define FA_BROWSE_WIDTH                                                        \
	980                   /* CSS pixels: what pages without a viewport get \
			       */
#define FA_BROWSE_HEIGHT 1386 /* ... of one picture: as a sheet of A4 */
#define FA_BROWSE_SHOTS_MAX 60   /* pictures of one page; more are cut */
#define FA_BROWSE_PAGES_MAX 200  /* pages pictured in a session */
#define FA_BROWSE_PAGE_MS 180000 /* then no more of one page are taken */
/* What pages load while they are pictured. */
#define FA_BROWSE_REQUESTS_MAX 300               /* for one page */
#define FA_BROWSE_REQUESTS_ALL 3000              /* in a session */
#define FA_BROWSE_LOAD_MS 60000                  /* for one page */
#define FA_BROWSE_LOAD_BYTES (128u << 20)        /* in a session */
#define FA_BROWSE_MEMORY_BYTES ((size_t)3 << 30) /* of the browser */

struct fa_browse_stats {
	uint64_t pages, shots, failed, walks;
	uint64_t left_out; /* requests of pictured pages without an answer */
	bool no_browser;   /* there is none, or it does not start */
	char why[512];     /* ... and why */
};

struct fa_browse_opts {
	const char *program; /* NULL: the usual ones */
	bool no_sandbox;
	const char *agent;     /* product token for robots.txt */
	struct fa_str product; /* behind the browser's name */
	const char *version;   /* of this program */
	bool (*stop)(void *ctx);
	void *ctx;
	/* With evidence; for pictures all zero: then the pages come without
	 * what they load. */
	struct fa_fetcher fetcher;
	bool ignore_robots;
	struct fa_str robots_reason;
	size_t body_bytes;
	int32_t today; /* YYYYMMDD */
	struct fa_str software;
};

/* Pictures of the pages that the session captured: events render with PNG,
 * DOM and layout as objects, and an event for each exchange before them. */
FA_MUST_CHECK int fa_session_render(struct fa_browse_stats *out,
	struct fa_session *s, const struct fa_browse_opts *o,
	struct fa_err *err);
/* Walks from a URL and leaves CASE/walk or CASE/walk-N; the flow (in a) and
 * the name of its folder, or absent when there is no browser. */
struct fa_flow;
FA_MUST_CHECK int fa_session_walk(struct fa_flow **flow, struct fa_str *folder,
	struct fa_browse_stats *out, struct fa_session *s,
	const struct fa_browse_opts *o, struct fa_str url, struct fa_arena *a,
	struct fa_err *err);

/* There is no browser, or it does not start: noted, and an error event. */
FA_MUST_CHECK int fa_browse_absent(struct fa_browse_stats *out,
	struct fa_session *s, const char *stage, struct fa_str url,
	const struct fa_err *why, struct fa_err *err);

#endif
