/* Events of the custody log: writing and reading. */
#include "fixture_custody.h"

static void
assert_same(struct fa_str got, struct fa_str want)
{
	assert_int_equal(got.p == NULL, want.p == NULL);
	assert_int_equal(got.n, want.n);
	assert_true(fa_str_eq(got, want));
}

static void
what_was_written_is_read(void **state)
{
	struct log l;
	struct fa_custody_event e, got;

	(void)state;
	log_make(&l, 1);
	e = log_event(1, FA_CUSTODY_ZERO);
	assert_int_equal(
		fa_custody_parse(&got, l.line[0], &l.a, &l.err), FA_OK);
	assert_int_equal(got.seq, 1);
	assert_string_equal(got.prev, e.prev);
	assert_int_equal(got.t_ms, e.t_ms);
	assert_int_equal(got.mono_ns, e.mono_ns);
	assert_int_equal(got.op, e.op);
	assert_same(got.case_id, e.case_id);
	assert_same(got.actor.id, e.actor.id);
	assert_same(got.actor.org, e.actor.org);
	assert_same(got.tool.exe_sha256, e.tool.exe_sha256);
	assert_same(got.tool.rules_sha256, e.tool.rules_sha256);
	assert_same(got.host.machine, e.host.machine);
	assert_false(got.clock.sync);
	assert_int_equal(got.clock.maxerror_us, 16000000);
	assert_same(got.target.url, e.target.url);
	assert_int_equal(got.objs_n, 2);
	assert_int_equal(got.objs[0].bytes, 4096);
	assert_int_equal(got.objs[1].bytes, -1);
	assert_same(got.objs[1].parent, FA_STR(LOG_SHA));
	assert_same(got.objs[1].mime, FA_STR_NONE);
	assert_same(got.detail, e.detail);
	log_done(&l);
}

static void
an_event_is_one_line_in_the_order_that_is_documented(void **state)
{
	static const char *const keys[] = { "{\"v\":1,", "\"seq\":1,",
		"\"prev\":\"sha256:0000", "\"t\":\"2026-11-26T",
		"\"mono_ns\":", "\"op\":\"capture\"",
		"\"case\":", "\"actor\":{\"id\":", "\"tool\":{\"name\":",
		"\"host\":{\"boot_id\":", "\"clock\":{\"sync\":",
		"\"target\":{\"app\":", "\"objs\":[{", "\"detail\":{" };
	struct log l;
	size_t at = 0;

	(void)state;
	log_make(&l, 1);
	for (size_t i = 0; i < FA_COUNT(keys); i++) {
		at = fa_str_find(l.line[0], fa_str_c(keys[i]), at);
		assert_true(at != SIZE_MAX);
	}
	assert_int_equal(fa_str_find(l.line[0], FA_STR("\n"), 0), SIZE_MAX);
	log_done(&l);
}

static void
assert_not_written(const struct fa_custody_event *e)
{
	struct fa_buf b;
	struct fa_err err;

	fa_buf_init(&b, FA_CUSTODY_LINE_BYTES);
	fa_buf_adds(&b, "before");
	assert_int_equal(fa_custody_write(&b, e, &err), FA_E_USAGE);
	assert_int_equal(b.n, 6);
	fa_buf_done(&b);
}

static void
what_could_not_be_read_again_is_not_written(void **state)
{
	struct fa_custody_obj o = { FA_STR("x"), FA_STR_NONE, 1, FA_STR("ABC"),
		FA_STR_NONE, FA_STR_NONE };
	struct fa_custody_event e;

	(void)state;
	e = log_event(0, FA_CUSTODY_ZERO);
	assert_not_written(&e);
	e = log_event(1, "00");
	assert_not_written(&e);
	e = log_event(1, FA_CUSTODY_ZERO);
	e.objs = &o;
	e.objs_n = 1;
	assert_not_written(&e);
	e = log_event(1, FA_CUSTODY_ZERO);
	e.actor.id = FA_STR("\xff");
	assert_not_written(&e);
	e = log_event(1, FA_CUSTODY_ZERO);
	e.detail = FA_STR("[]");
	assert_not_written(&e);
	e.detail = FA_STR("{\n}");
	assert_not_written(&e);
	e.detail = FA_STR("{},\"x\":{}");
	assert_not_written(&e);
	e.detail = FA_STR("{\"a\":1,\"a\":2}");
	assert_not_written(&e);
	e = log_event(1, FA_CUSTODY_ZERO);
	e.t_ms = -1;
	assert_not_written(&e);
}

