/* Truth files, one JSON object per line:
 *   {"flow":"NAME","kind":"app|served|recording|sketch","entry":"index.html",
 *    "about":"...","violation":["FRM.10.1.a"],"compliant":[],
 *    "cannot_tell":[],"open":[]} */
#include "tools/eval_flows.h"

#include "base/file.h"
#include "base/json.h"

static const struct {
	struct fa_str key;
	enum fa_eval_truth truth;
} lists[] = {
	{ FA_STR_INIT("violation"), FA_EVAL_VIOLATION },
	{ FA_STR_INIT("compliant"), FA_EVAL_COMPLIANT },
	{ FA_STR_INIT("cannot_tell"), FA_EVAL_CANNOT_TELL },
	{ FA_STR_INIT("open"), FA_EVAL_OPEN },
};

const char *
fa_eval_truth_name(enum fa_eval_truth t)
{
	for (size_t i = 0; i < FA_COUNT(lists); i++)
		if (lists[i].truth == t)
			return lists[i].key.p;
	return "unlisted";
}

struct reader {
	struct fa_eval_flow_set *set;
	const struct fa_bundle *bundle;
	struct fa_arena *arena;
	struct fa_err *err;
	uint32_t line;
	size_t cap;
};

static int
bad(const struct reader *r, const char *what, struct fa_str got)
{
	return fa_fail(r->err, FA_E_INPUT, "%.*s:%u: %s '%.*s'",
		FA_STR_ARG(r->set->labels), (unsigned)r->line, what,
		FA_STR_ARG(got));
}

static int
read_list(struct reader *r, struct fa_eval_flow *f, const struct fa_json *j,
	enum fa_eval_truth truth)
{
	if (j->kind != FA_JSON_ARRAY)
		return bad(r, "expected a list of obligations under", j->key);
	for (const struct fa_json *k = j->child; k != NULL; k = k->next) {
		uint32_t o;

		if (k->kind != FA_JSON_STRING)
			return bad(
				r, "expected ids of obligations under", j->key);
		o = fa_bundle_obligation(r->bundle, k->str);
		if (o == FA_RULE_NONE)
			return bad(r, "the rules have no obligation", k->str);
		if (f->truth[o] != FA_EVAL_UNLISTED)
			return bad(r, "obligation is listed twice:", k->str);
		f->truth[o] = truth;
	}
	return FA_OK;
}

/* A member that is none of the lists. */
static int
read_text(struct reader *r, struct fa_eval_flow *f, const struct fa_json *j)
{
	if (j->kind != FA_JSON_STRING)
		return bad(r, "unknown member, or no text:", j->key);
	if (fa_str_eq(j->key, FA_STR("flow"))) {
		f->name = j->str;
	} else if (fa_str_eq(j->key, FA_STR("about"))) {
		f->about = j->str;
	} else if (fa_str_eq(j->key, FA_STR("kind"))) {
		/* What somebody else serves is walked by them. */
		f->app = fa_str_eq(j->str, FA_STR("app")) ||
			fa_str_eq(j->str, FA_STR("served"));
		if (!f->app && !fa_str_eq(j->str, FA_STR("recording")) &&
			!fa_str_eq(j->str, FA_STR("sketch")))
			return bad(r,
				"'kind' must be app, served, recording or "
				"sketch, not",
				j->str);
	} else if (fa_str_eq(j->key, FA_STR("entry"))) {
		f->entry = j->str;
	} else {
		return bad(r, "unknown member", j->key);
	}
	return FA_OK;
}

static int
read_member(struct reader *r, struct fa_eval_flow *f, const struct fa_json *j)
{
	for (size_t i = 0; i < FA_COUNT(lists); i++)
		if (fa_str_eq(j->key, lists[i].key))
			return read_list(r, f, j, lists[i].truth);
	return read_text(r, f, j);
}

