#include "facecheck/machine/mutate.h"

/* Rows of a state (FC_S_COUNT: any) and event. */
#define ANY_STATE FC_S_COUNT
#define EACH(t, r, at, on)                                                     \
	for (struct fc_row *r = (t)->rows; r < (t)->rows + (t)->n; r++)        \
		if (((at) == ANY_STATE || r->state == (at)) && r->event == (on))

static void
preticked(struct fc_table *t)
{
	EACH(t, r, FC_S_START, FC_E_SHOW)
	r->set |= FC_CONSENT | FC_SEPARATE;
	EACH(t, r, FC_S_MENU, FC_E_FACE)
	r->next = FC_S_CAPTURE;
	EACH(t, r, FC_S_CAPTURE, FC_E_IMAGE)
	r->need &= ~(uint32_t)FC_OWN_ACT;
}

static void
bundled(struct fc_table *t)
{
	EACH(t, r, FC_S_ASK, FC_E_YES)
	r->set &= ~(uint32_t)FC_SEPARATE;
	EACH(t, r, FC_S_CAPTURE, FC_E_IMAGE)
	r->need &= ~(uint32_t)FC_SEPARATE;
}

static void
face_only(struct fc_table *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->rows[i].next != t->rows[i].state &&
			(t->rows[i].next == FC_S_OTHER ||
				t->rows[i].next == FC_S_HUMAN))
			t->rows[i].next = FC_S_MENU;
}

static void
methods_unshown(struct fc_table *t)
{
	EACH(t, r, FC_S_START, FC_E_SHOW)
	r->set &= ~(uint32_t)FC_METHODS;
	EACH(t, r, FC_S_CAPTURE, FC_E_IMAGE)
	r->need &= ~(uint32_t)FC_METHODS;
}

static void
refuse_exit(struct fc_table *t)
{
	EACH(t, r, FC_S_ASK, FC_E_NO)
	r->next = FC_S_LEFT;
}

static void
menu_no_exit(struct fc_table *t)
{
	EACH(t, r, FC_S_MENU, FC_E_NO)
	r->next = FC_S_LEFT;
}

static void
no_guardian(struct fc_table *t)
{
	EACH(t, r, FC_S_ASK, FC_E_YES)
	if (r->next == FC_S_GUARD)
		r->bars |= FC_MINOR;
}

static void
guardian_is_asked_for_show(struct fc_table *t)
{
	EACH(t, r, FC_S_GUARD, FC_E_GUARDIAN_NO)
	{
		r->next = FC_S_CAPTURE;
		r->clear = 0;
	}
}

static void
guardian_once(struct fc_table *t)
{
	for (size_t i = 0; i < t->n; i++)
		t->rows[i].clear &= ~(uint32_t)FC_GUARDIAN;
	EACH(t, r, FC_S_ASK, FC_E_YES)
	if (r->next == FC_S_GUARD)
		r->bars |= FC_GUARDIAN;
}

static void
child_for_guardian(struct fc_table *t)
{
	no_guardian(t);
	EACH(t, r, FC_S_ASK, FC_E_YES)
	r->set |= FC_GUARDIAN;
}

static void
no_notice(struct fc_table *t)
{
	EACH(t, r, FC_S_START, FC_E_SHOW)
	r->set &= ~(uint32_t)FC_NOTICE;
	EACH(t, r, FC_S_CAPTURE, FC_E_IMAGE)
	r->need &= ~(uint32_t)FC_NOTICE;
}

static void
early_capture(struct fc_table *t)
{
	EACH(t, r, FC_S_MENU, FC_E_FACE)
	r->set |= FC_BIOMETRIC | FC_PROCESSED | FC_RECORDED;
}

static void
stores_template(struct fc_table *t)
{
	EACH(t, r, FC_S_MATCH, FC_E_MATCH_YES)
	r->set |= FC_STORED;
}

static void
stores_failures(struct fc_table *t)
{
	EACH(t, r, FC_S_LIVE, FC_E_LIVE_NO)
	r->set |= FC_STORED;
}

