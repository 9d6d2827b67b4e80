/* faceaudit walk: explores a consent flow in a browser and judges it. Here is
 * what it may be told. */
#include <string.h>

#include "base/num.h"
#include "tools/fail_on.h"
#include "tools/option_texts.h"
#include "tools/version.h"
#include "tools/walking.h"

#define VIEWPORT_MIN 200
#define VIEWPORT_MAX 4000
#define CONTACT_MAX 256 /* bytes */

enum {
	OPT_OUTPUT = 1,
	OPT_OUT,
	OPT_FORCE,
	OPT_FOLDER,
	OPT_FROM_WARC,
	OPT_IMPORT,
	OPT_SCREENS,
	OPT_DEPTH,
	OPT_ACTIONS,
	OPT_TIME,
	OPT_NO_SIMULATE,
	OPT_NO_RELAUNCH,
	OPT_NO_PICTURES,
	OPT_BROWSER,
	OPT_NO_SANDBOX,
	OPT_VIEWPORT,
	OPT_ALLOW_HOST,
	OPT_DELAY,
	OPT_ROBOTS,
	OPT_CONTACT,
	OPT_ALLOW_NET,
	OPT_RESOLVE,
	OPT_CACERT,
	OPT_FAIL_ON,
	OPT_MAX_UNKNOWN,
	OPT_AS_OF,
	OPT_RULES,
	OPT_ONLY,
	OPT_VERBOSE,
	OPT_QUIET
};

static const struct fa_option options[] = {
	{ OPT_OUT, 0, "out", "DIR",
		FA_CLI_TEXT("所见写入的目录，须为新建或空；默认 "
			    "walk-主机-时间",
			"folder for what was seen, new or empty; default: "
			"walk-HOST-TIME") },
	{ OPT_FORCE, 0, "force", NULL,
		FA_CLI_TEXT("覆盖目录中先前的结果",
			"replace an earlier walk in that folder") },
	{ OPT_FOLDER, 0, "folder", "DIR",
		FA_CLI_TEXT("把该目录当作网站走查，不访问网络",
			"walk the pages in this folder; no network") },
	{ OPT_FROM_WARC, 0, "from-warc", "FILE",
		FA_CLI_TEXT("由 WARC 存档应答，不访问网络；可多次给出",
			"answer from WARC archives, not the network; "
			"repeatable") },
	{ OPT_IMPORT, 0, "import", "PATH",
		FA_CLI_TEXT("不走查，只转换录得的界面流",
			"do not walk: convert a recorded flow") },
	{ OPT_OUTPUT, 'o', "output", "FORMAT[:FILE]",
		FA_CLI_TEXT("报告格式及文件，同 check；可多次给出",
			"report format and file, as of check; repeatable") },
	FA_OPTION_QUIET(OPT_QUIET),
	FA_TOOL_OPTIONS,
	FA_CLI_HEADING("走查的限度", "How far the walk goes"),
	{ OPT_SCREENS, 0, "screens", "N",
		FA_CLI_TEXT(
			"最多多少个屏幕；默认 60", "at most; default: 60") },
	{ OPT_DEPTH, 0, "depth", "N",
		FA_CLI_TEXT("离起点最多几步；默认 14",
			"steps from the start; default: 14") },
	{ OPT_ACTIONS, 0, "actions", "N",
		FA_CLI_TEXT("一个屏幕上最多试几项；默认 24",
			"tried on one screen; default: 24") },
	{ OPT_TIME, 0, "time", "SECONDS",
		FA_CLI_TEXT(
			"总共最多多少秒；默认 180", "in all; default: 180") },
	{ OPT_NO_SIMULATE, 0, "no-simulate", NULL,
		FA_CLI_TEXT("不让采集“成功”，不看其后的界面",
			"do not make captures succeed to see what lies "
			"behind") },
	{ OPT_NO_RELAUNCH, 0, "no-relaunch", NULL,
		FA_CLI_TEXT("拒绝后不重新启动看是否再问",
			"do not start anew after refusals to see whether they "
			"are remembered") },
	FA_CLI_HEADING("浏览器", "The browser"),
	{ OPT_BROWSER, 0, "browser", "PATH",
		FA_CLI_TEXT("Chromium 的路径；默认 chromium-headless-shell，其"
			    "次 chromium",
			"Chromium to run; default: chromium-headless-shell, "
			"else chromium") },
	{ OPT_NO_SANDBOX, 0, "no-sandbox", NULL,
		FA_CLI_TEXT("不用浏览器的沙箱（以 root 运行时须明示）",
			"run it without its sandbox (root has to say so)") },
	{ OPT_VIEWPORT, 0, "viewport", "WxH",
		FA_CLI_TEXT("屏幕大小（CSS 像素）；默认 412x915",
			"size of the screen in CSS pixels; default: 412x915") },
	{ OPT_NO_PICTURES, 0, "no-pictures", NULL,
		FA_CLI_TEXT("不截图", "take no screenshots") },
	FA_CLI_HEADING("网络与权限", "Network and permissions"),
	{ OPT_ALLOW_HOST, 0, "allow-host", "HOST",
		FA_CLI_TEXT("也可打开该主机的页面；可多次给出",
			"also open pages of this host; repeatable") },
	{ OPT_DELAY, 0, "delay", "MS",
		FA_CLI_TEXT("同一主机两次打开页面之间的毫秒数；默认 250",
			"between two pages of a host; default: 250") },
	FA_OPTION_CONTACT(OPT_CONTACT),
	FA_OPTION_ROBOTS(OPT_ROBOTS),
	FA_OPTION_ALLOW_NET(OPT_ALLOW_NET),
	{ OPT_RESOLVE, 0, "resolve", "HOST:PORT:ADDR",
		FA_CLI_TEXT("该主机名用此地址；可多次给出",
			"address for a host; repeatable") },
	FA_OPTION_CACERT(OPT_CACERT),
	FA_CLI_HEADING("评判", "Judging"),
	FA_OPTION_FAIL_ON(OPT_FAIL_ON),
	FA_OPTION_MAX_UNKNOWN(OPT_MAX_UNKNOWN),
	FA_OPTION_AS_OF(OPT_AS_OF),
	FA_OPTION_RULES(OPT_RULES),
	{ OPT_ONLY, 0, "only", "OBLIGATION",
		FA_CLI_TEXT("只报告该义务，或其下各项；可多次给出",
			"report this obligation only, or all below it; "
			"repeatable") },
	FA_OPTION_VERBOSE(OPT_VERBOSE),
};

