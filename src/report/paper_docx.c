/* A document as WordprocessingML (ECMA-376 part 1): here its body, in
 * docx_parts.c the files around it. Paragraph and table properties stand in
 * the order that the schema asks for (17.3.1.26, 17.4.59). */
#include "report/paper.h"

#include <limits.h>
#include <stdio.h>

#include "report/paper_docx.h"
#include "report/picture.h"

#define TABLE_TWIPS 9866u /* A4 less margins: 174 mm */
#define EMU_PER_MM 36000u
#define SHOT_MM_PAGE 170u
#define SHOT_MM_W 62u
#define SHOT_MM_H 105u
#define FRAME_EMU 28575u /* 2.25 pt */

static const char *const paragraph[FA_PAPER_KINDS] = {
	[FA_PAPER_BODY] = "Body",
	[FA_PAPER_STATEMENT] = "Statement",
	[FA_PAPER_NOTE] = "Note",
	[FA_PAPER_WARNING] = "Warning",
	[FA_PAPER_SMALL] = "Small",
	[FA_PAPER_QUOTE] = "Quotation",
	[FA_PAPER_COUNTER] = "Counter",
	[FA_PAPER_PLACE] = "Place",
	[FA_PAPER_LAW] = "Provision",
	[FA_PAPER_BULLET] = "Bullet",
	[FA_PAPER_NUMBER] = "Numbered",
	[FA_PAPER_COMMAND] = "Command",
	[FA_PAPER_CLAUSE] = "Clause",
	[FA_PAPER_LABEL] = "Label",
};

static const char *const character[FA_PAPER_STYLES] = {
	[FA_PAPER_PLAIN] = "",
	[FA_PAPER_STRONG] = "<w:rStyle w:val=\"Strong\"/>",
	[FA_PAPER_SOFT] = "<w:rStyle w:val=\"Soft\"/>",
	[FA_PAPER_CODE] = "<w:rStyle w:val=\"Code\"/>",
	[FA_PAPER_MARK] = "<w:rStyle w:val=\"Marked\"/>",
	[FA_PAPER_MARK_OFF] = "<w:rStyle w:val=\"MarkedOff\"/>",
	[FA_PAPER_GOOD] = "<w:rStyle w:val=\"Good\"/>",
	[FA_PAPER_AMBER] = "<w:rStyle w:val=\"Amber\"/>",
	[FA_PAPER_RED] = "<w:rStyle w:val=\"Red\"/>",
};

/* Text of a run; line ends and tabs are elements. */
static void
put_text(struct fa_buf *out, struct fa_str s)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf part;
	struct fa_str rest;

	fa_buf_init(&part, out->max_bytes);
	fa_paper_escape(&part, s);
	if (part.rc != FA_OK && out->rc == FA_OK)
		out->rc = part.rc;
	rest = fa_buf_str(&part);
	while (rest.n > 0) {
		size_t n = 0;

		while (n < rest.n && rest.p[n] != '\n' && rest.p[n] != '\t')
			n++;
		if (n > 0) {
			fa_buf_adds(out, "<w:t xml:space=\"preserve\">");
			fa_buf_add(out, fa_str_sub(rest, 0, n));
			fa_buf_adds(out, "</w:t>");
		}
		if (n < rest.n)
			fa_buf_adds(out,
				rest.p[n] == '\n' ? "<w:br/>" : "<w:tab/>");
		rest = fa_str_sub(rest, n < rest.n ? n + 1 : n, rest.n);
	}
}

static void
heading(struct fa_paper *p, unsigned level, const char *id, struct fa_str text)
{
	unsigned n = p->bookmarks;

	if (level == 1)
		fa_buf_adds(p->out,
			"<w:p><w:pPr><w:pStyle w:val=\"Title\"/>"
			"</w:pPr>");
	else
		fa_buf_addf(p->out,
			"<w:p><w:pPr><w:pStyle w:val=\"Heading%u\"/></w:pPr>",
			level - 1);
	if (id != NULL)
		fa_buf_addf(p->out,
			"<w:bookmarkStart w:id=\"%u\" w:name=\"%s\"/>", n, id);
	fa_buf_adds(p->out, "<w:r>");
	put_text(p->out, text);
	fa_buf_adds(p->out, "</w:r>");
	if (id != NULL)
		fa_buf_addf(
			p->out, "<w:bookmarkEnd w:id=\"%u\"/>", p->bookmarks++);
	fa_buf_adds(p->out, "</w:p>\n");
}

