/* A crawl over a web that lives in memory. */
#ifndef FIXTURE_CRAWL_H
#define FIXTURE_CRAWL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <time.h>
#include <unistd.h>

#include "crawl/crawl.h"
#include "store/frontier.h"
#include "store/wanted.h"

#define SLOTS 3

#define POLICY                                                                                                   \
	"<html><title>隐私政策</title><body><h1>隐私政策</"                                              \
	"h1><p>我们非常重视您的"                                                                         \
	"个人信息和隐私保护。本隐私政策说明我们如何收集、使用、存储和共享您的" \
	"个人信息，以及您享有的权利。我们仅在取得您的同意后处理个人信息。您可" \
	"以"                                                                                                    \
	"随时撤回同意、更正或者删除您的个人信息，也可以注销账号。</p>"

struct page {
	const char *url;
	int status;
	const char *fields; /* further header fields, or "" */
	const char *body;
	enum fa_outcome outcome; /* when status is 0 */
	int busy;                /* so many times 503 first */
};

#define PAGE(u, s, f, b)                                                       \
	{                                                                      \
		.url = (u), .status = (s), .fields = (f), .body = (b)          \
	}
#define FAILS(u, o)                                                            \
	{                                                                      \
		.url = (u), .fields = "", .body = "", .outcome = (o)           \
	}

struct web {
	struct page *pages;
	size_t n;
	/* Requests under way. */
	struct {
		bool used;
		int64_t tag;
		uint32_t host;
		char url[256], condition[128];
	} slots[SLOTS];
	unsigned asked;      /* requests in all */
	unsigned robots;     /* of these, for robots.txt */
	unsigned breaks_at;  /* this request never comes back; 0: none */
	unsigned most;       /* at once */
	char log[8192];      /* URLs, a line each */
	unsigned stop_after; /* answers; 0: never */
	unsigned answered;
	unsigned stop_asked;
	char head[128 << 10];
};

struct place {
	char dir[64];
	struct fa_store *store;
	struct fa_pace *pace;
	struct fa_listings *listings;
	struct fa_arena a;
	struct fa_err err;
	struct web web;
	struct fa_crawl_opts o;
	struct fa_crawl_stats stats;
	bool stopped, offline;
};

static inline int
start(void *self, const struct fa_fetch_request *r, struct fa_err *err)
{
	struct web *w = self;
	size_t i = 0, live = 0;

	(void)err;
	while (w->slots[i].used)
		i++;
	assert_true(i < SLOTS);
	assert_true(r->url.n < sizeof(w->slots[i].url));
	w->slots[i].used = true;
	w->slots[i].tag = r->tag;
	w->slots[i].host = r->host;
	(void)snprintf(w->slots[i].url, sizeof(w->slots[i].url), "%.*s",
		FA_STR_ARG(r->url));
	(void)snprintf(w->slots[i].condition, sizeof(w->slots[i].condition),
		"%.*s", FA_STR_ARG(r->etag));
	for (size_t k = 0; k < SLOTS; k++)
		live += w->slots[k].used;
	if (w->most < live)
		w->most = (unsigned)live;
	w->asked++;
	if (strstr(w->slots[i].url, "/robots.txt"))
		w->robots++;
	(void)snprintf(w->log + strlen(w->log), sizeof(w->log) - strlen(w->log),
		"%s\n", w->slots[i].url);
	return FA_OK;
}

static inline size_t
room(void *self)
{
	const struct web *w = self;
	size_t n = 0;

	for (size_t i = 0; i < SLOTS; i++)
		n += !w->slots[i].used;
	return n;
}

static inline void
fill(struct fa_exchange *x, struct page *p, const char *condition, char *head,
	size_t size)
{
	char *etag = p ? strstr(p->fields, "ETag: ") : NULL;
	int status = p ? p->status : 404;

	if (p && p->busy > 0) {
		p->busy--;
		status = 503;
	} else if (etag && condition[0] &&
		strncmp(etag + 6, condition, strlen(condition)) == 0) {
		status = 304;
	}
	x->status = status;
	x->outcome = status ? FA_OUT_OK : p->outcome;
	x->body = fa_str_c(status == 200 ? p->body : "");
	(void)snprintf(head, size,
		"HTTP/1.1 %d X\r\nContent-Type: text/html; charset=utf-8\r\n"
		"%s\r\n",
		status, p && status != 503 ? p->fields : "");
	x->head = status ? fa_str_c(head) : FA_STR_NONE;
	if (status == 429)
		x->retry_after_ms = 3600 * 1000;
	x->request = FA_STR("GET / HTTP/1.1\r\n\r\n");
	if (p && strncmp(p->fields, "Location: ", 10) == 0)
		x->location = fa_str_trim(fa_str_c(p->fields + 10));
}

static inline int
wait(void *self, int64_t max_ms, fa_exchange_fn *fn, void *ctx,
	struct fa_err *err)
{
	struct web *w = self;

