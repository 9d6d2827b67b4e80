/* Whether a sentence may hold a question at all: most do not, and need not be
 * judged for it (polarity.c). */
#include <string.h>

#include "match/match.h"

#define BYTES 3 /* of a Chinese character */

/* Is the Chinese character at i one that may make a question: 吗 or 呢, or 不
 * or 没 between two that are the same? */
static bool
may_ask_at(struct fa_str s, size_t i)
{
	const char *p = s.p + i;

	if (memcmp(p, "吗", BYTES) == 0 || memcmp(p, "呢", BYTES) == 0)
		return true;
	return (memcmp(p, "不", BYTES) == 0 || memcmp(p, "没", BYTES) == 0) &&
		i >= BYTES && s.n - i >= 2 * BYTES &&
		memcmp(p - BYTES, p + BYTES, BYTES) == 0;
}

bool
fa_match_polarity_may_ask(const struct fa_doc *doc, uint32_t sentence)
{
	struct fa_range r = doc->sentences[sentence].text;
	struct fa_str s = fa_str_sub(doc->text, r.from, r.to);

	for (size_t i = 0; i < s.n;) {
		unsigned char c = (unsigned char)s.p[i];
		bool is_wide = c >= 0xE0 && s.n - i >= BYTES;

		if (c == '?' || (is_wide && may_ask_at(s, i)))
			return true;
		i += is_wide ? BYTES : 1;
	}
	return false;
}
