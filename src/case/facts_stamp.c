/* Time stamps of the log, looked at again. */
#include <string.h>

#include "case/facts_parts.h"
#include "case/stamping.h"
#include "evidence/objects.h"

/* Signature and imprint are right, whoever its authority may be. */
static bool
is_right(enum fa_stamp_state s)
{
	return s == FA_STAMP_GOOD || s == FA_STAMP_UNTRUSTED;
}

static int
check(struct fa_dossier_stamp *out, struct fa_facts *x,
	const struct fa_checkpoint_row *c, const struct fa_tst *t,
	struct fa_err *err)
{
	const char *digest = t->imprint == FA_IMPRINT_SM3 ? c->sm3 : c->sha256;
	struct fa_str dir =
		fa_facts_say(x, "%.*s/" FA_OBJECTS_DIR, FA_STR_ARG(x->o->dir));
	struct fa_stamp_check is;
	struct fa_err why;
	struct fa_str der;
	int rc;

	rc = fa_object_get(
		&der, dir, t->token_sha256, FA_STAMP_BYTES, x->a, &why);
	if (rc == FA_OK)
		rc = fa_stamp_verify(
			&is, der, t->imprint, digest, FA_STR_NONE, x->a, &why);
	if (rc == FA_E_NOMEM)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc < 0) {
		out->detail = fa_facts_dup(x, fa_str_c(why.msg));
		return FA_OK;
	}
	out->checked = is_right(is.state);
	if (!out->checked)
		out->detail = fa_facts_dup(x, fa_str_c(is.why));
	return FA_OK;
}

static int
add(struct fa_facts *x, const struct fa_checkpoint_row *c,
	const struct fa_stamp_row *row, struct fa_err *err)
{
	struct fa_dossier_custody *d = &x->d->custody;
	struct fa_dossier_stamp *s =
		FA_FACTS_ADD(x, d->stamps, d->stamps_n, x->stamps_cap, err);
	const struct fa_tst *t = &row->tst;
	int rc = FA_OK;

	if (s == NULL)
		return FA_E_NOMEM;
	*s = (struct fa_dossier_stamp){ .seq = row->seq,
		.checkpoint = c->seq,
		.covers = c->c.tree_size,
		.authority = t->authority,
		.tsa = t->tsa,
		.serial = t->serial,
		.policy = t->policy,
		.algorithm = fa_imprint_name(t->imprint),
		.imprint = t->digest,
		.gen_time = t->gen_time,
		.state = fa_tst_state_name(t->state),
		.detail = t->detail,
		.token_sha256 = t->token_sha256 };
	if (t->token_sha256.n > 0)
		rc = check(s, x, c, t, err);
	if (t->state == FA_TST_CONFIRMED && s->checked) {
		d->stamps_confirmed++;
		if (c->c.tree_size > d->covered)
			d->covered = c->c.tree_size;
	}
	return rc;
}

int
fa_facts_stamps(struct fa_facts *x, struct fa_err *err)
{
	struct fa_dossier_custody *d = &x->d->custody;
	struct fa_anchors anchors;
	struct fa_err why;
	int rc = fa_anchors_load(&anchors, x->s, x->a, &why);

	if (rc == FA_E_INPUT) {
		d->whole = FA_TRI_NO;
		d->broken = fa_facts_dup(x, fa_str_c(why.msg));
		return FA_OK;
	}
	if (rc < 0)
		return fa_fail(err, rc, "%s", why.msg);
	for (size_t i = 0; i < anchors.n; i++)
		for (size_t k = 0; k < anchors.at[i].stamps_n && rc == FA_OK;
			k++)
			rc = add(x, &anchors.at[i], &anchors.at[i].stamps[k],
				err);
	return rc;
}
