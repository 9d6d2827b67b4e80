/* The baseline: what was found when a project began to check, and is
 * accepted until it changes. Entries are known by rule and folded text
 * (model/fingerprint.h) and by the path of their file, never by line; a file
 * that is gone lends its entries to others, so that a renamed one stays
 * quiet. JSON, faceaudit-baseline/1, see faceaudit-config(5). */
#ifndef FA_PROJECT_BASELINE_H
#define FA_PROJECT_BASELINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"

#define FA_BASELINE_BYTES (64u << 20)
#define FA_BASELINE_SCHEMA "faceaudit-baseline/1"

struct fa_baseline_entry {
	char print[FA_HASH_HEX_BYTES];
	struct fa_str path; /* as seen from the folder of the baseline; "-":
			     * standard input */
	struct fa_str rule, text;
	uint32_t count;   /* how often it stood there */
	uint32_t used;    /* found again so far */
	bool known, gone; /* gone: its file is no more; once known */
	bool seen;        /* its file was judged in this run */
};

struct fa_baseline {
	struct fa_str file;
	struct fa_str folder;         /* absolute */
	struct fa_baseline_entry *at; /* by print, then path */
	size_t n, cap;
	struct fa_baseline_entry **by_path;
	struct fa_arena *a;
};

/* An empty one for file, which need not exist. All lives in a. */
FA_MUST_CHECK int fa_baseline_init(struct fa_baseline *out, struct fa_str file,
	struct fa_arena *a, struct fa_err *err);
/* Reads one; a file that is none is FA_E_INPUT. */
FA_MUST_CHECK int fa_baseline_read(struct fa_baseline *out, struct fa_str file,
	struct fa_arena *a, struct fa_err *err);
/* Adds the entries of a text to an empty one. */
FA_MUST_CHECK int fa_baseline_parse(
	struct fa_baseline *b, struct fa_str text, struct fa_err *err);
/* Takes an entry for what was found in the file at an absolute path; false
 * when there is none left. print: fa_fingerprint. */
bool fa_baseline_take(
	struct fa_baseline *b, const char *print, struct fa_str path);
/* Marks the entries of a file as judged in this run. */
void fa_baseline_see(struct fa_baseline *b, struct fa_str path);
/* How many entries of judged files were not found again; whole: all files were
 * judged, then those of files that are gone count too. */
size_t fa_baseline_unused(struct fa_baseline *b, bool whole);
/* Adds what was found; text may be absent. */
FA_MUST_CHECK int fa_baseline_add(struct fa_baseline *b, const char *print,
	struct fa_str path, struct fa_str rule, struct fa_str text,
	struct fa_err *err);
/* Makes ready to take from what was added. */
FA_MUST_CHECK int fa_baseline_sort(struct fa_baseline *b, struct fa_err *err);
/* Writes it: sorted, one entry a line, so that versions can be compared. */
FA_MUST_CHECK int fa_baseline_write(
	struct fa_baseline *b, struct fa_buf *out, struct fa_err *err);

#endif
