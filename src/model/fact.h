/* Names of what can be decided on a flow. Rules ask for them, `flow` finds
 * them (flow/facts.h), faceaudit-rules(5) explains them.
 *
 * A "way" is a path of transitions from the start; "around" a capture means
 * without its capture action. The goal of a capture is what lies behind its
 * success. "Complete" means that no gap of the flow could hide the contrary. */
#ifndef FA_MODEL_FACT_H
#define FA_MODEL_FACT_H

#include "base/str.h"

/* X(symbol, name, what it means) */
#define FA_FACTS(X)                                                            \
	/* Of an element: the kind of control (flow/view.h). */                \
	X(ACCEPT, "accept", "a control that agrees")                           \
	X(REFUSE, "refuse", "a control that refuses or puts off")              \
	X(OTHER_METHOD, "other_method", "a control for another way to verify") \
	X(FACE_CONTROL, "face_control", "a control that begins a face check")  \
	X(NEUTRAL, "neutral", "a control that does not say what it does")      \
	X(AGREE_BOX, "agree_box", "a checkbox that stands for consent")        \
	/* Of a screen. */                                                     \
	X(CAPTURE, "capture", "the face is captured here")                     \
	X(FACE_PROMPT, "face_prompt", "a face check is asked for")             \
	X(CONSENT, "consent", "consent to something is asked for")             \
	X(FACE_CONSENT, "face_consent", "consent that names the face")         \
	X(DOCUMENT, "document", "a policy or agreement")                       \
	X(METHODS, "methods", "a choice of ways to verify")                    \
	X(RETAIN, "retain", "asks again after a refusal")                      \
	X(BLOCKED, "blocked", "says that nothing goes on")                     \
	X(GUARDIAN, "guardian", "consent or check of a guardian")              \
	X(AGE, "age", "asks for the age")                                      \
	X(FACE_CONTEXT, "face_context",                                        \
		"a screen that captures, prompts, or asks consent for a "      \
		"face, "                                                       \
		"or that a refusal of these leads to")                         \
	/* FRM.10.1 */                                                         \
	X(SOLE_METHOD, "sole_method",                                          \
		"complete: no way around the capture reaches its goal")        \
	X(OTHER_WAY, "other_way",                                              \
		"a way without any capture reaches the same goal")             \
	X(OTHER_WAY_OFFERED, "other_way_offered",                              \
		"another way is offered, but where it ends is not recorded")   \
	X(SOLE_UNKNOWN, "sole_unknown",                                        \
		"whether there is a way around is not recorded")               \
	X(OTHER_BIOMETRIC, "other_biometric",                                  \
		"the only other way is another biometric")                     \
	X(OTHER_OFFCHANNEL, "other_offchannel",                                \
		"the only other way leads outside this channel")               \
	X(OTHER_COSTLY, "other_costly",                                        \
		"the shortest other way takes three times the taps or more")   \
	X(OTHER_CHARGED, "other_charged",                                      \
		"every other way that is offered names a fee, the face none")  \
	X(OTHER_UNCOMPARED, "other_uncompared",                                \
		"the other way seen takes so many taps, another may be hid")   \
	X(OTHER_AFTER_FAILURES, "other_after_failures",                        \
		"another way opens only after failed captures")                \
	X(OTHER_ENDS_NOWHERE, "other_ends_nowhere",                            \
		"complete: what is offered as another way reaches no goal")    \
	/* FRM.6.1, SPC.4.1.2, A191.III.1, A191.III.4 */                       \
	X(NO_CONSENT, "no_consent",                                            \
		"complete: a way to the capture passes no consent at all")     \
	X(NO_FACE_CONSENT, "no_face_consent",                                  \
		"complete: a way to the capture passes no consent that names " \
		"the face, though it passes others")                           \
	X(CONSENT_NO_DECLINE, "consent_no_decline",                            \
		"complete: a face consent screen has no control to decline")   \
	X(CONSENT_PRETICKED, "consent_preticked",                              \
		"a box that stands for consent to the face is ticked at first" \
		" sight")                                                      \
	X(GENERAL_PRETICKED, "general_preticked",                              \
		"a box that stands for other consent is ticked at first "      \
		"sight")                                                       \
	X(CONSENT_BUNDLED, "consent_bundled",                                  \
		"one control binds the face and documents or purposes beside " \
		"it")                                                          \
	X(CONSENT_FORM_OK, "consent_form_ok",                                  \
		"complete: on every way to the capture stands a consent that " \
		"names the face, can be declined, is not ticked and binds "    \
		"nothing else")                                                \
	X(CONSENT_UNKNOWN, "consent_unknown",                                  \
		"what stands before the capture is not recorded")              \
	X(CONSENT_IMPLIED, "consent_implied",                                  \
		"going on counts as consent to the face, says the screen")     \
	X(PERMISSION_ONLY, "permission_only",                                  \
		"the system's camera permission is the only question asked")   \
	X(PREVIEW_BEFORE_CONSENT, "preview_before_consent",                    \
		"the preview already runs while consent to the face is asked") \
	X(CAPTURE_BY_ITSELF, "capture_by_itself",                              \
		"the capture starts without a tap")                            \
	/* SPC.4.1.1 */                                                        \
	X(REFUSAL_ENDS, "refusal_ends",                                        \
		"complete: behind every refusal of the face lies only an "     \
		"exit, "                                                       \
		"a dead end or the same question; nothing else goes on")       \
	X(REFUSAL_DENIED, "refusal_denied",                                    \
		"complete: refusing the face is answered by a screen that "    \
		"says what stays closed, and there is no other way")           \
	X(REFUSAL_GOES_ON, "refusal_goes_on",                                  \
		"after refusing the face the service goes on")                 \
	X(REFUSAL_UNKNOWN, "refusal_unknown",                                  \
		"what lies behind the refusal is not recorded")                \
	/* FRM.12, NDR.22.1.5, STD.45574.6.1.a */                              \
	X(COUNTDOWN_CONSENT, "countdown_consent",                              \
		"waiting on a consent screen agrees or goes on by itself")     \
	X(ASKED_AGAIN, "asked_again",                                          \
		"after a refusal the same question comes again unasked")       \
	X(ASKED_NEXT_START, "asked_next_start",                                \
		"after a refusal the same question comes at the next start")   \
	X(NOT_ASKED_AGAIN, "not_asked_again",                                  \
		"after a refusal and a new start the question does not come")  \
	X(RETAIN_CHAIN, "retain_chain",                                        \
		"two or more screens talk a refusal over")                     \
	X(PRESELECTED_FACE, "preselected_face",                                \
		"the face is chosen beforehand among ways to verify")          \
	X(FACE_PROMINENT, "face_prominent",                                    \
		"the face control is far larger or stands out, the others "    \
		"fade")                                                        \
	X(DECLINE_FADED, "decline_faded",                                      \
		"the control to decline is hard to see beside the one to "     \
		"agree")                                                       \
	X(DECLINE_DISABLED, "decline_disabled",                                \
		"the control to decline is there and cannot be used")          \
	X(EQUAL_CHOICE, "equal_choice",                                        \
		"the face and another way stand side by side as equals")       \
	X(HIDDEN_CAPTURE, "hidden_capture",                                    \
		"a control that does not name the face leads into a capture "  \
		"and nothing before it named the face")                        \
	/* Children */                                                         \
	X(MINOR_NO_GUARDIAN, "minor_no_guardian",                              \
		"complete: the child's way reaches a capture without a "       \
		"guardian")                                                    \
	X(MINOR_SELF_GUARDIAN, "minor_self_guardian",                          \
		"the child's own tick or tap stands for the guardian's "       \
		"consent")                                                     \
	X(MINOR_GUARDIAN, "minor_guardian",                                    \
		"every child's way to a capture passes a guardian's step")     \
	X(MINOR_NO_CAPTURE, "minor_no_capture",                                \
		"complete: no child's way reaches a capture")                  \
	X(MINOR_UNKNOWN, "minor_unknown",                                      \
		"where the child's way leads is not recorded")                 \
	X(GUARDIAN_NO_REFUSAL, "guardian_no_refusal",                          \
		"complete: the guardian's screen has no control to refuse")    \
	X(GUARDIAN_REFUSAL, "guardian_refusal", "the guardian can refuse")     \
	/* Rights */                                                           \
	X(CANCEL_NEEDS_FACE, "cancel_needs_face",                              \
		"complete: the account can be cancelled only past a capture")  \
	X(CANCEL_WORKS, "cancel_works",                                        \
		"the account can be cancelled without a capture")              \
	X(CANCEL_BLOCKED, "cancel_blocked",                                    \
		"complete: the way to cancel the account reaches no end")      \
	X(WITHDRAW_NEEDS_FACE, "withdraw_needs_face",                          \
		"complete: consent can be withdrawn only past a capture")      \
	X(WITHDRAW_WORKS, "withdraw_works",                                    \
		"consent can be withdrawn, and not harder than it was given")  \
	X(WITHDRAW_HARDER, "withdraw_harder",                                  \
		"withdrawing takes three times the taps of giving, or more")   \
	X(WITHDRAW_BLOCKED, "withdraw_blocked",                                \
		"complete: the way to withdraw reaches no end")                \
	/* Notice */                                                           \
	X(NOTICE_ON_SCREEN, "notice_on_screen",                                \
		"on every way to the capture a screen tells about the face")   \
	X(NOTICE_BEHIND_LINK, "notice_behind_link",                            \
		"complete: what is told about the face stands only behind "    \
		"links")                                                       \
	X(NOTICE_NONE, "notice_none",                                          \
		"complete: nothing on the way to the capture tells about the " \
		"face")                                                        \
	X(NOTICE_COMPLETE, "notice_complete",                                  \
		"complete: all that is told before the capture is in the "     \
		"flow, every document that is linked included")                \
	X(NOTICE_UNREAD, "notice_unread",                                      \
		"a screen from which a capture is reached cannot be read")

enum fa_fact_kind {
#define FA_FACT_ENUM(symbol, name, means) FA_FACT_##symbol,
	FA_FACTS(FA_FACT_ENUM)
#undef FA_FACT_ENUM
		FA_FACT_COUNT
};

const char *fa_fact_name(enum fa_fact_kind k); /* "sole_method" */
const char *fa_fact_means(enum fa_fact_kind k);

#endif
