/* Lists of words behind or before the cues of polarity. Order is free: the
 * longest match counts. */
#include "match/polarity_cues.h"

#include "base/attr.h"

static const struct fa_str choice_words[] = {
	FA_STR_INIT("刷脸"),
	FA_STR_INIT("扫脸"),
	FA_STR_INIT("录脸"),
	FA_STR_INIT("人脸"),
	FA_STR_INIT("同意"),
	FA_STR_INIT("愿"),
	FA_STR_INIT("想"),
	FA_STR_INIT("希望"),
	FA_STR_INIT("打算"),
	FA_STR_INIT("提供"),
	FA_STR_INIT("授权"),
	FA_STR_INIT("接受"),
	FA_STR_INIT("开启"),
	FA_STR_INIT("开通"),
	FA_STR_INIT("打开"),
	FA_STR_INIT("录入"),
	FA_STR_INIT("勾选"),
	FA_STR_INIT("选择"),
	FA_STR_INIT("配合"),
	FA_STR_INIT("使用"),
	FA_STR_INIT("认证"),
	FA_STR_INIT("验证"),
	FA_STR_INIT("完成"),
	FA_STR_INIT("通过"),
	FA_STR_INIT("进行"),
	FA_STR_INIT("绑定"),
	FA_STR_INIT("填写"),
	FA_STR_INIT("登录"),
	FA_STR_INIT("注册"),
	FA_STR_INIT("设置"),
	FA_STR_INIT("允许"),
	FA_STR_INIT("给予"),
	FA_STR_INIT("按"),
	FA_STR_INIT("及时"),
	FA_STR_INIT("主动提供"),
	FA_STR_INIT("点击"),
	FA_STR_INIT("上传人脸"),
	FA_STR_INIT("确认"),
	FA_STR_INIT("实名"),
	FA_STR_INIT("做"),
	FA_STR_INIT("办理人脸"),
	FA_STR_INIT("参与"),
	FA_STR_INIT("参加"),
	FA_STR_INIT("能通过"),
	FA_STR_INIT("能完成"),
	FA_STR_INIT("在"),
};

static const struct fa_str strong_words[] = {
	FA_STR_INIT("并"),
	FA_STR_INIT("绝"),
	FA_STR_INIT("决"),
	FA_STR_INIT("从"),
	FA_STR_INIT("暂"),
	FA_STR_INIT("概"),
	FA_STR_INIT("恕"),
	FA_STR_INIT("均"),
	FA_STR_INIT("亦"),
	FA_STR_INIT("都"),
	FA_STR_INIT("一律"),
	FA_STR_INIT("仍"),
	FA_STR_INIT("将"),
};

static const struct fa_str future_words[] = {
	FA_STR_INIT("无法"),
	FA_STR_INIT("不"),
	FA_STR_INIT("会"),
	FA_STR_INIT("导致"),
	FA_STR_INIT("影响"),
	FA_STR_INIT("被"),
	FA_STR_INIT("视为"),
	FA_STR_INIT("受"),
	FA_STR_INIT("停止"),
	FA_STR_INIT("终止"),
	FA_STR_INIT("限制"),
	FA_STR_INIT("失去"),
	FA_STR_INIT("可能"),
	FA_STR_INIT("需"),
	FA_STR_INIT("须"),
	FA_STR_INIT("仍"),
	FA_STR_INIT("继续"),
	FA_STR_INIT("自动"),
	FA_STR_INIT("按"),
	FA_STR_INIT("立即"),
	FA_STR_INIT("持续"),
	FA_STR_INIT("暂停"),
	FA_STR_INIT("进入"),
	FA_STR_INIT("跳转"),
	FA_STR_INIT("丧失"),
	FA_STR_INIT("中断"),
	FA_STR_INIT("收到"),
	FA_STR_INIT("有"),
	FA_STR_INIT("面临"),
	FA_STR_INIT("处于"),
	FA_STR_INIT("关闭"),
	FA_STR_INIT("冻结"),
	FA_STR_INIT("注销"),
};

