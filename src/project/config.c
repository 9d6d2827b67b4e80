#include "project/config.h"

#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "base/yaml.h"
#include "project/place.h"

#define MESSAGE_WORD 80 /* bytes of a value shown in a message */

struct reading {
	struct fa_config *c;
	struct fa_str file;
	struct fa_str bound; /* paths stay in it; absent: they need not */
	struct fa_arena *a;
	struct fa_err *err;
};

static int
fail(const struct reading *r, const struct fa_yaml *at, const char *what)
{
	struct fa_str word = at->key.p != NULL ? at->key : at->text;

	word = fa_utf8_beginning(word, MESSAGE_WORD);
	return fa_fail(r->err, FA_E_INPUT, "%.*s:%u:%u: %s%.*s%s%s",
		FA_STR_ARG(r->file), (unsigned)at->line, (unsigned)at->column,
		word.n > 0 ? "'" : "", FA_STR_ARG(word), word.n > 0 ? "' " : "",
		what);
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
	if (at->kind != FA_YAML_SCALAR || fa_str_trim(at->text).n == 0)
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
		if (x->kind != FA_YAML_SCALAR || fa_str_trim(x->text).n == 0)
			return fail(r, x, "wants to be '- text'");
		out->at[n++] = x->text;
	}
	out->n = n;
	out->line = at->line;
	return FA_OK;
}

/* A path may be the way to any file of the machine: what a project says
 * itself, and another may have sent, must not lead there. */
static int
stays(const struct reading *r, const struct fa_yaml *at, struct fa_str path)
{
	struct fa_str whole, real;
	int rc;

	if (r->bound.p == NULL)
		return FA_OK;
	if (fa_str_eq(path, FA_STR("-")))
		return fail(r, at,
			"is no path: standard input is not named "
			"here");
	whole = path.p[0] == '/' ? path
				 : fa_place_join(r->c->folder, path, r->a);
	if (whole.p == NULL)
		return no_memory(r);
	rc = fa_place_absolute(&real, whole, r->a, r->err);
	if (rc < 0)
		return rc;
	if (fa_place_below(real, r->bound).p == NULL)
		return fail(r, at,
			"leads out of the project; name this file with "
			"--config to allow it");
	/* Reading anything else may wait for ever. */
	if (fa_place_exists(real) && !fa_place_is_file(real) &&
		!fa_file_is_dir(real))
		return fail(r, at, "is neither a file nor a folder");
	return FA_OK;
}

static int
take_path(const struct reading *r, const struct fa_yaml *at,
	struct fa_config_text *out)
{
	int rc = take_text(r, at, out);

	return rc < 0 ? rc : stays(r, at, out->value);
}

static int
take_paths(const struct reading *r, const struct fa_yaml *at,
	struct fa_config_list *out)
{
	int rc = take_list(r, at, out);

	if (rc == FA_OK && out->n == 0)
		return fail(r, at, "wants a list, one '- text' a line");
	for (const struct fa_yaml *x = at->child; rc == FA_OK && x != NULL;
		x = x->next)
		rc = stays(r, x, x->text);
	return rc;
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
	for (const struct fa_yaml *x = at->child; x != NULL; x = x->next)
		if (!fa_glob_parse(&set->at[set->n++], x->text))
			return fail(r, x, "is no pattern");
	return FA_OK;
}

/* A quote that is nothing but blanks would be in every passage. */
static bool
has_word(struct fa_str s)
{
	while (s.n > 0) {
		uint32_t cp;
		size_t n = fa_utf8_next(s, &cp);

		if (!fa_rune_is_space(cp) && !fa_rune_is_ignorable(cp))
			return true;
		s = fa_str_sub(s, n, s.n);
	}
	return false;
}

static int
take_place(const struct reading *r, const struct fa_yaml *at,
	struct fa_config_waiver *w)
{
	w->has_path = fa_glob_parse(&w->path, at->text) && !w->path.negated;
	return w->has_path
		? FA_OK
		: fail(r, at, "wants a pattern of paths, without '!'");
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
		return take_place(r, at, w);
	else if (!fa_str_eq(at->key, FA_STR("until")))
		return fail(r, at,
			"is no member of a waiver: rule, path, quote, "
			"reason, until");
	else if (!fa_date_parse(text.value, &w->waiver.until))
		w->bad_date = text.value;
	if (w->quote.p != NULL && !has_word(w->quote))
		return fail(r, at, "wants a text");
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
		bool is_path;
	} texts[] = { { "fail-on", &c->fail_on, false },
		{ "max-unknown", &c->max_unknown, false },
		{ "baseline", &c->baseline, true },
		{ "rules", &c->rules, true }, { "app", &c->app, false } };

	for (size_t i = 0; i < FA_COUNT(texts); i++)
		if (fa_str_eq(at->key, fa_str_c(texts[i].name)))
			return texts[i].is_path ? take_path(r, at, texts[i].to)
						: take_text(r, at, texts[i].to);
	if (fa_str_eq(at->key, FA_STR("paths")))
		return take_paths(r, at, &c->paths);
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

