/* Faults of the consent and of the notice on the screens (Measures art. 5, 6;
 * findings of 2019, III.1 and III.4; interpretation of 2021, art. 4). */
#include "facecheck/serve/case.h"

#define FLOW .kind = FC_CASE_MUTANT, .seen = FC_SEEN_FLOW

static const struct fc_case cases[] = {
	{ "preticked", FLOW, .duty = "A191.III.4",
		.about = "同意处理人脸的方框预先勾好，点下一步就算同意",
		.violation = "A191.III.4 FRM.6.1.a", .open = "" },
	{ "bundled", FLOW, .duty = "SPC.4.1.2", .table = "bundled",
		.about = "一个按钮同时同意刷脸、用户协议、营销和通讯录",
		.violation = "SPC.4.1.2 FRM.6.1.a", .open = "" },
	{ "one-button", FLOW, .duty = "FRM.6.1.a",
		.about = "同意页只有“同意并开始刷脸”，没有不同意",
		.violation = "FRM.6.1.a",
		.open = "FRM.10.1.b SPC.4.1.1 FRM.12.C",
		.not_compliant = "FRM.10.1.a" },
	{ "decline-disabled", FLOW, .duty = "FRM.12.C",
		.about = "同意页的不同意按钮是灰的，点不了",
		.violation = "FRM.12.C",
		.open = "FRM.6.1.a FRM.10.1.b SPC.4.1.1",
		.not_compliant = "FRM.10.1.a" },
	{ "countdown", FLOW, .duty = "FRM.12.C",
		.about = "同意页五秒后自动算作同意", .violation = "FRM.12.C",
		.open = "FRM.6.1.a A191.III.4 A191.III.1 STD.45574.6.1.a" },
	{ "camera-first", FLOW, .duty = "A191.III.1", .table = "early-capture",
		.about = "还没有同意，选方式的页面就打开了摄像头",
		.violation = "A191.III.1",
		.open = "FRM.6.1.a FRM.10.1.a FRM.10.1.b SPC.4.1.1 "
			"STD.45574.6.1.a FRM.12.M FRM.7.1 FRM.6.2.a NDR.24" },
	{ "permission-consent", FLOW, .duty = "FRM.6.1.a", .table = "preticked",
		.about = "没有同意页，系统的摄像头授权就当作同意",
		.violation = "FRM.6.1.a A191.III.1",
		.open = "SPC.4.1.1 FRM.7.1 FRM.5.1.a" },
	{ "implied-consent", FLOW, .duty = "A191.III.4", .table = "preticked",
		.about = "写着点击刷脸即视为同意采集人脸，没有同意页",
		.violation = "A191.III.4 FRM.6.1.a",
		.open = "A191.III.1 SPC.4.1.1 FRM.7.1 FRM.5.1.a" },
	{ "no-notice", FLOW, .duty = "FRM.5.1.a", .table = "no-notice",
		.about = "刷脸前没有告知任何事项，只问一句是否同意",
		.violation = "FRM.5.1.a",
		.open = "FRM.5.1.1 FRM.5.1.2.a FRM.5.1.2.b FRM.5.1.2.c "
			"FRM.5.1.3.a FRM.5.1.3.b FRM.5.1.4 FRM.6.1.a" },
	{ "notice-link", FLOW, .duty = "FRM.5.1.a",
		.about = "告知只在几号浅灰小字的隐私政策链接后面",
		.violation = "FRM.5.1.a",
		.open = "FRM.5.1.1 FRM.5.1.2.a FRM.5.1.2.b FRM.5.1.2.c "
			"FRM.5.1.3.a FRM.5.1.3.b FRM.5.1.4 FRM.6.1.a" },
};
const struct fc_case_group fc_cases_consent = { cases, FA_COUNT(cases) };
