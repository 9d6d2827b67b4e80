/* Two captures of a document in a store. Both are read and judged anew, by the
 * same reader and the same rules, so that what differs between them is the
 * text; what an earlier judgement said of the old one is told apart. */
#include <string.h>

#include "audit/page.h"
#include "discover/discover.h"
#include "read/read.h"
#include "store/frontier.h"
#include "store/history.h"
#include "store/judge.h"
#include "store/timeline.h"
#include "store/wanted.h"
#include "tools/diffing.h"

/* A URL at work. */
struct work {
	struct fa_diffing *x;
	int64_t url;
	struct fa_str text; /* of the URL */
	struct fa_timeline line;
	unsigned loads; /* captures looked at */
	struct fa_arena *a;
};

/* What is wrong with the page itself is the outcome of its capture. */
static int
unreadable(struct fa_diff_version *v, int why, const struct fa_err *said,
	struct fa_arena *a, struct fa_err *err)
{
	switch (why) {
	case FA_E_NOTFOUND:
		v->outcome = FA_OUT_NOT_ARCHIVED;
		break;
	case FA_E_UNSUPPORTED:
		v->outcome = FA_OUT_UNSUPPORTED_TYPE;
		break;
	case FA_E_LIMIT:
		v->outcome = FA_OUT_TOO_LARGE;
		break;
	case FA_E_INPUT:
		v->outcome = FA_OUT_BAD_CODING;
		break;
	default:
		return fa_fail(err, why, "%s", said->msg);
	}
	v->detail = fa_arena_dup(a, fa_str_c(said->msg));
	return v->detail.p ? FA_OK
			   : fa_fail(err, FA_E_NOMEM, "no memory for a page");
}

/* A document of any role that is judged is one; see faceaudit-store(5). */
static void
look(struct fa_diff_version *v, const struct fa_page_origin *o,
	struct fa_str body, const struct fa_doc *doc)
{
	struct fa_discover_page page = { .url = FA_STR(""),
		.media_type = o->media_type,
		.body = body,
		.doc = doc };
	const char *why = NULL, *other = NULL;

	v->outcome = fa_discover_kind(&why, &page, FA_ROLE_POLICY);
	if (v->outcome != FA_OUT_OK &&
		fa_discover_kind(&other, &page, FA_ROLE_CHILDREN) == FA_OUT_OK)
		v->outcome = FA_OUT_OK;
	v->detail = v->outcome == FA_OUT_OK ? FA_STR_NONE : fa_str_c(why);
}

static int
read_capture(struct fa_diffing_side *s, struct work *w,
	const struct fa_moment *m, struct fa_arena *a, struct fa_err *err)
{
	struct fa_diffing *x = w->x;
	struct fa_doc *doc = fa_arena_new(a, 1, sizeof(*doc));
	struct fa_page_origin o;
	struct fa_payload p;
	int rc = fa_page_find(&o, x->store, m->capture, a, err);

	if (!doc)
		return fa_fail(err, FA_E_NOMEM, "no memory for a page");
	if (rc == FA_OK)
		rc = fa_page_load(&p, x->store, &x->source, &o, a, err);
	if (rc == FA_OK)
		rc = fa_diffing_digests(&s->v, p.body, err);
	if (rc == FA_OK)
		rc = fa_page_read(doc, &o, p.body, a, err);
	if (rc < 0)
		return rc;
	look(&s->v, &o, p.body, doc);
	s->v.title = doc->title;
	s->v.encoding = fa_str_c(fa_encoding_name(doc->encoding));
	return s->v.outcome == FA_OUT_OK ? fa_diffing_judge(s, x, doc, a, err)
					 : FA_OK;
}

/* The version that a moment shows; without a text its outcome says why. */
static int
load(struct fa_diffing_side *s, struct work *w, const struct fa_moment *m,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_err why;
	int rc;

	*s = (struct fa_diffing_side){ .v = { .name = w->text,
					       .at_ms = m->at_us / 1000,
					       .outcome = m->outcome,
					       .detail = m->detail } };
	memcpy(s->v.payload, m->payload, sizeof(s->v.payload));
	if (m->outcome != FA_OUT_OK)
		return FA_OK;
	if (m->cut || !m->capture) {
		s->v.outcome = m->cut ? FA_OUT_TRUNCATED : FA_OUT_NOT_ARCHIVED;
		return FA_OK;
	}
	w->loads++;
	rc = read_capture(s, w, m, a, &why);
	return rc < 0 ? unreadable(&s->v, rc, &why, a, err) : FA_OK;
}

static bool
by(const struct fa_moment *m, int64_t ms)
{
	return ms == INT64_MIN || m->at_us / 1000 <= ms;
}

/* The last version with a text among the first n moments: its index, or n and
 * s->judged.verdicts NULL. With `other`, one of another payload is preferred,
 * and one of the same taken only when there is none. */
