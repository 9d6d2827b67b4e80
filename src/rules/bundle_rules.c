#include "rules/bundle_read.h"

#include "base/num.h"
#include "rules/rules.h"

enum { ALL, ANY, FACT, IN, MATCH, NONE, POLARITY, SCOPE };

static const struct fa_jkey cond_keys[] = {
	[ALL] = { "all", FA_JSON_ARRAY, false },
	[ANY] = { "any", FA_JSON_ARRAY, false },
	[FACT] = { "fact", FA_JSON_STRING, false },
	[IN] = { "in", FA_JSON_STRING, false },
	[MATCH] = { "match", FA_JSON_STRING, false },
	[NONE] = { "none", FA_JSON_ARRAY, false },
	[POLARITY] = { "polarity", FA_JSON_STRING, false },
	[SCOPE] = { "scope", FA_JSON_ARRAY, false },
};

static int
bad_cond(const struct fa_jread *r)
{
	return fa_rules_build_fail(
		&r->bd, r->where, "bundle has a malformed condition");
}

static int read_cond(struct fa_jread *r, const struct fa_json *node,
	unsigned depth, struct fa_cond *out);

static int
read_list(struct fa_jread *r, const struct fa_json *list, unsigned depth,
	struct fa_cond *out)
{
	struct fa_cond *child =
		fa_arena_new(r->bd.a, list->count, sizeof(*child));

	if (child == NULL)
		return fa_rules_build_nomem(&r->bd);
	if (list->count == 0)
		return bad_cond(r);
	out->child = child;
	out->child_n = list->count;
	for (const struct fa_json *c = list->child; c != NULL; c = c->next) {
		int rc = read_cond(r, c, depth + 1, child++);

		if (rc != FA_OK)
			return rc;
	}
	return FA_OK;
}

static int
read_region(const struct fa_jread *r, const struct fa_json *node,
	struct fa_cond *out)
{
	struct fa_str number = node->str;
	uint64_t n = 0;
	int region = 0;
	int rc;

	out->has_region = true;
	if (fa_str_eq(fa_str_cut(&number, ' '), FA_STR("near"))) {
		if (!fa_num_u64(number, FA_RULES_NEAR, &n) || n == 0)
			return bad_cond(r);
		out->region = FA_REGION_NEAR;
		out->near = (uint32_t)n;
		return FA_OK;
	}
	rc = fa_jread_word(r, node, &fa_words_region, &region);
	out->region = (enum fa_region)region;
	return rc;
}

static int
read_match(struct fa_jread *r, const struct fa_json *const at[],
	struct fa_cond *out)
{
	int polarity = FA_POLARITY_ANY;
	int rc = FA_OK;

	out->kind = FA_COND_PATTERN;
	if (at[POLARITY] != NULL) {
		rc = fa_jread_word(
			r, at[POLARITY], &fa_words_polarity, &polarity);
	}
	out->polarity = (enum fa_polarity)polarity;
	return rc != FA_OK ? rc
			   : fa_rules_build_pattern(&r->bd, at[MATCH]->str,
				     r->where, &out->pattern);
}

static int
read_fact(const struct fa_jread *r, const struct fa_json *node,
	struct fa_cond *out)
{
	int fact = 0;
	int rc = fa_jread_word(r, node, &fa_words_fact, &fact);

	out->fact = (enum fa_fact_kind)fact;
	return rc;
}

static int
read_cond(struct fa_jread *r, const struct fa_json *node, unsigned depth,
	struct fa_cond *out)
{
	static const enum fa_cond_kind kind[] = { [ALL] = FA_COND_ALL,
		[ANY] = FA_COND_ANY,
		[MATCH] = FA_COND_PATTERN,
		[NONE] = FA_COND_NONE,
		[SCOPE] = FA_COND_SCOPE,
		[FACT] = FA_COND_FACT };
	const struct fa_json *at[FA_COUNT(cond_keys)];
	int only = -1;
	int parts = 0;
	int rc = fa_jread_map(r, node, cond_keys, FA_COUNT(cond_keys), at);

	if (rc != FA_OK)
		return rc;
	for (int key = ALL; key <= SCOPE; key++) {
		if (at[key] != NULL && key != IN && key != POLARITY) {
			parts++;
			only = key;
		}
	}
	if (parts != 1 || depth > FA_RULES_DEPTH ||
		(at[POLARITY] != NULL && only != MATCH))
		return bad_cond(r);
	out->kind = kind[only];
	if (only == MATCH)
		rc = read_match(r, at, out);
	else if (only == SCOPE)
		rc = fa_jread_scopes(r, at[SCOPE], &out->scopes);
	else if (only == FACT)
		rc = read_fact(r, at[FACT], out);
	else
		rc = read_list(r, at[only], depth, out);
	if (rc == FA_OK && at[IN] != NULL)
		rc = read_region(r, at[IN], out);
	return rc;
}

