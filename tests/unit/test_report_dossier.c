#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/parser.h>

#include "base/json.h"
#include "case/docx.h"
#include "report/dossier.h"

#define ARENA ((size_t)64 << 20)
#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* Two pixels: the smallest picture that is one. */
static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x64";

struct fixture {
	struct fa_dossier d;
	struct fa_dossier_finding finding;
	struct fa_dossier_passage pro, contra;
	struct fa_dossier_document text;
	struct fa_dossier_capture capture;
	struct fa_dossier_picture picture;
	struct fa_dossier_law law;
	struct fa_dossier_element element;
	struct fa_dossier_opinion opinion;
	struct fa_dossier_object object;
	struct fa_dossier_stamp stamp;
	struct fa_dossier_check check;
	struct fa_dossier_clause clause;
	struct fa_str command, rebut;
	struct fa_arena a;
	struct fa_buf out;
};

#define HOSTILE "</script><script>alert(1)</script>\x1b[31m\xe2\x80\xae&=1+1"

static void
fill_text(struct fixture *x)
{
	x->capture = (struct fa_dossier_capture){
		.url = FA_STR("https://app.example/asked"),
		.final = FA_STR("https://app.example/final"),
		.at_us = INT64_C(1795319950123000),
		.archive = FA_STR("a.warc.gz"),
		.offset = 4711,
		.length = 99,
		.has_skew = true,
		.skew_ms = -61500,
		.server_date = FA_STR("Sun, 22 Nov 2026 05:59:10 GMT"),
		.leaf_sha256 = FA_STR(SHA)
	};
	(void)snprintf(x->capture.payload.sha256, FA_HASH_HEX_BYTES, "%s", SHA);
	x->text = (struct fa_dossier_document){ .title = FA_STR(HOSTILE),
		.url = FA_STR("https://app.example/final"),
		.role = FA_ROLE_POLICY,
		.picture = 0,
		.judged_again = true,
		.agrees = true,
		.encoding = "utf-8",
		.format = "html",
		.clauses = &x->clause,
		.clauses_n = 1 };
	x->clause = (struct fa_dossier_clause){
		.number = 3, .paragraph = 2, .text = FA_STR("第三句。")
	};
	x->picture =
		(struct fa_dossier_picture){ .bytes = { png, sizeof(png) - 1 },
			.name = FA_STR("screenshot-1.png"),
			.shows = FA_STR(HOSTILE) };
	x->pro = (struct fa_dossier_passage){ .text = FA_STR("须刷脸" HOSTILE),
		.before = FA_STR("前文"),
		.after = FA_STR("后文"),
		.paragraph = 2,
		.sentence = 3,
		.offset = { 10, 20 },
		.raw = { 30, 60 },
		.from = { 7, 5, 0 },
		.to = { 7, 15, 0 },
		.recut = true,
		.has_box = true,
		.box = { 0, 40, 2, 10 } };
	x->contra = x->pro;
	x->contra.text = FA_STR("也可以用短信");
	x->contra.picture = FA_DOSSIER_NONE;
	x->contra.has_box = false;
}

static void
fill_finding(struct fixture *x)
{
	x->law = (struct fa_dossier_law){ .source = FA_STR(
						  "《测试办法》第10条第1款"),
		.from = 20250601,
		.binding = true,
		.text = FA_STR("第十条　甲。\n　　乙。"),
		.file = FA_STR("FRM.txt"),
		.page = FA_STR("javascript:alert(1)") };
	x->element =
		(struct fa_dossier_element){ FA_STR("要件"), FA_TRI_UNKNOWN };
	x->rebut = FA_STR("出示公证书");
	x->finding = (struct fa_dossier_finding){ .obligation = FA_STR("T.1"),
		.duty = FA_STR("不得只用人脸"),
		.fact = FA_STR("写有“须刷脸”。"),
		.verdict = FA_VERDICT_VIOLATION,
		.severity = FA_SEVERITY_HIGH,
		.tier = FA_TIER_PROBABLE,
		.confidence = 732,
		.hits = 23,
		.right = 21,
		.rule = FA_STR("T.1-sole"),
		.laws = &x->law,
		.laws_n = 1,
		.elements = &x->element,
		.elements_n = 1,
		.rebut = &x->rebut,
		.rebut_n = 1,
		.pro = &x->pro,
		.pro_n = 1,
		.pro_all = 9,
		.contra = &x->contra,
		.contra_n = 1,
		.contra_all = 1 };
	(void)snprintf(x->finding.fingerprint, 17, "0123456789abcdef");
}

