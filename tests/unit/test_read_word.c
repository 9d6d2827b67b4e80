/* Documents of Word, made here part by part. */
#include "unit/fixture_read.h"

#include <stdlib.h>
#include <zip.h>

#define NS                                                                     \
	"xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/"   \
	"main\" "                                                              \
	"xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/"     \
	"relationships\" "                                                     \
	"xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/"   \
	"2006\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/"   \
	"main\""

static const char styles[] =
	"<w:styles " NS ">"
	"<w:style w:styleId=\"h\"><w:name w:val=\"heading 1\"/></w:style>"
	"<w:style w:styleId=\"b\"><w:basedOn w:val=\"o\"/></w:style>"
	"<w:style w:styleId=\"o\"><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr>"
	"</w:style>"
	"<w:style w:styleId=\"T\"><w:name w:val=\"Title\"/></w:style>"
	"<w:style w:styleId=\"t\"><w:name w:val=\"toc 1\"/></w:style>"
	"<w:style w:styleId=\"L\"><w:pPr><w:numPr><w:numId w:val=\"5\"/>"
	"</w:numPr></w:pPr></w:style>"
	"<w:style w:styleId=\"x\"><w:basedOn w:val=\"y\"/></w:style>"
	"<w:style w:styleId=\"y\"><w:basedOn w:val=\"x\"/></w:style>"
	"</w:styles>";

static const char numbering[] =
	"<w:numbering " NS ">"
	"<w:abstractNum w:abstractNumId=\"0\">"
	"<w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/></w:lvl>"
	"<w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"decimal\"/></w:lvl>"
	"<w:lvl w:ilvl=\"2\"><w:numFmt w:val=\"none\"/></w:lvl>"
	"</w:abstractNum>"
	"<w:num w:numId=\"5\"><w:abstractNumId w:val=\"0\"/></w:num>"
	"</w:numbering>";

static const char links[] =
	"<Relationships><Relationship Id=\"r7\" Type=\"http://x/hyperlink\" "
	"Target=\"https://example.com/sdk\"/></Relationships>";

struct part {
	const char *name, *text;
};

static struct fa_str
archive(const struct part *parts, size_t n, struct fa_arena *a)
{
	zip_error_t e;
	zip_source_t *s = zip_source_buffer_create(NULL, 0, 0, &e);
	zip_t *z = zip_open_from_source(s, ZIP_TRUNCATE, &e);
	zip_stat_t is;
	char *bytes;

	assert_non_null(z);
	for (size_t i = 0; i < n; i++)
		assert_true(zip_file_add(z, parts[i].name,
				    zip_source_buffer(z, parts[i].text,
					    strlen(parts[i].text), 0),
				    ZIP_FL_ENC_UTF_8) >= 0);
	zip_source_keep(s);
	assert_int_equal(zip_close(z), 0);
	assert_int_equal(zip_source_stat(s, &is), 0);
	bytes = fa_arena_new(a, is.size, 1);
	assert_non_null(bytes);
	assert_int_equal(zip_source_open(s), 0);
	assert_int_equal(zip_source_read(s, bytes, is.size), is.size);
	zip_source_close(s);
	zip_source_free(s);
	return (struct fa_str){ bytes, is.size };
}

static void
read_raw(struct reading *r, struct fa_str raw)
{
	struct fa_read_opts opts = { .name = FA_STR("x.docx"), .derive = true };

	r->rc = fa_read(&r->doc, raw, &opts, &r->a, &r->err);
	if (r->rc == FA_OK)
		invariant_read(&r->doc);
}

/* Reads a document of this body. */
static void
read_body(struct reading *r, const char *body)
{
	char text[8192];
	struct part parts[] = { { "word/document.xml", text },
		{ "word/styles.xml", styles },
		{ "word/numbering.xml", numbering },
		{ "word/_rels/document.xml.rels", links } };

	(void)snprintf(text, sizeof(text),
		"<w:document " NS "><w:body>%s</w:body></w:document>", body);
	memset(r, 0, sizeof(*r));
	fa_arena_init(&r->a, (size_t)1 << 30);
	read_raw(r, archive(parts, FA_COUNT(parts), &r->a));
}

