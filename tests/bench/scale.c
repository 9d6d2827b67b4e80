/* How cost grows: with the number of rules, and with the size of a document. */
#include "bench/bench.h"

#define ROUNDS 3
#define LEAST_NS 200000000
#define SIZES 5

struct matching {
	const struct bench *b;
	struct fa_matcher *m;
	struct fa_arena a;
};

static void
match_all(void *ctx)
{
	struct matching *x = ctx;

	for (size_t i = 0; i < x->b->texts_n; i++) {
		struct fa_match m;
		struct fa_err err;

		fa_arena_reset(&x->a);
		if (fa_match(&m, x->m, &x->b->texts[i].doc, BENCH_AS_OF, &x->a,
			    &err) < 0)
			bench_die("%s", err.msg);
	}
}

void
bench_scale(struct bench *b)
{
	static const unsigned times[] = { 1, 2, 4 };
	struct matching x[FA_COUNT(times)];
	struct bench_engine e[FA_COUNT(times)];
	struct fa_arena a;
	char name[96];

	fa_arena_init(&a, BENCH_ARENA_BYTES);
	for (size_t i = 0; i < FA_COUNT(times); i++) {
		const struct fa_bundle *rules =
			bench_clones(b->bundle, times[i], &a);
		struct fa_err err;

		x[i] = (struct matching){ .b = b };
		fa_arena_init(&x[i].a, BENCH_ARENA_BYTES);
		if (fa_matcher_new(&x[i].m, rules, &err) < 0)
			bench_die("%s", err.msg);
		e[i] = (struct bench_engine){
			.run = match_all, .ctx = &x[i], .least_ns = LEAST_NS
		};
	}
	bench_turns(e, FA_COUNT(times), ROUNDS);
	for (size_t i = 0; i < FA_COUNT(times); i++) {
		(void)snprintf(name, sizeof(name),
			"rules x%u (%zu rules, %zu patterns), a text", times[i],
			x[i].m ? times[i] * b->bundle->rules_n : 0,
			times[i] * b->bundle->patterns_n);
		bench_figure(b, name, e[i].median / (int64_t)b->texts_n, "ns");
	}
	/* Times the rules by times the cost: above 1 is slower than linear. */
	for (size_t i = 1; i < FA_COUNT(times); i++) {
		int64_t cost = bench_ratio_of(&e[i], &e[0], ROUNDS);

		(void)snprintf(name, sizeof(name), "rules x%u", times[i]);
		bench_ratio(b, name, (int64_t)times[i] * 1000000 / cost);
		(void)snprintf(name, sizeof(name),
			"cost of %u times the rules, times", times[i]);
		bench_must(b, name, cost, false, (int64_t)times[i] * 1000 - 1);
	}
	for (size_t i = 0; i < FA_COUNT(times); i++) {
		fa_matcher_free(x[i].m);
		fa_arena_done(&x[i].a);
	}
	fa_arena_done(&a);
}

struct sized {
	struct bench_audit *audit;
	struct fa_str text;
};

static void
audit_it(void *ctx)
{
	struct sized *s = ctx;

	bench_audit(s->audit, s->text, "large.txt");
}

/* The whole audit in this process. A text of 50 MB may cost no more for a
 * megabyte than one of 1 MB, but for what caches and noise take. */
void
bench_size(struct bench *b)
{
	static const size_t kib[SIZES] = { 1, 16, 256, 1024, 51200 };
	struct bench_engine e[SIZES];
	struct sized s[SIZES];
	struct bench_audit audit;
	struct fa_arena a;

	fa_arena_init(&a, BENCH_ARENA_BYTES);
	bench_audit_init(&audit, b->bundle);
	for (size_t i = 0; i < SIZES; i++) {
		s[i] = (struct sized){ &audit,
			bench_large(b, kib[i] * 1000, &a) };
		e[i] = (struct bench_engine){
			.run = audit_it, .ctx = &s[i], .least_ns = LEAST_NS / 4
		};
	}
	bench_turns(e, SIZES, ROUNDS);
	for (size_t i = 0; i < SIZES; i++) {
		char name[96];

		(void)snprintf(name, sizeof(name), "%zu KB, a KB", kib[i]);
		bench_figure(b, name, e[i].median / (int64_t)kib[i], "ns");
	}
	int64_t growth = bench_ratio_of(&e[SIZES - 1], &e[SIZES - 2], ROUNDS);
	bench_ratio(b, "1 MB/50 MB, a byte", 50 * 1000000 / growth);
	bench_must(
		b, "cost of 50 MB, times that of 1 MB", growth, false, 75000);
	bench_audit_done(&audit);
	fa_arena_done(&a);
}
