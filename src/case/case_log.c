/* What the log of a case says, read into plain structs. */
#include <string.h>

#include "case/case.h"
#include "evidence/custody.h"
#include "store/custody.h"

#define EVENT_BYTES ((size_t)64 << 20) /* of one event as a tree */

/* "2026-11-22T05:40:00.123Z" in ms since 1970; 0 when it is not that. */
static int64_t
read_time(struct fa_str s)
{
	static const char form[] = "0000-00-00T00:00:00.000Z";
	int64_t n[7] = { 0 }, days, y, m;
	size_t k = 0;

	if (s.n != sizeof(form) - 1)
		return 0;
	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';

		if (form[i] == '0' ? !digit : s.p[i] != form[i])
			return 0;
		if (digit)
			n[k] = n[k] * 10 + (s.p[i] - '0');
		else
			k += k < 6;
	}
	/* Days from the civil calendar; the year begins in March. */
	y = n[0] - (n[1] <= 2);
	m = (n[1] + 9) % 12;
	days = y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 +
		(n[2] - 1) - 719468;
	return ((days * 24 + n[3]) * 60 + n[4]) * 60000 + n[5] * 1000 + n[6];
}

struct walk {
	struct fa_arena *a;
	fa_case_event_fn *fn;
	void *ctx;
	int rc;
};

static int
on_row(void *ctx, const struct fa_store_custody_row *row, struct fa_err *err)
{
	struct walk *w = ctx;
	struct fa_case_event e = { .seq = row->seq, .line = row->line };
	struct fa_json *json;
	struct fa_err why;
	int rc;

	fa_arena_reset(w->a);
	rc = fa_json_parse(&json, row->line, w->a, &why);
	if (rc < 0)
		return fa_fail(err, rc, "event %lld of the log: %s",
			(long long)row->seq, why.msg);
	e.json = json;
	e.op = fa_json_text(json, "op");
	e.time = fa_json_text(json, "t");
	e.at_ms = read_time(e.time);
	e.detail = fa_json_find(json, "detail");
	w->rc = w->fn(w->ctx, &e, err);
	return w->rc > 0 ? -1 : w->rc;
}

int
fa_case_events(
	struct fa_case *c, fa_case_event_fn *fn, void *ctx, struct fa_err *err)
{
	struct fa_arena a;
	struct walk w = { .a = &a, .fn = fn, .ctx = ctx };
	int rc;

	fa_arena_init(&a, EVENT_BYTES);
	rc = fa_store_custody_each(fa_case_store(c), 1, on_row, &w, err);
	fa_arena_done(&a);
	return w.rc > 0 ? w.rc : rc;
}

/* A list that grows in an arena. */
struct list {
	struct fa_arena *a;
	void *at;
	size_t n, cap, size;
	int rc; /* the first failure */
};

/* Room for one more, zeroed; NULL when memory is out. */
static void *
grow(struct list *l)
{
	char *p = fa_arena_grow(l->a, l->at, &l->cap, l->n + 1, l->size);

	if (!p) {
		l->rc = FA_E_NOMEM;
		return NULL;
	}
	l->at = p;
	p += l->n++ * l->size;
	memset(p, 0, l->size);
	return p;
}

static struct fa_str
dup(struct list *l, struct fa_str s)
{
	struct fa_str d = s.p ? fa_arena_dup(l->a, s) : s;

	if (s.p && !d.p)
		l->rc = FA_E_NOMEM;
	return d;
}

static struct fa_str
text(struct list *l, const struct fa_json *in, const char *key)
{
	return dup(l, fa_json_text(in, key));
}

static int
end(const struct list *l, struct fa_err *err)
{
	return l->rc < 0 ? fa_fail(err, l->rc, "no memory to read the log")
			 : FA_OK;
}

static bool
is(const struct fa_case_event *e, enum fa_custody_op op)
{
	return fa_str_eq(e->op, fa_str_c(fa_custody_op_name(op)));
}

static int
add_session(void *ctx, const struct fa_case_event *e, struct fa_err *err)
{
	struct list *l = ctx;
	struct fa_case_session *s = l->at;

	if (is(e, FA_OP_SESSION_OPEN)) {
		s = grow(l);
		if (!s)
			return end(l, err);
		s->open_seq = e->seq;
		s->opened = dup(l, e->time);
		s->operator_name =
			text(l, fa_json_find(e->json, "actor"), "id");
	} else if (l->n == 0) {
		return FA_OK;
	} else {
		s += l->n - 1;
	}
	s->last_seq = e->seq;
	if (is(e, FA_OP_SESSION_CLOSE) && s->close_seq == 0) {
		s->close_seq = e->seq;
		s->closed = dup(l, e->time);
	}
	return end(l, err);
}

int
fa_case_sessions(struct fa_case_sessions *out, struct fa_case *c,
	struct fa_arena *a, struct fa_err *err)
{
	struct list l = { .a = a, .size = sizeof(struct fa_case_session) };
	int rc = fa_case_events(c, add_session, &l, err);

	if (rc < 0)
		return rc;
	out->at = l.at;
	out->n = l.n;
	return FA_OK;
}

static bool
has_object(const struct list *l, struct fa_str sha256, struct fa_str name)
{
	const struct fa_case_object *o = l->at;

	for (size_t i = 0; i < l->n; i++)
		if (fa_str_eq(o[i].sha256, sha256) &&
			fa_str_eq(o[i].name, name))
			return true;
	return false;
}

/* What was verified or packed is named again there, and is no object of ours.
 */
