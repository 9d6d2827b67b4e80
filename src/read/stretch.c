/* Stretches of plain characters go into the document as they are. Nearly all
 * of a text is plain: printable ASCII, Han and punctuation that fold to
 * themselves (base/plain.h), and full-width ASCII, whose folding is a
 * subtraction. For these there is nothing to decide but where the map needs
 * another run: where the bytes of a character, here or in the original, are
 * not as many as those of the one before.
 *
 *     我们使用App，...    in the map: four wide, three ASCII, one narrowed
 *
 * Whatever is not plain, and what stands at the end of the source text, is
 * left to fa_build_rune. */
#include <string.h>

#include "base/plain.h"
#include "read/build.h"

#define PIECE_BYTES 512 /* of source text, for which room is made at once */
#define READ_BYTES 8    /* that may be looked at from a place on */
#define VECTOR_BYTES 64 /* the same, by vectors */

/* How many bytes of the original a plain character takes. */
struct steps {
	uint32_t ascii, wide;
	bool varies; /* a wide one may also take four, by its second byte */
};

struct weave {
	const unsigned char *p;   /* where the source text is read */
	const unsigned char *end; /* of what may begin a character */
	const unsigned char *text_end;
	const unsigned char *raw; /* the same place in the original */
	char *out;
	uint8_t *code;      /* of the map, where it goes on */
	unsigned kind;      /* as in struct fa_map_write */
	const char *marked; /* where the text goes on behind the last mark */
	size_t runes;
	bool han;
};

static struct steps
steps_of(const struct fa_build *b)
{
	enum fa_encoding e = b->src->encoding;

	return (struct steps){ b->map.ascii, b->map.wide,
		e == FA_ENC_GB18030 || e == FA_ENC_BIG5 };
}

static inline bool
is_graph(unsigned char c)
{
	return c > 0x20 && c < 0x7f;
}

static inline bool
is_wide(uint32_t utf8)
{
	return (utf8 & 0xf0) == 0xe0 && fa_plain_is(utf8);
}

/* The ASCII of a full-width form, else 0: EF BC 81 to EF BD 9E. */
static inline unsigned char
narrowed(uint32_t utf8)
{
	unsigned char last = (unsigned char)(utf8 >> 16);

	if ((utf8 & 0xffff) == 0xbcef && last >= 0x81)
		return (unsigned char)(last - 0x60);
	if ((utf8 & 0xffff) == 0xbdef && last <= 0x9e)
		return (unsigned char)(last - 0x20);
	return 0;
}

static inline uint32_t
four(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
		(uint32_t)p[3] << 24;
}

/* The code point of three bytes. */
static inline uint32_t
rune_of(uint32_t utf8)
{
	return (utf8 & 15) << 12 | (utf8 >> 2 & 0xfc0) | (utf8 >> 16 & 63);
}

static inline bool
is_plain(const unsigned char *p)
{
	return is_graph(*p) || is_wide(four(p)) || narrowed(four(p)) != 0;
}

/* n cells more, of one of the three kinds. */
static FA_INLINE void
map(struct weave *w, unsigned kind, size_t n)
{
	if (w->kind == kind) {
		size_t left = FA_MAP_CELLS - 1 - w->code[-1] % FA_MAP_CELLS;
		size_t more = n < left ? n : left;

		w->code[-1] = (uint8_t)(w->code[-1] + more);
		n -= more;
	}
	w->kind = kind;
	for (; n > FA_MAP_CELLS; n -= FA_MAP_CELLS)
		*w->code++ = (uint8_t)(kind + FA_MAP_CELLS - 1);
	if (n > 0)
		*w->code++ = (uint8_t)(kind + n - 1);
}

/* Bytes of the original, at most FA_MAP_GAP, for which no text stands. */
static FA_INLINE void
skip(struct weave *w, uint32_t n)
{
	*w->code++ = (uint8_t)(FA_MAP_SKIP + n - 1);
	w->kind = FA_MAP_SKIP;
}

/* A mark in the map. */
static void
mark(struct weave *w, struct fa_build *b)
{
	b->map.code.n = (size_t)((char *)w->code - b->map.code.p);
	b->map.raw_end =
		(uint32_t)(w->raw - (const unsigned char *)b->src->raw.p);
	fa_map_write_mark(&b->map, (uint32_t)(w->out - b->text.p));
	w->marked = w->out;
	w->kind = FA_MAP_SKIP;
}

