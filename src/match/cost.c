#include "match/cost.h"

#include "match/program.h"
#include "match/words.h"

struct work { /* of one pattern */
	uint64_t searches, steps;
};

struct fa_cost {
	const struct fa_bundle *b;
	struct fa_words_notes *notes;
	struct fa_program_scratch *s; /* NULL: no programs were made */
	struct work *work;            /* per pattern */
	uint64_t *sentences;          /* per lexicon: that hold a word of it */
	uint64_t all;                 /* sentences */
	uint64_t bytes;
};

/* One document. */
struct sample {
	struct fa_cost *c;
	const struct fa_doc *doc;
	struct fa_words *words;
	struct fa_runes **runes; /* per sentence, once decoded */
	uint64_t *rows;          /* sentences that hold what a pattern needs */
	size_t rows_n;
	struct fa_arena *a;
	struct fa_err *err;
};

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory to count what rules cost");
}

int
fa_cost_new(struct fa_cost **out, const struct fa_bundle *b, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_cost *c = fa_arena_new(a, 1, sizeof(*c));
	const struct fa_word_table *t;
	int rc;

	if (c == NULL)
		return no_memory(err);
	c->b = b;
	c->work = fa_arena_new(a, b->patterns_n, sizeof(*c->work));
	c->sentences = fa_arena_new(a, b->lexicons_n, sizeof(*c->sentences));
	if (c->work == NULL || c->sentences == NULL)
		return no_memory(err);
	rc = fa_words_new(&t, b, a, err);
	if (rc == FA_OK)
		rc = fa_words_notes_new(&c->notes, t, a, err);
	if (rc == FA_OK && b->programs != NULL)
		rc = fa_program_scratch_new(&c->s, b->programs, a, err);
	if (rc == FA_OK)
		*out = c;
	return rc;
}

void
fa_cost_done(struct fa_cost *c)
{
	if (c != NULL)
		fa_program_scratch_done(c->s);
}

static bool
is_program(const struct fa_bundle *b, uint32_t pattern)
{
	return b->programs != NULL && fa_program_exists(b->programs, pattern);
}

static int
runes_of(const struct fa_runes **out, struct sample *s, uint32_t sentence)
{
	struct fa_range r = s->doc->sentences[sentence].text;
	struct fa_runes *x = s->runes[sentence];
	int rc = FA_OK;

	if (x == NULL) {
		x = fa_arena_new(s->a, 1, sizeof(*x));
		if (x == NULL)
			return no_memory(s->err);
		rc = fa_runes_decode(x, s->c->b->programs, s->c->s,
			fa_str_sub(s->doc->text, r.from, r.to), s->a, s->err);
		s->runes[sentence] = x;
	}
	*out = x;
	return rc;
}

/* All matches, as the judge of a document wants them. */
static int
search(struct sample *s, uint32_t pattern, uint32_t sentence)
{
	struct work *w = &s->c->work[pattern];
	uint64_t before = fa_program_steps(s->c->s);
	struct fa_rune_hit hit = { 0 };
	const struct fa_runes *x = NULL;
	int rc = runes_of(&x, s, sentence);

	if (rc < 0)
		return rc;
	do {
		rc = fa_program_find(
			s->c->b->programs, pattern, x, hit.from, &hit, s->c->s);
		if (rc < 0)
			return no_memory(s->err);
	} while (rc == 1 && ++hit.from < x->n);
	w->steps += fa_program_steps(s->c->s) - before;
	return FA_OK;
}

/* Marks in s->rows the sentences with a word of each set; false: there is
 * none. */
static int
mark(bool *any, struct sample *s, const struct fa_pattern *p)
{
	*any = p->needs_n > 0;
	for (size_t i = 0; i < s->rows_n; i++)
		s->rows[i] = UINT64_MAX;
	for (size_t k = 0; k < p->needs_n && *any; k++) {
		const uint64_t *row = NULL;
		int rc = fa_words_row(&row, s->words, p->needs[k]);

		if (rc < 0)
			return no_memory(s->err);
		*any = row != NULL;
		for (size_t i = 0; i < s->rows_n && *any; i++)
			s->rows[i] &= row[i];
	}
	return FA_OK;
}

static int
count_pattern(struct sample *s, uint32_t pattern)
{
	bool any = false;
	int rc = mark(&any, s, &s->c->b->patterns[pattern]);

	for (size_t i = 0; i < s->rows_n && any && rc == FA_OK; i++) {
		uint64_t bits = s->rows[i];

		for (; bits != 0 && rc == FA_OK; bits &= bits - 1) {
			s->c->work[pattern].searches++;
			if (is_program(s->c->b, pattern))
				rc = search(s, pattern,
					(uint32_t)(i * 64 +
						(size_t)__builtin_ctzll(bits)));
		}
	}
	return rc;
}

static int
count_words(struct sample *s)
{
	for (uint32_t i = 0; i < s->c->b->lexicons_n; i++) {
		const uint64_t *row = NULL;
		int rc = fa_words_row(&row, s->words, i);

		if (rc < 0)
			return no_memory(s->err);
		for (size_t k = 0; row != NULL && k < s->rows_n; k++)
			s->c->sentences[i] +=
				(unsigned)__builtin_popcountll(row[k]);
	}
	return FA_OK;
}

