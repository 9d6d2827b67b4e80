/* Any bytes as a cascade in XML: what is accepted runs over a picture, reads
 * nothing outside of it (the sanitizers watch) and finds boxes within. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "facecheck/face/cascade.h"

#define WIDTH 90
#define HEIGHT 70

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
run(const struct fc_cascade *c, struct fa_arena *a)
{
	uint8_t *pixels = fa_arena_new(a, WIDTH, HEIGHT);
	uint8_t *memory = fa_arena_new(a, 1, FC_PYRAMID_BYTES);
	struct fc_cascade_scratch *s = fa_arena_new(a, 1, sizeof(*s));
	struct fc_picture picture = { pixels, WIDTH, HEIGHT };
	struct fc_cascade_box box;
	struct fc_pyramid p;

	assert(pixels && memory && s);
	for (unsigned i = 0; i < WIDTH * HEIGHT; i++)
		pixels[i] = (uint8_t)(i * 2654435761u >> 24);
	assert(fc_pyramid_build(&p, &picture, memory));
	if (!fc_cascade_box_find(&box, c, &p, s))
		return;
	assert(box.x >= 0 && box.y >= 0 && box.side > 0);
	assert(box.x < WIDTH && box.y < HEIGHT && box.side <= WIDTH);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str s = { (const char *)data, size };
	struct fc_cascade *c;
	struct fa_arena a;

	fa_arena_init(&a, 4u << 20);
	if (fc_cascade_parse(&c, s, "fuzz", NULL) == FA_OK) {
		run(c, &a);
		fc_cascade_free(c);
	}
	fa_arena_done(&a);
	return 0;
}
