#include "base/sm3.h"

#include <string.h>

#include "base/attr.h"

#define BLOCK_BYTES 64
#define WORDS 16
#define ROUNDS 64

/* GB/T 32905-2016, 4.1 */
static const uint32_t first[8] = { 0x7380166f, 0x4914b2b9, 0x172442d7,
	0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e };

static inline uint32_t
rotl(uint32_t x, unsigned n)
{
	return x << n | x >> ((32 - n) & 31);
}

/* 4.4: the permutations */
static inline uint32_t
p0(uint32_t x)
{
	return x ^ rotl(x, 9) ^ rotl(x, 17);
}

static inline uint32_t
p1(uint32_t x)
{
	return x ^ rotl(x, 15) ^ rotl(x, 23);
}

static inline uint32_t
load(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
		(uint32_t)p[2] << 8 | p[3];
}

static inline void
store(unsigned char *p, uint32_t x)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (unsigned char)(x >> (24 - 8 * i));
}

/* 5.3.2: the message expansion, a word at a time, four rounds ahead of its use,
 * so that the processor has something to do while a round waits for the last.
 */
#define EXPAND(j)                                                              \
	w[j] = p1(w[(j)-16] ^ w[(j)-9] ^ rotl(w[(j)-3], 15)) ^                 \
		rotl(w[(j)-13], 7) ^ w[(j)-6]
#define GIVEN(j) w[j] = load(p + 4 * (j))

/* 5.3.3: one round, with the names of the standard. Instead of moving the
 * words along, the next round calls them by the next names. */
#define ROUND(A, B, C, D, E, F, G, H, FF, GG, t, j)                            \
	do {                                                                   \
		uint32_t a12 = rotl(A, 12);                                    \
		uint32_t ss1 = rotl(a12 + rotl(t, (j) % 32) + E, 7);           \
                                                                               \
		D += FF + (w[j] ^ w[(j) + 4]) + (ss1 ^ a12);                   \
		H = p0(H + GG + w[j] + ss1);                                   \
		B = rotl(B, 9);                                                \
		F = rotl(F, 19);                                               \
	} while (0)
/* 4.3: the functions of the first 16 rounds, and of the others */
#define EARLY(A, B, C, D, E, F, G, H, j)                                       \
	ROUND(A, B, C, D, E, F, G, H, (A ^ B ^ C), (E ^ F ^ G), 0x79cc4519u, j)
#define LATE(A, B, C, D, E, F, G, H, j)                                        \
	ROUND(A, B, C, D, E, F, G, H, ((A & B) | ((A | B) & C)),               \
		(((F ^ G) & E) ^ G), 0x7a879d8au, j)
#define FOUR(R, NEXT, j)                                                       \
	NEXT((j) + 4);                                                         \
	R(a, b, c, d, e, f, g, h, j);                                          \
	NEXT((j) + 5);                                                         \
	R(d, a, b, c, h, e, f, g, (j) + 1);                                    \
	NEXT((j) + 6);                                                         \
	R(c, d, a, b, g, h, e, f, (j) + 2);                                    \
	NEXT((j) + 7);                                                         \
	R(b, c, d, a, f, g, h, e, (j) + 3)
#define SIXTEEN(R, j)                                                          \
	FOUR(R, EXPAND, j);                                                    \
	FOUR(R, EXPAND, (j) + 4);                                              \
	FOUR(R, EXPAND, (j) + 8);                                              \
	FOUR(R, EXPAND, (j) + 12)

typedef void compress_fn(uint32_t v[8], const unsigned char *p, size_t blocks);

static FA_INLINE void
compress_blocks(uint32_t v[8], const unsigned char *p, size_t blocks)
{
	for (; blocks > 0; blocks--, p += BLOCK_BYTES) {
		uint32_t a = v[0], b = v[1], c = v[2], d = v[3];
		uint32_t e = v[4], f = v[5], g = v[6], h = v[7];
		uint32_t w[ROUNDS + 4];

		GIVEN(0);
		GIVEN(1);
		GIVEN(2);
		GIVEN(3);
		FOUR(EARLY, GIVEN, 0);
		FOUR(EARLY, GIVEN, 4);
		FOUR(EARLY, GIVEN, 8);
		FOUR(EARLY, EXPAND, 12);
		SIXTEEN(LATE, 16);
		SIXTEEN(LATE, 32);
		SIXTEEN(LATE, 48);
		v[0] ^= a;
		v[1] ^= b;
		v[2] ^= c;
		v[3] ^= d;
		v[4] ^= e;
		v[5] ^= f;
		v[6] ^= g;
		v[7] ^= h;
	}
}

static void
compress(uint32_t v[8], const unsigned char *p, size_t blocks)
{
	compress_blocks(v, p, blocks);
}

#ifdef __x86_64__
/* The same, by rotations that leave their source as it is. */
static FA_BMI2 void
compress_bmi2(uint32_t v[8], const unsigned char *p, size_t blocks)
{
	compress_blocks(v, p, blocks);
}
#endif

static compress_fn *
best(void)
{
#ifdef __x86_64__
	if (__builtin_cpu_supports("bmi2"))
		return compress_bmi2;
#endif
	return compress;
}

void
fa_sm3(unsigned char out[FA_SM3_BYTES], struct fa_str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	unsigned char end[2 * BLOCK_BYTES] = { 0 };
	size_t whole = s.n / BLOCK_BYTES, rest = s.n % BLOCK_BYTES;
	size_t end_bytes =
		rest + 9 > BLOCK_BYTES ? 2 * BLOCK_BYTES : BLOCK_BYTES;
	compress_fn *run = best();
	uint32_t v[8];

	memcpy(v, first, sizeof(v));
	run(v, p, whole);
	/* 5.2: a bit, zeros, and the length in bits */
	if (rest > 0)
		memcpy(end, p + whole * BLOCK_BYTES, rest);
	end[rest] = 0x80;
	store(end + end_bytes - 8, (uint32_t)((uint64_t)s.n >> 29));
	store(end + end_bytes - 4, (uint32_t)((uint64_t)s.n << 3));
	run(v, end, end_bytes / BLOCK_BYTES);
	for (unsigned i = 0; i < 8; i++)
		store(out + 4 * i, v[i]);
}
