/* What a pack takes over from the case as it is. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "case/pack_work.h"
#include "evidence/objects.h"
#include "store/capture.h"

#define CSV_BYTES ((size_t)64 << 20)
#define PROOF_BYTES 65536

int
fa_pack_put(struct fa_pack_work *w, struct fa_str name, struct fa_str text,
	struct fa_err *err)
{
	struct fa_pack_file f = {
		.name = name, .data = text, .bytes = (int64_t)text.n
	};

	return fa_pack_files_add(&w->inner, &f, w->a, err);
}

int
fa_pack_put_buf(struct fa_pack_work *w, struct fa_str name,
	const struct fa_buf *b, struct fa_err *err)
{
	struct fa_str text = FA_STR("");
	int rc = fa_buf_rc(b, "file of the pack", err);

	if (rc < 0)
		return rc;
	if (b->n > 0)
		text = fa_arena_dup(w->a, fa_buf_str(b));
	if (!text.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a file");
	return fa_pack_put(w, name, text, err);
}

static int
length_of(int64_t *out, struct fa_str path, struct fa_err *err)
{
	char text[FA_FILE_PATH_BYTES];
	struct stat st;

	if (path.n >= sizeof(text))
		return fa_fail(err, FA_E_LIMIT, "%.*s: the path is too long",
			FA_STR_ARG(path));
	(void)snprintf(text, sizeof(text), "%.*s", FA_STR_ARG(path));
	if (stat(text, &st) < 0)
		return fa_fail(err, errno == ENOENT ? FA_E_NOTFOUND : FA_E_IO,
			"%s: %s", text, strerror(errno));
	*out = (int64_t)st.st_size;
	return FA_OK;
}

/* Bytes of an archive that count: those that the store speaks of, or, of one
 * that is no archive of the store (a walk), all. */
static int
archive_end(int64_t *out, struct fa_pack_work *w, struct fa_str rest,
	struct fa_str path, struct fa_err *err)
{
	struct fa_str prefix = FA_STR(FA_WACZ_ARCHIVE);
	int64_t have, committed = 0;
	int rc = length_of(&have, path, err);
	int known = 0;

	if (rc == FA_OK && fa_str_starts(rest, prefix))
		known = fa_store_get_archive(&committed, w->s,
			fa_str_sub(rest, prefix.n, rest.n), err);
	if (rc < 0 || known < 0)
		return rc < 0 ? rc : known;
	if (known == 1 && committed > have)
		return fa_fail(err, FA_E_INPUT,
			"%.*s has %lld bytes, the store knows %lld: it was "
			"damaged",
			FA_STR_ARG(rest), (long long)have,
			(long long)committed);
	*out = known == 1 ? committed : have;
	return FA_OK;
}

static int
add_file(struct fa_pack_work *w, struct fa_str rest, struct fa_str path,
	struct fa_err *err)
{
	struct fa_pack_file f = { .path = path };
	bool archive;
	int rc = fa_pack_case_name(&f.name, rest, w->a, err);

	if (rc < 0 || !f.name.p)
		return rc;
	archive = fa_str_starts(f.name, FA_STR(FA_WACZ_ARCHIVE));
	rc = archive ? archive_end(&f.bytes, w, rest, path, err)
		     : length_of(&f.bytes, path, err);
	/* An archive that was made and never committed holds nothing. */
	if (rc < 0 || (archive && f.bytes == 0))
		return rc;
	if (archive)
		rc = fa_wacz_index_add(
			&w->index, path, f.bytes, f.name, w->a, err);
	w->info.archives += archive;
	return rc < 0 ? rc : fa_pack_files_add(&w->inner, &f, w->a, err);
}

static int
add_tree(struct fa_pack_work *w, struct fa_err *err)
{
	struct fa_file_list list;
	int rc = fa_file_walk(&list, w->dir, w->a, err);

	for (size_t i = 0; i < list.n && rc == FA_OK; i++) {
		struct fa_str rest =
			fa_str_sub(list.path[i], w->dir.n, list.path[i].n);

		while (rest.n > 0 && rest.p[0] == '/')
			rest = fa_str_sub(rest, 1, rest.n);
		rc = add_file(w, rest, list.path[i], err);
	}
	return rc;
}

static int
add_object(
	struct fa_pack_work *w, const struct fa_pack_obj *o, struct fa_err *err)
{
	struct fa_pack_file f = { .bytes = 0 };
	char path[FA_FILE_PATH_BYTES];
	struct fa_object real;
	struct fa_str dir;
	int rc = fa_pack_object_name(
		&f.name, o->name, o->mime, o->sha256, w->a, err);

