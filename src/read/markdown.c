/* Markdown: cmark finds the blocks, from a masked copy (markdown_mask.c);
 * their text is read from the source lines, so that every character has its
 * place. cmark knows no tables: pipe tables are found in paragraphs. */
#include "read/markdown.h"

#include "read/extract.h"
#include "read/html_extract.h"
#include "read/libcmark.h"
#include "read/line.h"

struct state {
	struct fa_build *b;
	struct fa_str text;
	struct fa_inline in;
	struct fa_html *html;
	struct fa_buf masked;
	struct fa_buf starts; /* size_t offset of each line */
	struct fa_buf gaps;   /* struct fa_markdown_gap */
	size_t told;          /* of them that were met */
	size_t lines;
	cmark_node *root;
};

/* Where a leaf block stands: what its text is, and how many '>' begin its
 * lines. */
struct place {
	struct fa_block block;
	int quotes;
	size_t first, last; /* lines from 0, inclusive */
};

static void
done(struct state *s)
{
	fa_inline_done(&s->in);
	fa_buf_done(&s->masked);
	fa_buf_done(&s->starts);
	fa_buf_done(&s->gaps);
	if (s->root != NULL)
		fa_cmark()->node_free(s->root);
}

/* Line i without its end. */
static struct fa_str
line_at(const struct state *s, size_t i, size_t *from)
{
	const size_t *starts = (const void *)s->starts.p;
	size_t next;

	*from = starts[i];
	return fa_line_cut(s->text, starts[i], &next);
}

/* The part of line i behind the marks of its containers, without blanks. */
static struct fa_str
content(const struct state *s, const struct place *p, size_t i, size_t column)
{
	size_t from;
	struct fa_str line = line_at(s, i, &from);
	int quotes = p->quotes;
	size_t at = column;

	for (; column == 0 && at < line.n; at++) {
		if (line.p[at] == '>' && quotes > 0)
			quotes--;
		else if (line.p[at] != ' ' && line.p[at] != '\t')
			break;
	}
	return fa_str_trim(fa_str_sub(line, at, line.n));
}

static size_t
offset(const struct state *s, struct fa_str part)
{
	return (size_t)(part.p - s->text.p);
}

/* The node behind node in document order; inline nodes are not visited. */
static cmark_node *
following(cmark_node *node)
{
	cmark_node_type type = fa_cmark()->node_get_type(node);
	cmark_node *next = NULL;

	if (type == CMARK_NODE_DOCUMENT || type == CMARK_NODE_LIST ||
		type == CMARK_NODE_ITEM || type == CMARK_NODE_BLOCK_QUOTE)
		next = fa_cmark()->node_first_child(node);
	while (next == NULL && node != NULL) {
		next = fa_cmark()->node_next(node);
		node = fa_cmark()->node_parent(node);
	}
	return next;
}

/* The lines of a leaf. cmark 0.30 puts the end of some headings too far, so
 * the next block bounds it. */
static void
place_lines(const struct state *s, cmark_node *node, struct place *p)
{
	cmark_node *next = following(node);
	int first = fa_cmark()->node_get_start_line(node);
	int last = fa_cmark()->node_get_end_line(node);
	int bound = next == NULL ? (int)s->lines + 1
				 : fa_cmark()->node_get_start_line(next);

	if (last >= bound)
		last = bound - 1;
	if (last > (int)s->lines)
		last = (int)s->lines;
	if (first < 1)
		first = 1;
	if (first > (int)s->lines)
		first = (int)s->lines;
	if (last < first)
		last = first;
	p->first = (size_t)first - 1;
	p->last = (size_t)last - 1;
}

static struct place
place_of(const struct state *s, cmark_node *node)
{
	struct place p = { .block = fa_build_plain(FA_BLOCK_PARAGRAPH) };
	unsigned level = 0;
	bool decided = false;

	for (cmark_node *n = fa_cmark()->node_parent(node); n != NULL;
		n = fa_cmark()->node_parent(n)) {
		cmark_node_type type = fa_cmark()->node_get_type(n);

		if (type == CMARK_NODE_BLOCK_QUOTE) {
			p.quotes++;
			if (!decided)
				p.block.kind = FA_BLOCK_QUOTE;
			decided = true;
		} else if (type == CMARK_NODE_LIST) {
			level++;
			if (!decided) {
				p.block.kind = FA_BLOCK_ITEM;
				p.block.list = (uint32_t)(size_t)fa_cmark()
						       ->node_get_user_data(n);
				p.block.ordered =
					fa_cmark()->node_get_list_type(n) ==
					CMARK_ORDERED_LIST;
			}
			decided = true;
		}
	}
	if (p.block.kind == FA_BLOCK_ITEM)
		p.block.level = (uint8_t)(level < 255 ? level : 255);
	place_lines(s, node, &p);
	return p;
}

