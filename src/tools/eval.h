/* Measuring the rules against labelled documents: reading labels, judging
 * the documents, counting, printing. Ratios are integers in thousandths,
 * rounded down; FA_EVAL_UNDEFINED stands for a ratio without a denominator.
 * The command is cmd_eval.c; the words are those of faceaudit-eval(1). */
#ifndef FA_TOOLS_EVAL_H
#define FA_TOOLS_EVAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "match/match.h"
#include "model/finding.h"
#include "model/rule.h"

#define FA_EVAL_UNDEFINED (-1)
#define FA_EVAL_DOCS_MAX 100000      /* label lines of one set */
#define FA_EVAL_DOC_ARENA (1u << 30) /* bytes for judging one document */
#define FA_EVAL_QUOTE_BYTES 300      /* of a quote in the text output */

/* One obligation of one labelled document. */
struct fa_eval_cell {
	bool labelled;
	enum fa_verdict gold;
	struct fa_str gold_quote; /* or absent */
	enum fa_verdict got;      /* when the document was judged */
	uint32_t rule;            /* that decided, or FA_RULE_NONE */
	uint32_t *rules;          /* all that support the verdict, with rule */
	size_t rules_n;
	struct fa_str
		got_quote; /* first passage as a reader sees it, or absent */
};

struct fa_eval_doc {
	struct fa_str name; /* path below the directory of the set */
	uint32_t line;      /* of the label file */
	uint32_t gold_scopes, got_scopes;
	struct fa_str note;         /* of the annotator, or absent */
	struct fa_eval_cell *cells; /* one per obligation of the bundle */
	bool judged;
};

/* A row that is labelled but is no obligation of the bundle. */
struct fa_eval_unknown {
	struct fa_str row;
	struct fa_str nearest; /* id in the bundle, or absent */
	uint32_t line;         /* first one that has it */
	uint32_t labels;
};

struct fa_eval_set {
	struct fa_str name, labels, dir;
	char sha256[FA_HASH_HEX_BYTES]; /* of the label file */
	struct fa_eval_doc *docs;       /* in the order of the file */
	size_t docs_n;
	struct fa_eval_unknown *unknown; /* in order of appearance */
	size_t unknown_n;
};

/* Documents that must come out clean, and the cells that do not. */
struct fa_eval_offence {
	struct fa_str doc;
	uint32_t obligation;
	struct fa_eval_cell cell;
};

struct fa_eval_clean {
	struct fa_str dir;
	uint32_t documents, clean;
	struct fa_eval_offence *offences;
	size_t offences_n, offences_cap;
};

/* A document that could not be read or judged. */
struct fa_eval_error {
	struct fa_str path, message;
};

/* Cells counted by label and by result. */
struct fa_eval_pool {
	uint32_t n[FA_VERDICT_COUNT][FA_VERDICT_COUNT]; /* [gold][got] */
};

/* One class out of several: how often labelled, reported, and both. */
struct fa_eval_tally {
	uint32_t gold, got, right;
};

struct fa_eval_rule {
	uint32_t hits, right;
};

struct fa_eval_stats {
	uint32_t documents, judged,
		face_id; /* face_id: judged and labelled so */
	struct fa_eval_pool all, face;
	struct fa_eval_pool *row_all, *row_face; /* one per obligation */
	struct fa_eval_tally scope[FA_SCOPE_COUNT];
	struct fa_eval_rule *rules; /* one per rule of the bundle */
};

struct fa_eval_min {
	struct fa_str name; /* "macro_f1" */
	int32_t at_least;   /* thousandths */
	int32_t got;
};

struct fa_eval_flows;

