#include "model/board.h"

#include "base/attr.h"

static const char *const states[] = { "first", "new", "persisting",
	"reappeared", "fixed", "unclear" };
static const char *const stages[] = { "listed", "found", "fetched", "parsed",
	"scanned", "reviewed" };
static const char *const reviews[] = { "unreviewed", "confirmed", "rejected",
	"needs-more", "disputed" };

const char *
fa_board_state_name(enum fa_board_state s)
{
	return states[s];
}

const char *
fa_board_stage_name(enum fa_board_stage s)
{
	return stages[s];
}

const char *
fa_board_review_name(enum fa_board_review r)
{
	return reviews[r];
}

int
fa_board_review_parse(struct fa_str s)
{
	for (size_t i = 0; i < FA_COUNT(reviews); i++)
		if (fa_str_eq(s, fa_str_c(reviews[i])))
			return (int)i;
	return -1;
}