static void
open_paragraph(struct fa_paper *p, enum fa_paper_kind k)
{
	fa_buf_addf(p->out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>",
		paragraph[k]);
}

static void
close_paragraph(struct fa_paper *p, enum fa_paper_kind k)
{
	(void)k;
	fa_buf_adds(p->out, "</w:p>\n");
}

static void
run(struct fa_paper *p, enum fa_paper_style s, struct fa_str text)
{
	fa_buf_adds(p->out, "<w:r>");
	if (character[s][0] != '\0')
		fa_buf_addf(p->out, "<w:rPr>%s</w:rPr>", character[s]);
	put_text(p->out, text);
	fa_buf_adds(p->out, "</w:r>");
}

/* The number of a web address among the relationships of the document; 0 when
 * there is no memory for it. */
static unsigned
link_number(struct fa_paper *p, struct fa_str to)
{
	size_t cap = p->links_cap;
	struct fa_str *at, copy;

	for (unsigned i = 0; i < p->links_n; i++)
		if (fa_str_eq(p->links[i], to))
			return i + 1;
	at = fa_arena_grow(
		p->arena, p->links, &cap, p->links_n + 1u, sizeof(*at));
	copy = fa_arena_dup(p->arena, to);
	if (at == NULL || copy.p == NULL || cap > UINT_MAX) {
		p->failed = true;
		return 0;
	}
	p->links = at;
	p->links_cap = (unsigned)cap;
	p->links[p->links_n++] = copy;
	return p->links_n;
}

static void
put_link(struct fa_paper *p, struct fa_str to, struct fa_str text)
{
	if (to.n > 0 && to.p[0] == '#') {
		fa_buf_adds(p->out, "<w:hyperlink w:anchor=\"");
		fa_paper_escape(p->out, fa_str_sub(to, 1, to.n));
	} else {
		fa_buf_addf(p->out, "<w:hyperlink r:id=\"rIdL%u",
			link_number(p, to));
	}
	fa_buf_adds(p->out,
		"\" w:history=\"1\"><w:r><w:rPr>"
		"<w:rStyle w:val=\"Hyperlink\"/></w:rPr>");
	put_text(p->out, text);
	fa_buf_adds(p->out, "</w:r></w:hyperlink>");
}

static void
line(struct fa_paper *p)
{
	fa_buf_adds(p->out, "<w:r><w:br/></w:r>");
}

static void
put_cell(struct fa_paper *p, size_t column, const char *shade,
	const char *text_style)
{
	fa_buf_addf(p->out,
		"<w:tc><w:tcPr><w:tcW w:w=\"%u\" w:type=\"dxa\"/>%s</w:tcPr>"
		"<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>",
		TABLE_TWIPS * p->now.width[column] / 100, shade, text_style);
}

#define SHADED "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F2F4F7\"/>"

static void
table(struct fa_paper *p, const struct fa_paper_table *t)
{
	if (!t->quiet) {
		fa_buf_adds(p->out,
			"<w:p><w:pPr><w:pStyle "
			"w:val=\"TableCaption\"/></w:pPr><w:r>");
		put_text(p->out, fa_str_c(t->caption));
		fa_buf_adds(p->out, "</w:r></w:p>\n");
	}
	fa_buf_adds(p->out,
		"<w:tbl><w:tblPr><w:tblStyle w:val=\"Ruled\"/>"
		"<w:tblW w:w=\"5000\" w:type=\"pct\"/>"
		"<w:tblLayout w:type=\"fixed\"/>"
		"<w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" "
		"w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" "
		"w:noVBand=\"1\"/><w:tblCaption w:val=\"");
	fa_paper_escape(p->out, fa_str_c(t->caption));
	fa_buf_adds(p->out, "\"/></w:tblPr><w:tblGrid>");
	for (size_t i = 0; i < t->columns; i++)
		fa_buf_addf(p->out, "<w:gridCol w:w=\"%u\"/>",
			TABLE_TWIPS * t->width[i] / 100);
	fa_buf_adds(p->out, "</w:tblGrid>\n");
	if (t->fields)
		return;
	fa_buf_adds(p->out,
		"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/>"
		"</w:trPr>");
	for (size_t i = 0; i < t->columns; i++) {
		put_cell(p, i, SHADED, "CellHead");
		fa_buf_adds(p->out, "<w:r>");
		put_text(p->out, fa_str_c(t->head[i]));
		fa_buf_adds(p->out, "</w:r></w:p></w:tc>");
	}
	fa_buf_adds(p->out, "</w:tr>\n");
}

