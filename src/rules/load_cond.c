/* Conditions. One map may hold several parts; what it means is
 *
 *     match: 'a'                    a
 *     all: [b, c]           =>      and b and c
 *     any: [d, e]                   and (d or e)
 *     none: [f]                     and neither f
 *
 * as one ALL node; a map with one part only is that part. `in` belongs to the
 * whole map. */
#include "rules/load.h"

#include "base/num.h"
#include "rules/rules.h"

enum { MATCH, POLARITY, SCOPE, FACT, ALL, ANY, NONE, IN };

static const struct fa_key keys[] = {
	[MATCH] = { "match", FA_WANT_TEXT, false },
	[POLARITY] = { "polarity", FA_WANT_TEXT, false },
	[SCOPE] = { "scope", FA_WANT_ANY, false },
	[FACT] = { "fact", FA_WANT_TEXT, false },
	[ALL] = { "all", FA_WANT_LIST, false },
	[ANY] = { "any", FA_WANT_LIST, false },
	[NONE] = { "none", FA_WANT_LIST, false },
	[IN] = { "in", FA_WANT_TEXT, false },
};

static int
load_pattern(struct fa_load *l, const struct fa_yaml *node, struct fa_cond *out)
{
	struct fa_str source = FA_STR_NONE;
	int rc = fa_load_text(l, node, "pattern", &source);

	if (rc != FA_OK)
		return rc;
	out->kind = FA_COND_PATTERN;
	return fa_rules_build_pattern(
		&l->bd, source, fa_load_place(l, node), &out->pattern);
}

static int
load_list(struct fa_load *l, const struct fa_yaml *list, unsigned depth,
	struct fa_cond *at)
{
	for (const struct fa_yaml *c = list->child; c != NULL; c = c->next) {
		int rc = fa_load_cond(l, c, depth + 1, at++);

		if (rc != FA_OK)
			return rc;
	}
	return FA_OK;
}

/* A node of its own for any: and none:, whose children are the list. */
static int
load_group(struct fa_load *l, const struct fa_yaml *list, unsigned depth,
	enum fa_cond_kind kind, struct fa_cond *out)
{
	struct fa_cond *child =
		fa_arena_new(l->bd.a, list->count, sizeof(*child));

	if (child == NULL)
		return fa_rules_build_nomem(&l->bd);
	out->kind = kind;
	out->child = child;
	out->child_n = list->count;
	return load_list(l, list, depth, child);
}

static int
load_near(const struct fa_load *l, const struct fa_yaml *node,
	struct fa_str number, struct fa_cond *out)
{
	uint64_t n = 0;

	if (!fa_num_u64(fa_str_trim(number), FA_RULES_NEAR, &n) || n == 0) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"'in: near%s%.*s'; expected near N with N from 1 "
			"to %d",
			number.n > 0 ? " " : "",
			FA_STR_ARG(fa_str_trim(number)), FA_RULES_NEAR);
	}
	out->near = (uint32_t)n;
	out->region = FA_REGION_NEAR;
	out->has_region = true;
	return FA_OK;
}

static int
load_region(const struct fa_load *l, const struct fa_yaml *node,
	struct fa_cond *out)
{
	struct fa_str rest = node->text;
	int region = 0;
	int rc;

	if (fa_str_eq(fa_str_cut(&rest, ' '), FA_STR("near")))
		return load_near(l, node, rest, out);
	rc = fa_load_word(l, node, &fa_words_region, &region);
	if (rc != FA_OK)
		return rc;
	if (!l->on_flow &&
		(region == FA_REGION_SCREEN || region == FA_REGION_PATH)) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"'in: %s' is for rules that judge flows",
			fa_region_name((enum fa_region)region));
	}
	out->has_region = true;
	out->region = (enum fa_region)region;
	return FA_OK;
}

static int
load_scope(const struct fa_load *l, const struct fa_yaml *node,
	struct fa_cond *out)
{
	out->kind = FA_COND_SCOPE;
	return fa_load_scopes(l, node, &out->scopes);
}

