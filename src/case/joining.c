#include "case/joining.h"

#define HEADS_BYTES ((size_t)900 << 10) /* of one event */

static int
add(void *ctx, const struct fa_store_chain *c, struct fa_err *err)
{
	struct fa_buf *out = ctx;

	fa_buf_addf(out,
		"%s{\"chain\":\"%s\",\"seq\":%lld,\"head\":\"sha256:%s\"}",
		out->n > 0 ? "," : "", c->id, (long long)c->head.seq,
		c->head.sha256);
	return fa_buf_rc(out, "heads of logs", err);
}

int
fa_joining_heads(struct fa_buf *out, struct fa_store *s, struct fa_err *err)
{
	int rc = fa_store_chains(s, add, out, err);

	return rc < 0 ? rc : fa_buf_rc(out, "heads of logs", err);
}

static int
say(struct fa_store *s, const struct fa_desk_opts *o, struct fa_str heads,
	struct fa_err *err)
{
	struct fa_buf detail FA_CLEANUP(fa_buf_done);
	struct fa_desk *d = NULL;
	int rc;

	fa_buf_init(&detail, 2 * HEADS_BYTES);
	rc = fa_desk_over(&d, s, o, err);
	if (rc < 0)
		return rc;
	fa_buf_adds(&detail, "{\"kind\":\"merge\",\"logs\":[");
	fa_buf_add(&detail, heads);
	fa_buf_adds(&detail, "]}");
	rc = fa_desk_say(NULL, d, FA_OP_NOTE, NULL, 0, &detail, err);
	fa_desk_leave(d);
	return rc;
}

int
fa_joining_note(struct fa_store *s, const struct fa_desk_opts *o,
	struct fa_str before, struct fa_err *err)
{
	struct fa_buf heads FA_CLEANUP(fa_buf_done);
	int rc;

	fa_buf_init(&heads, HEADS_BYTES);
	rc = fa_joining_heads(&heads, s, err);
	if (rc < 0 || heads.n == 0 || fa_str_eq(fa_buf_str(&heads), before))
		return rc;
	return say(s, o, fa_buf_str(&heads), err);
}
