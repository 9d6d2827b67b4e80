/* What patterns are compiled to. That it finds the right thing is for
 * test_match_program.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "rules/program.h"

struct made {
	struct fa_arena a;
	struct fa_err err;
	struct fa_pattern pattern;
	struct fa_bundle b;
	const struct fa_programs *p;
};

static struct fa_str face[] = { FA_STR_INIT("人脸"), FA_STR_INIT("刷脸") };
static struct fa_str odd[] = { FA_STR_INIT("\xf0\xa0\x80\x80") };
static struct fa_lexicon lexicons[] = {
	{ .name = FA_STR_INIT("=旧|新"), .words = face, .words_n = 2 },
	{ .name = FA_STR_INIT("face"), .words = face, .words_n = 2 },
	{ .name = FA_STR_INIT("none"), .words = face, .words_n = 0 },
	{ .name = FA_STR_INIT("odd"), .words = odd, .words_n = 1 },
};

static void
made_open(struct made *x, struct fa_str source)
{
	memset(x, 0, sizeof(*x));
	fa_arena_init(&x->a, (size_t)64 << 20);
	x->pattern.source = source;
	x->b = (struct fa_bundle){ .lexicons = lexicons,
		.lexicons_n = FA_COUNT(lexicons),
		.patterns = &x->pattern,
		.patterns_n = 1 };
	assert_int_equal(fa_programs_new(&x->p, &x->b, &x->a, &x->err), FA_OK);
}

static bool
has_program(const char *source)
{
	struct made x;
	bool has;

	made_open(&x, fa_str_c(source));
	has = fa_program_exists(x.p, 0);
	fa_arena_done(&x.a);
	return has;
}

static void
what_the_machine_cannot_do_has_no_program(void **state)
{
	static const char *const table[] = {
		"人\\b",
		"\\p{Han}人",
		"(人)\\1",
		"人(?>脸|像)",
		"人?+脸",
		"[人脸]{1,3}+",
		"(?:人脸){2,}",
		"(?:人[^脸]{0,3})*",
		"\\x{4eba}",
		"(?s)人",
		"[[:alpha:]]人",
		"人\\z",
		"(?i)[a-z]人",
		"(?i)é",
		"(?i){odd}",
		"{none}人",
		"{missing}人",
		"\xf0\xa0\x80\x80人",
		"{odd}人",
		"(*UCP)人",
		"(?=人){2}脸",
		"人{3,2}",
		"(人",
		"人)",
		"[人",
		"[脸-人]",
		"人\\",
		"*人",
		"(?#a)人",
		"(?<=人|脸[^。]?)像",
		"\\Q人\\E",
		"人{0}脸",
		"(?<a>人)",
		"(?|人)",
		"[\\d-人]",
	};

	(void)state;
	for (size_t i = 0; i < FA_COUNT(table); i++)
		if (has_program(table[i]))
			fail_msg("'%s' has a program", table[i]);
}

static void
what_rules_are_written_with_has_a_program(void **state)
{
	static const char *const table[] = {
		"人脸",
		"(?:人|)脸",
		"{face}{..}{face}",
		"[^。;,]{0,20}{face}",
		"(?<!不)同意(?!书)",
		"(?<=^|\\n|{face})上传",
		"^敏感$",
		"\\d{3}[A-Za-z0-9._-]{2,40}@",
		"[一-龥]{2,4}人",
		"[A-Za-z]{2,}",
		"(?:人(?:脸|像){1,3}?){2}",
		"(?i)http(?!s)",
		"(?-i:a)(?i:)",
		"[]人]\\]",
		"\\A人.{0,3}?脸",
		"\\s\\S\\w\\W\\D\\n\\+",
		"(?:(?!境外|出境)[^。;]){0,60}同意",
		"(人)(?:)",
		"a-z]",
	};

	(void)state;
	for (size_t i = 0; i < FA_COUNT(table); i++)
		if (!has_program(table[i]))
			fail_msg("'%s' has no program", table[i]);
}

static void
a_pattern_that_is_too_large_has_no_program(void **state)
{
	struct made x;
	struct fa_buf source;

	(void)state;
	fa_buf_init(&source, 1u << 20);
	fa_buf_adds(&source, "(?:(?:(?:[^a]b){99}){99}){99}");
	made_open(&x, fa_buf_str(&source));
	assert_false(fa_program_exists(x.p, 0));
	fa_arena_done(&x.a);
	fa_buf_reset(&source);
	for (int i = 0; i < 51; i++)
		fa_buf_adds(&source, "(?:");
	fa_buf_adds(&source, "人");
	for (int i = 0; i < 51; i++)
		fa_buf_adds(&source, ")");
	made_open(&x, fa_buf_str(&source));
	assert_false(fa_program_exists(x.p, 0));
	fa_arena_done(&x.a);
	fa_buf_done(&source);
}

static void
a_sequence_of_words_and_gaps_is_as_many_operations(void **state)
{
	/* Sets: 不得 不能够 不能; {face}; 像; 不得. Classes: [^。]; of a gap;
	 * dot. Filters: a word of set 1; of set 2. */
	static const uint16_t code[] = { FA_OP_WORDS, 0, FA_OP_GREEDY, 0, 0, 9,
		1 * 2 + 1, FA_OP_WORDS, 1, FA_OP_LAZY, 1, 0, 12, 2 * 2 + 1,
		FA_OP_WORDS, 2, FA_OP_CHAR, 2, FA_OP_OPTION, 3, FA_OP_ACCEPT };
	struct made x;
	const struct fa_programs *p;

	(void)state;
	made_open(&x, FA_STR("不(?:得|能够?)[^。]{0,9}{face}{..}像.(?:不得)?"));
	p = x.p;
	assert_int_equal(p->programs[0].code_n, FA_COUNT(code));
	assert_memory_equal(p->code, code, sizeof(code));
	assert_int_equal(p->sets_n, 4);
	assert_int_equal(p->classes_n, 3);
	assert_int_equal(p->programs[0].least, 2 + 2 + 1 + 1);
	assert_int_equal(p->programs[0].filter, 0 * 2 + 1);
	assert_int_equal(p->sets[0].shortest, 2);
	assert_int_equal(p->sets[0].longest, 3);
	assert_int_equal(p->sets[1].longest, 2);
	fa_arena_done(&x.a);
}

