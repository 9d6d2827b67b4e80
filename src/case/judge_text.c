/* The text of each document that was judged, as an object of the case. */
#include <string.h>

#include "audit/page.h"
#include "case/judge_parts.h"
#include "read/read.h"

/* The text as the rules saw it, read again from the archive. */
static int
read_text(struct fa_str *text, struct fa_payload *page, struct fa_judge_work *w,
	const struct fa_judge_one *x, struct fa_arena *a, struct fa_err *err)
{
	struct fa_payload_source source = { .reader = NULL };
	struct fa_page_origin origin = { .media_type = x->d.media_type,
		.charset = x->d.charset,
		.coding = x->d.coding };
	struct fa_capture as = { .media_type = x->d.media_type,
		.charset = x->d.charset,
		.coding = x->d.coding };
	struct fa_doc doc;
	int rc;

	memcpy(as.payload, x->d.payload, sizeof(as.payload));
	rc = fa_store_find_payload(&origin.holder, w->s->store, &as, a, err);
	if (rc == 0)
		rc = fa_fail(err, FA_E_NOTFOUND,
			"store: no capture holds the document");
	else if (rc == 1)
		rc = fa_page_load(page, w->s->store, &source, &origin, a, err);
	if (rc == FA_OK)
		rc = fa_page_read(&doc, &origin, page->body, a, err);
	fa_payload_done(&source);
	if (rc == FA_OK)
		*text = doc.text;
	return rc;
}

static int
tell_text(struct fa_judge_work *w, const struct fa_judge_one *x,
	struct fa_str text, struct fa_str body, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_buf detail FA_CLEANUP(fa_buf_done);
	struct fa_custody_obj obj;
	struct fa_object raw;
	struct fa_jw w2;
	int rc = fa_object_digest(&raw, body, err);

	fa_buf_init(&detail, FA_SESSION_DETAIL_BYTES);
	if (rc == FA_OK)
		rc = fa_session_object(&obj, w->s, FA_STR("text.txt"),
			FA_STR("text/plain; charset=utf-8"), text,
			fa_str_c(raw.sha256), a, err);
	if (rc < 0)
		return rc;
	fa_jw_init(&w2, &detail, 0);
	fa_jw_object(&w2);
	fa_judge_write_document(&w2, x);
	fa_jw_kstr(&w2, "decoded_sha256", fa_str_c(raw.sha256));
	fa_jw_kstr(&w2, "encoding", x->d.encoding);
	fa_jw_kint(&w2, "reader", x->d.reader);
	fa_jw_kint(&w2, "sentences", x->d.clauses);
	fa_jw_end(&w2, '}');
	return fa_session_event(
		NULL, w->s, FA_OP_EXTRACT, x->final, &obj, 1, &detail, err);
}

static int
tell_unread(struct fa_judge_work *w, const struct fa_judge_one *x,
	const struct fa_err *why, struct fa_err *err)
{
	return fa_session_error(
		w->s, "audit", x->final, fa_str_c(why->msg), err);
}

int
fa_judge_texts(struct fa_judge_work *w, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < w->n && rc == FA_OK; i++) {
		struct fa_payload page;
		struct fa_arena a;
		struct fa_err why;
		struct fa_str text;

		if (fa_judge_is_again(w, i))
			continue;
		fa_arena_init(&a, FA_JUDGE_TEXT_BYTES);
		rc = read_text(&text, &page, w, &w->at[i], &a, &why);
		if (rc == FA_OK)
			rc = tell_text(w, &w->at[i], text, page.body, &a, err);
		else
			rc = tell_unread(w, &w->at[i], &why, err);
		fa_arena_done(&a);
	}
	return rc;
}
