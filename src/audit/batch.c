#include "audit/batch.h"

#include <string.h>

#include "audit/batch_work.h"
#include "rules/rules.h"
#include "score/score.h"

/* For one target, without texts; a hostile site can make it want thousands of
 * documents. */
#define TARGET_BYTES ((size_t)512 << 20)
#define KEY_BYTES (1u << 16)
#define BUNDLE_BYTES ((size_t)64 << 20) /* of rules in canonical form */

int
fa_batch_check(struct fa_batch *w, struct fa_err *err)
{
	if (w->opts->stop && w->opts->stop(w->opts->ctx))
		return fa_fail(err, FA_E_INTERRUPTED, "asked to stop");
	return FA_OK;
}

static int
commit_when_due(struct fa_batch *w, struct fa_err *err)
{
	int64_t now = fa_clock_now(w->opts->clock);

	if (w->uncommitted < FA_BATCH_COMMIT_DOCUMENTS &&
		now - w->committed_ms < FA_BATCH_COMMIT_MS)
		return FA_OK;
	w->uncommitted = 0;
	w->committed_ms = now;
	return fa_store_commit(w->s, err);
}

static int
put_bundle(struct fa_batch *w, struct fa_err *err)
{
	struct fa_buf json FA_CLEANUP(fa_buf_done);
	int rc;

	fa_buf_init(&json, BUNDLE_BYTES);
	rc = fa_rules_write_bundle(w->audit->bundle, &json, err);
	if (rc == FA_OK)
		rc = fa_store_begin(w->s, err);
	if (rc == FA_OK)
		rc = fa_store_put_bundle(w->s,
			fa_str_c(w->audit->bundle->sha256), fa_buf_str(&json),
			err);
	return rc;
}

static void
count(struct fa_batch *w, const struct fa_store_app *x,
	const struct fa_store_app *before)
{
	const struct fa_batch_opts *o = w->opts;
	const struct fa_bundle *b = w->audit->bundle;
	struct fa_batch_counts *c = w->counts;

	c->judged += x->outcome == FA_OUT_OK;
	c->outcomes[x->outcome]++;
	c->unchanged += before && before->id == x->id;
	for (size_t i = 0; i < x->verdicts_n; i++) {
		const struct fa_store_verdict *v = &x->verdicts[i];
		struct fa_finding f = { .verdict = v->verdict,
			.tier = v->tier,
			.obligation = fa_bundle_obligation(b, v->obligation) };

		c->verdicts[v->verdict]++;
		if (!o->fail_never && f.obligation < b->obligations_n)
			c->gating += fa_score_gates(
				&f, b, o->fail_tier, o->fail_severity);
	}
}

/* Newer than what was before, also when the clock stands still. */
static int64_t
time_after(const struct fa_store_app *before, int64_t now)
{
	return before && before->at_ms >= now ? before->at_ms + 1 : now;
}

static int
judge_target(
	struct fa_batch *w, const struct fa_store_target *t, struct fa_err *err)
{
	struct fa_store_app old,
		x = { .target = t->id,
			.bundle = fa_str_c(w->audit->bundle->sha256),
			.as_of = w->audit->as_of,
			.reader = FA_READ_VERSION };
	const struct fa_store_app *before = NULL;
	struct fa_wanted_list wanted;
	int rc = fa_store_find_app(&old, w->s, t->id, NULL, &w->target, err);

	if (rc == 1)
		before = &old;
	if (rc >= 0)
		rc = fa_store_wanted(&wanted, w->s, t->id, &w->target, err);
	if (rc == FA_OK)
		rc = fa_batch_documents(&x, &wanted, w, before, err);
	if (rc == FA_OK)
		rc = fa_batch_app(&x, w, err);
	if (rc == FA_OK)
		rc = fa_store_begin(w->s, err);
	x.at_ms = time_after(before, fa_clock_now(w->opts->clock));
	if (rc == FA_OK)
		rc = fa_store_app_id(&x, err);
	/* Changes come first: a judgement without them would be taken for
	 * finished after an interruption. */
	if (rc == FA_OK && before)
		rc = fa_batch_changes(w, before, &x, err);
	if (rc == FA_OK)
		rc = fa_store_put_app(w->s, &x, err);
	if (rc < 0)
		return rc;
	count(w, &x, before);
	w->counts->targets++;
	w->uncommitted++;
	return FA_OK;
}

