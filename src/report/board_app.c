/* The page of an app: what was found, the text it rests on, where that text
 * came from. */
#include <stdio.h>

#include "base/clock.h"
#include "report/board_parts.h"

#define HEAD(array) array, FA_COUNT(array)

static void
put_pair(struct fa_board_page *p, const char *name, struct fa_str s)
{
	if (s.n == 0)
		return;
	fa_buf_addf(p->out, "<dt>%s</dt><dd>", name);
	fa_board_text(p->out, s);
	fa_buf_adds(p->out, "</dd>\n");
}

static void
put_link(struct fa_board_page *p, struct fa_str url)
{
	bool web = fa_report_is_web(url);

	if (web) {
		fa_buf_adds(p->out, "<a rel=\"noreferrer\" href=\"");
		fa_board_text(p->out, url);
		fa_buf_adds(p->out, "\">");
	}
	fa_board_text(p->out, url);
	fa_buf_adds(p->out, web ? "</a>" : "");
}

static void
put_time(struct fa_board_page *p, int64_t ms)
{
	char z[FA_TIME_BYTES];

	fa_time_format(ms, z);
	fa_buf_adds(p->out, z);
}

static void
put_subject(struct fa_board_page *p, const struct fa_board_app *x)
{
	put_pair(p, FA_BOARD_SAY(p, "目标", "target"), x->key);
	put_pair(p, FA_BOARD_SAY(p, "包名", "package"), x->package);
	put_pair(p, FA_BOARD_SAY(p, "版本", "version"), x->version);
	put_pair(p, FA_BOARD_SAY(p, "商店", "store"), x->store);
	put_pair(p, FA_BOARD_SAY(p, "类别", "category"), x->category);
	put_pair(p, FA_BOARD_SAY(p, "发布者", "publisher"), x->publisher);
	if (x->children != FA_CHILDREN_UNKNOWN)
		put_pair(p, FA_BOARD_SAY(p, "面向儿童", "meant for children"),
			fa_str_c(x->children == FA_CHILDREN_YES
					? FA_BOARD_SAY(p, "是", "yes")
					: FA_BOARD_SAY(p, "否", "no")));
	if (x->store_url.n > 0) {
		fa_buf_addf(p->out, "<dt>%s</dt><dd>",
			FA_BOARD_SAY(p, "商店页面", "store page"));
		put_link(p, x->store_url);
		fa_buf_adds(p->out, "</dd>\n");
	}
	put_pair(p, FA_BOARD_SAY(p, "备注", "note"), x->note);
}

static void
put_judged(struct fa_board_page *p, const struct fa_board_app *x)
{
	fa_buf_addf(p->out, "<dt>%s</dt><dd>",
		fa_label(p->site->lang, FA_LABEL_SCORE));
	fa_html_grade(p->out, x->grade);
	fa_buf_addc(p->out, ' ');
	fa_board_points(p->out, x->lo);
	fa_buf_adds(p->out, "–");
	fa_board_points(p->out, x->hi);
	fa_buf_addf(p->out, "</dd>\n<dt>%s</dt><dd>%lld.%02lld%%</dd>\n",
		fa_label(p->site->lang, FA_LABEL_COVERAGE),
		(long long)x->coverage_bp / 100,
		(long long)x->coverage_bp % 100);
	put_pair(p, FA_BOARD_SAY(p, "向量", "vector"), x->vector);
	fa_buf_addf(p->out, "<dt>%s</dt><dd>",
		FA_BOARD_SAY(p, "评判日期", "judged as of"));
	fa_board_date(p->out, x->as_of);
	fa_buf_addf(p->out, "</dd>\n<dt>%s</dt><dd>",
		FA_BOARD_SAY(p, "审计时间", "time of the audit"));
	put_time(p, x->at_ms);
	fa_buf_adds(p->out, "</dd>\n");
	put_pair(p, FA_BOARD_SAY(p, "规则摘要", "rules (SHA-256)"), x->bundle);
	put_pair(p, FA_BOARD_SAY(p, "存储", "found in"), x->origin);
}

