/* Texts of JavaScript, TypeScript and JSX. */
#include "unit/fixture_source.h"

static void
literals_with_chinese_or_two_words_are_texts(void **state)
{
	static const struct reading_case cases[] = {
		{ "a('人脸识别', \"脸部\", `刷脸`, 'face_login', 'Face login', "
		  "'x');\n",
			"== \n"
			"1:4 P [a] 人脸识别\n"
			"1:12 P [a] 脸部\n"
			"1:18 P [a] 刷脸\n"
			"1:38 P [a] Face login\n" },
		{ "import x from '中文/模块';\n"
		  "export { y } from \"人脸\";\n"
		  "require('人脸');\n",
			"" },
		{ "const k = { '人脸': 1, title: '标题' };\n",
			"== k\n"
			"1:30 P [title] 标题\n" },
		{ "console.log('人脸日志'); this.logger.info('脸');\n"
		  "Log.d('人脸');\n",
			"" },
		{ "const s = css`content: '人脸'`;\n"
		  "const t = styled.div`/* 人脸 */`;\n",
			"" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_SCRIPT);
}

static void
escapes_keep_their_places(void **state)
{
	static const struct reading_case cases[] = {
		{ "x = '\\u4eba\\u8138\\x41\\u{1F600}识\\n\\'别\\\\';\n",
			"== \n"
			"1:6 P [x] 人脸A😀识\n"
			"1:34 P [x] '别\\\n" },
		{ "x = '\\ud83d\\ude00脸\\\n"
		  "续行\\t尾';\n",
			"== \n"
			"1:6 P [x] 😀脸续行尾\n" },
		{ "x = '\\u12脸\\u{zz}\\ud800';\n",
			"== \n"
			"1:6 P [x] u12脸u{zz}�\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_SCRIPT);
}

static void
joined_literals_are_one_text(void **state)
{
	static const struct reading_case cases[] = {
		{ "x = '您必须' + // 一\n"
		  "  \"完成\" +\n"
		  "  `人脸识别`;\n",
			"== \n"
			"1:6 P [x] 您必须完成人脸识别\n" },
		{ "x = '您' + user.name[0] + '必须刷脸' + f(a, b);\n",
			"== \n"
			"1:6 P [x] 您user.name[0]必须刷脸\n" },
		{ "x = '甲乙' + (y ? '丙丁' : '戊己');\n",
			"== \n"
			"1:6 P [x] 甲乙\n"
			"1:18 P [x] 丙丁\n"
			"1:25 P [x] 戊己\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_SCRIPT);
}

static void
what_is_put_in_separates_words(void **state)
{
	static const struct reading_case cases[] = {
		{ "x = `您${must ? '必须' : '可以'}完成${n}人脸`;\n",
			"== \n"
			"1:6 P [x] 您 必须 可以 完成${n}人脸\n" },
		{ "x = `说明：${ok ? '您可以选择刷脸登录。' : ''}完`;\n",
			"== \n"
			"1:6 P [x] 说明：\n"
			"1:17 P [x] 您可以选择刷脸登录。\n"
			"1:34 P [x] 完\n" },
		{ "x = `一${`二${'三人'}`}四`;\n",
			"== \n"
			"1:6 P [x] 一 二 三人  四\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_SCRIPT);
}

static void
regular_expressions_are_not_division(void **state)
{
	static const struct reading_case cases[] = {
		{ "a = b / c / '人脸一'; d = /['\"`]/g.test('人脸二'); e = "
		  "x[0] / 2; f = '人脸三';\n",
			"== \n"
			"1:14 P [a] 人脸一\n"
			"1:39 P [test] 人脸二\n"
			"1:65 P [f] 人脸三\n" },
		{ "if (/[/']/.test(s)) { g('人脸'); }\n"
		  "return /'/;\n"
		  "h('脸部')\n",
			"== \n"
			"1:26 P [g] 人脸\n"
			"3:4 P [h] 脸部\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_SCRIPT);
}

static void
a_dialog_is_a_group(void **state)
{
	static const struct reading_case cases[] = {
		{ "function ask() {\n"
		  "  uni.showModal({ title: '人脸', content: '您必须刷脸', "
		  "confirmText: '同意', cancelText: '拒绝',\n"
		  "    success(r) { show('已拒绝'); } });\n"
		  "  tip('其他人脸');\n"
		  "}\n",
			"== uni.showModal\n"
			"2:27 P [showModal.title] 人脸\n"
			"2:42 P [showModal.content] 您必须刷脸\n"
			"2:64 B [showModal.confirmText] 同意\n"
			"2:82 B [showModal.cancelText] 拒绝\n"
			"== success\n"
			"3:24 P [show] 已拒绝\n"
			"== ask\n"
			"4:8 P [tip] 其他人脸\n" },
		{ "const ask = () => {\n"
		  "  Modal.confirm({ title: '甲脸', okText: '好的' });\n"
		  "  Alert.alert('乙脸', '内容', [{ text: '取消' }]);\n"
		  "};\n",
			"== Modal.confirm\n"
			"2:27 P [confirm.title] 甲脸\n"
			"2:41 B [confirm.okText] 好的\n"
			"== Alert.alert\n"
			"3:16 P [alert] 乙脸\n"
			"3:22 P [alert] 内容\n"
			"3:37 B [text] 取消\n" },
		{ "export default { face_title: '标题', face_text: '内容', "
		  "other_a: '其他' };\n",
			"== \n"
			"1:31 P [face_title] 标题\n"
			"1:48 P [face_text] 内容\n"
			"== \n"
			"1:63 P [other_a] 其他\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_SCRIPT);
}

static void
closures_inside_what_is_shown_stay_in_its_group(void **state)
{
	static const struct reading_case cases[] = {
		{ "function a() {\n"
		  "  t('人脸一', () => { s('人脸二'); }, '人脸三');\n"
		  "}\n"
		  "function b() { t('人脸四'); }\n",
			"== a\n"
			"2:6 P [a] 人脸一\n"
			"2:23 P [s] 人脸二\n"
			"2:34 P [a] 人脸三\n"
			"== b\n"
			"4:19 P [b] 人脸四\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_SCRIPT);
}

static void
elements_are_read_as_they_are_shown(void **state)
{
	static const struct reading_case cases[] = {
		{ "const a = <View>\n"
		  "  <Text>您必须&nbsp;<Text "
		  "style=\"红\">完成</Text>人脸识别</Text>\n"
		  "  <Button title=\"同意\" onPress={() => go('人脸')} />\n"
		  "</View>;\n",
			"== View\n"
			"2:9 P [Text] 您必须完成人脸识别\n"
			"3:18 B [Button.title] 同意\n"
			"3:41 P [go] 人脸\n" },
		{ "const a = <p>您{name}好{/* faceaudit: allow A: 理由 "
		  "*/}<b>人脸</b><br/>二脸</p>;\n",
			"== p\n"
			"1:14 P [p] 您{name}好人脸\n"
			"1:66 P [p] 二脸\n"
			"# 0 1 faceaudit: allow A: 理由\n" },
		{ "const a = ok ? <p title={'提示脸'}>甲脸</p> : <>乙脸</>;\n"
		  "const b = '脸';\n",
			"== p\n"
			"1:27 P [p.title] 提示脸\n"
			"1:33 P [p] 甲脸\n"
			"== \n"
			"1:44 P [] 乙脸\n"
			"== \n"
			"2:12 P [b] 脸\n" },
		{ "const a = <ul>{list.map((x) => <li key={x}>{x ? "
		  "'同意刷脸登录' : '拒绝刷脸登录'}</li>)}</ul>;\n",
			"== ul\n"
			"1:50 P [li] 同意刷脸登录\n"
			"1:61 P [li] 拒绝刷脸登录\n" },
		{ "<ConfirmDialog message=\"您必须刷脸\" "
		  "confirm-text='好的'><Button>取消</Button></"
		  "ConfirmDialog>;\n",
			"== ConfirmDialog\n"
			"1:25 P [ConfirmDialog.message] 您必须刷脸\n"
			"1:46 B [ConfirmDialog.confirm-text] 好的\n"
			"1:58 B [Button] 取消\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_SCRIPT);
}

static void
types_are_not_elements(void **state)
{
	static const struct reading_case cases[] = {
		{ "const f = <T,>(x: T) => '人脸一';\n"
		  "const g = <any>w; const h = <T extends A>(y) => '人脸二';\n"
		  "if (a < b) { c('人脸三') } // </b>\n"
		  "const i = useState<string>('人脸四');\n",
			"== \n"
			"1:26 P [] 人脸一\n"
			"2:50 P [] 人脸二\n"
			"3:17 P [c] 人脸三\n"
			"4:29 P [useState] 人脸四\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_SCRIPT);
}

static void
comments_that_speak_to_the_tool_are_kept(void **state)
{
	static const struct reading_case cases[] = {
		{ "// faceaudit: allow A: 一\n"
		  "x('人脸一'); /* faceaudit: allow B: 二 */ y('人脸二');\n"
		  "// other\n",
			"== \n"
			"2:4 P [x] 人脸一\n"
			"2:42 P [y] 人脸二\n"
			"# 0 1 faceaudit: allow A: 一\n"
			"# 1 0 faceaudit: allow B: 二\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_SCRIPT);
}

static void
broken_source_is_read_on(void **state)
{
	static const struct reading_case cases[] = {
		{ "x = '没有结尾的脸\n"
		  "y = '人脸二';\n"
		  ")}]z('人脸三')\n"
		  "<p>人脸四<b>五",
			"== \n"
			"1:6 P [x] 没有结尾的脸\n"
			"2:6 P [y] 人脸二\n"
			"3:7 P [z] 人脸三\n" },
		{ "x = `人脸${a",
			"== \n"
			"1:6 P [x] 人脸 \n" },
		{ "a('人脸' + ",
			"== \n"
			"1:4 P [a] 人脸\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_SCRIPT);
}

static void
numbers_are_names_of_what_stands_behind_them(void **state)
{
	static const struct reading_case cases[] = {
		{ "m = { 1001: \"甲脸\", 1002: \"乙脸\" }\n",
			"== m\n1:14 P [1001] 甲脸\n1:26 P [1002] 乙脸\n" },
		{ "enum E { A = \"甲脸\", B = \"乙脸\" }\n",
			"== E\n1:15 P [A] 甲脸\n"
			"== E\n1:25 P [B] 乙脸\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_SCRIPT);
}

static void
messages_are_shown_one_at_a_time(void **state)
{
	static const struct reading_case cases[] = {
		{ "function f(e) { switch (e) {\n"
		  "case 1: this.$message.error(\"甲脸\"); break;\n"
		  "case 2: uni.showToast({ title: \"乙脸\" }); break;\n"
		  "default: throw new BizError(\"丙脸\"); } }\n",
			"== this.$message.error\n2:30 P [error] 甲脸\n"
			"== uni.showToast\n3:33 P [showToast.title] 乙脸\n"
			"== BizError\n4:30 P [BizError] 丙脸\n" },
		/* One between the texts of a screen is of that screen. */
		{ "function f() { t.text = \"甲脸\";\n"
		  "toast(\"乙脸\"); t.text = \"丙脸\"; }\n",
			"== f\n1:26 P [text] 甲脸\n"
			"2:8 P [toast] 乙脸\n2:24 P [text] 丙脸\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_SCRIPT);
}

/* Else each slash of a long line would be looked for to its end. */
static void
regular_expressions_without_end_cost_linear_time(void **state)
{
	struct fa_buf in;
	struct reading r;

	(void)state;
	fa_buf_init(&in, 1 << 22);
	for (size_t i = 0; i < 1 << 19; i++)
		fa_buf_adds(&in, "a=/[");
	fa_buf_adds(&in, "\nb=/[/]脸\"/;c=\"甲脸\"\n");
	reading_init(&r, fa_buf_str(&in), FA_FORMAT_SCRIPT);
	assert_int_equal(r.rc, FA_OK);
	assert_int_equal(r.doc.blocks_n, 1);
	reading_done(&r);
	fa_buf_done(&in);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(literals_with_chinese_or_two_words_are_texts),
		cmocka_unit_test(escapes_keep_their_places),
		cmocka_unit_test(joined_literals_are_one_text),
		cmocka_unit_test(what_is_put_in_separates_words),
		cmocka_unit_test(regular_expressions_are_not_division),
		cmocka_unit_test(a_dialog_is_a_group),
		cmocka_unit_test(
			closures_inside_what_is_shown_stay_in_its_group),
		cmocka_unit_test(elements_are_read_as_they_are_shown),
		cmocka_unit_test(types_are_not_elements),
		cmocka_unit_test(comments_that_speak_to_the_tool_are_kept),
		cmocka_unit_test(broken_source_is_read_on),
		cmocka_unit_test(numbers_are_names_of_what_stands_behind_them),
		cmocka_unit_test(messages_are_shown_one_at_a_time),
		cmocka_unit_test(
			regular_expressions_without_end_cost_linear_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
