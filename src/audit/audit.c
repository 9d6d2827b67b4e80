#include "audit/audit.h"

#include "audit/evidence.h"
#include "audit/said.h"
#include "audit/screens.h"
#include "audit/stages.h"
#include "audit/uses.h"
#include "base/hash.h"
#include "score/score.h"
#include "segment/segment.h"

/* One piece of evidence for each class of face mention that occurs. */
static int
scope_evidence(struct fa_result *r, const struct fa_match *m,
	struct fa_cutter *c, struct fa_err *err)
{
	uint32_t seen = 0;

	r->scopes = m->scopes;
	r->scope_evidence =
		fa_arena_new(c->a, FA_SCOPE_COUNT, sizeof(*r->scope_evidence));
	r->scope_of = fa_arena_new(c->a, FA_SCOPE_COUNT, sizeof(*r->scope_of));
	if (!r->scope_evidence || !r->scope_of)
		return fa_fail(err, FA_E_NOMEM, "no memory for the scope");
	for (size_t i = 0; i < m->mentions_n; i++) {
		const struct fa_mention *x = &m->mentions[i];
		int rc;

		if (seen & FA_SCOPE_BIT(x->scope))
			continue;
		seen |= FA_SCOPE_BIT(x->scope);
		rc = fa_cutter_cut(c, &r->scope_evidence[r->scope_evidence_n],
			x->rule, (struct fa_passage){ x->sentence, x->text },
			err);
		if (rc < 0)
			return rc;
		r->scope_of[r->scope_evidence_n++] = x->scope;
	}
	return FA_OK;
}

/* Does this hit speak for the verdict? */
static bool
is_pro(const struct fa_bundle *b, const struct fa_decision *d,
	const struct fa_hit *h)
{
	return !h->exculpates && b->rules[h->rule].verdict == d->verdict;
}

/* Against a violation speaks what would comply; against every other verdict a
 * passage that looked like a violation and was called off. */
static bool
is_contra(const struct fa_bundle *b, const struct fa_decision *d,
	const struct fa_hit *h)
{
	enum fa_verdict v = b->rules[h->rule].verdict;

	if (d->verdict == FA_VERDICT_VIOLATION)
		return !h->exculpates && v == FA_VERDICT_COMPLIANT;
	return h->exculpates && v == FA_VERDICT_VIOLATION;
}

/* Is the passage there already? rule: by that rule; or FA_RULE_NONE: any. */
static bool
repeats(const struct fa_evidence *e, size_t n, struct fa_range raw,
	uint32_t rule)
{
	for (size_t i = 0; i < n; i++)
		if (e[i].raw.from == raw.from && e[i].raw.to == raw.to &&
			(rule == FA_RULE_NONE || e[i].rule == rule))
			return true;
	return false;
}

/* One side of a finding, while it is filled. */
struct side {
	const struct fa_bundle *b;
	const struct fa_decision *d;
	bool pro;
	bool each_rule; /* a passage once for each rule that fired on it */
	struct fa_evidence *e;
	size_t n, most;
};

static bool
belongs(const struct side *s, const struct fa_hit *h)
{
	return s->pro ? is_pro(s->b, s->d, h) : is_contra(s->b, s->d, h);
}

static int
fill(struct side *s, bool deciding, struct fa_cutter *c, struct fa_err *err)
{
	for (size_t i = 0; i < s->d->hits_n && s->n < s->most; i++) {
		const struct fa_hit *h = &s->d->hits[i];
		struct fa_passage at = { h->sentence, h->text };
		int rc;

		if (!belongs(s, h) || (h->rule == s->d->rule) != deciding ||
			repeats(s->e, s->n, fa_cutter_raw(c, at),
				s->each_rule ? h->rule : FA_RULE_NONE))
			continue;
		rc = fa_cutter_cut(c, &s->e[s->n], h->rule, at, err);
		if (rc < 0)
			return rc;
		s->n++;
	}
	return FA_OK;
}

/* Fills one side of a finding; hits of the deciding rule come first. most 0:
 * all of them, and a passage once for each rule that fired on it, because a
 * waiver may name one of them. */
static int
cut_side(struct fa_evidence **out, size_t *n, size_t most, struct side s,
	struct fa_cutter *c, struct fa_err *err)
{
	int rc;

	s.each_rule = most == 0;
	for (size_t i = 0; i < s.d->hits_n; i++)
		s.most += belongs(&s, &s.d->hits[i]);
	if (s.most == 0)
		return FA_OK;
	if (most > 0 && s.most > most)
		s.most = most;
	s.e = fa_arena_new(c->a, s.most, sizeof(*s.e));
	if (!s.e)
		return fa_fail(err, FA_E_NOMEM, "no memory for evidence");
	rc = fill(&s, true, c, err);
	if (rc == FA_OK)
		rc = fill(&s, false, c, err);
	*out = s.e;
	*n = s.n;
	return rc;
}

static bool
has_rule(const struct fa_finding *f, uint32_t rule)
{
	for (size_t i = 0; i < f->rules_n; i++)
		if (f->rules[i] == rule)
			return true;
	return false;
}

