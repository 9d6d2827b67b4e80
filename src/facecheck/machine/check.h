/* Visits every session that the table allows, whatever the person, the camera
 * and the clock do, and says which promises it breaks. */
#ifndef FC_MACHINE_CHECK_H
#define FC_MACHINE_CHECK_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "facecheck/machine/machine.h"

#define FC_CHECK_STATES (1u << 14) /* sessions visited, at most */
#define FC_WITNESS 24              /* events shown of a way to a breach */

/* X(symbol, name, what is promised, where the law asks for it) */
#define FC_PROMISES(X)                                                         \
	X(GATE, "gate",                                                        \
		"a face is in memory only after notice, choice of methods "    \
		"and "                                                         \
		"a separate consent by an own act",                            \
		"Measures art. 5, 6(1), 10(1)")                                \
	X(GUARDIAN, "guardian",                                                \
		"a child's face is in memory only with the guardian's "        \
		"consent",                                                     \
		"Measures art. 7(1)")                                          \
	X(ANEW, "anew",                                                        \
		"each separate consent of a child needs the guardian's own, "  \
		"which ends with it",                                          \
		"Measures art. 6(1), 7(1)")                                    \
	X(SEND, "send",                                                        \
		"nothing leaves without consent to sending, nor where the "    \
		"reference is at hand",                                        \
		"Measures art. 8(1)")                                          \
	X(KEEP, "keep", "nothing biometric is stored", "Measures art. 8(2)")   \
	X(WIPE, "wipe",                                                        \
		"no face is in memory in the menu, in another way or at an "   \
		"end",                                                         \
		"Measures art. 8(2)")                                          \
	X(RECORD, "record", "every processing is on record",                   \
		"Measures art. 9")                                             \
	X(LIVENESS, "liveness", "no comparison without liveness",              \
		"Measures art. 14")                                            \
	X(BOUND, "bound", "captures are bounded", "Measures art. 4, 12")       \
	X(SPENT, "spent", "a consent covers one capture",                      \
		"Measures art. 6(1)")                                          \
	X(DOOR, "door", "only who wants to leaves", "Measures art. 10(1), 12") \
	X(WITHDRAW, "withdraw",                                                \
		"consent can be withdrawn at any moment and then nothing of "  \
		"the face is left",                                            \
		"Measures art. 6(2)")                                          \
	X(CLOSE, "close",                                                      \
		"the account can be closed at any moment without a face",      \
		"PIPL art. 47; Network Data Regulations art. 24")              \
	X(ESCAPE, "escape",                                                    \
		"from everywhere a decision is within reach without a face",   \
		"Measures art. 10(1)")                                         \
	X(REFUSER, "refuser",                                                  \
		"who always refuses the face comes to a decision, whatever "   \
		"happens, and is not sent round",                              \
		"Measures art. 10(1), 12")                                     \
	X(STALE, "stale", "a consent ends with its attempt",                   \
		"Measures art. 6(1)")                                          \
	X(NO, "no",                                                            \
		"whoever is asked can say no, choose another way or leave, "   \
		"and gets that; time and failure never agree",                 \
		"Measures art. 6(1), 10(1); PIPL art. 16")                     \
	X(PERSON, "person", "only a person turns somebody down",               \
		"PIPL art. 24")                                                \
	X(EARNED, "earned", "nobody passes unverified",                        \
		"what a verification is for")                                  \
	X(WORKS, "works", "every way that is offered can be passed",           \
		"Measures art. 10(1)")

enum fc_promise {
#define FC_PROMISE_ENUM(p, name, what, law) FC_P_##p,
	FC_PROMISES(FC_PROMISE_ENUM)
#undef FC_PROMISE_ENUM
		FC_P_COUNT
};

const char *fc_promise_name(unsigned p);
const char *fc_promise_text(unsigned p);
const char *fc_promise_law(unsigned p);

/* Is it what a person does who never agrees to a face check, or what another
 * way then answers? */
bool fc_is_refusal(uint8_t event);
/* Must the event be possible in the state (promise "no")? And is next where it
 * leads by its meaning; true of events that may lead anywhere. */
bool fc_is_choice(uint8_t state, uint8_t event);
bool fc_is_heeded(uint8_t state, uint8_t event, uint8_t next);

struct fc_verdict {
	uint32_t broken; /* set of 1 << enum fc_promise */
	size_t states, transitions;
	/* A shortest way to a session that breaks the promise. */
	struct fc_session witness[FC_P_COUNT];
	uint8_t way[FC_P_COUNT][FC_WITNESS]; /* events */
	size_t way_n[FC_P_COUNT];
	/* Of the set of sessions and what each event does with each: equal
	 * numbers and a walk over both tables at once (fc_check_equal) say
	 * that two tables do the same. */
	uint32_t steps_to_done[3]; /* fewest events from the menu by face, by
				    * another way, by review; 0: no way */
};

struct fc_checker; /* room for the search, used again and again */

FA_MUST_CHECK int fc_checker_new(
	struct fc_checker **out, struct fa_arena *a, struct fa_err *err);
/* FA_E_LIMIT when the table allows more than FC_CHECK_STATES sessions. */
FA_MUST_CHECK int fc_check(struct fc_verdict *out, struct fc_checker *c,
	const struct fc_table *t, struct fa_err *err);
/* Do two tables do the same with every event in every session that either can
 * come to? Then neither breaks what the other keeps: a proof, by visiting all
 * of them side by side. */
FA_MUST_CHECK int fc_check_equal(bool *equal, struct fc_checker *c,
	const struct fc_table *a, const struct fc_table *b, struct fa_err *err);

#endif
