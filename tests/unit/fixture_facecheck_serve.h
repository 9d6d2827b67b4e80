/* A service without sockets and somebody who clicks through it. The matcher
 * says what the test wants it to say. */
#ifndef FIXTURE_FACECHECK_SERVE_H
#define FIXTURE_FACECHECK_SERVE_H

#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "facecheck/face/render.h"
#include "facecheck/serve/app.h"
#include "facecheck/serve/page.h"

#if defined(__SANITIZE_ADDRESS__)
#define RIG_LEVEL FC_LEVEL_NONE
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define RIG_LEVEL FC_LEVEL_NONE
#endif
#endif
#ifndef RIG_LEVEL
#define RIG_LEVEL FC_LEVEL_LIMITS
#endif

#define RIG_FRAMES 2

struct rig_matcher {
	enum fc_saying alive, same, encoded;
};

static enum fc_saying
rig_encode(const void *model, const struct fc_picture *p, uint8_t *templ,
	void *scratch)
{
	const struct rig_matcher *m = model;

	(void)scratch;
	memcpy(templ, p->pixels + 40u * p->width + 40, 32);
	return m->encoded;
}

static enum fc_saying
rig_alive(const void *model, const struct fc_picture *frames, uint32_t n,
	enum fc_turn asked, void *scratch)
{
	const struct rig_matcher *m = model;

	(void)frames;
	(void)n;
	(void)asked;
	(void)scratch;
	return m->alive;
}

static enum fc_saying
rig_compare(const void *model, const uint8_t *a, const uint8_t *b,
	int32_t *score, void *scratch)
{
	const struct rig_matcher *m = model;

	(void)a;
	(void)b;
	(void)scratch;
	if (score)
		*score = 4711;
	return m->same;
}

static int
rig_open(const char *dir, void **model)
{
	(void)dir;
	(void)model;
	return -1;
}

static inline void
rig_close(void *model)
{
	(void)model;
}

static const struct fc_plugin rig_plugin = { .abi = FC_PLUGIN_ABI,
	.name = "rig",
	.version = "1",
	.template_bytes = 32,
	.scratch_bytes = 64,
	.frames = RIG_FRAMES,
	.open = rig_open,
	.encode = rig_encode,
	.alive = rig_alive,
	.compare = rig_compare,
	.close = rig_close };

struct rig {
	char dir[64];
	int64_t now_ms;
	/* Shared with children that wait already. */
	struct rig_matcher *matcher;
	struct fc_app_opts o;
	struct fc_app *app;
	struct fc_reply reply;
	char session[FC_SESSION_ID_BYTES];
	struct fa_err err;
};

static inline void
rig_ok(struct rig *r, int rc)
{
	if (rc < 0)
		fail_msg("%s", r->err.msg);
}

