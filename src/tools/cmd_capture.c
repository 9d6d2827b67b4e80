/* faceaudit capture: one case, in evidence mode. Here is what it may be told.
 */
#include <string.h>

#include "base/num.h"
#include "base/utf8.h"
#include "fetch/dns.h"
#include "tools/capturing.h"
#include "tools/fail_on.h"
#include "tools/option_texts.h"

enum {
	OPT_CASE = 1,
	OPT_OPERATOR,
	OPT_PURPOSE,
	OPT_OUT,
	OPT_OPERATOR_ID,
	OPT_ROLE,
	OPT_ORG,
	OPT_MANDATE,
	OPT_WITNESS,
	OPT_TITLE,
	OPT_APP,
	OPT_PACKAGE,
	OPT_VERSION,
	OPT_STORE,
	OPT_PUBLISHER,
	OPT_ICP,
	OPT_WALK,
	OPT_SECOND_RESOLVER,
	OPT_SECOND_ADDRESS,
	OPT_BROWSER,
	OPT_NO_SANDBOX,
	OPT_NO_BROWSER,
	OPT_NO_JUDGE,
	OPT_RULES,
	OPT_AS_OF,
	OPT_FAIL_ON
};

static const struct fa_option options[] = {
	{ OPT_CASE, 0, "case", "ID",
		FA_CLI_TEXT("案号或编号（必填）",
			"number of the case (required)") },
	{ OPT_OPERATOR, 0, "operator", "NAME",
		FA_CLI_TEXT("取证人（必填）",
			"who takes the evidence (required)") },
	{ OPT_PURPOSE, 0, "purpose", "TEXT",
		FA_CLI_TEXT("目的，即证明对象（必填）",
			"what it is to prove (required)") },
	{ OPT_OUT, 0, "out", "DIR",
		FA_CLI_TEXT("案件目录，已有则续作；默认 case-案号",
			"folder of the case, continued when it is there; "
			"default: case-ID") },
	{ FA_SWEEP_OPT_QUIET, 'q', "quiet", NULL,
		FA_CLI_TEXT("不打印进度和提示，只报错误",
			"neither progress nor notes; errors only") },
	FA_TOOL_OPTIONS,
	FA_CLI_HEADING("人员与授权", "Persons and mandate"),
	{ OPT_OPERATOR_ID, 0, "operator-id", "ID",
		FA_CLI_TEXT("取证人的证件号或工号",
			"number of the operator's card or licence") },
	{ OPT_ROLE, 0, "role", "TEXT",
		FA_CLI_TEXT("取证人的身份；默认 operator",
			"role of the operator; default: operator") },
	{ OPT_ORG, 0, "org", "NAME",
		FA_CLI_TEXT("取证人所在单位", "organisation of the operator") },
	{ OPT_MANDATE, 0, "mandate", "TEXT",
		FA_CLI_TEXT("依据：委托书或立案文号",
			"mandate or legal basis, with its number") },
	{ OPT_WITNESS, 0, "witness", "NAME", FA_CLI_TEXT("见证人", "witness") },
	{ OPT_TITLE, 0, "title", "TEXT",
		FA_CLI_TEXT("案件名称", "title of the case") },
	FA_CLI_HEADING("所涉应用", "The app"),
	{ OPT_APP, 0, "subject-app", "NAME",
		FA_CLI_TEXT("应用名称", "its name") },
	{ OPT_PACKAGE, 0, "subject-package", "ID",
		FA_CLI_TEXT("包名", "its package name") },
	{ OPT_VERSION, 0, "subject-version", "TEXT",
		FA_CLI_TEXT("版本", "its version") },
	{ OPT_STORE, 0, "subject-store", "NAME",
		FA_CLI_TEXT("取得该应用的商店", "the store it came from") },
	{ OPT_PUBLISHER, 0, "subject-publisher", "NAME",
		FA_CLI_TEXT("运营者", "its publisher") },
	{ OPT_ICP, 0, "subject-icp", "TEXT",
		FA_CLI_TEXT("ICP 备案号", "its ICP filing number") },
	FA_CLI_HEADING("取得什么", "What is taken"),
	{ FA_SWEEP_OPT_DEPTH, 0, "depth", "N",
		FA_CLI_TEXT("网页之外再跟进几层所链文件；默认 1",
			"follow links from the pages so far; default: 1") },
	{ OPT_WALK, 0, "walk", "URL",
		FA_CLI_TEXT("在浏览器中走查由此开始的同意流程；可多次给出",
			"walk the consent flow that begins here in a browser; "
			"repeatable") },
	{ OPT_SECOND_RESOLVER, 0, "second-resolver", "IP",
		FA_CLI_TEXT("再经此域名服务器取一遍，逐字节比对",
			"fetch all pages again, asking this name server, and "
			"compare") },
	{ OPT_SECOND_ADDRESS, 0, "second-address", "HOST:PORT:ADDR",
		FA_CLI_TEXT("再从此地址取一遍并比对；可多次给出",
			"fetch pages of a host again at this address, and "
			"compare; repeatable") },
	{ FA_SWEEP_OPT_STORES, 0, "stores", "DIR",
		FA_CLI_TEXT("应用商店的适配规则；默认用内置的",
			"adapters of app stores; default: built-in") },
	FA_CLI_HEADING("浏览器", "The browser"),
	{ OPT_NO_BROWSER, 0, "no-browser", NULL,
		FA_CLI_TEXT("不截图", "take no pictures of pages") },
	{ OPT_BROWSER, 0, "browser", "PATH",
		FA_CLI_TEXT("Chromium 的路径；默认 chromium-headless-shell，其"
			    "次 chromium",
			"Chromium to run; default: chromium-headless-shell, "
			"else chromium") },
	{ OPT_NO_SANDBOX, 0, "no-sandbox", NULL,
		FA_CLI_TEXT("不用浏览器的沙箱（以 root 运行时须明示）",
			"run it without its sandbox (root has to say so)") },
	FA_CLI_HEADING("评判", "Judging"),
	{ OPT_NO_JUDGE, 0, "no-judge", NULL,
		FA_CLI_TEXT("只取证，不评判",
			"only take the evidence, do not judge it") },
	FA_OPTION_FAIL_ON(OPT_FAIL_ON),
	FA_OPTION_AS_OF(OPT_AS_OF),
	FA_OPTION_RULES(OPT_RULES),
	FA_CLI_HEADING(
		"访问的节奏与限额", "How requests are paced and limited"),
	{ FA_SWEEP_OPT_DELAY, 0, "delay", "MS",
		FA_CLI_TEXT("同一主机两次请求之间的毫秒数；默认 1000",
			"between requests to one host; default: 1000") },
	{ FA_SWEEP_OPT_TRIES, 0, "tries", "N",
		FA_CLI_TEXT("一个网址最多尝试几次；默认 4",
			"tries of one URL at most; default: 4") },
	{ FA_SWEEP_OPT_BACKOFF, 0, "backoff", "MS",
		FA_CLI_TEXT("首次重试前等待，逐次加倍；默认 5000",
			"before the second try, then doubled; default: 5000") },
	{ FA_SWEEP_OPT_TIMEOUT, 0, "timeout", "SECONDS",
		FA_CLI_TEXT("一次请求最多多少秒；默认 30",
			"for one request; default: 30") },
	{ FA_SWEEP_OPT_STALL, 0, "stall", "SECONDS",
		FA_CLI_TEXT("几乎无数据多少秒后放弃；默认 10",
			"give up after as long without data; default: 10") },
	{ FA_SWEEP_OPT_MAX_BYTES, 0, "max-bytes", "N",
		FA_CLI_TEXT("页面最多多少字节（传输时）；默认 8388608",
			"of a page as it comes; default: 8388608") },
	FA_CLI_HEADING("网络与权限", "Network and permissions"),
	{ FA_SWEEP_OPT_CONTACT, 0, "contact", "TEXT",
		FA_CLI_TEXT("写入 User-Agent 的联系方式",
			"how to reach you, put into User-Agent") },
	{ FA_SWEEP_OPT_ROBOTS, 0, "ignore-robots", "REASON",
		FA_CLI_TEXT("不遵守 robots.txt；理由记入日志",
			"disobey robots.txt; the reason is recorded") },
	{ FA_SWEEP_OPT_ALLOW_NET, 0, "allow-net", "CIDR",
		FA_CLI_TEXT("也可访问该非公网网段；可多次给出",
			"also connect to this private network; repeatable") },
	{ FA_SWEEP_OPT_RESOLVE, 0, "resolve", "HOST:PORT:ADDR",
		FA_CLI_TEXT("该主机名用此地址；@FILE 每行一条",
			"address for a host; @FILE: a file of such lines") },
	{ FA_SWEEP_OPT_CACERT, 0, "cacert", "FILE",
		FA_CLI_TEXT("TLS 信任的证书（PEM）；默认用系统的",
			"certificates to trust (PEM); default: the "
			"system's") },
};

