#include "report/flow.h"

#include <assert.h>

#include "base/utf8.h"

static const char *const bases[FA_FLOW_BASIS_COUNT][FA_LANG_COUNT] = {
	[FA_FLOW_ASSUMED] = { "推定", "assumed" },
	[FA_FLOW_STATED] = { "源码声明", "declared in source" },
	[FA_FLOW_OBSERVED] = { "实际观察", "observed" },
};

static const char *const gaps[FA_FLOW_GAP_COUNT][FA_LANG_COUNT] = {
	[FA_FLOW_GAP_NO_STYLE] = { "没有样式信息", "no style recorded" },
	[FA_FLOW_GAP_NO_TREE] = { "没有控件信息", "no controls recorded" },
	[FA_FLOW_GAP_IMAGE_ONLY] = { "只有图片", "a picture only" },
	[FA_FLOW_GAP_WEBVIEW] = { "内嵌网页不可见", "web view not seen into" },
	[FA_FLOW_GAP_UNEXPLORED] = { "未探索", "not explored" },
	[FA_FLOW_GAP_NOT_LOADED] = { "有内容未能加载", "content did not load" },
};

static const char *const roles[FA_FLOW_ROLE_COUNT][FA_LANG_COUNT] = {
	[FA_FLOW_TEXT] = { "文字", "text" },
	[FA_FLOW_BUTTON] = { "按钮", "button" },
	[FA_FLOW_LINK] = { "链接", "link" },
	[FA_FLOW_CHECKBOX] = { "勾选框", "checkbox" },
	[FA_FLOW_SWITCH] = { "开关", "switch" },
	[FA_FLOW_RADIO] = { "单选项", "radio button" },
	[FA_FLOW_IMAGE] = { "图片", "image" },
	[FA_FLOW_INPUT] = { "输入框", "input" },
	[FA_FLOW_WEBVIEW] = { "内嵌网页", "web view" },
	[FA_FLOW_CAMERA] = { "摄像头画面", "camera" },
	[FA_FLOW_CONTAINER] = { "区域", "container" },
};

/* What was done. */
static const struct {
	const char *bare[FA_LANG_COUNT];
	bool names; /* the control follows in quotes */
} actions[FA_FLOW_ACTION_COUNT] = {
	[FA_FLOW_TAP] = { { "点", "tap " }, true },
	[FA_FLOW_CHECK] = { { "勾选", "tick " }, true },
	[FA_FLOW_UNCHECK] = { { "取消勾选", "untick " }, true },
	[FA_FLOW_BACK] = { { "返回键", "back" }, false },
	[FA_FLOW_SCROLL] = { { "滚动", "scroll" }, false },
	[FA_FLOW_FILL] = { { "填写", "fill in " }, true },
	[FA_FLOW_WAIT] = { { "等待", "wait" }, false },
	[FA_FLOW_LAUNCH] = { { "打开应用", "open the app" }, false },
	[FA_FLOW_RELAUNCH] = { { "重新打开应用", "open the app again" },
		false },
	[FA_FLOW_SYSTEM_ALLOW] = { { "系统权限：允许",
					   "system permission: allow" },
		false },
	[FA_FLOW_SYSTEM_DENY] = { { "系统权限：拒绝",
					  "system permission: deny" },
		false },
	[FA_FLOW_FACE] = { { "模拟人脸核验通过", "face check made to succeed" },
		false },
};

const char *
fa_label_basis(enum fa_lang lang, enum fa_flow_basis b)
{
	assert(b < FA_FLOW_BASIS_COUNT && lang < FA_LANG_COUNT);
	return bases[b][lang];
}

static const char *
label_gap(enum fa_lang lang, enum fa_flow_gap_kind k)
{
	assert(k < FA_FLOW_GAP_COUNT && lang < FA_LANG_COUNT);
	return gaps[k][lang];
}

static const char *
label_role(enum fa_lang lang, enum fa_flow_role r)
{
	assert(r < FA_FLOW_ROLE_COUNT && lang < FA_LANG_COUNT);
	return roles[r][lang];
}

