/* The inside of struct fa_board. Private to store. */
#ifndef FA_STORE_BOARD_PARTS_H
#define FA_STORE_BOARD_PARTS_H

#include "base/file.h"
#include "store/board.h"
#include "store/internal.h"

#define FA_BOARD_KEYS 256 /* audits of one store that are looked at */

struct fa_board_source { /* a store */
	struct fa_str dir;
	int64_t id; /* from 1, in the order given */
	bool prior;
	bool judged;
	struct fa_str bundle;
	int32_t as_of;
};

struct fa_board {
	struct fa_db db;
	struct fa_arena arena; /* of the object itself */
	struct fa_board_options o;
	struct fa_board_source at[FA_BOARD_SOURCES];
	size_t n;
	int64_t duties; /* rows of duty */
};

FA_MUST_CHECK int fa_board_make_tables(struct fa_board *b, struct fa_err *err);
FA_MUST_CHECK int fa_board_make_indexes(struct fa_board *b, struct fa_err *err);

/* Makes the store of x readable as schema s; nothing may be uncommitted. */
FA_MUST_CHECK int fa_board_attach(struct fa_board *b,
	const struct fa_board_source *x, struct fa_err *err);
FA_MUST_CHECK int fa_board_detach(struct fa_board *b, struct fa_err *err);

/* What the newest audits say, what people said of it, what stood before. */
FA_MUST_CHECK int fa_board_load_apps(struct fa_board *b, struct fa_err *err);
FA_MUST_CHECK int fa_board_load_reviews(struct fa_board *b, struct fa_err *err);
FA_MUST_CHECK int fa_board_load_past(struct fa_board *b, struct fa_err *err);
/* Groups, publishers, and the sums of each app. */
FA_MUST_CHECK int fa_board_count(struct fa_board *b, struct fa_err *err);
/* fa_board_sum's halves. */
FA_MUST_CHECK int fa_board_sum_groups(struct fa_board_sum *out,
	struct fa_board *b, struct fa_arena *a, struct fa_err *err);
FA_MUST_CHECK int fa_board_sum_trend(struct fa_board_sum *out,
	struct fa_board *b, struct fa_arena *a, struct fa_err *err);

/* fa_board_options.id as function of SQL. */
FA_MUST_CHECK int fa_board_id_function(struct fa_board *b, struct fa_err *err);

#endif
