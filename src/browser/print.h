/* An HTML page printed to PDF by Chromium, for reports. The page is handed
 * over as text; it fetches nothing and runs nothing: scripts are off, no name
 * and no address can be reached. */
#ifndef FA_BROWSER_PRINT_H
#define FA_BROWSER_PRINT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_PRINT_HTML_BYTES ((size_t)96 << 20) /* of the page */
#define FA_PRINT_MS 180000                     /* for laying out and printing */

struct fa_print_opts {
	const char *program; /* NULL: chromium-headless-shell, else chromium */
	bool no_sandbox;
	/* Shown on every page; text, not HTML. Numbers of pages stand behind
	 * the foot. */
	struct fa_str head, foot;
	struct fa_str page_word, of_word; /* "第", "页，共": around numbers */
	struct fa_str end_word;           /* "页" */
};

/* Prints html on A4 with the margins of its @page rule; the PDF is tagged and
 * has an outline. Its bytes live in a, and are other ones each time (Chromium
 * puts the time into them). FA_E_NOTFOUND when there is no browser, FA_E_USAGE
 * when it cannot make its sandbox and was not told to do without, FA_E_LIMIT
 * for a page too large or a browser too slow, FA_E_IO when it died. */
FA_MUST_CHECK int fa_browser_print(struct fa_str *pdf, struct fa_str html,
	const struct fa_print_opts *o, struct fa_arena *a, struct fa_err *err);

#endif
