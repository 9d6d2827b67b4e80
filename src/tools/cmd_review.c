/* faceaudit review: what a person says of a finding, kept in the log. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "case/reviewing.h"
#include "report/common.h"
#include "tools/commands.h"
#include "tools/version.h"

#define OUT_BYTES (512u << 20)

enum {
	OPT_FINDING = 1,
	OPT_STATE,
	OPT_BY,
	OPT_ROLE,
	OPT_ORG,
	OPT_NOTE,
	OPT_LIST,
	OPT_OPEN,
	OPT_QUIET
};

static const struct fa_option options[] = {
	{ OPT_FINDING, 0, "finding", "ID",
		FA_CLI_TEXT("所复核的问题（--list 所列的编号）",
			"the finding that is reviewed, as --list shows it") },
	{ OPT_STATE, 0, "state", "STATE",
		FA_CLI_TEXT("结论：confirmed 属实、rejected 不属实、"
			    "needs-more 待补充",
			"what it is: confirmed, rejected or needs-more") },
	{ OPT_NOTE, 0, "note", "TEXT", FA_CLI_TEXT("理由或说明", "why") },
	{ OPT_BY, 0, "by", "NAME",
		FA_CLI_TEXT("复核人（必填）", "who says so (required)") },
	{ OPT_ROLE, 0, "role", "TEXT",
		FA_CLI_TEXT("复核人的身份；默认 reviewer",
			"role of that person; default: reviewer") },
	{ OPT_ORG, 0, "org", "NAME",
		FA_CLI_TEXT("复核人所在单位", "organisation of that person") },
	{ OPT_LIST, 0, "list", NULL,
		FA_CLI_TEXT("列出问题及其复核，不改动案件",
			"list findings and their reviews; nothing is "
			"changed") },
	{ OPT_OPEN, 0, "open", NULL,
		FA_CLI_TEXT("与 --list 同用：只列未复核、待补充、意见不一的",
			"with --list: only what is unreviewed, needs more, or "
			"is disputed") },
	{ OPT_QUIET, 'q', "quiet", NULL,
		FA_CLI_TEXT("不打印提示，只报错误", "no notes; errors only") },
	FA_TOOL_OPTIONS
};

struct review {
	struct fa_tool *tool;
	const char *dir;
	struct fa_review r;
	struct fa_custody_actor actor;
	bool list, open;
	struct fa_buf out;
};

static int
text(struct fa_str *out, const char *name, const char *value, size_t max,
	struct fa_err *err)
{
	struct fa_str s = fa_str_trim(fa_str_c(value));

	if (s.n == 0 || s.n > max || !fa_utf8_valid(s))
		return fa_fail(err, FA_E_USAGE,
			"--%s needs a text in UTF-8 of 1 to %zu bytes", name,
			max);
	*out = s;
	return 0;
}

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct review *x = ctx;

	switch (id) {
	case OPT_FINDING:
		x->r.finding = fa_str_c(value);
		return 0;
	case OPT_STATE:
		x->r.state = fa_str_c(value);
		return fa_review_state_known(x->r.state)
			? 0
			: fa_fail(err, FA_E_USAGE,
				  "'%s' is no state, expected confirmed, "
				  "rejected or needs-more",
				  value);
	case OPT_NOTE:
		return text(
			&x->r.note, "note", value, FA_REVIEW_NOTE_BYTES, err);
	case OPT_BY:
		return text(&x->actor.id, "by", value, FA_CASE_TEXT_BYTES, err);
	case OPT_ROLE:
		return text(
			&x->actor.role, "role", value, FA_CASE_TEXT_BYTES, err);
	case OPT_ORG:
		return text(
			&x->actor.org, "org", value, FA_CASE_TEXT_BYTES, err);
	case OPT_LIST:
		x->list = true;
		return 0;
	case OPT_OPEN:
		x->open = true;
		return 0;
	default:
		x->tool->con.quiet = true;
		return 0;
	}
}

/* ---- listing ---- */

static const char *
summary_text(const struct fa_review_finding *f, bool english)
{
	static const char *const names[][2] = { { "unreviewed", "未复核" },
		{ "confirmed", "属实" }, { "rejected", "不属实" },
		{ "needs-more", "待补充" }, { "disputed", "意见不一" } };
	const char *s = fa_review_summary(f);

	for (size_t i = 0; i < FA_COUNT(names) && !english; i++)
		if (strcmp(names[i][0], s) == 0)
			return names[i][1];
	return s;
}

static bool
is_open(const struct fa_review_finding *f)
{
	const char *s = fa_review_summary(f);

	return strcmp(s, "confirmed") != 0 && strcmp(s, "rejected") != 0;
}

static int
add_review(void *ctx, const struct fa_store_review *r, struct fa_err *err)
{
	struct review *x = ctx;
	bool en = x->tool->con.lang == FA_CLI_EN;
	char time[FA_TIME_BYTES];

	(void)err;
	fa_time_format(r->t_ms, time);
	fa_buf_addf(&x->out, "    %lld  %s  ", (long long)r->seq, time);
	fa_report_visible(&x->out, r->state, false);
	fa_buf_adds(&x->out, "  ");
	fa_report_visible(&x->out, r->by, false);
	if (r->role.n > 0) {
		fa_buf_adds(&x->out, en ? " (" : "（");
		fa_report_visible(&x->out, r->role, false);
		fa_buf_adds(&x->out, en ? ")" : "）");
	}
	if (r->superseded)
		fa_buf_adds(
			&x->out, en ? "  superseded" : "  已由其后的意见取代");
	fa_buf_addc(&x->out, '\n');
	if (r->note.n > 0) {
		fa_buf_adds(&x->out, "        ");
		fa_report_visible(&x->out, r->note, false);
		fa_buf_addc(&x->out, '\n');
	}
	return FA_OK;
}

