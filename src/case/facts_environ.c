/* The records of session_open as tables in which each line says whether it is
 * as it should be and what follows if it is not. */
#include <string.h>

#include "case/facts_parts.h"

#define SAY(zh, en) FA_FACTS_SAY(x, zh, en)
#define LIST_BYTES 4096
#define LISTED 6 /* libraries named; the record has all */

static int
add(struct fa_facts *x, const char *name, struct fa_str value,
	enum fa_dossier_state state, const char *note, struct fa_err *err)
{
	struct fa_dossier_check *c = FA_FACTS_ADD(
		x, x->d->checks, x->d->checks_n, x->checks_cap, err);

	if (c == NULL)
		return FA_E_NOMEM;
	*c = (struct fa_dossier_check){ .name = fa_str_c(name),
		.value = value.n > 0 ? fa_facts_dup(x, value)
				     : fa_str_c(SAY("未知", "unknown")),
		.state = value.n > 0 ? state : FA_STATE_UNKNOWN,
		.note = fa_str_c(note) };
	return FA_OK;
}

static bool
is_true(const struct fa_json *j, const char *key)
{
	const struct fa_json *b = fa_json_find(j, key);

	return b != NULL && b->kind == FA_JSON_BOOL && b->boolean;
}

/* The texts of an array, joined, and how many there are. */
static struct fa_str
join(size_t *n, struct fa_facts *x, const struct fa_json *list)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);

	*n = 0;
	fa_buf_init(&b, LIST_BYTES);
	for (const struct fa_json *j = list != NULL ? list->child : NULL;
		j != NULL; j = j->next) {
		if (j->kind != FA_JSON_STRING ||
			b.n + j->str.n + 8 > LIST_BYTES)
			continue;
		if ((*n)++ > 0)
			fa_buf_adds(&b, ", ");
		fa_buf_add(&b, j->str);
	}
	return *n > 0 ? fa_facts_dup(x, fa_buf_str(&b))
		      : fa_str_c(SAY("无", "none"));
}

static int
add_machine(struct fa_facts *x, const struct fa_json *m, struct fa_err *err)
{
	bool virtual = is_true(m, "virtualised");
	int rc = add(x, SAY("操作系统", "System"),
		fa_facts_say(x, "%.*s · %.*s",
			FA_STR_ARG(fa_json_text(m, "os")),
			FA_STR_ARG(fa_json_text(m, "kernel"))),
		FA_STATE_INFO, "", err);

	if (rc == FA_OK)
		rc = add(x, SAY("虚拟化", "Virtual machine"),
			virtual ? fa_json_text(m, "virtualised_by")
				: fa_str_c(SAY("没有发现", "nothing shows it")),
			FA_STATE_INFO,
			virtual ? SAY("宿主机的管理者能够干预，须说明由谁管理",
					  "who runs the host could interfere: "
					  "say who it is")
				: "",
			err);
	if (rc == FA_OK)
		rc = add(x, SAY("设备标识（摘要）", "Machine (digest)"),
			fa_json_text(m, "machine_sha256"), FA_STATE_INFO,
			SAY("同一设备的取证可以互相对照",
				"captures of one machine can be compared"),
			err);
	if (rc == FA_OK)
		rc = add(x, SAY("用户、区域、时区", "User, locale, zone"),
			fa_facts_say(x, "uid %lld (%.*s) · %.*s · %.*s",
				(long long)fa_json_int(m, "uid", -1),
				FA_STR_ARG(fa_json_text(m, "user")),
				FA_STR_ARG(fa_json_text(m, "locale")),
				FA_STR_ARG(fa_json_text(m, "time_zone"))),
			FA_STATE_INFO, "", err);
	if (rc == FA_OK)
		rc = add(x, SAY("剩余磁盘空间", "Free disk"),
			fa_facts_say(x, SAY("约 %lld GiB", "about %lld GiB"),
				(long long)(fa_json_int(
						    m, "free_disk_bytes", 0) >>
					30)),
			fa_json_int(m, "free_disk_bytes", 0) > 0
				? FA_STATE_GOOD
				: FA_STATE_UNKNOWN,
			"", err);
	return rc;
}