static void
sends_out(struct fc_table *t)
{
	EACH(t, r, FC_S_LIVE, FC_E_LIVE_YES)
	r->set |= FC_SENT;
}

static void
no_send_consent(struct fc_table *t)
{
	EACH(t, r, FC_S_ASK, FC_E_YES)
	if (r->next == FC_S_SEND)
		r->next = FC_S_CAPTURE;
}

static void
send_refused_goes_on(struct fc_table *t)
{
	EACH(t, r, FC_S_SEND, FC_E_SEND_NO)
	{
		r->next = FC_S_CAPTURE;
		r->clear = 0;
	}
}

static void
no_wipe(struct fc_table *t)
{
	EACH(t, r, FC_S_MATCH, FC_E_MATCH_YES)
	r->clear &= ~(uint32_t)FC_BIOMETRIC;
}

static void
no_wipe_on_failure(struct fc_table *t)
{
	EACH(t, r, FC_S_MATCH, FC_E_MATCH_NO)
	r->clear &= ~(uint32_t)FC_BIOMETRIC;
}

static void
no_wipe_on_timeout(struct fc_table *t)
{
	EACH(t, r, FC_S_LIVE, FC_E_TIMEOUT)
	r->clear &= ~(uint32_t)FC_BIOMETRIC;
}

static void
no_record(struct fc_table *t)
{
	EACH(t, r, FC_S_CAPTURE, FC_E_IMAGE)
	r->set &= ~(uint32_t)FC_RECORDED;
}

static void
late_record(struct fc_table *t)
{
	no_record(t);
	EACH(t, r, FC_S_MATCH, FC_E_MATCH_YES)
	r->set |= FC_RECORDED;
	EACH(t, r, FC_S_MATCH, FC_E_MATCH_NO)
	r->set |= FC_RECORDED;
}

static void
no_withdrawal(struct fc_table *t)
{
	EACH(t, r, ANY_STATE, FC_E_WITHDRAW)
	r->need = FC_CONSENT | FC_CLOSED;
}

static void
withdrawal_keeps(struct fc_table *t)
{
	EACH(t, r, ANY_STATE, FC_E_WITHDRAW)
	{
		r->clear &= ~(uint32_t)FC_BIOMETRIC;
		r->next = r->state;
	}
}

static void
close_needs_face(struct fc_table *t)
{
	EACH(t, r, ANY_STATE, FC_E_CLOSE)
	r->need |= FC_SERVED;
}

static void
close_keeps(struct fc_table *t)
{
	EACH(t, r, ANY_STATE, FC_E_CLOSE)
	r->clear &= ~(uint32_t)FC_FORM;
}

static void
no_human(struct fc_table *t)
{
	EACH(t, r, FC_S_OTHER, FC_E_OTHER_NO)
	r->next = FC_S_LEFT;
}

static void
sent_round(struct fc_table *t)
{
	EACH(t, r, FC_S_OTHER, FC_E_OTHER_NO)
	r->next = FC_S_MENU;
}

static void
endless_retry(struct fc_table *t)
{
	EACH(t, r, FC_S_MENU, FC_E_FACE)
	r->limited = false;
}

static void
stale_consent(struct fc_table *t)
{
	EACH(t, r, FC_S_LIVE, FC_E_LIVE_NO)
	{
		r->clear = FC_BIOMETRIC;
		r->next = FC_S_CAPTURE;
	}
	EACH(t, r, FC_S_CAPTURE, FC_E_IMAGE)
	r->bars &= ~(uint32_t)FC_SPENT;
}

static void
no_liveness(struct fc_table *t)
{
	EACH(t, r, FC_S_CAPTURE, FC_E_IMAGE)
	r->next = FC_S_MATCH;
}

static void
timeout_to_door(struct fc_table *t)
{
	EACH(t, r, ANY_STATE, FC_E_TIMEOUT)
	r->next = FC_S_LEFT;
}

static void
stale_timeout(struct fc_table *t)
{
	EACH(t, r, FC_S_CAPTURE, FC_E_TIMEOUT)
	r->clear &= ~(uint32_t)FC_FORM;
}

