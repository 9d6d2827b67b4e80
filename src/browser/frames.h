/* Messages of the DevTools pipe: JSON texts, each ended by a NUL byte. Bytes
 * come in any portions. */
#ifndef FA_BROWSER_FRAMES_H
#define FA_BROWSER_FRAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define FA_FRAMES_HEAD_BYTES 256 /* kept of a message that is too large */

struct fa_frames {
	struct fa_buf b;
	size_t at;     /* start of the next message */
	size_t seen;   /* no NUL before this */
	bool skipping; /* the rest of a message that was too large */
	size_t max_bytes;
};

struct fa_frame {
	struct fa_str text; /* valid until the next fa_frames_add */
	bool cut;           /* too large: only its beginning */
};

void fa_frames_init(struct fa_frames *f, size_t max_bytes);
void fa_frames_done(struct fa_frames *f);
FA_MUST_CHECK int fa_frames_add(
	struct fa_frames *f, struct fa_str bytes, struct fa_err *err);
/* The next whole message, if there is one. In it, escapes that stand for no
 * character (\u0000, half of a surrogate pair) have become \ufffd: pages may
 * have them in their texts, JSON for UTF-8 may not. */
bool fa_frames_next(struct fa_frames *f, struct fa_frame *out);

#endif
