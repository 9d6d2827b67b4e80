#include "tools/sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "store/frontier.h"
#include "store/manifest.h"
#include "tools/listings.h"
#include "tools/phrase.h"
#include "tools/signals.h"
#include "tools/version.h"

#define USER_AGENT_BYTES 512
#define OPTIONS_BYTES (64u << 10)

void
fa_sweep_init(struct fa_sweep *s, struct fa_tool *t)
{
	memset(s, 0, sizeof(*s));
	s->tool = t;
	s->store_dir = FA_SWEEP_STORE;
	s->depth = 1;
	s->delay_ms = 1000;
	s->address_delay_ms = 100;
	s->per_address = 4;
	s->in_flight = 64;
	s->tries = 4;
	s->backoff_ms = 5000;
	s->timeout_s = FA_FETCH_TIMEOUT_MS / 1000;
	s->stall_s = FA_FETCH_STALL_S;
	s->max_bytes = FA_FETCH_BODY_BYTES;
	s->recrawl_age_ms = -1;
}

int
fa_sweep_targets(struct fa_sweep *s, struct fa_err *err)
{
	struct fa_str text, name = fa_str_c(s->targets);
	int rc = fa_file_read(
		&text, name, FA_TARGETS_BYTES, &s->tool->arena, err);

	if (rc == FA_OK)
		rc = fa_targets_read(
			&s->list, text, name, &s->tool->arena, err);
	for (size_t i = 0; rc == FA_OK && i < s->list.problems_n; i++)
		fa_console_error(&s->tool->con, "%s:%u: %.*s", s->targets,
			s->list.problems[i].line,
			FA_STR_ARG(s->list.problems[i].message));
	if (rc == FA_OK && s->list.n == 0)
		rc = fa_fail(err, FA_E_INPUT,
			"%s: there is no target that can be used", s->targets);
	return rc;
}

int
fa_sweep_listings(struct fa_listings **out, const char *dir, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_file_list files;
	struct fa_listing_source *src;
	size_t n = 0;
	int rc;

	if (!dir)
		return fa_listings_load(
			out, fa_listing_builtin, fa_listing_builtin_n, a, err);
	rc = fa_file_walk(&files, fa_str_c(dir), a, err);
	if (rc < 0)
		return rc;
	src = fa_arena_new(a, files.n, sizeof(*src));
	if (!src)
		return fa_fail(err, FA_E_NOMEM, "no memory for the adapters");
	for (size_t i = 0; i < files.n && rc == FA_OK; i++) {
		if (!fa_str_ends(files.path[i], FA_STR(".yaml")))
			continue;
		src[n].name = files.path[i];
		rc = fa_file_read(
			&src[n++].text, files.path[i], 4u << 20, a, err);
	}
	if (rc == FA_OK && n == 0)
		rc = fa_fail(
			err, FA_E_INPUT, "%s: there is no .yaml file", dir);
	return rc < 0 ? rc : fa_listings_load(out, src, n, a, err);
}

/* The first signal lets requests in flight come to their end, which takes a
 * while in which nothing moves: it is said once. The next one kills. */
static bool
stop(void *ctx)
{
	struct fa_sweep *s = ctx;

	if (fa_signals_status() == FA_EXIT_CLEAN)
		return false;
	if (!s->told_stop) {
		fa_progress_end(&s->progress);
		fa_console_note(&s->tool->con,
			FA_TOOL_SAY(s->tool,
				"正在停止，等待在途请求结束（至多 %llu "
				"秒）；再次中断则立即退出",
				"stopping after the requests in flight (at "
				"most %llu s); interrupt again to end at "
				"once"),
			(unsigned long long)s->timeout_s);
	}
	s->told_stop = true;
	return true;
}

static bool
ours(void *ctx, struct fa_str host)
{
	const struct fa_sweep *s = ctx;

	/* Without memory for a digest nothing is ours: nothing is lost. */
	return fa_shard_has(&s->shard, host, NULL) == 1;
}

static bool
admit(void *ctx, uint32_t host, const char *ip)
{
	const struct fa_sweep *s = ctx;

	return fa_pace_admit(s->pace, host, ip, fa_clock_now(s->tool->clock));
}

static void
progress(void *ctx, const struct fa_crawl_stats *st)
{
	struct fa_sweep *s = ctx;
	int64_t done = st->urls - st->pending;

	if (s->told_stop)
		return;
	fa_progress_show(&s->progress, done > 0 ? (uint64_t)done : 0,
		st->urls > 0 ? (uint64_t)st->urls : 0, st->failed,
		fa_clock_now(s->tool->clock));
}

