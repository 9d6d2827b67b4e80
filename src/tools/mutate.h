/* Text in other clothes: the same words, written in ways that a reader takes
 * for the same and a naive pattern does not. For `rules test --mutate`. */
#ifndef FA_TOOLS_MUTATE_H
#define FA_TOOLS_MUTATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "model/doc.h"

#define FA_MUTATE_FIRST 0x4E00u /* range of the Traditional table */
#define FA_MUTATE_LAST 0x9FFFu

struct fa_mutator {
	/* A Traditional character for a Simplified one, or 0. */
	uint32_t *traditional;
};

struct fa_mutation {
	const char *name;
	enum fa_format format; /* in which the result is to be read */
	/* Appends the changed text; false when it does not apply to s. */
	bool (*write)(const struct fa_mutator *m, struct fa_str s,
		struct fa_buf *out);
};

extern const struct fa_mutation fa_mutations[];
extern const size_t fa_mutations_n;

/* The tables live in a. */
FA_MUST_CHECK int fa_mutator_init(
	struct fa_mutator *m, struct fa_arena *a, struct fa_err *err);

#endif
