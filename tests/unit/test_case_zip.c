/* Zip files: the same bytes for the same content, and nothing taken out that
 * leads astray. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "case/zip.h"

#define ARENA_BYTES (16u << 20)
#define AT_MS INT64_C(1795671600000)

struct box {
	char dir[64];
	char path[2][96];
	struct fa_arena a;
	struct fa_err err;
};

static int
open_box(void **state)
{
	static struct box b;

	memset(&b, 0, sizeof(b));
	memcpy(b.dir, "/tmp/fa_zip_XXXXXX", sizeof("/tmp/fa_zip_XXXXXX"));
	assert_non_null(mkdtemp(b.dir));
	(void)snprintf(b.path[0], sizeof(b.path[0]), "%s/0.zip", b.dir);
	(void)snprintf(b.path[1], sizeof(b.path[1]), "%s/1.zip", b.dir);
	fa_arena_init(&b.a, ARENA_BYTES);
	*state = &b;
	return 0;
}

static int
close_box(void **state)
{
	struct box *b = *state;
	char path[128];

	fa_arena_done(&b->a);
	(void)unlink(b->path[0]);
	(void)unlink(b->path[1]);
	(void)snprintf(path, sizeof(path), "%s/out", b->dir);
	(void)unlink(path);
	assert_int_equal(rmdir(b->dir), 0); /* nothing else is left there */
	return 0;
}

static void
write_zip(struct box *b, size_t i)
{
	struct fa_zip_writer *z = NULL;

	assert_int_equal(
		fa_zip_create(&z, fa_str_c(b->path[i]), AT_MS, &b->a, &b->err),
		FA_OK);
	assert_int_equal(
		fa_zip_add(z, FA_STR("a/b.txt"), FA_STR("hello"), &b->err),
		FA_OK);
	assert_int_equal(
		fa_zip_add(z, FA_STR("empty"), FA_STR(""), &b->err), FA_OK);
	assert_int_equal(fa_zip_end(z, &b->err), FA_OK);
	fa_zip_drop(z);
}

static struct fa_str
read_file(struct box *b, size_t i)
{
	struct fa_str s;

	assert_int_equal(fa_file_read(&s, fa_str_c(b->path[i]), ARENA_BYTES,
				 &b->a, &b->err),
		FA_OK);
	return s;
}

static void
the_same_content_gives_the_same_bytes_whatever_the_time_zone(void **state)
{
	struct box *b = *state;

	assert_int_equal(setenv("TZ", "UTC", 1), 0);
	write_zip(b, 0);
	assert_int_equal(setenv("TZ", "Asia/Shanghai", 1), 0);
	write_zip(b, 1);
	assert_true(fa_str_eq(read_file(b, 0), read_file(b, 1)));
}

static void
what_was_written_is_read(void **state)
{
	struct box *b = *state;
	char out[128];
	struct fa_zip z;
	struct fa_str s;

	write_zip(b, 0);
	assert_int_equal(
		fa_zip_open(&z, fa_str_c(b->path[0]), &b->a, &b->err), FA_OK);
	assert_int_equal(z.n, 2);
	assert_null(fa_zip_find(&z, FA_STR("b.txt")));
	assert_int_equal(fa_zip_find(&z, FA_STR("empty"))->bytes, 0);
	(void)snprintf(out, sizeof(out), "%s/out", b->dir);
	assert_int_equal(fa_zip_extract(&z, fa_zip_find(&z, FA_STR("a/b.txt")),
				 fa_str_c(out), &b->err),
		FA_OK);
	assert_int_equal(
		fa_file_read(&s, fa_str_c(out), 100, &b->a, &b->err), FA_OK);
	assert_true(fa_str_eq(s, FA_STR("hello")));
	fa_zip_close(&z);
	fa_zip_close(&z);
}

static void
names_lead_nowhere_else(void **state)
{
	static const char *const good[] = { "a", "a/b", "A-1_x.tar.gz", "a.b/c",
		"0", "a..b" };
	static const char *const bad[] = { "", "/a", "a/", "a//b", ".a", "..",
		"../a", "-a", "a/-b", "a/../b", "a/.b", "a\\b", "a b", "a:b",
		"\xe6\x96\x87", "a\n" };
	char longest[FA_ZIP_NAME_BYTES + 2];

	(void)state;
	for (size_t i = 0; i < FA_COUNT(good); i++)
		assert_true(fa_zip_name_ok(fa_str_c(good[i])));
	for (size_t i = 0; i < FA_COUNT(bad); i++)
		assert_false(fa_zip_name_ok(fa_str_c(bad[i])));
	memset(longest, 'a', sizeof(longest));
	assert_true(
		fa_zip_name_ok((struct fa_str){ longest, FA_ZIP_NAME_BYTES }));
	assert_false(fa_zip_name_ok(
		(struct fa_str){ longest, FA_ZIP_NAME_BYTES + 1 }));
}

