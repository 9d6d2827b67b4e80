/* The table with one fault each, to see that the promises notice. */
#ifndef FC_MACHINE_MUTATE_H
#define FC_MACHINE_MUTATE_H

#include "facecheck/machine/check.h"

struct fc_mutant {
	const char *name;       /* "bundled" */
	const char *what;       /* what goes wrong, in English */
	enum fc_promise breaks; /* the promise it is aimed at */
	void (*apply)(struct fc_table *t);
};

extern const struct fc_mutant fc_mutants[];
extern const size_t fc_mutants_n;

enum fc_fate {
	FC_KILLED,     /* a promise is broken */
	FC_EQUIVALENT, /* it does the same as the reference: proven */
	FC_SURVIVED    /* it differs, and no promise noticed: a hole */
};

/* What becomes of the reference with faults a and b (b NULL: one fault). */
FA_MUST_CHECK int fc_mutant_fate(enum fc_fate *fate, struct fc_verdict *v,
	struct fc_checker *c, const struct fc_mutant *a,
	const struct fc_mutant *b, struct fa_err *err);

#endif
