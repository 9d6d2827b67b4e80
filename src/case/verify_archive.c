/* The archives: every record is what it states, the index is of them, and the
 * log speaks of every exchange as it is. */
#include <string.h>

#include "case/verify_work.h"

static bool
is_archive(struct fa_str name)
{
	return fa_str_starts(name, FA_STR(FA_WACZ_ARCHIVE));
}

static int
read_archives(struct fa_verify_work *w, size_t *n, struct fa_err *err)
{
	for (size_t i = 0; i < w->inner.n; i++) {
		const struct fa_pack_file *f = &w->inner.at[i];
		int rc;

		if (!is_archive(f->name))
			continue;
		rc = fa_wacz_index_add(
			&w->index, f->path, f->bytes, f->name, w->a, err);
		if (rc < 0)
			return rc;
		(*n)++;
	}
	return fa_wacz_index_check(&w->index, err);
}

static int
check_archives(struct fa_verify_work *w, struct fa_err *err)
{
	struct fa_err why;
	size_t n = 0;
	int rc = read_archives(w, &n, &why);

	if (rc < 0)
		return fa_verify_fail(w, "archives", rc, &why, err);
	w->indexed = true;
	return fa_verify_say(w, "archives", FA_VERIFY_OK, err,
		"%zu archives, %zu records with the digests that they state", n,
		w->index.n);
}

static int
check_index(struct fa_verify_work *w, struct fa_err *err)
{
	struct fa_str text;
	struct fa_err why;
	int rc = fa_verify_text(&text, w, &w->inner, FA_WACZ_INDEX, &why);

	if (rc == FA_OK)
		rc = fa_wacz_cdxj_check(text, &w->index, w->a, &why);
	if (rc < 0)
		return fa_verify_fail(w, "index", rc, &why, err);
	return fa_verify_say(w, "index", FA_VERIFY_OK, err,
		FA_WACZ_INDEX " is that of the archives");
}

/* The record at a place, or NULL. The index is in order of file and offset. */
static struct fa_wacz_record *
record_at(struct fa_wacz_index *x, struct fa_str file, int64_t offset)
{
	size_t from = 0, to = x->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;
		struct fa_wacz_record *r = &x->at[mid];
		int d = fa_str_cmp(r->file, file);

		if (d == 0)
			d = (r->offset > offset) - (r->offset < offset);
		if (d == 0)
			return r;
		if (d < 0)
			from = mid + 1;
		else
			to = mid;
	}
	return NULL;
}

static bool
agrees(struct fa_str said, const char *real)
{
	return !said.p || fa_str_eq(said, fa_str_c(real));
}

/* A revisit may lack the digest of the body that it stands for. */
static bool
body_agrees(const struct fa_pack_capture *c, const struct fa_wacz_record *r)
{
	return agrees(c->payload_sha256, r->payload_sha256) ||
		(!r->payload_sha256[0] &&
			fa_str_eq(r->type, FA_STR("revisit")));
}

static int
check_capture(struct fa_verify_work *w, const struct fa_pack_capture *c,
	const struct fa_pack_capture **told, struct fa_err *err)
{
	const struct fa_wacz_record *r;
	struct fa_str name;
	int rc = fa_pack_case_name(&name, c->file, w->a, err);

	if (rc < 0)
		return rc;
	r = name.p ? record_at(&w->index, name, c->offset) : NULL;
	if (!r)
		return fa_fail(err, FA_E_NOTFOUND,
			"event %lld: %.*s has no record at %lld",
			(long long)c->seq, FA_STR_ARG(c->file),
			(long long)c->offset);
	if (c->length != r->length || !fa_str_eq(c->record, r->id) ||
		!fa_str_eq(c->block_sha256, fa_str_c(r->block_sha256)))
		return fa_fail(err, FA_E_INPUT,
			"event %lld: the record at %lld of %.*s is another "
			"one: %.*s, SHA-256 of its block %s",
			(long long)c->seq, (long long)c->offset,
			FA_STR_ARG(c->file), FA_STR_ARG(r->id),
			r->block_sha256);
	told[r - w->index.at] = c;
	return FA_OK;
}

static bool
is_exchange(const struct fa_wacz_record *r)
{
	return fa_str_eq(r->type, FA_STR("response")) ||
		fa_str_eq(r->type, FA_STR("revisit"));
}

static int
check_told(struct fa_verify_work *w, const struct fa_pack_capture **told,
	size_t *n, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < w->log.captures_n && rc == FA_OK; i++) {
		if (!w->log.captures[i].file.p)
			continue;
		rc = check_capture(w, &w->log.captures[i], told, err);
		(*n)++;
	}
	for (size_t i = 0; i < w->index.n && rc == FA_OK; i++)
		if (is_exchange(&w->index.at[i]) && !told[i])
			rc = fa_fail(err, FA_E_INPUT,
				"%.*s, record at %lld (%.*s): no event speaks "
				"of it",
				FA_STR_ARG(w->index.at[i].file),
				(long long)w->index.at[i].offset,
				FA_STR_ARG(w->index.at[i].url));
	return rc;
}

static int
check_captures(struct fa_verify_work *w, const struct fa_pack_capture **told,
	struct fa_err *err)
{
	struct fa_err why;
	size_t n = 0;
	int rc;

	if (!w->has_log)
		return FA_OK;
	rc = check_told(w, told, &n, &why);
	if (rc < 0)
		return fa_verify_fail(w, "captures", rc, &why, err);
	return fa_verify_say(w, "captures", FA_VERIFY_OK, err,
		"%zu exchanges in the archives are those of the log", n);
}

/* Bodies are cut out of the bytes that were bound above: without the coding in
 * which they were transferred. */
static int
check_bodies(struct fa_verify_work *w, const struct fa_pack_capture **told,
	struct fa_err *err)
{
	size_t n = 0;

	for (size_t i = 0; i < w->index.n; i++) {
		const struct fa_wacz_record *r = &w->index.at[i];
		const char *fault = r->body_fault;

		if (!fault && told[i] && !body_agrees(told[i], r))
			fault = "its body does not have the digest of the log";
		if (fault)
			return fa_verify_say(w, "bodies", FA_VERIFY_FAILED, err,
				"%.*s, record at %lld: %s", FA_STR_ARG(r->file),
				(long long)r->offset, fault);
		n += r->payload_sha256[0] != '\0';
	}
	return fa_verify_say(w, "bodies", FA_VERIFY_OK, err,
		"%zu bodies have the digests that archives and log state", n);
}

int
fa_verify_archive(struct fa_verify_work *w, struct fa_err *err)
{
	const struct fa_pack_capture **told;
	int rc = check_archives(w, err);

	if (rc < 0 || !w->indexed)
		return rc;
	told = fa_arena_new(w->a, w->index.n, sizeof(*told));
	if (!told)
		return fa_fail(err, FA_E_NOMEM, "no memory for exchanges");
	rc = check_captures(w, told, err);
	if (rc == FA_OK && !w->o->evidence_only)
		rc = check_bodies(w, told, err);
	if (rc == FA_OK && !w->o->evidence_only)
		rc = check_index(w, err);
	return rc;
}
