/* The state of judging one document, shared by the files of match. */
#ifndef FA_MATCH_SCAN_H
#define FA_MATCH_SCAN_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/re.h"
#include "match/match.h"
#include "match/words.h"
#include "model/doc.h"
#include "model/finding.h"
#include "model/rule.h"

struct fa_matcher {
	const struct fa_bundle *bundle;
	struct fa_arena arena;
	const struct fa_word_table *words;
	/* Per pattern, compiled when first needed. Shared by the matchers that
	 * were made of this one; what is there is only read. */
	_Atomic(struct fa_re *) *re;
	bool shares; /* they are those of another */
	struct fa_re_scratch *scratch;
	struct fa_vocab *vocab; /* made when first needed */
	bool *far;              /* per rule: decides nothing on short texts */
};

struct fa_phit { /* one match of a pattern */
	struct fa_range text;
	uint32_t sentence;
	enum fa_polarity polarity; /* of the clause in which it ends */
};

struct fa_phits {
	bool done;
	bool limited;       /* a limit ended the search: hits may be missing */
	struct fa_phit *at; /* by text.from */
	size_t n, cap;
};

struct fa_scan {
	struct fa_matcher *m;
	const struct fa_doc *doc;
	const struct fa_match_flow *flow; /* NULL: a document */
	struct fa_arena *a;
	struct fa_err *err;
	struct fa_words *words;
	enum fa_polarity *polarity; /* per clause */
	struct fa_phits *hits;      /* per pattern */
	unsigned char *mark;        /* per sentence: candidate of a rule */
	struct fa_range *rows;  /* per block: its table row, once asked for */
	struct fa_range *lists; /* per block: its list or table, likewise */
	struct fa_posting scopes[FA_SCOPE_COUNT]; /* sentences of the class */
	bool limited; /* a pattern of the rule under evaluation was limited */
	bool scope_limited; /* a scope rule was: classes may be missing */
	uint32_t limits_hit;
};

FA_MUST_CHECK int fa_scan_init(struct fa_scan *s, struct fa_matcher *m,
	const struct fa_doc *doc, struct fa_arena *a, struct fa_err *err);

/* All hits of a pattern in the document, searched once. Sets s->limited when
 * they may be incomplete. */
FA_MUST_CHECK int fa_scan_pattern(
	const struct fa_phits **out, struct fa_scan *s, uint32_t pattern);

/* A region: up to FA_REGION_PARTS ranges of text. */
#define FA_REGION_PARTS 6
struct fa_area {
	struct fa_range part[FA_REGION_PARTS];
	size_t n;
};

/* The region around a sentence (or, for FA_REGION_CLAUSE, the clause). */
void fa_scan_area(struct fa_area *out, const struct fa_scan *s,
	enum fa_region region, uint32_t near, uint32_t sentence,
	struct fa_range clause);

/* The clause of a sentence in which the character before end stands. */
uint32_t fa_scan_clause(
	const struct fa_doc *doc, uint32_t sentence, uint32_t end);

/* Does one of the sentences of p reach into text? */
bool fa_scan_posted_in(const struct fa_scan *s, const struct fa_posting *p,
	struct fa_range text);

struct fa_fire {
	uint32_t sentence;
	struct fa_range text; /* whole clauses around what matched */
	bool exculpated;      /* an `unless` held */
};

struct fa_fires {
	struct fa_fire *at;
	size_t n, cap;
	bool limited;
};

/* Every sentence (or clause) on which the rule's find holds, in text order;
 * those called off by unless are marked. */
FA_MUST_CHECK int fa_scan_rule(
	struct fa_fires *out, struct fa_scan *s, const struct fa_rule *rule);

/* Runs the scope rules: fills s->scopes and m's scopes and mentions. */
FA_MUST_CHECK int fa_scan_scopes(struct fa_match *m, struct fa_scan *s);

/* The verdict on every obligation, from the rules that fire. */
FA_MUST_CHECK int fa_scan_decide(
	struct fa_match *m, struct fa_scan *s, int32_t as_of);

#endif
