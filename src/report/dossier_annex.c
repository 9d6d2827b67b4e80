/* Annexes: the texts in full with numbered sentences, what changed, the
 * provisions, what the words mean, and what this is not. */
#include <stdio.h>

#include "report/dossier_parts.h"

#define SAY(zh, en) FA_DOSSIER_SAY(p, zh, en)
#define TITLE_BYTES 600

static void
put_text(struct fa_paper *p, const struct fa_dossier_document *doc, size_t n)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf title;
	uint32_t paragraph = 0;

	fa_buf_init(&title, TITLE_BYTES);
	fa_buf_addf(&title, SAY("文本 %zu　", "Text %zu. "), n);
	fa_buf_add(&title,
		fa_str_sub(doc->title.n > 0 ? doc->title : doc->url, 0,
			TITLE_BYTES / 2));
	fa_paper_heading(p, 4, NULL, fa_buf_str(&title));
	for (size_t i = 0; i < doc->clauses_n; i++) {
		const struct fa_dossier_clause *c = &doc->clauses[i];

		fa_paper_open(p, FA_PAPER_CLAUSE);
		if (c->paragraph != paragraph)
			fa_paper_addf(p, FA_PAPER_SOFT, "¶%u·%u ",
				(unsigned)c->paragraph, (unsigned)c->number);
		else
			fa_paper_addf(
				p, FA_PAPER_SOFT, "·%u ", (unsigned)c->number);
		paragraph = c->paragraph;
		fa_paper_add(p, c->heading ? FA_PAPER_STRONG : FA_PAPER_PLAIN,
			c->text);
		fa_paper_close(p, FA_PAPER_CLAUSE);
	}
}

static void
put_texts(struct fa_paper *p, const struct fa_dossier *d)
{
	fa_paper_heading(p, 3, "texts",
		fa_str_c(SAY("附录一　评判文本全文", "Annex A. Full texts")));
	fa_paper_paraz(p, FA_PAPER_SMALL,
		SAY("段号以 ¶ 标出，句号以 · 标出，与引文所注一致。文字为读者所"
		    "见，不含标记；原始字节见存档。",
			"Paragraphs are marked ¶, sentences ·, as in the "
			"places of quotes. The words are those that a reader "
			"sees, without markup; the archive has the bytes."));
	for (size_t i = 0; i < d->documents_n; i++)
		if (d->documents[i].clauses_n > 0)
			put_text(p, &d->documents[i], i + 1);
}

static const char *
word_of(enum fa_lang lang, struct fa_str code)
{
	static const char *const word[][3] = {
		{ "source", "文本变化", "the text" },
		{ "extractor", "提取程序变化", "the extractor" },
		{ "rules", "规则变化", "the rules" },
		{ "extractor+rules", "提取程序和规则变化",
			"extractor and "
			"rules" },
		{ "capture", "取得情况变化", "the capture" },
		{ "gained", "新增", "new" },
		{ "lost", "消失", "gone" },
		{ "changed", "改变", "changed" },
		{ "capture-failed", "未能取得（不等于已整改）",
			"not obtained (not: fixed)" },
	};

	for (size_t i = 0; i < FA_COUNT(word); i++)
		if (fa_str_eq(code, fa_str_c(word[i][0])))
			return word[i][lang == FA_LANG_ZH ? 1 : 2];
	return NULL;
}

static void
put_code(struct fa_paper *p, struct fa_str code)
{
	const char *z = word_of(p->lang, code);

	if (z != NULL)
		fa_paper_putz(p, FA_PAPER_PLAIN, z);
	else
		fa_paper_put(p, FA_PAPER_CODE, code);
}

static void
put_changes(struct fa_paper *p, const struct fa_dossier *d)
{
	const struct fa_paper_table t = {
		.caption = SAY("与上一次评判的差别",
			"Differences to the judgement before"),
		.columns = 4,
		.head = { SAY("义务或文本", "Duty or text"),
			SAY("变化", "What"), SAY("由、到", "From, to"),
			SAY("起因", "Cause") },
		.width = { 42, 20, 20, 18 },
	};

	fa_paper_heading(p, 3, "changes",
		fa_str_c(SAY("附录二　变更记录", "Annex B. Changes")));
	if (d->changes_n == 0) {
		fa_paper_paraz(p, FA_PAPER_BODY,
			SAY("没有更早的评判，或与其没有差别。",
				"There is no earlier judgement, or no "
				"difference to it."));
		return;
	}
	fa_paper_table(p, &t);
	for (size_t i = 0; i < d->changes_n; i++) {
		const struct fa_dossier_change *c = &d->changes[i];

		fa_paper_row(p);
		fa_paper_put(p, FA_PAPER_CODE, c->subject);
		put_code(p, c->kind);
		fa_paper_cell(p);
		fa_paper_add(p, FA_PAPER_CODE, c->was);
		fa_paper_adds(p, FA_PAPER_PLAIN, " → ");
		fa_paper_add(p, FA_PAPER_CODE, c->became);
		fa_paper_cell_end(p);
		put_code(p, c->cause);
		fa_paper_row_end(p);
	}
	fa_paper_table_end(p);
}

