/* What follows the pages: a second look, pictures, walks and judging. */
#include <string.h>

#include "base/file.h"
#include "flow/json.h"
#include "match/match.h"
#include "tools/capturing.h"
#include "tools/version.h"
#include "walk/output.h"

#define WALK_BYTES ((size_t)2 << 30) /* memory of one walk */
#define WAY_BYTES 4096

/* One request at a time, so that the log is in the order of what happened. */
static int
new_client(struct fa_client **out, struct fa_capturing *c,
	const char *const *resolve, size_t resolve_n,
	const struct fa_dns_server *server, struct fa_err *err)
{
	struct fa_client_opts o = { .guard = &c->sweep.guard,
		.user_agent = c->agent,
		.ca_file = c->sweep.cacert,
		.resolve = resolve,
		.resolve_n = resolve_n,
		.in_flight = 1,
		.body_bytes = (size_t)c->sweep.max_bytes,
		.timeout_ms = (int64_t)c->sweep.timeout_s * 1000,
		.stall_s = (int64_t)c->sweep.stall_s,
		.evidence = true,
		.name_server = server,
		.name_server_text = c->second_resolver };

	return fa_client_new(out, &o, err);
}

/* By another name server, with the addresses that were given for names left
 * out; or (second is "HOST:PORT:ADDRESS") at that address before the others. */
static int
look_again(struct fa_capturing *c, const char *second, struct fa_err *err)
{
	struct fa_second_opts o = { .software = FA_STR(FA_CAPTURING_SOFTWARE),
		.delay_ms = (uint32_t)c->sweep.delay_ms,
		.body_bytes = (size_t)c->sweep.max_bytes,
		.robots_reason = fa_str_c(c->sweep.robots_reason),
		.only = fa_str_c(second),
		.stop = fa_capturing_stop,
		.ctx = c };
	struct fa_buf way FA_CLEANUP(fa_buf_done);
	struct fa_second_stats st = { 0 };
	struct fa_dns_server server;
	struct fa_client *client = NULL;
	const char **resolve = NULL;
	size_t n = second ? c->resolve_n + 1 : 0;
	int rc = FA_OK;

	fa_buf_init(&way, WAY_BYTES);
	fa_buf_addf(&way, "%s %s", second ? "address" : "resolver",
		second ? second : c->second_resolver);
	if (second) {
		resolve = fa_arena_new(&c->tool->arena, n, sizeof(*resolve));
		if (!resolve)
			return fa_fail(err, FA_E_NOMEM, "no memory for names");
		memcpy(resolve, c->resolve, c->resolve_n * sizeof(*resolve));
		resolve[n - 1] = second;
	} else {
		rc = fa_dns_server_parse(
			&server, fa_str_c(c->second_resolver), err);
	}
	if (rc == FA_OK)
		rc = fa_buf_rc(&way, "resolver", err);
	if (rc == FA_OK)
		rc = new_client(
			&client, c, resolve, n, second ? NULL : &server, err);
	if (rc < 0)
		return rc;
	o.way = fa_buf_str(&way);
	o.fetcher = fa_client_fetcher(client);
	rc = fa_session_second(&st, c->session, &o, err);
	fa_client_free(client);
	c->second.pages += st.pages;
	c->second.bytes += st.bytes;
	c->second.decoded += st.decoded;
	c->second.text += st.text;
	c->second.different += st.different;
	c->second.failed += st.failed;
	return rc;
}

int
fa_capturing_second(struct fa_capturing *c, struct fa_err *err)
{
	int rc = FA_OK;

	if (c->second_resolver && !c->stopped)
		rc = look_again(c, NULL, err);
	for (size_t i = 0; i < c->second_address_n && rc == FA_OK; i++)
		if (!c->stopped)
			rc = look_again(c, c->second_address[i], err);
	return rc;
}

static void
set_browse(struct fa_browse_opts *o, struct fa_capturing *c)
{
	*o = (struct fa_browse_opts){ .program = c->browser,
		.no_sandbox = c->no_sandbox,
		.agent = FA_SWEEP_AGENT,
		.product = fa_str_c(c->agent),
		.version = FA_VERSION,
		.stop = fa_capturing_stop,
		.ctx = c,
		.ignore_robots = c->sweep.robots_reason != NULL,
		.robots_reason = fa_str_c(c->sweep.robots_reason),
		.body_bytes = (size_t)c->sweep.max_bytes,
		.today = c->judging.date,
		.software = FA_STR(FA_CAPTURING_SOFTWARE) };
}

