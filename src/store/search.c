#include "store/search.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "store/internal.h"

#define FOLDED_BYTES (FA_SEARCH_BYTES * FA_FOLD_RUNES)
#define GRAM 3 /* characters that the index knows */

static bool
is_blank_at(struct fa_str s, size_t at, size_t *n)
{
	uint32_t cp;

	*n = fa_utf8_next(fa_str_sub(s, at, s.n), &cp);
	return fa_rune_is_space(cp);
}

/* Folds a word as reading folds texts: blanks between two Chinese characters
 * go, others become one. */
static int
fold(struct fa_str *out, struct fa_str word, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	bool blank = false, cjk = true;
	size_t i = 0;
	int rc;

	fa_buf_init(&b, FOLDED_BYTES);
	while (i < word.n) {
		char folded[FA_FOLD_RUNES * 4];
		uint32_t cp;
		size_t n;

		i += fa_utf8_next(fa_str_sub(word, i, word.n), &cp);
		if (fa_rune_is_space(cp)) {
			blank = true;
			continue;
		}
		n = fa_rune_fold(cp, folded);
		if (n == 0)
			continue;
		if (blank && b.n > 0 && !(cjk && fa_rune_is_cjk(cp)))
			fa_buf_addc(&b, ' ');
		blank = false;
		cjk = fa_rune_is_cjk(cp);
		fa_buf_add(&b, (struct fa_str){ folded, n });
	}
	rc = fa_buf_rc(&b, "query", err);
	if (rc < 0)
		return rc;
	*out = fa_arena_dup(a, fa_buf_str(&b));
	return out->p ? FA_OK
		      : fa_fail(err, FA_E_NOMEM, "no memory for a query");
}

/* The next word or phrase of query from *at: 1, or 0 at the end. */
static int
next_term(struct fa_str *out, bool *excluded, struct fa_str query, size_t *at,
	struct fa_err *err)
{
	size_t i = *at, n, end;

	while (i < query.n && is_blank_at(query, i, &n))
		i += n;
	*excluded = i + 1 < query.n && query.p[i] == '-' &&
		!is_blank_at(query, i + 1, &n);
	i += *excluded;
	if (i == query.n)
		return 0;
	if (query.p[i] == '"') {
		end = fa_str_find(query, FA_STR("\""), i + 1);
		if (end == SIZE_MAX)
			return fa_fail(err, FA_E_USAGE,
				"the quote at byte %zu of the query is not "
				"closed",
				i + 1);
		*out = fa_str_sub(query, i + 1, end);
		*at = end + 1;
		return 1;
	}
	for (end = i; end < query.n && query.p[end] != '"'; end += n)
		if (is_blank_at(query, end, &n))
			break;
	*out = fa_str_sub(query, i, end);
	*at = end;
	return 1;
}

static int
add(struct fa_search *q, struct fa_str word, bool excluded, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_str text;
	int rc = fold(&text, word, a, err);

	if (rc < 0 || text.n == 0)
		return rc;
	if (q->n == FA_SEARCH_TERMS)
		return fa_fail(err, FA_E_USAGE, "a query has at most %d words",
			FA_SEARCH_TERMS);
	q->at[q->n++] = (struct fa_search_term){ text, excluded };
	return FA_OK;
}

int
fa_search_parse(struct fa_search *out, struct fa_str query, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_search q = { .n = 0 };
	bool excluded, any = false;
	struct fa_str word = FA_STR_NONE;
	size_t at = 0;
	int rc;

	if (query.n > FA_SEARCH_BYTES)
		return fa_fail(err, FA_E_USAGE,
			"the query is %zu bytes, limit %d", query.n,
			FA_SEARCH_BYTES);
	if (!fa_utf8_valid(query))
		return fa_fail(err, FA_E_USAGE, "the query is no UTF-8");
	while ((rc = next_term(&word, &excluded, query, &at, err)) == 1) {
		rc = add(&q, word, excluded, a, err);
		if (rc < 0)
			return rc;
	}
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < q.n; i++)
		any = any || !q.at[i].excluded;
	if (!any)
		return fa_fail(err, FA_E_USAGE,
			"the query names nothing that has to occur");
	*out = q;
	return FA_OK;
}

static bool
contains(struct fa_str s, struct fa_str word)
{
	for (size_t i = 0; i + word.n <= s.n; i++)
		if (fa_str_ieq(fa_str_sub(s, i, i + word.n), word))
			return true;
	return false;
}

