#include "tools/stamping.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "fetch/url.h"
#include "report/common.h"
#include "tools/version.h"

#define OUT_BYTES (256u << 20)
#define AGENT "faceaudit/" FA_VERSION

static bool
stop(void *ctx)
{
	(void)ctx;
	return fa_signals_status() != FA_EXIT_CLEAN;
}

static const char *
state_text(enum fa_tst_state s, bool english)
{
	static const char *const zh[] = { "待补", "机构未核实", "已确认" };

	return english ? fa_tst_state_name(s) : zh[s];
}

static void
add_stamp(struct fa_buf *out, const struct fa_stamp_row *s, bool english)
{
	fa_buf_addf(out, "    %-6s  %s  ", fa_imprint_name(s->tst.imprint),
		state_text(s->tst.state, english));
	fa_report_visible(out, s->tst.authority, false);
	fa_buf_addc(out, '\n');
	if (s->tst.gen_time.p) {
		fa_buf_adds(out, "            ");
		fa_report_visible(out, s->tst.gen_time, false);
		fa_buf_addf(out,
			english ? "  serial %.*s  policy %.*s"
				: "  序列号 %.*s  策略 %.*s",
			FA_STR_ARG(s->tst.serial), FA_STR_ARG(s->tst.policy));
		if (s->tst.accuracy_us >= 0)
			fa_buf_addf(out, "  ±%lld µs",
				(long long)s->tst.accuracy_us);
		fa_buf_adds(out, "\n            ");
		fa_report_visible(out, s->tst.tsa, false);
		fa_buf_addf(out, "\n            sha256:%.*s\n",
			FA_STR_ARG(s->tst.token_sha256));
	}
	if (s->tst.detail.p) {
		fa_buf_adds(out, "            ");
		fa_report_visible(out, s->tst.detail, false);
		fa_buf_addc(out, '\n');
	}
}

void
fa_stamp_list(
	struct fa_buf *out, const struct fa_anchors *anchors, bool english)
{
	for (size_t i = 0; i < anchors->n; i++) {
		const struct fa_checkpoint_row *c = &anchors->at[i];
		char time[FA_TIME_BYTES], root[FA_HASH_HEX_BYTES];

		fa_time_format(c->t_ms, time);
		fa_merkle_hex(root, &c->c.root);
		fa_buf_addf(out,
			english ? "checkpoint %lld  %s  %llu events\n"
				: "检查点 %lld  %s  覆盖 %llu 个事件\n",
			(long long)c->seq, time,
			(unsigned long long)c->c.tree_size);
		fa_buf_addf(out,
			english ? "    root    sha256:%s\n"
				  "    line    sha256:%s\n"
				: "    根      sha256:%s\n"
				  "    本行    sha256:%s\n",
			root, c->sha256);
		if (c->sm3[0])
			fa_buf_addf(out, "            sm3:%s\n", c->sm3);
		for (size_t k = 0; k < c->stamps_n; k++)
			add_stamp(out, &c->stamps[k], english);
		if (c->stamps_n == 0)
			fa_buf_adds(out,
				english ? "    no stamps\n" : "    无时间戳\n");
	}
}

/* 3 unless the newest checkpoint covers all that happened, a trusted authority
 * confirmed it, and nothing is pending. */
static int
list_status(const struct fa_anchors *x)
{
	size_t confirmed = 0, open = 0;

	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < x->at[i].stamps_n; k++) {
			enum fa_tst_state s = x->at[i].stamps[k].tst.state;

			open += s != FA_TST_CONFIRMED;
			confirmed += s == FA_TST_CONFIRMED && i + 1 == x->n;
		}
	return confirmed > 0 && open == 0 && x->last_seq < x->at[x->n - 1].seq
		? FA_EXIT_CLEAN
		: FA_EXIT_INCOMPLETE;
}

static int
list(int *status, struct fa_stamp_command *x, struct fa_err *err)
{
	struct fa_buf out FA_CLEANUP(fa_buf_done);
	struct fa_store *s = NULL;
	struct fa_anchors anchors;
	int rc = fa_store_open(&s, fa_str_c(x->path), FA_STORE_READ, err);

	fa_buf_init(&out, OUT_BYTES);
	if (rc == FA_OK)
		rc = fa_anchors_load(&anchors, s, &x->tool->arena, err);
	fa_store_close(s);
	if (rc < 0)
		return rc;
	fa_stamp_list(&out, &anchors, x->tool->con.lang == FA_CLI_EN);
	rc = fa_buf_rc(&out, "list", err);
	if (rc < 0)
		return rc;
	if (anchors.n == 0)
		fa_console_note(&x->tool->con, "%s",
			FA_TOOL_SAY(x->tool, "没有检查点", "no checkpoint"));
	*status =
		fa_tool_print(x->tool, fa_buf_str(&out), list_status(&anchors));
	return FA_OK;
}

