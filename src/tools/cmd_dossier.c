/* faceaudit dossier: the lawyer's report on one case. */
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "browser/print.h"
#include "case/docx.h"
#include "case/facts.h"
#include "report/dossier.h"
#include "tools/commands.h"
#include "tools/phrase.h"
#include "tools/version.h"

#define FAULTS_SAID 5 /* on the terminal; the report has them all */

enum {
	OPT_HTML = 1,
	OPT_PDF,
	OPT_DOCX,
	OPT_JSON,
	OPT_TARGET,
	OPT_AS_OF,
	OPT_STATUTES,
	OPT_APP_FILE,
	OPT_TITLE,
	OPT_NUMBER,
	OPT_CLIENT,
	OPT_COURT,
	OPT_PROVES,
	OPT_REVIEWER,
	OPT_BROWSER,
	OPT_NO_SANDBOX,
	OPT_NO_TIME
};

static const struct fa_option options[] = {
	{ OPT_HTML, 0, "html", "FILE",
		FA_CLI_TEXT("写成一个 HTML 文件（不含脚本，不引用外部资源）",
			"write one HTML file: no script, nothing fetched") },
	{ OPT_PDF, 0, "pdf", "FILE",
		FA_CLI_TEXT("由同一页面经 Chromium 打印为 PDF",
			"print the same page to PDF with Chromium") },
	{ OPT_DOCX, 0, "docx", "FILE",
		FA_CLI_TEXT("写成可编辑的 Word 文件（DOCX）",
			"write a Word file (DOCX) for editing") },
	{ OPT_JSON, 0, "json", "FILE",
		FA_CLI_TEXT("写成 JSON（faceaudit-dossier/1）",
			"write JSON (faceaudit-dossier/1)") },
	{ OPT_TARGET, 0, "target", "KEY",
		FA_CLI_TEXT("报告这个目标；存储中有多个目标时须给出",
			"report on this target; needed when a store has "
			"several") },
	{ OPT_AS_OF, 0, "as-of", "DATE",
		FA_CLI_TEXT("报告按该日所作的评判；默认最近一次的",
			"report what was judged as of this date; default: "
			"what was judged last") },
	FA_TOOL_OPTIONS,
	FA_CLI_HEADING("封面", "The cover"),
	{ OPT_TITLE, 0, "title", "TEXT",
		FA_CLI_TEXT(
			"标题；默认取自案件", "title; default: the case's") },
	{ OPT_NUMBER, 0, "number", "TEXT",
		FA_CLI_TEXT("案号；默认取自案件",
			"case number; default: the case's") },
	{ OPT_CLIENT, 0, "client", "TEXT",
		FA_CLI_TEXT("委托方", "who asked for the report") },
	{ OPT_COURT, 0, "court", "TEXT",
		FA_CLI_TEXT("提交的法院或机关",
			"court or authority it is meant for") },
	{ OPT_PROVES, 0, "proves", "TEXT",
		FA_CLI_TEXT("证明对象；默认按所评判的应用写出",
			"what it is to prove; default: made from the app") },
	{ OPT_REVIEWER, 0, "reviewer", "NAME",
		FA_CLI_TEXT("在报告上签署的复核人；默认为保管链所记的复核人",
			"who signs as reviewer; default: the reviewers of the "
			"log") },
	{ OPT_STATUTES, 0, "statutes", "DIR",
		FA_CLI_TEXT("官方文本所在目录（FRM.txt 等），据以引用条文原文"
			    "并附摘要",
			"folder of official texts (FRM.txt ...), quoted with "
			"their digest") },
	{ OPT_APP_FILE, 0, "app-file", "FILE",
		FA_CLI_TEXT("应用的安装包，写入其摘要",
			"the app's package, whose digests are stated") },
	FA_CLI_HEADING("打印", "Printing"),
	{ OPT_BROWSER, 0, "browser", "PATH",
		FA_CLI_TEXT("Chromium 的路径；默认 chromium-headless-shell，其"
			    "次 chromium",
			"Chromium to run; default: chromium-headless-shell, "
			"else chromium") },
	{ OPT_NO_SANDBOX, 0, "no-sandbox", NULL,
		FA_CLI_TEXT("不用浏览器的沙箱（以 root 运行时须明示）",
			"run it without its sandbox (root has to say so)") },
	{ OPT_NO_TIME, 0, "no-time", NULL,
		FA_CLI_TEXT("不写编制时间，同样的案件得到逐字节相同的 "
			    "HTML、DOCX 和 JSON",
			"leave the time of the report out: the same case then "
			"gives the same HTML, DOCX and JSON byte for byte") },
};

struct dossier {
	struct fa_tool *tool;
	struct fa_facts_opts facts;
	const char *html, *pdf, *docx, *json, *as_of, *browser;
	bool no_sandbox, no_time;
};

