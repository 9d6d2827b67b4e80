/* Which document stands for each thing that a target wants. A page that is
 * not the text that was looked for (a login form, an empty shell) is a missing
 * document, not a silent one; and what once was obtained stands in for what
 * cannot be obtained now. */
#include <stdio.h>
#include <string.h>

#include "audit/batch_work.h"

#define EARLIER_CAPTURES 4 /* that are looked at for one to stand in */

static enum fa_outcome
kind_of(const struct fa_store_document *d, enum fa_role role)
{
	return role == FA_ROLE_POLICY ? d->kind : d->kind_other;
}

/* Did the last attempt give a page, so that its kind is the outcome? Blocked
 * is also what a status can say without one. */
static bool
is_current(const struct fa_wanted *x)
{
	switch (x->outcome) {
	case FA_OUT_OK:
		return true;
	case FA_OUT_UNSUPPORTED_TYPE:
	case FA_OUT_EMPTY_SHELL:
	case FA_OUT_LOGIN_WALL:
	case FA_OUT_NOT_A_POLICY:
		return x->inspected;
	case FA_OUT_BLOCKED:
		return x->inspected && x->status >= 200 && x->status < 300;
	default:
		return false;
	}
}

/* May an earlier page stand in for one of this kind? One that says something
 * else now was replaced, not missed. */
static bool
may_stand_in(enum fa_outcome kind)
{
	return kind != FA_OUT_NOT_A_POLICY;
}

static int
set_kind(struct fa_batch *w, const struct fa_wanted *x,
	const struct fa_store_document *d, struct fa_err *err)
{
	char detail[256];
	int rc;

	/* An archive that is missing now is no trait of the page. */
	if (x->inspected || x->outcome != FA_OUT_OK ||
		d->kind == FA_OUT_NOT_ARCHIVED)
		return FA_OK;
	rc = fa_store_begin(w->s, err);
	if (rc < 0)
		return rc;
	(void)snprintf(
		detail, sizeof(detail), "%.*s", FA_STR_ARG(d->kind_detail));
	return fa_store_set_kind(w->s, x->final, fa_outcome_name(d->kind),
		fa_outcome_name(d->kind_other),
		d->kind_detail.p ? detail : NULL, err);
}

/* The page that was seen last. */
static int
take_last(struct fa_store_app_document *out, struct fa_batch *w,
	struct fa_wanted *x, struct fa_err *err)
{
	struct fa_store_document d;
	enum fa_outcome kind;
	int rc = fa_batch_capture(&d, w, x->capture, err);

	if (rc == FA_OK)
		rc = set_kind(w, x, &d, err);
	if (rc < 0)
		return rc;
	kind = kind_of(&d, x->role);
	if (is_current(x)) {
		x->outcome = kind;
		if (kind != FA_OUT_OK)
			out->detail = d.error.p ? d.error : d.kind_detail;
	}
	if (kind == FA_OUT_OK) {
		out->document = d.id;
		out->stands_in = !is_current(x);
	}
	return FA_OK;
}

/* A page of the same URL that was seen before. */
static int
take_earlier(struct fa_store_app_document *out, struct fa_batch *w,
	const struct fa_wanted *x, struct fa_err *err)
{
	int64_t captures[EARLIER_CAPTURES];
	size_t n = FA_COUNT(captures);
	int rc = fa_store_captures_of(captures, &n, w->s, x->final, err);

	for (size_t i = 0; i < n && rc == FA_OK && !out->document; i++) {
		struct fa_store_document d;

		rc = fa_batch_capture(&d, w, captures[i], err);
		if (rc == FA_OK && kind_of(&d, x->role) == FA_OUT_OK) {
			out->document = d.id;
			out->stands_in = true;
		}
	}
	return rc;
}

/* The document of the judgement before: the way to it may be broken now. */
static int
take_judged(struct fa_store_app_document *out, struct fa_batch *w,
	const struct fa_wanted *x, const struct fa_store_app *before,
	struct fa_err *err)
{
	for (size_t i = 0; before && i < before->documents_n; i++) {
		const struct fa_store_app_document *o = &before->documents[i];
		struct fa_store_document d;
		int rc;

		if (o->url != x->url || o->role != x->role || !o->document)
			continue;
		rc = fa_batch_again(&d, w, o->document, err);
		if (rc == FA_OK && kind_of(&d, x->role) == FA_OUT_OK) {
			out->document = d.id;
			out->stands_in = true;
		}
		return rc;
	}
	return FA_OK;
}

static int
take(struct fa_store_app_document *out, struct fa_batch *w, struct fa_wanted *x,
	const struct fa_store_app *before, struct fa_err *err)
{
	int rc = FA_OK;

	*out = (struct fa_store_app_document){
		.role = x->role, .url = x->url, .final = x->final
	};
	if (fa_role_judged(x->role)) {
		if (x->capture)
			rc = take_last(out, w, x, err);
		if (rc == FA_OK && !out->document && may_stand_in(x->outcome))
			rc = take_earlier(out, w, x, err);
		if (rc == FA_OK && !out->document && may_stand_in(x->outcome))
			rc = take_judged(out, w, x, before, err);
		w->counts->documents += out->document != 0;
		w->counts->stand_ins += out->stands_in;
		w->counts->missing += out->document == 0;
	}
	out->outcome = x->outcome;
	return rc;
}

int
fa_batch_documents(struct fa_store_app *x, struct fa_wanted_list *wanted,
	struct fa_batch *w, const struct fa_store_app *before,
	struct fa_err *err)
{
	bool policy = false;
	int rc = FA_OK;

	x->documents =
		fa_arena_new(&w->target, wanted->n, sizeof(*x->documents));
	if (!x->documents)
		return fa_fail(err, FA_E_NOMEM, "no memory for a target");
	x->documents_n = wanted->n;
	for (size_t i = 0; i < wanted->n && rc == FA_OK; i++) {
		fa_batch_look_ahead(w);
		rc = take(&x->documents[i], w, &wanted->at[i], before, err);
		policy = policy ||
			(x->documents[i].role == FA_ROLE_POLICY &&
				x->documents[i].document);
	}
	x->outcome = policy ? FA_OUT_OK : fa_wanted_outcome(wanted, NULL);
	return rc;
}
