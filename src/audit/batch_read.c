/* From the bytes of a document to its judgement, away from the store: any
 * thread may do that, with what is its own. */
#include "audit/batch_work.h"
#include "audit/page.h"
#include "discover/discover.h"

/* Another role than a policy, to look at a page as such. */
#define ROLE_OTHER FA_ROLE_CHILDREN

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

bool
fa_batch_is_document(const struct fa_store_document *d)
{
	return d->looked && !d->error.p &&
		(d->kind == FA_OUT_OK || d->kind_other == FA_OUT_OK);
}

static int
judge(struct fa_batch_task *t, const struct fa_audit *audit, struct fa_doc *doc,
	struct fa_arena *a, struct fa_err *err)
{
	int rc = fa_audit_read_document(&t->result, audit, doc, a, err);

	if (rc == FA_OK)
		rc = sentences(&t->sentences, &t->d.clauses, doc, a, err);
	return rc;
}

static int
read_and_judge(struct fa_batch_task *t, struct fa_batch_worker *k,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_store_document *d = &t->d;
	struct fa_payload payload;
	char hex[FA_HASH_HEX_BYTES];
	struct fa_doc doc;
	int rc = fa_page_load_from(
		&payload, t->archive, &k->source, &t->page, a, err);

	if (rc < 0)
		return rc;
	d->bytes = (int64_t)payload.body.n;
	rc = fa_page_read(&doc, &t->page, payload.body, a, err);
	if (rc < 0)
		return rc;
	look(d, payload.body, &doc);
	t->judged = fa_batch_is_document(d);
	if (t->judged)
		rc = judge(t, &k->audit, &doc, a, err);
	if (rc == FA_OK)
		rc = fa_hash_sha256(hex, doc.text, err);
	if (rc < 0)
		return rc;
	d->text_sha256 = fa_arena_dup(a, fa_str_c(hex));
	d->title = doc.title;
	d->encoding = fa_str_c(fa_encoding_name(doc.encoding));
	return d->text_sha256.p ? FA_OK : fa_fail(err, FA_E_NOMEM, "no memory");
}

void
fa_batch_read(void *worker, void *task, struct fa_arena *a)
{
	struct fa_batch_task *t = task;

	t->rc = read_and_judge(t, worker, a, &t->why);
}
