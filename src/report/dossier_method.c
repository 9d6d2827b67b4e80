/* What is not known, how everything was made, and what that does not prove. */
#include <stdio.h>

#include "base/clock.h"
#include "report/common.h"
#include "report/dossier_parts.h"

#define SAY(zh, en) FA_DOSSIER_SAY(p, zh, en)
#define CAPTION_BYTES 120

/* ---- 3: what is not known ---- */

static void
put_lost(struct fa_paper *p, const struct fa_dossier *d)
{
	const struct fa_paper_table t = {
		.caption = SAY("没有取得或没有评判的内容",
			"What was not obtained or not judged"),
		.columns = 4,
		.head = { SAY("内容", "What"), SAY("原因", "Why"),
			SAY("代码", "Code"), SAY("时间", "Time") },
		.width = { 34, 34, 14, 18 },
	};

	if (d->unknowns_n == 0) {
		fa_paper_paraz(p, FA_PAPER_BODY,
			SAY("所要的页面都已取得并评判。",
				"Everything that was "
				"wanted was obtained "
				"and judged."));
		return;
	}
	fa_paper_table(p, &t);
	for (size_t i = 0; i < d->unknowns_n; i++) {
		const struct fa_dossier_unknown *u = &d->unknowns[i];
		char at[FA_DOSSIER_TIME_BYTES];

		fa_dossier_local(at, p->lang, u->at_us);
		fa_paper_row(p);
		fa_paper_put(p, FA_PAPER_PLAIN, u->what);
		fa_paper_put(p, FA_PAPER_PLAIN, u->why);
		fa_paper_put(p, FA_PAPER_CODE, u->code);
		fa_paper_putz(p, FA_PAPER_PLAIN, at);
		fa_paper_row_end(p);
	}
	fa_paper_table_end(p);
}

static const char *
result_word(enum fa_lang lang, enum fa_verdict v)
{
	static const char *const word[FA_VERDICT_COUNT][FA_LANG_COUNT] = {
		[FA_VERDICT_NOT_APPLICABLE] = { "不适用", "not applicable" },
		[FA_VERDICT_GAP] = { "缺失", "gap" },
		[FA_VERDICT_CANNOT_TELL] = { "无法判定", "cannot tell" },
		[FA_VERDICT_COMPLIANT] = { "文字上满足", "met in words" },
		[FA_VERDICT_VIOLATION] = { "违规", "violation" },
	};

	return word[v][lang];
}

static void
put_points(struct fa_paper *p, const struct fa_dossier *d, enum fa_verdict v,
	const char *caption)
{
	const struct fa_paper_table t = {
		.caption = caption,
		.columns = 4,
		.head = { SAY("义务", "Duty"), SAY("依据", "Article"),
			SAY("结论", "Result"),
			v == FA_VERDICT_COMPLIANT
				? SAY("所依据的文字", "Words relied on")
				: SAY("原因", "Why") },
		.width = { 32, 20, 12, 36 },
	};
	bool any = false;

	for (size_t i = 0; i < d->points_n; i++) {
		const struct fa_dossier_point *x = &d->points[i];

		if (x->verdict != v)
			continue;
		if (!any)
			fa_paper_table(p, &t);
		any = true;
		fa_paper_row(p);
		fa_paper_cell(p);
		fa_paper_add(p, FA_PAPER_PLAIN, x->duty);
		fa_paper_line(p);
		fa_paper_add(p, FA_PAPER_CODE, x->obligation);
		fa_paper_cell_end(p);
		fa_paper_put(p, FA_PAPER_PLAIN, x->article);
		fa_paper_putz(p, FA_PAPER_PLAIN, result_word(p->lang, v));
		fa_paper_put(p, FA_PAPER_PLAIN,
			v == FA_VERDICT_COMPLIANT ? x->where : x->reason);
		fa_paper_row_end(p);
	}
	if (any)
		fa_paper_table_end(p);
}

