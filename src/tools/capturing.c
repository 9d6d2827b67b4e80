/* What `faceaudit capture` does, in its order: pages and what they link to,
 * a second look, pictures, walks, judgement. What fails is an event, and the
 * session is closed whatever happened, unless the process dies. */
#include "tools/capturing.h"

#include <stdio.h>
#include <string.h>

#include "store/wanted.h"
#include "tools/signals.h"
#include "tools/version.h"

#define NAME_BYTES 128 /* of a folder that is named after the case */

bool
fa_capturing_stop(void *ctx)
{
	struct fa_capturing *c = ctx;

	if (fa_signals_status() == FA_EXIT_CLEAN)
		return false;
	if (!c->told_stop) {
		fa_progress_end(&c->sweep.progress);
		fa_console_note(&c->tool->con, "%s",
			FA_TOOL_SAY(c->tool,
				"正在停止，写完日志；再次中断则立即退出",
				"stopping, the log is brought to its end; "
				"interrupt again to end at once"));
	}
	c->told_stop = c->stopped = true;
	return true;
}

static void
on_progress(void *ctx, const struct fa_crawl_stats *st)
{
	struct fa_capturing *c = ctx;
	int64_t done = st->urls - st->pending;

	if (!c->told_stop)
		fa_progress_show(&c->sweep.progress,
			done > 0 ? (uint64_t)done : 0,
			st->urls > 0 ? (uint64_t)st->urls : 0, st->failed,
			fa_session_now_ms());
}

/* Settings that change what is obtained, for session_open. */
static void
on_options(void *ctx, struct fa_jw *w)
{
	const struct fa_capturing *c = ctx;
	const struct fa_sweep *s = &c->sweep;

	fa_jw_kint(w, "depth", (int64_t)s->depth);
	fa_jw_kint(w, "delay_ms", (int64_t)s->delay_ms);
	fa_jw_kint(w, "tries", (int64_t)s->tries);
	fa_jw_kint(w, "timeout_s", (int64_t)s->timeout_s);
	fa_jw_kint(w, "max_bytes", (int64_t)s->max_bytes);
	fa_jw_kstr(w, "user_agent", fa_str_c(c->agent));
	fa_jw_kstr(w, "robots_ignored", fa_str_c(s->robots_reason));
	fa_jw_kstr(w, "second_resolver", fa_str_c(c->second_resolver));
	fa_jw_key(w, "second_addresses");
	fa_jw_array(w);
	for (size_t i = 0; i < c->second_address_n; i++)
		fa_jw_str(w, fa_str_c(c->second_address[i]));
	fa_jw_end(w, ']');
	fa_jw_key(w, "walks");
	fa_jw_array(w);
	for (size_t i = 0; i < c->walk_n; i++)
		fa_jw_str(w, fa_str_c(c->walk[i]));
	fa_jw_end(w, ']');
	fa_jw_kbool(w, "pictures", !c->no_browser);
	fa_jw_kbool(w, "judged", !c->no_judge);
	fa_jw_kint(w, "as_of", c->judging.date);
}

/* case-ID, with a dash for what no file name should hold. */
static int
name_folder(struct fa_str *out, struct fa_capturing *c, struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	struct fa_str id = c->info.id;
	int rc;

	fa_buf_init(&b, FA_FILE_PATH_BYTES);
	*out = fa_str_c(c->out);
	if (c->out)
		return FA_OK;
	fa_buf_adds(&b, "case-");
	if (id.n > NAME_BYTES)
		for (id.n = NAME_BYTES; (id.p[id.n] & 0xc0) == 0x80;)
			id.n--;
	for (size_t i = 0; i < id.n; i++)
		fa_buf_addc(
			&b, strchr("/\\:*?\"<>| ", id.p[i]) ? '-' : id.p[i]);
	rc = fa_buf_rc(&b, "name of a folder", err);
	if (rc < 0)
		return rc;
	*out = fa_arena_dup(&c->tool->arena, fa_buf_str(&b));
	return out->p ? FA_OK
		      : fa_fail(err, FA_E_NOMEM, "no memory for a name");
}

