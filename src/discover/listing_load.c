/* Reads adapters. The grammar stands in faceaudit-stores(5). */
#include <stdint.h>

#include "base/clock.h"
#include "base/num.h"
#include "base/re.h"
#include "discover/listing_yaml.h"
#include "discover/path.h"
#include "discover/shape.h"

#define LISTINGS_MAX 1000 /* adapters */

static const struct fa_step_kind *const kinds[] = { &fa_step_json,
	&fa_step_script, &fa_step_xpath, &fa_step_regex, &fa_step_link };

static const char *
kind_name(size_t i, const void *ctx)
{
	(void)ctx;
	return kinds[i]->name;
}

enum step_key {
	S_KIND,
	S_PATH,
	S_VARIABLE,
	S_ELEMENT,
	S_CALLBACK,
	S_EXPRESSION,
	S_PATTERN,
	STEP_KEYS
};

static const struct fa_ly_key step_keys[STEP_KEYS] = {
	{ "kind", FA_LY_TEXT, true },
	{ "path", FA_LY_TEXT, false },
	{ "variable", FA_LY_TEXT, false },
	{ "element", FA_LY_TEXT, false },
	{ "callback", FA_LY_TEXT, false },
	{ "expression", FA_LY_TEXT, false },
	{ "pattern", FA_LY_TEXT, false },
};

/* Does a step of this kind take the key? */
static bool
takes(const struct fa_step_kind *kind, enum step_key key)
{
	switch (key) {
	case S_PATH:
		return kind->path;
	case S_VARIABLE:
	case S_ELEMENT:
	case S_CALLBACK:
		return kind->place;
	case S_EXPRESSION:
		return kind == &fa_step_xpath;
	case S_PATTERN:
		return kind == &fa_step_regex;
	default:
		return true;
	}
}

static int
load_kind(const struct fa_ly *l, const struct fa_yaml *const *at,
	struct fa_step *s)
{
	struct fa_str name = FA_STR_NONE;
	int rc = fa_ly_text(l, at[S_KIND], "kind", &name);

	if (rc != FA_OK)
		return rc;
	for (size_t i = 0; i < FA_COUNT(kinds); i++) {
		if (fa_str_eq(fa_str_c(kinds[i]->name), name))
			s->kind = kinds[i];
	}
	if (s->kind == NULL) {
		return fa_ly_unknown(l, at[S_KIND], "kind", name, kind_name,
			NULL, FA_COUNT(kinds));
	}
	for (int k = S_PATH; k < STEP_KEYS; k++) {
		if (at[k] != NULL && !takes(s->kind, (enum step_key)k)) {
			return fa_ly_fail(l, at[k],
				"a step of kind %s takes no '%s'",
				s->kind->name, step_keys[k].name);
		}
	}
	return FA_OK;
}

static int
load_path(const struct fa_ly *l, const struct fa_yaml *step,
	const struct fa_yaml *node, struct fa_step *s)
{
	const char *wrong;
	int rc;

	if (!s->kind->path)
		return FA_OK;
	if (node == NULL) {
		return fa_ly_fail(l, step, "a step of kind %s needs 'path'",
			s->kind->name);
	}
	rc = fa_ly_text(l, node, "path", &s->path);
	if (rc != FA_OK)
		return rc;
	wrong = fa_path_check(s->path);
	return wrong == NULL ? FA_OK
			     : fa_ly_fail(l, node, "path '%.*s' %s",
				       FA_STR_ARG(s->path), wrong);
}

static int
load_place(const struct fa_ly *l, const struct fa_yaml *step,
	const struct fa_yaml *const *at, struct fa_step *s)
{
	unsigned n = 0;

	if (!s->kind->place)
		return FA_OK;
	for (int k = S_VARIABLE; k <= S_CALLBACK; k++) {
		int rc = fa_ly_text(l, at[k], step_keys[k].name, &s->name);

		if (rc != FA_OK)
			return rc;
		if (at[k] != NULL) {
			s->place = (enum fa_step_place)(k - S_VARIABLE);
			n++;
		}
	}
	if (n == 1)
		return FA_OK;
	return fa_ly_fail(l, step,
		"a step of kind %s needs one of 'variable', 'element' and "
		"'callback'",
		s->kind->name);
}

static int
check_regex(struct fa_str pattern, struct fa_err *err)
{
	struct fa_re *re = NULL;
	int rc = fa_re_new(&re, pattern, err);

	if (rc == FA_OK)
		fa_re_free(re);
	return rc;
}

