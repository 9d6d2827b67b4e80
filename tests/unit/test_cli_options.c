/* Parsing and printing of option tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cli/options.h"

#define ARGS_MAX 16

static const struct fa_option table[] = {
	{ 1, 'o', "output", "FILE",
		FA_CLI_TEXT("写到文件，这一行说明很长，要折成几行才放得下，"
			    "所以再多写一些字，看折行是否在正确的地方。",
			"where it goes: a text that is long enough to be "
			"broken into several lines, at blanks") },
	{ 2, 'q', "quiet", NULL, FA_CLI_TEXT("安静", "no notes") },
	{ 3, 'v', "verbose", NULL, FA_CLI_TEXT("详细", "more") },
	FA_CLI_HEADING("其他", "more"),
	{ 4, 0, "as-of", "DATE", FA_CLI_TEXT("日期", "date") },
	{ 5, 0, "elsewhere", NULL, FA_CLI_TEXT(NULL, NULL) },
};
static const struct fa_options options = { table, FA_COUNT(table) };

struct seen {
	char text[256]; /* "1=value;2;" */
};

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct seen *s = ctx;
	size_t n = strlen(s->text);

	if (id == 4 && strcmp(value, "bad") == 0)
		return fa_fail(err, FA_E_USAGE, "a bad date");
	snprintf(s->text + n, sizeof(s->text) - n, "%d%s%s;", id,
		value != NULL ? "=" : "", value != NULL ? value : "");
	return 0;
}

/* Splits line at blanks and parses it; operands are left in argv. */
static int
parse(const char *line, struct seen *s, char *buffer, char **argv, int *n,
	struct fa_err *err)
{
	int argc = 1;
	char *p = buffer;

	memset(s, 0, sizeof(*s));
	strcpy(buffer, line);
	argv[0] = NULL;
	while (*p != '\0') {
		char *blank = strchr(p, ' ');

		assert_true(argc < ARGS_MAX);
		argv[argc++] = p;
		if (blank == NULL)
			break;
		*blank = '\0';
		p = blank + 1;
	}
	return fa_options_parse(n, options, argc, argv, take, s, err);
}

static void
expect(const char *line, const char *taken, const char *operands)
{
	struct seen s;
	char buffer[256], found[256] = "";
	char *argv[ARGS_MAX];
	struct fa_err err;
	int i, n = -1;

	assert_int_equal(parse(line, &s, buffer, argv, &n, &err), 0);
	assert_string_equal(s.text, taken);
	for (i = 0; i < n; i++) {
		strcat(found, argv[1 + i]);
		strcat(found, ";");
	}
	assert_string_equal(found, operands);
}

static void
expect_error(const char *line, const char *message)
{
	struct seen s;
	char buffer[256];
	char *argv[ARGS_MAX];
	struct fa_err err;
	int n = -1;

	assert_int_equal(parse(line, &s, buffer, argv, &n, &err), FA_E_USAGE);
	assert_string_equal(err.msg, message);
	assert_int_equal(n, -1);
}

static void
all_spellings_of_a_value_are_understood(void **state)
{
	(void)state;
	expect("--output=a", "1=a;", "");
	expect("--output a", "1=a;", "");
	expect("-oa", "1=a;", "");
	expect("-o a", "1=a;", "");
	expect("-o -", "1=-;", "");
	expect("--output=", "1=;", "");
	expect("--output=a=b", "1=a=b;", "");
	expect("-qvo a", "2;3;1=a;", "");
	expect("-qvoa", "2;3;1=a;", "");
}

static void
options_and_operands_may_be_mixed(void **state)
{
	(void)state;
	expect("", "", "");
	expect("x -q y --as-of d z", "2;4=d;", "x;y;z;");
	expect("- -q", "2;", "-;");
	expect("-q -- -v --output", "2;", "-v;--output;");
	expect("-- --", "", "--;");
}

static void
wrong_options_are_named_with_the_nearest_one(void **state)
{
	(void)state;
	expect_error("--ouput=a",
		"unknown option '--ouput', did you mean '--output'?");
	expect_error(
		"--verb", "unknown option '--verb', did you mean '--verbose'?");
	expect_error("--zzzzzz", "unknown option '--zzzzzz'");
	expect_error("-x", "unknown option '-x'");
	expect_error("-q\xE4\xBA\xBA", "unknown option '-\xE4\xBA\xBA'");
	expect_error("--quiet=1", "option '--quiet' takes no value, found '1'");
	expect_error("--output", "option '--output' needs a value: FILE");
	expect_error("-qo", "option '-o' needs a value: FILE");
	expect_error("x --as-of bad", "a bad date");
}

