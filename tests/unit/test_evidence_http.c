#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/gzip.h"
#include "evidence/http.h"
#include "evidence/warc_read.h"

#define ARENA_BYTES (1u << 20)

static void
assert_str(struct fa_str got, const char *want)
{
	assert_non_null(got.p);
	assert_int_equal(got.n, strlen(want));
	assert_memory_equal(got.p, want, got.n);
}

static void
assert_parses(const char *block, int status, const char *head, const char *body)
{
	struct fa_arena a;
	struct fa_err err;
	struct fa_http h;

	fa_arena_init(&a, ARENA_BYTES);
	assert_int_equal(fa_http_parse(&h, fa_str_c(block), &a, &err), FA_OK);
	assert_int_equal(h.status, status);
	assert_str(h.head, head);
	assert_str(h.body, body);
	fa_arena_done(&a);
}

static void
assert_refused(const char *block)
{
	struct fa_arena a;
	struct fa_err err;
	struct fa_http h = { .status = 7 };

	fa_arena_init(&a, ARENA_BYTES);
	assert_int_equal(
		fa_http_parse(&h, fa_str_c(block), &a, &err), FA_E_INPUT);
	assert_int_equal(h.status, 7);
	fa_arena_done(&a);
}

#define OK "HTTP/1.1 200 OK\r\n"
#define CHUNKED OK "Transfer-Encoding: chunked\r\n\r\n"

static void
heads_end_at_the_first_empty_line(void **state)
{
	(void)state;
	assert_parses(OK "A: b\r\n\r\nbody", 200, OK "A: b\r\n\r\n", "body");
	assert_parses(OK "\r\nx\r\n\r\ny", 200, OK "\r\n", "x\r\n\r\ny");
	assert_parses("HTTP/1.0 404 Not Found\nA: b\n\nbody\n\n", 404,
		"HTTP/1.0 404 Not Found\nA: b\n\n", "body\n\n");
	assert_parses(OK "A: b\n\r\nbody", 200, OK "A: b\n\r\n", "body");
	assert_parses(OK "A: b\r\n\n\r\n", 200, OK "A: b\r\n\n", "\r\n");
	assert_parses("\r\n" OK "\r\nx", 200, OK "\r\n", "x");
}

static void
a_head_without_an_empty_line_has_no_body(void **state)
{
	(void)state;
	assert_parses(OK "A: b\r\n", 200, OK "A: b\r\n", "");
	assert_parses("HTTP/1.1 302 Found", 302, "HTTP/1.1 302 Found", "");
	assert_parses(OK "A: b\r", 200, OK "A: b\r", "");
}

static void
status_lines_come_in_many_forms(void **state)
{
	(void)state;
	assert_parses("HTTP/1.1 200\r\n\r\n", 200, "HTTP/1.1 200\r\n\r\n", "");
	assert_parses("HTTP/2 200\r\n\r\n", 200, "HTTP/2 200\r\n\r\n", "");
	assert_parses(
		"HTTP/1.0  599 \r\n\r\n", 599, "HTTP/1.0  599 \r\n\r\n", "");
	assert_refused("");
	assert_refused("\r\n\r\n");
	assert_refused("HTTP/1.1\r\n\r\n");
	assert_refused("HTTP/1.1 2000 OK\r\n\r\n");
	assert_refused("HTTP/1.1 99 Low\r\n\r\n");
	assert_refused("HTTP/1.1 099 Low\r\n\r\n");
	assert_refused("HTTP/1.1 600 High\r\n\r\n");
	assert_refused("HTTP/1.1 +20 OK\r\n\r\n");
	assert_refused("GET / HTTP/1.1\r\n\r\n");
	assert_refused("<html>");
}

