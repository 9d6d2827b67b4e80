/* A bundle against a document: one scan for lexicon words gates everything,
 * patterns run only on sentences that hold their words, conditions are
 * evaluated on regions around them, and the rules that fire are combined to
 * one verdict per obligation. */
#ifndef FA_MATCH_MATCH_H
#define FA_MATCH_MATCH_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "model/doc.h"
#include "model/finding.h"
#include "model/rule.h"

#define FA_MATCH_HITS_MAX 20000 /* hits of one pattern in one document */

/* Bytes that all patterns together may search in one document: so many, and so
 * many for each byte of it. A policy takes 12 for each byte, one full of faces
 * 45; a text made of the words of rules would take hundreds. */
#define FA_MATCH_WORK_BYTES ((uint64_t)64 << 20)
#define FA_MATCH_WORK_PER_BYTE 16
#define FA_MATCH_WORK_EACH 64 /* counted for each search, beside its bytes */

struct fa_matcher; /* a bundle made ready for matching */
struct fa_vocab;

/* The matcher refers to b, which must outlive it. It compiles patterns when
 * they are first needed; a thread needs one of its own. */
FA_MUST_CHECK int fa_matcher_new(
	struct fa_matcher **out, const struct fa_bundle *b, struct fa_err *err);
/* One for another thread: the patterns that either has compiled serve both. of
 * must outlive it. */
FA_MUST_CHECK int fa_matcher_share(struct fa_matcher **out,
	const struct fa_matcher *of, struct fa_err *err);
void fa_matcher_free(struct fa_matcher *m);

/* The words of screens (flow/view.h) of its bundle, made when they are first
 * needed; they live as long as m. */
FA_MUST_CHECK int fa_matcher_vocab(
	const struct fa_vocab **out, struct fa_matcher *m, struct fa_err *err);

/* Judges a segmented document as of a date (YYYYMMDD: instruments not in
 * force give NOT_APPLICABLE). The result lives in a. Engine limits do not
 * fail: the obligations they touch become CANNOT_TELL with a reason, unless
 * a violation was found anyway. */
FA_MUST_CHECK int fa_match(struct fa_match *out, struct fa_matcher *m,
	const struct fa_doc *doc, int32_t as_of, struct fa_arena *a,
	struct fa_err *err);

/* A flow beside its transcript: which sentences facts are about. */
struct fa_fact_text {
	uint32_t *at; /* sentences that stand for the fact, ascending */
	size_t at_n;
	uint32_t *over; /* all sentences of what it is about, ascending */
	size_t over_n;
};
struct fa_match_flow {
	struct fa_fact_text facts[FA_FACT_COUNT];
	/* Of each section of the transcript (a screen) the one before it on
	 * the shortest way from the start, or FA_DOC_NONE. */
	uint32_t *before;
	size_t sections_n;
	bool face; /* faces are captured, or asked for */
	/* Why a face may be where nothing can be seen, or absent: what no rule
	 * decides is then CANNOT_TELL. */
	struct fa_str unseen;
};

/* Judges the transcript of a flow, by rules for flows only. What no rule
 * speaks of is NOT_APPLICABLE. */
FA_MUST_CHECK int fa_match_flow(struct fa_match *out, struct fa_matcher *m,
	const struct fa_doc *doc, const struct fa_match_flow *flow,
	int32_t as_of, struct fa_arena *a, struct fa_err *err);

/* For rules test: true when rule fires anywhere in the document, or in the
 * transcript of flow, whether or not its obligation applies there. flow is
 * NULL for a document. */
FA_MUST_CHECK int fa_match_rule_fires(bool *fires, struct fa_matcher *m,
	uint32_t rule, const struct fa_doc *doc,
	const struct fa_match_flow *flow, struct fa_arena *a,
	struct fa_err *err);

/* Polarity of every clause of doc, doc->clauses_n values in a. */
FA_MUST_CHECK int fa_match_polarity(enum fa_polarity **out,
	const struct fa_doc *doc, struct fa_arena *a, struct fa_err *err);
/* The same of the clauses of one sentence only, which do not depend on others:
 * sets out[c] of every clause c of it, and nothing else of out, which has
 * doc->clauses_n values. Time is linear in the sentence. */
void fa_match_polarity_sentence(
	enum fa_polarity *out, const struct fa_doc *doc, uint32_t sentence);
/* Is there anything in a sentence that may make one of its clauses a question?
 * Much faster than to judge it. */
bool fa_match_polarity_may_ask(const struct fa_doc *doc, uint32_t sentence);

#endif
