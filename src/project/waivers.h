/* Which findings a project accepts: comments beside the text, waivers of its
 * configuration, its baseline, in this order. */
#ifndef FA_PROJECT_WAIVERS_H
#define FA_PROJECT_WAIVERS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "model/finding.h"
#include "model/rule.h"
#include "project/baseline.h"
#include "project/config.h"

struct fa_waivers {
	const struct fa_bundle *bundle;
	const struct fa_config *config; /* or NULL */
	struct fa_baseline *baseline;   /* or NULL */
	struct fa_baseline *writes;     /* what stands is added; or NULL */
	/* What stood in the file before a change, all under one path: it is
	 * taken off the result. Or NULL. */
	struct fa_baseline *before;
	struct fa_str before_path;
	int32_t today; /* YYYYMMDD */
	/* What does not come up is unused: all of the project was judged. */
	bool whole;

	uint32_t *state; /* of the configuration's waivers */
	struct fa_waiver_note *notes;
	size_t notes_n, notes_cap;
	struct fa_arena *a; /* of the run */
};

/* Looks at the waivers of the configuration; what is wrong with them is in
 * notes. The caller has set the members above the line. */
FA_MUST_CHECK int fa_waivers_begin(struct fa_waivers *w, struct fa_err *err);
/* Does anything depend on where a file lies? Comments waive wherever they
 * stand. */
bool fa_waivers_by_place(const struct fa_waivers *w);
/* Marks what is accepted of a result whose file lies at an absolute path (or
 * is named path, when it is none; or anything, where nothing depends on it).
 * All passages of its violations must be there (fa_audit.all_passages);
 * FA_FINDING_EVIDENCE_MAX of each finding stay, and of an obligation that is
 * accepted in part the rest comes first. The findings must be rated anew then.
 * In a, which may be that of the document. */
FA_MUST_CHECK int fa_waivers_apply(struct fa_waivers *w, struct fa_result *r,
	struct fa_str path, struct fa_arena *a, struct fa_err *err);
/* Adds notes on what found nothing to waive, and sorts them all by place. */
FA_MUST_CHECK int fa_waivers_end(struct fa_waivers *w, struct fa_err *err);

/* Does a waiver that names spec speak for a rule of an obligation? */
bool fa_waivers_names(
	struct fa_str spec, struct fa_str rule, struct fa_str obligation);

#endif
