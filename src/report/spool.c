#include "report/spool.h"

#define FLUSH_BYTES ((size_t)1 << 16)

int
fa_report_flush(const struct fa_report *r, struct fa_buf *out, const char *what,
	struct fa_err *err)
{
	int rc = fa_buf_rc(out, what, err);

	if (rc != FA_OK || r->flush == NULL || out->n < FLUSH_BYTES)
		return rc;
	return r->flush(r->flush_ctx, out, err);
}

struct pouring {
	const struct fa_report *r;
	struct fa_buf *out;
	const char *what;
};

static int
pour(void *ctx, struct fa_str piece, struct fa_err *err)
{
	const struct pouring *x = ctx;

	fa_buf_add(x->out, piece);
	return fa_report_flush(x->r, x->out, x->what, err);
}

int
fa_report_pour(const struct fa_report *r, struct fa_buf *out,
	const struct fa_spill *s, const char *what, struct fa_err *err)
{
	struct pouring x = { r, out, what };

	return fa_spill_each(s, pour, &x, err);
}
