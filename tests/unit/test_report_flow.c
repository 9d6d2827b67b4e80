#include "fixture_report_flow.h"
#include "report/drawing.h"
#include "report/html.h"

static void
expect(const char *writer, enum fa_lang lang, const char *const *parts,
	size_t n)
{
	struct fixture_report x;
	struct fa_str s;

	fixture_open(&x, writer);
	x.report.opts.lang = lang;
	x.report.opts.columns = 400;
	s = fixture_write_flows(&x, false);
	for (size_t i = 0; i < n; i++)
		if (!fixture_has(s, parts[i]))
			fail_msg("%s lacks: %s", writer, parts[i]);
	fixture_close(&x);
}

static void
text_shows_screen_control_way_basis_and_note(void **state)
{
	static const char *const zh[] = {
		"s2 人脸采集 · 摄像头画面“开始” · 实际观察",
		"路径：登录页 → 点“刷脸登录” → 刷脸授权 → 点“同意并继续” → "
		"人脸采集",
		"提示：face 2 taps, other way 7",
		"s4 短信验证 · 推定",
		"界面流：5 个屏幕，其中 3 个记录完整；7 个转移；1 处未探索；1 "
		"处未记录 · 来源 walk · h5",
		"· s4 短信验证：未探索“登录”（budget: time）",
		"· s2 人脸采集：没有样式信息",
		"录到的界面中未见",
	};
	static const char *const en[] = {
		"s2 人脸采集 · camera “开始” · observed",
		"path: 登录页 → tap “刷脸登录” → 刷脸授权",
		"5 screens, 3 of them recorded in full; 7 transitions",
	};

	(void)state;
	expect("text", FA_LANG_ZH, zh, FA_COUNT(zh));
	expect("text", FA_LANG_EN, en, FA_COUNT(en));
}

static void
line_names_the_place_behind_the_message(void **state)
{
	static const char *const zh[] = {
		"walks/a/flow.json:1:1: error: 违规·高：不刷脸就不能继续使用"
		"（s2 人脸采集 · 摄像头画面“开始”；登录页 → 点“刷脸登录” → ",
		"；实际观察） [FRM.10.1.a/only]",
	};

	(void)state;
	expect("line", FA_LANG_ZH, zh, FA_COUNT(zh));
}

static void
json_has_place_path_and_what_was_not_seen(void **state)
{
	static const char *const parts[] = {
		"\"schema\": \"faceaudit-report/2\"",
		"\"subject\": \"flow\"",
		"\"format\": \"flow\"",
		"\"importer\": \"walk\"",
		"\"screens_whole\": 3",
		"\"unexplored\": 1",
		"\"kind\": \"no-style\"",
		"\"why\": \"budget: time\"",
		"\"basis\": \"assumed\"",
		"\"action\": \"tap\"",
		"\"id\": \"s2.e0\"",
		"\"note\": \"face 2 taps, other way 7\"",
	};

	(void)state;
	expect("json", FA_LANG_ZH, parts, FA_COUNT(parts));
}

static void
sarif_has_logical_places_and_code_flows_and_no_lines(void **state)
{
	static const char *const parts[] = {
		"\"codeFlows\": [",
		"\"threadFlows\": [",
		"\"fullyQualifiedName\": \"s2.e0\"",
		"\"kind\": \"screen\"",
		"点“刷脸登录” → 刷脸授权 (实际观察)",
	};
	struct fixture_report x;
	struct fa_str s;

	(void)state;
	expect("sarif", FA_LANG_ZH, parts, FA_COUNT(parts));
	fixture_open(&x, "sarif");
	s = fixture_write_flows(&x, true);
	assert_false(fixture_has(s, "\"region\""));
	fixture_close(&x);
}

static void
html_draws_the_flow_and_shows_each_picture_once(void **state)
{
	static const char *const parts[] = {
		"<svg class=\"flow\"",
		"aria-labelledby=\"d1-ft d1-fd\"",
		"<use href=\"#d1-p0\"",
		"<ol class=\"way\">",
		"<a href=\"#d1-o1\"><code>FRM.10.1.a</code></a>",
		"stroke=\"#b3261e\"",
		"采集人脸",
		"class=\"fl fs\"",
		"→2</text>",
		"另 1 个操作留在本屏",
		"未探索：登录",
		"img-src data:",
	};
	struct fixture_report x;
	struct fa_str s;
	size_t at, n = 0;

	(void)state;
	expect("html", FA_LANG_ZH, parts, FA_COUNT(parts));
	fixture_open(&x, "html");
	s = fixture_write_flows(&x, false);
	for (at = 0; (at = fa_str_find(s, FA_STR("data:image/png;base64,"),
			      at)) != SIZE_MAX;
		at++)
		n++;
	assert_int_equal(n, 2);
	fixture_close(&x);
}

static void
hostile_recordings_are_escaped_in_every_format(void **state)
{
	static const char *const writers[] = { "text", "line", "json", "ndjson",
		"sarif", "html", "svg" };
	static const char *const never[] = { "<script", "</script", "<img src",
		"onload=alert(1)>\"", "\xE2\x80\xAE", "\x1B", "\x07",
		"<svg onload" };

	(void)state;
	for (size_t w = 0; w < FA_COUNT(writers); w++) {
		bool markup = w >= 5;
		struct fixture_report x;
		struct fa_str s;

		fixture_open(&x, writers[w]);
		s = fixture_write_flows(&x, true);
		for (size_t i = 0; i < FA_COUNT(never); i++) {
			if (!markup && never[i][0] == '<')
				continue;
			if (fixture_has(s, never[i]))
				fail_msg("%s has: %s", writers[w], never[i]);
		}
		fixture_close(&x);
	}
}