int
fa_cost_add(struct fa_cost *c, const struct fa_doc *doc, struct fa_arena *a,
	struct fa_err *err)
{
	struct sample s = { .c = c, .doc = doc, .a = a, .err = err };
	int rc;

	c->bytes += doc->text.n;
	c->all += doc->sentences_n;
	if (doc->sentences_n == 0)
		return FA_OK;
	rc = fa_words_scan(&s.words, c->notes, doc, a, err);
	if (rc < 0)
		return rc;
	s.rows_n = fa_words_row_n(s.words);
	s.rows = fa_arena_new(a, s.rows_n, sizeof(*s.rows));
	s.runes = fa_arena_new(a, doc->sentences_n, sizeof(*s.runes));
	if (s.rows == NULL || s.runes == NULL)
		return no_memory(err);
	rc = count_words(&s);
	for (uint32_t i = 0; i < c->b->patterns_n && rc == FA_OK; i++)
		rc = count_pattern(&s, i);
	return rc;
}

uint64_t
fa_cost_bytes(const struct fa_cost *c)
{
	return c->bytes;
}

/* ---- of one rule ---- */

struct anchor {
	uint32_t lexicon;
	uint64_t looks, own; /* of all alternatives; of this one */
};

static struct anchor
of_pattern(const struct fa_cost *c, const struct fa_pattern *p)
{
	struct anchor best = { FA_RULE_NONE, c->all, c->all };

	for (size_t i = 0; i < p->needs_n; i++) {
		uint64_t n = c->sentences[p->needs[i]];

		if (best.lexicon == FA_RULE_NONE || n < best.looks)
			best = (struct anchor){ p->needs[i], n, n };
	}
	return best;
}

static struct anchor
rarer(struct anchor a, struct anchor b)
{
	if (a.lexicon == FA_RULE_NONE || b.lexicon == FA_RULE_NONE)
		return a.lexicon == FA_RULE_NONE ? b : a;
	return b.looks < a.looks ? b : a;
}

static struct anchor
joined(struct anchor a, struct anchor b, uint64_t all)
{
	struct anchor both = a;

	if (a.lexicon == FA_RULE_NONE || b.lexicon == FA_RULE_NONE)
		return a.lexicon == FA_RULE_NONE ? a : b;
	if (b.own > a.own)
		both = b;
	both.looks = a.looks + b.looks < all ? a.looks + b.looks : all;
	return both;
}

/* Trees are FA_RULES_DEPTH deep at most. */
static struct anchor
of_cond(const struct fa_cost *c, const struct fa_cond *x)
{
	struct anchor none = { FA_RULE_NONE, c->all, c->all }, out = none;

	if (x->kind == FA_COND_PATTERN)
		return of_pattern(c, &c->b->patterns[x->pattern]);
	if (x->kind != FA_COND_ALL && x->kind != FA_COND_ANY)
		return none;
	for (size_t i = 0; i < x->child_n; i++) {
		struct anchor one = of_cond(c, &x->child[i]);

		if (i == 0)
			out = one;
		else
			out = x->kind == FA_COND_ALL ? rarer(out, one)
						     : joined(out, one, c->all);
	}
	return out;
}

/* Is this the first time that the rule names the pattern? Rules have a few
 * hundred at most. */
static bool
is_first(const struct fa_cond *root, const struct fa_cond *at, bool *passed)
{
	if (root == at) {
		*passed = true;
		return true;
	}
	if (root->kind == FA_COND_PATTERN)
		return root->pattern != at->pattern;
	for (size_t i = 0; i < root->child_n && !*passed; i++)
		if (!is_first(&root->child[i], at, passed))
			return false;
	return true;
}

static void
add_work(struct fa_rule_cost *out, const struct fa_cost *c,
	const struct fa_cond *root, const struct fa_cond *x)
{
	bool passed = false;

	for (size_t i = 0; i < x->child_n; i++)
		add_work(out, c, root, &x->child[i]);
	if (x->kind != FA_COND_PATTERN || !is_first(root, x, &passed))
		return;
	if (is_program(c->b, x->pattern)) {
		out->programs++;
		out->ns += c->work[x->pattern].searches * FA_COST_SEARCH_NS +
			c->work[x->pattern].steps * FA_COST_STEP_NS;
	} else {
		out->regexes++;
		out->ns += c->work[x->pattern].searches * FA_COST_REGEX_NS;
	}
}

void
fa_cost_of(struct fa_rule_cost *out, const struct fa_cost *c,
	const struct fa_rule *rule)
{
	struct anchor anchor = { FA_RULE_NONE, 0, 0 };

	*out = (struct fa_rule_cost){ .anchor = FA_RULE_NONE };
	if (rule->find != NULL) {
		anchor = of_cond(c, rule->find);
		add_work(out, c, rule->find, rule->find);
	}
	if (rule->unless != NULL)
		add_work(out, c, rule->unless, rule->unless);
	out->anchor = anchor.lexicon;
	out->looks = anchor.looks;
}