/* Texts that go into case.json, by option. */
static struct fa_str *
text_of(struct fa_case_info *i, int id)
{
	switch (id) {
	case OPT_CASE:
		return &i->id;
	case OPT_OPERATOR:
		return &i->operator_name;
	case OPT_PURPOSE:
		return &i->purpose;
	case OPT_OPERATOR_ID:
		return &i->operator_id;
	case OPT_ROLE:
		return &i->role;
	case OPT_ORG:
		return &i->organisation;
	case OPT_MANDATE:
		return &i->mandate;
	case OPT_WITNESS:
		return &i->witness;
	case OPT_TITLE:
		return &i->title;
	default:
		return NULL;
	}
}

static struct fa_str *
subject_of(struct fa_case_subject *x, int id)
{
	switch (id) {
	case OPT_APP:
		return &x->app;
	case OPT_PACKAGE:
		return &x->package;
	case OPT_VERSION:
		return &x->version;
	case OPT_STORE:
		return &x->store;
	case OPT_PUBLISHER:
		return &x->publisher;
	case OPT_ICP:
		return &x->icp;
	default:
		return NULL;
	}
}

static int
take_text(struct fa_str *out, const char *value, struct fa_err *err)
{
	struct fa_str s = fa_str_trim(fa_str_c(value));

	if (s.n == 0)
		return fa_fail(err, FA_E_USAGE,
			"an option that describes the case has an empty text");
	if (s.n > FA_CASE_TEXT_BYTES)
		return fa_fail(err, FA_E_USAGE,
			"a text of %zu bytes describes the case, limit %d", s.n,
			FA_CASE_TEXT_BYTES);
	if (!fa_utf8_valid(s))
		return fa_fail(err, FA_E_USAGE,
			"a text that describes the case is no UTF-8");
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return fa_fail(err, FA_E_USAGE,
				"a text that describes the case has control "
				"characters, expected one line");
	*out = s;
	return 0;
}

