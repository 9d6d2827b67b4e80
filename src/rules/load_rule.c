/* Rules. */
#include "rules/load.h"

#include <string.h>

#include "rules/rules.h"

enum {
	ID,
	JUDGES,
	DEFERS,
	VERDICT,
	STATUS,
	FIND,
	UNLESS,
	EXAMPLES,
	FALSE_POSITIVES,
	TITLE,
	WHY,
	FIX,
	WORDING
};

static const struct fa_key rule_keys[] = {
	[ID] = { "id", FA_WANT_TEXT, true },
	[JUDGES] = { "judges", FA_WANT_TEXT, false },
	[DEFERS] = { "defers", FA_WANT_TEXT, false },
	[VERDICT] = { "verdict", FA_WANT_TEXT, true },
	[STATUS] = { "status", FA_WANT_TEXT, false },
	[FIND] = { "find", FA_WANT_ANY, true },
	[UNLESS] = { "unless", FA_WANT_LIST, false },
	[EXAMPLES] = { "examples", FA_WANT_MAP, false },
	[FALSE_POSITIVES] = { "false_positives", FA_WANT_TEXT, false },
	[TITLE] = { "title", FA_WANT_MAP, true },
	[WHY] = { "why", FA_WANT_MAP, false },
	[FIX] = { "fix", FA_WANT_MAP, false },
	[WORDING] = { "wording", FA_WANT_MAP, false },
};

static int
load_examples(const struct fa_load *l, const struct fa_yaml *node,
	struct fa_rule *out)
{
	static const struct fa_key keys[] = {
		{ "match", FA_WANT_LIST, false },
		{ "no_match", FA_WANT_LIST, false },
	};
	const struct fa_yaml *at[FA_COUNT(keys)] = { NULL, NULL };
	size_t n = 0;
	int rc = FA_OK;

	if (node == NULL)
		return FA_OK;
	rc = fa_load_map(l, node, "examples", keys, FA_COUNT(keys), at);
	if (rc != FA_OK)
		return rc;
	for (size_t i = 0; i < FA_COUNT(keys); i++)
		n += at[i] != NULL ? at[i]->count : 0;
	out->examples = fa_arena_new(l->bd.a, n, sizeof(*out->examples));
	if (out->examples == NULL)
		return fa_rules_build_nomem(&l->bd);
	for (size_t i = 0; i < FA_COUNT(keys); i++) {
		const struct fa_yaml *c = at[i] != NULL ? at[i]->child : NULL;

		for (; c != NULL; c = c->next) {
			struct fa_example *e =
				&out->examples[out->examples_n++];

			e->matches = i == 0;
			rc = fa_load_text(l, c, "example", &e->text);
			if (rc != FA_OK)
				return rc;
		}
	}
	return FA_OK;
}

static int
load_find(struct fa_load *l, const struct fa_yaml *node, struct fa_rule *out)
{
	struct fa_cond *find = fa_arena_new(l->bd.a, 1, sizeof(*find));
	int rc;

	if (find == NULL)
		return fa_rules_build_nomem(&l->bd);
	rc = fa_load_cond(l, node, 1, find);
	if (rc != FA_OK)
		return rc;
	if (!fa_rules_build_anchored(find)) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"'find' has no pattern whose passage could be "
			"reported: one is needed outside of none: and of "
			"regions wider than the sentence");
	}
	out->find = find;
	return FA_OK;
}

static int
load_unless(struct fa_load *l, const struct fa_yaml *list, struct fa_rule *out)
{
	struct fa_cond *any;
	struct fa_cond *child;

	if (list == NULL)
		return FA_OK;
	any = fa_arena_new(l->bd.a, 1, sizeof(*any));
	child = fa_arena_new(l->bd.a, list->count, sizeof(*child));
	if (any == NULL || child == NULL)
		return fa_rules_build_nomem(&l->bd);
	any->kind = FA_COND_ANY;
	any->child = child;
	any->child_n = list->count;
	for (const struct fa_yaml *c = list->child; c != NULL; c = c->next) {
		int rc = fa_load_cond(l, c, 1, child++);

		if (rc != FA_OK)
			return rc;
	}
	out->unless = any;
	return FA_OK;
}

/* "FRM.10.1-sole" in FRM.10.1, "SCOPE-PHOTO-upload" in scope PHOTO. */
static int
check_rule_id(const struct fa_load *l, const struct fa_item *item)
{
	struct fa_str rest = item->id;
	const char *kind = "obligation";
	struct fa_str owner;

	if (item->scope >= 0) {
		kind = "scope";
		owner = fa_str_c(fa_scope_name(item->scope));
		rest = fa_str_starts(rest, FA_STR("SCOPE-"))
			? fa_str_sub(rest, 6, rest.n)
			: FA_STR_NONE;
	} else {
		owner = l->bd.b->obligations[item->obligation].id;
	}
	if (fa_str_starts(rest, owner) && rest.n > owner.n + 1 &&
		rest.p[owner.n] == '-')
		return FA_OK;
	return fa_rules_build_fail(&l->bd, item->place,
		"rule '%.*s' does not begin with its %s '%s%.*s-'",
		FA_STR_ARG(item->id), kind, item->scope >= 0 ? "SCOPE-" : "",
		FA_STR_ARG(owner));
}

