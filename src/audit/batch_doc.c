/* One document of a store: what is known of it, and else what reading and
 * judging it gives. */
#include <stdio.h>
#include <string.h>

#include "audit/batch_work.h"
#include "audit/page.h"

static int
set_archive(struct fa_batch_task *t, struct fa_batch *w, struct fa_arena *a,
	struct fa_err *err)
{
	return fa_store_archive_path(
		&t->archive, w->s, t->page.holder.archive, a, err);
}

int
fa_batch_task(struct fa_batch_task *t, struct fa_batch *w, int64_t capture,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_batch_task x = { .d = { .reader = FA_READ_VERSION } };
	int rc = fa_page_find(&x.page, w->s, capture, a, err);

	if (rc < 0)
		return rc;
	memcpy(x.d.payload, x.page.holder.payload, sizeof(x.d.payload));
	x.d.media_type = x.page.media_type;
	x.d.charset = x.page.charset;
	x.d.coding = x.page.coding;
	rc = set_archive(&x, w, a, err);
	if (rc == FA_OK)
		rc = fa_store_document_id(&x.d, err);
	if (rc == FA_OK)
		*t = x;
	return rc;
}

/* A document that cannot be read, and why. */
static int
set_error(struct fa_store_document *d, int why, struct fa_arena *a,
	const struct fa_err *said, struct fa_err *err)
{
	d->looked = true;
	switch (why) {
	case FA_E_UNSUPPORTED:
		d->kind = FA_OUT_UNSUPPORTED_TYPE;
		break;
	case FA_E_NOMEM:
	case FA_E_LIMIT:
		d->kind = FA_OUT_TOO_LARGE;
		break;
	default:
		d->kind = FA_OUT_BAD_CODING;
		break;
	}
	d->kind_other = d->kind;
	d->kind_detail = FA_STR_NONE;
	d->clauses = 0;
	d->error = why == FA_E_NOMEM
		? FA_STR("too_large: more memory than is given to a document")
		: fa_arena_dup(a, fa_str_c(said->msg));
	return d->error.p ? FA_OK
			  : fa_fail(err, FA_E_NOMEM, "no memory for a target");
}

/* The archive is gone or damaged, which says nothing about the document: it is
 * missing now, and nothing is kept, so that it is read when the archive is
 * there again. */
static int
set_lost(struct fa_store_document *d, struct fa_arena *a,
	const struct fa_err *said, struct fa_err *err)
{
	d->looked = true;
	d->kind = d->kind_other = FA_OUT_NOT_ARCHIVED;
	d->error = fa_arena_dup(a, fa_str_c(said->msg));
	return d->error.p ? FA_OK
			  : fa_fail(err, FA_E_NOMEM, "no memory for a target");
}

static int
keep(struct fa_batch *w, const struct fa_batch_task *t, struct fa_err *err)
{
	int rc = fa_store_begin(w->s, err);

	if (rc == FA_OK)
		rc = fa_store_put_document(w->s, &t->d, t->sentences, err);
	if (rc == FA_OK && t->judged)
		rc = fa_store_put_judgement(w->s, t->d.id, &t->result,
			w->audit->bundle, w->audit->as_of, err);
	w->counts->fresh++;
	w->uncommitted++;
	return rc;
}

/* What became of a task goes into the store; what is lost, only into *d. */
static int
settle(struct fa_store_document *d, struct fa_batch *w, struct fa_batch_task *t,
	struct fa_err *err)
{
	int rc = t->rc;

	if (rc == FA_E_IO || rc == FA_E_INTERRUPTED)
		return fa_fail(err, rc, "%s", t->why.msg);
	if (rc == FA_E_NOTFOUND)
		return set_lost(d, &w->target, &t->why, err);
	if (rc < 0) {
		rc = set_error(&t->d, rc, &w->target, &t->why, err);
		if (rc < 0)
			return rc;
		/* With other rules the same document may have been judged. */
		t->result = (struct fa_result){ .error = t->d.error,
			.score = { .grade = 'N' } };
		t->judged = true;
	}
	return keep(w, t, err);
}

/* Reads and judges it, unless others have done so. t->d tells of one that is
 * lost; else what it says is in the store then. */
static int
fresh(struct fa_batch *w, struct fa_batch_task *t, struct fa_err *err)
{
	struct fa_batch_task own = *t, *done;
	int rc = fa_batch_check(w, err);

	if (rc < 0)
		return rc;
	done = fa_batch_foreseen(w, t);
	if (!done) {
		fa_arena_reset(&w->document);
		fa_batch_read(&w->own, &own, &w->document);
		return settle(&t->d, w, &own, err);
	}
	rc = settle(&t->d, w, done, err);
	fa_batch_give_back(w, done);
	return rc;
}

int
fa_batch_known(struct fa_store_document *out, struct fa_batch *w,
	const struct fa_store_document *d, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_store_judgement j;
	struct fa_store_document x;
	int64_t judgement;
	int rc = fa_store_judgement_id(&judgement, d->id,
		fa_str_c(w->audit->bundle->sha256), w->audit->as_of, err);

	if (rc < 0)
		return rc;
	rc = fa_store_get_document(&x, w->s, d->id, a, err);
	if (rc == 1 && fa_batch_is_document(&x))
		rc = fa_store_get_judgement(&j, w->s, judgement, a, err);
	if (rc == 1)
		*out = x;
	return rc;
}

/* What is to be known of the document, after it was read if need be. */
static int
process(struct fa_store_document *out, struct fa_batch *w,
	struct fa_batch_task *t, struct fa_err *err)
{
	int known = fa_batch_known(out, w, &t->d, &w->target, err);
	int rc;

	if (known != 0)
		return known < 0 ? known : FA_OK;
	rc = fresh(w, t, err);
	if (rc < 0)
		return rc;
	if (t->d.kind == FA_OUT_NOT_ARCHIVED) {
		*out = t->d;
		return FA_OK;
	}
	rc = fa_store_get_document(out, w->s, t->d.id, &w->target, err);
	return rc < 0 ? rc : FA_OK;
}

int
fa_batch_capture(struct fa_store_document *out, struct fa_batch *w,
	int64_t capture, struct fa_err *err)
{
	struct fa_batch_task t;
	int rc = fa_batch_task(&t, w, capture, &w->target, err);

	return rc < 0 ? rc : process(out, w, &t, err);
}

int
fa_batch_again(struct fa_store_document *out, struct fa_batch *w,
	int64_t document, struct fa_err *err)
{
	struct fa_batch_task t = { .d = { .reader = FA_READ_VERSION } };
	struct fa_capture as = { .id = 0 };
	struct fa_store_document d;
	int rc = fa_store_get_document(&d, w->s, document, &w->target, err);

	if (rc == 1) {
		memcpy(as.payload, d.payload, sizeof(as.payload));
		as.media_type = d.media_type;
		as.charset = d.charset;
		as.coding = d.coding;
		rc = fa_store_find_payload(
			&t.page.holder, w->s, &as, &w->target, err);
	}
	if (rc == 0)
		return fa_fail(err, FA_E_INPUT,
			"store: the document %lld has no capture",
			(long long)document);
	if (rc < 0)
		return rc;
	memcpy(t.d.payload, d.payload, sizeof(t.d.payload));
	t.d.media_type = t.page.media_type = d.media_type;
	t.d.charset = t.page.charset = d.charset;
	t.d.coding = t.page.coding = d.coding;
	rc = set_archive(&t, w, &w->target, err);
	if (rc == FA_OK)
		rc = fa_store_document_id(&t.d, err);
	return rc < 0 ? rc : process(out, w, &t, err);
}
