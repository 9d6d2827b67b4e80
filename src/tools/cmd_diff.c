/* faceaudit diff: what changed between two versions of a document. */
#include <string.h>

#include "base/num.h"
#include "read/read.h"
#include "report/diff.h"
#include "tools/diffing.h"
#include "tools/fail_on.h"
#include "tools/option_texts.h"
#include "tools/signals.h"
#include "tools/sink.h"
#include "tools/version.h"

#define OUTPUTS_MAX 8
#define OUTPUT_BYTES ((size_t)1 << 30)
#define CONTEXT_MAX 1000000 /* clauses */

enum {
	OPT_OUTPUT = 1,
	OPT_FROM,
	OPT_TO,
	OPT_FAIL_ON,
	OPT_AS_OF,
	OPT_RULES,
	OPT_AS,
	OPT_CHARSET,
	OPT_CONTEXT
};

static const struct fa_option options[] = {
	{ OPT_OUTPUT, 'o', "output", "FORMAT[:FILE]",
		FA_CLI_TEXT("text、json 或 "
			    "html，及文件（默认写到标准输出），可多次给出；"
			    "默认 text",
			"text, json or html, and file if not standard output; "
			"may be given several times; default: text") },
	{ OPT_FROM, 0, "from", "TIME",
		FA_CLI_TEXT("旧版：该时刻所见的文本；默认为不同于新版的上一"
			    "文本",
			"old version: the text seen at this time; default: "
			"the last one that differs from the new version") },
	{ OPT_TO, 0, "to", "TIME",
		FA_CLI_TEXT("新版：截至该时刻的最后一次捕获；默认最近一次",
			"new version: the last capture up to this time; "
			"default: the last of all") },
	FA_OPTION_FAIL_ON(OPT_FAIL_ON), FA_OPTION_AS_OF(OPT_AS_OF),
	FA_OPTION_RULES(OPT_RULES),
	{ OPT_AS, 0, "as", "FORMAT",
		FA_CLI_TEXT(
			"两个文件的格式：html、markdown、text；默认自动识别",
			"format of both files: html, markdown or text; "
			"default: by name and content") },
	{ OPT_CHARSET, 0, "charset", "LABEL",
		FA_CLI_TEXT("两个文件的编码，如 gb18030；默认自动识别",
			"encoding of both files, as gb18030; default: "
			"detected") },
	{ OPT_CONTEXT, 0, "context", "N",
		FA_CLI_TEXT("变化前后各显示几句未变的文本；默认 2",
			"unchanged clauses shown around a change; "
			"default: 2") },
	FA_TOOL_OPTIONS
};

typedef int writer_fn(
	struct fa_buf *out, const struct fa_diff_report *r, struct fa_err *err);
struct form {
	const char *name;
	writer_fn *write;
};
static const struct form forms[] = { { "text", fa_report_diff_text },
	{ "json", fa_report_diff_json }, { "html", fa_report_diff_html } };

struct output {
	const struct form *form;
	const char *path; /* NULL: standard output */
};

struct diff {
	struct fa_diffing x;
	struct fa_diff_report report;
	struct output at[OUTPUTS_MAX];
	size_t n;
	const char *as_of, *rules;
	bool of_files;     /* an option that only files have */
	struct fa_arena a; /* of the documents */
};

