#include "tools/check_project.h"

#include <string.h>

#include "base/json.h"
#include "project/place.h"
#include "rules/rules.h"
#include "score/score.h"

#define BASELINE_BYTES ((size_t)FA_BASELINE_BYTES)

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for the configuration");
}

static int
operands_of_config(struct fa_check_project *p, char ***operands, int *n,
	struct fa_arena *a, struct fa_err *err)
{
	const struct fa_config_list *paths = &p->config.paths;
	char **list = fa_arena_new(a, paths->n + 1, sizeof(*list));

	if (list == NULL)
		return no_memory(err);
	for (size_t i = 0; i < paths->n; i++) {
		struct fa_str path =
			fa_config_path(&p->config, paths->at[i], a);

		if (path.p != NULL)
			path = fa_arena_dup(a, path);
		if (path.p == NULL)
			return no_memory(err);
		list[i] = (char *)(void *)(uintptr_t)path.p;
	}
	*operands = list;
	*n = (int)paths->n;
	p->own_paths = true;
	return FA_OK;
}

int
fa_check_project_find(struct fa_check_project *p, char ***operands, int *n,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str *path = fa_arena_new(a, (size_t)*n, sizeof(*path));
	struct fa_str file = FA_STR_NONE;
	int rc = FA_OK;

	if (path == NULL)
		return no_memory(err);
	for (int i = 0; i < *n; i++)
		path[i] = fa_str_c((*operands)[i]);
	if (p->said.config != NULL)
		file = fa_str_c(p->said.config);
	else if (!p->said.no_config)
		rc = fa_config_find(&file, path, (size_t)*n, a, err);
	if (rc == FA_OK && file.p != NULL)
		rc = fa_config_read(
			&p->config, file, p->said.config == NULL, a, err);
	if (rc == FA_OK && *n == 0 && p->config.paths.n > 0)
		rc = operands_of_config(p, operands, n, a, err);
	return rc;
}

int
fa_check_project_value(const char **out, const struct fa_check_project *p,
	const char *said, const struct fa_config_text *configured, bool is_path,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str v = configured->value;

	*out = said;
	if (said != NULL || v.p == NULL)
		return FA_OK;
	if (is_path)
		v = fa_config_path(&p->config, v, a);
	if (v.p != NULL)
		v = fa_arena_dup(a, v);
	if (v.p == NULL)
		return no_memory(err);
	*out = v.p;
	return FA_OK;
}

int
fa_check_project_blame(const struct fa_check_project *p, const char *said,
	const struct fa_config_text *configured, int rc, struct fa_err *err)
{
	struct fa_err why = *err;

	if (rc == FA_OK || said != NULL || configured->value.p == NULL)
		return rc;
	return fa_fail(err, rc, "%.*s:%u: %s", FA_STR_ARG(p->config.file),
		(unsigned)configured->line, why.msg);
}

bool
fa_check_project_git(const struct fa_check_project *p)
{
	return !p->said.no_gitignore &&
		!fa_str_eq(p->config.gitignore.value, FA_STR("no"));
}

static int
read_baseline(
	struct fa_check_project *p, struct fa_arena *a, struct fa_err *err)
{
	const char *file;
	int rc = fa_check_project_value(
		&file, p, p->said.baseline, &p->config.baseline, true, a, err);

	if (rc < 0 || file == NULL)
		return rc;
	/* One that the same run writes for the first time. */
	if (p->said.write_baseline != NULL && p->said.baseline == NULL &&
		!fa_place_exists(fa_str_c(file)))
		return FA_OK;
	rc = fa_baseline_read(&p->baseline, fa_str_c(file), a, err);
	if (rc == FA_OK)
		p->waivers.baseline = &p->baseline;
	return fa_check_project_blame(
		p, p->said.baseline, &p->config.baseline, rc, err);
}

bool
fa_check_project_is_baseline(const struct fa_check_project *p,
	struct fa_str path, struct fa_arena *a)
{
	struct fa_str place, baseline;
	struct fa_err why;

	return p->waivers.baseline != NULL &&
		fa_place_absolute(&baseline, p->baseline.file, a, &why) ==
		FA_OK &&
		fa_place_absolute(&place, path, a, &why) == FA_OK &&
		fa_str_eq(place, baseline);
}

/* Is all of the project judged: what its configuration names, or a folder that
 * holds the configuration (without one, the baseline)? */
static int
is_whole(bool *whole, const struct fa_check_project *p, char **operands, int n,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str folder = p->config.folder;
	int rc = FA_OK;

	*whole = p->own_paths;
	if (folder.p == NULL && p->waivers.baseline != NULL)
		folder = p->baseline.folder;
	for (int i = 0; i < n && rc == FA_OK && folder.p != NULL; i++) {
		struct fa_str path = fa_str_c(operands[i]);

		if (fa_str_eq(path, FA_STR("-")) || !fa_file_is_dir(path))
			continue;
		rc = fa_place_absolute(&path, path, a, err);
		*whole = *whole ||
			(rc == FA_OK && fa_place_below(folder, path).p != NULL);
	}
	*whole = *whole && p->said.diff_base == NULL;
	return rc;
}

