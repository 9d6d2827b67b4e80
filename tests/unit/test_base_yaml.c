#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/yaml.h"

static int
setup(void **state)
{
	static struct fa_arena a;

	fa_arena_init(&a, 64 << 20);
	*state = &a;
	return 0;
}

static int
teardown(void **state)
{
	fa_arena_done(*state);
	return 0;
}

static const struct fa_yaml *
parsed(void **state, struct fa_str text)
{
	struct fa_yaml *v = NULL;
	struct fa_err err = { 0 };

	if (fa_yaml_parse(&v, text, FA_STR("x.yaml"), *state, &err) != FA_OK)
		fail_msg("%s", err.msg);
	return v;
}

static void
refused(void **state, const char *text, const char *msg)
{
	struct fa_yaml *v = NULL;
	struct fa_err err = { 0 };

	assert_int_equal(fa_yaml_parse(&v, fa_str_c(text), FA_STR("x.yaml"),
				 *state, &err),
		FA_E_INPUT);
	assert_null(v);
	assert_string_equal(err.msg, msg);
}

static void
maps_and_lists_keep_order_and_places(void **state)
{
	const struct fa_yaml *v = parsed(state,
		FA_STR("# 注释：人脸\r\n---\r\nid: FRM.10\r\n"
		       "标题: 刷脸，SDK：说明\r\nlist:\r\n"
		       "  - 'a: b'\r\n  - c: 1\r\n    d: |\r\n"
		       "      one：\r\n      two\r\nempty:\r\n"));
	const struct fa_yaml *list = fa_yaml_find(v, "list");
	const struct fa_yaml *d = fa_yaml_find(list->child->next, "d");

	assert_int_equal(v->kind, FA_YAML_MAP);
	assert_int_equal(v->count, 4);
	assert_int_equal(v->child->line, 3);
	assert_true(fa_str_eq(
		fa_yaml_find(v, "标题")->text, FA_STR("刷脸，SDK：说明")));
	assert_false(fa_yaml_find(v, "标题")->quoted);
	assert_int_equal(list->kind, FA_YAML_SEQ);
	assert_int_equal(list->line, 5);
	assert_true(list->child->quoted);
	assert_int_equal(list->child->line, 6);
	assert_int_equal(list->child->column, 5);
	assert_true(fa_str_eq(d->text, FA_STR("one：\ntwo\n")));
	assert_true(d->quoted);
	assert_int_equal(d->line, 8);
	assert_int_equal(d->column, 5);
	assert_int_equal(fa_yaml_find(v, "empty")->text.n, 0);
	assert_null(fa_yaml_find(v, "no"));
	assert_null(fa_yaml_find(list, "c"));
	assert_null(fa_yaml_find(NULL, "c"));
}

static void
columns_count_bytes(void **state)
{
	refused(state, "'脸': &a b\n",
		"x.yaml:1:8: anchor '&' is not allowed; put text in quotes");
}

static void
a_byte_order_mark_is_no_text(void **state)
{
	const struct fa_yaml *v = parsed(state,
		FA_STR("\xef\xbb\xbf"
		       "a: b"));

	assert_true(fa_str_eq(fa_yaml_find(v, "a")->text, FA_STR("b")));
}

static void
a_full_width_colon_is_named(void **state)
{
	static const char *const bad[] = { "id: X\ntitle：人脸\nwhy: b\n",
		"id: X\ntitle： 人脸\n" };

	for (size_t i = 0; i < FA_COUNT(bad); i++) {
		refused(state, bad[i],
			"x.yaml:2:6: full-width colon '：' where ':' was "
			"meant");
	}
	refused(state, "title：人脸\n",
		"x.yaml:1:6: full-width colon '：' where ':' was meant");
	refused(state, "a:\n  title：人脸\n",
		"x.yaml:2:8: full-width colon '：' where ':' was meant");
	refused(state, "- title：人脸\n",
		"x.yaml:1:8: full-width colon '：' where ':' was meant");
	refused(state, "- id：X\n  title: foo\n",
		"x.yaml:1:5: full-width colon '：' where ':' was meant");
	refused(state, "a: b\n  why：c\n",
		"x.yaml:2:6: full-width colon '：' where ':' was meant");
}

