/* The files around the body of a DOCX: ECMA-376 part 2 (packages) and part 1,
 * 11.3 (parts). Times and names come from the caller, so that the same report
 * gives the same bytes. */
#include "report/paper.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "report/paper_docx.h"
#include "report/picture.h"

#define NAME_BYTES 40
#define PART_BYTES ((size_t)4 << 20)
#define BODY_BYTES ((size_t)256 << 20)

static const char namespaces[] =
	" xmlns:w=\"" FA_DOCX_MAIN "\" xmlns:r=\"" FA_DOCX_REL "\""
	" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/"
	"wordprocessingDrawing\""
	" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
	" xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/"
	"picture\""
	" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/"
	"2006\""
	" xmlns:wpg=\"http://schemas.microsoft.com/office/word/2010/"
	"wordprocessingGroup\""
	" xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/"
	"wordprocessingShape\"";

struct parts {
	struct fa_paper_parts *out;
	const struct fa_paper *p;
	const struct fa_paper_frame *f;
	struct fa_arena *a;
	struct fa_buf part; /* the one being written */
};

static int
keep(struct parts *x, const char *name, struct fa_err *err)
{
	int rc = fa_buf_rc(&x->part, name, err);
	struct fa_str bytes;

	if (rc < 0)
		return rc;
	bytes = fa_arena_dup(x->a, fa_buf_str(&x->part));
	fa_buf_reset(&x->part);
	if (bytes.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for %s", name);
	x->out->at[x->out->n++] =
		(struct fa_paper_part){ .name = name, .bytes = bytes };
	return FA_OK;
}

static int
put_types(struct parts *x, struct fa_err *err)
{
	fa_buf_adds(&x->part,
		FA_DOCX_HEAD
		"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/"
		"content-types\"><Default Extension=\"rels\" ContentType=\""
		"application/vnd.openxmlformats-package.relationships+xml\"/>"
		"<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
		"<Default Extension=\"png\" ContentType=\"image/png\"/>"
		"<Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/>");
#define PART(name, kind)                                                       \
	"<Override PartName=\"" name "\" ContentType=\"application/vnd."       \
	"openxmlformats-" kind "+xml\"/>"
	fa_buf_adds(&x->part,
		PART("/word/document.xml",
			"officedocument.wordprocessingml.document.main")
			PART("/word/styles.xml",
				"officedocument.wordprocessingml.styles")
				PART("/word/settings.xml",
					"officedocument.wordprocessingml."
					"settings") PART("/word/numbering.xml",
					"officedocument."
					"wordprocessingml.numbering"));
	fa_buf_adds(&x->part,
		PART("/word/header1.xml",
			"officedocument.wordprocessingml.header")
			PART("/word/footer1.xml",
				"officedocument.wordprocessingml.footer")
				PART("/docProps/core.xml",
					"package.core-properties") "</Types>");
#undef PART
	return keep(x, "[Content_Types].xml", err);
}

static int
put_root(struct parts *x, struct fa_err *err)
{
	fa_buf_adds(&x->part,
		FA_DOCX_HEAD
		"<Relationships xmlns=\"http://schemas.openxmlformats.org/"
		"package/2006/relationships\"><Relationship Id=\"rId1\" "
		"Type=\"" FA_DOCX_REL "/officeDocument\" "
		"Target=\"word/document.xml\"/><Relationship Id=\"rId2\" "
		"Type=\"http://schemas.openxmlformats.org/package/2006/"
		"relationships/metadata/core-properties\" "
		"Target=\"docProps/core.xml\"/></Relationships>");
	return keep(x, "_rels/.rels", err);
}

static const char *
media_name(char name[NAME_BYTES], unsigned number, struct fa_str bytes)
{
	struct fa_picture is;
	bool png = fa_picture_read(&is, bytes) &&
		strcmp(is.media, "image/png") == 0;

	(void)snprintf(name, NAME_BYTES, "word/media/image%u.%s", number,
		png ? "png" : "jpeg");
	return name;
}

static int
put_rels(struct parts *x, struct fa_err *err)
{
	static const char *const own[] = { "styles", "settings", "header",
		"footer", "numbering" };
	static const char *const file[] = { "styles.xml", "settings.xml",
		"header1.xml", "footer1.xml", "numbering.xml" };
	char name[NAME_BYTES];

	fa_buf_adds(&x->part,
		FA_DOCX_HEAD
		"<Relationships xmlns=\"http://schemas.openxmlformats.org/"
		"package/2006/relationships\">");
	for (size_t i = 0; i < FA_COUNT(own); i++)
		fa_buf_addf(&x->part,
			"<Relationship Id=\"rId%zu\" Type=\"" FA_DOCX_REL
			"/%s\" Target=\"%s\"/>",
			i + 1, own[i], file[i]);
	for (unsigned i = 0; i < x->p->pictures; i++)
		fa_buf_addf(&x->part,
			"<Relationship Id=\"rIdP%u\" Type=\"" FA_DOCX_REL
			"/image\" Target=\"%s\"/>",
			i + 1,
			media_name(name, i + 1, x->p->kept[i].bytes) +
				strlen("word/"));
	for (unsigned i = 0; i < x->p->links_n; i++) {
		fa_buf_addf(&x->part,
			"<Relationship Id=\"rIdL%u\" Type=\"" FA_DOCX_REL
			"/hyperlink\" TargetMode=\"External\" Target=\"",
			i + 1);
		fa_paper_escape(&x->part, x->p->links[i]);
		fa_buf_adds(&x->part, "\"/>");
	}
	fa_buf_adds(&x->part, "</Relationships>");
	return keep(x, "word/_rels/document.xml.rels", err);
}

static int
put_document(struct parts *x, struct fa_str body, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf all;
	struct fa_str bytes;
	int rc;

	fa_buf_init(&all, BODY_BYTES);
	fa_buf_addf(&all, FA_DOCX_HEAD "<w:document%s><w:body>\n", namespaces);
	fa_buf_add(&all, body);
	/* A4, 18 mm at the sides. */
	fa_buf_adds(&all,
		"<w:sectPr><w:headerReference w:type=\"default\" "
		"r:id=\"rId3\"/><w:footerReference w:type=\"default\" "
		"r:id=\"rId4\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
		"<w:pgMar w:top=\"1247\" w:right=\"1020\" w:bottom=\"1134\" "
		"w:left=\"1020\" w:header=\"624\" w:footer=\"567\" "
		"w:gutter=\"0\"/></w:sectPr></w:body></w:document>\n");
	rc = fa_buf_rc(&all, "word/document.xml", err);
	if (rc < 0)
		return rc;
	bytes = fa_arena_dup(x->a, fa_buf_str(&all));
	if (bytes.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a document");
	x->out->at[x->out->n++] =
		(struct fa_paper_part){ .name = "word/document.xml",
			.bytes = bytes };
	return FA_OK;
}

static void
put_field(struct fa_buf *out, const char *code)
{
	fa_buf_addf(out,
		"<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r>"
		"<w:instrText xml:space=\"preserve\"> %s </w:instrText></w:r>"
		"<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r>"
		"<w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/>"
		"</w:r>",
		code);
}

static int
put_edges(struct parts *x, struct fa_err *err)
{
	bool zh = x->p->lang == FA_LANG_ZH;
	int rc;

	fa_buf_addf(&x->part,
		FA_DOCX_HEAD "<w:hdr%s><w:p><w:pPr><w:pStyle "
			     "w:val=\"Header\"/></w:pPr><w:r><w:t "
			     "xml:space=\"preserve\">",
		namespaces);
	fa_paper_escape(&x->part, x->f->head);
	fa_buf_adds(&x->part, "</w:t></w:r></w:p></w:hdr>");
	rc = keep(x, "word/header1.xml", err);
	if (rc < 0)
		return rc;
	fa_buf_addf(&x->part,
		FA_DOCX_HEAD "<w:ftr%s><w:p><w:pPr><w:pStyle "
			     "w:val=\"Footer\"/></w:pPr><w:r><w:t "
			     "xml:space=\"preserve\">%s</w:t></w:r>",
		namespaces, zh ? "第 " : "Page ");
	put_field(&x->part, "PAGE");
	fa_buf_addf(&x->part, "<w:r><w:t xml:space=\"preserve\">%s</w:t></w:r>",
		zh ? " 页，共 " : " of ");
	put_field(&x->part, "NUMPAGES");
	fa_buf_addf(&x->part,
		"<w:r><w:t xml:space=\"preserve\">%s</w:t></w:r></w:p>"
		"</w:ftr>",
		zh ? " 页" : "");
	return keep(x, "word/footer1.xml", err);
}

static int
put_core(struct parts *x, struct fa_err *err)
{
	char at[FA_TIME_BYTES];

	fa_buf_adds(&x->part,
		FA_DOCX_HEAD
		"<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats."
		"org/package/2006/metadata/core-properties\" xmlns:dc=\""
		"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\""
		"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/"
		"2001/XMLSchema-instance\"><dc:title>");
	fa_paper_escape(&x->part, x->f->title);
	fa_buf_adds(&x->part, "</dc:title><dc:creator>");
	fa_paper_escape(&x->part, x->f->maker);
	fa_buf_addf(&x->part, "</dc:creator><dc:language>%s</dc:language>",
		x->p->lang == FA_LANG_ZH ? "zh-CN" : "en");
	if (x->f->made_us > 0) {
		/* W3CDTF without fractions. */
		fa_time_format(x->f->made_us / 1000, at);
		fa_buf_addf(&x->part,
			"<dcterms:created xsi:type=\"dcterms:W3CDTF\">%.19sZ"
			"</dcterms:created>",
			at);
	}
	fa_buf_adds(&x->part, "</cp:coreProperties>");
	return keep(x, "docProps/core.xml", err);
}

static int
put_settings(struct parts *x, struct fa_err *err)
{
	fa_buf_addf(&x->part,
		FA_DOCX_HEAD
		"<w:settings xmlns:w=\"" FA_DOCX_MAIN "\"><w:defaultTabStop "
		"w:val=\"420\"/><w:characterSpacingControl "
		"w:val=\"compressPunctuation\"/><w:compat><w:compatSetting "
		"w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft."
		"com/office/word\" w:val=\"15\"/></w:compat><w:themeFontLang "
		"w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>");
	return keep(x, "word/settings.xml", err);
}

static int
put_media(struct parts *x, struct fa_err *err)
{
	for (unsigned i = 0; i < x->p->pictures; i++) {
		char *name = fa_arena_new(x->a, NAME_BYTES, 1);

		if (name == NULL)
			return fa_fail(err, FA_E_NOMEM,
				"no memory for a "
				"document");
		x->out->at[x->out->n++] = (struct fa_paper_part){
			.name = media_name(name, i + 1, x->p->kept[i].bytes),
			.bytes = x->p->kept[i].bytes,
			.packed = true
		};
	}
	return FA_OK;
}

int
fa_paper_docx_parts(struct fa_paper_parts *out, const struct fa_paper *p,
	const struct fa_paper_frame *f, struct fa_str body, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_paper_parts made = { 0 };
	struct parts x = { .out = &made, .p = p, .f = f, .a = a };
	int rc;

	if (p->failed)
		return fa_fail(err, FA_E_NOMEM, "no memory for a document");
	made.at = fa_arena_new(a, (size_t)p->pictures + 12, sizeof(*made.at));
	if (made.at == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a document");
	fa_buf_init(&x.part, PART_BYTES);
	rc = put_types(&x, err);
	if (rc == FA_OK)
		rc = put_root(&x, err);
	if (rc == FA_OK)
		rc = put_document(&x, body, err);
	if (rc == FA_OK)
		rc = put_rels(&x, err);
	if (rc == FA_OK) {
		fa_docx_styles(&x.part, p->lang);
		rc = keep(&x, "word/styles.xml", err);
	}
	if (rc == FA_OK) {
		fa_docx_bullets(&x.part);
		rc = keep(&x, "word/numbering.xml", err);
	}
	if (rc == FA_OK)
		rc = put_settings(&x, err);
	if (rc == FA_OK)
		rc = put_edges(&x, err);
	if (rc == FA_OK)
		rc = put_core(&x, err);
	if (rc == FA_OK)
		rc = put_media(&x, err);
	fa_buf_done(&x.part);
	if (rc == FA_OK)
		*out = made;
	return rc;
}
