/* A crawl over a web that lives in memory. */
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
	bool stopped;
};

static int
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

static size_t
room(void *self)
{
	const struct web *w = self;
	size_t n = 0;

	for (size_t i = 0; i < SLOTS; i++)
		n += !w->slots[i].used;
	return n;
}

static void
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

static int
wait(void *self, int64_t max_ms, fa_exchange_fn *fn, void *ctx,
	struct fa_err *err)
{
	struct web *w = self;

	(void)max_ms;
	for (size_t i = 0; i < SLOTS; i++) {
		struct fa_exchange x = { .outcome = FA_OUT_OK };
		struct page *p = NULL;
		char head[1024];

		if (!w->slots[i].used)
			continue;
		if (w->breaks_at != 0 && w->asked >= w->breaks_at)
			return fa_fail(err, FA_E_IO, "the power fails");
		w->slots[i].used = false;
		for (size_t k = 0; k < w->n; k++)
			if (strcmp(w->pages[k].url, w->slots[i].url) == 0)
				p = &w->pages[k];
		fill(&x, p, w->slots[i].condition, head, sizeof(head));
		x.tag = w->slots[i].tag;
		x.host = w->slots[i].host;
		x.at_us = (int64_t)time(NULL) * 1000000 + w->answered;
		w->answered++;
		return fn(ctx, &x, err);
	}
	return FA_OK;
}

static bool
stop(void *ctx)
{
	const struct place *p = ctx;

	return p->web.stop_after != 0 && p->web.answered >= p->web.stop_after;
}

static void
open_store(struct place *p)
{
	assert_int_equal(fa_store_open(&p->store, fa_str_c(p->dir),
				 FA_STORE_CREATE, &p->err),
		FA_OK);
}

static int
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

static void
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

static int
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

/* Crawls the pages for the targets: their policy URLs. */
static int
crawl(struct place *p, struct page *pages, size_t n, const char *const *urls,
	size_t urls_n, int64_t recrawl_age_ms)
{
	struct fa_pace_opts pace = { .per_address = 4 };
	struct fa_targets t = { .n = urls_n };
	int rc;

	t.at = fa_arena_new(&p->a, urls_n, sizeof(*t.at));
	for (size_t i = 0; i < urls_n; i++) {
		t.at[i].key = fa_str_c(urls[i]);
		t.at[i].policy_url = fa_str_c(urls[i]);
	}
	p->web.pages = pages;
	p->web.n = n;
	memset(p->web.slots, 0, sizeof(p->web.slots));
	p->web.asked = p->web.robots = p->web.answered = 0;
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
		.stop = stop,
		.ctx = p };
	rc = fa_crawl_add_targets(&p->o, &t, &p->err);
	if (rc == FA_OK)
		rc = fa_crawl_run(&p->stats, &p->stopped, &p->o, &p->err);
	fa_pace_free(p->pace);
	return rc;
}

static enum fa_outcome
outcome(struct place *p, const char *key)
{
	struct fa_store_target t;
	struct fa_wanted_list l;

	assert_int_equal(fa_store_find_target(
				 &t, p->store, fa_str_c(key), &p->a, &p->err),
		1);
	assert_int_equal(
		fa_store_wanted(&l, p->store, t.id, &p->a, &p->err), FA_OK);
	return fa_wanted_outcome(&l, NULL);
}

static void
a_policy_and_what_it_names_are_obtained(void **state)
{
	static const char *const urls[] = { "http://a.example/privacy" };
	struct page pages[] = {
		PAGE(urls[0], 200, "",
			POLICY
			"<p><a href='/sdk'>《第三方SDK目录》</a> <a "
			"href='http://b.example/kids'>《儿童个人信息保护规"
			"则》</a></p>"),
		PAGE("http://a.example/sdk", 200, "", POLICY),
		PAGE("http://b.example/kids", 200, "", POLICY),
	};
	struct place *p = *state;

	assert_int_equal(crawl(p, pages, 3, urls, 1, -1), FA_OK);
	assert_int_equal(p->stats.pages, 2);
	/* The two that b and a/sdk share are the same payload. */
	assert_int_equal(p->stats.same, 1);
	assert_int_equal(p->web.robots, 2);
	assert_int_equal(p->web.asked, 5);
	assert_int_equal(outcome(p, urls[0]), FA_OUT_OK);
	/* Nothing is asked for twice. */
	assert_int_equal(crawl(p, pages, 3, urls, 1, -1), FA_OK);
	assert_int_equal(p->web.asked, 0);
}

