/* Bytes that wait, in memory and in a temporary file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/spill.h"

#define PIECES 3000
#define PIECE_BYTES 700

static void
piece(char text[PIECE_BYTES], size_t i)
{
	for (size_t k = 0; k < PIECE_BYTES; k++)
		text[k] = (char)('a' + (i * 7 + k * (i % 5)) % 26);
}

static size_t
length(size_t i)
{
	return i * 37 % PIECE_BYTES;
}

static void
fill(struct fa_spill *s)
{
	char text[PIECE_BYTES];
	struct fa_err err;

	fa_spill_init(s, UINT64_MAX);
	for (size_t i = 0; i < PIECES; i++) {
		piece(text, i);
		assert_int_equal(
			fa_spill_add(s, (struct fa_str){ text, length(i) },
				"test", &err),
			FA_OK);
	}
}

/* All of it, in order, and each piece by its place. */
static void
check(const struct fa_spill *s)
{
	char text[PIECE_BYTES];
	struct fa_buf out;
	struct fa_err err;
	uint64_t at = 0;

	fa_buf_init(&out, 1u << 24);
	for (size_t i = 0; i < PIECES; i++) {
		piece(text, i);
		fa_buf_reset(&out);
		assert_int_equal(
			fa_spill_get(s, at, length(i), &out, &err), FA_OK);
		assert_int_equal(out.n, length(i));
		if (out.n > 0)
			assert_memory_equal(out.p, text, out.n);
		at += length(i);
	}
	assert_int_equal(at, fa_spill_bytes(s));
	fa_buf_done(&out);
}

static int
collect(void *ctx, struct fa_str bytes, struct fa_err *err)
{
	(void)err;
	fa_buf_add(ctx, bytes);
	return FA_OK;
}

static void
what_was_added_is_there_in_order_and_by_its_place(void **state)
{
	struct fa_buf all, got;
	struct fa_spill s;
	struct fa_err err;

	(void)state;
	fill(&s);
	assert_true(s.fd >= 0);
	assert_true(s.tail.cap <= 2 * FA_SPILL_MEMORY_BYTES);
	check(&s);
	fa_buf_init(&all, 1u << 24);
	fa_buf_init(&got, 1u << 24);
	assert_int_equal(fa_spill_each(&s, collect, &all, &err), FA_OK);
	assert_int_equal(
		fa_spill_get(&s, 0, (size_t)fa_spill_bytes(&s), &got, &err),
		FA_OK);
	assert_int_equal(all.n, got.n);
	assert_memory_equal(all.p, got.p, got.n);
	fa_buf_done(&all);
	fa_buf_done(&got);
	fa_spill_done(&s);
	fa_spill_done(&s);
}

static void
without_a_place_for_files_all_stays_in_memory(void **state)
{
	struct fa_spill s;

	(void)state;
	assert_int_equal(setenv("TMPDIR", "/nowhere/at/all", 1), 0);
	fill(&s);
	assert_int_equal(unsetenv("TMPDIR"), 0);
	assert_int_equal(s.fd, -1);
	check(&s);
	fa_spill_done(&s);
}

static void
a_full_disk_leaves_the_rest_in_memory(void **state)
{
	char text[PIECE_BYTES];
	struct fa_spill s;
	struct fa_err err;
	int fd;

	(void)state;
	fill(&s);
	/* A file that takes no more. */
	fd = s.fd;
	s.none = true;
	for (size_t i = 0; i < PIECES; i++) {
		piece(text, i);
		assert_int_equal(
			fa_spill_add(&s, (struct fa_str){ text, length(i) },
				"test", &err),
			FA_OK);
	}
	assert_int_equal(s.fd, fd);
	assert_true(s.tail.n > FA_SPILL_MEMORY_BYTES);
	assert_int_equal(fa_spill_bytes(&s), s.filed + s.tail.n);
	fa_spill_done(&s);
}

static void
the_limit_is_an_error_and_the_rest_stays(void **state)
{
	struct fa_spill s;
	struct fa_err err;

	(void)state;
	fa_spill_init(&s, 10);
	assert_int_equal(
		fa_spill_add(&s, FA_STR("0123456"), "test", &err), FA_OK);
	assert_int_equal(
		fa_spill_add(&s, FA_STR("7890"), "test", &err), FA_E_LIMIT);
	assert_string_equal(err.msg, "test is larger than 10 bytes");
	assert_int_equal(fa_spill_add(&s, FA_STR("789"), "test", &err), FA_OK);
	assert_int_equal(fa_spill_bytes(&s), 10);
	fa_spill_done(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			what_was_added_is_there_in_order_and_by_its_place),
		cmocka_unit_test(without_a_place_for_files_all_stays_in_memory),
		cmocka_unit_test(a_full_disk_leaves_the_rest_in_memory),
		cmocka_unit_test(the_limit_is_an_error_and_the_rest_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
