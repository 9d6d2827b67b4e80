/* Emphasis and brackets (CommonMark 6.2, 6.3), simplified: a run of '*' or
 * '_' opens when no blank follows and closes when none stands before it; '_'
 * does neither inside a word. The punctuation rule of CommonMark is left out
 * on purpose: it leaves the marks in Chinese text such as **注意：**我们.
 * Only brackets count: none opens before ")" or closes behind "(". */
#include "read/inline.h"

#include <stdint.h>
#include <string.h>

#define NO_DELIM SIZE_MAX

struct delim {
	size_t from, left, below;
	size_t dropped;
	int bold;
	bool star, opens, closes;
};

struct bracket {
	size_t at;
	bool image;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		(c >= '0' && c <= '9') || c == '_';
}

size_t
fa_inline_delim(
	struct fa_inline *in, size_t from, size_t line_from, size_t line_to)
{
	const char *p = in->b->src->text.p;
	size_t to = from;
	char before;
	char after;
	struct delim d = { .from = from, .below = NO_DELIM };

	while (to < line_to && p[to] == p[from])
		to++;
	before = from > line_from ? p[from - 1] : ' ';
	after = to < line_to ? p[to] : ' ';
	d.left = to - from;
	d.star = p[from] == '*';
	d.opens = !is_blank(after) && strchr(")]}", after) == NULL &&
		(d.star || !is_word(before));
	d.closes = !is_blank(before) && strchr("([{", before) == NULL &&
		(d.star || !is_word(after));
	if (in->markdown || d.left == 2) {
		fa_buf_add(&in->delims,
			(struct fa_str){ (const char *)&d, sizeof(d) });
	}
	return d.left;
}

/* One pair of runs gives up one or two characters each. */
static void
pair(struct delim *open, struct delim *close)
{
	size_t use = open->left >= 2 && close->left >= 2 ? 2 : 1;

	open->left -= use;
	close->left -= use;
	open->dropped += use;
	close->dropped += use;
	if (use == 2) {
		open->bold++;
		close->bold--;
	}
}

void
fa_inline_match(struct fa_inline *in)
{
	struct delim *d = (struct delim *)(void *)in->delims.p;
	size_t n = in->delims.n / sizeof(*d);
	size_t top[2] = { NO_DELIM, NO_DELIM };

	for (size_t i = 0; i < n; i++) {
		size_t *open = &top[d[i].star];

		while (d[i].closes && d[i].left > 0 && *open != NO_DELIM) {
			pair(&d[*open], &d[i]);
			if (d[*open].left == 0)
				*open = d[*open].below;
		}
		if (d[i].opens && d[i].left > 0) {
			d[i].below = *open;
			*open = i;
		}
	}
	for (size_t i = 0; i < n; i++) {
		struct fa_inline_op op = { .from = d[i].from,
			.to = d[i].from + d[i].dropped,
			.kind = FA_INLINE_DROP,
			.bold = d[i].bold };

		if (d[i].dropped > 0)
			fa_inline_add(in, &op);
	}
}

void
fa_inline_open(struct fa_inline *in, size_t at, bool image)
{
	struct bracket b = { at, image };

	fa_buf_add(
		&in->brackets, (struct fa_str){ (const char *)&b, sizeof(b) });
}

/* CommonMark 6.3: "<...>" without line ends, or no blanks and balanced
 * parentheses. s begins behind '('; *dest is set, and the result is the
 * offset behind the target, 0 when there is none. */
static size_t
link_dest(struct fa_str s, struct fa_str *dest)
{
	size_t depth = 0;
	size_t at = 0;

	if (s.n > 0 && s.p[0] == '<') {
		for (at = 1; at < s.n && s.p[at] != '>'; at++) {
			if (s.p[at] == '<')
				return 0;
		}
		*dest = fa_str_sub(s, 1, at);
		return at < s.n ? at + 1 : 0;
	}
	for (; at < s.n && !is_blank(s.p[at]); at++) {
		if (s.p[at] == '\\' && at + 1 < s.n)
			at++;
		else if (s.p[at] == '(' && ++depth > 32)
			return 0;
		else if (s.p[at] == ')' && depth-- == 0)
			break;
	}
	*dest = fa_str_sub(s, 0, at);
	return at;
}

/* "(target)" or "(target "title")" at the start of s: its length, or 0. */
static size_t
link_tail(struct fa_str s, struct fa_str *dest)
{
	size_t at = 1;
	size_t n;

	s = fa_str_sub(s, 0, FA_INLINE_DEST_BYTES);
	while (at < s.n && is_blank(s.p[at]))
		at++;
	n = link_dest(fa_str_sub(s, at, s.n), dest);
	at += n;
	while (at < s.n && is_blank(s.p[at]))
		at++;
	if (at < s.n && n > 0 && (s.p[at] == '"' || s.p[at] == '\'')) {
		char quote = s.p[at++];

		while (at < s.n && s.p[at] != quote)
			at++;
		for (at++; at < s.n && is_blank(s.p[at]);)
			at++;
	}
	return at < s.n && s.p[at] == ')' ? at + 1 : 0;
}

/* In plain text brackets are mostly brackets. */
static bool
looks_like_target(struct fa_str dest)
{
	return fa_str_starts(dest, FA_STR("http")) ||
		fa_str_starts(dest, FA_STR("www.")) ||
		fa_str_starts(dest, FA_STR("mailto:")) ||
		fa_str_starts(dest, FA_STR("/")) ||
		fa_str_starts(dest, FA_STR("./")) ||
		fa_str_starts(dest, FA_STR("#"));
}

size_t
fa_inline_close(struct fa_inline *in, size_t at, size_t line_to)
{
	struct fa_str rest = fa_str_sub(in->b->src->text, at + 1, line_to);
	struct fa_str dest = FA_STR_NONE;
	struct bracket b;
	size_t n = 0;

	if (in->brackets.n < sizeof(b))
		return at + 1;
	in->brackets.n -= sizeof(b);
	b = *(const struct bracket *)(const void *)(in->brackets.p +
		in->brackets.n);
	if (fa_str_starts(rest, FA_STR("("))) {
		n = link_tail(rest, &dest);
		if (n > 0 && !in->markdown && !looks_like_target(dest))
			n = 0;
	} else if (in->definitions && fa_str_starts(rest, FA_STR("["))) {
		n = fa_str_find(fa_str_sub(rest, 0, FA_INLINE_DEST_BYTES),
			FA_STR("]"), 1);
		n = n == SIZE_MAX ? 0 : n + 1;
	}
	if (n == 0)
		return at + 1;
	n += at + 1;
	if (b.image) {
		fa_inline_add(
			in, &(struct fa_inline_op){ .from = b.at, .to = n });
		return n;
	}
	fa_inline_add(in,
		&(struct fa_inline_op){ .from = b.at,
			.to = b.at + 1,
			.kind = FA_INLINE_LINK,
			.href = dest });
	fa_inline_add(in,
		&(struct fa_inline_op){
			.from = at, .to = n, .kind = FA_INLINE_UNLINK });
	return n;
}
