/* The table as a model for spin(1), a second opinion from another checker with
 * another idea of time: whoever takes part is a process of its own, and all
 * run at once.
 *
 *   Person      does anything that a row allows, or (-DREFUSER) never agrees
 *   Camera      says what it likes: taken, alive or not, alike or not
 *   Ways        the other ways and the reviewer, who decide as they like
 *   Clock       may run out whenever a row allows it
 *   Withdrawer  asks, at any moment and again and again, or never
 *   Closer      asks once, at any moment, or never
 *   Watch       looks whether a choice is missing where there must be one
 *   two desks   answer them; one desk for both could serve the one and forget
 *               the other for ever, so each has its own
 *
 * A row becomes an option of the process whose event it is: guard, then effect,
 * in one atomic step, as the service takes it in one transaction. -DRACE takes
 * guard and effect apart; a service that looks first and writes later must
 * fail here, and does: this checker can see it and fc_check cannot.
 *
 * Promises about sessions become formulas that hold always. Some are about a
 * change, and rows that make it note a breach (bad_send and others). Those
 * about what must come in the end are checked under weak fairness: who can go
 * on goes on some day. "escape" and "works" say what is possible, not what
 * happens, which no formula over courses of events can; fc_check alone answers
 * them. */
#include "facecheck/machine/model.h"

#include <string.h>

#define LEFT_OVER "(F_CONSENT | F_BIOMETRIC | F_STORED)"

enum actor { PERSON, CAMERA, WAYS, CLOCK, WITHDRAW_DESK, CLOSE_DESK, ACTORS };

static const uint8_t actors[FC_E_COUNT] = {
	[FC_E_IMAGE] = CAMERA,
	[FC_E_LIVE_YES] = CAMERA,
	[FC_E_LIVE_NO] = CAMERA,
	[FC_E_MATCH_YES] = CAMERA,
	[FC_E_MATCH_NO] = CAMERA,
	[FC_E_OTHER_YES] = WAYS,
	[FC_E_OTHER_NO] = WAYS,
	[FC_E_HUMAN_YES] = WAYS,
	[FC_E_HUMAN_NO] = WAYS,
	[FC_E_TIMEOUT] = CLOCK,
	[FC_E_WITHDRAW] = WITHDRAW_DESK,
	[FC_E_CLOSE] = CLOSE_DESK,
}; /* and all others: PERSON */

static const char *const actor_names[ACTORS] = { "Person", "Camera", "Ways",
	"Clock", "WithdrawDesk", "CloseDesk" };

/* One promise is one formula; %s in comments is its text. */
static const char *const formulas[FC_P_COUNT] = {
	[FC_P_GATE] = "[] (ANY(F_BIOMETRIC) -> ALL(F_NOTICE | F_METHODS | "
		      "F_CONSENT | F_OWN_ACT | F_SEPARATE))",
	[FC_P_GUARDIAN] = "[] (ALL(F_BIOMETRIC | F_MINOR) -> ALL(F_GUARDIAN))",
	[FC_P_ANEW] = "([] (!bad_anew)) && "
		      "([] (ANY(F_GUARDIAN) -> ANY(F_CONSENT)))",
	[FC_P_SEND] = "[] (!bad_send)",
	[FC_P_KEEP] = "[] (!ANY(F_STORED))",
	[FC_P_WIPE] = "[] (ANY(F_BIOMETRIC) -> (st == S_LIVE || "
		      "st == S_MATCH))",
	[FC_P_RECORD] = "[] (ANY(F_PROCESSED) -> ALL(F_RECORDED))",
	[FC_P_LIVENESS] = "[] ((st == S_MATCH) == ALL(F_ALIVE))",
	[FC_P_BOUND] = "[] (tries <= TRIES && !bad_bound)",
	[FC_P_SPENT] = "[] (!bad_spent)",
	[FC_P_DOOR] = "[] ((st == S_LEFT) -> ALL(F_QUIT))",
	[FC_P_WITHDRAW] = "([] (!bad_withdraw)) && "
			  "([] (asked_withdraw -> <> (!asked_withdraw)))",
	[FC_P_CLOSE] =
		"([] (!bad_close)) && ([] (asked_close -> <> ALL(F_CLOSED)))",
	[FC_P_STALE] = "[] (ANY(F_CONSENT | F_OWN_ACT | F_SEPARATE | "
		       "F_SENDING) -> (UNDER_WAY(st) || st == S_DONE))",
	[FC_P_NO] = "[] (!bad_no)",
	[FC_P_PERSON] = "[] (!bad_person)",
	[FC_P_EARNED] = "([] (!bad_earned)) && "
			"([] ((st == S_DONE) -> ALL(F_SERVED)))",
	[FC_P_REFUSER] = "<> (st == S_DONE || st == S_REFUSED)",
};