void
fa_board_app_begin(struct fa_board_page *p, struct fa_buf *out,
	const struct fa_board_site *site, const struct fa_board_app *x)
{
	fa_board_begin(
		p, out, site, "../../", x->app.n > 0 ? x->app : x->key, "");
	fa_buf_adds(out, "<dl class=\"facts\">\n");
	put_subject(p, x);
	if (x->stage < FA_BOARD_SCANNED)
		put_pair(p, fa_label(site->lang, FA_LABEL_ERROR),
			fa_str_c(site->words->outcome(site->lang, x->outcome)));
	else
		put_judged(p, x);
	fa_buf_adds(out, "</dl>\n");
	if (x->stage < FA_BOARD_SCANNED)
		fa_buf_addf(out, "<p class=\"notice\">%s</p>\n",
			FA_BOARD_SAY(p,
				"未取得可扫描的隐私政策：以下各项不计入。",
				"There was no privacy policy to scan: nothing "
				"below counts."));
}

static void
put_place(struct fa_board_page *p, const struct fa_board_document *d)
{
	fa_buf_addf(p->out, "<tr><th scope=\"row\" id=\"doc%lld\">%s</th><td>",
		(long long)d->ord,
		p->site->words->role(p->site->lang, d->role));
	put_link(p, d->final.n > 0 ? d->final : d->url);
	if (d->title.n > 0) {
		fa_buf_adds(p->out, "<br><span class=\"name\">");
		fa_board_text(p->out, d->title);
		fa_buf_adds(p->out, "</span>");
	}
	fa_buf_addf(p->out, "</td><td>%s",
		p->site->words->outcome(p->site->lang, d->outcome));
	if (d->stands_in)
		fa_buf_adds(p->out,
			FA_BOARD_SAY(p, "，沿用旧捕获",
				", an earlier capture stands in"));
	fa_buf_adds(p->out, "</td><td>");
	if (d->payload.n > 0) {
		fa_buf_adds(p->out, "<code>sha256:");
		fa_board_text(p->out, d->payload);
		fa_buf_addf(p->out, "</code><br>%s <code>sha256:",
			FA_BOARD_SAY(p, "正文", "text"));
		fa_board_text(p->out, d->text_sha256);
		fa_buf_adds(p->out, "</code>");
	}
	fa_buf_adds(p->out, "</td><td>");
	if (d->last_us > 0) {
		put_time(p, d->first_us / 1000);
		fa_buf_adds(p->out, "<br>");
		put_time(p, d->last_us / 1000);
	}
	fa_buf_adds(p->out, "</td><td>");
	if (d->archive.n > 0) {
		fa_board_text(p->out, d->archive);
		fa_buf_addf(p->out, " @%lld<br><code>", (long long)d->offset);
		fa_board_text(p->out, d->record);
		fa_buf_adds(p->out, "</code>");
	}
	fa_buf_adds(p->out, "</td></tr>\n");
}

static void
put_pictures(
	struct fa_board_page *p, const struct fa_board_document *at, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (at[i].picture.n == 0)
			continue;
		fa_buf_addf(p->out,
			"<figure class=\"picture\"><a href=\"%spictures/",
			p->root);
		fa_board_text(p->out, at[i].picture);
		fa_buf_addf(p->out,
			".png\"><img loading=\"lazy\" alt=\"%s\" "
			"src=\"%spictures/",
			FA_BOARD_SAY(p, "网页截图", "screenshot of the page"),
			p->root);
		fa_board_text(p->out, at[i].picture);
		fa_buf_adds(p->out, ".png\"></a><figcaption>");
		put_link(p, at[i].final);
		fa_buf_adds(p->out, "<br><code>sha256:");
		fa_board_text(p->out, at[i].picture);
		fa_buf_adds(p->out, "</code></figcaption></figure>\n");
	}
}

