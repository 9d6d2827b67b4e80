/* Texts as numbers, by sorting: what an adversary writes cannot make them
 * collide. */
#include <stdlib.h>
#include <string.h>

#include "diff/parts.h"

struct entry {
	struct fa_str text;
	uint32_t at; /* in a, or n + in b */
};

static int
by_text(const void *x, const void *y)
{
	const struct entry *a = x, *b = y;
	int order;

	/* Any order will do, and that by length is soon told. */
	if (a->text.n != b->text.n)
		return a->text.n < b->text.n ? -1 : 1;
	order = a->text.n > 0 ? memcmp(a->text.p, b->text.p, a->text.n) : 0;
	if (order != 0)
		return order;
	return a->at < b->at ? -1 : a->at > b->at;
}

int
fa_diff_number(uint32_t *of_a, const struct fa_str *a, size_t n, uint32_t *of_b,
	const struct fa_str *b, size_t m, uint32_t *count,
	struct fa_arena *scratch, struct fa_err *err)
{
	struct entry *e = fa_arena_new(scratch, n + m, sizeof(*e));
	uint32_t id = 0;

	if (!e)
		return fa_fail(err, FA_E_NOMEM, "no memory for a comparison");
	for (size_t i = 0; i < n + m; i++)
		e[i] = (struct entry){ i < n ? a[i] : b[i - n], (uint32_t)i };
	qsort(e, n + m, sizeof(*e), by_text);
	for (size_t i = 0; i < n + m; i++) {
		id += i > 0 && !fa_str_eq(e[i].text, e[i - 1].text);
		if (e[i].at < n)
			of_a[e[i].at] = id;
		else
			of_b[e[i].at - n] = id;
	}
	*count = n + m > 0 ? id + 1 : 0;
	return FA_OK;
}
