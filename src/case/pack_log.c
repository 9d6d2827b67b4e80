#include "case/pack_log.h"

#include <string.h>

#include "base/json.h"
#include "case/pack_export.h"
#include "store/custody.h"

#define TEXT_BYTES ((size_t)1 << 30) /* of a log */
#define DETAIL_BYTES ((size_t)64 << 20)

struct reading {
	struct fa_pack_log *log;
	struct fa_arena *a;
	struct fa_arena scratch; /* of the event at hand */
};

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for a log");
}

static struct fa_str
keep(struct fa_str s, struct fa_arena *a, int *rc)
{
	struct fa_str d = s.p ? fa_arena_dup(a, s) : FA_STR_NONE;

	if (s.p && !d.p)
		*rc = FA_E_NOMEM;
	return d;
}

static int
add_leaf(struct reading *r, struct fa_str line, struct fa_err *err)
{
	struct fa_pack_log *l = r->log;
	struct fa_merkle_hash *at = fa_arena_grow(
		r->a, l->leaves, &l->leaves_cap, l->leaves_n + 1, sizeof(*at));

	if (!at)
		return no_memory(err);
	l->leaves = at;
	if (l->leaves_n == FA_PACK_EVENTS_MAX)
		return fa_fail(err, FA_E_LIMIT, "more than %d events",
			FA_PACK_EVENTS_MAX);
	return fa_merkle_leaf(&at[l->leaves_n++], line, err);
}

static bool
has_obj(const struct fa_pack_log *l, const struct fa_custody_obj *o)
{
	for (size_t i = 0; i < l->objs_n; i++)
		if (fa_str_eq(l->objs[i].sha256, o->sha256) &&
			fa_str_eq(l->objs[i].name, o->name))
			return true;
	return false;
}

static int
add_obj(struct reading *r, const struct fa_custody_event *e,
	const struct fa_custody_obj *o, struct fa_err *err)
{
	struct fa_pack_log *l = r->log;
	struct fa_pack_obj *at = fa_arena_grow(
		r->a, l->objs, &l->objs_cap, l->objs_n + 1, sizeof(*at));
	int rc = FA_OK;

	if (!at)
		return no_memory(err);
	l->objs = at;
	at[l->objs_n++] = (struct fa_pack_obj){ .seq = e->seq,
		.op = fa_custody_op_name(e->op),
		.t_ms = e->t_ms,
		.name = keep(o->name, r->a, &rc),
		.mime = keep(o->mime, r->a, &rc),
		.bytes = o->bytes,
		.sha256 = keep(o->sha256, r->a, &rc),
		.sm3 = keep(o->sm3, r->a, &rc),
		.parent = keep(o->parent, r->a, &rc) };
	return rc < 0 ? no_memory(err) : FA_OK;
}

/* What was packed or verified is named there, and is no object of the case. */
static int
add_objs(
	struct reading *r, const struct fa_custody_event *e, struct fa_err *err)
{
	int rc = FA_OK;

	if (e->op == FA_OP_EXPORT || e->op == FA_OP_VERIFY)
		return FA_OK;
	for (size_t i = 0; i < e->objs_n && rc == FA_OK; i++)
		if (!has_obj(r->log, &e->objs[i]))
			rc = add_obj(r, e, &e->objs[i], err);
	return rc;
}

static int
add_capture(struct reading *r, const struct fa_custody_event *e,
	const struct fa_json *d, struct fa_err *err)
{
	const struct fa_json *warc = fa_json_find(d, "warc");
	const struct fa_json *payload = fa_json_find(d, "payload");
	struct fa_pack_log *l = r->log;
	struct fa_pack_capture *at = fa_arena_grow(r->a, l->captures,
		&l->captures_cap, l->captures_n + 1, sizeof(*at));
	int rc = FA_OK;

	if (!at)
		return no_memory(err);
	l->captures = at;
	at[l->captures_n++] = (struct fa_pack_capture){ .seq = e->seq,
		.url = keep(e->target.url, r->a, &rc),
		.file = keep(fa_json_text(warc, "file"), r->a, &rc),
		.offset = fa_json_int(warc, "offset", -1),
		.length = fa_json_int(warc, "length", -1),
		.record = keep(fa_json_text(warc, "record"), r->a, &rc),
		.block_sha256 =
			keep(fa_json_text(warc, "block_sha256"), r->a, &rc),
		.payload_sha256 =
			keep(fa_json_text(payload, "sha256"), r->a, &rc) };
	return rc < 0 ? no_memory(err) : FA_OK;
}

