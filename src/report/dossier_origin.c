/* Where the bytes of a text come from: all of it once, and the part that each
 * finding repeats. */
#include <stdio.h>
#include <string.h>

#include "report/dossier_parts.h"

#define SAY(zh, en) FA_DOSSIER_SAY(p, zh, en)
#define CAPTION_BYTES 80
#define TITLE_BYTES 600

static void
put_way(struct fa_paper *p, const struct fa_dossier_capture *c)
{
	fa_paper_field_open(p, SAY("请求的网址", "URL asked for"));
	fa_paper_url(p, c->url);
	for (size_t i = 0; i < c->hops_n; i++) {
		fa_paper_line(p);
		fa_paper_addf(p, FA_PAPER_SOFT, SAY("%d 跳转至 ", "%d to "),
			c->hops[i].status);
		fa_paper_url(p, c->hops[i].url);
	}
	fa_paper_field_close(p);
	fa_paper_field_open(p, SAY("最终网址", "Final URL"));
	fa_paper_url(p, c->final);
	if (c->status > 0)
		fa_paper_addf(p, FA_PAPER_SOFT,
			SAY("　HTTP 状态 %d", "  HTTP status %d"), c->status);
	fa_paper_field_close(p);
}

static void
put_peer(struct fa_paper *p, const struct fa_dossier_capture *c)
{
	fa_paper_field_open(p, SAY("应答的服务器", "Who answered"));
	fa_paper_add(p, FA_PAPER_CODE,
		c->peer.n > 0 ? c->peer : fa_str_c(SAY("未知", "unknown")));
	if (c->addresses.n > 0) {
		fa_paper_adds(
			p, FA_PAPER_SOFT, SAY("　解析结果 ", "  resolved to "));
		fa_paper_add(p, FA_PAPER_CODE, c->addresses);
	}
	if (c->resolver.n > 0) {
		fa_paper_adds(
			p, FA_PAPER_SOFT, SAY("　解析器 ", "  resolver "));
		fa_paper_add(p, FA_PAPER_CODE, c->resolver);
	}
	fa_paper_line(p);
	if (c->leaf_sha256.n > 0) {
		fa_paper_add(p, FA_PAPER_PLAIN, c->tls);
		fa_paper_adds(p, FA_PAPER_SOFT,
			SAY("　服务器证书 SHA-256 ", "  certificate SHA-256 "));
		fa_paper_add(p, FA_PAPER_CODE, c->leaf_sha256);
	} else {
		fa_paper_adds(p, FA_PAPER_AMBER,
			fa_str_starts(c->final, FA_STR("https:"))
				? SAY("未记录服务器证书",
					  "its certificate was not recorded")
				: SAY("明文 HTTP：没有服务器证书可证明应答者"
				      "身份",
					  "plain HTTP: no certificate shows "
					  "who answered"));
	}
	fa_paper_field_close(p);
}

static void
put_clock(struct fa_paper *p, const struct fa_dossier_capture *c)
{
	fa_paper_field_open(p, SAY("服务器自报时间", "Server's own time"));
	if (c->server_date.n == 0) {
		fa_paper_adds(p, FA_PAPER_SOFT,
			SAY("应答中没有 Date", "no Date in the answer"));
		fa_paper_field_close(p);
		return;
	}
	fa_paper_add(p, FA_PAPER_CODE, c->server_date);
	if (c->has_skew)
		fa_paper_addf(p,
			c->skew_ms > 60000 || c->skew_ms < -60000
				? FA_PAPER_AMBER
				: FA_PAPER_SOFT,
			SAY("　比本机 %s %lld.%03lld 秒",
				"  %s this machine by %lld.%03lld s"),
			c->skew_ms < 0 ? SAY("慢", "behind")
				       : SAY("快", "ahead of"),
			(long long)((c->skew_ms < 0 ? -c->skew_ms
						    : c->skew_ms) /
				1000),
			(long long)((c->skew_ms < 0 ? -c->skew_ms
						    : c->skew_ms) %
				1000));
	fa_paper_field_close(p);
}

