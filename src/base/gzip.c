#include "base/gzip.h"

#include <assert.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/num.h"
#include "base/zlib.h"

/* Level of what is compressed: on pages, each level above the first costs
 * more time than a disk of its size does. */
#define LEVEL 1
/* Members are small: clearing a large hash for each costs more than it finds.
 */
#define MEM_LEVEL 5
#define GZIP_BITS (15 + 16) /* largest window, gzip wrapper */
#define ZLIB_BITS 15
#define RAW_BITS (-15)
#define PIECE_BYTES 16384

struct fa_gzip {
	z_stream z;
};

struct fa_gunzip {
	z_stream z;
};

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "out of memory for zlib");
}

int
fa_gzip_new(struct fa_gzip **out, struct fa_err *err)
{
	int rc = fa_zlib_open(err);
	struct fa_gzip *z;

	if (rc < 0)
		return rc;
	z = calloc(1, sizeof(*z));
	if (z == NULL)
		return no_memory(err);
	if (fa_zlib()->deflateInit2_(&z->z, LEVEL, Z_DEFLATED, GZIP_BITS,
		    MEM_LEVEL, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
		    (int)sizeof(z->z)) != Z_OK) {
		free(z);
		return no_memory(err);
	}
	*out = z;
	return FA_OK;
}

void
fa_gzip_free(struct fa_gzip *z)
{
	if (z == NULL)
		return;
	(void)fa_zlib()->deflateEnd(&z->z);
	free(z);
}

/* zlib never writes through next_in, which is not const unless ZLIB_CONST is
 * defined before the first header. */
static void
set_input(z_stream *z, struct fa_str s)
{
	z->next_in = (Bytef *)(uintptr_t)s.p;
	z->avail_in = (uInt)s.n;
}

/* Runs deflate until it has taken the input (or, at Z_FINISH, ended). */
static int
deflate_all(z_stream *z, struct fa_buf *out, int flush)
{
	char piece[PIECE_BYTES];
	int rc;

	do {
		z->next_out = (Bytef *)piece;
		z->avail_out = sizeof(piece);
		rc = fa_zlib()->deflate(z, flush);
		fa_buf_add(out,
			(struct fa_str){ piece, sizeof(piece) - z->avail_out });
	} while (rc == Z_OK && out->rc == FA_OK && z->avail_out == 0);
	/* Z_BUF_ERROR: there was nothing left to do. */
	return rc == Z_OK || rc == Z_STREAM_END || rc == Z_BUF_ERROR ? Z_OK
								     : rc;
}

/* Changing the level ends the block, which may give output. */
static int
set_level(z_stream *z, struct fa_buf *out, int level)
{
	char piece[PIECE_BYTES];
	int rc;

	set_input(z, FA_STR(""));
	do {
		z->next_out = (Bytef *)piece;
		z->avail_out = sizeof(piece);
		rc = fa_zlib()->deflateParams(z, level, Z_DEFAULT_STRATEGY);
		fa_buf_add(out,
			(struct fa_str){ piece, sizeof(piece) - z->avail_out });
	} while (rc == Z_BUF_ERROR && out->rc == FA_OK &&
		z->avail_out < sizeof(piece));
	return rc;
}

static int
put_part(z_stream *z, struct fa_buf *out, const struct fa_gzip_part *part)
{
	struct fa_str left = part->data;
	int rc = set_level(z, out, part->stored ? Z_NO_COMPRESSION : LEVEL);

	while (rc == Z_OK && left.n > 0) {
		size_t n = left.n < INT_MAX ? left.n : INT_MAX;

		set_input(z, (struct fa_str){ left.p, n });
		rc = deflate_all(z, out, Z_NO_FLUSH);
		left = fa_str_sub(left, n, left.n);
	}
	return rc;
}

/* A stream that is used rightly fails for want of memory only. */
static int
step_rc(int rc, const struct fa_buf *out, struct fa_err *err)
{
	assert(rc == Z_OK || rc == Z_MEM_ERROR);
	return rc != Z_OK ? no_memory(err)
			  : fa_buf_rc(out, "compressed data", err);
}

void
fa_gzip_begin(struct fa_gzip *z)
{
	(void)fa_zlib()->deflateReset(&z->z);
}

int
fa_gzip_add(struct fa_gzip *z, struct fa_buf *out,
	const struct fa_gzip_part *part, struct fa_err *err)
{
	int rc = part->data.n > 0 ? put_part(&z->z, out, part) : Z_OK;

	return step_rc(rc, out, err);
}

