/* The parts of the YAML loader. load.c finds files and decides the order,
 * load_map.c knows the shape of values, the others read one kind of file
 * each. All are called with load->file set to the file they read. */
#ifndef FA_RULES_LOAD_H
#define FA_RULES_LOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/yaml.h"
#include "rules/build.h"

#define FA_LOAD_COUNT_MAX 1000000000u /* documents, hits */

enum fa_want { FA_WANT_ANY, FA_WANT_TEXT, FA_WANT_LIST, FA_WANT_MAP };

/* One key that a map may have. */
struct fa_key {
	const char *name;
	enum fa_want want;
	bool required;
};

/* A list of words that a value may be; those from first on, n of them. */
struct fa_words {
	const char *what; /* "severity" */
	const char *(*at)(int i);
	int first;
	int n;
};

/* Something of which there is one in a bundle. */
struct fa_single {
	const struct fa_yaml *node;
	struct fa_place place;
};

struct fa_load {
	struct fa_build bd;
	struct fa_str file;
	bool on_flow; /* the rule that is read judges flows */
	struct fa_single instruments;
	struct fa_single weights; /* the root: weights and tiers */
	struct fa_single measured;
	struct fa_single ledger;
	struct fa_items lexicons;
	struct fa_items obligations;
	struct fa_items scopes;
	struct fa_items rules;
};

/* One file: its name for messages, and what is in it. */
struct fa_load_source {
	struct fa_str path;
	struct fa_str text;
};

/* Loads a bundle from the texts of files; name is what they are called
 * together. The bundle lives in a. */
FA_MUST_CHECK int fa_load_sources(struct fa_bundle **out, struct fa_str name,
	const struct fa_load_source *sources, size_t n, struct fa_arena *a,
	struct fa_err *err);

struct fa_place fa_load_place(
	const struct fa_load *l, const struct fa_yaml *node);

/* Checks that node is a map with these keys and no others; out[i] is the
 * value of keys[i], or NULL when it is absent. what names the map in
 * messages: "a rule". */
FA_MUST_CHECK int fa_load_map(const struct fa_load *l,
	const struct fa_yaml *node, const char *what, const struct fa_key *keys,
	size_t n, const struct fa_yaml **out);
/* A text that is not empty; lives with the tree. */
FA_MUST_CHECK int fa_load_text(const struct fa_load *l,
	const struct fa_yaml *node, const char *what, struct fa_str *out);
/* Map of zh and en. NULL leaves *out alone. */
FA_MUST_CHECK int fa_load_text2(const struct fa_load *l,
	const struct fa_yaml *node, const char *what, struct fa_text2 *out);
/* Model text: map of zh and en, each on one line, with as many placeholders
 * (【, a word or two, 】) in one as in the other. NULL leaves *out and *line
 * alone. */
FA_MUST_CHECK int fa_load_wording(const struct fa_load *l,
	const struct fa_yaml *node, struct fa_text2 *out, uint32_t *line);
FA_MUST_CHECK int fa_load_word(const struct fa_load *l,
	const struct fa_yaml *node, const struct fa_words *words, int *out);
FA_MUST_CHECK int fa_load_number(const struct fa_load *l,
	const struct fa_yaml *node, const char *what, uint32_t max,
	uint32_t *out);
/* The code of an instrument. */
FA_MUST_CHECK int fa_load_instrument(
	const struct fa_load *l, const struct fa_yaml *node, uint32_t *out);
/* A class of mention or a list of them, as a set of bits. */
FA_MUST_CHECK int fa_load_scopes(
	const struct fa_load *l, const struct fa_yaml *node, uint32_t *out);

FA_MUST_CHECK int fa_load_instruments(struct fa_load *l);
FA_MUST_CHECK int fa_load_weights(struct fa_load *l);
FA_MUST_CHECK int fa_load_measured(struct fa_load *l);
/* What was found of the verdicts of obligations; NULL: nothing was measured.
 * Adds ids that no obligation has to l->bd.b->unmeasured, which has room. */
FA_MUST_CHECK int fa_load_recall(struct fa_load *l, const struct fa_yaml *map);
/* The collected lexicons, with what they include. */
FA_MUST_CHECK int fa_load_lexicons(struct fa_load *l);
/* The collected obligations; collects their rules. */
FA_MUST_CHECK int fa_load_obligations(struct fa_load *l);
/* Collects the rules of the collected scope files. */
FA_MUST_CHECK int fa_load_scope_files(struct fa_load *l);
/* The collected rules, with conditions and patterns. */
FA_MUST_CHECK int fa_load_rules(struct fa_load *l);
/* The ledger, after the obligations that it names. */
FA_MUST_CHECK int fa_load_ledger(struct fa_load *l);
/* A condition; depth counts from 1. */
FA_MUST_CHECK int fa_load_cond(struct fa_load *l, const struct fa_yaml *node,
	unsigned depth, struct fa_cond *out);

extern const struct fa_words fa_words_verdict; /* that a rule supports */
extern const struct fa_words fa_words_silent;
extern const struct fa_words fa_words_severity;
extern const struct fa_words fa_words_kind;
extern const struct fa_words fa_words_status;
extern const struct fa_words fa_words_scope;
extern const struct fa_words fa_words_polarity;
extern const struct fa_words fa_words_region;
extern const struct fa_words fa_words_subject; /* what a rule judges */
extern const struct fa_words fa_words_fact;
extern const struct fa_words fa_words_ledger;

#endif
