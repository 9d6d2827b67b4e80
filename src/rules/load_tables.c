/* instruments.yaml, weights.yaml and precision.yaml. */
#include "rules/load.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

enum { TITLE, ISSUER, NUMBER, FROM, TO, PAGE, BINDING };

static const struct fa_key instrument_keys[] = {
	[TITLE] = { "title", FA_WANT_MAP, true },
	[ISSUER] = { "issuer", FA_WANT_MAP, true },
	[NUMBER] = { "number", FA_WANT_TEXT, false },
	[FROM] = { "in_force_from", FA_WANT_TEXT, false },
	[TO] = { "in_force_to", FA_WANT_TEXT, false },
	[PAGE] = { "page", FA_WANT_TEXT, true },
	[BINDING] = { "binding", FA_WANT_TEXT, true },
};

static int
load_date(const struct fa_load *l, const struct fa_yaml *node, int32_t *out)
{
	if (node == NULL || fa_str_eq(node->text, FA_STR("draft")))
		return FA_OK;
	if (!fa_date_parse(node->text, out)) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
			"'%.*s' is no date; expected YYYY-MM-DD",
			FA_STR_ARG(node->text));
	}
	return FA_OK;
}

static int
load_dates(const struct fa_load *l, const struct fa_yaml *const at[],
	struct fa_instrument *out)
{
	int rc = load_date(l, at[FROM], &out->in_force_from);

	if (rc == FA_OK)
		rc = load_date(l, at[TO], &out->in_force_to);
	if (rc != FA_OK)
		return rc;
	if (out->in_force_to != 0 && out->in_force_to < out->in_force_from) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, at[TO]),
			"in_force_to lies before in_force_from");
	}
	return FA_OK;
}

static int
load_binding(const struct fa_load *l, const struct fa_yaml *node, bool *out)
{
	if (fa_str_eq(node->text, FA_STR("yes"))) {
		*out = true;
		return FA_OK;
	}
	if (fa_str_eq(node->text, FA_STR("no"))) {
		*out = false;
		return FA_OK;
	}
	return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
		"binding is '%.*s'; expected yes or no",
		FA_STR_ARG(node->text));
}

static int
check_code(const struct fa_load *l, const struct fa_yaml *node)
{
	struct fa_str code = node->key;
	bool ok = code.n > 0 && code.n <= 32;

	for (size_t i = 0; i < code.n && ok; i++) {
		char c = code.p[i];

		ok = (c >= 'A' && c <= 'Z') ||
			(i > 0 &&
				((c >= '0' && c <= '9') || c == '.' ||
					c == '-'));
	}
	if (ok)
		return FA_OK;
	return fa_rules_build_fail(&l->bd, fa_load_place(l, node),
		"'%.*s' is no code of an instrument; expected A-Z, 0-9, . "
		"and -, a letter first",
		FA_STR_ARG(code));
}

static int
load_instrument(const struct fa_load *l, const struct fa_yaml *node,
	struct fa_instrument *out)
{
	const struct fa_yaml *at[FA_COUNT(instrument_keys)];
	int rc = check_code(l, node);

	if (rc == FA_OK) {
		rc = fa_load_map(l, node, "an instrument", instrument_keys,
			FA_COUNT(instrument_keys), at);
	}
	if (rc == FA_OK)
		rc = fa_load_text2(l, at[TITLE], "title", &out->title);
	if (rc == FA_OK)
		rc = fa_load_text2(l, at[ISSUER], "issuer", &out->issuer);
	if (rc == FA_OK && at[NUMBER] != NULL)
		rc = fa_load_text(l, at[NUMBER], "number", &out->number);
	if (rc == FA_OK)
		rc = load_dates(l, at, out);
	if (rc == FA_OK)
		rc = fa_load_text(l, at[PAGE], "page", &out->page);
	if (rc == FA_OK)
		rc = load_binding(l, at[BINDING], &out->binding);
	if (rc != FA_OK)
		return rc;
	if (!fa_str_starts(out->page, FA_STR("https://")) &&
		!fa_str_starts(out->page, FA_STR("http://"))) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, at[PAGE]),
			"page is '%.*s'; expected an address that begins with "
			"https://",
			FA_STR_ARG(out->page));
	}
	out->code = node->key;
	return FA_OK;
}

