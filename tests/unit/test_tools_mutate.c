/* Mutated text is another text with the same folded characters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/utf8.h"
#include "tools/mutate.h"

#define TEXT "我们将在您开启人脸识别（刷脸）前，征得单独同意：请确认"

struct world {
	struct fa_arena arena;
	struct fa_mutator mutator;
};

static int
setup(void **state)
{
	static struct world w;

	fa_arena_init(&w.arena, 1 << 22);
	*state = &w;
	return fa_mutator_init(&w.mutator, &w.arena, NULL);
}

static int
teardown(void **state)
{
	struct world *w = *state;

	fa_arena_done(&w->arena);
	return 0;
}

/* What matching sees: folded, without white space. */
static void
fold(struct fa_str s, struct fa_buf *out)
{
	while (s.n > 0) {
		char folded[FA_FOLD_RUNES * 4];
		uint32_t cp;
		size_t n = fa_utf8_next(s, &cp);

		s = fa_str_sub(s, n, s.n);
		if (!fa_rune_is_space(cp))
			fa_buf_add(out,
				(struct fa_str){
					folded, fa_rune_fold(cp, folded) });
	}
}

static void
every_mutation_changes_the_text_and_nothing_that_matters(void **state)
{
	struct world *w = *state;
	struct fa_buf want, text, got;
	size_t i, applied = 0;

	fa_buf_init(&want, 1 << 16);
	fa_buf_init(&text, 1 << 16);
	fa_buf_init(&got, 1 << 16);
	fold(FA_STR(TEXT), &want);
	for (i = 0; i < fa_mutations_n; i++) {
		fa_buf_reset(&text);
		fa_buf_reset(&got);
		if (!fa_mutations[i].write(&w->mutator, FA_STR(TEXT), &text))
			continue;
		applied++;
		assert_false(fa_str_eq(fa_buf_str(&text), FA_STR(TEXT)));
		assert_true(fa_utf8_valid(fa_buf_str(&text)));
		fold(fa_buf_str(&text), &got);
		assert_true(fa_str_eq(fa_buf_str(&got), fa_buf_str(&want)));
	}
	/* There is nothing half-width in the text to be made wide. */
	assert_int_equal(applied, fa_mutations_n - 1);
	fa_buf_done(&want);
	fa_buf_done(&text);
	fa_buf_done(&got);
}

static void
text_that_is_markup_in_markdown_is_left_alone(void **state)
{
	struct world *w = *state;
	struct fa_buf text;
	size_t i;

	fa_buf_init(&text, 1 << 16);
	for (i = 0; i < fa_mutations_n; i++)
		if (fa_mutations[i].format == FA_FORMAT_MARKDOWN)
			assert_false(fa_mutations[i].write(&w->mutator,
				FA_STR("* 一二三四五六七八九十"), &text));
	fa_buf_done(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			every_mutation_changes_the_text_and_nothing_that_matters,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			text_that_is_markup_in_markdown_is_left_alone, setup,
			teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
