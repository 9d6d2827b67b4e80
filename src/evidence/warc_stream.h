/* The bytes of records, compressed or not, out of a file that is read through
 * a window of bounded size. */
#ifndef FA_EVIDENCE_WARC_STREAM_H
#define FA_EVIDENCE_WARC_STREAM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/gzip.h"
#include "base/str.h"

#define FA_WARC_WINDOW_BYTES 65536

struct fa_warc_stream {
	int fd;
	struct fa_gunzip *gunzip;
	char *window; /* FA_WARC_WINDOW_BYTES */
	int64_t window_at;
	size_t window_n;
};

/* Where reading a record stands. */
struct fa_warc_cursor {
	struct fa_warc_stream *s;
	int64_t at;          /* next byte of the file */
	struct fa_str ahead; /* inflated or read, not yet taken */
	bool is_gzip;
	bool ended; /* the gzip member is at its end */
};

bool fa_warc_is_line_end(char c);
/* For a record that is not whole: FA_E_INPUT. */
int fa_warc_ends_early(struct fa_err *err);

/* The bytes of the file at an offset: at least two, unless it ends. *out is
 * valid until the next call of any function here. */
FA_MUST_CHECK int fa_warc_look(struct fa_str *out, struct fa_warc_stream *s,
	int64_t at, struct fa_err *err);
/* Moves *at over line ends of the file; *at_end: there is nothing else. */
FA_MUST_CHECK int fa_warc_skip_line_ends(struct fa_warc_stream *s, int64_t *at,
	bool *at_end, struct fa_err *err);

/* At most n more bytes of the record behind those ahead, *got of them, 0 at
 * its end. A plain record has no end of its own: there it is the end of the
 * file. */
FA_MUST_CHECK int fa_warc_pull(size_t *got, struct fa_warc_cursor *c, char *out,
	size_t n, struct fa_err *err);
/* n bytes of the record, from those ahead on; FA_E_INPUT when there are fewer.
 */
FA_MUST_CHECK int fa_warc_take(
	struct fa_warc_cursor *c, char *out, size_t n, struct fa_err *err);
/* Passes over n bytes of the record, for which there was room. */
FA_MUST_CHECK int fa_warc_skip(
	struct fa_warc_cursor *c, uint64_t n, struct fa_err *err);
/* FA_E_INPUT when the rest of the file cannot hold n more bytes of the
 * record. Only large n are looked at. */
FA_MUST_CHECK int fa_warc_check_room(
	const struct fa_warc_cursor *c, uint64_t n, struct fa_err *err);

#endif
