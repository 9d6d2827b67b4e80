/* Recordings and pages made to hurt: huge, deep, in circles. */
#include "fixture_flow.h"

#define LARGE_BYTES ((size_t)48 << 20)

static void
fill(struct fa_buf *b, const char *piece, size_t n)
{
	for (size_t i = 0; i < n; i++)
		fa_buf_adds(b, piece);
}

static void
import_built(const char *importer, const char *name, struct fa_buf *b, int want)
{
	struct flowing_file f = { name, fa_buf_str(b) };
	struct flowing t;

	flowing_try(&t, importer, &f, 1, false);
	if (t.rc != want)
		fail_msg("%s gives %d: %s", importer, t.rc, t.err.msg);
	if (t.rc == FA_OK)
		flowing_holds(&t);
	flowing_done(&t);
}

static void
a_tree_of_ten_thousand_levels_is_cut(void **state)
{
	struct fa_buf b;

	(void)state;
	fa_buf_init(&b, LARGE_BYTES);
	fa_buf_adds(&b, "<hierarchy>");
	fill(&b, "<node text=\"a\" class=\"b\">", 10000);
	import_built("uiautomator", "a.xml", &b, FA_OK);
	fa_buf_reset(&b);
	fill(&b, "<div onclick=x>", 10000);
	import_built("html", "a.html", &b, FA_OK);
	fa_buf_reset(&b);
	fill(&b, "{\"attributes\":{},\"children\":[", 1000);
	import_built("harmony", "a.json", &b, FA_E_LIMIT);
	fa_buf_done(&b);
}

static void
more_views_than_a_screen_may_have_are_cut(void **state)
{
	struct fa_buf b;
	struct flowing t;
	struct flowing_file f = { "a.xml", FA_STR_INIT("") };

	(void)state;
	fa_buf_init(&b, LARGE_BYTES);
	fa_buf_adds(&b, "<hierarchy>");
	fill(&b, "<node text=\"同意\" clickable=\"true\"/>", 30000);
	fa_buf_adds(&b, "</hierarchy>");
	f.text = fa_buf_str(&b);
	flowing_import(&t, "uiautomator", &f, 1, false);
	assert_int_equal(t.f->screens[0].elements_n, FA_FLOW_ELEMENTS_MAX);
	assert_int_equal(t.f->screens[0].complete, FA_TRI_NO);
	flowing_done(&t);
	fa_buf_done(&b);
}

static void
views_in_one_circle_are_all_there(void **state)
{
	struct fa_buf b;
	struct flowing t;
	struct flowing_file f = { "a.json", FA_STR_INIT("") };

	(void)state;
	fa_buf_init(&b, LARGE_BYTES);
	fa_buf_adds(&b, "{\"activityId\":\"a\",\"nodes\":[");
	for (int i = 0; i < 5000; i++)
		fa_buf_addf(&b,
			"%s{\"id\":%d,\"pid\":%d,\"attr\":{\"text\":\"t\","
			"\"checkable\":true}}",
			i > 0 ? "," : "", i, (i + 1) % 5000);
	fa_buf_adds(&b, "]}");
	f.text = fa_buf_str(&b);
	flowing_import(&t, "gkd", &f, 1, false);
	assert_int_equal(t.f->screens[0].elements_n, 5000);
	flowing_done(&t);
	fa_buf_done(&b);
}

static void
unnamed_boxes_without_number_are_looked_at_for_a_while_only(void **state)
{
	struct fa_buf b;

	(void)state;
	fa_buf_init(&b, LARGE_BYTES);
	fa_buf_adds(&b, "<hierarchy><node>");
	fill(&b,
		"<node class=\"CheckBox\"/><node clickable=\"true\"><node/>"
		"</node>",
		6000);
	fa_buf_adds(&b, "</node></hierarchy>");
	import_built("uiautomator", "a.xml", &b, FA_OK);
	fa_buf_done(&b);
}

static void
handlers_that_call_each_other_end(void **state)
{
	struct fa_buf js, wxml;
	struct flowing t;
	struct flowing_file f[2] = { { "a.js", FA_STR_INIT("") },
		{ "a.wxml", FA_STR_INIT("") } };

	(void)state;
	fa_buf_init(&js, LARGE_BYTES);
	fa_buf_init(&wxml, LARGE_BYTES);
	fill(&js, "a a a a ", 50000);
	fill(&js,
		"f(){this.g();this.f();this.h()} g(){this.f();this.h()} "
		"h(){this.g()} ",
		300);
	fill(&wxml,
		"<button bindtap=\"a\">x</button>"
		"<button bindtap=\"f\">y</button>",
		3000);
	f[0].text = fa_buf_str(&js);
	f[1].text = fa_buf_str(&wxml);
	flowing_import(&t, "wechat", f, 2, false);
	assert_true(flowing_gaps(&t, 0, FA_FLOW_GAP_UNEXPLORED) >= 6000);
	flowing_done(&t);
	fa_buf_done(&js);
	fa_buf_done(&wxml);
}

static void
a_text_too_long_is_cut_at_a_character(void **state)
{
	struct fa_buf b;
	struct flowing t;
	struct flowing_file f = { "a.xml", FA_STR_INIT("") };
	struct fa_str text;

	(void)state;
	fa_buf_init(&b, LARGE_BYTES);
	fa_buf_adds(&b, "<hierarchy><node class=\"T\" text=\"");
	fill(&b, "脸", 100000);
	fa_buf_adds(&b, "\"/></hierarchy>");
	f.text = fa_buf_str(&b);
	flowing_import(&t, "uiautomator", &f, 1, false);
	text = t.f->screens[0].elements[0].text;
	assert_true(text.n <= FA_FLOW_TEXT_BYTES && text.n % 3 == 0);
	assert_true(text.n > FA_FLOW_TEXT_BYTES - 3);
	flowing_done(&t);
	fa_buf_done(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tree_of_ten_thousand_levels_is_cut),
		cmocka_unit_test(more_views_than_a_screen_may_have_are_cut),
		cmocka_unit_test(views_in_one_circle_are_all_there),
		cmocka_unit_test(
			unnamed_boxes_without_number_are_looked_at_for_a_while_only),
		cmocka_unit_test(handlers_that_call_each_other_end),
		cmocka_unit_test(a_text_too_long_is_cut_at_a_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
