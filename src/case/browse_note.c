#include "case/browse_note.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "case/capture.h"
#include "evidence/warc_read.h"

#define RECORD_BYTES ((size_t)200 << 20) /* memory for one record */
#define SHA256_PREFIX "sha256:"

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for an exchange");
}

static int
on_start(void *self, const struct fa_fetch_request *r, struct fa_err *err)
{
	struct fa_note *n = self;
	size_t i = 0;

	while (i < FA_NOTE_LIVE_MAX - 1 && n->live[i].used)
		i++;
	n->live[i].used = true;
	n->live[i].tag = r->tag;
	n->live[i].url = fa_arena_dup(n->a, r->url);
	n->live[i].method =
		fa_arena_dup(n->a, r->method.p ? r->method : FA_STR("GET"));
	if (!n->live[i].url.p || !n->live[i].method.p)
		return no_memory(err);
	return n->below.start(n->below.self, r, err);
}

static size_t
on_room(void *self)
{
	struct fa_note *n = self;

	return n->below.room(n->below.self);
}

static bool
dup(struct fa_arena *a, struct fa_str *s)
{
	if (s->p)
		*s = fa_arena_dup(a, *s);
	else
		return true;
	return s->p != NULL;
}

static int
keep(struct fa_note *n, size_t live, const struct fa_exchange *x,
	struct fa_err *err)
{
	struct fa_noted *k = fa_arena_new(n->a, 1, sizeof(*k));
	struct fa_noted **p;

	if (n->kept_n == FA_NOTE_KEPT_MAX) {
		n->lost = true;
		return FA_OK;
	}
	p = fa_arena_grow(
		n->a, n->kept, &n->kept_cap, n->kept_n + 1, sizeof(*p));
	if (!k || !p)
		return no_memory(err);
	n->kept = p;
	k->url = n->live[live].url;
	k->method = n->live[live].method;
	n->bytes += x->body.n;
	k->x = *x;
	k->x.body = FA_STR_NONE;
	if (x->wire) {
		k->wire = *x->wire;
		k->x.wire = &k->wire;
	}
	if (!dup(n->a, &k->x.request) || !dup(n->a, &k->x.head) ||
		!dup(n->a, &k->x.location) || !dup(n->a, &k->wire.chain))
		return no_memory(err);
	p[n->kept_n++] = k;
	return FA_OK;
}

static int
on_exchange(void *ctx, const struct fa_exchange *x, struct fa_err *err)
{
	struct fa_note *n = ctx;
	int rc = FA_OK;

	for (size_t i = 0; i < FA_NOTE_LIVE_MAX; i++) {
		if (!n->live[i].used || n->live[i].tag != x->tag)
			continue;
		n->live[i].used = false;
		if (!x->busy)
			rc = keep(n, i, x, err);
		break;
	}
	return rc < 0 ? rc : n->fn(n->ctx, x, err);
}

static int
on_wait(void *self, int64_t max_ms, fa_exchange_fn *fn, void *ctx,
	struct fa_err *err)
{
	struct fa_note *n = self;

	n->fn = fn;
	n->ctx = ctx;
	return n->below.wait(n->below.self, max_ms, on_exchange, n, err);
}

struct fa_fetcher
fa_note_begin(struct fa_note *n, struct fa_fetcher below, struct fa_arena *a)
{
	memset(n, 0, sizeof(*n));
	n->below = below;
	n->a = a;
	return (struct fa_fetcher){ n, on_start, on_room, on_wait };
}

static struct fa_noted *
find(struct fa_note *n, const struct fa_warc_record *r)
{
	for (size_t i = n->first; i < n->kept_n; i++) {
		struct fa_noted *k = n->kept[i];

		if (!k->told && k->x.at_us == r->at_us && k->x.status != 0 &&
			fa_str_eq(k->url, r->url))
			return k;
	}
	return NULL;
}

bool
fa_note_is_live(const struct fa_note *n)
{
	for (size_t i = 0; i < FA_NOTE_LIVE_MAX; i++)
		if (n->live[i].used)
			return true;
	return false;
}

int64_t
fa_note_seq(const struct fa_note *n, struct fa_str url)
{
	for (size_t i = n->kept_n; i-- > 0;)
		if (n->kept[i]->seq != 0 && fa_str_eq(n->kept[i]->url, url))
			return n->kept[i]->seq;
	return 0;
}

/* robots.txt that is not there restricts nothing (RFC 9309, 2.3.1.3). */
static bool
is_robots(struct fa_str url)
{
	return fa_str_ends(url, FA_STR("/robots.txt"));
}

