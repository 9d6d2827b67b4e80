/* Views of large files, of which what is not needed is let go. */
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
#include "read/read.h"

#define ARENA_BYTES ((size_t)256 << 20)
#define PATH_BYTES 64

/* A new file of n bytes made of a text again and again. */
static struct fa_str
put(char path[PATH_BYTES], struct fa_str text, size_t n)
{
	FILE *f;
	int fd;

	(void)snprintf(path, PATH_BYTES, "/tmp/fa_view_XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	f = fdopen(fd, "w");
	assert_non_null(f);
	for (size_t done = 0; done < n; done += text.n) {
		size_t k = n - done < text.n ? n - done : text.n;

		assert_int_equal(fwrite(text.p, 1, k, f), k);
	}
	assert_int_equal(fclose(f), 0);
	return fa_str_c(path);
}

static void
a_view_is_the_file_and_stays_it(void **state)
{
	static const size_t sizes[] = { FA_FILE_LARGE_BYTES,
		FA_FILE_LARGE_BYTES + 1, FA_FILE_LARGE_BYTES * 2 + 4095 };
	const struct fa_str text = FA_STR("人脸信息 face data\n");

	(void)state;
	for (size_t i = 0; i < FA_COUNT(sizes); i++) {
		char name[PATH_BYTES];
		struct fa_str path = put(name, text, sizes[i]), read, view;
		struct fa_arena a;
		struct fa_err err;
		bool paged = false;

		fa_arena_init(&a, ARENA_BYTES);
		assert_int_equal(
			fa_file_read(&read, path, sizes[i], &a, &err), FA_OK);
		assert_int_equal(
			fa_file_view(&view, &paged, path, sizes[i], &a, &err),
			FA_OK);
		assert_true(paged);
		assert_true(fa_str_eq(read, view));
		assert_int_equal(view.p[view.n], '\0');
		/* Whatever becomes of the file. */
		assert_int_equal(truncate(name, 100), 0);
		fa_file_forget(view);
		assert_true(fa_str_eq(read, view));
		for (size_t n = 0; n < 10000; n += 997)
			fa_file_forget(fa_str_sub(view, n, n * 7));
		assert_true(fa_str_eq(read, view));
		fa_arena_done(&a);
		assert_int_equal(unlink(name), 0);
	}
}

static void
small_files_and_others_are_read(void **state)
{
	char name[PATH_BYTES];
	struct fa_str path, s;
	struct fa_arena a;
	struct fa_err err;
	bool paged = true;

	(void)state;
	fa_arena_init(&a, ARENA_BYTES);
	path = put(name, FA_STR("abc"), 3000);
	assert_int_equal(fa_file_view(&s, &paged, path, 3000, &a, &err), FA_OK);
	assert_false(paged);
	assert_int_equal(s.n, 3000);
	assert_int_equal(
		fa_file_view(&s, &paged, path, 2999, &a, &err), FA_E_LIMIT);
	assert_int_equal(unlink(name), 0);
	assert_int_equal(
		fa_file_view(&s, &paged, path, 3000, &a, &err), FA_E_IO);
	assert_int_equal(
		fa_file_view(&s, &paged, FA_STR("/tmp"), 3000, &a, &err),
		FA_E_IO);
	path = put(name, FA_STR("abc"), FA_FILE_LARGE_BYTES + 1);
	assert_int_equal(
		fa_file_view(&s, &paged, path, FA_FILE_LARGE_BYTES, &a, &err),
		FA_E_LIMIT);
	fa_arena_done(&a);
	/* One that has no room is no view, and does not leak. */
	fa_arena_init(&a, 1 << 20);
	assert_int_equal(fa_file_view(&s, &paged, path, ARENA_BYTES, &a, &err),
		FA_E_NOMEM);
	assert_false(paged);
	fa_arena_done(&a);
	assert_int_equal(unlink(name), 0);
}

static void
without_a_place_for_it_the_file_is_read(void **state)
{
	char name[PATH_BYTES];
	struct fa_str path = put(name, FA_STR("abc"), FA_FILE_LARGE_BYTES), s;
	struct fa_arena a;
	struct fa_err err;
	bool paged = true;

	(void)state;
	fa_arena_init(&a, ARENA_BYTES);
	assert_int_equal(setenv("TMPDIR", "/nowhere", 1), 0);
	assert_int_equal(
		fa_file_view(&s, &paged, path, ARENA_BYTES, &a, &err), FA_OK);
	assert_int_equal(unsetenv("TMPDIR"), 0);
	assert_false(paged);
	assert_int_equal(s.n, FA_FILE_LARGE_BYTES);
	fa_arena_done(&a);
	assert_int_equal(unlink(name), 0);
}

static void
read_as(struct fa_doc *doc, struct fa_str raw, enum fa_encoding e, bool paged,
	struct fa_arena *a)
{
	struct fa_read_opts opts = { .name = FA_STR("x.html"),
		.format = FA_FORMAT_HTML,
		.charset = fa_str_c(fa_encoding_name(e)),
		.paged = paged };
	struct fa_err err;

	assert_int_equal(fa_read(doc, raw, &opts, a, &err), FA_OK);
}

static void
a_page_is_read_from_a_view_as_from_memory(void **state)
{
	static const struct {
		struct fa_str text;
		enum fa_encoding encoding;
	} cases[] = {
		{ FA_STR_INIT("<p>我们收集<b>人脸</b>信息, 。</p>\n"),
			FA_ENC_UTF8 },
		/* 人脸 and a unit that is cut short. */
		{ FA_STR_INIT("<p>\xc8\xcb\xc1\xb3 ABC \x81\n</p>\n"),
			FA_ENC_GB18030 },
		{ FA_STR_INIT("<p>caf\xe9 ABC</p>\n"), FA_ENC_LATIN1 },
	};

	(void)state;
	for (size_t i = 0; i < FA_COUNT(cases); i++) {
		char name[PATH_BYTES];
		struct fa_str path = put(name, cases[i].text,
				      FA_FILE_LARGE_BYTES + 77),
			      view, memory;
		struct fa_doc x, y;
		struct fa_arena a;
		struct fa_err err;
		struct fa_range end;
		bool paged = false;

		fa_arena_init(&a, ARENA_BYTES * 2);
		assert_int_equal(fa_file_view(&view, &paged, path,
					 FA_DOC_MAX_BYTES, &a, &err),
			FA_OK);
		assert_true(paged);
		assert_int_equal(
			fa_file_read(&memory, path, FA_DOC_MAX_BYTES, &a, &err),
			FA_OK);
		read_as(&x, view, cases[i].encoding, true, &a);
		read_as(&y, memory, cases[i].encoding, false, &a);
		assert_int_equal(x.encoding, cases[i].encoding);
		assert_int_equal(x.bad_bytes, y.bad_bytes);
		assert_true(fa_str_eq(x.text, y.text));
		assert_int_equal(x.blocks_n, y.blocks_n);
		assert_int_equal(x.map.code_n, y.map.code_n);
		assert_memory_equal(x.map.code, y.map.code, y.map.code_n);
		end = (struct fa_range){ (uint32_t)x.text.n - 9,
			(uint32_t)x.text.n };
		assert_int_equal(
			fa_doc_raw(&x, end).to, fa_doc_raw(&y, end).to);
		fa_arena_done(&a);
		assert_int_equal(unlink(name), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_view_is_the_file_and_stays_it),
		cmocka_unit_test(small_files_and_others_are_read),
		cmocka_unit_test(without_a_place_for_it_the_file_is_read),
		cmocka_unit_test(a_page_is_read_from_a_view_as_from_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
