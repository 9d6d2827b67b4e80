#include "rules/bundle_read.h"

#include "rules/rules.h"

#define DATE_MAX 99991231u

static int
read_instrument(const struct fa_jread *r, const struct fa_json *node,
	struct fa_instrument *out)
{
	enum { BINDING, CODE, FROM, TO, ISSUER, NUMBER, PAGE, TITLE };
	static const struct fa_jkey keys[] = {
		[BINDING] = { "binding", FA_JSON_BOOL, true },
		[CODE] = { "code", FA_JSON_STRING, true },
		[FROM] = { "in_force_from", FA_JSON_INT, true },
		[TO] = { "in_force_to", FA_JSON_INT, true },
		[ISSUER] = { "issuer", FA_JSON_OBJECT, true },
		[NUMBER] = { "number", FA_JSON_STRING, false },
		[PAGE] = { "page", FA_JSON_STRING, true },
		[TITLE] = { "title", FA_JSON_OBJECT, true },
	};
	const struct fa_json *at[FA_COUNT(keys)];
	uint32_t from = 0;
	uint32_t to = 0;
	int rc = fa_jread_map(r, node, keys, FA_COUNT(keys), at);

	if (rc == FA_OK)
		rc = fa_jread_text(r, at[CODE], &out->code);
	if (rc == FA_OK)
		rc = fa_jread_number(r, at[FROM], DATE_MAX, &from);
	if (rc == FA_OK)
		rc = fa_jread_number(r, at[TO], DATE_MAX, &to);
	if (rc == FA_OK)
		rc = fa_jread_text2(r, at[ISSUER], &out->issuer);
	if (rc == FA_OK)
		rc = fa_jread_text(r, at[NUMBER], &out->number);
	if (rc == FA_OK)
		rc = fa_jread_text(r, at[PAGE], &out->page);
	if (rc == FA_OK)
		rc = fa_jread_text2(r, at[TITLE], &out->title);
	if (rc != FA_OK)
		return rc;
	out->binding = at[BINDING]->boolean;
	out->in_force_from = (int32_t)from;
	out->in_force_to = (int32_t)to;
	return FA_OK;
}

int
fa_jread_instruments(struct fa_jread *r, const struct fa_json *list)
{
	struct fa_bundle *b = r->bd.b;
	struct fa_items items = { NULL, 0, 0 };
	int rc = fa_jread_items(r, list, "code", &items);

	if (rc == FA_OK)
		rc = fa_rules_build_sort(&r->bd, &items, "instrument");
	if (rc != FA_OK)
		return rc;
	b->instruments =
		fa_arena_new(r->bd.a, items.n, sizeof(*b->instruments));
	if (b->instruments == NULL)
		return fa_rules_build_nomem(&r->bd);
	for (size_t i = 0; i < items.n; i++) {
		r->where = items.at[i].place;
		rc = read_instrument(r, items.at[i].node, &b->instruments[i]);
		if (rc != FA_OK)
			return rc;
		b->instruments_n++;
	}
	return FA_OK;
}

int
fa_jread_weights(struct fa_jread *r, const struct fa_json *weights,
	const struct fa_json *tiers)
{
	static const struct fa_jkey tier_keys[] = {
		{ "established", FA_JSON_INT, true },
		{ "probable", FA_JSON_INT, true },
	};
	struct fa_jkey keys[FA_SEVERITY_COUNT];
	const struct fa_json *weight[FA_SEVERITY_COUNT];
	const struct fa_json *tier[FA_COUNT(tier_keys)];
	struct fa_bundle *b = r->bd.b;
	int rc;

	r->where.file = FA_STR("weights");
	for (int i = 0; i < FA_SEVERITY_COUNT; i++) {
		keys[i] =
			(struct fa_jkey){ fa_severity_name((enum fa_severity)i),
				FA_JSON_INT, true };
	}
	rc = fa_jread_map(r, weights, keys, FA_COUNT(keys), weight);
	if (rc == FA_OK) {
		rc = fa_jread_map(
			r, tiers, tier_keys, FA_COUNT(tier_keys), tier);
	}
	for (int i = 0; i < FA_SEVERITY_COUNT && rc == FA_OK; i++)
		rc = fa_jread_number(r, weight[i], 1000, &b->loss[i]);
	if (rc == FA_OK)
		rc = fa_jread_number(r, tier[0], 1000, &b->established);
	if (rc == FA_OK)
		rc = fa_jread_number(r, tier[1], b->established, &b->probable);
	return rc;
}

static int
read_set(const struct fa_jread *r, const struct fa_json *node,
	struct fa_labelled_set *out)
{
	static const struct fa_jkey keys[] = {
		{ "documents", FA_JSON_INT, true },
		{ "name", FA_JSON_STRING, true },
		{ "sha256", FA_JSON_STRING, true },
	};
	const struct fa_json *at[FA_COUNT(keys)];
	int rc = fa_jread_map(r, node, keys, FA_COUNT(keys), at);