bool
fa_search_holds(const struct fa_search *q, struct fa_str sentence)
{
	for (size_t i = 0; i < q->n; i++)
		if (contains(sentence, q->at[i].text) == q->at[i].excluded)
			return false;
	return true;
}

/* A pattern of LIKE that matches at least what contains the word: its own
 * wildcards stand for any character, and what comes out is looked at again.
 * *run is the longest run of other characters. */
static int
like(struct fa_buf *out, size_t *run, struct fa_str word, struct fa_err *err)
{
	size_t now = 0;

	*run = 0;
	fa_buf_reset(out);
	fa_buf_addc(out, '%');
	for (size_t i = 0, n; i < word.n; i += n) {
		uint32_t cp;

		n = fa_utf8_next(fa_str_sub(word, i, word.n), &cp);
		now = cp == '%' || cp == '_' ? 0 : now + 1;
		if (now == 0)
			fa_buf_addc(out, '_');
		else
			fa_buf_add(out, fa_str_sub(word, i, i + n));
		if (now > *run)
			*run = now;
	}
	fa_buf_addc(out, '%');
	return fa_buf_rc(out, "query", err);
}

/* The word that narrows most: with the longest run. */
static int
narrowest(struct fa_buf *pattern, size_t *run, const struct fa_search *q,
	struct fa_err *err)
{
	size_t best = SIZE_MAX, most = 0;
	int rc = FA_OK;

	for (size_t i = 0; i < q->n && rc == FA_OK; i++) {
		size_t n;

		if (q->at[i].excluded)
			continue;
		rc = like(pattern, &n, q->at[i].text, err);
		if (best == SIZE_MAX || n > most) {
			best = i;
			most = n;
		}
	}
	return rc < 0 ? rc : like(pattern, run, q->at[best].text, err);
}

static int
give(struct fa_store *s, sqlite3_stmt *st, const struct fa_search *q,
	uint64_t limit, fa_search_fn *fn, void *ctx, struct fa_err *err)
{
	uint64_t n = 0;
	int rc = 0;

	while (n < limit && (rc = fa_db_step(&s->db, st, err)) == 1) {
		struct fa_search_hit h = { .document = fa_db_int(st, 0),
			.ord = fa_db_int(st, 1),
			.text = fa_db_text(st, 2) };

		if (!fa_search_holds(q, h.text))
			continue;
		n++;
		rc = fn(ctx, &h, err);
		if (rc < 0)
			break;
	}
	fa_db_reset(st);
	return rc < 0 ? rc : FA_OK;
}

int
fa_store_search(struct fa_store *s, const struct fa_search *q, uint64_t limit,
	fa_search_fn *fn, void *ctx, struct fa_err *err)
{
	struct fa_buf pattern FA_CLEANUP(fa_buf_done);
	sqlite3_stmt *st;
	size_t run;
	int rc;

	fa_buf_init(&pattern, FOLDED_BYTES + 16);
	rc = narrowest(&pattern, &run, q, err);
	if (rc < 0)
		return rc;
	/* The index finds nothing for less than its grams. */
	if (run >= GRAM)
		rc = fa_db_query(&st, &s->db, err,
			"SELECT document, ord, text FROM clause WHERE id IN "
			"(SELECT rowid FROM clause_fts WHERE text LIKE ?) "
			"ORDER BY document, ord",
			"t", fa_buf_str(&pattern));
	else
		rc = fa_db_query(&st, &s->db, err,
			"SELECT document, ord, text FROM clause "
			"INDEXED BY clause_document WHERE text LIKE ? "
			"ORDER BY document, ord",
			"t", fa_buf_str(&pattern));
	return rc < 0 ? rc : give(s, st, q, limit, fn, ctx, err);
}

int
fa_store_places(struct fa_store *s, int64_t document, fa_search_place_fn *fn,
	void *ctx, struct fa_err *err)
{
	sqlite3_stmt *st;
	int rc = fa_db_query(&st, &s->db, err,
		"SELECT DISTINCT target.key, url.url FROM app_document "
		"JOIN app_judgement ON app_judgement.id = app_document.app "
		"JOIN target ON target.id = app_judgement.target "
		"JOIN url ON url.id = app_document.final "
		"WHERE app_document.document = ? ORDER BY 1, 2",
		"i", document);

	while (rc == FA_OK && (rc = fa_db_step(&s->db, st, err)) == 1) {
		struct fa_search_place p = { fa_db_text(st, 0),
			fa_db_text(st, 1) };

		rc = fn(ctx, &p, err);
		if (rc < 0)
			fa_db_reset(st);
	}
	return rc;
}
