/* What stands around the verification: the frame of every page, the home
 * page of a made-up market of second-hand goods, the ends. */
#include "facecheck/serve/page.h"

static const struct fc_page pages[] = {
	{ "head", NULL,
		"<!doctype html>\n"
		"<html lang='zh-CN'>\n"
		"<head>\n"
		"<meta charset='utf-8'>\n"
		"<meta name='viewport' content='width=device-width, "
		"initial-scale=1'>\n"
		"<meta name='referrer' content='same-origin'>\n"
		"<link rel='icon' href='data:,'>\n"
		"<link rel='stylesheet' href='/style.css'>\n"
		"[[?ticking]]<meta http-equiv='refresh' content='5; "
		"url=/agreed'>[[/]][[?slow]]<meta http-equiv='refresh' "
		"content='20; url=/later'>[[/]]<title>" },
	{ "middle", NULL,
		" - [[+brand]]</title>\n"
		"</head>\n"
		"<body>\n"
		"<header><b>[[+brand]]</b>[[?demo]]<span "
		"class='demo'>演示</span>[[/]]</header>\n"
		"<main>\n"
		"[[?flash]]<p class='flash' "
		"role='status'>[[=flash]]</p>[[/]]" },
	{ "foot", NULL,
		"</main>\n"
		"<footer>\n"
		"[[?outside]]<a href='/policy'>隐私政策</a>\n"
		"<a href='/face-rules'>人脸信息处理规则</a>\n"
		"[[!no-child-rules]]<a "
		"href='/child-rules'>儿童个人信息保护规则</a>[[/]]\n"
		"[[?changelog]]<a href='/changelog'>更新记录</a>[[/]][[/]]\n"
		"[[!no-name]]<p>[[+operator]]（虚构）</p>[[/]]\n"
		"</footer>\n"
		"</body>\n"
		"</html>" },
	{ "brand", NULL,
		"[[?state-rule]]顺程司机端[[/]][[!state-rule]]归燕旧物[[/]]" },
	{ "operator", NULL, "示例归燕科技有限公司" },
	{ "task", NULL,
		"[[?state-rule]]出车前驾驶员身份核验[[/"
		"]][[!state-rule]]更换绑定手机号[[/]]" },
	{ "home", "首页",
		"<h1>[[+brand]]</h1>\n"
		"[[?nag-start]]<section "
		"class='card'><h2>开启刷脸</"
		"h2><p>"
		"为便于更换绑定手机号，建议您开启刷脸验证。是否现在开启人脸识别"
		"？</p>\n"
		"<p class='row'>[[@/begin]]<input type='hidden' name='age' "
		"value='adult'><button>立即开启</button></form>\n"
		"[[@/dismissed]]<button>暂不开启</button></form></p></"
		"section>[[/]]\n"
		"[[?locked]]<p "
		"class='card'>"
		"您的账号因异常登录受到限制，暂不能发布旧物。更换手机号、撤回同"
		"意和注销账号都不受影响。</p>[[/]]\n"
		"[[?closed]]<p class='card'>您的账号已注销。</p>[[/]]\n"
		"[[?state-rule]]<p>今天的派单从 6:00 "
		"开始。出车前请完成驾驶员身份核验。</p>[[/]]\n"
		"[[!state-rule]]<p>附近有 36 "
		"件旧物正在找新主人：旧书、台灯、自行车。</p>[[/]]\n"
		"<ul class='list'>\n"
		"<li><a "
		"href='/goods'>[[?state-rule]]查看行程[[/"
		"]][[!state-rule]]浏览旧物[[/]]</a></li>\n"
		"<li><a href='/phone'>[[+task]]</a></li>\n"
		"<li><a href='/settings'>设置</a></li>\n"
		"</ul>" },
	{ "goods", "列表",
		"<h1>[[?state-rule]]我的行程[[/]][[!state-rule]]浏览旧物[[/]]</"
		"h1>\n"
		"<p>[[?state-rule]]昨天完成 12 "
		"单。[[/]][[!state-rule]]《海边的灯塔》旧书 12 元；铁皮台灯 30 "
		"元；二十六寸自行车 180 "
		"元。不需要任何验证就可以浏览和下单。[[/]]</p>\n"
		"[[?avatar]]<section "
		"class='card'><h2>上传头像</"
		"h2><p>"
		"选一张喜欢的图片作头像，可以是风景或宠物。我们不对图片做人脸识"
		"别。</p>\n"
		"<form method='post' action='/avatar'><input type='hidden' "
		"name='token' "
		"value='[[=token]]'><button>使用默认头像</button></form></"
		"section>[[/]]\n"
		"<p><a href='/'>返回首页</a></p>" },
	{ "phone", "年龄",
		"<h1>[[+task]]</h1>\n"
		"<p>[[!no-purpose,purpose-hollow]]为核验是您本人办理，[[/"
		"]]"
		"需要验证一次身份，您可以从多种方式中选择。开始前请告诉我们您的"
		"年龄段，未满十四周岁的会请监护人参与。我们不会用人脸判断年龄。"
		"</p>\n"
		"[[@/begin]]\n"
		"<p><button name='age' "
		"value='adult'>我已满十四周岁</button></p>\n"
		"<p><button name='age' "
		"value='child'>我未满十四周岁</button></p>\n"
		"</form>\n"
		"<p><a href='/'>返回首页</a></p>" },
	{ "phone-plain", "开始",
		"<h1>[[+task]]</h1>\n"
		"[[?no-minors]]<p>"
		"本服务只面向年满十八周岁的用户，账号在注册时已凭身份证件核对年"
		"龄，不接受未成年人注册和使用。</p>[[/]]\n"
		"[[?state-rule]]<p>"
		"持网络预约出租汽车驾驶员证的驾驶员均为成年人。</p>[[/]]\n"
		"[[@/begin]]<p><button name='age' "
		"value='adult'>开始办理</button></p></form>\n"
		"<p><a href='/'>返回首页</a></p>" },
	{ "left", "已离开",
		"<h1>已离开本次验证</h1>\n"
		"[[?refuse-exit]]<p>您不同意刷脸，应用已退出，无法继续使用。</"
		"p>[[/]][[!refuse-exit]]\n"
		"<p>[[+task]]"
		"没有办理，其他功能照常使用。需要时可以随时重新开始。</p>\n"
		"<p><a href='/'>返回首页</a></p>[[/]]" },
	{ "done", "办理成功",
		"<h1>验证通过，办理成功</h1>\n"
		"<p>[[+task]]已完成。[[?processed]][[!no-retention]]"
		"人脸图像和特征在比对结束时已删除，没有保存。[[/]][[/]]</p>\n"
		"<p><a href='/'>完成</a></p>\n"
		"<p><a href='/settings'>设置</a></p>" },
	{ "refused", "未通过",
		"<h1>人工审核未通过</h1>\n"
		"<p>"
		"审核员没有能够确认是您本人。原因已写在办理记录里；您可以补充材"
		"料后重新办理，也可以[[!no-name]]致电 400-000-0000 "
		"[[/]]申诉，十五个工作日内答复。其他功能照常使用。</p>\n"
		"<p><a href='/phone'>重新办理</a></p>\n"
		"<p><a href='/'>返回首页</a></p>" },
	{ "error", "不能这样做",
		"<h1>这一步没有成功</h1>\n"
		"<p>[[=problem]]</p>\n"
		"<p><a href='/'>返回首页</a></p>" },
	{ "changelog", "更新记录",
		"<h1>更新记录</h1>\n"
		"<ul>\n"
		"<li>3.2 "
		"版（2025年6月）：下线“刷脸登录”。此前该功能曾要求登录时完成人"
		"脸认证，现已撤除，原有人脸信息已全部删除。</li>\n"
		"<li>3.1 版（2025年3月）：新增国家网络身份认证。</li>\n"
		"</ul>\n"
		"<p><a href='/'>返回首页</a></p>" },
};
const struct fc_page_group fc_pages_service = { pages, FA_COUNT(pages) };
