/* Where sentences end.
 *
 * Normalised text has ASCII '!' '?' ';' and '.', and 。 of its own. A
 * sentence ends
 *
 *   - behind 。 ! ? ; with the closing quotes and blanks that follow, but not
 *     when an ASCII mark stands inside a word (a link: /find?q=1;x=2);
 *   - behind '.' at the end of an English word, or of Chinese written with
 *     the wrong key, when a blank or the end follows: not in numbers, links,
 *     addresses and abbreviations;
 *   - behind dots of omission only when a blank or the end follows, since
 *     A…B is one statement;
 *   - behind a newline;
 *   - not inside quotes and brackets that close soon; but behind a bracket
 *     that holds all of the sentence and ended one itself:
 *     (如有疑问，请联系我们。)下一句…;
 *   - after FA_SEGMENT_SENTENCE_MAX characters in any case, then behind the
 *     last comma, if any. A character is looked at at most twice, because
 *     behind that comma no other one was seen. */
#include "segment/segment.h"
#include "segment/parts.h"

#define START_BYTES 12 /* of Chinese before a '.' may end a sentence */

/* The place that is looked at. */
struct spot {
	size_t at, n;      /* bytes of the character */
	uint32_t cp, prev; /* prev: 0 at the start of the sentence */
	size_t from;       /* of the sentence */
};

static bool
is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

static bool
is_letter(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
}

static bool
is_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == 0xA0;
}

static uint32_t
rune_at(struct fa_str s, size_t at)
{
	size_t n;

	return at < s.n ? fa_segment_rune(s, at, &n) : 0;
}

static bool
is_stop(uint32_t cp)
{
	return cp == 0x3002 || cp == '!' || cp == '?' || cp == ';';
}

static bool
abbreviation(struct fa_str word)
{
	static const struct fa_str table[] = { FA_STR_INIT("Co"),
		FA_STR_INIT("Ltd"), FA_STR_INIT("Inc"), FA_STR_INIT("Corp"),
		FA_STR_INIT("No"), FA_STR_INIT("etc"), FA_STR_INIT("vs"),
		FA_STR_INIT("Mr"), FA_STR_INIT("Ms"), FA_STR_INIT("Dr"),
		FA_STR_INIT("Art"), FA_STR_INIT("Sec"), FA_STR_INIT("Vol"),
		FA_STR_INIT("Pte"), FA_STR_INIT("Tel"), FA_STR_INIT("Ver") };
	size_t i;

	for (i = 0; i < FA_COUNT(table); i++)
		if (fa_str_ieq(table[i], word))
			return true;
	return false;
}

/* The ASCII letters that end at offset to, at most 16. */
static struct fa_str
word_before(struct fa_str s, size_t from, size_t to)
{
	size_t at = to;

	while (at > from && to - at < 16 &&
		is_letter((unsigned char)s.p[at - 1]))
		at--;
	return fa_str_sub(s, at, to);
}

/* The same for a '.' behind ASCII, with a blank or the end behind it; after
 * is the first character that is no blank, 0 at the end. */
static bool
ascii_dot_ends(struct fa_str s, const struct spot *p, uint32_t after)
{
	struct fa_str word;

	if (after >= 'a' && after <= 'z')
		return false;
	if (is_letter(p->prev)) {
		word = word_before(s, p->from, p->at);
		return word.n >= 2 && (after == 0 || !abbreviation(word));
	}
	return (p->prev == ')' || p->prev == '"' || p->prev == 0x201D ||
		       is_digit(p->prev)) &&
		p->at - p->from >= START_BYTES;
}

/* Does the '.' at p end a sentence? */
static bool
dot_ends(struct fa_str s, const struct spot *p)
{
	uint32_t next = rune_at(s, p->at + 1);
	size_t at = p->at + 1;
	bool blank = next == 0 || is_blank(next) || next == '\n';

	if (p->prev == '.')
		return blank && p->at >= p->from + 2 && s.p[p->at - 2] == '.';
	if (fa_rune_is_han(p->prev))
		return (blank || fa_rune_is_han(next)) &&
			p->at - p->from >= START_BYTES;
	while (at < s.n && at - p->at < 8 && s.p[at] == ' ')
		at++;
	return blank && ascii_dot_ends(s, p, rune_at(s, at));
}

static bool
inside_word(struct fa_str s, const struct spot *p)
{
	uint32_t next = rune_at(s, p->at + p->n);

	return p->prev > ' ' && p->prev < 0x7F && p->prev != ')' &&
		p->prev != '"' &&
		(is_letter(next) || is_digit(next) || next == '=' ||
			next == '&' || next == '/' || next == '%' ||
			next == '_' || next == '-');
}

static bool
ends_at(struct fa_str s, const struct spot *p)
{
	uint32_t next;

	switch (p->cp) {
	case 0x3002:
		return true;
	case '!':
	case '?':
	case ';':
		return !inside_word(s, p);
	case '.':
		return dot_ends(s, p);
	case 0x2026:
	case 0x22EF:
		next = rune_at(s, p->at + p->n);
		return next == 0 || is_blank(next) || next == '\n';
	default:
		return false;
	}
}

/* What belongs to the end: further marks, closers, blanks. */
static size_t
absorb(struct fa_str s, size_t at, size_t chars)
{
	size_t n;

	for (; at < s.n && chars < FA_SEGMENT_SENTENCE_MAX; at += n, chars++) {
		uint32_t cp = fa_segment_rune(s, at, &n);

		if (!is_stop(cp) && !fa_segment_closer(cp) && !is_blank(cp))
			break;
	}
	return at < s.n && s.p[at] == '\n' ? at + 1 : at;
}

static size_t
skip_blanks(struct fa_str s, size_t at)
{
	while (at < s.n && is_blank((unsigned char)s.p[at]))
		at++;
	return at;
}

/* One look at a character; returns the end of the sentence or 0. */
static size_t
step(const struct fa_cut *c, const struct spot *p, size_t pair, size_t chars)
{
	struct fa_range r = { 0, 0 };
	bool inside;

	if (p->cp == '\n')
		return p->at + 1;
	if (pair < c->pairs->n)
		r = c->pairs->at[pair];
	inside = r.from <= p->at && p->at < r.to;
	if (!inside)
		return ends_at(c->text, p)
			? absorb(c->text, p->at + p->n, chars)
			: 0;
	if (p->at + p->n == r.to && is_stop(p->prev) && p->prev != ';' &&
		r.from == skip_blanks(c->text, p->from))
		return absorb(c->text, p->at + p->n, chars);
	return 0;
}

size_t
fa_cut_sentence(struct fa_cut *c, size_t from)
{
	struct spot p = { from, 0, 0, 0, from };
	size_t pair = c->next, chars = 0, comma = 0, end = 0;

	for (; p.at < c->text.n && end == 0; p.at += p.n) {
		p.cp = fa_segment_rune(c->text, p.at, &p.n);
		while (pair < c->pairs->n && c->pairs->at[pair].to <= p.at)
			pair++;
		chars++;
		end = step(c, &p, pair, chars);
		if (p.cp == ',')
			comma = p.at + p.n;
		if (end == 0 && chars >= FA_SEGMENT_SENTENCE_MAX)
			end = comma ? comma : p.at + p.n;
		p.prev = p.cp;
	}
	if (end == 0)
		end = c->text.n;
	while (c->next < c->pairs->n && c->pairs->at[c->next].to <= end)
		c->next++;
	return end;
}
