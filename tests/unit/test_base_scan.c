#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/scan.h"
#include "base/utf8.h"

#define ROUNDS 40000
#define TEXT_MAX 200

static uint32_t
draw(uint32_t *state, uint32_t below)
{
	*state = *state * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)(*state >> 8) * below >> 24);
}

static size_t
find(struct fa_str set, struct fa_str s, size_t from, size_t to)
{
	while (from < to && memchr(set.p, s.p[from], set.n) == NULL)
		from++;
	return from;
}

/* Texts at the very end of their memory, for what reads beyond it. */
static void
both_versions_find_what_a_search_finds(void **state)
{
	static const struct fa_str sets[] = { FA_STR_INIT("\n\r"),
		FA_STR_INIT("\\*_![]`<{&"), FA_STR_INIT("\x7f"),
		FA_STR_INIT("<") };
	uint32_t seed = 7;

	(void)state;
	for (size_t i = 0; i < ROUNDS; i++) {
		struct fa_str set = sets[i % 4];
		struct fa_scan_set compiled = fa_scan_set(set);
		size_t n = draw(&seed, TEXT_MAX);
		size_t to = draw(&seed, (uint32_t)n + 1);
		size_t from = draw(&seed, (uint32_t)to + 1);
		char *p = malloc(n + 1);
		struct fa_str s = { p + 1, n };
		size_t want;

		assert_non_null(p);
		for (size_t k = 0; k < n; k++)
			p[1 + k] = (char)(draw(&seed, 60) == 0
					? draw(&seed, 256)
					: 0x80 | draw(&seed, 128));
		want = find(set, s, from, to);
		if (fa_scan(&compiled, s, from, to, FA_SIMD_SCALAR) != want ||
			fa_scan(&compiled, s, from, to, fa_cpu_simd()) != want)
			fail_msg("text %zu [%zu, %zu)", i, from, to);
		free(p);
	}
}

static void
both_versions_find_the_same_pairs(void **state)
{
	const struct fa_str first = FA_STR("<&"), second = FA_STR("/!<");
	const struct fa_scan_set set = fa_scan_set(first);
	const struct fa_scan_set behind = fa_scan_set(second);
	uint32_t seed = 8, found = 0;

	(void)state;
	for (size_t i = 0; i < ROUNDS; i++) {
		size_t n = draw(&seed, TEXT_MAX);
		size_t to = draw(&seed, (uint32_t)n + 1);
		size_t from = draw(&seed, (uint32_t)to + 1), want = from;
		char *p = malloc(n + 1);
		struct fa_str s = { p + 1, n };

		assert_non_null(p);
		for (size_t k = 0; k < n; k++)
			p[1 + k] = "<&/!ab\xe4\x3f"[draw(&seed, 8)];
		if (i % 2 == 0) /* few of them */
			for (size_t k = 0; k < n; k++)
				if (draw(&seed, 12) != 0)
					p[1 + k] = 'c';
		while (want < to &&
			!(memchr(first.p, s.p[want], first.n) != NULL &&
				want + 1 < n &&
				memchr(second.p, s.p[want + 1], second.n) !=
					NULL))
			want++;
		found += want < to;
		if (fa_scan_pair(&set, &behind, s, from, to, FA_SIMD_SCALAR) !=
				want ||
			fa_scan_pair(&set, &behind, s, from, to,
				fa_cpu_simd()) != want)
			fail_msg("text %zu [%zu, %zu)", i, from, to);
		free(p);
	}
	assert_in_range(found, ROUNDS / 4, ROUNDS);
}

static void
every_byte_is_in_its_own_set_only(void **state)
{
	(void)state;
	for (unsigned in = 0; in < 0x80; in++) {
		char c = (char)in;
		struct fa_scan_set set = fa_scan_set((struct fa_str){ &c, 1 });

		for (unsigned b = 0; b < 256; b++) {
			char text[32];
			struct fa_str s = { text, 32 };
			size_t want = b == in ? 0 : 32;

			memset(text, (int)b, 32);
			assert_int_equal(
				fa_scan(&set, s, 0, 32, FA_SIMD_SCALAR), want);
			assert_int_equal(
				fa_scan(&set, s, 0, 32, fa_cpu_simd()), want);
		}
	}
}

