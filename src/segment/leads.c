/* First look at every block, and the order of numbering styles. */
#include "segment/parts.h"

#define HAN_KEY (FA_MARK_HAN * 5 + 1) /* fa_marker_key of 一、 */
#define HAN_PAREN_KEY (FA_MARK_HAN_PAREN * 5 + 1)

/* A byte that goes on with a character begins with the bits 10. */
size_t
fa_segment_chars(struct fa_str text)
{
	size_t chars = 0;

	for (size_t i = 0; i < text.n; i++)
		chars += ((unsigned char)text.p[i] & 0xC0) != 0x80;
	return chars;
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

static void
measure(struct fa_lead *l, struct fa_str text)
{
	size_t at, n;
	uint32_t cp, last = 0;

	for (at = 0; at < text.n && l->chars < FA_LEAD_CHARS; at += n) {
		cp = fa_segment_rune(text, at, &n);
		l->chars++;
		if (is_end(cp) || (cp == '?' && at + n < text.n))
			l->ends = true;
		if (cp == ',')
			l->comma = true;
	}
	/* The last character may lie behind the cap. */
	text = fa_str_trim(text);
	for (at = text.n > 8 ? text.n - 8 : 0; at < text.n; at += n) {
		cp = fa_segment_rune(text, at, &n);
		if (cp != FA_RUNE_BAD && cp != ')' && cp != 0x201D &&
			cp != 0x3011)
			last = cp;
	}
	l->ends_last = is_end(last) || last == '?';
	l->ends = l->ends || is_end(last);
	l->colon_last = last == ':';
}

/* NFKC made digits of circled digits; the original still has them. Bytes of
 * U+2460 to U+2473 in UTF-8, and of row 2 of GB2312. */
static bool
was_circled(const struct fa_doc *doc, uint32_t from)
{
	struct fa_range r;
	const unsigned char *p;

	if (from >= doc->text.n || doc->map_n == 0 || doc->text.p[from] < '1' ||
		doc->text.p[from] > '9')
		return false;
	r = fa_doc_raw(doc, (struct fa_range){ from, from + 1 });
	if (r.to > doc->raw.n || r.to < r.from + 2)
		return false;
	p = (const unsigned char *)doc->raw.p + r.from;
	if (doc->encoding == FA_ENC_UTF8)
		return r.to - r.from == 3 && p[0] == 0xE2 && p[1] == 0x91 &&
			p[2] >= 0xA0 && p[2] <= 0xB3;
	return doc->encoding == FA_ENC_GB18030 && p[0] == 0xA2 &&
		p[1] >= 0xD9 && p[1] <= 0xE2;
}

void
fa_leads_fill(struct fa_lead *leads, const struct fa_doc *doc)
{
	size_t i;

	for (i = 0; i < doc->blocks_n; i++) {
		const struct fa_block *b = &doc->blocks[i];
		struct fa_str text = fa_segment_text(doc, b->text);

		leads[i] = (struct fa_lead){ .chars = 0 };
		measure(&leads[i], text);
		if (b->table != FA_DOC_NONE)
			continue;
		if (b->kind == FA_BLOCK_PARAGRAPH ||
			b->kind == FA_BLOCK_HEADING)
			leads[i].marker = fa_marker_parse(
				text, was_circled(doc, b->text.from));
	}
}
