/* The writer tells plain text apart without decoding it. Here is what it comes
 * to, character by character: the two must write the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/utf8.h"

#define TEXT_BYTES 200
#define ROUNDS 20000

static bool
hides(uint32_t cp)
{
	if ((cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0xE0100 && cp <= 0xE01EF))
		return false;
	return cp == 0x2028 || cp == 0x2029 || (cp >= 0xFFF9 && cp <= 0xFFFB) ||
		fa_rune_is_ignorable(cp);
}

static void
put_unit(struct fa_buf *out, uint32_t unit)
{
	switch (unit) {
	case '"':
	case '\\':
		fa_buf_addf(out, "\\%c", (int)unit);
		break;
	case '\n':
		fa_buf_adds(out, "\\n");
		break;
	case '\r':
		fa_buf_adds(out, "\\r");
		break;
	case '\t':
		fa_buf_adds(out, "\\t");
		break;
	default:
		fa_buf_addf(out, "\\u%04x", (unsigned)unit);
		break;
	}
}

static void
put_plainly(struct fa_buf *out, struct fa_str s, bool nonchars)
{
	fa_buf_addc(out, '"');
	while (s.n > 0) {
		uint32_t cp;
		size_t n = fa_utf8_next(s, &cp);

		s = fa_str_sub(s, n, s.n);
		if (cp >= 0x20 && cp != '"' && cp != '\\' && !hides(cp) &&
			!(nonchars && (cp & ~1u) == 0xFFFE)) {
			fa_buf_add_rune(out, cp);
		} else if (cp > 0xFFFF) {
			put_unit(out, 0xD800 + ((cp - 0x10000) >> 10));
			put_unit(out, 0xDC00 + ((cp - 0x10000) & 0x3FF));
		} else {
			put_unit(out, cp);
		}
	}
	fa_buf_addc(out, '"');
}

static void
assert_same(struct fa_str s, bool nonchars)
{
	struct fa_buf want, got;
	struct fa_jw w;

	fa_buf_init(&want, 1 << 20);
	fa_buf_init(&got, 1 << 20);
	fa_jw_init(&w, &got, 0);
	w.nonchars = nonchars;
	put_plainly(&want, s, nonchars);
	fa_jw_str(&w, s);
	assert_int_equal(got.rc, FA_OK);
	assert_string_equal(fa_buf_str(&got).p, fa_buf_str(&want).p);
	fa_buf_done(&want);
	fa_buf_done(&got);
}

/* In the middle of plain text, and where it ends. */
static void
every_character_is_written_as_it_is_or_escaped(void **state)
{
	(void)state;
	for (uint32_t cp = 1; cp <= 0x10FFFF; cp++) {
		char text[16] = "abcdefgh";
		size_t n = 8 + fa_utf8_put(cp, text + 8);

		if (cp == 0x20000)
			cp = 0xDFFFF; /* ideographs, and nothing */
		assert_same((struct fa_str){ text + 8, n - 8 }, false);
		memcpy(text + n, "人", 3);
		assert_same((struct fa_str){ text, n + 3 }, true);
	}
}

static void
every_pair_of_leading_bytes_is_written_alike(void **state)
{
	(void)state;
	for (unsigned a = 0x7F; a <= 0xFF; a++) {
		for (unsigned b = 0; b <= 0xFF; b++) {
			char text[] = { '.', (char)a, (char)b, (char)0x9F,
				(char)0x80, '.' };

			for (size_t n = 2; n <= sizeof(text); n++)
				assert_same((struct fa_str){ text, n }, true);
		}
	}
}

static uint32_t
next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static void
any_mixture_is_written_alike(void **state)
{
	static const char *const pieces[] = { "a", "人脸", "，", "“", "\"",
		"\\", "\n", "\x7f", "\x1f", "\xe2\x80\x8b", "\xe4\xba", "\xed",
		"\xa0", "\xef\xbf\xbe", "\xf0\xa0\xae\xb7", "01234567", "·" };
	uint32_t seed = 9;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		char text[TEXT_BYTES];
		size_t most = next(&seed) % TEXT_BYTES, n = 0;

		for (;;) {
			const char *p = pieces[next(&seed) % FA_COUNT(pieces)];

			if (n + strlen(p) > most)
				break;
			memcpy(text + n, p, strlen(p));
			n += strlen(p);
		}
		assert_same((struct fa_str){ text, n }, round % 2 == 0);
	}
}

