/* Inside of `faceaudit check`: which documents (check_inputs.c), where the
 * reports go (check_outputs.c), what to do with each (cmd_check.c). */
#ifndef FA_TOOLS_CHECK_H
#define FA_TOOLS_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "audit/audit.h"
#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/spill.h"
#include "flow/import.h"
#include "project/ignore.h"
#include "read/read.h"
#include "report/report.h"
#include "tools/commands.h"

#define FA_CHECK_DOC_BYTES ((size_t)3 << 30) /* for judging one subject */
#define FA_CHECK_OUTPUTS 16 /* times that --output may be given */
#define FA_CHECK_REPORT_BYTES ((size_t)1 << 30) /* of one report file */

/* What is judged: a document, or a recorded flow. */
struct fa_check_subject {
	struct fa_str path;
	const struct fa_importer *importer; /* of a flow; NULL: a document */
	bool sniff; /* ... unless its content says that it is a flow */
	bool named; /* by an operand, not met in a folder */
};

struct fa_check_subjects {
	struct fa_check_subject *at;
	size_t n;
	/* What was met in folders and is none: files that this program wrote,
	 * by their first bytes; how many files and folders the settings and
	 * .gitignore leave out. */
	struct fa_str *own;
	size_t own_n, own_cap;
	uint32_t excluded, ignored;
};

/* How operands are taken. */
struct fa_check_inputs {
	const struct fa_importer *as; /* for all, or NULL */
	bool documents;               /* all are documents */
	const struct fa_ignore_set *exclude;
	bool git; /* leave out what .gitignore does */
	struct fa_arena *a;
};

/* Expands operands: a directory becomes its documents and sources with texts
 * of a user interface (by the suffix of their names, XML by its root) and its
 * recorded flows (files .flow .json .xml by their content, folders that an
 * importer claims as a whole) in order of their paths; everything else stays.
 * FA_E_INPUT for a directory without any of them, FA_E_USAGE for a second
 * "-". The list lives in in->a. */
FA_MUST_CHECK int fa_check_inputs(struct fa_check_subjects *out,
	const struct fa_check_inputs *in, char **operands, int n,
	struct fa_err *err);
/* Adds a path to list->own. */
FA_MUST_CHECK int fa_check_inputs_own(struct fa_check_subjects *list,
	struct fa_str path, struct fa_arena *a, struct fa_err *err);
/* Is it an importer that takes nothing unasked ("html")? */
bool fa_check_on_request(const struct fa_importer *importer);

/* Does the importer read what an app's source declares? That is a flow, and its
 * texts are texts. */
bool fa_check_is_source(const struct fa_importer *importer);

/* Judges a subject; a flow lives in a, like all in r. What is wrong with the
 * subject is a failure. */
FA_MUST_CHECK int fa_check_judge(struct fa_result *r,
	const struct fa_audit *audit, const struct fa_check_subject *s,
	const struct fa_read_opts *opts, struct fa_arena *a,
	struct fa_err *err);
/* The same for other bytes than those of its file. */
FA_MUST_CHECK int fa_check_judge_bytes(struct fa_result *r,
	const struct fa_audit *audit, const struct fa_check_subject *s,
	struct fa_str raw, const struct fa_read_opts *opts, struct fa_arena *a,
	struct fa_err *err);
/* Of a result that is empty: why, and what can be done. */
const char *fa_check_why_empty(const struct fa_result *r);
/* Loads the pictures of the screens of r->flow from beside its file. One that
 * is missing, not PNG or JPEG, or not the one that the recording names by its
 * digest is left out; *bad counts those that are there and are not what they
 * should be. They live in a. */
FA_MUST_CHECK int fa_check_pictures(struct fa_report_pictures *out,
	unsigned *bad, const struct fa_result *r, struct fa_arena *a,
	struct fa_err *err);

/* --explain ID: prints what `rules explain ID` prints, and returns the exit
 * status. operands: how many there are; beside an explanation nothing is
 * checked, and a check that did not happen must not look like a clean one. */
int fa_check_explain(
	struct fa_tool *t, const char *rules, const char *id, int operands);

/* What --help says behind the options: the names of all formats. */
void fa_check_help(enum fa_cli_lang lang, struct fa_buf *out);
/* `faceaudit help formats`: the names, and what each is. */
void fa_check_formats(enum fa_cli_lang lang, struct fa_buf *out);
/* The words that --output and --as take, into names, at most max; how many. */
size_t fa_check_output_names(const char **names, size_t max);
size_t fa_check_input_names(const char **names, size_t max);

#define FA_CHECK_ONLY 64 /* times that --only may be given */

struct fa_check_only {
	const char *at[FA_CHECK_ONLY];
	size_t n;
};
FA_MUST_CHECK int fa_check_only_add(
	struct fa_check_only *o, const char *word, struct fa_err *err);
/* Are there such obligations? */
FA_MUST_CHECK int fa_check_only_check(const struct fa_check_only *o,
	const struct fa_bundle *b, struct fa_err *err);
/* Leaves the findings that are wanted, and scores them anew. */
FA_MUST_CHECK int fa_check_only_keep(const struct fa_check_only *o,
	struct fa_result *r, const struct fa_bundle *b, int32_t as_of,
	struct fa_arena *a, struct fa_err *err);

struct fa_check_output {
	const struct fa_writer *writer;
	const char *path; /* NULL: standard output */
	struct fa_report report;
	bool *closed;         /* of all outputs */
	struct fa_buf buf;    /* what a writer wrote last */
	struct fa_spill file; /* what is to become the file */
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
/* Does a report show pictures? */
bool fa_check_outputs_pictures(const struct fa_check_outputs *o);
/* Does one show digests of what is judged? */
bool fa_check_outputs_digests(const struct fa_check_outputs *o);
bool fa_check_outputs_stdout(const struct fa_check_outputs *o);
/* Starts the writers. Reports keep what they need in a. */
FA_MUST_CHECK int fa_check_outputs_begin(struct fa_check_outputs *o,
	const struct fa_bundle *bundle, const struct fa_report_opts *opts,
	struct fa_arena *a, struct fa_err *err);
/* Writes one document to all, with the pictures of its flow; standard output
 * is flushed. */
FA_MUST_CHECK int fa_check_outputs_doc(struct fa_check_outputs *o,
	const struct fa_result *r, const struct fa_report_pictures *pictures,
	struct fa_err *err);
/* Ends all reports and puts the files in place. */
FA_MUST_CHECK int fa_check_outputs_end(struct fa_check_outputs *o,
	const struct fa_report_totals *totals, struct fa_err *err);
/* No report may take the place of another one, nor of a file that is named to
 * be checked: FA_E_USAGE. One that was met in a folder is taken off the list,
 * and moved to own. Paths are compared where links lead. */
FA_MUST_CHECK int fa_check_outputs_places(const struct fa_check_outputs *o,
	struct fa_check_subjects *list, struct fa_arena *a, struct fa_err *err);
void fa_check_outputs_done(struct fa_check_outputs *o);

#endif
