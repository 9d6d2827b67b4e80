#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "fetch/url.h"

#define ARENA_BYTES (4u << 20)

struct pair {
	const char *in, *out;
};

/* Parses in, expects out, and out to be a fixed point whose slices fit. */
static void
check_url(const char *in, const char *out)
{
	struct fa_arena a;
	struct fa_err err = { .rc = 0 };
	struct fa_url u, again;
	char port[8];

	fa_arena_init(&a, ARENA_BYTES);
	if (fa_url_parse(&u, fa_str_c(in), &a, &err) != FA_OK)
		fail_msg("%s: %s", in, err.msg);
	assert_string_equal(u.text.p, out);
	assert_int_equal(fa_url_parse(&again, u.text, &a, &err), FA_OK);
	assert_string_equal(again.text.p, out);
	assert_true(fa_str_starts(u.text, u.origin));
	assert_true(u.origin.n + u.target.n == u.text.n);
	assert_true(fa_str_starts(u.origin, u.scheme));
	assert_true(fa_str_find(u.origin, u.host, u.scheme.n) != SIZE_MAX);
	assert_true(fa_str_starts(u.target, FA_STR("/")));
	snprintf(port, sizeof(port), ":%u", u.port);
	assert_true(fa_str_ends(u.origin, fa_str_c(port)) !=
		(u.port == (u.scheme.n == 5 ? 443 : 80)));
	fa_arena_done(&a);
}

static void
check_refused(struct fa_str in, const char *why)
{
	struct fa_arena a;
	struct fa_err err = { .rc = 0 };
	struct fa_url u = { .port = 7 };

	fa_arena_init(&a, ARENA_BYTES);
	if (fa_url_parse(&u, in, &a, &err) != FA_E_INPUT)
		fail_msg("%.*s was not refused", FA_STR_ARG(in));
	if (strstr(err.msg, why) == NULL)
		fail_msg("\"%s\" lacks \"%s\"", err.msg, why);
	assert_int_equal(u.port, 7);
	assert_null(u.text.p);
	fa_arena_done(&a);
}

