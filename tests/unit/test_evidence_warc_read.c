#include "fixture_warc.h"

#include "evidence/warc_fields.h"

#define CRLF "\r\n"

/* As Common Crawl writes it: WARC 1.0, SHA-1 in base 32, the body decoded and
 * the field renamed. */
#define CC_INFO                                                                \
	"WARC/1.0" CRLF "WARC-Type: warcinfo" CRLF                             \
	"WARC-Date: 2024-02-20T20:48:26Z" CRLF                                 \
	"WARC-Record-ID: <urn:uuid:1f5e3c2a-0b6a-4d3f-9d0b-111111111111>" CRLF \
	"Content-Length: 8" CRLF "Content-Type: application/warc-fields" CRLF  \
	"WARC-Filename: CC-MAIN-00000.warc.gz" CRLF CRLF "a: b" CRLF           \
	"\r\n" CRLF CRLF
#define CC_RESPONSE                                                            \
	"WARC/1.0" CRLF "WARC-Type: response" CRLF                             \
	"WARC-Date: 2024-02-21T01:02:03Z" CRLF                                 \
	"WARC-Record-ID: <urn:uuid:2f5e3c2a-0b6a-4d3f-9d0b-222222222222>" CRLF \
	"Content-Length: 81" CRLF                                              \
	"Content-Type: application/http; msgtype=response" CRLF                \
	"WARC-IP-Address: 192.0.2.1" CRLF                                      \
	"WARC-Target-URI: http://example.cn/%E9%9A%90" CRLF                    \
	"WARC-Payload-Digest: sha1:LLZAUPIYLMBHDLFRGJXNP5EFAP2J2ZM7" CRLF      \
	"WARC-Block-Digest: sha1:K2ZBGSAUYPZXBJ4FJ7HJKXGOPRXVYZXX" CRLF        \
	"WARC-Identified-Payload-Type: text/html" CRLF CRLF                    \
	"HTTP/1.1 200 OK" CRLF "X-Crawler-Content-Encoding: gzip" CRLF         \
	"Content-Length: 5" CRLF CRLF "hello\r\n\r\n" CRLF CRLF
#define FOLDED                                                                 \
	"WARC/1.0\n"                                                           \
	"warc-type: conversion\n"                                              \
	"WARC-TARGET-URI: <http://example.cn/\n"                               \
	" a>\n"                                                                \
	"content-type: text/plain;\r\n\tcharset=utf-8\r\n"                     \
	"this line has no colon\n"                                             \
	"WARC-Type: second\n"                                                  \
	"Content-Length: 4\n\ntext\n\n"

static void
records_of_common_crawl_are_read_plain_and_compressed(void **state)
{
	struct place *p = *state;
	struct fa_str texts[] = { FA_STR(CC_INFO), FA_STR(CC_RESPONSE) };
	struct fa_buf file;
	struct fa_gzip *z;

	fa_buf_init(&file, 1 << 20);
	assert_int_equal(fa_gzip_new(&z, &p->err), FA_OK);
	for (int gz = 0; gz < 2; gz++) {
		struct fa_warc_record rec;
		struct fa_http h;

		fa_buf_reset(&file);
		for (size_t i = 0; i < FA_COUNT(texts); i++) {
			struct fa_gzip_part part = { texts[i], 0 };

			if (gz) {
				assert_int_equal(fa_gzip_member(z, &file, &part,
							 1, &p->err),
					FA_OK);
			} else {
				fa_buf_add(&file, texts[i]);
			}
		}
		put_file(fa_buf_str(&file));
		fixture_read(p);
		rec = fixture_next(p);
		assert_str(rec.type, "warcinfo");
		assert_str(rec.block, "a: b\r\n\r\n");
		rec = fixture_next(p);
		assert_str(rec.type, "response");
		assert_str(rec.id,
			"urn:uuid:2f5e3c2a-0b6a-4d3f-9d0b-222222222222");
		assert_str(rec.url, "http://example.cn/%E9%9A%90");
		assert_true(rec.at_us == INT64_C(1708477323000000));
		assert_str(rec.payload_digest,
			"sha1:LLZAUPIYLMBHDLFRGJXNP5EFAP2J2ZM7");
		assert_true(rec.offset + rec.length == (int64_t)file.n);
		assert_int_equal(
			fa_http_parse(&h, rec.block, &p->a, &p->err), FA_OK);
		assert_str(h.body, "hello\r\n\r\n");
		assert_null(fa_http_field(h.head, "Content-Encoding").p);
		assert_at_end(p);
		assert_at_end(p);
	}
	fa_gzip_free(z);
	fa_buf_done(&file);
}

