/* Findings that a project accepts, and what is wrong with its waivers, for all
 * writers. What is appended holds text of others (reasons, paths, rule ids):
 * each writer escapes it like any other. */
#ifndef FA_REPORT_WAIVED_H
#define FA_REPORT_WAIVED_H

#include "base/json.h"
#include "report/report.h"
#include "report/wrap.h"

/* "inline comment", "configuration", "baseline" */
const char *fa_report_waiver_kind(enum fa_lang lang, enum fa_waiver_kind k);
/* Where it is written: "app.md:12"; nothing when that is not known. */
void fa_report_waiver_place(struct fa_buf *out, const struct fa_waiver *w);
/* "inline comment app.md:12: tested abroad; until 2026-12-31". */
void fa_report_waiver(
	struct fa_buf *out, const struct fa_waiver *w, enum fa_lang lang);
/* What is wrong: "the waiver has expired (2026-01-01)" and the rule. */
void fa_report_note(
	struct fa_buf *out, const struct fa_waiver_note *n, enum fa_lang lang);
/* The id under which a fault is reported: "waiver-expired". */
const char *fa_report_note_id(enum fa_waiver_fault f);

/* The key "waiver" with its object, or null for NULL. */
void fa_report_json_waiver(struct fa_jw *w, const struct fa_waiver *v);
/* The key "waiver_notes" with an array. */
void fa_report_json_notes(
	struct fa_jw *w, const struct fa_report_totals *t, enum fa_lang lang);

/* The waived findings of a document, wrapped; nothing when there are none. */
void fa_report_text_waived(struct fa_wrap *w, const struct fa_report *r,
	const struct fa_result *res);
void fa_report_text_notes(struct fa_wrap *w, const struct fa_report *r,
	const struct fa_report_totals *t);
/* The same for a page; how many there are. */
size_t fa_report_html_waived(struct fa_buf *out, const struct fa_report *r,
	const struct fa_result *res);
void fa_report_html_notes(struct fa_buf *out, const struct fa_report *r,
	const struct fa_report_totals *t);

#endif
