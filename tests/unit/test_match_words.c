/* The word gate against a naive search. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "fuzz/invariant_words.h"
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
	struct fa_words_notes *notes;
	struct fa_sentence sentences[SENTENCES];
	struct fa_doc doc;
	struct fa_words *found;
	const uint64_t *row[8];
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
	assert_int_equal(
		fa_words_notes_new(&g->notes, g->w, &g->a, &g->err), FA_OK);
}

static void
gate_find(struct gate *g)
{
	assert_int_equal(
		fa_words_scan(&g->found, g->notes, &g->doc, &g->a, &g->err),
		FA_OK);
	for (uint32_t i = 0; i < 8; i++) {
		assert_int_equal(fa_words_row(&g->row[i], g->found, i), FA_OK);
		assert_int_equal(fa_words_has(g->found, i), g->row[i] != NULL);
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
	const uint64_t *row = g->row[lexicon];

	return row && (row[sentence / 64] >> sentence % 64 & 1);
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
	assert_null(g.row[1]);
	assert_non_null(g.row[0]);
	assert_int_equal(g.row[0][0], 2);
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
	struct fa_words_notes *notes;
	struct fa_words *found;
	struct fa_sentence s = { { 0, 6 }, 0, { 0, 0 } };
	struct fa_doc doc = {
		.text = FA_STR("人脸"), .sentences = &s, .sentences_n = 1
	};

	(void)state;
	fa_arena_init(&a, 1 << 20);
	assert_int_equal(fa_words_new(&w, &b, &a, &err), FA_OK);
	assert_int_equal(fa_words_notes_new(&notes, w, &a, &err), FA_OK);
	assert_int_equal(fa_words_scan(&found, notes, &doc, &a, &err), FA_OK);
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
random_texts_give_the_same_sentences_as_a_naive_search(void **state)
{
	static const char *const parts[] = { "人", "脸", "识", "别", "刷", "。",
		"人脸", "人脸识别", "a", "b", "c", "\xf0\xa0\x80\x80",
		"\xf0\xa0\x80\x81", "没", "有", "中", "\n", "é" };
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
		found += words_check(&g.b, fa_buf_str(&text));
		fa_buf_done(&text);
		fa_arena_done(&g.a);
	}
	assert_true(found > TEXTS);
}

/* A word of random characters out of a few. */
static struct fa_str
random_word(struct fa_arena *a, uint64_t *seed, size_t most)
{
	static const char *const parts[] = { "一", "二", "三", "四", "x", "é",
		"한", "\xf0\x9f\x98\x80" };
	struct fa_str word;
	struct fa_buf text;
	size_t n = 1 + next(seed) % most;

	fa_buf_init(&text, 1 << 16);
	for (size_t i = 0; i < n; i++)
		fa_buf_adds(&text, parts[next(seed) % FA_COUNT(parts)]);
	word = fa_arena_dup(a, fa_buf_str(&text));
	fa_buf_done(&text);
	return word;
}

/* Texts of words, ends of sentences every so often. */
static size_t
check_random_lexicons(uint64_t *seed, size_t longest, size_t pieces, size_t end)
{
	struct fa_lexicon ls[70] = { { .words_n = 0 } };
	struct fa_bundle b = { .lexicons = ls, .lexicons_n = FA_COUNT(ls) };
	struct fa_buf text;
	struct fa_arena a;
	size_t found;

	fa_arena_init(&a, 64u << 20);
	fa_buf_init(&text, 1 << 20);
	for (size_t i = 0; i < b.lexicons_n; i++) {
		ls[i].words_n = next(seed) % 4;
		ls[i].words = fa_arena_new(&a, 4, sizeof(*ls[i].words));
		for (size_t k = 0; k < ls[i].words_n; k++)
			ls[i].words[k] = random_word(&a, seed, longest);
	}
	for (size_t i = 0; i < pieces; i++) {
		const struct fa_lexicon *l = &ls[next(seed) % b.lexicons_n];

		if (l->words_n > 0)
			fa_buf_add(&text, l->words[next(seed) % l->words_n]);
		if (next(seed) % end == 0)
			fa_buf_adds(&text, next(seed) % 2 ? "。" : "\n");
	}
	found = words_check(&b, fa_buf_str(&text));
	fa_buf_done(&text);
	fa_arena_done(&a);
	return found;
}