static int
load_pattern(const struct fa_ly *l, const struct fa_yaml *step,
	const struct fa_yaml *const *at, struct fa_step *s)
{
	bool xpath = s->kind == &fa_step_xpath;
	enum step_key key = xpath ? S_EXPRESSION : S_PATTERN;
	struct fa_err why = { .rc = FA_OK };
	int rc;

	if (!s->kind->pattern)
		return FA_OK;
	if (at[key] == NULL) {
		return fa_ly_fail(l, step, "a step of kind %s needs '%s'",
			s->kind->name, step_keys[key].name);
	}
	rc = fa_ly_text(l, at[key], step_keys[key].name, &s->pattern);
	if (rc != FA_OK)
		return rc;
	rc = xpath ? fa_step_check_xpath(s->pattern, &why)
		   : check_regex(s->pattern, &why);
	if (rc == FA_E_INPUT)
		return fa_ly_fail(l, at[key], "%s", why.msg);
	return rc == FA_OK ? FA_OK : fa_fail(l->err, rc, "%s", why.msg);
}

static int
load_step(const struct fa_ly *l, const struct fa_yaml *node, struct fa_step *s)
{
	const struct fa_yaml *at[STEP_KEYS];
	int rc = fa_ly_map(l, node, "a step", step_keys, STEP_KEYS, at);

	if (rc == FA_OK)
		rc = load_kind(l, at, s);
	if (rc == FA_OK)
		rc = load_path(l, node, at[S_PATH], s);
	if (rc == FA_OK)
		rc = load_place(l, node, at, s);
	if (rc == FA_OK)
		rc = load_pattern(l, node, at, s);
	return rc;
}

static int
load_steps(const struct fa_ly *l, const struct fa_yaml *list,
	struct fa_listing *out)
{
	out->steps = fa_arena_new(l->a, list->count, sizeof(*out->steps));
	if (out->steps == NULL)
		return fa_ly_nomem(l);
	for (const struct fa_yaml *c = list->child; c != NULL; c = c->next) {
		int rc = load_step(l, c, &out->steps[out->steps_n]);

		if (rc != FA_OK)
			return rc;
		out->steps_n++;
	}
	return FA_OK;
}

/* "no", a month or a day. */
static int
load_confirmed(const struct fa_ly *l, const struct fa_yaml *node,
	struct fa_listing *out)
{
	struct fa_str text = FA_STR_NONE;
	int rc = fa_ly_text(l, node, "confirmed", &text);
	char day[] = "0000-00-01";
	int32_t date;

	if (rc != FA_OK || fa_str_eq(text, FA_STR("no")))
		return rc;
	for (size_t i = 0; i < text.n && i < 7; i++)
		day[i] = text.p[i];
	if (fa_date_parse(text, &date) ||
		(text.n == 7 && fa_date_parse(fa_str_c(day), &date))) {
		out->confirmed = text;
		return FA_OK;
	}
	return fa_ly_fail(l, node,
		"confirmed is '%.*s'; expected no, a month as 2025-12 or a day "
		"as 2025-12-31",
		FA_STR_ARG(text));
}

static int
load_title(const struct fa_ly *l, const struct fa_yaml *node,
	struct fa_listing *out)
{
	static const struct fa_ly_key keys[] = {
		{ "zh", FA_LY_TEXT, true },
		{ "en", FA_LY_TEXT, true },
	};
	const struct fa_yaml *at[FA_COUNT(keys)];
	int rc = fa_ly_map(l, node, "title", keys, FA_COUNT(keys), at);

	if (rc == FA_OK)
		rc = fa_ly_text(l, at[0], "zh", &out->title_zh);
	if (rc == FA_OK)
		rc = fa_ly_text(l, at[1], "en", &out->title_en);
	return rc;
}

static const char *
check_template(struct fa_str s)
{
	size_t at = 0;

	if (!fa_str_starts(s, FA_STR("https://")) &&
		!fa_str_starts(s, FA_STR("http://")))
		return "begins with neither https:// nor http://";
	while ((at = fa_str_find(s, FA_STR("{"), at)) != SIZE_MAX) {
		struct fa_str rest = fa_str_sub(s, at, s.n);

		if (!fa_str_starts(rest, FA_STR("{package}")) &&
			!fa_str_starts(rest, FA_STR("{id}")))
			return "has braces that are neither {package} nor {id}";
		at++;
	}
	return NULL;
}

