/* What the files of the service share with each other and nobody else. */
#ifndef FC_SERVE_INSIDE_H
#define FC_SERVE_INSIDE_H

#include "facecheck/face/render.h"
#include "facecheck/method/method.h"
#include "facecheck/record/account.h"
#include "facecheck/serve/app.h"
#include "facecheck/serve/form.h"
#include "facecheck/serve/page.h"

#define FC_VISITORS 256       /* remembered at once; the oldest is forgotten */
#define FC_TEXT_VERSION "3.2" /* of notice, consent and documents */

enum fc_goal { FC_GOAL_TASK, FC_GOAL_WITHDRAW, FC_GOAL_CLOSE };

/* What is only needed until the next page. What counts is on disk; a restart
 * forgets this, and the person is at most asked again. */
struct fc_visitor {
	char id[FC_SESSION_ID_BYTES];
	enum fc_turn turn;
	int method; /* enum fc_method, or -1 */
	enum fc_goal goal;
	bool gate;            /* a face is asked for a right: cases only */
	bool guardian_called; /* since the session is where it asks for one */
	bool waded;           /* through the pages of case costly */
	unsigned nagged, wrong;
	const char *flash; /* said on the next page */
};

struct fc_app {
	struct fa_arena arena;
	struct fa_arena scratch; /* of one request */
	const struct fc_app_opts *o;
	const struct fc_case *cs;
	struct fc_table table;
	struct fc_store *store;
	struct fc_children *children;
	struct fc_studio *studio;
	uint8_t *pixels;  /* of rendered people: FC_FRAMES_MAX frames */
	struct fa_str db; /* path, ends with a NUL */
	char secret[FA_HASH_HEX_BYTES]; /* of form tokens; new each time */
	struct fc_visitor visitors[FC_VISITORS];
	size_t next_visitor;
	int64_t tidied_ms; /* when what has had its time was dropped last */
};

/* A request on its way. */
struct fc_turnabout {
	struct fc_app *app;
	const struct fc_request *q;
	struct fc_reply *r;
	struct fc_form form;
	bool known;                   /* the session exists ... */
	char id[FC_SESSION_ID_BYTES]; /* ... under this id, else "" */
	struct fc_session s;
	struct fc_visitor *v; /* never NULL; a blank one for nobody */
	struct fc_visitor nobody;
	struct fa_err *err;
};

/* A new turnabout, with an empty answer. */
int fc_turnabout_begin(struct fc_turnabout *t, struct fc_reply *out,
	struct fc_app *app, const struct fc_request *q, struct fa_err *err);
bool fc_app_is(const struct fc_app *app, const char *case_name);
/* Settles which turn of the head the next capture asks for. */
FA_MUST_CHECK int fc_turn_draw(struct fc_turnabout *t);
/* The token of forms for a session, or for nobody (absent). */
FA_MUST_CHECK int fc_app_token(char out[FC_SESSION_ID_BYTES],
	const struct fc_app *app, struct fa_str session, struct fa_err *err);
struct fc_visitor *fc_visitor_of(struct fc_app *app, struct fa_str id);

/* Answers. */
int fc_go(struct fc_turnabout *t, const char *path);
int fc_say(struct fc_turnabout *t, const char *page);
/* With values that are known to this page only, or NULL. */
int fc_say_with(
	struct fc_turnabout *t, const char *page, const struct fc_view *more);
int fc_refuse(struct fc_turnabout *t, unsigned status, const char *problem);
void fc_view_begin(struct fc_view *v, const struct fc_turnabout *t);

/* Takes an event: 1, 0 or a failure; t->s follows. */
int fc_event(struct fc_turnabout *t, enum fc_event e,
	const struct fc_record_row *row);
int fc_session_new(struct fc_turnabout *t, uint32_t circumstances);
struct fa_str fc_session_str(const struct fc_turnabout *t);
/* Version and digest of a text that is shown: for the records. In scratch. */
int fc_text_digest(struct fa_str *out, struct fc_turnabout *t,
	const char *const *fragments, size_t n);

/* Handlers, by what they are about; each answers or fails. */
int fc_get_verify(struct fc_turnabout *t);
int fc_get_agreed(struct fc_turnabout *t);
int fc_get_later(struct fc_turnabout *t);
int fc_get_stay(struct fc_turnabout *t);
int fc_get_steps(struct fc_turnabout *t);
int fc_get_human(struct fc_turnabout *t);
int fc_get_records(struct fc_turnabout *t);
int fc_post_begin(struct fc_turnabout *t);
int fc_post_act(struct fc_turnabout *t);
int fc_post_choose(struct fc_turnabout *t);
int fc_post_guardian(struct fc_turnabout *t);
int fc_post_answer(struct fc_turnabout *t);
int fc_post_almost(struct fc_turnabout *t);
int fc_post_voice(struct fc_turnabout *t);
int fc_post_desk(struct fc_turnabout *t);
int fc_post_face(struct fc_turnabout *t);
int fc_post_gate(struct fc_turnabout *t);
int fc_post_withdraw(struct fc_turnabout *t);
int fc_post_close(struct fc_turnabout *t);

/* After the capture is on record: the answer becomes events. */
int fc_face_answer(struct fc_turnabout *t, enum fc_answer a);
/* Data cases: what is done with a rendered face that must not be, on its
 * capture and when consent ends. The reference does nothing here. */
int fc_fault_capture(struct fc_turnabout *t, const uint8_t *reference,
	const uint8_t *frames, uint32_t n);
int fc_fault_withdraw(struct fc_turnabout *t);
/* Is the case one of data? It takes rendered people only. */
bool fc_fault_of_data(const struct fc_app *app);

#endif
