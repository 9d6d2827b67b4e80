#include "read/read.h"

#include "base/utf8.h"
#include "read/build.h"
#include "read/enc.h"
#include "read/extract.h"
#include "read/format.h"
#include "read/html_extract.h"
#include "read/pdf.h"
#include "read/source.h"
#include "read/word.h"

#define TITLE_BYTES 512 /* longest title that is kept */

struct reading {
	struct fa_source src;
	struct fa_build *b;
	struct fa_buf title;
	bool too_deep, markdown_as_text;
	enum fa_format made; /* DOCX or PDF, when the text is made of one */
	struct fa_word word;
};

static void
done(struct reading *r)
{
	fa_source_done(&r->src);
	fa_buf_done(&r->title);
	if (r->b != NULL)
		fa_build_done(r->b);
}

/* Keeps what was written of a title. One that is too long is cut; one that is
 * lost for want of memory is not passed over. */
static int
keep_title(struct fa_str *kept, const struct fa_buf *b, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_str s = fa_str_trim(fa_buf_str(b));

	*kept = s.n > 0 ? fa_arena_dup(a, s) : FA_STR_NONE;
	if (b->rc == FA_E_NOMEM || (s.n > 0 && kept->p == NULL))
		return fa_fail(err, FA_E_NOMEM, "out of memory for the title");
	return FA_OK;
}

/* The text of <title> on one line. */
static int
one_line(struct fa_str *kept, const struct fa_buf *title, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_str s = fa_str_trim(fa_buf_str(title));
	struct fa_buf out;
	int rc;

	fa_buf_init(&out, TITLE_BYTES);
	out.rc = title->rc == FA_E_NOMEM ? FA_E_NOMEM : FA_OK;
	while (s.n > 0) {
		uint32_t cp;
		size_t n = fa_utf8_next(s, &cp);

		s = fa_str_sub(s, n, s.n);
		if (fa_rune_is_space(cp)) {
			if (out.n > 0 && out.p[out.n - 1] != ' ')
				fa_buf_addc(&out, ' ');
		} else if (!fa_rune_is_ignorable(cp)) {
			fa_buf_add_rune(&out, cp);
		}
	}
	rc = keep_title(kept, &out, a, err);
	fa_buf_done(&out);
	return rc;
}

static int
first_heading(struct fa_str *kept, const struct fa_doc *doc, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_buf out;
	int rc = FA_OK;

	*kept = FA_STR_NONE;
	for (size_t i = 0; i < doc->blocks_n; i++) {
		if (doc->blocks[i].kind != FA_BLOCK_HEADING)
			continue;
		fa_buf_init(&out, TITLE_BYTES);
		fa_read_visible(doc, doc->blocks[i].text, &out);
		rc = keep_title(kept, &out, a, err);
		fa_buf_done(&out);
		break;
	}
	return rc;
}