static int
open_session(struct fa_capturing *c, struct fa_err *err)
{
	int rc =
		fa_tool_as_of(&c->judging.date, c->tool, c->judging.as_of, err);

	(void)snprintf(c->agent, sizeof(c->agent),
		FA_SWEEP_AGENT "/" FA_VERSION "%s%s%s",
		c->sweep.contact ? " (" : "",
		c->sweep.contact ? c->sweep.contact : "",
		c->sweep.contact ? ")" : "");
	if (rc == FA_OK)
		rc = fa_tool_bundle(&c->bundle, c->tool, c->judging.rules, err);
	if (rc == FA_OK)
		rc = fa_sweep_resolve(
			&c->resolve, &c->resolve_n, &c->sweep, err);
	c->opts = (struct fa_session_opts){ .info = c->info,
		.tool = { FA_STR("faceaudit"), FA_STR(FA_VERSION),
			FA_TOOL_COMMIT },
		.bundle = c->bundle,
		.environ = { .root = "",
			.ca_file = c->sweep.cacert,
			.browser = c->browser,
			.argc = c->argc,
			.argv = c->argv },
		.urls = c->urls,
		.urls_n = c->urls_n,
		.options = on_options,
		.ctx = c };
	if (rc == FA_OK)
		rc = name_folder(&c->opts.dir, c, err);
	return rc < 0 ? rc : fa_session_open(&c->session, &c->opts, err);
}

static bool
on_admit(void *ctx, uint32_t host, const char *ip)
{
	const struct fa_capturing *c = ctx;

	return fa_pace_admit(c->sweep.pace, host, ip, fa_session_now_ms());
}

static int
capture_with(
	struct fa_capturing *c, struct fa_session_crawl *o, struct fa_err *err)
{
	struct fa_client_opts client = { .guard = &c->sweep.guard,
		.user_agent = c->agent,
		.ca_file = c->sweep.cacert,
		.resolve = c->resolve,
		.resolve_n = c->resolve_n,
		.in_flight = 1,
		.body_bytes = (size_t)c->sweep.max_bytes,
		.timeout_ms = (int64_t)c->sweep.timeout_s * 1000,
		.stall_s = (int64_t)c->sweep.stall_s,
		.evidence = true,
		.admit = on_admit,
		.ctx = c };
	struct fa_client *made = NULL;
	bool en = c->tool->con.lang == FA_CLI_EN;
	bool stopped = false;
	int rc = fa_client_new(&made, &client, err);

	if (rc < 0)
		return rc;
	o->crawl.fetcher = fa_client_fetcher(made);
	fa_progress_begin(&c->sweep.progress, &c->tool->con,
		en ? "capture" : "取证", en ? "URLs" : "个网址",
		fa_session_now_ms());
	rc = fa_session_capture(&c->stats, &stopped, c->session, o, err);
	fa_progress_end(&c->sweep.progress);
	c->stopped = c->stopped || stopped;
	fa_client_free(made);
	return rc;
}

/* A case about a consent flow alone is about an app, too. */
static int
only_target(struct fa_capturing *c, struct fa_err *err)
{
	struct fa_session *s = c->session;
	struct fa_store_target known;
	struct fa_str key;
	int64_t target;
	int rc = fa_session_target_key(&key, s, err);

	if (rc == FA_OK)
		rc = fa_store_find_target(
			&known, s->store, key, &c->tool->arena, err);
	if (rc == 0)
		rc = fa_session_put_target(&target, s, err);
	return rc < 0 ? rc : fa_store_commit(s->store, err);
}

static int
capture(struct fa_capturing *c, struct fa_err *err)
{
	const struct fa_sweep *s = &c->sweep;
	struct fa_pace_opts pace = { .host_delay_ms = (uint32_t)s->delay_ms,
		.address_delay_ms = (uint32_t)s->address_delay_ms,
		.per_address = 1 };
	struct fa_session_crawl o = {
		.crawl = { .depth = (unsigned)s->depth,
			.tries = (uint32_t)s->tries,
			.backoff_ms = (uint32_t)s->backoff_ms,
			.agent = FA_SWEEP_AGENT,
			.software = FA_STR(FA_CAPTURING_SOFTWARE),
			.options = FA_STR("{}"),
			.ignore_robots = s->robots_reason != NULL },
		.robots_reason = fa_str_c(s->robots_reason),
		.body_bytes = (size_t)s->max_bytes,
		.stop = fa_capturing_stop,
		.progress = on_progress,
		.ctx = c
	};
	struct fa_listings *listings;
	int rc;

	if (c->urls_n == 0)
		return only_target(c, err);
	rc = fa_sweep_listings(&listings, s->stores_dir, &c->tool->arena, err);
	if (rc == FA_OK)
		rc = fa_pace_new(&c->sweep.pace, &pace, err);
	if (rc < 0)
		return rc;
	o.crawl.listings = listings;
	o.crawl.pace = c->sweep.pace;
	rc = capture_with(c, &o, err);
	fa_pace_free(c->sweep.pace);
	c->sweep.pace = NULL;
	return rc;
}

