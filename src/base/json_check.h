/* The grammar of RFC 8259, checked before cJSON builds the tree: cJSON is
 * lenient (control characters, numbers, white space) and does not say why it
 * failed. Only json.c includes this. */
#ifndef FA_BASE_JSON_CHECK_H
#define FA_BASE_JSON_CHECK_H

#include <stddef.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

#define FA_JSON_MAX_VALUES (4u << 20) /* values in one text */
#define FA_JSON_NUMBER_BYTES 60       /* longest number; cJSON reads 63 */

/* 0 when text is one JSON value with nothing but white space around it, in
 * valid UTF-8, within the limits of json.h, without U+0000. */
FA_MUST_CHECK int fa_json_check(struct fa_str text, struct fa_err *err);
/* Fails with what at the line and byte column of text.p[at]. */
int fa_json_fail_at(struct fa_str text, size_t at, int rc, const char *what,
	struct fa_err *err);
/* The end of the number that begins at at, SIZE_MAX when it is malformed. */
size_t fa_json_number_end(struct fa_str text, size_t at);
/* The end of the string whose opening quote is at at, of checked text. */
size_t fa_json_string_end(struct fa_str text, size_t at);

#endif
