#include "discover/names.h"

#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "base/utf8.h"

#define GAP_BYTES 36  /* between the two words of a name */
#define LINK_CHARS 40 /* of a link text that names a document */

typedef const char *const *words;

/* A document is named by a subject followed by a noun with little between
 * them, unless the text holds a word that shows something else. */
struct name {
	enum fa_role role;
	words subject, noun, never;
};

static const char *const none[] = { NULL };

static const char *const children_subject[] = { "儿童", "未成年", "青少年",
	"监护人", "少儿", "少年", "child", "minor", NULL };
static const char *const children_noun[] = { "规则", "政策", "指引", "声明",
	"协议", "条款", "须知", "同意书", "告知", "隐私", "指南", "privacy",
	"policy", "notice", NULL };
static const char *const children_never[] = { "模式", "家长监护工程", "防沉迷",
	"举报", "sdk", NULL };

static const char *const face_subject[] = { "人脸", "刷脸", "扫脸", "面部",
	"脸部", "面容", "生物识别", "生物特征", "实人认证", "活体",
	"敏感个人信息", "facial", "face recognition", "face verification",
	"biometric", NULL };
static const char *const face_noun[] = { "协议", "规则", "政策", "须知",
	"授权书", "说明", "声明", "告知", "同意书", "条款", "指引", "确认书",
	"通知", "agreement", "notice", "policy", "consent", "terms",
	"statement", NULL };
static const char *const face_never[] = { "sdk", "清单", "目录", NULL };

static const char *const sdk_subject[] = { "sdk", "第三方", "合作方",
	"合作伙伴", "共享", "委托", "接收方", "对外提供", "third part",
	"third-part", "partner", NULL };
static const char *const sdk_noun[] = { "目录", "清单", "列表", "名单", "名录",
	"一览", "明细", "list", NULL };
static const char *const sdk_only[] = { "sdk", "插件", NULL };
static const char *const sdk_about[] = { "说明", "介绍", "情况", "信息公示",
	"列明", "公示", NULL };
static const char *const sdk_never[] = { "隐私", "协议", "条款", "接入文档",
	"下载", "sdk政策", NULL };

static const char *const permission_subject[] = { "权限", "permission", NULL };
static const char *const permission_noun[] = { "清单", "列表", "说明", "目录",
	"一览", "详情", "情况", "用途", "规则", "指引", "明细", "list", NULL };
static const char *const permission_never[] = { "注销", "隐私", "协议", NULL };

static const char *const collection_subject[] = { "收集", "采集", "个人信息",
	"用户信息", "双", NULL };
static const char *const collection_noun[] = { "清单", "列表", "明细", NULL };

static const char *const policy_subject[] = { "隐私", "个人信息", "个人数据",
	"个人资料", "privacy", NULL };
static const char *const policy_noun[] = { "政策", "声明", "协议", "条款",
	"指引", "策略", "规则", "须知", "告知书", "条例", "保护说明", "policy",
	"notice", "statement", "agreement", NULL };
static const char *const policy_never[] = { "sdk", "第三方", "公告", "历史版本",
	"往期", "旧版", "投诉", "举报", "设置", NULL };

static const char *const agreement_subject[] = { "用户", "服务", "使用", "许可",
	"软件", "会员", "账号", "注册", "平台", "user", "end user", "license",
	"service", NULL };
static const char *const agreement_noun[] = { "协议", "条款", "契约",
	"agreement", "terms", NULL };
static const char *const agreement_never[] = { "认证服务", "统一认证", "注销",
	"儿童", "退款", "支付", "充值", "续费", "提现", "免责", "开发者",
	"开发人员", "广告", "招募", "推广", "版权", "商家", "商户", "主播",
	"直播", "第三方", "sdk", "公告", "历史版本", "往期", "旧版", "天翼",
	"中国移动", "联通", NULL };
static const char *const terms_subject[] = { "terms", NULL };
static const char *const terms_noun[] = { "service", "use", "conditions",
	NULL };

