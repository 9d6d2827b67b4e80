/* What rules cost: which words they hang on, and work that is counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "match/cost.h"
#include "read/read.h"
#include "rules/program.h"
#include "segment/segment.h"

#define TIMES 10

enum { FACE, FIND, WORD }; /* lexicons: in 3, 1 and 2 sentences of the text */
enum { FACE_FIND, FACE_ONLY, WORD_ONLY, WORD_REGEX };

static struct fa_str face[] = { FA_STR_INIT("人脸") };
static struct fa_str find[] = { FA_STR_INIT("识别") };
static struct fa_str word[] = { FA_STR_INIT("密码") };
static struct fa_lexicon lexicons[] = {
	{ .name = FA_STR_INIT("face"), .words = face, .words_n = 1 },
	{ .name = FA_STR_INIT("find"), .words = find, .words_n = 1 },
	{ .name = FA_STR_INIT("word"), .words = word, .words_n = 1 },
};
static struct fa_pattern patterns[] = {
	{ FA_STR_INIT("{face}{..9}{find}"), FA_STR_INIT(""), { FACE, FIND },
		2 },
	{ FA_STR_INIT("{face}"), FA_STR_INIT(""), { FACE }, 1 },
	{ FA_STR_INIT("{word}"), FA_STR_INIT(""), { WORD }, 1 },
	{ FA_STR_INIT("{word}\\b"), FA_STR_INIT(""), { WORD }, 1 },
};

struct costs {
	struct fa_arena a;
	struct fa_err err;
	struct fa_bundle b;
	struct fa_cost *c;
};

static int
costs_open(void **state)
{
	static struct costs x;
	struct fa_read_opts opts = { .name = FA_STR_INIT("text.txt") };
	struct fa_doc doc;

	memset(&x, 0, sizeof(x));
	fa_arena_init(&x.a, (size_t)64 << 20);
	x.b = (struct fa_bundle){ .lexicons = lexicons,
		.lexicons_n = FA_COUNT(lexicons),
		.patterns = patterns,
		.patterns_n = FA_COUNT(patterns) };
	assert_int_equal(
		fa_programs_new(&x.b.programs, &x.b, &x.a, &x.err), FA_OK);
	assert_int_equal(fa_cost_new(&x.c, &x.b, &x.a, &x.err), FA_OK);
	assert_int_equal(
		fa_read(&doc,
			FA_STR("人脸识别。密码。人脸。密码与人脸。天气好。"),
			&opts, &x.a, &x.err),
		FA_OK);
	assert_int_equal(fa_segment(&doc, &x.a, &x.err), FA_OK);
	for (int i = 0; i < TIMES; i++)
		assert_int_equal(fa_cost_add(x.c, &doc, &x.a, &x.err), FA_OK);
	assert_int_equal(fa_cost_bytes(x.c), TIMES * doc.text.n);
	*state = &x;
	return 0;
}

static int
costs_close(void **state)
{
	struct costs *x = *state;

	fa_cost_done(x->c);
	fa_arena_done(&x->a);
	return 0;
}

static struct fa_rule_cost
cost_of(const struct costs *x, const struct fa_cond *c,
	const struct fa_cond *unless)
{
	struct fa_rule rule = { .find = c, .unless = unless };
	struct fa_rule_cost out;

	fa_cost_of(&out, x->c, &rule);
	return out;
}

static const struct fa_cond leaf[] = {
	{ .kind = FA_COND_PATTERN, .pattern = FACE_FIND },
	{ .kind = FA_COND_PATTERN, .pattern = FACE_ONLY },
	{ .kind = FA_COND_PATTERN, .pattern = WORD_ONLY },
	{ .kind = FA_COND_PATTERN, .pattern = WORD_REGEX },
	{ .kind = FA_COND_PATTERN, .pattern = FACE_ONLY },
	{ .kind = FA_COND_SCOPE },
};

static void
a_pattern_hangs_on_its_rarest_words(void **state)
{
	struct fa_rule_cost got = cost_of(*state, &leaf[0], NULL);

	assert_int_equal(got.anchor, FIND);
	assert_int_equal(got.looks, TIMES);
	assert_int_equal(got.programs, 1);
	assert_int_equal(got.regexes, 0);
	assert_true(got.ns > TIMES * FA_COST_SEARCH_NS);
}

static void
what_is_asked_for_together_hangs_on_the_rarest(void **state)
{
	struct fa_cond all = {
		.kind = FA_COND_ALL, .child = leaf + 1, .child_n = 2
	};
	struct fa_rule_cost got = cost_of(*state, &all, NULL);

	assert_int_equal(got.anchor, WORD);
	assert_int_equal(got.looks, 2 * TIMES);
	assert_int_equal(got.programs, 2);
}

static void
alternatives_hang_on_all_of_them(void **state)
{
	struct fa_cond any = {
		.kind = FA_COND_ANY, .child = leaf + 1, .child_n = 2
	};
	struct fa_cond none = {
		.kind = FA_COND_ANY, .child = leaf + 4, .child_n = 2
	};
	struct fa_rule_cost got = cost_of(*state, &any, NULL);

	assert_int_equal(got.anchor, FACE);
	assert_int_equal(got.looks, (3 + 2) * TIMES);
	got = cost_of(*state, &none, NULL);
	assert_int_equal(got.anchor, FA_RULE_NONE);
	assert_int_equal(got.looks, 5 * TIMES); /* at all sentences */
}

static void
a_pattern_that_pcre2_searches_for_costs_as_much_each_time(void **state)
{
	struct fa_rule_cost got = cost_of(*state, &leaf[3], NULL);

	assert_int_equal(got.regexes, 1);
	assert_int_equal(got.programs, 0);
	assert_int_equal(got.ns, 2 * TIMES * FA_COST_REGEX_NS);
}

static void
a_pattern_that_is_named_twice_is_counted_once(void **state)
{
	struct fa_cond twice = {
		.kind = FA_COND_ALL, .child = leaf + 1, .child_n = 4
	};
	struct fa_rule_cost got = cost_of(*state, &twice, NULL);

	assert_int_equal(got.programs, 2);
	assert_int_equal(got.regexes, 1);
}

static void
what_calls_a_rule_off_costs_too(void **state)
{
	struct fa_rule_cost alone = cost_of(*state, &leaf[0], NULL);
	struct fa_rule_cost unless = cost_of(*state, &leaf[2], NULL);
	struct fa_rule_cost both = cost_of(*state, &leaf[0], &leaf[2]);

	assert_int_equal(both.anchor, alone.anchor);
	assert_int_equal(both.looks, alone.looks);
	assert_int_equal(both.ns, alone.ns + unless.ns);
}

static void
running_out_of_memory_is_an_error(void **state)
{
	struct costs *x = *state;
	struct fa_cost *c;
	struct fa_arena small;

	fa_arena_init(&small, 16);
	assert_int_equal(fa_cost_new(&c, &x->b, &small, &x->err), FA_E_NOMEM);
	fa_arena_done(&small);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pattern_hangs_on_its_rarest_words),
		cmocka_unit_test(
			what_is_asked_for_together_hangs_on_the_rarest),
		cmocka_unit_test(alternatives_hang_on_all_of_them),
		cmocka_unit_test(
			a_pattern_that_pcre2_searches_for_costs_as_much_each_time),
		cmocka_unit_test(a_pattern_that_is_named_twice_is_counted_once),
		cmocka_unit_test(what_calls_a_rule_off_costs_too),
		cmocka_unit_test(running_out_of_memory_is_an_error),
	};

	return cmocka_run_group_tests(tests, costs_open, costs_close);
}
