/* The report as one page that loads nothing. */
#include "facecheck/bench/plot.h"
#include "facecheck/bench/report.h"

static const char style[] =
	"body{font:16px/1.6 sans-serif;max-width:72rem;margin:0 auto;"
	"padding:1rem;color:#222;background:#fff}"
	"h1,h2{line-height:1.3}h2{margin-top:2rem}"
	".notice{border:2px solid #a00;padding:.6rem 1rem;font-weight:bold;"
	"color:#a00}"
	".wide{overflow-x:auto}"
	"table{border-collapse:collapse;font-variant-numeric:tabular-nums;"
	"font-size:.875rem}"
	"th,td{border-bottom:1px solid #ccc;padding:.25rem .6rem;"
	"text-align:left;white-space:nowrap}th{background:#f2f2f2}"
	"figure{margin:1rem 0;overflow-x:auto}"
	"svg{width:100%;min-width:44rem;height:auto;max-width:920px}"
	"@media print{body{max-width:none;font-size:10pt}"
	".wide{overflow:visible}th,td{white-space:normal}}";

static void
element(struct fc_paper *p, const char *tag, const char *class, const char *s)
{
	fa_buf_addf(p->out, "<%s%s>", tag, class);
	fc_plot_escape(p->out, s);
	fa_buf_addf(p->out, "</%s>\n", tag);
}

static void
heading(struct fc_paper *p, const char *s)
{
	element(p, "h2", "", s);
}

static void
note(struct fc_paper *p, const char *s)
{
	bool notice =
		fa_str_eq(fa_str_c(s), fa_str_c(fc_bench_notice(p->lang)));

	element(p, "p", notice ? " class=\"notice\"" : "", s);
}

static void
grid(struct fc_paper *p, const struct fc_grid *g)
{
	fa_buf_adds(p->out, "<div class=\"wide\"><table>\n");
	for (size_t r = 0; r < g->rows; r++) {
		fa_buf_adds(p->out, "<tr>");
		for (size_t c = 0; c < g->cols; c++)
			element(p, r ? "td" : "th", r ? "" : " scope=\"col\"",
				g->cell[r][c]);
		fa_buf_adds(p->out, "</tr>\n");
	}
	fa_buf_adds(p->out, "</table></div>\n");
}

static void
figure(struct fc_paper *p, const struct fc_bench *b, enum fc_figure f)
{
	fa_buf_adds(p->out, "<figure>\n");
	if (f == FC_FIGURE_DET)
		fc_plot_det(p->out, b, p->lang);
	else
		fc_plot_times(p->out, &b->measured, p->lang);
	fa_buf_adds(p->out, "</figure>\n");
}

void
fc_bench_html(
	struct fa_buf *out, const struct fc_bench *b, enum fc_bench_lang lang)
{
	static const struct fc_paper_kind kind = { heading, note, grid,
		figure };
	struct fc_paper p = { .kind = &kind, .out = out, .lang = lang };

	fa_buf_addf(out,
		"<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
		"<meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" "
		"content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
		"<meta name=\"viewport\" "
		"content=\"width=device-width, initial-scale=1\">\n"
		"<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n",
		lang == FC_BENCH_ZH ? "zh-CN" : "en",
		lang == FC_BENCH_ZH ? "facecheck 基准测试"
				    : "facecheck benchmark",
		style);
	fc_report_write(&p, b);
	fa_buf_adds(out, "</body>\n</html>\n");
}
