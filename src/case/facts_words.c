/* What is said of a finding beside the rule's own words: which elements the
 * program saw met and which it leaves to people, what would overturn it, and
 * how else the passage may be read. A report that keeps silent about these
 * does the other side's work. */
#include "base/clock.h"
#include "case/facts_parts.h"
#include "report/common.h"
#include "report/label.h"

#define LIST_MAX 10
#define SAY(zh, en) FA_FACTS_SAY(x, zh, en)

static void
add_element(struct fa_dossier_finding *f, struct fa_str text, enum fa_tri met)
{
	if (f->elements_n < LIST_MAX && text.n > 0)
		f->elements[f->elements_n++] =
			(struct fa_dossier_element){ text, met };
}

static void
add_rebut(struct fa_dossier_finding *f, const char *z)
{
	if (f->rebut_n < LIST_MAX)
		f->rebut[f->rebut_n++] = fa_str_c(z);
}

static void
add_reading(struct fa_dossier_finding *f, const char *z)
{
	if (f->readings_n < LIST_MAX)
		f->readings[f->readings_n++] = fa_str_c(z);
}

static struct fa_str
scopes_text(struct fa_facts *x, uint32_t scopes)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);

	fa_buf_init(&b, 4096);
	for (int s = 0; s < FA_SCOPE_COUNT; s++) {
		if (!(scopes & FA_SCOPE_BIT(s)))
			continue;
		fa_buf_adds(&b, b.n > 0 ? SAY("、", ", ") : "");
		fa_buf_adds(&b, fa_label_scope(x->o->lang, s));
	}
	return fa_facts_dup(x, fa_buf_str(&b));
}

/* ---- elements ---- */

static void
put_force(struct fa_dossier_finding *f, struct fa_facts *x,
	const struct fa_obligation *o)
{
	char date[FA_DATE_BYTES], from[FA_DATE_BYTES];
	const struct fa_instrument *in;

	if (o->instrument >= x->bundle->instruments_n)
		return;
	in = &x->bundle->instruments[o->instrument];
	fa_date_format(x->key.as_of, date);
	fa_date_format(in->in_force_from, from);
	add_element(f,
		fa_facts_say(x,
			SAY("该规定自 %s 起施行，按 %s 有效的规定评判",
				"in force from %s; judged by the law of %s"),
			from, date),
		in->in_force_from > 0 && in->in_force_from <= x->key.as_of
			? FA_TRI_YES
			: FA_TRI_NO);
}

/* What no program sees: these stand in every finding. */
static void
put_left(struct fa_dossier_finding *f, const struct fa_facts *x, bool flow)
{
	add_element(f,
		flow ? fa_str_c(SAY("录得的界面属于被诉的处理者和该应用",
			       "the screens are those of the app and the "
			       "processor accused"))
		     : fa_str_c(SAY("该文件由被诉的处理者发布，并适用于该应用",
			       "the text was published by the processor "
			       "accused and applies to the app")),
		FA_TRI_UNKNOWN);
	add_element(f,
		fa_str_c(SAY("没有法律、行政法规另行规定的例外（例如要求在该环"
			     "节核验人脸，或者属于提供服务所必需）",
			"no statute makes an exception (such as one that asks "
			"for a face check at this point, or necessity for the "
			"service)")),
		FA_TRI_UNKNOWN);
	add_element(f,
		f->verdict == FA_VERDICT_GAP
			? fa_str_c(SAY("没有取得的界面、弹窗和文件中也没有该表"
				       "述",
				  "screens, dialogs and documents not obtained "
				  "do not say it either"))
			: flow ? fa_str_c(SAY("一般用户看到的与录得的相同",
					 "ordinary users see what was "
					 "recorded"))
			       : fa_str_c(SAY("实际做法与文字相符",
					 "practice follows the wording")),
		FA_TRI_UNKNOWN);
}

