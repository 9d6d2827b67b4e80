/* What goes down the pipes is what was meant, or nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "facecheck/child/load.h"
#include "facecheck/child/maps.h"
#include "facecheck/child/wire.h"
#include "facecheck/standin.h"

static size_t
parsed(uint32_t frames, uint32_t width, uint32_t height, unsigned turn,
	bool reference)
{
	struct fc_wire w = { frames, width, height, (enum fc_turn)turn };
	struct fc_wire back = { 0 };
	uint8_t head[FC_WIRE_HEAD];
	size_t n;

	fc_wire_write(head, &w);
	n = fc_wire_parse(&back, head, reference);
	if (n > 0)
		assert_memory_equal(&w, &back, sizeof(w));
	else
		assert_int_equal(back.frames, 0);
	return n;
}

static void
a_head_says_how_many_pixels_follow(void **state)
{
	(void)state;
	assert_int_equal(parsed(1, 96, 112, 0, true), 96 * 112);
	assert_int_equal(parsed(2, 96, 112, 1, false), 2 * 96 * 112);
	assert_int_equal(parsed(4, 1024, 1024, 2, false), FC_PIXELS_MAX);
	assert_int_equal(parsed(8, 1, 1, 0, false), 8);
}

static void
a_head_beyond_the_limits_is_none(void **state)
{
	(void)state;
	assert_int_equal(parsed(0, 96, 96, 0, false), 0);
	assert_int_equal(parsed(9, 96, 96, 0, false), 0);
	assert_int_equal(parsed(1, 0, 96, 0, false), 0);
	assert_int_equal(parsed(1, 96, 0, 0, false), 0);
	assert_int_equal(parsed(1, 1025, 96, 0, false), 0);
	assert_int_equal(parsed(1, 96, 1025, 0, false), 0);
	assert_int_equal(parsed(1, 96, 96, 3, false), 0);
	assert_int_equal(parsed(5, 1024, 1024, 0, false), 0);
	assert_int_equal(parsed(UINT32_MAX, 65536, 65536, 0, false), 0);
	/* a reference is one picture, and nobody was asked to turn */
	assert_int_equal(parsed(2, 96, 96, 0, true), 0);
	assert_int_equal(parsed(1, 96, 96, 1, true), 0);
}

static void
an_order_is_read_as_it_was_written(void **state)
{
	uint8_t bytes[FC_ORDER_BYTES];
	struct fc_order o = { true, FC_TURN_RIGHT };
	struct fc_order back = { false, FC_TURN_NONE };

	(void)state;
	fc_order_write(bytes, &o);
	assert_true(fc_order_parse(&back, bytes));
	assert_true(back.alive);
	assert_int_equal(back.turn, FC_TURN_RIGHT);
	for (size_t i = 0; i < sizeof(bytes); i++) {
		uint8_t bad[FC_ORDER_BYTES];

		memcpy(bad, bytes, sizeof(bad));
		bad[i] = 0xff;
		assert_false(fc_order_parse(&back, bad));
	}
}

static int
check_with(size_t at, const void *bytes, size_t n, const char *word)
{
	struct fc_plugin p = standin;
	struct fa_err err = { 0 };
	int rc;

	memcpy((uint8_t *)&p + at, bytes, n);
	rc = fc_plugin_check(&p, &err);
	if (rc < 0 && !strstr(err.msg, word))
		fail_msg("%s", err.msg);
	return rc;
}

#define CHECK_WITH(field, value, word)                                         \
	check_with(offsetof(struct fc_plugin, field), &(value),                \
		sizeof(standin.field), word)