static void
equal_word_sets_are_made_once(void **state)
{
	struct made x;

	(void)state;
	made_open(&x, FA_STR("{face}[^。]{0,9}(?:人脸|刷脸){..}(?:人|刷)脸"));
	assert_true(fa_program_exists(x.p, 0));
	assert_int_equal(x.p->sets_n, 1);
	fa_arena_done(&x.a);
}

static void
every_character_has_a_symbol(void **state)
{
	struct made x;

	(void)state;
	made_open(&x, FA_STR("[一-龥]{2}人|﨑"));
	assert_int_not_equal(fa_symbol(x.p, 0x4eba), fa_symbol(x.p, 0x4ebb));
	assert_int_equal(fa_symbol(x.p, 0x4ebb), fa_symbol(x.p, 0x4ebc));
	assert_int_not_equal(fa_symbol(x.p, 0x4ebb), FA_SYMBOL_OTHER);
	assert_int_equal(fa_symbol(x.p, 0x3042), FA_SYMBOL_OTHER);
	assert_int_equal(fa_symbol(x.p, 0x10ffff), FA_SYMBOL_OTHER);
	for (uint32_t cp = 0; cp < 0x10000; cp++)
		assert_int_not_equal(fa_symbol(x.p, cp), FA_SYMBOL_END);
	fa_arena_done(&x.a);
}

static void
running_out_of_memory_is_an_error(void **state)
{
	struct made x;
	struct fa_arena small;

	(void)state;
	made_open(&x, FA_STR("{face}[^。]{0,9}人"));
	for (size_t limit = 0;; limit += 509) {
		const struct fa_programs *p = NULL;
		int rc;

		fa_arena_init(&small, limit);
		rc = fa_programs_new(&p, &x.b, &small, &x.err);
		fa_arena_done(&small);
		if (rc == FA_OK) {
			assert_true(limit > 1000);
			break;
		}
		assert_int_equal(rc, FA_E_NOMEM);
		assert_null(p);
	}
	fa_arena_done(&x.a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_machine_cannot_do_has_no_program),
		cmocka_unit_test(what_rules_are_written_with_has_a_program),
		cmocka_unit_test(a_pattern_that_is_too_large_has_no_program),
		cmocka_unit_test(
			a_sequence_of_words_and_gaps_is_as_many_operations),
		cmocka_unit_test(equal_word_sets_are_made_once),
		cmocka_unit_test(every_character_has_a_symbol),
		cmocka_unit_test(running_out_of_memory_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
