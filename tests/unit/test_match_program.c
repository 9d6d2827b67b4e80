/* The machine against PCRE2, which is the oracle. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "fuzz/invariant_program.h"
#include "match/program_rows.h"
#include "rules/rules.h"

#define FILE_BYTES (1u << 20)
#define GLUED 12      /* texts made of each pattern's own words */
#define INVENTED 1500 /* patterns */
#define INVENTED_TEXTS 12
#define TEXT_BYTES 4000

struct world {
	struct fa_arena a;
	struct fa_err err;
	struct fa_bundle *rules;       /* of the folder rules/ */
	struct program_oracle *oracle; /* of their patterns */
	struct program_rig g;
	uint64_t random;
};

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint32_t
roll(struct world *w, uint32_t sides)
{
	uint64_t z = w->random += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)((z ^ (z >> 31)) % sides);
}

static void
must(int rc, const struct fa_err *err)
{
	if (rc < 0)
		fail_msg("%s", err->msg);
}

static int
world_open(void **state)
{
	static struct world w;
	struct fa_bundle *b;

	memset(&w, 0, sizeof(w));
	w.random = 9;
	fa_arena_init(&w.a, (size_t)1 << 30);
	must(fa_rules_load(&w.rules, FA_STR("rules"), &w.a, &w.err), &w.err);
	b = w.rules;
	program_rig_of(&w.g, b->programs);
	w.oracle = fa_arena_new(&w.a, b->patterns_n, sizeof(*w.oracle));
	assert_non_null(w.oracle);
	for (size_t i = 0; i < b->patterns_n; i++)
		assert_true(program_oracle_init(
			&w.oracle[i], b->patterns[i].regex, true));
	*state = &w;
	return 0;
}

static int
world_close(void **state)
{
	struct world *w = *state;

	for (size_t i = 0; i < w->rules->patterns_n; i++)
		program_oracle_done(&w->oracle[i]);
	program_rig_done(&w->g);
	fa_arena_done(&w->a);
	return 0;
}

static void
agree(struct world *w, struct program_rig *g, const struct fa_bundle *b,
	uint32_t pattern, const struct program_oracle *o, struct fa_str text)
{
	enum fa_simd simd = roll(w, 2) ? fa_cpu_simd() : FA_SIMD_SCALAR;

	if (!program_agrees_everywhere(g, pattern, o, text, simd))
		fail_msg("'%.*s' on '%.*s'",
			FA_STR_ARG(b->patterns[pattern].source),
			FA_STR_ARG(text));
}

/* ---- the patterns of the rules ---- */

static void
every_pattern_of_the_rules_has_a_program(void **state)
{
	const struct world *w = *state;

	assert_int_equal(w->g.p->programs_n, w->rules->patterns_n);
	for (uint32_t i = 0; i < w->rules->patterns_n; i++)
		if (!fa_program_exists(w->g.p, i))
			fail_msg("'%.*s'",
				FA_STR_ARG(w->rules->patterns[i].source));
}

/* First matches only, of all patterns: what follows is for the texts that are
 * made for a pattern. */
static void
agree_on_sentence(struct world *w, struct fa_str text, size_t *hits)
{
	struct fa_rune_hit hit;
	struct fa_runes t;

	fa_arena_reset(&w->g.text);
	must(fa_runes_decode(&t, w->g.p, w->g.s, text, &w->g.text, &w->err),
		&w->err);
	for (uint32_t i = 0; i < w->rules->patterns_n; i++) {
		int found = program_agrees(
			&w->g, i, &w->oracle[i], &t, text, 0, &hit);

		if (found < 0)
			fail_msg("'%.*s' on '%.*s'",
				FA_STR_ARG(w->rules->patterns[i].source),
				FA_STR_ARG(text));
		*hits += (size_t)found;
	}
}

/* Sentences, roughly, every so many of them. */
static void
agree_on_file(struct world *w, const char *path, unsigned every, size_t *hits)
{
	struct fa_str rest;

	must(fa_file_read(&rest, fa_str_c(path), FILE_BYTES, &w->a, &w->err),
		&w->err);
	if (!fa_utf8_valid(rest))
		rest.n = 0;
	for (unsigned n = 0; rest.n > 0; n++) {
		size_t stop = fa_str_find(rest, FA_STR("。"), 0);
		size_t line = fa_str_find(rest, FA_STR("\n"), 0);
		size_t end = stop < line ? stop + 3 : line;

		if (end > rest.n)
			end = rest.n;
		if (end > 0 && n % every == 0)
			agree_on_sentence(w, fa_str_sub(rest, 0, end), hits);
		rest = fa_str_sub(rest, end + (end == line), rest.n);
	}
}

