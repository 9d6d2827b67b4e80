/* Lists of words behind or before the cues of polarity. Order is free: the
 * longest match counts. */
#include "match/polarity_cues.h"

#include "base/attr.h"

#define CHOICE (1u << FA_CUES_CHOICE)
#define FUTURE (1u << FA_CUES_FUTURE)
#define LEADING (1u << FA_CUES_LEADING)
#define IF (1u << FA_CUES_IF)
#define IF_NOT (1u << FA_CUES_IF_NOT)
#define RU_NOT (1u << FA_CUES_RU_NOT)
#define AND (1u << FA_CUES_AND)
#define MAIN (1u << FA_CUES_MAIN)

#define WORD(word, lists)                                                      \
	{                                                                      \
		word, sizeof(word) - 1, lists                                  \
	}
/* As in polarity_cues.c: two characters that share a place are an error. */
#define OF(first, ...)                                                         \
	[first % FA_LISTED_PLACES] = { (const struct fa_listed[]){             \
					       __VA_ARGS__ },                  \
		sizeof((const struct fa_listed[]){ __VA_ARGS__ }) /            \
			sizeof(struct fa_listed),                              \
		first }

const struct fa_listed_group fa_listed_groups[FA_LISTED_PLACES] = {
	OF(u'一', WORD("一旦", IF)),
	OF(u'万', WORD("万一", IF)),
	OF(u'上', WORD("上传人脸", CHOICE), WORD("上所述", RU_NOT),
		WORD("上述", RU_NOT)),
	OF(u'下', WORD("下", RU_NOT)),
	OF(u'不', WORD("不", FUTURE), WORD("不会影响", MAIN),
		WORD("不影响", MAIN), WORD("不管", IF), WORD("不论", IF),
		WORD("不过", LEADING)),
	OF(u'且', WORD("且", LEADING | AND)),
	OF(u'丧', WORD("丧失", FUTURE)),
	OF(u'中', WORD("中断", FUTURE)),
	OF(u'主', WORD("主动提供", CHOICE)),
	OF(u'也', WORD("也", LEADING), WORD("也不", MAIN), WORD("也可", MAIN),
		WORD("也就是说", LEADING), WORD("也能", MAIN)),
	OF(u'人', WORD("人脸", CHOICE)),
	OF(u'今', WORD("今", RU_NOT)),
	OF(u'仍', WORD("仍", FUTURE | MAIN)),
	OF(u'以', WORD("以及", LEADING | AND)),
	OF(u'会', WORD("会", FUTURE)),
	OF(u'但', WORD("但", LEADING), WORD("但是", LEADING)),
	OF(u'何', WORD("何", RU_NOT)),
	OF(u'使', WORD("使用", CHOICE)),
	OF(u'例', WORD("例如", LEADING)),
	OF(u'便', WORD("便", MAIN)),
	OF(u'倘', WORD("倘", IF), WORD("倘使", IF), WORD("倘若", IF)),
	OF(u'假', WORD("假使", IF), WORD("假如", IF), WORD("假设", IF)),
	OF(u'做', WORD("做", CHOICE)),
	OF(u'停', WORD("停止", FUTURE)),
	OF(u'允', WORD("允许", CHOICE)),
	OF(u'关', WORD("关闭", FUTURE)),
	OF(u'其', WORD("其中", LEADING)),
	OF(u'冻', WORD("冻结", FUTURE)),
	OF(u'则', WORD("则", MAIN)),
	OF(u'刷', WORD("刷脸", CHOICE)),
	OF(u'前', WORD("前", RU_NOT)),
	OF(u'办', WORD("办理人脸", CHOICE)),
	OF(u'勾', WORD("勾选", CHOICE)),
	OF(u'即', WORD("即", LEADING), WORD("即使", IF), WORD("即便", IF),
		WORD("即可", MAIN), WORD("即视为", MAIN)),
	OF(u'厕', WORD("厕", RU_NOT)),
	OF(u'参', WORD("参与", CHOICE), WORD("参加", CHOICE)),
	OF(u'又', WORD("又", LEADING | AND)),
	OF(u'及', WORD("及时", CHOICE)),
	OF(u'受', WORD("受", FUTURE)),
	OF(u'另', WORD("另外", LEADING)),
	OF(u'只', WORD("只要", IF)),
	OF(u'可', WORD("可前往", MAIN), WORD("可联系", MAIN),
		WORD("可能", FUTURE | MAIN), WORD("可致电", MAIN),
		WORD("可通过", MAIN)),
	OF(u'同', WORD("同", RU_NOT), WORD("同意", CHOICE),
		WORD("同时", LEADING)),
	OF(u'否', WORD("否则", LEADING)),
	OF(u'和', WORD("和", AND)),
	OF(u'因', WORD("因此", LEADING)),
	OF(u'图', WORD("图", RU_NOT)),
	OF(u'在', WORD("在", CHOICE)),
	OF(u'均', WORD("均须", MAIN)),
	OF(u'填', WORD("填写", CHOICE)),
	OF(u'处', WORD("处于", FUTURE)),
	OF(u'失', WORD("失去", FUTURE)),
	OF(u'如', WORD("如", IF), WORD("如果", IF)),
	OF(u'完', WORD("完成", CHOICE)),
	OF(u'实', WORD("实", RU_NOT), WORD("实名", CHOICE)),
	OF(u'容', WORD("容易", MAIN)),
	OF(u'对', WORD("对", LEADING), WORD("对于", LEADING)),
	OF(u'导', WORD("导致", FUTURE | MAIN)),
	OF(u'就', WORD("就", MAIN)),
	OF(u'届', WORD("届时", LEADING)),
	OF(u'希', WORD("希望", CHOICE)),
	OF(u'并', WORD("并", AND), WORD("并且", LEADING | AND)),
	OF(u'应', WORD("应当", MAIN), WORD("应由", MAIN)),
	OF(u'开', WORD("开启", CHOICE), WORD("开通", CHOICE)),
	OF(u'录', WORD("录入", CHOICE), WORD("录脸", CHOICE)),
	OF(u'影', WORD("影响", FUTURE)),
	OF(u'您', WORD("您可", MAIN)),
	OF(u'想', WORD("想", CHOICE)),
	OF(u'意', WORD("意", RU_NOT)),
	OF(u'愿', WORD("愿", CHOICE | RU_NOT)),
	OF(u'我', WORD("我们不", MAIN), WORD("我们会", MAIN),
		WORD("我们可", MAIN), WORD("我们无法", MAIN),
		WORD("我们有权", MAIN)),
	OF(u'或', WORD("或", AND), WORD("或者", AND)),
	OF(u'所', WORD("所以", LEADING)),
	OF(u'打', WORD("打开", CHOICE), WORD("打算", CHOICE)),
	OF(u'扫', WORD("扫脸", CHOICE)),
	OF(u'持', WORD("持续", FUTURE)),
	OF(u'按', WORD("按", CHOICE | FUTURE)),
	OF(u'授', WORD("授权", CHOICE)),
	OF(u'接', WORD("接受", CHOICE)),
	OF(u'提', WORD("提供", CHOICE)),
	OF(u'收', WORD("收到", FUTURE)),
	OF(u'故', WORD("故", LEADING)),
	OF(u'无', WORD("无法", FUTURE), WORD("无论", IF)),
	OF(u'暂', WORD("暂停", FUTURE)),
	OF(u'有', WORD("有", FUTURE)),
	OF(u'期', WORD("期", RU_NOT)),
	OF(u'未', WORD("未取得", IF), WORD("未征得", IF), WORD("未得到", IF),
		WORD("未经", IF), WORD("未获", IF), WORD("未获得", IF)),
	OF(u'极', WORD("极易", MAIN)),
	OF(u'此', WORD("此", RU_NOT), WORD("此外", LEADING),
		WORD("此时", LEADING)),
	OF(u'注', WORD("注册", CHOICE), WORD("注销", FUTURE)),
	OF(u'点', WORD("点击", CHOICE)),
	OF(u'然', WORD("然而", LEADING)),
	OF(u'特', WORD("特别是", LEADING)),
	OF(u'登', WORD("登录", CHOICE)),
	OF(u'确', WORD("确认", CHOICE)),
	OF(u'立', WORD("立即", FUTURE)),
	OF(u'约', WORD("约", RU_NOT)),
	OF(u'终', WORD("终止", FUTURE)),
	OF(u'绑', WORD("绑定", CHOICE)),
	OF(u'给', WORD("给予", CHOICE)),
	OF(u'继', WORD("继续", FUTURE)),
	OF(u'而', WORD("而", LEADING), WORD("而且", AND)),
	OF(u'能', WORD("能完成", CHOICE), WORD("能通过", CHOICE)),
	OF(u'自', WORD("自动", FUTURE)),
	OF(u'若', WORD("若", IF)),
	OF(u'被', WORD("被", FUTURE)),
	OF(u'要', WORD("要是", IF)),
	OF(u'视', WORD("视为", FUTURE | MAIN)),
	OF(u'认', WORD("认证", CHOICE)),
	OF(u'设', WORD("设置", CHOICE)),
	OF(u'请', WORD("请", MAIN)),
	OF(u'跳', WORD("跳转", FUTURE)),
	OF(u'这', WORD("这时", LEADING)),
	OF(u'进', WORD("进入", FUTURE), WORD("进行", CHOICE)),
	OF(u'选', WORD("选择", CHOICE)),
	OF(u'通', WORD("通过", CHOICE)),
	OF(u'那', WORD("那么", LEADING)),
	OF(u'都', WORD("都须", MAIN)),
	OF(u'配', WORD("配合", CHOICE)),
	OF(u'针', WORD("针对", LEADING)),
	OF(u'限', WORD("限制", FUTURE)),
	OF(u'除', WORD("除非", IF_NOT)),
	OF(u'需', WORD("需", FUTURE), WORD("需由", MAIN)),
	OF(u'非', WORD("非经", IF)),
	OF(u'面', WORD("面临", FUTURE)),
	OF(u'须', WORD("须", FUTURE | MAIN)),
	OF(u'验', WORD("验证", CHOICE)),
};

