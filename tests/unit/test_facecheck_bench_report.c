/* How numbers are said, put in order and drawn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "facecheck/bench/crew.h"
#include "facecheck/bench/plot.h"
#include "facecheck/bench/report.h"
#include "facecheck/bench/speed.h"

static void
said_rate(int64_t ppt, const char *want)
{
	char s[FC_FIGURE_BYTES];

	fc_say_rate(s, ppt);
	assert_string_equal(s, want);
}

static void
rates_are_said_in_percent_or_in_powers(void **state)
{
	(void)state;
	said_rate(0, "0");
	said_rate(FC_PPT, "100.00%");
	said_rate(FC_PPT / 20, "5.00%");
	said_rate(FC_PPT / 1000, "0.10%");
	said_rate(123456789012, "12.35%");
	said_rate(FC_PPT / 10000, "1.0e-4");
	said_rate(999499999, "1.0e-3");
	said_rate(1000, "1.0e-9");
	said_rate(1249, "1.2e-9");
	said_rate(1, "1.0e-12");
	said_rate(37, "3.7e-11");
}

static void
said_ns(int64_t ns, const char *want)
{
	char s[FC_FIGURE_BYTES];

	fc_say_ns(s, ns);
	assert_string_equal(s, want);
}

static void
times_and_counts_are_said_for_people(void **state)
{
	char s[FC_FIGURE_BYTES];

	(void)state;
	said_ns(210, "210 ns");
	said_ns(34567, "34.5 us");
	said_ns(690000, "0.690 ms");
	said_ns(1234567890, "1234.567 ms");
	fc_say_count(s, 7);
	assert_string_equal(s, "7");
	fc_say_count(s, 3001234567u);
	assert_string_equal(s, "3 001 234 567");
}

static void
percentiles_are_times_that_were_seen(void **state)
{
	int64_t ns[100], one[] = { 5 };
	struct fc_timing t;

	(void)state;
	for (int i = 0; i < 100; i++)
		ns[i] = 1000 - i;
	fc_timing_of(&t, "x", ns, 100, 200);
	assert_int_equal(t.min_ns, 901);
	assert_int_equal(t.p50_ns, 950);
	assert_int_equal(t.p90_ns, 990);
	assert_int_equal(t.p99_ns, 999);
	assert_int_equal(t.cpu_ns, 2);
	assert_int_equal(fc_percentile(one, 1, 50), 5);
	assert_int_equal(fc_percentile(one, 1, 99), 5);
	assert_int_equal(fc_percentile(one, 0, 50), 0);
}

static void
markup_is_escaped(void **state)
{
	struct fa_buf b;

	(void)state;
	fa_buf_init(&b, 1000);
	fc_plot_escape(&b, "<a href=\"x\">&'\t");
	assert_string_equal(b.p, "&lt;a href=&quot;x&quot;&gt;&amp;&#39; ");
	fa_buf_done(&b);
}

static void
a_grid_takes_no_more_than_it_has(void **state)
{
	static struct fc_grid g;

	(void)state;
	fc_grid_begin(&g);
	fc_grid_cell(&g, "lost");
	for (int r = 0; r < FC_GRID_ROWS + 3; r++) {
		fc_grid_row(&g);
		for (int c = 0; c < FC_GRID_COLS + 3; c++)
			fc_grid_cell(&g, "%d %0200d", r, c);
	}
	assert_int_equal(g.rows, FC_GRID_ROWS);
	assert_int_equal(g.cols, FC_GRID_COLS);
	assert_int_equal(strlen(g.cell[0][0]), FC_GRID_CELL - 1);
}

struct work {
	unsigned char done[1000];
	size_t fails_at;
};

static int
work(void *ctx, unsigned worker, size_t i, struct fa_err *err)
{
	struct work *w = ctx;

	(void)worker;
	if (i == w->fails_at)
		return fa_fail(err, FA_E_INPUT, "piece %zu", i);
	w->done[i]++;
	return FA_OK;
}

static void
every_piece_is_done_once_and_a_failure_ends_all(void **state)
{
	static struct work w;
	struct fc_crew c = { 4, 1000, work, NULL, &w };
	struct fa_err err = { 0 };

	(void)state;
	w.fails_at = SIZE_MAX;
	assert_int_equal(fc_crew_run(&c, &err), FA_OK);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(w.done[i], 1);
	memset(&w, 0, sizeof(w));
	w.fails_at = 10;
	assert_int_equal(fc_crew_run(&c, &err), FA_E_INPUT);
	assert_string_equal(err.msg, "piece 10");
}

/* A result that is empty but for one curve, which is known. */
static void
a_curve_is_drawn_where_its_numbers_say(void **state)
{
	static struct fc_bench bench;
	struct fa_buf b;

	(void)state;
	fa_buf_init(&b, FC_BENCH_REPORT_BYTES);
	bench.accuracy_n = 1;
	bench.accuracy[0].subjects = 9;
	bench.accuracy[0].det = (struct fc_det){ .genuine = 1000,
		.impostor = 100000,
		.at = { { 60000, 3 }, { 1000, 500 }, { 2, 900 } },
		.n = 3 };
	fc_bench_svg(&b, &bench, FC_BENCH_EN);
	/* FMR 1 % on an axis from 1e-5 to 0.5: deviates -4.265, -2.326, 0; half
	 * of the genuine, on one from 1e-4 to 0.99: -3.719, 0, 2.326. The first
	 * point is beyond the axis, the last has too few errors. */
	assert_non_null(strstr(b.p, "points=\"292.7,197.8\"/>"));
	assert_non_null(strstr(b.p, "difficulty 0: 9 people"));
	assert_null(strstr(b.p, "too few errors"));
	fa_buf_reset(&b);
	bench.accuracy[0].det.at[1].false_non_matches = 2;
	fc_bench_svg(&b, &bench, FC_BENCH_EN);
	assert_non_null(strstr(b.p, "points=\"\"/>"));
	assert_non_null(strstr(b.p, "too few errors"));
	fa_buf_done(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rates_are_said_in_percent_or_in_powers),
		cmocka_unit_test(times_and_counts_are_said_for_people),
		cmocka_unit_test(percentiles_are_times_that_were_seen),
		cmocka_unit_test(markup_is_escaped),
		cmocka_unit_test(a_grid_takes_no_more_than_it_has),
		cmocka_unit_test(
			every_piece_is_done_once_and_a_failure_ends_all),
		cmocka_unit_test(a_curve_is_drawn_where_its_numbers_say),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
