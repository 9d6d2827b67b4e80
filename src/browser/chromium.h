/* The state of a driven Chromium, for the files that drive it: launch.c
 * starts it, chromium.c makes contexts, dress.c tells pages what they are,
 * page.c hears events, net.c answers requests, settle.c waits, see.c looks,
 * input.c acts. */
#ifndef FA_BROWSER_CHROMIUM_H
#define FA_BROWSER_CHROMIUM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/str.h"
#include "browser/browser.h"
#include "browser/cdp.h"
#include "browser/process.h"
#include "browser/snap.h"

#define FA_CHROMIUM_ID_BYTES 80 /* of DevTools' names of things */
#define FA_CHROMIUM_PAGES (1 + FA_BROWSER_POPUPS_MAX)
#define FA_CHROMIUM_REQUESTS 256      /* under way at once; more are refused */
#define FA_CHROMIUM_OPEN_MS 30000     /* until a first answer to a navigation */
#define FA_CHROMIUM_DIALOG_BYTES 8192 /* of all dialogs of one action */
#define FA_CHROMIUM_URL_BYTES 8192

/* A thing of DevTools, by name; empty: none. */
struct fa_chromium_id {
	char z[FA_CHROMIUM_ID_BYTES];
};

struct fa_chromium_page {
	struct fa_chromium_id session, target; /* the target is the frame */
	bool used;
	bool navigating;
	bool expired;       /* the time that was given is over */
	bool stuck;         /* time stands although nothing is under way */
	bool guarded;       /* it was told again what it is to be */
	unsigned no_frames; /* times in a row that it drew none */
	int64_t begun_ms;   /* when its time was stopped */
	int64_t given_ms;   /* time that it was given since */
};

enum fa_chromium_request_state {
	FA_REQUEST_FREE,
	FA_REQUEST_COOKIES, /* the browser is asked for them */
	FA_REQUEST_ASKED    /* the net is */
};

struct fa_chromium_request {
	enum fa_chromium_request_state state;
	struct fa_chromium_id id, session;
	uint64_t cookies; /* command that asks for them */
	uint64_t number;  /* for the net */
	bool main_document;
	struct fa_buf text; /* url, method, kind, headers, body */
	size_t end[5];      /* of each in text */
};

struct fa_chromium {
	struct fa_arena arena; /* owns this */
	struct fa_browser_opts opts;
	struct fa_str path, language, version;
	struct fa_str agent;
	bool running;
	struct fa_process process;
	struct fa_cdp cdp;
	struct fa_browser *face; /* handed to the net */
	struct fa_chromium_id context;
	struct fa_chromium_page pages[FA_CHROMIUM_PAGES];
	int current;  /* page that is looked at; -1: none */
	bool opening; /* the next page that comes is ours */
	bool allow;   /* cameras */
	struct fa_chromium_request requests[FA_CHROMIUM_REQUESTS];
	uint64_t last_request;
	unsigned asked; /* requests under way */
	struct fa_arena work;
	/* since the last act */
	struct fa_happened now;
	struct fa_buf dialogs;
	char left_to[FA_CHROMIUM_URL_BYTES];
	unsigned dialogs_n;
	bool yes;              /* questions are accepted */
	uint32_t last_confirm; /* hash of its text; 0: none yet */
	bool waited;           /* for quiet, and no time has passed since */
	bool settled;          /* ... and it came */
	bool broken;           /* crashed or hung: only fresh helps */
	struct fa_err net_err;
	int64_t memory_at_ms;
};

struct fa_str fa_chromium_id(const struct fa_chromium_id *id);
void fa_chromium_set_id(struct fa_chromium_id *id, struct fa_str s);

/* Runs it, and speaks with it. */
FA_MUST_CHECK int fa_chromium_start(struct fa_chromium *b, struct fa_err *err);
void fa_chromium_stop(struct fa_chromium *b);
/* Path of a picture without a face, for file choosers. */
void fa_chromium_picture(const struct fa_chromium *b, char *path, size_t n);
FA_MUST_CHECK int fa_chromium_fresh(void *self, struct fa_err *err);

