/* What is said when everything is known: how, when, by whom and for what the
 * report was made, how to do it again, what changed, and its number. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "case/facts_parts.h"
#include "read/read.h"
#include "report/dossier_parts.h"

#define SAY(zh, en) FA_FACTS_SAY(x, zh, en)
#define TOOL "faceaudit"

const char *
fa_facts_role(const struct fa_facts *x, enum fa_role r)
{
	return fa_dossier_role(x->o->lang, r);
}

const char *
fa_facts_outcome(const struct fa_facts *x, enum fa_outcome o)
{
	return x->o->outcome_word != NULL ? x->o->outcome_word(x->o->lang, o)
					  : fa_outcome_name(o);
}

static void
put_tool(struct fa_facts *x)
{
	struct fa_dossier_tool *t = &x->d->tool;

	if (t->name.n == 0)
		t->name = FA_STR(TOOL);
	if (t->version.n == 0)
		t->version = x->o->tool_version;
	(void)snprintf(t->rules_sha256, sizeof(t->rules_sha256), "%s",
		x->bundle->sha256);
	t->rules_format = x->bundle->version;
	t->as_of = x->key.as_of;
	t->reader = FA_READ_VERSION;
	t->sets = x->bundle->sets;
	t->sets_n = x->bundle->sets_n;
	t->established = x->bundle->established;
	t->probable = x->bundle->probable;
	x->d->ledger_n = (uint32_t)x->bundle->ledger_n;
	fa_bundle_ledger(x->bundle, x->d->ledger);
}

static struct fa_str
first_of(struct fa_str a, struct fa_str b)
{
	return a.n > 0 ? a : b;
}

/* A case was captured by us; what a sweep holds may be somebody else's
 * archive. */
static struct fa_str
method(struct fa_facts *x, size_t walks)
{
	return fa_facts_say(x,
		SAY("%s；由应答正文提取文字，按规则集逐项评判；引文按字节位置从"
		    "存档截取，并计算 SHA-256 和 SM3 摘要%s%s。",
			"%s; words were extracted from the answers and judged "
			"by the rules; quotes are cut from the archive by byte "
			"position, with SHA-256 and SM3%s%s."),
		x->c != NULL
			? SAY("用程序经 HTTP 请求所列网址，逐字节保存请求和应答"
			      "（WARC），逐事件记入保管链",
				  "The addresses listed were requested by HTTP "
				  "and requests and answers kept byte by byte "
				  "(WARC), each step logged in a chain")
			: SAY("所列网址的请求和应答取自巡查或既有的网页存档（"
			      "WARC），逐字节保存",
				  "Requests and answers of the addresses "
				  "listed come from a sweep or from a web "
				  "archive (WARC) that was there, byte by "
				  "byte"),
		walks > 0 ? SAY("；同意流程由浏览器自动走查并截图",
				    "; consent flows were walked in a browser, "
				    "with screenshots")
			  : "",
		x->d->checks_n > 0
			? SAY("；取证前检查环境并自检",
				  "; the environment was checked first")
			: "");
}

/* From the first capture or walk to the last. */
static void
put_times(struct fa_facts *x)
{
	struct fa_dossier_making *m = &x->d->making;

	for (size_t i = 0; i < x->d->documents_n; i++) {
		const struct fa_dossier_document *doc = &x->d->documents[i];
		int64_t at = doc->capture < x->d->captures_n
			? x->d->captures[doc->capture].at_us
			: doc->recorded_us;

		if (at == 0)
			continue;
		if (m->from_us == 0 || at < m->from_us)
			m->from_us = at;
		if (at > m->to_us)
			m->to_us = at;
	}
}

static bool
is_named_before(const struct fa_facts *x, size_t session)
{
	for (size_t i = 0; i < session; i++)
		if (fa_str_eq(x->d->sessions[i].operator_name,
			    x->d->sessions[session].operator_name))
			return true;
	return false;
}

/* Everybody who opened a session; without any, whom the case names. */
static struct fa_str
operators(struct fa_facts *x)
{
	struct fa_str all = FA_STR_NONE;

	for (size_t i = 0; i < x->d->sessions_n; i++) {
		struct fa_str name = x->d->sessions[i].operator_name;

		if (is_named_before(x, i))
			continue;
		all = all.n == 0
			? name
			: fa_facts_say(x, SAY("%.*s、%.*s", "%.*s, %.*s"),
				  FA_STR_ARG(all), FA_STR_ARG(name));
	}
	if (all.n == 0)
		all = x->d->cover.operator_name;
	return first_of(
		all, fa_str_c(SAY("未记录取证人", "operator not recorded")));
}

