/* A sketch while it is read. Only sketch*.c includes this. */
#ifndef FA_FLOW_SKETCH_H
#define FA_FLOW_SKETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "flow/draft.h"

/* Flags in braces, of a screen or of what stands on one. */
enum fa_sketch_flag {
	FA_SKETCH_MODAL = 1,
	FA_SKETCH_SERVICE = 2,
	FA_SKETCH_HALF = 4,
	FA_SKETCH_OPAQUE = 8,
	FA_SKETCH_UNEXPLORED = 16,
	FA_SKETCH_SMALL = 32,
	FA_SKETCH_BIG = 64,
	FA_SKETCH_FAINT = 128,
	FA_SKETCH_STRONG = 256,
	FA_SKETCH_OFF = 512,
	FA_SKETCH_HIDDEN = 1024,
	FA_SKETCH_CAMERA = 2048,
	FA_SKETCH_UPLOAD = 4096
};

/* A transition whose target is known by its id only. */
struct fa_sketch_goal {
	size_t transition;
	struct fa_str to;
	size_t line;
};

struct fa_sketch {
	struct fa_draft d;
	enum fa_flow_basis basis;
	size_t line; /* 1-based */
	struct fa_sketch_goal *goals;
	size_t goals_n, goals_cap;
};

/* Fails with FA_E_INPUT and the line. */
void fa_sketch_fail(struct fa_sketch *k, const char *fmt, ...) FA_PRINTF(2, 3);
bool fa_sketch_is_id(struct fa_str s);
/* Cuts "{flag flag}" off the end of *s and gives the set. */
unsigned fa_sketch_flags(struct fa_sketch *k, struct fa_str *s);
void fa_sketch_screen_flags(
	struct fa_sketch *k, struct fa_flow_screen *s, unsigned flags);
/* What stands behind an element: flags and where it leads. */
struct fa_sketch_tail {
	unsigned flags;
	bool goes;
	bool face; /* "=>" */
	struct fa_str to;
};

bool fa_sketch_is_arrow(struct fa_str s); /* does it begin with one? */
bool fa_sketch_is_target(struct fa_str s);
/* Reads what stands behind an element. */
void fa_sketch_tail(
	struct fa_sketch *k, struct fa_str s, struct fa_sketch_tail *t);
/* The transition that t describes, or the gap of "?". */
void fa_sketch_go(struct fa_sketch *k, const struct fa_sketch_tail *t,
	enum fa_flow_action action, uint32_t element, uint32_t wait_ms);
/* Style, visibility and state by the flags. */
void fa_sketch_look(
	struct fa_sketch *k, struct fa_flow_element *e, unsigned flags);
/* A trimmed line of a screen that is neither empty nor a comment. */
void fa_sketch_line(struct fa_sketch *k, struct fa_str line);

#endif
