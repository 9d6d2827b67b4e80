/* The machine against PCRE2 on texts that are glued together of what a pattern
 * of the rules is made of, so that they match, or nearly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rig_program.h"

#define GLUED 12 /* texts for each pattern */
#define TEXT_BYTES 4000

struct glue {
	struct oracles *w;
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
	struct oracles *w = *state;
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			they_find_in_texts_of_their_own_words_what_pcre2_finds),
	};

	return cmocka_run_group_tests(tests, oracles_open, oracles_close);
}
