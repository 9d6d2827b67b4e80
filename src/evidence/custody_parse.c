/* Reading an event of the custody log.
 *
 *	line   = one JSON object, no control character, no line feed
 *	object = v seq prev t mono_ns op case actor tool host clock target objs
 *		 detail, each once, in any order, nothing else
 *
 * Of v 1 everything is known; more members would be another v. */
#include <string.h>

#include "base/clock.h"
#include "evidence/custody.h"
#include "evidence/custody_parts.h"
#include "evidence/warc_fields.h"

/* The object that is being read. The first failure stays. */
struct reader {
	const struct fa_json *o;
	const char *name; /* of the object, for messages */
	struct fa_err *err;
	int rc;
	size_t known; /* members that were asked for */
};

static void
fail(struct reader *r, const char *key, const char *expected)
{
	if (r->rc == FA_OK)
		r->rc = fa_fail(r->err, FA_E_INPUT,
			"'%s%s%s' of the event is not %s", r->name,
			r->name[0] ? "." : "", key, expected);
}

static const struct fa_json *
member(struct reader *r, const char *key)
{
	const struct fa_json *m = fa_json_find(r->o, key);

	r->known++;
	if (!m && r->rc == FA_OK)
		r->rc = fa_fail(r->err, FA_E_INPUT, "the event lacks '%s%s%s'",
			r->name, r->name[0] ? "." : "", key);
	return m;
}

static void
text(struct reader *r, const char *key, struct fa_str *out)
{
	const struct fa_json *m = member(r, key);

	*out = FA_STR_NONE;
	if (!m || m->kind == FA_JSON_NULL)
		return;
	if (m->kind != FA_JSON_STRING)
		fail(r, key, "a text or null");
	else
		*out = m->str;
}

static void
digest(struct reader *r, const char *key, struct fa_str *out, bool needed)
{
	text(r, key, out);
	if (out->p ? !fa_custody_is_digest(*out) : needed)
		fail(r, key, "64 hexadecimal digits");
}

static void
count(struct reader *r, const char *key, int64_t *out)
{
	const struct fa_json *m = member(r, key);

	*out = -1;
	if (!m || m->kind == FA_JSON_NULL)
		return;
	if (m->kind != FA_JSON_INT || m->integer < 0)
		fail(r, key, "a number from 0 or null");
	else
		*out = m->integer;
}

static struct reader
enter(struct reader *up, const char *key)
{
	struct reader r = { .name = key, .err = up->err, .rc = up->rc };

	r.o = member(up, key);
	r.rc = up->rc;
	if (r.o && r.o->kind != FA_JSON_OBJECT)
		fail(up, key, "an object");
	r.rc = up->rc;
	return r;
}

static void
leave(struct reader *up, const struct reader *r)
{
	if (up->rc == FA_OK)
		up->rc = r->rc;
	if (up->rc == FA_OK && r->o->count != r->known)
		up->rc = fa_fail(up->err, FA_E_INPUT,
			"the event has members in '%s' that are not known",
			r->name);
}

static void
read_who(struct reader *up, struct fa_custody_event *e)
{
	struct reader r = enter(up, "actor");

	text(&r, "id", &e->actor.id);
	text(&r, "role", &e->actor.role);
	text(&r, "org", &e->actor.org);
	leave(up, &r);
	r = enter(up, "tool");
	text(&r, "name", &e->tool.name);
	text(&r, "version", &e->tool.version);
	text(&r, "commit", &e->tool.commit);
	digest(&r, "exe_sha256", &e->tool.exe_sha256, false);
	digest(&r, "rules_sha256", &e->tool.rules_sha256, false);
	leave(up, &r);
	r = enter(up, "host");
	text(&r, "boot_id", &e->host.boot_id);
	text(&r, "machine", &e->host.machine);
	leave(up, &r);
}

static void
read_where(struct reader *up, struct fa_custody_event *e)
{
	struct reader r = enter(up, "clock");
	const struct fa_json *sync = member(&r, "sync");

	if (sync && sync->kind != FA_JSON_BOOL)
		fail(&r, "sync", "true or false");
	e->clock.sync = sync && sync->boolean;
	count(&r, "maxerror_us", &e->clock.maxerror_us);
	text(&r, "source", &e->clock.source);
	leave(up, &r);
	r = enter(up, "target");
	text(&r, "app", &e->target.app);
	text(&r, "store", &e->target.store);
	text(&r, "url", &e->target.url);
	leave(up, &r);
}

static void
read_obj(struct reader *up, struct fa_custody_obj *o, const struct fa_json *m)
{
	struct reader r = { .o = m, .name = "objs", .err = up->err };

	if (m->kind != FA_JSON_OBJECT) {
		fail(up, "objs", "an array of objects");
		return;
	}
	text(&r, "name", &o->name);
	text(&r, "mime", &o->mime);
	count(&r, "bytes", &o->bytes);
	digest(&r, "sha256", &o->sha256, true);
	digest(&r, "sm3", &o->sm3, false);
	digest(&r, "parent", &o->parent, false);
	leave(up, &r);
}

static void
read_objs(struct reader *r, struct fa_custody_event *e, struct fa_arena *a)
{
	const struct fa_json *m = member(r, "objs");
	struct fa_custody_obj *objs;
	size_t n = 0;

	if (r->rc < 0)
		return;
	if (m->kind != FA_JSON_ARRAY || m->count > FA_CUSTODY_OBJS_MAX) {
		fail(r, "objs", "an array of at most 4096 objects");
		return;
	}
	objs = fa_arena_new(a, m->count, sizeof(*objs));
	if (!objs) {
		r->rc = fa_fail(r->err, FA_E_NOMEM,
			"no memory for an event of the custody log");
		return;
	}
	for (m = m->child; m && r->rc == FA_OK; m = m->next)
		read_obj(r, &objs[n++], m);
	e->objs = objs;
	e->objs_n = n;
}

