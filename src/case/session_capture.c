/* The capture of a session: a small crawl, of which every exchange is told. */
#include <string.h>

#include "case/capture.h"
#include "fetch/url.h"
#include "store/frontier.h"

struct hop {
	struct fa_str from, to;
};

struct waiting {
	struct fa_str host;
	int64_t until_ms;
};

struct work {
	struct fa_session *s;
	struct fa_session_crawl *o;
	struct hop *hops; /* redirects of this session */
	size_t hops_n, hops_cap;
	struct waiting *waiting; /* hosts with pages that were not asked for */
	size_t waiting_n, waiting_cap;
};

static int
no_host(void *ctx, struct fa_str host, int64_t not_before_ms, struct fa_err *e)
{
	(void)ctx;
	(void)host;
	(void)not_before_ms;
	(void)e;
	return FA_OK;
}

/* A page of an app store leads to the policy; anything else is taken for one.
 */
static int
add_roots(struct fa_session *s, const struct fa_crawl_opts *o, int64_t target,
	struct fa_err *err)
{
	struct fa_store_rules rules = { .max_step = 1 + o->depth,
		.on_pending = no_host };
	int rc = FA_OK;

	for (size_t i = 0; i < s->o->urls_n && rc == FA_OK; i++) {
		const struct fa_url *u = &s->o->urls[i];
		bool listing = o->listings &&
			fa_listing_of_url(o->listings, u->text) != NULL;
		struct fa_store_want want = { .target = target,
			.role = listing ? FA_ROLE_LISTING : FA_ROLE_POLICY,
			.step = listing ? 0 : 1 };
		int64_t url;

		rc = fa_store_put_url(&url, s->store, u->text, u->host, err);
		if (rc == FA_OK)
			rc = fa_store_put_root(
				s->store, url, &want, &rules, err);
	}
	return rc;
}

int
fa_session_put_target(int64_t *target, struct fa_session *s, struct fa_err *err)
{
	const struct fa_case_subject *x = &s->info.subject;
	struct fa_target t = { .app = x->app.p ? x->app : s->info.title,
		.package = x->package,
		.store = x->store,
		.version = x->version,
		.publisher = x->publisher,
		.policy_url =
			s->o->urls_n > 0 ? s->o->urls[0].text : FA_STR_NONE };
	int rc = fa_session_target_key(&t.key, s, err);

	return rc < 0
		? rc
		: fa_store_put_target(target, s->store, &t, FA_STR_NONE, err);
}

/* A session asks for everything anew, whatever one before it has left. */
static int
add_target(
	struct fa_session *s, const struct fa_crawl_opts *o, struct fa_err *err)
{
	int64_t target;
	int rc = fa_store_meta_set_int(s->store, "crawl_unfinished", 0, err);

	if (rc == FA_OK)
		rc = fa_session_put_target(&target, s, err);
	return rc < 0 ? rc : add_roots(s, o, target, err);
}

static int
add_hop(struct work *w, struct fa_str from, struct fa_str to,
	struct fa_err *err)
{
	struct fa_arena *a = &w->s->arena;
	struct hop *p = fa_arena_grow(
		a, w->hops, &w->hops_cap, w->hops_n + 1, sizeof(*p));

