#include "case/second.h"

#include <stdio.h>
#include <string.h>

#include "base/gzip.h"
#include "base/num.h"
#include "case/capture.h"
#include "evidence/payload.h"
#include "evidence/warc_read.h"
#include "fetch/url.h"
#include "fetch/url_host.h"
#include "read/read.h"
#include "store/capture.h"

#define ARENA_BYTES ((size_t)192 << 20)
#define BODY_BYTES (64u << 20) /* of a page, decoded */
#define FIELDS_BYTES (1u << 20)
#define TEXT_BYTES 4096
#define TURN_MS 200

struct work {
	struct fa_second_stats *stats;
	struct fa_session *s;
	const struct fa_second_opts *o;
	const struct fa_session_page *page; /* that is asked for */
	struct fa_arena a;                  /* of one page */
	struct fa_warc *warc;
	struct fa_str archive; /* its name */
	bool ended;
	uint64_t same_way; /* pages that were not asked for again */
};

static int
archive(struct fa_warc_place *place, struct work *w,
	const struct fa_exchange *x, struct fa_err *err)
{
	struct fa_buf fields FA_CLEANUP(fa_buf_done);
	struct fa_warc_exchange hop = { .url = w->page->url,
		.ip = x->ip[0] ? fa_str_c(x->ip) : FA_STR_NONE,
		.at_us = x->at_us,
		.request = x->request,
		.head = x->head,
		.body = x->body,
		.cut = x->outcome == FA_OUT_OK           ? FA_WARC_WHOLE
			: x->outcome == FA_OUT_TOO_LARGE ? FA_WARC_CUT_LENGTH
			: x->outcome == FA_OUT_TIMEOUT
			? FA_WARC_CUT_TIME
			: FA_WARC_CUT_DISCONNECT };
	int64_t end;
	int rc = fa_hash_sha256(hop.payload_sha256, x->body, err);

	fa_buf_init(&fields, FIELDS_BYTES);
	fa_buf_addf(&fields, "fetchTimeMs: %u\r\nsecondLook: %.*s\r\n",
		x->elapsed_ms, FA_STR_ARG(w->o->way));
	if (x->wire)
		fa_crawl_wire_fields(&fields, x->wire);
	if (rc == FA_OK)
		rc = fa_buf_rc(&fields, "metadata", err);
	hop.fields = fa_buf_str(&fields);
	if (rc == FA_OK)
		rc = fa_warc_add(place, w->warc, &hop, err);
	if (rc == FA_OK)
		rc = fa_warc_sync(w->warc, &end, err);
	if (rc == FA_OK)
		rc = fa_store_put_archive(w->s->store, w->archive, end, err);
	return rc;
}

/* The text of a body; false when it cannot be read. */
static bool
text_of(struct fa_str *out, struct work *w, struct fa_str body,
	struct fa_str charset)
{
	struct fa_read_opts o = { .name = w->page->url, .charset = charset };
	struct fa_doc doc;
	struct fa_err ignored;
	int rc = fa_read(&doc, body, &o, &w->a, &ignored);

	if (rc == FA_E_USAGE) {
		o.charset = FA_STR_NONE;
		rc = fa_read(&doc, body, &o, &w->a, &ignored);
	}
	*out = doc.text;
	return rc == FA_OK;
}

/* The body that was captured first, decoded. */
static bool
first_body(struct fa_str *out, struct work *w)
{
	struct fa_payload_source source = { .reader = NULL };
	struct fa_payload payload;
	struct fa_err ignored;
	struct fa_str path;
	int rc = fa_session_path(&path, w->s, w->page->file, &ignored);

	if (rc == FA_OK)
		rc = fa_payload_load(&payload, &source, path, w->page->offset,
			w->page->payload, BODY_BYTES, &w->a, &ignored);
	fa_payload_done(&source);
	if (rc == FA_OK)
		*out = payload.body;
	return rc == FA_OK;
}

static const char *
compare(struct work *w, const struct fa_exchange *x, const char *sha256)
{
	const struct fa_session_page *p = w->page;
	struct fa_str coding = fa_http_field(x->head, "Content-Encoding");
	struct fa_str charset =
		fa_http_charset(fa_http_field(x->head, "Content-Type"));
	struct fa_str a, b, ta, tb;
	struct fa_err ignored;

	if (x->status != p->status ||
		(p->redirect.p && !fa_str_eq(p->redirect, x->location)))
		return "different";
	if (strcmp(sha256, p->payload) == 0)
		return "bytes";
	if (!first_body(&a, w) ||
		fa_http_decode(
			&b, x->body, coding, BODY_BYTES, &w->a, &ignored) < 0)
		return "different";
	if (fa_str_eq(a, b))
		return "decoded";
	if (text_of(&ta, w, a, p->charset) && text_of(&tb, w, b, charset) &&
		fa_str_eq(ta, tb))
		return "text";
	return "different";
}

static void
count(struct fa_second_stats *st, const char *same)
{
	if (!same)
		st->failed++;
	else if (strcmp(same, "bytes") == 0)
		st->bytes++;
	else if (strcmp(same, "decoded") == 0)
		st->decoded++;
	else if (strcmp(same, "text") == 0)
		st->text++;
	else
		st->different++;
}