/* Session of the page that is looked at, or absent. */
struct fa_str fa_chromium_session(const struct fa_chromium *b);
struct fa_chromium_page *fa_chromium_page(struct fa_chromium *b);
/* Tells a page what it is to be: to be sent before it runs. */
void fa_chromium_dress(struct fa_chromium *b, struct fa_str session);
/* Its scripts, and the command whose answer says that they are there. */
uint64_t fa_chromium_guard(struct fa_chromium *b, struct fa_str session);
/* A command whose answer does not matter, alone or with one parameter. */
void fa_chromium_say(
	struct fa_chromium *b, struct fa_str session, const char *method);
void fa_chromium_say_bool(struct fa_chromium *b, struct fa_str session,
	const char *method, const char *key, bool value);
void fa_chromium_enable_fetch(struct fa_chromium *b, struct fa_str session);
struct fa_cdp_hooks fa_chromium_hooks(struct fa_chromium *b);
struct fa_patience_of fa_chromium_patience(struct fa_chromium *b);

/* What happened since the last act, with copies in a; then forgets it. */
FA_MUST_CHECK int fa_chromium_report(struct fa_chromium *b,
	struct fa_happened *h, struct fa_arena *a, struct fa_err *err);
/* A failure to get an answer: of the page (then h says so, and FA_OK comes
 * back), or of ours. */
FA_MUST_CHECK int fa_chromium_blame(
	struct fa_chromium *b, int rc, struct fa_err *err);
/* Waits for the answer to a command; result lives in b->work. */
FA_MUST_CHECK int fa_chromium_wait(struct fa_chromium *b, uint64_t id,
	const struct fa_json **result, struct fa_err *err);

/* net.c */
void fa_chromium_paused(struct fa_chromium *b, struct fa_str session,
	const struct fa_json *params);
bool fa_chromium_wants(void *self, uint64_t id);
void fa_chromium_cookies(void *self, uint64_t id, const struct fa_json *result);
int fa_chromium_answer(void *self, uint64_t id, const struct fa_net_answer *r,
	struct fa_err *err);
void fa_chromium_forget(struct fa_chromium *b);

/* settle.c. Faults of the page set b->broken and are no failure. */
FA_MUST_CHECK int fa_chromium_settle(
	struct fa_chromium *b, bool *settled, struct fa_err *err);
/* Gives the page the time that has passed outside, and more_ms: see settle.c.
 */
FA_MUST_CHECK int fa_chromium_catch_up(
	struct fa_chromium *b, int more_ms, struct fa_err *err);
/* Nothing can be had of the page any more. */
bool fa_chromium_is_fault(const struct fa_chromium *b);
int fa_chromium_look(void *self, bool wait, struct fa_look *out,
	struct fa_happened *h, struct fa_arena *a, struct fa_err *err);

/* see.c: as it is now. */
FA_MUST_CHECK int fa_chromium_see(struct fa_chromium *b, struct fa_look *out,
	struct fa_arena *a, struct fa_err *err);
/* 0 when nothing can be seen. */
FA_MUST_CHECK int fa_chromium_see_digest(
	struct fa_chromium *b, uint64_t *digest, struct fa_err *err);
int fa_chromium_dom(void *self, struct fa_str *html, struct fa_arena *a,
	struct fa_err *err);
int fa_chromium_screenshot(
	void *self, struct fa_str *png, struct fa_arena *a, struct fa_err *err);

/* input.c */
int fa_chromium_open(void *self, struct fa_str url, struct fa_happened *h,
	struct fa_arena *a, struct fa_err *err);
int fa_chromium_act(void *self, enum fa_act what, uint64_t handle,
	struct fa_str text, struct fa_happened *h, struct fa_arena *a,
	struct fa_err *err);

#endif
