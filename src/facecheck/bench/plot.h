/* Drawings in SVG: text into a buffer, the same bytes for the same numbers. */
#ifndef FC_BENCH_PLOT_H
#define FC_BENCH_PLOT_H

#include "facecheck/bench/bench.h"

/* <svg> elements without an XML declaration, for a page. */
void fc_plot_det(
	struct fa_buf *out, const struct fc_bench *b, enum fc_bench_lang lang);
/* What each part of the sandbox adds: times as bars. */
void fc_plot_times(struct fa_buf *out, const struct fc_bench_measured *m,
	enum fc_bench_lang lang);

/* Text with the five characters of markup escaped; control characters become
 * blanks. */
void fc_plot_escape(struct fa_buf *out, const char *text);

#endif
