#include "read/inline.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "read/html_charref.h"

#define TICKS 32 /* longest run of backticks that opens a code span */

struct line {
	size_t from, to;
	bool plain;
};

void
fa_inline_init(struct fa_inline *in, struct fa_build *b, bool markdown)
{
	*in = (struct fa_inline){ .b = b,
		.markdown = markdown,
		.marks = fa_scan_set(
			markdown ? FA_STR("\\*_![]`<{&") : FA_STR("\\*_![]")) };
	fa_buf_init(&in->lines, UINT32_MAX);
	fa_buf_init(&in->ops, UINT32_MAX);
	fa_buf_init(&in->delims, UINT32_MAX);
	fa_buf_init(&in->brackets, UINT32_MAX);
}

void
fa_inline_done(struct fa_inline *in)
{
	fa_buf_done(&in->lines);
	fa_buf_done(&in->ops);
	fa_buf_done(&in->delims);
	fa_buf_done(&in->brackets);
}

void
fa_inline_line(struct fa_inline *in, size_t from, size_t to)
{
	struct line line = { from, to, false };

	fa_buf_add(&in->lines,
		(struct fa_str){ (const char *)&line, sizeof(line) });
}

void
fa_inline_plain(struct fa_inline *in, size_t from, size_t to)
{
	struct line line = { from, to, true };

	fa_buf_add(&in->lines,
		(struct fa_str){ (const char *)&line, sizeof(line) });
}

void
fa_inline_add(struct fa_inline *in, const struct fa_inline_op *op)
{
	fa_buf_add(&in->ops, (struct fa_str){ (const char *)op, sizeof(*op) });
}

static void
drop(struct fa_inline *in, size_t from, size_t to)
{
	fa_inline_add(in, &(struct fa_inline_op){ .from = from, .to = to });
}

