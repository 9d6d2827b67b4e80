/* A bundle whose rules are there several times, the copies with other words:
 * in a copy every Chinese character of lexicons and patterns stands for
 * another one, by a one-to-one substitution, and every letter of a lexicon for
 * the one thirteen places on. Shapes stay what they are: as many words, as
 * long, sharing as many beginnings, in the same conditions; and the characters
 * are those of policies, so that the gate meets them as often. Copies look for
 * what nobody writes. */
#include "bench/bench.h"

#include "base/utf8.h"
#include "rules/rules.h"

#define HAN_FROM 0x4E00u
#define HAN_TO 0x9FFFu
#define HAN (HAN_TO - HAN_FROM + 1)

struct cloner {
	struct fa_arena *a;
	const struct fa_bundle *from;
	struct fa_bundle b;
	uint32_t *used; /* characters, ascending */
	uint32_t used_n;
	uint32_t *place; /* of a character in it, plus one */
	unsigned copy;   /* 1 is the first that is another */
	unsigned copies;
};

static void *
need(struct cloner *c, size_t n, size_t size)
{
	void *p = fa_arena_new(c->a, n, size);

	if (!p)
		bench_die("no memory for %zu rules", n);
	return p;
}

static void
mark(struct cloner *c, struct fa_str s)
{
	uint32_t cp;

	for (size_t at = 0; at < s.n;) {
		at += fa_utf8_next(fa_str_sub(s, at, s.n), &cp);
		if (cp >= HAN_FROM && cp <= HAN_TO)
			c->place[cp - HAN_FROM] = 1;
	}
}

static void
find_used(struct cloner *c)
{
	const struct fa_bundle *b = c->from;

	c->place = need(c, HAN, sizeof(*c->place));
	c->used = need(c, HAN, sizeof(*c->used));
	for (size_t i = 0; i < b->lexicons_n; i++)
		for (size_t k = 0; k < b->lexicons[i].words_n; k++)
			mark(c, b->lexicons[i].words[k]);
	for (size_t i = 0; i < b->patterns_n; i++)
		mark(c, b->patterns[i].source);
	for (uint32_t i = 0; i < HAN; i++) {
		if (c->place[i] == 0)
			continue;
		c->used[c->used_n++] = HAN_FROM + i;
		c->place[i] = c->used_n;
	}
}

static uint32_t
other(const struct cloner *c, uint32_t cp)
{
	uint32_t at;

	if (cp < HAN_FROM || cp > HAN_TO || c->place[cp - HAN_FROM] == 0)
		return cp;
	at = c->place[cp - HAN_FROM] - 1;
	return c->used[(at + c->copy * (c->used_n / (c->copies + 1))) %
		c->used_n];
}

static struct fa_str
kept(struct cloner *c, struct fa_buf *buf)
{
	struct fa_str s = fa_arena_dup(c->a, fa_buf_str(buf));

	if (!s.p)
		bench_die("no memory for texts");
	return s;
}

static struct fa_str
other_word(struct cloner *c, struct fa_str s)
{
	struct fa_buf out FA_CLEANUP(fa_buf_done);
	uint32_t cp;

	fa_buf_init(&out, 1 << 20);
	for (size_t at = 0; at < s.n;) {
		at += fa_utf8_next(fa_str_sub(s, at, s.n), &cp);
		if (cp >= 'a' && cp <= 'z')
			cp = 'a' + (cp - 'a' + 13) % 26;
		fa_buf_add_rune(&out, other(c, cp));
	}
	return kept(c, &out);
}

/* {name} becomes that of the copy; the ends of a range [x-y] stay. */
static struct fa_str
other_pattern(struct cloner *c, struct fa_str s)
{
	struct fa_buf out FA_CLEANUP(fa_buf_done);
	uint32_t cp;

	fa_buf_init(&out, 1 << 20);
	for (size_t at = 0; at < s.n;) {
		size_t step = fa_utf8_next(fa_str_sub(s, at, s.n), &cp);
		char before = at > 0 ? s.p[at - 1] : '\0';
		char after = at + step < s.n ? s.p[at + step] : '\0';

		fa_buf_add_rune(&out,
			before == '-' || after == '-' ? cp : other(c, cp));
		if (cp == '{' && before != '\\' && after >= 'a' && after <= 'z')
			fa_buf_addf(&out, "x%u_", c->copy);
		at += step;
	}
	return kept(c, &out);
}

