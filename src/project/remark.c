#include "project/remark.h"

#include <string.h>

#include "base/attr.h"
#include "base/clock.h"

/* Without blanks and the marks that comments put around their lines. */
static struct fa_str
bare(struct fa_str s)
{
	s = fa_str_trim(s);
	while (s.n > 0 && strchr("*-#/}", s.p[s.n - 1]) != NULL)
		s = fa_str_trim(fa_str_sub(s, 0, s.n - 1));
	return s;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Is c one of those that ids of rules are made of? */
static bool
in_id(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

/* Bytes of a comma, ASCII or full-width, or 、 at the start of s. */
static size_t
comma(struct fa_str s)
{
	if (fa_str_starts(s, FA_STR(",")))
		return 1;
	if (fa_str_starts(s, FA_STR("\xef\xbc\x8c")) ||
		fa_str_starts(s, FA_STR("\xe3\x80\x81")))
		return 3;
	return 0;
}

/* The first word of *s, up to a blank, colon or comma. */
static struct fa_str
word(struct fa_str *s)
{
	struct fa_str w;
	size_t n = 0;

	*s = fa_str_trim(*s);
	while (n < s->n && !is_blank(s->p[n]) &&
		!fa_str_starts(fa_str_sub(*s, n, s->n), FA_STR(":")) &&
		!fa_str_starts(
			fa_str_sub(*s, n, s->n), FA_STR("\xef\xbc\x9a")) &&
		comma(fa_str_sub(*s, n, s->n)) == 0)
		n++;
	w = fa_str_sub(*s, 0, n);
	*s = fa_str_sub(*s, n, s->n);
	return w;
}

static size_t
id_bytes(struct fa_str s)
{
	size_t n = 0;

	while (n < s.n && in_id(s.p[n]))
		n++;
	return n;
}

/* "A, B" at the start of *s: ids begin with a capital, other words are the
 * beginning of the reason. */
static struct fa_str
rules(struct fa_str *s)
{
	struct fa_str found;
	size_t n = 0, end = 0;

	*s = fa_str_trim(*s);
	for (;;) {
		struct fa_str at = fa_str_sub(*s, n, s->n);
		size_t id = id_bytes(at);

		if (id == 0 || at.p[0] < 'A' || at.p[0] > 'Z')
			break;
		end = n + id;
		n = end;
		while (n < s->n && is_blank(s->p[n]))
			n++;
		id = comma(fa_str_sub(*s, n, s->n));
		if (id == 0)
			break;
		n += id;
		while (n < s->n && is_blank(s->p[n]))
			n++;
	}
	found = fa_str_sub(*s, 0, end);
	*s = fa_str_trim(fa_str_sub(*s, end, s->n));
	return found;
}

/* Colons, commas and dashes between the head and the reason. */
static struct fa_str
unled(struct fa_str s)
{
	static const struct fa_str leads[] = { FA_STR_INIT(":"),
		FA_STR_INIT("\xef\xbc\x9a"), FA_STR_INIT(","),
		FA_STR_INIT("\xef\xbc\x8c"), FA_STR_INIT("-"),
		FA_STR_INIT("\xe2\x80\x94"), FA_STR_INIT("\xe2\x80\x93") };

	for (size_t i = 0; i < FA_COUNT(leads);) {
		bool led = fa_str_starts(s, leads[i]);

		if (led)
			s = fa_str_trim(fa_str_sub(s, leads[i].n, s.n));
		i = led ? 0 : i + 1;
	}
	return s;
}

/* What stands behind the first "faceaudit:" of a line; absent when there is
 * none. */
static struct fa_str
behind_mark(struct fa_str line)
{
	static const struct fa_str mark = FA_STR_INIT("faceaudit");
	size_t at = fa_str_find(line, mark, 0);

	for (; at != SIZE_MAX; at = fa_str_find(line, mark, at + 1)) {
		struct fa_str s = fa_str_sub(line, at + mark.n, line.n);

		if (at > 0 && in_id(line.p[at - 1]) && line.p[at - 1] != '-')
			continue;
		if (fa_str_starts(s, FA_STR(":")))
			return fa_str_sub(s, 1, s.n);
		if (fa_str_starts(s, FA_STR("\xef\xbc\x9a")))
			return fa_str_sub(s, 3, s.n);
	}
	return FA_STR_NONE;
}

/* Lines end with \n, \r\n or a lone \r. */
static struct fa_str
cut_line(struct fa_str *rest)
{
	size_t n = 0;
	struct fa_str line;

	while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
		n++;
	line = fa_str_sub(*rest, 0, n);
	*rest = n < rest->n ? fa_str_sub(*rest, n + 1, rest->n) : FA_STR_NONE;
	return line;
}

/* What stands behind the next "faceaudit:", to the end of its line. */
static bool
line_of(struct fa_str *line, struct fa_str *rest)
{
	while (rest->p != NULL && rest->n > 0) {
		struct fa_str said = behind_mark(cut_line(rest));

		if (said.p == NULL)
			continue;
		*line = bare(unled(fa_str_trim(said)));
		return true;
	}
	return false;
}

bool
fa_remark_next(struct fa_remark_waiver *out, struct fa_str *rest)
{
	struct fa_remark_waiver w = { .rules = FA_STR_INIT("") };
	struct fa_str line, verb, after;

	if (!line_of(&line, rest))
		return false;
	after = line;
	verb = word(&after);
	w.whole_file = fa_str_eq(verb, FA_STR("allow-file"));
	if (w.whole_file || fa_str_eq(verb, FA_STR("allow"))) {
		line = after;
		w.rules = rules(&line);
	}
	after = line;
	if (fa_str_ieq(word(&after), FA_STR("until"))) {
		struct fa_str date = word(&after);

		if (!fa_date_parse(date, &w.until))
			w.bad_date = date;
		line = after;
	}
	w.reason = unled(fa_str_trim(line));
	*out = w;
	return true;
}

bool
fa_remark_rule(struct fa_str *rule, struct fa_str *rest)
{
	size_t n;

	*rest = fa_str_trim(*rest);
	n = comma(*rest);
	if (n > 0)
		*rest = fa_str_trim(fa_str_sub(*rest, n, rest->n));
	n = id_bytes(*rest);
	if (n == 0)
		return false;
	*rule = fa_str_sub(*rest, 0, n);
	*rest = fa_str_sub(*rest, n, rest->n);
	return true;
}
