/* A matcher for tests of what stands around one: a template is the means of 16
 * x 32 blocks, two pictures are of one person when these are close, and a head
 * is alive when its frames differ. It knows nothing of faces. */
#ifndef TESTS_FACECHECK_STANDIN_H
#define TESTS_FACECHECK_STANDIN_H

#include <string.h>

#include "facecheck/face/plugin.h"

#define STANDIN_COLUMNS 16
#define STANDIN_ROWS 32
#define STANDIN_TEMPLATE (STANDIN_COLUMNS * STANDIN_ROWS)
#define STANDIN_SIDE 96 /* of the pictures that tests make */

static inline int
standin_open(const char *dir, void **model)
{
	(void)dir;
	*model = NULL;
	return 0;
}

static inline void
standin_close(void *model)
{
	(void)model;
}

/* Poor is what has no contrast. */
static inline enum fc_saying
standin_encode(const void *model, const struct fc_picture *p, uint8_t *templ,
	void *scratch)
{
	uint32_t *sum = scratch;
	uint32_t *count = sum + STANDIN_TEMPLATE;
	uint8_t low = 255, high = 0;

	(void)model;
	if (p->width < STANDIN_ROWS || p->height < STANDIN_ROWS)
		return FC_SAYS_POOR;
	memset(scratch, 0, 2 * STANDIN_TEMPLATE * sizeof(*sum));
	for (uint32_t y = 0; y < p->height; y++)
		for (uint32_t x = 0; x < p->width; x++) {
			uint8_t v = p->pixels[(size_t)y * p->width + x];
			uint32_t at =
				y * STANDIN_ROWS / p->height * STANDIN_COLUMNS +
				x * STANDIN_COLUMNS / p->width;

			sum[at] += v;
			count[at]++;
			low = v < low ? v : low;
			high = v > high ? v : high;
		}
	if (high - low < 16)
		return FC_SAYS_POOR;
	for (uint32_t i = 0; i < STANDIN_TEMPLATE; i++)
		templ[i] = (uint8_t)(sum[i] / count[i]);
	return FC_SAYS_YES;
}

static inline enum fc_saying
standin_alive(const void *model, const struct fc_picture *frames, uint32_t n,
	enum fc_turn asked, void *scratch)
{
	size_t bytes = (size_t)frames[0].width * frames[0].height;

	(void)model;
	(void)scratch;
	(void)asked;
	for (uint32_t i = 1; i < n; i++)
		if (memcmp(frames[i - 1].pixels, frames[i].pixels, bytes) == 0)
			return FC_SAYS_NO;
	return FC_SAYS_YES;
}

static inline enum fc_saying
standin_compare(const void *model, const uint8_t *a, const uint8_t *b,
	int32_t *score, void *scratch)
{
	int32_t far = 0;

	(void)model;
	(void)scratch;
	for (uint32_t i = 0; i < STANDIN_TEMPLATE; i++)
		far += a[i] > b[i] ? a[i] - b[i] : b[i] - a[i];
	if (score)
		*score = -far;
	return far < 12 * STANDIN_TEMPLATE ? FC_SAYS_YES : FC_SAYS_NO;
}

static const struct fc_plugin standin = {
	.abi = FC_PLUGIN_ABI,
	.name = "standin",
	.version = "1",
	.template_bytes = STANDIN_TEMPLATE,
	.scratch_bytes = 2 * STANDIN_TEMPLATE * sizeof(uint32_t),
	.frames = 2,
	.open = standin_open,
	.encode = standin_encode,
	.alive = standin_alive,
	.compare = standin_compare,
	.close = standin_close,
};

/* The picture of a person, who is a number, as taken once; a square of side
 * pixels. Tiles of one tone each per person, and some noise per take. */
static inline void
standin_picture(uint8_t *pixels, uint32_t side, uint32_t person, uint32_t take)
{
	uint32_t noise = person * 7919u + take * 104729u + 1u;

	for (uint32_t y = 0; y < side; y++)
		for (uint32_t x = 0; x < side; x++) {
			uint32_t tile = (y * STANDIN_ROWS / side) * 64 +
				x * STANDIN_COLUMNS / side;
			uint32_t tone = (tile + 1) * 2654435761u ^
				(person + 1) * 2246822519u;

			tone = (tone ^ tone >> 15) * 2654435761u;
			noise = noise * 1664525u + 1013904223u;
			pixels[(size_t)y * side + x] = (uint8_t)(16 +
				(tone >> 24) * 200 / 255 + (noise >> 28));
		}
}

#endif
