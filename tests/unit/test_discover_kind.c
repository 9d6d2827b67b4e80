/* What a page is: the document, or the reason why it is not. */
#include "fixture_discover.h"

#define POLICY                                                                                                   \
	"<p>"                                                                                                    \
	"我们非常重视您的个人信息和隐私。我们会收集您的手机号、设备信息，用于" \
	"注册账号和保障安全。未经您的同意，我们不会向第三方共享您的个人信息。" \
	"您可以删除信息、注销账号，也可以关闭相机权限。我们会将信息存储在境内" \
	"，"                                                                                                    \
	"并采取加密措施。未成年人应当在监护人陪同下阅读本政策。</p>"

struct kind_case {
	enum fa_role role;
	enum fa_outcome want;
	const char *html;
};

static void
kinds(const struct kind_case *c, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct paging p;
		const char *why = NULL;
		enum fa_outcome got;

		paging_init(&p, c[i].html);
		got = fa_discover_kind(&why, &p.page, c[i].role);
		if (got != c[i].want) {
			fail_msg("%s\nis %s (%s), expected %s", c[i].html,
				fa_outcome_name(got), why,
				fa_outcome_name(c[i].want));
		}
		assert_non_null(why);
		assert_true(why[0] != '\0');
		paging_done(&p);
	}
}

static void
policies_are_documents(void **state)
{
	static const struct kind_case c[] = {
		{ FA_ROLE_POLICY, FA_OUT_OK, "<h1>隐私政策</h1>" POLICY },
		{ FA_ROLE_POLICY, FA_OUT_OK, POLICY POLICY POLICY },
		{ FA_ROLE_POLICY, FA_OUT_OK,
			"<script>x()</script><p>本应用不收集任何个人信息。</"
			"p>" },
		{ FA_ROLE_POLICY, FA_OUT_OK,
			"<p>We do not collect personal information.</p>" },
		{ FA_ROLE_POLICY, FA_OUT_OK,
			"<h1>用户协议</h1><p>使用本软件前请阅读本协议各条款，"
			"您同意后方可使用。" },
	};

	(void)state;
	kinds(c, FA_COUNT(c));
}

/* Words that give away other pages stand in policies too. */
static void
a_policy_with_words_of_other_pages_stays_one(void **state)
{
	static const struct kind_case c[] = {
		{ FA_ROLE_POLICY, FA_OUT_OK,
			"<noscript>Please enable JavaScript</noscript>" POLICY
				POLICY POLICY },
		{ FA_ROLE_POLICY, FA_OUT_OK,
			"<input type=password><a href=/l>请登录</a>" POLICY
				POLICY POLICY },
		{ FA_ROLE_POLICY, FA_OUT_OK,
			"<p>为识别异常访问，登录时可能要求您完成安全验证。"
			"</p>" POLICY POLICY POLICY },
		{ FA_ROLE_POLICY, FA_OUT_OK, "<p>客服电话 404-000</p>" POLICY },
	};

	(void)state;
	kinds(c, FA_COUNT(c));
}

static void
other_roles_may_hold_tables_and_short_notices(void **state)
{
	static const struct kind_case c[] = {
		{ FA_ROLE_SDK, FA_OUT_OK,
			"<table><tr><td>某推送SDK</td><td>设备号</td></tr>"
			"</table>" },
		{ FA_ROLE_PERMISSION, FA_OUT_OK,
			"<p>相机权限：扫码</p><p>存储权限：缓存</p>" },
		{ FA_ROLE_FACE, FA_OUT_OK,
			"<p>刷脸登录时会比对您的面部照片。</p>" },
		{ FA_ROLE_CHILDREN, FA_OUT_OK,
			"<p>请监护人陪同儿童阅读。</p>" },
		{ FA_ROLE_COLLECTION, FA_OUT_OK, "<p>收集清单：手机号</p>" },
		{ FA_ROLE_AGREEMENT, FA_OUT_OK, "<p>本协议自发布时生效</p>" },
	};

	(void)state;
	kinds(c, FA_COUNT(c));
}

static void
a_page_that_a_script_draws_is_a_shell(void **state)
{
	static const struct kind_case c[] = {
		{ FA_ROLE_POLICY, FA_OUT_EMPTY_SHELL,
			"<title>隐私政策</title><div id='app'></div>"
			"<script src='/js/app.js'></script>" },
		{ FA_ROLE_POLICY, FA_OUT_EMPTY_SHELL,
			"<noscript>You need to enable JavaScript to run this "
			"app.</noscript><div id='root'></div>"
			"<script src='/main.js'></script>" },
		{ FA_ROLE_POLICY, FA_OUT_EMPTY_SHELL,
			"<p>请开启JavaScript后查看隐私政策</p>"
			"<script src='/main.js'></script>" },
		{ FA_ROLE_POLICY, FA_OUT_EMPTY_SHELL,
			"<div id=app></div><a href=/p>隐私政策</a> "
			"<a href=/u>用户协议</a> "
			"京ICP备1号<script>1</script>" },
		{ FA_ROLE_SDK, FA_OUT_EMPTY_SHELL,
			"<div id=app></div><script src='/main.js'></script>" },
		{ FA_ROLE_LISTING, FA_OUT_EMPTY_SHELL,
			"<div id=app></div><script src='/main.js'></script>" },
	};

	(void)state;
	kinds(c, FA_COUNT(c));
}

