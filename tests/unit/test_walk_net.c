/* Who answers the pages of a walk: a folder, an archive, the web. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "evidence/warc_read.h"
#include "walk/net.h"

#define ANSWERS 32
#define SENT 32

struct sent {
	int64_t tag;
	char url[256], method[16], fields[512], body[64];
};

struct rig {
	char dir[64], site[96], warc_path[96];
	struct fa_arena a;
	struct fa_err err;
	struct fa_warc *warc;
	struct fa_walk_net *net;
	struct fa_browser_net seam;
	struct fa_browser browser;
	/* What the browser was told. */
	struct {
		uint64_t id;
		int status;
		char error[32], headers[512], body[512];
	} got[ANSWERS];
	size_t got_n;
	/* What the fetcher was asked. */
	struct sent sent[SENT];
	size_t sent_n, ended_n;
	const char *robots;
	int robots_status;
};

static int
answer(void *self, uint64_t id, const struct fa_net_answer *a,
	struct fa_err *err)
{
	struct rig *r = self;

	(void)err;
	assert_true(r->got_n < ANSWERS);
	r->got[r->got_n].id = id;
	r->got[r->got_n].status = a->status;
	snprintf(r->got[r->got_n].error, sizeof(r->got[0].error), "%s",
		a->error ? a->error : "");
	snprintf(r->got[r->got_n].headers, sizeof(r->got[0].headers), "%.*s",
		FA_STR_ARG(a->headers));
	snprintf(r->got[r->got_n].body, sizeof(r->got[0].body), "%.*s",
		FA_STR_ARG(a->body));
	r->got_n++;
	return FA_OK;
}

static void
put(const struct rig *r, const char *name, const char *text)
{
	char path[160];

	snprintf(path, sizeof(path), "%s/%s", r->site, name);
	assert_int_equal(
		fa_file_replace(fa_str_c(path), fa_str_c(text), NULL), FA_OK);
}

static int
setup(void **state)
{
	struct rig *r = calloc(1, sizeof(*r));
	char sub[160];

	assert_non_null(r);
	snprintf(r->dir, sizeof(r->dir), "/tmp/test_walk_net.XXXXXX");
	assert_non_null(mkdtemp(r->dir));
	snprintf(r->site, sizeof(r->site), "%s/site", r->dir);
	snprintf(r->warc_path, sizeof(r->warc_path), "%s/w.warc.gz", r->dir);
	assert_int_equal(fa_file_make_dir(fa_str_c(r->site), NULL), FA_OK);
	snprintf(sub, sizeof(sub), "%s/sub", r->site);
	assert_int_equal(fa_file_make_dir(fa_str_c(sub), NULL), FA_OK);
	put(r, "index.html", "<p>start");
	put(r, "sub/index.html", "<p>below");
	put(r, "app.js", "1;");
	put(r, "../secret.txt", "secret");
	fa_arena_init(&r->a, 1 << 20);
	r->browser.self = r;
	r->browser.answer = answer;
	r->robots_status = 404;
	*state = r;
	return 0;
}

static int
teardown(void **state)
{
	struct rig *r = *state;
	char command[128];

	fa_walk_net_free(r->net);
	fa_warc_close(r->warc);
	fa_arena_done(&r->a);
	snprintf(command, sizeof(command), "rm -rf '%s'", r->dir);
	assert_int_equal(system(command), 0);
	free(r);
	return 0;
}

static void
open_net(struct rig *r, struct fa_walk_net_opts o)
{
	fa_walk_net_free(r->net);
	r->net = NULL;
	if (!o.start.p)
		o.start = FA_STR("https://app.example/");
	o.warc = r->warc;
	if (fa_walk_net_new(&r->net, &o, &r->err) < 0)
		fail_msg("%s", r->err.msg);
	r->seam = fa_walk_net_browser(r->net);
}

static void
open_warc(struct rig *r)
{
	if (fa_warc_open(&r->warc, fa_str_c(r->warc_path), 0, FA_STR("test"),
		    &r->err) < 0)
		fail_msg("%s", r->err.msg);
}

