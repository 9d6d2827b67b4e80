/* The words that decide polarity, by their first characters. Those of one
 * line are in memcmp order: a test checks it. */
#include "match/polarity_cues.h"

#include <string.h>

#define WORD(word, kind)                                                       \
	{                                                                      \
		word, sizeof(word) - 1, FA_CUE_##kind                          \
	}
/* What begins with the character first. Two that share a place would override
 * each other, which the compiler reports; another FA_CUE_PLACES parts them. */
#define OF(first, ...)                                                         \
	[first % FA_CUE_PLACES] = { (const struct fa_cue[]){ __VA_ARGS__ },    \
		sizeof((const struct fa_cue[]){ __VA_ARGS__ }) /               \
			sizeof(struct fa_cue),                                 \
		first }

const struct fa_cue_group fa_cue_groups[FA_CUE_PLACES] = {
	OF(u'不', WORD("不", BARE), WORD("不一定", SKIP), WORD("不一致", SKIP),
		WORD("不久", SKIP), WORD("不予", MODAL), WORD("不亚于", SKIP),
		WORD("不仅", SKIP), WORD("不会", MODAL), WORD("不会不", DOUBLE),
		WORD("不会受到影响", NONE), WORD("不会受影响", NONE),
		WORD("不会因此影响", NONE), WORD("不会妨碍", NONE),
		WORD("不会影响", NONE), WORD("不但", SKIP),
		WORD("不低于", SKIP), WORD("不便", SKIP), WORD("不健康", SKIP),
		WORD("不允许", MODAL), WORD("不公平", SKIP),
		WORD("不再", MODAL), WORD("不准", MODAL), WORD("不准确", SKIP),
		WORD("不利", SKIP), WORD("不利用", OPEN), WORD("不单", SKIP),
		WORD("不受到影响", NONE), WORD("不受影响", NONE),
		WORD("不变", SKIP), WORD("不只", SKIP), WORD("不可", MODAL),
		WORD("不可不", DOUBLE), WORD("不可以", MODAL),
		WORD("不可信", SKIP), WORD("不可分割", SKIP),
		WORD("不可复原", SKIP), WORD("不可恢复", SKIP),
		WORD("不可或缺", SKIP), WORD("不可抗力", SKIP),
		WORD("不可撤回", SKIP), WORD("不可撤销", SKIP),
		WORD("不可识别", SKIP), WORD("不可读", SKIP),
		WORD("不可还原", SKIP), WORD("不可逆", SKIP),
		WORD("不可避免", SKIP), WORD("不可靠", SKIP),
		WORD("不合法", SKIP), WORD("不合理", SKIP),
		WORD("不合规", SKIP), WORD("不同", SKIP), WORD("不同意", OPEN),
		WORD("不同意见", SKIP), WORD("不同时", OPEN),
		WORD("不同步", OPEN), WORD("不多于", SKIP),
		WORD("不大于", SKIP), WORD("不失为", SKIP), WORD("不妨", SKIP),
		WORD("不妨碍", NONE), WORD("不安全", SKIP),
		WORD("不完整", SKIP), WORD("不定期", SKIP), WORD("不实", SKIP),
		WORD("不实名", OPEN), WORD("不实施", OPEN),
		WORD("不实现", OPEN), WORD("不小于", SKIP), WORD("不少", SKIP),
		WORD("不少于", SKIP), WORD("不局限", SKIP), WORD("不应", MODAL),
		WORD("不应当", MODAL), WORD("不当", SKIP), WORD("不影响", NONE),
		WORD("不得", MODAL), WORD("不得不", DOUBLE),
		WORD("不得已", SKIP), WORD("不必", NEED), WORD("不必要", SKIP),
		WORD("不愧", SKIP), WORD("不慎", SKIP), WORD("不文明", SKIP),
		WORD("不料", SKIP), WORD("不断", SKIP), WORD("不断开", OPEN),
		WORD("不无", DOUBLE), WORD("不早于", SKIP), WORD("不时", SKIP),
		WORD("不明", SKIP), WORD("不是", MODAL), WORD("不是不", DOUBLE),
		WORD("不晚于", SKIP), WORD("不正当", SKIP),
		WORD("不正确", SKIP), WORD("不法", SKIP), WORD("不满", SKIP),
		WORD("不满足", OPEN), WORD("不然", SKIP), WORD("不特定", SKIP),
		WORD("不用", NEED), WORD("不相关", SKIP), WORD("不真实", SKIP),
		WORD("不知情", SKIP), WORD("不禁", SKIP), WORD("不稳定", SKIP),
		WORD("不等", SKIP), WORD("不等于", OPEN), WORD("不管", SKIP),
		WORD("不管理", OPEN), WORD("不能", MODAL),
		WORD("不能不", DOUBLE), WORD("不能够", MODAL),
		WORD("不良", SKIP), WORD("不见得", SKIP), WORD("不许", MODAL),
		WORD("不论", SKIP), WORD("不超出", SKIP), WORD("不超过", SKIP),
		WORD("不足", SKIP), WORD("不足以", SKIP), WORD("不过", SKIP),
		WORD("不过度", OPEN), WORD("不迟于", SKIP), WORD("不适", SKIP),
		WORD("不适用", OPEN), WORD("不逊于", SKIP), WORD("不错", SKIP),
		WORD("不限", SKIP), WORD("不限于", SKIP), WORD("不限制", OPEN),
		WORD("不雅", SKIP), WORD("不需", NEED), WORD("不需要", NEED),
		WORD("不高于", SKIP)),
	OF(u'且', WORD("且仅", TURN), WORD("且会", TURN)),
	OF(u'严', WORD("严禁", MODAL)),
	OF(u'也', WORD("也", BOUND), WORD("也不会", MODAL),
		WORD("也不会影响", NONE), WORD("也不影响", NONE),
		WORD("也许", SKIP)),
	OF(u'了', WORD("了不起", SKIP)),
	OF(u'亦', WORD("亦不会", MODAL), WORD("亦不影响", NONE),
		WORD("亦无", MODAL), WORD("亦未", MODAL)),
	OF(u'人', WORD("人才", SKIP)),
	OF(u'仅', WORD("仅会", TURN)),
	OF(u'仍', WORD("仍", BOUND), WORD("仍可", BOUND), WORD("仍然", BOUND)),
	OF(u'从', WORD("从不会", MODAL), WORD("从未", MODAL),
		WORD("从没", MODAL)),
	OF(u'以', WORD("以便", SKIP)),
	OF(u'会', WORD("会", BOUND), WORD("会不会", SKIP), WORD("会员", SKIP),
		WORD("会展", SKIP), WORD("会议", SKIP), WORD("会话", SKIP)),
	OF(u'依', WORD("依旧", BOUND), WORD("依然", BOUND)),
	OF(u'便', WORD("便", BOUND), WORD("便于", SKIP), WORD("便利", SKIP),
		WORD("便可", BOUND), WORD("便捷", SKIP)),
	OF(u'免', WORD("免除", SKIP)),
	OF(u'公', WORD("公司", SUBJECT)),
	OF(u'内', WORD("内在", SKIP)),
	OF(u'决', WORD("决非", MODAL)),
	OF(u'准', WORD("准则", SKIP)),
	OF(u'切', WORD("切勿", ADVICE)),
	OF(u'则', WORD("则", BOUND)),
	OF(u'刚', WORD("刚才", SKIP)),
	OF(u'删', WORD("删除", SKIP)),
	OF(u'前', WORD("前提下", CASE)),
	OF(u'剔', WORD("剔除", SKIP)),
	OF(u'功', WORD("功能", SKIP)),
	OF(u'勿', WORD("勿", ADVICE)),
	OF(u'协', WORD("协会", SKIP)),
	OF(u'即', WORD("即", BOUND), WORD("即使", SKIP), WORD("即可", BOUND),
		WORD("即将", SKIP), WORD("即时", SKIP)),
	OF(u'卸', WORD("卸除", SKIP)),
	OF(u'原', WORD("原则", SKIP)),
	OF(u'去', WORD("去除", SKIP)),
	OF(u'可', WORD("可", BOUND), WORD("可不可以", SKIP),
		WORD("可以", BOUND), WORD("可信", SKIP), WORD("可凭", BOUND),
		WORD("可用", BOUND), WORD("可用性", SKIP), WORD("可能", SKIP),
		WORD("可见", SKIP), WORD("可选", SKIP), WORD("可靠", SKIP)),
	OF(u'合', WORD("合作方", SUBJECT)),
	OF(u'同', WORD("同样", BOUND)),
	OF(u'否', WORD("否则", SKIP)),
	OF(u'商', WORD("商家", SUBJECT)),
	OF(u'在', WORD("在", FRAME), WORD("在于", SKIP), WORD("在内", SKIP),
		WORD("在岗", SKIP), WORD("在校", SKIP), WORD("在线", SKIP),
		WORD("在职", SKIP)),
	OF(u'均', WORD("均不会", MODAL), WORD("均不会影响", NONE),
		WORD("均不影响", NONE), WORD("均未", MODAL)),
	OF(u'委', WORD("委员会", SKIP)),
	OF(u'存', WORD("存在", SKIP)),
	OF(u'实', WORD("实在", SKIP)),
	OF(u'对', WORD("对不起", SKIP)),
	OF(u'导', WORD("导致", BOUND)),
	OF(u'将', WORD("将", WILL), WORD("将不会", MODAL)),
	OF(u'尚', WORD("尚无", MODAL), WORD("尚未", MODAL)),
	OF(u'就', WORD("就", BOUND), WORD("就业", SKIP), WORD("就医", SKIP),
		WORD("就诊", SKIP)),
	OF(u'平', WORD("平台", SUBJECT)),
	OF(u'并', WORD("并不会", MODAL), WORD("并不会影响", NONE),
		WORD("并不影响", NONE), WORD("并仅", TURN), WORD("并会", TURN),
		WORD("并无", MODAL), WORD("并未", MODAL), WORD("并没有", MODAL),
		WORD("并非", MODAL), WORD("并非不", DOUBLE)),
	OF(u'应', WORD("应当", BOUND), WORD("应用", SKIP), WORD("应该", BOUND)),
	OF(u'建', WORD("建议使用", ADVICE), WORD("建议在", ADVICE),
		WORD("建议开启", ADVICE), WORD("建议您", ADVICE),
		WORD("建议用户", ADVICE), WORD("建议选择", ADVICE),
		WORD("建议通过", ADVICE), WORD("建议采用", ADVICE)),
	OF(u'当', WORD("当心", ADVICE)),
	OF(u'影', WORD("影响", BOUND), WORD("影响力", SKIP)),
	OF(u'必', WORD("必需", SKIP), WORD("必须", BOUND),
		WORD("必须信息", SKIP)),
	OF(u'性', WORD("性能", SKIP)),
	OF(u'情', WORD("情况下", CASE), WORD("情形下", CASE)),
	OF(u'愿', WORD("愿不愿意", SKIP)),
	OF(u'成', WORD("成就", SKIP)),
	OF(u'我', WORD("我们", SUBJECT), WORD("我们建议", ADVICE),
		WORD("我司", SUBJECT), WORD("我方", SUBJECT),
		WORD("我行", SUBJECT)),
	OF(u'所', WORD("所在", SKIP), WORD("所需", SKIP)),
	OF(u'才', WORD("才", BOUND), WORD("才能", BOUND)),
	OF(u'扣', WORD("扣除", SKIP)),
	OF(u'技', WORD("技能", SKIP)),
	OF(u'排', WORD("排除", AVOID)),
	OF(u'提', WORD("提示您", NOTICE), WORD("提醒您", NOTICE)),
	OF(u'撤', WORD("撤除", SKIP)),
	OF(u'改', WORD("改用", BOUND)),
	OF(u'方', WORD("方便", SKIP), WORD("方可", BOUND), WORD("方能", BOUND)),
	OF(u'无', WORD("无不", DOUBLE), WORD("无从", MODAL),
		WORD("无任何", MODAL), WORD("无偿", SKIP), WORD("无关", SKIP),
		WORD("无其他", MODAL), WORD("无害", SKIP), WORD("无意", MODAL),
		WORD("无意中", SKIP), WORD("无意间", SKIP), WORD("无感", SKIP),
		WORD("无故", SKIP), WORD("无效", SKIP), WORD("无权", MODAL),
		WORD("无条件", SKIP), WORD("无法", MODAL), WORD("无痕", SKIP),
		WORD("无线", SKIP), WORD("无缝", SKIP), WORD("无论", SKIP),
		WORD("无限", SKIP), WORD("无障碍", SKIP), WORD("无需", NEED),
		WORD("无需要", NEED), WORD("无须", NEED)),
	OF(u'是', WORD("是不是", SKIP), WORD("是否", SKIP)),
	OF(u'智', WORD("智能", SKIP)),
	OF(u'暂', WORD("暂无", MODAL), WORD("暂未", MODAL)),
	OF(u'有', WORD("有权", BOUND), WORD("有没有", SKIP)),
	OF(u'服', WORD("服务商", SUBJECT)),
	OF(u'未', WORD("未", BARE), WORD("未事先", COND), WORD("未免", SKIP),
		WORD("未决", SKIP), WORD("未单独", COND), WORD("未取得", COND),
		WORD("未征得", COND), WORD("未得到", COND), WORD("未必", SKIP),
		WORD("未成年", SKIP), WORD("未成年人", SKIP),
		WORD("未曾", MODAL), WORD("未来", SKIP), WORD("未满", SKIP),
		WORD("未满足", OPEN), WORD("未知", SKIP), WORD("未知悉", OPEN),
		WORD("未经", COND), WORD("未能", BARE), WORD("未获", COND),
		WORD("未获得", COND), WORD("未达", SKIP), WORD("未遂", SKIP)),
	OF(u'本', WORD("本公司", SUBJECT), WORD("本平台", SUBJECT),
		WORD("本应用", SUBJECT), WORD("本店", SUBJECT)),
	OF(u'机', WORD("机会", SKIP)),
	OF(u'杜', WORD("杜绝", AVOID)),
	OF(u'条', WORD("条件下", CASE)),
	OF(u'概', WORD("概无", MODAL)),
	OF(u'正', WORD("正在", SKIP)),
	OF(u'毫', WORD("毫无", MODAL)),
	OF(u'没', WORD("没有", BARE), WORD("没有不", DOUBLE),
		WORD("没法", MODAL), WORD("没能", MODAL)),
	OF(u'法', WORD("法则", SKIP)),
	OF(u'消', WORD("消除", SKIP)),
	OF(u'清', WORD("清除", SKIP)),
	OF(u'潜', WORD("潜在", SKIP)),
	OF(u'现', WORD("现在", SKIP)),
	OF(u'申', WORD("申请", SKIP)),
	OF(u'的', WORD("的", OF)),
	OF(u'社', WORD("社会", SKIP)),
	OF(u'禁', WORD("禁止", MODAL)),
	OF(u'移', WORD("移除", SKIP)),
	OF(u'立', WORD("立即", SKIP)),
	OF(u'第', WORD("第三方", SUBJECT)),
	OF(u'系', WORD("系统", SUBJECT)),
	OF(u'绝', WORD("绝不会", MODAL), WORD("绝非", MODAL)),
	OF(u'而', WORD("而仅", TURN), WORD("而只", TURN), WORD("而是", TURN),
		WORD("而非", MODAL)),
	OF(u'能', WORD("能", BOUND), WORD("能不能", SKIP), WORD("能力", SKIP),
		WORD("能够", BOUND), WORD("能够识别", SKIP),
		WORD("能量", SKIP)),
	OF(u'要', WORD("要不要", SKIP)),
	OF(u'规', WORD("规则", SKIP)),
	OF(u'视', WORD("视为", BOUND)),
	OF(u'解', WORD("解除", SKIP)),
	OF(u'警', WORD("警惕", ADVICE)),
	OF(u'认', WORD("认可", SKIP)),
	OF(u'许', WORD("许可", SKIP)),
	OF(u'请', WORD("请", BOUND), WORD("请不得", ADVICE),
		WORD("请不要", ADVICE), WORD("请假", SKIP),
		WORD("请务必谨慎", ADVICE), WORD("请勿", ADVICE),
		WORD("请小心", ADVICE), WORD("请您不要", ADVICE),
		WORD("请您切勿", ADVICE), WORD("请您务必谨慎", ADVICE),
		WORD("请您勿", ADVICE), WORD("请您小心", ADVICE),
		WORD("请您慎重", ADVICE), WORD("请您注意", NOTICE),
		WORD("请您理解", NOTICE), WORD("请您知悉", NOTICE),
		WORD("请您知晓", NOTICE), WORD("请您谨慎", ADVICE),
		WORD("请您避免", ADVICE), WORD("请慎重", ADVICE),
		WORD("请求", SKIP), WORD("请注意", NOTICE),
		WORD("请知悉", NOTICE), WORD("请谨慎", ADVICE),
		WORD("请避免", ADVICE)),
	OF(u'谨', WORD("谨防", ADVICE)),
	OF(u'转', WORD("转而", TURN)),
	OF(u'避', WORD("避免", AVOID)),
	OF(u'邀', WORD("邀请", SKIP)),
	OF(u'都', WORD("都不会", MODAL)),
	OF(u'防', WORD("防止", AVOID)),
	OF(u'除', WORD("除", EXCEPT), WORD("除了", EXCEPT), WORD("除名", SKIP),
		WORD("除外", SKIP), WORD("除权", SKIP), WORD("除此", SKIP),
		WORD("除此之外", SKIP), WORD("除非", SKIP)),
	OF(u'随', WORD("随便", SKIP), WORD("随即", SKIP)),
	OF(u'需', WORD("需", BOUND), WORD("需求", SKIP), WORD("需要", BOUND)),
	OF(u'非', WORD("非", BARE), WORD("非因", COND), WORD("非经", COND)),
	OF(u'须', WORD("须", BOUND)),
};

/* Orders characters of three bytes as memcmp does. */
static uint32_t
order(const char *p)
{
	return (uint32_t)(unsigned char)p[0] << 16 |
		(uint32_t)(unsigned char)p[1] << 8 | (unsigned char)p[2];
}

/* The first word of g, in order, whose second character is not below. */
static size_t
first_not_below(const struct fa_cue_group *g, uint32_t second)
{
	size_t lo = 0, hi = g->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (order(g->cues[mid].word + 3) < second)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

const struct fa_cue *
fa_cue_longest(const struct fa_cue_group *g, struct fa_str s)
{
	const struct fa_cue *best = g->cues[0].n == 3 ? &g->cues[0] : NULL;
	uint32_t second;
	size_t i;

	if (s.n < 6 || (g->n == 1 && best))
		return best;
	second = order(s.p + 3);
	for (i = first_not_below(g, second); i < g->n; i++) {
		const struct fa_cue *cue = &g->cues[i];

		if (order(cue->word + 3) != second)
			break;
		if (cue->n <= s.n && (best == NULL || cue->n > best->n) &&
			memcmp(cue->word + 6, s.p + 6, cue->n - 6u) == 0)
			best = cue;
	}
	return best;
}
