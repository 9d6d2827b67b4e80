#include "facecheck/bench/trials.h"

#include <assert.h>
#include <stdlib.h>

#define PER_DECADE 16
#define LN10 2.30258509299404568402
#define DECADES 13

static const int64_t at_ppt[FC_ATS] = { FC_PPT / 10, FC_PPT / 100,
	FC_PPT / 1000, FC_PPT / 10000 };

size_t
fc_trial_index(size_t n, size_t i, size_t j)
{
	return i * (2 * n - i - 1) / 2 + (j - i - 1);
}

static int
by_score(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

int
fc_scores_of(struct fc_scores *out, const struct fc_trials *t,
	struct fa_arena *a, struct fa_err *err)
{
	size_t n = (size_t)t->subjects * t->pictures, g = 0, m = 0;
	size_t genuine = (size_t)t->subjects * t->pictures * t->pictures / 2;
	int32_t *of_one = fa_arena_new(a, genuine + 1, sizeof(*of_one));
	int32_t *of_two = fa_arena_new(a, n * n / 2 + 1, sizeof(*of_two));

	if (!of_one || !of_two)
		return fa_fail(err, FA_E_NOMEM,
			"no memory for the scores of %zu pictures", n);
	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++) {
			int32_t s = t->scores[fc_trial_index(n, i, j)];

			if (t->failed[i] || t->failed[j])
				continue;
			if (i / t->pictures == j / t->pictures)
				of_one[g++] = s;
			else
				of_two[m++] = s;
		}
	qsort(of_one, g, sizeof(*of_one), by_score);
	qsort(of_two, m, sizeof(*of_two), by_score);
	*out = (struct fc_scores){ of_one, of_two, g, m };
	return FA_OK;
}

/* How many of n scores in order are at or below x. */
static size_t
at_or_below(const int32_t *s, size_t n, int64_t x)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (s[mid] <= x)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

uint64_t
fc_fnm_below(const struct fc_scores *s, int64_t threshold)
{
	return at_or_below(s->genuine, s->genuine_n, threshold);
}

int64_t
fc_threshold_for(const struct fc_scores *s, uint64_t false_matches)
{
	if (false_matches >= s->impostor_n)
		return (int64_t)INT32_MIN - 1;
	return s->impostor[s->impostor_n - 1 - false_matches];
}

/* So many of n, rounded down. */
static uint64_t
part_of(uint64_t n, int64_t ppt)
{
	uint64_t whole = n / (uint64_t)FC_PPT, rest = n % (uint64_t)FC_PPT;
	uint64_t p = (uint64_t)ppt;

	/* rest * p may pass 2^64: in two steps of 10^6. */
	return whole * p +
		(rest * (p / 1000000) + rest * (p % 1000000) / 1000000) /
		1000000;
}

uint64_t
fc_fnm_at(const struct fc_scores *s, int64_t fmr_ppt)
{
	return fc_fnm_below(
		s, fc_threshold_for(s, part_of(s->impostor_n, fmr_ppt)));
}

/* The next score above all that are behind i and j; there is one. */
static int32_t
next_score(const struct fc_scores *s, uint64_t i, uint64_t j)
{
	if (j == s->impostor_n ||
		(i < s->genuine_n && s->genuine[i] < s->impostor[j]))
		return s->genuine[i];
	return s->impostor[j];
}

int64_t
fc_eer_ppt(const struct fc_scores *s)
{
	uint64_t g = s->genuine_n, m = s->impostor_n;
	uint64_t i = 0, j = 0, best_sum = g * m, best_gap = g * m, fn = 0;
	uint64_t fm = g * m;

	if (g == 0 || m == 0)
		return 0;
	/* At the largest score nobody is accepted: it ends there at the
	 * latest. */
	while (fn < fm) {
		int32_t t = next_score(s, i, j);
		uint64_t gap;

		while (i < g && s->genuine[i] <= t)
			i++;
		while (j < m && s->impostor[j] <= t)
			j++;
		fn = i * m;
		fm = (m - j) * g;
		gap = fn > fm ? fn - fm : fm - fn;
		if (gap < best_gap) {
			best_gap = gap;
			best_sum = fn + fm;
		}
	}
	return fc_ppt(best_sum, 2 * g * m);
}

