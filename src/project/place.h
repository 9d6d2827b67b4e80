/* Where files lie: absolute paths, and paths as seen from a folder. */
#ifndef FA_PROJECT_PLACE_H
#define FA_PROJECT_PLACE_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/file.h"
#include "base/str.h"

/* The absolute path of a file or folder, links resolved as far as it exists
 * (the rest is taken as it stands). In a. */
FA_MUST_CHECK int fa_place_absolute(struct fa_str *out, struct fa_str path,
	struct fa_arena *a, struct fa_err *err);
/* The folder that held the last of many paths, and where it really lies; all
 * zeros at first. */
struct fa_place_memo {
	size_t given_n, real_n; /* real_n 0: none yet */
	char given[FA_FILE_PATH_BYTES], real[FA_FILE_PATH_BYTES];
};
/* The same for many paths in turn: of those that lie in one folder the way to
 * it is resolved once. */
FA_MUST_CHECK int fa_place_near(struct fa_str *out, struct fa_place_memo *memo,
	struct fa_str path, struct fa_arena *a, struct fa_err *err);
/* The part of an absolute path below an absolute folder, "" for the folder
 * itself; absent when it does not lie there. */
struct fa_str fa_place_below(struct fa_str path, struct fa_str folder);
/* The folder that holds an absolute path; "/" holds itself. */
struct fa_str fa_place_folder(struct fa_str path);
/* The innermost folder that holds both absolute paths, or is one of them. */
struct fa_str fa_place_common(struct fa_str a, struct fa_str b);
/* folder/name in a; absent when memory is out. */
struct fa_str fa_place_join(
	struct fa_str folder, struct fa_str name, struct fa_arena *a);
/* The way to an absolute path from an absolute folder, up by ".." where it
 * does not lie below; "." for the folder itself. In a; absent when memory is
 * out. */
struct fa_str fa_place_from(
	struct fa_str folder, struct fa_str path, struct fa_arena *a);
/* Is there a file or folder (also a broken link)? */
bool fa_place_exists(struct fa_str path);
/* Is it a regular file, or a link to one? Opening anything else may wait for
 * ever. */
bool fa_place_is_file(struct fa_str path);
/* Is it a regular file, and no link? */
bool fa_place_is_own_file(struct fa_str path);
/* Is it a folder in which all users of the machine put their files, such as
 * /tmp (sticky and writable for everybody)? What lies there says nothing about
 * the folders in it. */
bool fa_place_is_shared(struct fa_str folder);
/* The root of the git repository that holds an absolute folder (the nearest
 * one with .git in it; no folder that is shared), as a part of it; or
 * absent. */
struct fa_str fa_place_repository(struct fa_str folder, struct fa_arena *a);

#endif
