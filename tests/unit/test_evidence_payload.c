/* From a place in an archive to the bytes of a page. */
#include "evidence/payload.h"
#include "fixture_warc.h"

#define LIMIT 100000

struct loaded {
	int rc;
	struct fa_payload p;
};

static struct loaded
load(struct place *p, int64_t offset, const char *sha256, size_t max)
{
	struct fa_payload_source source = { 0 };
	struct loaded l;

	l.rc = fa_payload_load(
		&l.p, &source, NAME, offset, sha256, max, &p->a, &p->err);
	fa_payload_done(&source);
	fa_payload_done(&source);
	return l;
}

static void
a_page_comes_back_as_it_was_fetched(void **state)
{
	struct place *p = *state;
	struct fa_warc_exchange x = fixture_exchange();
	struct fa_warc_place at;
	struct loaded l;

	fixture_open(p, 0);
	at = fixture_add(p, &x);
	(void)fixture_sync(p);
	l = load(p, at.offset, x.payload_sha256, LIMIT);
	assert_int_equal(l.rc, FA_OK);
	assert_int_equal(l.p.status, 200);
	assert_true(fa_str_eq(l.p.body, FA_STR(BODY)));
	l = load(p, at.offset, NULL, LIMIT);
	assert_int_equal(l.rc, FA_OK);
}

static void
content_coding_is_undone_and_the_digest_is_of_what_came(void **state)
{
	struct place *p = *state;
	struct fa_warc_exchange x = fixture_exchange();
	struct fa_gzip_part part = { FA_STR(BODY), 0 };
	struct fa_warc_place at;
	struct fa_gzip *z;
	struct fa_buf packed;
	struct loaded l;

	fa_buf_init(&packed, LIMIT);
	assert_int_equal(fa_gzip_new(&z, &p->err), FA_OK);
	assert_int_equal(fa_gzip_member(z, &packed, &part, 1, &p->err), FA_OK);
	fa_gzip_free(z);
	x.head = FA_STR("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
	x.body = fa_buf_str(&packed);
	assert_int_equal(
		fa_hash_sha256(x.payload_sha256, x.body, &p->err), FA_OK);
	fixture_open(p, 0);
	at = fixture_add(p, &x);
	(void)fixture_sync(p);
	l = load(p, at.offset, x.payload_sha256, LIMIT);
	assert_int_equal(l.rc, FA_OK);
	assert_true(fa_str_eq(l.p.body, FA_STR(BODY)));
	l = load(p, at.offset, x.payload_sha256, 5);
	assert_int_equal(l.rc, FA_E_LIMIT);
	fa_buf_done(&packed);
}

static void
another_digest_or_record_is_damage(void **state)
{
	static const char zeros[] =
		"00000000000000000000000000000000000000000000000000000000"
		"00000000";
	struct place *p = *state;
	struct fa_warc_exchange x = fixture_exchange();
	struct fa_warc_place at;

	fixture_open(p, 0);
	at = fixture_add(p, &x);
	(void)fixture_sync(p);
	assert_int_equal(load(p, at.offset, zeros, LIMIT).rc, FA_E_NOTFOUND);
	/* The request stands behind the response, warcinfo at 0. */
	assert_int_equal(
		load(p, at.offset + at.length, NULL, LIMIT).rc, FA_E_NOTFOUND);
	assert_int_equal(load(p, 0, NULL, LIMIT).rc, FA_E_NOTFOUND);
	assert_int_equal(load(p, at.offset + 1, NULL, LIMIT).rc, FA_E_NOTFOUND);
}

static void
a_plain_body_beyond_the_limit_is_refused(void **state)
{
	struct place *p = *state;
	struct fa_warc_exchange x = fixture_exchange();
	struct fa_warc_place at;

	fixture_open(p, 0);
	at = fixture_add(p, &x);
	(void)fixture_sync(p);
	assert_int_equal(load(p, at.offset, NULL, 5).rc, FA_E_LIMIT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_page_comes_back_as_it_was_fetched),
		TEST(content_coding_is_undone_and_the_digest_is_of_what_came),
		TEST(another_digest_or_record_is_damage),
		TEST(a_plain_body_beyond_the_limit_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
