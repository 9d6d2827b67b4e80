/* Markers: what a numbered block begins with.
 *
 *   marker  = ordinal | han | paren | decimal | letter | circled | bullet
 *   ordinal = "第" (han-number | digits) ("章"|"编"|"篇"|"部分"|"节"|"条")
 *   han     = han-number ("、" | "." | ")")
 *   paren   = "(" (han-number | digits | letter) ")"
 *   decimal = digits ("、" | "." | ")") | digits ("." digits){1,3} [". 、"]
 *   letter  = letter ("." | "、" | ")")
 *
 * Text is normalised, so full-width forms need no care. A number has at most
 * two digits (99 paragraphs; 2021 is a year), is not 0 and is not followed by
 * a letter or a further digit (2.4GHz). Markdown's "1\." counts as "1.", and
 * "**" left over from it in front is no hindrance. */
#include <string.h>

#include "segment/parts.h"

#define MARKER_MAX 99

struct cursor {
	struct fa_str s;
	size_t at;
};

static uint32_t
peek(const struct cursor *c, size_t *n)
{
	if (c->at >= c->s.n) {
		*n = 0;
		return 0;
	}
	return fa_segment_rune(c->s, c->at, n);
}

static inline bool
take(struct cursor *c, struct fa_str what)
{
	if (c->s.n - c->at < what.n ||
		memcmp(c->s.p + c->at, what.p, what.n) != 0)
		return false;
	c->at += what.n;
	return true;
}

static void
blanks(struct cursor *c)
{
	while (c->at < c->s.n &&
		(c->s.p[c->at] == ' ' || c->s.p[c->at] == '\t'))
		c->at++;
}

static uint32_t
digits(struct cursor *c)
{
	uint32_t v = 0;
	size_t from = c->at;

	while (c->at < c->s.n && c->s.p[c->at] >= '0' && c->s.p[c->at] <= '9') {
		if (c->at - from == 2)
			return 0;
		v = v * 10 + (uint32_t)(c->s.p[c->at++] - '0');
	}
	return v;
}

static uint32_t
han_digit(uint32_t cp)
{
	switch (cp) {
	case 0x4E00:
		return 1;
	case 0x4E8C:
		return 2;
	case 0x4E09:
		return 3;
	case 0x56DB:
		return 4;
	case 0x4E94:
		return 5;
	case 0x516D:
		return 6;
	case 0x4E03:
		return 7;
	case 0x516B:
		return 8;
	case 0x4E5D:
		return 9;
	default:
		return 0;
	}
}

/* 一 to 九十九; 0 and the cursor unmoved when there is none. */
static uint32_t
han_number(struct cursor *c)
{
	struct cursor t = *c;
	uint32_t tens = 0, ones = 0;
	size_t n;

	ones = han_digit(peek(&t, &n));
	if (ones)
		t.at += n;
	if (take(&t, FA_STR("十"))) {
		tens = ones ? ones : 1;
		ones = han_digit(peek(&t, &n));
		if (ones)
			t.at += n;
	}
	if (tens * 10 + ones)
		*c = t;
	return tens * 10 + ones;
}

/* The mark behind a bare number. */
static uint32_t
closing(struct cursor *c)
{
	if (take(c, FA_STR("\\")) && c->at < c->s.n && c->s.p[c->at] != '.' &&
		c->s.p[c->at] != ')')
		return 0;
	if (take(c, FA_STR(".")))
		return '.';
	if (take(c, FA_STR(")")))
		return ')';
	if (take(c, FA_STR("、")))
		return 0x3001;
	return 0;
}

static struct fa_marker
made(enum fa_mark mark, uint32_t depth, uint32_t number, struct cursor *c)
{
	struct fa_marker m = { FA_MARK_NONE, 0, 0, 0 };

	if (number == 0 || mark == FA_MARK_NONE)
		return m;
	blanks(c);
	m.mark = mark;
	m.depth = (uint8_t)depth;
	m.number = number;
	m.bytes = (uint32_t)c->at;
	return m;
}