/* NAME for "name-of-it". */
static void
add_upper(struct fa_buf *out, const char *name)
{
	for (; *name; name++)
		fa_buf_addc(out,
			*name == '-' ? '_'
				: (*name >= 'a' && *name <= 'z')
				? (char)(*name - 'a' + 'A')
				: *name);
}

static void
add_facts(struct fa_buf *out, uint32_t facts)
{
	bool first = true;

	for (unsigned bit = 0; bit < FC_FACTS; bit++) {
		if (!(facts & 1u << bit))
			continue;
		fa_buf_adds(out, first ? "F_" : " | F_");
		add_upper(out, fc_fact_name(bit));
		first = false;
	}
	if (first)
		fa_buf_addc(out, '0');
}

static void
add_state(struct fa_buf *out, uint8_t s)
{
	fa_buf_adds(out, "S_");
	add_upper(out, fc_state_name(s));
}

/* What a row asks for besides state and event. */
static void
add_condition(struct fa_buf *out, const struct fc_row *r)
{
	fa_buf_adds(out, "ALL(");
	add_facts(out, r->need);
	fa_buf_adds(out, ") && !ANY(");
	add_facts(out, r->bars);
	fa_buf_adds(out, r->limited ? ") && tries < TRIES" : ")");
}

static void
add_guard(struct fa_buf *out, const struct fc_table *t, size_t i)
{
	const struct fc_row *r = &t->rows[i];

	fa_buf_adds(out, "st == ");
	add_state(out, r->state);
	fa_buf_adds(out, " && ");
	add_condition(out, r);
	/* The first row that fits decides. */
	for (size_t k = 0; k < i; k++) {
		if (t->rows[k].state != r->state ||
			t->rows[k].event != r->event)
			continue;
		fa_buf_adds(out, " && !(");
		add_condition(out, &t->rows[k]);
		fa_buf_addc(out, ')');
	}
	if (r->event == FC_E_WITHDRAW)
		fa_buf_adds(out, " && asked_withdraw");
	if (r->event == FC_E_CLOSE)
		fa_buf_adds(out, " && asked_close");
}

/* A guardian's consent by another way than the guardian's, or from before a
 * consent that begins with this row. */
static void
add_guardian_blame(struct fa_buf *out, const struct fc_row *r)
{
	bool sets = r->set & FC_GUARDIAN, begins = r->set & FC_CONSENT,
	     renews = r->clear & FC_SPENT;

	if ((r->clear & FC_GUARDIAN) != 0)
		return;
	if (sets && (r->event != FC_E_GUARDIAN_YES || r->state != FC_S_GUARD))
		fa_buf_adds(out, "bad_anew = bad_anew || !ANY(F_GUARDIAN); ");
	if ((r->set & FC_SPENT && !renews) || r->clear & FC_CONSENT)
		return;
	if (begins || renews)
		fa_buf_addf(out, "bad_anew = bad_anew || (%s && (%s)); ",
			sets ? "true" : "ANY(F_GUARDIAN)",
			!renews          ? "!ANY(F_CONSENT | F_SPENT)"
				: begins ? "!ANY(F_CONSENT) || ANY(F_SPENT)"
					 : "ALL(F_CONSENT | F_SPENT)");
}

/* What a row is to be blamed for, by the facts before it. */
static void
add_blame(struct fa_buf *out, const struct fc_row *r)
{
	if (r->set & FC_SENT)
		fa_buf_adds(out,
			"bad_send = bad_send || (!ANY(F_SENT) && "
			"!ALL(F_REMOTE | F_SENDING)); ");
	if (r->set & FC_BIOMETRIC)
		fa_buf_adds(out,
			"bad_spent = bad_spent || (!ANY(F_BIOMETRIC) && "
			"ANY(F_SPENT)); ");
	if ((r->set & FC_BIOMETRIC) && !r->counts)
		fa_buf_adds(
			out, "bad_bound = bad_bound || !ANY(F_BIOMETRIC); ");
	if ((r->set & FC_SERVED) && r->event == FC_E_MATCH_YES)
		fa_buf_adds(out,
			"bad_earned = bad_earned || !ANY(F_SERVED | "
			"F_BIOMETRIC); ");
	else if ((r->set & FC_SERVED) && r->event != FC_E_OTHER_YES &&
		r->event != FC_E_HUMAN_YES)
		fa_buf_adds(out, "bad_earned = bad_earned || !ANY(F_SERVED); ");
	if (r->next == FC_S_REFUSED && r->state != FC_S_REFUSED &&
		!(r->state == FC_S_HUMAN && r->event == FC_E_HUMAN_NO))
		fa_buf_adds(out, "bad_person = true; ");
	if (!fc_is_heeded(r->state, r->event, r->next))
		fa_buf_adds(out, "bad_no = true; ");
	add_guardian_blame(out, r);
}

