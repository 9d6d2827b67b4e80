/* Counting: labels against verdicts, classes of face mention, and which rule
 * decided how often and how often rightly. */
#include "tools/eval.h"

#include "base/num.h"
#include "score/score.h"
#include "tools/eval_flows.h"

int32_t
fa_eval_ratio(uint64_t num, uint64_t den)
{
	return den == 0 ? FA_EVAL_UNDEFINED : (int32_t)(num * 1000 / den);
}

struct fa_eval_tally
fa_eval_tally(const struct fa_eval_pool *p, enum fa_verdict v)
{
	struct fa_eval_tally t = { 0, 0, p->n[v][v] };

	for (size_t i = 0; i < FA_VERDICT_COUNT; i++) {
		t.gold += p->n[v][i];
		t.got += p->n[i][v];
	}
	return t;
}

int32_t
fa_eval_precision(struct fa_eval_tally t)
{
	return fa_eval_ratio(t.right, t.got);
}

int32_t
fa_eval_recall(struct fa_eval_tally t)
{
	return fa_eval_ratio(t.right, t.gold);
}

int32_t
fa_eval_f1(struct fa_eval_tally t)
{
	return fa_eval_ratio(2 * (uint64_t)t.right, (uint64_t)t.gold + t.got);
}

uint64_t
fa_eval_cells(const struct fa_eval_pool *p)
{
	uint64_t n = 0;

	for (size_t i = 0; i < FA_VERDICT_COUNT; i++)
		for (size_t k = 0; k < FA_VERDICT_COUNT; k++)
			n += p->n[i][k];
	return n;
}

int32_t
fa_eval_accuracy(const struct fa_eval_pool *p)
{
	uint64_t right = 0;

	for (size_t i = 0; i < FA_VERDICT_COUNT; i++)
		right += p->n[i][i];
	return fa_eval_ratio(right, fa_eval_cells(p));
}

int32_t
fa_eval_macro_f1(const struct fa_eval_pool *p)
{
	uint64_t sum = 0; /* in 10^-9, each rounded up: 2/3 and 1/3 give 1 */
	uint64_t n = 0;

	for (size_t i = 0; i < FA_VERDICT_COUNT; i++) {
		struct fa_eval_tally t = fa_eval_tally(p, fa_eval_letters[i]);
		uint64_t den = (uint64_t)t.gold + t.got;

		if (fa_eval_letters[i] == FA_VERDICT_NOT_APPLICABLE || den == 0)
			continue;
		sum += (2 * (uint64_t)t.right * 1000000000u + den - 1) / den;
		n++;
	}
	return fa_eval_ratio(sum, n * 1000000000u);
}

static void
count_cell(struct fa_eval_stats *s, const struct fa_eval_doc *d, size_t row,
	bool face)
{
	const struct fa_eval_cell *c = &d->cells[row];

	if (!c->labelled)
		return;
	s->all.n[c->gold][c->got]++;
	s->row_all[row].n[c->gold][c->got]++;
	if (face) {
		s->face.n[c->gold][c->got]++;
		s->row_face[row].n[c->gold][c->got]++;
	}
	for (size_t i = 0; i < c->rules_n; i++) {
		s->rules[c->rules[i]].hits++;
		s->rules[c->rules[i]].right += c->gold == c->got;
	}
}

static void
count_doc(struct fa_eval_stats *s, const struct fa_eval_doc *d, size_t rows)
{
	bool face = (d->gold_scopes & FA_SCOPE_BIT(FA_SCOPE_FACE_ID)) != 0;

	s->documents++;
	if (!d->judged)
		return;
	s->judged++;
	s->face_id += face;
	for (unsigned i = 0; i < FA_SCOPE_COUNT; i++) {
		bool gold = (d->gold_scopes & FA_SCOPE_BIT(i)) != 0;
		bool got = (d->got_scopes & FA_SCOPE_BIT(i)) != 0;

		s->scope[i].gold += gold;
		s->scope[i].got += got;
		s->scope[i].right += gold && got;
	}
	for (size_t i = 0; i < rows; i++)
		count_cell(s, d, i, face);
}

