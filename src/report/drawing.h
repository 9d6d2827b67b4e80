/* A flow as a drawing in SVG: screens as cards with what can be done on
 * them, an arrow from each of these to the screen it leads to. The label of an
 * arrow is the row of the card that it leaves. No scripts; pictures are drawn
 * from symbols that the page or the file carries once. */
#ifndef FA_REPORT_DRAWING_H
#define FA_REPORT_DRAWING_H

#include "report/flow.h"
#include "report/layout.h"
#include "report/picture.h"

#define FA_DRAWING_SCREENS 150 /* above, only the list is shown */
#define FA_DRAWING_ROWS 14     /* of one card; more are counted */
#define FA_DRAWING_MARKS 8     /* ways in colour */

enum fa_drawing_kind {
	FA_DRAWING_TAP,  /* index: transition to a screen */
	FA_DRAWING_OUT,  /* index: transition that leads out of the app */
	FA_DRAWING_OPEN, /* index: element that was not tried */
	FA_DRAWING_STAY, /* index: how many lead nowhere else */
	FA_DRAWING_MORE  /* index: how many are not shown */
};

struct fa_drawing_row {
	enum fa_drawing_kind kind;
	uint32_t index;
};

struct fa_drawing_card {
	struct fa_drawing_row row[FA_DRAWING_ROWS + 2];
	uint32_t rows_n, stays, more;
	uint32_t evidence; /* of its picture, when it has one */
	bool has_picture, captures;
	struct fa_picture picture;
};

/* A way to colour: the taps of a place, and the screen at its end. */
struct fa_drawing_mark {
	const struct fa_flow_place *place;
	uint32_t finding; /* that it belongs to: index in the result */
};

struct fa_drawing {
	const struct fa_flow *flow;
	enum fa_lang lang;
	const char *prefix; /* of ids in the page: "d1-" */
	struct fa_report_pictures pictures;
	const bool *known_captures; /* as of struct fa_report */
	struct fa_drawing_mark mark[FA_DRAWING_MARKS];
	size_t marks_n;
	/* Made by fa_drawing_lay_out: */
	struct fa_drawing_card *card; /* one per screen */
	uint32_t *row_of;             /* per transition, its row, or NONE */
	struct fa_layout layout;      /* width 0: too many screens to draw */
};

/* Colour of a mark, for a style sheet: "#b3261e". */
const char *fa_drawing_color(size_t mark);
/* Makes cards and rows, and their places unless there are more screens than
 * FA_DRAWING_SCREENS; all live in a. */
FA_MUST_CHECK int fa_drawing_lay_out(
	struct fa_drawing *d, struct fa_arena *a, struct fa_err *err);
/* Height of the top of row i below the top of its card. */
int32_t fa_drawing_row_y(const struct fa_drawing_card *c, uint32_t row);
/* What a row says. */
void fa_drawing_row_text(struct fa_buf *out, const struct fa_drawing *d,
	uint32_t screen, uint32_t row);
/* The <svg> element; nothing when there are too many screens. y > 0: where it
 * stands in another one. */
void fa_drawing_svg(struct fa_buf *out, const struct fa_drawing *d, int32_t y);
int32_t fa_drawing_width(const struct fa_drawing *d);
int32_t fa_drawing_height(const struct fa_drawing *d);
/* The symbols of all pictures of the flow, of a place in the page where they
 * are not seen themselves. Nothing without pictures. */
void fa_drawing_symbols(struct fa_buf *out, const struct fa_drawing *d);
/* The style of drawings, without <style>. */
void fa_drawing_style(struct fa_buf *out);
/* A way as a row of screens, with pictures where there are. */
void fa_drawing_strip(struct fa_buf *out, const struct fa_drawing *d,
	const struct fa_flow_place *p);
/* The flow as a list: what the drawing shows, for those who do not see it. */
void fa_drawing_list(struct fa_buf *out, const struct fa_drawing *d);

#define FA_DRAWING_CARD 196    /* width of a card */
#define FA_DRAWING_HEAD 30     /* height of its head */
#define FA_DRAWING_PICTURE 132 /* height of its picture */
#define FA_DRAWING_ROW_H 21

#endif
