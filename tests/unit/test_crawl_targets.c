/* Lists of targets in their three forms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "crawl/targets.h"

struct listing {
	struct fa_arena a;
	struct fa_err err;
	struct fa_targets t;
	int rc;
};

static void
list_init(struct listing *l, const char *name, struct fa_str text)
{
	memset(l, 0, sizeof(*l));
	fa_arena_init(&l->a, 256u << 20);
	l->rc = fa_targets_read(&l->t, text, fa_str_c(name), &l->a, &l->err);
}

static void
read_list(struct listing *l, const char *name, const char *text)
{
	list_init(l, name, fa_str_c(text));
	if (l->rc != FA_OK)
		fail_msg("%s", l->err.msg);
}

static void
list_done(struct listing *l)
{
	fa_arena_done(&l->a);
}

static void
is_text(struct fa_str s, const char *z)
{
	if (!fa_str_eq(s, fa_str_c(z)))
		fail_msg("\"%.*s\" is not \"%s\"", FA_STR_ARG(s), z);
}

/* All problems as "line: message", one per line. */
static void
problems(const char *name, const char *text, size_t targets, const char *want)
{
	struct listing l;
	struct fa_buf out;

	fa_buf_init(&out, 1 << 16);
	read_list(&l, name, text);
	for (size_t i = 0; i < l.t.problems_n; i++) {
		fa_buf_addf(&out, "%u: %.*s\n", (unsigned)l.t.problems[i].line,
			FA_STR_ARG(l.t.problems[i].message));
	}
	is_text(fa_buf_str(&out), want);
	assert_int_equal(l.t.n, targets);
	fa_buf_done(&out);
	list_done(&l);
}

static void
a_csv_row_becomes_a_target(void **state)
{
	struct listing l;

	(void)state;
	read_list(&l, "targets.csv",
		"policy_url,app,package,store,version,publisher,category,"
		"store_url,children\n"
		"https://x.example/p,甲乙相机,com.jiayi.camera,Huawei,8.0.1,"
		"甲乙公司,拍摄,https://appgallery.huawei.com/app/C1,yes\n");
	assert_int_equal(l.t.n, 1);
	assert_int_equal(l.t.problems_n, 0);
	is_text(l.t.at[0].app, "甲乙相机");
	is_text(l.t.at[0].package, "com.jiayi.camera");
	is_text(l.t.at[0].store, "Huawei");
	is_text(l.t.at[0].version, "8.0.1");
	is_text(l.t.at[0].category, "拍摄");
	is_text(l.t.at[0].store_url, "https://appgallery.huawei.com/app/C1");
	is_text(l.t.at[0].policy_url, "https://x.example/p");
	is_text(l.t.at[0].key, "huawei:com.jiayi.camera");
	assert_int_equal(l.t.at[0].children, FA_CHILDREN_YES);
	assert_int_equal(l.t.at[0].line, 2);
	list_done(&l);
}

static void
chinese_headers_are_known(void **state)
{
	struct listing l;

	(void)state;
	read_list(&l, "t.csv",
		"应用名称,包名,应用商店,版本,开发者/运营者,类别,商店链接,"
		"隐私政策链接,面向儿童\n"
		"甲,com.a,应用宝,1,乙,丙,http://s.example/1,"
		"http://p.example/1,否\n");
	assert_int_equal(l.t.n, 1);
	is_text(l.t.at[0].app, "甲");
	is_text(l.t.at[0].publisher, "乙");
	is_text(l.t.at[0].store_url, "http://s.example/1");
	is_text(l.t.at[0].policy_url, "http://p.example/1");
	is_text(l.t.at[0].key, "应用宝:com.a");
	assert_int_equal(l.t.at[0].children, FA_CHILDREN_NO);
	list_done(&l);
}

static void
headers_may_be_spelt_freely(void **state)
{
	struct listing l;

	(void)state;
	read_list(&l, "t.csv",
		"\xef\xbb\xbf Policy URL ,APP,\"Store-Url\"\r\n"
		"http://p.example/1,a,\r\n");
	assert_int_equal(l.t.n, 1);
	is_text(l.t.at[0].policy_url, "http://p.example/1");
	assert_null(l.t.at[0].store_url.p);
	list_done(&l);
}

