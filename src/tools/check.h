/* Inside of `faceaudit check`: which documents (check_inputs.c), where the
 * reports go (check_outputs.c), what to do with each (cmd_check.c). */
#ifndef FA_TOOLS_CHECK_H
#define FA_TOOLS_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "report/report.h"

#define FA_CHECK_OUTPUTS 16 /* times that --output may be given */
#define FA_CHECK_REPORT_BYTES ((size_t)1 << 30) /* of one report file */

/* Expands operands: a directory becomes its documents (.html .htm .xhtml .md
 * .markdown .txt) in order of their paths, everything else stays. FA_E_INPUT
 * for a directory without any document, FA_E_USAGE for a second "-". The list
 * lives in a. */
FA_MUST_CHECK int fa_check_inputs(struct fa_file_list *out, char **operands,
	int n, struct fa_arena *a, struct fa_err *err);

struct fa_check_output {
	const struct fa_writer *writer;
	const char *path; /* NULL: standard output */
	struct fa_report report;
	struct fa_buf buf;
};

struct fa_check_outputs {
	struct fa_check_output at[FA_CHECK_OUTPUTS];
	size_t n;
	bool closed; /* the reader of standard output has gone away */
};

/* Adds FORMAT or FORMAT:FILE; FA_E_USAGE for an unknown format, for too many
 * and for a second one on standard output or to the same file. */
FA_MUST_CHECK int fa_check_outputs_add(
	struct fa_check_outputs *o, const char *word, struct fa_err *err);
bool fa_check_outputs_stdout(const struct fa_check_outputs *o);
/* Starts the writers. Reports keep what they need in a. */
FA_MUST_CHECK int fa_check_outputs_begin(struct fa_check_outputs *o,
	const struct fa_bundle *bundle, const struct fa_report_opts *opts,
	struct fa_arena *a, struct fa_err *err);
/* Writes one document to all; standard output is flushed. */
FA_MUST_CHECK int fa_check_outputs_doc(struct fa_check_outputs *o,
	const struct fa_result *r, struct fa_err *err);
/* Ends all reports and puts the files in place. */
FA_MUST_CHECK int fa_check_outputs_end(struct fa_check_outputs *o,
	const struct fa_report_totals *totals, struct fa_err *err);
void fa_check_outputs_done(struct fa_check_outputs *o);

#endif
