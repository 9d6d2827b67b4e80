/* --diff-base REV: only what a change introduced. Files that are as they were
 * are not judged; of the others what stood in them before is taken off. What
 * git knows is asked of git. */
#ifndef FA_TOOLS_CHECK_CHANGE_H
#define FA_TOOLS_CHECK_CHANGE_H

#include "audit/audit.h"
#include "project/baseline.h"
#include "tools/check.h"

struct fa_changed_file {
	struct fa_str path;   /* below the root */
	struct fa_str before; /* its name then; absent: it is new */
};

struct fa_check_change {
	struct fa_str root;         /* absolute, of the repository */
	struct fa_str base;         /* hash of the commit compared with */
	struct fa_changed_file *at; /* by path */
	size_t n, cap;
	struct fa_str *tracked; /* what git has an eye on, sorted */
	size_t tracked_n;
	struct fa_baseline before; /* of the subject at hand */
	bool *unknown; /* per obligation: could not be told before either */
	struct fa_arena *a;  /* of the run */
	struct fa_arena old; /* of the judgement before; its own */
};

/* Asks which files of the repository that holds folder differ from where the
 * work began: the merge base of rev and HEAD, or rev where there is none. Not
 * yet committed and new files count. FA_E_USAGE for what is no revision. */
FA_MUST_CHECK int fa_check_change_open(struct fa_check_change *c,
	const char *rev, struct fa_str folder, struct fa_arena *a,
	struct fa_err *err);
void fa_check_change_done(struct fa_check_change *c);
/* Did anything of a file or folder at an absolute path change? What git has no
 * eye on (ignored files, what lies outside of the repository) counts as
 * changed; what lies in a submodule when anything in that did. */
bool fa_check_change_touches(
	const struct fa_check_change *c, struct fa_str path, bool folder);
/* Judges the file as it was: c->before is what was found then (nothing for a
 * new one, or one that could not be judged). */
FA_MUST_CHECK int fa_check_change_before(struct fa_check_change *c,
	const struct fa_audit *audit, const struct fa_check_subject *s,
	const struct fa_read_opts *opts, struct fa_str path,
	struct fa_err *err);
/* Takes off what could not be told before either. */
void fa_check_change_unknown(
	const struct fa_check_change *c, struct fa_result *r);

#endif