static void
dead_no(struct fc_table *t)
{
	EACH(t, r, FC_S_ASK, FC_E_NO)
	r->need |= FC_QUIT;
}

static void
no_means_yes(struct fc_table *t)
{
	EACH(t, r, FC_S_CAPTURE, FC_E_NO)
	{
		r->next = FC_S_CAPTURE;
		r->clear = 0;
	}
}

static void
cannot_leave(struct fc_table *t)
{
	EACH(t, r, FC_S_HUMAN, FC_E_QUIT)
	r->need |= FC_SERVED;
}

static void
machine_refuses(struct fc_table *t)
{
	EACH(t, r, FC_S_MATCH, FC_E_MATCH_NO)
	r->next = FC_S_REFUSED;
}

static void
passes_anybody(struct fc_table *t)
{
	EACH(t, r, FC_S_OTHER, FC_E_OTHER_NO)
	r->next = FC_S_DONE;
}

static void
camera_for_children(struct fc_table *t)
{
	EACH(t, r, FC_S_CAPTURE, FC_E_IMAGE)
	r->need |= FC_GUARDIAN;
}

static void
other_never_passes(struct fc_table *t)
{
	EACH(t, r, FC_S_OTHER, FC_E_OTHER_YES)
	{
		r->next = FC_S_HUMAN;
		r->set = 0;
	}
}

static void
uncounted(struct fc_table *t)
{
	EACH(t, r, FC_S_CAPTURE, FC_E_IMAGE)
	r->counts = false;
}

static void
once_alive(struct fc_table *t)
{
	EACH(t, r, FC_S_MATCH, FC_E_MATCH_NO)
	r->clear &= ~(uint32_t)FC_ALIVE;
}

static void
quit_to_menu(struct fc_table *t)
{
	EACH(t, r, FC_S_ASK, FC_E_QUIT)
	r->next = FC_S_MENU;
}

static void
asked_again(struct fc_table *t)
{
	EACH(t, r, FC_S_ASK, FC_E_NO)
	r->next = FC_S_ASK;
}

static void
skips_camera(struct fc_table *t)
{
	EACH(t, r, FC_S_ASK, FC_E_YES)
	if (r->next == FC_S_CAPTURE)
		r->next = FC_S_LIVE;
}

static void
skips_menu(struct fc_table *t)
{
	EACH(t, r, FC_S_START, FC_E_SHOW)
	r->next = FC_S_ASK;
}

