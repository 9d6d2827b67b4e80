/* Any bytes as an HTTP response of an archive, as a header value, and as a
 * body that is sent in chunks. */
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/gzip.h"
#include "evidence/warc_read.h"

#define ARENA_BYTES (64u << 20)
#define BODY_BYTES (1u << 20)
#define CHUNKED "HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(int holds)
{
	if (!holds)
		abort();
}

static int
is_within(struct fa_str part, struct fa_str whole)
{
	return part.p == NULL ||
		(part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

static void
check_value(struct fa_str value)
{
	check(is_within(fa_http_charset(value), value));
	check(is_within(fa_http_media_type(value), value));
}

static void
check_response(struct fa_str block, struct fa_arena *a)
{
	struct fa_http h;
	struct fa_str coding;
	struct fa_str type;
	struct fa_str plain;

	if (fa_http_parse(&h, block, a, NULL) != FA_OK)
		return;
	check(h.status >= 100 && h.status <= 599);
	check(h.head.n > 0 && is_within(h.head, block));
	coding = fa_http_field(h.head, "Transfer-Encoding");
	if (coding.p == NULL) /* then head and body tile the end of block */
		check(h.body.p == h.head.p + h.head.n &&
			h.body.p + h.body.n == block.p + block.n);
	coding = fa_http_field(h.head, "content-encoding");
	check(is_within(coding, h.head));
	type = fa_http_field(h.head, "Content-Type");
	check(is_within(type, h.head));
	check_value(type);
	if (fa_http_decode(&plain, h.body, coding, BODY_BYTES, a, NULL) ==
		FA_OK)
		check(plain.n <= BODY_BYTES || plain.p == h.body.p);
}

/* What is cut into chunks comes back whole. */
static void
check_chunks(struct fa_str body, struct fa_arena *a)
{
	struct fa_buf b;
	struct fa_http h;
	size_t step = body.n > 0 ? (unsigned char)body.p[0] + 1u : 1;

	fa_buf_init(&b, ARENA_BYTES);
	fa_buf_adds(&b, CHUNKED);
	for (size_t at = 0; at < body.n; at += step) {
		struct fa_str piece = fa_str_sub(body, at, at + step);

		fa_buf_addf(&b, "%zx;x=\"%zu\"\r\n", piece.n, at);
		fa_buf_add(&b, piece);
		fa_buf_adds(&b, "\r\n");
	}
	fa_buf_adds(&b, "0\r\nT: x\r\n\r\n");
	check(b.rc == FA_OK);
	check(fa_http_parse(&h, fa_buf_str(&b), a, NULL) == FA_OK);
	check(h.status == 200 && fa_str_eq(h.body, body));
	fa_buf_done(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str s = { (const char *)data, size };
	struct fa_arena a;

	fa_arena_init(&a, ARENA_BYTES);
	check_response(s, &a);
	fa_arena_reset(&a);
	check_value(s);
	check_chunks(s, &a);
	fa_arena_done(&a);
	return 0;
}
