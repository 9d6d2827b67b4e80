/* Hosts that want a crawl to end, and lists that change. */
#include "fixture_crawl.h"

#define LONG_BYTES (70u << 10)

static void
a_validator_as_long_as_a_header_ends_no_crawl(void **state)
{
	static const char *const urls[] = { "http://a.example/p",
		"http://b.example/p" };
	struct place *p = *state;
	char *fields = malloc(LONG_BYTES + 32);
	struct page pages[2] = { PAGE(urls[0], 200, "", POLICY),
		PAGE(urls[1], 200, "ETag: \"b\"\r\n", POLICY) };

	assert_non_null(fields);
	memcpy(fields, "ETag: \"", 7);
	memset(fields + 7, 'x', LONG_BYTES);
	memcpy(fields + 7 + LONG_BYTES, "\"\r\n", 4);
	pages[0].fields = fields;
	assert_int_equal(crawl(p, pages, 2, urls, 2, -1), FA_OK);
	assert_int_equal(crawl(p, pages, 2, urls, 2, 0), FA_OK);
	/* The long one is not sent back: the whole page comes again. */
	assert_int_equal(p->stats.same, 2);
	assert_true(p->stats.bytes > strlen(POLICY) - 1);
	assert_int_equal(outcome(p, urls[0]), FA_OUT_OK);
	assert_int_equal(outcome(p, urls[1]), FA_OUT_OK);
	free(fields);
}

static void
a_robots_file_of_too_many_rules_ends_no_crawl(void **state)
{
	static const char *const urls[] = { "http://a.example/p",
		"http://b.example/p" };
	static const char rule[] = "allow:/\n";
	struct place *p = *state;
	size_t n = (500u << 10) / (sizeof(rule) - 1);
	char *body = malloc(n * (sizeof(rule) - 1) + 32);
	struct page pages[3] = { PAGE(urls[0], 200, "", POLICY),
		PAGE(urls[1], 200, "", POLICY),
		PAGE("http://a.example/robots.txt", 200, "", "") };
	char *end = body + 14;

	assert_non_null(body);
	memcpy(body, "user-agent: *\n", 14);
	for (size_t i = 0; i < n; i++, end += sizeof(rule) - 1)
		memcpy(end, rule, sizeof(rule));
	pages[2].body = body;
	assert_int_equal(crawl(p, pages, 3, urls, 2, -1), FA_OK);
	assert_int_equal(outcome(p, urls[0]), FA_OUT_ROBOTS);
	assert_int_equal(outcome(p, urls[1]), FA_OUT_OK);
	free(body);
}

/* Names of many hosts, or of many pages of one. */
static const char **
many(struct place *p, const char *format, size_t n)
{
	const char **urls = fa_arena_new(&p->a, n, sizeof(*urls));
	char url[64];

	assert_non_null(urls);
	for (size_t i = 0; i < n; i++) {
		(void)snprintf(url, sizeof(url), "http://%s%zu%s",
			format[0] == 'h' ? "h" : "a.example/", i,
			format[0] == 'h' ? ".example/p" : "");
		urls[i] = fa_arena_dup(&p->a, fa_str_c(url)).p;
		assert_non_null(urls[i]);
	}
	return urls;
}

static void
a_host_that_forbids_everything_does_not_keep_a_signal_from_being_seen(
	void **state)
{
	struct place *p = *state;
	const char **urls = many(p, "pages", 640);
	struct page robots = PAGE("http://a.example/robots.txt", 200, "",
		"User-agent: *\nDisallow: /\n");

	assert_int_equal(crawl(p, &robots, 1, urls, 640, -1), FA_OK);
	assert_int_equal(p->web.asked, 1);
	assert_int_equal(p->stats.failed, 640);
	assert_true(p->web.stop_asked >= 10);
}

static void
more_dead_hosts_than_errands_all_come_to_an_end(void **state)
{
	enum { HOSTS = 3000 };
	struct place *p = *state;
	const char **urls = many(p, "hosts", HOSTS);
	struct page *dead = fa_arena_new(&p->a, HOSTS, sizeof(*dead));
	char url[64];

	assert_non_null(dead);
	for (size_t i = 0; i < HOSTS; i++) {
		(void)snprintf(
			url, sizeof(url), "http://h%zu.example/robots.txt", i);
		dead[i] = (struct page)FAILS(
			fa_arena_dup(&p->a, fa_str_c(url)).p, FA_OUT_RESET);
	}
	assert_int_equal(crawl(p, dead, HOSTS, urls, HOSTS, -1), FA_OK);
	assert_int_equal(p->stats.failed, HOSTS);
	assert_int_equal(p->stats.pending, 0);
	assert_int_equal(p->web.asked, 3 * HOSTS);
	assert_int_equal(outcome(p, urls[HOSTS - 1]), FA_OUT_RESET);
}

