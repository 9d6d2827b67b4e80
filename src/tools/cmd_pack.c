/* faceaudit pack: one zip file with all that it takes to check a case. */
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "case/pack_export.h"
#include "case/pack.h"
#include "tools/commands.h"
#include "tools/version.h"

#define OUT_BYTES (1u << 20)
#define KEY_BYTES (1u << 20)
#define WORK_BYTES ((size_t)8 << 30) /* memory for the work */

enum {
	OPT_OUTPUT = 1,
	OPT_REPORT,
	OPT_STAMP,
	OPT_SIGN,
	OPT_NO_LOG,
	OPT_BY,
	OPT_ROLE,
	OPT_ORG,
	OPT_QUIET
};

static const struct fa_option options[] = {
	{ OPT_OUTPUT, 'o', "output", "FILE",
		FA_CLI_TEXT("写入的证据包（必填），如 case.zip",
			"the pack to write (required), as case.zip") },
	{ OPT_REPORT, 0, "report", "FILE",
		FA_CLI_TEXT("一并放入的报告，可多次给出",
			"a report that goes with it; repeatable") },
	{ OPT_STAMP, 0, "stamp", "FILE",
		FA_CLI_TEXT("对 case.wacz 的可信时间戳（.tsr），可多次给出",
			"a time stamp (.tsr) over case.wacz; repeatable") },
	{ OPT_SIGN, 0, "sign", "KEY",
		FA_CLI_TEXT("用此私钥（PEM，Ed25519 或 RSA）签名",
			"sign with this private key (PEM, Ed25519 or RSA)") },
	{ OPT_NO_LOG, 0, "no-log", NULL,
		FA_CLI_TEXT("不在案件日志中记录此次导出（案件只读时）",
			"do not log the export in the case, as when that is "
			"kept read-only") },
	{ OPT_QUIET, 'q', "quiet", NULL,
		FA_CLI_TEXT("不打印结果，只报错误",
			"print no result, errors only") },
	FA_TOOL_OPTIONS, FA_CLI_HEADING("人员", "Who"),
	{ OPT_BY, 0, "by", "NAME",
		FA_CLI_TEXT("经办人；默认系统用户名",
			"who does this; default: the user of the system") },
	{ OPT_ROLE, 0, "role", "TEXT",
		FA_CLI_TEXT("经办人的身份；默认 operator",
			"role of that person; default: operator") },
	{ OPT_ORG, 0, "org", "NAME",
		FA_CLI_TEXT("经办人所在单位", "organisation of that person") }
};

struct packing {
	struct fa_tool *tool;
	const char *output, *key;
	struct fa_pack_opts o;
	struct fa_custody_actor actor;
	bool no_log;
	struct fa_arena a;
};

static int
add(const char **list, size_t *n, size_t max, const char *value,
	const char *what, struct fa_err *err)
{
	if (*n == max)
		return fa_fail(err, FA_E_USAGE, "more than %zu %s", max, what);
	list[(*n)++] = value;
	return FA_OK;
}

static int
take_who(
	struct fa_custody_actor *a, int id, struct fa_str s, struct fa_err *err)
{
	struct fa_str *out = id == OPT_BY ? &a->id
		: id == OPT_ROLE          ? &a->role
					  : &a->org;

	if (s.n == 0 || !fa_utf8_valid(s))
		return fa_fail(err, FA_E_USAGE,
			"--by, --role and --org take a text in UTF-8");
	*out = s;
	return FA_OK;
}

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct packing *p = ctx;

	switch (id) {
	case OPT_OUTPUT:
		p->output = value;
		return FA_OK;
	case OPT_REPORT:
		return add(p->o.reports, &p->o.reports_n, FA_PACK_REPORTS_MAX,
			value, "reports", err);
	case OPT_STAMP:
		return add(p->o.stamps, &p->o.stamps_n, FA_PACK_STAMPS_MAX,
			value, "time stamps", err);
	case OPT_SIGN:
		p->key = value;
		return FA_OK;
	case OPT_NO_LOG:
		p->no_log = true;
		return FA_OK;
	case OPT_BY:
	case OPT_ROLE:
	case OPT_ORG:
		return take_who(&p->actor, id, fa_str_c(value), err);
	default:
		p->tool->con.quiet = true;
		return FA_OK;
	}
}

static void
say_anchors(const struct packing *p, const struct fa_pack_info *i,
	struct fa_buf *out)
{
	const struct fa_tool *t = p->tool;

	if (i->is_signed)
		fa_buf_adds(out, FA_TOOL_SAY(t, "已签名\n", "signed\n"));
	if (i->stamps > 0)
		fa_buf_addf(out,
			FA_TOOL_SAY(
				t, "时间戳：%zu 个\n", "time stamps: %zu\n"),
			i->stamps);
	else
		fa_buf_adds(out,
			FA_TOOL_SAY(t,
				"没有时间戳：请对 case.wacz 的摘要申请，再用 "
				"--stamp 放入\n",
				"no time stamp: have case.wacz stamped by its "
				"digest, add it with --stamp\n"));
	if (!i->is_case)
		fa_buf_adds(out,
			FA_TOOL_SAY(t, "没有保管日志：这是普查，不是案件\n",
				"no custody log: this is a sweep, no case\n"));
	if (!i->judged)
		fa_buf_adds(out,
			FA_TOOL_SAY(t, "尚未评判，没有结论\n",
				"nothing was judged: no findings\n"));
}

