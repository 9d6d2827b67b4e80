/* The order of stamping: load, checkpoint, ask, check again. */
#include "case/stamping.h"

#include <string.h>

#include "base/file.h"

#define DETAIL_BYTES (64u << 10)
#define STAMP_ARENA ((size_t)64 << 20) /* one question and its answer */

struct run {
	struct fa_desk *d;
	const struct fa_stamping_opts *o;
	struct fa_stamping_result *out;
	struct fa_anchors anchors;
};

static int
add_checkpoint(struct run *r, struct fa_err *err)
{
	struct fa_buf detail FA_CLEANUP(fa_buf_done);
	struct fa_checkpoint c = { .tree_size = r->anchors.tree.n };
	int rc = fa_merkle_root(&c.root, &r->anchors.tree, err);

	fa_buf_init(&detail, DETAIL_BYTES);
	if (rc < 0)
		return rc;
	memcpy(c.head, r->d->head.sha256, sizeof(c.head));
	fa_checkpoint_write(&detail, &c);
	rc = fa_desk_say(&r->out->checkpoint, r->d, FA_OP_CHECKPOINT, NULL, 0,
		&detail, err);
	r->out->is_new = r->out->covers_all = rc == FA_OK;
	return rc;
}

static bool
is_news(const struct fa_anchors *x, int64_t last, bool renew)
{
	return x->last_seq > last || (renew && x->chain.seq > last);
}

/* Reads the log, which grows by a checkpoint when it says something new. */
static int
load(struct run *r, struct fa_err *err)
{
	struct fa_anchors *x = &r->anchors;
	int rc = fa_anchors_load(x, r->d->store, &r->d->arena, err);
	int64_t last;

	if (rc < 0)
		return rc;
	if (x->chain.seq == 0)
		return fa_fail(err, FA_E_USAGE,
			"%.*s: the custody log is empty, there is nothing to "
			"stamp",
			FA_STR_ARG(r->d->o.dir));
	last = x->n > 0 ? x->at[x->n - 1].seq : 0;
	r->out->checkpoint = last;
	r->out->covers_all = x->last_seq < last;
	if (r->o->retry_only || !is_news(x, last, r->o->renew))
		return FA_OK;
	rc = add_checkpoint(r, err);
	/* Once more: what is stamped is what the store holds now. */
	return rc < 0 ? rc : fa_anchors_load(x, r->d->store, &r->d->arena, err);
}

/* What is told of a stamp; slices are those of check and der. */
static void
describe(struct fa_tst *t, const struct fa_stamp_check *c, bool has_token)
{
	const struct fa_stamp_info *i = &c->info;

	t->accuracy_us = -1;
	if (c->why[0])
		t->detail = fa_str_c(c->why);
	if (!has_token)
		return;
	t->gen_time = fa_str_c(i->gen_time);
	t->serial = i->serial;
	t->policy = i->policy;
	t->accuracy_us = i->accuracy_us;
	t->tsa = i->tsa;
	if (i->cert_sha256[0])
		t->cert_sha256 = fa_str_c(i->cert_sha256);
}

/* Good and trusted; right as far as can be told; or as good as none. */
static enum fa_tst_state
state_of(enum fa_stamp_state s)
{
	switch (s) {
	case FA_STAMP_GOOD:
		return FA_TST_CONFIRMED;
	case FA_STAMP_UNTRUSTED:
	case FA_STAMP_NO_CERT:
	case FA_STAMP_UNSUPPORTED:
		return FA_TST_UNTRUSTED;
	default:
		return FA_TST_PENDING;
	}
}

static void
count(struct run *r, enum fa_tst_state s)
{
	r->out->confirmed += s == FA_TST_CONFIRMED;
	r->out->untrusted += s == FA_TST_UNTRUSTED;
	r->out->pending += s == FA_TST_PENDING;
}

/* One event; der (absent: no answer came) is an object of it. An answer that is
 * as good as no stamp is kept, but not as one. */
static int
tell(struct run *r, struct fa_tst *t, struct fa_str der, struct fa_err *err)
{
	struct fa_buf detail FA_CLEANUP(fa_buf_done);
	bool counts = t->state != FA_TST_PENDING;
	struct fa_custody_obj obj = { .name = counts
			? FA_STR(FA_ANCHOR_OBJECT)
			: FA_STR(FA_ANCHOR_REFUSED),
		.mime = counts ? FA_STR(FA_STAMP_REPLY_TYPE)
			       : FA_STR("application/octet-stream") };
	struct fa_object o;
	int rc = FA_OK;

	fa_buf_init(&detail, DETAIL_BYTES);
	if (der.p) {
		rc = fa_object_put(&o, r->d->objects, der, err);
		if (rc < 0)
			return rc;
		obj.bytes = o.bytes;
		obj.sha256 = fa_str_c(o.sha256);
		obj.sm3 = o.sm3[0] ? fa_str_c(o.sm3) : FA_STR_NONE;
		if (counts)
			t->token_sha256 = obj.sha256;
	}
	fa_tst_write(&detail, t);
	rc = fa_desk_say(
		NULL, r->d, FA_OP_TST, &obj, der.p ? 1 : 0, &detail, err);
	if (rc == FA_OK)
		count(r, t->state);
	return rc;
}

