/* The line of progress: what of it fits, and at which rate it counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/progress.h"

static void
a_line_is_cut_before_the_character_that_does_not_fit(void **state)
{
	struct fa_str line = FA_STR("抓取：9/10 个网址");

	(void)state;
	assert_int_equal(fa_progress_clip(line, 80).n, line.n);
	assert_int_equal(fa_progress_clip(line, 7).n, sizeof("抓取：9") - 1);
	assert_int_equal(fa_progress_clip(line, 3).n, sizeof("抓") - 1);
	assert_int_equal(fa_progress_clip(line, 1).n, 0);
	assert_int_equal(fa_progress_clip(FA_STR(""), 5).n, 0);
}

static void
what_was_done_before_is_no_part_of_the_rate(void **state)
{
	struct fa_console con;
	struct fa_progress p;

	(void)state;
	fa_console_init(&con);
	con.quiet = true;
	fa_progress_begin(&p, &con, "crawl", "URLs", 1000);
	fa_progress_show(&p, 3000, 4000, 0, 1000);
	fa_progress_show(&p, 3100, 4000, 0, 2000);
	fa_progress_end(&p);
	assert_int_equal(p.begun_done, 3000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_line_is_cut_before_the_character_that_does_not_fit),
		cmocka_unit_test(what_was_done_before_is_no_part_of_the_rate),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
