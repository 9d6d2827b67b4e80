/* Programs for the patterns of a bundle: see model/program.h for what they are
 * and rules/program.h for how they come about. */
#include "rules/program.h"

#include <string.h>

#define WORK_BYTES ((size_t)256 << 20)
#define ONE_BYTES ((size_t)16 << 20) /* for one pattern */

/* A pattern that no program can stand for leaves nothing behind. */
static void
compile(struct fa_prog_maker *m, struct fa_str source, struct fa_program *out)
{
	struct fa_prog_node *tree;

	*out = (struct fa_program){ .code = FA_PROGRAM_NONE };
	m->opaque = false;
	m->start = m->code.n;
	fa_arena_reset(&m->one);
	tree = fa_prog_parse(m, source);
	if (tree != NULL && !fa_prog_failed(m))
		fa_prog_emit(m, tree);
	fa_prog_analyse(m, out);
	if (fa_prog_failed(m)) {
		*out = (struct fa_program){ .code = FA_PROGRAM_NONE };
		m->code.n = m->start;
	}
}

static bool
begin(struct fa_prog_maker *m)
{
	size_t n = m->b->lexicons_n;

	fa_prog_pool_init(m, &m->classes);
	fa_prog_pool_init(m, &m->filters);
	fa_prog_pool_init(m, &m->sets);
	m->lexicon = fa_prog_new(m, &m->work, n, sizeof(*m->lexicon));
	m->lexicon_set = fa_prog_new(m, &m->work, n, sizeof(*m->lexicon_set));
	if (m->rc == FA_OK)
		fa_prog_alphabet_make(m);
	return m->rc == FA_OK;
}

static const void *
copy(struct fa_prog_maker *m, struct fa_arena *a, const void *from, size_t n,
	size_t size)
{
	void *to = fa_prog_new(m, a, n, size);

	if (to != NULL && n > 0)
		memcpy(to, from, n * size);
	return to;
}

static const uint16_t *
filters_of(struct fa_prog_maker *m, struct fa_arena *a, size_t *n)
{
	const struct fa_prog_pool *p = &m->filters;
	const size_t size = 1 + FA_PROGRAM_ROWS;
	uint16_t *to;

	*n = p->entries_n * size;
	to = fa_prog_new(m, a, *n, sizeof(*to));
	for (size_t i = 0; to != NULL && i < p->entries_n; i++) {
		const struct fa_prog_entry *e = &p->entry[i];

		to[i * size] = (uint16_t)e->n;
		for (size_t k = 0; k < e->n; k++)
			to[i * size + 1 + k] = p->at[e->at + k];
	}
	return to;
}

static const uint64_t *
classes_of(struct fa_prog_maker *m, struct fa_arena *a)
{
	size_t n = m->classes.entries_n;
	uint64_t *to = fa_prog_new(m, a, n * m->class_words, sizeof(*to));

	for (size_t i = 0; to != NULL && i < n; i++)
		fa_prog_class_bits(m, (uint32_t)i, to + i * m->class_words);
	return to;
}

/* Writes the symbols in (1) or not in (0) a class; false: there are many. */
static bool
list_few(
	struct fa_class_few *out, const uint64_t *bits, size_t symbols, bool in)
{
	*out = (struct fa_class_few){ .others = !in };
	for (size_t s = FA_SYMBOL_END + 1; s < symbols; s++) {
		if (((bits[s / 64] >> (s % 64)) & 1) != in)
			continue;
		if (out->n == FA_CLASS_FEW)
			return false;
		out->symbol[out->n++] = (uint16_t)s;
	}
	return out->n > 0;
}

static const struct fa_class_few *
few_of(struct fa_prog_maker *m, struct fa_arena *a, const uint64_t *classes)
{
	size_t n = m->classes.entries_n;
	struct fa_class_few *to = fa_prog_new(m, a, n, sizeof(*to));

	for (size_t i = 0; to != NULL && classes != NULL && i < n; i++) {
		const uint64_t *bits = classes + i * m->class_words;

		if (!list_few(&to[i], bits, m->alphabet.n, true) &&
			!list_few(&to[i], bits, m->alphabet.n, false))
			to[i] = (struct fa_class_few){ 0 };
	}
	return to;
}

/* Puts what was made into a. */
static void
collect(struct fa_prog_maker *m, const struct fa_program *programs,
	struct fa_arena *a, struct fa_programs *out)
{
	const struct fa_prog_alphabet *x = &m->alphabet;

	out->programs = programs;
	out->programs_n = m->b->patterns_n;
	out->code = copy(m, a, m->code.at, m->code.n, sizeof(uint16_t));
	out->code_n = m->code.n;
	out->filters = filters_of(m, a, &out->filters_n);
	out->sets = copy(m, a, m->set, m->sets.entries_n, sizeof(*m->set));
	out->sets_n = m->sets.entries_n;
	out->tries = copy(m, a, m->tries.at, m->tries.n, sizeof(uint16_t));
	out->tries_n = m->tries.n;
	out->classes = classes_of(m, a);
	out->few = few_of(m, a, out->classes);
	out->classes_n = m->classes.entries_n;
	out->class_words = m->class_words;
	out->page = copy(m, a, x->page, 256, sizeof(uint16_t));
	out->symbols =
		copy(m, a, x->symbols, x->pages_n * 256, sizeof(uint16_t));
	out->pages_n = x->pages_n;
	out->symbols_n = x->n;
	for (size_t i = 0; i < out->programs_n; i++)
		if (programs[i].code != FA_PROGRAM_NONE &&
			programs[i].frames > out->frames)
			out->frames = programs[i].frames;
}

static void
make(struct fa_prog_maker *m, struct fa_arena *a, struct fa_programs *out)
{
	size_t n = m->b->patterns_n;
	struct fa_program *programs = fa_prog_new(m, a, n, sizeof(*programs));

	if (programs == NULL || !begin(m))
		return;
	for (size_t i = 0; i < n && m->rc == FA_OK; i++)
		compile(m, m->b->patterns[i].source, &programs[i]);
	if (m->rc == FA_OK)
		collect(m, programs, a, out);
}

int
fa_programs_new(const struct fa_programs **out, const struct fa_bundle *b,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_prog_maker m = { .b = b };
	struct fa_programs *made = fa_arena_new(a, 1, sizeof(*made));

	fa_arena_init(&m.work, WORK_BYTES);
	fa_arena_init(&m.one, ONE_BYTES);
	if (made != NULL)
		make(&m, a, made);
	fa_arena_done(&m.work);
	fa_arena_done(&m.one);
	if (made == NULL || m.rc < 0)
		return fa_fail(err, FA_E_NOMEM,
			"no memory for the programs of patterns");
	*out = made;
	return FA_OK;
}
