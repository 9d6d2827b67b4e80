/* Property lists in XML: usage descriptions and names in Info.plist, plural
 * forms in .stringsdict, titles in settings, and strings files in this form
 * (then every string counts). A key is the path of dictionaries to a string. */
#include "read/extract.h"
#include "read/plist.h"
#include "read/strings.h"
#include "read/xml_lex.h"

#define MAX_DEPTH 64 /* deeper dictionaries have no part in paths */

enum place { PLACE_NONE, PLACE_KEY, PLACE_STRING };

struct level {
	size_t path_n; /* of the path to what it holds */
	bool shown;    /* its key makes strings below it texts */
	bool named;    /* a key came */
};

struct plist {
	struct fa_strings s;
	struct fa_xml_lex x;
	struct fa_xml_token t;
	struct fa_buf path, key;
	struct level level[MAX_DEPTH];
	size_t depth; /* may pass MAX_DEPTH */
	enum place place;
	size_t opened;
	bool all;
	bool known; /* the root was seen */
};

static struct level *
top(struct plist *p)
{
	size_t i = p->depth < MAX_DEPTH ? p->depth : MAX_DEPTH - 1;

	return &p->level[i];
}

/* Ancestors whose strings are texts. */
static bool
shows_all(struct fa_str key)
{
	return fa_str_find(key, FA_STR("UsageDescription"), 0) != SIZE_MAX ||
		fa_str_eq(key, FA_STR("NSStringVariableWidthRuleType")) ||
		fa_str_eq(key, FA_STR("NSStringDeviceSpecificRuleType"));
}

static bool
is_shown(const struct plist *p, struct fa_str key)
{
	static const struct fa_str names[] = {
		FA_STR_INIT("CFBundleDisplayName"),
		FA_STR_INIT("FooterText"),
		FA_STR_INIT("NSHumanReadableCopyright"),
		FA_STR_INIT("NSStringLocalizedFormatKey"),
		FA_STR_INIT("Title"),
		FA_STR_INIT("UIApplicationShortcutItemSubtitle"),
		FA_STR_INIT("UIApplicationShortcutItemTitle"),
		FA_STR_INIT("few"),
		FA_STR_INIT("many"),
		FA_STR_INIT("one"),
		FA_STR_INIT("other"),
		FA_STR_INIT("two"),
		FA_STR_INIT("zero"),
	};

	if (p->all || shows_all(key))
		return true;
	for (size_t i = 0; i <= p->depth && i < MAX_DEPTH; i++)
		if (p->level[i].shown)
			return true;
	for (size_t i = 0; i < FA_COUNT(names); i++)
		if (fa_str_eq(key, names[i]))
			return true;
	return false;
}

/* The path of the dictionary in work, with the key in work behind it. */
static void
set_path(struct plist *p)
{
	fa_strings_path(&p->path, top(p)->path_n, fa_buf_str(&p->key));
}

static void
open_level(struct plist *p)
{
	bool shown = shows_all(fa_buf_str(&p->key));
	bool named = top(p)->named;

	if (p->depth > 0 && named)
		set_path(p);
	else
		p->path.n = top(p)->path_n;
	p->depth++;
	if (p->depth < MAX_DEPTH)
		p->level[p->depth] =
			(struct level){ p->path.n, shown && named, false };
	else
		fa_build_complain(p->s.b, p->t.from,
			"dictionaries are nested too deeply");
	if (p->depth == 2 && named)
		fa_strings_group(&p->s, fa_buf_str(&p->path));
	p->key.n = 0;
}

static void
close_level(struct plist *p)
{
	if (p->depth == 0)
		return;
	p->depth--;
	if (p->depth == 1)
		fa_strings_ungroup(&p->s);
	top(p)->named = false;
	p->key.n = 0;
}

static bool
is_level(struct fa_str tag)
{
	return fa_str_eq(tag, FA_STR("dict")) ||
		fa_str_eq(tag, FA_STR("array"));
}