static void
a_bad_name_is_refused_when_writing(void **state)
{
	struct box *b = *state;
	struct fa_zip_writer *z = NULL;

	assert_int_equal(
		fa_zip_create(&z, fa_str_c(b->path[0]), AT_MS, &b->a, &b->err),
		FA_OK);
	assert_int_equal(fa_zip_add(z, FA_STR("../a"), FA_STR("x"), &b->err),
		FA_E_USAGE);
	fa_zip_drop(z);
	fa_zip_drop(z);
	assert_int_not_equal(access(b->path[0], F_OK), 0);
}

/* Replaces text by another of the same length, in the file. */
static void
patch(struct box *b, const char *from, const char *to)
{
	struct fa_str s = read_file(b, 0);
	FILE *f = fopen(b->path[0], "r+b");
	size_t n = strlen(from), at = 0, found = 0;

	assert_non_null(f);
	assert_int_equal(n, strlen(to));
	while ((at = fa_str_find(s, fa_str_c(from), at)) != SIZE_MAX) {
		assert_int_equal(fseek(f, (long)at, SEEK_SET), 0);
		assert_int_equal(fwrite(to, 1, n, f), n);
		at += n;
		found++;
	}
	assert_int_equal(fclose(f), 0);
	assert_true(found > 0);
}

static void
assert_refused(struct box *b)
{
	struct fa_zip z = { .n = 77 };

	assert_int_equal(fa_zip_open(&z, fa_str_c(b->path[0]), &b->a, &b->err),
		FA_E_INPUT);
	assert_int_equal(z.n, 77);
}

static void
hostile_entries_are_refused(void **state)
{
	struct box *b = *state;

	write_zip(b, 0);
	patch(b, "a/b.txt", "../.txt");
	assert_refused(b);
	write_zip(b, 0);
	patch(b, "a/b.txt", "/etc/xx");
	assert_refused(b);
}

static void
names_have_to_come_in_order_and_differ_by_more_than_case(void **state)
{
	struct box *b = *state;
	struct fa_zip_writer *z = NULL;

	assert_int_equal(
		fa_zip_create(&z, fa_str_c(b->path[0]), AT_MS, &b->a, &b->err),
		FA_OK);
	assert_int_equal(
		fa_zip_add(z, FA_STR("A"), FA_STR("x"), &b->err), FA_OK);
	assert_int_equal(
		fa_zip_add(z, FA_STR("A"), FA_STR("y"), &b->err), FA_E_USAGE);
	assert_int_equal(
		fa_zip_add(z, FA_STR("B"), FA_STR("y"), &b->err), FA_OK);
	assert_int_equal(
		fa_zip_add(z, FA_STR("AB"), FA_STR("y"), &b->err), FA_E_USAGE);
	assert_int_equal(
		fa_zip_add(z, FA_STR("a"), FA_STR("y"), &b->err), FA_OK);
	assert_int_equal(fa_zip_end(z, &b->err), FA_E_USAGE);
	fa_zip_drop(z);
	assert_int_not_equal(access(b->path[0], F_OK), 0);
}

/* Opens the zip file and takes everything out. */
static int
read_all(struct box *b)
{
	char out[128];
	struct fa_zip z = { .n = 0 };
	int rc = fa_zip_open(&z, fa_str_c(b->path[0]), &b->a, &b->err);

	(void)snprintf(out, sizeof(out), "%s/out", b->dir);
	for (size_t i = 0; rc == FA_OK && i < z.n; i++) {
		rc = fa_zip_extract(&z, &z.at[i], fa_str_c(out), &b->err);
		(void)unlink(out);
	}
	fa_zip_close(&z);
	return rc;
}

