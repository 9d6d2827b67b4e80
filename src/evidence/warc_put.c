/* getentropy is no part of POSIX 2008. */
#define _DEFAULT_SOURCE

#include "evidence/warc_put.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "evidence/http.h"
#include "evidence/warc_read.h"

/* Compressing what a hop writes besides its page takes longer than all else
 * that is done with it (60 of 180 us), and saves 4 % of the archive: records up
 * to this size are laid in as they are. */
#define SMALL_BYTES 4096
#define UUID_BYTES 16
#define DATE_BYTES 28 /* 2026-11-21T08:00:00.123456Z */
#define HEAD_BYTES FA_WARC_RECORD_BYTES
#define RENAMED FA_STR("X-Archive-Orig-")
#define PROFILE "http://netpreserve.org/warc/1.1/revisit/"

static const char response_type[] = "application/http;msgtype=response";
static const char request_type[] = "application/http;msgtype=request";
static const char fields_type[] = "application/warc-fields";

int
fa_warc_pen_init(struct fa_warc_pen *pen, struct fa_err *err)
{
	int rc = fa_gzip_new(&pen->gzip, err);

	if (rc == FA_OK)
		rc = fa_sha256_new(&pen->sha, err);
	fa_buf_init(&pen->text, FA_WARC_HEADER_BYTES);
	fa_buf_init(&pen->head, HEAD_BYTES);
	return rc;
}

void
fa_warc_pen_done(struct fa_warc_pen *pen)
{
	fa_gzip_free(pen->gzip);
	fa_sha256_free(pen->sha);
	fa_buf_done(&pen->text);
	fa_buf_done(&pen->head);
}

/* RFC 4122, 4.4: version 4, from the random numbers of the kernel. */
static int
new_ids(char ids[][FA_WARC_ID_BYTES], size_t n, struct fa_err *err)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char r[UUID_BYTES];

	for (size_t i = 0; i < n; i++) {
		char *out = ids[i];

		if (getentropy(r, sizeof(r)) != 0) {
			return fa_fail(err, FA_E_IO,
				"no random numbers from the system: %s",
				strerror(errno));
		}
		r[6] = (unsigned char)((r[6] & 0x0f) | 0x40);
		r[8] = (unsigned char)((r[8] & 0x3f) | 0x80);
		memcpy(out, "urn:uuid:", 9);
		out += 9;
		for (size_t k = 0; k < UUID_BYTES; k++) {
			if (k == 4 || k == 6 || k == 8 || k == 10)
				*out++ = '-';
			*out++ = digits[r[k] >> 4];
			*out++ = digits[r[k] & 15];
		}
		*out = '\0';
	}
	return FA_OK;
}

/* WARC 1.1, 5.4: up to nine digits of a second. */
static void
format_date(int64_t at_us, char out[DATE_BYTES])
{
	int64_t us = at_us % 1000;
	int64_t ms = at_us / 1000;

	if (us < 0) {
		us += 1000;
		ms--;
	}
	fa_time_format(ms, out);
	out[23] = (char)('0' + us / 100);
	out[24] = (char)('0' + us / 10 % 10);
	out[25] = (char)('0' + us % 10);
	out[26] = 'Z';
	out[27] = '\0';
}

static void
put_field(struct fa_warc_pen *pen, const char *name, struct fa_str value)
{
	fa_buf_adds(&pen->text, name);
	fa_buf_add(&pen->text, FA_STR(": "));
	fa_buf_add(&pen->text, value);
	fa_buf_add(&pen->text, FA_STR("\r\n"));
}

static void
put_field_c(struct fa_warc_pen *pen, const char *name, const char *value)
{
	put_field(pen, name, fa_str_c(value));
}

static void
put_id(struct fa_warc_pen *pen, const char *name, struct fa_str id)
{
	fa_buf_adds(&pen->text, name);
	fa_buf_add(&pen->text, FA_STR(": <"));
	fa_buf_add(&pen->text, id);
	fa_buf_add(&pen->text, FA_STR(">\r\n"));
}

static void
put_digest(struct fa_warc_pen *pen, const char *name, const char *hex)
{
	fa_buf_adds(&pen->text, name);
	fa_buf_add(&pen->text, FA_STR(": sha256:"));
	fa_buf_adds(&pen->text, hex);
	fa_buf_add(&pen->text, FA_STR("\r\n"));
}

static bool
is_uri_byte(char c)
{
	return c > 0x20 && c < 0x7f && c != '<' && c != '>';
}

/* RFC 3986, 2.1: bytes that no URI holds are percent-encoded, so that nothing
 * in a URL ends its line. */
