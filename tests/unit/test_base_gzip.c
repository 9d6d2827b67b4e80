#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/gzip.h"

#define ARENA_BYTES (16u << 20)
#define OUT_BYTES (8u << 20)

struct rig {
	struct fa_arena a;
	struct fa_err err;
	struct fa_gzip *z;
	struct fa_buf packed, plain;
};

/* "hello, hello, hello" as servers send it under Content-Encoding: deflate,
 * with zlib's wrapper and without. */
#define RAW_DEFLATE "\xcb\x48\xcd\xc9\xc9\xd7\x51\xc8\x40\xa2\x00"
#define ZLIB_DEFLATE "\x78\x9c" RAW_DEFLATE "\x44\x28\x06\xd5"

static int
setup(void **state)
{
	struct rig *r = calloc(1, sizeof(*r));

	assert_non_null(r);
	fa_arena_init(&r->a, ARENA_BYTES);
	fa_buf_init(&r->packed, OUT_BYTES);
	fa_buf_init(&r->plain, OUT_BYTES);
	assert_int_equal(fa_gzip_new(&r->z, &r->err), FA_OK);
	*state = r;
	return 0;
}

static int
teardown(void **state)
{
	struct rig *r = *state;

	fa_gzip_free(r->z);
	fa_buf_done(&r->packed);
	fa_buf_done(&r->plain);
	fa_arena_done(&r->a);
	free(r);
	return 0;
}

/* n bytes that do not compress, or that do. */
static struct fa_str
bytes(struct rig *r, size_t n, bool random)
{
	char *p = fa_arena_new(&r->a, n, 1);
	uint32_t x = 1;

	assert_non_null(p);
	for (size_t i = 0; i < n; i++) {
		x = x * 1664525 + 1013904223;
		p[i] = random ? (char)(x >> 24) : "policy "[i % 7];
	}
	return (struct fa_str){ p, n };
}

static void
pack(struct rig *r, struct fa_str s, int stored)
{
	struct fa_gzip_part part = { s, stored };

	assert_int_equal(
		fa_gzip_member(r->z, &r->packed, &part, 1, &r->err), FA_OK);
}

static void
assert_packed_is(struct rig *r, size_t from, struct fa_str s)
{
	struct fa_str in =
		fa_str_sub(fa_buf_str(&r->packed), from, r->packed.n);
	size_t used = 0;

	fa_buf_reset(&r->plain);
	assert_int_equal(
		fa_gunzip_member(&r->plain, &used, in, s.n, &r->err), FA_OK);
	assert_int_equal(used, in.n);
	assert_true(fa_str_eq(fa_buf_str(&r->plain), s));
}

static void
parts_stored_and_compressed_make_one_member(void **state)
{
	struct rig *r = *state;
	static const size_t sizes[] = { 0, 1, 65535, 65536, 300000 };

	for (size_t i = 0; i < FA_COUNT(sizes); i++) {
		for (int stored = 0; stored < 4; stored++) {
			struct fa_str body = bytes(r, sizes[i], true);
			struct fa_gzip_part parts[] = {
				{ FA_STR("WARC/1.1\r\n"), stored & 1 },
				{ body, stored >> 1 },
				{ FA_STR("\r\n\r\n"), stored & 1 },
			};
			struct fa_buf all;

			fa_buf_init(&all, OUT_BYTES);
			for (size_t k = 0; k < 3; k++)
				fa_buf_add(&all, parts[k].data);
			fa_buf_reset(&r->packed);
			assert_int_equal(fa_gzip_member(r->z, &r->packed, parts,
						 3, &r->err),
				FA_OK);
			assert_packed_is(r, 0, fa_buf_str(&all));
			fa_buf_done(&all);
		}
	}
}

static void
a_stored_part_grows_by_little_and_a_compressed_one_shrinks(void **state)
{
	struct rig *r = *state;

	pack(r, bytes(r, 1 << 20, true), 1);
	assert_in_range(r->packed.n, 1 << 20, (1 << 20) + 2000);
	fa_buf_reset(&r->packed);
	pack(r, bytes(r, 1 << 20, false), 0);
	assert_in_range(r->packed.n, 20, 20000);
}

static void
the_same_parts_give_the_same_bytes(void **state)
{
	struct rig *r = *state;
	struct fa_str body = bytes(r, 100000, false);
	struct fa_str noise = bytes(r, 100000, true);
	struct fa_gzip_part parts[] = { { FA_STR("head"), 0 }, { body, 1 },
		{ noise, 0 } };
	struct fa_str first;
	size_t n;

	assert_int_equal(
		fa_gzip_member(r->z, &r->packed, parts, 3, &r->err), FA_OK);
	n = r->packed.n;
	/* another member in between leaves no trace */
	pack(r, noise, 1);
	first = fa_arena_dup(&r->a, fa_str_sub(fa_buf_str(&r->packed), 0, n));
	fa_buf_reset(&r->packed);
	assert_int_equal(
		fa_gzip_member(r->z, &r->packed, parts, 3, &r->err), FA_OK);
	assert_true(fa_str_eq(fa_buf_str(&r->packed), first));
}