static int
check_name(struct reader *r, const struct fa_eval_flow *f)
{
	if (f->name.n == 0 || f->name.p[0] == '.' ||
		fa_str_find(f->name, FA_STR("/"), 0) != SIZE_MAX)
		return bad(
			r, "'flow' must be a name without '/', not", f->name);
	for (size_t i = 0; i < r->set->n; i++)
		if (fa_str_eq(r->set->flows[i].name, f->name))
			return bad(r, "flow is listed twice:", f->name);
	return FA_OK;
}

static int
read_line(struct reader *r, struct fa_str text)
{
	size_t rows = r->bundle->obligations_n;
	struct fa_eval_flow f = { 0 };
	struct fa_eval_flow *grown;
	struct fa_json *j;
	struct fa_err e = { 0 };
	int rc = fa_json_parse(&j, text, r->arena, &e);

	if (rc < 0)
		return fa_fail(r->err, rc, "%.*s:%u: %s",
			FA_STR_ARG(r->set->labels), (unsigned)r->line, e.msg);
	if (j->kind != FA_JSON_OBJECT)
		return bad(r, "expected an object, not", text);
	f.truth = fa_arena_new(r->arena, rows, sizeof(*f.truth));
	f.cells = fa_arena_new(r->arena, rows, sizeof(*f.cells));
	grown = fa_arena_grow(r->arena, r->set->flows, &r->cap, r->set->n + 1,
		sizeof(*grown));
	if (f.truth == NULL || f.cells == NULL || grown == NULL)
		return fa_fail(r->err, FA_E_NOMEM, "out of memory for labels");
	r->set->flows = grown;
	for (const struct fa_json *k = j->child; k != NULL && rc == FA_OK;
		k = k->next)
		rc = read_member(r, &f, k);
	if (rc == FA_OK)
		rc = check_name(r, &f);
	if (rc < 0)
		return rc;
	if (r->set->n == FA_EVAL_FLOWS_MAX)
		return bad(r, "more flows than the limit of 100000:", f.name);
	r->set->flows[r->set->n++] = f;
	return FA_OK;
}

int
fa_eval_truth_parse(struct fa_eval_flow_set *set, const struct fa_bundle *b,
	struct fa_str text, struct fa_arena *a, struct fa_err *err)
{
	struct reader r = { .set = set, .bundle = b, .arena = a, .err = err };
	struct fa_str rest = text;
	int rc = fa_hash_sha256(set->sha256, text, err);

	set->flows = NULL;
	set->n = 0;
	while (rc == FA_OK && rest.p != NULL) {
		struct fa_str line = fa_str_trim(fa_str_cut(&rest, '\n'));

		r.line++;
		if (line.n > 0)
			rc = read_line(&r, line);
	}
	if (rc == FA_OK && set->n == 0)
		rc = fa_fail(err, FA_E_INPUT, "%.*s: no labelled flow",
			FA_STR_ARG(set->labels));
	return rc;
}

/* dir/name, in the arena; absent when memory is out. */
static struct fa_str
below(struct fa_str dir, const char *name, struct fa_arena *a)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf path;

	fa_buf_init(&path, FA_FILE_PATH_BYTES);
	fa_buf_add(&path, dir);
	if (!fa_str_ends(dir, FA_STR("/")))
		fa_buf_addc(&path, '/');
	fa_buf_adds(&path, name);
	return path.rc == FA_OK ? fa_arena_dup(a, fa_buf_str(&path))
				: FA_STR_NONE;
}

int
fa_eval_flows_load(struct fa_eval *ev, struct fa_err *err)
{
	for (size_t i = 0; i < ev->flows->sets_n; i++) {
		struct fa_eval_flow_set *set = &ev->flows->sets[i];
		struct fa_str text;
		int rc;

		set->labels = below(set->dir, "truth.jsonl", ev->arena);
		if (set->labels.p == NULL)
			return fa_fail(err, FA_E_NOMEM,
				"out of memory for the path of '%.*s'",
				FA_STR_ARG(set->dir));
		set->name = fa_eval_set_name(set->labels);
		rc = fa_file_read(
			&text, set->labels, FA_JSON_MAX_BYTES, ev->arena, err);
		if (rc == FA_OK)
			rc = fa_eval_truth_parse(
				set, ev->bundle, text, ev->arena, err);
		if (rc < 0)
			return rc;
	}
	return FA_OK;
}

