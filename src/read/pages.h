/* Text of pages, as pdftotext gives it: form feeds end pages, lines end where
 * the paper does, and what stands on every page is in between. */
#ifndef FA_READ_PAGES_H
#define FA_READ_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define FA_PAGES_COLUMNS 256 /* widths that are told apart */
#define FA_PAGES_WRAP_MIN 20 /* columns of a full line, at least */

struct fa_pages {
	bool on;
	size_t wrap;   /* columns of a line that may go on in the next */
	uint32_t page; /* of the line last seen; 1 is the first */
	bool begins;   /* the next line with text is the first of its page */
	struct fa_str head, foot; /* of the page before */
};

/* Measures the lines of text. */
void fa_pages_init(struct fa_pages *p, struct fa_str text);
/* Takes the line that ends before next. False when it is no text of the
 * document: the number of a page, or a head or foot that the page before has
 * too. */
bool fa_pages_line(struct fa_pages *p, struct fa_str text, struct fa_str line,
	size_t next);

#endif