static void
words_of_all_lengths_are_found_in_texts_made_of_them(void **state)
{
	uint64_t seed = 88172645463325252u;
	size_t found = 0;

	(void)state;
	for (size_t i = 0; i < 40; i++)
		found += check_random_lexicons(&seed, 1 + i % 12, 300, 3);
	assert_true(found > 10000);
}

static void
sentences_longer_than_what_is_searched_at_once_lose_no_word(void **state)
{
	uint64_t seed = 2463534242u;
	size_t found = 0;

	(void)state;
	for (size_t i = 0; i < 8; i++)
		found += check_random_lexicons(&seed, 3, 4000, 3000);
	/* Words as long as that. */
	for (size_t i = 0; i < 4; i++)
		found += check_random_lexicons(&seed, 900, 40, 5);
	assert_true(found > 100);
}

/* The only one in its sentence, at all places. */
static void
a_word_over_the_cut_of_a_long_sentence_is_found(void **state)
{
	struct fa_str word = FA_STR("刷脸登录时采集的人脸识别信息");
	struct fa_lexicon l = { .words = &word, .words_n = 1 };
	struct fa_bundle b = { .lexicons = &l, .lexicons_n = 1 };
	const size_t size = 9000;
	char *text = calloc(1, size);

	(void)state;
	assert_non_null(text);
	for (size_t at = 0; at + word.n < size; at += word.n / 3) {
		memset(text, 'x', size);
		memcpy(text + at, word.p, word.n);
		assert_true(words_check(&b, (struct fa_str){ text, size }) > 0);
	}
	free(text);
}

static void
a_long_text_without_any_word_to_look_for_ends(void **state)
{
	struct fa_bundle b = { 0 };
	char text[8192];

	(void)state;
	memset(text, 'x', sizeof(text));
	assert_int_equal(words_check(&b, (struct fa_str){ text, 8192 }), 0);
}

/* A lexicon by its words, a few of which are empty, broken or there twice. */
static void
words_that_cannot_stand_in_a_text_are_left_out(void **state)
{
	struct fa_str words[] = { FA_STR(""), FA_STR("\xe4\xba"),
		FA_STR("人\xe8"), FA_STR("脸"), FA_STR("脸") };
	struct fa_lexicon l = { .words = words, .words_n = FA_COUNT(words) };
	struct fa_bundle b = { .lexicons = &l, .lexicons_n = 1 };
	const struct fa_word_table *t;
	struct fa_arena a;
	struct fa_err err;

	(void)state;
	fa_arena_init(&a, 1 << 20);
	assert_int_equal(fa_word_table_new(&t, &b, &a, &err), FA_OK);
	assert_int_equal(t->uses_n, 1);
	assert_int_equal(t->classes_n, 1);
	fa_arena_done(&a);
	assert_int_equal(words_check(&b, FA_STR("人人。")), 0);
	assert_true(words_check(&b, FA_STR("人。脸")) > 0);
}

