/* A fetcher that stands before another one and notes what goes through it, so
 * that exchanges of a walk, which are archived by others, can be told of when
 * the archive is whole. Private to case. */
#ifndef FA_CASE_BROWSE_NOTE_H
#define FA_CASE_BROWSE_NOTE_H

#include "case/session.h"

#define FA_NOTE_LIVE_MAX FA_FETCH_IN_FLIGHT_MAX
#define FA_NOTE_KEPT_MAX 20000 /* exchanges of one walk */

struct fa_noted {
	struct fa_str url, method;
	struct fa_exchange x; /* without its body; texts in the arena */
	struct fa_wire wire;
	bool told;
};

struct fa_note {
	struct fa_fetcher below;
	struct fa_arena *a;
	struct {
		bool used;
		int64_t tag;
		struct fa_str url, method;
	} live[FA_NOTE_LIVE_MAX];
	struct fa_noted **kept;
	size_t kept_n, kept_cap;
	bool lost; /* there were more than FA_NOTE_KEPT_MAX */
	/* While waiting: whom to tell. */
	fa_exchange_fn *fn;
	void *ctx;
};

/* The fetcher to hand out; n must stay where it is. What it keeps lives in a.
 */
struct fa_fetcher fa_note_begin(
	struct fa_note *n, struct fa_fetcher below, struct fa_arena *a);
/* Tells the session of each exchange: by its place in the archive at CASE/file
 * where it is there, else as an error. Commits. */
FA_MUST_CHECK int fa_note_tell(struct fa_note *n, struct fa_session *s,
	struct fa_str file, size_t body_bytes, struct fa_str robots,
	struct fa_err *err);

#endif
