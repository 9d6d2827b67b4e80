#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "fetch/robots.h"

#define ARENA_BYTES (64u << 20)
#define AGENT "faceaudit"

static struct fa_robots *
parse(struct fa_str text, struct fa_arena *a)
{
	struct fa_robots *r = NULL;
	struct fa_err err = { .rc = 0 };

	fa_arena_init(a, ARENA_BYTES);
	if (fa_robots_parse(&r, text, FA_STR(AGENT), a, &err) != FA_OK)
		fail_msg("%s", err.msg);
	return r;
}

static void
check_allows(const char *text, const char *target, bool expected)
{
	struct fa_arena a;
	struct fa_robots *r = parse(fa_str_c(text), &a);

	if (fa_robots_allows(r, fa_str_c(target)) != expected)
		fail_msg("%s is %sallowed by\n%s", target,
			expected ? "not " : "", text);
	fa_arena_done(&a);
}

/* For one group that speaks to all. */
static void
check_rule(const char *rules, const char *target, bool expected)
{
	char text[1024] = "user-agent: *\n";

	assert_true(strlen(text) + strlen(rules) < sizeof(text));
	memcpy(text + strlen(text), rules, strlen(rules) + 1);
	check_allows(text, target, expected);
}

static void
the_group_of_our_name_wins_over_the_one_for_all(void **state)
{
	const char *text = "User-Agent: *\nDisallow: /\n"
			   "USER-AGENT: FaceAudit\nDisallow: /x\n"
			   "User-agent: other\nDisallow: /y\n";

	(void)state;
	check_allows(text, "/a", true);
	check_allows(text, "/x", false);
	check_allows(text, "/y", true);
	check_allows("User-agent: *\nDisallow: /\nUser-agent: faceaudit\n",
		"/a", true);
	check_allows("User-agent: other\nDisallow: /\n", "/a", true);
	check_allows("Disallow: /\n", "/a", true);
	check_allows("", "/a", true);
}

static void
a_group_may_be_spread_and_have_several_heads(void **state)
{
	const char *spread = "user-agent: faceaudit\ndisallow: /a\n"
			     "user-agent: x\ndisallow: /b\n"
			     "user-agent: faceaudit\ndisallow: /c\n";
	const char *heads = "user-agent: x\n\n# and\nuser-agent: faceaudit\n"
			    "sitemap: /s\nuser-agent: y\ndisallow: /a\n";

	(void)state;
	check_allows(spread, "/a", false);
	check_allows(spread, "/b", true);
	check_allows(spread, "/c", false);
	check_allows(heads, "/a", false);
	/* An empty rule ends the heads. */
	check_allows("user-agent: faceaudit\ndisallow:\nuser-agent: x\n"
		     "disallow: /\n",
		"/a", true);
	/* An empty name is nobody's. */
	check_allows("user-agent: faceaudit\ndisallow: /a\nuser-agent:\n"
		     "disallow: /b\n",
		"/b", true);
}

static void
names_are_compared_as_product_tokens(void **state)
{
	static const struct {
		const char *name;
		bool ours;
	} names[] = { { "faceaudit", true }, { "FACEAUDIT", true },
		{ "faceaudit/1.0", true }, { "faceaudit bot", true },
		{ "faceaudit*", true }, { "*", true }, { "* # all", true },
		{ "face", false }, { "faceaudit-news", false },
		{ "faceaudit2", false }, { "xfaceaudit", false },
		{ "face*", false }, { "*audit", false },
		{ "Mozilla/5.0 (compatible; faceaudit/1.0)", false },
		{ "", false } };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(names); i++) {
		char text[200] = "user-agent: ";
		const char *rule = "\ndisallow: /\n";

		memcpy(text + strlen(text), names[i].name,
			strlen(names[i].name) + 1);
		memcpy(text + strlen(text), rule, strlen(rule) + 1);
		check_allows(text, "/a", !names[i].ours);
	}
}

