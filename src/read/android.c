/* Texts of Android: resources (res/values), and the attributes that people
 * read in layouts, menus, preferences, navigation graphs and manifests.
 * Escapes and blanks as aapt2 takes them: \n \t \' \" \@ \? \\ \uXXXX, white
 * space is one blank, "..." keeps it. */
#include <string.h>

#include "base/utf8.h"
#include "read/escape.h"
#include "read/extract.h"
#include "read/strings.h"
#include "read/xml_lex.h"

#define TAG_BYTES 1024 /* a longer tag inside a text carries nothing */

struct android {
	struct fa_strings s;
	struct fa_xml_lex x;
	struct fa_xml_token t;
	struct fa_buf name;
	bool resources;       /* else attributes are the texts */
	bool whole;           /* attributes: the file is one screen */
	bool begun;           /* the root was seen */
	struct fa_str array;  /* the one whose items come; or absent */
	struct fa_str inside; /* the element whose text comes; or absent */
	size_t opened;        /* where it began */
	bool quoted;
};

/* An escape at in[at], behind its backslash; returns the bytes behind it. */
static size_t
escape(struct fa_str in, size_t at, size_t end, uint32_t *cp)
{
	size_t n;

	if (in.p[at] == 'u') {
		n = fa_escape_utf16(fa_str_sub(in, 0, end), at, cp);
		if (n > 0)
			return n;
	}
	if (in.p[at] == 'n' || in.p[at] == 't') {
		*cp = fa_escape_letter(in.p[at]);
		return 1;
	}
	*cp = fa_xml_char(in, at, end, &n);
	if (*cp == '\n' || *cp == '\r')
		*cp = ' ';
	return n;
}

/* Characters of the text in work. A new line in the source is white space,
 * but in quotes. */
static void
text(struct android *d, size_t from, size_t to, bool plain)
{
	struct fa_str in = d->x.in;

	while (from < to) {
		size_t n;
		uint32_t cp = plain ? (unsigned char)in.p[from] : 0;

		if (plain && cp >= 0x80)
			n = fa_utf8_next(fa_str_sub(in, from, to), &cp);
		else if (plain)
			n = 1;
		else
			cp = fa_xml_char(in, from, to, &n);
		if (cp == '"' && n == 1) {
			d->quoted = !d->quoted;
		} else if (cp == '\\' && from + n < to) {
			n += escape(in, from + n, to, &cp);
			fa_strings_cell(&d->s, cp, from, from + n);
		} else {
			if (!d->quoted && (cp == '\n' || cp == '\r'))
				cp = ' ';
			fa_strings_cell(&d->s, cp, from, from + n);
		}
		from += n;
	}
}

/* Whether cells are a path without blanks ("string/ok", "android:attr/x"). */
static bool
is_path(const struct fa_cell *at, size_t n)
{
	bool parts = false;

	for (size_t i = 0; i < n; i++) {
		if (at[i].cp <= ' ' || at[i].cp >= 0x7f)
			return false;
		parts = parts || at[i].cp == '/' || at[i].cp == ':';
	}
	return parts;
}

/* "@string/ok", "?attr/title", "@{model.text}": a reference, no
 * text. */
static bool
is_reference(const struct fa_strings *s)
{
	const struct fa_cell *at = (const void *)s->cells.p;
	const struct fa_cell *end;

	if (at == NULL)
		return false;
	end = at + s->cells.n / sizeof(*at);
	while (at < end && at->cp == ' ')
		at++;
	while (at < end && end[-1].cp == ' ')
		end--;
	if (end - at < 2 || (at->cp != '@' && at->cp != '?') ||
		at->to - at->from > 1)
		return false;
	if (at[0].cp == '@' && (at[1].cp == '{' || at[1].cp == '='))
		return true;
	return is_path(at + 1, (size_t)(end - at) - 1);
}

static void
put(struct android *d, struct fa_str name)
{
	if (is_reference(&d->s))
		fa_strings_drop(&d->s);
	else
		fa_strings_put(&d->s, name);
}

static void
close_text(struct android *d)
{
	if (d->inside.p == NULL)
		return;
	put(d, fa_buf_str(&d->name));
	d->inside = FA_STR_NONE;
}

