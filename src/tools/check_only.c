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

/* Is id the obligation named by only, or one below it? FRM.5 holds FRM.5.1.2
 * and not FRM.51. */
static bool
is_under(struct fa_str id, const char *only)
{
	struct fa_str prefix = fa_str_c(only);

	return fa_str_starts(id, prefix) &&
		(id.n == prefix.n || id.p[prefix.n] == '.');
}

static bool
is_wanted(const struct fa_check_only *o, struct fa_str id)
{
	for (size_t i = 0; i < o->n; i++)
		if (is_under(id, o->at[i]))
			return true;
	return o->n == 0;
}

int
fa_check_only_check(const struct fa_check_only *o, const struct fa_bundle *b,
	struct fa_err *err)
{
	for (size_t i = 0; i < o->n; i++) {
		struct fa_str near;
		bool found = false;

		for (size_t k = 0; k < b->obligations_n && !found; k++)
			found = is_under(b->obligations[k].id, o->at[i]);
		if (found)
			continue;
		near = fa_rules_nearest(b, fa_str_c(o->at[i]));
		if (near.p != NULL)
			return fa_fail(err, FA_E_USAGE,
				"no obligation '%s', did you mean '%.*s'?",
				o->at[i], FA_STR_ARG(near));
		return fa_fail(err, FA_E_USAGE, "no obligation '%s'", o->at[i]);
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
