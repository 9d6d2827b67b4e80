/* A flow in a page: what was recorded, the drawing, the gaps. */
#include "report/drawing.h"
#include "report/html.h"

#define GAPS_OPEN 12 /* with more, the list is closed at first */

static const char *
word(const struct fa_report *r, const char *zh, const char *en)
{
	return r->opts.lang == FA_LANG_ZH ? zh : en;
}

/* The breaches that have a place, first those that count. */
static void
add_marks(struct fa_drawing *d, const struct fa_result *res, bool leads)
{
	for (size_t i = 0; i < res->findings_n; i++) {
		const struct fa_finding *f = &res->findings[i];

		if (!fa_report_is_breach(f->verdict) || f->pro_n == 0 ||
			f->pro[0].place == NULL ||
			fa_report_is_lead(f) != leads)
			continue;
		if (d->marks_n == FA_DRAWING_MARKS)
			return;
		d->mark[d->marks_n++] =
			(struct fa_drawing_mark){ f->pro[0].place,
				(uint32_t)i };
	}
}

int
fa_html_drawing(struct fa_drawing *d, const struct fa_report *r,
	const struct fa_result *res, const char *prefix, struct fa_arena *a,
	struct fa_err *err)
{
	*d = (struct fa_drawing){ .flow = res->flow,
		.lang = r->opts.lang,
		.prefix = prefix,
		.pictures = r->pictures,
		.known_captures = r->captures };
	add_marks(d, res, false);
	add_marks(d, res, true);
	return fa_drawing_lay_out(d, a, err);
}

static void
put_facts(
	struct fa_buf *out, const struct fa_report *r, const struct fa_flow *f)
{
	fa_buf_adds(out, "<dl class=\"facts\">\n");
	fa_html_pair(out, word(r, "应用", "App"), f->app_name, "name");
	fa_html_pair(out, word(r, "应用标识", "App id"), f->app_id, "name");
	fa_html_pair(out, word(r, "版本", "Version"), f->app_version, "name");
	fa_html_pair(out, word(r, "平台", "Platform"),
		fa_str_c(fa_flow_platform_name(f->platform)), NULL);
	fa_html_pair(out, word(r, "来源", "Recorded by"), f->importer, "name");
	fa_html_pair(out, word(r, "录制时间", "Recorded at"), f->recorded_at,
		"name");
	fa_html_pair(out, word(r, "设备", "Device"), f->device, "name");
	fa_buf_adds(out, "</dl>\n");
}

/* Which colour is which finding. */
static void
put_legend(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, const struct fa_drawing *d, size_t number)
{
	if (d->marks_n == 0)
		return;
	fa_buf_adds(out, "<ul class=\"legend\">\n");
	for (size_t m = 0; m < d->marks_n; m++) {
		const struct fa_finding *f = &res->findings[d->mark[m].finding];
		const struct fa_obligation *o =
			&r->bundle->obligations[f->obligation];

		fa_buf_addf(out,
			"<li><svg viewBox=\"0 0 20 10\" aria-hidden=\"true\">"
			"<rect width=\"20\" height=\"10\" fill=\"%s\"></rect>"
			"</svg> <a href=\"#d%zu-o%u\"><code>",
			fa_drawing_color(m), number,
			(unsigned)f->obligation + 1);
		fa_html_text(out, o->id, false);
		fa_buf_adds(out, "</code></a> ");
		fa_html_text(out, fa_report_message(r->bundle, f, r->opts.lang),
			false);
		fa_buf_adds(out, "</li>\n");
	}
	fa_buf_adds(out, "</ul>\n");
}

static void
put_gaps(struct fa_buf *out, const struct fa_report *r, const struct fa_flow *f)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf line;

	fa_buf_init(&line, out->max_bytes);
	if (f->gaps_n == 0)
		return;
	fa_buf_addf(out, "<details%s><summary>%s (%zu)</summary>\n<ul>\n",
		f->gaps_n <= GAPS_OPEN ? " open" : "",
		word(r, "没有录到或没有探索的", "Not recorded or not explored"),
		f->gaps_n);
	for (size_t i = 0; i < f->gaps_n; i++) {
		fa_buf_reset(&line);
		fa_report_gap(&line, f, &f->gaps[i], r->opts.lang);
		fa_report_carry(out, &line);
		fa_buf_adds(out, "<li class=\"name\">");
		fa_html_text(out, fa_buf_str(&line), false);
		fa_buf_adds(out, "</li>\n");
	}
	fa_buf_adds(out, "</ul></details>\n");
}

