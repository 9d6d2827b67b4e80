/* Bytes from a descriptor to a child, by way of the kernel alone. */
#ifndef FC_CHILD_FEED_H
#define FC_CHILD_FEED_H

#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "facecheck/child/child.h"

enum fc_fed {
	FC_FED_ALL,  /* the source ended, or gave what it should */
	FC_FED_MUCH, /* it gave more than FC_WIRE_MAX */
	FC_FED_LATE, /* it did not give in time */
	FC_FED_STUCK /* the child is gone or does not read */
};

int64_t fc_feed_now_ms(void); /* of a clock that only goes on */
/* Moves the bytes of a source into pipe_w until the moment deadline_ms, while
 * the child lives: life is the writing end of a
 * pipe that nobody but the child has open for reading. */
FA_MUST_CHECK int fc_feed(enum fc_fed *out, struct fc_source source, int pipe_w,
	int life, int64_t deadline_ms, struct fa_err *err);
/* Waits until the child has ended (or is about to): 1; 0 at the deadline. */
FA_MUST_CHECK int fc_feed_wait(
	int life, int64_t deadline_ms, struct fa_err *err);

#endif
