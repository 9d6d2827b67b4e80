/* The walk of `faceaudit walk`: source, browser, folder. */
#include "tools/walking.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "browser/browser.h"
#include "fetch/url.h"
#include "flow/import.h"
#include "flow/view.h"
#include "tools/signals.h"
#include "tools/version.h"

#define BROWSER_BYTES ((size_t)3 << 30) /* memory of its processes */
#define IN_FLIGHT 16
#define SOFTWARE "faceaudit " FA_VERSION

static bool
stop(void *ctx)
{
	struct fa_walking *w = ctx;

	if (fa_signals_status() == FA_EXIT_CLEAN)
		return false;
	if (!w->told_stop) {
		fa_progress_end(&w->progress);
		fa_console_note(&w->tool->con, "%s",
			FA_TOOL_SAY(w->tool,
				"正在停止，写出已见的部分；再次中断则立即退出",
				"stopping; what was seen is written; interrupt "
				"again to end at once"));
	}
	w->told_stop = true;
	return true;
}

static void
progress(void *ctx, unsigned screens, unsigned left)
{
	struct fa_walking *w = ctx;

	(void)left;
	if (!w->told_stop)
		fa_progress_show(&w->progress, screens, 0, 0,
			fa_clock_now(w->tool->clock));
}

struct hooks {
	struct fa_walking *w;
	struct fa_walk_net *net;
};

static bool
hook_stop(void *ctx)
{
	return stop(((struct hooks *)ctx)->w);
}

static void
hook_progress(void *ctx, unsigned screens, unsigned left)
{
	progress(((struct hooks *)ctx)->w, screens, left);
}

static int
hook_keep(void *ctx, struct fa_flow_screen *s, struct fa_str png,
	struct fa_str dom, struct fa_err *err)
{
	struct hooks *h = ctx;

	return fa_walk_output_keep(&h->w->output, s, png, dom, err);
}

static unsigned
hook_missing(void *ctx, struct fa_str *why)
{
	return fa_walk_net_missing(((struct hooks *)ctx)->net, why);
}

/* The URL that the walk starts with, canonical. */
static int
start_url(struct fa_url *out, const struct fa_walking *w, struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	struct fa_arena *a = &w->tool->arena;
	int rc;

	fa_buf_init(&b, FA_URL_BYTES + sizeof(FA_WALK_NET_ORIGIN) + 1);
	if (w->folder) {
		fa_buf_adds(&b, FA_WALK_NET_ORIGIN "/");
		fa_buf_adds(&b, w->url ? w->url : "");
	} else {
		fa_buf_adds(&b, w->url);
	}
	rc = fa_buf_rc(&b, "URL", err);
	return rc < 0 ? rc : fa_url_parse(out, fa_buf_str(&b), a, err);
}

static struct fa_str
name_of_path(const char *path)
{
	struct fa_str s = fa_str_c(path);

	while (s.n > 1 && s.p[s.n - 1] == '/')
		s.n--;
	for (size_t i = s.n; i-- > 0;)
		if (s.p[i] == '/')
			return fa_str_sub(s, i + 1, s.n);
	return s;
}

/* walk-HOST-TIME, which is new. */
static int
name_folder(struct fa_str *out, const struct fa_walking *w, struct fa_str what,
	struct fa_err *err)
{
	char time[FA_TIME_BYTES];
	struct fa_buf b FA_CLEANUP(fa_buf_done);

	fa_buf_init(&b, FA_WALKING_TEXT_BYTES);
	fa_time_format(fa_clock_now(w->tool->clock), time);
	fa_buf_adds(&b, "walk-");
	for (size_t i = 0; i < what.n && i < 100; i++)
		fa_buf_addc(&b,
			what.p[i] == ':' || what.p[i] == '/' ? '_' : what.p[i]);
	fa_buf_addc(&b, '-');
	for (const char *p = time; *p && *p != '.'; p++)
		if (*p != ':' && *p != '-')
			fa_buf_addc(&b, *p);
	*out = w->out ? fa_str_c(w->out)
		      : fa_arena_dup(&w->tool->arena, fa_buf_str(&b));
	return out->p ? FA_OK
		      : fa_fail(err, FA_E_NOMEM, "no memory for a name");
}

static int
open_output(struct fa_walking *w, struct fa_str what, bool archive,
	struct fa_err *err)
{
	struct fa_buf software FA_CLEANUP(fa_buf_done);
	struct fa_str dir;
	int rc = name_folder(&dir, w, what, err);