static void
a_very_long_unknown_option_is_no_problem(void **state)
{
	char line[200];

	(void)state;
	memset(line, 'a', sizeof(line));
	line[0] = line[1] = '-';
	line[sizeof(line) - 1] = '\0';
	{
		char *argv[] = { NULL, line };
		struct fa_err err;
		int n;

		assert_int_equal(fa_options_parse(&n, options, 2, argv, take,
					 NULL, &err),
			FA_E_USAGE);
	}
}

static void
no_line_of_help_is_wider_than_the_terminal(void **state)
{
	static const unsigned widths[] = { 40, 60, 80 };
	size_t i, lang;

	(void)state;
	for (i = 0; i < FA_COUNT(widths); i++) {
		for (lang = 0; lang < FA_CLI_LANGS; lang++) {
			struct fa_buf out;
			struct fa_str rest;

			fa_buf_init(&out, 1 << 16);
			fa_options_help(options, (enum fa_cli_lang)lang,
				widths[i], &out);
			assert_int_equal(out.rc, 0);
			rest = fa_buf_str(&out);
			/* Beside its explanation where there is room. */
			assert_true(fa_str_starts(rest,
				widths[i] >= 72
					? FA_STR("    -o, --output FILE ")
					: FA_STR("    -o, --output FILE\n")));
			while (rest.n > 0)
				assert_true(fa_utf8_columns(fa_str_cut(
						    &rest, '\n')) <= widths[i]);
			fa_buf_done(&out);
		}
	}
}

static void
headings_are_printed_and_are_no_options(void **state)
{
	struct seen s;
	char buffer[64];
	char *argv[ARGS_MAX];
	struct fa_err err;
	struct fa_buf out;
	int n;

	(void)state;
	fa_buf_init(&out, 1 << 16);
	fa_options_help(options, FA_CLI_EN, 80, &out);
	assert_true(fa_str_find(fa_buf_str(&out),
			    FA_STR("\n\nmore\n    --as-of"), 0) != SIZE_MAX);
	fa_buf_done(&out);
	assert_int_equal(parse("--=1", &s, buffer, argv, &n, &err), FA_E_USAGE);
	assert_string_equal(err.msg, "unknown option '--'");
}

static void
an_option_without_a_text_is_understood_and_not_shown(void **state)
{
	struct seen s;
	char buffer[64];
	char *argv[ARGS_MAX];
	struct fa_err err;
	struct fa_buf out;
	int n;

	(void)state;
	assert_int_equal(parse("--elsewhere", &s, buffer, argv, &n, &err), 0);
	assert_string_equal(s.text, "5;");
	fa_buf_init(&out, 1 << 16);
	fa_options_help(options, FA_CLI_ZH, 80, &out);
	assert_true(fa_str_find(fa_buf_str(&out), FA_STR("elsewhere"), 0) ==
		SIZE_MAX);
	fa_buf_done(&out);
}

static void
nearest_word_is_found_only_when_near(void **state)
{
	static const char *const words[] = { "check", "rules", "eval" };

	(void)state;
	assert_string_equal(fa_options_nearest("chekc", words, 3), "check");
	assert_string_equal(fa_options_nearest("rule", words, 3), "rules");
	assert_string_equal(fa_options_nearest("ev", words, 3), "eval");
	assert_null(fa_options_nearest("publish", words, 3));
	assert_null(fa_options_nearest("x", words, 3));
	assert_null(fa_options_nearest("", words, 3));
}

static void
words_are_listed_behind_a_label_in_lines_that_fit(void **state)
{
	static const char *const words[] = { "html", "text", "sketch", "po" };
	struct fa_buf out;

	(void)state;
	fa_buf_init(&out, 1000);
	fa_options_words(&out, "格式：", words, 4, 16);
	assert_string_equal(out.p, "格式：html text\n    sketch po\n");
	fa_buf_reset(&out);
	fa_options_words(&out, "none: ", words, 0, 16);
	assert_string_equal(out.p, "none: \n");
	fa_buf_done(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_spellings_of_a_value_are_understood),
		cmocka_unit_test(options_and_operands_may_be_mixed),
		cmocka_unit_test(wrong_options_are_named_with_the_nearest_one),
		cmocka_unit_test(a_very_long_unknown_option_is_no_problem),
		cmocka_unit_test(no_line_of_help_is_wider_than_the_terminal),
		cmocka_unit_test(headings_are_printed_and_are_no_options),
		cmocka_unit_test(
			an_option_without_a_text_is_understood_and_not_shown),
		cmocka_unit_test(nearest_word_is_found_only_when_near),
		cmocka_unit_test(
			words_are_listed_behind_a_label_in_lines_that_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
