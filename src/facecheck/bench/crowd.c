/* All pairs of many people. A billion scores are not kept: those above a floor
 * are counted in bins, and the curve is read off at the edges of the bins,
 * where counts are exact. */
#include <string.h>

#include "facecheck/bench/crew.h"
#include "facecheck/bench/gallery.h"

#define FLOOR_FMR 100 /* the floor lets 1 in 100 through */
#define PROBES 256    /* pairs on which two ways must agree */
#define CROWD_BYTES ((size_t)1 << 30)

struct counting {
	const struct fc_bench_opts *o;
	const struct fc_desks *desks;
	const struct fc_kernel *kernel;
	const struct fc_pair_set *set; /* NULL: by the matcher */
	const uint8_t *templates;
	size_t n;
	struct fc_tail *tails; /* by worker */
};

/* Does the matcher compare as the kernel does? Then the kernel may stand in for
 * it. */
static bool
kernel_fits(const uint8_t *t, size_t n, const struct fc_bench_opts *o,
	void *scratch)
{
	const struct fc_kernel *k = fc_kernel_get(0);

	if (o->plugin->template_bytes != FC_TEMPLATE_DIMS || n < 2)
		return false;
	for (size_t i = 0; i < n * FC_TEMPLATE_DIMS; i++)
		if (t[i] == 0x80)
			return false;
	for (size_t p = 0; p < PROBES; p++) {
		size_t i = p * 7919 % n, j = (p * 104729 + 1) % n;
		const uint8_t *a = t + i * FC_TEMPLATE_DIMS;
		const uint8_t *b = t + j * FC_TEMPLATE_DIMS;
		int32_t score = 0;

		if (o->plugin->compare(o->model, a, b, &score, scratch) >
				FC_SAYS_NO ||
			score !=
				k->dot((const int8_t *)a, (const int8_t *)b,
					FC_TEMPLATE_DIMS))
			return false;
	}
	return true;
}

/* The bins reach twice as far up as scores of the subjects lie apart.
 * What lies beyond is in the last bin (see fc_det_of_tail). */
static unsigned
shift_for(const struct fc_scores *scores)
{
	int64_t one = scores->genuine[scores->genuine_n - 1];
	int64_t two = scores->impostor[scores->impostor_n - 1];
	int64_t middle = scores->impostor[scores->impostor_n / 2];
	int64_t reach = 2 * ((one > two ? one : two) - middle);
	unsigned shift = 0;

	while (reach >> shift >= FC_TAIL_BINS - 1)
		shift++;
	return shift;
}

static void
tail_add(struct fc_tail *t, int32_t score)
{
	uint64_t bin;

	t->pairs++;
	if (score <= t->floor)
		return;
	bin = (uint64_t)((int64_t)score - t->floor - 1) >> t->shift;
	t->bins[bin < FC_TAIL_BINS ? bin : FC_TAIL_BINS - 1]++;
}

static int
rows_by_matcher(struct counting *c, unsigned worker, size_t from, size_t to,
	struct fa_err *err)
{
	const struct fc_plugin *p = c->o->plugin;

	for (size_t i = from; i < to; i++)
		for (size_t j = i + 1; j < c->n; j++) {
			int32_t score = 0;

			if (p->compare(c->o->model,
				    c->templates + i * p->template_bytes,
				    c->templates + j * p->template_bytes,
				    &score,
				    c->desks->at[worker].scratch) > FC_SAYS_NO)
				return fa_fail(err, FA_E_INPUT,
					"matcher %s: compare failed", p->name);
			tail_add(&c->tails[worker], score);
		}
	return FA_OK;
}

static int
rows(void *ctx, unsigned worker, size_t piece, struct fa_err *err)
{
	struct counting *c = ctx;
	size_t from = piece * FC_CROWD_ROWS;
	size_t to = from + FC_CROWD_ROWS < c->n ? from + FC_CROWD_ROWS : c->n;

	if (!c->set)
		return rows_by_matcher(c, worker, from, to, err);
	fc_pairs_tail(c->kernel, c->set, from, to, &c->tails[worker]);
	return FA_OK;
}

static int
rows_told(void *ctx, size_t done, struct fa_err *err)
{
	struct counting *c = ctx;
	size_t all = (c->n + FC_CROWD_ROWS - 1) / FC_CROWD_ROWS;

	if (c->o->tell && c->o->tell(c->o->ctx, "pairs", done, all))
		return fa_fail(err, FA_E_INTERRUPTED,
			"interrupted while it compared all pairs");
	return FA_OK;
}

static void
sum(struct fc_tail *total, const struct fc_tail *tails, unsigned n)
{
	*total = tails[0];
	for (unsigned w = 1; w < n; w++) {
		total->pairs += tails[w].pairs;
		for (size_t b = 0; b < FC_TAIL_BINS; b++)
			total->bins[b] += tails[w].bins[b];
	}
}

