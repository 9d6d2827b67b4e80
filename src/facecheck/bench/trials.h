/* From scores of pairs to rates of error. */
#ifndef FC_BENCH_TRIALS_H
#define FC_BENCH_TRIALS_H

#include "base/arena.h"
#include "facecheck/bench/bench.h"
#include "facecheck/face/kernel.h"

/* Every picture of every subject with every other picture. Picture k of
 * subject s is number s * pictures + k. */
struct fc_trials {
	uint32_t subjects, pictures;
	const bool *failed;    /* by number: gave no template */
	const int32_t *scores; /* by fc_trial_index; more is more alike */
	const bool *same;      /* what the matcher says; NULL: nothing */
};
/* Of the pair i < j < n among the n * (n - 1) / 2. */
size_t fc_trial_index(size_t n, size_t i, size_t j);

/* Scores of genuine and of impostor pairs, each in order, smallest first. */
struct fc_scores {
	const int32_t *genuine, *impostor;
	size_t genuine_n, impostor_n;
};
/* Of pairs in which both pictures gave a template. They live in a. */
FA_MUST_CHECK int fc_scores_of(struct fc_scores *out, const struct fc_trials *t,
	struct fa_arena *a, struct fa_err *err);

/* A pair is accepted when its score is above the threshold. The rate where
 * both errors are nearest to each other: their mean there. */
int64_t fc_eer_ppt(const struct fc_scores *s);
/* False non-matches where at most the given part of impostors is accepted. */
uint64_t fc_fnm_at(const struct fc_scores *s, int64_t fmr_ppt);
/* How many of the genuine are at or below a threshold. */
uint64_t fc_fnm_below(const struct fc_scores *s, int64_t threshold);
/* The smallest threshold that accepts at most so many impostors. */
int64_t fc_threshold_for(const struct fc_scores *s, uint64_t false_matches);

/* The curve: points at evenly spaced powers, sixteen to each ten. */
void fc_det_of(struct fc_det *out, const struct fc_scores *s);
/* The same where impostors were only counted, above a floor. */
void fc_det_of_tail(struct fc_det *out, const struct fc_scores *genuine,
	const struct fc_tail *impostors);

/* Everything but the spread of the bootstrap, in which low and high are set to
 * the rate itself. */
void fc_accuracy_of(struct fc_accuracy *out, const struct fc_trials *t,
	const struct fc_scores *s);

/* Bootstrap by subject: draws the subjects anew, with their pictures, resamples
 * times, and sets low and high to the 2.5th and 97.5th percentile. Pairs of a
 * subject with another drawing of itself are left out. A rate of 0 has 3 /
 * subjects for its upper end. */
FA_MUST_CHECK int fc_bootstrap(struct fc_accuracy *out,
	const struct fc_trials *t, const struct fc_scores *s, uint64_t seed,
	unsigned resamples, unsigned threads, struct fa_arena *a,
	struct fa_err *err);

#endif
