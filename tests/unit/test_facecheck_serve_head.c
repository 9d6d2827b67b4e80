/* Heads of requests and fields of forms, as hostile clients send them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "facecheck/serve/form.h"
#include "facecheck/serve/head.h"

#define REQUEST "POST /face/upload?token=ab HTTP/1.1\r\n"

static void
a_head_of_ours_is_read(void **state)
{
	struct fc_head h;
	struct fa_err err;

	(void)state;
	assert_int_equal(
		fc_head_parse(&h,
			FA_STR(REQUEST "Host: 127.0.0.1:80\r\nCookie: a=b; "
				       "fcsession=xy\r\ncontent-length: "
				       " 12 \r\nOrigin: http://x\r\n\r\n"),
			&err),
		FA_OK);
	assert_true(fa_str_eq(h.path, FA_STR("/face/upload")));
	assert_true(fa_str_eq(h.query, FA_STR("token=ab")));
	assert_true(h.has_length);
	assert_int_equal(h.length, 12);
	assert_true(
		fa_str_eq(fc_head_cookie(h.cookie, "fcsession"), FA_STR("xy")));
	assert_null(fc_head_cookie(h.cookie, "b").p);
}

static void
a_head_that_could_be_read_in_two_ways_is_refused(void **state)
{
	static const char *const bad[] = { "", "POST /x HTTP/1.1\r\n",
		"POST /x HTTP/1.0\r\n\r\n", "POST x HTTP/1.1\r\n\r\n",
		"POST  HTTP/1.1\r\n\r\n", REQUEST "\r\nmore",
		REQUEST "Content-Length: 1\r\nContent-Length: 1\r\n\r\n",
		REQUEST "Content-Length: -1\r\n\r\n",
		REQUEST "Content-Length: 99999999999999999999\r\n\r\n",
		REQUEST "Content-Length: 1, 1\r\n\r\n",
		REQUEST "Transfer-Encoding: chunked\r\n\r\n",
		REQUEST "Host: a\r\nHost: b\r\n\r\n",
		REQUEST " folded: x\r\n\r\n", REQUEST "a : b\r\n\r\n",
		REQUEST "no colon\r\n\r\n", REQUEST "a: b\nc: d\r\n\r\n",
		REQUEST "Cookie: a\x01\r\n\r\n" };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(bad); i++) {
		struct fc_head h;
		struct fa_err err;

		if (fc_head_parse(&h, fa_str_c(bad[i]), &err) != FA_E_INPUT)
			fail_msg("taken: %s", bad[i]);
	}
}

static void
a_boundary_is_taken_with_and_without_quotes(void **state)
{
	(void)state;
	assert_true(fa_str_eq(
		fc_head_boundary(FA_STR("multipart/form-data; boundary=aB")),
		FA_STR("aB")));
	assert_true(fa_str_eq(
		fc_head_boundary(FA_STR("multipart/form-data;boundary=\"aB\"")),
		FA_STR("aB")));
	assert_null(fc_head_boundary(FA_STR("application/octet-stream")).p);
	assert_null(fc_head_boundary(FA_STR("multipart/form-data")).p);
	assert_null(fc_head_boundary(FA_STR_NONE).p);
}

static void
a_request_from_a_page_elsewhere_is_not_own(void **state)
{
	struct fa_str host = FA_STR("127.0.0.1:80"), none = FA_STR_NONE;

	(void)state;
	assert_true(fc_head_own(host, none, none));
	assert_true(fc_head_own(
		host, FA_STR("http://127.0.0.1:80"), FA_STR("same-origin")));
	assert_false(fc_head_own(host, FA_STR("http://evil.example"), none));
	assert_false(fc_head_own(host, FA_STR("null"), none));
	assert_false(fc_head_own(host, none, FA_STR("cross-site")));
	assert_false(fc_head_own(host, none, FA_STR("same-site")));
}

static void
forms_are_decoded_or_refused(void **state)
{
	struct fc_form f;
	struct fa_arena a;
	struct fa_err err;

	(void)state;
	fa_arena_init(&a, 1u << 20);
	assert_int_equal(
		fc_form_parse(
			&f, FA_STR("a=%E4%BA%BA+x&&b&c=1%3D2&a=9"), &a, &err),
		FA_OK);
	assert_int_equal(f.n, 4);
	assert_true(fa_str_eq(fc_form_get(&f, "a"), FA_STR("人 x")));
	assert_true(fa_str_eq(fc_form_get(&f, "b"), FA_STR("")));
	assert_true(fa_str_eq(fc_form_get(&f, "c"), FA_STR("1=2")));
	assert_null(fc_form_get(&f, "d").p);
	assert_int_equal(
		fc_form_parse(&f, FA_STR("a=%4"), &a, &err), FA_E_INPUT);
	assert_int_equal(
		fc_form_parse(&f, FA_STR("a=%zz"), &a, &err), FA_E_INPUT);
	assert_int_equal(
		fc_form_parse(&f, FA_STR("a=%00"), &a, &err), FA_E_INPUT);
	assert_int_equal(
		fc_form_parse(&f, FA_STR("a=%FF"), &a, &err), FA_E_INPUT);
	assert_int_equal(
		fc_form_parse(&f, FA_STR("a&b&c&d&e&f&g&h&i&j&k&l&m&n&o&p&q"),
			&a, &err),
		FA_E_LIMIT);
	fa_arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_head_of_ours_is_read),
		cmocka_unit_test(
			a_head_that_could_be_read_in_two_ways_is_refused),
		cmocka_unit_test(a_boundary_is_taken_with_and_without_quotes),
		cmocka_unit_test(a_request_from_a_page_elsewhere_is_not_own),
		cmocka_unit_test(forms_are_decoded_or_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
