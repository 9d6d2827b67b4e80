/* What must occur in every text that a pattern matches.
 *
 * A pattern is read as alternatives of sequences. A sequence asks for each of
 * its parts that is not optional: a run of literal characters asks for itself,
 * {name} for one word of the lexicon, a group for what its alternatives have
 * in common, which is the union of the best word set of each of them. One
 * alternative that asks for nothing makes the group ask for nothing.
 *
 * Example: (?:收集|采集)(?:您的)?{face}(?!数据) asks for {收集, 采集} and for
 * {face}; (?:您|)同意 asks for {同意} only.
 *
 * The pattern has passed the scanner of pattern.c, so brackets balance. */
#include <string.h>

#include "base/utf8.h"
#include "rules/pattern.h"

#define SET_WORDS 600 /* a larger set selects too little to be worth a scan */

struct set {
	struct fa_str *word;
	size_t n;         /* 0: nothing is asked for */
	uint32_t lexicon; /* the set is this one; else FA_RULE_NONE */
	size_t least;     /* characters of the shortest word */
};

struct reader {
	struct fa_build *bd;
	struct fa_str src;
	size_t at;
	unsigned depth;
	int rc;
	bool caseless;                    /* (?i) somewhere */
	struct set top[FA_PATTERN_NEEDS]; /* of the sequence at depth 0 */
	size_t top_n;
};

static struct set read_choice(struct reader *r);

static const struct set nothing = { NULL, 0, FA_RULE_NONE, 0 };

static char
peek(const struct reader *r, size_t i)
{
	return r->at + i < r->src.n ? r->src.p[r->at + i] : '\0';
}

/* Long words in small sets are rare, and rare is what a gate wants. */
static bool
better(const struct set *a, const struct set *b)
{
	if (a->n == 0 || b->n == 0)
		return b->n == 0 && a->n > 0;
	return a->least != b->least ? a->least > b->least : a->n < b->n;
}

static struct set
single(struct reader *r, size_t from, size_t to)
{
	struct set s = nothing;

	if (from >= to)
		return s;
	s.word = fa_arena_new(r->bd->a, 1, sizeof(*s.word));
	if (s.word == NULL) {
		r->rc = fa_rules_build_nomem(r->bd);
		return nothing;
	}
	s.word[0] = fa_str_sub(r->src, from, to);
	s.least = fa_utf8_count(s.word[0]);
	s.n = 1;
	return s;
}

/* The union, or nothing when one of them asks for nothing. */
static struct set
unite(struct reader *r, const struct set *a, const struct set *b)
{
	struct set s = nothing;

	if (a->n == 0 || b->n == 0 || a->n + b->n > SET_WORDS)
		return nothing;
	s.word = fa_arena_new(r->bd->a, a->n + b->n, sizeof(*s.word));
	if (s.word == NULL) {
		r->rc = fa_rules_build_nomem(r->bd);
		return nothing;
	}
	memcpy(s.word, a->word, a->n * sizeof(*s.word));
	memcpy(s.word + a->n, b->word, b->n * sizeof(*s.word));
	s.n = a->n + b->n;
	s.least = a->least < b->least ? a->least : b->least;
	return s;
}

/* Past a repetition; true when it allows none at all. */
static bool
skip_repeat(struct reader *r)
{
	char c = peek(r, 0);
	bool optional = c == '?' || c == '*';

	if (c == '?' || c == '*' || c == '+') {
		r->at++;
	} else if (c == '{' && (peek(r, 1) >= '0' && peek(r, 1) <= '9')) {
		optional = peek(r, 1) == '0';
		r->at = fa_str_find(r->src, FA_STR("}"), r->at) + 1;
	} else {
		return false;
	}
	if (peek(r, 0) == '?' || peek(r, 0) == '+')
		r->at++;
	return optional;
}

static void
skip_class(struct reader *r)
{
	r->at++;
	if (peek(r, 0) == '^')
		r->at++;
	if (peek(r, 0) == ']')
		r->at++;
	while (r->at < r->src.n && peek(r, 0) != ']') {
		size_t named = peek(r, 0) == '[' && peek(r, 1) == ':'
			? fa_str_find(r->src, FA_STR(":]"), r->at)
			: SIZE_MAX;

		if (named != SIZE_MAX)
			r->at = named + 2;
		else
			r->at += peek(r, 0) == '\\' ? 2 : 1;
	}
	r->at++;
}

static struct set
read_brace(struct reader *r)
{
	size_t close = fa_str_find(r->src, FA_STR("}"), r->at);
	struct fa_str name = fa_str_sub(r->src, r->at + 1, close);
	uint32_t i = fa_rules_build_lexicon(r->bd, name);
	struct set s = nothing;

	r->at = close + 1;
	if (i == FA_RULE_NONE)
		return nothing; /* a gap */
	s.word = r->bd->b->lexicons[i].words;
	s.n = r->bd->b->lexicons[i].words_n;
	if (s.n > 0) /* sorted, longest first */
		s.least = fa_utf8_count(s.word[s.n - 1]);
	s.lexicon = i;
	return s;
}

/* A group; assertions and options ask for nothing. */
static struct set
read_group(struct reader *r)
{
	bool asserts = false;
	struct set s;

	r->at++;
	if (peek(r, 0) == '?') {
		r->at++;
		asserts = peek(r, 0) == '=' || peek(r, 0) == '!' ||
			peek(r, 0) == '<';
		while (r->at < r->src.n && strchr("<=!imsnJ-^", peek(r, 0)))
			r->at++;
		if (peek(r, 0) == ')') {
			r->at++;
			return nothing;
		}
		if (peek(r, 0) == ':')
			r->at++;
	}
	r->depth++;
	s = read_choice(r);
	r->depth--;
	r->at++;
	return asserts ? nothing : s;
}