static void
put_making(struct fa_facts *x)
{
	struct fa_dossier_making *m = &x->d->making;
	const struct fa_dossier_cover *c = &x->d->cover;
	struct fa_str who = operators(x);
	struct fa_str unit = first_of(
		c->organisation, fa_str_c(SAY("未记录", "not recorded")));
	struct fa_str app = first_of(c->app, x->targets[0].t.t.key);
	size_t walks = 0;

	put_times(x);
	for (size_t i = 0; i < x->d->documents_n; i++)
		walks += x->d->documents[i].is_flow;
	m->made_us = x->o->made_us;
	m->maker = fa_facts_say(x,
		SAY("%.*s（取证机构：%.*s）；由程序 " TOOL " %.*s 编制",
			"%.*s (%.*s); compiled by " TOOL " %.*s"),
		FA_STR_ARG(who), FA_STR_ARG(unit),
		FA_STR_ARG(x->o->tool_version));
	m->method = method(x, walks);
	m->proves = first_of(x->o->proves, c->purpose);
	if (m->proves.n > 0)
		return;
	m->proves = fa_facts_say(x,
		SAY("“%.*s”在取证时所公开的文件和界面的内容，以及这些内容是否符"
		    "合人脸识别有关规定（逐项见第二章）。",
			"What the published documents and screens of “%.*s” "
			"said at the time, and whether that meets the rules on "
			"face recognition (chapter 2)."),
		FA_STR_ARG(app));
}

static int
add_command(struct fa_facts *x, struct fa_str s, struct fa_err *err)
{
	struct fa_str *at = FA_FACTS_ADD(
		x, x->d->commands, x->d->commands_n, x->commands_cap, err);

	if (at == NULL)
		return FA_E_NOMEM;
	*at = s;
	return FA_OK;
}

/* A word for the shell: quoted unless it is plain. */
static struct fa_str
shell_word(struct fa_facts *x, struct fa_str s)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);

	fa_buf_init(&b, s.n * 4 + 16);
	fa_buf_addc(&b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\'')
			fa_buf_adds(&b, "'\\''");
		else
			fa_buf_addc(&b, s.p[i]);
	}
	fa_buf_addc(&b, '\'');
	return fa_facts_dup(x, fa_buf_str(&b));
}

/* On a copy, for judging writes into the store; and by the rules of the case,
 * for the program may have come with others since. */
static struct fa_str
judge_command(struct fa_facts *x)
{
	struct fa_str path = FA_STR_NONE;
	char date[FA_DATE_BYTES];
	struct fa_err ignored;

	fa_date_format(x->key.as_of, date);
	for (size_t i = 0; i < x->things.n; i++)
		if (fa_str_eq(x->things.at[i].name, FA_STR("rules.json")) &&
			fa_case_object_path(
				&path, &x->things.at[i], x->a, &ignored) < 0)
			path = FA_STR_NONE;
	return fa_facts_say(x,
		"# %s\ncp -a CASE COPY\n%s%.*s%s" TOOL
		" audit --store COPY%s --as-of %s\n" TOOL
		" report --store COPY -o ndjson",
		SAY("在副本上按本案的规则重新评判（不访问网络）",
			"judge a copy again by the rules of the case (no "
			"network)"),
		path.n > 0 ? "cp COPY/" : "", FA_STR_ARG(path),
		path.n > 0 ? " rules.json\n" : "",
		path.n > 0 ? " --rules rules.json" : "", date);
}

static int
put_commands(struct fa_facts *x, struct fa_err *err)
{
	int rc = add_command(x,
		fa_facts_say(x,
			"# %s\n" TOOL " dossier CASE --json report.json",
			SAY("重做本报告：每份文本由存档重新评判，引文重新截取",
				"make this report again: every text is judged "
				"and every quote cut anew")),
		err);

	if (rc == FA_OK)
		rc = add_command(x, judge_command(x), err);
	if (rc == FA_OK && x->c != NULL)
		rc = add_command(x,
			fa_facts_say(x,
				"# %s\n" TOOL " verify CASE.zip\n"
				"unzip CASE.zip -d pack && sh pack/verify.sh",
				SAY("核对证据包（第二行不用本程序）",
					"check the pack (the second line "
					"without this program)")),
			err);
	for (size_t i = 0; i < x->d->captures_n && rc == FA_OK && i < 3; i++)
		rc = add_command(x,
			fa_facts_say(x, "# %s\ncurl --http1.1 -sSD - %.*s",
				SAY("重新取得（得到的是现在的内容）",
					"capture anew (what is there now)"),
				FA_STR_ARG(
					shell_word(x, x->d->captures[i].url))),
			err);
	return rc;
}