void
fa_batch_keys_init(struct fa_batch_keys *k)
{
	*k = (struct fa_batch_keys){ .turn = 0 };
	for (size_t i = 0; i < FA_COUNT(k->a); i++)
		fa_arena_init(&k->a[i], KEY_BYTES);
}

void
fa_batch_keys_done(struct fa_batch_keys *k)
{
	for (size_t i = 0; i < FA_COUNT(k->a); i++)
		fa_arena_done(&k->a[i]);
}

int
fa_batch_next_key(
	struct fa_batch_keys *k, struct fa_batch *w, struct fa_err *err)
{
	for (;;) {
		struct fa_arena *a = &k->a[k->turn ^= 1];
		int rc;

		fa_arena_reset(a);
		rc = fa_store_next_key(&k->key, w->s, k->key, a, err);
		if (rc == 1)
			rc = fa_shard_has(&w->opts->shard, k->key, err);
		else
			return rc;
		if (rc != 0)
			return rc;
	}
}

static int
one_key(struct fa_batch *w, struct fa_str key, struct fa_err *err)
{
	struct fa_store_target t;
	int rc;

	fa_arena_reset(&w->target);
	rc = fa_store_find_target(&t, w->s, key, &w->target, err);
	if (rc != 1)
		return rc;
	rc = fa_batch_check(w, err);
	if (rc == FA_OK)
		rc = judge_target(w, &t, err);
	if (rc == FA_OK)
		rc = commit_when_due(w, err);
	if (rc == FA_OK && w->opts->progress)
		w->opts->progress(w->opts->ctx, w->counts);
	return rc;
}

static int
each_target(struct fa_batch *w, struct fa_err *err)
{
	struct fa_batch_keys keys;
	int rc;

	fa_batch_keys_init(&keys);
	while ((rc = fa_batch_next_key(&keys, w, err)) == 1) {
		rc = one_key(w, keys.key, err);
		fa_batch_pass(w);
		if (rc < 0)
			break;
	}
	fa_batch_keys_done(&keys);
	return rc;
}

static int
run(struct fa_batch *w, struct fa_err *err)
{
	struct fa_err ignored;
	int rc = put_bundle(w, err);

	if (rc == FA_OK && w->opts->jobs > 1)
		rc = fa_batch_ahead_new(w, err);
	if (rc == FA_OK)
		rc = each_target(w, err);
	if (rc == FA_OK)
		return fa_store_commit(w->s, err);
	/* What is whole stays: documents, and targets up to the last one. */
	if (rc == FA_E_INTERRUPTED && fa_store_commit(w->s, &ignored) < 0)
		return fa_fail(err, FA_E_IO, "%s", ignored.msg);
	return rc;
}

int
fa_batch_run(struct fa_batch_counts *out, struct fa_store *s,
	const struct fa_audit *audit, const struct fa_batch_opts *opts,
	struct fa_err *err)
{
	struct fa_batch w = { .s = s,
		.audit = audit,
		.opts = opts,
		.counts = out,
		.own.audit = *audit };
	int rc;

	memset(out, 0, sizeof(*out));
	fa_arena_init(&w.document, FA_BATCH_MEMORY_BYTES);
	fa_arena_init(&w.target, TARGET_BYTES);
	w.committed_ms = fa_clock_now(opts->clock);
	rc = run(&w, err);
	fa_batch_ahead_free(&w);
	fa_payload_done(&w.own.source);
	fa_arena_done(&w.target);
	fa_arena_done(&w.document);
	return rc;
}
