/* A growable byte buffer with a maximum. The first failure sticks: later
 * writes do nothing, and the one check at the end (fa_buf_rc) reports it. */
#ifndef FA_BASE_BUF_H
#define FA_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"

struct fa_buf {
	char *p; /* owned; NUL-terminated once anything was written */
	size_t n;
	size_t cap;
	size_t max_bytes;
	int rc; /* 0 or the first failure */
};

void fa_buf_init(struct fa_buf *b, size_t max_bytes);
void fa_buf_done(struct fa_buf *b);  /* safe after init and twice */
void fa_buf_reset(struct fa_buf *b); /* empty again, keeps memory and max */
void fa_buf_add(struct fa_buf *b, struct fa_str s);
/* Makes room for so many more bytes, which the caller may then write at
 * b->p + b->n before it moves b->n (no NUL need stand behind them); false when
 * there is none, with b->rc set. */
bool fa_buf_reserve(struct fa_buf *b, size_t more);
/* So many bytes more, for the caller to fill at once; NULL on failure. Valid
 * until the next write. */
static inline char *
fa_buf_take(struct fa_buf *b, size_t bytes)
{
	char *p;

	if ((b->rc != FA_OK || bytes >= b->cap - b->n) &&
		!fa_buf_reserve(b, bytes))
		return NULL;
	p = b->p + b->n;
	b->n += bytes;
	p[bytes] = '\0';
	return p;
}
void fa_buf_addc(struct fa_buf *b, char c);
void fa_buf_adds(struct fa_buf *b, const char *z);
void fa_buf_addf(struct fa_buf *b, const char *fmt, ...) FA_PRINTF(2, 3);
/* In decimal, with at least so many digits (up to 20); sooner than printf. */
void fa_buf_add_number(struct fa_buf *b, uint64_t v, size_t least);
void fa_buf_add_rune(struct fa_buf *b, unsigned long cp); /* as UTF-8 */
/* What was written so far; valid until the next write. */
struct fa_str fa_buf_str(const struct fa_buf *b);
/* 0, or the sticky failure with a message that names what (e.g. "report"). */
FA_MUST_CHECK int fa_buf_rc(
	const struct fa_buf *b, const char *what, struct fa_err *err);

#endif
