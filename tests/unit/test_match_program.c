/* The machine against PCRE2, which is the oracle, on policies; its work. Texts
 * that are made for a pattern: test_match_program_texts.c, invented patterns:
 * test_match_program_patterns.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "match/program_notes.h"
#include "match/program_rows.h"
#include "rig_program.h"

#define FILE_BYTES (1u << 20)

/* ---- the patterns of the rules ---- */

static void
every_pattern_of_the_rules_has_a_program(void **state)
{
	const struct oracles *w = *state;

	assert_int_equal(w->g.p->programs_n, w->rules->patterns_n);
	for (uint32_t i = 0; i < w->rules->patterns_n; i++)
		if (!fa_program_exists(w->g.p, i))
			fail_msg("'%.*s'",
				FA_STR_ARG(w->rules->patterns[i].source));
}

/* First matches only, of all patterns: what follows is for the texts that are
 * made for a pattern. */
static void
agree_on_sentence(struct oracles *w, struct fa_str text, size_t *hits)
{
	struct fa_rune_hit hit;
	struct fa_runes t;

	fa_arena_reset(&w->g.text);
	must(fa_runes_decode(&t, w->g.p, w->g.s, text, &w->g.text, &w->err),
		&w->err);
	for (uint32_t i = 0; i < w->rules->patterns_n; i++) {
		int found = program_agrees(
			&w->g, i, &w->oracle[i], &t, text, 0, &hit);

		if (found < 0)
			fail_msg("'%.*s' on '%.*s'",
				FA_STR_ARG(w->rules->patterns[i].source),
				FA_STR_ARG(text));
		*hits += (size_t)found;
	}
}

/* Sentences, roughly, every so many of them. */
static void
agree_on_file(struct oracles *w, const char *path, unsigned every, size_t *hits)
{
	struct fa_str rest;

	must(fa_file_read(&rest, fa_str_c(path), FILE_BYTES, &w->a, &w->err),
		&w->err);
	if (!fa_utf8_valid(rest))
		rest.n = 0;
	for (unsigned n = 0; rest.n > 0; n++) {
		size_t stop = fa_str_find(rest, FA_STR("。"), 0);
		size_t line = fa_str_find(rest, FA_STR("\n"), 0);
		size_t end = stop < line ? stop + 3 : line;

		if (end > rest.n)
			end = rest.n;
		if (end > 0 && n % every == 0)
			agree_on_sentence(w, fa_str_sub(rest, 0, end), hits);
		rest = fa_str_sub(rest, end + (end == line), rest.n);
	}
}

static void
they_find_in_policies_what_pcre2_finds(void **state)
{
	static const char *const files[] = {
		"corpora/policies/bank-remote-good.txt",
		"corpora/policies/avatar-idphoto.md",
		"corpora/policies/beauty-camera.html",
	};
	struct oracles *w = *state;
	size_t hits = 0;

	for (size_t i = 0; i < FA_COUNT(files); i++)
		agree_on_file(w, files[i], 2, &hits);
	assert_true(hits > 100);
}

/* ---- work ---- */

struct one {
	struct fa_pattern pattern;
	struct fa_bundle b;
	const struct fa_programs *p;
	struct program_rig g;
	struct fa_runes t;
};

static void
one_open(struct oracles *w, struct one *x, const char *source, const char *part,
	unsigned times)
{
	struct fa_buf text;

	memset(x, 0, sizeof(*x));
	x->pattern.source = fa_str_c(source);
	x->b = (struct fa_bundle){ .patterns = &x->pattern, .patterns_n = 1 };
	must(fa_programs_new(&x->p, &x->b, &w->a, &w->err), &w->err);
	assert_true(fa_program_exists(x->p, 0));
	program_rig_of(&x->g, x->p);
	fa_buf_init(&text, FILE_BYTES);
	for (unsigned i = 0; i < times; i++)
		fa_buf_adds(&text, part);
	must(fa_runes_decode(
		     &x->t, x->p, x->g.s, fa_buf_str(&text), &w->a, &w->err),
		&w->err);
	fa_buf_done(&text);
}

/* Steps of a search for all matches. */
static uint64_t
steps_of(struct one *x, size_t *hits)
{
	struct fa_rune_hit hit = { 0 };

	*hits = 0;
	while (hit.from <= x->t.n &&
		fa_program_find(x->p, 0, &x->t, hit.from, &hit, x->g.s) == 1) {
		++*hits;
		hit.from++;
	}
	return fa_program_steps(x->g.s);
}