static void
fields_may_be_folded_and_named_in_any_case(void **state)
{
	struct place *p = *state;
	struct fa_warc_record rec;

	put_file(FA_STR(FOLDED));
	fixture_read(p);
	rec = fixture_next(p);
	assert_str(rec.type, "conversion");
	assert_str(rec.url, "http://example.cn/  a");
	assert_str(rec.media_type, "text/plain;  \tcharset=utf-8");
	assert_str(rec.block, "text");
	assert_null(rec.id.p);
	assert_int_equal(rec.at_us, 0);
	assert_at_end(p);
}

static void
line_ends_between_records_are_passed_over(void **state)
{
	struct place *p = *state;
	struct fa_buf b;

	fa_buf_init(&b, 1 << 20);
	for (int i = 0; i < 3; i++)
		fa_buf_adds(&b, "\r\n\n\r\n" FOLDED "\r\n");
	put_file(fa_buf_str(&b));
	fixture_read(p);
	for (int i = 0; i < 3; i++)
		assert_str(fixture_next(p).block, "text");
	assert_at_end(p);
	/* none at all is fine, too */
	fa_buf_reset(&b);
	for (int i = 0; i < 2; i++)
		fa_buf_adds(&b,
			"WARC/1.1\r\nWARC-Type: a\r\nContent-Length: 0"
			"\r\n\r\n");
	put_file(fa_buf_str(&b));
	fixture_read(p);
	assert_int_equal(fixture_next(p).block.n, 0);
	assert_non_null(fixture_next(p).block.p);
	assert_at_end(p);
	fa_buf_done(&b);
}

static void
empty_members_are_passed_over(void **state)
{
	struct place *p = *state;
	struct fa_gzip_part nothing = { FA_STR(""), 0 };
	struct fa_gzip_part blank = { FA_STR("\r\n"), 0 };
	struct fa_gzip_part record = { FA_STR(FOLDED), 0 };
	struct fa_warc_record rec;
	struct fa_gzip *z;
	struct fa_buf b;

	fa_buf_init(&b, 1 << 20);
	assert_int_equal(fa_gzip_new(&z, &p->err), FA_OK);
	assert_int_equal(fa_gzip_member(z, &b, &nothing, 1, &p->err), FA_OK);
	assert_int_equal(fa_gzip_member(z, &b, &record, 1, &p->err), FA_OK);
	assert_int_equal(fa_gzip_member(z, &b, &blank, 1, &p->err), FA_OK);
	put_file(fa_buf_str(&b));
	fixture_read(p);
	assert_str(fixture_next(p).block, "text");
	assert_at_end(p);
	assert_int_equal(
		fa_warc_read_at(&rec, p->r, 0, &p->a, &p->err), FA_E_INPUT);
	fa_gzip_free(z);
	fa_buf_done(&b);
}

static void
an_empty_file_has_no_records(void **state)
{
	struct place *p = *state;
	struct fa_warc_record rec;

	put_file(FA_STR(""));
	fixture_read(p);
	assert_at_end(p);
	assert_int_equal(
		fa_warc_read_at(&rec, p->r, 0, &p->a, &p->err), FA_E_INPUT);
	assert_string_equal(p->err.msg,
		"a.warc.gz: record at byte 0: the file ends before it");
}

static void
assert_next_fails(struct place *p, struct fa_str file, int rc, const char *why)
{
	struct fa_warc_record rec = { .offset = 7 };

	put_file(file);
	fixture_read(p);
	/* and fails again when it is asked again */
	for (int i = 0; i < 2; i++) {
		assert_int_equal(
			fa_warc_read_next(p->r, &rec, &p->a, &p->err), rc);
		if (strstr(p->err.msg, why) == NULL)
			fail_msg("'%s' lacks '%s'", p->err.msg, why);
	}
	assert_int_equal(rec.offset, 7);
}

