/* A made-up flow and its result, for tests of the writers. */
#ifndef FIXTURE_REPORT_FLOW_H
#define FIXTURE_REPORT_FLOW_H

#include "fixture_report.h"

/* 1 x 2 pixels: signature, IHDR; enough to be told and shown. */
#define FIXTURE_PNG                                                            \
	"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x02\x08\x02\0\0\0"

enum { FX_LOGIN, FX_ASK, FX_CAPTURE, FX_HOME, FX_SMS, FX_SCREENS };
enum {
	FXT_FACE,
	FXT_SMS,
	FXT_AGREE,
	FXT_CAMERA,
	FXT_BACK,
	FXT_SELF,
	FXT_EXIT,
	FXT_COUNT
};

struct fixture_flow {
	struct fixture base;
	struct fa_flow flow;
	struct fa_flow_screen screens[FX_SCREENS];
	struct fa_flow_element elements[FX_SCREENS][2];
	struct fa_flow_transition transitions[FXT_COUNT];
	struct fa_flow_evidence evidence[2];
	struct fa_flow_gap gaps[2];
	struct fa_flow_end ends[1];
	uint32_t pictures_of[2];
	uint32_t path[2];
	struct fa_flow_place sole, notice;
	struct fa_evidence pro[2], contra[1];
	struct fa_str pictures[2];
};

static inline void
fixture_screen(struct fixture_flow *x, uint32_t s, const char *title,
	const char *a, const char *b)
{
	static const struct fa_str ids[FX_SCREENS][3] = {
		{ FA_STR_INIT("s0"), FA_STR_INIT("s0.e0"),
			FA_STR_INIT("s0.e1") },
		{ FA_STR_INIT("s1"), FA_STR_INIT("s1.e0"),
			FA_STR_INIT("s1.e1") },
		{ FA_STR_INIT("s2"), FA_STR_INIT("s2.e0"),
			FA_STR_INIT("s2.e1") },
		{ FA_STR_INIT("s3"), FA_STR_INIT("s3.e0"),
			FA_STR_INIT("s3.e1") },
		{ FA_STR_INIT("s4"), FA_STR_INIT("s4.e0"),
			FA_STR_INIT("s4.e1") },
	};
	const char *const texts[] = { a, b };

	x->screens[s].id = ids[s][0];
	x->screens[s].title = fa_str_c(title);
	x->screens[s].elements = x->elements[s];
	x->screens[s].elements_n = 2;
	for (size_t i = 0; i < 2; i++)
		x->elements[s][i] =
			(struct fa_flow_element){ .id = ids[s][i + 1],
				.role = FA_FLOW_BUTTON,
				.text = fa_str_c(texts[i]),
				.parent = FA_FLOW_NONE,
				.covered_by = FA_FLOW_NONE };
}

static inline void
fixture_step(struct fixture_flow *x, uint32_t i, uint32_t from, uint32_t to,
	enum fa_flow_action action, uint32_t element)
{
	x->transitions[i] = (struct fa_flow_transition){ .from = from,
		.to = to,
		.basis = FA_FLOW_OBSERVED,
		.action = action,
		.element = element };
}

static inline void
fixture_graph(struct fixture_flow *x)
{
	fixture_screen(x, FX_LOGIN, "登录页", "刷脸登录", "短信登录");
	fixture_screen(x, FX_ASK, "刷脸授权", "同意并继续", "返回");
	fixture_screen(x, FX_CAPTURE, "人脸采集", "开始", "取消");
	fixture_screen(x, FX_HOME, "首页", "我的", "设置");
	fixture_screen(x, FX_SMS, "短信验证", "登录", "重新发送");
	x->elements[FX_CAPTURE][0].role = FA_FLOW_CAMERA;
	fixture_step(x, FXT_FACE, FX_LOGIN, FX_ASK, FA_FLOW_TAP, 0);
	fixture_step(x, FXT_SMS, FX_LOGIN, FX_SMS, FA_FLOW_TAP, 1);
	fixture_step(x, FXT_AGREE, FX_ASK, FX_CAPTURE, FA_FLOW_TAP, 0);
	fixture_step(
		x, FXT_CAMERA, FX_CAPTURE, FX_HOME, FA_FLOW_FACE, FA_FLOW_NONE);
	fixture_step(x, FXT_BACK, FX_ASK, FX_LOGIN, FA_FLOW_BACK, FA_FLOW_NONE);
	fixture_step(x, FXT_SELF, FX_SMS, FX_SMS, FA_FLOW_TAP, 1);
	fixture_step(
		x, FXT_EXIT, FX_HOME, FA_FLOW_NONE, FA_FLOW_BACK, FA_FLOW_NONE);
	x->transitions[FXT_EXIT].effects = FA_FLOW_EFFECT_EXIT;
	x->gaps[0] = (struct fa_flow_gap){ FX_SMS, FA_FLOW_GAP_UNEXPLORED, 0,
		FA_STR("budget: time") };
	x->gaps[1] = (struct fa_flow_gap){ FX_CAPTURE, FA_FLOW_GAP_NO_STYLE,
		FA_FLOW_NONE, FA_STR_NONE };
	x->ends[0] = (struct fa_flow_end){ FX_HOME, FA_FLOW_END_SERVICE };
	x->flow.app_name = FA_STR("𠮷祥钱包");
	x->flow.platform = FA_FLOW_H5;
	x->flow.importer = FA_STR("walk");
	x->flow.screens = x->screens;
	x->flow.screens_n = FX_SCREENS;
	x->flow.transitions = x->transitions;
	x->flow.transitions_n = FXT_COUNT;
	x->flow.gaps = x->gaps;
	x->flow.gaps_n = FA_COUNT(x->gaps);
	x->flow.ends = x->ends;
	x->flow.ends_n = 1;
}

