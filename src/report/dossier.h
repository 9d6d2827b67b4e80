/* The lawyer's report on one case: what model/dossier.h holds, laid out once
 * (dossier_*.c) and given the form of one HTML file or of the parts of a DOCX
 * file; and the same facts as JSON. */
#ifndef FA_REPORT_DOSSIER_H
#define FA_REPORT_DOSSIER_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/dossier.h"
#include "report/paper.h"

#define FA_DOSSIER_BYTES ((size_t)256 << 20) /* of one report in memory */

/* Appends the report as one HTML file: nothing is fetched, nothing runs. a is
 * for work. */
FA_MUST_CHECK int fa_dossier_html(struct fa_buf *out,
	const struct fa_dossier *d, struct fa_arena *a, struct fa_err *err);
/* The files of the report as DOCX; they live in a, and its pictures in d. */
FA_MUST_CHECK int fa_dossier_docx(struct fa_paper_parts *out,
	const struct fa_dossier *d, struct fa_arena *a, struct fa_err *err);
/* Appends the facts as JSON (FA_DOSSIER_SCHEMA), without the pictures. */
FA_MUST_CHECK int fa_dossier_json(
	struct fa_buf *out, const struct fa_dossier *d, struct fa_err *err);
/* What stands at the top of each printed page, and at its foot before the
 * number; each appends one line of text, not escaped. */
void fa_dossier_page_head(struct fa_buf *out, const struct fa_dossier *d);

#endif
