/* Digests: of the container, of every file in it, of every file beside it. */
#include <stdio.h>
#include <string.h>

#include "case/verify_work.h"

/* "HEX  case.wacz\n", as sha256sum writes it. */
static int
check_sum(struct fa_verify_work *w, const char *name, const char *hex,
	struct fa_err *err)
{
	char line[FA_HASH_HEX_BYTES + sizeof(FA_PACK_WACZ) + 4];
	struct fa_str text;
	int rc = fa_verify_text(&text, w, &w->outer, name, err);

	if (rc < 0)
		return rc;
	(void)snprintf(line, sizeof(line), "%s  " FA_PACK_WACZ "\n", hex);
	if (fa_str_eq(text, fa_str_c(line)))
		return FA_OK;
	return fa_fail(err, FA_E_INPUT,
		FA_PACK_WACZ " has the digest %s, %s says something else", hex,
		name);
}

static int
check_container(struct fa_verify_work *w, struct fa_err *err)
{
	const struct fa_pack_file *f =
		fa_pack_files_find(&w->outer, FA_STR(FA_PACK_WACZ));
	struct fa_object o;
	struct fa_err why;
	int rc = fa_object_digest_file(&o, f->path, &why);

	if (rc == FA_OK) {
		memcpy(w->report->wacz_sha256, o.sha256, sizeof(o.sha256));
		memcpy(w->report->wacz_sm3, o.sm3, sizeof(o.sm3));
		rc = check_sum(w, FA_PACK_WACZ ".sha256", o.sha256, &why);
	}
	if (rc == FA_OK && o.sm3[0])
		rc = check_sum(w, FA_PACK_WACZ ".sm3", o.sm3, &why);
	if (rc < 0)
		return fa_verify_fail(w, "digests", rc, &why, err);
	return fa_verify_say(
		w, "digests", FA_VERIFY_OK, err, "SHA-256 %s", o.sha256);
}

static int
check_one(const struct fa_verify_work *w, const struct fa_wacz_file *x,
	struct fa_err *err)
{
	const struct fa_pack_file *f = fa_pack_files_find(&w->inner, x->path);
	struct fa_object o;
	int rc;

	if (!f)
		return fa_fail(err, FA_E_NOTFOUND, "%.*s is missing",
			FA_STR_ARG(x->path));
	rc = fa_object_digest_file(&o, f->path, err);
	if (rc < 0)
		return rc;
	if (o.bytes != x->bytes || !fa_str_eq(fa_str_c(o.sha256), x->sha256))
		return fa_fail(err, FA_E_INPUT,
			"%.*s has %lld bytes and the SHA-256 %s, expected "
			"%lld and %.*s",
			FA_STR_ARG(x->path), (long long)o.bytes, o.sha256,
			(long long)x->bytes, FA_STR_ARG(x->sha256));
	return FA_OK;
}

static bool
is_listed(const struct fa_wacz_package *p, struct fa_str name)
{
	return fa_str_search(p->files, p->n, sizeof(*p->files),
		       offsetof(struct fa_wacz_file, path), name) < p->n ||
		fa_str_eq(name, FA_STR(FA_WACZ_PACKAGE)) ||
		fa_str_eq(name, FA_STR(FA_WACZ_DIGEST));
}

/* Zip files say when their entries were written: that is the time of the
 * container, and nobody else's. */
static int
check_times(const struct fa_verify_work *w, struct fa_err *err)
{
	uint32_t time = fa_zip_time(w->package.created_ms);

	if (w->inner_time == time && (!w->is_zip || w->outer_time == time))
		return FA_OK;
	return fa_fail(err, FA_E_INPUT,
		"the entries of %s have another time than " FA_WACZ_PACKAGE
		" says",
		w->inner_time == time ? "the pack" : FA_PACK_WACZ);
}

/* Everything in a pack is of some use, so that nothing hides in it. */
static bool
is_known(struct fa_str name)
{
	static const char *const names[] = { FA_WACZ_PACKAGE, FA_WACZ_DIGEST,
		FA_WACZ_INDEX, FA_WACZ_PAGES, FA_PACK_CUSTODY, FA_PACK_OBJECTS,
		FA_PACK_OUTER, FA_PACK_CASE, FA_PACK_JUDGING,
		FA_PACK_FINDINGS };
	static const char *const folders[] = { FA_WACZ_ARCHIVE, FA_PACK_PROOFS,
		FA_PACK_TEXTS, FA_PACK_RULES, "evidence/objects/",
		"evidence/screenshots/", "evidence/tls/", "evidence/stamps/",
		"evidence/dom/", "evidence/environment/", "evidence/walk/",
		"evidence/walk-" };

	for (size_t i = 0; i < FA_COUNT(names); i++)
		if (fa_str_eq(name, fa_str_c(names[i])))
			return true;
	for (size_t i = 0; i < FA_COUNT(folders); i++)
		if (fa_str_starts(name, fa_str_c(folders[i])))
			return true;
	return false;
}

