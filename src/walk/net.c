/* What all sources share: whom a page may ask, and how an answer is given. */
#include "walk/net.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/gzip.h"
#include "evidence/http.h"
#include "evidence/warc_read.h"
#include "fetch/url.h"
#include "walk/net_internal.h"

#define ARENA_BYTES ((size_t)512 << 20)
#define HEAD_BYTES (1u << 20)

int64_t
fa_net_now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct fa_str
fa_net_plain_url(struct fa_str url)
{
	const char *hash = url.n > 0 ? memchr(url.p, '#', url.n) : NULL;

	return hash ? fa_str_sub(url, 0, (size_t)(hash - url.p)) : url;
}

/* Pictures, fonts and reports of visits do not change what can be tapped. */
static bool
matters(const struct fa_net_request *r)
{
	static const struct fa_str kinds[] = { FA_STR_INIT("Image"),
		FA_STR_INIT("Media"), FA_STR_INIT("Font"), FA_STR_INIT("Ping"),
		FA_STR_INIT("Other"), FA_STR_INIT("Manifest"),
		FA_STR_INIT("TextTrack"), FA_STR_INIT("CSPViolationReport"),
		FA_STR_INIT("Prefetch") };

	for (size_t i = 0; i < FA_COUNT(kinds); i++)
		if (fa_str_ieq(r->kind, kinds[i]))
			return false;
	return true;
}

void
fa_net_miss(
	struct fa_walk_net *n, const struct fa_net_request *r, const char *why)
{
	if (!matters(r))
		return;
	n->stats.missing++;
	n->missing++;
	(void)snprintf(n->why, sizeof(n->why), "%.*s: %s",
		FA_STR_ARG(fa_str_sub(r->url, 0, FA_NET_WHY_BYTES / 2)), why);
}

unsigned
fa_walk_net_missing(void *ctx, struct fa_str *why)
{
	struct fa_walk_net *n = ctx;
	unsigned missing = n->missing;

	if (missing > 0)
		*why = fa_str_c(n->why);
	n->missing = 0;
	return missing;
}

int
fa_net_refuse(struct fa_walk_net *n, struct fa_browser *b,
	const struct fa_net_request *r, const char *reason, const char *why,
	struct fa_err *err)
{
	struct fa_net_answer a = { .error = reason, .why = why };

	if (why)
		fa_net_miss(n, r, why);
	return b->answer(b->self, r->id, &a, err);
}

/* Fields that do not hold for a body that is handed over whole and decoded. */
static bool
is_of_transfer(struct fa_str name)
{
	static const struct fa_str names[] = { FA_STR_INIT("Content-Encoding"),
		FA_STR_INIT("Content-Length"), FA_STR_INIT("Transfer-Encoding"),
		FA_STR_INIT("X-Archive-Orig-Transfer-Encoding"),
		FA_STR_INIT("Connection"), FA_STR_INIT("Keep-Alive"),
		FA_STR_INIT("Trailer"), FA_STR_INIT("Upgrade"),
		FA_STR_INIT("Alt-Svc") };

	for (size_t i = 0; i < FA_COUNT(names); i++)
		if (fa_str_ieq(name, names[i]))
			return true;
	return name.n == 0;
}

static void
add_fields(struct fa_buf *out, struct fa_str head)
{
	struct fa_http_line line;

	(void)fa_http_first_line(&head);
	while (fa_http_next_line(&line, &head)) {
		if (is_of_transfer(line.name) ||
			memchr(line.value.p, '\n', line.value.n))
			continue;
		fa_buf_add(out, line.name);
		fa_buf_adds(out, ": ");
		fa_buf_add(out, line.value);
		fa_buf_adds(out, "\r\n");
	}
}

int
fa_net_give(struct fa_walk_net *n, struct fa_browser *b,
	const struct fa_net_request *r, const struct fa_net_found *f,
	struct fa_err *err)
{
	struct fa_buf head FA_CLEANUP(fa_buf_done);
	struct fa_net_answer a = { .status = f->status };
	struct fa_err why;
	int rc = fa_http_decode(&a.body, f->body,
		fa_http_field(f->head, "Content-Encoding"),
		FA_WALK_NET_BODY_BYTES, &n->scratch, &why);

