/* Ways other than the face, each a page that works without a script. */
#include "facecheck/serve/page.h"

static const struct fc_page pages[] = {
	{ "other", "其他方式",
		"[[?face-only,gate,after-failures,branch-only,state-rule,dead-"
		"alternative,biometric-other,human-only,faded,fee]]<h1>"
		"选择验证方式</h1>\n"
		"[[+offers]][[/]]\n"
		"[[!face-only,gate,after-failures,branch-only,state-rule,dead-"
		"alternative,biometric-other,human-only,faded,fee]]<h1>"
		"其他验证方式</h1>\n"
		"[[?costly]]<p><a class='button' "
		"href='/steps/1'>其他方式须知</a></p>[[/"
		"]][[!costly]]<p>请选择一种，效果都一样。</p>\n"
		"[[+menu-others]][[/]][[/]]\n"
		"<p><a href='/'>返回首页</a></p>" },
	{ "other-netid", "国家网络身份认证",
		"<h1>国家网络身份认证</h1>\n"
		"<p>"
		"在国家网络身份认证应用里确认后，平台只得到“通过”或“未通过”的结"
		"果，不再要求您提供姓名、证件号码和人脸。</p>\n"
		"[[?demo]]<p "
		"class='demo-note'>"
		"演示：没有连接国家网络身份认证公共服务，点下面的按钮即当作已在"
		"应用里确认。</p>[[/]]\n"
		"[[@/answer]]<input type='hidden' name='method' "
		"value='netid'><p><button name='code' "
		"value='confirmed'>我已在应用里确认</button></p></form>\n"
		"[[+other-foot]]" },
	{ "other-sms", "短信验证码",
		"<h1>短信验证码</h1>\n"
		"<p>验证码已发送到 138****8000，五分钟内有效。</p>\n"
		"[[+stub-code]]\n"
		"[[@/answer]]<input type='hidden' name='method' "
		"value='sms'><p><label>验证码 <input name='code' "
		"inputmode='numeric' autocomplete='one-time-code' "
		"placeholder='请输入短信验证码' "
		"required></label></p><p><button>提交</button></p></form>\n"
		"[[+other-foot]]" },
	{ "other-call", "电话回拨",
		"<h1>电话回拨</h1>\n"
		"<p>我们会拨打您登记的电话 "
		"010-****"
		"0000，念出六位数字，五分钟内有效。座机、老人机都可以。</p>\n"
		"[[+stub-code]]\n"
		"[[@/answer]]<input type='hidden' name='method' "
		"value='call'><p><label>听到的数字 <input name='code' "
		"inputmode='numeric' placeholder='请输入六位数字' "
		"required></label></p><p><button>提交</button></p></form>\n"
		"[[+other-foot]]" },
	{ "other-totp", "动态口令",
		"<h1>动态口令</h1>\n"
		"<p>请输入验证器里显示的六位数字，三十秒换一次。</p>\n"
		"[[?demo]]<p class='demo-note'>演示：验证器密钥是 "
		"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ（RFC 6238 "
		"的测试密钥）。</p>[[/]]\n"
		"[[@/answer]]<input type='hidden' name='method' "
		"value='totp'><p><label>动态口令 <input name='code' "
		"inputmode='numeric' placeholder='请输入六位数字' "
		"required></label></p><p><button>提交</button></p></form>\n"
		"[[+other-foot]]" },
	{ "other-document", "身份证件号码",
		"<h1>身份证件号码</h1>\n"
		"<p>"
		"请输入注册时登记的身份证件号码，只用于这一次核对，不另行保存。"
		"</p>\n"
		"[[?demo]]<p "
		"class='demo-note'>"
		"演示：只检查号码格式和校验位，任何格式正确的虚构号码都当作一致"
		"。</p>[[/]]\n"
		"[[@/answer]]<input type='hidden' name='method' "
		"value='document'><p><label>证件号码 <input name='code' "
		"autocomplete='off' placeholder='请输入身份证号码' "
		"required></label></p><p><button>提交</button></p></form>\n"
		"[[+other-foot]]" },
	{ "stub-code", NULL,
		"[[?demo]]<p class='demo-note'>演示：没有真的发送，验证码是 "
		"123456。</p>[[/]]" },
	{ "other-foot", NULL, "<p><a href='/other-ways'>返回</a></p>" },
	{ "human", "人工审核",
		"<h1>人工审核</h1>\n"
		"<p>审核员会凭您的办理记录和登记资料核对，不需要人脸。最迟在 "
		"[[=due]] 前答复；等待期间账号照常使用。</p>\n"
		"<p><a href='/review'>查看审核结果</a></p>\n"
		"<p><a href='/'>先去首页看看</a></p>" },
	{ "review", "审核结果",
		"<h1>正在审核</h1>\n"
		"<p>最迟在 [[=due]] 前答复。</p>\n"
		"[[?demo]]<p "
		"class='demo-note'>演示：这里可以代替审核员作出决定。</p>[[@/"
		"desk]]<p class='row'><button name='say' "
		"value='yes'>演示：审核员核对一致</button><button name='say' "
		"value='no'>演示：审核员不能确认</button></p></form>[[/]]\n"
		"<p><a href='/'>返回首页</a></p>" },
	{ "branch", "营业厅",
		"<h1>营业厅办理</h1>\n"
		"<p>请携带身份证件原件，工作日 9:00 至 17:00 前往示例市归燕路 "
		"1 号营业厅办理，或邮寄公证材料，7 "
		"个工作日内处理。本应用内不能办理。</p>\n"
		"<p><a href='/'>返回首页</a></p>" },
	{ "voice", "声纹验证",
		"<h1>声纹验证</h1>\n"
		"<p>"
		"请朗读：三、一、四、一、五、九。声纹信息用于核验是您本人，比对"
		"后立即删除。</p>\n"
		"[[@/voice]]<p><button>开始朗读</button></p></form>\n"
		"<p><a href='/'>返回首页</a></p>" },
	{ "voice-done", "办理成功",
		"<h1>验证通过，办理成功</h1>\n"
		"<p>[[+task]]已完成。</p>\n"
		"<p><a href='/'>完成</a></p>" },
	{ "steps", "须知",
		"<h1>使用其他方式须知（[[=step]]/8）</h1>\n"
		"<p>[[=step-text]]</p>\n"
		"[[?last]][[+menu-others]][[/]][[!last]]<p><a class='button' "
		"href='/steps/[[=step-next]]'>继续</a></p>[[/]]" },
};
const struct fc_page_group fc_pages_other = { pages, FA_COUNT(pages) };
