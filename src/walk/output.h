/* The folder that a walk leaves: flow.json, the screens as PNG and as HTML,
 * and an archive of all that was fetched and made. Each file is there whole or
 * not at all; that of the archive has its name when the walk has ended. */
#ifndef FA_WALK_OUTPUT_H
#define FA_WALK_OUTPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "evidence/warc.h"
#include "model/flow.h"

#define FA_WALK_FLOW_FILE "flow.json"
#define FA_WALK_ARCHIVE_FILE "walk.warc.gz"

struct fa_walk_output {
	struct fa_str dir;
	struct fa_arena *a;
	struct fa_warc *warc;
	bool archive; /* there is one */
	struct fa_flow_evidence *evidence;
	size_t evidence_n, evidence_cap;
};

/* Makes the folder, which has to be new or empty unless force is true: then
 * what an earlier walk left in it goes away. With archive its WARC is begun.
 * What it holds lives in a, and in the heap until done. FA_E_USAGE for a
 * folder that holds something. */
FA_MUST_CHECK int fa_walk_output_open(struct fa_walk_output *out,
	struct fa_str dir, bool force, bool archive, struct fa_str software,
	struct fa_arena *a, struct fa_err *err);
/* For fa_walk_opts.keep; ctx is the output. */
int fa_walk_output_keep(void *ctx, struct fa_flow_screen *s, struct fa_str png,
	struct fa_str dom, struct fa_err *err);
/* Takes over the evidence of a flow that was read from the file or folder
 * path: files beside it (below the folder) that have the digest that the flow
 * names; of the others only the name stays. */
FA_MUST_CHECK int fa_walk_output_copy(struct fa_walk_output *out,
	struct fa_flow *f, struct fa_str path, struct fa_err *err);
/* Gives the flow its evidence, writes it, and ends the archive. */
FA_MUST_CHECK int fa_walk_output_end(
	struct fa_walk_output *out, struct fa_flow *f, struct fa_err *err);
void fa_walk_output_done(struct fa_walk_output *out); /* safe twice */

#endif