static int
flush(struct state *s, const struct fa_block *block, struct fa_err *err)
{
	int rc;

	if (s->in.lines.n == 0 && s->in.lines.rc == FA_OK)
		return FA_OK;
	s->b->proto = *block;
	rc = fa_inline_flush(&s->in, err);
	fa_build_break(s->b);
	return rc;
}

/* A pipe table from line i on; *end is the line behind it. */
static int
table(struct state *s, const struct place *p, size_t i, size_t *end,
	struct fa_err *err)
{
	struct fa_block cell = fa_build_plain(FA_BLOCK_HEADCELL);
	size_t header = i;

	cell.table = s->b->tables++;
	cell.row = 0;
	for (; i <= p->last; i++) {
		struct fa_str line = content(s, p, i, 0);
		size_t from = offset(s, line);
		int rc;

		if (i == header + 1)
			continue; /* the delimiter row */
		rc = fa_line_row(&s->in, from, from + line.n, cell, err);
		if (rc < 0)
			return rc;
		cell.kind = FA_BLOCK_CELL;
		cell.row++;
	}
	*end = i;
	return FA_OK;
}

static bool
begins_table(const struct state *s, const struct place *p, size_t i)
{
	struct fa_str line = content(s, p, i, 0);

	return i < p->last && fa_str_find(line, FA_STR("|"), 0) != SIZE_MAX &&
		fa_line_is_delimiter(content(s, p, i + 1, 0));
}

static int
paragraph(struct state *s, cmark_node *node, struct fa_err *err)
{
	struct place p = place_of(s, node);
	size_t column = (size_t)fa_cmark()->node_get_start_column(node);
	size_t i = p.first;
	bool definitions = true;
	int rc;

	while (i <= p.last) {
		struct fa_str line = content(
			s, &p, i, i == p.first && column > 0 ? column - 1 : 0);
		size_t from = offset(s, line);

		definitions = definitions && fa_line_definition(line) > 0;
		if (definitions) {
			i++;
			continue;
		}
		if (begins_table(s, &p, i)) {
			rc = flush(s, &p.block, err);
			if (rc >= 0)
				rc = table(s, &p, i, &i, err);
			if (rc < 0)
				return rc;
			continue;
		}
		fa_inline_line(&s->in, from, from + line.n);
		i++;
	}
	return flush(s, &p.block, err);
}

static bool
is_underline(struct fa_str line)
{
	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] != line.p[0] ||
			(line.p[i] != '=' && line.p[i] != '-'))
			return false;
	}
	return line.n > 0;
}

static int
heading(struct state *s, cmark_node *node, struct fa_err *err)
{
	struct place p = place_of(s, node);
	size_t column = (size_t)fa_cmark()->node_get_start_column(node);
	struct fa_str line =
		content(s, &p, p.first, column > 0 ? column - 1 : 0);

	p.block.kind = FA_BLOCK_HEADING;
	p.block.level = (uint8_t)fa_cmark()->node_get_heading_level(node);
	p.block.ordered = false;
	p.block.list = FA_DOC_NONE;
	if (line.n > 0 && line.p[0] == '#') {
		while (line.n > 0 && line.p[0] == '#')
			line = fa_str_sub(line, 1, line.n);
		line = fa_str_trim(line);
		while (line.n > 0 && line.p[line.n - 1] == '#')
			line.n--;
		line = fa_str_trim(line);
		fa_inline_line(
			&s->in, offset(s, line), offset(s, line) + line.n);
		return flush(s, &p.block, err);
	}
	for (size_t i = p.first; i <= p.last; i++) {
		line = content(
			s, &p, i, i == p.first && column > 0 ? column - 1 : 0);
		if (i > p.first && is_underline(line))
			break;
		fa_inline_line(
			&s->in, offset(s, line), offset(s, line) + line.n);
	}
	return flush(s, &p.block, err);
}

static bool
is_fence(struct fa_str line)
{
	return fa_str_starts(line, FA_STR("```")) ||
		fa_str_starts(line, FA_STR("~~~"));
}

static void
code(struct state *s, cmark_node *node)
{
	struct place p = place_of(s, node);
	size_t column = (size_t)fa_cmark()->node_get_start_column(node);
	bool fenced =
		is_fence(content(s, &p, p.first, column > 0 ? column - 1 : 0));

	p.block.kind = FA_BLOCK_CODE;
	for (size_t i = p.first + fenced; i <= p.last; i++) {
		struct fa_str line = content(s, &p, i, 0);
		size_t from = offset(s, line);

		if (fenced && i == p.last && is_fence(line))
			break;
		s->b->proto = p.block;
		fa_build_slice(s->b, from, from + line.n);
		fa_build_break(s->b);
	}
}

