#include "fetch/robots_rule.h"

#include <stdint.h>
#include <string.h>

#include "base/num.h"

/* What one character of a path is in the form of comparison. */
struct unit {
	char c[FA_ROBOTS_UNIT_BYTES];
	size_t n;
	size_t octets; /* when percent-encoded as RFC 9309 2.2.2 wants it */
	size_t taken;  /* bytes read */
};

/* RFC 3986 2.2 and 2.3: stands as it is in a URL. */
static bool
stands_raw(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		(c >= 'A' && c <= 'Z') ||
		(c != '\0' && strchr("-._~!$&'()*+,;=:@/?", c) != NULL);
}

/* encoded: "/" and "?" that came escaped, or are to be. */
static void
put_unit(struct unit *u, unsigned char c, bool encoded)
{
	u->n = u->octets = 3;
	if (c == '%') {
		memcpy(u->c, "%25", 3);
	} else if (c == '/' && encoded) {
		memcpy(u->c, "%2F", 3);
	} else if (c == '?' && encoded) {
		memcpy(u->c, "%3F", 3);
	} else {
		u->c[0] = (char)c;
		u->n = 1;
		u->octets = stands_raw(c) ? 1 : 3;
	}
}

static void
next_unit(struct unit *u, struct fa_str s, enum fa_robots_form form)
{
	bool escaped = false;
	uint64_t v = (unsigned char)s.p[0];

	u->taken = 1;
	if (s.p[0] == '%' && s.n > 2 &&
		fa_num_hex(fa_str_sub(s, 1, 3), 0xff, &v)) {
		u->taken = 3;
		escaped = true;
	}
	put_unit(u, (unsigned char)v,
		form == FA_ROBOTS_AS_IS ? escaped : form == FA_ROBOTS_ENCODED);
}

size_t
fa_robots_canonical(char *out, struct fa_str target, enum fa_robots_form form)
{
	struct unit u;
	bool query = false;
	size_t n = 0;

	for (; target.n > 0; target = fa_str_sub(target, u.taken, target.n)) {
		next_unit(&u, target, query ? form : FA_ROBOTS_AS_IS);
		query |= target.p[0] == '?';
		memcpy(out + n, u.c, u.n);
		n += u.n;
	}
	return n;
}

static size_t
count(struct fa_str s, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

/* Asterisks in a row are one. */
bool
fa_robots_rule_init(
	struct fa_robots_rule *out, struct fa_str pattern, struct fa_arena *a)
{
	struct fa_robots_rule r = { .octets = 0 };
	struct fa_str *parts =
		fa_arena_new(a, count(pattern, '*') + 1, sizeof(*parts));
	char *text =
		fa_arena_new(a, pattern.n + count(pattern, '%') * 2 + 1, 1);
	struct unit u;

	if (parts == NULL || text == NULL)
		return false;
	r.at_end = fa_str_ends(pattern, FA_STR("$"));
	r.octets = r.at_end;
	pattern.n -= r.at_end;
	parts[r.parts_n++] = (struct fa_str){ text, 0 };
	for (; pattern.n > 0;
		pattern = fa_str_sub(pattern, u.taken, pattern.n)) {
		struct fa_str *part = &parts[r.parts_n - 1];

		next_unit(&u, pattern, FA_ROBOTS_AS_IS);
		r.octets += u.octets;
		if (pattern.p[0] == '*') {
			if (r.parts_n == 1 || part->n > 0)
				parts[r.parts_n++] =
					(struct fa_str){ text + r.min_bytes,
						0 };
			continue;
		}
		memcpy(text + r.min_bytes, u.c, u.n);
		part->n += u.n;
		r.min_bytes += u.n;
	}
	r.parts = parts;
	*out = r;
	return true;
}

/* A part between asterisks may as well be taken where it stands first: what
 * follows then has the most room. So nothing is ever tried again. */
bool
fa_robots_rule_matches(const struct fa_robots_rule *r, struct fa_str canonical)
{
	size_t last = r->parts_n - 1;
	size_t at = r->parts[0].n;

	if (canonical.n < r->min_bytes ||
		!fa_str_starts(canonical, r->parts[0]))
		return false;
	if (last == 0)
		return !r->at_end || at == canonical.n;
	for (size_t i = 1; i < last; i++) {
		at = fa_str_find(canonical, r->parts[i], at);
		if (at == SIZE_MAX)
			return false;
		at += r->parts[i].n;
	}
	if (r->at_end)
		return canonical.n - at >= r->parts[last].n &&
			fa_str_ends(canonical, r->parts[last]);
	return fa_str_find(canonical, r->parts[last], at) != SIZE_MAX;
}