/* Printable ASCII. */
static FA_INLINE void
ascii_scalar(struct weave *w, const struct steps *steps)
{
	const unsigned char *p = w->p;
	const unsigned char *end = w->end;
	char *out = w->out;

	do {
		*out++ = (char)*p++;
	} while (p < end && is_graph(*p));
	w->out = out;
	w->runes += (size_t)(p - w->p);
	w->raw += (size_t)(p - w->p) * steps->ascii;
	w->p = p;
}

static inline bool
is_cjk(const unsigned char *p)
{
	return (*p >= 0xe4 && *p <= 0xe9) ||
		(*p >= 0x80 && fa_rune_is_cjk(rune_of(four(p))));
}

/* One space between plain characters, which falls out between CJK; false when
 * it stands otherwise. */
static FA_INLINE bool
weave_space(struct weave *w, const struct steps *steps)
{
	const unsigned char *next = w->p + 1;

	if (next >= w->end || !is_plain(next) || w->runes == 0)
		return false;
	if (is_cjk(w->p - (w->p[-1] < 0x80 ? 1 : 3)) && is_cjk(next)) {
		skip(w, steps->ascii);
	} else {
		map(w, FA_MAP_ASCII, 1);
		*w->out++ = ' ';
	}
	w->raw += steps->ascii;
	w->p++;
	return true;
}

static inline bool
takes_four(const unsigned char *raw, bool varies)
{
	return varies && raw[1] < 0x40;
}

/* Wide characters, the first of which is known to be plain. */
static FA_INLINE void
wide_scalar(struct weave *w, const struct steps *steps)
{
	const unsigned char *p = w->p;
	const unsigned char *end = w->end;
	const unsigned char *raw = w->raw;
	const uint32_t step = steps->wide;
	const bool varies = steps->varies;
	char *out = w->out;
	uint32_t utf8 = four(p);

	do {
		memcpy(out, &utf8, sizeof(utf8));
		out += 3;
		p += 3;
		raw += step;
		utf8 = four(p);
	} while (p < end && is_wide(utf8) && !takes_four(raw, varies));
	w->runes += (size_t)(p - w->p) / 3;
	w->p = p;
	w->raw = raw;
	w->out = out;
}

#ifdef __x86_64__
#include <immintrin.h>

/* Printable ASCII and single spaces in it, 32 bytes at once. */
FA_AVX2 static inline void
ascii_avx2(struct weave *w, const struct steps *steps)
{
	const unsigned char *p = w->p;
	char *out = w->out;
	size_t n = 32;

	while (n == 32 && w->text_end - p >= VECTOR_BYTES) {
		__m256i v =
			_mm256_loadu_si256((const __m256i *)(const void *)p);
		/* As signed bytes: what is not ASCII is below. */
		uint32_t graph =
			(uint32_t)_mm256_movemask_epi8(_mm256_and_si256(
				_mm256_cmpgt_epi8(v, _mm256_set1_epi8(0x20)),
				_mm256_cmpgt_epi8(_mm256_set1_epi8(0x7f), v)));
		uint32_t space = (uint32_t)_mm256_movemask_epi8(
			_mm256_cmpeq_epi8(v, _mm256_set1_epi8(0x20)));
		uint64_t kept = graph | (space & graph << 1 & graph >> 1);

		n = (size_t)__builtin_ctzll(~kept);
		if (n > (size_t)(w->end - p)) {
			n = (size_t)(w->end - p);
			n -= n > 0 && p[n - 1] == ' '; /* nothing behind it */
		}
		_mm256_storeu_si256((__m256i *)(void *)out, v);
		w->runes += (size_t)__builtin_popcountll(
			graph & (((uint64_t)1 << n) - 1));
		out += n;
		p += n;
	}
	w->raw += p - w->p;
	w->p = p;
	w->out = out;
	if (n == 32 && p < w->end && is_graph(*p))
		ascii_scalar(w, steps);
}

/* Eight wide characters in 24 bytes, as one number each. */
FA_AVX2 static inline __m256i
eight(const unsigned char *p)
{
	const __m256i spread = _mm256_broadcastsi128_si256(_mm_setr_epi8(
		0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1));
	__m128i low = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i high = _mm_loadu_si128((const __m128i *)(const void *)(p + 12));

	return _mm256_shuffle_epi8(_mm256_set_m128i(high, low), spread);
}

