/* What holds for every bundle, however it was made. */
#ifndef FUZZ_INVARIANT_RULES_H
#define FUZZ_INVARIANT_RULES_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/re.h"
#include "rules/rules.h"

static inline void
must(bool holds)
{
	if (!holds)
		abort();
}

/* A pattern matches no text that lacks what it needs. */
static inline void
needs_hold(const struct fa_bundle *b, const struct fa_pattern *p,
	const struct fa_re *re, struct fa_re_scratch *s, struct fa_str text)
{
	struct fa_re_hit hit;
	struct fa_err err;

	if (fa_re_find(re, s, text, 0, &hit, &err) != 1)
		return;
	for (size_t i = 0; i < p->needs_n; i++) {
		const struct fa_lexicon *x = &b->lexicons[p->needs[i]];
		bool there = false;

		for (size_t k = 0; k < x->words_n && !there; k++)
			there = fa_str_find(text, x->words[k], 0) != SIZE_MAX;
		must(there);
	}
}

static inline void
examples_hold(const struct fa_bundle *b)
{
	struct fa_re_scratch *s = NULL;
	struct fa_err err;

	must(fa_re_scratch_new(&s, &err) == FA_OK);
	for (size_t p = 0; p < b->patterns_n && p < 20; p++) {
		struct fa_re *re = NULL;

		/* A bundle with the right digest may hold a wrong pattern. */
		if (fa_re_new(&re, b->patterns[p].regex, &err) != FA_OK)
			continue;
		for (size_t r = 0; r < b->rules_n; r++) {
			const struct fa_rule *rule = &b->rules[r];

			for (size_t e = 0; e < rule->examples_n && e < 9; e++)
				needs_hold(b, &b->patterns[p], re, s,
					rule->examples[e].text);
		}
		fa_re_free(re);
	}
	fa_re_scratch_free(s);
}

/* Placeholders come one after the other, with their marks around them. */
static inline void
wording_holds(struct fa_str text)
{
	struct fa_placeholder p = { .to = 0 };
	size_t from = 0;

	while (fa_rules_placeholder(&p, text, from) == FA_PLACEHOLDER_FOUND) {
		struct fa_str all = fa_str_sub(text, p.from, p.to);

		must(p.from >= from && p.to > p.from && p.to <= text.n);
		must(fa_str_starts(all, FA_STR("【")));
		must(fa_str_ends(all, FA_STR("】")));
		must(p.name.n > 0 && p.name.n < all.n);
		must(fa_str_find(p.name, FA_STR("【"), 0) == SIZE_MAX);
		from = p.to;
	}
}

static inline void
wordings_hold(const struct fa_bundle *b)
{
	for (size_t i = 0; i < b->obligations_n; i++)
		wording_holds(b->obligations[i].wording.in[FA_LANG_ZH]);
	for (size_t i = 0; i < b->rules_n; i++) {
		const struct fa_rule *r = &b->rules[i];

		wording_holds(r->wording.in[FA_LANG_ZH]);
		must(r->wording.in[FA_LANG_ZH].n == 0 ||
			(r->scope < 0 && r->verdict != FA_VERDICT_COMPLIANT));
	}
}

/* Writing and reading give the same bytes again and again; all other
 * functions get along with the bundle. */
static inline void
bundle_holds(const struct fa_bundle *b, struct fa_arena *a)
{
	struct fa_buf first;
	struct fa_buf second;
	struct fa_bundle *again = NULL;
	struct fa_lints lints;
	struct fa_err err;

	fa_buf_init(&first, 32u << 20);
	fa_buf_init(&second, 32u << 20);
	must(fa_rules_write_bundle(b, &first, &err) == FA_OK);
	must(fa_rules_parse_bundle(&again, fa_buf_str(&first), a, &err) ==
		FA_OK);
	must(fa_rules_write_bundle(again, &second, &err) == FA_OK);
	must(fa_str_eq(fa_buf_str(&first), fa_buf_str(&second)));
	must(again->patterns_n == b->patterns_n);
	must(again->lexicons_n == b->lexicons_n);
	must(fa_rules_lint(b, &lints, a, &err) == FA_OK);
	for (size_t i = 0; i < b->rules_n && i < 3; i++) {
		fa_buf_reset(&second);
		must(fa_rules_explain(b, b->rules[i].id, FA_LANG_ZH, &second,
			     &err) == FA_OK);
	}
	for (size_t i = 0; i < b->obligations_n && i < 3; i++) {
		fa_buf_reset(&second);
		must(fa_rules_explain(b, b->obligations[i].id, FA_LANG_EN,
			     &second, &err) == FA_OK);
	}
	examples_hold(b);
	wordings_hold(b);
	fa_buf_done(&first);
	fa_buf_done(&second);
}

#endif
