/* What the audit of one document produced. `match` fills hits (text ranges);
 * `audit` turns them into evidence (quotes and places in the original) and
 * adds confidence and score; `report` prints. */
#ifndef FA_MODEL_FINDING_H
#define FA_MODEL_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/str.h"
#include "model/doc.h"
#include "model/flow.h"
#include "model/rule.h"
#include "model/waiver.h"

#define FA_FINDING_EVIDENCE_MAX 8   /* passages kept per obligation and side */
#define FA_FINDING_QUOTE_BYTES 2000 /* longest quote; longer ones are cut */

/* A rule fired (or its exculpatory condition held) on a passage. */
struct fa_hit {
	uint32_t rule;
	struct fa_range
		text; /* the passage that decided, one clause or sentence */
	uint32_t sentence; /* in which it stands */
	bool exculpates;   /* an `unless` held here: the rule was called off */
};

/* The verdict on one obligation, before evidence is cut. */
struct fa_decision {
	uint32_t obligation;
	enum fa_verdict verdict;
	uint32_t rule; /* that decided (also the gap rule), or FA_RULE_NONE */
	struct fa_str
		reason; /* for CANNOT_TELL by an engine limit; else absent */
	struct fa_hit *hits; /* of all rules of the obligation, in text order */
	size_t hits_n;
};

struct fa_mention {
	int scope; /* enum fa_scope, or -1: a face word without a class */
	uint32_t rule;
	uint32_t sentence;
	struct fa_range text; /* the face word */
};

/* One use of the face: a purpose, the mentions that name it, the passages that
 * belong to it. */
#define FA_MATCH_USE_HITS 400 /* passages kept for one use */
struct fa_match_use {
	uint32_t lexicon;   /* use_*; FA_RULE_NONE: no purpose is named */
	uint32_t *mentions; /* indices, in text order */
	size_t mentions_n, mentions_cap;
	struct fa_hit *hits; /* grouped by obligation, none exculpated */
	size_t hits_n, hits_cap;
	bool near; /* of the passage just looked at */
};

struct fa_match {
	uint32_t scopes;             /* set of FA_SCOPE_BIT over the document */
	struct fa_mention *mentions; /* in text order */
	size_t mentions_n;
	struct fa_decision *decisions; /* one per obligation of the bundle */
	size_t decisions_n;
	struct fa_match_use *uses; /* in order of first mention */
	size_t uses_n;
	uint32_t limits_hit; /* engine limits reached; 0 is normal */
};

/* Where in a source a passage of a declared flow stands. */
struct fa_source_spot {
	struct fa_str file;
	struct fa_range raw;
	struct fa_position from, to;
};

/* A passage in the original. */
struct fa_evidence {
	uint32_t rule;
	struct fa_range raw; /* bytes of the original */
	struct fa_position from,
		to; /* to: position behind the last character */
	struct fa_str
		quote;      /* raw decoded to UTF-8, markup and all, verbatim */
	struct fa_str text; /* the same passage as a reader sees it, one line */
	struct fa_str
		before; /* readable text before it in its sentence/block */
	struct fa_str after;
	struct fa_str section; /* heading it stands under, or absent */
	bool cut;              /* the passage was longer than the limit */
	/* Of a flow: where on which screen, and the taps that lead there.
	 * Bytes, line and column are then those of the transcript. NULL: a
	 * document. */
	const struct fa_flow_place *place;
	struct fa_str note; /* of a fact: "face 2 taps, other way 7", or
			     * absent */
	const struct fa_source_spot *spot; /* of a declared flow; or NULL */
	bool declared; /* of a document: it rests on a screen that the source
			* declares */
};

enum fa_tier { FA_TIER_LEAD, FA_TIER_PROBABLE, FA_TIER_ESTABLISHED };
#define FA_TIER_COUNT 3
const char *fa_tier_name(enum fa_tier t);
int fa_tier_parse(struct fa_str s);

/* One obligation of one document, ready to print. */
struct fa_finding {
	uint32_t obligation;
	enum fa_verdict verdict;
	uint32_t rule;       /* or FA_RULE_NONE */
	uint32_t confidence; /* thousandths: precision of the rule */
	enum fa_tier tier;
	struct fa_str reason; /* or absent */
	uint32_t *rules; /* all that fired for the verdict, rule included */
	size_t rules_n;
	struct fa_evidence *pro; /* for the verdict, in text order */
	size_t pro_n;
	struct fa_evidence *contra; /* against it; see audit.c */
	size_t contra_n;
	/* The project accepts it; NULL: it stands. Where only some passages of
	 * an obligation are accepted, they are a finding of their own behind
	 * the others, with the same obligation and verdict. */
	const struct fa_waiver *waiver;
};

