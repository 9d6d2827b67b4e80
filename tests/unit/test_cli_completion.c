/* What completions are made of; shells themselves: tests/shells/run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/attr.h"
#include "cli/completion.h"

static const struct fa_option options[] = {
	{ 1, 'o', "output", "FORMAT[:FILE]",
		FA_CLI_TEXT("输出；更多", "don't [stop]: it; more") },
	FA_CLI_HEADING("其他", "more"),
	{ 2, 0, "dir", "DIR", FA_CLI_TEXT("目录", "folder") },
	{ 3, 'q', "quiet", NULL, FA_CLI_TEXT("安静", "quiet") },
	{ 4, 0, "hidden", "N", FA_CLI_TEXT(NULL, NULL) },
};

static const struct fa_complete_command commands[] = {
	{ "one", FA_CLI_TEXT("一", "the first"),
		{ options, FA_COUNT(options) } },
};

static enum fa_complete
value(const struct fa_complete_program *p, const char *command,
	const struct fa_option *o, struct fa_buf *words)
{
	(void)p;
	if (o == NULL && strcmp(command, "one") == 0) {
		fa_complete_word(words, "list");
		fa_complete_word(words, "show");
		return FA_COMPLETE_VERBS;
	}
	if (o == NULL) {
		fa_complete_word(words, "ids");
		return strcmp(command, "one show") == 0 ? FA_COMPLETE_LIST
							: FA_COMPLETE_NONE;
	}
	if (o->arg == NULL || strcmp(o->name, "output") != 0)
		return o->arg == NULL ? FA_COMPLETE_NONE
				      : fa_complete_by_name(o->arg, words);
	fa_complete_word(words, "text");
	fa_complete_word(words, "json");
	return FA_COMPLETE_OUTPUT;
}

static const struct fa_complete_program program = { "prog", commands,
	FA_COUNT(commands), FA_CLI_EN, value };

static void
holds(void (*script)(const struct fa_complete_program *p, struct fa_buf *out),
	const char *const *lines, size_t n)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf out;

	fa_buf_init(&out, 100000);
	script(&program, &out);
	assert_int_equal(out.rc, 0);
	for (size_t i = 0; i < n; i++)
		if (strstr(out.p, lines[i]) == NULL)
			fail_msg("'%s' is not in %s", lines[i], out.p);
}

static void
the_table_says_what_a_value_may_be(void **state)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf out;

	(void)state;
	fa_buf_init(&out, 10000);
	fa_complete_table(&program, &out);
	assert_string_equal(out.p,
		"one\to\toutput\tFORMAT[:FILE]\toutput\ttext json\n"
		"one\t-\tdir\tDIR\tdir\t\n"
		"one\tq\tquiet\t-\tnone\t\n"
		"one\t-\thidden\tN\tnone\t\n");
}

static void
names_of_values_tell_files_folders_and_fixed_words(void **state)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf words;

	(void)state;
	fa_buf_init(&words, 1000);
	assert_int_equal(
		fa_complete_by_name("FILE|DIR", &words), FA_COMPLETE_FILE);
	assert_int_equal(fa_complete_by_name("DIR", &words), FA_COMPLETE_DIR);
	assert_int_equal(fa_complete_by_name("N", &words), FA_COMPLETE_NONE);
	assert_int_equal(words.n, 0);
	assert_int_equal(
		fa_complete_by_name("LANG", &words), FA_COMPLETE_WORDS);
	assert_string_equal(words.p, " zh en");
}

static void
what_is_said_ends_with_its_first_sentence_and_is_quoted(void **state)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf out;

	(void)state;
	fa_buf_init(&out, 1000);
	fa_complete_text(&out, "don't [stop]: it; more", "'\\''", "[]:");
	assert_string_equal(out.p, "don'\\''t \\[stop\\]\\: it");
	fa_buf_reset(&out);
	fa_complete_text(&out, "输出：一个；更多", "", ":");
	assert_string_equal(out.p, "输出：一个");
}

static void
bash_knows_values_operands_and_verbs(void **state)
{
	static const char *const lines[] = {
		"_prog_commands='one'",
		"	one) options='--output -o --dir --quiet -q ' ;;",
		"	'one ') kind=verbs words='list show' ;;",
		"	'one show ') kind=list words='ids' ;;",
		"	'one --output' | 'one -o') kind=output",
		"words='text json' ;;",
		"	'one --dir') kind=dir words='' ;;",
		"complete -o bashdefault -o default -F _prog prog\n",
	};

	(void)state;
	holds(fa_complete_bash, lines, FA_COUNT(lines));
}

static void
zsh_is_told_what_options_are_for(void **state)
{
	static const char *const lines[] = {
		"#compdef prog\n",
		"		'one:the first'\n",
		"'*'{-o+,--output=}'[don'\\''t \\[stop\\]\\: it]:",
		":FORMAT\\[\\:FILE\\]: _prog_output text json' \\\n",
		"'*'--dir='[folder]:DIR:_directories' \\\n",
		"'1:verb:(list show)' \\\n",
		" show) _prog_list ids;; *) _files;;",
	};

	(void)state;
	holds(fa_complete_zsh, lines, FA_COUNT(lines));
}

static void
fish_gets_a_line_per_option(void **state)
{
	static const char *const lines[] = {
		"complete -c prog -f\n",
		"-a one -d 'the first'\n",
		"complete -c prog -n '__prog_is one' -s o -l output -x ",
		" -a '(__prog_output text json)' -d 'don\\'t [stop]: it'\n",
		"complete -c prog -n '__prog_is one' -s q -l quiet -d ",
		" -d 'quiet'\n",
		"complete -c prog -n '__prog_is one \"\"' -a 'list show'\n",
		"complete -c prog -n '__prog_is one show' -a ",
		" -a '(__prog_list ids)'\n",
	};

	(void)state;
	holds(fa_complete_fish, lines, FA_COUNT(lines));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_says_what_a_value_may_be),
		cmocka_unit_test(
			names_of_values_tell_files_folders_and_fixed_words),
		cmocka_unit_test(
			what_is_said_ends_with_its_first_sentence_and_is_quoted),
		cmocka_unit_test(bash_knows_values_operands_and_verbs),
		cmocka_unit_test(zsh_is_told_what_options_are_for),
		cmocka_unit_test(fish_gets_a_line_per_option),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
