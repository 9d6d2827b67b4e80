#include "report/dossier.h"

#include <stdio.h>

#include "base/clock.h"
#include "report/common.h"
#include "report/dossier_parts.h"

#define CHINA_MS (8 * 3600 * 1000) /* UTC+8, no summer time */
#define LINE_BYTES 4096

void
fa_dossier_utc(
	char out[FA_DOSSIER_TIME_BYTES], enum fa_lang lang, int64_t at_us)
{
	char iso[FA_TIME_BYTES];

	fa_time_format(at_us / 1000, iso);
	(void)snprintf(out, FA_DOSSIER_TIME_BYTES, "%s",
		at_us == 0 ? (lang == FA_LANG_ZH ? "未知" : "unknown") : iso);
}

void
fa_dossier_local(
	char out[FA_DOSSIER_TIME_BYTES], enum fa_lang lang, int64_t at_us)
{
	char iso[FA_TIME_BYTES];

	fa_time_format(at_us / 1000 + CHINA_MS, iso);
	if (at_us == 0)
		(void)snprintf(out, FA_DOSSIER_TIME_BYTES, "%s",
			lang == FA_LANG_ZH ? "未知" : "unknown");
	else
		(void)snprintf(out, FA_DOSSIER_TIME_BYTES, "%.10s %.12s%s", iso,
			iso + 11,
			lang == FA_LANG_ZH ? "（北京时间，UTC+8）"
					   : " (UTC+8)");
}

void
fa_dossier_put_time(struct fa_paper *p, const char *label, int64_t at_us)
{
	char z[FA_DOSSIER_TIME_BYTES];

	fa_paper_field_open(p, label);
	fa_dossier_local(z, p->lang, at_us);
	fa_paper_adds(p, FA_PAPER_PLAIN, z);
	if (at_us != 0) {
		fa_dossier_utc(z, p->lang, at_us);
		fa_paper_line(p);
		fa_paper_addf(p, FA_PAPER_CODE, "%s", z);
	}
	fa_paper_field_close(p);
}

void
fa_dossier_put_digest(struct fa_paper *p, const char *label,
	const struct fa_dossier_digest *x)
{
	fa_paper_field_open(p, label);
	if (x->bytes >= 0) {
		fa_paper_addf(p, FA_PAPER_PLAIN,
			FA_DOSSIER_SAY(p, "%lld 字节", "%lld bytes"),
			(long long)x->bytes);
		fa_paper_line(p);
	}
	fa_paper_adds(p, FA_PAPER_SOFT, "SHA-256 ");
	fa_paper_adds(p, FA_PAPER_CODE,
		x->sha256[0] != '\0' ? x->sha256
				     : FA_DOSSIER_SAY(p, "未知", "unknown"));
	fa_paper_line(p);
	fa_paper_adds(p, FA_PAPER_SOFT, "SM3 ");
	fa_paper_adds(p, FA_PAPER_CODE,
		x->sm3[0] != '\0'
			? x->sm3
			: FA_DOSSIER_SAY(p, "未计算", "not computed"));
	fa_paper_field_close(p);
}

const char *
fa_dossier_review(enum fa_lang lang, enum fa_dossier_review r)
{
	static const char *const word[][FA_LANG_COUNT] = {
		[FA_REVIEW_NONE] = { "未经人工复核", "not reviewed" },
		[FA_REVIEW_CONFIRMED] = { "人工复核：成立", "confirmed" },
		[FA_REVIEW_REJECTED] = { "人工复核：不成立", "rejected" },
		[FA_REVIEW_DISPUTED] = { "人工复核：意见不一",
			"reviewers disagree" },
		[FA_REVIEW_DOUBTFUL] = { "人工复核：待补证",
			"needs more evidence" },
	};

	return word[r][lang];
}

const char *
fa_dossier_state(enum fa_lang lang, enum fa_dossier_state s)
{
	static const char *const word[][FA_LANG_COUNT] = {
		[FA_STATE_GOOD] = { "正常", "good" },
		[FA_STATE_INFO] = { "记录", "noted" },
		[FA_STATE_WARN] = { "注意", "weakens" },
		[FA_STATE_BAD] = { "异常", "bad" },
		[FA_STATE_UNKNOWN] = { "未知", "unknown" },
	};

	return word[s][lang];
}

enum fa_paper_style
fa_dossier_state_style(enum fa_dossier_state s)
{
	static const enum fa_paper_style style[] = {
		[FA_STATE_GOOD] = FA_PAPER_GOOD,
		[FA_STATE_INFO] = FA_PAPER_SOFT,
		[FA_STATE_WARN] = FA_PAPER_AMBER,
		[FA_STATE_BAD] = FA_PAPER_RED,
		[FA_STATE_UNKNOWN] = FA_PAPER_AMBER,
	};

	return style[s];
}

