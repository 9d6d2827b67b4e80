/* Breadth-first search over sessions. A session is a state, a number of tries
 * and 21 facts; from the eight kinds of start (child or not, reference at hand
 * or not, account restricted or not) few can be reached; how many, the program
 * prints.
 *
 * Promises about one session and one event are tested as they are met
 * (promise.c). Those about what can still happen are worked out afterwards,
 * backwards over the edges found:
 *   escape: mark the ends reached without leaving, then everything from which
 *     one event without a face leads to something marked, until nothing is
 *     added; what is left unmarked is a trap.
 *   refuser: follow only what a person who refuses the face does or meets; a
 *     session without such an event that is no end, LEFT, and a circle break
 *     the promise (depth-first, three colours). */
#include "facecheck/machine/check.h"

#include <string.h>

#include "facecheck/machine/promise.h"

#define SLOTS (FC_CHECK_STATES * 2)
#define NONE UINT32_MAX
#define STARTS 8 /* first in order of meeting */

struct fc_checker {
	struct fc_session *at; /* in order of meeting */
	uint32_t *from;        /* index of the session before, or NONE */
	uint8_t *by;           /* event */
	uint32_t *next;        /* FC_E_COUNT per session: index or NONE */
	uint32_t *slot;        /* hash table of index + 1 */
	uint8_t *mark;
	uint32_t *stack;
	size_t n;
};

/* What a person who does without the face does and meets, and what ends a face
 * attempt without success. */
static const uint8_t without_face[] = { FC_E_SHOW, FC_E_NO, FC_E_OTHER,
	FC_E_REVIEW, FC_E_GUARDIAN_NO, FC_E_SEND_NO, FC_E_OTHER_YES,
	FC_E_OTHER_NO, FC_E_HUMAN_YES, FC_E_HUMAN_NO, FC_E_TIMEOUT,
	FC_E_LIVE_NO, FC_E_MATCH_NO };

int
fc_checker_new(struct fc_checker **out, struct fa_arena *a, struct fa_err *err)
{
	struct fc_checker *c = fa_arena_new(a, 1, sizeof(*c));
	size_t n = FC_CHECK_STATES;

	if (!c)
		return fa_fail(err, FA_E_NOMEM, "no memory for the checker");
	c->at = fa_arena_new(a, n, sizeof(*c->at));
	c->from = fa_arena_new(a, n, sizeof(*c->from));
	c->by = fa_arena_new(a, n, sizeof(*c->by));
	c->next = fa_arena_new(a, n * FC_E_COUNT, sizeof(*c->next));
	c->slot = fa_arena_new(a, SLOTS, sizeof(*c->slot));
	c->mark = fa_arena_new(a, n, sizeof(*c->mark));
	c->stack = fa_arena_new(a, n, sizeof(*c->stack));
	if (!c->at || !c->from || !c->by || !c->next || !c->slot || !c->mark ||
		!c->stack)
		return fa_fail(err, FA_E_NOMEM, "no memory for the checker");
	*out = c;
	return FA_OK;
}

static size_t
slot_of(const struct fc_checker *c, struct fc_session s)
{
	uint64_t key =
		(uint64_t)s.facts << 16 | (uint64_t)s.tries << 8 | s.state;
	size_t i = (size_t)((key * 0x9E3779B97F4A7C15u) >> 40) % SLOTS;

	while (c->slot[i] != 0) {
		const struct fc_session *x = &c->at[c->slot[i] - 1];

		if (x->facts == s.facts && x->tries == s.tries &&
			x->state == s.state)
			break;
		i = (i + 1) % SLOTS;
	}
	return i;
}

/* Index of the session, which is added when it is new; NONE when full. */
static uint32_t
meet(struct fc_checker *c, struct fc_session s, uint32_t from, uint8_t by)
{
	size_t i = slot_of(c, s);

	if (c->slot[i] != 0)
		return c->slot[i] - 1;
	if (c->n == FC_CHECK_STATES)
		return NONE;
	c->at[c->n] = s;
	c->from[c->n] = from;
	c->by[c->n] = by;
	c->slot[i] = (uint32_t)++c->n;
	return (uint32_t)c->n - 1;
}

static void
begin(struct fc_checker *c)
{
	memset(c->slot, 0, SLOTS * sizeof(*c->slot));
	c->n = 0;
	for (uint32_t kind = 0; kind < STARTS; kind++) {
		struct fc_session s = { FC_S_START, 0, 0 };

		s.facts |= kind & 1 ? FC_MINOR : 0;
		s.facts |= kind & 2 ? FC_REMOTE : 0;
		s.facts |= kind & 4 ? FC_LOCKED : 0;
		(void)meet(c, s, NONE, 0);
	}
}

