/* The fields at the head of a WARC record. */
#ifndef FA_EVIDENCE_WARC_FIELDS_H
#define FA_EVIDENCE_WARC_FIELDS_H

#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"
#include "evidence/warc_read.h"

/* Parses text[0, n), version line and fields, into the slices of *out, which
 * point into text; folded lines are joined in place. *length is the
 * Content-Length. FA_E_INPUT when this is no WARC record or its type or length
 * is missing. */
FA_MUST_CHECK int fa_warc_parse_fields(struct fa_warc_record *out,
	uint64_t *length, char *text, size_t n, struct fa_err *err);
/* Microseconds since 1970 UTC of a WARC-Date (W3C-DTF in UTC, whole or cut
 * after year, month, day or minute; up to nine digits of a second), 0 when it
 * is malformed. */
int64_t fa_warc_parse_date(struct fa_str s);

#endif
