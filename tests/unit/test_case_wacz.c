/* Texts of a WACZ container, and the plan of judging. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "case/pack.h"
#include "case/wacz.h"

#define ARENA_BYTES (16u << 20)
#define HEX "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static struct fa_arena arena;
static struct fa_buf out;
static struct fa_err err;

static int
begin(void **state)
{
	(void)state;
	fa_arena_init(&arena, ARENA_BYTES);
	fa_buf_init(&out, ARENA_BYTES);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	fa_buf_done(&out);
	fa_arena_done(&arena);
	return 0;
}

static void
assert_key(const char *url, const char *key)
{
	fa_buf_reset(&out);
	fa_wacz_surt(&out, fa_str_c(url));
	assert_string_equal(out.p, key);
}

static void
keys_sort_by_host_from_its_end(void **state)
{
	(void)state;
	assert_key("https://www.Example.COM/Path?b=2&A=1",
		"com,example)/path?a=1&b=2");
	assert_key("http://a.example.cn:8443/", "cn,example,a:8443)/");
	assert_key("https://www2.example.com/", "com,example)/");
	assert_key("https://wwwx.example.com/", "com,example,wwwx)/");
	assert_key("https://example.com/?", "com,example)/");
	assert_key("https://example.com?q", "com,example)?q");
	assert_key("urn:uuid:1", "urn:uuid:1");
	assert_key("https://h/?b&a=2&a=1", "h)/?a=2&a=1&b");
}

static struct fa_wacz_file files[] = {
	{ FA_STR_INIT("archive/a.warc.gz"), FA_STR_INIT(HEX), 5 },
	{ FA_STR_INIT("evidence/case.json"), FA_STR_INIT(HEX), 0 },
};

static struct fa_str
package(void)
{
	struct fa_wacz_package p = { .title = FA_STR("案 \"1\""),
		.software = FA_STR("faceaudit 0"),
		.created_ms = 1795671600000,
		.files = files,
		.n = FA_COUNT(files) };

	fa_buf_reset(&out);
	fa_wacz_package_write(&out, &p);
	assert_int_equal(fa_buf_rc(&out, "text", &err), FA_OK);
	return fa_arena_dup(&arena, fa_buf_str(&out));
}

/* text with the first from replaced by to. */
static struct fa_str
replaced(struct fa_str text, const char *from, const char *to)
{
	size_t at = fa_str_find(text, fa_str_c(from), 0);

	assert_int_not_equal(at, SIZE_MAX);
	fa_buf_reset(&out);
	fa_buf_add(&out, fa_str_sub(text, 0, at));
	fa_buf_adds(&out, to);
	fa_buf_add(&out, fa_str_sub(text, at + strlen(from), text.n));
	return fa_arena_dup(&arena, fa_buf_str(&out));
}

static void
a_list_of_files_is_read_as_it_was_written(void **state)
{
	struct fa_wacz_package p;

	(void)state;
	assert_int_equal(
		fa_wacz_package_parse(&p, package(), &arena, &err), FA_OK);
	assert_int_equal(p.n, 2);
	assert_true(fa_str_eq(p.files[0].path, files[0].path));
	assert_true(fa_str_eq(p.files[1].sha256, files[1].sha256));
	assert_int_equal(p.files[0].bytes, 5);
	assert_true(fa_str_eq(p.title, FA_STR("案 \"1\"")));
}

static void
assert_package(struct fa_str text, int rc)
{
	struct fa_wacz_package p = { .n = 77 };

	assert_int_equal(fa_wacz_package_parse(&p, text, &arena, &err), rc);
	assert_int_equal(p.n, 77);
}

