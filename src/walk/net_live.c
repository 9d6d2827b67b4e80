/* Answers from the web. One request at a time per host, robots.txt first. What
 * pages load into themselves and may be kept (scripts, styles, pictures) is
 * asked for once in a walk: its replays would ask for it again and again. */
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "evidence/warc_read.h"
#include "fetch/url.h"
#include "walk/net_internal.h"

#define FIELDS_BYTES (256u << 10)
#define ROBOTS_TAG ((int64_t)1 << 32) /* and above: of an origin */

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for requests");
}

int
fa_net_live_open(struct fa_walk_net *n, struct fa_err *err)
{
	n->live = fa_arena_new(&n->arena, 1, sizeof(*n->live));
	if (!n->live)
		return no_memory(err);
	fa_arena_init(&n->live->keep, FA_WALK_NET_KEPT_BYTES);
	return FA_OK;
}

void
fa_net_live_close(struct fa_walk_net *n)
{
	for (size_t i = 0; i < FA_WALK_NET_PENDING; i++)
		fa_arena_done(&n->live->pending[i].arena);
	for (size_t i = 0; i < n->live->origins_n; i++)
		fa_arena_done(&n->live->origins[i].arena);
	fa_arena_done(&n->live->keep);
}

static void
release(struct fa_net_pending *p)
{
	fa_arena_done(&p->arena);
	memset(p, 0, sizeof(*p));
}

void
fa_net_live_forget(struct fa_walk_net *n)
{
	for (size_t i = 0; i < FA_WALK_NET_PENDING; i++) {
		struct fa_net_pending *p = &n->live->pending[i];

		if (p->state == FA_NET_WAITS)
			release(p);
		else if (p->state == FA_NET_LIVE)
			p->forgotten = true;
	}
}

bool
fa_net_host_is_free(const struct fa_walk_net *n, struct fa_str host)
{
	const struct fa_net_live *l = n->live;

	for (size_t i = 0; i < FA_WALK_NET_PENDING; i++)
		if (l->pending[i].state == FA_NET_LIVE &&
			fa_str_eq(l->pending[i].host, host))
			return false;
	for (size_t i = 0; i < l->origins_n; i++)
		if (l->origins[i].live && fa_str_eq(l->origins[i].host, host))
			return false;
	return true;
}

static bool
dup(struct fa_str *s, struct fa_arena *a)
{
	if (s->p)
		*s = fa_arena_dup(a, *s);
	else
		*s = FA_STR("");
	return s->p != NULL;
}

static const struct fa_net_kept *
find_kept(const struct fa_net_live *l, const struct fa_net_request *r)
{
	if (!fa_str_eq(r->method, FA_STR("GET")))
		return NULL;
	for (size_t i = 0; i < l->kept_n; i++)
		if (fa_str_eq(l->kept[i].url, fa_net_plain_url(r->url)))
			return &l->kept[i];
	return NULL;
}

static int
put_pending(struct fa_net_pending *p, const struct fa_net_request *r,
	struct fa_err *err)
{
	struct fa_url url;
	int rc;

	memset(p, 0, sizeof(*p));
	fa_arena_init(&p->arena, FA_NET_REQUEST_BYTES);
	p->r = *r;
	rc = fa_url_parse(&url, fa_net_plain_url(r->url), &p->arena, err);
	if (rc == FA_OK &&
		!(dup(&p->r.method, &p->arena) && dup(&p->r.url, &p->arena) &&
			dup(&p->r.headers, &p->arena) &&
			dup(&p->r.kind, &p->arena) &&
			(!r->body.p || dup(&p->r.body, &p->arena))))
		rc = no_memory(err);
	if (rc < 0) {
		release(p);
		return rc;
	}
	p->origin = url.origin;
	p->host = url.host;
	p->target = url.target;
	p->state = FA_NET_WAITS;
	return FA_OK;
}

int
fa_net_live_request(struct fa_walk_net *n, struct fa_browser *b,
	const struct fa_net_request *r, struct fa_err *err)
{
	const struct fa_net_kept *k = find_kept(n->live, r);
	struct fa_err why;
	int rc;

	if (k)
		return fa_net_give(n, b, r, &k->found, err);
	for (size_t i = 0; i < FA_WALK_NET_PENDING; i++) {
		if (n->live->pending[i].state != FA_NET_FREE)
			continue;
		rc = put_pending(&n->live->pending[i], r, &why);
		return rc < 0 ? fa_net_refuse(n, b, r, "Failed", why.msg, err)
			      : FA_OK;
	}
	return fa_net_refuse(
		n, b, r, "Failed", "too many requests at once", err);
}

