/* The machine on paper: what the checker proves of it, its table, a drawing of
 * it, and a model of it for another checker. All of it is written from the
 * table at hand, faulty ones too, so that none can say what the table does not
 * do. The same table gives the same bytes. */
#ifndef FC_MACHINE_MODEL_H
#define FC_MACHINE_MODEL_H

#include "base/buf.h"
#include "facecheck/machine/mutate.h"

#define FC_MODEL_PAIRS_MAX 4096 /* of faults, looked at by fc_model_pairs */

/* Fates of faulty tables. */
struct fc_fates {
	size_t n, killed, equivalent, survived;
};

/* A fault, or two, that no promise noticed. */
struct fc_unnoticed {
	const struct fc_mutant *a, *b; /* b NULL: one fault */
	enum fc_fate fate;
};

struct fc_model {
	const struct fc_mutant *mutant; /* whose table it is; NULL: reference */
	struct fc_table table;
	struct fc_verdict verdict;
	/* Of the reference: what becomes of it with one fault and with two.
	 * All zero when that was not looked at. */
	struct fc_fates singles, doubles;
	uint32_t *broken; /* by each single: promises, as in fc_verdict */
	struct fc_unnoticed *unnoticed;
	size_t unnoticed_n;
	/* Processor time taken; filled in by the caller. */
	int64_t check_us, singles_us, doubles_us;
};

/* Checks the table with this fault (NULL: as it is). */
FA_MUST_CHECK int fc_model_check(struct fc_model *out, struct fc_checker *c,
	const struct fc_mutant *mutant, struct fa_err *err);
/* Adds what becomes of the reference with each fault, and with each two. Lists
 * live in a. */
FA_MUST_CHECK int fc_model_singles(struct fc_model *p, struct fc_checker *c,
	struct fa_arena *a, struct fa_err *err);
FA_MUST_CHECK int fc_model_pairs(struct fc_model *p, struct fc_checker *c,
	struct fa_arena *a, struct fa_err *err);
/* Is every promise kept, and no fault unnoticed that makes a difference? */
bool fc_model_holds(const struct fc_model *p);
const struct fc_mutant *fc_mutant_find(struct fa_str name); /* or NULL */

enum fc_tongue { FC_ZH, FC_EN };

/* Promises with their places in the law, faults, table; for people. */
void fc_model_text(
	struct fa_buf *out, const struct fc_model *p, enum fc_tongue tongue);
/* The same for programs (facecheck-model(7)); without times. */
void fc_model_json(struct fa_buf *out, const struct fc_model *p);
/* A drawing: states, and an arrow for each event that moves. Events that all
 * states of a frame answer alike are drawn once, from the frame. */
void fc_model_svg(
	struct fa_buf *out, const struct fc_table *t, enum fc_tongue tongue);
/* A model for spin(1): the rows, taken by a person, a camera, a clock, whoever
 * decides in other ways, and two desks for withdrawing and closing, which all
 * run at once; promises as formulas (promela.c says which and why). */
void fc_model_promela(struct fa_buf *out, const struct fc_table *t);

/* English text of a promise, place in the law, or fault, in Chinese; the text
 * itself when there is none. */
const char *fc_model_zh(const char *en);

#endif
