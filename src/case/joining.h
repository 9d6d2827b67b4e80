/* What the log says of stores that were joined to one: which logs came along,
 * each with its head, so that one stamp over this log vouches for all. */
#ifndef FA_CASE_JOINING_H
#define FA_CASE_JOINING_H

#include "case/desk.h"

/* Appends the heads of all logs that were joined to a store, as the members of
 * the array "logs" below. */
FA_MUST_CHECK int fa_joining_heads(
	struct fa_buf *out, struct fa_store *s, struct fa_err *err);
/* Writes a note {"kind":"merge","logs":[{"chain":HEX,"seq":N,"head":
 * "sha256:HEX"}...]} when the heads are not those of before, what
 * fa_joining_heads gave then. A store to which no log was joined gets none. */
FA_MUST_CHECK int fa_joining_note(struct fa_store *s,
	const struct fa_desk_opts *o, struct fa_str before, struct fa_err *err);

#endif
