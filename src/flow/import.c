#include "flow/import.h"

#include <string.h>

#include "base/hash.h"
#include "flow/import_text.h"
#include "flow/importers.h"

const struct fa_importer *const fa_importers[] = { &fa_importer_flow,
	&fa_importer_sketch, &fa_importer_droidbot,
	&fa_importer_android_privacy, &fa_importer_gkd, &fa_importer_harmony,
	&fa_importer_uiautomator, &fa_importer_wechat, &fa_importer_html,
	NULL };

const struct fa_importer *
fa_importer_find(struct fa_str name)
{
	for (size_t i = 0; fa_importers[i] != NULL; i++) {
		if (fa_str_eq(name, fa_str_c(fa_importers[i]->name)))
			return fa_importers[i];
	}
	return NULL;
}

static int
load(struct fa_import_file *f, struct fa_arena *a, struct fa_err *err)
{
	if (f->text.p != NULL)
		return FA_OK;
	return fa_file_read(&f->text, f->path, FA_IMPORT_FILE_BYTES, a, err);
}

static int
open_folder(
	struct fa_import_source *out, struct fa_arena *a, struct fa_err *err)
{
	struct fa_file_list list;
	int rc = fa_file_walk(&list, out->path, a, err);
	size_t skip = out->path.n;