static void
open_fixture(struct fixture *x, enum fa_lang lang)
{
	memset(x, 0, sizeof(*x));
	fa_arena_init(&x->a, ARENA);
	fa_buf_init(&x->out, FA_DOSSIER_BYTES);
	fill_text(x);
	fill_finding(x);
	x->object = (struct fa_dossier_object){ .name = FA_STR(HOSTILE),
		.kind = FA_STR("网页应答正文"),
		.digest = { SHA, "", 5 } };
	x->command = FA_STR("curl 'https://app.example/'");
	x->d = (struct fa_dossier){ .cover = { .lang = lang,
					    .title = FA_STR(HOSTILE),
					    .report = FA_STR("FA-1") },
		.making = { .findings = 1 },
		.score = { .grade = 'N' },
		.findings = &x->finding,
		.findings_n = 1,
		.findings_all = 1,
		.documents = &x->text,
		.documents_n = 1,
		.captures = &x->capture,
		.captures_n = 1,
		.pictures = &x->picture,
		.pictures_n = 1,
		.objects = &x->object,
		.objects_n = 1,
		.objects_all = 1,
		.commands = &x->command,
		.commands_n = 1 };
}

static void
close_fixture(struct fixture *x)
{
	fa_buf_done(&x->out);
	fa_arena_done(&x->a);
}

static bool
has(struct fa_str s, const char *z)
{
	return fa_str_find(s, fa_str_c(z), 0) != SIZE_MAX;
}

static struct fa_str
html(struct fixture *x)
{
	struct fa_err err;

	fa_buf_reset(&x->out);
	assert_int_equal(fa_dossier_html(&x->out, &x->d, &x->a, &err), FA_OK);
	return fa_buf_str(&x->out);
}

static void
the_page_has_what_a_court_asks_for(void **state)
{
	static const char *const parts[] = { "<html lang=\"zh-CN\">",
		"制作方法", "制作时间", "制作人", "证明对象",
		"机器发现，尚未经人工复核", "<mark>须刷脸", "前文", "后文",
		"第 2 段，全文第 3 句", "第 7 行第 5 字至第 7 行第 15 字",
		"码点偏移 [10, 20)；字节偏移 [30, 60)",
		"由存档字节重新截取，一致", "<mark class=\"off\">也可以用短信",
		"另有 8 处未列", "偏移 4711，长度 99", "慢 61.500 秒",
		"2026-11-22 11:59:10.123（北京时间，UTC+8）",
		"2026-11-22T03:59:10.123Z", "第十条　甲。\n　　乙。",
		"待人工判断", "出示公证书", "命中 23 次，其中 21 次", "0.732",
		"编号 ", "0123456789abcdef", "本案没有环境检查记录",
		"没有可信时间戳", "没有保管链", "不主张", "第三句。",
		"curl &#39;https://app.example/&#39;", "<rect class=\"box\"" };
	struct fixture x;
	struct fa_str s;

	(void)state;
	open_fixture(&x, FA_LANG_ZH);
	s = html(&x);
	for (size_t i = 0; i < FA_COUNT(parts); i++)
		if (!has(s, parts[i]))
			fail_msg("the page lacks %s", parts[i]);
	close_fixture(&x);
}

static void
hostile_text_stays_text(void **state)
{
	static const char *const never[] = { "<script", "</script", "\x1b",
		"\xe2\x80\xae", "href=\"javascript", "<img", " src=" };
	struct fixture x;
	struct fa_str s;

	(void)state;
	for (int lang = 0; lang < FA_LANG_COUNT; lang++) {
		open_fixture(&x, (enum fa_lang)lang);
		s = html(&x);
		assert_true(has(s, "&lt;/script&gt;&lt;script&gt;alert(1)"));
		assert_true(has(s, "⟨U+001B⟩[31m⟨U+202E⟩&amp;=1+1"));
		for (size_t i = 0; i < FA_COUNT(never); i++)
			assert_false(has(s, never[i]));
		close_fixture(&x);
	}
}

