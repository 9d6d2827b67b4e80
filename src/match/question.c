/* Whether a sentence may hold a question at all: most do not, and need not be
 * judged for it (polarity.c). */
#include <string.h>

#include "match/match.h"

/* Is the character at i one that may make a question: a mark, 吗 or 呢, or 不
 * or 没 between two that are the same? */
static bool
may_ask_at(struct fa_str s, size_t i)
{
	unsigned char c = (unsigned char)s.p[i];
	struct fa_str rest;

	if (c == '?')
		return true;
	if (c < 0xE4 || c > 0xE6)
		return false;
	rest = fa_str_sub(s, i, s.n);
	if (fa_str_starts(rest, FA_STR("吗")) ||
		fa_str_starts(rest, FA_STR("呢")))
		return true;
	return (fa_str_starts(rest, FA_STR("不")) ||
		       fa_str_starts(rest, FA_STR("没"))) &&
		i >= 3 && rest.n >= 6 && memcmp(rest.p - 3, rest.p + 3, 3) == 0;
}

bool
fa_match_polarity_may_ask(const struct fa_doc *doc, uint32_t sentence)
{
	struct fa_range r = doc->sentences[sentence].text;
	struct fa_str s = fa_str_sub(doc->text, r.from, r.to);

	for (size_t i = 0; i < s.n; i++)
		if (may_ask_at(s, i))
			return true;
	return false;
}
