/* Bytes of recordings as text. Only import*.c includes this. */
#ifndef FA_FLOW_IMPORT_TEXT_H
#define FA_FLOW_IMPORT_TEXT_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

/* raw as valid UTF-8 without NUL and without byte order mark: UTF-16 with its
 * mark, UTF-8, else GB18030 (with GBK in it), in which much of China still
 * records. What cannot be decoded becomes U+FFFD. Points into raw, or lives in
 * a. */
FA_MUST_CHECK int fa_import_utf8(struct fa_str *out, struct fa_str raw,
	struct fa_arena *a, struct fa_err *err);
/* JSON as people write it: comments and commas before a closing bracket become
 * blanks, so do control characters in strings. The length stays. Lives in a. */
FA_MUST_CHECK int fa_import_relax(struct fa_str *out, struct fa_str json,
	struct fa_arena *a, struct fa_err *err);

#endif