static bool
same_place(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static int
add_output(struct diff *d, const char *word, struct fa_err *err)
{
	struct fa_str path = fa_str_c(word);
	struct fa_str name = fa_str_cut(&path, ':');
	struct output o = { .path = path.p };

	if (path.p && (path.n == 0 || strcmp(path.p, "-") == 0))
		o.path = NULL;
	for (size_t i = 0; i < FA_COUNT(forms); i++)
		if (fa_str_eq(name, fa_str_c(forms[i].name)))
			o.form = &forms[i];
	if (!o.form)
		return fa_fail(err, FA_E_USAGE,
			"unknown format '%.*s', expected text, json or html",
			FA_STR_ARG(name));
	for (size_t i = 0; i < d->n; i++)
		if (same_place(o.path, d->at[i].path))
			return fa_fail(err, FA_E_USAGE,
				"two reports to %s, give one a file: "
				"FORMAT:FILE",
				o.path ? o.path : "standard output");
	if (d->n == OUTPUTS_MAX)
		return fa_fail(err, FA_E_USAGE,
			"more than %d reports are asked for", OUTPUTS_MAX);
	d->at[d->n++] = o;
	return FA_OK;
}

static int
set_format(struct diff *d, const char *word, struct fa_err *err)
{
	static const enum fa_format known[] = { FA_FORMAT_HTML,
		FA_FORMAT_MARKDOWN, FA_FORMAT_TEXT };

	d->of_files = true;
	for (size_t i = 0; i < FA_COUNT(known); i++) {
		if (strcmp(word, fa_format_name(known[i])) == 0) {
			d->x.read.format = known[i];
			return FA_OK;
		}
	}
	return fa_fail(err, FA_E_USAGE,
		"'%s' is no input format, expected html, markdown or text",
		word);
}

static int
set_context(struct diff *d, const char *word, struct fa_err *err)
{
	uint64_t n;

	if (!fa_num_u64(fa_str_c(word), CONTEXT_MAX, &n))
		return fa_fail(err, FA_E_USAGE,
			"'%s' is no number from 0 to %d", word, CONTEXT_MAX);
	d->report.context = (uint32_t)n;
	return FA_OK;
}

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct diff *d = ctx;

	switch (id) {
	case OPT_OUTPUT:
		return add_output(d, value, err);
	case OPT_FROM:
		return fa_diffing_time(&d->x.from_ms, value, err);
	case OPT_TO:
		return fa_diffing_time(&d->x.to_ms, value, err);
	case OPT_FAIL_ON:
		return fa_fail_on_parse(&d->x.fail_tier, &d->x.fail_severity,
			&d->x.fail_never, value, err);
	case OPT_AS_OF:
		d->as_of = value;
		return FA_OK;
	case OPT_RULES:
		d->rules = value;
		return FA_OK;
	case OPT_AS:
		return set_format(d, value, err);
	case OPT_CHARSET:
		d->of_files = true;
		d->x.read.charset = fa_str_c(value);
		return FA_OK;
	default:
		return set_context(d, value, err);
	}
}

static int
prepare(struct diff *d, struct fa_err *err)
{
	struct fa_tool *t = d->x.tool;
	const struct fa_bundle *b;
	int rc = fa_tool_as_of(&d->x.as_of, t, d->as_of, err);

	if (rc == FA_OK)
		rc = fa_tool_bundle(&b, t, d->rules, err);
	if (rc < 0)
		return rc;
	d->x.bundle = b;
	return fa_matcher_new(&d->x.matcher, b, err);
}

/* A store is a directory, a version is a file. */
static int
compare(struct diff *d, const char *first, const char *second,
	struct fa_err *err)
{
	bool store = fa_file_is_dir(fa_str_c(first));
	bool times = d->x.from_ms != INT64_MIN || d->x.to_ms != INT64_MIN;
	int rc;

	if (!store && times)
		return fa_fail(err, FA_E_USAGE,
			"--from and --to are for captures in a store, and "
			"'%s' is no directory",
			first);
	if (store && d->of_files)
		return fa_fail(err, FA_E_USAGE,
			"--as and --charset are for files, and '%s' is a "
			"directory",
			first);
	rc = prepare(d, err);
	if (rc < 0)
		return rc;
	if (!store)
		return fa_diffing_files(&d->x, first, second, &d->a, err);
	rc = fa_store_open(&d->x.store, fa_str_c(first), FA_STORE_READ, err);
	if (rc < 0)
		return rc;
	return fa_diffing_store(&d->x, second, &d->report.alone, &d->a, err);
}