static bool
is_incomplete(const struct fa_capturing *c)
{
	return c->session->failures > 0 || c->second.different > 0 ||
		(!c->no_judge && c->urls_n > 0 &&
			c->judging.counts.judged < c->judging.counts.targets);
}

static int
close_session(struct fa_capturing *c, int rc, struct fa_err *err)
{
	struct fa_err why;
	const char *status = rc < 0 ? "failed"
		: c->stopped        ? "interrupted"
		: is_incomplete(c)  ? "incomplete"
				    : "complete";
	int closed = fa_session_close(c->session, status,
		rc < 0 ? fa_str_c(err->msg) : FA_STR_NONE, &why);

	/* The first failure is the one to be told; when not even the log
	 * could be written, it ends without a session_close. */
	if (rc == FA_OK && closed < 0)
		return fa_fail(err, closed, "%s", why.msg);
	return rc;
}

static void
say_second(const struct fa_capturing *c)
{
	const struct fa_second_stats *s = &c->second;

	if (s->pages + s->failed == 0)
		return;
	fa_console_note(&c->tool->con,
		FA_TOOL_SAY(c->tool,
			"第二次取得：%llu 页，逐字节相同 %llu，解码后相同 "
			"%llu，文字相同 %llu，不同 %llu，失败 %llu",
			"second look: %llu pages, %llu byte for byte the same, "
			"%llu decoded, %llu in text, %llu different, %llu "
			"failed"),
		(unsigned long long)s->pages, (unsigned long long)s->bytes,
		(unsigned long long)s->decoded, (unsigned long long)s->text,
		(unsigned long long)s->different,
		(unsigned long long)s->failed);
}

static void
say(const struct fa_capturing *c)
{
	const struct fa_session *s = c->session;
	const struct fa_tool *t = c->tool;

	if (c->browse.no_browser)
		fa_console_error(&t->con,
			FA_TOOL_SAY(t, "没有截图：%s", "no pictures: %s"),
			c->browse.why);
	if (!s->environ.clock.known || !s->environ.clock.synchronised)
		fa_console_note(&t->con, "%s",
			FA_TOOL_SAY(t, "本机时钟未同步，时间须以可信时间戳为准",
				"the clock of this machine is not "
				"synchronised: rely on a time stamp"));
	say_second(c);
	if (c->browse.left_out > 0)
		fa_console_note(&t->con,
			FA_TOOL_SAY(t,
				"截图的网页所用的资源有 %llu "
				"项未取得，见日志中 "
				"render 的 left_out",
				"%llu things that pictured pages load are "
				"missing: see left_out of render in the log"),
			(unsigned long long)c->browse.left_out);
	fa_console_note(&t->con,
		FA_TOOL_SAY(t,
			"案件 %.*s：取得 %llu 次应答，截图 %llu 张，走查 %llu "
			"次，发现 %llu 项，错误 %llu 项；日志至第 %lld 条，见 "
			"%.*s",
			"case %.*s: %llu answers captured, %llu pictures, "
			"%llu walks, %llu findings, %llu errors; the log has "
			"%lld events, see %.*s"),
		FA_STR_ARG(s->info.id), (unsigned long long)s->captures,
		(unsigned long long)c->browse.shots,
		(unsigned long long)c->browse.walks,
		(unsigned long long)s->findings, (unsigned long long)s->errors,
		(long long)s->head.seq, FA_STR_ARG(s->dir));
}

static enum fa_exit
status_of(const struct fa_capturing *c)
{
	enum fa_exit e = fa_signals_status();

	if (c->judging.counts.gating > 0)
		e = fa_exit_worse(e, FA_EXIT_FINDINGS);
	if (is_incomplete(c))
		e = fa_exit_worse(e, FA_EXIT_INCOMPLETE);
	return e;
}

int
fa_capturing_run(struct fa_capturing *c)
{
	struct fa_err err;
	int status, rc = open_session(c, &err);

	if (rc < 0)
		return fa_tool_fail(c->tool, &err);
	rc = capture(c, &err);
	if (rc == FA_OK)
		rc = fa_capturing_second(c, &err);
	if (rc == FA_OK)
		rc = fa_capturing_render(c, &err);
	if (rc == FA_OK && (!c->no_judge || c->walk_n > 0))
		rc = fa_capturing_judge(c, &err);
	rc = close_session(c, rc, &err);
	status = rc < 0 ? fa_tool_fail(c->tool, &err) : (int)status_of(c);
	if (rc == FA_OK)
		say(c);
	fa_session_free(c->session);
	return status;
}
