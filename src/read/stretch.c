/* Stretches of plain characters go into the document as they are. Nearly all
 * of a text is plain: printable ASCII, Han and punctuation that fold to
 * themselves (base/plain.h), and full-width ASCII, whose folding is a
 * subtraction. For these there is nothing to decide but where the map needs
 * another run: where the bytes of a character, here or in the original, are
 * not as many as those of the one before.
 *
 *     我们使用App，...    runs of the map: (3,3) 我们使用 (1,1) App (1,3) ,
 *
 * Whatever is not plain, and what stands at the end of the source text, is
 * left to fa_build_rune. */
#include <string.h>

#include "base/plain.h"
#include "read/build.h"

#define PIECE_BYTES 512 /* of source text, for which room is made at once */
#define READ_BYTES 8    /* that may be looked at from a place on */

/* How many bytes of the original a plain character takes. */
struct steps {
	uint32_t ascii, wide;
	bool varies; /* a wide one may also take four, by its second byte */
};

struct weave {
	const unsigned char *p;   /* where the source text is read */
	const unsigned char *end; /* of what may begin a character */
	const unsigned char *raw; /* the same place in the original */
	char *out;
	struct fa_map_run *run; /* the next one */
	uint32_t text_step, raw_step;
	size_t runes;
	bool han;
};

