/* The words of a lexicon as one expression, with what they begin with in
 * common written once: "人脸", "人脸图像", "人像" become 人(?:脸(?:图像)?|像).
 * Of the words that match at one place each is the beginning of the next, so
 * that to try the longer first is to try them in the order of an alternation
 * of all words, longest first. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "rules/pattern.h"

static int
by_bytes(const void *a, const void *b)
{
	return fa_str_cmp(*(const struct fa_str *)a, *(const struct fa_str *)b);
}

/* A character, literally. */
static void
add_rune(struct fa_buf *out, struct fa_str rune)
{
	char c = rune.p[0];
	bool plain = (unsigned char)c >= 0x80 || c == '_' ||
		(c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		(c >= 'a' && c <= 'z');

	if (!plain)
		fa_buf_addc(out, '\\');
	fa_buf_add(out, rune);
}

static struct fa_str
rune_at(struct fa_str word, size_t at)
{
	struct fa_str rest = fa_str_sub(word, at, word.n);
	uint32_t cp;

	return fa_str_sub(rest, 0, fa_utf8_next(rest, &cp));
}

/* How many words from the first on go on with the same character. */
static size_t
run_of(const struct fa_str *words, size_t n, size_t at)
{
	struct fa_str rune = rune_at(words[0], at);
	size_t k = 1;

	while (k < n && fa_str_eq(rune_at(words[k], at), rune))
		k++;
	return k;
}

/* Is this word alone with its next character, which is its last? */
static bool
is_last(const struct fa_str *words, size_t run, size_t at)
{
	return run == 1 && rune_at(words[0], at).n == words[0].n - at;
}

static void add_tails(
	struct fa_buf *out, const struct fa_str *words, size_t n, size_t at);

/* The branches: those of more than one character, then the others as one
 * class. */
static void
add_branches(
	struct fa_buf *out, const struct fa_str *words, size_t n, size_t at)
{
	size_t lasts = 0, branches = 0;

	for (size_t i = 0, k; i < n; i += k) {
		k = run_of(words + i, n - i, at);
		lasts += is_last(words + i, k, at);
		if (is_last(words + i, k, at))
			continue;
		if (branches++ > 0)
			fa_buf_addc(out, '|');
		add_rune(out, rune_at(words[i], at));
		add_tails(out, words + i, k, at + rune_at(words[i], at).n);
	}
	if (lasts > 0 && branches > 0)
		fa_buf_addc(out, '|');
	if (lasts > 1)
		fa_buf_addc(out, '[');
	for (size_t i = 0, k; i < n; i += k) {
		k = run_of(words + i, n - i, at);
		if (is_last(words + i, k, at))
			add_rune(out, rune_at(words[i], at));
	}
	if (lasts > 1)
		fa_buf_addc(out, ']');
}

/* What follows the first at bytes, which all words share. Depth is that of the
 * longest word. */
static void
add_tails(struct fa_buf *out, const struct fa_str *words, size_t n, size_t at)
{
	bool ends = words[0].n == at;

	if (ends) {
		words++;
		n--;
	}
	if (n == 0)
		return;
	if (!ends && run_of(words, n, at) == n) {
		add_branches(out, words, n, at);
		return;
	}
	fa_buf_adds(out, "(?:");
	add_branches(out, words, n, at);
	fa_buf_adds(out, ends ? ")?" : ")");
}

int
fa_pattern_trie(struct fa_buf *out, const struct fa_lexicon *lexicon,
	struct fa_arena *a)
{
	struct fa_str *words =
		fa_arena_new(a, lexicon->words_n, sizeof(*words));

	if (words == NULL)
		return FA_E_NOMEM;
	if (lexicon->words_n == 0)
		return FA_OK;
	memcpy(words, lexicon->words, lexicon->words_n * sizeof(*words));
	qsort(words, lexicon->words_n, sizeof(*words), by_bytes);
	add_branches(out, words, lexicon->words_n, 0);
	return FA_OK;
}
