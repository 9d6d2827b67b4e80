#include "evidence/payload.h"

#include <string.h>

#include "base/gzip.h"
#include "base/hash.h"
#include "evidence/warc_read.h"

void
fa_payload_done(struct fa_payload_source *p)
{
	fa_warc_reader_close(p->reader);
	p->reader = NULL;
	p->path[0] = '\0';
}

static int
open_archive(
	struct fa_payload_source *p, struct fa_str path, struct fa_err *err)
{
	int rc;

	if (p->reader && fa_str_eq(fa_str_c(p->path), path))
		return FA_OK;
	fa_payload_done(p);
	if (path.n >= sizeof(p->path))
		return fa_fail(err, FA_E_LIMIT, "%.*s: the path is too long",
			FA_STR_ARG(path));
	rc = fa_warc_reader_open(&p->reader, path, err);
	if (rc < 0)
		return rc;
	memcpy(p->path, path.p, path.n);
	p->path[path.n] = '\0';
	return FA_OK;
}

static int
check_digest(struct fa_str body, const char *sha256, struct fa_str path,
	int64_t offset, struct fa_err *err)
{
	char hex[FA_HASH_HEX_BYTES];
	int rc = sha256 ? fa_hash_sha256(hex, body, err) : FA_OK;

	if (rc < 0 || !sha256 || strcmp(hex, sha256) == 0)
		return rc;
	return fa_fail(err, FA_E_NOTFOUND,
		"%.*s: the payload at %lld has the SHA-256 %s, expected %s",
		FA_STR_ARG(path), (long long)offset, hex, sha256);
}

/* The record, in a. What is wrong with the file is not the fault of what it
 * should hold. */
static int
read_record(struct fa_warc_record *out, struct fa_payload_source *p,
	struct fa_str path, int64_t offset, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_err why;
	int rc = open_archive(p, path, &why);

	if (rc == FA_OK)
		rc = fa_warc_read_at(out, p->reader, offset, a, &why);
	if (rc == FA_E_NOMEM || rc == FA_E_LIMIT)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc < 0)
		return fa_fail(err, FA_E_NOTFOUND, "%s", why.msg);
	if (fa_str_eq(out->type, FA_STR("response")) && out->block.p)
		return FA_OK;
	return fa_fail(err, FA_E_NOTFOUND,
		"%.*s: at %lld stands a record of the type '%.*s', "
		"expected a response",
		FA_STR_ARG(path), (long long)offset, FA_STR_ARG(out->type));
}

int
fa_payload_load(struct fa_payload *out, struct fa_payload_source *p,
	struct fa_str path, int64_t offset, const char *sha256,
	size_t max_bytes, struct fa_arena *a, struct fa_err *err)
{
	struct fa_warc_record record;
	struct fa_payload x;
	struct fa_http http;
	int rc = read_record(&record, p, path, offset, a, err);

	if (rc == FA_OK)
		rc = fa_http_parse(&http, record.block, a, err);
	if (rc == FA_OK)
		rc = check_digest(http.body, sha256, path, offset, err);
	if (rc < 0)
		return rc;
	x = (struct fa_payload){ .status = http.status, .head = http.head };
	rc = fa_http_decode(&x.body, http.body,
		fa_http_field(http.head, "Content-Encoding"), max_bytes, a,
		err);
	if (rc == FA_OK && x.body.n > max_bytes)
		rc = fa_fail(err, FA_E_LIMIT,
			"the body is %zu bytes, limit %zu", x.body.n,
			max_bytes);
	if (rc == FA_OK)
		*out = x;
	return rc;
}
