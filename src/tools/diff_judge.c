/* A document as clauses, with its violations and gaps. */
#include <stdio.h>
#include <string.h>

#include "match/match.h"
#include "read/read.h"
#include "score/score.h"
#include "segment/segment.h"
#include "tools/diffing.h"

#define TEXT_BYTES (64u << 20) /* of one clause */

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for a document");
}

/* What a reader sees of a range, in a. */
static int
visible(struct fa_str *out, const struct fa_doc *doc, struct fa_range r,
	struct fa_buf *buf, struct fa_arena *a, struct fa_err *err)
{
	int rc;

	fa_buf_reset(buf);
	fa_read_visible(doc, r, buf);
	rc = fa_buf_rc(buf, "clause", err);
	if (rc < 0)
		return rc;
	*out = fa_arena_dup(a, fa_str_trim(fa_buf_str(buf)));
	return out->p ? FA_OK : no_memory(err);
}

/* Without blanks at its ends; empty when there is nothing else. */
static struct fa_range
trimmed(const struct fa_doc *doc, struct fa_range r)
{
	struct fa_str s = fa_str_trim(fa_str_sub(doc->text, r.from, r.to));
	uint32_t from;

	if (s.n == 0)
		return (struct fa_range){ r.from, r.from };
	from = (uint32_t)(s.p - doc->text.p);
	return (struct fa_range){ from, from + (uint32_t)s.n };
}

struct cutting {
	const struct fa_doc *doc;
	struct fa_diff_clause *at;
	size_t n;
	uint32_t *of_sentence;   /* clause, or FA_DIFF_NONE: only blanks */
	struct fa_str *headings; /* by section */
	struct fa_buf buf;
	struct fa_arena *a;
};

static int
cut_headings(struct cutting *x, struct fa_err *err)
{
	const struct fa_doc *doc = x->doc;
	int rc = FA_OK;

	x->headings = fa_arena_new(x->a, doc->sections_n, sizeof(*x->headings));
	if (!x->headings)
		return no_memory(err);
	for (size_t i = 0; i < doc->sections_n && rc == FA_OK; i++)
		rc = visible(&x->headings[i], doc,
			doc->blocks[doc->sections[i].heading].text, &x->buf,
			x->a, err);
	return rc;
}

static int
cut_sentence(struct cutting *x, size_t i, struct fa_err *err)
{
	const struct fa_doc *doc = x->doc;
	const struct fa_sentence *s = &doc->sentences[i];
	const struct fa_block *b = &doc->blocks[s->block];
	struct fa_range r = trimmed(doc, s->text);
	struct fa_diff_clause *c = &x->at[x->n];

	x->of_sentence[i] = FA_DIFF_NONE;
	if (r.from == r.to)
		return FA_OK;
	x->of_sentence[i] = (uint32_t)x->n++;
	c->key = fa_str_sub(doc->text, r.from, r.to);
	c->raw = fa_doc_raw(doc, r);
	c->heading = b->kind == FA_BLOCK_HEADING;
	if (b->section != FA_DOC_NONE)
		c->section = x->headings[b->section];
	return visible(&c->text, doc, r, &x->buf, x->a, err);
}

/* Lines and columns, in one pass. */
static int
place(struct cutting *x, struct fa_err *err)
{
	uint32_t *raw = fa_arena_new(x->a, x->n, sizeof(*raw));
	struct fa_position *at = fa_arena_new(x->a, x->n, sizeof(*at));

	if (!raw || !at)
		return no_memory(err);
	for (size_t i = 0; i < x->n; i++) {
		raw[i] = x->at[i].raw.from;
		if (i > 0 && raw[i] < raw[i - 1])
			raw[i] = raw[i - 1];
	}
	fa_read_positions(x->doc, raw, x->n, at);
	for (size_t i = 0; i < x->n; i++)
		x->at[i].at = at[i];
	return FA_OK;
}