void
fa_dossier_unknowns(struct fa_paper *p, const struct fa_dossier *d)
{
	fa_paper_heading(p, 2, "unknown",
		fa_str_c(SAY("三、未查明的事项", "3. What is not known")));
	fa_paper_paraz(p, FA_PAPER_NOTE,
		SAY("没有找到不等于合规，没有取得也不等于没有。本章列出没有取得"
		    "的内容、无法判定的义务，以及仅在文字上满足的义务；文字上满"
		    "足不等于实际做到。",
			"Not found is not compliant, and not obtained is not "
			"absent. Here stand what could not be obtained, the "
			"duties that nobody could tell, and those met in words "
			"only, which is not met in fact."));
	put_lost(p, d);
	put_points(p, d, FA_VERDICT_CANNOT_TELL,
		SAY("无法判定的义务", "Duties that cannot be told"));
	put_points(p, d, FA_VERDICT_COMPLIANT,
		SAY("文字上满足的义务（有利于对方的事实）",
			"Duties met in words (in favour of the other side)"));
	if (d->ledger_n > 0) {
		fa_paper_open(p, FA_PAPER_BODY);
		fa_paper_addf(p, FA_PAPER_PLAIN,
			SAY("规则集登记了 %u 款条文：自动判断 %u 款，部分判断 "
			    "%u 款，须人工判断 %u 款，外部不可见 %u "
			    "款，对经营者"
			    "不提要求 %u "
			    "款。外部不可见的（如影响评估、内部管理"
			    "、备案）本报告不作任何结论。",
				"The rules keep account of %u paragraphs of "
				"the law: automated %u, partial %u, manual %u, "
				"out of reach %u, not applicable %u. Nothing "
				"is said here of what is out of reach "
				"(assessments, internal management, filing)."),
			(unsigned)d->ledger_n,
			(unsigned)d->ledger[FA_LEDGER_AUTOMATED],
			(unsigned)d->ledger[FA_LEDGER_PARTIAL],
			(unsigned)d->ledger[FA_LEDGER_MANUAL],
			(unsigned)d->ledger[FA_LEDGER_OUT_OF_REACH],
			(unsigned)d->ledger[FA_LEDGER_NOT_APPLICABLE]);
		fa_paper_close(p, FA_PAPER_BODY);
	}
}

/* ---- 4: method and limits ---- */

static void
put_checks(struct fa_paper *p, const struct fa_dossier *d,
	const struct fa_dossier_session *s, const char *caption)
{
	const struct fa_paper_table t = {
		.caption = caption,
		.columns = 4,
		.head = { SAY("项目", "Item"), SAY("记录", "Record"),
			SAY("状态", "State"), SAY("意义", "What follows") },
		.width = { 20, 42, 9, 29 },
	};

	if (s->n == 0)
		return;
	fa_paper_table(p, &t);
	for (size_t i = s->first; i < s->first + s->n; i++) {
		const struct fa_dossier_check *x = &d->checks[i];

		fa_paper_row(p);
		fa_paper_put(p, FA_PAPER_PLAIN, x->name);
		fa_paper_put(p, FA_PAPER_PLAIN, x->value);
		fa_paper_putz(p, fa_dossier_state_style(x->state),
			fa_dossier_state(p->lang, x->state));
		fa_paper_put(p, FA_PAPER_PLAIN, x->note);
		fa_paper_row_end(p);
	}
	fa_paper_table_end(p);
}

/* Who was at work, when, with which program. */
static void
put_session(struct fa_paper *p, const struct fa_dossier_session *s)
{
	char at[FA_DOSSIER_TIME_BYTES];

	fa_paper_open(p, FA_PAPER_SMALL);
	fa_dossier_local(at, p->lang, s->at_us);
	fa_paper_addf(p, FA_PAPER_PLAIN,
		SAY("检查时间 %s，保管链第 %lld 号事件；取证人 ",
			"checked at %s, custody event %lld; operator "),
		at, (long long)s->seq);
	fa_paper_add(p, FA_PAPER_PLAIN, s->operator_name);
	fa_paper_adds(
		p, FA_PAPER_PLAIN, SAY("；程序版本 ", "; program version "));
	fa_paper_add(p, FA_PAPER_PLAIN, s->version);
	if (s->record_sha256.n > 0) {
		fa_paper_adds(p, FA_PAPER_PLAIN,
			SAY("；完整记录 SHA-256 ", "; full record SHA-256 "));
		fa_paper_add(p, FA_PAPER_CODE, s->record_sha256);
	}
	fa_paper_close(p, FA_PAPER_SMALL);
}

/* A session after the first: what came out otherwise, and its command. */
static void
put_later(struct fa_paper *p, const struct fa_dossier *d, size_t i)
{
	const struct fa_dossier_session *s = &d->sessions[i];
	char caption[CAPTION_BYTES];

	fa_paper_open(p, FA_PAPER_LABEL);
	fa_paper_addf(
		p, FA_PAPER_PLAIN, SAY("第 %zu 次取证", "Session %zu"), i + 1);
	fa_paper_close(p, FA_PAPER_LABEL);
	put_session(p, s);
	(void)snprintf(caption, sizeof(caption),
		SAY("第 %zu 次取证时与第 1 次不同的检查结果",
			"What came out otherwise in session %zu"),
		i + 1);
	put_checks(p, d, s, caption);
	fa_paper_open(p, FA_PAPER_SMALL);
	if (s->n + s->same == 0)
		fa_paper_adds(p, FA_PAPER_RED,
			SAY("没有环境检查记录。",
				"No record of its "
				"environment. "));
	else
		fa_paper_addf(p, FA_PAPER_PLAIN,
			SAY("其余 %zu 项与第 1 次相同。",
				"%zu more as in the first. "),
			s->same);
	fa_paper_adds(p, FA_PAPER_PLAIN, SAY("命令：", "Command: "));
	fa_paper_add(p, FA_PAPER_CODE, s->argv);
	fa_paper_close(p, FA_PAPER_SMALL);
}

