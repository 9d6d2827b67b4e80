#include "rules/nearest.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "rules/rules.h"

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* A capital and its small letter are the same: Title for title. */
static bool
same(char a, char b)
{
	return fa_str_ieq((struct fa_str){ &a, 1 }, (struct fa_str){ &b, 1 });
}

/* Optimal string alignment distance of two words of at most FA_NEAREST_BYTES,
 * by three rows of the table. */
static size_t
distance(struct fa_str a, struct fa_str b)
{
	size_t rows[3][FA_NEAREST_BYTES + 1];
	size_t *before = rows[0];
	size_t *last = rows[1];
	size_t *now = rows[2];

	memset(rows, 0, sizeof(rows));
	for (size_t j = 0; j <= b.n; j++)
		last[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t *spare = before;

		now[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t cost = same(a.p[i - 1], b.p[j - 1]) ? 0 : 1;

			now[j] = least(least(now[j - 1], last[j]) + 1,
				last[j - 1] + cost);
			if (i > 1 && j > 1 && same(a.p[i - 1], b.p[j - 2]) &&
				same(a.p[i - 2], b.p[j - 1]))
				now[j] = least(now[j], before[j - 2] + 1);
		}
		before = last;
		last = now;
		now = spare;
	}
	return last[b.n];
}

void
fa_nearest_init(struct fa_nearest *n, struct fa_str word, size_t max)
{
	n->word = word;
	n->best = FA_STR_NONE;
	n->distance = least(max + 1, word.n);
}

void
fa_nearest_try(struct fa_nearest *n, struct fa_str candidate)
{
	size_t d;

	if (n->word.n > FA_NEAREST_BYTES || candidate.n > FA_NEAREST_BYTES ||
		candidate.n + n->distance <= n->word.n ||
		n->word.n + n->distance <= candidate.n)
		return;
	d = distance(n->word, candidate);
	if (d < n->distance) {
		n->distance = d;
		n->best = candidate;
	}
}

struct fa_str
fa_rules_nearest(const struct fa_bundle *b, struct fa_str id)
{
	struct fa_nearest n;

	fa_nearest_init(&n, id, id.n / 2 > 2 ? id.n / 2 : 2);
	for (size_t i = 0; i < b->obligations_n; i++)
		fa_nearest_try(&n, b->obligations[i].id);
	for (size_t i = 0; i < b->rules_n; i++)
		fa_nearest_try(&n, b->rules[i].id);
	return n.best;
}