static const struct fa_str leading_words[] = {
	FA_STR_INIT("但是"),
	FA_STR_INIT("但"),
	FA_STR_INIT("然而"),
	FA_STR_INIT("不过"),
	FA_STR_INIT("同时"),
	FA_STR_INIT("此外"),
	FA_STR_INIT("另外"),
	FA_STR_INIT("并且"),
	FA_STR_INIT("且"),
	FA_STR_INIT("而"),
	FA_STR_INIT("因此"),
	FA_STR_INIT("所以"),
	FA_STR_INIT("故"),
	FA_STR_INIT("其中"),
	FA_STR_INIT("即"),
	FA_STR_INIT("又"),
	FA_STR_INIT("特别是"),
	FA_STR_INIT("例如"),
	FA_STR_INIT("也就是说"),
	FA_STR_INIT("也"),
	FA_STR_INIT("此时"),
	FA_STR_INIT("这时"),
	FA_STR_INIT("届时"),
	FA_STR_INIT("否则"),
	FA_STR_INIT("那么"),
	FA_STR_INIT("对于"),
	FA_STR_INIT("对"),
	FA_STR_INIT("针对"),
	FA_STR_INIT("以及"),
};

static const struct fa_str if_words[] = {
	FA_STR_INIT("如果"),
	FA_STR_INIT("若"),
	FA_STR_INIT("如"),
	FA_STR_INIT("倘若"),
	FA_STR_INIT("倘使"),
	FA_STR_INIT("倘"),
	FA_STR_INIT("假如"),
	FA_STR_INIT("假设"),
	FA_STR_INIT("假使"),
	FA_STR_INIT("一旦"),
	FA_STR_INIT("要是"),
	FA_STR_INIT("只要"),
	FA_STR_INIT("即使"),
	FA_STR_INIT("即便"),
	FA_STR_INIT("未经"),
	FA_STR_INIT("非经"),
	FA_STR_INIT("未征得"),
	FA_STR_INIT("未取得"),
	FA_STR_INIT("未获得"),
	FA_STR_INIT("未获"),
	FA_STR_INIT("未得到"),
	FA_STR_INIT("无论"),
	FA_STR_INIT("不论"),
	FA_STR_INIT("不管"),
	FA_STR_INIT("万一"),
};

static const struct fa_str if_not_words[] = {
	FA_STR_INIT("除非"),
};

static const struct fa_str ru_not_words[] = {
	FA_STR_INIT("何"),
	FA_STR_INIT("下"),
	FA_STR_INIT("上述"),
	FA_STR_INIT("上所述"),
	FA_STR_INIT("前"),
	FA_STR_INIT("实"),
	FA_STR_INIT("期"),
	FA_STR_INIT("同"),
	FA_STR_INIT("此"),
	FA_STR_INIT("图"),
	FA_STR_INIT("约"),
	FA_STR_INIT("今"),
	FA_STR_INIT("意"),
	FA_STR_INIT("愿"),
	FA_STR_INIT("厕"),
};

static const struct fa_str and_words[] = {
	FA_STR_INIT("且"),
	FA_STR_INIT("并且"),
	FA_STR_INIT("而且"),
	FA_STR_INIT("或者"),
	FA_STR_INIT("或"),
	FA_STR_INIT("并"),
	FA_STR_INIT("和"),
	FA_STR_INIT("以及"),
	FA_STR_INIT("又"),
};