	fa_buf_init(&software, FA_WALKING_TEXT_BYTES);
	fa_buf_adds(&software, SOFTWARE " walk");
	if (w->robots_reason)
		fa_buf_addf(&software, " (robots.txt ignored: %s)",
			w->robots_reason);
	if (rc == FA_OK)
		rc = fa_buf_rc(&software, "reason", err);
	return rc < 0 ? rc
		      : fa_walk_output_open(&w->output, dir, w->force, archive,
				fa_buf_str(&software), &w->tool->arena, err);
}

static int
lists(struct fa_str **out, const struct fa_walking_list *l, struct fa_arena *a,
	struct fa_err *err)
{
	*out = fa_arena_new(a, l->n, sizeof(**out));
	if (!*out)
		return fa_fail(err, FA_E_NOMEM, "no memory for options");
	for (size_t i = 0; i < l->n; i++)
		(*out)[i] = fa_str_c(l->at[i]);
	return FA_OK;
}

static int
new_client(struct fa_client **out, const struct fa_walking *w,
	const char *agent, struct fa_err *err)
{
	struct fa_client_opts o = { .guard = &w->guard,
		.user_agent = agent,
		.ca_file = w->cacert,
		.resolve = w->resolve.at,
		.resolve_n = w->resolve.n,
		.in_flight = IN_FLIGHT,
		.body_bytes = FA_FETCH_BODY_BYTES,
		.timeout_ms = FA_FETCH_TIMEOUT_MS,
		.stall_s = FA_FETCH_STALL_S };

	return fa_client_new(out, &o, err);
}

static int
walk_with(struct fa_flow **flow, struct fa_walking *w, struct fa_str url,
	struct fa_walk_net *net, struct fa_browser *b, struct fa_err *err)
{
	bool en = w->tool->con.lang == FA_CLI_EN;
	struct fa_vocab *vocab;
	struct hooks hooks = { w, net };
	struct fa_walk_opts o = { .url = url,
		.browser = b,
		.screens = (unsigned)w->screens,
		.depth = (unsigned)w->depth,
		.actions = (unsigned)w->actions,
		.time_ms = (int64_t)w->time_s * 1000,
		.simulate = !w->no_simulate,
		.relaunch = !w->no_relaunch,
		.screenshots = !w->no_pictures,
		.width = (int32_t)w->width,
		.height = (int32_t)w->height,
		.scale_c = (uint32_t)w->scale,
		.today = w->report.as_of,
		.stop = hook_stop,
		.keep = hook_keep,
		.missing = hook_missing,
		.progress = hook_progress,
		.ctx = &hooks };
	int rc = fa_vocab_new(&vocab, w->bundle, &w->tool->arena, err);

	if (rc < 0)
		return rc;
	o.vocab = vocab;
	fa_progress_begin(&w->progress, &w->tool->con, en ? "walk" : "走查",
		en ? "screens" : "个屏幕", fa_clock_now(w->tool->clock));
	rc = fa_walk(flow, &w->stats, &o, &w->tool->arena, err);
	fa_progress_end(&w->progress);
	w->unseen = w->stats.unseen;
	return rc;
}

/* Without a browser there is a flow too: one that knows nothing. */
static int
without_browser(struct fa_flow **flow, struct fa_walking *w, struct fa_str url,
	const struct fa_err *why, struct fa_err *err)
{
	fa_console_error(&w->tool->con, "%s", why->msg);
	w->unseen = true;
	return fa_walk_unseen(
		flow, url, fa_str_c(why->msg), &w->tool->arena, err);
}

static int
browse(struct fa_flow **flow, struct fa_walking *w, struct fa_str url,
	struct fa_walk_net *net, struct fa_err *err)
{
	struct fa_browser b;
	struct fa_browser_opts o = { .program = w->browser,
		.net = fa_walk_net_browser(net),
		.width = (int32_t)w->width,
		.height = (int32_t)w->height,
		.scale_c = (uint32_t)w->scale,
		.language = "zh-CN",
		.no_sandbox = w->no_sandbox,
		.memory_bytes = BROWSER_BYTES };
	struct fa_err why;
	int rc = fa_chromium_new(&b, &o, &why);