static int
supporters(struct fa_finding *f, const struct fa_bundle *b,
	const struct fa_decision *d, struct fa_arena *a, struct fa_err *err)
{
	if (d->rule == FA_RULE_NONE && d->hits_n == 0)
		return FA_OK;
	f->rules = fa_arena_new(a, d->hits_n + 1, sizeof(*f->rules));
	if (!f->rules)
		return fa_fail(err, FA_E_NOMEM, "no memory for findings");
	if (d->rule != FA_RULE_NONE)
		f->rules[f->rules_n++] = d->rule;
	for (size_t i = 0; i < d->hits_n; i++)
		if (is_pro(b, d, &d->hits[i]) && !has_rule(f, d->hits[i].rule))
			f->rules[f->rules_n++] = d->hits[i].rule;
	return FA_OK;
}

static size_t
most_passages(const struct fa_audit *audit, const struct fa_decision *d)
{
	return audit->all_passages && d->verdict == FA_VERDICT_VIOLATION
		? 0
		: FA_FINDING_EVIDENCE_MAX;
}

static int
findings(struct fa_result *r, const struct fa_audit *audit,
	const struct fa_match *m, struct fa_cutter *c, struct fa_err *err)
{
	const struct fa_bundle *b = audit->bundle;

	r->findings_n = m->decisions_n;
	r->findings = fa_arena_new(c->a, m->decisions_n, sizeof(*r->findings));
	if (!r->findings)
		return fa_fail(err, FA_E_NOMEM, "no memory for findings");
	for (size_t i = 0; i < m->decisions_n; i++) {
		const struct fa_decision *d = &m->decisions[i];
		struct side pro = { .b = b, .d = d, .pro = true };
		struct side contra = { .b = b, .d = d };
		struct fa_finding *f = &r->findings[i];
		int rc;

		f->obligation = d->obligation;
		f->verdict = d->verdict;
		f->rule = d->rule;
		f->reason = d->reason;
		rc = supporters(f, b, d, c->a, err);
		if (rc == FA_OK)
			rc = cut_side(&f->pro, &f->pro_n,
				most_passages(audit, d), pro, c, err);
		if (rc == FA_OK)
			rc = cut_side(&f->contra, &f->contra_n,
				FA_FINDING_EVIDENCE_MAX, contra, c, err);
		if (rc < 0)
			return rc;
	}
	return FA_OK;
}

int
fa_audit_cut(struct fa_result *r, const struct fa_audit *audit,
	const struct fa_match *m, const struct fa_doc *doc, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_cutter c FA_CLEANUP(fa_cutter_done);
	int rc;

	fa_cutter_init(&c, doc, a);
	rc = scope_evidence(r, m, &c, err);
	if (rc == FA_OK)
		rc = findings(r, audit, m, &c, err);
	if (rc == FA_OK)
		rc = fa_uses_cut(r, audit->bundle, m, &c, err);
	if (rc == FA_OK)
		rc = fa_said_cut(r, doc, a, err);
	if (rc == FA_OK)
		rc = fa_cutter_place(&c, err);
	return rc;
}

int
fa_audit_read_document(struct fa_result *r, const struct fa_audit *audit,
	struct fa_doc *doc, struct fa_arena *a, struct fa_err *err)
{
	struct fa_match m;
	int rc = fa_segment(doc, a, err);

	if (rc == FA_OK)
		rc = fa_match(&m, audit->matcher, doc, audit->as_of, a, err);
	if (rc == FA_OK)
		rc = fa_audit_cut(r, audit, &m, doc, a, err);
	if (rc == FA_OK)
		rc = fa_audit_screens(r, audit, doc, &m, a, err);
	if (rc == FA_OK)
		rc = fa_score(r, audit->bundle, audit->as_of, a, err);
	return rc;
}

static void
describe(struct fa_result *r, const struct fa_doc *doc)
{
	r->title = doc->title;
	r->encoding = doc->encoding;
	r->format = doc->format;
	r->loose = doc->loose;
	r->bad_bytes = doc->bad_bytes;
	r->notice = doc->notice;
	r->partial = doc->partial;
	/* Files of strings may have none for us; a document has a text. */
	r->empty = doc->text.n == 0 && !doc->loose;
	r->derived = doc->derived;
}

int
fa_audit_digests(struct fa_result *r, const struct fa_audit *audit,
	struct fa_str raw, struct fa_err *err)
{
	int rc;

	if (audit->no_digests)
		return FA_OK;
	rc = fa_hash_sha256(r->sha256, raw, err);
	return rc < 0 || audit->no_sm3 ? rc : fa_hash_sm3(r->sm3, raw, err);
}

int
fa_audit_document(struct fa_result *r, const struct fa_audit *audit,
	struct fa_str raw, const struct fa_read_opts *opts, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_doc doc;
	int rc;

	*r = (struct fa_result){ .name = opts->name, .raw_bytes = raw.n };
	rc = fa_audit_digests(r, audit, raw, err);
	if (rc < 0)
		return rc;
	rc = fa_read(&doc, raw, opts, a, err);
	if (rc == FA_OK) {
		describe(r, &doc);
		rc = fa_audit_read_document(r, audit, &doc, a, err);
	}
	return fa_audit_give_up(r, rc, a, err);
}

int
fa_audit_give_up(struct fa_result *r, int rc, struct fa_arena *a,
	const struct fa_err *err)
{
	if (rc == FA_OK || rc == FA_E_USAGE || rc == FA_E_INTERRUPTED)
		return rc;
	r->findings_n = 0;
	r->uses_n = 0;
	r->scope_evidence_n = 0;
	r->said_n = 0;
	r->scopes = 0;
	r->score.grade = 'N';
	r->error = fa_arena_dup(a, fa_str_c(err->msg));
	if (!r->error.p)
		r->error = FA_STR("out of memory");
	return FA_OK;
}
