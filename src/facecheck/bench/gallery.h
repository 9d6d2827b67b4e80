/* Rendered people, and what the matcher makes of them. Everything here is the
 * same whatever the number of threads. */
#ifndef FC_BENCH_GALLERY_H
#define FC_BENCH_GALLERY_H

#include "facecheck/bench/trials.h"

/* What one thread works with. */
struct fc_desk {
	struct fc_studio *studio;
	uint8_t *pixels; /* FC_FRAMES_MAX pictures */
	void *scratch;   /* of the matcher, aligned to 64 bytes */
};
struct fc_desks {
	struct fc_desk *at;
	unsigned n;
};
/* One for each of threads; they live in a. */
FA_MUST_CHECK int fc_desks_new(struct fc_desks *out,
	const struct fc_bench_opts *o, unsigned threads, struct fa_arena *a,
	struct fa_err *err);

/* Pictures of people of one grade. */
struct fc_gallery {
	uint64_t seed; /* of the world: subjects and crowd live in two */
	unsigned grade;
	uint32_t subjects, pictures;
	uint8_t *templates; /* of plugin->template_bytes each */
	bool *failed;
	char corpus[FA_HASH_HEX_BYTES]; /* of all pixels */
	char encoded[FA_HASH_HEX_BYTES];
};
#define FC_CROWD_WORLD UINT64_C(0x63726f77645f6363)

/* seed, grade, subjects and pictures are set; makes the rest, in a. */
FA_MUST_CHECK int fc_gallery_fill(struct fc_gallery *g,
	const struct fc_bench_opts *o, const struct fc_desks *desks,
	struct fa_arena *a, struct fa_err *err);
/* All pairs of a gallery by the matcher; it lives in a. */
FA_MUST_CHECK int fc_gallery_trials(struct fc_trials *out,
	const struct fc_gallery *g, const struct fc_bench_opts *o,
	const struct fc_desks *desks, struct fa_arena *a, struct fa_err *err);

/* All pairs of a crowd, counted above a floor that is taken from scores of the
 * same grade. By the kernel where the matcher's comparison is the kernel's,
 * else by the matcher. m (may be NULL) is told how long it took. */
FA_MUST_CHECK int fc_crowd_run(struct fc_crowd *out,
	const struct fc_bench_opts *o, const struct fc_scores *scores,
	const struct fc_desks *desks, struct fc_bench_measured *m,
	struct fa_err *err);

/* Liveness of the living and of each attack. */
FA_MUST_CHECK int fc_attacks_run(struct fc_attack out[FC_SPECIES_COUNT],
	unsigned grade, const struct fc_bench_opts *o,
	const struct fc_desks *desks, struct fa_arena *a, struct fa_err *err);

/* Rows that a thread compares with all others at once: they stay in the cache
 * while the others stream by. */
#define FC_CROWD_ROWS ((size_t)2 * FC_PAIRS_STEP)

int64_t fc_bench_ns(void); /* of a clock that only goes on */

#endif