static void
an_event_without_what_may_lack_is_written(void **state)
{
	struct fa_custody_event e = { .seq = 1,
		.prev = FA_CUSTODY_ZERO,
		.mono_ns = -1,
		.clock.maxerror_us = -1,
		.op = FA_OP_ERROR };
	struct fa_custody_event got;
	struct log l;
	struct fa_str line;

	(void)state;
	log_make(&l, 0);
	line = log_write(&l, &e);
	assert_int_equal(fa_custody_parse(&got, line, &l.a, &l.err), FA_OK);
	assert_null(got.actor.id.p);
	assert_int_equal(got.mono_ns, -1);
	assert_int_equal(got.clock.maxerror_us, -1);
	assert_same(got.detail, FA_STR("{}"));
	log_done(&l);
}

static void
an_event_that_is_too_long_is_refused(void **state)
{
	struct log l;
	struct fa_custody_event e = log_event(1, FA_CUSTODY_ZERO);
	char *much;
	struct fa_buf b;

	(void)state;
	log_make(&l, 0);
	much = fa_arena_new(&l.a, FA_CUSTODY_LINE_BYTES, 1);
	assert_non_null(much);
	memset(much, 'x', FA_CUSTODY_LINE_BYTES);
	e.case_id = (struct fa_str){ much, FA_CUSTODY_LINE_BYTES };
	fa_buf_init(&b, SIZE_MAX);
	assert_int_equal(fa_custody_write(&b, &e, &l.err), FA_E_LIMIT);
	assert_int_equal(b.n, 0);
	fa_buf_done(&b);
	log_done(&l);
}

static void
lines_that_are_no_events_are_refused(void **state)
{
	static const char *const change[][2] = { { "\"v\":1", "\"v\":\"1\"" },
		{ "\"seq\":1", "\"seq\":0" }, { "\"seq\":1", "\"seq\":1.5" },
		{ "sha256:00", "sha256:0G" }, { "sha256:", "sm3:" },
		{ "\"t\":\"2026-11-26T", "\"t\":\"2026-11-31T" },
		{ "Z\",\"mono", "+\",\"mono" }, { "Z\",\"mono", "z\",\"mono" },
		{ "\"capture\"", "\"Capture\"" }, { "\"op\"", "\"ops\"" },
		{ "\"case\":\"", "\"case\":7,\"x\":\"" },
		{ "\"role\":", "\"rule\":" },
		{ "\"sync\":false", "\"sync\":0" },
		{ "\"objs\":[", "\"objs\":[1," },
		{ "\"bytes\":4096", "\"bytes\":-4096" },
		{ "\"name\":\"page\"", "\"name\":\"pa\nge\"" },
		{ "\"detail\":{", "\"deta\\u0069l\":{" },
		{ "\"detail\":{", "\"extra\":1,\"detail\":{" },
		{ "\"actor\":{", "\"actor\":{\"more\":1," },
		{ "{\"v\"", " {\"v\"" } };
	struct fa_custody_event e;
	struct log l;

	(void)state;
	log_make(&l, 1);
	for (size_t i = 0; i < FA_COUNT(change); i++) {
		struct fa_str line =
			log_replace(&l, l.line[0], change[i][0], change[i][1]);
		int rc = fa_custody_parse(&e, line, &l.a, &l.err);

		if (rc != FA_E_INPUT)
			fail_msg(
				"%s -> %s: %d", change[i][0], change[i][1], rc);
	}
	assert_int_equal(
		fa_custody_parse(&e, FA_STR(""), &l.a, &l.err), FA_E_INPUT);
	log_done(&l);
}

static void
another_version_is_told_apart_from_damage(void **state)
{
	struct fa_custody_event e;
	struct log l;
	struct fa_chain c;

	(void)state;
	log_make(&l, 3);
	l.line[1] = log_replace(&l, l.line[1], "\"v\":1", "\"v\":2");
	assert_int_equal(fa_custody_parse(&e, l.line[1], &l.a, &l.err),
		FA_E_UNSUPPORTED);
	c = log_check(&l);
	assert_int_equal(c.fault, FA_CHAIN_UNSUPPORTED);
	assert_int_equal(c.fault_line, 2);
	log_done(&l);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_read),
		cmocka_unit_test(
			an_event_is_one_line_in_the_order_that_is_documented),
		cmocka_unit_test(what_could_not_be_read_again_is_not_written),
		cmocka_unit_test(an_event_without_what_may_lack_is_written),
		cmocka_unit_test(an_event_that_is_too_long_is_refused),
		cmocka_unit_test(lines_that_are_no_events_are_refused),
		cmocka_unit_test(another_version_is_told_apart_from_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