static int
add(struct fa_walking_list *l, const char *value, struct fa_err *err)
{
	return fa_tool_add(l->at, &l->n, value, err);
}

static int
viewport(struct fa_walking *w, const char *value, struct fa_err *err)
{
	struct fa_str high = fa_str_c(value);
	struct fa_str wide = fa_str_cut(&high, 'x');
	uint64_t width, height;

	if (!high.p || !fa_num_u64(wide, VIEWPORT_MAX, &width) ||
		!fa_num_u64(high, VIEWPORT_MAX, &height) ||
		width < VIEWPORT_MIN || height < VIEWPORT_MIN)
		return fa_fail(err, FA_E_USAGE,
			"'%s' is no size, expected one like 412x915, from %d "
			"to %d pixels",
			value, VIEWPORT_MIN, VIEWPORT_MAX);
	w->width = width;
	w->height = height;
	return 0;
}

/* What goes into a request must not break its lines. */
static int
contact(struct fa_walking *w, const char *value, struct fa_err *err)
{
	for (const char *p = value; *p; p++)
		if ((unsigned char)*p < ' ' || (unsigned char)*p > '~' ||
			p - value >= CONTACT_MAX)
			return fa_fail(err, FA_E_USAGE,
				"--contact is one line of ASCII, at most %d "
				"bytes",
				CONTACT_MAX);
	w->contact = value;
	return 0;
}

static int
max_unknown(struct fa_walking *w, const char *value, struct fa_err *err)
{
	w->has_max_unknown = true;
	return fa_tool_number(&w->max_unknown, value, 0, UINT32_MAX, err);
}

