/* Markdown: blocks by cmark, text by its place in the source. */
#include "unit/fixture_read.h"

#include <cmark.h>

#include "read/extract.h"
#include "read/markdown.h"

static const struct reading_case cases[] = {
	{ "", "" },
	{ "# 甲\n\n乙\n丙\n\n丁 #\n====\n", "H1 甲\nP 乙丙\nH1 丁 #\n" },
	{ "## 甲 ##\n乙  \n丙\\\n丁", "H2 甲\nP 乙\nP 丙\nP 丁\n" },
	{ "1. 甲\n2. 乙\n   - 丙\n\n     丁\n",
		"I1o 甲\nI1o 乙\nI2 丙\nI2 丁\n" },
	{ "> 甲\n> 乙\n>> 丙\n", "Q 甲乙\nQ 丙\n" },
	{ "- > 甲\n", "Q 甲\n" },
	{ "```c\nint x;\n```\n\n    indent\n", "X int x;\nX indent\n" },
	{ "---\ntitle: x\n---\n甲", "P 甲\n" },
	{ "---\n\n甲", "P 甲\n" },
	{ "甲**乙**丙*丁*_戊_ a_b_c `x*y*` \\*z\\*",
		"P 甲乙丙丁戊 a_b_c x*y* *z*\n" },
	{ "**注意：**我们", "P 注意:我们\n" },
	{ "***a** b*", "P a b\n" },
	{ "**标题**\n", "H6 标题\n" },
	{ "&copy;&lt;&#20154;&amp", "P ©<人&amp\n" },
	{ "甲<b>乙</b><br>丙<!-- x -->", "P 甲乙\nP 丙\n" },
	{ "![图](a.png)甲[乙][r] [丙]\n\n[r]: /x\n", "P 甲乙 [丙]\n" },
	{ "[甲][乙]![x\ny](z)丙", "P [甲][乙]丙\n" },
	{ "<div hidden>\n甲\n</div>\n\n乙\n\n<p>丙</p>\n", "P 乙\nP 丙\n" },
	{ "<table><tr><td>甲</td></tr></table>\n", "C0.0 甲\n" },
	{ "前\n\n| 甲 | 乙 |\n|:--|--:|\n| 丙 | \\| |\n| **丁** |\n\n后",
		"P 前\nT0.0 甲\nT0.1 乙\nC1.0 丙\nC1.1 |\nC2.0 丁\nP 后\n" },
	{ "前文\n甲|乙\n-|-\n丙|丁\n",
		"P 前文\nT0.0 甲\nT0.1 乙\nC1.0 丙\nC1.1 丁\n" },
	{ "> | 甲 | 乙 |\n> |--|--|\n> | 丙 | 丁 |\n",
		"T0.0 甲\nT0.1 乙\nC1.0 丙\nC1.1 丁\n" },
	{ "甲 | 乙\n", "P 甲 | 乙\n" },
	{ "x\n-\ny\n-\nz\n", "H2 x\nH2 y\nP z\n" },
	{ "人 脸\n识别 SDK\n接口", "P 人脸识别 SDK 接口\n" },
};

static void
blocks_and_marks_are_read(void **state)
{
	(void)state;
	reading_check(cases, FA_COUNT(cases), FA_FORMAT_MARKDOWN);
}

static void
links_keep_their_targets(void **state)
{
	struct reading r;

	(void)state;
	reading_init(&r,
		FA_STR("[甲](/a_b(c)) [**乙**](<x y> 't') <https://z.example/>"
		       " [丙](\n"),
		FA_FORMAT_MARKDOWN);
	assert_int_equal(r.doc.links_n, 3);
	assert_str(r.doc.links[0].href, "/a_b(c)");
	assert_str(r.doc.links[1].href, "x y");
	assert_str(r.doc.links[2].href, "https://z.example/");
	assert_str(r.doc.text, "甲乙 https://z.example/ [丙](");
	reading_done(&r);
}