static int
read_refs(const struct fa_jread *r, const struct fa_json *list,
	struct fa_obligation *out)
{
	static const struct fa_jkey keys[] = {
		{ "article", FA_JSON_STRING, true },
		{ "instrument", FA_JSON_STRING, true },
	};
	const struct fa_json *at[FA_COUNT(keys)];

	if (list == NULL)
		return FA_OK;
	out->refs = fa_arena_new(r->bd.a, list->count, sizeof(*out->refs));
	if (out->refs == NULL)
		return fa_rules_build_nomem(&r->bd);
	for (const struct fa_json *c = list->child; c != NULL; c = c->next) {
		struct fa_ref *ref = &out->refs[out->refs_n++];
		uint32_t i = 0;
		int rc = fa_jread_map(r, c, keys, FA_COUNT(keys), at);

		if (rc == FA_OK)
			rc = fa_jread_text(r, at[0], &ref->article);
		if (rc == FA_OK)
			rc = fa_jread_instrument(r, at[1], &i);
		if (rc != FA_OK)
			return rc;
		ref->instrument = r->bd.b->instruments[i].code;
	}
	return FA_OK;
}

enum {
	O_ARTICLE,
	O_FIX,
	O_GAP,
	O_ID,
	O_INSTRUMENT,
	O_KIND,
	O_PART_OF,
	O_REFS,
	O_SCOPES,
	O_SEVERITY,
	O_SILENT,
	O_TITLE,
	O_WHY,
	O_WORDING
};

static const struct fa_jkey obligation_keys[] = {
	[O_ARTICLE] = { "article", FA_JSON_STRING, true },
	[O_FIX] = { "fix", FA_JSON_OBJECT, true },
	[O_GAP] = { "gap", FA_JSON_OBJECT, false },
	[O_ID] = { "id", FA_JSON_STRING, true },
	[O_INSTRUMENT] = { "instrument", FA_JSON_STRING, true },
	[O_KIND] = { "kind", FA_JSON_STRING, true },
	[O_PART_OF] = { "part_of", FA_JSON_STRING, false },
	[O_REFS] = { "refs", FA_JSON_ARRAY, false },
	[O_SCOPES] = { "scopes", FA_JSON_ARRAY, true },
	[O_SEVERITY] = { "severity", FA_JSON_STRING, true },
	[O_SILENT] = { "silent", FA_JSON_STRING, true },
	[O_TITLE] = { "title", FA_JSON_OBJECT, true },
	[O_WHY] = { "why", FA_JSON_OBJECT, true },
	[O_WORDING] = { "wording", FA_JSON_OBJECT, false },
};

static int
read_obligation_words(const struct fa_jread *r,
	const struct fa_json *const at[], struct fa_obligation *out)
{
	int kind = 0;
	int severity = 0;
	int silent = 0;
	int rc = fa_jread_word(r, at[O_KIND], &fa_words_kind, &kind);

	if (rc == FA_OK) {
		rc = fa_jread_word(
			r, at[O_SEVERITY], &fa_words_severity, &severity);
	}
	if (rc == FA_OK)
		rc = fa_jread_word(r, at[O_SILENT], &fa_words_silent, &silent);
	if (rc == FA_OK)
		rc = fa_jread_scopes(r, at[O_SCOPES], &out->scopes);
	out->kind = (enum fa_kind)kind;
	out->severity = (enum fa_severity)severity;
	out->silent = (enum fa_verdict)silent;
	return rc;
}

static int
read_obligation(const struct fa_jread *r, const struct fa_json *node,
	struct fa_obligation *out)
{
	const struct fa_json *at[FA_COUNT(obligation_keys)];
	int rc = fa_jread_map(
		r, node, obligation_keys, FA_COUNT(obligation_keys), at);

	if (rc == FA_OK)
		rc = fa_jread_text(r, at[O_ARTICLE], &out->article);
	if (rc == FA_OK)
		rc = fa_jread_text2(r, at[O_FIX], &out->fix);
	if (rc == FA_OK)
		rc = fa_jread_text2(r, at[O_GAP], &out->gap);
	if (rc == FA_OK) {
		rc = fa_jread_instrument(r, at[O_INSTRUMENT], &out->instrument);
	}
	if (rc == FA_OK)
		rc = read_obligation_words(r, at, out);
	if (rc == FA_OK && at[O_PART_OF] != NULL)
		rc = fa_rules_build_part(
			&r->bd, out, at[O_PART_OF]->str, r->where);
	if (rc == FA_OK)
		rc = fa_jread_text2(r, at[O_TITLE], &out->title);
	if (rc == FA_OK)
		rc = fa_jread_text2(r, at[O_WHY], &out->why);
	if (rc == FA_OK)
		rc = fa_jread_text2(r, at[O_WORDING], &out->wording);
	if (rc == FA_OK)
		rc = read_refs(r, at[O_REFS], out);
	if (rc == FA_OK &&
		(out->silent == FA_VERDICT_GAP) != (at[O_GAP] != NULL))
		return fa_rules_build_fail(&r->bd, r->where,
			"bundle has silent and gap that disagree");
	return rc;
}