static inline void
rig_start(struct rig *r, const char *case_name)
{
	memset(r, 0, sizeof(*r));
	(void)snprintf(r->dir, sizeof(r->dir), "/tmp/facecheck-serve-XXXXXX");
	assert_non_null(mkdtemp(r->dir));
	r->now_ms = INT64_C(1795312800000);
	r->matcher = mmap(NULL, sizeof(*r->matcher), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(r->matcher != MAP_FAILED);
	*r->matcher =
		(struct rig_matcher){ FC_SAYS_YES, FC_SAYS_YES, FC_SAYS_YES };
	r->o = (struct fc_app_opts){ .dir = fa_str_c(r->dir),
		.plugin = &rig_plugin,
		.model = r->matcher,
		.require = RIG_LEVEL,
		.clock = fa_clock_fixed(&r->now_ms),
		.demo = true,
		.seed = 7 };
	if (case_name)
		r->o.case_name = fa_str_c(case_name);
	fa_buf_init(&r->reply.body, FC_PAGE_BYTES);
	rig_ok(r, fc_app_new(&r->app, &r->o, &r->err));
}

static inline void
rig_stop(struct rig *r)
{
	struct dirent *e;
	DIR *d;

	fc_app_free(r->app);
	fa_buf_done(&r->reply.body);
	assert_int_equal(munmap(r->matcher, sizeof(*r->matcher)), 0);
	d = opendir(r->dir);
	assert_non_null(d);
	while ((e = readdir(d))) {
		char path[sizeof(r->dir) + sizeof(e->d_name) + 2];

		(void)snprintf(path, sizeof(path), "%s/%s", r->dir, e->d_name);
		(void)unlink(path);
	}
	(void)closedir(d);
	assert_int_equal(rmdir(r->dir), 0);
}

static inline struct fa_str
rig_page(const struct rig *r)
{
	return fa_buf_str(&r->reply.body);
}

static inline bool
rig_says(const struct rig *r, const char *text)
{
	return fa_str_find(rig_page(r), fa_str_c(text), 0) != SIZE_MAX;
}

static inline void
rig_send(struct rig *r, bool post, const char *path, const char *body)
{
	struct fc_request q = { .post = post,
		.path = fa_str_c(path),
		.query = FA_STR_NONE,
		.body = fa_str_c(body) };

	if (r->session[0])
		q.session = fa_str_c(r->session);
	rig_ok(r, fc_app_answer(&r->reply, r->app, &q, &r->err));
	if (r->reply.session[0])
		memcpy(r->session, r->reply.session, sizeof(r->session));
}

static inline void
rig_get(struct rig *r, const char *path)
{
	rig_send(r, false, path, "");
	for (int i = 0; r->reply.status == 303 && i < 5; i++) {
		char to[sizeof(r->reply.location)];

		memcpy(to, r->reply.location, sizeof(to));
		rig_send(r, false, to, "");
	}
}

/* The token of the page at hand. */
static inline void
rig_token(const struct rig *r, char out[33])
{
	struct fa_str mark = FA_STR("name=\"token\" value=\"");
	size_t at = fa_str_find(rig_page(r), mark, 0);

	memset(out, 0, 33);
	if (at != SIZE_MAX)
		memcpy(out, rig_page(r).p + at + mark.n, 32);
}

static inline void
rig_post(struct rig *r, const char *path, const char *fields)
{
	char token[33], body[512];

	rig_token(r, token);
	(void)snprintf(body, sizeof(body), "token=%s&%s", token, fields);
	rig_send(r, true, path, body);
	if (r->reply.status == 303) {
		char to[sizeof(r->reply.location)];

		memcpy(to, r->reply.location, sizeof(to));
		rig_get(r, to);
	}
}

/* To the page that asks for consent, as a grown-up or a child. */
static inline void
rig_to_ask(struct rig *r, const char *age)
{
	char field[32];

	(void)snprintf(field, sizeof(field), "age=%s", age);
	rig_get(r, "/phone");
	rig_post(r, "/begin", field);
	rig_post(r, "/act", "event=show");
	rig_post(r, "/choose", "method=face");
}

static inline struct fc_session
rig_session(struct rig *r)
{
	struct fc_session s = { 0 };
	struct fc_store *store;
	char path[128];
	int rc;

	(void)snprintf(path, sizeof(path), "%s/facecheck.db", r->dir);
	rig_ok(r, fc_store_read(&store, fa_str_c(path), &r->err));
	rc = fc_session_get(&s, store, fa_str_c(r->session), &r->err);
	fc_store_close(store);
	assert_int_equal(rc, 1);
	return s;
}

/* Does a file of the data directory hold the bytes? */
static inline bool
rig_on_disk(struct rig *r, struct fa_str needle)
{
	struct fa_file_list files;
	struct fa_arena a;
	bool found = false;

	fa_arena_init(&a, 256u << 20);
	rig_ok(r, fa_file_walk(&files, fa_str_c(r->dir), &a, &r->err));
	for (size_t i = 0; i < files.n; i++) {
		struct fa_str bytes;

		rig_ok(r,
			fa_file_read(
				&bytes, files.path[i], 64u << 20, &a, &r->err));
		found |= fa_str_find(bytes, needle, 0) != SIZE_MAX;
	}
	fa_arena_done(&a);
	return found;
}

/* A row of the face that a session shows, as fc_post_face renders it. */
static inline void
rig_needle(struct rig *r, uint8_t out[FC_FACE_WIDTH])
{
	struct fc_studio *studio;
	uint8_t *pixels;
	struct fa_arena a;

	fa_arena_init(&a, 8u << 20);
	rig_ok(r, fc_studio_new(&studio, &a, &r->err));
	pixels = fa_arena_new(&a, RIG_FRAMES, FC_FACE_BYTES);
	assert_non_null(pixels);
	fc_render_session(studio, 7, FC_APP_DEMO_PERSON, 1, 35, FC_SPECIES_LIVE,
		FC_TURN_LEFT, RIG_FRAMES, pixels);
	memcpy(out, pixels + 80u * FC_FACE_WIDTH, FC_FACE_WIDTH);
	fa_arena_done(&a);
}

static inline bool
rig_face_on_disk(struct rig *r)
{
	uint8_t row[FC_FACE_WIDTH];

	rig_needle(r, row);
	return rig_on_disk(r, (struct fa_str){ (const char *)row + 40, 64 });
}

#endif
