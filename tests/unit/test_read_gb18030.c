/* GB18030 by our tables against iconv, unit by unit. */
#include "unit/fixture_read.h"

#include <iconv.h>
#include <stdlib.h>

#include "read/enc.h"
#include "read/gb18030.h"

#define TEXT_BYTES 400
#define TEXTS 3000

static iconv_t
open_iconv(void)
{
	iconv_t cd = iconv_open("UTF-8", "GB18030");

	assert_true(cd != (iconv_t)-1);
	return cd;
}

/* What iconv makes of one unit; U+FFFD when it has nothing for it. */
static size_t
by_iconv(iconv_t cd, const char *unit, size_t n, char out[8])
{
	char in_bytes[4];
	char *in = in_bytes, *to = out;
	size_t in_n = n, out_n = 8;

	memcpy(in_bytes, unit, n);
	(void)iconv(cd, NULL, NULL, NULL, NULL);
	if (iconv(cd, &in, &in_n, &to, &out_n) == (size_t)-1 || in_n > 0)
		return fa_utf8_put(FA_RUNE_BAD, out);
	return (size_t)(to - out);
}

static void
check_unit(iconv_t cd, const char *unit, size_t n)
{
	struct fa_str s = { unit, n };
	struct fa_buf got;
	uint32_t bad = 0;
	char want[8];
	size_t want_n = by_iconv(cd, unit, n, want);

	fa_buf_init(&got, 64);
	fa_gb_decode(&got, s, &bad);
	if (fa_enc_unit(FA_ENC_GB18030, s, 0) != n || bad != 0 ||
		!fa_str_eq(fa_buf_str(&got), (struct fa_str){ want, want_n }))
		fail_msg("%02x %02x %02x %02x", unit[0] & 0xff, unit[1] & 0xff,
			n > 2 ? unit[2] & 0xff : 0, n > 2 ? unit[3] & 0xff : 0);
	fa_buf_done(&got);
}

static void
every_unit_of_two_bytes_is_that_of_iconv(void **state)
{
	iconv_t cd = open_iconv();

	(void)state;
	for (unsigned lead = 0x81; lead <= 0xfe; lead++) {
		for (unsigned trail = 0x40; trail <= 0xfe; trail++) {
			char unit[2] = { (char)lead, (char)trail };

			if (trail != 0x7f)
				check_unit(cd, unit, 2);
		}
	}
	(void)iconv_close(cd);
}

/* All of the BMP and the ends of the planes, samples of what lies between. */
static void
units_of_four_bytes_are_those_of_iconv(void **state)
{
	iconv_t cd = open_iconv();
	const uint32_t all = 126u * 12600;

	(void)state;
	for (uint32_t i = 0; i < all; i += i < 50500 ? 1 : 997) {
		for (uint32_t k = 0; k < (i % 65536 < 997 ? 40 : 1); k++) {
			uint32_t v = i + k < all ? i + k : i;
			char unit[4] = { (char)(0x81 + v / 12600),
				(char)('0' + v / 1260 % 10),
				(char)(0x81 + v / 10 % 126),
				(char)('0' + v % 10) };

			check_unit(cd, unit, 4);
		}
	}
	(void)iconv_close(cd);
}

static uint32_t
draw(uint32_t *state, uint32_t below)
{
	*state = *state * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)(*state >> 8) * below >> 24);
}

/* Bytes that begin, go on and break units, and stretches of ASCII. */
static size_t
scribble(uint32_t *seed, char *p)
{
	size_t n = draw(seed, TEXT_BYTES);

	for (size_t i = 0; i < n; i++) {
		uint32_t kind = draw(seed, 8);

		if (kind == 0 && n - i > 20) {
			memset(p + i, 'x', 20);
			i += 19;
		} else if (kind < 5) {
			p[i] = (char)(0x81 + draw(seed, 0x7e));
		} else {
			p[i] = (char)(kind == 5 ? '0' + draw(seed, 10)
						: draw(seed, 256));
		}
	}
	return n;
}

static void
any_bytes_are_decoded_unit_by_unit(void **state)
{
	iconv_t cd = open_iconv();
	uint32_t seed = 5;

	(void)state;
	for (size_t i = 0; i < TEXTS; i++) {
		char bytes[TEXT_BYTES];
		struct fa_str raw = { bytes, scribble(&seed, bytes) };
		struct fa_buf want, got;
		uint32_t bad = 0, want_bad = 0;

		fa_buf_init(&want, 8 * TEXT_BYTES);
		fa_buf_init(&got, 8 * TEXT_BYTES);
		fa_gb_decode(&got, raw, &bad);
		while (raw.n > 0) {
			size_t n = fa_enc_unit(FA_ENC_GB18030, raw, 0);
			char utf8[8];
			size_t bytes_n = by_iconv(cd, raw.p, n, utf8);

			if (raw.p[0] == '\x80')
				bytes_n = fa_utf8_put(0x20ac, utf8);
			else if (n == 1 && (raw.p[0] & 0x80) != 0)
				want_bad++;
			fa_buf_add(&want, (struct fa_str){ utf8, bytes_n });
			raw = fa_str_sub(raw, n, raw.n);
		}
		if (bad != want_bad ||
			!fa_str_eq(fa_buf_str(&got), fa_buf_str(&want)))
			fail_msg("text %zu", i);
		fa_buf_done(&got);
		fa_buf_done(&want);
	}
	(void)iconv_close(cd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_unit_of_two_bytes_is_that_of_iconv),
		cmocka_unit_test(units_of_four_bytes_are_those_of_iconv),
		cmocka_unit_test(any_bytes_are_decoded_unit_by_unit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