static int
compare_codes(const void *va, const void *vb)
{
	const struct fa_instrument *a = va;
	const struct fa_instrument *b = vb;

	return fa_str_cmp(a->code, b->code);
}

int
fa_load_instruments(struct fa_load *l)
{
	struct fa_bundle *b = l->bd.b;
	const struct fa_yaml *map = l->instruments.node;
	size_t n = map->count;

	l->file = l->instruments.place.file;
	b->instruments = fa_arena_new(l->bd.a, n, sizeof(*b->instruments));
	if (b->instruments == NULL)
		return fa_rules_build_nomem(&l->bd);
	for (const struct fa_yaml *c = map->child; c != NULL; c = c->next) {
		int rc = load_instrument(
			l, c, &b->instruments[b->instruments_n]);

		if (rc != FA_OK)
			return rc;
		b->instruments_n++;
	}
	if (n > 1)
		qsort(b->instruments, n, sizeof(*b->instruments),
			compare_codes);
	return FA_OK;
}

int
fa_load_weights(struct fa_load *l)
{
	static const struct fa_key roots[] = {
		{ "weights", FA_WANT_MAP, true },
		{ "tiers", FA_WANT_MAP, true },
	};
	static const struct fa_key tiers[] = {
		{ "established", FA_WANT_TEXT, true },
		{ "probable", FA_WANT_TEXT, true },
	};
	struct fa_key names[FA_SEVERITY_COUNT];
	const struct fa_yaml *root[FA_COUNT(roots)];
	const struct fa_yaml *weight[FA_SEVERITY_COUNT];
	const struct fa_yaml *tier[FA_COUNT(tiers)];
	struct fa_bundle *b = l->bd.b;
	int rc;

	l->file = l->weights.place.file;
	for (int i = 0; i < FA_SEVERITY_COUNT; i++) {
		names[i] =
			(struct fa_key){ fa_severity_name((enum fa_severity)i),
				FA_WANT_TEXT, true };
	}
	rc = fa_load_map(l, l->weights.node, "the file of weights", roots,
		FA_COUNT(roots), root);
	if (rc == FA_OK) {
		rc = fa_load_map(l, root[0], "weights", names,
			FA_SEVERITY_COUNT, weight);
	}
	if (rc == FA_OK) {
		rc = fa_load_map(
			l, root[1], "tiers", tiers, FA_COUNT(tiers), tier);
	}
	for (int i = 0; i < FA_SEVERITY_COUNT && rc == FA_OK; i++)
		rc = fa_load_number(l, weight[i], "weight", 1000, &b->loss[i]);
	if (rc == FA_OK)
		rc = fa_load_number(l, tier[0], "tier", 1000, &b->established);
	if (rc == FA_OK)
		rc = fa_load_number(l, tier[1], "tier", 1000, &b->probable);
	if (rc == FA_OK && b->established < b->probable) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, tier[0]),
			"established lies below probable");
	}
	return rc;
}

static int
load_set(const struct fa_load *l, const struct fa_yaml *node,
	struct fa_labelled_set *out)
{
	static const struct fa_key keys[] = {
		{ "name", FA_WANT_TEXT, true },
		{ "documents", FA_WANT_TEXT, true },
		{ "sha256", FA_WANT_TEXT, true },
	};
	const struct fa_yaml *at[FA_COUNT(keys)];
	int rc = fa_load_map(l, node, "a set", keys, FA_COUNT(keys), at);