int
fa_gzip_end(struct fa_gzip *z, struct fa_buf *out, struct fa_err *err)
{
	set_input(&z->z, FA_STR(""));
	return step_rc(deflate_all(&z->z, out, Z_FINISH), out, err);
}

int
fa_gzip_member(struct fa_gzip *z, struct fa_buf *out,
	const struct fa_gzip_part *parts, size_t n, struct fa_err *err)
{
	size_t before = out->n;
	int rc = FA_OK;

	fa_gzip_begin(z);
	for (size_t i = 0; i < n && rc == FA_OK; i++)
		rc = fa_gzip_add(z, out, &parts[i], err);
	if (rc == FA_OK)
		rc = fa_gzip_end(z, out, err);
	if (rc != FA_OK && out->p != NULL) {
		out->n = before;
		out->p[before] = '\0';
	}
	return rc;
}

static int
new_inflater(struct fa_gunzip **out, int bits, struct fa_err *err)
{
	int rc = fa_zlib_open(err);
	struct fa_gunzip *z;

	if (rc < 0)
		return rc;
	z = calloc(1, sizeof(*z));
	if (z == NULL)
		return no_memory(err);
	if (fa_zlib()->inflateInit2_(
		    &z->z, bits, ZLIB_VERSION, (int)sizeof(z->z)) != Z_OK) {
		free(z);
		return no_memory(err);
	}
	*out = z;
	return FA_OK;
}

int
fa_gunzip_new(struct fa_gunzip **out, struct fa_err *err)
{
	return new_inflater(out, GZIP_BITS, err);
}

void
fa_gunzip_free(struct fa_gunzip *z)
{
	if (z == NULL)
		return;
	(void)fa_zlib()->inflateEnd(&z->z);
	free(z);
}

void
fa_gunzip_begin(struct fa_gunzip *z)
{
	(void)fa_zlib()->inflateReset(&z->z);
}

int
fa_gunzip_some(struct fa_gunzip *z, struct fa_str in, size_t *used, char *out,
	size_t n, size_t *got, struct fa_err *err)
{
	uInt given = in.n < INT_MAX ? (uInt)in.n : INT_MAX;
	uInt room = n < INT_MAX ? (uInt)n : INT_MAX;
	int rc;

	set_input(&z->z, (struct fa_str){ in.p, given });
	z->z.next_out = (Bytef *)out;
	z->z.avail_out = room;
	rc = fa_zlib()->inflate(&z->z, Z_NO_FLUSH);
	if (rc == Z_MEM_ERROR)
		return no_memory(err);
	if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR) {
		return fa_fail(err, FA_E_INPUT, "broken compressed data: %s",
			z->z.msg == NULL ? "preset dictionary" : z->z.msg);
	}
	*used = given - z->z.avail_in;
	*got = room - z->z.avail_out;
	return rc == Z_STREAM_END;
}

static int
inflate_to_end(struct fa_gunzip *z, struct fa_buf *out, size_t *used,
	struct fa_str in, size_t max_bytes, struct fa_err *err)
{
	char piece[PIECE_BYTES];
	size_t from = 0;
	size_t room = max_bytes;
	int end;

	do {
		size_t took = 0;
		size_t got = 0;

		end = fa_gunzip_some(z, fa_str_sub(in, from, in.n), &took,
			piece, sizeof(piece), &got, err);
		if (end < 0)
			return end;
		if (got > room) {
			return fa_fail(err, FA_E_LIMIT,
				"decompressed data is larger than %zu bytes",
				max_bytes);
		}
		fa_buf_add(out, (struct fa_str){ piece, got });
		room -= got;
		from += took;
		if (took == 0 && got == 0 && end == 0) {
			return fa_fail(err, FA_E_INPUT,
				"compressed data ends early, after %zu bytes",
				in.n);
		}
		if (out->rc != FA_OK)
			return fa_buf_rc(out, "decompressed data", err);
	} while (end == 0);
	*used = from;
	return FA_OK;
}

static int
inflate_one(struct fa_buf *out, size_t *used, struct fa_str in, int bits,
	size_t max_bytes, struct fa_err *err)
{
	struct fa_gunzip *z;
	size_t before = out->n;
	int rc = new_inflater(&z, bits, err);

	if (rc != FA_OK)
		return rc;
	rc = inflate_to_end(z, out, used, in, max_bytes, err);
	fa_gunzip_free(z);
	if (rc != FA_OK && out->p != NULL) {
		out->n = before;
		out->p[before] = '\0';
	}
	return rc;
}

int
fa_gunzip_member(struct fa_buf *out, size_t *used, struct fa_str in,
	size_t max_bytes, struct fa_err *err)
{
	return inflate_one(out, used, in, GZIP_BITS, max_bytes, err);
}

