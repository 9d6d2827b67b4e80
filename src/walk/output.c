#include "walk/output.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "flow/json.h"

#define PART ".part" /* behind the name of an archive that is not whole */
#define OWN_FILES 4
#define COPY_BYTES ((size_t)64 << 20) /* of one file that is taken over */

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for what a walk leaves");
}

/* dir/name, in the arena. */
static int
path_of(struct fa_str *out, const struct fa_walk_output *o, const char *name,
	struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	int rc;

	fa_buf_init(&b, FA_FILE_PATH_BYTES);
	fa_buf_addf(&b, "%.*s/%s", FA_STR_ARG(o->dir), name);
	rc = fa_buf_rc(&b, "path", err);
	if (rc < 0)
		return rc;
	*out = fa_arena_dup(o->a, fa_buf_str(&b));
	return out->p ? FA_OK : no_memory(err);
}

static bool
is_ours(const char *name)
{
	static const char *const names[] = { FA_WALK_FLOW_FILE,
		FA_WALK_ARCHIVE_FILE, FA_WALK_ARCHIVE_FILE PART, "screens",
		"dom", ".", ".." };

	for (size_t i = 0; i < FA_COUNT(names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* 0: empty, 1: what walks leave, 2: something else. */
static int
look_into(int *out, struct fa_str dir, struct fa_err *err)
{
	struct dirent *e;
	DIR *d = opendir(dir.p);

	*out = 0;
	if (!d)
		return fa_fail(err, FA_E_IO, "%s: %s", dir.p, strerror(errno));
	while ((e = readdir(d))) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if (*out < 2)
			*out = is_ours(e->d_name) ? 1 : 2;
	}
	(void)closedir(d);
	return FA_OK;
}

/* Screens of an earlier walk would pass for some of this one. */
static int
clear(const struct fa_walk_output *o, struct fa_err *err)
{
	static const char *const files[OWN_FILES] = { FA_WALK_FLOW_FILE,
		FA_WALK_ARCHIVE_FILE, FA_WALK_ARCHIVE_FILE PART, "" };
	char name[64];
	struct fa_str path;
	int rc = FA_OK;

	for (size_t i = 0; rc == FA_OK && files[i][0]; i++) {
		rc = path_of(&path, o, files[i], err);
		if (rc == FA_OK)
			(void)unlink(path.p);
	}
	for (int i = 0; rc == FA_OK && i < FA_FLOW_SCREENS_MAX; i++) {
		(void)snprintf(name, sizeof(name), "dom/s%d.html", i);
		rc = path_of(&path, o, name, err);
		if (rc == FA_OK && unlink(path.p) < 0)
			break;
		(void)snprintf(name, sizeof(name), "screens/s%d.png", i);
		if (rc == FA_OK)
			rc = path_of(&path, o, name, err);
		if (rc == FA_OK)
			(void)unlink(path.p);
	}
	return rc;
}

static int
make_dirs(const struct fa_walk_output *o, bool force, struct fa_err *err)
{
	struct fa_str path;
	int holds, rc = fa_file_make_dir(o->dir, err);

	if (rc == FA_OK)
		rc = look_into(&holds, o->dir, err);
	if (rc == FA_OK && holds > 0 && !force)
		return fa_fail(err, FA_E_USAGE,
			"%s is not empty, name another folder or use --force",
			o->dir.p);
	if (rc == FA_OK && holds > 0)
		rc = clear(o, err);
	if (rc == FA_OK)
		rc = path_of(&path, o, "screens", err);
	if (rc == FA_OK)
		rc = fa_file_make_dir(path, err);
	if (rc == FA_OK)
		rc = path_of(&path, o, "dom", err);
	return rc < 0 ? rc : fa_file_make_dir(path, err);
}

int
fa_walk_output_open(struct fa_walk_output *out, struct fa_str dir, bool force,
	bool archive, struct fa_str software, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_walk_output o = {
		.dir = fa_arena_dup(a, dir), .a = a, .archive = archive
	};
	struct fa_str path;
	int rc = o.dir.p ? make_dirs(&o, force, err) : no_memory(err);

	if (rc == FA_OK && archive) {
		rc = path_of(&path, &o, FA_WALK_ARCHIVE_FILE PART, err);
		if (rc == FA_OK)
			rc = fa_warc_open(&o.warc, path, 0, software, err);
	}
	if (rc == FA_OK)
		*out = o;
	return rc;
}

static int
archive(struct fa_walk_output *o, const char *name, const char *media,
	bool is_packed, struct fa_str data, struct fa_err *err)
{
	struct fa_warc_resource r = { .media_type = fa_str_c(media),
		.at_us = fa_clock_now(fa_clock_system()) * 1000,
		.data = data,
		.is_packed = is_packed };
	struct fa_warc_place place;
	char url[128];

	if (!o->warc)
		return FA_OK;
	(void)snprintf(url, sizeof(url), "urn:faceaudit:walk:%s", name);
	r.url = fa_str_c(url);
	return fa_warc_add_resource(&place, o->warc, &r, err);
}

static int
add_evidence(uint32_t *index, struct fa_walk_output *o, const char *name,
	const char *media, struct fa_str data, struct fa_err *err)
{
	struct fa_flow_evidence *e = fa_arena_grow(o->a, o->evidence,
		&o->evidence_cap, o->evidence_n + 1, sizeof(*e));
	char hex[FA_HASH_HEX_BYTES], id[32];
	int rc;

	if (!e)
		return no_memory(err);
	o->evidence = e;
	e += o->evidence_n;
	rc = fa_hash_sha256(hex, data, err);
	if (rc < 0)
		return rc;
	(void)snprintf(id, sizeof(id), "e%zu", o->evidence_n);
	e->id = fa_arena_dup(o->a, fa_str_c(id));
	e->path = fa_arena_dup(o->a, fa_str_c(name));
	e->sha256 = fa_arena_dup(o->a, fa_str_c(hex));
	e->media = fa_str_c(media);
	if (!e->id.p || !e->path.p || !e->sha256.p)
		return no_memory(err);
	*index = (uint32_t)o->evidence_n++;
	return FA_OK;
}

static int
keep_one(struct fa_walk_output *o, struct fa_flow_screen *s, const char *folder,
	const char *suffix, const char *media, struct fa_str data,
	struct fa_err *err)
{
	char name[64];
	struct fa_str path;
	int rc;

	(void)snprintf(name, sizeof(name), "%s/%.*s.%s", folder,
		FA_STR_ARG(fa_str_sub(s->id, 0, 32)), suffix);
	rc = path_of(&path, o, name, err);
	if (rc == FA_OK)
		rc = fa_file_replace(path, data, err);
	if (rc == FA_OK)
		rc = archive(
			o, name, media, strcmp(suffix, "png") == 0, data, err);
	if (rc == FA_OK)
		rc = add_evidence(
			&s->evidence[s->evidence_n], o, name, media, data, err);
	if (rc == FA_OK)
		s->evidence_n++;
	return rc;
}

int
fa_walk_output_keep(void *ctx, struct fa_flow_screen *s, struct fa_str png,
	struct fa_str dom, struct fa_err *err)
{
	struct fa_walk_output *o = ctx;
	int rc = FA_OK;

	s->evidence = fa_arena_new(o->a, 2, sizeof(*s->evidence));
	s->evidence_n = 0;
	if (!s->evidence)
		return no_memory(err);
	if (png.n > 0)
		rc = keep_one(o, s, "screens", "png", "image/png", png, err);
	if (rc == FA_OK && dom.n > 0)
		rc = keep_one(o, s, "dom", "html", "text/html; charset=utf-8",
			dom, err);
	return rc;
}

/* "a/b.png" and nothing that leads out of the folder. */
static bool
is_inside(struct fa_str path)
{
	if (path.n == 0 || path.p[0] == '/' || memchr(path.p, '\0', path.n))
		return false;
	while (path.p) {
		struct fa_str part = fa_str_cut(&path, '/');

		if (part.n == 0 || part.p[0] == '.')
			return false;
	}
	return true;
}

static int
make_dirs_of(
	const struct fa_walk_output *o, struct fa_str name, struct fa_err *err)
{
	char part[FA_FILE_PATH_BYTES];
	struct fa_str dir;
	int rc = FA_OK;

	for (size_t i = 0; i < name.n && i < sizeof(part) && rc == FA_OK; i++) {
		if (name.p[i] != '/')
			continue;
		(void)snprintf(part, sizeof(part), "%.*s", (int)i, name.p);
		rc = path_of(&dir, o, part, err);
		if (rc == FA_OK)
			rc = fa_file_make_dir(dir, err);
	}
	return rc;
}

static int
copy_one(struct fa_walk_output *o, const struct fa_flow_evidence *e,
	struct fa_str dir, struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	char hex[FA_HASH_HEX_BYTES], name[FA_FILE_PATH_BYTES];
	struct fa_arena scratch;
	struct fa_str data, to;
	struct fa_err ignored;
	int rc;

	fa_buf_init(&b, FA_FILE_PATH_BYTES);
	if (!is_inside(e->path) || e->path.n >= sizeof(name))
		return FA_OK;
	fa_buf_addf(&b, "%.*s/%.*s", FA_STR_ARG(dir), FA_STR_ARG(e->path));
	fa_arena_init(&scratch, 2 * COPY_BYTES);
	rc = fa_file_read(
		&data, fa_buf_str(&b), COPY_BYTES, &scratch, &ignored);
	if (rc == FA_OK)
		rc = fa_hash_sha256(hex, data, &ignored);
	if (rc < 0 || (e->sha256.p && !fa_str_eq(e->sha256, fa_str_c(hex)))) {
		fa_arena_done(&scratch);
		return FA_OK;
	}
	(void)snprintf(name, sizeof(name), "%.*s", FA_STR_ARG(e->path));
	rc = make_dirs_of(o, e->path, err);
	if (rc == FA_OK)
		rc = path_of(&to, o, name, err);
	if (rc == FA_OK)
		rc = fa_file_replace(to, data, err);
	fa_arena_done(&scratch);
	return rc;
}

int
fa_walk_output_copy(struct fa_walk_output *o, struct fa_flow *f,
	struct fa_str path, struct fa_err *err)
{
	struct fa_str dir = path;
	int rc = FA_OK;

	if (!fa_file_is_dir(path)) {
		while (dir.n > 0 && dir.p[dir.n - 1] != '/')
			dir.n--;
		if (dir.n == 0)
			dir = FA_STR(".");
	}
	for (size_t i = 0; i < f->evidence_n && rc == FA_OK; i++)
		rc = copy_one(o, &f->evidence[i], dir, err);
	o->evidence = f->evidence;
	o->evidence_n = f->evidence_n;
	return rc;
}

static int
end_archive(struct fa_walk_output *o, struct fa_err *err)
{
	struct fa_str from, to;
	int64_t end;
	int rc = fa_warc_sync(o->warc, &end, err);

	fa_warc_close(o->warc);
	o->warc = NULL;
	if (rc == FA_OK)
		rc = path_of(&from, o, FA_WALK_ARCHIVE_FILE PART, err);
	if (rc == FA_OK)
		rc = path_of(&to, o, FA_WALK_ARCHIVE_FILE, err);
	if (rc == FA_OK && rename(from.p, to.p) < 0)
		rc = fa_fail(err, FA_E_IO, "%s: %s", to.p, strerror(errno));
	return rc;
}

int
fa_walk_output_end(
	struct fa_walk_output *o, struct fa_flow *f, struct fa_err *err)
{
	struct fa_buf json FA_CLEANUP(fa_buf_done);
	struct fa_str path;
	int rc;

	fa_buf_init(&json, FA_FLOW_JSON_BYTES);
	f->evidence = o->evidence;
	f->evidence_n = o->evidence_n;
	rc = fa_flow_write(f, &json, err);
	if (rc == FA_OK)
		rc = path_of(&path, o, FA_WALK_FLOW_FILE, err);
	if (rc == FA_OK)
		rc = archive(o, FA_WALK_FLOW_FILE, "application/json", false,
			fa_buf_str(&json), err);
	if (rc == FA_OK && o->warc)
		rc = end_archive(o, err);
	return rc < 0 ? rc : fa_file_replace(path, fa_buf_str(&json), err);
}

void
fa_walk_output_done(struct fa_walk_output *o)
{
	fa_warc_close(o->warc);
	o->warc = NULL;
}
