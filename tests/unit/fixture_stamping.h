/* A case whose log is stamped, and two authorities with moods. */
#ifndef FIXTURE_STAMPING_H
#define FIXTURE_STAMPING_H

#include "fixture_custody.h"
#include "fixture_tsa.h"

#include "case/stamping.h"

#define OK(x, call)                                                            \
	do {                                                                   \
		if ((call) != FA_OK)                                           \
			fail_msg("%s", (x)->log.err.msg);                      \
	} while (0)
#define ONE FA_STR_INIT("http://one.test/tsa")
#define TWO FA_STR_INIT("http://two.test/tsa")

static const struct fa_str authorities[2] = { ONE, TWO };

enum mood {
	MOOD_GOOD,
	MOOD_SILENT,    /* times out */
	MOOD_ERROR,     /* status 503 */
	MOOD_HTML,      /* 200, and no stamp */
	MOOD_STRANGER,  /* by another authority */
	MOOD_BACKDATED, /* of a time before its certificate began */
	MOOD_STALE      /* an answer to another question */
};

struct world {
	struct log log;
	char dir[64], store[80];
	struct fa_desk *d;
	struct tsa_cert ca, tsa, stranger, foreign;
	enum mood mood[2]; /* of the authorities */
	size_t asked[2];
	struct fa_str trusted;
	struct {
		bool has;
		size_t who;
		struct fa_str body;
		int64_t tag;
	} open;
	struct fa_arena a;
	bool stop;
};

static inline int
start(void *self, const struct fa_fetch_request *r, struct fa_err *err)
{
	struct world *w = self;

	(void)err;
	assert_false(w->open.has);
	assert_true(fa_str_eq(r->method, FA_STR("POST")));
	assert_true(fa_str_find(r->fields,
			    FA_STR("Content-Type: application/timestamp-query"
				   "\r\n"),
			    0) != SIZE_MAX);
	w->open.has = true;
	w->open.tag = r->tag;
	w->open.who = fa_str_eq(r->url, authorities[1]) ? 1 : 0;
	assert_true(fa_str_eq(r->url, authorities[w->open.who]));
	w->open.body = fa_arena_dup(&w->a, r->body);
	assert_non_null(w->open.body.p);
	w->asked[w->open.who]++;
	return FA_OK;
}

static inline size_t
room(void *self)
{
	const struct world *w = self;

	return w->open.has ? 0 : 1;
}

static inline int
wait(void *self, int64_t max_ms, fa_exchange_fn *fn, void *ctx,
	struct fa_err *err)
{
	struct world *w = self;
	enum mood mood = w->mood[w->open.who];
	struct tsa tsa = { .cert = mood == MOOD_STRANGER ? &w->foreign
							 : &w->tsa,
		.at_s = (long)(TSA_NOW -
			(mood == MOOD_BACKDATED ? 31 * TSA_DAY : 0)) };
	struct fa_exchange x = {
		.tag = w->open.tag, .outcome = FA_OUT_OK, .status = 200
	};

	(void)max_ms;
	assert_true(w->open.has);
	w->open.has = false;
	if (mood == MOOD_SILENT) {
		x.outcome = FA_OUT_TIMEOUT;
		x.status = 0;
	} else if (mood == MOOD_ERROR) {
		x.status = 503;
		x.body = FA_STR("busy");
	} else if (mood == MOOD_HTML) {
		x.body = FA_STR("<html>login</html>");
	} else if (mood == MOOD_STALE) {
		struct fa_str other;

		assert_int_equal(fa_stamp_request(&other, FA_IMPRINT_SHA256,
					 LOG_SHA, &w->a, err),
			FA_OK);
		x.body = tsa_answer(&tsa, other, &w->a);
	} else {
		x.body = tsa_answer(&tsa, w->open.body, &w->a);
	}
	return fn(ctx, &x, err);
}

static inline bool
stop(void *ctx)
{
	const struct world *w = ctx;

	return w->stop;
}

static inline void
open_desk(struct world *w)
{
	struct fa_desk_opts o = { .dir = fa_str_c(w->store),
		.actor = { FA_STR("王工"), FA_STR("operator"), FA_STR_NONE },
		.tool = { FA_STR("faceaudit"), FA_STR("test"), FA_STR_NONE } };

	OK(w, fa_desk_open(&w->d, &o, &w->log.err));
}

static inline int
set_up(void **state)
{
	static struct world w;
	struct fa_store *s = NULL;

	memset(&w, 0, sizeof(w));
	log_make(&w.log, 5);
	fa_arena_init(&w.a, 256u << 20);
	w.ca = tsa_make("EC", "Root", NULL, TSA_USE_CA, -3650, 3650);
	w.tsa = tsa_make("EC", "TSA", &w.ca, TSA_USE_STAMP, -30, 30);
	w.stranger = tsa_make("EC", "Other", NULL, TSA_USE_CA, -3650, 3650);
	w.foreign = tsa_make("EC", "TSA", &w.stranger, TSA_USE_STAMP, -30, 30);
	w.trusted = tsa_pem(&w.ca, &w.a);
	(void)snprintf(w.dir, sizeof(w.dir), "/tmp/fa-stamping-XXXXXX");
	assert_non_null(mkdtemp(w.dir));
	(void)snprintf(w.store, sizeof(w.store), "%s/case", w.dir);
	OK(&w,
		fa_store_open(
			&s, fa_str_c(w.store), FA_STORE_CREATE, &w.log.err));
	for (size_t i = 0; i < 5; i++)
		OK(&w,
			fa_store_custody_append(NULL, s, (int64_t)i + 1,
				w.log.line[i], &w.log.err));
	OK(&w, fa_store_commit(s, &w.log.err));
	fa_store_close(s);
	open_desk(&w);
	*state = &w;
	return 0;
}

static inline int
tear_down(void **state)
{
	struct world *w = *state;

	fa_desk_close(w->d);
	log_empty(w->dir);
	tsa_free(&w->ca);
	tsa_free(&w->tsa);
	tsa_free(&w->stranger);
	tsa_free(&w->foreign);
	fa_arena_done(&w->a);
	log_done(&w->log);
	return 0;
}

static inline struct fa_stamping_opts
options(struct world *w, size_t n)
{
	return (struct fa_stamping_opts){ .authorities = authorities,
		.authorities_n = n,
		.tsa_pem = w->trusted,
		.fetcher = { w, start, room, wait },
		.stop = stop,
		.ctx = w };
}

static inline struct fa_stamping_result
run(struct world *w, const struct fa_stamping_opts *o)
{
	struct fa_stamping_result r;

	OK(w, fa_stamping_run(&r, w->d, o, &w->log.err));
	return r;
}

static inline struct fa_anchors
load(struct world *w)
{
	struct fa_anchors x;

	OK(w, fa_anchors_load(&x, w->d->store, &w->a, &w->log.err));
	return x;
}

static inline void
say_something(struct world *w)
{
	struct fa_buf b;

	fa_buf_init(&b, 100);
	fa_buf_adds(&b, "{}");
	OK(w, fa_desk_say(NULL, w->d, FA_OP_NOTE, NULL, 0, &b, &w->log.err));
	fa_buf_done(&b);
}

#endif
