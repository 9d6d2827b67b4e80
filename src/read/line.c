#include "read/line.h"

#include <stdint.h>
#include <string.h>

#include "base/scan.h"
#include "base/utf8.h"

struct fa_str
fa_line_cut(struct fa_str text, size_t at, size_t *next)
{
	static const struct fa_scan_set ends = { { [0xa] = 1, [0xd] = 1 } };
	size_t end = at;

	if (at < text.n && text.p[at] != '\n' && text.p[at] != '\r')
		end = fa_scan(&ends, text, at, text.n, fa_cpu_simd());

	*next = end + (end < text.n);
	if (*next < text.n && text.p[end] == '\r' && text.p[*next] == '\n')
		*next += 1;
	return fa_str_sub(text, at, end);
}

#define CLOSERS 8      /* brackets and marks behind the final punctuation */
#define LABEL_RUNES 10 /* of a label with its colon */

/* The first code point of s (0 at the end) and its length. */
static uint32_t
first(struct fa_str s, size_t *n)
{
	uint32_t cp;

	*n = 0;
	if (s.n == 0)
		return 0;
	if ((unsigned char)s.p[0] < 0x80) {
		*n = 1;
		return (unsigned char)s.p[0];
	}
	*n = fa_utf8_next(s, &cp);
	return cp;
}

/* Blanks of any kind at the start, counted in columns. */
static size_t
skip_blanks(struct fa_str *s)
{
	size_t columns = 0;
	size_t n;
	uint32_t cp;

	while ((cp = first(*s, &n)) != 0 &&
		(fa_rune_is_space(cp) || cp == 0xfeff || cp == 0x200b)) {
		columns += cp == '\t' ? 4 : cp == 0x3000 ? 2 : 1;
		*s = fa_str_sub(*s, n, s->n);
	}
	return columns;
}

static bool
is_rule(struct fa_str s)
{
	size_t marks = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ' ')
			continue;
		if (s.p[i] != s.p[0] || strchr("-=*_~#", s.p[i]) == NULL ||
			s.p[i] == '\0')
			return false;
		marks++;
	}
	return marks >= 3;
}

static bool
is_bullet(uint32_t cp)
{
	switch (cp) {
	case 0x00b7:
	case 0x2022:
	case 0x2023:
	case 0x25a0:
	case 0x25a1:
	case 0x25aa:
	case 0x25ab:
	case 0x25b6:
	case 0x25ba:
	case 0x25c6:
	case 0x25c7:
	case 0x25cb:
	case 0x25cf:
	case 0x25e6:
	case 0x2605:
	case 0x2606:
	case 0x2713:
	case 0x2714:
	case 0x27a2:
	case 0x27a4:
	case 0xf06c:
	case 0xf0b7:
	case 0xf0d8:
		return true;
	default:
		return false;
	}
}

/* Strips the marks of a heading: one to six #, and no digit behind them. */
static bool
strip_heading(struct fa_str *s, struct fa_line *line)
{
	size_t n = 0;
	size_t bytes;
	struct fa_str rest;

	while (n < s->n && n < 7 && s->p[n] == '#')
		n++;
	rest = fa_str_sub(*s, n, s->n);
	if (n < 1 || n > 6 || rest.n == 0 ||
		(rest.p[0] != ' ' && rest.p[0] != '\t' && rest.p[0] != '*' &&
			!fa_rune_is_cjk(first(rest, &bytes))))
		return false;
	line->kind = FA_LINE_HEADING;
	line->level = (unsigned)n;
	*s = rest;
	return true;
}

/* Strips one mark of heading, quote or item; false when there is none. */
static bool
strip_mark(struct fa_str *s, struct fa_line *line)
{
	size_t bytes;
	uint32_t cp = first(*s, &bytes);
	struct fa_str rest = fa_str_sub(*s, bytes, s->n);

	if (cp == '#')
		return strip_heading(s, line);
	if (cp == '>') {
		line->kind = FA_LINE_QUOTE;
	} else if (is_bullet(cp) ||
		((cp == '-' || cp == '*' || cp == '+') && rest.n > 0 &&
			(rest.p[0] == ' ' || rest.p[0] == '\t'))) {
		line->kind = FA_LINE_ITEM;
	} else {
		return false;
	}
	*s = rest;
	return true;
}