static int
last_text(size_t *found, struct fa_diffing_side *s, struct work *w, size_t n,
	const char *other, struct fa_arena *a, struct fa_err *err)
{
	bool again = other[0] != '\0';

	for (;; again = false) {
		for (size_t i = n; i-- > 0;) {
			const struct fa_moment *m = &w->line.at[i];
			int rc;

			if (m->outcome != FA_OUT_OK ||
				(again && strcmp(m->payload, other) == 0))
				continue;
			if (w->loads >= FA_DIFFING_LOADS_MAX)
				return fa_fail(err, FA_E_LIMIT,
					"none of %d captures has a text to "
					"compare with",
					FA_DIFFING_LOADS_MAX);
			rc = load(s, w, m, a, err);
			*found = i;
			if (rc < 0 || s->judged.verdicts)
				return rc;
		}
		if (!again)
			break;
	}
	*s = (struct fa_diffing_side){ .clauses = { NULL, 0 } };
	*found = n;
	return FA_OK;
}

/* What the store recorded of the old version before the new one came. */
static int
look_back(struct fa_diffing_past *out, struct work *w,
	const struct fa_diffing_side *old, int64_t before_ms,
	struct fa_err *err)
{
	const struct fa_bundle *b = w->x->bundle;
	struct fa_store_judgement j;
	enum fa_verdict *v;
	struct fa_past past;
	bool rules, reader;
	int rc = fa_store_judged_before(
		&past, w->x->store, old->v.payload, before_ms, w->a, err);

	if (rc == 1)
		rc = fa_store_get_judgement(
			&j, w->x->store, past.judgement, w->a, err);
	if (rc != 1 || j.error.p)
		return rc < 0 ? rc : FA_OK;
	rules = !fa_str_eq(past.bundle, fa_str_c(b->sha256)) ||
		past.as_of != w->x->as_of;
	reader = past.reader != FA_READ_VERSION;
	if (!rules && !reader)
		return FA_OK;
	v = fa_arena_new(w->a, b->obligations_n, sizeof(*v));
	if (!v)
		return fa_fail(err, FA_E_NOMEM, "no memory for verdicts");
	for (size_t i = 0; i < b->obligations_n; i++)
		v[i] = FA_VERDICT_NOT_APPLICABLE;
	for (size_t i = 0; i < j.verdicts_n; i++) {
		uint32_t o = fa_bundle_obligation(b, j.verdicts[i].obligation);

		if (o < b->obligations_n)
			v[o] = j.verdicts[i].verdict;
	}
	out->verdicts = v;
	out->technical = rules && reader ? FA_DIFF_CAUSE_BOTH
		: rules                  ? FA_DIFF_CAUSE_RULES
					 : FA_DIFF_CAUSE_EXTRACTOR;
	return FA_OK;
}

/* Was a new finding there in an earlier version? */
static bool
was_there(const struct fa_diffing_side *s, const struct fa_diff_finding *f,
	struct fa_str key)
{
	if (s->judged.verdicts[f->obligation] != f->now)
		return false;
	if (!key.p)
		return true;
	for (size_t i = 0; i < s->judged.passages_n; i++) {
		const struct fa_diff_passage *p = &s->judged.passages[i];

		if (p->obligation == f->obligation &&
			p->clause != FA_DIFF_NONE &&
			fa_str_eq(s->clauses.at[p->clause].key, key))
			return true;
	}
	return false;
}

static bool
is_new(const struct fa_diff_finding *f)
{
	return f->state == FA_DIFF_NEW && f->cause == FA_DIFF_CAUSE_SOURCE;
}

static unsigned
mark_seen(struct fa_diff_doc *d, const struct fa_diffing_side *earlier)
{
	unsigned left = 0;

	for (size_t i = 0; i < d->findings_n; i++) {
		struct fa_diff_finding *f = &d->findings[i];
		struct fa_str key = f->b != FA_DIFF_NONE
			? d->diff->b.at[f->b].key
			: FA_STR_NONE;

		if (!is_new(f))
			continue;
		if (was_there(earlier, f, key)) {
			f->state = FA_DIFF_REAPPEARED;
			f->seen_ms = earlier->v.at_ms;
		} else {
			left++;
		}
	}
	return left;
}

static bool
seen_before(const struct fa_moment *at, size_t from, size_t to, size_t i)
{
	for (size_t k = from; k < to; k++)
		if (k != i && strcmp(at[k].payload, at[i].payload) == 0)
			return true;
	return false;
}

/* Looks for what is new in versions before the old one, the newest first. */
static int
reappeared(
	struct fa_diff_doc *d, struct work *w, size_t old, struct fa_err *err)
{
	struct fa_arena a;
	unsigned left = 0, looked = 0;
	int rc = FA_OK;