static enum fa_exit
exit_status(const struct diff *d)
{
	enum fa_exit e = fa_signals_status();

	for (size_t i = 0; i < d->x.docs_n; i++) {
		const struct fa_diff_doc *x = &d->x.docs[i];

		if (x->gating > 0)
			e = fa_exit_worse(e, FA_EXIT_FINDINGS);
		if (!x->diff)
			e = fa_exit_worse(e, FA_EXIT_INCOMPLETE);
	}
	return e;
}

static int
write_one(const struct diff *d, const struct output *o, bool *closed,
	struct fa_err *err)
{
	struct fa_buf out FA_CLEANUP(fa_buf_done);
	struct fa_sink sink = { .file = NULL };
	int rc;

	fa_buf_init(&out, OUTPUT_BYTES);
	rc = o->form->write(&out, &d->report, err);
	if (rc == FA_OK)
		rc = fa_sink_open(&sink, o->path, err);
	if (rc == FA_OK)
		rc = fa_sink_write(&sink, fa_buf_str(&out), err);
	if (rc == FA_OK)
		rc = fa_sink_end(&sink, err);
	*closed = sink.closed;
	fa_sink_done(&sink);
	return rc;
}

/* *closed: nobody reads standard output any more, which needs no message. */
static int
report(struct diff *d, bool *closed, struct fa_err *err)
{
	struct fa_diff_report *r = &d->report;
	int rc = FA_OK;

	r->bundle = d->x.bundle;
	r->lang = fa_tool_lang(d->x.tool);
	r->color = fa_console_colors(&d->x.tool->con);
	r->columns = fa_console_columns();
	r->as_of = d->x.as_of;
	r->fail_tier = d->x.fail_tier;
	r->fail_severity = d->x.fail_severity;
	r->fail_never = d->x.fail_never;
	r->tool_version = FA_STR(FA_VERSION);
	r->docs = d->x.docs;
	r->docs_n = d->x.docs_n;
	r->exit_status = (int)exit_status(d);
	if (d->n == 0)
		d->at[d->n++].form = &forms[0];
	for (size_t i = 0; i < d->n && rc == FA_OK; i++)
		rc = write_one(d, &d->at[i], closed, err);
	return rc;
}

static int
run_diff(struct diff *d, char **operands, int n)
{
	struct fa_tool *t = d->x.tool;
	struct fa_err err;
	bool closed = false;
	int rc;

	if (n != 2) {
		fa_console_error(&t->con, "%s",
			FA_TOOL_SAY(t,
				"应给出两个文件，或一个存储和一个网址或目标",
				"two files, or a store and a URL or target, "
				"are expected"));
		return FA_EXIT_ERROR;
	}
	rc = compare(d, operands[0], operands[1], &err);
	if (rc == FA_OK)
		rc = report(d, &closed, &err);
	if (rc == FA_OK)
		return d->report.exit_status;
	return closed ? FA_EXIT_ERROR : fa_tool_fail(t, &err);
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct diff d = { .x = { .tool = t,
				  .fail_tier = FA_TIER_PROBABLE,
				  .fail_severity = FA_SEVERITY_HIGH,
				  .from_ms = INT64_MIN,
				  .to_ms = INT64_MIN },
		.report = { .context = FA_DIFF_CONTEXT } };
	int n, status;

	fa_arena_init(&d.a, FA_DIFFING_BYTES);
	if (fa_tool_options(t, &fa_cmd_diff, argc, argv, take, &d, &n, &status))
		status = run_diff(&d, argv + 1, n);
	fa_payload_done(&d.x.source);
	fa_store_close(d.x.store);
	fa_matcher_free(d.x.matcher);
	fa_arena_done(&d.a);
	return status;
}

const struct fa_command fa_cmd_diff = {
	.name = "diff",
	.usage = "[options] OLD NEW | STORE URL|TARGET",
	.summary = FA_CLI_TEXT("比较文件的两个版本：文本与问题的变化",
		"compare two versions of a document: text and findings"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
