/* What an answer means for the URL that was asked for. */
#include <string.h>

#include "crawl/internal.h"
#include "evidence/warc_read.h"

#define BACKOFF_MAX_MS (15 * 60 * 1000)

static bool
is_redirect(int status)
{
	return status == 301 || status == 302 || status == 303 ||
		status == 307 || status == 308;
}

enum fa_outcome
fa_crawl_outcome(const struct fa_exchange *x, bool conditional)
{
	int s = x->status;

	if (x->outcome != FA_OUT_OK)
		return x->outcome;
	if (s == 200 || (s == 304 && conditional))
		return FA_OUT_OK;
	if (is_redirect(s))
		return x->location.n > 0 ? FA_OUT_REDIRECT
					 : FA_OUT_BAD_REDIRECT;
	if (s == 404 || s == 410)
		return FA_OUT_GONE;
	if (s == 401 || s == 403 || s == 407 || s == 429 || s == 451)
		return FA_OUT_BLOCKED;
	return s >= 500 ? FA_OUT_SERVER_ERROR : FA_OUT_HTTP_ERROR;
}

int64_t
fa_crawl_backoff_ms(const struct fa_crawl *c, uint32_t tries, struct fa_str url)
{
	int64_t ms = c->o->backoff_ms;

	for (uint32_t i = 0; i < tries && ms < BACKOFF_MAX_MS; i++)
		ms *= 2;
	if (ms > BACKOFF_MAX_MS)
		ms = BACKOFF_MAX_MS;
	return ms / 2 + ms * (fa_str_hash(url) % 1000) / 1000;
}

/* 429 and 503 speak for the whole host. */
static bool
is_overload(const struct fa_exchange *x)
{
	return x->outcome == FA_OUT_OK &&
		(x->status == 429 || x->status == 503);
}

/* A host that asked to be left alone is, also by the next run. */
static int
hold_host(
	struct fa_crawl *c, uint32_t host, int64_t until_ms, struct fa_err *err)
{
	fa_pace_hold(c->o->pace, host, until_ms);
	return fa_store_hold_host(
		c->store, fa_pace_name(c->o->pace, host), until_ms, err);
}

static int
plan_retry(struct fa_store_attempt *a, struct fa_crawl *c,
	const struct fa_store_item *item, uint32_t host,
	const struct fa_exchange *x, struct fa_err *err)
{
	int64_t now = fa_crawl_now_ms();
	int64_t wait = fa_crawl_backoff_ms(c, item->tries, item->url);

	a->final = item->tries + 1 >= c->o->tries ||
		!(fa_outcome_passes(a->outcome) || is_overload(x));
	if (wait < x->retry_after_ms)
		wait = x->retry_after_ms;
	a->not_before_ms = now + wait;
	return is_overload(x) ? hold_host(c, host, now + wait, err) : FA_OK;
}

/* Where a redirect leads: its URL becomes known. A Location that is no URL of
 * the web ends here. */
static int
set_redirect(struct fa_store_attempt *a, struct fa_crawl *c,
	const struct fa_exchange *x, struct fa_err *err)
{
	struct fa_err why;
	struct fa_url to;
	int64_t id;
	int rc = fa_url_parse(&to, x->location, &c->scratch, &why);

	if (rc == FA_E_NOMEM)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc < 0) {
		struct fa_str detail =
			fa_arena_dup(&c->scratch, fa_str_c(why.msg));

		a->outcome = FA_OUT_BAD_REDIRECT;
		a->detail = detail;
		return FA_OK;
	}
	rc = fa_store_put_url(&id, c->store, to.text, to.host, err);
	if (rc == FA_OK && id != a->url)
		a->redirect = id;
	else if (rc == FA_OK)
		a->outcome = FA_OUT_REDIRECT_LOOP;
	return rc;
}

/* Looks at a new page, when somebody may want what it leads to: 1, or 0. Once
 * references are followed at all, a page that is the last one on one way may
 * be in the middle of another. */
