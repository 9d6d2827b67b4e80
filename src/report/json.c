/* One JSON document for all results, with layout for people. */
#include "report/app.h"
#include "report/common.h"
#include "report/json_memo.h"
#include "report/waived.h"

#define INDENT 2

struct state {
	struct fa_jw w; /* keeps commas and depth between calls */
};

static int
begin(struct fa_report *r, struct fa_buf *out, struct fa_err *err)
{
	struct state *st = fa_arena_new(r->arena, 1, sizeof(*st));

	if (st == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	r->state = st;
	fa_jw_init(&st->w, out, INDENT);
	st->w.nonchars = true;
	fa_jw_object(&st->w);
	fa_report_json_head(&st->w, r);
	fa_jw_key(&st->w, "documents");
	fa_jw_array(&st->w);
	st->w.out = NULL;
	if (out->rc != FA_OK)
		return fa_buf_rc(out, "JSON report", err);
	return fa_report_memo_new(&r->memo, r->arena, err);
}

static int
doc(struct fa_report *r, const struct fa_result *res, struct fa_buf *out,
	struct fa_err *err)
{
	struct state *st = r->state;

	st->w.out = out;
	fa_jw_object(&st->w);
	fa_report_json_doc(&st->w, r, res);
	fa_jw_end(&st->w, '}');
	st->w.out = NULL;
	r->docs_n++;
	return fa_buf_rc(out, "JSON report", err);
}

static int
end(struct fa_report *r, const struct fa_report_totals *t, struct fa_buf *out,
	struct fa_err *err)
{
	struct state *st = r->state;

	st->w.out = out;
	fa_jw_end(&st->w, ']');
	if (t->app != NULL) {
		fa_jw_key(&st->w, "app");
		fa_jw_object(&st->w);
		fa_report_app_json(&st->w, r, t->app);
		fa_jw_end(&st->w, '}');
	}
	fa_report_json_notes(&st->w, t, r->opts.lang);
	fa_jw_key(&st->w, "totals");
	fa_jw_object(&st->w);
	fa_report_json_totals(&st->w, t);
	fa_jw_end(&st->w, '}');
	fa_jw_end(&st->w, '}');
	fa_buf_addc(out, '\n');
	st->w.out = NULL;
	return fa_buf_rc(out, "JSON report", err);
}

const struct fa_writer fa_report_json_writer = {
	.name = "json",
	.media_type = "application/json",
	.summary = "one JSON document (" FA_REPORT_SCHEMA ")",
	.digests = true,
	.begin = begin,
	.doc = doc,
	.end = end,
};