static int
on_answer(void *ctx, const struct fa_exchange *x, struct fa_err *err)
{
	struct work *w = ctx;
	struct fa_buf file FA_CLEANUP(fa_buf_done);
	struct fa_str type = fa_http_field(x->head, "Content-Type");
	struct fa_capture_event e = { .purpose = "second",
		.method = FA_STR("GET"),
		.url = w->page->url,
		.x = x,
		.outcome = fa_crawl_outcome(x, false),
		.detail = x->detail[0] ? fa_str_c(x->detail) : FA_STR_NONE,
		.redirect = x->location.n > 0 ? x->location : FA_STR_NONE,
		.media_type = fa_http_media_type(type),
		.charset = fa_http_charset(type),
		.coding = fa_http_field(x->head, "Content-Encoding"),
		.final = true,
		.body_bytes = w->o->body_bytes,
		.robots = w->o->robots_reason.p ? w->o->robots_reason
						: FA_STR("allowed"),
		.first_sha256 = fa_str_c(w->page->payload) };
	struct fa_warc_place place;
	char sha256[FA_HASH_HEX_BYTES];
	int rc = FA_OK;

	w->ended = true;
	fa_buf_init(&file, FA_FILE_PATH_BYTES);
	if (x->status != 0) {
		fa_buf_addf(&file, "archive/%.*s", FA_STR_ARG(w->archive));
		rc = fa_hash_sha256(sha256, x->body, err);
		if (rc == FA_OK)
			rc = archive(&place, w, x, err);
		e.file = fa_buf_str(&file);
		e.place = &place;
		e.with_seq = w->page->seq;
		e.same = rc == FA_OK ? compare(w, x, sha256) : NULL;
	}
	count(w->stats, e.same);
	if (rc == FA_OK)
		rc = fa_capture_tell(NULL, w->s, &e, err);
	return rc < 0 ? rc : fa_store_commit(w->s->store, err);
}

static bool
stops(const struct work *w)
{
	return w->o->stop && w->o->stop(w->o->ctx);
}

/* Lets ms go by, in which nothing is under way. */
static int
pause(struct work *w, int64_t ms, struct fa_err *err)
{
	int rc = FA_OK;

	while (ms > 0 && rc == FA_OK && !stops(w)) {
		rc = w->o->fetcher.wait(w->o->fetcher.self,
			ms < TURN_MS ? ms : TURN_MS, on_answer, w, err);
		ms -= TURN_MS;
	}
	return rc;
}

static int
ask(struct work *w, const struct fa_session_page *page, struct fa_err *err)
{
	const struct fa_fetcher *f = &w->o->fetcher;
	int rc;

	w->page = page;
	w->ended = false;
	fa_arena_reset(&w->a);
	rc = f->start(
		f->self, &(struct fa_fetch_request){ .url = page->url }, err);
	while (rc == FA_OK && !w->ended)
		rc = f->wait(f->self, TURN_MS, on_answer, w, err);
	w->stats->pages += rc == FA_OK;
	return rc < 0 ? rc : pause(w, w->o->delay_ms, err);
}

/* Was the same URL asked for already? A retry may have captured it twice. */
static bool
is_again(const struct fa_session *s, size_t i)
{
	for (size_t k = i + 1; k < s->pages_n; k++)
		if (fa_str_eq(s->pages[k].url, s->pages[i].url))
			return true;
	return false;
}

/* Is the page one of the host that has a second address? */
static bool
is_meant(const struct work *w, const struct fa_url *url)
{
	struct fa_str rest = w->o->only, host = fa_str_cut(&rest, ':');
	uint64_t port;

	return !w->o->only.p ||
		(fa_num_u64(fa_str_cut(&rest, ':'), 65535, &port) &&
			port == url->port && fa_str_ieq(host, url->host));
}

/* A URL that holds an address leads the same way again, whoever is asked for
 * names: that is no second look. */
static int
ask_meant(struct work *w, const struct fa_session_page *p, struct fa_err *err)
{
	struct fa_url url;
	int rc;

	fa_arena_reset(&w->a);
	rc = fa_url_parse(&url, p->url, &w->a, err);
	if (rc < 0 || !is_meant(w, &url))
		return rc;
	if (!fa_url_host_is_address(url.host))
		return ask(w, p, err);
	w->same_way++;
	return FA_OK;
}

static int
tell_left(struct work *w, struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);

	fa_buf_init(&b, TEXT_BYTES);
	fa_buf_add(&b, w->o->way);
	if (w->same_way > 0)
		fa_buf_addf(&b,
			": %llu URLs hold an address and no name, there is no "
			"other way to them",
			(unsigned long long)w->same_way);
	else
		fa_buf_adds(&b, ": no page of this host was captured");
	w->stats->failed += w->same_way > 0 ? w->same_way : 1;
	return fa_session_error(
		w->s, "second", FA_STR_NONE, fa_buf_str(&b), err);
}

static int
ask_all(struct work *w, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < w->s->pages_n && rc == FA_OK && !stops(w); i++) {
		if (w->stats->pages == FA_SECOND_PAGES_MAX)
			return fa_session_error(w->s, "second",
				w->s->pages[i].url,
				FA_STR("there are more pages than the second "
				       "look takes"),
				err);
		if (!is_again(w->s, i))
			rc = ask_meant(w, &w->s->pages[i], err);
	}
	if (rc == FA_OK && !stops(w) && w->s->pages_n > 0 &&
		(w->same_way > 0 || w->stats->pages == 0))
		rc = tell_left(w, err);
	return rc;
}

int
fa_session_second(struct fa_second_stats *out, struct fa_session *s,
	const struct fa_second_opts *o, struct fa_err *err)
{
	struct work w = { .stats = out, .s = s, .o = o };
	int rc;

	memset(out, 0, sizeof(*out));
	fa_arena_init(&w.a, ARENA_BYTES);
	rc = fa_session_archive(
		&w.warc, &w.archive, s, "second", o->software, err);
	if (rc == FA_OK)
		rc = ask_all(&w, err);
	fa_warc_close(w.warc);
	fa_arena_done(&w.a);
	return rc;
}
