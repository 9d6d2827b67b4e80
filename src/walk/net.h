/* The network of a walk: answers what the page in the browser asks for. From
 * one of three sources: the live web (by `fetch`: guarded, one request at a
 * time per host, as robots.txt allows), an archive of an earlier walk, or a
 * folder of files that is served as https://app.example/. Every answer can be
 * archived, so that a walk from any source can be repeated from its archive.
 *
 * Pages of other hosts are not opened (the browser then says that the page was
 * left); what a page loads into itself may come from everywhere. */
#ifndef FA_WALK_NET_H
#define FA_WALK_NET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"
#include "browser/browser.h"
#include "evidence/warc.h"
#include "fetch/client.h"

#define FA_WALK_NET_ORIGIN "https://app.example" /* of a folder */
#define FA_WALK_NET_PENDING 256                  /* requests under way */
#define FA_WALK_NET_BODY_BYTES (32u << 20)       /* of an answer, decoded */
#define FA_WALK_NET_KEPT_BYTES                                                 \
	((size_t)128 << 20)    /* scripts, pictures kept                       \
				*/
#define FA_WALK_NET_ORIGINS 64 /* whose robots.txt is known at once */
#define FA_WALK_NET_HOSTS 64   /* allowed ones */

struct fa_walk_net_opts {
	struct fa_str start;        /* canonical URL; its host may be visited */
	const struct fa_str *hosts; /* and these */
	size_t hosts_n;
	/* The source: a folder, archives, or else the fetcher. */
	struct fa_str folder;
	const struct fa_str *archives;
	size_t archives_n;
	struct fa_fetcher fetcher;
	const char *agent;     /* product token for robots.txt */
	struct fa_str product; /* "faceaudit/0.2", behind the browser's name */
	bool ignore_robots;
	uint32_t delay_ms;    /* between two pages of a host */
	struct fa_warc *warc; /* where answers are archived; NULL: nowhere */
};

struct fa_walk_net;

/* The texts and arrays of opts must outlive it. A folder or an archive that
 * cannot be read is FA_E_IO or FA_E_INPUT. */
FA_MUST_CHECK int fa_walk_net_new(struct fa_walk_net **out,
	const struct fa_walk_net_opts *opts, struct fa_err *err);
void fa_walk_net_free(struct fa_walk_net *n); /* NULL is fine */
struct fa_browser_net fa_walk_net_browser(struct fa_walk_net *n);
/* For fa_walk_opts.missing; ctx is the net. *why is valid until the next
 * request. */
unsigned fa_walk_net_missing(void *ctx, struct fa_str *why);

struct fa_walk_net_stats {
	uint64_t requests; /* of the pages */
	uint64_t fetched;  /* over the network, robots.txt included */
	uint64_t missing, forbidden;
};
struct fa_walk_net_stats fa_walk_net_stats(const struct fa_walk_net *n);

#endif
