/* What the numbers mean and what they do not. */
#include "report/board_parts.h"

static const char *const zh[] = {
	"计数单位",
	"一个应用为名单中的一个目标。一项发现为一个应用在一条规则"
	"上的违规或缺失；置信等级仅为线索者另列，不计入。只计文件："
	"同意流程走查所得见 faceaudit walk 与该案的报告。",
	"覆盖",
	"检出率只对已扫描的应用而言：取得了隐私政策、能读出正文、确为"
	"政策且已评判。未扫描的应用按原因列出，对其不作结论；缺少一份"
	"文件不等于该文件没有写。",
	"区间",
	"区间为 95% 威尔逊得分区间（E. B. Wilson，1927）。名单为随机"
	"样本时，它给出真实比例的范围；名单不是随机样本时，它不能把结"
	"果推广到名单之外。",
	"规则精度",
	"规则在标注文件上命中的结论中正确者的比例，取 95% "
	"威尔逊下界；随规则集固定。表中按发现数加权。",
	"得分",
	"得分的上限只计已证明的违规，下限把未知视为违规；分布与排序用"
	"上限。四分位与中位数取最近秩。等级 U 表示已知太少，等级 N "
	"表示未见受规制的人脸处理，二者不进入分布。",
	"趋势",
	"发现以应用与规则辨认。新出现：上一期没有；再次出现：更早一期"
	"有、上一期没有；已消除：上一期有，这一期取得了文件、看过而没"
	"有；无法确认：上一期有，这一期未能取得文件或无法判定。文件未"
	"能取得时从不记为消除。原因取自审计本身的比较（以新规则重判旧"
	"文件）；不同存储之间则列出一切不同之处。",
	"复核与期限",
	"复核意见取自存储中的证据日志，每人以最后一次为准；意见"
	"不一则为有分歧。整改期限自首次确认之日起按日历日计，由"
	"生成本看板者指定天数；逾期以看板所载日期为准。",
	"核对",
	"发现页载有原文、行列与字节位置、文件的 SHA-256 "
	"与其在存档中的记录；用 faceaudit report、search "
	"与标准的 WARC 工具可从存储中重新取出。同一存储与选项所得的文"
	"件逐字节相同。看板照录存储所载，不核对证据日志，也不重新评判"
	"：这两件事由 faceaudit verify 与 dossier 来做。",
	"不能说明什么",
	"看板只说公开文件写了什么，不说应用实际做了什么。机器"
	"判断会出错：处罚、通报之前须由人复核。",
	NULL,
};

static const char *const en[] = {
	"What is counted",
	"An app is one target of the list. A finding is a violation or a gap "
	"of one app under one rule; what is a lead only stands beside and is "
	"not counted. Documents count only: what walks through consent flows "
	"found is with faceaudit walk and the report on a case.",
	"Coverage",
	"Shares are over the apps that were scanned: their privacy policy was "
	"obtained, its text could be read, it is a policy, and it was judged. "
	"Apps that were not scanned are listed by reason, and nothing is said "
	"about them; a missing document is not a silent one.",
	"Intervals",
	"Intervals are Wilson score intervals at 95% (E. B. Wilson, 1927). "
	"When the list is a random sample they give the range of the true "
	"share; when it is not, they do not carry the result beyond the list.",
	"Rule precision",
	"Of what a rule finds on labelled documents, the share that is right, "
	"as the lower end of its 95% Wilson interval; it is part of the rules. "
	"Tables weight it by findings.",
	"Scores",
	"The upper end of a score counts violations that are proven, the lower "
	"end takes the unknown for a violation; distributions and orders use "
	"the upper end. Quartiles and median are nearest ranks. Grade U means "
	"that too little is known, grade N that no regulated face processing "
	"was seen; both stand outside the distribution.",
	"Trend",
	"Findings are known by app and rule. New: the audit before did not "
	"have it; reappeared: an earlier one had it, the one before did not; "
	"fixed: the audit before had it, and this one had the documents, "
	"looked, and did not find it; unclear: the audit before had it, and "
	"this one lacked a document or cannot tell. What could not be looked "
	"at is never fixed. Causes are those that the audit recorded when it "
	"judged the old documents by the new rules; between stores they are "
	"everything that differs.",
	"Reviews and deadlines",
	"Reviews come from the custody log of the store; the last word of each "
	"person counts, and when persons differ the finding is disputed. A "
	"deadline runs in calendar days from the first confirmation, as many "
	"as whoever made this board set; what is overdue is measured by the "
	"date that the board names.",
	"Checking",
	"Pages of apps give the text, its line, column and bytes, the SHA-256 "
	"of the document and its record in the archive; faceaudit report, "
	"search and any WARC reader find it in the store again. The same "
	"stores and options give the same files, byte for byte. The board "
	"repeats what the stores hold; it does not check the custody log and "
	"judges nothing again, which faceaudit verify and dossier do.",
	"What it does not say",
	"The board says what published documents say, not what apps do. "
	"Machines err: a person has to review before anybody is named or "
	"fined.",
	NULL,
};

void
fa_board_about(struct fa_buf *out, const struct fa_board_site *site)
{
	const char *const *texts = site->lang == FA_LANG_EN ? en : zh;
	struct fa_board_page p = { .site = site };

	fa_board_begin(&p, out, site, "",
		fa_str_c(FA_BOARD_SAY(&p, "说明", "About")), "about.html");
	for (size_t i = 0; texts[i]; i += 2)
		fa_buf_addf(out, "<section><h2>%s</h2>\n<p>%s</p></section>\n",
			texts[i], texts[i + 1]);
	fa_board_end(&p);
}
