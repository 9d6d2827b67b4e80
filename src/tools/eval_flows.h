/* Labelled flows of `faceaudit eval --flows`: reading truth.jsonl, judging the
 * flows, counting. The words are those of faceaudit-eval(1). */
#ifndef FA_TOOLS_EVAL_FLOWS_H
#define FA_TOOLS_EVAL_FLOWS_H

#include "tools/eval.h"

#define FA_EVAL_FLOWS_MAX 100000 /* lines of one truth file */
#define FA_EVAL_JOBS_MAX 64      /* walks at once */

enum fa_eval_truth {
	FA_EVAL_UNLISTED, /* neither violation nor gap may come out */
	FA_EVAL_VIOLATION,
	FA_EVAL_COMPLIANT,
	FA_EVAL_CANNOT_TELL,
	FA_EVAL_OPEN /* lawyers could see it either way: not counted */
};
#define FA_EVAL_TRUTHS 5
const char *fa_eval_truth_name(enum fa_eval_truth t); /* "cannot_tell" */

struct fa_eval_flow {
	struct fa_str name, about;
	struct fa_str entry; /* of an app: the page it starts with, or absent */
	bool app;            /* walked; else recorded or written down */
	enum fa_eval_truth *truth;  /* one per obligation of the bundle */
	struct fa_eval_cell *cells; /* the same; gold is not used */
	bool judged;
};

struct fa_eval_flow_set {
	struct fa_str dir, name, labels;
	char sha256[FA_HASH_HEX_BYTES]; /* of the truth file */
	struct fa_eval_flow *flows;
	size_t n;
};

/* What came out for one obligation, over all flows that were judged. */
struct fa_eval_flow_count {
	uint32_t violations;  /* listed under violation */
	uint32_t found;       /* ... and came out as violation or gap */
	uint32_t false_found; /* violation or gap that is neither listed so nor
			       * open */
	uint32_t listed;      /* under compliant or cannot_tell */
	uint32_t right;       /* ... and came out so */
};

struct fa_eval_flows {
	struct fa_eval_flow_set *sets;
	size_t sets_n;
	struct fa_str walked; /* folder of flows of apps, or absent */
	bool temporary;       /* it goes when this run ends */
	struct fa_eval_flow_count *rows; /* one per obligation */
	struct fa_eval_flow_count all;
};

/* Reads the text of a truth file into set->flows; lives in a and in text.
 * Whatever is malformed, repeated or names an obligation that the rules do not
 * have is FA_E_INPUT with the line. */
FA_MUST_CHECK int fa_eval_truth_parse(struct fa_eval_flow_set *set,
	const struct fa_bundle *b, struct fa_str text, struct fa_arena *a,
	struct fa_err *err);
/* Reads DIR/truth.jsonl of every set. */
FA_MUST_CHECK int fa_eval_flows_load(struct fa_eval *ev, struct fa_err *err);
struct fa_tool;
struct fa_eval_walk_opts {
	unsigned jobs;   /* at once: 1 to FA_EVAL_JOBS_MAX */
	bool no_sandbox; /* of the browser */
};
/* Walks every app that has pages and no walk, into ev->flows->walked or else a
 * folder of its own, which walk_done takes away. What goes wrong with one of
 * them is said, and it stays without a walk; without a browser all do.
 * FA_E_INTERRUPTED when the program is asked to end. */
FA_MUST_CHECK int fa_eval_flows_walk(struct fa_eval *ev, struct fa_tool *t,
	const struct fa_eval_walk_opts *o, struct fa_err *err);
void fa_eval_flows_walk_done(struct fa_eval *ev);
/* Judges all flows. What is wrong with one of them goes to ev->errors. */
FA_MUST_CHECK int fa_eval_flows_judge(struct fa_eval *ev, struct fa_err *err);
/* Counts them into ev->flows and, per rule, into ev->stats, which are those of
 * the documents before. */
FA_MUST_CHECK int fa_eval_flows_count(struct fa_eval *ev, struct fa_err *err);
/* How many were judged. */
uint32_t fa_eval_flows_judged(const struct fa_eval *ev);
/* Does the result differ from the truth? */
bool fa_eval_flow_differs(enum fa_eval_truth t, enum fa_verdict got);
int32_t fa_eval_flow_precision(const struct fa_eval_flow_count *c);
int32_t fa_eval_flow_recall(const struct fa_eval_flow_count *c);

void fa_eval_flows_text(
	const struct fa_eval *ev, enum fa_lang lang, struct fa_buf *out);
struct fa_jw;
/* The members "flow_sets" and "flows"; nothing without flows. */
void fa_eval_flows_json(const struct fa_eval *ev, struct fa_jw *w);

#endif
