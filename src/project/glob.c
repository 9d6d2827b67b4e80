#include "project/glob.h"

#include <stdint.h>

bool
fa_glob_parse(struct fa_glob *out, struct fa_str line)
{
	struct fa_glob p = { .line = line, .text = line };

	if (line.n > 0 && line.p[line.n - 1] == '\r')
		p.text.n--;
	while (p.text.n > 0 && p.text.p[p.text.n - 1] == ' ' &&
		!(p.text.n > 1 && p.text.p[p.text.n - 2] == '\\'))
		p.text.n--;
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

/* A bracket expression at g[i] against c: bytes taken, 0 when it is none. */
static size_t
bracket(struct fa_str g, size_t i, char c, bool *fits)
{
	bool not = at(g, i + 1) == '!' || at(g, i + 1) == '^';
	size_t k = i + 1 + (not ? 1u : 0u);
	size_t first = k;
	bool found = false;

	for (; k < g.n && (g.p[k] != ']' || k == first); k++) {
		unsigned char lo = (unsigned char)g.p[k], hi = lo;

		if (g.p[k] == '\\' && k + 1 < g.n)
			lo = hi = (unsigned char)g.p[++k];
		if (at(g, k + 1) == '-' && at(g, k + 2) != ']' && k + 2 < g.n) {
			hi = (unsigned char)g.p[k + 2];
			k += 2;
		}
		found |= lo <= (unsigned char)c && (unsigned char)c <= hi;
	}
	if (k >= g.n)
		return 0;
	*fits = found != not &&c != '/';
	return k - i + 1;
}

/* One element of the glob at i that is no star: bytes taken, 0 when it does
 * not fit c. */
static size_t
one(struct fa_str g, size_t i, char c)
{
	bool fits = false;
	size_t n;

	switch (g.p[i]) {
	case '?':
		return c != '/' ? 1 : 0;
	case '[':
		n = bracket(g, i, c, &fits);
		if (n > 0)
			return fits ? n : 0;
		return c == '[' ? 1 : 0;
	case '\\':
		if (i + 1 < g.n)
			return g.p[i + 1] == c ? 2 : 0;
		return c == '\\' ? 1 : 0;
	default:
		return g.p[i] == c ? 1 : 0;
	}
}

/* Is there a "**" at i that stands for whole folders? Bytes of it and of the
 * slash behind it, or 0. */
static size_t
folders(struct fa_str g, size_t i)
{
	if (at(g, i) != '*' || at(g, i + 1) != '*' ||
		(i > 0 && g.p[i - 1] != '/'))
		return 0;
	if (i + 2 == g.n)
		return 2;
	return g.p[i + 2] == '/' ? 3 : 0;
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
	size_t i = 0, k = 0;

	while (k < s.n || i < g.n) {
		size_t n = folders(g, i);

		if (n == 2)
			return k < s.n;
		if (n == 3) {
			i += n;
			all = (struct retry){ i, k, true };
			star.on = false;
			continue;
		}
		if (at(g, i) == '*' && i < g.n) {
			while (at(g, i) == '*')
				i++;
			star = (struct retry){ i, k, true };
			continue;
		}
		n = i < g.n && k < s.n ? one(g, i, s.p[k]) : 0;
		if (n > 0) {
			i += n;
			k++;
		} else if (!again(&star, &all, s, &i, &k)) {
			return false;
		}
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
