#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include "fetch/guard.h"

union address {
	struct sockaddr sa;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
	struct sockaddr_un un;
};

static union address
address(const char *text)
{
	union address u;

	memset(&u, 0, sizeof(u));
	if (strchr(text, ':') != NULL) {
		u.in6.sin6_family = AF_INET6;
		assert_int_equal(
			inet_pton(AF_INET6, text, &u.in6.sin6_addr), 1);
	} else {
		u.in.sin_family = AF_INET;
		assert_int_equal(inet_pton(AF_INET, text, &u.in.sin_addr), 1);
	}
	return u;
}

static bool
permits(const struct fa_guard *g, const char *text)
{
	union address u = address(text);

	return fa_guard_permits(g, &u.sa);
}

static void
allow(struct fa_guard *g, const char *cidr)
{
	struct fa_err err = { .rc = 0 };

	if (fa_guard_allow(g, fa_str_c(cidr), &err) != FA_OK)
		fail_msg("%s: %s", cidr, err.msg);
}

/* First and last address of every block, and its public neighbours. */
static void
special_ipv4_blocks_are_forbidden_to_their_last_address(void **state)
{
	static const char *const forbidden[] = { "0.0.0.0", "0.255.255.255",
		"10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255",
		"127.0.0.0", "127.255.255.255", "169.254.0.0",
		"169.254.169.254", "169.254.255.255", "172.16.0.0",
		"172.31.255.255", "192.0.0.0", "192.0.0.255", "192.0.2.0",
		"192.0.2.255", "192.31.196.0", "192.31.196.255", "192.52.193.0",
		"192.52.193.255", "192.88.99.0", "192.88.99.255", "192.168.0.0",
		"192.168.255.255", "192.175.48.0", "192.175.48.255",
		"198.18.0.0", "198.19.255.255", "198.51.100.0",
		"198.51.100.255", "203.0.113.0", "203.0.113.255", "224.0.0.0",
		"239.255.255.255", "240.0.0.0", "255.255.255.255" };
	static const char *const permitted[] = { "1.0.0.0", "9.255.255.255",
		"11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
		"128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255",
		"172.32.0.0", "191.255.255.255", "192.0.1.0", "192.0.1.255",
		"192.0.3.0", "192.31.195.255", "192.31.197.0", "192.52.192.255",
		"192.52.194.0", "192.88.98.255", "192.88.100.0",
		"192.167.255.255", "192.169.0.0", "192.175.47.255",
		"192.175.49.0", "198.17.255.255", "198.20.0.0", "198.51.99.255",
		"198.51.101.0", "203.0.112.255", "203.0.114.0",
		"223.255.255.255" };
	struct fa_guard g = { .n = 0 };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(forbidden); i++) {
		if (permits(&g, forbidden[i]))
			fail_msg("%s is permitted", forbidden[i]);
	}
	for (size_t i = 0; i < FA_COUNT(permitted); i++) {
		if (!permits(&g, permitted[i]))
			fail_msg("%s is forbidden", permitted[i]);
	}
}

static void
ipv6_is_global_unicast_without_its_special_blocks(void **state)
{
	static const char *const forbidden[] = { "::", "::1", "::7f00:1",
		"::127.0.0.1", "100::1", "1fff:ffff::", "4000::", "5f00::1",
		"fc00::1", "fd00::1", "fe80::1", "fec0::1", "ff02::1",
		"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
		"2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:2::1",
		"2001:10::1", "2001:20::1",
		"2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
		"2620:4f:8000::1", "2620:4f:8000:ffff::1",
		"3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
		/* SIIT, RFC 7915; not global */
		"::ffff:0:8.8.8.8", "64:ff9b:1::8.8.8.8", "64:ff9b:1:ffff::1",
		"64:ff9b::1:8.8.8.8", "64:ff9c::1",
		/* Teredo with public addresses */
		"2001:0:808:808:0:0:f7f7:f7f7" };
	static const char *const permitted[] = { "2000::1",
		"2001:200::", "2001:db7:ffff::", "2001:db9::", "2003::1",
		"2400:3200::1", "2620:4f:7fff::", "2620:4f:8001::",
		"3ffe:ffff::", "3fff:1000::", "2606:4700::1111" };
	struct fa_guard g = { .n = 0 };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(forbidden); i++) {
		if (permits(&g, forbidden[i]))
			fail_msg("%s is permitted", forbidden[i]);
	}
	for (size_t i = 0; i < FA_COUNT(permitted); i++) {
		if (!permits(&g, permitted[i]))
			fail_msg("%s is forbidden", permitted[i]);
	}
}