/* The browser's lines, with our name behind its own. */
static void
add_lines(struct fa_buf *out, const struct fa_walk_net *n, struct fa_str rest)
{
	while (rest.p && rest.n > 0) {
		struct fa_str line = fa_str_trim(fa_str_cut(&rest, '\n'));
		struct fa_str value = line;
		struct fa_str name = fa_str_cut(&value, ':');

		fa_buf_add(out, line);
		if (fa_str_ieq(name, FA_STR("User-Agent")) && n->o.product.p) {
			fa_buf_addc(out, ' ');
			fa_buf_add(out, n->o.product);
		}
		fa_buf_adds(out, "\r\n");
	}
}

static int
start_one(struct fa_walk_net *n, size_t i, struct fa_err *err)
{
	struct fa_net_pending *p = &n->live->pending[i];
	struct fa_buf fields FA_CLEANUP(fa_buf_done);
	struct fa_fetch_request r = { .tag = (int64_t)i,
		.url = fa_net_plain_url(p->r.url),
		.method = p->r.method,
		.body = p->r.body };
	int rc;

	fa_buf_init(&fields, FIELDS_BYTES);
	add_lines(&fields, n, p->r.headers);
	rc = fa_buf_rc(&fields, "header fields of a request", err);
	r.fields = fields.n > 0 ? fa_buf_str(&fields) : FA_STR("");
	if (rc == FA_OK)
		rc = n->o.fetcher.start(n->o.fetcher.self, &r, err);
	if (rc < 0)
		return rc;
	p->state = FA_NET_LIVE;
	n->live->live++;
	n->stats.fetched++;
	if (p->r.main_document) {
		n->live->last_ms = fa_net_now_ms();
		n->live->last_host = fa_arena_dup(&n->arena, p->host);
	}
	return FA_OK;
}

/* When a request may be sent: pages keep their distance, what belongs to a page
 * does not. */
static int64_t
ready_ms(const struct fa_walk_net *n, const struct fa_net_pending *p)
{
	if (!p->r.main_document || !fa_str_eq(n->live->last_host, p->host))
		return 0;
	return n->live->last_ms + fa_net_robots_delay_ms(n, p->origin);
}

/* Starts what may be started, in the order in which it was asked for. */
static int
start_all(struct fa_walk_net *n, struct fa_browser *b, int64_t *next_ms,
	struct fa_err *err)
{
	int64_t now = fa_net_now_ms();
	int rc = FA_OK;

	for (size_t i = 0; i < FA_WALK_NET_PENDING && rc >= 0; i++) {
		struct fa_net_pending *p = &n->live->pending[i];
		const char *why = NULL;

		if (p->state != FA_NET_WAITS)
			continue;
		if (ready_ms(n, p) > now) {
			if (ready_ms(n, p) < *next_ms)
				*next_ms = ready_ms(n, p);
			continue;
		}
		if (n->o.fetcher.room(n->o.fetcher.self) == 0)
			break;
		rc = fa_net_robots_may(&why, n, p, err);
		if (rc == 0) {
			rc = fa_net_refuse(
				n, b, &p->r, "BlockedByClient", why, err);
			release(p);
		} else if (rc == 1 && fa_net_host_is_free(n, p->host)) {
			rc = start_one(n, i, err);
		}
	}
	return rc < 0 ? rc : fa_net_robots_ask(n, err);
}

int
fa_net_live_archive(struct fa_walk_net *n, const struct fa_exchange *x,
	struct fa_str url, struct fa_err *err)
{
	struct fa_warc_exchange w = { .url = url,
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
	struct fa_warc_place place;
	int rc;

