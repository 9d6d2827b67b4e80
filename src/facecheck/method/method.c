#include "facecheck/method/method.h"

#include <stdio.h>

static const struct fc_method_info infos[FC_METHOD_COUNT] = {
	[FC_METHOD_NETID] = { "netid", "国家网络身份认证",
		"用网号、网证核验身份，由国家网络身份认证公共服务给出结果，"
		"本应用不接触人脸信息。（演示：未接入真实网络）",
		true, true },
	[FC_METHOD_SMS] = { "sms", "短信验证码",
		"向您登记的手机号发送六位验证码，五分钟内有效。"
		"（演示：不会真正发送短信）",
		false, true },
	[FC_METHOD_CALL] = { "call", "电话语音验证码",
		"拨打您登记的电话，语音播报六位验证码，座机也可以使用。"
		"（演示：不会真正拨打电话）",
		false, true },
	[FC_METHOD_TOTP] = { "totp", "动态口令",
		"输入身份验证器上的六位动态口令，无需联网。", true, false },
	[FC_METHOD_PASSKEY] = { "passkey", "通行密钥",
		"用您设备上的通行密钥确认；指纹等信息只留在您的设备里，"
		"不会传给我们。",
		true, false },
	[FC_METHOD_DOCUMENT] = { "document", "核对身份证件号码",
		"输入居民身份证号码进行核对，任何电脑或电话都可办理。", false,
		false },
	[FC_METHOD_HUMAN] = { "human", "人工审核",
		"由工作人员核实身份，24 小时内答复，不需要智能手机。", false,
		false },
};

const struct fc_method_info *
fc_method_info(enum fc_method m)
{
	return &infos[m];
}

int
fc_method_parse(struct fa_str s)
{
	for (int i = 0; i < FC_METHOD_COUNT; i++)
		if (fa_str_eq(s, fa_str_c(infos[i].name)))
			return i;
	return -1;
}

bool
fc_netid_answer(char ticket[FC_NETID_BYTES], bool yes, struct fa_str session)
{
	char text[FC_NETID_BYTES];
	int n = snprintf(text, sizeof(text), "netid-stub:%s:%.*s",
		yes ? "yes" : "no", FA_STR_ARG(session));

	if (session.n == 0 || n < 0 || n >= FC_NETID_BYTES)
		return false;
	(void)snprintf(ticket, FC_NETID_BYTES, "%s", text);
	return true;
}

bool
fc_netid_read(bool *yes, struct fa_str ticket, struct fa_str session)
{
	char text[FC_NETID_BYTES];

	for (int answer = 0; answer < 2; answer++) {
		if (!fc_netid_answer(text, answer, session) ||
			!fa_str_eq(ticket, fa_str_c(text)))
			continue;
		*yes = answer;
		return true;
	}
	return false;
}
