/* Faults of what happens behind the pages. The pages go on saying what the
 * reference says; only who looks into the data directory, the records or the
 * wire finds them (`facecheck prove`). Such a case takes rendered people only,
 * so that no face of anybody is ever kept by it. */
#include "facecheck/serve/case.h"

#define DATA(id, duty_id, sentence)                                            \
	{                                                                      \
		.name = id, .kind = FC_CASE_MUTANT, .seen = FC_SEEN_PROOF,     \
		.duty = duty_id, .open = duty_id, .about = sentence            \
	}

static const struct fc_case cases[] = {
	DATA("stores-picture", "FRM.8.2",
		"每次采集的图像都写进数据目录（查数据目录可见）"),
	DATA("stores-template", "FRM.8.1.a",
		"比对后留下人脸特征（查数据目录可见）"),
	DATA("soft-delete", "PIPL.47",
		"存下图像，撤回时只改名不删除（查数据目录可见）"),
	DATA("deletion-lies", "FRM.6.2.a",
		"存下图像，撤回时说已删除而什么也没做（查数据目录可见）"),
	DATA("sends-out", "FRM.8.1.b",
		"未经同意把图像发往别处（查网络可见，只发往本机端口）"),
	DATA("no-record", "FRM.9.2",
		"刷脸记成短信验证，没有人脸处理记录（对照记录可见）"),
	DATA("record-erased", "FRM.9.2",
		"撤回时连办理记录一起删掉（对照记录可见）"),
	DATA("score-in-log", "FRM.4",
		"把每次比对的分数写进日志（查数据目录可见）"),
};
const struct fc_case_group fc_cases_data = { cases, FA_COUNT(cases) };
