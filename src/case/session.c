#include "case/session.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/utf8.h"
#include "evidence/warc.h"
#include "store/capture.h"

#define TIME_PARTS 1000000

int64_t
fa_session_now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / TIME_PARTS;
}

static int64_t
mono_ns(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int
fa_session_path(struct fa_str *out, struct fa_session *s, struct fa_str name,
	struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	int rc;

	fa_buf_init(&b, FA_FILE_PATH_BYTES);
	fa_buf_add(&b, s->dir);
	fa_buf_addc(&b, '/');
	fa_buf_add(&b, name);
	rc = fa_buf_rc(&b, "path", err);
	if (rc < 0)
		return rc;
	*out = fa_arena_dup(&s->arena, fa_buf_str(&b));
	return out->p ? FA_OK
		      : fa_fail(err, FA_E_NOMEM, "no memory for a path");
}

/* What every event of the session says. */
static void
begin_event(struct fa_custody_event *e, const struct fa_session *s)
{
	struct fa_environ_clock clock;

	fa_environ_clock_read(&clock, s->o->environ.root);
	memset(e, 0, sizeof(*e));
	e->seq = s->head.seq + 1;
	memcpy(e->prev, s->head.sha256, sizeof(e->prev));
	e->t_ms = fa_session_now_ms();
	e->mono_ns = mono_ns();
	e->case_id = s->info.id;
	e->actor = (struct fa_custody_actor){ .id = s->o->info.operator_name,
		.role = s->o->info.role.p ? s->o->info.role
					  : FA_STR("operator"),
		.org = s->o->info.organisation };
	e->tool = (struct fa_custody_tool){ .name = s->o->tool.name,
		.version = s->o->tool.version,
		.commit = s->o->tool.commit,
		.exe_sha256 = s->environ.exe_sha256,
		.rules_sha256 = fa_str_c(s->o->bundle->sha256) };
	e->host = (struct fa_custody_host){ .boot_id = s->environ.boot_id,
		.machine = s->environ.machine };
	e->clock = (struct fa_custody_clock){ .sync = clock.known &&
			clock.synchronised,
		.maxerror_us = clock.maxerror_us,
		.source = fa_str_c(clock.source ? clock.source
				: clock.known   ? "adjtimex"
						: NULL) };
	e->target.app = s->info.subject.app;
	e->target.store = s->info.subject.store;
}

int
fa_session_event(int64_t *seq, struct fa_session *s, enum fa_custody_op op,
	struct fa_str url, const struct fa_custody_obj *objs, size_t objs_n,
	const struct fa_buf *detail, struct fa_err *err)
{
	struct fa_custody_event e;
	struct fa_buf line FA_CLEANUP(fa_buf_done);
	int rc = fa_buf_rc(detail, "detail of an event", err);

	fa_buf_init(&line, FA_CUSTODY_LINE_BYTES);
	if (rc < 0)
		return rc;
	begin_event(&e, s);
	e.op = op;
	e.target.url = fa_utf8_valid(url) ? url : FA_STR_NONE;
	e.objs = objs;
	e.objs_n = objs_n;
	e.detail = fa_buf_str(detail);
	rc = fa_custody_write(&line, &e, err);
	if (rc == FA_OK)
		rc = fa_store_custody_append(
			&s->head, s->store, e.seq, fa_buf_str(&line), err);
	if (rc < 0)
		return rc;
	if (seq)
		*seq = e.seq;
	s->captures += op == FA_OP_CAPTURE;
	s->errors += op == FA_OP_ERROR;
	s->renders += op == FA_OP_RENDER;
	s->findings += op == FA_OP_FINDING;
	return FA_OK;
}

int
fa_session_say(struct fa_session *s, enum fa_custody_op op, struct fa_str url,
	const struct fa_custody_obj *objs, size_t objs_n,
	const struct fa_buf *detail, struct fa_err *err)
{
	int rc = fa_session_event(NULL, s, op, url, objs, objs_n, detail, err);

	return rc < 0 ? rc : fa_store_commit(s->store, err);
}

int
fa_session_error(struct fa_session *s, const char *stage, struct fa_str url,
	struct fa_str message, struct fa_err *err)
{
	struct fa_buf detail FA_CLEANUP(fa_buf_done);
	struct fa_jw w;

	fa_buf_init(&detail, FA_SESSION_DETAIL_BYTES);
	fa_jw_init(&w, &detail, 0);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "stage", fa_str_c(stage));
	fa_jw_kstr(&w, "url", url);
	fa_jw_kstr(&w, "outcome", FA_STR_NONE);
	fa_jw_kstr(&w, "message", message);
	fa_jw_kbool(&w, "retried", false);
	fa_jw_end(&w, '}');
	s->failures++;
	return fa_session_say(s, FA_OP_ERROR, url, NULL, 0, &detail, err);
}

int
fa_session_object(struct fa_custody_obj *out, const struct fa_session *s,
	struct fa_str name, struct fa_str mime, struct fa_str data,
	struct fa_str parent, struct fa_arena *a, struct fa_err *err)
{
	struct fa_object o;
	int rc = fa_object_put(&o, s->objects, data, err);

