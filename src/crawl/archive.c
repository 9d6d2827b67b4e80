/* What is fetched goes into a WARC file first and into the store then; the
 * file is on the disk before the transaction that speaks of it is committed.
 * A crash between the two leaves a tail that the next opening cuts off. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "crawl/internal.h"
#include "evidence/warc_read.h"

#define NAME_BYTES 64
#define FIELDS_BYTES (1u << 20)

int64_t
fa_crawl_now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Archives of different stores never share a name, so that stores can be
 * joined. */
static int
name_archive(struct fa_crawl *c, struct fa_err *err)
{
	char name[NAME_BYTES];
	struct fa_str store;
	int rc = fa_store_meta_text(&store, c->store, "store", &c->arena, err);

	if (rc < 0)
		return rc;
	(void)snprintf(name, sizeof(name), "%.*s-%05lld.warc.gz",
		FA_STR_ARG(store), (long long)c->archive_no);
	c->archive = fa_arena_dup(&c->arena, fa_str_c(name));
	if (!c->archive.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for an archive");
	return FA_OK;
}

int
fa_crawl_archive_open(struct fa_crawl *c, struct fa_err *err)
{
	struct fa_str path;
	int64_t end = 0;
	int rc = fa_store_meta_int(
		&c->archive_no, c->store, "archive_no", 1, err);

	if (rc == FA_OK)
		rc = name_archive(c, err);
	if (rc == FA_OK)
		rc = fa_store_get_archive(&end, c->store, c->archive, err);
	if (rc >= 0)
		rc = fa_store_archive_path(
			&path, c->store, c->archive, &c->arena, err);
	if (rc < 0)
		return rc;
	return fa_warc_open(&c->warc, path, end, c->o->software, err);
}

static int
rotate(struct fa_crawl *c, struct fa_err *err)
{
	int rc = fa_store_meta_set_int(
		c->store, "archive_no", c->archive_no + 1, err);

	if (rc < 0)
		return rc;
	fa_warc_close(c->warc);
	c->warc = NULL;
	rc = fa_store_commit(c->store, err);
	return rc < 0 ? rc : fa_crawl_archive_open(c, err);
}

/* How far the whole has come, for who watches. In a large store counting
 * takes long: never more than a fiftieth of the time is spent with it. */
static int
count(struct fa_crawl *c, struct fa_err *err)
{
	struct fa_store_counts n;
	int64_t begun = fa_crawl_now_ms();
	int rc;

	if (begun < c->count_ms)
		return FA_OK;
	rc = fa_store_count(&n, c->store, err);
	if (rc < 0)
		return rc;
	c->stats.pending = n.pending;
	c->stats.urls = n.urls;
	c->count_ms = begun + 200 + 50 * (fa_crawl_now_ms() - begun);
	return FA_OK;
}

int
fa_crawl_commit(struct fa_crawl *c, struct fa_err *err)
{
	int64_t end = 0;
	int rc = FA_OK;

	if (c->warc) {
		rc = fa_warc_sync(c->warc, &end, err);
		if (rc == FA_OK)
			rc = fa_store_put_archive(
				c->store, c->archive, end, err);
	}
	if (rc == FA_OK)
		rc = fa_store_commit(c->store, err);
	c->in_batch = 0;
	c->batch_ms = 0;
	if (rc == FA_OK && end > FA_CRAWL_ARCHIVE_BYTES)
		rc = rotate(c, err);
	return rc == FA_OK && c->o->progress ? count(c, err) : rc;
}

int
fa_crawl_put(struct fa_crawl *c, struct fa_err *err)
{
	int64_t now = fa_crawl_now_ms();

	if (c->batch_ms == 0)
		c->batch_ms = now;
	if (!c->o->witness && ++c->in_batch < FA_CRAWL_BATCH &&
		now - c->batch_ms < FA_CRAWL_BATCH_MS)
		return FA_OK;
	return fa_crawl_commit(c, err);
}

static enum fa_warc_cut
cut_of(const struct fa_exchange *x)
{
	switch (x->outcome) {
	case FA_OUT_OK:
		return FA_WARC_WHOLE;
	case FA_OUT_TOO_LARGE:
		return FA_WARC_CUT_LENGTH;
	case FA_OUT_TIMEOUT:
		return FA_WARC_CUT_TIME;
	default:
		return FA_WARC_CUT_DISCONNECT;
	}
}

/* Says in the record of which earlier one it is a repetition. */
static int
set_refers(struct fa_warc_exchange *w, struct fa_capture *out,
	struct fa_crawl *c, const struct fa_capture *before, struct fa_err *err)
{
	struct fa_capture first = *before;
	int rc = 1;

	if (before->refers != 0)
		rc = fa_store_get_capture(
			&first, c->store, before->refers, &c->scratch, err);
	if (rc == 1)
		rc = fa_store_url_text(
			&w->refers_url, c->store, first.url, &c->scratch, err);
	if (rc < 0)
		return rc;
	w->refers_id = first.record;
	w->refers_at_us = first.at_us;
	out->refers = first.id;
	return FA_OK;
}

static int
find_revisit(struct fa_warc_exchange *w, struct fa_capture *out,
	struct fa_crawl *c, const struct fa_exchange *x,
	const struct fa_capture *before, struct fa_err *err)
{
	struct fa_capture same;
	int rc;

	if (before) {
		out->revisit = FA_REVISIT_NOT_MODIFIED;
		w->revisit = FA_WARC_NOT_MODIFIED;
		memcpy(out->payload, before->payload, sizeof(out->payload));
		out->bytes = before->bytes;
		out->media_type = before->media_type;
		out->charset = before->charset;
		out->coding = before->coding;
		return set_refers(w, out, c, before, err);
	}
	rc = fa_hash_sha256(out->payload, x->body, err);
	if (rc < 0 || x->body.n == 0 || x->outcome != FA_OUT_OK ||
		c->o->witness)
		return rc;
	rc = fa_store_find_payload(&same, c->store, out, &c->scratch, err);
	if (rc != 1)
		return rc;
	out->revisit = FA_REVISIT_SAME;
	w->revisit = FA_WARC_SAME_PAYLOAD;
	return set_refers(w, out, c, &same, err);
}

static void
read_head(struct fa_capture *out, const struct fa_exchange *x)
{
	struct fa_str type = fa_http_field(x->head, "Content-Type");

	out->etag = fa_http_field(x->head, "ETag");
	out->last_modified = fa_http_field(x->head, "Last-Modified");
	out->media_type = fa_http_media_type(type);
	out->charset = fa_http_charset(type);
	out->coding = fa_http_field(x->head, "Content-Encoding");
	out->bytes = (int64_t)x->body.n;
}

/* The metadata record: what the other two do not say. */
static void
add_fields(struct fa_buf *b, const struct fa_exchange *x)
{
	fa_buf_addf(b, "fetchTimeMs: %u\r\noutcome: %s\r\n", x->elapsed_ms,
		fa_outcome_name(x->outcome));
	if (x->wire)
		fa_crawl_wire_fields(b, x->wire);
}

static int
write_records(struct fa_capture *out, struct fa_warc_exchange *w,
	struct fa_crawl *c, const struct fa_exchange *x, struct fa_err *err)
{
	struct fa_warc_place place;
	struct fa_buf fields;
	int rc;

	memset(&c->place, 0, sizeof(c->place));
	fa_buf_init(&fields, FIELDS_BYTES);
	add_fields(&fields, x);
	rc = fa_buf_rc(&fields, "metadata", err);
	w->fields = fa_buf_str(&fields);
	if (rc == FA_OK)
		rc = fa_warc_add(&place, c->warc, w, err);
	fa_buf_done(&fields);
	if (rc < 0)
		return rc;
	c->place = place;
	out->archive = c->archive;
	out->offset = place.offset;
	out->length = place.length;
	out->record = fa_arena_dup(&c->scratch, fa_str_c(place.id));
	if (!out->record.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a capture");
	return FA_OK;
}

int
fa_crawl_archive(struct fa_capture *out, struct fa_crawl *c,
	const struct fa_exchange *x, int64_t url, struct fa_str url_text,
	const struct fa_capture *before, struct fa_err *err)
{
	struct fa_warc_exchange w = { .url = url_text,
		.ip = x->ip[0] ? fa_str_c(x->ip) : FA_STR_NONE,
		.at_us = x->at_us,
		.request = x->request,
		.head = x->head,
		.body = x->body,
		.cut = cut_of(x) };
	int rc;

	memset(out, 0, sizeof(*out));
	if (x->status == 0)
		return FA_OK;
	out->url = url;
	out->run = c->run;
	out->at_us = x->at_us;
	out->status = x->status;
	out->cut = x->outcome != FA_OUT_OK;
	read_head(out, x);
	if (x->archive.p) {
		rc = fa_hash_sha256(out->payload, x->body, err);
		out->archive = x->archive;
		out->offset = x->archive_offset;
		out->length = x->archive_length;
		out->record = x->archive_record;
	} else {
		rc = find_revisit(&w, out, c, x, before, err);
		memcpy(w.payload_sha256, out->payload, sizeof(out->payload));
		if (rc == FA_OK)
			rc = write_records(out, &w, c, x, err);
	}
	return rc < 0 ? rc : fa_store_put_capture(c->store, out, err);
}
