#include "rules/explain.h"

#include <stdbool.h>

#include "base/utf8.h"

struct line {
	struct fa_buf *out;
	size_t indent; /* columns before continued lines */
	size_t column;
	bool blank; /* a blank is due before the next word */
};

struct fa_str
fa_explain_pick(const struct fa_explain *x, const char *zh, const char *en)
{
	return fa_str_c(x->lang == FA_LANG_ZH ? zh : en);
}

struct fa_str
fa_explain_take(const struct fa_explain *x, const struct fa_buf *line)
{
	if (line->rc != FA_OK && x->out->rc == FA_OK)
		x->out->rc = line->rc;
	return fa_buf_str(line);
}

static void
pad(struct fa_buf *out, size_t columns)
{
	for (size_t i = 0; i < columns; i++)
		fa_buf_addc(out, ' ');
}

/* Must not stand at the beginning of a line. */
static bool
closes(uint32_t cp)
{
	switch (cp) {
	case 0x3001: /* 、 */
	case 0x3002: /* 。 */
	case 0xff0c: /* ， */
	case 0xff1b: /* ； */
	case 0xff1a: /* ： */
	case 0xff01: /* ！ */
	case 0xff1f: /* ？ */
	case 0xff09: /* ） */
	case 0x300b: /* 》 */
	case 0x300d: /* 」 */
	case 0x201d: /* ” */
		return true;
	default:
		return false;
	}
}

static bool
opens(uint32_t cp)
{
	return cp == 0xff08 || cp == 0x300a || cp == 0x300c || cp == 0x201c;
}

size_t
fa_explain_unit(struct fa_str s)
{
	size_t n = 0;
	bool cjk = false;

	while (n < s.n) {
		uint32_t cp = 0;
		size_t bytes = fa_utf8_next(fa_str_sub(s, n, s.n), &cp);

		if (cp == ' ' || cp == '\n')
			break;
		if (n > 0 && !closes(cp) && (cjk || fa_rune_is_cjk(cp)))
			break;
		cjk = fa_rune_is_cjk(cp) && !opens(cp);
		n += bytes;
	}
	return n;
}

static void
new_line(struct line *l)
{
	fa_buf_addc(l->out, '\n');
	pad(l->out, l->indent);
	l->column = l->indent;
	l->blank = false;
}

static void
put_unit(struct line *l, struct fa_str s)
{
	size_t columns = fa_utf8_columns(s);

	if (l->column > l->indent &&
		l->column + columns + l->blank > FA_EXPLAIN_COLUMNS)
		new_line(l);
	if (l->blank)
		fa_buf_addc(l->out, ' ');
	fa_buf_add(l->out, s);
	l->column += columns + l->blank;
	l->blank = false;
}

static void
put(struct line *l, struct fa_str s)
{
	for (size_t at = 0; at < s.n;) {
		size_t n;

		if (s.p[at] == '\n') {
			new_line(l);
			at++;
			continue;
		}
		if (s.p[at] == ' ') {
			l->blank = l->column > l->indent;
			at++;
			continue;
		}
		n = fa_explain_unit(fa_str_sub(s, at, s.n));
		put_unit(l, fa_str_sub(s, at, at + n));
		at += n;
	}
	fa_buf_addc(l->out, '\n');
}

static void
put_label(const struct fa_explain *x, const char *label)
{
	struct fa_str text = fa_str_c(label);
	size_t columns = fa_utf8_columns(text);

	fa_buf_add(x->out, text);
	if (columns >= FA_EXPLAIN_LABEL)
		fa_buf_addc(x->out, ' ');
	else
		pad(x->out, FA_EXPLAIN_LABEL - columns);
}

void
fa_explain_field(
	const struct fa_explain *x, const char *label, struct fa_str text)
{
	struct line l = { .out = x->out,
		.indent = FA_EXPLAIN_LABEL,
		.column = FA_EXPLAIN_LABEL };

	put_label(x, label);
	put(&l, text);
}

void
fa_explain_item(const struct fa_explain *x, const char *label, unsigned depth,
	struct fa_str text)
{
	size_t before = FA_EXPLAIN_LABEL + 2 * (size_t)depth;
	struct line l = {
		.out = x->out, .indent = before + 2, .column = before + 2
	};

	put_label(x, label);
	pad(x->out, before - FA_EXPLAIN_LABEL);
	fa_buf_adds(x->out, "- ");
	put(&l, text);
}
