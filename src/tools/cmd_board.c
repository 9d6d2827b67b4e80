/* faceaudit board: a dashboard over one or more stores, as a folder of static
 * pages. */
#include <stdio.h>

#include "base/clock.h"
#include "base/num.h"
#include "case/case.h"
#include "report/common.h"
#include "rules/rules.h"
#include "tools/board.h"
#include "tools/phrase.h"
#include "tools/signals.h"
#include "tools/version.h"

#define ARENA_BYTES ((size_t)1 << 30)
#define APP_BYTES ((size_t)256 << 20)
#define TITLE_MAX 200      /* bytes */
#define DEADLINE_MAX 36500 /* days */
#define CITE_BYTES 65536

enum { OPT_OUT = 1, OPT_TITLE, OPT_PRIOR, OPT_AS_OF, OPT_TODAY, OPT_DEADLINE };

static const struct fa_option options[] = {
	{ OPT_OUT, 'o', "out", "DIR",
		FA_CLI_TEXT("写入的目录，须为新建或空",
			"folder to write, new or empty") },
	{ OPT_TITLE, 0, "title", "TITLE",
		FA_CLI_TEXT("看板的标题", "title of the board") },
	{ OPT_PRIOR, 0, "prior", "STORE",
		FA_CLI_TEXT("与此前的存储对比趋势，可多次给出",
			"compare with this earlier store; may be given several "
			"times") },
	{ OPT_AS_OF, 0, "as-of", "DATE",
		FA_CLI_TEXT("取按该日所作的评判；默认各存储最近一次的",
			"show what was judged as of this date; default: what "
			"each store judged last") },
	{ OPT_TODAY, 0, "today", "DATE",
		FA_CLI_TEXT("判断逾期所用的日期；默认今天",
			"date by which deadlines are overdue; default: "
			"today") },
	{ OPT_DEADLINE, 0, "deadline", "DAYS",
		FA_CLI_TEXT("整改期限：自首次确认起的天数；默认不设",
			"days from the first confirmation until a finding has "
			"to be fixed; default: no deadlines") },
	FA_TOOL_OPTIONS
};

struct board {
	struct fa_boarding x;
	const char *out, *title, *as_of, *today;
	const char *prior[FA_BOARD_SOURCES];
	size_t prior_n;
	uint64_t deadline;
	struct fa_bundle *bundle; /* at hand */
};

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct board *x = ctx;

	switch (id) {
	case OPT_OUT:
		x->out = value;
		return 0;
	case OPT_TITLE:
		x->title = value;
		if (fa_str_c(value).n > TITLE_MAX)
			return fa_fail(err, FA_E_USAGE,
				"the title is longer than %d bytes", TITLE_MAX);
		return 0;
	case OPT_PRIOR:
		if (x->prior_n == FA_BOARD_SOURCES)
			return fa_fail(err, FA_E_USAGE, "more than %d stores",
				FA_BOARD_SOURCES);
		x->prior[x->prior_n++] = value;
		return 0;
	case OPT_AS_OF:
		x->as_of = value;
		return 0;
	case OPT_TODAY:
		x->today = value;
		return 0;
	default:
		if (!fa_num_u64(fa_str_c(value), DEADLINE_MAX, &x->deadline))
			return fa_fail(err, FA_E_USAGE,
				"--deadline '%s': expected days, at most %d",
				value, DEADLINE_MAX);
		return 0;
	}
}

/* The citation of an obligation, in the arena. */
static int
cite(struct fa_text2 *out, void *ctx, const struct fa_obligation *o,
	struct fa_err *err)
{
	struct board *x = ctx;
	struct fa_buf text FA_CLEANUP(fa_buf_done);
	int rc = FA_OK;