static void
interim_responses_are_passed_over(void **state)
{
	(void)state;
	assert_parses("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\n"
		      "Link: x\r\n\r\n" OK "\r\nbody",
		200, OK "\r\n", "body");
	assert_parses("HTTP/1.1 100 Continue\r\n\r\n", 100,
		"HTTP/1.1 100 Continue\r\n\r\n", "");
	assert_parses("HTTP/1.1 101 Switching\r\n\r\nHTTP/", 101,
		"HTTP/1.1 101 Switching\r\n\r\n", "HTTP/");
}

static void
chunks_are_joined(void **state)
{
	(void)state;
	assert_parses(CHUNKED "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n", 200, CHUNKED,
		"hello!");
	/* extensions, blanks, leading zeros, bare line feeds, trailers */
	assert_parses(CHUNKED "0005;a=\"b\"\r\nhello\r\n1  \r\n!\r\n"
			      "0\r\nDigest: x\r\n\r\n",
		200, CHUNKED, "hello!");
	assert_parses(
		CHUNKED "A\n0123456789\n0\n\n", 200, CHUNKED, "0123456789");
	assert_parses(CHUNKED "0\r\n\r\n", 200, CHUNKED, "");
	assert_parses(CHUNKED "0", 200, CHUNKED, "0");
	assert_parses(CHUNKED "", 200, CHUNKED, "");
}

static void
chunks_that_were_cut_are_joined_up_to_the_cut(void **state)
{
	(void)state;
	assert_parses(
		CHUNKED "5\r\nhello\r\n5\r\nwor", 200, CHUNKED, "hellowor");
	assert_parses(CHUNKED "5\r\nhello\r\n5", 200, CHUNKED, "hello");
	assert_parses(CHUNKED "5\r\nhello\r", 200, CHUNKED, "hello");
	assert_parses(CHUNKED "5\r\nhello", 200, CHUNKED, "hello");
	assert_parses(CHUNKED "ffffffffffffffffffff\r\nx", 200, CHUNKED, "x");
}

static void
a_body_that_is_not_chunked_stays_as_it_is(void **state)
{
	(void)state;
	assert_parses(CHUNKED "<html>\r\n", 200, CHUNKED, "<html>\r\n");
	assert_parses(
		CHUNKED "5\r\nhello world", 200, CHUNKED, "5\r\nhello world");
	assert_parses(CHUNKED "0\r\nis the number\r\n", 200, CHUNKED,
		"0\r\nis the number\r\n");
	assert_parses(CHUNKED "5 apples\r\n", 200, CHUNKED, "5 apples\r\n");
#define UNCHUNKED OK "X-Archive-Orig-Transfer-Encoding: chunked\r\n\r\n"
	assert_parses(UNCHUNKED "5\r\nhello\r\n0\r\n\r\n", 200, UNCHUNKED,
		"5\r\nhello\r\n0\r\n\r\n");
#define UNKNOWN OK "Transfer-Encoding: notchunked\r\n\r\n"
	assert_parses(UNKNOWN "1\r\na\r\n0\r\n\r\n", 200, UNKNOWN,
		"1\r\na\r\n0\r\n\r\n");
}

static void
a_transfer_coding_below_the_chunks_is_removed_too(void **state)
{
	struct fa_arena a;
	struct fa_err err;
	struct fa_http h;
	struct fa_gzip *z;
	struct fa_buf gz;
	struct fa_buf block;
	struct fa_gzip_part part = { FA_STR("hello"), 0 };

	(void)state;
	fa_arena_init(&a, ARENA_BYTES);
	fa_buf_init(&gz, ARENA_BYTES);
	fa_buf_init(&block, ARENA_BYTES);
	assert_int_equal(fa_gzip_new(&z, &err), FA_OK);
	assert_int_equal(fa_gzip_member(z, &gz, &part, 1, &err), FA_OK);
	fa_buf_addf(&block,
		OK "transfer-encoding: GZIP , Chunked\r\n\r\n%zx\r\n", gz.n);
	fa_buf_add(&block, fa_buf_str(&gz));
	fa_buf_adds(&block, "\r\n0\r\n\r\n");
	assert_int_equal(
		fa_http_parse(&h, fa_buf_str(&block), &a, &err), FA_OK);
	assert_str(h.body, "hello");
	fa_gzip_free(z);
	fa_buf_done(&gz);
	fa_buf_done(&block);
	fa_arena_done(&a);
}