static void
breaks(struct fc_verdict *v, const struct fc_checker *c, enum fc_promise p,
	uint32_t i)
{
	uint8_t back[FC_WITNESS];
	size_t n = 0;

	if (v->broken & 1u << p)
		return;
	v->broken |= 1u << p;
	v->witness[p] = c->at[i];
	for (; c->from[i] != NONE && n < FC_WITNESS; i = c->from[i])
		back[n++] = c->by[i];
	v->way_n[p] = n;
	for (size_t k = 0; k < n; k++)
		v->way[p][k] = back[n - 1 - k];
}

/* Each of a set of promises. */
static void
break_all(struct fc_verdict *v, const struct fc_checker *c, uint32_t broken,
	uint32_t i)
{
	for (unsigned p = 0; p < FC_P_COUNT; p++)
		if (broken & 1u << p)
			breaks(v, c, (enum fc_promise)p, i);
}

static int
visit_all(struct fc_verdict *v, struct fc_checker *c, const struct fc_table *t,
	struct fa_err *err)
{
	for (uint32_t i = 0; i < c->n; i++) {
		struct fc_session after[FC_E_COUNT];
		uint32_t moves = fc_steps(after, t, c->at[i]);

		break_all(v, c, fc_session_breaks(c->at[i], after, moves), i);
		for (uint8_t e = 0; e < FC_E_COUNT; e++) {
			uint32_t to = NONE;

			if (moves & 1u << e) {
				to = meet(c, after[e], i, e);
				if (to == NONE)
					return fa_fail(err, FA_E_LIMIT,
						"the table allows more than "
						"%u sessions",
						FC_CHECK_STATES);
				v->transitions++;
				break_all(v, c,
					fc_step_breaks(c->at[i], e, after[e]),
					to);
			}
			c->next[(size_t)i * FC_E_COUNT + e] = to;
		}
	}
	v->states = c->n;
	return FA_OK;
}

static uint32_t
after(const struct fc_checker *c, uint32_t i, uint8_t e)
{
	return c->next[(size_t)i * FC_E_COUNT + e];
}

static bool
leads_on(const struct fc_checker *c, uint32_t i)
{
	for (size_t k = 0; k < sizeof(without_face); k++) {
		uint32_t to = after(c, i, without_face[k]);

		if (to != NONE && c->mark[to] && c->at[to].state != FC_S_LEFT)
			return true;
	}
	return false;
}

static void
test_escape(struct fc_verdict *v, struct fc_checker *c)
{
	bool grew = true;

	for (uint32_t i = 0; i < c->n; i++)
		c->mark[i] = fc_is_end(c->at[i].state);
	while (grew) {
		grew = false;
		for (uint32_t i = (uint32_t)c->n; i-- > 0;)
			if (!c->mark[i] && leads_on(c, i))
				c->mark[i] = grew = true;
	}
	for (uint32_t i = 0; i < c->n; i++)
		if (!c->mark[i])
			breaks(v, c, FC_P_ESCAPE, i);
}

enum { UNSEEN, OPEN, SHUT };

/* One session on the stack: looks at where refusing leads from it. */
static size_t
refuse_from(struct fc_verdict *v, struct fc_checker *c, uint32_t i, size_t n)
{
	bool any = false;

	for (uint8_t e = 0; e < FC_E_COUNT; e++) {
		uint32_t to = after(c, i, e);

		if (to == NONE || !fc_is_refusal(e))
			continue;
		any = true;
		if (c->mark[to] == OPEN)
			breaks(v, c, FC_P_REFUSER, to);
		else if (c->mark[to] == UNSEEN && n < FC_CHECK_STATES)
			c->stack[n++] = to;
	}
	if (!any)
		breaks(v, c, FC_P_REFUSER, i);
	return n;
}

static void
test_refuser(struct fc_verdict *v, struct fc_checker *c)
{
	size_t n = 0;

	memset(c->mark, UNSEEN, c->n);
	for (uint32_t i = 0; i < STARTS; i++)
		c->stack[n++] = i;
	while (n > 0) {
		uint32_t i = c->stack[n - 1];

		if (c->mark[i] != UNSEEN) {
			c->mark[i] = SHUT;
			n--;
			continue;
		}
		c->mark[i] = OPEN;
		if (!fc_is_end(c->at[i].state)) {
			n = refuse_from(v, c, i, n);
			continue;
		}
		if (c->at[i].state == FC_S_LEFT)
			breaks(v, c, FC_P_REFUSER, i);
	}
}