static void
what_is_no_record_is_said(void **state)
{
	struct place *p = *state;
	char *huge = fa_arena_new(&p->a, 200000, 1);

#define BAD(text, why) assert_next_fails(p, FA_STR(text), FA_E_INPUT, why)
	BAD("garbage", "'garbage' found where a record should begin");
	BAD("filedesc://x.arc", "where a record should begin");
	BAD("WAR", "the file ends within the record");
	BAD("\x1f", "the file ends within the record");
	BAD("\x1f\x8b nothing of the kind", "broken compressed data");
	BAD("\x1f\x8b", "the file ends within the record");
	BAD("WARC/1.0\r\n", "the file ends within the record");
	BAD("WARC/1\r\n\r\n", "'WARC/1' found, WARC/1.1 or another");
	BAD("WARC/x.y\r\n\r\n", "another version expected");
	BAD("WARC/1.1\r\nWARC-Type: a\r\n\r\n", "no Content-Length");
	BAD("WARC/1.1\r\nContent-Length: 0\r\n\r\n", "no WARC-Type");
#define WITH_LENGTH(n)                                                         \
	"WARC/1.1\r\nWARC-Type: a\r\nContent-Length: " n "\r\n\r\n"
	BAD(WITH_LENGTH("-1"), "bad Content-Length '-1'");
	BAD(WITH_LENGTH("0x10"), "bad Content-Length '0x10'");
	BAD(WITH_LENGTH("99999999999999999999"), "bad Content-Length");
	BAD(WITH_LENGTH("1\r\nContent-Length: 2"), "bad Content-Length '2'");
	BAD(WITH_LENGTH("5") "1234", "the file ends within the record");
	BAD(WITH_LENGTH("70000000") "x", "the file ends within the record");
	BAD(WITH_LENGTH("900000000000") "x", "the file ends within");
	memset(huge, 'a', 200000);
	memcpy(huge, "WARC/1.1\r\n", 10);
	assert_next_fails(p, (struct fa_str){ huge, 200000 }, FA_E_INPUT,
		"fields of more than 65536 bytes");
	assert_next_fails(p, FA_STR("\x28\xb5\x2f\xfd\x24"), FA_E_UNSUPPORTED,
		"compressed by zstd");
}

static void
compressed(struct place *p, struct fa_buf *b, struct fa_str text)
{
	struct fa_gzip_part part = { text, 0 };
	struct fa_gzip *z;

	assert_int_equal(fa_gzip_new(&z, &p->err), FA_OK);
	assert_int_equal(fa_gzip_member(z, b, &part, 1, &p->err), FA_OK);
	fa_gzip_free(z);
}

static void
a_file_compressed_as_a_whole_is_not_supported(void **state)
{
	struct place *p = *state;
	struct fa_buf b;

	fa_buf_init(&b, 1 << 20);
	compressed(p, &b, FA_STR(CC_INFO CC_RESPONSE));
	assert_next_fails(p, fa_buf_str(&b), FA_E_UNSUPPORTED,
		"compressed as a whole, not record by record");
	fa_buf_reset(&b);
	compressed(p, &b, FA_STR(CC_INFO "x"));
	assert_next_fails(
		p, fa_buf_str(&b), FA_E_INPUT, "data behind the block");
	fa_buf_done(&b);
}

/* A length that a small compressed file might hold, but this one does not. */
static void
a_bomb_that_promises_more_than_it_holds_costs_little(void **state)
{
	struct place *p = *state;
	struct fa_buf b;

	fa_buf_init(&b, 1 << 20);
	compressed(p, &b, FA_STR(WITH_LENGTH("83000000") "x"));
	assert_next_fails(p, fa_buf_str(&b), FA_E_INPUT,
		"the file ends within the record");
	fa_buf_reset(&b);
	compressed(p, &b, FA_STR(WITH_LENGTH("999999999999") "x"));
	assert_next_fails(p, fa_buf_str(&b), FA_E_INPUT,
		"the file ends within the record");
	fa_buf_done(&b);
}

