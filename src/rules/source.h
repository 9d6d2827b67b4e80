/* Private to the writer of C source (source.c): the texts of the bundle, each
 * of which is written once, however often it is said, and what tables are made
 * of. */
#ifndef FA_RULES_SOURCE_H
#define FA_RULES_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "model/rule.h"

#define FA_SOURCE_BUCKETS 65536

struct fa_source_text {
	struct fa_str text;
	size_t at;     /* its first byte in the array of all texts */
	uint32_t next; /* in the bucket, plus one; 0 ends */
};

struct fa_source {
	const struct fa_bundle *b;
	struct fa_arena *a;
	struct fa_buf *body; /* the tables, which name texts by their place */
	struct fa_buf *texts;
	struct fa_source_text *known;
	size_t known_n, known_cap;
	size_t texts_bytes;
	uint32_t bucket[FA_SOURCE_BUCKETS];
	int rc; /* 0, or the first failure, which sticks */
};

/* A string literal, as one token. */
void fa_source_literal(struct fa_buf *out, struct fa_str text);
/* Parts of an initialiser, with a comma behind each. */
void fa_source_number(struct fa_source *s, uint64_t n);
void fa_source_text2(struct fa_source *s, const struct fa_text2 *t);
/* A pointer to the items of a table from the item at on, and their number n.
 * The cast takes const off what the struct, which loaders fill, does not
 * promise to leave alone. */
void fa_source_list(struct fa_source *s, const char *type, const char *table,
	size_t at, size_t n);
void fa_source_item_begin(struct fa_source *s);
void fa_source_item_end(struct fa_source *s);
/* C has no empty array: a table without items is left out (false), and nothing
 * refers to it. */
bool fa_source_table_begin(
	struct fa_source *s, const char *type, const char *name, size_t n);
void fa_source_table_end(struct fa_source *s);
/* The tables of vocabularies, patterns, conditions and rules. */
void fa_source_rules(struct fa_source *s);
/* The word table, as `table'. */
void fa_source_words(struct fa_source *s);
/* The programs of the patterns, as `programs'. */
void fa_source_programs(struct fa_source *s);
/* Writes "{t+AT,N}," for a slice, "{NULL,0}," for an absent one. */
void fa_source_str(struct fa_source *s, struct fa_str text);

#endif
