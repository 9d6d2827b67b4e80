/* Policy links of home pages. */
#include "fixture_discover.h"

static void
policy(const char *html, const char *want)
{
	paging_finds(fa_discover_policy, html, want);
}

static void
a_link_named_privacy_policy_is_found(void **state)
{
	(void)state;
	policy("<a href='/p.html'>隐私政策</a>", "policy /p.html");
	policy("<a href='/p.html'>隐私权政策</a>", "policy /p.html");
	policy("<a href='/p.html'>《隐私声明》</a>", "policy /p.html");
	policy("<a href='/p.html'>隐私协议</a>", "policy /p.html");
	policy("<a href='/p.html'>隐私条款</a>", "policy /p.html");
	policy("<a href='/p.html'>隐私保护指引</a>", "policy /p.html");
	policy("<a href='/p.html'>个人信息保护政策</a>", "policy /p.html");
	policy("<a href='/p.html'>某某App隐私政策</a>", "policy /p.html");
	policy("<a href='/p.html'>法律声明及隐私权政策</a>", "policy /p.html");
	policy("<a href='/p.html'>隐私</a>", "policy /p.html");
	policy("<a href='/p.html'>隐 私 政 策</a>", "policy /p.html");
	policy("<a href='/p.html'>隱私權政策</a>", "policy /p.html");
	policy("<a href='/p.html'>Privacy Policy</a>", "policy /p.html");
	policy("<a href='/p.html'>PRIVACY NOTICE</a>", "policy /p.html");
	policy("<a href='/p.html'>Our Privacy Statement</a>", "policy /p.html");
}

static void
other_links_are_left_alone(void **state)
{
	(void)state;
	policy("<a href='/t.html'>用户协议</a>", "");
	policy("<a href='/t.html'>隐私设置</a>", "");
	policy("<a href='/t.html'>关于隐私政策更新的公告</a>", "");
	policy("<a href='/t.html'>隐私政策历史版本</a>", "");
	policy("<a href='/t.html'>第三方SDK隐私政策</a>", "");
	policy("<a href='/t.html'>联系我们</a>", "");
	policy("<a href='/t.html'>本公司与多家单位就个人信息保护工作交流，"
	       "共同讨论了隐私政策的写法并参观了展厅展品和新的实验室</a>",
		"");
	policy("隐私政策", "");
}

static void
the_best_name_comes_first(void **state)
{
	(void)state;
	policy("<a href='/c'>儿童隐私政策</a><a href='/u'>用户协议与隐私政策"
	       "</a><a href='/x'>某某隐私政策</a><a href='/p'>隐私政策</a>",
		"policy /p|policy /x|policy /u|children /c");
	policy("<a href='/1'>隐私政策</a><a href='/2'>隐私声明</a>",
		"policy /1|policy /2");
}

static void
each_href_comes_once_under_its_best_name(void **state)
{
	(void)state;
	policy("<a href='/p'>某某隐私政策</a><a href='/q'>隐私政策</a>"
	       "<a href=' /p '>隐私政策</a>",
		"policy /q|policy /p");
}

static void
references_that_lead_nowhere_are_left_out(void **state)
{
	(void)state;
	policy("<a href=''>隐私政策</a><a href='#'>隐私政策</a>"
	       "<a href='#privacy'>隐私政策</a>"
	       "<a href='javascript:;'>隐私政策</a>"
	       "<a href='JavaScript:void(0)'>隐私政策</a>"
	       "<a href='mailto:a@example.com'>隐私政策</a>"
	       "<a href='tel:123'>隐私政策</a>"
	       "<a href='app://web?url=https://example.com/'>隐私政策</a>",
		"");
	policy("<a href='HTTPS://example.com/p'>隐私政策</a>",
		"policy HTTPS://example.com/p");
	policy("<a href='//example.com/p'>隐私政策</a>",
		"policy //example.com/p");
	policy("<a href='p.html?a=b:c&amp;d'>隐私政策</a>",
		"policy p.html?a=b:c&d");
}

static void
more_references_than_fit_are_told(void **state)
{
	struct paging p;
	struct fa_buf html;

	(void)state;
	fa_buf_init(&html, 1 << 16);
	for (int i = 0; i < FA_DISCOVER_LINKS; i++)
		fa_buf_addf(&html, "<a href='/%d'>隐私政策</a> ", i);
	paging_init(&p, html.p);
	assert_int_equal(
		fa_discover_policy(&p.refs, &p.page, &p.r.a, &p.r.err), FA_OK);
	assert_int_equal(p.refs.n, FA_DISCOVER_LINKS);
	assert_false(p.refs.more);
	paging_done(&p);
	fa_buf_adds(&html, "<a href='/x'>隐私政策</a>");
	paging_init(&p, html.p);
	assert_int_equal(
		fa_discover_policy(&p.refs, &p.page, &p.r.a, &p.r.err), FA_OK);
	assert_int_equal(p.refs.n, FA_DISCOVER_LINKS);
	assert_true(p.refs.more);
	paging_done(&p);
	fa_buf_done(&html);
}