static void
close_warc(struct rig *r)
{
	int64_t end;

	assert_int_equal(fa_warc_sync(r->warc, &end, &r->err), FA_OK);
	fa_warc_close(r->warc);
	r->warc = NULL;
}

static void
ask(struct rig *r, uint64_t id, const char *method, const char *url,
	const char *kind, const char *body)
{
	struct fa_net_request q = { .id = id,
		.method = fa_str_c(method),
		.url = fa_str_c(url),
		.body = fa_str_c(body),
		.headers = FA_STR("User-Agent: Browser\r\nCookie: a=1\r\n"
				  "Host: evil\r\n"),
		.kind = fa_str_c(kind),
		.main_document = strcmp(kind, "Document") == 0 };

	assert_int_equal(
		r->seam.request(r->seam.self, &r->browser, &q, &r->err), FA_OK);
}

static void
page(struct rig *r, const char *url)
{
	ask(r, r->got_n + 1, "GET", url, "Document", NULL);
}

static void
folder(struct rig *r)
{
	open_net(r, (struct fa_walk_net_opts){ .folder = fa_str_c(r->site) });
}

static void
a_folder_is_served_as_a_site(void **state)
{
	struct rig *r = *state;

	folder(r);
	page(r, "https://app.example/");
	assert_int_equal(r->got[0].status, 200);
	assert_string_equal(r->got[0].body, "<p>start");
	assert_non_null(strstr(r->got[0].headers, "text/html; charset=utf-8"));
	page(r, "https://app.example/sub?x=1");
	assert_int_equal(r->got[1].status, 301);
	assert_non_null(strstr(r->got[1].headers, "Location: /sub/?x=1"));
	page(r, "https://app.example/sub/");
	assert_string_equal(r->got[2].body, "<p>below");
	ask(r, 4, "GET", "https://app.example/app.js#x", "Script", NULL);
	assert_string_equal(r->got[3].body, "1;");
	assert_non_null(strstr(r->got[3].headers, "text/javascript"));
}

static void
nothing_outside_of_a_folder_can_be_had(void **state)
{
	static const char *const urls[] = {
		"https://app.example/%2e%2e/secret.txt",
		"https://app.example/..%2fsecret.txt",
		"https://app.example/sub/..%2f..%2fsecret.txt",
		"https://app.example/link.txt",
		"https://app.example/linked/secret.txt",
		"https://app.example/%00",
		"https://app.example/..%5csecret.txt",
		"https://app.example/index.html%2f..%2f..%2fsecret.txt",
	};
	struct rig *r = *state;
	char from[160], to[160];

	snprintf(to, sizeof(to), "%s/secret.txt", r->dir);
	snprintf(from, sizeof(from), "%s/link.txt", r->site);
	assert_int_equal(symlink(to, from), 0);
	snprintf(from, sizeof(from), "%s/linked", r->site);
	assert_int_equal(symlink("..", from), 0);
	folder(r);
	for (size_t i = 0; i < FA_COUNT(urls); i++) {
		page(r, urls[i]);
		assert_int_not_equal(r->got[i].status, 200);
		assert_null(strstr(r->got[i].body, "secret"));
	}
}

static void
what_a_folder_lacks_is_missed_but_pictures_are_not(void **state)
{
	struct rig *r = *state;
	struct fa_str why;

	folder(r);
	ask(r, 1, "GET", "https://app.example/no.png", "Image", NULL);
	assert_int_equal(r->got[0].status, 404);
	assert_int_equal(fa_walk_net_missing(r->net, &why), 0);
	ask(r, 2, "GET", "https://app.example/no.js", "Script", NULL);
	ask(r, 3, "POST", "https://app.example/api", "Fetch", "x");
	ask(r, 4, "GET", "https://cdn.example/lib.js", "Script", NULL);
	assert_string_equal(r->got[3].error, "NameNotResolved");
	assert_int_equal(fa_walk_net_missing(r->net, &why), 3);
	assert_true(fa_str_starts(why, FA_STR("https://cdn.example/lib.js")));
	assert_int_equal(fa_walk_net_missing(r->net, &why), 0);
}