/* Exactly as it is written: "2026-11-22T05:40:00.123Z". */
static void
read_time(struct reader *r, struct fa_custody_event *e)
{
	char again[FA_TIME_BYTES];
	struct fa_str t;

	text(r, "t", &t);
	if (r->rc < 0)
		return;
	e->t_ms = t.n == FA_TIME_BYTES - 1 ? fa_warc_parse_date(t) / 1000 : 0;
	fa_time_format(e->t_ms, again);
	if (e->t_ms < 0 || !fa_str_eq(t, fa_str_c(again)))
		fail(r, "t", "a time like 2026-11-22T05:40:00.123Z");
}

static void
read_prev(struct reader *r, struct fa_custody_event *e)
{
	struct fa_str alg = FA_STR(FA_CUSTODY_ALGORITHM), prev;

	text(r, "prev", &prev);
	if (!fa_str_starts(prev, alg) ||
		!fa_custody_is_digest(fa_str_sub(prev, alg.n, prev.n))) {
		fail(r, "prev", "sha256: and 64 hexadecimal digits");
		return;
	}
	memcpy(e->prev, prev.p + alg.n, FA_HASH_HEX_BYTES - 1);
	e->prev[FA_HASH_HEX_BYTES - 1] = '\0';
}

/* The text of the member "detail": line is one JSON object whose strings and
 * brackets match, and has the member once. */
static struct fa_str
find_detail(struct fa_str line)
{
	struct fa_str key = FA_STR("\"detail\"");
	size_t depth = 0, from = 0;

	for (size_t i = 0; i < line.n; i++) {
		size_t string = i;

		switch (line.p[i]) {
		case '{':
		case '[':
			depth++;
			break;
		case '}':
		case ']':
			depth--;
			if (from > 0 && depth == 1)
				return fa_str_sub(line, from, i + 1);
			break;
		case '"':
			while (++i < line.n && line.p[i] != '"')
				i += line.p[i] == '\\';
			if (depth == 1 && from == 0 &&
				fa_str_eq(fa_str_sub(line, string, i + 1), key))
				from = i + 1;
			break;
		default:
			break;
		}
	}
	return FA_STR_NONE;
}

static void
read_detail(struct reader *r, struct fa_custody_event *e, struct fa_str line)
{
	const struct fa_json *m = member(r, "detail");

	if (!m || r->rc < 0)
		return;
	e->detail = find_detail(line);
	while (e->detail.n > 0 &&
		(e->detail.p[0] == ':' || e->detail.p[0] == ' '))
		e->detail = fa_str_sub(e->detail, 1, e->detail.n);
	if (m->kind != FA_JSON_OBJECT || e->detail.n == 0 ||
		e->detail.p[0] != '{')
		fail(r, "detail", "an object");
}

static void
read_head(struct reader *r, struct fa_custody_event *e)
{
	const struct fa_json *v = member(r, "v");
	struct fa_str op;

	if (v && v->kind != FA_JSON_INT)
		fail(r, "v", "a number");
	if (r->rc == FA_OK && v->integer != FA_CUSTODY_VERSION)
		r->rc = fa_fail(r->err, FA_E_UNSUPPORTED,
			"the event is of version %lld, this program knows %d",
			(long long)v->integer, FA_CUSTODY_VERSION);
	count(r, "seq", &e->seq);
	if (e->seq < 1)
		fail(r, "seq", "a number from 1");
	read_prev(r, e);
	read_time(r, e);
	count(r, "mono_ns", &e->mono_ns);
	text(r, "op", &op);
	if (fa_custody_op_parse(op) < 0)
		fail(r, "op", "the name of an operation");
	else
		e->op = (enum fa_custody_op)fa_custody_op_parse(op);
	text(r, "case", &e->case_id);
}

static int
check_line(struct fa_str line, struct fa_err *err)
{
	if (line.n > FA_CUSTODY_LINE_BYTES)
		return fa_fail(err, FA_E_INPUT,
			"the event is longer than %u bytes",
			FA_CUSTODY_LINE_BYTES);
	for (size_t i = 0; i < line.n; i++)
		if ((unsigned char)line.p[i] < ' ')
			return fa_fail(err, FA_E_INPUT,
				"the event has a control character at byte %zu",
				i + 1);
	if (line.n < 2 || line.p[0] != '{' || line.p[line.n - 1] != '}')
		return fa_fail(err, FA_E_INPUT, "the event is no JSON object");
	return FA_OK;
}

int
fa_custody_parse(struct fa_custody_event *out, struct fa_str line,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_custody_event e = { .objs_n = 0 };
	struct reader r = { .name = "", .err = err };
	struct fa_json *tree;
	int rc = check_line(line, err);

	if (rc == FA_OK)
		rc = fa_json_parse(&tree, line, a, err);
	if (rc < 0)
		return rc == FA_E_LIMIT ? FA_E_INPUT : rc;
	r.o = tree;
	read_head(&r, &e);
	read_who(&r, &e);
	read_where(&r, &e);
	read_objs(&r, &e, a);
	read_detail(&r, &e, line);
	if (r.rc == FA_OK && tree->count != r.known)
		r.rc = fa_fail(err, FA_E_INPUT,
			"the event has members that are not known");
	if (r.rc == FA_OK)
		*out = e;
	return r.rc;
}

int
fa_custody_detail(const struct fa_json **out, const struct fa_custody_event *e,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_json *tree;
	int rc = fa_json_parse(
		&tree, e->detail.p ? e->detail : FA_STR("{}"), a, err);

	if (rc == FA_OK)
		*out = tree;
	return rc;
}
