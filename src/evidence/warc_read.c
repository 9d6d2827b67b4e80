/* A file is read through a window of bounded size. A record is, compressed or
 * not, a stream of bytes: fields up to an empty line, a block whose length the
 * fields tell, and two line ends. Nothing is believed before it was seen: no
 * memory is asked for that the rest of the file could not fill. */
#include "evidence/warc_read.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "evidence/warc_fields.h"
#include "evidence/warc_stream.h"

#define PIECE_BYTES 4096 /* inflated at once while fields are read */
#define TAIL_BYTES 1024  /* of line ends behind a block */
#define OWN_BYTES (1u << 20)
#define EMPTY_MEMBER 2

struct fa_warc_reader {
	struct fa_arena arena; /* holds this struct, too */
	struct fa_str path;
	struct fa_warc_stream stream;
	int64_t next; /* offset of the next record */
	char *fields; /* FA_WARC_HEADER_BYTES */
};

/* Offset behind the first empty line of s, looked for from from, or 0. */
static size_t
fields_end(struct fa_str s, size_t from)
{
	while (from < s.n) {
		const char *lf = memchr(s.p + from, '\n', s.n - from);
		size_t i;

		if (lf == NULL)
			return 0;
		i = (size_t)(lf - s.p) + 1;
		from = i;
		if (i < s.n && s.p[i] == '\r')
			i++;
		if (i < s.n && s.p[i] == '\n')
			return i + 1;
	}
	return 0;
}

/* Moves p[0, n) to begin behind its first line ends; its new length. */
static size_t
drop_line_ends(char *p, size_t n)
{
	size_t blank = 0;

	while (blank < n && fa_warc_is_line_end(p[blank]))
		blank++;
	if (blank > 0)
		memmove(p, p + blank, n - blank);
	return n - blank;
}

static bool
may_be_warc(struct fa_str s)
{
	struct fa_str magic = FA_STR("WARC/");

	return fa_str_starts(magic, fa_str_sub(s, 0, magic.n));
}

/* Reads up to the empty line behind the fields: *out is a slice of
 * fields[0, FA_WARC_HEADER_BYTES).
 * Returns EMPTY_MEMBER when there is nothing but line ends. */
static int
read_fields(struct fa_str *out, struct fa_warc_cursor *c, char *fields,
	struct fa_err *err)
{
	struct fa_str s = { fields, 0 };
	size_t end = 0;

	while (end == 0) {
		size_t seen = s.n < 2 ? 0 : s.n - 2;
		size_t room = FA_WARC_HEADER_BYTES - s.n;
		size_t got = 0;
		int rc;

		if (room == 0) {
			return fa_fail(err, FA_E_INPUT,
				"fields of more than %u bytes",
				FA_WARC_HEADER_BYTES);
		}
		rc = fa_warc_pull(&got, c, fields + s.n,
			room < PIECE_BYTES ? room : PIECE_BYTES, err);
		if (rc != FA_OK)
			return rc;
		if (got == 0 && s.n == 0 && c->is_gzip)
			return EMPTY_MEMBER;
		if (got == 0)
			return fa_warc_ends_early(err);
		s.n += got;
		s.n = drop_line_ends(fields, s.n);
		if (!may_be_warc(s)) {
			return fa_fail(err, FA_E_INPUT,
				"'%.*s' found where a record should begin",
				FA_STR_ARG(fa_str_sub(s, 0, 20)));
		}
		end = fields_end(s, seen);
	}
	c->ahead = fa_str_sub(s, end, s.n);
	*out = fa_str_sub(s, 0, end);
	return FA_OK;
}

static int
read_block(struct fa_str *out, struct fa_warc_cursor *c, uint64_t length,
	struct fa_arena *a, struct fa_err *err)
{
	size_t n = (size_t)length;
	char *p;
	int rc = fa_warc_check_room(c, length, err);

	if (rc != FA_OK)
		return rc;
	if (length > FA_WARC_RECORD_BYTES) {
		*out = FA_STR_NONE;
		return fa_warc_skip(c, length, err);
	}
	p = fa_arena_new(a, n, 1);
	if (p == NULL) {
		return fa_fail(err, FA_E_NOMEM,
			"out of memory for a block of %zu bytes", n);
	}
	rc = fa_warc_take(c, p, n, err);
	if (rc == FA_OK)
		*out = (struct fa_str){ p, n };
	return rc;
}

