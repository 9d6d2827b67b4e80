/* facecheck serve: the flow as pages that a browser can use, on loopback. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/file.h"
#include "facecheck/serve/serve.h"
#include "facecheck/tool/tool.h"

enum {
	OPT_STORE = 1,
	OPT_PORT,
	OPT_ADDRESS,
	OPT_ANYWHERE,
	OPT_MUTANT,
	OPT_NEGATIVE,
	OPT_DEMO,
	OPT_SEED,
	OPT_REMOTE,
	OPT_LOCKED
};

#define STORE "facecheck.store"
#define PORT 8439

struct asked {
	struct fc_tool *tool;
	struct fc_choice choice;
	struct fc_serve_opts o;
};

static const struct fa_option options[] = {
	{ OPT_STORE, 's', "store", "DIR",
		FA_CLI_TEXT("记录存放的目录；默认 facecheck.store",
			"directory of the records; default: facecheck.store") },
	{ OPT_PORT, 'p', "port", "N",
		FA_CLI_TEXT("端口；默认 8439，0 为任一空闲端口",
			"port; default: 8439, 0 takes any that is free") },
	{ OPT_ADDRESS, 0, "address", "ADDRESS",
		FA_CLI_TEXT("监听地址；默认 127.0.0.1",
			"address to listen at; default: 127.0.0.1") },
	{ OPT_ANYWHERE, 0, "anywhere", NULL,
		FA_CLI_TEXT("允许本机以外可达的地址",
			"permit an address that others can reach") },
	{ OPT_DEMO, 0, "demo", NULL,
		FA_CLI_TEXT("演示：摄像头之外另有渲染的人脸，验证码固定，"
			    "审核在页面上",
			"rendered people beside the camera, fixed codes, a "
			"reviewer on the page") },
	{ OPT_SEED, 0, "seed", "N",
		FA_CLI_TEXT("演示人群的种子；默认 1",
			"seed of the rendered people; default: 1") },
	{ OPT_MUTANT, 0, "mutant", "NAME",
		FA_CLI_TEXT("违反一项义务，见 facecheck mutants",
			"break one duty, see facecheck mutants") },
	{ OPT_NEGATIVE, 0, "negative", "NAME",
		FA_CLI_TEXT("看似违规而合法，见 facecheck mutants",
			"look wrong and be lawful, see facecheck mutants") },
	{ OPT_REMOTE, 0, "remote", NULL,
		FA_CLI_TEXT("比对底图由他人保存，须同意传输",
			"the reference is held elsewhere: sending needs "
			"consent") },
	{ OPT_LOCKED, 0, "locked", NULL,
		FA_CLI_TEXT("账号受限", "the account is restricted") },
	FC_CHOICE_OPTIONS,
	FC_TOOL_OPTIONS,
};

static int
take_case(struct asked *x, const char *name, enum fc_case_kind kind,
	struct fa_err *err)
{
	const struct fc_case *c = fc_case_find(fa_str_c(name));

	if (!c || c->kind != kind)
		return fa_fail(err, FA_E_USAGE,
			"there is no %s '%s', see facecheck mutants",
			kind == FC_CASE_MUTANT ? "mutant" : "negative", name);
	if (x->o.app.case_name.p)
		return fa_fail(err, FA_E_USAGE,
			"one --mutant or --negative is possible at a time");
	x->o.app.case_name = fa_str_c(name);
	return FA_OK;
}

static int
take_value(struct asked *x, int id, const char *value, struct fa_err *err)
{
	uint64_t port;
	int rc;

	switch (id) {
	case OPT_STORE:
		x->o.app.dir = fa_str_c(value);
		return FA_OK;
	case OPT_ADDRESS:
		x->o.address = fa_str_c(value);
		return FA_OK;
	case OPT_MUTANT:
		return take_case(x, value, FC_CASE_MUTANT, err);
	case OPT_NEGATIVE:
		return take_case(x, value, FC_CASE_NEGATIVE, err);
	case OPT_SEED:
		return fc_tool_number(
			&x->o.app.seed, "seed", value, 0, UINT64_MAX, err);
	default:
		rc = fc_tool_number(&port, "port", value, 0, UINT16_MAX, err);
		if (rc == FA_OK)
			x->o.port = (uint16_t)port;
		return rc;
	}
}

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct asked *x = ctx;
	int rc = fc_tool_choose(&x->choice, id, value, err);

	if (rc != 0)
		return rc < 0 ? rc : FA_OK;
	switch (id) {
	case OPT_ANYWHERE:
		x->o.anywhere = true;
		return FA_OK;
	case OPT_DEMO:
		x->o.app.demo = true;
		return FA_OK;
	case OPT_REMOTE:
		x->o.app.circumstances |= FC_REMOTE;
		return FA_OK;
	case OPT_LOCKED:
		x->o.app.circumstances |= FC_LOCKED;
		return FA_OK;
	default:
		return take_value(x, id, value, err);
	}
}

/* A descriptor that becomes readable when SIGINT or SIGTERM comes. */
static int
stop_fd_new(int *out, struct fa_err *err)
{
	sigset_t set;
	int fd;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
		return fa_fail(err, FA_E_IO, "cannot hold signals: %s",
			strerror(errno));
	fd = signalfd(-1, &set, SFD_CLOEXEC);
	if (fd < 0)
		return fa_fail(err, FA_E_IO, "cannot wait for signals: %s",
			strerror(errno));
	*out = fd;
	return FA_OK;
}