static struct fa_marker
ordinal(struct cursor c)
{
	uint32_t v;
	enum fa_mark mark = FA_MARK_NONE;

	blanks(&c);
	v = han_number(&c);
	if (v == 0)
		v = digits(&c);
	blanks(&c);
	if (take(&c, FA_STR("章")) || take(&c, FA_STR("编")) ||
		take(&c, FA_STR("篇")) ||
		(take(&c, FA_STR("部")) && take(&c, FA_STR("分"))))
		mark = FA_MARK_CHAPTER;
	else if (take(&c, FA_STR("节")))
		mark = FA_MARK_SECTION;
	else if (take(&c, FA_STR("条")))
		mark = FA_MARK_ARTICLE;
	return made(mark, 1, v, &c);
}

static enum fa_mark
letter_mark(char ch)
{
	if (ch >= 'A' && ch <= 'Z')
		return FA_MARK_UPPER;
	return ch >= 'a' && ch <= 'z' ? FA_MARK_LOWER : FA_MARK_NONE;
}

static struct fa_marker
in_parens(struct cursor c)
{
	enum fa_mark mark = FA_MARK_HAN_PAREN;
	uint32_t v;

	blanks(&c);
	v = han_number(&c);
	if (v == 0) {
		mark = FA_MARK_PAREN;
		v = digits(&c);
	}
	if (v == 0 && c.at < c.s.n) {
		mark = letter_mark(c.s.p[c.at]);
		v = ((uint32_t)c.s.p[c.at++] & 31u);
	}
	blanks(&c);
	if (!take(&c, FA_STR(")")))
		v = 0;
	return made(mark, 1, v, &c);
}

/* Is what follows a decimal marker such that it is not a quantity? */
static bool
clear_of(const struct cursor *c)
{
	size_t n;
	uint32_t cp = peek(c, &n);

	return n == 0 || cp == ' ' || cp == '"' || cp == '(' || cp > 0x7F ||
		cp == '[' || cp == '\\';
}

static struct fa_marker
decimal(struct cursor c)
{
	uint32_t v = digits(&c), depth = 1, close;
	struct cursor t;

	if (v == 0)
		return made(FA_MARK_NONE, 1, 0, &c);
	for (t = c; depth < 4 && take(&t, FA_STR(".")); depth++) {
		uint32_t w = digits(&t);

		if (w == 0)
			break;
		v = w;
		c = t;
	}
	if (depth == 1) {
		close = closing(&c);
		if (close == 0)
			return made(FA_MARK_NONE, 1, 0, &c);
		if (close == ')')
			return made(FA_MARK_CLOSED, 1, v, &c);
		if (close == '.' && c.at < c.s.n && c.s.p[c.at] >= '0' &&
			c.s.p[c.at] <= '9')
			return made(FA_MARK_NONE, 1, 0, &c);
		return made(FA_MARK_DECIMAL, 1, v, &c);
	}
	if (closing(&c) == 0 && !clear_of(&c))
		return made(FA_MARK_NONE, 1, 0, &c);
	return made(FA_MARK_DECIMAL, depth, v, &c);
}

static struct fa_marker
letter(struct cursor c)
{
	static const char roman[] = "IVX";
	size_t n = 0, i;
	uint32_t v = (uint32_t)c.s.p[c.at] & 31u;
	enum fa_mark mark = letter_mark(c.s.p[c.at]);
	uint32_t close;

	while (c.at + n < c.s.n && n < 5) {
		for (i = 0; i < 3 && roman[i] != c.s.p[c.at + n]; i++)
			;
		if (i == 3)
			break;
		n++;
	}
	if (n >= 2) {
		mark = FA_MARK_ROMAN;
		v = (uint32_t)n;
	} else {
		n = 1;
	}
	c.at += n;
	close = closing(&c);
	if (close == 0)
		mark = FA_MARK_NONE;
	/* "e.g." and "A.B" are words. */
	if (close == '.' && c.at < c.s.n && letter_mark(c.s.p[c.at]))
		mark = FA_MARK_NONE;
	return made(mark, 1, v, &c);
}

