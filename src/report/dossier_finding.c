/* One finding: what was found, where, on what ground, and what can be said
 * against it. */
#include <stdio.h>

#include "base/clock.h"
#include "report/common.h"
#include "report/dossier_parts.h"

#define SAY(zh, en) FA_DOSSIER_SAY(p, zh, en)

static void
put_tags(struct fa_paper *p, const struct fa_dossier_finding *f)
{
	fa_paper_open(p, FA_PAPER_SMALL);
	fa_paper_adds(p,
		f->verdict == FA_VERDICT_VIOLATION ? FA_PAPER_RED
						   : FA_PAPER_AMBER,
		fa_label_verdict(p->lang, f->verdict));
	fa_paper_addf(p, FA_PAPER_PLAIN,
		SAY("　·　程度 %s　·　可信度 %s", " · severity %s · %s"),
		fa_label_severity(p->lang, f->severity),
		fa_label_tier(p->lang, f->tier));
	fa_paper_adds(p, FA_PAPER_PLAIN, SAY("　·　", " · "));
	fa_paper_adds(p,
		f->review == FA_REVIEW_CONFIRMED ? FA_PAPER_GOOD
						 : FA_PAPER_AMBER,
		fa_dossier_review(p->lang, f->review));
	fa_paper_adds(p, FA_PAPER_PLAIN, SAY("　·　义务 ", " · duty "));
	fa_paper_add(p, FA_PAPER_CODE, f->obligation);
	fa_paper_adds(p, FA_PAPER_PLAIN, SAY("　·　编号 ", " · id "));
	fa_paper_adds(p, FA_PAPER_CODE, f->fingerprint);
	fa_paper_close(p, FA_PAPER_SMALL);
}

static void
put_more(struct fa_paper *p, size_t shown, size_t all)
{
	if (all <= shown)
		return;
	fa_paper_open(p, FA_PAPER_SMALL);
	fa_paper_addf(p, FA_PAPER_PLAIN,
		SAY("另有 %zu 处未列；在案件副本上以 faceaudit report -o "
		    "ndjson 可见全部。",
			"%zu more are not shown; faceaudit report -o ndjson on "
			"a copy of the case has them all."),
		all - shown);
	fa_paper_close(p, FA_PAPER_SMALL);
}

static void
put_for(struct fa_paper *p, const struct fa_dossier *d,
	const struct fa_dossier_finding *f)
{
	if (f->pro_n > 0) {
		fa_paper_paraz(p, FA_PAPER_LABEL,
			SAY("原文（逐字摘录）", "The words (verbatim)"));
		fa_dossier_passages(p, d, f->pro, f->pro_n, false);
		put_more(p, f->pro_n, f->pro_all);
		return;
	}
	fa_paper_open(p, FA_PAPER_NOTE);
	fa_paper_adds(p, FA_PAPER_PLAIN,
		f->verdict == FA_VERDICT_GAP
			? SAY("本项是缺失：在所列已取得的全部文本中没有找到应有"
			      "的表述，因此没有可摘录的原文。全文见附录，可逐句"
			      "核对。",
				  "This is a gap: the wording that should be "
				  "there was not found in any of the texts "
				  "listed, so there is nothing to quote. The "
				  "full texts are annexed for checking.")
			: SAY("本项没有可摘录的原文。",
				  "There is nothing to quote."));
	fa_paper_close(p, FA_PAPER_NOTE);
}

static void
put_against(struct fa_paper *p, const struct fa_dossier *d,
	const struct fa_dossier_finding *f)
{
	fa_paper_paraz(p, FA_PAPER_LABEL,
		SAY("不利于本项的表述（反证）", "What speaks against it"));
	if (f->contra_n > 0) {
		fa_dossier_passages(p, d, f->contra, f->contra_n, true);
		put_more(p, f->contra_n, f->contra_all);
		return;
	}
	fa_paper_paraz(p, FA_PAPER_BODY,
		SAY("规则在已取得的文本中没有找到与本项相反的表述。这只说明所列"
		    "文本和所用规则的范围，不排除其他文件、界面或书面答复中有相"
		    "反内容。",
			"The rules found no contrary wording in the texts "
			"listed. That speaks for these texts and rules only; "
			"other documents, screens or written replies may say "
			"otherwise."));
}

