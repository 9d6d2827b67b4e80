/* A real browser, driven over a pipe (Chrome DevTools Protocol): a page is
 * loaded, looked at, tapped. The browser has no network of its own: every
 * request is handed to struct fa_browser_net. Knows nothing of consent or of
 * faces.
 *
 * struct fa_browser is the seam: chromium.c makes the real one, tests hand in
 * one that lives in memory. */
#ifndef FA_BROWSER_BROWSER_H
#define FA_BROWSER_BROWSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"
#include "model/flow.h"

#define FA_BROWSER_NODES_MAX 60000 /* of a page; above: too large */
#define FA_BROWSER_MESSAGE_BYTES ((size_t)60 << 20) /* one answer */
#define FA_BROWSER_START_MS 20000
#define FA_BROWSER_CALL_MS 8000   /* one command; then the page hangs */
#define FA_BROWSER_SETTLE_MS 8000 /* until a page is quiet */
#define FA_BROWSER_DIALOGS_MAX 20 /* answered for one action */
#define FA_BROWSER_POPUPS_MAX 4   /* kept open; more are closed */
#define FA_BROWSER_LOOKAHEAD_MS                                                \
	12000 /* of the page's own time that fa_look                           \
	       * with wait lets pass */

/* A request of a page. Texts are valid during the call. */
struct fa_net_request {
	uint64_t id;
	struct fa_str method, url, body;
	struct fa_str headers; /* "Name: value\r\n" lines, Cookie included */
	struct fa_str kind;    /* CDP resource type: "Document", "Script" */
	bool main_document;    /* navigation of the top frame */
};

struct fa_net_answer {
	const char *error; /* CDP error reason ("BlockedByClient"), or NULL */
	const char *why;   /* there is an error, for people; NULL: not said */
	int status;
	struct fa_str headers; /* lines; content coding already removed */
	struct fa_str body;
};

struct fa_browser;

struct fa_browser_net {
	void *self;
	/* A request has come; it is answered by fa_browser_answer, now or in a
	 * later call of work. */
	int (*request)(void *self, struct fa_browser *b,
		const struct fa_net_request *r, struct fa_err *err);
	/* Called while the browser waits: lets requests go on for at most
	 * max_ms. *busy: some are under way. */
	int (*work)(void *self, struct fa_browser *b, int64_t max_ms,
		bool *busy, struct fa_err *err);
	/* The page that asked is gone: requests under way need no answer. */
	void (*forget)(void *self);
};

struct fa_browser_opts {
	const char *program; /* NULL: chromium-headless-shell, else chromium */
	struct fa_browser_net net;
	int32_t width, height; /* CSS pixels: 412 x 915 */
	uint32_t scale_c;      /* device pixels per CSS pixel x 100 */
	const char *language;  /* "zh-CN" */
	bool no_sandbox;       /* else root and machines without one are refused
				* with FA_E_USAGE and what to do */
	size_t memory_bytes;   /* of all its processes; 0: no limit */
	bool whole;            /* a page is waited for with all that it loads;
				* else with its documents only */
};

/* What is seen of a page. Boxes are counted from the upper left corner of the
 * viewport as it is scrolled. */
struct fa_look {
	struct fa_flow_screen screen; /* id, fingerprint and evidence unset;
				       * elements of iframes and shadow roots
				       * among the others */
	uint64_t *handle;       /* per element: for fa_act; of this look only */
	int32_t page_w, page_h; /* CSS pixels of all its content */
	bool settled; /* two looks were equal and nothing was loading */
	bool changed_by_itself; /* with wait: and after how long */
	uint32_t after_ms;      /* of the page's own time */
	bool too_large;         /* over FA_BROWSER_NODES_MAX: no elements */
};

