/* Private to the parser of patterns: program_parse.c knows what elements are
 * made of, program_class.c what a single character may be. */
#ifndef FA_RULES_PROGRAM_READER_H
#define FA_RULES_PROGRAM_READER_H

#include "base/utf8.h"
#include "rules/program.h"

struct fa_prog_reader {
	struct fa_prog_maker *m;
	struct fa_str src;
	size_t at;
	unsigned depth;
	bool caseless;
};

/* Makes the pattern opaque; NULL, to be returned. */
static inline struct fa_prog_node *
fa_prog_opaque(struct fa_prog_reader *r)
{
	r->m->opaque = true;
	return NULL;
}

/* The byte i behind the place at hand, or NUL behind the end. */
static inline char
fa_prog_peek(const struct fa_prog_reader *r, size_t i)
{
	return r->at + i < r->src.n ? r->src.p[r->at + i] : '\0';
}

/* Takes a character; 0 at the end. */
static inline uint32_t
fa_prog_next_rune(struct fa_prog_reader *r)
{
	uint32_t cp = 0;

	if (r->at < r->src.n)
		r->at += fa_utf8_next(fa_str_sub(r->src, r->at, r->src.n), &cp);
	return cp;
}

/* A node of this kind; NULL when there is no memory for it. */
static inline struct fa_prog_node *
fa_prog_node(struct fa_prog_reader *r, enum fa_prog_kind kind, uint32_t x)
{
	struct fa_prog_node *n = fa_prog_new(r->m, &r->m->one, 1, sizeof(*n));

	if (n != NULL) {
		n->kind = kind;
		n->x = x;
	}
	return n;
}

/* A character that stands for itself. */
struct fa_prog_node *fa_prog_char(struct fa_prog_reader *r, uint32_t cp);
/* Any character but those. */
struct fa_prog_node *fa_prog_all_but(
	struct fa_prog_reader *r, struct fa_str those);
/* What begins with a backslash; with a bracket. */
struct fa_prog_node *fa_prog_read_escape(struct fa_prog_reader *r);
struct fa_prog_node *fa_prog_read_class(struct fa_prog_reader *r);

#endif
