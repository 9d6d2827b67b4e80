/* Resource records: what was made rather than fetched. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "evidence/warc.h"
#include "evidence/warc_read.h"

static void
a_resource_comes_back_as_it_was(void **state)
{
	char path[] = "/tmp/test_resource.XXXXXX", big[9000];
	struct fa_warc_resource r = { .url = FA_STR("urn:test:screens/s0.png"),
		.media_type = FA_STR("image/png"),
		.at_us = 1700000000123456,
		.data = { big, sizeof(big) } };
	struct fa_warc_reader *reader;
	struct fa_warc_record got;
	struct fa_warc_place place[2];
	struct fa_warc *w;
	struct fa_arena a;
	struct fa_err err;
	int64_t end;

	(void)state;
	memset(big, 'x', sizeof(big));
	fa_arena_init(&a, 1 << 20);
	close(mkstemp(path));
	assert_int_equal(
		fa_warc_open(&w, fa_str_c(path), 0, FA_STR("test"), &err),
		FA_OK);
	assert_int_equal(fa_warc_add_resource(&place[0], w, &r, &err), FA_OK);
	r.is_packed = true;
	assert_int_equal(fa_warc_add_resource(&place[1], w, &r, &err), FA_OK);
	assert_int_equal(fa_warc_sync(w, &end, &err), FA_OK);
	fa_warc_close(w);
	/* Stored as it is, it is as large as it is. */
	assert_true(place[0].length < 1000);
	assert_true(place[1].length > (int64_t)sizeof(big));
	assert_int_equal(
		fa_warc_reader_open(&reader, fa_str_c(path), &err), FA_OK);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(fa_warc_read_at(&got, reader, place[i].offset,
					 &a, &err),
			FA_OK);
		assert_true(fa_str_eq(got.type, FA_STR("resource")));
		assert_true(fa_str_eq(got.url, r.url));
		assert_true(fa_str_eq(got.media_type, r.media_type));
		assert_true(fa_str_eq(got.block, r.data));
		assert_int_equal(got.at_us, r.at_us);
		assert_true(fa_str_eq(got.payload_digest, got.block_digest));
	}
	fa_warc_reader_close(reader);
	fa_arena_done(&a);
	unlink(path);
}

static void
what_makes_no_record_is_refused(void **state)
{
	char path[] = "/tmp/test_resource.XXXXXX";
	struct fa_warc_resource r = { .url = FA_STR("urn:test:a"),
		.media_type = FA_STR("text/html\r\nX: y"),
		.data = FA_STR("a") };
	struct fa_warc_place place;
	struct fa_warc *w;
	struct fa_err err;
	int64_t before;

	(void)state;
	close(mkstemp(path));
	assert_int_equal(
		fa_warc_open(&w, fa_str_c(path), 0, FA_STR("test"), &err),
		FA_OK);
	before = fa_warc_end(w);
	assert_int_equal(fa_warc_add_resource(&place, w, &r, &err), FA_E_USAGE);
	r.media_type = FA_STR("text/html");
	r.url = FA_STR_NONE;
	assert_int_equal(fa_warc_add_resource(&place, w, &r, &err), FA_E_USAGE);
	assert_int_equal(fa_warc_end(w), before);
	fa_warc_close(w);
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_resource_comes_back_as_it_was),
		cmocka_unit_test(what_makes_no_record_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
