/* A flow as a document, and screens that look alike. */
#include "fixture_flow.h"

#include "flow/fingerprint.h"
#include "flow/transcript.h"

static void
a_transcript_holds_what_is_seen_and_where(void **state)
{
	static const char want[] =
		"<!DOCTYPE html>\n<meta charset=\"utf-8\">\n"
		"<h1>登录 &amp; 注册</h1>\n<p>同意&lt;《协议》</p>\n"
		"<button>刷脸</button>\n"
		"<div role=\"checkbox\" aria-checked=\"true\">我同意</div>\n"
		"<div role=\"checkbox\">短信</div>\n"
		"<div role=\"button\">政策</div>\n<p>验证码</p>\n"
		"<h1>b</h1>\n";
	struct flowing t;
	struct fa_transcript tr;
	const struct fa_transcript_line *line;
	struct fa_str shown;

	(void)state;
	flowing_sketch(&t,
		"== a 登录 & 注册\n同意<(《协议》 -> b)\n[刷脸]\n"
		"[x] 我同意\n< > 短信\n(政策)\n<input 验证码>\n<image 图>\n"
		"[看不见] {hidden}\n== b\n");
	assert_int_equal(fa_transcript(&tr, t.f, &t.a, &t.err), FA_OK);
	if (!fa_str_eq(tr.html, fa_str_c(want)))
		fail_msg("got\n%.*s", FA_STR_ARG(tr.html));
	assert_int_equal(tr.n, 8);
	assert_int_equal(tr.lines[0].element, FA_FLOW_NONE);
	line = fa_transcript_at(&tr, tr.lines[2].from);
	assert_ptr_equal(line, &tr.lines[2]);
	shown = fa_str_sub(tr.html, line->from, line->to);
	assert_true(fa_str_eq(shown, FA_STR("刷脸")));
	assert_ptr_equal(
		fa_transcript_at(&tr, tr.lines[2].to - 1), &tr.lines[2]);
	assert_null(fa_transcript_at(&tr, tr.lines[2].to));
	assert_null(fa_transcript_at(&tr, 0));
	assert_null(fa_transcript_at(&tr, UINT32_MAX));
	flowing_done(&t);
}

static void
same_look(const char *a, const char *b, bool same)
{
	struct flowing x, y;
	bool equal;

	flowing_sketch(&x, a);
	flowing_sketch(&y, b);
	equal = fa_str_eq(
		x.f->screens[0].fingerprint, y.f->screens[0].fingerprint);
	if (equal != same)
		fail_msg("%s\nand\n%s", a, b);
	flowing_done(&x);
	flowing_done(&y);
}

static void
screens_that_differ_in_digits_only_look_alike(void **state)
{
	(void)state;
	same_look("== a\n[跳过 5s]\n", "== b 标题\n[跳过 12s]\n", true);
	same_look("== a\n余额 １２３\n", "== a\n余额 7\n", true);
	same_look("== a\n[跳过]\n", "== a\n[关闭]\n", false);
	same_look("== a\n[x] 同意\n", "== a\n[ ] 同意\n", false);
	same_look("== a\n[同意]\n", "== a\n同意\n", false);
	same_look("== a\n甲\n[同意] {hidden}\n", "== a\n甲\n", true);
	same_look("== a\n甲  乙\n", "== a\n甲 乙\n", true);
}

static void
print_url(char out[FA_FLOW_FINGERPRINT_BYTES], const char *url)
{
	struct fa_flow_screen s = { .url = fa_str_c(url) };

	assert_int_equal(fa_flow_fingerprint(out, &s, NULL), FA_OK);
}

static void
ids_and_times_in_an_address_do_not_count(void **state)
{
	char a[FA_FLOW_FINGERPRINT_BYTES], b[FA_FLOW_FINGERPRINT_BYTES];

	(void)state;
	print_url(a, "https://x.cn/o/8f3a9b1c2d3e4f5a6b?t=17321");
	print_url(b, "https://x.cn/o/0011223344556677889?t=9");
	assert_string_equal(a, b);
	print_url(b, "https://x.cn/p/0011223344556677889?t=9");
	assert_string_not_equal(a, b);
	assert_int_equal(strlen(a), 16);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_transcript_holds_what_is_seen_and_where),
		cmocka_unit_test(screens_that_differ_in_digits_only_look_alike),
		cmocka_unit_test(ids_and_times_in_an_address_do_not_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
