/* The map of a text (model/map.h) while it is written. */
#ifndef FA_READ_MAP_WRITE_H
#define FA_READ_MAP_WRITE_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "model/doc.h"
#include "model/map.h"

#define FA_MAP_OP_BYTES 24    /* of the longest op, with a gap before it */
#define FA_MAP_MARK_BYTES 128 /* of text between two marks, at least */

struct fa_map_write {
	struct fa_buf code, marks;
	uint8_t ascii, wide; /* as in struct fa_map */
	uint32_t raw_end;    /* of the last cell, in the original */
	uint32_t marked;     /* text offset of the last mark */
	/* The kind of the last run, when it may still grow; else FA_MAP_SKIP.
	 * Those of FA_MAP_CELLS_OF have their sizes here, and their place. */
	unsigned kind;
	uint32_t text_step, raw_step, cells;
	size_t at;
};

/* For an encoding, and text of about so many bytes. */
void fa_map_write_init(
	struct fa_map_write *m, enum fa_encoding e, size_t text_bytes);
void fa_map_write_done(struct fa_map_write *m);
/* Bytes of the original that no text stands for follow, up to raw. There must
 * be room for FA_MAP_OP_BYTES. */
void fa_map_write_skip(struct fa_map_write *m, uint32_t raw);
/* A cell: n bytes of text at offset text, for raw. */
void fa_map_write_cell(
	struct fa_map_write *m, uint32_t text, uint32_t n, struct fa_range raw);
/* A mark, when the last one is far behind text offset text, which is the end
 * of the text so far. */
void fa_map_write_mark(struct fa_map_write *m, uint32_t text);
/* Moves the map to the arena and empties m; false when memory is out. */
FA_MUST_CHECK bool fa_map_write_take(
	struct fa_map *out, struct fa_map_write *m, struct fa_arena *a);

#endif