void
fa_board_app_documents(
	struct fa_board_page *p, const struct fa_board_document *at, size_t n)
{
	const char *const heads[] = { FA_BOARD_SAY(p, "文件", "document"),
		FA_BOARD_SAY(p, "网址与标题", "address and title"),
		FA_BOARD_SAY(p, "结果", "outcome"),
		FA_BOARD_SAY(p, "摘要值", "digests"),
		FA_BOARD_SAY(p, "首次与最近捕获", "first and last captured"),
		FA_BOARD_SAY(p, "存档位置", "place in the archive") };

	fa_buf_addf(p->out, "<section id=\"documents\"><h2>%s</h2>\n",
		FA_BOARD_SAY(p, "文件", "Documents"));
	if (n > 0) {
		fa_board_table(p,
			FA_BOARD_SAY(p, "取得与未取得的文件",
				"documents, obtained or not"),
			HEAD(heads));
		for (size_t i = 0; i < n; i++)
			put_place(p, &at[i]);
		fa_board_table_end(p);
	}
	put_pictures(p, at, n);
	fa_buf_adds(p->out, "</section>\n");
}

static void
put_tags(struct fa_board_page *p, const struct fa_board_finding *f,
	const struct fa_board_duty *d)
{
	enum fa_lang lang = p->site->lang;

	fa_buf_addf(p->out,
		"<ul class=\"tags\"><li class=\"%s\">%s</li><li>%s</li>"
		"<li%s>%s</li><li>%s",
		fa_severity_name(d->severity),
		fa_label_severity(lang, d->severity),
		fa_label_verdict(lang, f->verdict),
		f->counted ? "" : " class=\"lead\"",
		fa_label_tier(lang, f->tier),
		fa_board_state_word(lang, f->state));
	if (f->cause.n > 0) {
		fa_buf_adds(p->out, fa_label(lang, FA_LABEL_COLON));
		fa_board_text(
			p->out, fa_str_c(fa_board_cause_word(p, f->cause.p)));
	}
	fa_buf_addf(p->out, "</li><li>%s</li>",
		fa_board_review_word(lang, f->review));
	if (f->due != 0) {
		fa_buf_addf(p->out, "<li%s>%s ",
			f->due < p->site->sum->today ? " class=\"high\"" : "",
			FA_BOARD_SAY(p, "整改期限", "deadline"));
		fa_board_date(p->out, f->due);
		fa_buf_adds(p->out, "</li>");
	}
	fa_buf_adds(p->out, "</ul>\n");
}

static const struct fa_board_document *
document_of(const struct fa_board_quote *q, const struct fa_board_document *at,
	size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (at[i].ord == q->document)
			return &at[i];
	return NULL;
}

static void
put_quote(struct fa_board_page *p, const struct fa_board_quote *q,
	const struct fa_board_document *d)
{
	enum fa_lang lang = p->site->lang;

	fa_buf_addf(p->out,
		"<figure%s><figcaption class=\"kind\">%s</figcaption>"
		"<blockquote><mark>",
		q->against ? " class=\"contra\"" : "",
		fa_label(lang, q->against ? FA_LABEL_CONTRA : FA_LABEL_QUOTE));
	fa_board_text(p->out, q->text);
	fa_buf_adds(p->out, "</mark></blockquote><p class=\"soft small\">");
	if (d) {
		fa_buf_addf(p->out, "<a href=\"#doc%lld\">%s</a>",
			(long long)d->ord, p->site->words->role(lang, d->role));
		fa_buf_adds(p->out, fa_label(lang, FA_LABEL_COMMA));
	}
	fa_buf_addf(p->out,
		FA_BOARD_SAY(p, "第 %lld 行第 %lld 列，字节 %lld–%lld",
			"line %lld, column %lld, bytes %lld–%lld"),
		(long long)q->line, (long long)q->col, (long long)q->raw_from,
		(long long)q->raw_to);
	if (q->section.n > 0) {
		fa_buf_adds(p->out, fa_label(lang, FA_LABEL_COMMA));
		fa_board_text(p->out, q->section);
	}
	if (d && d->payload.n > 0) {
		fa_buf_adds(p->out, "<br><code>sha256:");
		fa_board_text(p->out, d->payload);
		fa_buf_adds(p->out, "</code>");
	}
	fa_buf_adds(p->out, "</p>");
	if (!fa_str_eq(q->quote, q->text)) {
		fa_buf_addf(p->out, "<details><summary>%s</summary><pre>",
			FA_BOARD_SAY(p, "原始字节（逐字）", "verbatim"));
		fa_html_text(p->out, q->quote, true);
		fa_buf_adds(p->out, "</pre></details>");
	}
	fa_buf_adds(p->out, "</figure>\n");
}