static void
pages_of_other_hosts_are_not_opened(void **state)
{
	struct rig *r = *state;
	const struct fa_str also[] = { FA_STR("pay.example") };
	struct fa_str why;

	open_net(r,
		(struct fa_walk_net_opts){ .folder = fa_str_c(r->site),
			.hosts = also,
			.hosts_n = 1 });
	page(r, "https://elsewhere.example/");
	assert_string_equal(r->got[0].error, "BlockedByClient");
	assert_int_equal(fa_walk_net_missing(r->net, &why), 0);
	assert_int_equal(fa_walk_net_stats(r->net).forbidden, 1);
	page(r, "file:///etc/passwd");
	assert_string_equal(r->got[1].error, "BlockedByClient");
	page(r, "https://pay.example/");
	assert_string_equal(r->got[2].error, "NameNotResolved");
}

static void
an_archive_gives_the_answers_of_the_walk_that_made_it(void **state)
{
	struct rig *r = *state;
	struct fa_str archives[1], why;

	open_warc(r);
	folder(r);
	page(r, "https://app.example/");
	page(r, "https://app.example/");
	ask(r, 3, "GET", "https://app.example/app.js", "Script", NULL);
	close_warc(r);
	archives[0] = fa_str_c(r->warc_path);
	open_net(r,
		(struct fa_walk_net_opts){
			.archives = archives, .archives_n = 1 });
	page(r, "https://app.example/");
	assert_string_equal(r->got[3].body, r->got[0].body);
	assert_int_equal(r->got[3].status, 200);
	ask(r, 5, "GET", "https://app.example/app.js", "Script", NULL);
	assert_string_equal(r->got[4].body, "1;");
	ask(r, 6, "GET", "https://app.example/more.js", "Script", NULL);
	assert_string_equal(r->got[5].error, "Failed");
	assert_int_equal(fa_walk_net_missing(r->net, &why), 1);
	ask(r, 7, "POST", "https://app.example/app.js", "Fetch", "x");
	assert_string_equal(r->got[6].error, "Failed");
}

static void
put_exchange(struct rig *r, const char *method, const char *body,
	const char *answered)
{
	struct fa_warc_exchange x = { .url = FA_STR("https://app.example/api"),
		.at_us = 1000000,
		.head = FA_STR("HTTP/1.1 200 OK\r\n\r\n"),
		.body = fa_str_c(answered) };
	struct fa_warc_place place;
	char request[128];

	snprintf(request, sizeof(request),
		"%s /api HTTP/1.1\r\nHost: app.example\r\n\r\n%s", method,
		body);
	x.request = fa_str_c(request);
	assert_int_equal(
		fa_hash_sha256(x.payload_sha256, x.body, &r->err), FA_OK);
	assert_int_equal(fa_warc_add(&place, r->warc, &x, &r->err), FA_OK);
}

static void
repeated_requests_get_their_answers_in_order(void **state)
{
	static const char *const bodies[] = { "one", "two", "two", "posted a",
		"posted b", "posted a" };
	struct rig *r = *state;
	struct fa_str archives[1];

	open_warc(r);
	put_exchange(r, "GET", "", "one");
	put_exchange(r, "POST", "a", "posted a");
	put_exchange(r, "GET", "", "two");
	put_exchange(r, "POST", "b", "posted b");
	close_warc(r);
	archives[0] = fa_str_c(r->warc_path);
	open_net(r,
		(struct fa_walk_net_opts){
			.archives = archives, .archives_n = 1 });
	for (uint64_t i = 0; i < 3; i++)
		ask(r, i, "GET", "https://app.example/api", "Fetch", NULL);
	ask(r, 3, "POST", "https://app.example/api", "Fetch", "a");
	ask(r, 4, "POST", "https://app.example/api", "Fetch", "b");
	/* A body that was not sent then: the first answer to such a POST. */
	ask(r, 5, "POST", "https://app.example/api", "Fetch", "c");
	for (size_t i = 0; i < FA_COUNT(bodies); i++)
		assert_string_equal(r->got[i].body, bodies[i]);
}