	fa_buf_init(&head, HEAD_BYTES);
	if (rc < 0)
		return fa_net_refuse(n, b, r, "Failed", why.msg, err);
	add_fields(&head, f->head);
	if (head.rc < 0)
		return fa_net_refuse(n, b, r, "Failed",
			"its header fields are too large", err);
	a.headers = fa_buf_str(&head);
	return b->answer(b->self, r->id, &a, err);
}

int
fa_net_request_key(char out[FA_HASH_HEX_BYTES], struct fa_str method,
	struct fa_str url, const char *body_hex, struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	int rc;

	fa_buf_init(&b, FA_NET_REQUEST_BYTES);
	fa_buf_add(&b, method);
	fa_buf_addc(&b, ' ');
	fa_buf_add(&b, url);
	fa_buf_addc(&b, ' ');
	fa_buf_adds(&b, body_hex);
	rc = fa_buf_rc(&b, "request", err);
	return rc < 0 ? rc : fa_hash_sha256(out, fa_buf_str(&b), err);
}

static int
is_written(bool *out, struct fa_walk_net *n, const struct fa_net_request *r,
	struct fa_err *err)
{
	char body[FA_HASH_HEX_BYTES] = "", key[FA_HASH_HEX_BYTES];
	char(*grown)[FA_HASH_HEX_BYTES];
	int rc = r->body.n > 0 ? fa_hash_sha256(body, r->body, err) : FA_OK;

	if (rc == FA_OK)
		rc = fa_net_request_key(
			key, r->method, fa_net_plain_url(r->url), body, err);
	if (rc < 0)
		return rc;
	*out = true;
	for (size_t i = 0; i < n->written_n; i++)
		if (strcmp(n->written[i], key) == 0)
			return FA_OK;
	*out = false;
	grown = fa_arena_grow(&n->arena, n->written, &n->written_cap,
		n->written_n + 1, sizeof(*grown));
	if (!grown)
		return fa_fail(err, FA_E_NOMEM, "no memory for an archive");
	n->written = grown;
	memcpy(n->written[n->written_n++], key, sizeof(key));
	return FA_OK;
}

/* The request as it would have been sent. */
static void
add_request(struct fa_buf *out, const struct fa_net_request *r)
{
	struct fa_str url = fa_net_plain_url(r->url), rest;
	size_t host = fa_str_find(url, FA_STR("://"), 0);
	size_t slash;

	host = host == SIZE_MAX ? 0 : host + 3;
	rest = fa_str_sub(url, host, url.n);
	slash = fa_str_find(rest, FA_STR("/"), 0);
	if (slash == SIZE_MAX)
		slash = rest.n;
	fa_buf_addf(out, "%.*s %.*s HTTP/1.1\r\nHost: %.*s\r\n",
		FA_STR_ARG(r->method),
		FA_STR_ARG(slash < rest.n ? fa_str_sub(rest, slash, rest.n)
					  : FA_STR("/")),
		FA_STR_ARG(fa_str_sub(rest, 0, slash)));
	fa_buf_add(out, r->headers);
	fa_buf_adds(out, "\r\n");
	fa_buf_add(out, r->body);
}

int
fa_net_write_once(struct fa_walk_net *n, const struct fa_net_request *r,
	const struct fa_net_found *f, struct fa_err *err)
{
	struct fa_buf request FA_CLEANUP(fa_buf_done);
	struct fa_warc_exchange x = { .url = fa_net_plain_url(r->url),
		.at_us = fa_clock_now(fa_clock_system()) * 1000,
		.head = f->head,
		.body = f->body };
	struct fa_warc_place place;
	bool done = false;
	int rc = n->o.warc ? is_written(&done, n, r, err) : FA_OK;

	fa_buf_init(&request, FA_NET_REQUEST_BYTES);
	if (rc < 0 || !n->o.warc || done)
		return rc;
	add_request(&request, r);
	rc = fa_buf_rc(&request, "request", err);
	x.request = fa_buf_str(&request);
	if (rc == FA_OK)
		rc = fa_hash_sha256(x.payload_sha256, f->body, err);
	return rc < 0 ? rc : fa_warc_add(&place, n->o.warc, &x, err);
}

