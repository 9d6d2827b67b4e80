/* Colours as computed styles spell them, and how well they stand out. */
#ifndef FA_MODEL_COLOUR_H
#define FA_MODEL_COLOUR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct fa_colour {
	uint32_t rgb;   /* 0xRRGGBB */
	uint32_t alpha; /* of 1000 */
};

/* A decimal number ("12.5", "-3e-7") times 100, cut to what fits; false for
 * anything else. */
bool fa_colour_number(struct fa_str s, int64_t *hundredths);
/* "rgb(1, 2, 3)", "rgba(1, 2, 3, 0.5)", "#010203", "#01020380"; false for
 * anything else. */
bool fa_colour_parse(struct fa_str s, struct fa_colour *out);
/* top with alpha of 1000 over under. */
uint32_t fa_colour_blend(uint32_t top, uint32_t alpha, uint32_t under);
/* WCAG 2.1, "contrast ratio", times 100: 100 to 2100. */
uint32_t fa_colour_contrast(uint32_t a, uint32_t b);

#endif
