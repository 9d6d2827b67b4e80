/* One result under the waivers of its project. */
#include "model/fingerprint.h"
#include "project/remark.h"
#include "project/waivers_parts.h"

/* A waiver of a comment. */
struct inlined {
	struct fa_waiver waiver;
	bool whole_file, holds, used;
	struct fa_range covers;
};

struct work {
	struct fa_waivers *w;
	struct fa_result *r;
	struct fa_str path;
	struct fa_arena *a;
	struct fa_err *err;
	struct inlined *inlined;
	size_t inlined_n, inlined_cap;
	struct fa_waiver *accepted; /* by the baseline */
	struct fa_waiver old;       /* its address marks what stood before */
	size_t findings_cap;
};

static int
no_memory(const struct work *k)
{
	return fa_fail(k->err, FA_E_NOMEM, "no memory for waivers");
}

static int
add_inlined(struct work *k, const struct fa_said *said,
	const struct fa_remark_waiver *m, struct fa_str rule)
{
	struct inlined *x = fa_arena_grow(k->a, k->inlined, &k->inlined_cap,
		k->inlined_n + 1, sizeof(*x));

	if (x == NULL)
		return no_memory(k);
	k->inlined = x;
	x += k->inlined_n++;
	*x = (struct inlined){
		.waiver = { FA_WAIVER_INLINE, rule, m->reason, m->until,
			k->r->name, said->line },
		.whole_file = m->whole_file,
		.covers = said->covers,
	};
	return fa_waivers_check(
		&x->holds, k->w, &x->waiver, m->bad_date, k->err);
}

static int
gather(struct work *k)
{
	int rc = FA_OK;

	for (size_t i = 0; i < k->r->said_n && rc == FA_OK; i++) {
		struct fa_str rest = k->r->said[i].text;
		struct fa_remark_waiver m;

		while (rc == FA_OK && fa_remark_next(&m, &rest)) {
			struct fa_str rules = m.rules, rule;
			bool any = false;

			while (rc == FA_OK && fa_remark_rule(&rule, &rules)) {
				rc = add_inlined(k, &k->r->said[i], &m, rule);
				any = true;
			}
			if (!any)
				rc = add_inlined(
					k, &k->r->said[i], &m, FA_STR(""));
		}
	}
	return rc;
}

static const struct fa_waiver *
of_comment(struct work *k, const struct fa_passage *p)
{
	for (size_t i = 0; i < k->inlined_n; i++) {
		struct inlined *x = &k->inlined[i];

		if (!x->holds ||
			!fa_waivers_names(
				x->waiver.rule, p->rule, p->obligation))
			continue;
		if (!x->whole_file &&
			(p->evidence == NULL ||
				p->evidence->raw.from < x->covers.from ||
				p->evidence->raw.from >= x->covers.to))
			continue;
		x->used = true;
		return &x->waiver;
	}
	return NULL;
}

/* By what the passage is known: in the baseline, in a new one. */
static int
of_baseline(const struct fa_waiver **out, struct work *k,
	const struct fa_passage *p, struct fa_str text)
{
	char print[FA_HASH_HEX_BYTES];
	int rc;

	if (k->w->baseline == NULL && k->w->writes == NULL)
		return FA_OK;
	rc = fa_fingerprint(print, p->rule, text, k->err);
	if (rc < 0)
		return rc;
	if (k->w->baseline != NULL &&
		fa_baseline_take(k->w->baseline, print, p->path))
		*out = k->accepted;
	return k->w->writes == NULL ? FA_OK
				    : fa_baseline_add(k->w->writes, print,
					      p->path, p->rule, text, k->err);
}

static int
stood_before(bool *old, struct work *k, const struct fa_passage *p,
	struct fa_str text)
{
	char print[FA_HASH_HEX_BYTES];
	int rc = FA_OK;

	*old = false;
	if (k->w->before == NULL)
		return FA_OK;
	rc = fa_fingerprint(print, p->rule, text, k->err);
	*old = rc == FA_OK &&
		fa_baseline_take(k->w->before, print, k->w->before_path);
	return rc;
}

/* What accepts a passage, or NULL; then it may go into a new baseline. */
static int
waiver_for(const struct fa_waiver **out, struct work *k,
	const struct fa_passage *p)
{
	struct fa_str text =
		p->evidence != NULL ? p->evidence->text : FA_STR_NONE;
	bool old;
	int rc = stood_before(&old, k, p, text);

	*out = rc == FA_OK && old ? &k->old : NULL;
	if (rc < 0 || old)
		return rc;
	*out = of_comment(k, p);
	if (*out == NULL)
		*out = fa_waivers_of_config(k->w, p);
	return *out != NULL ? FA_OK : of_baseline(out, k, p, text);
}

/* The best rule among passages: the most precise, then the first. */
static uint32_t
best_rule(const struct fa_bundle *b, const struct fa_evidence *e, size_t n)
{
	uint32_t best = e[0].rule;

	for (size_t i = 1; i < n; i++) {
		uint32_t p = b->rules[e[i].rule].precision;
		uint32_t q = b->rules[best].precision;

		if (p > q || (p == q && e[i].rule < best))
			best = e[i].rule;
	}
	return best;
}

static bool
fires(const struct fa_evidence *e, size_t n, uint32_t rule)
{
	for (size_t i = 0; i < n; i++)
		if (e[i].rule == rule)
			return true;
	return false;
}

/* A passage on which several rules fired is shown once. */
static void
shorten(struct fa_finding *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->pro_n && n < FA_FINDING_EVIDENCE_MAX; i++) {
		const struct fa_range at = f->pro[i].raw;
		bool shown = false;

		for (size_t k = 0; k < n; k++)
			shown |= f->pro[k].raw.from == at.from &&
				f->pro[k].raw.to == at.to &&
				f->pro[k].place == f->pro[i].place;
		if (!shown)
			f->pro[n++] = f->pro[i];
	}
	f->pro_n = n;
}

