#include "crawl/crawl.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "crawl/internal.h"

#define ARENA_BYTES ((size_t)256 << 20)
#define SCRATCH_BYTES ((size_t)64 << 20)
#define FLIGHT_BYTES ((size_t)256 << 10) /* texts of one request */
#define VALIDATOR_BYTES 1024             /* longer ones are not sent back */
#define TURN_HOSTS 64 /* served in one turn, so that signals are seen */
#define TICK_MS 200   /* longest wait: signals and progress are seen then */

static int
on_pending(void *ctx, struct fa_str host, int64_t not_before_ms,
	struct fa_err *err)
{
	struct fa_crawl *c = ctx;
	uint32_t id;
	int rc;

	if (c->o->ours && !c->o->ours(c->o->ctx, host))
		return FA_OK;
	rc = fa_pace_host(&id, c->o->pace, host, err);
	if (rc == FA_OK)
		fa_pace_wake(c->o->pace, id, not_before_ms);
	return rc;
}

static struct fa_flight *
free_flight(struct fa_crawl *c)
{
	struct fa_flight *f = c->flights;

	while (f->used)
		f++;
	assert(f < c->flights + FA_FETCH_IN_FLIGHT_MAX);
	return f;
}

static int
start(struct fa_crawl *c, struct fa_flight *f, uint32_t host,
	const struct fa_fetch_request *r, struct fa_err *err)
{
	int rc;

	f->used = true;
	f->host = host;
	fa_pace_begin(c->o->pace, host, fa_crawl_now_ms());
	c->live++;
	rc = c->o->fetcher.start(c->o->fetcher.self, r, err);
	return rc;
}

static int
start_errand(struct fa_crawl *c, struct fa_errand *e, struct fa_err *err)
{
	struct fa_flight *f = free_flight(c);
	struct fa_fetch_request r = {
		.tag = f - c->flights, .host = e->at_host, .url = e->url
	};

	f->robots = true;
	f->errand = (size_t)(e - c->errands);
	fa_crawl_errand_live(c, e, true);
	return start(c, f, e->at_host, &r, err);
}

/* What a host wants to hear again may be as long as all its header fields. */
static struct fa_str
validator(struct fa_str s)
{
	return s.n <= VALIDATOR_BYTES ? s : FA_STR_NONE;
}

/* A page is asked for conditionally when the one that is there will do. */
static int
start_page(struct fa_crawl *c, struct fa_flight *f, uint32_t host,
	struct fa_err *err)
{
	struct fa_store_item *item = &f->item;
	int leads = c->rules.max_step > 1;

	item->etag = validator(item->etag);
	item->last_modified = validator(item->last_modified);
	if (c->o->witness)
		item->etag = item->last_modified = FA_STR_NONE;
	if (!item->inspected && !leads &&
		(item->etag.p || item->last_modified.p))
		leads = fa_store_leads_on(
			c->store, item->id, c->rules.max_step, err);
	if (leads < 0)
		return leads;
	if (leads == 1 && !item->inspected)
		item->etag = item->last_modified = FA_STR_NONE;
	f->robots = false;
	return start(c, f, host,
		&(struct fa_fetch_request){ .tag = f - c->flights,
			.host = host,
			.url = item->url,
			.etag = item->etag,
			.last_modified = item->last_modified },
		err);
}

static int
refuse(struct fa_crawl *c, const struct fa_store_item *item,
	enum fa_outcome why, struct fa_err *err)
{
	struct fa_str detail = why == FA_OUT_ROBOTS
		? FA_STR_NONE
		: FA_STR("robots.txt could not be had");
	int rc = fa_store_end_url(
		c->store, item->id, why, detail, fa_crawl_now_ms(), err);

	c->stats.failed++;
	/* As after an answer: what the page led to counts no more, unless it
	 * may come back. */
	if (rc == FA_OK && !fa_outcome_passes(why))
		rc = fa_store_put_links(c->store, item->id, NULL, 0, err);
	if (rc == FA_OK)
		rc = fa_store_expand(c->store, item->id, &c->rules, err);
	if (rc == FA_OK)
		rc = fa_crawl_tell(c,
			&(struct fa_crawl_event){ .url = item->url,
				.outcome = why,
				.detail = detail,
				.tries = item->tries,
				.final = true },
			err);
	return rc < 0 ? rc : fa_crawl_put(c, err);
}

/* The page that is due at a host: asked for, refused, or left waiting for
 * robots.txt. */
static int
serve_page(struct fa_crawl *c, struct fa_flight *f, uint32_t host,
	struct fa_err *err)
{
	enum fa_outcome why = FA_OUT_ROBOTS;
	enum fa_may may;
	int rc = fa_crawl_may(&may, &why, c, host, f->item.url, err);

