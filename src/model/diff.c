#include "model/diff.h"

static const char *const kinds[FA_DIFF_KIND_COUNT] = { "same", "moved",
	"reworded", "removed", "added" };
static const char *const states[FA_DIFF_STATE_COUNT] = { "new", "reappeared",
	"reworded", "moved", "unchanged", "unknown", "fixed" };
static const char *const causes[FA_DIFF_CAUSE_COUNT] = { "none", "source",
	"extractor", "rules", "extractor+rules", "capture-failure" };

const char *
fa_diff_kind_name(enum fa_diff_kind k)
{
	return kinds[k];
}

const char *
fa_diff_state_name(enum fa_diff_state s)
{
	return states[s];
}

const char *
fa_diff_cause_name(enum fa_diff_cause c)
{
	return causes[c];
}