/* In the order in which they are tried. */
static const struct name names[] = {
	{ FA_ROLE_CHILDREN, children_subject, children_noun, children_never },
	{ FA_ROLE_FACE, face_subject, face_noun, face_never },
	{ FA_ROLE_SDK, sdk_subject, sdk_noun, sdk_never },
	{ FA_ROLE_SDK, sdk_only, sdk_about, sdk_never },
	{ FA_ROLE_PERMISSION, permission_subject, permission_noun,
		permission_never },
	{ FA_ROLE_COLLECTION, collection_subject, collection_noun, none },
	{ FA_ROLE_AGREEMENT, agreement_subject, agreement_noun,
		agreement_never },
	{ FA_ROLE_AGREEMENT, terms_subject, terms_noun, agreement_never },
	{ FA_ROLE_POLICY, policy_subject, policy_noun, policy_never },
};

/* Whole texts that name a document. */
static const struct whole {
	enum fa_role role;
	const char *text;
} wholes[] = {
	{ FA_ROLE_SDK, "sdk" },
	{ FA_ROLE_SDK, "第三方sdk" },
	{ FA_ROLE_SDK, "接入的第三方sdk" },
	{ FA_ROLE_PERMISSION, "应用权限" },
	{ FA_ROLE_PERMISSION, "系统权限" },
	{ FA_ROLE_PERMISSION, "设备权限" },
	{ FA_ROLE_PERMISSION, "使用权限" },
	{ FA_ROLE_PERMISSION, "申请使用权限" },
	{ FA_ROLE_PERMISSION, "申请权限" },
	{ FA_ROLE_PERMISSION, "权限申请" },
	{ FA_ROLE_PERMISSION, "应用权限申请" },
};

static const char *const exact_policies[] = { "隐私政策", "隐私权政策",
	"隐私声明", "隐私协议", "隐私条款", "隐私保护指引", "隐私指引",
	"个人信息保护政策", "个人信息保护声明", "个人信息处理规则",
	"个人信息保护指引", "隐私保护政策", "隐私保护声明", "隐私权声明",
	"隐私权保护声明", "隐私策略", "隐私权条款", "隐私保护协议",
	"用户隐私政策", "用户隐私协议", "用户隐私声明", "隐私规则",
	"privacy policy", "privacy notice", "privacy statement", NULL };

/* The words that these names are made of, longer ones first where one holds
 * another. */
static const char *const plain[] = { "个人信息", "个人数据", "敏感", "未成年人",
	"未成年", "青少年", "监护人", "儿童", "隐私权", "隐私", "保护", "保密",
	"政策", "声明", "协议", "条款", "指引", "指南", "策略", "规则", "须知",
	"同意书", "授权书", "确认书", "告知书", "告知", "通知", "通用", "用户",
	"服务", "使用", "许可", "软件", "会员", "账号", "注册", "平台", "产品",
	"应用程序", "应用", "操作系统", "客户端", "程序", "系统", "设备",
	"权限", "申请", "第三方", "合作方", "合作伙伴", "合作", "接入", "收集",
	"采集", "处理", "共享", "信息", "清单", "目录", "列表", "名单", "一览",
	"说明", "情况", "详情", "内容", "人脸", "刷脸", "面部", "识别",
	"生物特征", "特征", "认证", "实名", "实人", "授权", "登录", "最终",
	"我们", "本", "的", "与", "及", "和", "或", "以及", "完整版", "完整",
	"简版", "简要版", "摘要", "已", "点击", "查看", "阅读", "详见", "参见",
	"了解", "请", "更多", "明示", "委托", "sdk", "app", "android", "ios",
	"安卓", "版", "privacy", "policy", "notice", "statement", "user",
	"agreement", "terms", "service", "conditions", "license", "list", "the",
	"of", "and", "our", "use", "end", "third", "party", "children", "for",
	NULL };

