/* What is written of the machine says what the table says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/json.h"
#include "facecheck/machine/model.h"

#define OUT_BYTES (8u << 20)

struct rig {
	struct fa_arena a;
	struct fa_err err;
	struct fc_checker *c;
	struct fc_model m;
	struct fa_buf out;
};

static int
setup(void **state)
{
	static struct rig r;

	memset(&r, 0, sizeof(r));
	fa_arena_init(&r.a, 64u << 20);
	fa_buf_init(&r.out, OUT_BYTES);
	*state = &r;
	if (fc_checker_new(&r.c, &r.a, &r.err) < 0)
		return -1;
	return fc_model_check(&r.m, r.c, NULL, &r.err);
}

static int
teardown(void **state)
{
	struct rig *r = *state;

	fa_buf_done(&r->out);
	fa_arena_done(&r->a);
	return 0;
}

static void
assert_says(const struct fa_buf *out, const char *text)
{
	if (fa_str_find(fa_buf_str(out), fa_str_c(text), 0) == SIZE_MAX)
		fail_msg("does not say: %s", text);
}

static size_t
count_of(const struct fa_buf *out, const char *text)
{
	struct fa_str s = fa_buf_str(out), needle = fa_str_c(text);
	size_t n = 0;

	for (size_t at = fa_str_find(s, needle, 0); at != SIZE_MAX;
		at = fa_str_find(s, needle, at + 1))
		n++;
	return n;
}

static void
all_faults(struct rig *r)
{
	assert_int_equal(fc_model_singles(&r->m, r->c, &r->a, &r->err), FA_OK);
	assert_int_equal(fc_model_pairs(&r->m, r->c, &r->a, &r->err), FA_OK);
}

static void
everything_that_is_said_is_said_in_chinese_too(void **state)
{
	struct fc_table t;

	(void)state;
	for (unsigned p = 0; p < FC_P_COUNT; p++) {
		assert_string_not_equal(
			fc_model_zh(fc_promise_text(p)), fc_promise_text(p));
		assert_string_not_equal(
			fc_model_zh(fc_promise_law(p)), fc_promise_law(p));
	}
	for (size_t i = 0; i < fc_mutants_n; i++)
		assert_string_not_equal(
			fc_model_zh(fc_mutants[i].what), fc_mutants[i].what);
	fc_table_init(&t);
	for (size_t i = 0; i < t.n; i++)
		if (t.rows[i].duty)
			assert_string_not_equal(
				fc_model_zh(t.rows[i].duty), t.rows[i].duty);
}

static void
all_faults_are_noticed_one_by_one_and_in_pairs(void **state)
{
	struct rig *r = *state;
	size_t n = fc_mutants_n;

	all_faults(r);
	assert_int_equal(r->m.singles.n, n);
	assert_int_equal(r->m.singles.killed, n);
	assert_int_equal(r->m.doubles.n, n * (n - 1) / 2);
	assert_int_equal(r->m.doubles.survived, 0);
	assert_int_equal(r->m.unnoticed_n,
		r->m.singles.equivalent + r->m.doubles.equivalent);
	assert_true(fc_model_holds(&r->m));
	for (size_t i = 0; i < n; i++)
		assert_true(r->m.broken[i] & 1u << fc_mutants[i].breaks);
}

static void
the_text_names_promises_faults_and_rows(void **state)
{
	struct rig *r = *state;

	all_faults(r);
	fc_model_text(&r->out, &r->m, FC_EN);
	for (unsigned p = 0; p < FC_P_COUNT; p++)
		assert_says(&r->out, fc_promise_text(p));
	for (size_t i = 0; i < fc_mutants_n; i++)
		assert_says(&r->out, fc_mutants[i].what);
	assert_int_equal(count_of(&r->out, "  kept  "), FC_P_COUNT);
	assert_int_equal(count_of(&r->out, "BROKEN"), 0);
	/* rows, and the heading of none */
	assert_int_equal(count_of(&r->out, "--> "), r->m.table.n);
	fa_buf_reset(&r->out);
	fc_model_text(&r->out, &r->m, FC_ZH);
	for (unsigned p = 0; p < FC_P_COUNT; p++)
		assert_says(&r->out, fc_model_zh(fc_promise_text(p)));
	assert_int_equal(count_of(&r->out, "  成立  "), FC_P_COUNT);
}

static void
a_broken_promise_is_shown_with_a_way_to_it(void **state)
{
	struct rig *r = *state;
	const struct fc_mutant *m = fc_mutant_find(FA_STR("no-liveness"));

	assert_non_null(m);
	assert_int_equal(fc_model_check(&r->m, r->c, m, &r->err), FA_OK);
	assert_false(fc_model_holds(&r->m));
	fc_model_text(&r->out, &r->m, FC_EN);
	assert_says(&r->out, "fault no-liveness: any picture is compared");
	assert_says(&r->out, "BROKEN  liveness");
	assert_says(&r->out, "by: show face yes image -> match (");
	assert_null(fc_mutant_find(FA_STR("no-livenes")));
}

/* Number of the children of a member. */
static size_t
children(const struct fa_json *obj, const char *key)
{
	const struct fa_json *x = fa_json_find(obj, key);

	assert_non_null(x);
	return x->count;
}