static void
put_environment(struct fa_paper *p, const struct fa_dossier *d)
{
	fa_paper_heading(p, 3, "environment",
		fa_str_c(SAY("取证环境（清洁性检查）",
			"The environment of the capture")));
	if (d->checks_n == 0) {
		fa_paper_paraz(p, FA_PAPER_WARNING,
			SAY("本案没有环境检查记录：取证不是以证据模式进行的，不"
			    "能说明设备、网络和软件当时是否清洁、正常。",
				"There is no record of the environment: the "
				"capture was not made in evidence mode, and "
				"nothing shows that machine, network and "
				"software were clean and sound."));
		return;
	}
	put_session(p, &d->sessions[0]);
	put_checks(p, d, &d->sessions[0],
		SAY("取证环境检查", "Environment check"));
	for (size_t i = 1; i < d->sessions_n; i++)
		put_later(p, d, i);
}

static void
put_tool(struct fa_paper *p, const struct fa_dossier *d)
{
	const struct fa_dossier_tool *x = &d->tool;
	const struct fa_paper_table t = { .caption = SAY("工具和规则",
						  "Tool and rules"),
		.fields = true,
		.columns = 2,
		.width = { 22, 78 } };
	char date[FA_DATE_BYTES];

	fa_paper_heading(p, 3, "tool",
		fa_str_c(SAY("工具、规则与测量", "Tool, rules, measurements")));
	fa_paper_table(p, &t);
	fa_paper_field_open(p, SAY("程序", "Program"));
	fa_paper_add(p, FA_PAPER_PLAIN, x->name);
	fa_paper_adds(p, FA_PAPER_PLAIN, " ");
	fa_paper_add(p, FA_PAPER_PLAIN, x->version);
	if (x->commit.n > 0) {
		fa_paper_adds(p, FA_PAPER_SOFT, SAY("　源码 ", "  source "));
		fa_paper_add(p, FA_PAPER_CODE, x->commit);
	}
	fa_paper_field_close(p);
	fa_paper_field(p, SAY("可执行文件 SHA-256", "Executable SHA-256"),
		FA_PAPER_CODE, x->exe_sha256);
	fa_paper_field_open(p, SAY("规则集", "Rules"));
	fa_paper_add(p, FA_PAPER_PLAIN, x->rules_format);
	fa_paper_adds(p, FA_PAPER_SOFT, "  SHA-256 ");
	fa_paper_adds(p, FA_PAPER_CODE, x->rules_sha256);
	if (x->rules_logged == FA_TRI_NO) {
		fa_paper_line(p);
		fa_paper_adds(p, FA_PAPER_AMBER,
			SAY("取证时所用的不是这一规则集：评判是后来另行作出的",
				"no session of the log used these rules: it "
				"was judged by them later"));
	}
	fa_paper_field_close(p);
	fa_date_format(x->as_of, date);
	fa_paper_field(p, SAY("法规适用日期", "Law as of"), FA_PAPER_PLAIN,
		fa_str_c(date));
	fa_paper_field(p, SAY("取证命令", "Command of the capture"),
		FA_PAPER_CODE, x->argv);
	fa_paper_field_open(p, SAY("精确率的测量", "Precision measured on"));
	for (size_t i = 0; i < x->sets_n; i++) {
		if (i > 0)
			fa_paper_line(p);
		fa_paper_add(p, FA_PAPER_PLAIN, x->sets[i].name);
		fa_paper_addf(p, FA_PAPER_PLAIN,
			SAY("，%u 份，SHA-256 ", ", %u documents, SHA-256 "),
			(unsigned)x->sets[i].documents);
		fa_paper_add(p, FA_PAPER_CODE, x->sets[i].sha256);
	}
	if (x->sets_n == 0)
		fa_paper_adds(
			p, FA_PAPER_AMBER, SAY("没有测量", "not measured"));
	fa_paper_field_close(p);
	fa_paper_table_end(p);
}

