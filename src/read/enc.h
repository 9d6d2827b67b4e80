/* Encodings: which one a document has, where its characters begin and end,
 * and their code points. Boundaries follow from lead and trail bytes alone
 * (fa_enc_unit), so that a position in decoded text can be walked back to the
 * bytes without a table; iconv(3) only names the code points of Big5. */
#ifndef FA_READ_ENC_H
#define FA_READ_ENC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "model/doc.h"

#define FA_ENC_HEAD_BYTES 4096 /* where a page may declare its encoding */
#define FA_ENC_CACHE_RUNES (126u * 192u) /* two-byte units of Big5 */

struct fa_enc_pick {
	enum fa_encoding encoding;
	size_t bom_bytes; /* byte order mark in front, not part of the text */
	bool valid;       /* known to be UTF-8 without a bad byte */
};

/* Encoding Standard §4.2: the encoding of a label; false for labels that are
 * unknown or name an encoding that Chinese documents do not use. */
bool fa_enc_by_label(struct fa_str label, enum fa_encoding *out);
/* The encoding that the first FA_ENC_HEAD_BYTES of a page declare by meta
 * charset, http-equiv or XML declaration; false when there is none. */
bool fa_enc_declared(struct fa_str raw, enum fa_encoding *out);
/* Byte order mark, else valid UTF-8, else charset (a label, may be absent),
 * else what the page declares, else statistics. An unknown charset is
 * FA_E_USAGE. */
FA_MUST_CHECK int fa_enc_detect(struct fa_enc_pick *out, struct fa_str raw,
	struct fa_str charset, struct fa_err *err);
/* Whether s looks like UTF-16 without a mark: NULs on one side of pairs. */
bool fa_enc_looks_utf16(struct fa_str s, enum fa_encoding *out);

/* Bytes of the character at the start of s (not empty) in encoding e, by
 * structure only: a byte that fits nothing is a unit of its own. decoded is
 * the code point that fa_enc_decode gave for it: a two-byte unit without a
 * character whose second byte is ASCII counts for its first byte only. */
size_t fa_enc_unit(enum fa_encoding e, struct fa_str s, uint32_t decoded);
/* Appends raw as UTF-8, one character per unit; malformed or unassigned units
 * become U+FFFD and are counted in *bad. cache holds FA_ENC_CACHE_RUNES zeros
 * or is NULL (for short texts). FA_E_UNSUPPORTED when iconv lacks e. */
FA_MUST_CHECK int fa_enc_decode(struct fa_buf *out, enum fa_encoding e,
	struct fa_str raw, uint32_t *cache, uint32_t *bad, struct fa_err *err);

#endif