	if (!n->o.warc || x->status == 0)
		return FA_OK;
	rc = fa_hash_sha256(w.payload_sha256, x->body, err);
	return rc < 0 ? rc : fa_warc_add(&place, n->o.warc, &w, err);
}

static bool
may_be_kept(const struct fa_net_pending *p, const struct fa_exchange *x)
{
	static const struct fa_str kinds[] = { FA_STR_INIT("Script"),
		FA_STR_INIT("Stylesheet"), FA_STR_INIT("Image"),
		FA_STR_INIT("Font"), FA_STR_INIT("Media") };
	struct fa_str control = fa_http_field(x->head, "Cache-Control");

	if (x->status != 200 || !fa_str_eq(p->r.method, FA_STR("GET")) ||
		fa_str_find(control, FA_STR("no-store"), 0) != SIZE_MAX)
		return false;
	for (size_t i = 0; i < FA_COUNT(kinds); i++)
		if (fa_str_ieq(p->r.kind, kinds[i]))
			return true;
	return false;
}

/* What there is no room for is asked for again. */
static void
keep(struct fa_walk_net *n, const struct fa_net_pending *p,
	const struct fa_net_found *f)
{
	struct fa_net_live *l = n->live;
	struct fa_net_kept *grown = fa_arena_grow(&n->arena, l->kept,
		&l->kept_cap, l->kept_n + 1, sizeof(*grown));
	struct fa_net_kept k = { fa_net_plain_url(p->r.url), *f };

	if (!grown)
		return;
	l->kept = grown;
	if (dup(&k.url, &l->keep) && dup(&k.found.head, &l->keep) &&
		dup(&k.found.body, &l->keep))
		grown[l->kept_n++] = k;
}

static int
page_end(struct fa_walk_net *n, struct fa_net_pending *p,
	const struct fa_exchange *x, struct fa_err *err)
{
	struct fa_net_found f = { x->status, x->head, x->body };
	char why[FA_NET_WHY_BYTES];
	int rc = fa_net_live_archive(n, x, fa_net_plain_url(p->r.url), err);

	fa_arena_reset(&n->scratch);
	if (rc == FA_OK && !p->forgotten && x->outcome != FA_OUT_OK) {
		(void)snprintf(why, sizeof(why), "%s (%s)",
			fa_outcome_name(x->outcome), x->detail);
		rc = fa_net_refuse(n, n->live->browser, &p->r,
			x->outcome == FA_OUT_FORBIDDEN     ? "AccessDenied"
				: x->outcome == FA_OUT_DNS ? "NameNotResolved"
				: x->outcome == FA_OUT_TIMEOUT ? "TimedOut"
							       : "Failed",
			why, err);
	} else if (rc == FA_OK && x->outcome == FA_OUT_OK) {
		if (may_be_kept(p, x))
			keep(n, p, &f);
		if (!p->forgotten)
			rc = fa_net_give(n, n->live->browser, &p->r, &f, err);
	}
	release(p);
	return rc;
}

static int
on_end(void *ctx, const struct fa_exchange *x, struct fa_err *err)
{
	struct fa_walk_net *n = ctx;

	n->live->live--;
	if (x->tag >= ROBOTS_TAG)
		return fa_net_robots_end(
			n, (size_t)(x->tag - ROBOTS_TAG), x, err);
	return page_end(n, &n->live->pending[x->tag], x, err);
}

static bool
is_busy(const struct fa_walk_net *n)
{
	for (size_t i = 0; i < FA_WALK_NET_PENDING; i++)
		if (n->live->pending[i].state != FA_NET_FREE &&
			!n->live->pending[i].forgotten)
			return true;
	return false;
}

static void
pause_until(int64_t at_ms, int64_t max_ms)
{
	int64_t ms = at_ms - fa_net_now_ms();

	ms = ms > max_ms ? max_ms : ms;
	if (ms > 0)
		(void)poll(NULL, 0, (int)ms);
}

int
fa_net_live_work(struct fa_walk_net *n, struct fa_browser *b, int64_t max_ms,
	bool *busy, struct fa_err *err)
{
	int64_t next_ms = INT64_MAX, wait = max_ms;
	int rc;

	n->live->browser = b;
	rc = start_all(n, b, &next_ms, err);
	if (rc == FA_OK && n->live->live > 0) {
		if (next_ms != INT64_MAX && next_ms - fa_net_now_ms() < wait)
			wait = next_ms - fa_net_now_ms();
		rc = n->o.fetcher.wait(
			n->o.fetcher.self, wait > 0 ? wait : 0, on_end, n, err);
		if (rc == FA_OK)
			rc = start_all(n, b, &next_ms, err);
	}
	/* Nothing but a pause between two pages. */
	if (rc == FA_OK && n->live->live == 0 && next_ms != INT64_MAX)
		pause_until(next_ms, max_ms);
	*busy = is_busy(n);
	return rc;
}