static void
add_point(struct fc_det *d, uint64_t fm, uint64_t fnm)
{
	struct fc_det_point *last = d->n > 0 ? &d->at[d->n - 1] : NULL;

	if (last && last->false_matches == fm && last->false_non_matches == fnm)
		return;
	assert(d->n < FC_DET_POINTS);
	d->at[d->n++] = (struct fc_det_point){ fm, fnm };
}

/* The errors allowed at step k of the curve: 1, 10^(-1/16), ... of n. */
static uint64_t
step_of(uint64_t n, int k)
{
	return (uint64_t)((double)n * fc_stat_exp(-LN10 * k / PER_DECADE));
}

void
fc_det_of(struct fc_det *out, const struct fc_scores *s)
{
	out->genuine = s->genuine_n;
	out->impostor = s->impostor_n;
	out->n = 0;
	for (int k = 1; k <= DECADES * PER_DECADE; k++) {
		int64_t t = fc_threshold_for(s, step_of(s->impostor_n, k));
		uint64_t above = s->impostor_n -
			at_or_below(s->impostor, s->impostor_n, t);

		add_point(out, above, fc_fnm_below(s, t));
		if (above == 0)
			break;
	}
}

void
fc_det_of_tail(struct fc_det *out, const struct fc_scores *genuine,
	const struct fc_tail *tail)
{
	uint64_t above = 0, all;
	size_t edge = 0;

	for (size_t b = 0; b < FC_TAIL_BINS; b++)
		above += tail->bins[b];
	all = above;
	out->genuine = genuine->genuine_n;
	out->impostor = tail->pairs;
	out->n = 0;
	for (int k = 1; k <= DECADES * PER_DECADE; k++) {
		uint64_t most = step_of(tail->pairs, k);

		/* More are accepted below the floor only, where nobody
		 * counted. */
		if (most > all)
			continue;
		while (edge < FC_TAIL_BINS - 1 && above > most)
			above -= tail->bins[edge++];
		/* The last bin holds all that is beyond: no edge parts it. */
		if (above > most)
			break;
		add_point(out, above,
			fc_fnm_below(genuine,
				tail->floor + ((int64_t)edge << tail->shift)));
		if (above == 0)
			break;
	}
}

static struct fc_spread
exactly(int64_t ppt)
{
	return (struct fc_spread){ ppt, ppt, ppt };
}

/* What the matcher itself says of the pairs. */
static void
count_said(struct fc_accuracy *o, const struct fc_trials *t)
{
	size_t n = (size_t)t->subjects * t->pictures;
	uint64_t fm = 0, m = 0, fnm = 0, g = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = i + 1; j < n; j++) {
			bool same = t->same[fc_trial_index(n, i, j)];

			if (t->failed[i] || t->failed[j])
				continue;
			if (i / t->pictures == j / t->pictures) {
				g++;
				fnm += !same;
			} else {
				m++;
				fm += same;
			}
		}
	o->false_match = fc_rate_of(fm, m);
	o->false_non_match = fc_rate_of(fnm, g);
}

void
fc_accuracy_of(struct fc_accuracy *out, const struct fc_trials *t,
	const struct fc_scores *s)
{
	uint64_t n = (uint64_t)t->subjects * t->pictures, failed = 0;
	uint64_t pairs = n * (t->pictures - 1) / 2;

	for (size_t i = 0; i < n; i++)
		failed += t->failed[i];
	out->subjects = t->subjects;
	out->pictures = t->pictures;
	out->failed = fc_rate_of(failed, n);
	out->eer = exactly(fc_eer_ppt(s));
	for (size_t k = 0; k < FC_ATS; k++) {
		struct fc_at *at = &out->at[k];
		uint64_t fnm = fc_fnm_at(s, at_ppt[k]);

		at->fmr_ppt = at_ppt[k];
		at->known = part_of(s->impostor_n, at_ppt[k]) >= 3 &&
			s->genuine_n > 0;
		at->fnmr = exactly(fc_ppt(fnm, s->genuine_n));
		at->frr_ppt = fc_ppt(fnm + (pairs - s->genuine_n), pairs);
	}
	out->says = t->same != NULL;
	if (out->says)
		count_said(out, t);
	fc_det_of(&out->det, s);
}
