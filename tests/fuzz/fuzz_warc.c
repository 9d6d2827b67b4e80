/* Any bytes as an archive; after an X, as an exchange that is archived: a byte
 * of kinds, then values that end with 0xff. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "evidence/warc.h"
#include "evidence/warc_read.h"

#define ARENA_BYTES (192u << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One file for all runs, removed at the end. */
static char file_name[64];
static int file_fd = -1;

static void
check(int holds)
{
	if (!holds)
		abort();
}

static void
remove_file(void)
{
	(void)unlink(file_name);
}

static void
make_file(void)
{
	static const char *const names[] = { "/dev/shm/fa_fuzz_XXXXXX",
		"/tmp/fa_fuzz_XXXXXX" };

	for (size_t i = 0; i < 2 && file_fd < 0; i++) {
		memcpy(file_name, names[i], strlen(names[i]) + 1);
		file_fd = mkstemp(file_name);
	}
	check(file_fd >= 0 && atexit(remove_file) == 0);
}

static void
put_file(struct fa_str s)
{
	check(ftruncate(file_fd, 0) == 0);
	for (size_t n = 0; n < s.n;) {
		ssize_t put = pwrite(file_fd, s.p + n, s.n - n, (off_t)n);

		check(put > 0);
		n += (size_t)put;
	}
}

/* What is found one after the other is found at its offset, too. */
static void
check_at(struct fa_warc_reader *r, const struct fa_warc_record *rec,
	struct fa_arena *a)
{
	struct fa_warc_record again;
	struct fa_err err;
	int rc = fa_warc_read_at(&again, r, rec->offset, a, &err);

	if (rec->block.p == NULL) {
		check(rc == FA_E_LIMIT);
		return;
	}
	check(rc == FA_OK && again.length == rec->length &&
		again.at_us == rec->at_us && fa_str_eq(again.id, rec->id) &&
		fa_str_eq(again.block, rec->block));
}

static void
check_archive(int64_t size)
{
	struct fa_warc_reader *r;
	struct fa_arena a;
	struct fa_err err;
	int64_t end = 0;
	int rc;

	fa_arena_init(&a, ARENA_BYTES);
	check(fa_warc_reader_open(&r, fa_str_c(file_name), &err) == FA_OK);
	do {
		struct fa_warc_record rec;
		struct fa_http h;

		fa_arena_reset(&a);
		rc = fa_warc_read_next(r, &rec, &a, &err);
		if (rc != 1)
			break;
		check(rec.offset >= end && rec.length > 0);
		end = rec.offset + rec.length;
		check(end <= size && rec.type.n > 0);
		check_at(r, &rec, &a);
		(void)!fa_http_parse(&h, rec.block, &a, &err);
	} while (rc == 1);
	check(rc == 0 || strncmp(err.msg, file_name, strlen(file_name)) == 0);
	fa_warc_reader_close(r);
	fa_arena_done(&a);
}

static int
is_printable(struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] <= ' ' || s.p[i] > '~')
			return 0;
	}
	return 1;
}

/* Each record is what was put in, and nothing was added to it. */
static void
check_exchange(const struct fa_warc_exchange *x)
{
	static const char *const types[] = { "warcinfo", "", "request",
		"metadata" };
	struct fa_str blocks[] = { FA_STR_NONE, x->body, x->request,
		x->fields };
	struct fa_warc_reader *r;
	struct fa_warc_record rec;
	struct fa_arena a;

	fa_arena_init(&a, ARENA_BYTES);
	check(fa_warc_reader_open(&r, fa_str_c(file_name), NULL) == FA_OK);
	for (size_t i = 0; i < 4; i++) {
		char hex[FA_HASH_HEX_BYTES];

		check(fa_warc_read_next(r, &rec, &a, NULL) == 1);
		check(fa_hash_sha256(hex, rec.block, NULL) == FA_OK);
		check(fa_str_ends(rec.block_digest, fa_str_c(hex)));
		check(is_printable(rec.url) && is_printable(rec.refers_url));
		if (i == 1 && x->revisit == FA_WARC_NEW)
			check(fa_str_ends(rec.block, blocks[i]));
		if (i > 1)
			check(fa_str_eq(rec.block, blocks[i]));
		check(fa_str_eq(rec.type, fa_str_c(types[i])) || i == 1);
	}
	check(fa_warc_read_next(r, &rec, &a, NULL) == 0);
	fa_warc_reader_close(r);
	fa_arena_done(&a);
}

static void
write_exchange(struct fa_str s)
{
	struct fa_warc_exchange x = { .at_us = (int64_t)s.n * 123457 };
	struct fa_str *values[] = { &x.url, &x.ip, &x.refers_id, &x.refers_url,
		&x.request, &x.head, &x.fields };
	unsigned kinds = s.n > 0 ? (unsigned char)s.p[0] : 0;
	struct fa_warc_place place;
	struct fa_warc *w;
	int64_t end;
	int rc;

	s = fa_str_sub(s, 1, s.n);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		*values[i] = fa_str_cut(&s, '\xff');
		if (values[i]->p == NULL)
			*values[i] = FA_STR("");
	}
	x.body = s;
	x.revisit = (enum fa_warc_revisit)(kinds % 3);
	x.cut = (enum fa_warc_cut)(kinds / 3 % 4);
	check(fa_hash_sha256(x.payload_sha256, x.body, NULL) == FA_OK);
	check(fa_warc_open(&w, fa_str_c(file_name), 0, FA_STR("fuzz"), NULL) ==
		FA_OK);
	rc = fa_warc_add(&place, w, &x, NULL);
	check(rc == FA_OK || rc == FA_E_USAGE || rc == FA_E_LIMIT);
	check(fa_warc_sync(w, &end, NULL) == FA_OK);
	fa_warc_close(w);
	if (rc == FA_OK)
		check_exchange(&x);
	check_archive(end);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str s = { (const char *)data, size };

	if (file_fd < 0)
		make_file();
	if (size > 0 && data[0] == 'X') {
		write_exchange(fa_str_sub(s, 1, s.n));
	} else {
		put_file(s);
		check_archive((int64_t)size);
	}
	return 0;
}