static void
a_block_over_the_limit_is_passed_over(void **state)
{
	struct place *p = *state;
	struct fa_warc_record rec;
	struct fa_str zeros = { fa_arena_new(&p->a, 90 << 20, 1), 90 << 20 };
	struct fa_buf b;

	assert_non_null(zeros.p);
	for (int gz = 0; gz < 2; gz++) {
		struct fa_buf text;

		fa_buf_init(&text, 100 << 20);
		fa_buf_init(&b, 100 << 20);
		fa_buf_adds(&text, WITH_LENGTH("94371840"));
		fa_buf_add(&text, zeros);
		fa_buf_adds(&text, "\r\n\r\n");
		if (gz)
			compressed(p, &b, fa_buf_str(&text));
		else
			fa_buf_add(&b, fa_buf_str(&text));
		fa_buf_done(&text);
		fa_buf_adds(&b, FOLDED);
		put_file(fa_buf_str(&b));
		fixture_read(p);
		rec = fixture_next(p);
		assert_str(rec.type, "a");
		assert_null(rec.block.p);
		assert_str(fixture_next(p).block, "text");
		assert_at_end(p);
		assert_int_equal(fa_warc_read_at(&rec, p->r, 0, &p->a, &p->err),
			FA_E_LIMIT);
		fa_buf_done(&b);
	}
}

static void
a_record_is_read_at_its_offset_without_moving_the_next(void **state)
{
	struct place *p = *state;
	struct fa_warc_exchange x = fixture_exchange();
	struct fa_warc_place at[2];
	struct fa_warc_record rec;

	fixture_open(p, 0);
	for (size_t i = 0; i < 2; i++)
		at[i] = fixture_add(p, &x);
	(void)fixture_sync(p);
	fixture_read(p);
	assert_int_equal(
		fa_warc_read_at(&rec, p->r, at[1].offset, &p->a, &p->err),
		FA_OK);
	assert_str(rec.id, at[1].id);
	assert_str(fixture_next(p).type, "warcinfo");
	assert_int_equal(
		fa_warc_read_at(&rec, p->r, at[0].offset, &p->a, &p->err),
		FA_OK);
	assert_str(rec.block, HEAD BODY);
	assert_str(fixture_next(p).id, at[0].id);
	assert_int_equal(
		fa_warc_read_at(&rec, p->r, at[0].offset + 1, &p->a, &p->err),
		FA_E_INPUT);
	assert_int_equal(
		fa_warc_read_at(&rec, p->r, INT64_MAX / 2, &p->a, &p->err),
		FA_E_INPUT);
}

static void
a_file_cut_anywhere_is_read_up_to_the_cut(void **state)
{
	struct place *p = *state;
	struct fa_warc_exchange x = fixture_exchange();
	struct fa_str whole;
	int64_t ends[8] = { 0 };
	size_t n = 0;

	fixture_open(p, 0);
	(void)fixture_add(p, &x);
	(void)fixture_sync(p);
	fixture_close(p);
	fixture_read(p);
	for (; n < 4; n++)
		ends[n + 1] = ends[n] + fixture_next(p).length;
	whole = file_bytes(p);
	assert_int_equal(ends[4], whole.n);
	for (size_t cut = 0; cut < whole.n; cut++) {
		size_t records = 0;
		int rc;

		/* a cut between two records is no fault of the file */
		for (n = 0; n < 4 && ends[n + 1] <= (int64_t)cut;)
			n++;
		put_file(fa_str_sub(whole, 0, cut));
		fixture_read(p);
		do {
			struct fa_warc_record rec;

			rc = fa_warc_read_next(p->r, &rec, &p->a, &p->err);
			records += rc == 1;
		} while (rc == 1);
		assert_int_equal(records, n);
		assert_int_equal(rc, ends[n] == (int64_t)cut ? 0 : FA_E_INPUT);
	}
}

static void
a_record_that_does_not_fit_the_arena_is_an_error(void **state)
{
	struct place *p = *state;
	struct fa_warc_record rec;
	struct fa_arena tiny;

	put_file(FA_STR(WITH_LENGTH("4000") "x"));
	fixture_read(p);
	for (size_t bytes = 16; bytes < 2000; bytes += 500) {
		fa_arena_init(&tiny, bytes);
		assert_int_equal(fa_warc_read_next(p->r, &rec, &tiny, &p->err),
			FA_E_NOMEM);
		fa_arena_done(&tiny);
	}
}

