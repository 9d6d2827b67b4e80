/* Counting, thresholds, frozen precision and the pairs of `faceaudit eval`.
 * The commands are not in the library, so that their code is compiled into
 * the test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "tools/eval_freeze.c"
#include "tools/eval_labels.c"
#include "tools/eval_print.c"
#include "tools/eval_stats.c"

#define V FA_VERDICT_VIOLATION
#define C FA_VERDICT_COMPLIANT
#define Q FA_VERDICT_CANNOT_TELL
#define G FA_VERDICT_GAP
#define N FA_VERDICT_NOT_APPLICABLE

static struct fa_obligation obligations[] = {
	{ .id = FA_STR_INIT("FRM.10.1") },
	{ .id = FA_STR_INIT("FRM.6.1") },
};

static struct fa_rule rules[] = {
	{ .id = FA_STR_INIT("FRM.10.1-gap"), .obligation = 0 },
	{ .id = FA_STR_INIT("FRM.10.1-sole"), .obligation = 0 },
	{ .id = FA_STR_INIT("FRM.6.1-deemed"), .obligation = 1 },
	{ .id = FA_STR_INIT("SCOPE-FACE_ID-x"), .obligation = FA_RULE_NONE },
};

static const struct fa_bundle bundle = {
	.obligations = obligations,
	.obligations_n = FA_COUNT(obligations),
	.rules = rules,
	.rules_n = FA_COUNT(rules),
	.sha256 = "0123456789abcdef",
};

/* Four documents: two right V, one missed V, one false V on a document
 * without FACE_ID, one that could not be judged. */
#define CELL(labelled, gold, got, rule, quote, by, by_n)                       \
	{                                                                      \
		labelled, gold, { NULL, 0 }, got, rule, by, by_n,              \
			FA_STR_INIT(quote)                                     \
	}

static uint32_t gap[] = { 0 };
static uint32_t sole[] = { 1 };
static uint32_t deemed[] = { 2 };

static struct fa_eval_cell cells[][2] = {
	{ { true, V, FA_STR_INIT("q"), V, 1, sole, 1, FA_STR_INIT("p") },
		CELL(true, G, G, FA_RULE_NONE, "", NULL, 0) },
	{ CELL(true, V, G, 0, "", gap, 1), CELL(true, V, V, 2, "", deemed, 1) },
	{ CELL(true, N, V, 1, "a\nb\x1b[31m", sole, 1),
		CELL(false, N, V, 2, "", deemed, 1) },
	{ CELL(true, V, N, FA_RULE_NONE, "", NULL, 0),
		CELL(true, V, N, FA_RULE_NONE, "", NULL, 0) },
};

static struct fa_eval_doc docs[] = {
	{ .name = FA_STR_INIT("a"),
		.gold_scopes = 1,
		.got_scopes = 1,
		.cells = cells[0],
		.judged = true },
	{ .name = FA_STR_INIT("b"),
		.gold_scopes = 1,
		.got_scopes = 1,
		.cells = cells[1],
		.judged = true },
	{ .name = FA_STR_INIT("c"),
		.gold_scopes = 0,
		.got_scopes = 1,
		.cells = cells[2],
		.judged = true },
	{ .name = FA_STR_INIT("d"),
		.gold_scopes = 1,
		.cells = cells[3],
		.judged = false },
};

struct fixture {
	struct fa_arena arena;
	struct fa_buf out;
	struct fa_err err;
	struct fa_eval_set sets[2];
	struct fa_eval ev;
};

static int
setup(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	fa_arena_init(&f.arena, 64u << 20);
	fa_buf_init(&f.out, 1u << 20);
	f.sets[0].name = FA_STR("own");
	f.sets[0].docs = docs;
	f.sets[0].docs_n = FA_COUNT(docs);
	f.sets[1].name = FA_STR("it's");
	f.ev.bundle = &bundle;
	f.ev.as_of = 20261121;
	f.ev.arena = &f.arena;
	f.ev.sets = f.sets;
	f.ev.sets_n = 1;
	*state = &f;
	return fa_eval_count(&f.ev, &f.err);
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	fa_buf_done(&f->out);
	fa_arena_done(&f->arena);
	return 0;
}

static void
out_is(struct fixture *f, const char *expected)
{
	assert_int_equal(f->out.rc, 0);
	assert_string_equal(f->out.p == NULL ? "" : f->out.p, expected);
	fa_buf_reset(&f->out);
}

static void
ratios_are_thousandths_rounded_down(void **state)
{
	(void)state;
	assert_int_equal(fa_eval_ratio(2, 3), 666);
	assert_int_equal(fa_eval_ratio(3, 3), 1000);
	assert_int_equal(fa_eval_ratio(0, 3), 0);
	assert_int_equal(fa_eval_ratio(0, 0), FA_EVAL_UNDEFINED);
	assert_int_equal(fa_eval_ratio(4000000000u, 4000000000u), 1000);
}

