#include "tools/rules_wording.h"

#include <string.h>

#include "audit/audit.h"
#include "audit/flow.h"
#include "base/arena.h"
#include "flow/import.h"
#include "report/common.h"
#include "rules/rules.h"
#include "tools/rules_test.h"

#define ARENA_BYTES ((size_t)256 << 20) /* for one wording */
#define TEXT_BYTES (1u << 20)           /* of one wording around it */

struct judge {
	struct fa_audit audit;
	struct fa_arena arena; /* of one judgement */
	struct fa_buf text;    /* what is judged */
	struct fa_buf *out;
	struct fa_wording_test *result;
};

/* One wording, and where it stands. */
struct wording {
	uint32_t obligation;
	uint32_t rule; /* FA_RULE_NONE: the obligation's own */
	struct fa_str text;
	bool on_flow;
	bool met; /* it must make the obligation compliant */
	bool failed;
};

/* What stands in a placeholder while it is judged; one that is not listed
 * stands for itself. */
static const struct {
	struct fa_str name, sample;
} samples[] = {
	{ FA_STR_INIT("公司名称"), FA_STR_INIT("某某科技有限公司") },
	{ FA_STR_INIT("接收方名称"), FA_STR_INIT("某某认证服务有限公司") },
	{ FA_STR_INIT("应用名称"), FA_STR_INIT("某应用") },
	{ FA_STR_INIT("联系电话"), FA_STR_INIT("400-000-0000") },
	{ FA_STR_INIT("电子邮箱"), FA_STR_INIT("privacy@example.com") },
	{ FA_STR_INIT("联系地址"), FA_STR_INIT("某市某区某路1号") },
	{ FA_STR_INIT("负责人"), FA_STR_INIT("张某") },
	{ FA_STR_INIT("业务"), FA_STR_INIT("找回密码") },
	{ FA_STR_INIT("设置路径"), FA_STR_INIT("我的—设置—人脸识别") },
	{ FA_STR_INIT("其他方式"), FA_STR_INIT("短信验证码") },
	{ FA_STR_INIT("期限"), FA_STR_INIT("三十日") },
	{ FA_STR_INIT("必要性"),
		FA_STR_INIT("短信验证码可能被他人获取或者转用") },
	{ FA_STR_INIT("比对对象"), FA_STR_INIT("您预留的照片") },
	{ FA_STR_INIT("比对位置"), FA_STR_INIT("您的设备") },
	{ FA_STR_INIT("识别设备"), FA_STR_INIT("您的手机") },
	{ FA_STR_INIT("存储位置"), FA_STR_INIT("您的设备") },
	{ FA_STR_INIT("规定名称"), FA_STR_INIT("某某管理规定") },
	{ FA_STR_INIT("规定名称和条款"),
		FA_STR_INIT("《某某管理规定》第十条") },
	{ FA_STR_INIT("环节"), FA_STR_INIT("现场办理环节") },
	{ FA_STR_INIT("采集范围"), FA_STR_INIT("一层大厅入口") },
	{ FA_STR_INIT("日期"), FA_STR_INIT("2026年1月1日") },
};

/* A sentence that puts a document in scope and says nothing else. */
static const struct fa_str in_scope[FA_SCOPE_COUNT] = {
	[FA_SCOPE_FACE_ID] = FA_STR_INIT("本应用会使用人脸识别。"),
	[FA_SCOPE_OS_BIO] = FA_STR_INIT("您可以用手机系统的面容ID解锁，应用仅接"
					"收系统返回的结果。"),
	[FA_SCOPE_FACE_FX] = FA_STR_INIT("本应用提供人脸贴纸特效。"),
	[FA_SCOPE_PHOTO] = FA_STR_INIT("您可以上传头像照片。"),
	[FA_SCOPE_DEFN] = FA_STR_INIT("个人信息是指姓名、住址、面部特征等信"
				      "息。"),
};

bool
fa_wording_fill(struct fa_buf *out, struct fa_str wording)
{
	struct fa_placeholder p = { .to = 0 };
	size_t from = 0;
	enum fa_placeholder_rc rc;

	while ((rc = fa_rules_placeholder(&p, wording, from)) ==
		FA_PLACEHOLDER_FOUND) {
		struct fa_str sample = p.name;

		for (size_t i = 0; i < FA_COUNT(samples); i++) {
			if (fa_str_eq(samples[i].name, p.name))
				sample = samples[i].sample;
		}
		fa_buf_add(out, fa_str_sub(wording, from, p.from));
		fa_buf_add(out, sample);
		from = p.to;
	}
	fa_buf_add(out, fa_str_sub(wording, from, wording.n));
	return rc == FA_PLACEHOLDER_NONE;
}