static void
a_list_that_two_readers_could_read_in_two_ways_is_refused(void **state)
{
	struct fa_str text = package();

	(void)state;
	assert_package(
		replaced(text, "\"bytes\":5", "\"bytes\": 5"), FA_E_INPUT);
	assert_package(replaced(text, "evidence/case.json", "../case.json"),
		FA_E_INPUT);
	assert_package(
		replaced(text, "evidence/case.json", "archive/a.warc.gz"),
		FA_E_INPUT);
	assert_package(replaced(text, "sha256:0", "sha256:G"), FA_E_INPUT);
	assert_package(replaced(text, "sha256:0", "md5:0"), FA_E_INPUT);
	assert_package(
		replaced(text, "\"resources\"", "\"resource\""), FA_E_INPUT);
	assert_package(
		replaced(text, "{\"profile\"", "{\n\"profile\""), FA_E_INPUT);
	assert_package(replaced(text, "2026-", "226-"), FA_E_INPUT);
	assert_package(FA_STR("{}"), FA_E_INPUT);
	assert_package(FA_STR("["), FA_E_INPUT);
}

static void
of_another_format_only_the_head_is_read(void **state)
{
	struct fa_wacz_package p;
	struct fa_str text = package();

	(void)state;
	text = replaced(text, "\"bytes\":5", "\"bytes\":[]");
	assert_package(text, FA_E_INPUT);
	assert_int_equal(
		fa_wacz_package_parse(&p,
			replaced(text, "\"1.1.1\"", "\"2.0.0\""), &arena, &err),
		FA_OK);
	assert_false(p.is_ours);
	assert_int_equal(p.n, 0);
	assert_int_equal(
		fa_wacz_package_parse(&p,
			replaced(text, "faceaudit-pack/1", "faceaudit-pack/2"),
			&arena, &err),
		FA_OK);
	assert_false(p.is_ours);
	assert_int_equal(p.created_ms, 1795671600000);
}

static void
the_digest_of_the_list_is_checked_byte_for_byte(void **state)
{
	struct fa_str text = package(), digest;

	(void)state;
	fa_buf_reset(&out);
	assert_int_equal(fa_wacz_digest_write(&out, text, &err), FA_OK);
	digest = fa_arena_dup(&arena, fa_buf_str(&out));
	assert_int_equal(fa_wacz_digest_check(digest, text, &err), FA_OK);
	assert_int_equal(
		fa_wacz_digest_check(digest, replaced(text, "案", "条"), &err),
		FA_E_INPUT);
	assert_int_equal(fa_wacz_digest_check(
				 replaced(digest, "\"hash\":", "\"hash\": "),
				 text, &err),
		FA_E_INPUT);
}

static struct fa_pack_doc docs[] = { { .url = FA_STR_INIT("https://a/"),
	.payload = FA_STR_INIT(HEX),
	.media_type = FA_STR_INIT("text/html") } };
static struct fa_pack_want wants[] = {
	{ FA_ROLE_POLICY, FA_STR_INIT("https://a/"), FA_STR_INIT("https://a/"),
		FA_OUT_OK, { NULL, 0 }, 0, false },
	{ FA_ROLE_CHILDREN, FA_STR_INIT("https://a/c"),
		FA_STR_INIT("https://a/c"), FA_OUT_GONE, FA_STR_INIT("x"), -1,
		true },
};
static struct fa_pack_target targets[] = { { .key = FA_STR_INIT("k"),
	.outcome = FA_OUT_OK,
	.wants = wants,
	.wants_n = 2 } };

static struct fa_str
plan(void)
{
	struct fa_pack_plan p = { .tool = FA_STR("0.1"),
		.reader = 1,
		.bundle = FA_STR(HEX),
		.rules = FA_STR("evidence/rules/x.json"),
		.as_of = 20261121,
		.docs = docs,
		.docs_n = 1,
		.targets = targets,
		.targets_n = 1 };

	fa_buf_reset(&out);
	fa_pack_plan_write(&out, &p);
	assert_int_equal(fa_buf_rc(&out, "text", &err), FA_OK);
	return fa_arena_dup(&arena, fa_buf_str(&out));
}