static void
the_longest_pattern_decides_and_allow_wins_a_tie(void **state)
{
	(void)state;
	check_rule("allow: /p\ndisallow: /", "/page", true);
	check_rule("allow: /folder\ndisallow: /folder", "/folder/page", true);
	check_rule("disallow: /folder\nallow: /folder", "/folder/page", true);
	check_rule("allow: /page\ndisallow: /*.htm", "/page.htm", false);
	check_rule("allow: /a.html\ndisallow: /a.html$", "/a.html", false);
	check_rule("allow: /$\ndisallow: /", "/", true);
	check_rule("allow: /$\ndisallow: /", "/page.htm", false);
	check_rule("allow: /example/page/\n"
		   "disallow: /example/page/disallowed.gif",
		"/example/page/disallowed.gif", false);
	/* "隐" is three octets, nine when encoded (RFC 9309 2.2.2). */
	check_rule("disallow: /隐\nallow: /*******", "/隐", false);
	check_rule("disallow: /%E9%9A%90\nallow: /隐", "/隐", true);
	check_rule("disallow: /", "/robots.txt", true);
	check_rule("disallow: /", "/robots.txt2", false);
}

static void
wildcards_match_as_in_the_rfc(void **state)
{
	(void)state;
	check_rule("disallow: /fish*.php", "/fish/a.php?x", false);
	check_rule("disallow: /fish*.php", "/Fish.PHP", true);
	check_rule("disallow: *.gif$", "/a/b.gif", false);
	check_rule("disallow: *.gif$", "/a/b.gif?x", true);
	check_rule("disallow: *.gif$", "/a.gif/b.gif", false);
	check_rule("disallow: /a$b", "/a$b", false);
	check_rule("disallow: /a$b", "/a", true);
	check_rule("disallow: /a$", "/a$", true);
	check_rule("disallow: /a%24", "/a$", false);
	check_rule("disallow: /a%24", "/a", true);
	check_rule("disallow: /a%2A", "/a*b", false);
	check_rule("disallow: /a%2A", "/ab", true);
	check_rule("disallow: /a*$", "/abc", false);
	check_rule("disallow: /a**b", "/axb", false);
	check_rule("disallow: /*", "/", false);
	check_rule("disallow: *", "/a", false);
	check_rule("disallow: /ab*ba$", "/aba", true);
	check_rule("disallow: /ab*ba$", "/abba", false);
	check_rule("disallow: /*a*b$", "/ab/ba", true);
	check_rule("disallow: /a*bc*cd$", "/axbcd", true);
	check_rule("disallow: a", "/a", true);
	check_rule("disallow: $", "/", true);
}

static void
percent_encoding_does_not_hide_a_path(void **state)
{
	(void)state;
	check_rule("disallow: /foo/%62%61%7a", "/foo/baz", false);
	check_rule("disallow: /foo/baz", "/foo/%62%61%7A", false);
	check_rule("disallow: /隐私", "/%E9%9A%90%e7%a7%81", false);
	check_rule("disallow: /%e9%9a%90", "/%E9%9A%90%E7%A7%81", false);
	check_rule("disallow: /a%3ab", "/a:b", false);
	check_rule("disallow: /a b", "/a%20b", false);
	check_rule("disallow: /%zz", "/%25zz", false);
	check_rule("disallow: /a%2Fb", "/a/b", true);
	check_rule("disallow: /a/b", "/a%2Fb", true);
	check_rule("disallow: /a%2fb", "/a%2Fb", false);
	check_rule("disallow: /a%3Fb", "/a?b", true);
	check_rule("disallow: /a%252Fb", "/a%2Fb", true);
	check_rule("disallow: /%C1%F7", "/\xc1\xf7", false);
}