static void
put_uri(struct fa_warc_pen *pen, const char *name, struct fa_str uri)
{
	size_t plain = 0;

	fa_buf_adds(&pen->text, name);
	fa_buf_add(&pen->text, FA_STR(": "));
	for (size_t i = 0; i < uri.n; i++) {
		if (is_uri_byte(uri.p[i]))
			continue;
		fa_buf_add(&pen->text, fa_str_sub(uri, plain, i));
		fa_buf_addf(&pen->text, "%%%02X", (unsigned char)uri.p[i]);
		plain = i + 1;
	}
	fa_buf_add(&pen->text, fa_str_sub(uri, plain, uri.n));
	fa_buf_add(&pen->text, FA_STR("\r\n"));
}

static void
begin(struct fa_warc_pen *pen, const char *type, const char *id, int64_t at_us)
{
	char date[DATE_BYTES];

	format_date(at_us, date);
	fa_buf_reset(&pen->text);
	fa_buf_add(&pen->text, FA_STR("WARC/1.1\r\n"));
	put_field_c(pen, "WARC-Type", type);
	put_id(pen, "WARC-Record-ID", fa_str_c(id));
	put_field_c(pen, "WARC-Date", date);
}

static void
begin_of_hop(struct fa_warc_pen *pen, const char *type, const char *id,
	const struct fa_warc_exchange *x)
{
	begin(pen, type, id, x->at_us);
	put_uri(pen, "WARC-Target-URI", x->url);
	if (x->ip.n > 0)
		put_field(pen, "WARC-IP-Address", x->ip);
	put_id(pen, "WARC-Warcinfo-ID", fa_str_c(pen->info_id));
}

/* Ends the fields and appends the record, whose block is head and body. */
static int
finish(struct fa_buf *out, struct fa_warc_pen *pen, const char *media_type,
	struct fa_str head, const struct fa_gzip_part *body, struct fa_err *err)
{
	int rc, stored;

	if (head.n > FA_WARC_RECORD_BYTES ||
		body->data.n > FA_WARC_RECORD_BYTES - head.n) {
		return fa_fail(err, FA_E_LIMIT,
			"archive record is larger than %u bytes",
			FA_WARC_RECORD_BYTES);
	}
	rc = fa_sha256_begin(pen->sha, err);
	if (rc == FA_OK)
		rc = fa_sha256_add(pen->sha, head, err);
	if (rc == FA_OK)
		rc = fa_sha256_add(pen->sha, body->data, err);
	if (rc == FA_OK)
		rc = fa_sha256_end(pen->sha, pen->block, err);
	if (rc != FA_OK)
		return rc;
	put_digest(pen, "WARC-Block-Digest", pen->block);
	put_field_c(pen, "Content-Type", media_type);
	fa_buf_addf(&pen->text, "Content-Length: %zu\r\n\r\n",
		head.n + body->data.n);
	rc = fa_buf_rc(&pen->text, "header of an archive record", err);
	if (rc != FA_OK)
		return rc;
	stored = body->stored ||
		pen->text.n + head.n + body->data.n <= SMALL_BYTES;
	return fa_gzip_member(pen->gzip, out,
		(const struct fa_gzip_part[]){
			{ fa_buf_str(&pen->text), stored },
			{ head, stored },
			{ body->data, stored },
			{ FA_STR("\r\n\r\n"), stored },
		},
		4, err);
}

static bool
is_one_line(struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	}
	return true;
}

int
fa_warc_put_info(struct fa_buf *out, struct fa_warc_pen *pen,
	struct fa_str software, struct fa_str filename, struct fa_err *err)
{
	char id[1][FA_WARC_ID_BYTES];
	struct fa_gzip_part block = { FA_STR_NONE, 0 };
	int rc;

	if (!is_one_line(software) || !is_one_line(filename)) {
		return fa_fail(err, FA_E_USAGE,
			"software or name of an archive with a control "
			"character");
	}
	rc = new_ids(id, 1, err);
	if (rc != FA_OK)
		return rc;
	begin(pen, "warcinfo", id[0], fa_clock_now(fa_clock_system()) * 1000);
	put_field(pen, "WARC-Filename", filename);
	fa_buf_reset(&pen->head);
	fa_buf_adds(&pen->head, "software: ");
	fa_buf_add(&pen->head, software);
	fa_buf_adds(&pen->head,
		"\r\nformat: WARC File Format 1.1\r\nconformsTo: "
		"http://iipc.github.io/warc-specifications/specifications/"
		"warc-format/warc-1.1/\r\n");
	rc = fa_buf_rc(&pen->head, "archive record", err);
	if (rc != FA_OK)
		return rc;
	block.data = fa_buf_str(&pen->head);
	rc = finish(out, pen, fields_type, FA_STR_NONE, &block, err);
	if (rc == FA_OK)
		memcpy(pen->info_id, id[0], sizeof(pen->info_id));
	return rc;
}

