#include "case/browse_net.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "evidence/http.h"

#define TEXT_BYTES ((size_t)256 << 20)    /* memory for texts */
#define SCRATCH_BYTES ((size_t)512 << 20) /* ... for one answer */
#define BODY_BYTES ((size_t)32 << 20)
#define HEAD_BYTES (64u << 10)
#define FIELDS_BYTES (256u << 10) /* of a request */
#define URL_SHOWN_BYTES 512       /* a page may ask for long ones, so that */
#define WHY_SHOWN_BYTES 256       /* the event has no room */

static int64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

const struct fa_session_page *
fa_browse_page_at(const struct fa_session *s, struct fa_str url)
{
	struct fa_str rest = url, plain = fa_str_cut(&rest, '#');

	for (size_t i = s->pages_n; i-- > 0;)
		if (s->pages[i].status == 200 &&
			fa_str_eq(s->pages[i].url, plain))
			return &s->pages[i];
	return NULL;
}

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for what a page loads");
}

static struct fa_str
shorten(struct fa_str s, size_t max)
{
	size_t n = max;

	if (s.n <= max)
		return s;
	while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return fa_str_sub(s, 0, n);
}

static int
leave_out(struct fa_browse_net *n, struct fa_str url, struct fa_str kind,
	const char *why, struct fa_err *err)
{
	struct fa_browse_left *l = &n->left[n->left_n];

	n->left_all++;
	if (n->left_n == FA_BROWSE_LEFT_OUT_MAX)
		return FA_OK;
	l->url = fa_arena_dup(&n->a, shorten(url, URL_SHOWN_BYTES));
	l->kind = fa_arena_dup(&n->a, shorten(kind, WHY_SHOWN_BYTES));
	l->why = fa_arena_dup(&n->a, shorten(fa_str_c(why), WHY_SHOWN_BYTES));
	if (!l->url.p || !l->kind.p || !l->why.p)
		return no_memory(err);
	n->left_n++;
	return FA_OK;
}

static int
add_got(struct fa_browse_net *n, struct fa_str url, struct fa_err *err)
{
	struct fa_str *p = fa_arena_grow(
		&n->a, n->got, &n->got_cap, n->got_n + 1, sizeof(*p));

	if (!p)
		return no_memory(err);
	n->got = p;
	p[n->got_n] = fa_arena_dup(&n->a, url);
	return p[n->got_n++].p ? FA_OK : no_memory(err);
}

static int
refuse(struct fa_browse_net *n, struct fa_browser *b,
	const struct fa_net_request *r, const char *why, struct fa_err *err)
{
	struct fa_net_answer none = { .error = "BlockedByClient", .why = why };
	int rc = leave_out(n, r->url, r->kind, why, err);

	return rc < 0 ? rc : b->answer(b->self, r->id, &none, err);
}

/* The media type as it was read, and what the page may load by its own word
 * (Content Security Policy). */
static void
add_head(struct fa_buf *out, const struct fa_session_page *p,
	const struct fa_payload *payload)
{
	struct fa_str rest = payload->head;
	struct fa_http_line line;

	fa_buf_addf(out, "Content-Type: %.*s", FA_STR_ARG(p->media_type));
	if (p->charset.p)
		fa_buf_addf(out, "; charset=%.*s", FA_STR_ARG(p->charset));
	fa_buf_adds(out, "\r\n");
	(void)fa_http_first_line(&rest);
	while (fa_http_next_line(&line, &rest))
		if (fa_str_ieq(line.name, FA_STR("Content-Security-Policy")) &&
			!memchr(line.value.p, '\n', line.value.n))
			fa_buf_addf(out, "Content-Security-Policy: %.*s\r\n",
				FA_STR_ARG(line.value));
}

static int
give_page(struct fa_browse_net *n, struct fa_browser *b,
	const struct fa_net_request *r, const struct fa_session_page *p,
	struct fa_err *err)
{
	struct fa_net_answer answer = { .status = 200 };
	struct fa_buf head FA_CLEANUP(fa_buf_done);
	struct fa_payload payload;
	struct fa_str path;
	struct fa_err why;
	int rc = fa_session_path(&path, n->s, p->file, err);

	fa_buf_init(&head, HEAD_BYTES);
	if (rc < 0)
		return rc;
	fa_arena_reset(&n->scratch);
	rc = fa_payload_load(&payload, &n->source, path, p->offset, p->payload,
		BODY_BYTES, &n->scratch, &why);
	if (rc < 0)
		return refuse(n, b, r, why.msg, err);
	add_head(&head, p, &payload);
	if (head.rc < 0)
		return refuse(n, b, r, "its header fields are too large", err);
	answer.headers = fa_buf_str(&head);
	answer.body = payload.body;
	return b->answer(b->self, r->id, &answer, err);
}

