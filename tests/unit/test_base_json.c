#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"

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

static const struct fa_json *
parsed(void **state, const char *text)
{
	struct fa_json *v = NULL;
	struct fa_err err = { 0 };

	if (fa_json_parse(&v, fa_str_c(text), *state, &err) != FA_OK)
		fail_msg("%s: %s", text, err.msg);
	return v;
}

static void
refused(void **state, struct fa_str text, int rc, const char *msg)
{
	struct fa_json *v = NULL;
	struct fa_err err = { 0 };

	assert_int_equal(fa_json_parse(&v, text, *state, &err), rc);
	assert_null(v);
	assert_string_equal(err.msg, msg);
}

static void
members_keep_their_order_and_kind(void **state)
{
	const struct fa_json *v = parsed(state,
		"\xef\xbb\xbf{\"b\":1,\"a\":[true,null,"
		"\"人\\u8138\\ud840\\udc00\"],"
		"\"c\":{},\"\":false}\n");
	const struct fa_json *a = fa_json_find(v, "a");

	assert_int_equal(v->kind, FA_JSON_OBJECT);
	assert_int_equal(v->count, 4);
	assert_true(fa_str_eq(v->child->key, FA_STR("b")));
	assert_int_equal(fa_json_int(v, "b", 7), 1);
	assert_int_equal(fa_json_int(v, "a", 7), 7);
	assert_int_equal(a->count, 3);
	assert_true(a->child->boolean);
	assert_int_equal(a->child->next->kind, FA_JSON_NULL);
	assert_true(fa_str_eq(a->child->next->next->str, FA_STR("人脸𠀀")));
	assert_int_equal(fa_json_find(v, "c")->count, 0);
	assert_int_equal(fa_json_find(v, "")->kind, FA_JSON_BOOL);
	assert_null(fa_json_find(v, "A"));
	assert_null(fa_json_find(NULL, "a"));
	assert_null(fa_json_text(v, "b").p);
}

static void
integers_are_exact_and_other_numbers_keep_their_text(void **state)
{
	const struct fa_json *v = parsed(state,
		"{\"1\":\"-5\",\"v\":[9223372036854775807,-9223372036854775808,"
		"9223372036854775808,-0,1.50,1E5,9007199254740993]}");
	const struct fa_json *i = fa_json_find(v, "v")->child;

	assert_true(fa_str_eq(fa_json_text(v, "1"), FA_STR("-5")));
	assert_true(i->integer == INT64_MAX);
	i = i->next;
	assert_true(i->integer == INT64_MIN);
	i = i->next;
	assert_int_equal(i->kind, FA_JSON_NUMBER);
	assert_true(fa_str_eq(i->str, FA_STR("9223372036854775808")));
	i = i->next;
	assert_int_equal(i->kind, FA_JSON_INT);
	i = i->next;
	assert_true(fa_str_eq(i->str, FA_STR("1.50")));
	i = i->next;
	assert_true(fa_str_eq(i->str, FA_STR("1E5")));
	assert_true(i->next->integer == INT64_C(9007199254740993));
}

static void
a_key_may_stand_only_once_in_an_object(void **state)
{
	refused(state, FA_STR("{\"a\":1,\n \"x\":{\"a\":2},\n  \"\\u0061\":3}"),
		FA_E_INPUT,
		"line 3, column 3: key \"a\" stands twice in this object");
	(void)parsed(state, "[{\"a\":1},{\"a\":1}]");
}

