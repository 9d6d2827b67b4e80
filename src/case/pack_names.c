/* Which file of a case becomes which entry of the container. */
#include <stdlib.h>
#include <string.h>

#include "case/pack.h"
#include "case/zip.h"
#include "evidence/stamp.h"
#include "walk/output.h"

static const struct {
	const char *mime, *folder, *suffix;
} kinds[] = {
	{ "image/png", "screenshots/", ".png" },
	{ "image/jpeg", "screenshots/", ".jpg" },
	{ "application/x-pem-file", "tls/", ".pem" },
	{ "application/pem-certificate-chain", "tls/", ".pem" },
	{ FA_STAMP_REPLY_TYPE, "stamps/", ".tsr" },
	{ "text/html", "dom/", ".html" },
	{ "text/plain", "text/", ".txt" },
	{ "application/json", "objects/", ".json" },
};

static bool
is_walk(struct fa_str path)
{
	return fa_str_starts(path, FA_STR("walk/")) ||
		fa_str_starts(path, FA_STR("walk-"));
}

static int
join(struct fa_str *out, const char *folder, struct fa_str name,
	const char *suffix, struct fa_arena *a, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;
	int rc;

	fa_buf_init(&b, FA_FILE_PATH_BYTES);
	fa_buf_adds(&b, folder);
	fa_buf_add(&b, name);
	fa_buf_adds(&b, suffix);
	rc = fa_buf_rc(&b, "name", err);
	if (rc < 0)
		return rc;
	*out = fa_arena_dup(a, fa_buf_str(&b));
	return out->p ? FA_OK
		      : fa_fail(err, FA_E_NOMEM, "no memory for a name");
}

int
fa_pack_object_name(struct fa_str *out, struct fa_str name, struct fa_str mime,
	struct fa_str sha256, struct fa_arena *a, struct fa_err *err)
{
	const char *folder = "evidence/objects/", *suffix = "";
	char text[64] = "evidence/";
	struct fa_str rest = mime, type = fa_str_cut(&rest, ';');

	*out = FA_STR_NONE;
	if (is_walk(name))
		return FA_OK;
	for (size_t i = 0; i < FA_COUNT(kinds); i++) {
		if (!fa_str_eq(type, fa_str_c(kinds[i].mime)))
			continue;
		memcpy(text + sizeof("evidence/") - 1, kinds[i].folder,
			strlen(kinds[i].folder) + 1);
		folder = text;
		suffix = kinds[i].suffix;
		if (fa_str_eq(name, FA_STR("environment.json")))
			folder = "evidence/environment/";
		if (fa_str_eq(name, FA_STR("rules.json")))
			folder = FA_PACK_RULES;
		break;
	}
	return join(out, folder, sha256, suffix, a, err);
}

int
fa_pack_rules_name(struct fa_str *out, struct fa_str text, struct fa_arena *a,
	struct fa_err *err)
{
	char hex[FA_HASH_HEX_BYTES];
	int rc = fa_hash_sha256(hex, text, err);

	return rc < 0
		? rc
		: join(out, FA_PACK_RULES, fa_str_c(hex), ".json", a, err);
}

int
fa_pack_case_name(struct fa_str *out, struct fa_str path, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_str rest = path, folder;

	*out = FA_STR_NONE;
	if (fa_str_starts(path, FA_STR(FA_WACZ_ARCHIVE)))
		return join(out, "", path, "", a, err);
	if (!is_walk(path))
		return FA_OK;
	folder = fa_str_cut(&rest, '/');
	if (fa_str_eq(rest, FA_STR(FA_WALK_ARCHIVE_FILE)))
		return join(out, FA_WACZ_ARCHIVE, folder, ".warc.gz", a, err);
	return join(out, "evidence/", path, "", a, err);
}

const struct fa_pack_file *
fa_pack_files_find(const struct fa_pack_files *f, struct fa_str name)
{
	size_t i = fa_str_search(f->at, f->n, sizeof(*f->at),
		offsetof(struct fa_pack_file, name), name);

	return i < f->n ? &f->at[i] : NULL;
}

int
fa_pack_files_add(struct fa_pack_files *f, const struct fa_pack_file *x,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_pack_file *at =
		fa_arena_grow(a, f->at, &f->cap, f->n + 1, sizeof(*at));

	if (!at)
		return fa_fail(err, FA_E_NOMEM, "no memory for files");
	f->at = at;
	if (!fa_zip_name_ok(x->name))
		return fa_fail(err, FA_E_INPUT,
			"'%.*s' is no name for a file of a pack",
			FA_STR_ARG(x->name));
	if (f->n == FA_ZIP_ENTRIES)
		return fa_fail(
			err, FA_E_LIMIT, "more than %d files", FA_ZIP_ENTRIES);
	at[f->n++] = *x;
	return FA_OK;
}

static int
compare(const void *a, const void *b)
{
	return fa_str_cmp(((const struct fa_pack_file *)a)->name,
		((const struct fa_pack_file *)b)->name);
}

int
fa_pack_files_sort(struct fa_pack_files *f, struct fa_err *err)
{
	if (f->n > 1)
		qsort(f->at, f->n, sizeof(*f->at), compare);
	for (size_t i = 1; i < f->n; i++)
		if (fa_str_eq(f->at[i - 1].name, f->at[i].name))
			return fa_fail(err, FA_E_INPUT,
				"two files would be '%.*s'",
				FA_STR_ARG(f->at[i].name));
	return FA_OK;
}
