/* How the verdicts on a target differ from those before, and why. Three
 * judgements are compared: the one before, one of the same documents as this
 * program with these rules judges them, and the one of now. From the first to
 * the second nothing but extractor and rules can differ, from the second to
 * the third nothing but the documents. */
#include <string.h>

#include "audit/batch_work.h"

/* "a document was not obtained": see batch_app.c. */
static bool
is_unobtained(const struct fa_store_verdict *v)
{
	return v && v->verdict == FA_VERDICT_CANNOT_TELL && !v->rule.p &&
		fa_str_starts(v->reason, FA_STR("a document was not obtained"));
}

static bool
is_breach(enum fa_verdict v)
{
	return v == FA_VERDICT_VIOLATION || v == FA_VERDICT_GAP;
}

static enum fa_verdict
verdict_of(const struct fa_store_verdict *v)
{
	return v ? v->verdict : FA_VERDICT_NOT_APPLICABLE;
}

/* A finding that cannot be looked at any more is not lost. */
static const char *
kind_of_change(enum fa_verdict was, enum fa_verdict became)
{
	if (!is_breach(was) && is_breach(became))
		return "gained";
	if (is_breach(was) && !is_breach(became) &&
		became != FA_VERDICT_CANNOT_TELL)
		return "lost";
	return "changed";
}

struct comparison {
	struct fa_batch *w;
	int64_t before, now; /* judgements */
	const char *cause;
};

static void
count(struct fa_batch_counts *c, const char *kind)
{
	c->gained += strcmp(kind, "gained") == 0;
	c->lost += strcmp(kind, "lost") == 0;
	c->changed += strcmp(kind, "changed") == 0;
}

static int
put(const struct comparison *c, struct fa_str obligation,
	const struct fa_store_verdict *was,
	const struct fa_store_verdict *became, struct fa_err *err)
{
	enum fa_verdict v = verdict_of(was), n = verdict_of(became);
	bool capture = is_unobtained(was) != is_unobtained(became);
	struct fa_store_change x = { .before = c->before,
		.subject = obligation,
		.cause = capture ? "capture" : c->cause,
		.kind = kind_of_change(v, n),
		.was = fa_verdict_name(v),
		.became = fa_verdict_name(n) };

	if (v == n)
		return FA_OK;
	count(c->w->counts, x.kind);
	return fa_store_put_change(c->w->s, c->now, &x, err);
}

/* Both lists are in the order of obligations. */
static int
compare(const struct comparison *c, const struct fa_store_app *x,
	const struct fa_store_app *y, struct fa_err *err)
{
	size_t i = 0, k = 0;
	int rc = FA_OK;

	while (rc == FA_OK && (i < x->verdicts_n || k < y->verdicts_n)) {
		const struct fa_store_verdict *v =
			i < x->verdicts_n ? &x->verdicts[i] : NULL;
		const struct fa_store_verdict *n =
			k < y->verdicts_n ? &y->verdicts[k] : NULL;
		int order = !v ? 1
			: !n   ? -1
			       : fa_str_cmp(v->obligation, n->obligation);

		rc = put(c, order <= 0 ? v->obligation : n->obligation,
			order <= 0 ? v : NULL, order >= 0 ? n : NULL, err);
		i += order <= 0;
		k += order >= 0;
	}
	return rc;
}

/* Documents that an earlier capture stands in for since now. */
static int
failed_captures(struct fa_batch *w, const struct fa_store_app *before,
	const struct fa_store_app *now, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < now->documents_n && rc == FA_OK; i++) {
		const struct fa_store_app_document *d = &now->documents[i];
		struct fa_store_change x = { .before = before->id,
			.cause = "capture",
			.kind = "capture-failed",
			.was = fa_outcome_name(FA_OUT_OK),
			.became = fa_outcome_name(d->outcome) };
		bool stood = false;

		for (size_t k = 0; k < before->documents_n; k++)
			stood = stood ||
				(before->documents[k].url == d->url &&
					before->documents[k].role == d->role &&
					before->documents[k].stands_in);
		if (!d->stands_in || stood)
			continue;
		w->counts->capture_failed++;
		rc = fa_store_url_text(
			&x.subject, w->s, d->url, &w->target, err);
		if (rc == FA_OK)
			rc = fa_store_put_change(w->s, now->id, &x, err);
	}
	return rc;
}

/* The documents of before, judged as those of now. */
static int
judge_again(struct fa_store_app *out, struct fa_batch *w,
	const struct fa_store_app *before, struct fa_err *err)
{
	struct fa_store_app x = *before;
	int rc = FA_OK;

	x.documents =
		fa_arena_new(&w->target, x.documents_n, sizeof(*x.documents));
	if (!x.documents)
		return fa_fail(err, FA_E_NOMEM, "no memory for a target");
	for (size_t i = 0; i < x.documents_n && rc == FA_OK; i++) {
		struct fa_store_document d;

		x.documents[i] = before->documents[i];
		if (!x.documents[i].document)
			continue;
		rc = fa_batch_again(&d, w, x.documents[i].document, err);
		if (rc == FA_OK)
			x.documents[i].document = d.error.p ? 0 : d.id;
	}
	if (rc == FA_OK)
		rc = fa_batch_app(&x, w, err);
	if (rc == FA_OK)
		*out = x;
	return rc;
}

int
fa_batch_changes(struct fa_batch *w, const struct fa_store_app *before,
	const struct fa_store_app *now, struct fa_err *err)
{
	struct comparison c = { w, before->id, now->id, "source" };
	bool same_rules = fa_str_eq(before->bundle, now->bundle) &&
		before->as_of == now->as_of;
	bool same_reader = before->reader == now->reader;
	struct fa_store_app middle;
	int rc;

	if (before->id == now->id)
		return FA_OK;
	if (same_rules && same_reader) {
		middle = *before;
	} else {
		rc = judge_again(&middle, w, before, err);
		if (rc < 0)
			return rc;
		c.cause = same_reader ? "rules"
			: same_rules  ? "extractor"
				      : "extractor+rules";
		rc = compare(&c, before, &middle, err);
		if (rc < 0)
			return rc;
	}
	c.cause = "source";
	rc = compare(&c, &middle, now, err);
	return rc < 0 ? rc : failed_captures(w, before, now, err);
}