/* Settings that change what is obtained, for the record. */
static void
add_options(const struct fa_sweep *s, struct fa_buf *out)
{
	struct fa_jw w;

	fa_jw_init(&w, out, 0);
	fa_jw_object(&w);
	fa_jw_kint(&w, "depth", (int64_t)s->depth);
	fa_jw_kint(&w, "delay_ms", (int64_t)s->delay_ms);
	fa_jw_kint(&w, "per_address", (int64_t)s->per_address);
	fa_jw_kint(&w, "tries", (int64_t)s->tries);
	fa_jw_kint(&w, "timeout_s", (int64_t)s->timeout_s);
	fa_jw_kint(&w, "max_bytes", (int64_t)s->max_bytes);
	fa_jw_kint(&w, "shard", (int64_t)s->shard.i);
	fa_jw_kint(&w, "shards", (int64_t)s->shard.n);
	fa_jw_kbool(&w, "from_warc", s->from_warc_n > 0);
	fa_jw_kstr(&w, "robots_ignored", fa_str_c(s->robots_reason));
	fa_jw_kstr(&w, "contact", fa_str_c(s->contact));
	fa_jw_end(&w, '}');
}

/* --resolve @FILE stands for the lines of the file. */
int
fa_sweep_resolve(
	const char ***out, size_t *n, struct fa_sweep *s, struct fa_err *err)
{
	struct fa_arena *a = &s->tool->arena;
	const char **list =
		fa_arena_new(a, FA_SWEEP_RESOLVE_MAX, sizeof(*list));
	size_t count = 0;

	if (!list)
		return fa_fail(err, FA_E_NOMEM, "no memory for names");
	for (size_t i = 0; i < s->resolve_n; i++) {
		struct fa_str rest = fa_str_c(s->resolve[i]), line;
		int rc = FA_OK;

		if (rest.p[0] == '@')
			rc = fa_file_read(
				&rest, fa_str_c(rest.p + 1), 16u << 20, a, err);
		if (rc < 0)
			return rc;
		while (rest.p) {
			line = fa_str_trim(fa_str_cut(&rest, '\n'));
			line = fa_arena_dup(a, line);
			if (!line.p)
				return fa_fail(err, FA_E_NOMEM, "no memory");
			if (line.n == 0)
				continue;
			if (count == FA_SWEEP_RESOLVE_MAX)
				return fa_fail(err, FA_E_USAGE,
					"--resolve gives more than %d names",
					FA_SWEEP_RESOLVE_MAX);
			list[count++] = line.p;
		}
	}
	*out = list;
	*n = count;
	return FA_OK;
}

static int
add_client(struct fa_client **out, struct fa_sweep *s, char *agent,
	struct fa_err *err)
{
	struct fa_client_opts o = { .guard = &s->guard,
		.user_agent = agent,
		.ca_file = s->cacert,
		.in_flight = (size_t)s->in_flight,
		.body_bytes = (size_t)s->max_bytes,
		.timeout_ms = (int64_t)s->timeout_s * 1000,
		.stall_s = (int64_t)s->stall_s,
		.admit = admit,
		.ctx = s };
	const char **resolve = NULL;
	int rc = fa_sweep_resolve(&resolve, &o.resolve_n, s, err);

	o.resolve = resolve;
	(void)snprintf(agent, USER_AGENT_BYTES,
		FA_SWEEP_AGENT "/" FA_VERSION "%s%s%s", s->contact ? " (" : "",
		s->contact ? s->contact : "", s->contact ? ")" : "");
	return rc < 0 ? rc : fa_client_new(out, &o, err);
}

/* A shard that is crawled says so in a file of its own, for merge. */
static int
put_manifest(struct fa_sweep *s, struct fa_err *err)
{
	struct fa_store_counts n;
	struct fa_manifest m = { .kind = "crawl",
		.shard = s->shard,
		.tool = FA_STR("faceaudit " FA_VERSION) };
	int rc = fa_store_count(&n, s->store, err);

	if (rc < 0)
		return rc;
	m.targets = (uint64_t)n.targets;
	m.done = (uint64_t)(n.urls - n.pending);
	return fa_store_put_manifest(s->store, &m, err);
}

/* A sweep of nothing is a mistake, and must not end as a clean one. */
static int
check_targets(const struct fa_sweep *s, struct fa_err *err)
{
	struct fa_store_counts n;
	int rc = fa_store_count(&n, s->store, err);

	if (rc == FA_OK && n.targets == 0)
		rc = fa_fail(err, FA_E_INPUT,
			"%s: the store has no targets, and no list is given",
			s->store_dir);
	return rc;
}

static int
crawl(struct fa_sweep *s, struct fa_crawl_opts *o, struct fa_err *err)
{
	bool en = s->tool->con.lang == FA_CLI_EN;
	int rc = FA_OK;

	if (s->list.n > 0)
		rc = fa_crawl_add_targets(o, &s->list, err);
	if (rc == FA_OK && s->list.n == 0)
		rc = check_targets(s, err);
	if (rc < 0)
		return rc;
	fa_progress_begin(&s->progress, &s->tool->con, en ? "crawl" : "抓取",
		en ? "URLs" : "个网址", fa_clock_now(s->tool->clock));
	if (s->shard.n > 1)
		rc = fa_store_drop_manifest(s->store, "crawl", &s->shard, err);
	if (rc == FA_OK)
		rc = fa_crawl_run(&s->stats, &s->stopped, o, err);
	if (rc == FA_OK && s->shard.n > 1 && !s->stopped)
		rc = put_manifest(s, err);
	fa_progress_end(&s->progress);
	return rc;
}

