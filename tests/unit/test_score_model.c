/* Properties of frx-1 over random cases, and worked examples. */
#include "fixture_report.h"

#define CASES 25000
#define OBLIGATIONS_MAX 25
#define RULES 40

/* xorshift64*: the same cases on every machine. */
static uint64_t
next(uint64_t *s)
{
	*s ^= *s >> 12;
	*s ^= *s << 25;
	*s ^= *s >> 27;
	return *s * 2685821657736338717u;
}

static uint32_t
below(uint64_t *s, uint32_t n)
{
	return (uint32_t)(next(s) >> 33) % n;
}

struct world {
	struct fa_bundle b;
	struct fa_obligation obligations[OBLIGATIONS_MAX];
	struct fa_rule rules[RULES];
	struct fa_finding findings[OBLIGATIONS_MAX * 2];
	struct fa_result r;
};

static void
make_world(struct world *w, uint64_t *s)
{
	static const uint32_t edges[] = { 0, 1, 699, 700, 899, 900, 963, 1000 };

	memset(w, 0, sizeof(*w));
	w->b = fixture_bundle;
	w->b.obligations = w->obligations;
	w->b.rules = w->rules;
	w->b.rules_n = RULES;
	w->b.obligations_n = 4 + below(s, OBLIGATIONS_MAX - 3);
	for (size_t i = 0; i < RULES; i++) {
		w->rules[i].precision = below(s, 3) == 0
			? edges[below(s, FA_COUNT(edges))]
			: below(s, 1001);
	}
	for (size_t i = 0; i < w->b.obligations_n; i++) {
		w->obligations[i].id = FA_STR("X.1");
		w->obligations[i].severity =
			(enum fa_severity)below(s, FA_SEVERITY_COUNT);
		w->findings[i].obligation = (uint32_t)i;
		w->findings[i].verdict =
			(enum fa_verdict)below(s, FA_VERDICT_COUNT);
		w->findings[i].rule =
			below(s, 10) == 0 ? FA_RULE_NONE : below(s, RULES);
	}
	w->r.findings = w->findings;
	w->r.findings_n = w->b.obligations_n;
}

static struct fa_score
score(struct world *w)
{
	struct fa_arena a;
	struct fa_err err;

	fa_arena_init(&a, FIXTURE_ARENA_BYTES);
	assert_int_equal(
		fa_score(&w->r, &w->b, FIXTURE_AS_OF, &a, &err), FA_OK);
	w->r.score.vector = FA_STR_NONE;
	fa_arena_done(&a);
	return w->r.score;
}

static void
assert_same(const struct fa_score *a, const struct fa_score *b)
{
	assert_int_equal(a->hi, b->hi);
	assert_int_equal(a->lo, b->lo);
	assert_int_equal(a->coverage_bp, b->coverage_bp);
	assert_int_equal(a->grade, b->grade);
}

typedef void property(
	struct world *w, uint64_t *s, const struct fa_score *before);

static void
over_cases(property *check, uint64_t seed)
{
	static struct world w;

	for (unsigned i = 0; i < CASES; i++) {
		struct fa_score before;

		make_world(&w, &seed);
		before = score(&w);
		check(&w, &seed, &before);
	}
}

static void
adding_violation(struct world *w, uint64_t *s, const struct fa_score *before)
{
	struct fa_finding *f =
		&w->findings[below(s, (uint32_t)w->r.findings_n)];
	bool known = f->verdict == FA_VERDICT_COMPLIANT ||
		f->verdict == FA_VERDICT_NOT_APPLICABLE;
	bool breach = f->verdict == FA_VERDICT_GAP ||
		f->verdict == FA_VERDICT_VIOLATION;
	struct fa_score after;

	if (!breach) {
		f->verdict = FA_VERDICT_VIOLATION;
		f->rule = below(s, RULES);
		after = score(w);
		assert_true(after.hi <= before->hi);
		/* Proof in place of an unknown may narrow the interval. */
		assert_true(!known || after.lo <= before->lo);
		return;
	}
	/* A second one for an obligation that is broken already. */
	w->findings[w->r.findings_n] = *f;
	w->findings[w->r.findings_n].verdict = FA_VERDICT_VIOLATION;
	w->findings[w->r.findings_n].rule = below(s, RULES);
	w->r.findings_n++;
	after = score(w);
	assert_true(after.hi <= before->hi);
}