static void
they_find_in_policies_what_pcre2_finds(void **state)
{
	static const char *const files[] = {
		"corpora/policies/bank-remote-good.txt",
		"corpora/policies/avatar-idphoto.md",
		"corpora/policies/beauty-camera.html",
	};
	struct world *w = *state;
	size_t hits = 0;

	for (size_t i = 0; i < FA_COUNT(files); i++)
		agree_on_file(w, files[i], 2, &hits);
	assert_true(hits > 100);
}

/* ---- texts made of a pattern's own words ---- */

struct glue {
	struct world *w;
	const struct fa_bundle *b;
	struct fa_str src;
	size_t at;
	struct fa_buf *out;
	bool silent; /* passes over what is not chosen */
};

static void glue_choice(struct glue *g);

static void
say(struct glue *g, struct fa_str s)
{
	if (!g->silent)
		fa_buf_add(g->out, s);
}

static void
say_gap(struct glue *g, uint32_t most)
{
	static const struct fa_str chars[] = { FA_STR_INIT("的"),
		FA_STR_INIT("您"), FA_STR_INIT(","), FA_STR_INIT("a"),
		FA_STR_INIT("7"), FA_STR_INIT("脸"), FA_STR_INIT("不"),
		FA_STR_INIT(";"), FA_STR_INIT("。"), FA_STR_INIT("\n") };
	uint32_t n = roll(g->w, most);

	/* Most gaps can be bridged. */
	while (n-- > 0)
		say(g, chars[roll(g->w, roll(g->w, 12) == 0 ? 10 : 7)]);
}

/* To behind the bracket that closes a class. */
static void
glue_class(struct glue *g)
{
	size_t from = g->at;
	struct fa_str inner;

	g->at = fa_str_find(g->src, FA_STR("]"), from + 2) + 1;
	inner = fa_str_sub(g->src, from + 1, g->at - 1);
	if (inner.p[0] == '^' || roll(g->w, 4) == 0)
		say_gap(g, 4);
	else
		say(g, fa_utf8_beginning(inner, 3));
}

static void
glue_brace(struct glue *g)
{
	size_t close = fa_str_find(g->src, FA_STR("}"), g->at);
	struct fa_str name = fa_str_sub(g->src, g->at + 1, close);
	size_t i = fa_str_search(g->b->lexicons, g->b->lexicons_n,
		sizeof(*g->b->lexicons), offsetof(struct fa_lexicon, name),
		name);

	g->at = close + 1;
	if (i < g->b->lexicons_n)
		say(g,
			g->b->lexicons[i].words[roll(
				g->w, (uint32_t)g->b->lexicons[i].words_n)]);
	else
		say_gap(g, 16);
}

static void
glue_element(struct glue *g)
{
	uint32_t cp;

	if (g->src.p[g->at] == '[') {
		glue_class(g);
	} else if (g->src.p[g->at] == '{') {
		glue_brace(g);
	} else if (g->src.p[g->at] == '(') {
		g->at++;
		while (strchr("?:=!<", g->src.p[g->at]))
			g->at++;
		glue_choice(g);
		g->at++;
	} else if (g->src.p[g->at] == '\\') {
		g->at += 2;
		say(g, FA_STR("3"));
	} else {
		size_t n =
			fa_utf8_next(fa_str_sub(g->src, g->at, g->src.n), &cp);

		if (cp >= 0x80 || strchr("^$.", (int)cp) == NULL)
			say(g, fa_str_sub(g->src, g->at, g->at + n));
		g->at += n;
	}
}

/* An element with its repetition is said once or twice, or left out. */
static void
glue_repeated(struct glue *g)
{
	size_t from = g->at, behind;
	bool was = g->silent;

	g->silent = was || roll(g->w, 10) == 0;
	glue_element(g);
	behind = g->at;
	if (g->at < g->src.n && strchr("?*+", g->src.p[g->at]))
		behind = g->at + 1;
	else if (g->at + 1 < g->src.n && g->src.p[g->at] == '{' &&
		g->src.p[g->at + 1] >= '0' && g->src.p[g->at + 1] <= '9')
		behind = fa_str_find(g->src, FA_STR("}"), g->at) + 1;
	if (behind != g->at && roll(g->w, 3) == 0) {
		g->at = from;
		glue_element(g);
	}
	g->at = behind;
	if (g->at < g->src.n && behind > from && g->src.p[g->at] == '?')
		g->at++;
	g->silent = was;
}

