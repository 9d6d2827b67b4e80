/* What the pages of a dashboard are made of. Private to report. */
#ifndef FA_REPORT_BOARD_PARTS_H
#define FA_REPORT_BOARD_PARTS_H

#include "report/board.h"
#include "report/common.h"
#include "report/html.h"
#include "report/label.h"
#include "report/table.h"

/* fa_html_text on one line, faster for what is plain. */
void fa_board_text(struct fa_buf *out, struct fa_str s);
/* Shares in tenths of a per cent: "12.3%", "–" of nothing. */
void fa_board_share(struct fa_buf *out, int64_t part, int64_t all);
/* A cell with a number, linked when href is not empty and n is not 0. */
void fa_board_number(struct fa_board_page *p, int64_t n, const char *href);
void fa_board_points(struct fa_buf *out, int64_t hi); /* or "–" */
void fa_board_bounds(struct fa_buf *out, int64_t part, int64_t all);
struct fa_str fa_board_pick(
	const struct fa_board_page *p, const struct fa_text2 *t);
/* A table: caption, and the heads of its columns; "#" before a head that is
 * over numbers. */
void fa_board_table(struct fa_board_page *p, const char *caption,
	const char *const *heads, size_t n);
void fa_board_table_end(struct fa_board_page *p);
void fa_board_severity(struct fa_board_page *p, enum fa_severity s);
void fa_board_date(struct fa_buf *out, int32_t date);
const char *fa_board_state_word(enum fa_lang lang, enum fa_board_state s);
const char *fa_board_review_word(enum fa_lang lang, enum fa_board_review r);
const char *fa_board_cause_word(
	const struct fa_board_page *p, const char *cause);

/* The head of the table of a list; rows follow, then fa_board_table_end. */
void fa_board_list_head(struct fa_board_page *p, const struct fa_board_list *l,
	const char *caption);

/* Where things are, below the folder. */
void fa_board_cell_path(char out[FA_BOARD_PATH_BYTES],
	const struct fa_board_sum *s, enum fa_board_dim dim, size_t duty,
	size_t group);
void fa_board_bin_path(char out[FA_BOARD_PATH_BYTES],
	const struct fa_board_group *g, const char *list, size_t bin);
void fa_board_loss_path(char out[FA_BOARD_PATH_BYTES],
	const struct fa_board_sum *s, size_t loss);
void fa_board_publisher_path(char out[FA_BOARD_PATH_BYTES],
	const struct fa_board_sum *s, size_t publisher);

/* Charts: inline SVG with role, title and description; the numbers stand in a
 * table beside each. label and href live until the call ends. */
struct fa_board_bar {
	struct fa_str name, label; /* name: short, before it */
	const char *href;          /* below the folder, or "" */
	int64_t part, all;
	bool bounds; /* draw the Wilson interval */
};
void fa_board_svg_begin(struct fa_board_page *p, int width, int height,
	bool links, struct fa_str title, struct fa_str desc);
void fa_board_svg_end(struct fa_board_page *p);
void fa_board_svg_bars(struct fa_board_page *p, struct fa_str title,
	struct fa_str desc, const struct fa_board_bar *at, size_t n);
/* A histogram over ten bins; list names the files that bars lead to. */
void fa_board_svg_histogram(struct fa_board_page *p, struct fa_str title,
	struct fa_str desc, const struct fa_board_group *g, const char *list);
/* The same, small, for a cell of a table. */
void fa_board_svg_spark(struct fa_board_page *p, const struct fa_board_group *g,
	struct fa_str title);
void fa_board_svg_heat(struct fa_board_page *p, enum fa_board_dim dim,
	const size_t *duties, size_t duties_n, const size_t *groups,
	size_t groups_n);
void fa_board_svg_trend(struct fa_board_page *p);

#endif
