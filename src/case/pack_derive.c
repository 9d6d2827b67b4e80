/* What a pack holds beside what it takes over: made of that, and of nothing
 * else, so that verifying can make it again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case/pack_work.h"
#include "rules/rules.h"

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for a pack");
}

/* Adds a file unless the log gave the same one: its name is of its bytes. */
static int
put_once(struct fa_pack_work *w, struct fa_str name, struct fa_str text,
	struct fa_err *err)
{
	for (size_t i = 0; i < w->inner.n; i++)
		if (fa_str_eq(w->inner.at[i].name, name))
			return FA_OK;
	return fa_pack_put(w, name, text, err);
}

/* Flows that walks left: evidence/walk/flow.json, evidence/walk-2/flow.json. */
static int
add_flows(struct fa_pack_work *w, struct fa_err *err)
{
	struct fa_str *at = fa_arena_new(w->a, w->inner.n, sizeof(*at));
	size_t n = 0;

	if (!at)
		return no_memory(err);
	for (size_t i = 0; i < w->inner.n; i++) {
		struct fa_str name = w->inner.at[i].name, rest = name;

		(void)fa_str_cut(&rest, '/');
		(void)fa_str_cut(&rest, '/');
		if (fa_str_starts(name, FA_STR("evidence/walk")) &&
			fa_str_eq(rest, FA_STR("flow.json")))
			at[n++] = name;
	}
	w->plan.flows = at;
	w->plan.flows_n = n;
	return FA_OK;
}

/* What the store says has to be what its bytes give. */
static int
check_vectors(const struct fa_pack_work *w, struct fa_err *err)
{
	const struct fa_pack_plan *p = &w->plan;

	for (size_t i = 0; i < p->docs_n; i++)
		if (p->docs[i].vector.p && w->judged.docs[i].vector.p &&
			!fa_str_eq(p->docs[i].vector, w->judged.docs[i].vector))
			return fa_fail(err, FA_E_INPUT,
				"the store's judgement of %.*s is not what its "
				"archived bytes give; judge it again "
				"(faceaudit "
				"audit), or look for what was changed",
				FA_STR_ARG(p->docs[i].url));
	for (size_t i = 0; i < p->targets_n; i++)
		if (!fa_str_eq(p->targets[i].vector, w->judged.vectors[i]))
			return fa_fail(err, FA_E_INPUT,
				"the store's judgement of the target %.*s is "
				"not what its documents give",
				FA_STR_ARG(p->targets[i].key));
	return FA_OK;
}

static int
put_texts(struct fa_pack_work *w, struct fa_err *err)
{
	for (size_t i = 0; i < w->plan.docs_n; i++) {
		const struct fa_pack_judged_doc *d = &w->judged.docs[i];
		char name[sizeof(FA_PACK_TEXTS) + FA_HASH_HEX_BYTES + 8];
		struct fa_str text;
		int rc;

		if (!d->text.p)
			continue;
		(void)snprintf(name, sizeof(name), FA_PACK_TEXTS "%s.txt",
			d->text_sha256);
		text = fa_arena_dup(w->a, fa_str_c(name));
		if (!text.p)
			return no_memory(err);
		rc = put_once(w, text, d->text, err);
		if (rc < 0)
			return rc;
	}
	return FA_OK;
}

static int
judge(struct fa_pack_work *w, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf plan;
	struct fa_bundle *b;
	int rc = FA_OK;

	if (w->rules.p) {
		rc = fa_rules_parse_bundle(&b, w->rules, w->a, err);
		if (rc == FA_OK)
			rc = fa_pack_rules_name(
				&w->plan.rules, w->rules, w->a, err);
		if (rc == FA_OK)
			rc = put_once(w, w->plan.rules, w->rules, err);
		if (rc == FA_OK)
			rc = fa_pack_files_sort(&w->inner, err);
		if (rc == FA_OK)
			rc = add_flows(w, err);
		if (rc == FA_OK)
			rc = fa_pack_judge(&w->judged, &w->plan, &w->index,
				&w->inner, b, w->a, err);
		if (rc == FA_OK)
			rc = check_vectors(w, err);
		if (rc == FA_OK)
			rc = put_texts(w, err);
		if (rc == FA_OK)
			rc = fa_pack_put(w, FA_STR(FA_PACK_FINDINGS),
				w->judged.findings, err);
	}
	fa_buf_init(&plan, FA_WACZ_TEXT_BYTES);
	fa_pack_plan_write(&plan, &w->plan);
	return rc < 0 ? rc
		      : fa_pack_put_buf(w, FA_STR(FA_PACK_JUDGING), &plan, err);
}

static int
put_pages(struct fa_pack_work *w, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;
	int rc;

	fa_buf_init(&b, FA_WACZ_TEXT_BYTES);
	rc = fa_pack_pages(&b, &w->index, &w->plan,
		w->judged.docs ? &w->judged : NULL, w->a, err);
	return rc < 0 ? rc : fa_pack_put_buf(w, FA_STR(FA_WACZ_PAGES), &b, err);
}

static int
put_index(struct fa_pack_work *w, struct fa_err *err)
{
	FA_CLEANUP(fa_buf_done) struct fa_buf b;
	int rc;

	fa_buf_init(&b, FA_WACZ_TEXT_BYTES);
	rc = fa_wacz_cdxj(&b, &w->index, w->a, err);
	return rc < 0 ? rc : fa_pack_put_buf(w, FA_STR(FA_WACZ_INDEX), &b, err);
}

int
fa_pack_derive(struct fa_pack_work *w, struct fa_err *err)
{
	int rc = fa_pack_plan_load(&w->plan, &w->rules, w->s, w->a, err);

	w->plan.tool = w->o->tool_version;
	if (rc == FA_OK)
		rc = judge(w, err);
	if (rc == FA_OK)
		rc = put_pages(w, err);
	if (rc == FA_OK)
		rc = put_index(w, err);
	w->info.judged = w->rules.p != NULL;
	w->info.documents = w->plan.docs_n;
	w->info.flows = w->plan.flows_n;
	w->info.targets = w->plan.targets_n;
	w->info.quotes = w->judged.quotes;
	return rc;
}
