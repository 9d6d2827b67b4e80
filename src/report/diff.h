/* A comparison of two versions for people and machines. Each writer appends a
 * whole file. Text from documents is hostile: it is escaped for the format,
 * and hidden characters are made visible. */
#ifndef FA_REPORT_DIFF_H
#define FA_REPORT_DIFF_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/diff.h"

#define FA_DIFF_SCHEMA "faceaudit-diff/1"
#define FA_DIFF_CONTEXT 2 /* clauses around a change, when not told */

struct fa_diff_report {
	const struct fa_bundle *bundle;
	enum fa_lang lang;
	bool color;       /* text */
	unsigned columns; /* text; 0: 80 */
	uint32_t context; /* text: unchanged clauses around a change; html:
			   * those that are not folded away */
	int32_t as_of;
	enum fa_tier fail_tier;
	enum fa_severity fail_severity;
	bool fail_never;
	struct fa_str tool_version;
	const struct fa_diff_doc *docs;
	size_t docs_n;
	unsigned alone; /* documents of which only one version is known */
	int exit_status;
};

FA_MUST_CHECK int fa_report_diff_text(
	struct fa_buf *out, const struct fa_diff_report *r, struct fa_err *err);
FA_MUST_CHECK int fa_report_diff_json(
	struct fa_buf *out, const struct fa_diff_report *r, struct fa_err *err);
/* One file without scripts or outside references. */
FA_MUST_CHECK int fa_report_diff_html(
	struct fa_buf *out, const struct fa_diff_report *r, struct fa_err *err);

#endif
