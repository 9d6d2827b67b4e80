#include "read/html_charref.h"

#include "base/utf8.h"

#define LEGACY_BYTES 6 /* longest name known without a semicolon */

/* HTML §13.2.5.80: windows-1252 for references to C1 controls; 0 stays. */
static const uint16_t c1[32] = { 0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026,
	0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0,
	0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122,
	0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178 };

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_alnum(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int
hex_value(char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* §13.2.5.80: the code point that a number stands for. */
static uint32_t
replaced(uint32_t cp)
{
	if (cp == 0 || cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		return FA_RUNE_BAD;
	if (cp >= 0x80 && cp <= 0x9f && c1[cp - 0x80] != 0)
		return c1[cp - 0x80];
	return cp;
}

/* §13.2.5.75-80: numeric references. */
static bool
numeric(struct fa_str s, struct fa_html_charref *out)
{
	bool hex = s.n > 2 && (s.p[2] == 'x' || s.p[2] == 'X');
	uint32_t base = hex ? 16 : 10;
	size_t first = hex ? 3 : 2;
	size_t at = first;
	uint32_t cp = 0;

	for (; at < s.n; at++) {
		int digit = hex_value(s.p[at]);

		if (digit < 0 || (uint32_t)digit >= base)
			break;
		if (cp <= 0x10ffff)
			cp = cp * base + (uint32_t)digit;
	}
	if (at == first)
		return false;
	if (at < s.n && s.p[at] == ';')
		at++;
	cp = replaced(cp);
	*out = (struct fa_html_charref){ { cp, 0 }, 1, at };
	return true;
}

/* fa_str_cmp of a name and that of an entry, which ';' or ':' ends. */
static int
compare(struct fa_str name, const char *entry)
{
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == entry[i])
			continue;
		if (entry[i] == ';' || entry[i] == ':')
			return 1;
		return (unsigned char)name.p[i] < (unsigned char)entry[i] ? -1
									  : 1;
	}
	return entry[name.n] == ';' || entry[name.n] == ':' ? 0 : -1;
}

/* The entry of a name, or NULL. */
static const char *
lookup(struct fa_str name)
{
	size_t lo = 0;
	size_t hi = FA_HTML_ENTITIES;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const char *entry = fa_html_entities[mid];
		int order = compare(name, entry);

		if (order == 0)
			return entry;
		if (order < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

static void
take(const char *entry, size_t name_bytes, struct fa_html_charref *out)
{
	struct fa_str text = fa_str_c(entry + name_bytes + 1);

	out->n = 0;
	out->cp[1] = 0;
	while (text.n > 0 && out->n < 2) {
		size_t n = fa_utf8_next(text, &out->cp[out->n++]);

		text = fa_str_sub(text, n, text.n);
	}
}

bool
fa_html_charref(struct fa_str s, bool in_attr, struct fa_html_charref *out)
{
	size_t run = 1;
	const char *entry;

	if (s.n > 1 && s.p[1] == '#')
		return numeric(s, out);
	while (run < s.n && run <= FA_HTML_ENTITY_BYTES + 1 &&
		is_alnum(s.p[run]))
		run++;
	if (run < s.n && s.p[run] == ';') {
		entry = lookup(fa_str_sub(s, 1, run));
		if (entry != NULL) {
			take(entry, run - 1, out);
			out->bytes = run + 1;
			return true;
		}
	}
	/* §13.2.5.73: the longest name that is a prefix. */
	for (size_t n = run - 1 < LEGACY_BYTES ? run - 1 : LEGACY_BYTES; n >= 2;
		n--) {
		char next = n + 1 < s.n ? s.p[n + 1] : '\0';

		entry = lookup(fa_str_sub(s, 1, n + 1));
		if (entry == NULL || entry[n] != ':')
			continue;
		if (in_attr && (next == '=' || is_alnum(next)))
			return false;
		take(entry, n, out);
		out->bytes = n + 1;
		return true;
	}
	return false;
}
