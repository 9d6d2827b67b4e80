#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "case/environ.h"
#include "case/selftest.h"

#define ARENA ((size_t)256 << 20)

struct world {
	char dir[64];
	struct fa_arena a;
	struct fa_err err;
};

static int
set_up(void **state)
{
	struct world *w = malloc(sizeof(*w));

	assert_non_null(w);
	(void)snprintf(w->dir, sizeof(w->dir), "/tmp/test-environ-XXXXXX");
	assert_non_null(mkdtemp(w->dir));
	fa_arena_init(&w->a, ARENA);
	*state = w;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *w = *state;
	char command[128];
	struct fa_file_list list;

	if (fa_file_walk(&list, fa_str_c(w->dir), &w->a, &w->err) == 0)
		for (size_t i = 0; i < list.n; i++)
			(void)unlink(list.path[i].p);
	(void)snprintf(command, sizeof(command), "%s/etc", w->dir);
	(void)rmdir(command);
	(void)snprintf(command, sizeof(command), "%s/proc/net", w->dir);
	(void)rmdir(command);
	(void)snprintf(command, sizeof(command), "%s/proc", w->dir);
	(void)rmdir(command);
	(void)rmdir(w->dir);
	fa_arena_done(&w->a);
	free(w);
	return 0;
}

static void
put(struct world *w, const char *folder, const char *name, const char *text)
{
	char path[256], *slash;

	(void)snprintf(path, sizeof(path), "%s%s/%s", w->dir, folder, name);
	for (slash = path + strlen(w->dir) + 1; (slash = strchr(slash, '/'));
		slash++) {
		*slash = '\0';
		(void)mkdir(path, 0777);
		*slash = '/';
	}
	assert_int_equal(
		fa_file_replace(fa_str_c(path), fa_str_c(text), &w->err), 0);
}

static struct fa_environ
look(struct world *w, const struct fa_str *hosts, size_t n)
{
	static const char *const argv[] = { "faceaudit", "capture" };
	char *args[2];
	struct fa_environ e;
	struct fa_environ_opts o = { .root = w->dir,
		.case_dir = fa_str_c(w->dir),
		.browser = "/nowhere/chromium",
		.hosts = hosts,
		.hosts_n = n,
		.argc = 2,
		.argv = args };

	memcpy(args, argv, sizeof(args));
	assert_int_equal(fa_environ_read(&e, &o, &w->a, &w->err), 0);
	return e;
}

static void
hosts_that_answer_for_a_target_are_found(void **state)
{
	static const struct fa_str hosts[] = { FA_STR_INIT("app.example"),
		FA_STR_INIT("other.example"), FA_STR_INIT("no.example"),
		FA_STR_INIT("comment.example") };
	struct world *w = *state;
	struct fa_environ e;
	char hex[FA_HASH_HEX_BYTES];
	const char text[] =
		"127.0.0.1 localhost\n"
		"# 10.0.0.1 comment.example\n"
		"10.0.0.1\tApp.Example  alias.example # no.example\n"
		"10.0.0.2 x.other.example other.example\n";

	put(w, "/etc", "hosts", text);
	e = look(w, hosts, FA_COUNT(hosts));
	assert_int_equal(e.overridden_n, 2);
	assert_true(fa_str_eq(e.overridden[0], hosts[0]));
	assert_true(fa_str_eq(e.overridden[1], hosts[1]));
	assert_int_equal(fa_hash_sha256(hex, fa_str_c(text), &w->err), 0);
	assert_true(fa_str_eq(e.hosts_sha256, fa_str_c(hex)));
}

static void
resolvers_and_route_are_read_as_the_kernel_writes_them(void **state)
{
	struct world *w = *state;
	struct fa_environ e;

	put(w, "/etc", "resolv.conf",
		"search example\nnameserver 192.0.2.53\n"
		"  nameserver\t2001:db8::53 \noptions ndots:1\n");
	put(w, "/proc/net", "route",
		"Iface\tDestination\tGateway\tFlags\n"
		"eth1\t0002000A\t00000000\t0001\n"
		"eth0\t00000000\t010200C0\t0003\n");
	e = look(w, NULL, 0);
	assert_int_equal(e.resolvers_n, 2);
	assert_true(fa_str_eq(e.resolvers[0], FA_STR("192.0.2.53")));
	assert_true(fa_str_eq(e.resolvers[1], FA_STR("2001:db8::53")));
	assert_true(fa_str_eq(e.default_route, FA_STR("192.0.2.1 dev eth0")));
}

