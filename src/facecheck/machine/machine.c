#include "facecheck/machine/machine.h"

#include <string.h>

static const struct {
	const char *name, *title;
} states[FC_S_COUNT] = {
#define FC_STATE_ROW(s, name, title) { name, title },
	FC_STATES(FC_STATE_ROW)
#undef FC_STATE_ROW
}, events[FC_E_COUNT] = {
#define FC_EVENT_ROW(e, name, title) { name, title },
	FC_EVENTS(FC_EVENT_ROW)
#undef FC_EVENT_ROW
};

static const char *const facts[FC_FACTS] = { "notice", "methods", "consent",
	"own-act", "separate", "guardian", "sending", "spent", "biometric",
	"alive", "recorded", "processed", "stored", "sent", "withdrawn",
	"served", "quit", "closed", "minor", "remote", "locked" };

void
fc_table_init(struct fc_table *t)
{
	t->n = fc_reference_n;
	memcpy(t->rows, fc_reference, t->n * sizeof(*t->rows));
}

static bool
fits(const struct fc_row *r, struct fc_session s, enum fc_event e)
{
	return r->state == s.state && r->event == e &&
		(s.facts & r->need) == r->need && !(s.facts & r->bars) &&
		!(r->limited && s.tries >= FC_TRIES);
}

const struct fc_row *
fc_row_for(const struct fc_table *t, struct fc_session s, enum fc_event e)
{
	for (size_t i = 0; i < t->n; i++)
		if (fits(&t->rows[i], s, e))
			return &t->rows[i];
	return NULL;
}

static struct fc_session
apply(const struct fc_row *r, struct fc_session s)
{
	s.facts = (s.facts | r->set) & ~r->clear;
	/* One more than allowed is enough to see that too many are. */
	if (r->counts && s.tries <= FC_TRIES)
		s.tries++;
	s.state = r->next;
	return s;
}

bool
fc_step(struct fc_session *out, const struct fc_table *t, struct fc_session s,
	enum fc_event e)
{
	const struct fc_row *r = fc_row_for(t, s, e);

	if (!r)
		return false;
	*out = apply(r, s);
	return true;
}

uint32_t
fc_steps(struct fc_session out[FC_E_COUNT], const struct fc_table *t,
	struct fc_session s)
{
	uint32_t moves = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct fc_row *r = &t->rows[i];

		if (moves & 1u << r->event ||
			!fits(r, s, (enum fc_event)r->event))
			continue;
		moves |= 1u << r->event;
		out[r->event] = apply(r, s);
	}
	return moves;
}

bool
fc_is_end(uint8_t state)
{
	return state == FC_S_DONE || state == FC_S_REFUSED ||
		state == FC_S_LEFT;
}

const char *
fc_state_name(uint8_t s)
{
	return states[s].name;
}

const char *
fc_state_title(uint8_t s)
{
	return states[s].title;
}

const char *
fc_event_name(uint8_t e)
{
	return events[e].name;
}

const char *
fc_event_title(uint8_t e)
{
	return events[e].title;
}

const char *
fc_fact_name(unsigned bit)
{
	return facts[bit];
}

int
fc_event_parse(struct fa_str s)
{
	for (int i = 0; i < FC_E_COUNT; i++)
		if (fa_str_eq(s, fa_str_c(events[i].name)))
			return i;
	return -1;
}
