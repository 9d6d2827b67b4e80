#include "score/score.h"

#include <assert.h>

#include "base/buf.h"
#include "base/clock.h"
#include "model/wilson.h"

/* The model in one paragraph. Each obligation stands once, whatever number of
 * findings it has: proven is the highest confidence of its violations and
 * gaps that are not leads. A lead is an unknown: it proves nothing, so it
 * cannot lower the proven end, but it may be right, so the worst end treats
 * it like cannot_tell, as total loss. That is why calling a lead cannot_tell
 * changes no number. Both ends are products of (10^6 - loss x confidence),
 * taken in id order and cut after each step, so that every implementation
 * comes to the same integer.
 *
 * Example: one high violation (loss 450) at confidence 901 and two unknown
 * high ones: hi = 10^9 x 594550 / 10^6 = 594550000, printed 59.4;
 * lo = hi x 0.55 x 0.55 = 179851375, printed 17.9. */

#define MILLIONTHS 1000000
#define THOUSAND 1000u
#define COVERAGE_ALL_BP 10000u
#define COVERAGE_A_BP 9000u /* A asks for this much */
#define COVERAGE_U_BP 6000u /* A and B below this are U */
#define GRADE_B (FA_SCORE_ONE / 100 * 80)
#define GRADE_C (FA_SCORE_ONE / 100 * 60)
#define GRADE_D (FA_SCORE_ONE / 100 * 40)
#define BUNDLE_DIGITS 12
#define VECTOR_MAX_BYTES (4u << 20)
#define VECTOR_BYTES 1000 /* of most */

/* The weights that the model id stands for; others are in the vector. */
static const uint32_t default_loss[FA_SEVERITY_COUNT] = { 0, 80, 200, 450,
	750 };
#define DEFAULT_ESTABLISHED 900u
#define DEFAULT_PROBABLE 700u

static const char severity_letters[FA_SEVERITY_COUNT] = { 'a', 'l', 'm', 'h',
	'c' };

/* What all findings of one obligation come to. */
struct outcome {
	enum fa_verdict verdict;
	uint32_t confidence;
	bool counted; /* a violation or gap that is not a lead */
};

struct sums {
	int64_t hi, lo;
	uint64_t decided, applicable; /* thousandths of loss */
	bool any, critical;           /* applies; established critical */
};

uint32_t
fa_score_wilson(uint32_t right, uint32_t hits)
{
	return fa_wilson_lower(right, hits);
}

uint32_t
fa_score_wilson_upper(uint32_t right, uint32_t hits)
{
	return fa_wilson_upper(right, hits);
}

enum fa_tier
fa_score_tier(const struct fa_bundle *b, uint32_t confidence)
{
	if (confidence >= b->established)
		return FA_TIER_ESTABLISHED;
	if (confidence >= b->probable)
		return FA_TIER_PROBABLE;
	return FA_TIER_LEAD;
}

static bool
is_breach(enum fa_verdict v)
{
	return v == FA_VERDICT_VIOLATION || v == FA_VERDICT_GAP;
}

bool
fa_score_gates(const struct fa_finding *f, const struct fa_bundle *b,
	enum fa_tier tier, enum fa_severity severity)
{
	return is_breach(f->verdict) && f->waiver == NULL && f->tier >= tier &&
		b->obligations[f->obligation].severity >= severity;
}

/* On how the flow is known rests how much may be said of it: what its source
 * states is never established, what is assumed is a lead. */
static uint32_t
bound_by_basis(const struct fa_finding *f, const struct fa_bundle *b)
{
	enum fa_flow_basis best = FA_FLOW_ASSUMED;
	bool on_flow = f->rule < b->rules_n && b->rules[f->rule].on_flow;
	bool in_flow = false, told = false;

	for (size_t i = 0; i < f->pro_n; i++) {
		const struct fa_flow_place *p = f->pro[i].place;

		told |= p == NULL && !f->pro[i].declared;
		if (f->pro[i].declared)
			best = FA_FLOW_STATED;
		in_flow |= f->pro[i].declared;
		if (p == NULL)
			continue;
		in_flow = true;
		if (p->basis > best)
			best = p->basis;
	}
	if (!in_flow || (told && !on_flow) || best == FA_FLOW_OBSERVED)
		return THOUSAND;
	return (best == FA_FLOW_STATED ? b->established : b->probable) - 1;
}

static void
rate(struct fa_finding *f, const struct fa_bundle *b)
{
	uint32_t bound = bound_by_basis(f, b);
	uint32_t p = 0;

	if (f->rule < b->rules_n)
		p = b->rules[f->rule].precision;
	f->confidence = p > bound ? bound : p;
	f->tier = fa_score_tier(b, f->confidence);
}

