/* Waivers in comments: what is taken apart, what is told as a mistake. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "project/remark.h"

#define SHOWN 1000

/* "A,B until 20261231 (bad date): reason;" and a "*" for the whole file. */
static void
show(char out[SHOWN], struct fa_str text)
{
	struct fa_remark_waiver w;
	size_t n = 0;

	out[0] = '\0';
	while (fa_remark_next(&w, &text)) {
		struct fa_str rules = w.rules, rule;
		const char *sep = w.whole_file ? "*" : "";

		while (fa_remark_rule(&rule, &rules)) {
			n += (size_t)snprintf(out + n, SHOWN - n, "%s%.*s", sep,
				FA_STR_ARG(rule));
			sep = ",";
		}
		if (w.until != 0)
			n += (size_t)snprintf(
				out + n, SHOWN - n, " until %d", (int)w.until);
		if (w.bad_date.p != NULL)
			n += (size_t)snprintf(out + n, SHOWN - n, " (%.*s)",
				FA_STR_ARG(w.bad_date));
		n += (size_t)snprintf(
			out + n, SHOWN - n, ": %.*s;", FA_STR_ARG(w.reason));
	}
}

static void
expect(const char *text, const char *want)
{
	char got[SHOWN];

	show(got, fa_str_c(text));
	if (strcmp(got, want) != 0)
		fail_msg("'%s'\ngives '%s'\nnot   '%s'", text, got, want);
}

static void
a_waiver_has_rules_a_date_and_a_reason(void **state)
{
	(void)state;
	expect("faceaudit: allow FRM.5: why", "FRM.5: why;");
	expect("faceaudit:allow FRM.5:why", "FRM.5: why;");
	expect("faceaudit: allow FRM.10.1-sole why not",
		"FRM.10.1-sole: why not;");
	expect("faceaudit: allow FRM.5, PIPL.29,FRM.6: why",
		"FRM.5,PIPL.29,FRM.6: why;");
	expect("faceaudit: allow FRM.5 until 2026-12-31: why",
		"FRM.5 until 20261231: why;");
	expect("faceaudit: allow FRM.5 Until 2026-12-31 - why",
		"FRM.5 until 20261231: why;");
	expect("faceaudit: allow-file FRM.5: why", "*FRM.5: why;");
	expect("faceaudit: allow FRM.5 \xe2\x80\x94 why", "FRM.5: why;");
	expect("see above; faceaudit: allow FRM.5: a: b", "FRM.5: a: b;");
	expect("faceaudit says; faceaudit: allow FRM.5: w", "FRM.5: w;");
}

static void
full_width_punctuation_is_as_good(void **state)
{
	(void)state;
	expect("faceaudit：allow FRM.5，PIPL.29、FRM.6：已改版",
		"FRM.5,PIPL.29,FRM.6: 已改版;");
	expect("faceaudit：allow FRM.5 until 2026-12-31：待下架",
		"FRM.5 until 20261231: 待下架;");
	expect("faceaudit：allow FRM.5 until 2026-12-31，待下架",
		"FRM.5 until 20261231: 待下架;");
	expect("faceaudit：allow-file FRM.5：引用法条。",
		"*FRM.5: 引用法条。;");
}

static void
one_comment_may_hold_several_one_a_line(void **state)
{
	(void)state;
	expect("faceaudit: allow A: x\nnothing\r\n * faceaudit: allow B: y",
		"A: x;B: y;");
	expect("faceaudit: allow A: x\rfaceaudit: allow B: y\r", "A: x;B: y;");
}

static void
the_marks_around_a_comment_are_no_reason(void **state)
{
	(void)state;
	expect(" * faceaudit: allow A: why *", "A: why;");
	expect("-- faceaudit: allow A: why --", "A: why;");
	expect("# faceaudit: allow A #", "A: ;");
	expect("/* faceaudit: allow A: why */}", "A: why;");
	expect("faceaudit: allow A --", "A: ;");
}

static void
what_is_mistyped_waives_nothing_and_is_told(void **state)
{
	(void)state;
	expect("faceaudit: alow FRM.5: why", ": alow FRM.5: why;");
	expect("faceaudit: FRM.5: why", ": FRM.5: why;");
	expect("faceaudit: ignore FRM.5", ": ignore FRM.5;");
	expect("faceaudit: Allow FRM.5: why", ": Allow FRM.5: why;");
	expect("faceaudit: allow", ": ;");
	expect("faceaudit:", ": ;");
	expect("faceaudit: allow: why", ": why;");
	expect("faceaudit: allow frm.5: why", ": frm.5: why;");
	expect("faceaudit: allow FRM.5", "FRM.5: ;");
	expect("faceaudit: allow FRM.5:", "FRM.5: ;");
	expect("faceaudit: allow FRM.5 until: why", "FRM.5 (): why;");
	expect("faceaudit: allow FRM.5 until tomorrow: why",
		"FRM.5 (tomorrow): why;");
	expect("faceaudit: allow FRM.5 until 2026-02-30: why",
		"FRM.5 (2026-02-30): why;");
	expect("faceaudit: allow FRM.5 until 2026-2-3: why",
		"FRM.5 (2026-2-3): why;");
	expect("faceaudit: allow FRM.5 until 2026-12-31x: why",
		"FRM.5 (2026-12-31x): why;");
}

static void
other_words_are_no_waiver(void **state)
{
	(void)state;
	expect("", "");
	expect("faceaudit", "");
	expect("faceaudit allow FRM.5: why", "");
	expect("myfaceaudit: allow FRM.5: why", "");
	expect("x_faceaudit: allow FRM.5: why", "");
	expect("faceaudits: allow FRM.5: why", "");
	expect("Faceaudit: allow FRM.5: why", "");
}

static void
every_beginning_of_a_waiver_is_taken_without_harm(void **state)
{
	static const char text[] =
		"faceaudit：allow-file FRM.5，PIPL.29 until 2026-12-31：因";
	char got[SHOWN];

	(void)state;
	for (size_t n = 0; n < sizeof(text); n++) {
		show(got, (struct fa_str){ text, n });
		/* Only what is whole has the end that its author meant. */
		if (n < sizeof(text) - 1)
			assert_string_not_equal(
				got, "*FRM.5,PIPL.29 until 20261231: 因;");
	}
	assert_string_equal(got, "*FRM.5,PIPL.29 until 20261231: 因;");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_waiver_has_rules_a_date_and_a_reason),
		cmocka_unit_test(full_width_punctuation_is_as_good),
		cmocka_unit_test(one_comment_may_hold_several_one_a_line),
		cmocka_unit_test(the_marks_around_a_comment_are_no_reason),
		cmocka_unit_test(what_is_mistyped_waives_nothing_and_is_told),
		cmocka_unit_test(other_words_are_no_waiver),
		cmocka_unit_test(
			every_beginning_of_a_waiver_is_taken_without_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