/* All files one after the other. */
static int
load_certs(struct fa_str *out, struct fa_stamp_command *x, struct fa_err *err)
{
	struct fa_buf all FA_CLEANUP(fa_buf_done);
	int rc = FA_OK;

	*out = FA_STR_NONE;
	fa_buf_init(&all, FA_STAMP_CA_BYTES);
	for (size_t i = 0; i < x->certs_n && rc == FA_OK; i++) {
		struct fa_str pem;
		struct fa_err why;

		rc = fa_file_read(&pem, fa_str_c(x->certs[i]),
			FA_STAMP_CA_BYTES, &x->tool->arena, err);
		if (rc < 0)
			return rc;
		rc = fa_stamp_check_certs(pem, &why);
		if (rc < 0)
			return fa_fail(err, rc, "%s: %s", x->certs[i], why.msg);
		fa_buf_add(&all, pem);
		fa_buf_addc(&all, '\n');
	}
	if (rc == FA_OK)
		rc = fa_buf_rc(&all, "certificates to trust", err);
	if (rc < 0 || x->certs_n == 0)
		return rc;
	*out = fa_arena_dup(&x->tool->arena, fa_buf_str(&all));
	return out->p ? FA_OK
		      : fa_fail(err, FA_E_NOMEM, "no memory for certificates");
}

static int
load_urls(struct fa_str **out, struct fa_stamp_command *x, struct fa_err *err)
{
	struct fa_arena *a = &x->tool->arena;
	struct fa_str *urls = fa_arena_new(a, x->tsa_n, sizeof(*urls));

	if (!urls)
		return fa_fail(err, FA_E_NOMEM, "no memory for authorities");
	for (size_t i = 0; i < x->tsa_n; i++) {
		struct fa_url url;
		struct fa_err why;
		int rc = fa_url_parse(&url, fa_str_c(x->tsa[i]), a, &why);

		if (rc < 0)
			return fa_fail(err, rc == FA_E_INPUT ? FA_E_USAGE : rc,
				"--tsa %s: %s", x->tsa[i], why.msg);
		urls[i] = url.text;
		for (size_t k = 0; k < i; k++)
			if (fa_str_eq(urls[k], urls[i]))
				return fa_fail(err, FA_E_USAGE,
					"--tsa %s is given twice", x->tsa[i]);
	}
	*out = urls;
	return FA_OK;
}

static int
new_client(struct fa_client **out, const struct fa_stamp_command *x,
	struct fa_err *err)
{
	struct fa_client_opts o = { .guard = &x->guard,
		.user_agent = AGENT,
		.ca_file = x->cacert,
		.resolve = x->resolve,
		.resolve_n = x->resolve_n,
		.in_flight = 1,
		.body_bytes = FA_STAMP_BYTES,
		.timeout_ms = x->timeout_ms,
		.stall_s = FA_FETCH_STALL_S };

	return fa_client_new(out, &o, err);
}

/* ---- a case ---- */

static void
say(const struct fa_stamp_command *x, const struct fa_stamping_result *r)
{
	const struct fa_tool *t = x->tool;

	if (r->checkpoint > 0)
		fa_console_note(&t->con,
			r->is_new ? FA_TOOL_SAY(t, "%s：检查点 %lld，新立",
					    "%s: checkpoint %lld, new")
				: !r->covers_all
				? FA_TOOL_SAY(t,
					  "%s：检查点 %lld，其后的事件尚未覆盖",
					  "%s: checkpoint %lld does not cover "
					  "what happened since")
				: FA_TOOL_SAY(t,
					  "%s：检查点 %lld，仍覆盖全部事件",
					  "%s: checkpoint %lld still covers "
					  "all events"),
			x->path, (long long)r->checkpoint);
	if (r->confirmed + r->untrusted + r->pending > 0)
		fa_console_note(&t->con,
			FA_TOOL_SAY(t,
				"时间戳：已确认 %zu，机构未核实 %zu，待补 %zu",
				"stamps: %zu confirmed, %zu by authorities "
				"that were not checked, %zu pending"),
			r->confirmed, r->untrusted, r->pending);
}

