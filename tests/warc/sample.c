/* Archives by our writer and through our reader, to compare with a reader that
 * we did not write:
 *   sample write FILE   a new archive with hops of every kind; prints offset,
 *                       length and id of each place
 *   sample list FILE    offset, length, type, id, URL, block digest of records
 *   sample torn FILE    cuts FILE.torn at many points and reads it */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/gzip.h"
#include "evidence/warc.h"
#include "evidence/warc_read.h"

#define ARENA_BYTES (256u << 20)
#define CUTS 300
#define RECORDS_MAX 1000
#define OK_HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/html"

struct sample {
	struct fa_arena a;
	struct fa_err err;
	struct fa_warc *w;
	int64_t at_us;
};

static void
must(const struct sample *s, int rc)
{
	if (rc >= 0)
		return;
	fprintf(stderr, "sample: %s\n", s->err.msg);
	exit(1);
}

static struct fa_warc_place
add(struct sample *s, struct fa_warc_exchange x)
{
	struct fa_warc_place place;

	x.ip = FA_STR("192.0.2.7");
	x.at_us = s->at_us += 1234567;
	x.request = FA_STR("GET /a HTTP/1.1\r\nHost: example.cn\r\n"
			   "Accept-Encoding: gzip\r\n\r\n");
	x.fields = FA_STR("fetchTimeMs: 12\r\nhopsFromSeed: L\r\n");
	if (x.url.p == NULL)
		x.url = FA_STR("https://example.cn/privacy");
	if (x.revisit == FA_WARC_NEW)
		must(s, fa_hash_sha256(x.payload_sha256, x.body, &s->err));
	must(s, fa_warc_add(&place, s->w, &x, &s->err));
	printf("%lld\t%lld\t%s\n", (long long)place.offset,
		(long long)place.length, place.id);
	return place;
}

static void
add_page(struct sample *s, const char *head, struct fa_str body)
{
	struct fa_warc_exchange x = { .head = fa_str_c(head), .body = body };

	(void)add(s, x);
}

static struct fa_str
gzipped(struct sample *s, struct fa_str page)
{
	struct fa_gzip_part part = { page, 0 };
	struct fa_str out;
	struct fa_gzip *z;
	struct fa_buf b;

	fa_buf_init(&b, 1 << 20);
	must(s, fa_gzip_new(&z, &s->err));
	must(s, fa_gzip_member(z, &b, &part, 1, &s->err));
	out = fa_arena_dup(&s->a, fa_buf_str(&b));
	fa_gzip_free(z);
	fa_buf_done(&b);
	return out;
}

/* The same page three times: new, the same again, and not modified. */
static void
add_revisits(struct sample *s)
{
	struct fa_warc_exchange x = { .url = FA_STR("https://example.cn/same"),
		.head = FA_STR(OK_HEAD "\r\nETag: \"1\"\r\n\r\n"),
		.body = FA_STR("<p>个人信息处理规则</p>") };
	struct fa_warc_place first = add(s, x);

	must(s, fa_hash_sha256(x.payload_sha256, x.body, &s->err));
	x.refers_id = fa_str_c(first.id);
	x.refers_url = x.url;
	x.refers_at_us = s->at_us;
	x.revisit = FA_WARC_SAME_PAYLOAD;
	x.head = FA_STR(OK_HEAD "\r\nTransfer-Encoding: chunked\r\n\r\n");
	(void)add(s, x);
	x.revisit = FA_WARC_NOT_MODIFIED;
	x.head = FA_STR("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n");
	x.body = FA_STR_NONE;
	(void)add(s, x);
}

static void
add_all(struct sample *s)
{
	struct fa_warc_exchange cut = { .cut = FA_WARC_CUT_LENGTH,
		.head = FA_STR(OK_HEAD "\r\nContent-Length: 99999\r\n\r\n"),
		.body = FA_STR("<p>too long") };
	struct fa_warc_exchange odd = { .url = FA_STR(
						"https://a.cn/\r\nX: 1 隐"),
		.head = FA_STR(OK_HEAD "\n\n"),
		.body = FA_STR("bare line feeds") };

	add_page(s, OK_HEAD "; charset=utf-8\r\n\r\n",
		FA_STR("<title>隐私政策</title>\n"));
	add_page(s, OK_HEAD "\r\nContent-Encoding: gzip\r\n\r\n",
		gzipped(s, FA_STR("<title>隐私政策</title>\n")));
	add_page(s, OK_HEAD "; charset=GBK\r\n\r\n",
		FA_STR("<title>\xd2\xfe\xcb\xbd\xd5\xfe\xb2\xdf</title>\n"));
	add_page(s,
		OK_HEAD "\r\nTransfer-Encoding: chunked\r\n"
			"Content-Encoding: gzip\r\n\r\n",
		gzipped(s, FA_STR("<p>came in chunks")));
	add_page(s, OK_HEAD "\r\ntransfer-encoding: chunked\r\n\r\n",
		FA_STR("5\r\nlooks so, too\r\n0\r\n\r\n"));
	add_page(s, "HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n", FA_STR(""));
	add_page(s, "HTTP/1.1 404 Not Found\r\n\r\n", FA_STR("nothing here"));
	add_page(s, OK_HEAD "\r\n\r\n", FA_STR(""));
	add_page(s, OK_HEAD "\r\n\r\n", FA_STR("a\r\n\r\nWARC/1.1\r\n\r\n"));
	add_revisits(s);
	(void)add(s, cut);
	(void)add(s, odd);
}

