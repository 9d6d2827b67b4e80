/* What each rule costs: matching for one rule alone, less the same for one that
 * looks for nothing. Scopes come before every rule and fall out of it. */
#include "bench/bench.h"

#include <stdlib.h>

#define PASSES 3
#define AGAIN 20 /* rules, and the one that looks for nothing once more */
#define SHOWN 10

struct cost {
	uint32_t rule;
	int64_t ns;
};

static int64_t
pass(const struct bench *b, struct fa_matcher *m, uint32_t rule,
	struct fa_arena *a)
{
	int64_t best = INT64_MAX;

	for (int k = 0; k < PASSES; k++) {
		int64_t begin = bench_cpu_ns(), took;

		for (size_t i = 0; i < b->texts_n; i++) {
			struct fa_err err;
			bool fires;

			fa_arena_reset(a);
			if (fa_match_rule_fires(&fires, m, rule,
				    &b->texts[i].doc, NULL, a, &err) < 0)
				bench_die("%s", err.msg);
		}
		took = bench_cpu_ns() - begin;
		if (took < best)
			best = took;
	}
	return best;
}

static int
dearest_first(const void *a, const void *b)
{
	const struct cost *x = a, *y = b;

	return x->ns > y->ns ? -1 : x->ns < y->ns;
}

/* The cost of every rule on documents; what looks for nothing costs *none. */
static size_t
measure(struct cost *costs, int64_t *none, const struct bench *b,
	struct fa_matcher *m, struct fa_arena *a)
{
	const struct fa_bundle *bundle = b->bundle;
	uint32_t silent = 0;
	size_t n = 0;

	while (silent < bundle->rules_n && bundle->rules[silent].find)
		silent++;
	if (silent == bundle->rules_n)
		bench_die("no rule that looks for nothing");
	*none = pass(b, m, silent, a);
	for (uint32_t r = 0; r < bundle->rules_n; r++) {
		const struct fa_rule *x = &bundle->rules[r];
		int64_t again;

		if (!x->find || x->on_flow || x->scope >= 0)
			continue;
		costs[n].rule = r;
		costs[n++].ns = pass(b, m, r, a);
		if (n % AGAIN != 0)
			continue;
		again = pass(b, m, silent, a);
		*none = again < *none ? again : *none;
	}
	return n;
}

void
bench_rules(struct bench *b)
{
	struct cost *costs =
		fa_arena_new(&b->a, b->bundle->rules_n + 1, sizeof(*costs));
	struct fa_matcher *m = NULL;
	struct fa_arena a;
	struct fa_err err;
	int64_t none, all = 0, texts = (int64_t)b->texts_n;
	size_t n;

	if (!costs || fa_matcher_new(&m, b->bundle, &err) < 0)
		bench_die("no matcher");
	fa_arena_init(&a, BENCH_ARENA_BYTES);
	n = measure(costs, &none, b, m, &a);
	for (size_t i = 0; i < n; i++) {
		costs[i].ns -= costs[i].ns < none ? costs[i].ns : none;
		all += costs[i].ns;
	}
	qsort(costs, n, sizeof(*costs), dearest_first);
	bench_figure(b, "gate and scopes, a text", none / texts, "ns");
	bench_figure(b, "a rule, on average, a text",
		all / ((int64_t)n * texts), "ns");
	for (size_t i = 0; i < SHOWN && i < n; i++) {
		char name[96];

		(void)snprintf(name, sizeof(name), "%.*s (%lld %%)",
			FA_STR_ARG(b->bundle->rules[costs[i].rule].id),
			(long long)(costs[i].ns * 100 / (all ? all : 1)));
		bench_figure(b, name, costs[i].ns / texts, "ns");
	}
	fa_matcher_free(m);
	fa_arena_done(&a);
}