	if (rc < 0)
		return rc;
	if (list.n > FA_IMPORT_FILES) {
		return fa_fail(err, FA_E_LIMIT,
			"%.*s holds %zu files, limit %d", FA_STR_ARG(out->path),
			list.n, FA_IMPORT_FILES);
	}
	while (skip > 1 && out->path.p[skip - 1] == '/')
		skip--;
	out->files = fa_arena_new(a, list.n, sizeof(*out->files));
	if (out->files == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a folder");
	for (size_t i = 0; i < list.n; i++) {
		struct fa_str path = list.path[i];
		size_t from =
			skip < path.n && path.p[skip] == '/' ? skip + 1 : skip;

		out->files[out->n++] = (struct fa_import_file){ path,
			fa_str_sub(path, from, path.n), FA_STR_NONE };
	}
	return FA_OK;
}

/* The script beside a single page of a mini program belongs to it. */
static void
add_script(struct fa_import_source *out, struct fa_arena *a)
{
	struct fa_import_file js = { .name = FA_STR_NONE };
	char *path;

	if (!fa_import_ends(&out->files[0], ".wxml"))
		return;
	/* "page.wxml" becomes "page.js" */
	path = fa_arena_new(a, out->path.n, 1);
	if (path == NULL)
		return;
	memcpy(path, out->path.p, out->path.n - 5);
	memcpy(path + out->path.n - 5, ".js", 3);
	js.path = (struct fa_str){ path, out->path.n - 2 };
	if (load(&js, a, NULL) != FA_OK)
		return;
	js.name = fa_import_base(js.path);
	out->files[1] = out->files[0];
	out->files[0] = js;
	out->n = 2;
}

static int
open_file(struct fa_import_source *out, struct fa_arena *a, struct fa_err *err)
{
	int rc;

	out->files = fa_arena_new(a, 2, sizeof(*out->files));
	if (out->files == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a file");
	out->n = 1;
	out->files[0] = (struct fa_import_file){ out->path,
		fa_import_base(out->path), FA_STR_NONE };
	rc = load(&out->files[0], a, err);
	if (rc == FA_OK)
		add_script(out, a);
	return rc;
}

/* Lists the files of path (a file, or a folder below which hidden names are
 * left out); loads none. Lives in a. */
static int
open_source(struct fa_import_source *out, struct fa_str path,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_import_source s = { .path = path, .load = load };
	int rc;

	if (fa_file_is_dir(path)) {
		s.folder = true;
		rc = open_folder(&s, a, err);
	} else {
		rc = open_file(&s, a, err);
	}
	if (rc == FA_OK)
		*out = s;
	return rc;
}

int
fa_import_sniff(const struct fa_importer **out,
	const struct fa_import_source *s, struct fa_arena *a,
	struct fa_err *err)
{
	for (size_t i = 0; fa_importers[i] != NULL; i++) {
		int rc = fa_importers[i]->sniff(s, a, err);

		if (rc < 0)
			return rc;
		if (rc > 0) {
			*out = fa_importers[i];
			return FA_OK;
		}
	}
	*out = NULL;
	return FA_OK;
}

/* The digests of all files that were read become inputs of the flow. */
static int
add_inputs(struct fa_flow *f, const struct fa_import_source *s,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_flow_input *all;
	size_t n = f->inputs_n;

	for (size_t i = 0; i < s->n; i++)
		n += s->files[i].text.p != NULL;
	all = fa_arena_new(a, n, sizeof(*all));
	if (all == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for inputs");
	if (f->inputs_n > 0)
		memcpy(all, f->inputs, f->inputs_n * sizeof(*all));
	n = f->inputs_n;
	for (size_t i = 0; i < s->n; i++) {
		char hex[FA_HASH_HEX_BYTES];
		int rc;

		if (s->files[i].text.p == NULL)
			continue;
		rc = fa_hash_sha256(hex, s->files[i].text, err);
		if (rc < 0)
			return rc;
		all[n].path = s->files[i].name;
		all[n].sha256 = fa_arena_dup(a, fa_str_c(hex));
		if (all[n++].sha256.p == NULL)
			return fa_fail(
				err, FA_E_NOMEM, "out of memory for inputs");
	}
	f->inputs = all;
	f->inputs_n = n;
	return FA_OK;
}

int
fa_import(struct fa_flow **out, struct fa_str path,
	const struct fa_importer *as, struct fa_arena *a, struct fa_err *err)
{
	struct fa_import_source s;
	struct fa_flow *f = NULL;
	int rc = open_source(&s, path, a, err);

	if (rc == FA_OK && as == NULL) {
		rc = fa_import_sniff(&as, &s, a, err);
		if (rc == FA_OK && as == NULL)
			rc = fa_fail(err, FA_E_UNSUPPORTED,
				"%.*s has no format of flows that is known",
				FA_STR_ARG(path));
	}
	if (rc == FA_OK)
		rc = as->import(&f, &s, a, err);
	if (rc == FA_OK)
		rc = add_inputs(f, &s, a, err);
	if (rc == FA_OK)
		*out = f;
	return rc;
}

struct fa_import_file *
fa_import_find(const struct fa_import_source *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++) {
		if (fa_str_eq(s->files[i].name, fa_str_c(name)))
			return &s->files[i];
	}
	return NULL;
}

bool
fa_import_ends(const struct fa_import_file *f, const char *end)
{
	struct fa_str e = fa_str_c(end);

	return f->name.n >= e.n &&
		fa_str_ieq(fa_str_sub(f->name, f->name.n - e.n, f->name.n), e);
}

struct fa_str
fa_import_base(struct fa_str name)
{
	size_t n = name.n;

	while (n > 0 && name.p[n - 1] != '/')
		n--;
	return fa_str_sub(name, n, name.n);
}

int
fa_import_read(struct fa_str *out, const struct fa_import_source *s,
	struct fa_import_file *f, struct fa_arena *a, struct fa_err *err)
{
	int rc = s->load(f, a, err);

	return rc < 0 ? rc : fa_import_utf8(out, f->text, a, err);
}

int
fa_import_digest(struct fa_str *out, const struct fa_import_source *s,
	const struct fa_import_file *f, struct fa_arena *a, struct fa_err *err)
{
	FA_CLEANUP(fa_arena_done) struct fa_arena own;
	struct fa_import_file copy = *f;
	char hex[FA_HASH_HEX_BYTES];
	int rc;

	fa_arena_init(&own, (size_t)2 * FA_IMPORT_FILE_BYTES);
	rc = s->load(&copy, &own, err);
	if (rc == FA_OK)
		rc = fa_hash_sha256(hex, copy.text, err);
	if (rc < 0)
		return rc;
	*out = fa_arena_dup(a, fa_str_c(hex));
	if (out->p == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for a digest");
	return FA_OK;
}