static void
open_text(struct android *d, struct fa_str name)
{
	d->inside = d->t.name;
	d->opened = d->t.from;
	d->quoted = false;
	d->name.n = 0;
	fa_buf_add(&d->name, fa_str_sub(name, 0, FA_STRINGS_KEY_BYTES));
}

static struct fa_str
attr(const struct android *d, const char *name)
{
	return fa_xml_attr(&d->x, &d->t, fa_str_c(name));
}

static bool
is_array(struct fa_str tag)
{
	return fa_str_eq(tag, FA_STR("string-array")) ||
		fa_str_eq(tag, FA_STR("plurals")) ||
		fa_str_eq(tag, FA_STR("array"));
}

/* An item, in an array or by itself with a type. */
static void
open_item(struct android *d)
{
	struct fa_str quantity = attr(d, "quantity");

	if (d->array.p == NULL) {
		if (fa_str_eq(attr(d, "type"), FA_STR("string")))
			open_text(d, attr(d, "name"));
		return;
	}
	open_text(d, d->array);
	if (quantity.n > 0 && d->name.n + quantity.n < FA_STRINGS_KEY_BYTES) {
		fa_buf_addc(&d->name, '.');
		fa_buf_add(&d->name, quantity);
	}
}

/* Markup inside a text: what it means is known where all strings come by. A
 * tag of another namespace marks a place that is not to be translated. */
static void
inline_tag(struct android *d)
{
	const struct fa_xml_token *t = &d->t;

	if (fa_str_find(t->name, FA_STR(":"), 0) == SIZE_MAX &&
		t->to - t->from <= TAG_BYTES)
		fa_strings_slice(&d->s, t->from, t->to);
}

static void
start_resource(struct android *d)
{
	struct fa_str tag = d->t.name;

	if (d->inside.p != NULL && !fa_str_eq(tag, d->inside)) {
		inline_tag(d);
		return;
	}
	if (d->inside.p != NULL) {
		fa_build_complain(d->s.b, d->opened,
			"an element whose closing tag is missing");
		close_text(d);
	}
	if (d->t.empty)
		return;
	if (is_array(tag)) {
		d->array = attr(d, "name");
		if (d->array.p == NULL)
			d->array = FA_STR("");
		fa_strings_group(&d->s, d->array);
	} else if (fa_str_eq(tag, FA_STR("string"))) {
		open_text(d, attr(d, "name"));
	} else if (fa_str_eq(tag, FA_STR("item"))) {
		open_item(d);
	}
}

static void
end_resource(struct android *d)
{
	if (d->inside.p != NULL && !fa_str_eq(d->t.name, d->inside) &&
		!is_array(d->t.name) &&
		!fa_str_eq(d->t.name, FA_STR("resources"))) {
		inline_tag(d);
		return;
	}
	if (d->inside.p != NULL && !fa_str_eq(d->t.name, d->inside))
		fa_build_complain(d->s.b, d->opened,
			"an element whose closing tag is missing");
	close_text(d);
	if (is_array(d->t.name) && d->array.p != NULL) {
		d->array = FA_STR_NONE;
		fa_strings_ungroup(&d->s);
	}
}

/* Attributes, by their local names, whose values are shown. */
static const struct fa_str shown[] = {
	FA_STR_INIT("contentDescription"),
	FA_STR_INIT("description"),
	FA_STR_INIT("dialogMessage"),
	FA_STR_INIT("dialogTitle"),
	FA_STR_INIT("error"),
	FA_STR_INIT("helperText"),
	FA_STR_INIT("hint"),
	FA_STR_INIT("label"),
	FA_STR_INIT("message"),
	FA_STR_INIT("negativeButtonText"),
	FA_STR_INIT("neutralButtonText"),
	FA_STR_INIT("positiveButtonText"),
	FA_STR_INIT("queryHint"),
	FA_STR_INIT("subtitle"),
	FA_STR_INIT("summary"),
	FA_STR_INIT("summaryOff"),
	FA_STR_INIT("summaryOn"),
	FA_STR_INIT("text"),
	FA_STR_INIT("textOff"),
	FA_STR_INIT("textOn"),
	FA_STR_INIT("title"),
	FA_STR_INIT("titleCondensed"),
	FA_STR_INIT("tooltipText"),
};