static int
start(void *self, const struct fa_fetch_request *q, struct fa_err *err)
{
	struct rig *r = self;
	struct sent *s = &r->sent[r->sent_n++];

	(void)err;
	assert_true(r->sent_n <= SENT);
	s->tag = q->tag;
	snprintf(s->url, sizeof(s->url), "%.*s", FA_STR_ARG(q->url));
	snprintf(s->method, sizeof(s->method), "%.*s", FA_STR_ARG(q->method));
	snprintf(s->fields, sizeof(s->fields), "%.*s", FA_STR_ARG(q->fields));
	snprintf(s->body, sizeof(s->body), "%.*s", FA_STR_ARG(q->body));
	return FA_OK;
}

static size_t
room(void *self)
{
	const struct rig *r = self;

	return 4 - (r->sent_n - r->ended_n);
}

/* Ends one request: robots.txt as told, everything else is its URL. */
static int
wait(void *self, int64_t max_ms, fa_exchange_fn *fn, void *ctx,
	struct fa_err *err)
{
	struct rig *r = self;
	const struct sent *s = &r->sent[r->ended_n];
	struct fa_exchange x = { .tag = s->tag,
		.outcome = FA_OUT_OK,
		.status = 200,
		.at_us = 1000000,
		.request = FA_STR("GET / HTTP/1.1\r\n\r\n"),
		.head = FA_STR("HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\n"
			       "Content-Length: 99\r\n\r\n"),
		.body = fa_str_c(s->url) };

	(void)max_ms;
	if (r->ended_n == r->sent_n)
		return FA_OK;
	r->ended_n++;
	if (strstr(s->url, "/robots.txt")) {
		x.status = r->robots_status;
		x.body = fa_str_c(r->robots);
	}
	return fn(ctx, &x, err);
}

static void
work(struct rig *r)
{
	bool busy = true;

	for (int i = 0; i < 50 && busy; i++)
		assert_int_equal(r->seam.work(r->seam.self, &r->browser, 10,
					 &busy, &r->err),
			FA_OK);
	assert_false(busy);
}

static void
live(struct rig *r)
{
	struct fa_fetcher f = { r, start, room, wait };

	open_net(r,
		(struct fa_walk_net_opts){ .fetcher = f,
			.agent = "faceaudit",
			.product = FA_STR("faceaudit/1") });
}

static void
robots_txt_is_asked_for_first_and_once(void **state)
{
	struct rig *r = *state;

	live(r);
	page(r, "https://app.example/");
	ask(r, 2, "GET", "https://app.example/api", "Fetch", NULL);
	work(r);
	assert_string_equal(r->sent[0].url, "https://app.example/robots.txt");
	assert_int_equal(r->sent_n, 3);
	assert_int_equal(r->got_n, 2);
	assert_int_equal(r->got[0].status, 200);
	assert_non_null(strstr(r->got[0].headers, "Set-Cookie: a=1"));
	assert_null(strstr(r->got[0].headers, "Content-Length"));
}

/* The pause is far longer than the test takes: the second page waits. */
static void
pages_keep_the_distance_that_robots_txt_asks_for(void **state)
{
	struct rig *r = *state;
	bool busy = false;

	r->robots = "User-agent: *\nCrawl-delay: 60\n";
	r->robots_status = 200;
	live(r);
	page(r, "https://app.example/");
	ask(r, 2, "GET", "https://app.example/api", "Fetch", NULL);
	work(r);
	assert_int_equal(r->sent_n, 3);
	page(r, "https://app.example/next");
	for (int i = 0; i < 5; i++)
		assert_int_equal(r->seam.work(r->seam.self, &r->browser, 1,
					 &busy, &r->err),
			FA_OK);
	assert_true(busy);
	assert_int_equal(r->sent_n, 3);
}