static int
add_clock(struct fa_facts *x, const struct fa_json *c, struct fa_err *err)
{
	bool good = is_true(c, "synchronised");

	return add(x, SAY("本机时钟", "Clock"),
		fa_facts_say(x,
			SAY("%s；最大误差 %lld 微秒；校时来源 %.*s",
				"%s; maximum error %lld us; source %.*s"),
			good ? SAY("已同步", "synchronised")
			     : SAY("本机时钟未同步", "not synchronised"),
			(long long)fa_json_int(c, "maxerror_us", -1),
			FA_STR_ARG(fa_json_text(c, "source").n > 0
					? fa_json_text(c, "source")
					: fa_str_c(SAY("未知", "unknown")))),
		good ? FA_STATE_GOOD : FA_STATE_WARN,
		good ? ""
		     : SAY("时间以可信时间戳和服务器自报时间为准，不以本机时钟"
			   "为准",
			       "rely on time stamps and the servers' own time, "
			       "not on this clock"),
		err);
}

static int
add_names(struct fa_facts *x, const struct fa_json *n, struct fa_err *err)
{
	size_t count;
	struct fa_str list = join(&count, x, fa_json_find(n, "resolvers"));
	int rc = add(x, SAY("域名解析器", "Resolvers"), list, FA_STATE_INFO, "",
		err);

	if (rc < 0)
		return rc;
	list = join(&count, x, fa_json_find(n, "hosts_overrides"));
	rc = add(x, SAY("hosts 文件改写目标域名", "Overridden by hosts"), list,
		count == 0 ? FA_STATE_GOOD : FA_STATE_BAD,
		count == 0 ? SAY("目标域名没有在本机被改指",
				     "no target name is redirected here")
			   : SAY("目标域名在本机被改指，取得的内容可能不来自真"
				 "实网站",
				     "a target name is redirected on this "
				     "machine: the content may not be the "
				     "site's"),
		err);
	if (rc == FA_OK)
		rc = add(x, SAY("hosts 文件 SHA-256", "hosts SHA-256"),
			fa_json_text(n, "hosts_sha256"), FA_STATE_INFO, "",
			err);
	return rc;
}

static int
add_network(struct fa_facts *x, const struct fa_json *n, struct fa_err *err)
{
	size_t count;
	struct fa_str list;
	int rc = add(x, SAY("默认路由", "Default route"),
		fa_json_text(n, "default_route"), FA_STATE_INFO, "", err);

	if (rc == FA_OK)
		rc = add_names(x, n, err);
	if (rc < 0)
		return rc;
	list = join(&count, x, fa_json_find(n, "proxy_variables"));
	rc = add(x, SAY("代理", "Proxies"),
		fa_facts_say(x,
			SAY("环境变量：%.*s；取证不使用代理",
				"variables: %.*s; none is used"),
			FA_STR_ARG(list)),
		is_true(n, "proxies_used") ? FA_STATE_BAD : FA_STATE_GOOD, "",
		err);
	if (rc == FA_OK)
		rc = add(x, SAY("信任的根证书", "Trusted roots"),
			fa_facts_say(x, "%.*s · SHA-256 %.*s",
				FA_STR_ARG(fa_json_text(n, "ca_bundle")),
				FA_STR_ARG(
					fa_json_text(n, "ca_bundle_sha256"))),
			FA_STATE_INFO, "", err);
	if (rc == FA_OK)
		rc = add(x, SAY("TLS 证书校验", "TLS verification"),
			fa_str_c(is_true(n, "tls_verified")
					? SAY("开启", "on")
					: SAY("关闭", "off")),
			is_true(n, "tls_verified") ? FA_STATE_GOOD
						   : FA_STATE_BAD,
			"", err);
	return rc;
}

