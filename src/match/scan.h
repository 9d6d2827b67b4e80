/* The state of judging one document, shared by the files of match. */
#ifndef FA_MATCH_SCAN_H
#define FA_MATCH_SCAN_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/bits.h"
#include "base/err.h"
#include "base/re.h"
#include "match/match.h"
#include "match/program.h"
#include "match/words.h"
#include "model/doc.h"
#include "model/finding.h"
#include "model/rule.h"
#include "rules/rules.h"

#define FA_BOUND_ROWS (FA_RULES_DEPTH + 4)
#define FA_PURPOSES_MAX 64 /* lexicons named use_* */

struct fa_matcher {
	const struct fa_bundle *bundle;
	struct fa_arena arena;
	const struct fa_word_table *words;
	struct fa_words_notes *notes;
	/* Of the document at hand: decoded sentences, rows of lexicons. */
	struct fa_arena texts, rows;
	/* Per pattern, compiled when first needed. Shared by the matchers that
	 * were made of this one; what is there is only read. */
	_Atomic(struct fa_re *) *re;
	bool shares; /* they are those of another */
	struct fa_re_scratch *scratch;
	struct fa_program_scratch
		*machine;       /* NULL: the bundle has no programs */
	struct fa_vocab *vocab; /* made when first needed */
	bool *far;              /* per rule: decides nothing on short texts */
	/* Rules with something to find, ascending: those of obligation i are
	 * duty[duty_from[i]] to duty[duty_from[i + 1] - 1]. */
	uint32_t *duty, *duty_from;
	uint32_t *scope, scope_n;          /* scope rules, ascending */
	uint32_t purpose[FA_PURPOSES_MAX]; /* lexicons that name uses */
	size_t purposes_n;
};

struct fa_phit { /* one match of a pattern */
	struct fa_range text;
	uint32_t clause; /* in which it ends */
};

/* The matches of a pattern in one sentence, at least one: as many as somebody
 * asked for. */
struct fa_unit {
	uint32_t sentence;
	uint32_t hits_n, hits_cap;
	uint32_t next; /* where the search for more goes on; FA_UNIT_DONE */
	struct fa_phit *hits; /* by text.from */
};
#define FA_UNIT_DONE UINT32_MAX

struct fa_phits {             /* of one pattern */
	struct fa_arena *a;   /* where they live */
	struct fa_unit *unit; /* sentences with matches, ascending */
	size_t units_n, cap;
	size_t near;  /* the unit asked for last, or the next one */
	size_t found; /* matches in all of them, so far */
	bool limited; /* a limit ended a search: matches may be missing */
	bool nowhere; /* no sentence has the words; `may' is not there */
	/* One bit per sentence: it has the words that the pattern needs, and
	 * was not searched in vain. */
	uint64_t may[];
};

/* Whether a sentence may hold a question. */
enum fa_asks { FA_ASKS_UNKNOWN, FA_ASKS_NOTHING, FA_ASKS_MAYBE };

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

struct fa_scan {
	struct fa_matcher *m;
	const struct fa_doc *doc;
	const struct fa_match_flow *flow; /* NULL: a document */
	struct fa_arena *a;
	struct fa_err *err;
	struct fa_words *words;
	enum fa_polarity *polarity; /* per clause; ANY: not judged yet */
	struct fa_phits **hits;     /* per pattern; NULL: not asked for yet */
	struct fa_phits *nowhere;   /* those of all that match nowhere */
	unsigned char *asks;        /* per sentence: enum fa_asks */
	uint64_t *bounds; /* FA_BOUND_ROWS rows, to work out where a rule may
			   * hold */
	uint64_t *picked; /* row of the sentences to try, while a rule runs */
	struct fa_fires fires;   /* of the last rule */
	struct fa_runes **runes; /* per sentence, while it is decoded */
	struct fa_text *decoded; /* these, the newest first */
	/* Of a long document, per pattern: an arena of its own, and how often
	 * rules that are still to come ask for it. Else NULL. */
	struct fa_arena *own;
	uint32_t *asked;
	struct fa_range *rows;  /* per block: its table row, once asked for */
	struct fa_range *lists; /* per block: its list or table, likewise */
	uint32_t *first; /* per block and behind the last: its first sentence,
			  * or that of the next one that has any */
	/* Rows of the sentences of each class; NULL: there is none. */
	uint64_t *scopes[FA_SCOPE_COUNT];
	bool limited; /* a pattern of the rule under evaluation was limited */
	bool scope_limited; /* a scope rule was: classes may be missing */
	uint32_t limits_hit;
	size_t row_n;  /* words of a row of bits, one for each sentence */
	uint64_t work; /* that may still be done, FA_MATCH_WORK_BYTES */
};

/* fa_scan_done frees what does not live in a, also after failure. */
FA_MUST_CHECK int fa_scan_init(struct fa_scan *s, struct fa_matcher *m,
	const struct fa_doc *doc, struct fa_arena *a, struct fa_err *err);
void fa_scan_done(struct fa_scan *s);