static void
robots_come_first_and_are_obeyed(void **state)
{
	static const char *const urls[] = { "http://a.example/private/p",
		"http://a.example/open", "http://down.example/p",
		"http://gone.example/p" };
	struct page pages[] = {
		PAGE("http://a.example/robots.txt", 200, "",
			"User-agent: faceaudit\nDisallow: /private/\n"),
		PAGE(urls[0], 200, "", POLICY),
		PAGE(urls[1], 200, "", POLICY),
		PAGE("http://down.example/robots.txt", 500, "", ""),
		FAILS("http://gone.example/robots.txt", FA_OUT_DNS),
	};
	struct place *p = *state;

	assert_int_equal(crawl(p, pages, 5, urls, 4, -1), FA_OK);
	assert_int_equal(outcome(p, urls[0]), FA_OUT_ROBOTS);
	assert_int_equal(outcome(p, urls[1]), FA_OUT_OK);
	assert_int_equal(outcome(p, urls[2]), FA_OUT_ROBOTS);
	assert_int_equal(outcome(p, urls[3]), FA_OUT_DNS);
	assert_null(strstr(p->web.log, "/private/"));
	assert_null(strstr(p->web.log, "down.example/p"));
}

static void
what_may_pass_is_tried_again(void **state)
{
	static const char *const urls[] = { "http://a.example/flaky",
		"http://b.example/never", "http://c.example/missing" };
	struct page pages[] = {
		{ .url = urls[0],
			.status = 200,
			.fields = "",
			.body = POLICY,
			.busy = 2 },
		FAILS(urls[1], FA_OUT_TIMEOUT),
	};
	struct place *p = *state;

	assert_int_equal(crawl(p, pages, 2, urls, 3, -1), FA_OK);
	assert_int_equal(outcome(p, urls[0]), FA_OUT_OK);
	assert_int_equal(outcome(p, urls[1]), FA_OUT_TIMEOUT);
	assert_int_equal(outcome(p, urls[2]), FA_OUT_GONE);
	/* Three robots.txt, 3 + 3 + 1 pages. */
	assert_int_equal(p->web.asked, 10);
	assert_int_equal(p->stats.retried, 4);
}

static void
redirects_are_hops_of_their_own(void **state)
{
	static const char *const urls[] = { "http://a.example/old",
		"http://a.example/file", "http://a.example/self" };
	struct page pages[] = {
		PAGE(urls[0], 301, "Location: http://b.example/new\r\n", ""),
		PAGE("http://b.example/new", 200, "", POLICY),
		PAGE("http://b.example/robots.txt", 200, "",
			"User-agent: *\nAllow: /\n"),
		PAGE(urls[1], 302, "Location: file:///etc/passwd\r\n", ""),
		PAGE(urls[2], 302, "Location: http://a.example/self\r\n", ""),
	};
	struct place *p = *state;

	assert_int_equal(crawl(p, pages, 5, urls, 3, -1), FA_OK);
	assert_int_equal(outcome(p, urls[0]), FA_OUT_OK);
	assert_int_equal(outcome(p, urls[1]), FA_OUT_BAD_REDIRECT);
	assert_int_equal(outcome(p, urls[2]), FA_OUT_REDIRECT_LOOP);
	assert_non_null(strstr(p->web.log, "http://b.example/robots.txt\n"));
	assert_null(strstr(p->web.log, "file:"));
}

