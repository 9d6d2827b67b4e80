/* The cover, the four statements that a court asks of computer data, and the
 * summary. */
#include <stdio.h>

#include "report/common.h"
#include "report/dossier_parts.h"

#define SAY(zh, en) FA_DOSSIER_SAY(p, zh, en)

static const struct fa_paper_table fields = {
	.quiet = true, .fields = true, .columns = 2, .width = { 22, 78 }
};

static void
begin_fields(struct fa_paper *p, const char *caption)
{
	struct fa_paper_table t = fields;

	t.caption = caption;
	fa_paper_table(p, &t);
}

static void
put_optional(struct fa_paper *p, const char *label, struct fa_str s)
{
	if (s.n > 0)
		fa_paper_field(p, label, FA_PAPER_PLAIN, s);
}

static void
put_case(struct fa_paper *p, const struct fa_dossier *d)
{
	const struct fa_dossier_cover *c = &d->cover;

	begin_fields(p, SAY("案件", "The case"));
	fa_paper_field(
		p, SAY("案号", "Case number"), FA_PAPER_PLAIN, c->number);
	fa_paper_field(
		p, SAY("报告编号", "Report number"), FA_PAPER_CODE, c->report);
	put_optional(p, SAY("委托方", "Client"), c->client);
	put_optional(p, SAY("提交机关", "Submitted to"), c->court);
	fa_paper_field(p, SAY("取证机构", "Organisation"), FA_PAPER_PLAIN,
		c->organisation);
	fa_paper_field_open(p, SAY("取证人", "Operator"));
	fa_paper_add(p, FA_PAPER_PLAIN, c->operator_name);
	if (c->operator_id.n > 0) {
		fa_paper_adds(p, FA_PAPER_SOFT, SAY("　编号 ", "  no. "));
		fa_paper_add(p, FA_PAPER_PLAIN, c->operator_id);
	}
	if (c->operator_name.n == 0)
		fa_paper_adds(p, FA_PAPER_SOFT, SAY("未记录", "not recorded"));
	fa_paper_field_close(p);
	fa_paper_field(
		p, SAY("授权依据", "Mandate"), FA_PAPER_PLAIN, c->mandate);
	fa_paper_field(
		p, SAY("取证目的", "Purpose"), FA_PAPER_PLAIN, c->purpose);
	put_optional(p, SAY("见证人", "Witness"), c->witness);
	fa_paper_table_end(p);
}

static void
put_subject(struct fa_paper *p, const struct fa_dossier *d)
{
	const struct fa_dossier_cover *c = &d->cover;

	fa_paper_paraz(p, FA_PAPER_LABEL, SAY("被审查的应用", "The app"));
	begin_fields(p, SAY("被审查的应用", "The app"));
	fa_paper_field(p, SAY("名称", "Name"), FA_PAPER_PLAIN, c->app);
	fa_paper_field(p, SAY("包名", "Package"), FA_PAPER_CODE, c->package);
	fa_paper_field(p, SAY("版本", "Version"), FA_PAPER_PLAIN, c->version);
	fa_paper_field_open(p, SAY("应用商店", "Store"));
	fa_paper_add(p, FA_PAPER_PLAIN,
		c->store.n > 0 ? c->store : fa_str_c(SAY("未知", "unknown")));
	if (c->store_url.n > 0) {
		fa_paper_line(p);
		fa_paper_url(p, c->store_url);
	}
	fa_paper_field_close(p);
	fa_paper_field(
		p, SAY("开发者", "Publisher"), FA_PAPER_PLAIN, c->publisher);
	put_optional(p, SAY("类别", "Category"), c->category);
	fa_paper_field(
		p, SAY("ICP 备案", "ICP filing"), FA_PAPER_PLAIN, c->icp);
	if (c->app_file.n > 0) {
		fa_paper_field(p, SAY("客户端文件", "Client"), FA_PAPER_CODE,
			c->app_file);
		fa_dossier_put_digest(p,
			SAY("客户端文件摘要", "Digests of the client"),
			&c->app_digest);
	}
	fa_paper_table_end(p);
	fa_paper_paraz(p, FA_PAPER_SMALL,
		c->app_file.n > 0
			? SAY("客户端文件的摘要由编制报告时所给的文件算出；文件"
			      "的来源、签名和与应用商店所发布者是否相同，须另行"
			      "证明。",
				  "The digests are those of the file given for "
				  "this report; where it came from, who signed "
				  "it and whether it is the one that the store "
				  "gives out has to be shown otherwise.")
			: SAY("本案未提取已安装的客户端：下列结论针对所列网页和"
			      "界"
			      "面，不证明正式发布的客户端显示同样内容。",
				  "No installed client was taken: what follows "
				  "concerns the pages and screens listed and "
				  "does "
				  "not prove that the released client shows "
				  "the "
				  "same."));
}

