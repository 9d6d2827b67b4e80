#include "crawl/replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "evidence/warc_read.h"
#include "fetch/url.h"

#define ARENA_BYTES ((size_t)8 << 30)    /* the list of what is held */
#define RECORD_BYTES ((size_t)256 << 20) /* one record and its body */
#define SLOTS 8

struct held {
	struct fa_str url;
	int64_t at_us, offset;
	uint32_t file;
	bool page; /* status 200, HTML or text */
};

struct slot {
	bool used;
	int64_t tag;
	uint32_t host;
	struct fa_str url;
	struct fa_arena a;
};

struct fa_replay {
	struct fa_arena arena;
	struct fa_str *paths;
	struct fa_warc_reader **readers;
	size_t files_n;
	struct held *held; /* by URL, latest first; then one per URL */
	size_t n, cap;
	struct slot slots[SLOTS];
	size_t live;
	struct fa_arena record;
};

static bool
is_page(const struct fa_http *http)
{
	struct fa_str type =
		fa_http_media_type(fa_http_field(http->head, "Content-Type"));

	return http->status == 200 &&
		(!type.p || fa_str_starts(type, FA_STR("text/")) ||
			fa_str_eq(type, FA_STR("application/xhtml+xml")));
}

/* Takes one record into the list, when it is a response to a URL of the web. */
static int
take(struct fa_replay *r, uint32_t file, const struct fa_warc_record *rec,
	struct fa_err *err)
{
	struct fa_http http;
	struct fa_url url;
	struct fa_err why;
	struct held *p;
	int rc;

