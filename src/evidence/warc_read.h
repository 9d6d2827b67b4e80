/* Reading WARC archives: ours, and those of others (Common Crawl): WARC 1.0
 * and 1.1, a gzip member per record or plain. */
#ifndef FA_EVIDENCE_WARC_READ_H
#define FA_EVIDENCE_WARC_READ_H

#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_WARC_RECORD_BYTES (80u << 20) /* largest block that is read */
#define FA_WARC_HEADER_BYTES (64u << 10) /* of one record */

struct fa_warc_record {
	int64_t offset, length;   /* in the file, compressed as it is; of a
				   * plain record with the line ends behind */
	struct fa_str type;       /* "response" */
	struct fa_str id;         /* "urn:uuid:..." without < >, or absent */
	struct fa_str url;        /* WARC-Target-URI without < >, or absent */
	struct fa_str ip;         /* or absent */
	int64_t at_us;            /* WARC-Date; 0: none or malformed */
	struct fa_str media_type; /* of the block */
	struct fa_str payload_digest, block_digest, profile; /* or absent */
	struct fa_str refers_url, refers_id; /* of a revisit, or absent */
	struct fa_str truncated;             /* WARC-Truncated, or absent */
	struct fa_str block;
};

struct fa_warc_reader;

FA_MUST_CHECK int fa_warc_reader_open(
	struct fa_warc_reader **out, struct fa_str path, struct fa_err *err);
void fa_warc_reader_close(struct fa_warc_reader *r); /* NULL is fine */
/* The next record: 1, or 0 at the end of the file. The record lives in a. A
 * block over FA_WARC_RECORD_BYTES is passed over: block is absent. Anything
 * malformed is FA_E_INPUT with the offset, and so is a file that ends within
 * a record; what was read before it stays valid, and reading on fails in the
 * same way. A file compressed as a whole instead of record by record is
 * FA_E_UNSUPPORTED, and so is one compressed by zstd. A record that does not
 * fit in a is FA_E_NOMEM.
 *
 * Malformed is what leaves open where a record ends or what it is: no version
 * line, no type, no or two lengths, a wrong check sum. Fields are read
 * leniently: names in any case, folded lines, bare line feeds, lines without
 * colon are passed over, of repeated fields the first counts. */
FA_MUST_CHECK int fa_warc_read_next(struct fa_warc_reader *r,
	struct fa_warc_record *out, struct fa_arena *a, struct fa_err *err);
/* The record at an offset (>= 0), with its block: FA_E_LIMIT when that is over
 * FA_WARC_RECORD_BYTES, else failures as above; fa_warc_read_next goes on where
 * it was. */
FA_MUST_CHECK int fa_warc_read_at(struct fa_warc_record *out,
	struct fa_warc_reader *r, int64_t offset, struct fa_arena *a,
	struct fa_err *err);

/* The HTTP response in a block of "application/http". */
struct fa_http {
	int status;         /* 100..599 */
	struct fa_str head; /* status line and fields, with the blank line */
	struct fa_str body; /* transfer coding removed, content coding kept */
};

/* Takes block apart; chunks are joined when Transfer-Encoding says so and the
 * body really is chunked (archives often hold it joined already), up to where
 * it was cut; a transfer coding gzip or deflate below them is undone. Empty
 * lines before the status line and interim responses (1xx) are passed over;
 * without an empty line all is head. FA_E_INPUT when there is no status line
 * with a status of 100..599, and failures of fa_http_decode. Slices of block,
 * a joined body in a. */
FA_MUST_CHECK int fa_http_parse(struct fa_http *out, struct fa_str block,
	struct fa_arena *a, struct fa_err *err);
/* Value of a header field (first of that name), trimmed, or absent; name in
 * any case. A folded value keeps its line ends. A slice of head. */
struct fa_str fa_http_field(struct fa_str head, const char *name);
/* charset=... of a media type, or absent; and "text/html" without parameters.
 * Slices of value. */
struct fa_str fa_http_charset(struct fa_str value);
struct fa_str fa_http_media_type(struct fa_str value);

#endif
