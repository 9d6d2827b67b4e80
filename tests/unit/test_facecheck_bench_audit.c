/* Results of an audit: counted from their rows, whatever else they say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "facecheck/bench/bench.h"
#include "facecheck/bench/report.h"

#define HEAD "{\"schema\":\"facecheck-audit/1\",\"sensitivity\":{\"right\":9},"
#define ROW(name, kind, seen, found, wrong)                                    \
	"{\"name\":\"" name "\",\"case\":\"" kind "\",\"seen\":\"" seen        \
	"\",\"found\":" found ",\"false\":" wrong "}"
#define THREE                                                                  \
	HEAD "\"rows\":[" ROW("sole", "mutant", "flow",                        \
		"{\"FRM.10.1.a\":\"gate\"}", "{}") "," ROW("silent", "mutant", \
		"document", "{}", "{\"FRM.4\":\"lead\"}") "," ROW("soft",      \
		"negative", "-", "{}", "{\"FRM.12.C\":\"gate\"}") "]}"

struct rig {
	struct fa_arena a;
	struct fa_err err;
	struct fc_audit x;
};

static int
set_up(void **state)
{
	static struct rig r;

	fa_arena_init(&r.a, 1u << 20);
	*state = &r;
	return 0;
}

static int
tear_down(void **state)
{
	struct rig *r = *state;

	fa_arena_done(&r->a);
	return 0;
}

static void
what_was_found_is_counted_by_where_it_shows(void **state)
{
	struct rig *r = *state;

	assert_int_equal(
		fc_audit_read(&r->x, FA_STR(THREE), &r->a, &r->err), FA_OK);
	assert_int_equal(r->x.rows_n, 3);
	assert_int_equal(r->x.missed[FC_AUDIT_FLOW].errors, 0);
	assert_int_equal(r->x.missed[FC_AUDIT_FLOW].trials, 1);
	assert_int_equal(r->x.missed[FC_AUDIT_DOCUMENT].errors, 1);
	assert_int_equal(r->x.missed[FC_AUDIT_PROOF].trials, 0);
	assert_int_equal(r->x.missed_all.errors, 1);
	assert_int_equal(r->x.missed_all.trials, 2);
	assert_int_equal(r->x.accused.errors, 1);
	assert_int_equal(r->x.accused.trials, 1);
}

static void
the_report_names_the_missed_and_the_accused(void **state)
{
	struct rig *r = *state;
	struct fc_bench *b = fa_arena_new(&r->a, 1, sizeof(*b));
	static const struct fc_plugin none = { .name = "none", .version = "0" };
	struct fa_buf out;

	assert_non_null(b);
	b->opts.plugin = &none;
	b->has_audit = true;
	assert_int_equal(
		fc_audit_read(&b->audit, FA_STR(THREE), &r->a, &r->err), FA_OK);
	fa_buf_init(&out, FC_BENCH_REPORT_BYTES);
	fc_bench_text(&out, b, FC_BENCH_EN);
	fa_buf_addc(&out, '\0');
	assert_non_null(strstr(out.p, "not found: silent\n"));
	assert_non_null(strstr(out.p, "what is not there: silent soft\n"));
	assert_non_null(strstr(out.p, "1 / 2"));
	fa_buf_reset(&out);
	assert_int_equal(fc_bench_json(&out, b, false, &r->err), FA_OK);
	fa_buf_addc(&out, '\0');
	assert_non_null(strstr(out.p, "\"missed\":[\"silent\"]"));
	fa_buf_done(&out);
}

static void
refused(struct rig *r, const char *text, const char *why)
{
	if (fc_audit_read(&r->x, fa_str_c(text), &r->a, &r->err) != FA_E_INPUT)
		fail_msg("taken: %s", text);
	if (!strstr(r->err.msg, why))
		fail_msg("'%s' does not say '%s'", r->err.msg, why);
}

static void
what_is_no_such_result_is_refused(void **state)
{
	struct rig *r = *state;

	refused(r, "[]", "schema");
	refused(r, "{\"schema\":\"facecheck-audit/2\",\"rows\":[]}",
		"facecheck-audit/2");
	refused(r, HEAD "\"rows\":[]}", "rows");
	refused(r, HEAD "\"rows\":[{}]}", "name");
	refused(r,
		HEAD "\"rows\":[" ROW("a", "mutant", "wire", "{}", "{}") "]}",
		"wire");
	refused(r, HEAD "\"rows\":[" ROW("a", "mutant", "-", "{}", "{}") "]}",
		"does not go with");
	refused(r,
		HEAD "\"rows\":[" ROW("a", "negative", "flow", "{}", "{}") "]}",
		"does not go with");
	refused(r,
		HEAD "\"rows\":[" ROW("a", "mutant", "flow", "[]", "{}") "]}",
		"found");
	refused(r,
		HEAD "\"rows\":[" ROW("a", "mutant", "flow", "{}",
			"{}") "," ROW("a", "mutant", "flow", "{}", "{}") "]}",
		"twice");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			what_was_found_is_counted_by_where_it_shows, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			the_report_names_the_missed_and_the_accused, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			what_is_no_such_result_is_refused, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
