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
 *     behind that comma no other one was seen.
 *
 * The work goes from stop to stop (marks.h). Characters are counted only in
 * sentences with more bytes than FA_SEGMENT_SENTENCE_MAX. */
#include <string.h>

#include "base/bits.h"
#include "segment/segment.h"
#include "segment/parts.h"

#define START_BYTES 12 /* of Chinese before a '.' may end a sentence */
#define RUNE_BYTES 4   /* of the longest character */

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

/* The character at offset at; 0 at the end. */
static uint32_t
rune_at(struct fa_str s, size_t at)
{
	size_t n;

	return at < s.n ? fa_segment_rune(s, at, &n) : 0;
}

/* The character that ends at offset at; 0 when nothing is behind from. */
static uint32_t
rune_before(struct fa_str s, size_t from, size_t at)
{
	size_t back = at;

	while (back > from && at - back < RUNE_BYTES) {
		back--;
		if (((unsigned char)s.p[back] & 0xC0) != 0x80)
			break;
	}
	return back < at ? rune_at(s, back) : 0;
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
ascii_dot_ends(struct fa_str s, size_t from, size_t at, uint32_t after)
{
	uint32_t prev = rune_before(s, from, at);
	struct fa_str word;

	if (after >= 'a' && after <= 'z')
		return false;
	if (is_letter(prev)) {
		word = word_before(s, from, at);
		return word.n >= 2 && (after == 0 || !abbreviation(word));
	}
	return (prev == ')' || prev == '"' || prev == 0x201D ||
		       is_digit(prev)) &&
		at - from >= START_BYTES;
}

/* Does the '.' at offset at end a sentence? */
static bool
dot_ends(struct fa_str s, size_t from, size_t at)
{
	uint32_t next = rune_at(s, at + 1), prev = rune_before(s, from, at);
	bool blank = next == 0 || is_blank(next) || next == '\n';
	size_t far = at + 1;

	if (prev == '.')
		return blank && at >= from + 2 && s.p[at - 2] == '.';
	if (fa_rune_is_han(prev))
		return (blank || fa_rune_is_han(next)) &&
			at - from >= START_BYTES;
	while (far < s.n && far - at < 8 && s.p[far] == ' ')
		far++;
	return blank && ascii_dot_ends(s, from, at, rune_at(s, far));
}

/* Is the ASCII mark at offset at part of a link? */
static bool
inside_word(struct fa_str s, size_t from, size_t at)
{
	unsigned char prev = at > from ? (unsigned char)s.p[at - 1] : 0;
	unsigned char next = at + 1 < s.n ? (unsigned char)s.p[at + 1] : 0;

	return prev > ' ' && prev < 0x7F && prev != ')' && prev != '"' &&
		(is_letter(next) || is_digit(next) || next == '=' ||
			next == '&' || next == '/' || next == '%' ||
			next == '_' || next == '-');
}

/* Does the stop at offset at end the sentence that begins at from? */
static bool
ends_at(struct fa_str s, size_t from, size_t at)
{
	uint32_t next;

	switch (s.p[at]) {
	case '!':
	case '?':
	case ';':
		return !inside_word(s, from, at);
	case '.':
		return dot_ends(s, from, at);
	case '\xE2': /* dots of omission */
		next = rune_at(s, at + 3);
		return next == 0 || is_blank(next) || next == '\n';
	default:
		return true;
	}
}

/* Bytes of a character that belongs to the end that it follows: a further
 * mark, a closer, a blank; or 0. */
static size_t
belongs(struct fa_str s, size_t at)
{
	switch ((unsigned char)s.p[at]) {
	case '!':
	case '?':
	case ';':
	case ' ':
	case '\t':
		return 1;
	case 0xC2:
		return rune_at(s, at) == 0xA0 ? 2 : 0;
	case 0xE3:
		if (rune_at(s, at) == 0x3002)
			return 3;
		break;
	default:
		break;
	}
	return fa_segment_closer(s, at);
}

/* Offset behind the characters that belong to the end before at and begin
 * below to. */
static size_t
absorb_below(struct fa_str s, size_t at, size_t to)
{
	size_t n = 1;

	for (; at < to && n; at += n)
		n = belongs(s, at);
	return at;
}

/* Offset behind the FA_SEGMENT_SENTENCE_MAX characters from offset from;
 * SIZE_MAX when there are fewer. */
static size_t
furthest(struct fa_str s, size_t from)
{
	size_t chars, n;

	for (chars = 0; chars < FA_SEGMENT_SENTENCE_MAX; chars++) {
		if (from >= s.n)
			return SIZE_MAX;
		(void)fa_segment_rune(s, from, &n);
		from += n;
	}
	return from;
}

/* End of a sentence whose last character, but for what belongs to it, ends at
 * offset at. */
static size_t
absorb(struct fa_str s, size_t from, size_t at)
{
	/* So many bytes are no more characters. */
	size_t near = from + FA_SEGMENT_SENTENCE_MAX;

	at = absorb_below(s, at, near < s.n ? near : s.n);
	if (at >= near && at < s.n) {
		size_t far = furthest(s, from);

		at = absorb_below(s, at, far < s.n ? far : s.n);
	}
	return at < s.n && s.p[at] == '\n' ? at + 1 : at;
}

/* Offset of the closing bracket of a pair that holds the sentence from its
 * first character and ended one itself, or SIZE_MAX. */
static size_t
closer_that_ends(const struct fa_cut *c, size_t from)
{
	const char *p = c->text.p;
	const struct fa_range *r;
	size_t at;

	if (c->next == c->pairs->n)
		return SIZE_MAX;
	r = &c->pairs->at[c->next];
	if (r->from < from || r->from - from >= FA_SEGMENT_SENTENCE_MAX)
		return SIZE_MAX;
	for (at = from; at < r->from; at++)
		if (!is_blank((unsigned char)p[at]))
			return SIZE_MAX;
	at = r->to - ((unsigned char)p[r->to - 1] < 0x80 ? 1 : 3);
	if (p[at - 1] == '!' || p[at - 1] == '?' ||
		(at >= 3 && memcmp(p + at - 3, "。", 3) == 0))
		return at;
	return SIZE_MAX;
}

/* Offset of the character that ends the sentence; to when there is none below
 * it. */
static size_t
last_of(const struct fa_cut *c, size_t from, size_t to)
{
	const struct fa_pairs *pairs = c->pairs;
	size_t pair = c->next, at = closer_that_ends(c, from);

	if (at != SIZE_MAX)
		return at;
	for (at = fa_bits_next(c->marks->stops, from, to); at < to;
		at = fa_bits_next(c->marks->stops, at, to)) {
		while (pair < pairs->n && pairs->at[pair].to <= at)
			pair++;
		if (pair < pairs->n && pairs->at[pair].from <= at)
			at = pairs->at[pair].to;
		else if (ends_at(c->text, from, at))
			return at;
		else
			at++;
	}
	return to;
}

static size_t
end_behind(struct fa_str s, size_t from, size_t last)
{
	if (s.p[last] == '\n')
		return last + 1;
	return absorb(
		s, from, last + ((unsigned char)s.p[last] < 0x80 ? 1 : 3));
}

/* End of a sentence that may be too long. */
static size_t
far_end(struct fa_str s, size_t from, size_t last)
{
	size_t end = furthest(s, from), at;

	if (last < end)
		return last < s.n ? end_behind(s, from, last) : s.n;
	for (at = end; at > from; at--)
		if (s.p[at - 1] == ',')
			return at;
	return end;
}

size_t
fa_cut_sentence(struct fa_cut *c, size_t from)
{
	size_t most = (size_t)RUNE_BYTES * FA_SEGMENT_SENTENCE_MAX;
	size_t left = c->text.n - from, last, end;

	last = last_of(c, from, left < most ? c->text.n : from + most);
	if (last - from < FA_SEGMENT_SENTENCE_MAX && last < c->text.n)
		end = end_behind(c->text, from, last);
	else if (left < FA_SEGMENT_SENTENCE_MAX)
		end = c->text.n;
	else
		end = far_end(c->text, from, last);
	while (c->next < c->pairs->n && c->pairs->at[c->next].to <= end)
		c->next++;
	return end;
}
