/* What a page holds. Evidence for a policy is weighed first: much text with
 * the words of policies is a document, whatever else stands on the page.
 * Only a page without it is searched for the reason. */
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "discover/discover.h"
#include "discover/names.h"
#include "discover/site.h"

#define TEXT_BYTES (64u << 10)  /* of the text that are looked at */
#define BODY_BYTES (256u << 10) /* of the body */
#define STRONG_WORDS 5          /* different words of policies in a policy */
#define STRONG_CHARS 300        /* ... and its length */
#define NOTICE_CHARS 900 /* longest page that only says why there is none */
#define LOGIN_CHARS 500  /* longest page that only asks to log in */
#define SHELL_CHARS 120  /* longest text of a page that a script draws */
#define SCRIPT_CHARS 300 /* longest page that asks to turn scripts on */
#define PLAIN_WORDS 2    /* lesser words that a policy holds at least */

typedef const char *const *words;

/* A text with one of these speaks of personal data. */
static const char *const key_words[] = { "个人信息", "隐私", "个人资料",
	"个人数据", "用户信息", "您的信息", "用户资料", "你的信息",
	"个人敏感信息", "privacy", "personal information", "personal data",
	"your information", NULL };

/* What policies, agreements and lists are made of besides. */
static const char *const lesser_words[] = { "收集", "共享", "同意", "权限",
	"第三方", "协议", "条款", "授权", "保密", "儿童", "未成年人", "删除",
	"注销", "cookie", "安全", "存储", "披露", "法律法规", "用户", "consent",
	"collect", "third part", "retention", "disclos", "terms", "agreement",
	NULL };

/* What the other documents speak of. */
static const char *const role_words[] = { "sdk", "权限", "清单", "收集", "协议",
	"条款", "儿童", "未成年", "监护人", "人脸", "刷脸", "面部", "授权",
	"同意", "信息", "第三方", "共享", "规则", "permission", "agreement",
	"terms", "children", "face", "data", NULL };

static const char *const blocked_words[] = { "安全验证", "滑动验证", "人机验证",
	"拖动滑块", "拖动下方滑块", "向右滑动", "请完成验证", "完成安全验证",
	"点击完成验证", "访问被拦截", "访问被阻断", "请求被拦截",
	"访问已被拦截", "访问过于频繁", "请求过于频繁", "操作过于频繁",
	"访问频率过高", "访问受限", "拒绝访问", "禁止访问", "异常访问",
	"访问异常", "异常流量", "网站防火墙", "疑似攻击", "安全威胁", "ip被",
	"不是机器人", "captcha", "access denied", "are you a robot",
	"not a robot", "verify you are human", "checking your browser",
	"just a moment", "attention required", "request blocked",
	"too many requests", "unusual traffic", "web application firewall",
	NULL };

/* In the bytes of pages without text: the scripts of robot checks. */
static const char *const blocked_marks[] = { "acw_sc__v2", "aliyun_waf",
	"aliyunwaf", "_waf_", "/cdn-cgi/challenge-platform", "__jsl_clearance",
	"geetest", "tcaptcha", "h-captcha", "g-recaptcha", "captcha.js", NULL };

static const char *const login_words[] = { "请登录", "请先登录", "扫码登录",
	"登录后查看", "登录后可", "后登录", "立即登录", "账号登录", "密码登录",
	"验证码登录", "短信登录", "微信登录", "用户登录", "登录/注册",
	"登录超时", "请重新登录", "未登录", "sign in", "log in", NULL };

static const char *const gone_words[] = { "页面不存在", "页面未找到",
	"页面找不到", "找不到页面", "找不到您", "找不到该", "无法找到",
	"页面已删除", "页面已失效", "链接已失效", "链接失效", "内容已删除",
	"内容不存在", "文章不存在", "已被删除", "已下架", "已下线", "走丢了",
	"页面丢失", "网站建设中", "404", "not found", "no longer available",
	"page doesn't exist", NULL };

static const char *const script_words[] = { "启用javascript", "开启javascript",
	"打开javascript", "允许javascript", "支持javascript",
	"enable javascript", "javascript enabled", "requires javascript",
	"javascript is required", "javascript is disabled", "需要javascript",
	"禁用了javascript", NULL };

struct look {
	const struct fa_discover_page *page;
	struct fa_str text; /* of the document */
	struct fa_str body;
	size_t chars; /* code points of text that are no white space */
	bool html;
};

static bool
has_any(struct fa_str s, words list)
{
	for (size_t i = 0; list[i] != NULL; i++) {
		if (fa_names_find(s, fa_str_c(list[i]), 0) != SIZE_MAX)
			return true;
	}
	return false;
}

/* Different words of the list in the text, at most enough of them, those in
 * links left aside: a footer names policies on every page. */
static size_t
count_words(const struct look *l, words list, size_t enough)
{
	size_t n = 0;

	for (size_t i = 0; list[i] != NULL && n < enough; i++) {
		struct fa_str word = fa_str_c(list[i]);
		size_t at = fa_names_find(l->text, word, 0);

		while (at != SIZE_MAX && fa_site_in_link(l->page->doc, at))
			at = fa_names_find(l->text, word, at + 1);
		n += at != SIZE_MAX;
	}
	return n;
}

