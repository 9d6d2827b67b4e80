#include "project/config.h"

#include <string.h>

#include "base/clock.h"
#include "base/yaml.h"
#include "project/place.h"

#define MESSAGE_WORD 80 /* bytes of a value shown in a message */

struct reading {
	struct fa_config *c;
	struct fa_str file;
	struct fa_arena *a;
	struct fa_err *err;
};

static int
fail(const struct reading *r, const struct fa_yaml *at, const char *what)
{
	struct fa_str word = at->key.p != NULL ? at->key : at->text;

	return fa_fail(r->err, FA_E_INPUT, "%.*s:%u:%u: '%.*s' %s",
		FA_STR_ARG(r->file), (unsigned)at->line, (unsigned)at->column,
		FA_STR_ARG(fa_str_sub(word, 0, MESSAGE_WORD)), what);
}

static int
no_memory(const struct reading *r)
{
	return fa_fail(
		r->err, FA_E_NOMEM, "no memory for %.*s", FA_STR_ARG(r->file));
}

static int
take_text(const struct reading *r, const struct fa_yaml *at,
	struct fa_config_text *out)
{
	if (at->kind != FA_YAML_SCALAR || at->text.n == 0)
		return fail(r, at, "wants a text");
	out->value = at->text;
	out->line = at->line;
	return FA_OK;
}

static int
take_list(const struct reading *r, const struct fa_yaml *at,
	struct fa_config_list *out)
{
	size_t n = 0;

	if (at->kind != FA_YAML_SEQ)
		return fail(r, at, "wants a list, one '- text' a line");
	out->at = fa_arena_new(r->a, at->count, sizeof(*out->at));
	if (out->at == NULL)
		return no_memory(r);
	for (const struct fa_yaml *x = at->child; x != NULL; x = x->next) {
		if (x->kind != FA_YAML_SCALAR || x->text.n == 0)
			return fail(r, x, "is no text");
		out->at[n++] = x->text;
	}
	out->n = n;
	out->line = at->line;
	return FA_OK;
}

static int
take_exclude(const struct reading *r, const struct fa_yaml *at,
	struct fa_config_list *out)
{
	struct fa_ignore_set *set = &r->c->ignore;
	int rc = take_list(r, at, out);

	if (rc < 0)
		return rc;
	set->folder = r->c->folder;
	set->at = fa_arena_new(r->a, out->n, sizeof(*set->at));
	if (set->at == NULL)
		return no_memory(r);
	for (size_t i = 0; i < out->n; i++)
		if (fa_glob_parse(&set->at[set->n], out->at[i]))
			set->n++;
	return FA_OK;
}

static int
take_member(const struct reading *r, const struct fa_yaml *at,
	struct fa_config_waiver *w)
{
	struct fa_config_text text;
	int rc = take_text(r, at, &text);

	if (rc < 0)
		return rc;
	if (fa_str_eq(at->key, FA_STR("rule")))
		w->waiver.rule = text.value;
	else if (fa_str_eq(at->key, FA_STR("reason")))
		w->waiver.reason = fa_str_trim(text.value);
	else if (fa_str_eq(at->key, FA_STR("quote")))
		w->quote = text.value;
	else if (fa_str_eq(at->key, FA_STR("path")))
		w->has_path = fa_glob_parse(&w->path, text.value);
	else if (!fa_str_eq(at->key, FA_STR("until")))
		return fail(r, at,
			"is no member of a waiver: rule, path, quote, "
			"reason, until");
	else if (!fa_date_parse(text.value, &w->waiver.until))
		w->bad_date = text.value;
	return FA_OK;
}

static int
take_waivers(const struct reading *r, const struct fa_yaml *at)
{
	struct fa_config *c = r->c;

	if (at->kind != FA_YAML_SEQ)
		return fail(r, at, "wants a list of '- rule: ...'");
	c->waivers = fa_arena_new(r->a, at->count, sizeof(*c->waivers));
	if (c->waivers == NULL)
		return no_memory(r);
	for (const struct fa_yaml *x = at->child; x != NULL; x = x->next) {
		struct fa_config_waiver *w = &c->waivers[c->waivers_n++];

		if (x->kind != FA_YAML_MAP)
			return fail(r, x, "is no waiver: '- rule: ...'");
		w->waiver.kind = FA_WAIVER_CONFIG;
		w->waiver.file = r->file;
		w->waiver.line = x->line;
		for (const struct fa_yaml *y = x->child; y != NULL;
			y = y->next) {
			int rc = take_member(r, y, w);

			if (rc < 0)
				return rc;
		}
	}
	return FA_OK;
}