static void
tell_level(const struct asked *x, const struct fc_server *s)
{
	const char *lack;
	enum fc_level level = fc_server_level(s, &lack);

	fa_console_note(&x->tool->con,
		FC_TOOL_SAY(
			x->tool, "隔离级别：%s%s%s", "sandbox level: %s%s%s"),
		fc_level_name(level), lack ? ", " : "", lack ? lack : "");
}

static int
serve_with(struct asked *x, struct fa_err *err)
{
	struct fc_server *s;
	struct fa_buf out;
	int stop = -1, rc = fa_file_make_dir(x->o.app.dir, err);

	if (rc == FA_OK)
		rc = stop_fd_new(&stop, err);
	if (rc == FA_OK)
		rc = fc_server_new(&s, &x->o, err);
	if (rc == FA_OK) {
		tell_level(x, s);
		/* Who waits for the address, such as a test, reads it here. */
		fa_buf_init(&out, FC_TOOL_OUT_BYTES);
		fa_buf_add(&out, fc_server_url(s));
		fa_buf_addc(&out, '\n');
		if (fc_tool_print(x->tool, &out, FA_EXIT_CLEAN) !=
			(int)FA_EXIT_CLEAN)
			rc = fa_fail(
				err, FA_E_IO, "nobody can be told the address");
		else
			rc = fc_server_run(s, stop, err);
		fc_server_free(s);
	}
	if (stop >= 0)
		(void)close(stop);
	return rc;
}

static int
run(struct fc_tool *t, int argc, char **argv)
{
	struct asked x = { .tool = t,
		.o = { .app = { .dir = FA_STR_INIT(STORE),
			       .clock = t->clock,
			       .seed = 1 },
			.port = PORT } };
	struct fc_loaded matcher = { 0 };
	struct fa_err err;
	int n, rc, status;

	if (!fc_tool_options(
		    t, &fc_cmd_serve, argc, argv, take, &x, &n, &status))
		return status;
	if (!fc_tool_no_operands(t, &fc_cmd_serve, n))
		return FA_EXIT_ERROR;
	rc = fc_tool_matcher(&matcher, t, &x.choice, &err);
	if (rc == FA_OK) {
		x.o.app.plugin = matcher.plugin;
		x.o.app.model = matcher.model;
		x.o.app.require = x.choice.require;
		rc = serve_with(&x, &err);
	}
	fc_plugin_close(&matcher);
	return rc < 0 ? fc_tool_fail(t, &err) : FA_EXIT_CLEAN;
}

const struct fc_command fc_cmd_serve = {
	.name = "serve",
	.usage = "[options]",
	.summary = FA_CLI_TEXT("在本机提供可用浏览器操作的验证页面",
		"serve the flow as pages for a browser, on this machine"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