static struct fa_str
trim_end(struct fa_str s)
{
	while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

/* Most lines begin with a Han character, a letter or a digit, and those have
 * no mark. */
static bool
is_unmarked(struct fa_str s)
{
	unsigned char c = s.n > 0 ? (unsigned char)s.p[0] : 0;

	return (c >= 0xe4 && c <= 0xe9) || (c >= '0' && c <= '9') ||
		((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

struct fa_line
fa_line_classify(struct fa_str text, size_t from, size_t to)
{
	struct fa_str s = fa_str_sub(text, from, to);
	struct fa_line line = { .kind = FA_LINE_PLAIN, .from = from };

	if (is_unmarked(s)) {
		line.to = from + trim_end(s).n;
		return line;
	}
	line.indent = skip_blanks(&s);
	s = trim_end(s);
	if (s.n == 0)
		line.kind = FA_LINE_BLANK;
	else if (is_rule(s))
		line.kind = FA_LINE_RULE;
	else if (s.n > 2 && s.p[0] == '|' && s.p[s.n - 1] == '|')
		line.kind = FA_LINE_ROW;
	/* Three levels of marks, such as "> - # x", are enough. */
	for (int i = 0; i < 3 && line.kind != FA_LINE_ROW; i++) {
		if (line.kind == FA_LINE_HEADING || !strip_mark(&s, &line))
			break;
		(void)skip_blanks(&s);
	}
	if (line.kind == FA_LINE_HEADING) {
		while (s.n > 0 && s.p[s.n - 1] == '#')
			s.n--;
		s = trim_end(s);
	}
	if (s.n == 0 && line.kind != FA_LINE_RULE)
		line.kind = FA_LINE_BLANK;
	line.from = s.n == 0 ? to : (size_t)(s.p - text.p);
	line.to = line.from + s.n;
	return line;
}

static bool
is_numeral(uint32_t cp)
{
	switch (cp) {
	case 0x3007: /* 〇 */
	case 0x4e00: /* 一 */
	case 0x4e03: /* 七 */
	case 0x4e09: /* 三 */
	case 0x4e5d: /* 九 */
	case 0x4e8c: /* 二 */
	case 0x4e94: /* 五 */
	case 0x516b: /* 八 */
	case 0x516d: /* 六 */
	case 0x5341: /* 十 */
	case 0x56db: /* 四 */
	case 0x767e: /* 百 */
		return true;
	default:
		return (cp >= '0' && cp <= '9') ||
			(cp >= 0xff10 && cp <= 0xff19);
	}
}

/* Strips numerals and dots between them; returns how many. */
static size_t
strip_number(struct fa_str *s)
{
	size_t count = 0;
	size_t n;

	while (is_numeral(first(*s, &n))) {
		*s = fa_str_sub(*s, n, s->n);
		count++;
	}
	return count;
}

bool
fa_line_is_numbered(struct fa_str line)
{
	size_t n;
	uint32_t cp = first(line, &n);
	struct fa_str rest = fa_str_sub(line, n, line.n);

	if (cp >= 0x2460 && cp <= 0x24ff) /* circled and the like */
		return true;
	if (cp == 0x7b2c) /* 第 */
		return strip_number(&rest) > 0;
	if (cp >= 0x4e00 && cp <= 0x9fff && !is_numeral(cp))
		return false;
	if (cp == '(' || cp == 0xff08) {
		if (strip_number(&rest) == 0)
			return false;
		cp = first(rest, &n);
		return cp == ')' || cp == 0xff09;
	}
	if (strip_number(&line) > 0) {
		cp = first(line, &n);
	} else if ((cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z')) {
		cp = first(rest, &n);
	} else {
		return false;
	}
	return cp == '.' || cp == 0x3001 || cp == ')' || cp == 0xff09 ||
		cp == 0xff0e;
}

/* The last code point of s. */
static uint32_t
last(struct fa_str s)
{
	size_t at = s.n;
	uint32_t cp;

	if (s.n == 0)
		return 0;
	do {
		at--;
	} while (at > 0 && ((unsigned char)s.p[at] & 0xc0) == 0x80);
	(void)fa_utf8_next(fa_str_sub(s, at, s.n), &cp);
	return cp;
}

static bool
is_ender(uint32_t cp)
{
	switch (cp) {
	case '.':
	case '!':
	case '?':
	case ';':
	case ':':
	case '|':
	case 0x2026: /* … */
	case 0x3002: /* 。 */
	case 0xff01:
	case 0xff0e:
	case 0xff1a:
	case 0xff1b:
	case 0xff1f:
	case 0xff61:
		return true;
	default:
		return false;
	}
}

static bool
is_closer(uint32_t cp)
{
	switch (cp) {
	case '"':
	case '\'':
	case ')':
	case ']':
	case '*':
	case '_':
	case ' ':
	case 0x2019: /* ’ */
	case 0x201d: /* ” */
	case 0x300b: /* 》 */
	case 0x300d: /* 」 */
	case 0x300f: /* 』 */
	case 0x3011: /* 】 */
	case 0xff09:
		return true;
	default:
		return false;
	}
}

bool
fa_line_is_closed(struct fa_str line)
{
	uint32_t cp = last(line);

	for (int i = 0; i < CLOSERS && is_closer(cp); i++) {
		char utf8[4];

		line.n -= fa_utf8_put(cp, utf8);
		cp = last(line);
	}
	return is_ender(cp);
}

/* "使用目的：...": a few characters and a colon. */
static bool
is_labelled(struct fa_str line)
{
	for (int i = 0; i < LABEL_RUNES && line.n > 0; i++) {
		size_t n;
		uint32_t cp = first(line, &n);

		if (cp == ':' || cp == 0xff1a)
			return i > 0;
		line = fa_str_sub(line, n, line.n);
	}
	return false;
}

bool
fa_line_begins(struct fa_str line)
{
	while (line.n > 0 &&
		(line.p[0] == '*' || line.p[0] == '_' || line.p[0] == ' '))
		line = fa_str_sub(line, 1, line.n);
	return fa_line_is_numbered(line) || is_labelled(line);
}

bool
fa_line_is_delimiter(struct fa_str line)
{
	bool dash = false;
	bool pipe = false;

	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];

		if (strchr(" \t|:-", c) == NULL || c == '\0')
			return false;
		dash = dash || c == '-';
		pipe = pipe || c == '|';
	}
	return dash && pipe;
}

#define LABEL_BYTES 1000 /* CommonMark 4.7: longest label */

size_t
fa_line_definition(struct fa_str line)
{
	size_t at = 0;
	size_t end;

	while (at < line.n && line.p[at] == ' ')
		at++;
	if (at == line.n || line.p[at] != '[')
		return 0;
	end = fa_str_find(
		fa_str_sub(line, at, at + LABEL_BYTES), FA_STR("]"), 0);
	if (end == SIZE_MAX || end < 2)
		return 0;
	end += at + 1;
	return end < line.n && line.p[end] == ':' ? end + 1 : 0;
}

int
fa_line_row(struct fa_inline *in, size_t from, size_t to, struct fa_block proto,
	struct fa_err *err)
{
	const char *p = in->b->src->text.p;
	size_t at;

	while (from < to && (p[from] == ' ' || p[from] == '\t'))
		from++;
	if (from < to && p[from] == '|')
		from++;
	proto.column = 0;
	for (at = from; from < to; at++) {
		int rc;

		if (at < to && p[at] == '\\') {
			at++;
			continue;
		}
		if (at < to && p[at] != '|')
			continue;
		fa_build_break(in->b);
		in->b->proto = proto;
		at = at < to ? at : to;
		fa_inline_line(in, from, at);
		rc = fa_inline_flush(in, err);
		if (rc < 0)
			return rc;
		fa_build_break(in->b);
		proto.column++;
		from = at + 1;
	}
	return FA_OK;
}
