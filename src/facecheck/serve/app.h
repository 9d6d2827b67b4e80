/* The service without its sockets: a request comes in, an answer goes out.
 * What a person does becomes an event of the machine; only what the table
 * allows happens, whatever a page offers or a request claims. Every event is
 * on disk with its record before the answer is given (record/record.h).
 *
 * Not for two threads at once. */
#ifndef FC_SERVE_APP_H
#define FC_SERVE_APP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "facecheck/child/child.h"
#include "facecheck/record/record.h"
#include "facecheck/serve/case.h"

#define FC_APP_DEMO_CODE "123456" /* every code, when nobody is called */

#define FC_APP_DEMO_PERSON 1 /* who is rendered; somebody else is the next */

struct fc_app_opts {
	struct fa_str dir;       /* holds facecheck.db; must exist */
	struct fa_str case_name; /* absent: the reference */
	uint32_t circumstances;  /* FC_REMOTE, FC_LOCKED: of every session */
	const struct fc_plugin *plugin;
	const void *model;     /* opened by the caller */
	enum fc_level require; /* fail closed below this */
	struct fa_clock clock;
	/* Rendered people besides the camera, codes that are always
	 * FC_APP_DEMO_CODE, a reviewer on the page, and always the same turn
	 * of the head, so that a visit can be repeated: said on each page. */
	bool demo;
	uint64_t seed; /* of the rendered people */
};

struct fc_app;

/* FA_E_NOTFOUND for a case that is none; failures of the store and of the
 * children. *out, and what o points to, until fc_app_free. */
FA_MUST_CHECK int fc_app_new(
	struct fc_app **out, const struct fc_app_opts *o, struct fa_err *err);
void fc_app_free(struct fc_app *app); /* NULL is fine */
#define FC_APP_SESSION_DAYS 30        /* that an ended session is known */

/* To be called when nobody waits: makes the pool of children full again, and
 * once a day drops what has had its time: records after FC_RECORD_KEEP_DAYS,
 * ended sessions after FC_APP_SESSION_DAYS. */
FA_MUST_CHECK int fc_app_rest(struct fc_app *app, struct fa_err *err);

/* The level of protection that captures have, and what is wanting for a higher
 * one, or NULL. */
enum fc_level fc_app_level(const struct fc_app *app, const char **lack);

struct fc_request {
	bool post;
	struct fa_str path, query, body;
	struct fa_str session; /* cookie, or absent */
};

struct fc_reply {
	unsigned status;
	const char *type;                  /* of the body */
	char location[64];                 /* of a redirection, or empty */
	char session[FC_SESSION_ID_BYTES]; /* new cookie, or empty */
	bool camera;                       /* the page may ask for one */
	struct fa_buf body;                /* of the caller, initialised */
};

/* What is wrong with a request is an answer (400, 403, 404); failures are
 * about this process, and nothing was answered then. */
FA_MUST_CHECK int fc_app_answer(struct fc_reply *out, struct fc_app *app,
	const struct fc_request *q, struct fa_err *err);

/* A capture whose pixels are still in the socket: 1, and out tells how to take
 * them, or 0 when it is refused and the reply says why. Then fc_app_captured
 * with that socket and how much of it counts; the bytes are moved, not read. */
struct fc_upload {
	char session[FC_SESSION_ID_BYTES];
	enum fc_turn turn; /* that was asked for */
	/* The picture from the chip of the person's document comes first and
	 * is so long; 0: none comes, a rendered person's is taken, which only
	 * a demonstration does. */
	uint64_t reference_bytes;
};
FA_MUST_CHECK int fc_app_upload(struct fc_upload *out, struct fc_reply *r,
	struct fc_app *app, const struct fc_request *q, struct fa_err *err);
FA_MUST_CHECK int fc_app_captured(struct fc_reply *r, struct fc_app *app,
	const struct fc_upload *u, struct fc_source body, struct fa_err *err);

#endif