static bool
is_shown(struct fa_str name)
{
	struct fa_str local = fa_xml_local(name);

	if (local.n == name.n || fa_str_starts(name, FA_STR("tools:")))
		return false;
	for (size_t i = 0; i < FA_COUNT(shown); i++)
		if (fa_str_eq(local, shown[i]))
			return true;
	return false;
}

static bool
is_control(struct fa_str tag, struct fa_str attribute)
{
	return fa_str_ends(tag, FA_STR("Button")) ||
		fa_str_ends(tag, FA_STR("CheckBox")) ||
		fa_str_ends(tag, FA_STR("Switch")) ||
		fa_str_ends(tag, FA_STR("Chip")) ||
		fa_str_ends(attribute, FA_STR("ButtonText")) ||
		fa_str_ends(attribute, FA_STR("textOn")) ||
		fa_str_ends(attribute, FA_STR("textOff"));
}

/* What an element is called: its id or key, else its kind. */
static struct fa_str
name_of(const struct android *d)
{
	struct fa_str id = attr(d, "android:id");
	size_t slash = fa_str_find(id, FA_STR("/"), 0);

	if (id.n > 0 && slash != SIZE_MAX)
		return fa_str_sub(id, slash + 1, id.n);
	id = attr(d, "android:key");
	if (id.n > 0)
		return id;
	id = attr(d, "android:name");
	return id.n > 0 ? id : d->t.name;
}

/* Elements of a layout stand on one screen; those of the others are shown one
 * by one. */
static bool
is_listing(struct fa_str root)
{
	return fa_str_ends(root, FA_STR("PreferenceScreen")) ||
		fa_str_eq(root, FA_STR("menu")) ||
		fa_str_eq(root, FA_STR("navigation")) ||
		fa_str_eq(root, FA_STR("manifest")) ||
		fa_str_eq(root, FA_STR("shortcuts"));
}

static void
start_attributes(struct android *d)
{
	size_t at = d->t.inner_from;
	bool first = true;
	struct fa_xml_attr a;

	while (fa_xml_attr_next(&d->x, &d->t, &at, &a)) {
		if (!is_shown(a.name))
			continue;
		if (first && !d->whole)
			fa_strings_group(&d->s, name_of(d));
		first = false;
		d->quoted = false;
		text(d, a.from, a.to, false);
		d->s.control = is_control(d->t.name, a.name);
		put(d, name_of(d));
	}
}

static void
start(struct android *d)
{
	if (!d->begun) {
		d->begun = true;
		d->resources = fa_str_eq(d->t.name, FA_STR("resources"));
		d->whole = !is_listing(d->t.name);
		d->s.own_groups = !d->resources;
	}
	if (d->resources)
		start_resource(d);
	else
		start_attributes(d);
}

static void
take(struct android *d)
{
	const struct fa_xml_token *t = &d->t;

	if (t->wrong != NULL)
		fa_build_complain(d->s.b, t->from, t->wrong);
	if (t->kind == FA_XML_COMMENT) {
		fa_build_remark(d->s.b, t->from, t->to,
			(struct fa_range){ (uint32_t)t->inner_from,
				(uint32_t)t->inner_to });
	} else if (t->kind == FA_XML_START) {
		start(d);
	} else if (t->kind == FA_XML_END && d->resources) {
		end_resource(d);
	} else if (d->inside.p != NULL &&
		(t->kind == FA_XML_TEXT || t->kind == FA_XML_CDATA)) {
		text(d, t->inner_from, t->inner_to, t->kind == FA_XML_CDATA);
	}
}

int
fa_android_extract(struct fa_build *b, struct fa_err *err)
{
	struct android d = { .x = { b->src->text, 0 } };

	(void)err;
	fa_strings_init(&d.s, b);
	fa_buf_init(&d.name, FA_STRINGS_KEY_BYTES + 1);
	do {
		fa_xml_lex_next(&d.x, &d.t);
		take(&d);
	} while (d.t.kind != FA_XML_EOF);
	if (d.inside.p != NULL)
		fa_build_complain(
			b, d.opened, "an element whose closing tag is missing");
	close_text(&d);
	if (d.name.rc != FA_OK)
		b->text.rc = d.name.rc;
	fa_buf_done(&d.name);
	fa_strings_done(&d.s);
	return FA_OK;
}
