/* The inside of the network of a walk. Private to walk. */
#ifndef FA_WALK_NET_INTERNAL_H
#define FA_WALK_NET_INTERNAL_H

#include "base/hash.h"
#include "fetch/robots.h"
#include "walk/net.h"

#define FA_NET_WHY_BYTES 512
#define FA_NET_SCRATCH_BYTES ((size_t)160 << 20) /* one answer at a time */
#define FA_NET_REQUEST_BYTES ((size_t)32 << 20)  /* one request */

/* What a source has found for a request. */
struct fa_net_found {
	int status;
	struct fa_str head; /* status line and fields */
	struct fa_str body; /* with its content coding */
};

/* An answer that was given before and is the same for every request. */
struct fa_net_kept {
	struct fa_str url;
	struct fa_net_found found;
};

enum fa_net_state { FA_NET_FREE, FA_NET_WAITS, FA_NET_LIVE };

/* A request of the page that is under way. */
struct fa_net_pending {
	enum fa_net_state state;
	struct fa_arena arena; /* its texts */
	struct fa_net_request r;
	struct fa_str origin, host, target;
	bool forgotten;
};

enum fa_net_leave {
	FA_NET_UNKNOWN,
	FA_NET_ASKED,
	FA_NET_ALL,
	FA_NET_NOTHING,
	FA_NET_RULES
};

struct fa_net_origin {
	struct fa_arena arena;
	struct fa_str origin, url, host;
	enum fa_net_leave leave;
	struct fa_robots *rules;
	uint32_t delay_ms; /* Crawl-delay */
	bool live;
	unsigned hops;
	char why[FA_NET_WHY_BYTES]; /* of NOTHING */
};

struct fa_net_live {
	struct fa_net_pending pending[FA_WALK_NET_PENDING];
	struct fa_net_origin origins[FA_WALK_NET_ORIGINS];
	size_t origins_n, live;
	struct fa_net_kept *kept;
	size_t kept_n, kept_cap;
	struct fa_arena keep;    /* texts of kept */
	struct fa_str last_host; /* whose page was asked for last */
	int64_t last_ms;
	struct fa_browser *browser;
};

/* One answer of an archive. */
struct fa_net_entry {
	struct fa_str method, url;
	char body[FA_HASH_HEX_BYTES]; /* digest of the request's body, or "" */
	uint32_t archive;
	int64_t offset;
	uint32_t next; /* the next one for the same request, or UINT32_MAX */
};

struct fa_net_turn {
	char key[FA_HASH_HEX_BYTES];
	uint32_t at; /* entry that comes next */
};

struct fa_net_archive {
	struct fa_net_entry *entries;
	size_t n, cap;
	struct fa_net_turn *turns;
	size_t turns_n, turns_cap;
};

struct fa_walk_net {
	struct fa_arena arena; /* holds this struct, too */
	struct fa_arena scratch;
	struct fa_walk_net_opts o;
	struct fa_str host; /* of the start */
	struct fa_walk_net_stats stats;
	unsigned missing;
	char why[FA_NET_WHY_BYTES];
	char folder[4096]; /* real path */
	struct fa_net_archive *archive;
	struct fa_net_live *live;
	char (*written)[FA_HASH_HEX_BYTES]; /* requests whose answers are
					     * archived, not live */
	size_t written_n, written_cap;
};

/* net.c */
int64_t fa_net_now_ms(void);
/* Gives the browser what was found, coding removed. */
FA_MUST_CHECK int fa_net_give(struct fa_walk_net *n, struct fa_browser *b,
	const struct fa_net_request *r, const struct fa_net_found *f,
	struct fa_err *err);
/* There is no answer: reason as CDP names it, why for the gap (NULL: nobody
 * misses it). */
FA_MUST_CHECK int fa_net_refuse(struct fa_walk_net *n, struct fa_browser *b,
	const struct fa_net_request *r, const char *reason, const char *why,
	struct fa_err *err);
void fa_net_miss(
	struct fa_walk_net *n, const struct fa_net_request *r, const char *why);
/* Archives an answer that was made or read, once per request. */
FA_MUST_CHECK int fa_net_write_once(struct fa_walk_net *n,
	const struct fa_net_request *r, const struct fa_net_found *f,
	struct fa_err *err);
/* Digest of method, URL and body. */
FA_MUST_CHECK int fa_net_request_key(char out[FA_HASH_HEX_BYTES],
	struct fa_str method, struct fa_str url, const char *body_hex,
	struct fa_err *err);
/* Without its fragment. */
struct fa_str fa_net_plain_url(struct fa_str url);

/* net_folder.c */
FA_MUST_CHECK int fa_net_folder_open(struct fa_walk_net *n, struct fa_err *err);
FA_MUST_CHECK int fa_net_folder_request(struct fa_walk_net *n,
	struct fa_browser *b, const struct fa_net_request *r,
	struct fa_err *err);

/* net_archive.c */
FA_MUST_CHECK int fa_net_archive_open(
	struct fa_walk_net *n, struct fa_err *err);
FA_MUST_CHECK int fa_net_archive_request(struct fa_walk_net *n,
	struct fa_browser *b, const struct fa_net_request *r,
	struct fa_err *err);

/* net_live.c */
FA_MUST_CHECK int fa_net_live_open(struct fa_walk_net *n, struct fa_err *err);
void fa_net_live_close(struct fa_walk_net *n);
FA_MUST_CHECK int fa_net_live_request(struct fa_walk_net *n,
	struct fa_browser *b, const struct fa_net_request *r,
	struct fa_err *err);
FA_MUST_CHECK int fa_net_live_work(struct fa_walk_net *n, struct fa_browser *b,
	int64_t max_ms, bool *busy, struct fa_err *err);
void fa_net_live_forget(struct fa_walk_net *n);
FA_MUST_CHECK int fa_net_live_archive(struct fa_walk_net *n,
	const struct fa_exchange *x, struct fa_str url, struct fa_err *err);

/* net_robots.c */
/* May a request to the origin be sent? 1, 0, or 2: robots.txt has to be had
 * first. *why says who forbids it. */
FA_MUST_CHECK int fa_net_robots_may(const char **why, struct fa_walk_net *n,
	const struct fa_net_pending *p, struct fa_err *err);
/* Between two pages of the origin: what robots.txt asks for, if it is more than
 * what we were told. */
uint32_t fa_net_robots_delay_ms(
	const struct fa_walk_net *n, struct fa_str origin);
/* Asks for one robots.txt that is wanted and not live, if its host is free. */
FA_MUST_CHECK int fa_net_robots_ask(struct fa_walk_net *n, struct fa_err *err);
FA_MUST_CHECK int fa_net_robots_end(struct fa_walk_net *n, size_t origin,
	const struct fa_exchange *x, struct fa_err *err);
bool fa_net_host_is_free(const struct fa_walk_net *n, struct fa_str host);

#endif