/* Behind the block of a compressed record: line ends, then the end of the
 * member with its check sum. */
static int
end_member(struct fa_warc_cursor *c, struct fa_err *err)
{
	char tail[TAIL_BYTES];
	size_t n = c->ahead.n < sizeof(tail) ? c->ahead.n : sizeof(tail);
	size_t blank = 0;

	memcpy(tail, c->ahead.p, n);
	while (n < sizeof(tail)) {
		size_t got;
		int rc = fa_warc_pull(&got, c, tail + n, sizeof(tail) - n, err);

		if (rc != FA_OK)
			return rc;
		if (got == 0)
			break;
		n += got;
	}
	while (blank < n && fa_warc_is_line_end(tail[blank]))
		blank++;
	if (blank == n && n < sizeof(tail))
		return FA_OK;
	if (n - blank >= 5 &&
		may_be_warc((struct fa_str){ tail + blank, n - blank })) {
		return fa_fail(err, FA_E_UNSUPPORTED,
			"the file is compressed as a whole, not record by "
			"record");
	}
	return fa_fail(err, FA_E_INPUT, "data behind the block");
}

static int
end_record(struct fa_warc_cursor *c, struct fa_err *err)
{
	bool at_end;

	if (c->is_gzip)
		return end_member(c, err);
	c->at -= (int64_t)c->ahead.n;
	return fa_warc_skip_line_ends(c->s, &c->at, &at_end, err);
}

static int
begin_record(struct fa_warc_cursor *c, struct fa_err *err)
{
	struct fa_str s;
	int rc = fa_warc_look(&s, c->s, c->at, err);

	if (rc != FA_OK)
		return rc;
	if (s.n == 0)
		return fa_fail(err, FA_E_INPUT, "the file ends before it");
	if (fa_str_starts(s, FA_STR("\x28\xb5\x2f\xfd"))) {
		return fa_fail(err, FA_E_UNSUPPORTED,
			"compressed by zstd, only gzip is handled");
	}
	c->is_gzip = fa_str_starts(FA_STR("\x1f\x8b"), fa_str_sub(s, 0, 2));
	if (c->is_gzip)
		fa_gunzip_begin(c->s->gunzip);
	return FA_OK;
}

/* FA_OK, EMPTY_MEMBER (then only the length in *out counts) or a failure. */
static int
read_record(struct fa_warc_record *out, struct fa_warc_reader *r, int64_t at,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_warc_cursor c = { .s = &r->stream, .at = at };
	struct fa_warc_record rec = { 0 };
	struct fa_str fields = FA_STR_NONE;
	uint64_t length = 0;
	char *text;
	int rc = begin_record(&c, err);

	if (rc == FA_OK)
		rc = read_fields(&fields, &c, r->fields, err);
	if (rc == EMPTY_MEMBER)
		out->length = c.at - at;
	if (rc != FA_OK)
		return rc;
	text = fa_arena_new(a, fields.n, 1);
	if (text == NULL) {
		return fa_fail(err, FA_E_NOMEM,
			"out of memory for %zu bytes of fields", fields.n);
	}
	memcpy(text, fields.p, fields.n);
	rc = fa_warc_parse_fields(&rec, &length, text, fields.n, err);
	if (rc == FA_OK)
		rc = read_block(&rec.block, &c, length, a, err);
	if (rc == FA_OK)
		rc = end_record(&c, err);
	if (rc != FA_OK)
		return rc;
	rec.offset = at;
	rec.length = c.at - at;
	*out = rec;
	return FA_OK;
}

/* A failure with file and offset in the message. */
static int
fail_at(struct fa_err *err, int rc, const struct fa_warc_reader *r, int64_t at,
	const struct fa_err *inner)
{
	return fa_fail(err, rc, "%.*s: record at byte %lld: %s",
		FA_STR_ARG(r->path), (long long)at, inner->msg);
}

