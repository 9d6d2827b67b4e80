/* faceaudit history: the texts that a target's URLs have shown. */
#include <string.h>

#include "base/clock.h"
#include "report/common.h"
#include "store/frontier.h"
#include "store/history.h"
#include "store/wanted.h"
#include "tools/commands.h"
#include "tools/option_texts.h"
#include "tools/sweep.h"

#define OUT_BYTES (64u << 20)
#define SHORT_DIGITS 12 /* of a digest */

enum { OPT_STORE = 1 };

static const struct fa_option options[] = { FA_OPTION_STORE(OPT_STORE),
	FA_TOOL_OPTIONS };

struct history {
	struct fa_tool *tool;
	const char *dir;
	struct fa_store *s;
	struct fa_buf out;
};

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct history *x = ctx;

	(void)id;
	(void)err;
	x->dir = value;
	return 0;
}

static int
add_version(void *ctx, const struct fa_history_version *v, struct fa_err *err)
{
	struct history *x = ctx;
	bool en = x->tool->con.lang == FA_CLI_EN;
	char first[FA_TIME_BYTES], last[FA_TIME_BYTES], date[FA_DATE_BYTES];

	(void)err;
	fa_time_format(v->first_us / 1000, first);
	fa_time_format(v->last_us / 1000, last);
	fa_buf_addf(&x->out, "    %s .. %s  sha256:%.*s  ", first, last,
		SHORT_DIGITS, v->payload);
	fa_buf_addf(&x->out,
		en ? "%lld bytes, seen %lld times, %lld revisits\n"
		   : "%lld 字节，见 %lld 次，其中未重复存档 %lld\n",
		(long long)v->bytes, (long long)v->seen,
		(long long)v->revisits);
	if (v->etag.p || v->last_modified.p) {
		fa_buf_adds(&x->out, "        etag ");
		fa_report_visible(
			&x->out, v->etag.p ? v->etag : FA_STR("-"), false);
		fa_buf_adds(&x->out, "  last-modified ");
		fa_report_visible(&x->out,
			v->last_modified.p ? v->last_modified : FA_STR("-"),
			false);
		fa_buf_addc(&x->out, '\n');
	}
	if (v->judged) {
		fa_date_format(v->as_of, date);
		fa_buf_addf(&x->out,
			en ? "        violations %lld, gaps %lld, cannot tell "
			     "%lld, compliant %lld (as of %s)\n"
			   : "        违规 %lld，缺失 %lld，无法判定 "
			     "%lld，合规 %lld（截至 %s）\n",
			(long long)v->violations, (long long)v->gaps,
			(long long)v->cannot_tell, (long long)v->compliant,
			date);
	}
	return FA_OK;
}

static int
add_url(struct history *x, int64_t url, struct fa_str text, const char *role,
	struct fa_err *err)
{
	fa_report_visible(&x->out, text, false);
	if (role)
		fa_buf_addf(&x->out, "  (%s)", role);
	fa_buf_addc(&x->out, '\n');
	return fa_store_history(x->s, url, add_version, x, err);
}

static int
add_target(
	struct history *x, const struct fa_store_target *t, struct fa_err *err)
{
	struct fa_arena *a = &x->tool->arena;
	struct fa_wanted_list l;
	int rc = fa_store_wanted(&l, x->s, t->id, a, err);

	for (size_t i = 0; rc == FA_OK && i < l.n; i++)
		rc = add_url(x, l.at[i].final, l.at[i].final_text,
			fa_role_name(l.at[i].role), err);
	return rc;
}

static int
look_up(struct history *x, const char *name, struct fa_err *err)
{
	struct fa_store_target t;
	int64_t url;
	int rc = fa_store_find_target(
		&t, x->s, fa_str_c(name), &x->tool->arena, err);

	if (rc == 1)
		return add_target(x, &t, err);
	if (rc == 0)
		rc = fa_store_url_id(&url, fa_str_c(name), err);
	if (rc == FA_OK)
		rc = fa_store_knows_url(x->s, url, err);
	if (rc == 0)
		return fa_fail(err, FA_E_NOTFOUND,
			"the store has no target and no URL '%s'", name);
	return rc < 0 ? rc : add_url(x, url, fa_str_c(name), NULL, err);
}

static int
print(struct history *x, const char *name, struct fa_err *err)
{
	int rc = fa_store_open(&x->s, fa_str_c(x->dir), FA_STORE_READ, err);

	if (rc == FA_OK)
		rc = look_up(x, name, err);
	return rc < 0 ? rc : fa_buf_rc(&x->out, "history", err);
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct history x = { .tool = t, .dir = FA_SWEEP_STORE };
	struct fa_err err;
	int n, status;

	fa_buf_init(&x.out, OUT_BYTES);
	if (fa_tool_options(
		    t, &fa_cmd_history, argc, argv, take, &x, &n, &status)) {
		if (n != 1) {
			fa_console_error(&t->con, "%s",
				FA_TOOL_SAY(t, "应给出一个目标或网址",
					"one target or URL is expected"));
			status = FA_EXIT_ERROR;
		} else if (print(&x, argv[1], &err) < 0) {
			status = fa_tool_fail(t, &err);
		} else {
			status = fa_tool_print(
				t, fa_buf_str(&x.out), FA_EXIT_CLEAN);
		}
	}
	fa_store_close(x.s);
	fa_buf_done(&x.out);
	return status;
}

const struct fa_command fa_cmd_history = {
	.name = "history",
	.usage = "[options] TARGET|URL",
	.summary = FA_CLI_TEXT("列出目标或网址历次的文本",
		"list the texts that a target or URL has shown"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