static const struct fa_str time_not_words[] = {
	FA_STR_INIT("同时"),
	FA_STR_INIT("随时"),
	FA_STR_INIT("及时"),
	FA_STR_INIT("临时"),
	FA_STR_INIT("实时"),
	FA_STR_INIT("不时"),
	FA_STR_INIT("平时"),
	FA_STR_INIT("届时"),
	FA_STR_INIT("小时"),
	FA_STR_INIT("暂时"),
	FA_STR_INIT("按时"),
	FA_STR_INIT("定时"),
	FA_STR_INIT("有时"),
	FA_STR_INIT("此时"),
	FA_STR_INIT("即时"),
	FA_STR_INIT("准时"),
	FA_STR_INIT("当时"),
	FA_STR_INIT("时时"),
	FA_STR_INIT("限时"),
	FA_STR_INIT("计时"),
	FA_STR_INIT("延时"),
	FA_STR_INIT("工时"),
	FA_STR_INIT("学时"),
	FA_STR_INIT("历时"),
	FA_STR_INIT("超时"),
	FA_STR_INIT("顿时"),
	FA_STR_INIT("那时"),
	FA_STR_INIT("这时"),
};

static const struct fa_str main_words[] = {
	FA_STR_INIT("可联系"),
	FA_STR_INIT("可致电"),
	FA_STR_INIT("可通过"),
	FA_STR_INIT("可前往"),
	FA_STR_INIT("可能"),
	FA_STR_INIT("极易"),
	FA_STR_INIT("容易"),
	FA_STR_INIT("则"),
	FA_STR_INIT("就"),
	FA_STR_INIT("即可"),
	FA_STR_INIT("即视为"),
	FA_STR_INIT("便"),
	FA_STR_INIT("也可"),
	FA_STR_INIT("也不"),
	FA_STR_INIT("也能"),
	FA_STR_INIT("仍"),
	FA_STR_INIT("请"),
	FA_STR_INIT("我们会"),
	FA_STR_INIT("我们不"),
	FA_STR_INIT("我们有权"),
	FA_STR_INIT("我们无法"),
	FA_STR_INIT("我们可"),
	FA_STR_INIT("您可"),
	FA_STR_INIT("视为"),
	FA_STR_INIT("导致"),
	FA_STR_INIT("均须"),
	FA_STR_INIT("都须"),
	FA_STR_INIT("不影响"),
	FA_STR_INIT("不会影响"),
	FA_STR_INIT("须"),
	FA_STR_INIT("需由"),
	FA_STR_INIT("应当"),
	FA_STR_INIT("应由"),
};

struct list {
	const struct fa_str *words;
	size_t n;
};

static const struct list lists[FA_CUES_LISTS] = {
	[FA_CUES_CHOICE] = { choice_words, FA_COUNT(choice_words) },
	[FA_CUES_STRONG] = { strong_words, FA_COUNT(strong_words) },
	[FA_CUES_FUTURE] = { future_words, FA_COUNT(future_words) },
	[FA_CUES_LEADING] = { leading_words, FA_COUNT(leading_words) },
	[FA_CUES_IF] = { if_words, FA_COUNT(if_words) },
	[FA_CUES_IF_NOT] = { if_not_words, FA_COUNT(if_not_words) },
	[FA_CUES_RU_NOT] = { ru_not_words, FA_COUNT(ru_not_words) },
	[FA_CUES_AND] = { and_words, FA_COUNT(and_words) },
	[FA_CUES_TIME_NOT] = { time_not_words, FA_COUNT(time_not_words) },
	[FA_CUES_MAIN] = { main_words, FA_COUNT(main_words) },
};

size_t
fa_cues_starts(enum fa_cue_list list, struct fa_str s)
{
	size_t i, best = 0;

	for (i = 0; i < lists[list].n; i++)
		if (lists[list].words[i].n > best &&
			fa_str_starts(s, lists[list].words[i]))
			best = lists[list].words[i].n;
	return best;
}

size_t
fa_cues_ends(enum fa_cue_list list, struct fa_str s)
{
	size_t i, best = 0;

	for (i = 0; i < lists[list].n; i++)
		if (lists[list].words[i].n > best &&
			fa_str_ends(s, lists[list].words[i]))
			best = lists[list].words[i].n;
	return best;
}
