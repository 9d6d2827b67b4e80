/* What stands in archives: every record is read, and its digests are computed
 * anew. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "case/wacz.h"
#include "evidence/warc_read.h"

#define RECORD_BYTES ((size_t)FA_WARC_RECORD_BYTES * 3)
#define COPY_BYTES 65536

struct work {
	struct fa_wacz_index *x;
	struct fa_arena *a;
	struct fa_arena record; /* of the record at hand */
	struct fa_warc_reader *reader;
	struct fa_sha256 *sha;
	int fd;
	struct fa_str file;
	int64_t end;
};

/* SHA-256 of the bytes of the record as they stand in the file. */
static int
digest_file(char hex[FA_HASH_HEX_BYTES], struct work *w, int64_t offset,
	int64_t length, struct fa_err *err)
{
	char chunk[COPY_BYTES];
	int rc = fa_sha256_begin(w->sha, err);

	while (rc == FA_OK && length > 0) {
		size_t want = length < (int64_t)sizeof(chunk) ? (size_t)length
							      : sizeof(chunk);
		ssize_t n = pread(w->fd, chunk, want, (off_t)offset);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return fa_fail(err, FA_E_IO, "%.*s: %s",
				FA_STR_ARG(w->file),
				n < 0 ? strerror(errno) : "it got shorter");
		rc = fa_sha256_add(
			w->sha, (struct fa_str){ chunk, (size_t)n }, err);
		offset += n;
		length -= n;
	}
	return rc < 0 ? rc : fa_sha256_end(w->sha, hex, err);
}

/* Is what the record states, when it states a SHA-256, that one? */
static bool
states(struct fa_str stated, const char *hex)
{
	struct fa_str prefix = FA_STR("sha256:");

	return !stated.p || !fa_str_starts(stated, prefix) ||
		fa_str_ieq(
			fa_str_sub(stated, prefix.n, stated.n), fa_str_c(hex));
}

static void
set_stated(char hex[FA_HASH_HEX_BYTES], struct fa_str stated)
{
	struct fa_str prefix = FA_STR("sha256:");

	if (!stated.p || !fa_str_starts(stated, prefix) ||
		stated.n != prefix.n + FA_HASH_HEX_BYTES - 1)
		return;
	memcpy(hex, stated.p + prefix.n, FA_HASH_HEX_BYTES - 1);
	hex[FA_HASH_HEX_BYTES - 1] = '\0';
}

static int
keep(struct fa_str *out, struct fa_str s, struct fa_arena *a,
	struct fa_err *err)
{
	*out = s.p ? fa_arena_dup(a, s) : FA_STR_NONE;
	return !s.p || out->p
		? FA_OK
		: fa_fail(err, FA_E_NOMEM, "no memory for an index");
}

static int
look_http(struct fa_wacz_record *out, const struct fa_warc_record *r,
	struct work *w, struct fa_err *err)
{
	bool revisit = fa_str_eq(r->type, FA_STR("revisit"));
	struct fa_http http;
	struct fa_err why;
	struct fa_str type;
	int rc = fa_http_parse(&http, r->block, &w->record, &why);

	if (rc == FA_E_NOMEM)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc < 0) {
		out->body_fault = "it holds no HTTP response";
		return FA_OK;
	}
	out->status = http.status;
	type = fa_http_field(http.head, "Content-Type");
	rc = keep(&out->media_type, fa_http_media_type(type), w->a, err);
	if (rc == FA_OK)
		rc = keep(&out->charset, fa_http_charset(type), w->a, err);
	if (rc == FA_OK)
		rc = keep(&out->coding,
			fa_http_field(http.head, "Content-Encoding"), w->a,
			err);
	if (rc < 0)
		return rc;
	if (revisit) {
		set_stated(out->payload_sha256, r->payload_digest);
		return FA_OK;
	}
	rc = fa_hash_sha256(out->payload_sha256, http.body, err);
	if (rc == FA_OK && !states(r->payload_digest, out->payload_sha256))
		out->body_fault =
			"its body does not have the digest that it states";
	return rc;
}

static bool
is_http(const struct fa_warc_record *r)
{
	return fa_str_eq(r->type, FA_STR("response")) ||
		fa_str_eq(r->type, FA_STR("revisit"));
}

static int
look_block(struct fa_wacz_record *out, const struct fa_warc_record *r,
	struct work *w, struct fa_err *err)
{
	int rc;

	if (!r->block.p) {
		out->fault = "it is too large to be read";
		return FA_OK;
	}
	rc = fa_hash_sha256(out->block_sha256, r->block, err);
	if (rc < 0)
		return rc;
	if (!states(r->block_digest, out->block_sha256)) {
		out->fault =
			"its block does not have the digest that it states";
		return FA_OK;
	}
	if (is_http(r))
		return look_http(out, r, w, err);
	return keep(&out->media_type, r->media_type, w->a, err);
}