static bool
is_bullet(uint32_t cp)
{
	static const uint32_t table[] = { '-', '*', 0xB7, 0x2013, 0x2022,
		0x2023, 0x2043, 0x204E, 0x2219, 0x25A0, 0x25A1, 0x25AA, 0x25B6,
		0x25B8, 0x25BA, 0x25C6, 0x25C7, 0x25CB, 0x25CF, 0x25E6, 0x25FC,
		0x2605, 0x2606, 0x2660, 0x2666, 0x2713, 0x2714, 0x27A2, 0x30FB,
		0xF06C, 0xF0B7, 0xF0D8, 0xF06E };
	size_t i;

	for (i = 0; i < FA_COUNT(table); i++)
		if (table[i] == cp)
			return true;
	return false;
}

static struct fa_marker
bullet(struct cursor c, uint32_t cp)
{
	size_t n;
	uint32_t next;

	(void)peek(&c, &n);
	c.at += n;
	next = peek(&c, &n);
	/* "--", "-5" and the "*" of a footnote are not bullets. */
	if (n == 0 || next == cp || (next >= '0' && next <= '9') ||
		(cp == '*' && next != ' '))
		return made(FA_MARK_NONE, 1, 0, &c);
	return made(FA_MARK_BULLET, 1, cp, &c);
}

static struct fa_marker
other(struct cursor c, uint32_t cp, size_t n, bool circled)
{
	uint32_t v;

	if (circled && cp >= '0' && cp <= '9') {
		v = digits(&c);
		return made(FA_MARK_CIRCLED, 1, v, &c);
	}
	if (cp >= 0x2460 && cp <= 0x2473) {
		c.at += n;
		return made(FA_MARK_CIRCLED, 1, cp - 0x2460 + 1, &c);
	}
	if (cp >= 0x2776 && cp <= 0x277F) {
		c.at += n;
		return made(FA_MARK_CIRCLED, 1, cp - 0x2776 + 1, &c);
	}
	v = han_number(&c);
	if (v == 0)
		return made(FA_MARK_NONE, 1, 0, &c);
	switch (closing(&c)) {
	case ')':
		return made(FA_MARK_HAN_PAREN, 1, v, &c);
	case '.':
	case 0x3001:
		return made(FA_MARK_HAN, 1, v, &c);
	default:
		return made(FA_MARK_NONE, 1, 0, &c);
	}
}

/* Most blocks begin with a character of no marker. */
static bool
plain(uint32_t cp)
{
	return cp >= 0x4E00 && cp <= 0x9FFF && cp != 0x7B2C && cp != 0x5341 &&
		han_digit(cp) == 0;
}

struct fa_marker
fa_marker_parse(struct fa_str text, bool circled)
{
	struct cursor c = { text, 0 };
	size_t n;
	uint32_t cp;

	do
		blanks(&c);
	while (take(&c, FA_STR("**")));
	cp = peek(&c, &n);
	if (n == 0 || plain(cp))
		return made(FA_MARK_NONE, 1, 0, &c);
	if (take(&c, FA_STR("第")))
		return ordinal(c);
	if (take(&c, FA_STR("(")))
		return in_parens(c);
	if (cp >= '0' && cp <= '9' && !circled)
		return decimal(c);
	if (cp < 0x80 && letter_mark((char)cp))
		return letter(c);
	if (is_bullet(cp))
		return bullet(c, cp);
	return other(c, cp, n, circled);
}

uint32_t
fa_marker_key(const struct fa_marker *m)
{
	return (uint32_t)m->mark * 5 + m->depth;
}