static bool
is_allowed(const struct fa_walk_net *n, struct fa_str host)
{
	if (fa_str_eq(host, n->host))
		return true;
	for (size_t i = 0; i < n->o.hosts_n; i++)
		if (fa_str_ieq(host, n->o.hosts[i]))
			return true;
	return false;
}

/* A request must be one of the web, and pages are those of allowed hosts. */
static int
request(void *self, struct fa_browser *b, const struct fa_net_request *r,
	struct fa_err *err)
{
	struct fa_walk_net *n = self;
	struct fa_url url;
	struct fa_err why;
	int rc;

	n->stats.requests++;
	fa_arena_reset(&n->scratch);
	rc = fa_url_parse(&url, fa_net_plain_url(r->url), &n->scratch, &why);
	if (rc == FA_E_NOMEM)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc < 0)
		return fa_net_refuse(n, b, r, "BlockedByClient", why.msg, err);
	if (r->main_document && !is_allowed(n, url.host)) {
		n->stats.forbidden++;
		return fa_net_refuse(n, b, r, "BlockedByClient", NULL, err);
	}
	if (n->o.folder.p)
		return fa_net_folder_request(n, b, r, err);
	if (n->archive)
		return fa_net_archive_request(n, b, r, err);
	return fa_net_live_request(n, b, r, err);
}

static int
work(void *self, struct fa_browser *b, int64_t max_ms, bool *busy,
	struct fa_err *err)
{
	struct fa_walk_net *n = self;

	*busy = false;
	return n->live ? fa_net_live_work(n, b, max_ms, busy, err) : FA_OK;
}

static void
forget(void *self)
{
	struct fa_walk_net *n = self;

	if (n->live)
		fa_net_live_forget(n);
}

struct fa_browser_net
fa_walk_net_browser(struct fa_walk_net *n)
{
	return (struct fa_browser_net){ n, request, work, forget };
}

struct fa_walk_net_stats
fa_walk_net_stats(const struct fa_walk_net *n)
{
	return n->stats;
}

static int
set_up(struct fa_walk_net *n, struct fa_err *err)
{
	struct fa_url url;
	int rc = fa_url_parse(&url, n->o.start, &n->arena, err);

	if (rc < 0)
		return rc;
	n->host = url.host;
	if (n->o.folder.p)
		return fa_net_folder_open(n, err);
	if (n->o.archives_n > 0)
		return fa_net_archive_open(n, err);
	return fa_net_live_open(n, err);
}

int
fa_walk_net_new(struct fa_walk_net **out, const struct fa_walk_net_opts *opts,
	struct fa_err *err)
{
	struct fa_arena arena;
	struct fa_walk_net *n;
	int rc;

	fa_arena_init(&arena, ARENA_BYTES);
	n = fa_arena_new(&arena, 1, sizeof(*n));
	if (!n) {
		fa_arena_done(&arena);
		return fa_fail(err, FA_E_NOMEM, "no memory for requests");
	}
	n->arena = arena;
	n->o = *opts;
	fa_arena_init(&n->scratch, FA_NET_SCRATCH_BYTES);
	rc = set_up(n, err);
	if (rc < 0)
		fa_walk_net_free(n);
	else
		*out = n;
	return rc;
}

void
fa_walk_net_free(struct fa_walk_net *n)
{
	struct fa_arena arena;

	if (!n)
		return;
	if (n->live)
		fa_net_live_close(n);
	fa_arena_done(&n->scratch);
	arena = n->arena;
	fa_arena_done(&arena);
}
