/* The custody log: its chain, the Merkle roots in it, the proofs beside it,
 * and that every object it names is there and is the only one. */
#include <stdio.h>
#include <string.h>

#include "case/case.h"
#include "case/verify_work.h"

static int
check_chain(struct fa_verify_work *w, struct fa_err *err)
{
	const struct fa_chain *c = &w->log.chain;
	struct fa_str text;
	struct fa_err why;
	int rc = fa_verify_text(&text, w, &w->inner, FA_PACK_CUSTODY, &why);

	if (rc == FA_OK)
		rc = fa_pack_log_parse(&w->log, text, w->a, &why);
	if (rc < 0)
		return fa_verify_fail(w, "chain", rc, &why, err);
	w->is_sweep = c->fault == FA_CHAIN_WHOLE && w->log.leaves_n == 0;
	if (w->is_sweep)
		return fa_verify_say(w, "chain", FA_VERIFY_CANNOT, err,
			"there is no custody log: this was a sweep and no "
			"case, nobody recorded how it came about");
	if (c->fault != FA_CHAIN_WHOLE)
		return fa_verify_say(w, "chain",
			c->fault == FA_CHAIN_UNSUPPORTED ? FA_VERIFY_CANNOT
							 : FA_VERIFY_FAILED,
			err, "line %lld: %s", (long long)c->fault_line, c->why);
	w->has_log = true;
	w->report->case_id = w->log.case_id;
	w->report->events = (int64_t)w->log.leaves_n;
	memcpy(w->report->head, c->head, sizeof(w->report->head));
	return fa_verify_say(w, "chain", FA_VERIFY_OK, err,
		"%zu events, the last has the SHA-256 %s", w->log.leaves_n,
		c->head);
}

static int
check_checkpoint(struct fa_verify_work *w, const struct fa_pack_checkpoint *c,
	struct fa_err *err)
{
	char hex[FA_HASH_HEX_BYTES];
	struct fa_merkle_hash root;
	int rc;

	if (c->size == 0 || c->size >= (uint64_t)c->seq)
		return fa_fail(err, FA_E_INPUT,
			"event %lld: a checkpoint over %llu lines",
			(long long)c->seq, (unsigned long long)c->size);
	rc = fa_pack_log_root(&root, &w->log, c->size, err);
	if (rc < 0)
		return rc;
	fa_merkle_hex(hex, &root);
	if (!fa_str_eq(c->root, fa_str_c(hex)))
		return fa_fail(err, FA_E_INPUT,
			"event %lld states the root %.*s, the lines have %s",
			(long long)c->seq, FA_STR_ARG(c->root), hex);
	return FA_OK;
}

static int
check_checkpoints(struct fa_verify_work *w, struct fa_err *err)
{
	struct fa_err why;
	int rc = FA_OK;

	for (size_t i = 0; i < w->log.checkpoints_n && rc == FA_OK; i++)
		rc = check_checkpoint(w, &w->log.checkpoints[i], &why);
	if (rc < 0)
		return fa_verify_fail(w, "checkpoints", rc, &why, err);
	if (w->log.checkpoints_n == 0)
		return fa_verify_say(w, "checkpoints", FA_VERIFY_NONE, err,
			"the log has no checkpoint");
	return fa_verify_say(w, "checkpoints", FA_VERIFY_OK, err,
		"%zu Merkle roots are those of the lines before them",
		w->log.checkpoints_n);
}

static bool
is_proof(struct fa_str name)
{
	return fa_str_starts(name, FA_STR(FA_PACK_PROOFS));
}

/* Counts captures among the events that have a proof. */
static int
check_proof(struct fa_verify_work *w, const struct fa_pack_file *f,
	bool *proven, struct fa_err *err)
{
	char name[sizeof(FA_PACK_PROOFS) + 32];
	struct fa_str text;
	struct fa_err why;
	int64_t seq = 0;
	int rc = fa_file_read(&text, f->path, FA_PACK_FILE_BYTES, w->a, err);

	if (rc < 0)
		return rc;
	rc = fa_pack_proof_check(&seq, &w->log, text, w->a, &why);
	if (rc < 0)
		return fa_fail(
			err, rc, "%.*s: %s", FA_STR_ARG(f->name), why.msg);
	(void)snprintf(name, sizeof(name), FA_PACK_PROOFS "%06lld.json",
		(long long)seq);
	if (!fa_str_eq(f->name, fa_str_c(name)))
		return fa_fail(err, FA_E_INPUT,
			"%.*s is the proof of event %lld", FA_STR_ARG(f->name),
			(long long)seq);
	proven[seq - 1] = true;
	return FA_OK;
}

static int
check_proofs(struct fa_verify_work *w, struct fa_err *err)
{
	bool *proven = fa_arena_new(w->a, w->log.leaves_n, sizeof(*proven));
	struct fa_err why;
	size_t n = 0;
	int rc = FA_OK;

	if (!proven)
		return fa_fail(err, FA_E_NOMEM, "no memory for proofs");
	for (size_t i = 0; i < w->inner.n && rc == FA_OK; i++)
		if (is_proof(w->inner.at[i].name)) {
			rc = check_proof(w, &w->inner.at[i], proven, &why);
			n++;
		}
	for (size_t i = 0; i < w->log.captures_n && rc == FA_OK; i++)
		if (!proven[w->log.captures[i].seq - 1])
			rc = fa_fail(&why, FA_E_NOTFOUND,
				"event %lld has no proof",
				(long long)w->log.captures[i].seq);
	if (rc < 0)
		return fa_verify_fail(w, "proofs", rc, &why, err);
	return fa_verify_say(w, "proofs", n > 0 ? FA_VERIFY_OK : FA_VERIFY_NONE,
		err, "%zu events are proven to be in the log", n);
}

