/* Queries of `faceaudit search`. Invariants: a query that is taken has words
 * within the limits, one of which has to occur; a sentence made of the wanted
 * words is found unless it holds an excluded one. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "store/search.h"

#define ARENA_BYTES (1u << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
holds_excluded(const struct fa_search *q, struct fa_str sentence)
{
	struct fa_search one = { .n = 1 };

	for (size_t i = 0; i < q->n; i++) {
		one.at[0] = (struct fa_search_term){ q->at[i].text, false };
		if (q->at[i].excluded && fa_search_holds(&one, sentence))
			return true;
	}
	return false;
}

static void
check(const struct fa_search *q)
{
	struct fa_buf sentence;
	size_t wanted = 0;

	fa_buf_init(&sentence, ARENA_BYTES);
	assert(q->n <= FA_SEARCH_TERMS);
	for (size_t i = 0; i < q->n; i++) {
		assert(q->at[i].text.n > 0);
		assert(fa_utf8_valid(q->at[i].text));
		if (q->at[i].excluded)
			continue;
		wanted++;
		fa_buf_add(&sentence, q->at[i].text);
		fa_buf_addc(&sentence, ' ');
	}
	assert(wanted > 0 && sentence.rc == 0);
	assert(fa_search_holds(q, fa_buf_str(&sentence)) !=
		holds_excluded(q, fa_buf_str(&sentence)));
	fa_buf_done(&sentence);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str query = { (const char *)data, size };
	struct fa_arena a;
	struct fa_search q;
	struct fa_err err;
	int rc;

	fa_arena_init(&a, ARENA_BYTES);
	rc = fa_search_parse(&q, query, &a, &err);
	assert(rc == FA_OK || rc == FA_E_USAGE || rc == FA_E_NOMEM);
	if (rc == FA_OK)
		check(&q);
	fa_arena_done(&a);
	return 0;
}
