/* What a walk through a project leaves out: .gitignore files from the root of
 * the repository down, .git/info/exclude, and the patterns of the project's
 * own configuration. The last pattern that matches decides, those of inner
 * folders before those of outer ones; what lies in a folder that is left out
 * cannot come back. A repository within the one that is walked is left to its
 * own .gitignore files. gitignore(5). */
#ifndef FA_PROJECT_IGNORE_H
#define FA_PROJECT_IGNORE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/file.h"
#include "project/glob.h"

#define FA_IGNORE_FILE_BYTES (1u << 20) /* a larger one is passed over */

struct fa_ignore_set {
	struct fa_str folder; /* absolute: where the patterns count from */
	struct fa_glob *at;
	size_t n;
	bool root; /* of a repository: what lies outside has no say below */
};

struct fa_ignore {
	struct fa_ignore_set *sets; /* outer before inner */
	size_t sets_n, sets_cap;
	const struct fa_ignore_set *own; /* of the configuration, or NULL */
	bool git;                        /* .gitignore files are read */
	struct fa_str given, real; /* the folder walked: as named, absolute */
	struct fa_arena *a;
	bool no_memory;
	/* Files and folders left out so far. */
	uint32_t by_own, by_git;
};

/* Makes ready to walk folder: reads what lies above it. own may be NULL. */
FA_MUST_CHECK int fa_ignore_init(struct fa_ignore *g, struct fa_str folder,
	const struct fa_ignore_set *own, bool git, struct fa_arena *a,
	struct fa_err *err);
/* For fa_file_walk_filtered; its ctx is the struct fa_ignore. */
extern const struct fa_file_filter fa_ignore_filter;
/* Patterns of lines, one each; a set that lives in a. */
FA_MUST_CHECK int fa_ignore_lines(struct fa_ignore_set *out,
	struct fa_str folder, struct fa_str text, struct fa_arena *a,
	struct fa_err *err);
#endif
