/* The verdict over all texts of a target, made anew from what judging them
 * again gave, and compared with the one in the store, from which the report
 * takes it. A pack is judged by the same code (pack_judge.h). */
#include "case/facts_parts.h"
#include "case/pack_judge_parts.h"

#define SAY(zh, en) FA_FACTS_SAY(x, zh, en)
#define LINE_BYTES (16u << 20)

/* Everything that the target wants, with the results by place in it. */
struct again {
	struct fa_pack_target target;
	struct fa_pack_plan plan;
	struct fa_result *results;
};

static const struct fa_facts_doc *
find_doc(const struct fa_facts *x, const struct fa_facts_target *t,
	int64_t document)
{
	for (uint32_t i = t->first; i < t->first + t->n; i++)
		if (x->docs[i].from.document == document && x->docs[i].judged)
			return &x->docs[i];
	return NULL;
}

/* False when a text could not be judged again, so that nothing can be said
 * about all of them; the report says of that text why. */
static int
gather(bool *all, struct again *g, struct fa_facts *x,
	const struct fa_facts_target *t, struct fa_err *err)
{
	size_t n = t->app.documents_n;

	g->target = (struct fa_pack_target){ .key = t->t.t.key,
		.app = t->t.t.app,
		.outcome = t->app.outcome,
		.wants = fa_arena_new(x->a, n, sizeof(*g->target.wants)),
		.wants_n = n };
	g->plan = (struct fa_pack_plan){ .as_of = x->key.as_of,
		.docs = fa_arena_new(x->a, n, sizeof(*g->plan.docs)),
		.docs_n = n };
	g->results = fa_arena_new(x->a, n, sizeof(*g->results));
	if (g->target.wants == NULL || g->plan.docs == NULL ||
		g->results == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a report");
	*all = true;
	for (size_t i = 0; i < n && *all; i++) {
		const struct fa_store_app_document *d = &t->app.documents[i];
		const struct fa_facts_doc *doc =
			d->document != 0 ? find_doc(x, t, d->document) : NULL;

		g->target.wants[i] = (struct fa_pack_want){ .role = d->role,
			.outcome = d->outcome,
			.document = doc != NULL ? (int64_t)i : -1 };
		*all = d->document == 0 || doc != NULL;
		if (doc != NULL)
			g->results[i] = doc->r;
	}
	return FA_OK;
}

static bool
is_int(const struct fa_json *j, const char *key, int64_t is)
{
	return fa_json_int(j, key, INT64_MIN) == is;
}

static bool
is_text(const struct fa_json *j, const char *key, struct fa_str is)
{
	return fa_str_eq(fa_json_text(j, key), is);
}

static bool
same_verdict(const struct fa_json *j, const struct fa_store_verdict *v)
{
	const struct fa_json *both = fa_json_find(j, "contradiction");

	return is_text(j, "obligation", v->obligation) &&
		is_text(j, "verdict", fa_str_c(fa_verdict_name(v->verdict))) &&
		is_text(j, "rule", v->rule) &&
		is_text(j, "tier", fa_str_c(fa_tier_name(v->tier))) &&
		is_text(j, "reason", v->reason) &&
		is_int(j, "confidence", v->confidence) && both != NULL &&
		both->boolean == v->contradiction;
}

static bool
same_score(const struct fa_json *j, const struct fa_score *s)
{
	char grade[2] = { s->grade, '\0' };

	return is_text(j, "grade", fa_str_c(grade)) && is_int(j, "hi", s->hi) &&
		is_int(j, "lo", s->lo) &&
		is_int(j, "coverage_bp", s->coverage_bp) &&
		is_text(j, "vector", s->vector);
}

static int
tell(struct fa_facts *x, const struct fa_facts_target *t, struct fa_str what,
	struct fa_err *err)
{
	return fa_facts_fault(x,
		fa_facts_say(x, "%.*s: %.*s", FA_STR_ARG(t->t.t.key),
			FA_STR_ARG(what)),
		fa_str_c(SAY(
			"存储所记的结论与由各文本重新得出的不同，报告中的这"
			"一项不可采信",
			"what the store says is not what the texts give when "
			"judged again: do not rely on it")),
		err);
}

/* Verdict by verdict; both lists are in the order of the rules. */
static int
compare(struct fa_facts *x, const struct fa_facts_target *t,
	const struct fa_json *line, struct fa_err *err)
{
	const struct fa_json *list = fa_json_find(line, "verdicts");
	const struct fa_json *j = list != NULL ? list->child : NULL;
	int rc = FA_OK;

	if (!same_score(fa_json_find(line, "score"), &t->app.score))
		rc = tell(x, t, fa_str_c(SAY("得分", "score")), err);
	for (size_t i = 0; i < t->app.verdicts_n && rc == FA_OK; i++) {
		const struct fa_json *is = NULL;

		for (const struct fa_json *k = j; k != NULL; k = k->next)
			if (is_text(k, "obligation",
				    t->app.verdicts[i].obligation))
				is = k;
		if (is == NULL || !same_verdict(is, &t->app.verdicts[i]))
			rc = tell(x, t, t->app.verdicts[i].obligation, err);
	}
	if (rc == FA_OK && list != NULL && list->count > t->app.verdicts_n)
		rc = tell(x, t, fa_str_c(SAY("少了结论", "verdicts missing")),
			err);
	return rc;
}

int
fa_facts_again(
	struct fa_facts *x, const struct fa_facts_target *t, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;
	struct fa_json *line;
	struct again g;
	struct fa_str vector;
	bool all;
	int rc = gather(&all, &g, x, t, err);

	fa_buf_init(&b, LINE_BYTES);
	if (rc < 0 || !all)
		return rc;
	rc = fa_pack_judge_target(&b, &vector, &g.target, g.results, &g.plan,
		x->bundle, x->a, err);
	if (rc == FA_OK)
		rc = fa_json_parse(&line, fa_buf_str(&b), x->a, err);
	return rc == FA_OK ? compare(x, t, line, err) : rc;
}
