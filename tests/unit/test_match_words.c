/* The word gate against a naive search. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "match/words.h"

#define SENTENCES 200
#define TEXTS 500

/* Lexicons of up to four words; a sentence ends with its character 。 */
struct gate {
	struct fa_arena a;
	struct fa_err err;
	struct fa_str words[8][4];
	struct fa_lexicon lexicons[8];
	struct fa_bundle b;
	const struct fa_word_table *w;
	struct fa_sentence sentences[SENTENCES];
	struct fa_doc doc;
	struct fa_words *found;
	const struct fa_posting *p[8];
};

static const char *const lexicons[8][4] = {
	{ "脸" },
	{ "人脸", "人脸识别" },
	{ "刷脸", "刷" },
	{ "识别", "脸识", "a" },
	{ "人脸识别", "别人" },              /* shares a word with 1 */
	{ "ab", "abc", "\xf0\xa0\x80\x80" }, /* U+20000 */
	{ "。" },
	{ "没有" },
};

static void
gate_open(struct gate *g)
{
	memset(g, 0, sizeof(*g));
	fa_arena_init(&g->a, 64u << 20);
	for (size_t i = 0; i < 8; i++) {
		size_t n = 0;

		for (; n < 4 && lexicons[i][n]; n++)
			g->words[i][n] = fa_str_c(lexicons[i][n]);
		g->lexicons[i].words = g->words[i];
		g->lexicons[i].words_n = n;
	}
	g->b.lexicons = g->lexicons;
	g->b.lexicons_n = 8;
	assert_int_equal(fa_words_new(&g->w, &g->b, &g->a, &g->err), FA_OK);
}

static void
gate_find(struct gate *g)
{
	assert_int_equal(
		fa_words_scan(&g->found, g->w, &g->doc, &g->a, &g->err), FA_OK);
	for (uint32_t i = 0; i < 8; i++) {
		assert_int_equal(
			fa_words_posting(&g->p[i], g->found, i), FA_OK);
		if (!fa_words_has(g->found, i))
			assert_int_equal(g->p[i]->n, 0);
	}
}

static void
gate_scan(struct gate *g, struct fa_str text)
{
	size_t from = 0;

	g->doc = (struct fa_doc){ .text = text, .sentences = g->sentences };
	while (from < text.n) {
		size_t end = fa_str_find(text, FA_STR("。"), from);

		end = end == SIZE_MAX ? text.n : end + 3;
		assert_true(g->doc.sentences_n < SENTENCES);
		g->sentences[g->doc.sentences_n++].text =
			(struct fa_range){ (uint32_t)from, (uint32_t)end };
		from = end;
	}
	gate_find(g);
}

static bool
gate_has(const struct gate *g, size_t lexicon, uint32_t sentence)
{
	for (size_t i = 0; i < g->p[lexicon]->n; i++)
		if (g->p[lexicon]->sentence[i] == sentence)
			return true;
	return false;
}

/* Lexicons found in a sentence, a digit each. */
static void
expect(const char *text, uint32_t sentence, const char *want)
{
	struct gate g;
	char got[9];
	size_t n = 0;

	gate_open(&g);
	gate_scan(&g, fa_str_c(text));
	for (size_t i = 0; i < 8; i++)
		if (gate_has(&g, i, sentence))
			got[n++] = (char)('0' + i);
	got[n] = '\0';
	assert_string_equal(got, want);
	fa_arena_done(&g.a);
}

static void
words_of_one_character_are_found(void **state)
{
	(void)state;
	expect("脸", 0, "0");
	expect("请刷卡", 0, "2");
	expect("xax", 0, "3");
	expect("上\xf0\xa0\x80\x80下", 0, "5");
	expect("卡片", 0, "");
}

static void
overlapping_words_are_all_found(void **state)
{
	(void)state;
	expect("人脸识别人", 0, "0134");
	expect("abc", 0, "35");
	expect("刷脸识别", 0, "023");
}

static void
words_at_the_ends_of_a_sentence_are_found(void **state)
{
	(void)state;
	expect("人脸。刷脸", 0, "016");
	expect("人脸。刷脸", 1, "02");
	expect("。", 0, "6");
	expect("没有", 0, "7");
}

