/* Patterns as programs: the input is a pattern and, behind its first line
 * break, a text. Invariant: where the pattern has a program, it finds what
 * PCRE2 finds from every character on, in a bounded number of steps. */
#include "fuzz/invariant_program.h"

#define PATTERN_BYTES 200
#define TEXT_BYTES 400

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct fa_str face[] = { FA_STR_INIT("人脸识别"), FA_STR_INIT("人脸"),
	FA_STR_INIT("刷脸"), FA_STR_INIT("脸") };
static struct fa_str verb[] = { FA_STR_INIT("ab"), FA_STR_INIT("b.") };
static struct fa_lexicon lexicons[] = {
	{ .name = FA_STR_INIT("face"), .words = face, .words_n = 4 },
	{ .name = FA_STR_INIT("verb"), .words = verb, .words_n = 2 },
};

static void
check(struct fa_str source, struct fa_str text)
{
	struct fa_pattern pattern = { .source = source };
	struct fa_bundle b = { .lexicons = lexicons,
		.lexicons_n = FA_COUNT(lexicons),
		.patterns = &pattern,
		.patterns_n = 1 };
	const struct fa_programs *p = NULL;
	struct program_rig g;
	struct fa_arena a;
	struct fa_buf regex;
	struct program_oracle oracle;

	fa_arena_init(&a, (size_t)64 << 20);
	fa_buf_init(&regex, 1u << 16);
	program_must(fa_programs_new(&p, &b, &a, NULL) == FA_OK);
	program_expand(&regex, &b, source);
	if (fa_program_exists(p, 0) &&
		program_oracle_init(&oracle, fa_buf_str(&regex), false)) {
		program_rig_of(&g, p);
		program_must(program_agrees_everywhere(
			&g, 0, &oracle, text, FA_SIMD_SCALAR));
		program_must(program_agrees_everywhere(
			&g, 0, &oracle, text, fa_cpu_simd()));
		program_rig_done(&g);
		program_oracle_done(&oracle);
	}
	fa_buf_done(&regex);
	fa_arena_done(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str rest = { (const char *)data, size };
	struct fa_str source = fa_str_cut(&rest, '\n');

	if (size == 0 || source.n > PATTERN_BYTES || rest.n > TEXT_BYTES ||
		!fa_utf8_valid(source) || !fa_utf8_valid(rest))
		return 0;
	check(source, rest);
	return 0;
}
