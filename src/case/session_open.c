/* How a session begins: the case is found or made, the environment looked at,
 * the program tests itself, and all that is the first event. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "case/selftest.h"
#include "case/session.h"
#include "fetch/url.h"
#include "rules/rules.h"
#include "store/frontier.h"

#define ARENA_BYTES ((size_t)1 << 30)
#define RULES_BYTES ((size_t)64 << 20)
#define EVENT_BYTES ((size_t)512 << 20) /* one event as a tree */
#define TEST_DIR "selftest"

static int
check_room(const struct fa_session *s, struct fa_err *err)
{
	struct statvfs v;
	int64_t room;

	if (statvfs(s->dir.p, &v) != 0)
		return fa_fail(
			err, FA_E_IO, "%s: %s", s->dir.p, strerror(errno));
	room = (int64_t)(v.f_bavail * v.f_frsize);
	if (room < FA_SESSION_FREE_BYTES)
		return fa_fail(err, FA_E_IO,
			"%s: the disk is full: %lld bytes are free, a case "
			"needs at least %lld",
			s->dir.p, (long long)room,
			(long long)FA_SESSION_FREE_BYTES);
	return FA_OK;
}

static int
write_info(struct fa_session *s, struct fa_str path, struct fa_err *err)
{
	struct fa_buf text FA_CLEANUP(fa_buf_done);
	char time[FA_TIME_BYTES];
	int rc;

	s->created = true;
	s->info = s->o->info;
	fa_time_format(fa_session_now_ms(), time);
	s->info.created = fa_arena_dup(&s->arena, fa_str_c(time));
	fa_buf_init(&text, FA_CASE_FILE_BYTES);
	if (!s->info.created.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a case");
	fa_case_info_write(&text, &s->info);
	rc = fa_buf_rc(&text, FA_CASE_FILE, err);
	return rc < 0 ? rc : fa_file_replace(path, fa_buf_str(&text), err);
}

/* A store without case.json is one of a sweep, unless nothing is in it yet:
 * then a first session was killed between the two. */
static int
make_case(struct fa_session *s, struct fa_str path, struct fa_err *err)
{
	struct fa_store_counts n;
	int rc = fa_store_count(&n, s->store, err);

	if (rc < 0)
		return rc;
	if (n.targets > 0 || n.urls > 0 || s->head.seq > 0)
		return fa_fail(err, FA_E_USAGE,
			"%.*s is a store and no case: there is no " FA_CASE_FILE
			" in it",
			FA_STR_ARG(s->dir));
	return write_info(s, path, err);
}

static int
load_case(struct fa_session *s, struct fa_err *err)
{
	struct fa_str path, text;
	int rc = fa_session_path(&path, s, FA_STR(FA_CASE_FILE), err);

	if (rc == FA_OK)
		rc = fa_store_custody_head(&s->head, s->store, err);
	if (rc < 0)
		return rc;
	if (access(path.p, F_OK) != 0)
		return make_case(s, path, err);
	rc = fa_file_read(&text, path, FA_CASE_FILE_BYTES, &s->arena, err);
	if (rc == FA_OK)
		rc = fa_case_info_parse(&s->info, text, &s->arena, err);
	if (rc == FA_OK && !fa_str_eq(s->info.id, s->o->info.id))
		rc = fa_fail(err, FA_E_USAGE,
			"%.*s is the case %.*s, expected %.*s",
			FA_STR_ARG(s->dir), FA_STR_ARG(s->info.id),
			FA_STR_ARG(s->o->info.id));
	return rc;
}

struct reading {
	struct fa_session *s;
	struct fa_chain chain;
	struct fa_arena a; /* of one event */
};

static int
on_row(void *ctx, const struct fa_store_custody_row *row, struct fa_err *err)
{
	struct reading *r = ctx;
	struct fa_custody_event e;
	int rc;

	fa_arena_reset(&r->a);
	rc = fa_chain_add_row(
		&e, &r->chain, row->seq, row->line, row->sha256, &r->a, err);
	if (rc < 0)
		return rc;
	if (r->chain.fault != FA_CHAIN_WHOLE)
		return fa_fail(err,
			r->chain.fault == FA_CHAIN_UNSUPPORTED
				? FA_E_UNSUPPORTED
				: FA_E_INPUT,
			"%.*s: the custody log is not whole, nothing is added "
			"to it: %s",
			FA_STR_ARG(r->s->dir), r->chain.why);
	if (e.op == FA_OP_SESSION_OPEN)
		r->s->unclosed_seq = e.seq;
	else if (e.op == FA_OP_SESSION_CLOSE)
		r->s->unclosed_seq = 0;
	return FA_OK;
}

/* Is the log whole, and was the last session closed? */
static int
read_log(struct fa_session *s, struct fa_err *err)
{
	struct reading r = { .s = s };
	int rc;

	fa_chain_init(&r.chain);
	fa_arena_init(&r.a, EVENT_BYTES);
	rc = fa_store_custody_each(s->store, 1, on_row, &r, err);
	fa_arena_done(&r.a);
	return rc;
}

static int
read_environment(struct fa_session *s, struct fa_err *err)
{
	struct fa_environ_opts o = s->o->environ;
	struct fa_str *hosts =
		fa_arena_new(&s->arena, s->o->urls_n, sizeof(*hosts));

	if (!hosts)
		return fa_fail(err, FA_E_NOMEM, "no memory for names");
	for (size_t i = 0; i < s->o->urls_n; i++)
		hosts[i] = s->o->urls[i].host;
	o.hosts = hosts;
	o.hosts_n = s->o->urls_n;
	o.case_dir = s->dir;
	return fa_environ_read(&s->environ, &o, &s->arena, err);
}

static void
write_info_members(struct fa_jw *w, const struct fa_case_info *i)
{
	fa_jw_key(w, "case");
	fa_jw_object(w);
	fa_jw_kstr(w, "id", i->id);
	fa_jw_kstr(w, "title", i->title);
	fa_jw_kstr(w, "purpose", i->purpose);
	fa_jw_kstr(w, "operator", i->operator_name);
	fa_jw_kstr(w, "operator_id", i->operator_id);
	fa_jw_kstr(w, "role", i->role);
	fa_jw_kstr(w, "organisation", i->organisation);
	fa_jw_kstr(w, "mandate", i->mandate);
	fa_jw_kstr(w, "witness", i->witness);
	fa_jw_end(w, '}');
}

static void
write_open(struct fa_jw *w, struct fa_session *s, const struct fa_selftest *t)
{
	fa_jw_object(w);
	write_info_members(w, &s->o->info);
	fa_jw_kbool(w, "new_case", s->created);
	fa_jw_key(w, "unclosed_session");
	if (s->unclosed_seq > 0)
		fa_jw_int(w, s->unclosed_seq);
	else
		fa_jw_null(w);
	fa_jw_key(w, "urls");
	fa_jw_array(w);
	for (size_t i = 0; i < s->o->urls_n; i++)
		fa_jw_str(w, s->o->urls[i].text);
	fa_jw_end(w, ']');
	fa_jw_key(w, "options");
	fa_jw_object(w);
	if (s->o->options)
		s->o->options(s->o->ctx, w);
	fa_jw_end(w, '}');
	fa_jw_kstr(w, "http_library", fa_str_c(fa_client_library()));
	fa_jw_key(w, "self_test");
	fa_selftest_write(w, t);
	fa_jw_key(w, "environment");
	fa_jw_object(w);
	fa_environ_write(w, &s->environ);
	fa_jw_end(w, '}');
	fa_jw_end(w, '}');
}

/* environment.json, case.json and the rules, as objects. */
static int
put_objects(
	struct fa_custody_obj objs[3], struct fa_session *s, struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	struct fa_str path, text;
	struct fa_jw w;
	int rc;

	fa_buf_init(&b, RULES_BYTES);
	fa_jw_init(&w, &b, 2);
	fa_jw_object(&w);
	fa_environ_write(&w, &s->environ);
	fa_jw_end(&w, '}');
	fa_buf_addc(&b, '\n');
	rc = fa_buf_rc(&b, "environment", err);
	if (rc == FA_OK)
		rc = fa_session_object(&objs[0], s, FA_STR("environment.json"),
			FA_STR("application/json"), fa_buf_str(&b), FA_STR_NONE,
			&s->arena, err);
	if (rc == FA_OK)
		rc = fa_session_path(&path, s, FA_STR(FA_CASE_FILE), err);
	if (rc == FA_OK)
		rc = fa_file_read(
			&text, path, FA_CASE_FILE_BYTES, &s->arena, err);
	if (rc == FA_OK)
		rc = fa_session_object(&objs[1], s, FA_STR(FA_CASE_FILE),
			FA_STR("application/json"), text, FA_STR_NONE,
			&s->arena, err);
	fa_buf_reset(&b);
	if (rc == FA_OK)
		rc = fa_rules_write_bundle(s->o->bundle, &b, err);
	if (rc == FA_OK)
		rc = fa_session_object(&objs[2], s, FA_STR("rules.json"),
			FA_STR("application/json"), fa_buf_str(&b), FA_STR_NONE,
			&s->arena, err);
	return rc;
}

static int
run_tests(struct fa_selftest *t, struct fa_session *s, struct fa_err *err)
{
	struct fa_str dir;
	int rc = fa_session_path(&dir, s, FA_STR(TEST_DIR), err);

	if (rc == FA_OK)
		rc = fa_file_make_dir(dir, err);
	if (rc == FA_OK)
		rc = fa_selftest_run(t, dir, &s->arena, err);
	if (rc == FA_OK)
		(void)rmdir(dir.p);
	s->self_test_passed = rc == FA_OK && t->passed;
	return rc;
}

static int
open_event(struct fa_session *s, struct fa_err *err)
{
	struct fa_custody_obj objs[3];
	struct fa_buf detail FA_CLEANUP(fa_buf_done);
	struct fa_selftest tests;
	struct fa_jw w;
	int rc = run_tests(&tests, s, err);

	fa_buf_init(&detail, FA_SESSION_DETAIL_BYTES);
	if (rc == FA_OK)
		rc = put_objects(objs, s, err);
	if (rc < 0)
		return rc;
	fa_jw_init(&w, &detail, 0);
	write_open(&w, s, &tests);
	rc = fa_session_event(&s->opened_seq, s, FA_OP_SESSION_OPEN,
		FA_STR_NONE, objs, FA_COUNT(objs), &detail, err);
	return rc < 0 ? rc : fa_store_commit(s->store, err);
}

/* A note about something that differs from what was: kind and three texts. */
static int
note(struct fa_session *s, const char *kind, const char *member,
	struct fa_str was, struct fa_str now, struct fa_err *err)
{
	struct fa_buf detail FA_CLEANUP(fa_buf_done);
	struct fa_jw w;

	fa_buf_init(&detail, FA_SESSION_DETAIL_BYTES);
	fa_jw_init(&w, &detail, 0);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "kind", fa_str_c(kind));
	fa_jw_kstr(&w, "member", fa_str_c(member));
	fa_jw_kstr(&w, "was", was);
	fa_jw_kstr(&w, "now", now);
	fa_jw_end(&w, '}');
	return fa_session_say(
		s, FA_OP_NOTE, FA_STR_NONE, NULL, 0, &detail, err);
}

