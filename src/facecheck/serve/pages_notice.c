/* What is told and asked: Measures art. 5(1), one entry for each item; art.
 * 6(1), the consent; what a guardian is told (rules for children, art. 10).
 * Pages share these fragments, so that notice, consent and rules agree. */
#include "facecheck/serve/page.h"

static const struct fc_page pages[] = {
	{ "purpose", NULL,
		"[[?purpose-hollow,service-quality]]"
		"为提升服务质量、改善用户体验。[[/"
		"]][[!purpose-hollow,service-quality,no-purpose]]"
		"仅用于核验是您本人在办理“[[+task]]”，不作其他用途。[[/]]" },
	{ "keeping", NULL,
		"[[?keeps-long]]人脸照片和人脸特征长期保存，以备日后核查。[[/"
		"]][[!keeps-long,no-retention]][[!no-manner]]"
		"人脸图像和人脸特征在比对完成后[[/"
		"]][[?no-manner]]人脸信息用后[[/"
		"]]立即删除，最长不超过一分钟，不作保存；[[?deletes-how]]"
		"图像只在比对进程的受保护内存中存在，进程结束前被逐字节覆写，不"
		"写入磁盘，也不进入备份；[[/"
		"]]不含人脸的办理记录保存三年，期满删除。[[/]]" },
	{ "manner", NULL,
		"[[!no-manner]]采集您按提示正对和转头时的几帧人脸图像，[[?"
		"uploads]]上传到我们的云端服务器保存并比对。[[/"
		"]][[!uploads]][[?remote]]"
		"经您另行同意后，传输给公安机关权威数据库做一对一比对，对方只返"
		"回“一致”或“不一致”，不保存图像。[[/"
		"]][[!remote]]"
		"在本机的隔离进程内提取特征，与您身份证件芯片中的照片做一对一比"
		"对，只得出“一致”或“不一致”一个结论；人脸信息不通过互联网对外传"
		"输，不提供给任何第三方。[[/]][[/]][[/]]" },
	{ "notice", NULL,
		"[[!no-notice,notice-link]]<section class='card notice' "
		"aria-label='人脸信息处理告知'>\n"
		"<h2>刷脸前请您了解</h2>\n"
		"<dl>\n"
		"[[!no-name]]<dt>谁在处理</"
		"dt><dd>[[+operator]]（“[[+brand]]”），地址：示例市归燕路 1 "
		"号；电话 400-000-0000；邮箱 "
		"privacy@guiyan.example。</dd>[[/]]\n"
		"[[!no-purpose]]<dt>处理目的</dt><dd>[[+purpose]]</dd>[[/]]\n"
		"[[!no-manner]]<dt>处理方式</dt><dd>[[+manner]]</dd>[[/]]\n"
		"[[!no-retention]]<dt>保存期限</dt><dd>[[+keeping]]</dd>[[/]]\n"
		"[[!no-necessity]]<dt>为什么用到人脸</"
		"dt><dd>[[?state-rule]]"
		"交通运输部、公安部关于进一步加强网络预约出租汽车安全管理的紧急"
		"通知要求派单前应用人脸识别等技术，对车辆和驾驶员一致性进行审查"
		"。[[/]][[!state-rule]][[+necessity]][[/]]</dd>[[/]]\n"
		"[[!no-impact]]<dt>对您权益的影响</"
		"dt><dd>"
		"人脸信息是敏感个人信息，一旦泄露或被滥用，可能使您被冒用身份、"
		"财产受损。比对也可能出错，出错时您可以换其他方式或申请人工审核"
		"。[[?true-limit]]不同意刷脸，只是不能用刷脸这一种方式；[[/"
		"]]不同意刷脸不影响您办理本业务和使用其他功能。</dd>[[/]]\n"
		"[[!no-rights]]<dt>您的权利和行使办法</"
		"dt><dd>"
		"您可以查阅、复制、更正、删除您的人脸信息，可以随时撤回同意：[["
		"?no-withdrawal]]请联系客服。[[/"
		"]][[!no-withdrawal]]在“设置”里点“撤回同意”，当场生效；[[/"
		"]]"
		"也可以打电话或发邮件给我们，十五个工作日内答复。对处理有异议的"
		"，可以向网信、公安部门投诉。</dd>[[/]]\n"
		"</dl>\n"
		"<p>全文见 <a href='/face-rules'>人脸信息处理规则</a>。</p>\n"
		"</section>[[/]]\n"
		"[[?notice-link]]<p class='tiny'>详情见 <a "
		"href='/policy'>隐私政策</a></p>[[/]]" },
	{ "ask-text", NULL,
		"[[!no-notice,notice-link]][[!no-purpose,purpose-hollow]]"
		"为核验您本人办理“[[+task]]”，[[/"
		"]][[+brand]]"
		"请求采集并比对您的人脸信息一次。是否同意只由您决定，可以不同意"
		"[[!no-rights]]，也可以随后撤回[[/]]。[[/"
		"]][[?no-notice,notice-link]][[+brand]]请求使用您的人脸信息。[["
		"/]]" },
	{ "guardian-text", NULL,
		"孩子正在办理“[[+task]]"
		"”，并选择了刷脸。未满十四周岁的人脸信息属于敏感个人信息，须由"
		"您作为监护人同意后才能处理。[[!no-purpose,purpose-hollow]]"
		"目的：仅用于这一次本人核验；[[/"
		"]][[!no-manner]]"
		"方式：采集几帧人脸图像，在本机隔离进程内与身份证件芯片照片一对"
		"一比对；[[/"
		"]]范围：人脸图像和特征，不含其他信息；[[!no-manner,no-"
		"retention]]存储：仅在本机内存中，比对后立即删除，最长一分钟；["
		"[/]][[?no-manner]]存储：用后立即删除，最长一分钟；[[/"
		"]][[!no-manner]]保护：隔离进程、加锁内存、不联网；[[/"
		"]][[!no-rights]]查阅、更正、删除和投诉：设置[[!no-name]]"
		"，或致电 "
		"400-000-0000[[/]]，十五个工作日内答复；[[/"
		"]]您可以拒绝[[!no-impact]]"
		"，拒绝的后果只是孩子改用其他方式，业务照常办理[[/]]。" },
	{ "necessity", NULL,
		"更换绑定手机号会改变账号的控制权。短信验证码可能被转发或骗取，"
		"证件号可能被冒用，[[?no-purpose,purpose-hollow]]"
		"所以使用人脸是充分必要的[[/"
		"]][[!no-purpose,purpose-hollow]]"
		"因此需要用人脸确认是您本人当面操作，以防止他人冒用，这对本业务"
		"是充分必要的[[/]]。您也可以选其他方式，同样有效。" },
};
const struct fc_page_group fc_pages_notice = { pages, FA_COUNT(pages) };
