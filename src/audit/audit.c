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
	const struct fa_doc *doc, struct fa_arena *a, struct fa_err *err)
{
	uint32_t seen = 0;

	r->scopes = m->scopes;
	r->scope_evidence =
		fa_arena_new(a, FA_SCOPE_COUNT, sizeof(*r->scope_evidence));
	r->scope_of = fa_arena_new(a, FA_SCOPE_COUNT, sizeof(*r->scope_of));
	if (!r->scope_evidence || !r->scope_of)
		return fa_fail(err, FA_E_NOMEM, "no memory for the scope");
	for (size_t i = 0; i < m->mentions_n; i++) {
		const struct fa_mention *x = &m->mentions[i];
		int rc;

		if (seen & FA_SCOPE_BIT(x->scope))
			continue;
		seen |= FA_SCOPE_BIT(x->scope);
		rc = fa_evidence_cut(&r->scope_evidence[r->scope_evidence_n],
			doc, x->rule, x->sentence, x->text, a, err);
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

/* Fills one side of a finding; hits of the deciding rule come first. most 0:
 * all of them, and a passage once for each rule that fired on it, because a
 * waiver may name one of them. */
static int
side(struct fa_evidence **out, size_t *n, size_t most, bool pro,
	const struct fa_bundle *b, const struct fa_decision *d,
	const struct fa_doc *doc, struct fa_arena *a, struct fa_err *err)
{
	bool each_rule = most == 0;
	struct fa_evidence *e;

	if (most == 0 || most > d->hits_n)
		most = d->hits_n;
	e = fa_arena_new(a, most, sizeof(*e));
	if (!e)
		return fa_fail(err, FA_E_NOMEM, "no memory for evidence");
	*out = e;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < d->hits_n; i++) {
			const struct fa_hit *h = &d->hits[i];
			int rc;

			if (!(pro ? is_pro(b, d, h) : is_contra(b, d, h)) ||
				(h->rule == d->rule) != (pass == 0) ||
				*n == most ||
				repeats(e, *n, fa_doc_raw(doc, h->text),
					each_rule ? h->rule : FA_RULE_NONE))
				continue;
			rc = fa_evidence_cut(&e[*n], doc, h->rule, h->sentence,
				h->text, a, err);
			if (rc < 0)
				return rc;
			(*n)++;
		}
	}
	return FA_OK;
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
	const struct fa_match *m, const struct fa_doc *doc, struct fa_arena *a,
	struct fa_err *err)
{
	const struct fa_bundle *b = audit->bundle;

	r->findings_n = m->decisions_n;
	r->findings = fa_arena_new(a, m->decisions_n, sizeof(*r->findings));
	if (!r->findings)
		return fa_fail(err, FA_E_NOMEM, "no memory for findings");
	for (size_t i = 0; i < m->decisions_n; i++) {
		const struct fa_decision *d = &m->decisions[i];
		struct fa_finding *f = &r->findings[i];
		int rc;

		f->obligation = d->obligation;
		f->verdict = d->verdict;
		f->rule = d->rule;
		f->reason = d->reason;
		rc = supporters(f, b, d, a, err);
		if (rc == FA_OK)
			rc = side(&f->pro, &f->pro_n, most_passages(audit, d),
				true, b, d, doc, a, err);
		if (rc == FA_OK)
			rc = side(&f->contra, &f->contra_n,
				FA_FINDING_EVIDENCE_MAX, false, b, d, doc, a,
				err);
		if (rc < 0)
			return rc;
	}
	return FA_OK;
}

/* Lists everything that was quoted in at, or only counts it (at NULL). */
static size_t
quoted(const struct fa_result *r, struct fa_evidence **at)
{
	size_t n = 0;

#define TAKE(e)                                                                \
	do {                                                                   \
		if (at)                                                        \
			at[n] = (e);                                           \
		n++;                                                           \
	} while (0)
	for (size_t i = 0; i < r->scope_evidence_n; i++)
		TAKE(&r->scope_evidence[i]);
	for (size_t i = 0; i < r->uses_n; i++) {
		for (size_t j = 0; j < r->uses[i].mentions_n; j++)
			TAKE(&r->uses[i].mentions[j]);
		for (size_t j = 0; j < r->uses[i].points_n; j++)
			TAKE(&r->uses[i].points[j].evidence);
	}
	for (size_t i = 0; i < r->findings_n; i++) {
		for (size_t j = 0; j < r->findings[i].pro_n; j++)
			TAKE(&r->findings[i].pro[j]);
		for (size_t j = 0; j < r->findings[i].contra_n; j++)
			TAKE(&r->findings[i].contra[j]);
	}
#undef TAKE
	return n;
}

/* Lines and columns of everything that was quoted. */
static int
place(struct fa_result *r, const struct fa_doc *doc, struct fa_arena *a,
	struct fa_err *err)
{
	size_t n = quoted(r, NULL);
	struct fa_evidence **all =
		fa_arena_new(a, n, sizeof(struct fa_evidence *));

	if (!all)
		return fa_fail(err, FA_E_NOMEM, "no memory for evidence");
	(void)quoted(r, all);
	return fa_evidence_place(all, n, doc, a, err);
}

int
fa_audit_cut(struct fa_result *r, const struct fa_audit *audit,
	const struct fa_match *m, const struct fa_doc *doc, struct fa_arena *a,
	struct fa_err *err)
{
	int rc = scope_evidence(r, m, doc, a, err);

	if (rc == FA_OK)
		rc = findings(r, audit, m, doc, a, err);
	if (rc == FA_OK)
		rc = fa_uses_cut(r, audit->bundle, m, doc, a, err);
	if (rc == FA_OK)
		rc = fa_said_cut(r, doc, a, err);
	if (rc == FA_OK)
		rc = place(r, doc, a, err);
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
	int rc = fa_hash_sha256(r->sha256, raw, err);

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
