/* Judging: every labelled document, and every document that must come out
 * clean, goes through the same audit as in `faceaudit check`. */
#include "tools/eval.h"

#include <unistd.h>

#include "audit/audit.h"
#include "audit/flow.h"
#include "base/file.h"
#include "flow/import.h"
#include "score/score.h"
#include "tools/eval_flows.h"

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "out of memory for results");
}

static int
add_error(struct fa_eval *ev, struct fa_str path, struct fa_str message,
	struct fa_err *err)
{
	struct fa_eval_error *e = fa_arena_grow(ev->arena, ev->errors,
		&ev->errors_cap, ev->errors_n + 1, sizeof(*e));
	struct fa_eval_error *at;

	if (e == NULL)
		return no_memory(err);
	ev->errors = e;
	at = &e[ev->errors_n];
	at->path = fa_arena_dup(ev->arena, path);
	at->message = fa_arena_dup(ev->arena, message);
	if (at->path.p == NULL || at->message.p == NULL)
		return no_memory(err);
	ev->errors_n++;
	return 0;
}

static int
interrupted(const struct fa_eval *ev, struct fa_err *err)
{
	if (ev->stop == NULL || !ev->stop())
		return 0;
	return fa_fail(err, FA_E_INTERRUPTED, "stopped by a signal");
}

/* Reads and judges path into *r, which lives in doc. 1 when judged, 0 when
 * the document is at fault and noted. */
static int
judge_file(struct fa_eval *ev, struct fa_str path, struct fa_result *r,
	struct fa_arena *doc, struct fa_err *err)
{
	const struct fa_audit audit = { .bundle = ev->bundle,
		.matcher = ev->matcher,
		.as_of = ev->as_of,
		.no_digests = true };
	const struct fa_read_opts opts = { .name = path };
	struct fa_err e = { 0 };
	struct fa_str raw;
	int rc = interrupted(ev, err);

	if (rc < 0)
		return rc;
	rc = fa_file_read(&raw, path, FA_DOC_MAX_BYTES, doc, &e);
	if (rc < 0)
		return add_error(ev, path, fa_str_c(e.msg), err);
	rc = fa_audit_document(r, &audit, raw, &opts, doc, err);
	if (rc < 0)
		return rc;
	if (r->error.p != NULL)
		return add_error(ev, path, r->error, err);
	return 1;
}

/* Keeps what eval needs of one finding. */
static int
keep(struct fa_eval *ev, struct fa_eval_cell *c, const struct fa_finding *f,
	struct fa_err *err)
{
	c->got = f->verdict;
	c->rule = f->rule;
	c->rules_n = f->rules_n;
	c->rules = fa_arena_new(ev->arena, f->rules_n, sizeof(*c->rules));
	if (c->rules == NULL)
		return no_memory(err);
	for (size_t i = 0; i < f->rules_n; i++)
		c->rules[i] = f->rules[i];
	if (f->pro_n == 0)
		return 0;
	c->got_quote = fa_arena_dup(ev->arena, f->pro[0].text);
	return c->got_quote.p == NULL ? no_memory(err) : 0;
}

static int
judge_doc(struct fa_eval *ev, const struct fa_eval_set *set,
	struct fa_eval_doc *d, struct fa_arena *doc, struct fa_err *err)
{
	struct fa_result r = { 0 };
	struct fa_buf path;
	int rc;

	fa_buf_init(&path, FA_FILE_PATH_BYTES);
	fa_buf_add(&path, set->dir);
	if (!fa_str_ends(set->dir, FA_STR("/")))
		fa_buf_addc(&path, '/');
	fa_buf_add(&path, d->name);
	rc = fa_buf_rc(&path, "path", err);
	if (rc == 0)
		rc = judge_file(ev, fa_buf_str(&path), &r, doc, err);
	for (size_t i = 0; rc > 0 && i < r.findings_n; i++) {
		const struct fa_finding *f = &r.findings[i];

		if (keep(ev, &d->cells[f->obligation], f, err) < 0)
			rc = FA_E_NOMEM;
	}
	if (rc > 0) {
		d->got_scopes = r.scopes;
		d->judged = true;
	}
	fa_buf_done(&path);
	return rc < 0 ? rc : 0;
}

static bool
offends(enum fa_verdict v)
{
	return v == FA_VERDICT_VIOLATION || v == FA_VERDICT_GAP ||
		v == FA_VERDICT_CANNOT_TELL;
}

static int
judge_clean(struct fa_eval *ev, struct fa_eval_clean *set, struct fa_str path,
	struct fa_arena *doc, struct fa_err *err)
{
	struct fa_result r = { 0 };
	bool clean = true;
	int rc = judge_file(ev, path, &r, doc, err);

	if (rc <= 0)
		return rc;
	for (size_t i = 0; i < r.findings_n; i++) {
		const struct fa_finding *f = &r.findings[i];
		struct fa_eval_offence *o;

		if (!offends(f->verdict))
			continue;
		clean = false;
		o = fa_arena_grow(ev->arena, set->offences, &set->offences_cap,
			set->offences_n + 1, sizeof(*o));
		if (o == NULL)
			return no_memory(err);
		set->offences = o;
		o += set->offences_n++;
		*o = (struct fa_eval_offence){ .obligation = f->obligation };
		o->doc = fa_arena_dup(ev->arena, path);
		if (o->doc.p == NULL || keep(ev, &o->cell, f, err) < 0)
			return no_memory(err);
	}
	set->documents++;
	set->clean += clean;
	return 0;
}