static void
fields_are_found_by_name_in_any_case(void **state)
{
	struct fa_str head =
		FA_STR(OK "content-TYPE:text/html\r\nContent-Type: second\r\n"
			  "Odd : spaced \r\nno colon here\r\nEmpty:\r\n"
			  "Folded: a;\r\n\tb\r\nLast: x:y\r\n\r\nBody: no\r\n");

	(void)state;
	assert_str(fa_http_field(head, "Content-Type"), "text/html");
	assert_str(fa_http_field(head, "odd"), "spaced");
	assert_str(fa_http_field(head, "Empty"), "");
	assert_str(fa_http_field(head, "Folded"), "a;\r\n\tb");
	assert_str(fa_http_field(head, "last"), "x:y");
	assert_null(fa_http_field(head, "Body").p);
	assert_null(fa_http_field(head, "b").p);
	assert_null(fa_http_field(head, "").p);
	/* the status line is no field */
	assert_null(fa_http_field(FA_STR("A: b\r\n\r\n"), "A").p);
	assert_null(fa_http_field(FA_STR_NONE, "A").p);
}

static void
charsets_are_cut_from_media_types(void **state)
{
	(void)state;
	assert_str(fa_http_charset(FA_STR("text/html; charset=GBK")), "GBK");
	assert_str(fa_http_charset(FA_STR("text/html;CHARSET = \"utf-8\" ; x")),
		"utf-8");
	assert_str(fa_http_charset(FA_STR("text/html;a=\";charset=no\";"
					  "charset='gb18030'")),
		"gb18030");
	assert_str(
		fa_http_charset(FA_STR("text/html;\r\n charset=gbk")), "gbk");
	assert_str(fa_http_charset(FA_STR("a/b; charset=; charset=x")), "x");
	assert_str(
		fa_http_charset(FA_STR("a/b; charset=gbk, text/html")), "gbk");
	assert_null(fa_http_charset(FA_STR("text/html")).p);
	assert_null(fa_http_charset(FA_STR("text/html; charset")).p);
	assert_null(fa_http_charset(FA_STR("text/html; charset=\"")).p);
	assert_null(fa_http_charset(FA_STR("text/html; xcharset=a")).p);
	assert_null(fa_http_charset(FA_STR_NONE).p);
}

static void
media_types_lose_their_parameters(void **state)
{
	(void)state;
	assert_str(fa_http_media_type(FA_STR(" text/html ; charset=x")),
		"text/html");
	assert_str(fa_http_media_type(FA_STR("text/html")), "text/html");
	assert_str(fa_http_media_type(FA_STR("text/html, a/b")), "text/html");
	assert_null(fa_http_media_type(FA_STR("; charset=x")).p);
	assert_null(fa_http_media_type(FA_STR_NONE).p);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(heads_end_at_the_first_empty_line),
		cmocka_unit_test(a_head_without_an_empty_line_has_no_body),
		cmocka_unit_test(status_lines_come_in_many_forms),
		cmocka_unit_test(interim_responses_are_passed_over),
		cmocka_unit_test(chunks_are_joined),
		cmocka_unit_test(chunks_that_were_cut_are_joined_up_to_the_cut),
		cmocka_unit_test(a_body_that_is_not_chunked_stays_as_it_is),
		cmocka_unit_test(
			a_transfer_coding_below_the_chunks_is_removed_too),
		cmocka_unit_test(fields_are_found_by_name_in_any_case),
		cmocka_unit_test(charsets_are_cut_from_media_types),
		cmocka_unit_test(media_types_lose_their_parameters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
