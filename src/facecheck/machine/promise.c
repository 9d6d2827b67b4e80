/* The promises by name, and what events mean to a person: the words in which
 * they are put. */
#include <string.h>

#include "facecheck/machine/check.h"

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