/* What the text says about one use on one obligation. */
struct fa_use_point {
	uint32_t obligation;
	enum fa_verdict verdict; /* highest of the passages that belong to it */
	struct fa_evidence evidence; /* one of them */
};

/* A comment to this tool in a document, and what it speaks for. */
struct fa_said {
	struct fa_str text;
	uint32_t line;          /* where it stands */
	struct fa_range covers; /* bytes of the original: the text behind it,
				 * or that of its line */
};

/* One use of the face, ready to print. */
struct fa_use {
	struct fa_str name; /* of the lexicon, "use_login"; absent: unnamed */
	struct fa_evidence *mentions; /* up to FA_FINDING_USE_MENTIONS */
	size_t mentions_n;
	size_t mentions_all;         /* how many there are */
	struct fa_use_point *points; /* in bundle order */
	size_t points_n;
};
#define FA_FINDING_USE_MENTIONS 3

/* Score frx-1 (faceaudit-method(7)). 10^9 stands for 100 points. */
struct fa_score {
	int64_t hi, lo;       /* 0 .. 1000000000 */
	uint32_t coverage_bp; /* hundredths of a per cent, 0..10000 */
	char grade;           /* A B C D E U, or N when nothing applies */
	struct fa_str vector;
};

/* Where one document of an app breaks or meets an obligation. */
struct fa_app_side {
	struct fa_str document; /* absent: no document does */
	struct fa_position at;  /* line 0: in a flow */
	struct fa_str text;     /* the passage as a reader sees it */
	uint32_t rule;
};

/* One obligation over all documents and flows of an app, its parts included:
 * broken when one breaks it, met
 * when one meets it. Both at once is a contradiction between documents. */
struct fa_app_point {
	enum fa_verdict verdict;
	/* Of the finding that stands for it: of those with this verdict the
	 * one with the highest confidence, the first of equals. */
	uint32_t rule; /* or FA_RULE_NONE */
	uint32_t confidence;
	struct fa_str reason; /* or absent */
	bool deferred;  /* a flow left it to documents, all silent so far */
	bool gap_gates; /* a document's silence would reach --fail-on */
	struct fa_app_side breaks, meets;
};

struct fa_app {
	struct fa_str name;
	const struct fa_bundle *bundle;
	uint32_t documents;          /* judged */
	uint32_t scopes;             /* of all documents together */
	struct fa_app_point *points; /* one per obligation of the bundle */
	size_t points_n;
};

struct fa_result {
	struct fa_str name; /* path as given */
	/* The subject is a flow, not a document: its evidence has places; raw
	 * is the transcript. NULL: a document. */
	const struct fa_flow *flow;
	bool unread; /* of a flow: a screen before a capture is not seen into */
	struct fa_str title; /* or absent */
	size_t raw_bytes;
	char sha256[FA_HASH_HEX_BYTES];
	char sm3[FA_HASH_HEX_BYTES]; /* empty: not asked for */
	enum fa_encoding encoding;
	enum fa_format format;
	bool loose; /* texts of a user interface; see struct fa_doc */
	uint32_t bad_bytes;
	struct fa_str notice; /* or absent */
	bool partial;         /* some of it may be unread; notice says why */
	bool empty; /* a document of running text, and nothing is visible */
	/* Places are those of a text that was made of the document, in this
	 * way; or absent. The digests are those of the document. */
	struct fa_str derived;
	uint32_t scopes;
	struct fa_evidence *scope_evidence; /* one per class that occurs */
	int *scope_of;                      /* its class */
	size_t scope_evidence_n;
	struct fa_use *uses; /* uses of the face, in order of first mention */
	size_t uses_n;
	struct fa_finding *findings; /* one per obligation, in bundle order;
				      * behind them what is accepted */
	size_t findings_n;
	uint32_t counts[FA_VERDICT_COUNT]; /* without what is accepted */
	struct fa_said *said;              /* in text order */
	size_t said_n;
	struct fa_score score;
	struct fa_str error; /* present: the document was not judged, and why */
};

#endif
