/* The drawings of flows as one file, below each other. */
#include <stdio.h>

#include "report/common.h"
#include "report/html.h"
#include "report/label.h"

#define DRAWING_BYTES ((size_t)256 << 20)
#define NAME_HEIGHT 32
#define NAME_COLUMNS 100
#define WIDTH_MIN 720
#define PREFIX_BYTES 32

struct part {
	struct part *next;
	struct fa_str svg;
};

struct state {
	struct part *first, **last;
	int32_t width, height; /* so far */
};

static int
begin(struct fa_report *r, struct fa_buf *out, struct fa_err *err)
{
	struct state *st = fa_arena_new(r->arena, 1, sizeof(*st));

	if (st == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	st->width = WIDTH_MIN;
	st->last = &st->first;
	r->state = st;
	return fa_buf_rc(out, "drawing", err);
}

static int
add_part(struct fa_report *r, const struct fa_buf *svg, struct fa_err *err)
{
	struct state *st = r->state;
	struct part *p = fa_arena_new(r->arena, 1, sizeof(*p));
	int rc = fa_buf_rc(svg, "drawing", err);

	if (rc != FA_OK)
		return rc;
	if (p != NULL)
		p->svg = fa_arena_dup(r->arena, fa_buf_str(svg));
	if (p == NULL || p->svg.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a report");
	*st->last = p;
	st->last = &p->next;
	return FA_OK;
}

/* The name above its drawing. */
static void
put_name(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, int32_t y)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf name;

	fa_buf_init(&name, out->max_bytes);
	fa_report_clip(&name, res->name, NAME_COLUMNS);
	if (res->flow->screens_n > FA_DRAWING_SCREENS)
		fa_buf_addf(&name,
			r->opts.lang == FA_LANG_ZH
				? "（%zu 个屏幕，过多，不作图）"
				: " (%zu screens: too many to draw)",
			res->flow->screens_n);
	fa_report_carry(out, &name);
	fa_buf_addf(out, "<text class=\"ft\" x=\"16\" y=\"%d\">", (int)y + 22);
	fa_html_text(out, fa_buf_str(&name), false);
	fa_buf_adds(out, "</text>\n");
}

static int
doc(struct fa_report *r, const struct fa_result *res, struct fa_buf *out,
	struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf part;
	struct state *st = r->state;
	char prefix[PREFIX_BYTES];
	struct fa_drawing d;
	struct fa_arena a;
	int rc;

	fa_buf_init(&part, out->max_bytes);
	r->docs_n++;
	/* A document has no drawing; other reports speak of it. */
	if (res->flow == NULL)
		return fa_buf_rc(out, "drawing", err);
	(void)snprintf(prefix, sizeof(prefix), "d%zu-", r->docs_n);
	fa_arena_init(&a, DRAWING_BYTES);
	rc = fa_html_drawing(&d, r, res, prefix, &a, err);
	if (rc == FA_OK) {
		put_name(&part, r, res, st->height);
		st->height += NAME_HEIGHT;
		fa_drawing_symbols(&part, &d);
		fa_drawing_svg(&part, &d, st->height);
		st->height += fa_drawing_height(&d);
		if (fa_drawing_width(&d) > st->width)
			st->width = fa_drawing_width(&d);
		rc = add_part(r, &part, err);
	}
	fa_arena_done(&a);
	return rc;
}

static int
end(struct fa_report *r, const struct fa_report_totals *t, struct fa_buf *out,
	struct fa_err *err)
{
	const struct state *st = r->state;
	int32_t height = st->height > 0 ? st->height : NAME_HEIGHT;

	(void)t;
	fa_buf_addf(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
		"height=\"%d\" viewBox=\"0 0 %d %d\" class=\"flow\">\n"
		"<style>\n",
		(int)st->width, (int)height, (int)st->width, (int)height);
	fa_drawing_style(out);
	fa_buf_adds(out,
		"</style>\n<rect width=\"100%\" height=\"100%\" "
		"fill=\"#fff\"/>\n");
	if (st->first == NULL)
		fa_buf_addf(out,
			"<text class=\"ft\" x=\"16\" y=\"22\">%s</text>\n",
			r->opts.lang == FA_LANG_ZH ? "没有界面流"
						   : "there is no flow");
	for (const struct part *p = st->first; p != NULL; p = p->next)
		fa_buf_add(out, p->svg);
	fa_buf_adds(out, "</svg>\n");
	return fa_buf_rc(out, "drawing", err);
}

const struct fa_writer fa_report_svg = {
	.name = "svg",
	.media_type = "image/svg+xml",
	.summary = "drawings of flows",
	.pictures = true,
	.begin = begin,
	.doc = doc,
	.end = end,
};