static void
a_member_that_does_not_fit_leaves_the_buffer_as_it_was(void **state)
{
	struct rig *r = *state;
	struct fa_gzip_part part = { bytes(r, 100000, true), 0 };
	struct fa_buf small;

	fa_buf_init(&small, 1000);
	fa_buf_adds(&small, "before");
	assert_int_equal(
		fa_gzip_member(r->z, &small, &part, 1, &r->err), FA_E_LIMIT);
	assert_string_equal(small.p, "before");
	fa_buf_done(&small);
	pack(r, part.data, 0);
	assert_packed_is(r, 0, part.data);
}

static void
members_are_inflated_one_by_one(void **state)
{
	struct rig *r = *state;
	struct fa_str in;
	size_t used = 0;

	pack(r, FA_STR("one"), 0);
	pack(r, FA_STR("two"), 1);
	in = fa_buf_str(&r->packed);
	assert_int_equal(
		fa_gunzip_member(&r->plain, &used, in, 3, &r->err), FA_OK);
	assert_string_equal(r->plain.p, "one");
	in = fa_str_sub(in, used, in.n);
	assert_int_equal(
		fa_gunzip_member(&r->plain, &used, in, 3, &r->err), FA_OK);
	assert_string_equal(r->plain.p, "onetwo");
	assert_int_equal(used, in.n);
}

static void
a_member_cut_anywhere_ends_early(void **state)
{
	struct rig *r = *state;

	pack(r, bytes(r, 2000, true), 0);
	for (size_t n = 0; n < r->packed.n; n++) {
		struct fa_str cut = fa_str_sub(fa_buf_str(&r->packed), 0, n);
		size_t used = 7;

		assert_int_equal(
			fa_gunzip_member(&r->plain, &used, cut, 4000, &r->err),
			FA_E_INPUT);
		assert_int_equal(used, 7);
		assert_int_equal(r->plain.n, 0);
		assert_non_null(strstr(r->err.msg, "ends early"));
	}
}

static void
a_changed_byte_is_noticed_by_the_check_sum(void **state)
{
	struct rig *r = *state;
	size_t used = 0;

	pack(r, bytes(r, 3000, true), 1);
	r->packed.p[1500] ^= 1;
	assert_int_equal(fa_gunzip_member(&r->plain, &used,
				 fa_buf_str(&r->packed), 4000, &r->err),
		FA_E_INPUT);
	assert_int_equal(r->plain.n, 0);
}

static void
a_bomb_stops_at_the_limit(void **state)
{
	struct rig *r = *state;
	struct fa_str out = FA_STR_NONE;
	struct fa_str zeros = { fa_arena_new(&r->a, 4 << 20, 1), 4 << 20 };
	size_t used = 0;

	pack(r, zeros, 0);
	assert_int_equal(
		fa_gunzip_member(&r->plain, &used, fa_buf_str(&r->packed),
			(4 << 20) - 1, &r->err),
		FA_E_LIMIT);
	assert_int_equal(r->plain.n, 0);
	assert_packed_is(r, 0, zeros);
	assert_int_equal(fa_http_decode(&out, fa_buf_str(&r->packed),
				 FA_STR("gzip"), 100000, &r->a, &r->err),
		FA_E_LIMIT);
	assert_null(out.p);
}

static void
pieces_of_any_size_inflate_to_the_same(void **state)
{
	struct rig *r = *state;
	struct fa_str body = bytes(r, 5000, false);
	struct fa_gunzip *z;
	size_t at = 0;
	char out[7];
	int end = 0;

	pack(r, body, 0);
	assert_int_equal(fa_gunzip_new(&z, &r->err), FA_OK);
	while (end == 0) {
		size_t used;
		size_t got;

		end = fa_gunzip_some(z,
			fa_str_sub(fa_buf_str(&r->packed), at, at + 3), &used,
			out, sizeof(out), &got, &r->err);
		assert_true(end >= 0 && (used > 0 || got > 0 || end == 1));
		fa_buf_add(&r->plain, (struct fa_str){ out, got });
		at += used;
	}
	fa_gunzip_free(z);
	assert_int_equal(at, r->packed.n);
	assert_true(fa_str_eq(fa_buf_str(&r->plain), body));
}

static int
decode(struct rig *r, struct fa_str *out, struct fa_str body,
	const char *coding)
{
	*out = FA_STR("untouched");
	return fa_http_decode(
		out, body, fa_str_c(coding), 1000, &r->a, &r->err);
}

static void
assert_decodes(
	struct rig *r, struct fa_str body, const char *coding, const char *text)
{
	struct fa_str out;