static int
load_fact(const struct fa_load *l, const struct fa_yaml *node,
	struct fa_cond *out)
{
	int fact = 0;
	int rc;

	if (!l->on_flow) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"'fact' is for rules that judge flows");
	}
	rc = fa_load_word(l, node, &fa_words_fact, &fact);
	out->kind = FA_COND_FACT;
	out->fact = (enum fa_fact_kind)fact;
	return rc;
}

static int
load_match(struct fa_load *l, const struct fa_yaml *const at[],
	struct fa_cond *out)
{
	int polarity = FA_POLARITY_ANY;
	int rc = load_pattern(l, at[MATCH], out);

	if (rc == FA_OK && at[POLARITY] != NULL) {
		rc = fa_load_word(
			l, at[POLARITY], &fa_words_polarity, &polarity);
	}
	if (rc == FA_OK)
		out->polarity = (enum fa_polarity)polarity;
	return rc;
}

/* The part that at[key] is, as a node of its own. */
static int
load_part(struct fa_load *l, const struct fa_yaml *const at[], int key,
	unsigned depth, struct fa_cond *out)
{
	static const enum fa_cond_kind kind[] = {
		[ALL] = FA_COND_ALL, [ANY] = FA_COND_ANY, [NONE] = FA_COND_NONE
	};

	switch (key) {
	case MATCH:
		return load_match(l, at, out);
	case SCOPE:
		return load_scope(l, at[SCOPE], out);
	case FACT:
		return load_fact(l, at[FACT], out);
	default:
		return load_group(l, at[key], depth, kind[key], out);
	}
}

/* Several parts: ALL of them, the children of all: directly. */
static int
load_parts(struct fa_load *l, const struct fa_yaml *const at[], unsigned depth,
	struct fa_cond *out)
{
	size_t n = at[ALL] != NULL ? at[ALL]->count : 0;
	struct fa_cond *child;
	int rc = FA_OK;

	child = fa_arena_new(l->bd.a, n + IN, sizeof(*child));
	if (child == NULL)
		return fa_rules_build_nomem(&l->bd);
	n = 0;
	for (int key = MATCH; key < IN && rc == FA_OK; key++) {
		if (at[key] == NULL || key == POLARITY)
			continue;
		if (key == ALL) {
			rc = load_list(l, at[ALL], depth, child + n);
			n += at[ALL]->count;
		} else {
			rc = load_part(l, at, key, depth + 1, &child[n++]);
		}
	}
	out->kind = FA_COND_ALL;
	out->child = child;
	out->child_n = n;
	return rc;
}

static int
load_cond_map(struct fa_load *l, const struct fa_yaml *node, unsigned depth,
	struct fa_cond *out)
{
	const struct fa_yaml *at[FA_COUNT(keys)];
	int only = -1;
	int parts = 0;
	int rc = fa_load_map(l, node, "a condition", keys, FA_COUNT(keys), at);

	if (rc != FA_OK)
		return rc;
	for (int key = MATCH; key < IN; key++) {
		if (at[key] != NULL && key != POLARITY) {
			parts++;
			only = key;
		}
	}
	if (parts == 0) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"a condition needs match, scope, fact, all, any or "
			"none");
	}
	if (at[POLARITY] != NULL && at[MATCH] == NULL) {
		return fa_rules_build_fail(&l->bd,
			fa_load_place(l, at[POLARITY]),
			"polarity stands beside match only");
	}
	rc = parts == 1 ? load_part(l, at, only, depth, out)
			: load_parts(l, at, depth, out);
	if (rc == FA_OK && at[IN] != NULL)
		rc = load_region(l, at[IN], out);
	return rc;
}

int
fa_load_cond(struct fa_load *l, const struct fa_yaml *node, unsigned depth,
	struct fa_cond *out)
{
	if (depth > FA_RULES_DEPTH) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"conditions are nested deeper than %d", FA_RULES_DEPTH);
	}
	switch (node->kind) {
	case FA_YAML_SCALAR:
		return load_pattern(l, node, out);
	case FA_YAML_MAP:
		return load_cond_map(l, node, depth, out);
	default:
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"a condition is a list; write all: or any: above it");
	}
}
