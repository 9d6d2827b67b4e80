/* The bootstrap by subject. Scores are put into bins once; a resample is then
 * one weight per subject and one pass over the bins of all pairs. */
#include <stdlib.h>
#include <string.h>

#include "facecheck/bench/crew.h"
#include "facecheck/bench/trials.h"
#include "facecheck/face/exact.h"

#define BINS 16384
#define STREAM 0xb0075u
#define FIGURES (1 + FC_ATS) /* the EER, and FNMR at each rate */
#define PER_MILLE 25         /* left out at each end */

struct room {
	uint32_t genuine[BINS], impostor[BINS], weight[FC_BENCH_PICTURES_MAX];
};

struct boot {
	const struct fc_trials *t;
	const struct fc_accuracy *acc;
	const uint16_t *bins; /* by fc_trial_index; BINS: not to be counted */
	uint64_t seed;
	unsigned resamples;
	int64_t *figure[FIGURES]; /* by resample */
	struct room *rooms;       /* by worker */
};

static uint16_t *
bins_of(const struct fc_trials *t, const struct fc_scores *s,
	struct fa_arena *a)
{
	size_t n = (size_t)t->subjects * t->pictures;
	int64_t low = INT32_MAX, high = INT32_MIN, wide;
	uint16_t *bins = fa_arena_new(a, n * (n - 1) / 2 + 1, sizeof(*bins));

	if (!bins)
		return NULL;
	for (int k = 0; k < 2; k++) {
		const int32_t *p = k ? s->genuine : s->impostor;
		size_t m = k ? s->genuine_n : s->impostor_n;

		if (m > 0 && p[0] < low)
			low = p[0];
		if (m > 0 && p[m - 1] > high)
			high = p[m - 1];
	}
	wide = high > low ? high - low : 1;
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++) {
			size_t at = fc_trial_index(n, i, j);
			int64_t up = (int64_t)t->scores[at] - low;

			if (t->failed[i] || t->failed[j])
				bins[at] = BINS;
			else
				bins[at] = (uint16_t)(up * (BINS - 1) / wide);
		}
	return bins;
}

static void
draw(struct room *r, const struct boot *b, size_t resample)
{
	struct fc_dice d = fc_dice_for(b->seed, STREAM, resample);

	memset(r->weight, 0, sizeof(r->weight));
	for (uint32_t i = 0; i < b->t->subjects; i++)
		r->weight[fc_dice_bits(&d) % b->t->subjects]++;
}

static void
count_row(struct room *r, const struct boot *b, size_t i, size_t s,
	uint32_t weight)
{
	size_t per = b->t->pictures, n = b->t->subjects * per;

	for (size_t j = i + 1; j < (s + 1) * per; j++) {
		uint16_t bin = b->bins[fc_trial_index(n, i, j)];

		if (bin < BINS)
			r->genuine[bin] += weight;
	}
	for (size_t u = s + 1; u < b->t->subjects; u++) {
		const uint16_t *p = b->bins + fc_trial_index(n, i, u * per);
		uint32_t w = weight * r->weight[u];

		if (w == 0)
			continue;
		for (size_t k = 0; k < per; k++)
			if (p[k] < BINS)
				r->impostor[p[k]] += w;
	}
}

static void
count(struct room *r, const struct boot *b)
{
	size_t per = b->t->pictures;

	memset(r->genuine, 0, sizeof(r->genuine));
	memset(r->impostor, 0, sizeof(r->impostor));
	for (size_t s = 0; s < b->t->subjects; s++)
		for (size_t k = 0; k < per && r->weight[s] > 0; k++)
			count_row(r, b, s * per + k, s, r->weight[s]);
}

/* The same as fc_eer_ppt and fc_fnm_at, from bins. */
static void
figures(const struct room *r, const struct boot *b, size_t resample)
{
	uint64_t g = 0, m = 0, fn = 0, fm, gap, best;
	bool done[FC_ATS] = { false };
	uint64_t sum;

	for (size_t k = 0; k < BINS; k++) {
		g += r->genuine[k];
		m += r->impostor[k];
	}
	fm = m;
	best = sum = g * m;
	for (size_t k = 0; k <= BINS; k++) {
		gap = fn * m > fm * g ? fn * m - fm * g : fm * g - fn * m;
		if (gap < best) {
			best = gap;
			sum = fn * m + fm * g;
		}
		for (size_t q = 0; q < FC_ATS; q++)
			if (!done[q] &&
				fc_ppt(fm, m) <= b->acc->at[q].fmr_ppt) {
				b->figure[1 + q][resample] = fc_ppt(fn, g);
				done[q] = true;
			}
		if (k < BINS) {
			fn += r->genuine[k];
			fm -= r->impostor[k];
		}
	}
	b->figure[0][resample] = fc_ppt(sum, 2 * g * m);
}

static int
resample(void *ctx, unsigned worker, size_t i, struct fa_err *err)
{
	struct boot *b = ctx;
	struct room *r = &b->rooms[worker];

	(void)err;
	draw(r, b, i);
	count(r, b);
	figures(r, b, i);
	return FA_OK;
}

static int
by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Where no error was seen every resample sees none: then the rule of 3 says
 * what so many subjects, who alone are independent, can show. */
static void
spread(struct fc_spread *out, int64_t *figure, size_t n, uint32_t subjects)
{
	size_t out_of = n * PER_MILLE / 1000;

	qsort(figure, n, sizeof(*figure), by_size);
	out->low_ppt = figure[out_of];
	out->high_ppt = figure[n - 1 - out_of];
	if (out->ppt == 0 && out->high_ppt < fc_rule_of_3_ppt(subjects))
		out->high_ppt = fc_rule_of_3_ppt(subjects);
}

int
fc_bootstrap(struct fc_accuracy *out, const struct fc_trials *t,
	const struct fc_scores *s, uint64_t seed, unsigned resamples,
	unsigned threads, struct fa_arena *a, struct fa_err *err)
{
	struct boot b = { .t = t, .acc = out, .seed = seed };
	struct fc_crew crew = { threads, resamples, resample, NULL, &b };
	int rc;

	if (resamples == 0 || s->genuine_n == 0 || s->impostor_n == 0)
		return FA_OK;
	b.bins = bins_of(t, s, a);
	b.rooms = fa_arena_new(a, threads, sizeof(*b.rooms));
	for (size_t f = 0; f < FIGURES; f++) {
		b.figure[f] = fa_arena_new(a, resamples, sizeof(int64_t));
		if (!b.figure[f])
			b.bins = NULL;
	}
	if (!b.bins || !b.rooms)
		return fa_fail(err, FA_E_NOMEM,
			"no memory for the bootstrap of %u subjects",
			t->subjects);
	rc = fc_crew_run(&crew, err);
	if (rc)
		return rc;
	spread(&out->eer, b.figure[0], resamples, t->subjects);
	for (size_t q = 0; q < FC_ATS; q++)
		spread(&out->at[q].fnmr, b.figure[1 + q], resamples,
			t->subjects);
	return FA_OK;
}