static void
clone_lexicons(struct cloner *c)
{
	for (size_t i = 0; i < c->from->lexicons_n; i++) {
		const struct fa_lexicon *x = &c->from->lexicons[i];
		struct fa_lexicon *y = &c->b.lexicons[c->b.lexicons_n];
		struct fa_buf name FA_CLEANUP(fa_buf_done);

		fa_buf_init(&name, 4096);
		if (x->name.p[0] == '=') /* made of a pattern, when loaded */
			continue;
		c->b.lexicons_n++;
		*y = *x;
		if (c->copy == 0)
			continue;
		fa_buf_addf(&name, "x%u_%.*s", c->copy, FA_STR_ARG(x->name));
		y->name = kept(c, &name);
		y->words = need(c, x->words_n, sizeof(*y->words));
		for (size_t k = 0; k < x->words_n; k++)
			y->words[k] = other_word(c, x->words[k]);
	}
}

static void
clone_cond(struct cloner *c, struct fa_cond *to, const struct fa_cond *from)
{
	struct fa_cond *child;

	*to = *from;
	to->pattern += (uint32_t)(c->copy * c->from->patterns_n);
	if (from->child_n == 0)
		return;
	child = need(c, from->child_n, sizeof(*child));
	for (size_t i = 0; i < from->child_n; i++)
		clone_cond(c, &child[i], &from->child[i]);
	to->child = child;
}

static const struct fa_cond *
cloned(struct cloner *c, const struct fa_cond *from)
{
	struct fa_cond *to;

	if (!from)
		return NULL;
	to = need(c, 1, sizeof(*to));
	clone_cond(c, to, from);
	return to;
}

static void
clone_rules(struct cloner *c)
{
	for (size_t i = 0; i < c->from->rules_n; i++) {
		const struct fa_rule *x = &c->from->rules[i];
		struct fa_rule *y = &c->b.rules[c->b.rules_n];
		struct fa_buf id FA_CLEANUP(fa_buf_done);

		fa_buf_init(&id, 4096);
		if (!x->find)
			continue;
		c->b.rules_n++;
		*y = *x;
		y->examples_n = 0;
		if (c->copy == 0)
			continue;
		fa_buf_addf(&id, "%.*s-x%u", FA_STR_ARG(x->id), c->copy);
		y->id = kept(c, &id);
		y->hits = y->right = y->precision = 0;
		y->find = cloned(c, x->find);
		y->unless = cloned(c, x->unless);
	}
}

static void
clone_patterns(struct cloner *c)
{
	for (size_t i = 0; i < c->from->patterns_n; i++) {
		struct fa_pattern *y = &c->b.patterns[c->b.patterns_n++];

		*y = c->from->patterns[i];
		if (c->copy > 0)
			y->source = other_pattern(c, y->source);
	}
}

const struct fa_bundle *
bench_clones(const struct fa_bundle *b, unsigned copies, struct fa_arena *a)
{
	struct fa_buf json FA_CLEANUP(fa_buf_done);
	struct cloner c = { .a = a, .from = b, .b = *b, .copies = copies };
	struct fa_bundle *out = NULL;
	struct fa_err err;

	find_used(&c);
	c.b.lexicons_n = c.b.patterns_n = c.b.rules_n = 0;
	c.b.lexicons = need(&c, copies * b->lexicons_n, sizeof(*b->lexicons));
	c.b.patterns = need(&c, copies * b->patterns_n, sizeof(*b->patterns));
	c.b.rules = need(&c, copies * b->rules_n, sizeof(*b->rules));
	for (c.copy = 0; c.copy < copies; c.copy++) {
		clone_lexicons(&c);
		clone_patterns(&c);
		clone_rules(&c);
	}
	fa_buf_init(&json, BENCH_BUF_BYTES);
	if (fa_rules_write_bundle(&c.b, &json, &err) < 0)
		bench_die("%s", err.msg);
	struct fa_str text = fa_arena_dup(a, fa_buf_str(&json));
	if (!text.p || fa_rules_parse_bundle(&out, text, a, &err) < 0)
		bench_die("rules %u times: %s", copies, err.msg);
	return out;
}
