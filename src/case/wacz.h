/* WACZ 1.1.1, the container of a web archive: what stands in its WARC files
 * (CDXJ), its pages, and the list of its files with their digests. Writing and
 * reading of texts; files and zip are the business of pack and verify. */
#ifndef FA_CASE_WACZ_H
#define FA_CASE_WACZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/str.h"

#define FA_WACZ_VERSION "1.1.1"
#define FA_WACZ_FORMAT "faceaudit-pack/1" /* of what is in the container */
#define FA_WACZ_PACKAGE "datapackage.json"
#define FA_WACZ_DIGEST "datapackage-digest.json"
#define FA_WACZ_INDEX "indexes/index.cdxj"
#define FA_WACZ_PAGES "pages/pages.jsonl"
#define FA_WACZ_ARCHIVE "archive/"
#define FA_WACZ_RECORDS_MAX 4000000     /* of all archives */
#define FA_WACZ_TEXT_BYTES (256u << 20) /* of one text made here */

/* A record of an archive, with what its bytes really give. */
struct fa_wacz_record {
	struct fa_str file; /* "archive/x.warc.gz" */
	int64_t offset, length;
	struct fa_str type, id, url; /* id and url may be absent */
	int64_t at_us;
	int status; /* HTTP; 0: none */
	/* Of a response or revisit its labels, else that of the record; or
	 * absent. */
	struct fa_str media_type, charset, coding;
	char block_sha256[FA_HASH_HEX_BYTES];
	/* Of the body, transfer coding removed; of a revisit as it states it;
	 * "" when there is none. */
	char payload_sha256[FA_HASH_HEX_BYTES];
	char record_sha256[FA_HASH_HEX_BYTES]; /* of its bytes in the file */
	bool truncated;
	/* What in it contradicts itself, as it stands and in the body that its
	 * block holds; NULL: nothing. */
	const char *fault, *body_fault;
};

struct fa_wacz_index {
	struct fa_wacz_record *at; /* by file as added, then offset */
	size_t n, cap;
};

/* Reads all records of the archive at path and adds them as those of file. At
 * most end bytes of it count. Texts live in a. FA_E_INPUT when it is not whole
 * (the records before are added), failures of reading. */
FA_MUST_CHECK int fa_wacz_index_add(struct fa_wacz_index *x, struct fa_str path,
	int64_t end, struct fa_str file, struct fa_arena *a,
	struct fa_err *err);
/* FA_E_INPUT when a record contradicts itself as it stands. */
FA_MUST_CHECK int fa_wacz_index_check(
	const struct fa_wacz_index *x, struct fa_err *err);
/* The first whole response with this payload, or NULL. */
const struct fa_wacz_record *fa_wacz_find_payload(
	const struct fa_wacz_index *x, struct fa_str sha256);
/* Does a response or revisit with this payload have these labels (absent ones
 * are equal to absent ones)? */
bool fa_wacz_has_labels(const struct fa_wacz_index *x, struct fa_str sha256,
	struct fa_str media_type, struct fa_str charset, struct fa_str coding);

/* Appends the CDXJ of all responses, revisits and resources: sorted lines of
 * key, 14-digit time and JSON. */
FA_MUST_CHECK int fa_wacz_cdxj(struct fa_buf *out,
	const struct fa_wacz_index *x, struct fa_arena *a, struct fa_err *err);
/* Appends the sort-friendly key of a URL: "cn,example,a)/path?q", in lower
 * case, without "www."; a URL that is not of the web stays as it is. */
void fa_wacz_surt(struct fa_buf *out, struct fa_str url);

struct fa_wacz_page {
	struct fa_str url, title; /* title may be absent */
	int64_t at_us;
};
/* Appends pages.jsonl. */
void fa_wacz_pages(struct fa_buf *out, const struct fa_wacz_page *at, size_t n);

struct fa_wacz_file {
	struct fa_str path;   /* in the container */
	struct fa_str sha256; /* hex */
	int64_t bytes;
};

struct fa_wacz_package {
	struct fa_str title, description; /* or absent */
	struct fa_str software;
	int64_t created_ms;
	struct fa_str main_url; /* or absent */
	int64_t main_us;
	struct fa_wacz_file *files; /* by path */
	size_t n;
	/* When it was read: */
	struct fa_str wacz, format; /* format may be absent */
	bool is_ours;               /* of a format that this program knows */
};
/* Appends datapackage.json: one file per line, so that a shell can read it,
 * and datapackage-digest.json for it. */
void fa_wacz_package_write(struct fa_buf *out, const struct fa_wacz_package *p);
FA_MUST_CHECK int fa_wacz_digest_write(
	struct fa_buf *out, struct fa_str package, struct fa_err *err);

/* Reads datapackage.json of a pack: FA_E_INPUT when it is none, a path is no
 * name of a file (zip.h), occurs twice, or has no SHA-256, or the list is laid
 * out other than fa_wacz_package_write does it. Of another format or another
 * major version of WACZ (is_ours is false) only the head is read. By path, in
 * a. */
FA_MUST_CHECK int fa_wacz_package_parse(struct fa_wacz_package *out,
	struct fa_str text, struct fa_arena *a, struct fa_err *err);
/* Is this the text of datapackage-digest.json that goes with package? FA_OK,
 * or FA_E_INPUT with what is wrong. */
FA_MUST_CHECK int fa_wacz_digest_check(
	struct fa_str text, struct fa_str package, struct fa_err *err);

/* Reads CDXJ as we write it: the lines have to be those of the index, in the
 * same order; FA_E_INPUT with the first line that is not. */
FA_MUST_CHECK int fa_wacz_cdxj_check(struct fa_str text,
	const struct fa_wacz_index *x, struct fa_arena *a, struct fa_err *err);

#endif
