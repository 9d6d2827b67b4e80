/* Detours of cases: screens that talk a refusal over, pages to be waded
 * through, ways that come to nothing. */
#include <stdio.h>

#include "base/num.h"
#include "facecheck/serve/inside.h"

#define STAYS 3 /* screens of case retain */
#define STEPS 8 /* pages of case costly */

/* The number at the end of the path, 1 .. max, or 0. */
static unsigned
page_number(const struct fc_turnabout *t, struct fa_str prefix, unsigned max)
{
	uint64_t n;

	if (!fa_num_u64(
		    fa_str_sub(t->q->path, prefix.n, t->q->path.n), max, &n))
		return 0;
	return (unsigned)n;
}

int
fc_get_stay(struct fc_turnabout *t)
{
	static const char *const titles[STAYS] = { "真的不刷脸吗？",
		"再考虑一下", "最后确认一次" };
	static const char *const texts[STAYS] = {
		"超过九成的用户都选择了刷脸，只要三秒。",
		"刷脸之后办理更快，您确定要放弃吗？",
		"放弃刷脸后，您需要自己承担账号风险，请再想想。"
	};
	unsigned n = page_number(t, FA_STR("/stay/"), STAYS);
	struct fc_view v = { .flags_n = 0 };
	char next[12];

	if (n == 0)
		return fc_refuse(t, 404, "没有这个页面。");
	(void)snprintf(next, sizeof(next), "%u", n + 1);
	fc_view_value(&v, "stay-title", fa_str_c(titles[n - 1]));
	fc_view_value(&v, "stay-text", fa_str_c(texts[n - 1]));
	fc_view_value(&v, "stay-next", fa_str_c(next));
	if (n == STAYS)
		fc_view_flag(&v, "last");
	return fc_say_with(t, "stay", &v);
}

int
fc_get_steps(struct fc_turnabout *t)
{
	static const char *const texts[STEPS] = {
		"使用其他方式前，请先阅读全部须知。",
		"其他方式由系统另行排队处理，请耐心等待。",
		"请确认手机号可以正常接收短信。",
		"请确认周围环境安静，网络良好。",
		"请准备好注册时登记的资料。",
		"请勿向他人透露验证码。",
		"请确认您已经了解上述内容。",
		"请选择方式。",
	};
	unsigned n = page_number(t, FA_STR("/steps/"), STEPS);
	struct fc_view v = { .flags_n = 0 };
	char step[12], next[12];

	if (n == 0)
		return fc_refuse(t, 404, "没有这个页面。");
	(void)snprintf(step, sizeof(step), "%u", n);
	(void)snprintf(next, sizeof(next), "%u", n + 1);
	fc_view_value(&v, "step", fa_str_c(step));
	fc_view_value(&v, "step-next", fa_str_c(next));
	fc_view_value(&v, "step-text", fa_str_c(texts[n - 1]));
	if (n == STEPS) {
		fc_view_flag(&v, "last");
		t->v->waded = true;
	}
	return fc_say_with(t, "steps", &v);
}

/* Case other-needs-face: the code is right, and it was for nothing. */
int
fc_post_almost(struct fc_turnabout *t)
{
	return fc_go(t, "/almost");
}

int
fc_post_voice(struct fc_turnabout *t)
{
	return fc_go(t, "/voice-done");
}