static int
take_second(struct fa_capturing *c, const char *value, struct fa_err *err)
{
	struct fa_dns_server ignored;

	c->second_resolver = value;
	return fa_dns_server_parse(&ignored, fa_str_c(value), err);
}

/* HOST:PORT:ADDRESS: what is wrong would be left out without a word. */
static int
take_second_address(
	struct fa_capturing *c, const char *value, struct fa_err *err)
{
	struct fa_str rest = fa_str_c(value);
	struct fa_str host = fa_str_cut(&rest, ':');
	struct fa_str port = fa_str_cut(&rest, ':');
	struct fa_dns_server ignored;
	uint64_t number;

	if (host.n == 0 || !fa_num_u64(port, 65535, &number) || number == 0 ||
		fa_dns_server_parse(&ignored, rest, NULL) < 0)
		return fa_fail(err, FA_E_USAGE,
			"'%s' is no second address, expected HOST:PORT:ADDR",
			value);
	return fa_tool_add(c->second_address, &c->second_address_n, value, err);
}

static int
take_more(struct fa_capturing *c, int id, const char *value, struct fa_err *err)
{
	switch (id) {
	case OPT_BROWSER:
		c->browser = value;
		return 0;
	case OPT_NO_SANDBOX:
		c->no_sandbox = true;
		return 0;
	case OPT_NO_BROWSER:
		c->no_browser = true;
		return 0;
	case OPT_NO_JUDGE:
		c->no_judge = true;
		return 0;
	case OPT_RULES:
		c->judging.rules = value;
		return 0;
	case OPT_AS_OF:
		c->judging.as_of = value;
		return 0;
	case OPT_FAIL_ON:
		return fa_fail_on_parse(&c->judging.fail_tier,
			&c->judging.fail_severity, &c->judging.fail_never,
			value, err);
	default:
		return fa_sweep_take(&c->sweep, id, value, err);
	}
}

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct fa_capturing *c = ctx;
	struct fa_str *text = text_of(&c->info, id);

	if (!text)
		text = subject_of(&c->info.subject, id);
	if (text)
		return take_text(text, value, err);
	switch (id) {
	case OPT_OUT:
		c->out = value;
		return 0;
	case OPT_WALK:
		return fa_tool_add(c->walk, &c->walk_n, value, err);
	case OPT_SECOND_RESOLVER:
		return take_second(c, value, err);
	case OPT_SECOND_ADDRESS:
		return take_second_address(c, value, err);
	default:
		return take_more(c, id, value, err);
	}
}

