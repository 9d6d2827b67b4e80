/* rules/precision.yaml: what was measured, for the confidence of findings and
 * for people who want to know what is overlooked.
 * Same labels, documents and rules give the same bytes. */
#include "tools/eval.h"

#include "base/utf8.h"

/* Single-quoted YAML scalar; the name was checked. */
static void
put_scalar(struct fa_buf *out, struct fa_str s)
{
	fa_buf_addc(out, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\'')
			fa_buf_addc(out, '\'');
		fa_buf_addc(out, s.p[i]);
	}
	fa_buf_addc(out, '\'');
}

static bool
printable(struct fa_str s)
{
	if (s.n == 0 || !fa_utf8_valid(s))
		return false;
	while (s.n > 0) {
		uint32_t cp;
		size_t step = fa_utf8_next(s, &cp);

		if (cp < 0x20 || cp == 0x2028 || cp == 0x2029 ||
			fa_rune_is_ignorable(cp))
			return false;
		s = fa_str_sub(s, step, s.n);
	}
	return true;
}

static bool
before(const struct fa_eval_set *a, const struct fa_eval_set *b)
{
	int c = fa_str_cmp(a->name, b->name);

	if (c == 0)
		c = fa_str_cmp(fa_str_c(a->sha256), fa_str_c(b->sha256));
	return c < 0;
}

/* Sets in order of name; there are few, so insertion will do. */
static const struct fa_eval_set **
sorted(const struct fa_eval *ev)
{
	const struct fa_eval_set **at =
		fa_arena_new(ev->arena, ev->sets_n, sizeof(*at));

	for (size_t i = 0; at != NULL && i < ev->sets_n; i++) {
		size_t k = i;

		for (; k > 0 && before(&ev->sets[i], at[k - 1]); k--)
			at[k] = at[k - 1];
		at[k] = &ev->sets[i];
	}
	return at;
}

/* What people saw of each obligation, and what of it was found. */
static void
put_recall(struct fa_buf *out, const struct fa_eval *ev)
{
	static const enum fa_verdict verdicts[] = { FA_VERDICT_VIOLATION,
		FA_VERDICT_GAP, FA_VERDICT_COMPLIANT, FA_VERDICT_CANNOT_TELL };
	bool any = false;

	for (size_t i = 0; i < ev->bundle->obligations_n; i++) {
		bool first = true;

		for (size_t k = 0; k < FA_COUNT(verdicts); k++) {
			struct fa_eval_tally t = fa_eval_tally(
				&ev->stats.row_all[i], verdicts[k]);

			if (t.gold == 0)
				continue;
			if (!any)
				fa_buf_adds(out, "  obligations:\n");
			if (first) {
				fa_buf_addf(out, "    %.*s:\n",
					FA_STR_ARG(
						ev->bundle->obligations[i].id));
			}
			any = true;
			first = false;
			fa_buf_addf(out,
				"      %s:\n        labelled: %u\n"
				"        found: %u\n",
				fa_verdict_name(verdicts[k]), (unsigned)t.gold,
				(unsigned)t.right);
		}
	}
}

int
fa_eval_freeze(const struct fa_eval *ev, struct fa_buf *out, struct fa_err *err)
{
	const struct fa_eval_set **sets = sorted(ev);
	bool any = false;

	if (sets == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for sets");
	fa_buf_adds(out,
		"# Written by `faceaudit eval --freeze`; do not edit.\n"
		"# hits: labelled documents in which the rule supports"
		" the verdict;\n"
		"# right: those of them whose label agrees.\n"
		"# labelled: documents that people gave the verdict;\n"
		"# found: those of them that were judged so.\n"
		"measured:\n  sets:\n");
	for (size_t i = 0; i < ev->sets_n; i++) {
		if (!printable(sets[i]->name))
			return fa_fail(err, FA_E_USAGE,
				"name of set '%.*s' "
				"must be printable text (see --name)",
				FA_STR_ARG(sets[i]->name));
		fa_buf_adds(out, "    - name: ");
		put_scalar(out, sets[i]->name);
		fa_buf_addf(out, "\n      documents: %zu\n      sha256: '%s'\n",
			sets[i]->docs_n, sets[i]->sha256);
	}
	for (size_t i = 0; i < ev->bundle->rules_n; i++) {
		struct fa_eval_rule r = ev->stats.rules[i];

		if (r.hits == 0)
			continue;
		if (!any)
			fa_buf_adds(out, "  rules:\n");
		any = true;
		fa_buf_addf(out, "    %.*s:\n      hits: %u\n      right: %u\n",
			FA_STR_ARG(ev->bundle->rules[i].id), (unsigned)r.hits,
			(unsigned)r.right);
	}
	put_recall(out, ev);
	return fa_buf_rc(out, "precision file", err);
}
