/* Files and directories. */
#ifndef FA_BASE_FILE_H
#define FA_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_FILE_PATH_BYTES 4096
#define FA_FILE_LARGE_BYTES ((size_t)8 << 20) /* for fa_file_view */
#define FA_FILE_DEPTH 64         /* directory levels that a walk enters */
#define FA_FILE_LIST_MAX 1000000 /* paths that a walk returns */

/* Reads a whole file ("-" is standard input) of at most max_bytes; longer is
 * FA_E_LIMIT, a directory or unreadable file FA_E_IO. Result in a. */
FA_MUST_CHECK int fa_file_read(struct fa_str *out, struct fa_str path,
	size_t max_bytes, struct fa_arena *a, struct fa_err *err);
/* The same, of which a large file need not be in memory as a whole: it is
 * copied to a temporary file that nobody else can reach, and *out is a view of
 * that. Then *paged is true, and fa_file_forget may be told of parts of *out
 * that are not needed for now; they come back when they are looked at. Where
 * no such file can be made, it is read. */
FA_MUST_CHECK int fa_file_view(struct fa_str *out, bool *paged,
	struct fa_str path, size_t max_bytes, struct fa_arena *a,
	struct fa_err *err);
void fa_file_forget(struct fa_str part);
/* A new file without a name, open to read and write, which is gone with the
 * process; -1 on failure. */
int fa_file_nameless(void);
/* Replaces path with data by temporary file, fsync and rename, so that a
 * reader, a full disk or a crash sees the old file or the new one whole. */
FA_MUST_CHECK int fa_file_replace(
	struct fa_str path, struct fa_str data, struct fa_err *err);
/* The same in pieces: path stays what it is until the end. A file that was
 * opened, or failed to be, is to be dropped in any case. */
struct fa_file_new {
	char path[FA_FILE_PATH_BYTES];
	char temp[FA_FILE_PATH_BYTES];
	int fd; /* -1: closed */
};
FA_MUST_CHECK int fa_file_new_open(
	struct fa_file_new *f, struct fa_str path, struct fa_err *err);
FA_MUST_CHECK int fa_file_new_add(
	struct fa_file_new *f, struct fa_str data, struct fa_err *err);
FA_MUST_CHECK int fa_file_new_end(struct fa_file_new *f, struct fa_err *err);
void fa_file_new_drop(struct fa_file_new *f); /* safe after the end */

bool fa_file_is_dir(struct fa_str path);
/* Makes a directory, whose parent must exist. That it exists already is no
 * failure. */
FA_MUST_CHECK int fa_file_make_dir(struct fa_str path, struct fa_err *err);

struct fa_file_list {
	struct fa_str *path;
	size_t n;
};

/* The regular files under dir in memcmp order of their paths ("dir/a/b").
 * Left out are names beginning with a dot, links to directories, and links to
 * files that are not themselves in the list. A directory below dir that
 * cannot be read is FA_E_IO. Result in a. */
FA_MUST_CHECK int fa_file_walk(struct fa_file_list *out, struct fa_str dir,
	struct fa_arena *a, struct fa_err *err);

/* What a walk leaves out. */
struct fa_file_filter {
	/* Is the file, or the directory below the top, wanted? */
	bool (*keep)(void *ctx, struct fa_str path, bool is_dir);
	/* Called with each directory before what lies in it. */
	int (*enter)(void *ctx, struct fa_str dir, struct fa_err *err);
};
/* The same for what filter wants (NULL: all). */
FA_MUST_CHECK int fa_file_walk_filtered(struct fa_file_list *out,
	struct fa_str dir, const struct fa_file_filter *filter, void *ctx,
	struct fa_arena *a, struct fa_err *err);

#endif