static bool
is_literal(char c)
{
	return c != '\0' && strchr("\\[](){}.|^$*+?", c) == NULL;
}

/* A run of literal characters; one that may be absent stays out and ends it,
 * one that is repeated ends it. */
static struct set
read_run(struct reader *r)
{
	size_t from = r->at;

	while (is_literal(peek(r, 0))) {
		size_t here = r->at, behind;
		uint32_t cp;
		bool optional;

		r->at += fa_utf8_next(fa_str_sub(r->src, here, r->src.n), &cp);
		behind = r->at;
		optional = skip_repeat(r);
		if (r->at != behind)
			return single(r, from, optional ? here : behind);
	}
	return single(r, from, r->at);
}

/* (?i) finds words in other spellings than those that the gate looks for. */
static bool
is_blurred(const struct reader *r, const struct set *s)
{
	for (size_t i = 0; i < s->n && r->caseless; i++) {
		for (size_t k = 0; k < s->word[i].n; k++) {
			char c = s->word[i].p[k];

			if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
				return true;
		}
	}
	return false;
}

static struct set
read_element(struct reader *r)
{
	struct set s = nothing;
	uint32_t cp;

	switch (peek(r, 0)) {
	case '\\':
		r->at += 1 +
			fa_utf8_next(
				fa_str_sub(r->src, r->at + 1, r->src.n), &cp);
		break;
	case '[':
		skip_class(r);
		break;
	case '(':
		s = read_group(r);
		break;
	case '{':
		s = read_brace(r);
		break;
	case '.':
	case '^':
	case '$':
		r->at++;
		break;
	default:
		if (is_literal(peek(r, 0)))
			return read_run(r);
		r->at++; /* a bracket that stands for itself */
		break;
	}
	return skip_repeat(r) ? nothing : s;
}

static void
keep_top(struct reader *r, const struct set *s)
{
	size_t worst = 0;

	if (r->top_n < FA_PATTERN_NEEDS) {
		r->top[r->top_n++] = *s;
		return;
	}
	for (size_t i = 1; i < r->top_n; i++)
		if (better(&r->top[worst], &r->top[i]))
			worst = i;
	if (better(s, &r->top[worst]))
		r->top[worst] = *s;
}

static struct set
read_sequence(struct reader *r)
{
	struct set best = nothing;

	while (r->rc == FA_OK && r->at < r->src.n && peek(r, 0) != '|' &&
		peek(r, 0) != ')') {
		struct set s = read_element(r);

		if (s.n == 0 || is_blurred(r, &s))
			continue;
		if (r->depth == 0)
			keep_top(r, &s);
		if (better(&s, &best))
			best = s;
	}
	return best;
}

static struct set
read_choice(struct reader *r)
{
	struct set all = read_sequence(r);

	while (r->rc == FA_OK && peek(r, 0) == '|') {
		struct set s;

		r->at++;
		s = read_sequence(r);
		all = unite(r, &all, &s);
		if (r->depth == 0)
			r->top_n = 0;
		if (r->depth == 0 && all.n > 0)
			keep_top(r, &all);
	}
	return all;
}

/* A word of one character stands in half of all sentences: it is a gate only
 * when there is no other. */
static void
drop_weak(struct reader *r)
{
	size_t strong = 0;
	size_t kept = 0;

	for (size_t i = 0; i < r->top_n; i++)
		strong += r->top[i].least > 1;
	for (size_t i = 0; i < r->top_n && strong > 0; i++) {
		if (r->top[i].lexicon != FA_RULE_NONE || r->top[i].least > 1)
			r->top[kept++] = r->top[i];
	}
	if (strong > 0)
		r->top_n = kept;
}

/* Options with i in them: "(?i)", "(?mi:". Those that end it, "(?-i)", count
 * too: that is rather safe than fast. */
static bool
is_caseless(struct fa_str src)
{
	for (size_t i = 0; i + 1 < src.n; i++) {
		if (src.p[i] != '(' || src.p[i + 1] != '?')
			continue;
		for (i += 2; i < src.n && strchr("imsnJ-^", src.p[i]); i++) {
			if (src.p[i] == 'i')
				return true;
		}
	}
	return false;
}

int
fa_pattern_needs(struct fa_pattern *out, struct fa_build *bd,
	struct fa_str source, struct fa_place where)
{
	struct reader r = { .bd = bd, .src = source };

	r.caseless = is_caseless(source);

	(void)read_choice(&r);
	if (r.rc != FA_OK)
		return r.rc;
	drop_weak(&r);
	out->needs_n = 0;
	for (size_t i = 0; i < r.top_n; i++) {
		uint16_t need = (uint16_t)r.top[i].lexicon;
		bool seen = false;
		int rc;

		if (r.top[i].lexicon == FA_RULE_NONE) {
			rc = fa_rules_build_anonymous(
				bd, r.top[i].word, r.top[i].n, where, &need);
			if (rc != FA_OK)
				return rc;
		}
		for (size_t k = 0; k < out->needs_n; k++)
			seen |= out->needs[k] == need;
		if (!seen)
			out->needs[out->needs_n++] = need;
	}
	return FA_OK;
}