/* The rule that reports silence is made again. */
static int
collect_gap(struct fa_jread *r, uint32_t obligation)
{
	const struct fa_obligation *o = &r->bd.b->obligations[obligation];
	struct fa_item item = { .place = { .file = o->id },
		.obligation = obligation,
		.scope = -1 };
	int rc;

	if (o->silent != FA_VERDICT_GAP)
		return FA_OK;
	rc = fa_rules_build_gap_id(&item.id, &r->bd, o->id);
	return rc == FA_OK ? fa_rules_build_item(&r->bd, &r->rules, item) : rc;
}

int
fa_jread_obligations(struct fa_jread *r, const struct fa_json *list)
{
	struct fa_bundle *b = r->bd.b;
	struct fa_items *items = &r->obligations;
	int rc = fa_jread_items(r, list, "id", items);

	if (rc == FA_OK)
		rc = fa_rules_build_sort(&r->bd, items, "obligation");
	if (rc != FA_OK)
		return rc;
	b->obligations =
		fa_arena_new(r->bd.a, items->n, sizeof(*b->obligations));
	if (b->obligations == NULL)
		return fa_rules_build_nomem(&r->bd);
	b->obligations_n = items->n;
	for (size_t i = 0; i < items->n; i++)
		b->obligations[i].id = items->at[i].id;
	for (size_t i = 0; i < items->n; i++) {
		r->where = items->at[i].place;
		rc = read_obligation(r, items->at[i].node, &b->obligations[i]);
		if (rc == FA_OK)
			rc = collect_gap(r, (uint32_t)i);
		if (rc != FA_OK)
			return rc;
	}
	return FA_OK;
}

enum {
	R_DEFERS,
	R_EXAMPLES,
	R_FALSE,
	R_FIND,
	R_FIX,
	R_ID,
	R_OBLIGATION,
	R_JUDGES,
	R_SCOPE,
	R_STATUS,
	R_TITLE,
	R_UNLESS,
	R_VERDICT,
	R_WHY,
	R_WORDING
};

static const struct fa_jkey rule_keys[] = {
	[R_DEFERS] = { "defers", FA_JSON_STRING, false },
	[R_EXAMPLES] = { "examples", FA_JSON_ARRAY, false },
	[R_FALSE] = { "false_positives", FA_JSON_STRING, false },
	[R_FIND] = { "find", FA_JSON_OBJECT, true },
	[R_FIX] = { "fix", FA_JSON_OBJECT, false },
	[R_ID] = { "id", FA_JSON_STRING, true },
	[R_OBLIGATION] = { "obligation", FA_JSON_STRING, false },
	[R_JUDGES] = { "judges", FA_JSON_STRING, false },
	[R_SCOPE] = { "scope", FA_JSON_STRING, false },
	[R_STATUS] = { "status", FA_JSON_STRING, true },
	[R_TITLE] = { "title", FA_JSON_OBJECT, true },
	[R_UNLESS] = { "unless", FA_JSON_ARRAY, false },
	[R_VERDICT] = { "verdict", FA_JSON_STRING, false },
	[R_WHY] = { "why", FA_JSON_OBJECT, false },
	[R_WORDING] = { "wording", FA_JSON_OBJECT, false },
};

static int
read_examples(const struct fa_jread *r, const struct fa_json *list,
	struct fa_rule *out)
{
	static const struct fa_jkey keys[] = {
		{ "matches", FA_JSON_BOOL, true },
		{ "text", FA_JSON_STRING, true },
	};
	const struct fa_json *at[FA_COUNT(keys)];

	if (list == NULL)
		return FA_OK;
	out->examples =
		fa_arena_new(r->bd.a, list->count, sizeof(*out->examples));
	if (out->examples == NULL)
		return fa_rules_build_nomem(&r->bd);
	for (const struct fa_json *c = list->child; c != NULL; c = c->next) {
		struct fa_example *e = &out->examples[out->examples_n++];
		int rc = fa_jread_map(r, c, keys, FA_COUNT(keys), at);

		if (rc == FA_OK)
			rc = fa_jread_text(r, at[1], &e->text);
		if (rc != FA_OK)
			return rc;
		e->matches = at[0]->boolean;
	}
	return FA_OK;
}

static int
read_owner(const struct fa_jread *r, const struct fa_json *const at[],
	struct fa_rule *out)
{
	int verdict = FA_VERDICT_NOT_APPLICABLE;
	int rc;