static void
check(const struct reading_case *c, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct reading r;
		struct fa_buf out;

		fa_buf_init(&out, 1 << 20);
		read_body(&r, c[i].in);
		if (r.rc != FA_OK)
			fail_msg("%s", r.err.msg);
		reading_dump(&r.doc, &out);
		if (!fa_str_eq(fa_buf_str(&out), fa_str_c(c[i].out)))
			fail_msg("%s\ngives\n%.*sexpected\n%s", c[i].in,
				FA_STR_ARG(fa_buf_str(&out)), c[i].out);
		fa_buf_done(&out);
		reading_done(&r);
	}
}

#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define PS(style, text)                                                        \
	"<w:p><w:pPr><w:pStyle w:val=\"" style "\"/></w:pPr><w:r><w:t>" text   \
	"</w:t></w:r></w:p>"
#define PN(level, text)                                                        \
	"<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" level                          \
	"\"/><w:numId w:val=\"5\"/></w:numPr></w:pPr><w:r><w:t>" text          \
	"</w:t></w:r></w:p>"

static void
headings_are_those_of_styles_and_outlines(void **state)
{
	static const struct reading_case cases[] = {
		{ PS("T", "隐私政策") PS("t", "目录 3") PS("h", "一、登录")
				PS("b", "二级") PS("x", "循环") P("正文"),
			"H1 隐私政策\nH1 一、登录\nH2 二级\nP 循环\nP 正文\n" },
		{ "<w:p><w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr><w:r><w:t>三"
		  "</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"h\"/>"
		  "<w:outlineLvl w:val=\"9\"/></w:pPr><w:r><w:t>不是</w:t>"
		  "</w:r></w:p>",
			"H3 三\nP 不是\n" },
		{ "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>粗体标题</w:t></w:r>"
		  "</w:p><w:p><w:r><w:rPr><w:b w:val=\"0\"/></w:rPr><w:t>正文"
		  "</w:t></w:r></w:p>",
			"H6 粗体标题\nP 正文\n" },
	};

	(void)state;
	check(cases, FA_COUNT(cases));
}

static void
what_is_deleted_or_hidden_is_not_read(void **state)
{
	static const struct reading_case cases[] = {
		{ "<w:p><w:r><w:t>甲</w:t></w:r><w:ins><w:r><w:t>乙</w:t></w:r>"
		  "</w:ins><w:del><w:r><w:delText>丙</w:delText><w:t>丁</w:t>"
		  "</w:r></w:del><w:moveFrom><w:r><w:t>戊</w:t></w:r>"
		  "</w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>己</w:t>"
		  "</w:r><w:r><w:rPr><w:vanish w:val=\"false\"/></w:rPr><w:t>庚"
		  "</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></"
		  "w:p>",
			"P 甲乙庚\n" },
		{ "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr><w:pPrChange><w:pPr>"
		  "<w:pStyle w:val=\"h\"/></w:pPr></w:pPrChange></w:pPr><w:r>"
		  "<w:t>在</w:t></w:r></w:p>",
			"P 在\n" },
	};

	(void)state;
	check(cases, FA_COUNT(cases));
}

static void
lists_tables_and_lines_keep_their_places(void **state)
{
	static const struct reading_case cases[] = {
		{ PN("0", "甲") PN("1", "乙") PN("2", "丙") PS("L", "丁"),
			"I1 甲\nI2o 乙\nP 丙\nI1 丁\n" },
		{ "<w:tbl><w:tblPr><w:tblLook w:val=\"04A0\"/></w:tblPr>"
		  "<w:tr><w:tc>" P("名称") "</w:tc><w:tc>" P(
			  "目的") "</w:tc></"
				  "w:tr><w:tr><w:tc><w:tcPr><w:gridSpan "
				  "w:val=\"2\"/>"
				  "</w:tcPr>" P("一") P("二") "</w:tc><w:tc>" P(
					  "三") "</w:tc></w:tr></w:tbl>",
			"T0.0 名称\nT0.1 目的\nC1.0 一\nC1.0 二\nC1.2 三\n" },
		{ "<w:p><w:r><w:t>一</w:t><w:br/><w:t xml:space=\"preserve\"> "
		  "二"
		  "</w:t><w:tab/><w:t>a</w:t><w:br w:type=\"page\"/>"
		  "<w:noBreakHyphen/><w:t>b&amp;</w:t></w:r></w:p>",
			"P 一\nP 二 a-b&\n" },
		{ "<w:p><w:r><w:t>外</w:t><mc:AlternateContent><mc:Choice>"
		  "<w:txbxContent>" P(
			  "框") "</w:txbxContent></mc:Choice>"
				"<mc:Fallback><w:txbxContent>" P(
					"框") "</w:txbxContent></mc:Fallback></"
					      "mc:AlternateContent>"
					      "<a:p><a:t>图</a:t></"
					      "a:p><w:t>面</w:t></w:r></w:p>",
			"P 框\nP 外面\n" },
	};

	(void)state;
	check(cases, FA_COUNT(cases));
}