static void
put_list(struct fa_paper *p, const char *label, const struct fa_str *at,
	size_t n)
{
	if (n == 0)
		return;
	fa_paper_paraz(p, FA_PAPER_LABEL, label);
	for (size_t i = 0; i < n; i++)
		fa_paper_para(p, FA_PAPER_BULLET, at[i]);
}

static void
put_elements(struct fa_paper *p, const struct fa_dossier_finding *f)
{
	const struct fa_paper_table t = {
		.caption = SAY("规则所要求的要件，以及是否具备",
			"What the rule asks, and whether it was met"),
		.columns = 2,
		.head = { SAY("要件", "Element"), SAY("具备", "Met") },
		.width = { 84, 16 },
	};

	if (f->elements_n == 0)
		return;
	fa_paper_table(p, &t);
	for (size_t i = 0; i < f->elements_n; i++) {
		fa_paper_row(p);
		fa_paper_put(p, FA_PAPER_PLAIN, f->elements[i].text);
		fa_paper_putz(p,
			f->elements[i].met == FA_TRI_YES ? FA_PAPER_GOOD
							 : FA_PAPER_AMBER,
			f->elements[i].met == FA_TRI_UNKNOWN
				? SAY("待人工判断", "for a person")
				: fa_dossier_tri(p->lang, f->elements[i].met));
		fa_paper_row_end(p);
	}
	fa_paper_table_end(p);
}

static void
put_rule(struct fa_paper *p, const struct fa_dossier *d,
	const struct fa_dossier_finding *f)
{
	fa_paper_open(p, FA_PAPER_SMALL);
	if (f->rule.n > 0) {
		fa_paper_adds(p, FA_PAPER_PLAIN, SAY("规则 ", "Rule "));
		fa_paper_add(p, FA_PAPER_CODE, f->rule);
		if (f->rule_title.n > 0) {
			fa_paper_adds(p, FA_PAPER_PLAIN, SAY("：", ": "));
			fa_paper_add(p, FA_PAPER_PLAIN, f->rule_title);
		}
		fa_paper_adds(p, FA_PAPER_PLAIN, SAY("。", ". "));
	}
	if (f->hits > 0)
		fa_paper_addf(p, FA_PAPER_PLAIN,
			SAY("在人工标注的文档上命中 %u 次，其中 %u 次与标注一"
			    "致，精确率 95%% 置信下限 %u.%03u。",
				"On documents labelled by people it fired %u "
				"times, %u times in agreement; lower 95 %% "
				"bound of precision %u.%03u. "),
			(unsigned)f->hits, (unsigned)f->right,
			(unsigned)(f->confidence / 1000),
			(unsigned)(f->confidence % 1000));
	else
		fa_paper_adds(p, FA_PAPER_AMBER,
			SAY("该规则的精确率没有实测数据。",
				"The precision of this rule was not "
				"measured. "));
	fa_paper_addf(p, FA_PAPER_PLAIN,
		SAY("规则集 SHA-256 %s；规则全文随证据包附带，也可用 "
		    "faceaudit rules explain 查看。",
			"Rules SHA-256 %s; the pack carries them, and "
			"faceaudit rules explain prints them."),
		d->tool.rules_sha256);
	fa_paper_close(p, FA_PAPER_SMALL);
	if (f->known_wrong.n > 0) {
		fa_paper_open(p, FA_PAPER_SMALL);
		fa_paper_adds(p, FA_PAPER_STRONG,
			SAY("该规则已知的误报：", "Known false positives: "));
		fa_paper_add(p, FA_PAPER_PLAIN, f->known_wrong);
		fa_paper_close(p, FA_PAPER_SMALL);
	}
}

static void
put_reasoning(struct fa_paper *p, const struct fa_dossier *d,
	const struct fa_dossier_finding *f)
{
	fa_paper_paraz(p, FA_PAPER_LABEL, SAY("理由", "Reasoning"));
	fa_paper_para(p, FA_PAPER_BODY, f->why);
	fa_paper_para(p, FA_PAPER_BODY, f->reason);
	put_elements(p, f);
	put_rule(p, d, f);
}

static const char *
opinion_word(const struct fa_paper *p, struct fa_str state)
{
	if (fa_str_eq(state, FA_STR("confirmed")))
		return SAY("成立", "confirmed");
	if (fa_str_eq(state, FA_STR("rejected")))
		return SAY("不成立", "rejected");
	return SAY("待补证", "needs more evidence");
}

