/* What a piece of JavaScript does, as far as its text says: no script is run.
 * Only import_*.c includes this. */
#ifndef FA_FLOW_SCRIPT_H
#define FA_FLOW_SCRIPT_H

#include <stdbool.h>

#include "flow/draft.h"

#define FA_SCRIPT_CALLS 4                   /* levels of own methods followed */
#define FA_SCRIPT_BYTES ((size_t)512 << 10) /* of a script looked at */
#define FA_SCRIPT_HANDLERS 200              /* of a page looked at */

struct fa_script {
	bool found;     /* the handler is in the source */
	bool exits;     /* leaves the mini program */
	bool disagrees; /* tells the framework that the user refuses */
	bool agrees;
	bool face;         /* begins the face check of the platform */
	bool contract;     /* opens the platform's privacy contract */
	bool closes;       /* only hides or tells a parent */
	struct fa_str url; /* page it goes to (after the face check, if there
			    * is one), or absent */
};

/* A copy in a of the first FA_SCRIPT_BYTES in which comments are blanks. Absent
 * for want of memory. */
struct fa_str fa_script_plain(struct fa_str js, struct fa_arena *a);
/* What the function of that name does; js comes from fa_script_plain. */
void fa_script_handler(
	struct fa_script *out, struct fa_str js, struct fa_str name);
/* The address that code goes to ("location.href = 'x'", navigateTo), or
 * absent. */
struct fa_str fa_script_url(struct fa_str code);

#endif
