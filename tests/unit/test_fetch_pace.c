/* Who may be asked when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "fetch/pace.h"

#define HOST_DELAY 1000
#define ADDRESS_DELAY 100

static int
setup(void **state)
{
	struct fa_pace_opts o = { .host_delay_ms = HOST_DELAY,
		.address_delay_ms = ADDRESS_DELAY,
		.per_address = 2 };
	struct fa_pace *p = NULL;

	if (fa_pace_new(&p, &o, NULL) != FA_OK)
		return -1;
	*state = p;
	return 0;
}

static int
teardown(void **state)
{
	fa_pace_free(*state);
	return 0;
}

static uint32_t
host(struct fa_pace *p, const char *name)
{
	uint32_t h = UINT32_MAX;

	assert_int_equal(fa_pace_host(&h, p, fa_str_c(name), NULL), FA_OK);
	return h;
}

static void
wake(struct fa_pace *p, uint32_t h, int64_t at)
{
	fa_pace_wake(p, h, at);
}

static void
end(struct fa_pace *p, uint32_t h, int64_t now, uint32_t took, bool busy)
{
	fa_pace_end(p, h, now, took, busy);
}

/* The host that may be asked now, or UINT32_MAX; *at is when to ask again. */
static uint32_t
next(struct fa_pace *p, int64_t now, int64_t *at)
{
	uint32_t h;

	return fa_pace_next(&h, at, p, now) ? h : UINT32_MAX;
}

static void
a_host_has_one_number(void **state)
{
	struct fa_pace *p = *state;
	uint32_t first = host(p, "h0.example");
	char name[32];

	for (int i = 0; i < 1000; i++) {
		(void)snprintf(name, sizeof(name), "h%d.example", i);
		assert_int_equal(host(p, name), (uint32_t)i);
	}
	assert_int_equal(host(p, "h0.example"), first);
	assert_true(fa_str_eq(fa_pace_name(p, 999), FA_STR("h999.example")));
}

static void
a_host_is_asked_again_only_after_its_pause(void **state)
{
	struct fa_pace *p = *state;
	uint32_t h = host(p, "a");
	int64_t at;

	assert_int_equal(next(p, 0, &at), UINT32_MAX);
	assert_true(at == INT64_MAX);
	wake(p, h, 0);
	assert_int_equal(next(p, 5, &at), h);
	fa_pace_begin(p, h, 5);
	assert_int_equal(next(p, 5000, &at), UINT32_MAX);
	end(p, h, 5000, 100, false);
	assert_int_equal(next(p, 5999, &at), UINT32_MAX);
	assert_int_equal(at, 6000);
	assert_int_equal(next(p, 6000, &at), h);
}

static void
a_slow_host_gets_a_longer_pause(void **state)
{
	struct fa_pace *p = *state;
	uint32_t h = host(p, "slow");
	int64_t at;

	wake(p, h, 0);
	assert_int_equal(next(p, 0, &at), h);
	fa_pace_begin(p, h, 0);
	end(p, h, 9000, 9000, false);
	assert_int_equal(next(p, 17999, &at), UINT32_MAX);
	assert_int_equal(next(p, 18000, &at), h);
}

static void
waking_a_host_does_not_shorten_its_pause(void **state)
{
	struct fa_pace *p = *state;
	uint32_t h = host(p, "a");
	int64_t at;

	wake(p, h, 0);
	assert_int_equal(next(p, 0, &at), h);
	fa_pace_begin(p, h, 0);
	end(p, h, 10, 10, false);
	wake(p, h, 0);
	assert_int_equal(next(p, 1009, &at), UINT32_MAX);
	assert_int_equal(next(p, 1010, &at), h);
}

static void
retry_after_and_crawl_delay_hold_a_host(void **state)
{
	struct fa_pace *p = *state;
	uint32_t h = host(p, "a");
	int64_t at;

	fa_pace_set_delay(p, h, 3000);
	wake(p, h, 0);
	assert_int_equal(next(p, 0, &at), h);
	fa_pace_begin(p, h, 0);
	end(p, h, 10, 10, false);
	assert_int_equal(next(p, 3009, &at), UINT32_MAX);
	fa_pace_hold(p, h, 60000);
	assert_int_equal(next(p, 59999, &at), UINT32_MAX);
	assert_int_equal(at, 60000);
	assert_int_equal(next(p, 60000, &at), h);
	/* A shorter Crawl-delay than ours changes nothing. */
	fa_pace_set_delay(p, h, 1);
	fa_pace_begin(p, h, 60000);
	end(p, h, 60000, 0, false);
	assert_int_equal(next(p, 60999, &at), UINT32_MAX);
}

static void
hosts_are_asked_in_the_order_in_which_they_are_due(void **state)
{
	struct fa_pace *p = *state;
	uint32_t h[50];
	int64_t at;
	char name[32];

	for (uint32_t i = 0; i < 50; i++) {
		(void)snprintf(name, sizeof(name), "h%u", i);
		h[i] = host(p, name);
		wake(p, h[i], (int64_t)((i * 37) % 50));
	}
	for (int64_t now = 0; now < 50; now++) {
		uint32_t got = next(p, now, &at);

		assert_true(got != UINT32_MAX);
		assert_int_equal((got * 37) % 50, now);
	}
}

