/* Places and visible text are found by stretches; here they are found one
 * character after the other, and must be the same. */
#include "unit/fixture_read.h"

#include "read/enc.h"

#define TEXT_BYTES 160
#define ROUNDS 1000
#define PLACES (TEXT_BYTES + 3)

static uint32_t
next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static size_t
fill(char *text, const char *const *pieces, size_t n, uint32_t *seed)
{
	size_t most = next(seed) % TEXT_BYTES, at = 0;

	for (;;) {
		const char *p = pieces[next(seed) % n];

		if (at + strlen(p) > most)
			return at;
		memcpy(text + at, p, strlen(p));
		at += strlen(p);
	}
}

static bool
is_wide(enum fa_encoding e)
{
	return e == FA_ENC_UTF16LE || e == FA_ENC_UTF16BE;
}

static char
ascii_of(const struct fa_doc *doc, size_t at, size_t n)
{
	const char *p = doc->raw.p + at;

	if (!is_wide(doc->encoding))
		return n == 1 ? p[0] : 'x';
	if (n != 2)
		return 'x';
	return doc->encoding == FA_ENC_UTF16LE ? (p[1] == 0 ? p[0] : 'x')
					       : (p[0] == 0 ? p[1] : 'x');
}

/* Line and column of a place, from the beginning of the document. */
static struct fa_position
walked(const struct fa_doc *doc, size_t mark, size_t goal)
{
	struct fa_position p = { 1, 1, 0 };
	bool cr = false;

	for (size_t at = mark; at < goal && at < doc->raw.n;) {
		size_t n = fa_enc_unit(
			doc->encoding, fa_str_sub(doc->raw, at, doc->raw.n), 0);
		char c = ascii_of(doc, at, n);

		if (at + n > goal)
			break;
		if (c == '\r' || (c == '\n' && !cr)) {
			p.line++;
			p.column = 1;
		} else if (c != '\n') {
			p.column++;
		}
		cr = c == '\r';
		at += n;
	}
	return p;
}

static void
assert_places(struct fa_str raw, enum fa_encoding e)
{
	struct fa_doc doc = { .raw = raw,
		.encoding = e,
		.bad_bytes = e == FA_ENC_UTF8 && !fa_utf8_valid(raw) };
	size_t mark = fa_str_starts(raw, FA_STR("\xef\xbb\xbf")) ? 3 : 0;
	struct fa_position got[PLACES];
	uint32_t at[PLACES];

	for (uint32_t i = 0; i < PLACES; i++)
		at[i] = i;
	fa_read_positions(&doc, at, raw.n + 3, got);
	for (size_t i = 0; i < raw.n + 3; i++) {
		struct fa_position want = walked(&doc, mark, i);

		assert_int_equal(got[i].line, want.line);
		assert_int_equal(got[i].column, want.column);
	}
	/* The last alone: nothing was asked for before it. */
	at[0] = (uint32_t)raw.n;
	fa_read_positions(&doc, at, 1, got);
	assert_int_equal(got[0].line, walked(&doc, mark, raw.n).line);
	assert_int_equal(got[0].column, walked(&doc, mark, raw.n).column);
}

static void
places_are_those_of_a_walk_from_the_beginning(void **state)
{
	static const char *const pieces[] = { "\n", "\r", "\r\n", "a", "人脸",
		"，", "abcdefghij", "\xe4\xba", "\xff", "\x81", "\x81\x30",
		"\xf0\xa0\xae\xb7", "\x0a\x4e", "\xef\xbb\xbf" };
	uint32_t seed = 4;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		char text[TEXT_BYTES];
		struct fa_str raw = { text,
			fill(text, pieces, FA_COUNT(pieces), &seed) };

		for (int e = FA_ENC_UTF8; e <= FA_ENC_LATIN1; e++)
			assert_places(raw, (enum fa_encoding)e);
	}
}

/* The text in UTF-16, with a mark; out has room for all of it. */
static struct fa_str
widened(char *out, struct fa_str s)
{
	size_t n = 2;

	memcpy(out, "\xff\xfe", 2);
	while (s.n > 0) {
		uint32_t cp;
		size_t k = fa_utf8_next(s, &cp);

		s = fa_str_sub(s, k, s.n);
		if (cp > 0xFFFF) {
			uint32_t high = 0xD800 + ((cp - 0x10000) >> 10);

			out[n++] = (char)high;
			out[n++] = (char)(high >> 8);
			cp = 0xDC00 + (cp & 0x3FF);
		}
		out[n++] = (char)cp;
		out[n++] = (char)(cp >> 8);
	}
	return (struct fa_str){ out, n };
}