static int
html(struct state *s, cmark_node *node, struct fa_err *err)
{
	struct place p = place_of(s, node);
	size_t from;
	size_t to;
	struct fa_str last = line_at(s, p.last, &to);
	struct fa_str first = line_at(s, p.first, &from);

	(void)first;
	s->b->proto = p.block;
	return fa_html_extract(s->html, from, to + last.n, err);
}

static int
enter(struct state *s, cmark_node *node, struct fa_err *err)
{
	switch (fa_cmark()->node_get_type(node)) {
	case CMARK_NODE_LIST:
		(void)fa_cmark()->node_set_user_data(
			node, (void *)(size_t)s->b->lists++);
		return FA_OK;
	case CMARK_NODE_PARAGRAPH:
		return paragraph(s, node, err);
	case CMARK_NODE_HEADING:
		return heading(s, node, err);
	case CMARK_NODE_CODE_BLOCK:
		code(s, node);
		return FA_OK;
	case CMARK_NODE_HTML_BLOCK:
		return html(s, node, err);
	default:
		return FA_OK;
	}
}

static void
index_lines(struct state *s)
{
	size_t at = 0;

	while (at < s->text.n) {
		struct fa_str line;

		fa_buf_add(&s->starts,
			(struct fa_str){ (const char *)&at, sizeof(at) });
		line = fa_line_cut(s->text, at, &at);
		if (fa_line_definition(line) > 0)
			s->in.definitions = true;
		s->lines++;
	}
}

static const struct fa_markdown_gap *
gap_at(const struct state *s, size_t i)
{
	return (const struct fa_markdown_gap *)(const void *)s->gaps.p + i;
}

/* Front matter is blanked out of the copy, line by line, so that cmark counts
 * the lines of the whole text. */
static void
mask(struct state *s, size_t front)
{
	for (size_t i = 0; i < front; i++) {
		char c = s->text.p[i];

		fa_buf_addc(&s->masked, c == '\n' || c == '\r' ? c : ' ');
	}
	fa_markdown_mask(fa_str_sub(s->text, front, s->text.n), &s->masked);
	fa_markdown_gaps(s->text, front, &s->gaps);
	for (size_t i = 0; i < s->gaps.n / sizeof(struct fa_markdown_gap) &&
		s->masked.rc == FA_OK;
		i++) {
		const struct fa_markdown_gap *gap = gap_at(s, i);

		for (size_t k = gap->from; k < gap->to; k++)
			if (s->masked.p[k] != '\n' && s->masked.p[k] != '\r')
				s->masked.p[k] = ' ';
	}
}

/* Comments that stand before line. */
static void
tell_comments(struct state *s, size_t line)
{
	size_t from = s->text.n;

	if (line < s->lines)
		(void)line_at(s, line, &from);
	for (; s->told < s->gaps.n / sizeof(struct fa_markdown_gap);
		s->told++) {
		const struct fa_markdown_gap *gap = gap_at(s, s->told);

		if (gap->from > from)
			return;
		if (gap->comment)
			fa_build_remark(s->b, gap->from, gap->to,
				(struct fa_range){ (uint32_t)gap->from + 3,
					(uint32_t)gap->to - 3 });
	}
}

int
fa_markdown_extract(struct fa_build *b, bool *too_deep, struct fa_buf *title,
	struct fa_err *err)
{
	FA_CLEANUP(done) struct state s = { .b = b, .text = b->src->text };
	size_t front = fa_markdown_front(s.text);
	int rc = fa_cmark_open(err);

	fa_inline_init(&s.in, b, true);
	fa_buf_init(&s.masked, FA_MARKDOWN_MAX_BYTES);
	fa_buf_init(&s.starts, FA_MARKDOWN_MAX_BYTES * sizeof(size_t));
	fa_buf_init(&s.gaps,
		FA_MARKDOWN_MAX_BYTES * sizeof(struct fa_markdown_gap));
	if (rc < 0)
		return rc;
	index_lines(&s);
	mask(&s, front);
	fa_markdown_front_read(b, front, title);
	rc = fa_buf_rc(&s.masked, "Markdown text", err);
	if (rc >= 0)
		rc = fa_buf_rc(&s.starts, "Markdown lines", err);
	if (rc < 0 || s.lines == 0)
		return rc;
	s.html = fa_html_new(b, NULL);
	if (s.html == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for Markdown");
	s.root = fa_cmark()->parse_document(
		s.masked.p, s.masked.n, CMARK_OPT_DEFAULT);
	for (cmark_node *n = s.root; n != NULL; n = following(n)) {
		int line = fa_cmark()->node_get_start_line(n);

		if (fa_cmark()->node_get_type(n) != CMARK_NODE_DOCUMENT)
			tell_comments(&s, line > 0 ? (size_t)line - 1 : 0);
		rc = enter(&s, n, err);
		if (rc < 0)
			return rc;
	}
	tell_comments(&s, s.lines);
	*too_deep = *too_deep || s.html->too_deep;
	return FA_OK;
}