	if (!p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a redirect");
	w->hops = p;
	p[w->hops_n].from = fa_arena_dup(a, from);
	p[w->hops_n].to = fa_arena_dup(a, to);
	if (!p[w->hops_n].from.p || !p[w->hops_n].to.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a redirect");
	w->hops_n++;
	return FA_OK;
}

/* The URLs whose redirects led to url, the first one first. */
static size_t
chain_to(struct fa_str out[FA_CAPTURE_HOPS_MAX], const struct work *w,
	struct fa_str url)
{
	struct fa_str back[FA_CAPTURE_HOPS_MAX];
	size_t n = 0;

	for (size_t i = w->hops_n; i-- > 0 && n < FA_CAPTURE_HOPS_MAX;) {
		if (!fa_str_eq(w->hops[i].to, url))
			continue;
		url = back[n++] = w->hops[i].from;
	}
	for (size_t i = 0; i < n; i++)
		out[i] = back[n - 1 - i];
	return n;
}

static struct fa_str
robots_note(const struct work *w, const struct fa_crawl_event *e)
{
	if (e->robots)
		return FA_STR("is robots.txt");
	if (w->o->robots_reason.p)
		return w->o->robots_reason;
	return e->outcome == FA_OUT_ROBOTS ? FA_STR("forbidden")
					   : FA_STR("allowed");
}

static int
file_of(struct fa_str *out, struct fa_buf *b, const struct fa_crawl_event *e,
	struct fa_err *err)
{
	*out = FA_STR_NONE;
	if (!e->capture || e->capture->id == 0)
		return FA_OK;
	fa_buf_adds(b, "archive/");
	fa_buf_add(b, e->capture->archive);
	*out = fa_buf_str(b);
	return fa_buf_rc(b, "name of an archive", err);
}

static struct fa_str
keep(struct fa_session *s, struct fa_str text, bool *ok)
{
	struct fa_str copy = text.p ? fa_arena_dup(&s->arena, text) : text;

	*ok = *ok && (copy.p || !text.p);
	return copy;
}

/* What the session does afterwards is done with these. */
static int
add_page(struct fa_session *s, const struct fa_capture_event *e, int64_t seq,
	const char *payload, struct fa_err *err)
{
	struct fa_session_page *p = fa_arena_grow(
		&s->arena, s->pages, &s->pages_cap, s->pages_n + 1, sizeof(*p));
	bool ok = p != NULL;

	if (ok) {
		s->pages = p;
		p += s->pages_n++;
		*p = (struct fa_session_page){ .seq = seq,
			.url = keep(s, e->url, &ok),
			.redirect = keep(s, e->redirect, &ok),
			.status = e->x->status,
			.media_type = keep(s, e->media_type, &ok),
			.charset = keep(s, e->charset, &ok),
			.coding = keep(s, e->coding, &ok),
			.file = keep(s, e->file, &ok),
			.offset = e->place->offset,
			.kind = e->kind };
		memcpy(p->payload, payload, sizeof(p->payload));
	}
	return ok ? FA_OK : fa_fail(err, FA_E_NOMEM, "no memory for a page");
}

static int
witness(void *ctx, const struct fa_crawl_event *e, struct fa_err *err)
{
	struct work *w = ctx;
	struct fa_buf file FA_CLEANUP(fa_buf_done);
	struct fa_str chain[FA_CAPTURE_HOPS_MAX];
	struct fa_capture_event said = { .purpose =
						 e->robots ? "robots" : "page",
		.method = FA_STR("GET"),
		.url = e->url,
		.x = e->x,
		.outcome = e->outcome,
		.detail = e->detail,
		.redirect = e->redirect,
		.chain = chain,
		.chain_n = chain_to(chain, w, e->url),
		.place = e->place,
		.kind = e->kind,
		.tries = e->tries,
		.final = e->final,
		.not_before_ms = e->not_before_ms,
		.body_bytes = w->o->body_bytes,
		.robots = robots_note(w, e) };
	int64_t seq = 0;
	int rc;

	fa_buf_init(&file, FA_FILE_PATH_BYTES);
	rc = file_of(&said.file, &file, e, err);
	if (said.file.p) {
		said.media_type = e->capture->media_type;
		said.charset = e->capture->charset;
		said.coding = e->capture->coding;
	}
	if (rc == FA_OK && e->redirect.p)
		rc = add_hop(w, e->url, e->redirect, err);
	if (rc == FA_OK)
		rc = fa_capture_tell(&seq, w->s, &said, err);
	if (rc < 0 || seq == 0 || e->robots ||
		(e->outcome != FA_OUT_OK && e->outcome != FA_OUT_REDIRECT))
		return rc;
	return add_page(w->s, &said, seq, e->capture->payload, err);
}

static bool
stop(void *ctx)
{
	const struct work *w = ctx;

	return w->o->stop && w->o->stop(w->o->ctx);
}

static void
progress(void *ctx, const struct fa_crawl_stats *st)
{
	const struct work *w = ctx;

	if (w->o->progress)
		w->o->progress(w->o->ctx, st);
}

/* A host that asked to be left alone for long is, and that is why its pages are
 * missing. */
static int
add_waiting(void *ctx, struct fa_str host, int64_t not_before_ms,
	struct fa_err *err)
{
	struct work *w = ctx;
	struct waiting *p = fa_arena_grow(&w->s->arena, w->waiting,
		&w->waiting_cap, w->waiting_n + 1, sizeof(*p));

	if (!p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a host");
	w->waiting = p;
	p[w->waiting_n].host = fa_arena_dup(&w->s->arena, host);
	p[w->waiting_n].until_ms = not_before_ms;
	return p[w->waiting_n++].host.p
		? FA_OK
		: fa_fail(err, FA_E_NOMEM, "no memory for a host");
}

static int
tell_left(struct work *w, bool stopped, struct fa_err *err)
{
	int rc = fa_store_hosts(w->s->store, add_waiting, w, err);

	for (size_t i = 0; i < w->waiting_n && rc == FA_OK; i++) {
		struct fa_buf b FA_CLEANUP(fa_buf_done);
		char time[FA_TIME_BYTES];

		fa_time_format(w->waiting[i].until_ms, time);
		fa_buf_init(&b, 4096);
		fa_buf_addf(&b, "pages of %.*s were not captured: ",
			FA_STR_ARG(w->waiting[i].host));
		if (stopped)
			fa_buf_adds(&b, "the session was interrupted");
		else
			fa_buf_addf(&b,
				"the host wants to be left alone "
				"until %s",
				time);
		rc = fa_session_error(
			w->s, "fetch", FA_STR_NONE, fa_buf_str(&b), err);
	}
	return rc;
}

int
fa_session_capture(struct fa_crawl_stats *stats, bool *stopped,
	struct fa_session *s, struct fa_session_crawl *o, struct fa_err *err)
{
	struct work w = { .s = s, .o = o };
	struct fa_crawl_opts crawl = o->crawl;
	int rc;

	crawl.store = s->store;
	crawl.recrawl_age_ms = 0;
	crawl.ours = NULL;
	crawl.witness = witness;
	crawl.stop = stop;
	crawl.progress = progress;
	crawl.ctx = &w;
	rc = add_target(s, &crawl, err);
	if (rc == FA_OK)
		rc = fa_crawl_run(stats, stopped, &crawl, err);
	return rc < 0 ? rc : tell_left(&w, *stopped, err);
}