static const char *const how[][FA_LANG_COUNT] = {
	{ "程序只看所列的文本和录得的界面，按规则集逐项判断其文字、控件和走法是"
	  "否"
	  "履行或违反有关人脸识别的义务。后台存储、网络传输、线下场景和没有走到"
	  "的"
	  "界面不在判断之列。",
		"The program looks at the texts listed and the screens "
		"recorded, and nothing else. Its rules decide for each duty "
		"whether words, controls and paths meet or break it. Storage, "
		"traffic, what happens offline and screens not reached are out "
		"of sight." },
	{ "结论分为违规、缺失、无法判定、文字上满足、不适用五种。没有找到不等于"
	  "合规"
	  "，文字上满足也不等于实际做到；取得失败、读取失败和程序达到限度时一律"
	  "为"
	  "无法判定。",
		"Results are violation, gap, cannot tell, met in words, not "
		"applicable. Not found is not compliant, and met in words is "
		"not met in fact; what failed to load or ran into a limit is "
		"cannot tell." },
	{ "可信度是该规则在人工标注的文档和界面流上所测精确率的 95% "
	  "威尔逊置信下限"
	  "：达到 0.9 为“确立”，达到 0.7 "
	  "为“较可能”，其余和未经测量的为“线索”，只"
	  "供人工核查，不计入得分。精确率说明规则平均有多准，不说明本案这一项一"
	  "定正确；标注集由规则集的发布者制作，其摘要见上表，他人可以要求复核"
	  "。",
		"Confidence is the Wilson 95 % lower bound of the rule's "
		"precision on documents and flows labelled by people: "
		"established from 0.9, probable from 0.7; below that, or not "
		"measured, a lead for people to check. It says how good the "
		"rule is on average, not that this finding is right. Who "
		"published the rules made the labelled sets; their digests are "
		"above, and others may ask to check them." },
	{ "引文按字节位置从存档的应答正文截取，编制报告时重新截取并比对。摘要说"
	  "明"
	  "判断所依据的是哪些字节；这些字节由何人发出，由服务器证书、解析结果、"
	  "复"
	  "取和第三方见证来证明，见“证明力的边界”。",
		"Quotes are cut by byte position from the archived answers, "
		"and cut again and compared for this report. Digests say which "
		"bytes were judged; who sent them is for certificates, "
		"resolution, a second capture and third parties to show." },
	{ "依据栏给出条文出处，义务的表述为概括，以官方公布的文本为准。推荐性标"
	  "准本"
	  "身不构成违法的依据。",
		"Sources give the article; duties are summarised, and the "
		"official text prevails. A recommended standard alone makes no "
		"violation. Quotes stand in the language of the text and are "
		"not translated." },
};

static void
put_how(struct fa_paper *p)
{
	fa_paper_heading(p, 3, "how",
		fa_str_c(SAY("评判方法与局限", "How it is judged")));
	for (size_t i = 0; i < FA_COUNT(how); i++)
		fa_paper_paraz(p, FA_PAPER_BODY, how[i][p->lang]);
}

static void
put_again(struct fa_paper *p, const struct fa_dossier *d)
{
	size_t n = 0, same = 0, lost = 0;
	enum fa_paper_kind k;

	for (size_t i = 0; i < d->documents_n; i++) {
		const struct fa_dossier_document *x = &d->documents[i];

		n += x->judged_again;
		same += x->judged_again && x->agrees;
		lost += x->error.n > 0;
	}
	k = n == same && lost == 0 ? FA_PAPER_NOTE : FA_PAPER_WARNING;
	fa_paper_open(p, k);
	fa_paper_addf(p, FA_PAPER_PLAIN,
		SAY("编制本报告时，由存档的原始字节把 %zu "
		    "份文本重新评判了一遍，"
		    "其中 %zu 份与取证时所存的结论和引文逐字一致。",
			"For this report %zu texts were judged again from the "
			"archived bytes; %zu gave the same verdicts and "
			"quotes, byte for byte, as were stored."),
		n, same);
	if (n != same)
		fa_paper_adds(p, FA_PAPER_RED,
			SAY("其余不一致，应先查明原因。",
				" The others differ: find out why first."));
	if (lost > 0)
		fa_paper_addf(p, FA_PAPER_RED,
			SAY("另有 %zu "
			    "份读不出来或未能评判，存档可能已损坏，见第三"
			    "章；据以得出的结论无从核对。",
				" %zu more could not be read or judged, the "
				"archive may be damaged, see chapter 3; what "
				"was found in them cannot be checked."),
			lost);
	fa_paper_close(p, k);
}

void
fa_dossier_method(struct fa_paper *p, const struct fa_dossier *d)
{
	fa_paper_heading(p, 2, "method",
		fa_str_c(SAY("四、方法与局限", "4. Method and limits")));
	put_again(p, d);
	put_environment(p, d);
	put_tool(p, d);
	put_how(p);
	fa_dossier_trust(p, d);
}