/* Is there a session of these circumstances in which the event passes? */
static bool
can_pass(const struct fc_checker *c, uint32_t circumstances, uint8_t state,
	uint8_t event)
{
	const uint32_t all = FC_MINOR | FC_REMOTE | FC_LOCKED;

	for (uint32_t i = 0; i < c->n; i++) {
		uint32_t to = after(c, i, event);

		if (c->at[i].state == state && to != NONE &&
			c->at[to].state == FC_S_DONE &&
			(c->at[i].facts & all) == circumstances)
			return true;
	}
	return false;
}

/* Circumstances never change, so a pass in each of their eight combinations
 * says that all starts can come to one. Without this a machine that does
 * nothing would keep the other promises. */
static void
test_works(struct fc_verdict *v, struct fc_checker *c)
{
	for (uint32_t kind = 0; kind < STARTS; kind++) {
		uint32_t facts = c->at[kind].facts;

		if (!can_pass(c, facts, FC_S_MATCH, FC_E_MATCH_YES) ||
			!can_pass(c, facts, FC_S_OTHER, FC_E_OTHER_YES) ||
			!can_pass(c, facts, FC_S_HUMAN, FC_E_HUMAN_YES))
			breaks(v, c, FC_P_WORKS, kind);
	}
}

/* Who has chosen the face and counts its steps does not turn to another way. */
static bool
turns_away(enum fc_event first, uint8_t e)
{
	return first == FC_E_FACE &&
		(e == FC_E_OTHER || e == FC_E_REVIEW || e == FC_E_NO);
}

/* Fewest events from the menu to DONE when the first one is this. */
static uint32_t
steps_by(struct fc_checker *c, const struct fc_table *t, enum fc_event first)
{
	struct fc_session menu = { FC_S_START, 0, 0 };
	size_t head = 0, tail = 0;
	uint32_t depth = 0;

	if (!fc_step(&menu, t, menu, FC_E_SHOW) ||
		!fc_step(&menu, t, menu, first))
		return 0;
	memset(c->mark, 0, c->n);
	c->stack[tail++] = meet(c, menu, NONE, 0);
	for (size_t level = tail; head < tail; level = tail) {
		depth++;
		for (; head < level; head++) {
			uint32_t i = c->stack[head];

			if (c->at[i].state == FC_S_DONE)
				return depth;
			for (uint8_t e = 0; e < FC_E_COUNT; e++) {
				uint32_t to = after(c, i, e);

				if (to == NONE || c->mark[to] ||
					turns_away(first, e))
					continue;
				c->mark[to] = 1;
				c->stack[tail++] = to;
			}
		}
	}
	return 0;
}

int
fc_check(struct fc_verdict *out, struct fc_checker *c, const struct fc_table *t,
	struct fa_err *err)
{
	struct fc_verdict v;
	int rc;

	memset(&v, 0, sizeof(v));
	begin(c);
	rc = visit_all(&v, c, t, err);
	if (rc < 0)
		return rc;
	test_escape(&v, c);
	test_refuser(&v, c);
	test_works(&v, c);
	v.steps_to_done[0] = steps_by(c, t, FC_E_FACE);
	v.steps_to_done[1] = steps_by(c, t, FC_E_OTHER);
	v.steps_to_done[2] = steps_by(c, t, FC_E_REVIEW);
	*out = v;
	return FA_OK;
}

int
fc_check_equal(bool *equal, struct fc_checker *c, const struct fc_table *a,
	const struct fc_table *b, struct fa_err *err)
{
	*equal = false;
	begin(c);
	for (uint32_t i = 0; i < c->n; i++) {
		for (uint8_t e = 0; e < FC_E_COUNT; e++) {
			struct fc_session x = c->at[i], y = c->at[i];
			bool moves = fc_step(&x, a, c->at[i], e);

			if (moves != fc_step(&y, b, c->at[i], e) ||
				x.state != y.state || x.tries != y.tries ||
				x.facts != y.facts)
				return FA_OK;
			if (moves && meet(c, x, i, e) == NONE)
				return fa_fail(err, FA_E_LIMIT,
					"the tables allow more than %u "
					"sessions",
					FC_CHECK_STATES);
		}
	}
	*equal = true;
	return FA_OK;
}
