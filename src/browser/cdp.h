/* The Chrome DevTools Protocol over a pipe: commands go out, answers and events
 * come in. Knows no command by name. */
#ifndef FA_BROWSER_CDP_H
#define FA_BROWSER_CDP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/str.h"
#include "browser/frames.h"
#include "browser/patience.h"

#define FA_CDP_EVENT_BYTES ((size_t)256 << 20)  /* one event as a tree */
#define FA_CDP_ANSWER_BYTES ((size_t)700 << 20) /* one answer as a tree */
#define FA_CDP_OUT_BYTES ((size_t)256 << 20)    /* waiting to be written */

/* Whoever listens. Calls come out of fa_cdp_wait and fa_cdp_pump; in them
 * commands may be begun and sent, but not waited for. */
struct fa_cdp_hooks {
	void *self;
	void (*event)(void *self, struct fa_str session, struct fa_str method,
		const struct fa_json *params);
	/* The answer to a command that is not waited for: result is NULL when
	 * it failed. Asked first, since most are not worth the reading. */
	bool (*wants)(void *self, uint64_t id);
	void (*answer)(void *self, uint64_t id, const struct fa_json *result);
	/* Other work, for at most max_ms; true when there is more of it. */
	bool (*work)(void *self, int64_t max_ms);
	/* What makes waiting longer. */
	struct fa_patience_of patience;
	/* Why waiting makes no sense any more, or FA_OK. */
	int (*ended)(void *self, struct fa_err *err);
};

struct fa_cdp {
	int to, from; /* not blocking; owned by the caller */
	struct fa_frames in;
	struct fa_buf out;
	size_t written; /* of out */
	struct fa_jw w;
	uint64_t last_id;
	uint64_t awaited; /* 0: none */
	bool arrived, too_large;
	const struct fa_json *reply;
	struct fa_arena *reply_arena;
	struct fa_arena events;
	bool dead; /* the other end is closed, or spoke no JSON */
	struct fa_cdp_hooks hooks;
};

/* Milliseconds of a clock that only runs forward. */
int64_t fa_cdp_now_ms(void);

void fa_cdp_init(
	struct fa_cdp *c, int to, int from, const struct fa_cdp_hooks *hooks);
void fa_cdp_done(struct fa_cdp *c);

/* A command: its parameters are written into what begin returns (an object is
 * open), then it is sent; nothing else may be sent in between. session may be
 * absent: the browser itself. Returns the id of the answer. */
struct fa_jw *fa_cdp_begin(
	struct fa_cdp *c, struct fa_str session, const char *method);
uint64_t fa_cdp_send(struct fa_cdp *c);

/* Waits for the answer of command id. *result (may be NULL) lives in a.
 * FA_E_IO: the browser is gone. FA_E_LIMIT: no answer in time, or it is too
 * large (*too_large of c). FA_E_INPUT: the browser refused, and why. */
FA_MUST_CHECK int fa_cdp_wait(struct fa_cdp *c, uint64_t id, int64_t ms,
	const struct fa_json **result, struct fa_arena *a, struct fa_err *err);
/* Lets events come in, for at most ms; returns at once after some came. */
FA_MUST_CHECK int fa_cdp_pump(struct fa_cdp *c, int64_t ms, struct fa_err *err);

#endif