static bool
is_only(struct fa_str s, const char *bytes)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\0' || strchr(bytes, s.p[i]) == NULL)
			return false;
	}
	return true;
}

static bool
is_id(struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!is_uri_byte(s.p[i]))
			return false;
	}
	return true;
}

static bool
is_digest(const char hex[FA_HASH_HEX_BYTES])
{
	size_t n = strnlen(hex, FA_HASH_HEX_BYTES);

	return n == FA_HASH_HEX_BYTES - 1 &&
		is_only((struct fa_str){ hex, n }, "0123456789abcdef");
}

/* What callers hand in that would spoil the record. The digest of a payload
 * that was not sent may be unknown. */
static int
check(const struct fa_warc_exchange *x, struct fa_err *err)
{
	if (x->url.n == 0)
		return fa_fail(err, FA_E_USAGE, "archive record without a URL");
	if (!is_only(x->ip, "0123456789abcdefABCDEF:.")) {
		return fa_fail(err, FA_E_USAGE,
			"%.*s is no numeric address for an archive record",
			FA_STR_ARG(fa_str_sub(x->ip, 0, 80)));
	}
	if (!is_id(x->refers_id)) {
		return fa_fail(err, FA_E_USAGE,
			"%.*s is no id of an archive record",
			FA_STR_ARG(fa_str_sub(x->refers_id, 0, 80)));
	}
	if (!is_digest(x->payload_sha256) &&
		!(x->revisit == FA_WARC_NOT_MODIFIED &&
			x->payload_sha256[0] == '\0')) {
		return fa_fail(err, FA_E_USAGE,
			"archive record without the SHA-256 of its payload");
	}
	if (x->revisit == FA_WARC_NEW && x->body.n > 0 &&
		!fa_str_ends(x->head, FA_STR("\n\n")) &&
		!fa_str_ends(x->head, FA_STR("\n\r\n"))) {
		return fa_fail(err, FA_E_USAGE,
			"HTTP head of an archive record without the empty line "
			"that ends it");
	}
	return FA_OK;
}

/* The body is archived without its transfer coding. A reader that still sees
 * the field would try to remove the coding once more, so the field gets
 * another name; its value stays. */
static int
archive_head(struct fa_str *out, struct fa_warc_pen *pen, struct fa_str head,
	struct fa_err *err)
{
	struct fa_str rest = head;
	struct fa_http_line line;

	fa_buf_reset(&pen->head);
	fa_buf_add(&pen->head, fa_http_first_line(&rest));
	while (fa_http_next_line(&line, &rest)) {
		if (fa_str_ieq(line.name, FA_STR("Transfer-Encoding")))
			fa_buf_add(&pen->head, RENAMED);
		fa_buf_add(&pen->head, line.whole);
	}
	fa_buf_add(&pen->head, rest);
	*out = fa_buf_str(&pen->head);
	return fa_buf_rc(&pen->head, "HTTP head", err);
}

/* WARC 1.1, 6.7.2 asks for "length" where the body is left out because it is
 * the same as before. */
static void
put_truncated(struct fa_warc_pen *pen, const struct fa_warc_exchange *x)
{
	static const char *const reasons[] = { [FA_WARC_CUT_LENGTH] = "length",
		[FA_WARC_CUT_TIME] = "time",
		[FA_WARC_CUT_DISCONNECT] = "disconnect" };

	if (x->cut != FA_WARC_WHOLE)
		put_field_c(pen, "WARC-Truncated", reasons[x->cut]);
	else if (x->revisit == FA_WARC_SAME_PAYLOAD)
		put_field_c(pen, "WARC-Truncated", "length");
}

static void
put_revisit(struct fa_warc_pen *pen, const struct fa_warc_exchange *x)
{
	char date[DATE_BYTES];

	put_field_c(pen, "WARC-Profile",
		x->revisit == FA_WARC_SAME_PAYLOAD
			? PROFILE "identical-payload-digest"
			: PROFILE "server-not-modified");
	if (x->refers_id.n > 0)
		put_id(pen, "WARC-Refers-To", x->refers_id);
	if (x->refers_url.n == 0)
		return;
	put_uri(pen, "WARC-Refers-To-Target-URI", x->refers_url);
	format_date(x->refers_at_us, date);
	put_field_c(pen, "WARC-Refers-To-Date", date);
}