/* The statements of a row; the desks look at the facts after it. */
static void
add_effect(struct fa_buf *out, const struct fc_row *r)
{
	add_blame(out, r);
	fa_buf_adds(out, "f = (f | (");
	add_facts(out, r->set);
	fa_buf_adds(out, ")) & ~(");
	add_facts(out, r->clear);
	fa_buf_adds(out, "); st = ");
	add_state(out, r->next);
	if (r->counts)
		fa_buf_adds(out,
			"; tries = (tries <= TRIES -> tries + 1 : "
			"tries)");
	if (r->event == FC_E_CLOSE)
		fa_buf_adds(
			out, "; bad_close = bad_close || ANY(" LEFT_OVER ")");
	if (r->event == FC_E_WITHDRAW)
		fa_buf_adds(out,
			"; bad_withdraw = bad_withdraw || ANY(" LEFT_OVER
			"); asked_withdraw = ANY(" LEFT_OVER ")");
}

static void
add_row(struct fa_buf *out, const struct fc_table *t, size_t i)
{
	const struct fc_row *r = &t->rows[i];
	bool agrees = actors[r->event] == PERSON && !fc_is_refusal(r->event);

	if (agrees)
		fa_buf_adds(out, "#ifndef REFUSER\n");
	fa_buf_addf(out, "\t/* row %zu: %s, %s -> %s */\n\t:: STEP(", i + 1,
		fc_state_name(r->state), fc_event_name(r->event),
		fc_state_name(r->next));
	add_guard(out, t, i);
	fa_buf_adds(out, ",\n\t\t");
	add_effect(out, r);
	fa_buf_adds(out, ")\n");
	if (agrees)
		fa_buf_adds(out, "#endif\n");
}

static void
add_actor(struct fa_buf *out, const struct fc_table *t, enum actor who)
{
	fa_buf_addf(out, "\nproctype %s()\n{\nend:\tdo\n", actor_names[who]);
	for (size_t i = 0; i < t->n; i++)
		if (actors[t->rows[i].event] == who)
			add_row(out, t, i);
	if (who == WITHDRAW_DESK)
		fa_buf_adds(out,
			"\t/* it has ended by itself: nothing is left to do "
			"*/\n"
			"\t:: atomic { asked_withdraw && !ANY(" LEFT_OVER
			") -> asked_withdraw = false }\n");
	/* A table without a row of this kind still is a model. */
	fa_buf_adds(out, "\t:: false\n\tod\n}\n");
}

static void
add_names(struct fa_buf *out)
{
	for (uint8_t s = 0; s < FC_S_COUNT; s++) {
		fa_buf_adds(out, "#define ");
		add_state(out, s);
		fa_buf_addf(out, " %u\n", s);
	}
	for (unsigned bit = 0; bit < FC_FACTS; bit++) {
		fa_buf_adds(out, "#define ");
		add_facts(out, 1u << bit);
		fa_buf_addf(out, " %u\n", 1u << bit);
	}
	fa_buf_addf(out, "#define TRIES %d\n", FC_TRIES);
}

static const char head[] =
	"/* Written by `facecheck model --promela` from its table.\n"
	" *   spin -a FILE; cc -DNFAIR=4 -DNOREDUCE -o pan pan.c\n"
	" *   ./pan -a -f -N p_gate      (and so on, see the formulas)\n"
	" * with spin -DREFUSER: who never agrees; -DRACE: guard and effect\n"
	" * of a row are not one step. */\n";