	(void)max_ms;
	for (size_t i = 0; i < SLOTS; i++) {
		struct fa_exchange x = { .outcome = FA_OUT_OK };
		struct page *p = NULL;
		if (!w->slots[i].used)
			continue;
		if (w->breaks_at != 0 && w->asked >= w->breaks_at)
			return fa_fail(err, FA_E_IO, "the power fails");
		w->slots[i].used = false;
		for (size_t k = 0; k < w->n; k++)
			if (strcmp(w->pages[k].url, w->slots[i].url) == 0)
				p = &w->pages[k];
		fill(&x, p, w->slots[i].condition, w->head, sizeof(w->head));
		x.tag = w->slots[i].tag;
		x.host = w->slots[i].host;
		x.at_us = (int64_t)time(NULL) * 1000000 + w->answered;
		w->answered++;
		return fn(ctx, &x, err);
	}
	return FA_OK;
}

static inline bool
stop(void *ctx)
{
	struct place *p = ctx;

	p->web.stop_asked++;
	return p->web.stop_after != 0 && p->web.answered >= p->web.stop_after;
}

static inline void
open_store(struct place *p)
{
	assert_int_equal(fa_store_open(&p->store, fa_str_c(p->dir),
				 FA_STORE_CREATE, &p->err),
		FA_OK);
}

static inline int
setup(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	assert_non_null(p);
	memcpy(p->dir, "/tmp/fa_crawl_XXXXXX", sizeof("/tmp/fa_crawl_XXXXXX"));
	assert_non_null(mkdtemp(p->dir));
	fa_arena_init(&p->a, 64u << 20);
	assert_int_equal(
		fa_listings_load(&p->listings, NULL, 0, &p->a, &p->err), FA_OK);
	open_store(p);
	*state = p;
	return 0;
}

static inline void
empty(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	char path[512];

	while (d && (e = readdir(d))) {
		(void)snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		(void)unlink(path);
	}
	if (d)
		(void)closedir(d);
}

static inline int
teardown(void **state)
{
	struct place *p = *state;
	char path[128];

	fa_store_close(p->store);
	(void)snprintf(path, sizeof(path), "%s/archive", p->dir);
	empty(path);
	(void)rmdir(path);
	empty(p->dir);
	(void)rmdir(p->dir);
	fa_arena_done(&p->a);
	free(p);
	return 0;
}

/* Crawls the pages for the targets. */
static inline int
crawl_targets(struct place *p, struct page *pages, size_t n,
	const struct fa_targets *t, int64_t recrawl_age_ms)
{
	struct fa_pace_opts pace = { .per_address = 4 };
	int rc;

	p->web.pages = pages;
	p->web.n = n;
	memset(p->web.slots, 0, sizeof(p->web.slots));
	p->web.asked = p->web.robots = p->web.answered = 0;
	p->web.stop_asked = 0;
	p->web.log[0] = '\0';
	assert_int_equal(fa_pace_new(&p->pace, &pace, &p->err), FA_OK);
	p->o = (struct fa_crawl_opts){ .store = p->store,
		.fetcher = { &p->web, start, room, wait },
		.pace = p->pace,
		.listings = p->listings,
		.depth = 1,
		.tries = 3,
		.backoff_ms = 1,
		.agent = "faceaudit",
		.software = FA_STR("test"),
		.options = FA_STR("{}"),
		.recrawl_age_ms = recrawl_age_ms,
		.offline = p->offline,
		.stop = stop,
		.ctx = p };
	rc = fa_crawl_add_targets(&p->o, t, &p->err);
	if (rc == FA_OK)
		rc = fa_crawl_run(&p->stats, &p->stopped, &p->o, &p->err);
	fa_pace_free(p->pace);
	return rc;
}

/* The same for their policy URLs, which are their keys. */
static inline int
crawl(struct place *p, struct page *pages, size_t n, const char *const *urls,
	size_t urls_n, int64_t recrawl_age_ms)
{
	struct fa_targets t = { .n = urls_n };

	t.at = fa_arena_new(&p->a, urls_n, sizeof(*t.at));
	assert_non_null(t.at);
	for (size_t i = 0; i < urls_n; i++) {
		t.at[i].key = fa_str_c(urls[i]);
		t.at[i].policy_url = fa_str_c(urls[i]);
	}
	return crawl_targets(p, pages, n, &t, recrawl_age_ms);
}

static inline void
wanted(struct fa_wanted_list *l, struct place *p, const char *key)
{
	struct fa_store_target t;

	assert_int_equal(fa_store_find_target(
				 &t, p->store, fa_str_c(key), &p->a, &p->err),
		1);
	assert_int_equal(
		fa_store_wanted(l, p->store, t.id, &p->a, &p->err), FA_OK);
}

static inline enum fa_outcome
outcome(struct place *p, const char *key)
{
	struct fa_wanted_list l;

	wanted(&l, p, key);
	return fa_wanted_outcome(&l, NULL);
}

#endif