static void
other_full_width_punctuation_is_named(void **state)
{
	refused(state, "a: “foo”\n",
		"x.yaml:1:4: curly quote '“' where '\"' was meant");
	refused(state, "- ‘foo’\n",
		"x.yaml:1:3: curly quote '‘' where \"'\" was meant");
	refused(state, "a: b\n“c”: d\n",
		"x.yaml:2:1: curly quote '“' where '\"' was meant");
	refused(state, "a:　foo\nb: c\n",
		"x.yaml:1:3: full-width space '　' where a blank was meant");
	refused(state, "a: 　foo\n",
		"x.yaml:1:4: full-width space '　' where a blank was meant");
	refused(state, "－ foo\n",
		"x.yaml:1:1: full-width hyphen '－' where '-' was meant");
	refused(state, "a:\n  -　foo\n",
		"x.yaml:2:4: full-width space '　' where a blank was meant");
	refused(state, "a: b\n＃ note\nc: d\n",
		"x.yaml:2:1: full-width number sign '＃' where '#' was meant");
	refused(state, "a，b: c\n",
		"x.yaml:1:2: full-width comma '，' where ',' was meant");
}

static void
chinese_prose_is_left_alone(void **state)
{
	(void)parsed(state,
		FA_STR("a: “刷脸”和“扫脸”\nb: 说明：好，＃1\nc:\n"
		       "  - 说明：您可以拒绝。\n  - SDK：甲\n"
		       "  - '　　text'\n  - \"key：“value”\"\n"
		       "d: |\n  　　key：value\n  “引”\n"));
}

static void
what_is_not_in_the_subset_is_refused(void **state)
{
	refused(state, "a: [x, y]\n",
		"x.yaml:1:4: flow collection '['; write one item per line, or "
		"put text in quotes");
	refused(state, "- {face}.*(必须)\n",
		"x.yaml:1:3: flow collection '{'; write one item per line, or "
		"put text in quotes");
	refused(state, "a: [^，]*'\nb: c\n",
		"x.yaml:1:4: flow collection '['; write one item per line, or "
		"put text in quotes");
	refused(state, "a: *x\n",
		"x.yaml:1:4: alias '*' is not allowed; put text in quotes");
	refused(state, "a: !!str b\n",
		"x.yaml:1:4: tag '!' is not allowed; put text in quotes");
	refused(state, "a: !x\n  - b\n",
		"x.yaml:1:4: tag '!' is not allowed; put text in quotes");
	refused(state, "a: b\n---\nc: d\n",
		"x.yaml:2:1: second document in one file");
	refused(state, "%YAML 1.1\n---\na: b\n",
		"x.yaml:1:1: directives ('%') are not allowed");
	refused(state, "a: >\n  b\n",
		"x.yaml:1:4: folded text '>' is not allowed; use '|'");
	refused(state, "a: b\n  c\n",
		"x.yaml:1:4: text over several lines; use '|' or quotes");
	refused(state, "? - a\n: b\n",
		"x.yaml:1:3: a key must be text, not a list or map");
	refused(state, "\ta: b\n",
		"x.yaml:1:1: tab in the indentation; use blanks");
	refused(state, "", "x.yaml:1:1: the document is empty");
	refused(state, "# note\n", "x.yaml:1:1: the document is empty");
}

static void
keys_are_text_and_stand_once(void **state)
{
	refused(state, "b: 1\na: 2\nc:\n  a: 3\n'a': 4\n",
		"x.yaml:5:1: key 'a' stands twice in this map");
	refused(state, "Yes: b\n",
		"x.yaml:1:1: key 'Yes' is not text; put it in quotes");
	refused(state, "a:\n  10.5: b\n",
		"x.yaml:2:3: key '10.5' is not text; put it in quotes");
	refused(state, "?\n: b\n",
		"x.yaml:1:2: key '' is not text; put it in quotes");
	(void)parsed(state, FA_STR("'10': a\n'yes': b\n"));
}