/* case.json stays as it was first written; what is given differently later is
 * a note. */
static int
note_amendments(struct fa_session *s, struct fa_err *err)
{
	const struct fa_case_info *was = &s->info, *now = &s->o->info;
	const struct {
		const char *name;
		struct fa_str was, now;
	} all[] = { { "title", was->title, now->title },
		{ "purpose", was->purpose, now->purpose },
		{ "operator.name", was->operator_name, now->operator_name },
		{ "operator.id", was->operator_id, now->operator_id },
		{ "operator.role", was->role, now->role },
		{ "operator.organisation", was->organisation,
			now->organisation },
		{ "operator.mandate", was->mandate, now->mandate },
		{ "operator.witness", was->witness, now->witness },
		{ "subject.app", was->subject.app, now->subject.app },
		{ "subject.package", was->subject.package,
			now->subject.package },
		{ "subject.version", was->subject.version,
			now->subject.version },
		{ "subject.store", was->subject.store, now->subject.store },
		{ "subject.publisher", was->subject.publisher,
			now->subject.publisher },
		{ "subject.icp", was->subject.icp, now->subject.icp } };
	int rc = FA_OK;

	for (size_t i = 0; i < FA_COUNT(all) && rc == FA_OK; i++)
		if (all[i].now.n > 0 && !fa_str_eq(all[i].was, all[i].now))
			rc = note(s, "amendment", all[i].name, all[i].was,
				all[i].now, err);
	return rc;
}

