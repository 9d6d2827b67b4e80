/* Obligations, and the lists of rules in them and in scope files. */
#include "rules/load.h"

#include "rules/rules.h"

enum {
	OBLIGATION,
	PART_OF,
	INSTRUMENT,
	ARTICLE,
	KIND,
	SEVERITY,
	SILENT,
	APPLIES,
	TITLE,
	WHY,
	FIX,
	WORDING,
	GAP,
	REFS,
	RULES
};

static const struct fa_key obligation_keys[] = {
	[OBLIGATION] = { "obligation", FA_WANT_TEXT, true },
	[PART_OF] = { "part_of", FA_WANT_TEXT, false },
	[INSTRUMENT] = { "instrument", FA_WANT_TEXT, true },
	[ARTICLE] = { "article", FA_WANT_TEXT, true },
	[KIND] = { "kind", FA_WANT_TEXT, true },
	[SEVERITY] = { "severity", FA_WANT_TEXT, true },
	[SILENT] = { "silent", FA_WANT_TEXT, true },
	[APPLIES] = { "applies_if", FA_WANT_MAP, true },
	[TITLE] = { "title", FA_WANT_MAP, true },
	[WHY] = { "why", FA_WANT_MAP, true },
	[FIX] = { "fix", FA_WANT_MAP, true },
	[WORDING] = { "wording", FA_WANT_MAP, false },
	[GAP] = { "gap", FA_WANT_MAP, false },
	[REFS] = { "refs", FA_WANT_LIST, false },
	[RULES] = { "rules", FA_WANT_LIST, true },
};

static int
load_refs(const struct fa_load *l, const struct fa_yaml *list,
	struct fa_obligation *out)
{
	static const struct fa_key keys[] = {
		{ "instrument", FA_WANT_TEXT, true },
		{ "article", FA_WANT_TEXT, true },
	};
	const struct fa_yaml *at[FA_COUNT(keys)];

	if (list == NULL)
		return FA_OK;
	out->refs = fa_arena_new(l->bd.a, list->count, sizeof(*out->refs));
	if (out->refs == NULL)
		return fa_rules_build_nomem(&l->bd);
	for (const struct fa_yaml *c = list->child; c != NULL; c = c->next) {
		struct fa_ref *ref = &out->refs[out->refs_n++];
		uint32_t i = 0;
		int rc = fa_load_map(
			l, c, "a reference", keys, FA_COUNT(keys), at);

		if (rc == FA_OK)
			rc = fa_load_instrument(l, at[0], &i);
		if (rc == FA_OK)
			rc = fa_load_text(l, at[1], "article", &ref->article);
		if (rc != FA_OK)
			return rc;
		ref->instrument = l->bd.b->instruments[i].code;
	}
	return FA_OK;
}

static int
load_applies(const struct fa_load *l, const struct fa_yaml *node, uint32_t *out)
{
	static const struct fa_key keys[] = {
		{ "scope", FA_WANT_ANY, true },
	};
	const struct fa_yaml *at[FA_COUNT(keys)];
	int rc = fa_load_map(l, node, "applies_if", keys, FA_COUNT(keys), at);

	return rc == FA_OK ? fa_load_scopes(l, at[0], out) : rc;
}

static int
load_texts(const struct fa_load *l, const struct fa_yaml *const at[],
	struct fa_obligation *out)
{
	int rc = fa_load_text2(l, at[TITLE], "title", &out->title);

	if (rc == FA_OK)
		rc = fa_load_text2(l, at[WHY], "why", &out->why);
	if (rc == FA_OK)
		rc = fa_load_text2(l, at[FIX], "fix", &out->fix);
	if (rc == FA_OK)
		rc = fa_load_wording(
			l, at[WORDING], &out->wording, &out->wording_line);
	if (rc == FA_OK)
		rc = fa_load_text2(l, at[GAP], "gap", &out->gap);
	return rc;
}

static int
check_gap(const struct fa_load *l, const struct fa_yaml *const at[],
	const struct fa_obligation *o)
{
	if (o->silent == FA_VERDICT_GAP && at[GAP] == NULL) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, at[SILENT]),
			"silent: gap needs 'gap' with what is missing");
	}
	if (o->silent != FA_VERDICT_GAP && at[GAP] != NULL) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, at[GAP]),
			"'gap' is for silent: gap only");
	}
	return FA_OK;
}

static int
check_id(const struct fa_load *l, const struct fa_yaml *node,
	const struct fa_obligation *o)
{
	struct fa_str code = l->bd.b->instruments[o->instrument].code;

	if (fa_str_starts(o->id, code) && o->id.n > code.n + 1 &&
		o->id.p[code.n] == '.')
		return FA_OK;
	return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
		"obligation '%.*s' does not begin with its instrument '%.*s.'",
		FA_STR_ARG(o->id), FA_STR_ARG(code));
}

static int
load_part(const struct fa_load *l, const struct fa_yaml *node,
	struct fa_obligation *out)
{
	struct fa_str id;
	int rc;

	if (node == NULL)
		return FA_OK;
	rc = fa_load_text(l, node, "part_of", &id);
	if (rc != FA_OK)
		return rc;
	return fa_rules_build_part(&l->bd, out, id, fa_load_place(l, node));
}