/* RFC 4180, 2. */
static void
quoted_fields_hold_separators_quotes_and_line_ends(void **state)
{
	struct listing l;

	(void)state;
	read_list(&l, "t.csv",
		"app,policy_url,category\r\n"
		"\"a, \"\"b\"\"\r\nc\",\"http://p.example/1\",\"\"\r\n"
		"d \"e\",http://p.example/2,x\r\n"
		"\r\n"
		"f,http://p.example/3");
	assert_int_equal(l.t.n, 3);
	is_text(l.t.at[0].app, "a, \"b\" c");
	is_text(l.t.at[0].policy_url, "http://p.example/1");
	assert_null(l.t.at[0].category.p);
	assert_int_equal(l.t.at[0].line, 2);
	is_text(l.t.at[1].app, "d \"e\"");
	assert_int_equal(l.t.at[1].line, 4);
	is_text(l.t.at[2].app, "f");
	assert_int_equal(l.t.at[2].line, 6);
	list_done(&l);
}

static void
line_ends_of_all_systems_are_read(void **state)
{
	struct listing l;

	(void)state;
	read_list(&l, "t.csv",
		"policy_url\rhttp://p.example/1\rhttp://p.example/2\r");
	assert_int_equal(l.t.n, 2);
	assert_int_equal(l.t.at[1].line, 3);
	list_done(&l);
}

static void
tabs_separate_in_tsv(void **state)
{
	static const char *const names[] = { "T.TSV", "-" };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(names); i++) {
		struct listing l;

		read_list(&l, names[i],
			"app\tpolicy_url\na,b\thttp://p.example/1\n");
		assert_int_equal(l.t.n, 1);
		is_text(l.t.at[0].app, "a,b");
		list_done(&l);
	}
}

static void
json_lines_are_read(void **state)
{
	struct listing l;

	(void)state;
	read_list(&l, "t.jsonl",
		"{\"app\":\"甲\\u4e59\",\"policy_url\":\"http://p.example/1\","
		"\"children\":true,\"version\":8}\n"
		"\n"
		"{\"store\":\"appstore\",\"package\":414478124,\"app\":null,"
		"\"version\":8.5,\"children\":false}\r\n");
	assert_int_equal(l.t.n, 2);
	assert_int_equal(l.t.problems_n, 0);
	is_text(l.t.at[0].app, "甲乙");
	is_text(l.t.at[0].version, "8");
	assert_int_equal(l.t.at[0].children, FA_CHILDREN_YES);
	is_text(l.t.at[1].package, "414478124");
	is_text(l.t.at[1].key, "appstore:414478124");
	assert_null(l.t.at[1].app.p);
	assert_int_equal(l.t.at[1].children, FA_CHILDREN_NO);
	assert_int_equal(l.t.at[1].line, 3);
	list_done(&l);
	read_list(&l, "-", "\n {\"policy_url\":\"http://p.example/1\"}");
	assert_int_equal(l.t.n, 1);
	assert_int_equal(l.t.at[0].line, 2);
	list_done(&l);
}

static void
children_is_read_in_two_languages(void **state)
{
	static const char *const words[3][4] = {
		[FA_CHILDREN_UNKNOWN] = { "", " ", "\"\"", "\t" },
		[FA_CHILDREN_NO] = { "No", "false", "0", "否" },
		[FA_CHILDREN_YES] = { "yes", "TRUE", "1", "是" },
	};

	(void)state;
	for (size_t i = 0; i < 12; i++) {
		struct listing l;
		struct fa_buf text;

		fa_buf_init(&text, 1 << 10);
		fa_buf_addf(&text, "children,policy_url\n%s,http://p.example\n",
			words[i / 4][i % 4]);
		read_list(&l, "t.csv", text.p);
		assert_int_equal(l.t.n, 1);
		assert_int_equal(l.t.problems_n, 0);
		assert_int_equal(l.t.at[0].children, i / 4);
		list_done(&l);
		fa_buf_done(&text);
	}
	problems("t.csv", "children,policy_url\nmaybe,http://p.example/\n", 1,
		"2: children is 'maybe'; expected yes or no, taken as "
		"unknown\n");
}

static void
fields_are_made_tidy(void **state)
{
	struct listing l;

	(void)state;
	read_list(&l, "t.csv",
		"app,policy_url\n"
		" \xe3\x80\x80甲\t\xc2\xa0 乙\xe2\x80\x8b ,\" "
		"http://p.example/1\n\"\n");
	assert_int_equal(l.t.n, 1);
	is_text(l.t.at[0].app, "甲 乙");
	is_text(l.t.at[0].policy_url, "http://p.example/1");
	list_done(&l);
}

/* printf 'S\nP' | sha256sum | cut -c1-12 */
static void
a_target_without_a_package_has_the_digest_of_its_urls(void **state)
{
	struct listing l;

	(void)state;
	read_list(&l, "t.csv",
		"app,store_url,policy_url,package\n"
		"甲,,https://p.example/1,com.a\n"
		",https://s.example/1,https://p.example/1,\n");
	assert_int_equal(l.t.n, 2);
	is_text(l.t.at[0].key, "app:甲#a2cbb1308ee2");
	is_text(l.t.at[1].key, "app:#fcd56d1c4aad");
	list_done(&l);
}

