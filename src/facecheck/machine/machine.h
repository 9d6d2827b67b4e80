/* The course of one verification as a table: what may happen in which state,
 * under which condition, and what becomes of it. The same table runs the
 * service (serve), is searched for faults at every build (check.h) and is
 * printed (model.h). It knows nothing of pictures, pages or files: it says
 * when they may be touched.
 *
 * Law: Measures = 人脸识别技术应用安全管理办法. */
#ifndef FC_MACHINE_MACHINE_H
#define FC_MACHINE_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define FC_TRIES 2     /* captures in one session */
#define FC_ROWS_MAX 96 /* of a table */

/* X(symbol, name, title in Chinese) */
#define FC_STATES(X)                                                           \
	X(START, "start", "开始")                                              \
	X(MENU, "menu", "选择验证方式")                                        \
	X(ASK, "ask", "单独同意")                                              \
	X(GUARD, "guardian", "监护人同意")                                     \
	X(SEND, "send", "同意向外传输")                                        \
	X(CAPTURE, "capture", "采集")                                          \
	X(LIVE, "live", "活体检测")                                            \
	X(MATCH, "match", "比对")                                              \
	X(OTHER, "other", "其他方式")                                          \
	X(HUMAN, "human", "人工审核")                                          \
	X(DONE, "done", "通过")                                                \
	X(REFUSED, "refused", "未通过")                                        \
	X(LEFT, "left", "离开")

/* X(symbol, name, title in Chinese) */
#define FC_EVENTS(X)                                                           \
	X(SHOW, "show", "告知与方式已展示")                                    \
	X(FACE, "face", "选择刷脸")                                            \
	X(OTHER, "other", "选择其他方式")                                      \
	X(REVIEW, "review", "选择人工审核")                                    \
	X(YES, "yes", "同意")                                                  \
	X(NO, "no", "不同意")                                                  \
	X(QUIT, "quit", "离开")                                                \
	X(GUARDIAN_YES, "guardian-yes", "监护人同意")                          \
	X(GUARDIAN_NO, "guardian-no", "监护人不同意")                          \
	X(SEND_YES, "send-yes", "同意传输")                                    \
	X(SEND_NO, "send-no", "不同意传输")                                    \
	X(READY, "ready", "开始采集")                                          \
	X(IMAGE, "image", "已采集")                                            \
	X(LIVE_YES, "live-yes", "是活体")                                      \
	X(LIVE_NO, "live-no", "不是活体")                                      \
	X(MATCH_YES, "match-yes", "比对一致")                                  \
	X(MATCH_NO, "match-no", "比对不一致")                                  \
	X(OTHER_YES, "other-yes", "其他方式通过")                              \
	X(OTHER_NO, "other-no", "其他方式未通过")                              \
	X(HUMAN_YES, "human-yes", "人工审核通过")                              \
	X(HUMAN_NO, "human-no", "人工审核未通过")                              \
	X(WITHDRAW, "withdraw", "撤回同意")                                    \
	X(CLOSE, "close", "注销账号")                                          \
	X(TIMEOUT, "timeout", "超时")

enum fc_state {
#define FC_STATE_ENUM(s, name, title) FC_S_##s,
	FC_STATES(FC_STATE_ENUM)
#undef FC_STATE_ENUM
		FC_S_COUNT
};

enum fc_event {
#define FC_EVENT_ENUM(e, name, title) FC_E_##e,
	FC_EVENTS(FC_EVENT_ENUM)
#undef FC_EVENT_ENUM
		FC_E_COUNT
};

/* What is true of a session; a set. */
enum fc_fact {
	FC_NOTICE = 1 << 0,     /* art. 5(1): told, before anything else */
	FC_METHODS = 1 << 1,    /* art. 10(1): other ways were shown */
	FC_CONSENT = 1 << 2,    /* art. 6(1) */
	FC_OWN_ACT = 1 << 3,    /* ... by an act of the person */
	FC_SEPARATE = 1 << 4,   /* ... to this and nothing else */
	FC_GUARDIAN = 1 << 5,   /* art. 7(1): the guardian, to this one */
	FC_SENDING = 1 << 6,    /* art. 8(1): consent to send it out */
	FC_SPENT = 1 << 7,      /* the consent has had its one capture */
	FC_BIOMETRIC = 1 << 8,  /* a picture or template is in memory */
	FC_ALIVE = 1 << 9,      /* liveness was established */
	FC_RECORDED = 1 << 10,  /* art. 9: the processing is on record */
	FC_PROCESSED = 1 << 11, /* a face was processed */
	FC_STORED = 1 << 12,    /* something biometric is on disk */
	FC_SENT = 1 << 13,      /* something biometric has left */
	FC_WITHDRAWN = 1 << 14, /* art. 6(2): withdrawn at least once */
	FC_SERVED = 1 << 15,    /* the person got what they came for */
	FC_QUIT = 1 << 16,      /* the person chose to leave */
	FC_CLOSED = 1 << 17,    /* the account is closed */
	/* Circumstances, settled before the start. */
	FC_MINOR = 1 << 18,  /* under 14, or of unknown age */
	FC_REMOTE = 1 << 19, /* the reference is held by an authority */
	FC_LOCKED = 1 << 20  /* the account is restricted */
};
#define FC_FACTS 21
/* Consent in good form; each part of it is needed for a capture. */
#define FC_FORM (FC_CONSENT | FC_OWN_ACT | FC_SEPARATE)
/* What ends with a face attempt: the next one asks for all of it again. */
#define FC_ATTEMPT                                                             \
	(FC_FORM | FC_GUARDIAN | FC_SENDING | FC_SPENT | FC_BIOMETRIC |        \
		FC_ALIVE)

struct fc_session {
	uint8_t state; /* enum fc_state */
	uint8_t tries; /* captures so far */
	uint32_t facts;
};

/* One row: in state, on event, when all of need and none of bars hold (and
 * tries are left, if limited): set, clear, go to next. The first row that fits
 * decides; an event that no row fits changes nothing. */
struct fc_row {
	uint8_t state, event;
	uint32_t need, bars;
	bool limited;
	uint32_t set, clear;
	bool counts; /* as a capture */
	uint8_t next;
	const char *duty; /* the article behind the row, or NULL */
};

struct fc_table {
	struct fc_row rows[FC_ROWS_MAX];
	size_t n;
};

extern const struct fc_row fc_reference[];
extern const size_t fc_reference_n;

/* The reference table. */
void fc_table_init(struct fc_table *t);
/* Does the event change the session, and to what? *out is untouched when it
 * does not. */
bool fc_step(struct fc_session *out, const struct fc_table *t,
	struct fc_session s, enum fc_event e);
/* The same for all events at once: out of each, and the set of events that
 * change something (1 << enum fc_event). */
uint32_t fc_steps(struct fc_session out[FC_E_COUNT], const struct fc_table *t,
	struct fc_session s);
/* The row that decides, or NULL. */
const struct fc_row *fc_row_for(
	const struct fc_table *t, struct fc_session s, enum fc_event e);
bool fc_is_end(uint8_t state); /* DONE, REFUSED, LEFT */

const char *fc_state_name(uint8_t s);
const char *fc_state_title(uint8_t s); /* Chinese */
const char *fc_event_name(uint8_t e);
const char *fc_event_title(uint8_t e);  /* Chinese */
const char *fc_fact_name(unsigned bit); /* 0 .. FC_FACTS - 1 */
int fc_event_parse(struct fa_str s);    /* -1: unknown */

#endif