/* Why a request is not for the web, or NULL. */
static const char *
is_not_for_web(const struct fa_browse_net *n, const struct fa_net_request *r)
{
	static const struct fa_str kinds[] = { FA_STR_INIT("Media"),
		FA_STR_INIT("Ping"), FA_STR_INIT("EventSource"),
		FA_STR_INIT("WebSocket"), FA_STR_INIT("Prefetch"),
		FA_STR_INIT("CSPViolationReport") };

	if (!n->web)
		return "nothing but the pages was fetched";
	if (!fa_str_eq(r->method, FA_STR("GET")))
		return "a page that is pictured sends nothing";
	for (size_t i = 0; i < FA_COUNT(kinds); i++)
		if (fa_str_ieq(r->kind, kinds[i]))
			return "it is not seen in a picture";
	return NULL;
}

static const char *
is_over(const struct fa_browse_net *n)
{
	if (n->o->stop && n->o->stop(n->o->ctx))
		return "the session was interrupted";
	if (n->page_n >= FA_BROWSE_REQUESTS_MAX)
		return "the page loads more than is fetched for one";
	if (n->all_n >= FA_BROWSE_REQUESTS_ALL)
		return "the pages load more than is fetched in a session";
	if (n->note.bytes >= FA_BROWSE_LOAD_BYTES)
		return "the pages load more bytes than a session has";
	if (n->begun_ms != 0 && now_ms() - n->begun_ms >= FA_BROWSE_LOAD_MS)
		return "the time for what a page loads was over";
	return NULL;
}

/* Without cookies, as the page itself was fetched. */
static void
add_fields(struct fa_buf *out, struct fa_str rest)
{
	while (rest.p && rest.n > 0) {
		struct fa_str line = fa_str_cut(&rest, '\n');
		struct fa_str value = line;
		struct fa_str name = fa_str_trim(fa_str_cut(&value, ':'));

		if (fa_str_ieq(name, FA_STR("Cookie")))
			continue;
		fa_buf_add(out, line);
		fa_buf_addc(out, '\n');
	}
}

static int
ask_web(struct fa_browse_net *n, const struct fa_net_request *r,
	struct fa_err *err)
{
	struct fa_browser_net web = fa_walk_net_browser(n->web);
	struct fa_buf fields FA_CLEANUP(fa_buf_done);
	struct fa_net_request plain = *r;
	struct fa_browse_asked *x = NULL;

	for (size_t i = 0; i < FA_WALK_NET_PENDING && !x; i++)
		if (!n->asked[i].used)
			x = &n->asked[i];
	if (!x)
		return refuse(n, n->browser, r, "too many at once", err);
	fa_buf_init(&fields, FIELDS_BYTES);
	add_fields(&fields, r->headers);
	if (fields.rc < 0)
		return refuse(n, n->browser, r, "a request too large", err);
	plain.headers = fields.n > 0 ? fa_buf_str(&fields) : FA_STR("");
	x->id = r->id;
	x->url = fa_arena_dup(&n->a, r->url);
	x->kind = fa_arena_dup(&n->a, r->kind);
	if (!x->url.p || !x->kind.p)
		return no_memory(err);
	x->used = true;
	if (n->begun_ms == 0)
		n->begun_ms = now_ms();
	n->page_n++;
	n->all_n++;
	return web.request(web.self, &n->face, &plain, err);
}

/* The page itself, and frames that were captured, come from the archive. */
static int
on_request(void *self, struct fa_browser *b, const struct fa_net_request *r,
	struct fa_err *err)
{
	struct fa_browse_net *n = self;
	bool get = fa_str_eq(r->method, FA_STR("GET"));
	const struct fa_session_page *p =
		get ? fa_browse_page_at(n->s, r->url) : NULL;
	const char *why;

	n->browser = b;
	if (r->main_document && p != n->page)
		return refuse(n, b, r, "it is another page", err);
	if (p)
		return give_page(n, b, r, p, err);
	why = is_not_for_web(n, r);
	if (!why)
		why = is_over(n);
	return why ? refuse(n, b, r, why, err) : ask_web(n, r, err);
}

/* What the web said, on its way to the page. */
static int
on_answer(void *self, uint64_t id, const struct fa_net_answer *answer,
	struct fa_err *err)
{
	struct fa_browse_net *n = self;
	struct fa_browse_asked *x = NULL;
	char why[64];
	int rc = FA_OK;

