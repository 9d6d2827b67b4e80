/* Paragraphs of a part (17.3), their tables (17.4) and text boxes. */
#include "base/num.h"
#include "read/word_body.h"

#define TEXT_BYTES FA_DOC_MAX_BYTES

struct fa_word_paragraph *
fa_word_body_top(struct fa_word_body *b)
{
	return b->depth == 0 ? NULL : &b->at[b->depth - 1];
}

struct fa_word_table *
fa_word_body_table(struct fa_word_body *b)
{
	return b->tables_open == 0 ? NULL : &b->table[b->tables_open - 1];
}

static bool
is_on(struct fa_word_xml *x)
{
	struct fa_str v = fa_word_xml_attr(x, "val");

	return !fa_str_eq(v, FA_STR("0")) && !fa_str_eq(v, FA_STR("false")) &&
		!fa_str_eq(v, FA_STR("off"));
}

static void
begin_table(struct fa_word_body *b)
{
	if (b->tables_open == FA_WORD_NESTED) {
		b->tables_deeper++;
		return;
	}
	b->table[b->tables_open++] =
		(struct fa_word_table){ .number = b->tables++,
			.row = FA_DOC_NONE };
	b->list = FA_STR_NONE;
}

static void
end_table(struct fa_word_body *b)
{
	if (b->tables_deeper > 0)
		b->tables_deeper--;
	else if (b->tables_open > 0)
		b->tables_open--;
}

/* Rows, cells and their properties; false when the element is none of them. */
static bool
start_in_table(struct fa_word_body *b)
{
	struct fa_word_table *t = fa_word_body_table(b);
	struct fa_word_xml *x = &b->x;
	uint64_t v;

	if (t == NULL || b->tables_deeper > 0)
		return false;
	if (fa_word_xml_is(x, "tr")) {
		t->row++;
		t->column = 0;
		t->header = false;
	} else if (fa_word_xml_is(x, "tblHeader")) {
		t->header = is_on(x);
	} else if (fa_word_xml_is(x, "tblLook")) {
		struct fa_str first = fa_word_xml_attr(x, "firstRow");

		/* 17.4.55: the style of its first row is another one. */
		t->first = first.p != NULL
			? fa_str_eq(first, FA_STR("1")) ||
				fa_str_eq(first, FA_STR("true"))
			: fa_num_hex(
				  fa_word_xml_attr(x, "val"), UINT32_MAX, &v) &&
				(v & 0x20) != 0;
	} else if (fa_word_xml_is(x, "tc")) {
		t->span = 1;
	} else if (fa_word_xml_is(x, "gridSpan") &&
		fa_num_u64(fa_word_xml_attr(x, "val"), 1000, &v) && v > 0) {
		t->span = (uint32_t)v;
	} else if (fa_word_xml_is(x, "gridBefore") &&
		fa_num_u64(fa_word_xml_attr(x, "val"), 1000, &v)) {
		t->column += (uint32_t)v;
	} else {
		return false;
	}
	return true;
}

static struct fa_str
copy(struct fa_word_body *b, struct fa_str s)
{
	struct fa_str kept = fa_arena_dup(b->a, s);

	b->x.no_memory = b->x.no_memory || kept.p == NULL;
	return kept;
}

static bool
start_in_properties(struct fa_word_body *b)
{
	struct fa_word_paragraph *p = fa_word_body_top(b);
	struct fa_word_xml *x = &b->x;
	uint64_t v;

	if (!b->in_paragraph_properties || p == NULL)
		return false;
	if (fa_word_xml_is(x, "pStyle")) {
		p->style = copy(b, fa_word_xml_attr(x, "val"));
	} else if (fa_word_xml_is(x, "numId")) {
		p->num = copy(b, fa_word_xml_attr(x, "val"));
		p->numbered = true;
	} else if (fa_word_xml_is(x, "ilvl") &&
		fa_num_u64(fa_word_xml_attr(x, "val"), 8, &v)) {
		p->num_level = (unsigned)v;
	} else if (fa_word_xml_is(x, "outlineLvl") &&
		fa_num_u64(fa_word_xml_attr(x, "val"), 9, &v)) {
		p->outlined = true;
		p->outline = (uint8_t)(v > 8 ? 0 : v < 6 ? v + 1 : 6);
	}
	return true;
}

/* What is deleted, moved away, or was before a change. */
static bool
is_past(const struct fa_word_xml *x)
{
	return fa_word_xml_is(x, "del") || fa_word_xml_is(x, "moveFrom") ||
		(x->word && fa_str_ends(x->name, FA_STR("PrChange")));
}

