#include "audit/page.h"

#include "audit/batch.h"
#include "read/read.h"

static int
find_holder(struct fa_capture *out, struct fa_store *s,
	const struct fa_capture *c, struct fa_arena *a, struct fa_err *err)
{
	int rc;

	if (c->revisit == FA_REVISIT_NEW) {
		*out = *c;
		return FA_OK;
	}
	rc = c->refers ? fa_store_get_capture(out, s, c->refers, a, err) : 0;
	if (rc == 0)
		rc = fa_store_find_payload(out, s, c, a, err);
	if (rc == 0)
		return fa_fail(err, FA_E_INPUT,
			"store: no capture holds the payload %s", c->payload);
	return rc < 0 ? rc : FA_OK;
}

int
fa_page_find(struct fa_page_origin *out, struct fa_store *s, int64_t capture,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_page_origin o = { .coding = FA_STR_NONE };
	const struct fa_capture *label;
	struct fa_capture c;
	int rc = fa_store_get_capture(&c, s, capture, a, err);

	if (rc == 0)
		return fa_fail(err, FA_E_INPUT,
			"store: there is no capture with the id %lld",
			(long long)capture);
	if (rc == 1)
		rc = find_holder(&o.holder, s, &c, a, err);
	if (rc < 0)
		return rc;
	/* An answer that says "not modified" may lack what the page came
	 * with. */
	label = c.revisit == FA_REVISIT_NOT_MODIFIED ? &o.holder : &c;
	o.media_type = label->media_type;
	o.charset = label->charset;
	o.coding = o.holder.coding;
	*out = o;
	return FA_OK;
}

int
fa_page_load(struct fa_payload *out, struct fa_store *s,
	struct fa_payload_source *source, const struct fa_page_origin *o,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str path;
	int rc = fa_store_archive_path(&path, s, o->holder.archive, a, err);

	if (rc < 0)
		return rc;
	return fa_page_load_from(out, path, source, o, a, err);
}

int
fa_page_load_from(struct fa_payload *out, struct fa_str path,
	struct fa_payload_source *source, const struct fa_page_origin *o,
	struct fa_arena *a, struct fa_err *err)
{
	return fa_payload_load(out, source, path, o->holder.offset,
		o->holder.payload, FA_BATCH_BODY_BYTES, a, err);
}

int
fa_page_read(struct fa_doc *out, const struct fa_page_origin *o,
	struct fa_str body, struct fa_arena *a, struct fa_err *err)
{
	bool html = fa_str_find(o->media_type, FA_STR("html"), 0) != SIZE_MAX;
	struct fa_read_opts opts = { .name = FA_STR("page"),
		.format = html ? FA_FORMAT_HTML : FA_FORMAT_AUTO,
		.charset = o->charset };
	int rc = fa_read(out, body, &opts, a, err);

	if (rc != FA_E_USAGE || !opts.charset.p)
		return rc;
	opts.charset = FA_STR_NONE;
	return fa_read(out, body, &opts, a, err);
}