/* Nothing but blank lines and comments: no setting is no mistake. */
static bool
is_empty(struct fa_str text)
{
	if (fa_str_starts(text, FA_STR("\xef\xbb\xbf")))
		text = fa_str_sub(text, 3, text.n);
	while (text.p != NULL && text.n > 0) {
		struct fa_str line = fa_str_trim(fa_str_cut(&text, '\n'));

		if (line.n > 0 && line.p[0] != '#')
			return false;
	}
	return true;
}

int
fa_config_parse(struct fa_config *out, struct fa_str text, struct fa_str file,
	struct fa_str folder, struct fa_str bound, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_config c = { .file = file, .folder = folder };
	struct reading r = { &c, file, bound, a, err };
	struct fa_yaml *top;
	int rc = FA_OK;

	if (!is_empty(text)) {
		rc = fa_yaml_parse(&top, text, file, a, err);
		if (rc < 0)
			return rc;
		if (top->kind != FA_YAML_MAP)
			return fail(&r, top, "wants to be lines 'key: value'");
		for (const struct fa_yaml *x = top->child;
			x != NULL && rc == FA_OK; x = x->next)
			rc = take(&r, x);
	}
	if (rc == FA_OK)
		*out = c;
	return rc;
}

int
fa_config_read(struct fa_config *out, struct fa_str file, bool found,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str text, folder = fa_place_folder(file);
	struct fa_str bound = FA_STR_NONE;
	int rc = fa_file_read(&text, file, FA_CONFIG_BYTES, a, err);

	/* A link speaks for the folder that it lies in. */
	if (folder.n == 0)
		folder = FA_STR(".");
	if (rc == FA_OK)
		rc = fa_place_absolute(&folder, folder, a, err);
	if (rc < 0)
		return rc;
	if (found)
		bound = fa_place_repository(folder, a);
	if (found && bound.p == NULL)
		bound = folder;
	return fa_config_parse(out, text, file, folder, bound, a, err);
}

static int
common_folder(struct fa_str *out, const struct fa_str *path, size_t n,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_place_memo memo = { 0 };
	int rc = fa_place_absolute(out, FA_STR("."), a, err);

	for (size_t i = 0, seen = 0; rc == FA_OK && i < n; i++) {
		struct fa_str one;

		if (fa_str_eq(path[i], FA_STR("-")))
			continue;
		rc = fa_place_near(&one, &memo, path[i], a, err);
		if (rc < 0)
			return rc;
		/* Below what is common, a folder and a file say the same. */
		if (seen > 0 && fa_place_below(one, *out).n > 0)
			continue;
		if (!fa_file_is_dir(one))
			one = fa_place_folder(one);
		*out = seen++ > 0 ? fa_place_common(*out, one) : one;
	}
	return rc;
}

/* An absolute path as seen from the working folder, where they have more in
 * common than the root of all. */
static struct fa_str
shown(struct fa_str path, struct fa_arena *a)
{
	struct fa_str here;
	struct fa_err why;

	if (fa_place_absolute(&here, FA_STR("."), a, &why) < 0 ||
		fa_place_common(here, path).n <= 1)
		return path;
	return fa_place_from(here, path, a);
}

/* 1: folder has one, 0: it has none. */
static int
look_in(struct fa_str *file, struct fa_str folder, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_str f = fa_place_join(folder, FA_STR(FA_CONFIG_NAME), a);
	struct fa_str name;

	if (f.p != NULL && !fa_place_exists(f))
		return 0;
	name = f.p != NULL ? shown(f, a) : f;
	if (name.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a path");
	if (!fa_place_is_file(f))
		return fa_fail(err, FA_E_INPUT, "%.*s is no regular file",
			FA_STR_ARG(name));
	*file = name;
	return 1;
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
	*file = FA_STR_NONE;
	for (; !fa_place_is_shared(folder); folder = fa_place_folder(folder)) {
		rc = look_in(file, folder, a, err);
		if (rc != 0 || folder.n <= 1 || fa_str_eq(folder, root))
			break;
	}
	return rc < 0 ? rc : FA_OK;
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
