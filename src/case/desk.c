#include "case/desk.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"

#define ARENA_BYTES ((size_t)1 << 30)
#define EXE "/proc/self/exe"

/* d->store is open. */
static int
look_around(struct fa_desk *d, struct fa_err *err)
{
	struct fa_environ_opts o = { .root = "", .case_dir = d->o.dir };
	int rc = fa_environ_machine(&d->environ, &o, &d->arena, err);

	if (rc < 0)
		return rc;
	d->environ.exe_sha256 = fa_environ_digest(EXE, &d->arena);
	if (!d->o.actor.id.p)
		d->o.actor.id = d->environ.user;
	return fa_store_custody_head(&d->head, d->store, err);
}

static int
path_in(struct fa_str *out, struct fa_desk *d, const char *name,
	struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	int rc;

	fa_buf_init(&b, FA_FILE_PATH_BYTES);
	fa_buf_add(&b, d->o.dir);
	fa_buf_addc(&b, '/');
	fa_buf_adds(&b, name);
	rc = fa_buf_rc(&b, "path", err);
	if (rc < 0)
		return rc;
	*out = fa_arena_dup(&d->arena, fa_buf_str(&b));
	return out->p ? FA_OK
		      : fa_fail(err, FA_E_NOMEM, "no memory for a path");
}

static int
load_info(struct fa_desk *d, struct fa_err *err)
{
	struct fa_str path, text;
	int rc = path_in(&d->objects, d, FA_OBJECTS_DIR, err);

	if (rc == FA_OK)
		rc = path_in(&path, d, FA_CASE_FILE, err);
	if (rc < 0 || access(path.p, F_OK) != 0)
		return rc;
	rc = fa_file_read(&text, path, FA_CASE_FILE_BYTES, &d->arena, err);
	if (rc == FA_OK)
		rc = fa_case_info_parse(&d->info, text, &d->arena, err);
	d->is_case = rc == FA_OK;
	return rc;
}

/* The desk lives in its own arena. */
static struct fa_desk *
new_desk(const struct fa_desk_opts *o)
{
	struct fa_arena arena;
	struct fa_desk *d;

	fa_arena_init(&arena, ARENA_BYTES);
	d = fa_arena_new(&arena, 1, sizeof(*d));
	if (!d) {
		fa_arena_done(&arena);
		return NULL;
	}
	d->arena = arena;
	d->o = *o;
	return d;
}

int
fa_desk_over(struct fa_desk **out, struct fa_store *store,
	const struct fa_desk_opts *o, struct fa_err *err)
{
	struct fa_desk *d = new_desk(o);
	int rc;

	if (!d)
		return fa_fail(err, FA_E_NOMEM, "no memory for a case");
	d->store = store;
	rc = load_info(d, err);
	if (rc == FA_OK)
		rc = look_around(d, err);
	if (rc == FA_OK) {
		*out = d;
		return FA_OK;
	}
	fa_desk_leave(d);
	return rc;
}

int
fa_desk_open(
	struct fa_desk **out, const struct fa_desk_opts *o, struct fa_err *err)
{
	struct fa_store *store = NULL;
	int rc = fa_store_open(&store, o->dir, FA_STORE_WRITE, err);

	if (rc == FA_OK)
		rc = fa_desk_over(out, store, o, err);
	if (rc < 0)
		fa_store_close(store);
	return rc;
}

void
fa_desk_close(struct fa_desk *d)
{
	struct fa_arena arena;

	if (!d)
		return;
	fa_store_close(d->store);
	arena = d->arena;
	fa_arena_done(&arena);
}

void
fa_desk_leave(struct fa_desk *d)
{
	if (d)
		d->store = NULL;
	fa_desk_close(d);
}

static void
fill(struct fa_custody_event *e, const struct fa_desk *d)
{
	struct fa_environ_clock clock;
	struct timespec mono;

	fa_environ_clock_read(&clock, "");
	(void)clock_gettime(CLOCK_MONOTONIC, &mono);
	memset(e, 0, sizeof(*e));
	e->seq = d->head.seq + 1;
	memcpy(e->prev, d->head.sha256, sizeof(e->prev));
	e->t_ms = fa_session_now_ms();
	e->mono_ns = (int64_t)mono.tv_sec * 1000000000 + mono.tv_nsec;
	e->case_id = d->info.id;
	e->actor = d->o.actor;
	e->tool = (struct fa_custody_tool){ .name = d->o.tool.name,
		.version = d->o.tool.version,
		.commit = d->o.tool.commit,
		.exe_sha256 = d->environ.exe_sha256 };
	e->host = (struct fa_custody_host){ .boot_id = d->environ.boot_id,
		.machine = d->environ.machine };
	e->clock = (struct fa_custody_clock){ .sync = clock.known &&
			clock.synchronised,
		.maxerror_us = clock.maxerror_us,
		.source = fa_str_c(clock.source ? clock.source
				: clock.known   ? "adjtimex"
						: NULL) };
	e->target.app = d->info.subject.app;
	e->target.store = d->info.subject.store;
}

int
fa_desk_say(int64_t *seq, struct fa_desk *d, enum fa_custody_op op,
	const struct fa_custody_obj *objs, size_t objs_n,
	const struct fa_buf *detail, struct fa_err *err)
{
	struct fa_custody_event e;
	struct fa_store_head head;
	struct fa_buf line FA_CLEANUP(fa_buf_done);
	int rc = fa_buf_rc(detail, "detail of an event", err);

	fa_buf_init(&line, FA_CUSTODY_LINE_BYTES);
	if (rc < 0)
		return rc;
	fill(&e, d);
	e.op = op;
	e.objs = objs;
	e.objs_n = objs_n;
	e.detail = fa_buf_str(detail);
	rc = fa_custody_write(&line, &e, err);
	if (rc == FA_OK)
		rc = fa_store_custody_append(
			&head, d->store, e.seq, fa_buf_str(&line), err);
	if (rc == FA_OK)
		rc = fa_store_commit(d->store, err);
	if (rc < 0)
		return rc;
	d->head = head;
	if (seq)
		*seq = e.seq;
	return FA_OK;
}
