/* Time stamps over checkpoints of the log: what they vouch for existed at
 * their time, before the pack was made. */
#include <stdio.h>
#include <string.h>

#include "case/verify_stamps.h"
#include "evidence/anchor.h"

#define FOLDER "evidence/stamps/"

struct found {
	size_t stamps, pending;
	enum fa_verify_state worst;
	char why[256];
	uint64_t covered; /* lines, by stamps that are trusted */
	char time[32];    /* of the first of them */
};

static const struct fa_pack_checkpoint *
checkpoint_of(const struct fa_pack_log *l, int64_t seq)
{
	for (size_t i = 0; i < l->checkpoints_n; i++)
		if (l->checkpoints[i].seq == seq)
			return &l->checkpoints[i];
	return NULL;
}

static int
check(struct fa_stamp_check *out, struct fa_str *name, struct fa_verify_work *w,
	const struct fa_pack_tst *t, struct fa_err *err)
{
	bool sm3 = fa_str_eq(t->imprint, FA_STR("sm3"));
	char text[sizeof(FOLDER) + FA_HASH_HEX_BYTES + 8];
	char digest[FA_HASH_HEX_BYTES];
	struct fa_str der;
	int rc;

	(void)snprintf(
		text, sizeof(text), FOLDER "%.*s.tsr", FA_STR_ARG(t->token));
	*name = fa_arena_dup(w->a, fa_str_c(text));
	if (!name->p)
		return fa_fail(err, FA_E_NOMEM, "no memory for a name");
	if (!checkpoint_of(&w->log, t->checkpoint))
		return fa_fail(err, FA_E_INPUT,
			"event %lld: event %lld is no checkpoint",
			(long long)t->seq, (long long)t->checkpoint);
	rc = fa_verify_text(&der, w, &w->inner, text, err);
	if (rc == FA_OK)
		rc = fa_anchor_digest(digest,
			fa_pack_log_line(&w->log, t->checkpoint),
			sm3 ? FA_IMPRINT_SM3 : FA_IMPRINT_SHA256, err);
	return rc < 0 ? rc
		      : fa_stamp_verify(out, der,
				sm3 ? FA_IMPRINT_SM3 : FA_IMPRINT_SHA256,
				digest, w->o->tsa_pem, w->a, err);
}

static int
look(struct found *f, struct fa_verify_work *w, const struct fa_pack_tst *t,
	struct fa_err *err)
{
	const struct fa_pack_checkpoint *c =
		checkpoint_of(&w->log, t->checkpoint);
	struct fa_stamp_check check_;
	enum fa_verify_state state;
	struct fa_str name;
	int rc;

	if (!t->token.p) {
		f->pending++;
		return FA_OK;
	}
	rc = check(&check_, &name, w, t, err);
	if (rc < 0)
		return rc;
	state = fa_verify_stamp_state(&check_);
	fa_verify_stamp_tell(w, name, "log", &check_);
	f->stamps++;
	if (state > f->worst) {
		f->worst = state;
		(void)snprintf(f->why, sizeof(f->why), "%s", check_.why);
	}
	if (state == FA_VERIFY_OK && c->size > f->covered) {
		f->covered = c->size;
		(void)snprintf(
			f->time, sizeof(f->time), "%s", check_.info.gen_time);
	}
	return FA_OK;
}

/* Later events on the same checkpoint take the place of earlier ones: only
 * what never came is pending. */
static size_t
pending(const struct found *f)
{
	return f->pending > f->stamps ? f->pending - f->stamps : 0;
}

int
fa_verify_log_stamps(struct fa_verify_work *w, struct fa_err *err)
{
	struct found f = { .stamps = 0 };
	struct fa_err why;
	int rc = FA_OK;

	if (!w->has_log)
		return FA_OK;
	for (size_t i = 0; i < w->log.tsts_n && rc == FA_OK; i++)
		rc = look(&f, w, &w->log.tsts[i], &why);
	if (rc < 0)
		return fa_verify_fail(w, "log-stamps", rc, &why, err);
	if (f.worst == FA_VERIFY_FAILED)
		return fa_verify_say(
			w, "log-stamps", FA_VERIFY_FAILED, err, "%s", f.why);
	w->report->stamped = (int64_t)f.covered;
	if (f.covered > 0)
		return fa_verify_say(w, "log-stamps", FA_VERIFY_OK, err,
			"the first %llu of %zu events existed at %s",
			(unsigned long long)f.covered, w->log.leaves_n, f.time);
	if (f.stamps > 0)
		return fa_verify_say(w, "log-stamps", FA_VERIFY_NONE, err,
			"%zu stamps over the log, none by an authority that is "
			"trusted: %s",
			f.stamps, f.why);
	return fa_verify_say(w, "log-stamps", FA_VERIFY_NONE, err,
		pending(&f) > 0 ? "a stamp over the log is pending"
				: "the log was not stamped");
}
