/* Texts of Vue components and of WXML. */
#include "unit/fixture_source.h"

static void
a_component_has_three_languages(void **state)
{
	static const struct reading_case cases[] = {
		{ "<!-- faceaudit: allow A: 理由 -->\n"
		  "<template>\n"
		  "  <p class=\"类\">人脸甲</p>\n"
		  "</template>\n"
		  "<script setup lang=\"ts\">\n"
		  "const a: string = '人脸乙';\n"
		  "</script>\n"
		  "<style>.x:after { content: '人脸' }</style>\n"
		  "<i18n>{ \"zh\": { \"face\": \"人脸丙\" } }</i18n>\n",
			"== p\n"
			"3:16 P [p] 人脸甲\n"
			"== \n"
			"6:20 P [a] 人脸乙\n"
			"== zh\n"
			"9:26 P [face] 人脸丙\n"
			"# 0 1 faceaudit: allow A: 理由\n" },
		{ "<template lang=\"pug\">\n"
		  "p 人脸\n"
		  "</template>\n"
		  "<script>a('脸部')</script>\n",
			"== \n"
			"4:12 P [a] 脸部\n" },
		{ "<script src=\"./a.js\" />\n"
		  "<template><p>人脸</p></template>\n",
			"== p\n"
			"2:14 P [p] 人脸\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_VUE);
}

static void
attributes_that_users_read_are_texts(void **state)
{
	static const struct reading_case cases[] = {
		{ "<template><input placeholder=\"请刷脸\" :title=\"ok ? "
		  "'同意刷脸' : '拒绝'\" name=\"脸\" v-model=\"x\" "
		  "alt=Face></template>\n",
			"== input\n"
			"1:31 P [input.placeholder] 请刷脸\n"
			"1:50 P [input.title] 同意刷脸\n"
			"1:59 P [input.title] 拒绝\n" },
		{ "<template><van-dialog title=\"人脸\" message=\"必须刷脸\" "
		  "confirm-button-text=\"同意\" "
		  "@confirm=\"go('已经同意')\"/></template>\n",
			"== van-dialog\n"
			"1:30 P [van-dialog.title] 人脸\n"
			"1:43 P [van-dialog.message] 必须刷脸\n"
			"1:70 B [van-dialog.confirm-button-text] 同意\n"
			"1:88 P [go] 已经同意\n" },
		{ "<template><p v-html=\"'<b>人脸</b>必须'\" v-if=\"a > "
		  "b\">甲脸</p></template>\n",
			"== p\n"
			"1:26 P [p.v-html] 人脸必须\n"
			"1:50 P [p] 甲脸\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_VUE);
}

static void
mustaches_separate_words(void **state)
{
	static const struct reading_case cases[] = {
		{ "<template><p>您{{ name }}必须{{ ok ? '刷脸' : '验证' "
		  "}}登录</p></template>\n",
			"== p\n"
			"1:14 P [p] 您{{ name }}必须 刷脸 验证 登录\n" },
		{ "<template><button>{{ ok ? '同意' : '拒绝' "
		  "}}</button></template>\n",
			"== button\n"
			"1:28 B [button] 同意\n"
			"1:35 B [button] 拒绝\n" },
		{ "<template><p>{{ t('face.a') }}</p><p>{{ '人脸}}' "
		  "}}完</p></template>\n",
			"== p\n"
			"1:42 P [p] 人脸}} 完\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_VUE);
}

static void
dialogs_are_groups_of_their_own(void **state)
{
	static const struct reading_case cases[] = {
		{ "<template>\n"
		  "<view>\n"
		  "<text>首页脸</text>\n"
		  "<uni-popup><text>弹窗脸</text><view "
		  "@click=\"a\">不同意</view></uni-popup>\n"
		  "<text>尾页脸</text>\n"
		  "</view>\n"
		  "</template>\n",
			"== view\n"
			"3:7 P [view] 首页脸\n"
			"== uni-popup\n"
			"4:18 P [uni-popup] 弹窗脸\n"
			"4:45 B [view] 不同意\n"
			"== view\n"
			"5:7 P [view] 尾页脸\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_VUE);
}

static void
inline_elements_do_not_break_sentences(void **state)
{
	static const struct reading_case cases[] = {
		{ "<template><p>我已阅读并同意<a "
		  "href=\"x\">《隐私政策》</a>和<span>《人脸协议》</span></"
		  "p><p>一<br>二</p></template>\n",
			"== p\n"
			"1:14 P [p] 我已阅读并同意《隐私政策》和《人脸协议》\n"
			"== p\n"
			"1:70 P [p] 一\n"
			"1:75 P [p] 二\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_VUE);
}

static void
references_are_characters(void **state)
{
	static const struct reading_case cases[] = {
		{ "<template><p>人&lt;脸&#35782;&nbsp;别 &copy; 1 &lt "
		  "2</p></template>\n",
			"== p\n"
			"1:14 P [p] 人<脸识别 © 1 &lt 2\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_VUE);
}

static void
pages_of_mini_programs_are_read(void **state)
{
	static const struct reading_case cases[] = {
		{ "<!-- faceaudit: allow A: 理由 -->\n"
		  "<view wx:if=\"{{a == '人脸'}}\">人脸{{b}}甲</view>\n"
		  "<wxs module=\"m\">var a = '脸部';</wxs>\n"
		  "<page-container><button bindtap=\"x\">{{ok ? '同意' : "
		  "'拒绝'}}</button></page-container>\n",
			"== view\n"
			"2:29 P [view] 人脸{{b}}甲\n"
			"== page-container\n"
			"4:45 B [button] 同意\n"
			"4:52 B [button] 拒绝\n"
			"# 0 1 faceaudit: allow A: 理由\n" },
		{ "<input placeholder=\"请{{x}}刷脸\" "
		  "value='{{\"甲脸\"}}'/><image src=\"脸.png\" "
		  "alt=\"人脸图\"/>\n",
			"== input\n"
			"1:21 P [input.placeholder] 请{{x}}刷脸\n"
			"1:41 P [input.value] 甲脸\n"
			"== image\n"
			"1:73 P [image.alt] 人脸图\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_WXML);
}

static void
broken_markup_is_read_on(void **state)
{
	static const struct reading_case cases[] = {
		{ "<view>人脸<text>甲</view></text></b>乙<view "
		  "title=\"没有结尾>丙脸</view>\n",
			"== view\n"
			"1:7 P [view] 人脸甲\n"
			"== \n"
			"1:34 P [] 乙\n"
			"== view\n"
			"1:53 P [view] 丙脸\n" },
		{ "<view>{{ '人脸' </view><p>二",
			"== view\n"
			"1:11 P [view] 人脸\n" },
		{ "<", "" },
		{ "<view a={b} =c 'd' / e>人脸</view>",
			"== view\n"
			"1:24 P [view] 人脸\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_WXML);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_component_has_three_languages),
		cmocka_unit_test(attributes_that_users_read_are_texts),
		cmocka_unit_test(mustaches_separate_words),
		cmocka_unit_test(dialogs_are_groups_of_their_own),
		cmocka_unit_test(inline_elements_do_not_break_sentences),
		cmocka_unit_test(references_are_characters),
		cmocka_unit_test(pages_of_mini_programs_are_read),
		cmocka_unit_test(broken_markup_is_read_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