static void
too_many_different_characters_are_an_error(void **state)
{
	size_t n = FA_WORD_CLASSES_MAX + 1;
	struct fa_str *words = calloc(n, sizeof(*words));
	char *bytes = calloc(n, 4);
	struct fa_lexicon l = { .words = words, .words_n = n };
	struct fa_bundle b = { .lexicons = &l, .lexicons_n = 1 };
	const struct fa_word_table *t;
	struct fa_arena a;
	struct fa_err err;

	(void)state;
	assert_non_null(words);
	assert_non_null(bytes);
	for (size_t i = 0; i < n; i++)
		words[i] = (struct fa_str){ bytes + i * 4,
			fa_utf8_put(0x9000 + (uint32_t)i, bytes + i * 4) };
	fa_arena_init(&a, 64u << 20);
	assert_int_equal(fa_word_table_new(&t, &b, &a, &err), FA_E_LIMIT);
	l.words_n--;
	assert_int_equal(fa_word_table_new(&t, &b, &a, &err), FA_OK);
	assert_true(words_check(&b, FA_STR("\xea\x80\x80。x")) > 0);
	fa_arena_done(&a);
	free(words);
	free(bytes);
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
	rc = fa_words_scan(&g.found, g.notes, &g.doc, &g.a, &g.err);
	assert_int_equal(rc, FA_E_NOMEM);
	rc = fa_words_new(&g.w, &g.b, &g.a, &g.err);
	assert_int_equal(rc, FA_E_NOMEM);
	fa_arena_done(&g.a);
}

static struct fa_doc
one_sentence(struct fa_sentence *at, struct fa_str text)
{
	at->text = (struct fa_range){ 0, (uint32_t)text.n };
	return (struct fa_doc){
		.text = text, .sentences = at, .sentences_n = 1
	};
}

/* Which of the eight lexicons a text has, scanned into an arena of its own of
 * so many bytes: bits; all are set when there is no memory. */
static unsigned
scan_again(struct gate *g, struct fa_str text, size_t max_bytes)
{
	struct fa_sentence sentence;
	struct fa_doc doc = one_sentence(&sentence, text);
	struct fa_words *found;
	struct fa_arena a;
	unsigned bits = 0;
	int rc;

	fa_arena_init(&a, max_bytes);
	rc = fa_words_scan(&found, g->notes, &doc, &a, &g->err);
	for (uint32_t i = 0; i < 8 && rc == FA_OK; i++) {
		const uint64_t *row = NULL;

		assert_int_equal(fa_words_row(&row, found, i), FA_OK);
		assert_int_equal(fa_words_has(found, i), row != NULL);
		if (row) {
			assert_int_equal(row[0], 1);
			bits |= 1u << i;
		}
	}
	fa_arena_done(&a);
	return rc == FA_OK ? bits : UINT32_MAX;
}

static void
a_scan_finds_nothing_of_the_one_before(void **state)
{
	struct gate g;

	(void)state;
	gate_open(&g);
	for (int i = 0; i < 30000; i++) {
		assert_int_equal(
			scan_again(&g, FA_STR("刷人脸识别"), 1 << 20), 0x1f);
		assert_int_equal(scan_again(&g, FA_STR("没有abc"), 1 << 20),
			0x20 | 0x80 | 8);
	}
	fa_arena_done(&g.a);
}

static void
a_scan_that_ended_without_memory_leaves_nothing(void **state)
{
	struct gate g;
	size_t most = 0;

	(void)state;
	gate_open(&g);
	for (; scan_again(&g, FA_STR("刷人脸识别"), most) == UINT32_MAX;
		most += 4096)
		assert_int_equal(scan_again(&g, FA_STR("没有"), 1 << 20), 0x80);
	assert_true(most > 4096);
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
			random_texts_give_the_same_sentences_as_a_naive_search),
		cmocka_unit_test(
			words_of_all_lengths_are_found_in_texts_made_of_them),
		cmocka_unit_test(
			sentences_longer_than_what_is_searched_at_once_lose_no_word),
		cmocka_unit_test(
			a_word_over_the_cut_of_a_long_sentence_is_found),
		cmocka_unit_test(a_long_text_without_any_word_to_look_for_ends),
		cmocka_unit_test(
			words_that_cannot_stand_in_a_text_are_left_out),
		cmocka_unit_test(too_many_different_characters_are_an_error),
		cmocka_unit_test(a_full_arena_is_an_error),
		cmocka_unit_test(a_scan_finds_nothing_of_the_one_before),
		cmocka_unit_test(
			a_scan_that_ended_without_memory_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
