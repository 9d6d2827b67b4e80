#include "base/str.h"

#include <stdint.h>
#include <string.h>

uint32_t
fa_str_hash(struct fa_str s)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 16777619u;
	return h;
}

int
fa_str_cmp(struct fa_str a, struct fa_str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n == 0 ? 0 : memcmp(a.p, b.p, n);

	if (order != 0)
		return order;
	return (a.n > b.n) - (a.n < b.n);
}

size_t
fa_str_find(struct fa_str s, struct fa_str needle, size_t from)
{
	if (from > s.n || needle.n > s.n - from)
		return SIZE_MAX;
	if (needle.n == 0)
		return from;
	/* The last byte is the one to look for: in UTF-8 Han text it varies
	 * more than the first, so that memchr stops less often. */
	for (size_t end = from + needle.n - 1; end < s.n; end++) {
		const char *hit =
			memchr(s.p + end, needle.p[needle.n - 1], s.n - end);

		if (hit == NULL)
			return SIZE_MAX;
		end = (size_t)(hit - s.p);
		if (memcmp(hit - (needle.n - 1), needle.p, needle.n) == 0)
			return end - (needle.n - 1);
	}
	return SIZE_MAX;
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct fa_str
fa_str_trim(struct fa_str s)
{
	while (s.n > 0 && is_blank(s.p[s.n - 1]))
		s.n--;
	while (s.n > 0 && is_blank(s.p[0])) {
		s.p++;
		s.n--;
	}
	return s;
}

struct fa_str
fa_str_cut(struct fa_str *rest, char sep)
{
	struct fa_str s = *rest;
	const char *hit = s.n == 0 ? NULL : memchr(s.p, sep, s.n);

	if (hit == NULL) {
		*rest = FA_STR_NONE;
		return s;
	}
	*rest = fa_str_sub(s, (size_t)(hit - s.p) + 1, s.n);
	return fa_str_sub(s, 0, (size_t)(hit - s.p));
}

static unsigned char
lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool
fa_str_ieq(struct fa_str a, struct fa_str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	}
	return true;
}

static bool
is_filler(char c)
{
	return c == ' ' || c == '-' || c == '_';
}

bool
fa_str_same_name(struct fa_str a, struct fa_str b)
{
	size_t i = 0;
	size_t k = 0;

	for (;;) {
		while (i < a.n && is_filler(a.p[i]))
			i++;
		while (k < b.n && is_filler(b.p[k]))
			k++;
		if (i == a.n || k == b.n)
			return i == a.n && k == b.n;
		if (lower(a.p[i++]) != lower(b.p[k++]))
			return false;
	}
}

size_t
fa_str_search(const void *items, size_t n, size_t size, size_t offset,
	struct fa_str key)
{
	const char *base = items;
	size_t lo = 0;
	size_t hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		struct fa_str at;
		int order;

		memcpy(&at, base + mid * size + offset, sizeof(at));
		order = fa_str_cmp(at, key);
		if (order == 0)
			return mid;
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return n;
}
