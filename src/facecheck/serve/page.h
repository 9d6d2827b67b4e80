/* Pages as data. A template is HTML with marks in double square brackets:
 *
 *   [[=name]]         a value, escaped
 *   [[#name]]         a value that is HTML, escaped by who made it
 *   [[+name]]         another template of the list (fragments, FC_PAGE_DEPTH)
 *   [[?a,b]] ... [[/]]  the middle when flag a or b is up
 *   [[!a,b]] ... [[/]]  ... when neither is
 *   [[@/path]]        begins a form that is posted to path, with its token
 *   [[*event label]]  a form of one button that posts event to /act
 *
 * Flags are names: of the case that is served (case.h) and of what is true of
 * the session. Nothing else decides what a page says, so that a page differs
 * from the reference exactly where its template names a case. */
#ifndef FC_SERVE_PAGE_H
#define FC_SERVE_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define FC_PAGE_DEPTH 8            /* fragments in fragments, ifs in ifs */
#define FC_PAGE_BYTES (256u << 10) /* of one page, at most */
#define FC_PAGE_FLAGS 16
#define FC_PAGE_VALUES 16

struct fc_page {
	const char *name;  /* "ask" */
	const char *title; /* may hold marks; NULL: a fragment */
	const char *html;
};

struct fc_page_group {
	const struct fc_page *pages;
	size_t n;
};

struct fc_value {
	const char *name;
	struct fa_str text;
};

struct fc_view {
	const char *flags[FC_PAGE_FLAGS]; /* constants */
	size_t flags_n;
	struct fc_value values[FC_PAGE_VALUES];
	size_t values_n;
	struct fa_str token; /* of forms */
};

/* More than fit are our own mistake. */
void fc_view_flag(struct fc_view *v, const char *flag);
void fc_view_value(struct fc_view *v, const char *name, struct fa_str text);

/* A page or fragment by its name, or NULL. */
const struct fc_page *fc_page_find(struct fa_str name);
/* All of them, group by group, for tests; NULL after the last. */
const struct fc_page_group *fc_page_group(size_t i);

/* Appends what the template says. FA_E_INPUT for a mark that is none, or a
 * name that is unknown: a mistake of ours, found by the tests. */
FA_MUST_CHECK int fc_page_expand(struct fa_buf *out, const char *html,
	const struct fc_view *v, struct fa_err *err);
/* A whole document around the page. */
FA_MUST_CHECK int fc_page_write(struct fa_buf *out, const struct fc_page *p,
	const struct fc_view *v, struct fa_err *err);
/* Text for HTML: & < > " ' are escaped. */
void fc_page_escape(struct fa_buf *out, struct fa_str s);

extern const struct fc_page_group fc_pages_service, fc_pages_verify,
	fc_pages_other, fc_pages_rights, fc_pages_documents, fc_pages_notice;
extern const char fc_style_css[], fc_camera_js[];

#endif
