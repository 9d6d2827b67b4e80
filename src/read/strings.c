#include "read/strings.h"

#include <string.h>

#include "base/utf8.h"
#include "read/html_charref.h"

#define CELLS_BYTES ((size_t)FA_DOC_MAX_BYTES * sizeof(struct fa_cell))
#define TAG_BYTES 1024 /* a longer tag is text */
#define REF_BYTES 40
#define LABEL_RUNES 30 /* a longer text labels no control */

void
fa_strings_init(struct fa_strings *s, struct fa_build *b)
{
	*s = (struct fa_strings){ .b = b };
	fa_buf_init(&s->cells, CELLS_BYTES);
	b->loose = true;
}

void
fa_strings_done(struct fa_strings *s)
{
	fa_strings_drop(s);
	fa_buf_done(&s->cells);
}

void
fa_strings_cell(struct fa_strings *s, uint32_t cp, size_t from, size_t to)
{
	struct fa_cell c = { cp, (uint32_t)from, (uint32_t)to };

	fa_buf_add(&s->cells, (struct fa_str){ (const char *)&c, sizeof(c) });
}

void
fa_strings_slice(struct fa_strings *s, size_t from, size_t to)
{
	while (from < to) {
		uint32_t cp;
		size_t n = fa_utf8_next(
			fa_str_sub(s->b->src->text, from, to), &cp);

		fa_strings_cell(s, cp, from, from + n);
		from += n;
	}
}

static bool
is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

struct fa_str
fa_strings_prefix(struct fa_str name)
{
	for (size_t i = name.n; i > 1; i--) {
		char c = name.p[i - 1];

		if (strchr("_.-/:", c) != NULL)
			return fa_str_sub(name, 0, i - 1);
		if (is_upper(c) && !is_upper(name.p[i - 2]))
			return fa_str_sub(name, 0, i - 1);
	}
	return name;
}

/* Last parts of the names of labels. */
static const struct fa_str labels[] = {
	FA_STR_INIT("accept"),
	FA_STR_INIT("agree"),
	FA_STR_INIT("allow"),
	FA_STR_INIT("btn"),
	FA_STR_INIT("button"),
	FA_STR_INIT("cancel"),
	FA_STR_INIT("close"),
	FA_STR_INIT("confirm"),
	FA_STR_INIT("continue"),
	FA_STR_INIT("decline"),
	FA_STR_INIT("deny"),
	FA_STR_INIT("disagree"),
	FA_STR_INIT("later"),
	FA_STR_INIT("negative"),
	FA_STR_INIT("next"),
	FA_STR_INIT("no"),
	FA_STR_INIT("ok"),
	FA_STR_INIT("positive"),
	FA_STR_INIT("refuse"),
	FA_STR_INIT("reject"),
	FA_STR_INIT("skip"),
	FA_STR_INIT("submit"),
	FA_STR_INIT("yes"),
};

static bool
is_label(struct fa_str name)
{
	struct fa_str prefix = fa_strings_prefix(name);
	struct fa_str last = fa_str_sub(name, prefix.n, name.n);

	while (last.n > 0 && strchr("_.-/:", last.p[0]) != NULL)
		last = fa_str_sub(last, 1, last.n);
	if (prefix.n == name.n)
		last = name;
	for (size_t i = 0; i < FA_COUNT(labels); i++)
		if (fa_str_ieq(last, labels[i]))
			return true;
	return false;
}

/* "agree" may also be the name of what is said of agreeing. */
static bool
is_sentence(const struct fa_cell *at, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (at[i].cp == 0x3002) /* ideographic full stop */
			return true;
	return n > LABEL_RUNES;
}

/* Without the character that a cut has split. */
static struct fa_str
whole(struct fa_str s)
{
	for (size_t i = 1; i <= 4 && i <= s.n; i++) {
		struct fa_str tail = fa_str_sub(s, s.n - i, s.n);
		uint32_t cp;

		if (((unsigned char)tail.p[0] & 0xC0) == 0x80)
			continue;
		return fa_utf8_next(tail, &cp) == i && cp != FA_RUNE_BAD
			? s
			: fa_str_sub(s, 0, s.n - i);
	}
	return s;
}

void
fa_strings_group(struct fa_strings *s, struct fa_str name)
{
	s->own_groups = true;
	s->group_n = 0;
	fa_build_group(s->b, whole(fa_str_sub(name, 0, FA_STRINGS_KEY_BYTES)));
}

void
fa_strings_ungroup(struct fa_strings *s)
{
	s->own_groups = false;
	s->in_group = false;
}

void
fa_strings_group_for(struct fa_strings *s, struct fa_str name)
{
	struct fa_str cut = whole(fa_str_sub(name, 0, FA_STRINGS_KEY_BYTES));
	bool text = false;

	for (size_t i = 0; i < cut.n && !text; i++)
		text = cut.p[i] <= ' ' || cut.p[i] >= 0x7f;
	if (!text && s->own_groups)
		fa_strings_ungroup(s);
	if (!text ||
		(s->own_groups &&
			fa_str_eq(
				cut, (struct fa_str){ s->group, s->group_n })))
		return;
	fa_strings_group(s, cut);
	memcpy(s->group, cut.p, cut.n);
	s->group_n = cut.n;
}

