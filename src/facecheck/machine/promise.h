/* The promises that one session or one event can break. Private to machine. */
#ifndef FC_MACHINE_PROMISE_H
#define FC_MACHINE_PROMISE_H

#include "facecheck/machine/check.h"

/* Of a session, with what its events do (fc_steps): a set of 1 << enum
 * fc_promise. */
uint32_t fc_session_breaks(struct fc_session s,
	const struct fc_session after[FC_E_COUNT], uint32_t moves);
/* Of an event that leads from s to o: the same. */
uint32_t fc_step_breaks(struct fc_session s, uint8_t e, struct fc_session o);

#endif
