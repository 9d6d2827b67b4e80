/* From a document back to what its author wrote: quotes and positions. */
#include "base/utf8.h"
#include "read/enc.h"
#include "read/html_charref.h"
#include "read/read.h"

void
fa_read_quote(const struct fa_doc *doc, struct fa_range raw, struct fa_buf *out)
{
	struct fa_str s = fa_str_sub(doc->raw, raw.from, raw.to);
	uint32_t bad = 0;
	struct fa_err err;

	if (raw.from >= raw.to)
		return;
	if (fa_enc_decode(out, doc->encoding, s, NULL, &bad, &err) < 0)
		fa_buf_add_rune(out, FA_RUNE_BAD);
}

/* Appends decoded as a reader sees it; false when it is not one character or
 * one reference. */
static bool
add_original(
	const struct fa_doc *doc, struct fa_str decoded, struct fa_buf *out)
{
	struct fa_html_charref ref;
	uint32_t cp;
	size_t n;

	if (decoded.n == 0)
		return false;
	n = fa_utf8_next(decoded, &cp);
	if (n == decoded.n) {
		fa_buf_add_rune(out, fa_rune_is_space(cp) ? ' ' : cp);
		return true;
	}
	if (cp != '&' || doc->format == FA_FORMAT_TEXT ||
		!fa_html_charref(decoded, false, &ref) ||
		ref.bytes != decoded.n)
		return false;
	for (size_t i = 0; i < ref.n; i++) {
		fa_buf_add_rune(
			out, fa_rune_is_space(ref.cp[i]) ? ' ' : ref.cp[i]);
	}
	return true;
}

#define PUT_IN_BYTES 60 /* of source that is shown */

/* What a program puts into a text there, as its source calls it; a blank for
 * the marks around what stands in the text itself. */
static void
add_put_in(struct fa_str decoded, struct fa_buf *out)
{
	bool all = decoded.n <= PUT_IN_BYTES;

	if (decoded.n < 2 || fa_str_eq(decoded, FA_STR("${")) ||
		fa_str_eq(decoded, FA_STR("{{")) ||
		fa_str_ends(decoded, FA_STR("("))) {
		fa_buf_addc(out, ' ');
		return;
	}
	for (size_t i = 0; i < decoded.n;) {
		uint32_t cp;

		if (!all && i > PUT_IN_BYTES)
			break;
		i += fa_utf8_next(fa_str_sub(decoded, i, decoded.n), &cp);
		fa_buf_add_rune(out, fa_rune_is_space(cp) ? ' ' : cp);
	}
	if (!all)
		fa_buf_adds(out, "…");
}

/* Cells of one run while they are written. */
struct cells {
	const struct fa_doc *doc;
	const struct fa_map_run *run;
	struct fa_str raw;     /* of the cells that are left */
	struct fa_str decoded; /* the same as UTF-8 */
};

/* Takes the next cell's characters from c->decoded. */
static struct fa_str
next_cell(struct cells *c)
{
	size_t bytes = 0;
	size_t utf8 = 0;

	while (bytes < c->run->raw_step && bytes < c->raw.n &&
		utf8 < c->decoded.n) {
		uint32_t cp;

		utf8 += fa_utf8_next(
			fa_str_sub(c->decoded, utf8, c->decoded.n), &cp);
		bytes += fa_enc_unit(c->doc->encoding,
			fa_str_sub(c->raw, bytes, c->raw.n), cp);
	}
	c->raw = fa_str_sub(c->raw, c->run->raw_step, c->raw.n);
	c->decoded = fa_str_sub(c->decoded, utf8, c->decoded.n);
	return (struct fa_str){ c->decoded.p - utf8, utf8 };
}

/* The cells of a run that overlap text; each is written as its original if
 * that is a character, else as its text. */
static void
add_run(const struct fa_doc *doc, const struct fa_map_run *run,
	struct fa_range text, struct fa_buf *out)
{
	uint32_t step = run->text_step;
	uint32_t k = (text.from - run->text_from) / step;
	uint32_t end = (text.to - run->text_from + step - 1) / step;
	struct fa_range raw = { run->raw_from + k * run->raw_step,
		run->raw_from + end * run->raw_step };
	struct cells cells = { doc, run, FA_STR_NONE, FA_STR_NONE };
	struct fa_buf decoded;

