/* Passages with their place. */
#include "report/dossier_parts.h"
#include "report/picture.h"

#define SAY(zh, en) FA_DOSSIER_SAY(p, zh, en)
#define AROUND 70 /* rows shown above and below a passage */

static void
put_where(struct fa_paper *p, const struct fa_dossier *d,
	const struct fa_dossier_passage *x)
{
	const struct fa_dossier_document *doc = &d->documents[x->document];

	fa_paper_adds(p, FA_PAPER_PLAIN, SAY("《", ""));
	fa_paper_add(
		p, FA_PAPER_STRONG, doc->title.n > 0 ? doc->title : doc->url);
	fa_paper_adds(p, FA_PAPER_PLAIN, SAY("》", ""));
	fa_paper_addf(p, FA_PAPER_PLAIN, SAY("（文本 %u）", " (text %u)"),
		(unsigned)x->document + 1);
	if (doc->version.n > 0) {
		fa_paper_adds(p, FA_PAPER_PLAIN,
			SAY("，文中所载版本日期 ", ", version as it says "));
		fa_paper_add(p, FA_PAPER_PLAIN, doc->version);
	}
	if (x->section.n > 0) {
		fa_paper_adds(p, FA_PAPER_PLAIN, SAY("，标题“", ", under “"));
		fa_paper_add(p, FA_PAPER_PLAIN, x->section);
		fa_paper_adds(p, FA_PAPER_PLAIN, "”");
	}
	if (x->sentence > 0)
		fa_paper_addf(p, FA_PAPER_PLAIN,
			SAY("，第 %u 段，全文第 %u 句",
				", paragraph %u, sentence %u of the text"),
			(unsigned)x->paragraph, (unsigned)x->sentence);
}

static void
put_offsets(struct fa_paper *p, const struct fa_dossier_passage *x)
{
	fa_paper_addf(p, FA_PAPER_PLAIN,
		SAY("；第 %u 行第 %u 字至第 %u 行第 %u 字",
			"; line %u column %u to line %u column %u"),
		(unsigned)x->from.line, (unsigned)x->from.column,
		(unsigned)x->to.line, (unsigned)x->to.column);
	fa_paper_addf(p, FA_PAPER_PLAIN,
		SAY("；码点偏移 [%u, %u)；字节偏移 [%u, %u)",
			"; code points [%u, %u); bytes [%u, %u)"),
		(unsigned)x->offset.from, (unsigned)x->offset.to,
		(unsigned)x->raw.from, (unsigned)x->raw.to);
	fa_paper_adds(p, FA_PAPER_PLAIN,
		SAY("；引文字节的 SHA-256 ", "; SHA-256 of these bytes "));
	fa_paper_adds(p, FA_PAPER_CODE, x->sha256);
	fa_paper_adds(p, FA_PAPER_PLAIN, SAY("；", "; "));
	if (x->recut)
		fa_paper_adds(p, FA_PAPER_GOOD,
			SAY("编制本报告时由存档字节重新截取，一致",
				"cut again from the archived bytes for this "
				"report: equal"));
	else
		fa_paper_adds(p, FA_PAPER_RED,
			SAY("未能由存档字节重新截取核对",
				"could not be cut again from the archive"));
	if (x->rule.n > 0) {
		fa_paper_adds(p, FA_PAPER_PLAIN, SAY("；规则 ", "; rule "));
		fa_paper_add(p, FA_PAPER_CODE, x->rule);
	}
}

static void
put_quote(struct fa_paper *p, const struct fa_dossier_passage *x, bool against)
{
	enum fa_paper_kind k = against ? FA_PAPER_COUNTER : FA_PAPER_QUOTE;

	fa_paper_open(p, k);
	fa_paper_add(p, FA_PAPER_SOFT, x->before);
	fa_paper_add(p, against ? FA_PAPER_MARK_OFF : FA_PAPER_MARK, x->text);
	if (x->cut)
		fa_paper_adds(
			p, FA_PAPER_SOFT, fa_label(p->lang, FA_LABEL_CUT));
	fa_paper_add(p, FA_PAPER_SOFT, x->after);
	fa_paper_close(p, k);
}

