/* The custody log of a pack, read into what packing and verifying need. */
#ifndef FA_CASE_PACK_LOG_H
#define FA_CASE_PACK_LOG_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "evidence/custody.h"
#include "evidence/merkle.h"
#include "store/store.h"

#define FA_PACK_EVENTS_MAX 1000000 /* of one log */

/* An object that an event names, by first mention. */
struct fa_pack_obj {
	int64_t seq;
	const char *op;
	int64_t t_ms;
	struct fa_str name, mime;
	int64_t bytes;
	struct fa_str sha256, sm3, parent; /* the last two may be absent */
};

/* An exchange that an event binds to its record in an archive. */
struct fa_pack_capture {
	int64_t seq;
	struct fa_str url;
	struct fa_str file; /* below the case: "archive/x.warc.gz"; absent:
			     * there was no answer */
	int64_t offset, length;
	struct fa_str record, block_sha256, payload_sha256;
};

/* A Merkle root over the lines before the event. */
struct fa_pack_checkpoint {
	int64_t seq;
	uint64_t size;      /* lines */
	struct fa_str root; /* hex */
};

/* What came of asking an authority to stamp a checkpoint. */
struct fa_pack_tst {
	int64_t seq;
	int64_t checkpoint;    /* its seq, or 0 */
	struct fa_str state;   /* "confirmed", "pending", ... or absent */
	struct fa_str imprint; /* "sha256", "sm3" */
	struct fa_str token;   /* SHA-256 of the stamp, or absent */
};

struct fa_pack_log {
	struct fa_str text; /* all lines, each with its line feed */
	struct fa_chain chain;
	struct fa_str case_id;         /* or absent */
	struct fa_merkle_hash *leaves; /* of all lines */
	size_t leaves_n, leaves_cap;
	struct fa_pack_obj *objs;
	size_t objs_n, objs_cap;
	struct fa_pack_capture *captures;
	size_t captures_n, captures_cap;
	struct fa_pack_checkpoint *checkpoints;
	size_t checkpoints_n, checkpoints_cap;
	struct fa_pack_tst *tsts;
	size_t tsts_n, tsts_cap;
	/* The root that was asked for last, and the tree. */
	uint64_t root_size, tree_size;
	struct fa_merkle_hash root;
	struct fa_merkle_tree *tree;
};

/* The log of a store up to the last event that is neither an export nor a
 * verification. A broken chain is no failure: log->chain tells. In a. */
FA_MUST_CHECK int fa_pack_log_load(struct fa_pack_log *log, struct fa_store *s,
	struct fa_arena *a, struct fa_err *err);
/* The same from its text, which must outlive the log. */
FA_MUST_CHECK int fa_pack_log_parse(struct fa_pack_log *log, struct fa_str text,
	struct fa_arena *a, struct fa_err *err);

/* The proof that line seq of the log is among those of the newest checkpoint
 * that covers it, else of all lines: a JSON text, appended. */
FA_MUST_CHECK int fa_pack_proof_write(struct fa_buf *out,
	struct fa_pack_log *log, int64_t seq, struct fa_arena *a,
	struct fa_err *err);
/* Does the text prove that a line of the log is where it says, under a root
 * that the log has? *seq is the line; FA_E_INPUT with what is wrong. */
FA_MUST_CHECK int fa_pack_proof_check(int64_t *seq, struct fa_pack_log *log,
	struct fa_str text, struct fa_arena *a, struct fa_err *err);
/* The root of the first size lines. */
FA_MUST_CHECK int fa_pack_log_root(struct fa_merkle_hash *out,
	struct fa_pack_log *log, uint64_t size, struct fa_err *err);
/* The line of an event, which the log has, without line feed. */
struct fa_str fa_pack_log_line(const struct fa_pack_log *log, int64_t seq);
/* Appends the list of objects as CSV. */
FA_MUST_CHECK int fa_pack_objects_csv(struct fa_buf *out,
	const struct fa_pack_log *log, struct fa_arena *a, struct fa_err *err);

#endif
