/* Hits on text to evidence in the original. What several obligations and uses
 * rest on is cut once. Private to audit. */
#ifndef FA_AUDIT_EVIDENCE_H
#define FA_AUDIT_EVIDENCE_H

#include "base/arena.h"
#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/doc.h"
#include "model/finding.h"

/* Where a passage stands, as matching found it. */
struct fa_passage {
	uint32_t sentence;
	struct fa_range text;
};

/* Passages and headings that are known again; powers of two. */
#define FA_CUTTER_KNOWN 64
#define FA_CUTTER_HEADINGS 8

/* Cuts the evidence of one document. */
struct fa_cutter {
	const struct fa_doc *doc;
	struct fa_arena *a;
	struct fa_buf buf;
	struct fa_cutter_known {
		struct fa_passage at;
		struct fa_map_walk walk; /* to what is shown of it */
		struct fa_range raw;     /* behind all of it */
		/* The first piece of evidence of it; NULL: none yet. */
		const struct fa_evidence *first;
	} known[FA_CUTTER_KNOWN];
	struct fa_cutter_heading {
		uint32_t section;
		struct fa_str text; /* absent: not known yet */
	} headings[FA_CUTTER_HEADINGS];
	struct fa_cutter_cut {
		struct fa_evidence *to;
		const struct fa_evidence *first; /* NULL: it is the first */
	} * cuts;
	size_t n, cap;
};

/* The evidence will live in a and doc->raw. */
void fa_cutter_init(
	struct fa_cutter *c, const struct fa_doc *doc, struct fa_arena *a);
void fa_cutter_done(struct fa_cutter *c);
/* The original bytes of a passage. */
struct fa_range fa_cutter_raw(struct fa_cutter *c, struct fa_passage at);
/* Fills *out, which has to stay where it is, with quote, context and byte
 * range; line and column come with fa_cutter_place. */
FA_MUST_CHECK int fa_cutter_cut(struct fa_cutter *c, struct fa_evidence *out,
	uint32_t rule, struct fa_passage at, struct fa_err *err);
/* Lines and columns of all that was cut, in one pass over the document. */
FA_MUST_CHECK int fa_cutter_place(struct fa_cutter *c, struct fa_err *err);

/* One passage alone, without line and column. */
FA_MUST_CHECK int fa_evidence_cut(struct fa_evidence *out,
	const struct fa_doc *doc, uint32_t rule, struct fa_passage at,
	struct fa_arena *a, struct fa_err *err);
/* Lines and columns of n pieces of evidence, in one pass over the document. */
FA_MUST_CHECK int fa_evidence_place(struct fa_evidence **at, size_t n,
	const struct fa_doc *doc, struct fa_arena *a, struct fa_err *err);

#endif