static void
the_json_is_whole_and_the_same_twice(void **state)
{
	struct rig *r = *state;
	struct fa_json *tree;
	struct fa_str first;

	all_faults(r);
	fc_model_json(&r->out, &r->m);
	assert_int_equal(
		fa_json_parse(&tree, fa_buf_str(&r->out), &r->a, &r->err),
		FA_OK);
	assert_true(fa_json_find(tree, "holds")->boolean);
	assert_int_equal(children(tree, "promises"), FC_P_COUNT);
	assert_int_equal(children(tree, "faults"), fc_mutants_n);
	assert_int_equal(children(tree, "states"), FC_S_COUNT);
	assert_int_equal(children(tree, "events"), FC_E_COUNT);
	assert_int_equal(children(tree, "rows"), r->m.table.n);
	assert_int_equal(fa_json_int(tree, "sessions", 0), r->m.verdict.states);
	first = fa_arena_dup(&r->a, fa_buf_str(&r->out));
	fa_buf_reset(&r->out);
	r->m.check_us = 1;
	fc_model_json(&r->out, &r->m);
	assert_true(fa_str_eq(first, fa_buf_str(&r->out)));
}

static void
the_promela_model_has_an_option_for_each_row(void **state)
{
	struct rig *r = *state;

	fc_model_promela(&r->out, &r->m.table);
	assert_int_equal(count_of(&r->out, ":: STEP("), r->m.table.n);
	/* Two promises say what is possible: no formula can. */
	assert_int_equal(count_of(&r->out, "\nltl p_"), FC_P_COUNT - 2);
	assert_int_equal(count_of(&r->out, "no formula says this"), 2);
	/* The first row that fits decides: later ones bar it. */
	assert_says(&r->out,
		":: STEP(st == S_ASK && ALL(F_REMOTE) && !ANY(0) && "
		"!(ALL(F_MINOR) && !ANY(0)),");
	r->m.table.n--;
	fa_buf_reset(&r->out);
	fc_model_promela(&r->out, &r->m.table);
	assert_int_equal(count_of(&r->out, ":: STEP("), r->m.table.n);
}

static void
the_drawing_follows_the_table(void **state)
{
	struct rig *r = *state;
	const struct fc_mutant *m = fc_mutant_find(FA_STR("timeout-to-door"));
	struct fc_table t = r->m.table;
	size_t arrows;

	fc_model_svg(&r->out, &t, FC_EN);
	arrows = count_of(&r->out, "class=\"l\"");
	assert_int_equal(count_of(&r->out, "has a row in every state"), 2);
	assert_says(&r->out, "withdraw, close, timeout<");
	for (size_t i = 0; i < t.n; i++)
		if (t.rows[i].state == FC_S_HUMAN &&
			(t.rows[i].event == FC_E_CLOSE ||
				t.rows[i].event == FC_E_HUMAN_NO))
			t.rows[i].event = FC_E_READY;
	fa_buf_reset(&r->out);
	fc_model_svg(&r->out, &t, FC_EN);
	assert_says(&r->out, "close: lacking in human<");
	assert_int_equal(count_of(&r->out, "human-no<"), 0);
	/* "ready" stays where it was, and goes where human-no went. */
	assert_int_equal(count_of(&r->out, "class=\"l\""), arrows + 1);
	fc_table_init(&t);
	m->apply(&t);
	fa_buf_reset(&r->out);
	fc_model_svg(&r->out, &t, FC_EN);
	assert_says(&r->out, "withdraw, close<");
	assert_int_equal(count_of(&r->out, "close, timeout<"), 0);
}

static uint32_t
draw(uint32_t *x)
{
	*x = *x * 1664525u + 1013904223u;
	return *x >> 8;
}

static void
all_steps_at_once_are_the_steps_one_by_one(void **state)
{
	struct rig *r = *state;
	uint32_t x = 7, moved = 0;

	for (int i = 0; i < 20000; i++) {
		struct fc_session s = { (uint8_t)(draw(&x) % FC_S_COUNT),
			(uint8_t)(draw(&x) % (FC_TRIES + 2)),
			draw(&x) & ((1u << FC_FACTS) - 1) };
		struct fc_session all[FC_E_COUNT], one;
		uint32_t moves = fc_steps(all, &r->m.table, s);

		for (uint8_t e = 0; e < FC_E_COUNT; e++) {
			bool moves_alone =
				fc_step(&one, &r->m.table, s, (enum fc_event)e);

			assert_int_equal(moves >> e & 1, moves_alone);
			if (!moves_alone)
				continue;
			moved++;
			assert_int_equal(all[e].state, one.state);
			assert_int_equal(all[e].tries, one.tries);
			assert_int_equal(all[e].facts, one.facts);
		}
	}
	assert_true(moved > 20000);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(everything_that_is_said_is_said_in_chinese_too),
		T(all_faults_are_noticed_one_by_one_and_in_pairs),
		T(the_text_names_promises_faults_and_rows),
		T(a_broken_promise_is_shown_with_a_way_to_it),
		T(the_json_is_whole_and_the_same_twice),
		T(the_promela_model_has_an_option_for_each_row),
		T(the_drawing_follows_the_table),
		T(all_steps_at_once_are_the_steps_one_by_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