static void
ipv4_inside_ipv6_is_judged_as_ipv4(void **state)
{
	static const char *const forbidden[] = { "::ffff:127.0.0.1",
		"::ffff:7f00:2", "::ffff:10.0.0.1", "::ffff:0.0.0.0",
		"2002:7f00:1::", "2002:a00:1::1", "2002:c0a8:101::1",
		"64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe" };
	static const char *const permitted[] = { "::ffff:8.8.8.8",
		"2002:808:808::1", "64:ff9b::8.8.8.8" };
	struct fa_guard g = { .n = 0 };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(forbidden); i++) {
		if (permits(&g, forbidden[i]))
			fail_msg("%s is permitted", forbidden[i]);
	}
	for (size_t i = 0; i < FA_COUNT(permitted); i++) {
		if (!permits(&g, permitted[i]))
			fail_msg("%s is forbidden", permitted[i]);
	}
	allow(&g, "127.0.0.2");
	assert_true(permits(&g, "::ffff:127.0.0.2"));
	assert_true(permits(&g, "64:ff9b::127.0.0.2"));
	assert_true(permits(&g, "2002:7f00:2::"));
	assert_false(permits(&g, "2002:7f00:1::"));
	assert_false(permits(&g, "::127.0.0.2"));
}

static void
an_allowed_network_is_open_and_nothing_beside_it(void **state)
{
	struct fa_guard g = { .n = 0 };

	(void)state;
	allow(&g, "10.0.0.0/9");
	allow(&g, "127.0.0.2");
	allow(&g, "fd00::/8");
	allow(&g, "::1");
	allow(&g, "192.168.1.2/31");
	assert_true(permits(&g, "10.0.0.1"));
	assert_true(permits(&g, "10.127.255.255"));
	assert_false(permits(&g, "10.128.0.0"));
	assert_true(permits(&g, "127.0.0.2"));
	assert_false(permits(&g, "127.0.0.1"));
	assert_false(permits(&g, "127.0.0.3"));
	assert_true(permits(&g, "fdff::1"));
	assert_false(permits(&g, "fc00::1"));
	assert_true(permits(&g, "::1"));
	assert_false(permits(&g, "::2"));
	assert_true(permits(&g, "192.168.1.3"));
	assert_false(permits(&g, "192.168.1.4"));
	assert_true(permits(&g, "8.8.8.8"));
}

static void
a_network_of_one_family_does_not_open_the_other(void **state)
{
	struct fa_guard six = { .n = 0 }, four = { .n = 0 };
	struct fa_guard mapped = { .n = 0 };

	(void)state;
	allow(&six, "::/0");
	assert_true(permits(&six, "fe80::1"));
	assert_false(permits(&six, "127.0.0.1"));
	assert_false(permits(&six, "::ffff:127.0.0.1"));
	allow(&four, "0.0.0.0/0");
	assert_true(permits(&four, "127.0.0.1"));
	assert_true(permits(&four, "::ffff:10.0.0.1"));
	assert_false(permits(&four, "fe80::1"));
	assert_false(permits(&four, "::1"));
	allow(&mapped, "::ffff:10.0.0.0/104");
	assert_true(permits(&mapped, "10.1.2.3"));
	assert_false(permits(&mapped, "127.0.0.1"));
}

