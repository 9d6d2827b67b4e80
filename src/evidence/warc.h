/* WARC 1.1 archives: one gzip member per record, appended to one file. Writing
 * a hop gives a response (or revisit), a request and a metadata record. */
#ifndef FA_EVIDENCE_WARC_H
#define FA_EVIDENCE_WARC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/str.h"

#define FA_WARC_ID_BYTES 46 /* "urn:uuid:..." with its NUL */

enum fa_warc_cut { /* WARC-Truncated (WARC 1.1 5.13) */
	FA_WARC_WHOLE,
	FA_WARC_CUT_LENGTH,
	FA_WARC_CUT_TIME,
	FA_WARC_CUT_DISCONNECT
};

enum fa_warc_revisit { /* WARC-Profile (WARC 1.1 6.7) */
	FA_WARC_NEW,
	FA_WARC_SAME_PAYLOAD, /* identical-payload-digest */
	FA_WARC_NOT_MODIFIED  /* server-not-modified */
};

/* One hop: what was sent and what came back. Nothing in it can add a field to
 * a record: in URLs, bytes that no URI holds are percent-encoded (RFC 3986,
 * 2.1), all else that does not fit its field is refused. */
struct fa_warc_exchange {
	struct fa_str url;
	struct fa_str ip;      /* numeric; absent: unknown */
	int64_t at_us;         /* of the request, microseconds since 1970 UTC */
	struct fa_str request; /* the bytes that were sent; absent: no record */
	struct fa_str head;    /* the bytes of status line and header fields,
				* blank line included, which only a
				* response without body may lack */
	struct fa_str body; /* transfer coding removed, content coding kept */
	/* SHA-256 of body; of the payload that was not sent again when
	 * revisit is NOT_MODIFIED, "" when that is not known. */
	char payload_sha256[FA_HASH_HEX_BYTES];
	enum fa_warc_cut cut;
	enum fa_warc_revisit revisit;
	struct fa_str refers_id, refers_url; /* of the response revisited */
	int64_t refers_at_us;
	struct fa_str fields; /* body of the metadata record: "name: v\r\n"..;
			       * absent: no record */
};

/* Bytes that were made rather than fetched, as a screenshot (WARC 1.1, 6.4). */
struct fa_warc_resource {
	struct fa_str url;        /* of its own: "urn:..." */
	struct fa_str media_type; /* "image/png" */
	int64_t at_us;
	struct fa_str data;
	bool is_packed; /* compressing it again saves nothing */
};

/* Where the response (or revisit) record stands in the archive. */
struct fa_warc_place {
	int64_t offset, length; /* bytes of the gzip member */
	char id[FA_WARC_ID_BYTES];
	char block_sha256[FA_HASH_HEX_BYTES]; /* WARC-Block-Digest */
};

struct fa_warc;

/* Opens path for appending behind end bytes; what lies behind them (a batch
 * that was never committed) is cut off. When end is 0 the file is made anew
 * and begins with a warcinfo record of software ("faceaudit 0.1.0 ...", one
 * line) and its name. Otherwise the records refer to the warcinfo record that
 * the file begins with if that names the same software; if it names another,
 * a warcinfo record of its own comes before the next record that is added.
 *
 * A file that is shorter than end or does not begin with a record is
 * FA_E_INPUT: the archive was damaged by others; it is left as it is. A second
 * writer on the same file is FA_E_IO (flock), and so is anything but a regular
 * file. */
FA_MUST_CHECK int fa_warc_open(struct fa_warc **out, struct fa_str path,
	int64_t end, struct fa_str software, struct fa_err *err);
/* Flushes nothing: what was not synced may be lost. NULL is fine. */
void fa_warc_close(struct fa_warc *w);
/* Appends the records of one hop. Records are collected in memory (1 MiB) and
 * reach the file as whole hops.
 *
 * The head is archived as it is, but Transfer-Encoding is renamed to
 * X-Archive-Orig-Transfer-Encoding, because the body does not have that coding
 * any more. A revisit holds the head only; as the identical-payload-digest
 * profile asks (WARC 1.1, 6.7.2) it says WARC-Truncated: length, unless cut
 * says more. A body whose head names a content coding is not compressed again.
 *
 * On failure nothing of the hop is kept, what was added before is, and adding
 * may be tried again. FA_E_IO when the disk is full (the file is cut back to
 * whole hops), FA_E_USAGE when x does not make a record, FA_E_LIMIT when a
 * record would be larger than FA_WARC_RECORD_BYTES or its fields larger than
 * FA_WARC_HEADER_BYTES. */
FA_MUST_CHECK int fa_warc_add(struct fa_warc_place *out, struct fa_warc *w,
	const struct fa_warc_exchange *x, struct fa_err *err);
/* Appends a resource record; failures and what is kept then as above. */
FA_MUST_CHECK int fa_warc_add_resource(struct fa_warc_place *out,
	struct fa_warc *w, const struct fa_warc_resource *r,
	struct fa_err *err);
/* Everything added so far is on the disk when this returns; *end is the length
 * of the archive. When writing fails it may be tried again; when the disk does
 * not take what was written (fsync) the file is cut back to the last end and
 * the writer fails from then on, because nobody can tell what was kept. */
FA_MUST_CHECK int fa_warc_sync(
	struct fa_warc *w, int64_t *end, struct fa_err *err);
/* Length with what was added and not synced. */
int64_t fa_warc_end(const struct fa_warc *w);

#endif
