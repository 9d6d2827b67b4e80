/* The ui_* lexicons made ready, and the folding of what a screen says so that
 * both can be compared: as rules fold (base/utf8.h), and in lower case.
 * Private to flow. */
#ifndef FA_FLOW_VOCAB_H
#define FA_FLOW_VOCAB_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

/* X(symbol, lexicon, kind). Words of labels take turns: from left to right the
 * longest word is taken and what it covers is spent, so that 不同意 holds no
 * 同意. Topics are found wherever they stand. */
#define FA_VOCABS(X)                                                           \
	X(REFUSE, "ui_refuse", LABEL)                                          \
	X(LATER, "ui_later", LABEL)                                            \
	X(ACCEPT, "ui_accept", LABEL)                                          \
	X(ACCEPT_WEAK, "ui_accept_weak", LABEL)                                \
	X(OTHER, "ui_other", LABEL)                                            \
	X(NONFACE, "ui_nonface", LABEL)                                        \
	X(NETID, "ui_netid", LABEL)                                            \
	X(BIOMETRIC, "ui_biometric", LABEL)                                    \
	X(OS_BIO, "ui_os_bio", LABEL)                                          \
	X(OFFCHANNEL, "ui_offchannel", LABEL)                                  \
	X(FACE_START, "ui_face_start", LABEL)                                  \
	X(CAPTURE_START, "ui_capture_start", LABEL)                            \
	X(EXIT, "ui_exit", LABEL)                                              \
	X(BACK, "ui_back", LABEL)                                              \
	X(NEUTRAL, "ui_neutral", LABEL)                                        \
	X(SUBMIT, "ui_submit", LABEL)                                          \
	X(HELP, "ui_help", LABEL)                                              \
	X(CANCEL_ACCOUNT, "ui_cancel_account", LABEL)                          \
	X(WITHDRAW, "ui_withdraw", LABEL)                                      \
	X(DELETE_FACE, "ui_delete_face", LABEL)                                \
	X(MINOR, "ui_minor", LABEL)                                            \
	X(ADULT, "ui_adult", LABEL)                                            \
	X(DOCUMENT, "ui_document", LABEL)                                      \
	X(FACE, "ui_face", TOPIC)                                              \
	X(FACE_NOT, "ui_face_not", TOPIC)                                      \
	X(CAPTURING, "ui_capturing", TOPIC)                                    \
	X(CAPTURING_WEAK, "ui_capturing_weak", TOPIC)                          \
	X(CAPTURING_NOT, "ui_capturing_not", TOPIC)                            \
	X(DENY, "ui_deny", TOPIC)                                              \
	X(CHILD_USER, "ui_child_user", TOPIC)                                  \
	X(PHOTO, "ui_photo", TOPIC)                                            \
	X(AGREE, "ui_agree", TOPIC)                                            \
	X(AGREE_NOT, "ui_agree_not", TOPIC)                                    \
	X(IMPLIED, "ui_implied", TOPIC)                                        \
	X(BIND_POLICY, "ui_bind_policy", TOPIC)                                \
	X(BIND_TERMS, "ui_bind_terms", TOPIC)                                  \
	X(BIND_MARKETING, "ui_bind_marketing", TOPIC)                          \
	X(BIND_OTHER, "ui_bind_other", TOPIC)                                  \
	X(BIND_SHARING, "ui_bind_sharing", TOPIC)                              \
	X(CHILDREN_DOC, "ui_children_doc", TOPIC)                              \
	X(GUARDIAN, "ui_guardian", TOPIC)                                      \
	X(GUARDIAN_VERIFIED, "ui_guardian_verified", TOPIC)                    \
	X(AGE, "ui_age", TOPIC)                                                \
	X(BIRTH, "ui_birth", TOPIC)                                            \
	X(SUCCESS, "ui_success", TOPIC)                                        \
	X(SUCCESS_NOT, "ui_success_not", TOPIC)                                \
	X(FAILURE, "ui_failure", TOPIC)                                        \
	X(BLOCKED, "ui_blocked", TOPIC)                                        \
	X(SETTINGS, "ui_settings", TOPIC)                                      \
	X(PERMISSION, "ui_permission", TOPIC)                                  \
	X(RETAIN, "ui_retain", TOPIC)                                          \
	X(ENROL, "ui_enrol", TOPIC)                                            \
	X(ENROL_VERB, "ui_enrol_verb", TOPIC)                                  \
	X(OFF, "ui_off", TOPIC)                                                \
	X(OFF_DONE, "ui_off_done", TOPIC)                                      \
	X(PRESET, "ui_preset", TOPIC)                                          \
	X(TELL, "ui_tell", TOPIC)                                              \
	X(TELL_WEAK, "ui_tell_weak", TOPIC)                                    \
	X(TELL_ASK, "ui_tell_ask", TOPIC)                                      \
	X(METHODS, "ui_methods", TOPIC)                                        \
	X(FEE, "ui_fee", TOPIC)                                                \
	X(FEE_NOT, "ui_fee_not", TOPIC)                                        \
	X(HOME, "ui_home", TOPIC)                                              \
	X(P_LOGIN, "ui_purpose_login", TOPIC)                                  \
	X(P_REGISTER, "ui_purpose_register", TOPIC)                            \
	X(P_REAL_NAME, "ui_purpose_real_name", TOPIC)                          \
	X(P_PAY, "ui_purpose_pay", TOPIC)                                      \
	X(P_WITHDRAW_MONEY, "ui_purpose_withdraw_money", TOPIC)                \
	X(P_UNLOCK, "ui_purpose_unlock", TOPIC)                                \
	X(P_CHANGE, "ui_purpose_change", TOPIC)                                \
	X(P_ENTRY, "ui_purpose_entry", TOPIC)                                  \
	X(P_CREATE, "ui_purpose_create", TOPIC)                                \
	X(P_CANCEL_ACCOUNT, "ui_purpose_cancel", TOPIC)                        \
	X(P_WITHDRAW_CONSENT, "ui_purpose_withdraw_consent", TOPIC)

enum fa_vocab_set {
#define FA_VOCAB_ENUM(symbol, name, kind) FA_VOCAB_##symbol,
	FA_VOCABS(FA_VOCAB_ENUM)
#undef FA_VOCAB_ENUM
		FA_VOCAB_COUNT
};

/* Characters of the longest word of each lexicon that stands in a text; 0:
 * none. */
struct fa_vocab_hits {
	uint8_t best[FA_VOCAB_COUNT];
	uint32_t taken; /* characters that words of labels cover */
};

struct fa_vocab;

/* Looks a folded text over. */
void fa_vocab_scan(struct fa_vocab_hits *out, const struct fa_vocab *v,
	struct fa_str folded);
/* The folded form of text; lives in a. p == NULL when memory is out. */
struct fa_str fa_vocab_fold(struct fa_str text, struct fa_arena *a);

#endif
