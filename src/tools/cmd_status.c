/* faceaudit status: how far a sweep has come, and what became of each
 * target. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "report/common.h"
#include "store/frontier.h"
#include "store/wanted.h"
#include "tools/sweep.h"

#define OUT_BYTES ((size_t)64 << 20)
#define TARGET_BYTES ((size_t)64 << 20)

enum { OPT_STORE = 1, OPT_OUTPUT, OPT_TARGET, OPT_PENDING };

static const struct fa_option options[] = {
	{ OPT_STORE, 's', "store", "DIR",
		FA_CLI_TEXT("结果存放的目录；默认 faceaudit.store",
			"directory of the store; default: faceaudit.store") },
	{ OPT_OUTPUT, 'o', "output", "FORMAT",
		FA_CLI_TEXT("text（默认）或 json（每个目标一行）",
			"text (default) or json (a line per target)") },
	{ OPT_TARGET, 't', "target", "KEY",
		FA_CLI_TEXT("只看这个目标", "only this target") },
	{ OPT_PENDING, 0, "pending", NULL,
		FA_CLI_TEXT("只打印待抓取的网址数；有则退出状态为 0，无则为 1",
			"print only the number of pending URLs; exit status 0 "
			"when there are some, 1 when there are none") },
	FA_TOOL_OPTIONS
};

struct status {
	struct fa_tool *tool;
	const char *dir, *target;
	bool json, pending;
	struct fa_store *store;
	struct fa_arena a; /* of one target */
	struct fa_buf out;
	int status; /* to exit with */
};

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct status *s = ctx;

	if (id == OPT_STORE)
		s->dir = value;
	else if (id == OPT_TARGET)
		s->target = value;
	else if (id == OPT_PENDING)
		s->pending = true;
	else if (strcmp(value, "json") == 0)
		s->json = true;
	else if (strcmp(value, "text") != 0)
		return fa_fail(err, FA_E_USAGE,
			"'%s' is no format, expected text or json", value);
	return 0;
}

static void
add_json(struct fa_buf *out, const struct fa_store_target *t,
	const struct fa_wanted_list *l)
{
	struct fa_jw w;

	fa_jw_init(&w, out, 0);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "target", t->t.key);
	fa_jw_kstr(&w, "app", t->t.app);
	fa_jw_kstr(&w, "outcome",
		fa_str_c(fa_outcome_name(fa_wanted_outcome(l, NULL))));
	fa_jw_kstr(&w, "note", t->note);
	fa_jw_key(&w, "urls");
	fa_jw_array(&w);
	for (size_t i = 0; i < l->n; i++) {
		const struct fa_wanted *x = &l->at[i];

		fa_jw_object(&w);
		fa_jw_kstr(&w, "url", x->url_text);
		fa_jw_kstr(&w, "final_url", x->final_text);
		fa_jw_kstr(&w, "role", fa_str_c(fa_role_name(x->role)));
		fa_jw_kstr(
			&w, "outcome", fa_str_c(fa_outcome_name(x->outcome)));
		fa_jw_kstr(&w, "detail", x->detail);
		fa_jw_kint(&w, "status", x->status);
		fa_jw_kbool(&w, "captured", x->capture != 0);
		fa_jw_end(&w, '}');
	}
	fa_jw_end(&w, ']');
	fa_jw_end(&w, '}');
	fa_buf_addc(out, '\n');
}

static void
add_text(struct fa_buf *out, const struct fa_store_target *t,
	const struct fa_wanted_list *l)
{
	fa_buf_addf(out, "%-18s ", fa_outcome_name(fa_wanted_outcome(l, NULL)));
	fa_report_visible(out, t->t.key, false);
	if (t->note.p) {
		fa_buf_adds(out, "  ");
		fa_report_visible(out, t->note, false);
	}
	fa_buf_addc(out, '\n');
	for (size_t i = 0; i < l->n; i++) {
		const struct fa_wanted *x = &l->at[i];

		fa_buf_addf(out, "    %-18s %-10s ",
			fa_outcome_name(x->outcome), fa_role_name(x->role));
		fa_report_visible(out, x->url_text, false);
		if (!fa_str_eq(x->url_text, x->final_text)) {
			fa_buf_adds(out, " -> ");
			fa_report_visible(out, x->final_text, false);
		}
		if (x->detail.p && x->outcome != FA_OUT_OK) {
			fa_buf_adds(out, "  (");
			fa_report_visible(out, x->detail, false);
			fa_buf_addc(out, ')');
		}
		fa_buf_addc(out, '\n');
	}
}

