/* What the judging of a long document gives back as it goes on. Sentences are
 * decoded for the patterns that search them, and kept for others, but only so
 * many. Where patterns match is a row of bits for each, and the matches: when
 * the document is long, and no rule that is still to come asks for a pattern,
 * that is given back, too. */
#include "match/scan.h"

#define TEXTS_BYTES (FA_ARENA_KEEP_BYTES / 2) /* less than is kept anyway */
#define LONG_SENTENCES 8192

struct fa_text {
	struct fa_runes runes;
	uint32_t sentence;
	struct fa_text *before;
};

struct fa_runes *
fa_scan_text(struct fa_scan *s, uint32_t sentence)
{
	struct fa_text *x;

	if (s->m->texts.used_bytes > TEXTS_BYTES) {
		for (x = s->decoded; x; x = x->before)
			s->runes[x->sentence] = NULL;
		fa_arena_reset(&s->m->texts);
		s->decoded = NULL;
	}
	x = fa_arena_new(&s->m->texts, 1, sizeof(*x));
	if (!x)
		return NULL;
	x->sentence = sentence;
	x->before = s->decoded;
	s->decoded = x;
	s->runes[sentence] = &x->runes;
	return &x->runes;
}

typedef void asks_fn(struct fa_scan *s, uint32_t pattern);

static void
ask(struct fa_scan *s, uint32_t pattern)
{
	s->asked[pattern]++;
}

static void
let_go(struct fa_scan *s, uint32_t pattern)
{
	if (s->asked[pattern] > 1) {
		s->asked[pattern]--;
		return;
	}
	fa_arena_done(&s->own[pattern]);
	s->hits[pattern] = NULL;
}

/* Patterns of a condition; trees are as deep as FA_RULES_DEPTH. */
static void
each(struct fa_scan *s, const struct fa_cond *c, asks_fn *fn)
{
	if (!c)
		return;
	if (c->kind == FA_COND_PATTERN)
		fn(s, c->pattern);
	for (size_t i = 0; i < c->child_n; i++)
		each(s, &c->child[i], fn);
}

int
fa_scan_long(struct fa_scan *s)
{
	const struct fa_bundle *b = s->m->bundle;

	if (s->doc->sentences_n < LONG_SENTENCES)
		return FA_OK;
	s->own = fa_arena_new(s->a, b->patterns_n + 1, sizeof(*s->own));
	s->asked = fa_arena_new(s->a, b->patterns_n + 1, sizeof(*s->asked));
	if (!s->own || !s->asked) {
		s->own = NULL;
		return fa_fail(s->err, FA_E_NOMEM, "no memory to match '%.*s'",
			FA_STR_ARG(s->doc->name));
	}
	for (size_t i = 0; i < b->patterns_n; i++)
		fa_arena_init(&s->own[i], s->a->max_bytes);
	for (size_t i = 0; i < b->rules_n; i++) {
		each(s, b->rules[i].find, ask);
		each(s, b->rules[i].unless, ask);
	}
	return FA_OK;
}

struct fa_arena *
fa_scan_arena(const struct fa_scan *s, uint32_t pattern)
{
	return s->own ? &s->own[pattern] : s->a;
}

void
fa_scan_let_go(struct fa_scan *s, const struct fa_rule *rule)
{
	if (!s->own)
		return;
	each(s, rule->find, let_go);
	each(s, rule->unless, let_go);
}

void
fa_scan_done(struct fa_scan *s)
{
	for (size_t i = 0; s->own && i < s->m->bundle->patterns_n; i++)
		fa_arena_done(&s->own[i]);
	s->own = NULL;
}
