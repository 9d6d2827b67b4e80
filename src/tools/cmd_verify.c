/* faceaudit verify: is a pack, or a case, what it was? */
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "case/verify.h"
#include "report/common.h"
#include "tools/commands.h"
#include "tools/signals.h"
#include "tools/version.h"

#define OUT_BYTES (16u << 20)
#define PEM_BYTES (8u << 20)
#define CERTS_MAX 64                 /* times that --tsa-cert may be given */
#define WORK_BYTES ((size_t)8 << 30) /* memory for the work */

enum { OPT_TSA_CERT = 1, OPT_SIGNER, OPT_EVIDENCE, OPT_OUTPUT, OPT_QUIET };

static const struct fa_option options[] = {
	{ OPT_TSA_CERT, 0, "tsa-cert", "FILE",
		FA_CLI_TEXT("所信任的时间戳机构证书（PEM）；可多次给出；默认无",
			"certificates (PEM) of authorities whose time stamps "
			"are trusted; repeatable; default: none") },
	{ OPT_SIGNER, 0, "signer", "FILE",
		FA_CLI_TEXT("证据包须由此公钥或证书（PEM）签名",
			"public key or certificate (PEM) that has to have "
			"signed the pack") },
	{ OPT_EVIDENCE, 'e', "evidence-only", NULL,
		FA_CLI_TEXT("只核验证据本身，不重新生成由其得出的结论、引文、"
			    "文本、清单与索引",
			"check the evidence only; findings, quotes, texts, "
			"lists and index are not made from it again") },
	{ OPT_OUTPUT, 'o', "output", "FORMAT",
		FA_CLI_TEXT("text（默认）或 json", "text (default) or json") },
	{ OPT_QUIET, 'q', "quiet", NULL,
		FA_CLI_TEXT("不打印结果，只看退出状态",
			"print nothing; the exit status tells") },
	FA_TOOL_OPTIONS
};

struct verifying {
	struct fa_tool *tool;
	const char *certs[CERTS_MAX], *signer;
	size_t certs_n;
	struct fa_buf pem; /* of certs, together */
	bool json;
	struct fa_verify_opts o;
	struct fa_verify_report report;
	struct fa_arena a;
};

static int
take(void *ctx, int id, const char *value, struct fa_err *err)
{
	struct verifying *v = ctx;

	switch (id) {
	case OPT_TSA_CERT:
		if (v->certs_n == CERTS_MAX)
			return fa_fail(err, FA_E_USAGE,
				"--tsa-cert is given more than %d times",
				CERTS_MAX);
		v->certs[v->certs_n++] = value;
		return FA_OK;
	case OPT_SIGNER:
		v->signer = value;
		return FA_OK;
	case OPT_EVIDENCE:
		v->o.evidence_only = true;
		return FA_OK;
	case OPT_OUTPUT:
		v->json = strcmp(value, "json") == 0;
		if (!v->json && strcmp(value, "text") != 0)
			return fa_fail(err, FA_E_USAGE,
				"'%s' is no format, expected text or json",
				value);
		return FA_OK;
	default:
		v->tool->con.quiet = true;
		return FA_OK;
	}
}

static const struct {
	const char *id;
	struct fa_cli_text title;
} titles[] = {
	{ "case", FA_CLI_TEXT("案件", "case") },
	{ "container", FA_CLI_TEXT("容器", "container") },
	{ "digests", FA_CLI_TEXT("容器摘要", "digest of the container") },
	{ "files", FA_CLI_TEXT("文件摘要", "digests of its files") },
	{ "outer", FA_CLI_TEXT("外层文件", "files beside it") },
	{ "chain", FA_CLI_TEXT("保管日志链", "chain of custody") },
	{ "checkpoints", FA_CLI_TEXT("检查点", "checkpoints") },
	{ "proofs", FA_CLI_TEXT("包含证明", "inclusion proofs") },
	{ "objects", FA_CLI_TEXT("对象", "objects") },
	{ "archives", FA_CLI_TEXT("网页存档", "archives") },
	{ "index", FA_CLI_TEXT("存档索引", "index of the archives") },
	{ "captures", FA_CLI_TEXT("抓取记录", "captures in the log") },
	{ "bodies", FA_CLI_TEXT("响应正文", "bodies of responses") },
	{ "lists", FA_CLI_TEXT("对象清单", "list of objects") },
	{ "log-stamps", FA_CLI_TEXT("日志时间戳", "time stamps of the log") },
	{ "stamps", FA_CLI_TEXT("时间戳", "time stamps") },
	{ "signature", FA_CLI_TEXT("签名", "signature") },
	{ "quotes", FA_CLI_TEXT("引文", "quotes") },
	{ "judgement", FA_CLI_TEXT("重新评判", "judged again") },
};