/* Which of eight are plain, a bit for each: fa_plain_is for all at once, its
 * bit moved to the sign. */
FA_AVX2 static inline unsigned
plain_of(__m256i v)
{
	__m256i lead =
		_mm256_cmpeq_epi32(_mm256_and_si256(v, _mm256_set1_epi32(0xf0)),
			_mm256_set1_epi32(0xe0));
	__m256i half = _mm256_or_si256(
		_mm256_slli_epi32(
			_mm256_and_si256(v, _mm256_set1_epi32(15)), 7),
		_mm256_or_si256(_mm256_and_si256(_mm256_srli_epi32(v, 7),
					_mm256_set1_epi32(0x7e)),
			_mm256_srli_epi32(_mm256_slli_epi32(v, 10), 31)));
	__m256i row = _mm256_i32gather_epi32(
		(const int *)(const void *)fa_plain_rows, half, 4);
	__m256i bit = _mm256_sllv_epi32(row,
		_mm256_andnot_si256(
			_mm256_srli_epi32(v, 16), _mm256_set1_epi32(31)));

	return (unsigned)_mm256_movemask_ps(
		_mm256_castsi256_ps(_mm256_and_si256(bit, lead)));
}

/* The same for UTF-8, sixteen at once: few stretches are longer. */
FA_AVX2 static inline void
wide_avx2(struct weave *w, const struct steps *steps)
{
	const unsigned char *p = w->p;
	char *out = w->out;
	size_t n = 16;

	while (n == 16 && w->text_end - p >= VECTOR_BYTES) {
		unsigned plain =
			plain_of(eight(p)) | plain_of(eight(p + 24)) << 8;

		n = (size_t)__builtin_ctz(~plain);
		if ((size_t)(w->end - p) < n * 3)
			n = (size_t)(w->end - p + 2) / 3;
		memcpy(out, p, 48);
		out += n * 3;
		p += n * 3;
		w->runes += n;
	}
	w->raw += p - w->p;
	w->p = p;
	w->out = out;
	if (n == 16 && p < w->end && is_wide(four(p)))
		wide_scalar(w, steps);
}
#endif

/* A version of a stretch of one class. */
typedef void copy_fn(struct weave *w, const struct steps *steps);

static FA_INLINE void
weave_wide(struct weave *w, const struct steps *steps, copy_fn *wide)
{
	const unsigned char *p = w->p;

	wide(w, steps);
	map(w, FA_MAP_WIDE, (size_t)(w->p - p) / 3);
	for (; !w->han && p < w->p; p += 3)
		w->han = *p >= 0xe4 && *p <= 0xe9;
}

static FA_INLINE void
weave_ascii(struct weave *w, const struct steps *steps, copy_fn *ascii)
{
	const char *out = w->out;

	ascii(w, steps);
	map(w, FA_MAP_ASCII, (size_t)(w->out - out));
}

static FA_INLINE void
weave_narrowed(struct weave *w, const struct steps *steps, unsigned char c)
{
	const char *out = w->out;

	do {
		*w->out++ = (char)c;
		w->p += 3;
		w->raw += steps->wide;
		w->runes++;
		c = narrowed(four(w->p));
	} while (w->p < w->end && c != 0 && !takes_four(w->raw, steps->varies));
	map(w, FA_MAP_NARROWED, (size_t)(w->out - out));
}

/* Up to the first character that is not plain. */
static FA_INLINE void
weave_all(struct weave *w, struct fa_build *b, const struct steps *steps,
	copy_fn *ascii, copy_fn *wide)
{
	while (w->p < w->end) {
		uint32_t utf8 = four(w->p);
		unsigned char c;

		if (w->out - w->marked >= FA_MAP_MARK_BYTES)
			mark(w, b);
		if (is_graph(*w->p)) {
			weave_ascii(w, steps, ascii);
		} else if (*w->p == ' ') {
			if (!weave_space(w, steps))
				break;
		} else if (*w->p < 0xe0 || takes_four(w->raw, steps->varies)) {
			break;
		} else if (is_wide(utf8)) {
			weave_wide(w, steps, wide);
		} else if ((c = narrowed(utf8)) != 0) {
			weave_narrowed(w, steps, c);
		} else {
			break;
		}
	}
}

