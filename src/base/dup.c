#include "base/dup.h"

#include <stdlib.h>

static int
by_key_and_place(const void *a, const void *b)
{
	const struct fa_dup_key *x = a;
	const struct fa_dup_key *y = b;
	int order = fa_str_cmp(x->key, y->key);

	return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

const struct fa_dup_key *
fa_dup_find(struct fa_dup_key *keys, size_t n)
{
	const struct fa_dup_key *first = NULL;

	if (n < 2)
		return NULL;
	qsort(keys, n, sizeof(*keys), by_key_and_place);
	for (size_t i = 1; i < n; i++) {
		if (fa_str_eq(keys[i - 1].key, keys[i].key) &&
			(first == NULL || keys[i].at < first->at))
			first = &keys[i];
	}
	return first;
}
