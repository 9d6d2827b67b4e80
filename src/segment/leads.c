/* First look at every block, and the order of numbering styles. */
#include "base/bits.h"
#include "segment/parts.h"

#define ENDS_CHARS 200 /* in which the end of a sentence is sought */
#define LAST_BYTES 8   /* in which the last character is */

#define HAN_KEY (FA_MARK_HAN * 5 + 1) /* fa_marker_key of 一、 */
#define HAN_PAREN_KEY (FA_MARK_HAN_PAREN * 5 + 1)

/* Bytes that begin with the bits 10 go on with a character. */
size_t
fa_segment_chars(struct fa_str text)
{
	size_t rest = 0, at, to;

	for (at = 0; text.n - at >= 8;) {
		uint64_t sums = 0;

		/* Until a byte of sums may be full. */
		to = text.n - at < 255 * 8 ? text.n - 7 : at + 255 * 8;
		for (; at < to; at += 8) {
			uint64_t word = fa_bits_load(text.p + at);

			sums += word >> 7 & ~(word >> 6) & FA_BITS_BYTES;
		}
		sums = (sums & 0x00FF00FF00FF00FFu) +
			(sums >> 8 & 0x00FF00FF00FF00FFu);
		rest += sums * 0x0001000100010001u >> 48;
	}
	for (; at < text.n; at++)
		rest += ((unsigned char)text.p[at] & 0xC0) == 0x80;
	return text.n - rest;
}

struct fa_str
fa_segment_text(const struct fa_doc *doc, struct fa_range r)
{
	return fa_str_sub(doc->text, r.from, r.to);
}

uint16_t
fa_ranks_find(const struct fa_ranks *r, const struct fa_marker *m)
{
	if (m->mark <= FA_MARK_ARTICLE)
		return (uint16_t)m->mark;
	return r->of[fa_marker_key(m)];
}

/* 1 to 3 are the headings of statutes; every other style takes ten, so that
 * the depths of decimal numbers stay together and (一) finds room right under
 * 一、, where it belongs by custom even when another style came before it. */
uint16_t
fa_ranks_get(struct fa_ranks *r, const struct fa_marker *m)
{
	uint32_t key = fa_marker_key(m), d;
	uint16_t base = 0;

	if (fa_ranks_find(r, m))
		return fa_ranks_find(r, m);
	if (m->mark == FA_MARK_DECIMAL) {
		for (d = 1; d <= 4 && base == 0; d++)
			if (r->of[key - m->depth + d])
				base = (uint16_t)(r->of[key - m->depth + d] -
					d);
	}
	if (m->mark == FA_MARK_HAN_PAREN && r->of[HAN_KEY])
		base = (uint16_t)(r->of[HAN_KEY] + 4);
	if (m->mark == FA_MARK_HAN && r->of[HAN_PAREN_KEY])
		base = (uint16_t)(r->of[HAN_PAREN_KEY] - 6);
	if (base == 0) {
		r->next = (uint16_t)(r->next + 10);
		base = r->next;
	}
	r->of[key] = (uint16_t)(base + m->depth);
	return r->of[key];
}

static bool
is_end(uint32_t cp)
{
	return cp == 0x3002 || cp == ';' || cp == '!' || cp == 0x2026;
}

/* Does the text hold the end of a sentence, near its beginning? A '?' at its
 * end is none. */
static bool
holds_end(const struct fa_cut *cut)
{
	const uint64_t *stops = cut->marks->stops;
	struct fa_str s = cut->text;
	size_t at = fa_bits_next(stops, cut->start, s.n), n;

	for (; at < s.n; at = fa_bits_next(stops, at + 1, s.n))
		if (is_end(fa_segment_rune(s, at, &n)) ||
			(s.p[at] == '?' && at + 1 < s.n))
			break;
	return at < s.n && at - cut->start < 4 * ENDS_CHARS &&
		fa_segment_chars(fa_str_sub(s, cut->start, at)) < ENDS_CHARS;
}

/* The last character but for closing brackets. */
static uint32_t
last_of(struct fa_str text)
{
	size_t at, from, to, n;
	uint32_t cp;

	text = fa_str_trim(text);
	from = text.n > LAST_BYTES ? text.n - LAST_BYTES : 0;
	for (to = text.n; to > from; to = at) {
		at = to - 1;
		while (at > from && ((unsigned char)text.p[at] & 0xC0) == 0x80)
			at--;
		cp = fa_segment_rune(text, at, &n);
		if (cp != FA_RUNE_BAD && cp != ')' && cp != 0x201D &&
			cp != 0x3011)
			return cp;
	}
	return 0;
}

static uint32_t
count(struct fa_str text)
{
	size_t chars;

	if (text.n >= 4 * FA_LEAD_CHARS)
		return FA_LEAD_CHARS;
	chars = fa_segment_chars(text);
	return chars < FA_LEAD_CHARS ? (uint32_t)chars : FA_LEAD_CHARS;
}

void
fa_lead_fill(struct fa_lead *lead, const struct fa_doc *doc, size_t block,
	const struct fa_cut *cut)
{
	const struct fa_block *b = &doc->blocks[block];
	struct fa_str text = fa_segment_text(doc, b->text);
	uint32_t last = last_of(text);

	*lead = (struct fa_lead){ .chars = count(text),
		.ends_last = is_end(last) || last == '?',
		.colon_last = last == ':' };
	if (b->table != FA_DOC_NONE ||
		(b->kind != FA_BLOCK_PARAGRAPH && b->kind != FA_BLOCK_HEADING))
		return;
	lead->marker = fa_marker_parse(text, b->circled);
	if (lead->marker.mark != FA_MARK_NONE)
		lead->ends = is_end(last) || holds_end(cut);
}