static int
load_defers(const struct fa_load *l, const struct fa_yaml *node,
	struct fa_rule *out)
{
	struct fa_str to;
	int rc;

	if (node == NULL)
		return FA_OK;
	rc = fa_load_text(l, node, "defers", &to);
	return rc != FA_OK ? rc
			   : fa_rules_build_defers(
				     &l->bd, out, to, fa_load_place(l, node));
}

static int
load_rule_words(const struct fa_load *l, const struct fa_yaml *const at[],
	struct fa_rule *out)
{
	int status = FA_STATUS_EXPERIMENTAL;
	int verdict = FA_VERDICT_NOT_APPLICABLE;
	int on = 0;
	int rc = FA_OK;

	if (out->scope < 0)
		rc = fa_load_word(l, at[VERDICT], &fa_words_verdict, &verdict);
	if (rc == FA_OK && at[JUDGES] != NULL)
		rc = fa_load_word(l, at[JUDGES], &fa_words_subject, &on);
	if (rc == FA_OK && on == 1 && out->scope >= 0)
		return fa_rules_build_fail(&l->bd, fa_load_place(l, at[JUDGES]),
			"a scope rule judges documents and flows");
	if (rc == FA_OK && at[STATUS] != NULL)
		rc = fa_load_word(l, at[STATUS], &fa_words_status, &status);
	out->verdict = (enum fa_verdict)verdict;
	out->on_flow = on == 1;
	out->status = (enum fa_status)status;
	return rc == FA_OK ? load_defers(l, at[DEFERS], out) : rc;
}

static int
load_rule_texts(const struct fa_load *l, const struct fa_yaml *const at[],
	struct fa_rule *out)
{
	int rc = fa_load_text2(l, at[TITLE], "title", &out->title);

	if (rc == FA_OK)
		rc = fa_load_text2(l, at[WHY], "why", &out->why);
	if (rc == FA_OK)
		rc = fa_load_text2(l, at[FIX], "fix", &out->fix);
	if (rc == FA_OK)
		rc = fa_load_wording(
			l, at[WORDING], &out->wording, &out->wording_line);
	if (rc == FA_OK && at[WORDING] != NULL)
		rc = fa_rules_build_wording(
			&l->bd, out, fa_load_place(l, at[WORDING]));
	if (rc == FA_OK && at[FALSE_POSITIVES] != NULL) {
		rc = fa_load_text(l, at[FALSE_POSITIVES], "false_positives",
			&out->false_positives);
	}
	return rc;
}

static int
load_rule(struct fa_load *l, const struct fa_item *item, struct fa_rule *out)
{
	const struct fa_yaml *at[FA_COUNT(rule_keys)];
	struct fa_key keys[FA_COUNT(rule_keys)];
	bool in_scope = item->scope >= 0;
	int rc;

	memcpy(keys, rule_keys, sizeof(keys));
	keys[VERDICT].required = !in_scope;
	l->file = item->place.file;
	*out = (struct fa_rule){ .id = item->id,
		.obligation = item->obligation,
		.scope = item->scope,
		.file = item->place.file,
		.line = item->place.line };
	rc = fa_load_map(l, item->node, "a rule", keys, FA_COUNT(keys), at);
	if (rc == FA_OK)
		rc = check_rule_id(l, item);
	if (rc == FA_OK && in_scope && at[VERDICT] != NULL) {
		return fa_rules_build_fail(&l->bd,
			fa_load_place(l, at[VERDICT]),
			"a scope rule has no verdict");
	}
	if (rc == FA_OK)
		rc = load_rule_words(l, at, out);
	if (rc == FA_OK)
		rc = load_rule_texts(l, at, out);
	l->on_flow = out->on_flow;
	if (rc == FA_OK)
		rc = load_find(l, at[FIND], out);
	if (rc == FA_OK)
		rc = load_unless(l, at[UNLESS], out);
	if (rc == FA_OK)
		rc = load_examples(l, at[EXAMPLES], out);
	return rc;
}

int
fa_load_rules(struct fa_load *l)
{
	struct fa_bundle *b = l->bd.b;
	size_t n = l->rules.n;
	int rc = fa_rules_build_sort(&l->bd, &l->rules, "rule");

	if (rc != FA_OK)
		return rc;
	b->rules = fa_arena_new(l->bd.a, n, sizeof(*b->rules));
	if (b->rules == NULL)
		return fa_rules_build_nomem(&l->bd);
	for (size_t i = 0; i < n; i++) {
		const struct fa_item *item = &l->rules.at[i];

		if (item->node == NULL)
			fa_rules_build_gap(&l->bd, &b->rules[i], item);
		else
			rc = load_rule(l, item, &b->rules[i]);
		if (rc != FA_OK)
			return rc;
		b->rules_n++;
	}
	return FA_OK;
}