static int
add_software(struct fa_facts *x, const struct fa_json *e, struct fa_err *err)
{
	const struct fa_json *b = fa_json_find(e, "browser");
	const struct fa_json *libs = fa_json_find(e, "libraries");
	bool found = is_true(b, "found");
	int rc;

	rc = add(x, SAY("可执行文件", "Executable"),
		fa_facts_say(x, "%.*s · SHA-256 %.*s",
			FA_STR_ARG(fa_json_text(e, "executable")),
			FA_STR_ARG(fa_json_text(e, "executable_sha256"))),
		FA_STATE_INFO, "", err);
	if (rc == FA_OK)
		rc = add(x, SAY("载入的程序库", "Libraries"),
			fa_facts_say(x,
				SAY("%zu 个，路径和 SHA-256 见环境记录",
					"%zu; paths and SHA-256 in the "
					"record"),
				libs != NULL ? libs->count : 0),
			FA_STATE_INFO, "", err);
	if (rc == FA_OK)
		rc = add(x, SAY("浏览器", "Browser"),
			found ? fa_facts_say(x, "%.*s · SHA-256 %.*s",
					FA_STR_ARG(fa_json_text(b, "package")),
					FA_STR_ARG(fa_json_text(b, "sha256")))
			      : fa_str_c(SAY("没有", "none")),
			found ? FA_STATE_INFO : FA_STATE_WARN,
			found ? SAY("每次用全新的空白配置，没有缓存、Cookie、历"
				    "史和扩展",
					"a fresh profile each time: no cache, "
					"cookies, history or extensions")
			      : SAY("没有截图，须由其他方式证明页面的显示效果",
					"no screenshots: how pages look has to "
					"be shown otherwise"),
			err);
	return rc;
}

static int
add_test(struct fa_facts *x, const struct fa_json *t, struct fa_err *err)
{
	const struct fa_json *tests = fa_json_find(t, "tests");
	struct fa_buf b FA_CLEANUP(fa_buf_done);

	fa_buf_init(&b, LIST_BYTES);
	if (t == NULL)
		return FA_OK;
	for (const struct fa_json *j = tests != NULL ? tests->child : NULL;
		j != NULL; j = j->next)
		fa_buf_addf(&b, "%s%.*s: %s", b.n > 0 ? "; " : "",
			FA_STR_ARG(fa_json_text(j, "name")),
			is_true(j, "passed") ? "ok" : "FAILED");
	return add(x, SAY("自检", "Self-test"), fa_buf_str(&b),
		is_true(t, "passed") ? FA_STATE_GOOD : FA_STATE_BAD,
		SAY("防止出错的监测、核查手段（民事证据规定第九十三条第三项）",
			"means to detect errors (Civil Evidence Provisions, "
			"art. 93(3))"),
		err);
}

static struct fa_str
argv_of(struct fa_facts *x, const struct fa_json *env)
{
	const struct fa_json *argv = fa_json_find(env, "argv");
	struct fa_buf b FA_CLEANUP(fa_buf_done);

	fa_buf_init(&b, LIST_BYTES);
	for (const struct fa_json *j = argv != NULL ? argv->child : NULL;
		j != NULL; j = j->next) {
		if (b.n + j->str.n + 8 > LIST_BYTES)
			break;
		if (b.n > 0)
			fa_buf_addc(&b, ' ');
		fa_buf_add(&b, j->str);
	}
	return fa_facts_dup(x, fa_buf_str(&b));
}

static struct fa_str
record_of(struct fa_facts *x, const struct fa_json *objs)
{
	for (const struct fa_json *j = objs != NULL ? objs->child : NULL;
		j != NULL; j = j->next)
		if (fa_str_eq(fa_json_text(j, "name"),
			    FA_STR("environment.json")))
			return fa_facts_dup(x, fa_json_text(j, "sha256"));
	return FA_STR_NONE;
}

