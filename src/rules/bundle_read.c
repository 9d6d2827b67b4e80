#include "rules/bundle_read.h"

#include <string.h>

#include "base/hash.h"
#include "rules/bundle.h"
#include "rules/rules.h"

static const struct fa_str head = FA_STR_INIT("{\"bundle\":");
static const struct fa_str tail = FA_STR_INIT(",\"sha256\":\"");
static const struct fa_str end = FA_STR_INIT("\"}");

static int
fail(const struct fa_jread *r, const char *what, const char *key)
{
	return fa_rules_build_fail(
		&r->bd, r->where, "bundle %s '%s'", what, key);
}

int
fa_jread_map(const struct fa_jread *r, const struct fa_json *node,
	const struct fa_jkey *keys, size_t n, const struct fa_json **out)
{
	memset(out, 0, n * sizeof(*out));
	if (node->kind != FA_JSON_OBJECT)
		return fail(r, "has no object at", keys[0].name);
	for (const struct fa_json *c = node->child; c != NULL; c = c->next) {
		size_t i = 0;

		while (i < n && !fa_str_eq(fa_str_c(keys[i].name), c->key))
			i++;
		if (i == n) {
			return fa_rules_build_fail(&r->bd, r->where,
				"bundle has an unknown member '%.*s'",
				FA_STR_ARG(c->key));
		}
		if (c->kind != keys[i].kind)
			return fail(r, "has a wrong kind of", keys[i].name);
		out[i] = c;
	}
	for (size_t i = 0; i < n; i++) {
		if (keys[i].required && out[i] == NULL)
			return fail(r, "has no", keys[i].name);
	}
	return FA_OK;
}

int
fa_jread_text(const struct fa_jread *r, const struct fa_json *node,
	struct fa_str *out)
{
	if (node == NULL)
		return FA_OK;
	if (node->kind != FA_JSON_STRING || node->str.n == 0) {
		return fa_rules_build_fail(&r->bd, r->where,
			"bundle has an empty text or none for '%.*s'",
			FA_STR_ARG(node->key));
	}
	*out = node->str;
	return FA_OK;
}

int
fa_jread_text2(const struct fa_jread *r, const struct fa_json *node,
	struct fa_text2 *out)
{
	static const struct fa_jkey keys[] = {
		{ "en", FA_JSON_STRING, true },
		{ "zh", FA_JSON_STRING, true },
	};
	const struct fa_json *at[FA_COUNT(keys)];
	int rc;

	if (node == NULL)
		return FA_OK;
	rc = fa_jread_map(r, node, keys, FA_COUNT(keys), at);
	if (rc == FA_OK)
		rc = fa_jread_text(r, at[0], &out->in[FA_LANG_EN]);
	if (rc == FA_OK)
		rc = fa_jread_text(r, at[1], &out->in[FA_LANG_ZH]);
	return rc;
}

int
fa_jread_word(const struct fa_jread *r, const struct fa_json *node,
	const struct fa_words *words, int *out)
{
	for (int i = words->first; i < words->first + words->n; i++) {
		if (node->kind == FA_JSON_STRING &&
			fa_str_eq(fa_str_c(words->at(i)), node->str)) {
			*out = i;
			return FA_OK;
		}
	}
	return fa_rules_build_fail(
		&r->bd, r->where, "bundle has an unknown %s", words->what);
}

int
fa_jread_number(const struct fa_jread *r, const struct fa_json *node,
	uint32_t max, uint32_t *out)
{
	if (node->integer < 0 || node->integer > (int64_t)max) {
		return fa_rules_build_fail(&r->bd, r->where,
			"bundle has '%.*s' out of range",
			FA_STR_ARG(node->key));
	}
	*out = (uint32_t)node->integer;
	return FA_OK;
}

int
fa_jread_scopes(
	const struct fa_jread *r, const struct fa_json *node, uint32_t *out)
{
	uint32_t set = 0;

	for (const struct fa_json *c = node->child; c != NULL; c = c->next) {
		int scope = 0;
		int rc = fa_jread_word(r, c, &fa_words_scope, &scope);

		if (rc != FA_OK)
			return rc;
		set |= FA_SCOPE_BIT(scope);
	}
	if (set == 0)
		return fail(r, "has no class of mention in", "scope");
	*out = set;
	return FA_OK;
}

int
fa_jread_instrument(
	const struct fa_jread *r, const struct fa_json *node, uint32_t *out)
{
	const struct fa_bundle *b = r->bd.b;

	for (size_t i = 0; i < b->instruments_n; i++) {
		if (fa_str_eq(b->instruments[i].code, node->str)) {
			*out = (uint32_t)i;
			return FA_OK;
		}
	}
	return fail(r, "has an unknown", "instrument");
}

int
fa_jread_items(struct fa_jread *r, const struct fa_json *list, const char *key,
	struct fa_items *out)
{
	for (const struct fa_json *c = list->child; c != NULL; c = c->next) {
		struct fa_item item = {
			.node = c, .obligation = FA_RULE_NONE, .scope = -1
		};
		int rc;

		item.id = fa_json_text(c, key);
		item.place.file = item.id;
		if (item.id.n == 0)
			return fail(r, "has an entry without", key);
		rc = fa_rules_build_item(&r->bd, out, item);
		if (rc != FA_OK)
			return rc;
	}
	return FA_OK;
}

