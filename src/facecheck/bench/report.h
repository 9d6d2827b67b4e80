/* The report for people: the same content as text and as a page. */
#ifndef FC_BENCH_REPORT_H
#define FC_BENCH_REPORT_H

#include "facecheck/bench/bench.h"

#define FC_GRID_ROWS 40
#define FC_GRID_COLS 10
#define FC_GRID_CELL 96

/* A table; its first row is the head. */
struct fc_grid {
	char cell[FC_GRID_ROWS][FC_GRID_COLS][FC_GRID_CELL];
	size_t rows, cols, at; /* at: next cell of the last row */
};
void fc_grid_begin(struct fc_grid *g);
void fc_grid_row(struct fc_grid *g);
void fc_grid_cell(struct fc_grid *g, const char *fmt, ...) FA_PRINTF(2, 3);

enum fc_figure { FC_FIGURE_DET, FC_FIGURE_TIMES };

struct fc_paper;
struct fc_paper_kind {
	void (*heading)(struct fc_paper *p, const char *s);
	void (*note)(struct fc_paper *p, const char *s);
	void (*grid)(struct fc_paper *p, const struct fc_grid *g);
	void (*figure)(
		struct fc_paper *p, const struct fc_bench *b, enum fc_figure f);
};
struct fc_paper {
	const struct fc_paper_kind *kind;
	struct fa_buf *out;
	enum fc_bench_lang lang;
	struct fc_grid g; /* for who fills it */
};

/* A macro so that formats stay literals, which the compiler checks. */
#define FC_SAY(p, zh, en) ((p)->lang == FC_BENCH_ZH ? zh : en)

void fc_report_write(struct fc_paper *p, const struct fc_bench *b);
/* ... of which the half that was measured. */
void fc_report_measured(struct fc_paper *p, const struct fc_bench *b);
void fc_report_peers(struct fc_paper *p, const struct fc_bench *b);
void fc_report_audit(struct fc_paper *p, const struct fc_audit *x);

#define FC_FIGURE_BYTES 32
/* "3.25%", "1.2e-6". */
void fc_say_rate(char out[FC_FIGURE_BYTES], int64_t ppt);
/* "210 ns", "34.5 us", "1.23 ms". */
void fc_say_ns(char out[FC_FIGURE_BYTES], int64_t ns);
/* "1 999 000" */
void fc_say_count(char out[FC_FIGURE_BYTES], uint64_t n);

#endif
