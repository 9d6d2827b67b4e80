/* Lines and columns of bytes of a document. Lines are passed as a whole; only
 * on a line that holds a place that is asked for are characters told apart. */
#include <string.h>

#include "base/scan.h"
#include "base/utf8.h"
#include "read/enc.h"
#include "read/read.h"

struct walk {
	size_t at;
	uint32_t line, column;
	bool after_cr;
	size_t counted;     /* of the line, what stands before it is in bytes */
	size_t bytes;       /* as UTF-8 */
	bool failed;        /* it could not be decoded: bytes are not known */
	struct fa_buf utf8; /* for that */
	bool has_cr;        /* some lines end with CR */
	size_t lf, cr;      /* then the next ones; known when at has not passed
			     * them */
	enum fa_simd simd;
};

/* The code unit at the start of s, of n bytes, in UTF-16; 0 when that ends no
 * line. */
static uint32_t
unit_at(enum fa_encoding e, struct fa_str s, size_t n)
{
	unsigned char a = (unsigned char)s.p[0];
	unsigned char b = n == 2 ? (unsigned char)s.p[1] : 0;

	if (e == FA_ENC_UTF16LE && n == 2 && b == 0)
		return a;
	return e == FA_ENC_UTF16BE && n == 2 && a == 0 ? b : 0;
}

static void
step(struct walk *w, uint32_t unit, size_t n)
{
	if (unit == '\n' && w->after_cr) {
		w->after_cr = false;
	} else if (unit == '\n' || unit == '\r') {
		w->line++;
		w->column = 1;
		w->after_cr = unit == '\r';
	} else {
		w->column++;
		w->after_cr = false;
	}
	w->at += n;
	if (unit == '\n' || unit == '\r') {
		w->counted = w->at;
		w->bytes = 0;
	}
}

/* Brings w->bytes up to w->at. UTF-8 counts as it is, malformed bytes too,
 * since that is what others count in the file. */
static void
count_bytes(struct walk *w, const struct fa_doc *doc)
{
	struct fa_str part = fa_str_sub(doc->raw, w->counted, w->at);
	uint32_t bad = 0;
	struct fa_err err;

	w->counted = w->at;
	if (doc->encoding == FA_ENC_UTF8) {
		w->bytes += part.n;
		return;
	}
	if (part.n == 0)
		return;
	fa_buf_reset(&w->utf8);
	if (fa_enc_decode(&w->utf8, doc->encoding, part, NULL, &bad, &err) <
			0 ||
		w->utf8.rc != FA_OK)
		w->failed = true;
	w->bytes += w->utf8.n;
}

/* 1-based; 0 when it is not known. */
static uint32_t
byte_column(const struct walk *w)
{
	return w->failed || w->bytes >= UINT32_MAX ? 0 : (uint32_t)w->bytes + 1;
}

static size_t
mark_bytes(const struct fa_doc *doc)
{
	static const struct fa_str marks[] = { FA_STR_INIT("\xef\xbb\xbf"),
		FA_STR_INIT("\x84\x31\x95\x33"), FA_STR_INIT("\xff\xfe"),
		FA_STR_INIT("\xfe\xff") };

	for (size_t i = 0; i < FA_COUNT(marks); i++) {
		if (fa_str_starts(doc->raw, marks[i]))
			return marks[i].n;
	}
	return 0;
}

/* Where the next c stands, at or after at, or the end of the document. */
static size_t
next_of(struct fa_str raw, size_t at, char c)
{
	const char *p = at < raw.n ? memchr(raw.p + at, c, raw.n - at) : NULL;

	return p != NULL ? (size_t)(p - raw.p) : raw.n;
}

/* Passes all ends of lines before goal, of which some are CR, alone or with
 * LF. */
static void
pass_lines_cr(struct walk *w, struct fa_str raw, size_t goal)
{
	for (;;) {
		size_t at;

		if (w->lf < w->at || w->lf == 0)
			w->lf = next_of(raw, w->at, '\n');
		if (w->cr < w->at || w->cr == 0)
			w->cr = next_of(raw, w->at, '\r');
		at = w->lf < w->cr ? w->lf : w->cr;
		if (at >= goal)
			return;
		/* With the one before it, it is one end. */
		w->line +=
			raw.p[at] == '\r' || at == 0 || raw.p[at - 1] != '\r';
		w->column = 1;
		w->at = w->counted = at + 1;
		w->bytes = 0;
	}
}

/* Where a byte that ends a line is never part of a character: passes all ends
 * of lines before goal. */
static void
pass_lines(struct walk *w, struct fa_str raw, size_t goal)
{
	size_t last = 0, n;

	if (w->has_cr) {
		pass_lines_cr(w, raw, goal);
		return;
	}
	n = fa_scan_count(&last, fa_str_sub(raw, w->at, goal), '\n', w->simd);
	if (n == 0)
		return;
	w->line += (uint32_t)n;
	w->column = 1;
	w->at = w->counted = w->at + last + 1;
	w->bytes = 0;
}

