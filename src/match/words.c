/* At each character of the text the filter of the word table on first
 * characters rejects nearly everything; the rest is one probe per length of
 * key (one character or two) and a comparison with the few words of the bucket.
 *
 * Example: with the words 人脸, 人脸识别 and 刷 the text 用人脸 is looked up at
 * 用 (filter: no), 人 (filter: yes; key 人脸: both words compared, 人脸 found),
 * 脸 (filter: no). */
#include "match/words.h"

#include "base/utf8.h"

struct fa_words {
	struct fa_posting *postings; /* per lexicon */
};

int
fa_words_new(const struct fa_word_table **out, const struct fa_bundle *b,
	struct fa_arena *a, struct fa_err *err)
{
	if (b->table == NULL)
		return fa_word_table_new(out, b, a, err);
	*out = b->table;
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

/* All words of one bucket that begin rest. */
static int
probe(const struct fa_word_table *t, struct fa_str rest, size_t key,
	uint32_t sentence, struct fa_posting *postings, struct fa_arena *a)
{
	uint32_t next = fa_word_bucket(t, fa_str_sub(rest, 0, key));

	while (next != 0) {
		const struct fa_word *w = &t->words[next - 1];

		next = w->next;
		if (!fa_str_starts(rest, fa_word_text(t, w)))
			continue;
		for (uint32_t i = 0; i < w->uses_n; i++) {
			uint32_t lexicon = t->uses[w->uses + i];

			if (post(&postings[lexicon], sentence, a) < 0)
				return FA_E_NOMEM;
		}
	}
	return FA_OK;
}

static int
scan_sentence(const struct fa_word_table *t, struct fa_str s, uint32_t sentence,
	struct fa_posting *postings, struct fa_arena *a)
{
	for (size_t at = 0; at < s.n;) {
		struct fa_str rest = fa_str_sub(s, at, s.n);
		uint32_t cp;
		size_t one = fa_utf8_next(rest, &cp), two;

		at += one;
		if (!fa_word_begins(t, cp))
			continue;
		two = fa_word_key_bytes(rest, FA_WORD_KEY);
		if (probe(t, rest, one, sentence, postings, a) < 0)
			return FA_E_NOMEM;
		if (two > one && probe(t, rest, two, sentence, postings, a) < 0)
			return FA_E_NOMEM;
	}
	return FA_OK;
}

int
fa_words_scan(struct fa_words **out, const struct fa_word_table *t,
	const struct fa_doc *doc, struct fa_arena *a, struct fa_err *err)
{
	struct fa_words *w = fa_arena_new(a, 1, sizeof(*w));

	if (w)
		w->postings = fa_arena_new(
			a, t->lexicons_n + 1, sizeof(*w->postings));
	if (!w || !w->postings)
		return fa_fail(err, FA_E_NOMEM, "no memory for the word scan");
	for (size_t i = 0; i < doc->sentences_n; i++) {
		struct fa_range r = doc->sentences[i].text;

		if (scan_sentence(t, fa_str_sub(doc->text, r.from, r.to),
			    (uint32_t)i, w->postings, a) < 0)
			return fa_fail(
				err, FA_E_NOMEM, "no memory for the word scan");
	}
	*out = w;
	return FA_OK;
}

bool
fa_words_has(const struct fa_words *w, uint32_t lexicon)
{
	return w->postings[lexicon].n > 0;
}

int
fa_words_posting(
	const struct fa_posting **out, struct fa_words *w, uint32_t lexicon)
{
	*out = &w->postings[lexicon];
	return FA_OK;
}
