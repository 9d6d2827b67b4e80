#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "case/capture.h"
#include "case/case.h"

#define ARENA ((size_t)4 << 20)

static const struct fa_case_info full = { .id = FA_STR_INIT("K-1"),
	.title = FA_STR_INIT("某应用案"),
	.purpose = FA_STR_INIT("证明“强制刷脸”"),
	.operator_name = FA_STR_INIT("张三"),
	.operator_id = FA_STR_INIT("执业证 1"),
	.organisation = FA_STR_INIT("示例律师事务所"),
	.mandate = FA_STR_INIT("委字第1号"),
	.witness = FA_STR_INIT("王五"),
	.subject = { .app = FA_STR_INIT("示例应用"),
		.package = FA_STR_INIT("com.example"),
		.icp = FA_STR_INIT("京ICP备1号") },
	.created = FA_STR_INIT("2026-11-22T05:40:00.123Z") };

static int
parse(struct fa_case_info *out, const char *text, struct fa_arena *a)
{
	struct fa_err err;

	memset(out, 0, sizeof(*out));
	return fa_case_info_parse(out, fa_str_c(text), a, &err);
}

static void
what_is_written_is_read_again(void **state)
{
	struct fa_case_info got;
	struct fa_arena a;
	struct fa_buf b, again;
	struct fa_err err;

	(void)state;
	fa_arena_init(&a, ARENA);
	fa_buf_init(&b, FA_CASE_FILE_BYTES);
	fa_buf_init(&again, FA_CASE_FILE_BYTES);
	fa_case_info_write(&b, &full);
	assert_int_equal(fa_case_info_parse(&got, fa_buf_str(&b), &a, &err), 0);
	assert_true(fa_str_eq(got.purpose, full.purpose));
	assert_true(fa_str_eq(got.subject.icp, full.subject.icp));
	assert_null(got.role.p);
	assert_null(got.subject.version.p);
	fa_case_info_write(&again, &got);
	assert_true(fa_str_eq(fa_buf_str(&b), fa_buf_str(&again)));
	fa_buf_done(&again);
	fa_buf_done(&b);
	fa_arena_done(&a);
}

static void
a_case_without_what_it_must_have_is_refused(void **state)
{
	static const struct {
		const char *text;
		int rc;
	} bad[] = { { "{}", FA_E_INPUT }, { "[]", FA_E_INPUT },
		{ "{\"v\":2,\"id\":\"a\"}", FA_E_UNSUPPORTED },
		{ "{\"v\":1,\"id\":\"a\",\"purpose\":\"p\",\"created\":\"t\"}",
			FA_E_INPUT },
		{ "{\"v\":1,\"id\":\"\",\"purpose\":\"p\",\"created\":\"t\","
		  "\"operator\":{\"name\":\"o\"}}",
			FA_E_INPUT },
		{ "{\"v\":1,\"id\":7,\"purpose\":\"p\",\"created\":\"t\","
		  "\"operator\":{\"name\":\"o\"}}",
			FA_E_INPUT } };
	struct fa_case_info got;
	struct fa_arena a;

	(void)state;
	fa_arena_init(&a, ARENA);
	for (size_t i = 0; i < FA_COUNT(bad); i++)
		assert_int_equal(parse(&got, bad[i].text, &a), bad[i].rc);
	assert_int_equal(
		parse(&got,
			"{\"v\":1,\"id\":\"a\",\"purpose\":\"p\","
			"\"created\":\"t\",\"operator\":{\"name\":\"o\"}}",
			&a),
		0);
	fa_arena_done(&a);
}