static int
look(struct fa_store_attempt *a, struct fa_crawl *c,
	const struct fa_store_item *item, const struct fa_exchange *x,
	const struct fa_capture *capture, struct fa_err *err)
{
	struct fa_inspection seen;
	int rc = 1;

	if (c->rules.max_step <= 1)
		rc = fa_store_leads_on(
			c->store, item->id, c->rules.max_step, err);
	if (rc != 1)
		return rc;
	rc = fa_crawl_inspect(&seen, c, capture, item->url, x->body, err);
	if (rc < 0)
		return rc;
	a->kind = seen.kind;
	a->kind_other = seen.kind_other;
	a->kind_detail = seen.detail;
	return 1;
}

static void
count(struct fa_crawl_stats *s, const struct fa_store_attempt *a,
	const struct fa_capture *capture, const struct fa_exchange *x)
{
	s->bytes += x->body.n;
	if (!a->final)
		s->retried++;
	else if (a->outcome == FA_OUT_REDIRECT)
		s->redirects++;
	else if (a->outcome != FA_OUT_OK)
		s->failed++;
	else if (capture->revisit == FA_REVISIT_NEW)
		s->pages++;
	else
		s->same++;
}

/* A definite answer without a page: what the page led to counts no more. */
static bool
forgets_links(const struct fa_store_attempt *a)
{
	return a->final && a->outcome != FA_OUT_OK &&
		!fa_outcome_passes(a->outcome);
}

static int
conclude(struct fa_crawl *c, const struct fa_store_item *item, uint32_t host,
	const struct fa_exchange *x, struct fa_capture *capture,
	struct fa_store_attempt *a, struct fa_err *err)
{
	bool leads = true;
	int rc = FA_OK;

	a->final = true;
	if (a->outcome == FA_OUT_REDIRECT) {
		rc = set_redirect(a, c, x, err);
	} else if (a->outcome == FA_OUT_OK && !a->same_page) {
		rc = look(a, c, item, x, capture, err);
		leads = rc == 1;
	} else if (a->outcome != FA_OUT_OK) {
		rc = plan_retry(a, c, item, host, x, err);
	}
	if (rc < 0)
		return rc;
	count(&c->stats, a, capture, x);
	rc = fa_store_put_attempt(c->store, a, err);
	if (rc == FA_OK && forgets_links(a))
		rc = fa_store_put_links(c->store, item->id, NULL, 0, err);
	if (rc == FA_OK && a->final && leads)
		rc = fa_store_expand(c->store, item->id, &c->rules, err);
	return rc;
}

static int
tell(struct fa_crawl *c, const struct fa_store_item *item,
	const struct fa_exchange *x, const struct fa_capture *capture,
	const struct fa_store_attempt *a, struct fa_err *err)
{
	return fa_crawl_tell(c,
		&(struct fa_crawl_event){ .url = item->url,
			.x = x,
			.outcome = a->outcome,
			.detail = a->detail,
			.redirect =
				a->redirect != 0 ? x->location : FA_STR_NONE,
			.tries = item->tries,
			.final = a->final,
			.not_before_ms = a->not_before_ms,
			.capture = capture,
			.place = &c->place,
			.kind = a->kind },
		err);
}

int
fa_crawl_page_end(struct fa_crawl *c, const struct fa_store_item *item,
	uint32_t host, const struct fa_exchange *x, struct fa_err *err)
{
	bool conditional = item->etag.p || item->last_modified.p;
	struct fa_store_attempt a = { .url = item->id,
		.run = c->run,
		.at_us = x->at_us,
		.elapsed_ms = x->elapsed_ms,
		.outcome = fa_crawl_outcome(x, conditional),
		.detail = x->detail[0] ? fa_str_c(x->detail) : FA_STR_NONE,
		.status = x->status,
		.ip = x->ip[0] ? fa_str_c(x->ip) : FA_STR_NONE,
		.same_page = x->status == 304 };
	struct fa_capture capture, before;
	int rc = FA_OK;

	fa_arena_reset(&c->scratch);
	if (a.same_page && a.outcome == FA_OUT_OK)
		rc = fa_store_get_capture(
			&before, c->store, item->capture, &c->scratch, err);
	if (rc >= 0)
		rc = fa_crawl_archive(&capture, c, x, item->id, item->url,
			rc == 1 ? &before : NULL, err);
	if (rc < 0)
		return rc;
	a.capture = capture.id;
	rc = conclude(c, item, host, x, &capture, &a, err);
	return rc < 0 ? rc : tell(c, item, x, &capture, &a, err);
}