/* The second row of the table of RFC 9309 2.2.2. */
static void
delimiters_in_a_query_match_in_any_spelling(void **state)
{
	static const char *const both[] = { "/f?baz=https://foo.bar",
		"/f?baz=https%3A%2F%2Ffoo.bar" };
	static const char *const patterns[] = { "/f?baz=https://foo.bar",
		"/f?baz=https%3A%2F%2Ffoo.bar", "/*=https://",
		"/*=https%3a%2f%2f", "*://foo", "/*%2ffoo.bar$" };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(patterns); i++) {
		char rule[100] = "disallow: ";

		memcpy(rule + strlen(rule), patterns[i],
			strlen(patterns[i]) + 1);
		check_rule(rule, both[0], false);
		check_rule(rule, both[1], false);
	}
	check_rule("disallow: /*?a=/x&b=%2F", "/?a=/x&b=%2F", false);
	check_rule("disallow: /*?*?", "/?a%3Fb", false);
	check_rule("disallow: /*?*?", "/a%3Fb?c", true);
}

static void
lines_are_read_in_every_shape(void **state)
{
	(void)state;
	check_allows("\xef\xbb\xbfuser-agent: *\ndisallow: /", "/a", false);
	check_allows("user-agent: *\rdisallow: /\r", "/a", false);
	check_allows("user-agent: *\r\ndisallow: /\r\n", "/a", false);
	check_allows(
		"\t user-agent \t:\t* \t# x\n disallow :/a # y", "/a", false);
	check_allows("user-agent:*\ndisallow:/a#b", "/a", false);
	check_allows("user-agent: *\n<html>\nnonsense\n: /\n:\n/\n\n"
		     "disallow: /a",
		"/a", false);
	check_allows("useragent: *\ndissallow: /a", "/a", false);
	check_allows("user agent: *\ndisallow /a", "/a", false);
	check_allows("user-agent: *\ndisallow /a b", "/a", true);
	check_allows("user-agent *\ndisallow\t/a", "/a", false);
	check_allows("user-agent: *\ndisallowed: /a", "/a", true);
}

static void
nothing_in_a_file_is_an_error(void **state)
{
	static const struct fa_str texts[] = { FA_STR_INIT("\0\0\0"),
		FA_STR_INIT("\xff\xfeu\0s\0e\0r\0"), FA_STR_INIT("\xef\xbb"),
		FA_STR_INIT("user-agent: *\nallow: /\0*\0$\ncrawl-delay: \0"),
		FA_STR_INIT("user-agent: *\ndisallow: /%"), { NULL, 0 } };
	struct fa_arena a;

	(void)state;
	for (size_t i = 0; i < FA_COUNT(texts); i++) {
		struct fa_robots *r = parse(texts[i], &a);

		assert_true(fa_robots_allows(r, FA_STR("/")));
		assert_true(fa_robots_allows(r, FA_STR("")));
		assert_true(fa_robots_allows(r, FA_STR_NONE));
		fa_arena_done(&a);
	}
}

/* Text of n bytes that ends in tail. */
static struct fa_str
padded(char *z, size_t n, const char *head, const char *tail)
{
	memset(z, '#', n);
	memcpy(z, head, strlen(head));
	memcpy(z + n - strlen(tail), tail, strlen(tail));
	return (struct fa_str){ z, n };
}

static void
the_first_512_kib_count_and_half_a_line_does_not(void **state)
{
	static char z[FA_ROBOTS_BYTES + 100];
	const char *head = "user-agent: *\n";
	struct fa_arena a;
	struct fa_robots *r;

	(void)state;
	r = parse(padded(z, FA_ROBOTS_BYTES, head, "\ndisallow: /a"), &a);
	assert_false(fa_robots_allows(r, FA_STR("/a")));
	fa_arena_done(&a);
	/* "/ab" cut to "/a" would forbid more. */
	r = parse(padded(z, FA_ROBOTS_BYTES + 1, head, "\ndisallow: /ab"), &a);
	assert_true(fa_robots_allows(r, FA_STR("/a")));
	assert_true(fa_robots_allows(r, FA_STR("/ab")));
	fa_arena_done(&a);
	r = parse(padded(z, FA_ROBOTS_BYTES + 1, head, "\ndisallow: /a\n"), &a);
	assert_false(fa_robots_allows(r, FA_STR("/a")));
	fa_arena_done(&a);
	r = parse(padded(z, FA_ROBOTS_BYTES + 1, head, "\ndisallow: /a\r"), &a);
	assert_false(fa_robots_allows(r, FA_STR("/a")));
	fa_arena_done(&a);
	r = parse(
		padded(z, FA_ROBOTS_BYTES + 14, head, "\ndisallow: /a\n"), &a);
	assert_true(fa_robots_allows(r, FA_STR("/a")));
	fa_arena_done(&a);
}

