#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/re.h"

static void
finds(const char *pattern, const char *text, size_t from, int found,
	size_t hit_from, size_t hit_to)
{
	struct fa_re_scratch *s = NULL;
	struct fa_re *re = NULL;
	struct fa_re_hit hit = { 0, 0 };

	assert_int_equal(fa_re_new(&re, fa_str_c(pattern), NULL), FA_OK);
	assert_int_equal(fa_re_scratch_new(&s, NULL), FA_OK);
	assert_int_equal(
		fa_re_find(re, s, fa_str_c(text), from, &hit, NULL), found);
	assert_int_equal(hit.from, hit_from);
	assert_int_equal(hit.to, hit_to);
	fa_re_scratch_free(s);
	fa_re_free(re);
}

static void
the_first_match_at_or_after_from_is_found(void **state)
{
	(void)state;
	finds("人脸", "刷人脸和人脸", 0, 1, 3, 9);
	finds("人脸", "刷人脸和人脸", 4, 1, 12, 18);
	finds("人脸", "刷指纹", 0, 0, 0, 0);
	finds("x*", "", 0, 1, 0, 0);
	finds("$", "ab", 2, 1, 2, 2);
	finds("a", "a", 2, 0, 0, 0);
	finds("(?<=刷).", "刷脸", 3, 1, 3, 6);
}

static void
a_start_inside_a_character_moves_to_the_next_one(void **state)
{
	(void)state;
	finds(".", "人脸", 1, 1, 3, 6);
	finds(".", "脸", 1, 0, 0, 0);
}

static void
one_character_is_one_dot(void **state)
{
	(void)state;
	finds("^.{2}$", "人𠀀", 0, 1, 0, 7);
	finds("[脸面]", "面", 0, 1, 0, 3);
	finds("\\d", "１", 0, 0, 0, 0);
}

static void
a_wrong_pattern_is_explained_with_its_offset(void **state)
{
	static const struct fa_str bad[] = { FA_STR_INIT("人(脸"),
		FA_STR_INIT("\xff"), FA_STR_INIT("\\C"), FA_STR_INIT("(*UCP)a"),
		FA_STR_INIT("[z-a]") };
	struct fa_err err = { 0 };
	struct fa_re *re = NULL;

	(void)state;
	for (size_t i = 0; i < FA_COUNT(bad); i++) {
		assert_int_equal(fa_re_new(&re, bad[i], &err), FA_E_INPUT);
		assert_null(re);
	}
	assert_int_equal(fa_re_new(&re, bad[0], &err), FA_E_INPUT);
	assert_string_equal(
		err.msg, "pattern: missing closing parenthesis at byte 7");
}

static void
a_pattern_has_a_longest_size(void **state)
{
	static char text[FA_RE_PATTERN_BYTES + 1];
	struct fa_re *re = NULL;

	(void)state;
	memset(text, 'a', sizeof(text));
	assert_int_equal(
		fa_re_new(&re, (struct fa_str){ text, sizeof(text) }, NULL),
		FA_E_LIMIT);
}

static void
an_explosive_search_ends_at_its_limit(void **state)
{
	struct fa_re_scratch *s = NULL;
	struct fa_re *re = NULL;
	struct fa_re_hit hit = { 5, 6 };
	struct fa_err err = { 0 };
	char text[64];

	(void)state;
	memset(text, 'a', sizeof(text));
	assert_int_equal(fa_re_new(&re, FA_STR("(a+)+(b|c)?d"), NULL), FA_OK);
	assert_int_equal(fa_re_scratch_new(&s, NULL), FA_OK);
	assert_int_equal(
		fa_re_find(re, s, (struct fa_str){ text, sizeof(text) }, 0,
			&hit, &err),
		0);
	fa_re_free(re);
	assert_int_equal(
		fa_re_new(&re, FA_STR("(?:a|a)+$(?<!a)"), NULL), FA_OK);
	assert_int_equal(
		fa_re_find(re, s, (struct fa_str){ text, sizeof(text) }, 0,
			&hit, &err),
		FA_E_LIMIT);
	assert_int_equal(hit.from, 5);
	assert_true(strlen(err.msg) > 0);
	fa_re_free(re);
	fa_re_scratch_free(s);
}

static void
nothing_can_be_freed(void **state)
{
	(void)state;
	fa_re_free(NULL);
	fa_re_scratch_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_match_at_or_after_from_is_found),
		cmocka_unit_test(
			a_start_inside_a_character_moves_to_the_next_one),
		cmocka_unit_test(one_character_is_one_dot),
		cmocka_unit_test(a_wrong_pattern_is_explained_with_its_offset),
		cmocka_unit_test(a_pattern_has_a_longest_size),
		cmocka_unit_test(an_explosive_search_ends_at_its_limit),
		cmocka_unit_test(nothing_can_be_freed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