static void
errors_name_line_and_byte_column(void **state)
{
	refused(state, FA_STR(""), FA_E_INPUT,
		"line 1, column 1: text ends where a value was expected");
	refused(state, FA_STR("[\n\"脸\", x]"), FA_E_INPUT,
		"line 2, column 8: expected a value");
	refused(state, FA_STR("[1,]"), FA_E_INPUT,
		"line 1, column 4: expected a value");
	refused(state, FA_STR("{\"a\":1,}"), FA_E_INPUT,
		"line 1, column 8: expected a key in '\"'");
	refused(state, FA_STR("{\"a\" 1}"), FA_E_INPUT,
		"line 1, column 6: expected ':' behind the key");
	refused(state, FA_STR("[1 2]"), FA_E_INPUT,
		"line 1, column 4: expected ',' or ']'");
	refused(state, FA_STR("{} {}"), FA_E_INPUT,
		"line 1, column 4: text behind the value");
	refused(state, FA_STR("\"a"), FA_E_INPUT,
		"line 1, column 3: string without closing '\"'");
	refused(state, FA_STR("\"\xff\""), FA_E_INPUT,
		"line 1, column 2: invalid UTF-8 in a string");
	refused(state, FA_STR("\"a\\u0000\""), FA_E_INPUT,
		"line 1, column 4: U+0000 in a string");
	refused(state, FA_STR("\"a\0\""), FA_E_INPUT,
		"line 1, column 3: control character in a string");
	refused(state, FA_STR("\"\\ud800x\""), FA_E_INPUT,
		"line 1, column 8: first half of a surrogate pair alone");
	refused(state, FA_STR("\"\\udc00\""), FA_E_INPUT,
		"line 1, column 3: second half of a surrogate pair alone");
	refused(state, FA_STR("\"\\x\""), FA_E_INPUT,
		"line 1, column 3: unknown escape in a string");
}

static void
only_the_numbers_of_the_grammar_are_numbers(void **state)
{
	static const char *const bad[] = { "01", "-", "1.", ".5", "1e", "1e+",
		"+1", "0x1", "--1", "NaN", "1.e2" };

	for (size_t i = 0; i < FA_COUNT(bad); i++) {
		struct fa_json *v = NULL;

		assert_int_equal(
			fa_json_parse(&v, fa_str_c(bad[i]), *state, NULL),
			FA_E_INPUT);
	}
	refused(state,
		FA_STR("1000000000000000000000000000000000000000"
		       "0000000000000000000000000000000000000000"),
		FA_E_LIMIT, "line 1, column 1: number is too long");
}

static void
depth_has_a_limit(void **state)
{
	char text[2 * FA_JSON_MAX_DEPTH + 2];
	struct fa_json *v = NULL;

	memset(text, '[', FA_JSON_MAX_DEPTH);
	memset(text + FA_JSON_MAX_DEPTH, ']', FA_JSON_MAX_DEPTH);
	assert_int_equal(fa_json_parse(&v,
				 (struct fa_str){ text, 2 * FA_JSON_MAX_DEPTH },
				 *state, NULL),
		FA_OK);
	memset(text, '[', FA_JSON_MAX_DEPTH + 1);
	memset(text + FA_JSON_MAX_DEPTH + 1, ']', FA_JSON_MAX_DEPTH + 1);
	assert_int_equal(
		fa_json_parse(&v, (struct fa_str){ text, sizeof(text) }, *state,
			NULL),
		FA_E_LIMIT);
}

static void
a_full_arena_is_an_error(void **state)
{
	struct fa_json *v = NULL;
	struct fa_arena a;

	(void)state;
	for (size_t max = 0; max < 2000; max += 16) {
		int rc;

		fa_arena_init(&a, max);
		rc = fa_json_parse(&v,
			FA_STR("{\"a\":[1,2.5,\"x\"],\"b\":{\"c\":null}}"), &a,
			NULL);
		assert_true(rc == FA_OK || rc == FA_E_NOMEM);
		fa_arena_done(&a);
	}
}