/* Pictures of the first two screens. */
static inline void
fixture_pictures(struct fixture_flow *x)
{
	static const char png[] = FIXTURE_PNG;

	for (uint32_t i = 0; i < 2; i++) {
		x->pictures_of[i] = i;
		x->screens[i].evidence = &x->pictures_of[i];
		x->screens[i].evidence_n = 1;
		x->evidence[i].path = FA_STR("evidence/a.png");
		x->pictures[i] = (struct fa_str){ png, sizeof(png) - 1 };
	}
	x->flow.evidence = x->evidence;
	x->flow.evidence_n = 2;
}

static inline void
fixture_flow(struct fixture_flow *x, struct fa_arena *a)
{
	memset(x, 0, sizeof(*x));
	fixture_policy(&x->base, a);
	fixture_graph(x);
	fixture_pictures(x);
	x->path[0] = FXT_FACE;
	x->path[1] = FXT_AGREE;
	x->sole = (struct fa_flow_place){ FX_CAPTURE, 0, x->path, 2,
		FA_FLOW_OBSERVED };
	x->notice = (struct fa_flow_place){ FX_SMS, FA_FLOW_NONE, NULL, 0,
		FA_FLOW_ASSUMED };
	x->pro[0] = fixture_sole[0];
	x->pro[0].place = &x->sole;
	x->pro[0].note = FA_STR("face 2 taps, other way 7");
	x->pro[1] = fixture_sole[1];
	x->pro[1].place = &x->notice;
	x->contra[0] = fixture_sole_contra[0];
	x->contra[0].place = &x->notice;
	fixture_pro(&x->base.findings[OB_SOLE], FA_VERDICT_VIOLATION, RU_SOLE,
		x->pro, 2);
	x->base.findings[OB_SOLE].contra = x->contra;
	fixture_pro(&x->base.findings[OB_DECEIVE], FA_VERDICT_VIOLATION,
		RU_DECEIVE, x->pro, 1);
	for (uint32_t i = OB_SEPARATE; i < OB_COUNT; i++)
		x->base.findings[i] = (struct fa_finding){ .obligation = i,
			.rule = FA_RULE_NONE };
	fixture_score(&x->base, a);
	x->base.res.scope_evidence_n = 0;
	x->base.res.name = FA_STR("walks/a/flow.json");
	x->base.res.title = FA_STR_NONE;
	x->base.res.flow = &x->flow;
}

/* The same with hostile text wherever a recording has text. */
static inline void
fixture_hostile_flow(struct fixture_flow *x, struct fa_arena *a)
{
	fixture_flow(x, a);
	for (size_t s = 0; s < FX_SCREENS; s++) {
		x->screens[s].title = FA_STR(HOSTILE_TEXT);
		for (size_t i = 0; i < 2; i++)
			x->elements[s][i].text = FA_STR(HOSTILE_TEXT);
	}
	x->gaps[0].why = FA_STR(HOSTILE_TEXT);
	x->pro[0].note = FA_STR(HOSTILE_TEXT);
	x->flow.app_name = FA_STR(HOSTILE_TEXT);
	x->flow.importer = FA_STR(HOSTILE_TEXT);
	x->flow.device = FA_STR(HOSTILE_TEXT);
	x->pictures[1] = FA_STR("<svg onload=alert(1)>");
	x->base.res.name = FA_STR("b\n</script>.json");
}

/* begin, the flow, perhaps the hostile one, end. */
static inline struct fa_str
fixture_write_flows(struct fixture_report *x, bool hostile)
{
	struct fixture_flow *f = fa_arena_new(&x->arena, 1, sizeof(*f));

	assert_non_null(f);
	fixture_begin(x);
	fixture_flow(f, &x->arena);
	x->report.pictures.at = f->pictures;
	x->report.pictures.n = 2;
	fixture_doc(x, &f->base.res);
	if (hostile) {
		fixture_hostile_flow(f, &x->arena);
		fixture_doc(x, &f->base.res);
	}
	return fixture_end(x);
}

#endif