	for (size_t i = 0; i < FA_WALK_NET_PENDING && !x; i++)
		if (n->asked[i].used && n->asked[i].id == id)
			x = &n->asked[i];
	if (!x) /* it was cut off already */
		return FA_OK;
	x->used = false;
	(void)snprintf(why, sizeof(why), "status %d", answer->status);
	if (answer->error || answer->status >= 400)
		rc = leave_out(n, x->url, x->kind,
			!answer->error        ? why
				: answer->why ? answer->why
					      : answer->error,
			err);
	if (rc == FA_OK && !answer->error)
		rc = add_got(n, x->url, err);
	return rc < 0 ? rc
		      : n->browser->answer(n->browser->self, id, answer, err);
}

/* No more waiting: what is under way comes too late for the picture. */
static int
cut_off(struct fa_browse_net *n, const char *why, struct fa_err *err)
{
	struct fa_browser_net web = fa_walk_net_browser(n->web);
	struct fa_net_answer none = { .error = "TimedOut", .why = why };
	int rc = FA_OK;

	web.forget(web.self);
	for (size_t i = 0; i < FA_WALK_NET_PENDING && rc == FA_OK; i++) {
		struct fa_browse_asked *x = &n->asked[i];

		if (!x->used)
			continue;
		x->used = false;
		rc = leave_out(n, x->url, x->kind, why, err);
		if (rc == FA_OK)
			rc = n->browser->answer(
				n->browser->self, x->id, &none, err);
	}
	return rc;
}

static bool
waits(const struct fa_browse_net *n)
{
	for (size_t i = 0; i < FA_WALK_NET_PENDING; i++)
		if (n->asked[i].used)
			return true;
	return false;
}

static int
on_work(void *self, struct fa_browser *b, int64_t max_ms, bool *busy,
	struct fa_err *err)
{
	struct fa_browse_net *n = self;
	struct fa_browser_net web;
	const char *why = NULL;
	int rc;

	*busy = false;
	n->browser = b;
	if (!n->web)
		return FA_OK;
	web = fa_walk_net_browser(n->web);
	rc = web.work(web.self, &n->face, max_ms, busy, err);
	/* Requests that were let through may come to their end. */
	if (rc == FA_OK && waits(n) && n->begun_ms != 0 &&
		now_ms() - n->begun_ms >= FA_BROWSE_LOAD_MS)
		why = "the time for what a page loads was over";
	if (rc == FA_OK && n->o->stop && n->o->stop(n->o->ctx))
		why = "the session was interrupted";
	if (why) {
		*busy = false;
		rc = cut_off(n, why, err);
	}
	return rc;
}

static void
on_forget(void *self)
{
	struct fa_browse_net *n = self;

	for (size_t i = 0; i < FA_WALK_NET_PENDING; i++)
		n->asked[i].used = false;
	if (n->web) {
		struct fa_browser_net web = fa_walk_net_browser(n->web);

		web.forget(web.self);
	}
}

struct fa_browser_net
fa_browse_net_browser(struct fa_browse_net *n)
{
	return (struct fa_browser_net){ n, on_request, on_work, on_forget };
}

/* One archive for what pages of a case load, beside those of the crawl. */
static int
open_web(struct fa_browse_net *n, struct fa_err *err)
{
	struct fa_walk_net_opts o = { .fetcher = fa_note_begin(
					      &n->note, n->o->fetcher, &n->a),
		.agent = n->o->agent,
		.product = n->o->product,
		.ignore_robots = n->o->ignore_robots };
	int rc = fa_session_archive(
		&n->warc, &n->archive, n->s, "resources", n->o->software, err);

	if (rc == FA_OK)
		n->note.from = fa_warc_end(n->warc);
	o.warc = n->warc;
	o.start = n->s->pages[0].url;
	return rc < 0 ? rc : fa_walk_net_new(&n->web, &o, err);
}

int
fa_browse_net_open(struct fa_browse_net *n, struct fa_session *s,
	const struct fa_browse_opts *o, struct fa_err *err)
{
	memset(n, 0, sizeof(*n));
	n->s = s;
	n->o = o;
	n->face = (struct fa_browser){ .self = n, .answer = on_answer };
	fa_arena_init(&n->a, TEXT_BYTES);
	fa_arena_init(&n->scratch, SCRATCH_BYTES);
	return o->fetcher.start && s->pages_n > 0 ? open_web(n, err) : FA_OK;
}

void
fa_browse_net_done(struct fa_browse_net *n)
{
	fa_walk_net_free(n->web);
	fa_warc_close(n->warc);
	fa_payload_done(&n->source);
	fa_arena_done(&n->scratch);
	fa_arena_done(&n->a);
	n->web = NULL;
	n->warc = NULL;
}

void
fa_browse_net_again(struct fa_browse_net *n)
{
	n->got_n = n->left_n = 0;
	n->left_all = 0;
}

void
fa_browse_net_page(struct fa_browse_net *n, const struct fa_session_page *page)
{
	n->page = page;
	n->begun_ms = 0;
	n->page_n = 0;
	fa_browse_net_again(n);
}