static void
cells_are_counted_by_label_and_result(void **state)
{
	struct fixture *f = *state;
	const struct fa_eval_stats *s = &f->ev.stats;
	struct fa_eval_tally v = fa_eval_tally(&s->all, V);
	struct fa_eval_tally face = fa_eval_tally(&s->face, V);

	assert_int_equal(s->documents, 4);
	assert_int_equal(s->judged, 3);
	assert_int_equal(s->face_id, 2);
	assert_int_equal(fa_eval_cells(&s->all), 5);
	assert_int_equal(fa_eval_cells(&s->face), 4);
	assert_int_equal(v.gold, 3);
	assert_int_equal(v.got, 3);
	assert_int_equal(v.right, 2);
	assert_int_equal(face.got, 2);
	assert_int_equal(fa_eval_precision(v), 666);
	assert_int_equal(fa_eval_recall(v), 666);
	assert_int_equal(fa_eval_f1(face), 800);
	assert_int_equal(fa_eval_accuracy(&s->all), 600);
	assert_int_equal(fa_eval_accuracy(&s->face), 750);
	assert_int_equal(fa_eval_cells(&s->row_all[0]), 3);
	assert_int_equal(fa_eval_cells(&s->row_face[0]), 2);
	assert_int_equal(s->scope[FA_SCOPE_FACE_ID].gold, 2);
	assert_int_equal(s->scope[FA_SCOPE_FACE_ID].got, 3);
	assert_int_equal(s->scope[FA_SCOPE_FACE_ID].right, 2);
}

static void
macro_f1_is_the_mean_over_letters_that_occur(void **state)
{
	struct fa_eval_pool p = { 0 };

	(void)state;
	assert_int_equal(fa_eval_macro_f1(&p), FA_EVAL_UNDEFINED);
	p.n[N][N] = 9;
	assert_int_equal(fa_eval_macro_f1(&p), FA_EVAL_UNDEFINED);
	p.n[V][V] = 1; /* F1 of V 2/3, */
	p.n[V][N] = 1; /* N where V is right counts against V */
	assert_int_equal(fa_eval_macro_f1(&p), 666);
	p.n[C][C] = 1; /* of C 1/3: the mean is one half, not 0.499 */
	p.n[C][N] = 4;
	assert_int_equal(fa_eval_macro_f1(&p), 500);
	p.n[Q][G] = 1; /* of Q and G none */
	assert_int_equal(fa_eval_macro_f1(&p), 250);
}

static void
rules_count_where_they_support_a_labelled_verdict(void **state)
{
	struct fixture *f = *state;
	const struct fa_eval_rule *r = f->ev.stats.rules;

	assert_int_equal(r[0].hits, 1);
	assert_int_equal(r[0].right, 0);
	assert_int_equal(r[1].hits, 2);
	assert_int_equal(r[1].right, 1);
	assert_int_equal(r[2].hits, 1);
	assert_int_equal(r[2].right, 1);
}

static void
thresholds_are_read_without_floats(void **state)
{
	struct fa_eval_min m;
	struct fa_err err;

	(void)state;
	assert_int_equal(
		fa_eval_min_parse(&m, FA_STR("accuracy=0.85"), &err), 0);
	assert_int_equal(m.at_least, 850);
	assert_int_equal(
		fa_eval_min_parse(&m, FA_STR("accuracy=.005"), &err), 0);
	assert_int_equal(m.at_least, 5);
	assert_int_equal(
		fa_eval_min_parse(&m, FA_STR("accuracy=850"), &err), 0);
	assert_int_equal(m.at_least, 850);
	assert_int_equal(fa_eval_min_parse(&m, FA_STR("accuracy=1"), &err), 0);
	assert_int_equal(m.at_least, 1000);
	assert_int_equal(
		fa_eval_min_parse(&m, FA_STR("accuracy=1.000"), &err), 0);
	assert_int_equal(m.at_least, 1000);
}

static void
bad_thresholds_are_usage_errors(void **state)
{
	static const char *const bad[] = { "accuracy",
		"accuracy=", "accuracy=1001", "accuracy=1.001", "accuracy=2.0",
		"accuracy=0.8555", "accuracy=-1", "accuracy=0.", "acc=0.5",
		"accuracy=0,5" };
	struct fa_eval_min m = { .at_least = 7 };
	struct fa_err err;

	(void)state;
	for (size_t i = 0; i < FA_COUNT(bad); i++) {
		assert_int_equal(fa_eval_min_parse(&m, fa_str_c(bad[i]), &err),
			FA_E_USAGE);
		assert_int_equal(m.at_least, 7);
	}
}

static void
a_missed_threshold_is_counted(void **state)
{
	struct fixture *f = *state;
	struct fa_eval_min min[4];

	assert_int_equal(
		fa_eval_min_parse(&min[0], FA_STR("recall_v=0.666"), &f->err),
		0);
	assert_int_equal(fa_eval_min_parse(
				 &min[1], FA_STR("precision_v=0.667"), &f->err),
		0);
	assert_int_equal(
		fa_eval_min_parse(&min[2], FA_STR("scope_f1=800"), &f->err), 0);
	assert_int_equal(
		fa_eval_min_parse(&min[3], FA_STR("clean=0"), &f->err), 0);
	f->ev.min = min;
	f->ev.min_n = 4;
	assert_int_equal(fa_eval_min_check(&f->ev), 2);
	assert_int_equal(min[0].got, 666);
	assert_int_equal(min[2].got, 800);
	assert_int_equal(min[3].got, FA_EVAL_UNDEFINED);
}