/* The file that an object of the log is, or absent. */
static int
name_of(struct fa_str *out, const struct fa_verify_work *w,
	const struct fa_pack_obj *o, struct fa_err *err)
{
	int rc = fa_pack_object_name(
		out, o->name, o->mime, o->sha256, w->a, err);

	if (rc == FA_OK && !out->p)
		rc = fa_pack_case_name(out, o->name, w->a, err);
	return rc;
}

static int
check_object(struct fa_verify_work *w, const struct fa_pack_obj *o,
	bool *spoken_of, struct fa_err *err)
{
	const struct fa_pack_file *f;
	struct fa_object real;
	struct fa_str name;
	int rc = name_of(&name, w, o, err);

	if (rc < 0 || !name.p)
		return rc;
	f = fa_pack_files_find(&w->inner, name);
	if (!f)
		return fa_fail(err, FA_E_NOTFOUND,
			"%.*s, of event %lld, is missing", FA_STR_ARG(name),
			(long long)o->seq);
	rc = fa_object_digest_file(&real, f->path, err);
	if (rc < 0)
		return rc;
	if (!fa_str_eq(fa_str_c(real.sha256), o->sha256) ||
		(o->bytes >= 0 && o->bytes != real.bytes) ||
		(o->sm3.p && real.sm3[0] &&
			!fa_str_eq(fa_str_c(real.sm3), o->sm3)))
		return fa_fail(err, FA_E_INPUT,
			"%.*s is not what event %lld says: SHA-256 %s",
			FA_STR_ARG(name), (long long)o->seq, real.sha256);
	spoken_of[f - w->inner.at] = true;
	return FA_OK;
}

/* Folders in which only objects of the log may be; without events there are no
 * proofs either. */
static bool
is_object(const struct fa_verify_work *w, struct fa_str name)
{
	static const char *const folders[] = { "evidence/objects/",
		"evidence/screenshots/", "evidence/tls/", "evidence/stamps/",
		"evidence/dom/", "evidence/environment/" };

	for (size_t i = 0; i < FA_COUNT(folders); i++)
		if (fa_str_starts(name, fa_str_c(folders[i])))
			return true;
	return fa_str_starts(name, FA_STR("evidence/walk")) ||
		(w->is_sweep && is_proof(name));
}

static int
check_csv(struct fa_verify_work *w, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;
	struct fa_str text;
	struct fa_err why;
	int rc = fa_verify_text(&text, w, &w->inner, FA_PACK_OBJECTS, &why);

	fa_buf_init(&b, FA_WACZ_TEXT_BYTES);
	if (rc == FA_OK)
		rc = fa_pack_objects_csv(&b, &w->log, w->a, &why);
	if (rc == FA_OK && !fa_str_eq(fa_buf_str(&b), text))
		rc = fa_fail(&why, FA_E_INPUT,
			FA_PACK_OBJECTS " is not the list that the log gives");
	if (rc < 0)
		return fa_verify_fail(w, "lists", rc, &why, err);
	return fa_verify_say(w, "lists", FA_VERIFY_OK, err,
		FA_PACK_OBJECTS " is the list that the log gives");
}

/* case.json is one of the objects of the log, too. */
static int
check_case(struct fa_verify_work *w, struct fa_err *err)
{
	const struct fa_pack_file *f =
		fa_pack_files_find(&w->inner, FA_STR(FA_PACK_CASE));
	struct fa_object real;
	int rc;

	if (w->is_sweep && !f)
		return FA_OK;
	if (!f)
		return fa_fail(err, FA_E_NOTFOUND, FA_PACK_CASE " is missing");
	rc = fa_object_digest_file(&real, f->path, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < w->log.objs_n; i++)
		if (fa_str_eq(w->log.objs[i].name, FA_STR(FA_CASE_FILE)) &&
			fa_str_eq(w->log.objs[i].sha256, fa_str_c(real.sha256)))
			return FA_OK;
	return fa_fail(err, FA_E_INPUT,
		FA_PACK_CASE " is none that the log speaks of");
}

static int
check_objects(struct fa_verify_work *w, struct fa_err *err)
{
	bool *spoken_of = fa_arena_new(w->a, w->inner.n, sizeof(*spoken_of));
	struct fa_err why;
	int rc = FA_OK;

	if (!spoken_of)
		return fa_fail(err, FA_E_NOMEM, "no memory for objects");
	for (size_t i = 0; i < w->log.objs_n && rc == FA_OK; i++)
		rc = check_object(w, &w->log.objs[i], spoken_of, &why);
	for (size_t i = 0; i < w->inner.n && rc == FA_OK; i++)
		if (!spoken_of[i] && is_object(w, w->inner.at[i].name))
			rc = fa_fail(&why, FA_E_INPUT,
				"%.*s: no event speaks of it",
				FA_STR_ARG(w->inner.at[i].name));
	if (rc == FA_OK)
		rc = check_case(w, &why);
	if (rc < 0)
		return fa_verify_fail(w, "objects", rc, &why, err);
	return fa_verify_say(w, "objects", FA_VERIFY_OK, err,
		"%zu objects are what the log says", w->log.objs_n);
}

int
fa_verify_log(struct fa_verify_work *w, struct fa_err *err)
{
	int rc = check_chain(w, err);

	if (rc < 0 || !(w->has_log || w->is_sweep))
		return rc;
	if (w->has_log)
		rc = check_checkpoints(w, err);
	if (rc == FA_OK && w->has_log)
		rc = check_proofs(w, err);
	if (rc == FA_OK)
		rc = check_objects(w, err);
	return rc < 0 || w->o->evidence_only ? rc : check_csv(w, err);
}
