#include <string.h>

#include "read/line.h"
#include "read/markdown.h"

/* "---" on the first line up to "---" or "..." on a line of its own. */
size_t
fa_markdown_front(struct fa_str text)
{
	size_t at;
	struct fa_str line = fa_line_cut(text, 0, &at);

	if (!fa_str_eq(line, FA_STR("---")))
		return 0;
	while (at < text.n) {
		line = fa_str_trim(fa_line_cut(text, at, &at));
		if (fa_str_eq(line, FA_STR("---")) ||
			fa_str_eq(line, FA_STR("...")))
			return at;
	}
	return 0;
}

static bool
is_mark(char c)
{
	return c != '\0' && strchr("-*+>_=~`#<|:.)", c) != NULL;
}

/* Where the marks of a line's containers and block end: behind that nothing
 * but text follows. */
static size_t
prefix(struct fa_str line)
{
	size_t marks = 0;
	size_t columns = 0;
	size_t at = 0;

	for (; at < line.n; at++) {
		char c = line.p[at];

		if (c == ' ' || c == '\t') {
			columns += c == '\t' ? 4 : 1;
			if (columns > FA_MARKDOWN_INDENT)
				break;
		} else if (c != '\0' && strchr(">-*+.)", c) != NULL) {
			if (++marks > FA_MARKDOWN_MARKS)
				break;
		} else if (!is_mark(c) && !(c >= '0' && c <= '9')) {
			break;
		}
	}
	return at;
}

/* Marks that cmark would parse inside a line; end tags stay, for they close
 * HTML blocks. */
static bool
is_parsed(struct fa_str line, size_t at)
{
	char c = line.p[at];
	char next = at + 1 < line.n ? line.p[at + 1] : '\0';

	if (c == '<')
		return next != '/';
	return c == '\0' || c == '[' || c == ']' || c == '*' || c == '_' ||
		c == '`' || c == '&' || c == '\\';
}

static void
mask_line(struct fa_str line, size_t first, bool beyond, struct fa_buf *out)
{
	static const struct fa_scan_set parsed = { { [0x0] = 1 | 64,
		[0x6] = 4,
		[0xa] = 4,
		[0xb] = 32,
		[0xc] = 8 | 32,
		[0xd] = 32,
		[0xf] = 32 } };
	enum fa_simd simd = fa_cpu_simd();
	size_t from = first;

	fa_buf_add(out, fa_str_sub(line, 0, first));
	/* A blank or mark beyond the limits becomes text. */
	if (beyond && first < line.n) {
		fa_buf_addc(out, 'x');
		from++;
	}
	for (size_t i = from; i < line.n; i++) {
		i = fa_scan(&parsed, line, i, line.n, simd);
		if (i == line.n || !is_parsed(line, i))
			continue;
		fa_buf_add(out, fa_str_sub(line, from, i));
		fa_buf_addc(out, 'x');
		from = i + 1;
	}
	fa_buf_add(out, fa_str_sub(line, from, line.n));
}

void
fa_markdown_mask(struct fa_str text, struct fa_buf *out)
{
	size_t at = 0;

	while (at < text.n) {
		size_t next;
		struct fa_str line = fa_line_cut(text, at, &next);

		size_t label = fa_line_definition(line);

		size_t first = label > 0 ? label : prefix(line);
		char c = first < line.n ? line.p[first] : 'a';

		mask_line(line, first,
			label == 0 && (c == ' ' || c == '\t' || is_mark(c)),
			out);
		fa_buf_add(out, fa_str_sub(text, at + line.n, next));
		at = next;
	}
}
