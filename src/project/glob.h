/* Patterns of paths as .gitignore has them (gitignore(5), "PATTERN FORMAT"):
 * "*" and "?" stay within a name, "**" crosses folders, "[a-z]" and "\" as
 * usual; a pattern with a slash other than at its end counts from its own
 * folder, one without matches at any depth; "/" at the end means folders only;
 * "!" takes back. */
#ifndef FA_PROJECT_GLOB_H
#define FA_PROJECT_GLOB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct fa_glob {
	struct fa_str line; /* that it was made from */
	struct fa_str text; /* part of it */
	bool negated, folder, anchored;
};

/* false: the line is blank or a comment. */
bool fa_glob_parse(struct fa_glob *out, struct fa_str line);
/* path counts from the pattern's folder, without "/" at either end. Time is
 * bounded by the product of both lengths and the number of folders. */
bool fa_glob_match(const struct fa_glob *p, struct fa_str path, bool is_folder);
/* ... or does it match a folder above? */
bool fa_glob_covers(const struct fa_glob *p, struct fa_str path);

#endif