static void
drawings_stand_below_each_other_in_one_file(void **state)
{
	struct fixture_report x;
	struct fa_str s;

	(void)state;
	fixture_open(&x, "svg");
	s = fixture_write_flows(&x, true);
	assert_true(fa_str_starts(s, FA_STR("<?xml version=\"1.0\"")));
	assert_true(fixture_has(s, "xmlns=\"http://www.w3.org/2000/svg\""));
	assert_true(fixture_has(s, "walks/a/flow.json</text>"));
	assert_true(fixture_has(s, "aria-labelledby=\"d2-ft d2-fd\""));
	assert_true(fixture_has(s, "y=\"32\" "));
	fixture_close(&x);
}

/* A chain with a jump back, one screen that stands alone, and a row that only
 * a way back leads to. */
static void
layout_goes_from_left_to_right_without_overlap(void **state)
{
	static const struct fa_layout_link link[] = {
		{ 0, 1, 30, false },
		{ 0, 2, 50, false },
		{ 1, 3, 30, false },
		{ 2, 3, 30, false },
		{ 3, 0, 30, false },
		{ 3, 5, 50, true },
	};
	struct fa_layout_card card[7];
	struct fa_layout l = { card, FA_COUNT(card), link, FA_COUNT(link), 0, 0,
		0 };
	struct fa_arena a;
	struct fa_err err;

	(void)state;
	fa_arena_init(&a, 1 << 20);
	memset(card, 0, sizeof(card));
	for (size_t i = 0; i < FA_COUNT(card); i++) {
		card[i].w = 100;
		card[i].h = 80 + 20 * (int32_t)i;
	}
	assert_int_equal(fa_layout(&l, &a, &err), FA_OK);
	assert_int_equal(card[0].column, 0);
	assert_int_equal(card[1].column, 1);
	assert_int_equal(card[2].column, 1);
	assert_int_equal(card[3].column, 2);
	assert_int_equal(card[5].column, 3);
	for (size_t i = 0; i < FA_COUNT(card); i++) {
		assert_true(card[i].x >= 0 && card[i].y >= 0);
		assert_true(card[i].x + card[i].w <= l.width);
		assert_true(card[i].y + card[i].h <= l.height);
		for (size_t k = 0; k < i; k++)
			assert_true(card[i].x + card[i].w <= card[k].x ||
				card[k].x + card[k].w <= card[i].x ||
				card[i].y + card[i].h <= card[k].y ||
				card[k].y + card[k].h <= card[i].y);
	}
	fa_arena_done(&a);
}

static void
layout_undoes_a_crossing(void **state)
{
	static const struct fa_layout_link link[] = {
		{ 0, 1, 30, false },
		{ 0, 2, 50, false },
		{ 1, 4, 30, false },
		{ 2, 3, 30, false },
		{ 2, 4, 60, false },
		{ 1, 4, 50, false },
	};
	struct fa_layout_card card[5];
	struct fa_layout l = { card, FA_COUNT(card), link, FA_COUNT(link), 0, 0,
		0 };
	struct fa_arena a;
	struct fa_err err;

	(void)state;
	fa_arena_init(&a, 1 << 20);
	memset(card, 0, sizeof(card));
	for (size_t i = 0; i < FA_COUNT(card); i++) {
		card[i].w = 100;
		card[i].h = 90;
	}
	assert_int_equal(fa_layout(&l, &a, &err), FA_OK);
	/* 4 belongs to 1 mostly, 3 to 2: the order follows them. */
	assert_true((card[1].y < card[2].y) == (card[4].y < card[3].y));
	fa_arena_done(&a);
}

static void
pictures_are_told_by_their_bytes(void **state)
{
	static const char png[] = FIXTURE_PNG;
	static const char jpeg[] = "\xff\xd8\xff\xe0\0\4ab\xff\xc0\0\x0b\x08\0"
				   "\x10\0\x20\3";
	struct fa_picture p = { NULL, 0, 0 };
	struct fa_buf out;

	(void)state;
	assert_true(
		fa_picture_read(&p, (struct fa_str){ png, sizeof(png) - 1 }));
	assert_string_equal(p.media, "image/png");
	assert_int_equal(p.w, 1);
	assert_int_equal(p.h, 2);
	assert_true(
		fa_picture_read(&p, (struct fa_str){ jpeg, sizeof(jpeg) - 1 }));
	assert_string_equal(p.media, "image/jpeg");
	assert_int_equal(p.w, 32);
	assert_int_equal(p.h, 16);
	for (size_t n = 0; n < sizeof(jpeg) - 6; n++)
		assert_false(fa_picture_read(&p, (struct fa_str){ jpeg, n }));
	assert_false(fa_picture_read(&p, FA_STR("<svg/>")));
	assert_int_equal(p.w, 32);
	fa_buf_init(&out, 1000);
	fa_picture_data_uri(&out, &p, FA_STR("abcd"));
	assert_string_equal(out.p, "data:image/jpeg;base64,YWJjZA==");
	fa_buf_done(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_shows_screen_control_way_basis_and_note),
		cmocka_unit_test(line_names_the_place_behind_the_message),
		cmocka_unit_test(json_has_place_path_and_what_was_not_seen),
		cmocka_unit_test(
			sarif_has_logical_places_and_code_flows_and_no_lines),
		cmocka_unit_test(
			html_draws_the_flow_and_shows_each_picture_once),
		cmocka_unit_test(
			hostile_recordings_are_escaped_in_every_format),
		cmocka_unit_test(drawings_stand_below_each_other_in_one_file),
		cmocka_unit_test(
			layout_goes_from_left_to_right_without_overlap),
		cmocka_unit_test(layout_undoes_a_crossing),
		cmocka_unit_test(pictures_are_told_by_their_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
