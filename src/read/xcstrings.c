/* String catalogues of Xcode:
 *
 *   {"sourceLanguage": L, "strings": {KEY: {"comment": text,
 *     "localizations": {L: {"stringUnit": {"value": text}} |
 *       {"variations": {"plural" | "device": {form: {"stringUnit": ...}}}}}}}}
 *
 * Where no localization for the source language stands, the key is the text.
 * A comment that speaks to this tool speaks of all texts of its entry, and so
 * is given before them. */
#include <string.h>

#include "read/extract.h"
#include "read/json_lex.h"

struct catalogue {
	struct fa_strings s;
	struct fa_json_lex x;
	struct fa_str language; /* of the source, as it stands; or absent */
	struct fa_buf name;
};

static bool
is_mark(const struct fa_json_token *t, char mark)
{
	return t->kind == FA_JSON_LEX_MARK && t->mark == mark;
}

/* Takes the next member of the object in work: its key, and the first token
 * of its value. False behind the last one. */
static bool
member(struct fa_json_lex *x, struct fa_json_token *key,
	struct fa_json_token *value)
{
	for (;;) {
		fa_json_lex_skip_comments(x, key);
		if (key->kind == FA_JSON_LEX_EOF || is_mark(key, '}'))
			return false;
		if (key->kind == FA_JSON_LEX_MARK) {
			if (key->mark == '{' || key->mark == '[')
				fa_json_lex_skip(x, key);
			continue;
		}
		if (!fa_json_lex_sees(x, ':'))
			continue;
		fa_json_lex_skip_comments(x, value);
		fa_json_lex_skip_comments(x, value);
		return true;
	}
}

static void
find_language(struct catalogue *c)
{
	struct fa_json_lex x = c->x;
	struct fa_json_token key, value;

	fa_json_lex_skip_comments(&x, &value);
	while (member(&x, &key, &value)) {
		if (fa_json_lex_is(&x, &key, FA_STR("sourceLanguage")) &&
			value.kind == FA_JSON_LEX_STRING)
			c->language = fa_str_sub(
				x.in, value.inner_from, value.inner_to);
		fa_json_lex_skip(&x, &value);
	}
}

/* Whether the localizations behind x have one for the source language. */
static bool
has_source(const struct catalogue *c, struct fa_json_lex *x)
{
	struct fa_json_token key, value;
	bool found = false;

	while (member(x, &key, &value)) {
		found = found || fa_json_lex_is(x, &key, c->language);
		fa_json_lex_skip(x, &value);
	}
	return found;
}

static void
remark(struct catalogue *c, const struct fa_json_token *key,
	const struct fa_json_token *value)
{
	struct fa_buf said;

	fa_buf_init(&said, FA_STRINGS_KEY_BYTES);
	fa_json_lex_cells(&c->x, value, &c->s);
	fa_strings_name(&c->s, &said);
	fa_build_remark_said(c->s.b, key->from, value->to, fa_buf_str(&said));
	if (said.rc != FA_OK)
		c->s.b->text.rc = said.rc;
	fa_buf_done(&said);
}

/* Looks at an entry whose "{" was taken: its comment, and whether the key is
 * a text. */
static bool
key_is_text(struct catalogue *c)
{
	struct fa_json_lex x = c->x;
	struct fa_json_token key, value;
	bool localized = false;

	while (member(&x, &key, &value)) {
		if (fa_json_lex_is(&x, &key, FA_STR("comment")) &&
			value.kind == FA_JSON_LEX_STRING)
			remark(c, &key, &value);
		if (fa_json_lex_is(&x, &key, FA_STR("localizations")) &&
			is_mark(&value, '{'))
			localized = localized || has_source(c, &x);
		else
			fa_json_lex_skip(&x, &value);
	}
	return !localized;
}

static void
put(struct catalogue *c, const struct fa_json_token *t)
{
	fa_json_lex_cells(&c->x, t, &c->s);
	if (fa_strings_is_wording(&c->s)) {
		fa_strings_group_for(&c->s, fa_buf_str(&c->name));
		fa_strings_put(&c->s, fa_buf_str(&c->name));
	}
	fa_strings_drop(&c->s);
}

/* The texts in a value whose "{" was taken: all strings called "value". */
static void
units(struct catalogue *c)
{
	struct fa_json_token t;
	size_t depth = 1;
	bool value = false;

	while (depth > 0) {
		fa_json_lex_skip_comments(&c->x, &t);
		if (t.kind == FA_JSON_LEX_EOF)
			return;
		if (t.wrong != NULL)
			fa_build_complain(c->s.b, t.from, t.wrong);
		if (is_mark(&t, '{') || is_mark(&t, '['))
			depth++;
		else if (is_mark(&t, '}') || is_mark(&t, ']'))
			depth--;
		if (t.kind == FA_JSON_LEX_STRING && value)
			put(c, &t);
		else if (t.kind == FA_JSON_LEX_STRING &&
			fa_json_lex_is(&c->x, &t, FA_STR("value")) &&
			fa_json_lex_sees(&c->x, ':')) {
			value = true;
			continue;
		}
		value = value && is_mark(&t, ':');
	}
}

static void
entry(struct catalogue *c, const struct fa_json_token *key,
	const struct fa_json_token *value)
{
	struct fa_json_token k, v;
	bool text = true;

	fa_json_lex_cells(&c->x, key, &c->s);
	fa_strings_name(&c->s, &c->name);
	if (is_mark(value, '{'))
		text = key_is_text(c);
	if (text)
		put(c, key);
	if (!is_mark(value, '{')) {
		fa_json_lex_skip(&c->x, value);
		return;
	}
	while (member(&c->x, &k, &v)) {
		if (fa_json_lex_is(&c->x, &k, FA_STR("localizations")) &&
			is_mark(&v, '{'))
			units(c);
		else
			fa_json_lex_skip(&c->x, &v);
	}
}

static void
catalogue(struct catalogue *c)
{
	struct fa_json_token key, value;

	fa_json_lex_skip_comments(&c->x, &value);
	if (!is_mark(&value, '{'))
		fa_build_complain(c->s.b, value.from,
			"a string catalogue begins with \"{\"");
	while (member(&c->x, &key, &value)) {
		if (!fa_json_lex_is(&c->x, &key, FA_STR("strings")) ||
			!is_mark(&value, '{')) {
			fa_json_lex_skip(&c->x, &value);
			continue;
		}
		while (member(&c->x, &key, &value))
			entry(c, &key, &value);
	}
	if (c->x.at >= c->x.in.n &&
		!fa_str_ends(fa_str_trim(c->x.in), FA_STR("}")))
		fa_build_complain(c->s.b, c->x.in.n,
			"a string catalogue that does not end");
}

int
fa_xcstrings_extract(struct fa_build *b, struct fa_err *err)
{
	struct catalogue c = { .x = { .in = b->src->text } };

	(void)err;
	fa_strings_init(&c.s, b);
	fa_buf_init(&c.name, FA_STRINGS_KEY_BYTES);
	find_language(&c);
	catalogue(&c);
	if (c.name.rc != FA_OK)
		b->text.rc = c.name.rc;
	fa_buf_done(&c.name);
	fa_strings_done(&c.s);
	return FA_OK;
}
