#include "store/manifest.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/num.h"

#define FILE_BYTES (64u << 10)

static void
write_json(struct fa_buf *out, const struct fa_manifest *m)
{
	char date[FA_DATE_BYTES];
	struct fa_jw w;

	fa_jw_init(&w, out, 0);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "schema", FA_STR(FA_MANIFEST_SCHEMA));
	fa_jw_kstr(&w, "kind", fa_str_c(m->kind));
	fa_jw_kint(&w, "shard", m->shard.i);
	fa_jw_kint(&w, "shards", m->shard.n);
	fa_jw_kstr(&w, "tool", m->tool);
	fa_jw_kstr(&w, "bundle_sha256", m->bundle);
	if (m->as_of != 0) {
		fa_date_format(m->as_of, date);
		fa_jw_kstr(&w, "as_of", fa_str_c(date));
	}
	fa_jw_kint(&w, "targets", (int64_t)m->targets);
	fa_jw_kint(&w, "done", (int64_t)m->done);
	fa_jw_end(&w, '}');
	fa_buf_addc(out, '\n');
}

static int
manifest_path(char out[FA_FILE_PATH_BYTES], const struct fa_store *s,
	const char *kind, const struct fa_shard *shard, struct fa_err *err)
{
	int n = snprintf(out, FA_FILE_PATH_BYTES, "%.*s/%s-shard-%u-of-%u.done",
		FA_STR_ARG(fa_store_dir(s)), kind, (unsigned)shard->i,
		(unsigned)shard->n);

	if (n < 0 || n >= FA_FILE_PATH_BYTES)
		return fa_fail(err, FA_E_LIMIT, "%.*s: the path is too long",
			FA_STR_ARG(fa_store_dir(s)));
	return FA_OK;
}

int
fa_store_put_manifest(
	struct fa_store *s, const struct fa_manifest *m, struct fa_err *err)
{
	struct fa_buf text FA_CLEANUP(fa_buf_done);
	char path[FA_FILE_PATH_BYTES];
	int rc = manifest_path(path, s, m->kind, &m->shard, err);

	fa_buf_init(&text, FILE_BYTES);
	write_json(&text, m);
	if (rc == FA_OK)
		rc = fa_buf_rc(&text, "manifest", err);
	if (rc == FA_OK)
		rc = fa_file_replace(fa_str_c(path), fa_buf_str(&text), err);
	return rc;
}

int
fa_store_drop_manifest(struct fa_store *s, const char *kind,
	const struct fa_shard *shard, struct fa_err *err)
{
	char path[FA_FILE_PATH_BYTES];
	int rc = manifest_path(path, s, kind, shard, err);

	if (rc == FA_OK && unlink(path) != 0 && errno != ENOENT)
		rc = fa_fail(err, FA_E_IO, "%s: %s", path, strerror(errno));
	return rc;
}

static int
parse(struct fa_manifest *out, struct fa_str path, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_manifest m = { 0 };
	struct fa_str text, date;
	struct fa_json *j;
	int64_t i, n;
	int rc = fa_file_read(&text, path, FILE_BYTES, a, err);

	if (rc == FA_OK)
		rc = fa_json_parse(&j, text, a, err);
	if (rc < 0)
		return rc;
	i = fa_json_int(j, "shard", -1);
	n = fa_json_int(j, "shards", -1);
	m.kind = fa_json_text(j, "kind").p;
	date = fa_json_text(j, "as_of");
	if (!fa_str_eq(fa_json_text(j, "schema"), FA_STR(FA_MANIFEST_SCHEMA)) ||
		!m.kind || i < 0 || n <= i || n > FA_SHARD_MAX ||
		(date.p && !fa_date_parse(date, &m.as_of)))
		return fa_fail(err, FA_E_INPUT,
			"%.*s: this is no " FA_MANIFEST_SCHEMA " of a shard",
			FA_STR_ARG(path));
	m.shard = (struct fa_shard){ (uint32_t)i, (uint32_t)n };
	m.tool = fa_json_text(j, "tool");
	m.bundle = fa_json_text(j, "bundle_sha256");
	m.targets = (uint64_t)fa_json_int(j, "targets", 0);
	m.done = (uint64_t)fa_json_int(j, "done", 0);
	*out = m;
	return FA_OK;
}

int
fa_store_manifests(struct fa_manifest_list *out, struct fa_str dir,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_manifest_list l = { 0 };
	struct fa_file_list files;
	size_t cap = 0;
	int rc = fa_file_walk(&files, dir, a, err);

	for (size_t i = 0; rc == FA_OK && i < files.n; i++) {
		struct fa_str rest =
			fa_str_sub(files.path[i], dir.n + 1, files.path[i].n);
		struct fa_manifest *p;

		if (!fa_str_ends(rest, FA_STR(".done")) ||
			fa_str_find(rest, FA_STR("/"), 0) != SIZE_MAX)
			continue;
		p = fa_arena_grow(a, l.at, &cap, l.n + 1, sizeof(*p));
		if (!p)
			return fa_fail(
				err, FA_E_NOMEM, "no memory for manifests");
		l.at = p;
		rc = parse(&l.at[l.n++], files.path[i], a, err);
	}
	if (rc == FA_OK)
		*out = l;
	return rc;
}
