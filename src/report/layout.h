/* Places cards in columns by their distance from the start, so that links
 * lead from left to right and cross little. Knows only boxes and links. */
#ifndef FA_REPORT_LAYOUT_H
#define FA_REPORT_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"

#define FA_LAYOUT_GAP_X 84 /* between columns, for the links */
#define FA_LAYOUT_GAP_Y 26
#define FA_LAYOUT_ROW 5 /* cards without any link in a row below */

/* All in pixels of the drawing. */
struct fa_layout_card {
	int32_t w, h; /* given */
	int32_t x, y; /* upper left corner */
	uint32_t column;
};

struct fa_layout_link {
	uint32_t from, to; /* cards */
	int32_t at;        /* where it leaves, below the top of from */
	bool side;         /* back and such: places a card only when no other
			    * link leads to it */
};

struct fa_layout {
	struct fa_layout_card *card;
	size_t cards_n;
	const struct fa_layout_link *link;
	size_t links_n;
	uint32_t start;
	int32_t width, height; /* of the whole */
};

/* Sets the places of all cards, width and height. Among the cards that links
 * reach from the start none leads more than one column to the right. */
FA_MUST_CHECK int fa_layout(
	struct fa_layout *l, struct fa_arena *a, struct fa_err *err);

#endif
