/* Records of a WARC archive as bytes; warc.c brings them into the file. */
#ifndef FA_EVIDENCE_WARC_PUT_H
#define FA_EVIDENCE_WARC_PUT_H

#include "base/buf.h"
#include "base/gzip.h"
#include "base/hash.h"
#include "evidence/warc.h"

/* What writing a record needs, used again for every record. */
struct fa_warc_pen {
	struct fa_gzip *gzip;
	struct fa_sha256 *sha;
	struct fa_buf text; /* fields of the record */
	struct fa_buf head; /* HTTP head as it is archived */
	char info_id[FA_WARC_ID_BYTES];
	char block[FA_HASH_HEX_BYTES]; /* SHA-256 of the last record's block */
};

FA_MUST_CHECK int fa_warc_pen_init(struct fa_warc_pen *pen, struct fa_err *err);
void fa_warc_pen_done(struct fa_warc_pen *pen); /* safe when all is zero */

/* Appends a warcinfo record with a new id, which becomes pen->info_id. After
 * a failure out may hold a part of it. software is one line, else
 * FA_E_USAGE. */
FA_MUST_CHECK int fa_warc_put_info(struct fa_buf *out, struct fa_warc_pen *pen,
	struct fa_str software, struct fa_str filename, struct fa_err *err);
/* Appends the records of one hop; the offset in *place is one in out. After a
 * failure out may hold a part of them. */
FA_MUST_CHECK int fa_warc_put_exchange(struct fa_buf *out,
	struct fa_warc_place *place, struct fa_warc_pen *pen,
	const struct fa_warc_exchange *x, struct fa_err *err);
/* Appends a resource record, likewise. */
FA_MUST_CHECK int fa_warc_put_resource(struct fa_buf *out,
	struct fa_warc_place *place, struct fa_warc_pen *pen,
	const struct fa_warc_resource *r, struct fa_err *err);

#endif