static void
adding_a_violation_never_raises_the_score(void **state)
{
	(void)state;
	over_cases(adding_violation, 1);
}

static void
unrelated_pass(struct world *w, uint64_t *s, const struct fa_score *before)
{
	struct fa_finding *f =
		&w->findings[below(s, (uint32_t)w->r.findings_n)];
	struct fa_score after;

	if (f->verdict != FA_VERDICT_NOT_APPLICABLE)
		return;
	f->verdict = FA_VERDICT_COMPLIANT;
	after = score(w);
	assert_int_equal(after.hi, before->hi);
	assert_int_equal(after.lo, before->lo);
}

static void
an_unrelated_pass_changes_neither_end(void **state)
{
	(void)state;
	over_cases(unrelated_pass, 2);
}

static void
repeat_and_shuffle(struct world *w, uint64_t *s, const struct fa_score *before)
{
	size_t n = w->r.findings_n;
	struct fa_score after;

	for (size_t i = 0; i < n; i++) {
		if (below(s, 2) == 0)
			w->findings[w->r.findings_n++] = w->findings[i];
	}
	for (size_t i = w->r.findings_n; i > 1; i--) {
		size_t k = below(s, (uint32_t)i);
		struct fa_finding f = w->findings[k];

		w->findings[k] = w->findings[i - 1];
		w->findings[i - 1] = f;
	}
	after = score(w);
	assert_same(&after, before);
}

static void
repeats_and_order_change_nothing(void **state)
{
	(void)state;
	over_cases(repeat_and_shuffle, 3);
}

static void
interval(struct world *w, uint64_t *s, const struct fa_score *before)
{
	(void)w;
	(void)s;
	assert_true(before->lo <= before->hi);
	assert_true(before->lo >= 0 && before->hi <= FA_SCORE_ONE);
	assert_true(before->coverage_bp <= 10000);
	assert_non_null(strchr("ABCDEUN", before->grade));
}

static void
the_low_end_is_never_above_the_high_end(void **state)
{
	(void)state;
	over_cases(interval, 4);
}

static void
hiding(struct world *w, uint64_t *s, const struct fa_score *before)
{
	struct fa_finding *f =
		&w->findings[below(s, (uint32_t)w->r.findings_n)];
	enum fa_verdict was = f->verdict;
	bool lead;
	struct fa_score after;

	if (was == FA_VERDICT_NOT_APPLICABLE)
		return;
	lead = (was == FA_VERDICT_VIOLATION || was == FA_VERDICT_GAP) &&
		f->tier == FA_TIER_LEAD;
	f->verdict = FA_VERDICT_CANNOT_TELL;
	after = score(w);
	assert_true(after.lo <= before->lo);
	assert_true(after.coverage_bp <= before->coverage_bp);
	if (lead)
		assert_same(&after, before);
}

static void
turning_anything_into_cannot_tell_never_raises_the_low_end(void **state)
{
	(void)state;
	over_cases(hiding, 5);
}

static void
ignorance(struct world *w, uint64_t *s, const struct fa_score *before)
{
	struct fa_finding *f =
		&w->findings[below(s, (uint32_t)w->r.findings_n)];
	struct fa_score after;

	if (f->verdict != FA_VERDICT_COMPLIANT)
		return;
	f->verdict = FA_VERDICT_CANNOT_TELL;
	after = score(w);
	assert_int_equal(after.hi, before->hi);
	if (before->grade == 'U')
		assert_int_equal(after.grade, 'U');
	else if (after.grade != 'U')
		assert_true(after.grade >= before->grade);
}

static void
ignorance_never_improves_the_grade(void **state)
{
	(void)state;
	over_cases(ignorance, 6);
}

