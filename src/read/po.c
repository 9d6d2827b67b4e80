/* Catalogues of gettext (GNU gettext manual, "The Format of PO Files"):
 *
 *   entry   = { comment } [ "msgctxt" literals ] "msgid" literals
 *             ( "msgstr" literals
 *             | "msgid_plural" literals { "msgstr[" digit "]" literals } )
 *   comment = "#" ... ; "#," flags, "#~" an obsolete entry
 *
 * Literals of several lines are one text. What users see is the translation;
 * without one, or with one that is only a guess ("fuzzy"), which msgfmt leaves
 * out, the original. The entry of the empty msgid is the header. */
#include <string.h>

#include "base/utf8.h"
#include "read/escape.h"
#include "read/extract.h"
#include "read/line.h"
#include "read/strings.h"

#define FORMS 8 /* plural forms; no language has more than 6 */

enum field {
	FIELD_CONTEXT,
	FIELD_ID,
	FIELD_PLURAL,
	FIELD_STR,
	FIELD_COUNT = FIELD_STR + FORMS
};

struct po {
	struct fa_strings s;
	struct fa_str in;
	struct fa_range field[FIELD_COUNT]; /* lines of its literals */
	bool has[FIELD_COUNT];
	int in_field; /* whose lines come, or -1 */
	int last;     /* field of the entry, or -1 */
	bool translated, fuzzy;
	struct fa_buf name, context, shared;
};

static bool
is_octal(char c)
{
	return c >= '0' && c <= '7';
}

/* A byte behind the backslash at in[at]: \ooo or \xhh; its length or 0. */
static size_t
byte_escape(struct fa_str in, size_t at, uint32_t *byte)
{
	size_t n = 0;

	if (at < in.n && in.p[at] == 'x')
		return fa_escape_hex(in, at + 1, 2, byte) ? 3 : 0;
	for (*byte = 0; n < 3 && at + n < in.n && is_octal(in.p[at + n]); n++)
		*byte = *byte * 8 + (uint32_t)(in.p[at + n] - '0');
	return n;
}

/* A character behind the backslash at in[at], at < in.n; its length. Bytes of
 * one UTF-8 character follow each other, each with a backslash. */
static size_t
escape(struct fa_str in, size_t at, uint32_t *cp)
{
	char bytes[4];
	size_t ends[4];
	size_t count = 0, i = at;

	while (count < 4) {
		uint32_t byte;
		size_t n = byte_escape(in, i, &byte);

		if (n == 0 || byte > 0xff)
			break;
		bytes[count] = (char)byte;
		ends[count++] = i + n;
		i += n;
		if (byte < 0x80 || i >= in.n || in.p[i] != '\\')
			break;
		i++;
	}
	if (count > 0) {
		size_t n = fa_utf8_next((struct fa_str){ bytes, count }, cp);

		return ends[n - 1] - at;
	}
	i = fa_utf8_next(fa_str_sub(in, at, in.n), cp);
	if (i == 1)
		*cp = fa_escape_letter(in.p[at]);
	return i;
}

/* The characters of a literal that begins behind its quote; returns where it
 * ends, closed or not. */
static size_t
literal(struct po *p, size_t at, size_t end)
{
	struct fa_str in = fa_str_sub(p->in, 0, end);

	while (at < in.n && in.p[at] != '"') {
		uint32_t cp;
		size_t n = fa_utf8_next(fa_str_sub(in, at, in.n), &cp);

		if (cp == '\\' && at + 1 < in.n)
			n = 1 + escape(in, at + 1, &cp);
		fa_strings_cell(&p->s, cp, at, at + n);
		at += n;
	}
	return at;
}

static void
cells(struct po *p, enum field f)
{
	size_t at = p->field[f].from;

	if (!p->has[f])
		return;
	while (at < p->field[f].to) {
		size_t from = at;
		struct fa_str line = fa_line_cut(
			fa_str_sub(p->in, 0, p->field[f].to), at, &at);
		size_t quote = fa_str_find(line, FA_STR("\""), 0);
		size_t end;

		if (quote == SIZE_MAX)
			continue;
		end = literal(p, from + quote + 1, from + line.n);
		if (end >= from + line.n)
			fa_build_complain(p->s.b, from,
				"a string without its closing quote");
	}
}

static void
name(struct po *p, enum field f, struct fa_buf *out)
{
	cells(p, f);
	fa_strings_name(&p->s, out);
}

/* Entries of one context are shown together. */
static void
group(struct po *p)
{
	struct fa_str context = fa_buf_str(&p->context);

	if (context.n == 0) {
		fa_strings_group_for(&p->s, fa_buf_str(&p->name));
		p->shared.n = 0;
		return;
	}
	if (p->s.own_groups && fa_str_eq(context, fa_buf_str(&p->shared)))
		return;
	p->shared.n = 0;
	fa_buf_add(&p->shared, context);
	fa_strings_group(&p->s, context);
}

static void
put(struct po *p)
{
	group(p);
	if (p->context.n > 0) {
		struct fa_buf whole;

		fa_buf_init(&whole, FA_STRINGS_KEY_BYTES);
		fa_strings_path(&whole, 0, fa_buf_str(&p->context));
		fa_strings_path(&whole, whole.n, fa_buf_str(&p->name));
		fa_strings_put(&p->s, fa_buf_str(&whole));
		if (whole.rc != FA_OK)
			p->s.b->text.rc = whole.rc;
		fa_buf_done(&whole);
		return;
	}
	fa_strings_put(&p->s, fa_buf_str(&p->name));
}