int
fa_warc_read_next(struct fa_warc_reader *r, struct fa_warc_record *out,
	struct fa_arena *a, struct fa_err *err)
{
	for (;;) {
		struct fa_warc_record rec = { 0 };
		struct fa_err inner;
		int64_t at = r->next;
		bool at_end = false;
		int rc = fa_warc_skip_line_ends(
			&r->stream, &at, &at_end, &inner);

		if (rc == FA_OK && at_end)
			return 0;
		if (rc == FA_OK)
			rc = read_record(&rec, r, at, a, &inner);
		if (rc < 0)
			return fail_at(err, rc, r, at, &inner);
		r->next = at + rec.length;
		if (rc == FA_OK) {
			*out = rec;
			return 1;
		}
	}
}

int
fa_warc_read_at(struct fa_warc_record *out, struct fa_warc_reader *r,
	int64_t offset, struct fa_arena *a, struct fa_err *err)
{
	struct fa_warc_record rec;
	struct fa_err inner;
	int rc;

	assert(offset >= 0);
	rc = read_record(&rec, r, offset, a, &inner);
	if (rc < 0)
		return fail_at(err, rc, r, offset, &inner);
	if (rc == EMPTY_MEMBER) {
		return fa_fail(err, FA_E_INPUT, "%.*s: no record at byte %lld",
			FA_STR_ARG(r->path), (long long)offset);
	}
	if (rec.block.p == NULL) {
		return fa_fail(err, FA_E_LIMIT,
			"%.*s: record at byte %lld: block of more than %u "
			"bytes",
			FA_STR_ARG(r->path), (long long)offset,
			FA_WARC_RECORD_BYTES);
	}
	*out = rec;
	return FA_OK;
}

static int
open_file(struct fa_warc_reader *r, struct fa_err *err)
{
	struct stat st;

	do {
		r->stream.fd = open(r->path.p,
			O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	} while (r->stream.fd < 0 && errno == EINTR);
	if (r->stream.fd < 0 || fstat(r->stream.fd, &st) != 0) {
		return fa_fail(err, FA_E_IO, "cannot open %.*s: %s",
			FA_STR_ARG(r->path), strerror(errno));
	}
	if (!S_ISREG(st.st_mode)) {
		return fa_fail(err, FA_E_IO,
			"cannot read %.*s: not a regular file",
			FA_STR_ARG(r->path));
	}
	return fa_gunzip_new(&r->stream.gunzip, err);
}

/* NULL when there is no memory. */
static struct fa_warc_reader *
new_reader(struct fa_str path)
{
	struct fa_arena arena;
	struct fa_warc_reader *r;

	fa_arena_init(&arena, OWN_BYTES);
	r = fa_arena_new(&arena, 1, sizeof(*r));
	if (r != NULL) {
		r->path = fa_arena_dup(&arena, path);
		r->stream.window =
			fa_arena_new(&arena, FA_WARC_WINDOW_BYTES, 1);
		r->fields = fa_arena_new(&arena, FA_WARC_HEADER_BYTES, 1);
	}
	if (r == NULL || r->path.p == NULL || r->stream.window == NULL ||
		r->fields == NULL) {
		fa_arena_done(&arena);
		return NULL;
	}
	r->arena = arena;
	r->stream.fd = -1;
	return r;
}

int
fa_warc_reader_open(
	struct fa_warc_reader **out, struct fa_str path, struct fa_err *err)
{
	struct fa_warc_reader *r;
	int rc;

	if (path.n == 0 || path.n >= FA_FILE_PATH_BYTES ||
		memchr(path.p, '\0', path.n) != NULL)
		return fa_fail(err, FA_E_USAGE, "bad name of an archive");
	r = new_reader(path);
	if (r == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for the archive");
	rc = open_file(r, err);
	if (rc != FA_OK) {
		fa_warc_reader_close(r);
		return rc;
	}
	*out = r;
	return FA_OK;
}

void
fa_warc_reader_close(struct fa_warc_reader *r)
{
	struct fa_arena arena;

	if (r == NULL)
		return;
	if (r->stream.fd >= 0)
		(void)close(r->stream.fd);
	fa_gunzip_free(r->stream.gunzip);
	arena = r->arena;
	fa_arena_done(&arena);
}