static void
silence_is_said_and_is_not_compliance(void **state)
{
	struct fixture x;
	struct fa_str s;

	(void)state;
	open_fixture(&x, FA_LANG_ZH);
	x.finding.verdict = FA_VERDICT_GAP;
	x.finding.pro_n = x.finding.pro_all = 0;
	x.finding.contra_n = x.finding.contra_all = 0;
	s = html(&x);
	assert_true(has(s, "本项是缺失：在所列已取得的全部文本中没有找到"));
	assert_true(has(s, "规则在已取得的文本中没有找到与本项相反的表述"));
	x.d.findings_n = x.d.findings_all = 0;
	x.d.making.findings = 0;
	s = html(&x);
	assert_true(has(s, "没有发现不等于合规"));
	close_fixture(&x);
}

static void
reviews_are_named_and_may_disagree(void **state)
{
	struct fixture x;
	struct fa_str s;

	(void)state;
	open_fixture(&x, FA_LANG_ZH);
	x.opinion = (struct fa_dossier_opinion){ .seq = 41,
		.at_us = 1,
		.state = FA_STR("rejected"),
		.by = FA_STR("王五<u>"),
		.note = FA_STR("不属实") };
	x.finding.opinions = &x.opinion;
	x.finding.opinions_n = 1;
	x.finding.review = FA_REVIEW_DISPUTED;
	x.d.making.reviewed = 1;
	s = html(&x);
	assert_true(has(s, "意见不一"));
	assert_true(has(s, "王五&lt;u&gt;"));
	assert_true(has(s, "不属实"));
	assert_true(has(s, "保管链第 41 号事件"));
	assert_true(has(s, "1 项发现中，1 项已经人工复核"));
	assert_false(has(s, "机器发现，尚未经人工复核"));
	close_fixture(&x);
}

static void
a_stamp_that_is_wrong_is_never_good(void **state)
{
	struct fixture x;
	struct fa_str s;

	(void)state;
	open_fixture(&x, FA_LANG_ZH);
	x.stamp = (struct fa_dossier_stamp){ .state = "confirmed",
		.algorithm = "sha256",
		.covers = 12,
		.token_sha256 = FA_STR(SHA),
		.detail = FA_STR("its signature is wrong") };
	x.d.custody = (struct fa_dossier_custody){ .present = true,
		.events = 20,
		.whole = FA_TRI_YES,
		.stamps = &x.stamp,
		.stamps_n = 1 };
	s = html(&x);
	assert_true(has(s, "核对不符"));
	assert_true(has(s, "its signature is wrong"));
	assert_true(has(s, "没有已核验的时间戳"));
	x.stamp.checked = true;
	x.d.custody.stamps_confirmed = 1;
	x.d.custody.covered = 12;
	s = html(&x);
	assert_true(has(s, "及于第 1 至 12 号事件（共 20 号）"));
	x.d.custody.whole = FA_TRI_NO;
	x.d.custody.broken = FA_STR("第 3 行：x");
	s = html(&x);
	assert_true(has(s, "已断裂"));
	assert_false(has(s, "已逐行核对，完整"));
	close_fixture(&x);
}

static void
a_text_that_judges_otherwise_is_shown_in_red(void **state)
{
	struct fixture x;

	(void)state;
	open_fixture(&x, FA_LANG_ZH);
	assert_false(has(html(&x), "其余不一致"));
	x.text.agrees = false;
	x.pro.recut = false;
	assert_true(has(html(&x), "其余不一致，应先查明原因"));
	assert_true(has(html(&x), "未能由存档字节重新截取核对"));
	close_fixture(&x);
}

