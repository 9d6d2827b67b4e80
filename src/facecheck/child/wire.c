#include "facecheck/child/wire.h"

#include <string.h>

static const uint8_t magic[4] = { 'F', 'C', 'P', '1' };

static uint32_t
get32(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
		(uint32_t)p[3] << 24;
}

static void
put32(uint8_t *p, uint32_t v)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> 8 * i);
}

size_t
fc_wire_parse(
	struct fc_wire *out, const uint8_t head[FC_WIRE_HEAD], bool reference)
{
	uint32_t frames = get32(head + 4);
	uint32_t width = get32(head + 8);
	uint32_t height = get32(head + 12);
	uint32_t turn = get32(head + 16);

	if (memcmp(head, magic, sizeof(magic)) != 0)
		return 0;
	if (frames < 1 || frames > (reference ? 1 : FC_FRAMES_MAX))
		return 0;
	if (width < 1 || width > FC_PICTURE_SIDE_MAX || height < 1 ||
		height > FC_PICTURE_SIDE_MAX)
		return 0;
	if (turn > (reference ? FC_TURN_NONE : FC_TURN_RIGHT))
		return 0;
	/* at most 2^23: no overflow */
	if (frames * width * height > FC_PIXELS_MAX)
		return 0;
	*out = (struct fc_wire){ frames, width, height, (enum fc_turn)turn };
	return (size_t)frames * width * height;
}

void
fc_wire_write(uint8_t head[FC_WIRE_HEAD], const struct fc_wire *w)
{
	memcpy(head, magic, sizeof(magic));
	put32(head + 4, w->frames);
	put32(head + 8, w->width);
	put32(head + 12, w->height);
	put32(head + 16, (uint32_t)w->turn);
}

void
fc_order_write(uint8_t out[FC_ORDER_BYTES], const struct fc_order *o)
{
	out[0] = 'O';
	out[1] = o->alive ? 1 : 0;
	out[2] = (uint8_t)o->turn;
	out[3] = '\n';
}

bool
fc_order_parse(struct fc_order *out, const uint8_t in[FC_ORDER_BYTES])
{
	if (in[0] != 'O' || in[1] > 1 || in[2] > FC_TURN_RIGHT || in[3] != '\n')
		return false;
	*out = (struct fc_order){ in[1] == 1, (enum fc_turn)in[2] };
	return true;
}
