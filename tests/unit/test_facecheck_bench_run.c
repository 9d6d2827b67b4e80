/* The benchmark as a whole, with a matcher that is simple enough to know what
 * must come out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "facecheck/bench/bench.h"
#include "facecheck/face/kernel.h"

#define SIDE_X 16
#define SIDE_Y 32
_Static_assert(SIDE_X *SIDE_Y == FC_TEMPLATE_DIMS, "one byte for each block");

/* A template is how blocks differ from the mean; alike is a large inner
 * product, as the kernel computes it. */
static enum fc_saying
encode(const void *model, const struct fc_picture *p, uint8_t *templ,
	void *scratch)
{
	int32_t *sum = scratch, mean = 0;
	int32_t per = (int32_t)(p->width / SIDE_X * (p->height / SIDE_Y));

	(void)model;
	memset(sum, 0, FC_TEMPLATE_DIMS * sizeof(*sum));
	for (uint32_t y = 0; y < p->height; y++)
		for (uint32_t x = 0; x < p->width; x++)
			sum[y * SIDE_Y / p->height * SIDE_X +
				x * SIDE_X / p->width] +=
				p->pixels[(size_t)y * p->width + x];
	for (int i = 0; i < FC_TEMPLATE_DIMS; i++)
		mean += sum[i] / per;
	mean /= FC_TEMPLATE_DIMS;
	for (int i = 0; i < FC_TEMPLATE_DIMS; i++) {
		int32_t v = (sum[i] / per - mean) / 2;

		templ[i] = (uint8_t)(int8_t)(v > 127 ? 127
				: v < -127           ? -127
						     : v);
	}
	return FC_SAYS_YES;
}

static enum fc_saying
compare(const void *model, const uint8_t *a, const uint8_t *b, int32_t *score,
	void *scratch)
{
	int32_t sum = 0;

	(void)model;
	(void)scratch;
	for (int i = 0; i < FC_TEMPLATE_DIMS; i++)
		sum += (int8_t)a[i] * (int8_t)b[i];
	if (score)
		*score = sum;
	return sum > 100000 ? FC_SAYS_YES : FC_SAYS_NO;
}

/* The same, with a score that no kernel gives. */
static enum fc_saying
compare_other(const void *model, const uint8_t *a, const uint8_t *b,
	int32_t *score, void *scratch)
{
	enum fc_saying said = compare(model, a, b, score, scratch);

	if (score)
		*score = *score * 2 + 1;
	return said;
}

/* Alive is what moves; a sheet that turns moves too, so this one is fooled. */
static enum fc_saying
alive(const void *model, const struct fc_picture *f, uint32_t n,
	enum fc_turn asked, void *scratch)
{
	(void)model;
	(void)asked;
	(void)scratch;
	return memcmp(f[0].pixels, f[n - 1].pixels,
		       (size_t)f[0].width * f[0].height) == 0
		? FC_SAYS_NO
		: FC_SAYS_YES;
}

static enum fc_saying
encode_poor(const void *model, const struct fc_picture *p, uint8_t *templ,
	void *scratch)
{
	enum fc_saying said = encode(model, p, templ, scratch);

	return p->pixels[FC_FACE_BYTES / 2] % 8 == 0 ? FC_SAYS_POOR : said;
}

static enum fc_saying
encode_broken(const void *model, const struct fc_picture *p, uint8_t *templ,
	void *scratch)
{
	(void)model;
	(void)p;
	(void)templ;
	(void)scratch;
	return FC_SAYS_BROKEN;
}

static int
toy_open(const char *dir, void **model)
{
	(void)dir;
	*model = NULL;
	return 0;
}

static void
toy_close(void *model)
{
	(void)model;
}

static const struct fc_plugin toy = {
	.abi = FC_PLUGIN_ABI,
	.name = "toy <&>",
	.version = "1",
	.template_bytes = FC_TEMPLATE_DIMS,
	.scratch_bytes = FC_TEMPLATE_DIMS * sizeof(int32_t),
	.frames = 2,
	.open = toy_open,
	.encode = encode,
	.alive = alive,
	.compare = compare,
	.close = toy_close,
};

struct rig {
	struct fa_arena a;
	struct fa_err err;
	struct fa_buf one, two;
	struct fc_plugin plugin;
	struct fc_bench_opts o;
	struct fc_bench *b;
};