static void
put_drawing(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, const struct fa_drawing *d, size_t number)
{
	if (d->layout.width == 0) {
		fa_buf_addf(out, "<p>%s (%d)</p>\n",
			word(r, "屏幕过多，不作图，见下列清单。",
				"Too many screens to draw, see the list "
				"below."),
			FA_DRAWING_SCREENS);
		return;
	}
	fa_buf_addf(out,
		"<section class=\"scroll drawing\" aria-label=\"%s %zu\" "
		"tabindex=\"0\">\n",
		word(r, "界面流图，可滚动", "Drawing of the flow, scrolls"),
		number);
	fa_drawing_svg(out, d, 0);
	fa_buf_adds(out, "</section>\n");
	put_legend(out, r, res, d, number);
	fa_buf_addf(out, "<p class=\"soft\">%s</p>\n",
		word(r,
			"每张卡片是一个屏幕，箭头从操作指向它到达的屏幕；虚线"
			"为返回、自动跳转、重新打开或回到前面；红框为采集人脸"
			"的屏幕；彩色线为各项发现所依据的路径。",
			"Each card is a screen; an arrow leads from an action "
			"to the screen it reaches. Dashed: back, by itself, "
			"opened again, or to an earlier screen. Red frames: "
			"the face is captured there. In colour: the path that "
			"a finding rests on."));
}

void
fa_html_flow(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, const struct fa_drawing *d, size_t number)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf facts;

	fa_buf_init(&facts, out->max_bytes);
	fa_report_flow_facts(&facts, res->flow, r->opts.lang);
	fa_report_carry(out, &facts);
	fa_buf_addf(out, "<h3>%s</h3>\n", word(r, "界面流", "Flow"));
	put_facts(out, r, res->flow);
	fa_buf_adds(out, "<p>");
	fa_html_text(out, fa_buf_str(&facts), false);
	fa_buf_adds(out, "</p>\n");
	if (d->pictures.n > 0) {
		fa_buf_adds(out,
			"<svg class=\"pictures\" width=\"0\" height=\"0\" "
			"aria-hidden=\"true\" focusable=\"false\">\n");
		fa_drawing_symbols(out, d);
		fa_buf_adds(out, "</svg>\n");
	}
	put_drawing(out, r, res, d, number);
	put_gaps(out, r, res->flow);
	fa_buf_addf(out, "<details class=\"met\"><summary>%s (%zu)</summary>\n",
		word(r, "屏幕清单", "List of screens"), res->flow->screens_n);
	fa_drawing_list(out, d);
	fa_buf_adds(out, "</details>\n");
}

void
fa_html_flow_place(struct fa_buf *out, const struct fa_report *r,
	const struct fa_flow *f, const struct fa_evidence *e)
{
	enum fa_lang lang = r->opts.lang;
	FA_CLEANUP(fa_buf_done) struct fa_buf text;

	fa_buf_init(&text, out->max_bytes);
	fa_report_spot(&text, f, e->place, lang);
	fa_buf_addf(&text, " · %s", fa_label_basis(lang, e->place->basis));
	if (e->note.n > 0) {
		fa_buf_adds(&text, " · ");
		fa_buf_add(&text, e->note);
	}
	if (e->place->path_n > 0) {
		fa_buf_addf(&text, " · %s%s", fa_label(lang, FA_LABEL_WAY),
			fa_label(lang, FA_LABEL_COLON));
		fa_report_path(&text, f, e->place, lang);
	}
	fa_report_carry(out, &text);
	fa_buf_adds(out, "<span class=\"name\">");
	fa_html_text(out, fa_buf_str(&text), false);
	fa_buf_adds(out, "</span>");
}