static void
put_steps(struct fa_paper *p, const struct fa_dossier_passage *x)
{
	if (x->screen.n == 0)
		return;
	fa_paper_open(p, FA_PAPER_PLACE);
	fa_paper_adds(p, FA_PAPER_PLAIN, SAY("界面 ", "Screen "));
	fa_paper_add(p, FA_PAPER_STRONG, x->screen);
	if (x->element.n > 0) {
		fa_paper_adds(p, FA_PAPER_PLAIN, SAY("，控件 ", ", control "));
		fa_paper_add(p, FA_PAPER_CODE, x->element);
	}
	if (x->note.n > 0) {
		fa_paper_adds(p, FA_PAPER_PLAIN, SAY("；", "; "));
		fa_paper_add(p, FA_PAPER_PLAIN, x->note);
	}
	fa_paper_close(p, FA_PAPER_PLACE);
	for (size_t i = 0; i < x->steps_n; i++) {
		const struct fa_dossier_step *s = &x->steps[i];

		fa_paper_open(p, FA_PAPER_NUMBER);
		fa_paper_addf(p, FA_PAPER_SOFT,
			SAY("第 %zu 步　", "Step %zu. "), i + 1);
		fa_paper_add(p, FA_PAPER_PLAIN, s->screen);
		fa_paper_adds(p, FA_PAPER_PLAIN, SAY("：", ": "));
		fa_paper_add(p, FA_PAPER_PLAIN, s->action);
		fa_paper_addf(
			p, FA_PAPER_SOFT, SAY("（%s）", " (%s)"), s->basis);
		fa_paper_close(p, FA_PAPER_NUMBER);
	}
}

/* Of a page the rows around the passage, of a screen all of it. */
static void
crop(struct fa_paper_picture *shown, bool page)
{
	struct fa_picture is;
	int64_t top = (int64_t)shown->box.y - AROUND;
	int64_t bottom = (int64_t)shown->box.y + shown->box.h + AROUND;

	if (!page || !shown->has_box || !fa_picture_read(&is, shown->bytes))
		return;
	shown->top = top > 0 ? (uint32_t)top : 0;
	shown->bottom = bottom < (int64_t)is.h ? (uint32_t)bottom : is.h;
}

static void
put_shot(struct fa_paper *p, const struct fa_dossier *d,
	const struct fa_dossier_passage *x)
{
	const struct fa_dossier_picture *is;
	bool page = !d->documents[x->document].is_flow;
	struct fa_paper_picture shown;

	if (x->picture >= d->pictures_n)
		return;
	is = &d->pictures[x->picture];
	shown = (struct fa_paper_picture){ .bytes = is->bytes,
		.alt = is->shows,
		.has_box = x->has_box,
		.box = x->box };
	crop(&shown, page);
	if (is->bytes.n > 0)
		fa_paper_picture(p, &shown);
	fa_paper_open(p, FA_PAPER_PLACE);
	fa_paper_adds(p, FA_PAPER_PLAIN,
		is->bytes.n == 0 ? SAY("截图未载入：", "Screenshot not shown: ")
			: page ? SAY("截图局部 ", "Part of the screenshot ")
			       : SAY("截图 ", "Screenshot "));
	fa_paper_add(p, FA_PAPER_PLAIN, page ? is->name : is->shows);
	if (x->has_box && is->bytes.n > 0)
		fa_paper_addf(p, FA_PAPER_PLAIN,
			SAY("，红框为引文所在（%d, %d, %d×%d 像素）；红框由本报"
			    "告叠加，截图原件未改动",
				", the red frame shows the passage (%d, %d, "
				"%dx%d pixels); the frame is drawn by this "
				"report, the picture itself is unchanged"),
			(int)x->box.x, (int)x->box.y, (int)x->box.w,
			(int)x->box.h);
	fa_paper_adds(p, FA_PAPER_PLAIN, SAY("；SHA-256 ", "; SHA-256 "));
	fa_paper_adds(p, FA_PAPER_CODE, is->digest.sha256);
	fa_paper_close(p, FA_PAPER_PLACE);
}

void
fa_dossier_passages(struct fa_paper *p, const struct fa_dossier *d,
	const struct fa_dossier_passage *at, size_t n, bool against)
{
	for (size_t i = 0; i < n; i++) {
		const struct fa_dossier_passage *x = &at[i];

		put_quote(p, x, against);
		fa_paper_open(p, FA_PAPER_PLACE);
		put_where(p, d, x);
		if (!d->documents[x->document].is_flow)
			put_offsets(p, x);
		fa_paper_close(p, FA_PAPER_PLACE);
		if (x->raw_text.n > 0) {
			fa_paper_paraz(p, FA_PAPER_SMALL,
				SAY("上述字节在原文件中的写法（含标记）：",
					"These bytes as the file has them, "
					"markup and all:"));
			fa_paper_para(p, FA_PAPER_COMMAND, x->raw_text);
		}
		put_steps(p, x);
		put_shot(p, d, x);
	}
}