/* Scores obligations of one severity each at one confidence. */
static struct fa_score
example(const char *verdicts, enum fa_severity severity, uint32_t precision)
{
	static struct world w;

	memset(&w, 0, sizeof(w));
	w.b = fixture_bundle;
	w.b.obligations = w.obligations;
	w.b.rules = w.rules;
	w.b.rules_n = 1;
	w.rules[0].precision = precision;
	w.b.obligations_n = strlen(verdicts);
	w.r.findings = w.findings;
	w.r.findings_n = w.b.obligations_n;
	for (size_t i = 0; i < w.b.obligations_n; i++) {
		w.obligations[i].id = FA_STR("X.1");
		w.obligations[i].severity = severity;
		w.findings[i].obligation = (uint32_t)i;
		for (int v = 0; v < FA_VERDICT_COUNT; v++) {
			if (fa_verdict_letter((enum fa_verdict)v) ==
				verdicts[i])
				w.findings[i].verdict = (enum fa_verdict)v;
		}
	}
	return score(&w);
}

static void
the_worked_examples_of_the_manual_hold(void **state)
{
	struct fa_score s;

	(void)state;
	s = example("V", FA_SEVERITY_CRITICAL, 963);
	assert_int_equal(s.hi, 277750000);
	assert_int_equal(s.grade, 'E');
	s = example("V", FA_SEVERITY_HIGH, 901);
	assert_int_equal(s.hi, 594550000);
	assert_int_equal(s.grade, 'D');
	s = example("VQQ", FA_SEVERITY_HIGH, 901);
	assert_int_equal(s.hi, 594550000);
	assert_int_equal(s.lo, 179851375);
	assert_int_equal(s.coverage_bp, 3333);
	s = example("VV", FA_SEVERITY_MEDIUM, 901);
	assert_int_equal(s.hi / 1000000, 672);
	assert_int_equal(s.grade, 'C');
}

static void
grades_follow_the_table(void **state)
{
	(void)state;
	assert_int_equal(example("NNN", FA_SEVERITY_HIGH, 0).grade, 'N');
	assert_int_equal(
		example("NNN", FA_SEVERITY_HIGH, 0).coverage_bp, 10000);
	assert_int_equal(example("CCC", FA_SEVERITY_HIGH, 0).grade, 'A');
	assert_int_equal(example("CCCQ", FA_SEVERITY_HIGH, 0).grade, 'B');
	assert_int_equal(example("CQ", FA_SEVERITY_HIGH, 0).grade, 'U');
	assert_int_equal(example("CCV", FA_SEVERITY_LOW, 950).grade, 'B');
	assert_int_equal(example("QQV", FA_SEVERITY_LOW, 950).grade, 'U');
	/* Proven grave things need no coverage. */
	assert_int_equal(example("QQV", FA_SEVERITY_CRITICAL, 950).grade, 'E');
	/* An encouragement costs nothing. */
	assert_int_equal(example("V", FA_SEVERITY_ADVISORY, 950).grade, 'A');
}

static void
leads_are_shown_but_never_counted(void **state)
{
	struct fa_score s;

	(void)state;
	s = example("VC", FA_SEVERITY_CRITICAL, 699);
	assert_int_equal(s.hi, FA_SCORE_ONE);
	assert_int_equal(s.lo, 250000000);
	assert_int_equal(s.coverage_bp, 5000);
	assert_int_equal(s.grade, 'U');
	s = example("VC", FA_SEVERITY_CRITICAL, 700);
	assert_int_equal(s.hi, 475000000);
}

static void
the_vector_says_what_was_found(void **state)
{
	struct fa_arena a;
	struct fixture x;

	(void)state;
	fa_arena_init(&a, FIXTURE_ARENA_BYTES);
	fixture_policy(&x, &a);
	assert_true(fa_str_eq(x.res.score.vector,
		FA_STR("frx-1/B:0123456789ab/D:2026-11-21"
		       "/FRM.10.1.a=V.h.963/FRM.12.D=V.c.510/FRM.5.2=G.m.786"
		       "/FRM.6.1=Q.h/PIPL.15=C.m → 6.5..47.7 D cov 0.41")));
	assert_int_equal(x.findings[OB_SOLE].tier, FA_TIER_ESTABLISHED);
	assert_int_equal(x.findings[OB_NOTICE].tier, FA_TIER_PROBABLE);
	assert_int_equal(x.findings[OB_DECEIVE].tier, FA_TIER_LEAD);
	assert_int_equal(x.res.counts[FA_VERDICT_VIOLATION], 2);
	assert_int_equal(x.res.counts[FA_VERDICT_NOT_APPLICABLE], 1);
	fa_arena_done(&a);
}

