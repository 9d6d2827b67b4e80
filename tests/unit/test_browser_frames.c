#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "browser/frames.h"

static void
put(struct fa_frames *f, const char *bytes, size_t n)
{
	assert_int_equal(
		fa_frames_add(f, (struct fa_str){ bytes, n }, NULL), FA_OK);
}

static void
assert_next(struct fa_frames *f, const char *want, bool cut)
{
	struct fa_frame frame;

	assert_true(fa_frames_next(f, &frame));
	assert_int_equal(frame.cut, cut);
	assert_int_equal(frame.text.n, strlen(want));
	assert_memory_equal(frame.text.p, want, frame.text.n);
}

static void
messages_come_out_whole_however_they_come_in(void **state)
{
	static const char bytes[] = "{\"a\":1}\0\0{\"b\":2}";
	struct fa_frames f;
	struct fa_frame none;

	(void)state;
	fa_frames_init(&f, 100);
	for (size_t i = 0; i < 5; i++) {
		put(&f, bytes + i, 1);
		assert_false(fa_frames_next(&f, &none));
	}
	put(&f, bytes + 5, sizeof(bytes) - 5);
	assert_next(&f, "{\"a\":1}", false);
	assert_next(&f, "", false);
	assert_next(&f, "{\"b\":2}", false);
	assert_false(fa_frames_next(&f, &none));
	fa_frames_done(&f);
}

static void
a_message_that_is_too_large_is_cut_and_the_next_is_whole(void **state)
{
	char large[1000];
	struct fa_frames f;
	struct fa_frame frame;

	(void)state;
	memset(large, 'x', sizeof(large));
	memcpy(large, "{\"id\":7,", 8);
	fa_frames_init(&f, 600);
	put(&f, large, sizeof(large));
	assert_true(fa_frames_next(&f, &frame));
	assert_true(frame.cut);
	assert_int_equal(frame.text.n, FA_FRAMES_HEAD_BYTES);
	assert_memory_equal(frame.text.p, "{\"id\":7,", 8);
	/* Its rest is dropped as it comes. */
	for (int i = 0; i < 10; i++) {
		put(&f, large, sizeof(large));
		assert_false(fa_frames_next(&f, &frame));
	}
	put(&f, "x\0{}\0", 5);
	assert_next(&f, "{}", false);
	fa_frames_done(&f);
}

static void
escapes_that_are_no_characters_are_replaced(void **state)
{
	static const char bytes[] =
		"\"\\u0000 \\ud800 \\udfff \\ud83d\\ude00 \\\\u0000 \\u4e2d\"";
	struct fa_frames f;

	(void)state;
	fa_frames_init(&f, 100);
	put(&f, bytes, sizeof(bytes));
	assert_next(&f,
		"\"\\ufffd \\ufffd \\ufffd \\ud83d\\ude00 \\\\u0000 \\u4e2d\"",
		false);
	fa_frames_done(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_come_out_whole_however_they_come_in),
		cmocka_unit_test(
			a_message_that_is_too_large_is_cut_and_the_next_is_whole),
		cmocka_unit_test(escapes_that_are_no_characters_are_replaced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