/* ---- what changed ---- */

static int
add_change(void *ctx, const struct fa_store_change *c, struct fa_err *err)
{
	struct fa_facts *x = ctx;
	struct fa_dossier_change *at = FA_FACTS_ADD(
		x, x->d->changes, x->d->changes_n, x->changes_cap, err);

	if (at == NULL)
		return FA_E_NOMEM;
	at->subject = fa_facts_dup(x, c->subject);
	at->cause = fa_facts_dup(x, fa_str_c(c->cause));
	at->kind = fa_facts_dup(x, fa_str_c(c->kind));
	at->was = fa_facts_dup(x, fa_str_c(c->was));
	at->became = fa_facts_dup(x, fa_str_c(c->became));
	return FA_OK;
}

/* ---- its number ---- */

static void
name_cover(struct fa_buf *b, const struct fa_facts *x)
{
	const struct fa_dossier_cover *c = &x->d->cover;
	const struct fa_str say[] = { c->title, c->number, c->client, c->court,
		c->operator_name, c->operator_id, c->organisation, c->mandate,
		c->purpose, c->witness, c->app, c->package, c->version,
		c->store, c->publisher, c->icp, x->o->target, x->o->proves,
		x->o->reviewer };

	for (size_t i = 0; i < FA_COUNT(say); i++)
		fa_buf_addf(b, "%zu %.*s\n", say[i].n, FA_STR_ARG(say[i]));
	fa_buf_addf(b, "%s\n", c->app_digest.sha256);
}

/* Of what the report rests on and what it was told to say, so that two reports
 * with one number say the same: version of the program, cover, payloads,
 * rules, date, findings with their reviews, what is wrong, head of the log,
 * and language. It names a report and proves nothing: 48 bits can be met. */
static int
put_number(struct fa_facts *x, struct fa_err *err)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	char hex[FA_HASH_HEX_BYTES];
	int rc;

	fa_buf_init(&b, 64u << 20);
	fa_buf_addf(&b, FA_DOSSIER_SCHEMA "\n%.*s\n%s\n%d\n%s\n%s\n",
		FA_STR_ARG(x->o->tool_version), x->bundle->sha256,
		(int)x->key.as_of, x->d->custody.head,
		fa_lang_name(x->o->lang));
	name_cover(&b, x);
	for (size_t i = 0; i < x->d->captures_n; i++)
		fa_buf_addf(&b, "%s\n", x->d->captures[i].payload.sha256);
	for (size_t i = 0; i < x->d->documents_n; i++)
		fa_buf_addf(&b, "%s\n", x->d->documents[i].raw.sha256);
	for (size_t i = 0; i < x->d->findings_n; i++)
		fa_buf_addf(&b, "%s %d\n", x->d->findings[i].fingerprint,
			(int)x->d->findings[i].review);
	for (size_t i = 0; i < x->d->laws_n; i++)
		fa_buf_addf(&b, "%s\n", x->d->laws[i].digest.sha256);
	for (size_t i = 0; i < x->d->faults_n; i++)
		fa_buf_addf(&b, "%.*s: %.*s\n",
			FA_STR_ARG(x->d->faults[i].what),
			FA_STR_ARG(x->d->faults[i].why));
	rc = fa_buf_rc(&b, "number of the report", err);
	if (rc == FA_OK)
		rc = fa_hash_sha256(hex, fa_buf_str(&b), err);
	if (rc == FA_OK)
		x->d->cover.report = fa_facts_say(
			x, "FA-%.4s-%.4s-%.4s", hex, hex + 4, hex + 8);
	return rc;
}

int
fa_facts_close(struct fa_facts *x, struct fa_err *err)
{
	int rc;

	put_tool(x);
	put_making(x);
	rc = put_commands(x, err);
	for (size_t i = 0; i < x->targets_n && rc == FA_OK; i++)
		if (x->targets[i].judged)
			rc = fa_store_changes(x->s, x->targets[i].app.id,
				add_change, x, x->a, err);
	x->d->statutes = x->o->statutes;
	return rc == FA_OK ? put_number(x, err) : rc;
}