	fa_buf_init(&text, CITE_BYTES);
	for (int lang = 0; lang < FA_LANG_COUNT && rc == FA_OK; lang++) {
		fa_buf_reset(&text);
		fa_report_source(&text, x->bundle, o->instrument, o->article,
			(enum fa_lang)lang);
		rc = fa_buf_rc(&text, "citation", err);
		out->in[lang] = fa_arena_dup(&x->x.a, fa_buf_str(&text));
		if (rc == FA_OK && !out->in[lang].p)
			rc = fa_fail(err, FA_E_NOMEM, "no memory for a board");
	}
	return rc;
}

static int
add_store(struct board *x, struct fa_str dir, bool prior, struct fa_err *err)
{
	struct fa_boarding *w = &x->x;
	struct fa_str sha256, json;
	int rc;

	fa_arena_reset(&w->a);
	rc = fa_board_add(&sha256, w->b, dir, prior, &w->a, err);
	if (rc < 0 || !sha256.p)
		return rc;
	rc = fa_board_get_bundle(&json, w->b, dir, sha256, &w->a, err);
	if (rc == 0)
		return fa_fail(err, FA_E_INPUT,
			"%.*s: the rules %.*s are missing", FA_STR_ARG(dir),
			FA_STR_ARG(sha256));
	if (rc == 1)
		rc = fa_rules_parse_bundle(&x->bundle, json, &w->a, err);
	if (rc == FA_OK)
		rc = fa_board_put_bundle(w->b, x->bundle, cite, x, err);
	return rc;
}

static int
add_stores(struct board *x, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < x->x.stores_n && rc == FA_OK; i++)
		rc = add_store(x, x->x.stores[i], false, err);
	for (size_t i = 0; i < x->prior_n && rc == FA_OK; i++)
		rc = add_store(x, fa_str_c(x->prior[i]), true, err);
	return rc;
}

/* findings.sqlite. */
static int
open_board(struct board *x, char path[FA_FILE_PATH_BYTES], struct fa_err *err)
{
	struct fa_board_options o = { .path = path,
		.deadline_days = (int64_t)x->deadline,
		.id = fa_case_finding_id };
	int rc = fa_boarding_path(path, &x->x, "findings.sqlite", err);

	if (rc == FA_OK && x->as_of)
		rc = fa_tool_as_of(&o.as_of, x->x.tool, x->as_of, err);
	if (rc == FA_OK)
		rc = fa_tool_as_of(&o.today, x->x.tool, x->today, err);
	return rc < 0 ? rc : fa_board_new(&x->x.b, &o, err);
}

static int
write_pages(struct board *x, struct fa_err *err)
{
	static const struct fa_board_words_of words = { fa_phrase_outcome,
		fa_phrase_role, fa_phrase_state, fa_phrase_cause };
	struct fa_boarding *w = &x->x;
	int rc = fa_boarding_pictures(w, err);

	w->site = (struct fa_board_site){ .lang = fa_tool_lang(w->tool),
		.title = fa_str_c(x->title
				? x->title
				: FA_TOOL_SAY(w->tool, "人脸识别合规看板",
					  "Face recognition compliance board")),
		.tool = FA_STR("faceaudit " FA_VERSION),
		.sum = &w->sum,
		.words = &words };
	if (rc == FA_OK)
		rc = fa_board_sum(&w->sum, w->b, &w->arena, err);
	/* First, for the spreadsheet is packed while the pages are written. */
	if (rc == FA_OK)
		rc = fa_boarding_sheets(w, err);
	if (rc == FA_OK)
		rc = fa_boarding_lists(w, err);
	if (rc == FA_OK)
		rc = fa_boarding_apps(w, err);
	if (rc == FA_OK)
		rc = fa_boarding_packed(w, err);
	if (rc == FA_OK)
		rc = fa_board_finish(w->b, err);
	/* index.html is written last: a board without it is not whole. */
	return rc < 0 ? rc : fa_boarding_pages(w, err);
}

