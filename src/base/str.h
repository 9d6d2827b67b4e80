/* Slices: text by value, never owning, never NUL-terminated, never modified.
 * An absent slice has p == NULL; an empty one has n == 0. */
#ifndef FA_BASE_STR_H
#define FA_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct fa_str {
	const char *p;
	size_t n;
};

#define FA_STR(literal) ((struct fa_str){ "" literal "", sizeof(literal) - 1 })
#define FA_STR_INIT(literal)                                                   \
	{                                                                      \
		"" literal "", sizeof(literal) - 1                             \
	}
#define FA_STR_NONE ((struct fa_str){ NULL, 0 })
/* For printf: "%.*s", FA_STR_ARG(s). Cuts at INT_MAX bytes. */
#define FA_STR_ARG(s)                                                          \
	(int)((s).n > 0x7fffffff ? 0x7fffffff : (s).n), (s).p ? (s).p : ""

/* The slice of a NUL-terminated string (NULL gives the absent slice). */
static inline struct fa_str
fa_str_c(const char *z)
{
	return (struct fa_str){ z, z == NULL ? 0 : strlen(z) };
}

/* s[from, to), clamped to the slice. */
static inline struct fa_str
fa_str_sub(struct fa_str s, size_t from, size_t to)
{
	if (s.p == NULL)
		return s;
	if (to > s.n)
		to = s.n;
	if (from > to)
		from = to;
	return (struct fa_str){ s.p + from, to - from };
}

static inline bool
fa_str_eq(struct fa_str a, struct fa_str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* FNV-1a: a number for tables. Not for what an adversary may choose to make
 * equal; see fa_hash_id. */
uint32_t fa_str_hash(struct fa_str s);
/* memcmp order, shorter first among equal prefixes. */
int fa_str_cmp(struct fa_str a, struct fa_str b);
static inline bool
fa_str_starts(struct fa_str s, struct fa_str prefix)
{
	return s.n >= prefix.n &&
		(prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

static inline bool
fa_str_ends(struct fa_str s, struct fa_str suffix)
{
	return s.n >= suffix.n &&
		(suffix.n == 0 ||
			memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

/* Offset of the first needle at or after from, or SIZE_MAX. */
size_t fa_str_find(struct fa_str s, struct fa_str needle, size_t from);
/* Without ASCII blanks (space, \t \r \n \f \v) at both ends. */
struct fa_str fa_str_trim(struct fa_str s);
/* Cuts *rest at the first sep: returns the part before, leaves the part after
 * in *rest (absent when there was no sep). */
struct fa_str fa_str_cut(struct fa_str *rest, char sep);
/* Index of the item whose struct fa_str at offset equals key, among n items of
 * size bytes in the order of fa_str_cmp; n when there is none. */
size_t fa_str_search(const void *items, size_t n, size_t size, size_t offset,
	struct fa_str key);
/* ASCII case is ignored; other bytes compare exactly. */
bool fa_str_ieq(struct fa_str a, struct fa_str b);
/* The same name, whatever its ASCII case, blanks, hyphens and underscores:
 * "Policy URL" and "policy_url". */
bool fa_str_same_name(struct fa_str a, struct fa_str b);

#endif
