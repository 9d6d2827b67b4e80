/* The map of a document: for every byte of its text, the bytes of the original
 * that it stands for. Text and original are cut into cells, mostly characters;
 * cells of equal sizes that lie end to end on both sides are a run.
 *
 * A run takes one byte, because nearly all are short and of three kinds. The
 * code is a sequence of
 *
 *   00nnnnnn  n + 1 cells of 3 bytes of text: wide characters
 *   01nnnnnn  n + 1 cells of 1 byte of text: ASCII
 *   10nnnnnn  n + 1 cells of 1 byte of text, wide in the original
 *   110nnnnn  n + 1 bytes of the original that no text stands for
 *   11100000  number: so many bytes likewise
 *   11100001  a cell of 1 byte of text, none of the original: a new line
 *   11100010  number number number: bytes of text and of the original of a
 *             cell, and how many cells
 *
 * Numbers have seven bits in a byte, the lowest first, and a bit that tells
 * that more follow. How many bytes of the original a wide character and ASCII
 * take depends on its encoding and stands beside the code.
 *
 *   我们使用App，<b>本  in UTF-8:  03 42 80 c2 00
 *
 * Marks lead to the place in the code for a place in the text. */
#ifndef FA_MODEL_MAP_H
#define FA_MODEL_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FA_MAP_CELLS 64 /* of a run of one byte, at most */
#define FA_MAP_GAP 32   /* bytes, likewise */

enum fa_map_op {
	FA_MAP_WIDE = 0x00,
	FA_MAP_ASCII = 0x40,
	FA_MAP_NARROWED = 0x80,
	FA_MAP_SKIP = 0xc0,
	FA_MAP_SKIP_FAR = 0xe0,
	FA_MAP_LINE = 0xe1,
	FA_MAP_CELLS_OF = 0xe2
};

/* Where a byte of the code stands: behind which bytes of the text and of the
 * original. */
struct fa_map_mark {
	uint32_t text, raw, code;
};

struct fa_map {
	const uint8_t *code;
	size_t code_n;
	const struct fa_map_mark *marks; /* ascending; may be few */
	size_t marks_n;
	uint8_t ascii, wide; /* bytes in the original */
};

/* Cells of text_step bytes of text that stand for raw_step bytes of the
 * original each, from text_from and raw_from on, up to text_to. raw_step 0
 * marks text that the original does not have (the newline between two
 * blocks). */
struct fa_map_run {
	uint32_t text_from, text_to;
	uint32_t raw_from;
	uint32_t text_step, raw_step;
};

/* A walk over the runs: where the next one begins. */
struct fa_map_walk {
	const struct fa_map *map;
	size_t at;
	uint32_t text, raw;
};

/* A walk whose first run is the one that holds text offset off, or the first
 * one of all. */
struct fa_map_walk fa_map_walk_from(const struct fa_map *map, uint32_t off);
/* Goes on to the run that holds off, which is not behind the walk. */
void fa_map_walk_on(struct fa_map_walk *w, uint32_t off);
/* The next run, or false at the end. */
bool fa_map_next(struct fa_map_walk *w, struct fa_map_run *run);

#endif
