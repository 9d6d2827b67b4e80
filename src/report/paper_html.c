/* A document as one HTML file. Lists and sections are opened and closed here,
 * since the composer only knows paragraphs and headings. */
#include "report/paper.h"

#include <stdio.h>

#include "base/clock.h"
#include "report/html.h"
#include "report/paper_html.h"
#include "report/picture.h"

static const struct {
	const char *open, *close;
} paragraph[FA_PAPER_KINDS] = {
	[FA_PAPER_BODY] = { "<p>", "</p>\n" },
	[FA_PAPER_STATEMENT] = { "<p class=\"fact\">", "</p>\n" },
	[FA_PAPER_NOTE] = { "<p class=\"note\">", "</p>\n" },
	[FA_PAPER_WARNING] = { "<p class=\"warning\">", "</p>\n" },
	[FA_PAPER_SMALL] = { "<p class=\"small\">", "</p>\n" },
	[FA_PAPER_QUOTE] = { "<blockquote class=\"pro\" lang=\"zh-CN\"><p>",
		"</p></blockquote>\n" },
	[FA_PAPER_COUNTER] = { "<blockquote class=\"con\" lang=\"zh-CN\"><p>",
		"</p></blockquote>\n" },
	[FA_PAPER_PLACE] = { "<p class=\"place\">", "</p>\n" },
	[FA_PAPER_LAW] = { "<blockquote class=\"law\" lang=\"zh-CN\"><p>",
		"</p></blockquote>\n" },
	[FA_PAPER_BULLET] = { "<li>", "</li>\n" },
	[FA_PAPER_NUMBER] = { "<p class=\"number\">", "</p>\n" },
	[FA_PAPER_COMMAND] = { "<pre class=\"command\"><code>",
		"</code></pre>\n" },
	[FA_PAPER_CLAUSE] = { "<p class=\"clause\" lang=\"zh-CN\">", "</p>\n" },
	[FA_PAPER_LABEL] = { "<p class=\"label\">", "</p>\n" },
};

static const struct {
	const char *open, *close;
} style[FA_PAPER_STYLES] = {
	[FA_PAPER_PLAIN] = { "<span>", "</span>" },
	[FA_PAPER_STRONG] = { "<strong>", "</strong>" },
	[FA_PAPER_SOFT] = { "<span class=\"soft\">", "</span>" },
	[FA_PAPER_CODE] = { "<code>", "</code>" },
	[FA_PAPER_MARK] = { "<mark>", "</mark>" },
	[FA_PAPER_MARK_OFF] = { "<mark class=\"off\">", "</mark>" },
	[FA_PAPER_GOOD] = { "<span class=\"good\">", "</span>" },
	[FA_PAPER_AMBER] = { "<span class=\"amber\">", "</span>" },
	[FA_PAPER_RED] = { "<span class=\"red\">", "</span>" },
};

static void
end_list(struct fa_paper *p)
{
	if (p->list)
		fa_buf_adds(p->out, "</ul>\n");
	p->list = false;
}

/* Ends the sections that a heading of this level ends. */
static void
end_sections(struct fa_paper *p, unsigned level)
{
	end_list(p);
	if (level <= 3 && p->piece) {
		fa_buf_adds(p->out, "</section>\n");
		p->piece = false;
	}
	if (level <= 2 && p->part) {
		fa_buf_adds(p->out, "</section>\n");
		p->part = false;
	}
}

static void
heading(struct fa_paper *p, unsigned level, const char *id, struct fa_str text)
{
	end_sections(p, level);
	if (id != NULL && (level == 2 || level == 3)) {
		fa_buf_addf(p->out,
			"<section id=\"%s\" aria-labelledby=\"%s-h\"%s>\n"
			"<h%u id=\"%s-h\">",
			id, id, level == 3 ? " class=\"piece\"" : "", level,
			id);
		*(level == 2 ? &p->part : &p->piece) = true;
	} else {
		fa_buf_addf(p->out, "<h%u>", level);
	}
	fa_paper_escape(p->out, text);
	fa_buf_addf(p->out, "</h%u>\n", level);
}

static void
open_paragraph(struct fa_paper *p, enum fa_paper_kind k)
{
	if (k != FA_PAPER_BULLET)
		end_list(p);
	else if (!p->list)
		fa_buf_adds(p->out, "<ul>\n");
	p->list = k == FA_PAPER_BULLET;
	fa_buf_adds(p->out, paragraph[k].open);
}

static void
close_paragraph(struct fa_paper *p, enum fa_paper_kind k)
{
	fa_buf_adds(p->out, paragraph[k].close);
}

static void
run(struct fa_paper *p, enum fa_paper_style s, struct fa_str text)
{
	fa_buf_adds(p->out, style[s].open);
	fa_paper_escape(p->out, text);
	fa_buf_adds(p->out, style[s].close);
}

static void
put_link(struct fa_paper *p, struct fa_str to, struct fa_str text)
{
	bool web = to.n > 0 && to.p[0] != '#';

	fa_buf_adds(p->out,
		web ? "<a class=\"web\" rel=\"noreferrer\" href=\""
		    : "<a href=\"");
	fa_paper_escape(p->out, to);
	fa_buf_adds(p->out, "\">");
	fa_paper_escape(p->out, text);
	fa_buf_adds(p->out, "</a>");
}