static void
what_explodes_for_backtracking_takes_bounded_work(void **state)
{
	static const struct {
		const char *pattern, *part;
		size_t hits;
	} table[] = {
		{ "(?:[^。]{0,9}甲?){9}乙", "甲", 0 },
		{ "甲{..60}甲{..60}甲{..60}甲{..60}乙", "甲", 0 },
		{ "甲{..60}甲{..60}甲{..60}甲{..60}乙", "甲甲。乙", 0 },
		{ "(?:甲|甲甲|甲甲甲){1,20}乙", "甲", 0 },
		{ "(?:甲?){20}(?:甲?){20}乙", "甲", 0 },
		{ "甲(?!(?:[^。]{0,9}甲?){9}乙)丙", "甲", 0 },
		{ "(?=(?:[^。]{0,9}甲?){9})(?:甲?){30}乙", "甲", 0 },
		{ "[a-z]{2,}1", "a", 0 },
		{ "[a-z]{2,}[a-z]1", "a", 0 },
		{ "[a-z]{2,}?[a-z]+[a-z]*1", "a", 0 },
		{ "b?(?![a-z]+[a-z]1)[a-z]{2,}[a-z]?,", "a", 0 },
	};
	struct oracles *w = *state;

	for (size_t i = 0; i < FA_COUNT(table); i++) {
		struct one x;
		uint64_t steps;
		size_t hits;

		one_open(w, &x, table[i].pattern, table[i].part, 2000);
		steps = steps_of(&x, &hits);
		assert_int_equal(hits, table[i].hits);
		if (steps > (uint64_t)x.p->code_n * x.t.n * 64)
			fail_msg("%s: %llu steps", table[i].pattern,
				(unsigned long long)steps);
		program_rig_done(&x.g);
	}
}

static void
a_run_without_an_end_takes_linear_work(void **state)
{
	struct oracles *w = *state;
	struct one x;
	size_t hits;

	one_open(w, &x, "[a-z]{2,}(?:[a-z]|b)1", "a", 300000);
	assert_true(steps_of(&x, &hits) < (uint64_t)300000 * 64);
	assert_int_equal(hits, 0);
	program_rig_done(&x.g);
}

static void
a_match_at_every_character_of_a_long_text_is_found(void **state)
{
	struct oracles *w = *state;
	struct one x;
	size_t hits;

	one_open(w, &x, "甲{..60}(?:甲|乙){2,3}[^。]{0,40}甲", "甲", 100000);
	assert_true(steps_of(&x, &hits) < (uint64_t)100000 * 64);
	assert_int_equal(hits, 100000 - 3);
	program_rig_done(&x.g);
}

static void
notes_of_a_long_text_are_of_a_window_that_moves(void **state)
{
	struct fa_notes n;

	(void)state;
	fa_notes_init(&n, 4 * 3 * sizeof(uint64_t)); /* 4 x 64 characters */
	assert_int_equal(fa_notes_open(&n, 1, 7, 3, 100000, 500), FA_OK);
	assert_false(fa_notes_add(&n, 2, 501));
	assert_true(fa_notes_add(&n, 2, 501));
	assert_false(fa_notes_add(&n, 1, 501));
	for (int i = 0; i < 2; i++) { /* outside: never noted */
		assert_false(fa_notes_add(&n, 2, 499));
		assert_false(fa_notes_add(&n, 2, 500 + 5 * 64));
	}
	fa_notes_add_run(&n, 0, 490, 2000);
	assert_true(fa_notes_add(&n, 0, 500));
	assert_true(fa_notes_add(&n, 0, 500 + 5 * 64 - 1));
	/* The same pattern and text a little later: they still hold. */
	assert_int_equal(fa_notes_open(&n, 1, 7, 3, 100000, 520), FA_OK);
	assert_true(fa_notes_add(&n, 2, 501));
	/* Later, in another text, for another pattern: they do not. */
	assert_int_equal(fa_notes_open(&n, 1, 7, 3, 100000, 900), FA_OK);
	assert_false(fa_notes_add(&n, 2, 901));
	assert_int_equal(fa_notes_open(&n, 2, 7, 3, 100000, 900), FA_OK);
	assert_false(fa_notes_add(&n, 2, 901));
	assert_int_equal(fa_notes_open(&n, 2, 8, 3, 100000, 900), FA_OK);
	assert_false(fa_notes_add(&n, 2, 901));
	fa_notes_done(&n);
}