static const char *
title_of(const struct fa_tool *t, const char *id)
{
	for (size_t i = 0; i < FA_COUNT(titles); i++)
		if (strcmp(titles[i].id, id) == 0)
			return titles[i].title.in[t->con.lang];
	return id;
}

static const char *
state_of(const struct fa_tool *t, enum fa_verify_state s)
{
	static const char *const zh[] = { "通过", "无", "未锚定", "无法核验",
		"失败" };

	return FA_TOOL_SAY(t, zh[s], fa_verify_state_name(s));
}

static enum fa_exit
status_of(const struct fa_verify_report *r)
{
	switch (r->verdict) {
	case FA_VERIFY_FAILED:
		return FA_EXIT_EVIDENCE;
	case FA_VERIFY_CANNOT:
	case FA_VERIFY_UNANCHORED:
		return FA_EXIT_INCOMPLETE;
	default:
		return FA_EXIT_CLEAN;
	}
}

/* Whoever has a pack can write all of it anew so that it fits. What stands in
 * his way has to be said in so many words. */
static void
add_open(struct fa_buf *out, const struct verifying *v)
{
	const struct fa_verify_report *r = &v->report;
	const struct fa_tool *t = v->tool;

	if (r->signed_as_expected)
		fa_buf_adds(out,
			FA_TOOL_SAY(t,
				"自洽，且由所指定的密钥签名：只有持钥人才能"
				"整体重写；何时作成，只有可信时间戳能说明",
				"consistent, and signed by the key that was "
				"named: nobody but its holder can have "
				"written it anew; since when it is so, only a "
				"trusted time stamp tells"));
	else if (r->stamped > 0)
		fa_buf_addf(out,
			FA_TOOL_SAY(t,
				"自洽；日志前 %lld "
				"条有可信时间戳，其余无人作证："
				"持有者可将其余部分整体重写而不留痕迹",
				"consistent; a trusted time stamp vouches for "
				"the first %lld events, nobody for the rest: "
				"whoever had it can have written that anew, "
				"and it would look like this"),
			(long long)r->stamped);
	else
		fa_buf_adds(out,
			FA_TOOL_SAY(t,
				"自洽，但无人作证：持有者可将日志、摘要、结论"
				"整体重写而不留痕迹；只有可信时间戳或所知密钥"
				"的签名能揭示",
				"consistent, but nobody whom you trust vouches "
				"for it: whoever had it can have written all "
				"of it anew, log, digests and findings, and it "
				"would look like this; only a trusted time "
				"stamp or the signature of a key that you know "
				"would tell"));
}

static void
add_unchecked(struct fa_buf *out, const struct verifying *v)
{
	const struct fa_verify_report *r = &v->report;
	const char *before = FA_TOOL_SAY(
		v->tool, "；未能全部核验：", "; not wholly checked: ");

	for (size_t i = 0; i < r->n; i++) {
		if (r->checks[i].state != FA_VERIFY_CANNOT)
			continue;
		fa_buf_adds(out, before);
		fa_buf_adds(out, r->checks[i].id);
		before = ", ";
	}
}

