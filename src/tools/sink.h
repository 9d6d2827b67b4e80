/* Where a long report goes: standard output, or a file that takes its place
 * only when it is whole. */
#ifndef FA_TOOLS_SINK_H
#define FA_TOOLS_SINK_H

#include <stdbool.h>
#include <stdio.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/file.h"
#include "base/str.h"

struct fa_sink {
	FILE *file;       /* NULL: standard output */
	const char *path; /* NULL: standard output */
	char temporary[FA_FILE_PATH_BYTES];
	bool closed; /* the reader of standard output has gone away */
};

/* path NULL is standard output. */
FA_MUST_CHECK int fa_sink_open(
	struct fa_sink *s, const char *path, struct fa_err *err);
FA_MUST_CHECK int fa_sink_write(
	struct fa_sink *s, struct fa_str text, struct fa_err *err);
/* Brings the file to the disk and into its place. */
FA_MUST_CHECK int fa_sink_end(struct fa_sink *s, struct fa_err *err);
/* Drops a file that was not ended; safe after it, and when all is zero. */
void fa_sink_done(struct fa_sink *s);

#endif
