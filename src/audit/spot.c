#include "audit/spot.h"

#include <string.h>

#include "base/utf8.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\n';
}

/* Does seen stand at text offset at? *end is where it ends. */
static bool
stands(const struct fa_doc *doc, uint32_t at, uint32_t limit,
	struct fa_str seen, uint32_t *end)
{
	while (seen.n > 0) {
		char folded[FA_FOLD_RUNES * 4];
		uint32_t cp;
		size_t n = fa_utf8_next(seen, &cp);

		seen = fa_str_sub(seen, n, seen.n);
		if (fa_rune_is_space(cp))
			continue;
		n = fa_rune_fold(cp, folded);
		while (at < limit && is_blank(doc->text.p[at]))
			at++;
		if (n > limit - at || memcmp(doc->text.p + at, folded, n) != 0)
			return false;
		at += (uint32_t)n;
	}
	*end = at;
	return true;
}

bool
fa_spot_next(struct fa_range *out, const struct fa_doc *doc,
	struct fa_range *rest, struct fa_str seen)
{
	uint32_t end;

	if (fa_str_trim(seen).n == 0)
		return false;
	for (uint32_t at = rest->from; at < rest->to; at++) {
		if (((unsigned char)doc->text.p[at] & 0xC0) == 0x80 ||
			is_blank(doc->text.p[at]) ||
			!stands(doc, at, rest->to, seen, &end))
			continue;
		*out = (struct fa_range){ at, end };
		rest->from = end;
		return true;
	}
	return false;
}

struct fa_range
fa_spot(const struct fa_doc *doc, struct fa_range in, struct fa_str seen)
{
	struct fa_range rest = in, found;

	return fa_spot_next(&found, doc, &rest, seen) ? found : in;
}
