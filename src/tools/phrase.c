#include "tools/phrase.h"

#include <string.h>

#include "base/utf8.h"
#include "report/label.h"

#define NAME_COLUMNS 19

static const char *const outcomes[FA_OUT_COUNT][FA_LANG_COUNT] = {
	[FA_OUT_FOUND] = { "页面提到，未请求",
		"named by a page, not asked for" },
	[FA_OUT_PENDING] = { "尚待抓取", "not fetched yet" },
	[FA_OUT_OK] = { "已取得", "obtained" },
	[FA_OUT_REDIRECT] = { "跳转", "leads to another URL" },
	[FA_OUT_BAD_URL] = { "网址有误", "not a usable URL" },
	[FA_OUT_ROBOTS] = { "robots.txt 不允许",
		"robots.txt does not allow it" },
	[FA_OUT_FORBIDDEN] = { "非公网地址，不访问", "not a public address" },
	[FA_OUT_DNS] = { "域名无法解析", "the name does not resolve" },
	[FA_OUT_REFUSED] = { "无法建立连接", "no connection" },
	[FA_OUT_TLS] = { "证书或 TLS 握手有误",
		"certificate or TLS handshake" },
	[FA_OUT_TIMEOUT] = { "超时", "too slow" },
	[FA_OUT_RESET] = { "应答前连接中断", "connection broke off" },
	[FA_OUT_TRUNCATED] = { "内容传输不完整", "broke off in mid-page" },
	[FA_OUT_BAD_HTTP] = { "应答不合 HTTP 规范", "broken HTTP" },
	[FA_OUT_TOO_LARGE] = { "页面过大", "page too large" },
	[FA_OUT_BAD_CODING] = { "内容编码有误", "broken content encoding" },
	[FA_OUT_BLOCKED] = { "被对方拦截（拒绝、限流或人机验证）",
		"turned away (refused, throttled, robot check)" },
	[FA_OUT_GONE] = { "页面不存在", "no such page" },
	[FA_OUT_HTTP_ERROR] = { "其他 HTTP 错误", "other HTTP error" },
	[FA_OUT_SERVER_ERROR] = { "对方服务器出错", "server error" },
	[FA_OUT_REDIRECT_LOOP] = { "循环跳转", "redirects in a circle" },
	[FA_OUT_TOO_MANY_REDIRECTS] = { "跳转过多", "too many redirects" },
	[FA_OUT_BAD_REDIRECT] = { "跳转地址有误", "redirect to nowhere" },
	[FA_OUT_UNSUPPORTED_TYPE] = { "不支持的文件类型",
		"unsupported type of file" },
	[FA_OUT_EMPTY_SHELL] = { "空壳页面，须由浏览器渲染",
		"empty, a browser would have to draw it" },
	[FA_OUT_LOGIN_WALL] = { "须先登录", "asks to log in first" },
	[FA_OUT_NOT_A_POLICY] = { "内容不是隐私政策", "text is no policy" },
	[FA_OUT_NO_POLICY_LINK] = { "页面没有指向隐私政策的链接",
		"listing or home page names no policy" },
	[FA_OUT_NO_URL] = { "清单没有可用网址",
		"the list gives no usable URL" },
	[FA_OUT_NOT_ARCHIVED] = { "存档中没有该网址", "not in the archive" },
};

static const char *const roles[FA_ROLE_COUNT][FA_LANG_COUNT] = {
	[FA_ROLE_LISTING] = { "应用商店页面", "store listing" },
	[FA_ROLE_HOME] = { "官网首页", "home page" },
	[FA_ROLE_POLICY] = { "隐私政策", "privacy policy" },
	[FA_ROLE_CHILDREN] = { "儿童规则", "children's rules" },
	[FA_ROLE_FACE] = { "人脸服务协议", "face-service agreement" },
	[FA_ROLE_SDK] = { "第三方 SDK 清单", "list of SDKs" },
	[FA_ROLE_PERMISSION] = { "权限清单", "list of permissions" },
	[FA_ROLE_COLLECTION] = { "个人信息收集清单", "list of collected data" },
	[FA_ROLE_AGREEMENT] = { "用户协议", "user agreement" },
};