static const struct fa_str strong_words[] = { FA_STR_INIT("并"),
	FA_STR_INIT("绝"), FA_STR_INIT("决"), FA_STR_INIT("从"),
	FA_STR_INIT("暂"), FA_STR_INIT("概"), FA_STR_INIT("恕"),
	FA_STR_INIT("均"), FA_STR_INIT("亦"), FA_STR_INIT("都"),
	FA_STR_INIT("一律"), FA_STR_INIT("仍"), FA_STR_INIT("将") };

static const struct fa_str time_not_words[] = { FA_STR_INIT("同时"),
	FA_STR_INIT("随时"), FA_STR_INIT("及时"), FA_STR_INIT("临时"),
	FA_STR_INIT("实时"), FA_STR_INIT("不时"), FA_STR_INIT("平时"),
	FA_STR_INIT("届时"), FA_STR_INIT("小时"), FA_STR_INIT("暂时"),
	FA_STR_INIT("按时"), FA_STR_INIT("定时"), FA_STR_INIT("有时"),
	FA_STR_INIT("此时"), FA_STR_INIT("即时"), FA_STR_INIT("准时"),
	FA_STR_INIT("当时"), FA_STR_INIT("时时"), FA_STR_INIT("限时"),
	FA_STR_INIT("计时"), FA_STR_INIT("延时"), FA_STR_INIT("工时"),
	FA_STR_INIT("学时"), FA_STR_INIT("历时"), FA_STR_INIT("超时"),
	FA_STR_INIT("顿时"), FA_STR_INIT("那时"), FA_STR_INIT("这时") };

size_t
fa_listed_longest(
	const struct fa_listed_group *g, enum fa_cue_list list, struct fa_str s)
{
	size_t best = 0;

	for (size_t i = 0; i < g->n; i++) {
		struct fa_str word = { g->words[i].word, g->words[i].n };

		if (g->words[i].lists >> list & 1u && word.n > best &&
			fa_str_starts(s, word))
			best = word.n;
	}
	return best;
}

/* All words of both lists are told by few characters. */
static bool
ends_in(struct fa_str s, const struct fa_str *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (fa_str_ends(s, words[i]))
			return true;
	return false;
}

bool
fa_cues_strong_before(struct fa_str s)
{
	return ends_in(s, strong_words, FA_COUNT(strong_words));
}

bool
fa_cues_no_time(struct fa_str s)
{
	return ends_in(s, time_not_words, FA_COUNT(time_not_words));
}