static void
add_char(struct fa_word_body *b, char ch)
{
	struct fa_word_paragraph *p = fa_word_body_top(b);

	if (p != NULL && !b->vanished)
		fa_buf_addc(&p->text, ch);
}

static void
start_in_run(struct fa_word_body *b)
{
	struct fa_word_xml *x = &b->x;

	if (fa_word_xml_is(x, "r")) {
		b->vanished = false;
		b->bold = false;
	} else if (fa_word_xml_is(x, "vanish") ||
		fa_word_xml_is(x, "webHidden")) {
		b->vanished = b->vanished || is_on(x);
	} else if (fa_word_xml_is(x, "b")) {
		b->bold = is_on(x);
	} else if (fa_word_xml_is(x, "t")) {
		b->in_text = true;
	} else if (fa_word_xml_is(x, "tab")) {
		add_char(b, ' ');
	} else if (fa_word_xml_is(x, "noBreakHyphen")) {
		add_char(b, '-');
	} else if (fa_word_xml_is(x, "cr") || fa_word_xml_is(x, "br")) {
		struct fa_str type = fa_word_xml_attr(x, "type");

		if (type.p == NULL || fa_str_eq(type, FA_STR("textWrapping")))
			add_char(b, '\n');
	} else if (fa_word_xml_is(x, "hyperlink") && b->depth > 0) {
		b->href = fa_word_href(b->parts, fa_word_xml_attr(x, "id"));
		b->link_from = fa_word_body_top(b)->text.n;
	}
}

/* ECMA-376 Part 3, 9.3: of alternatives the first one is read. */
static void
start_alternative(struct fa_word_body *b)
{
	struct fa_word_xml *x = &b->x;

	if (fa_str_eq(x->name, FA_STR("AlternateContent"))) {
		if (b->choices < FA_WORD_CHOICES)
			b->chosen[b->choices++] = false;
		else
			fa_word_xml_skip(x);
	} else if (b->choices > 0 &&
		(fa_str_eq(x->name, FA_STR("Choice")) ||
			fa_str_eq(x->name, FA_STR("Fallback")))) {
		if (b->chosen[b->choices - 1])
			fa_word_xml_skip(x);
		else
			b->chosen[b->choices - 1] = true;
	}
}

static bool
is_separator(struct fa_word_xml *x)
{
	struct fa_str type;

	if (!fa_word_xml_is(x, "footnote") && !fa_word_xml_is(x, "endnote"))
		return false;
	type = fa_word_xml_attr(x, "type");
	return type.p != NULL && !fa_str_eq(type, FA_STR("normal"));
}

static void
start(struct fa_word_body *b)
{
	struct fa_word_xml *x = &b->x;

	if (is_past(x) || is_separator(x))
		fa_word_xml_skip(x);
	else if (!x->word)
		start_alternative(b);
	else if (fa_word_xml_is(x, "p"))
		fa_word_begin_paragraph(b);
	else if (fa_word_xml_is(x, "pPr"))
		b->in_paragraph_properties = true;
	else if (fa_word_xml_is(x, "tbl"))
		begin_table(b);
	else if (!start_in_table(b) && !start_in_properties(b))
		start_in_run(b);
}

static void
end_link(struct fa_word_body *b)
{
	struct fa_word_paragraph *p = fa_word_body_top(b);
	struct fa_word_link l = { .href = b->href };

	b->href = FA_STR_NONE;
	if (p == NULL || l.href.n == 0 || p->text.n <= b->link_from)
		return;
	l.text = (struct fa_range){ (uint32_t)b->link_from,
		(uint32_t)p->text.n };
	fa_buf_add(&p->links, (struct fa_str){ (const char *)&l, sizeof(l) });
}

static void
end(struct fa_word_body *b)
{
	struct fa_word_xml *x = &b->x;

	if (fa_word_xml_is(x, "p"))
		fa_word_end_paragraph(b);
	else if (fa_word_xml_is(x, "pPr"))
		b->in_paragraph_properties = false;
	else if (fa_word_xml_is(x, "t"))
		b->in_text = false;
	else if (fa_word_xml_is(x, "r"))
		b->vanished = b->bold = false;
	else if (fa_word_xml_is(x, "tbl"))
		end_table(b);
	else if (fa_word_xml_is(x, "tc") && b->tables_open > 0 &&
		b->tables_deeper == 0)
		fa_word_body_table(b)->column += fa_word_body_table(b)->span;
	else if (fa_word_xml_is(x, "hyperlink"))
		end_link(b);
	else if (fa_str_eq(x->name, FA_STR("AlternateContent")) &&
		b->choices > 0)
		b->choices--;
}

