/* The word table of all lexicons. */
#include "rules/source.h"

#include "base/err.h"
#include "model/words.h"

#define PER_LINE 16

static void
numbers(struct fa_source *s, const char *name, const uint32_t *at, size_t n)
{
	if (!fa_source_table_begin(s, "uint32_t", name, n))
		return;
	for (size_t i = 0; i < n; i++) {
		fa_source_number(s, at[i]);
		if (i % PER_LINE == PER_LINE - 1)
			fa_buf_addc(s->body, '\n');
	}
	fa_source_table_end(s);
}

static void
write_filter(struct fa_source *s, const struct fa_word_table *t)
{
	const size_t n = FA_WORD_FILTER_BITS / 64;

	(void)fa_source_table_begin(s, "uint64_t", "word_filter", n);
	for (size_t i = 0; i < n; i++)
		fa_buf_addf(s->body, "UINT64_C(%llu),\n",
			(unsigned long long)t->filter[i]);
	fa_source_table_end(s);
}

static void
write_table_words(struct fa_source *s, const struct fa_word_table *t)
{
	fa_buf_adds(s->body, "static const char word_texts[] =\n\"\"\n");
	for (size_t i = 0; i < t->words_n; i++) {
		fa_source_literal(s->body, fa_word_text(t, &t->words[i]));
		fa_buf_addc(s->body, '\n');
	}
	fa_buf_adds(s->body, ";\n");
	if (!fa_source_table_begin(
		    s, "struct fa_word", "table_words", t->words_n))
		return;
	for (size_t i = 0; i < t->words_n; i++) {
		const struct fa_word *w = &t->words[i];

		fa_source_item_begin(s);
		fa_source_number(s, w->text);
		fa_source_number(s, w->text_n);
		fa_source_number(s, w->uses);
		fa_source_number(s, w->uses_n);
		fa_source_number(s, w->next);
		fa_source_item_end(s);
	}
	fa_source_table_end(s);
}

void
fa_source_words(struct fa_source *s)
{
	const struct fa_word_table *t = s->b->table;
	struct fa_err err;

	if (t == NULL && fa_word_table_new(&t, s->b, s->a, &err) < 0) {
		s->rc = FA_E_NOMEM;
		return;
	}
	write_filter(s, t);
	write_table_words(s, t);
	numbers(s, "word_uses", t->uses, t->uses_n);
	numbers(s, "word_bucket", t->bucket, t->buckets_n);
	fa_buf_addf(s->body,
		"static const struct fa_word_table table = {\nword_filter,"
		"word_texts,%zu,%s,%zu,%s,%zu,word_bucket,%zu,%zu,",
		t->texts_n, t->words_n > 0 ? "table_words" : "NULL", t->words_n,
		t->uses_n > 0 ? "word_uses" : "NULL", t->uses_n, t->buckets_n,
		t->lexicons_n);
	fa_source_table_end(s);
}
