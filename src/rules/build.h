/* What the two loaders (YAML sources, compiled JSON) share: they hand in
 * texts and condition trees, this part checks them across files, sorts,
 * interns patterns and lexicons, adds the rules that report silence and fills
 * the bundle. Everything lives in the arena of the build. */
#ifndef FA_RULES_BUILD_H
#define FA_RULES_BUILD_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"
#include "model/rule.h"

#define FA_BUILD_BUCKETS 1024 /* of the table of patterns */

/* Where something was written. line 0: in a compiled bundle, file is what. */
struct fa_place {
	struct fa_str file;
	uint32_t line;
	uint32_t column;
};

/* Something with an id that still has to be read: a YAML or JSON node. */
struct fa_item {
	struct fa_str id;
	struct fa_place place;
	const void *node;    /* NULL: the rule that reports silence */
	uint32_t obligation; /* of a rule; else FA_RULE_NONE */
	int scope;           /* of a scope rule; else -1 */
};

struct fa_items {
	struct fa_item *at;
	size_t n;
	size_t cap;
};

struct fa_build {
	struct fa_arena *a;
	struct fa_err *err;
	struct fa_bundle *b;
	bool trusted; /* the digest was right: patterns are not compiled here */
	size_t named; /* b->lexicons[0, named) have names, sorted; behind them
		       * stand those that patterns bring with them */
	size_t lexicons_cap;
	size_t patterns_cap;
	uint32_t *chain; /* pattern -> next one in its bucket, or NONE */
	size_t chain_cap;
	uint32_t bucket[FA_BUILD_BUCKETS];
};

/* A build of an empty bundle in a. */
FA_MUST_CHECK int fa_rules_build_init(
	struct fa_build *bd, struct fa_arena *a, struct fa_err *err);
/* FA_E_INPUT with "file:line:column: " in front of the message. */
int fa_rules_build_fail(const struct fa_build *bd, struct fa_place where,
	const char *fmt, ...) FA_PRINTF(3, 4);
int fa_rules_build_nomem(const struct fa_build *bd);

FA_MUST_CHECK int fa_rules_build_item(
	const struct fa_build *bd, struct fa_items *list, struct fa_item item);
/* Sorts by id; two of the same id are an error that names what. */
FA_MUST_CHECK int fa_rules_build_sort(
	const struct fa_build *bd, struct fa_items *list, const char *what);

/* Folds a word as documents are folded. The result lives in the arena; it is
 * empty for a word of invisible characters only. */
FA_MUST_CHECK int fa_rules_build_fold(
	struct fa_str *out, const struct fa_build *bd, struct fa_str word);
/* Sorts words longest first and drops repeated ones. */
void fa_rules_build_words(struct fa_lexicon *lexicon);
/* Index of a lexicon with a name, or FA_RULE_NONE. */
uint32_t fa_rules_build_lexicon(const struct fa_build *bd, struct fa_str name);
/* Index of the lexicon "=word|word" of these words (n > 0), which is made when
 * there is none. */
FA_MUST_CHECK int fa_rules_build_anonymous(struct fa_build *bd,
	const struct fa_str *words, size_t n, struct fa_place where,
	uint16_t *out);

/* The index of the pattern with this source, which is made (pattern.c) when
 * there is none. Call in the order of rule ids: it is the order of patterns. */
FA_MUST_CHECK int fa_rules_build_pattern(struct fa_build *bd,
	struct fa_str source, struct fa_place where, uint32_t *out);
/* Expands and checks one pattern; adds its anonymous lexicons. */
FA_MUST_CHECK int fa_pattern_compile(struct fa_pattern *out,
	struct fa_build *bd, struct fa_str source, struct fa_place where);

/* Makes o a part of the obligation with this id, with which its own begins.
 * All ids are there already. */
FA_MUST_CHECK int fa_rules_build_part(const struct fa_build *bd,
	struct fa_obligation *o, struct fa_str id, struct fa_place where);

/* True when a passage that the condition reports exists wherever it holds:
 * some positive pattern in a clause or in the sentence itself. */
bool fa_rules_build_anchored(const struct fa_cond *find);

/* The rule leaves the answer to to, which must be "documents"; only what a flow
 * cannot tell may be left to them. */
FA_MUST_CHECK int fa_rules_build_defers(const struct fa_build *bd,
	struct fa_rule *r, struct fa_str to, struct fa_place where);

/* Refuses a wording on a rule of which nothing could be cured: one that finds
 * an obligation met, or a scope. */
FA_MUST_CHECK int fa_rules_build_wording(const struct fa_build *bd,
	const struct fa_rule *r, struct fa_place where);

/* The rule that reports silence on an obligation. */
FA_MUST_CHECK int fa_rules_build_gap_id(struct fa_str *out,
	const struct fa_build *bd, struct fa_str obligation);
void fa_rules_build_gap(const struct fa_build *bd, struct fa_rule *rule,
	const struct fa_item *item);
/* Freezes a measurement; false when no rule has this id. */
bool fa_rules_build_measured(const struct fa_build *bd, struct fa_str id,
	uint32_t hits, uint32_t right);
/* The same for what was found of an obligation's verdict. */
bool fa_rules_build_recall(const struct fa_build *bd, struct fa_str id,
	enum fa_verdict verdict, struct fa_recall recall);
/* Sorts the obligations of an entry and checks them against its status, as
 * both forms of a ledger have to be. */
FA_MUST_CHECK int fa_rules_build_entry(const struct fa_build *bd,
	struct fa_ledger_entry *entry, struct fa_place where);
/* After all rules: sorts lexicons, sets losses and the gap rules, makes the
 * programs of patterns. */
FA_MUST_CHECK int fa_rules_build_finish(struct fa_build *bd);

#endif