static void
add_verdict(struct fa_buf *out, const struct verifying *v)
{
	const struct fa_verify_report *r = &v->report;
	const struct fa_tool *t = v->tool;

	if (status_of(r) == FA_EXIT_EVIDENCE) {
		fa_buf_adds(out,
			FA_TOOL_SAY(t, "核验失败：内容与其自身的记录不符",
				"verification failed: it is not what it says "
				"it is"));
	} else {
		if (r->since[0])
			fa_buf_addf(out,
				FA_TOOL_SAY(t,
					"自 %s "
					"起未被改动，有可信时间戳为证；此前"
					"的情况时间戳不能说明",
					"unchanged since %s, for which a "
					"trusted time stamp vouches; of what "
					"was before, it tells nothing"),
				r->since);
		else
			add_open(out, v);
		add_unchecked(out, v);
	}
	fa_buf_addc(out, '\n');
}

static void
add_stamps(struct fa_buf *out, const struct verifying *v)
{
	for (size_t i = 0; i < v->report.stamps_n; i++) {
		const struct fa_verify_stamp *s = &v->report.stamps[i];

		fa_buf_adds(out, "    ");
		fa_report_visible(out, s->file, false);
		fa_buf_addf(out, " (%s): %s, %.*s, ", s->over, s->state,
			FA_STR_ARG(s->time));
		fa_report_visible(out, s->tsa, false);
		fa_buf_addf(out, ", serial %.*s, %.*s\n", FA_STR_ARG(s->serial),
			FA_STR_ARG(s->algorithm));
	}
}

static void
add_text(struct fa_buf *out, const struct verifying *v)
{
	const struct fa_verify_report *r = &v->report;

	for (size_t i = 0; i < r->n; i++) {
		const struct fa_verify_check *c = &r->checks[i];

		fa_buf_addf(out, "[%s] %s: ", state_of(v->tool, c->state),
			title_of(v->tool, c->id));
		fa_report_visible(out, c->detail, false);
		fa_buf_addc(out, '\n');
		if (strcmp(c->id, "stamps") == 0)
			add_stamps(out, v);
	}
	add_verdict(out, v);
}

static void
put_text(struct fa_jw *w, const char *key, const char *text)
{
	fa_jw_kstr(w, key, text[0] ? fa_str_c(text) : FA_STR_NONE);
}