static void
names_of_objects_lead_nowhere_but_below_the_case(void **state)
{
	static const char hex[] = "abcdefabcdefabcdefabcdefabcdefabcdefabcdefab"
				  "cdefabcdefabcdefabcd";
	static const struct {
		const char *name;
		bool walk;
	} names[] = { { "walk/flow.json", true },
		{ "walk-2/screens/s0.png", true }, { "walk", false },
		{ "walk/", false }, { "walk/../case.json", false },
		{ "walk-2/.hidden", false }, { "walk-x/a", false },
		{ "walk//a", false }, { "walkabout/a", false },
		{ "screenshot-1.png", false }, { "../../etc/passwd", false } };
	struct fa_case_object o = { .sha256 = { hex, sizeof(hex) - 1 } };
	struct fa_arena a;
	struct fa_err err;
	struct fa_str path;

	(void)state;
	fa_arena_init(&a, ARENA);
	for (size_t i = 0; i < FA_COUNT(names); i++) {
		o.name = fa_str_c(names[i].name);
		assert_int_equal(fa_case_object_path(&path, &o, &a, &err), 0);
		assert_int_equal(
			fa_str_eq(path, o.name), names[i].walk ? 1 : 0);
		assert_true(names[i].walk ||
			fa_str_starts(path, FA_STR("objects/ab/cdef")));
	}
	fa_arena_done(&a);
}

static void
a_finding_keeps_its_id_as_long_as_its_documents_are_the_same(void **state)
{
	const struct fa_str one[] = { FA_STR_INIT("aa"), FA_STR_INIT("bb") };
	const struct fa_str joined[] = { FA_STR_INIT("aa\nbb") };
	char a[FA_CASE_FINDING_ID_BYTES], b[FA_CASE_FINDING_ID_BYTES];
	struct fa_err err;

	(void)state;
	assert_int_equal(fa_case_finding_id(a, FA_STR("t"), FA_STR("FRM.5"),
				 FA_STR("gap"), one, 2, &err),
		0);
	assert_int_equal(strlen(a), 16);
	assert_int_equal(fa_case_finding_id(b, FA_STR("t"), FA_STR("FRM.5"),
				 FA_STR("gap"), one, 2, &err),
		0);
	assert_string_equal(a, b);
	assert_int_equal(fa_case_finding_id(b, FA_STR("t"), FA_STR("FRM.5"),
				 FA_STR("gap"), one, 1, &err),
		0);
	assert_string_not_equal(a, b);
	assert_int_equal(fa_case_finding_id(b, FA_STR("t"), FA_STR("FRM.5"),
				 FA_STR("violation"), one, 2, &err),
		0);
	assert_string_not_equal(a, b);
	assert_int_equal(fa_case_finding_id(b, FA_STR("tF"), FA_STR("RM.5"),
				 FA_STR("gap"), joined, 1, &err),
		0);
	assert_string_not_equal(a, b);
}

static void
dates_of_servers_are_read_in_both_forms(void **state)
{
	static const struct {
		const char *text;
		int64_t seconds;
	} good[] = { { "Sun, 06 Nov 1994 08:49:37 GMT", 784111777 },
		{ "Sunday, 06-Nov-94 08:49:37 GMT", 784111777 },
		{ "Thu, 01 Jan 1970 00:00:00 GMT", 0 },
		{ "Thu, 29 Feb 2024 23:59:59 GMT", 1709251199 },
		{ "Fri, 01 Mar 2024 00:00:00 GMT", 1709251200 },
		{ "Sun, 22 Nov 2026 06:15:00 GMT", 1795328100 } };
	static const char *const bad[] = { "", "now",
		"Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37",
		"Sun, 06 Nov 1994 08:49:37 CST", "Sun, 6 Nov 1994 08:49:37 GMT",
		"Sun, 00 Nov 1994 08:49:37 GMT",
		"Sun, 06 Xxx 1994 08:49:37 GMT",
		"Sun, 06 Nov 1994 24:49:37 GMT",
		"Sun, 06 Nov 99999 08:49:37 GMT",
		"Sun, 06 Nov 1969 08:49:37 GMT" };
	int64_t got;

	(void)state;
	for (size_t i = 0; i < FA_COUNT(good); i++) {
		assert_true(fa_capture_date(&got, fa_str_c(good[i].text)));
		assert_int_equal(got, good[i].seconds);
	}
	for (size_t i = 0; i < FA_COUNT(bad); i++)
		assert_false(fa_capture_date(&got, fa_str_c(bad[i])));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_again),
		cmocka_unit_test(a_case_without_what_it_must_have_is_refused),
		cmocka_unit_test(
			names_of_objects_lead_nowhere_but_below_the_case),
		cmocka_unit_test(
			a_finding_keeps_its_id_as_long_as_its_documents_are_the_same),
		cmocka_unit_test(dates_of_servers_are_read_in_both_forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