static void
other_weights_stand_in_the_vector(void **state)
{
	struct fa_bundle b = fixture_bundle;
	struct fa_arena a;
	struct fixture x;
	struct fa_err err;

	(void)state;
	fa_arena_init(&a, FIXTURE_ARENA_BYTES);
	fixture_policy(&x, &a);
	b.loss[FA_SEVERITY_HIGH] = 500;
	assert_int_equal(fa_score(&x.res, &b, FIXTURE_AS_OF, &a, &err), FA_OK);
	assert_true(fixture_has(x.res.score.vector,
		"/D:2026-11-21/W:750,500,200,80,0,900,700/FRM.10.1.a="));
	fa_arena_done(&a);
}

static void
gating_asks_for_verdict_tier_and_severity(void **state)
{
	struct fa_arena a;
	struct fixture x;
	const struct fa_finding *f = x.findings;

	(void)state;
	fa_arena_init(&a, FIXTURE_ARENA_BYTES);
	fixture_policy(&x, &a);
	assert_true(fa_score_gates(&f[OB_SOLE], &fixture_bundle,
		FA_TIER_PROBABLE, FA_SEVERITY_HIGH));
	assert_false(fa_score_gates(&f[OB_SOLE], &fixture_bundle,
		FA_TIER_PROBABLE, FA_SEVERITY_CRITICAL));
	assert_false(fa_score_gates(&f[OB_DECEIVE], &fixture_bundle,
		FA_TIER_PROBABLE, FA_SEVERITY_LOW));
	assert_true(fa_score_gates(&f[OB_NOTICE], &fixture_bundle,
		FA_TIER_PROBABLE, FA_SEVERITY_MEDIUM));
	assert_false(fa_score_gates(&f[OB_SEPARATE], &fixture_bundle,
		FA_TIER_LEAD, FA_SEVERITY_ADVISORY));
	fa_arena_done(&a);
}

/* Two broken parts of one obligation cost what one costs, and stand in the
 * vector under its name. */
static void
parts_weigh_once_with_their_whole(void **state)
{
	struct fa_obligation obligations[3] = {
		{ .id = FA_STR_INIT("X.1"), .severity = FA_SEVERITY_HIGH },
		{ .id = FA_STR_INIT("X.1.a"), .severity = FA_SEVERITY_HIGH },
		{ .id = FA_STR_INIT("X.1.b"), .severity = FA_SEVERITY_HIGH },
	};
	struct fa_rule rules[2] = { { .precision = 950 },
		{ .precision = 901 } };
	struct fa_finding f[2] = {
		{ .obligation = 1, .verdict = FA_VERDICT_VIOLATION, .rule = 1 },
		{ .obligation = 2, .verdict = FA_VERDICT_VIOLATION, .rule = 0 },
	};
	struct fa_bundle b = fixture_bundle;
	struct fa_result r = { .findings = f, .findings_n = 2 };
	struct fa_arena a;
	struct fa_err err;

	(void)state;
	obligations[1].part_of = obligations[2].part_of = &obligations[0];
	b.obligations = obligations;
	b.obligations_n = 3;
	b.rules = rules;
	b.rules_n = 2;
	fa_arena_init(&a, FIXTURE_ARENA_BYTES);
	assert_int_equal(fa_score(&r, &b, FIXTURE_AS_OF, &a, &err), FA_OK);
	assert_int_equal(r.score.hi, FA_SCORE_ONE / 1000000 * 572500);
	assert_true(fixture_has(r.score.vector, "/X.1=V.h.950 "));
	f[0].verdict = FA_VERDICT_COMPLIANT;
	f[1].verdict = FA_VERDICT_CANNOT_TELL;
	assert_int_equal(fa_score(&r, &b, FIXTURE_AS_OF, &a, &err), FA_OK);
	assert_true(fixture_has(r.score.vector, "/X.1=Q.h "));
	fa_arena_done(&a);
}