static void
written(int indent, const char *want)
{
	struct fa_buf b;
	struct fa_jw w;

	fa_buf_init(&b, 1000);
	fa_jw_init(&w, &b, indent);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "a", FA_STR("人\"\\\n\x01\x7f"));
	fa_jw_kstr(&w, "none", FA_STR_NONE);
	fa_jw_kint(&w, "i", INT64_MIN);
	fa_jw_kbool(&w, "t", true);
	fa_jw_key(&w, "e");
	fa_jw_array(&w);
	fa_jw_end(&w, ']');
	fa_jw_key(&w, "l");
	fa_jw_array(&w);
	fa_jw_null(&w);
	fa_jw_bool(&w, false);
	fa_jw_end(&w, ']');
	fa_jw_end(&w, '}');
	assert_int_equal(fa_buf_rc(&b, "json", NULL), FA_OK);
	assert_string_equal(fa_buf_str(&b).p, want);
	fa_buf_done(&b);
}

static void
the_writer_keeps_the_order_of_calls(void **state)
{
	(void)state;
	written(0,
		"{\"a\":\"人\\\"\\\\\\n\\u0001\\u007f\",\"none\":null,"
		"\"i\":-9223372036854775808,\"t\":true,\"e\":[],"
		"\"l\":[null,false]}");
	written(2,
		"{\n  \"a\": \"人\\\"\\\\\\n\\u0001\\u007f\",\n"
		"  \"none\": null,\n  \"i\": -9223372036854775808,\n"
		"  \"t\": true,\n  \"e\": [],\n"
		"  \"l\": [\n    null,\n    false\n  ]\n}");
}

static void
the_writer_escapes_what_breaks_readers(void **state)
{
	struct fa_buf b;
	struct fa_jw w;

	(void)state;
	fa_buf_init(&b, 1000);
	fa_jw_init(&w, &b, 0);
	fa_jw_str(&w,
		FA_STR("\xe2\x80\xa8\xe2\x80\xa9\xff\xe8\x84"
		       "a\xc2\x9b"));
	assert_string_equal(fa_buf_str(&b).p,
		"\"\\u2028\\u2029\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
		"a\\u009b\"");
	fa_buf_done(&b);
}

static void
the_writer_shows_what_hides_in_raw_text(void **state)
{
	struct fa_buf b;
	struct fa_jw w;

	(void)state;
	fa_buf_init(&b, 1000);
	fa_jw_init(&w, &b, 0);
	/* U+202E, U+200B, U+FEFF, U+E0041; a variation selector and what is
	 * only unusual stay. */
	fa_jw_str(&w,
		FA_STR("\xe2\x80\xae\xe2\x80\x8b\xef\xbb\xbf\xf3\xa0\x81"
		       "\x81❤️𠮷"));
	assert_string_equal(fa_buf_str(&b).p,
		"\"\\u202e\\u200b\\ufeff\\udb40\\udc41❤️𠮷\"");
	fa_buf_done(&b);
}

static void
too_many_levels_stick_in_the_buffer(void **state)
{
	struct fa_buf b;
	struct fa_jw w;

	(void)state;
	fa_buf_init(&b, 10000);
	fa_jw_init(&w, &b, 0);
	for (int i = 0; i < FA_JSON_MAX_DEPTH + 5; i++)
		fa_jw_array(&w);
	for (int i = 0; i < FA_JSON_MAX_DEPTH + 5; i++)
		fa_jw_end(&w, ']');
	assert_int_equal(fa_buf_rc(&b, "json", NULL), FA_E_LIMIT);
	fa_buf_done(&b);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(members_keep_their_order_and_kind),
		TEST(integers_are_exact_and_other_numbers_keep_their_text),
		TEST(a_key_may_stand_only_once_in_an_object),
		TEST(errors_name_line_and_byte_column),
		TEST(only_the_numbers_of_the_grammar_are_numbers),
		TEST(depth_has_a_limit),
		TEST(a_full_arena_is_an_error),
		TEST(the_writer_keeps_the_order_of_calls),
		TEST(the_writer_escapes_what_breaks_readers),
		TEST(the_writer_shows_what_hides_in_raw_text),
		TEST(too_many_levels_stick_in_the_buffer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
