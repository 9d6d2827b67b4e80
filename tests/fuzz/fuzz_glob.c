/* A pattern, and behind its first NUL a path. Invariants: a pattern of plain
 * letters matches itself; what matches is covered; what a pattern for folders
 * matches is one; its negation matches the same. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "project/glob.h"

#define MOST 300 /* time grows with the product */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
is_plain(struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (strchr("*?[\\/!# \r", s.p[i]) != NULL)
			return false;
	return s.n > 0;
}

static void
check_negated(struct fa_str line, struct fa_str path, bool folder, bool fits)
{
	char text[2 * MOST];
	struct fa_glob g;

	text[0] = '!';
	memcpy(text + 1, line.p, line.n);
	/* "# a" and "!b" are read in another way behind a "!". */
	if (line.n == 0 || line.p[0] == '!' || line.p[0] == '#')
		return;
	assert(fa_glob_parse(&g, (struct fa_str){ text, line.n + 1 }));
	assert(g.negated && fa_glob_match(&g, path, folder) == fits);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fa_str path = { (const char *)data, size };
	struct fa_str line = fa_str_cut(&path, '\0');
	struct fa_glob g;

	if (line.n > MOST || path.n > MOST || !fa_glob_parse(&g, line))
		return 0;
	assert(g.text.n > 0 && g.text.n <= line.n);
	if (is_plain(line))
		assert(fa_glob_match(&g, line, true) &&
			fa_glob_match(&g, line, false) && !g.anchored);
	for (int folder = 0; folder < 2; folder++) {
		bool fits = fa_glob_match(&g, path, folder != 0);

		assert(!fits || !g.folder || folder != 0);
		check_negated(line, path, folder != 0, fits);
	}
	if (fa_glob_match(&g, path, false))
		assert(fa_glob_covers(&g, path));
	return 0;
}