/* Ends the element whose text was collected. */
static void
finish(struct plist *p)
{
	if (p->place == PLACE_KEY) {
		fa_strings_name(&p->s, &p->key);
		while (p->key.n > 0 && p->key.p[p->key.n - 1] == ' ')
			p->key.n--;
		top(p)->named = true;
	} else if (p->place == PLACE_STRING) {
		if (is_shown(p, fa_buf_str(&p->key))) {
			set_path(p);
			fa_strings_put(&p->s, fa_buf_str(&p->path));
		}
		fa_strings_drop(&p->s);
	}
	p->place = PLACE_NONE;
}

static void
start(struct plist *p)
{
	struct fa_str tag = p->t.name;

	if (p->place != PLACE_NONE)
		fa_build_complain(p->s.b, p->opened,
			"an element whose closing tag is missing");
	finish(p);
	if (p->t.empty)
		return;
	if (is_level(tag)) {
		open_level(p);
	} else if (fa_str_eq(tag, FA_STR("key"))) {
		p->place = PLACE_KEY;
	} else if (fa_str_eq(tag, FA_STR("string"))) {
		p->place = PLACE_STRING;
	}
	p->opened = p->t.from;
}

static void
end(struct plist *p)
{
	finish(p);
	if (is_level(p->t.name))
		close_level(p);
}

static void
text(struct plist *p)
{
	size_t at = p->t.inner_from;

	if (p->place == PLACE_NONE)
		return;
	if (p->t.kind == FA_XML_CDATA) {
		fa_strings_slice(&p->s, at, p->t.inner_to);
		return;
	}
	while (at < p->t.inner_to) {
		size_t n;
		uint32_t cp = fa_xml_char(p->x.in, at, p->t.inner_to, &n);

		fa_strings_cell(&p->s, cp, at, at + n);
		at += n;
	}
}

static void
take(struct plist *p)
{
	const struct fa_xml_token *t = &p->t;

	if (t->wrong != NULL)
		fa_build_complain(p->s.b, t->from, t->wrong);
	switch (t->kind) {
	case FA_XML_COMMENT:
		fa_build_remark(p->s.b, t->from, t->to,
			(struct fa_range){ (uint32_t)t->inner_from,
				(uint32_t)t->inner_to });
		break;
	case FA_XML_START:
		start(p);
		break;
	case FA_XML_END:
		end(p);
		break;
	case FA_XML_TEXT:
	case FA_XML_CDATA:
		text(p);
		break;
	case FA_XML_OTHER:
	case FA_XML_EOF:
		break;
	}
}

static int
extract(struct fa_build *b, bool all, struct fa_err *err)
{
	struct plist *p = fa_arena_new(b->a, 1, sizeof(*p));

	if (p == NULL)
		return fa_fail(
			err, FA_E_NOMEM, "out of memory for a property list");
	p->x.in = b->src->text;
	p->all = all;
	fa_strings_init(&p->s, b);
	fa_buf_init(&p->path, FA_STRINGS_KEY_BYTES);
	fa_buf_init(&p->key, FA_STRINGS_KEY_BYTES);
	do {
		fa_xml_lex_next(&p->x, &p->t);
		take(p);
	} while (p->t.kind != FA_XML_EOF);
	if (p->place != PLACE_NONE)
		fa_build_complain(b, p->opened,
			"an element whose closing tag is missing");
	finish(p);
	if (p->path.rc != FA_OK)
		b->text.rc = p->path.rc;
	if (p->key.rc != FA_OK)
		b->text.rc = p->key.rc;
	fa_buf_done(&p->path);
	fa_buf_done(&p->key);
	fa_strings_done(&p->s);
	return FA_OK;
}

bool
fa_plist_is_xml(struct fa_str text)
{
	struct fa_str s = fa_str_trim(text);

	return fa_str_starts(s, FA_STR("<"));
}

int
fa_plist_strings(struct fa_build *b, struct fa_err *err)
{
	return extract(b, true, err);
}

int
fa_plist_extract(struct fa_build *b, struct fa_err *err)
{
	if (!fa_plist_is_xml(b->src->text))
		return fa_apple_extract(b, err);
	return extract(b, false, err);
}