static int
setup(void **state)
{
	static struct rig r;

	memset(&r, 0, sizeof(r));
	fa_arena_init(&r.a, FC_BENCH_ARENA_BYTES);
	fa_buf_init(&r.one, FC_BENCH_REPORT_BYTES);
	fa_buf_init(&r.two, FC_BENCH_REPORT_BYTES);
	r.plugin = toy;
	fc_bench_opts_init(&r.o, &r.plugin, NULL);
	r.o.subjects = 6;
	r.o.pictures = 3;
	r.o.grades[0] = 35;
	r.o.grades_n = 1;
	r.o.people = 80;
	r.o.people_grade = 35;
	r.o.sessions = 3;
	r.o.resamples = 50;
	r.o.threads = 1;
	r.o.runs = 0;
	*state = &r;
	return 0;
}

static int
teardown(void **state)
{
	struct rig *r = *state;

	fa_buf_done(&r->one);
	fa_buf_done(&r->two);
	fa_arena_done(&r->a);
	return 0;
}

static void
run(struct rig *r)
{
	if (fc_bench_run(&r->b, &r->o, &r->a, &r->err) != FA_OK)
		fail_msg("%s", r->err.msg);
}

static void
counts_do_not_depend_on_threads_nor_on_the_kernel(void **state)
{
	struct rig *r = *state;

	run(r);
	assert_int_equal(fc_bench_json(&r->one, r->b, true, &r->err), FA_OK);
	r->o.threads = 3;
	run(r);
	assert_int_equal(fc_bench_json(&r->two, r->b, true, &r->err), FA_OK);
	assert_true(fa_str_eq(fa_buf_str(&r->one), fa_buf_str(&r->two)));
	fa_buf_reset(&r->two);
	r->o.seed++;
	run(r);
	assert_int_equal(fc_bench_json(&r->two, r->b, true, &r->err), FA_OK);
	assert_false(fa_str_eq(fa_buf_str(&r->one), fa_buf_str(&r->two)));
}

/* A score that rises with the kernel's gives the same curve, at thresholds that
 * the bins allow. */
static void
a_matcher_of_its_own_gives_the_pairs_of_the_kernel(void **state)
{
	struct rig *r = *state;
	uint64_t pairs;
	int64_t fnmr = -1, again = -2;

	run(r);
	pairs = r->b->crowd.det.impostor;
	assert_int_equal(pairs, 80 * 79 / 2);
	assert_true(fc_crowd_at(&fnmr, &r->b->crowd, FC_PPT / 1000));
	assert_false(fc_crowd_at(&again, &r->b->crowd, FC_PPT / 10000));
	r->plugin.compare = compare_other;
	run(r);
	assert_int_equal(r->b->crowd.det.impostor, pairs);
	assert_true(fc_crowd_at(&again, &r->b->crowd, FC_PPT / 1000));
	assert_in_range(again, fnmr > FC_PPT / 10 ? fnmr - FC_PPT / 10 : 0,
		fnmr + FC_PPT / 10);
}

static void
pictures_without_template_are_left_out_and_told(void **state)
{
	struct rig *r = *state;

	r->plugin.encode = encode_poor;
	run(r);
	assert_true(r->b->accuracy[0].failed.errors > 0);
	assert_true(r->b->crowd.failed > 0);
	assert_int_equal(r->b->crowd.det.impostor,
		(uint64_t)(80 - r->b->crowd.failed) *
			(79 - r->b->crowd.failed) / 2);
	assert_true(r->b->accuracy[0].at[0].frr_ppt >=
		r->b->accuracy[0].at[0].fnmr.ppt);
}

static void
each_species_is_counted_by_itself(void **state)
{
	struct rig *r = *state;

	run(r);
	assert_int_equal(r->b->attacks_n, FC_SPECIES_COUNT);
	for (size_t i = 0; i < FC_SPECIES_COUNT; i++) {
		const struct fc_attack *k = &r->b->attack[i];

		/* Everything moves: all attacks pass, and so do the living. */
		assert_int_equal(k->species, i);
		assert_int_equal(k->wrong.trials, 3);
		assert_int_equal(
			k->wrong.errors, k->species == FC_SPECIES_LIVE ? 0 : 3);
	}
}