static void
what_is_no_network_is_a_usage_error_and_opens_nothing(void **state)
{
	static const struct fa_str bad[] = { FA_STR_INIT(""), FA_STR_INIT("/"),
		FA_STR_INIT("/8"), FA_STR_INIT("10.0.0.0/"),
		FA_STR_INIT("10.0.0.0/33"), FA_STR_INIT("10.0.0.0/-1"),
		FA_STR_INIT("10.0.0.0/8/8"), FA_STR_INIT("10.0.0.0/0008"),
		FA_STR_INIT("10.0.0.0/ 8"), FA_STR_INIT(" 10.0.0.0/8"),
		FA_STR_INIT("10.0.0.1/8"), FA_STR_INIT("10.0.0/8"),
		FA_STR_INIT("10/8"), FA_STR_INIT("0x0a.0.0.0/8"),
		FA_STR_INIT("010.0.0.0/8"), FA_STR_INIT("localhost"),
		FA_STR_INIT("10.0.0.0\0/8"), FA_STR_INIT("::/129"),
		FA_STR_INIT("::1/127"), FA_STR_INIT("fe80::1%lo"),
		FA_STR_INIT("[::1]"), FA_STR_INIT("fd00::1::"),
		FA_STR_INIT(
			"0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0") };
	struct fa_guard g = { .n = 0 };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(bad); i++) {
		struct fa_err err = { .rc = 0 };

		if (fa_guard_allow(&g, bad[i], &err) != FA_E_USAGE)
			fail_msg("%.*s", FA_STR_ARG(bad[i]));
		assert_true(err.msg[0] != '\0');
		assert_true(g.n == 0);
	}
}

static void
the_65th_network_is_refused_but_not_the_first_again(void **state)
{
	struct fa_guard g = { .n = 0 };
	struct fa_err err = { .rc = 0 };
	char net[] = "10.0.?.?";

	(void)state;
	for (int i = 0; i < FA_GUARD_ALLOW_MAX; i++) {
		net[5] = (char)('0' + i / 10);
		net[7] = (char)('0' + i % 10);
		allow(&g, net);
	}
	allow(&g, "10.0.0.0/32");
	assert_int_equal(g.n, FA_GUARD_ALLOW_MAX);
	assert_int_equal(fa_guard_allow(&g, FA_STR("::1"), &err), FA_E_USAGE);
	assert_false(permits(&g, "::1"));
	assert_true(permits(&g, "10.0.6.3"));
}

static void
other_families_are_forbidden_and_have_no_text(void **state)
{
	struct fa_guard g = { .n = 0 };
	union address u;
	char text[FA_GUARD_TEXT_BYTES] = "x";

	(void)state;
	allow(&g, "0.0.0.0/0");
	allow(&g, "::/0");
	memset(&u, 0, sizeof(u));
	u.un.sun_family = AF_UNIX;
	assert_false(fa_guard_permits(&g, &u.sa));
	fa_guard_text(&u.sa, text);
	assert_string_equal(text, "");
	assert_false(fa_guard_permits(&g, NULL));
}

static void
addresses_print_in_their_shortest_form(void **state)
{
	static const char *const texts[][2] = { { "127.0.0.1", "127.0.0.1" },
		{ "::ffff:127.0.0.1", "127.0.0.1" }, { "0:0::1", "::1" },
		{ "2001:DB8:0:0:0:0:0:A", "2001:db8::a" },
		{ "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
			"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" } };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(texts); i++) {
		union address u = address(texts[i][0]);
		char text[FA_GUARD_TEXT_BYTES];

		fa_guard_text(&u.sa, text);
		assert_string_equal(text, texts[i][1]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			special_ipv4_blocks_are_forbidden_to_their_last_address),
		cmocka_unit_test(
			ipv6_is_global_unicast_without_its_special_blocks),
		cmocka_unit_test(ipv4_inside_ipv6_is_judged_as_ipv4),
		cmocka_unit_test(
			an_allowed_network_is_open_and_nothing_beside_it),
		cmocka_unit_test(
			a_network_of_one_family_does_not_open_the_other),
		cmocka_unit_test(
			what_is_no_network_is_a_usage_error_and_opens_nothing),
		cmocka_unit_test(
			the_65th_network_is_refused_but_not_the_first_again),
		cmocka_unit_test(other_families_are_forbidden_and_have_no_text),
		cmocka_unit_test(addresses_print_in_their_shortest_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
