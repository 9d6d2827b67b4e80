/* facecheck prove: shows that nothing of a face is left behind. */
#include <string.h>

#include "base/json.h"
#include "facecheck/child/prove.h"
#include "facecheck/face/render.h"
#include "facecheck/tool/prove_service.h"

enum { OPT_JSON = 1, OPT_SEED, OPT_SERVICE, OPT_MUTANT };

#define DIFFICULTY 20 /* of the pictures: every matcher should encode them */

struct asked {
	struct fc_tool *tool;
	struct fc_choice choice;
	bool json;
	uint64_t seed;
	bool service;
	const char *mutant; /* of the service */
	struct fc_studio *studio;
};

static const struct fa_option options[] = {
	{ OPT_SERVICE, 0, "service", NULL,
		FA_CLI_TEXT("证明整个服务流程：文件、网络与办理记录",
			"prove the whole served flow: files, network, "
			"records") },
	{ OPT_MUTANT, 0, "mutant", "NAME",
		FA_CLI_TEXT("与 --service 合用：违反一项义务的服务，"
			    "见 facecheck mutants",
			"with --service: of a service that breaks one duty, "
			"see facecheck mutants") },
	{ OPT_JSON, 0, "json", NULL,
		FA_CLI_TEXT("输出 JSON", "print JSON instead of text") },
	{ OPT_SEED, 0, "seed", "N",
		FA_CLI_TEXT("渲染人脸的种子；默认 1",
			"seed of the rendered people; default: 1") },
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
	if (id == OPT_SEED)
		return fc_tool_number(
			&x->seed, "seed", value, 0, UINT64_MAX, err);
	if (id == OPT_MUTANT)
		x->mutant = value;
	else if (id == OPT_SERVICE)
		x->service = true;
	else
		x->json = true;
	return FA_OK;
}

static int
picture(void *ctx, uint32_t person, uint32_t take_no, uint8_t *pixels,
	uint32_t width, uint32_t height)
{
	struct asked *x = ctx;

	if (width != FC_FACE_WIDTH || height != FC_FACE_HEIGHT)
		return -1;
	fc_render_face(
		x->studio, x->seed, person, take_no, DIFFICULTY, pixels, NULL);
	return 0;
}

static const char *
word(const struct fc_tool *t, enum fc_proved p)
{
	switch (p) {
	case FC_PROVED:
		return FC_TOOL_SAY(t, "已证明", "proved  ");
	case FC_REFUTED:
		return FC_TOOL_SAY(t, "被推翻", "REFUTED ");
	case FC_UNPROVEN:
		return FC_TOOL_SAY(t, "未证明", "unproven");
	}
	return "?";
}

static const char *
what(const struct fc_tool *t, const char *name)
{
	static const struct fc_said texts[] = {
		{ "calls",
			FA_CLI_TEXT("系统调用：子进程封闭后只有 read 与 "
				    "exit_group，父进程不读取图像",
				"system calls: read and exit_group only, and "
				"the parent never reads the picture") },
		{ "child",
			FA_CLI_TEXT("正在比对的子进程，内存从外部读不到人脸",
				"memory of a child that holds a face, from "
				"outside") },
		{ "core",
			FA_CLI_TEXT("子进程的内存转储中没有人脸",
				"a core file of that child") },
		{ "parent",
			FA_CLI_TEXT("父进程内存中没有人脸，无论比对时还是之后",
				"memory of the parent, during and after") },
		{ "difference",
			FA_CLI_TEXT("父进程内存的任何字节都与人脸无关",
				"no byte of the parent depends on the face") },
		{ "files",
			FA_CLI_TEXT("工作目录没有变化",
				"the working directory is as before") },
		{ "network",
			FA_CLI_TEXT("没有发出任何网络数据包",
				"no packet was sent") },
	};

	return fc_tool_said(t, texts, FA_COUNT(texts), name);
}