static int
say(const struct packing *p, const struct fa_pack_info *i)
{
	const struct fa_tool *t = p->tool;
	struct fa_buf out;
	struct fa_err err;
	int status;

	if (t->con.quiet)
		return FA_EXIT_CLEAN;
	fa_buf_init(&out, OUT_BYTES);
	fa_buf_addf(&out, "%s\nSHA-256 %s\ncase.wacz\nSHA-256 %s\nSM3     %s\n",
		p->output, i->pack.sha256, i->wacz.sha256, i->wacz.sm3);
	fa_buf_addf(&out,
		FA_TOOL_SAY(t,
			"存档 %zu 个，记录 %zu 条；日志 %lld 条，对象 %zu "
			"个；文本 %zu 份，流程 %zu 个，引文 %llu 处\n",
			"%zu archives with %zu records; %lld events, %zu "
			"objects; %zu documents, %zu flows, %llu quotes\n"),
		i->archives, i->records, (long long)i->events, i->objects,
		i->documents, i->flows, (unsigned long long)i->quotes);
	say_anchors(p, i, &out);
	status = fa_buf_rc(&out, "result", &err) != 0
		? fa_tool_fail(t, &err)
		: fa_tool_print(t, fa_buf_str(&out), FA_EXIT_CLEAN);
	fa_buf_done(&out);
	return status;
}

static void
tell_more(void *ctx, struct fa_jw *w)
{
	const struct fa_pack_info *i = ctx;

	fa_jw_key(w, FA_PACK_WACZ);
	fa_jw_object(w);
	fa_jw_kint(w, "bytes", i->wacz.bytes);
	fa_jw_kstr(w, "sha256", fa_str_c(i->wacz.sha256));
	fa_jw_kstr(w, "sm3", fa_str_c(i->wacz.sm3));
	fa_jw_end(w, '}');
	fa_jw_kbool(w, "signed", i->is_signed);
	fa_jw_kint(w, "stamps", (int64_t)i->stamps);
}

/* The pack is there by now; that the log does not know of it is told, unless
 * that was asked for. */
static int
log_export(const struct packing *p, const char *dir, struct fa_pack_info *i)
{
	const struct fa_tool *t = p->tool;
	const char *name = strrchr(p->output, '/');
	struct fa_export_file file = { .name = fa_str_c(
					       name ? name + 1 : p->output),
		.mime = FA_STR("application/zip"),
		.path = fa_str_c(p->output) };
	struct fa_export x = { .kind = "pack",
		.actor = p->actor,
		.tool = { .name = FA_STR("faceaudit"),
			.version = FA_STR(FA_VERSION),
			.commit = fa_str_c(fa_tool_commit) },
		.events = i->events,
		.head = i->head[0] ? fa_str_c(i->head) : FA_STR_NONE,
		.files = &file,
		.files_n = 1,
		.more = tell_more,
		.ctx = i };
	struct fa_err err;

	if (p->no_log || !i->is_case ||
		fa_export_log(NULL, fa_str_c(dir), &x, &err) == FA_OK)
		return FA_EXIT_CLEAN;
	fa_console_error(&t->con,
		FA_TOOL_SAY(t,
			"证据包已写入，但未能记入案件日志（--no-log "
			"可不记）：%s",
			"the pack is written, but the log of the case could "
			"not be told (--no-log does without): %s"),
		err.msg);
	return FA_EXIT_INCOMPLETE;
}

static int
pack(struct packing *p, const char *dir)
{
	struct fa_pack_info info;
	struct fa_err err;
	int rc = FA_OK, status, logged;

	if (p->key)
		rc = fa_file_read(&p->o.sign_pem, fa_str_c(p->key), KEY_BYTES,
			&p->a, &err);
	if (rc == FA_OK)
		rc = fa_pack_write(&info, fa_str_c(dir), fa_str_c(p->output),
			&p->o, &p->a, &err);
	if (rc < 0)
		return fa_tool_fail(p->tool, &err);
	status = say(p, &info);
	logged = log_export(p, dir, &info);
	return status != FA_EXIT_CLEAN ? status : logged;
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct packing p = { .tool = t,
		.o = { .software = FA_STR("faceaudit " FA_VERSION),
			.tool_version = FA_STR(FA_VERSION) },
		.actor = { .role = FA_STR("operator") } };
	int n, status;

	if (!fa_tool_options(
		    t, &fa_cmd_pack, argc, argv, take, &p, &n, &status))
		return status;
	if (n != 1 || !p.output) {
		fa_console_error(&t->con, "%s",
			FA_TOOL_SAY(t, "应给出一个案件目录和 -o 文件",
				"one case and -o FILE are expected"));
		return FA_EXIT_ERROR;
	}
	fa_arena_init(&p.a, WORK_BYTES);
	status = pack(&p, argv[1]);
	fa_arena_done(&p.a);
	return status;
}

const struct fa_command fa_cmd_pack = {
	.name = "pack",
	.usage = "[options] CASE -o FILE",
	.summary = FA_CLI_TEXT("把案件打成可独立核验的证据包",
		"write a case as a pack that anybody can check"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
