/* The machine against PCRE2 for patterns that nobody wrote. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rig_program.h"

#define INVENTED 1500 /* patterns */
#define INVENTED_TEXTS 12
#define TEXT_BYTES 4000

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

static void invent_choice(
	struct oracles *w, struct fa_buf *out, unsigned depth);

static void
invent_char(struct oracles *w, struct fa_buf *out)
{
	fa_buf_add(out, chars[roll(w, 9)]);
}

static void
invent_class(struct oracles *w, struct fa_buf *out)
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
invent_behind(struct oracles *w, struct fa_buf *out)
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
invent_group(struct oracles *w, struct fa_buf *out, unsigned depth)
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
invent_element(struct oracles *w, struct fa_buf *out, unsigned depth)
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
invent_choice(struct oracles *w, struct fa_buf *out, unsigned depth)
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
agree_on_invented(struct oracles *w, struct program_rig *g,
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
agree_on_patterns(struct oracles *w, const struct fa_bundle *b)
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
	struct oracles *w = *state;
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(invented_patterns_find_what_pcre2_finds),
	};

	return cmocka_run_group_tests(tests, oracles_open, oracles_close);
}