static void
the_first_of_two_rows_with_one_key_wins(void **state)
{
	struct listing l;

	(void)state;
	read_list(&l, "t.csv",
		"store,package,app\nvivo,com.b,1\nhuawei,com.a,2\n"
		"HUAWEI,com.a,3\nvivo,com.c,4\nvivo,com.b,5\n");
	assert_int_equal(l.t.n, 3);
	is_text(l.t.at[0].app, "1");
	is_text(l.t.at[1].app, "2");
	is_text(l.t.at[2].app, "4");
	list_done(&l);
	problems("t.csv",
		"store,package\nvivo,com.b\nx,\nhuawei,com.a\nHUAWEI,com.a\n"
		"vivo,com.b\n",
		2,
		"3: nothing to look for: a row needs policy_url, store_url, or "
		"store and package\n"
		"5: the same target as in line 4 (huawei:com.a)\n"
		"6: the same target as in line 2 (vivo:com.b)\n");
}

static void
bad_rows_are_left_out_and_told(void **state)
{
	(void)state;
	problems("t.csv",
		"app,policy_url,store\n"
		"a,ftp://p.example/\n"
		"b,http://\n"
		"c,http:///p\n"
		"d,http://p.example/a b\n"
		"e,p.example/\n"
		"f,,huawei\n"
		"g,http://p.example/,x,y\n"
		"h,http://p.example/,,,\n",
		1,
		"2: policy_url 'ftp://p.example/' begins with neither http:// "
		"nor https://\n"
		"3: policy_url 'http://' names no host\n"
		"4: policy_url 'http:///p' names no host\n"
		"5: policy_url 'http://p.example/a b' holds a blank\n"
		"6: policy_url 'p.example/' begins with neither http:// nor "
		"https://\n"
		"7: nothing to look for: a row needs policy_url, store_url, or "
		"store and package\n"
		"8: 4 fields, but the first line names 3 columns; a field that "
		"holds a separator needs quotes\n");
}

static void
a_wrong_quote_spoils_only_its_row(void **state)
{
	(void)state;
	problems("t.csv",
		"app,policy_url\n"
		"\"a\"b,http://p.example/1\n"
		"c,http://p.example/2\n"
		"\"d,http://p.example/3\n"
		"e,http://p.example/4\n",
		2,
		"2: text follows a closing quote; a quote inside a quoted "
		"field is written twice\n"
		"4: a quote is opened and not closed\n");
}

static void
bad_json_lines_are_left_out_and_told(void **state)
{
	(void)state;
	problems("t.ndjson",
		"{\"app\":[1],\"policy_url\":\"http://p.example/1\"}\n"
		"[]\n"
		"{\"policy_url\":true}\n"
		"{\"policy_url\":\"http://p.example/1\",\"Policy URL\":\"\"}\n"
		"{\"policy_url\":\"http://p.example/2\"}\n",
		1,
		"1: app is not a text\n"
		"2: the line is no JSON object\n"
		"3: policy_url is not a text\n"
		"4: two members give policy_url\n");
}

static void
unknown_columns_are_remarked_once(void **state)
{
	(void)state;
	problems("t.csv", "id,policy_url,\n1,http://p.example/1\n", 1,
		"1: unknown column 'id' is left out\n");
	problems("t.jsonl",
		"{\"id\":1,\"policy_url\":\"http://p.example/1\"}\n"
		"{\"id\":2,\"policy_url\":\"http://p.example/2\"}\n",
		2, "1: unknown member 'id' is left out\n");
}

static void
a_field_may_be_so_long_and_no_longer(void **state)
{
	struct fa_buf text;
	struct listing l;

	(void)state;
	fa_buf_init(&text, 1 << 20);
	for (unsigned extra = 0; extra < 2; extra++) {
		fa_buf_reset(&text);
		fa_buf_adds(&text, "policy_url,app\nhttp://p.example/,\"");
		for (unsigned i = 0; i < FA_TARGETS_FIELD_BYTES + extra; i++)
			fa_buf_addc(&text, 'x');
		fa_buf_adds(&text, "\"\n");
		read_list(&l, "t.csv", text.p);
		assert_int_equal(l.t.n, 1 - extra);
		assert_int_equal(l.t.bad, extra);
		list_done(&l);
	}
	fa_buf_done(&text);
}