static void
what_a_page_led_to_is_forgotten_when_robots_forbid_it(void **state)
{
	static const char *const urls[] = { "http://a.example/p" };
	struct page pages[] = { PAGE(urls[0], 200, "",
					POLICY "<p><a href='/kids'>《儿童个人信"
					       "息保护规则》</a></p>"),
		PAGE("http://a.example/kids", 200, "", POLICY) };
	struct fa_store_robots forbid = { .at_ms = (int64_t)time(NULL) * 1000 +
			1000,
		.outcome = FA_OUT_OK,
		.status = 200,
		.body = FA_STR("User-agent: *\nDisallow: /p\n") };
	struct fa_target more = { .key = FA_STR("more"),
		.policy_url = FA_STR("http://a.example/p") };
	struct fa_targets t = { .at = &more, .n = 1 };
	struct place *p = *state;
	struct fa_wanted_list l;

	assert_int_equal(crawl(p, pages, 2, urls, 1, -1), FA_OK);
	wanted(&l, p, urls[0]);
	assert_int_equal(l.n, 2);
	assert_int_equal(fa_store_put_robots(p->store,
				 FA_STR("http://a.example"), &forbid, &p->err),
		FA_OK);
	assert_int_equal(crawl(p, pages, 2, urls, 1, 0), FA_OK);
	wanted(&l, p, urls[0]);
	assert_int_equal(l.n, 1);
	assert_int_equal(l.at[0].outcome, FA_OUT_ROBOTS);
	/* Who comes later wants no more than those who came before. */
	assert_int_equal(crawl_targets(p, pages, 2, &t, -1), FA_OK);
	wanted(&l, p, "more");
	assert_int_equal(l.n, 1);
}

static void
a_target_with_another_url_wants_nothing_of_the_old_one(void **state)
{
	struct page pages[] = { PAGE("http://a.example/old", 200, "",
					POLICY "<p><a href='/kids'>《儿童个人信"
					       "息保护规则》</a></p>"),
		PAGE("http://a.example/kids", 200, "", POLICY),
		PAGE("http://a.example/new", 200, "", POLICY) };
	struct fa_target at[2] = { { .key = FA_STR("x"),
					   .policy_url = FA_STR(
						   "http://a.example/old") },
		{ .key = FA_STR("y"),
			.policy_url = FA_STR("http://a.example/old") } };
	struct fa_targets t = { .at = at, .n = 2 };
	struct place *p = *state;
	struct fa_wanted_list l;

	assert_int_equal(crawl_targets(p, pages, 3, &t, -1), FA_OK);
	at[0].policy_url = FA_STR("http://a.example/new");
	/* The other one is in this list no more, and stays as it is. */
	t.n = 1;
	assert_int_equal(crawl_targets(p, pages, 3, &t, -1), FA_OK);
	assert_int_equal(p->web.asked, 1);
	wanted(&l, p, "x");
	assert_int_equal(l.n, 1);
	assert_string_equal(l.at[0].url_text.p, "http://a.example/new");
	wanted(&l, p, "y");
	assert_int_equal(l.n, 2);
	/* Back again: what is known needs no request. */
	at[0].policy_url = FA_STR("http://a.example/old");
	assert_int_equal(crawl_targets(p, pages, 3, &t, -1), FA_OK);
	assert_int_equal(p->web.asked, 0);
	wanted(&l, p, "x");
	assert_int_equal(l.n, 2);
	/* And without any. */
	at[0].policy_url = FA_STR_NONE;
	assert_int_equal(crawl_targets(p, pages, 3, &t, -1), FA_OK);
	assert_int_equal(outcome(p, "x"), FA_OUT_NO_URL);
	assert_int_equal(outcome(p, "y"), FA_OUT_OK);
}

static void
a_host_that_never_wants_to_be_asked_keeps_nobody_from_the_next_pass(
	void **state)
{
	static const char *const urls[] = { "http://a.example/p",
		"http://never.example/p" };
	struct page pages[] = { PAGE(urls[0], 200, "", POLICY),
		PAGE(urls[1], 429, "", "") };
	struct place *p = *state;

	assert_int_equal(crawl(p, pages, 2, urls, 2, -1), FA_OK);
	assert_int_equal(outcome(p, urls[1]), FA_OUT_PENDING);
	assert_int_equal(crawl(p, pages, 2, urls, 2, 0), FA_OK);
	assert_string_equal(p->web.log, "http://a.example/p\n");
	assert_int_equal(outcome(p, urls[1]), FA_OUT_PENDING);
}

static void
what_an_archive_did_not_hold_is_asked_of_the_network(void **state)
{
	static const char *const urls[] = { "http://a.example/p" };
	struct page archive[] = { FAILS(urls[0], FA_OUT_NOT_ARCHIVED) };
	struct page pages[] = { PAGE(urls[0], 200, "", POLICY) };
	struct place *p = *state;

	p->offline = true;
	assert_int_equal(crawl(p, archive, 1, urls, 1, -1), FA_OK);
	assert_int_equal(outcome(p, urls[0]), FA_OUT_NOT_ARCHIVED);
	/* Asking the archives again is of no use. */
	assert_int_equal(crawl(p, archive, 1, urls, 1, -1), FA_OK);
	assert_int_equal(p->web.asked, 0);
	p->offline = false;
	assert_int_equal(crawl(p, pages, 1, urls, 1, -1), FA_OK);
	assert_int_equal(outcome(p, urls[0]), FA_OUT_OK);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_validator_as_long_as_a_header_ends_no_crawl),
		TEST(a_robots_file_of_too_many_rules_ends_no_crawl),
		TEST(a_host_that_forbids_everything_does_not_keep_a_signal_from_being_seen),
		TEST(more_dead_hosts_than_errands_all_come_to_an_end),
		TEST(what_a_page_led_to_is_forgotten_when_robots_forbid_it),
		TEST(a_target_with_another_url_wants_nothing_of_the_old_one),
		TEST(a_host_that_never_wants_to_be_asked_keeps_nobody_from_the_next_pass),
		TEST(what_an_archive_did_not_hold_is_asked_of_the_network),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