static void
a_target_too_long_is_not_allowed(void **state)
{
	static char z[FA_ROBOTS_TARGET_BYTES + 1];
	struct fa_arena a;
	struct fa_robots *r = parse(FA_STR(""), &a);

	(void)state;
	/* Each one becomes three bytes. */
	memset(z, '%', sizeof(z));
	assert_true(fa_robots_allows(
		r, (struct fa_str){ z, FA_ROBOTS_TARGET_BYTES }));
	assert_false(fa_robots_allows(
		r, (struct fa_str){ z, FA_ROBOTS_TARGET_BYTES + 1 }));
	fa_arena_done(&a);
}

/* With a matcher that tries again, each of these would outlast the test. */
static void
patterns_full_of_asterisks_do_not_explode(void **state)
{
	static char text[FA_ROBOTS_BYTES];
	char target[FA_ROBOTS_TARGET_BYTES];
	struct fa_arena a;
	struct fa_robots *r;
	size_t n = 0;

	(void)state;
	memset(target, 'a', sizeof(target));
	target[0] = '/';
	memcpy(text, "user-agent:*\ndisallow:/", n = 23);
	for (int i = 0; i < 2000; i++, n += 2)
		memcpy(text + n, "*a", 2);
	memcpy(text + n, "*b", 2);
	n += 2;
	r = parse((struct fa_str){ text, n }, &a);
	assert_true(
		fa_robots_allows(r, (struct fa_str){ target, sizeof(target) }));
	target[sizeof(target) - 1] = 'b';
	assert_false(
		fa_robots_allows(r, (struct fa_str){ target, sizeof(target) }));
	fa_arena_done(&a);
}

/* The worst file: as many rules as there can be, each of which looks at all
 * of the target. Its memory holds the bound of the header. */
static void
a_file_of_nothing_but_rules_is_bounded(void **state)
{
	static char text[FA_ROBOTS_BYTES];
	static const char *const lines[] = { "allow:/*a*b\n", "allow:*\n",
		"allow:/*a*a*a*a*a*a*a*b\n", "allow:/\n" };
	char target[FA_ROBOTS_TARGET_BYTES];

	(void)state;
	memset(target, 'a', sizeof(target));
	target[0] = '/';
	for (size_t k = 0; k < FA_COUNT(lines); k++) {
		struct fa_arena a;
		struct fa_robots *r;
		size_t n = strlen("user-agent:*\nuser-agent:" AGENT "\n");

		memcpy(text, "user-agent:*\nuser-agent:" AGENT "\n", n);
		while (n + strlen(lines[k]) <= sizeof(text)) {
			memcpy(text + n, lines[k], strlen(lines[k]));
			n += strlen(lines[k]);
		}
		r = parse((struct fa_str){ text, n }, &a);
		assert_true(fa_robots_allows(
			r, (struct fa_str){ target, sizeof(target) }));
		assert_true(a.used_bytes / n < 48);
		fa_arena_done(&a);
	}
}

static void
a_full_arena_is_an_error_not_a_crash(void **state)
{
	const struct fa_str text = FA_STR("user-agent: *\ndisallow: /a\n");
	bool parsed = false;

	(void)state;
	for (size_t max = 0; max < 4096 && !parsed; max += 8) {
		struct fa_robots *r = NULL;
		struct fa_err err = { .rc = 0 };
		struct fa_arena a;
		int rc;

		fa_arena_init(&a, max);
		rc = fa_robots_parse(&r, text, FA_STR(AGENT), &a, &err);
		parsed = rc == FA_OK;
		if (!parsed) {
			assert_int_equal(rc, FA_E_NOMEM);
			assert_null(r);
		}
		fa_arena_done(&a);
	}
	assert_true(parsed);
}

