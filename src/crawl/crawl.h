/* The crawl: takes what the store wants, fetches it politely, archives every
 * answer, finds out what each page leads to, and commits in batches. May be
 * killed at any moment: what was committed is not fetched again, what was not
 * is as if it had never been asked for. */
#ifndef FA_CRAWL_CRAWL_H
#define FA_CRAWL_CRAWL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "crawl/targets.h"
#include "discover/listing.h"
#include "evidence/warc.h"
#include "fetch/client.h"
#include "fetch/pace.h"
#include "store/capture.h"
#include "store/store.h"

#define FA_CRAWL_BATCH 64      /* answers in one commit, at most */
#define FA_CRAWL_BATCH_MS 1000 /* time between two commits, at most */
#define FA_CRAWL_ARCHIVE_BYTES (1LL << 30) /* then a new archive begins */
/* The longest wait for a host that asked to be left alone (Retry-After). When
 * nothing else is left to do, what waits longer stays pending. */
#define FA_CRAWL_PATIENCE_MS (20 * 60 * 1000)
#define FA_CRAWL_DECODED_BYTES (16u << 20) /* of a page, coding removed */
#define FA_CRAWL_INSPECT_BYTES ((size_t)40 << 20) /* memory to look at one */

struct fa_crawl_stats {
	uint64_t requests; /* answers and failures, robots.txt included */
	uint64_t pages;    /* new ones */
	uint64_t same;     /* not modified, or the same payload again */
	uint64_t redirects;
	uint64_t failed;  /* URLs that ended without a page */
	uint64_t retried; /* attempts that will be repeated */
	uint64_t bytes;   /* of bodies, as they came */
	int64_t pending;  /* URLs, as of the last commit */
	int64_t urls;     /* asked for, done or pending */
};

/* Something that happened, as a crawl that keeps evidence tells it. Texts are
 * valid during the call. */
struct fa_crawl_event {
	struct fa_str url; /* that was asked for, or would have been */
	bool robots;       /* it is a robots.txt */
	const struct fa_exchange *x; /* NULL: nothing was asked for */
	enum fa_outcome outcome;
	struct fa_str detail;   /* why, or absent */
	struct fa_str redirect; /* where it leads, or absent */
	uint32_t tries;         /* before this one */
	bool final;             /* it is not tried again */
	int64_t not_before_ms;  /* else: until then */
	/* What was archived; capture->id 0: nothing was. The archive is on the
	 * disk when the crawl commits, right after the call. */
	const struct fa_capture *capture;
	const struct fa_warc_place *place;
	const char *kind; /* outcome of looking at the page, or NULL */
};

struct fa_crawl_opts {
	struct fa_store *store;
	struct fa_fetcher fetcher;
	struct fa_pace *pace;
	const struct fa_listings *listings;
	unsigned depth;         /* documents beyond the policy */
	uint32_t tries;         /* of one URL */
	uint32_t backoff_ms;    /* before the second try; doubles */
	const char *agent;      /* product token for robots.txt */
	struct fa_str software; /* for the archive's warcinfo */
	struct fa_str options;  /* JSON, recorded with the run */
	bool ignore_robots;
	bool offline;           /* the fetcher reads an archive */
	int64_t recrawl_age_ms; /* older pages are fetched anew; -1: none is */
	/* Whose business a host is; NULL: everybody is ours. */
	bool (*ours)(void *ctx, struct fa_str host);
	/* Evidence mode, unless NULL: told of each exchange and of each URL
	 * that is not asked for, in the transaction that keeps it, which is
	 * committed then. No request is conditional, and every answer is
	 * archived whole, also when it is the same as before. */
	int (*witness)(
		void *ctx, const struct fa_crawl_event *e, struct fa_err *err);
	/* Asked often: should the crawl end after the requests in flight? */
	bool (*stop)(void *ctx);
	/* Told from time to time; may be NULL. */
	void (*progress)(void *ctx, const struct fa_crawl_stats *s);
	void *ctx;
};

/* Puts targets and their first URLs into the store (not committed). What is
 * wrong with one is kept as its note. */
FA_MUST_CHECK int fa_crawl_add_targets(const struct fa_crawl_opts *o,
	const struct fa_targets *t, struct fa_err *err);

/* Fetches until nothing is pending (but what has to wait too long), or stop
 * says so: *stopped. Everything
 * obtained is committed when this returns FA_OK. After a failure the store is
 * as the last commit left it. */
FA_MUST_CHECK int fa_crawl_run(struct fa_crawl_stats *stats, bool *stopped,
	const struct fa_crawl_opts *o, struct fa_err *err);

/* What an answer means for what was asked for (RFC 9110, 15); conditional: a
 * 304 is one. */
enum fa_outcome fa_crawl_outcome(const struct fa_exchange *x, bool conditional);
/* Appends the fields of a metadata record that say what is known of a
 * connection. */
void fa_crawl_wire_fields(struct fa_buf *b, const struct fa_wire *w);

#endif