/* The larger one stands for the obligation. Counted breaches come first, so
 * that a further finding can never hide one. */
static unsigned
rank(const struct outcome *o)
{
	if (o->counted)
		return 10 + (unsigned)o->verdict;
	return (unsigned)o->verdict;
}

static void
merge(struct outcome *into, const struct outcome *o)
{
	uint32_t proven = 0;

	if (into->counted)
		proven = into->confidence;
	if (o->counted && o->confidence > proven)
		proven = o->confidence;
	if (rank(o) > rank(into) ||
		(rank(o) == rank(into) && o->confidence > into->confidence))
		*into = *o;
	if (into->counted)
		into->confidence = proven;
}

/* Of the parts of one obligation; see merge for the rest. */
static void
merge_part(struct outcome *into, const struct outcome *o)
{
	bool counts = into->counted || o->counted;
	enum fa_verdict v = fa_verdict_of_parts(into->verdict, o->verdict);

	merge(into, o);
	if (!counts)
		into->verdict = v;
}

/* One outcome per obligation, in a; NULL when a is full. Parts stand with
 * their whole. */
static struct outcome *
gather(struct fa_result *r, const struct fa_bundle *b, struct fa_arena *a)
{
	struct outcome *all = fa_arena_new(a, b->obligations_n, sizeof(*all));

	for (size_t i = 0; all != NULL && i < r->findings_n; i++) {
		struct fa_finding *f = &r->findings[i];
		struct outcome o;

		assert(f->obligation < b->obligations_n);
		rate(f, b);
		o = (struct outcome){ f->verdict, f->confidence,
			is_breach(f->verdict) && f->tier != FA_TIER_LEAD };
		if (b->obligations[f->obligation].part_of)
			merge_part(&all[fa_bundle_whole(b, f->obligation)], &o);
		else
			merge(&all[f->obligation], &o);
	}
	return all;
}

static uint32_t
loss_of(const struct fa_bundle *b, size_t obligation)
{
	uint32_t v = b->loss[b->obligations[obligation].severity];

	return v > THOUSAND ? THOUSAND : v;
}

static int64_t
lose(int64_t score, uint32_t loss, uint32_t p)
{
	return score * (MILLIONTHS - (int64_t)loss * p) / MILLIONTHS;
}

static void
add(struct sums *s, const struct outcome *o, const struct fa_bundle *b,
	size_t obligation)
{
	uint32_t v = loss_of(b, obligation);
	bool lead = is_breach(o->verdict) && !o->counted;

	if (o->verdict == FA_VERDICT_NOT_APPLICABLE)
		return;
	s->any = true;
	s->applicable += v;
	if (o->counted) {
		s->hi = lose(s->hi, v, o->confidence);
		s->lo = lose(s->lo, v, o->confidence);
	}
	if (lead || o->verdict == FA_VERDICT_CANNOT_TELL)
		s->lo = lose(s->lo, v, THOUSAND);
	if (o->counted || o->verdict == FA_VERDICT_COMPLIANT)
		s->decided += v;
	if (o->verdict == FA_VERDICT_VIOLATION && o->counted &&
		o->confidence >= b->established &&
		b->obligations[obligation].severity == FA_SEVERITY_CRITICAL)
		s->critical = true;
}

static char
grade(const struct sums *s, uint32_t coverage_bp)
{
	char g = 'E';

	if (!s->any)
		return 'N';
	if (s->critical)
		return 'E';
	if (s->hi == FA_SCORE_ONE && coverage_bp >= COVERAGE_A_BP)
		g = 'A';
	else if (s->hi >= GRADE_B)
		g = 'B';
	else if (s->hi >= GRADE_C)
		g = 'C';
	else if (s->hi >= GRADE_D)
		g = 'D';
	if (g <= 'B' && coverage_bp < COVERAGE_U_BP)
		g = 'U';
	return g;
}

/* The weights of a bundle that has others than the model: critical, high,
 * medium, low, advisory, established, probable. */
static void
put_weights(struct fa_buf *out, const struct fa_bundle *b)
{
	bool usual = b->established == DEFAULT_ESTABLISHED &&
		b->probable == DEFAULT_PROBABLE;

	for (size_t i = 0; i < FA_SEVERITY_COUNT; i++)
		usual = usual && b->loss[i] == default_loss[i];
	if (usual)
		return;
	fa_buf_add(out, FA_STR("/W:"));
	for (size_t i = FA_SEVERITY_COUNT; i > 0; i--) {
		fa_buf_add_number(out, b->loss[i - 1], 1);
		fa_buf_addc(out, ',');
	}
	fa_buf_add_number(out, b->established, 1);
	fa_buf_addc(out, ',');
	fa_buf_add_number(out, b->probable, 1);
}

