/* Documents that belong to a policy. */
#include "fixture_discover.h"

static void
related(const char *html, const char *want)
{
	paging_finds(fa_discover_related, html, want);
}

static void
documents_are_known_by_their_names(void **state)
{
	(void)state;
	related("<a href='/c'>《儿童个人信息保护规则》</a>", "children /c");
	related("<a href='/c'>儿童隐私保护声明</a>", "children /c");
	related("<a href='/c'>未成年人个人信息保护规则及监护人须知</a>",
		"children /c");
	related("<a href='/f'>《人脸识别服务协议》</a>", "face /f");
	related("<a href='/f'>人脸信息处理规则</a>", "face /f");
	related("<a href='/f'>刷脸登录服务须知</a>", "face /f");
	related("<a href='/f'>生物识别信息授权书</a>", "face /f");
	related("<a href='/f'>敏感个人信息处理规则</a>", "face /f");
	related("<a href='/s'>第三方SDK目录</a>", "sdk /s");
	related("<a href='/s'>第三方信息共享清单</a>", "sdk /s");
	related("<a href='/s'>合作方名单</a>", "sdk /s");
	related("<a href='/s'>SDK</a>", "sdk /s");
	related("<a href='/p'>应用权限清单</a>", "permission /p");
	related("<a href='/p'>权限申请与使用情况说明</a>", "permission /p");
	related("<a href='/l'>收集个人信息清单</a>", "collection /l");
	related("<a href='/l'>已收集个人信息清单</a>", "collection /l");
	related("<a href='/u'>《用户协议》</a>", "agreement /u");
	related("<a href='/u'>软件许可及服务协议</a>", "agreement /u");
	related("<a href='/u'>Terms of Service</a>", "agreement /u");
	related("<a href='/u'>User Agreement</a>", "agreement /u");
	related("<a href='/c'>Children's Privacy Notice</a>", "children /c");
}

static void
other_documents_are_left_alone(void **state)
{
	(void)state;
	related("<a href='/x'>隐私政策</a>", "");
	related("<a href='/x'>账号注销协议</a>", "");
	related("<a href='/x'>自动续费服务协议</a>", "");
	related("<a href='/x'>《中国移动认证服务协议》</a>", "");
	related("<a href='/x'>家长监护工程</a>", "");
	related("<a href='/x'>青少年模式</a>", "");
	related("<a href='/x'>版权声明</a>", "");
	related("<a href='/x'>SDK下载列表</a>", "");
	related("<a href='javascript:;'>用户协议</a>", "");
}

static void
a_link_that_points_takes_the_name_before_it(void **state)
{
	(void)state;
	related("<p>我们接入的第三方SDK目录，请<a href='/s'>点击此处</a>查看。",
		"sdk /s");
	related("<p>儿童个人信息保护规则请见<a href='/c'>这里</a>。",
		"children /c");
	related("<p>详见《应用权限清单》（<a href='/p'>点击查阅</a>）",
		"permission /p");
	related("<p>您可以<a href='/s'>点击这里</a>查看第三方SDK目录。",
		"sdk /s");
	related("<p>第三方SDK目录：<a href='/s'>https://www.example.com/s</a>",
		"sdk /s");
}

static void
the_nearest_name_decides(void **state)
{
	(void)state;
	related("<p>除《用户协议》外，另见儿童个人信息保护规则，"
		"<a href='/c'>点击此处</a>。",
		"children /c");
	related("<p>第三方SDK目录列有友盟，其隐私政策见<a href='/x'>此处</a>。",
		"");
}

static void
a_name_in_another_sentence_does_not_count(void **state)
{
	(void)state;
	related("<p>我们列有第三方SDK目录。联系我们请<a "
		"href='/x'>点击此处</a>。",
		"");
	related("<p>第三方SDK目录</p><p><a href='/x'>点击此处</a></p>", "");
	related("<p><a href='/x'>点击此处</a>下载。第三方SDK目录</p>", "");
}

