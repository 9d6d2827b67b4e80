/* One JSON object per line and document, then one line with the totals. Each
 * line stands alone: it carries schema, bundle and date. */
#include "base/clock.h"
#include "report/app.h"
#include "report/common.h"
#include "report/json_memo.h"
#include "report/waived.h"

static int
write_line(struct fa_report *r, const struct fa_result *res,
	const struct fa_report_totals *t, struct fa_buf *out,
	struct fa_err *err)
{
	char date[FA_DATE_BYTES];
	struct fa_jw w;

	fa_jw_init(&w, out, 0);
	w.nonchars = true;
	fa_date_format(r->opts.as_of, date);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "type",
		res != NULL ? FA_STR("document") : FA_STR("totals"));
	if (res != NULL) {
		fa_jw_kstr(&w, "schema", FA_STR(FA_REPORT_SCHEMA));
		fa_jw_kstr(&w, "tool_version", r->opts.tool_version);
		fa_jw_kstr(&w, "bundle_sha256", fa_str_c(r->bundle->sha256));
		fa_jw_kstr(&w, "as_of", fa_str_c(date));
		fa_report_json_doc(&w, r, res);
	} else {
		fa_report_json_head(&w, r);
		fa_report_json_totals(&w, t);
		fa_report_json_notes(&w, t, r->opts.lang);
		if (t->app != NULL) {
			fa_jw_key(&w, "app");
			fa_jw_object(&w);
			fa_report_app_json(&w, r, t->app);
			fa_jw_end(&w, '}');
		}
	}
	fa_jw_end(&w, '}');
	fa_buf_addc(out, '\n');
	return fa_buf_rc(out, "NDJSON report", err);
}

static int
begin(struct fa_report *r, struct fa_buf *out, struct fa_err *err)
{
	(void)out;
	return fa_report_memo_new(&r->memo, r->arena, err);
}

static int
doc(struct fa_report *r, const struct fa_result *res, struct fa_buf *out,
	struct fa_err *err)
{
	r->docs_n++;
	return write_line(r, res, NULL, out, err);
}

static int
end(struct fa_report *r, const struct fa_report_totals *t, struct fa_buf *out,
	struct fa_err *err)
{
	return write_line(r, NULL, t, out, err);
}

const struct fa_writer fa_report_ndjson = {
	.name = "ndjson",
	.media_type = "application/x-ndjson",
	.summary = "one JSON object per document and line, then totals",
	.digests = true,
	.begin = begin,
	.doc = doc,
	.end = end,
};
