/* Checkpoints and stamps as the log tells them. */
#include <string.h>

#include "case/stamping.h"

#define EVENT_BYTES ((size_t)512 << 20) /* one event as a tree */

struct reading {
	struct fa_anchors *out;
	struct fa_arena *a, *scratch;
};

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for checkpoints");
}

static int
add_checkpoint(struct reading *r, const struct fa_custody_event *e,
	struct fa_str line, const struct fa_json *detail, struct fa_err *err)
{
	struct fa_anchors *x = r->out;
	struct fa_checkpoint_row row = { .seq = e->seq, .t_ms = e->t_ms };
	struct fa_checkpoint_row *at;
	struct fa_merkle_hash root;
	int rc = fa_checkpoint_parse(&row.c, detail, err);

	if (rc == FA_OK)
		rc = fa_merkle_root(&root, &x->tree, err);
	if (rc < 0)
		return rc;
	if (row.c.tree_size != x->tree.n ||
		memcmp(&root, &row.c.root, sizeof(root)) != 0 ||
		strcmp(row.c.head, e->prev) != 0)
		return fa_fail(err, FA_E_INPUT,
			"the checkpoint of event %lld does not have the root "
			"of the lines before it",
			(long long)e->seq);
	rc = fa_anchor_digest(row.sha256, line, FA_IMPRINT_SHA256, err);
	if (rc == FA_OK)
		rc = fa_anchor_digest(row.sm3, line, FA_IMPRINT_SM3, NULL);
	if (rc == FA_E_UNSUPPORTED) {
		row.sm3[0] = '\0';
		rc = FA_OK;
	}
	at = fa_arena_grow(r->a, x->at, &x->cap, x->n + 1, sizeof(*at));
	if (rc < 0 || !at)
		return rc < 0 ? rc : no_memory(err);
	x->at = at;
	at[x->n++] = row;
	return FA_OK;
}

static struct fa_str
keep(struct fa_str s, struct fa_arena *a, bool *failed)
{
	struct fa_str d = s.p ? fa_arena_dup(a, s) : s;

	*failed = *failed || (s.p && !d.p);
	return d;
}

static int
keep_tst(struct fa_tst *out, const struct fa_tst *t, struct fa_arena *a,
	struct fa_err *err)
{
	bool failed = false;

	*out = *t;
	out->authority = keep(t->authority, a, &failed);
	out->digest = keep(t->digest, a, &failed);
	out->token_sha256 = keep(t->token_sha256, a, &failed);
	out->gen_time = keep(t->gen_time, a, &failed);
	out->serial = keep(t->serial, a, &failed);
	out->policy = keep(t->policy, a, &failed);
	out->tsa = keep(t->tsa, a, &failed);
	out->cert_sha256 = keep(t->cert_sha256, a, &failed);
	out->detail = keep(t->detail, a, &failed);
	return failed ? no_memory(err) : FA_OK;
}

/* The row about the same authority and imprint, or a new one. */
static struct fa_stamp_row *
row_of(struct fa_checkpoint_row *c, const struct fa_tst *t, struct fa_arena *a)
{
	struct fa_stamp_row *at;

	for (size_t i = 0; i < c->stamps_n; i++)
		if (c->stamps[i].tst.imprint == t->imprint &&
			fa_str_eq(c->stamps[i].tst.authority, t->authority))
			return &c->stamps[i];
	at = fa_arena_grow(
		a, c->stamps, &c->stamps_cap, c->stamps_n + 1, sizeof(*at));
	if (!at)
		return NULL;
	c->stamps = at;
	memset(&at[c->stamps_n], 0, sizeof(*at));
	return &at[c->stamps_n++];
}

static struct fa_checkpoint_row *
find_checkpoint(struct fa_anchors *x, int64_t seq)
{
	for (size_t i = x->n; i-- > 0;)
		if (x->at[i].seq == seq)
			return &x->at[i];
	return NULL;
}

static int
add_tst(struct reading *r, const struct fa_custody_event *e,
	const struct fa_json *detail, struct fa_err *err)
{
	struct fa_checkpoint_row *c;
	struct fa_stamp_row *row;
	struct fa_tst t, kept;
	int rc = fa_tst_parse(&t, detail, err);

	if (rc < 0)
		return rc;
	c = find_checkpoint(r->out, t.checkpoint);
	if (!c)
		return fa_fail(err, FA_E_INPUT,
			"event %lld speaks of the checkpoint %lld, which there "
			"is not",
			(long long)e->seq, (long long)t.checkpoint);
	if (!fa_str_eq(t.digest,
		    fa_str_c(t.imprint == FA_IMPRINT_SM3 ? c->sm3 : c->sha256)))
		return fa_fail(err, FA_E_INPUT,
			"event %lld speaks of a stamp of another digest than "
			"that of the checkpoint %lld",
			(long long)e->seq, (long long)t.checkpoint);
	rc = keep_tst(&kept, &t, r->a, err);
	row = rc == FA_OK ? row_of(c, &kept, r->a) : NULL;
	if (!row)
		return rc < 0 ? rc : no_memory(err);
	row->seq = e->seq;
	row->tst = kept;
	return FA_OK;
}

static int
on_row(void *ctx, const struct fa_store_custody_row *row, struct fa_err *err)
{
	struct reading *r = ctx;
	struct fa_chain *chain = &r->out->chain;
	struct fa_custody_event e;
	const struct fa_json *detail;
	int rc;

	fa_arena_reset(r->scratch);
	rc = fa_chain_add_row(
		&e, chain, row->seq, row->line, row->sha256, r->scratch, err);
	if (rc < 0)
		return rc;
	if (chain->fault != FA_CHAIN_WHOLE)
		return fa_fail(err,
			chain->fault == FA_CHAIN_UNSUPPORTED ? FA_E_UNSUPPORTED
							     : FA_E_INPUT,
			"the custody log is not whole: %s", chain->why);
	if (e.op == FA_OP_CHECKPOINT || e.op == FA_OP_TST) {
		rc = fa_custody_detail(&detail, &e, r->scratch, err);
		if (rc == FA_OK)
			rc = e.op == FA_OP_TST
				? add_tst(r, &e, detail, err)
				: add_checkpoint(r, &e, row->line, detail, err);
	} else {
		r->out->last_seq = e.seq;
	}
	return rc < 0 ? rc : fa_merkle_add(&r->out->tree, row->line, err);
}

int
fa_anchors_load(struct fa_anchors *out, struct fa_store *s, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_anchors x;
	struct fa_arena scratch;
	struct reading r = { .out = &x, .a = a, .scratch = &scratch };
	int rc;

	memset(&x, 0, sizeof(x));
	fa_chain_init(&x.chain);
	fa_merkle_init(&x.tree);
	fa_arena_init(&scratch, EVENT_BYTES);
	rc = fa_store_custody_each(s, 1, on_row, &r, err);
	fa_arena_done(&scratch);
	if (rc == FA_OK)
		*out = x;
	return rc;
}