/* Where the matches of a pattern are to live. */
struct fa_arena *fa_scan_arena(const struct fa_scan *s, uint32_t pattern);
/* A place to decode a sentence to, with memory in s->m->texts; others may be
 * gone then. NULL when memory is out. */
struct fa_runes *fa_scan_text(struct fa_scan *s, uint32_t sentence);
/* A rule was evaluated: patterns that no other one asks for are forgotten. */
void fa_scan_let_go(struct fa_scan *s, const struct fa_rule *rule);
/* For fa_scan_init. */
FA_MUST_CHECK int fa_scan_long(struct fa_scan *s);

/* May the pattern match anywhere in the document? */
bool fa_scan_may_match(const struct fa_scan *s, uint32_t pattern);

/* Works out in which sentences a pattern may match. */
FA_MUST_CHECK int fa_scan_begin(
	struct fa_phits **out, struct fa_scan *s, uint32_t pattern);

/* The sentences in which a pattern may match. *out lives as long as s. */
FA_MUST_CHECK static inline int
fa_scan_pattern(struct fa_phits **out, struct fa_scan *s, uint32_t pattern)
{
	*out = s->hits[pattern];
	return *out ? FA_OK : fa_scan_begin(out, s, pattern);
}

static inline bool
fa_scan_may(const struct fa_phits *h, uint32_t sentence)
{
	return !h->nowhere && fa_bits_has(h->may, sentence);
}

/* The first sentence from the given one on in which the pattern may match, or
 * one that the document does not have. */
uint32_t fa_scan_next(
	const struct fa_scan *s, const struct fa_phits *h, uint32_t sentence);

/* Searches a sentence in which the pattern may match. *out is NULL when it
 * does not, else valid until the next search. Sets s->limited when matches may
 * be missing. */
FA_MUST_CHECK int fa_scan_search(struct fa_unit **out, struct fa_scan *s,
	struct fa_phits *h, uint32_t pattern, uint32_t sentence);
/* Adds the next match to a unit: 1, or 0 when there are no more. */
FA_MUST_CHECK int fa_scan_more(struct fa_scan *s, struct fa_phits *h,
	uint32_t pattern, struct fa_unit *u);

enum fa_polarity fa_scan_polarity(
	struct fa_scan *s, const struct fa_phit *hit, uint32_t sentence);

/* Does a hit stand in a question? */
bool fa_scan_is_asked(
	struct fa_scan *s, const struct fa_phit *hit, uint32_t sentence);

/* Can the condition hold at all, by the words that the document has? */
bool fa_scan_can_hold(const struct fa_scan *s, const struct fa_cond *c);

/* Sentences of a document: none, a row of bits, or all. */
enum fa_extent { FA_EXTENT_NONE, FA_EXTENT_ROW, FA_EXTENT_ALL };

struct fa_bound {
	enum fa_extent extent;
	bool limited;        /* there may be more */
	const uint64_t *row; /* FA_EXTENT_ROW: until the next call */
};

/* The sentences on which a condition may hold at all, by the words that each
 * has and by what was searched already. The row is that of a condition without
 * a region of its own: of a sentence and its clauses. */
FA_MUST_CHECK int fa_scan_bound(
	struct fa_bound *out, struct fa_scan *s, const struct fa_cond *c);

/* Sets s->picked to the sentences on which the rule's find is to be tried; when
 * *any is false, there are none. */
FA_MUST_CHECK int fa_scan_pick(
	bool *any, struct fa_scan *s, const struct fa_rule *rule);

/* A region: up to FA_REGION_PARTS ranges of text. */
#define FA_REGION_PARTS 6
struct fa_area {
	struct fa_range part[FA_REGION_PARTS];
	struct fa_range run[FA_REGION_PARTS]; /* the sentences of each */
	size_t n;
};

/* The region around a sentence (or, for FA_REGION_CLAUSE, the clause). */
void fa_scan_area(struct fa_area *out, const struct fa_scan *s,
	enum fa_region region, uint32_t near, uint32_t sentence,
	struct fa_range clause);

/* The clause of a sentence in which the character before end stands. */
uint32_t fa_scan_clause(
	const struct fa_doc *doc, uint32_t sentence, uint32_t end);

/* Is one of the sentences of a run set in a row of bits? */
static inline bool
fa_scan_any(const uint64_t *row, struct fa_range run)
{
	return fa_bits_next(row, run.from, run.to) < run.to;
}

/* Fills s->first. Fails with FA_E_NOMEM. */
FA_MUST_CHECK int fa_scan_blocks(struct fa_scan *s);

/* Every sentence (or clause) on which the rule's find holds, in text order;
 * those called off by unless are marked. *out is valid until the next call. */
FA_MUST_CHECK int fa_scan_rule(const struct fa_fires **out, struct fa_scan *s,
	const struct fa_rule *rule);

/* Runs the scope rules: fills s->scopes and m's scopes and mentions. */
FA_MUST_CHECK int fa_scan_scopes(struct fa_match *m, struct fa_scan *s);

/* The verdict on every obligation, from the rules that fire. */
FA_MUST_CHECK int fa_scan_decide(
	struct fa_match *m, struct fa_scan *s, int32_t as_of);

#endif