int
fa_check_project_begin(struct fa_check_project *p,
	const struct fa_bundle *bundle, int32_t today, char **operands, int n,
	struct fa_arena *a, struct fa_err *err)
{
	int rc;

	if (p->said.write_baseline != NULL && p->said.diff_base != NULL)
		return fa_fail(err, FA_E_USAGE,
			"a baseline is of all that is found: --write-baseline "
			"goes without --diff-base");
	rc = read_baseline(p, a, err);
	if (rc == FA_OK && p->said.write_baseline != NULL) {
		rc = fa_baseline_init(
			&p->written, fa_str_c(p->said.write_baseline), a, err);
		p->waivers.writes = &p->written;
	}
	if (rc == FA_OK)
		rc = is_whole(&p->waivers.whole, p, operands, n, a, err);
	if (rc < 0)
		return rc;
	p->waivers.bundle = bundle;
	p->waivers.config = &p->config;
	p->waivers.today = today;
	p->waivers.a = a;
	return fa_waivers_begin(&p->waivers, err);
}

int
fa_check_project_change(struct fa_check_project *p, char **operands, int n,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str folder = FA_STR(".");
	int rc;

	if (p->said.diff_base == NULL)
		return FA_OK;
	if (n > 0 && strcmp(operands[0], "-") != 0)
		folder = fa_str_c(operands[0]);
	rc = fa_place_absolute(&folder, folder, a, err);
	while (rc == FA_OK && folder.n > 1 && !fa_file_is_dir(folder))
		folder = fa_place_folder(folder);
	p->changes = rc == FA_OK;
	if (rc == FA_OK)
		rc = fa_check_change_open(
			&p->change, p->said.diff_base, folder, a, err);
	return rc;
}

void
fa_check_project_done(struct fa_check_project *p)
{
	if (p->changes)
		fa_check_change_done(&p->change);
}

int
fa_check_project_before(bool *unchanged, struct fa_check_project *p,
	const struct fa_audit *audit, const struct fa_check_subject *s,
	const struct fa_read_opts *opts, struct fa_arena *a, struct fa_err *err)
{
	struct fa_str path;
	bool folder;
	int rc;

	*unchanged = false;
	p->waivers.before = NULL;
	if (!p->changes || fa_str_eq(s->path, FA_STR("-")))
		return FA_OK;
	rc = fa_place_absolute(&path, s->path, a, err);
	if (rc < 0)
		return rc;
	folder = fa_file_is_dir(s->path);
	*unchanged = !fa_check_change_touches(&p->change, path, folder);
	p->unchanged += *unchanged;
	if (*unchanged || folder)
		return FA_OK;
	rc = fa_check_change_before(&p->change, audit, s, opts, path, err);
	p->waivers.before = &p->change.before;
	p->waivers.before_path = p->change.root;
	return rc;
}

int
fa_check_project_apply(struct fa_check_project *p, struct fa_result *r,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str path = r->name;
	int rc = FA_OK;

	if (r->error.p != NULL)
		return FA_OK;
	if (fa_waivers_by_place(&p->waivers) && !fa_str_eq(path, FA_STR("-")))
		rc = fa_place_near(&path, &p->folder, r->name, a, err);
	if (rc == FA_OK)
		rc = fa_waivers_apply(&p->waivers, r, path, a, err);
	if (rc == FA_OK && p->waivers.before != NULL)
		fa_check_change_unknown(&p->change, r);
	/* The score is that of the document, whatever is shown of it. */
	if (rc == FA_OK)
		fa_score_rate(r, p->waivers.bundle);
	return rc;
}

/* The nearest id beside a rule that does not exist. */
static void
name_nearest(struct fa_check_project *p)
{
	for (size_t i = 0; i < p->waivers.notes_n; i++) {
		struct fa_waiver_note *n = &p->waivers.notes[i];

		if (n->fault == FA_WAIVER_NO_RULE && n->waiver.rule.n > 0)
			n->detail = fa_rules_nearest(
				p->waivers.bundle, n->waiver.rule);
	}
}

int
fa_check_project_end(struct fa_check_project *p,
	struct fa_report_totals *totals, size_t *entries, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf out;
	int rc;

	fa_buf_init(&out, BASELINE_BYTES);
	p->waivers.whole =
		p->waivers.whole && totals->errors + totals->partial == 0;
	rc = fa_waivers_end(&p->waivers, err);
	name_nearest(p);
	totals->notes = p->waivers.notes;
	totals->notes_n = p->waivers.notes_n;
	*entries = 0;
	if (rc < 0 || p->waivers.writes == NULL)
		return rc;
	rc = fa_baseline_write(&p->written, &out, err);
	if (rc == FA_OK)
		rc = fa_file_replace(p->written.file, fa_buf_str(&out), err);
	*entries = p->written.n;
	return rc;
}

