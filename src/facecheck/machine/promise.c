/* The promises by name, what events mean to a person: the words in which they
 * are put; and those that show in one session or one event. */
#include "facecheck/machine/promise.h"

#include <string.h>

static const struct {
	const char *name, *what, *law;
} promises[FC_P_COUNT] = {
#define FC_PROMISE_ROW(p, name, what, law) { name, what, law },
	FC_PROMISES(FC_PROMISE_ROW)
#undef FC_PROMISE_ROW
};

/* What a person who never agrees to a face check does, and what the other
 * ways then answer. */
static const uint8_t refuses[] = { FC_E_SHOW, FC_E_NO, FC_E_OTHER, FC_E_REVIEW,
	FC_E_GUARDIAN_NO, FC_E_SEND_NO, FC_E_OTHER_YES, FC_E_OTHER_NO,
	FC_E_HUMAN_YES, FC_E_HUMAN_NO };
bool
fc_is_refusal(uint8_t event)
{
	return memchr(refuses, event, sizeof(refuses)) != NULL;
}

static bool
is_question(uint8_t state)
{
	return state == FC_S_ASK || state == FC_S_GUARD || state == FC_S_SEND ||
		state == FC_S_CAPTURE;
}

bool
fc_is_choice(uint8_t state, uint8_t event)
{
	switch (event) {
	case FC_E_NO:
		return state == FC_S_MENU || state == FC_S_ASK ||
			state == FC_S_CAPTURE;
	case FC_E_GUARDIAN_NO:
		return state == FC_S_GUARD;
	case FC_E_SEND_NO:
		return state == FC_S_SEND;
	case FC_E_OTHER:
		return state == FC_S_MENU || is_question(state);
	case FC_E_REVIEW:
		return state == FC_S_MENU || state == FC_S_OTHER;
	case FC_E_QUIT:
		return state == FC_S_MENU || state == FC_S_OTHER ||
			state == FC_S_HUMAN || is_question(state);
	default:
		return false;
	}
}

/* Rights end an attempt, and leave who is elsewhere where they are. */
static uint8_t
after_right(uint8_t state)
{
	return is_question(state) || state == FC_S_LIVE || state == FC_S_MATCH
		? FC_S_MENU
		: state;
}

bool
fc_is_heeded(uint8_t state, uint8_t event, uint8_t next)
{
	switch (event) {
	case FC_E_WITHDRAW:
	case FC_E_CLOSE:
		return next == after_right(state);
	case FC_E_SHOW:
		return next == FC_S_MENU;
	case FC_E_OTHER:
		return next == FC_S_OTHER;
	case FC_E_REVIEW:
		return next == FC_S_HUMAN;
	case FC_E_QUIT:
		return next == FC_S_LEFT;
	case FC_E_NO:
	case FC_E_GUARDIAN_NO:
	case FC_E_SEND_NO:
	case FC_E_TIMEOUT:
	case FC_E_LIVE_NO:
	case FC_E_MATCH_NO:
		return next == FC_S_MENU || next == FC_S_OTHER ||
			next == FC_S_HUMAN;
	default:
		return true;
	}
}

const char *
fc_promise_name(unsigned p)
{
	return promises[p].name;
}

const char *
fc_promise_text(unsigned p)
{
	return promises[p].what;
}

const char *
fc_promise_law(unsigned p)
{
	return promises[p].law;
}

static bool
has(struct fc_session s, uint32_t facts)
{
	return (s.facts & facts) == facts;
}

static uint32_t
broken(bool is, enum fc_promise p)
{
	return is ? 1u << p : 0;
}

static bool
in_attempt(uint8_t state)
{
	return state == FC_S_LIVE || state == FC_S_MATCH;
}

/* May a face follow, or be there, without another choice of the face? */
static bool
is_under_way(uint8_t state)
{
	return state == FC_S_GUARD || state == FC_S_SEND ||
		state == FC_S_CAPTURE || in_attempt(state);
}

static uint32_t
memory_breaks(struct fc_session s)
{
	if (!has(s, FC_BIOMETRIC))
		return 0;
	return broken(!has(s, FC_NOTICE | FC_METHODS | FC_FORM), FC_P_GATE) |
		broken(has(s, FC_MINOR) && !has(s, FC_GUARDIAN),
			FC_P_GUARDIAN) |
		broken(!in_attempt(s.state), FC_P_WIPE);
}