static const char *const pointers[] = { "点击此处", "点击这里", "点击查看",
	"点击查阅", "点击阅读", "点击链接", "此处", "这里", "点此", "点我",
	"链接", "点击", "查看详情", "查看更多", "查看", "查阅", "详情", "详见",
	"此链接", "该链接", "本链接", "请点击", "请点击此处", "请点击这里",
	"点击进入", "点击跳转", "点击了解", "点击了解更多", "了解更多",
	"了解详情", "更多", "阅读全文", "网页链接", "点击打开", "here",
	"click here", "this link", "link", "learn more", "more", "details",
	NULL };

static const char *const wrappers[] = { "《", "》", "〈", "〉", "<", ">", "「",
	"」", "『", "』", "【", "】", "[", "]", "(", ")", "\"", "'", "“", "”",
	"‘", "’", "、", ",", "。", ":", ";", "!", "?", "·", "•", "-", "—", "»",
	"«", "|", "/", "*", "_", "\t", "\n", "\r", " ", "→", "~", "#", NULL };

static const char *const leads[] = { "点击", "查看", "阅读", "查阅", "详见",
	"请", "了解", "我们的", "本", "完整版", "最新", "app", "应用", "产品",
	"平台", "《", "“", NULL };

static char
low(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
has_letter(struct fa_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] >= 'a' && s.p[i] <= 'z')
			return true;
	}
	return false;
}

size_t
fa_names_find(struct fa_str s, struct fa_str needle, size_t from)
{
	if (!has_letter(needle))
		return fa_str_find(s, needle, from);
	for (size_t i = from; i + needle.n <= s.n; i++) {
		size_t k = 0;

		while (k < needle.n && low(s.p[i + k]) == needle.p[k])
			k++;
		if (k == needle.n)
			return i;
	}
	return SIZE_MAX;
}

static bool
holds_any(struct fa_str s, words list)
{
	for (size_t i = 0; list[i] != NULL; i++) {
		if (fa_names_find(s, fa_str_c(list[i]), 0) != SIZE_MAX)
			return true;
	}
	return false;
}

static bool
is_any(struct fa_str s, words list)
{
	for (size_t i = 0; list[i] != NULL; i++) {
		if (fa_str_ieq(s, fa_str_c(list[i])))
			return true;
	}
	return false;
}

/* May these bytes stand between the two words of a name? */
static bool
joins(struct fa_str gap)
{
	static const char *const stops[] = { ",", "。", ";", ":", "!", "?",
		"《", "》", "\n", "“", "”", NULL };

	return gap.n <= GAP_BYTES && !holds_any(gap, stops);
}

/* The end of the last such name in s, or 0. */
static size_t
name_end(const struct name *name, struct fa_str s)
{
	size_t end = 0;

	for (size_t i = 0; name->subject[i] != NULL; i++) {
		struct fa_str subject = fa_str_c(name->subject[i]);
		size_t at = fa_names_find(s, subject, 0);

		for (; at != SIZE_MAX; at = fa_names_find(s, subject, at + 1)) {
			for (size_t k = 0; name->noun[k] != NULL; k++) {
				struct fa_str noun = fa_str_c(name->noun[k]);
				size_t from = at + subject.n;
				size_t to = fa_names_find(s, noun, from);

				if (to != SIZE_MAX && to + noun.n > end &&
					joins(fa_str_sub(s, from, to)))
					end = to + noun.n;
			}
		}
	}
	return end;
}

static bool
names_one(enum fa_role role, struct fa_str s)
{
	for (size_t i = 0; i < FA_COUNT(names); i++) {
		if (names[i].role == role && !holds_any(s, names[i].never) &&
			name_end(&names[i], s) > 0)
			return true;
	}
	return false;
}

static size_t
wrapper_at(struct fa_str s, bool at_end)
{
	for (size_t i = 0; wrappers[i] != NULL; i++) {
		struct fa_str w = fa_str_c(wrappers[i]);

		if (at_end ? fa_str_ends(s, w) : fa_str_starts(s, w))
			return w.n;
	}
	return 0;
}

