/* Writing an event of the custody log. */
#include "evidence/custody.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "evidence/custody_parts.h"

/* The names are part of the format. */
static const char *const op_names[FA_OP_COUNT] = { "session_open", "capture",
	"render", "extract", "scan", "finding", "review", "note", "checkpoint",
	"tst", "export", "verify", "session_close", "error" };

const char *
fa_custody_op_name(enum fa_custody_op op)
{
	return (unsigned)op < FA_OP_COUNT ? op_names[op] : "?";
}

int
fa_custody_op_parse(struct fa_str s)
{
	for (int i = 0; i < FA_OP_COUNT; i++)
		if (fa_str_eq(s, fa_str_c(op_names[i])))
			return i;
	return -1;
}

bool
fa_custody_is_digest(struct fa_str s)
{
	if (s.n != FA_HASH_HEX_BYTES - 1)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!(s.p[i] >= '0' && s.p[i] <= '9') &&
			!(s.p[i] >= 'a' && s.p[i] <= 'f'))
			return false;
	return true;
}

int
fa_custody_digest(
	char hex[FA_HASH_HEX_BYTES], struct fa_str line, struct fa_err *err)
{
	return fa_hash_sha256(hex, line, err);
}

static void
put_count(struct fa_jw *w, const char *key, int64_t v)
{
	fa_jw_key(w, key);
	if (v < 0)
		fa_jw_null(w);
	else
		fa_jw_int(w, v);
}

static void
put_who(struct fa_jw *w, const struct fa_custody_event *e)
{
	fa_jw_key(w, "actor");
	fa_jw_object(w);
	fa_jw_kstr(w, "id", e->actor.id);
	fa_jw_kstr(w, "role", e->actor.role);
	fa_jw_kstr(w, "org", e->actor.org);
	fa_jw_end(w, '}');
	fa_jw_key(w, "tool");
	fa_jw_object(w);
	fa_jw_kstr(w, "name", e->tool.name);
	fa_jw_kstr(w, "version", e->tool.version);
	fa_jw_kstr(w, "commit", e->tool.commit);
	fa_jw_kstr(w, "exe_sha256", e->tool.exe_sha256);
	fa_jw_kstr(w, "rules_sha256", e->tool.rules_sha256);
	fa_jw_end(w, '}');
	fa_jw_key(w, "host");
	fa_jw_object(w);
	fa_jw_kstr(w, "boot_id", e->host.boot_id);
	fa_jw_kstr(w, "machine", e->host.machine);
	fa_jw_end(w, '}');
	fa_jw_key(w, "clock");
	fa_jw_object(w);
	fa_jw_kbool(w, "sync", e->clock.sync);
	put_count(w, "maxerror_us", e->clock.maxerror_us);
	fa_jw_kstr(w, "source", e->clock.source);
	fa_jw_end(w, '}');
}

static void
put_what(struct fa_jw *w, const struct fa_custody_event *e)
{
	fa_jw_key(w, "target");
	fa_jw_object(w);
	fa_jw_kstr(w, "app", e->target.app);
	fa_jw_kstr(w, "store", e->target.store);
	fa_jw_kstr(w, "url", e->target.url);
	fa_jw_end(w, '}');
	fa_jw_key(w, "objs");
	fa_jw_array(w);
	for (size_t i = 0; i < e->objs_n; i++) {
		const struct fa_custody_obj *o = &e->objs[i];

		fa_jw_object(w);
		fa_jw_kstr(w, "name", o->name);
		fa_jw_kstr(w, "mime", o->mime);
		put_count(w, "bytes", o->bytes);
		fa_jw_kstr(w, "sha256", o->sha256);
		fa_jw_kstr(w, "sm3", o->sm3);
		fa_jw_kstr(w, "parent", o->parent);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
put_event(struct fa_buf *out, const struct fa_custody_event *e)
{
	char prev[FA_HASH_HEX_BYTES + sizeof(FA_CUSTODY_ALGORITHM)];
	char t[FA_TIME_BYTES];
	struct fa_jw w;

	fa_time_format(e->t_ms, t);
	(void)snprintf(
		prev, sizeof(prev), "%s%s", FA_CUSTODY_ALGORITHM, e->prev);
	fa_jw_init(&w, out, 0);
	fa_jw_object(&w);
	fa_jw_kint(&w, "v", FA_CUSTODY_VERSION);
	fa_jw_kint(&w, "seq", e->seq);
	fa_jw_kstr(&w, "prev", fa_str_c(prev));
	fa_jw_kstr(&w, "t", fa_str_c(t));
	put_count(&w, "mono_ns", e->mono_ns);
	fa_jw_kstr(&w, "op", fa_str_c(fa_custody_op_name(e->op)));
	fa_jw_kstr(&w, "case", e->case_id);
	put_who(&w, e);
	put_what(&w, e);
	fa_jw_key(&w, "detail");
	fa_buf_add(out, e->detail.p ? e->detail : FA_STR("{}"));
	w.after_key = false;
	fa_jw_end(&w, '}');
}

/* The writer of JSON would replace what is no UTF-8: then the line would not
 * say what it was told. */
static bool
is_text(const struct fa_custody_event *e)
{
	const struct fa_str all[] = { e->case_id, e->actor.id, e->actor.role,
		e->actor.org, e->tool.name, e->tool.version, e->tool.commit,
		e->host.boot_id, e->host.machine, e->clock.source,
		e->target.app, e->target.store, e->target.url };

	for (size_t i = 0; i < FA_COUNT(all); i++)
		if (all[i].p && !fa_utf8_valid(all[i]))
			return false;
	for (size_t i = 0; i < e->objs_n; i++)
		if ((e->objs[i].name.p && !fa_utf8_valid(e->objs[i].name)) ||
			(e->objs[i].mime.p && !fa_utf8_valid(e->objs[i].mime)))
			return false;
	return true;
}

/* What was written has to be readable, by the same rules as what others
 * wrote. */
static int
check_written(struct fa_str line, struct fa_err *err)
{
	struct fa_custody_event e;
	struct fa_arena a;
	struct fa_err why;
	int rc;

	fa_arena_init(&a, FA_CUSTODY_PARSE_BYTES);
	rc = fa_custody_parse(&e, line, &a, &why);
	fa_arena_done(&a);
	if (rc == FA_E_INPUT || rc == FA_E_UNSUPPORTED)
		return fa_fail(err, FA_E_USAGE,
			"this is no event for the custody log: %s", why.msg);
	return rc < 0 ? fa_fail(err, rc, "%s", why.msg) : FA_OK;
}

int
fa_custody_write(struct fa_buf *out, const struct fa_custody_event *e,
	struct fa_err *err)
{
	struct fa_buf line;
	int rc;

	if (!is_text(e))
		return fa_fail(err, FA_E_USAGE,
			"this is no event for the custody log: a text in it "
			"is not UTF-8");
	fa_buf_init(&line, FA_CUSTODY_LINE_BYTES);
	put_event(&line, e);
	rc = fa_buf_rc(&line, "an event of the custody log", err);
	if (rc == FA_OK)
		rc = check_written(fa_buf_str(&line), err);
	if (rc == FA_OK) {
		size_t before = out->n;

		fa_buf_add(out, fa_buf_str(&line));
		rc = fa_buf_rc(out, "the custody log", err);
		if (rc < 0)
			out->n = before;
	}
	fa_buf_done(&line);
	return rc;
}