static void
bad_bytes_are_named_with_their_place(void **state)
{
	refused(state, "a: b\nc: \xff\n", "x.yaml:2:4: byte 0xff is not UTF-8");
	refused(state, "a: b\x1b\n", "x.yaml:1:5: invisible character U+001B");
	refused(state, "a: b\xe2\x80\xa8\n",
		"x.yaml:1:5: invisible character U+2028");
	refused(state, "a: b\rc: d\n",
		"x.yaml:1:5: carriage return without line feed");
	refused(state, "a: \"x\\0y\"\n", "x.yaml:1:4: U+0000 in text");
	refused(state, "a: \"b\nc: d\n",
		"x.yaml:1:4: found unexpected end of stream in the text that "
		"begins here");
	refused(state, "  a: b\n c: d\n",
		"x.yaml:2:2: indented less than the first line of the file");
}

static void
plain_words_stay_text(void **state)
{
	const struct fa_yaml *v =
		parsed(state, FA_STR("a: true\nb: 'true'\nc: ~\nd: 007\n"));

	assert_true(fa_str_eq(fa_yaml_find(v, "a")->text, FA_STR("true")));
	assert_false(fa_yaml_find(v, "a")->quoted);
	assert_true(fa_yaml_find(v, "b")->quoted);
	assert_true(fa_str_eq(fa_yaml_find(v, "c")->text, FA_STR("~")));
	assert_true(fa_str_eq(fa_yaml_find(v, "d")->text, FA_STR("007")));
}

static void
depth_and_size_have_limits(void **state)
{
	struct fa_yaml *v = NULL;
	struct fa_buf b;

	fa_buf_init(&b, FA_YAML_MAX_BYTES + 1);
	for (int i = 0; i < FA_YAML_MAX_DEPTH; i++)
		fa_buf_adds(&b, "- ");
	fa_buf_adds(&b, "x");
	assert_int_equal(
		fa_yaml_parse(&v, fa_buf_str(&b), FA_STR("x"), *state, NULL),
		FA_OK);
	fa_buf_reset(&b);
	for (int i = 0; i < 100000; i++)
		fa_buf_adds(&b, "- ");
	assert_int_equal(
		fa_yaml_parse(&v, fa_buf_str(&b), FA_STR("x"), *state, NULL),
		FA_E_LIMIT);
	while (b.rc == FA_OK)
		fa_buf_addc(&b, ' ');
	assert_int_equal(
		fa_yaml_parse(&v, fa_buf_str(&b), FA_STR("x"), *state, NULL),
		FA_E_LIMIT);
	fa_buf_done(&b);
}

static void
many_keys_do_not_take_quadratic_time(void **state)
{
	struct fa_buf b;

	fa_buf_init(&b, FA_YAML_MAX_BYTES);
	for (int i = 0; i < 100000; i++)
		fa_buf_addf(&b, "key_%d: v\n", i);
	assert_int_equal(parsed(state, fa_buf_str(&b))->count, 100000);
	fa_buf_done(&b);
}

static void
a_full_arena_is_an_error(void **state)
{
	struct fa_yaml *v = NULL;
	struct fa_arena a;

	(void)state;
	for (size_t max = 0; max < 2000; max += 16) {
		int rc;

		fa_arena_init(&a, max);
		rc = fa_yaml_parse(
			&v, FA_STR("a:\n  - b\nc: d\n"), FA_STR("x"), &a, NULL);
		assert_true(rc == FA_OK || rc == FA_E_NOMEM);
		fa_arena_done(&a);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(maps_and_lists_keep_order_and_places),
		TEST(columns_count_bytes),
		TEST(a_byte_order_mark_is_no_text),
		TEST(a_full_width_colon_is_named),
		TEST(other_full_width_punctuation_is_named),
		TEST(chinese_prose_is_left_alone),
		TEST(what_is_not_in_the_subset_is_refused),
		TEST(keys_are_text_and_stand_once),
		TEST(bad_bytes_are_named_with_their_place),
		TEST(plain_words_stay_text),
		TEST(depth_and_size_have_limits),
		TEST(many_keys_do_not_take_quadratic_time),
		TEST(a_full_arena_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