static const char body[] =
	"\n#define ALL(x) ((f & (x)) == (x))\n"
	"#define ANY(x) ((f & (x)) != 0)\n"
	"#define UNDER_WAY(s) (s == S_GUARDIAN || s == S_SEND || "
	"s == S_CAPTURE || s == S_LIVE || s == S_MATCH)\n"
	"#ifdef RACE\n"
	"#define STEP(guard, effect) d_step { (guard) -> skip }; d_step { "
	"effect }\n"
	"#else\n"
	"#define STEP(guard, effect) d_step { (guard) -> effect }\n"
	"#endif\n"
	"\nbyte st = S_START;\nbyte tries;\nint f;\n"
	"bool asked_withdraw, asked_close;\n"
	"bool bad_send, bad_spent, bad_bound, bad_withdraw, bad_close, bad_no, "
	"bad_person, "
	"bad_earned, bad_anew;\n";

static const char tail[] =
	"\nproctype Withdrawer()\n{\n"
	"\tdo\n"
	"\t:: atomic { ANY(F_CONSENT) && !asked_withdraw -> "
	"asked_withdraw = true }\n"
	"\t:: break\n"
	"\tod\n}\n"
	"\nproctype Closer()\n{\n"
	"\tif\n"
	"\t:: asked_close = true\n"
	"\t:: skip\n"
	"\tfi\n}\n"
	"\ninit {\n"
	"\tatomic {\n"
	"\t\tif :: f = f | F_MINOR :: skip fi;\n"
	"\t\tif :: f = f | F_REMOTE :: skip fi;\n"
	"\t\tif :: f = f | F_LOCKED :: skip fi;\n"
	"\t\trun Withdrawer(); run Closer();\n"
	"\t\trun Person(); run Camera(); run Ways(); run Clock();\n"
	"\t\trun WithdrawDesk(); run CloseDesk(); run Watch()\n"
	"\t}\n}\n";

static bool
is_choice_somewhere(uint8_t event)
{
	bool found = false;

	for (uint8_t s = 0; s < FC_S_COUNT; s++)
		found |= fc_is_choice(s, event);
	return found;
}

/* Does a row fit this event now? */
static void
add_can(struct fa_buf *out, const struct fc_table *t, uint8_t event)
{
	fa_buf_adds(out, "#define CAN_");
	add_upper(out, fc_event_name(event));
	fa_buf_adds(out, " (false");
	for (size_t i = 0; i < t->n; i++) {
		if (t->rows[i].event != event)
			continue;
		fa_buf_adds(out, " || (st == ");
		add_state(out, t->rows[i].state);
		fa_buf_adds(out, " && ");
		add_condition(out, &t->rows[i]);
		fa_buf_addc(out, ')');
	}
	fa_buf_adds(out, ")\n");
}

/* Looks whether a state lacks a choice that it must offer. (As a formula this
 * would be too long for spin.) */
static void
add_watch(struct fa_buf *out)
{
	fa_buf_adds(out, "\nproctype Watch()\n{\nend:\tatomic { (false");
	for (uint8_t s = 0; s < FC_S_COUNT; s++)
		for (uint8_t e = 0; e < FC_E_COUNT; e++) {
			if (!fc_is_choice(s, e))
				continue;
			fa_buf_adds(out, " ||\n\t\t(st == ");
			add_state(out, s);
			fa_buf_adds(out, " && !CAN_");
			add_upper(out, fc_event_name(e));
			fa_buf_addc(out, ')');
		}
	fa_buf_adds(out, ") -> bad_no = true }\n}\n");
}

static void
add_formula(struct fa_buf *out, unsigned p)
{
	bool refuser = p == FC_P_REFUSER;

	if (!formulas[p])
		fa_buf_adds(out, "/* no formula says this */\n");
	else
		fa_buf_addf(out, "%sltl p_%s { %s }\n%s",
			refuser ? "#ifdef REFUSER\n" : "", fc_promise_name(p),
			formulas[p], refuser ? "#endif\n" : "");
}

void
fc_model_promela(struct fa_buf *out, const struct fc_table *t)
{
	fa_buf_adds(out, head);
	add_names(out);
	fa_buf_adds(out, body);
	for (enum actor who = 0; who < ACTORS; who++)
		add_actor(out, t, who);
	fa_buf_addc(out, '\n');
	for (uint8_t e = 0; e < FC_E_COUNT; e++)
		if (is_choice_somewhere(e))
			add_can(out, t, e);
	add_watch(out);
	fa_buf_adds(out, tail);
	for (unsigned p = 0; p < FC_P_COUNT; p++) {
		fa_buf_addf(out, "\n/* %s: %s */\n", fc_promise_name(p),
			fc_promise_text(p));
		add_formula(out, p);
	}
}
