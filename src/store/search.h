/* Searching the sentences of documents. A query is a list of words that all
 * have to stand in one sentence, in any order:
 *
 *   query  = *( blank / [ "-" ] ( word / quoted ) )
 *   quoted = '"' *( any but '"' ) '"'
 *
 * A quoted phrase may hold blanks; "-" excludes sentences. Words are found
 * within longer ones. The query is folded like the text (half-width,
 * Simplified, no blanks between Chinese characters), and ASCII case is
 * ignored. */
#ifndef FA_STORE_SEARCH_H
#define FA_STORE_SEARCH_H

#include "store/store.h"

#define FA_SEARCH_TERMS 16
#define FA_SEARCH_BYTES 1024 /* of a query */

struct fa_search_term {
	struct fa_str text; /* folded, not empty */
	bool excluded;
};

struct fa_search {
	struct fa_search_term at[FA_SEARCH_TERMS];
	size_t n;
};

/* Words live in a. FA_E_USAGE for a query without a word that has to occur,
 * for an open quote, bytes that are no UTF-8, and beyond the limits. */
FA_MUST_CHECK int fa_search_parse(struct fa_search *out, struct fa_str query,
	struct fa_arena *a, struct fa_err *err);
/* Does a sentence, folded, hold what the query asks for? */
bool fa_search_holds(const struct fa_search *q, struct fa_str sentence);

struct fa_search_hit {
	int64_t document;
	int64_t ord; /* of the sentence in the document */
	struct fa_str text;
};
typedef int fa_search_fn(
	void *ctx, const struct fa_search_hit *h, struct fa_err *err);
/* Calls fn for at most limit sentences, by document and order in it: the same
 * for stores that hold the same. */
FA_MUST_CHECK int fa_store_search(struct fa_store *s, const struct fa_search *q,
	uint64_t limit, fa_search_fn *fn, void *ctx, struct fa_err *err);

/* Where a document is seen. */
struct fa_search_place {
	struct fa_str target, url; /* key; where redirects end */
};
typedef int fa_search_place_fn(
	void *ctx, const struct fa_search_place *p, struct fa_err *err);
/* Calls fn for each, by target and URL. */
FA_MUST_CHECK int fa_store_places(struct fa_store *s, int64_t document,
	fa_search_place_fn *fn, void *ctx, struct fa_err *err);

#endif
