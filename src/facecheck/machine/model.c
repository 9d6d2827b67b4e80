/* Proofs about the table and the table itself, as text and as JSON. */
#include "facecheck/machine/model.h"

#include <string.h>

#include "base/json.h"

#define NAME_COLUMNS 22 /* of names of faults */

int
fc_model_check(struct fc_model *out, struct fc_checker *c,
	const struct fc_mutant *mutant, struct fa_err *err)
{
	struct fc_model p = { .mutant = mutant };
	int rc;

	fc_table_init(&p.table);
	if (mutant)
		mutant->apply(&p.table);
	rc = fc_check(&p.verdict, c, &p.table, err);
	if (rc == FA_OK)
		*out = p;
	return rc;
}

static void
count(struct fc_fates *n, enum fc_fate fate)
{
	n->n++;
	n->killed += fate == FC_KILLED;
	n->equivalent += fate == FC_EQUIVALENT;
	n->survived += fate == FC_SURVIVED;
}

static int
note(struct fc_model *p, const struct fc_unnoticed *u, size_t *cap,
	struct fa_arena *a, struct fa_err *err)
{
	struct fc_unnoticed *grown = fa_arena_grow(
		a, p->unnoticed, cap, p->unnoticed_n + 1, sizeof(*grown));

	if (!grown)
		return fa_fail(err, FA_E_NOMEM, "no memory for faults");
	p->unnoticed = grown;
	p->unnoticed[p->unnoticed_n++] = *u;
	return FA_OK;
}

int
fc_model_singles(struct fc_model *p, struct fc_checker *c, struct fa_arena *a,
	struct fa_err *err)
{
	struct fc_verdict v;
	size_t cap = p->unnoticed_n;

	p->broken = fa_arena_new(a, fc_mutants_n, sizeof(*p->broken));
	if (!p->broken)
		return fa_fail(err, FA_E_NOMEM, "no memory for faults");
	for (size_t i = 0; i < fc_mutants_n; i++) {
		struct fc_unnoticed u = { .a = &fc_mutants[i] };
		int rc = fc_mutant_fate(&u.fate, &v, c, u.a, NULL, err);

		if (rc == FA_OK && u.fate != FC_KILLED)
			rc = note(p, &u, &cap, a, err);
		if (rc < 0)
			return rc;
		p->broken[i] = v.broken;
		count(&p->singles, u.fate);
	}
	return FA_OK;
}

int
fc_model_pairs(struct fc_model *p, struct fc_checker *c, struct fa_arena *a,
	struct fa_err *err)
{
	size_t n = fc_mutants_n, cap = p->unnoticed_n;
	struct fc_verdict v;

	if (n * (n - 1) / 2 > FC_MODEL_PAIRS_MAX)
		return fa_fail(err, FA_E_LIMIT,
			"%zu faults make more than %d pairs", n,
			FC_MODEL_PAIRS_MAX);
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++) {
			struct fc_unnoticed u = { .a = &fc_mutants[i],
				.b = &fc_mutants[k] };
			int rc = fc_mutant_fate(&u.fate, &v, c, u.a, u.b, err);

			if (rc == FA_OK && u.fate != FC_KILLED)
				rc = note(p, &u, &cap, a, err);
			if (rc < 0)
				return rc;
			count(&p->doubles, u.fate);
		}
	return FA_OK;
}

bool
fc_model_holds(const struct fc_model *p)
{
	return p->verdict.broken == 0 && p->singles.survived == 0 &&
		p->doubles.survived == 0;
}

const struct fc_mutant *
fc_mutant_find(struct fa_str name)
{
	for (size_t i = 0; i < fc_mutants_n; i++)
		if (fa_str_eq(fa_str_c(fc_mutants[i].name), name))
			return &fc_mutants[i];
	return NULL;
}

/* For people. */

/* Either of two texts; a macro, so that the compiler checks both as formats. */
#define SAY(g, chinese, english) ((g)->en ? (english) : (chinese))

struct page {
	struct fa_buf *out;
	const struct fc_model *p;
	bool en;
};

static const char *
told(const struct page *g, const char *en)
{
	return g->en ? en : fc_model_zh(en);
}

static void
add_ms(const struct page *g, int64_t us)
{
	fa_buf_addf(g->out,
		SAY(g, "，处理器用时 %lld.%02lld 毫秒\n",
			", %lld.%02lld ms of processor time\n"),
		(long long)(us / 1000), (long long)(us % 1000 / 10));
}

