/* Matching alone: the texts are read and segmented before. The loop is the
 * reference matcher: each pattern that a condition asks for, by PCRE2-JIT over
 * each sentence. (Running it over the whole text first, and over sentences only
 * where something was found, took as long, and missed what depends on the end
 * of a sentence.) */
#include "bench/bench.h"

#include <string.h>

#include "base/hash.h"
#include "reference/matcher.h"

#define ROUNDS 3
#define LEAST_NS 300000000

enum { LOOP, OURS, SCALAR, ENGINES };

struct matching {
	const struct bench *b;
	struct ref_matcher *ref; /* NULL: fast */
	struct fa_matcher *fast;
	struct fa_arena a;
	struct fa_buf *findings; /* written when wanted */
	bool scalar;
};

static void
match_one(struct matching *x, const struct fa_doc *doc)
{
	struct fa_match m;
	struct fa_err err;
	int rc;

	fa_arena_reset(&x->a);
	if (x->ref)
		rc = ref_match(&m, x->ref, doc, NULL, BENCH_AS_OF, &x->a, &err);
	else
		rc = fa_match(&m, x->fast, doc, BENCH_AS_OF, &x->a, &err);
	if (rc < 0)
		bench_die("%.*s: %s", FA_STR_ARG(doc->name), err.msg);
	if (x->findings)
		ref_write(x->findings, x->b->bundle, &m);
}

static void
match_all(void *ctx)
{
	struct matching *x = ctx;

	bench_scalar(x->scalar);
	for (size_t i = 0; i < x->b->texts_n; i++)
		match_one(x, &x->b->texts[i].doc);
	bench_scalar(false);
}

static void
digest(struct matching *x, char hex[FA_HASH_HEX_BYTES])
{
	struct fa_buf text FA_CLEANUP(fa_buf_done);
	struct fa_err err;

	fa_buf_init(&text, BENCH_BUF_BYTES);
	x->findings = &text;
	match_all(x);
	x->findings = NULL;
	if (fa_buf_rc(&text, "findings", &err) < 0 ||
		fa_hash_sha256(hex, fa_buf_str(&text), &err) < 0)
		bench_die("%s", err.msg);
}

static void
same_findings(struct bench *b, struct matching *x, const char *const *names)
{
	char first[FA_HASH_HEX_BYTES], hex[FA_HASH_HEX_BYTES];

	digest(&x[LOOP], first);
	printf("  findings %.16s\n", first);
	for (int i = 1; i < ENGINES; i++) {
		digest(&x[i], hex);
		if (strcmp(hex, first) != 0)
			bench_fail(b, "findings of %s are %.16s, not %.16s",
				names[i], hex, first);
	}
}

static void
init(struct matching *x, const struct bench *b)
{
	struct fa_err err;

	for (int i = 0; i < ENGINES; i++) {
		int rc;

		x[i] = (struct matching){ .b = b, .scalar = i == SCALAR };
		bench_scalar(x[i].scalar);
		fa_arena_init(&x[i].a, BENCH_ARENA_BYTES);
		rc = i == LOOP ? ref_matcher_new(&x[i].ref, b->bundle, &err)
			       : fa_matcher_new(&x[i].fast, b->bundle, &err);
		bench_scalar(false);
		if (rc < 0)
			bench_die("%s", err.msg);
	}
}

static void
done(struct matching *x)
{
	for (int i = 0; i < ENGINES; i++) {
		fa_matcher_free(x[i].fast);
		ref_matcher_free(x[i].ref);
		fa_arena_done(&x[i].a);
	}
}

void
bench_match(struct bench *b)
{
	static const char *const names[ENGINES] = { "PCRE2-JIT loop", "ours",
		"ours, scalar" };
	struct matching x[ENGINES];
	struct bench_engine e[ENGINES];

	init(x, b);
	same_findings(b, x, names);
	for (int i = 0; i < ENGINES; i++)
		e[i] = (struct bench_engine){ .name = names[i],
			.run = match_all,
			.ctx = &x[i],
			.least_ns = i == LOOP ? 0 : LEAST_NS,
			.warm = true };
	bench_turns(e, ENGINES, ROUNDS);
	for (int i = 0; i < ENGINES; i++) {
		char name[96];

		(void)snprintf(name, sizeof(name), "%s, a text", names[i]);
		bench_figure(b, name, e[i].median / (int64_t)b->texts_n, "ns");
		(void)snprintf(name, sizeof(name), "%s, speed", names[i]);
		bench_figure(b, name, (int64_t)b->bytes * 1000000 / e[i].median,
			"KB/s");
	}
	int64_t ratio = bench_ratio_of(&e[LOOP], &e[OURS], ROUNDS);
	bench_ratio(b, "loop/ours", ratio);
	bench_ratio(
		b, "loop/scalar", bench_ratio_of(&e[LOOP], &e[SCALAR], ROUNDS));
	bench_must(b, "matching, times the PCRE2-JIT loop", ratio, true, 60000);
	done(x);
}
