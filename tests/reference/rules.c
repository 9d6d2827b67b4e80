#include "reference/rules.h"

#include "rules/build.h"
#include "rules/rules.h"

#define POOL 24 /* patterns that one bundle asks for */
#define DEPTH 3 /* of conditions */
#define CHILDREN 4
#define BUNDLE_BYTES ((size_t)64 << 20)

struct maker {
	struct ref_dice *d;
	struct fa_arena *a;
	uint32_t pool[POOL];
	bool on_flow;
	bool failed; /* out of memory */
};

static void
region(struct maker *m, struct fa_cond *c)
{
	static const enum fa_region regions[] = { FA_REGION_CLAUSE,
		FA_REGION_SENTENCE, FA_REGION_NEAR, FA_REGION_BLOCK,
		FA_REGION_LIST, FA_REGION_SECTION, FA_REGION_DOCUMENT,
		FA_REGION_SCREEN, FA_REGION_PATH };
	uint32_t n = (uint32_t)FA_COUNT(regions) - (m->on_flow ? 0 : 2);

	if (ref_roll(m->d, 2) == 0)
		return;
	c->has_region = true;
	c->region = regions[ref_roll(m->d, n)];
	c->near = c->region == FA_REGION_NEAR
		? 1 + ref_roll(m->d, FA_RULES_NEAR)
		: 0;
}

static void condition(struct maker *m, struct fa_cond *c, int depth);

static void
group(struct maker *m, struct fa_cond *c, enum fa_cond_kind kind, int depth)
{
	size_t n = 1 + ref_roll(m->d, CHILDREN);
	struct fa_cond *child = fa_arena_new(m->a, n, sizeof(*child));

	c->kind = kind;
	if (!child) {
		m->failed = true;
		return;
	}
	for (size_t i = 0; i < n; i++)
		condition(m, &child[i], depth + 1);
	c->child = child;
	c->child_n = n;
}

static void
leaf(struct maker *m, struct fa_cond *c)
{
	uint32_t kind = ref_roll(m->d, 8);

	if (kind == 0) {
		c->kind = FA_COND_SCOPE;
		c->scopes = 1 + ref_roll(m->d, (1u << FA_SCOPE_COUNT) - 1);
		return;
	}
	if (kind <= 2 && m->on_flow) {
		c->kind = FA_COND_FACT;
		c->fact = (enum fa_fact_kind)ref_roll(m->d, FA_FACT_COUNT);
		return;
	}
	c->kind = FA_COND_PATTERN;
	c->pattern = m->pool[ref_roll(m->d, POOL)];
	if (ref_roll(m->d, 4) == 0)
		c->polarity =
			(enum fa_polarity)ref_roll(m->d, FA_POLARITY_COUNT);
}

static void
condition(struct maker *m, struct fa_cond *c, int depth)
{
	static const enum fa_cond_kind kinds[] = { FA_COND_ALL, FA_COND_ALL,
		FA_COND_ANY, FA_COND_NONE };

	*c = (struct fa_cond){ .kind = FA_COND_PATTERN };
	if (depth < DEPTH && ref_roll(m->d, 2) == 0)
		group(m, c, kinds[ref_roll(m->d, 4)], depth);
	else
		leaf(m, c);
	region(m, c);
}

/* What a condition finds has to stand somewhere. */
static const struct fa_cond *
anchored_condition(struct maker *m)
{
	struct fa_cond *c = fa_arena_new(m->a, 1, sizeof(*c));

	if (!c) {
		m->failed = true;
		return NULL;
	}
	do
		condition(m, c, 0);
	while (!m->failed && !fa_rules_build_anchored(c));
	return c;
}

static const struct fa_cond *
unless(struct maker *m)
{
	struct fa_cond *c;

	if (ref_roll(m->d, 3) != 0)
		return NULL;
	c = fa_arena_new(m->a, 1, sizeof(*c));
	if (c)
		group(m, c, FA_COND_ANY, 1);
	m->failed |= c == NULL;
	return c;
}

int
ref_random_rules(struct fa_bundle **out, const struct fa_bundle *from,
	struct ref_dice *d, struct fa_arena *a, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf json;
	struct maker m = { .d = d, .a = a };
	struct fa_bundle b = *from;
	int rc;

	fa_buf_init(&json, BUNDLE_BYTES);
	for (size_t i = 0; i < POOL; i++)
		m.pool[i] = ref_roll(d, (uint32_t)from->patterns_n);
	b.rules = fa_arena_new(a, from->rules_n, sizeof(*b.rules));
	if (!b.rules)
		return fa_fail(err, FA_E_NOMEM, "no memory for rules");
	for (size_t i = 0; i < from->rules_n; i++) {
		struct fa_rule *r = &b.rules[i];

		*r = from->rules[i];
		m.on_flow = r->on_flow;
		if (!r->find || (r->scope >= 0 && ref_roll(d, 2) == 0))
			continue;
		r->find = anchored_condition(&m);
		r->unless = unless(&m);
	}
	if (m.failed)
		return fa_fail(err, FA_E_NOMEM, "no memory for rules");
	rc = fa_rules_write_bundle(&b, &json, err);
	if (rc < 0)
		return rc;
	struct fa_str text = fa_arena_dup(a, fa_buf_str(&json));
	if (!text.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for rules");
	return fa_rules_parse_bundle(out, text, a, err);
}