static void
add_json_stamps(struct fa_jw *w, const struct fa_verify_report *r)
{
	fa_jw_key(w, "stamps");
	fa_jw_array(w);
	for (size_t i = 0; i < r->stamps_n; i++) {
		const struct fa_verify_stamp *s = &r->stamps[i];

		fa_jw_object(w);
		fa_jw_kstr(w, "file", s->file);
		put_text(w, "over", s->over);
		put_text(w, "state", s->state);
		fa_jw_kstr(w, "time", s->time);
		fa_jw_kstr(w, "tsa", s->tsa);
		fa_jw_kstr(w, "serial", s->serial);
		fa_jw_kstr(w, "policy", s->policy);
		fa_jw_kstr(w, "imprint", s->algorithm);
		fa_jw_kstr(w, "certificate_sha256", s->cert_sha256);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
add_json(struct fa_buf *out, const struct verifying *v)
{
	const struct fa_verify_report *r = &v->report;
	struct fa_jw w;

	fa_jw_init(&w, out, 2);
	fa_jw_object(&w);
	put_text(&w, "schema", FA_VERIFY_SCHEMA);
	put_text(&w, "verdict", fa_verify_state_name(r->verdict));
	put_text(&w, "evidence", fa_verify_state_name(r->evidence));
	fa_jw_kint(&w, "exit_status", status_of(r));
	put_text(&w, "unchanged_since", r->since);
	fa_jw_kstr(&w, "case", r->case_id);
	fa_jw_kstr(&w, "packed_by", r->software);
	put_text(&w, "verified_by", "faceaudit " FA_VERSION);
	put_text(&w, "wacz_sha256", r->wacz_sha256);
	put_text(&w, "wacz_sm3", r->wacz_sm3);
	fa_jw_kint(&w, "events", r->events);
	put_text(&w, "head", r->head);
	put_text(&w, "signer", r->keyid);
	fa_jw_key(&w, "checks");
	fa_jw_array(&w);
	for (size_t i = 0; i < r->n; i++) {
		fa_jw_object(&w);
		put_text(&w, "check", r->checks[i].id);
		put_text(&w, "state", fa_verify_state_name(r->checks[i].state));
		fa_jw_kstr(&w, "detail", r->checks[i].detail);
		fa_jw_end(&w, '}');
	}
	fa_jw_end(&w, ']');
	add_json_stamps(&w, r);
	fa_jw_end(&w, '}');
	fa_buf_addc(out, '\n');
}

static int
print(const struct verifying *v)
{
	struct fa_buf out;
	struct fa_err err;
	int status = (int)status_of(&v->report);

	if (v->tool->con.quiet)
		return status;
	fa_buf_init(&out, OUT_BYTES);
	if (v->json)
		add_json(&out, v);
	else
		add_text(&out, v);
	status = fa_buf_rc(&out, "result", &err) != 0
		? fa_tool_fail(v->tool, &err)
		: fa_tool_print(v->tool, fa_buf_str(&out), status);
	fa_buf_done(&out);
	return status;
}

static bool
stop(void *ctx)
{
	(void)ctx;
	return fa_signals_status() != FA_EXIT_CLEAN;
}

/* All certificates that are trusted, as one text. */
static int
read_certs(struct verifying *v, struct fa_err *err)
{
	for (size_t i = 0; i < v->certs_n; i++) {
		struct fa_str text;
		int rc = fa_file_read(
			&text, fa_str_c(v->certs[i]), PEM_BYTES, &v->a, err);

		if (rc < 0)
			return rc;
		fa_buf_add(&v->pem, text);
		fa_buf_addc(&v->pem, '\n');
	}
	if (v->certs_n > 0)
		v->o.tsa_pem = fa_buf_str(&v->pem);
	return fa_buf_rc(&v->pem, "certificates", err);
}

static int
verify(struct verifying *v, const char *path)
{
	struct fa_err err;
	int rc = read_certs(v, &err);

	if (rc == FA_OK && v->signer)
		rc = fa_file_read(&v->o.signer_pem, fa_str_c(v->signer),
			PEM_BYTES, &v->a, &err);
	if (rc == FA_OK)
		rc = fa_verify(&v->report, fa_str_c(path), &v->o, &v->a, &err);
	if (rc == FA_E_INTERRUPTED)
		return (int)fa_signals_status();
	return rc < 0 ? fa_tool_fail(v->tool, &err) : print(v);
}

static int
run(struct fa_tool *t, int argc, char **argv)
{
	struct verifying v = { .tool = t,
		.o = { .software = FA_STR("faceaudit " FA_VERSION),
			.tool_version = FA_STR(FA_VERSION),
			.stop = stop } };
	int n, status;

	if (!fa_tool_options(
		    t, &fa_cmd_verify, argc, argv, take, &v, &n, &status))
		return status;
	if (n != 1) {
		fa_console_error(&t->con, "%s",
			FA_TOOL_SAY(t, "应给出一个证据包或案件",
				"one pack or case is expected"));
		return FA_EXIT_ERROR;
	}
	fa_buf_init(&v.pem, PEM_BYTES);
	fa_arena_init(&v.a, WORK_BYTES);
	status = verify(&v, argv[1]);
	fa_arena_done(&v.a);
	fa_buf_done(&v.pem);
	return status;
}

const struct fa_command fa_cmd_verify = {
	.name = "verify",
	.usage = "[options] PACK|CASE",
	.summary = FA_CLI_TEXT("核验证据包或案件：摘要、日志、时间戳、引文",
		"check a pack or a case: digests, log, time stamps, quotes"),
	.options = { options, FA_COUNT(options) },
	.run = run,
};