static void
add_text(const struct asked *x, const struct fc_proofs *p, struct fa_buf *out)
{
	for (size_t i = 0; i < FC_PROOFS; i++) {
		const struct fc_proof_result *r = &p->result[i];

		fa_buf_addf(out, "%s  %-10s %s\n          %s\n",
			word(x->tool, r->proved), r->name,
			what(x->tool, r->name), r->note);
	}
	fa_buf_addf(out,
		FC_TOOL_SAY(x->tool, "隔离级别：%s\n", "sandbox level: %s\n"),
		fc_level_name(p->level));
}

static void
add_json(const struct fc_proofs *p, struct fa_buf *out)
{
	struct fa_jw w;

	fa_jw_init(&w, out, 2);
	fa_jw_object(&w);
	fa_jw_kint(&w, "schema", 1);
	fa_jw_kstr(&w, "level", fa_str_c(fc_level_name(p->level)));
	fa_jw_key(&w, "proofs");
	fa_jw_array(&w);
	for (size_t i = 0; i < FC_PROOFS; i++) {
		const struct fc_proof_result *r = &p->result[i];

		fa_jw_object(&w);
		fa_jw_kstr(&w, "name", fa_str_c(r->name));
		fa_jw_kstr(&w, "result", fa_str_c(fc_proved_name(r->proved)));
		fa_jw_kstr(&w, "note", fa_str_c(r->note));
		fa_jw_end(&w, '}');
	}
	fa_jw_end(&w, ']');
	fa_jw_end(&w, '}');
	fa_buf_addc(out, '\n');
}

static enum fa_exit
status_of(const struct fc_proofs *p)
{
	enum fa_exit status = FA_EXIT_CLEAN;

	for (size_t i = 0; i < FC_PROOFS; i++) {
		if (p->result[i].proved == FC_REFUTED)
			status = fa_exit_worse(status, FA_EXIT_FINDINGS);
		if (p->result[i].proved == FC_UNPROVEN)
			status = fa_exit_worse(status, FA_EXIT_INCOMPLETE);
	}
	return status;
}

static int
prove(struct asked *x, struct fc_proofs *out, struct fa_err *err)
{
	struct fc_loaded matcher = { 0 };
	struct fc_prove_opts o = { .require = x->choice.require,
		.picture = picture,
		.ctx = x,
		.width = FC_FACE_WIDTH,
		.height = FC_FACE_HEIGHT };
	int rc = fc_studio_new(&x->studio, &x->tool->arena, err);

	if (rc == FA_OK)
		rc = fc_tool_matcher(&matcher, x->tool, &x->choice, err);
	if (rc < 0)
		return rc;
	o.plugin = matcher.plugin;
	o.model = matcher.model;
	rc = fc_prove_run(out, &o, err);
	fc_plugin_close(&matcher);
	return rc;
}

static int
run_service(const struct asked *x)
{
	const struct fc_prove_service p = { x->mutant, x->seed, x->json };
	struct fa_err err;

	if (fc_prove_service_known(&p, &err) < 0)
		return fc_tool_fail(x->tool, &err);
	return fc_prove_service_run(x->tool, &x->choice, &p);
}

static int
run(struct fc_tool *t, int argc, char **argv)
{
	struct asked x = { .tool = t, .seed = 1 };
	struct fc_proofs proofs;
	struct fa_buf out;
	struct fa_err err;
	int n, status;

	if (!fc_tool_options(
		    t, &fc_cmd_prove, argc, argv, take, &x, &n, &status))
		return status;
	if (!fc_tool_no_operands(t, &fc_cmd_prove, n))
		return FA_EXIT_ERROR;
	if (x.mutant && !x.service) {
		(void)fa_fail(&err, FA_E_USAGE, "--mutant needs --service");
		return fc_tool_fail(t, &err);
	}
	if (x.service)
		return run_service(&x);
	if (prove(&x, &proofs, &err) < 0)
		return fc_tool_fail(t, &err);
	fa_buf_init(&out, FC_TOOL_OUT_BYTES);
	if (x.json)
		add_json(&proofs, &out);
	else
		add_text(&x, &proofs, &out);
	return fc_tool_print(t, &out, (int)status_of(&proofs));
}

const struct fc_command fc_cmd_prove = {
	.name = "prove",
	.usage = "[options]",
	.summary = FA_CLI_TEXT("在本机证明人脸不留存",
		"show on this machine that no face is left behind"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
