#include "facecheck/bench/bench.h"

#include <string.h>

#include "facecheck/bench/crew.h"
#include "facecheck/bench/gallery.h"
#include "facecheck/bench/peer.h"
#include "facecheck/bench/speed.h"
#include "facecheck/machine/check.h"

#define WORK_BYTES ((size_t)768 << 20) /* of one grade, given back after it */
#define SEED 20250601 /* the day on which the measures came into force */

void
fc_bench_opts_init(struct fc_bench_opts *o, const struct fc_plugin *plugin,
	const void *model)
{
	*o = (struct fc_bench_opts){
		.plugin = plugin,
		.model = model,
		.seed = SEED,
		.grades = { 35, 70, 100 },
		.grades_n = 3,
		.subjects = 100,
		.pictures = 10,
		.people = 2000,
		.people_grade = 70,
		.sessions = 100,
		.resamples = 1000,
		.runs = 300,
	};
}

static int
check_counts(const struct fc_bench_opts *o, struct fa_err *err)
{
	if (o->subjects < 2 || o->pictures < 2 ||
		o->subjects > FC_BENCH_PICTURES_MAX / o->pictures)
		return fa_fail(err, FA_E_USAGE,
			"%u subjects with %u pictures each, expected at least "
			"2 of each and at most %d pictures",
			o->subjects, o->pictures, FC_BENCH_PICTURES_MAX);
	if (o->people == 1 || o->people > FC_BENCH_PEOPLE_MAX)
		return fa_fail(err, FA_E_USAGE,
			"all pairs of %u people, expected 0 or 2 to %d",
			o->people, FC_BENCH_PEOPLE_MAX);
	if (o->sessions > FC_BENCH_SESSIONS_MAX)
		return fa_fail(err, FA_E_USAGE, "%u sessions, at most %d",
			o->sessions, FC_BENCH_SESSIONS_MAX);
	if (o->resamples > FC_BENCH_RESAMPLES_MAX)
		return fa_fail(err, FA_E_USAGE, "%u resamples, at most %d",
			o->resamples, FC_BENCH_RESAMPLES_MAX);
	if (o->runs > FC_BENCH_RUNS_MAX)
		return fa_fail(err, FA_E_USAGE, "%u runs, at most %d", o->runs,
			FC_BENCH_RUNS_MAX);
	if (o->threads > FC_BENCH_THREADS_MAX)
		return fa_fail(err, FA_E_USAGE, "%u threads, at most %d",
			o->threads, FC_BENCH_THREADS_MAX);
	return FA_OK;
}

static int
check_grades(const struct fc_bench_opts *o, struct fa_err *err)
{
	bool found = o->people == 0;

	if (o->grades_n < 1 || o->grades_n > FC_BENCH_GRADES_MAX)
		return fa_fail(err, FA_E_USAGE,
			"%u difficulties, expected 1 to %d", o->grades_n,
			FC_BENCH_GRADES_MAX);
	for (unsigned i = 0; i < o->grades_n; i++) {
		found = found || o->grades[i] == o->people_grade;
		if (o->grades[i] > FC_DIFFICULTY_MAX)
			return fa_fail(err, FA_E_USAGE,
				"difficulty %u, expected 0 to %d", o->grades[i],
				FC_DIFFICULTY_MAX);
	}
	if (!found)
		return fa_fail(err, FA_E_USAGE,
			"all pairs at difficulty %u, which is not among those "
			"of the run",
			o->people_grade);
	return FA_OK;
}

static int
check_plugin(const struct fc_plugin *p, struct fa_err *err)
{
	if (p->abi != FC_PLUGIN_ABI || p->template_bytes == 0 ||
		p->template_bytes > FC_TEMPLATE_MAX ||
		p->scratch_bytes > FC_SCRATCH_MAX || p->frames < 1 ||
		p->frames > FC_FRAMES_MAX)
		return fa_fail(err, FA_E_INPUT,
			"matcher of interface %u with %u bytes of template, %u "
			"of scratch, %u frames: see facecheck-plugin(3)",
			p->abi, p->template_bytes, p->scratch_bytes, p->frames);
	return FA_OK;
}

static int
friction(struct fc_friction *out, struct fa_arena *a, struct fa_err *err)
{
	struct fc_checker *c = NULL;
	struct fc_verdict v;
	struct fc_table t;
	int rc = fc_checker_new(&c, a, err);

	if (rc)
		return rc;
	fc_table_init(&t);
	rc = fc_check(&v, c, &t, err);
	if (rc)
		return rc;
	*out = (struct fc_friction){ v.steps_to_done[0], v.steps_to_done[1],
		v.steps_to_done[2] };
	return FA_OK;
}

