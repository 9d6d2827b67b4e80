/* The parts of the reader of compiled bundles: bundle_read.c knows the shape
 * of values and the order, bundle_tables.c and bundle_rules.c what is in
 * them. A bundle comes from our own writer, so that messages name the id
 * instead of a line. */
#ifndef FA_RULES_BUNDLE_READ_H
#define FA_RULES_BUNDLE_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"
#include "rules/build.h"
#include "rules/load.h"

#define FA_JREAD_COUNT_MAX 1000000000u /* documents, hits */

struct fa_jkey {
	const char *name;
	enum fa_json_kind kind;
	bool required;
};

struct fa_jread {
	struct fa_build bd;
	struct fa_place where; /* "bundle" or the id of what is read */
	struct fa_items lexicons;
	struct fa_items obligations;
	struct fa_items rules;
};

/* Checks that node is an object with these members and no others; out[i] is
 * the value of keys[i], or NULL when it is absent. */
FA_MUST_CHECK int fa_jread_map(const struct fa_jread *r,
	const struct fa_json *node, const struct fa_jkey *keys, size_t n,
	const struct fa_json **out);
/* A text that is not empty; NULL gives the absent slice. */
FA_MUST_CHECK int fa_jread_text(const struct fa_jread *r,
	const struct fa_json *node, struct fa_str *out);
/* NULL leaves *out alone. */
FA_MUST_CHECK int fa_jread_text2(const struct fa_jread *r,
	const struct fa_json *node, struct fa_text2 *out);
FA_MUST_CHECK int fa_jread_word(const struct fa_jread *r,
	const struct fa_json *node, const struct fa_words *words, int *out);
FA_MUST_CHECK int fa_jread_number(const struct fa_jread *r,
	const struct fa_json *node, uint32_t max, uint32_t *out);
FA_MUST_CHECK int fa_jread_scopes(
	const struct fa_jread *r, const struct fa_json *node, uint32_t *out);
/* Index of the instrument with this code. */
FA_MUST_CHECK int fa_jread_instrument(
	const struct fa_jread *r, const struct fa_json *node, uint32_t *out);
/* Collects the objects of a list by the member key. */
FA_MUST_CHECK int fa_jread_items(struct fa_jread *r, const struct fa_json *list,
	const char *key, struct fa_items *out);

FA_MUST_CHECK int fa_jread_instruments(
	struct fa_jread *r, const struct fa_json *list);
FA_MUST_CHECK int fa_jread_weights(struct fa_jread *r,
	const struct fa_json *weights, const struct fa_json *tiers);
FA_MUST_CHECK int fa_jread_measured(
	struct fa_jread *r, const struct fa_json *node);
/* What was found of the verdicts of obligations; NULL when there is none. */
FA_MUST_CHECK int fa_jread_recall(
	struct fa_jread *r, const struct fa_json *list);
FA_MUST_CHECK int fa_jread_lexicons(
	struct fa_jread *r, const struct fa_json *list);
FA_MUST_CHECK int fa_jread_obligations(
	struct fa_jread *r, const struct fa_json *list);
/* After the obligations; NULL when there is no ledger. */
FA_MUST_CHECK int fa_jread_ledger(
	struct fa_jread *r, const struct fa_json *list);
FA_MUST_CHECK int fa_jread_rules(
	struct fa_jread *r, const struct fa_json *list);

#endif