	assert_int_equal(decode(r, &out, body, coding), FA_OK);
	assert_int_equal(out.n, strlen(text));
	assert_memory_equal(out.p, text, out.n);
}

static void
bodies_are_decoded_by_their_coding(void **state)
{
	struct rig *r = *state;
	struct fa_str gz;
	struct fa_str twice;

	pack(r, FA_STR("hello"), 0);
	gz = fa_arena_dup(&r->a, fa_buf_str(&r->packed));
	fa_buf_reset(&r->packed);
	pack(r, gz, 0);
	twice = fa_buf_str(&r->packed);
	assert_decodes(r, gz, "gzip", "hello");
	assert_decodes(r, gz, " X-GZip ", "hello");
	assert_decodes(r, gz, "identity, gzip", "hello");
	assert_decodes(r, gz, ",gzip,,", "hello");
	assert_decodes(r, twice, "gzip, gzip", "hello");
	assert_decodes(
		r, FA_STR(ZLIB_DEFLATE), "deflate", "hello, hello, hello");
	assert_decodes(
		r, FA_STR(RAW_DEFLATE), "deflate", "hello, hello, hello");
	assert_decodes(r, FA_STR("x"), "identity", "x");
	assert_decodes(r, FA_STR("x"), NULL, "x");
	assert_decodes(r, FA_STR("x"), "UTF-8", "x");
	assert_decodes(r, FA_STR(""), "br", "");
}

static void
several_gzip_members_are_one_body_and_garbage_behind_is_dropped(void **state)
{
	struct rig *r = *state;

	pack(r, FA_STR("ab"), 0);
	pack(r, FA_STR("cd"), 0);
	assert_decodes(r, fa_buf_str(&r->packed), "gzip", "abcd");
	fa_buf_adds(&r->packed, "<!-- cache -->");
	assert_decodes(r, fa_buf_str(&r->packed), "gzip", "abcd");
}

static void
a_body_that_is_not_gzip_though_called_so_is_taken_as_it_is(void **state)
{
	struct rig *r = *state;
	struct fa_str page = FA_STR("<html>");
	struct fa_str out;

	assert_int_equal(decode(r, &out, page, "gzip"), FA_OK);
	assert_ptr_equal(out.p, page.p);
	assert_int_equal(out.n, page.n);
}

static void
what_cannot_be_decoded_is_said(void **state)
{
	struct rig *r = *state;
	struct fa_str out;

	assert_int_equal(decode(r, &out, FA_STR("x"), "br"), FA_E_UNSUPPORTED);
	assert_string_equal(r->err.msg,
		"content coding br, only gzip and deflate are handled");
	assert_int_equal(
		decode(r, &out, FA_STR("x"), "gzip, zstd"), FA_E_UNSUPPORTED);
	assert_int_equal(decode(r, &out, FA_STR("\x1f\x8b\x08 broken"), "gzip"),
		FA_E_INPUT);
	assert_int_equal(decode(r, &out, FA_STR("\x1f"), "gzip"), FA_E_INPUT);
	assert_int_equal(
		decode(r, &out, FA_STR("<html>"), "deflate"), FA_E_INPUT);
	assert_int_equal(
		decode(r, &out, FA_STR("x"), "gzip,gzip,gzip,gzip,gzip"),
		FA_E_LIMIT);
	assert_true(fa_str_eq(out, FA_STR("untouched")));
}

static void
an_arena_that_is_full_is_an_error(void **state)
{
	struct rig *r = *state;
	struct fa_arena tiny;
	struct fa_str out = FA_STR_NONE;

	pack(r, bytes(r, 900, false), 0);
	fa_arena_init(&tiny, 100);
	assert_int_equal(fa_http_decode(&out, fa_buf_str(&r->packed),
				 FA_STR("gzip"), 1000, &tiny, &r->err),
		FA_E_NOMEM);
	fa_arena_done(&tiny);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
		TEST(parts_stored_and_compressed_make_one_member),
		TEST(a_stored_part_grows_by_little_and_a_compressed_one_shrinks),
		TEST(the_same_parts_give_the_same_bytes),
		TEST(a_member_that_does_not_fit_leaves_the_buffer_as_it_was),
		TEST(members_are_inflated_one_by_one),
		TEST(a_member_cut_anywhere_ends_early),
		TEST(a_changed_byte_is_noticed_by_the_check_sum),
		TEST(a_bomb_stops_at_the_limit),
		TEST(pieces_of_any_size_inflate_to_the_same),
		TEST(bodies_are_decoded_by_their_coding),
		TEST(several_gzip_members_are_one_body_and_garbage_behind_is_dropped),
		TEST(a_body_that_is_not_gzip_though_called_so_is_taken_as_it_is),
		TEST(what_cannot_be_decoded_is_said),
		TEST(an_arena_that_is_full_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