static size_t
count_branches(const struct glue *g)
{
	size_t n = 1, depth = 0;

	for (size_t i = g->at; i < g->src.n; i++) {
		if (g->src.p[i] == '\\')
			i++;
		else if (g->src.p[i] == '(')
			depth++;
		else if (g->src.p[i] == ')' && depth-- == 0)
			break;
		else if (g->src.p[i] == '|' && depth == 0)
			n++;
	}
	return n;
}

static void
glue_choice(struct glue *g)
{
	uint32_t chosen = roll(g->w, (uint32_t)count_branches(g));
	bool was = g->silent;

	for (uint32_t i = 0;; i++) {
		g->silent = was || i != chosen;
		while (g->at < g->src.n && g->src.p[g->at] != '|' &&
			g->src.p[g->at] != ')')
			glue_repeated(g);
		if (g->at >= g->src.n || g->src.p[g->at] == ')')
			break;
		g->at++;
	}
	g->silent = was;
}

static void
they_find_in_texts_of_their_own_words_what_pcre2_finds(void **state)
{
	struct world *w = *state;
	size_t hits = 0;
	struct fa_buf text;

	fa_buf_init(&text, TEXT_BYTES);
	for (uint32_t i = 0; i < w->rules->patterns_n; i++) {
		for (int k = 0; k < GLUED; k++) {
			struct glue g = { w, w->rules,
				w->rules->patterns[i].source, 0, &text, false };
			size_t hit[2];

			fa_buf_reset(&text);
			say_gap(&g, 3);
			glue_choice(&g);
			say_gap(&g, 5);
			if (roll(w, 3) == 0) {
				g.at = 0;
				glue_choice(&g);
			}
			assert_int_equal(text.rc, FA_OK);
			agree(w, &w->g, w->rules, i, &w->oracle[i],
				fa_buf_str(&text));
			hits += program_oracle_find(&w->oracle[i],
					fa_buf_str(&text), 0, hit) == 1;
		}
	}
	fa_buf_done(&text);
	/* Both near misses and matches. */
	assert_true(hits > w->rules->patterns_n * GLUED / 8);
	assert_true(hits < w->rules->patterns_n * GLUED * 7 / 8);
}

/* ---- invented patterns ---- */

static struct fa_str face[] = { FA_STR_INIT("甲乙丙"), FA_STR_INIT("甲乙"),
	FA_STR_INIT("甲a"), FA_STR_INIT("乙") };
static struct fa_str verb[] = { FA_STR_INIT("ab"), FA_STR_INIT("a") };
static struct fa_lexicon lexicons[] = {
	{ .name = FA_STR_INIT("face"), .words = face, .words_n = 4 },
	{ .name = FA_STR_INIT("verb"), .words = verb, .words_n = 2 },
};
static const struct fa_str chars[] = { FA_STR_INIT("甲"), FA_STR_INIT("乙"),
	FA_STR_INIT("丙"), FA_STR_INIT("a"), FA_STR_INIT("b"), FA_STR_INIT("B"),
	FA_STR_INIT("1"), FA_STR_INIT(","), FA_STR_INIT("。"),
	FA_STR_INIT("\n"), FA_STR_INIT("丁"), FA_STR_INIT("一"),
	FA_STR_INIT("\xf0\xa0\x80\x80"), FA_STR_INIT("s") };

static void invent_choice(struct world *w, struct fa_buf *out, unsigned depth);

static void
invent_char(struct world *w, struct fa_buf *out)
{
	fa_buf_add(out, chars[roll(w, 9)]);
}

static void
invent_class(struct world *w, struct fa_buf *out)
{
	static const char *const items[] = { "甲", "乙", "a", "A-b", "\\d",
		"\\s", "\\W", "。", "一-丁", ",", "\\n", "b-" };
	uint32_t n = 1 + roll(w, 3);

	fa_buf_adds(out, roll(w, 2) ? "[^" : "[");
	while (n-- > 0)
		fa_buf_adds(out, items[roll(w, n > 0 ? 11 : 12)]);
	fa_buf_addc(out, ']');
}