static int
flush(struct status *s, struct fa_err *err)
{
	int rc = fa_buf_rc(&s->out, "status", err);

	if (rc == FA_OK)
		rc = fa_console_write(fa_buf_str(&s->out), NULL, err);
	fa_buf_reset(&s->out);
	return rc;
}

static int
print_target(void *ctx, const struct fa_store_target *t, struct fa_err *err)
{
	struct status *s = ctx;
	struct fa_wanted_list l;
	int rc;

	fa_arena_reset(&s->a);
	rc = fa_store_wanted(&l, s->store, t->id, &s->a, err);
	if (rc < 0)
		return rc;
	if (s->json)
		add_json(&s->out, t, &l);
	else
		add_text(&s->out, t, &l);
	return flush(s, err);
}

static int
print_one(struct status *s, struct fa_err *err)
{
	struct fa_store_target t;
	int rc = fa_store_find_target(
		&t, s->store, fa_str_c(s->target), &s->tool->arena, err);

	if (rc == 0)
		return fa_fail(err, FA_E_NOTFOUND,
			"there is no target '%s' in the store", s->target);
	return rc < 0 ? rc : print_target(s, &t, err);
}

/* The sweep as a whole: outcomes with how many targets each. */
static int
print_summary(struct status *s, struct fa_err *err)
{
	bool en = s->tool->con.lang == FA_CLI_EN;
	struct fa_store_counts n;
	struct fa_sweep_outcomes o;
	int64_t unfinished;
	int rc = fa_store_count(&n, s->store, err);

	if (rc == FA_OK)
		rc = fa_store_meta_int(
			&unfinished, s->store, "crawl_unfinished", 0, err);
	if (rc == FA_OK)
		rc = fa_sweep_outcomes(&o, s->store, err);
	if (rc < 0)
		return rc;
	fa_buf_addf(&s->out,
		en ? "targets %lld, URLs %lld, pending %lld, captures %lld\n"
		   : "目标 %lld，网址 %lld，待抓取 %lld，捕获 %lld\n",
		(long long)n.targets, (long long)n.urls, (long long)n.pending,
		(long long)n.captures);
	if (unfinished)
		fa_buf_adds(&s->out,
			en ? "the last crawl was broken off; the same command "
			     "goes on with it\n"
			   : "上次抓取中断；再次运行同一命令即可继续\n");
	for (int i = 0; i < FA_OUT_COUNT; i++)
		if (o.n[i] > 0)
			fa_buf_addf(&s->out, "    %-18s %llu\n",
				fa_outcome_name((enum fa_outcome)i),
				(unsigned long long)o.n[i]);
	return flush(s, err);
}

/* For scripts that go on while there is something to do. */
static int
print_pending(struct status *s, struct fa_err *err)
{
	struct fa_store_counts n;
	int rc = fa_store_count(&n, s->store, err);

	if (rc < 0)
		return rc;
	fa_buf_addf(&s->out, "%lld\n", (long long)n.pending);
	s->status = n.pending > 0 ? FA_EXIT_CLEAN : FA_EXIT_FINDINGS;
	return flush(s, err);
}

static int
print(struct status *s, struct fa_err *err)
{
	int rc = fa_store_open(&s->store, fa_str_c(s->dir), FA_STORE_READ, err);

	if (rc < 0)
		return rc;
	if (s->pending)
		return print_pending(s, err);
	if (s->target)
		return print_one(s, err);
	return s->json ? fa_store_targets(s->store, print_target, s, err)
		       : print_summary(s, err);
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct status s = { .tool = t, .dir = FA_SWEEP_STORE };
	struct fa_err err;
	int n, status;

	fa_arena_init(&s.a, TARGET_BYTES);
	fa_buf_init(&s.out, OUT_BYTES);
	if (fa_tool_options(
		    t, &fa_cmd_status, argc, argv, take, &s, &n, &status)) {
		if (n > 0) {
			fa_console_error(&t->con, "%s",
				FA_TOOL_SAY(t, "status 不接受参数",
					"status takes no operands"));
			status = FA_EXIT_ERROR;
		} else {
			status = print(&s, &err) < 0 ? fa_tool_fail(t, &err)
						     : s.status;
		}
	}
	fa_store_close(s.store);
	fa_buf_done(&s.out);
	fa_arena_done(&s.a);
	return status;
}

const struct fa_command fa_cmd_status = {
	.name = "status",
	.usage = "[options]",
	.summary = FA_CLI_TEXT("显示抓取进度和每个目标的结果",
		"show how far a sweep has come and what became of targets"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
