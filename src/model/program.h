/* Patterns as programs: what rules/program.c makes of the patterns of a bundle
 * and match/program.c runs. They find what PCRE2 finds, where it does.
 *
 * Text is read as symbols: a small number for each character that some pattern
 * names, one number for all others. Sets of characters are rows of bits over
 * symbols, sets of words are tries over them. All tables are arrays of plain
 * numbers, which refer to each other by offsets: they can be constants of the
 * program without being relocated.
 *
 * Code is a sequence of 16-bit numbers: an operation, its operands. It never
 * goes backwards.
 *
 *     WORDS s        one of the words of set s, in their order
 *     OPTION s       one of them, or (last) nothing
 *     CHAR c         a character of class c
 *     GREEDY c min max f    so many of class c (max FA_PROGRAM_ENDLESS: no
 *     LAZY c min max f      end), then what filter f lets through
 *     SPLIT to       goes on; when that fails, goes to `to'
 *     JUMP to
 *     BEGIN, END     of the text; END also before a line feed that ends it
 *     IS s, NOT s    a word of set s begins here (none does); takes nothing
 *     IN c, OUT c    a character of class c is next (is not)
 *     AFTER c, UNLESS c     one is before (is not)
 *     BEHIND s, NOT_BEHIND s   a word of set s, which are written backwards,
 *                              ends here (none does)
 *     LOOK to, AVOID to     what follows, up to DONE, matches here (does not);
 *                           takes nothing, goes on at `to'
 *     BACK n         n characters back
 *     DONE           what was looked for is there
 *     FAIL, ACCEPT
 *
 * Targets are counted from the first number of the program. A filter says where
 * a match can go on at all: 0 anywhere; r + 1 where row r has a bit; from
 * FA_PROGRAM_LISTS on, where one of the rows of a list has, which stands in
 * `filters' from (f - FA_PROGRAM_LISTS) * (1 + FA_PROGRAM_ROWS) on, behind
 * their count. Row 2s: a word of set s may begin here; row 2c + 1: a character
 * of class c stands here.
 *
 * A trie is a run of nodes: where its list of ends is (0: no word ends here),
 * number n of children, n symbols in ascending order, n places of children;
 * places are counted from the first node. A list of ends is a count and the
 * lengths of all words on the way, in the order in which they are tried. */
#ifndef FA_MODEL_PROGRAM_H
#define FA_MODEL_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FA_SYMBOL_END 0   /* behind the last character; in no class */
#define FA_SYMBOL_OTHER 1 /* a character that no pattern names */
#define FA_PROGRAM_NONE UINT32_MAX
#define FA_PROGRAM_ENDLESS 0xffff
#define FA_PROGRAM_ROWS 4 /* in a list */
#define FA_PROGRAM_LISTS 0x8000

enum fa_program_op {
	FA_OP_WORDS,
	FA_OP_OPTION,
	FA_OP_CHAR,
	FA_OP_GREEDY,
	FA_OP_LAZY,
	FA_OP_SPLIT,
	FA_OP_JUMP,
	FA_OP_BEGIN,
	FA_OP_END,
	FA_OP_IS,
	FA_OP_NOT,
	FA_OP_IN,
	FA_OP_OUT,
	FA_OP_AFTER,
	FA_OP_UNLESS,
	FA_OP_BEHIND,
	FA_OP_NOT_BEHIND,
	FA_OP_LOOK,
	FA_OP_AVOID,
	FA_OP_BACK,
	FA_OP_DONE,
	FA_OP_FAIL,
	FA_OP_ACCEPT
};
#define FA_PROGRAM_OPS 23

/* What words of a set may begin with, by two parts of a symbol: its last six
 * bits, and six bits further up. A word begins with symbols a, b only if the
 * bits of both parts of a are set in first and those of b in second; when a set
 * has words of one character, all bits of second are. */
struct fa_word_set {
	uint64_t first[2];
	uint64_t second[2];
	uint32_t trie;     /* its first node */
	uint16_t shortest; /* characters of its words */
	uint16_t longest;
};

static inline unsigned
fa_symbol_low(uint16_t symbol)
{
	return symbol % 64;
}

static inline unsigned
fa_symbol_high(uint16_t symbol)
{
	return symbol / 32 % 64;
}

/* A class of few symbols, or of all but a few: n of them, 0 when they are too
 * many for this form. */
#define FA_CLASS_FEW 6
struct fa_class_few {
	uint16_t symbol[FA_CLASS_FEW];
	uint16_t n;
	uint16_t others; /* 1: all but these */
};

struct fa_program {
	uint32_t code; /* its first number; FA_PROGRAM_NONE: no program */
	uint16_t code_n;
	uint16_t least; /* characters of the shortest match */
	/* A match may begin only where this filter lets something through, or
	 * up to so many characters before. */
	uint16_t filter;
	uint16_t reach;
	uint16_t frames; /* choices that are open at a time, at most */
};

struct fa_programs {
	const struct fa_program *programs; /* by pattern of the bundle */
	size_t programs_n;
	const uint16_t *code;
	size_t code_n;
	const uint16_t *filters;
	size_t filters_n;
	const struct fa_word_set *sets;
	size_t sets_n;
	const uint16_t *tries;
	size_t tries_n;
	const uint64_t *classes;        /* class_words numbers for each */
	const struct fa_class_few *few; /* the same classes */
	size_t classes_n;
	size_t class_words;
	const uint16_t *page;    /* 256: of the character cp, page[cp / 256] */
	const uint16_t *symbols; /* 256 for each page */
	size_t pages_n;
	size_t symbols_n; /* how many different ones there are */
	size_t frames;    /* the largest of all programs */
};

/* The symbol of a character; never FA_SYMBOL_END. */
static inline uint16_t
fa_symbol(const struct fa_programs *p, uint32_t cp)
{
	if (cp > 0xffff)
		return FA_SYMBOL_OTHER;
	return p->symbols[(size_t)p->page[cp >> 8] * 256 + (cp & 0xff)];
}

static inline bool
fa_program_exists(const struct fa_programs *p, uint32_t pattern)
{
	return pattern < p->programs_n &&
		p->programs[pattern].code != FA_PROGRAM_NONE;
}

#endif