static void
problems_are_kept_up_to_a_limit_and_counted_beyond(void **state)
{
	struct fa_buf text;
	struct listing l;

	(void)state;
	fa_buf_init(&text, 1 << 20);
	fa_buf_adds(&text, "policy_url\n");
	for (unsigned i = 0; i < FA_TARGETS_PROBLEMS + 5; i++)
		fa_buf_adds(&text, "x\n");
	read_list(&l, "t.csv", text.p);
	assert_int_equal(l.t.problems_n, FA_TARGETS_PROBLEMS);
	assert_int_equal(l.t.bad, FA_TARGETS_PROBLEMS + 5);
	list_done(&l);
	fa_buf_done(&text);
}

static void
refused(const char *name, struct fa_str text, const char *message)
{
	struct listing l;

	list_init(&l, name, text);
	assert_true(l.rc < 0);
	assert_string_equal(l.err.msg, message);
	assert_null(l.t.at);
	list_done(&l);
}

static void
lists_without_a_usable_header_are_refused(void **state)
{
	(void)state;
	refused("t.csv", FA_STR("http://p.example/1\n"),
		"t.csv:1: the first line does not name the columns; expected "
		"policy_url, store_url, or store and package among them");
	refused("t.csv", FA_STR("\n\napp,package\n"),
		"t.csv:3: the first line does not name the columns; expected "
		"policy_url, store_url, or store and package among them");
	refused("t.csv", FA_STR("app，policy_url\n"),
		"t.csv:1: the columns are separated by '，'; expected an ASCII "
		"comma");
	refused("t.csv", FA_STR("app;policy_url\n"),
		"t.csv:1: the columns are separated by ';'; expected an ASCII "
		"comma");
	refused("t.csv", FA_STR("policy_url,隐私政策链接\n"),
		"t.csv:1: two columns are named policy_url");
	refused("t.csv", FA_STR(" \r\n\n"), "t.csv is empty");
	refused("t.csv", FA_STR(""), "t.csv is empty");
	refused("t.csv", FA_STR("\"policy_url\n"),
		"t.csv:1: a quote is opened and not closed");
}

static void
other_encodings_are_refused_by_name(void **state)
{
	(void)state;
	refused("t.csv",
		FA_STR("app,policy_url\n\xb0\xd9\xb6\xc8,http://p.example/\n"),
		"t.csv looks like GB18030; expected UTF-8: save it as CSV "
		"UTF-8, or convert it by iconv -f GB18030 -t UTF-8");
	refused("t.csv",
		FA_STR("\xff\xfe"
		       "a\0,\0"),
		"t.csv looks like UTF-16LE; expected UTF-8: save it as CSV "
		"UTF-8, or convert it by iconv -f UTF-16LE -t UTF-8");
	refused("t.csv", FA_STR("\xfe\xff\0a"),
		"t.csv looks like UTF-16BE; expected UTF-8: save it as CSV "
		"UTF-8, or convert it by iconv -f UTF-16BE -t UTF-8");
	refused("t.csv", FA_STR("PK\x03\x04\0\0"),
		"t.csv is no text: it holds NUL bytes; expected UTF-8");
	refused("t.csv", FA_STR("app,policy_url\na\xff,x\n"),
		"t.csv:2: byte 0xff is not UTF-8; expected UTF-8");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_csv_row_becomes_a_target),
		cmocka_unit_test(chinese_headers_are_known),
		cmocka_unit_test(headers_may_be_spelt_freely),
		cmocka_unit_test(
			quoted_fields_hold_separators_quotes_and_line_ends),
		cmocka_unit_test(line_ends_of_all_systems_are_read),
		cmocka_unit_test(tabs_separate_in_tsv),
		cmocka_unit_test(json_lines_are_read),
		cmocka_unit_test(children_is_read_in_two_languages),
		cmocka_unit_test(fields_are_made_tidy),
		cmocka_unit_test(
			a_target_without_a_package_has_the_digest_of_its_urls),
		cmocka_unit_test(the_first_of_two_rows_with_one_key_wins),
		cmocka_unit_test(bad_rows_are_left_out_and_told),
		cmocka_unit_test(a_wrong_quote_spoils_only_its_row),
		cmocka_unit_test(bad_json_lines_are_left_out_and_told),
		cmocka_unit_test(unknown_columns_are_remarked_once),
		cmocka_unit_test(a_field_may_be_so_long_and_no_longer),
		cmocka_unit_test(
			problems_are_kept_up_to_a_limit_and_counted_beyond),
		cmocka_unit_test(lists_without_a_usable_header_are_refused),
		cmocka_unit_test(other_encodings_are_refused_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
