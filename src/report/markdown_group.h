/* Findings of a summary, by rule: what it found, its source and the remedy
 * once, then the places. */
#ifndef FA_REPORT_MARKDOWN_GROUP_H
#define FA_REPORT_MARKDOWN_GROUP_H

#include "report/entry.h"

struct fa_md_group {
	struct fa_report_top places; /* lines, as they come */
	struct fa_str head;          /* absent: nothing was found */
	unsigned rank;               /* of its gravest finding */
};

struct fa_md_groups {
	struct fa_md_group *at; /* by rule, then by obligation */
	size_t n;
	uint32_t found; /* findings */
};

/* Lives in the arena of the report, like all that is added. */
FA_MUST_CHECK int fa_md_groups_init(
	struct fa_md_groups *g, const struct fa_report *r, struct fa_err *err);
/* gates: it fails the check. res is NULL for what all documents of an app leave
 * out, which has no place. */
FA_MUST_CHECK int fa_md_groups_add(struct fa_md_groups *all,
	struct fa_report *r, const struct fa_result *res,
	const struct fa_finding *f, bool gates, struct fa_err *err);
/* Appends the gravest groups, about so many bytes, and how many are not
 * listed. */
FA_MUST_CHECK int fa_md_groups_put(struct fa_buf *out,
	const struct fa_report *r, const struct fa_md_groups *g, size_t bytes,
	struct fa_err *err);

#endif