/* Reviewers, as the log has them. */
static void
put_reviewers(struct fa_paper *p, const struct fa_dossier_making *m)
{
	char at[FA_DOSSIER_TIME_BYTES];

	if (m->reviewed_us == 0)
		return;
	fa_paper_field_open(p, SAY("复核人", "Reviewers"));
	fa_paper_add(p, FA_PAPER_PLAIN, m->reviewer);
	fa_dossier_local(at, p->lang, m->reviewed_us);
	fa_paper_line(p);
	fa_paper_addf(p, FA_PAPER_SOFT,
		SAY("据保管链；最后一次 %s", "from the log; last on %s"), at);
	fa_paper_field_close(p);
}

static void
put_making(struct fa_paper *p, const struct fa_dossier *d)
{
	const struct fa_dossier_making *m = &d->making;
	char from[FA_DOSSIER_TIME_BYTES], to[FA_DOSSIER_TIME_BYTES];

	fa_paper_paraz(p, FA_PAPER_LABEL,
		SAY("电子数据的制作说明（最高人民法院关于行政诉讼证据若干问题的"
		    "规定第十二条）",
			"How, when, by whom and for what (Provisions on "
			"Evidence in Administrative Litigation, art. 12)"));
	begin_fields(p, SAY("制作说明", "Making"));
	fa_paper_field(p, SAY("制作方法", "制作方法 (method)"), FA_PAPER_PLAIN,
		m->method);
	fa_paper_field_open(p, SAY("制作时间", "制作时间 (time)"));
	fa_dossier_local(from, p->lang, m->from_us);
	fa_dossier_local(to, p->lang, m->to_us);
	fa_paper_addf(p, FA_PAPER_PLAIN,
		SAY("取证：自 %s 至 %s", "captured: from %s to %s"), from, to);
	if (m->made_us > 0) {
		fa_dossier_local(from, p->lang, m->made_us);
		fa_paper_line(p);
		fa_paper_addf(p, FA_PAPER_PLAIN,
			SAY("报告编制：%s", "report compiled: %s"), from);
	}
	fa_paper_field_close(p);
	fa_paper_field(
		p, SAY("制作人", "制作人 (maker)"), FA_PAPER_PLAIN, m->maker);
	fa_paper_field(p, SAY("证明对象", "证明对象 (to prove)"),
		FA_PAPER_PLAIN, m->proves);
	put_reviewers(p, m);
	fa_paper_table_end(p);
}

static void
put_reviewed(struct fa_paper *p, const struct fa_dossier *d)
{
	const struct fa_dossier_making *m = &d->making;
	bool all = m->findings > 0 && m->reviewed == m->findings;
	enum fa_paper_kind k = all ? FA_PAPER_NOTE : FA_PAPER_WARNING;

	fa_paper_open(p, k);
	if (m->findings == 0) {
		fa_paper_adds(p, FA_PAPER_STRONG,
			SAY("本案没有程序得出的违规或缺失。",
				"The program "
				"found no "
				"violation and "
				"no gap."));
		fa_paper_adds(p, FA_PAPER_PLAIN,
			SAY("没有发现不等于合规，见第三章。",
				" Not found is not compliant; see chapter 3."));
	} else if (m->reviewed == 0) {
		fa_paper_adds(p, FA_PAPER_STRONG,
			SAY("机器发现，尚未经人工复核。",
				"Found by a program, not reviewed by a "
				"person."));
		fa_paper_addf(p, FA_PAPER_PLAIN,
			SAY("下列 %u 项均由程序依规则得出，在具备资格的人复核之"
			    "前只是线索，不是对违法事实的认定。",
				" The %u findings are leads until a qualified "
				"person has reviewed them, and no finding of "
				"law."),
			(unsigned)m->findings);
	} else {
		fa_paper_addf(p, FA_PAPER_STRONG,
			SAY("%u 项发现中，%u 项已经人工复核，%u 项未经复核。",
				"Of %u findings %u were reviewed by a person, "
				"%u were not."),
			(unsigned)m->findings, (unsigned)m->reviewed,
			(unsigned)(m->findings - m->reviewed));
		fa_paper_adds(p, FA_PAPER_PLAIN,
			SAY("各项的复核人、时间和意见写在该项之下；未复核的只是"
			    "线索。",
				" Reviewer, time and opinion stand with each; "
				"those not reviewed are leads."));
	}
	if (m->own_review)
		fa_paper_adds(p, FA_PAPER_AMBER,
			SAY("取证人复核了自己的取证。",
				" The operator reviewed a capture of his "
				"own."));
	fa_paper_close(p, k);
}

