/* The objects of a case as a table for people. */
#include <string.h>

#include "base/clock.h"
#include "case/pack.h"
#include "case/pack_log.h"

static void
csv_cell(struct fa_buf *out, struct fa_str s)
{
	fa_buf_adds(out, ",\"");
	/* What a spreadsheet would take for a formula stays a text. */
	if (s.n > 0 && strchr("=+-@\t\r", s.p[0]))
		fa_buf_addc(out, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			fa_buf_addc(out, '"');
		fa_buf_addc(out, s.p[i]);
	}
	fa_buf_addc(out, '"');
}

/* The list of objects (刑事电子数据规定 14: type, format, digest of each). */
int
fa_pack_objects_csv(struct fa_buf *out, const struct fa_pack_log *log,
	struct fa_arena *a, struct fa_err *err)
{
	fa_buf_adds(out,
		"no,name,mime,bytes,sha256,sm3,parent,event,op,time,file\r\n");
	for (size_t i = 0; i < log->objs_n; i++) {
		const struct fa_pack_obj *o = &log->objs[i];
		char time[FA_TIME_BYTES];
		struct fa_str file;
		int rc = fa_pack_object_name(
			&file, o->name, o->mime, o->sha256, a, err);

		if (rc == FA_OK && !file.p)
			rc = fa_pack_case_name(&file, o->name, a, err);
		if (rc < 0)
			return rc;
		fa_buf_addf(out, "%zu", i + 1);
		csv_cell(out, o->name);
		csv_cell(out, o->mime);
		fa_buf_addf(out, ",%lld", (long long)o->bytes);
		csv_cell(out, o->sha256);
		csv_cell(out, o->sm3);
		csv_cell(out, o->parent);
		fa_buf_addf(out, ",%lld", (long long)o->seq);
		csv_cell(out, fa_str_c(o->op));
		fa_time_format(o->t_ms, time);
		csv_cell(out, fa_str_c(time));
		csv_cell(out, file);
		fa_buf_adds(out, "\r\n");
	}
	return fa_buf_rc(out, "list of objects", err);
}
