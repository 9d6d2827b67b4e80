/* Bytes that wait to be written elsewhere, and may be many: as long as there
 * are few, they stay in memory, else in a temporary file without a name, which
 * is gone with the process whatever ends it. Where no such file can be made, or
 * the disk is full, they stay in memory all the same. */
#ifndef FA_BASE_SPILL_H
#define FA_BASE_SPILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define FA_SPILL_MEMORY_BYTES ((size_t)1 << 18) /* before a file is made */

struct fa_spill {
	struct fa_buf tail; /* what is not in the file */
	uint64_t filed;     /* bytes of the file */
	int fd;             /* -1: none */
	bool none;          /* none can be made, or no more put into it */
	uint64_t max_bytes;
};

void fa_spill_init(struct fa_spill *s, uint64_t max_bytes);
void fa_spill_done(struct fa_spill *s); /* safe after init and twice */
/* How many bytes are in it. */
uint64_t fa_spill_bytes(const struct fa_spill *s);
/* Adds bytes at the end; FA_E_LIMIT beyond max_bytes, or FA_E_NOMEM. what names
 * the whole in messages. */
FA_MUST_CHECK int fa_spill_add(struct fa_spill *s, struct fa_str bytes,
	const char *what, struct fa_err *err);
/* Appends n bytes from an offset on, which must be there, to out. */
FA_MUST_CHECK int fa_spill_get(const struct fa_spill *s, uint64_t from,
	size_t n, struct fa_buf *out, struct fa_err *err);

/* Takes bytes, in pieces. */
typedef int fa_spill_fn(void *ctx, struct fa_str piece, struct fa_err *err);
/* Gives everything to fn, in order. */
FA_MUST_CHECK int fa_spill_each(const struct fa_spill *s, fa_spill_fn *fn,
	void *ctx, struct fa_err *err);

#endif
