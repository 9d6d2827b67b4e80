#include "report/paper.h"

#include <assert.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>

#include "report/common.h"

#define LINE_BYTES 1024 /* of formatted text: numbers and fixed words */

void
fa_paper_escape(struct fa_buf *out, struct fa_str s)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf shown;

	fa_buf_init(&shown, out->max_bytes);
	fa_report_visible(&shown, s, true);
	fa_report_carry(out, &shown);
	for (size_t i = 0; i < shown.n; i++) {
		switch (shown.p[i]) {
		case '&':
			fa_buf_adds(out, "&amp;");
			break;
		case '<':
			fa_buf_adds(out, "&lt;");
			break;
		case '>':
			fa_buf_adds(out, "&gt;");
			break;
		case '"':
			fa_buf_adds(out, "&quot;");
			break;
		case '\'':
			fa_buf_adds(out, "&#39;");
			break;
		default:
			fa_buf_addc(out, shown.p[i]);
		}
	}
}

void
fa_paper_heading(
	struct fa_paper *p, unsigned level, const char *id, struct fa_str text)
{
	assert(level >= 1 && level <= 4 && p->now.columns == 0);
	p->form->heading(p, level, id, text);
}

void
fa_paper_open(struct fa_paper *p, enum fa_paper_kind k)
{
	assert(p->now.columns == 0);
	p->form->open(p, k);
}

void
fa_paper_close(struct fa_paper *p, enum fa_paper_kind k)
{
	p->form->close(p, k);
}

void
fa_paper_add(struct fa_paper *p, enum fa_paper_style s, struct fa_str x)
{
	if (x.n > 0)
		p->form->run(p, s, x);
}

void
fa_paper_adds(struct fa_paper *p, enum fa_paper_style s, const char *z)
{
	fa_paper_add(p, s, fa_str_c(z));
}

static void FA_PRINTF(3, 0) add_format(
	struct fa_paper *p, enum fa_paper_style s, const char *fmt, va_list ap)
{
	char line[LINE_BYTES];
	int n = vsnprintf(line, sizeof(line), fmt, ap);

	if (n < 0 || (size_t)n >= sizeof(line)) {
		assert(false && "formatted text is short by design");
		p->failed = true;
		return;
	}
	fa_paper_add(p, s, (struct fa_str){ line, (size_t)n });
}

void
fa_paper_addf(struct fa_paper *p, enum fa_paper_style s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_format(p, s, fmt, ap);
	va_end(ap);
}

void
fa_paper_link(struct fa_paper *p, const char *to, struct fa_str text)
{
	if (text.n > 0)
		p->form->link(p, fa_str_c(to), text);
}

void
fa_paper_url(struct fa_paper *p, struct fa_str url)
{
	if (fa_report_is_web(url))
		p->form->link(p, url, url);
	else
		fa_paper_add(p, FA_PAPER_CODE, url);
}

void
fa_paper_line(struct fa_paper *p)
{
	p->form->line(p);
}

void
fa_paper_para(struct fa_paper *p, enum fa_paper_kind k, struct fa_str s)
{
	if (s.n == 0)
		return;
	fa_paper_open(p, k);
	fa_paper_add(p, FA_PAPER_PLAIN, s);
	fa_paper_close(p, k);
}

void
fa_paper_paraz(struct fa_paper *p, enum fa_paper_kind k, const char *z)
{
	fa_paper_para(p, k, fa_str_c(z));
}

void
fa_paper_table(struct fa_paper *p, const struct fa_paper_table *t)
{
	assert(p->now.columns == 0 && t->columns > 0 &&
		t->columns <= FA_PAPER_COLUMNS);
	p->now = *t;
	p->column = UINT_MAX;
	p->form->table(p, t);
}

void
fa_paper_table_end(struct fa_paper *p)
{
	assert(p->column == UINT_MAX);
	p->form->table_end(p);
	p->now.columns = 0;
}

void
fa_paper_row(struct fa_paper *p)
{
	assert(p->now.columns > 0 && p->column == UINT_MAX);
	p->column = 0;
	p->form->row(p);
}

void
fa_paper_row_end(struct fa_paper *p)
{
	assert(p->column == p->now.columns);
	p->form->row_end(p);
	p->column = UINT_MAX;
}

void
fa_paper_cell(struct fa_paper *p)
{
	assert(p->column < p->now.columns);
	p->form->cell(p, p->column);
}

void
fa_paper_cell_end(struct fa_paper *p)
{
	p->form->cell_end(p, p->column);
	p->column++;
}

void
fa_paper_put(struct fa_paper *p, enum fa_paper_style s, struct fa_str x)
{
	fa_paper_cell(p);
	fa_paper_add(p, s, x);
	fa_paper_cell_end(p);
}

void
fa_paper_putz(struct fa_paper *p, enum fa_paper_style s, const char *z)
{
	fa_paper_put(p, s, fa_str_c(z));
}

void
fa_paper_putf(struct fa_paper *p, enum fa_paper_style s, const char *fmt, ...)
{
	va_list ap;

	fa_paper_cell(p);
	va_start(ap, fmt);
	add_format(p, s, fmt, ap);
	va_end(ap);
	fa_paper_cell_end(p);
}

void
fa_paper_field_open(struct fa_paper *p, const char *label)
{
	fa_paper_row(p);
	fa_paper_putz(p, FA_PAPER_PLAIN, label);
	fa_paper_cell(p);
}

void
fa_paper_field_close(struct fa_paper *p)
{
	fa_paper_cell_end(p);
	fa_paper_row_end(p);
}

void
fa_paper_field(struct fa_paper *p, const char *label, enum fa_paper_style s,
	struct fa_str x)
{
	fa_paper_field_open(p, label);
	if (x.n > 0)
		fa_paper_add(p, s, x);
	else
		fa_paper_adds(p, FA_PAPER_SOFT,
			p->lang == FA_LANG_ZH ? "未知" : "unknown");
	fa_paper_field_close(p);
}

void
fa_paper_picture(struct fa_paper *p, const struct fa_paper_picture *x)
{
	assert(p->now.columns == 0);
	p->form->picture(p, x);
}

void
fa_paper_page(struct fa_paper *p)
{
	p->form->page(p);
}

unsigned
fa_paper_keep(struct fa_paper *p, const struct fa_paper_picture *x, bool *fresh)
{
	*fresh = false;
	for (unsigned i = 0; i < p->pictures; i++)
		if (p->kept[i].bytes.p == x->bytes.p)
			return i + 1;
	if (p->pictures == FA_PAPER_PICTURES)
		return 0;
	*fresh = true;
	p->kept[p->pictures++] = *x;
	return p->pictures;
}
