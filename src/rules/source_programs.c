/* The programs of the patterns: arrays of plain numbers. */
#include "rules/source.h"

#include "base/err.h"
#include "rules/program.h"

#define PER_LINE 24

static void
numbers(struct fa_source *s, const char *name, const uint16_t *at, size_t n)
{
	if (!fa_source_table_begin(s, "uint16_t", name, n))
		return;
	for (size_t i = 0; i < n; i++) {
		fa_source_number(s, at[i]);
		if (i % PER_LINE == PER_LINE - 1)
			fa_buf_addc(s->body, '\n');
	}
	fa_source_table_end(s);
}

static void
write_programs(struct fa_source *s, const struct fa_programs *p)
{
	if (!fa_source_table_begin(
		    s, "struct fa_program", "program_list", p->programs_n))
		return;
	for (size_t i = 0; i < p->programs_n; i++) {
		const struct fa_program *x = &p->programs[i];

		fa_source_item_begin(s);
		fa_source_number(s, x->code);
		fa_source_number(s, x->code_n);
		fa_source_number(s, x->least);
		fa_source_number(s, x->filter);
		fa_source_number(s, x->reach);
		fa_source_number(s, x->frames);
		fa_source_item_end(s);
	}
	fa_source_table_end(s);
}

static void
bits(struct fa_source *s, const uint64_t at[2])
{
	fa_buf_addf(s->body, "{UINT64_C(%llu),UINT64_C(%llu)},",
		(unsigned long long)at[0], (unsigned long long)at[1]);
}

static void
write_sets(struct fa_source *s, const struct fa_programs *p)
{
	if (!fa_source_table_begin(
		    s, "struct fa_word_set", "word_sets", p->sets_n))
		return;
	for (size_t i = 0; i < p->sets_n; i++) {
		const struct fa_word_set *x = &p->sets[i];

		fa_source_item_begin(s);
		bits(s, x->first);
		bits(s, x->second);
		fa_source_number(s, x->trie);
		fa_source_number(s, x->shortest);
		fa_source_number(s, x->longest);
		fa_source_item_end(s);
	}
	fa_source_table_end(s);
}

static void
write_classes(struct fa_source *s, const struct fa_programs *p)
{
	size_t n = p->classes_n * p->class_words;

	if (!fa_source_table_begin(s, "uint64_t", "program_classes", n))
		return;
	for (size_t i = 0; i < n; i++)
		fa_buf_addf(s->body, "UINT64_C(%llu),%s",
			(unsigned long long)p->classes[i],
			i % 4 == 3 ? "\n" : "");
	fa_source_table_end(s);
}

static void
write_few(struct fa_source *s, const struct fa_programs *p)
{
	if (!fa_source_table_begin(
		    s, "struct fa_class_few", "program_few", p->classes_n))
		return;
	for (size_t i = 0; i < p->classes_n; i++) {
		fa_source_item_begin(s);
		fa_source_item_begin(s);
		for (size_t k = 0; k < FA_CLASS_FEW; k++)
			fa_source_number(s, p->few[i].symbol[k]);
		fa_buf_adds(s->body, "},");
		fa_source_number(s, p->few[i].n);
		fa_source_number(s, p->few[i].others);
		fa_source_item_end(s);
	}
	fa_source_table_end(s);
}

/* The name of a table, and how long it is. */
static void
table(struct fa_source *s, const char *name, size_t n)
{
	fa_buf_addf(s->body, "%s,%zu,", n > 0 ? name : "NULL", n);
}

void
fa_source_programs(struct fa_source *s)
{
	const struct fa_programs *p = s->b->programs;
	struct fa_err err;

	if (p == NULL && fa_programs_new(&p, s->b, s->a, &err) < 0) {
		s->rc = FA_E_NOMEM;
		return;
	}
	write_programs(s, p);
	numbers(s, "program_code", p->code, p->code_n);
	numbers(s, "program_filters", p->filters, p->filters_n);
	write_sets(s, p);
	numbers(s, "program_tries", p->tries, p->tries_n);
	write_classes(s, p);
	write_few(s, p);
	numbers(s, "program_page", p->page, 256);
	numbers(s, "program_symbols", p->symbols, p->pages_n * 256);
	fa_buf_adds(s->body, "static const struct fa_programs programs = {\n");
	table(s, "program_list", p->programs_n);
	table(s, "program_code", p->code_n);
	table(s, "program_filters", p->filters_n);
	table(s, "word_sets", p->sets_n);
	table(s, "program_tries", p->tries_n);
	fa_buf_adds(s->body, p->classes_n > 0 ? "program_classes," : "NULL,");
	table(s, "program_few", p->classes_n);
	fa_buf_addf(s->body, "%zu,program_page,program_symbols,%zu,%zu,%zu,",
		p->class_words, p->pages_n, p->symbols_n, p->frames);
	fa_source_table_end(s);
}