static void
a_url_has_one_canonical_form(void **state)
{
	static const struct pair pairs[] = {
		{ "http://example.com", "http://example.com/" },
		{ "  \t HTTP://EXAMPLE.COM:80/a \r\n", "http://example.com/a" },
		{ "https://example.com:443?q", "https://example.com/?q" },
		{ "https://example.com:0443/", "https://example.com/" },
		{ "http://example.com:/", "http://example.com/" },
		{ "http://example.com:443/", "http://example.com:443/" },
		{ "http://example.com:65535/", "http://example.com:65535/" },
		{ "https://example.com:80/", "https://example.com:80/" },
		{ "http://example.com./", "http://example.com/" },
		{ "http://a_b.example.com/", "http://a_b.example.com/" },
		{ "http://ex%41mple.com/", "http://example.com/" },
		{ "http://x/a/./b/../c", "http://x/a/c" },
		{ "http://x/../../a", "http://x/a" },
		{ "http://x/a/..", "http://x/" },
		{ "http://x/a/.", "http://x/a/" },
		{ "http://x/a/%2e%2E/b/%2e/c", "http://x/b/c" },
		{ "http://x//a//b", "http://x//a//b" },
		{ "http://x/?", "http://x/?" },
		{ "http://x?", "http://x/?" },
		{ "http://x/a?b/../c", "http://x/a?b/../c" },
		{ "http://x/a?b?c", "http://x/a?b?c" },
		{ "http://x/a#f", "http://x/a" },
		{ "http://x#?a", "http://x/" },
		{ "http://x?a#b", "http://x/?a" },
		{ "http:\\\\x\\a\\..\\b?c\\d", "http://x/b?c%5Cd" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		check_url(pairs[i].in, pairs[i].out);
}

static void
percent_encoding_is_brought_to_one_form(void **state)
{
	static const struct pair pairs[] = {
		{ "http://x/%7euser/%41%2d%5f", "http://x/~user/A-_" },
		{ "http://x/%2f%3f%23%25%e4", "http://x/%2F%3F%23%25%E4" },
		{ "http://x/a b?c d", "http://x/a%20b?c%20d" },
		{ "http://x/隐私?政=策",
			"http://x/%E9%9A%90%E7%A7%81?%E6%94%BF=%E7%AD%96" },
		{ "http://x/\xff\xfe", "http://x/%FF%FE" },
		{ "http://x/\"<>[]^`{|}",
			"http://x/%22%3C%3E%5B%5D%5E%60%7B%7C%7D" },
		{ "http://x/!$&'()*+,;=:@", "http://x/!$&'()*+,;=:@" },
		/* A '%' that begins no escape must not begin one later. */
		{ "http://x/%zz%", "http://x/%25zz%25" },
		{ "http://x/%%341", "http://x/%2541" },
		{ "http://x/%2541", "http://x/%2541" },
		{ "http://x/%00", "http://x/%00" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		check_url(pairs[i].in, pairs[i].out);
}

static void
every_spelling_of_an_address_is_the_same(void **state)
{
	static const struct pair pairs[] = {
		{ "http://0x7f.1/", "http://127.0.0.1/" },
		{ "http://2130706433/", "http://127.0.0.1/" },
		{ "http://0177.0.0.1/", "http://127.0.0.1/" },
		{ "http://127.1/", "http://127.0.0.1/" },
		{ "http://127.0.1/", "http://127.0.0.1/" },
		{ "http://0X7F000001/", "http://127.0.0.1/" },
		{ "http://127.0.0.1./", "http://127.0.0.1/" },
		{ "http://%31%32%37.1/", "http://127.0.0.1/" },
		{ "http://１２７.０.０.１/", "http://127.0.0.1/" },
		{ "http://127。0。0。1/", "http://127.0.0.1/" },
		{ "http://0/", "http://0.0.0.0/" },
		{ "http://[::1]:8080/", "http://[::1]:8080/" },
		{ "http://[0:0:0:0:0:0:0:1]/", "http://[::1]/" },
		{ "http://[2001:DB8::00A0]/", "http://[2001:db8::a0]/" },
		{ "http://[::FFFF:7f00:1]/", "http://[::ffff:127.0.0.1]/" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		check_url(pairs[i].in, pairs[i].out);
}

/* The environment of the tests says nothing about its encoding: that an IDN
 * works must not depend on it. */
static void
international_names_become_punycode_in_any_locale(void **state)
{
	static const struct pair pairs[] = {
		{ "http://中文.cn/", "http://xn--fiq228c.cn/" },
		{ "http://%E4%B8%AD文.cn/", "http://xn--fiq228c.cn/" },
		{ "http://例え.テスト./", "http://xn--r8jz45g.xn--zckzah/" },
		{ "http://BÜCHER.de/", "http://xn--bcher-kva.de/" },
		{ "http://faß.de/", "http://xn--fa-hia.de/" },
		{ "http://中文。cn/", "http://xn--fiq228c.cn/" },
		{ "http://ｅｘａｍｐｌｅ.com/", "http://example.com/" },
		{ "http://xn--fiq228c.cn/", "http://xn--fiq228c.cn/" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		check_url(pairs[i].in, pairs[i].out);
	check_refused(FA_STR("http://\xff.cn/"), "international name");
	check_refused(FA_STR("http://ａ／ｂ.cn/"), "no host name");
	check_refused(FA_STR("http://℀.com/"), "no host name");
	check_refused(FA_STR("http://中..cn/"), "no host name");
	check_refused(FA_STR("http://\xe2\x80\xae"
			     "abc.cn/"),
		"host");
	check_refused(FA_STR("http://%2541中.cn/"), "no host name");
}

static void
what_is_no_url_of_the_web_is_refused_with_a_reason(void **state)
{
	static const struct {
		struct fa_str in;
		const char *why;
	} bad[] = {
		{ FA_STR_INIT(""), "no scheme" },
		{ FA_STR_INIT("   "), "no scheme" },
		{ FA_STR_INIT("www.example.com/a"), "no scheme" },
		{ FA_STR_INIT("/a"), "no scheme" },
		{ FA_STR_INIT("//x/a"), "no scheme" },
		{ FA_STR_INIT("隐私"), "no scheme" },
		{ FA_STR_INIT("ftp://x/"), "scheme \"ftp\"" },
		{ FA_STR_INIT("javascript:alert(1)"), "scheme \"javascript\"" },
		{ FA_STR_INIT("mailto:a@b"), "scheme \"mailto\"" },
		{ FA_STR_INIT("tel:+861"), "scheme \"tel\"" },
		{ FA_STR_INIT("data:text/html,x"), "scheme \"data\"" },
		{ FA_STR_INIT("file:///etc/passwd"), "scheme \"file\"" },
		{ FA_STR_INIT("localhost:80/"), "scheme \"localhost\"" },
		{ FA_STR_INIT("http:x"), "no //" },
		{ FA_STR_INIT("http:/x"), "no //" },
		{ FA_STR_INIT("http://"), "empty host" },
		{ FA_STR_INIT("http:///x"), "empty host" },
		{ FA_STR_INIT("http://?x"), "empty host" },
		{ FA_STR_INIT("http://:80/"), "bad" },
		{ FA_STR_INIT("http://./"), "no host name" },
		{ FA_STR_INIT("http://a@x/"), "credentials" },
		{ FA_STR_INIT("http://a:b@x/"), "credentials" },
		{ FA_STR_INIT("http://@x/"), "credentials" },
		{ FA_STR_INIT("http://x:0/"), "bad port" },
		{ FA_STR_INIT("http://x:65536/"), "bad port" },
		{ FA_STR_INIT("http://x:99999999999999999999/"), "bad port" },
		{ FA_STR_INIT("http://x:-1/"), "bad" },
		{ FA_STR_INIT("http://x:8a/"), "bad" },
		{ FA_STR_INIT("http://a b/"), "bad host" },
		{ FA_STR_INIT("http://a<b/"), "bad host" },
		{ FA_STR_INIT("http://a,b/"), "host" },
		{ FA_STR_INIT("http://a..b/"), "no host name" },
		{ FA_STR_INIT("http://.a/"), "no host name" },
		{ FA_STR_INIT("http://a../"), "no host name" },
		{ FA_STR_INIT("http://a%2Fb/"), "host" },
		{ FA_STR_INIT("http://a%00b/"), "host" },
		{ FA_STR_INIT("http://256.1.1.1/"), "no IPv4" },
		{ FA_STR_INIT("http://1.2.3.4.5/"), "no IPv4" },
		{ FA_STR_INIT("http://4294967296/"), "no IPv4" },
		{ FA_STR_INIT("http://0x100000000/"), "no IPv4" },
		{ FA_STR_INIT("http://08.1.1.1/"), "no IPv4" },
		{ FA_STR_INIT("http://a.1/"), "no IPv4" },
		{ FA_STR_INIT("http://a.0x/"), "no IPv4" },
		{ FA_STR_INIT("http://[::1/"), "IPv6" },
		{ FA_STR_INIT("http://[::1]x/"), "bad" },
		{ FA_STR_INIT("http://[1.2.3.4]/"), "IPv6" },
		{ FA_STR_INIT("http://[v1.a]/"), "IPv6" },
		{ FA_STR_INIT("http://[fe80::1%25eth0]/"), "zone" },
		{ FA_STR_INIT("http://[fe80::1%eth0]/"), "zone" },
		{ FA_STR_INIT("http://x/\0y"), "control character 0x00" },
		{ FA_STR_INIT("http://x/\x1f"
			      "y"),
			"control character 0x1F at byte 10" },
		{ FA_STR_INIT("http://x/a\nb"), "control character 0x0A" },
		{ FA_STR_INIT("http://x/a\x7f"
			      "b"),
			"control character 0x7F" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		check_refused(bad[i].in, bad[i].why);
	/* The backslash ends the host for browsers, so there are none here. */
	check_url("http://x\\@y/a@b", "http://x/@y/a@b");
}

static void
the_longest_url_is_4096_bytes(void **state)
{
	static char z[FA_URL_BYTES * 3];
	char label[300];

	(void)state;
	memset(z, 'a', sizeof(z));
	memcpy(z, "http://x/", 9);
	z[FA_URL_BYTES] = '\0';
	check_url(z, z);
	z[FA_URL_BYTES] = 'a';
	z[FA_URL_BYTES + 1] = '\0';
	check_refused(fa_str_c(z), "longer than 4096");
	/* Short as written, long when encoded. */
	memset(z + 9, ' ', 2000);
	z[FA_URL_BYTES - 100] = '\0';
	check_refused(fa_str_c(z), "longer than 4096");
	/* An escape that begins in the last bytes of the limit. */
	for (size_t n = 3790; n < 3800; n++) {
		memset(z + 9, '|', 100);
		memset(z + 109, 'a', n);
		memcpy(z + 109 + n, "|", 2);
		check_refused(fa_str_c(z), "longer than 4096");
	}
	memset(z + 9, ' ', 2000);
	z[FA_URL_BYTES - 100] = '\0';
	memset(z + 9, 'a', 10);
	z[20] = '?';
	check_refused(fa_str_c(z), "longer than 4096");
	/* A path of 4095 bytes and "http://x/" are too much together. */
	memset(z, 'a', sizeof(z));
	memcpy(z, "http://x?", 9);
	z[FA_URL_BYTES] = '\0';
	check_refused(fa_str_c(z), "longer than 4096");
	/* A scheme is named even of what is far too long. */
	memcpy(z, "data:", 5);
	z[sizeof(z) - 1] = '\0';
	check_refused(fa_str_c(z), "scheme \"data\"");
	/* RFC 1035: labels of 63 bytes, names of 253. */
	snprintf(label, sizeof(label), "http://%.*s/", 63, z + 100);
	check_url(label, label);
	snprintf(label, sizeof(label), "http://%.*s/", 64, z + 100);
	check_refused(fa_str_c(label), "no host name");
	snprintf(label, sizeof(label), "http://%.*s/", 254, z + 100);
	check_refused(fa_str_c(label), "longer than 253");
}

static void
check_ref(const char *base, const char *ref, const char *out)
{
	struct fa_arena a;
	struct fa_err err = { .rc = 0 };
	struct fa_url u;

	fa_arena_init(&a, ARENA_BYTES);
	if (fa_url_resolve(&u, fa_str_c(base), fa_str_c(ref), &a, &err) !=
		FA_OK)
		fail_msg("%s on %s: %s", ref, base, err.msg);
	assert_string_equal(u.text.p, out);
	fa_arena_done(&a);
}

/* RFC 3986 5.4.1 and 5.4.2, without fragments and with the path canonical
 * ("http://g" has the path "/"). */
static void
references_resolve_as_in_rfc_3986(void **state)
{
	static const struct pair pairs[] = {
		{ "g", "http://a/b/c/g" },
		{ "./g", "http://a/b/c/g" },
		{ "g/", "http://a/b/c/g/" },
		{ "/g", "http://a/g" },
		{ "//g", "http://g/" },
		{ "?y", "http://a/b/c/d;p?y" },
		{ "g?y", "http://a/b/c/g?y" },
		{ "#s", "http://a/b/c/d;p?q" },
		{ "g#s", "http://a/b/c/g" },
		{ "g?y#s", "http://a/b/c/g?y" },
		{ ";x", "http://a/b/c/;x" },
		{ "g;x", "http://a/b/c/g;x" },
		{ "g;x?y#s", "http://a/b/c/g;x?y" },
		{ "", "http://a/b/c/d;p?q" },
		{ ".", "http://a/b/c/" },
		{ "./", "http://a/b/c/" },
		{ "..", "http://a/b/" },
		{ "../", "http://a/b/" },
		{ "../g", "http://a/b/g" },
		{ "../..", "http://a/" },
		{ "../../", "http://a/" },
		{ "../../g", "http://a/g" },
		{ "../../../g", "http://a/g" },
		{ "../../../../g", "http://a/g" },
		{ "/./g", "http://a/g" },
		{ "/../g", "http://a/g" },
		{ "g.", "http://a/b/c/g." },
		{ ".g", "http://a/b/c/.g" },
		{ "g..", "http://a/b/c/g.." },
		{ "..g", "http://a/b/c/..g" },
		{ "./../g", "http://a/b/g" },
		{ "./g/.", "http://a/b/c/g/" },
		{ "g/./h", "http://a/b/c/g/h" },
		{ "g/../h", "http://a/b/c/h" },
		{ "g;x=1/./y", "http://a/b/c/g;x=1/y" },
		{ "g;x=1/../y", "http://a/b/c/y" },
		{ "g?y/./x", "http://a/b/c/g?y/./x" },
		{ "g?y/../x", "http://a/b/c/g?y/../x" },
		{ "g#s/../x", "http://a/b/c/g" },
		{ "http:g", "http://a/b/c/g" },
		{ "https://h/g", "https://h/g" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		check_ref("http://a/b/c/d;p?q", pairs[i].in, pairs[i].out);
}

static void
references_written_by_people_resolve_as_in_browsers(void **state)
{
	const char *base = "https://例.cn:8443/a/b?x/y";

	(void)state;
	check_ref(base, " \n c ", "https://xn--fsq.cn:8443/a/c");
	check_ref(base, "pri\nva\tcy\r\n.html",
		"https://xn--fsq.cn:8443/a/privacy.html");
	check_ref(base, "ht\ntp://x/", "http://x/");
	check_ref(base, "..\\c\\d?e\\f", "https://xn--fsq.cn:8443/c/d?e%5Cf");
	check_ref(base, "\\\\h\\p", "https://h/p");
	check_ref(base, "///h/p", "https://h/p");
	check_ref(base, "https:////h/p", "https://h/p");
	check_ref(base, "https:/p", "https://xn--fsq.cn:8443/p");
	check_ref(base, "?", "https://xn--fsq.cn:8443/a/b?");
	check_ref(base, "隐私 政策",
		"https://xn--fsq.cn:8443/a/%E9%9A%90%E7%A7%81%20%E6%94%BF%E7%"
		"AD%96");
	check_ref("http://[::1]:81/a?b", "#c", "http://[::1]:81/a?b");
	check_ref("http://[::1]:81/a?b", "/c", "http://[::1]:81/c");
	check_ref("http://x:81/", "//y", "http://y/");
	check_ref("http://x", "a", "http://x/a");
}

static void
references_that_lead_nowhere_name_their_scheme(void **state)
{
	static const struct pair refs[] = {
		{ "javascript:void(0)", "scheme \"javascript\"" },
		{ "java\nscript:x", "scheme \"javascript\"" },
		{ "JavaScript:x", "scheme \"JavaScript\"" },
		{ "mailto:a@b.cn", "scheme \"mailto\"" },
		{ "tel:10086", "scheme \"tel\"" },
		{ "data:image/png;base64,AA", "scheme \"data\"" },
		{ "weixin://dl", "scheme \"weixin\"" },
		{ "http:c", "no //" },
		{ "//", "empty host" },
		{ "//a:b@c/", "credentials" },
		{ "\x01"
		  "b\x02"
		  "c",
			"control character 0x02" },
	};
	struct fa_arena a;

	(void)state;
	fa_arena_init(&a, ARENA_BYTES);
	for (size_t i = 0; i < sizeof(refs) / sizeof(refs[0]); i++) {
		struct fa_err err = { .rc = 0 };
		struct fa_url u = { .port = 7 };

		assert_int_equal(fa_url_resolve(&u, FA_STR("https://x/"),
					 fa_str_c(refs[i].in), &a, &err),
			FA_E_INPUT);
		if (strstr(err.msg, refs[i].out) == NULL)
			fail_msg("\"%s\" lacks \"%s\"", err.msg, refs[i].out);
		assert_int_equal(u.port, 7);
	}
	fa_arena_done(&a);
}

static void
a_full_arena_is_an_error_not_a_crash(void **state)
{
	struct fa_arena a;
	struct fa_err err = { .rc = 0 };
	struct fa_url u = { .port = 7 };

	(void)state;
	fa_arena_init(&a, 8);
	assert_int_equal(
		fa_url_parse(&u, FA_STR("http://example.com/"), &a, &err),
		FA_E_NOMEM);
	assert_int_equal(u.port, 7);
	fa_arena_done(&a);
}

static void
a_site_is_what_one_registrant_has(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
		{ "www.example.com", "example.com", true },
		{ "a.example.com.cn", "b.c.example.com.cn", true },
		{ "a.com.cn", "b.com.cn", false },
		{ "com.cn", "com.cn", true },
		{ "com.cn", "a.com.cn", false },
		{ "foo.github.io", "bar.github.io", false },
		{ "a.foo.github.io", "foo.github.io", true },
		{ "a.xn--55qx5d.cn", "b.xn--55qx5d.cn", false },
		{ "x.a.xn--55qx5d.cn", "y.a.xn--55qx5d.cn", true },
		{ "localhost", "localhost", true },
		{ "localhost", "a.localhost", false },
		{ "127.0.0.1", "127.0.0.1", true },
		{ "10.1.0.1", "10.2.0.1", false },
		{ "::1", "::1", true },
		{ "2001:db8::1", "2001:db8::2", false },
		{ "1.example.com", "0.0.0.1", false },
		{ "", "", false },
		{ "", "example.com", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fa_str x = fa_str_c(cases[i].a);
		struct fa_str y = fa_str_c(cases[i].b);

		if (fa_url_same_site(x, y) != cases[i].same ||
			fa_url_same_site(y, x) != cases[i].same)
			fail_msg("%s %s", cases[i].a, cases[i].b);
	}
	assert_false(fa_url_same_site(
		FA_STR("a.example.com\0x"), FA_STR("a.example.com")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_url_has_one_canonical_form),
		cmocka_unit_test(percent_encoding_is_brought_to_one_form),
		cmocka_unit_test(every_spelling_of_an_address_is_the_same),
		cmocka_unit_test(
			international_names_become_punycode_in_any_locale),
		cmocka_unit_test(
			what_is_no_url_of_the_web_is_refused_with_a_reason),
		cmocka_unit_test(the_longest_url_is_4096_bytes),
		cmocka_unit_test(references_resolve_as_in_rfc_3986),
		cmocka_unit_test(
			references_written_by_people_resolve_as_in_browsers),
		cmocka_unit_test(
			references_that_lead_nowhere_name_their_scheme),
		cmocka_unit_test(a_full_arena_is_an_error_not_a_crash),
		cmocka_unit_test(a_site_is_what_one_registrant_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
