#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fixture_report.h"
#include "tools/eval_flows.h"

#define ARENA_BYTES (4u << 20)

struct parsed {
	struct fa_arena a;
	struct fa_err err;
	struct fa_eval_flow_set set;
	int rc;
};

static void
parse(struct parsed *p, const char *text)
{
	memset(p, 0, sizeof(*p));
	fa_arena_init(&p->a, ARENA_BYTES);
	p->set.labels = FA_STR("truth.jsonl");
	p->rc = fa_eval_truth_parse(
		&p->set, &fixture_bundle, fa_str_c(text), &p->a, &p->err);
}

static void
truth_is_read_by_obligation(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p,
		"{\"flow\":\"a\",\"kind\":\"app\",\"entry\":\"x.html\","
		"\"about\":\"甲\",\"violation\":[\"FRM.10.1.a\"],"
		"\"compliant\":[\"FRM.6.1\"],\"cannot_tell\":[\"PIPL.15\"],"
		"\"open\":[\"FRM.5.2\"]}\n\n"
		"{\"flow\":\"b\",\"kind\":\"sketch\"}\n"
		"{\"flow\":\"c\",\"kind\":\"served\"}\n");
	assert_int_equal(p.rc, FA_OK);
	assert_int_equal(p.set.n, 3);
	assert_true(p.set.flows[2].app);
	assert_true(p.set.flows[0].app);
	assert_false(p.set.flows[1].app);
	assert_int_equal(p.set.flows[0].truth[OB_SOLE], FA_EVAL_VIOLATION);
	assert_int_equal(p.set.flows[0].truth[OB_SEPARATE], FA_EVAL_COMPLIANT);
	assert_int_equal(
		p.set.flows[0].truth[OB_WITHDRAW], FA_EVAL_CANNOT_TELL);
	assert_int_equal(p.set.flows[0].truth[OB_NOTICE], FA_EVAL_OPEN);
	assert_int_equal(p.set.flows[0].truth[OB_TREND], FA_EVAL_UNLISTED);
	fa_arena_done(&p.a);
}

static void
mistakes_name_their_line(void **state)
{
	static const char *const bad[] = {
		"",
		"\n\n",
		"[]",
		"{",
		"{\"kind\":\"app\"}",
		"{\"flow\":\".\",\"kind\":\"app\"}",
		"{\"flow\":\"a/b\",\"kind\":\"app\"}",
		"{\"flow\":\"a\",\"kind\":\"video\"}",
		"{\"flow\":\"a\",\"violation\":\"FRM.10.1.a\"}",
		"{\"flow\":\"a\",\"violation\":[1]}",
		"{\"flow\":\"a\",\"violation\":[\"FRM.99\"]}",
		"{\"flow\":\"a\",\"violation\":[\"FRM.6.1\",\"FRM.6.1\"]}",
		"{\"flow\":\"a\",\"violations\":[]}",
		"{\"flow\":\"a\"}\n{\"flow\":\"a\"}",
	};

	(void)state;
	for (size_t i = 0; i < FA_COUNT(bad); i++) {
		struct parsed p;

		parse(&p, bad[i]);
		assert_int_equal(p.rc, FA_E_INPUT);
		assert_true(fixture_has(fa_str_c(p.err.msg), "truth.jsonl"));
		fa_arena_done(&p.a);
	}
}