	if (rc < 0 || may == FA_MAY_LATER)
		return rc;
	if (may == FA_MAY)
		return start_page(c, f, host, err);
	fa_pace_wake(c->o->pace, host, 0);
	return refuse(c, &f->item, why, err);
}

/* What a host that may be asked now has to do. */
static int
serve(struct fa_crawl *c, uint32_t host, struct fa_err *err)
{
	struct fa_errand *e = fa_crawl_errand(c, host);
	struct fa_flight *f = free_flight(c);
	int64_t not_before;
	int rc;

	if (e)
		return start_errand(c, e, err);
	fa_arena_done(&f->arena);
	fa_arena_init(&f->arena, FLIGHT_BYTES);
	rc = fa_store_next(&f->item, &not_before, c->store,
		fa_pace_name(c->o->pace, host), fa_crawl_now_ms(), &f->arena,
		err);
	if (rc == 1)
		return serve_page(c, f, host, err);
	if (rc == 0 && not_before != INT64_MAX)
		fa_pace_wake(c->o->pace, host, not_before);
	return rc;
}

static int
on_exchange(void *ctx, const struct fa_exchange *x, struct fa_err *err)
{
	struct fa_crawl *c = ctx;
	struct fa_flight *f = &c->flights[x->tag];
	int rc;

	fa_pace_end(
		c->o->pace, f->host, fa_crawl_now_ms(), x->elapsed_ms, x->busy);
	c->live--;
	f->used = false;
	if (x->busy) {
		if (f->robots)
			fa_crawl_errand_live(c, &c->errands[f->errand], false);
		return FA_OK;
	}
	c->stats.requests++;
	if (f->robots)
		rc = fa_crawl_robots_end(c, f->errand, x, err);
	else
		rc = fa_crawl_page_end(c, &f->item, f->host, x, err);
	return rc < 0 ? rc : fa_crawl_put(c, err);
}

/* Starts what may be started; *at_ms is when there may be more to start
 * (INT64_MAX: when something ends). */
static int
start_some(struct fa_crawl *c, int64_t *at_ms, struct fa_err *err)
{
	uint32_t host;

	fa_crawl_errands_go_on(c);
	*at_ms = INT64_MAX;
	for (int i = 0; c->o->fetcher.room(c->o->fetcher.self) > 0; i++) {
		int rc;

		if (i == TURN_HOSTS) {
			*at_ms = fa_crawl_now_ms();
			return FA_OK;
		}
		if (!fa_pace_next(&host, at_ms, c->o->pace, fa_crawl_now_ms()))
			return FA_OK;
		rc = serve(c, host, err);
		if (rc < 0)
			return rc;
		*at_ms = INT64_MAX;
	}
	return FA_OK;
}

/* One turn: starts what may be started, lets requests go on, commits when it
 * is time. *done when nothing is left or everything in flight has landed. */
static int
turn(struct fa_crawl *c, bool stopping, bool *done, struct fa_err *err)
{
	int64_t now, at_ms = INT64_MAX, wait = TICK_MS;
	bool waits;
	int rc = stopping ? FA_OK : start_some(c, &at_ms, err);

	if (rc < 0)
		return rc;
	now = fa_crawl_now_ms();
	waits = at_ms != INT64_MAX && at_ms - now > FA_CRAWL_PATIENCE_MS;
	*done = c->live == 0 && (stopping || waits || at_ms == INT64_MAX);
	if (*done)
		return FA_OK;
	if (at_ms - now < TICK_MS)
		wait = at_ms > now ? at_ms - now : 0;
	rc = c->o->fetcher.wait(c->o->fetcher.self, wait, on_exchange, c, err);
	if (rc == FA_OK && c->batch_ms != 0 &&
		fa_crawl_now_ms() - c->batch_ms >= FA_CRAWL_BATCH_MS)
		rc = fa_crawl_commit(c, err);
	return rc;
}

static int
loop(struct fa_crawl *c, bool *stopped, struct fa_err *err)
{
	bool done = false, stopping = false;
	int64_t told_ms = 0;
	int rc = FA_OK;

	while (!done && rc == FA_OK) {
		int64_t now = fa_crawl_now_ms();

		stopping = stopping || (c->o->stop && c->o->stop(c->o->ctx));
		rc = turn(c, stopping, &done, err);
		if (c->o->progress && now - told_ms >= TICK_MS) {
			c->o->progress(c->o->ctx, &c->stats);
			told_ms = now;
		}
	}
	*stopped = stopping;
	return rc;
}

/* The name of the store, which its archives carry: of the moment and the
 * place at which it was made. */
