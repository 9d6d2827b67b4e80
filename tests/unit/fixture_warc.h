/* A directory of its own for every test of archives, into which the test goes,
 * and an exchange to start from. Included by the tests of evidence/warc. */
#ifndef FIXTURE_WARC_H
#define FIXTURE_WARC_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/gzip.h"
#include "evidence/warc.h"
#include "evidence/warc_read.h"

#define FIXTURE_BYTES (200u << 20)
/* 2025-11-21T08:00:00.123456Z */
#define FIXTURE_AT_US INT64_C(1763712000123456)
#define TEST(f)                                                                \
	cmocka_unit_test_setup_teardown(f, fixture_setup, fixture_teardown)

struct place {
	char dir[64];
	int old; /* where the test came from */
	struct fa_arena a;
	struct fa_err err;
	struct fa_warc *w;
	struct fa_warc_reader *r;
};

static inline int
fixture_setup(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	assert_non_null(p);
	memcpy(p->dir, "/tmp/fa_warc_XXXXXX", sizeof("/tmp/fa_warc_XXXXXX"));
	p->old = open(".", O_RDONLY | O_DIRECTORY);
	assert_non_null(mkdtemp(p->dir));
	assert_int_equal(chdir(p->dir), 0);
	fa_arena_init(&p->a, FIXTURE_BYTES);
	*state = p;
	return 0;
}

static inline int
fixture_teardown(void **state)
{
	struct place *p = *state;
	int rc = 0;

	fa_warc_close(p->w);
	fa_warc_reader_close(p->r);
	(void)unlink("a.warc.gz");
	rc |= fchdir(p->old);
	fa_arena_done(&p->a);
	rc |= close(p->old);
	rc |= rmdir(p->dir);
	free(p);
	return rc;
}

#define NAME FA_STR("a.warc.gz")
#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
#define BODY "<title>隐私政策</title>\r\n\r\n"

static inline struct fa_warc_exchange
fixture_exchange(void)
{
	struct fa_warc_exchange x = {
		.url = FA_STR("https://example.com/privacy"),
		.ip = FA_STR("192.0.2.7"),
		.at_us = FIXTURE_AT_US,
		.request = FA_STR("GET /privacy HTTP/1.1\r\n\r\n"),
		.head = FA_STR(HEAD),
		.body = FA_STR(BODY),
		.fields = FA_STR("fetchTimeMs: 12\r\n"),
	};

	assert_int_equal(fa_hash_sha256(x.payload_sha256, x.body, NULL), FA_OK);
	return x;
}

static inline void
fixture_open(struct place *p, int64_t end)
{
	assert_null(p->w);
	assert_int_equal(fa_warc_open(&p->w, NAME, end,
				 FA_STR("faceaudit test"), &p->err),
		FA_OK);
}

static inline int64_t
fixture_sync(struct place *p)
{
	int64_t end = -1;

	assert_int_equal(fa_warc_sync(p->w, &end, &p->err), FA_OK);
	assert_int_equal(end, fa_warc_end(p->w));
	return end;
}

static inline void
fixture_close(struct place *p)
{
	fa_warc_close(p->w);
	p->w = NULL;
}

static inline struct fa_warc_place
fixture_add(struct place *p, const struct fa_warc_exchange *x)
{
	struct fa_warc_place at = { .offset = -1 };

	assert_int_equal(fa_warc_add(&at, p->w, x, &p->err), FA_OK);
	return at;
}

static inline void
fixture_read(struct place *p)
{
	fa_warc_reader_close(p->r);
	p->r = NULL;
	assert_int_equal(fa_warc_reader_open(&p->r, NAME, &p->err), FA_OK);
}

/* The next record, which must be there. */
static inline struct fa_warc_record
fixture_next(struct place *p)
{
	struct fa_warc_record rec;

	assert_int_equal(fa_warc_read_next(p->r, &rec, &p->a, &p->err), 1);
	return rec;
}

static inline void
assert_at_end(struct place *p)
{
	struct fa_warc_record rec;

	assert_int_equal(fa_warc_read_next(p->r, &rec, &p->a, &p->err), 0);
}

static inline void
assert_str(struct fa_str got, const char *want)
{
	assert_non_null(got.p);
	if (got.n != strlen(want) || memcmp(got.p, want, got.n) != 0)
		fail_msg("'%.*s' is not '%s'", FA_STR_ARG(got), want);
}

static inline int64_t
file_size(void)
{
	struct stat st;

	assert_int_equal(stat("a.warc.gz", &st), 0);
	return st.st_size;
}

static inline void
put_file(struct fa_str data)
{
	assert_int_equal(fa_file_replace(NAME, data, NULL), FA_OK);
}

/* The whole archive as it is, and without compression. */
static inline struct fa_str
file_bytes(struct place *p)
{
	struct fa_str s = FA_STR_NONE;

	assert_int_equal(
		fa_file_read(&s, NAME, 100 << 20, &p->a, &p->err), FA_OK);
	return s;
}

static inline struct fa_str
file_text(struct place *p)
{
	struct fa_str s;

	assert_int_equal(fa_http_decode(&s, file_bytes(p), FA_STR("gzip"),
				 100 << 20, &p->a, &p->err),
		FA_OK);
	return s;
}

static inline size_t
count(struct fa_str text, const char *word)
{
	struct fa_str w = fa_str_c(word);
	size_t n = 0;

	for (size_t at = 0; (at = fa_str_find(text, w, at)) != SIZE_MAX; n++)
		at += w.n;
	return n;
}

#endif