static void
text(struct fa_word_body *b)
{
	struct fa_word_paragraph *p = fa_word_body_top(b);
	struct fa_str s = b->x.text;

	if (!b->in_text || b->vanished || p == NULL)
		return;
	for (size_t i = 0; i < s.n; i++)
		fa_buf_addc(&p->text,
			s.p[i] == '\n' || s.p[i] == '\r' ? ' ' : s.p[i]);
	if (!b->bold && fa_str_trim(s).n > 0)
		p->plain = true;
}

int
fa_word_body_new(struct fa_word_body **out, const struct fa_word_parts *parts,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_word_body *b = fa_arena_new(a, 1, sizeof(*b));

	if (b == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a document");
	b->parts = parts;
	b->a = a;
	fa_buf_init(&b->text, TEXT_BYTES);
	fa_buf_init(&b->lines, FA_BUILD_BLOCKS * sizeof(struct fa_word_line));
	fa_buf_init(&b->links, FA_BUILD_LINKS * sizeof(struct fa_word_link));
	for (size_t i = 0; i < FA_WORD_NESTED; i++) {
		fa_buf_init(&b->at[i].text, TEXT_BYTES);
		fa_buf_init(&b->at[i].links,
			FA_BUILD_LINKS * sizeof(struct fa_word_link));
	}
	*out = b;
	return FA_OK;
}

void
fa_word_body_free(struct fa_word_body **out)
{
	struct fa_word_body *b = *out;

	if (b == NULL)
		return;
	fa_word_xml_close(&b->x);
	fa_buf_done(&b->text);
	fa_buf_done(&b->lines);
	fa_buf_done(&b->links);
	for (size_t i = 0; i < FA_WORD_NESTED; i++) {
		fa_buf_done(&b->at[i].text);
		fa_buf_done(&b->at[i].links);
	}
	*out = NULL;
}

int
fa_word_body_read(
	struct fa_word_body *b, struct fa_str part, struct fa_err *err)
{
	enum fa_word_event e;

	fa_word_xml_open(&b->x, part);
	while ((e = fa_word_xml_next(&b->x)) != FA_WORD_END_OF_PART) {
		if (e == FA_WORD_START)
			start(b);
		else if (e == FA_WORD_END)
			end(b);
		else
			text(b);
	}
	while (b->depth > 0) /* the part stopped before its end */
		fa_word_end_paragraph(b);
	b->deeper = b->tables_open = b->tables_deeper = b->choices = 0;
	b->in_paragraph_properties = b->in_text = false;
	b->broken = b->broken || b->x.broken;
	fa_word_xml_close(&b->x);
	return b->x.no_memory
		? fa_fail(err, FA_E_NOMEM, "out of memory for a document")
		: FA_OK;
}

/* An array in the arena. */
static void *
keep(struct fa_word_body *b, const struct fa_buf *from)
{
	struct fa_str kept = fa_arena_dup(b->a, fa_buf_str(from));

	return from->n == 0 ? NULL : (void *)(uintptr_t)kept.p;
}

int
fa_word_body_finish(
	struct fa_word_body *b, struct fa_word *out, struct fa_err *err)
{
	int rc = fa_buf_rc(&b->text, "text of the document", err);

	if (rc == FA_OK)
		rc = fa_buf_rc(&b->lines, "paragraphs of the document", err);
	if (rc == FA_OK)
		rc = fa_buf_rc(&b->links, "links of the document", err);
	if (rc < 0)
		return rc;
	if (b->lines.n == 0 && b->broken)
		return fa_fail(
			err, FA_E_INPUT, "the document is no well-formed XML");
	if (b->lines.n == 0)
		return fa_fail(err, FA_E_UNSUPPORTED,
			"no text in the document: has it nothing but "
			"pictures? a version with text is needed");
	out->text = fa_arena_dup(b->a, fa_buf_str(&b->text));
	out->lines_n = b->lines.n / sizeof(*out->lines);
	out->lines = keep(b, &b->lines);
	out->links_n = b->links.n / sizeof(*out->links);
	out->links = keep(b, &b->links);
	out->lists = b->lists;
	out->tables = b->tables;
	if (out->text.p == NULL || (out->lines == NULL && out->lines_n > 0) ||
		(out->links == NULL && out->links_n > 0))
		return fa_fail(err, FA_E_NOMEM, "out of memory for a document");
	out->complaint = b->broken
		? FA_STR("a part of the document is no well-formed XML: it "
			 "was read up to there")
		: FA_STR_NONE;
	return FA_OK;
}