/* Each range of the text, at any byte, shows the same whichever encoding the
 * document has. */
static void
assert_shown_alike(const struct fa_doc *a, const struct fa_doc *b)
{
	struct fa_buf x, y;

	assert_true(fa_str_eq(a->text, b->text));
	fa_buf_init(&x, 1 << 16);
	fa_buf_init(&y, 1 << 16);
	for (uint32_t from = 0; from < a->text.n; from++) {
		for (uint32_t to = from + 1; to <= a->text.n; to += 7) {
			fa_buf_reset(&x);
			fa_buf_reset(&y);
			fa_read_visible(a, (struct fa_range){ from, to }, &x);
			fa_read_visible(b, (struct fa_range){ from, to }, &y);
			assert_string_equal(fa_buf_str(&x).p, fa_buf_str(&y).p);
		}
	}
	fa_buf_done(&x);
	fa_buf_done(&y);
}

static void
what_is_shown_does_not_depend_on_the_encoding(void **state)
{
	static const char *const pieces[] = { "人脸识别", "，", "。", "a", " ",
		"\n", "\n\n", "臉", "Ａ", "“", "　", "\xe2\x80\x8b",
		"\xe2\x80\x82", "\xf0\xa0\xae\xb7", "㎏", "é", "&amp;", "⽂" };
	uint32_t seed = 11;

	(void)state;
	for (int round = 0; round < ROUNDS / 20; round++) {
		char text[TEXT_BYTES], wide[2 + 2 * TEXT_BYTES];
		struct fa_str s = { text,
			fill(text, pieces, FA_COUNT(pieces), &seed) };
		struct reading a, b;

		reading_charset(&a, s, FA_FORMAT_TEXT, FA_STR("utf-8"));
		reading_init(&b, widened(wide, s), FA_FORMAT_TEXT);
		assert_int_equal(a.rc, FA_OK);
		assert_int_equal(b.rc, FA_OK);
		assert_shown_alike(&a.doc, &b.doc);
		reading_done(&a);
		reading_done(&b);
	}
}

/* The same in GB18030, where what is plain is decoded at once. */
static void
what_is_shown_of_gb18030_is_what_is_shown_of_utf_8(void **state)
{
	static const struct {
		const char *utf8, *gb;
	} pieces[] = { { "人脸识别", "\xc8\xcb\xc1\xb3\xca\xb6\xb1\xf0" },
		{ "，", "\xa3\xac" }, { "。", "\xa1\xa3" }, { "a", "a" },
		{ " ", " " }, { "\n", "\n" }, { "臉", "\xc4\x98" },
		{ "Ａ", "\xa3\xc1" }, { "“", "\xa1\xb0" }, { "　", "\xa1\xa1" },
		{ "é", "\xa8\xa6" }, { "⽂", "\x81\x39\x91\x38" },
		{ "·", "\xa1\xa4" }, { "登陸", "\xb5\xc7\xea\x91" },
		{ "&amp;", "&amp;" }, { "&nbsp;", "&nbsp;" },
		{ "<b>", "<b>" } };
	uint32_t seed = 3;

	(void)state;
	for (int round = 0; round < ROUNDS / 10; round++) {
		enum fa_format format =
			round % 2 == 0 ? FA_FORMAT_TEXT : FA_FORMAT_HTML;
		char utf8[2 * TEXT_BYTES] = "", gb[2 * TEXT_BYTES] = "";
		struct reading a, b;

		while (strlen(utf8) < TEXT_BYTES) {
			uint32_t k = next(&seed) % FA_COUNT(pieces);

			memcpy(utf8 + strlen(utf8), pieces[k].utf8,
				strlen(pieces[k].utf8) + 1);
			memcpy(gb + strlen(gb), pieces[k].gb,
				strlen(pieces[k].gb) + 1);
		}
		reading_charset(&a, fa_str_c(utf8), format, FA_STR("utf-8"));
		reading_charset(&b, fa_str_c(gb), format, FA_STR("gb18030"));
		assert_int_equal(a.rc, FA_OK);
		assert_int_equal(b.rc, FA_OK);
		assert_int_equal(b.doc.encoding, FA_ENC_GB18030);
		assert_shown_alike(&a.doc, &b.doc);
		reading_done(&a);
		reading_done(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_are_those_of_a_walk_from_the_beginning),
		cmocka_unit_test(what_is_shown_does_not_depend_on_the_encoding),
		cmocka_unit_test(
			what_is_shown_of_gb18030_is_what_is_shown_of_utf_8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