/* Begins the line of a failure; false when enough were printed. */
static bool
begin_failure(struct judge *j, struct wording *w)
{
	const struct fa_bundle *b = j->audit.bundle;
	const struct fa_obligation *o = &b->obligations[w->obligation];
	bool own = w->rule != FA_RULE_NONE;
	struct fa_str file = own ? b->rules[w->rule].file : o->file;

	if (!w->failed)
		j->result->failed++;
	w->failed = true;
	if (j->result->failed > FA_RULES_TEST_FAILURES)
		return false;
	if (file.p != NULL) {
		fa_buf_addf(j->out, "%.*s:%u: ", FA_STR_ARG(file),
			own ? b->rules[w->rule].wording_line : o->wording_line);
	}
	fa_buf_addf(j->out, "%.*s: wording ",
		FA_STR_ARG(own ? b->rules[w->rule].id : o->id));
	return true;
}

static void
fail(struct judge *j, struct wording *w, struct fa_str what)
{
	if (!begin_failure(j, w))
		return;
	fa_report_visible(j->out, what, false);
	fa_buf_addc(j->out, '\n');
}

/* "breaks FRM.12 (FRM.12-service): quote". */
static void
put_breach(struct judge *j, const struct fa_finding *f)
{
	const struct fa_bundle *b = j->audit.bundle;

	fa_buf_addf(j->out, "breaks %.*s (%.*s)",
		FA_STR_ARG(b->obligations[f->obligation].id),
		FA_STR_ARG(fa_report_rule_id(b, f)));
	if (f->pro_n > 0) {
		fa_buf_adds(j->out, ": ");
		fa_report_visible(j->out, f->pro[0].text, false);
	}
	fa_buf_addc(j->out, '\n');
}

static void
fail_breach(struct judge *j, struct wording *w, const struct fa_finding *f)
{
	if (begin_failure(j, w))
		put_breach(j, f);
}

static void
fail_verdict(struct judge *j, struct wording *w, enum fa_verdict v)
{
	const struct fa_bundle *b = j->audit.bundle;

	if (!begin_failure(j, w))
		return;
	fa_buf_addf(j->out, "leaves %.*s at %s, expected %s\n",
		FA_STR_ARG(b->obligations[w->obligation].id),
		fa_verdict_name(v), w->met ? "compliant" : "no gap");
}

/* The obligation's verdict, once no obligation is broken. */
static void
check_result(struct judge *j, struct wording *w, const struct fa_result *r,
	bool of_flow)
{
	const struct fa_obligation *o =
		&j->audit.bundle->obligations[w->obligation];
	enum fa_verdict v;

	for (size_t i = 0; i < r->findings_n; i++) {
		if (r->findings[i].verdict == FA_VERDICT_VIOLATION)
			fail_breach(j, w, &r->findings[i]);
	}
	/* What a document says is not asked of one screen, nor the other way
	 * round. */
	if (w->failed || of_flow || w->on_flow)
		return;
	v = r->findings[w->obligation].verdict;
	if ((r->scopes & o->scopes) == 0)
		fail(j, w, FA_STR("is not in the scope of its obligation"));
	else if (w->met ? v != FA_VERDICT_COMPLIANT : v == FA_VERDICT_GAP)
		fail_verdict(j, w, v);
}

/* What could not be judged is no failure of the wording. */
static int
judged(int rc, const struct fa_result *r, struct fa_err *err)
{
	if (rc != FA_OK || r->error.p == NULL)
		return rc;
	return fa_fail(err, FA_E_INPUT, "a wording was not judged: %.*s",
		FA_STR_ARG(r->error));
}

static int
judge_text(struct judge *j, struct fa_result *r, struct fa_err *err)
{
	struct fa_read_opts opts = { .name = FA_STR_INIT("wording"),
		.format = FA_FORMAT_TEXT,
		.charset = FA_STR_INIT("utf-8") };
	int rc = fa_buf_rc(&j->text, "wording", err);

	if (rc != FA_OK)
		return rc;
	fa_arena_reset(&j->arena);
	rc = fa_audit_document(
		r, &j->audit, fa_buf_str(&j->text), &opts, &j->arena, err);
	return judged(rc, r, err);
}

