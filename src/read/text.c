/* Plain text. A line is a block, except that a line of a hard-wrapped
 * paragraph goes on: long, without final punctuation, and followed by a line
 * without a mark or number of its own. */
#include <stdio.h>

#include "read/extract.h"
#include "read/line.h"
#include "read/pages.h"

#define WRAP_COLUMNS 56 /* a hard-wrapped line is at least so wide */
#define NUMBERED_COLUMNS 80
#define MAX_LEVEL 8 /* nesting of items */

struct state {
	struct fa_build *b;
	struct fa_inline in;
	struct fa_scan_set ends; /* of lines, and all marks */
	bool open;               /* a paragraph is being collected */
	struct fa_str last;      /* its last line */
	bool numbered;           /* it is one line with a number */
	bool in_list, in_table;
	struct fa_block cell; /* of the table */
	struct fa_pages pages;
	uint32_t named; /* page that the last block was named after */
};

static int
flush(struct state *s, struct fa_err *err)
{
	int rc;

	if (!s->open)
		return FA_OK;
	s->open = false;
	rc = fa_inline_flush(&s->in, err);
	fa_build_break(s->b);
	return rc;
}

static struct fa_block
block_of(struct state *s, const struct fa_line *line)
{
	struct fa_block block = fa_build_plain(FA_BLOCK_PARAGRAPH);

	if (line->kind == FA_LINE_HEADING) {
		block.kind = FA_BLOCK_HEADING;
		block.level = (uint8_t)line->level;
	} else if (line->kind == FA_LINE_QUOTE) {
		block.kind = FA_BLOCK_QUOTE;
	} else if (line->kind == FA_LINE_ITEM) {
		size_t level = 1 + line->indent / 2;

		if (!s->in_list)
			s->b->lists++;
		block.kind = FA_BLOCK_ITEM;
		block.level = (uint8_t)(level < MAX_LEVEL ? level : MAX_LEVEL);
		block.list = s->b->lists - 1;
	}
	return block;
}

static void
put_line(struct state *s, const struct fa_line *line)
{
	if (line->plain)
		fa_inline_plain(&s->in, line->from, line->to);
	else
		fa_inline_line(&s->in, line->from, line->to);
	s->last = fa_str_sub(s->b->src->text, line->from, line->to);
}

/* Whether line goes on where the paragraph stopped. A numbered line of its
 * own that is not much longer than a heading is taken for one. */
static bool
goes_on(const struct state *s, const struct fa_line *line)
{
	struct fa_str text = fa_str_sub(s->b->src->text, line->from, line->to);
	struct fa_str last = fa_str_trim(s->last);
	size_t columns;

	if (!s->open || line->kind != FA_LINE_PLAIN ||
		fa_line_is_closed(s->last))
		return false;
	if (s->pages.on)
		return fa_utf8_columns(last) >= s->pages.wrap &&
			!fa_line_is_numbered(text);
	/* No character has more columns than bytes. */
	if (last.n < WRAP_COLUMNS || fa_line_begins(text))
		return false;
	columns = fa_utf8_columns(last);
	return columns >= WRAP_COLUMNS &&
		!(s->numbered && columns < NUMBERED_COLUMNS);
}

static int
row(struct state *s, const struct fa_line *line, size_t next,
	struct fa_err *err)
{
	struct fa_str text = s->b->src->text;
	struct fa_str here = fa_str_sub(text, line->from, line->to);
	struct fa_block cell;
	struct fa_str below;

	if (!s->in_table) {
		s->cell = fa_build_plain(FA_BLOCK_CELL);
		s->cell.table = s->b->tables++;
		s->cell.row = 0;
		s->in_table = true;
	}
	if (fa_line_is_delimiter(here))
		return FA_OK;
	cell = s->cell;
	below = fa_str_trim(fa_line_cut(text, next, &next));
	if (cell.row == 0 && fa_line_is_delimiter(below))
		cell.kind = FA_BLOCK_HEADCELL;
	s->cell.row++;
	return fa_line_row(&s->in, line->from, line->to, cell, err);
}

/* What follows stands on another page than what came before. */
static void
name_page(struct state *s)
{
	char name[24];

	if (!s->pages.on || s->named == s->pages.page)
		return;
	s->named = s->pages.page;
	(void)snprintf(name, sizeof(name), "p.%u", (unsigned)s->named);
	fa_build_key(s->b, fa_str_c(name));
}

static int
take(struct state *s, const struct fa_line *line, size_t next,
	struct fa_err *err)
{
	int rc;

	if (goes_on(s, line)) {
		put_line(s, line);
		s->numbered = false;
		return FA_OK;
	}
	rc = flush(s, err);
	if (rc < 0)
		return rc;
	if (line->kind != FA_LINE_ROW)
		s->in_table = false;
	if (line->kind == FA_LINE_BLANK || line->kind == FA_LINE_RULE)
		return FA_OK; /* a list goes on behind a blank line */
	if (line->kind == FA_LINE_ROW) {
		name_page(s);
		return row(s, line, next, err);
	}
	name_page(s);
	s->b->proto = block_of(s, line);
	s->in_list = line->kind == FA_LINE_ITEM;
	put_line(s, line);
	s->open = line->kind != FA_LINE_HEADING;
	s->numbered = fa_line_is_numbered(s->last);
	if (s->open)
		return FA_OK;
	s->open = true;
	return flush(s, err);
}

/* The line at at; where it ends and whether marks are in it takes one search
 * when there are none. */
static struct fa_line
line_at(const struct state *s, size_t at, struct fa_str *all, size_t *next)
{
	const struct fa_source *src = s->b->src;
	size_t mark = fa_scan(&s->ends, src->text, at, src->text.n, src->simd);
	size_t to = mark + fa_line_cut(src->text, mark, next).n;
	struct fa_line line = fa_line_classify(src->text, at, to);

	line.plain = mark == to;
	*all = fa_str_sub(src->text, at, to);
	return line;
}

static void
done(struct state *s)
{
	fa_inline_done(&s->in);
}

static int
extract(struct fa_build *b, bool pages, struct fa_err *err)
{
	FA_CLEANUP(done) struct state s = { .b = b };
	struct fa_str text = b->src->text;
	size_t at = 0;

	fa_inline_init(&s.in, b, false);
	s.ends = s.in.marks;
	s.ends.low['\n'] |= 1;
	s.ends.low['\r'] |= 1;
	if (pages)
		fa_pages_init(&s.pages, text);
	while (at < text.n) {
		size_t next;
		struct fa_str all;
		struct fa_line line = line_at(&s, at, &all, &next);
		int rc = FA_OK;

		/* A paragraph goes on behind the end of a page. */
		if (!pages ||
			(fa_pages_line(&s.pages, text, all, next) &&
				!(line.kind == FA_LINE_BLANK &&
					s.pages.begins)))
			rc = take(&s, &line, next, err);
		if (rc < 0)
			return rc;
		at = next;
	}
	return flush(&s, err);
}

int
fa_text_extract(struct fa_build *b, struct fa_err *err)
{
	return extract(b, false, err);
}

int
fa_text_extract_pages(struct fa_build *b, struct fa_err *err)
{
	return extract(b, true, err);
}