/* Who was at work with what, as the event says itself. */
static void
put_session(struct fa_dossier_session *s, struct fa_facts *x,
	const struct fa_case_event *e, const struct fa_json *env)
{
	const struct fa_json *tool = fa_json_find(e->json, "tool");
	const struct fa_json *actor = fa_json_find(e->json, "actor");

	*s = (struct fa_dossier_session){ .seq = e->seq,
		.at_us = e->at_ms * 1000,
		.operator_name = fa_facts_dup(x, fa_json_text(actor, "id")),
		.version = fa_facts_dup(x, fa_json_text(tool, "version")),
		.commit = fa_facts_dup(x, fa_json_text(tool, "commit")),
		.exe_sha256 = fa_facts_dup(x, fa_json_text(tool, "exe_sha256")),
		.rules_sha256 =
			fa_facts_dup(x, fa_json_text(tool, "rules_sha256")),
		.argv = argv_of(x, env),
		.record_sha256 = record_of(x, fa_json_find(e->json, "objs")),
		.first = x->d->checks_n };
}

static bool
is_same(const struct fa_dossier_check *a, const struct fa_dossier_check *b)
{
	return a->state == b->state && fa_str_eq(a->name, b->name) &&
		fa_str_eq(a->value, b->value);
}

/* Of a later session what came out otherwise than in the first. */
static void
keep_changes(struct fa_dossier_session *s, struct fa_facts *x)
{
	const struct fa_dossier_session *one = &x->d->sessions[0];
	struct fa_dossier_check *at = x->d->checks;
	size_t kept = s->first;

	for (size_t i = s->first; i < x->d->checks_n; i++) {
		bool same = false;

		for (size_t k = one->first; k < one->first + one->n; k++)
			same = same || is_same(&at[i], &at[k]);
		if (!same)
			at[kept++] = at[i];
		s->same += same;
	}
	x->d->checks_n = kept;
}

static int
add_checks(struct fa_facts *x, const struct fa_case_event *e,
	const struct fa_json *env, struct fa_err *err)
{
	int rc = add_machine(x, fa_json_find(env, "machine"), err);

	if (rc == FA_OK)
		rc = add_clock(x, fa_json_find(env, "clock"), err);
	if (rc == FA_OK)
		rc = add_network(x, fa_json_find(env, "network"), err);
	if (rc == FA_OK)
		rc = add_software(x, env, err);
	if (rc == FA_OK)
		rc = add_test(x, fa_json_find(e->detail, "self_test"), err);
	return rc;
}

/* Each session has an environment of its own: one that was clean says nothing
 * of the next. */
static int
each(void *ctx, const struct fa_case_event *e, struct fa_err *err)
{
	struct fa_facts *x = ctx;
	const struct fa_json *env = fa_json_find(e->detail, "environment");
	struct fa_dossier_session *s;
	int rc;

	if (!fa_str_eq(e->op, FA_STR("session_open")))
		return FA_OK;
	if (x->d->sessions_n == FA_DOSSIER_SESSIONS_MAX)
		return fa_fail(err, FA_E_LIMIT,
			"more than %d sessions in one case",
			FA_DOSSIER_SESSIONS_MAX);
	s = FA_FACTS_ADD(
		x, x->d->sessions, x->d->sessions_n, x->sessions_cap, err);
	if (s == NULL)
		return FA_E_NOMEM;
	put_session(s, x, e, env);
	rc = env != NULL ? add_checks(x, e, env, err) : FA_OK;
	if (rc == FA_OK && x->d->sessions_n > 1)
		keep_changes(s, x);
	s->n = x->d->checks_n - s->first;
	return rc;
}

int
fa_facts_environ(struct fa_facts *x, struct fa_err *err)
{
	struct fa_dossier_tool *t = &x->d->tool;
	const struct fa_dossier_session *one;
	int rc;

	if (x->c == NULL)
		return FA_OK;
	rc = fa_case_events(x->c, each, x, err);
	if (rc < 0 || x->d->sessions_n == 0)
		return rc;
	one = &x->d->sessions[0];
	t->version = one->version;
	t->commit = one->commit;
	t->exe_sha256 = one->exe_sha256;
	t->argv = one->argv;
	t->rules_logged = FA_TRI_NO;
	for (size_t i = 0; i < x->d->sessions_n; i++)
		if (fa_str_eq(x->d->sessions[i].rules_sha256,
			    fa_str_c(x->bundle->sha256)))
			t->rules_logged = FA_TRI_YES;
	return FA_OK;
}