static const char *const glossary[][FA_LANG_COUNT][2] = {
	{ { "违规", "文字或界面本身表明违反义务。" },
		{ "violation", "the words or screens themselves show it." } },
	{ { "缺失", "应当写明而全部已取得文本均未写明。" },
		{ "gap",
			"a duty to state something, and every text "
			"obtained is silent." } },
	{ { "无法判定", "说明了原因，不作结论。" },
		{ "cannot tell", "no conclusion, with the reason." } },
	{ { "文字上满足", "文本写了应写的内容；是否照做，本报告看不见。" },
		{ "met in words",
			"the text says what it should; whether it is "
			"done is out of sight." } },
	{ { "线索",
		  "规则的实测精确率下限低于门槛或未经测量，只供人工核查"
		  "。" },
		{ "lead",
			"the rule's measured precision is below the "
			"limit or not known: for people to check." } },
	{ { "码点偏移",
		  "由原文件解码后的第一个字符起数的 Unicode 字符数"
		  "，从 0 起，含前不含后。" },
		{ "code points",
			"Unicode characters of the decoded file, from "
			"0; the first is in, the last is not." } },
	{ { "SHA-256、SM3",
		  "对字节计算的摘要；一个字节不同，摘要就不同"
		  "。SM3 为国家标准 GB/T 32905。" },
		{ "SHA-256, SM3",
			"digests of bytes: one byte changed, another "
			"digest. SM3 is GB/T 32905." } },
	{ { "WARC",
		  "网页存档格式（ISO 28500），逐次保存请求和应答的字节"
		  "。" },
		{ "WARC",
			"archive format for the web (ISO 28500): "
			"requests and answers, byte by byte." } },
	{ { "时间戳",
		  "第三方机构对摘要的签名（RFC 3161），证明该摘要在"
		  "戳内时间之前已经存在。" },
		{ "time stamp",
			"a third party's signature over a digest (RFC "
			"3161): it existed before that time." } },
};

static void
put_words(struct fa_paper *p)
{
	const struct fa_paper_table t = { .caption = SAY("用语", "Words"),
		.quiet = true,
		.fields = true,
		.columns = 2,
		.width = { 18, 82 } };

	fa_paper_heading(
		p, 3, "words", fa_str_c(SAY("附录四　用语", "Annex D. Words")));
	fa_paper_table(p, &t);
	for (size_t i = 0; i < FA_COUNT(glossary); i++)
		fa_paper_field(p, glossary[i][p->lang][0], FA_PAPER_PLAIN,
			fa_str_c(glossary[i][p->lang][1]));
	fa_paper_table_end(p);
}

void
fa_dossier_annexes(struct fa_paper *p, const struct fa_dossier *d)
{
	fa_paper_heading(
		p, 2, "annex", fa_str_c(SAY("八、附录", "8. Annexes")));
	put_texts(p, d);
	put_changes(p, d);
	fa_paper_heading(p, 3, "laws",
		fa_str_c(SAY("附录三　引用的规定", "Annex C. Provisions")));
	for (size_t i = 0; i < d->laws_n; i++)
		fa_dossier_law(p, &d->laws[i], false);
	put_words(p);
	fa_paper_heading(p, 3, "not",
		fa_str_c(SAY("附录五　声明", "Annex E. Statement")));
	fa_paper_paraz(p, FA_PAPER_BODY,
		SAY("本报告由程序对所列文本和界面自动筛查后编制，不构成法律意见"
		    "，不是鉴定意见或公证书，也不代替它们。程序没有登录、没有提"
		    "交真实个人信息、没有使用被采集者的人脸。结论只及于所列字节"
		    "，法律适用由有资格的人判断。",
			"This report was compiled by a program that screened "
			"the texts and screens listed. It is no legal advice, "
			"no expert opinion and no notarial deed, and replaces "
			"none. The program logged in nowhere, submitted no "
			"real personal data and used nobody's face. Its "
			"conclusions reach as far as the bytes listed; how "
			"the law applies is for qualified people to judge."));
}