static int
take_cover(struct dossier *x, int id, const char *value, struct fa_err *err)
{
	struct fa_str s = fa_str_c(value);

	if (s.n == 0 && id != OPT_NO_SANDBOX && id != OPT_NO_TIME)
		return fa_fail(
			err, FA_E_USAGE, "an option is given an empty text");
	switch (id) {
	case OPT_TITLE:
		x->facts.title = s;
		return 0;
	case OPT_NUMBER:
		x->facts.number = s;
		return 0;
	case OPT_CLIENT:
		x->facts.client = s;
		return 0;
	case OPT_COURT:
		x->facts.court = s;
		return 0;
	case OPT_PROVES:
		x->facts.proves = s;
		return 0;
	case OPT_REVIEWER:
		x->facts.reviewer = s;
		return 0;
	case OPT_STATUTES:
		x->facts.statutes = s;
		return 0;
	case OPT_APP_FILE:
		x->facts.app_file = s;
		return 0;
	case OPT_NO_SANDBOX:
		x->no_sandbox = true;
		return 0;
	default:
		x->no_time = true;
		return 0;
	}
}

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct dossier *x = ctx;

	switch (id) {
	case OPT_HTML:
		x->html = value;
		return 0;
	case OPT_PDF:
		x->pdf = value;
		return 0;
	case OPT_DOCX:
		x->docx = value;
		return 0;
	case OPT_JSON:
		x->json = value;
		return 0;
	case OPT_TARGET:
		x->facts.target = fa_str_c(value);
		return 0;
	case OPT_AS_OF:
		x->as_of = value;
		return 0;
	case OPT_BROWSER:
		x->browser = value;
		return 0;
	default:
		return take_cover(x, id, value, err);
	}
}

static int
write_html(const struct dossier *x, struct fa_str html, struct fa_err *err)
{
	return x->html != NULL ? fa_file_replace(fa_str_c(x->html), html, err)
			       : FA_OK;
}

static int
write_pdf(const struct dossier *x, const struct fa_dossier *d,
	struct fa_str html, struct fa_err *err)
{
	bool zh = d->cover.lang == FA_LANG_ZH;
	FA_CLEANUP(fa_buf_done) struct fa_buf head;
	struct fa_print_opts o = { .program = x->browser,
		.no_sandbox = x->no_sandbox,
		.foot = FA_STR("faceaudit " FA_VERSION),
		.page_word = zh ? FA_STR("第 ") : FA_STR("Page "),
		.of_word = zh ? FA_STR(" 页，共 ") : FA_STR(" of "),
		.end_word = zh ? FA_STR(" 页") : FA_STR("") };
	struct fa_str pdf;
	int rc;

	fa_buf_init(&head, 65536);
	if (x->pdf == NULL)
		return FA_OK;
	fa_dossier_page_head(&head, d);
	o.head = fa_buf_str(&head);
	rc = fa_buf_rc(&head, "head of a page", err);
	if (rc == FA_OK)
		rc = fa_browser_print(&pdf, html, &o, &x->tool->arena, err);
	return rc < 0 ? rc : fa_file_replace(fa_str_c(x->pdf), pdf, err);
}

static int
write_docx(
	const struct dossier *x, const struct fa_dossier *d, struct fa_err *err)
{
	struct fa_paper_parts parts;
	struct fa_str bytes;
	int rc;

	if (x->docx == NULL)
		return FA_OK;
	rc = fa_dossier_docx(&parts, d, &x->tool->arena, err);
	if (rc == FA_OK)
		rc = fa_docx_zip(&bytes, &parts, d->making.made_us,
			&x->tool->arena, err);
	return rc < 0 ? rc : fa_file_replace(fa_str_c(x->docx), bytes, err);
}

static int
write_json(
	const struct dossier *x, const struct fa_dossier *d, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;
	int rc;

	fa_buf_init(&b, FA_DOSSIER_BYTES);
	if (x->json == NULL)
		return FA_OK;
	rc = fa_dossier_json(&b, d, err);
	if (rc < 0)
		return rc;
	return strcmp(x->json, "-") == 0
		? fa_console_write(fa_buf_str(&b), NULL, err)
		: fa_file_replace(fa_str_c(x->json), fa_buf_str(&b), err);
}

static int
write_all(
	const struct dossier *x, const struct fa_dossier *d, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf html;
	int rc;

	fa_buf_init(&html, FA_DOSSIER_BYTES);
	rc = fa_dossier_html(&html, d, &x->tool->arena, err);
	if (rc == FA_OK)
		rc = write_html(x, fa_buf_str(&html), err);
	if (rc == FA_OK)
		rc = write_docx(x, d, err);
	if (rc == FA_OK)
		rc = write_json(x, d, err);
	/* Last, because it may lack a browser: the others are there then. */
	if (rc == FA_OK)
		rc = write_pdf(x, d, fa_buf_str(&html), err);
	return rc;
}