static int
put_response(struct fa_buf *out, struct fa_warc_pen *pen, const char *id,
	const struct fa_warc_exchange *x, struct fa_err *err)
{
	bool is_new = x->revisit == FA_WARC_NEW;
	struct fa_str coding = fa_http_field(x->head, "Content-Encoding");
	struct fa_gzip_part body = { FA_STR_NONE, 0 };
	struct fa_str head;
	int rc = archive_head(&head, pen, x->head, err);

	if (rc != FA_OK)
		return rc;
	if (is_new) {
		body.data = x->body;
		body.stored =
			coding.n > 0 && !fa_str_ieq(coding, FA_STR("identity"));
	}
	begin_of_hop(pen, is_new ? "response" : "revisit", id, x);
	if (!is_new)
		put_revisit(pen, x);
	put_truncated(pen, x);
	if (x->payload_sha256[0] != '\0')
		put_digest(pen, "WARC-Payload-Digest", x->payload_sha256);
	return finish(out, pen, response_type, head, &body, err);
}

int
fa_warc_put_exchange(struct fa_buf *out, struct fa_warc_place *place,
	struct fa_warc_pen *pen, const struct fa_warc_exchange *x,
	struct fa_err *err)
{
	char ids[3][FA_WARC_ID_BYTES];
	struct fa_gzip_part request = { x->request, 0 };
	struct fa_gzip_part fields = { x->fields, 0 };
	struct fa_warc_place p = { .offset = (int64_t)out->n };
	int rc = check(x, err);

	if (rc == FA_OK)
		rc = new_ids(ids, 3, err);
	if (rc == FA_OK)
		rc = put_response(out, pen, ids[0], x, err);
	if (rc != FA_OK)
		return rc;
	p.length = (int64_t)out->n - p.offset;
	memcpy(p.id, ids[0], sizeof(p.id));
	memcpy(p.block_sha256, pen->block, sizeof(p.block_sha256));
	if (x->request.p != NULL) {
		begin_of_hop(pen, "request", ids[1], x);
		put_id(pen, "WARC-Concurrent-To", fa_str_c(p.id));
		rc = finish(out, pen, request_type, FA_STR_NONE, &request, err);
	}
	if (rc == FA_OK && x->fields.p != NULL) {
		begin_of_hop(pen, "metadata", ids[2], x);
		put_id(pen, "WARC-Concurrent-To", fa_str_c(p.id));
		put_id(pen, "WARC-Refers-To", fa_str_c(p.id));
		rc = finish(out, pen, fields_type, FA_STR_NONE, &fields, err);
	}
	if (rc == FA_OK)
		*place = p;
	return rc;
}

int
fa_warc_put_resource(struct fa_buf *out, struct fa_warc_place *place,
	struct fa_warc_pen *pen, const struct fa_warc_resource *r,
	struct fa_err *err)
{
	char id[1][FA_WARC_ID_BYTES], hex[FA_HASH_HEX_BYTES];
	struct fa_warc_exchange x = { .url = r->url, .at_us = r->at_us };
	struct fa_gzip_part body = { r->data, r->is_packed };
	struct fa_warc_place p = { .offset = (int64_t)out->n };
	struct fa_buf type FA_CLEANUP(fa_buf_done);
	int rc;

	fa_buf_init(&type, FA_WARC_HEADER_BYTES);
	if (r->url.n == 0 || r->media_type.n == 0 ||
		!is_one_line(r->media_type))
		return fa_fail(err, FA_E_USAGE,
			"resource record without a URL or a media type");
	fa_buf_add(&type, r->media_type);
	rc = fa_buf_rc(&type, "media type of an archive record", err);
	if (rc == FA_OK)
		rc = new_ids(id, 1, err);
	if (rc == FA_OK)
		rc = fa_hash_sha256(hex, r->data, err);
	if (rc != FA_OK)
		return rc;
	begin_of_hop(pen, "resource", id[0], &x);
	put_digest(pen, "WARC-Payload-Digest", hex);
	rc = finish(out, pen, type.p, FA_STR_NONE, &body, err);
	if (rc != FA_OK)
		return rc;
	p.length = (int64_t)out->n - p.offset;
	memcpy(p.id, id[0], sizeof(p.id));
	memcpy(p.block_sha256, pen->block, sizeof(p.block_sha256));
	*place = p;
	return FA_OK;
}