static void
what_must_not_come_out_differs(void **state)
{
	static const struct {
		enum fa_eval_truth truth;
		enum fa_verdict got;
		bool differs;
	} cases[] = {
		{ FA_EVAL_VIOLATION, FA_VERDICT_VIOLATION, false },
		{ FA_EVAL_VIOLATION, FA_VERDICT_GAP, false },
		{ FA_EVAL_VIOLATION, FA_VERDICT_COMPLIANT, true },
		{ FA_EVAL_UNLISTED, FA_VERDICT_VIOLATION, true },
		{ FA_EVAL_UNLISTED, FA_VERDICT_GAP, true },
		{ FA_EVAL_UNLISTED, FA_VERDICT_COMPLIANT, false },
		{ FA_EVAL_OPEN, FA_VERDICT_VIOLATION, false },
		{ FA_EVAL_COMPLIANT, FA_VERDICT_COMPLIANT, false },
		{ FA_EVAL_COMPLIANT, FA_VERDICT_CANNOT_TELL, true },
		{ FA_EVAL_CANNOT_TELL, FA_VERDICT_CANNOT_TELL, false },
		{ FA_EVAL_CANNOT_TELL, FA_VERDICT_NOT_APPLICABLE, true },
	};

	(void)state;
	for (size_t i = 0; i < FA_COUNT(cases); i++)
		assert_int_equal(
			fa_eval_flow_differs(cases[i].truth, cases[i].got),
			cases[i].differs);
}

/* One flow that is judged: a violation found, a false gap, an open one, one
 * that is right and one that is wrong. */
static void
counts_and_rules_leave_out_what_is_open(void **state)
{
	struct fa_eval_rule rules[RU_COUNT] = { { 0, 0 } };
	uint32_t sole = RU_SOLE, gap = RU_NOTICE_GAP, deceive = RU_DECEIVE;
	struct fa_eval_flows flows = { .sets_n = 1 };
	struct fa_eval ev = { .bundle = &fixture_bundle, .flows = &flows };
	struct fa_eval_cell *c;
	struct parsed p;

	(void)state;
	parse(&p,
		"{\"flow\":\"a\",\"kind\":\"sketch\","
		"\"violation\":[\"FRM.10.1.a\"],\"open\":[\"FRM.12.D\"],"
		"\"compliant\":[\"FRM.6.1\",\"PIPL.15\"]}");
	assert_int_equal(p.rc, FA_OK);
	flows.sets = &p.set;
	ev.arena = &p.a;
	ev.stats.rules = rules;
	p.set.flows[0].judged = true;
	c = p.set.flows[0].cells;
	c[OB_SOLE] = (struct fa_eval_cell){
		.got = FA_VERDICT_VIOLATION, .rules = &sole, .rules_n = 1
	};
	c[OB_NOTICE] = (struct fa_eval_cell){
		.got = FA_VERDICT_GAP, .rules = &gap, .rules_n = 1
	};
	c[OB_DECEIVE] = (struct fa_eval_cell){
		.got = FA_VERDICT_VIOLATION, .rules = &deceive, .rules_n = 1
	};
	c[OB_SEPARATE].got = FA_VERDICT_COMPLIANT;
	c[OB_WITHDRAW].got = FA_VERDICT_CANNOT_TELL;
	assert_int_equal(fa_eval_flows_count(&ev, &p.err), FA_OK);
	assert_int_equal(flows.all.violations, 1);
	assert_int_equal(flows.all.found, 1);
	assert_int_equal(flows.all.false_found, 1);
	assert_int_equal(flows.all.listed, 2);
	assert_int_equal(flows.all.right, 1);
	assert_int_equal(fa_eval_flow_precision(&flows.all), 500);
	assert_int_equal(fa_eval_flow_recall(&flows.all), 1000);
	assert_int_equal(rules[RU_SOLE].hits, 1);
	assert_int_equal(rules[RU_SOLE].right, 1);
	assert_int_equal(rules[RU_NOTICE_GAP].hits, 1);
	assert_int_equal(rules[RU_NOTICE_GAP].right, 0);
	assert_int_equal(rules[RU_DECEIVE].hits, 0);
	assert_int_equal(fa_eval_flows_judged(&ev), 1);
	fa_arena_done(&p.a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(truth_is_read_by_obligation),
		cmocka_unit_test(mistakes_name_their_line),
		cmocka_unit_test(what_must_not_come_out_differs),
		cmocka_unit_test(counts_and_rules_leave_out_what_is_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
