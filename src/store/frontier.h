/* What is still to be fetched, and why: URLs, the edges that tie them to
 * targets, and the references found on pages. */
#ifndef FA_STORE_FRONTIER_H
#define FA_STORE_FRONTIER_H

#include "store/store.h"

/* Told about each host that has something to do from a time on. */
typedef int fa_store_host_fn(
	void *ctx, struct fa_str host, int64_t not_before_ms, struct fa_err *e);

struct fa_store_want { /* a reason to fetch a URL */
	int64_t target;
	enum fa_role role;
	unsigned step;
};

struct fa_store_rules { /* how far the closure goes */
	unsigned max_step;
	int64_t fresh_ms; /* what was fetched before is fetched again */
	fa_store_host_fn *on_pending;
	void *ctx;
};

FA_MUST_CHECK int fa_store_url_id(
	int64_t *id, struct fa_str url, struct fa_err *err);
/* Makes the URL known without asking for it. */
FA_MUST_CHECK int fa_store_put_url(int64_t *id, struct fa_store *s,
	struct fa_str url, struct fa_str host, struct fa_err *err);
/* A URL that the list of targets gives. */
FA_MUST_CHECK int fa_store_put_root(struct fa_store *s, int64_t url,
	const struct fa_store_want *w, const struct fa_store_rules *r,
	struct fa_err *err);
/* The list gives this URL for the target, or none (url 0, w NULL): if it gave
 * another one before, everything that the target wanted because of that one is
 * forgotten. To be called before fa_store_put_root. */
FA_MUST_CHECK int fa_store_drop_roots(struct fa_store *s, int64_t target,
	int64_t url, const struct fa_store_want *w, struct fa_err *err);
/* The references of a page, in place of those found before. */
struct fa_store_link {
	const char *via; /* "listing", "policy", "related" */
	struct fa_str url, host, text;
	enum fa_role role;
};
FA_MUST_CHECK int fa_store_put_links(struct fa_store *s, int64_t url,
	const struct fa_store_link *links, size_t n, struct fa_err *err);
/* Lets everybody who wants url want what it leads to: its redirect and its
 * references. Idempotent, and the outcome does not depend on the order of
 * calls. */
FA_MUST_CHECK int fa_store_expand(struct fa_store *s, int64_t url,
	const struct fa_store_rules *r, struct fa_err *err);
/* Forgets all edges but roots: a new pass over everything begins; roots
 * fetched before r->fresh_ms become pending. */
FA_MUST_CHECK int fa_store_restart(
	struct fa_store *s, const struct fa_store_rules *r, struct fa_err *err);

/* What only an archive was asked for, and did not hold, becomes pending. */
FA_MUST_CHECK int fa_store_retry_archived(
	struct fa_store *s, struct fa_err *err);

/* Calls fn for each host with pending URLs. */
FA_MUST_CHECK int fa_store_hosts(struct fa_store *s, fa_store_host_fn *fn,
	void *ctx, struct fa_err *err);

struct fa_store_item { /* a URL that is due */
	int64_t id;
	struct fa_str url;
	uint32_t tries;
	int64_t capture;                   /* last one with a page, or 0 */
	bool inspected;                    /* that page was looked at */
	struct fa_str etag, last_modified; /* of it, or absent */
};
/* The next pending URL of a host: 1, or 0 and *not_before_ms, when the
 * earliest one becomes due (INT64_MAX: there is none). Texts live in a. */
FA_MUST_CHECK int fa_store_next(struct fa_store_item *out,
	int64_t *not_before_ms, struct fa_store *s, struct fa_str host,
	int64_t now_ms, struct fa_arena *a, struct fa_err *err);

/* How one request ended. */
struct fa_store_attempt {
	int64_t url, run, at_us;
	uint32_t elapsed_ms;
	enum fa_outcome outcome; /* of this attempt */
	struct fa_str detail;    /* or absent */
	int status;              /* 0: no answer */
	struct fa_str ip;        /* or absent */
	int64_t capture;         /* 0: none */
	/* What becomes of the URL. */
	bool final;
	int64_t not_before_ms; /* of the next try, when not final */
	int64_t redirect;      /* url, or 0 */
	/* The page is the one that is known: what looking at it gave stays. */
	bool same_page;
	/* What looking at the page gave; NULL: it was not looked at. */
	const char *kind, *kind_other, *kind_detail;
};
FA_MUST_CHECK int fa_store_put_attempt(struct fa_store *s,
	const struct fa_store_attempt *x, struct fa_err *err);
/* Nothing of the host is due before until_ms. */
FA_MUST_CHECK int fa_store_hold_host(struct fa_store *s, struct fa_str host,
	int64_t until_ms, struct fa_err *err);
/* Does anybody want what the page at url leads to? 1 or 0. */
FA_MUST_CHECK int fa_store_leads_on(
	struct fa_store *s, int64_t url, unsigned max_step, struct fa_err *err);
/* Ends a URL without a request (robots, bad_url): a row without attempt. */
FA_MUST_CHECK int fa_store_end_url(struct fa_store *s, int64_t url,
	enum fa_outcome outcome, struct fa_str detail, int64_t now_ms,
	struct fa_err *err);

struct fa_store_robots {
	int64_t at_ms;
	enum fa_outcome outcome;
	int status;
	struct fa_str body; /* absent: see outcome */
};
/* 1 and what is known about an origin (in a), or 0. */
FA_MUST_CHECK int fa_store_get_robots(struct fa_store_robots *out,
	struct fa_store *s, struct fa_str origin, struct fa_arena *a,
	struct fa_err *err);
FA_MUST_CHECK int fa_store_put_robots(struct fa_store *s, struct fa_str origin,
	const struct fa_store_robots *r, struct fa_err *err);

struct fa_store_counts {
	int64_t targets, urls, pending, captures;
};
FA_MUST_CHECK int fa_store_count(
	struct fa_store_counts *out, struct fa_store *s, struct fa_err *err);

#endif
