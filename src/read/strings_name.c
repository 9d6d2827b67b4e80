/* Strings that are names, and strings that nobody reads. */
#include "base/utf8.h"
#include "read/strings.h"

#define WORD_RUNES 24 /* of a single Latin word */

void
fa_strings_drop(struct fa_strings *s)
{
	/* A string that is lost for want of memory is not passed over. */
	if (s->cells.rc != FA_OK)
		s->b->text.rc = s->cells.rc;
	fa_buf_reset(&s->cells);
	s->control = false;
}

void
fa_strings_name(struct fa_strings *s, struct fa_buf *name)
{
	const struct fa_cell *at = (const void *)s->cells.p;
	size_t n = s->cells.n / sizeof(*at);

	name->n = 0;
	for (size_t i = 0; i < n && name->n + 4 <= FA_STRINGS_KEY_BYTES; i++)
		fa_buf_add_rune(name, at[i].cp < 0x20 ? ' ' : at[i].cp);
	fa_strings_drop(s);
}

void
fa_strings_path(struct fa_buf *path, size_t n, struct fa_str part)
{
	path->n = n;
	if (part.n == 0 || n + 1 + part.n > FA_STRINGS_KEY_BYTES)
		return;
	if (n > 0)
		fa_buf_addc(path, '.');
	fa_buf_add(path, part);
}

static bool
is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "Cancel", "OK": a word that stands alone on a button begins with a capital
 * letter and has no mark of an identifier. */
static bool
is_word(const struct fa_cell *at, size_t n)
{
	if (n == 0 || n > WORD_RUNES || at[0].cp < 'A' || at[0].cp > 'Z')
		return false;
	for (size_t i = 1; i < n; i++)
		if (!is_letter(at[i].cp) &&
			(i + 1 < n ||
				(at[i].cp != '.' && at[i].cp != '!' &&
					at[i].cp != '?' && at[i].cp != ':')))
			return false;
	return true;
}

bool
fa_strings_is_wording(const struct fa_strings *s)
{
	const struct fa_cell *at = (const void *)s->cells.p;
	size_t n = s->cells.n / sizeof(*at);

	for (size_t i = 0; i < n; i++)
		if (at[i].cp >= 0x80 || at[i].cp == ' ' || at[i].cp == '\n')
			return true;
	return is_word(at, n);
}
