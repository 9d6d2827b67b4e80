/* Patterns as git reads them (gitignore(5)), its habits included where the
 * manual is silent: wildmatch works on bytes, a bracket that is not closed and
 * a backslash at the end match nothing, and "**" crosses folders also right
 * behind a prefix without wildcards ("a**" + "/b"), because git compares that
 * prefix first and hands on the rest. */
#include "project/glob.h"

#include <stdint.h>

#include "base/attr.h"

/* Without blanks at the end, save those behind a backslash. */
static struct fa_str
without_blanks(struct fa_str s)
{
	size_t keep = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n)
			keep = ++i + 1;
		else if (s.p[i] != ' ')
			keep = i + 1;
	}
	return fa_str_sub(s, 0, keep);
}

bool
fa_glob_parse(struct fa_glob *out, struct fa_str line)
{
	struct fa_glob p = { .line = line, .text = line };

	if (line.n > 0 && line.p[line.n - 1] == '\r')
		p.text.n--;
	p.text = without_blanks(p.text);
	if (p.text.n == 0 || p.text.p[0] == '#')
		return false;
	if (p.text.p[0] == '!') {
		p.negated = true;
		p.text = fa_str_sub(p.text, 1, p.text.n);
	}
	if (p.text.n > 0 && p.text.p[p.text.n - 1] == '/') {
		p.folder = true;
		p.text.n--;
	}
	p.anchored = fa_str_find(p.text, FA_STR("/"), 0) != SIZE_MAX;
	if (p.text.n > 0 && p.text.p[0] == '/')
		p.text = fa_str_sub(p.text, 1, p.text.n);
	if (p.text.n == 0)
		return false;
	*out = p;
	return true;
}

static char
at(struct fa_str s, size_t i)
{
	return i < s.n ? s.p[i] : '\0';
}

/* The classes of POSIX, as ranges of bytes in pairs. */
static const struct class
{
	struct fa_str name;
	const char *ranges;
} classes[] = {
	{ FA_STR_INIT("alnum"), "09AZaz" },
	{ FA_STR_INIT("alpha"), "AZaz" },
	{ FA_STR_INIT("blank"), "  \t\t" },
	{ FA_STR_INIT("cntrl"), "\x01\x1f\x7f\x7f" },
	{ FA_STR_INIT("digit"), "09" },
	{ FA_STR_INIT("graph"), "!~" },
	{ FA_STR_INIT("lower"), "az" },
	{ FA_STR_INIT("print"), " ~" },
	{ FA_STR_INIT("punct"), "!/:@[`{~" },
	{ FA_STR_INIT("space"), "  \t\n\r\r" },
	{ FA_STR_INIT("upper"), "AZ" },
	{ FA_STR_INIT("xdigit"), "09AFaf" },
};

/* Is c of the class of that name? -1: there is none. */
static int
in_class(struct fa_str name, unsigned char c)
{
	for (size_t i = 0; i < FA_COUNT(classes); i++) {
		const char *r = classes[i].ranges;

		if (!fa_str_eq(name, classes[i].name))
			continue;
		for (; r[0] != '\0'; r += 2)
			if ((unsigned char)r[0] <= c &&
				c <= (unsigned char)r[1])
				return 1;
		return 0;
	}
	return -1;
}

/* A bracket expression while it is read. */
struct bracket {
	struct fa_str g;
	size_t k;        /* the next byte of g */
	unsigned char c; /* that it is compared with */
	bool found, broken;
};

/* [:name:] at b->k; false when it only begins like one. */
static bool
take_class(struct bracket *b)
{
	size_t end = b->k + 2;
	int in;

	while (end < b->g.n && b->g.p[end] != ']')
		end++;
	b->broken = end >= b->g.n;
	if (b->broken)
		return true;
	if (end < b->k + 3 || b->g.p[end - 1] != ':')
		return false;
	in = in_class(fa_str_sub(b->g, b->k + 2, end - 1), b->c);
	b->broken = in < 0;
	b->found |= in > 0;
	b->k = end + 1;
	return true;
}

/* One byte, escaped or not. */
static unsigned char
take_byte(struct bracket *b)
{
	if (b->g.p[b->k] == '\\')
		b->k++;
	b->broken = b->k >= b->g.n;
	return b->broken ? 0 : (unsigned char)b->g.p[b->k++];
}

static void
take_range(struct bracket *b)
{
	unsigned char lo = take_byte(b), hi = lo;

	if (!b->broken && at(b->g, b->k) == '-' && b->k + 1 < b->g.n &&
		b->g.p[b->k + 1] != ']') {
		b->k++;
		hi = take_byte(b);
	}
	b->found |= b->c == lo || (lo <= b->c && b->c <= hi);
}

