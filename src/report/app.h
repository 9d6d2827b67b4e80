/* What holds for all documents of an app together, for text, JSON and HTML. */
#ifndef FA_REPORT_APP_H
#define FA_REPORT_APP_H

#include "base/json.h"
#include "report/report.h"
#include "report/wrap.h"

/* The members of the "app" object: name, verdict of each obligation that
 * applies, and the contradictions between documents. */
void fa_report_app_json(
	struct fa_jw *w, const struct fa_report *r, const struct fa_app *app);
/* Counts and contradictions, wrapped. */
void fa_report_app_text(
	struct fa_wrap *w, const struct fa_report *r, const struct fa_app *app);
/* A section of the page; nothing when app is NULL. */
void fa_report_app_html(struct fa_buf *out, const struct fa_report *r,
	const struct fa_app *app);

#endif
