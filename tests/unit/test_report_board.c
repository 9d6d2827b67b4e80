/* Pages of a board: names are text, numbers lead to their places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "report/board_parts.h"

#define BYTES ((size_t)4 << 20)
#define EVIL "<script>x</script>\"'><img src=x onerror=y>\xE2\x80\xAE"
#define GROUPS FA_BOARD_GROUPS_ALL

static const char *
word(enum fa_lang lang, enum fa_outcome o)
{
	(void)lang;
	return fa_outcome_name(o);
}

static const char *
role(enum fa_lang lang, enum fa_role r)
{
	(void)lang;
	return fa_role_name(r);
}

static const char *
same(enum fa_lang lang, const char *name)
{
	(void)lang;
	return name;
}

static const struct fa_board_words_of words = { word, role, same, same };

struct fixture {
	struct fa_board_sum s;
	struct fa_board_duty duty;
	struct fa_board_cell cells[FA_BOARD_DIMS][GROUPS];
	struct fa_board_site site;
	struct fa_buf out;
};

static int
set_up(void **state)
{
	static struct fixture x;

	memset(&x, 0, sizeof(x));
	x.duty = (struct fa_board_duty){ .id = 1,
		.name = FA_STR(EVIL),
		.title = { { FA_STR(EVIL), FA_STR(EVIL) } },
		.breach = 450,
		.judged = 900 };
	x.s.duties = &x.duty;
	x.s.duties_n = 1;
	for (int d = 0; d < FA_BOARD_DIMS; d++)
		x.s.cells[d] = x.cells[d];
	x.s.today = 20261122;
	x.site = (struct fa_board_site){ .lang = FA_LANG_EN,
		.title = FA_STR(EVIL),
		.tool = FA_STR("faceaudit"),
		.sum = &x.s,
		.words = &words,
		.shards = 1 };
	fa_buf_init(&x.out, BYTES);
	*state = &x;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *x = *state;

	fa_buf_done(&x->out);
	return 0;
}

static void
assert_inert(const struct fixture *x)
{
	struct fa_str page = fa_buf_str(&x->out);

	assert_int_equal(x->out.rc, FA_OK);
	assert_true(page.n > 0);
	assert_int_equal(fa_str_find(page, FA_STR("<script>x"), 0), SIZE_MAX);
	assert_int_equal(fa_str_find(page, FA_STR("<img src=x"), 0), SIZE_MAX);
	assert_int_equal(
		fa_str_find(page, FA_STR("\xE2\x80\xAE"), 0), SIZE_MAX);
}

static struct fa_board_app
app_of(int64_t id)
{
	return (struct fa_board_app){ .id = id,
		.key = FA_STR(EVIL),
		.app = FA_STR(EVIL),
		.package = FA_STR(EVIL),
		.publisher = FA_STR(EVIL),
		.category = FA_STR(EVIL),
		.store = FA_STR(EVIL),
		.store_url = FA_STR("javascript:alert(1)"),
		.vector = FA_STR(EVIL),
		.origin = FA_STR(EVIL),
		.bundle = FA_STR(EVIL),
		.stage = FA_BOARD_SCANNED,
		.grade = 'C',
		.violations = 1 };
}

static void
names_stay_text_on_every_page(void **state)
{
	struct fixture *x = *state;
	struct fa_board_app app = app_of(5);

	x->s.groups[0][1] = (struct fa_board_group){
		.name = FA_STR(EVIL), .apps = 900, .scanned = 900
	};
	x->cells[0][1] = (struct fa_board_cell){ 900, 450 };
	x->s.whole.apps = x->s.whole.scanned = 900;
	fa_board_index(&x->out, &x->site, &app, 1);
	fa_board_rules(&x->out, &x->site);
	fa_board_rule(&x->out, &x->site, 0);
	fa_board_groups(&x->out, &x->site, FA_BOARD_CATEGORY);
	fa_board_group_page(&x->out, &x->site, FA_BOARD_CATEGORY, 1);
	fa_board_publishers(&x->out, &x->site);
	fa_board_trend(&x->out, &x->site);
	fa_board_about(&x->out, &x->site);
	fa_board_filter(&x->out, &x->site);
	assert_inert(x);
}

static void
an_app_page_holds_nothing_but_text(void **state)
{
	struct fixture *x = *state;
	struct fa_board_app app = app_of(5);
	struct fa_board_document d = { .role = FA_ROLE_POLICY,
		.url = FA_STR("javascript:alert(2)"),
		.final = FA_STR("javascript:alert(2)"),
		.title = FA_STR(EVIL),
		.payload = FA_STR(EVIL),
		.archive = FA_STR(EVIL),
		.record = FA_STR(EVIL) };
	struct fa_board_quote q = { .rule = FA_STR(EVIL),
		.quote = FA_STR("<p>" EVIL),
		.text = FA_STR(EVIL),
		.section = FA_STR(EVIL) };
	struct fa_board_word w = { FA_STR(EVIL), FA_STR(EVIL), FA_STR(EVIL),
		FA_STR(EVIL), 0, false };
	struct fa_board_passages of = { &q, 1, &w, 1 };
	struct fa_board_finding f = { .duty = 1,
		.id = FA_STR(EVIL),
		.verdict = FA_VERDICT_VIOLATION,
		.rule = FA_STR(EVIL),
		.reason = FA_STR(EVIL),
		.counted = true };
	struct fa_board_page p;

	fa_board_app_begin(&p, &x->out, &x->site, &app);
	fa_board_app_finding(&p, &f, &of, &d, 1);
	fa_board_app_documents(&p, &d, 1);
	fa_board_app_end(&p);
	assert_inert(x);
	assert_null(strstr(x->out.p, "href=\"javascript"));
	assert_non_null(strstr(x->out.p, "javascript:alert(2)"));
	assert_non_null(strstr(x->out.p, "&lt;script&gt;"));
}

static void
a_row_of_data_is_no_script(void **state)
{
	struct fixture *x = *state;
	struct fa_board_app app = app_of(5);

	app.app = FA_STR("</script>\\\xE2\x80\xA8\"");
	fa_board_data_begin(&x->out, 1);
	fa_board_data_app(&x->out, &app, true);
	fa_board_data_end(&x->out);
	assert_inert(x);
	assert_null(strstr(x->out.p, "</script>"));
	assert_non_null(strstr(x->out.p, "\\u003c/script\\u003e"));
	assert_null(strstr(x->out.p, "\xE2\x80\xA8"));
}

static void
a_cell_leads_to_the_page_where_its_rows_begin(void **state)
{
	struct fixture *x = *state;
	char path[FA_BOARD_PATH_BYTES];

	x->cells[0][0].breach = 150;
	x->cells[0][1].breach = 50;
	x->cells[0][2].breach = 250;
	fa_board_cell_path(path, &x->s, FA_BOARD_CATEGORY, 0, 0);
	assert_string_equal(path, "list/rule-1-category-1.html#g0");
	fa_board_cell_path(path, &x->s, FA_BOARD_CATEGORY, 0, 1);
	assert_string_equal(path, "list/rule-1-category-1.html#g1");
	fa_board_cell_path(path, &x->s, FA_BOARD_CATEGORY, 0, 2);
	assert_string_equal(path, "list/rule-1-category-2.html#g2");
	assert_int_equal(fa_board_pages(0), 1);
	assert_int_equal(fa_board_pages(200), 1);
	assert_int_equal(fa_board_pages(201), 2);
	assert_int_equal(fa_board_page_of(199), 1);
	assert_int_equal(fa_board_page_of(200), 2);
	fa_board_app_path(path, INT64_C(0x1234));
	assert_string_equal(path, "app/34/0000000000001234.html");
}

static void
the_script_is_small_and_the_same(void **state)
{
	struct fixture *x = *state;

	fa_board_script(&x->out, FA_LANG_ZH);
	assert_int_equal(x->out.rc, FA_OK);
	assert_true(x->out.n < 10240);
	assert_null(strstr(x->out.p, "innerHTML"));
	assert_null(strstr(x->out.p, "fetch("));
	assert_null(strstr(x->out.p, "eval"));
}

static void
shares_are_rounded_down_and_none_of_nothing(void **state)
{
	struct fixture *x = *state;

	fa_board_share(&x->out, 2, 3);
	fa_buf_addc(&x->out, ' ');
	fa_board_share(&x->out, 0, 0);
	fa_buf_addc(&x->out, ' ');
	fa_board_bounds(&x->out, 11, 12);
	fa_buf_addc(&x->out, ' ');
	fa_board_points(&x->out, -1);
	assert_string_equal(x->out.p, "66.6% – 64.6–98.6% –");
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(names_stay_text_on_every_page),
		T(an_app_page_holds_nothing_but_text),
		T(a_row_of_data_is_no_script),
		T(a_cell_leads_to_the_page_where_its_rows_begin),
		T(the_script_is_small_and_the_same),
		T(shares_are_rounded_down_and_none_of_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