static uint32_t
choice_breaks(struct fc_session s, const struct fc_session after[FC_E_COUNT],
	uint32_t moves)
{
	for (uint8_t e = 0; e < FC_E_COUNT; e++)
		if ((fc_is_choice(s.state, e) && !(moves & 1u << e)) ||
			(moves & 1u << e &&
				!fc_is_heeded(s.state, e, after[e].state)))
			return 1u << FC_P_NO;
	return 0;
}

uint32_t
fc_session_breaks(struct fc_session s,
	const struct fc_session after[FC_E_COUNT], uint32_t moves)
{
	bool withdraws = moves & 1u << FC_E_WITHDRAW;
	bool closes =
		moves & 1u << FC_E_CLOSE && has(after[FC_E_CLOSE], FC_CLOSED);

	return memory_breaks(s) | choice_breaks(s, after, moves) |
		broken(has(s, FC_STORED), FC_P_KEEP) |
		broken(has(s, FC_PROCESSED) && !has(s, FC_RECORDED),
			FC_P_RECORD) |
		/* ... of this picture: not before, and not kept for the next
		 * one. */
		broken((s.state == FC_S_MATCH) != has(s, FC_ALIVE),
			FC_P_LIVENESS) |
		broken(s.tries > FC_TRIES, FC_P_BOUND) |
		broken(s.state == FC_S_LEFT && !has(s, FC_QUIT), FC_P_DOOR) |
		broken(has(s, FC_CONSENT) && !withdraws, FC_P_WITHDRAW) |
		broken(!has(s, FC_CLOSED) && !closes, FC_P_CLOSE) |
		broken(!is_under_way(s.state) && s.state != FC_S_DONE &&
				(s.facts & (FC_FORM | FC_SENDING)) != 0,
			FC_P_STALE) |
		broken(s.state == FC_S_DONE && !has(s, FC_SERVED), FC_P_EARNED);
}

/* Whom it lets pass or turns down. */
static uint32_t
decision_breaks(struct fc_session s, uint8_t e, struct fc_session o)
{
	bool passes = !has(s, FC_SERVED) && has(o, FC_SERVED);
	bool rejects = s.state != FC_S_REFUSED && o.state == FC_S_REFUSED;

	return broken(passes &&
			       !(e == FC_E_MATCH_YES && has(s, FC_BIOMETRIC)) &&
			       e != FC_E_OTHER_YES && e != FC_E_HUMAN_YES,
		       FC_P_EARNED) |
		broken(rejects && (s.state != FC_S_HUMAN || e != FC_E_HUMAN_NO),
			FC_P_PERSON);
}

/* Is it a consent that was not there before the event? Else the one of before
 * goes on, used up or not. */
static bool
is_fresh(struct fc_session s, struct fc_session o)
{
	return has(o, FC_CONSENT) && !has(o, FC_SPENT) &&
		(!has(s, FC_CONSENT) || has(s, FC_SPENT));
}

/* Whose yes the guardian's is, and to what. */
static uint32_t
guardian_breaks(struct fc_session s, uint8_t e, struct fc_session o)
{
	bool given = e == FC_E_GUARDIAN_YES && s.state == FC_S_GUARD;

	return broken(has(o, FC_GUARDIAN) &&
			(!has(o, FC_CONSENT) || is_fresh(s, o) ||
				(!has(s, FC_GUARDIAN) && !given)),
		FC_P_ANEW);
}

uint32_t
fc_step_breaks(struct fc_session s, uint8_t e, struct fc_session o)
{
	bool left = (o.facts & (FC_CONSENT | FC_BIOMETRIC | FC_STORED)) != 0;
	bool sends = !has(s, FC_SENT) && has(o, FC_SENT);
	bool takes = !has(s, FC_BIOMETRIC) && has(o, FC_BIOMETRIC);

	return decision_breaks(s, e, o) | guardian_breaks(s, e, o) |
		broken(sends && !has(s, FC_REMOTE | FC_SENDING), FC_P_SEND) |
		broken(takes && has(s, FC_SPENT), FC_P_SPENT) |
		broken(takes && o.tries == s.tries, FC_P_BOUND) |
		broken(e == FC_E_WITHDRAW && left, FC_P_WITHDRAW) |
		broken(e == FC_E_CLOSE && left, FC_P_CLOSE);
}
