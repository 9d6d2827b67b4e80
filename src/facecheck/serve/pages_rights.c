/* Withdrawing, closing, looking into the records: none needs a face, and
 * restricted accounts have them too. */
#include "facecheck/serve/page.h"

static const struct fc_page pages[] = {
	{ "settings", "设置",
		"<h1>设置</h1>\n"
		"<ul class='list'>\n"
		"[[!no-withdrawal]]<li>[[?withdraw-face]][[@/gate]]<button "
		"name='goal' "
		"value='withdraw'>撤回同意</button></form>[[/"
		"]][[!withdraw-face]]<a "
		"href='/withdraw'>撤回同意</a>[[/"
		"]]<span>人脸信息的单独同意，随时可撤回</span></li>[[/]]\n"
		"<li>[[?close-face]][[@/gate]]<button name='goal' "
		"value='close'>注销账号</button></form>[[/]][[!close-face]]<a "
		"href='/close'>注销账号</a>[[/"
		"]]<span>[[!close-face,close-locked]]不需要刷脸[[/]]</span></"
		"li>\n"
		"<li><a "
		"href='/records'>我的办理记录</"
		"a><span>何时、以什么方式办理；不含人脸</span></li>\n"
		"</ul>\n"
		"<p><a href='/'>返回首页</a></p>" },
	{ "withdraw", "撤回同意",
		"<h1>撤回人脸信息的同意</h1>\n"
		"[[?withdraw-mail]]<p>"
		"撤回同意请将身份证复印件和书面申请邮寄到示例市归燕路 1 "
		"号，或发送邮件到 privacy@guiyan.example，30 "
		"个工作日内处理。</p>[[/]]\n"
		"[[!withdraw-mail]]<p>撤回后，正在进行的刷脸会立即停止[[!no-"
		"retention]]，人脸信息当即删除[[/"
		"]]"
		"；不影响撤回前已完成的办理，也不影响使用其他功能和其他验证方式"
		"。</p>\n"
		"[[@/withdraw]]<p><button>确认撤回同意</button></p></form>[[/"
		"]]\n"
		"<p><a href='/settings'>返回设置</a></p>" },
	{ "withdrawn", "已撤回",
		"<h1>已撤回同意</h1>\n"
		"<p>[[?had-consent]]您对人脸信息的同意已撤回。[[/"
		"]][[!had-consent]]"
		"现在没有有效的同意，不会再处理您的人脸信息。[[/"
		"]][[!no-retention]]"
		"我们没有保存您的人脸图像和特征，也已确认没有残留。[[/"
		"]]再次刷脸前会重新征求您的同意。</p>\n"
		"<p><a href='/settings'>返回设置</a></p>" },
	{ "close", "注销账号",
		"<h1>注销账号</h1>\n"
		"[[?close-blocked]]<p>"
		"系统升级中，暂不支持注销账号，开放时间另行通知。</p>[[/]]\n"
		"[[?close-locked]]<p>"
		"账号受限期间不能注销。请先完成人脸认证解除限制。</p>[[@/"
		"gate]]<p><button name='goal' "
		"value='close'>人脸认证</button></p></form>[[/]]\n"
		"[[!close-blocked,close-locked]]<p>"
		"注销后个人信息会被删除，依法须保存的办理记录（不含人脸）保存到"
		"期满。[[?locked]]账号受限不影响注销。[[/]]不需要刷脸。</p>\n"
		"[[@/close]]<p><button>确认注销</button></p></form>[[/]]\n"
		"<p><a href='/settings'>返回设置</a></p>" },
	{ "closed", "注销成功",
		"<h1>账号已注销</h1>\n"
		"<p>您的账号已注销，个人信息已删除。可以关闭本页。</p>" },
	{ "goal-withdraw", "已撤回",
		"<h1>验证通过，已撤回同意</h1>\n"
		"<p>您对人脸信息的同意已撤回。</p>\n"
		"<p><a href='/settings'>返回设置</a></p>" },
	{ "goal-close", "注销成功",
		"<h1>验证通过，账号已注销</h1>\n"
		"<p>您的账号已注销成功。</p>\n"
		"<p><a href='/'>返回首页</a></p>" },
	{ "records", "我的办理记录",
		"<h1>我的办理记录</h1>\n"
		"<p>"
		"按《人脸识别技术应用安全管理办法》第九条留存三年，不含人脸图像"
		"、特征和分数。每一条都带有前一条的摘要，改动会被发现；时刻和摘"
		"要可向我们索取。</p>\n"
		"<table><thead><tr><th>日期</th><th>事项</th><th>之后</"
		"th><th>方式</th></tr></thead><tbody>\n"
		"[[#rows]]</tbody></table>\n"
		"<p><a href='/settings'>返回设置</a></p>" },
};
const struct fc_page_group fc_pages_rights = { pages, FA_COUNT(pages) };
