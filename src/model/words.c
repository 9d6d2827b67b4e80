#include "model/words.h"

#include <string.h>

#include "base/utf8.h"

#define BUCKETS_MIN 64

/* A table while it is made: the same arrays, to write. */
struct maker {
	struct fa_word_table t;
	uint64_t *filter;
	char *texts;
	struct fa_word *words;
	uint32_t *uses;
	uint32_t *bucket;
	uint32_t *which; /* by place in the lexicons: the number of the word */
	size_t which_n;
};

size_t
fa_word_key_bytes(struct fa_str s, size_t chars)
{
	size_t n = 0;
	uint32_t cp;

	for (size_t i = 0; i < chars && n < s.n; i++)
		n += fa_utf8_next(fa_str_sub(s, n, s.n), &cp);
	return n;
}

static struct fa_str
key_of(struct fa_str word)
{
	return fa_str_sub(word, 0, fa_word_key_bytes(word, FA_WORD_KEY));
}

static struct fa_word *
find(const struct maker *m, struct fa_str word)
{
	uint32_t i = fa_word_bucket(&m->t, key_of(word));

	for (; i != 0; i = m->words[i - 1].next)
		if (fa_str_eq(fa_word_text(&m->t, &m->words[i - 1]), word))
			return &m->words[i - 1];
	return NULL;
}

/* Puts word number i, whose text is there, into its bucket. */
static void
link_word(struct maker *m, uint32_t i)
{
	struct fa_str key = key_of(fa_word_text(&m->t, &m->words[i]));
	uint32_t h = fa_str_hash(key);
	uint32_t *slot = &m->bucket[(h ^ (h >> 15)) & (m->t.buckets_n - 1)];

	m->words[i].next = *slot;
	*slot = i + 1;
}

static void
add(struct maker *m, struct fa_str word)
{
	struct fa_word *w = find(m, word);
	uint32_t cp, bit;

	if (w == NULL) {
		w = &m->words[m->t.words_n];
		*w = (struct fa_word){ .text = (uint32_t)m->t.texts_n,
			.text_n = (uint32_t)word.n };
		if (word.n > 0)
			memcpy(m->texts + m->t.texts_n, word.p, word.n);
		m->t.texts_n += word.n;
		link_word(m, (uint32_t)m->t.words_n++);
		(void)fa_utf8_next(word, &cp);
		bit = cp % FA_WORD_FILTER_BITS;
		m->filter[bit / 64] |= UINT64_C(1) << (bit % 64);
	}
	w->uses_n++;
	m->which[m->which_n++] = (uint32_t)(w - m->words);
}

/* Room for n words of bytes in all; buckets for as many, at half load. */
static int
begin(struct maker *m, size_t n, size_t bytes, size_t lexicons,
	struct fa_arena *a, struct fa_err *err)
{
	size_t buckets = BUCKETS_MIN;

	if (bytes > FA_WORD_TEXT_MAX || n > UINT32_MAX / 2)
		return fa_fail(err, FA_E_LIMIT,
			"the words of the rules are %zu bytes, limit %llu",
			bytes, (unsigned long long)FA_WORD_TEXT_MAX);
	while (buckets < n * 2)
		buckets *= 2;
	m->filter =
		fa_arena_new(a, FA_WORD_FILTER_BITS / 64, sizeof(*m->filter));
	m->texts = fa_arena_new(a, bytes, 1);
	m->words = fa_arena_new(a, n, sizeof(*m->words));
	m->uses = fa_arena_new(a, n, sizeof(*m->uses));
	m->bucket = fa_arena_new(a, buckets, sizeof(*m->bucket));
	m->which = fa_arena_new(a, n, sizeof(*m->which));
	if (m->filter == NULL || m->texts == NULL || m->words == NULL ||
		m->uses == NULL || m->bucket == NULL || m->which == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for the word table");
	m->t = (struct fa_word_table){ .filter = m->filter,
		.texts = m->texts,
		.words = m->words,
		.uses = m->uses,
		.bucket = m->bucket,
		.buckets_n = buckets,
		.lexicons_n = lexicons };
	return FA_OK;
}

/* Most words stand in several lexicons: buckets for those that are different
 * are fewer, and a table that is looked into everywhere had better be small. */
static void
shrink(struct maker *m)
{
	while (m->t.buckets_n > BUCKETS_MIN &&
		m->t.buckets_n / 2 >= m->t.words_n * 2)
		m->t.buckets_n /= 2;
	memset(m->bucket, 0, m->t.buckets_n * sizeof(*m->bucket));
	for (size_t i = 0; i < m->t.words_n; i++)
		link_word(m, (uint32_t)i);
}

/* Lists the lexicons of each word, whose numbers are known. */
static void
list_uses(struct maker *m, const struct fa_bundle *b)
{
	const uint32_t *which = m->which;

	for (size_t i = 0; i < m->t.words_n; i++) {
		m->words[i].uses = (uint32_t)m->t.uses_n;
		m->t.uses_n += m->words[i].uses_n;
		m->words[i].uses_n = 0;
	}
	for (size_t i = 0; i < b->lexicons_n; i++) {
		for (size_t k = 0; k < b->lexicons[i].words_n; k++) {
			struct fa_word *w = &m->words[*which++];

			m->uses[w->uses + w->uses_n++] = (uint32_t)i;
		}
	}
}

int
fa_word_table_new(const struct fa_word_table **out, const struct fa_bundle *b,
	struct fa_arena *a, struct fa_err *err)
{
	struct maker *m = fa_arena_new(a, 1, sizeof(*m));
	size_t total = 0, bytes = 0;
	int rc;

	if (m == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for the word table");
	for (size_t i = 0; i < b->lexicons_n; i++) {
		total += b->lexicons[i].words_n;
		for (size_t k = 0; k < b->lexicons[i].words_n; k++)
			bytes += b->lexicons[i].words[k].n;
	}
	rc = begin(m, total, bytes, b->lexicons_n, a, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < b->lexicons_n; i++)
		for (size_t k = 0; k < b->lexicons[i].words_n; k++)
			add(m, b->lexicons[i].words[k]);
	shrink(m);
	list_uses(m, b);
	*out = &m->t;
	return FA_OK;
}
