/* Where in the lists something stands: lists are sorted by what numbers are
 * counted by, so that places follow from the counts alone. */
#include <stdio.h>

#include "report/board_parts.h"

int64_t
fa_board_page_of(int64_t offset)
{
	return offset / FA_BOARD_ROWS + 1;
}

int64_t
fa_board_pages(int64_t rows)
{
	return rows > 0 ? (rows - 1) / FA_BOARD_ROWS + 1 : 1;
}

static void
put_path(char out[FA_BOARD_PATH_BYTES], const char *list, int64_t offset,
	long long section)
{
	(void)snprintf(out, FA_BOARD_PATH_BYTES, "%s-%lld.html#g%lld", list,
		(long long)fa_board_page_of(offset), section);
}

void
fa_board_app_path(char out[FA_BOARD_PATH_BYTES], int64_t id)
{
	(void)snprintf(out, FA_BOARD_PATH_BYTES, "app/%02llx/%016llx.html",
		(unsigned long long)id & 0xff, (unsigned long long)id);
}

void
fa_board_cell_path(char out[FA_BOARD_PATH_BYTES], const struct fa_board_sum *s,
	enum fa_board_dim dim, size_t duty, size_t group)
{
	const struct fa_board_cell *row =
		&s->cells[dim][duty * FA_BOARD_GROUPS_ALL];
	char list[FA_BOARD_PATH_BYTES / 2];
	int64_t offset = 0;

	for (size_t g = 0; g < group; g++)
		offset += row[g].breach;
	(void)snprintf(list, sizeof(list), "list/rule-%lld-%s",
		(long long)s->duties[duty].id, fa_board_dim_name(dim));
	put_path(out, list, offset, (long long)group);
}

void
fa_board_bin_path(char out[FA_BOARD_PATH_BYTES], const struct fa_board_group *g,
	const char *list, size_t bin)
{
	int64_t offset = 0;

	for (size_t i = 0; i < bin; i++)
		offset += g->bins[i];
	put_path(out, list, offset, (long long)bin);
}

void
fa_board_loss_path(char out[FA_BOARD_PATH_BYTES], const struct fa_board_sum *s,
	size_t loss)
{
	int64_t offset = s->stages[FA_BOARD_SCANNED];

	for (size_t i = 0; i < loss; i++)
		offset += s->losses[i].apps;
	/* Sections of what was not scanned: stage and outcome. */
	put_path(out, "list/coverage", offset,
		(long long)s->losses[loss].stage * 100 +
			(long long)s->losses[loss].outcome);
}

void
fa_board_publisher_path(char out[FA_BOARD_PATH_BYTES],
	const struct fa_board_sum *s, size_t publisher)
{
	int64_t offset = 0;

	for (size_t i = 0; i < publisher; i++)
		offset += s->publishers[i].apps;
	put_path(out, "list/publisher", offset,
		(long long)s->publishers[publisher].id);
}