/* Leaves out those without a template. */
static size_t
keep_good(struct fc_gallery *g, size_t bytes)
{
	size_t n = 0;

	for (size_t i = 0; i < g->subjects; i++) {
		if (g->failed[i])
			continue;
		if (n != i)
			memcpy(g->templates + n * bytes,
				g->templates + i * bytes, bytes);
		n++;
	}
	return n;
}

static int
count_pairs(struct fc_crowd *out, struct counting *c,
	const struct fc_scores *scores, struct fc_bench_measured *m,
	struct fa_arena *a, struct fa_err *err)
{
	struct fc_crew crew = { c->desks->n,
		(c->n + FC_CROWD_ROWS - 1) / FC_CROWD_ROWS, rows, rows_told,
		c };
	int32_t floor = (int32_t)fc_threshold_for(
		scores, scores->impostor_n / FLOOR_FMR);
	struct fc_tail total = { .floor = floor };
	int64_t begun;
	int rc;

	total.shift = shift_for(scores);
	c->tails = fa_arena_new(a, c->desks->n, sizeof(*c->tails));
	if (!c->tails)
		return fa_fail(err, FA_E_NOMEM, "no memory to count pairs");
	for (unsigned w = 0; w < c->desks->n; w++)
		c->tails[w] = total;
	begun = fc_bench_ns();
	rc = fc_crew_run(&crew, err);
	if (rc)
		return rc;
	sum(&total, c->tails, c->desks->n);
	if (m) {
		m->crowd_ms = (fc_bench_ns() - begun) / 1000000;
		m->crowd_pairs = total.pairs;
	}
	fc_det_of_tail(&out->det, scores, &total);
	out->floor_ppt = fc_rule_of_3_ppt(total.pairs);
	return FA_OK;
}

static int
crowd_in(struct fc_crowd *out, const struct fc_bench_opts *o,
	const struct fc_scores *scores, const struct fc_desks *desks,
	struct fc_bench_measured *m, struct fa_arena *a, struct fa_err *err)
{
	struct fc_gallery g = { .seed = o->seed ^ FC_CROWD_WORLD,
		.grade = o->people_grade,
		.subjects = o->people,
		.pictures = 1 };
	struct counting c = {
		.o = o, .desks = desks, .kernel = fc_kernel_best()
	};
	struct fc_pair_set *set = NULL;
	int rc = fc_gallery_fill(&g, o, desks, a, err);

	if (rc)
		return rc;
	c.n = keep_good(&g, o->plugin->template_bytes);
	c.templates = g.templates;
	if (kernel_fits(g.templates, c.n, o, desks->at[0].scratch)) {
		rc = fc_pair_set_new(
			&set, (const int8_t *)g.templates, c.n, a, err);
		if (rc)
			return rc;
		c.set = set;
	} else if (c.n > FC_BENCH_SLOW_PEOPLE) {
		return fa_fail(err, FA_E_LIMIT,
			"all pairs of %zu people by matcher %s, whose "
			"comparison is its own: limit %d",
			c.n, o->plugin->name, FC_BENCH_SLOW_PEOPLE);
	}
	out->grade = o->people_grade;
	out->people = o->people;
	out->failed = o->people - (uint32_t)c.n;
	memcpy(out->corpus, g.corpus, sizeof(out->corpus));
	memcpy(out->templates, g.encoded, sizeof(out->templates));
	return count_pairs(out, &c, scores, m, a, err);
}

int
fc_crowd_run(struct fc_crowd *out, const struct fc_bench_opts *o,
	const struct fc_scores *scores, const struct fc_desks *desks,
	struct fc_bench_measured *m, struct fa_err *err)
{
	struct fa_arena a;
	int rc;

	if (scores->impostor_n < FLOOR_FMR || scores->genuine_n == 0)
		return fa_fail(err, FA_E_USAGE,
			"%zu impostor and %zu genuine pairs of grade %u, "
			"expected %d and 1 to place the pairs of a crowd",
			scores->impostor_n, scores->genuine_n, o->people_grade,
			FLOOR_FMR);
	fa_arena_init(&a, CROWD_BYTES);
	rc = crowd_in(out, o, scores, desks, m, &a, err);
	fa_arena_done(&a);
	return rc;
}

bool
fc_crowd_at(int64_t *fnmr_ppt, const struct fc_crowd *c, int64_t fmr_ppt)
{
	const struct fc_det *d = &c->det;
	double most = (double)d->impostor * ((double)fmr_ppt / (double)FC_PPT);

	if (most < 3)
		return false;
	for (size_t i = 0; i < d->n; i++)
		if ((double)d->at[i].false_matches <= most) {
			*fnmr_ppt =
				fc_ppt(d->at[i].false_non_matches, d->genuine);
			return true;
		}
	return false;
}
