/* Arithmetic that gives the same bits wherever floats are IEEE 754: only
 * addition, multiplication, division and square root, in a written order. The
 * functions of libm differ from one version and processor to the next, and
 * with them would the rendered faces and the model that is trained on them.
 * (The Makefile forbids contraction to fused operations for these files.)
 * Accurate to about 1e-6 relative, which is all that pictures need. */
#ifndef FC_FACE_EXACT_H
#define FC_FACE_EXACT_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#define FC_PI 3.14159265f

static inline float
fc_clamp(float x, float low, float high)
{
	return x < low ? low : x > high ? high : x;
}

static inline float
fc_max(float a, float b)
{
	return a > b ? a : b;
}

static inline float
fc_abs(float x)
{
	return x < 0 ? -x : x;
}

/* Largest whole number not above x, for |x| < 2^31. */
static inline int
fc_floor(float x)
{
	int i = (int)x;

	return i - ((float)i > x);
}

/* 2^x; below 2^-126 nothing, above 2^126 no more. */
static inline float
fc_exp2(float x)
{
	float c = fc_clamp(x, -126, 126);
	int n = (int)(c + (c < 0 ? -0.5f : 0.5f));
	float f = c - (float)n;
	float p = 1.5403530e-4f;
	uint32_t bits = (uint32_t)(n + 127) << 23;
	float scale;

	p = p * f + 1.3333558e-3f;
	p = p * f + 9.6181291e-3f;
	p = p * f + 5.5504109e-2f;
	p = p * f + 2.4022651e-1f;
	p = p * f + 6.9314718e-1f;
	p = p * f + 1;
	memcpy(&scale, &bits, sizeof(scale));
	return x < -126 ? 0 : p * scale;
}

static inline float
fc_exp(float x)
{
	return fc_exp2(x * 1.44269504f);
}

/* Base 2; x must be above 0. */
static inline float
fc_log2(float x)
{
	uint32_t bits;
	int e;
	float m, t, t2;

	memcpy(&bits, &x, sizeof(bits));
	e = (int)(bits >> 23) - 127;
	bits = (bits & 0x7fffffu) | 0x3f800000u;
	memcpy(&m, &bits, sizeof(m));
	if (m > 1.41421356f) {
		m *= 0.5f;
		e++;
	}
	t = (m - 1) / (m + 1);
	t2 = t * t;
	t *= 2.88539008f *
		(1 + t2 * (0.33333333f + t2 * (0.2f + t2 * 0.14285714f)));
	return (float)e + t;
}

/* x^y for x >= 0. */
static inline float
fc_pow(float x, float y)
{
	return x < 1e-30f ? 0 : fc_exp2(y * fc_log2(x));
}

/* For |x| < 1000. */
static inline float
fc_sin(float x)
{
	float turns = x * 0.15915494f;
	float t = turns - (float)fc_floor(turns + 0.5f);
	float a, a2;

	/* Folded to a quarter turn: sin is even about it. */
	if (t > 0.25f)
		t = 0.5f - t;
	if (t < -0.25f)
		t = -0.5f - t;
	a = t * 6.28318531f;
	a2 = a * a;
	return a *
		(1 +
			a2 *
				(-1.66666667e-1f +
					a2 *
						(8.3333310e-3f +
							a2 *
								(-1.9840874e-4f +
									a2 * 2.7525562e-6f))));
}

static inline float
fc_cos(float x)
{
	return fc_sin(x + 1.57079633f);
}

/* From 0 at a to 1 at b with level ends; a > b falls. */
static inline float
fc_step(float a, float b, float x)
{
	float t = fc_clamp((x - a) / (b - a), 0, 1);

	return t * t * (3 - 2 * t);
}

/* exp(-(d/s)^2 / 2) */
static inline float
fc_bell(float d, float s)
{
	float q = d / s;

	return fc_exp2(-0.72134752f * q * q);
}

/* A stream of numbers (SplitMix64): the state is the seed. */
struct fc_dice {
	uint64_t state;
};

static inline uint64_t
fc_dice_bits(struct fc_dice *d)
{
	uint64_t z = d->state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

/* A stream of its own for each place in a tree of numbers. */
static inline struct fc_dice
fc_dice_for(uint64_t seed, uint64_t a, uint64_t b)
{
	struct fc_dice d = { seed };

	d.state = fc_dice_bits(&d) ^ a;
	d.state = fc_dice_bits(&d) ^ b;
	d.state = fc_dice_bits(&d);
	return d;
}

/* In [0, 1). */
static inline float
fc_dice_even(struct fc_dice *d)
{
	return (float)(uint32_t)(fc_dice_bits(d) >> 40) * (1.0f / 16777216);
}

/* Normal with mean 0 and deviation 1. */
static inline float
fc_dice_normal(struct fc_dice *d)
{
	float u = fc_dice_even(d) + 5e-8f;
	float v = fc_dice_even(d);

	return sqrtf(-1.38629436f * fc_log2(u)) * fc_cos(2 * FC_PI * v);
}

#endif