/* What was judged once is judged alike again from its bytes. */
static bool
is_sound(const struct fa_dossier_document *x)
{
	return x->error.n == 0 && (!x->judged_again || x->agrees);
}

static void
say(const struct dossier *x, const struct fa_dossier *d)
{
	const struct fa_tool *t = x->tool;
	size_t differs = 0;

	fa_console_note(&t->con,
		FA_TOOL_SAY(t,
			"发现 %zu 项，文本 %zu 份，物证 %zu 件；报告编号 %.*s",
			"%zu findings, %zu texts, %zu objects; report %.*s"),
		d->findings_n, d->documents_n, d->objects_n,
		FA_STR_ARG(d->cover.report));
	for (size_t i = 0; i < d->documents_n; i++)
		differs += !is_sound(&d->documents[i]);
	if (differs > 0)
		fa_console_error(&t->con,
			FA_TOOL_SAY(t,
				"%zu "
				"份文本由存档读不出来，或重新评判的结果与存储"
				"不一致，报告中已写明",
				"%zu texts could not be read from the archive "
				"again, or are judged otherwise; the report "
				"says so"),
			differs);
	for (size_t i = 0; i < d->faults_n && i < FAULTS_SAID; i++)
		fa_console_error(&t->con, "%.*s: %.*s",
			FA_STR_ARG(d->faults[i].what),
			FA_STR_ARG(d->faults[i].why));
	if (d->faults_all > FAULTS_SAID)
		fa_console_error(&t->con,
			FA_TOOL_SAY(t, "另有 %zu 处不符，见报告封面",
				"%zu more faults, see the cover of the report"),
			d->faults_all - FAULTS_SAID);
	if (d->custody.present && d->custody.whole == FA_TRI_NO)
		fa_console_error(&t->con, "%s",
			FA_TOOL_SAY(t, "保管链已断裂，报告中已写明",
				"the custody chain is broken; the report says "
				"so"));
}

/* A report that says its evidence is damaged is written, and the status says
 * so too. */
static int
status_of(const struct fa_dossier *d)
{
	if ((d->custody.present && d->custody.whole == FA_TRI_NO) ||
		d->faults_all > 0)
		return FA_EXIT_EVIDENCE;
	for (size_t i = 0; i < d->documents_n; i++)
		if (!is_sound(&d->documents[i]))
			return FA_EXIT_EVIDENCE;
	return FA_EXIT_CLEAN;
}

static int
dossier(struct dossier *x, struct fa_err *err, int *status)
{
	struct fa_tool *t = x->tool;
	struct fa_dossier d;
	int rc = FA_OK;

	if (x->html == NULL && x->pdf == NULL && x->docx == NULL &&
		x->json == NULL)
		return fa_fail(err, FA_E_USAGE,
			"nothing to write: give --html, --pdf, --docx or "
			"--json");
	x->facts.lang = fa_tool_lang(t);
	x->facts.tool_version = FA_STR(FA_VERSION);
	x->facts.outcome_word = fa_phrase_outcome;
	x->facts.made_us = x->no_time ? 0 : fa_clock_now(t->clock) * 1000;
	if (x->as_of != NULL)
		rc = fa_tool_as_of(&x->facts.as_of, t, x->as_of, err);
	if (rc == FA_OK)
		rc = fa_facts_load(&d, &x->facts, &t->arena, err);
	if (rc == FA_OK)
		rc = write_all(x, &d, err);
	if (rc == FA_OK) {
		say(x, &d);
		*status = status_of(&d);
	}
	return rc;
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct dossier x = { .tool = t };
	struct fa_err err;
	int n, status;

	if (!fa_tool_options(
		    t, &fa_cmd_dossier, argc, argv, take, &x, &n, &status))
		return status;
	if (n != 1) {
		fa_console_error(&t->con, "%s",
			FA_TOOL_SAY(t, "dossier 需要一个案件目录",
				"dossier needs one case"));
		return FA_EXIT_ERROR;
	}
	x.facts.dir = fa_str_c(argv[1]);
	if (dossier(&x, &err, &status) < 0)
		return fa_tool_fail(t, &err);
	return status;
}

const struct fa_command fa_cmd_dossier = {
	.name = "dossier",
	.usage = "[options] CASE",
	.summary = FA_CLI_TEXT("一案的律师报告：HTML、PDF、DOCX、JSON",
		"the lawyer's report on one case: HTML, PDF, DOCX, JSON"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
