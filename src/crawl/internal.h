/* The inside of a crawl. Private to crawl. */
#ifndef FA_CRAWL_INTERNAL_H
#define FA_CRAWL_INTERNAL_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "crawl/crawl.h"
#include "evidence/warc.h"
#include "fetch/robots.h"
#include "fetch/url.h"
#include "store/capture.h"
#include "store/frontier.h"

#define FA_CRAWL_ROBOTS_KEPT 64 /* robots.txt files ready for use */
#define FA_CRAWL_ERRANDS 2048   /* robots.txt asked for at once */

/* A request under way. */
struct fa_flight {
	bool used, robots;
	uint32_t host;
	size_t errand;             /* with robots */
	struct fa_store_item item; /* else; texts in arena */
	struct fa_arena arena;
};

/* robots.txt that has to be fetched before a host can be asked. It stands at
 * the host where its redirects have led. */
struct fa_errand {
	bool used, live;
	uint32_t for_host, at_host;
	struct fa_str origin, url; /* in arena */
	struct fa_arena arena;
	unsigned hops;
	uint32_t tries;
};

enum fa_leave { FA_LEAVE_ALL, FA_LEAVE_NONE, FA_LEAVE_RULES };

struct fa_robots_kept {
	struct fa_arena arena;
	struct fa_str origin;
	int64_t until_ms;
	enum fa_leave leave;
	struct fa_robots *rules;
	enum fa_outcome outcome; /* with NONE: why */
	uint32_t delay_ms;
};

struct fa_crawl {
	const struct fa_crawl_opts *o;
	struct fa_store *store;
	struct fa_store_rules rules;
	struct fa_crawl_stats stats;
	struct fa_warc_place place; /* of the answer archived last */
	struct fa_arena arena;      /* of the crawl */
	struct fa_arena scratch;    /* of one answer */
	int64_t run;
	struct fa_warc *warc;
	struct fa_str archive; /* name of the one that is written */
	int64_t archive_no;
	struct fa_flight flights[FA_FETCH_IN_FLIGHT_MAX];
	size_t live;
	struct fa_errand errands[FA_CRAWL_ERRANDS];
	/* To find them: the host + 1 where one waits to be started, and a
	 * number made of the origin where one is used; else 0. */
	uint32_t errand_at[FA_CRAWL_ERRANDS], errand_key[FA_CRAWL_ERRANDS];
	size_t errands_n, errands_used;
	uint32_t *patient; /* hosts that wait for an errand of their own */
	size_t patient_first, patient_n, patient_cap;
	struct fa_robots_kept kept[FA_CRAWL_ROBOTS_KEPT];
	uint32_t in_batch;
	int64_t count_ms; /* not to be counted again before */
	int64_t batch_ms; /* when the first of the batch came; 0: none */
};

/* Milliseconds since 1970, UTC. */
int64_t fa_crawl_now_ms(void);

/* archive.c: the WARC file and the commits. */
FA_MUST_CHECK int fa_crawl_archive_open(struct fa_crawl *c, struct fa_err *err);
FA_MUST_CHECK int fa_crawl_commit(struct fa_crawl *c, struct fa_err *err);
/* Something was put into the store: commits when it is time. */
FA_MUST_CHECK int fa_crawl_put(struct fa_crawl *c, struct fa_err *err);
/* Archives an answer and adds its capture; *capture stays 0 when there is
 * nothing to archive. page: a later answer may refer to it. before: the
 * capture that a 304 confirms, or NULL. */
FA_MUST_CHECK int fa_crawl_archive(struct fa_capture *out, struct fa_crawl *c,
	const struct fa_exchange *x, int64_t url, struct fa_str url_text,
	const struct fa_capture *before, struct fa_err *err);

/* witness.c: tells the witness, if there is one. */
FA_MUST_CHECK int fa_crawl_tell(
	struct fa_crawl *c, const struct fa_crawl_event *e, struct fa_err *err);

/* robots.c */
enum fa_may { FA_MAY, FA_MAY_NOT, FA_MAY_LATER };
/* May url be fetched? LATER: robots.txt is being asked for; the host is woken
 * when it is there. With MAY_NOT *why says whether robots.txt forbids it
 * (ROBOTS) or why it could not be had. */
FA_MUST_CHECK int fa_crawl_may(enum fa_may *out, enum fa_outcome *why,
	struct fa_crawl *c, uint32_t host, struct fa_str url,
	struct fa_err *err);
/* The errand that waits at host, or NULL. */
struct fa_errand *fa_crawl_errand(struct fa_crawl *c, uint32_t host);
/* Its request is under way, or is not any more. */
void fa_crawl_errand_live(struct fa_crawl *c, struct fa_errand *e, bool live);
/* Wakes as many of the hosts that wait for an errand as there is room for. */
void fa_crawl_errands_go_on(struct fa_crawl *c);
FA_MUST_CHECK int fa_crawl_robots_end(struct fa_crawl *c, size_t errand,
	const struct fa_exchange *x, struct fa_err *err);

/* page.c: what an answer means for its URL. */
FA_MUST_CHECK int fa_crawl_page_end(struct fa_crawl *c,
	const struct fa_store_item *item, uint32_t host,
	const struct fa_exchange *x, struct fa_err *err);
/* Pause before try number tries + 1; spread by the URL, so that those that
 * failed together do not come back together. */
int64_t fa_crawl_backoff_ms(
	const struct fa_crawl *c, uint32_t tries, struct fa_str url);
/* inspect.c: looks at a page: its kind, and its references into the store. */
struct fa_inspection {
	const char *kind, *kind_other, *detail;
};
FA_MUST_CHECK int fa_crawl_inspect(struct fa_inspection *out,
	struct fa_crawl *c, const struct fa_capture *capture, struct fa_str url,
	struct fa_str body, struct fa_err *err);

#endif