static int
add_checkpoint(struct reading *r, const struct fa_custody_event *e,
	const struct fa_json *d, struct fa_err *err)
{
	struct fa_pack_log *l = r->log;
	struct fa_pack_checkpoint *at = fa_arena_grow(r->a, l->checkpoints,
		&l->checkpoints_cap, l->checkpoints_n + 1, sizeof(*at));
	int64_t size = fa_json_int(d, "tree_size", -1);
	int rc = FA_OK;

	if (!at)
		return no_memory(err);
	l->checkpoints = at;
	at[l->checkpoints_n++] = (struct fa_pack_checkpoint){ .seq = e->seq,
		.size = size > 0 ? (uint64_t)size : 0,
		.root = keep(fa_json_text(d, "root"), r->a, &rc) };
	return rc < 0 ? no_memory(err) : FA_OK;
}

static int
add_tst(struct reading *r, const struct fa_custody_event *e,
	const struct fa_json *d, struct fa_err *err)
{
	struct fa_pack_log *l = r->log;
	struct fa_pack_tst *at = fa_arena_grow(
		r->a, l->tsts, &l->tsts_cap, l->tsts_n + 1, sizeof(*at));
	int rc = FA_OK;

	if (!at)
		return no_memory(err);
	l->tsts = at;
	at[l->tsts_n++] = (struct fa_pack_tst){ .seq = e->seq,
		.checkpoint = fa_json_int(d, "checkpoint", 0),
		.state = keep(fa_json_text(d, "state"), r->a, &rc),
		.imprint = keep(fa_json_text(d, "imprint"), r->a, &rc),
		.token = keep(fa_json_text(d, "token_sha256"), r->a, &rc) };
	return rc < 0 ? no_memory(err) : FA_OK;
}

static int
on_event(void *ctx, const struct fa_custody_event *e, struct fa_str line,
	struct fa_err *err)
{
	struct reading *r = ctx;
	const struct fa_json *d;
	int rc = add_leaf(r, line, err);

	if (rc == FA_OK)
		rc = add_objs(r, e, err);
	fa_arena_reset(&r->scratch);
	if (rc == FA_OK)
		rc = fa_custody_detail(&d, e, &r->scratch, err);
	if (rc == FA_OK && e->case_id.p && !r->log->case_id.p)
		r->log->case_id = keep(e->case_id, r->a, &rc);
	if (rc < 0)
		return rc;
	if (e->op == FA_OP_CAPTURE)
		return add_capture(r, e, d, err);
	if (e->op == FA_OP_CHECKPOINT)
		return add_checkpoint(r, e, d, err);
	return e->op == FA_OP_TST ? add_tst(r, e, d, err) : FA_OK;
}

int
fa_pack_log_parse(struct fa_pack_log *log, struct fa_str text,
	struct fa_arena *a, struct fa_err *err)
{
	struct reading r = { .log = log, .a = a };
	int rc;

	memset(log, 0, sizeof(*log));
	log->text = text;
	fa_chain_init(&log->chain);
	fa_arena_init(&r.scratch, DETAIL_BYTES);
	rc = fa_chain_check_text(&log->chain, text, on_event, &r, err);
	fa_arena_done(&r.scratch);
	return rc;
}

/* Lines of a store, up to the last one that counts. */
struct loading {
	struct fa_buf text;
	int64_t end;
};

static int
on_row(void *ctx, const struct fa_store_custody_row *row, struct fa_err *err)
{
	struct loading *l = ctx;

	if (row->seq > l->end)
		return FA_OK;
	fa_buf_add(&l->text, row->line);
	fa_buf_addc(&l->text, '\n');
	return fa_buf_rc(&l->text, "log", err);
}

int
fa_pack_log_load(struct fa_pack_log *log, struct fa_store *s,
	struct fa_arena *a, struct fa_err *err)
{
	struct loading l = { .end = 0 };
	struct fa_str text;
	int rc = fa_export_end(&l.end, s, err);

	fa_buf_init(&l.text, TEXT_BYTES);
	if (rc >= 0)
		rc = fa_store_custody_each(s, 1, on_row, &l, err);
	if (rc >= 0) {
		text = l.end > 0 ? fa_arena_dup(a, fa_buf_str(&l.text))
				 : FA_STR("");
		rc = text.p ? fa_pack_log_parse(log, text, a, err)
			    : no_memory(err);
	}
	fa_buf_done(&l.text);
	return rc;
}

struct fa_str
fa_pack_log_line(const struct fa_pack_log *log, int64_t seq)
{
	struct fa_str rest = log->text, line = FA_STR_NONE;

	for (int64_t i = 0; i < seq; i++)
		line = fa_str_cut(&rest, '\n');
	return line;
}