static size_t
count_chars(struct fa_str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		n += c > ' ' && (c & 0xc0) != 0x80;
	}
	return n;
}

static bool
starts_low(struct fa_str s, const char *prefix)
{
	return fa_names_find(fa_str_sub(s, 0, strlen(prefix)), fa_str_c(prefix),
		       0) == 0;
}

/* Media types whose pages no reader of text can read. */
static bool
is_unreadable(struct fa_str type)
{
	static const char *const types[] = { "image/", "audio/", "video/",
		"font/", "application/pdf", "application/zip",
		"application/x-rar", "application/x-7z", "application/gzip",
		"application/msword", "application/vnd.ms-",
		"application/vnd.openxmlformats",
		"application/vnd.android.package-archive", NULL };

	for (size_t i = 0; types[i] != NULL; i++) {
		if (starts_low(fa_str_trim(type), types[i]))
			return true;
	}
	return false;
}

static bool
has_script(const struct look *l)
{
	return fa_names_find(l->body, FA_STR("<script"), 0) != SIZE_MAX;
}

static bool
has_password(const struct look *l)
{
	static const char *const inputs[] = { "type=\"password\"",
		"type='password'", "type=password", NULL };

	return has_any(l->body, inputs);
}

static bool
is_blocked(const struct look *l)
{
	if (l->chars <= NOTICE_CHARS && has_any(l->text, blocked_words))
		return true;
	return l->chars <= SHELL_CHARS && has_any(l->body, blocked_marks);
}

static bool
is_login(const struct look *l)
{
	if (l->chars > LOGIN_CHARS)
		return false;
	return has_password(l) || has_any(l->text, login_words);
}

/* Nearly no text, and a script that would draw some. A short notice that
 * speaks of personal data is a text. */
static bool
is_shell(const struct look *l)
{
	if (!has_script(l))
		return false;
	if (l->chars <= SCRIPT_CHARS && has_any(l->text, script_words))
		return true;
	return l->chars <= SHELL_CHARS && count_words(l, key_words, 1) == 0;
}

/* A text as which nobody could take the document that was asked for. */
static bool
is_other(const struct look *l, enum fa_role role)
{
	if (count_words(l, key_words, 1) > 0)
		return false;
	if (role == FA_ROLE_POLICY)
		return count_words(l, lesser_words, PLAIN_WORDS) < PLAIN_WORDS;
	return count_words(l, role_words, 1) == 0;
}

static enum fa_outcome
judge_document(const char **why, const struct look *l, enum fa_role role)
{
	if (l->chars <= NOTICE_CHARS && has_any(l->text, gone_words) &&
		count_words(l, key_words, 1) == 0) {
		*why = "the page says that it does not exist";
		return FA_OUT_NOT_A_POLICY;
	}
	if (l->chars == 0) {
		*why = "the page holds no text";
		return FA_OUT_NOT_A_POLICY;
	}
	if (is_other(l, role)) {
		*why = "the text does not speak of what such a document is "
		       "about";
		return FA_OUT_NOT_A_POLICY;
	}
	*why = "the page holds text that may be the document";
	return FA_OUT_OK;
}

static enum fa_outcome
judge(const char **why, const struct look *l, enum fa_role role)
{
	if (l->chars >= STRONG_CHARS && count_words(l, key_words, 1) > 0 &&
		count_words(l, lesser_words, STRONG_WORDS) == STRONG_WORDS) {
		*why = "the page holds a text about personal data";
		return FA_OUT_OK;
	}
	if (is_unreadable(l->page->media_type)) {
		*why = "the media type is not one of text";
		return FA_OUT_UNSUPPORTED_TYPE;
	}
	if (is_blocked(l)) {
		*why = "a check for robots stands before the page";
		return FA_OUT_BLOCKED;
	}
	if (l->html && is_shell(l)) {
		*why = "a script would have to draw the page";
		return FA_OUT_EMPTY_SHELL;
	}
	if (is_login(l)) {
		*why = "the page asks to log in";
		return FA_OUT_LOGIN_WALL;
	}
	if (fa_role_judged(role))
		return judge_document(why, l, role);
	*why = "the page holds text";
	return FA_OUT_OK;
}

enum fa_outcome
fa_discover_kind(const char **why, const struct fa_discover_page *page,
	enum fa_role role)
{
	struct look l = { .page = page };

	if (page->doc == NULL) {
		*why = "the body cannot be read as text";
		return FA_OUT_UNSUPPORTED_TYPE;
	}
	l.text = fa_str_sub(page->doc->text, 0, TEXT_BYTES);
	l.body = fa_str_sub(page->body, 0, BODY_BYTES);
	l.chars = count_chars(page->doc->text);
	l.html = page->doc->format == FA_FORMAT_HTML;
	return judge(why, &l, role);
}