static int
add_finding(struct review *x, struct fa_store *s,
	const struct fa_review_finding *f, struct fa_err *err)
{
	bool en = x->tool->con.lang == FA_CLI_EN;

	fa_buf_addf(&x->out, "%s  ", f->id);
	fa_report_visible(&x->out, f->obligation, false);
	fa_buf_addf(&x->out, "  %.*s  %s  ", FA_STR_ARG(f->verdict),
		summary_text(f, en));
	fa_report_visible(&x->out, f->target, false);
	if (!f->stands)
		fa_buf_adds(&x->out,
			en ? "  (of an earlier judgement)"
			   : "（先前评判所得）");
	fa_buf_addc(&x->out, '\n');
	if (f->confirmed + f->rejected + f->needs_more == 0)
		return FA_OK;
	return fa_store_reviews(s, fa_str_c(f->id), add_review, x, err);
}

/* For readers: by target and obligation. */
static int
compare(const void *a, const void *b)
{
	const struct fa_review_finding *x = a, *y = b;
	int c = fa_str_cmp(x->target, y->target);

	if (c == 0)
		c = fa_str_cmp(x->obligation, y->obligation);
	return c != 0 ? c : strcmp(x->id, y->id);
}

static int
list(int *status, struct review *x, struct fa_err *err)
{
	struct fa_review_findings l = { .n = 0 };
	struct fa_store *s = NULL;
	size_t open = 0;
	int rc = fa_store_open(&s, fa_str_c(x->dir), FA_STORE_READ, err);

	if (rc == FA_OK)
		rc = fa_review_load(&l, s, &x->tool->arena, err);
	if (rc == FA_OK && l.n > 1)
		qsort(l.at, l.n, sizeof(*l.at), compare);
	for (size_t i = 0; rc == FA_OK && i < l.n; i++) {
		const struct fa_review_finding *f = &l.at[i];

		open += f->stands && is_open(f);
		if ((x->open && !(f->stands && is_open(f))) ||
			(x->r.finding.p &&
				!fa_str_eq(x->r.finding, fa_str_c(f->id))))
			continue;
		rc = add_finding(x, s, f, err);
	}
	fa_store_close(s);
	if (rc == FA_OK)
		rc = fa_buf_rc(&x->out, "list", err);
	if (rc < 0)
		return rc;
	*status = fa_tool_print(x->tool, fa_buf_str(&x->out),
		open > 0 ? FA_EXIT_INCOMPLETE : FA_EXIT_CLEAN);
	return FA_OK;
}

/* ---- reviewing ---- */

static int
add(struct review *x, struct fa_err *err)
{
	struct fa_desk_opts o = { .dir = fa_str_c(x->dir),
		.actor = x->actor,
		.tool = { FA_STR("faceaudit"), FA_STR(FA_VERSION),
			FA_TOOL_COMMIT } };
	struct fa_desk *d = NULL;
	int64_t seq = 0;
	int rc = fa_desk_open(&d, &o, err);

	if (rc == FA_OK)
		rc = fa_review_add(&seq, d, &x->r, err);
	fa_desk_close(d);
	if (rc == FA_OK)
		fa_console_note(&x->tool->con,
			FA_TOOL_SAY(x->tool, "%s：复核记入日志，第 %lld 号事件",
				"%s: the review is event %lld of the log"),
			x->dir, (long long)seq);
	return rc;
}

static const char *
misuse(const struct review *x, int n)
{
	const struct fa_tool *t = x->tool;

	if (n != 1)
		return FA_TOOL_SAY(t, "应给出一个案件目录",
			"the folder of one case is expected");
	if (x->list)
		return x->r.state.p || x->r.note.p || x->actor.id.p
			? FA_TOOL_SAY(t,
				  "--list 不能与 --state、--note、--by 同用",
				  "--list goes neither with --state, nor "
				  "--note, nor --by")
			: NULL;
	if (x->open)
		return FA_TOOL_SAY(t, "--open 只能与 --list 同用",
			"--open goes with --list only");
	if (!x->r.finding.p || !x->r.state.p || !x->actor.id.p)
		return FA_TOOL_SAY(t,
			"应给出 --finding、--state 和 --by，或 --list",
			"--finding, --state and --by are expected, or --list");
	return NULL;
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct review x = { .tool = t, .actor.role = FA_STR("reviewer") };
	const char *wrong;
	struct fa_err err;
	int n, status;

	if (!fa_tool_options(
		    t, &fa_cmd_review, argc, argv, take, &x, &n, &status))
		return status;
	wrong = misuse(&x, n);
	if (wrong) {
		fa_console_error(&t->con, "%s", wrong);
		return FA_EXIT_ERROR;
	}
	x.dir = argv[1];
	status = FA_EXIT_CLEAN;
	fa_buf_init(&x.out, OUT_BYTES);
	if ((x.list ? list(&status, &x, &err) : add(&x, &err)) < 0)
		status = fa_tool_fail(t, &err);
	fa_buf_done(&x.out);
	return status;
}

const struct fa_command fa_cmd_review = {
	.name = "review",
	.usage = "[options] CASE",
	.summary = FA_CLI_TEXT("记录人工对问题的复核意见",
		"record what a person says of a finding"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