static void
links_have_their_targets_and_places_their_paragraphs(void **state)
{
	struct reading r;
	struct fa_position pos;

	(void)state;
	read_body(&r,
		P("一") "<w:p><w:r><w:t>见</w:t></w:r><w:hyperlink "
			"r:id=\"r7\"><w:r><w:t>清单</w:t></w:r></w:hyperlink>"
			"<w:r><w:t>。</w:t></w:r></w:p>");
	assert_int_equal(r.rc, FA_OK);
	assert_int_equal(r.doc.format, FA_FORMAT_DOCX);
	assert_str(r.doc.derived, "paragraphs of the document of Word");
	assert_str(r.doc.raw, "一\n见清单。\n");
	assert_false(r.doc.loose);
	assert_int_equal(r.doc.links_n, 1);
	assert_str(r.doc.links[0].href, "https://example.com/sdk");
	assert_int_equal(r.doc.links[0].text.from, 7);
	assert_int_equal(r.doc.links[0].text.to, 13);
	fa_read_positions(&r.doc, (const uint32_t[]){ 7 }, 1, &pos);
	assert_int_equal(pos.line, 2);
	assert_int_equal(pos.column, 2);
	reading_done(&r);
}

static void
footnotes_stand_at_the_end(void **state)
{
	static const struct part parts[] = {
		{ "_rels/.rels",
			"<R><r Type=\"x/"
			"officeDocument\" "
			"Target=\"/w/d.xml\"/>"
			"</R>" },
		{ "w/d.xml",
			"<w:document " NS
			"><w:body>" P("正文") "</w:body></w:document>" },
		{ "w/footnotes.xml",
			"<w:footnotes " NS ">"
			"<w:footnote w:type=\"separator\">" P(
				"线") "</w:footnote><w:footnote>" P("脚注") "</"
									    "w:"
									    "fo"
									    "ot"
									    "no"
									    "te"
									    "><"
									    "/w"
									    ":f"
									    "oo"
									    "tn"
									    "ot"
									    "es"
									    ">" }
	};
	struct reading r = { .rc = 0 };

	(void)state;
	fa_arena_init(&r.a, 1 << 24);
	read_raw(&r, archive(parts, FA_COUNT(parts), &r.a));
	assert_int_equal(r.rc, FA_OK);
	assert_str(r.doc.raw, "正文\n脚注\n");
	reading_done(&r);
}

/* libxml2 parses ahead: what is broken costs the last few hundred bytes. */
static void
broken_parts_are_read_as_far_as_they_go(void **state)
{
	static const char *const ends[] = { "</w:x>", "&bomb;", "\x01",
		"<w:p><w:r><w:t>" };

	(void)state;
	for (size_t i = 0; i < FA_COUNT(ends); i++) {
		struct reading r;
		char body[4096] = "";
		size_t n = 0;

		for (int k = 0; k < 60; k++)
			n += (size_t)snprintf(
				body + n, sizeof(body) - n, P("一"));
		(void)snprintf(body + n, sizeof(body) - n, "%s", ends[i]);
		read_body(&r, body);
		assert_int_equal(r.rc, FA_OK);
		assert_true(fa_str_starts(r.doc.raw, FA_STR("一\n一\n")));
		assert_true(r.doc.notice.n > 0);
		reading_done(&r);
	}
}

static void
what_holds_no_text_is_refused(void **state)
{
	struct reading r;

	(void)state;
	read_body(&r, P("") P(" "));
	assert_int_equal(r.rc, FA_E_UNSUPPORTED);
	reading_done(&r);
	read_body(&r, "<w:p><w:r><w:t>二");
	assert_int_equal(r.rc, FA_E_INPUT);
	reading_done(&r);
}