const char *
fa_dossier_role(enum fa_lang lang, enum fa_role r)
{
	static const char *const word[FA_ROLE_COUNT][FA_LANG_COUNT] = {
		[FA_ROLE_LISTING] = { "应用商店页面", "store listing" },
		[FA_ROLE_HOME] = { "主页", "home page" },
		[FA_ROLE_POLICY] = { "隐私政策", "privacy policy" },
		[FA_ROLE_CHILDREN] = { "儿童个人信息规则", "children's rules" },
		[FA_ROLE_FACE] = { "人脸识别服务协议",
			"face-service agreement" },
		[FA_ROLE_SDK] = { "第三方清单", "third-party list" },
		[FA_ROLE_PERMISSION] = { "权限清单", "permission list" },
		[FA_ROLE_COLLECTION] = { "收集清单", "list of collected data" },
		[FA_ROLE_AGREEMENT] = { "用户协议", "user agreement" },
	};

	return word[r][lang];
}

const char *
fa_dossier_tri(enum fa_lang lang, enum fa_tri t)
{
	static const char *const word[][FA_LANG_COUNT] = {
		[FA_TRI_UNKNOWN] = { "未知", "unknown" },
		[FA_TRI_NO] = { "否", "no" },
		[FA_TRI_YES] = { "是", "yes" },
	};

	return word[t][lang];
}

static void
compose(struct fa_paper *p, const struct fa_dossier *d)
{
	fa_dossier_cover(p, d);
	fa_dossier_summary(p, d);
	fa_dossier_findings(p, d);
	fa_dossier_unknowns(p, d);
	fa_dossier_method(p, d);
	fa_dossier_again(p, d);
	fa_dossier_objects(p, d);
	fa_dossier_custody(p, d);
	fa_dossier_annexes(p, d);
}

void
fa_dossier_page_head(struct fa_buf *out, const struct fa_dossier *d)
{
	bool zh = d->cover.lang == FA_LANG_ZH;

	fa_buf_adds(out,
		zh ? "人脸识别合规取证报告"
		   : "Face recognition "
		     "evidence report");
	if (d->cover.number.n > 0) {
		fa_buf_adds(out, zh ? "　案号 " : " · case ");
		fa_buf_add(out, d->cover.number);
	}
	fa_buf_adds(out, zh ? "　报告编号 " : " · report ");
	fa_buf_add(out, d->cover.report);
}

/* The frame of a report; texts live in head and title. */
static void
frame(struct fa_paper_frame *f, struct fa_buf *head, struct fa_buf *title,
	const struct fa_dossier *d)
{
	bool zh = d->cover.lang == FA_LANG_ZH;

	fa_dossier_page_head(head, d);
	fa_buf_add(title, d->cover.title);
	fa_buf_adds(title,
		zh ? " · 人脸识别合规取证报告"
		   : " · face recognition evidence report");
	*f = (struct fa_paper_frame){
		.title = fa_buf_str(title),
		.skip = zh ? "跳到正文" : "Skip to content",
		.head = fa_buf_str(head),
		.foot = zh ? FA_STR("本报告由程序依所列规则自动编制，供人工复核"
				    "和诉讼准备使用，不构成法律意见。")
			   : FA_STR("Compiled by a program from the rules "
				    "named, for human review and the "
				    "preparation of proceedings. Not legal "
				    "advice."),
		.made_us = d->making.made_us,
		.maker = d->making.maker,
	};
}

int
fa_dossier_html(struct fa_buf *out, const struct fa_dossier *d,
	struct fa_arena *a, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf head;
	FA_CLEANUP(fa_buf_done) struct fa_buf title;
	struct fa_paper p = { .form = &fa_paper_html,
		.out = out,
		.lang = d->cover.lang,
		.arena = a };
	struct fa_paper_frame f;

	fa_buf_init(&head, LINE_BYTES);
	fa_buf_init(&title, LINE_BYTES);
	frame(&f, &head, &title, d);
	fa_report_carry(out, &head);
	fa_report_carry(out, &title);
	p.kept = fa_arena_new(a, FA_PAPER_PICTURES, sizeof(*p.kept));
	if (p.kept == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a report");
	fa_paper_html_begin(&p, &f);
	compose(&p, d);
	fa_paper_html_end(&p, &f);
	return fa_buf_rc(out, "report", err);
}

int
fa_dossier_docx(struct fa_paper_parts *out, const struct fa_dossier *d,
	struct fa_arena *a, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf head;
	FA_CLEANUP(fa_buf_done) struct fa_buf title;
	FA_CLEANUP(fa_buf_done) struct fa_buf body;
	struct fa_paper p = {
		.form = &fa_paper_docx, .lang = d->cover.lang, .arena = a
	};
	struct fa_paper_frame f;
	int rc;

	fa_buf_init(&head, LINE_BYTES);
	fa_buf_init(&title, LINE_BYTES);
	fa_buf_init(&body, FA_DOSSIER_BYTES);
	p.out = &body;
	p.kept = fa_arena_new(a, FA_PAPER_PICTURES, sizeof(*p.kept));
	if (p.kept == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a report");
	frame(&f, &head, &title, d);
	compose(&p, d);
	fa_report_carry(&body, &head);
	fa_report_carry(&body, &title);
	rc = fa_buf_rc(&body, "report", err);
	if (rc < 0)
		return rc;
	return fa_paper_docx_parts(out, &p, &f, fa_buf_str(&body), a, err);
}