static bool
is_punct(char c)
{
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') ||
		(c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

static bool
is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* CommonMark 6.1: a code span; failed remembers lengths without an end in
 * this line, so that a line of backticks takes linear time. */
static size_t
code_span(struct fa_inline *in, size_t at, size_t to, bool failed[TICKS])
{
	const char *p = in->b->src->text.p;
	size_t n = 0;
	size_t i;

	while (at + n < to && p[at + n] == '`')
		n++;
	if (n >= TICKS || failed[n])
		return at + n;
	for (i = at + n; i < to;) {
		size_t m = 0;

		while (i + m < to && p[i + m] == '`')
			m++;
		if (m == n) {
			drop(in, at, at + n);
			drop(in, i, i + n);
			return i + n;
		}
		i += m > 0 ? m : 1;
	}
	failed[n] = true;
	return at + n;
}

static bool
has_colon_or_at(struct fa_str s)
{
	return memchr(s.p, ':', s.n) != NULL || memchr(s.p, '@', s.n) != NULL;
}

/* CommonMark 6.5, 6.6: "<https://...>", or a tag, which is dropped. */
static size_t
angle(struct fa_inline *in, size_t at, size_t to)
{
	struct fa_str rest = fa_str_sub(in->b->src->text, at + 1,
		to < at + FA_INLINE_DEST_BYTES ? to
					       : at + FA_INLINE_DEST_BYTES);
	size_t end = fa_str_find(rest, FA_STR(">"), 0);
	struct fa_inline_op op = { .from = at };
	struct fa_str body;

	if (end == SIZE_MAX || end == 0)
		return at + 1;
	body = fa_str_sub(rest, 0, end);
	op.to = at + end + 2;
	if (memchr(body.p, ' ', body.n) == NULL && is_alpha(body.p[0]) &&
		has_colon_or_at(body)) {
		op = (struct fa_inline_op){ at, at + 1, FA_INLINE_LINK, 0,
			body };
		fa_inline_add(in, &op);
		op = (struct fa_inline_op){ at + end + 1, at + end + 2,
			FA_INLINE_UNLINK, 0, FA_STR_NONE };
		fa_inline_add(in, &op);
		return op.to;
	}
	if ((!is_alpha(body.p[0]) && body.p[0] != '/' && body.p[0] != '!') ||
		memchr(body.p, '<', body.n) != NULL)
		return at + 1;
	if (fa_str_ieq(body, FA_STR("br")) || fa_str_ieq(body, FA_STR("br/")) ||
		fa_str_ieq(body, FA_STR("br /")))
		op.kind = FA_INLINE_BREAK;
	fa_inline_add(in, &op);
	return op.to;
}

static size_t
reference(struct fa_inline *in, size_t at, size_t to)
{
	struct fa_str rest = fa_str_sub(in->b->src->text, at, to);
	struct fa_html_charref ref;
	struct fa_inline_op op = { .from = at, .kind = FA_INLINE_REF };

	if (!fa_html_charref(rest, false, &ref) || rest.p[ref.bytes - 1] != ';')
		return at + 1;
	op.to = at + ref.bytes;
	fa_inline_add(in, &op);
	return op.to;
}

/* "<!-- x -->", and "{" "/ * x * /" "}" of MDX. */
static size_t
comment(struct fa_inline *in, size_t at, size_t to, struct fa_str head,
	struct fa_str tail)
{
	struct fa_str text = fa_str_sub(in->b->src->text, 0,
		to < at + FA_INLINE_DEST_BYTES ? to
					       : at + FA_INLINE_DEST_BYTES);
	size_t end;

	if (!fa_str_starts(fa_str_sub(text, at, to), head))
		return at;
	end = fa_str_find(text, tail, at + head.n);
	if (end == SIZE_MAX)
		return at;
	fa_build_remark(in->b, at, end + tail.n,
		(struct fa_range){ (uint32_t)(at + head.n), (uint32_t)end });
	drop(in, at, end + tail.n);
	return end + tail.n;
}

/* The marks that only Markdown has. */
static size_t
markdown_mark(struct fa_inline *in, size_t at, size_t to, bool failed[TICKS])
{
	size_t end;

	switch (in->b->src->text.p[at]) {
	case '`':
		return code_span(in, at, to, failed);
	case '<':
		end = comment(in, at, to, FA_STR("<!--"), FA_STR("-->"));
		return end > at ? end : angle(in, at, to);
	case '{':
		end = comment(in, at, to, FA_STR("{/*"), FA_STR("*/}"));
		return end > at ? end : at + 1;
	case '&':
		return reference(in, at, to);
	default:
		return at + 1;
	}
}

static void
scan(struct fa_inline *in, size_t from, size_t to)
{
	const struct fa_source *src = in->b->src;
	const char *p = src->text.p;
	bool failed[TICKS] = { false };
	size_t at = from;

	for (;;) {
		char next;

		if (at < to)
			at = fa_scan(&in->marks, src->text, at, to, src->simd);
		if (at >= to)
			break;
		next = at + 1 < to ? p[at + 1] : '\0';
		switch (p[at]) {
		case '\\':
			if (is_punct(next)) {
				drop(in, at, at + 1);
				at++;
			}
			at++;
			break;
		case '*':
		case '_':
			at += fa_inline_delim(in, at, from, to);
			break;
		case '!':
			if (next == '[')
				fa_inline_open(in, at++, true);
			at++;
			break;
		case '[':
			fa_inline_open(in, at++, false);
			break;
		case ']':
			at = fa_inline_close(in, at, to);
			break;
		default:
			at = in->markdown ? markdown_mark(in, at, to, failed)
					  : at + 1;
			break;
		}
	}
}

static int
by_place(const void *a, const void *b)
{
	const struct fa_inline_op *x = a;
	const struct fa_inline_op *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

static void
emit_ref(struct fa_inline *in, const struct fa_inline_op *op)
{
	struct fa_str s = fa_str_sub(in->b->src->text, op->from, op->to);
	struct fa_html_charref ref;

	if (fa_html_charref(s, false, &ref))
		fa_build_runes(in->b, ref.cp, ref.n, op->from, op->to);
}

struct link_state {
	bool on;
	size_t at;
	struct fa_str href;
};

static void
emit_op(struct fa_inline *in, const struct fa_inline_op *op,
	struct link_state *link)
{
	switch (op->kind) {
	case FA_INLINE_DROP:
		in->b->bold += (unsigned)op->bold;
		break;
	case FA_INLINE_LINK:
		*link = (struct link_state){ true, fa_build_at(in->b),
			op->href };
		break;
	case FA_INLINE_UNLINK:
		if (link->on)
			fa_build_link(in->b, link->at, link->href);
		link->on = false;
		break;
	case FA_INLINE_REF:
		emit_ref(in, op);
		break;
	case FA_INLINE_BREAK:
		fa_build_break(in->b);
		break;
	}
}

/* Whether a line ends its block: two blanks behind it (CommonMark 6.7). The
 * other sign, a backslash, is dropped as an escape would be. */
static bool
breaks(const struct fa_inline *in, const struct line *line)
{
	struct fa_str text = in->b->src->text;

	if (!in->markdown)
		return false;
	if (line->to > line->from && text.p[line->to - 1] == '\\')
		return true;
	return fa_str_eq(
		fa_str_sub(text, line->to, line->to + 2), FA_STR("  "));
}

static void
emit(struct fa_inline *in)
{
	const struct line *line = (const void *)in->lines.p;
	const struct fa_inline_op *op = (const void *)in->ops.p;
	size_t lines = in->lines.n / sizeof(*line);
	size_t ops = in->ops.n / sizeof(*op);
	struct link_state link = { false, 0, FA_STR_NONE };
	size_t next = 0;
	size_t at = 0;

	for (size_t i = 0; i < lines; i++) {
		size_t to = line[i].to;
		bool hard = i + 1 < lines && breaks(in, &line[i]);

		/* What is dropped may have begun on an earlier line. */
		if (at < line[i].from)
			at = line[i].from;
		if (hard && to > at && in->b->src->text.p[to - 1] == '\\')
			to--;
		for (; next < ops && op[next].from < to; next++) {
			if (op[next].from < at)
				continue;
			fa_build_slice(in->b, at, op[next].from);
			emit_op(in, &op[next], &link);
			at = op[next].to;
		}
		if (at < to)
			fa_build_slice(in->b, at, to);
		if (hard)
			fa_build_break(in->b);
		else if (i + 1 < lines && at <= line[i].to)
			fa_build_rune(in->b, ' ', line[i].to, line[i].to + 1);
	}
	in->b->bold = 0;
}

static bool
has_no_mark(const struct fa_inline *in, const struct line *line)
{
	const struct fa_source *src = in->b->src;

	return line->plain || line->from >= line->to ||
		fa_scan(&in->marks, src->text, line->from, line->to,
			src->simd) == line->to;
}

int
fa_inline_flush(struct fa_inline *in, struct fa_err *err)
{
	const struct line *line = (const void *)in->lines.p;
	size_t lines = in->lines.n / sizeof(*line);
	int rc = fa_buf_rc(&in->lines, "lines of a paragraph", err);

	if (rc < 0)
		return rc;
	in->ops.n = 0;
	in->delims.n = 0;
	in->brackets.n = 0;
	if (lines == 1 && has_no_mark(in, line)) {
		fa_build_slice(in->b, line->from, line->to);
		in->lines.n = 0;
		return FA_OK;
	}
	for (size_t i = 0; i < lines; i++) {
		if (!line[i].plain)
			scan(in, line[i].from, line[i].to);
	}
	fa_inline_match(in);
	rc = fa_buf_rc(&in->ops, "marks of a paragraph", err);
	if (rc < 0)
		return rc;
	rc = fa_buf_rc(&in->delims, "marks of a paragraph", err);
	if (rc < 0)
		return rc;
	rc = fa_buf_rc(&in->brackets, "brackets of a paragraph", err);
	if (rc < 0)
		return rc;
	if (in->ops.n > 0) {
		qsort(in->ops.p, in->ops.n / sizeof(struct fa_inline_op),
			sizeof(struct fa_inline_op), by_place);
	}
	emit(in);
	in->lines.n = 0;
	return FA_OK;
}
