/* The plan of judging: out of a store. */
#include "audit/app.h"
#include "case/pack_judge.h"
#include "read/read.h"
#include "store/app.h"
#include "store/capture.h"
#include "store/wanted.h"

struct work {
	struct fa_pack_plan p;
	size_t docs_cap, targets_cap;
	struct fa_store_app_key key;
	struct fa_store *s;
	struct fa_arena *a;
};

static int
set_labels(struct fa_pack_doc *d, struct work *w, struct fa_err *err)
{
	struct fa_store_document x;
	struct fa_store_judgement j;
	int64_t judgement;
	int rc = fa_store_get_document(&x, w->s, d->id, w->a, err);

	if (rc == 0)
		return fa_fail(err, FA_E_INPUT,
			"store: the document %lld is missing",
			(long long)d->id);
	if (rc == 1)
		rc = fa_store_judgement_id(
			&judgement, d->id, w->key.bundle, w->key.as_of, err);
	if (rc < 0)
		return rc;
	d->payload = fa_arena_dup(w->a, fa_str_c(x.payload));
	d->media_type = x.media_type;
	d->charset = x.charset;
	d->coding = x.coding;
	d->text = x.text_sha256;
	rc = fa_store_get_judgement(&j, w->s, judgement, w->a, err);
	if (rc == 1 && !j.error.p)
		d->vector = j.score.vector;
	if (!d->payload.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a document");
	return rc < 0 ? rc : FA_OK;
}

/* The place of a document in the plan, where it is put when it is new. */
static int
place_of(int64_t *out, struct work *w, int64_t id, struct fa_str url,
	struct fa_err *err)
{
	struct fa_pack_plan *p = &w->p;
	struct fa_pack_doc *at;
	int rc;

	for (size_t i = 0; i < p->docs_n; i++)
		if (p->docs[i].id == id) {
			*out = (int64_t)i;
			return FA_OK;
		}
	if (p->docs_n == FA_PACK_DOCUMENTS_MAX)
		return fa_fail(err, FA_E_LIMIT,
			"more than %d documents, too many for one pack",
			FA_PACK_DOCUMENTS_MAX);
	at = fa_arena_grow(
		w->a, p->docs, &w->docs_cap, p->docs_n + 1, sizeof(*at));
	if (!at)
		return fa_fail(err, FA_E_NOMEM, "no memory for documents");
	p->docs = at;
	at[p->docs_n] = (struct fa_pack_doc){ .url = url, .id = id };
	rc = set_labels(&at[p->docs_n], w, err);
	if (rc < 0)
		return rc;
	*out = (int64_t)p->docs_n++;
	return FA_OK;
}

static int
add_want(struct fa_pack_want *out, struct work *w,
	const struct fa_store_app_document *d, struct fa_err *err)
{
	int rc = fa_store_url_text(&out->url, w->s, d->url, w->a, err);

	if (rc == FA_OK)
		rc = fa_store_url_text(&out->final, w->s, d->final, w->a, err);
	if (rc < 0)
		return rc;
	out->role = d->role;
	out->outcome = d->outcome;
	out->detail = d->detail;
	out->stands_in = d->stands_in;
	out->document = -1;
	return d->document
		? place_of(&out->document, w, d->document, out->final, err)
		: FA_OK;
}

static int
keep(struct fa_str *out, struct fa_str s, struct fa_arena *a,
	struct fa_err *err)
{
	*out = s.p ? fa_arena_dup(a, s) : FA_STR_NONE;
	return !s.p || out->p
		? FA_OK
		: fa_fail(err, FA_E_NOMEM, "no memory for a target");
}

static int
add_target(struct work *w, const struct fa_store_target *t,
	const struct fa_store_app *x, struct fa_err *err)
{
	struct fa_pack_plan *p = &w->p;
	struct fa_pack_target *at = fa_arena_grow(w->a, p->targets,
		&w->targets_cap, p->targets_n + 1, sizeof(*at));
	struct fa_pack_target out = { .outcome = x->outcome,
		.vector = x->score.vector,
		.wants_n = x->documents_n };
	int rc;

	if (!at)
		return fa_fail(err, FA_E_NOMEM, "no memory for targets");
	p->targets = at;
	if (p->targets_n == FA_PACK_TARGETS_MAX)
		return fa_fail(err, FA_E_LIMIT,
			"more than %d targets, too many for one pack",
			FA_PACK_TARGETS_MAX);
	out.wants = fa_arena_new(w->a, x->documents_n, sizeof(*out.wants));
	if (!out.wants)
		return fa_fail(err, FA_E_NOMEM, "no memory for a target");
	rc = keep(&out.key, t->t.key, w->a, err);
	if (rc == FA_OK)
		rc = keep(&out.app, t->t.app, w->a, err);
	for (size_t i = 0; i < x->documents_n && rc == FA_OK; i++)
		rc = add_want(&out.wants[i], w, &x->documents[i], err);
	if (rc == FA_OK)
		p->targets[p->targets_n++] = out;
	return rc;
}

static int
each_target(void *ctx, const struct fa_store_target *t, struct fa_err *err)
{
	struct work *w = ctx;
	struct fa_store_app x;
	int rc = fa_store_find_app(&x, w->s, t->id, &w->key, w->a, err);

	return rc == 1 ? add_target(w, t, &x, err) : rc;
}

int
fa_pack_plan_load(struct fa_pack_plan *out, struct fa_str *rules,
	struct fa_store *s, struct fa_arena *a, struct fa_err *err)
{
	struct work w = { .s = s, .a = a };
	int rc = fa_store_newest_key(&w.key, s, 0, a, err);

	*rules = FA_STR_NONE;
	if (rc == 1) {
		w.p.bundle = w.key.bundle;
		w.p.as_of = w.key.as_of;
		w.p.reader = FA_READ_VERSION;
		rc = fa_store_get_bundle(rules, s, w.key.bundle, a, err);
		if (rc == 0)
			return fa_fail(err, FA_E_INPUT,
				"store: the rules %.*s are missing",
				FA_STR_ARG(w.key.bundle));
		if (rc == 1)
			rc = fa_store_targets(s, each_target, &w, err);
	}
	if (rc >= 0)
		*out = w.p;
	return rc < 0 ? rc : FA_OK;
}