static void
put_one_second(struct fa_paper *p, const struct fa_dossier_second *s)
{
	char at[FA_DOSSIER_TIME_BYTES];

	fa_dossier_local(at, p->lang, s->at_us);
	fa_paper_adds(p, FA_PAPER_PLAIN, SAY("复取自 ", "from "));
	fa_paper_add(p, FA_PAPER_CODE,
		s->peer.n > 0 ? s->peer : fa_str_c(SAY("未知", "unknown")));
	if (s->resolver.n > 0) {
		fa_paper_adds(
			p, FA_PAPER_SOFT, SAY("　解析器 ", "  resolver "));
		fa_paper_add(p, FA_PAPER_CODE, s->resolver);
	}
	fa_paper_addf(p, FA_PAPER_SOFT,
		SAY("　%s，保管链第 %lld 号事件　",
			"  %s, custody event %lld  "),
		at, (long long)s->seq);
	fa_paper_adds(p,
		s->same == FA_TRI_YES          ? FA_PAPER_GOOD
			: s->same == FA_TRI_NO ? FA_PAPER_RED
					       : FA_PAPER_AMBER,
		s->same == FA_TRI_YES ? SAY("内容一致", "the same content")
			: s->same == FA_TRI_NO
			? SAY("内容不一致", "other content")
			: SAY("未能比较", "could not be compared"));
	if (!s->apart)
		fa_paper_adds(p, FA_PAPER_AMBER,
			SAY("　与首次取得同一服务器、同一解析器，不是另一观测"
			    "点",
				"  same server, same resolver as the first: no "
				"other vantage point"));
}

static void
put_seconds(struct fa_paper *p, const struct fa_dossier_capture *c)
{
	fa_paper_field_open(p, SAY("另行复取", "Second capture"));
	if (c->seconds_n == 0)
		fa_paper_adds(p, FA_PAPER_SOFT,
			SAY("没有经另一解析器或地址复取",
				"none through another resolver or address"));
	for (size_t i = 0; i < c->seconds_n; i++) {
		if (i > 0)
			fa_paper_line(p);
		put_one_second(p, &c->seconds[i]);
	}
	fa_paper_field_close(p);
}

/* Whether it was lawful to ask, and what went along. */
static void
put_access(struct fa_paper *p, const struct fa_dossier_capture *c)
{
	fa_paper_field_open(p, SAY("访问方式", "Access"));
	fa_paper_adds(p, FA_PAPER_SOFT, "robots.txt ");
	fa_paper_add(p, FA_PAPER_PLAIN,
		c->robots.n > 0 ? c->robots : fa_str_c(SAY("未知", "unknown")));
	fa_paper_adds(
		p, FA_PAPER_SOFT, SAY("　请求所带 Cookie ", "  cookies "));
	fa_paper_add(p, FA_PAPER_PLAIN,
		c->cookies.n > 0 ? c->cookies
				 : fa_str_c(SAY("未知", "unknown")));
	if (c->seq > 0)
		fa_paper_adds(p, FA_PAPER_SOFT,
			SAY("　未登录，未提交表单；请求头见存档的 request 记"
			    "录",
				"  not logged in, no form sent; the request "
				"is archived too"));
	fa_paper_field_close(p);
}

static void
put_archive(struct fa_paper *p, const struct fa_dossier_capture *c)
{
	fa_paper_field_open(
		p, SAY("存档位置（WARC）", "In the archive (WARC)"));
	if (c->offset < 0) {
		fa_paper_adds(p, FA_PAPER_AMBER, SAY("未存档", "not archived"));
	} else {
		fa_paper_add(p, FA_PAPER_CODE, c->archive);
		fa_paper_addf(p, FA_PAPER_PLAIN,
			SAY("　偏移 %lld，长度 %lld",
				"  offset %lld, length %lld"),
			(long long)c->offset, (long long)c->length);
		if (c->record.n > 0) {
			fa_paper_line(p);
			fa_paper_add(p, FA_PAPER_CODE, c->record);
		}
	}
	if (c->cut) {
		fa_paper_line(p);
		fa_paper_adds(p, FA_PAPER_RED,
			SAY("应答不完整：", "The answer is not whole: "));
		fa_paper_add(p, FA_PAPER_PLAIN, c->cut_why);
	}
	fa_paper_field_close(p);
}

