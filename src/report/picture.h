/* Pictures in a report: what they are, told from their bytes, and how they get
 * into a page without a file beside it. Only PNG and JPEG: both are passive.
 * Sources: PNG (W3C, 3rd edition) 5.2 and 11.2.1; JPEG, ITU-T T.81 B.1, B.2. */
#ifndef FA_REPORT_PICTURE_H
#define FA_REPORT_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "report/report.h"

#define FA_PICTURE_SIDE_MAX 20000 /* pixels; larger ones are left out */

struct fa_picture {
	const char *media; /* "image/png" */
	uint32_t w, h;     /* pixels, 1..FA_PICTURE_SIDE_MAX */
};

/* false: neither PNG nor JPEG, cut short, or too large; *out untouched. */
bool fa_picture_read(struct fa_picture *out, struct fa_str bytes);
/* data:image/png;base64,... */
void fa_picture_data_uri(
	struct fa_buf *out, const struct fa_picture *p, struct fa_str bytes);
/* The evidence with a picture of the screen that can be shown, and what it
 * is; false: none. */
bool fa_picture_of(struct fa_picture *out, uint32_t *evidence,
	const struct fa_flow *f, uint32_t screen,
	const struct fa_report_pictures *pictures);

#endif
