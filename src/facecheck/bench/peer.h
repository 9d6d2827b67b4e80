/* What else is at hand on this machine, on the same pictures, judged by the
 * same statistics: OpenCV's local binary patterns with its face cascade, as
 * python3-opencv brings them. Nothing is installed and nothing fetched. */
#ifndef FC_BENCH_PEER_H
#define FC_BENCH_PEER_H

#include "facecheck/bench/gallery.h"

#define FC_PEER_SUBJECTS 40 /* of those of the run, at most: it is slow */
#define FC_PEER_PICTURES 5  /* of each, at most */

/* That it is not installed is a result, not a failure. */
FA_MUST_CHECK int fc_peer_run(struct fc_peer *out,
	const struct fc_bench_opts *o, const struct fc_desks *desks,
	struct fa_arena *a, struct fa_err *err);

#endif
