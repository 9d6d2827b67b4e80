#include "fixture_warc.h"

static void
an_archive_begins_with_a_warcinfo_record(void **state)
{
	struct place *p = *state;
	struct fa_warc_record rec;
	int64_t end;

	fixture_open(p, 0);
	end = fa_warc_end(p->w);
	assert_true(end > 0);
	assert_int_equal(file_size(), end);
	fixture_read(p);
	rec = fixture_next(p);
	assert_str(rec.type, "warcinfo");
	assert_int_equal(rec.offset, 0);
	assert_int_equal(rec.length, end);
	assert_null(rec.url.p);
	assert_str(rec.media_type, "application/warc-fields");
	assert_str(rec.block,
		"software: faceaudit test\r\nformat: WARC File Format 1.1\r\n"
		"conformsTo: http://iipc.github.io/warc-specifications/"
		"specifications/warc-format/warc-1.1/\r\n");
	assert_true(rec.at_us > INT64_C(1700000000000000));
	assert_int_equal(
		count(file_text(p), "\r\nWARC-Filename: a.warc.gz\r\n"), 1);
	assert_at_end(p);
}

static void
a_hop_gives_response_request_and_metadata(void **state)
{
	struct place *p = *state;
	struct fa_warc_exchange x = fixture_exchange();
	struct fa_warc_place at;
	struct fa_warc_record rec[3];
	int64_t end;

	fixture_open(p, 0);
	at = fixture_add(p, &x);
	end = fixture_sync(p);
	assert_true(file_size() == end);
	fixture_read(p);
	(void)fixture_next(p);
	for (size_t i = 0; i < 3; i++) {
		rec[i] = fixture_next(p);
		assert_str(rec[i].url, "https://example.com/privacy");
		assert_str(rec[i].ip, "192.0.2.7");
		assert_true(rec[i].at_us == FIXTURE_AT_US);
		assert_int_equal(rec[i].id.n, FA_WARC_ID_BYTES - 1);
	}
	assert_at_end(p);
	assert_str(rec[0].type, "response");
	assert_str(rec[0].block, HEAD BODY);
	assert_str(rec[0].id, at.id);
	assert_true(rec[0].offset == at.offset && rec[0].length == at.length);
	assert_str(rec[0].media_type, "application/http;msgtype=response");
	assert_null(rec[0].truncated.p);
	assert_true(
		fa_str_ends(rec[0].payload_digest, fa_str_c(x.payload_sha256)));
	assert_str(rec[1].type, "request");
	assert_str(rec[1].block, "GET /privacy HTTP/1.1\r\n\r\n");
	assert_str(rec[1].media_type, "application/http;msgtype=request");
	assert_str(rec[2].type, "metadata");
	assert_str(rec[2].block, "fetchTimeMs: 12\r\n");
	assert_str(rec[2].refers_id, at.id);
	assert_int_equal(count(file_text(p), "\r\nWARC-Concurrent-To: <"), 2);
}

static void
blocks_agree_with_their_digests(void **state)
{
	struct place *p = *state;
	struct fa_warc_exchange x = fixture_exchange();
	struct fa_warc_record rec;
	char hex[FA_HASH_HEX_BYTES];
	int n = 0;

	fixture_open(p, 0);
	(void)fixture_add(p, &x);
	(void)fixture_sync(p);
	fixture_read(p);
	while (fa_warc_read_next(p->r, &rec, &p->a, &p->err) > 0) {
		n++;
		assert_int_equal(
			fa_hash_sha256(hex, rec.block, &p->err), FA_OK);
		assert_true(fa_str_starts(rec.block_digest, FA_STR("sha256:")));
		assert_str(fa_str_sub(rec.block_digest, 7, SIZE_MAX), hex);
	}
	assert_int_equal(n, 4);
}

