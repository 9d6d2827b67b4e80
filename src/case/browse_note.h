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
	int64_t seq; /* event of its capture; 0: none */
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
	size_t first;   /* of kept that is not told of yet */
	int64_t from;   /* the archive is told of up to here */
	uint64_t bytes; /* of bodies that came */
	bool lost;      /* there were more than FA_NOTE_KEPT_MAX */
	/* While waiting: whom to tell. */
	fa_exchange_fn *fn;
	void *ctx;
};

/* The fetcher to hand out; n must stay where it is. What it keeps lives in a.
 */
struct fa_fetcher fa_note_begin(
	struct fa_note *n, struct fa_fetcher below, struct fa_arena *a);
/* Is anything under way? */
bool fa_note_is_live(const struct fa_note *n);

struct fa_note_about {
	struct fa_session *s;
	const char *purpose; /* of the events */
	bool is_minor;       /* failures do not make the session incomplete */
	struct fa_str file;  /* the archive, below CASE */
	struct fa_str robots;
	size_t body_bytes; /* limit that cut bodies */
};
/* Tells the session of each exchange since the last time: by its place in the
 * archive where it is there, else as an error. What is told of has to be on
 * the disk. Commits. */
FA_MUST_CHECK int fa_note_tell(struct fa_note *n,
	const struct fa_note_about *about, struct fa_err *err);
/* The newest event that captured this URL, or 0. */
int64_t fa_note_seq(const struct fa_note *n, struct fa_str url);

#endif