	if ((at[R_OBLIGATION] == NULL) == (at[R_SCOPE] == NULL) ||
		(at[R_OBLIGATION] == NULL) != (at[R_VERDICT] == NULL)) {
		return fa_rules_build_fail(&r->bd, r->where,
			"bundle has a rule with neither obligation and verdict "
			"nor scope");
	}
	out->scope = -1;
	out->obligation = FA_RULE_NONE;
	if (at[R_SCOPE] != NULL) {
		return fa_jread_word(
			r, at[R_SCOPE], &fa_words_scope, &out->scope);
	}
	out->obligation = fa_bundle_obligation(r->bd.b, at[R_OBLIGATION]->str);
	if (out->obligation == FA_RULE_NONE) {
		return fa_rules_build_fail(&r->bd, r->where,
			"bundle has a rule for the unknown obligation '%.*s'",
			FA_STR_ARG(at[R_OBLIGATION]->str));
	}
	rc = fa_jread_word(r, at[R_VERDICT], &fa_words_verdict, &verdict);
	out->verdict = (enum fa_verdict)verdict;
	return rc;
}

static int
read_conds(struct fa_jread *r, const struct fa_json *const at[],
	struct fa_rule *out)
{
	struct fa_cond *find = fa_arena_new(r->bd.a, 1, sizeof(*find));
	struct fa_cond *unless = fa_arena_new(r->bd.a, 1, sizeof(*unless));
	int rc;

	if (find == NULL || unless == NULL)
		return fa_rules_build_nomem(&r->bd);
	rc = read_cond(r, at[R_FIND], 1, find);
	if (rc != FA_OK)
		return rc;
	if (!fa_rules_build_anchored(find))
		return bad_cond(r);
	out->find = find;
	if (at[R_UNLESS] == NULL)
		return FA_OK;
	unless->kind = FA_COND_ANY;
	rc = read_list(r, at[R_UNLESS], 0, unless);
	out->unless = unless;
	return rc;
}

static int
read_rule(struct fa_jread *r, const struct fa_json *node, struct fa_rule *out)
{
	const struct fa_json *at[FA_COUNT(rule_keys)];
	int status = 0;
	int on = 0;
	int rc = fa_jread_map(r, node, rule_keys, FA_COUNT(rule_keys), at);

	if (rc == FA_OK)
		rc = read_owner(r, at, out);
	if (rc == FA_OK)
		rc = fa_jread_word(r, at[R_STATUS], &fa_words_status, &status);
	if (rc == FA_OK && at[R_JUDGES] != NULL)
		rc = fa_jread_word(r, at[R_JUDGES], &fa_words_subject, &on);
	out->on_flow = on == 1;
	if (rc == FA_OK && at[R_DEFERS] != NULL)
		rc = fa_rules_build_defers(
			&r->bd, out, at[R_DEFERS]->str, r->where);
	if (rc == FA_OK)
		rc = fa_jread_text2(r, at[R_TITLE], &out->title);
	if (rc == FA_OK)
		rc = fa_jread_text2(r, at[R_WHY], &out->why);
	if (rc == FA_OK)
		rc = fa_jread_text2(r, at[R_WORDING], &out->wording);
	if (rc == FA_OK)
		rc = fa_rules_build_wording(&r->bd, out, r->where);
	if (rc == FA_OK)
		rc = fa_jread_text2(r, at[R_FIX], &out->fix);
	if (rc == FA_OK)
		rc = fa_jread_text(r, at[R_FALSE], &out->false_positives);
	if (rc == FA_OK)
		rc = read_conds(r, at, out);
	if (rc == FA_OK)
		rc = read_examples(r, at[R_EXAMPLES], out);
	out->status = (enum fa_status)status;
	return rc;
}

int
fa_jread_rules(struct fa_jread *r, const struct fa_json *list)
{
	struct fa_bundle *b = r->bd.b;
	struct fa_items *items = &r->rules;
	int rc = fa_jread_items(r, list, "id", items);

	if (rc == FA_OK)
		rc = fa_rules_build_sort(&r->bd, items, "rule");
	if (rc != FA_OK)
		return rc;
	b->rules = fa_arena_new(r->bd.a, items->n, sizeof(*b->rules));
	if (b->rules == NULL)
		return fa_rules_build_nomem(&r->bd);
	for (size_t i = 0; i < items->n; i++) {
		const struct fa_item *item = &items->at[i];

		r->where = item->place;
		b->rules[i].id = item->id;
		if (item->node == NULL)
			fa_rules_build_gap(&r->bd, &b->rules[i], item);
		else
			rc = read_rule(r, item->node, &b->rules[i]);
		if (rc != FA_OK)
			return rc;
		b->rules_n++;
	}
	return FA_OK;
}
