/* What the proofs say, in Chinese. */
#include <string.h>

#include "base/attr.h"
#include "facecheck/machine/model.h"

static const struct {
	const char *en, *zh;
} texts[] = {
	/* promises */
	{ "a face is in memory only after notice, choice of methods and a "
	  "separate consent by an own act",
		"内存中出现人脸之前，必已告知、已展示各种方式，"
		"并有本人主动作出的单独同意" },
	{ "a child's face is in memory only with the guardian's consent",
		"未满十四周岁者的人脸进入内存，必有监护人同意" },
	{ "each separate consent of a child needs the guardian's own, which "
	  "ends with it",
		"未满十四周岁者每次单独同意，都须监护人另行同意；"
		"该同意随之失效" },
	{ "nothing leaves without consent to sending, nor where the reference "
	  "is at hand",
		"未经同意传输不外传；比对底图在本地时一概不外传" },
	{ "nothing biometric is stored", "不存储任何生物特征" },
	{ "no face is in memory in the menu, in another way or at an end",
		"在选择页、其他方式中和流程结束后，内存中没有人脸" },
	{ "every processing is on record", "每次处理都有记录" },
	{ "no comparison without liveness", "未确认活体不比对" },
	{ "captures are bounded", "采集次数有上限" },
	{ "a consent covers one capture", "一次同意只用于一次采集" },
	{ "only who wants to leaves", "只有本人要走才会离开" },
	{ "consent can be withdrawn at any moment and then nothing of the "
	  "face is left",
		"随时可以撤回同意，撤回后人脸数据不留存" },
	{ "the account can be closed at any moment without a face",
		"随时可以注销账号，无须刷脸" },
	{ "from everywhere a decision is within reach without a face",
		"在任何一步，不刷脸都能得到处理结果" },
	{ "who always refuses the face comes to a decision, whatever happens, "
	  "and is not sent round",
		"始终不同意刷脸的人，无论如何都会得到处理结果，不会被来回推" },
	{ "a consent ends with its attempt", "同意随该次验证结束而失效" },
	{ "whoever is asked can say no, choose another way or leave, and gets "
	  "that; time and failure never agree",
		"凡征求同意处都可以不同意、换其他方式或离开，且立即照办；"
		"超时与失败不等于同意" },
	{ "only a person turns somebody down",
		"只有人工审核才能作出不通过的决定" },
	{ "nobody passes unverified", "未经验证不通过" },
	{ "every way that is offered can be passed", "所列的每种方式都走得通" },
	/* places in the law */
	{ "Measures art. 6(1), 10(1); PIPL art. 16",
		"《办法》第六条第一款、第十条第一款；"
		"《个人信息保护法》第十六条" },
	{ "PIPL art. 24", "《个人信息保护法》第二十四条" },
	{ "what a verification is for", "验证的本意" },
	{ "Measures art. 5, 6(1), 10(1)",
		"《办法》第五条、第六条第一款、第十条第一款" },
	{ "Measures art. 7(1)", "《办法》第七条第一款" },
	{ "Measures art. 6(1), 7(1)", "《办法》第六条第一款、第七条第一款" },
	{ "Measures art. 8(1)", "《办法》第八条第一款" },
	{ "Measures art. 8(2)", "《办法》第八条第二款" },
	{ "Measures art. 9", "《办法》第九条" },
	{ "Measures art. 14", "《办法》第十四条" },
	{ "Measures art. 4, 12", "《办法》第四条、第十二条" },
	{ "Measures art. 6(1)", "《办法》第六条第一款" },
	{ "Measures art. 10(1), 12", "《办法》第十条第一款、第十二条" },
	{ "Measures art. 6(2)", "《办法》第六条第二款" },
	{ "PIPL art. 47; Network Data Regulations art. 24",
		"《个人信息保护法》第四十七条；"
		"《网络数据安全管理条例》第二十四条" },
	{ "Measures art. 10(1)", "《办法》第十条第一款" },
	{ "Measures art. 5(1), 10(1)", "《办法》第五条第一款、第十条第一款" },
	{ "Measures art. 6(1), 8(1)", "《办法》第六条第一款、第八条第一款" },
	{ "Measures art. 6(1), 12", "《办法》第六条第一款、第十二条" },
	{ "Measures art. 6(1), 9", "《办法》第六条第一款、第九条" },
	{ "Children's rules art. 10", "《儿童个人信息网络保护规定》第十条" },
	{ "PIPL art. 47", "《个人信息保护法》第四十七条" },
	/* faults */
	{ "consent is given beforehand", "同意被预先勾选" },
	{ "consent covers other things too", "同意与其他事项捆绑" },
	{ "other ways lead back to the menu", "其他方式都绕回选择页" },
	{ "other ways are there and not shown", "有其他方式而不展示" },
	{ "refusing consent ends the visit", "不同意即被请出" },
	{ "no in the menu ends the visit", "在选择页点“不同意”即被请出" },
	{ "children go on without a guardian", "未成年人无监护人同意也继续" },
	{ "the guardian's no changes nothing", "监护人不同意也继续" },
	{ "the guardian is asked for the first attempt only",
		"只在第一次验证时征得监护人同意" },
	{ "the child's yes counts as the guardian's",
		"孩子点“同意”即当作监护人同意" },
	{ "nothing is told", "不告知" },
	{ "the camera runs before consent", "同意之前摄像头已采集" },
	{ "a template is kept", "留存人脸模板" },
	{ "pictures of failed attempts are kept", "留存失败时的图像" },
	{ "the picture is sent without need", "无需外传而外传" },
	{ "sending is not asked about", "外传不征求同意" },
	{ "refusing to send changes nothing", "不同意传输也照传" },
	{ "the picture stays in memory", "图像留在内存" },
	{ "... after a failed comparison", "比对不一致后图像留在内存" },
	{ "... after a timeout", "超时后图像留在内存" },
	{ "processing leaves no record", "处理不作记录" },
	{ "failed liveness leaves no record", "活体检测失败不作记录" },
	{ "consent cannot be withdrawn", "不能撤回同意" },
	{ "withdrawing does not stop the attempt", "撤回不中止正在进行的验证" },
	{ "closing needs a passed check", "注销须先通过验证" },
	{ "a failed other way ends the visit", "其他方式失败即被请出" },
	{ "a failed other way leads back to the menu",
		"其他方式失败后绕回选择页" },
	{ "captures are not bounded", "采集次数没有上限" },
	{ "a failed attempt is repeated unasked", "失败后不经询问再次采集" },
	{ "any picture is compared", "未确认活体即比对" },
	{ "whoever is slow is thrown out", "超时即被请出" },
	{ "a consent outlives the attempt it was for",
		"验证结束后同意仍然有效" },
	{ "the no under the consent does nothing", "“不同意”按钮无效" },
	{ "a no before the camera changes nothing", "采集前点“不同意”也继续" },
	{ "who waits for a review cannot leave", "等待人工审核时不能离开" },
	{ "a failed comparison turns the person down",
		"比对不一致即由机器判定不通过" },
	{ "a failed other way passes", "其他方式失败也算通过" },
	{ "only children can use the camera", "只有未成年人能采集" },
	{ "another way that is offered never passes",
		"列出的其他方式永远不能通过" },
	{ "who wants to leave is shown the menu again",
		"点“离开”又回到选择页" },
	{ "after a no the same question comes again",
		"不同意之后又问同样的问题" },
	{ "a comparison passes without a picture", "没有采集图像也能比对通过" },
	{ "the face is asked for before the menu", "不经选择直接要求刷脸" },
	{ "consent outlives the account", "注销之后同意仍然有效" },
	{ "captures are not counted", "采集不计次数" },
	{ "the next attempt counts as alive from the start",
		"上一次的活体结论沿用到下一次" },
};

const char *
fc_model_zh(const char *en)
{
	for (size_t i = 0; i < FA_COUNT(texts); i++)
		if (strcmp(texts[i].en, en) == 0)
			return texts[i].zh;
	return en;
}