	fa_buf_init(&decoded, (size_t)FA_DOC_MAX_BYTES * 4);
	fa_read_quote(doc, raw, &decoded);
	if (decoded.rc != FA_OK && out->rc == FA_OK)
		out->rc = decoded.rc;
	cells.raw = fa_str_sub(doc->raw, raw.from, raw.to);
	cells.decoded = fa_buf_str(&decoded);
	for (; k < end; k++) {
		size_t at = run->text_from + (size_t)k * step;
		struct fa_str folded = fa_str_sub(doc->text, at, at + step);
		struct fa_str original = next_cell(&cells);

		if (folded.n == 1 &&
			(folded.p[0] == '\n' || folded.p[0] == ' '))
			fa_buf_addc(out, ' ');
		else if (doc->loose &&
			fa_str_eq(folded, FA_STR("\xef\xbf\xbc")))
			add_put_in(original, out);
		else if (!add_original(doc, original, out))
			fa_buf_add(out, folded);
	}
	fa_buf_done(&decoded);
}

void
fa_read_visible(
	const struct fa_doc *doc, struct fa_range text, struct fa_buf *out)
{
	if (text.from >= text.to || text.to > doc->text.n || doc->map_n == 0)
		return;
	for (size_t i = fa_doc_run_at(doc, text.from); i < doc->map_n; i++) {
		const struct fa_map_run *run = &doc->map[i];
		uint32_t end = i + 1 < doc->map_n ? doc->map[i + 1].text_from
						  : (uint32_t)doc->text.n;
		struct fa_range part = text;

		if (run->text_from >= text.to)
			break;
		if (part.from < run->text_from)
			part.from = run->text_from;
		if (part.to > end)
			part.to = end;
		add_run(doc, run, part, out);
	}
}

struct walk {
	size_t at;
	uint32_t line, column;
	bool after_cr;
	size_t counted; /* of the line, what stands before it is in bytes */
	size_t bytes;   /* as UTF-8 */
	bool failed;    /* it could not be decoded: bytes are not known */
};

/* The code unit at the start of s when it is ASCII, else 0xFFFF. */
static uint32_t
ascii_at(enum fa_encoding e, struct fa_str s, size_t n)
{
	unsigned char a = (unsigned char)s.p[0];
	unsigned char b = n == 2 ? (unsigned char)s.p[1] : 0;

	if (e == FA_ENC_UTF16LE && n == 2 && b == 0)
		return a;
	if (e == FA_ENC_UTF16BE && n == 2 && a == 0)
		return b;
	return n == 1 && e != FA_ENC_UTF16LE && e != FA_ENC_UTF16BE ? a
								    : 0xffff;
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
	struct fa_buf utf8;
	uint32_t bad = 0;
	struct fa_err err;

	w->counted = w->at;
	if (doc->encoding == FA_ENC_UTF8) {
		w->bytes += part.n;
		return;
	}
	if (part.n == 0)
		return;
	fa_buf_init(&utf8, (size_t)FA_DOC_MAX_BYTES * 4);
	if (fa_enc_decode(&utf8, doc->encoding, part, NULL, &bad, &err) < 0 ||
		utf8.rc != FA_OK)
		w->failed = true;
	w->bytes += utf8.n;
	fa_buf_done(&utf8);
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

void
fa_read_positions(const struct fa_doc *doc, const uint32_t *raw, size_t n,
	struct fa_position *out)
{
	size_t mark = mark_bytes(doc);
	struct walk w = { mark, 1, 1, false, mark, 0, false };

	for (size_t i = 0; i < n; i++) {
		size_t goal = raw[i] < doc->raw.n ? raw[i] : doc->raw.n;

		while (w.at < goal) {
			struct fa_str rest = { doc->raw.p + w.at,
				doc->raw.n - w.at };
			size_t unit = fa_enc_unit(doc->encoding, rest, 0);

			if (w.at + unit > goal)
				break; /* inside a character */
			step(&w, ascii_at(doc->encoding, rest, unit), unit);
		}
		count_bytes(&w, doc);
		out[i] = (struct fa_position){ w.line, w.column,
			byte_column(&w) };
	}
}