static int
look(struct work *w, const struct fa_warc_record *r, struct fa_err *err)
{
	struct fa_wacz_index *x = w->x;
	struct fa_wacz_record *at =
		fa_arena_grow(w->a, x->at, &x->cap, x->n + 1, sizeof(*x->at));
	struct fa_wacz_record out = { .file = w->file,
		.offset = r->offset,
		.length = r->length,
		.at_us = r->at_us,
		.truncated = r->truncated.p != NULL };
	int rc;

	if (!at)
		return fa_fail(err, FA_E_NOMEM, "no memory for an index");
	x->at = at;
	if (x->n == FA_WACZ_RECORDS_MAX)
		return fa_fail(err, FA_E_LIMIT, "more than %d records",
			FA_WACZ_RECORDS_MAX);
	rc = keep(&out.type, r->type, w->a, err);
	if (rc == FA_OK)
		rc = keep(&out.id, r->id, w->a, err);
	if (rc == FA_OK)
		rc = keep(&out.url, r->url, w->a, err);
	if (rc == FA_OK)
		rc = look_block(&out, r, w, err);
	if (rc == FA_OK)
		rc = digest_file(
			out.record_sha256, w, r->offset, r->length, err);
	if (rc == FA_OK)
		x->at[x->n++] = out;
	return rc;
}

static int
read_all(struct work *w, struct fa_err *err)
{
	for (;;) {
		struct fa_warc_record r;
		int rc;

		fa_arena_reset(&w->record);
		rc = fa_warc_read_next(w->reader, &r, &w->record, err);
		if (rc <= 0)
			return rc;
		/* What lies behind was never committed. */
		if (r.offset >= w->end)
			return FA_OK;
		if (r.offset + r.length > w->end)
			return fa_fail(err, FA_E_INPUT,
				"%.*s: the record at %lld is not whole",
				FA_STR_ARG(w->file), (long long)r.offset);
		rc = look(w, &r, err);
		if (rc < 0)
			return rc;
	}
}

static int
open_file(struct work *w, struct fa_str path, struct fa_err *err)
{
	char text[FA_FILE_PATH_BYTES];

	if (path.n >= sizeof(text))
		return fa_fail(err, FA_E_LIMIT, "%.*s: the path is too long",
			FA_STR_ARG(path));
	(void)snprintf(text, sizeof(text), "%.*s", FA_STR_ARG(path));
	w->fd = open(text, O_RDONLY | O_CLOEXEC);
	if (w->fd < 0)
		return fa_fail(err, FA_E_IO, "%s: %s", text, strerror(errno));
	return fa_warc_reader_open(&w->reader, path, err);
}

int
fa_wacz_index_add(struct fa_wacz_index *x, struct fa_str path, int64_t end,
	struct fa_str file, struct fa_arena *a, struct fa_err *err)
{
	struct work w = { .x = x, .a = a, .fd = -1, .file = file, .end = end };
	int rc = open_file(&w, path, err);

	if (rc == FA_OK)
		rc = fa_sha256_new(&w.sha, err);
	fa_arena_init(&w.record, RECORD_BYTES);
	if (rc == FA_OK)
		rc = read_all(&w, err);
	fa_arena_done(&w.record);
	fa_sha256_free(w.sha);
	fa_warc_reader_close(w.reader);
	if (w.fd >= 0)
		(void)close(w.fd);
	return rc;
}

int
fa_wacz_index_check(const struct fa_wacz_index *x, struct fa_err *err)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->at[i].fault)
			return fa_fail(err, FA_E_INPUT,
				"%.*s, record at %lld: %s",
				FA_STR_ARG(x->at[i].file),
				(long long)x->at[i].offset, x->at[i].fault);
	return FA_OK;
}

static bool
has_payload(const struct fa_wacz_record *r, struct fa_str sha256)
{
	return fa_str_eq(fa_str_c(r->payload_sha256), sha256);
}

const struct fa_wacz_record *
fa_wacz_find_payload(const struct fa_wacz_index *x, struct fa_str sha256)
{
	for (size_t i = 0; i < x->n; i++)
		if (!x->at[i].truncated && !x->at[i].fault &&
			!x->at[i].body_fault &&
			fa_str_eq(x->at[i].type, FA_STR("response")) &&
			has_payload(&x->at[i], sha256))
			return &x->at[i];
	return NULL;
}

static bool
same(struct fa_str a, struct fa_str b)
{
	return (a.p != NULL) == (b.p != NULL) && fa_str_eq(a, b);
}

bool
fa_wacz_has_labels(const struct fa_wacz_index *x, struct fa_str sha256,
	struct fa_str media_type, struct fa_str charset, struct fa_str coding)
{
	for (size_t i = 0; i < x->n; i++) {
		const struct fa_wacz_record *r = &x->at[i];

		if (r->status && has_payload(r, sha256) &&
			same(r->media_type, media_type) &&
			same(r->charset, charset) && same(r->coding, coding))
			return true;
	}
	return false;
}