/* Evidence that is not what it should be, before anything else is read. */
static void
put_faults(struct fa_paper *p, const struct fa_dossier *d)
{
	if (d->faults_all == 0)
		return;
	fa_paper_open(p, FA_PAPER_WARNING);
	fa_paper_addf(p, FA_PAPER_RED,
		SAY("证据有 %zu 处与保管链或重新评判的结果不符，查明原因之前本"
		    "报告不可使用：",
			"%zu things are not what the log or judging again says "
			"they are. Do not use this report before it is known "
			"why: "),
		d->faults_all);
	for (size_t i = 0; i < d->faults_n; i++) {
		fa_paper_line(p);
		fa_paper_add(p, FA_PAPER_CODE, d->faults[i].what);
		fa_paper_adds(p, FA_PAPER_PLAIN, SAY("：", ": "));
		fa_paper_add(p, FA_PAPER_PLAIN, d->faults[i].why);
	}
	fa_paper_close(p, FA_PAPER_WARNING);
}

static void
put_contents(struct fa_paper *p)
{
	static const char *const id[] = { "summary", "findings", "unknown",
		"method", "again", "objects", "custody", "annex" };
	static const char *const title[][FA_LANG_COUNT] = {
		{ "一、摘要", "1. Summary" },
		{ "二、逐项发现", "2. Findings" },
		{ "三、未查明的事项", "3. What is not known" },
		{ "四、方法与局限", "4. Method and limits" },
		{ "五、复现", "5. Doing it again" },
		{ "六、物证清单", "6. List of objects" },
		{ "七、保管链、时间戳与签署",
			"7. Custody, stamps, signatures" },
		{ "八、附录", "8. Annexes" },
	};

	fa_paper_open(p, FA_PAPER_NOTE);
	fa_paper_adds(p, FA_PAPER_STRONG, SAY("目录　", "Contents: "));
	for (size_t i = 0; i < FA_COUNT(id); i++) {
		char to[FA_PAPER_ID_BYTES];

		(void)snprintf(to, sizeof(to), "#%s", id[i]);
		if (i > 0)
			fa_paper_adds(p, FA_PAPER_SOFT, SAY("　·　", " · "));
		fa_paper_link(p, to, fa_str_c(title[i][p->lang]));
	}
	fa_paper_close(p, FA_PAPER_NOTE);
}

void
fa_dossier_cover(struct fa_paper *p, const struct fa_dossier *d)
{
	fa_paper_heading(p, 1, NULL,
		fa_str_c(SAY("人脸识别合规取证报告",
			"Face recognition evidence report")));
	fa_paper_open(p, FA_PAPER_STATEMENT);
	fa_paper_add(p, FA_PAPER_PLAIN, d->cover.title);
	fa_paper_close(p, FA_PAPER_STATEMENT);
	put_faults(p, d);
	put_reviewed(p, d);
	put_case(p, d);
	put_subject(p, d);
	put_making(p, d);
	fa_paper_page(p);
	put_contents(p);
}

/* ---- the summary ---- */

struct counts {
	unsigned violations, gaps, leads, judged;
};

static struct counts
count(const struct fa_dossier *d)
{
	struct counts c = { 0 };

	for (size_t i = 0; i < d->findings_n; i++) {
		const struct fa_dossier_finding *f = &d->findings[i];

		if (f->tier == FA_TIER_LEAD)
			c.leads++;
		else if (f->verdict == FA_VERDICT_VIOLATION)
			c.violations++;
		else
			c.gaps++;
	}
	for (size_t i = 0; i < d->documents_n; i++)
		c.judged += d->documents[i].error.n == 0;
	return c;
}

