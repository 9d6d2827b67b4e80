/* The patterns of rules/ as programs and as expressions of PCRE2, and dice. */
#ifndef TEST_RIG_PROGRAM_H
#define TEST_RIG_PROGRAM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/cpu.h"
#include "fuzz/invariant_program.h"
#include "rules/rules.h"

struct oracles {
	struct fa_arena a;
	struct fa_err err;
	struct fa_bundle *rules;       /* of the folder rules/ */
	struct program_oracle *oracle; /* of their patterns */
	struct program_rig g;
	uint64_t random;
};

/* SplitMix64 (Steele, Lea, Flood 2014). */
static inline uint32_t
roll(struct oracles *w, uint32_t sides)
{
	uint64_t z = w->random += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)((z ^ (z >> 31)) % sides);
}

static inline void
must(int rc, const struct fa_err *err)
{
	if (rc < 0)
		fail_msg("%s", err->msg);
}

static inline int
oracles_open(void **state)
{
	static struct oracles w;
	struct fa_bundle *b;

	memset(&w, 0, sizeof(w));
	w.random = 9;
	fa_arena_init(&w.a, (size_t)1 << 30);
	must(fa_rules_load(&w.rules, FA_STR("rules"), &w.a, &w.err), &w.err);
	b = w.rules;
	program_rig_of(&w.g, b->programs);
	w.oracle = fa_arena_new(&w.a, b->patterns_n, sizeof(*w.oracle));
	assert_non_null(w.oracle);
	for (size_t i = 0; i < b->patterns_n; i++)
		assert_true(program_oracle_init(
			&w.oracle[i], b->patterns[i].regex, true));
	*state = &w;
	return 0;
}

static inline int
oracles_close(void **state)
{
	struct oracles *w = *state;

	for (size_t i = 0; i < w->rules->patterns_n; i++)
		program_oracle_done(&w->oracle[i]);
	program_rig_done(&w->g);
	fa_arena_done(&w->a);
	return 0;
}

static inline void
agree(struct oracles *w, struct program_rig *g, const struct fa_bundle *b,
	uint32_t pattern, const struct program_oracle *o, struct fa_str text)
{
	enum fa_simd simd = roll(w, 2) ? fa_cpu_simd() : FA_SIMD_SCALAR;

	if (!program_agrees_everywhere(g, pattern, o, text, simd))
		fail_msg("'%.*s' on '%.*s'",
			FA_STR_ARG(b->patterns[pattern].source),
			FA_STR_ARG(text));
}

#endif
