/* The driver against a browser that is a script. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "browser/browser.h"
#include "browser/process.h"

#define ARENA_BYTES ((size_t)64 << 20)

struct rig {
	char dir[64], program[128];
	struct fa_browser b;
	struct fa_arena a;
	struct fa_err err;
	struct fa_happened h;
	unsigned requests, forgotten;
	char headers[200];
	bool main_document;
};

static int
request(void *self, struct fa_browser *b, const struct fa_net_request *q,
	struct fa_err *err)
{
	struct rig *r = self;
	const struct fa_net_answer no = { .status = 200,
		.headers = FA_STR("A: b\r\nC:d\n"),
		.body = FA_STR("x") };

	r->requests++;
	r->main_document = q->main_document;
	(void)snprintf(
		r->headers, sizeof(r->headers), "%.*s", FA_STR_ARG(q->headers));
	return b->answer(b->self, q->id, &no, err);
}

static void
forget(void *self)
{
	((struct rig *)self)->forgotten++;
}

static int
start(struct rig *r, const char *mode)
{
	struct fa_browser_opts o = {
		.width = 412, .height = 915, .scale_c = 200, .no_sandbox = true
	};
	char script[600];
	char here[500];

	memset(r, 0, sizeof(*r));
	fa_arena_init(&r->a, ARENA_BYTES);
	memcpy(r->dir, "/tmp/fake-XXXXXX", sizeof("/tmp/fake-XXXXXX"));
	assert_non_null(mkdtemp(r->dir));
	assert_non_null(getcwd(here, sizeof(here)));
	(void)snprintf(
		script, sizeof(script), "%s/tests/unit/fake_browser.py", here);
	(void)snprintf(
		r->program, sizeof(r->program), "%s/fake-%s", r->dir, mode);
	assert_int_equal(symlink(script, r->program), 0);
	assert_int_equal(setenv("TMPDIR", r->dir, 1), 0);
	o.program = r->program;
	o.net = (struct fa_browser_net){
		.self = r, .request = request, .forget = forget
	};
	return fa_chromium_new(&r->b, &o, &r->err);
}

/* Nothing is left: the folder is empty but for the link. */
static void
end(struct rig *r)
{
	if (r->b.close != NULL)
		r->b.close(r->b.self);
	fa_arena_done(&r->a);
	assert_int_equal(unlink(r->program), 0);
	assert_int_equal(rmdir(r->dir), 0);
}

static int
open_page(struct rig *r)
{
	return r->b.open(r->b.self, FA_STR("https://app.example/"), &r->h,
		&r->a, &r->err);
}

static void
a_page_is_opened_and_looked_at(void **state)
{
	struct rig r;
	struct fa_look look;

	(void)state;
	assert_int_equal(start(&r, "good"), FA_OK);
	assert_true(
		fa_str_eq(r.b.version(r.b.self), FA_STR("FakeChrome/1.2.3")));
	assert_int_equal(open_page(&r), FA_OK);
	assert_false(r.h.hung || r.h.crashed);
	assert_int_equal(r.requests, 1);
	assert_true(r.main_document);
	assert_string_equal(r.headers, "A: x  y\r\nCookie: k=v\r\n");
	assert_int_equal(
		r.b.look(r.b.self, true, &look, &r.h, &r.a, &r.err), FA_OK);
	assert_true(look.settled);
	assert_false(look.changed_by_itself);
	assert_int_equal(look.screen.modal, FA_TRI_YES);
	assert_int_equal(r.b.fresh(r.b.self, &r.err), FA_OK);
	assert_true(r.forgotten >= 1);
	end(&r);
}

static void
a_browser_that_dies_is_started_anew(void **state)
{
	struct rig r;
	struct fa_look look;

	(void)state;
	assert_int_equal(start(&r, "dies"), FA_OK);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(open_page(&r), FA_OK);
		assert_true(r.h.crashed);
		assert_int_equal(
			r.b.look(r.b.self, false, &look, &r.h, &r.a, &r.err),
			FA_OK);
		assert_true(r.h.crashed);
		assert_int_equal(look.screen.elements_n, 0);
		assert_int_equal(r.b.fresh(r.b.self, &r.err), FA_OK);
	}
	end(&r);
}

static void
an_answer_that_is_too_large_is_a_page_that_is(void **state)
{
	struct rig r;
	struct fa_look look;

	(void)state;
	assert_int_equal(start(&r, "huge"), FA_OK);
	assert_int_equal(open_page(&r), FA_OK);
	assert_int_equal(
		r.b.look(r.b.self, false, &look, &r.h, &r.a, &r.err), FA_OK);
	assert_true(look.too_large);
	assert_false(r.h.hung || r.h.crashed);
	end(&r);
}

static void
a_browser_that_cannot_make_its_sandbox_says_what_to_do(void **state)
{
	struct rig r;

	(void)state;
	assert_int_equal(start(&r, "sandbox"), FA_E_USAGE);
	assert_non_null(strstr(r.err.msg, "--no-sandbox"));
	end(&r);
	assert_int_equal(start(&r, "garbage"), FA_E_IO);
	assert_non_null(strstr(r.err.msg, "did not start"));
	end(&r);
}

static void
what_is_not_there_is_named(void **state)
{
	struct fa_browser b;
	struct fa_err err;
	struct rig r = { 0 };
	struct fa_browser_opts o = { .program = "/nonexistent/chromium",
		.net = { .self = &r, .request = request },
		.width = 412,
		.height = 915,
		.scale_c = 100,
		.no_sandbox = true };

	(void)state;
	assert_int_equal(fa_chromium_new(&b, &o, &err), FA_E_NOTFOUND);
	assert_non_null(strstr(err.msg, "/nonexistent/chromium"));
	assert_non_null(strstr(err.msg, "chromium-headless-shell"));
	o.width = 1;
	assert_int_equal(fa_chromium_new(&b, &o, &err), FA_E_USAGE);
	o.width = 412;
	o.no_sandbox = false;
	if (geteuid() == 0)
		assert_int_equal(fa_chromium_new(&b, &o, &err), FA_E_USAGE);
}

static void
a_group_of_processes_is_counted(void **state)
{
	struct fa_process_group g = fa_process_look(getpgrp());

	(void)state;
	assert_true(g.n >= 1);
	assert_true(g.bytes > 0);
	assert_int_equal(fa_process_look(0x7ffffff0).n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_is_opened_and_looked_at),
		cmocka_unit_test(a_browser_that_dies_is_started_anew),
		cmocka_unit_test(an_answer_that_is_too_large_is_a_page_that_is),
		cmocka_unit_test(
			a_browser_that_cannot_make_its_sandbox_says_what_to_do),
		cmocka_unit_test(what_is_not_there_is_named),
		cmocka_unit_test(a_group_of_processes_is_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
