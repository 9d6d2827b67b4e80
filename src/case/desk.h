/* A single act on the log of a case, outside a session: a stamp, a review, a
 * join. It opens no session and looks at nothing but who and where it is; the
 * event says so by what it leaves out.
 *
 * The store may be a case or that of a sweep, which gets its log by the first
 * event. */
#ifndef FA_CASE_DESK_H
#define FA_CASE_DESK_H

#include "base/buf.h"
#include "case/case.h"
#include "case/environ.h"
#include "case/session.h"
#include "evidence/custody.h"
#include "evidence/objects.h"
#include "store/custody.h"

struct fa_desk_opts {
	struct fa_str dir;
	/* Who acts. An absent id is that of the user of the system. */
	struct fa_custody_actor actor;
	struct fa_session_tool tool;
};

struct fa_desk {
	struct fa_arena arena; /* lives as long as the desk */
	struct fa_desk_opts o;
	struct fa_store *store;
	bool is_case;
	struct fa_case_info info; /* all absent unless is_case */
	struct fa_str objects;    /* CASE/objects */
	struct fa_environ environ;
	struct fa_store_head head;
};

/* Opens the store for writing; failures of fa_store_open and
 * fa_case_info_parse. */
FA_MUST_CHECK int fa_desk_open(
	struct fa_desk **out, const struct fa_desk_opts *o, struct fa_err *err);
/* The same over a store that is open, which stays open. */
FA_MUST_CHECK int fa_desk_over(struct fa_desk **out, struct fa_store *store,
	const struct fa_desk_opts *o, struct fa_err *err);
void fa_desk_close(struct fa_desk *d); /* NULL is fine */
/* The same, but for the store, which stays open. */
void fa_desk_leave(struct fa_desk *d);

/* Appends an event and commits; *seq (may be NULL) is its number. */
FA_MUST_CHECK int fa_desk_say(int64_t *seq, struct fa_desk *d,
	enum fa_custody_op op, const struct fa_custody_obj *objs, size_t objs_n,
	const struct fa_buf *detail, struct fa_err *err);

#endif