const struct fc_mutant fc_mutants[] = {
	{ "preticked", "consent is given beforehand", FC_P_GATE, preticked },
	{ "bundled", "consent covers other things too", FC_P_GATE, bundled },
	{ "face-only", "other ways lead back to the menu", FC_P_ESCAPE,
		face_only },
	{ "methods-unshown", "other ways are there and not shown", FC_P_GATE,
		methods_unshown },
	{ "refuse-exit", "refusing consent ends the visit", FC_P_DOOR,
		refuse_exit },
	{ "menu-no-exit", "no in the menu ends the visit", FC_P_DOOR,
		menu_no_exit },
	{ "no-guardian", "children go on without a guardian", FC_P_GUARDIAN,
		no_guardian },
	{ "guardian-for-show", "the guardian's no changes nothing",
		FC_P_GUARDIAN, guardian_is_asked_for_show },
	{ "guardian-once", "the guardian is asked for the first attempt only",
		FC_P_ANEW, guardian_once },
	{ "child-for-guardian", "the child's yes counts as the guardian's",
		FC_P_ANEW, child_for_guardian },
	{ "no-notice", "nothing is told", FC_P_GATE, no_notice },
	{ "early-capture", "the camera runs before consent", FC_P_GATE,
		early_capture },
	{ "stores-template", "a template is kept", FC_P_KEEP, stores_template },
	{ "stores-failures", "pictures of failed attempts are kept", FC_P_KEEP,
		stores_failures },
	{ "sends-out", "the picture is sent without need", FC_P_SEND,
		sends_out },
	{ "no-send-consent", "sending is not asked about", FC_P_SEND,
		no_send_consent },
	{ "send-refused-goes-on", "refusing to send changes nothing", FC_P_SEND,
		send_refused_goes_on },
	{ "no-wipe", "the picture stays in memory", FC_P_WIPE, no_wipe },
	{ "no-wipe-on-failure", "... after a failed comparison", FC_P_WIPE,
		no_wipe_on_failure },
	{ "no-wipe-on-timeout", "... after a timeout", FC_P_WIPE,
		no_wipe_on_timeout },
	{ "no-record", "processing leaves no record", FC_P_RECORD, no_record },
	{ "late-record", "failed liveness leaves no record", FC_P_RECORD,
		late_record },
	{ "no-withdrawal", "consent cannot be withdrawn", FC_P_WITHDRAW,
		no_withdrawal },
	{ "withdrawal-keeps", "withdrawing does not stop the attempt",
		FC_P_WITHDRAW, withdrawal_keeps },
	{ "close-needs-face", "closing needs a passed check", FC_P_CLOSE,
		close_needs_face },
	{ "close-keeps", "consent outlives the account", FC_P_CLOSE,
		close_keeps },
	{ "no-human", "a failed other way ends the visit", FC_P_DOOR,
		no_human },
	{ "sent-round", "a failed other way leads back to the menu",
		FC_P_REFUSER, sent_round },
	{ "endless-retry", "captures are not bounded", FC_P_BOUND,
		endless_retry },
	{ "stale-consent", "a failed attempt is repeated unasked", FC_P_SPENT,
		stale_consent },
	{ "no-liveness", "any picture is compared", FC_P_LIVENESS,
		no_liveness },
	{ "timeout-to-door", "whoever is slow is thrown out", FC_P_DOOR,
		timeout_to_door },
	{ "stale-timeout", "a consent outlives the attempt it was for",
		FC_P_STALE, stale_timeout },
	{ "dead-no", "the no under the consent does nothing", FC_P_NO,
		dead_no },
	{ "no-means-yes", "a no before the camera changes nothing", FC_P_NO,
		no_means_yes },
	{ "cannot-leave", "who waits for a review cannot leave", FC_P_NO,
		cannot_leave },
	{ "machine-refuses", "a failed comparison turns the person down",
		FC_P_PERSON, machine_refuses },
	{ "passes-anybody", "a failed other way passes", FC_P_EARNED,
		passes_anybody },
	{ "camera-for-children", "only children can use the camera", FC_P_WORKS,
		camera_for_children },
	{ "other-never-passes", "another way that is offered never passes",
		FC_P_WORKS, other_never_passes },
	{ "uncounted", "captures are not counted", FC_P_BOUND, uncounted },
	{ "once-alive", "the next attempt counts as alive from the start",
		FC_P_LIVENESS, once_alive },
	{ "quit-to-menu", "who wants to leave is shown the menu again", FC_P_NO,
		quit_to_menu },
	{ "asked-again", "after a no the same question comes again", FC_P_NO,
		asked_again },
	{ "skips-camera", "a comparison passes without a picture", FC_P_EARNED,
		skips_camera },
	{ "skips-menu", "the face is asked for before the menu", FC_P_NO,
		skips_menu },
};
const size_t fc_mutants_n = FA_COUNT(fc_mutants);

int
fc_mutant_fate(enum fc_fate *fate, struct fc_verdict *v, struct fc_checker *c,
	const struct fc_mutant *a, const struct fc_mutant *b,
	struct fa_err *err)
{
	struct fc_table reference, faulty;
	bool equal;
	int rc;

	fc_table_init(&reference);
	fc_table_init(&faulty);
	a->apply(&faulty);
	if (b)
		b->apply(&faulty);
	rc = fc_check(v, c, &faulty, err);
	if (rc < 0)
		return rc;
	*fate = FC_KILLED;
	if (v->broken)
		return FA_OK;
	rc = fc_check_equal(&equal, c, &reference, &faulty, err);
	if (rc == FA_OK)
		*fate = equal ? FC_EQUIVALENT : FC_SURVIVED;
	return rc;
}