static void
an_address_takes_so_many_requests_at_once(void **state)
{
	struct fa_pace *p = *state;
	uint32_t a = host(p, "a"), b = host(p, "b"), c = host(p, "c");
	int64_t at;

	fa_pace_begin(p, a, 0);
	assert_true(fa_pace_admit(p, a, "192.0.2.1", 0));
	fa_pace_begin(p, b, 0);
	/* Too soon after the first, ... */
	assert_false(fa_pace_admit(p, b, "192.0.2.1", 50));
	assert_false(fa_pace_admit(p, b, "192.0.2.1", 200));
	end(p, b, 50, 0, true);
	assert_int_equal(next(p, 99, &at), UINT32_MAX);
	assert_int_equal(at, 100);
	assert_int_equal(next(p, 100, &at), b);
	fa_pace_begin(p, b, 100);
	assert_true(fa_pace_admit(p, b, "192.0.2.1", 100));
	/* ... and the third at once. */
	fa_pace_begin(p, c, 300);
	assert_false(fa_pace_admit(p, c, "192.0.2.1", 300));
	/* Another address of the same host will do. */
	assert_true(fa_pace_admit(p, c, "192.0.2.2", 300));
	end(p, c, 310, 10, false);
	end(p, a, 310, 10, false);
	fa_pace_begin(p, c, 5000);
	assert_true(fa_pace_admit(p, c, "192.0.2.1", 5000));
}

static void
a_busy_address_does_not_count_as_a_request(void **state)
{
	struct fa_pace *p = *state;
	uint32_t a = host(p, "a"), b = host(p, "b");
	int64_t at;

	fa_pace_begin(p, a, 0);
	assert_true(fa_pace_admit(p, a, "192.0.2.1", 0));
	fa_pace_begin(p, b, 10);
	assert_false(fa_pace_admit(p, b, "192.0.2.1", 10));
	end(p, b, 10, 0, true);
	/* No pause of the host, only of the address. */
	assert_int_equal(next(p, 100, &at), b);
}

static void
hosts_that_wait_for_an_address_cost_nothing(void **state)
{
	struct fa_pace *p = *state;
	int64_t at, now = 0;
	uint32_t h[400];
	char name[32];

	for (uint32_t i = 0; i < 400; i++) {
		(void)snprintf(name, sizeof(name), "h%u", i);
		h[i] = host(p, name);
		fa_pace_begin(p, h[i], now);
		assert_true(fa_pace_admit(p, h[i], "192.0.2.1", now));
		end(p, h[i], now, 0, false);
		now += HOST_DELAY;
	}
	/* Two are asked; the others are not looked at until one ends. */
	for (uint32_t i = 0; i < 2; i++) {
		assert_int_equal(next(p, now, &at), h[i]);
		fa_pace_begin(p, h[i], now);
		now += ADDRESS_DELAY;
	}
	assert_int_equal(next(p, now, &at), UINT32_MAX);
	assert_true(at == INT64_MAX);
	/* The one whose turn it is was told to wait: the next one goes. */
	fa_pace_hold(p, h[2], now + 5000);
	end(p, h[0], now, 0, false);
	assert_int_equal(next(p, now, &at), h[3]);
	fa_pace_begin(p, h[3], now);
	end(p, h[1], now, 0, false);
	assert_int_equal(next(p, now, &at), UINT32_MAX);
	assert_int_equal(at, now + ADDRESS_DELAY);
	assert_int_equal(next(p, at, &at), h[4]);
	assert_int_equal(next(p, at, &at), h[5]);
}

static void
nobody_is_forgotten_at_a_busy_address(void **state)
{
	struct fa_pace *p = *state;
	unsigned asked[50] = { 0 };
	int64_t at, now = 0;
	char name[32];

	for (uint32_t i = 0; i < 50; i++) {
		(void)snprintf(name, sizeof(name), "h%u", i);
		wake(p, host(p, name), 0);
	}
	/* The address is seen anew each time, refused or not. */
	for (unsigned turns = 0; turns < 20000 && now < 300000; turns++) {
		uint32_t h = next(p, now, &at);

		if (h == UINT32_MAX) {
			assert_true(at > now && at < INT64_MAX);
			now = at;
			continue;
		}
		fa_pace_begin(p, h, now);
		if (fa_pace_admit(
			    p, h, h % 2 ? "192.0.2.1" : "192.0.2.2", now)) {
			asked[h]++;
			end(p, h, now, 10, false);
		} else {
			end(p, h, now, 0, true);
		}
	}
	for (uint32_t i = 0; i < 50; i++)
		assert_in_range(asked[i], 50, 200);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_host_has_one_number, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_host_is_asked_again_only_after_its_pause, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			a_slow_host_gets_a_longer_pause, setup, teardown),
		cmocka_unit_test_setup_teardown(
			waking_a_host_does_not_shorten_its_pause, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			retry_after_and_crawl_delay_hold_a_host, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			hosts_are_asked_in_the_order_in_which_they_are_due,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			an_address_takes_so_many_requests_at_once, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			a_busy_address_does_not_count_as_a_request, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			hosts_that_wait_for_an_address_cost_nothing, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			nobody_is_forgotten_at_a_busy_address, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