/* What happened since the last act. */
struct fa_happened {
	uint32_t effects;      /* set of enum fa_flow_effect */
	struct fa_str dialogs; /* of alert, confirm and prompt that were
				* answered, one per line: "alert: text",
				* "confirm (cancel): text"; or absent. What is
				* asked is refused first, and accepted when the
				* same is asked again */
	bool popup;            /* another page opened and is looked at now */
	bool camera; /* the page asked for a camera and was refused, or given
		      * the test picture, as fa_act_face says */
	bool file_chooser; /* ... for a picture by a file chooser */
	bool download;     /* a download was begun and stopped */
	bool crashed;      /* the page is gone: only fa_fresh helps */
	bool hung;         /* it did not answer in time; likewise */
	uint32_t refused;  /* requests, because too many were under way */
	bool left;         /* a navigation was refused by the net (redirect to a
			    * forbidden address, other host) */
	struct fa_str left_to; /* its URL, or absent */
};

enum fa_act {
	FA_ACT_TAP,
	FA_ACT_TAP_YES, /* what the page asks then (confirm, prompt) is
			 * accepted */
	FA_ACT_FILL,    /* text into an input */
	FA_ACT_BACK,    /* history back */
	FA_ACT_SCROLL   /* one screen down */
};

struct fa_browser {
	void *self;
	/* A new context: no cookies, no storage, no page of before. Gets rid
	 * of crashed and hanging pages. */
	int (*fresh)(void *self, struct fa_err *err);
	/* A new page in the same context: what was stored is kept. */
	int (*relaunch)(void *self, struct fa_err *err);
	/* Loads url in the page and waits until it is quiet. */
	int (*open)(void *self, struct fa_str url, struct fa_happened *h,
		struct fa_arena *a, struct fa_err *err);
	/* Looks at the page as it is once it is quiet. wait: lets its timers
	 * run, up to FA_BROWSER_LOOKAHEAD_MS of its own time, and stops at the
	 * first change that is more than digits; for a page that comes to a
	 * halt before, no time is lost. */
	int (*look)(void *self, bool wait, struct fa_look *out,
		struct fa_happened *h, struct fa_arena *a, struct fa_err *err);
	/* Acts on an element of the last look (handle), waits until the page
	 * is quiet. FA_E_NOTFOUND: it is not there any more. */
	int (*act)(void *self, enum fa_act what, uint64_t handle,
		struct fa_str text, struct fa_happened *h, struct fa_arena *a,
		struct fa_err *err);
	/* From now on cameras give a test picture without a face (allow) or
	 * are refused, and file choosers get a picture or are closed. The
	 * start is refused. Holds until fresh. */
	int (*camera)(void *self, bool allow, struct fa_err *err);
	/* PNG of the viewport, in device pixels. */
	int (*screenshot)(void *self, struct fa_str *png, struct fa_arena *a,
		struct fa_err *err);
	/* The page's DOM as HTML, frames in place; for the archive. */
	int (*dom)(void *self, struct fa_str *html, struct fa_arena *a,
		struct fa_err *err);
	int (*answer)(void *self, uint64_t id, const struct fa_net_answer *r,
		struct fa_err *err);
	/* Name and version: "HeadlessChrome/156.0.8078.79". */
	struct fa_str (*version)(void *self);
	bool (*sandboxed)(void *self);
	/* Ends it and every process it started. */
	void (*close)(void *self);
};

/* Starts Chromium with an empty profile in a folder of its own that goes with
 * it. FA_E_NOTFOUND when it is not installed (the message names the package);
 * FA_E_USAGE when it would have to run without its sandbox and was not told
 * to. *out is handed to the net: it stays where it is until closed. Failures
 * of act and look that are the page's fault are not failures:
 * h->crashed, h->hung. A browser that died is started anew by fresh. */
FA_MUST_CHECK int fa_chromium_new(struct fa_browser *out,
	const struct fa_browser_opts *opts, struct fa_err *err);
/* The path that would be run, or absent; lives in a. */
struct fa_str fa_chromium_find(const char *program, struct fa_arena *a);

#endif