static int
write_archive(struct sample *s, struct fa_str path)
{
	int64_t end;

	s->at_us = INT64_C(1763712000000000);
	must(s, fa_warc_open(&s->w, path, 0, FA_STR("sample 1"), &s->err));
	add_all(s);
	must(s, fa_warc_sync(s->w, &end, &s->err));
	fa_warc_close(s->w);
	/* once more, as other software that goes on */
	must(s, fa_warc_open(&s->w, path, end, FA_STR("sample 2"), &s->err));
	add_all(s);
	must(s, fa_warc_sync(s->w, &end, &s->err));
	fa_warc_close(s->w);
	return 0;
}

static int
list_archive(struct sample *s, struct fa_str path)
{
	struct fa_warc_reader *r;
	struct fa_warc_record rec;
	int rc;

	must(s, fa_warc_reader_open(&r, path, &s->err));
	while ((rc = fa_warc_read_next(r, &rec, &s->a, &s->err)) == 1) {
		printf("%lld\t%lld\t%.*s\t%.*s\t%.*s\t%.*s\n",
			(long long)rec.offset, (long long)rec.length,
			FA_STR_ARG(rec.type), FA_STR_ARG(rec.id),
			FA_STR_ARG(rec.url), FA_STR_ARG(rec.block_digest));
		fa_arena_reset(&s->a);
	}
	must(s, rc);
	fa_warc_reader_close(r);
	return 0;
}

/* Records that are read before the end or a failure, with their ends. */
static size_t
count_records(struct sample *s, struct fa_str path, int64_t *ends, int *rc)
{
	struct fa_warc_reader *r;
	struct fa_warc_record rec;
	struct fa_arena a;
	size_t n = 0;

	fa_arena_init(&a, ARENA_BYTES);
	must(s, fa_warc_reader_open(&r, path, &s->err));
	while ((*rc = fa_warc_read_next(r, &rec, &a, &s->err)) == 1 &&
		n < RECORDS_MAX) {
		ends[n++] = rec.offset + rec.length;
		fa_arena_reset(&a);
	}
	fa_warc_reader_close(r);
	fa_arena_done(&a);
	return n;
}

static int
tear_archive(struct sample *s, struct fa_str path)
{
	int64_t ends[RECORDS_MAX];
	int64_t cut_ends[RECORDS_MAX];
	struct fa_str whole;
	struct fa_buf torn;
	uint64_t seed = 7;
	size_t n;
	int rc;

	must(s, fa_file_read(&whole, path, 64 << 20, &s->a, &s->err));
	fa_buf_init(&torn, 4096);
	fa_buf_add(&torn, path);
	fa_buf_adds(&torn, ".torn");
	n = count_records(s, path, ends, &rc);
	must(s, rc);
	for (unsigned i = 0; i < CUTS; i++) {
		size_t cut;
		size_t want = 0;
		int64_t last;

		seed = seed * 6364136223846793005u + 1442695040888963407u;
		cut = (size_t)(seed >> 33) % whole.n;
		while (want < n && ends[want] <= (int64_t)cut)
			want++;
		last = want == 0 ? 0 : ends[want - 1];
		must(s,
			fa_file_replace(fa_buf_str(&torn),
				fa_str_sub(whole, 0, cut), &s->err));
		if (count_records(s, fa_buf_str(&torn), cut_ends, &rc) ==
				want &&
			rc == (last == (int64_t)cut ? 0 : FA_E_INPUT) &&
			memcmp(ends, cut_ends, want * sizeof(ends[0])) == 0)
			continue;
		fprintf(stderr, "sample: cut at %zu: not %zu records\n", cut,
			want);
		return 1;
	}
	fa_buf_done(&torn);
	return 0;
}

int
main(int argc, char **argv)
{
	struct sample s = { 0 };
	int rc = 2;

	fa_arena_init(&s.a, ARENA_BYTES);
	if (argc == 3 && strcmp(argv[1], "write") == 0)
		rc = write_archive(&s, fa_str_c(argv[2]));
	else if (argc == 3 && strcmp(argv[1], "list") == 0)
		rc = list_archive(&s, fa_str_c(argv[2]));
	else if (argc == 3 && strcmp(argv[1], "torn") == 0)
		rc = tear_archive(&s, fa_str_c(argv[2]));
	else
		fprintf(stderr, "usage: sample write|list|torn FILE\n");
	fa_arena_done(&s.a);
	return rc;
}
