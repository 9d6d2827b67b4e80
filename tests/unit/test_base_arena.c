#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static void
memory_is_zeroed_and_aligned_also_after_reset(void **state)
{
	struct fa_arena a;

	(void)state;
	fa_arena_init(&a, 1 << 20);
	for (int round = 0; round < 2; round++) {
		for (size_t n = 0; n < 300; n++) {
			unsigned char *p = fa_arena_new(&a, n, 1);

			assert_non_null(p);
			assert_int_equal(
				(uintptr_t)p % _Alignof(max_align_t), 0);
			for (size_t i = 0; i < n; i++)
				assert_int_equal(p[i], 0);
			memset(p, 0xee, n);
		}
		fa_arena_reset(&a);
	}
	fa_arena_done(&a);
	fa_arena_done(&a);
}

static void
the_limit_is_an_error_not_a_crash(void **state)
{
	struct fa_arena a;

	(void)state;
	fa_arena_init(&a, 1000);
	assert_non_null(fa_arena_new(&a, 900, 1));
	assert_null(fa_arena_new(&a, 200, 1));
	assert_null(fa_arena_dup(&a,
		FA_STR("0123456789012345678901234567890"
		       "01234567890123456789012345678901"
		       "01234567890123456789012345678901"))
			    .p);
	assert_non_null(fa_arena_new(&a, 10, 1));
	assert_true(a.used_bytes <= a.max_bytes);
	fa_arena_done(&a);
}

static void
every_byte_up_to_the_limit_can_be_had(void **state)
{
	struct fa_arena a;
	size_t n = 0;

	(void)state;
	fa_arena_init(&a, 64 * 1024);
	while (fa_arena_new(&a, 1, 16) != NULL)
		n++;
	assert_int_equal(n, 4096);
	fa_arena_reset(&a);
	assert_non_null(fa_arena_new(&a, 30000, 1));
	assert_non_null(fa_arena_new(&a, 30000, 1));
	assert_null(fa_arena_new(&a, 30000, 1));
	fa_arena_done(&a);
}

static size_t
fill(struct fa_arena *a, size_t n)
{
	size_t got = 0;

	for (size_t i = 0; i < n; i++)
		got += fa_arena_new(a, 1, 1 + i % 5000) != NULL;
	return got;
}

static void
a_reset_keeps_room_for_as_much_again_but_not_for_everything(void **state)
{
	const struct fa_arena_chunk *kept;
	struct fa_arena a;

	(void)state;
	fa_arena_init(&a, 4 * FA_ARENA_KEEP_BYTES);
	assert_int_equal(fill(&a, 1000), 1000);
	fa_arena_reset(&a);
	kept = a.head;
	for (int round = 0; round < 2; round++) {
		assert_int_equal(fill(&a, 1000), 1000);
		assert_ptr_equal(a.head, kept);
		fa_arena_reset(&a);
		assert_ptr_equal(a.head, kept);
	}
	assert_non_null(fa_arena_new(&a, 3, FA_ARENA_KEEP_BYTES));
	fa_arena_reset(&a);
	assert_ptr_not_equal(a.head, kept);
	fa_arena_done(&a);
}

static void
the_limit_does_not_depend_on_what_was_there_before(void **state)
{
	struct fa_arena fresh, used;

	(void)state;
	fa_arena_init(&fresh, 1u << 19);
	fa_arena_init(&used, 1u << 19);
	for (size_t n = 1; n < 40; n++) {
		fa_arena_reset(&used);
		(void)fill(&used, n);
	}
	fa_arena_reset(&used);
	assert_int_equal(fill(&used, 1000), fill(&fresh, 1000));
	assert_int_equal(used.used_bytes, fresh.used_bytes);
	fa_arena_done(&used);
	fa_arena_done(&fresh);
}

/* Twice as much each time, so that chunks of many sizes make place for one. */
static void
after_a_reset_there_is_room_for_as_much_again_in_one_piece(void **state)
{
	enum { STEP = 1000 };
	struct fa_arena a;

	(void)state;
	fa_arena_init(&a, FA_ARENA_KEEP_BYTES);
	for (size_t n = 1; n <= 1024; n *= 2) {
		char *first, *last = NULL;

		for (size_t i = 0; i < n; i++)
			assert_non_null(fa_arena_new(&a, STEP, 1));
		fa_arena_reset(&a);
		first = fa_arena_new(&a, STEP, 1);
		for (size_t i = 1; i < n; i++) {
			last = fa_arena_new(&a, STEP, 1);
			assert_non_null(last);
			memset(last, 0xee, STEP);
		}
		if (n > 1)
			assert_true(last > first &&
				(size_t)(last - first) < n * (STEP + 16));
		fa_arena_reset(&a);
	}
	fa_arena_done(&a);
}