	if (rc == FA_OK)
		rc = fa_load_text(l, at[0], "name", &out->name);
	if (rc == FA_OK) {
		rc = fa_load_number(l, at[1], "documents", FA_LOAD_COUNT_MAX,
			&out->documents);
	}
	if (rc == FA_OK)
		rc = fa_load_text(l, at[2], "sha256", &out->sha256);
	return rc;
}

static int
compare_sets(const void *va, const void *vb)
{
	const struct fa_labelled_set *a = va;
	const struct fa_labelled_set *b = vb;
	int order = fa_str_cmp(a->name, b->name);

	return order != 0 ? order : fa_str_cmp(a->sha256, b->sha256);
}

static int
load_sets(struct fa_load *l, const struct fa_yaml *list)
{
	struct fa_bundle *b = l->bd.b;

	if (list == NULL)
		return FA_OK;
	b->sets = fa_arena_new(l->bd.a, list->count, sizeof(*b->sets));
	if (b->sets == NULL)
		return fa_rules_build_nomem(&l->bd);
	for (const struct fa_yaml *c = list->child; c != NULL; c = c->next) {
		int rc = load_set(l, c, &b->sets[b->sets_n]);

		if (rc != FA_OK)
			return rc;
		b->sets_n++;
	}
	if (b->sets_n > 1)
		qsort(b->sets, b->sets_n, sizeof(*b->sets), compare_sets);
	return FA_OK;
}

static int
load_counts(struct fa_load *l, const struct fa_yaml *node)
{
	static const struct fa_key keys[] = {
		{ "hits", FA_WANT_TEXT, true },
		{ "right", FA_WANT_TEXT, true },
	};
	const struct fa_yaml *at[FA_COUNT(keys)];
	struct fa_bundle *b = l->bd.b;
	uint32_t hits = 0;
	uint32_t right = 0;
	int rc =
		fa_load_map(l, node, "a measurement", keys, FA_COUNT(keys), at);

	if (rc == FA_OK)
		rc = fa_load_number(l, at[0], "hits", FA_LOAD_COUNT_MAX, &hits);
	if (rc == FA_OK)
		rc = fa_load_number(
			l, at[1], "right", FA_LOAD_COUNT_MAX, &right);
	if (rc != FA_OK)
		return rc;
	if (right > hits) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, at[1]),
			"right is %u, more than the %u hits", (unsigned)right,
			(unsigned)hits);
	}
	if (!fa_rules_build_measured(&l->bd, node->key, hits, right))
		b->unmeasured[b->unmeasured_n++] = node->key;
	return FA_OK;
}

int
fa_load_measured(struct fa_load *l)
{
	static const struct fa_key keys[] = {
		{ "sets", FA_WANT_LIST, false },
		{ "rules", FA_WANT_MAP, false },
		{ "obligations", FA_WANT_MAP, false },
	};
	const struct fa_yaml *at[FA_COUNT(keys)];
	struct fa_bundle *b = l->bd.b;
	const struct fa_yaml *rules;
	size_t n;
	int rc;

	if (l->measured.node == NULL)
		return FA_OK;
	l->file = l->measured.place.file;
	rc = fa_load_map(
		l, l->measured.node, "measured", keys, FA_COUNT(keys), at);
	if (rc == FA_OK)
		rc = load_sets(l, at[0]);
	if (rc != FA_OK)
		return rc;
	rules = at[1] != NULL ? at[1]->child : NULL;
	n = (at[1] != NULL ? at[1]->count : 0) +
		(at[2] != NULL ? at[2]->count : 0);
	b->unmeasured = fa_arena_new(l->bd.a, n, sizeof(*b->unmeasured));
	if (b->unmeasured == NULL)
		return fa_rules_build_nomem(&l->bd);
	for (const struct fa_yaml *c = rules; c != NULL; c = c->next) {
		rc = load_counts(l, c);
		if (rc != FA_OK)
			return rc;
	}
	return fa_load_recall(l, at[2]);
}