/* Whether a literal of the field holds anything. */
static bool
is_empty(struct po *p, enum field f)
{
	bool empty;

	cells(p, f);
	empty = p->s.cells.n == 0;
	fa_strings_drop(&p->s);
	return empty;
}

static void
original(struct po *p)
{
	static const enum field both[] = { FIELD_ID, FIELD_PLURAL };

	for (size_t i = 0; i < FA_COUNT(both); i++) {
		cells(p, both[i]);
		if (fa_strings_is_wording(&p->s))
			put(p);
		fa_strings_drop(&p->s);
	}
}

/* Ends the entry in work. */
static void
finish(struct po *p)
{
	bool any = false;

	if (p->has[FIELD_ID]) {
		name(p, FIELD_CONTEXT, &p->context);
		name(p, FIELD_ID, &p->name);
	}
	if (p->has[FIELD_ID] && p->name.n > 0) {
		if (p->fuzzy)
			fa_build_mention(p->s.b, p->field[FIELD_ID].from,
				"a fuzzy translation, which users do not see: "
				"the original is read");
		for (size_t f = FIELD_STR; f < FIELD_COUNT && !p->fuzzy; f++) {
			if (is_empty(p, (enum field)f))
				continue;
			cells(p, (enum field)f);
			put(p);
			any = true;
		}
		if (!any)
			original(p);
	}
	memset(p->has, 0, sizeof(p->has));
	p->in_field = p->last = -1;
	p->translated = p->fuzzy = false;
}

static void
comment(struct po *p, size_t from, size_t to)
{
	char kind = from + 1 < to ? p->in.p[from + 1] : ' ';
	size_t inner = from + (kind == '.' ? 2 : 1);

	if (p->translated)
		finish(p);
	p->in_field = -1;
	if (kind == ',')
		p->fuzzy = p->fuzzy ||
			fa_str_find(fa_str_sub(p->in, from, to),
				FA_STR("fuzzy"), 0) != SIZE_MAX;
	if (kind == '~' || kind == '|' || kind == ':' || kind == ',')
		return;
	fa_build_remark(p->s.b, from, to,
		(struct fa_range){ (uint32_t)inner, (uint32_t)to });
}

/* The field that a keyword at the start of line begins, or -1. */
static int
keyword(struct fa_str line)
{
	static const struct {
		struct fa_str word;
		int field;
	} words[] = {
		{ FA_STR_INIT("msgctxt"), FIELD_CONTEXT },
		{ FA_STR_INIT("msgid_plural"), FIELD_PLURAL },
		{ FA_STR_INIT("msgid"), FIELD_ID },
		{ FA_STR_INIT("msgstr["), FIELD_STR },
		{ FA_STR_INIT("msgstr"), FIELD_STR },
	};

	for (size_t i = 0; i < FA_COUNT(words); i++) {
		struct fa_str word = words[i].word;

		if (!fa_str_starts(line, word))
			continue;
		if (!fa_str_ends(word, FA_STR("[")))
			return words[i].field;
		if (line.n > word.n && line.p[word.n] >= '0' &&
			line.p[word.n] < '0' + FORMS)
			return FIELD_STR + (line.p[word.n] - '0');
	}
	return -1;
}

/* Fields come in their order, so that texts do. */
static void
begin(struct po *p, int field, size_t from, size_t to)
{
	bool next = p->translated && field <= FIELD_ID;

	if (!next && field <= p->last)
		fa_build_complain(p->s.b, from,
			"a keyword where an entry does not have it");
	if (field <= p->last)
		finish(p);
	p->translated = field >= FIELD_STR;
	p->in_field = p->last = field;
	p->has[field] = true;
	p->field[field] = (struct fa_range){ (uint32_t)from, (uint32_t)to };
}

/* A line in [from, to), which has text. */
static void
take(struct po *p, size_t from, size_t to)
{
	struct fa_str line = fa_str_sub(p->in, from, to);
	int field = keyword(line);

	if (line.p[0] == '#')
		comment(p, from, to);
	else if (field >= 0)
		begin(p, field, from, to);
	else if (line.p[0] == '"' && p->in_field >= 0)
		p->field[p->in_field].to = (uint32_t)to;
	else
		fa_build_complain(p->s.b, from,
			"neither a keyword, a string nor a comment of a "
			"PO file");
}

int
fa_po_extract(struct fa_build *b, struct fa_err *err)
{
	struct po p = { .in = b->src->text, .in_field = -1, .last = -1 };
	struct fa_buf *const all[] = { &p.name, &p.context, &p.shared };
	size_t at = 0;

	(void)err;
	fa_strings_init(&p.s, b);
	for (size_t i = 0; i < FA_COUNT(all); i++)
		fa_buf_init(all[i], FA_STRINGS_KEY_BYTES);
	while (at < p.in.n) {
		size_t from = at;
		struct fa_str line = fa_line_cut(p.in, from, &at);
		struct fa_str text = fa_str_trim(line);

		if (text.n > 0)
			take(&p, (size_t)(text.p - p.in.p),
				(size_t)(text.p - p.in.p) + text.n);
	}
	finish(&p);
	for (size_t i = 0; i < FA_COUNT(all); i++) {
		if (all[i]->rc != FA_OK)
			b->text.rc = all[i]->rc;
		fa_buf_done(all[i]);
	}
	fa_strings_done(&p.s);
	return FA_OK;
}
