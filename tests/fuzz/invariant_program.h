/* A program finds what PCRE2 finds, from every character on. Patterns come from
 * anywhere: their expansion for PCRE2 is made here once more, without
 * rules/pattern.c. What the interpreter of PCRE2 says holds: its JIT compiler
 * (10.42) loses matches of a group with an empty branch that is repeated, as in
 * (?:b(?:[^,]|){2}[^a]+?)1 on "bc1". */
#ifndef FUZZ_INVARIANT_PROGRAM_H
#define FUZZ_INVARIANT_PROGRAM_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "match/program.h"
#include "rules/program.h"

#define PROGRAM_STEPS_BASE 4096
#define PROGRAM_ORACLE_LIMIT 2000000

/* What is wanted to run both. */
struct program_rig {
	struct fa_arena tables, text;
	const struct fa_programs *p;
	struct fa_program_scratch *s;
	struct fa_err err;
};

/* An expression of PCRE2. */
struct program_oracle {
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *limits;
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
}

static inline void
program_rig_done(struct program_rig *g)
{
	fa_program_scratch_done(g->s);
	fa_arena_done(&g->text);
	fa_arena_done(&g->tables);
}

static inline void
program_oracle_done(struct program_oracle *o)
{
	pcre2_match_context_free(o->limits);
	pcre2_match_data_free(o->data);
	pcre2_code_free(o->code);
}

/* false when PCRE2 refuses it. */
static inline bool
program_oracle_init(struct program_oracle *o, struct fa_str regex, bool jit)
{
	PCRE2_SIZE at;
	int code;

	o->code = pcre2_compile((PCRE2_SPTR)regex.p, regex.n,
		PCRE2_UTF | PCRE2_NEVER_UCP, &code, &at, NULL);
	if (o->code == NULL)
		return false;
	if (jit)
		(void)pcre2_jit_compile(o->code, PCRE2_JIT_COMPLETE);
	o->data = pcre2_match_data_create(1, NULL);
	o->limits = pcre2_match_context_create(NULL);
	program_must(o->data != NULL && o->limits != NULL);
	(void)pcre2_set_match_limit(o->limits, PROGRAM_ORACLE_LIMIT);
	return true;
}

/* 1 with the match, 0 for none, -1 when PCRE2 gave up. */
static inline int
program_oracle_find(const struct program_oracle *o, struct fa_str text,
	size_t from, size_t hit[2])
{
	const PCRE2_SIZE *at;
	int rc = pcre2_match(o->code, (PCRE2_SPTR)(text.n > 0 ? text.p : ""),
		text.n, from, PCRE2_NO_UTF_CHECK, o->data, o->limits);

	if (rc < 0)
		return rc == PCRE2_ERROR_NOMATCH ? 0 : -1;
	at = pcre2_get_ovector_pointer(o->data);
	hit[0] = at[0];
	hit[1] = at[1];
	return 1;
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
 * up says nothing. -1 when they differ. */
static inline int
program_agrees(struct program_rig *g, uint32_t pattern,
	const struct program_oracle *o, const struct fa_runes *t,
	struct fa_str text, uint32_t from, struct fa_rune_hit *hit)
{
	size_t expected[2] = { 0, 0 };
	uint64_t steps = fa_program_steps(g->s);
	int found = fa_program_find(g->p, pattern, t, from, hit, g->s);
	int rc = program_oracle_find(o, text, t->at[from], expected);

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
		(t->at[hit->from] != expected[0] ||
			t->at[hit->to] != expected[1]))
		return -1;
	return found;
}

/* From every character on; false when they differ. */
static inline bool
program_agrees_everywhere(struct program_rig *g, uint32_t pattern,
	const struct program_oracle *o, struct fa_str text, enum fa_simd simd)
{
	struct fa_rune_hit hit;
	struct fa_runes t;

	fa_arena_reset(&g->text);
	fa_program_use(g->s, simd);
	program_must(fa_runes_decode(&t, g->p, g->s, text, &g->text, &g->err) ==
		FA_OK);
	for (uint32_t from = 0; from <= t.n; from++)
		if (program_agrees(g, pattern, o, &t, text, from, &hit) < 0)
			return false;
	return true;
}

#endif
