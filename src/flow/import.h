/* Recorded and declared flows in the formats of others. Each importer is one
 * file and one line in the table. Recorded trees may be empty, half drawn or
 * image-only: that becomes a gap, never an error and never a pass. */
#ifndef FA_FLOW_IMPORT_H
#define FA_FLOW_IMPORT_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/file.h"
#include "model/flow.h"

#define FA_IMPORT_FILE_BYTES (64u << 20) /* of one input file */
#define FA_IMPORT_FILES 20000            /* of one recording */

struct fa_import_file {
	struct fa_str path; /* as the user gave it */
	struct fa_str name; /* below the folder, "states/state_1.json" */
	struct fa_str text; /* absent: not loaded yet */
};

/* The input: one file, or the files of a folder in order of their names. */
struct fa_import_source {
	struct fa_str path;
	bool folder;
	struct fa_import_file *files;
	size_t n;
	/* Loads the text of a file (no effect when it is there). */
	int (*load)(struct fa_import_file *f, struct fa_arena *a,
		struct fa_err *err);
};

struct fa_importer {
	const char *name;    /* "uiautomator" */
	const char *summary; /* one line for --help and the man page */
	/* Does the source look like this format? It may load files. 1, 0, or
	 * a failure to read. */
	int (*sniff)(const struct fa_import_source *s, struct fa_arena *a,
		struct fa_err *err);
	int (*import)(struct fa_flow **out, const struct fa_import_source *s,
		struct fa_arena *a, struct fa_err *err);
};

/* NULL-terminated; the order is that of sniffing. "flow" (consent-flow/1
 * itself) and "sketch" are among them. */
extern const struct fa_importer *const fa_importers[];
const struct fa_importer *fa_importer_find(struct fa_str name); /* or NULL */

/* The importer whose format the source has, or NULL. */
FA_MUST_CHECK int fa_import_sniff(const struct fa_importer **out,
	const struct fa_import_source *s, struct fa_arena *a,
	struct fa_err *err);
/* Opens, sniffs (as: NULL) and imports. FA_E_UNSUPPORTED when no importer
 * knows the format. Digests of all files that were read are in
 * flow->inputs. */
FA_MUST_CHECK int fa_import(struct fa_flow **out, struct fa_str path,
	const struct fa_importer *as, struct fa_arena *a, struct fa_err *err);
/* The same for a sketch in memory, as the examples of rules are. */
FA_MUST_CHECK int fa_import_sketch(struct fa_flow **out, struct fa_str text,
	struct fa_arena *a, struct fa_err *err);

#endif