static void
put_scope(struct judge *j, uint32_t scopes)
{
	int s = 0;

	while (s + 1 < FA_SCOPE_COUNT && (scopes & FA_SCOPE_BIT(s)) == 0)
		s++;
	fa_buf_reset(&j->text);
	fa_buf_add(&j->text, in_scope[s]);
	fa_buf_addc(&j->text, '\n');
}

/* The sentence alone must leave the verdict open, or the wording behind it
 * would prove nothing. */
static int
check_alone(struct judge *j, struct wording *w, struct fa_err *err)
{
	const struct fa_bundle *b = j->audit.bundle;
	struct fa_result r;
	int rc;

	put_scope(j, b->obligations[w->obligation].scopes);
	rc = judge_text(j, &r, err);
	if (rc == FA_OK && w->met &&
		r.findings[w->obligation].verdict == FA_VERDICT_COMPLIANT)
		fail(j, w,
			FA_STR("cannot be judged: any document on the subject "
			       "meets the obligation"));
	return rc;
}

/* One line for each text and each ［label］ of filled, as on a screen; with
 * before and after around labels, text before texts. */
static void
put_lines(struct fa_buf *out, struct fa_str filled, const char *text,
	const char *before, const char *after)
{
	static const struct fa_str open = FA_STR_INIT("［");
	static const struct fa_str close = FA_STR_INIT("］");

	while (filled.n > 0) {
		size_t from = fa_str_find(filled, open, 0);
		size_t to = fa_str_find(filled, close, 0);
		bool label = from < to && to < filled.n;
		struct fa_str s = fa_str_trim(
			fa_str_sub(filled, 0, label ? from : filled.n));

		if (s.n > 0)
			fa_buf_addf(out, "%s%.*s\n", text, FA_STR_ARG(s));
		if (!label)
			return;
		s = fa_str_sub(filled, from + open.n, to);
		fa_buf_addf(out, "%s%.*s%s\n", before, FA_STR_ARG(s), after);
		filled = fa_str_sub(filled, to + close.n, filled.n);
	}
}

static int
check_document(struct judge *j, struct wording *w, struct fa_str filled,
	struct fa_err *err)
{
	struct fa_result r;
	int rc = check_alone(j, w, err);

	if (rc != FA_OK || w->failed)
		return rc;
	put_scope(j, j->audit.bundle->obligations[w->obligation].scopes);
	put_lines(&j->text, filled, "", "", "");
	rc = judge_text(j, &r, err);
	if (rc == FA_OK)
		check_result(j, w, &r, false);
	return rc;
}

static int
check_screen(struct judge *j, struct wording *w, struct fa_str filled,
	struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf sketch;
	struct fa_flow *flow;
	struct fa_result r;
	int rc;

	fa_buf_init(&sketch, TEXT_BYTES);
	fa_buf_adds(&sketch, "app: 某应用\n== start 身份验证\n");
	put_lines(&sketch, filled, "\\", "[", "] -> ?");
	rc = fa_buf_rc(&sketch, "wording", err);
	fa_arena_reset(&j->arena);
	if (rc == FA_OK)
		rc = fa_import_sketch(
			&flow, fa_buf_str(&sketch), &j->arena, err);
	if (rc == FA_E_INPUT) {
		fail(j, w, FA_STR("has a label that no button can have"));
		return FA_OK;
	}
	if (rc == FA_OK)
		rc = fa_audit_flow(&r, &j->audit, flow, FA_STR("wording"),
			fa_buf_str(&sketch), &j->arena, err);
	rc = judged(rc, &r, err);
	if (rc == FA_OK)
		check_result(j, w, &r, true);
	return rc;
}

/* Can a rule on documents find the obligation met? */
static bool
can_be_met(const struct fa_bundle *b, uint32_t obligation)
{
	for (size_t i = 0; i < b->rules_n; i++) {
		const struct fa_rule *r = &b->rules[i];

		if (r->obligation == obligation && !r->on_flow &&
			r->verdict == FA_VERDICT_COMPLIANT)
			return true;
	}
	return false;
}

