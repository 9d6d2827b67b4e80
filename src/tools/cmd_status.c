/* faceaudit status: how far a sweep has come, and what became of each
 * target. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "report/common.h"
#include "store/app.h"
#include "store/frontier.h"
#include "store/wanted.h"
#include "tools/option_texts.h"
#include "tools/phrase.h"
#include "tools/sweep.h"

#define OUT_BYTES ((size_t)64 << 20)
#define TARGET_BYTES ((size_t)64 << 20)
#define HOSTS_SHOWN 5 /* of those that wait */

enum { OPT_STORE = 1, OPT_OUTPUT, OPT_TARGET, OPT_PENDING };

static const struct fa_option options[] = { FA_OPTION_STORE(OPT_STORE),
	{ OPT_OUTPUT, 'o', "output", "FORMAT",
		FA_CLI_TEXT("text（默认）或 json（每个目标一行）",
			"text (default) or json (a line per target)") },
	{ OPT_TARGET, 't', "target", "KEY",
		FA_CLI_TEXT("只看这个目标", "only this target") },
	{ OPT_PENDING, 0, "pending", NULL,
		FA_CLI_TEXT("只打印待抓取的网址数；有则退出状态为 0，无则为 1",
			"print only the number of pending URLs; exit status 0 "
			"when there are some, 1 when there are none") },
	FA_TOOL_OPTIONS };

