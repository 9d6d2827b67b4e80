/* One document of a store: from its place in an archive to its judgement. */
#include <stdio.h>
#include <string.h>

#include "audit/batch_work.h"
#include "audit/page.h"
#include "discover/discover.h"

/* What is read: whose bytes, and how they are labelled. */
struct origin {
	struct fa_store_document d; /* the five that make its id */
	struct fa_page_origin page;
};

/* Another role than a policy, to look at a page as such. */
#define ROLE_OTHER FA_ROLE_CHILDREN

static int
origin_of_capture(
	struct origin *o, struct fa_batch *w, int64_t id, struct fa_err *err)
{
	struct origin x = { .d = { 0 } };
	int rc = fa_page_find(&x.page, w->s, id, &w->target, err);

	if (rc < 0)
		return rc;
	memcpy(x.d.payload, x.page.holder.payload, sizeof(x.d.payload));
	x.d.media_type = x.page.media_type;
	x.d.charset = x.page.charset;
	x.d.coding = x.page.coding;
	*o = x;
	return FA_OK;
}

static void
look(struct fa_store_document *d, struct fa_str body, const struct fa_doc *doc)
{
	struct fa_discover_page page = { .url = FA_STR(""),
		.media_type = d->media_type,
		.body = body,
		.doc = doc };
	const char *why = NULL, *why_other = NULL;

	d->looked = true;
	d->kind = fa_discover_kind(&why, &page, FA_ROLE_POLICY);
	d->kind_other = fa_discover_kind(&why_other, &page, ROLE_OTHER);
	if (d->kind == FA_OUT_OK)
		why = why_other;
	d->kind_detail = d->kind == FA_OUT_OK && d->kind_other == FA_OUT_OK
		? FA_STR_NONE
		: fa_str_c(why);
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

/* The sentences that say anything, without blanks around them. */
static int
sentences(struct fa_str **out, int64_t *n, const struct fa_doc *doc,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str *at = fa_arena_new(a, doc->sentences_n, sizeof(*at));

	if (!at)
		return fa_fail(err, FA_E_NOMEM, "no memory for sentences");
	*n = 0;
	for (size_t i = 0; i < doc->sentences_n; i++) {
		struct fa_range r = doc->sentences[i].text;

		at[*n] = fa_str_trim(fa_str_sub(doc->text, r.from, r.to));
		*n += at[*n].n > 0;
	}
	*out = at;
	return FA_OK;
}

/* Is it a document of any role that is judged? */
static bool
is_document(const struct fa_store_document *d)
{
	return d->looked && !d->error.p &&
		(d->kind == FA_OUT_OK || d->kind_other == FA_OUT_OK);
}

struct work {
	struct fa_batch *w;
	struct origin *o;
	struct fa_payload payload;
	struct fa_doc doc;
	struct fa_result result;
	struct fa_str *sentences;
	bool judged;
};

static int
load(struct work *x, struct fa_err *err)
{
	struct fa_arena *a = &x->w->document;
	int rc = fa_page_load(
		&x->payload, x->w->s, &x->w->source, &x->o->page, a, err);

	if (rc == FA_OK)
		x->o->d.bytes = (int64_t)x->payload.body.n;
	return rc;
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

/* Everything that takes the bytes, in w->document. */
static int
read_and_judge(struct work *x, struct fa_err *err)
{
	struct fa_store_document *d = &x->o->d;
	struct fa_arena *a = &x->w->document;
	char hex[FA_HASH_HEX_BYTES];
	int rc = load(x, err);

	if (rc == FA_OK)
		rc = fa_page_read(
			&x->doc, &x->o->page, x->payload.body, a, err);
	if (rc < 0)
		return rc;
	look(d, x->payload.body, &x->doc);
	x->judged = is_document(d);
	if (x->judged)
		rc = fa_audit_read_document(
			&x->result, x->w->audit, &x->doc, a, err);
	if (rc == FA_OK && x->judged)
		rc = sentences(&x->sentences, &d->clauses, &x->doc, a, err);
	if (rc == FA_OK)
		rc = fa_hash_sha256(hex, x->doc.text, err);
	if (rc < 0)
		return rc;
	d->text_sha256 = fa_arena_dup(a, fa_str_c(hex));
	d->title = x->doc.title;
	d->encoding = fa_str_c(fa_encoding_name(x->doc.encoding));
	return d->text_sha256.p ? FA_OK : fa_fail(err, FA_E_NOMEM, "no memory");
}

static int
keep(struct work *x, struct fa_err *err)
{
	struct fa_batch *w = x->w;
	struct fa_store_document *d = &x->o->d;
	int rc = fa_store_begin(w->s, err);

	if (rc == FA_OK)
		rc = fa_store_put_document(w->s, d, x->sentences, err);
	if (rc == FA_OK && x->judged)
		rc = fa_store_put_judgement(w->s, d->id, &x->result,
			w->audit->bundle, w->audit->as_of, err);
	w->counts->fresh++;
	w->uncommitted++;
	return rc;
}

static int
fresh(struct fa_batch *w, struct origin *o, struct fa_err *err)
{
	struct work x = { .w = w, .o = o };
	struct fa_err why;
	int rc = fa_batch_check(w, err);

	if (rc < 0)
		return rc;
	fa_arena_reset(&w->document);
	rc = read_and_judge(&x, &why);
	if (rc == FA_E_IO || rc == FA_E_INTERRUPTED)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc == FA_E_NOTFOUND)
		return set_lost(&o->d, &w->target, &why, err);
	if (rc < 0) {
		rc = set_error(&o->d, rc, &w->target, &why, err);
		if (rc < 0)
			return rc;
		/* With other rules the same document may have been judged. */
		x.result = (struct fa_result){ .error = o->d.error,
			.score = { .grade = 'N' } };
		x.judged = true;
	}
	return keep(&x, err);
}

/* What is to be known of the document, after it was read if need be. */
static int
process(struct fa_store_document *out, struct fa_batch *w, struct origin *o,
	struct fa_err *err)
{
	struct fa_store_judgement j;
	struct fa_store_document d;
	int64_t judgement;
	int known, rc;

	o->d.reader = FA_READ_VERSION;
	rc = fa_store_document_id(&o->d, err);
	if (rc == FA_OK)
		rc = fa_store_judgement_id(&judgement, o->d.id,
			fa_str_c(w->audit->bundle->sha256), w->audit->as_of,
			err);
	if (rc < 0)
		return rc;
	known = fa_store_get_document(&d, w->s, o->d.id, &w->target, err);
	if (known == 1 && is_document(&d))
		known = fa_store_get_judgement(
			&j, w->s, judgement, &w->target, err);
	if (known < 0)
		return known;
	if (known == 0)
		rc = fresh(w, o, err);
	if (rc == FA_OK && o->d.kind == FA_OUT_NOT_ARCHIVED) {
		*out = o->d;
		return FA_OK;
	}
	if (rc == FA_OK && known == 0)
		rc = fa_store_get_document(&d, w->s, o->d.id, &w->target, err);
	if (rc < 0)
		return rc;
	*out = d;
	return FA_OK;
}

int
fa_batch_capture(struct fa_store_document *out, struct fa_batch *w,
	int64_t capture, struct fa_err *err)
{
	struct origin o;
	int rc = origin_of_capture(&o, w, capture, err);

	return rc < 0 ? rc : process(out, w, &o, err);
}

int
fa_batch_again(struct fa_store_document *out, struct fa_batch *w,
	int64_t document, struct fa_err *err)
{
	struct origin o = { 0 };
	struct fa_capture as = { .id = 0 };
	struct fa_store_document d;
	int rc = fa_store_get_document(&d, w->s, document, &w->target, err);

	if (rc == 1) {
		memcpy(as.payload, d.payload, sizeof(as.payload));
		as.media_type = d.media_type;
		as.charset = d.charset;
		as.coding = d.coding;
		rc = fa_store_find_payload(
			&o.page.holder, w->s, &as, &w->target, err);
	}
	if (rc == 0)
		return fa_fail(err, FA_E_INPUT,
			"store: the document %lld has no capture",
			(long long)document);
	if (rc < 0)
		return rc;
	memcpy(o.d.payload, d.payload, sizeof(o.d.payload));
	o.d.media_type = o.page.media_type = d.media_type;
	o.d.charset = o.page.charset = d.charset;
	o.d.coding = o.page.coding = d.coding;
	return process(out, w, &o, err);
}
