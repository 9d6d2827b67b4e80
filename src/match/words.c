/* The word table is keyed by the first two characters of a word (or the only
 * one). At each character of the text a 64 Ki-bit filter on the first
 * character rejects nearly everything; the rest is one probe per length class
 * and a comparison with the few words of the bucket. A word that several
 * lexicons hold stands there once, with a list of them.
 *
 * Example: with the words 人脸, 人脸识别 and 刷 the text 用人脸 is looked up at
 * 用 (filter: no), 人 (filter: yes; key 人脸: both words compared, 人脸 found),
 * 脸 (filter: no). */
#include "match/words.h"

#include <string.h>

#include "base/utf8.h"

#define FILTER_BITS 65536u

struct use {
	uint32_t lexicon;
	uint32_t next; /* of the same word, plus one; 0 ends */
};

struct entry {
	struct fa_str word;
	uint32_t uses; /* the first, plus one */
	uint32_t next; /* in the bucket, plus one; 0 ends */
};

struct fa_words {
	uint64_t filter[FILTER_BITS / 64];
	struct entry *entries;
	size_t entries_n;
	struct use *uses;
	size_t uses_n;
	uint32_t *bucket; /* entry plus one; 0 is empty */
	uint32_t mask;
	size_t lexicons_n;
};

static uint32_t
hash_key(struct fa_str s)
{
	uint32_t h = fa_str_hash(s);

	return h ^ (h >> 15);
}

/* Bytes of the first one or two characters of s. */
static size_t
key_bytes(struct fa_str s, size_t chars)
{
	size_t n = 0;
	uint32_t cp;

	for (size_t i = 0; i < chars && n < s.n; i++)
		n += fa_utf8_next(fa_str_sub(s, n, s.n), &cp);
	return n;
}

static void
filter_set(struct fa_words *w, uint32_t cp)
{
	uint32_t bit = cp % FILTER_BITS;

	w->filter[bit / 64] |= UINT64_C(1) << (bit % 64);
}

static bool
filter_has(const struct fa_words *w, uint32_t cp)
{
	uint32_t bit = cp % FILTER_BITS;

	return (w->filter[bit / 64] >> (bit % 64)) & 1;
}

/* The entry of a word, made when there is none. */
static struct entry *
entry_of(struct fa_words *w, struct fa_str word)
{
	struct fa_str key = fa_str_sub(word, 0, key_bytes(word, 2));
	uint32_t slot = hash_key(key) & w->mask;
	struct entry *e;

	for (uint32_t i = w->bucket[slot]; i != 0; i = e->next) {
		e = &w->entries[i - 1];
		if (fa_str_eq(e->word, word))
			return e;
	}
	e = &w->entries[w->entries_n++];
	e->word = word;
	e->next = w->bucket[slot];
	w->bucket[slot] = (uint32_t)w->entries_n;
	return e;
}

static void
add_word(struct fa_words *w, struct fa_str word, uint32_t lexicon)
{
	struct entry *e = entry_of(w, word);
	uint32_t cp;

	(void)fa_utf8_next(word, &cp);
	filter_set(w, cp);
	w->uses[w->uses_n++] = (struct use){ lexicon, e->uses };
	e->uses = (uint32_t)w->uses_n;
}

int
fa_words_new(struct fa_words **out, const struct fa_bundle *b,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_words *w = fa_arena_new(a, 1, sizeof(*w));
	size_t total = 0, buckets = 64;

	for (size_t i = 0; i < b->lexicons_n; i++)
		total += b->lexicons[i].words_n;
	while (buckets < total * 2)
		buckets *= 2;
	if (!w)
		return fa_fail(err, FA_E_NOMEM, "no memory for the word table");
	w->entries = fa_arena_new(a, total, sizeof(*w->entries));
	w->uses = fa_arena_new(a, total, sizeof(*w->uses));
	w->bucket = fa_arena_new(a, buckets, sizeof(*w->bucket));
	if (!w->entries || !w->uses || !w->bucket)
		return fa_fail(err, FA_E_NOMEM, "no memory for the word table");
	w->mask = (uint32_t)buckets - 1;
	w->lexicons_n = b->lexicons_n;
	for (size_t i = 0; i < b->lexicons_n; i++)
		for (size_t k = 0; k < b->lexicons[i].words_n; k++)
			add_word(w, b->lexicons[i].words[k], (uint32_t)i);
	*out = w;
	return FA_OK;
}

static int
post(struct fa_posting *p, uint32_t sentence, struct fa_arena *a)
{
	uint32_t *grown;

	if (p->n > 0 && p->sentence[p->n - 1] == sentence)
		return FA_OK;
	grown = fa_arena_grow(
		a, p->sentence, &p->cap, p->n + 1, sizeof(*p->sentence));
	if (!grown)
		return FA_E_NOMEM;
	p->sentence = grown;
	p->sentence[p->n++] = sentence;
	return FA_OK;
}

static int
post_uses(const struct fa_words *w, uint32_t use, uint32_t sentence,
	struct fa_posting *postings, struct fa_arena *a)
{
	for (; use != 0; use = w->uses[use - 1].next)
		if (post(&postings[w->uses[use - 1].lexicon], sentence, a) < 0)
			return FA_E_NOMEM;
	return FA_OK;
}

/* All words of one bucket that begin rest. */
static int
probe(const struct fa_words *w, struct fa_str rest, size_t key,
	uint32_t sentence, struct fa_posting *postings, struct fa_arena *a)
{
	uint32_t slot = hash_key(fa_str_sub(rest, 0, key)) & w->mask;

	for (uint32_t e = w->bucket[slot]; e != 0;) {
		const struct entry *entry = &w->entries[e - 1];
		e = entry->next;
		if (fa_str_starts(rest, entry->word) &&
			post_uses(w, entry->uses, sentence, postings, a) < 0)
			return FA_E_NOMEM;
	}
	return FA_OK;
}

static int
scan_sentence(const struct fa_words *w, struct fa_str s, uint32_t sentence,
	struct fa_posting *postings, struct fa_arena *a)
{
	for (size_t at = 0; at < s.n;) {
		struct fa_str rest = fa_str_sub(s, at, s.n);
		uint32_t cp;
		size_t one = fa_utf8_next(rest, &cp), two;

		at += one;
		if (!filter_has(w, cp))
			continue;
		two = key_bytes(rest, 2);
		if (probe(w, rest, one, sentence, postings, a) < 0)
			return FA_E_NOMEM;
		if (two > one && probe(w, rest, two, sentence, postings, a) < 0)
			return FA_E_NOMEM;
	}
	return FA_OK;
}

int
fa_words_scan(struct fa_posting **out, const struct fa_words *w,
	const struct fa_doc *doc, struct fa_arena *a, struct fa_err *err)
{
	struct fa_posting *p = fa_arena_new(a, w->lexicons_n + 1, sizeof(*p));

	if (!p)
		return fa_fail(err, FA_E_NOMEM, "no memory for the word scan");
	for (size_t i = 0; i < doc->sentences_n; i++) {
		struct fa_range r = doc->sentences[i].text;

		if (scan_sentence(w, fa_str_sub(doc->text, r.from, r.to),
			    (uint32_t)i, p, a) < 0)
			return fa_fail(
				err, FA_E_NOMEM, "no memory for the word scan");
	}
	*out = p;
	return FA_OK;
}