static void
add_way(const struct page *g, const struct fc_verdict *v, unsigned p)
{
	fa_buf_adds(g->out, SAY(g, "           经过：", "           by:"));
	for (size_t i = 0; i < v->way_n[p]; i++)
		fa_buf_addf(g->out, " %s", fc_event_name(v->way[p][i]));
	fa_buf_addf(g->out, " -> %s (", fc_state_name(v->witness[p].state));
	for (unsigned bit = 0, n = 0; bit < FC_FACTS; bit++)
		if (v->witness[p].facts & 1u << bit)
			fa_buf_addf(
				g->out, n++ ? " %s" : "%s", fc_fact_name(bit));
	fa_buf_adds(g->out, ")\n");
}

static void
add_promises(const struct page *g)
{
	const struct fc_verdict *v = &g->p->verdict;
	unsigned kept = 0;

	for (unsigned p = 0; p < FC_P_COUNT; p++)
		kept += !(v->broken & 1u << p);
	fa_buf_addf(g->out,
		SAY(g, "\n承诺：%u 项，成立 %u 项\n",
			"\npromises: %u, kept: %u\n"),
		FC_P_COUNT, kept);
	for (unsigned p = 0; p < FC_P_COUNT; p++) {
		bool broken = v->broken & 1u << p;

		fa_buf_addf(g->out, "  %s  %-9s %s\n           [%s]\n",
			broken ? SAY(g, "违反", "BROKEN")
			       : SAY(g, "成立", "kept  "),
			fc_promise_name(p), told(g, fc_promise_text(p)),
			told(g, fc_promise_law(p)));
		if (broken)
			add_way(g, v, p);
	}
}

static void
add_fates(const struct page *g, const char *label, const struct fc_fates *f,
	int64_t us)
{
	fa_buf_addf(g->out,
		SAY(g, "  %s %zu：被发现 %zu，等价 %zu，漏过 %zu",
			"  %s %zu: noticed %zu, equivalent %zu, missed %zu"),
		label, f->n, f->killed, f->equivalent, f->survived);
	add_ms(g, us);
}

static void
add_faults(const struct page *g)
{
	const struct fc_model *p = g->p;

	fa_buf_adds(g->out,
		SAY(g, "\n在表中植入缺陷，看承诺能否发现\n",
			"\nfaults put into the table, to see that the promises "
			"notice\n"));
	add_fates(g, SAY(g, "单个缺陷", "single"), &p->singles, p->singles_us);
	if (p->doubles.n > 0)
		add_fates(g, SAY(g, "成对缺陷", "in pairs"), &p->doubles,
			p->doubles_us);
	for (size_t i = 0; i < p->unnoticed_n; i++) {
		const struct fc_unnoticed *u = &p->unnoticed[i];

		fa_buf_addf(g->out, "  %s%s%s: %s\n", u->a->name,
			u->b ? " + " : "", u->b ? u->b->name : "",
			u->fate == FC_EQUIVALENT
				? SAY(g, "与参考表逐态相同（已证明）",
					  "does the same as the reference in "
					  "every session, proven")
				: SAY(g, "有差异而无承诺发现",
					  "differs, and no promise notices"));
	}
	for (size_t i = 0; i < fc_mutants_n; i++) {
		fa_buf_addf(g->out, "    %-*s ->", NAME_COLUMNS,
			fc_mutants[i].name);
		for (unsigned k = 0; k < FC_P_COUNT; k++)
			if (p->broken[i] & 1u << k)
				fa_buf_addf(g->out, " %s", fc_promise_name(k));
		fa_buf_addf(
			g->out, "\n      %s\n", told(g, fc_mutants[i].what));
	}
}

static void
add_facts(struct fa_buf *out, const char *label, uint32_t facts)
{
	if (!facts)
		return;
	fa_buf_addf(out, "; %s:", label);
	for (unsigned bit = 0; bit < FC_FACTS; bit++)
		if (facts & 1u << bit)
			fa_buf_addf(out, " %s", fc_fact_name(bit));
}

static void
add_row(const struct page *g, size_t i)
{
	const struct fc_row *r = &g->p->table.rows[i];

	fa_buf_addf(g->out, "%4zu  %-8s --%s--> %s", i + 1,
		fc_state_name(r->state), fc_event_name(r->event),
		fc_state_name(r->next));
	add_facts(g->out, SAY(g, "要求", "needs"), r->need);
	add_facts(g->out, SAY(g, "排除", "unless"), r->bars);
	if (r->limited)
		fa_buf_addf(g->out,
			SAY(g, "; 采集未满 %d 次", "; fewer than %d captures"),
			FC_TRIES);
	add_facts(g->out, SAY(g, "置", "sets"), r->set);
	add_facts(g->out, SAY(g, "清", "clears"), r->clear);
	if (r->counts)
		fa_buf_adds(g->out, SAY(g, "; 计一次采集", "; counts"));
	if (r->duty)
		fa_buf_addf(g->out, "  [%s]", told(g, r->duty));
	fa_buf_addc(g->out, '\n');
}