static void
put_opinion(struct fa_paper *p, const struct fa_dossier_opinion *o)
{
	char at[FA_DOSSIER_TIME_BYTES];

	fa_paper_open(p, FA_PAPER_BULLET);
	fa_paper_add(p, FA_PAPER_STRONG, o->by);
	if (o->role.n > 0) {
		fa_paper_adds(p, FA_PAPER_SOFT, SAY("（", " ("));
		fa_paper_add(p, FA_PAPER_SOFT, o->role);
		fa_paper_adds(p, FA_PAPER_SOFT, SAY("）", ")"));
	}
	fa_paper_adds(p, FA_PAPER_PLAIN, SAY("：", ": "));
	fa_paper_adds(p, FA_PAPER_PLAIN, opinion_word(p, o->state));
	if (o->superseded)
		fa_paper_adds(p, FA_PAPER_AMBER,
			SAY("（本人后来改变了意见）",
				" (changed by the same person later)"));
	if (o->note.n > 0) {
		fa_paper_adds(p, FA_PAPER_PLAIN, SAY("。", ". "));
		fa_paper_add(p, FA_PAPER_PLAIN, o->note);
	}
	fa_dossier_local(at, p->lang, o->at_us);
	fa_paper_addf(p, FA_PAPER_SOFT,
		SAY("　%s，保管链第 %lld 号事件", "  %s, custody event %lld"),
		at, (long long)o->seq);
	fa_paper_close(p, FA_PAPER_BULLET);
}

static void
put_review(struct fa_paper *p, const struct fa_dossier_finding *f)
{
	fa_paper_paraz(p, FA_PAPER_LABEL, SAY("人工复核", "Review"));
	fa_paper_open(p, FA_PAPER_BODY);
	fa_paper_adds(p,
		f->review == FA_REVIEW_CONFIRMED ? FA_PAPER_GOOD
						 : FA_PAPER_AMBER,
		fa_dossier_review(p->lang, f->review));
	if (f->review == FA_REVIEW_NONE)
		fa_paper_adds(p, FA_PAPER_PLAIN,
			SAY("　复核结论：________　复核人：________　日期："
			    "________",
				"  Conclusion: ________  reviewer: ________  "
				"date: ________"));
	fa_paper_close(p, FA_PAPER_BODY);
	for (size_t i = 0; i < f->opinions_n; i++)
		put_opinion(p, &f->opinions[i]);
}

void
fa_dossier_law(
	struct fa_paper *p, const struct fa_dossier_law *l, bool with_text)
{
	char from[FA_DATE_BYTES];

	fa_paper_open(p, FA_PAPER_BODY);
	fa_paper_add(p, FA_PAPER_STRONG, l->source);
	if (l->number.n > 0) {
		fa_paper_adds(p, FA_PAPER_PLAIN, SAY("（", " ("));
		fa_paper_add(p, FA_PAPER_PLAIN, l->number);
		fa_paper_adds(p, FA_PAPER_PLAIN, SAY("）", ")"));
	}
	fa_paper_line(p);
	if (l->from > 0) {
		fa_date_format(l->from, from);
		fa_paper_addf(p, FA_PAPER_SOFT,
			SAY("自 %s 起施行", "in force from %s"), from);
	}
	if (!l->binding)
		fa_paper_adds(p, FA_PAPER_AMBER,
			SAY("　推荐性文件，本身不构成违法依据",
				"  recommended only; it alone makes no "
				"violation"));
	fa_paper_adds(p, FA_PAPER_SOFT, SAY("　官方来源 ", "  official page "));
	fa_paper_url(p, l->page);
	fa_paper_close(p, FA_PAPER_BODY);
	if (!with_text)
		return;
	if (l->text.n == 0)
		return;
	fa_paper_para(p, FA_PAPER_LAW, l->text);
	fa_paper_open(p, FA_PAPER_PLACE);
	fa_paper_adds(p, FA_PAPER_PLAIN, SAY("条文文本 ", "text "));
	fa_paper_add(p, FA_PAPER_CODE, l->file);
	fa_paper_adds(p, FA_PAPER_PLAIN, SAY("，SHA-256 ", ", SHA-256 "));
	fa_paper_adds(p, FA_PAPER_CODE, l->digest.sha256);
	if (!l->named)
		fa_paper_adds(p, FA_PAPER_AMBER,
			SAY("；该文件中没有这一规定的名称或文号，须核对是不是"
			    "它",
				"; the file has neither title nor number of "
				"this instrument: check whether it is the "
				"one"));
	fa_paper_close(p, FA_PAPER_PLACE);
}