static int
grade_in(struct fc_bench *b, unsigned grade, const struct fc_desks *desks,
	struct fa_arena *a, struct fa_err *err)
{
	const struct fc_bench_opts *o = &b->opts;
	struct fc_gallery g = { .seed = o->seed,
		.grade = grade,
		.subjects = o->subjects,
		.pictures = o->pictures };
	struct fc_accuracy *acc = &b->accuracy[b->accuracy_n];
	struct fc_trials t = { 0 };
	struct fc_scores s = { 0 };
	int rc = fc_gallery_fill(&g, o, desks, a, err);

	if (!rc)
		rc = fc_gallery_trials(&t, &g, o, desks, a, err);
	if (!rc)
		rc = fc_scores_of(&s, &t, a, err);
	if (rc)
		return rc;
	fc_accuracy_of(acc, &t, &s);
	acc->grade = grade;
	rc = fc_bootstrap(acc, &t, &s, o->seed, o->resamples, desks->n, a, err);
	if (rc)
		return rc;
	memcpy(b->corpus[b->accuracy_n], g.corpus, sizeof(g.corpus));
	b->accuracy_n++;
	if (o->sessions > 0) {
		rc = fc_attacks_run(
			b->attack + b->attacks_n, grade, o, desks, a, err);
		if (rc)
			return rc;
		b->attacks_n += FC_SPECIES_COUNT;
	}
	if (o->people == 0 || grade != o->people_grade || b->has_crowd)
		return FA_OK;
	b->has_crowd = true;
	return fc_crowd_run(&b->crowd, o, &s, desks,
		b->has_measured ? &b->measured : NULL, err);
}

/* Everything of one grade, in memory that is given back. */
static int
run_grade(struct fc_bench *b, unsigned grade, const struct fc_desks *desks,
	struct fa_err *err)
{
	struct fa_arena a;
	int rc;

	fa_arena_init(&a, WORK_BYTES);
	rc = grade_in(b, grade, desks, &a, err);
	fa_arena_done(&a);
	return rc;
}

/* First the times, when memory is as small as in a service. */
static int
run_all(struct fc_bench *b, const struct fc_desks *desks, struct fa_arena *a,
	struct fa_err *err)
{
	int rc = friction(&b->friction, a, err);

	if (!rc && b->opts.runs > 0) {
		b->has_measured = true;
		fc_speed_machine(&b->measured, a);
		rc = fc_speed_run(&b->measured, &b->opts, desks, a, err);
		if (!rc)
			rc = fc_speed_kernels(&b->measured, a, err);
	}
	for (unsigned i = 0; i < b->opts.grades_n && !rc; i++)
		rc = run_grade(b, b->opts.grades[i], desks, err);
	if (!rc && b->opts.peers) {
		b->has_peer = true;
		rc = fc_peer_run(&b->peer, &b->opts, desks, a, err);
	}
	return rc;
}

int
fc_bench_run(struct fc_bench **out, const struct fc_bench_opts *o,
	struct fa_arena *a, struct fa_err *err)
{
	struct fc_bench *b = fa_arena_new(a, 1, sizeof(*b));
	struct fc_desks desks = { 0 };
	unsigned threads = o->threads ? o->threads : fc_crew_processors();
	int rc = check_counts(o, err);

	if (!rc)
		rc = check_grades(o, err);
	if (!rc)
		rc = check_plugin(o->plugin, err);
	if (!rc && !b)
		rc = fa_fail(err, FA_E_NOMEM, "no memory for the benchmark");
	if (rc)
		return rc;
	b->opts = *o;
	rc = fc_desks_new(&desks, o, threads, a, err);
	if (!rc)
		rc = run_all(b, &desks, a, err);
	if (rc)
		return rc;
	*out = b;
	return FA_OK;
}

int
fc_bench_threshold(struct fa_err *err)
{
	return fa_fail(err, FA_E_UNSUPPORTED, "no threshold: %s",
		fc_bench_notice(FC_BENCH_EN));
}

const char *
fc_bench_notice(enum fc_bench_lang lang)
{
	return lang == FC_BENCH_ZH
		? "本报告中的人均为渲染生成，并不存在。渲染人像只能用来给方法"
		  "排序，不得据此确定任何实际部署的阈值。"
		: "rendered people rank methods; no deployment threshold may "
		  "be taken from them";
}