static void
what_robots_txt_forbids_is_not_asked_for(void **state)
{
	struct rig *r = *state;
	struct fa_str why;

	r->robots = "User-agent: *\nDisallow: /api\n";
	r->robots_status = 200;
	live(r);
	page(r, "https://app.example/");
	ask(r, 2, "GET", "https://app.example/api", "Fetch", NULL);
	work(r);
	assert_int_equal(r->sent_n, 2);
	assert_int_equal(fa_walk_net_missing(r->net, &why), 1);
	assert_true(fa_str_find(why, FA_STR("robots.txt"), 0) != SIZE_MAX);
}

static void
a_server_that_cannot_say_its_robots_txt_is_left_alone(void **state)
{
	struct rig *r = *state;

	r->robots_status = 503;
	live(r);
	page(r, "https://app.example/");
	work(r);
	assert_int_equal(r->sent_n, 1);
	assert_string_equal(r->got[0].error, "BlockedByClient");
}

static void
method_cookies_and_body_go_out_as_the_page_wants(void **state)
{
	struct rig *r = *state;

	live(r);
	ask(r, 1, "POST", "https://app.example/api", "Fetch", "phone=1");
	work(r);
	assert_string_equal(r->sent[1].method, "POST");
	assert_string_equal(r->sent[1].body, "phone=1");
	assert_non_null(strstr(r->sent[1].fields, "Cookie: a=1\r\n"));
	assert_non_null(
		strstr(r->sent[1].fields, "User-Agent: Browser faceaudit/1"));
}

static void
scripts_are_asked_for_once_in_a_walk(void **state)
{
	struct rig *r = *state;

	live(r);
	for (uint64_t i = 1; i <= 3; i++) {
		ask(r, i, "GET", "https://app.example/a.js", "Script", NULL);
		work(r);
	}
	assert_int_equal(r->sent_n, 2);
	assert_int_equal(r->got_n, 3);
	assert_string_equal(r->got[2].body, "https://app.example/a.js");
	page(r, "https://app.example/");
	work(r);
	page(r, "https://app.example/");
	work(r);
	assert_int_equal(r->sent_n, 4);
}

static void
a_host_is_not_asked_twice_at_once(void **state)
{
	struct rig *r = *state;
	bool busy;

	live(r);
	for (uint64_t i = 1; i <= 3; i++)
		ask(r, i, "POST", "https://app.example/api", "Fetch", "x");
	ask(r, 4, "GET", "https://cdn.example/a.js", "Script", NULL);
	while (r->got_n < 4) {
		unsigned same = 0;

		assert_int_equal(r->seam.work(r->seam.self, &r->browser, 1,
					 &busy, &r->err),
			FA_OK);
		for (size_t i = r->ended_n; i < r->sent_n; i++)
			same += strstr(r->sent[i].url, "//app.example/") !=
				NULL;
		assert_true(same <= 1);
	}
	work(r);
}

static void
what_a_page_that_is_gone_has_asked_for_is_not_answered(void **state)
{
	struct rig *r = *state;
	bool busy;

	live(r);
	page(r, "https://app.example/");
	assert_int_equal(
		r->seam.work(r->seam.self, &r->browser, 1, &busy, &r->err),
		FA_OK);
	r->seam.forget(r->seam.self);
	work(r);
	assert_int_equal(r->got_n, 0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(a_folder_is_served_as_a_site),
		TEST(nothing_outside_of_a_folder_can_be_had),
		TEST(what_a_folder_lacks_is_missed_but_pictures_are_not),
		TEST(pages_of_other_hosts_are_not_opened),
		TEST(an_archive_gives_the_answers_of_the_walk_that_made_it),
		TEST(repeated_requests_get_their_answers_in_order),
		TEST(robots_txt_is_asked_for_first_and_once),
		TEST(pages_keep_the_distance_that_robots_txt_asks_for),
		TEST(what_robots_txt_forbids_is_not_asked_for),
		TEST(a_server_that_cannot_say_its_robots_txt_is_left_alone),
		TEST(method_cookies_and_body_go_out_as_the_page_wants),
		TEST(scripts_are_asked_for_once_in_a_walk),
		TEST(a_host_is_not_asked_twice_at_once),
		TEST(what_a_page_that_is_gone_has_asked_for_is_not_answered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