/* Long enough for a lane of a vector to count to its end. */
static void
both_versions_count_what_a_walk_counts(void **state)
{
	static const uint32_t rare[] = { 1, 2, 100, 5000 };
	uint32_t seed = 3;

	(void)state;
	for (size_t i = 0; i < 400; i++) {
		size_t n = draw(&seed, i % 8 == 0 ? 20000 : 100), want = 0;
		char *p = malloc(n + 1);
		struct fa_str s = { p + 1, n };
		size_t last = SIZE_MAX, a = SIZE_MAX, b = SIZE_MAX;

		assert_non_null(p);
		for (size_t k = 0; k < n; k++) {
			bool is = draw(&seed, rare[i % 4]) == 0;

			p[1 + k] = is ? '\n' : (char)(draw(&seed, 240) + 16);
			want += is;
			last = is ? k : last;
		}
		assert_int_equal(
			fa_scan_count(&a, s, '\n', FA_SIMD_SCALAR), want);
		assert_int_equal(
			fa_scan_count(&b, s, '\n', fa_cpu_simd()), want);
		assert_int_equal(a, last);
		assert_int_equal(b, last);
		free(p);
	}
}

/* What fa_utf8_next says of it, character by character. */
static struct fa_utf8_look
look(struct fa_str s)
{
	struct fa_utf8_look l = { true, false, false };

	for (size_t at = 0; at < s.n;) {
		uint32_t cp;
		size_t n = fa_utf8_next(fa_str_sub(s, at, s.n), &cp);

		l.valid = l.valid && (n > 1 || cp < 0x80);
		l.multi = l.multi || n > 1;
		l.wide = l.wide || n > 2;
		at += n;
	}
	return l;
}

static void
check_look(struct fa_str s, size_t round)
{
	const enum fa_simd versions[] = { FA_SIMD_SCALAR, fa_cpu_simd() };
	struct fa_utf8_look want = look(s);

	for (size_t v = 0; v < 2; v++) {
		struct fa_utf8_look got = fa_utf8_look(s, versions[v]);

		if (got.valid != want.valid)
			fail_msg("text %zu, version %zu", round, v);
		if (want.valid &&
			(got.multi != want.multi || got.wide != want.wide))
			fail_msg("text %zu, version %zu", round, v);
	}
}

/* Characters of all lengths; in every other text some bytes are changed. */
static void
both_versions_agree_on_what_is_utf8(void **state)
{
	static const uint32_t bounds[] = { 0x80, 0x80, 0x800, 0x10000,
		0x110000 };
	uint32_t seed = 11;

	(void)state;
	for (size_t i = 0; i < ROUNDS; i++) {
		size_t max = draw(&seed, TEXT_MAX), n = 0;
		char *p = malloc(max + 8), *end;

		assert_non_null(p);
		while (n < max) {
			uint32_t k = draw(&seed, 5);

			n += fa_utf8_put(draw(&seed, bounds[k]), p + n);
		}
		end = malloc(n + 1);
		assert_non_null(end);
		memcpy(end, p, n);
		for (size_t k = 0; n > 0 && k < i % 2 * draw(&seed, 3); k++)
			end[draw(&seed, (uint32_t)n)] = (char)draw(&seed, 256);
		check_look((struct fa_str){ end, n }, i);
		free(end);
		free(p);
	}
}

/* All pairs and all triples of telling bytes, across the bounds of blocks. */
static void
every_short_sequence_is_judged_at_every_place(void **state)
{
	static const unsigned char bytes[] = { 0, 0x41, 0x7f, 0x80, 0x8f, 0x90,
		0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec,
		0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf8, 0xff };
	size_t n = sizeof(bytes);
	char text[70];

	(void)state;
	for (size_t i = 0; i < n * n * n * n; i++) {
		size_t at = 28 + i % 7;

		memset(text, 'a', sizeof(text));
		text[at] = (char)bytes[i % n];
		text[at + 1] = (char)bytes[i / n % n];
		text[at + 2] = (char)bytes[i / n / n % n];
		text[at + 3] = (char)bytes[i / n / n / n];
		check_look((struct fa_str){ text, at + 1 + i % 36 }, i);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_versions_count_what_a_walk_counts),
		cmocka_unit_test(both_versions_find_what_a_search_finds),
		cmocka_unit_test(both_versions_find_the_same_pairs),
		cmocka_unit_test(every_byte_is_in_its_own_set_only),
		cmocka_unit_test(both_versions_agree_on_what_is_utf8),
		cmocka_unit_test(every_short_sequence_is_judged_at_every_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