static int
open_session(struct fa_session *s, struct fa_err *err)
{
	char seq[32];
	int rc = fa_store_open(&s->store, s->dir, FA_STORE_CREATE, err);

	if (rc == FA_OK)
		rc = load_case(s, err);
	if (rc == FA_OK)
		rc = check_room(s, err);
	if (rc == FA_OK)
		rc = fa_session_path(
			&s->objects, s, FA_STR(FA_OBJECTS_DIR), err);
	if (rc == FA_OK)
		rc = read_log(s, err);
	if (rc == FA_OK)
		rc = read_environment(s, err);
	if (rc == FA_OK)
		rc = open_event(s, err);
	(void)snprintf(seq, sizeof(seq), "%lld", (long long)s->unclosed_seq);
	if (rc == FA_OK && s->unclosed_seq > 0)
		rc = note(s, "unclosed-session", "session_open", fa_str_c(seq),
			FA_STR_NONE, err);
	if (rc == FA_OK)
		rc = note_amendments(s, err);
	if (rc == FA_OK && !s->self_test_passed) {
		rc = fa_session_close(
			s, "failed", FA_STR("the self-test failed"), err);
		if (rc == FA_OK)
			rc = fa_fail(err, FA_E_IO,
				"the self-test failed, nothing was captured; "
				"see session_open in the log");
	}
	return rc;
}

int
fa_session_open(struct fa_session **out, const struct fa_session_opts *o,
	struct fa_err *err)
{
	struct fa_str dir = o->dir;
	struct fa_arena arena;
	struct fa_session *s;
	int rc = FA_OK;

	fa_arena_init(&arena, ARENA_BYTES);
	s = fa_arena_new(&arena, 1, sizeof(*s));
	if (!s)
		return fa_fail(err, FA_E_NOMEM, "no memory for a session");
	s->arena = arena;
	s->o = o;
	while (dir.n > 1 && dir.p[dir.n - 1] == '/')
		dir.n--;
	s->dir = fa_arena_dup(&s->arena, dir);
	if (!s->dir.p)
		rc = fa_fail(err, FA_E_NOMEM, "no memory for a session");
	if (rc == FA_OK)
		rc = open_session(s, err);
	if (rc < 0)
		fa_session_free(s);
	else
		*out = s;
	return rc;
}