static int
name_store(struct fa_crawl *c, struct fa_err *err)
{
	char when[32], hex[32];
	struct fa_str name, parts[2] = { fa_store_dir(c->store), FA_STR_NONE };
	int64_t id;
	int rc = fa_store_meta_text(&name, c->store, "store", &c->arena, err);

	if (rc < 0 || name.p)
		return rc;
	(void)snprintf(
		when, sizeof(when), "%lld", (long long)fa_crawl_now_ms());
	parts[1] = fa_str_c(when);
	rc = fa_hash_id(&id, parts, FA_COUNT(parts), err);
	(void)snprintf(hex, sizeof(hex), "%010llx",
		(unsigned long long)id & 0xffffffffffULL);
	return rc < 0
		? rc
		: fa_store_meta_set_text(c->store, "store", fa_str_c(hex), err);
}

/* A crawl that was broken off goes on; when none is, and pages shall be
 * fetched again, a new pass begins. What counts as old is fixed then. What an
 * archive did not hold is asked for when the network may be asked. */
static int
begin_pass(struct fa_crawl *c, struct fa_err *err)
{
	int64_t unfinished, now = fa_crawl_now_ms();
	int rc = fa_store_meta_int(
		&unfinished, c->store, "crawl_unfinished", 0, err);

	if (rc == FA_OK)
		rc = fa_store_meta_int(
			&c->rules.fresh_ms, c->store, "crawl_fresh_ms", 0, err);
	if (rc == FA_OK && !unfinished && c->o->recrawl_age_ms >= 0) {
		c->rules.fresh_ms = now - c->o->recrawl_age_ms;
		rc = fa_store_meta_set_int(
			c->store, "crawl_fresh_ms", c->rules.fresh_ms, err);
		if (rc == FA_OK)
			rc = fa_store_restart(c->store, &c->rules, err);
	}
	if (rc == FA_OK && !c->o->offline)
		rc = fa_store_retry_archived(c->store, err);
	if (rc == FA_OK)
		rc = fa_store_meta_set_int(
			c->store, "crawl_unfinished", 1, err);
	if (rc == FA_OK)
		rc = fa_store_run_begin(&c->run, c->store, "crawl", now,
			c->o->software, c->o->options, err);
	return rc;
}

static int
end_pass(struct fa_crawl *c, bool stopped, struct fa_err *err)
{
	int rc = FA_OK;

	/* A host that wants to be left alone for long stays pending, but does
	 * not keep all others from the next pass. */
	if (!stopped)
		rc = fa_store_meta_set_int(
			c->store, "crawl_unfinished", 0, err);
	if (rc == FA_OK)
		rc = fa_store_run_end(c->store, c->run, fa_crawl_now_ms(), err);
	return rc < 0 ? rc : fa_crawl_commit(c, err);
}

static int
crawl(struct fa_crawl *c, bool *stopped, struct fa_err *err)
{
	int rc = name_store(c, err);

	if (rc == FA_OK)
		rc = begin_pass(c, err);
	if (rc == FA_OK && !c->o->offline)
		rc = fa_crawl_archive_open(c, err);
	if (rc == FA_OK)
		rc = fa_crawl_commit(c, err);
	if (rc == FA_OK)
		rc = fa_store_hosts(c->store, on_pending, c, err);
	if (rc == FA_OK)
		rc = loop(c, stopped, err);
	if (rc == FA_OK)
		rc = end_pass(c, *stopped, err);
	return rc;
}

static void
release(struct fa_crawl *c)
{
	struct fa_arena arena;

	fa_warc_close(c->warc);
	for (size_t i = 0; i < FA_COUNT(c->flights); i++)
		fa_arena_done(&c->flights[i].arena);
	for (size_t i = 0; i < FA_COUNT(c->kept); i++)
		fa_arena_done(&c->kept[i].arena);
	for (size_t i = 0; i < c->errands_n; i++)
		fa_arena_done(&c->errands[i].arena);
	fa_arena_done(&c->scratch);
	arena = c->arena;
	fa_arena_done(&arena);
}

int
fa_crawl_run(struct fa_crawl_stats *stats, bool *stopped,
	const struct fa_crawl_opts *o, struct fa_err *err)
{
	struct fa_arena arena;
	struct fa_crawl *c;
	int rc;

	fa_arena_init(&arena, ARENA_BYTES);
	c = fa_arena_new(&arena, 1, sizeof(*c));
	if (!c)
		return fa_fail(err, FA_E_NOMEM, "no memory for the crawl");
	c->arena = arena;
	c->o = o;
	c->store = o->store;
	c->rules = (struct fa_store_rules){
		.max_step = 1 + o->depth, .on_pending = on_pending, .ctx = c
	};
	fa_arena_init(&c->scratch, SCRATCH_BYTES);
	rc = crawl(c, stopped, err);
	*stats = c->stats;
	release(c);
	return rc;
}