static void
put_words(struct fa_board_page *p, const struct fa_board_passages *of)
{
	enum fa_lang lang = p->site->lang;

	if (of->words_n == 0)
		return;
	fa_buf_adds(p->out, "<ul class=\"words\">\n");
	for (size_t i = 0; i < of->words_n; i++) {
		const struct fa_board_word *w = &of->words[i];
		int state = fa_board_review_parse(w->state);

		fa_buf_adds(p->out, "<li>");
		put_time(p, w->t_ms);
		fa_buf_addc(p->out, ' ');
		fa_board_text(p->out, w->by);
		if (w->role.n > 0) {
			fa_buf_adds(p->out, FA_BOARD_SAY(p, "（", " ("));
			fa_board_text(p->out, w->role);
			fa_buf_adds(p->out, FA_BOARD_SAY(p, "）", ")"));
		}
		fa_buf_adds(p->out, fa_label(lang, FA_LABEL_COLON));
		if (state >= 0)
			fa_buf_adds(p->out,
				fa_board_review_word(
					lang, (enum fa_board_review)state));
		else
			fa_board_text(p->out, w->state);
		if (w->superseded)
			fa_buf_adds(p->out,
				FA_BOARD_SAY(
					p, "（后有更正）", " (superseded)"));
		if (w->note.n > 0) {
			fa_buf_adds(p->out, "<br>");
			fa_html_text(p->out, w->note, true);
		}
		fa_buf_adds(p->out, "</li>\n");
	}
	fa_buf_adds(p->out, "</ul>\n");
}

static void
put_basis(struct fa_board_page *p, const struct fa_board_finding *f,
	const struct fa_board_duty *d)
{
	enum fa_lang lang = p->site->lang;

	fa_buf_adds(p->out, "<dl class=\"facts\">\n");
	put_pair(p, fa_label(lang, FA_LABEL_SOURCE),
		fa_board_pick(p, &d->source));
	if (f->rule.n > 0) {
		fa_buf_addf(p->out, "<dt>%s</dt><dd><code>",
			FA_BOARD_SAY(p, "判定规则", "rule"));
		fa_board_text(p->out, f->rule);
		fa_buf_adds(p->out, "</code>");
		fa_buf_adds(p->out, fa_label(lang, FA_LABEL_COMMA));
		fa_buf_adds(p->out, FA_BOARD_SAY(p, "精度 ", "precision "));
		if (f->confidence > 0)
			fa_report_thousandths(p->out, f->confidence);
		else
			fa_buf_adds(p->out,
				FA_BOARD_SAY(p, "未测", "not measured"));
		fa_buf_adds(p->out, "</dd>\n");
	}
	put_pair(p, fa_label(lang, FA_LABEL_REASON), f->reason);
	if (f->contradiction)
		put_pair(p, fa_label(lang, FA_LABEL_NOTICE),
			fa_str_c(fa_label(lang, FA_LABEL_CONFLICT)));
	put_pair(p, fa_label(lang, FA_LABEL_FIX), fa_board_pick(p, &d->fix));
	put_pair(p, FA_BOARD_SAY(p, "发现编号", "id of the finding"), f->id);
	fa_buf_adds(p->out, "</dl>\n");
}