/* Of f what rests on the passages under waiver (NULL: under none). */
static int
part_of(struct fa_finding *out, struct work *k, const struct fa_finding *f,
	const struct fa_waiver **by, const struct fa_waiver *waiver)
{
	struct fa_finding x = *f;

	x.waiver = waiver;
	x.pro_n = 0;
	x.rules_n = 0;
	x.pro = fa_arena_new(k->a, f->pro_n, sizeof(*x.pro));
	x.rules = fa_arena_new(k->a, f->rules_n, sizeof(*x.rules));
	if (x.pro == NULL || x.rules == NULL)
		return no_memory(k);
	for (size_t i = 0; i < f->pro_n; i++)
		if (by[i] == waiver)
			x.pro[x.pro_n++] = f->pro[i];
	if (!fires(x.pro, x.pro_n, x.rule))
		x.rule = best_rule(k->w->bundle, x.pro, x.pro_n);
	for (size_t i = 0; i < f->rules_n; i++)
		if (fires(x.pro, x.pro_n, f->rules[i]))
			x.rules[x.rules_n++] = f->rules[i];
	shorten(&x);
	*out = x;
	return FA_OK;
}

static int
append(struct work *k, const struct fa_finding *f)
{
	struct fa_finding *grown = fa_arena_grow(k->a, k->r->findings,
		&k->findings_cap, k->r->findings_n + 1, sizeof(*grown));

	if (grown == NULL)
		return no_memory(k);
	k->r->findings = grown;
	k->r->findings[k->r->findings_n++] = *f;
	return FA_OK;
}

static bool
came_before(const struct fa_waiver **by, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (by[j] == by[i])
			return true;
	return false;
}

/* Takes finding i apart: what stands in its place, or when all is accepted
 * the first waiver's part; the others at the end. */
static int
split(struct work *k, size_t i, const struct fa_waiver **by)
{
	struct fa_finding whole = k->r->findings[i], part;
	const struct fa_waiver *first = by[0];
	int rc;

	for (size_t j = 0; j < whole.pro_n; j++)
		if (by[j] == NULL)
			first = NULL;
	rc = part_of(&part, k, &whole, by, first);
	if (rc < 0)
		return rc;
	k->r->findings[i] = part;
	for (size_t j = 0; j < whole.pro_n; j++) {
		if (by[j] == first || came_before(by, j))
			continue;
		rc = part_of(&part, k, &whole, by, by[j]);
		if (rc == FA_OK)
			rc = append(k, &part);
		if (rc < 0)
			return rc;
	}
	return FA_OK;
}

static int
judge(struct work *k, size_t i)
{
	const struct fa_bundle *b = k->w->bundle;
	struct fa_finding *f = &k->r->findings[i];
	struct fa_passage p = { .obligation = b->obligations[f->obligation].id,
		.path = k->path };
	const struct fa_waiver **by =
		fa_arena_new(k->a, f->pro_n + 1, sizeof(*by));
	bool any = false;
	int rc = FA_OK;

	if (by == NULL)
		return no_memory(k);
	if (f->pro_n == 0 || f->verdict == FA_VERDICT_GAP) {
		p.rule = f->rule < b->rules_n ? b->rules[f->rule].id
					      : p.obligation;
		return waiver_for(&f->waiver, k, &p);
	}
	for (size_t j = 0; j < f->pro_n && rc == FA_OK; j++) {
		p.rule = b->rules[f->pro[j].rule].id;
		p.evidence = &f->pro[j];
		rc = waiver_for(&by[j], k, &p);
		any |= by[j] != NULL;
	}
	if (rc == FA_OK && any)
		return split(k, i, by);
	shorten(f);
	return rc;
}

static int
note_unused(struct work *k)
{
	int rc = FA_OK;

	for (size_t i = 0; i < k->inlined_n && rc == FA_OK; i++)
		if (k->inlined[i].holds && !k->inlined[i].used)
			rc = fa_waivers_note(k->w, FA_WAIVER_UNUSED,
				&k->inlined[i].waiver, FA_STR_NONE, k->err);
	return rc;
}

static void
take_off_old(struct work *k)
{
	size_t n = 0;

	for (size_t i = 0; i < k->r->findings_n; i++)
		if (k->r->findings[i].waiver != &k->old)
			k->r->findings[n++] = k->r->findings[i];
	k->r->findings_n = n;
}

int
fa_waivers_apply(struct fa_waivers *w, struct fa_result *r, struct fa_str path,
	struct fa_arena *a, struct fa_err *err)
{
	struct work k = { .w = w,
		.r = r,
		.path = path,
		.a = a,
		.err = err,
		.findings_cap = r->findings_n };
	size_t n = r->findings_n;
	int rc;

	if (r->error.p != NULL)
		return FA_OK;
	k.accepted = fa_arena_new(a, 1, sizeof(*k.accepted));
	if (k.accepted == NULL)
		return no_memory(&k);
	k.accepted->kind = FA_WAIVER_BASELINE;
	if (w->baseline != NULL)
		k.accepted->file = w->baseline->file;
	/* Of what a change introduced nothing tells what is accepted else. */
	if (w->before == NULL)
		fa_waivers_reach(w, path);
	rc = gather(&k);
	for (size_t i = 0; i < n && rc == FA_OK; i++) {
		enum fa_verdict v = r->findings[i].verdict;

		if (v == FA_VERDICT_VIOLATION || v == FA_VERDICT_GAP)
			rc = judge(&k, i);
	}
	take_off_old(&k);
	return rc == FA_OK && w->before == NULL ? note_unused(&k) : rc;
}
