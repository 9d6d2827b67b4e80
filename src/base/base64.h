/* Base64 (RFC 4648, 4). */
#ifndef FA_BASE_BASE64_H
#define FA_BASE_BASE64_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/* The value of a digit, also of the URL-safe alphabet (RFC 4648, 5), or -1. */
int fa_base64_value(char c);
void fa_base64_add(struct fa_buf *out, struct fa_str bytes);
/* With padding, of either alphabet, and zeros behind the last byte, so that
 * next to no two texts stand for the same bytes. FA_E_INPUT for anything else.
 * The result lives in a. */
FA_MUST_CHECK int fa_base64_decode(struct fa_str *out, struct fa_str text,
	struct fa_arena *a, struct fa_err *err);

#endif