static int
load_obligation(const struct fa_load *l, const struct fa_yaml *node,
	struct fa_obligation *out, const struct fa_yaml **rules)
{
	const struct fa_yaml *at[FA_COUNT(obligation_keys)];
	int kind = 0;
	int severity = 0;
	int silent = 0;
	int rc = fa_load_map(l, node, "an obligation", obligation_keys,
		FA_COUNT(obligation_keys), at);

	if (rc == FA_OK)
		rc = fa_load_instrument(l, at[INSTRUMENT], &out->instrument);
	if (rc == FA_OK)
		rc = check_id(l, at[OBLIGATION], out);
	if (rc == FA_OK)
		rc = fa_load_text(l, at[ARTICLE], "article", &out->article);
	if (rc == FA_OK)
		rc = fa_load_word(l, at[KIND], &fa_words_kind, &kind);
	if (rc == FA_OK)
		rc = fa_load_word(
			l, at[SEVERITY], &fa_words_severity, &severity);
	if (rc == FA_OK)
		rc = fa_load_word(l, at[SILENT], &fa_words_silent, &silent);
	if (rc == FA_OK)
		rc = load_applies(l, at[APPLIES], &out->scopes);
	if (rc == FA_OK)
		rc = load_part(l, at[PART_OF], out);
	if (rc == FA_OK)
		rc = load_texts(l, at, out);
	if (rc == FA_OK)
		rc = load_refs(l, at[REFS], out);
	if (rc != FA_OK)
		return rc;
	out->kind = (enum fa_kind)kind;
	out->severity = (enum fa_severity)severity;
	out->silent = (enum fa_verdict)silent;
	*rules = at[RULES];
	return check_gap(l, at, out);
}

/* Notes the rules of a list, to be read in the order of their ids. */
static int
collect(struct fa_load *l, const struct fa_yaml *list, uint32_t obligation,
	int scope)
{
	for (const struct fa_yaml *c = list->child; c != NULL; c = c->next) {
		struct fa_item item = {
			.node = c, .obligation = obligation, .scope = scope
		};
		const struct fa_yaml *id = NULL;
		int rc;

		if (c->kind == FA_YAML_MAP)
			id = fa_yaml_find(c, "id");
		if (id == NULL) {
			return fa_rules_build_fail(&l->bd, fa_load_place(l, c),
				"a rule has no 'id'");
		}
		item.place = fa_load_place(l, id);
		rc = fa_load_text(l, id, "id", &item.id);
		if (rc == FA_OK)
			rc = fa_rules_build_item(&l->bd, &l->rules, item);
		if (rc != FA_OK)
			return rc;
	}
	return FA_OK;
}

static int
collect_gap(struct fa_load *l, uint32_t obligation, struct fa_place place)
{
	struct fa_item item = {
		.place = place, .obligation = obligation, .scope = -1
	};
	const struct fa_obligation *o = &l->bd.b->obligations[obligation];
	int rc;

	if (o->silent != FA_VERDICT_GAP)
		return FA_OK;
	rc = fa_rules_build_gap_id(&item.id, &l->bd, o->id);
	return rc == FA_OK ? fa_rules_build_item(&l->bd, &l->rules, item) : rc;
}

int
fa_load_obligations(struct fa_load *l)
{
	struct fa_bundle *b = l->bd.b;
	size_t n = l->obligations.n;
	int rc = fa_rules_build_sort(&l->bd, &l->obligations, "obligation");

	if (rc != FA_OK)
		return rc;
	b->obligations = fa_arena_new(l->bd.a, n, sizeof(*b->obligations));
	if (b->obligations == NULL)
		return fa_rules_build_nomem(&l->bd);
	b->obligations_n = n;
	for (size_t i = 0; i < n; i++)
		b->obligations[i].id = l->obligations.at[i].id;
	for (size_t i = 0; i < n; i++) {
		const struct fa_item *item = &l->obligations.at[i];
		struct fa_obligation *o = &b->obligations[i];
		const struct fa_yaml *rules = NULL;

		l->file = item->place.file;
		o->file = item->place.file;
		o->line = item->place.line;
		rc = load_obligation(l, item->node, o, &rules);
		if (rc == FA_OK)
			rc = collect(l, rules, (uint32_t)i, -1);
		if (rc == FA_OK)
			rc = collect_gap(l, (uint32_t)i, item->place);
		if (rc != FA_OK)
			return rc;
	}
	return FA_OK;
}

int
fa_load_scope_files(struct fa_load *l)
{
	static const struct fa_key keys[] = {
		{ "scope", FA_WANT_TEXT, true },
		{ "rules", FA_WANT_LIST, true },
	};
	const struct fa_yaml *at[FA_COUNT(keys)];

	for (size_t i = 0; i < l->scopes.n; i++) {
		const struct fa_item *item = &l->scopes.at[i];
		int scope = 0;
		int rc;

		l->file = item->place.file;
		rc = fa_load_map(
			l, item->node, "a scope", keys, FA_COUNT(keys), at);
		if (rc == FA_OK)
			rc = fa_load_word(l, at[0], &fa_words_scope, &scope);
		if (rc == FA_OK)
			rc = collect(l, at[1], FA_RULE_NONE, scope);
		if (rc != FA_OK)
			return rc;
	}
	return FA_OK;
}
