/* In compiled bundles: what the rules find of what people see. */
#include "rules/bundle.h"

#include "rules/bundle_read.h"

/* In the order of their names. */
static const enum fa_verdict verdicts[] = { FA_VERDICT_CANNOT_TELL,
	FA_VERDICT_COMPLIANT, FA_VERDICT_GAP, FA_VERDICT_VIOLATION };

static int
read_counts(const struct fa_jread *r, const struct fa_json *node,
	struct fa_recall *out)
{
	static const struct fa_jkey keys[] = {
		{ "found", FA_JSON_INT, true },
		{ "labelled", FA_JSON_INT, true },
	};
	const struct fa_json *at[FA_COUNT(keys)];
	int rc = fa_jread_map(r, node, keys, FA_COUNT(keys), at);

	if (rc == FA_OK) {
		rc = fa_jread_number(
			r, at[1], FA_JREAD_COUNT_MAX, &out->labelled);
	}
	if (rc == FA_OK)
		rc = fa_jread_number(r, at[0], out->labelled, &out->found);
	return rc;
}

static int
read_obligation(const struct fa_jread *r, const struct fa_json *node)
{
	struct fa_jkey keys[FA_COUNT(verdicts) + 1];
	const struct fa_json *at[FA_COUNT(keys)];
	struct fa_str id;
	int rc;

	for (size_t i = 0; i < FA_COUNT(verdicts); i++) {
		keys[i] = (struct fa_jkey){ fa_verdict_name(verdicts[i]),
			FA_JSON_OBJECT, false };
	}
	keys[FA_COUNT(verdicts)] =
		(struct fa_jkey){ "id", FA_JSON_STRING, true };
	rc = fa_jread_map(r, node, keys, FA_COUNT(keys), at);
	if (rc != FA_OK)
		return rc;
	id = at[FA_COUNT(verdicts)]->str;
	if (fa_bundle_obligation(r->bd.b, id) == FA_RULE_NONE) {
		return fa_rules_build_fail(&r->bd, r->where,
			"bundle measures '%.*s', which is no obligation",
			FA_STR_ARG(id));
	}
	for (size_t i = 0; i < FA_COUNT(verdicts) && rc == FA_OK; i++) {
		struct fa_recall recall = { 0, 0 };

		if (at[i] == NULL)
			continue;
		rc = read_counts(r, at[i], &recall);
		if (rc == FA_OK) {
			(void)fa_rules_build_recall(
				&r->bd, id, verdicts[i], recall);
		}
	}
	return rc;
}

int
fa_jread_recall(struct fa_jread *r, const struct fa_json *list)
{
	if (list == NULL)
		return FA_OK;
	for (const struct fa_json *c = list->child; c != NULL; c = c->next) {
		int rc = read_obligation(r, c);

		if (rc != FA_OK)
			return rc;
	}
	return FA_OK;
}

static void
write_counts(struct fa_jw *w, enum fa_verdict v, struct fa_recall recall)
{
	if (recall.labelled == 0)
		return;
	fa_jw_key(w, fa_verdict_name(v));
	fa_jw_object(w);
	fa_jw_kint(w, "found", recall.found);
	fa_jw_kint(w, "labelled", recall.labelled);
	fa_jw_end(w, '}');
}

static bool
is_measured(const struct fa_obligation *o)
{
	for (size_t i = 0; i < FA_COUNT(verdicts); i++) {
		if (o->recall[verdicts[i]].labelled > 0)
			return true;
	}
	return false;
}

/* "id" lies between "gap" and "violation" in the order of keys. */
void
fa_rules_write_recall(struct fa_jw *w, const struct fa_bundle *b)
{
	bool any = false;

	for (size_t i = 0; i < b->obligations_n; i++) {
		const struct fa_obligation *o = &b->obligations[i];

		if (!is_measured(o))
			continue;
		if (!any) {
			fa_jw_key(w, "obligations");
			fa_jw_array(w);
		}
		any = true;
		fa_jw_object(w);
		for (size_t k = 0; k < FA_COUNT(verdicts); k++) {
			if (verdicts[k] == FA_VERDICT_VIOLATION)
				fa_jw_kstr(w, "id", o->id);
			write_counts(w, verdicts[k], o->recall[verdicts[k]]);
		}
		fa_jw_end(w, '}');
	}
	if (any)
		fa_jw_end(w, ']');
}