int
fa_eval_count(struct fa_eval *ev, struct fa_err *err)
{
	struct fa_eval_stats s = { 0 };
	size_t rows = ev->bundle->obligations_n;

	s.row_all = fa_arena_new(ev->arena, rows, sizeof(*s.row_all));
	s.row_face = fa_arena_new(ev->arena, rows, sizeof(*s.row_face));
	s.rules =
		fa_arena_new(ev->arena, ev->bundle->rules_n, sizeof(*s.rules));
	if (s.row_all == NULL || s.row_face == NULL || s.rules == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for counts");
	for (size_t i = 0; i < ev->sets_n; i++)
		for (size_t k = 0; k < ev->sets[i].docs_n; k++)
			count_doc(&s, &ev->sets[i].docs[k], rows);
	ev->stats = s;
	return 0;
}

/* The measures that --min knows. */
static int32_t
scope_f1(const struct fa_eval *ev)
{
	return fa_eval_f1(ev->stats.scope[FA_SCOPE_FACE_ID]);
}

static int32_t
accuracy(const struct fa_eval *ev)
{
	return fa_eval_accuracy(&ev->stats.all);
}

static int32_t
accuracy_face_id(const struct fa_eval *ev)
{
	return fa_eval_accuracy(&ev->stats.face);
}

static int32_t
macro_f1(const struct fa_eval *ev)
{
	return fa_eval_macro_f1(&ev->stats.face);
}

static int32_t
precision_v(const struct fa_eval *ev)
{
	return fa_eval_precision(
		fa_eval_tally(&ev->stats.all, FA_VERDICT_VIOLATION));
}

static int32_t
recall_v(const struct fa_eval *ev)
{
	return fa_eval_recall(
		fa_eval_tally(&ev->stats.all, FA_VERDICT_VIOLATION));
}

static int32_t
clean(const struct fa_eval *ev)
{
	uint64_t n = 0, all = 0;

	for (size_t i = 0; i < ev->clean_n; i++) {
		n += ev->clean[i].clean;
		all += ev->clean[i].documents;
	}
	return fa_eval_ratio(n, all);
}

static int32_t
flow_precision(const struct fa_eval *ev)
{
	return ev->flows == NULL ? FA_EVAL_UNDEFINED
				 : fa_eval_flow_precision(&ev->flows->all);
}

static int32_t
flow_recall(const struct fa_eval *ev)
{
	return ev->flows == NULL ? FA_EVAL_UNDEFINED
				 : fa_eval_flow_recall(&ev->flows->all);
}

static int32_t
flow_right(const struct fa_eval *ev)
{
	return ev->flows == NULL
		? FA_EVAL_UNDEFINED
		: fa_eval_ratio(ev->flows->all.right, ev->flows->all.listed);
}

struct measure {
	struct fa_str name;
	int32_t (*get)(const struct fa_eval *ev);
};

static const struct measure measures[] = {
	{ FA_STR_INIT("scope_f1"), scope_f1 },
	{ FA_STR_INIT("accuracy"), accuracy },
	{ FA_STR_INIT("accuracy_face_id"), accuracy_face_id },
	{ FA_STR_INIT("macro_f1"), macro_f1 },
	{ FA_STR_INIT("precision_v"), precision_v },
	{ FA_STR_INIT("recall_v"), recall_v },
	{ FA_STR_INIT("clean"), clean },
	{ FA_STR_INIT("flow_precision"), flow_precision },
	{ FA_STR_INIT("flow_recall"), flow_recall },
	{ FA_STR_INIT("flow_right"), flow_right },
};

/* Thousandths from "850", "0.85", ".850" or "1"; false for anything else. */
static bool
parse_share(struct fa_str s, int32_t *out)
{
	struct fa_str rest = s;
	struct fa_str whole = fa_str_cut(&rest, '.');
	uint64_t w = 0, f = 0;

	if (rest.p == NULL) {
		if (!fa_num_u64(whole, 1000, &w))
			return false;
		*out = w == 1 ? 1000 : (int32_t)w;
		return true;
	}
	if ((whole.n != 0 && !fa_num_u64(whole, 1, &w)) || rest.n > 3 ||
		!fa_num_u64(rest, 999, &f))
		return false;
	for (size_t i = rest.n; i < 3; i++)
		f *= 10;
	if (w * 1000 + f > 1000)
		return false;
	*out = (int32_t)(w * 1000 + f);
	return true;
}

int
fa_eval_min_parse(struct fa_eval_min *out, struct fa_str s, struct fa_err *err)
{
	struct fa_eval_min m = { .got = FA_EVAL_UNDEFINED };
	struct fa_str value = s;
	bool known = false;

	m.name = fa_str_cut(&value, '=');
	for (size_t i = 0; i < FA_COUNT(measures); i++)
		known = known || fa_str_eq(measures[i].name, m.name);
	if (!known)
		return fa_fail(err, FA_E_USAGE,
			"unknown measure '%.*s': "
			"scope_f1, accuracy, accuracy_face_id, macro_f1, "
			"precision_v, recall_v, clean, flow_precision, "
			"flow_recall and flow_right are known",
			FA_STR_ARG(m.name));
	if (value.p == NULL || !parse_share(value, &m.at_least))
		return fa_fail(err, FA_E_USAGE,
			"threshold '%.*s' must be a "
			"decimal from 0 to 1 with at most three digits "
			"(%.*s=0.850) or thousandths (%.*s=850)",
			FA_STR_ARG(s), FA_STR_ARG(m.name), FA_STR_ARG(m.name));
	*out = m;
	return 0;
}

size_t
fa_eval_min_check(struct fa_eval *ev)
{
	size_t missed = 0;

	for (size_t i = 0; i < ev->min_n; i++) {
		struct fa_eval_min *m = &ev->min[i];

		for (size_t k = 0; k < FA_COUNT(measures); k++)
			if (fa_str_eq(measures[k].name, m->name))
				m->got = measures[k].get(ev);
		missed += m->got < m->at_least;
	}
	return missed;
}