/* Who names a wrong store is told so before anything is written. */
static int
look_at(struct fa_str dir, struct fa_err *err)
{
	struct fa_store *s = NULL;
	int rc = fa_store_open(&s, dir, FA_STORE_READ, err);

	fa_store_close(s);
	return rc;
}

static int
look_at_stores(const struct board *x, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < x->x.stores_n && rc == FA_OK; i++)
		rc = look_at(x->x.stores[i], err);
	for (size_t i = 0; i < x->prior_n && rc == FA_OK; i++)
		rc = look_at(fa_str_c(x->prior[i]), err);
	return rc;
}

static int
write_board(struct board *x, struct fa_err *err)
{
	char path[FA_FILE_PATH_BYTES];
	int rc = look_at_stores(x, err);

	if (rc == FA_OK)
		rc = fa_boarding_folders(&x->x, err);
	if (rc == FA_OK)
		rc = open_board(x, path, err);
	if (rc == FA_OK)
		rc = add_stores(x, err);
	if (rc == FA_OK)
		rc = fa_board_load(x->x.b, err);
	if (rc == FA_OK)
		rc = write_pages(x, err);
	return rc;
}

static void
say_done(const struct board *x)
{
	const struct fa_boarding *w = &x->x;

	fa_console_note(&w->tool->con,
		FA_TOOL_SAY(w->tool,
			"应用 %lld 个，已扫描 %lld 个，有发现 %lld 个；写出 "
			"%llu 个文件，从 %s/index.html 看起",
			"%lld apps, %lld scanned, %lld with findings; %llu "
			"files, start with %s/index.html"),
		(long long)w->sum.whole.apps, (long long)w->sum.whole.scanned,
		(long long)w->sum.whole.breach, (unsigned long long)w->pages,
		x->out);
}

static int
board(struct board *x, int n, char **argv)
{
	struct fa_boarding *w = &x->x;
	struct fa_err err;
	int rc = FA_OK, status = FA_EXIT_CLEAN;

	w->dir = fa_str_c(x->out);
	w->stores_n = (size_t)n;
	w->stores = fa_arena_new(&w->arena, w->stores_n, sizeof(*w->stores));
	if (!w->stores)
		rc = fa_fail(&err, FA_E_NOMEM, "out of memory");
	for (int i = 0; i < n && rc == FA_OK; i++)
		w->stores[i] = fa_str_c(argv[i + 1]);
	if (rc == FA_OK)
		rc = write_board(x, &err);
	if (rc < 0)
		(void)fa_boarding_packed(w, NULL);
	if (rc == FA_E_INTERRUPTED)
		status = (int)fa_signals_status();
	else if (rc < 0)
		status = fa_tool_fail(w->tool, &err);
	else
		say_done(x);
	return status;
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct board x = { .x.tool = t };
	int n, status;

	fa_arena_init(&x.x.arena, ARENA_BYTES);
	fa_arena_init(&x.x.a, APP_BYTES);
	fa_buf_init(&x.x.page, FA_BOARD_PAGE_BYTES);
	if (fa_tool_options(
		    t, &fa_cmd_board, argc, argv, take, &x, &n, &status)) {
		if (n == 0 || !x.out) {
			fa_console_error(&t->con, "%s",
				n == 0 ? FA_TOOL_SAY(t, "没有给出存储",
						 "no store was given")
				       : FA_TOOL_SAY(t, "没有给出 --out",
						 "--out was not given"));
			status = FA_EXIT_ERROR;
		} else {
			status = board(&x, n, argv);
		}
	}
	fa_board_free(x.x.b);
	fa_buf_done(&x.x.page);
	fa_arena_done(&x.x.a);
	fa_arena_done(&x.x.arena);
	return status;
}

const struct fa_command fa_cmd_board = {
	.name = "board",
	.usage = "--out DIR [options] STORE...",
	.summary = FA_CLI_TEXT("生成监管看板：静态网页、SQLite、表格",
		"write a dashboard: static pages, SQLite, spreadsheets"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
