/* The word table of all lexicons. */
#include "rules/source.h"

#include "base/err.h"
#include "model/words.h"

#define PER_LINE 16

/* A table of one number at least: most are indexed by what is always there. */
static void
numbers(struct fa_source *s, const char *name, const uint32_t *at, size_t n)
{
	(void)fa_source_table_begin(s, "uint32_t", name, n > 0 ? n : 1);
	if (n == 0)
		fa_source_number(s, 0);
	for (size_t i = 0; i < n; i++) {
		fa_source_number(s, at[i]);
		if (i % PER_LINE == PER_LINE - 1)
			fa_buf_addc(s->body, '\n');
	}
	fa_source_table_end(s);
}

/* Most characters stand in no word: only the others are written. */
static void
write_near(struct fa_source *s, const struct fa_word_table *t)
{
	(void)fa_source_table_begin(
		s, "uint16_t", "word_near", FA_WORD_NEAR + 1);
	for (size_t i = 0; i < FA_WORD_NEAR; i++)
		if (t->near[i] != 0)
			fa_buf_addf(s->body, "[%zu]=%u,\n", i, t->near[i]);
	fa_source_table_end(s);
}

static void
write_far(struct fa_source *s, const struct fa_word_table *t)
{
	if (!fa_source_table_begin(
		    s, "struct fa_word_far", "word_far", t->far_n))
		return;
	for (size_t i = 0; i < t->far_n; i++)
		fa_buf_addf(
			s->body, "{%u,%u},\n", t->far[i].cp, t->far[i].class);
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
	write_near(s, t);
	write_far(s, t);
	numbers(s, "word_steps", t->steps, t->steps_n);
	numbers(s, "word_base", t->base, t->nodes_n);
	numbers(s, "word_uses_from", t->uses_from, t->words_end + 1);
	numbers(s, "word_late_from", t->late_from, t->words_end);
	numbers(s, "word_uses", t->uses, t->uses_n);
	numbers(s, "word_early", t->early, t->lexicons_n / 32 + 1);
	fa_buf_addf(s->body,
		"static const struct fa_word_table table = {\n"
		"word_near,%s,%zu,word_base,word_steps,%zu,%zu,%zu,%zu,%zu,%zu,"
		"%zu,word_uses_from,word_late_from,word_uses,%zu,%zu,word_"
		"early,",
		t->far_n > 0 ? "word_far" : "NULL", t->far_n, t->steps_n,
		t->ones_n, t->classes_n, t->leaves_end, t->words_end,
		t->nodes_n, t->longest, t->uses_n, t->lexicons_n);
	fa_source_table_end(s);
}
