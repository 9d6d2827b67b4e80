/* The project behind a check: what its configuration settles where the
 * command line says nothing, what it leaves out, and what it accepts. */
#ifndef FA_TOOLS_CHECK_PROJECT_H
#define FA_TOOLS_CHECK_PROJECT_H

#include "project/place.h"
#include "project/waivers.h"
#include "report/report.h"
#include "tools/check_change.h"
#include "tools/commands.h"

/* Words of the command line; NULL: not given. */
struct fa_check_said {
	const char *config, *baseline, *write_baseline, *fail_on, *max_unknown,
		*rules, *app, *diff_base;
	bool no_config, no_gitignore;
};

struct fa_check_project {
	struct fa_check_said said;
	struct fa_config config; /* without a file when there is none */
	struct fa_baseline baseline, written;
	struct fa_waivers waivers;
	struct fa_place_memo folder;   /* of the last result */
	struct fa_check_change change; /* with said.diff_base */
	bool changes;                  /* it is open */
	uint32_t unchanged;            /* subjects that were not judged */
	bool own_paths; /* the configuration names the operands */
};

/* --diff-base: asks git. */
FA_MUST_CHECK int fa_check_project_change(struct fa_check_project *p,
	char **operands, int n, struct fa_arena *a, struct fa_err *err);
void fa_check_project_done(struct fa_check_project *p);
/* Is the subject as it was? Else what stood in it before is known then. */
FA_MUST_CHECK int fa_check_project_before(bool *unchanged,
	struct fa_check_project *p, const struct fa_audit *audit,
	const struct fa_check_subject *s, const struct fa_read_opts *opts,
	struct fa_arena *a, struct fa_err *err);

/* Finds and reads the configuration, by the operands. Without operands it may
 * name them: *operands and *n are replaced. */
FA_MUST_CHECK int fa_check_project_find(struct fa_check_project *p,
	char ***operands, int *n, struct fa_arena *a, struct fa_err *err);
/* A value: what the command line says, else the configuration, else NULL. It
 * lives in a; one that is a path can be opened from here. */
FA_MUST_CHECK int fa_check_project_value(const char **out,
	const struct fa_check_project *p, const char *said,
	const struct fa_config_text *configured, bool is_path,
	struct fa_arena *a, struct fa_err *err);
/* Says where a wrong value of the configuration stands. */
int fa_check_project_blame(const struct fa_check_project *p, const char *said,
	const struct fa_config_text *configured, int rc, struct fa_err *err);
/* Are .gitignore files respected? */
bool fa_check_project_git(const struct fa_check_project *p);

/* Is it the baseline that is in use? */
bool fa_check_project_is_baseline(const struct fa_check_project *p,
	struct fa_str path, struct fa_arena *a);
/* Reads the baseline and looks at the waivers. */
FA_MUST_CHECK int fa_check_project_begin(struct fa_check_project *p,
	const struct fa_bundle *bundle, int32_t today, char **operands, int n,
	struct fa_arena *a, struct fa_err *err);
/* Marks what is accepted, and rates the findings anew. */
FA_MUST_CHECK int fa_check_project_apply(struct fa_check_project *p,
	struct fa_result *r, struct fa_arena *a, struct fa_err *err);
/* Writes a baseline that was asked for and gives totals what is wrong with
 * the waivers. *entries: of the baseline written. Where a subject could not be
 * judged, what accepts its findings is not called unused. */
FA_MUST_CHECK int fa_check_project_end(struct fa_check_project *p,
	struct fa_report_totals *totals, size_t *entries, struct fa_err *err);

/* --print-config: each value and where it comes from, as a configuration; what
 * could move a terminal's cursor is escaped. */
void fa_check_project_print(
	const struct fa_check_project *p, struct fa_buf *out);

#endif