/* What has to be said is said in one message. */
static bool
is_complete(const struct fa_capturing *c, int operands)
{
	const struct fa_tool *t = c->tool;
	const char *text = NULL;

	if (!c->info.id.p || !c->info.operator_name.p || !c->info.purpose.p)
		text = FA_TOOL_SAY(t,
			"必须给出 --case、--operator 和 --purpose",
			"--case, --operator and --purpose are required");
	else if (operands == 0 && c->walk_n == 0)
		text = FA_TOOL_SAY(t, "需要至少一个网址，或 --walk",
			"expected at least one URL, or --walk");
	else if (operands > FA_SESSION_URLS_MAX)
		text = FA_TOOL_SAY(
			t, "网址太多", "too many URLs for one session");
	if (text)
		fa_console_error(&t->con, "%s", text);
	return !text;
}

static int
parse_urls(struct fa_capturing *c, int n, char **argv, struct fa_err *err)
{
	int rc = FA_OK;

	for (int i = 0; i < n && rc == FA_OK; i++)
		rc = fa_url_parse(&c->urls[c->urls_n++], fa_str_c(argv[i]),
			&c->tool->arena, err);
	for (size_t i = 0; i < c->walk_n && rc == FA_OK; i++) {
		struct fa_url ignored;

		rc = fa_url_parse(
			&ignored, fa_str_c(c->walk[i]), &c->tool->arena, err);
	}
	return rc;
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct fa_capturing *c = fa_arena_new(&t->arena, 1, sizeof(*c));
	char **before = fa_arena_new(&t->arena, (size_t)argc, sizeof(*before));
	struct fa_err err;
	int n, status;

	if (!c || !before) {
		fa_console_error(&t->con, "out of memory");
		return FA_EXIT_ERROR;
	}
	/* Options move operands; the record has them as they were given. */
	memcpy(before, argv, (size_t)argc * sizeof(*before));
	c->tool = t;
	c->argc = argc;
	c->argv = before;
	fa_sweep_init(&c->sweep, t);
	fa_judging_init(&c->judging, t);
	if (!fa_tool_options(
		    t, &fa_cmd_capture, argc, argv, take, c, &n, &status))
		return status;
	if (!is_complete(c, n))
		return FA_EXIT_ERROR;
	if (parse_urls(c, n, argv + 1, &err) < 0)
		return fa_tool_fail(t, &err);
	return fa_capturing_run(c);
}

const struct fa_command fa_cmd_capture = {
	.name = "capture",
	.usage = "[options] --case ID --operator NAME --purpose TEXT URL...",
	.summary = FA_CLI_TEXT("为一个案件取证：网页、截图、同意流程，全程留痕",
		"take evidence for one case: pages, pictures, consent flows, "
		"with a custody log"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
