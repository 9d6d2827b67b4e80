/* The reference table.
 *
 * What modelling taught us, and the rows keep:
 * - The record is written with the capture, not with the result: a failed
 *   attempt is processing too (art. 9).
 * - Consent is spent by one capture; the next one asks again, the guardian of
 *   a child too: what a guardian agreed to is that one attempt.
 * - Nobody is shown the door: LEFT follows the person's own QUIT only. A
 *   timeout, a "no" or a failure goes back to the menu or on to another way.
 * - Withdrawing and closing are possible in every state and need no face,
 *   for restricted accounts too. */
#include "base/attr.h"
#include "facecheck/machine/machine.h"

#define GO(from, on, to)                                                       \
	.state = FC_S_##from, .event = FC_E_##on, .next = FC_S_##to

/* The person turns to something else: the attempt is over and wiped. */
#define AWAY(from)                                                             \
	{ GO(from, OTHER, OTHER), .clear = FC_ATTEMPT },                       \
	{                                                                      \
		GO(from, QUIT, LEFT), .set = FC_QUIT, .clear = FC_ATTEMPT      \
	}
#define TIMES_OUT(from)                                                        \
	{                                                                      \
		GO(from, TIMEOUT, MENU), .clear = FC_ATTEMPT                   \
	}

/* In a face attempt both end it; elsewhere the session goes on where it is. */
#define RIGHTS(at, next_state)                                                 \
	{ GO(at, WITHDRAW, next_state), .need = FC_CONSENT,                    \
		.set = FC_WITHDRAWN, .clear = FC_ATTEMPT | FC_STORED,          \
		.duty = "Measures art. 6(2)" },                                \
	{                                                                      \
		GO(at, CLOSE, next_state), .bars = FC_CLOSED,                  \
					   .set = FC_CLOSED,                   \
					   .clear = FC_ATTEMPT | FC_STORED,    \
					   .duty = "PIPL art. 47"              \
	}

const struct fc_row fc_reference[] = {
	{ GO(START, SHOW, MENU), .set = FC_NOTICE | FC_METHODS,
		.duty = "Measures art. 5(1), 10(1)" },
	{ GO(MENU, FACE, ASK), .limited = true },
	{ GO(MENU, OTHER, OTHER), .duty = "Measures art. 10(1)" },
	{ GO(MENU, NO, OTHER), .duty = "Measures art. 10(1)" },
	{ GO(MENU, REVIEW, HUMAN) },
	{ GO(MENU, QUIT, LEFT), .set = FC_QUIT },

	{ GO(ASK, YES, GUARD), .need = FC_MINOR, .set = FC_FORM,
		.clear = FC_SPENT, .duty = "Measures art. 7(1)" },
	{ GO(ASK, YES, SEND), .need = FC_REMOTE, .set = FC_FORM,
		.clear = FC_SPENT, .duty = "Measures art. 6(1), 8(1)" },
	{ GO(ASK, YES, CAPTURE), .set = FC_FORM, .clear = FC_SPENT,
		.duty = "Measures art. 6(1)" },
	{ GO(ASK, NO, MENU), .duty = "Measures art. 6(1), 12" },
	{ GO(ASK, REVIEW, HUMAN) },
	AWAY(ASK),
	TIMES_OUT(ASK),

	{ GO(GUARD, GUARDIAN_YES, SEND), .need = FC_REMOTE, .set = FC_GUARDIAN,
		.duty = "Measures art. 7(1)" },
	{ GO(GUARD, GUARDIAN_YES, CAPTURE), .set = FC_GUARDIAN,
		.duty = "Measures art. 7(1)" },
	{ GO(GUARD, GUARDIAN_NO, OTHER), .clear = FC_ATTEMPT,
		.duty = "Children's rules art. 10" },
	AWAY(GUARD),
	TIMES_OUT(GUARD),

	/* A reference held elsewhere: the picture would be sent out, which
	 * has no other basis than its own consent. */
	{ GO(SEND, SEND_YES, CAPTURE), .set = FC_SENDING,
		.duty = "Measures art. 8(1)" },
	{ GO(SEND, SEND_NO, MENU), .clear = FC_ATTEMPT,
		.duty = "Measures art. 8(1)" },
	AWAY(SEND),
	TIMES_OUT(SEND),

	{ GO(CAPTURE, IMAGE, LIVE), .need = FC_NOTICE | FC_METHODS | FC_FORM,
		.bars = FC_SPENT,
		.set = FC_BIOMETRIC | FC_PROCESSED | FC_RECORDED | FC_SPENT,
		.counts = true, .duty = "Measures art. 6(1), 9" },
	{ GO(CAPTURE, NO, MENU), .clear = FC_ATTEMPT },
	AWAY(CAPTURE),
	TIMES_OUT(CAPTURE),

	{ GO(LIVE, LIVE_YES, MATCH), .set = FC_ALIVE },
	{ GO(LIVE, LIVE_NO, MENU), .clear = FC_ATTEMPT,
		.duty = "Measures art. 8(2)" },
	TIMES_OUT(LIVE),

	{ GO(MATCH, MATCH_YES, DONE), .need = FC_REMOTE,
		.set = FC_SENT | FC_SERVED, .clear = FC_BIOMETRIC | FC_ALIVE,
		.duty = "Measures art. 8(2)" },
	{ GO(MATCH, MATCH_YES, DONE), .set = FC_SERVED,
		.clear = FC_BIOMETRIC | FC_ALIVE,
		.duty = "Measures art. 8(2)" },
	{ GO(MATCH, MATCH_NO, MENU), .need = FC_REMOTE, .set = FC_SENT,
		.clear = FC_ATTEMPT, .duty = "Measures art. 8(2)" },
	{ GO(MATCH, MATCH_NO, MENU), .clear = FC_ATTEMPT,
		.duty = "Measures art. 8(2)" },
	TIMES_OUT(MATCH),

	{ GO(OTHER, OTHER_YES, DONE), .set = FC_SERVED },
	{ GO(OTHER, OTHER_NO, HUMAN) },
	{ GO(OTHER, REVIEW, HUMAN) },
	{ GO(OTHER, QUIT, LEFT), .set = FC_QUIT },

	{ GO(HUMAN, HUMAN_YES, DONE), .set = FC_SERVED },
	{ GO(HUMAN, HUMAN_NO, REFUSED) },
	{ GO(HUMAN, QUIT, LEFT), .set = FC_QUIT },

	RIGHTS(START, START),
	RIGHTS(MENU, MENU),
	RIGHTS(ASK, MENU),
	RIGHTS(GUARD, MENU),
	RIGHTS(SEND, MENU),
	RIGHTS(CAPTURE, MENU),
	RIGHTS(LIVE, MENU),
	RIGHTS(MATCH, MENU),
	RIGHTS(OTHER, OTHER),
	RIGHTS(HUMAN, HUMAN),
	RIGHTS(DONE, DONE),
	RIGHTS(REFUSED, REFUSED),
	RIGHTS(LEFT, LEFT),
};

const size_t fc_reference_n = FA_COUNT(fc_reference);