int
fa_capturing_render(struct fa_capturing *c, struct fa_err *err)
{
	struct fa_browse_opts o;
	struct fa_client *client;
	int rc;

	if (c->no_browser || c->stopped || c->session->pages_n == 0)
		return FA_OK;
	rc = new_client(&client, c, c->resolve, c->resolve_n, NULL, err);
	if (rc < 0)
		return rc;
	set_browse(&o, c);
	o.fetcher = fa_client_fetcher(client);
	rc = fa_session_render(&c->browse, c->session, &o, err);
	fa_client_free(client);
	return rc;
}

static int
judge_walk(struct fa_capturing *c, const struct fa_audit *audit,
	const struct fa_batch_opts *opts, const struct fa_flow *flow,
	struct fa_str folder, struct fa_arena *a, struct fa_err *err)
{
	struct fa_buf name FA_CLEANUP(fa_buf_done);
	struct fa_str path, raw;
	int rc;

	fa_buf_init(&name, FA_FILE_PATH_BYTES);
	fa_buf_add(&name, folder);
	fa_buf_adds(&name, "/" FA_WALK_FLOW_FILE);
	rc = fa_buf_rc(&name, "path", err);
	if (rc == FA_OK)
		rc = fa_session_path(&path, c->session, fa_buf_str(&name), err);
	if (rc == FA_OK)
		rc = fa_file_read(&raw, path, FA_FLOW_JSON_BYTES, a, err);
	return rc < 0
		? rc
		: fa_session_judge_flow(&c->judging.counts, c->session, audit,
			  opts, flow, fa_buf_str(&name), raw, a, err);
}

static int
walk(struct fa_capturing *c, const struct fa_audit *audit,
	const struct fa_batch_opts *opts, const char *url, struct fa_err *err)
{
	struct fa_browse_opts o;
	struct fa_client *client;
	struct fa_flow *flow = NULL;
	struct fa_str folder;
	struct fa_arena a;
	int rc = new_client(&client, c, c->resolve, c->resolve_n, NULL, err);

	if (rc < 0)
		return rc;
	fa_arena_init(&a, WALK_BYTES);
	set_browse(&o, c);
	o.fetcher = fa_client_fetcher(client);
	rc = fa_session_walk(&flow, &folder, &c->browse, c->session, &o,
		fa_str_c(url), &a, err);
	fa_client_free(client);
	if (rc == FA_OK && !c->no_judge)
		rc = judge_walk(c, audit, opts, flow, folder, &a, err);
	fa_arena_done(&a);
	return rc;
}

static int
judge_all(struct fa_capturing *c, const struct fa_audit *audit,
	struct fa_err *err)
{
	struct fa_batch_opts opts = { .shard = c->judging.shard,
		.clock = c->tool->clock,
		.fail_tier = c->judging.fail_tier,
		.fail_severity = c->judging.fail_severity,
		.fail_never = c->judging.fail_never,
		.stop = fa_capturing_stop,
		.ctx = c };
	struct fa_batch_counts walked = { .targets = 0 };
	bool stopped = false;
	int rc = FA_OK;

	for (size_t i = 0; i < c->walk_n && rc == FA_OK && !c->stopped; i++)
		rc = walk(c, audit, &opts, c->walk[i], err);
	walked = c->judging.counts;
	if (rc == FA_OK && !c->no_judge && !c->stopped && c->urls_n > 0) {
		rc = fa_session_judge(&c->judging.counts, &stopped, c->session,
			audit, &opts, err);
		for (size_t i = 0; i < FA_VERDICT_COUNT; i++)
			c->judging.counts.verdicts[i] += walked.verdicts[i];
		c->judging.counts.gating += walked.gating;
		c->stopped = c->stopped || stopped;
	}
	return rc;
}

int
fa_capturing_judge(struct fa_capturing *c, struct fa_err *err)
{
	struct fa_matcher *matcher = NULL;
	struct fa_audit audit;
	int rc = fa_matcher_new(&matcher, c->bundle, err);

	if (rc < 0)
		return rc;
	audit = (struct fa_audit){ .bundle = c->bundle,
		.matcher = matcher,
		.as_of = c->judging.date };
	rc = judge_all(c, &audit, err);
	fa_matcher_free(matcher);
	return rc;
}