/* Without a list, the archives themselves say what there is. */
static int
replay_targets(struct fa_sweep *s, struct fa_replay *r,
	const struct fa_str *broken, struct fa_err *err)
{
	for (size_t i = 0; i < s->from_warc_n; i++) {
		if (!broken[i].p)
			continue;
		s->broken++;
		fa_console_error(&s->tool->con,
			FA_TOOL_SAY(s->tool, "存档不完整：%.*s",
				"the archive is not whole: %.*s"),
			FA_STR_ARG(broken[i]));
	}
	return s->targets
		? FA_OK
		: fa_replay_targets(&s->list, r, &s->tool->arena, err);
}

static int
crawl_with(struct fa_sweep *s, struct fa_crawl_opts *o, struct fa_err *err)
{
	char agent[USER_AGENT_BYTES];
	struct fa_client *client = NULL;
	struct fa_replay *replay = NULL;
	struct fa_str broken[FA_TOOL_LIST_MAX];
	int rc;

	if (s->from_warc_n == 0) {
		rc = add_client(&client, s, agent, err);
		if (rc == FA_OK) {
			o->fetcher = fa_client_fetcher(client);
			rc = crawl(s, o, err);
		}
		fa_client_free(client);
		return rc;
	}
	rc = fa_replay_open(&replay, broken, s->from_warc, s->from_warc_n,
		&s->tool->arena, err);
	if (rc == FA_OK)
		rc = replay_targets(s, replay, broken, err);
	if (rc == FA_OK) {
		o->fetcher = fa_replay_fetcher(replay);
		o->offline = true;
		rc = crawl(s, o, err);
	}
	fa_replay_close(replay);
	return rc;
}

int
fa_sweep_crawl(struct fa_sweep *s, struct fa_err *err)
{
	struct fa_pace_opts pace = { .host_delay_ms = (uint32_t)s->delay_ms,
		.address_delay_ms = (uint32_t)s->address_delay_ms,
		.per_address = (uint32_t)s->per_address };
	struct fa_crawl_opts o = { .depth = (unsigned)s->depth,
		.tries = (uint32_t)s->tries,
		.backoff_ms = (uint32_t)s->backoff_ms,
		.agent = FA_SWEEP_AGENT,
		.software = FA_STR("faceaudit " FA_VERSION),
		.ignore_robots = s->robots_reason != NULL,
		.recrawl_age_ms = s->recrawl_age_ms,
		.ours = ours,
		.stop = stop,
		.progress = progress,
		.ctx = s };
	struct fa_listings *listings;
	struct fa_buf options;
	int rc = fa_sweep_listings(
		&listings, s->stores_dir, &s->tool->arena, err);

	if (s->from_warc_n > 0)
		pace = (struct fa_pace_opts){ .per_address = 1 };
	if (rc == FA_OK)
		rc = fa_store_open(&s->store, fa_str_c(s->store_dir),
			s->targets || s->from_warc_n > 0 ? FA_STORE_CREATE
							 : FA_STORE_WRITE,
			err);
	if (rc == FA_OK)
		rc = fa_pace_new(&s->pace, &pace, err);
	if (rc < 0)
		return rc;
	fa_buf_init(&options, OPTIONS_BYTES);
	add_options(s, &options);
	o.options = fa_buf_str(&options);
	o.store = s->store;
	o.pace = s->pace;
	o.listings = listings;
	rc = fa_buf_rc(&options, "options", err);
	if (rc == FA_OK)
		rc = crawl_with(s, &o, err);
	fa_buf_done(&options);
	return rc;
}

void
fa_sweep_say(const struct fa_sweep *s)
{
	const struct fa_crawl_stats *c = &s->stats;
	struct fa_buf size;

	fa_buf_init(&size, OPTIONS_BYTES);
	fa_phrase_add_bytes(&size, c->bytes);
	if (size.rc == 0)
		fa_console_note(&s->tool->con,
			FA_TOOL_SAY(s->tool,
				"抓取：请求 %llu 次，新页面 %llu，未变 %llu，"
				"跳转 %llu，失败 %llu，重试 %llu，共 %s",
				"crawl: %llu requests, %llu new pages, %llu "
				"unchanged, %llu redirects, %llu failed, %llu "
				"retried, %s"),
			(unsigned long long)c->requests,
			(unsigned long long)c->pages,
			(unsigned long long)c->same,
			(unsigned long long)c->redirects,
			(unsigned long long)c->failed,
			(unsigned long long)c->retried, size.p);
	fa_buf_done(&size);
}

void
fa_sweep_say_stopped(const struct fa_tool *t)
{
	fa_console_error(&t->con, "%s",
		FA_TOOL_SAY(t, "已中断；再次运行同一命令即可继续",
			"interrupted; the same command goes on with it"));
}

void
fa_sweep_done(struct fa_sweep *s)
{
	fa_pace_free(s->pace);
	fa_store_close(s->store);
	s->pace = NULL;
	s->store = NULL;
}
