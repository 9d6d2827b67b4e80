#include "browser/snap.h"

#define DIGEST_START 14695981039346656037ull /* FNV-1a, 64 bits */
#define DIGEST_FACTOR 1099511628211ull

static void
digest_byte(uint64_t *d, unsigned char c)
{
	*d = (*d ^ c) * DIGEST_FACTOR;
}

/* Rows of digits count as one: clocks and countdowns change nothing. */
static void
digest_text(uint64_t *d, struct fa_str s)
{
	bool digits = false;

	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';

		if (!digit || !digits)
			digest_byte(d, digit ? '0' : (unsigned char)s.p[i]);
		digits = digit;
	}
	digest_byte(d, 0);
}

uint64_t
fa_snap_digest(const struct fa_look *look)
{
	uint64_t d = DIGEST_START;

	digest_text(&d, look->screen.url);
	digest_text(&d, look->screen.title);
	digest_byte(&d, (unsigned char)look->screen.modal);
	for (size_t i = 0; i < look->screen.elements_n; i++) {
		const struct fa_flow_element *e = &look->screen.elements[i];

		if (e->visible != FA_TRI_YES)
			continue;
		digest_byte(&d, (unsigned char)e->role);
		digest_byte(&d, (unsigned char)e->enabled);
		digest_byte(&d, (unsigned char)e->checked);
		digest_byte(&d, e->covered_by != FA_FLOW_NONE);
		digest_text(&d, e->text);
		digest_text(&d, e->label);
	}
	return d;
}