/* A buffer takes what fits to the last byte, and no item in part. */
static void
the_limit_of_the_buffer_is_exact(void **state)
{
	static const char want[] = "{\n  \"k\": \"人\",\n  \"n\": -12\n}";

	(void)state;
	for (size_t max = 0; max <= sizeof(want); max++) {
		struct fa_buf b;
		struct fa_jw w;

		fa_buf_init(&b, max);
		fa_jw_init(&w, &b, 2);
		fa_jw_object(&w);
		fa_jw_kstr(&w, "k", FA_STR("人"));
		fa_jw_kint(&w, "n", -12);
		fa_jw_end(&w, '}');
		assert_int_equal(
			b.rc, max < sizeof(want) - 1 ? FA_E_LIMIT : FA_OK);
		if (b.rc == FA_OK)
			assert_string_equal(fa_buf_str(&b).p, want);
		fa_buf_done(&b);
	}
}

static void
written_members_can_be_copied(void **state)
{
	struct fa_buf b;
	struct fa_jw w;

	(void)state;
	fa_buf_init(&b, 1000);
	fa_jw_init(&w, &b, 0);
	fa_jw_array(&w);
	fa_jw_object(&w);
	fa_jw_members(&w, FA_STR(""));
	fa_jw_members(&w, FA_STR("\"a\":1"));
	fa_jw_members(&w, FA_STR(",\"b\":2"));
	fa_jw_kint(&w, "c", 3);
	fa_jw_end(&w, '}');
	fa_jw_end(&w, ']');
	assert_string_equal(fa_buf_str(&b).p, "[{\"a\":1,\"b\":2,\"c\":3}]");
	fa_buf_done(&b);
}

#define VALUES 4

static void
write_one_by_one(struct fa_jw *w, const struct fa_jw_value *v)
{
	fa_jw_kint(w, "line", v[0].integer);
	fa_jw_kstr(w, "what_is_quoted", v[1].str);
	fa_jw_kstr(w, "x", v[2].str);
	fa_jw_kbool(w, "cut", v[3].integer != 0);
}

/* An object with these members in an array, once first in it and once behind
 * another member, and once deeper. */
static void
write_objects(struct fa_buf *out, int indent, const struct fa_jw_value *v,
	struct fa_jw_form *form)
{
	struct fa_jw w;

	fa_jw_init(&w, out, indent);
	fa_jw_array(&w);
	for (int i = 0; i < 4; i++) {
		fa_jw_object(&w);
		if (i == 1)
			fa_jw_kint(&w, "i", i);
		if (i == 2) {
			fa_jw_key(&w, "in");
			fa_jw_object(&w);
		}
		if (form)
			fa_jw_write(&w, form, v);
		else
			write_one_by_one(&w, v);
		if (i == 2)
			fa_jw_end(&w, '}');
		fa_jw_kint(&w, "end", 0);
		fa_jw_end(&w, '}');
	}
	fa_jw_end(&w, ']');
}

static void
assert_same_objects(const struct fa_jw_value *v, int indent, size_t max)
{
	struct fa_jw_form form = { .n = VALUES,
		.name = { FA_STR("line"), FA_STR("what_is_quoted"), FA_STR("x"),
			FA_STR("cut") } };
	struct fa_buf want, got;

	fa_buf_init(&want, max);
	fa_buf_init(&got, max);
	write_objects(&want, indent, v, NULL);
	write_objects(&got, indent, v, &form);
	assert_int_equal(got.rc, want.rc);
	if (want.rc == FA_OK)
		assert_string_equal(fa_buf_str(&got).p, fa_buf_str(&want).p);
	fa_buf_done(&want);
	fa_buf_done(&got);
}

static void
members_of_a_form_are_those_written_one_by_one(void **state)
{
	static const struct fa_str texts[] = { FA_STR_INIT("刷脸，须自愿。"),
		FA_STR_INIT(""), { NULL, 0 }, FA_STR_INIT("a\"\n"),
		FA_STR_INIT("\xe2\x80\x8b"), FA_STR_INIT("\xff") };
	static const int64_t numbers[] = { 0, -1, 12345, INT64_MIN, INT64_MAX };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(texts) * FA_COUNT(texts); i++) {
		struct fa_jw_value v[VALUES] = {
			{ .kind = FA_JSON_INT,
				.integer = numbers[i % FA_COUNT(numbers)] },
			{ .kind = FA_JSON_STRING,
				.str = texts[i % FA_COUNT(texts)] },
			{ .kind = FA_JSON_STRING,
				.str = texts[i / FA_COUNT(texts)] },
			{ .kind = FA_JSON_BOOL, .integer = i % 2 == 0 }
		};

		assert_same_objects(v, 0, 1 << 16);
		assert_same_objects(v, 2, 1 << 16);
		for (size_t max = 0; max < 500; max += 7)
			assert_same_objects(v, 2, max);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_character_is_written_as_it_is_or_escaped),
		cmocka_unit_test(every_pair_of_leading_bytes_is_written_alike),
		cmocka_unit_test(any_mixture_is_written_alike),
		cmocka_unit_test(the_limit_of_the_buffer_is_exact),
		cmocka_unit_test(written_members_can_be_copied),
		cmocka_unit_test(
			members_of_a_form_are_those_written_one_by_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