static struct steps
steps_of(enum fa_encoding e)
{
	switch (e) {
	case FA_ENC_GB18030:
	case FA_ENC_BIG5:
		return (struct steps){ 1, 2, true };
	case FA_ENC_UTF16LE:
	case FA_ENC_UTF16BE:
		return (struct steps){ 2, 2, false };
	case FA_ENC_LATIN1:
		return (struct steps){ 1, 1, false };
	case FA_ENC_UTF8:
		break;
	}
	return (struct steps){ 1, 3, false };
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

/* Cells of these sizes follow. */
static inline void
begin(struct weave *w, const struct fa_build *b, uint32_t text_step,
	uint32_t raw_step)
{
	if (w->text_step == text_step && w->raw_step == raw_step)
		return;
	*w->run++ = (struct fa_map_run){ (uint32_t)(w->out - b->text.p),
		(uint32_t)(w->raw - (const unsigned char *)b->src->raw.p),
		text_step, raw_step };
	w->text_step = text_step;
	w->raw_step = raw_step;
}

/* Printable ASCII, and single spaces in it. */
static inline void
weave_ascii(struct weave *w, const struct steps *steps)
{
	const unsigned char *p = w->p;
	size_t spaces = 0;

	do {
		*w->out++ = (char)*p++;
		if (*p == ' ' && is_graph(p[1]) && p + 1 < w->end) {
			*w->out++ = (char)*p++;
			spaces++;
		}
	} while (p < w->end && is_graph(*p));
	w->runes += (size_t)(p - w->p) - spaces;
	w->raw += (size_t)(p - w->p) * steps->ascii;
	w->p = p;
}

static inline bool
takes_four(const struct weave *w, const struct steps *steps)
{
	return steps->varies && w->raw[1] < 0x40;
}

static inline void
weave_wide(struct weave *w, const struct steps *steps, uint32_t utf8)
{
	const unsigned char *p = w->p;

	do {
		memcpy(w->out, &utf8, sizeof(utf8));
		w->out += 3;
		w->p += 3;
		w->raw += steps->wide;
		utf8 = four(w->p);
	} while (w->p < w->end && is_wide(utf8) && !takes_four(w, steps));
	w->runes += (size_t)(w->p - p) / 3;
	for (; !w->han && p < w->p; p += 3)
		w->han = *p >= 0xe4 && *p <= 0xe9;
}

static inline void
weave_narrowed(struct weave *w, const struct steps *steps, unsigned char c)
{
	do {
		*w->out++ = (char)c;
		w->p += 3;
		w->raw += steps->wide;
		w->runes++;
		c = narrowed(four(w->p));
	} while (w->p < w->end && c != 0 && !takes_four(w, steps));
}

/* Up to the first character that is not plain. */
static inline void
weave_all(struct weave *w, const struct fa_build *b, const struct steps *steps)
{
	while (w->p < w->end) {
		uint32_t utf8 = four(w->p);
		unsigned char c;

		if (is_graph(*w->p)) {
			begin(w, b, 1, steps->ascii);
			weave_ascii(w, steps);
		} else if (*w->p < 0xe0 || takes_four(w, steps)) {
			break;
		} else if (is_wide(utf8)) {
			begin(w, b, 3, steps->wide);
			weave_wide(w, steps, utf8);
		} else if ((c = narrowed(utf8)) != 0) {
			begin(w, b, 1, steps->wide);
			weave_narrowed(w, steps, c);
		} else {
			break;
		}
	}
}

/* The versions for UTF-8 and for other encodings: in the first the steps are
 * constants. */
static void
weave_same(struct weave *w, const struct fa_build *b)
{
	static const struct steps steps = { 1, 3, false };

	weave_all(w, b, &steps);
}

static void
weave_other(struct weave *w, const struct fa_build *b)
{
	const struct steps steps = steps_of(b->src->encoding);

	weave_all(w, b, &steps);
}

static bool
reserve(struct fa_build *b, size_t bytes)
{
	size_t map = (bytes + 1) * sizeof(struct fa_map_run);

	bytes += READ_BYTES;
	return b->text.max_bytes - b->text.n >= bytes &&
		b->map.max_bytes - b->map.n >= map &&
		fa_buf_reserve(&b->text, bytes) && fa_buf_reserve(&b->map, map);
}

/* What a weave made becomes part of the document. */
static void
keep(struct fa_build *b, const struct weave *w)
{
	const unsigned char *text = (const unsigned char *)b->src->text.p;
	const unsigned char *raw = (const unsigned char *)b->src->raw.p;
	size_t back = w->p[-1] < 0x80 ? 1 : 3;

	(void)fa_utf8_next(
		(struct fa_str){ (const char *)w->p - back, back }, &b->last);
	b->text.n = (size_t)(w->out - b->text.p);
	b->map.n = (size_t)((char *)w->run - b->map.p);
	b->raw_end = (uint32_t)(w->raw - raw);
	b->runes += w->runes;
	b->plain += b->bold == 0 ? w->runes : 0;
	b->han = b->han || w->han;
	fa_source_move(b->src, (size_t)(w->p - text), b->raw_end);
}

/* The code point at from when it is plain, else 0. */
static uint32_t
plain_at(const struct fa_build *b, size_t from)
{
	const unsigned char *p = (const unsigned char *)b->src->text.p + from;
	uint32_t utf8 = four(p);
	uint32_t cp;

	if (is_graph(*p))
		return *p;
	if (!is_wide(utf8) && narrowed(utf8) == 0)
		return 0;
	(void)fa_utf8_next((struct fa_str){ (const char *)p, 3 }, &cp);
	return cp;
}

static size_t
piece(struct fa_build *b, size_t from, size_t to)
{
	struct fa_map_run *runs = (struct fa_map_run *)(void *)b->map.p;
	size_t runs_n = b->map.n / sizeof(*runs);
	const unsigned char *text = (const unsigned char *)b->src->text.p;
	size_t raw = fa_source_raw(b->src, from, from).from;
	struct weave w = { .p = text + from,
		.end = text + to,
		.raw = (const unsigned char *)b->src->raw.p + raw,
		.out = b->text.p + b->text.n,
		.run = runs + runs_n,
		.han = b->han };

	if (runs_n > 0 && b->raw_end == raw) {
		w.text_step = runs[runs_n - 1].text_step;
		w.raw_step = runs[runs_n - 1].raw_step;
	}
	if (b->src->same)
		weave_same(&w, b);
	else
		weave_other(&w, b);
	if (w.p > text + from)
		keep(b, &w);
	return (size_t)(w.p - text);
}

size_t
fa_build_stretch(struct fa_build *b, size_t from, size_t to)
{
	size_t readable =
		b->src->text.n < READ_BYTES ? 0 : b->src->text.n - READ_BYTES;
	uint32_t cp;

	if (to > readable)
		to = readable;
	if (from >= to)
		return from;
	cp = plain_at(b, from);
	if (cp == 0)
		return from;
	fa_build_begin(b, cp);
	while (from < to) {
		size_t end = to - from < PIECE_BYTES ? to : from + PIECE_BYTES;
		size_t at;

		if (!reserve(b, end - from))
			break;
		at = piece(b, from, end);
		if (at == from)
			break;
		from = at;
	}
	return from;
}