/* Without brackets, quotes, bullets and punctuation at both ends. */
static struct fa_str
trim(struct fa_str s)
{
	size_t cut;

	while ((cut = wrapper_at(s, false)) > 0)
		s = fa_str_sub(s, cut, s.n);
	while ((cut = wrapper_at(s, true)) > 0)
		s = fa_str_sub(s, 0, s.n - cut);
	return s;
}

/* Without the words that lead to a name: "see our". */
static struct fa_str
without_leads(struct fa_str s)
{
	for (size_t i = 0; leads[i] != NULL; i++) {
		struct fa_str lead = fa_str_c(leads[i]);

		if (s.n > lead.n && fa_names_find(s, lead, 0) == 0) {
			s = trim(fa_str_sub(s, lead.n, s.n));
			i = SIZE_MAX;
		}
	}
	return s;
}

static bool
too_long(struct fa_str s)
{
	return s.n > FA_NAMES_BYTES || fa_utf8_count(s) > LINK_CHARS;
}

enum fa_policy_rank
fa_names_policy(struct fa_str text)
{
	struct fa_str s = trim(text);

	if (s.n == 0 || too_long(s))
		return FA_POLICY_NONE;
	if (is_any(without_leads(s), exact_policies))
		return FA_POLICY_EXACT;
	if (names_one(FA_ROLE_CHILDREN, s))
		return FA_POLICY_CHILDREN;
	if (fa_str_eq(s, FA_STR("隐私")) || fa_str_ieq(s, FA_STR("privacy")))
		return FA_POLICY_NAMED;
	if (!names_one(FA_ROLE_POLICY, s))
		return FA_POLICY_NONE;
	if (names_one(FA_ROLE_FACE, s) || names_one(FA_ROLE_SDK, s))
		return FA_POLICY_NONE;
	return names_one(FA_ROLE_AGREEMENT, s) ? FA_POLICY_COMBINED
					       : FA_POLICY_NAMED;
}

int
fa_names_related(struct fa_str text)
{
	struct fa_str s = trim(text);

	if (s.n == 0 || too_long(s))
		return -1;
	for (size_t i = 0; i < FA_COUNT(wholes); i++) {
		if (fa_str_ieq(s, fa_str_c(wholes[i].text)))
			return (int)wholes[i].role;
	}
	for (size_t i = 0; i < FA_COUNT(names); i++) {
		if (names[i].role != FA_ROLE_POLICY &&
			!holds_any(s, names[i].never) &&
			name_end(&names[i], s) > 0)
			return (int)names[i].role;
	}
	return -1;
}

int
fa_names_last(struct fa_str text, size_t *end)
{
	size_t last = 0;
	int role = -1;

	for (size_t i = 0; i < FA_COUNT(names); i++) {
		size_t at = name_end(&names[i], text);

		if (at > last) {
			last = at;
			role = holds_any(text, names[i].never)
				? -1
				: (int)names[i].role;
		}
	}
	if (role >= 0)
		*end = last;
	return role;
}

bool
fa_names_pointer(struct fa_str text)
{
	struct fa_str s = trim(text);

	return s.n == 0 || is_any(s, pointers) ||
		fa_names_find(s, FA_STR("http://"), 0) == 0 ||
		fa_names_find(s, FA_STR("https://"), 0) == 0 ||
		fa_names_find(s, FA_STR("www."), 0) == 0;
}

struct fa_str
fa_names_owner(struct fa_str text, char out[FA_NAMES_BYTES])
{
	struct fa_str s = trim(text);
	size_t n = 0;

	if (s.n > FA_NAMES_BYTES)
		return FA_STR_NONE;
	for (size_t i = 0; i < s.n;) {
		struct fa_str rest = fa_str_sub(s, i, s.n);
		size_t skip = wrapper_at(rest, false);

		for (size_t k = 0; skip == 0 && plain[k] != NULL; k++) {
			if (fa_names_find(fa_str_sub(rest, 0, strlen(plain[k])),
				    fa_str_c(plain[k]), 0) == 0)
				skip = strlen(plain[k]);
		}
		if (skip == 0)
			out[n++] = s.p[i++];
		i += skip;
	}
	return (struct fa_str){ out, n };
}
