/* faceaudit stamp: a checkpoint over the log of a case, and stamps of it. Here
 * is what it may be told. */
#include <string.h>

#include "base/num.h"
#include "tools/stamping.h"

#define TIMEOUT_MAX_S 3600

enum {
	OPT_TSA = 1,
	OPT_TSA_CERT,
	OPT_SM3,
	OPT_RETRY,
	OPT_RENEW,
	OPT_LIST,
	OPT_FILE,
	OPT_BY,
	OPT_ROLE,
	OPT_ORG,
	OPT_TIMEOUT,
	OPT_ALLOW_NET,
	OPT_RESOLVE,
	OPT_CACERT,
	OPT_QUIET
};

static const struct fa_option options[] = {
	{ OPT_TSA, 0, "tsa", "URL",
		FA_CLI_TEXT("向该时间戳服务机构申请时间戳（RFC 3161）；可多次给"
			    "出；默认不向任何机构申请",
			"ask this time-stamp authority (RFC 3161); repeatable; "
			"default: nobody is asked") },
	{ OPT_TSA_CERT, 0, "tsa-cert", "FILE",
		FA_CLI_TEXT("所信任的时间戳机构证书（PEM）；可多次给出",
			"certificates of authorities to trust (PEM); "
			"repeatable") },
	{ OPT_SM3, 0, "sm3", NULL,
		FA_CLI_TEXT("除 SHA-256 外，再申请一个 SM3 的时间戳",
			"a stamp by an SM3 imprint beside that by SHA-256") },
	{ OPT_RETRY, 0, "retry", NULL,
		FA_CLI_TEXT("只补办未得到的时间戳，不立新的检查点",
			"ask for what is pending only; no new checkpoint") },
	{ OPT_RENEW, 0, "renew", NULL,
		FA_CLI_TEXT("即使只有新的时间戳，也立新的检查点，为旧的时间戳"
			    "续期",
			"a new checkpoint also when only stamps are new: "
			"renews them") },
	{ OPT_LIST, 0, "list", NULL,
		FA_CLI_TEXT("列出检查点与时间戳的状态，不改动案件",
			"list checkpoints and states of stamps; nothing is "
			"changed") },
	{ OPT_FILE, 0, "file", NULL,
		FA_CLI_TEXT("参数是文件而非案件：时间戳写入其旁的 "
			    "文件名.N.tsr",
			"the operand is a file and no case: its stamps are "
			"written beside it, NAME.N.tsr") },
	{ OPT_QUIET, 'q', "quiet", NULL,
		FA_CLI_TEXT("不打印提示，只报错误", "no notes; errors only") },
	FA_TOOL_OPTIONS,
	FA_CLI_HEADING("人员", "Who"),
	{ OPT_BY, 0, "by", "NAME",
		FA_CLI_TEXT("经办人；默认系统用户名",
			"who does this; default: the user of the system") },
	{ OPT_ROLE, 0, "role", "TEXT",
		FA_CLI_TEXT("经办人的身份；默认 operator",
			"role of that person; default: operator") },
	{ OPT_ORG, 0, "org", "NAME",
		FA_CLI_TEXT("经办人所在单位", "organisation of that person") },
	FA_CLI_HEADING("网络", "Network"),
	{ OPT_TIMEOUT, 0, "timeout", "SECONDS",
		FA_CLI_TEXT("一次申请最多多少秒；默认 30",
			"for one request; default: 30") },
	{ OPT_ALLOW_NET, 0, "allow-net", "CIDR",
		FA_CLI_TEXT("也可访问该非公网网段；可多次给出",
			"also connect to this private network; repeatable") },
	{ OPT_RESOLVE, 0, "resolve", "HOST:PORT:ADDR",
		FA_CLI_TEXT("该主机名用此地址；可多次给出",
			"address for a host; repeatable") },
	{ OPT_CACERT, 0, "cacert", "FILE",
		FA_CLI_TEXT("TLS 信任的证书（PEM）；默认用系统的",
			"certificates to trust for TLS (PEM); default: the "
			"system's") },
};

static int
add(const char **list, size_t *n, size_t max, const char *value,
	struct fa_err *err)
{
	if (*n == max)
		return fa_fail(err, FA_E_USAGE,
			"an option is given more than %zu times", max);
	list[(*n)++] = value;
	return 0;
}