static void
a_crawl_delay_is_heard_up_to_a_minute(void **state)
{
	static const struct {
		const char *text;
		uint32_t ms;
	} cases[] = {
		{ "user-agent: *\ncrawl-delay: 10", 10000 },
		{ "user-agent: *\ncrawl-delay: 0.5 # s", 500 },
		{ "user-agent: *\ncrawl-delay: .25", 250 },
		{ "user-agent: *\ncrawl-delay: 1.", 1000 },
		{ "user-agent: *\ncrawl-delay: 1.23456789", 1234 },
		{ "user-agent: *\ncrawl-delay: 60", 60000 },
		{ "user-agent: *\ncrawl-delay: 60.5", 60000 },
		{ "user-agent: *\ncrawl-delay: 86400", 60000 },
		{ "user-agent: *\ncrawl-delay: 99999999999999999999999",
			60000 },
		{ "user-agent: *\ncrawl-delay: 0", 0 },
		{ "user-agent: *\ncrawl-delay: -1", 0 },
		{ "user-agent: *\ncrawl-delay: 5s", 0 },
		{ "user-agent: *\ncrawl-delay: 1e3", 0 },
		{ "user-agent: *\ncrawl-delay: .", 0 },
		{ "user-agent: *\ncrawl-delay: 1.2.3", 0 },
		{ "user-agent: *\ncrawl-delay:", 0 },
		{ "crawl-delay: 10", 0 },
		{ "user-agent: x\ncrawl-delay: 10", 0 },
		{ "user-agent: *\ncrawl-delay: 9\nuser-agent: " AGENT, 0 },
		{ "user-agent: " AGENT "\nuser-agent: *\ncrawl-delay: 9",
			9000 },
		{ "user-agent: *\ncrawl-delay: 9\nuser-agent: " AGENT
		  "\ncrawl-delay: 3",
			3000 },
		{ "user-agent: *\ncrawl-delay: "
		  "9\ndisallow:\nuser-agent: " AGENT,
			0 },
		{ "user-agent: *\ncrawl-delay: 9\ncrawl-delay: 3", 9000 },
		{ "user-agent: *\ncrawl-delay: 3\ndisallow: /a\n"
		  "user-agent: *\ncrawl-delay: 4",
			4000 },
	};

	(void)state;
	for (size_t i = 0; i < FA_COUNT(cases); i++) {
		struct fa_arena a;
		struct fa_robots *r = parse(fa_str_c(cases[i].text), &a);

		if (fa_robots_delay_ms(r) != cases[i].ms)
			fail_msg("%u ms, not %u, by\n%s", fa_robots_delay_ms(r),
				cases[i].ms, cases[i].text);
		fa_arena_done(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_group_of_our_name_wins_over_the_one_for_all),
		cmocka_unit_test(a_group_may_be_spread_and_have_several_heads),
		cmocka_unit_test(names_are_compared_as_product_tokens),
		cmocka_unit_test(
			the_longest_pattern_decides_and_allow_wins_a_tie),
		cmocka_unit_test(wildcards_match_as_in_the_rfc),
		cmocka_unit_test(percent_encoding_does_not_hide_a_path),
		cmocka_unit_test(delimiters_in_a_query_match_in_any_spelling),
		cmocka_unit_test(lines_are_read_in_every_shape),
		cmocka_unit_test(nothing_in_a_file_is_an_error),
		cmocka_unit_test(
			the_first_512_kib_count_and_half_a_line_does_not),
		cmocka_unit_test(a_target_too_long_is_not_allowed),
		cmocka_unit_test(patterns_full_of_asterisks_do_not_explode),
		cmocka_unit_test(a_file_of_nothing_but_rules_is_bounded),
		cmocka_unit_test(a_full_arena_is_an_error_not_a_crash),
		cmocka_unit_test(a_crawl_delay_is_heard_up_to_a_minute),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
