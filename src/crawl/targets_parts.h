/* The parts of the reader of target lists: targets.c decides the form and
 * drops what comes twice, targets_row.c makes targets of rows, targets_csv.c
 * and targets_json.c read the two forms. */
#ifndef FA_CRAWL_TARGETS_PARTS_H
#define FA_CRAWL_TARGETS_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "crawl/targets.h"

enum fa_tl_column {
	FA_TL_APP,
	FA_TL_PACKAGE,
	FA_TL_STORE,
	FA_TL_VERSION,
	FA_TL_PUBLISHER,
	FA_TL_CATEGORY,
	FA_TL_STORE_URL,
	FA_TL_POLICY_URL,
	FA_TL_CHILDREN,
	FA_TL_COLUMNS
};

/* A list that is being read. */
struct fa_tl {
	struct fa_targets out;
	struct fa_str text; /* without a byte order mark */
	struct fa_str name; /* of the list, for messages */
	struct fa_arena *a;
	struct fa_err *err;
};

/* The column that a header means, or -1. */
int fa_tl_column(struct fa_str header);
const char *fa_tl_column_name(enum fa_tl_column c);

/* Adds a remark, or with bad the reason why a row is left out. Beyond
 * FA_TARGETS_PROBLEMS they are only counted. */
FA_MUST_CHECK int fa_tl_problem(struct fa_tl *l, uint32_t line, bool bad,
	const char *fmt, ...) FA_PRINTF(4, 5);

/* Checks a row and adds its target. A field that is not given is absent; all
 * must live as long as the list. */
FA_MUST_CHECK int fa_tl_row(struct fa_tl *l,
	const struct fa_str field[FA_TL_COLUMNS], uint32_t line);

FA_MUST_CHECK int fa_tl_csv(struct fa_tl *l, char separator);
FA_MUST_CHECK int fa_tl_json(struct fa_tl *l);

#endif