/* What lookbehind may hold: alternatives of fixed length. */
static void
invent_behind(struct world *w, struct fa_buf *out)
{
	uint32_t branches = 1 + roll(w, 3);

	for (uint32_t i = 0; i < branches; i++) {
		uint32_t n = roll(w, 3);

		fa_buf_adds(out, i > 0 ? "|" : "");
		fa_buf_adds(out, roll(w, 6) == 0 ? "^" : "");
		while (n-- > 0) {
			if (roll(w, 3) == 0)
				invent_class(w, out);
			else
				invent_char(w, out);
		}
	}
}

static void
invent_group(struct world *w, struct fa_buf *out, unsigned depth)
{
	static const char *const opens[] = { "(?:", "(?:", "(?:", "(",
		"(?=", "(?!", "(?<=", "(?<!", "(?i:", "(?:(?i)" };
	uint32_t open = roll(w, 10);

	fa_buf_adds(out, opens[open]);
	if (open == 6 || open == 7)
		invent_behind(w, out);
	else
		invent_choice(w, out, depth + 1);
	fa_buf_addc(out, ')');
}

static void
invent_element(struct world *w, struct fa_buf *out, unsigned depth)
{
	static const char *const others[] = { ".", "^", "$", "\\d", "\\A",
		"{..3}", "\\w", "\\." };
	uint32_t kind = roll(w, depth < 3 ? 12 : 9);

	if (kind < 4)
		invent_char(w, out);
	else if (kind < 6)
		fa_buf_adds(out, roll(w, 2) ? "{face}" : "{verb}");
	else if (kind < 8)
		invent_class(w, out);
	else if (kind < 9)
		fa_buf_adds(out, others[roll(w, FA_COUNT(others))]);
	else
		invent_group(w, out, depth);
}

static void
invent_choice(struct world *w, struct fa_buf *out, unsigned depth)
{
	static const char *const repeats[] = { "?", "??", "{0,2}", "{1,3}?",
		"{2}", "*", "+", "{1,}?" };

	for (uint32_t branches = 1 + roll(w, 3); branches > 0; branches--) {
		for (uint32_t n = roll(w, 4) + (depth == 0); n > 0; n--) {
			invent_element(w, out, depth);
			if (roll(w, 3) == 0)
				fa_buf_adds(out,
					repeats[roll(w, FA_COUNT(repeats))]);
		}
		fa_buf_adds(out, branches > 1 ? "|" : "");
	}
}

static void
agree_on_invented(struct world *w, struct program_rig *g,
	const struct fa_bundle *b, uint32_t pattern,
	const struct program_oracle *o)
{
	struct fa_buf text;

	fa_buf_init(&text, TEXT_BYTES);
	for (int k = 0; k < INVENTED_TEXTS; k++) {
		uint32_t n = roll(w, k == 0 ? 150 : 16);

		fa_buf_reset(&text);
		while (n-- > 0)
			fa_buf_add(&text, chars[roll(w, FA_COUNT(chars))]);
		agree(w, g, b, pattern, o, fa_buf_str(&text));
	}
	fa_buf_done(&text);
}

/* Patterns that PCRE2 refuses stay out, and those without a program. */
static size_t
agree_on_patterns(struct world *w, const struct fa_bundle *b)
{
	const struct fa_programs *p = NULL;
	struct program_rig g;
	struct fa_buf regex;
	size_t tried = 0;

	must(fa_programs_new(&p, b, &w->a, &w->err), &w->err);
	program_rig_of(&g, p);
	fa_buf_init(&regex, 1u << 16);
	for (uint32_t i = 0; i < b->patterns_n; i++) {
		struct program_oracle o;

		fa_buf_reset(&regex);
		program_expand(&regex, b, b->patterns[i].source);
		if (!fa_program_exists(p, i) ||
			!program_oracle_init(&o, fa_buf_str(&regex), false))
			continue;
		agree_on_invented(w, &g, b, i, &o);
		program_oracle_done(&o);
		tried++;
	}
	fa_buf_done(&regex);
	program_rig_done(&g);
	return tried;
}

