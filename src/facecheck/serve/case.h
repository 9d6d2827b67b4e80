/* What the service can be told to do wrong, each case breaking one duty, and
 * what looks wrong and is lawful; with the truth about both, for measuring
 * those who look for faults. The truth is printed, never served. */
#ifndef FC_SERVE_CASE_H
#define FC_SERVE_CASE_H

#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "facecheck/machine/machine.h"

enum fc_case_kind {
	FC_CASE_REFERENCE,
	FC_CASE_MUTANT,
	FC_CASE_NEGATIVE /* looks bad, is lawful */
};
enum fc_case_seen {
	FC_SEEN_NOWHERE,  /* reference and negatives */
	FC_SEEN_FLOW,     /* on the screens and the ways between them */
	FC_SEEN_DOCUMENT, /* in what the documents say or leave out */
	FC_SEEN_PROOF     /* in the data directory and on the wire only */
};

/* Ids are parted by blanks. */
struct fc_case {
	const char *name;
	enum fc_case_kind kind;
	enum fc_case_seen seen;
	const char *duty;  /* the one that is broken, or NULL */
	const char *table; /* fault of the machine that goes with it, or NULL */
	uint32_t circumstances;    /* that a session begins with besides */
	const char *about;         /* one sentence in Chinese */
	const char *violation;     /* what comes out as broken ... */
	const char *open;          /* ... and what can be seen either way */
	const char *not_compliant; /* of FC_CASE_KEPT: not shown to hold */
};

/* What the reference is to be found to keep. A case keeps of it what it does
 * not name. */
#define FC_CASE_KEPT                                                           \
	"FRM.10.1.a FRM.10.1.b FRM.6.1.a SPC.4.1.1 FRM.6.2.a NDR.24 FRM.7.1"

struct fc_case_group {
	const struct fc_case *cases;
	size_t n;
};
extern const struct fc_case_group fc_cases_choice, fc_cases_consent,
	fc_cases_text, fc_cases_data, fc_cases_negative;

/* The i-th case, reference first; NULL behind the last. */
const struct fc_case *fc_case_at(size_t i);
const struct fc_case *fc_case_find(struct fa_str name); /* or NULL */
/* The table of the machine with the fault of the case. FA_E_NOTFOUND when the
 * machine has no such fault: a mistake of ours. */
FA_MUST_CHECK int fc_case_table(
	struct fc_table *t, const struct fc_case *c, struct fa_err *err);
/* "flow", "document", "proof"; "" for what breaks nothing. */
const char *fc_case_seen_name(enum fc_case_seen s);
/* A line of truth.jsonl: flow, kind "served", about, violation, compliant,
 * cannot_tell, open. What only proofs find is open there: nothing of it shows
 * from outside. */
FA_MUST_CHECK int fc_case_truth(
	struct fa_buf *out, const struct fc_case *c, struct fa_err *err);

#endif
