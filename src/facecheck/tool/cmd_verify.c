/* facecheck verify: one verification in its sandbox, from two files. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "facecheck/tool/tool.h"

enum { OPT_JSON = 1 };

struct asked {
	struct fc_tool *tool;
	struct fc_choice choice;
	bool json;
};

static const struct fa_option options[] = {
	{ OPT_JSON, 0, "json", NULL,
		FA_CLI_TEXT("输出 JSON", "print JSON instead of text") },
	FC_CHOICE_OPTIONS,
	FC_TOOL_OPTIONS,
};

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct asked *x = ctx;
	int rc = fc_tool_choose(&x->choice, id, value, err);

	if (rc != 0)
		return rc < 0 ? rc : FA_OK;
	x->json = true;
	return FA_OK;
}

struct verdict {
	enum fc_answer answer;
	enum fc_level level;
	const char *lack;
};

static void
close_fd(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

static int
open_picture(int *out, const char *path, struct fa_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return fa_fail(err, errno == ENOENT ? FA_E_NOTFOUND : FA_E_IO,
			"cannot open %s: %s", path, strerror(errno));
	*out = fd;
	return FA_OK;
}

static int
verify_with(struct verdict *out, const struct asked *x,
	const struct fc_loaded *matcher, char **paths, struct fa_err *err)
{
	FA_CLEANUP(close_fd) int reference = -1;
	FA_CLEANUP(close_fd) int probe = -1;
	struct fc_child_opts o = { .plugin = matcher->plugin,
		.model = matcher->model,
		.require = x->choice.require };
	struct fc_children *children;
	int rc = open_picture(&reference, paths[0], err);

	if (rc == FA_OK)
		rc = open_picture(&probe, paths[1], err);
	if (rc == FA_OK)
		rc = fc_children_new(&children, &o, err);
	if (rc < 0)
		return rc;
	out->level = fc_children_level(children);
	out->lack = fc_children_lack(children);
	rc = fc_children_verify(&out->answer, children, reference, probe, err);
	fc_children_free(children);
	return rc;
}

static int
print(const struct asked *x, const struct verdict *v)
{
	int status = v->answer == FC_MATCH ? FA_EXIT_CLEAN
		: v->answer == FC_INTERNAL ? FA_EXIT_ERROR
					   : FA_EXIT_FINDINGS;
	struct fa_buf out;
	struct fa_jw w;

	fa_buf_init(&out, FC_TOOL_OUT_BYTES);
	if (!x->json) {
		fa_buf_addf(&out, "%s\n", fc_answer_name(v->answer));
		fa_console_note(&x->tool->con,
			FC_TOOL_SAY(x->tool, "隔离级别：%s%s%s",
				"sandbox level: %s%s%s"),
			fc_level_name(v->level), v->lack ? ", " : "",
			v->lack ? v->lack : "");
		return fc_tool_print(x->tool, &out, status);
	}
	fa_jw_init(&w, &out, 2);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "answer", fa_str_c(fc_answer_name(v->answer)));
	fa_jw_kstr(&w, "level", fa_str_c(fc_level_name(v->level)));
	fa_jw_kstr(&w, "lack", fa_str_c(v->lack));
	fa_jw_end(&w, '}');
	fa_buf_addc(&out, '\n');
	return fc_tool_print(x->tool, &out, status);
}

static int
run(struct fc_tool *t, int argc, char **argv)
{
	struct asked x = { .tool = t };
	struct fc_loaded matcher = { 0 };
	struct verdict v;
	struct fa_err err;
	int n, rc, status;

	if (!fc_tool_options(
		    t, &fc_cmd_verify, argc, argv, take, &x, &n, &status))
		return status;
	if (n != 2) {
		fa_console_error(&t->con, "%s",
			FC_TOOL_SAY(t, "需要两个文件：底图与待验证的图像",
				"two files are needed: reference and probe"));
		return FA_EXIT_ERROR;
	}
	rc = fc_tool_matcher(&matcher, t, &x.choice, &err);
	if (rc == FA_OK)
		rc = verify_with(&v, &x, &matcher, argv + 1, &err);
	fc_plugin_close(&matcher);
	return rc < 0 ? fc_tool_fail(t, &err) : print(&x, &v);
}

const struct fc_command fc_cmd_verify = {
	.name = "verify",
	.usage = "[options] REFERENCE PROBE",
	.summary = FA_CLI_TEXT("在隔离的子进程中比对两张图像",
		"compare two pictures in the sandbox"),
	.details = FA_CLI_TEXT(
		"两个文件由 facecheck render --format fcp 或 facecheck pack "
		"写成，格式见 facecheck(1)。\n"
		"退出状态：0 一致，1 不一致或不能判断，2 出错\n",
		"Both files are as written by facecheck render --format fcp "
		"or facecheck pack,\nsee facecheck(1).\n"
		"Exit status: 0 the same person, 1 not, or no answer, 2 "
		"error\n"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