static void
a_new_pass_is_conditional(void **state)
{
	static const char *const urls[] = { "http://a.example/p" };
	struct page pages[] = {
		PAGE(urls[0], 200, "ETag: \"1\"\r\n", POLICY),
	};
	struct place *p = *state;

	assert_int_equal(crawl(p, pages, 1, urls, 1, -1), FA_OK);
	assert_int_equal(crawl(p, pages, 1, urls, 1, 0), FA_OK);
	assert_int_equal(p->stats.same, 1);
	assert_int_equal(p->stats.pages, 0);
	assert_int_equal(outcome(p, urls[0]), FA_OUT_OK);
	pages[0].fields = "ETag: \"2\"\r\n";
	pages[0].body = POLICY "<p>新的一版。</p>";
	assert_int_equal(crawl(p, pages, 1, urls, 1, 0), FA_OK);
	assert_int_equal(p->stats.pages, 1);
	/* Gone now, and the last page stays known. */
	pages[0].status = 410;
	pages[0].fields = "";
	assert_int_equal(crawl(p, pages, 1, urls, 1, 0), FA_OK);
	assert_int_equal(outcome(p, urls[0]), FA_OUT_GONE);
}

static void
a_crawl_that_breaks_off_is_finished_by_the_next(void **state)
{
	static const char *const urls[] = { "http://a.example/1",
		"http://b.example/2", "http://c.example/3",
		"http://d.example/4" };
	struct page pages[4];
	struct place *p = *state;
	struct fa_store_counts n;

	for (size_t i = 0; i < 4; i++)
		pages[i] = (struct page)PAGE(urls[i], 200, "", POLICY);
	for (unsigned at = 1; at <= 8; at++) {
		p->web.breaks_at = at;
		assert_int_equal(crawl(p, pages, 4, urls, 4, -1), FA_E_IO);
		fa_store_close(p->store);
		p->store = NULL;
		open_store(p);
	}
	p->web.breaks_at = 0;
	assert_int_equal(crawl(p, pages, 4, urls, 4, -1), FA_OK);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(outcome(p, urls[i]), FA_OUT_OK);
	assert_int_equal(fa_store_count(&n, p->store, &p->err), FA_OK);
	assert_int_equal(n.pending, 0);
}

static void
asked_to_stop_it_lands_what_is_in_flight(void **state)
{
	static const char *const urls[] = { "http://a.example/1",
		"http://b.example/2", "http://c.example/3",
		"http://d.example/4" };
	struct page pages[4];
	struct place *p = *state;
	unsigned before;

	for (size_t i = 0; i < 4; i++)
		pages[i] = (struct page)PAGE(urls[i], 200, "", POLICY);
	p->web.stop_after = 3;
	assert_int_equal(crawl(p, pages, 4, urls, 4, -1), FA_OK);
	assert_true(p->stopped);
	before = p->web.asked;
	assert_int_equal(before, p->web.answered);
	assert_true(before < 8);
	p->web.stop_after = 0;
	assert_int_equal(crawl(p, pages, 4, urls, 4, -1), FA_OK);
	assert_false(p->stopped);
	assert_int_equal(before + p->web.asked, 8);
}

static void
a_host_that_wants_an_hour_of_peace_gets_it(void **state)
{
	static const char *const urls[] = { "http://a.example/1",
		"http://a.example/2", "http://b.example/3" };
	struct page pages[] = { PAGE(urls[0], 429, "", ""),
		PAGE(urls[1], 429, "", ""), PAGE(urls[2], 200, "", POLICY) };
	struct place *p = *state;

	assert_int_equal(crawl(p, pages, 3, urls, 3, -1), FA_OK);
	assert_false(p->stopped);
	/* Two robots.txt, one page each. */
	assert_int_equal(p->web.asked, 4);
	assert_int_equal(outcome(p, urls[0]), FA_OUT_PENDING);
	assert_int_equal(outcome(p, urls[1]), FA_OUT_PENDING);
	assert_int_equal(outcome(p, urls[2]), FA_OUT_OK);
	/* The next run remembers. */
	assert_int_equal(crawl(p, pages, 3, urls, 3, -1), FA_OK);
	assert_int_equal(p->web.asked, 0);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_policy_and_what_it_names_are_obtained),
		TEST(robots_come_first_and_are_obeyed),
		TEST(what_may_pass_is_tried_again),
		TEST(redirects_are_hops_of_their_own),
		TEST(a_new_pass_is_conditional),
		TEST(a_crawl_that_breaks_off_is_finished_by_the_next),
		TEST(asked_to_stop_it_lands_what_is_in_flight),
		TEST(a_host_that_wants_an_hour_of_peace_gets_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
