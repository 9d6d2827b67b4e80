#include "case/pack_export.h"

#include <stdio.h>
#include <string.h>

#include "case/desk.h"
#include "evidence/objects.h"
#include "store/custody.h"

#define EVENT_BYTES ((size_t)64 << 20) /* of one event as a tree */

static void
write_detail(struct fa_buf *out, const struct fa_export *x)
{
	char head[FA_HASH_HEX_BYTES + 8];
	struct fa_jw w;

	(void)snprintf(head, sizeof(head), "sha256:%.*s", FA_STR_ARG(x->head));
	fa_jw_init(&w, out, 0);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "kind", fa_str_c(x->kind));
	fa_jw_kint(&w, "events", x->events);
	fa_jw_kstr(&w, "head", x->head.p ? fa_str_c(head) : FA_STR_NONE);
	if (x->more)
		x->more(x->ctx, &w);
	fa_jw_end(&w, '}');
}

static int
say(int64_t *seq, struct fa_desk *d, const struct fa_export *x,
	struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf detail;
	struct fa_custody_obj objs[FA_EXPORT_FILES_MAX];
	struct fa_object o[FA_EXPORT_FILES_MAX];

	fa_buf_init(&detail, FA_SESSION_DETAIL_BYTES);
	if (x->files_n > FA_EXPORT_FILES_MAX)
		return fa_fail(err, FA_E_LIMIT, "%zu files, limit %d",
			x->files_n, FA_EXPORT_FILES_MAX);
	for (size_t i = 0; i < x->files_n; i++) {
		int rc = fa_object_digest_file(&o[i], x->files[i].path, err);

		if (rc < 0)
			return rc;
		objs[i] = (struct fa_custody_obj){ .name = x->files[i].name,
			.mime = x->files[i].mime,
			.bytes = o[i].bytes,
			.sha256 = fa_str_c(o[i].sha256),
			.sm3 = o[i].sm3[0] ? fa_str_c(o[i].sm3) : FA_STR_NONE };
	}
	write_detail(&detail, x);
	return fa_desk_say(
		seq, d, FA_OP_EXPORT, objs, x->files_n, &detail, err);
}

int
fa_export_log(int64_t *seq, struct fa_str dir, const struct fa_export *x,
	struct fa_err *err)
{
	struct fa_desk_opts o = {
		.dir = dir, .actor = x->actor, .tool = x->tool
	};
	struct fa_desk *d = NULL;
	int rc = fa_desk_open(&d, &o, err);

	if (rc == FA_OK && !d->is_case)
		rc = fa_fail(err, FA_E_USAGE, "%.*s: no case, it has no log",
			FA_STR_ARG(dir));
	if (rc == FA_OK)
		rc = say(seq, d, x, err);
	fa_desk_close(d);
	return rc;
}

struct ending {
	struct fa_arena scratch;
	int64_t seq;
};

/* What cannot be read is told by whoever checks the chain. */
static int
on_row(void *ctx, const struct fa_store_custody_row *row, struct fa_err *err)
{
	struct ending *x = ctx;
	struct fa_custody_event e;

	fa_arena_reset(&x->scratch);
	if (fa_custody_parse(&e, row->line, &x->scratch, err) < 0 ||
		(e.op != FA_OP_EXPORT && e.op != FA_OP_VERIFY))
		x->seq = row->seq;
	return FA_OK;
}

int
fa_export_end(int64_t *seq, struct fa_store *s, struct fa_err *err)
{
	struct ending x = { .seq = 0 };
	int rc;

	fa_arena_init(&x.scratch, EVENT_BYTES);
	rc = fa_store_custody_each(s, 1, on_row, &x, err);
	fa_arena_done(&x.scratch);
	if (rc >= 0)
		*seq = x.seq;
	return rc < 0 ? rc : FA_OK;
}