struct word {
	const char *name;
	const char *in[FA_LANG_COUNT];
};

static const struct word changes[] = {
	{ "gained", { "新增问题", "gained" } },
	{ "lost", { "问题消失", "lost" } },
	{ "changed", { "有变化", "changed" } },
	{ "capture-failed",
		{ "此次未能取得，沿用旧捕获",
			"not obtained now, an earlier capture stands "
			"in" } },
};
static const struct word causes[] = {
	{ "source", { "文件内容变了", "the documents differ" } },
	{ "rules", { "规则或截止日期变了", "the rules or the date differ" } },
	{ "extractor",
		{ "程序的读取方式变了", "the program reads differently" } },
	{ "extractor+rules",
		{ "程序、规则或截止日期变了",
			"program, rules or date differ" } },
	{ "capture", { "取得的文件不同", "other documents were obtained" } },
};

const char *
fa_phrase_outcome_name(enum fa_outcome o)
{
	return o == FA_OUT_EMPTY_SHELL ? "needs_rendering" : fa_outcome_name(o);
}

const char *
fa_phrase_outcome(enum fa_lang lang, enum fa_outcome o)
{
	return outcomes[o][lang];
}

const char *
fa_phrase_role(enum fa_lang lang, enum fa_role r)
{
	return roles[r][lang];
}

static const char *
find(const struct word *words, size_t n, enum fa_lang lang, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i].name, name) == 0)
			return words[i].in[lang];
	return name;
}

const char *
fa_phrase_change(enum fa_lang lang, const char *kind)
{
	return find(changes, FA_COUNT(changes), lang, kind);
}

const char *
fa_phrase_cause(enum fa_lang lang, const char *cause)
{
	return find(causes, FA_COUNT(causes), lang, cause);
}

const char *
fa_phrase_state(enum fa_lang lang, const char *name)
{
	int v = fa_verdict_parse(fa_str_c(name));
	int o = fa_outcome_parse(fa_str_c(name));

	if (v >= 0)
		return fa_label_verdict(lang, (enum fa_verdict)v);
	return o >= 0 ? fa_phrase_outcome(lang, (enum fa_outcome)o) : name;
}

void
fa_phrase_pad(struct fa_buf *out, struct fa_str s, unsigned columns)
{
	size_t wide = fa_utf8_columns(s);

	fa_buf_add(out, s);
	for (; wide < columns; wide++)
		fa_buf_addc(out, ' ');
}

void
fa_phrase_add_outcomes(struct fa_buf *out, enum fa_lang lang,
	const uint64_t n[FA_OUT_COUNT], unsigned indent)
{
	for (int i = 0; i < FA_OUT_COUNT; i++) {
		enum fa_outcome o = (enum fa_outcome)i;

		if (o == FA_OUT_OK || n[i] == 0)
			continue;
		fa_phrase_pad(out, FA_STR(""), indent);
		fa_phrase_pad(
			out, fa_str_c(fa_phrase_outcome_name(o)), NAME_COLUMNS);
		fa_buf_addf(out, "%6llu  %s\n", (unsigned long long)n[i],
			fa_phrase_outcome(lang, o));
	}
}

void
fa_phrase_add_bytes(struct fa_buf *out, uint64_t bytes)
{
	static const char *const units[] = { "KiB", "MiB", "GiB", "TiB" };
	uint64_t tenths = bytes / 1024 * 10 + bytes % 1024 * 10 / 1024;
	size_t i = 0;

	if (bytes < 1024) {
		fa_buf_addf(out, "%u B", (unsigned)bytes);
		return;
	}
	for (; tenths >= 10240 && i + 1 < FA_COUNT(units); i++)
		tenths /= 1024;
	fa_buf_addf(out, "%llu.%u %s", (unsigned long long)(tenths / 10),
		(unsigned)(tenths % 10), units[i]);
}