static void
frozen_precision_is_ordered_and_quoted(void **state)
{
	struct fixture *f = *state;

	memset(f->sets[0].sha256, 'a', 4);
	memset(f->sets[1].sha256, 'b', 4);
	f->ev.sets_n = 2;
	assert_int_equal(fa_eval_freeze(&f->ev, &f->out, &f->err), 0);
	out_is(f,
		"# Written by `faceaudit eval --freeze`; do not edit.\n"
		"# hits: labelled documents in which the rule supports the "
		"verdict;\n"
		"# right: those of them whose label agrees.\n"
		"# labelled: documents that people gave the verdict;\n"
		"# found: those of them that were judged so.\n"
		"measured:\n"
		"  sets:\n"
		"    - name: 'it''s'\n"
		"      documents: 0\n"
		"      sha256: 'bbbb'\n"
		"    - name: 'own'\n"
		"      documents: 4\n"
		"      sha256: 'aaaa'\n"
		"  rules:\n"
		"    FRM.10.1-gap:\n"
		"      hits: 1\n"
		"      right: 0\n"
		"    FRM.10.1-sole:\n"
		"      hits: 2\n"
		"      right: 1\n"
		"    FRM.6.1-deemed:\n"
		"      hits: 1\n"
		"      right: 1\n"
		"  obligations:\n"
		"    FRM.10.1:\n"
		"      violation:\n"
		"        labelled: 2\n"
		"        found: 1\n"
		"    FRM.6.1:\n"
		"      violation:\n"
		"        labelled: 1\n"
		"        found: 1\n"
		"      gap:\n"
		"        labelled: 1\n"
		"        found: 1\n");
}

static void
a_name_that_yaml_cannot_hold_is_refused(void **state)
{
	struct fixture *f = *state;

	f->sets[0].name = FA_STR("a\nb");
	assert_int_equal(fa_eval_freeze(&f->ev, &f->out, &f->err), FA_E_USAGE);
}

static void
pairs_hold_every_labelled_row_of_judged_documents(void **state)
{
	struct fixture *f = *state;

	fa_eval_print_pairs(&f->ev, &f->out);
	out_is(f,
		"a\tFRM.10.1\tV\tV\n"
		"a\tFRM.6.1\tG\tG\n"
		"b\tFRM.10.1\tV\tG\n"
		"b\tFRM.6.1\tV\tV\n"
		"c\tFRM.10.1\tN\tV\n");
}

static void
ratios_print_with_three_digits(void **state)
{
	struct fixture *f = *state;

	fa_eval_put(&f->out, 873);
	fa_eval_put(&f->out, 1000);
	fa_eval_put(&f->out, 7);
	fa_eval_put(&f->out, FA_EVAL_UNDEFINED);
	out_is(f, "0.8731.0000.007-");
}

static void
quotes_print_on_one_line_without_control_characters(void **state)
{
	struct fixture *f = *state;

	fa_eval_put_quote(&f->out, FA_STR("甲\n乙\x1b[0m\xe2\x80\xae丙"));
	out_is(f, "甲 乙 [0m丙");
}

static void
the_text_lists_differences_with_quotes(void **state)
{
	struct fixture *f = *state;
	struct fa_eval_print_opts o = { FA_LANG_EN, true };

	fa_eval_print_text(&f->ev, &o, &f->out);
	assert_non_null(strstr(f->out.p,
		"c FRM.10.1: label N, got V by FRM.10.1-sole\n"
		"  got:   a b [31m\n"));
	assert_non_null(strstr(
		f->out.p, "b FRM.10.1: label V, got G by FRM.10.1-gap\n"));
	assert_null(strstr(f->out.p, "SCOPE-"));
	assert_non_null(strstr(f->out.p,
		"FRM.6.1-deemed                      1      1"
		"   0.206..1.000\n"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(ratios_are_thousandths_rounded_down),
		TEST(cells_are_counted_by_label_and_result),
		TEST(macro_f1_is_the_mean_over_letters_that_occur),
		TEST(rules_count_where_they_support_a_labelled_verdict),
		TEST(thresholds_are_read_without_floats),
		TEST(bad_thresholds_are_usage_errors),
		TEST(a_missed_threshold_is_counted),
		TEST(frozen_precision_is_ordered_and_quoted),
		TEST(a_name_that_yaml_cannot_hold_is_refused),
		TEST(pairs_hold_every_labelled_row_of_judged_documents),
		TEST(ratios_print_with_three_digits),
		TEST(quotes_print_on_one_line_without_control_characters),
		TEST(the_text_lists_differences_with_quotes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
