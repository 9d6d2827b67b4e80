#include "report/uses.h"

#include "base/attr.h"

static const struct {
	struct fa_str name;
	struct fa_str title[FA_LANG_COUNT];
} titles[] = {
	{ FA_STR_INIT("use_real_name"),
		{ FA_STR_INIT("实名、实人核验"),
			FA_STR_INIT("real-name check") } },
	{ FA_STR_INIT("use_login"),
		{ FA_STR_INIT("登录"), FA_STR_INIT("login") } },
	{ FA_STR_INIT("use_payment"),
		{ FA_STR_INIT("支付、转账、提现"),
			FA_STR_INIT("payment and transfer") } },
	{ FA_STR_INIT("use_recovery"),
		{ FA_STR_INIT("找回、解封账号"),
			FA_STR_INIT("account recovery") } },
	{ FA_STR_INIT("use_attendance"),
		{ FA_STR_INIT("考勤打卡"), FA_STR_INIT("attendance") } },
	{ FA_STR_INIT("use_access"),
		{ FA_STR_INIT("通行、入场、入住"),
			FA_STR_INIT("access and check-in") } },
	{ FA_STR_INIT("use_live"),
		{ FA_STR_INIT("直播、创作者入驻"),
			FA_STR_INIT("streaming and publishing") } },
	{ FA_STR_INIT("use_minors"),
		{ FA_STR_INIT("未成年人防沉迷"),
			FA_STR_INIT("keeping minors from games") } },
	{ FA_STR_INIT("use_finance"),
		{ FA_STR_INIT("开户、信贷、保险"),
			FA_STR_INIT("accounts, credit, insurance") } },
	{ FA_STR_INIT("use_contract"),
		{ FA_STR_INIT("签约"), FA_STR_INIT("signing") } },
	{ FA_STR_INIT("use_exam"),
		{ FA_STR_INIT("考试、学时"),
			FA_STR_INIT("exams and lessons") } },
	{ FA_STR_INIT("use_dispatch"),
		{ FA_STR_INIT("接单、上岗"), FA_STR_INIT("starting work") } },
	{ FA_STR_INIT("use_cancel"),
		{ FA_STR_INIT("注销账号"),
			FA_STR_INIT("closing the account") } },
	{ FA_STR_INIT("use_risk"),
		{ FA_STR_INIT("风险核验"), FA_STR_INIT("risk checks") } },
	{ FA_STR_INIT("use_search"),
		{ FA_STR_INIT("按人脸检索"), FA_STR_INIT("search by face") } },
};

struct fa_str
fa_report_use_title(struct fa_str name, enum fa_lang lang)
{
	for (size_t i = 0; i < FA_COUNT(titles); i++)
		if (fa_str_eq(titles[i].name, name))
			return titles[i].title[lang];
	if (name.n > 0)
		return name;
	return lang == FA_LANG_ZH ? FA_STR("未写明用途")
				  : FA_STR("no purpose named");
}