static const char *
check_id(struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			    c == '-'))
			return "has other characters than small letters, "
			       "digits and -";
	}
	return NULL;
}

enum {
	K_ID,
	K_NAMES,
	K_TITLE,
	K_CONFIRMED,
	K_SOURCE,
	K_RENDERING,
	K_MATCH,
	K_REQUEST,
	K_OWN,
	K_EXTRACT,
	LISTING_KEYS
};

static const struct fa_ly_key listing_keys[LISTING_KEYS] = {
	{ "id", FA_LY_TEXT, true },
	{ "names", FA_LY_LIST, false },
	{ "title", FA_LY_MAP, true },
	{ "confirmed", FA_LY_TEXT, true },
	{ "source", FA_LY_TEXT, true },
	{ "rendering", FA_LY_TEXT, false },
	{ "match", FA_LY_LIST, true },
	{ "request", FA_LY_LIST, false },
	{ "own", FA_LY_LIST, false },
	{ "extract", FA_LY_LIST, true },
};

static int
load_listing(const struct fa_ly *l, const struct fa_yaml *root,
	struct fa_listing *out)
{
	const struct fa_yaml *at[LISTING_KEYS];
	const char *wrong;
	int rc = fa_ly_map(
		l, root, "an adapter", listing_keys, LISTING_KEYS, at);

	if (rc == FA_OK)
		rc = fa_ly_text(l, at[K_ID], "id", &out->id);
	if (rc != FA_OK)
		return rc;
	wrong = check_id(out->id);
	if (wrong != NULL)
		return fa_ly_fail(l, at[K_ID], "id %s", wrong);
	rc = fa_ly_texts(l, at[K_NAMES], "name", NULL, &out->names);
	if (rc == FA_OK)
		rc = load_title(l, at[K_TITLE], out);
	if (rc == FA_OK)
		rc = load_confirmed(l, at[K_CONFIRMED], out);
	if (rc == FA_OK)
		rc = fa_ly_text(l, at[K_SOURCE], "source", &out->source);
	if (rc == FA_OK)
		rc = fa_ly_bool(
			l, at[K_RENDERING], "rendering", &out->rendered);
	if (rc == FA_OK)
		rc = fa_ly_texts(
			l, at[K_MATCH], "match", fa_shape_check, &out->match);
	if (rc == FA_OK)
		rc = fa_ly_texts(l, at[K_REQUEST], "request", check_template,
			&out->request);
	if (rc == FA_OK)
		rc = fa_ly_texts(
			l, at[K_OWN], "own", fa_shape_check, &out->own);
	return rc == FA_OK ? load_steps(l, at[K_EXTRACT], out) : rc;
}

/* Is one of the adapter's names known to an earlier one? */
static int
check_names(const struct fa_ly *l, const struct fa_yaml *root,
	const struct fa_listings *all, const struct fa_listing *one)
{
	for (size_t i = 0; i <= one->names.n; i++) {
		struct fa_str name = i == 0 ? one->id : one->names.at[i - 1];
		const struct fa_listing *other = fa_listing_find(all, name);

		if (other != NULL) {
			return fa_ly_fail(l, root,
				"the name %.*s belongs already to the adapter "
				"%.*s",
				FA_STR_ARG(name), FA_STR_ARG(other->id));
		}
	}
	return FA_OK;
}

int
fa_listings_load(struct fa_listings **out,
	const struct fa_listing_source *sources, size_t n, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_listings *all = fa_arena_new(a, 1, sizeof(*all));

	if (n > LISTINGS_MAX)
		return fa_fail(err, FA_E_LIMIT, "%zu adapters, limit %d", n,
			LISTINGS_MAX);
	if (all != NULL)
		all->at = fa_arena_new(a, n, sizeof(*all->at));
	if (all == NULL || all->at == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for adapters");
	for (size_t i = 0; i < n; i++) {
		struct fa_ly l = { sources[i].name, a, err };
		struct fa_yaml *root = NULL;
		int rc = fa_yaml_parse(
			&root, sources[i].text, sources[i].name, a, err);

		if (rc == FA_OK)
			rc = load_listing(&l, root, &all->at[i]);
		if (rc == FA_OK)
			rc = check_names(&l, root, all, &all->at[i]);
		if (rc != FA_OK)
			return rc;
		all->n++;
	}
	*out = all;
	return FA_OK;
}
