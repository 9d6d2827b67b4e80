/* The larger tables: vocabularies, patterns, conditions and rules. */
#include "rules/source.h"

#include "base/err.h"

/* Sets without a name, which patterns brought, were for making the tables of
 * words and programs: nobody asks for their words again. They are many, and
 * each would be an address for the loader to put right. */
static size_t
words_written(const struct fa_lexicon *x)
{
	return fa_str_starts(x->name, FA_STR("=")) ? 0 : x->words_n;
}

static void
write_words(struct fa_source *s)
{
	const struct fa_bundle *b = s->b;
	size_t total = 0;

	for (size_t i = 0; i < b->lexicons_n; i++)
		total += words_written(&b->lexicons[i]);
	if (!fa_source_table_begin(s, "struct fa_str", "words", total))
		return;
	for (size_t i = 0; i < b->lexicons_n; i++) {
		for (size_t k = 0; k < words_written(&b->lexicons[i]); k++)
			fa_source_str(s, b->lexicons[i].words[k]);
		fa_buf_addc(s->body, '\n');
	}
	fa_source_table_end(s);
}

static void
write_lexicons(struct fa_source *s)
{
	const struct fa_bundle *b = s->b;
	size_t words = 0;

	if (!fa_source_table_begin(
		    s, "struct fa_lexicon", "lexicons", b->lexicons_n))
		return;
	for (size_t i = 0; i < b->lexicons_n; i++) {
		const struct fa_lexicon *x = &b->lexicons[i];

		fa_source_item_begin(s);
		fa_source_str(s, x->name);
		fa_source_list(
			s, "struct fa_str", "words", words, words_written(x));
		words += words_written(x);
		fa_source_number(s, x->included);
		fa_source_str(s, x->file);
		fa_source_number(s, x->line);
		fa_source_item_end(s);
	}
	fa_source_table_end(s);
}

static void
write_patterns(struct fa_source *s)
{
	const struct fa_bundle *b = s->b;

	if (!fa_source_table_begin(
		    s, "struct fa_pattern", "patterns", b->patterns_n))
		return;
	for (size_t i = 0; i < b->patterns_n; i++) {
		fa_source_item_begin(s);
		fa_source_str(s, b->patterns[i].source);
		fa_source_str(s, b->patterns[i].regex);
		fa_source_item_begin(s);
		for (size_t k = 0; k < FA_PATTERN_NEEDS; k++)
			fa_source_number(s, b->patterns[i].needs[k]);
		fa_buf_adds(s->body, "},");
		fa_source_number(s, b->patterns[i].needs_n);
		fa_source_item_end(s);
	}
	fa_source_table_end(s);
}

static void
write_examples(struct fa_source *s)
{
	const struct fa_bundle *b = s->b;
	size_t total = 0;

	for (size_t i = 0; i < b->rules_n; i++)
		total += b->rules[i].examples_n;
	if (!fa_source_table_begin(s, "struct fa_example", "examples", total))
		return;
	for (size_t i = 0; i < b->rules_n; i++) {
		for (size_t k = 0; k < b->rules[i].examples_n; k++) {
			fa_source_item_begin(s);
			fa_source_str(s, b->rules[i].examples[k].text);
			fa_source_number(s, b->rules[i].examples[k].matches);
			fa_source_item_end(s);
		}
	}
	fa_source_table_end(s);
}

/* Condition trees: children stand side by side. Behind all others stand those
 * without children of their own that have only such beside them: there are no
 * addresses among them, so the loader leaves their pages alone. */
struct conds {
	struct {
		const struct fa_cond *cond;
		size_t child; /* where its children stand */
	} * at;
	size_t n, cap;
};

static bool
has_grandchildren(const struct fa_cond *c)
{
	for (size_t i = 0; i < c->child_n; i++)
		if (c->child[i].child_n > 0)
			return true;
	return false;
}

static void
add_conds(struct fa_source *s, struct conds *c, const struct fa_cond *first,
	size_t n)
{
	void *grown =
		fa_arena_grow(s->a, c->at, &c->cap, c->n + n, sizeof(*c->at));

	if (grown == NULL) {
		s->rc = FA_E_NOMEM;
		return;
	}
	c->at = grown;
	for (size_t i = 0; i < n; i++)
		c->at[c->n++].cond = first + i;
}

