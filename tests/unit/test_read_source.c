/* Texts of Dart, Kotlin, Java and Swift sources. */
#include "unit/fixture_source.h"

static void
dart_joins_literals_side_by_side(void **state)
{
	static const struct reading_case cases[] = {
		{ "import 'package:人脸/a.dart';\n"
		  "@Deprecated('旧脸')\n"
		  "class P {\n"
		  "  final String tip = '您必须'\n"
		  "      \"完成\" /* 注 */ '人脸识别';\n"
		  "}\n",
			"== P\n"
			"4:23 P [tip] 您必须完成人脸识别\n" },
		{ "x = 'a' + '脸' + name + r'原\\n$x';\n"
		  "y = \"$name 的脸 ${a['k']} \\$3\";\n",
			"== \n"
			"1:6 P [x] a脸name原\\n$x\n"
			"2:6 P [y] $name 的脸 ${a['k']} $3\n" },
		{ "/* 外 /* 内 */ '不是脸' */ z = '''一脸\n"
		  "'二'脸''';\n"
		  "w = \"\"\"三脸\"\"\";\n",
			"== \n"
			"1:30 P [z] 一脸\n"
			"2:1 P [z] '二'脸\n"
			"3:8 P [w] 三脸\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_DART);
}

static void
widgets_of_a_screen_are_one_group(void **state)
{
	static const struct reading_case cases[] = {
		{ "Widget build(c) {\n"
		  "  return Column(children: [\n"
		  "    Text('刷脸登录'),\n"
		  "    TextButton(child: Text('同意'), onPressed: () { "
		  "toast('已同意刷脸'); }),\n"
		  "    TextButton(onPressed: null, child: const "
		  "Text('拒绝')),\n"
		  "  ]);\n"
		  "}\n",
			"== build\n"
			"3:11 P [Column.children] 刷脸登录\n"
			"4:29 B [TextButton.child] 同意\n"
			"4:58 P [toast] 已同意刷脸\n"
			"5:52 B [TextButton.child] 拒绝\n" },
		{ "void ask() {\n"
		  "  showDialog<void>(context: c, builder: (x) => "
		  "AlertDialog(title: Text('人脸'), content: "
		  "Text('必须刷脸'),\n"
		  "    actions: [TextButton(child: Text('好的'))]));\n"
		  "  print('日志脸');\n"
		  "}\n",
			"== showDialog\n"
			"2:73 P [AlertDialog.title] 人脸\n"
			"2:94 P [AlertDialog.content] 必须刷脸\n"
			"3:39 B [TextButton.child] 好的\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_DART);
}

static void
kotlin_puts_values_into_texts(void **state)
{
	static const struct reading_case cases[] = {
		{ "val a = \"您好 $name，${x.y}的脸 \\$5 \\u8138\"\n"
		  "val b = \"甲脸\" +\n"
		  "  \"乙脸\"\n"
		  "val c = '\"'; val d = '\\''; val e = \"丙脸\"\n",
			"== \n"
			"1:10 P [a] 您好 $name，${x.y}的脸 $5 脸\n"
			"2:10 P [b] 甲脸乙脸\n"
			"4:37 P [e] 丙脸\n" },
		{ "val t = \"\"\"\n"
		  "    |第一行脸 \\n\n"
		  "    |第二行${'$'}脸 $x\n"
		  "    \"\"\".trimMargin()\n",
			"== \n"
			"2:6 P [t] 第一行脸 \\n\n"
			"3:6 P [t] 第二行${'$'}脸 $x\n" },
		{ "fun `测试 脸`() = foo(\"名脸\")\n"
		  "/* 外 /* 内 */ \"不是脸\" */\n",
			"== \n"
			"1:21 P [foo] 名脸\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_KOTLIN);
}

static void
kotlin_dialogs_are_one_group(void **state)
{
	static const struct reading_case cases[] = {
		{ "class A : B() {\n"
		  "  private val tip: String = \"甲脸\"\n"
		  "  override fun onCreate(b: Bundle?) {\n"
		  "    Log.d(TAG, \"日志脸\")\n"
		  "    AlertDialog.Builder(this).setTitle(\"人脸\")\n"
		  "      .setMessage(\"必须刷脸\")\n"
		  "      .setPositiveButton(\"同意\") { _, _ -> "
		  "toast(\"已同意刷脸\") }\n"
		  "      .setNegativeButton(\"拒绝\", null).show()\n"
		  "    AlertDialog.Builder(this).setTitle(\"第二人脸\")\n"
		  "  }\n"
		  "  @Composable fun Screen(cb: () -> Unit = {}) {\n"
		  "    Column { Text(text = \"刷脸登录\"); Row { "
		  "Button(onClick = {}) { Text(\"确认\") } } }\n"
		  "  }\n"
		  "}\n",
			"== A\n"
			"2:30 P [tip] 甲脸\n"
			"== onCreate\n"
			"5:41 P [setTitle] 人脸\n"
			"6:20 P [setMessage] 必须刷脸\n"
			"7:27 B [setPositiveButton] 同意\n"
			"7:49 P [toast] 已同意刷脸\n"
			"8:27 B [setNegativeButton] 拒绝\n"
			"== onCreate\n"
			"9:41 P [setTitle] 第二人脸\n"
			"== Screen\n"
			"12:27 P [Text.text] 刷脸登录\n"
			"12:70 B [Button] 确认\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_KOTLIN);
}

static void
java_text_blocks_and_joined_literals(void **state)
{
	static const struct reading_case cases[] = {
		{ "@ApiModel(\"注脸\")\n"
		  "class A {\n"
		  "  String TIP = \"您必须\" + // 一\n"
		  "    \"完成\\u8138\\uuu8bc6\" + name + "
		  "\"。\\\"引\\\"\\101\";\n"
		  "  String[] list = { \"甲脸\", \"乙脸\" };\n"
		  "}\n",
			"== A\n"
			"3:17 P [TIP] 您必须完成脸识name。\"引\"A\n"
			"5:22 P [] 甲脸\n"
			"5:28 P [] 乙脸\n" },
		{ "class A { void f() { String s = \"\"\"\n"
		  "    您必须 \\\n"
		  "    刷脸\n"
		  "    \"二\"脸\"\"\"; char q = '\"'; int a = b ? 1 : 2; "
		  "g(\"丙脸\"); } }\n",
			"== f\n"
			"2:5 P [s] 您必须刷脸\n"
			"4:5 P [s] \"二\"脸\n"
			"4:50 P [g] 丙脸\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_JAVA);
}

static void
java_functions_are_groups(void **state)
{
	static const struct reading_case cases[] = {
		{ "class A {\n"
		  "  void f() { if (x) { g(\"甲脸\"); } else { h(\"乙脸\"); } "
		  "}\n"
		  "  void ask() {\n"
		  "    new "
		  "AlertDialog.Builder(c).setTitle(\"人脸\").setPositiveButton("
		  "\"同意\", (d, w) -> { t(\"已同意刷脸\"); "
		  "}).setNegativeButton(\"拒绝\", null);\n"
		  "    System.out.println(\"日志脸\"); log.info(\"日志脸\");\n"
		  "  }\n"
		  "  void b() { v.setOnClickListener(new L() { public void "
		  "onClick(View v) { d.setText(\"丙脸\"); } }); }\n"
		  "}\n",
			"== f\n"
			"2:26 P [g] 甲脸\n"
			"2:44 P [h] 乙脸\n"
			"== ask\n"
			"4:42 P [setTitle] 人脸\n"
			"4:66 B [setPositiveButton] 同意\n"
			"4:86 P [ask] 已同意刷脸\n"
			"4:117 B [setNegativeButton] 拒绝\n"
			"== onClick\n"
			"7:86 P [setText] 丙脸\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_JAVA);
}

/* The constants of an enum are messages of which one is shown at a time. */
static void
constants_of_an_enum_are_shown_alone(void **state)
{
	static const struct reading_case java = {
		"enum E { A(1, \"甲脸\", \"甲二\"), B(2, \"乙脸\");\n"
		"  void f() { t(\"丙\"); t(\"丁\"); } }\n",
		"== E\n1:16 P [A] 甲脸\n1:22 P [A] 甲二\n"
		"== E\n1:34 P [B] 乙脸\n"
		"== f\n2:17 P [f] 丙\n2:25 P [f] 丁\n"
	};
	static const struct reading_case kotlin = {
		"enum class E(val n: Int, val t: String) {\n"
		"  A(1, \"甲脸\"), B(2, \"乙脸\") }\n"
		"class C(val n: Int) { val a = \"丙\" }\n",
		"== E\n2:9 P [A] 甲脸\n"
		"== E\n2:21 P [B] 乙脸\n"
		"== C\n3:32 P [a] 丙\n"
	};
	static const struct reading_case dart = {
		"enum E { a('甲脸'), b('乙脸'); const E(this.t); }\n",
		"== E\n1:13 P [a] 甲脸\n"
		"== E\n1:22 P [b] 乙脸\n"
	};
	static const struct reading_case swift = {
		"enum Texts { static let a = \"甲脸\"\n static let b = "
		"\"乙脸\" }\n",
		"== Texts\n1:30 P [a] 甲脸\n2:18 P [b] 乙脸\n"
	};

	(void)state;
	source_check(&java, 1, FA_FORMAT_JAVA);
	source_check(&kotlin, 1, FA_FORMAT_KOTLIN);
	source_check(&dart, 1, FA_FORMAT_DART);
	source_check(&swift, 1, FA_FORMAT_SWIFT);
}

static void
swift_texts_have_hashes_and_lines(void **state)
{
	static const struct reading_case cases[] = {
		{ "let a = \"您必须\\(name)完成\\(ok ? \"刷脸\" : "
		  "\"人脸识别的流程\")\\u{8138}\"\n"
		  "let b = #\"原\\n\"引\"脸\\#(x)尾\\#n行\"#\n"
		  "let c = \"\"\"\n"
		  "  一行 \\\n"
		  "  续脸\n"
		  "  二\"行\"脸\n"
		  "  \"\"\"\n",
			"== \n"
			"1:10 P [a] 您必须\\(name)完成 刷脸\n"
			"1:37 P [a] 人脸识别的流程\n"
			"1:46 P [a] 脸\n"
			"2:11 P [b] 原\\n\"引\"脸\\#(x)尾\n"
			"2:27 P [b] 行\n"
			"4:3 P [c] 一行续脸\n"
			"6:3 P [c] 二\"行\"脸\n" },
		{ "@available(*, message: \"注脸\")\n"
		  "/* 外 /* 内 */ \"不是脸\" */\n"
		  "NSLog(\"日志脸\"); let x: [String: String] = [\"键脸\": "
		  "\"值脸\"]\n",
			"== \n"
			"3:49 P [x] 值脸\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_SWIFT);
}

static void
swift_alerts_are_one_group(void **state)
{
	static const struct reading_case cases[] = {
		{ "class V {\n"
		  "  let tip = \"甲脸\"\n"
		  "  func ask() {\n"
		  "    let a = UIAlertController(title: \"人脸\", message: "
		  "\"必须刷脸\", preferredStyle: .alert)\n"
		  "    a.addAction(UIAlertAction(title: \"同意\", style: "
		  ".default) { _ in self.go(\"已经同意\") })\n"
		  "    a.addAction(UIAlertAction(title: \"拒绝\", style: "
		  ".cancel))\n"
		  "  }\n"
		  "  var body: some View {\n"
		  "    VStack { Text(\"刷脸登录\"); HStack { Button(\"同意\") "
		  "{ } } }\n"
		  "      .alert(\"提示脸\", isPresented: $s) { "
		  "Button(\"好的\") {} } message: { Text(\"必须刷脸\") }\n"
		  "  }\n"
		  "}\n",
			"== V\n"
			"2:14 P [tip] 甲脸\n"
			"== ask\n"
			"4:39 P [UIAlertController.title] 人脸\n"
			"4:54 P [UIAlertController.message] 必须刷脸\n"
			"5:39 B [UIAlertAction.title] 同意\n"
			"5:77 P [go] 已经同意\n"
			"6:39 B [UIAlertAction.title] 拒绝\n"
			"== body\n"
			"9:20 P [VStack] 刷脸登录\n"
			"9:45 B [Button] 同意\n"
			"== body\n"
			"10:15 P [alert] 提示脸\n"
			"10:48 B [Button] 好的\n"
			"10:75 P [message] 必须刷脸\n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_SWIFT);
}

static void
broken_sources_are_read_on(void **state)
{
	static const struct reading_case cases[] = {
		{ "val a = \"没有结尾的脸\n"
		  "val b = \"二脸\"\n"
		  "}}}))\n"
		  "val c = \"三脸 ${ d",
			"== \n"
			"1:10 P [a] 没有结尾的脸\n"
			"2:10 P [b] 二脸\n"
			"4:10 P [c] 三脸  \n" },
	};

	(void)state;
	source_check(cases, FA_COUNT(cases), FA_FORMAT_KOTLIN);
}

static void
sources_come_in_many_encodings(void **state)
{
	static const char gbk[] = "// \xc8\xcb\xc1\xb3\xca\xb6\xb1\xf0\xb5\xc4"
				  "\xcb\xb5\xc3\xf7\r\nString a = \"\xc4\xfa"
				  "\xb1\xd8\xd0\xeb\xcb\xa2\xc1\xb3\";\r\n"
				  "// faceaudit: allow A: x\r\n";
	static const char bom[] = "\xef\xbb\xbf"
				  "a = \"人脸\";\r\nb = \"刷脸\";\r\n";
	static const char wide[] = "\xff\xfe"
				   "a\0=\0\"\0\xba\x4e\x38\x81\"\0;\0";

	(void)state;
	source_check_raw((struct fa_str){ gbk, sizeof(gbk) - 1 },
		"== \n2:13 P [a] 您必须刷脸\n"
		"# 1 1 faceaudit: allow A: x\n",
		FA_FORMAT_JAVA);
	source_check_raw((struct fa_str){ bom, sizeof(bom) - 1 },
		"== \n1:6 P [a] 人脸\n2:6 P [b] 刷脸\n", FA_FORMAT_JAVA);
	source_check_raw((struct fa_str){ wide, sizeof(wide) - 1 },
		"== \n1:4 P [a] 人脸\n", FA_FORMAT_DART);
}

static void
what_is_wrong_is_said_with_its_line(void **state)
{
	struct reading r;

	(void)state;
	reading_init(&r, FA_STR("a = 1;\r\nb = '人脸\n"), FA_FORMAT_SCRIPT);
	assert_str(r.doc.notice, "line 2 begins a text without an end");
	reading_done(&r);
	reading_init(&r, FA_STR("<template lang=\"pug\">\n</template>"),
		FA_FORMAT_VUE);
	assert_str(r.doc.notice,
		"line 1 begins a template in another language than HTML, "
		"which is not read");
	reading_done(&r);
}

static void
deep_nesting_is_read_in_linear_time(void **state)
{
	static const char *const units[] = { "{", "(", "<a>", "`${", "{{",
		"'脸'+", "<a b={", "x<a ", "\"\\(", "/*", "a('人脸',{" };
	static const enum fa_format formats[] = { FA_FORMAT_SCRIPT,
		FA_FORMAT_WXML, FA_FORMAT_VUE, FA_FORMAT_SWIFT,
		FA_FORMAT_KOTLIN };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(units) * FA_COUNT(formats); i++) {
		struct reading r;
		struct fa_buf in;

		fa_buf_init(&in, 1 << 20);
		while (in.n < 100000)
			fa_buf_adds(&in, units[i % FA_COUNT(units)]);
		reading_init(&r, fa_buf_str(&in), formats[i / FA_COUNT(units)]);
		assert_int_equal(r.rc, FA_OK);
		reading_done(&r);
		fa_buf_done(&in);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dart_joins_literals_side_by_side),
		cmocka_unit_test(widgets_of_a_screen_are_one_group),
		cmocka_unit_test(kotlin_puts_values_into_texts),
		cmocka_unit_test(kotlin_dialogs_are_one_group),
		cmocka_unit_test(java_text_blocks_and_joined_literals),
		cmocka_unit_test(java_functions_are_groups),
		cmocka_unit_test(constants_of_an_enum_are_shown_alone),
		cmocka_unit_test(swift_texts_have_hashes_and_lines),
		cmocka_unit_test(swift_alerts_are_one_group),
		cmocka_unit_test(broken_sources_are_read_on),
		cmocka_unit_test(sources_come_in_many_encodings),
		cmocka_unit_test(what_is_wrong_is_said_with_its_line),
		cmocka_unit_test(deep_nesting_is_read_in_linear_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