static void
what_is_forgotten_was_noted_since_the_mark(void **state)
{
	struct fa_notes n;

	(void)state;
	fa_notes_init(&n, 1u << 20);
	assert_int_equal(fa_notes_open(&n, 1, 7, 3, 1000, 0), FA_OK);
	assert_false(fa_notes_add(&n, 0, 10));
	fa_notes_mark(&n);
	assert_false(fa_notes_add(&n, 0, 200));
	assert_false(fa_notes_add(&n, 1, 300));
	fa_notes_forget(&n, 0, 1);
	assert_true(fa_notes_add(&n, 0, 10));
	assert_false(fa_notes_add(&n, 0, 200));
	assert_true(fa_notes_add(&n, 1, 300));
	fa_notes_done(&n);
}

/* ---- rows ---- */

static void
vector_instructions_find_what_plain_ones_find(void **state)
{
	struct oracles *w = *state;
	uint8_t low[2 * FA_ROW_PIECE + 1], high[2 * FA_ROW_PIECE + 1];
	uint16_t symbols[2 * FA_ROW_PIECE];

	for (int k = 0; k < 20000; k++) {
		struct fa_word_set set = { 0 };
		struct fa_class_few few = { .n = (uint16_t)roll(w, 7) };
		uint32_t at = roll(w, FA_ROW_PIECE);
		uint32_t size = 1 + roll(w, FA_ROW_PIECE);

		for (uint32_t n = roll(w, 40); n > 0; n--) {
			set.first[roll(w, 2)] |= UINT64_C(1) << roll(w, 64);
			set.second[roll(w, 2)] |= UINT64_C(1) << roll(w, 64);
		}
		for (size_t i = 0; i < few.n; i++)
			few.symbol[i] = (uint16_t)(roll(w, 20) * 3277);
		for (size_t i = 0; i < sizeof(low); i++) {
			low[i] = (uint8_t)roll(w, 64);
			high[i] = (uint8_t)roll(w, 64);
		}
		for (size_t i = 0; i < FA_COUNT(symbols); i++)
			symbols[i] = (uint16_t)(roll(w, 20) * 3277);
		assert_true(fa_row_words(&set, low + at, high + at, size,
				    FA_SIMD_SCALAR) ==
			fa_row_words(&set, low + at, high + at, size,
				fa_cpu_simd()));
		assert_true(
			fa_row_few(&few, symbols + at, size, FA_SIMD_SCALAR) ==
			fa_row_few(&few, symbols + at, size, fa_cpu_simd()));
	}
}

static void
a_decoded_text_knows_where_its_characters_are(void **state)
{
	struct oracles *w = *state;
	struct fa_str text = FA_STR("a人\xf0\xa0\x80\x80¥b");
	struct fa_runes t;

	must(fa_runes_decode(&t, w->g.p, w->g.s, text, &w->a, &w->err),
		&w->err);
	assert_int_equal(t.n, 5);
	assert_int_equal(t.at[0], 0);
	assert_int_equal(t.at[1], 1);
	assert_int_equal(t.at[2], 4);
	assert_int_equal(t.at[3], 8);
	assert_int_equal(t.at[4], 10);
	assert_int_equal(t.at[5], 11);
	assert_int_equal(t.symbol[2], FA_SYMBOL_OTHER);
	assert_int_equal(t.symbol[5], FA_SYMBOL_END);
}

static void
running_out_of_memory_is_an_error(void **state)
{
	struct oracles *w = *state;
	struct fa_program_scratch *s;
	struct fa_arena small;
	struct fa_runes t;

	fa_arena_init(&small, 64);
	assert_int_equal(fa_program_scratch_new(&s, w->g.p, &small, &w->err),
		FA_E_NOMEM);
	assert_int_equal(fa_runes_decode(&t, w->g.p, w->g.s, FA_STR("人脸"),
				 &small, &w->err),
		FA_E_NOMEM);
	fa_arena_done(&small);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_pattern_of_the_rules_has_a_program),
		cmocka_unit_test(they_find_in_policies_what_pcre2_finds),
		cmocka_unit_test(
			what_explodes_for_backtracking_takes_bounded_work),
		cmocka_unit_test(a_run_without_an_end_takes_linear_work),
		cmocka_unit_test(
			a_match_at_every_character_of_a_long_text_is_found),
		cmocka_unit_test(vector_instructions_find_what_plain_ones_find),
		cmocka_unit_test(
			notes_of_a_long_text_are_of_a_window_that_moves),
		cmocka_unit_test(what_is_forgotten_was_noted_since_the_mark),
		cmocka_unit_test(a_decoded_text_knows_where_its_characters_are),
		cmocka_unit_test(running_out_of_memory_is_an_error),
	};

	return cmocka_run_group_tests(tests, oracles_open, oracles_close);
}
