#include "case/pack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "case/pack_work.h"
#include "case/zip.h"

#define COPY_BYTES 65536
#define SUFFIX ".container"

/* SHA-256 of the first f->bytes bytes: of an archive the committed part counts,
 * which is less than the file after a crash. */
static int
digest_path(struct fa_pack_file *f, struct fa_err *err)
{
	char path[FA_FILE_PATH_BYTES], chunk[COPY_BYTES];
	struct fa_sha256 *sha = NULL;
	int64_t left = f->bytes;
	int fd, rc;

	(void)snprintf(path, sizeof(path), "%.*s", FA_STR_ARG(f->path));
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fa_fail(err, FA_E_IO, "%s: %s", path, strerror(errno));
	rc = fa_sha256_new(&sha, err);
	if (rc == FA_OK)
		rc = fa_sha256_begin(sha, err);
	while (rc == FA_OK && left > 0) {
		size_t want = left < COPY_BYTES ? (size_t)left : COPY_BYTES;
		ssize_t n = read(fd, chunk, want);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			rc = fa_fail(err, FA_E_IO, "%s: it got shorter", path);
		else
			rc = fa_sha256_add(
				sha, (struct fa_str){ chunk, (size_t)n }, err);
		left -= n;
	}
	if (rc == FA_OK)
		rc = fa_sha256_end(sha, f->sha256, err);
	fa_sha256_free(sha);
	(void)close(fd);
	return rc;
}

static int
put_package(struct fa_pack_work *w, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf package, sum;
	struct fa_wacz_package p = { .title = w->info.case_id,
		.description = FA_STR("faceaudit evidence pack"),
		.software = w->o->software,
		.created_ms = w->at_ms,
		.n = w->inner.n };
	int rc = FA_OK;

	fa_buf_init(&package, FA_WACZ_TEXT_BYTES);
	fa_buf_init(&sum, FA_HASH_HEX_BYTES + 256);
	p.files = fa_arena_new(w->a, p.n, sizeof(*p.files));
	if (!p.files)
		return fa_fail(err, FA_E_NOMEM, "no memory for a container");
	for (size_t i = 0; i < p.n && rc == FA_OK; i++) {
		struct fa_pack_file *f = &w->inner.at[i];

		rc = f->path.p ? digest_path(f, err)
			       : fa_hash_sha256(f->sha256, f->data, err);
		p.files[i] = (struct fa_wacz_file){ .path = f->name,
			.sha256 = fa_str_c(f->sha256),
			.bytes = f->bytes };
	}
	if (w->plan.docs_n > 0) {
		p.main_url = w->plan.docs[0].url;
		p.main_us = w->judged.docs[0].record->at_us;
	}
	if (rc == FA_OK) {
		fa_wacz_package_write(&package, &p);
		rc = fa_wacz_digest_write(&sum, fa_buf_str(&package), err);
	}
	if (rc == FA_OK)
		rc = fa_pack_put_buf(w, FA_STR(FA_WACZ_PACKAGE), &package, err);
	if (rc == FA_OK)
		rc = fa_pack_put_buf(w, FA_STR(FA_WACZ_DIGEST), &sum, err);
	return rc;
}

static int
write_zip(const struct fa_pack_files *f, struct fa_str path, int64_t at_ms,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_zip_writer *z = NULL;
	int rc = fa_zip_create(&z, path, at_ms, a, err);

	for (size_t i = 0; i < f->n && rc == FA_OK; i++) {
		const struct fa_pack_file *x = &f->at[i];

		rc = x->path.p
			? fa_zip_add_file(z, x->name, x->path, x->bytes, err)
			: fa_zip_add(z, x->name, x->data, err);
	}
	if (rc == FA_OK)
		rc = fa_zip_end(z, err);
	fa_zip_drop(z);
	return rc;
}

/* The container stands beside the pack while that is written. */
static int
write_both(struct fa_pack_work *w, struct fa_str out, struct fa_err *err)
{
	char path[FA_FILE_PATH_BYTES];
	struct fa_str container;
	int rc;

	if (out.n + sizeof(SUFFIX) > sizeof(path))
		return fa_fail(err, FA_E_LIMIT, "%.*s: the path is too long",
			FA_STR_ARG(out));
	(void)snprintf(path, sizeof(path), "%.*s" SUFFIX, FA_STR_ARG(out));
	container = fa_str_c(path);
	rc = write_zip(&w->inner, container, w->at_ms, w->a, err);
	if (rc == FA_OK)
		rc = fa_pack_seal(w, container, err);
	if (rc == FA_OK)
		rc = write_zip(&w->outer, out, w->at_ms, w->a, err);
	(void)unlink(path);
	return rc < 0 ? rc : fa_object_digest_file(&w->info.pack, out, err);
}

static int
open_case(struct fa_pack_work *w, struct fa_err *err)
{
	int rc = fa_case_open(&w->c, w->dir, FA_STORE_READ, err);

	if (rc == FA_OK) {
		w->s = fa_case_store(w->c);
		return FA_OK;
	}
	/* The store of a sweep has no log; its archives are packed all the
	 * same, and verifying says what is missing. */
	return rc == FA_E_USAGE
		? fa_store_open(&w->s, w->dir, FA_STORE_READ, err)
		: rc;
}

int
fa_pack_write(struct fa_pack_info *info, struct fa_str dir, struct fa_str out,
	const struct fa_pack_opts *opts, struct fa_arena *a, struct fa_err *err)
{
	struct fa_pack_work w = { .o = opts, .a = a, .dir = dir };
	int rc = open_case(&w, err);

	if (rc == FA_OK)
		rc = fa_pack_gather(&w, err);
	if (rc == FA_OK && w.index.n == 0)
		rc = fa_fail(err, FA_E_NOTFOUND,
			"%.*s: there is no archive to be packed",
			FA_STR_ARG(dir));
	if (rc == FA_OK)
		rc = fa_pack_derive(&w, err);
	if (rc == FA_OK)
		rc = fa_pack_outer(&w, err);
	if (rc == FA_OK)
		rc = fa_pack_files_sort(&w.inner, err);
	if (rc == FA_OK)
		rc = put_package(&w, err);
	if (rc == FA_OK)
		rc = fa_pack_files_sort(&w.inner, err);
	if (rc == FA_OK)
		rc = write_both(&w, out, err);
	if (rc == FA_OK)
		*info = w.info;
	if (w.c)
		fa_case_close(w.c);
	else
		fa_store_close(w.s);
	return rc;
}
