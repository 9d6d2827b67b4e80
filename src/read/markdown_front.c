/* What stands in a Markdown file and is none: its front matter (YAML), and the
 * modules and comments of MDX. */
#include <string.h>

#include "read/line.h"
#include "read/markdown.h"

/* A value on its line, without quotes; or nothing. */
static struct fa_str
value_of(struct fa_str line)
{
	size_t colon = fa_str_find(line, FA_STR(":"), 0);
	struct fa_str v = fa_str_trim(fa_str_sub(line, colon + 1, line.n));

	if (v.n >= 2 && (v.p[0] == '"' || v.p[0] == '\'') &&
		v.p[v.n - 1] == v.p[0])
		v = fa_str_trim(fa_str_sub(v, 1, v.n - 1));
	return v;
}

static bool
is_scalar_head(struct fa_str v)
{
	return v.n == 0 || ((v.p[0] == '>' || v.p[0] == '|') && v.n <= 3);
}

static void
paragraph(struct fa_build *b, struct fa_str part)
{
	size_t from = (size_t)(part.p - b->src->text.p);

	fa_build_slice(b, from, from + part.n);
}

/* The lines of a block scalar, from at on. */
static void
block_scalar(struct fa_build *b, size_t at, size_t front)
{
	struct fa_str text = fa_str_sub(b->src->text, 0, front);

	while (at < text.n) {
		struct fa_str line = fa_line_cut(text, at, &at);

		if (line.n == 0 || (line.p[0] != ' ' && line.p[0] != '\t'))
			return;
		paragraph(b, line);
	}
}

static void
remark(struct fa_build *b, struct fa_str line)
{
	struct fa_str s = fa_str_trim(line);
	uint32_t from = (uint32_t)(s.p - b->src->text.p);

	fa_build_remark(b, from, from + s.n,
		(struct fa_range){ from + 1, (uint32_t)(from + s.n) });
}

void
fa_markdown_front_read(struct fa_build *b, size_t front, struct fa_buf *title)
{
	struct fa_str text = fa_str_sub(b->src->text, 0, front);
	size_t at = 0;

	while (at < text.n) {
		struct fa_str line = fa_line_cut(text, at, &at);
		struct fa_str trimmed = fa_str_trim(line);

		if (fa_str_starts(trimmed, FA_STR("#"))) {
			remark(b, line);
		} else if (fa_str_starts(line, FA_STR("title:")) &&
			title != NULL) {
			fa_buf_reset(title);
			fa_buf_add(title, value_of(line));
		} else if (fa_str_starts(line, FA_STR("description:"))) {
			struct fa_str v = value_of(line);

			b->proto = fa_build_plain(FA_BLOCK_PARAGRAPH);
			if (is_scalar_head(v))
				block_scalar(b, at, front);
			else
				paragraph(b, v);
			fa_build_break(b);
		}
	}
}

/* "import x from 'y'", "import 'y'" */
static bool
is_import(struct fa_str line)
{
	struct fa_str s;

	if (!fa_str_starts(line, FA_STR("import ")) || line.n < 10)
		return false;
	s = fa_str_trim(fa_str_sub(line, 7, line.n));
	if (fa_str_ends(s, FA_STR(";")))
		s.n--;
	return s.n > 2 && (s.p[s.n - 1] == '\'' || s.p[s.n - 1] == '"') &&
		(s.p[0] == s.p[s.n - 1] ||
			fa_str_find(s, FA_STR(" from "), 0) != SIZE_MAX ||
			fa_str_find(s, FA_STR("} from"), 0) != SIZE_MAX);
}

static bool
is_export(struct fa_str line)
{
	static const struct fa_str heads[] = { FA_STR_INIT("export const "),
		FA_STR_INIT("export let "), FA_STR_INIT("export default "),
		FA_STR_INIT("export function "), FA_STR_INIT("export {"),
		FA_STR_INIT("export * from ") };

	for (size_t i = 0; i < FA_COUNT(heads); i++)
		if (fa_str_starts(line, heads[i]))
			return true;
	return false;
}

static void
note(struct fa_buf *out, size_t from, size_t to, bool comment)
{
	struct fa_markdown_gap gap = { from, to, comment };

	fa_buf_add(out, (struct fa_str){ (const char *)&gap, sizeof(gap) });
}

/* The end of the lines up to a blank one. */
static size_t
statement(struct fa_str text, size_t at)
{
	while (at < text.n) {
		size_t next;

		if (fa_str_trim(fa_line_cut(text, at, &next)).n == 0)
			return at;
		at = next;
	}
	return at;
}

static bool
is_fence(struct fa_str line)
{
	struct fa_str s = fa_str_trim(line);

	return fa_str_starts(s, FA_STR("```")) ||
		fa_str_starts(s, FA_STR("~~~"));
}

void
fa_markdown_gaps(struct fa_str text, size_t front, struct fa_buf *out)
{
	bool fenced = false;
	size_t at = front;

	while (at < text.n) {
		size_t next, end;
		struct fa_str line = fa_line_cut(text, at, &next);
		struct fa_str s = fa_str_trim(line);

		fenced = fenced != is_fence(line);
		if (!fenced && fa_str_starts(s, FA_STR("{/*"))) {
			size_t from = (size_t)(s.p - text.p);

			end = fa_str_find(text, FA_STR("*/}"), from);
			if (end == SIZE_MAX)
				return; /* nor does a later one end */
			note(out, from, end + 3, true);
			if (end + 3 > next)
				(void)fa_line_cut(text, end + 3, &next);
		} else if (!fenced && is_import(line)) {
			note(out, at, next, false);
		} else if (!fenced && is_export(line)) {
			next = statement(text, at);
			note(out, at, next, false);
		}
		at = next;
	}
}