static void
row(struct fa_paper *p)
{
	fa_buf_adds(p->out, "<w:tr><w:trPr><w:cantSplit/></w:trPr>");
}

static void
cell(struct fa_paper *p, unsigned column)
{
	bool head = p->now.fields && column == 0;

	put_cell(p, column, head ? SHADED : "", head ? "CellHead" : "Cell");
}

static void
cell_end(struct fa_paper *p, unsigned column)
{
	(void)column;
	fa_buf_adds(p->out, "</w:p></w:tc>");
}

static void
row_end(struct fa_paper *p)
{
	fa_buf_adds(p->out, "</w:tr>\n");
}

static void
table_end(struct fa_paper *p)
{
	/* A table may not touch the next one, nor end a document. */
	fa_buf_adds(p->out,
		"</w:tbl><w:p><w:pPr><w:pStyle "
		"w:val=\"AfterTable\"/></w:pPr></w:p>\n");
}

/* ---- pictures ---- */

struct shot {
	unsigned number; /* of this showing */
	unsigned media;  /* of the picture */
	uint64_t cx, cy; /* EMU */
	struct fa_picture is;
	uint32_t top, rows; /* of the picture that are shown */
	const struct fa_paper_picture *x;
};

/* What is cut off above and below, in thousandths of a per cent. */
static void
put_crop(struct fa_buf *out, const struct shot *s)
{
	uint64_t below = s->is.h - s->top - s->rows;

	if (s->rows == s->is.h)
		return;
	fa_buf_addf(out, "<a:srcRect t=\"%llu\" b=\"%llu\"/>",
		(unsigned long long)((uint64_t)s->top * 100000 / s->is.h),
		(unsigned long long)(below * 100000 / s->is.h));
}

static void
put_pic(struct fa_buf *out, const struct shot *s)
{
	fa_buf_addf(out,
		"<pic:pic><pic:nvPicPr><pic:cNvPr id=\"%u\" "
		"name=\"image%u\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
		"<a:blip r:embed=\"rIdP%u\"/>",
		s->number * 2, s->number, s->media);
	put_crop(out, s);
	fa_buf_addf(out,
		"<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
		"<pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext "
		"cx=\"%llu\" cy=\"%llu\"/></a:xfrm><a:prstGeom "
		"prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>",
		(unsigned long long)s->cx, (unsigned long long)s->cy);
}

static void
put_inline(struct fa_buf *out, const struct shot *s)
{
	fa_buf_addf(out,
		"<w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" "
		"distR=\"0\"><wp:extent cx=\"%llu\" cy=\"%llu\"/>"
		"<wp:docPr id=\"%u\" name=\"picture%u\" descr=\"",
		(unsigned long long)s->cx, (unsigned long long)s->cy,
		s->number * 2 + 1, s->number);
	fa_paper_escape(out, s->x->alt);
	fa_buf_adds(out, "\"/><a:graphic>");
}

/* EMU of pixels of what is shown. */
static uint64_t
emu(const struct shot *s, int64_t pixels, bool wide)
{
	uint64_t side = wide ? s->is.w : s->rows;
	uint64_t n = pixels < 0 ? 0 : (uint64_t)pixels;

	return (n > side ? side : n) * (wide ? s->cx : s->cy) / side;
}

