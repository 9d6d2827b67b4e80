/* Inside of `faceaudit report`: one target with all that was judged of it, and
 * the forms in which targets are printed. */
#ifndef FA_TOOLS_REPORTING_H
#define FA_TOOLS_REPORTING_H

#include "base/buf.h"
#include "model/rule.h"
#include "report/table.h"
#include "store/app.h"
#include "store/wanted.h"

#define FA_REPORTING_SCHEMA "faceaudit-sweep/1"
#define FA_REPORTING_WORST 20 /* targets named in the text */

struct fa_reporting_document {
	struct fa_store_app_document d;
	struct fa_str url, final;     /* texts of d.url and d.final */
	struct fa_store_document doc; /* when d.document is set */
	struct fa_store_judgement j;  /* of it, ditto */
	int64_t first_us, last_us;    /* it was seen there; 0: never */
};

struct fa_reporting_change {
	struct fa_store_change c;
	struct fa_reporting_change *next;
};

struct fa_reporting_target {
	const struct fa_store_target *t;
	bool looked_at; /* by an audit with the rules and date of the report */
	bool judged;    /* ... and it has a policy */
	bool scored;    /* ... or another document that was judged */
	struct fa_store_app app;
	struct fa_reporting_document *documents;
	struct fa_reporting_change *changes; /* NULL when not asked for */
	uint32_t counts[FA_VERDICT_COUNT];
};

/* The worst of a sweep, for its text. */
struct fa_reporting_worst {
	int64_t hi, lo;
	char grade;
	struct fa_str key, app;
	uint32_t violations, gaps;
};

/* What the text says about one obligation over all targets. */
struct fa_reporting_point {
	uint32_t counts[FA_VERDICT_COUNT], counted;
};

struct fa_reporting {
	struct fa_store *s;
	const struct fa_bundle *bundle; /* NULL: nothing was judged */
	struct fa_store_app_key key;    /* of the judgements shown */
	enum fa_lang lang;
	bool times, changes;
	unsigned columns;   /* of the terminal, for text */
	struct fa_arena *a; /* of the whole report */
	/* Sums. */
	uint64_t targets, judged, policies, documents, missing, stand_ins;
	uint64_t outcomes[FA_OUT_COUNT];
	uint64_t grades[128];
	struct fa_reporting_point *points; /* one per obligation */
	struct fa_reporting_worst worst[FA_REPORTING_WORST];
	size_t worst_n;
	struct fa_buf changed; /* lines about changes */
};

/* Everything about a target, in a. */
FA_MUST_CHECK int fa_reporting_load(struct fa_reporting_target *out,
	const struct fa_reporting *r, const struct fa_store_target *t,
	struct fa_arena *a, struct fa_err *err);
/* Was it wanted, and is there no text of it? */
bool fa_reporting_misses(const struct fa_reporting_target *t,
	const struct fa_store_app_document *d);

/* Told about each passage for or against a verdict on a target. */
typedef int fa_reporting_passage_fn(void *ctx,
	const struct fa_reporting_document *x,
	const struct fa_store_evidence *e, struct fa_err *err);
/* Passages of the documents for the verdict on the whole, or against it: a
 * document that meets what another breaks speaks against it. */
FA_MUST_CHECK int fa_reporting_passages(const struct fa_reporting *r,
	const struct fa_reporting_target *t, const struct fa_store_verdict *v,
	bool against, fa_reporting_passage_fn *fn, void *ctx,
	struct fa_arena *a, struct fa_err *err);
/* Is it a violation or gap that is no lead? */
bool fa_reporting_counts(const struct fa_store_verdict *v);

/* One line of JSON. */
FA_MUST_CHECK int fa_reporting_json(struct fa_buf *out,
	const struct fa_reporting *r, const struct fa_reporting_target *t,
	struct fa_arena *a, struct fa_err *err);
/* One row of a table; the last two columns are times and only there when they
 * are asked for. Cells live in t and a. */
#define FA_REPORTING_COLUMNS 29
const struct fa_column *fa_reporting_columns(
	size_t *n, const struct fa_reporting *r);
FA_MUST_CHECK int fa_reporting_row(struct fa_cell out[FA_REPORTING_COLUMNS],
	const struct fa_reporting *r, const struct fa_reporting_target *t,
	struct fa_arena *a, struct fa_err *err);
/* Noon UTC of a date YYYYMMDD, ms since 1970: the date of a file that says no
 * more exactly when it was made. */
int64_t fa_reporting_noon(int32_t date);
/* Adds a target to the sums, and prints them. */
FA_MUST_CHECK int fa_reporting_add(struct fa_reporting *r,
	const struct fa_reporting_target *t, struct fa_err *err);
void fa_reporting_text(struct fa_buf *out, const struct fa_reporting *r);
/* All about one target as a text: its documents, then its verdicts with the
 * passages they rest on. */
FA_MUST_CHECK int fa_reporting_account(struct fa_buf *out,
	const struct fa_reporting *r, const struct fa_reporting_target *t,
	struct fa_arena *a, struct fa_err *err);
/* The rules and the date of the report, as last line of a text. */
void fa_reporting_origin(struct fa_buf *out, const struct fa_reporting *r);
/* One change, behind indent blanks. */
void fa_reporting_change(struct fa_buf *out, const struct fa_reporting *r,
	const struct fa_store_change *c, unsigned indent);

#endif