static void
add_table(const struct page *g)
{
	fa_buf_adds(g->out, SAY(g, "\n状态\n", "\nstates\n"));
	for (uint8_t s = 0; s < FC_S_COUNT; s++)
		fa_buf_addf(g->out, "      %-8s %s\n", fc_state_name(s),
			fc_state_title(s));
	fa_buf_adds(g->out, SAY(g, "\n事件\n", "\nevents\n"));
	for (uint8_t e = 0; e < FC_E_COUNT; e++)
		fa_buf_addf(g->out, "      %-12s %s\n", fc_event_name(e),
			fc_event_title(e));
	fa_buf_adds(g->out,
		SAY(g, "\n转移表：同一状态同一事件，先合者先行；不合者不变\n",
			"\ntable: the first row that fits decides, what none "
			"fits changes nothing\n"));
	for (size_t i = 0; i < g->p->table.n; i++)
		add_row(g, i);
}

void
fc_model_text(
	struct fa_buf *out, const struct fc_model *p, enum fc_tongue tongue)
{
	struct page g = { out, p, tongue == FC_EN };
	const struct fc_verdict *v = &p->verdict;

	if (p->mutant)
		fa_buf_addf(out, SAY(&g, "植入缺陷 %s：%s\n", "fault %s: %s\n"),
			p->mutant->name, told(&g, p->mutant->what));
	fa_buf_addf(out,
		SAY(&g,
			"状态 %d，事件 %d，行 %zu；可达会话 %zu，转移 "
			"%zu，全部查过",
			"%d states, %d events, %zu rows; %zu sessions can be "
			"reached by %zu\ntransitions, all visited"),
		FC_S_COUNT, FC_E_COUNT, p->table.n, v->states, v->transitions);
	add_ms(&g, p->check_us);
	fa_buf_addf(out,
		SAY(&g,
			"从选择到通过的最少步数：刷脸 %u，其他方式 %u，"
			"人工审核 %u\n",
			"fewest steps from the menu to a pass: face %u, "
			"another way %u, review %u\n"),
		v->steps_to_done[0], v->steps_to_done[1], v->steps_to_done[2]);
	add_promises(&g);
	if (p->singles.n > 0)
		add_faults(&g);
	add_table(&g);
}

/* For programs. */

static void
put_facts(struct fa_jw *w, const char *key, uint32_t facts)
{
	fa_jw_key(w, key);
	fa_jw_array(w);
	for (unsigned bit = 0; bit < FC_FACTS; bit++)
		if (facts & 1u << bit)
			fa_jw_str(w, fa_str_c(fc_fact_name(bit)));
	fa_jw_end(w, ']');
}