/* Picture and frame as a group, for programs that know groups. */
static void
put_group(struct fa_buf *out, const struct shot *s)
{
	const struct fa_flow_box *b = &s->x->box;

	put_inline(out, s);
	fa_buf_addf(out,
		"<a:graphicData uri=\"http://schemas.microsoft.com/office/word/"
		"2010/wordprocessingGroup\"><wpg:wgp><wpg:cNvGrpSpPr/>"
		"<wpg:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext "
		"cx=\"%llu\" cy=\"%llu\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt "
		"cx=\"%llu\" cy=\"%llu\"/></a:xfrm></wpg:grpSpPr>",
		(unsigned long long)s->cx, (unsigned long long)s->cy,
		(unsigned long long)s->cx, (unsigned long long)s->cy);
	put_pic(out, s);
	fa_buf_addf(out,
		"<wps:wsp><wps:cNvPr id=\"%u\" name=\"frame%u\"/><wps:cNvSpPr/>"
		"<wps:spPr><a:xfrm><a:off x=\"%llu\" y=\"%llu\"/><a:ext "
		"cx=\"%llu\" cy=\"%llu\"/></a:xfrm><a:prstGeom prst=\"rect\">"
		"<a:avLst/></a:prstGeom><a:noFill/><a:ln w=\"%u\"><a:solidFill>"
		"<a:srgbClr val=\"D00000\"/></a:solidFill></a:ln></wps:spPr>"
		"<wps:bodyPr/></wps:wsp></wpg:wgp></a:graphicData></a:graphic>"
		"</wp:inline></w:drawing>",
		1000000 + s->number, s->number,
		(unsigned long long)emu(s, b->x, true),
		(unsigned long long)emu(s, (int64_t)b->y - s->top, false),
		(unsigned long long)emu(s, b->w, true),
		(unsigned long long)emu(s, b->h, false), FRAME_EMU);
}

static void
put_plain(struct fa_buf *out, const struct shot *s)
{
	put_inline(out, s);
	fa_buf_adds(out,
		"<a:graphicData uri=\"http://schemas.openxmlformats"
		".org/drawingml/2006/picture\">");
	put_pic(out, s);
	fa_buf_adds(out,
		"</a:graphicData></a:graphic></wp:inline>"
		"</w:drawing>");
}

/* A part is as wide as the page, a whole picture as small as a telephone. */
static void
size_shot(struct shot *s)
{
	bool part = s->x->bottom > s->x->top && s->x->bottom <= s->is.h;

	s->top = part ? s->x->top : 0;
	s->rows = part ? s->x->bottom - s->x->top : s->is.h;
	s->cx = (part ? SHOT_MM_PAGE : SHOT_MM_W) * (uint64_t)EMU_PER_MM;
	s->cy = s->cx * s->rows / s->is.w;
	if (s->cy <= SHOT_MM_H * (uint64_t)EMU_PER_MM)
		return;
	s->cy = SHOT_MM_H * (uint64_t)EMU_PER_MM;
	s->cx = s->cy * s->is.w / s->rows;
}

static void
put_picture(struct fa_paper *p, const struct fa_paper_picture *x)
{
	struct shot s = { .x = x };
	bool fresh;

	if (!fa_picture_read(&s.is, x->bytes))
		return;
	s.media = fa_paper_keep(p, x, &fresh);
	s.number = ++p->shots;
	if (s.media == 0)
		return;
	size_shot(&s);
	fa_buf_adds(p->out,
		"<w:p><w:pPr><w:pStyle w:val=\"Body\"/></w:pPr>"
		"<w:r>");
	if (x->has_box)
		fa_buf_adds(p->out,
			"<mc:AlternateContent><mc:Choice "
			"Requires=\"wpg wps\">");
	if (x->has_box) {
		put_group(p->out, &s);
		fa_buf_adds(p->out, "</mc:Choice><mc:Fallback>");
	}
	put_plain(p->out, &s);
	if (x->has_box)
		fa_buf_adds(p->out, "</mc:Fallback></mc:AlternateContent>");
	fa_buf_adds(p->out, "</w:r></w:p>\n");
}

static void
page(struct fa_paper *p)
{
	fa_buf_adds(p->out, "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>\n");
}

const struct fa_paper_form fa_paper_docx = {
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