static void
put_elements(struct fa_dossier_finding *f, struct fa_facts *x,
	const struct fa_obligation *o, const struct fa_rule *rule, bool flow)
{
	struct fa_str scopes = scopes_text(x, o->scopes);

	put_force(f, x, o);
	if (scopes.n > 0)
		add_element(f,
			fa_facts_say(x,
				SAY("所评判的内容涉及该义务适用的情形：%.*s",
					"the subject is one to which the duty "
					"applies: %.*s"),
				FA_STR_ARG(scopes)),
			FA_TRI_YES);
	if (f->verdict == FA_VERDICT_GAP)
		add_element(f,
			fa_str_c(SAY("规则在所列全部文本中没有找到满足该义务的"
				     "表述",
				"the rules found no wording in any of the "
				"texts that meets the duty")),
			FA_TRI_YES);
	else if (rule != NULL)
		add_element(f,
			fa_facts_say(x,
				SAY("%s符合规则的条件：%.*s",
					"%s meets the conditions of the rule: "
					"%.*s"),
				flow ? SAY("录得的界面", "what was recorded")
				     : SAY("引文", "the passage"),
				FA_STR_ARG(f->rule_title)),
			FA_TRI_YES);
	if (rule != NULL && rule->unless != NULL)
		add_element(f,
			fa_str_c(SAY("规则列明的除外情形没有出现",
				"the exceptions that the rule knows do not "
				"occur")),
			FA_TRI_YES);
	put_left(f, x, flow);
}

/* ---- what would overturn it ---- */

static void
put_rebut(struct fa_dossier_finding *f, const struct fa_facts *x,
	const struct fa_obligation *o, bool flow)
{
	if (f->verdict == FA_VERDICT_GAP) {
		add_rebut(f,
			SAY("出示当时有效、并在处理前向用户展示的文件、弹窗或"
			    "界面，其中载有该项内容。",
				"A document, dialog or screen that was in "
				"force, was shown before processing and says "
				"it."));
		add_rebut(f,
			SAY("证明该应用并不处理人脸信息，文中提及的是他人的服务"
			    "或一般说明。",
				"Proof that the app processes no face "
				"information and the text speaks of others."));
	} else if (flow) {
		add_rebut(f,
			SAY("以录屏或再次走查表明：不经人脸采集也能完成同一事"
			    "项，或界面与录得的不同。",
				"A recording that shows the same purpose "
				"reached without a capture, or other screens "
				"than those recorded."));
		add_rebut(f,
			SAY("证明录得的是试验分组、特定账号或旧版本，一般用户看"
			    "到的不同。",
				"Proof that what was recorded is a trial, an "
				"odd account or an old version."));
	} else {
		add_rebut(f,
			SAY("证明引文不适用于该应用，或在取得之前已被替换。",
				"Proof that the passage does not apply to the "
				"app, or was replaced before the capture."));
		add_rebut(f,
			SAY("证明引文所说的只在用户设备内完成，运营者不接触人脸"
			    "信息。",
				"Proof that all of it happens on the user's "
				"device and the operator touches no face "
				"information."));
	}
	add_rebut(f,
		o->kind == FA_KIND_PROHIBITION
			? SAY("证明该处理是法律、行政法规所要求，或属提供服务所"
			      "必需且影响最小。",
				  "Proof that a statute asks for it, or that "
				  "it is necessary for the service and the "
				  "least intrusive way.")
			: SAY("证明该义务已以其他方式履行，例如单独告知书、单"
			      "独同意记录。",
				  "Proof that the duty was met otherwise: a "
				  "separate notice, records of consent."));
	add_rebut(f,
		SAY("证明所列字节不是该网址当时发出的内容，例如提供服务器日志、"
		    "存档或另一时间相近的取证。",
			"Proof that the bytes listed are not what the address "
			"sent then: server logs, archives, another capture of "
			"the time."));
}

static void
put_readings(struct fa_dossier_finding *f, const struct fa_facts *x, bool flow)
{
	if (f->verdict == FA_VERDICT_GAP) {
		add_reading(f,
			SAY("概括的表述（例如“依照法律法规处理”）可能被主张为已"
			    "经告知。",
				"General wording (\"as the law provides\") may "
				"be said to suffice."));
		add_reading(f,
			SAY("该项内容可能写在另外的协议、单独告知或产品说明中，"
			    "而本次没有取得。",
				"It may stand in another agreement or notice "
				"that was not obtained."));
		return;
	}
	if (flow) {
		add_reading(f,
			SAY("没有走到的操作可能通向其他方式；未探索的操作列在第"
			    "三章。",
				"Controls that were not tried may lead to "
				"other ways; chapter 3 lists them."));
		return;
	}
	add_reading(f,
		SAY("引文可能只是对某一功能的说明，而不是对所有用户的强制要"
		    "求。",
			"The passage may describe one feature and not oblige "
			"every user."));
	add_reading(f,
		SAY("引文中的“人脸”“面容”可能指设备自带的认证或普通照片，而不是"
		    "远程人脸识别。",
			"\"Face\" may mean the device's own unlock or a "
			"photograph, not remote recognition."));
	if (f->contra_n > 0)
		add_reading(f,
			SAY("结合所列反证，整份文件可能被理解为提供了选择或限定"
			    "。",
				"With the passages that speak against it, the "
				"text as a whole may be read as giving a "
				"choice or a limit."));
}