/* All of one run. */
struct fa_eval {
	const struct fa_bundle *bundle;
	struct fa_matcher *matcher;
	int32_t as_of;
	bool (*stop)(void);     /* asked before each document; may be NULL */
	struct fa_arena *arena; /* everything below lives here */
	struct fa_eval_set *sets;
	size_t sets_n;
	struct fa_eval_clean *clean;
	size_t clean_n;
	struct fa_eval_error *errors;
	size_t errors_n, errors_cap;
	struct fa_eval_stats stats;
	struct fa_eval_min *min;
	size_t min_n;
	struct fa_eval_flows *flows; /* NULL: none; tools/eval_flows.h */
};

/* Order of verdict letters in every table: V C Q G N. */
extern const enum fa_verdict fa_eval_letters[FA_VERDICT_COUNT];
/* The verdict of a letter, or -1. */
int fa_eval_letter_parse(struct fa_str s);

/* Parses the text of a label file into set->docs, unknown and sha256; the
 * result lives in a and in text. set->labels names the file in messages.
 * Anything malformed is FA_E_INPUT with the line; unknown rows are not. */
FA_MUST_CHECK int fa_eval_labels_parse(struct fa_eval_set *set,
	const struct fa_bundle *b, struct fa_str text, struct fa_arena *a,
	struct fa_err *err);
/* Name of a set from the path of its label file: the directory that holds it,
 * else the file without its suffix. Lives in path. */
struct fa_str fa_eval_set_name(struct fa_str path);

/* Judges every labelled document of ev->sets and every file below ev->clean.
 * What is wrong with a document goes to ev->errors; only running out of
 * memory and the like fail. */
FA_MUST_CHECK int fa_eval_judge(struct fa_eval *ev, struct fa_err *err);

/* Counts ev->sets into ev->stats. */
FA_MUST_CHECK int fa_eval_count(struct fa_eval *ev, struct fa_err *err);
/* num/den in thousandths, rounded down, or FA_EVAL_UNDEFINED. */
int32_t fa_eval_ratio(uint64_t num, uint64_t den);
struct fa_eval_tally fa_eval_tally(
	const struct fa_eval_pool *p, enum fa_verdict v);
int32_t fa_eval_precision(struct fa_eval_tally t);
int32_t fa_eval_recall(struct fa_eval_tally t);
int32_t fa_eval_f1(struct fa_eval_tally t);
uint64_t fa_eval_cells(const struct fa_eval_pool *p);
int32_t fa_eval_accuracy(const struct fa_eval_pool *p);
/* Mean of the F1 of V, C, Q and G, as far as these are labelled or reported
 * at all. */
int32_t fa_eval_macro_f1(const struct fa_eval_pool *p);

/* "name=value", value in thousandths ("850"), as a decimal with up to three
 * digits ("0.85"), or 1. FA_E_USAGE names what is known. Lives in s. */
FA_MUST_CHECK int fa_eval_min_parse(
	struct fa_eval_min *out, struct fa_str s, struct fa_err *err);
/* Sets got of every threshold; the number of those that are missed. An
 * undefined ratio misses. */
size_t fa_eval_min_check(struct fa_eval *ev);

/* Appends rules/precision.yaml: sets in order of name, rules in order of id,
 * those with at least one hit, obligations in order of id, those with at
 * least one label that is not N. */
FA_MUST_CHECK int fa_eval_freeze(
	const struct fa_eval *ev, struct fa_buf *out, struct fa_err *err);

struct fa_eval_print_opts {
	enum fa_lang lang;
	bool rules; /* per-rule table */
};

/* "0.873", or "-" when undefined. */
void fa_eval_put(struct fa_buf *out, int32_t thousandths);
/* Text from a document on one line of a terminal: without control and
 * invisible characters, cut to the limit at a code point. */
void fa_eval_put_quote(struct fa_buf *out, struct fa_str s);
void fa_eval_print_pairs(const struct fa_eval *ev, struct fa_buf *out);
void fa_eval_print_text(const struct fa_eval *ev,
	const struct fa_eval_print_opts *o, struct fa_buf *out);
void fa_eval_print_json(const struct fa_eval *ev, struct fa_buf *out);

#endif