static void
put_file(struct box *b, const char *p, size_t n)
{
	FILE *f = fopen(b->path[0], "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

static void
every_bit_of_a_zip_file_is_checked(void **state)
{
	struct box *b = *state;
	char bytes[1024];
	struct fa_str s;

	write_zip(b, 0);
	s = read_file(b, 0);
	assert_true(s.n < sizeof(bytes));
	memcpy(bytes, s.p, s.n);
	for (size_t i = 0; i < s.n * 8; i++) {
		bytes[i / 8] = (char)(bytes[i / 8] ^ (1 << i % 8));
		put_file(b, bytes, s.n);
		assert_int_equal(read_all(b), FA_E_INPUT);
		bytes[i / 8] = (char)(bytes[i / 8] ^ (1 << i % 8));
		fa_arena_reset(&b->a);
	}
	put_file(b, bytes, s.n);
	assert_int_equal(read_all(b), FA_OK);
}

static void
a_zip_file_that_is_cut_or_has_more_is_refused(void **state)
{
	struct box *b = *state;
	char bytes[1024];
	struct fa_str s;
	size_t n;

	write_zip(b, 0);
	s = read_file(b, 0);
	n = s.n;
	assert_true(n + 1 < sizeof(bytes));
	memcpy(bytes + 1, s.p, n);
	bytes[0] = 'x';
	for (size_t i = 0; i < n; i++) {
		put_file(b, bytes + 1, i);
		assert_int_equal(read_all(b), FA_E_INPUT);
		fa_arena_reset(&b->a);
	}
	put_file(b, bytes, n + 1);
	assert_refused(b);
	bytes[n + 1] = 'x';
	put_file(b, bytes + 1, n + 1);
	assert_refused(b);
}

static void
times_are_those_of_ms_dos_in_utc(void **state)
{
	(void)state;
	/* 2026-11-26 05:40:01 */
	assert_int_equal(fa_zip_time(INT64_C(1795671601000)),
		(46u << 9 | 11 << 5 | 26) << 16 | 5 << 11 | 40 << 5 | 0);
	assert_int_equal(fa_zip_time(0), (0u << 9 | 1 << 5 | 1) << 16);
	assert_int_equal(fa_zip_time(INT64_MAX), 0xff9fbf7du);
}

static void
what_is_too_much_is_refused_before_it_is_read(void **state)
{
	struct box *b = *state;
	struct fa_zip_writer *z = NULL;

	assert_int_equal(
		fa_zip_create(&z, fa_str_c(b->path[0]), AT_MS, &b->a, &b->err),
		FA_OK);
	assert_int_equal(fa_zip_add_file(z, FA_STR("a"), FA_STR("/dev/zero"),
				 FA_ZIP_BYTES, &b->err),
		FA_E_LIMIT);
	assert_int_equal(fa_zip_add_file(z, FA_STR("a"), FA_STR("/dev/null"), 1,
				 &b->err),
		FA_E_IO);
	fa_zip_drop(z);
}

static void
altered_content_does_not_have_its_check_sum(void **state)
{
	struct box *b = *state;
	char out[128];
	struct fa_zip z;

	write_zip(b, 0);
	patch(b, "hello", "hullo");
	assert_int_equal(
		fa_zip_open(&z, fa_str_c(b->path[0]), &b->a, &b->err), FA_OK);
	(void)snprintf(out, sizeof(out), "%s/out", b->dir);
	assert_int_equal(fa_zip_extract(&z, fa_zip_find(&z, FA_STR("a/b.txt")),
				 fa_str_c(out), &b->err),
		FA_E_INPUT);
	fa_zip_close(&z);
}

static void
what_is_no_zip_file_is_refused(void **state)
{
	struct box *b = *state;
	struct fa_zip z;

	assert_int_equal(fa_file_replace(fa_str_c(b->path[0]),
				 FA_STR("no zip file"), &b->err),
		FA_OK);
	assert_refused(b);
	assert_int_equal(
		fa_zip_open(&z, FA_STR("/nowhere/x.zip"), &b->a, &b->err),
		FA_E_IO);
	assert_int_equal(
		fa_zip_open(&z, fa_str_c(b->dir), &b->a, &b->err), FA_E_IO);
}

static void
a_place_that_cannot_be_written_is_an_error(void **state)
{
	struct box *b = *state;
	struct fa_zip_writer *z = NULL;

	assert_int_equal(fa_zip_create(&z, FA_STR("/nowhere/x.zip"), AT_MS,
				 &b->a, &b->err),
		FA_E_IO);
	fa_zip_drop(z);
}

#define T(name) cmocka_unit_test_setup_teardown(name, open_box, close_box)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(the_same_content_gives_the_same_bytes_whatever_the_time_zone),
		T(what_was_written_is_read),
		T(names_lead_nowhere_else),
		T(a_bad_name_is_refused_when_writing),
		T(hostile_entries_are_refused),
		T(names_have_to_come_in_order_and_differ_by_more_than_case),
		T(every_bit_of_a_zip_file_is_checked),
		T(a_zip_file_that_is_cut_or_has_more_is_refused),
		T(times_are_those_of_ms_dos_in_utc),
		T(what_is_too_much_is_refused_before_it_is_read),
		T(altered_content_does_not_have_its_check_sum),
		T(what_is_no_zip_file_is_refused),
		T(a_place_that_cannot_be_written_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