static int
add_objects(void *ctx, const struct fa_case_event *e, struct fa_err *err)
{
	const struct fa_json *objs = fa_json_find(e->json, "objs");
	struct list *l = ctx;

	if (is(e, FA_OP_EXPORT) || is(e, FA_OP_VERIFY))
		return FA_OK;
	for (const struct fa_json *j = objs ? objs->child : NULL; j;
		j = j->next) {
		struct fa_str sha256 = fa_json_text(j, "sha256");
		struct fa_case_object *o;

		if (!sha256.p || has_object(l, sha256, fa_json_text(j, "name")))
			continue;
		o = grow(l);
		if (!o)
			break;
		o->seq = e->seq;
		o->op = dup(l, e->op);
		o->time = dup(l, e->time);
		o->name = text(l, j, "name");
		o->mime = text(l, j, "mime");
		o->bytes = fa_json_int(j, "bytes", -1);
		o->sha256 = dup(l, sha256);
		o->sm3 = text(l, j, "sm3");
		o->parent = text(l, j, "parent");
	}
	return end(l, err);
}

int
fa_case_objects(struct fa_case_objects *out, struct fa_case *c,
	struct fa_arena *a, struct fa_err *err)
{
	struct list l = { .a = a, .size = sizeof(struct fa_case_object) };
	int rc = fa_case_events(c, add_objects, &l, err);

	if (rc < 0)
		return rc;
	out->at = l.at;
	out->n = l.n;
	return FA_OK;
}

static void
read_connection(
	struct fa_case_capture *x, struct list *l, const struct fa_json *d)
{
	const struct fa_json *tls = fa_json_find(d, "tls");

	x->peer = text(l, d, "peer");
	x->local = text(l, d, "local");
	x->tls = text(l, tls, "version");
	x->cipher = text(l, tls, "cipher");
	x->leaf_sha256 = text(l, tls, "leaf_sha256");
	x->chain_sha256 = text(l, tls, "chain_sha256");
	x->date = text(l, d, "date");
	x->has_skew = fa_json_int(d, "skew_ms", INT64_MIN) != INT64_MIN;
	x->skew_ms = fa_json_int(d, "skew_ms", 0);
}

static void
read_bytes(struct fa_case_capture *x, struct list *l, const struct fa_json *d)
{
	const struct fa_json *warc = fa_json_find(d, "warc");
	const struct fa_json *payload = fa_json_find(d, "payload");
	const struct fa_json *decoded = fa_json_find(d, "decoded");
	const struct fa_json *cut = fa_json_find(d, "truncated");

	x->file = text(l, warc, "file");
	x->offset = fa_json_int(warc, "offset", -1);
	x->length = fa_json_int(warc, "length", -1);
	x->record = text(l, warc, "record");
	x->block_sha256 = text(l, warc, "block_sha256");
	x->payload_bytes = fa_json_int(payload, "bytes", -1);
	x->payload_sha256 = text(l, payload, "sha256");
	x->payload_sm3 = text(l, payload, "sm3");
	x->decoded_sha256 = text(l, decoded, "sha256");
	x->decoded_sm3 = text(l, decoded, "sm3");
	x->media_type = text(l, d, "media_type");
	x->truncated = cut && cut->kind == FA_JSON_BOOL && cut->boolean;
}

static int
add_capture(void *ctx, const struct fa_case_event *e, struct fa_err *err)
{
	const struct fa_json *d = e->detail, *compared;
	struct list *l = ctx;
	struct fa_case_capture *x;

	if (!is(e, FA_OP_CAPTURE))
		return FA_OK;
	x = grow(l);
	if (!x)
		return end(l, err);
	compared = fa_json_find(d, "compared");
	x->seq = e->seq;
	x->at_ms = e->at_ms;
	x->time = dup(l, e->time);
	x->purpose = text(l, d, "purpose");
	x->method = text(l, d, "method");
	x->url = text(l, d, "url");
	x->outcome = text(l, d, "outcome");
	x->redirect = text(l, d, "redirect");
	x->status = (int)fa_json_int(d, "status", 0);
	read_connection(x, l, d);
	read_bytes(x, l, d);
	x->repeats_seq = fa_json_int(compared, "with", 0);
	x->same = text(l, compared, "same");
	return end(l, err);
}

int
fa_case_captures(struct fa_case_captures *out, struct fa_case *c,
	struct fa_arena *a, struct fa_err *err)
{
	struct list l = { .a = a, .size = sizeof(struct fa_case_capture) };
	int rc = fa_case_events(c, add_capture, &l, err);

	if (rc < 0)
		return rc;
	out->at = l.at;
	out->n = l.n;
	return FA_OK;
}

static int
add_error(void *ctx, const struct fa_case_event *e, struct fa_err *err)
{
	const struct fa_json *retried = fa_json_find(e->detail, "retried");
	struct list *l = ctx;
	struct fa_case_error *x;

	if (!is(e, FA_OP_ERROR))
		return FA_OK;
	x = grow(l);
	if (!x)
		return end(l, err);
	x->seq = e->seq;
	x->time = dup(l, e->time);
	x->stage = text(l, e->detail, "stage");
	x->url = text(l, e->detail, "url");
	x->outcome = text(l, e->detail, "outcome");
	x->message = text(l, e->detail, "message");
	x->retried =
		retried && retried->kind == FA_JSON_BOOL && retried->boolean;
	return end(l, err);
}

int
fa_case_errors(struct fa_case_errors *out, struct fa_case *c,
	struct fa_arena *a, struct fa_err *err)
{
	struct list l = { .a = a, .size = sizeof(struct fa_case_error) };
	int rc = fa_case_events(c, add_error, &l, err);

	if (rc < 0)
		return rc;
	out->at = l.at;
	out->n = l.n;
	return FA_OK;
}