static void
other_ways_are_no_longer_than_the_face(void **state)
{
	struct rig *r = *state;

	r->o.people = r->o.sessions = 0;
	run(r);
	assert_true(r->b->friction.face > 0);
	assert_in_range(r->b->friction.other, 1, r->b->friction.face);
	assert_in_range(r->b->friction.human, 1, r->b->friction.face);
}

static void
a_broken_matcher_is_an_error(void **state)
{
	struct rig *r = *state;

	r->plugin.encode = encode_broken;
	assert_int_equal(
		fc_bench_run(&r->b, &r->o, &r->a, &r->err), FA_E_INPUT);
	assert_non_null(strstr(r->err.msg, "toy"));
}

static void
options_out_of_range_are_refused(void **state)
{
	struct rig *r = *state;
	struct fc_bench_opts good = r->o;

#define REFUSED(change)                                                        \
	do {                                                                   \
		r->o = good;                                                   \
		change;                                                        \
		assert_int_equal(fc_bench_run(&r->b, &r->o, &r->a, &r->err),   \
			FA_E_USAGE);                                           \
	} while (0)
	REFUSED(r->o.subjects = 1);
	REFUSED(r->o.pictures = 0);
	REFUSED(r->o.pictures = FC_BENCH_PICTURES_MAX);
	REFUSED(r->o.subjects = UINT32_MAX);
	REFUSED(r->o.people = 1);
	REFUSED(r->o.people = FC_BENCH_PEOPLE_MAX + 1);
	REFUSED(r->o.people_grade = 36);
	REFUSED(r->o.grades_n = 0);
	REFUSED(r->o.grades[0] = 101);
	REFUSED(r->o.sessions = FC_BENCH_SESSIONS_MAX + 1);
	REFUSED(r->o.resamples = FC_BENCH_RESAMPLES_MAX + 1);
	REFUSED(r->o.runs = FC_BENCH_RUNS_MAX + 1);
	REFUSED(r->o.threads = FC_BENCH_THREADS_MAX + 1);
#undef REFUSED
}

static int
enough(void *ctx, const char *what, uint64_t done, uint64_t all)
{
	int *left = ctx;

	(void)what;
	assert_true(done <= all);
	return --*left <= 0;
}

static void
it_can_be_interrupted(void **state)
{
	struct rig *r = *state;
	int left = 5;

	r->o.tell = enough;
	r->o.ctx = &left;
	assert_int_equal(
		fc_bench_run(&r->b, &r->o, &r->a, &r->err), FA_E_INTERRUPTED);
}

/* No key of the report names a score or a threshold, at any depth. */
static void
no_threshold_in(const struct fa_json *j)
{
	for (const struct fa_json *k = j->child; k; k = k->next) {
		assert_int_equal(
			fa_str_find(k->key, FA_STR("threshold"), 0), SIZE_MAX);
		assert_int_equal(
			fa_str_find(k->key, FA_STR("score"), 0), SIZE_MAX);
		no_threshold_in(k);
	}
}

static void
no_threshold_comes_out_of_it(void **state)
{
	struct rig *r = *state;
	struct fa_json *j = NULL;
	struct fa_str notice;

	assert_int_equal(fc_bench_threshold(&r->err), FA_E_UNSUPPORTED);
	assert_non_null(strstr(r->err.msg, "no deployment threshold"));
	run(r);
	assert_int_equal(fc_bench_json(&r->one, r->b, false, &r->err), FA_OK);
	assert_int_equal(
		fa_json_parse(&j, fa_buf_str(&r->one), &r->a, &r->err), FA_OK);
	notice = fa_json_text(j, "notice");
	assert_true(fa_str_eq(notice, fa_str_c(fc_bench_notice(FC_BENCH_EN))));
	no_threshold_in(j);
}

static void
the_digest_in_the_report_is_that_of_its_first_half(void **state)
{
	struct rig *r = *state;
	struct fa_str all, part;
	size_t from, to;
	char sha[FA_HASH_HEX_BYTES];

	run(r);
	assert_int_equal(fc_bench_json(&r->one, r->b, false, &r->err), FA_OK);
	all = fa_buf_str(&r->one);
	from = fa_str_find(all, FA_STR("\"accuracy\":"), 0) + 11;
	to = fa_str_find(all, FA_STR(",\n\"accuracy_sha256\":\""), 0);
	part = fa_str_sub(all, from, to);
	assert_int_equal(fa_hash_sha256(sha, part, &r->err), FA_OK);
	assert_true(
		fa_str_starts(fa_str_sub(all, to + 21, all.n), fa_str_c(sha)));
}

