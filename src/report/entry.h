/* What code hosts and review tools show: one entry for each passage of a
 * violation or gap that no waiver accepts, for each document that could not be
 * judged or was not read as it should be, and for each waiver that needs
 * mending. The silence of a document stands on its first line, a place in a
 * flow on the first line of its file, since a recording has no lines. With
 * opts.app, silence is an entry only when all documents are silent, once, at
 * the end. */
#ifndef FA_REPORT_ENTRY_H
#define FA_REPORT_ENTRY_H

#include "report/report.h"

enum fa_report_level {
	FA_REPORT_ERROR,   /* critical and high, and what was not judged */
	FA_REPORT_WARNING, /* medium, and waivers to mend */
	FA_REPORT_NOTE     /* low, advisory, leads */
};
#define FA_REPORT_LEVEL_COUNT 3

struct fa_report_entry {
	struct fa_str path; /* as given, without "./" */
	struct fa_str rule; /* id; else "not-judged", "reading",
			     * "waiver-expired" ... */
	enum fa_report_level level;
	unsigned rank; /* the graver, the smaller */
	bool whole;    /* of the document; the place is its first line */
	struct fa_position from, to;
	/* What it is about: a finding with its passage (NULL: silence); or
	 * why a document was not judged; or what reading it could not do; or
	 * a waiver. */
	const struct fa_finding *finding;
	const struct fa_evidence *evidence;
	const struct fa_flow *flow;
	bool derived; /* places would be those of a text that was made of the
		       * document: the passage itself says where */
	struct fa_str error, notice;
	bool partial; /* notice tells what may be unread */
	const struct fa_waiver_note *note;
};

typedef int fa_report_entry_fn(void *ctx, struct fa_report *r,
	const struct fa_report_entry *e, struct fa_err *err);

/* Keeps the name of the first document that was judged, in r->first. */
FA_MUST_CHECK int fa_report_first(
	struct fa_report *r, const struct fa_result *res, struct fa_err *err);
/* Calls fn for the entries of a document. Does as fa_report_first. */
FA_MUST_CHECK int fa_report_entries(struct fa_report *r,
	const struct fa_result *res, fa_report_entry_fn *fn, void *ctx,
	struct fa_err *err);
/* ... for what the end knows: what all documents of an app leave out, and the
 * waivers. */
FA_MUST_CHECK int fa_report_entries_end(struct fa_report *r,
	const struct fa_report_totals *t, fa_report_entry_fn *fn, void *ctx,
	struct fa_err *err);

/* How to write a text that is ours or the rules', and one of others. */
typedef void fa_report_put(struct fa_buf *out, struct fa_str s);

/* The message: verdict, severity and what was found; then, each on a line
 * behind sep, its source, the place in a flow and the remedy. */
void fa_report_entry_text(struct fa_buf *out, const struct fa_report *r,
	const struct fa_report_entry *e, const char *sep, fa_report_put *ours,
	fa_report_put *others);
/* fa_report_visible, on one line. */
void fa_report_put_plain(struct fa_buf *out, struct fa_str s);

/* As fa_report_entry.rank; gates: it fails the check. */
unsigned fa_report_rank(
	const struct fa_report *r, const struct fa_finding *f, bool gates);

/* The gravest of many texts, in order; of equals those that came first. */
struct fa_report_top {
	struct fa_report_line {
		unsigned rank;
		struct fa_str text; /* lives in the arena of the report */
	} * at;
	size_t n, cap;
	size_t all; /* that were given, kept or not */
};
FA_MUST_CHECK int fa_report_top_init(struct fa_report_top *top, size_t cap,
	struct fa_arena *a, struct fa_err *err);
/* Counts one more; is it to be made and added? */
bool fa_report_top_wants(struct fa_report_top *top, unsigned rank);
FA_MUST_CHECK int fa_report_top_add(struct fa_report_top *top, unsigned rank,
	const struct fa_buf *text, struct fa_arena *a, struct fa_err *err);

/* Tells equal fingerprints apart, so that no two of a report are the same. */
struct fa_report_ids {
	struct fa_report_id *at; /* lives in the arena of the report */
	size_t n, cap;
};
/* 1 for the first with this fingerprint, then 2, 3 ... */
FA_MUST_CHECK int fa_report_ordinal(uint32_t *out, struct fa_report_ids *ids,
	const char hex[FA_HASH_HEX_BYTES], struct fa_arena *a,
	struct fa_err *err);

#endif
