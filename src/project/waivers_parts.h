/* What the files about waivers share. */
#ifndef FA_PROJECT_WAIVERS_PARTS_H
#define FA_PROJECT_WAIVERS_PARTS_H

#include "project/waivers.h"

/* A passage for which a waiver is looked for. */
struct fa_passage {
	struct fa_str rule, obligation;     /* ids */
	struct fa_str path;                 /* absolute, of its file */
	const struct fa_evidence *evidence; /* NULL: something is missing */
};

FA_MUST_CHECK int fa_waivers_note(struct fa_waivers *w,
	enum fa_waiver_fault fault, const struct fa_waiver *waiver,
	struct fa_str detail, struct fa_err *err);
/* Notes what is wrong with a waiver, if anything is. bad_date: what stands
 * for its date, or absent. */
FA_MUST_CHECK int fa_waivers_check(bool *holds, struct fa_waivers *w,
	const struct fa_waiver *waiver, struct fa_str bad_date,
	struct fa_err *err);
/* The waiver of the configuration for a passage, or NULL. */
const struct fa_waiver *fa_waivers_of_config(
	struct fa_waivers *w, const struct fa_passage *p);
/* A file was judged. */
void fa_waivers_reach(struct fa_waivers *w, struct fa_str path);

#endif
