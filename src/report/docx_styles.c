/* word/styles.xml: fonts for East Asian text beside those for Latin, headings
 * that show up in the outline of Word, a ruled table. */
#include "report/paper_docx.h"

#include <stddef.h>

struct paragraph_style {
	const char *id, *name;
	const char *properties; /* of the paragraph, in schema order */
	const char *text;       /* of its runs, likewise */
};

#define SANS                                                                   \
	"<w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:eastAsia=\"黑体\" " \
	"w:cs=\"Arial\"/>"
#define MONO                                                                   \
	"<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" "                 \
	"w:eastAsia=\"等线\" w:cs=\"Consolas\"/>"
#define LEFT_BAR(color)                                                        \
	"<w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"8\" "          \
	"w:color=\"" color "\"/></w:pBdr>"
#define FILL(color)                                                            \
	"<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"" color "\"/>"
#define SPACE(before, after, line)                                             \
	"<w:spacing w:before=\"" before "\" w:after=\"" after                  \
	"\" w:line=\"" line "\" w:lineRule=\"auto\"/>"
#define SIZE(half) "<w:sz w:val=\"" half "\"/><w:szCs w:val=\"" half "\"/>"

static const struct paragraph_style paragraphs[] = {
	{ "Title", "Title",
		"<w:keepNext/>" SPACE("480", "240", "300") "<w:jc "
							   "w:val=\"center\"/>",
		SANS "<w:b/><w:spacing w:val=\"20\"/>" SIZE("40") },
	{ "Heading1", "heading 1",
		"<w:keepNext/><w:keepLines/><w:pBdr><w:bottom w:val=\"single\" "
		"w:sz=\"12\" w:space=\"3\" w:color=\"16191D\"/></w:pBdr>" SPACE(
			"480", "160", "288") "<w:outlineLvl w:val=\"0\"/>",
		SANS "<w:b/>" SIZE("28") },
	{ "Heading2", "heading 2",
		"<w:keepNext/><w:keepLines/>" SPACE(
			"320", "100", "288") "<w:outlineLvl w:val=\"1\"/>",
		SANS "<w:b/>" SIZE("23") },
	{ "Heading3", "heading 3",
		"<w:keepNext/><w:keepLines/>" SPACE(
			"220", "60", "288") "<w:outlineLvl w:val=\"2\"/>",
		SANS "<w:b/><w:color w:val=\"4F5762\"/>" SIZE("20") },
	{ "Body", "Body Text", SPACE("60", "60", "320"), "" },
	{ "Statement", "Statement", SPACE("80", "140", "312"),
		"<w:b/>" SIZE("23") },
	{ "Note", "Note",
		LEFT_BAR("4F5762") FILL("F6F7F9") SPACE("100", "100", "300"),
		SIZE("20") },
	{ "Warning", "Warning Note",
		LEFT_BAR("9B1515") FILL("F6F7F9") SPACE("100", "100", "300"),
		SIZE("20") },
	{ "Small", "Small Text", SPACE("20", "60", "276"),
		SANS "<w:color w:val=\"4F5762\"/>" SIZE("16") },
	{ "Quotation", "Quotation",
		LEFT_BAR("B98A00") FILL("FFFAF0")
			SPACE("100", "20", "312") "<w:ind "
						  "w:left=\"170"
						  "\"/>",
		"" },
	{ "Counter", "Counter Quotation",
		LEFT_BAR("2F7D4B") FILL("F3F9F5")
			SPACE("100", "20", "312") "<w:ind "
						  "w:left=\"170"
						  "\"/>",
		"" },
	{ "Place", "Place of Quotation", SPACE("0", "140", "276"),
		SANS "<w:color w:val=\"4F5762\"/>" SIZE("16") },
	{ "Provision", "Provision",
		LEFT_BAR("123F70") FILL("F2F6FB")
			SPACE("100", "40", "312") "<w:ind "
						  "w:left=\"170"
						  "\"/>",
		"" },
	{ "Bullet", "List Bullet",
		"<w:numPr><w:numId w:val=\"1\"/></w:numPr>" SPACE(
			"20", "20", "300") "<w:ind w:left=\"360\" "
					   "w:hanging=\"240\"/>",
		"" },
	{ "Numbered", "List Number",
		SPACE("30", "30", "300") "<w:ind w:left=\"360\" "
					 "w:hanging=\"360\"/>",
		"" },
	{ "Command", "Command", FILL("F6F7F9") SPACE("60", "60", "264"),
		MONO SIZE("17") },
	{ "Clause", "Clause",
		SPACE("10", "10", "280") "<w:ind w:left=\"900\" "
					 "w:hanging=\"900\"/>",
		SIZE("18") },
	{ "Label", "Label", "<w:keepNext/>" SPACE("180", "40", "276"),
		SANS "<w:b/>" SIZE("19") },
	{ "TableCaption", "Table Caption",
		"<w:keepNext/>" SPACE("140", "40", "276"),
		SANS "<w:color w:val=\"4F5762\"/>" SIZE("17") },
	{ "AfterTable", "After Table", SPACE("0", "0", "160"), SIZE("8") },
	{ "Cell", "Table Cell", SPACE("20", "20", "270"), SIZE("17") },
	{ "CellHead", "Table Cell Head", SPACE("20", "20", "270"),
		SANS "<w:color w:val=\"3B424B\"/>" SIZE("16") },
	{ "Header", "header",
		"<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"2\" "
		"w:color=\"C9CED6\"/></w:pBdr>",
		SANS "<w:color w:val=\"4F5762\"/>" SIZE("16") },
	{ "Footer", "footer", "<w:jc w:val=\"center\"/>",
		SANS "<w:color w:val=\"4F5762\"/>" SIZE("16") },
};

