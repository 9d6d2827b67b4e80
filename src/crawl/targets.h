/* Lists of targets: CSV (RFC 4180), TSV, JSON lines. See faceaudit-targets(5).
 */
#ifndef FA_CRAWL_TARGETS_H
#define FA_CRAWL_TARGETS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "model/target.h"

#define FA_TARGETS_BYTES (1u << 30)       /* of a list */
#define FA_TARGETS_FIELD_BYTES (8u << 10) /* of one field */
#define FA_TARGETS_PROBLEMS 10000         /* kept; more are only counted */

struct fa_targets_problem {
	uint32_t line;
	struct fa_str message;
};

struct fa_targets {
	struct fa_target *at;
	size_t n, cap;
	struct fa_targets_problem *problems; /* rows left out, or remarks */
	size_t problems_n, problems_cap;
	size_t bad; /* rows left out */
};

/* Reads a list whose form is told by its name (.csv .tsv .jsonl .ndjson) and,
 * failing that, by its first line. UTF-8, also with a BOM; a list in another
 * encoding is FA_E_INPUT that names it. Bad rows become problems, the others
 * are targets; a list without any usable header is FA_E_INPUT. Each target
 * has its key: "store:package", else "app:" with the app's name and its URLs'
 * digest, as faceaudit-targets(5) says; a key that comes again is a problem.
 * Everything lives in a and in text. */
FA_MUST_CHECK int fa_targets_read(struct fa_targets *out, struct fa_str text,
	struct fa_str name, struct fa_arena *a, struct fa_err *err);

#endif
