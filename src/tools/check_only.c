/* --only: which obligations are reported and scored. */
#include "tools/check.h"

#include "rules/rules.h"
#include "score/score.h"

int
fa_check_only_add(struct fa_check_only *o, const char *word, struct fa_err *err)
{
	if (o->n == FA_CHECK_ONLY)
		return fa_fail(err, FA_E_USAGE,
			"--only is given more than %d times", FA_CHECK_ONLY);
	o->at[o->n++] = word;
	return FA_OK;
}

static bool
is_wanted(const struct fa_check_only *o, struct fa_str id)
{
	for (size_t i = 0; i < o->n; i++)
		if (fa_rules_is_under(id, fa_str_c(o->at[i])))
			return true;
	return o->n == 0;
}

int
fa_check_only_check(const struct fa_check_only *o, const struct fa_bundle *b,
	struct fa_err *err)
{
	for (size_t i = 0; i < o->n; i++) {
		struct fa_str word = fa_str_c(o->at[i]);
		bool found = false;

		for (size_t k = 0; k < b->obligations_n && !found; k++)
			found = fa_rules_is_under(b->obligations[k].id, word);
		if (!found)
			return fa_rules_unknown(b, word, true, FA_E_USAGE, err);
	}
	return FA_OK;
}

int
fa_check_only_keep(const struct fa_check_only *o, struct fa_result *r,
	const struct fa_bundle *b, int32_t as_of, struct fa_arena *a,
	struct fa_err *err)
{
	size_t n = 0;

	if (o->n == 0 || r->error.p != NULL)
		return FA_OK;
	for (size_t i = 0; i < r->findings_n; i++) {
		uint32_t k = r->findings[i].obligation;

		if (is_wanted(o, b->obligations[k].id))
			r->findings[n++] = r->findings[i];
	}
	r->findings_n = n;
	return fa_score(r, b, as_of, a, err);
}