static const char *const characters[][2] = {
	{ "Strong", "<w:b/>" },
	{ "Soft", "<w:color w:val=\"4F5762\"/>" },
	{ "Code", MONO "<w:sz w:val=\"17\"/>" },
	{ "Marked", FILL("FFE89A") },
	{ "MarkedOff", FILL("CFE9D8") },
	{ "Good", "<w:b/><w:color w:val=\"175A2D\"/>" },
	{ "Amber", "<w:b/><w:color w:val=\"704700\"/>" },
	{ "Red", "<w:b/><w:color w:val=\"9B1515\"/>" },
	{ "Hyperlink", "<w:color w:val=\"123F70\"/><w:u w:val=\"single\"/>" },
};

#define EDGE(side)                                                             \
	"<w:" side " w:val=\"single\" w:sz=\"4\" w:space=\"0\" "               \
	"w:color=\"C9CED6\"/>"

void
fa_docx_styles(struct fa_buf *out, enum fa_lang lang)
{
	fa_buf_addf(out,
		FA_DOCX_HEAD
		"<w:styles xmlns:w=\"" FA_DOCX_MAIN "\"><w:docDefaults>"
		"<w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" "
		"w:hAnsi=\"Times New Roman\" w:eastAsia=\"宋体\" "
		"w:cs=\"Times New Roman\"/>" SIZE(
			"21") "<w:lang w:val=\"%s\" w:eastAsia=\"zh-CN\" "
			      "w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>"
			      "<w:pPrDefault/></w:docDefaults>"
			      "<w:style w:type=\"paragraph\" w:default=\"1\" "
			      "w:styleId=\"Normal\"><w:name "
			      "w:val=\"Normal\"/></w:style>",
		lang == FA_LANG_ZH ? "zh-CN" : "en-US");
	for (size_t i = 0; i < FA_COUNT(paragraphs); i++)
		fa_buf_addf(out,
			"<w:style w:type=\"paragraph\" w:styleId=\"%s\">"
			"<w:name w:val=\"%s\"/><w:basedOn w:val=\"Normal\"/>"
			"<w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr>"
			"</w:style>\n",
			paragraphs[i].id, paragraphs[i].name,
			paragraphs[i].properties, paragraphs[i].text);
	for (size_t i = 0; i < FA_COUNT(characters); i++)
		fa_buf_addf(out,
			"<w:style w:type=\"character\" w:styleId=\"%s\">"
			"<w:name w:val=\"%s\"/><w:rPr>%s</w:rPr></w:style>\n",
			characters[i][0], characters[i][0], characters[i][1]);
	fa_buf_adds(out,
		"<w:style w:type=\"table\" w:styleId=\"Ruled\"><w:name "
		"w:val=\"Ruled\"/><w:tblPr><w:tblBorders>" EDGE("top") EDGE(
			"left") EDGE("bottom") EDGE("right") EDGE("insideH")
			EDGE("insideV") "</w:tblBorders><w:tblCellMar><w:left "
					"w:w=\"85\" w:type=\"dxa\"/><w:right "
					"w:w=\"85\" w:type=\"dxa\"/>"
					"</w:tblCellMar></w:tblPr></w:style>"
					"</w:styles>\n");
}

void
fa_docx_bullets(struct fa_buf *out)
{
	fa_buf_adds(out,
		FA_DOCX_HEAD
		"<w:numbering xmlns:w=\"" FA_DOCX_MAIN "\">"
		"<w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType "
		"w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start "
		"w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:pStyle "
		"w:val=\"Bullet\"/><w:lvlText w:val=\"•\"/><w:lvlJc "
		"w:val=\"left\"/><w:pPr><w:ind w:left=\"360\" "
		"w:hanging=\"240\"/></w:pPr><w:rPr><w:rFonts "
		"w:ascii=\"Arial\" w:hAnsi=\"Arial\" "
		"w:cs=\"Arial\"/></w:rPr></w:lvl></w:abstractNum>"
		"<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
		"</w:numbering>\n");
}