static void
put_points(struct fa_buf *out, int64_t score)
{
	uint64_t tenths = (uint64_t)(score / (FA_SCORE_ONE / 1000));

	fa_buf_add_number(out, tenths / 10, 1);
	fa_buf_addc(out, '.');
	fa_buf_add_number(out, tenths % 10, 1);
}

/* "/FRM.10.1=V.h.963" */
static void
put_outcome(struct fa_buf *out, const struct fa_obligation *o,
	const struct outcome *is)
{
	char letters[] = { '=', fa_verdict_letter(is->verdict), '.',
		severity_letters[o->severity] };

	fa_buf_addc(out, '/');
	fa_buf_add(out, o->id);
	fa_buf_add(out, (struct fa_str){ letters, sizeof(letters) });
	if (!is_breach(is->verdict))
		return;
	fa_buf_addc(out, '.');
	fa_buf_add_number(out, is->confidence, 3);
}

static void
put_vector(struct fa_buf *out, const struct fa_score *s,
	const struct fa_bundle *b, const struct outcome *all, int32_t as_of)
{
	char date[FA_DATE_BYTES];

	fa_date_format(as_of, date);
	fa_buf_add(out, FA_STR("frx-1/B:"));
	fa_buf_add(out, fa_str_sub(fa_str_c(b->sha256), 0, BUNDLE_DIGITS));
	fa_buf_add(out, FA_STR("/D:"));
	fa_buf_adds(out, date);
	put_weights(out, b);
	for (size_t i = 0; i < b->obligations_n; i++)
		if (all[i].verdict != FA_VERDICT_NOT_APPLICABLE)
			put_outcome(out, &b->obligations[i], &all[i]);
	fa_buf_add(out, FA_STR(" \xE2\x86\x92 "));
	put_points(out, s->lo);
	fa_buf_add(out, FA_STR(".."));
	put_points(out, s->hi);
	fa_buf_addc(out, ' ');
	fa_buf_addc(out, s->grade);
	fa_buf_add(out, FA_STR(" cov "));
	fa_buf_add_number(out, s->coverage_bp / COVERAGE_ALL_BP, 1);
	fa_buf_addc(out, '.');
	fa_buf_add_number(out, s->coverage_bp % COVERAGE_ALL_BP / 100, 2);
}

static int
set_vector(struct fa_score *s, const struct fa_bundle *b,
	const struct outcome *all, int32_t as_of, struct fa_arena *a,
	struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf out;
	int rc;

	fa_buf_init(&out, VECTOR_MAX_BYTES);
	(void)fa_buf_reserve(&out, VECTOR_BYTES);
	put_vector(&out, s, b, all, as_of);
	rc = fa_buf_rc(&out, "score vector", err);
	if (rc != FA_OK)
		return rc;
	s->vector = fa_arena_dup(a, fa_buf_str(&out));
	if (s->vector.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for the score");
	return FA_OK;
}

static void
count(struct fa_result *r)
{
	for (size_t i = 0; i < FA_VERDICT_COUNT; i++)
		r->counts[i] = 0;
	for (size_t i = 0; i < r->findings_n; i++)
		r->counts[r->findings[i].verdict] +=
			r->findings[i].waiver == NULL;
}

void
fa_score_rate(struct fa_result *r, const struct fa_bundle *b)
{
	for (size_t i = 0; i < r->findings_n; i++)
		rate(&r->findings[i], b);
	count(r);
}

int
fa_score(struct fa_result *r, const struct fa_bundle *b, int32_t as_of,
	struct fa_arena *a, struct fa_err *err)
{
	struct sums s = { .hi = FA_SCORE_ONE, .lo = FA_SCORE_ONE };
	struct fa_score score = { 0 };
	struct outcome *all = gather(r, b, a);
	int rc;

	if (all == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for the score");
	for (size_t i = 0; i < b->obligations_n; i++)
		add(&s, &all[i], b, i);
	score.hi = s.hi;
	score.lo = s.lo;
	score.coverage_bp = COVERAGE_ALL_BP;
	if (s.applicable > 0) {
		score.coverage_bp =
			(uint32_t)(s.decided * COVERAGE_ALL_BP / s.applicable);
	}
	score.grade = grade(&s, score.coverage_bp);
	rc = set_vector(&score, b, all, as_of, a, err);
	if (rc != FA_OK)
		return rc;
	count(r);
	r->score = score;
	return FA_OK;
}