/* Text of cmark's own inline parser, without blanks. */
static void
oracle(const char *in, struct fa_buf *out)
{
	cmark_node *root =
		cmark_parse_document(in, strlen(in), CMARK_OPT_DEFAULT);
	cmark_iter *iter = cmark_iter_new(root);
	cmark_event_type ev;
	int images = 0;

	while ((ev = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(iter);
		cmark_node_type t = cmark_node_get_type(n);
		const char *z = cmark_node_get_literal(n);

		if (t == CMARK_NODE_IMAGE)
			images += ev == CMARK_EVENT_ENTER ? 1 : -1;
		if (z == NULL || t == CMARK_NODE_HTML_INLINE || images > 0)
			continue;
		for (; *z != '\0'; z++) {
			if (*z != ' ' && *z != '\n')
				fa_buf_addc(out, *z);
		}
	}
	cmark_iter_free(iter);
	cmark_node_free(root);
}

static void
text_is_what_cmark_reads(void **state)
{
	static const char *const pieces[] = { "a", "b c", "*i*", "**s**", "_i_",
		"__s__", "`co*de`", "[l](u)", "[l](<u v> \"t\")", "![i](u)",
		"\\*", "\\[", "&amp;", "&copy;", "<b>", "</b>",
		"<http://x.example>", " ", "\n", "x*y", "a_b", "***m***", "[z]",
		"(p)", "!", "`` ` ``", "*a **b** c*", "**a *b* c**", "[*a*](u)",
		"![*a*](u)", "*[a](u)*", "*a", "b*", "__a", "<c", "x_y_z",
		"[a](b c)", "[a](b(c)d)", "&#65;", "&x;" };
	unsigned seed = 12345;

	(void)state;
	for (int i = 0; i < 4000; i++) {
		struct reading r;
		struct fa_buf in;
		struct fa_buf want;
		struct fa_buf got;

		fa_buf_init(&in, 1 << 16);
		fa_buf_init(&want, 1 << 16);
		fa_buf_init(&got, 1 << 16);
		fa_buf_addc(&in, 'T');
		for (int k = 0; k < 7; k++) {
			/* Blanks, for the rule on punctuation differs. */
			fa_buf_addc(&in, ' ');
			seed = seed * 1103515245u + 12345u;
			fa_buf_adds(
				&in, pieces[(seed >> 16) % FA_COUNT(pieces)]);
		}
		oracle(in.p, &want);
		reading_init(&r, fa_buf_str(&in), FA_FORMAT_MARKDOWN);
		for (size_t k = 0; k < r.doc.text.n; k++) {
			char c = r.doc.text.p[k];

			if (c != ' ' && c != '\n')
				fa_buf_addc(&got, c);
		}
		if (!fa_str_eq(fa_buf_str(&got), fa_buf_str(&want))) {
			fail_msg("%s\nreads  %s\ncmark: %s", in.p, got.p,
				want.p);
		}
		reading_done(&r);
		fa_buf_done(&in);
		fa_buf_done(&want);
		fa_buf_done(&got);
	}
}

static void
the_masked_copy_has_the_same_length_and_lines(void **state)
{
	struct fa_str in =
		FA_STR("> - [x](y) *a*\n\n[r]: /u_v\n\t\t\tcode\0\\\n");
	struct fa_buf out;

	(void)state;
	fa_buf_init(&out, 1 << 10);
	fa_markdown_mask(in, &out);
	assert_int_equal(out.n, in.n);
	for (size_t i = 0; i < in.n; i++)
		assert_int_equal(in.p[i] == '\n', out.p[i] == '\n');
	assert_null(memchr(out.p, '\0', out.n));
	fa_buf_done(&out);
}

/* Repeats unit until the text has n bytes, reads it and forgets it. */
static void
read_repeated(const char *unit, size_t n)
{
	struct fa_buf in;
	struct reading r;

	fa_buf_init(&in, n * 2);
	while (in.n < n)
		fa_buf_adds(&in, unit);
	reading_init(&r, fa_buf_str(&in), FA_FORMAT_MARKDOWN);
	assert_int_equal(r.rc, FA_OK);
	reading_done(&r);
	fa_buf_done(&in);
}

static void
hostile_marks_take_linear_time(void **state)
{
	static const char *const units[] = { "> ", "- ", "1. ", "*a ", "[",
		"![", "](", "`a``b", "<a", "<!--", "&", "\\", "**a __b ",
		"[a]: b\n", "- a\n  ", "| a | b |\n|---|---|\n", "<div>\n\n",
		"_", "a\n", "[a](b", "<![CDATA[", "<?", "\n", "\t", "*",
		"a[b](<c" };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(units); i++)
		read_repeated(units[i], 200000);
}

static void
long_markdown_is_read_as_text_and_says_so(void **state)
{
	struct fa_buf in;
	struct reading r;

	(void)state;
	fa_buf_init(&in, FA_MARKDOWN_MAX_BYTES * 2);
	fa_buf_adds(&in, "# 标题\n");
	while (in.n <= FA_MARKDOWN_MAX_BYTES)
		fa_buf_adds(&in, "我们会收集您的人脸信息。\n");
	reading_init(&r, fa_buf_str(&in), FA_FORMAT_MARKDOWN);
	assert_int_equal(r.rc, FA_OK);
	assert_non_null(r.doc.notice.p);
	assert_int_equal(r.doc.blocks[0].kind, FA_BLOCK_HEADING);
	reading_done(&r);
	fa_buf_done(&in);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_and_marks_are_read),
		cmocka_unit_test(links_keep_their_targets),
		cmocka_unit_test(text_is_what_cmark_reads),
		cmocka_unit_test(the_masked_copy_has_the_same_length_and_lines),
		cmocka_unit_test(hostile_marks_take_linear_time),
		cmocka_unit_test(long_markdown_is_read_as_text_and_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