/* ---- the fact in one sentence ---- */

#define QUOTE_POINTS 60

/* The first characters of a passage. */
static struct fa_str
head_of(struct fa_str s)
{
	size_t at = 0;

	for (int n = 0; n < QUOTE_POINTS && at < s.n; n++) {
		at++;
		while (at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80)
			at++;
	}
	return fa_str_sub(s, 0, at);
}

static void
put_fact(struct fa_dossier_finding *f, struct fa_facts *x,
	const struct fa_obligation *o, bool flow)
{
	struct fa_str gap = fa_report_pick(&o->gap, x->o->lang);
	struct fa_str said = f->rule_title.n > 0 ? f->rule_title : f->duty;
	const struct fa_dossier_passage *p = f->pro_n > 0 ? f->pro : NULL;
	size_t texts = 0;

	for (size_t i = 0; i < x->d->documents_n; i++)
		texts += x->d->documents[i].error.n == 0 &&
			x->d->documents[i].is_flow == flow;
	if (f->verdict == FA_VERDICT_GAP) {
		f->fact = fa_facts_say(x,
			flow ? SAY("录得的 %zu 个界面流中：%.*s。",
				       "In the %zu flows recorded: %.*s.")
			     : SAY("已取得的 %zu 份文本中：%.*s。",
				       "In the %zu texts obtained: %.*s."),
			texts, FA_STR_ARG(gap.n > 0 ? gap : said));
		return;
	}
	if (p == NULL) {
		f->fact = fa_facts_say(
			x, SAY("%.*s。", "%.*s."), FA_STR_ARG(said));
		return;
	}
	if (flow) {
		f->fact = fa_facts_say(x,
			SAY("在界面“%.*s”上：%.*s。",
				"On screen “%.*s”: %.*s."),
			FA_STR_ARG(p->screen), FA_STR_ARG(said));
		return;
	}
	f->fact = fa_facts_say(x,
		SAY("《%.*s》写有“%.*s%s”：%.*s。",
			"“%.*s” says “%.*s%s”: %.*s."),
		FA_STR_ARG(x->d->documents[p->document].title.n > 0
				? x->d->documents[p->document].title
				: x->d->documents[p->document].url),
		FA_STR_ARG(head_of(p->text)),
		head_of(p->text).n < p->text.n ? "……" : "", FA_STR_ARG(said));
}

int
fa_facts_words(struct fa_dossier_finding *f, struct fa_facts *x,
	uint32_t obligation, uint32_t rule, bool flow, struct fa_err *err)
{
	const struct fa_obligation *o = &x->bundle->obligations[obligation];
	const struct fa_rule *r =
		rule < x->bundle->rules_n ? &x->bundle->rules[rule] : NULL;
	struct fa_finding as = {
		.obligation = obligation, .rule = rule, .verdict = f->verdict
	};

	f->elements = fa_arena_new(x->a, LIST_MAX, sizeof(*f->elements));
	f->rebut = fa_arena_new(x->a, LIST_MAX, sizeof(*f->rebut));
	f->readings = fa_arena_new(x->a, LIST_MAX, sizeof(*f->readings));
	if (f->elements == NULL || f->rebut == NULL || f->readings == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a report");
	f->duty = fa_report_pick(&o->title, x->o->lang);
	f->why = fa_report_why(x->bundle, &as, x->o->lang);
	f->remedy = fa_report_fix(x->bundle, &as, x->o->lang);
	if (r != NULL) {
		f->rule = r->id;
		f->rule_title = fa_report_pick(&r->title, x->o->lang);
		f->hits = r->hits;
		f->right = r->right;
		f->known_wrong = r->false_positives;
	}
	put_fact(f, x, o, flow);
	put_elements(f, x, o, r, flow);
	put_rebut(f, x, o, flow);
	put_readings(f, x, flow);
	return f->fact.p != NULL
		? FA_OK
		: fa_fail(err, FA_E_NOMEM, "no memory for a report");
}
