/* Passages of documents and flows in JSON and NDJSON: most of what such a
 * report says. Its memo has to be there. */
#ifndef FA_REPORT_JSON_PASSAGE_H
#define FA_REPORT_JSON_PASSAGE_H

#include "report/common.h"

/* The members of a passage of res. */
void fa_report_json_passage(struct fa_jw *w, const struct fa_report *r,
	const struct fa_result *res, const struct fa_evidence *e);
/* A member of that name with n of them. */
void fa_report_json_passages(struct fa_jw *w, const char *key,
	const struct fa_report *r, const struct fa_result *res,
	const struct fa_evidence *e, size_t n);

#endif