	if (rc == FA_OK)
		rc = fa_jread_number(
			r, at[0], FA_JREAD_COUNT_MAX, &out->documents);
	if (rc == FA_OK)
		rc = fa_jread_text(r, at[1], &out->name);
	if (rc == FA_OK)
		rc = fa_jread_text(r, at[2], &out->sha256);
	return rc;
}

static int
read_counts(const struct fa_jread *r, const struct fa_json *node)
{
	static const struct fa_jkey keys[] = {
		{ "hits", FA_JSON_INT, true },
		{ "id", FA_JSON_STRING, true },
		{ "right", FA_JSON_INT, true },
	};
	const struct fa_json *at[FA_COUNT(keys)];
	uint32_t hits = 0;
	uint32_t right = 0;
	int rc = fa_jread_map(r, node, keys, FA_COUNT(keys), at);

	if (rc == FA_OK)
		rc = fa_jread_number(r, at[0], FA_JREAD_COUNT_MAX, &hits);
	if (rc == FA_OK)
		rc = fa_jread_number(r, at[2], hits, &right);
	if (rc != FA_OK)
		return rc;
	if (!fa_rules_build_measured(&r->bd, at[1]->str, hits, right)) {
		return fa_rules_build_fail(&r->bd, r->where,
			"bundle measures '%.*s', which is no rule",
			FA_STR_ARG(at[1]->str));
	}
	return FA_OK;
}

int
fa_jread_measured(struct fa_jread *r, const struct fa_json *node)
{
	enum { OBLIGATIONS, RULES, SETS };
	static const struct fa_jkey keys[] = {
		[OBLIGATIONS] = { "obligations", FA_JSON_ARRAY, false },
		[RULES] = { "rules", FA_JSON_ARRAY, true },
		[SETS] = { "sets", FA_JSON_ARRAY, true },
	};
	const struct fa_json *at[FA_COUNT(keys)];
	struct fa_bundle *b = r->bd.b;
	int rc = fa_jread_map(r, node, keys, FA_COUNT(keys), at);

	if (rc != FA_OK)
		return rc;
	b->sets = fa_arena_new(r->bd.a, at[SETS]->count, sizeof(*b->sets));
	if (b->sets == NULL)
		return fa_rules_build_nomem(&r->bd);
	for (const struct fa_json *c = at[SETS]->child; c != NULL;
		c = c->next) {
		rc = read_set(r, c, &b->sets[b->sets_n]);
		if (rc != FA_OK)
			return rc;
		b->sets_n++;
	}
	for (const struct fa_json *c = at[RULES]->child; c != NULL;
		c = c->next) {
		rc = read_counts(r, c);
		if (rc != FA_OK)
			return rc;
	}
	return fa_jread_recall(r, at[OBLIGATIONS]);
}

static int
read_lexicon(const struct fa_jread *r, const struct fa_json *node,
	struct fa_lexicon *out)
{
	static const struct fa_jkey keys[] = {
		{ "name", FA_JSON_STRING, true },
		{ "words", FA_JSON_ARRAY, true },
	};
	const struct fa_json *at[FA_COUNT(keys)];
	int rc = fa_jread_map(r, node, keys, FA_COUNT(keys), at);

	if (rc != FA_OK)
		return rc;
	if (at[1]->count == 0 || at[1]->count > FA_RULES_WORDS ||
		fa_str_starts(at[0]->str, FA_STR("="))) {
		return fa_rules_build_fail(&r->bd, r->where,
			"bundle has a lexicon of no or too many words, or "
			"with a reserved name");
	}
	out->name = at[0]->str;
	out->words = fa_arena_new(r->bd.a, at[1]->count, sizeof(*out->words));
	if (out->words == NULL)
		return fa_rules_build_nomem(&r->bd);
	for (const struct fa_json *c = at[1]->child; c != NULL; c = c->next) {
		rc = fa_jread_text(r, c, &out->words[out->words_n]);
		if (rc != FA_OK)
			return rc;
		out->words_n++;
	}
	fa_rules_build_words(out);
	return FA_OK;
}

int
fa_jread_lexicons(struct fa_jread *r, const struct fa_json *list)
{
	struct fa_bundle *b = r->bd.b;
	struct fa_items *items = &r->lexicons;
	int rc = fa_jread_items(r, list, "name", items);

	if (rc == FA_OK)
		rc = fa_rules_build_sort(&r->bd, items, "lexicon");
	if (rc != FA_OK)
		return rc;
	if (items->n > FA_NAME_LEXICONS) {
		return fa_rules_build_fail(&r->bd, r->where,
			"bundle has %zu lexicons; the limit is %d", items->n,
			FA_NAME_LEXICONS);
	}
	b->lexicons = fa_arena_new(r->bd.a, items->n, sizeof(*b->lexicons));
	if (b->lexicons == NULL)
		return fa_rules_build_nomem(&r->bd);
	r->bd.lexicons_cap = items->n;
	for (size_t i = 0; i < items->n; i++) {
		r->where = items->at[i].place;
		rc = read_lexicon(r, items->at[i].node, &b->lexicons[i]);
		if (rc != FA_OK)
			return rc;
	}
	b->lexicons_n = items->n;
	r->bd.named = items->n;
	return FA_OK;
}