static int
judge_clean_set(struct fa_eval *ev, struct fa_eval_clean *set,
	struct fa_arena *doc, struct fa_err *err)
{
	struct fa_file_list list;
	int rc = fa_file_walk(&list, set->dir, ev->arena, err);

	if (rc < 0)
		return rc;
	if (list.n == 0)
		return fa_fail(err, FA_E_INPUT, "%.*s: no documents",
			FA_STR_ARG(set->dir));
	for (size_t i = 0; i < list.n; i++) {
		fa_arena_reset(doc);
		rc = judge_clean(ev, set, list.path[i], doc, err);
		if (rc < 0)
			return rc;
	}
	return 0;
}

static void
forget(struct fa_eval *ev)
{
	ev->errors_n = 0;
	for (size_t i = 0; i < ev->clean_n; i++) {
		ev->clean[i].documents = 0;
		ev->clean[i].clean = 0;
		ev->clean[i].offences_n = 0;
	}
}

int
fa_eval_judge(struct fa_eval *ev, struct fa_err *err)
{
	struct fa_arena doc;
	int rc = 0;

	forget(ev);
	fa_arena_init(&doc, FA_EVAL_DOC_ARENA);
	for (size_t i = 0; rc == 0 && i < ev->sets_n; i++) {
		struct fa_eval_set *set = &ev->sets[i];

		for (size_t k = 0; rc == 0 && k < set->docs_n; k++) {
			fa_arena_reset(&doc);
			rc = judge_doc(ev, set, &set->docs[k], &doc, err);
		}
	}
	for (size_t i = 0; rc == 0 && i < ev->clean_n; i++)
		rc = judge_clean_set(ev, &ev->clean[i], &doc, err);
	fa_arena_done(&doc);
	return rc;
}

static bool
exists(const char *path)
{
	return access(path, R_OK) == 0;
}

/* Where a flow may lie: a folder or file of its name, for an app the folder of
 * its walk. The first that is there; absent: none. */
static struct fa_str
find_flow(const struct fa_eval *ev, const struct fa_eval_flow_set *set,
	const struct fa_eval_flow *f, struct fa_arena *a)
{
	static const char *const ends[] = { "/flow.json", ".flow", ".json",
		".xml", "" };
	struct fa_str dir = f->app ? ev->flows->walked : set->dir;
	size_t n = f->app ? 1 : FA_COUNT(ends);

	for (size_t i = 0; dir.p != NULL && i < n; i++) {
		FA_CLEANUP(fa_buf_done) struct fa_buf path;

		fa_buf_init(&path, FA_FILE_PATH_BYTES);
		fa_buf_add(&path, dir);
		fa_buf_addf(&path, "/%.*s%s", FA_STR_ARG(f->name), ends[i]);
		if (path.rc == FA_OK && exists(path.p))
			return fa_arena_dup(a, fa_buf_str(&path));
	}
	return FA_STR_NONE;
}

static int
judge_flow(struct fa_eval *ev, const struct fa_eval_flow_set *set,
	struct fa_eval_flow *f, struct fa_arena *doc, struct fa_err *err)
{
	const struct fa_audit audit = { .bundle = ev->bundle,
		.matcher = ev->matcher,
		.as_of = ev->as_of,
		.no_digests = true };
	struct fa_str path = find_flow(ev, set, f, doc);
	struct fa_flow *flow = NULL;
	struct fa_result r = { 0 };
	struct fa_err e = { 0 };
	int rc = interrupted(ev, err);

	if (rc < 0)
		return rc;
	if (path.p == NULL)
		return add_error(ev, f->name,
			f->app ? FA_STR("no walk of this app (--walked)")
			       : FA_STR("no such flow"),
			err);
	rc = fa_import(&flow, path, NULL, doc, &e);
	if (rc < 0)
		return add_error(ev, path, fa_str_c(e.msg), err);
	rc = fa_audit_flow(&r, &audit, flow, path, FA_STR_NONE, doc, err);
	if (rc < 0)
		return rc;
	if (r.error.p != NULL)
		return add_error(ev, path, r.error, err);
	for (size_t i = 0; rc == FA_OK && i < r.findings_n; i++)
		rc = keep(ev, &f->cells[r.findings[i].obligation],
			&r.findings[i], err);
	f->judged = rc == FA_OK;
	return rc;
}

int
fa_eval_flows_judge(struct fa_eval *ev, struct fa_err *err)
{
	struct fa_arena doc;
	int rc = FA_OK;

	fa_arena_init(&doc, FA_EVAL_DOC_ARENA);
	for (size_t i = 0; rc == FA_OK && i < ev->flows->sets_n; i++) {
		struct fa_eval_flow_set *set = &ev->flows->sets[i];

		for (size_t k = 0; rc == FA_OK && k < set->n; k++) {
			fa_arena_reset(&doc);
			rc = judge_flow(ev, set, &set->flows[k], &doc, err);
		}
	}
	fa_arena_done(&doc);
	return rc;
}