static int
cut(struct cutting *x, struct fa_err *err)
{
	const struct fa_doc *doc = x->doc;
	int rc;

	x->at = fa_arena_new(x->a, doc->sentences_n, sizeof(*x->at));
	x->of_sentence =
		fa_arena_new(x->a, doc->sentences_n, sizeof(*x->of_sentence));
	if (!x->at || !x->of_sentence)
		return no_memory(err);
	fa_buf_init(&x->buf, TEXT_BYTES);
	rc = cut_headings(x, err);
	for (size_t i = 0; i < doc->sentences_n && rc == FA_OK; i++)
		rc = cut_sentence(x, i, err);
	fa_buf_done(&x->buf);
	return rc < 0 ? rc : place(x, err);
}

/* Passages that a verdict rests on: see is_pro in audit. */
static int
passages(struct fa_diff_judged *out, const struct fa_bundle *b,
	const struct fa_match *m, const struct cutting *x, struct fa_err *err)
{
	struct fa_diff_passage *at = NULL;
	size_t n = 0, cap = 0;

	for (size_t i = 0; i < m->decisions_n; i++) {
		const struct fa_decision *d = &m->decisions[i];

		if (d->verdict != FA_VERDICT_VIOLATION &&
			d->verdict != FA_VERDICT_GAP)
			continue;
		for (size_t k = 0; k < d->hits_n; k++) {
			const struct fa_hit *h = &d->hits[k];

			if (h->exculpates ||
				b->rules[h->rule].verdict != d->verdict)
				continue;
			at = fa_arena_grow(x->a, at, &cap, n + 1, sizeof(*at));
			if (!at)
				return no_memory(err);
			at[n++] = (struct fa_diff_passage){ d->obligation,
				h->rule, x->of_sentence[h->sentence] };
		}
	}
	out->passages = at;
	out->passages_n = n;
	return FA_OK;
}

/* Verdicts by obligation, and the score that they make. */
static int
weigh(struct fa_diffing_side *s, const struct fa_diffing *x,
	const struct fa_match *m, struct fa_arena *a, struct fa_err *err)
{
	struct fa_result r = { .findings_n = m->decisions_n };
	enum fa_verdict *v = fa_arena_new(a, m->decisions_n, sizeof(*v));
	struct fa_str *why = fa_arena_new(a, m->decisions_n, sizeof(*why));
	int rc;

	r.findings = fa_arena_new(a, m->decisions_n, sizeof(*r.findings));
	if (!v || !why || !r.findings)
		return no_memory(err);
	for (size_t i = 0; i < m->decisions_n; i++) {
		const struct fa_decision *d = &m->decisions[i];

		r.findings[i] =
			(struct fa_finding){ .obligation = d->obligation,
				.verdict = d->verdict,
				.rule = d->rule,
				.reason = d->reason };
		v[d->obligation] = d->verdict;
		why[d->obligation] = d->reason;
	}
	rc = fa_score(&r, x->bundle, x->as_of, a, err);
	if (rc < 0)
		return rc;
	s->v.score = r.score;
	s->v.judged = true;
	s->judged.verdicts = v;
	s->judged.reasons = why;
	s->decisions = m->decisions;
	return FA_OK;
}

int
fa_diffing_judge(struct fa_diffing_side *s, const struct fa_diffing *x,
	struct fa_doc *doc, struct fa_arena *a, struct fa_err *err)
{
	struct cutting c = { .doc = doc, .a = a };
	struct fa_match m;
	int rc = fa_segment(doc, a, err);

	if (rc == FA_OK)
		rc = cut(&c, err);
	if (rc == FA_OK)
		rc = fa_match(&m, x->matcher, doc, x->as_of, a, err);
	if (rc == FA_OK)
		rc = passages(&s->judged, x->bundle, &m, &c, err);
	if (rc == FA_OK)
		rc = weigh(s, x, &m, a, err);
	if (rc < 0)
		return rc;
	s->clauses = (struct fa_diff_clauses){ c.at, c.n };
	s->v.title = doc->title;
	s->v.encoding = fa_str_c(fa_encoding_name(doc->encoding));
	return FA_OK;
}