static int
check(struct judge *j, uint32_t obligation, uint32_t rule,
	const struct fa_text2 *text, struct fa_err *err)
{
	const struct fa_bundle *b = j->audit.bundle;
	struct wording w = { .obligation = obligation,
		.rule = rule,
		.text = text->in[FA_LANG_ZH] };
	FA_CLEANUP(fa_buf_done) struct fa_buf filled;
	int rc;

	fa_buf_init(&filled, TEXT_BYTES);
	if (w.text.n == 0)
		return FA_OK;
	j->result->wordings++;
	if (!fa_wording_fill(&filled, w.text)) {
		fail(j, &w, FA_STR("has a malformed placeholder"));
		return FA_OK;
	}
	rc = fa_buf_rc(&filled, "wording", err);
	if (rc != FA_OK)
		return rc;
	w.on_flow = rule != FA_RULE_NONE && b->rules[rule].on_flow;
	w.met = !w.on_flow && can_be_met(b, obligation);
	rc = check_document(j, &w, fa_buf_str(&filled), err);
	if (rc == FA_OK && w.on_flow && !w.failed)
		rc = check_screen(j, &w, fa_buf_str(&filled), err);
	return rc;
}

static bool
begin_together(struct judge *j)
{
	if (++j->result->failed > FA_RULES_TEST_FAILURES)
		return false;
	fa_buf_adds(j->out, "all wordings of obligations in one document ");
	return true;
}

static void
check_whole(struct judge *j, const struct fa_result *r)
{
	const struct fa_bundle *b = j->audit.bundle;

	for (uint32_t i = 0; i < r->findings_n; i++) {
		const struct fa_finding *f = &r->findings[i];
		const struct fa_obligation *o = &b->obligations[i];

		if (f->verdict == FA_VERDICT_VIOLATION && begin_together(j))
			put_breach(j, f);
		else if (f->verdict != FA_VERDICT_VIOLATION &&
			f->verdict != FA_VERDICT_COMPLIANT &&
			o->wording.in[FA_LANG_ZH].n > 0 && can_be_met(b, i) &&
			begin_together(j))
			fa_buf_addf(j->out, "leave %.*s at %s\n",
				FA_STR_ARG(o->id), fa_verdict_name(f->verdict));
	}
}

/* What is right in each must not go wrong beside the others: people take
 * several. */
static int
check_together(struct judge *j, struct fa_err *err)
{
	const struct fa_bundle *b = j->audit.bundle;
	struct fa_result r;
	int rc;

	fa_buf_reset(&j->text);
	for (uint32_t i = 0; i < b->obligations_n; i++) {
		struct fa_str text = b->obligations[i].wording.in[FA_LANG_ZH];

		if (text.n == 0)
			continue;
		if (j->text.n == 0)
			put_scope(j, b->obligations[i].scopes);
		(void)fa_wording_fill(&j->text, text);
		fa_buf_addc(&j->text, '\n');
	}
	if (j->text.n == 0 || j->result->failed > 0)
		return FA_OK;
	rc = judge_text(j, &r, err);
	if (rc == FA_OK)
		check_whole(j, &r);
	return rc;
}

/* The first day on which everything is in force that has a date. */
static int32_t
last_start(const struct fa_bundle *b)
{
	int32_t day = 0;

	for (size_t i = 0; i < b->instruments_n; i++) {
		if (b->instruments[i].in_force_from > day)
			day = b->instruments[i].in_force_from;
	}
	return day;
}

int
fa_rules_wordings(struct fa_wording_test *t, const struct fa_bundle *b,
	struct fa_matcher *m, struct fa_buf *out, struct fa_err *err)
{
	struct judge j = { .audit = { .bundle = b,
				   .matcher = m,
				   .as_of = last_start(b),
				   .no_digests = true },
		.out = out,
		.result = t };
	int rc = FA_OK;

	*t = (struct fa_wording_test){ 0 };
	fa_arena_init(&j.arena, ARENA_BYTES);
	fa_buf_init(&j.text, TEXT_BYTES);
	for (uint32_t i = 0; i < b->obligations_n && rc == FA_OK; i++)
		rc = check(
			&j, i, FA_RULE_NONE, &b->obligations[i].wording, err);
	for (uint32_t i = 0; i < b->rules_n && rc == FA_OK; i++)
		rc = check(&j, b->rules[i].obligation, i, &b->rules[i].wording,
			err);
	if (rc == FA_OK)
		rc = check_together(&j, err);
	fa_buf_done(&j.text);
	fa_arena_done(&j.arena);
	return rc;
}