	if (rc < 0 || !f.name.p)
		return rc;
	for (size_t i = 0; i < w->inner.n; i++)
		if (fa_str_eq(w->inner.at[i].name, f.name))
			return FA_OK; /* the same bytes under another name */
	rc = fa_case_path(&dir, w->c, FA_STR(FA_OBJECTS_DIR), w->a, err);
	if (rc == FA_OK)
		rc = fa_object_check(&real, dir, o->sha256, err);
	if (rc == FA_OK)
		rc = fa_object_path(path, dir, o->sha256, err);
	if (rc < 0)
		return rc;
	f.path = fa_arena_dup(w->a, fa_str_c(path));
	f.bytes = real.bytes;
	w->info.objects++;
	return f.path.p ? fa_pack_files_add(&w->inner, &f, w->a, err)
			: fa_fail(err, FA_E_NOMEM, "no memory for a path");
}

static int
put_objects(struct fa_pack_work *w, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;
	int rc;

	fa_buf_init(&b, CSV_BYTES);
	rc = fa_pack_objects_csv(&b, &w->log, w->a, err);
	return rc < 0 ? rc
		      : fa_pack_put_buf(w, FA_STR(FA_PACK_OBJECTS), &b, err);
}

static int
put_proofs(struct fa_pack_work *w, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;
	int rc = FA_OK;

	fa_buf_init(&b, PROOF_BYTES);
	for (size_t i = 0; i < w->log.captures_n && rc == FA_OK; i++) {
		int64_t seq = w->log.captures[i].seq;
		char name[sizeof(FA_PACK_PROOFS) + 32];
		struct fa_str text;

		(void)snprintf(name, sizeof(name), FA_PACK_PROOFS "%06lld.json",
			(long long)seq);
		fa_buf_reset(&b);
		rc = fa_pack_proof_write(&b, &w->log, seq, w->a, err);
		text = fa_arena_dup(w->a, fa_str_c(name));
		if (!text.p)
			return fa_fail(err, FA_E_NOMEM, "no memory for a name");
		if (rc == FA_OK)
			rc = fa_pack_put_buf(w, text, &b, err);
	}
	return rc;
}

static int
add_case(struct fa_pack_work *w, struct fa_err *err)
{
	struct fa_pack_file f = { .name = FA_STR(FA_PACK_CASE) };
	int rc = fa_case_path(&f.path, w->c, FA_STR(FA_CASE_FILE), w->a, err);

	if (rc == FA_OK)
		rc = length_of(&f.bytes, f.path, err);
	return rc < 0 ? rc : fa_pack_files_add(&w->inner, &f, w->a, err);
}

/* A log that does not hold together is no base for a pack. */
static int
check_log(const struct fa_pack_work *w, struct fa_err *err)
{
	const struct fa_chain *c = &w->log.chain;

	if (c->fault == FA_CHAIN_WHOLE)
		return FA_OK;
	return fa_fail(err,
		c->fault == FA_CHAIN_UNSUPPORTED ? FA_E_UNSUPPORTED
						 : FA_E_INPUT,
		"the custody log is broken at line %lld: %s",
		(long long)c->fault_line, c->why);
}

static int
add_log(struct fa_pack_work *w, struct fa_err *err)
{
	int rc = fa_pack_log_load(&w->log, w->s, w->a, err);

	if (rc == FA_OK)
		rc = check_log(w, err);
	if (rc == FA_OK)
		rc = fa_pack_put(w, FA_STR(FA_PACK_CUSTODY), w->log.text, err);
	for (size_t i = 0; i < w->log.objs_n && rc == FA_OK && w->c; i++)
		rc = add_object(w, &w->log.objs[i], err);
	if (rc == FA_OK)
		rc = put_objects(w, err);
	return rc < 0 ? rc : put_proofs(w, err);
}

/* The time of the case: that of its last event, else of its last record. */
static void
set_time(struct fa_pack_work *w)
{
	int64_t at_us = 0;

	for (size_t i = 0; i < w->index.n; i++)
		if (w->index.at[i].at_us > at_us)
			at_us = w->index.at[i].at_us;
	w->at_ms = w->log.leaves_n > 0 ? w->log.chain.last_ms : at_us / 1000;
}

int
fa_pack_gather(struct fa_pack_work *w, struct fa_err *err)
{
	int rc = add_tree(w, err);

	if (rc == FA_OK)
		rc = fa_wacz_index_check(&w->index, err);
	if (rc == FA_OK && w->c)
		rc = add_case(w, err);
	if (rc == FA_OK)
		rc = add_log(w, err);
	if (rc < 0)
		return rc;
	set_time(w);
	w->info.is_case = w->c != NULL;
	w->info.case_id = w->c ? fa_case_info(w->c)->id : w->log.case_id;
	w->info.events = (int64_t)w->log.leaves_n;
	memcpy(w->info.head, w->log.chain.head, sizeof(w->info.head));
	if (w->log.leaves_n == 0)
		w->info.head[0] = '\0';
	w->info.records = w->index.n;
	return FA_OK;
}
