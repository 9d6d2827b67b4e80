#include "facecheck/tool/prove_service.h"

#include "base/json.h"
#include "facecheck/serve/case.h"
#include "facecheck/serve/witness.h"

static const char *
word(const struct fc_tool *t, enum fc_witnessed w)
{
	switch (w) {
	case FC_WITNESS_HOLDS:
		return FC_TOOL_SAY(t, "成立    ", "holds              ");
	case FC_WITNESS_FAILS:
		return FC_TOOL_SAY(t, "不成立  ", "does not hold      ");
	case FC_WITNESS_UNPROVEN:
		return FC_TOOL_SAY(t, "未能证明", "could not be proven");
	}
	return "?";
}

static const char *
what(const struct fc_tool *t, const char *name)
{
	static const struct fc_said texts[] = {
		{ "flow",
			FA_CLI_TEXT("两次办理走到了结果",
				"two sessions came to their end") },
		{ "files",
			FA_CLI_TEXT("目录里只有办理记录的文件",
				"no file but those of the records") },
		{ "pictures",
			FA_CLI_TEXT("任何文件里都没有图像的片段",
				"no piece of a picture in any file") },
		{ "templates",
			FA_CLI_TEXT("任何文件里都没有人脸特征的片段",
				"no piece of a template in any file") },
		{ "scores",
			FA_CLI_TEXT("任何文件里都没有比对分数",
				"no score in any file") },
		{ "deletion",
			FA_CLI_TEXT("撤回和注销之后当即没有人脸",
				"nothing of a face right after a withdrawal "
				"and the closing") },
		{ "account",
			FA_CLI_TEXT("注销之后没有账号的任何内容",
				"nothing of the account after its closing") },
		{ "network",
			FA_CLI_TEXT("没有发出任何网络数据包",
				"no packet was sent") },
		{ "record",
			FA_CLI_TEXT("每次采集在得到结果时都已记为人脸处理",
				"each capture is on record as one of a "
				"face") },
		{ "chain",
			FA_CLI_TEXT("记录首尾相接，没有改动",
				"the chain of the records holds") },
		{ "replay",
			FA_CLI_TEXT("记录的每一步都为状态表所允许",
				"the table allows every recorded step") },
		{ "kept",
			FA_CLI_TEXT("撤回和注销之后记录还在",
				"records outlive withdrawal and closing") },
		{ "rights",
			FA_CLI_TEXT("撤回和注销都有记录",
				"withdrawal and closing are on record") },
	};

	return fc_tool_said(t, texts, FA_COUNT(texts), name);
}

static void
add_text(const struct fc_tool *t, const struct fc_witness_report *r,
	struct fa_buf *out)
{
	for (size_t i = 0; i < FC_WITNESS_CHECKS; i++) {
		const struct fc_witness_check *c = &r->check[i];

		fa_buf_addf(out, "%s  %-10s %s\n          %s\n",
			word(t, c->result), c->name, what(t, c->name), c->note);
	}
	fa_buf_addf(out,
		FC_TOOL_SAY(t, "隔离级别：%s\n", "sandbox level: %s\n"),
		fc_level_name(r->level));
}

static void
add_json(const struct fc_prove_service *p, const struct fc_witness_report *r,
	struct fa_buf *out)
{
	struct fa_jw w;

	fa_jw_init(&w, out, 2);
	fa_jw_object(&w);
	fa_jw_kint(&w, "schema", 1);
	fa_jw_kstr(&w, "case",
		p->mutant ? fa_str_c(p->mutant) : FA_STR("reference"));
	fa_jw_kstr(&w, "level", fa_str_c(fc_level_name(r->level)));
	fa_jw_key(&w, "checks");
	fa_jw_array(&w);
	for (size_t i = 0; i < FC_WITNESS_CHECKS; i++) {
		const struct fc_witness_check *c = &r->check[i];

		fa_jw_object(&w);
		fa_jw_kstr(&w, "name", fa_str_c(c->name));
		fa_jw_kstr(
			&w, "result", fa_str_c(fc_witnessed_name(c->result)));
		fa_jw_kstr(&w, "note", fa_str_c(c->note));
		fa_jw_end(&w, '}');
	}
	fa_jw_end(&w, ']');
	fa_jw_end(&w, '}');
	fa_buf_addc(out, '\n');
}

static enum fa_exit
status_of(const struct fc_witness_report *r)
{
	enum fa_exit status = FA_EXIT_CLEAN;

	for (size_t i = 0; i < FC_WITNESS_CHECKS; i++) {
		if (r->check[i].result == FC_WITNESS_FAILS)
			status = fa_exit_worse(status, FA_EXIT_FINDINGS);
		if (r->check[i].result == FC_WITNESS_UNPROVEN)
			status = fa_exit_worse(status, FA_EXIT_INCOMPLETE);
	}
	return status;
}

int
fc_prove_service_known(const struct fc_prove_service *p, struct fa_err *err)
{
	const struct fc_case *c =
		p->mutant ? fc_case_find(fa_str_c(p->mutant)) : NULL;

	if (!p->mutant || (c && c->kind == FC_CASE_MUTANT))
		return FA_OK;
	return fa_fail(err, FA_E_USAGE,
		"there is no mutant '%s', see facecheck mutants", p->mutant);
}

int
fc_prove_service_run(struct fc_tool *t, const struct fc_choice *choice,
	const struct fc_prove_service *p)
{
	struct fc_loaded matcher = { 0 };
	struct fc_witness_opts o = { .case_name = fa_str_c(p->mutant),
		.require = choice->require,
		.clock = t->clock,
		.seed = p->seed };
	struct fc_witness_report report;
	struct fa_buf out;
	struct fa_err err;
	int rc = fc_tool_matcher(&matcher, t, choice, &err);

	if (rc < 0)
		return fc_tool_fail(t, &err);
	o.plugin = matcher.plugin;
	o.model = matcher.model;
	rc = fc_witness_run(&report, &o, &err);
	fc_plugin_close(&matcher);
	if (rc < 0)
		return fc_tool_fail(t, &err);
	fa_buf_init(&out, FC_TOOL_OUT_BYTES);
	if (p->json)
		add_json(p, &report, &out);
	else
		add_text(t, &report, &out);
	return fc_tool_print(t, &out, (int)status_of(&report));
}