static void
every_record_is_the_text_that_warc_wants(void **state)
{
	struct place *p = *state;
	struct fa_warc_exchange x = fixture_exchange();
	struct fa_str text;
	size_t at;

	x.request = FA_STR_NONE;
	x.fields = FA_STR_NONE;
	x.cut = FA_WARC_CUT_LENGTH;
	fixture_open(p, 0);
	(void)fixture_add(p, &x);
	(void)fixture_sync(p);
	text = file_text(p);
	at = fa_str_find(text, FA_STR("\r\n\r\nWARC/1.1\r\n"), 0);
	assert_int_not_equal(at, SIZE_MAX);
	text = fa_str_sub(text, at + 4, text.n);
	assert_true(fa_str_starts(text,
		FA_STR("WARC/1.1\r\nWARC-Type: response\r\n"
		       "WARC-Record-ID: <urn:uuid:")));
	at = fa_str_find(text, FA_STR("WARC-Date"), 0);
	text = fa_str_sub(text, at, text.n);
	assert_true(fa_str_starts(text,
		FA_STR("WARC-Date: 2025-11-21T08:00:00.123456Z\r\n"
		       "WARC-Target-URI: https://example.com/privacy\r\n"
		       "WARC-IP-Address: 192.0.2.7\r\n"
		       "WARC-Warcinfo-ID: <urn:uuid:")));
	at = fa_str_find(text, FA_STR("WARC-Truncated"), 0);
	text = fa_str_sub(text, at, text.n);
	assert_true(fa_str_starts(text,
		FA_STR("WARC-Truncated: length\r\n"
		       "WARC-Payload-Digest: sha256:")));
	at = fa_str_find(text, FA_STR("Content-Type"), 0);
	assert_str(fa_str_sub(text, at, text.n),
		"Content-Type: application/http;msgtype=response\r\n"
		"Content-Length: 75\r\n\r\n" HEAD BODY "\r\n\r\n");
}

static void
a_date_before_1970_and_ids_of_version_4_are_written_right(void **state)
{
	struct place *p = *state;
	struct fa_warc_exchange x = fixture_exchange();
	struct fa_warc_place at[2];

	x.at_us = -1;
	fixture_open(p, 0);
	for (size_t i = 0; i < 2; i++) {
		at[i] = fixture_add(p, &x);
		assert_int_equal(at[i].id[9 + 14], '4');
		assert_non_null(strchr("89ab", at[i].id[9 + 19]));
		assert_int_equal(at[i].id[9 + 8], '-');
	}
	assert_string_not_equal(at[0].id, at[1].id);
	(void)fixture_sync(p);
	assert_int_equal(count(file_text(p),
				 "WARC-Date: 1969-12-31T23:59:59.999999Z\r\n"),
		6);
}

static void
nothing_from_outside_can_add_a_header_line(void **state)
{
	struct place *p = *state;
	struct fa_warc_exchange x = fixture_exchange();
	struct fa_warc_record rec;

	x.url = FA_STR("http://a/ \r\nEvil: 1\r\n\r\n<b>\t\x7f隐\0");
	x.refers_url = x.url;
	x.refers_id = FA_STR("urn:x:1");
	x.revisit = FA_WARC_SAME_PAYLOAD;
	fixture_open(p, 0);
	(void)fixture_add(p, &x);
	(void)fixture_sync(p);
	fixture_read(p);
	(void)fixture_next(p);
	rec = fixture_next(p);
	assert_str(rec.url,
		"http://a/%20%0D%0AEvil:%201%0D%0A%0D%0A%3Cb%3E%09%7F"
		"%E9%9A%90%00");
	assert_true(fa_str_eq(rec.refers_url, rec.url));
	assert_str(rec.block, HEAD);
}

static void
what_would_spoil_a_record_is_refused(void **state)
{
	struct place *p = *state;
	struct fa_warc_exchange good = fixture_exchange();
	struct fa_warc_exchange x[6];
	struct fa_warc_place at = { .offset = 7 };
	int64_t end;

	for (size_t i = 0; i < FA_COUNT(x); i++)
		x[i] = good;
	x[0].url = FA_STR("");
	x[1].ip = FA_STR("1.2.3.4\r\nEvil: 1");
	x[2].refers_id = FA_STR("urn:x>\r\n");
	x[3].payload_sha256[0] = '\0';
	x[4].payload_sha256[63] = 'G';
	x[5].head = FA_STR("HTTP/1.1 200 OK\r\n");
	fixture_open(p, 0);
	end = fa_warc_end(p->w);
	for (size_t i = 0; i < FA_COUNT(x); i++) {
		assert_int_equal(
			fa_warc_add(&at, p->w, &x[i], &p->err), FA_E_USAGE);
		assert_int_equal(at.offset, 7);
		assert_true(fa_warc_end(p->w) == end);
	}
	/* fields that no reader would take */
	x[0].url.p = fa_arena_new(&p->a, 1, FA_WARC_HEADER_BYTES);
	x[0].url.n = FA_WARC_HEADER_BYTES / 3;
	assert_int_equal(fa_warc_add(&at, p->w, &x[0], &p->err), FA_E_LIMIT);
	assert_true(fa_warc_end(p->w) == end);
	assert_int_equal(fixture_add(p, &good).offset, end);
}