static void
a_matcher_outside_the_rules_is_named(void **state)
{
	static const char *const names[] = { "", " x", "x ", "a\nb",
		"\xe5\x90" };
	char lengthy[FC_PLUGIN_NAME_BYTES + 2] = { 0 };
	const char *name = lengthy;
	const uint32_t bad[] = { 0, 9, UINT32_MAX };
	const char *none = NULL;
	void (*nothing)(void) = NULL;
	struct fa_err err;

	(void)state;
	assert_int_equal(fc_plugin_check(&standin, &err), FA_OK);
	assert_int_equal(fc_plugin_check(NULL, &err), FA_E_INPUT);
	assert_int_equal(CHECK_WITH(abi, bad[1], "abi 9"), FA_E_INPUT);
	for (size_t i = 0; i < FA_COUNT(names); i++)
		assert_int_equal(
			CHECK_WITH(name, names[i], "name"), FA_E_INPUT);
	memset(lengthy, 'x', FC_PLUGIN_NAME_BYTES);
	assert_int_equal(CHECK_WITH(name, name, "name"), FA_OK);
	lengthy[FC_PLUGIN_NAME_BYTES] = 'x';
	assert_int_equal(CHECK_WITH(name, name, "name"), FA_E_INPUT);
	assert_int_equal(CHECK_WITH(version, none, "version"), FA_E_INPUT);
	assert_int_equal(
		CHECK_WITH(template_bytes, bad[0], "templates"), FA_E_INPUT);
	assert_int_equal(
		CHECK_WITH(template_bytes, bad[2], "templates"), FA_E_INPUT);
	assert_int_equal(
		CHECK_WITH(scratch_bytes, bad[2], "scratch"), FA_E_INPUT);
	assert_int_equal(CHECK_WITH(frames, bad[0], "frames"), FA_E_INPUT);
	assert_int_equal(CHECK_WITH(frames, bad[1], "frames"), FA_E_INPUT);
	assert_int_equal(CHECK_WITH(open, nothing, "lacks"), FA_E_INPUT);
	assert_int_equal(CHECK_WITH(encode, nothing, "lacks"), FA_E_INPUT);
	assert_int_equal(CHECK_WITH(alive, nothing, "lacks"), FA_E_INPUT);
	assert_int_equal(CHECK_WITH(compare, nothing, "lacks"), FA_E_INPUT);
	assert_int_equal(CHECK_WITH(close, nothing, "lacks"), FA_E_INPUT);
}

static void
what_is_no_matcher_does_not_load(void **state)
{
	struct fc_loaded l = { 0 };
	struct fa_err err;

	(void)state;
	assert_int_equal(
		fc_plugin_load(&l, "/nowhere/x.so", NULL, &err), FA_E_NOTFOUND);
	assert_int_equal(
		fc_plugin_load(&l, "/proc/self/maps", NULL, &err), FA_E_INPUT);
	assert_null(l.plugin);
	assert_int_equal(fc_plugin_open(&l, &standin, NULL, &err), FA_OK);
	assert_ptr_equal(l.plugin, &standin);
	fc_plugin_close(&l);
	assert_null(l.plugin);
	fc_plugin_close(&l);
}

struct wanted {
	uint64_t at;
	unsigned found, areas;
	uint64_t end;
};

static bool
want(void *ctx, const struct fc_map *m)
{
	struct wanted *w = ctx;

	assert_true(m->from < m->to);
	assert_true(m->from >= w->end);
	w->end = m->to;
	w->areas++;
	if (w->at >= m->from && w->at < m->to && m->readable && m->writable)
		w->found++;
	return true;
}

static bool
stop(void *ctx, const struct fc_map *m)
{
	unsigned *calls = ctx;

	(void)m;
	++*calls;
	return false;
}

static void
areas_of_memory_come_in_order_and_all(void **state)
{
	int here = 0;
	struct wanted w = { .at = (uintptr_t)&here };
	unsigned calls = 0;

	(void)state;
	assert_true(fc_maps_each("/proc/self/maps", want, &w));
	assert_int_equal(w.found, 1);
	assert_true(w.areas > 5);
	assert_false(fc_maps_each("/proc/self/maps", stop, &calls));
	assert_int_equal(calls, 1);
	assert_false(fc_maps_each("/nowhere", want, &w));
}

static void
lines_that_are_no_areas_are_refused(void **state)
{
	static const char *const bad[] = { "no area\n", "12-\n",
		"1000-2000 rw-\n", "1000-2000 rw-p 0 0 0", "g-2 rw-p 0 0 0\n" };
	unsigned calls = 0;
	char path[] = "/tmp/fc-maps.XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	for (size_t i = 0; i < FA_COUNT(bad); i++) {
		ssize_t n = (ssize_t)strlen(bad[i]);

		assert_int_equal(ftruncate(fd, 0), 0);
		assert_int_equal(pwrite(fd, bad[i], (size_t)n, 0), n);
		assert_false(fc_maps_each(path, stop, &calls));
	}
	assert_int_equal(calls, 0);
	close(fd);
	assert_int_equal(remove(path), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_head_says_how_many_pixels_follow),
		cmocka_unit_test(a_head_beyond_the_limits_is_none),
		cmocka_unit_test(an_order_is_read_as_it_was_written),
		cmocka_unit_test(a_matcher_outside_the_rules_is_named),
		cmocka_unit_test(what_is_no_matcher_does_not_load),
		cmocka_unit_test(areas_of_memory_come_in_order_and_all),
		cmocka_unit_test(lines_that_are_no_areas_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
