/* Faults of what is told: an item left out, or a term that must not be, on the
 * screens and in all documents alike. */
#include "facecheck/serve/case.h"

#define TEXT(id, duty_id, sentence)                                            \
	{                                                                      \
		.name = id, .kind = FC_CASE_MUTANT, .seen = FC_SEEN_DOCUMENT,  \
		.duty = duty_id, .violation = duty_id, .about = sentence       \
	}
#define TEXT_OPEN(id, duty_id, sentence, also)                                 \
	{                                                                      \
		.name = id, .kind = FC_CASE_MUTANT, .seen = FC_SEEN_DOCUMENT,  \
		.duty = duty_id, .violation = duty_id, .about = sentence,      \
		.open = also                                                   \
	}

static const struct fc_case cases[] = {
	TEXT("no-name", "FRM.5.1.1", "到处都不写处理者的名称和联系方式"),
	TEXT_OPEN("no-purpose", "FRM.5.1.2.a", "不说明处理人脸的目的",
		"FRM.5.1.3.a"),
	TEXT_OPEN("purpose-hollow", "FRM.5.1.2.a",
		"目的只写提升服务质量、改善体验", "FRM.12.M FRM.5.1.3.a"),
	TEXT_OPEN("no-manner", "FRM.5.1.2.b", "不说明处理人脸的方式",
		"PIPL.23 CHILD.10"),
	TEXT_OPEN("no-retention", "FRM.5.1.2.c", "不说明人脸保存多久",
		"FRM.8.2 CHILD.10"),
	TEXT_OPEN("keeps-long", "FRM.8.2", "写明人脸照片长期保存以备核查",
		"FRM.5.1.2.c PIPL.47"),
	TEXT("no-necessity", "FRM.5.1.3.a", "不说明为什么非用人脸不可"),
	TEXT_OPEN("no-impact", "FRM.5.1.3.b", "不说明对个人权益的影响",
		"CHILD.10"),
	TEXT_OPEN("no-rights", "FRM.5.1.4", "不说明行使权利的办法和程序",
		"PIPL.50 A191.VI NDR.21.1 FRM.6.2.a CHILD.10"),
	TEXT_OPEN("no-child-rules", "FRM.7.2",
		"处理儿童人脸而没有专门的处理规则", "CHILD.8 NDR.21.2"),
	TEXT_OPEN("silent-change", "FRM.5.2",
		"有权随时修改处理目的，恕不另行通知",
		"PIPL.14.2 SPC.2.1.4 A191.II"),
	TEXT_OPEN("irrevocable", "SPC.11",
		"要求永久、不可撤销、可转授权的人脸许可",
		"FRM.6.2.a FRM.8.2 FRM.5.1.2.c FRM.6.1.a"),
	TEXT_OPEN("training", "SPC.2.1.4", "核验用的人脸还拿去训练算法和画像",
		"FRM.4 SPC.4.1.2 FRM.5.1.2.a"),
	TEXT_OPEN("uploads", "FRM.8.1.b", "人脸图像上传云端保存，没有另行同意",
		"FRM.8.1.a FRM.8.2 FRM.5.1.2.b FRM.5.1.2.c PIPL.23"),
	TEXT_OPEN("abroad", "PIPL.39", "人脸传到境外总部比对，注册即算同意",
		"FRM.8.1.b FRM.6.1.a A191.III.4 FRM.5.1.5 FRM.5.1.b"),
	TEXT_OPEN("shares", "PIPL.23", "人脸共享给广告和信用机构，不写名称",
		"FRM.5.1.5 PIPL.10 SPC.2.1.4 FRM.8.1.b"),
};
const struct fc_case_group fc_cases_text = { cases, FA_COUNT(cases) };