void
fa_dossier_capture(struct fa_paper *p, const struct fa_dossier_capture *c)
{
	fa_dossier_put_time(p, SAY("取得时间", "Captured at"), c->at_us);
	put_way(p, c);
	put_peer(p, c);
	put_access(p, c);
	put_clock(p, c);
	put_seconds(p, c);
	fa_dossier_put_digest(p,
		SAY("应答正文（原样）", "Response body as sent"), &c->payload);
	if (c->body.sha256[0] != '\0' &&
		strcmp(c->body.sha256, c->payload.sha256) != 0)
		fa_dossier_put_digest(p,
			SAY("应答正文（解压后）", "Response body, decoded"),
			&c->body);
	put_archive(p, c);
}

/* Heading of the table of a text: caption lives as long as the table. */
static void
begin(struct fa_paper *p, char caption[CAPTION_BYTES], uint32_t index)
{
	const struct fa_paper_table t = { .caption = caption,
		.fields = true,
		.columns = 2,
		.width = { 20, 80 } };

	(void)snprintf(caption, CAPTION_BYTES,
		SAY("文本 %u 的取证事实", "How text %u was obtained"),
		(unsigned)index + 1);
	fa_paper_table(p, &t);
}

/* Of a flow: what was opened, when, by what. */
static void
put_walk(struct fa_paper *p, const struct fa_dossier_document *doc)
{
	int64_t at = doc->recorded_us;

	fa_dossier_put_time(p, SAY("走查时间", "Walked at"), at);
	fa_paper_field_open(p, SAY("起始网址", "Opened at"));
	fa_paper_url(p,
		doc->start.n > 0 ? doc->start
				 : fa_str_c(SAY("未知", "unknown")));
	fa_paper_field_close(p);
	fa_paper_field(p, SAY("浏览器与屏幕", "Browser and screen"),
		FA_PAPER_PLAIN, doc->device);
	fa_paper_field(p, SAY("记录文件", "Record"), FA_PAPER_CODE, doc->url);
}

static void
put_made(struct fa_paper *p, const struct fa_dossier *d,
	const struct fa_dossier_document *doc)
{
	fa_dossier_put_digest(p,
		doc->is_flow ? SAY("界面流记录", "Record of the flow")
			     : SAY("提取的文本", "Text extracted"),
		doc->is_flow ? &doc->raw : &doc->text);
	if (doc->picture < d->pictures_n)
		fa_dossier_put_digest(p, SAY("页面截图", "Screenshot"),
			&d->pictures[doc->picture].digest);
}

static void
put_page_shot(struct fa_paper *p, const struct fa_dossier *d,
	const struct fa_dossier_document *doc)
{
	struct fa_paper_picture shown;

	if (doc->picture >= d->pictures_n ||
		d->pictures[doc->picture].bytes.n == 0)
		return;
	shown = (struct fa_paper_picture){
		.bytes = d->pictures[doc->picture].bytes,
		.alt = d->pictures[doc->picture].shows
	};
	fa_paper_picture(p, &shown);
	fa_paper_paraz(p, FA_PAPER_PLACE,
		SAY("浏览器按存档的应答显示该网址的截图；网页所用的图片、样式和"
		    "脚本在截图时另行取得并存档，未取得的列于日志该次 render "
		    "事件的 left_out，外观可能与用户当时所见不同，文字以应答正"
		    "文为准；摘要见上表",
			"What a browser made of the archived answer. Pictures, "
			"styles and scripts were fetched and archived as the "
			"screenshot was taken; what was not to be had is "
			"listed "
			"in left_out of its render event in the log, so it may "
			"have looked otherwise to users; for the words the "
			"answer itself counts. Digests in the table above"));
}