static void
a_page_that_asks_to_log_in_is_a_wall(void **state)
{
	static const struct kind_case c[] = {
		{ FA_ROLE_POLICY, FA_OUT_LOGIN_WALL,
			"<form><input name=u><input type=\"password\">"
			"<button>提交</button></form>" },
		{ FA_ROLE_POLICY, FA_OUT_LOGIN_WALL,
			"<p>请先登录后再查看该页面的内容</p>" },
		{ FA_ROLE_HOME, FA_OUT_LOGIN_WALL, "<h1>扫码登录</h1>" },
		{ FA_ROLE_POLICY, FA_OUT_LOGIN_WALL,
			"<p>Please log in to continue</p>" },
	};

	(void)state;
	kinds(c, FA_COUNT(c));
}

static void
a_check_for_robots_is_a_block(void **state)
{
	static const struct kind_case c[] = {
		{ FA_ROLE_POLICY, FA_OUT_BLOCKED,
			"<h1>安全验证</h1><p>请拖动滑块完成拼图</p>" },
		{ FA_ROLE_POLICY, FA_OUT_BLOCKED,
			"<p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，"
			"您的访问被阻断。</p>" },
		{ FA_ROLE_POLICY, FA_OUT_BLOCKED,
			"<p>您的请求过于频繁，请稍后再试</p>" },
		{ FA_ROLE_POLICY, FA_OUT_BLOCKED,
			"<title>Just a moment...</title><h1>Checking your "
			"browser</h1><script></script>" },
		{ FA_ROLE_LISTING, FA_OUT_BLOCKED,
			"<script>var x='acw_sc__v2';</script>" },
	};

	(void)state;
	kinds(c, FA_COUNT(c));
}

static void
a_text_about_something_else_is_no_policy(void **state)
{
	static const struct kind_case c[] = {
		{ FA_ROLE_POLICY, FA_OUT_NOT_A_POLICY,
			"<h1>404</h1><p>抱歉，您访问的页面不存在</p>" },
		{ FA_ROLE_SDK, FA_OUT_NOT_A_POLICY, "<p>Page Not Found</p>" },
		{ FA_ROLE_POLICY, FA_OUT_NOT_A_POLICY,
			"<h1>甲乙相机</h1><p>一键美颜，立即下载，"
			"海量滤镜任你挑选。</p><a href=/p>隐私政策</a>"
			"<a href=/u>用户协议</a>" },
		{ FA_ROLE_POLICY, FA_OUT_NOT_A_POLICY,
			"<p>昨日本市举行春季长跑，三千名选手参加了比赛，"
			"天气晴朗，观众热情。</p>" },
		{ FA_ROLE_POLICY, FA_OUT_NOT_A_POLICY, "<p> </p>" },
		{ FA_ROLE_POLICY, FA_OUT_NOT_A_POLICY,
			"<img src='privacy.jpg'>" },
		{ FA_ROLE_HOME, FA_OUT_OK,
			"<h1>甲乙相机</h1><p>一键美颜，立即下载</p>" },
	};

	(void)state;
	kinds(c, FA_COUNT(c));
}

static void
bytes_that_are_no_text_are_of_an_unsupported_type(void **state)
{
	struct paging p;
	const char *why = NULL;

	(void)state;
	paging_init(&p, "<p>x</p>");
	p.page.media_type = FA_STR("application/pdf");
	assert_int_equal(fa_discover_kind(&why, &p.page, FA_ROLE_POLICY),
		FA_OUT_UNSUPPORTED_TYPE);
	p.page.media_type = FA_STR("Image/PNG");
	assert_int_equal(fa_discover_kind(&why, &p.page, FA_ROLE_LISTING),
		FA_OUT_UNSUPPORTED_TYPE);
	p.page.media_type = FA_STR("text/html");
	p.page.doc = NULL;
	assert_int_equal(fa_discover_kind(&why, &p.page, FA_ROLE_POLICY),
		FA_OUT_UNSUPPORTED_TYPE);
	paging_done(&p);
}

static void
a_policy_under_a_wrong_media_type_is_read(void **state)
{
	struct paging p;
	const char *why = NULL;

	(void)state;
	paging_init(&p, POLICY POLICY POLICY);
	p.page.media_type = FA_STR("application/octet-stream");
	assert_int_equal(
		fa_discover_kind(&why, &p.page, FA_ROLE_POLICY), FA_OUT_OK);
	p.page.media_type = FA_STR_NONE;
	assert_int_equal(
		fa_discover_kind(&why, &p.page, FA_ROLE_POLICY), FA_OUT_OK);
	paging_done(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(policies_are_documents),
		cmocka_unit_test(a_policy_with_words_of_other_pages_stays_one),
		cmocka_unit_test(other_roles_may_hold_tables_and_short_notices),
		cmocka_unit_test(a_page_that_a_script_draws_is_a_shell),
		cmocka_unit_test(a_page_that_asks_to_log_in_is_a_wall),
		cmocka_unit_test(a_check_for_robots_is_a_block),
		cmocka_unit_test(a_text_about_something_else_is_no_policy),
		cmocka_unit_test(
			bytes_that_are_no_text_are_of_an_unsupported_type),
		cmocka_unit_test(a_policy_under_a_wrong_media_type_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