/* The provisions, and once for all of them that their words are not here. */
static void
put_laws(struct fa_paper *p, const struct fa_dossier_finding *f)
{
	bool wordless = false, quoted = false;

	fa_paper_paraz(p, FA_PAPER_LABEL, SAY("法律依据", "Law"));
	for (size_t i = 0; i < f->laws_n; i++) {
		fa_dossier_law(p, &f->laws[i], true);
		wordless = wordless || f->laws[i].text.n == 0;
		quoted = quoted || f->laws[i].text.n > 0;
	}
	if (quoted)
		fa_paper_paraz(p, FA_PAPER_SMALL,
			SAY("条文文本由使用本程序的人提供；本程序不核对它是哪一"
			    "次修订的文本，以官方公布、在所列日期有效的文本为准"
			    "。",
				"The texts of provisions were supplied by "
				"whoever ran this program, which does not "
				"check what revision they are: the official "
				"text in force on the date named prevails."));
	if (wordless)
		fa_paper_paraz(p, FA_PAPER_SMALL,
			SAY("以上未附原文的条文：没有提供其官方文本（--"
			    "statutes），或者所提供的"
			    "文本中没有找到该条。义务的表述为概括，以官方公布的"
			    "文本为准。",
				"Where no words of a provision stand above, no "
				"official text was supplied (--statutes), or "
				"the article was not found in it. The duty is "
				"summarised; the official text prevails."));
}

void
fa_dossier_finding(struct fa_paper *p, const struct fa_dossier *d,
	const struct fa_dossier_finding *f, size_t number)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf title;
	char id[FA_PAPER_ID_BYTES];

	fa_buf_init(&title, 65536);
	fa_buf_addf(&title, SAY("发现 %zu　", "Finding %zu. "), number);
	fa_buf_add(&title, f->duty);
	fa_report_carry(p->out, &title);
	(void)snprintf(id, sizeof(id), "f%zu", number);
	fa_paper_heading(p, 3, id, fa_buf_str(&title));
	fa_paper_para(p, FA_PAPER_STATEMENT, f->fact);
	put_tags(p, f);
	if (f->contradiction)
		fa_paper_paraz(p, FA_PAPER_NOTE,
			SAY("同一应用的不同文件就此互相矛盾：一份违反，一份满"
			    "足。",
				"Documents of the app contradict each other: "
				"one breaks the duty, another meets it."));
	put_for(p, d, f);
	fa_dossier_origins(p, d, f);
	put_laws(p, f);
	put_reasoning(p, d, f);
	put_against(p, d, f);
	put_list(p, SAY("可以推翻本项的事实", "What would overturn it"),
		f->rebut, f->rebut_n);
	put_list(p, SAY("其他可能的理解", "Other readings"), f->readings,
		f->readings_n);
	if (f->remedy.n > 0) {
		fa_paper_paraz(p, FA_PAPER_LABEL,
			SAY("整改要求或建议", "Remedy or advice"));
		fa_paper_para(p, FA_PAPER_BODY, f->remedy);
	}
	put_review(p, f);
}

void
fa_dossier_findings(struct fa_paper *p, const struct fa_dossier *d)
{
	fa_paper_heading(
		p, 2, "findings", fa_str_c(SAY("二、逐项发现", "2. Findings")));
	fa_paper_paraz(p, FA_PAPER_BODY,
		SAY("先列所评判的文本及其取得经过，再逐项列出发现。引文按存档字"
		    "节逐字截取：黄底为所依据的表述，绿底为不利于该项的表述，灰"
		    "字为上下文。",
			"First the texts and how they were obtained, then the "
			"findings. Quotes are cut from the archived bytes, "
			"word by word: on yellow what a finding rests on, on "
			"green what speaks against it, in grey the context."));
	fa_dossier_texts(p, d);
	if (d->findings_n == 0)
		fa_paper_paraz(p, FA_PAPER_BODY,
			SAY("没有违规或缺失的发现。没有发现不等于合规。",
				"No violation and no gap. Not found is not "
				"compliant."));
	for (size_t i = 0; i < d->findings_n; i++)
		fa_dossier_finding(p, d, &d->findings[i], i + 1);
}
