/* The store of a sweep: a directory with faceaudit.sqlite (SQLite, WAL) and
 * archive/ (WARC files). One process writes at a time; readers see what was
 * last committed. Rows are described in schema.sql and faceaudit-store(5).
 *
 * Nothing is written to disk before fa_store_commit, and a process that is
 * killed leaves the store as the last commit left it. */
#ifndef FA_STORE_STORE_H
#define FA_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/str.h"
#include "model/capture.h"
#include "model/target.h"

#define FA_STORE_HOPS 5 /* redirects followed from one document */

enum fa_store_mode {
	FA_STORE_READ,  /* must exist; nothing is written */
	FA_STORE_WRITE, /* must exist */
	FA_STORE_CREATE /* made when it does not exist */
};

struct fa_store;

/* Opens the store below dir, and leads it to the newest version of the
 * schema. FA_E_NOTFOUND when there is none, FA_E_USAGE when dir holds
 * something else, FA_E_UNSUPPORTED when it is of a newer version, FA_E_IO when
 * another process is writing to it. */
FA_MUST_CHECK int fa_store_open(struct fa_store **out, struct fa_str dir,
	enum fa_store_mode mode, struct fa_err *err);
void fa_store_close(struct fa_store *s); /* drops what is not committed */
struct fa_str fa_store_dir(const struct fa_store *s);

/* Starts a transaction unless one is open. Whatever writes does that by
 * itself. */
FA_MUST_CHECK int fa_store_begin(struct fa_store *s, struct fa_err *err);
FA_MUST_CHECK int fa_store_commit(struct fa_store *s, struct fa_err *err);

/* Facts about the store as a whole. An unknown name gives fallback, or an
 * absent text. Texts live in a. */
FA_MUST_CHECK int fa_store_meta_int(int64_t *out, struct fa_store *s,
	const char *name, int64_t fallback, struct fa_err *err);
FA_MUST_CHECK int fa_store_meta_set_int(struct fa_store *s, const char *name,
	int64_t value, struct fa_err *err);
FA_MUST_CHECK int fa_store_meta_text(struct fa_str *out, struct fa_store *s,
	const char *name, struct fa_arena *a, struct fa_err *err);
FA_MUST_CHECK int fa_store_meta_set_text(struct fa_store *s, const char *name,
	struct fa_str value, struct fa_err *err);

/* Runs. kind is "crawl" or "audit"; options is JSON. */
FA_MUST_CHECK int fa_store_run_begin(int64_t *run, struct fa_store *s,
	const char *kind, int64_t now_ms, struct fa_str tool,
	struct fa_str options, struct fa_err *err);
FA_MUST_CHECK int fa_store_run_end(
	struct fa_store *s, int64_t run, int64_t now_ms, struct fa_err *err);

/* Adds a target or brings it up to date; *id names it. note says why nothing
 * can be asked for, or is absent. */
FA_MUST_CHECK int fa_store_put_target(int64_t *id, struct fa_store *s,
	const struct fa_target *t, struct fa_str note, struct fa_err *err);

#endif