	if (!fa_str_eq(rec->type, FA_STR("response")) || !rec->url.p ||
		!rec->block.p)
		return FA_OK;
	rc = fa_url_parse(&url, rec->url, &r->record, &why);
	if (rc == FA_OK)
		rc = fa_http_parse(&http, rec->block, &r->record, &why);
	if (rc < 0)
		return rc == FA_E_NOMEM ? fa_fail(err, rc, "%s", why.msg)
					: FA_OK;
	p = fa_arena_grow(&r->arena, r->held, &r->cap, r->n + 1, sizeof(*p));
	if (!p || r->n == FA_REPLAY_RECORDS_MAX)
		return fa_fail(err, FA_E_LIMIT,
			"the archives hold more than fits in memory");
	r->held = p;
	p[r->n] = (struct held){ .url = fa_arena_dup(&r->arena, url.text),
		.at_us = rec->at_us,
		.offset = rec->offset,
		.file = file,
		.page = is_page(&http) };
	if (!p[r->n++].url.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for an archive");
	return FA_OK;
}

static int
scan_file(struct fa_replay *r, uint32_t file, struct fa_str *broken,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_warc_record rec;
	struct fa_err why;
	int rc = fa_warc_reader_open(&r->readers[file], r->paths[file], err);

	if (rc < 0)
		return rc;
	for (;;) {
		fa_arena_reset(&r->record);
		rc = fa_warc_read_next(
			r->readers[file], &rec, &r->record, &why);
		if (rc == 0)
			return FA_OK;
		if (rc == FA_E_INPUT) {
			*broken = fa_arena_dup(a, fa_str_c(why.msg));
			return broken->p
				? FA_OK
				: fa_fail(err, FA_E_NOMEM, "no memory");
		}
		if (rc < 0)
			return fa_fail(err, rc, "%s", why.msg);
		rc = take(r, file, &rec, err);
		if (rc < 0)
			return rc;
	}
}

static int
by_url(const void *a, const void *b)
{
	const struct held *x = a, *y = b;
	int c = fa_str_cmp(x->url, y->url);

	if (c != 0)
		return c;
	if (x->at_us != y->at_us)
		return x->at_us > y->at_us ? -1 : 1;
	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static void
keep_latest(struct fa_replay *r)
{
	size_t n = 0;

	if (r->n > 0)
		qsort(r->held, r->n, sizeof(*r->held), by_url);
	for (size_t i = 0; i < r->n; i++)
		if (n == 0 || !fa_str_eq(r->held[n - 1].url, r->held[i].url))
			r->held[n++] = r->held[i];
	r->n = n;
}

static int
scan(struct fa_replay *r, struct fa_str broken[], const char *const *paths,
	size_t n, struct fa_arena *a, struct fa_err *err)
{
	int rc = FA_OK;

	r->paths = fa_arena_new(&r->arena, n, sizeof(*r->paths));
	r->readers = fa_arena_new(&r->arena, n, sizeof(*r->readers));
	if (!r->paths || !r->readers)
		return fa_fail(err, FA_E_NOMEM, "no memory for an archive");
	r->files_n = n;
	for (size_t i = 0; i < n && rc == FA_OK; i++) {
		r->paths[i] = fa_str_c(paths[i]);
		broken[i] = FA_STR_NONE;
		rc = scan_file(r, (uint32_t)i, &broken[i], a, err);
	}
	if (rc == FA_OK)
		keep_latest(r);
	return rc;
}

int
fa_replay_open(struct fa_replay **out, struct fa_str broken[],
	const char *const *paths, size_t n, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_arena arena;
	struct fa_replay *r;
	int rc;

	fa_arena_init(&arena, ARENA_BYTES);
	r = fa_arena_new(&arena, 1, sizeof(*r));
	if (!r)
		return fa_fail(err, FA_E_NOMEM, "no memory for an archive");
	r->arena = arena;
	fa_arena_init(&r->record, RECORD_BYTES);
	for (size_t i = 0; i < SLOTS; i++)
		fa_arena_init(&r->slots[i].a, 2 * FA_URL_BYTES);
	rc = scan(r, broken, paths, n, a, err);
	if (rc < 0)
		fa_replay_close(r);
	else
		*out = r;
	return rc;
}

void
fa_replay_close(struct fa_replay *r)
{
	struct fa_arena arena;

	if (!r)
		return;
	for (size_t i = 0; i < r->files_n; i++)
		fa_warc_reader_close(r->readers[i]);
	for (size_t i = 0; i < SLOTS; i++)
		fa_arena_done(&r->slots[i].a);
	fa_arena_done(&r->record);
	arena = r->arena;
	fa_arena_done(&arena);
}

static int
start(void *self, const struct fa_fetch_request *q, struct fa_err *err)
{
	struct fa_replay *r = self;
	struct slot *s = r->slots;

	while (s->used)
		s++;
	fa_arena_reset(&s->a);
	s->url = fa_arena_dup(&s->a, q->url);
	if (!s->url.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a request");
	s->tag = q->tag;
	s->host = q->host;
	s->used = true;
	r->live++;
	return FA_OK;
}

static size_t
room(void *self)
{
	const struct fa_replay *r = self;

	return SLOTS - r->live;
}

/* The absolute target of a redirect, or absent. */
static struct fa_str
location_of(struct fa_replay *r, struct fa_str url, struct fa_str head)
{
	struct fa_str to = fa_http_field(head, "Location");
	struct fa_url abs;
	struct fa_err why;

	if (!to.p || fa_url_resolve(&abs, url, to, &r->record, &why) < 0)
		return FA_STR_NONE;
	return abs.text;
}

static int
answer(struct fa_exchange *x, struct fa_replay *r, const struct slot *s,
	struct fa_err *err)
{
	size_t at = fa_str_search(r->held, r->n, sizeof(*r->held),
		offsetof(struct held, url), s->url);
	struct fa_warc_record rec;
	struct fa_http http;
	const struct held *h;
	int rc;

	memset(x, 0, sizeof(*x));
	x->tag = s->tag;
	x->host = s->host;
	x->outcome = FA_OUT_NOT_ARCHIVED;
	if (at == r->n)
		return FA_OK;
	h = &r->held[at];
	rc = fa_warc_read_at(
		&rec, r->readers[h->file], h->offset, &r->record, err);
	if (rc == FA_OK)
		rc = fa_http_parse(&http, rec.block, &r->record, err);
	if (rc < 0)
		return rc;
	x->outcome = rec.truncated.p ? FA_OUT_TRUNCATED : FA_OUT_OK;
	x->status = http.status;
	x->head = http.head;
	x->body = http.body;
	x->at_us = rec.at_us;
	x->location = location_of(r, s->url, http.head);
	(void)snprintf(x->ip, sizeof(x->ip), "%.*s", FA_STR_ARG(rec.ip));
	x->archive = r->paths[h->file];
	x->archive_record = rec.id;
	x->archive_offset = rec.offset;
	x->archive_length = rec.length;
	return FA_OK;
}

static int
wait(void *self, int64_t max_ms, fa_exchange_fn *fn, void *ctx,
	struct fa_err *err)
{
	struct fa_replay *r = self;
	int rc = FA_OK;

	(void)max_ms;
	for (size_t i = 0; i < SLOTS && rc == FA_OK; i++) {
		struct fa_exchange x;

		if (!r->slots[i].used)
			continue;
		fa_arena_reset(&r->record);
		rc = answer(&x, r, &r->slots[i], err);
		r->slots[i].used = false;
		r->live--;
		if (rc == FA_OK)
			rc = fn(ctx, &x, err);
	}
	return rc;
}

struct fa_fetcher
fa_replay_fetcher(struct fa_replay *r)
{
	return (struct fa_fetcher){ r, start, room, wait };
}

int
fa_replay_targets(struct fa_targets *out, struct fa_replay *r,
	struct fa_arena *a, struct fa_err *err)
{
	memset(out, 0, sizeof(*out));
	out->at = fa_arena_new(a, r->n, sizeof(*out->at));
	if (!out->at)
		return fa_fail(err, FA_E_NOMEM, "no memory for targets");
	for (size_t i = 0; i < r->n; i++) {
		struct fa_target *t = &out->at[out->n];
		struct fa_buf key;

		if (!r->held[i].page)
			continue;
		fa_buf_init(&key, FA_URL_BYTES + 16);
		fa_buf_adds(&key, "url:");
		fa_buf_add(&key, r->held[i].url);
		*t = (struct fa_target){ .key = fa_arena_dup(
						 a, fa_buf_str(&key)),
			.policy_url = r->held[i].url };
		fa_buf_done(&key);
		if (!t->key.p)
			return fa_fail(
				err, FA_E_NOMEM, "no memory for targets");
		out->n++;
	}
	out->cap = out->n;
	return FA_OK;
}