static void
an_arena_works_on_after_a_reset_of_what_is_too_large_to_keep(void **state)
{
	struct fa_arena a;
	char *p;

	(void)state;
	fa_arena_init(&a, SIZE_MAX);
	assert_non_null(fa_arena_new(&a, 100, 1));
	assert_non_null(fa_arena_new(&a, 2 * FA_ARENA_KEEP_BYTES, 1));
	fa_arena_reset(&a);
	p = fa_arena_new(&a, FA_ARENA_KEEP_BYTES / 2, 1);
	assert_non_null(p);
	memset(p, 0xee, FA_ARENA_KEEP_BYTES / 2);
	fa_arena_done(&a);
}

static void
an_overflowing_product_is_refused(void **state)
{
	struct fa_arena a;
	size_t cap = SIZE_MAX / 2 + 1;
	char old = 0;

	(void)state;
	fa_arena_init(&a, SIZE_MAX);
	assert_null(fa_arena_new(&a, SIZE_MAX / 2, 3));
	assert_null(fa_arena_new(&a, SIZE_MAX, 1));
	assert_null(fa_arena_new(&a, SIZE_MAX - 40, 1));
	assert_null(fa_arena_grow(&a, &old, &cap, SIZE_MAX, 1));
	fa_arena_done(&a);
}

static void
grow_keeps_what_was_in_the_array(void **state)
{
	struct fa_arena a;
	uint32_t *p = NULL;
	size_t cap = 0;

	(void)state;
	fa_arena_init(&a, 1 << 20);
	for (uint32_t i = 0; i < 1000; i++) {
		p = fa_arena_grow(&a, p, &cap, i + 1, sizeof(*p));
		assert_non_null(p);
		p[i] = i;
	}
	for (uint32_t i = 0; i < 1000; i++)
		assert_int_equal(p[i], i);
	assert_int_equal(cap, 1024);
	assert_null(fa_arena_grow(&a, p, &cap, 1 << 20, sizeof(*p)));
	assert_int_equal(cap, 1024);
	fa_arena_done(&a);
}

static void
dup_puts_a_nul_behind_the_copy(void **state)
{
	struct fa_arena a;
	struct fa_str s;

	(void)state;
	fa_arena_init(&a, 1000);
	s = fa_arena_dup(&a, fa_str_sub(FA_STR("人脸识别"), 0, 6));
	assert_string_equal(s.p, "人脸");
	assert_int_equal(s.n, 6);
	s = fa_arena_dup(&a, FA_STR_NONE);
	assert_non_null(s.p);
	assert_int_equal(s.n, 0);
	fa_arena_done(&a);
}

static void
a_buffer_moves_into_the_arena_as_it_is(void **state)
{
	struct fa_arena a;
	struct fa_buf b;
	const char *p;

	(void)state;
	fa_arena_init(&a, 1 << 20);
	fa_buf_init(&b, 1 << 16);
	for (int i = 0; i < 3; i++) {
		fa_buf_reserve(&b, 40000);
		fa_buf_adds(&b, "人脸识别");
		p = fa_arena_take(&a, &b);
		assert_non_null(p);
		assert_string_equal(p, "人脸识别");
		assert_null(b.p);
		assert_int_equal(b.n, 0);
	}
	assert_true(a.used_bytes >= 3 * 13 && a.used_bytes < 1000);
	fa_arena_reset(&a);
	assert_int_equal(a.used_bytes, 0);
	assert_non_null(fa_arena_take(&a, &b)); /* of nothing */
	fa_arena_done(&a);
}

static void
a_buffer_beyond_the_limit_stays_where_it_is(void **state)
{
	struct fa_arena a;
	struct fa_buf b;

	(void)state;
	fa_arena_init(&a, 100);
	fa_buf_init(&b, 1000);
	for (int i = 0; i < 200; i++)
		fa_buf_addc(&b, 'x');
	assert_null(fa_arena_take(&a, &b));
	assert_int_equal(b.n, 200);
	b.rc = FA_E_LIMIT;
	assert_null(fa_arena_take(&a, &b));
	fa_buf_done(&b);
	fa_arena_done(&a);
}

