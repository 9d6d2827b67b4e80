/* What left a case: a pack, a report. When it is written, the log of the case
 * gets an event of op "export" behind everything that it holds:
 *
 *     objs    the files that were written, with their digests
 *     detail  {"kind":"pack","events":N,"head":"sha256:HEX"|null, ...}
 *             kind, and how far the log reached that went into it
 *
 * Such an event tells what became of copies, not of the evidence, and what it
 * tells of cannot hold it. So exports and verifications behind the last other
 * event are left out of what is exported next (fa_export_end): the same case
 * gives the same pack, however often it was packed. As soon as anything else
 * is logged, they are part of what is before it. */
#ifndef FA_CASE_PACK_EXPORT_H
#define FA_CASE_PACK_EXPORT_H

#include "base/json.h"
#include "case/session.h"
#include "evidence/custody.h"
#include "store/store.h"

#define FA_EXPORT_FILES_MAX 8 /* of one export */

struct fa_export_file {
	struct fa_str name, mime; /* name: without folders */
	struct fa_str path;       /* where it was written */
};

struct fa_export {
	const char *kind; /* "pack", "dossier" */
	/* Who did it; an absent id is that of the user of the system. */
	struct fa_custody_actor actor;
	struct fa_session_tool tool;
	int64_t events;     /* of the log that went into it */
	struct fa_str head; /* SHA-256 of the last of them, or absent */
	const struct fa_export_file *files;
	size_t files_n; /* up to FA_EXPORT_FILES_MAX */
	/* Adds members to detail, which is open; may be NULL. */
	void (*more)(void *ctx, struct fa_jw *w);
	void *ctx;
};

/* Writes the event into the log of the case in dir, and commits; *seq (may be
 * NULL) is its number. Digests are those of the files as they are now.
 * FA_E_USAGE when dir is no case; failures of opening it for writing: a case
 * that is kept read-only, or is being written, cannot be told. */
FA_MUST_CHECK int fa_export_log(int64_t *seq, struct fa_str dir,
	const struct fa_export *x, struct fa_err *err);

/* Number of the last event of a log that is neither export nor verification:
 * up to it the log is evidence. 0: there is none. */
FA_MUST_CHECK int fa_export_end(
	int64_t *seq, struct fa_store *s, struct fa_err *err);

#endif