static int
stamp_case(int *status, struct fa_stamp_command *x, struct fa_stamping_opts *o,
	struct fa_err *err)
{
	struct fa_desk_opts desk = { .dir = fa_str_c(x->path),
		.actor = x->actor,
		.tool = { FA_STR("faceaudit"), FA_STR(FA_VERSION),
			FA_TOOL_COMMIT } };
	struct fa_stamping_result r;
	struct fa_desk *d = NULL;
	int rc = fa_desk_open(&d, &desk, err);

	if (rc == FA_OK)
		rc = fa_stamping_run(&r, d, o, err);
	fa_desk_close(d);
	if (rc < 0)
		return rc;
	say(x, &r);
	*status = r.untrusted + r.pending > 0 ? FA_EXIT_INCOMPLETE
					      : FA_EXIT_CLEAN;
	return FA_OK;
}

/* ---- a file ---- */

/* NAME.N.tsr, or NAME.N.sm3.tsr; what is there is not overwritten. */
static int
free_name(char out[FA_FILE_PATH_BYTES], const char *path, enum fa_imprint alg,
	struct fa_err *err)
{
	for (unsigned i = 1; i < 1000; i++) {
		int n = snprintf(out, FA_FILE_PATH_BYTES, "%s.%u%s.tsr", path,
			i, alg == FA_IMPRINT_SM3 ? ".sm3" : "");

		if (n < 0 || n >= FA_FILE_PATH_BYTES)
			return fa_fail(err, FA_E_LIMIT,
				"%s: the path is too long", path);
		if (access(out, F_OK) != 0)
			return FA_OK;
	}
	return fa_fail(err, FA_E_LIMIT, "%s: has 999 stamps already", path);
}

static int
stamp_file_by(int *status, struct fa_stamp_command *x,
	const struct fa_stamping_opts *o, struct fa_str authority,
	enum fa_imprint alg, const char *digest, struct fa_err *err)
{
	const struct fa_tool *t = x->tool;
	char name[FA_FILE_PATH_BYTES];
	struct fa_stamp_check check;
	struct fa_str der;
	int rc = fa_stamping_ask(
		&der, &check, o, authority, alg, digest, &x->tool->arena, err);

	if (rc < 0)
		return rc;
	if (check.state != FA_STAMP_GOOD)
		*status = FA_EXIT_INCOMPLETE;
	if (!der.p) {
		fa_console_error(
			&t->con, "%.*s: %s", FA_STR_ARG(authority), check.why);
		return FA_OK;
	}
	rc = free_name(name, x->path, alg, err);
	if (rc == FA_OK)
		rc = fa_file_replace(fa_str_c(name), der, err);
	if (rc < 0)
		return rc;
	fa_console_note(&t->con, "%s: %s, %s%s%s", name, check.info.gen_time,
		fa_stamp_state_name(check.state), check.why[0] ? ": " : "",
		check.why);
	return FA_OK;
}

static int
stamp_file(int *status, struct fa_stamp_command *x,
	const struct fa_stamping_opts *o, struct fa_err *err)
{
	struct fa_object digest;
	int rc = fa_object_digest_file(&digest, fa_str_c(x->path), err);

	*status = FA_EXIT_CLEAN;
	if (rc == FA_OK && x->sm3 && !digest.sm3[0])
		rc = fa_fail(
			err, FA_E_UNSUPPORTED, "libcrypto does not offer SM3");
	for (size_t i = 0; i < o->authorities_n && rc == FA_OK; i++) {
		rc = stamp_file_by(status, x, o, o->authorities[i],
			FA_IMPRINT_SHA256, digest.sha256, err);
		if (rc == FA_OK && x->sm3)
			rc = stamp_file_by(status, x, o, o->authorities[i],
				FA_IMPRINT_SM3, digest.sm3, err);
	}
	return rc;
}

int
fa_stamp_command(int *status, struct fa_stamp_command *x, struct fa_err *err)
{
	struct fa_stamping_opts o = { .authorities_n = x->tsa_n,
		.sm3 = x->sm3,
		.retry_only = x->retry,
		.renew = x->renew,
		.stop = stop };
	struct fa_client *client = NULL;
	struct fa_str *urls = NULL;
	int rc;

	if (x->list)
		return list(status, x, err);
	rc = load_certs(&o.tsa_pem, x, err);
	if (rc == FA_OK)
		rc = load_urls(&urls, x, err);
	if (rc == FA_OK)
		rc = new_client(&client, x, err);
	if (rc < 0)
		return rc;
	o.authorities = urls;
	o.fetcher = fa_client_fetcher(client);
	rc = x->file ? stamp_file(status, x, &o, err)
		     : stamp_case(status, x, &o, err);
	fa_client_free(client);
	return rc;
}
