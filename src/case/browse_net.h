/* The network of pages that are pictured. The page itself comes from the
 * archive, as it was captured. What it loads into itself (styles, scripts,
 * pictures, fonts, frames) is fetched while it is pictured, as a walk does it:
 * guarded, as robots.txt allows, each answer archived and told of; other pages
 * are not gone to, nothing is sent but GET, and no cookies. What is left out
 * is listed with the reason. Private to case. */
#ifndef FA_CASE_BROWSE_NET_H
#define FA_CASE_BROWSE_NET_H

#include "browser/browser.h"
#include "case/browse.h"
#include "case/browse_note.h"
#include "evidence/payload.h"
#include "evidence/warc.h"
#include "walk/net.h"

#define FA_BROWSE_LEFT_OUT_MAX 100 /* listed, of one page */

struct fa_browse_left { /* texts live as long as the net */
	struct fa_str url, kind, why;
};

struct fa_browse_asked {
	bool used;
	uint64_t id;
	struct fa_str url, kind;
};

struct fa_browse_net {
	struct fa_session *s;
	const struct fa_browse_opts *o;
	const struct fa_session_page *page; /* that is pictured */
	struct fa_browser *browser;         /* who asked last */
	struct fa_browser face;             /* what the walk's net answers */
	struct fa_walk_net *web;            /* NULL: nothing is fetched */
	struct fa_note note;
	struct fa_warc *warc;
	struct fa_str archive; /* its name */
	struct fa_payload_source source;
	struct fa_arena a;       /* texts */
	struct fa_arena scratch; /* of one answer */
	struct fa_browse_asked asked[FA_WALK_NET_PENDING];
	int64_t begun_ms;       /* when this page asked first; 0: not yet */
	uint64_t page_n, all_n; /* requests that went to the web */
	/* Of this attempt at the page: */
	struct fa_str *got; /* URLs with an answer */
	size_t got_n, got_cap;
	struct fa_browse_left left[FA_BROWSE_LEFT_OUT_MAX];
	size_t left_n;
	uint64_t left_all; /* with those that are not listed */
};

/* Without o->fetcher.start nothing but the captured pages is had. n stays
 * where it is. */
FA_MUST_CHECK int fa_browse_net_open(struct fa_browse_net *n,
	struct fa_session *s, const struct fa_browse_opts *o,
	struct fa_err *err);
void fa_browse_net_done(struct fa_browse_net *n); /* safe twice */
struct fa_browser_net fa_browse_net_browser(struct fa_browse_net *n);
/* Another page, and another attempt at it: what was listed is forgotten. */
void fa_browse_net_page(
	struct fa_browse_net *n, const struct fa_session_page *page);
void fa_browse_net_again(struct fa_browse_net *n);
/* What was fetched is on the disk and in the log when this returns. */
FA_MUST_CHECK int fa_browse_net_tell(
	struct fa_browse_net *n, struct fa_err *err);
/* Members of an object that is open: "resources" (events of what was loaded,
 * each once), "left_out", "requests_without_answer". a: for the work. */
FA_MUST_CHECK int fa_browse_net_write(struct fa_jw *w,
	const struct fa_browse_net *n, struct fa_arena *a, struct fa_err *err);

/* The newest capture of a URL (without its fragment) that has an answer, or
 * NULL. */
const struct fa_session_page *fa_browse_page_at(
	const struct fa_session *s, struct fa_str url);

#endif
