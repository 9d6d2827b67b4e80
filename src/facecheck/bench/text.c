/* The report on a terminal. */
#include "base/utf8.h"
#include "facecheck/bench/report.h"

static size_t
columns(const char *s)
{
	return fa_utf8_columns(fa_str_c(s));
}

static void
heading(struct fc_paper *p, const char *s)
{
	if (p->out->n > 0)
		fa_buf_addc(p->out, '\n');
	fa_buf_addf(p->out, "%s\n", s);
}

static void
note(struct fc_paper *p, const char *s)
{
	fa_buf_addf(p->out, "  %s\n", s);
}

static void
grid(struct fc_paper *p, const struct fc_grid *g)
{
	size_t wide[FC_GRID_COLS] = { 0 };

	for (size_t r = 0; r < g->rows; r++)
		for (size_t c = 0; c < g->cols; c++)
			if (columns(g->cell[r][c]) > wide[c])
				wide[c] = columns(g->cell[r][c]);
	for (size_t r = 0; r < g->rows; r++) {
		for (size_t c = 0; c < g->cols; c++) {
			size_t n = columns(g->cell[r][c]);

			fa_buf_addf(p->out, "  %s", g->cell[r][c]);
			for (; c + 1 < g->cols && n < wide[c]; n++)
				fa_buf_addc(p->out, ' ');
		}
		fa_buf_addc(p->out, '\n');
	}
}

static void
figure(struct fc_paper *p, const struct fc_bench *b, enum fc_figure f)
{
	(void)p;
	(void)b;
	(void)f;
}

void
fc_bench_text(
	struct fa_buf *out, const struct fc_bench *b, enum fc_bench_lang lang)
{
	static const struct fc_paper_kind kind = { heading, note, grid,
		figure };
	struct fc_paper p = { .kind = &kind, .out = out, .lang = lang };

	fc_report_write(&p, b);
}