static void
docx_parts_are_well_formed_and_name_each_other(void **state)
{
	struct fa_paper_parts parts;
	struct fixture x;
	struct fa_err err;
	bool picture = false;

	(void)state;
	open_fixture(&x, FA_LANG_ZH);
	assert_int_equal(fa_dossier_docx(&parts, &x.d, &x.a, &err), FA_OK);
	assert_string_equal(parts.at[0].name, "[Content_Types].xml");
	for (size_t i = 0; i < parts.n; i++) {
		const struct fa_paper_part *p = &parts.at[i];
		xmlDoc *doc;

		if (strncmp(p->name, "word/media/", 11) == 0) {
			picture = true;
			assert_true(p->packed);
			continue;
		}
		doc = xmlReadMemory(p->bytes.p, (int)p->bytes.n, p->name, NULL,
			XML_PARSE_NONET | XML_PARSE_NOERROR);
		if (doc == NULL)
			fail_msg("%s is not well formed", p->name);
		xmlFreeDoc(doc);
	}
	assert_true(picture);
	close_fixture(&x);
	xmlCleanupParser();
}

static void
docx_is_the_same_each_time(void **state)
{
	struct fa_paper_parts parts;
	struct fa_str one, two;
	struct fixture x;
	struct fa_err err;

	(void)state;
	open_fixture(&x, FA_LANG_EN);
	assert_int_equal(fa_dossier_docx(&parts, &x.d, &x.a, &err), FA_OK);
	assert_int_equal(fa_docx_zip(&one, &parts, INT64_C(1795319950123000),
				 &x.a, &err),
		FA_OK);
	assert_int_equal(fa_dossier_docx(&parts, &x.d, &x.a, &err), FA_OK);
	assert_int_equal(fa_docx_zip(&two, &parts, INT64_C(1795319950123000),
				 &x.a, &err),
		FA_OK);
	assert_true(fa_str_eq(one, two));
	assert_memory_equal(one.p, "PK\3\4", 4);
	assert_int_equal(fa_docx_zip(&two, &parts, 0, &x.a, &err), FA_OK);
	assert_false(fa_str_eq(one, two));
	close_fixture(&x);
}

static void
json_has_null_for_what_is_not_known(void **state)
{
	const struct fa_json *f, *p;
	struct fa_json *tree;
	struct fixture x;
	struct fa_err err;

	(void)state;
	open_fixture(&x, FA_LANG_ZH);
	assert_int_equal(fa_dossier_json(&x.out, &x.d, &err), FA_OK);
	assert_int_equal(
		fa_json_parse(&tree, fa_buf_str(&x.out), &x.a, &err), FA_OK);
	assert_true(fa_str_eq(
		fa_json_text(tree, "schema"), FA_STR(FA_DOSSIER_SCHEMA)));
	assert_int_equal(
		fa_json_find(fa_json_find(tree, "case"), "operator")->kind,
		FA_JSON_NULL);
	f = fa_json_find(tree, "findings")->child;
	p = fa_json_find(f, "for")->child;
	assert_int_equal(fa_json_int(p, "paragraph", 0), 2);
	assert_int_equal(
		fa_json_find(p, "code_points")->child->next->integer, 20);
	assert_true(
		fa_str_eq(fa_json_text(p, "text"), FA_STR("须刷脸" HOSTILE)));
	assert_int_equal(
		fa_json_find(fa_json_find(f, "elements")->child, "met")->kind,
		FA_JSON_NULL);
	assert_int_equal(
		fa_json_find(fa_json_find(tree, "custody"), "whole")->kind,
		FA_JSON_NULL);
	/* Bidi controls are escaped, for people look at JSON, too. */
	assert_false(has(fa_buf_str(&x.out), "\xe2\x80\xae"));
	close_fixture(&x);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_page_has_what_a_court_asks_for),
		cmocka_unit_test(hostile_text_stays_text),
		cmocka_unit_test(silence_is_said_and_is_not_compliance),
		cmocka_unit_test(reviews_are_named_and_may_disagree),
		cmocka_unit_test(a_stamp_that_is_wrong_is_never_good),
		cmocka_unit_test(a_text_that_judges_otherwise_is_shown_in_red),
		cmocka_unit_test(
			docx_parts_are_well_formed_and_name_each_other),
		cmocka_unit_test(docx_is_the_same_each_time),
		cmocka_unit_test(json_has_null_for_what_is_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