static void
put_text(struct fa_paper *p, const struct fa_dossier *d, uint32_t index)
{
	const struct fa_dossier_document *doc = &d->documents[index];
	char caption[CAPTION_BYTES], id[FA_PAPER_ID_BYTES];
	FA_CLEANUP(fa_buf_done) struct fa_buf title;

	fa_buf_init(&title, TITLE_BYTES);
	fa_buf_addf(&title, SAY("文本 %u　", "Text %u. "), (unsigned)index + 1);
	fa_buf_add(&title,
		fa_str_sub(doc->title.n > 0 ? doc->title : doc->url, 0,
			TITLE_BYTES / 2));
	(void)snprintf(id, sizeof(id), "t%u", (unsigned)index + 1);
	fa_paper_heading(p, 3, id, fa_buf_str(&title));
	begin(p, caption, index);
	fa_paper_field(p, SAY("文本类型", "Kind"), FA_PAPER_PLAIN,
		fa_str_c(doc->is_flow
				? SAY("同意流程（界面流）", "consent flow")
				: fa_dossier_role(p->lang, doc->role)));
	fa_paper_field(p, SAY("与应用的关联", "How it belongs to the app"),
		FA_PAPER_PLAIN, doc->relation);
	if (!doc->is_flow)
		fa_paper_field(p, SAY("文中所载版本日期", "Version as it says"),
			FA_PAPER_PLAIN, doc->version);
	if (doc->capture < d->captures_n)
		fa_dossier_capture(p, &d->captures[doc->capture]);
	else if (doc->is_flow)
		put_walk(p, doc);
	else
		fa_paper_field(
			p, SAY("来源", "Source"), FA_PAPER_CODE, doc->url);
	put_made(p, d, doc);
	if (!doc->is_flow && doc->encoding != NULL) {
		fa_paper_field_open(p, SAY("编码与格式", "Encoding"));
		fa_paper_addf(p, FA_PAPER_PLAIN,
			SAY("%s，%s，无法解码的字节 %u 个",
				"%s, %s, %u bytes that could not be decoded"),
			doc->encoding, doc->format, (unsigned)doc->bad_bytes);
		fa_paper_field_close(p);
	}
	if (doc->error.n > 0)
		fa_paper_field(p, SAY("未能评判", "Not judged"), FA_PAPER_RED,
			doc->error);
	if (doc->notice.n > 0)
		fa_paper_field(p, SAY("读取时的提示", "Note on reading"),
			FA_PAPER_AMBER, doc->notice);
	fa_paper_table_end(p);
	put_page_shot(p, d, doc);
	if (doc->stands_in)
		fa_paper_paraz(p, FA_PAPER_SMALL,
			SAY("最近一次请求失败，这里评判的是较早取得的内容。",
				"The latest request failed; what is judged "
				"here was captured earlier."));
}

void
fa_dossier_texts(struct fa_paper *p, const struct fa_dossier *d)
{
	for (uint32_t i = 0; i < d->documents_n; i++)
		put_text(p, d, i);
}

/* What a finding rests on, in short; all else stands with the text. */
static void
put_origin(struct fa_paper *p, const struct fa_dossier *d, uint32_t index)
{
	const struct fa_dossier_document *doc = &d->documents[index];
	char caption[CAPTION_BYTES], id[FA_PAPER_ID_BYTES];
	const struct fa_dossier_capture *c = doc->capture < d->captures_n
		? &d->captures[doc->capture]
		: NULL;

	begin(p, caption, index);
	(void)snprintf(id, sizeof(id), "#t%u", (unsigned)index + 1);
	if (c != NULL) {
		fa_dossier_put_time(
			p, SAY("取得时间", "Captured at"), c->at_us);
		put_way(p, c);
		fa_dossier_put_digest(p,
			SAY("应答正文（原样）", "Response body as sent"),
			&c->payload);
		put_archive(p, c);
	} else if (doc->is_flow) {
		put_walk(p, doc);
	}
	put_made(p, d, doc);
	fa_paper_field_open(p, SAY("其余事实", "All else"));
	fa_paper_link(p, id,
		fa_str_c(SAY("服务器、证书、时钟偏差和复取情况见本章文本说明",
			"server, certificate, clocks, second capture: see the "
			"table of this text")));
	fa_paper_field_close(p);
	fa_paper_table_end(p);
}

/* Does finding f rest on text i? Silence is that of every text judged. */
static bool
rests_on(const struct fa_dossier *d, const struct fa_dossier_finding *f,
	uint32_t i)
{
	for (size_t k = 0; k < f->pro_n; k++)
		if (f->pro[k].document == i)
			return true;
	for (size_t k = 0; k < f->contra_n; k++)
		if (f->contra[k].document == i)
			return true;
	return f->pro_n == 0 && d->documents[i].error.n == 0 &&
		!d->documents[i].is_flow;
}

void
fa_dossier_origins(struct fa_paper *p, const struct fa_dossier *d,
	const struct fa_dossier_finding *f)
{
	for (uint32_t i = 0; i < d->documents_n; i++)
		if (rests_on(d, f, i))
			put_origin(p, d, i);
}
