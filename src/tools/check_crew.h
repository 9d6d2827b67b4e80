/* Threads that judge subjects ahead of the one that reports them. What they
 * share is read only; each has a matcher, and each subject an arena, of its
 * own, so that reports are the same bytes for any number of them. */
#ifndef FA_TOOLS_CHECK_CREW_H
#define FA_TOOLS_CHECK_CREW_H

#include "base/crew.h"
#include "tools/check.h"

#define FA_CHECK_JOBS_MAX FA_CREW_JOBS_MAX
#define FA_CHECK_CREW_MIN 8 /* fewer subjects are not worth a thread */

struct fa_check_crew;

struct fa_check_judged {
	struct fa_arena *arena; /* holds all of it */
	struct fa_result r;
	struct fa_err why; /* when rc < 0 */
	int rc;
};

/* Begins to judge list with jobs threads, of which the caller's is one. audit
 * and list must outlive it. */
FA_MUST_CHECK int fa_check_crew_new(struct fa_check_crew **out,
	const struct fa_check_subjects *list, const struct fa_audit *audit,
	const struct fa_read_opts *read, unsigned jobs, struct fa_arena *a,
	struct fa_err *err);
/* Waits for subject i; to be called for each in order. It is the caller's
 * until the next call. */
struct fa_check_judged *fa_check_crew_take(struct fa_check_crew *c, size_t i);
/* Ends the threads, which finish what they have in hand. NULL is none. */
void fa_check_crew_free(struct fa_check_crew *c);

#endif