static int
extract_html(struct reading *r, struct fa_err *err)
{
	struct fa_html *html = fa_html_new(r->b, &r->title);
	int rc;

	if (html == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for HTML");
	rc = fa_html_extract(html, 0, r->src.text.n, err);
	r->too_deep = html->too_deep;
	return rc;
}

static int
extract(struct reading *r, enum fa_format format, struct fa_err *err)
{
	r->b->han_is_prose = true;
	if (r->made == FA_FORMAT_DOCX) {
		fa_word_build(r->b, &r->word);
		return FA_OK;
	}
	if (r->made == FA_FORMAT_PDF)
		return fa_text_extract_pages(r->b, err);
	if (format == FA_FORMAT_HTML)
		return extract_html(r, err);
	if (format == FA_FORMAT_MARKDOWN &&
		r->src.text.n <= FA_MARKDOWN_MAX_BYTES)
		return fa_markdown_extract(r->b, &r->too_deep, &r->title, err);
	r->markdown_as_text = format == FA_FORMAT_MARKDOWN;
	if (fa_extractors[format] != NULL)
		return fa_extractors[format](r->b, err);
	return fa_text_extract(r->b, err);
}

static struct fa_str
notice_of(const struct reading *r)
{
	if (r->b->truncated)
		return FA_STR("too many blocks or links: the last blocks are "
			      "joined, the last links left out");
	if (r->markdown_as_text)
		return FA_STR("too long for Markdown: read as plain text");
	if (r->b->complaint.p != NULL)
		return r->b->complaint;
	if (r->too_deep)
		return FA_STR("elements are nested too deeply: hidden text "
			      "and structure may be taken wrongly");
	return FA_STR_NONE;
}

static int
read_as(struct fa_doc *doc, struct reading *r, const struct fa_read_opts *opts,
	struct fa_enc_pick pick, struct fa_arena *a, struct fa_err *err)
{
	enum fa_format format =
		r->made != FA_FORMAT_AUTO ? r->made : opts->format;
	bool paged = opts->paged && r->made == FA_FORMAT_AUTO;
	int rc = fa_source_init(&r->src, doc->raw, pick, paged, a, err);

	if (rc < 0)
		return rc;
	if (format == FA_FORMAT_AUTO)
		format = fa_format_find(opts->name, r->src.text);
	r->b = fa_arena_new(a, 1, sizeof(*r->b));
	if (r->b == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for the text");
	fa_build_init(r->b, &r->src, a);
	rc = extract(r, format, err);
	if (rc < 0)
		return rc;
	doc->encoding = pick.encoding;
	doc->format = format;
	doc->bad_bytes = r->src.bad_bytes;
	doc->notice = notice_of(r);
	doc->partial = r->b->partial || r->b->truncated || r->too_deep;
	rc = fa_build_finish(r->b, doc, err);
	if (rc < 0)
		return rc;
	rc = one_line(&doc->title, &r->title, a, err);
	if (rc == FA_OK && doc->title.p == NULL)
		rc = first_heading(&doc->title, doc, a, err);
	doc->aside = fa_format_is_aside(opts->name, doc->title);
	return rc;
}

/* Makes the text of a DOCX or PDF, which becomes the raw of the document. */
static int
make(struct reading *r, struct fa_doc *doc, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_str text;
	int rc;

	if (fa_pdf_is(doc->raw)) {
		r->made = FA_FORMAT_PDF;
		doc->derived = FA_STR("text of the pages, by pdftotext -raw");
		rc = fa_pdf_text(&text, doc->raw, a, err);
	} else if (fa_word_is_zip(doc->raw)) {
		r->made = FA_FORMAT_DOCX;
		doc->derived = FA_STR("paragraphs of the document of Word");
		rc = fa_word_read(&r->word, doc->raw, a, err);
		text = r->word.text;
	} else {
		return FA_OK;
	}
	if (rc == FA_OK)
		doc->raw = text;
	return rc;
}

/* A message of make names no document. */
static int
name_failure(struct fa_str name, int rc, struct fa_err *err)
{
	struct fa_err why = *err;

	return fa_fail(err, rc, "%.*s: %s", FA_STR_ARG(name), why.msg);
}

static int
refuse_binary(const struct fa_doc *doc, const struct fa_read_opts *opts,
	struct fa_err *err)
{
	enum fa_encoding e;
	bool wide = opts->charset.p != NULL &&
		fa_enc_by_label(opts->charset, &e) &&
		(e == FA_ENC_UTF16LE || e == FA_ENC_UTF16BE);
	const char *binary = fa_format_binary(doc->raw, wide);

	if (binary == NULL)
		return FA_OK;
	if (opts->derive && fa_str_starts(doc->raw, FA_STR("\xd0\xcf\x11\xe0")))
		return fa_fail(err, FA_E_UNSUPPORTED,
			"%.*s: this looks like %s (.doc), or one with a "
			"password; save it as .docx without a password",
			FA_STR_ARG(opts->name), binary);
	return fa_fail(err, FA_E_UNSUPPORTED,
		"%.*s: this looks like %s; faceaudit reads HTML, Markdown, "
		"plain text%s",
		FA_STR_ARG(opts->name), binary,
		opts->derive ? ", strings, sources, DOCX and PDF"
			     : ", strings and sources");
}

int
fa_read(struct fa_doc *out, struct fa_str raw, const struct fa_read_opts *opts,
	struct fa_arena *a, struct fa_err *err)
{
	FA_CLEANUP(done) struct reading r = { .b = NULL };
	struct fa_doc doc = { .name = opts->name, .raw = raw };
	struct fa_enc_pick pick = { .encoding = FA_ENC_UTF8 };
	int rc = FA_OK;

	if (raw.n > FA_DOC_MAX_BYTES) {
		return fa_fail(err, FA_E_LIMIT,
			"%.*s: document is %zu bytes, limit %u",
			FA_STR_ARG(opts->name), raw.n, FA_DOC_MAX_BYTES);
	}
	fa_buf_init(&r.title, FA_HTML_TITLE_BYTES);
	if (opts->derive)
		rc = make(&r, &doc, a, err);
	if (rc < 0)
		return name_failure(opts->name, rc, err);
	if (r.made == FA_FORMAT_AUTO) {
		rc = refuse_binary(&doc, opts, err);
		if (rc == FA_OK)
			rc = fa_enc_detect(&pick, raw, opts->charset, err);
	}
	if (rc == FA_OK)
		rc = read_as(&doc, &r, opts, pick, a, err);
	if (rc == FA_OK)
		*out = doc;
	return rc;
}