/* The characters of UTF-8 up to goal, and to the last one that is whole by
 * then; none of them ends a line. */
static void
pass_characters(struct walk *w, struct fa_str raw, size_t goal)
{
	const unsigned char *p = (const unsigned char *)raw.p;

	while (w->at < goal) {
		struct fa_str rest = { raw.p + w->at, raw.n - w->at };
		uint32_t cp;
		size_t n = 1;

		/* Ideographs are most of what is long. */
		if (rest.n >= 3 && p[w->at] >= 0xe4 && p[w->at] <= 0xe9 &&
			(p[w->at + 1] & 0xc0) == 0x80 &&
			(p[w->at + 2] & 0xc0) == 0x80)
			n = 3;
		else if (p[w->at] >= 0x80)
			n = fa_utf8_next(rest, &cp);
		if (w->at + n > goal)
			break;
		w->at += n;
		w->column++;
	}
}

#define COUNTS_MAX 255 /* that a byte of eight side by side can hold */

/* How many bytes begin a character of UTF-8: all but those whose upper bits
 * are 10. */
static size_t
beginnings(const char *p, size_t n)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	const uint64_t even = UINT64_C(0x00ff00ff00ff00ff);
	size_t found = n;

	while (n >= 8) {
		size_t words = n / 8 < COUNTS_MAX ? n / 8 : COUNTS_MAX;
		uint64_t behind = 0;

		n -= words * 8;
		for (; words > 0; words--, p += 8) {
			uint64_t x;

			memcpy(&x, p, sizeof(x));
			behind += x >> 7 & ~(x >> 6) & ones;
		}
		behind = (behind & even) + (behind >> 8 & even);
		found -= behind * UINT64_C(0x0001000100010001) >> 48;
	}
	for (; n > 0; p++, n--)
		found -= ((unsigned char)*p & 0xC0) == 0x80;
	return found;
}

/* The same where nothing is malformed. */
static void
pass_utf8(struct walk *w, struct fa_str raw, size_t goal)
{
	while (goal > w->at && goal < raw.n &&
		((unsigned char)raw.p[goal] & 0xC0) == 0x80)
		goal--;
	if (goal <= w->at)
		return;
	w->column += (uint32_t)beginnings(raw.p + w->at, goal - w->at);
	w->at = goal;
}

/* The same of GB18030, where most that is long has two bytes above 7F. */
static void
pass_gb(struct walk *w, struct fa_str raw, size_t goal)
{
	const unsigned char *p = (const unsigned char *)raw.p;

	while (w->at < goal) {
		struct fa_str rest = { raw.p + w->at, raw.n - w->at };
		const unsigned char *c = p + w->at;
		size_t n = 1;

		if (rest.n >= 2 && c[0] > 0x80 && c[0] < 0xff && c[1] >= 0x80 &&
			c[1] < 0xff)
			n = 2;
		else if (c[0] >= 0x80)
			n = fa_enc_unit(FA_ENC_GB18030, rest, 0);
		if (w->at + n > goal)
			break;
		w->at += n;
		w->column++;
	}
}

static void
go_to(struct walk *w, const struct fa_doc *doc, size_t goal)
{
	bool wide = doc->encoding == FA_ENC_UTF16LE ||
		doc->encoding == FA_ENC_UTF16BE;

	if (!wide && w->at < goal)
		pass_lines(w, doc->raw, goal);
	if (fa_doc_is_utf8(doc))
		pass_utf8(w, doc->raw, goal);
	else if (doc->encoding == FA_ENC_UTF8)
		pass_characters(w, doc->raw, goal);
	else if (doc->encoding == FA_ENC_GB18030)
		pass_gb(w, doc->raw, goal);
	while (w->at < goal) {
		struct fa_str rest = { doc->raw.p + w->at, doc->raw.n - w->at };
		size_t unit = fa_enc_unit(doc->encoding, rest, 0);

		if (w->at + unit > goal)
			break; /* inside a character */
		step(w, wide ? unit_at(doc->encoding, rest, unit) : 0, unit);
	}
}

void
fa_read_positions(const struct fa_doc *doc, const uint32_t *raw, size_t n,
	struct fa_position *out)
{
	size_t mark = mark_bytes(doc);
	struct walk w = { .at = mark,
		.line = 1,
		.column = 1,
		.counted = mark,
		.simd = fa_cpu_simd() };
	struct fa_str all = FA_STR_NONE; /* before the last place */

	if (n > 0)
		all = fa_str_sub(doc->raw, 0, raw[n - 1]);
	w.has_cr = all.n > 0 && memchr(all.p, '\r', all.n) != NULL;
	fa_buf_init(&w.utf8, (size_t)FA_DOC_MAX_BYTES * 4);
	for (size_t i = 0; i < n; i++) {
		size_t goal = raw[i] < doc->raw.n ? raw[i] : doc->raw.n;

		go_to(&w, doc, goal);
		count_bytes(&w, doc);
		out[i] = (struct fa_position){ w.line, w.column,
			byte_column(&w) };
	}
	fa_buf_done(&w.utf8);
}