static void
buttons_that_open_a_page_are_found_when_no_link_is(void **state)
{
	(void)state;
	policy("<div onclick=\"location.href='/p'\">隐私政策</div>",
		"policy /p");
	policy("<div onclick=\"window.location = '/p'\">隐私政策</div>",
		"policy /p");
	policy("<p><span onclick='window.open(\"/p\", \"_blank\")'>"
	       "<b>隐私</b>政策</span></p>",
		"policy /p");
	policy("<li data-href='/p'>隐私政策</li>", "policy /p");
	policy("<a href=\"javascript:window.open('/p')\">隐私政策</a>",
		"policy /p");
	policy("<a href='javascript:;' onclick=\"location.replace('/p')\">"
	       "隐私政策</a>",
		"policy /p");
	policy("<a href='/p' title='隐私政策'><img src='i.png'></a>",
		"policy /p");
	policy("<a href='/p'><img src='i.png' alt='隐私政策'></a>",
		"policy /p");
	policy("<a href='/p' aria-label='隐私政策'></a>", "policy /p");
	policy("<div onclick='show(\"/p\")'>隐私政策</div>", "");
	policy("<div onclick=\"location.href='#'\">隐私政策</div>", "");
	policy("<div onclick=\"location.href='/p'\">联系我们</div>", "");
}

static void
a_link_is_preferred_to_buttons(void **state)
{
	(void)state;
	policy("<div data-href='/b'>隐私政策</div><a href='/a'>隐私政策</a>",
		"policy /a");
}

static void
a_label_is_one_short_line(void **state)
{
	struct paging p;

	(void)state;
	paging_init(&p, "<a href='/p'> Privacy<br>\n Policy </a>");
	assert_int_equal(
		fa_discover_policy(&p.refs, &p.page, &p.r.a, &p.r.err), FA_OK);
	assert_int_equal(p.refs.n, 1);
	assert_str(p.refs.at[0].text, "Privacy Policy");
	paging_done(&p);
}

static void
a_page_that_could_not_be_read_has_no_links(void **state)
{
	struct paging p;

	(void)state;
	paging_init(&p, "<p>x</p>");
	p.page.doc = NULL;
	p.page.body = FA_STR("\x89PNG\r\n\x1a\n\0\0");
	assert_int_equal(
		fa_discover_policy(&p.refs, &p.page, &p.r.a, &p.r.err), FA_OK);
	assert_int_equal(p.refs.n, 0);
	p.page.body = FA_STR_NONE;
	assert_int_equal(
		fa_discover_policy(&p.refs, &p.page, &p.r.a, &p.r.err), FA_OK);
	assert_int_equal(p.refs.n, 0);
	assert_int_equal(
		fa_discover_related(&p.refs, &p.page, &p.r.a, &p.r.err), FA_OK);
	assert_int_equal(p.refs.n, 0);
	paging_done(&p);
}

static void
buttons_of_a_gbk_page_are_read(void **state)
{
	/* 隐私政策 in GBK; the text comes from the label of the button. */
	static const char html[] =
		"<meta charset=gbk><div data-href='/p'>\xd2\xfe\xcb\xbd\xd5\xfe"
		"\xb2\xdf</div><p>\xb8\xf6\xc8\xcb\xd0\xc5\xcf\xa2</p>";

	(void)state;
	policy(html, "policy /p");
}

/* libxml2 would take hundreds of megabytes for all of it. */
static void
buttons_are_looked_for_in_the_first_part_of_a_huge_page(void **state)
{
	static const char button[] = "<div data-href='/p'>隐私政策</div>";
	enum { FILLER = 3 << 20 };
	struct fa_buf page;

	(void)state;
	fa_buf_init(&page, 2 * FILLER);
	while (page.n < FILLER)
		fa_buf_addf(&page, "<p>%0*d</p>", 1000, 0);
	fa_buf_adds(&page, button);
	fa_buf_addc(&page, '\0');
	policy(page.p, "");
	fa_buf_reset(&page);
	fa_buf_adds(&page, button);
	while (page.n < FILLER)
		fa_buf_addf(&page, "<p>%0*d</p>", 1000, 0);
	fa_buf_addc(&page, '\0');
	policy(page.p, "policy /p");
	fa_buf_done(&page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_link_named_privacy_policy_is_found),
		cmocka_unit_test(other_links_are_left_alone),
		cmocka_unit_test(the_best_name_comes_first),
		cmocka_unit_test(each_href_comes_once_under_its_best_name),
		cmocka_unit_test(references_that_lead_nowhere_are_left_out),
		cmocka_unit_test(more_references_than_fit_are_told),
		cmocka_unit_test(
			buttons_that_open_a_page_are_found_when_no_link_is),
		cmocka_unit_test(a_link_is_preferred_to_buttons),
		cmocka_unit_test(a_label_is_one_short_line),
		cmocka_unit_test(a_page_that_could_not_be_read_has_no_links),
		cmocka_unit_test(buttons_of_a_gbk_page_are_read),
		cmocka_unit_test(
			buttons_are_looked_for_in_the_first_part_of_a_huge_page),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