/* name is at most FA_STRINGS_KEY_BYTES long. */
static void
enter_group(struct fa_strings *s, struct fa_str name)
{
	struct fa_str prefix = fa_strings_prefix(name);

	if (s->own_groups ||
		(s->in_group &&
			fa_str_eq(prefix,
				(struct fa_str){ s->group, s->group_n })))
		return;
	memcpy(s->group, prefix.p, prefix.n);
	s->group_n = prefix.n;
	s->in_group = true;
	fa_build_group(s->b, prefix);
}

/* The characters of cells[0, n) that are ASCII, up to REF_BYTES; others end
 * them. */
static size_t
ascii(char out[REF_BYTES], const struct fa_cell *at, size_t n)
{
	size_t i = 0;

	for (; i < n && i < REF_BYTES && at[i].cp < 0x80; i++)
		out[i] = (char)at[i].cp;
	return i;
}

/* How many cells are a character reference; it is put then. */
static size_t
reference(struct fa_strings *s, const struct fa_cell *at, size_t n)
{
	char text[REF_BYTES];
	struct fa_html_charref ref;
	size_t m = ascii(text, at, n);

	if (!fa_html_charref((struct fa_str){ text, m }, false, &ref) ||
		text[ref.bytes - 1] != ';')
		return 0;
	fa_build_runes(s->b, ref.cp, ref.n, at[0].from, at[ref.bytes - 1].to);
	return ref.bytes;
}

static bool
breaks(struct fa_str tag)
{
	static const struct fa_str names[] = { FA_STR_INIT("br"),
		FA_STR_INIT("div"), FA_STR_INIT("h1"), FA_STR_INIT("h2"),
		FA_STR_INIT("h3"), FA_STR_INIT("h4"), FA_STR_INIT("h5"),
		FA_STR_INIT("h6"), FA_STR_INIT("li"), FA_STR_INIT("ol"),
		FA_STR_INIT("p"), FA_STR_INIT("section"), FA_STR_INIT("table"),
		FA_STR_INIT("td"), FA_STR_INIT("tr"), FA_STR_INIT("ul"),
		FA_STR_INIT("view") };

	for (size_t i = 0; i < FA_COUNT(names); i++)
		if (fa_str_ieq(tag, names[i]))
			return true;
	return false;
}

/* How many cells are a tag; one of a block ends the block. */
static size_t
tag(struct fa_strings *s, const struct fa_cell *at, size_t n)
{
	char name[REF_BYTES];
	size_t i = 1, m = 0;

	if (i < n && at[i].cp == '/')
		i++;
	if (i >= n || !is_letter(at[i].cp))
		return 0;
	for (; i < n && m < sizeof(name) &&
		(is_letter(at[i].cp) || (at[i].cp >= '0' && at[i].cp <= '9'));
		i++)
		name[m++] = (char)at[i].cp;
	for (; i < n && i < TAG_BYTES && at[i].cp != '<'; i++) {
		if (at[i].cp != '>')
			continue;
		if (breaks((struct fa_str){ name, m }))
			fa_build_break(s->b);
		return i + 1;
	}
	return 0;
}

static void
put(struct fa_strings *s, const struct fa_cell *at, size_t n)
{
	for (size_t i = 0; i < n;) {
		size_t took = 0;

		if (at[i].cp == '\n' || at[i].cp == '\r') {
			fa_build_break(s->b);
			took = 1;
		} else if (at[i].cp == '&') {
			took = reference(s, at + i, n - i);
		} else if (at[i].cp == '<') {
			took = tag(s, at + i, n - i);
		}
		if (took == 0) {
			fa_build_rune(s->b, at[i].cp, at[i].from, at[i].to);
			took = 1;
		}
		i += took;
	}
}

void
fa_strings_put(struct fa_strings *s, struct fa_str name)
{
	/* fa_buf memory comes from realloc, so it is aligned. */
	const struct fa_cell *at = (const void *)s->cells.p;
	size_t n = s->cells.n / sizeof(*at);
	struct fa_str key = whole(fa_str_sub(name, 0, FA_STRINGS_KEY_BYTES));

	if (s->cells.rc != FA_OK)
		s->b->text.rc = s->cells.rc;
	if (n == 0) {
		s->control = false;
		return;
	}
	fa_build_break(s->b);
	if (key.n > 0)
		enter_group(s, key);
	if (key.n > 0 || s->own_groups)
		fa_build_key(s->b, key);
	s->b->proto = fa_build_plain(
		s->control || (is_label(key) && !is_sentence(at, n))
			? FA_BLOCK_CONTROL
			: FA_BLOCK_PARAGRAPH);
	s->control = false;
	put(s, at, n);
	fa_build_break(s->b);
	s->b->proto = fa_build_plain(FA_BLOCK_PARAGRAPH);
	fa_strings_drop(s);
}