static void
invented_patterns_find_what_pcre2_finds(void **state)
{
	struct world *w = *state;
	struct fa_pattern *patterns =
		fa_arena_new(&w->a, INVENTED, sizeof(*patterns));
	struct fa_bundle b = { .lexicons = lexicons,
		.lexicons_n = FA_COUNT(lexicons),
		.patterns = patterns,
		.patterns_n = INVENTED };
	struct fa_buf source;

	assert_non_null(patterns);
	fa_buf_init(&source, TEXT_BYTES);
	for (size_t i = 0; i < INVENTED; i++) {
		fa_buf_reset(&source);
		invent_choice(w, &source, 0);
		assert_int_equal(source.rc, FA_OK);
		patterns[i].source = fa_arena_dup(&w->a, fa_buf_str(&source));
	}
	fa_buf_done(&source);
	assert_true(agree_on_patterns(w, &b) > INVENTED / 3);
}

/* ---- work ---- */

struct one {
	struct fa_pattern pattern;
	struct fa_bundle b;
	const struct fa_programs *p;
	struct program_rig g;
	struct fa_runes t;
};

static void
one_open(struct world *w, struct one *x, const char *source, const char *part,
	unsigned times)
{
	struct fa_buf text;

	memset(x, 0, sizeof(*x));
	x->pattern.source = fa_str_c(source);
	x->b = (struct fa_bundle){ .patterns = &x->pattern, .patterns_n = 1 };
	must(fa_programs_new(&x->p, &x->b, &w->a, &w->err), &w->err);
	assert_true(fa_program_exists(x->p, 0));
	program_rig_of(&x->g, x->p);
	fa_buf_init(&text, FILE_BYTES);
	for (unsigned i = 0; i < times; i++)
		fa_buf_adds(&text, part);
	must(fa_runes_decode(
		     &x->t, x->p, x->g.s, fa_buf_str(&text), &w->a, &w->err),
		&w->err);
	fa_buf_done(&text);
}

/* Steps of a search for all matches. */
static uint64_t
steps_of(struct one *x, size_t *hits)
{
	struct fa_rune_hit hit = { 0 };

	*hits = 0;
	while (hit.from <= x->t.n &&
		fa_program_find(x->p, 0, &x->t, hit.from, &hit, x->g.s) == 1) {
		++*hits;
		hit.from++;
	}
	return fa_program_steps(x->g.s);
}

static void
what_explodes_for_backtracking_takes_bounded_work(void **state)
{
	static const struct {
		const char *pattern, *part;
		size_t hits;
	} table[] = {
		{ "(?:[^。]{0,9}甲?){9}乙", "甲", 0 },
		{ "甲{..60}甲{..60}甲{..60}甲{..60}乙", "甲", 0 },
		{ "甲{..60}甲{..60}甲{..60}甲{..60}乙", "甲甲。乙", 0 },
		{ "(?:甲|甲甲|甲甲甲){1,20}乙", "甲", 0 },
		{ "(?:甲?){20}(?:甲?){20}乙", "甲", 0 },
		{ "甲(?!(?:[^。]{0,9}甲?){9}乙)丙", "甲", 0 },
		{ "(?=(?:[^。]{0,9}甲?){9})(?:甲?){30}乙", "甲", 0 },
		{ "[a-z]{2,}1", "a", 0 },
		{ "[a-z]{2,}[a-z]1", "a", 0 },
		{ "[a-z]{2,}?[a-z]+[a-z]*1", "a", 0 },
		{ "b?(?![a-z]+[a-z]1)[a-z]{2,}[a-z]?,", "a", 0 },
	};
	struct world *w = *state;

	for (size_t i = 0; i < FA_COUNT(table); i++) {
		struct one x;
		uint64_t steps;
		size_t hits;

		one_open(w, &x, table[i].pattern, table[i].part, 2000);
		steps = steps_of(&x, &hits);
		assert_int_equal(hits, table[i].hits);
		if (steps > (uint64_t)x.p->code_n * x.t.n * 64)
			fail_msg("%s: %llu steps", table[i].pattern,
				(unsigned long long)steps);
		program_rig_done(&x.g);
	}
}

static void
a_run_without_an_end_takes_linear_work(void **state)
{
	struct world *w = *state;
	struct one x;
	size_t hits;

	one_open(w, &x, "[a-z]{2,}(?:[a-z]|b)1", "a", 300000);
	assert_true(steps_of(&x, &hits) < (uint64_t)300000 * 64);
	assert_int_equal(hits, 0);
	program_rig_done(&x.g);
}

