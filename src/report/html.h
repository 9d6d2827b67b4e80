/* Parts of the HTML writer: words, style, and the article of one document.
 * All text goes through fa_html_text, which escapes it. */
#ifndef FA_REPORT_HTML_H
#define FA_REPORT_HTML_H

#include "report/common.h"
#include "report/drawing.h"
#include "report/label.h"

enum fa_html_word {
	FA_HTML_TITLE,
	FA_HTML_CAVEAT,
	FA_HTML_SKIP,
	FA_HTML_CONTENTS,
	FA_HTML_SUMMARY,
	FA_HTML_CAPTION,
	FA_HTML_DOCUMENT,
	FA_HTML_TOOL,
	FA_HTML_BUNDLE,
	FA_HTML_AS_OF,
	FA_HTML_GENERATED,
	FA_HTML_FAIL_ON,
	FA_HTML_DOC_TITLE,
	FA_HTML_SIZE,
	FA_HTML_BYTES,
	FA_HTML_ENCODING,
	FA_HTML_FORMAT,
	FA_HTML_BAD_BYTES,
	FA_HTML_VECTOR,
	FA_HTML_INTERVAL,
	FA_HTML_TO, /* between the ends of an interval */
	FA_HTML_SCOPES,
	FA_HTML_RULE,
	FA_HTML_BOUND,
	FA_HTML_UNMEASURED,
	FA_HTML_RAW,
	FA_HTML_NOTHING,
	FA_HTML_MET,
	FA_HTML_NOT_APPLICABLE,
	FA_HTML_OBLIGATION,
	FA_HTML_PLACE,
	FA_HTML_METHOD,
	FA_HTML_MEASURED_ON,
	FA_HTML_LEDGER_NOTE,
	FA_HTML_PARAGRAPH,
	FA_HTML_SUBJECT,
	FA_HTML_STATUS,
	FA_HTML_ASK,
	FA_HTML_WORDS
};
const char *fa_html_word(enum fa_lang lang, enum fa_html_word w);
/* Paragraphs of the note on method, NULL behind the last. */
const char *const *fa_html_method(enum fa_lang lang);
/* The style sheet shared by all pages, without <style>. */
void fa_html_page_style(struct fa_buf *out);

/* A page up to and with <title>: no scripts, nothing fetched. */
void fa_html_page_begin(struct fa_buf *out, enum fa_lang lang);
/* Escaped for text and for quoted attributes; hidden characters visible.
 * lines keeps line ends and tabs. */
void fa_html_text(struct fa_buf *out, struct fa_str s, bool lines);
/* <dt>word</dt><dd>text</dd>; nothing when the text is empty. */
void fa_html_pair(struct fa_buf *out, const char *term, struct fa_str s,
	const char *css_class);
/* The badge of a grade. */
void fa_html_grade(struct fa_buf *out, char grade);

/* The article of document number (from 1). */
FA_MUST_CHECK int fa_html_article(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, size_t number, struct fa_err *err);
/* One finding with all its evidence; d is the drawing of a flow, or NULL. */
void fa_html_finding(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, const struct fa_drawing *d,
	const struct fa_finding *f, size_t number);
/* The drawing of the flow of res, with the ways of its breaches in colour;
 * lives in a, in res and in prefix. */
FA_MUST_CHECK int fa_html_drawing(struct fa_drawing *d,
	const struct fa_report *r, const struct fa_result *res,
	const char *prefix, struct fa_arena *a, struct fa_err *err);
/* What was recorded and what was not, and the drawing. */
void fa_html_flow(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, const struct fa_drawing *d, size_t number);
/* Where on which screen e is, and the taps that lead there. */
void fa_html_flow_place(struct fa_buf *out, const struct fa_report *r,
	const struct fa_flow *f, const struct fa_evidence *e);
/* The section on what the rules cover; nothing when they have no ledger. */
void fa_html_ledger(struct fa_buf *out, const struct fa_report *r);
/* A passage in its context with its place. */
void fa_html_passage(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res, const struct fa_evidence *e,
	const char *css_class);

#endif