static void
a_body_that_came_in_chunks_is_archived_as_joined(void **state)
{
	struct place *p = *state;
	struct fa_warc_exchange x = fixture_exchange();
	struct fa_http h;

	x.head = FA_STR("HTTP/1.1 200 OK\r\ntransfer-encoding : chunked\r\n"
			"A: Transfer-Encoding: chunked\r\n\r\n");
	x.body = FA_STR("5\r\nhello\r\n0\r\n\r\n"); /* happens to look so */
	assert_int_equal(fa_hash_sha256(x.payload_sha256, x.body, NULL), FA_OK);
	fixture_open(p, 0);
	(void)fixture_add(p, &x);
	(void)fixture_sync(p);
	fixture_read(p);
	(void)fixture_next(p);
	assert_int_equal(
		fa_http_parse(&h, fixture_next(p).block, &p->a, &p->err),
		FA_OK);
	assert_str(h.head,
		"HTTP/1.1 200 OK\r\n"
		"X-Archive-Orig-transfer-encoding : chunked\r\n"
		"A: Transfer-Encoding: chunked\r\n\r\n");
	assert_true(fa_str_eq(h.body, x.body));
}

static void
a_compressed_body_is_laid_in_as_it_is(void **state)
{
	struct place *p = *state;
	struct fa_warc_exchange x = fixture_exchange();
	char noise[8000];
	struct fa_str body = { noise, sizeof(noise) };

	for (size_t i = 0; i < sizeof(noise); i++)
		noise[i] = "ab"[i % 2]; /* would compress, if it were tried */
	x.head = FA_STR("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n");
	x.body = body;
	fixture_open(p, 0);
	assert_true(fixture_add(p, &x).length > (int64_t)sizeof(noise));
	x.head = FA_STR("HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\n"
			"\r\n");
	assert_true(fixture_add(p, &x).length < 1000);
	(void)fixture_sync(p);
	assert_int_not_equal(fa_str_find(file_bytes(p), body, 0), SIZE_MAX);
	fixture_read(p);
	(void)fixture_next(p);
	assert_true(fa_str_ends(fixture_next(p).block, body));
}

static void
a_revisit_keeps_the_head_and_names_what_it_repeats(void **state)
{
	struct place *p = *state;
	struct fa_warc_exchange x = fixture_exchange();
	struct fa_warc_place first;
	struct fa_warc_record rec;

	fixture_open(p, 0);
	first = fixture_add(p, &x);
	x.refers_id = fa_str_c(first.id);
	x.refers_url = x.url;
	x.refers_at_us = x.at_us;
	x.revisit = FA_WARC_SAME_PAYLOAD;
	(void)fixture_add(p, &x);
	x.revisit = FA_WARC_NOT_MODIFIED;
	x.head = FA_STR("HTTP/1.1 304 Not Modified\r\n\r\n");
	x.body = FA_STR_NONE;
	x.payload_sha256[0] = '\0';
	(void)fixture_add(p, &x);
	(void)fixture_sync(p);
	fixture_read(p);
	for (size_t i = 0; i < 4; i++)
		(void)fixture_next(p);
	rec = fixture_next(p);
	assert_str(rec.type, "revisit");
	assert_str(rec.block, HEAD);
	assert_str(rec.profile,
		"http://netpreserve.org/warc/1.1/revisit/"
		"identical-payload-digest");
	assert_str(rec.refers_id, first.id);
	assert_str(rec.refers_url, "https://example.com/privacy");
	assert_str(rec.truncated, "length");
	assert_int_equal(rec.payload_digest.n, 71);
	(void)fixture_next(p);
	(void)fixture_next(p);
	rec = fixture_next(p);
	assert_str(rec.type, "revisit");
	assert_str(rec.profile,
		"http://netpreserve.org/warc/1.1/revisit/"
		"server-not-modified");
	assert_null(rec.truncated.p);
	assert_null(rec.payload_digest.p);
	assert_int_equal(
		count(file_text(p),
			"WARC-Refers-To-Date: 2025-11-21T08:00:00.123456Z\r\n"),
		2);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(an_archive_begins_with_a_warcinfo_record),
		TEST(a_hop_gives_response_request_and_metadata),
		TEST(blocks_agree_with_their_digests),
		TEST(every_record_is_the_text_that_warc_wants),
		TEST(a_date_before_1970_and_ids_of_version_4_are_written_right),
		TEST(nothing_from_outside_can_add_a_header_line),
		TEST(what_would_spoil_a_record_is_refused),
		TEST(a_body_that_came_in_chunks_is_archived_as_joined),
		TEST(a_compressed_body_is_laid_in_as_it_is),
		TEST(a_revisit_keeps_the_head_and_names_what_it_repeats),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