struct fa_report_coverage
fa_report_coverage(const struct fa_flow *f)
{
	unsigned char torn[FA_FLOW_SCREENS_MAX / 8 + 1] = { 0 };
	struct fa_report_coverage c = { 0 };

	assert(f->screens_n <= FA_FLOW_SCREENS_MAX);
	for (size_t i = 0; i < f->gaps_n; i++) {
		uint32_t s = f->gaps[i].screen;

		c.gaps[f->gaps[i].kind]++;
		if (s < f->screens_n)
			torn[s / 8] |= (unsigned char)(1u << s % 8);
	}
	c.screens = (uint32_t)f->screens_n;
	c.unexplored = c.gaps[FA_FLOW_GAP_UNEXPLORED];
	for (uint32_t i = 0; i < c.screens; i++)
		c.whole += f->screens[i].complete != FA_TRI_NO &&
			(torn[i / 8] & 1u << i % 8) == 0;
	return c;
}

/* Pages of one app often share a title, which then says nothing. */
static bool
is_shared(const struct fa_flow *f, uint32_t screen)
{
	uint32_t other = screen == 0 ? 1 : 0;

	return other < f->screens_n &&
		fa_str_eq(f->screens[screen].title, f->screens[other].title);
}

/* The first text that it shows, of its reading order. */
static struct fa_str
first_text(const struct fa_flow_screen *s)
{
	for (size_t i = 0; i < s->elements_n; i++)
		if (s->elements[i].role == FA_FLOW_TEXT &&
			s->elements[i].visible != FA_TRI_NO &&
			s->elements[i].text.n > 0)
			return s->elements[i].text;
	return FA_STR_NONE;
}

struct fa_str
fa_report_screen_title(const struct fa_flow *f, uint32_t screen)
{
	const struct fa_flow_screen *s;
	struct fa_str text;

	if (screen >= f->screens_n)
		return FA_STR_NONE;
	s = &f->screens[screen];
	text = s->title.n == 0 || is_shared(f, screen) ? first_text(s)
						       : s->title;
	if (text.n > 0)
		return text;
	if (s->title.n > 0)
		return s->title;
	if (s->native.n > 0)
		return s->native;
	return s->url.n > 0 ? s->url : s->id;
}

struct fa_str
fa_report_control(const struct fa_flow *f, uint32_t screen, uint32_t element)
{
	const struct fa_flow_element *e;

	if (screen >= f->screens_n || element >= f->screens[screen].elements_n)
		return FA_STR_NONE;
	e = &f->screens[screen].elements[element];
	if (e->text.n > 0)
		return e->text;
	if (e->label.n > 0)
		return e->label;
	return e->hint.n > 0 ? e->hint : FA_STR_NONE;
}

bool
fa_report_is_side(enum fa_flow_action a)
{
	return a == FA_FLOW_BACK || a == FA_FLOW_WAIT || a == FA_FLOW_LAUNCH ||
		a == FA_FLOW_RELAUNCH;
}

void
fa_report_clip(struct fa_buf *out, struct fa_str s, size_t columns)
{
	size_t used = 0;

	while (s.n > 0) {
		uint32_t cp;
		size_t n = fa_utf8_next(s, &cp);
		int width = fa_utf8_width(cp);

		used += width > 0 ? (size_t)width : 0;
		if (used > columns) {
			fa_buf_adds(out, "…");
			return;
		}
		/* A line end within a control is a blank to its reader. */
		if (cp == '\n' || cp == '\t' || cp == '\r')
			fa_buf_addc(out, ' ');
		else
			fa_buf_add(out, fa_str_sub(s, 0, n));
		s = fa_str_sub(s, n, s.n);
	}
}

static void
put_quoted(struct fa_buf *out, struct fa_str s)
{
	fa_buf_adds(out, "“");
	fa_report_clip(out, s, FA_REPORT_FLOW_COLUMNS);
	fa_buf_adds(out, "”");
}

/* The control of a screen, by its text or what it is. */
static void
put_control(struct fa_buf *out, const struct fa_flow *f, uint32_t screen,
	uint32_t element, enum fa_lang lang)
{
	struct fa_str s = fa_report_control(f, screen, element);

	if (s.n > 0)
		put_quoted(out, s);
	else if (element < f->screens[screen].elements_n)
		fa_buf_adds(out,
			label_role(lang,
				f->screens[screen].elements[element].role));
	else
		fa_buf_adds(out, lang == FA_LANG_ZH ? "屏幕" : "the screen");
}

void
fa_report_action(struct fa_buf *out, const struct fa_flow *f,
	const struct fa_flow_transition *t, enum fa_lang lang)
{
	fa_buf_adds(out, actions[t->action].bare[lang]);
	if (actions[t->action].names)
		put_control(out, f, t->from, t->element, lang);
	if (t->action == FA_FLOW_WAIT && t->wait_ms > 0)
		fa_buf_addf(out, lang == FA_LANG_ZH ? " %u.%u 秒" : " %u.%u s",
			(unsigned)(t->wait_ms / 1000),
			(unsigned)(t->wait_ms % 1000 / 100));
}

