/* Compares two versions of a document: clauses first, then characters inside
 * the clauses that were reworded, then findings. Takes arrays of clauses;
 * where these come from is no matter of this module.
 *
 * Clauses are compared by their keys. The longest common subsequence is what
 * stayed: greedy after E. W. Myers, "An O(ND) Difference Algorithm and Its
 * Variations", Algorithmica 1 (1986) 251-266, behind what can be told without
 * it (equal ends, clauses that only one side has). What is left is paired:
 * equal words elsewhere are a move; within a place where something changed,
 * and then anywhere, similar words are a rewording.
 *
 * Bounds: the shortest script is found when it has at most
 * FA_DIFF_EDITS_MAX of those clauses that both sides have. Beyond that, and
 * when FA_DIFF_STEPS are used up, clauses that either side has once are
 * anchors, what lies between them is compared piece by piece, each to its
 * FA_DIFF_PIECE_EDITS nearest edits; the result is whole, but `minimal` is
 * false. */
#ifndef FA_DIFF_DIFF_H
#define FA_DIFF_DIFF_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "model/diff.h"

#define FA_DIFF_CLAUSES_MAX (32u << 20) /* on one side */
#define FA_DIFF_EDITS_MAX 4000          /* clauses of the shortest script */
#define FA_DIFF_PIECE_EDITS 256         /* ... of one piece beyond it */
#define FA_DIFF_CHAR_EDITS_MAX 2000     /* words of one pair of clauses */
#define FA_DIFF_STEPS 400000000u        /* comparisons, over all levels */
#define FA_DIFF_PAIR_STEPS 100000000u   /* for finding similar clauses */
#define FA_DIFF_SCRATCH_BYTES ((size_t)2 << 30)

#define FA_DIFF_MOVE_RUNES 6    /* shorter clauses are not seen to move */
#define FA_DIFF_SIMILAR 400     /* thousandths; in the same place */
#define FA_DIFF_SIMILAR_FAR 600 /* ... elsewhere */
#define FA_DIFF_RUN_RUNES 3     /* shorter equal runs join what is around */

/* Compares b with a. Everything in *out lives in arena or is that of a and b,
 * which must outlive it. FA_E_LIMIT beyond FA_DIFF_CLAUSES_MAX, FA_E_NOMEM. */
FA_MUST_CHECK int fa_diff(struct fa_diff *out, struct fa_diff_clauses a,
	struct fa_diff_clauses b, struct fa_arena *arena, struct fa_err *err);

/* A violation in a clause, or a gap. The clause is FA_DIFF_NONE for a gap. */
struct fa_diff_passage {
	uint32_t obligation, rule;
	uint32_t clause;
};

/* How one version was judged. */
struct fa_diff_judged {
	/* By obligation, as many as the bundle has; NULL: it was not judged,
	 * since it was not obtained or cannot be read. */
	const enum fa_verdict *verdicts;
	const struct fa_str *reasons; /* of CANNOT_TELL, by obligation; the
				       * texts and the array may be absent */
	/* By obligation, then by clause; several of one clause count once. */
	const struct fa_diff_passage *passages;
	size_t passages_n;
};

struct fa_diff_compared {
	const struct fa_diff *diff; /* NULL: one side has no text */
	size_t obligations;         /* of the bundle */
	struct fa_diff_judged a, b;
	/* What an earlier judgement of the old version said, by obligation, and
	 * what is different since: rules or reader. NULL: nothing is. */
	const enum fa_verdict *recorded;
	enum fa_diff_cause technical;
	struct fa_str failure; /* why the new version was not judged */
};

struct fa_diff_findings {
	struct fa_diff_finding *at; /* by state, obligation, clause */
	size_t n;
};

/* What became of each violation and gap. Nothing is FIXED by a version that
 * was not judged, nor by one that cannot tell: it is UNKNOWN. tier, gates,
 * confidence, seen_ms and REAPPEARED are left to the caller. The findings
 * live in arena. */
FA_MUST_CHECK int fa_diff_findings(struct fa_diff_findings *out,
	const struct fa_diff_compared *c, struct fa_arena *arena,
	struct fa_err *err);
/* Sorts findings by state, obligation and clause. */
void fa_diff_sort(struct fa_diff_findings *f);

#endif
