/* From a document back to what its author wrote: quotes. */
#include <string.h>

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
	if (doc->encoding == FA_ENC_UTF8 && fa_utf8_valid(s))
		fa_buf_add(out, s);
	else if (fa_enc_decode(out, doc->encoding, s, NULL, &bad, &err) < 0)
		fa_buf_add_rune(out, FA_RUNE_BAD);
}

/* Does a character begin at that byte, or the text end there? */
static bool
is_between(struct fa_str s, size_t at)
{
	return at >= s.n || ((unsigned char)s.p[at] & 0xC0) != 0x80;
}

struct fa_str
fa_read_quote_in(const struct fa_doc *doc, struct fa_range raw)
{
	if (!fa_doc_is_utf8(doc) || !is_between(doc->raw, raw.from) ||
		!is_between(doc->raw, raw.to))
		return FA_STR_NONE;
	return fa_str_sub(doc->raw, raw.from, raw.to);
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

/* Cells k to end of a run in any encoding; each is written as its original if
 * that is a character, else as its text. */
static void
add_cells(const struct fa_doc *doc, const struct fa_map_run *run, uint32_t k,
	uint32_t end, struct fa_buf *out)
{
	uint32_t step = run->text_step;
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

/* A character of three bytes that is surely neither white space nor U+FFFC. */
static bool
is_shown(const unsigned char *p)
{
	if ((p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80)
		return false;
	if (p[0] == 0xe3) /* U+3000 is a space */
		return p[1] != 0x80 || p[2] != 0x80;
	if (p[0] == 0xe2) /* U+2000-200A, 2028-2029, 202F, 205F are */
		return p[1] >= 0x82 ||
			(p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0xa7);
	return (p[0] >= 0xe4 && p[0] <= 0xe9) ||
		(p[0] == 0xef && (p[1] == 0xbc || p[1] == 0xbd));
}

/* How many cells, the first at text and raw, are characters that are shown as
 * they stand: printable ASCII, ideographs and their punctuation. */
static uint32_t
plain_cells(const struct fa_map_run *run, const char *text, struct fa_str raw,
	uint32_t most)
{
	const unsigned char *p = (const unsigned char *)raw.p;
	uint32_t n = 0;

	if (run->raw_step == 1 && run->text_step == 1) {
		most = most < raw.n ? most : (uint32_t)raw.n;
		while (n < most && p[n] < 0x7f &&
			(p[n] > ' ' || (p[n] == ' ' && text[n] == ' ')))
			n++;
	} else if (run->raw_step == 3) {
		most = most < raw.n / 3 ? most : (uint32_t)(raw.n / 3);
		while (n < most && is_shown(p + 3 * (size_t)n) &&
			(run->text_step > 1 || text[n] != ' '))
			n++;
	}
	return n;
}

/* Writes a cell of which the original, at the start of raw, is a character in
 * UTF-8; false when it is not. */
static bool
add_character(const struct fa_doc *doc, struct fa_str folded, struct fa_str raw,
	uint32_t raw_step, struct fa_buf *out)
{
	uint32_t cp;

	if (folded.n == 1 && (folded.p[0] == '\n' || folded.p[0] == ' ')) {
		fa_buf_addc(out, ' ');
		return true;
	}
	if (raw.n == 0 || fa_utf8_next(raw, &cp) != raw_step ||
		(cp == FA_RUNE_BAD && raw_step == 1) ||
		(doc->loose && fa_str_eq(folded, FA_STR("\xef\xbf\xbc"))))
		return false;
	if (fa_rune_is_space(cp))
		fa_buf_addc(out, ' ');
	else
		fa_buf_add(out, fa_str_sub(raw, 0, raw_step));
	return true;
}

/* The cells from k on of a document in UTF-8, until one is no character;
 * returns which. */
static uint32_t
add_characters(const struct fa_doc *doc, const struct fa_map_run *run,
	uint32_t k, uint32_t end, struct fa_buf *out)
{
	struct fa_str raw = fa_str_sub(
		doc->raw, 0, run->raw_from + (size_t)end * run->raw_step);

	while (k < end) {
		size_t at = run->text_from + (size_t)k * run->text_step;
		struct fa_str rest = fa_str_sub(
			raw, run->raw_from + (size_t)k * run->raw_step, raw.n);
		uint32_t n = plain_cells(run, doc->text.p + at, rest, end - k);

		if (n > 0)
			fa_buf_add(out,
				fa_str_sub(rest, 0, (size_t)n * run->raw_step));
		else if (!add_character(doc,
				 fa_str_sub(doc->text, at, at + run->text_step),
				 rest, run->raw_step, out))
			break;
		k += n > 0 ? n : 1;
	}
	return k;
}

/* Are they the same, without ends of lines and other controls? */
static bool
same_line(const char *a, const char *b, size_t n)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t differs = 0, low = 0, x, y;

	for (size_t at = 0; n >= 8; at += 8) {
		if (at > n - 8)
			at = n - 8; /* the last eight, some of them again */
		memcpy(&x, a + at, sizeof(x));
		memcpy(&y, b + at, sizeof(y));
		differs |= x ^ y;
		low |= (x - ones * 0x20) & ~x;
		if (at == n - 8)
			return differs == 0 && (low & ones << 7) == 0;
	}
	for (size_t at = 0; at < n; at++)
		if (a[at] != b[at] || (unsigned char)a[at] < 0x20)
			return false;
	return true;
}

static bool
is_wide(enum fa_encoding e)
{
	return e == FA_ENC_UTF16LE || e == FA_ENC_UTF16BE;
}

/* The same of encodings that hold ASCII as it is: cells of ASCII, or those of
 * two bytes that become ideographs and their punctuation. False when there is
 * something else; then nothing was written. */
static bool
add_decoded(const struct fa_doc *doc, const struct fa_map_run *run, uint32_t k,
	uint32_t end, struct fa_buf *out)
{
	const struct fa_map_run three = { .raw_step = 3,
		.text_step = run->text_step };
	const char *text = doc->text.p + run->text_from + k * run->text_step;
	uint32_t from = run->raw_from + k * run->raw_step, n = end - k;
	struct fa_str raw =
		fa_str_sub(doc->raw, from, from + n * run->raw_step);
	size_t before = out->n;
	struct fa_str got;

	if (run->raw_step == 1 && run->text_step == 1 &&
		same_line(text, raw.p, n)) {
		fa_buf_add(out, raw);
		return true;
	}
	if (run->raw_step != 2 || out->rc != FA_OK)
		return false;
	/* What is led by ASCII is an escape, or two characters. */
	for (size_t i = 0; i < raw.n; i += 2)
		if ((unsigned char)raw.p[i] < 0x81)
			return false;
	fa_read_quote(
		doc, (struct fa_range){ from, from + n * run->raw_step }, out);
	got = fa_str_sub(fa_buf_str(out), before, out->n);
	if (out->rc != FA_OK ||
		(got.n == 3 * (size_t)n &&
			plain_cells(&three, text, got, n) == n))
		return true;
	out->n = before;
	out->p[before] = '\0';
	return false;
}

/* The cells of a run that overlap text. */
static void
add_run(const struct fa_doc *doc, const struct fa_map_run *run,
	struct fa_range text, struct fa_buf *out)
{
	uint32_t step = run->text_step;
	uint32_t k = (text.from - run->text_from) / step;
	uint32_t end = (text.to - run->text_from + step - 1) / step;

	if (doc->encoding == FA_ENC_UTF8)
		k = add_characters(doc, run, k, end, out);
	else if (!is_wide(doc->encoding) && add_decoded(doc, run, k, end, out))
		k = end;
	if (k < end)
		add_cells(doc, run, k, end, out);
}

void
fa_read_visible(
	const struct fa_doc *doc, struct fa_range text, struct fa_buf *out)
{
	struct fa_map_walk w;
	struct fa_map_run run;

	if (text.from >= text.to || text.to > doc->text.n)
		return;
	w = fa_map_walk_from(&doc->map, text.from);
	while (fa_map_next(&w, &run) && run.text_from < text.to) {
		struct fa_range part = text;

		if (part.from < run.text_from)
			part.from = run.text_from;
		if (part.to > run.text_to)
			part.to = run.text_to;
		add_run(doc, &run, part, out);
	}
}

/* How far a range of text goes on in the original as it does in the text, from
 * a run on whose cells have as many bytes there as here; w goes on from behind
 * it to there. */
static uint32_t
alike_to(struct fa_map_walk *w, const struct fa_map_run *run,
	struct fa_range text)
{
	uint32_t ahead = run->raw_from - run->text_from; /* it may wrap */
	struct fa_map_walk next = *w;
	struct fa_map_run r;

	while (fa_map_next(&next, &r) && r.text_from < text.to) {
		if (r.text_step != r.raw_step ||
			r.raw_from - r.text_from != ahead)
			return r.text_from;
		*w = next;
	}
	return text.to;
}

/* The raw bytes of cells of one run, which hold the whole of text; fails when
 * they are not shown as they stand. */
static bool
find_cells(struct fa_range *raw, const struct fa_doc *doc,
	const struct fa_map_run *run, struct fa_range text)
{
	uint32_t k = (text.from - run->text_from) / run->text_step;
	uint32_t n = (text.to - text.from) / run->text_step;

	raw->from = run->raw_from + k * run->raw_step;
	raw->to = raw->from + n * run->raw_step;
	return n * run->text_step == text.to - text.from &&
		plain_cells(run, doc->text.p + text.from,
			fa_str_sub(doc->raw, raw->from, raw->to), n) == n;
}

/* The same of the runs that follow. A character that is the same in the text is
 * shown as it stands, unless it is white space other than the blank, of which
 * the text has none but ends of blocks. */
static bool
find_part(struct fa_range *raw, const struct fa_doc *doc, struct fa_map_walk *w,
	struct fa_range *text, uint32_t to)
{
	struct fa_map_walk behind;
	struct fa_map_run run;

	if (!fa_map_next(w, &run))
		return false;
	behind = *w;
	text->to = to;
	if (run.text_step == run.raw_step) {
		text->to = alike_to(w, &run, *text);
		raw->from = text->from + (run.raw_from - run.text_from);
		raw->to = raw->from + (text->to - text->from);
		if (same_line(doc->text.p + text->from, doc->raw.p + raw->from,
			    raw->to - raw->from))
			return true;
		*w = behind;
	}
	text->to = run.text_to < to ? run.text_to : to;
	return find_cells(raw, doc, &run, *text);
}

/* The raw bytes of a range of text, to whose first run w leads, when it stands
 * there in one piece and as it is shown. */
static bool
find_stretch(struct fa_str *out, const struct fa_doc *doc, struct fa_range text,
	struct fa_map_walk w)
{
	struct fa_range all, raw, part = text;

	for (bool first = true; part.from < text.to; first = false) {
		if (!find_part(&raw, doc, &w, &part, text.to) ||
			(!first && raw.from != all.to))
			return false;
		if (first)
			all.from = raw.from;
		all.to = raw.to;
		part.from = part.to;
	}
	*out = fa_str_sub(doc->raw, all.from, all.to);
	return true;
}

struct fa_str
fa_read_visible_in(
	const struct fa_doc *doc, struct fa_range text, struct fa_map_walk w)
{
	struct fa_str own = fa_str_sub(doc->text, text.from, text.to), raw;

	if (!fa_doc_is_utf8(doc) || text.from >= text.to ||
		text.to > doc->text.n || !is_between(doc->text, text.from) ||
		!is_between(doc->text, text.to))
		return FA_STR_NONE;
	fa_map_walk_on(&w, text.from);
	if (!find_stretch(&raw, doc, text, w))
		return FA_STR_NONE;
	/* The mark for what a program puts in is shown in other words. */
	if (doc->loose &&
		fa_str_find(own, FA_STR("\xef\xbf\xbc"), 0) != SIZE_MAX)
		return FA_STR_NONE;
	return raw;
}