static void
put_counts(struct fa_paper *p, const struct fa_dossier *d)
{
	struct counts c = count(d);

	fa_paper_open(p, FA_PAPER_BODY);
	fa_paper_addf(p, FA_PAPER_PLAIN,
		SAY("评判了 %u 份文本或界面流，%zu 处内容未能取得或看全（第三章"
		    "）。得出违规 %u 项、缺失 %u 项；另有 %u 项因规则的实测精确"
		    "率不足或未经测量只作为线索，不计入前两数。",
			"%u texts or flows were judged, %zu things could not "
			"be had or seen whole (chapter 3). %u violations and "
			"%u gaps were found; %u more are leads only, because "
			"the rule's measured precision is too low or not "
			"known, and are not in these numbers."),
		c.judged, d->unknowns_n, c.violations, c.gaps, c.leads);
	fa_paper_close(p, FA_PAPER_BODY);
	fa_paper_paraz(p, FA_PAPER_SMALL,
		SAY("项数是触及的义务数，不是违法行为的个数：同一表述或界面可能"
		    "触"
		    "及数项义务。",
			"These are numbers of duties, not of wrongs: one "
			"passage or screen may touch several."));
	if (d->findings_all > d->findings_n) {
		fa_paper_open(p, FA_PAPER_WARNING);
		fa_paper_addf(p, FA_PAPER_PLAIN,
			SAY("发现共 %zu 项，本报告只列前 %zu 项。",
				"%zu findings in all; the first %zu are "
				"shown."),
			d->findings_all, d->findings_n);
		fa_paper_close(p, FA_PAPER_WARNING);
	}
}

static void
put_score(struct fa_paper *p, const struct fa_dossier *d)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;

	fa_buf_init(&b, 256);
	if (d->score.grade == 'N' || d->score.grade == '\0')
		return;
	fa_buf_addf(
		&b, SAY("等级 %c，得分 ", "Grade %c, score "), d->score.grade);
	fa_report_points(&b, d->score.lo);
	fa_buf_adds(&b, SAY(" 至 ", " to "));
	fa_report_points(&b, d->score.hi);
	fa_buf_addf(&b,
		SAY("，覆盖率 %u%%（模型 frx-1）。得分只用于排序和分流，不是对"
		    "违法与否的认定。",
			", coverage %u %% (model frx-1). The score is for "
			"triage and is no finding of law."),
		(unsigned)(d->score.coverage_bp / 100));
	fa_paper_para(p, FA_PAPER_SMALL, fa_buf_str(&b));
}

static void
put_row(struct fa_paper *p, const struct fa_dossier_finding *f, size_t number)
{
	char to[FA_PAPER_ID_BYTES];
	struct fa_str law = f->laws_n > 0 ? f->laws[0].source : FA_STR_NONE;

	(void)snprintf(to, sizeof(to), "#f%zu", number);
	fa_paper_row(p);
	fa_paper_putf(p, FA_PAPER_PLAIN, "%zu", number);
	fa_paper_cell(p);
	fa_paper_link(p, to, f->duty);
	fa_paper_line(p);
	fa_paper_adds(p,
		f->verdict == FA_VERDICT_VIOLATION ? FA_PAPER_RED
						   : FA_PAPER_AMBER,
		fa_label_verdict(p->lang, f->verdict));
	fa_paper_cell_end(p);
	fa_paper_put(p, FA_PAPER_PLAIN, law);
	fa_paper_putz(
		p, FA_PAPER_PLAIN, fa_label_severity(p->lang, f->severity));
	fa_paper_cell(p);
	fa_paper_adds(p, FA_PAPER_PLAIN, fa_label_tier(p->lang, f->tier));
	if (f->confidence > 0)
		fa_paper_addf(p, FA_PAPER_SOFT, " %u.%03u",
			(unsigned)(f->confidence / 1000),
			(unsigned)(f->confidence % 1000));
	fa_paper_cell_end(p);
	fa_paper_putz(p,
		f->review == FA_REVIEW_CONFIRMED ? FA_PAPER_GOOD
						 : FA_PAPER_AMBER,
		fa_dossier_review(p->lang, f->review));
	fa_paper_row_end(p);
}

void
fa_dossier_summary(struct fa_paper *p, const struct fa_dossier *d)
{
	const struct fa_paper_table t = {
		.caption = SAY("发现一览；序号与第二章相同",
			"Findings; the numbers are those of chapter 2"),
		.columns = 6,
		.head = { SAY("序号", "No."), SAY("发现", "Finding"),
			SAY("依据", "Article"), SAY("程度", "Severity"),
			SAY("可信度", "Confidence"), SAY("复核", "Review") },
		.width = { 6, 32, 24, 9, 14, 15 },
	};

	fa_paper_heading(
		p, 2, "summary", fa_str_c(SAY("一、摘要", "1. Summary")));
	put_counts(p, d);
	put_score(p, d);
	if (d->findings_n == 0)
		return;
	fa_paper_table(p, &t);
	for (size_t i = 0; i < d->findings_n; i++)
		put_row(p, &d->findings[i], i + 1);
	fa_paper_table_end(p);
}