static void
what_is_no_file_cannot_be_opened(void **state)
{
	struct place *p = *state;

	assert_int_equal(
		fa_warc_reader_open(&p->r, FA_STR("none"), &p->err), FA_E_IO);
	assert_string_equal(
		p->err.msg, "cannot open none: No such file or directory");
	assert_int_equal(
		fa_warc_reader_open(&p->r, FA_STR("."), &p->err), FA_E_IO);
	assert_string_equal(p->err.msg, "cannot read .: not a regular file");
	assert_int_equal(
		fa_warc_reader_open(&p->r, FA_STR(""), &p->err), FA_E_USAGE);
	assert_int_equal(fa_warc_reader_open(&p->r, FA_STR("a\0b"), &p->err),
		FA_E_USAGE);
	assert_null(p->r);
}

static void
dates_are_read_with_the_precision_that_they_have(void **state)
{
	static const struct {
		const char *text;
		int64_t us;
	} cases[] = {
		{ "2025-11-21T08:00:00.123456Z", FIXTURE_AT_US },
		{ "2025-11-21T08:00:00.123456789Z", FIXTURE_AT_US },
		{ "2025-11-21T08:00:00.1Z", INT64_C(1763712000100000) },
		{ "2025-11-21T08:00:00Z", INT64_C(1763712000000000) },
		{ "2025-11-21T08:00Z", INT64_C(1763712000000000) },
		{ "2025-11-21", INT64_C(1763683200000000) },
		{ "2025-11", INT64_C(1761955200000000) },
		{ "2025", INT64_C(1735689600000000) },
		{ "2024-02-29T23:59:60Z", INT64_C(1709251200000000) },
		{ "1969-12-31T23:59:59Z", -1000000 },
		{ "0001-01-01T00:00:00Z", INT64_C(-62135596800000000) },
		{ "9999-12-31T23:59:59Z", INT64_C(253402300799000000) },
		{ "", 0 },
		{ "202", 0 },
		{ "2025-1", 0 },
		{ "2025-02-30", 0 },
		{ "2025-11-21T", 0 },
		{ "2025-11-21T08:00:00", 0 },
		{ "2025-11-21T24:00:00Z", 0 },
		{ "2025-11-21T08:60:00Z", 0 },
		{ "2025-11-21T08:00:61Z", 0 },
		{ "2025-11-21T08:00:00.Z", 0 },
		{ "2025-11-21T08:00:00.1234567890Z", 0 },
		{ "2025-11-21T08:00:00,5Z", 0 },
		{ "2025-11-21T08:00:00+08:00", 0 },
		{ "2025-11-21 08:00:00Z", 0 },
		{ "2025-11-21T08:00:0Z", 0 },
	};

	(void)state;
	for (size_t i = 0; i < FA_COUNT(cases); i++) {
		int64_t us = fa_warc_parse_date(fa_str_c(cases[i].text));

		if (us != cases[i].us) {
			fail_msg("'%s' gives %lld, not %lld", cases[i].text,
				(long long)us, (long long)cases[i].us);
		}
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(records_of_common_crawl_are_read_plain_and_compressed),
		TEST(fields_may_be_folded_and_named_in_any_case),
		TEST(line_ends_between_records_are_passed_over),
		TEST(empty_members_are_passed_over),
		TEST(an_empty_file_has_no_records),
		TEST(what_is_no_record_is_said),
		TEST(a_file_compressed_as_a_whole_is_not_supported),
		TEST(a_bomb_that_promises_more_than_it_holds_costs_little),
		TEST(a_block_over_the_limit_is_passed_over),
		TEST(a_record_is_read_at_its_offset_without_moving_the_next),
		TEST(a_file_cut_anywhere_is_read_up_to_the_cut),
		TEST(a_record_that_does_not_fit_the_arena_is_an_error),
		TEST(what_is_no_file_cannot_be_opened),
		cmocka_unit_test(
			dates_are_read_with_the_precision_that_they_have),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