static void
entities_are_not_expanded(void **state)
{
	static const struct part parts[] = { { "word/document.xml",
		"<!DOCTYPE d [<!ENTITY a \"aaaa\">"
		"<!ENTITY f SYSTEM \"file:///etc/hostname\">]>"
		"<w:document " NS "><w:body><w:p><w:r><w:t>&a;&f;</w:t></w:r>"
		"</w:p></w:body></w:document>" } };
	struct reading r = { .rc = 0 };

	(void)state;
	fa_arena_init(&r.a, 1 << 24);
	read_raw(&r, archive(parts, 1, &r.a));
	assert_int_equal(r.rc, FA_E_INPUT);
	assert_string_equal(
		r.err.msg, "x.docx: the document is no well-formed XML");
	reading_done(&r);
}

static void
deep_nesting_has_an_end(void **state)
{
	struct fa_buf body;
	struct part part = { "word/document.xml", NULL };
	struct reading r = { .rc = 0 };

	(void)state;
	fa_buf_init(&body, 1 << 20);
	fa_buf_adds(&body, "<w:document " NS "><w:body>");
	for (int i = 0; i < 40; i++)
		fa_buf_adds(
			&body, "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t>");
	for (int i = 0; i < 40; i++)
		fa_buf_adds(&body, "</w:r></w:p></w:tc></w:tr></w:tbl>");
	fa_buf_adds(&body, "</w:body></w:document>");
	part.text = body.p;
	fa_arena_init(&r.a, 1 << 24);
	read_raw(&r, archive(&part, 1, &r.a));
	assert_int_equal(r.rc, FA_OK);
	assert_int_equal(r.doc.blocks_n, 8);
	reading_done(&r);
	fa_buf_done(&body);
}

static void
what_is_no_document_is_refused_with_a_reason(void **state)
{
	static const struct part other[] = { { "xl/workbook.xml", "<x/>" } };
	static const struct {
		struct fa_str raw;
		int rc;
		const char *said;
	} cases[] = {
		{ FA_STR_INIT("PK\003\004 and no more"), FA_E_INPUT,
			"x.docx: damaged ZIP archive" },
		{ FA_STR_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
			FA_E_UNSUPPORTED,
			"x.docx: this looks like an old Office document (.doc)"
			", or one with a password" },
	};
	struct reading r = { .rc = 0 };

	(void)state;
	fa_arena_init(&r.a, 1 << 24);
	read_raw(&r, archive(other, 1, &r.a));
	assert_int_equal(r.rc, FA_E_UNSUPPORTED);
	assert_string_equal(r.err.msg,
		"x.docx: this is a ZIP archive, but no document of Word "
		"(.docx): it has no word/document.xml");
	for (size_t i = 0; i < FA_COUNT(cases); i++) {
		read_raw(&r, cases[i].raw);
		assert_int_equal(r.rc, cases[i].rc);
		if (strncmp(r.err.msg, cases[i].said, strlen(cases[i].said)) !=
			0)
			fail_msg("%s", r.err.msg);
	}
	reading_done(&r);
}

static void
what_inflates_beyond_the_limit_is_refused(void **state)
{
	char *zeros = calloc(1, (size_t)FA_DOC_MAX_BYTES + 2);
	struct part part = { "word/document.xml", zeros };
	struct reading r = { .rc = 0 };

	(void)state;
	assert_non_null(zeros);
	memset(zeros, ' ', (size_t)FA_DOC_MAX_BYTES + 1);
	fa_arena_init(&r.a, (size_t)1 << 30);
	read_raw(&r, archive(&part, 1, &r.a));
	assert_int_equal(r.rc, FA_E_LIMIT);
	reading_done(&r);
	free(zeros);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headings_are_those_of_styles_and_outlines),
		cmocka_unit_test(what_is_deleted_or_hidden_is_not_read),
		cmocka_unit_test(lists_tables_and_lines_keep_their_places),
		cmocka_unit_test(
			links_have_their_targets_and_places_their_paragraphs),
		cmocka_unit_test(footnotes_stand_at_the_end),
		cmocka_unit_test(broken_parts_are_read_as_far_as_they_go),
		cmocka_unit_test(what_holds_no_text_is_refused),
		cmocka_unit_test(entities_are_not_expanded),
		cmocka_unit_test(deep_nesting_has_an_end),
		cmocka_unit_test(what_is_no_document_is_refused_with_a_reason),
		cmocka_unit_test(what_inflates_beyond_the_limit_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