static int
ask(struct run *r, const struct fa_checkpoint_row *c, struct fa_str authority,
	enum fa_imprint alg, struct fa_arena *a, struct fa_err *err)
{
	const char *digest = alg == FA_IMPRINT_SM3 ? c->sm3 : c->sha256;
	struct fa_tst t = { .checkpoint = c->seq,
		.authority = authority,
		.imprint = alg,
		.digest = fa_str_c(digest) };
	struct fa_stamp_check check;
	struct fa_str der;
	int rc = fa_stamping_ask(
		&der, &check, r->o, authority, alg, digest, a, err);

	if (rc < 0)
		return rc;
	t.state = der.p ? state_of(check.state) : FA_TST_PENDING;
	describe(&t, &check, t.state != FA_TST_PENDING);
	return tell(r, &t, der, err);
}

static const struct fa_stamp_row *
find_row(const struct fa_checkpoint_row *c, struct fa_str authority,
	enum fa_imprint alg)
{
	for (size_t i = 0; i < c->stamps_n; i++)
		if (c->stamps[i].tst.imprint == alg &&
			fa_str_eq(c->stamps[i].tst.authority, authority))
			return &c->stamps[i];
	return NULL;
}

/* Of the newest checkpoint every stamp is owed that was asked for, of earlier
 * ones those that are pending. */
static bool
is_owed(const struct run *r, const struct fa_checkpoint_row *c,
	struct fa_str authority, enum fa_imprint alg)
{
	const struct fa_stamp_row *row = find_row(c, authority, alg);

	if (row)
		return row->tst.state == FA_TST_PENDING;
	return c->seq == r->out->checkpoint && !r->o->retry_only &&
		(alg == FA_IMPRINT_SHA256 || r->o->sm3);
}

static int
ask_all(struct run *r, const struct fa_checkpoint_row *c, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < r->o->authorities_n && rc == FA_OK; i++)
		for (int k = 0; k < 2 && rc == FA_OK; k++) {
			enum fa_imprint alg =
				k ? FA_IMPRINT_SM3 : FA_IMPRINT_SHA256;
			struct fa_arena a;

			if (!is_owed(r, c, r->o->authorities[i], alg))
				continue;
			if (alg == FA_IMPRINT_SM3 && !c->sm3[0])
				return fa_fail(err, FA_E_UNSUPPORTED,
					"libcrypto does not offer SM3");
			fa_arena_init(&a, STAMP_ARENA);
			rc = ask(r, c, r->o->authorities[i], alg, &a, err);
			fa_arena_done(&a);
		}
	return rc;
}

/* A stamp whose authority could not be checked when it came: is it good by the
 * certificates that are given now? What is kept is asked, not the network. */
static int
check_again(struct run *r, const struct fa_stamp_row *row, struct fa_arena *a,
	struct fa_err *err)
{
	char digest[FA_HASH_HEX_BYTES];
	struct fa_tst t = row->tst;
	struct fa_stamp_check check;
	struct fa_str der;
	int rc = fa_object_get(
		&der, r->d->objects, t.token_sha256, FA_STAMP_BYTES, a, err);

	if (rc < 0)
		return rc;
	memcpy(digest, t.digest.p, sizeof(digest) - 1);
	digest[sizeof(digest) - 1] = '\0';
	rc = fa_stamp_verify(
		&check, der, t.imprint, digest, r->o->tsa_pem, a, err);
	if (rc < 0)
		return rc;
	if (check.state != FA_STAMP_GOOD) {
		count(r, FA_TST_UNTRUSTED);
		return FA_OK;
	}
	t.state = FA_TST_CONFIRMED;
	t.detail = FA_STR_NONE;
	describe(&t, &check, true);
	return tell(r, &t, der, err);
}

static int
check_all_again(
	struct run *r, const struct fa_checkpoint_row *c, struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < c->stamps_n && rc == FA_OK; i++) {
		struct fa_arena a;

		if (c->stamps[i].tst.state != FA_TST_UNTRUSTED)
			continue;
		fa_arena_init(&a, STAMP_ARENA);
		rc = check_again(r, &c->stamps[i], &a, err);
		fa_arena_done(&a);
	}
	return rc;
}

int
fa_stamping_run(struct fa_stamping_result *out, struct fa_desk *d,
	const struct fa_stamping_opts *o, struct fa_err *err)
{
	struct fa_stamping_result result;
	struct run r = { .d = d, .o = o, .out = &result, .anchors.n = 0 };
	int rc;

	memset(&result, 0, sizeof(result));
	rc = o->tsa_pem.p ? fa_stamp_check_certs(o->tsa_pem, err) : FA_OK;
	if (rc == FA_OK)
		rc = load(&r, err);
	for (size_t i = 0; i < r.anchors.n && rc == FA_OK; i++) {
		if (o->tsa_pem.p)
			rc = check_all_again(&r, &r.anchors.at[i], err);
		if (rc == FA_OK)
			rc = ask_all(&r, &r.anchors.at[i], err);
	}
	if (rc == FA_OK)
		*out = result;
	return rc;
}
