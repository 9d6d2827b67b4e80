#include "evidence/warc_stream.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEFLATE_RATIO 1032  /* the most that deflate can expand */
#define TRUSTED_BYTES 65536 /* of a block, asked for without a look ahead */
#define PIECE_BYTES 16384   /* inflated and dropped at once */

bool
fa_warc_is_line_end(char c)
{
	return c == '\r' || c == '\n';
}

int
fa_warc_ends_early(struct fa_err *err)
{
	return fa_fail(err, FA_E_INPUT, "the file ends within the record");
}

int
fa_warc_look(struct fa_str *out, struct fa_warc_stream *s, int64_t at,
	struct fa_err *err)
{
	size_t n = 0;

	if (at >= s->window_at &&
		at < s->window_at + (int64_t)s->window_n - 1) {
		*out = fa_str_sub((struct fa_str){ s->window, s->window_n },
			(size_t)(at - s->window_at), s->window_n);
		return FA_OK;
	}
	s->window_at = at;
	s->window_n = 0;
	while (n < FA_WARC_WINDOW_BYTES) {
		ssize_t got = pread(s->fd, s->window + n,
			FA_WARC_WINDOW_BYTES - n, (off_t)(at + (int64_t)n));

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			return fa_fail(err, FA_E_IO, "cannot read: %s",
				strerror(errno));
		}
		if (got == 0)
			break;
		n += (size_t)got;
	}
	s->window_n = n;
	*out = (struct fa_str){ s->window, n };
	return FA_OK;
}

int
fa_warc_pull(size_t *got, struct fa_warc_cursor *c, char *out, size_t n,
	struct fa_err *err)
{
	*got = 0;
	while (!c->ended && *got == 0) {
		struct fa_str in;
		size_t used = 0;
		int rc = fa_warc_look(&in, c->s, c->at, err);

		if (rc != FA_OK)
			return rc;
		if (!c->is_gzip) {
			*got = in.n < n ? in.n : n;
			memcpy(out, in.p, *got);
			c->at += (int64_t)*got;
			return FA_OK;
		}
		rc = fa_gunzip_some(c->s->gunzip, in, &used, out, n, got, err);
		if (rc < 0)
			return rc;
		c->ended = rc == 1;
		c->at += (int64_t)used;
		if (!c->ended && used == 0 && *got == 0)
			return fa_warc_ends_early(err);
	}
	return FA_OK;
}

int
fa_warc_take(struct fa_warc_cursor *c, char *out, size_t n, struct fa_err *err)
{
	size_t have = c->ahead.n < n ? c->ahead.n : n;

	memcpy(out, c->ahead.p, have);
	c->ahead = fa_str_sub(c->ahead, have, c->ahead.n);
	while (have < n) {
		size_t got;
		int rc = fa_warc_pull(&got, c, out + have, n - have, err);

		if (rc != FA_OK)
			return rc;
		if (got == 0)
			return fa_warc_ends_early(err);
		have += got;
	}
	return FA_OK;
}

static int
file_bytes(int64_t *out, const struct fa_warc_stream *s, struct fa_err *err)
{
	struct stat st;

	if (fstat(s->fd, &st) != 0) {
		return fa_fail(
			err, FA_E_IO, "cannot examine: %s", strerror(errno));
	}
	*out = st.st_size;
	return FA_OK;
}

int
fa_warc_check_room(
	const struct fa_warc_cursor *c, uint64_t n, struct fa_err *err)
{
	int64_t size = 0;
	uint64_t left = 0;
	int rc;

	if (n <= TRUSTED_BYTES || n <= c->ahead.n)
		return FA_OK;
	rc = file_bytes(&size, c->s, err);
	if (rc != FA_OK)
		return rc;
	if (size > c->at)
		left = (uint64_t)(size - c->at);
	/* zlib itself holds back up to a window of what it inflates */
	if (c->is_gzip)
		left = (left + FA_WARC_WINDOW_BYTES) * DEFLATE_RATIO;
	return n - c->ahead.n > left ? fa_warc_ends_early(err) : FA_OK;
}

int
fa_warc_skip(struct fa_warc_cursor *c, uint64_t n, struct fa_err *err)
{
	char dropped[PIECE_BYTES];
	size_t have = c->ahead.n < n ? c->ahead.n : (size_t)n;

	c->ahead = fa_str_sub(c->ahead, have, c->ahead.n);
	n -= have;
	if (!c->is_gzip) {
		c->at += (int64_t)n; /* there is room, so they are there */
		return FA_OK;
	}
	while (n > 0) {
		size_t piece =
			n < sizeof(dropped) ? (size_t)n : sizeof(dropped);
		int rc = fa_warc_take(c, dropped, piece, err);

		if (rc != FA_OK)
			return rc;
		n -= piece;
	}
	return FA_OK;
}

int
fa_warc_skip_line_ends(
	struct fa_warc_stream *s, int64_t *at, bool *at_end, struct fa_err *err)
{
	for (;;) {
		struct fa_str in;
		size_t n = 0;
		int rc = fa_warc_look(&in, s, *at, err);

		if (rc != FA_OK)
			return rc;
		while (n < in.n && fa_warc_is_line_end(in.p[n]))
			n++;
		*at += (int64_t)n;
		*at_end = in.n == 0;
		if (n < in.n || in.n == 0)
			return FA_OK;
	}
}