/* UTF-8, whose steps are constants. Each version works on a copy, which stays
 * in registers. */
static const struct steps same_steps = { 1, 3, false };

static void
weave_same(struct weave *w, struct fa_build *b)
{
	struct weave local = *w;

	weave_all(&local, b, &same_steps, ascii_scalar, wide_scalar);
	*w = local;
}

#ifdef __x86_64__
FA_AVX2 static void
weave_same_avx2(struct weave *w, struct fa_build *b)
{
	struct weave local = *w;

	weave_all(&local, b, &same_steps, ascii_avx2, wide_avx2);
	*w = local;
}
#endif

static void
weave_other(struct weave *w, struct fa_build *b)
{
	const struct steps steps = steps_of(b);
	struct weave local = *w;

	weave_all(&local, b, &steps, ascii_scalar, wide_scalar);
	*w = local;
}

static void
weave(struct weave *w, struct fa_build *b)
{
#ifdef __x86_64__
	if (b->src->same && b->src->simd == FA_SIMD_AVX2) {
		weave_same_avx2(w, b);
		return;
	}
#endif
	if (b->src->same)
		weave_same(w, b);
	else
		weave_other(w, b);
}

static bool
reserve(struct fa_buf *b, size_t more)
{
	return b->cap - b->n > more ||
		(b->max_bytes - b->n >= more && fa_buf_reserve(b, more));
}

/* The code point at p, which is plain. */
static inline uint32_t
plain_at(const unsigned char *p)
{
	return *p < 0x80 ? *p : rune_of(four(p));
}

/* What a weave made becomes part of the document. */
static void
keep(struct fa_build *b, const struct weave *w)
{
	const unsigned char *text = (const unsigned char *)b->src->text.p;
	const unsigned char *raw = (const unsigned char *)b->src->raw.p;

	b->last = plain_at(w->p - (w->p[-1] < 0x80 ? 1 : 3));
	b->text.n = (size_t)(w->out - b->text.p);
	b->map.code.n = (size_t)((char *)w->code - b->map.code.p);
	b->map.kind = w->kind;
	b->map.raw_end = (uint32_t)(w->raw - raw);
	b->runes += w->runes;
	b->plain += b->bold == 0 ? w->runes : 0;
	b->han = b->han || w->han;
	if (!b->src->same)
		fa_source_move(b->src, (size_t)(w->p - text), b->map.raw_end);
}

static size_t
piece(struct fa_build *b, size_t from, size_t to)
{
	const unsigned char *text = (const unsigned char *)b->src->text.p;
	size_t raw = b->src->same ? from + b->src->bom_bytes
				  : fa_source_raw(b->src, from, from).from;
	struct weave w;

	fa_map_write_skip(&b->map, (uint32_t)raw);
	w = (struct weave){ .p = text + from,
		.end = text + to,
		.text_end = text + b->src->text.n,
		.raw = (const unsigned char *)b->src->raw.p + raw,
		.out = b->text.p + b->text.n,
		.code = (uint8_t *)b->map.code.p + b->map.code.n,
		.kind = b->map.kind,
		.marked = b->text.p + b->map.marked,
		.han = b->han };
	weave(&w, b);
	if (w.p > text + from)
		keep(b, &w);
	fa_source_pass(b->src, b->map.raw_end);
	return (size_t)(w.p - text);
}

size_t
fa_build_stretch(struct fa_build *b, size_t from, size_t to)
{
	size_t readable =
		b->src->text.n < READ_BYTES ? 0 : b->src->text.n - READ_BYTES;
	const unsigned char *p = (const unsigned char *)b->src->text.p + from;

	if (to > readable)
		to = readable;
	if (from >= to)
		return from;
	if (!is_plain(p))
		return from;
	fa_build_begin(b, plain_at(p));
	while (from < to) {
		size_t end = to - from < PIECE_BYTES ? to : from + PIECE_BYTES;
		size_t at;

		/* No more bytes of the map than of the text. */
		if (!reserve(&b->text, end - from + VECTOR_BYTES) ||
			!reserve(&b->map.code, end - from + FA_MAP_OP_BYTES))
			break;
		at = piece(b, from, end);
		if (at == from)
			break;
		from = at;
	}
	return from;
}