static void
a_plan_is_read_as_it_was_written(void **state)
{
	struct fa_pack_plan p;

	(void)state;
	assert_int_equal(fa_pack_plan_parse(&p, plan(), &arena, &err), FA_OK);
	assert_int_equal(p.as_of, 20261121);
	assert_int_equal(p.docs_n, 1);
	assert_null(p.docs[0].charset.p);
	assert_int_equal(p.targets[0].wants_n, 2);
	assert_int_equal(p.targets[0].wants[0].document, 0);
	assert_int_equal(p.targets[0].wants[1].document, -1);
	assert_int_equal(p.targets[0].wants[1].outcome, FA_OUT_GONE);
	assert_true(p.targets[0].wants[1].stands_in);
}

static void
a_plan_that_is_none_is_refused(void **state)
{
	struct fa_str text = plan();
	struct fa_pack_plan p;

	(void)state;
	assert_int_equal(fa_pack_plan_parse(&p,
				 replaced(text, "faceaudit-judging/1",
					 "faceaudit-judging/2"),
				 &arena, &err),
		FA_E_UNSUPPORTED);
	assert_non_null(strstr(err.msg, "faceaudit-judging/2"));
	assert_int_equal(
		fa_pack_plan_parse(&p,
			replaced(text, "\"document\": 0", "\"document\": 1"),
			&arena, &err),
		FA_E_INPUT);
	assert_int_equal(
		fa_pack_plan_parse(&p,
			replaced(text, "evidence/rules/x.json", "../x"), &arena,
			&err),
		FA_E_INPUT);
	assert_int_equal(
		fa_pack_plan_parse(
			&p, replaced(text, "\"gone\"", "\"?\""), &arena, &err),
		FA_E_INPUT);
	assert_int_equal(
		fa_pack_plan_parse(&p, replaced(text, "2026-11-21", "today"),
			&arena, &err),
		FA_E_INPUT);
}

static void
assert_name(const char *name, const char *mime, const char *place)
{
	struct fa_str got;

	assert_int_equal(fa_pack_object_name(&got, fa_str_c(name),
				 fa_str_c(mime), FA_STR("ab"), &arena, &err),
		FA_OK);
	if (!place)
		assert_null(got.p);
	else
		assert_true(fa_str_eq(got, fa_str_c(place)));
}

static void
objects_stand_by_what_they_are(void **state)
{
	struct fa_str got;

	(void)state;
	assert_name(
		"screenshot-1.png", "image/png", "evidence/screenshots/ab.png");
	assert_name("text.txt", "text/plain; charset=utf-8",
		"evidence/text/ab.txt");
	assert_name("environment.json", "application/json",
		"evidence/environment/ab.json");
	assert_name("rules.json", "application/json", "evidence/rules/ab.json");
	assert_name("x", NULL, "evidence/objects/ab");
	assert_name("walk/flow.json", "application/json", NULL);
	assert_int_equal(fa_pack_case_name(&got, FA_STR("walk-2/walk.warc.gz"),
				 &arena, &err),
		FA_OK);
	assert_true(fa_str_eq(got, FA_STR("archive/walk-2.warc.gz")));
	assert_int_equal(fa_pack_case_name(&got, FA_STR("walk/screens/1.png"),
				 &arena, &err),
		FA_OK);
	assert_true(fa_str_eq(got, FA_STR("evidence/walk/screens/1.png")));
	assert_int_equal(fa_pack_case_name(&got, FA_STR("faceaudit.sqlite"),
				 &arena, &err),
		FA_OK);
	assert_null(got.p);
}

#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(keys_sort_by_host_from_its_end),
		T(a_list_of_files_is_read_as_it_was_written),
		T(a_list_that_two_readers_could_read_in_two_ways_is_refused),
		T(of_another_format_only_the_head_is_read),
		T(the_digest_of_the_list_is_checked_byte_for_byte),
		T(a_plan_is_read_as_it_was_written),
		T(a_plan_that_is_none_is_refused),
		T(objects_stand_by_what_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