static void
add_children(struct fa_source *s, struct conds *c, size_t of)
{
	const struct fa_cond *x = c->at[of].cond;

	c->at[of].child = c->n;
	add_conds(s, c, x->child, x->child_n);
}

/* First the roots, in the order in which rules name them. */
static void
gather_conds(struct fa_source *s, struct conds *c)
{
	const struct fa_bundle *b = s->b;
	size_t inner;

	for (size_t i = 0; i < b->rules_n; i++) {
		if (b->rules[i].find != NULL)
			add_conds(s, c, b->rules[i].find, 1);
		if (b->rules[i].unless != NULL)
			add_conds(s, c, b->rules[i].unless, 1);
	}
	for (size_t i = 0; i < c->n; i++)
		if (has_grandchildren(c->at[i].cond))
			add_children(s, c, i);
	inner = c->n;
	for (size_t i = 0; i < inner; i++)
		if (!has_grandchildren(c->at[i].cond))
			add_children(s, c, i);
}

static void
write_conds(struct fa_source *s)
{
	struct conds all = { NULL, 0, 0 };

	gather_conds(s, &all);
	if (!fa_source_table_begin(s, "struct fa_cond", "conds", all.n))
		return;
	for (size_t i = 0; i < all.n; i++) {
		const struct fa_cond *c = all.at[i].cond;

		fa_source_item_begin(s);
		fa_source_number(s, c->kind);
		fa_source_number(s, c->has_region);
		fa_source_number(s, c->region);
		fa_source_number(s, c->near);
		fa_source_number(s, c->pattern);
		fa_source_number(s, c->polarity);
		fa_source_number(s, c->scopes);
		fa_source_number(s, c->fact);
		fa_source_list(s, "struct fa_cond", "conds", all.at[i].child,
			c->child_n);
		fa_source_item_end(s);
	}
	fa_source_table_end(s);
}

static void
cond(struct fa_source *s, const struct fa_cond *c, size_t *next)
{
	if (c == NULL)
		fa_buf_adds(s->body, "NULL,");
	else
		fa_buf_addf(s->body, "conds+%zu,", (*next)++);
}

static void
write_rule(struct fa_source *s, const struct fa_rule *r, size_t *conds,
	size_t examples)
{
	fa_source_item_begin(s);
	fa_source_str(s, r->id);
	fa_source_number(s, r->obligation);
	fa_source_number(s, r->verdict);
	fa_buf_addf(s->body, "%d,", r->scope);
	fa_source_number(s, r->on_flow);
	fa_source_number(s, r->defers);
	fa_source_number(s, r->status);
	fa_source_text2(s, &r->title);
	fa_source_text2(s, &r->why);
	fa_source_text2(s, &r->fix);
	fa_source_text2(s, &r->wording);
	fa_source_number(s, r->wording_line);
	cond(s, r->find, conds);
	cond(s, r->unless, conds);
	fa_source_list(
		s, "struct fa_example", "examples", examples, r->examples_n);
	fa_source_str(s, r->false_positives);
	fa_source_str(s, r->file);
	fa_source_number(s, r->line);
	fa_source_number(s, r->hits);
	fa_source_number(s, r->right);
	fa_source_number(s, r->precision);
	fa_source_item_end(s);
}

static void
write_rules(struct fa_source *s)
{
	const struct fa_bundle *b = s->b;
	size_t conds = 0, examples = 0;

	if (!fa_source_table_begin(s, "struct fa_rule", "rules", b->rules_n))
		return;
	for (size_t i = 0; i < b->rules_n; i++) {
		write_rule(s, &b->rules[i], &conds, examples);
		examples += b->rules[i].examples_n;
	}
	fa_source_table_end(s);
}

void
fa_source_rules(struct fa_source *s)
{
	write_words(s);
	write_lexicons(s);
	write_patterns(s);
	write_examples(s);
	write_conds(s);
	write_rules(s);
}
