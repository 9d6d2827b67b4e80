#include "base/spill.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

#define PIECE_BYTES 65536

void
fa_spill_init(struct fa_spill *s, uint64_t max_bytes)
{
	*s = (struct fa_spill){ .fd = -1, .max_bytes = max_bytes };
	fa_buf_init(&s->tail, SIZE_MAX / 2);
}

void
fa_spill_done(struct fa_spill *s)
{
	if (s->fd >= 0)
		(void)close(s->fd);
	s->fd = -1;
	s->filed = 0;
	fa_buf_done(&s->tail);
}

uint64_t
fa_spill_bytes(const struct fa_spill *s)
{
	return s->filed + s->tail.n;
}

/* Moves the tail into the file. Where that does not work, as on a full disk,
 * it stays where it is, with all that follows. */
static void
file_away(struct fa_spill *s)
{
	struct fa_str left = fa_buf_str(&s->tail);
	uint64_t at = s->filed;

	if (s->fd < 0)
		s->fd = fa_file_nameless();
	s->none = s->fd < 0;
	while (left.n > 0 && !s->none) {
		ssize_t put = pwrite(s->fd, left.p, left.n, (off_t)at);

		if (put < 0 && errno == EINTR)
			continue;
		s->none = put <= 0;
		if (s->none)
			break;
		at += (uint64_t)put;
		left = fa_str_sub(left, (size_t)put, left.n);
	}
	if (s->none)
		return;
	s->filed = at;
	fa_buf_reset(&s->tail);
}

int
fa_spill_add(struct fa_spill *s, struct fa_str bytes, const char *what,
	struct fa_err *err)
{
	int rc;

	if (bytes.n > s->max_bytes - fa_spill_bytes(s))
		return fa_fail(err, FA_E_LIMIT, "%s is larger than %llu bytes",
			what, (unsigned long long)s->max_bytes);
	fa_buf_add(&s->tail, bytes);
	rc = fa_buf_rc(&s->tail, what, err);
	if (rc == FA_OK && s->tail.n >= FA_SPILL_MEMORY_BYTES && !s->none)
		file_away(s);
	return rc;
}

/* Reads n bytes of the file, or what is there of them. */
static int
read_file(const struct fa_spill *s, char *to, size_t n, uint64_t from,
	struct fa_err *err)
{
	while (n > 0) {
		ssize_t got = pread(s->fd, to, n, (off_t)from);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return fa_fail(err, FA_E_IO,
				"cannot read a temporary file: %s",
				got < 0 ? strerror(errno) : "it is too short");
		to += got;
		from += (uint64_t)got;
		n -= (size_t)got;
	}
	return FA_OK;
}

int
fa_spill_get(const struct fa_spill *s, uint64_t from, size_t n,
	struct fa_buf *out, struct fa_err *err)
{
	char piece[PIECE_BYTES];

	assert(from <= fa_spill_bytes(s) && n <= fa_spill_bytes(s) - from);
	while (n > 0 && from < s->filed) {
		size_t k = n < sizeof(piece) ? n : sizeof(piece);
		int rc;

		if (k > s->filed - from)
			k = (size_t)(s->filed - from);
		rc = read_file(s, piece, k, from, err);
		if (rc != FA_OK)
			return rc;
		fa_buf_add(out, (struct fa_str){ piece, k });
		from += k;
		n -= k;
	}
	if (n > 0)
		fa_buf_add(out,
			fa_str_sub(fa_buf_str(&s->tail),
				(size_t)(from - s->filed),
				(size_t)(from - s->filed) + n));
	return fa_buf_rc(out, "report", err);
}

int
fa_spill_each(const struct fa_spill *s, fa_spill_fn *fn, void *ctx,
	struct fa_err *err)
{
	char piece[PIECE_BYTES];
	uint64_t at = 0;

	while (at < s->filed) {
		uint64_t left = s->filed - at;
		size_t k = left < sizeof(piece) ? (size_t)left : sizeof(piece);
		int rc = read_file(s, piece, k, at, err);

		if (rc == FA_OK)
			rc = fn(ctx, (struct fa_str){ piece, k }, err);
		if (rc != FA_OK)
			return rc;
		at += k;
	}
	return s->tail.n > 0 ? fn(ctx, fa_buf_str(&s->tail), err) : FA_OK;
}