static void
the_machine_id_is_never_shown_itself(void **state)
{
	static const char id[] = "0123456789abcdef0123456789abcdef";
	struct world *w = *state;
	struct fa_environ e;
	struct fa_buf b;
	struct fa_jw j;

	put(w, "/etc", "machine-id", "0123456789abcdef0123456789abcdef\n");
	put(w, "/etc", "os-release",
		"NAME=x\nPRETTY_NAME=\"Debian GNU/Linux 12\"\n");
	e = look(w, NULL, 0);
	assert_int_equal(e.machine.n, 64);
	assert_true(fa_str_eq(e.os, FA_STR("Debian GNU/Linux 12")));
	fa_buf_init(&b, 1u << 20);
	fa_jw_init(&j, &b, 0);
	fa_jw_object(&j);
	fa_environ_write(&j, &e);
	fa_jw_end(&j, '}');
	assert_int_equal(b.rc, 0);
	assert_int_equal(
		fa_str_find(fa_buf_str(&b), fa_str_c(id), 0), SIZE_MAX);
	fa_buf_done(&b);
}

static void
what_cannot_be_read_is_absent_and_null(void **state)
{
	struct world *w = *state;
	struct fa_environ e = look(w, NULL, 0);
	const struct fa_json *machine, *network;
	struct fa_json *root;
	struct fa_buf b;
	struct fa_jw j;

	assert_null(e.os.p);
	assert_null(e.boot_id.p);
	assert_null(e.machine.p);
	assert_null(e.hosts_sha256.p);
	assert_null(e.default_route.p);
	assert_null(e.browser_path.p);
	assert_int_equal(e.memory_bytes, -1);
	fa_buf_init(&b, 1u << 20);
	fa_jw_init(&j, &b, 0);
	fa_jw_object(&j);
	fa_environ_write(&j, &e);
	fa_jw_end(&j, '}');
	assert_int_equal(
		fa_json_parse(&root, fa_buf_str(&b), &w->a, &w->err), 0);
	machine = fa_json_find(root, "machine");
	network = fa_json_find(root, "network");
	assert_int_equal(
		fa_json_find(machine, "memory_bytes")->kind, FA_JSON_NULL);
	assert_int_equal(
		fa_json_find(network, "hosts_sha256")->kind, FA_JSON_NULL);
	fa_buf_done(&b);
}

static void
proxies_are_named_and_their_passwords_are_not(void **state)
{
	struct world *w = *state;
	struct fa_environ e;

	assert_int_equal(
		setenv("https_proxy", "http://user:secret@proxy:1", 1), 0);
	e = look(w, NULL, 0);
	assert_int_equal(unsetenv("https_proxy"), 0);
	assert_int_equal(e.proxies_n, 1);
	assert_true(fa_str_eq(e.proxies[0], FA_STR("https_proxy")));
}

static void
libraries_and_executable_are_those_at_work(void **state)
{
	struct world *w = *state;
	struct fa_environ e = look(w, NULL, 0);
	static const char *const wanted[] = { "libcurl", "libxml2", "libpsl",
		"libuchardet", "libcrypto" };
	size_t found = 0;

	assert_int_equal(e.exe_sha256.n, 64);
	assert_int_equal(e.args_n, 2);
	for (size_t i = 0; i < e.libraries_n; i++) {
		assert_int_equal(e.libraries[i].sha256.n, 64);
		for (size_t k = 0; k < FA_COUNT(wanted); k++)
			found += fa_str_find(e.libraries[i].path,
					 fa_str_c(wanted[k]), 0) != SIZE_MAX;
	}
	assert_int_equal(found, FA_COUNT(wanted));
}

static void
the_self_test_passes_here_and_says_why_it_does_not(void **state)
{
	struct world *w = *state;
	struct fa_selftest t;

	assert_int_equal(
		fa_selftest_run(&t, fa_str_c(w->dir), &w->a, &w->err), 0);
	for (size_t i = 0; i < t.n; i++)
		if (!t.at[i].passed)
			fail_msg("%s: %.*s", t.at[i].name,
				FA_STR_ARG(t.at[i].why));
	assert_true(t.passed);
	assert_int_equal(t.n, 4);
	assert_int_equal(
		fa_selftest_run(&t, FA_STR("/nowhere/at/all"), &w->a, &w->err),
		0);
	assert_false(t.passed);
	assert_true(t.at[0].passed);
	assert_false(t.at[2].passed);
	assert_non_null(t.at[2].why.p);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(hosts_that_answer_for_a_target_are_found),
		TEST(resolvers_and_route_are_read_as_the_kernel_writes_them),
		TEST(the_machine_id_is_never_shown_itself),
		TEST(what_cannot_be_read_is_absent_and_null),
		TEST(proxies_are_named_and_their_passwords_are_not),
		TEST(libraries_and_executable_are_those_at_work),
		TEST(the_self_test_passes_here_and_says_why_it_does_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