/* The bracket expression at g[i] against c: bytes taken, 0 when it does not
 * fit, or is none. */
static size_t
bracket(struct fa_str g, size_t i, char c)
{
	struct bracket b = { g, i + 1, (unsigned char)c, false, false };
	bool not = at(g, b.k) == '!' || at(g, b.k) == '^';
	size_t first;

	b.k += not ? 1u : 0u;
	for (first = b.k;
		b.k < g.n && !b.broken && (g.p[b.k] != ']' || b.k == first);)
		if (g.p[b.k] != '[' || at(g, b.k + 1) != ':' || !take_class(&b))
			take_range(&b);
	if (b.broken || b.k >= g.n || b.found == not || c == '/')
		return 0;
	return b.k - i + 1;
}

/* One element of the glob at i that is no star: bytes taken, 0 when it does
 * not fit c. */
static size_t
one(struct fa_str g, size_t i, char c)
{
	switch (g.p[i]) {
	case '?':
		return c != '/' ? 1 : 0;
	case '[':
		return bracket(g, i, c);
	case '\\':
		return i + 1 < g.n && g.p[i + 1] == c ? 2 : 0;
	default:
		return g.p[i] == c ? 1 : 0;
	}
}

static size_t
stars(struct fa_str g, size_t i)
{
	size_t n = 0;

	while (at(g, i + n) == '*')
		n++;
	return n;
}

/* Bytes before the first wildcard. */
static size_t
literal(struct fa_str g)
{
	size_t n = 0;

	while (n < g.n && g.p[n] != '*' && g.p[n] != '?' && g.p[n] != '[' &&
		g.p[n] != '\\')
		n++;
	return n;
}

enum crossing { NONE, REST, FOLDERS, FOLDERS_ONE };

/* Do the n stars at i stand for whole folders? ONE: for one at least. */
static enum crossing
crossing(struct fa_str g, size_t i, size_t n, size_t prefix)
{
	if (n < 2 || (i != prefix && g.p[i - 1] != '/'))
		return NONE;
	if (i + n == g.n)
		return REST;
	if (g.p[i + n] == '/')
		return FOLDERS;
	return g.p[i + n] == '\\' && at(g, i + n + 1) == '/' ? FOLDERS_ONE
							     : NONE;
}

/* Where to go on after a mismatch: behind the last star of each kind, which
 * then takes one character more. */
struct retry {
	size_t glob, text;
	bool on;
};

/* Lets the star that may take more do so; false when none may. */
static bool
again(struct retry *star, struct retry *all, struct fa_str s, size_t *i,
	size_t *k)
{
	if (star->on && star->text < s.n && s.p[star->text] != '/') {
		*k = ++star->text;
		*i = star->glob;
		return true;
	}
	star->on = false;
	if (!all->on)
		return false;
	while (all->text < s.n && s.p[all->text] != '/')
		all->text++;
	if (all->text >= s.n)
		return false;
	*k = ++all->text;
	*i = all->glob;
	return true;
}

static bool
match(struct fa_str g, struct fa_str s)
{
	struct retry star = { 0, 0, false }, all = { 0, 0, false };
	size_t i = 0, k = 0, prefix = literal(g);

	while (k < s.n || i < g.n) {
		size_t n = i < g.n ? stars(g, i) : 0;
		enum crossing cross = crossing(g, i, n, prefix);

		if (cross == REST)
			return true;
		if (cross != NONE) {
			i += n + (cross == FOLDERS ? 1 : 2);
			all = (struct retry){ i, k, true };
			star.on = false;
			if (cross == FOLDERS_ONE &&
				!again(&star, &all, s, &i, &k))
				return false;
			continue;
		}
		if (n > 0) {
			i += n;
			star = (struct retry){ i, k, true };
			continue;
		}
		n = i < g.n && k < s.n ? one(g, i, s.p[k]) : 0;
		i += n;
		k += n > 0;
		if (n == 0 && !again(&star, &all, s, &i, &k))
			return false;
	}
	return true;
}

bool
fa_glob_match(const struct fa_glob *p, struct fa_str path, bool is_folder)
{
	size_t name = path.n;

	if (p->folder && !is_folder)
		return false;
	if (p->anchored)
		return match(p->text, path);
	while (name > 0 && path.p[name - 1] != '/')
		name--;
	return match(p->text, fa_str_sub(path, name, path.n));
}

bool
fa_glob_covers(const struct fa_glob *p, struct fa_str path)
{
	if (fa_glob_match(p, path, false))
		return true;
	for (size_t i = 1; i < path.n; i++)
		if (path.p[i] == '/' &&
			fa_glob_match(p, fa_str_sub(path, 0, i), true))
			return true;
	return false;
}
