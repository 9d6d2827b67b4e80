/* Brings a pack into a folder of our own: what is in a zip file is taken out,
 * a case is packed first. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "case/verify_work.h"

#define INNER "inner/"
#define OUTER "outer/"
#define CASE_PACK "case.zip"

static int
join(struct fa_str *out, struct fa_verify_work *w, const char *folder,
	struct fa_str name, struct fa_err *err)
{
	char path[FA_FILE_PATH_BYTES];
	int n = snprintf(path, sizeof(path), "%s/%s%.*s", w->dir, folder,
		FA_STR_ARG(name));

	if (n < 0 || (size_t)n >= sizeof(path))
		return fa_fail(
			err, FA_E_LIMIT, "%s: the path is too long", w->dir);
	*out = fa_arena_dup(w->a, fa_str_c(path));
	return out->p ? FA_OK
		      : fa_fail(err, FA_E_NOMEM, "no memory for a path");
}

/* Makes the folders that lead to a file. */
static int
make_parents(struct fa_verify_work *w, struct fa_str path, struct fa_err *err)
{
	for (size_t i = strlen(w->dir) + 1; i < path.n; i++) {
		int rc;

		if (path.p[i] != '/')
			continue;
		rc = fa_file_make_dir(fa_str_sub(path, 0, i), err);
		if (rc < 0)
			return rc;
	}
	return FA_OK;
}

static int
take_out(struct fa_pack_files *list, uint32_t *time, struct fa_verify_work *w,
	struct fa_str zip_path, const char *folder, struct fa_err *err)
{
	struct fa_zip z = { .n = 0 };
	int rc = fa_zip_open(&z, zip_path, w->a, err);

	for (size_t i = 0; i < z.n && rc == FA_OK; i++) {
		const struct fa_zip_entry *e = &z.at[i];
		struct fa_pack_file f = { .name = e->name, .bytes = e->bytes };

		if (w->o->stop && w->o->stop(w->o->ctx))
			rc = fa_fail(err, FA_E_INTERRUPTED, "asked to stop");
		if (rc == FA_OK)
			rc = join(&f.path, w, folder, e->name, err);
		if (rc == FA_OK)
			rc = make_parents(w, f.path, err);
		/* Listed first, so that a part of it is removed, too. */
		if (rc == FA_OK)
			rc = fa_pack_files_add(list, &f, w->a, err);
		if (rc == FA_OK)
			rc = fa_zip_extract(&z, e, f.path, err);
	}
	*time = z.time;
	fa_zip_close(&z);
	return rc < 0 ? rc : fa_pack_files_sort(list, err);
}

/* A folder that somebody unpacked: its files are looked at where they are. */
static int
list_folder(struct fa_verify_work *w, struct fa_str dir, struct fa_err *err)
{
	struct fa_file_list l;
	int rc = fa_file_walk(&l, dir, w->a, err);

	for (size_t i = 0; i < l.n && rc == FA_OK; i++) {
		struct fa_pack_file f = { .path = l.path[i] };
		char text[FA_FILE_PATH_BYTES];
		struct stat st;

		f.name = fa_str_sub(l.path[i], dir.n, l.path[i].n);
		while (f.name.n > 0 && f.name.p[0] == '/')
			f.name = fa_str_sub(f.name, 1, f.name.n);
		(void)snprintf(
			text, sizeof(text), "%.*s", FA_STR_ARG(l.path[i]));
		if (stat(text, &st) < 0)
			return fa_fail(
				err, FA_E_IO, "%s: %s", text, strerror(errno));
		f.bytes = (int64_t)st.st_size;
		rc = fa_pack_files_add(&w->outer, &f, w->a, err);
	}
	return rc < 0 ? rc : fa_pack_files_sort(&w->outer, err);
}

static int
make_own(struct fa_verify_work *w, struct fa_err *err)
{
	const char *tmp = getenv("TMPDIR");
	int n = snprintf(w->dir, sizeof(w->dir), "%s/faceaudit-verify-XXXXXX",
		tmp && tmp[0] ? tmp : "/tmp");

	if (n < 0 || (size_t)n >= sizeof(w->dir) - FA_ZIP_NAME_BYTES * 2) {
		w->dir[0] = '\0';
		return fa_fail(err, FA_E_LIMIT, "TMPDIR is too long");
	}
	if (!mkdtemp(w->dir)) {
		int why = errno;

		w->dir[0] = '\0';
		return fa_fail(err, FA_E_IO, "no folder for the work in %s: %s",
			tmp && tmp[0] ? tmp : "/tmp", strerror(why));
	}
	return FA_OK;
}

