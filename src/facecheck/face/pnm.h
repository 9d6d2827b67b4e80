/* Pictures as files: PGM and PPM, binary (P5, P6) or in digits (P2, P3), of at
 * most 255 levels, as netpbm describes them. No other format is read: a decoder
 * of photographs would have to live in the sandbox. */
#ifndef FC_FACE_PNM_H
#define FC_FACE_PNM_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "facecheck/face/plugin.h"

#define FC_PNM_BYTES_MAX (16u << 20) /* of a file */

/* The first picture of a file, in grey (ITU-R BT.601 of colours), scaled to
 * 255 levels. Its pixels live in a. Sides above FC_PICTURE_SIDE_MAX are
 * FA_E_LIMIT. */
FA_MUST_CHECK int fc_pnm_read(struct fc_picture *out, struct fa_str data,
	struct fa_arena *a, struct fa_err *err);
/* P5. Failures stay in b. */
void fc_pnm_write(struct fa_buf *b, const struct fc_picture *p);

#endif