static void
put_json(struct fa_buf *out, struct fa_str v)
{
	struct fa_jw w;

	fa_jw_init(&w, out, 0);
	fa_jw_str(&w, v);
}

/* Does JSON write it as it is? */
static bool
is_plain(struct fa_str v)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf json;
	struct fa_str inner;

	fa_buf_init(&json, FA_CONFIG_BYTES * 8);
	put_json(&json, v);
	inner = fa_str_sub(fa_buf_str(&json), 1, json.n - 1);
	return json.rc == FA_OK && fa_str_eq(inner, v);
}

/* In quotes of YAML: single ones, or those of JSON where something must not
 * be written as it is. */
static void
put_value(struct fa_buf *out, struct fa_str v)
{
	if (is_plain(v)) {
		fa_buf_addc(out, '\'');
		for (size_t i = 0; i < v.n; i++) {
			if (v.p[i] == '\'')
				fa_buf_addc(out, '\'');
			fa_buf_addc(out, v.p[i]);
		}
		fa_buf_addc(out, '\'');
	} else {
		put_json(out, v);
	}
}

static void
put_file(struct fa_buf *out, const struct fa_check_project *p)
{
	if (is_plain(p->config.file))
		fa_buf_add(out, p->config.file);
	else
		put_json(out, p->config.file);
}

static void
put_origin(struct fa_buf *out, const struct fa_check_project *p, uint32_t line)
{
	fa_buf_adds(out, "  # ");
	put_file(out, p);
	fa_buf_addf(out, ":%u\n", (unsigned)line);
}

static void
put_text(struct fa_buf *out, const struct fa_check_project *p, const char *key,
	const char *said, const struct fa_config_text *configured,
	const char *usual)
{
	if (said == NULL && configured->value.p == NULL && usual == NULL) {
		fa_buf_addf(out, "# %s: not set\n", key);
		return;
	}
	fa_buf_addf(out, "%s: ", key);
	if (said != NULL) {
		put_value(out, fa_str_c(said));
		fa_buf_adds(out, "  # command line\n");
	} else if (configured->value.p != NULL) {
		put_value(out, configured->value);
		put_origin(out, p, configured->line);
	} else {
		fa_buf_addf(out, "'%s'  # default\n", usual);
	}
}

static void
put_list(struct fa_buf *out, const struct fa_check_project *p, const char *key,
	const struct fa_config_list *list)
{
	if (list->line == 0) {
		fa_buf_addf(out, "# %s: not set\n", key);
		return;
	}
	fa_buf_addf(out, "%s:", key);
	put_origin(out, p, list->line);
	for (size_t i = 0; i < list->n; i++) {
		fa_buf_adds(out, "  - ");
		put_value(out, list->at[i]);
		fa_buf_addc(out, '\n');
	}
}

static void
put_member(struct fa_buf *out, const char *key, struct fa_str v)
{
	if (v.p == NULL)
		return;
	fa_buf_addf(out, "    %s: ", key);
	put_value(out, v);
	fa_buf_addc(out, '\n');
}

static void
put_waivers(struct fa_buf *out, const struct fa_check_project *p)
{
	char date[FA_DATE_BYTES];

	if (p->config.waivers_n == 0) {
		fa_buf_adds(out, "# waivers: not set\n");
		return;
	}
	fa_buf_adds(out, "waivers:\n");
	for (size_t i = 0; i < p->config.waivers_n; i++) {
		const struct fa_config_waiver *w = &p->config.waivers[i];

		fa_buf_adds(out, "  - rule: ");
		put_value(out, w->waiver.rule);
		put_origin(out, p, w->waiver.line);
		if (w->has_path)
			put_member(out, "path", w->path.line);
		put_member(out, "quote", w->quote);
		put_member(out, "reason", w->waiver.reason);
		put_member(out, "until", w->bad_date);
		if (w->waiver.until == 0)
			continue;
		fa_date_format(w->waiver.until, date);
		put_member(out, "until", fa_str_c(date));
	}
}

void
fa_check_project_print(const struct fa_check_project *p, struct fa_buf *out)
{
	const struct fa_check_said *s = &p->said;
	const struct fa_config *c = &p->config;

	fa_buf_adds(out, "# configuration: ");
	if (c->file.p != NULL)
		put_file(out, p);
	else
		fa_buf_adds(out, "none");
	fa_buf_addc(out, '\n');
	put_list(out, p, "paths", &c->paths);
	put_list(out, p, "exclude", &c->exclude);
	put_text(out, p, "gitignore", s->no_gitignore ? "no" : NULL,
		&c->gitignore, "yes");
	put_text(out, p, "fail-on", s->fail_on, &c->fail_on, "probable-high");
	put_text(out, p, "max-unknown", s->max_unknown, &c->max_unknown, NULL);
	put_text(out, p, "baseline", s->baseline, &c->baseline, NULL);
	put_text(out, p, "rules", s->rules, &c->rules, NULL);
	put_text(out, p, "app", s->app, &c->app, NULL);
	put_waivers(out, p);
}
