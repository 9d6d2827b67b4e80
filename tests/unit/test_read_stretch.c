/* Stretches of plain characters against the way of one character at a time,
 * and the vector version against the portable one. */
#include "unit/fixture_read.h"

#include <stdlib.h>

#include "read/build.h"

#define ROUNDS 4000
#define PARTS 60

static uint32_t
draw(uint32_t *state, uint32_t below)
{
	*state = *state * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)(*state >> 8) * below >> 24);
}

enum way { BY_RUNES, PORTABLE, VECTORS };

/* What is written of a text, cut at some places. */
static void
build(struct fa_doc *doc, struct fa_str raw, enum fa_encoding e, enum way way,
	uint32_t seed, struct fa_arena *a)
{
	struct fa_enc_pick pick = { .encoding = e };
	struct fa_source src;
	struct fa_build *b = fa_arena_new(a, 1, sizeof(*b));
	struct fa_err err;
	size_t at = 0;

	assert_non_null(b);
	assert_int_equal(
		fa_source_init(&src, raw, pick, false, a, &err), FA_OK);
	if (way == PORTABLE)
		src.simd = FA_SIMD_SCALAR;
	fa_build_init(b, &src, a);
	while (at < src.text.n) {
		size_t to = at + 1 + draw(&seed, 300);

		to = to < src.text.n ? to : src.text.n;
		while (to < src.text.n && (src.text.p[to] & 0xc0) == 0x80)
			to++;
		if (way != BY_RUNES)
			fa_build_slice(b, at, to);
		while (way == BY_RUNES && at < to) {
			uint32_t cp;
			size_t n =
				fa_utf8_next(fa_str_sub(src.text, at, to), &cp);

			fa_build_rune(b, cp, at, at + n);
			at += n;
		}
		b->bold = draw(&seed, 3) == 0;
		if (draw(&seed, 4) == 0)
			fa_build_break(b);
		at = to;
	}
	*doc = (struct fa_doc){ .raw = raw, .encoding = e };
	assert_int_equal(fa_build_finish(b, doc, &err), FA_OK);
	fa_build_done(b);
	fa_source_done(&src);
}

/* The next cell, of the run at hand or the next one. */
static bool
next_cell(struct fa_map_walk *w, struct fa_map_run *run, uint32_t cell[4])
{
	if (run->text_from == run->text_to && !fa_map_next(w, run))
		return false;
	cell[0] = run->text_from;
	cell[1] = run->raw_from;
	cell[2] = run->text_step;
	cell[3] = run->raw_step;
	run->text_from += run->text_step;
	run->raw_from += run->raw_step;
	return true;
}

static bool
same_cells(const struct fa_doc *a, const struct fa_doc *b)
{
	struct fa_map_walk x = fa_map_walk_from(&a->map, 0);
	struct fa_map_walk y = fa_map_walk_from(&b->map, 0);
	struct fa_map_run of_x = { 0 }, of_y = { 0 };
	uint32_t p[4], q[4];

	while (next_cell(&x, &of_x, p))
		if (!next_cell(&y, &of_y, q) || memcmp(p, q, sizeof(p)) != 0)
			return false;
	return !next_cell(&y, &of_y, q);
}

static void
compare(const struct fa_doc *a, const struct fa_doc *b, size_t round)
{
	if (!fa_str_eq(a->text, b->text))
		fail_msg("round %zu: text", round);
	if (!same_cells(a, b))
		fail_msg("round %zu: map", round);
	if (a->blocks_n != b->blocks_n)
		fail_msg("round %zu: blocks", round);
	for (size_t i = 0; i < a->blocks_n; i++)
		if (a->blocks[i].kind != b->blocks[i].kind ||
			a->blocks[i].text.to != b->blocks[i].text.to)
			fail_msg("round %zu: block %zu", round, i);
}

static struct fa_str
scribble(uint32_t *seed, struct fa_arena *a)
{
	static const char *const parts[] = { "我们使用人脸识别技术验证您的身份",
		"人", "脸", "，", "。", "：（", "App", "a", "SDK 1.0", " ",
		"  ", "\n", "\t", "　", "“", "”", "其它", "登陆", "登", "陆",
		"它", "資訊", "①", "…", "é", "·", "\u200b", "\u00a0", "〇",
		"々", "𠀀", "€", "\ufffd", "ﷺ", "⻉", "ＡＢＣ", "\uff5e",
		"\uff5f", "\uff00", "䷀", "㐀",
		"the quick brown fox jumps over it",
		"个人信息保护影响评估报告应当至少保存三年以备查验" };
	struct fa_buf out;
	struct fa_str s;
	uint32_t n = draw(seed, PARTS);

	fa_buf_init(&out, 1 << 16);
	for (uint32_t i = 0; i < n; i++)
		fa_buf_adds(&out, parts[draw(seed, FA_COUNT(parts))]);
	/* At the very end of its memory, for what reads beyond it. */
	s = fa_arena_dup(a, fa_buf_str(&out));
	fa_buf_done(&out);
	return s;
}

static void
all_ways_give_the_same_document(void **state)
{
	uint32_t seed = 3;

	(void)state;
	for (size_t i = 0; i < ROUNDS; i++) {
		struct fa_doc by_runes, portable, vectors;
		struct fa_arena a;
		struct fa_str s;
		char *end;

		fa_arena_init(&a, 16 << 20);
		s = scribble(&seed, &a);
		end = malloc(s.n + 1);
		assert_non_null(end);
		memcpy(end, s.p, s.n);
		s.p = end;
		build(&by_runes, s, FA_ENC_UTF8, BY_RUNES, seed, &a);
		build(&portable, s, FA_ENC_UTF8, PORTABLE, seed, &a);
		build(&vectors, s, FA_ENC_UTF8, VECTORS, seed, &a);
		compare(&by_runes, &portable, i);
		compare(&by_runes, &vectors, i);
		free(end);
		fa_arena_done(&a);
	}
}

/* Any bytes are a text in each of these, with units of all lengths. */
static void
other_encodings_keep_their_places_too(void **state)
{
	static const enum fa_encoding encodings[] = { FA_ENC_GB18030,
		FA_ENC_BIG5, FA_ENC_UTF16LE, FA_ENC_UTF16BE, FA_ENC_LATIN1,
		FA_ENC_UTF8 };
	uint32_t seed = 9;

	(void)state;
	for (size_t i = 0; i < ROUNDS; i++) {
		enum fa_encoding e = encodings[i % FA_COUNT(encodings)];
		struct fa_doc by_runes, stretches;
		struct fa_arena a;
		char bytes[400];
		struct fa_str s = { bytes, draw(&seed, sizeof(bytes)) };

		for (size_t k = 0; k < s.n; k++) {
			uint32_t kind = draw(&seed, 10);

			bytes[k] = (char)(kind < 2 ? 0x20 + draw(&seed, 0x60)
					: kind < 3 ? '0' + draw(&seed, 10)
					: kind < 4 ? draw(&seed, 256)
						   : 0xb0 + draw(&seed, 0x48));
		}
		/* 가 in GB18030 between Han: as wide, but of four bytes. */
		if (s.n > 40)
			memcpy(bytes + draw(&seed, 30),
				"\xc8\xcb\x82\x37\xcf\x35\xc1\xb3", 8);
		fa_arena_init(&a, 16 << 20);
		build(&by_runes, s, e, BY_RUNES, seed, &a);
		build(&stretches, s, e, VECTORS, seed, &a);
		compare(&by_runes, &stretches, i);
		fa_arena_done(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_ways_give_the_same_document),
		cmocka_unit_test(other_encodings_keep_their_places_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
