/* Opens the matchers that people bring (face/plugin.h). What a shared object
 * does while it is opened it does with all rights of this process: the sandbox
 * holds afterwards. */
#ifndef FC_CHILD_LOAD_H
#define FC_CHILD_LOAD_H

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"
#include "facecheck/face/plugin.h"

#define FC_PLUGIN_NAME_BYTES 64 /* of a name or version, without the NUL */

struct fc_loaded {
	const struct fc_plugin *plugin;
	void *model;
	void *handle; /* of the shared object; NULL: built in */
};

/* Is it of this ABI, complete and within the limits of child.h? FA_E_INPUT says
 * what is not. */
FA_MUST_CHECK int fc_plugin_check(
	const struct fc_plugin *p, struct fa_err *err);
/* Opens a built-in matcher, or the one in the shared object at path; dir (may
 * be NULL) is what it may read. FA_E_NOTFOUND without such a file, FA_E_INPUT
 * for one that is no plug-in or does not open. */
FA_MUST_CHECK int fc_plugin_open(struct fc_loaded *out,
	const struct fc_plugin *p, const char *dir, struct fa_err *err);
FA_MUST_CHECK int fc_plugin_load(struct fc_loaded *out, const char *path,
	const char *dir, struct fa_err *err);
void fc_plugin_close(struct fc_loaded *l); /* zeroed or twice is fine */

#endif