static int
read_value(struct fa_jread *r, const struct fa_json *value)
{
	enum {
		FORMAT,
		INSTRUMENTS,
		LEDGER,
		LEXICONS,
		MEASURED,
		OBLIGATIONS,
		RULES,
		TIERS,
		WEIGHTS
	};
	static const struct fa_jkey keys[] = {
		[FORMAT] = { "format", FA_JSON_STRING, true },
		[INSTRUMENTS] = { "instruments", FA_JSON_ARRAY, true },
		[LEDGER] = { "ledger", FA_JSON_ARRAY, false },
		[LEXICONS] = { "lexicons", FA_JSON_ARRAY, true },
		[MEASURED] = { "measured", FA_JSON_OBJECT, true },
		[OBLIGATIONS] = { "obligations", FA_JSON_ARRAY, true },
		[RULES] = { "rules", FA_JSON_ARRAY, true },
		[TIERS] = { "tiers", FA_JSON_OBJECT, true },
		[WEIGHTS] = { "weights", FA_JSON_OBJECT, true },
	};
	const struct fa_json *at[FA_COUNT(keys)];
	struct fa_str format = fa_json_text(value, "format");
	int rc;

	if (!fa_str_eq(format, FA_STR(FA_RULES_FORMAT))) {
		return fa_rules_build_fail(&r->bd, r->where,
			"bundle has the format '%.*s'; this program reads %s",
			FA_STR_ARG(format), FA_RULES_FORMAT);
	}
	rc = fa_jread_map(r, value, keys, FA_COUNT(keys), at);
	if (rc == FA_OK)
		rc = fa_jread_instruments(r, at[INSTRUMENTS]);
	if (rc == FA_OK)
		rc = fa_jread_weights(r, at[WEIGHTS], at[TIERS]);
	if (rc == FA_OK)
		rc = fa_jread_lexicons(r, at[LEXICONS]);
	if (rc == FA_OK)
		rc = fa_jread_obligations(r, at[OBLIGATIONS]);
	if (rc == FA_OK)
		rc = fa_jread_ledger(r, at[LEDGER]);
	if (rc == FA_OK)
		rc = fa_jread_rules(r, at[RULES]);
	if (rc == FA_OK)
		rc = fa_rules_build_finish(&r->bd);
	r->where.file = FA_STR("measured");
	return rc == FA_OK ? fa_jread_measured(r, at[MEASURED]) : rc;
}

/* Cuts the text of the value out of the frame and checks its digest. What
 * was not written by our writer byte by byte is not a bundle. */
static int
open_frame(struct fa_str *value, char hex[FA_HASH_HEX_BYTES],
	struct fa_str json, struct fa_err *err)
{
	size_t frame = tail.n + FA_HASH_HEX_BYTES - 1 + end.n;
	struct fa_str stated;
	size_t cut;
	int rc;

	json = fa_str_trim(json);
	cut = json.n < head.n + frame ? 0 : json.n - frame;
	if (cut == 0 || !fa_str_starts(json, head) ||
		!fa_str_eq(fa_str_sub(json, cut, cut + tail.n), tail) ||
		!fa_str_ends(json, end)) {
		return fa_fail(err, FA_E_INPUT,
			"not a compiled bundle: expected {\"bundle\":...,"
			"\"sha256\":\"...\"} as `rules compile' writes it");
	}
	*value = fa_str_sub(json, head.n, cut);
	rc = fa_hash_sha256(hex, *value, err);
	if (rc != FA_OK)
		return rc;
	stated = fa_str_sub(json, cut + tail.n, json.n - end.n);
	if (!fa_str_eq(stated, fa_str_c(hex))) {
		return fa_fail(err, FA_E_INPUT,
			"the bundle was changed: its SHA-256 is %s, it says "
			"%.*s",
			hex, FA_STR_ARG(stated));
	}
	return FA_OK;
}

int
fa_rules_parse_bundle(struct fa_bundle **out, struct fa_str json,
	struct fa_arena *a, struct fa_err *err)
{
	char hex[FA_HASH_HEX_BYTES];
	struct fa_str value = FA_STR_NONE;
	struct fa_json *tree = NULL;
	struct fa_jread *r;
	int rc = open_frame(&value, hex, json, err);

	if (rc == FA_OK)
		rc = fa_json_parse(&tree, value, a, err);
	if (rc != FA_OK)
		return rc;
	r = fa_arena_new(a, 1, sizeof(*r));
	if (r == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for the rules");
	rc = fa_rules_build_init(&r->bd, a, err);
	r->where.file = FA_STR("bundle");
	r->bd.trusted = true;
	if (rc == FA_OK)
		rc = read_value(r, tree);
	if (rc != FA_OK)
		return rc;
	memcpy(r->bd.b->sha256, hex, sizeof(hex));
	*out = r->bd.b;
	return FA_OK;
}
