#include "facecheck/serve/app.h"

#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>

#include "facecheck/serve/inside.h"

#define APP_BYTES (8u << 20)
#define SCRATCH_BYTES (1u << 20)
#define POOL 2 /* children ready beforehand */
#define DAY_MS INT64_C(86400000)

bool
fc_app_is(const struct fc_app *app, const char *case_name)
{
	return fa_str_eq(fa_str_c(app->cs->name), fa_str_c(case_name));
}

int
fc_app_token(char out[FC_SESSION_ID_BYTES], const struct fc_app *app,
	struct fa_str session, struct fa_err *err)
{
	char text[2 * FA_HASH_HEX_BYTES], hex[FA_HASH_HEX_BYTES];
	int n = snprintf(text, sizeof(text), "%s %.*s", app->secret,
		FA_STR_ARG(session));
	int rc;

	if (n < 0 || (size_t)n >= sizeof(text))
		return fa_fail(err, FA_E_LIMIT, "session id is too long");
	rc = fa_hash_sha256(hex, fa_str_c(text), err);
	if (rc < 0)
		return rc;
	memcpy(out, hex, FC_SESSION_ID_BYTES - 1);
	out[FC_SESSION_ID_BYTES - 1] = '\0';
	return FA_OK;
}

struct fc_visitor *
fc_visitor_of(struct fc_app *app, struct fa_str id)
{
	struct fc_visitor *v;

	for (size_t i = 0; i < FC_VISITORS; i++)
		if (fa_str_eq(id, fa_str_c(app->visitors[i].id)))
			return &app->visitors[i];
	v = &app->visitors[app->next_visitor++ % FC_VISITORS];
	*v = (struct fc_visitor){ .method = -1 };
	if (id.n < sizeof(v->id))
		memcpy(v->id, id.p, id.n);
	return v;
}

static int
make_secret(struct fc_app *app, struct fa_err *err)
{
	unsigned char bytes[32];

	if (RAND_bytes(bytes, sizeof(bytes)) != 1)
		return fa_fail(err, FA_E_IO, "no random bytes to be had");
	return fa_hash_sha256(app->secret,
		(struct fa_str){ (const char *)bytes, sizeof(bytes) }, err);
}

static int
open_children(struct fc_app *app, struct fa_err *err)
{
	struct fc_child_opts o = { .plugin = app->o->plugin,
		.model = app->o->model,
		.require = app->o->require,
		.pool = POOL };

	return fc_children_new(&app->children, &o, err);
}

static int
open_store(struct fc_app *app, struct fa_err *err)
{
	struct fa_buf path;
	int rc;

	fa_buf_init(&path, FC_PAGE_BYTES);
	fa_buf_add(&path, app->o->dir);
	fa_buf_adds(&path, "/facecheck.db");
	app->db = fa_arena_dup(&app->arena, fa_buf_str(&path));
	rc = fa_buf_rc(&path, "path of the store", err);
	fa_buf_done(&path);
	if (rc < 0)
		return rc;
	if (!app->db.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a path");
	return fc_store_open(&app->store, app->db, app->o->clock, err);
}

/* What the documents promise: kept for three years, and deleted then. A clock
 * that was set back does it once more. */
static int
tidy(struct fc_app *app, struct fa_err *err)
{
	int64_t now_ms = fa_clock_now(app->o->clock), rows = 0;
	int rc;

	if (now_ms >= app->tidied_ms && now_ms - app->tidied_ms < DAY_MS)
		return FA_OK;
	rc = fc_record_prune(app->store, &rows, err);
	if (rc == FA_OK)
		rc = fc_session_forget(
			app->store, now_ms - FC_APP_SESSION_DAYS * DAY_MS, err);
	if (rc < 0)
		return rc;
	app->tidied_ms = now_ms;
	return FA_OK;
}

static int
app_init(struct fc_app *app, const struct fc_app_opts *o, struct fa_err *err)
{
	int rc;

	app->o = o;
	app->cs = o->case_name.p ? fc_case_find(o->case_name) : fc_case_at(0);
	if (!app->cs)
		return fa_fail(err, FA_E_NOTFOUND,
			"no mutant or negative is named '%.*s'",
			FA_STR_ARG(o->case_name));
	app->pixels =
		fa_arena_new(&app->arena, FC_FRAMES_MAX + 1, FC_FACE_BYTES);
	if (!app->pixels)
		return fa_fail(err, FA_E_NOMEM, "no memory for pictures");
	rc = fc_case_table(&app->table, app->cs, err);
	if (rc == FA_OK)
		rc = fc_studio_new(&app->studio, &app->arena, err);
	if (rc == FA_OK)
		rc = make_secret(app, err);
	if (rc == FA_OK)
		rc = open_store(app, err);
	if (rc == FA_OK)
		rc = tidy(app, err);
	if (rc == FA_OK)
		rc = open_children(app, err);
	return rc;
}

/* The service lives in its own arena, which is moved into it. */
int
fc_app_new(struct fc_app **out, const struct fc_app_opts *o, struct fa_err *err)
{
	struct fa_arena arena;
	struct fc_app *app;
	int rc;

	fa_arena_init(&arena, APP_BYTES);
	app = fa_arena_new(&arena, 1, sizeof(*app));
	if (!app) {
		fa_arena_done(&arena);
		return fa_fail(err, FA_E_NOMEM, "no memory for the service");
	}
	app->arena = arena;
	fa_arena_init(&app->scratch, SCRATCH_BYTES);
	rc = app_init(app, o, err);
	if (rc < 0) {
		fc_app_free(app);
		return rc;
	}
	*out = app;
	return FA_OK;
}

void
fc_app_free(struct fc_app *app)
{
	struct fa_arena arena;

	if (!app)
		return;
	fc_children_free(app->children);
	fc_store_close(app->store);
	fa_arena_done(&app->scratch);
	arena = app->arena;
	fa_arena_done(&arena);
}

int
fc_app_rest(struct fc_app *app, struct fa_err *err)
{
	int rc = tidy(app, err);

	return rc < 0 ? rc : fc_children_ready(app->children, err);
}

enum fc_level
fc_app_level(const struct fc_app *app, const char **lack)
{
	*lack = fc_children_lack(app->children);
	return fc_children_level(app->children);
}