static enum fa_outcome
outcome_of(const struct fa_noted *k)
{
	if (is_robots(k->url) && k->x.outcome == FA_OUT_OK &&
		k->x.status < 500 && k->x.status != 429)
		return FA_OUT_OK;
	return fa_crawl_outcome(&k->x, false);
}

static void
describe(struct fa_capture_event *e, const struct fa_note_about *about,
	const struct fa_noted *k)
{
	struct fa_str type = fa_http_field(k->x.head, "Content-Type");

	*e = (struct fa_capture_event){ .purpose = about->purpose,
		.method = k->method,
		.url = k->url,
		.x = &k->x,
		.outcome = outcome_of(k),
		.detail = k->x.detail[0] ? fa_str_c(k->x.detail) : FA_STR_NONE,
		.redirect = k->x.location.n > 0 ? k->x.location : FA_STR_NONE,
		.media_type = fa_http_media_type(type),
		.charset = fa_http_charset(type),
		.coding = fa_http_field(k->x.head, "Content-Encoding"),
		.final = true,
		.is_minor = about->is_minor,
		.body_bytes = about->body_bytes,
		.robots = about->robots };
}

static int
tell_record(struct fa_note *n, const struct fa_note_about *about,
	const struct fa_warc_record *r, struct fa_arena *a, struct fa_err *err)
{
	struct fa_noted *k = find(n, r);
	struct fa_warc_place place = { .offset = r->offset,
		.length = r->length };
	struct fa_str block = r->block_digest;
	struct fa_capture_event e;
	struct fa_http http;
	int rc;

	if (!k)
		return FA_OK;
	rc = fa_http_parse(&http, r->block, a, err);
	if (rc < 0)
		return rc;
	if (r->id.n < sizeof(place.id))
		memcpy(place.id, r->id.p, r->id.n);
	if (fa_str_starts(block, FA_STR(SHA256_PREFIX)))
		block = fa_str_sub(block, sizeof(SHA256_PREFIX) - 1, block.n);
	if (block.n == FA_HASH_HEX_BYTES - 1)
		memcpy(place.block_sha256, block.p, block.n);
	k->told = true;
	k->x.body = http.body;
	describe(&e, about, k);
	e.file = about->file;
	e.place = &place;
	rc = fa_capture_tell(&k->seq, about->s, &e, err);
	k->x.body = FA_STR_NONE;
	return rc;
}

/* The records behind what was told of already. */
static int
tell_archive(struct fa_note *n, const struct fa_note_about *about,
	struct fa_str path, struct fa_err *err)
{
	struct fa_warc_reader *reader;
	struct fa_warc_record r;
	struct fa_arena a;
	struct stat st;
	int rc = fa_warc_reader_open(&reader, path, err);

	if (rc < 0)
		return rc;
	if (stat(path.p, &st) != 0)
		rc = fa_fail(err, FA_E_IO, "%s: %s", path.p, strerror(errno));
	fa_arena_init(&a, RECORD_BYTES);
	while (rc == FA_OK && n->from < st.st_size) {
		rc = fa_warc_read_at(&r, reader, n->from, &a, err);
		if (rc == FA_OK && fa_str_eq(r.type, FA_STR("response")) &&
			r.block.p)
			rc = tell_record(n, about, &r, &a, err);
		if (rc == FA_OK)
			n->from += r.length;
		fa_arena_reset(&a);
	}
	fa_arena_done(&a);
	fa_warc_reader_close(reader);
	return rc;
}

int
fa_note_tell(struct fa_note *n, const struct fa_note_about *about,
	struct fa_err *err)
{
	struct fa_str path;
	int rc = fa_session_path(&path, about->s, about->file, err);

	if (rc == FA_OK)
		rc = tell_archive(n, about, path, err);
	for (size_t i = n->first; i < n->kept_n && rc == FA_OK; i++) {
		struct fa_capture_event e;

		if (n->kept[i]->told || n->kept[i]->x.status != 0)
			continue;
		describe(&e, about, n->kept[i]);
		rc = fa_capture_tell(NULL, about->s, &e, err);
	}
	n->first = n->kept_n;
	if (rc == FA_OK && n->lost)
		rc = fa_session_error(about->s, about->purpose, FA_STR_NONE,
			FA_STR("there were more exchanges than are told of; "
			       "the archive has them all"),
			err);
	n->lost = false;
	return rc < 0 ? rc : fa_store_commit(about->s->store, err);
}