static int
check_listed(struct fa_verify_work *w, struct fa_err *err)
{
	struct fa_str digest;
	int rc = fa_verify_text(
		&w->package_text, w, &w->inner, FA_WACZ_PACKAGE, err);

	if (rc == FA_OK)
		rc = fa_verify_text(&digest, w, &w->inner, FA_WACZ_DIGEST, err);
	if (rc == FA_OK)
		rc = fa_wacz_digest_check(digest, w->package_text, err);
	if (rc == FA_OK)
		rc = fa_wacz_package_parse(
			&w->package, w->package_text, w->a, err);
	w->is_foreign = rc == FA_OK && !w->package.is_ours;
	if (rc == FA_OK)
		rc = check_times(w, err);
	if (rc == FA_OK && w->is_foreign)
		return fa_fail(err, FA_E_UNSUPPORTED,
			"its format is '%.*s' in WACZ %.*s, this program "
			"reads " FA_WACZ_FORMAT
			" in WACZ 1; take the program that packed it: %.*s",
			FA_STR_ARG(w->package.format),
			FA_STR_ARG(w->package.wacz),
			FA_STR_ARG(w->package.software));
	for (size_t i = 0; i < w->package.n && rc == FA_OK; i++)
		rc = check_one(w, &w->package.files[i], err);
	for (size_t i = 0; i < w->inner.n && rc == FA_OK; i++) {
		struct fa_str name = w->inner.at[i].name;

		if (!is_listed(&w->package, name))
			rc = fa_fail(err, FA_E_INPUT,
				"%.*s is not listed in " FA_WACZ_PACKAGE,
				FA_STR_ARG(name));
		else if (!is_known(name))
			rc = fa_fail(err, FA_E_INPUT,
				"%.*s is no file of a pack", FA_STR_ARG(name));
	}
	return rc;
}

static int
check_inner(struct fa_verify_work *w, struct fa_err *err)
{
	struct fa_err why;
	int rc = check_listed(w, &why);

	w->report->software = w->package.software;
	if (rc < 0)
		return fa_verify_fail(w, "files", rc, &why, err);
	return fa_verify_say(w, "files", FA_VERIFY_OK, err,
		"all %zu files have the digests of " FA_WACZ_PACKAGE,
		w->package.n);
}

/* Is it one of the files that stand beside what the container lists: itself,
 * its digests, stamps, signature? */
static bool
is_side_car(struct fa_str name)
{
	struct fa_str prefix = FA_STR(FA_PACK_WACZ);

	return fa_str_eq(name, prefix) ||
		fa_str_eq(name, FA_STR(FA_PACK_WACZ ".sha256")) ||
		fa_str_eq(name, FA_STR(FA_PACK_WACZ ".sm3")) ||
		fa_str_eq(name, FA_STR(FA_PACK_DSSE)) ||
		fa_str_eq(name, FA_STR(FA_PACK_PUBLIC)) ||
		(fa_str_starts(name, FA_STR(FA_PACK_WACZ ".")) &&
			fa_str_ends(name, FA_STR(".tsr")));
}

/* One line of the list; *seen counts the files that are there. */
static int
check_line(const struct fa_verify_work *w, struct fa_str line, size_t *seen,
	struct fa_err *err)
{
	struct fa_str hex = fa_str_sub(line, 0, FA_HASH_HEX_BYTES - 1);
	struct fa_str name = fa_str_sub(line, FA_HASH_HEX_BYTES + 1, line.n);
	const struct fa_pack_file *f = fa_pack_files_find(&w->outer, name);
	struct fa_object o;
	int rc;

	if (line.n < FA_HASH_HEX_BYTES + 2 || is_side_car(name))
		return fa_fail(err, FA_E_INPUT,
			FA_PACK_OUTER " holds '%.*s', expected a digest and "
				      "a file",
			FA_STR_ARG(fa_str_sub(line, 0, 100)));
	if (!f)
		return fa_fail(err, FA_E_NOTFOUND, "%.*s is missing",
			FA_STR_ARG(name));
	rc = fa_object_digest_file(&o, f->path, err);
	if (rc < 0)
		return rc;
	if (!fa_str_eq(fa_str_c(o.sha256), hex))
		return fa_fail(err, FA_E_INPUT,
			"%.*s has the SHA-256 %s, expected %.*s",
			FA_STR_ARG(name), o.sha256, FA_STR_ARG(hex));
	(*seen)++;
	return FA_OK;
}

static int
check_list(struct fa_verify_work *w, size_t *seen, struct fa_err *err)
{
	struct fa_str rest, prefix = FA_STR_NONE;
	size_t beside = 0;
	int rc = fa_verify_text(&rest, w, &w->inner, FA_PACK_OUTER, err);

	*seen = 0;
	while (rc == FA_OK && rest.n > 0) {
		struct fa_str line = fa_str_cut(&rest, '\n');

		/* In order, so that no file is counted twice. */
		if (prefix.p && line.n > FA_HASH_HEX_BYTES &&
			fa_str_cmp(prefix,
				fa_str_sub(line, FA_HASH_HEX_BYTES + 1,
					line.n)) >= 0)
			return fa_fail(err, FA_E_INPUT,
				FA_PACK_OUTER " is not in order");
		rc = check_line(w, line, seen, err);
		prefix = fa_str_sub(line, FA_HASH_HEX_BYTES + 1, line.n);
	}
	for (size_t i = 0; i < w->outer.n && rc == FA_OK; i++)
		beside += !is_side_car(w->outer.at[i].name);
	if (rc == FA_OK && beside != *seen)
		rc = fa_fail(err, FA_E_INPUT,
			"%zu files stand beside " FA_PACK_WACZ
			", it knows %zu: something was added",
			beside, *seen);
	return rc;
}

static int
check_outer(struct fa_verify_work *w, struct fa_err *err)
{
	struct fa_err why;
	size_t seen;
	int rc = check_list(w, &seen, &why);

	if (rc < 0)
		return fa_verify_fail(w, "outer", rc, &why, err);
	return fa_verify_say(w, "outer", FA_VERIFY_OK, err,
		"%zu files beside the container, as it lists them", seen);
}

int
fa_verify_files(struct fa_verify_work *w, struct fa_err *err)
{
	int rc = check_container(w, err);

	if (rc == FA_OK)
		rc = check_inner(w, err);
	return rc < 0 || w->is_foreign ? rc : check_outer(w, err);
}
