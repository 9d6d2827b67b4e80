/* What checking stamps over the container and over the log share. Private to
 * case. */
#ifndef FA_CASE_VERIFY_STAMPS_H
#define FA_CASE_VERIFY_STAMPS_H

#include "case/verify_work.h"
#include "evidence/stamp.h"

/* What a stamp is worth here; may make its state stricter. */
enum fa_verify_state fa_verify_stamp_state(struct fa_stamp_check *c);
/* Adds a stamp to those of the report. */
void fa_verify_stamp_tell(struct fa_verify_work *w, struct fa_str file,
	const char *over, const struct fa_stamp_check *c);

#endif