static bool
has_file(struct fa_str dir, const char *name)
{
	char path[FA_FILE_PATH_BYTES];
	struct stat st;
	int n = snprintf(path, sizeof(path), "%.*s/%s", FA_STR_ARG(dir), name);

	return n > 0 && (size_t)n < sizeof(path) && stat(path, &st) == 0;
}

/* Verifying a case is verifying what packing it gives: packing refuses a log,
 * an object, an archive or a judgement that is not what it was. */
static int
pack_case(bool *go, struct fa_verify_work *w, struct fa_str dir,
	struct fa_err *err)
{
	struct fa_pack_opts o = { .software = w->o->software,
		.tool_version = w->o->tool_version };
	struct fa_pack_info info;
	struct fa_str path;
	struct fa_err why;
	int rc = join(&path, w, "", FA_STR(CASE_PACK), err);

	if (rc < 0)
		return rc;
	rc = fa_pack_write(&info, dir, path, &o, w->a, &why);
	if (rc < 0)
		return fa_verify_fail(w, "case", rc, &why, err);
	rc = fa_verify_say(w, "case", FA_VERIFY_OK, err,
		"packed as it stands; store, log and objects agree");
	if (rc == FA_OK)
		rc = take_out(&w->outer, &w->outer_time, w, path, OUTER, err);
	*go = rc == FA_OK;
	return rc;
}

static int
open_pack(bool *go, struct fa_verify_work *w, struct fa_str path,
	struct fa_err *err)
{
	struct fa_err why;
	int rc;

	w->is_zip = !fa_file_is_dir(path) || !has_file(path, FA_PACK_WACZ);
	if (!w->is_zip)
		rc = list_folder(w, path, &why);
	else if (fa_file_is_dir(path) && has_file(path, "faceaudit.sqlite"))
		return pack_case(go, w, path, err);
	else if (fa_file_is_dir(path))
		return fa_fail(err, FA_E_USAGE,
			"%.*s: neither a case nor an unpacked pack",
			FA_STR_ARG(path));
	else
		rc = take_out(&w->outer, &w->outer_time, w, path, OUTER, &why);
	if (rc < 0)
		return fa_verify_fail(w, "container", rc, &why, err);
	*go = true;
	return FA_OK;
}

int
fa_verify_open(bool *go, struct fa_verify_work *w, struct fa_str path,
	struct fa_err *err)
{
	const struct fa_pack_file *wacz;
	struct fa_err why;
	int rc = make_own(w, err);

	*go = false;
	if (rc == FA_OK)
		rc = open_pack(go, w, path, err);
	if (rc < 0 || !*go)
		return rc;
	*go = false;
	wacz = fa_pack_files_find(&w->outer, FA_STR(FA_PACK_WACZ));
	if (!wacz)
		return fa_verify_say(w, "container", FA_VERIFY_FAILED, err,
			FA_PACK_WACZ " is missing: this is no pack");
	rc = take_out(&w->inner, &w->inner_time, w, wacz->path, INNER, &why);
	if (rc < 0)
		return fa_verify_fail(w, "container", rc, &why, err);
	*go = true;
	return fa_verify_say(w, "container", FA_VERIFY_OK, err,
		"%zu files, %zu in " FA_PACK_WACZ, w->outer.n, w->inner.n);
}

/* Removes what was taken out, folders from the innermost on. */
static void
remove_list(struct fa_verify_work *w, const struct fa_pack_files *list)
{
	size_t own = strlen(w->dir);

	for (size_t i = 0; i < list->n; i++) {
		char path[FA_FILE_PATH_BYTES];
		const struct fa_pack_file *f = &list->at[i];

		if (f->path.n >= sizeof(path) || f->path.n <= own ||
			memcmp(f->path.p, w->dir, own) != 0)
			continue;
		memcpy(path, f->path.p, f->path.n);
		path[f->path.n] = '\0';
		(void)unlink(path);
		for (size_t k = f->path.n; k-- > own;)
			if (path[k] == '/') {
				path[k] = '\0';
				if (rmdir(path) < 0)
					break;
			}
	}
}

static void
remove_name(struct fa_verify_work *w, const char *name)
{
	char path[FA_FILE_PATH_BYTES + 32];

	(void)snprintf(path, sizeof(path), "%s/%s", w->dir, name);
	(void)remove(path);
}

void
fa_verify_close(struct fa_verify_work *w)
{
	if (!w->dir[0])
		return;
	remove_list(w, &w->inner);
	remove_list(w, &w->outer);
	remove_name(w, CASE_PACK);
	remove_name(w, INNER);
	remove_name(w, OUTER);
	(void)rmdir(w->dir);
}