void
fa_board_app_finding(struct fa_board_page *p, const struct fa_board_finding *f,
	const struct fa_board_passages *of,
	const struct fa_board_document *documents, size_t documents_n)
{
	const struct fa_board_duty *d = &p->site->sum->duties[f->duty - 1];

	fa_buf_addf(p->out,
		"<article class=\"finding %s%s\" id=\"d%lld\"><h3>"
		"<a href=\"%srule/%lld.html\"><code>",
		fa_severity_name(d->severity), f->counted ? "" : " lead",
		(long long)f->duty, p->root, (long long)f->duty);
	fa_board_text(p->out, d->name);
	fa_buf_adds(p->out, "</code></a> ");
	fa_board_text(p->out, fa_board_pick(p, &d->title));
	fa_buf_adds(p->out, "</h3>\n");
	put_tags(p, f, d);
	put_basis(p, f, d);
	for (size_t i = 0; i < of->quotes_n; i++)
		put_quote(p, &of->quotes[i],
			document_of(&of->quotes[i], documents, documents_n));
	if (of->quotes_n == 0 && f->verdict == FA_VERDICT_GAP)
		fa_buf_addf(p->out, "<p class=\"soft\">%s</p>\n",
			fa_label(p->site->lang, FA_LABEL_SILENT));
	put_words(p, of);
	fa_buf_adds(p->out, "</article>\n");
}

static void
put_state(struct fa_board_page *p, struct fa_str name)
{
	if (fa_str_eq(name, FA_STR("not_found")))
		fa_buf_adds(p->out, FA_BOARD_SAY(p, "未再发现", "not found"));
	else if (fa_str_eq(name, FA_STR("not_scanned")))
		fa_buf_adds(p->out, FA_BOARD_SAY(p, "未能扫描", "not scanned"));
	else if (name.n > 0)
		fa_board_text(p->out,
			fa_str_c(p->site->words->state(p->site->lang, name.p)));
}

void
fa_board_app_gone(
	struct fa_board_page *p, const struct fa_board_gone *at, size_t n)
{
	const struct fa_board_sum *s = p->site->sum;
	const char *const heads[] = { FA_BOARD_SAY(p, "规则", "rule"),
		FA_BOARD_SAY(p, "现状", "now"),
		FA_BOARD_SAY(p, "原因", "cause"),
		FA_BOARD_SAY(p, "上一期", "audit before"),
		FA_BOARD_SAY(p, "本期", "this audit") };

	if (n == 0)
		return;
	fa_buf_addf(p->out, "<section id=\"gone\"><h2>%s</h2>\n",
		FA_BOARD_SAY(p, "上一期有、本期未列的发现",
			"Findings of the audit before that are none now"));
	fa_board_table(p,
		FA_BOARD_SAY(p, "与上一期相比", "against the audit before"),
		HEAD(heads));
	for (size_t i = 0; i < n; i++) {
		const struct fa_board_duty *d = &s->duties[at[i].duty - 1];

		fa_buf_addf(p->out,
			"<tr><th scope=\"row\"><a href=\"%srule/%lld.html\">"
			"<code>",
			p->root, (long long)d->id);
		fa_board_text(p->out, d->name);
		fa_buf_adds(p->out, "</code></a></th>");
		fa_buf_addf(p->out, "<td>%s</td><td>",
			fa_board_state_word(p->site->lang, at[i].state));
		fa_board_text(p->out,
			fa_str_c(at[i].cause.n > 0
					? fa_board_cause_word(p, at[i].cause.p)
					: "—"));
		fa_buf_adds(p->out, "</td><td>");
		put_state(p, at[i].was);
		fa_buf_adds(p->out, "</td><td>");
		put_state(p, at[i].became);
		fa_buf_adds(p->out, "</td></tr>\n");
	}
	fa_board_table_end(p);
	fa_buf_adds(p->out, "</section>\n");
}

void
fa_board_app_end(struct fa_board_page *p)
{
	fa_board_end(p);
}
