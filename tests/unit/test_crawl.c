/* A crawl that goes as crawls go. */
#include "fixture_crawl.h"

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
the_same_bytes_in_another_coding_are_another_page(void **state)
{
	static const char *const urls[] = { "http://a.example/1",
		"http://b.example/2", "http://c.example/3" };
	struct page pages[] = { PAGE(urls[0], 200, "", POLICY),
		PAGE(urls[1], 200, "", POLICY),
		PAGE(urls[2], 200, "Content-Encoding: x-secret\r\n", POLICY) };
	struct place *p = *state;

	assert_int_equal(crawl(p, pages, 3, urls, 3, -1), FA_OK);
	assert_int_equal(p->stats.pages, 2);
	assert_int_equal(p->stats.same, 1);
	assert_int_equal(outcome(p, urls[2]), FA_OUT_BAD_CODING);
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
		TEST(the_same_bytes_in_another_coding_are_another_page),
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
