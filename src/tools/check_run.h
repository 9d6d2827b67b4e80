/* A check at work: what its command line and project have settled, and the
 * judging of all its subjects. */
#ifndef FA_TOOLS_CHECK_RUN_H
#define FA_TOOLS_CHECK_RUN_H

#include "audit/app.h"
#include "tools/check.h"
#include "tools/check_crew.h"
#include "tools/check_progress.h"
#include "tools/check_project.h"
#include "tools/commands.h"

struct fa_check {
	struct fa_tool *tool;
	struct fa_check_outputs outputs;
	struct fa_report_opts report;
	struct fa_read_opts read;
	bool sm3;       /* was asked for */
	bool documents; /* --as named a format of documents */
	const struct fa_importer *importer; /* --as named one, or NULL */
	const char *as_of, *rules, *explain;
	struct fa_check_project project;
	bool print_config;
	struct fa_check_only only;
	bool has_max_unknown;
	uint64_t max_unknown;
	struct fa_audit audit;
	const struct fa_bundle *bundle;
	struct fa_matcher *matcher;
	struct fa_arena arena; /* of the document at hand, if judged here */
	struct fa_arena *at;   /* of the document at hand */
	unsigned jobs;         /* threads; 0: as many as there are processors */
	struct fa_check_crew *crew; /* or NULL: all is judged here */
	struct fa_report_totals totals;
	struct fa_app app; /* with --app; else without a name */
	uint32_t empty;    /* documents without a text */
	size_t done;       /* subjects before the one at hand */
	struct fa_check_progress progress;
};

/* Judges all subjects, writes all reports, and sets the totals with the exit
 * status. */
FA_MUST_CHECK int fa_check_all(struct fa_check *c,
	const struct fa_check_subjects *list, struct fa_err *err);

#endif