/* RFC 1952, 2.3.1; a body cut within these two bytes begins so as well. */
static bool
begins_as_gzip(struct fa_str s)
{
	return s.n > 0 &&
		fa_str_starts(FA_STR("\x1f\x8b"), fa_str_sub(s, 0, 2));
}

/* RFC 1950, 2.2: compression method 8, and a check of the two bytes. */
static bool
begins_as_zlib(struct fa_str s)
{
	unsigned cmf;
	unsigned flg;

	if (s.n < 2)
		return false;
	cmf = (unsigned char)s.p[0];
	flg = (unsigned char)s.p[1];
	return (cmf & 15) == Z_DEFLATED && (cmf << 8 | flg) % 31 == 0;
}

static int
decode_gzip(struct fa_buf *out, struct fa_str body, size_t max_bytes,
	struct fa_err *err)
{
	struct fa_str left = body;

	do {
		size_t used = 0;
		int rc = fa_gunzip_member(
			out, &used, left, max_bytes - out->n, err);

		if (rc != FA_OK)
			return rc;
		left = fa_str_sub(left, used, left.n);
	} while (begins_as_gzip(left));
	return FA_OK;
}

static int
decode_deflate(struct fa_buf *out, struct fa_str body, size_t max_bytes,
	struct fa_err *err)
{
	size_t used = 0;

	if (begins_as_zlib(body)) {
		int rc = inflate_one(
			out, &used, body, ZLIB_BITS, max_bytes, err);

		if (rc != FA_E_INPUT)
			return rc;
	}
	return inflate_one(out, &used, body, RAW_BITS, max_bytes, err);
}

/* Undoes one coding. */
static int
decode_by(struct fa_str *body, size_t max_bytes, struct fa_arena *a,
	int (*decode)(struct fa_buf *, struct fa_str, size_t, struct fa_err *),
	struct fa_err *err)
{
	struct fa_buf buf;
	struct fa_str plain;
	int rc;

	fa_buf_init(&buf, max_bytes);
	rc = decode(&buf, *body, max_bytes, err);
	if (rc == FA_OK) {
		plain = fa_arena_dup(a, fa_buf_str(&buf));
		if (plain.p == NULL) {
			rc = fa_fail(err, FA_E_NOMEM,
				"out of memory for a body of %zu bytes", buf.n);
		} else {
			*body = plain;
		}
	}
	fa_buf_done(&buf);
	return rc;
}

static bool
is_one_of(struct fa_str s, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (fa_str_ieq(s, fa_str_c(names[i])))
			return true;
	}
	return false;
}

static int
decode_one(struct fa_str *body, struct fa_str coding, size_t max_bytes,
	struct fa_arena *a, struct fa_err *err)
{
	static const char *const none[] = { "identity", "none", "binary",
		"8bit", "utf-8", "utf8", "gbk", "gb2312", "gb18030" };

	if (body->n == 0 || coding.n == 0 ||
		is_one_of(coding, none, FA_COUNT(none)))
		return FA_OK;
	if (fa_str_ieq(coding, FA_STR("gzip")) ||
		fa_str_ieq(coding, FA_STR("x-gzip"))) {
		if (!begins_as_gzip(*body))
			return FA_OK;
		return decode_by(body, max_bytes, a, decode_gzip, err);
	}
	if (fa_str_ieq(coding, FA_STR("deflate")))
		return decode_by(body, max_bytes, a, decode_deflate, err);
	return fa_fail(err, FA_E_UNSUPPORTED,
		"content coding %.*s, only gzip and deflate are handled",
		FA_STR_ARG(fa_str_sub(coding, 0, 40)));
}

int
fa_http_decode(struct fa_str *out, struct fa_str body, struct fa_str coding,
	size_t max_bytes, struct fa_arena *a, struct fa_err *err)
{
	struct fa_str list[FA_HTTP_CODINGS];
	struct fa_str rest = coding;
	struct fa_str now = body;
	size_t n = 0;

	while (rest.p != NULL) {
		struct fa_str one = fa_str_trim(fa_str_cut(&rest, ','));

		if (one.n == 0)
			continue; /* RFC 9110, 5.6.1.2: empty elements */
		if (n == FA_HTTP_CODINGS) {
			return fa_fail(err, FA_E_LIMIT,
				"more than %d content codings",
				FA_HTTP_CODINGS);
		}
		list[n++] = one;
	}
	while (n-- > 0) {
		int rc = decode_one(&now, list[n], max_bytes, a, err);

		if (rc != FA_OK)
			return rc;
	}
	*out = now;
	return FA_OK;
}
