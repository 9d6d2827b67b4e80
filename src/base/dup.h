/* Duplicate keys, for the readers of JSON and YAML. */
#ifndef FA_BASE_DUP_H
#define FA_BASE_DUP_H

#include <stddef.h>

#include "base/str.h"

struct fa_dup_key {
	struct fa_str key;
	size_t at; /* order in the source */
};

/* The first key in the source that equals an earlier one, or NULL. Sorts
 * keys, so that a hostile object costs n log n and not n * n. */
const struct fa_dup_key *fa_dup_find(struct fa_dup_key *keys, size_t n);

#endif