static void
third_parties_in_tables_are_left_out(void **state)
{
	(void)state;
	related("<table><tr><th>SDK名称</th><th>链接</th></tr>"
		"<tr><td>某推送SDK</td>"
		"<td><a "
		"href='https://push.example.net/p'>隐私政策</a></td></tr>"
		"<tr><td>某地图SDK</td>"
		"<td><a href='https://map.example.org/t'>服务条款</a></td></tr>"
		"<tr><td>某统计SDK</td>"
		"<td><a "
		"href='https://stat.example.org/t'>用户协议</a></td></tr>"
		"</table>",
		"");
	related("<table><tr><td>第三方SDK目录</td>"
		"<td><a href='/s'>第三方SDK目录</a></td></tr></table>",
		"sdk /s");
}

static void
agreements_of_others_are_told_by_name_and_address(void **state)
{
	(void)state;
	related("<title>甲乙App隐私政策</title>"
		"<p><a href='https://pay.example.net/t'>丙丁用户服务协议</a>"
		"<a href='https://cdn.example.net/t'>甲乙用户服务协议</a>",
		"agreement https://cdn.example.net/t");
	related("<p><a href='https://h5.example.com/t'>丙丁用户协议</a>",
		"agreement https://h5.example.com/t");
	related("<p><a href='https://h5.example.net/t'>用户协议</a>",
		"agreement https://h5.example.net/t");
	related("<p>欢迎使用甲乙。</p>"
		"<p><a href='//h5.example.net/t'>甲乙用户协议</a>",
		"agreement //h5.example.net/t");
}

static void
country_domains_are_not_one_site(void **state)
{
	struct paging p;
	const char *html = "<a href='https://b.com.cn/t'>丙丁用户协议</a>"
			   "<a href='https://x.a.com.cn/t'>丙丁服务协议</a>";

	(void)state;
	paging_init_as(
		&p, "https://www.a.com.cn/", fa_str_c(html), FA_FORMAT_HTML);
	assert_int_equal(
		fa_discover_related(&p.refs, &p.page, &p.r.a, &p.r.err), FA_OK);
	assert_int_equal(p.refs.n, 1);
	assert_str(p.refs.at[0].href, "https://x.a.com.cn/t");
	paging_done(&p);
}

static void
documents_come_once_in_their_order(void **state)
{
	(void)state;
	related("<p><a href='/u'>用户协议</a><a href='/c'>儿童隐私政策</a>"
		"<a href='/u'>《用户协议》</a><a href='/s'>第三方SDK清单</a>",
		"agreement /u|children /c|sdk /s");
}

static void
more_documents_than_fit_are_told(void **state)
{
	struct paging p;
	struct fa_buf html;

	(void)state;
	fa_buf_init(&html, 1 << 16);
	for (int i = 0; i <= FA_DISCOVER_LINKS; i++)
		fa_buf_addf(&html, "<a href='/%d'>用户协议</a> ", i);
	paging_init(&p, html.p);
	assert_int_equal(
		fa_discover_related(&p.refs, &p.page, &p.r.a, &p.r.err), FA_OK);
	assert_int_equal(p.refs.n, FA_DISCOVER_LINKS);
	assert_true(p.refs.more);
	paging_done(&p);
	fa_buf_done(&html);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(documents_are_known_by_their_names),
		cmocka_unit_test(other_documents_are_left_alone),
		cmocka_unit_test(a_link_that_points_takes_the_name_before_it),
		cmocka_unit_test(the_nearest_name_decides),
		cmocka_unit_test(a_name_in_another_sentence_does_not_count),
		cmocka_unit_test(third_parties_in_tables_are_left_out),
		cmocka_unit_test(
			agreements_of_others_are_told_by_name_and_address),
		cmocka_unit_test(country_domains_are_not_one_site),
		cmocka_unit_test(documents_come_once_in_their_order),
		cmocka_unit_test(more_documents_than_fit_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
