/* The parts of fa_rules_explain: explain.c says what is told of a rule or an
 * obligation, explain_cond.c puts conditions into words, explain_measured.c
 * what was measured, explain_word.c has the words of single values,
 * explain_text.c lays text out in 80 columns. Pages of rules are made of the
 * same words. */
#ifndef FA_RULES_EXPLAIN_H
#define FA_RULES_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "model/rule.h"

#define FA_EXPLAIN_COLUMNS 80
#define FA_EXPLAIN_LABEL 12 /* columns of the labels on the left */

struct fa_explain {
	const struct fa_bundle *b;
	enum fa_lang lang;
	struct fa_buf *out;
};

/* Words for single values; never NULL. */
const char *fa_explain_verdict(enum fa_lang lang, enum fa_verdict v);
const char *fa_explain_severity(enum fa_lang lang, enum fa_severity s);
const char *fa_explain_kind(enum fa_lang lang, enum fa_kind k);
const char *fa_explain_status(enum fa_lang lang, enum fa_status s);

/* Append to b, on one line, whatever x->out is. One node of a condition
 * without its children: */
void fa_explain_node(
	const struct fa_explain *x, struct fa_buf *b, const struct fa_cond *c);
/* "{face}: ..." with a sample of its words: */
void fa_explain_lexicon(const struct fa_explain *x, struct fa_buf *b,
	const struct fa_lexicon *lexicon);
/* How often a rule was right, with its interval, or "not measured": */
void fa_explain_precision(
	const struct fa_explain *x, struct fa_buf *b, const struct fa_rule *r);
/* How many of the documents with this verdict were found, likewise: */
void fa_explain_recall(const struct fa_explain *x, struct fa_buf *b,
	const struct fa_obligation *o, enum fa_verdict v);

/* Sets used[i] for the lexicons that the patterns of two conditions name,
 * either of which may be NULL. */
void fa_explain_uses(const struct fa_explain *x, const struct fa_cond *find,
	const struct fa_cond *unless, bool used[FA_NAME_LEXICONS]);

/* One of two texts, by language. */
struct fa_str fa_explain_pick(
	const struct fa_explain *x, const char *zh, const char *en);
/* Bytes at the start of s that stay on one line: a word, or a CJK character
 * with the punctuation that belongs to it. 0 at a blank. */
size_t fa_explain_unit(struct fa_str s);
/* What a buffer holds; its failure becomes that of the explanation. */
struct fa_str fa_explain_take(
	const struct fa_explain *x, const struct fa_buf *line);
/* A label and wrapped text beside it; label NULL: an empty one. */
void fa_explain_field(
	const struct fa_explain *x, const char *label, struct fa_str text);
/* "- text", indented by 2 * depth columns behind the labels. */
void fa_explain_item(const struct fa_explain *x, const char *label,
	unsigned depth, struct fa_str text);
/* A condition as items; label stands before the first. */
void fa_explain_cond(
	const struct fa_explain *x, const char *label, const struct fa_cond *c);
/* Samples of the lexicons that the patterns of two conditions (either may be
 * NULL) name. */
void fa_explain_lexicons(const struct fa_explain *x, const char *label,
	const struct fa_cond *find, const struct fa_cond *unless);

#endif
