/* Parts of the SARIF writer that two files share. */
#ifndef FA_REPORT_SARIF_H
#define FA_REPORT_SARIF_H

#include "report/common.h"
#include "report/entry.h"
#include "report/spool.h"

/* What GitHub accepts of a run (docs.github.com, "SARIF results exceed one or
 * more limits"); it rejects a file beyond them. One passage of a finding is
 * its location, the others are related ones. */
#define FA_SARIF_RESULTS 25000
#define FA_SARIF_RULES 25000
#define FA_SARIF_STEPS 10000 /* thread flow locations of a result */
#define FA_SARIF_GZIP_BYTES 10000000
#define FA_SARIF_DESCRIPTION_BYTES 1000 /* it shows 1024 characters */

/* The document whose results are written. */
struct fa_sarif_artifact {
	struct fa_str uri;
	bool is_flow;
	bool derived;               /* places are those of a text made of it */
	const struct fa_flow *flow; /* or NULL */
};

/* One result, written; left: not in the report. */
struct fa_sarif_result {
	struct fa_sarif_result *next;
	uint64_t at; /* in the spill of results */
	size_t bytes;
	unsigned rank;
	uint32_t number;
	uint32_t gap; /* of this obligation; FA_RULE_NONE: no gap */
	bool left;
};

/* Elements of an array that is written after others. */
struct fa_sarif_list {
	struct fa_spill text;
	uint32_t n;
};

/* What the limits left out. */
struct fa_sarif_cut {
	size_t rules, paths;
	size_t results; /* by their number */
	size_t bytes;   /* results, by the size of the file */
	size_t all;     /* results there were */
};

struct fa_sarif {
	struct fa_jw w;
	uint32_t *rule_index, *obligation_index;
	struct fa_sarif_list artifacts, notifications;
	struct fa_spill results_text;
	struct fa_sarif_result *results, **results_last;
	size_t results_n, results_bytes;
	size_t max_results, max_bytes; /* the limits; tests lower them */
	struct fa_report_ids *ids;
	struct fa_sarif_cut cut;
};

/* tool.driver: every rule of the bundle with its help (SARIF 2.1.0, 3.19).
 * index[rule] gets its place in driver.rules, or UINT32_MAX for a rule that
 * only finds the scope; obligation_index the same for obligations, which
 * stand for findings that no rule decided. Returns how many were left out. */
size_t fa_report_sarif_driver(struct fa_jw *w, const struct fa_report *r,
	uint32_t *index, uint32_t *obligation_index);

/* {"text": s}, with hidden characters made visible. */
void fa_report_sarif_message(struct fa_jw *w, const char *key, struct fa_str s);

/* The screen and the control of a place (3.28.4, 3.33). */
void fa_report_sarif_place(struct fa_jw *w, const struct fa_flow *flow,
	uint32_t screen, uint32_t element);
/* The taps that lead to each passage of the verdict (3.36); nothing when
 * there are none. Returns how many ways were left out. */
size_t fa_report_sarif_paths(struct fa_jw *w, const struct fa_report *r,
	const struct fa_flow *flow, const struct fa_finding *f);

/* {"uri", "index"} (3.4). */
void fa_report_sarif_artifact(
	struct fa_jw *w, const char *key, struct fa_str uri, uint32_t index);
/* A location in a file that is no document (3.28); key may be NULL. Nothing
 * when file is empty. */
void fa_report_sarif_file(
	struct fa_jw *w, const char *key, struct fa_str file, uint32_t line);

/* Writes the result of a finding (3.27). */
FA_MUST_CHECK int fa_report_sarif_result(struct fa_jw *w, struct fa_report *r,
	struct fa_sarif *st, const struct fa_result *res,
	const struct fa_finding *f, const struct fa_sarif_artifact *a,
	struct fa_err *err);

/* Keeps the result of a finding for the end. */
FA_MUST_CHECK int fa_report_sarif_keep(struct fa_sarif *st, struct fa_report *r,
	const struct fa_result *res, const struct fa_finding *f,
	const struct fa_sarif_artifact *a, struct fa_err *err);
/* Leaves out the silence of documents of an app of which another one speaks,
 * and of those that are all silent all but the first; nothing when app is NULL.
 * Before fa_report_sarif_select. */
FA_MUST_CHECK int fa_report_sarif_join(struct fa_sarif *st,
	const struct fa_app *app, struct fa_arena *a, struct fa_err *err);
/* Marks what the limits leave out: the lightest. */
FA_MUST_CHECK int fa_report_sarif_select(
	struct fa_sarif *st, struct fa_arena *a, struct fa_err *err);
/* Writes the results that are not left out, in the order of documents, to
 * out, behind what st->w has written. */
FA_MUST_CHECK int fa_report_sarif_results(struct fa_sarif *st,
	const struct fa_report *r, struct fa_buf *out, struct fa_err *err);
/* Notifications (3.58) of what was left out. */
void fa_report_sarif_cuts(struct fa_jw *w, const struct fa_report *r,
	const struct fa_sarif_cut *cut);

#endif