static int
take_judging(
	struct fa_walking *w, int id, const char *value, struct fa_err *err)
{
	switch (id) {
	case OPT_FAIL_ON:
		return fa_fail_on_parse(&w->report.fail_tier,
			&w->report.fail_severity, &w->report.fail_never, value,
			err);
	case OPT_MAX_UNKNOWN:
		return max_unknown(w, value, err);
	case OPT_AS_OF:
		w->as_of = value;
		return 0;
	case OPT_RULES:
		w->rules = value;
		return 0;
	case OPT_ONLY:
		return fa_check_only_add(&w->only, value, err);
	case OPT_VERBOSE:
		w->report.verbose = true;
		return 0;
	default:
		w->tool->con.quiet = true;
		return 0;
	}
}

static int
take_net(struct fa_walking *w, int id, const char *value, struct fa_err *err)
{
	switch (id) {
	case OPT_ALLOW_HOST:
		return add(&w->hosts, value, err);
	case OPT_DELAY:
		return fa_tool_number(&w->delay_ms, value, 0, 3600000, err);
	case OPT_CONTACT:
		return contact(w, value, err);
	case OPT_ROBOTS:
		return fa_tool_reason(&w->robots_reason, value, err);
	case OPT_ALLOW_NET:
		return fa_guard_allow(&w->guard, fa_str_c(value), err);
	case OPT_RESOLVE:
		return add(&w->resolve, value, err);
	case OPT_CACERT:
		w->cacert = value;
		return 0;
	default:
		return take_judging(w, id, value, err);
	}
}

static int
take_limit(struct fa_walking *w, int id, const char *value, struct fa_err *err)
{
	switch (id) {
	case OPT_SCREENS:
		return fa_tool_number(
			&w->screens, value, 1, FA_FLOW_SCREENS_MAX, err);
	case OPT_DEPTH:
		return fa_tool_number(&w->depth, value, 1, 100, err);
	case OPT_ACTIONS:
		return fa_tool_number(&w->actions, value, 1, 1000, err);
	case OPT_TIME:
		return fa_tool_number(&w->time_s, value, 1, 86400, err);
	case OPT_NO_SIMULATE:
		w->no_simulate = true;
		return 0;
	case OPT_NO_RELAUNCH:
		w->no_relaunch = true;
		return 0;
	case OPT_NO_PICTURES:
		w->no_pictures = true;
		return 0;
	case OPT_VIEWPORT:
		return viewport(w, value, err);
	default:
		return take_net(w, id, value, err);
	}
}

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct fa_walking *w = ctx;

	switch (id) {
	case OPT_OUTPUT:
		return fa_check_outputs_add(&w->outputs, value, err);
	case OPT_OUT:
		w->out = value;
		return 0;
	case OPT_FORCE:
		w->force = true;
		return 0;
	case OPT_FOLDER:
		w->folder = value;
		return 0;
	case OPT_FROM_WARC:
		return add(&w->from_warc, value, err);
	case OPT_IMPORT:
		w->import = value;
		return 0;
	case OPT_BROWSER:
		w->browser = value;
		return 0;
	case OPT_NO_SANDBOX:
		w->no_sandbox = true;
		return 0;
	default:
		return take_limit(w, id, value, err);
	}
}

void
fa_walking_init(struct fa_walking *w, struct fa_tool *t)
{
	memset(w, 0, sizeof(*w));
	w->tool = t;
	w->screens = FA_WALK_SCREENS;
	w->depth = FA_WALK_DEPTH;
	w->actions = FA_WALK_ACTIONS;
	w->time_s = FA_WALK_TIME_S;
	w->delay_ms = 250;
	w->width = 412;
	w->height = 915;
	w->scale = 100;
	w->report.fail_tier = FA_TIER_PROBABLE;
	w->report.fail_severity = FA_SEVERITY_HIGH;
	w->report.tool_version = FA_STR(FA_VERSION);
}

bool
fa_walking_options(struct fa_walking *w, int argc, char **argv, int *operands_n,
	int *status)
{
	return fa_tool_options(
		w->tool, &fa_cmd_walk, argc, argv, take, w, operands_n, status);
}

const struct fa_command fa_cmd_walk = {
	.name = "walk",
	.usage = "[options] URL | --folder DIR [ENTRY] | --import PATH",
	.summary = FA_CLI_TEXT("在浏览器中走查同意流程，存证并评判",
		"explore a consent flow in a browser, keep what was seen, "
		"judge it"),
	.options = { options, FA_COUNT(options) },
	.run = fa_walking_command,
};