	if (rc == FA_E_NOTFOUND)
		return without_browser(flow, w, url, &why, err);
	if (rc < 0)
		return fa_fail(err, rc, "%s", why.msg);
	rc = walk_with(flow, w, url, net, &b, err);
	b.close(b.self);
	return rc;
}

static void
set_product(char *out, size_t size, const struct fa_walking *w)
{
	(void)snprintf(out, size, FA_WALKING_AGENT "/" FA_VERSION "%s%s%s",
		w->contact ? " (" : "", w->contact ? w->contact : "",
		w->contact ? ")" : "");
}

/* What is not there is said before anything is written. */
static int
check_source(const struct fa_walking *w, struct fa_err *err)
{
	if (w->folder && !fa_file_is_dir(fa_str_c(w->folder)))
		return fa_fail(
			err, FA_E_IO, "%s: there is no such folder", w->folder);
	for (size_t i = 0; i < w->from_warc.n; i++)
		if (access(w->from_warc.at[i], R_OK) != 0)
			return fa_fail(err, FA_E_IO, "cannot open %s: %s",
				w->from_warc.at[i], strerror(errno));
	return FA_OK;
}

static int
walk(struct fa_flow **flow, struct fa_walking *w, struct fa_err *err)
{
	struct fa_client *client = NULL;
	struct fa_walk_net *net = NULL;
	char product[FA_WALKING_TEXT_BYTES];
	struct fa_walk_net_opts o = { .agent = FA_WALKING_AGENT,
		.ignore_robots = w->robots_reason != NULL,
		.delay_ms = (uint32_t)w->delay_ms,
		.hosts_n = w->hosts.n,
		.archives_n = w->from_warc.n };
	struct fa_str *hosts, *archives;
	struct fa_url url;
	int rc = start_url(&url, w, err);

	set_product(product, sizeof(product), w);
	o.product = fa_str_c(product);
	if (rc == FA_OK)
		rc = check_source(w, err);
	if (rc == FA_OK)
		rc = lists(&hosts, &w->hosts, &w->tool->arena, err);
	if (rc == FA_OK)
		rc = lists(&archives, &w->from_warc, &w->tool->arena, err);
	if (rc < 0)
		return rc;
	o.start = url.text;
	o.hosts = hosts;
	o.archives = archives;
	o.folder = fa_str_c(w->folder);
	rc = open_output(
		w, w->folder ? name_of_path(w->folder) : url.host, true, err);
	o.warc = w->output.warc;
	if (rc == FA_OK && !w->folder && w->from_warc.n == 0)
		rc = new_client(&client, w, product, err);
	if (client)
		o.fetcher = fa_client_fetcher(client);
	if (rc == FA_OK)
		rc = fa_walk_net_new(&net, &o, err);
	if (rc == FA_OK)
		rc = browse(flow, w, url.text, net, err);
	fa_walk_net_free(net);
	fa_client_free(client);
	return rc;
}

/* A recording is brought into our form, with its pictures. */
static int
import(struct fa_flow **flow, struct fa_walking *w, struct fa_err *err)
{
	struct fa_str path = fa_str_c(w->import);
	int rc = fa_import(flow, path, NULL, &w->tool->arena, err);

	if (rc == FA_OK)
		rc = open_output(w, name_of_path(w->import), false, err);
	return rc < 0 ? rc : fa_walk_output_copy(&w->output, *flow, path, err);
}

int
fa_walking_run(
	struct fa_str *flow_path, struct fa_walking *w, struct fa_err *err)
{
	struct fa_flow *flow = NULL;
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	int rc = w->import ? import(&flow, w, err) : walk(&flow, w, err);

	fa_buf_init(&b, 2 * FA_WALKING_TEXT_BYTES + 4096);
	if (rc == FA_OK) {
		if (!w->import)
			flow->importer_version = FA_STR(FA_VERSION);
		rc = fa_walk_output_end(&w->output, flow, err);
	}
	fa_walk_output_done(&w->output);
	if (rc < 0)
		return rc;
	fa_buf_addf(&b, "%.*s/" FA_WALK_FLOW_FILE, FA_STR_ARG(w->output.dir));
	rc = fa_buf_rc(&b, "path", err);
	if (rc < 0)
		return rc;
	*flow_path = fa_arena_dup(&w->tool->arena, fa_buf_str(&b));
	return flow_path->p ? FA_OK
			    : fa_fail(err, FA_E_NOMEM, "no memory for a path");
}