static bool
is_breach(enum fa_verdict v)
{
	return v == FA_VERDICT_VIOLATION || v == FA_VERDICT_GAP;
}

bool
fa_eval_flow_differs(enum fa_eval_truth t, enum fa_verdict got)
{
	switch (t) {
	case FA_EVAL_OPEN:
		return false;
	case FA_EVAL_VIOLATION:
		return !is_breach(got);
	case FA_EVAL_COMPLIANT:
		return got != FA_VERDICT_COMPLIANT;
	case FA_EVAL_CANNOT_TELL:
		return got != FA_VERDICT_CANNOT_TELL;
	case FA_EVAL_UNLISTED:
		break;
	}
	return is_breach(got);
}

static void
add_cell(
	struct fa_eval_flow_count *c, enum fa_eval_truth t, enum fa_verdict got)
{
	bool listed = t == FA_EVAL_COMPLIANT || t == FA_EVAL_CANNOT_TELL;

	c->violations += t == FA_EVAL_VIOLATION;
	c->found += t == FA_EVAL_VIOLATION && is_breach(got);
	c->false_found +=
		t != FA_EVAL_VIOLATION && t != FA_EVAL_OPEN && is_breach(got);
	c->listed += listed;
	c->right += listed && !fa_eval_flow_differs(t, got);
}

/* A rule is measured where the truth says something of what it supports: that
 * an obligation nobody listed is met or unclear is not known to be wrong. */
static void
add_rules(
	struct fa_eval *ev, enum fa_eval_truth t, const struct fa_eval_cell *c)
{
	if (t == FA_EVAL_OPEN || (t == FA_EVAL_UNLISTED && !is_breach(c->got)))
		return;
	for (size_t i = 0; i < c->rules_n; i++) {
		struct fa_eval_rule *r = &ev->stats.rules[c->rules[i]];

		r->hits++;
		r->right += !fa_eval_flow_differs(t, c->got);
	}
}

int
fa_eval_flows_count(struct fa_eval *ev, struct fa_err *err)
{
	struct fa_eval_flows *flows = ev->flows;
	size_t rows = ev->bundle->obligations_n;

	flows->rows = fa_arena_new(ev->arena, rows, sizeof(*flows->rows));
	if (flows->rows == NULL)
		return fa_fail(err, FA_E_NOMEM, "out of memory for counts");
	flows->all = (struct fa_eval_flow_count){ 0 };
	for (size_t i = 0; i < flows->sets_n; i++) {
		for (size_t k = 0; k < flows->sets[i].n; k++) {
			const struct fa_eval_flow *f = &flows->sets[i].flows[k];

			for (size_t o = 0; f->judged && o < rows; o++) {
				enum fa_verdict got = f->cells[o].got;

				add_cell(&flows->rows[o], f->truth[o], got);
				add_cell(&flows->all, f->truth[o], got);
				add_rules(ev, f->truth[o], &f->cells[o]);
			}
		}
	}
	return FA_OK;
}

int32_t
fa_eval_flow_precision(const struct fa_eval_flow_count *c)
{
	return fa_eval_ratio(c->found, (uint64_t)c->found + c->false_found);
}

int32_t
fa_eval_flow_recall(const struct fa_eval_flow_count *c)
{
	return fa_eval_ratio(c->found, c->violations);
}

uint32_t
fa_eval_flows_judged(const struct fa_eval *ev)
{
	uint32_t n = 0;

	for (size_t i = 0; ev->flows != NULL && i < ev->flows->sets_n; i++)
		for (size_t k = 0; k < ev->flows->sets[i].n; k++)
			n += ev->flows->sets[i].flows[k].judged;
	return n;
}