int
fa_diffing_digests(
	struct fa_diff_version *v, struct fa_str bytes, struct fa_err *err)
{
	int rc = fa_hash_sha256(v->sha256, bytes, err);

	v->bytes = (int64_t)bytes.n;
	return rc < 0 ? rc : fa_hash_sm3(v->sm3, bytes, err);
}

/* Which rule decided, and how far it is trusted. */
static void
rate(struct fa_diff_finding *f, const struct fa_diffing *x,
	const struct fa_diffing_side *a, const struct fa_diffing_side *b)
{
	bool now = f->now == FA_VERDICT_VIOLATION || f->now == FA_VERDICT_GAP;
	const struct fa_decision *d =
		now && b->decisions ? b->decisions : a->decisions;

	if (f->rule == FA_RULE_NONE && d)
		f->rule = d[f->obligation].rule;
	if (f->rule < x->bundle->rules_n)
		f->confidence = x->bundle->rules[f->rule].precision;
	f->tier = fa_score_tier(x->bundle, f->confidence);
	f->gates = !x->fail_never && f->tier >= x->fail_tier &&
		x->bundle->obligations[f->obligation].severity >=
			x->fail_severity;
}

void
fa_diffing_count(struct fa_diff_doc *d)
{
	struct fa_diff_findings f = { d->findings, d->findings_n };

	fa_diff_sort(&f);
	memset(d->states, 0, sizeof(d->states));
	d->gating = 0;
	for (size_t i = 0; i < f.n; i++) {
		d->states[f.at[i].state]++;
		d->gating += f.at[i].gates &&
			(f.at[i].state == FA_DIFF_NEW ||
				f.at[i].state == FA_DIFF_REAPPEARED);
	}
}

int
fa_diffing_compare(struct fa_diff_doc *out, const struct fa_diffing *x,
	const struct fa_diffing_side *a_side,
	const struct fa_diffing_side *b_side,
	const struct fa_diffing_past *past, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_diff_doc d = { .a = a_side->v, .b = b_side->v };
	struct fa_diff *diff = NULL;
	struct fa_diff_compared c = { .obligations = x->bundle->obligations_n,
		.a = a_side->judged,
		.b = b_side->judged,
		.recorded = past ? past->verdicts : NULL,
		.technical = past ? past->technical : FA_DIFF_CAUSE_NONE,
		.failure = b_side->v.detail.p
			? b_side->v.detail
			: fa_str_c(fa_outcome_name(b_side->v.outcome)) };
	struct fa_diff_findings f;
	int rc = FA_OK;

	d.same_bytes = d.a.sha256[0] && strcmp(d.a.sha256, d.b.sha256) == 0;
	if (b_side->judged.verdicts) {
		diff = fa_arena_new(a, 1, sizeof(*diff));
		if (!diff)
			return no_memory(err);
		rc = fa_diff(diff, a_side->clauses, b_side->clauses, a, err);
	}
	c.diff = d.diff = diff;
	/* Without the new version its clauses are still to be quoted. */
	if (rc == FA_OK && !diff) {
		diff = fa_arena_new(a, 1, sizeof(*diff));
		if (!diff)
			return no_memory(err);
		rc = fa_diff(diff, a_side->clauses,
			(struct fa_diff_clauses){ NULL, 0 }, a, err);
		c.diff = diff;
	}
	if (rc == FA_OK)
		rc = fa_diff_findings(&f, &c, a, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < f.n; i++) {
		rate(&f.at[i], x, a_side, b_side);
		if (c.recorded && f.at[i].cause == c.technical)
			d.technical = c.technical;
	}
	d.findings = f.at;
	d.findings_n = f.n;
	fa_diffing_count(&d);
	*out = d;
	return FA_OK;
}