static void
line(struct fa_paper *p)
{
	fa_buf_adds(p->out, "<br>");
}

static void
table(struct fa_paper *p, const struct fa_paper_table *t)
{
	end_list(p);
	fa_buf_addf(p->out, "<table class=\"%s\">\n<caption%s>",
		t->fields ? "fields" : "list",
		t->quiet ? " class=\"quiet\"" : "");
	fa_paper_escape(p->out, fa_str_c(t->caption));
	fa_buf_adds(p->out, "</caption>\n<colgroup>");
	for (size_t i = 0; i < t->columns; i++)
		fa_buf_addf(p->out, "<col class=\"w%u\">", t->width[i]);
	fa_buf_adds(p->out, "</colgroup>\n");
	if (!t->fields) {
		fa_buf_adds(p->out, "<thead><tr>");
		for (size_t i = 0; i < t->columns; i++) {
			fa_buf_adds(p->out, "<th scope=\"col\">");
			fa_paper_escape(p->out, fa_str_c(t->head[i]));
			fa_buf_adds(p->out, "</th>");
		}
		fa_buf_adds(p->out, "</tr></thead>\n");
	}
	fa_buf_adds(p->out, "<tbody>\n");
}

static void
row(struct fa_paper *p)
{
	fa_buf_adds(p->out, "<tr>");
}

static void
cell(struct fa_paper *p, unsigned column)
{
	fa_buf_adds(p->out,
		p->now.fields && column == 0 ? "<th scope=\"row\">" : "<td>");
}

static void
cell_end(struct fa_paper *p, unsigned column)
{
	fa_buf_adds(p->out, p->now.fields && column == 0 ? "</th>" : "</td>");
}

static void
row_end(struct fa_paper *p)
{
	fa_buf_adds(p->out, "</tr>\n");
}

static void
table_end(struct fa_paper *p)
{
	fa_buf_adds(p->out, "</tbody>\n</table>\n");
}

/* An inline drawing holds the picture and the frame above it, so that one
 * scales with the other. */
static void
put_picture(struct fa_paper *p, const struct fa_paper_picture *x)
{
	struct fa_picture is;
	unsigned number;
	bool fresh, cropped;

	end_list(p);
	if (!fa_picture_read(&is, x->bytes))
		return;
	number = fa_paper_keep(p, x, &fresh);
	if (number == 0)
		return;
	cropped = x->bottom > x->top && x->bottom <= is.h;
	fa_buf_addf(p->out,
		"<div class=\"shot%s\"><svg role=\"img\" viewBox=\"0 %u %u "
		"%u\" aria-label=\"",
		cropped ? " wide" : "", cropped ? (unsigned)x->top : 0u,
		(unsigned)is.w,
		cropped ? (unsigned)(x->bottom - x->top) : (unsigned)is.h);
	fa_paper_escape(p->out, x->alt);
	fa_buf_adds(p->out, "\">");
	if (fresh) {
		fa_buf_addf(p->out,
			"<image id=\"p%u\" width=\"%u\" height=\"%u\" href=\"",
			number, (unsigned)is.w, (unsigned)is.h);
		fa_picture_data_uri(p->out, &is, x->bytes);
		fa_buf_adds(p->out, "\"/>");
	} else {
		fa_buf_addf(p->out, "<use href=\"#p%u\"/>", number);
	}
	if (x->has_box) {
		fa_buf_addf(p->out,
			"<rect class=\"box\" x=\"%d\" y=\"%d\" width=\"%d\" "
			"height=\"%d\"/>",
			(int)x->box.x, (int)x->box.y,
			(int)(x->box.w > 0 ? x->box.w : 0),
			(int)(x->box.h > 0 ? x->box.h : 0));
	}
	fa_buf_adds(p->out, "</svg></div>\n");
}

static void
page(struct fa_paper *p)
{
	end_sections(p, 2);
	fa_buf_adds(p->out, "<hr class=\"page\">\n");
}

const struct fa_paper_form fa_paper_html = {
	.heading = heading,
	.open = open_paragraph,
	.close = close_paragraph,
	.run = run,
	.link = put_link,
	.line = line,
	.table = table,
	.row = row,
	.cell = cell,
	.cell_end = cell_end,
	.row_end = row_end,
	.table_end = table_end,
	.picture = put_picture,
	.page = page,
};

void
fa_paper_html_begin(struct fa_paper *p, const struct fa_paper_frame *f)
{
	fa_html_page_begin(p->out, p->lang);
	fa_paper_escape(p->out, f->title);
	fa_buf_adds(p->out, "</title>\n<style>\n");
	fa_paper_html_style(p->out);
	fa_buf_adds(p->out,
		"</style>\n</head>\n<body>\n<a class=\"skip\" "
		"href=\"#main\">");
	fa_paper_escape(p->out, fa_str_c(f->skip));
	fa_buf_adds(p->out, "</a>\n<header class=\"running\"><p>");
	fa_paper_escape(p->out, f->head);
	fa_buf_adds(p->out, "</p></header>\n<main id=\"main\">\n");
}

void
fa_paper_html_end(struct fa_paper *p, const struct fa_paper_frame *f)
{
	end_sections(p, 2);
	fa_buf_adds(p->out, "</main>\n<footer><p>");
	fa_paper_escape(p->out, f->foot);
	fa_buf_adds(p->out, "</p></footer>\n</body>\n</html>\n");
}