/* Within a limit that a copy beside the old array would pass. */
static void
a_large_array_grows_where_it_is(void **state)
{
	enum { FIRST = 100000, LAST = 6400000, LIMIT = 8000000 };
	struct fa_arena a;
	unsigned char *p = NULL, *other;
	size_t cap = FIRST;

	(void)state;
	fa_arena_init(&a, LIMIT);
	assert_non_null(fa_arena_new(&a, 1000, 1));
	p = fa_arena_raw(&a, cap, 1);
	other = fa_arena_new(&a, 300000, 1);
	assert_non_null(p);
	assert_non_null(other);
	memset(p, 7, FIRST);
	memset(other, 9, 300000);
	while (cap < LAST) {
		p = fa_arena_regrow(&a, p, &cap, cap + 1, 1);
		assert_non_null(p);
		for (size_t i = 0; i < FIRST; i++)
			assert_int_equal(p[i], 7);
		memset(p + FIRST, 1, cap - FIRST);
	}
	assert_int_equal(cap, LAST);
	assert_ptr_equal(fa_arena_regrow(&a, p, &cap, LAST, 1), p);
	assert_null(fa_arena_regrow(&a, p, &cap, LAST + 1, 1));
	assert_int_equal(p[LAST - 1], 1);
	for (size_t i = 0; i < 300000; i++)
		assert_int_equal(other[i], 9);
	assert_non_null(fa_arena_new(&a, 1000, 1));
	fa_arena_done(&a);
}

static void
an_array_of_any_size_can_be_regrown(void **state)
{
	struct fa_arena a;
	uint32_t *p = NULL;
	size_t cap = 0;

	(void)state;
	fa_arena_init(&a, 64 << 20);
	for (uint32_t i = 0; i < 1000000; i++) {
		p = fa_arena_regrow(&a, p, &cap, i + 1, sizeof(*p));
		assert_non_null(p);
		p[i] = i;
		if (i % 1000 == 0)
			assert_non_null(fa_arena_new(&a, 10, 1));
	}
	for (uint32_t i = 0; i < 1000000; i++)
		assert_int_equal(p[i], i);
	fa_arena_done(&a);
}

static void
what_is_large_can_be_given_back(void **state)
{
	struct fa_arena a;
	char *small, *large;

	(void)state;
	fa_arena_init(&a, 3 << 20);
	small = fa_arena_new(&a, 100, 1);
	for (int i = 0; i < 10; i++) {
		large = fa_arena_new(&a, 2 << 20, 1);
		assert_non_null(large);
		fa_arena_drop(&a, large, 2 << 20, 1);
	}
	/* Nothing happens to what shares its chunk with others. */
	memset(small, 5, 100);
	fa_arena_drop(&a, small, 100, 1);
	for (int i = 0; i < 100; i++)
		assert_int_equal(small[i], 5);
	fa_arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_and_aligned_also_after_reset),
		cmocka_unit_test(the_limit_is_an_error_not_a_crash),
		cmocka_unit_test(every_byte_up_to_the_limit_can_be_had),
		cmocka_unit_test(
			a_reset_keeps_room_for_as_much_again_but_not_for_everything),
		cmocka_unit_test(
			the_limit_does_not_depend_on_what_was_there_before),
		cmocka_unit_test(
			after_a_reset_there_is_room_for_as_much_again_in_one_piece),
		cmocka_unit_test(
			an_arena_works_on_after_a_reset_of_what_is_too_large_to_keep),
		cmocka_unit_test(an_overflowing_product_is_refused),
		cmocka_unit_test(grow_keeps_what_was_in_the_array),
		cmocka_unit_test(dup_puts_a_nul_behind_the_copy),
		cmocka_unit_test(a_buffer_moves_into_the_arena_as_it_is),
		cmocka_unit_test(a_buffer_beyond_the_limit_stays_where_it_is),
		cmocka_unit_test(a_large_array_grows_where_it_is),
		cmocka_unit_test(an_array_of_any_size_can_be_regrown),
		cmocka_unit_test(what_is_large_can_be_given_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
