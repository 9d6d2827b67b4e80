/* Two versions of a document side by side: which clauses stayed, moved, were
 * reworded, removed or added, and what became of each finding. `diff` fills
 * it, `report` prints it. A clause here is a sentence of the document, the
 * unit that people quote; clauses are counted from 0 here and from 1 wherever
 * they are printed. */
#ifndef FA_MODEL_DIFF_H
#define FA_MODEL_DIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/str.h"
#include "model/capture.h"
#include "model/doc.h"
#include "model/finding.h"
#include "model/rule.h"

#define FA_DIFF_NONE UINT32_MAX /* "no clause" */

struct fa_diff_clause {
	struct fa_str key;  /* what is compared: normalised text */
	struct fa_str text; /* what is shown: UTF-8, as a reader sees it */
	/* For the reader only; all zero when not known. */
	struct fa_str section; /* heading it stands under, or absent */
	struct fa_range raw;   /* bytes of the original */
	struct fa_position at; /* of its first character; line 0: unknown */
	bool heading;
};

struct fa_diff_clauses {
	const struct fa_diff_clause *at;
	size_t n;
};

enum fa_diff_kind {
	FA_DIFF_SAME,
	FA_DIFF_MOVED,    /* the same words elsewhere */
	FA_DIFF_REWORDED, /* in its place; with `moved` elsewhere */
	FA_DIFF_REMOVED,
	FA_DIFF_ADDED
};
#define FA_DIFF_KIND_COUNT 5

/* A part of two texts: bytes of the old one against bytes of the new one.
 * The runs of a pair lie end to end on both sides. same: the bytes are equal;
 * else either side may be empty, not both. */
struct fa_diff_run {
	bool same;
	struct fa_range a, b;
};

/* What became of a clause, seen from its own side. */
struct fa_diff_fate {
	enum fa_diff_kind kind;
	bool moved;    /* MOVED, or REWORDED and not in its place */
	uint32_t peer; /* the clause on the other side, or FA_DIFF_NONE */
	uint32_t row;  /* of fa_diff.rows in which it stands */
};

/* One line of the comparison. The a of all rows, read downwards, are the
 * clauses of the old side without gap, the b those of the new one. A clause
 * that moved has a row on each side. */
struct fa_diff_row {
	enum fa_diff_kind kind;
	bool moved;    /* one side only; the other clause is peer */
	bool retyped;  /* SAME or MOVED, but written with other widths, blanks
			* or characters that are matched alike */
	uint32_t a, b; /* clause, or FA_DIFF_NONE */
	uint32_t peer; /* moved: on the side where this row has none */
	/* REWORDED: from the text of the old clause to that of the new one. */
	const struct fa_diff_run *runs;
	size_t runs_n;
};

struct fa_diff {
	struct fa_diff_clauses a, b; /* old, new */
	struct fa_diff_row *rows;
	size_t rows_n;
	struct fa_diff_fate *of_a, *of_b; /* by clause */
	/* Pairs for SAME, MOVED and REWORDED, clauses for the others. */
	uint32_t counts[FA_DIFF_KIND_COUNT];
	uint32_t retyped; /* pairs of SAME and MOVED */
	uint32_t moved;   /* pairs, reworded ones included */
	uint32_t script;  /* clauses removed and added before pairing */
	uint64_t chars_deleted, chars_inserted; /* in reworded pairs */
	/* False: too much differs for the shortest script or the best pairs,
	 * and a longer one is shown; both sides are whole all the same. */
	bool minimal;
};

enum fa_diff_state {
	FA_DIFF_NEW,
	FA_DIFF_REAPPEARED, /* new, and seen before the old version */
	FA_DIFF_STATE_REWORDED,
	FA_DIFF_STATE_MOVED,
	FA_DIFF_UNCHANGED,
	FA_DIFF_UNKNOWN, /* was there; the new version does not tell */
	FA_DIFF_FIXED
};
#define FA_DIFF_STATE_COUNT 7

enum fa_diff_cause {
	FA_DIFF_CAUSE_NONE,      /* nothing changed */
	FA_DIFF_CAUSE_SOURCE,    /* the text */
	FA_DIFF_CAUSE_EXTRACTOR, /* how this program reads it */
	FA_DIFF_CAUSE_RULES,     /* the rules, or the date they are applied */
	FA_DIFF_CAUSE_BOTH,      /* extractor and rules */
	FA_DIFF_CAUSE_CAPTURE    /* the new capture failed */
};
#define FA_DIFF_CAUSE_COUNT 6

/* A violation in one clause, or a gap of the whole document. */
struct fa_diff_finding {
	uint32_t obligation, rule; /* of the bundle; rule may be NONE */
	enum fa_verdict was, now;  /* of the obligation in both versions */
	enum fa_diff_state state;
	enum fa_diff_cause cause;
	enum fa_tier tier;
	uint32_t confidence; /* thousandths */
	bool gates;          /* it reaches --fail-on */
	uint32_t a, b;       /* clauses, or FA_DIFF_NONE */
	/* The quoted clause as a reader sees it: of the new version, else of
	 * the old one; absent for a gap. */
	struct fa_str text;
	struct fa_str reason; /* UNKNOWN: why; or absent */
	int64_t seen_ms;      /* REAPPEARED: last time; 0: not known */
};

/* One version as it was obtained. */
struct fa_diff_version {
	struct fa_str name;  /* path or URL */
	struct fa_str title; /* or absent */
	int64_t at_ms;       /* captured, UTC; 0: a file */
	int64_t bytes;       /* content coding removed */
	char sha256[FA_HASH_HEX_BYTES], sm3[FA_HASH_HEX_BYTES]; /* of them */
	char payload[FA_HASH_HEX_BYTES]; /* SHA-256 as it came, or "" */
	struct fa_str encoding;
	/* OK, or why there is no text to compare. */
	enum fa_outcome outcome;
	struct fa_str detail; /* or absent */
	bool judged;
	struct fa_score score; /* when judged */
};

/* Everything about one document. */
struct fa_diff_doc {
	struct fa_str role; /* name of the role, or absent */
	struct fa_diff_version a, b;
	/* Of the same bytes; there is a comparison all the same. */
	bool same_bytes;
	const struct fa_diff *diff;       /* NULL: one version has no text */
	struct fa_diff_finding *findings; /* by state, then as in the bundle */
	size_t findings_n;
	uint32_t states[FA_DIFF_STATE_COUNT];
	uint32_t gating; /* new or reappeared, and gates */
	/* What else than the text changed findings since an earlier judgement
	 * of the old version; NONE: nothing did. */
	enum fa_diff_cause technical;
};

const char *fa_diff_kind_name(enum fa_diff_kind k);   /* "reworded" */
const char *fa_diff_state_name(enum fa_diff_state s); /* "reappeared" */
const char *fa_diff_cause_name(enum fa_diff_cause c); /* "capture-failure" */

#endif