static int
timeout(struct fa_stamp_command *x, const char *value, struct fa_err *err)
{
	uint64_t s;

	if (!fa_num_u64(fa_str_c(value), TIMEOUT_MAX_S, &s) || s == 0)
		return fa_fail(err, FA_E_USAGE,
			"'%s' is no number from 1 to %d", value, TIMEOUT_MAX_S);
	x->timeout_ms = (int64_t)s * 1000;
	return 0;
}

static int
take_who(struct fa_stamp_command *x, int id, const char *value,
	struct fa_err *err)
{
	switch (id) {
	case OPT_BY:
		x->actor.id = fa_str_c(value);
		return 0;
	case OPT_ROLE:
		x->actor.role = fa_str_c(value);
		return 0;
	case OPT_ORG:
		x->actor.org = fa_str_c(value);
		return 0;
	case OPT_TIMEOUT:
		return timeout(x, value, err);
	case OPT_ALLOW_NET:
		return fa_guard_allow(&x->guard, fa_str_c(value), err);
	case OPT_RESOLVE:
		return add(x->resolve, &x->resolve_n, FA_COUNT(x->resolve),
			value, err);
	case OPT_CACERT:
		x->cacert = value;
		return 0;
	default:
		x->tool->con.quiet = true;
		return 0;
	}
}

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct fa_stamp_command *x = ctx;

	switch (id) {
	case OPT_TSA:
		return add(x->tsa, &x->tsa_n, FA_COUNT(x->tsa), value, err);
	case OPT_TSA_CERT:
		return add(
			x->certs, &x->certs_n, FA_COUNT(x->certs), value, err);
	case OPT_SM3:
		x->sm3 = true;
		return 0;
	case OPT_RETRY:
		x->retry = true;
		return 0;
	case OPT_RENEW:
		x->renew = true;
		return 0;
	case OPT_LIST:
		x->list = true;
		return 0;
	case OPT_FILE:
		x->file = true;
		return 0;
	default:
		return take_who(x, id, value, err);
	}
}

/* What does not go together. */
static const char *
misuse(const struct fa_stamp_command *x)
{
	const struct fa_tool *t = x->tool;

	if (x->retry + x->renew + x->list + x->file > 1)
		return FA_TOOL_SAY(t,
			"--retry、--renew、--list、--file 只能用其一",
			"only one of --retry, --renew, --list and --file may "
			"be given");
	if (x->list && x->tsa_n > 0)
		return FA_TOOL_SAY(t, "--list 不能与 --tsa 同用",
			"--list does not go with --tsa");
	if ((x->retry || x->file) && x->tsa_n == 0)
		return FA_TOOL_SAY(t, "没有给出 --tsa：应向谁申请？",
			"no --tsa is given: who is to be asked?");
	return NULL;
}

static const char *
no_operand(const struct fa_stamp_command *x)
{
	return x->file
		? FA_TOOL_SAY(x->tool, "应给出一个文件", "one file is expected")
		: FA_TOOL_SAY(x->tool, "应给出一个案件目录",
			  "the folder of one case is expected");
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct fa_stamp_command x;
	const char *wrong;
	struct fa_err err;
	int n, status;

	memset(&x, 0, sizeof(x));
	x.tool = t;
	x.timeout_ms = FA_FETCH_TIMEOUT_MS;
	x.actor.role = FA_STR("operator");
	if (!fa_tool_options(
		    t, &fa_cmd_stamp, argc, argv, take, &x, &n, &status))
		return status;
	wrong = n == 1 ? misuse(&x) : no_operand(&x);
	if (wrong) {
		fa_console_error(&t->con, "%s", wrong);
		return FA_EXIT_ERROR;
	}
	x.path = argv[1];
	if (fa_stamp_command(&status, &x, &err) < 0)
		status = fa_tool_fail(t, &err);
	return (int)fa_exit_worse((enum fa_exit)status, fa_signals_status());
}

const struct fa_command fa_cmd_stamp = {
	.name = "stamp",
	.usage = "[options] CASE | --file FILE",
	.summary = FA_CLI_TEXT("为案件的保管日志立检查点并申请可信时间戳",
		"anchor the custody log of a case: checkpoint and time "
		"stamps"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