static void
no_word_is_found_across_a_sentence_end(void **state)
{
	struct gate g;

	(void)state;
	gate_open(&g);
	g.sentences[0].text = (struct fa_range){ 0, 3 };
	g.sentences[1].text = (struct fa_range){ 3, 6 };
	g.doc = (struct fa_doc){ .text = FA_STR("人脸"),
		.sentences = g.sentences,
		.sentences_n = 2 };
	gate_find(&g);
	assert_int_equal(g.p[1]->n, 0);
	assert_int_equal(g.p[0]->n, 1);
	assert_int_equal(g.p[0]->sentence[0], 1);
	fa_arena_done(&g.a);
}

static void
a_word_that_several_lexicons_hold_counts_for_each(void **state)
{
	(void)state;
	expect("人脸识别", 0, "0134");
}

static void
a_bundle_without_words_finds_nothing(void **state)
{
	struct fa_bundle b = { 0 };
	struct fa_arena a;
	struct fa_err err;
	const struct fa_word_table *w;
	struct fa_words *found;
	struct fa_sentence s = { { 0, 6 }, 0, { 0, 0 } };
	struct fa_doc doc = {
		.text = FA_STR("人脸"), .sentences = &s, .sentences_n = 1
	};

	(void)state;
	fa_arena_init(&a, 1 << 20);
	assert_int_equal(fa_words_new(&w, &b, &a, &err), FA_OK);
	assert_int_equal(fa_words_scan(&found, w, &doc, &a, &err), FA_OK);
	fa_arena_done(&a);
}

static uint64_t
next(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

static void
compare(const struct gate *g)
{
	for (size_t i = 0; i < 8; i++) {
		const struct fa_posting *p = g->p[i];
		size_t at = 0;

		for (uint32_t s = 0; s < g->doc.sentences_n; s++) {
			struct fa_range r = g->sentences[s].text;
			struct fa_str text =
				fa_str_sub(g->doc.text, r.from, r.to);
			bool is_in = false;

			for (size_t k = 0; k < g->lexicons[i].words_n; k++)
				is_in |= fa_str_find(text, g->words[i][k], 0) !=
					SIZE_MAX;
			if (is_in && (at == p->n || p->sentence[at++] != s))
				fail_msg("lexicon %zu misses %.*s", i,
					FA_STR_ARG(text));
		}
		assert_int_equal(at, p->n); /* no more: sorted and unique */
	}
}

static void
random_texts_give_the_same_sorted_unique_postings_as_a_naive_search(
	void **state)
{
	static const char *const parts[] = { "人", "脸", "识", "别", "刷", "。",
		"人脸", "人脸识别", "a", "b", "c", "\xf0\xa0\x80\x80",
		"\xf0\xa0\x80\x81", "没", "有", "中" };
	uint64_t seed = 0x9e3779b97f4a7c15u;
	size_t found = 0;

	(void)state;
	for (size_t i = 0; i < TEXTS; i++) {
		struct gate g;
		struct fa_buf text;
		size_t n = 1 + next(&seed) % 120;

		gate_open(&g);
		fa_buf_init(&text, 4096);
		for (size_t k = 0; k < n; k++)
			fa_buf_adds(
				&text, parts[next(&seed) % FA_COUNT(parts)]);
		gate_scan(&g, fa_buf_str(&text));
		compare(&g);
		for (size_t k = 0; k < 8; k++)
			found += g.p[k]->n;
		fa_buf_done(&text);
		fa_arena_done(&g.a);
	}
	assert_true(found > TEXTS);
}

static void
a_full_arena_is_an_error(void **state)
{
	struct gate g;
	int rc = FA_OK;

	(void)state;
	gate_open(&g);
	gate_scan(&g, FA_STR("人脸。"));
	g.a.max_bytes = g.a.used_bytes;
	rc = fa_words_scan(&g.found, g.w, &g.doc, &g.a, &g.err);
	assert_int_equal(rc, FA_E_NOMEM);
	rc = fa_words_new(&g.w, &g.b, &g.a, &g.err);
	assert_int_equal(rc, FA_E_NOMEM);
	fa_arena_done(&g.a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_one_character_are_found),
		cmocka_unit_test(overlapping_words_are_all_found),
		cmocka_unit_test(words_at_the_ends_of_a_sentence_are_found),
		cmocka_unit_test(no_word_is_found_across_a_sentence_end),
		cmocka_unit_test(
			a_word_that_several_lexicons_hold_counts_for_each),
		cmocka_unit_test(a_bundle_without_words_finds_nothing),
		cmocka_unit_test(
			random_texts_give_the_same_sorted_unique_postings_as_a_naive_search),
		cmocka_unit_test(a_full_arena_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