static bool
has(const struct fa_buf *b, const char *text)
{
	return fa_str_find(fa_buf_str(b), fa_str_c(text), 0) != SIZE_MAX;
}

static void
reports_carry_the_notice_and_escape_names(void **state)
{
	struct rig *r = *state;

	run(r);
	for (int l = 0; l < 2; l++) {
		enum fc_bench_lang lang = l ? FC_BENCH_EN : FC_BENCH_ZH;

		fa_buf_reset(&r->one);
		fc_bench_text(&r->one, r->b, lang);
		assert_true(has(&r->one, fc_bench_notice(lang)));
		assert_true(has(&r->one, "toy <&>"));
		fa_buf_reset(&r->one);
		fc_bench_html(&r->one, r->b, lang);
		assert_true(has(&r->one, fc_bench_notice(lang)));
		assert_true(has(&r->one, "toy &lt;&amp;&gt;"));
		assert_false(has(&r->one, "toy <"));
		assert_false(has(&r->one, "http://www.example"));
		fa_buf_reset(&r->one);
		fc_bench_svg(&r->one, r->b, lang);
		assert_true(has(&r->one, fc_bench_notice(lang)));
		assert_true(has(&r->one, "</svg>"));
	}
}

static void
times_are_measured_in_and_out_of_the_sandbox(void **state)
{
	struct rig *r = *state;
	unsigned seen = 0;

	r->o.people = r->o.sessions = 0;
	r->o.runs = 5;
	r->o.threads = 2;
#if defined(__SANITIZE_ADDRESS__)
	r->o.limited = true;
	r->o.at_most = FC_LEVEL_NONE;
#endif
	run(r);
	for (size_t i = 0; i < r->b->measured.timings_n; i++) {
		const struct fc_timing *t = &r->b->measured.timing[i];

		assert_int_equal(t->runs, 5);
		assert_true(t->min_ns <= t->p50_ns && t->p50_ns <= t->p99_ns);
		seen |= strcmp(t->name, "in_process") == 0 ? 1u : 0;
		seen |= strcmp(t->name, "sandboxed") == 0 ? 2u : 0;
		seen |= strcmp(t->name, "child_none") == 0 ? 4u : 0;
	}
	assert_int_equal(seen, 7);
	assert_true(r->b->measured.speeds_n >= 3);
	assert_true(r->b->measured.pair_ns_x100 > 0);
	fc_bench_html(&r->one, r->b, FC_BENCH_ZH);
	assert_true(has(&r->one, "sandboxed_alive"));
}

/* Whether OpenCV is here or not is the machine's affair; that one or the other
 * is said is ours. */
static void
a_peer_is_judged_or_said_to_be_missing(void **state)
{
	struct rig *r = *state;

	r->o.people = r->o.sessions = 0;
	r->o.peers = true;
	run(r);
	assert_true(r->b->has_peer);
	fc_bench_text(&r->one, r->b, FC_BENCH_EN);
	assert_true(has(&r->one, r->b->peer.name));
	if (!r->b->peer.there) {
		assert_true(strlen(r->b->peer.why_not) > 0);
		assert_true(has(&r->one, r->b->peer.why_not));
		return;
	}
	assert_int_equal(r->b->peer.accuracy_n, 1);
	assert_int_equal(r->b->peer.own[0].det.genuine, 6 * 3);
	assert_true(r->b->peer.compare_ns > 0);
	assert_true(has(&r->one, r->b->peer.version));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(counts_do_not_depend_on_threads_nor_on_the_kernel),
		T(a_matcher_of_its_own_gives_the_pairs_of_the_kernel),
		T(pictures_without_template_are_left_out_and_told),
		T(each_species_is_counted_by_itself),
		T(other_ways_are_no_longer_than_the_face),
		T(a_broken_matcher_is_an_error),
		T(options_out_of_range_are_refused),
		T(it_can_be_interrupted),
		T(no_threshold_comes_out_of_it),
		T(the_digest_in_the_report_is_that_of_its_first_half),
		T(reports_carry_the_notice_and_escape_names),
		T(times_are_measured_in_and_out_of_the_sandbox),
		T(a_peer_is_judged_or_said_to_be_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
