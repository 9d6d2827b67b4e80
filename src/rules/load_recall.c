/* In precision.yaml: what the rules find of what people see. */
#include "rules/load.h"

/* In the order in which people are told. */
static const enum fa_verdict verdicts[] = { FA_VERDICT_VIOLATION,
	FA_VERDICT_GAP, FA_VERDICT_COMPLIANT, FA_VERDICT_CANNOT_TELL };

static int
load_counts(const struct fa_load *l, const struct fa_yaml *node,
	struct fa_recall *out)
{
	static const struct fa_key keys[] = {
		{ "labelled", FA_WANT_TEXT, true },
		{ "found", FA_WANT_TEXT, true },
	};
	const struct fa_yaml *at[FA_COUNT(keys)];
	int rc =
		fa_load_map(l, node, "a measurement", keys, FA_COUNT(keys), at);

	if (rc == FA_OK) {
		rc = fa_load_number(l, at[0], "labelled", FA_LOAD_COUNT_MAX,
			&out->labelled);
	}
	if (rc == FA_OK) {
		rc = fa_load_number(
			l, at[1], "found", FA_LOAD_COUNT_MAX, &out->found);
	}
	if (rc != FA_OK)
		return rc;
	if (out->found > out->labelled) {
		return fa_rules_build_fail(&l->bd, fa_load_place(l, at[1]),
			"found is %u, more than the %u labelled",
			(unsigned)out->found, (unsigned)out->labelled);
	}
	return FA_OK;
}

static int
load_obligation(const struct fa_load *l, const struct fa_yaml *node)
{
	struct fa_key keys[FA_COUNT(verdicts)];
	const struct fa_yaml *at[FA_COUNT(verdicts)];
	struct fa_bundle *b = l->bd.b;
	bool known = true;
	int rc;

	for (size_t i = 0; i < FA_COUNT(verdicts); i++) {
		keys[i] = (struct fa_key){ fa_verdict_name(verdicts[i]),
			FA_WANT_MAP, false };
	}
	rc = fa_load_map(l, node, "the measurement of an obligation", keys,
		FA_COUNT(keys), at);
	for (size_t i = 0; i < FA_COUNT(verdicts) && rc == FA_OK; i++) {
		struct fa_recall recall = { 0, 0 };

		if (at[i] == NULL)
			continue;
		rc = load_counts(l, at[i], &recall);
		if (rc == FA_OK) {
			known = fa_rules_build_recall(
				&l->bd, node->key, verdicts[i], recall);
		}
	}
	if (rc == FA_OK && !known)
		b->unmeasured[b->unmeasured_n++] = node->key;
	return rc;
}

int
fa_load_recall(struct fa_load *l, const struct fa_yaml *map)
{
	if (map == NULL)
		return FA_OK;
	for (const struct fa_yaml *c = map->child; c != NULL; c = c->next) {
		int rc = load_obligation(l, c);

		if (rc != FA_OK)
			return rc;
	}
	return FA_OK;
}