void
fa_report_target(struct fa_buf *out, const struct fa_flow *f,
	const struct fa_flow_transition *t, enum fa_lang lang)
{
	bool zh = lang == FA_LANG_ZH;

	if (t->to < f->screens_n)
		fa_report_clip(out, fa_report_screen_title(f, t->to),
			FA_REPORT_FLOW_COLUMNS);
	else if (t->effects & FA_FLOW_EFFECT_EXIT)
		fa_buf_adds(out, zh ? "退出应用" : "the app closes");
	else
		fa_buf_adds(out, zh ? "应用之外" : "outside the app");
}

void
fa_report_spot(struct fa_buf *out, const struct fa_flow *f,
	const struct fa_flow_place *p, enum fa_lang lang)
{
	const struct fa_flow_screen *s;

	if (p->screen >= f->screens_n)
		return;
	s = &f->screens[p->screen];
	fa_buf_add(out, s->id);
	if (!fa_str_eq(fa_report_screen_title(f, p->screen), s->id)) {
		fa_buf_addc(out, ' ');
		fa_report_clip(out, fa_report_screen_title(f, p->screen),
			FA_REPORT_FLOW_COLUMNS);
	}
	if (p->element >= s->elements_n)
		return;
	fa_buf_addf(
		out, " · %s", label_role(lang, s->elements[p->element].role));
	if (fa_report_control(f, p->screen, p->element).n > 0) {
		fa_buf_adds(out, lang == FA_LANG_ZH ? "" : " ");
		put_quoted(out, fa_report_control(f, p->screen, p->element));
	}
}

void
fa_report_path(struct fa_buf *out, const struct fa_flow *f,
	const struct fa_flow_place *p, enum fa_lang lang)
{
	uint32_t at = FA_FLOW_NONE;

	for (size_t i = 0; i < p->path_n; i++) {
		const struct fa_flow_transition *t;

		if (p->path[i] >= f->transitions_n)
			continue;
		t = &f->transitions[p->path[i]];
		if (at != t->from) {
			/* Evidence need not be one way from the start. */
			fa_buf_adds(out, at == FA_FLOW_NONE ? "" : " ; ");
			fa_report_clip(out, fa_report_screen_title(f, t->from),
				FA_REPORT_FLOW_COLUMNS);
		}
		fa_buf_adds(out, " → ");
		fa_report_action(out, f, t, lang);
		fa_buf_adds(out, " → ");
		fa_report_target(out, f, t, lang);
		at = t->to;
	}
}

void
fa_report_gap(struct fa_buf *out, const struct fa_flow *f,
	const struct fa_flow_gap *g, enum fa_lang lang)
{
	struct fa_flow_place p = { .screen = g->screen,
		.element = FA_FLOW_NONE };
	bool zh = lang == FA_LANG_ZH;

	fa_report_spot(out, f, &p, lang);
	fa_buf_addf(out, "%s%s", zh ? "：" : ": ", label_gap(lang, g->kind));
	if (g->screen < f->screens_n &&
		g->element < f->screens[g->screen].elements_n) {
		fa_buf_adds(out, zh ? "" : " ");
		put_control(out, f, g->screen, g->element, lang);
	}
	if (g->why.n > 0) {
		fa_buf_adds(out, zh ? "（" : " (");
		fa_buf_add(out, g->why);
		fa_buf_adds(out, zh ? "）" : ")");
	}
}

void
fa_report_flow_facts(
	struct fa_buf *out, const struct fa_flow *f, enum fa_lang lang)
{
	struct fa_report_coverage c = fa_report_coverage(f);

	fa_buf_addf(out,
		lang == FA_LANG_ZH
			? "%u 个屏幕，其中 %u 个记录完整；%zu 个转移；%u "
			  "处未探索"
			: "%u screens, %u of them recorded in full; %zu "
			  "transitions; %u not explored",
		(unsigned)c.screens, (unsigned)c.whole, f->transitions_n,
		(unsigned)c.unexplored);
	if (f->gaps_n > c.unexplored)
		fa_buf_addf(out,
			lang == FA_LANG_ZH ? "；%zu 处未记录"
					   : "; %zu not recorded",
			f->gaps_n - c.unexplored);
}
