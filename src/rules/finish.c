/* The last steps of a build: what the sources do not say themselves. */
#include <stdlib.h>
#include <string.h>

#include "model/wilson.h"
#include "rules/build.h"
#include "rules/program.h"

static const struct fa_str gap_suffix = FA_STR_INIT("-gap");

int
fa_rules_build_gap_id(
	struct fa_str *out, const struct fa_build *bd, struct fa_str obligation)
{
	size_t n = obligation.n + gap_suffix.n;
	char *id = fa_arena_new(bd->a, n, 1);

	if (id == NULL)
		return fa_rules_build_nomem(bd);
	memcpy(id, obligation.p, obligation.n);
	memcpy(id + obligation.n, gap_suffix.p, gap_suffix.n);
	*out = (struct fa_str){ id, n };
	return FA_OK;
}

void
fa_rules_build_gap(const struct fa_build *bd, struct fa_rule *rule,
	const struct fa_item *item)
{
	rule->id = item->id;
	rule->obligation = item->obligation;
	rule->verdict = FA_VERDICT_GAP;
	rule->scope = -1;
	rule->status = FA_STATUS_STABLE;
	rule->title = bd->b->obligations[item->obligation].gap;
	rule->file = item->place.file;
	rule->line = item->place.line;
}

bool
fa_rules_build_measured(const struct fa_build *bd, struct fa_str id,
	uint32_t hits, uint32_t right)
{
	uint32_t i = fa_bundle_rule(bd->b, id);

	if (i == FA_RULE_NONE)
		return false;
	bd->b->rules[i].hits = hits;
	bd->b->rules[i].right = right;
	bd->b->rules[i].precision = fa_wilson_lower(right, hits);
	return true;
}

bool
fa_rules_build_recall(const struct fa_build *bd, struct fa_str id,
	enum fa_verdict verdict, struct fa_recall recall)
{
	uint32_t i = fa_bundle_obligation(bd->b, id);

	if (i == FA_RULE_NONE)
		return false;
	bd->b->obligations[i].recall[verdict] = recall;
	return true;
}

struct order {
	struct fa_str name;
	uint16_t was;
};

static int
compare_order(const void *va, const void *vb)
{
	const struct order *a = va;
	const struct order *b = vb;

	return fa_str_cmp(a->name, b->name);
}

/* Sorts all lexicons by name and renames them in the needs of patterns. */
static int
sort_lexicons(struct fa_build *bd)
{
	struct fa_bundle *b = bd->b;
	size_t n = b->lexicons_n;
	struct order *order = fa_arena_new(bd->a, n, sizeof(*order));
	struct fa_lexicon *sorted = fa_arena_new(bd->a, n, sizeof(*sorted));
	uint16_t *now = fa_arena_new(bd->a, n, sizeof(*now));

	if (order == NULL || sorted == NULL || now == NULL)
		return fa_rules_build_nomem(bd);
	for (size_t i = 0; i < n; i++) {
		order[i].name = b->lexicons[i].name;
		order[i].was = (uint16_t)i;
	}
	if (n > 1)
		qsort(order, n, sizeof(*order), compare_order);
	for (size_t i = 0; i < n; i++) {
		sorted[i] = b->lexicons[order[i].was];
		now[order[i].was] = (uint16_t)i;
	}
	for (size_t p = 0; p < b->patterns_n; p++) {
		for (size_t i = 0; i < b->patterns[p].needs_n; i++)
			b->patterns[p].needs[i] = now[b->patterns[p].needs[i]];
	}
	b->lexicons = sorted;
	return FA_OK;
}

int
fa_rules_build_finish(struct fa_build *bd)
{
	struct fa_bundle *b = bd->b;
	int rc;

	for (size_t i = 0; i < b->obligations_n; i++) {
		b->obligations[i].loss = b->loss[b->obligations[i].severity];
		b->obligations[i].gap_rule = FA_RULE_NONE;
	}
	for (size_t i = 0; i < b->rules_n; i++) {
		const struct fa_rule *rule = &b->rules[i];

		if (rule->verdict == FA_VERDICT_GAP)
			b->obligations[rule->obligation].gap_rule = (uint32_t)i;
	}
	rc = sort_lexicons(bd);
	return rc < 0 ? rc : fa_programs_new(&b->programs, b, bd->a, bd->err);
}
