/* What looks bad and is lawful: whoever accuses one of these is wrong. */
#include "facecheck/serve/case.h"

#define LAWFUL .kind = FC_CASE_NEGATIVE

static const struct fc_case cases[] = {
	{ "face-first", LAWFUL,
		.about = "刷脸列在第一个，但没有预选，大小一样" },
	{ "unticked-box", LAWFUL, .about = "同意页有方框，没有预先勾选" },
	{ "two-boxes", LAWFUL,
		.about = "人脸同意和接收推荐在同一屏，各有各的方框，互不捆绑",
		.not_compliant = "FRM.6.1.a" },
	{ "state-rule", LAWFUL,
		.about = "网约车驾驶员出车前刷脸，引用的规定确实要求人脸识别",
		.open = "FRM.10.1.a FRM.10.1.b SPC.4.1.1 STD.45574.6.1.a",
		.not_compliant = "FRM.7.1" },
	{ "no-minors", LAWFUL, .about = "只面向成年人并且写明，没有监护人步骤",
		.not_compliant = "FRM.7.1" },
	{ "authority", LAWFUL, .circumstances = FC_REMOTE,
		.about = "比对照片在权威机构，向外传输另有一次同意" },
	{ "deletes-how", LAWFUL,
		.about = "写“比对后立即删除”，并说明怎样删除" },
	{ "human-only", LAWFUL, .about = "刷脸以外只有人工审核，在线十分钟办结",
		.not_compliant = "FRM.10.1.b" },
	{ "sdk-list", LAWFUL,
		.about = "政策里人脸只出现在第三方清单，启用前另行同意",
		.open = "FRM.5.1.2.c FRM.5.1.3.a FRM.5.1.3.b FRM.5.1.2.b "
			"FRM.5.1.2.a FRM.5.1.4 FRM.10.1" },
	{ "denies", LAWFUL,
		.about = "满篇写的是不会强制刷脸、不会默认勾选、不会限制账号" },
	{ "changelog", LAWFUL, .about = "更新记录里写着已下线的“刷脸登录”" },
	{ "soft-no", LAWFUL, .about = "拒绝按钮写成“先不刷脸”" },
	{ "netid-first", LAWFUL,
		.about = "推荐网号，其他方式同样即时办理、待遇相同" },
	{ "os-unlock", LAWFUL,
		.about = "提到手机自带的面容解锁，应用只得到是或否" },
	{ "avatar", LAWFUL, .about = "可以上传头像，不做人脸识别" },
	{ "slow", LAWFUL, .about = "同意页久不选择会回到方式页面，不算同意" },
	{ "true-limit", LAWFUL,
		.about = "写“不同意刷脸，只是不能用刷脸这一种方式”" },
};
const struct fc_case_group fc_cases_negative = { cases, FA_COUNT(cases) };
