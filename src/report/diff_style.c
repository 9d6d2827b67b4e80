#include "report/diff_parts.h"

static const char *const style[] = {
	"del,ins{text-decoration-thickness:1.5px;border-radius:.15em;"
	"-webkit-box-decoration-break:clone;box-decoration-break:clone}\n"
	"del{background:var(--red-bg);color:var(--red);"
	"text-decoration-line:line-through}\n"
	"ins{background:var(--green-bg);color:var(--green);"
	"text-decoration-line:underline}\n"
	".sides{table-layout:fixed}\n"
	".sides th[scope=row],.sides .no{width:4.5rem;text-align:right;"
	"color:var(--soft);font-weight:400;font-variant-numeric:tabular-nums;"
	"min-width:0;padding-left:0}\n"
	".sides .why{width:6rem}\n"
	".sides td{unicode-bidi:isolate}\n"
	".sides .head td{font-weight:600}\n"
	".none{background:var(--wash)}\n"
	".mark{display:block;font-size:.8125rem;color:var(--blue)}\n"
	".fold td{background:var(--wash);color:var(--soft);"
	"padding-top:.2rem;padding-bottom:.2rem}\n"
	".fold p{margin:.2rem 0;unicode-bidi:isolate;color:var(--ink)}\n"
	".fold b{font-weight:400;color:var(--soft);margin-right:.75em}\n",
	".state{font-weight:600;white-space:nowrap}\n"
	".s-new,.s-reappeared{color:var(--red)}\n"
	".s-fixed{color:var(--green)}\n"
	".s-unknown,.s-reworded,.s-moved{color:var(--amber)}\n"
	".quote{unicode-bidi:isolate}\n"
	".versions code{word-break:break-all}\n"
	".sides tr:target td,.sides td:target,.fold p:target{"
	"outline:2px solid var(--accent)}\n"
	"@media print{.sides{font-size:8.5pt}.sides th[scope=row],"
	".sides .no{width:16mm}.fold p{font-size:8.5pt}"
	/* What did not change may go on over a page; the first comparison
	 * stands below the head of the report. */
	"tr.fold,.fold td{break-inside:auto}"
	"article:first-of-type{break-before:auto}}\n",
	NULL,
};

void
fa_diff_style(struct fa_buf *out)
{
	for (size_t i = 0; style[i] != NULL; i++)
		fa_buf_adds(out, style[i]);
}
