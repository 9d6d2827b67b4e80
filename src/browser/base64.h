/* Base64 (RFC 4648, section 4), in which DevTools carries bytes. */
#ifndef FA_BROWSER_BASE64_H
#define FA_BROWSER_BASE64_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

void fa_base64_add(struct fa_buf *out, struct fa_str bytes);
/* FA_E_INPUT for other characters or a wrong length. Result in a. */
FA_MUST_CHECK int fa_base64_decode(struct fa_str *out, struct fa_str text,
	struct fa_arena *a, struct fa_err *err);

#endif
