/* What `status` says about a sweep that is not over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/frontier.h"
#include "tools/commands.h"

#define NOW 1795219200000 /* 2026-11-21T00:00:00Z */
#define SECOND 1000
#define HOSTS 8

struct place {
	char dir[64];
	struct fa_store *store;
	struct fa_tool tool;
	int64_t now;
	struct fa_err err;
};

static int
ignore_host(void *ctx, struct fa_str host, int64_t not_before, struct fa_err *e)
{
	(void)ctx;
	(void)host;
	(void)not_before;
	(void)e;
	return FA_OK;
}

/* A target whose policy is on a host that is left alone until then. */
static void
want(struct place *p, const char *host, int64_t until_ms)
{
	struct fa_store_rules rules = { .max_step = 2,
		.on_pending = ignore_host };
	struct fa_store_want w = { .role = FA_ROLE_POLICY, .step = 1 };
	struct fa_target t = { .key = fa_str_c(host) };
	char url[64];
	int64_t id;

	(void)snprintf(url, sizeof(url), "http://%s/", host);
	assert_int_equal(fa_store_put_target(
				 &w.target, p->store, &t, FA_STR_NONE, &p->err),
		FA_OK);
	assert_int_equal(fa_store_put_url(&id, p->store, fa_str_c(url),
				 fa_str_c(host), &p->err),
		FA_OK);
	assert_int_equal(
		fa_store_put_root(p->store, id, &w, &rules, &p->err), FA_OK);
	assert_int_equal(
		fa_store_hold_host(p->store, fa_str_c(host), until_ms, &p->err),
		FA_OK);
}

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	assert_non_null(p);
	memcpy(p->dir, "/tmp/fa_status_XXXXXX",
		sizeof("/tmp/fa_status_XXXXXX"));
	assert_non_null(mkdtemp(p->dir));
	assert_int_equal(fa_store_open(&p->store, fa_str_c(p->dir),
				 FA_STORE_CREATE, &p->err),
		FA_OK);
	p->now = NOW;
	fa_console_init(&p->tool.con);
	p->tool.clock = fa_clock_fixed(&p->now);
	fa_arena_init(&p->tool.arena, 64u << 20);
	*state = p;
	return 0;
}

static int
teardown(void **state)
{
	static const char *const files[] = { "faceaudit.sqlite",
		"faceaudit.sqlite-wal", "faceaudit.sqlite-shm", "lock", "out",
		"archive", "" };
	struct place *p = *state;
	char path[128];

	fa_store_close(p->store);
	for (size_t i = 0; i < FA_COUNT(files); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", p->dir, files[i]);
		(void)remove(path);
	}
	fa_arena_done(&p->tool.arena);
	free(p);
	return 0;
}

/* Runs the command with its standard output in a file; its text in out. */
static int
status_of(struct place *p, char *out, size_t max, const char *option)
{
	char name[] = "status", store[] = "--store", lang[] = "--lang=en";
	char path[128], extra[32];
	char *argv[] = { name, store, p->dir, lang, extra, NULL };
	int status, saved, fd;
	ssize_t n;

	(void)snprintf(extra, sizeof(extra), "%s", option ? option : "");
	(void)snprintf(path, sizeof(path), "%s/out", p->dir);
	assert_int_equal(fa_store_commit(p->store, &p->err), FA_OK);
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	(void)fflush(stdout);
	saved = dup(STDOUT_FILENO);
	assert_true(saved >= 0 && dup2(fd, STDOUT_FILENO) >= 0);
	status = fa_cmd_status.run(&p->tool, option ? 5 : 4, argv);
	assert_true(dup2(saved, STDOUT_FILENO) >= 0);
	(void)close(saved);
	n = pread(fd, out, max - 1, 0);
	(void)close(fd);
	assert_true(n >= 0);
	out[n] = '\0';
	return status;
}

static void
the_hosts_that_wait_are_named_the_first_to_be_asked_first(void **state)
{
	/* In no order, and more than are shown. */
	static const int until_s[HOSTS] = { 50, -1, 20, 70, 10, 60, 40, 30 };
	struct place *p = *state;
	char out[4096], host[8];

	for (size_t i = 0; i < HOSTS; i++) {
		(void)snprintf(host, sizeof(host), "h%zu", i);
		want(p, host, NOW + until_s[i] * SECOND);
	}
	assert_int_equal(status_of(p, out, sizeof(out), NULL), FA_EXIT_CLEAN);
	assert_non_null(strstr(out,
		"targets 8, URLs 8, pending 8, captures 0\n"
		"hosts with pending URLs 8, of which 7 wait:\n"
		"    until 2026-11-21T00:00:10.000Z  h4\n"
		"    until 2026-11-21T00:00:20.000Z  h2\n"
		"    until 2026-11-21T00:00:30.000Z  h7\n"
		"    until 2026-11-21T00:00:40.000Z  h6\n"
		"    until 2026-11-21T00:00:50.000Z  h0\n"
		"nothing was judged yet"));
	assert_non_null(strstr(
		out, "    pending                 8  not fetched yet\n"));
}

static void
an_unfinished_crawl_is_told(void **state)
{
	struct place *p = *state;
	char out[4096];

	want(p, "h", 0);
	assert_int_equal(status_of(p, out, sizeof(out), NULL), FA_EXIT_CLEAN);
	assert_null(strstr(out, "broken off"));
	assert_int_equal(
		fa_store_meta_set_int(p->store, "crawl_unfinished", 1, &p->err),
		FA_OK);
	assert_int_equal(status_of(p, out, sizeof(out), NULL), FA_EXIT_CLEAN);
	assert_non_null(strstr(out, "a crawl is at work or was broken off"));
	assert_non_null(
		strstr(out, "hosts with pending URLs 1, of which 0 wait\n"));
}

static void
pending_is_a_number_and_a_status(void **state)
{
	struct place *p = *state;
	char out[4096];

	assert_int_equal(
		status_of(p, out, sizeof(out), "--pending"), FA_EXIT_FINDINGS);
	assert_string_equal(out, "0\n");
	want(p, "h", 0);
	assert_int_equal(
		status_of(p, out, sizeof(out), "--pending"), FA_EXIT_CLEAN);
	assert_string_equal(out, "1\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_hosts_that_wait_are_named_the_first_to_be_asked_first,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			an_unfinished_crawl_is_told, setup, teardown),
		cmocka_unit_test_setup_teardown(
			pending_is_a_number_and_a_status, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
