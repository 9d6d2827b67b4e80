/* Inside of `faceaudit board`: the folder that is written, and its parts. */
#ifndef FA_TOOLS_BOARD_H
#define FA_TOOLS_BOARD_H

#include <pthread.h>

#include "base/file.h"
#include "report/board.h"
#include "report/table.h"
#include "store/board.h"
#include "tools/commands.h"

#define FA_BOARD_PAGE_BYTES ((size_t)16 << 20) /* of a page in memory */
#define FA_BOARD_PICTURE_BYTES ((size_t)64 << 20)

/* A spreadsheet that is being packed beside the rest of the work: only the
 * thread touches it until it is joined. */
struct fa_board_packing {
	pthread_t thread;
	bool running;
	struct fa_xlsx *xlsx;
	int rc;
	struct fa_err err;
};

struct fa_boarding {
	struct fa_tool *tool;
	struct fa_board *b;
	struct fa_arena arena; /* of the whole board */
	struct fa_arena a;     /* of the app at hand */
	struct fa_board_sum sum;
	struct fa_board_site site;
	struct fa_str dir;
	struct fa_str *stores; /* those that are shown */
	size_t stores_n;
	struct fa_buf page;
	uint64_t pages, bytes;                   /* written */
	struct fa_board_app worst[FA_BOARD_TOP]; /* in arena */
	size_t worst_n;
	struct fa_board_packing packing;
};

/* DIR/path. */
FA_MUST_CHECK int fa_boarding_path(char out[FA_FILE_PATH_BYTES],
	const struct fa_boarding *x, const char *path, struct fa_err *err);
/* Writes page there, and empties it. */
FA_MUST_CHECK int fa_boarding_put(
	struct fa_boarding *x, const char *path, struct fa_err *err);
/* DIR, which has to be new or empty, and the folders in it. */
FA_MUST_CHECK int fa_boarding_folders(
	struct fa_boarding *x, struct fa_err *err);

/* Screenshots of cases. */
FA_MUST_CHECK int fa_boarding_pictures(
	struct fa_boarding *x, struct fa_err *err);
/* Lists with the data of the filter; apps; everything else. */
FA_MUST_CHECK int fa_boarding_lists(struct fa_boarding *x, struct fa_err *err);
FA_MUST_CHECK int fa_boarding_apps(struct fa_boarding *x, struct fa_err *err);
FA_MUST_CHECK int fa_boarding_pages(struct fa_boarding *x, struct fa_err *err);
/* findings.csv and findings.xlsx; the latter is whole, and under its name, when
 * fa_boarding_packed has returned, which has to be called before x goes, also
 * after failures; to call it twice is harmless. */
FA_MUST_CHECK int fa_boarding_sheets(struct fa_boarding *x, struct fa_err *err);
int fa_boarding_packed(struct fa_boarding *x, struct fa_err *err);

#endif