	if (rc < 0)
		return rc;
	memset(out, 0, sizeof(*out));
	out->name = name;
	out->mime = mime;
	out->bytes = o.bytes;
	out->sha256 = fa_arena_dup(a, fa_str_c(o.sha256));
	out->sm3 = o.sm3[0] ? fa_arena_dup(a, fa_str_c(o.sm3)) : FA_STR_NONE;
	out->parent = parent;
	if (!out->sha256.p || (o.sm3[0] && !out->sm3.p))
		return fa_fail(err, FA_E_NOMEM, "no memory for an object");
	return FA_OK;
}

int
fa_session_archive(struct fa_warc **out, struct fa_str *name,
	struct fa_session *s, const char *what, struct fa_str software,
	struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	struct fa_str store, path;
	int64_t end = 0;
	int rc = fa_store_meta_text(&store, s->store, "store", &s->arena, err);

	fa_buf_init(&b, FA_FILE_PATH_BYTES);
	fa_buf_addf(&b, "%.*s-%s.warc.gz", FA_STR_ARG(store), what);
	if (rc >= 0)
		rc = fa_buf_rc(&b, "name of an archive", err);
	if (rc < 0)
		return rc;
	*name = fa_arena_dup(&s->arena, fa_buf_str(&b));
	if (!name->p)
		return fa_fail(err, FA_E_NOMEM, "no memory for an archive");
	rc = fa_store_get_archive(&end, s->store, *name, err);
	if (rc >= 0)
		rc = fa_store_archive_path(
			&path, s->store, *name, &s->arena, err);
	return rc < 0 ? rc : fa_warc_open(out, path, end, software, err);
}

int
fa_session_write_digests(struct fa_jw *w, const char *key, struct fa_str data,
	struct fa_err *err)
{
	struct fa_object o;
	int rc = fa_object_digest(&o, data, err);

	if (rc < 0)
		return rc;
	fa_jw_key(w, key);
	fa_jw_object(w);
	fa_jw_kint(w, "bytes", (int64_t)data.n);
	fa_jw_kstr(w, "sha256", fa_str_c(o.sha256));
	fa_jw_kstr(w, "sm3", o.sm3[0] ? fa_str_c(o.sm3) : FA_STR_NONE);
	fa_jw_end(w, '}');
	return FA_OK;
}

int
fa_session_target_key(
	struct fa_str *out, struct fa_session *s, struct fa_err *err)
{
	const struct fa_case_subject *x = &s->info.subject;
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	int rc;

	fa_buf_init(&b, 3 * FA_CASE_TEXT_BYTES);
	if (x->store.n > 0 && x->package.n > 0)
		fa_buf_addf(&b, "%.*s:%.*s", FA_STR_ARG(x->store),
			FA_STR_ARG(x->package));
	else
		fa_buf_addf(&b, "case:%.*s", FA_STR_ARG(s->info.id));
	rc = fa_buf_rc(&b, "key of the target", err);
	if (rc < 0)
		return rc;
	*out = fa_arena_dup(&s->arena, fa_buf_str(&b));
	return out->p ? FA_OK
		      : fa_fail(err, FA_E_NOMEM, "no memory for a target");
}

/* Half of something that failed must not be committed with the end of the
 * session: the store is opened anew, as the last commit left it. */
static int
fall_back(struct fa_session *s, struct fa_err *err)
{
	int rc;

	fa_store_close(s->store);
	s->store = NULL;
	rc = fa_store_open(&s->store, s->dir, FA_STORE_WRITE, err);
	return rc < 0 ? rc : fa_store_custody_head(&s->head, s->store, err);
}

int
fa_session_close(struct fa_session *s, const char *status,
	struct fa_str message, struct fa_err *err)
{
	struct fa_buf detail FA_CLEANUP(fa_buf_done);
	struct fa_jw w;
	int rc = strcmp(status, "failed") == 0 ? fall_back(s, err) : FA_OK;

	fa_buf_init(&detail, FA_SESSION_DETAIL_BYTES);
	if (rc < 0)
		return rc;
	fa_jw_init(&w, &detail, 0);
	fa_jw_object(&w);
	fa_jw_kint(&w, "opened", s->opened_seq);
	fa_jw_kstr(&w, "status", fa_str_c(status));
	fa_jw_kstr(&w, "message", message);
	fa_jw_kint(&w, "captures", (int64_t)s->captures);
	fa_jw_kint(&w, "renders", (int64_t)s->renders);
	fa_jw_kint(&w, "findings", (int64_t)s->findings);
	fa_jw_kint(&w, "errors", (int64_t)s->errors);
	fa_jw_kint(&w, "failures", (int64_t)s->failures);
	fa_jw_end(&w, '}');
	return fa_session_say(
		s, FA_OP_SESSION_CLOSE, FA_STR_NONE, NULL, 0, &detail, err);
}

void
fa_session_free(struct fa_session *s)
{
	struct fa_arena arena;

	if (!s)
		return;
	fa_store_close(s->store);
	arena = s->arena;
	fa_arena_done(&arena);
}