static void
a_match_at_every_character_of_a_long_text_is_found(void **state)
{
	struct world *w = *state;
	struct one x;
	size_t hits;

	one_open(w, &x, "甲{..60}(?:甲|乙){2,3}[^。]{0,40}甲", "甲", 100000);
	assert_true(steps_of(&x, &hits) < (uint64_t)100000 * 64);
	assert_int_equal(hits, 100000 - 3);
	program_rig_done(&x.g);
}

/* ---- rows ---- */

static void
vector_instructions_find_what_plain_ones_find(void **state)
{
	struct world *w = *state;
	uint8_t low[2 * FA_ROW_PIECE + 1], high[2 * FA_ROW_PIECE + 1];
	uint16_t symbols[2 * FA_ROW_PIECE];

	for (int k = 0; k < 20000; k++) {
		struct fa_word_set set = { 0 };
		struct fa_class_few few = { .n = (uint16_t)roll(w, 7) };
		uint32_t at = roll(w, FA_ROW_PIECE);
		uint32_t size = 1 + roll(w, FA_ROW_PIECE);

		for (uint32_t n = roll(w, 40); n > 0; n--) {
			set.first[roll(w, 2)] |= UINT64_C(1) << roll(w, 64);
			set.second[roll(w, 2)] |= UINT64_C(1) << roll(w, 64);
		}
		for (size_t i = 0; i < few.n; i++)
			few.symbol[i] = (uint16_t)(roll(w, 20) * 3277);
		for (size_t i = 0; i < sizeof(low); i++) {
			low[i] = (uint8_t)roll(w, 64);
			high[i] = (uint8_t)roll(w, 64);
		}
		for (size_t i = 0; i < FA_COUNT(symbols); i++)
			symbols[i] = (uint16_t)(roll(w, 20) * 3277);
		assert_true(fa_row_words(&set, low + at, high + at, size,
				    FA_SIMD_SCALAR) ==
			fa_row_words(&set, low + at, high + at, size,
				fa_cpu_simd()));
		assert_true(
			fa_row_few(&few, symbols + at, size, FA_SIMD_SCALAR) ==
			fa_row_few(&few, symbols + at, size, fa_cpu_simd()));
	}
}

static void
a_decoded_text_knows_where_its_characters_are(void **state)
{
	struct world *w = *state;
	struct fa_str text = FA_STR("a人\xf0\xa0\x80\x80¥b");
	struct fa_runes t;

	must(fa_runes_decode(&t, w->g.p, w->g.s, text, &w->a, &w->err),
		&w->err);
	assert_int_equal(t.n, 5);
	assert_int_equal(t.at[0], 0);
	assert_int_equal(t.at[1], 1);
	assert_int_equal(t.at[2], 4);
	assert_int_equal(t.at[3], 8);
	assert_int_equal(t.at[4], 10);
	assert_int_equal(t.at[5], 11);
	assert_int_equal(t.symbol[2], FA_SYMBOL_OTHER);
	assert_int_equal(t.symbol[5], FA_SYMBOL_END);
}

static void
running_out_of_memory_is_an_error(void **state)
{
	struct world *w = *state;
	struct fa_program_scratch *s;
	struct fa_arena small;
	struct fa_runes t;

	fa_arena_init(&small, 64);
	assert_int_equal(fa_program_scratch_new(&s, w->g.p, &small, &w->err),
		FA_E_NOMEM);
	assert_int_equal(fa_runes_decode(&t, w->g.p, w->g.s, FA_STR("人脸"),
				 &small, &w->err),
		FA_E_NOMEM);
	fa_arena_done(&small);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_pattern_of_the_rules_has_a_program),
		cmocka_unit_test(they_find_in_policies_what_pcre2_finds),
		cmocka_unit_test(
			they_find_in_texts_of_their_own_words_what_pcre2_finds),
		cmocka_unit_test(invented_patterns_find_what_pcre2_finds),
		cmocka_unit_test(
			what_explodes_for_backtracking_takes_bounded_work),
		cmocka_unit_test(a_run_without_an_end_takes_linear_work),
		cmocka_unit_test(
			a_match_at_every_character_of_a_long_text_is_found),
		cmocka_unit_test(vector_instructions_find_what_plain_ones_find),
		cmocka_unit_test(a_decoded_text_knows_where_its_characters_are),
		cmocka_unit_test(running_out_of_memory_is_an_error),
	};

	return cmocka_run_group_tests(tests, world_open, world_close);
}