	for (size_t i = 0; i < d->findings_n; i++)
		left += is_new(&d->findings[i]);
	fa_arena_init(&a, FA_DIFFING_EARLIER_BYTES);
	for (size_t i = old; i-- > 0 && left > 0 && rc == FA_OK &&
		looked < FA_DIFFING_EARLIER_MAX;) {
		struct fa_diffing_side s;

		if (w->line.at[i].outcome != FA_OUT_OK ||
			seen_before(w->line.at, i + 1, old + 1, i))
			continue;
		looked++;
		fa_arena_reset(&a);
		rc = load(&s, w, &w->line.at[i], &a, err);
		if (rc == FA_OK && s.judged.verdicts)
			left = mark_seen(d, &s);
	}
	fa_arena_done(&a);
	fa_diffing_count(d);
	return rc;
}

/* The old version when the new one is that of a moment: 1, or 0 when there is
 * none. */
static int
choose_old(size_t *old, struct fa_diffing_side *s, struct work *w, size_t new,
	const char *payload, struct fa_err *err)
{
	size_t n = new;
	int rc;

	while (n > 0 && !by(&w->line.at[n - 1], w->x->from_ms))
		n--;
	rc = last_text(old, s, w, n, w->x->from_ms == INT64_MIN ? payload : "",
		w->a, err);
	return rc < 0 ? rc : s->judged.verdicts != NULL;
}

/* 1: *out is the comparison; 0: there is only one version. */
static int
compare(struct fa_diff_doc *out, struct work *w, struct fa_err *err)
{
	struct fa_diffing_side old, new;
	struct fa_diffing_past past = { NULL, FA_DIFF_CAUSE_NONE };
	struct fa_diff_doc d;
	size_t n = w->line.n, at = 0;
	int rc;

	while (n > 0 && !by(&w->line.at[n - 1], w->x->to_ms))
		n--;
	if (n == 0)
		return 0;
	rc = load(&new, w, &w->line.at[n - 1], w->a, err);
	if (rc == FA_OK)
		rc = choose_old(&at, &old, w, n - 1,
			new.judged.verdicts ? new.v.payload : "", err);
	if (rc == 1)
		rc = look_back(&past, w, &old, new.v.at_ms, err);
	else
		return rc;
	if (rc == FA_OK)
		rc = fa_diffing_compare(&d, w->x, &old, &new, &past, w->a, err);
	if (rc == FA_OK)
		rc = reappeared(&d, w, at, err);
	if (rc < 0)
		return rc;
	*out = d;
	return 1;
}

/* Adds what became of a URL. */
static int
add_url(struct fa_diffing *x, int64_t url, const char *role, unsigned *alone,
	struct fa_arena *a, struct fa_err *err)
{
	struct work w = { .x = x, .a = a };
	struct fa_diff_doc *d = &x->docs[x->docs_n];
	int rc = fa_store_final(&w.url, x->store, url, err);

	if (rc == FA_OK)
		rc = fa_store_url_text(&w.text, x->store, w.url, a, err);
	if (rc == FA_OK)
		rc = fa_store_timeline(&w.line, x->store, w.url, a, err);
	if (rc == FA_OK)
		rc = compare(d, &w, err);
	if (rc < 0)
		return rc;
	d->role = fa_str_c(role);
	x->docs_n += rc == 1;
	*alone += rc == 0;
	return FA_OK;
}

static bool
is_repeated(const struct fa_wanted_list *l, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (l->at[k].final == l->at[i].final &&
			fa_role_judged(l->at[k].role))
			return true;
	return false;
}

static int
add_target(struct fa_diffing *x, int64_t target, unsigned *alone,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_wanted_list l;
	int rc = fa_store_wanted(&l, x->store, target, a, err);

	if (rc == FA_OK && l.n > FA_DIFFING_DOCUMENTS_MAX)
		return fa_fail(err, FA_E_LIMIT,
			"the target has %zu documents, the limit is %d", l.n,
			FA_DIFFING_DOCUMENTS_MAX);
	for (size_t i = 0; rc == FA_OK && i < l.n; i++)
		if (fa_role_judged(l.at[i].role) && !is_repeated(&l, i))
			rc = add_url(x, l.at[i].final,
				fa_role_name(l.at[i].role), alone, a, err);
	return rc;
}

int
fa_diffing_store(struct fa_diffing *x, const char *name, unsigned *alone,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_store_target t;
	int64_t url;
	int rc;

	*alone = 0;
	x->docs = fa_arena_new(a, FA_DIFFING_DOCUMENTS_MAX, sizeof(*x->docs));
	if (!x->docs)
		return fa_fail(err, FA_E_NOMEM, "no memory for documents");
	rc = fa_store_find_target(&t, x->store, fa_str_c(name), a, err);
	if (rc == 1)
		return add_target(x, t.id, alone, a, err);
	if (rc == 0)
		rc = fa_store_url_id(&url, fa_str_c(name), err);
	if (rc == FA_OK)
		rc = fa_store_knows_url(x->store, url, err);
	if (rc == 0)
		return fa_fail(err, FA_E_NOTFOUND,
			"the store has no target and no URL '%s'", name);
	return rc < 0 ? rc : add_url(x, url, NULL, alone, a, err);
}
