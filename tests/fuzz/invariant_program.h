/* A program finds what PCRE2 finds, from every character on. Patterns come from
 * anywhere: their expansion for PCRE2 is made here once more, without
 * rules/pattern.c. */
#ifndef FUZZ_INVARIANT_PROGRAM_H
#define FUZZ_INVARIANT_PROGRAM_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/re.h"
#include "base/utf8.h"
#include "match/program.h"
#include "rules/program.h"

#define PROGRAM_STEPS_BASE 4096

/* What is wanted to run both. */
struct program_rig {
	struct fa_arena tables, text;
	const struct fa_programs *p;
	struct fa_program_scratch *s;
	struct fa_re_scratch *re;
	struct fa_err err;
};

static inline void
program_must(bool holds)
{
	if (!holds)
		abort();
}

/* Of patterns whose programs are there. */
static inline void
program_rig_of(struct program_rig *g, const struct fa_programs *p)
{
	memset(g, 0, sizeof(*g));
	fa_arena_init(&g->tables, (size_t)64 << 20);
	fa_arena_init(&g->text, (size_t)64 << 20);
	g->p = p;
	program_must(
		fa_program_scratch_new(&g->s, p, &g->tables, &g->err) == FA_OK);
	program_must(fa_re_scratch_new(&g->re, &g->err) == FA_OK);
}

static inline void
program_rig_done(struct program_rig *g)
{
	fa_program_scratch_done(g->s);
	fa_re_scratch_free(g->re);
	fa_arena_done(&g->text);
	fa_arena_done(&g->tables);
}

static inline void
program_add_words(struct fa_buf *out, const struct fa_lexicon *l)
{
	fa_buf_adds(out, "(?:");
	for (size_t i = 0; i < l->words_n; i++) {
		if (i > 0)
			fa_buf_addc(out, '|');
		fa_buf_adds(out, "\\Q");
		fa_buf_add(out, l->words[i]);
		fa_buf_adds(out, "\\E");
	}
	fa_buf_addc(out, ')');
}

/* What stands for "{...}" at src.p[at], and where it ends; 0: nothing does. */
static inline size_t
program_expand_brace(struct fa_buf *out, const struct fa_bundle *b,
	struct fa_str src, size_t at)
{
	size_t close = fa_str_find(src, FA_STR("}"), at);
	struct fa_str inner;

	if (close == SIZE_MAX)
		return 0;
	inner = fa_str_sub(src, at + 1, close);
	if (fa_str_starts(inner, FA_STR(".."))) {
		struct fa_str n = fa_str_sub(inner, 2, inner.n);

		fa_buf_adds(out, "[^。！？；!?;\\n]{0,");
		fa_buf_add(out, n.n > 0 ? n : FA_STR("12"));
		fa_buf_adds(out, "}?");
		return close + 1;
	}
	for (size_t i = 0; i < b->lexicons_n; i++) {
		if (fa_str_eq(b->lexicons[i].name, inner)) {
			program_add_words(out, &b->lexicons[i]);
			return close + 1;
		}
	}
	return 0;
}

static inline void
program_expand(struct fa_buf *out, const struct fa_bundle *b, struct fa_str src)
{
	bool class = false;

	for (size_t at = 0; at < src.n;) {
		size_t next =
			src.p[at] == '{' && !class ? program_expand_brace(
							     out, b, src, at)
						   : 0;

		if (next > 0) {
			at = next;
			continue;
		}
		if (src.p[at] == '\\' && at + 1 < src.n)
			fa_buf_addc(out, src.p[at++]);
		else if (src.p[at] == '[' && !class)
			class = true;
		else if (src.p[at] == ']')
			class = false;
		fa_buf_addc(out, src.p[at++]);
	}
}

/* Both find the same from a character on; *hit is it. A search that PCRE2 gives
 * up says nothing. */
static inline int
program_agrees(struct program_rig *g, uint32_t pattern, const struct fa_re *re,
	const struct fa_runes *t, struct fa_str text, uint32_t from,
	struct fa_rune_hit *hit)
{
	struct fa_re_hit expected = { 0, 0 };
	uint64_t steps = fa_program_steps(g->s);
	int found = fa_program_find(g->p, pattern, t, from, hit, g->s);
	int rc = fa_re_find(re, g->re, text, t->at[from], &expected, &g->err);

	/* Far less than anything that grows faster than the table of notes. */
	steps = fa_program_steps(g->s) - steps;
	program_must(steps <= PROGRAM_STEPS_BASE +
			(uint64_t)g->p->programs[pattern].code_n * (t->n + 1) *
				(t->n + 1));
	program_must(found == 0 || found == 1);
	if (rc < 0)
		return found;
	if (found != rc)
		return -1;
	if (found == 1 &&
		(t->at[hit->from] != expected.from ||
			t->at[hit->to] != expected.to))
		return -1;
	return found;
}

/* From every character on; false when they differ. */
static inline bool
program_agrees_everywhere(struct program_rig *g, uint32_t pattern,
	const struct fa_re *re, struct fa_str text, enum fa_simd simd)
{
	struct fa_rune_hit hit;
	struct fa_runes t;

	fa_arena_reset(&g->text);
	fa_program_use(g->s, simd);
	program_must(fa_runes_decode(&t, g->p, g->s, text, &g->text, &g->err) ==
		FA_OK);
	for (uint32_t from = 0; from <= t.n; from++)
		if (program_agrees(g, pattern, re, &t, text, from, &hit) < 0)
			return false;
	return true;
}

#endif