static int
take_gitignore(const struct reading *r, const struct fa_yaml *at)
{
	int rc = take_text(r, at, &r->c->gitignore);
	struct fa_str v = r->c->gitignore.value;

	if (rc == FA_OK && !fa_str_eq(v, FA_STR("yes")) &&
		!fa_str_eq(v, FA_STR("no")))
		return fail(r, at, "wants yes or no");
	return rc;
}

static int
take(const struct reading *r, const struct fa_yaml *at)
{
	struct fa_config *c = r->c;
	const struct {
		const char *name;
		struct fa_config_text *to;
	} texts[] = { { "fail-on", &c->fail_on },
		{ "max-unknown", &c->max_unknown },
		{ "baseline", &c->baseline }, { "rules", &c->rules },
		{ "app", &c->app } };

	for (size_t i = 0; i < FA_COUNT(texts); i++)
		if (fa_str_eq(at->key, fa_str_c(texts[i].name)))
			return take_text(r, at, texts[i].to);
	if (fa_str_eq(at->key, FA_STR("paths")))
		return take_list(r, at, &c->paths);
	if (fa_str_eq(at->key, FA_STR("exclude")))
		return take_exclude(r, at, &c->exclude);
	if (fa_str_eq(at->key, FA_STR("gitignore")))
		return take_gitignore(r, at);
	if (fa_str_eq(at->key, FA_STR("waivers")))
		return take_waivers(r, at);
	return fail(r, at,
		"is not known here: paths, exclude, gitignore, fail-on, "
		"max-unknown, baseline, rules, app, waivers");
}

int
fa_config_read(struct fa_config *out, struct fa_str file, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_config c = { .file = file };
	struct reading r = { &c, file, a, err };
	struct fa_str text, real;
	struct fa_yaml *top;
	int rc = fa_file_read(&text, file, FA_CONFIG_BYTES, a, err);

	if (rc == FA_OK)
		rc = fa_place_absolute(&real, file, a, err);
	if (rc == FA_OK)
		rc = fa_yaml_parse(&top, text, file, a, err);
	if (rc < 0)
		return rc;
	c.folder = fa_place_folder(real);
	if (top->kind != FA_YAML_MAP)
		return fail(&r, top, "is no 'key: value'");
	for (const struct fa_yaml *x = top->child; x != NULL; x = x->next) {
		rc = take(&r, x);
		if (rc < 0)
			return rc;
	}
	*out = c;
	return FA_OK;
}

static int
common_folder(struct fa_str *out, const struct fa_str *path, size_t n,
	struct fa_arena *a, struct fa_err *err)
{
	int rc = fa_place_absolute(out, FA_STR("."), a, err);

	for (size_t i = 0, seen = 0; rc == FA_OK && i < n; i++) {
		struct fa_str one;

		if (fa_str_eq(path[i], FA_STR("-")))
			continue;
		rc = fa_place_absolute(&one, path[i], a, err);
		if (rc < 0)
			return rc;
		if (!fa_file_is_dir(one))
			one = fa_place_folder(one);
		*out = seen++ > 0 ? fa_place_common(*out, one) : one;
	}
	return rc;
}

/* The way to an absolute path from the working folder, when it lies below. */
static struct fa_str
shown(struct fa_str path, struct fa_arena *a)
{
	struct fa_str here, below;
	struct fa_err why;

	if (fa_place_absolute(&here, FA_STR("."), a, &why) < 0)
		return path;
	below = fa_place_below(path, here);
	return below.n > 0 ? below : path;
}

int
fa_config_find(struct fa_str *file, const struct fa_str *path, size_t n,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str folder, root;
	int rc = common_folder(&folder, path, n, a, err);

	if (rc < 0)
		return rc;
	root = fa_place_repository(folder, a);
	for (;; folder = fa_place_folder(folder)) {
		struct fa_str f =
			fa_place_join(folder, FA_STR(FA_CONFIG_NAME), a);

		if (f.p == NULL)
			return fa_fail(err, FA_E_NOMEM, "no memory for a path");
		if (fa_place_exists(f)) {
			*file = shown(f, a);
			return FA_OK;
		}
		if (folder.n <= 1 || fa_str_eq(folder, root))
			break;
	}
	*file = FA_STR_NONE;
	return FA_OK;
}

struct fa_str
fa_config_path(
	const struct fa_config *c, struct fa_str path, struct fa_arena *a)
{
	struct fa_str whole;

	if (path.n > 0 && path.p[0] == '/')
		return path;
	whole = fa_str_eq(path, FA_STR("."))
		? c->folder
		: fa_place_join(c->folder, path, a);
	return whole.p != NULL ? shown(whole, a) : whole;
}
