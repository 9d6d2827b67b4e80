/* Inside of `faceaudit diff`: from two versions of a document to what became
 * of its clauses and findings. Versions are files (diff_files.c) or captures
 * in a store (diff_store.c). */
#ifndef FA_TOOLS_DIFFING_H
#define FA_TOOLS_DIFFING_H

#include "audit/audit.h"
#include "diff/diff.h"
#include "evidence/payload.h"
#include "model/diff.h"
#include "store/store.h"
#include "tools/commands.h"

#define FA_DIFFING_BYTES ((size_t)3 << 30) /* for one document */
#define FA_DIFFING_EARLIER_MAX 20          /* versions before the old one */
#define FA_DIFFING_EARLIER_BYTES ((size_t)1 << 30) /* for one of them */
#define FA_DIFFING_LOADS_MAX 64 /* captures looked at for one with a text */
#define FA_DIFFING_DOCUMENTS_MAX 1000 /* of one target */

/* How everything is judged. */
struct fa_diffing {
	struct fa_tool *tool;
	const struct fa_bundle *bundle;
	struct fa_matcher *matcher;
	int32_t as_of;
	enum fa_tier fail_tier;
	enum fa_severity fail_severity;
	bool fail_never;
	/* Of files. */
	struct fa_read_opts read;
	/* Of a store; INT64_MIN: not given. */
	int64_t from_ms, to_ms;
	struct fa_store *store;
	struct fa_payload_source source;
	/* The outcome. */
	struct fa_diff_doc *docs;
	size_t docs_n;
};

/* One version, read and judged. */
struct fa_diffing_side {
	struct fa_diff_version v;
	struct fa_diff_clauses clauses;
	struct fa_diff_judged judged;
	const struct fa_decision *decisions; /* by obligation */
};

/* Fills s->clauses, judged and the parts of s->v that come from reading. doc
 * was read, and has to live as long as a. */
FA_MUST_CHECK int fa_diffing_judge(struct fa_diffing_side *s,
	const struct fa_diffing *x, struct fa_doc *doc, struct fa_arena *a,
	struct fa_err *err);
/* Names the bytes of a version: their number and digests. */
FA_MUST_CHECK int fa_diffing_digests(
	struct fa_diff_version *v, struct fa_str bytes, struct fa_err *err);

/* What an earlier judgement said of the old version, by obligation. */
struct fa_diffing_past {
	const enum fa_verdict *verdicts; /* NULL: none, or nothing differs */
	enum fa_diff_cause technical;
};
/* Compares; b->judged.verdicts NULL: it has no text. Everything lives in a. */
FA_MUST_CHECK int fa_diffing_compare(struct fa_diff_doc *out,
	const struct fa_diffing *x, const struct fa_diffing_side *a_side,
	const struct fa_diffing_side *b_side,
	const struct fa_diffing_past *past, struct fa_arena *a,
	struct fa_err *err);
/* Counts states and what gates, after which findings are sorted. */
void fa_diffing_count(struct fa_diff_doc *d);

/* Two files: x->docs is one document, in a. */
FA_MUST_CHECK int fa_diffing_files(struct fa_diffing *x, const char *old_path,
	const char *new_path, struct fa_arena *a, struct fa_err *err);
/* A URL, or each document of a target, of the store that is open. *alone
 * counts those of which only one version was seen, which are left out. */
FA_MUST_CHECK int fa_diffing_store(struct fa_diffing *x, const char *name,
	unsigned *alone, struct fa_arena *a, struct fa_err *err);

/* "2026-11-21" (the end of that day in China) or "2026-11-21T08:00:00Z", with
 * a fraction of at most milliseconds or an offset as +08:00 if wanted. */
FA_MUST_CHECK int fa_diffing_time(
	int64_t *ms_utc, const char *word, struct fa_err *err);

#endif