struct status {
	struct fa_tool *tool;
	const char *dir, *target;
	bool json, pending;
	bool closed; /* nobody reads any more */
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
add_wanted(struct status *s, const struct fa_wanted *x)
{
	enum fa_lang lang = fa_tool_lang(s->tool);

	fa_buf_adds(&s->out, "    ");
	fa_phrase_pad(
		&s->out, fa_str_c(fa_phrase_outcome_name(x->outcome)), 19);
	fa_phrase_pad(&s->out, fa_str_c(fa_phrase_role(lang, x->role)), 18);
	fa_report_visible(&s->out, x->url_text, false);
	if (!fa_str_eq(x->url_text, x->final_text)) {
		fa_buf_adds(&s->out, " -> ");
		fa_report_visible(&s->out, x->final_text, false);
	}
	if (x->outcome != FA_OUT_OK) {
		fa_buf_addf(
			&s->out, "  (%s", fa_phrase_outcome(lang, x->outcome));
		if (x->detail.p) {
			fa_buf_adds(&s->out, ": ");
			fa_report_visible(&s->out, x->detail, false);
		}
		fa_buf_addc(&s->out, ')');
	}
	fa_buf_addc(&s->out, '\n');
}

static void
add_text(struct status *s, const struct fa_store_target *t,
	const struct fa_wanted_list *l)
{
	enum fa_outcome o = fa_wanted_outcome(l, NULL);

	fa_buf_addf(&s->out, "%s (%s)  ", fa_phrase_outcome_name(o),
		fa_phrase_outcome(fa_tool_lang(s->tool), o));
	fa_report_visible(&s->out, t->t.key, false);
	if (t->t.app.n > 0) {
		fa_buf_addc(&s->out, ' ');
		fa_report_visible(&s->out, t->t.app, false);
	}
	if (t->note.p) {
		fa_buf_adds(&s->out, "  ");
		fa_report_visible(&s->out, t->note, false);
	}
	fa_buf_addc(&s->out, '\n');
	for (size_t i = 0; i < l->n; i++)
		add_wanted(s, &l->at[i]);
}

static int
flush(struct status *s, struct fa_err *err)
{
	int rc = fa_buf_rc(&s->out, "status", err);

	if (rc == FA_OK)
		rc = fa_console_write(fa_buf_str(&s->out), &s->closed, err);
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
		add_text(s, t, &l);
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

/* Hosts with something to do, and those of them that are left alone for now,
 * the first to be asked again first. */
struct waiting {
	struct status *s;
	int64_t now_ms;
	uint64_t hosts, n;
	struct {
		struct fa_str host;
		int64_t until_ms;
	} at[HOSTS_SHOWN];
};

static int
add_host(void *ctx, struct fa_str host, int64_t not_before_ms,
	struct fa_err *err)
{
	struct waiting *w = ctx;
	size_t i = w->n < HOSTS_SHOWN ? (size_t)w->n : HOSTS_SHOWN;

	w->hosts++;
	if (not_before_ms <= w->now_ms)
		return FA_OK;
	w->n++;
	if (i == HOSTS_SHOWN && not_before_ms >= w->at[--i].until_ms)
		return FA_OK;
	host = fa_arena_dup(&w->s->a, host);
	if (!host.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for hosts");
	for (; i > 0 && w->at[i - 1].until_ms > not_before_ms; i--)
		w->at[i] = w->at[i - 1];
	w->at[i].host = host;
	w->at[i].until_ms = not_before_ms;
	return FA_OK;
}

static int
add_hosts(struct status *s, struct fa_err *err)
{
	bool en = s->tool->con.lang == FA_CLI_EN;
	struct waiting w = { .s = s, .now_ms = fa_clock_now(s->tool->clock) };
	char until[FA_TIME_BYTES];
	int rc;

	fa_arena_reset(&s->a);
	rc = fa_store_hosts(s->store, add_host, &w, err);
	if (rc < 0 || w.hosts == 0)
		return rc;
	fa_buf_addf(&s->out,
		en ? "hosts with pending URLs %llu, of which %llu wait%s\n"
		   : "有待抓取网址的主机 %llu 个，其中 %llu 个在等待%s\n",
		(unsigned long long)w.hosts, (unsigned long long)w.n,
		w.n == 0     ? ""
			: en ? ":"
			     : "：");
	for (size_t i = 0; i < w.n && i < HOSTS_SHOWN; i++) {
		fa_time_format(w.at[i].until_ms, until);
		fa_buf_addf(
			&s->out, en ? "    until %s  " : "    至 %s  ", until);
		fa_report_visible(&s->out, w.at[i].host, false);
		fa_buf_addc(&s->out, '\n');
	}
	return FA_OK;
}

/* When something was last asked for, and whether all was. */
static int
add_crawl(
	struct status *s, const struct fa_sweep_outcomes *o, struct fa_err *err)
{
	bool en = s->tool->con.lang == FA_CLI_EN;
	char last[FA_TIME_BYTES];
	int64_t unfinished;
	int rc = fa_store_meta_int(
		&unfinished, s->store, "crawl_unfinished", 0, err);

	if (rc < 0)
		return rc;
	if (o->last_ms) {
		fa_time_format(o->last_ms, last);
		fa_buf_addf(&s->out,
			en ? "last request at %s\n" : "最近一次请求：%s\n",
			last);
	}
	if (unfinished)
		fa_buf_adds(&s->out,
			en ? "a crawl is at work or was broken off; then the "
			     "same command goes on with it\n"
			   : "抓取正在进行或曾中断；若已中断，再次运行同一命令"
			     "即可继续\n");
	return add_hosts(s, err);
}

static int
add_audit(struct status *s, struct fa_err *err)
{
	bool en = s->tool->con.lang == FA_CLI_EN;
	struct fa_store_app_key key;
	char date[FA_DATE_BYTES];
	int rc = fa_store_newest_key(&key, s->store, 0, &s->a, err);

	if (rc == 0)
		fa_buf_adds(&s->out,
			en ? "nothing was judged yet, see faceaudit audit\n"
			   : "尚未评判，见 faceaudit audit\n");
	if (rc != 1)
		return rc;
	fa_date_format(key.as_of, date);
	fa_buf_addf(&s->out,
		en ? "last audit: law as of %s, rules sha256:%.12s\n"
		   : "最近一次评判：按 %s 有效的规定，规则 sha256:%.12s\n",
		date, key.bundle.p);
	return FA_OK;
}

/* The sweep as a whole: outcomes with how many targets each. */
static int
print_summary(struct status *s, struct fa_err *err)
{
	bool en = s->tool->con.lang == FA_CLI_EN;
	struct fa_store_counts n;
	struct fa_sweep_outcomes o;
	int rc = fa_store_count(&n, s->store, err);

	if (rc == FA_OK)
		rc = fa_sweep_outcomes(&o, s->store, err);
	if (rc < 0)
		return rc;
	fa_buf_addf(&s->out,
		en ? "targets %lld, URLs %lld, pending %lld, captures %lld\n"
		   : "目标 %lld，网址 %lld，待抓取 %lld，捕获 %lld\n",
		(long long)n.targets, (long long)n.urls, (long long)n.pending,
		(long long)n.captures);
	rc = add_crawl(s, &o, err);
	if (rc == FA_OK)
		rc = add_audit(s, err);
	if (rc < 0)
		return rc;
	fa_buf_addf(&s->out,
		en ? "targets by outcome of their policy:\n"
		   : "各目标的政策：\n");
	if (o.n[FA_OUT_OK] > 0)
		fa_buf_addf(&s->out, "    %-19s%6llu  %s\n", "ok",
			(unsigned long long)o.n[FA_OUT_OK],
			fa_phrase_outcome(fa_tool_lang(s->tool), FA_OUT_OK));
	fa_phrase_add_outcomes(&s->out, fa_tool_lang(s->tool), o.n, 4);
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
			status = print(&s, &err) < 0 ? (int)FA_EXIT_ERROR
						     : s.status;
			/* Who went away knows it. */
			if (status == FA_EXIT_ERROR && !s.closed)
				(void)fa_tool_fail(t, &err);
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