static void
put_promises(struct fa_jw *w, const struct fc_verdict *v)
{
	fa_jw_key(w, "promises");
	fa_jw_array(w);
	for (unsigned p = 0; p < FC_P_COUNT; p++) {
		bool broken = v->broken & 1u << p;

		fa_jw_object(w);
		fa_jw_kstr(w, "name", fa_str_c(fc_promise_name(p)));
		fa_jw_kstr(w, "text", fa_str_c(fc_promise_text(p)));
		fa_jw_kstr(w, "law", fa_str_c(fc_promise_law(p)));
		fa_jw_kbool(w, "kept", !broken);
		if (broken) {
			fa_jw_key(w, "way");
			fa_jw_array(w);
			for (size_t i = 0; i < v->way_n[p]; i++)
				fa_jw_str(w,
					fa_str_c(fc_event_name(v->way[p][i])));
			fa_jw_end(w, ']');
			fa_jw_kstr(w, "state",
				fa_str_c(fc_state_name(v->witness[p].state)));
			put_facts(w, "facts", v->witness[p].facts);
		}
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
put_fates(struct fa_jw *w, const char *key, const struct fc_fates *f)
{
	fa_jw_key(w, key);
	fa_jw_object(w);
	fa_jw_kint(w, "n", (int64_t)f->n);
	fa_jw_kint(w, "noticed", (int64_t)f->killed);
	fa_jw_kint(w, "equivalent", (int64_t)f->equivalent);
	fa_jw_kint(w, "missed", (int64_t)f->survived);
	fa_jw_end(w, '}');
}

static void
put_unnoticed(struct fa_jw *w, const struct fc_model *p)
{
	fa_jw_key(w, "unnoticed");
	fa_jw_array(w);
	for (size_t i = 0; i < p->unnoticed_n; i++) {
		const struct fc_unnoticed *u = &p->unnoticed[i];

		fa_jw_object(w);
		fa_jw_kstr(w, "fault", fa_str_c(u->a->name));
		fa_jw_kstr(w, "and", fa_str_c(u->b ? u->b->name : NULL));
		fa_jw_kbool(w, "equivalent", u->fate == FC_EQUIVALENT);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

static void
put_faults(struct fa_jw *w, const struct fc_model *p)
{
	put_fates(w, "singles", &p->singles);
	put_fates(w, "pairs", &p->doubles);
	fa_jw_key(w, "faults");
	fa_jw_array(w);
	for (size_t i = 0; i < fc_mutants_n; i++) {
		const struct fc_mutant *m = &fc_mutants[i];

		fa_jw_object(w);
		fa_jw_kstr(w, "name", fa_str_c(m->name));
		fa_jw_kstr(w, "what", fa_str_c(m->what));
		fa_jw_kstr(w, "aimed_at", fa_str_c(fc_promise_name(m->breaks)));
		fa_jw_key(w, "breaks");
		fa_jw_array(w);
		for (unsigned k = 0; k < FC_P_COUNT; k++)
			if (p->broken[i] & 1u << k)
				fa_jw_str(w, fa_str_c(fc_promise_name(k)));
		fa_jw_end(w, ']');
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	put_unnoticed(w, p);
}

static void
put_row(struct fa_jw *w, const struct fc_row *r)
{
	fa_jw_object(w);
	fa_jw_kstr(w, "state", fa_str_c(fc_state_name(r->state)));
	fa_jw_kstr(w, "event", fa_str_c(fc_event_name(r->event)));
	put_facts(w, "needs", r->need);
	put_facts(w, "unless", r->bars);
	fa_jw_kbool(w, "limited", r->limited);
	put_facts(w, "sets", r->set);
	put_facts(w, "clears", r->clear);
	fa_jw_kbool(w, "counts", r->counts);
	fa_jw_kstr(w, "next", fa_str_c(fc_state_name(r->next)));
	fa_jw_kstr(w, "law", fa_str_c(r->duty));
	fa_jw_end(w, '}');
}

static void
put_names(struct fa_jw *w, const char *key, uint8_t n,
	const char *(*name)(uint8_t), const char *(*title)(uint8_t))
{
	fa_jw_key(w, key);
	fa_jw_array(w);
	for (uint8_t i = 0; i < n; i++) {
		fa_jw_object(w);
		fa_jw_kstr(w, "name", fa_str_c(name(i)));
		fa_jw_kstr(w, "title", fa_str_c(title(i)));
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
}

void
fc_model_json(struct fa_buf *out, const struct fc_model *p)
{
	const struct fc_verdict *v = &p->verdict;
	static const char *const by[] = { "face", "other", "review" };
	struct fa_jw w;

	fa_jw_init(&w, out, 2);
	fa_jw_object(&w);
	fa_jw_kint(&w, "schema", 1);
	fa_jw_kstr(&w, "fault", fa_str_c(p->mutant ? p->mutant->name : NULL));
	fa_jw_kbool(&w, "holds", fc_model_holds(p));
	fa_jw_kint(&w, "sessions", (int64_t)v->states);
	fa_jw_kint(&w, "transitions", (int64_t)v->transitions);
	fa_jw_kint(&w, "tries", FC_TRIES);
	fa_jw_key(&w, "steps_to_done");
	fa_jw_object(&w);
	for (size_t i = 0; i < FA_COUNT(by); i++)
		fa_jw_kint(&w, by[i], v->steps_to_done[i]);
	fa_jw_end(&w, '}');
	put_promises(&w, v);
	if (p->singles.n > 0)
		put_faults(&w, p);
	put_names(&w, "states", FC_S_COUNT, fc_state_name, fc_state_title);
	put_names(&w, "events", FC_E_COUNT, fc_event_name, fc_event_title);
	fa_jw_key(&w, "rows");
	fa_jw_array(&w);
	for (size_t i = 0; i < p->table.n; i++)
		put_row(&w, &p->table.rows[i]);
	fa_jw_end(&w, ']');
	fa_jw_end(&w, '}');
	fa_buf_addc(out, '\n');
}