static void
how_a_flow_is_known_bounds_the_confidence(void **state)
{
	static const enum fa_flow_basis basis[] = { FA_FLOW_OBSERVED,
		FA_FLOW_STATED, FA_FLOW_ASSUMED };
	static const uint32_t confidence[] = { 963, 899, 699 };
	static const enum fa_tier tier[] = { FA_TIER_ESTABLISHED,
		FA_TIER_PROBABLE, FA_TIER_LEAD };
	struct fa_arena a;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct fa_flow_place place = { .basis = basis[i] };
		struct fa_evidence e = { .place = &place };
		struct fixture x;
		struct fa_err err;

		fa_arena_init(&a, FIXTURE_ARENA_BYTES);
		fixture_policy(&x, &a);
		x.findings[OB_SOLE].pro = &e;
		x.findings[OB_SOLE].pro_n = 1;
		assert_int_equal(fa_score(&x.res, &fixture_bundle,
					 FIXTURE_AS_OF, &a, &err),
			FA_OK);
		assert_int_equal(x.findings[OB_SOLE].confidence, confidence[i]);
		assert_int_equal(x.findings[OB_SOLE].tier, tier[i]);
		fa_arena_done(&a);
	}
}

static void
a_full_arena_is_an_error_and_leaves_the_score(void **state)
{
	struct fa_arena a, tiny;
	struct fixture x;
	struct fa_score before;
	struct fa_err err;

	(void)state;
	fa_arena_init(&a, FIXTURE_ARENA_BYTES);
	fa_arena_init(&tiny, 16);
	fixture_policy(&x, &a);
	before = x.res.score;
	assert_int_equal(
		fa_score(&x.res, &fixture_bundle, FIXTURE_AS_OF, &tiny, &err),
		FA_E_NOMEM);
	assert_memory_equal(&before, &x.res.score, sizeof(before));
	fa_arena_done(&tiny);
	fa_arena_done(&a);
}

static void
rated_anew(struct world *w, uint64_t *s, const struct fa_score *before)
{
	static const struct fa_waiver waiver;
	struct world again;

	w->findings[below(s, (uint32_t)w->r.findings_n)].waiver = &waiver;
	w->findings[below(s, (uint32_t)w->r.findings_n)].rule = below(s, RULES);
	again = *w;
	again.b.obligations = again.obligations;
	again.b.rules = again.rules;
	again.r.findings = again.findings;
	(void)score(&again);
	fa_score_rate(&w->r, &w->b);
	assert_memory_equal(
		w->r.counts, again.r.counts, sizeof(again.r.counts));
	for (size_t i = 0; i < w->r.findings_n; i++) {
		assert_int_equal(w->findings[i].confidence,
			again.findings[i].confidence);
		assert_int_equal(w->findings[i].tier, again.findings[i].tier);
	}
	assert_int_equal(w->r.score.hi, before->hi);
}

static void
findings_are_rated_and_counted_without_a_score_as_with_one(void **state)
{
	(void)state;
	over_cases(rated_anew, 9);
}

static void
wilson_bounds_match_the_published_figures(void **state)
{
	(void)state;
	assert_int_equal(fa_score_wilson(0, 0), 0);
	assert_int_equal(fa_score_wilson_upper(0, 0), 1000);
	assert_int_equal(fa_score_wilson(50, 50), 928);
	assert_int_equal(fa_score_wilson(100, 100), 963);
	assert_int_equal(fa_score_wilson(95, 100), 888);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adding_a_violation_never_raises_the_score),
		cmocka_unit_test(an_unrelated_pass_changes_neither_end),
		cmocka_unit_test(repeats_and_order_change_nothing),
		cmocka_unit_test(the_low_end_is_never_above_the_high_end),
		cmocka_unit_test(
			turning_anything_into_cannot_tell_never_raises_the_low_end),
		cmocka_unit_test(ignorance_never_improves_the_grade),
		cmocka_unit_test(the_worked_examples_of_the_manual_hold),
		cmocka_unit_test(grades_follow_the_table),
		cmocka_unit_test(leads_are_shown_but_never_counted),
		cmocka_unit_test(the_vector_says_what_was_found),
		cmocka_unit_test(other_weights_stand_in_the_vector),
		cmocka_unit_test(gating_asks_for_verdict_tier_and_severity),
		cmocka_unit_test(parts_weigh_once_with_their_whole),
		cmocka_unit_test(how_a_flow_is_known_bounds_the_confidence),
		cmocka_unit_test(a_full_arena_is_an_error_and_leaves_the_score),
		cmocka_unit_test(
			findings_are_rated_and_counted_without_a_score_as_with_one),
		cmocka_unit_test(wilson_bounds_match_the_published_figures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
