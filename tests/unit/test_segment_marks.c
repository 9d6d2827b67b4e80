/* Marks of texts: by vectors and one by one, and as what they are defined to
 * be, character by character. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/bits.h"
#include "base/utf8.h"
#include "segment/marks.h"
#include "segment/parts.h"

#define TEXT_BYTES 700
#define ROUNDS 4000

struct maps {
	uint64_t stops[FA_MARKS_WORDS(TEXT_BYTES)];
	uint64_t breaks[FA_MARKS_WORDS(TEXT_BYTES)];
	uint64_t delims[FA_MARKS_WORDS(TEXT_BYTES)];
};

static uint32_t
next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* Marks, their neighbours in Unicode, and other characters. */
static uint32_t
some_rune(uint32_t *seed)
{
	static const uint32_t runes[] = { '.', '!', '?', ';', ',', ':', '"',
		'(', ')', '[', ']', '{', '}', '\n', 'a', ' ', '/', 0x3002,
		0x2026, 0x22EF, 0x4F46, 0x4E0D, 0x5426, 0x7136, 0x9664, 0x201C,
		0x201D, 0x2018, 0x2019, 0x3010, 0x3011, 0xA0, 0xE9, 0x1F600 };
	static const uint32_t from[] = { 0x20, 0x2010, 0x22E0, 0x2FFE, 0x4E00,
		0x4F40, 0x5420, 0x7130, 0x9660, 0x20000 };

	if (next(seed) % 2)
		return runes[next(seed) % FA_COUNT(runes)];
	return from[next(seed) % FA_COUNT(from)] + next(seed) % 48;
}

static size_t
some_text(char *out, size_t bytes, uint32_t *seed)
{
	size_t n = 0;

	while (n + 4 <= bytes)
		n += fa_utf8_put(some_rune(seed), out + n);
	return n;
}

static void
find(struct maps *m, struct fa_str text, enum fa_simd simd)
{
	struct fa_marks marks = { m->stops, m->breaks, m->delims };

	memset(m, 0, sizeof(*m));
	fa_marks_find(&marks, text, simd);
}

static bool
among(uint32_t cp, const char *marks)
{
	struct fa_str s = fa_str_c(marks);
	size_t at, n;

	for (at = 0; at < s.n; at += n)
		if (fa_segment_rune(s, at, &n) == cp)
			return true;
	return false;
}

static void
define(struct maps *m, struct fa_str text)
{
	size_t at, n;

	memset(m, 0, sizeof(*m));
	for (at = 0; at < text.n; at += n) {
		uint32_t cp = fa_segment_rune(text, at, &n);

		if (among(cp, "。.!?;…⋯\n"))
			fa_bits_add(m->stops, at);
		if (among(cp, ",:但不否然除"))
			fa_bits_add(m->breaks, at);
		if (among(cp, "()[]{}\"“”‘’〈〉《》「」『』【】〔〕\n"))
			fa_bits_add(m->delims, at);
	}
}

/* A copy without a byte to spare, so that a read behind it is seen. */
static struct fa_str
exact(const char *p, size_t n)
{
	char *copy = malloc(n ? n : 1);

	assert_non_null(copy);
	memcpy(copy, p, n);
	return (struct fa_str){ copy, n };
}

static void
drop(struct fa_str s)
{
	free((void *)(uintptr_t)s.p);
}

static void
marks_are_those_of_the_definition(void **state)
{
	char text[TEXT_BYTES];
	struct maps want, got;
	uint32_t seed = 1;

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		struct fa_str s = exact(
			text, some_text(text, next(&seed) % TEXT_BYTES, &seed));

		define(&want, s);
		find(&got, s, FA_SIMD_SCALAR);
		assert_memory_equal(&got, &want, sizeof(got));
		find(&got, s, fa_cpu_simd());
		assert_memory_equal(&got, &want, sizeof(got));
		drop(s);
	}
}

static void
vectors_find_the_same_marks_in_any_bytes(void **state)
{
	static const unsigned char leads[] = { 0xE2, 0xE3, 0xE4, 0xE5, 0xE7,
		0xE9, 0x80, 0x82, 0x86, 0x8D, 0xA6, 0xB8, 0xBD, '.', ',' };
	char text[TEXT_BYTES];
	struct maps one, other;
	uint32_t seed = 2;

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		size_t n = i < 300 ? (size_t)i : next(&seed) % TEXT_BYTES;
		struct fa_str s;

		for (size_t k = 0; k < n; k++)
			text[k] = next(&seed) % 4
				? (char)leads[next(&seed) % FA_COUNT(leads)]
				: (char)next(&seed);
		s = exact(text, n);
		find(&one, s, FA_SIMD_SCALAR);
		find(&other, s, fa_cpu_simd());
		assert_memory_equal(&one, &other, sizeof(one));
		drop(s);
	}
}

static void
characters_are_counted_as_by_decoding(void **state)
{
	static char text[20000];
	uint32_t seed = 3;

	(void)state;
	for (int i = 0; i < 500; i++) {
		size_t bytes = i < 60 ? (size_t)i : next(&seed) % sizeof(text);
		struct fa_str s = exact(text, some_text(text, bytes, &seed));

		assert_int_equal(fa_segment_chars(s), fa_utf8_count(s));
		drop(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_are_those_of_the_definition),
		cmocka_unit_test(vectors_find_the_same_marks_in_any_bytes),
		cmocka_unit_test(characters_are_counted_as_by_decoding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
