/* What goes down the pipes, as the child reads it (child.h). */
#ifndef FC_CHILD_WIRE_H
#define FC_CHILD_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facecheck/child/child.h"

struct fc_wire {
	uint32_t frames, width, height;
	enum fc_turn turn;
};

/* Bytes of the pixels that follow, or 0 for a head outside the rules; then *out
 * is untouched. A reference has one frame and no turn. */
size_t fc_wire_parse(
	struct fc_wire *out, const uint8_t head[FC_WIRE_HEAD], bool reference);
void fc_wire_write(uint8_t head[FC_WIRE_HEAD], const struct fc_wire *w);

/* Before the probe the parent sends what it wants of it. */
#define FC_ORDER_BYTES 4
void fc_order_write(uint8_t out[FC_ORDER_BYTES], const struct fc_order *o);
/* false when these bytes are no order. */
bool fc_order_parse(struct fc_order *out, const uint8_t in[FC_ORDER_BYTES]);

#endif
