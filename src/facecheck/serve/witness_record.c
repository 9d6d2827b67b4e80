/* The records, read as anybody can read them. */
#include <string.h>

#include "facecheck/record/account.h"
#include "facecheck/serve/witness_parts.h"

static void
close_store(struct fc_store **s)
{
	fc_store_close(*s);
}

int
fc_witness_session(struct fc_session *out, struct fc_witness *w)
{
	FA_CLEANUP(close_store) struct fc_store *s = NULL;
	int rc = fc_store_read(&s, w->db, w->err);

	return rc < 0 ? rc
		      : fc_session_get(out, s, fa_str_c(w->session), w->err);
}

int
fc_witness_account(struct fc_witness *w)
{
	FA_CLEANUP(close_store) struct fc_store *s = NULL;
	struct fa_str account, secret;
	int rc = fc_store_read(&s, w->db, w->err);

	if (rc == FA_OK)
		rc = fc_session_account(
			&account, s, fa_str_c(w->session), &w->arena, w->err);
	if (rc <= 0)
		return rc;
	rc = fc_trace_add(
		&w->traces, FC_TRACE_ACCOUNT, account, &w->arena, w->err);
	if (rc == FA_OK)
		rc = fc_account_get(
			&secret, s, account, FA_STR("totp"), &w->arena, w->err);
	return rc <= 0 ? rc
		       : fc_trace_add(&w->traces, FC_TRACE_ACCOUNT, secret,
				 &w->arena, w->err);
}

struct tally {
	bool told, agreed; /* and the text is on record */
	unsigned captures; /* with all that must come before them */
};

static int
count(void *ctx, const struct fc_record_row *r, const char *sha256,
	struct fa_err *err)
{
	struct tally *t = ctx;

	(void)sha256;
	(void)err;
	if (r->event == FC_E_SHOW)
		t->told = r->text.n > 0;
	if (r->event == FC_E_YES)
		t->agreed = r->text.n > 0;
	if (r->event == FC_E_IMAGE && t->told && t->agreed &&
		fa_str_eq(r->method, FA_STR("face")) &&
		(r->facts & FC_PROCESSED) && (r->facts & FC_RECORDED)) {
		t->captures++;
		t->agreed = false; /* spent */
	}
	return 0;
}

int
fc_witness_recorded(struct fc_witness *w)
{
	FA_CLEANUP(close_store) struct fc_store *s = NULL;
	struct tally t = { .captures = 0 };
	int rc = fc_store_read(&s, w->db, w->err);

	if (rc == FA_OK)
		rc = fc_record_of(s, fa_str_c(w->session), count, &t, w->err);
	if (rc < 0)
		return rc;
	if (t.captures < w->captures)
		w->unrecorded++;
	return FA_OK;
}

int
fc_witness_head(struct fc_witness *w, struct fc_ending *e)
{
	FA_CLEANUP(close_store) struct fc_store *s = NULL;
	int rc = fc_store_read(&s, w->db, w->err);

	return rc < 0 ? rc : fc_record_head(s, &e->seq, e->sha256, w->err);
}

struct reading {
	const struct fc_witness *w;
	unsigned there; /* heads that are where they were */
	unsigned events[FC_E_COUNT + 1];
};

static int
compare(void *ctx, const struct fc_record_row *r, const char *sha256,
	struct fa_err *err)
{
	struct reading *k = ctx;

	(void)err;
	for (size_t i = 0; i < k->w->endings_n; i++)
		k->there += k->w->endings[i].seq == r->seq &&
			strcmp(k->w->endings[i].sha256, sha256) == 0;
	if (r->event <= FC_E_COUNT)
		k->events[r->event]++;
	return 0;
}

/* What a check of the records says: FA_E_INPUT is a finding. */
static int
judge(struct fc_witness *w, const char *name, int rc, int64_t n,
	const char *what)
{
	if (rc == FA_E_INPUT)
		fc_witness_tell(w, name, FC_WITNESS_FAILS, "%s", w->err->msg);
	else if (rc == FA_OK)
		fc_witness_tell(w, name,
			n > 0 ? FC_WITNESS_HOLDS : FC_WITNESS_UNPROVEN,
			"%lld %s", (long long)n, what);
	return rc == FA_E_INPUT ? FA_OK : rc;
}

static void
judge_endings(struct fc_witness *w, const struct reading *k)
{
	unsigned due[2] = { 0, 0 };
	size_t n = w->endings_n;

	for (size_t i = 0; i < n; i++)
		if (w->endings[i].due)
			due[w->endings[i].event == FC_E_CLOSE]++;
	fc_witness_tell(w, "kept",
		k->there == n ? FC_WITNESS_HOLDS : FC_WITNESS_FAILS,
		"of %zu heads of the records noted before a withdrawal or the "
		"closing, %u are there at the end",
		n, k->there);
	fc_witness_tell(w, "rights",
		k->events[FC_E_WITHDRAW] < due[0] ||
				k->events[FC_E_CLOSE] < due[1]
			? FC_WITNESS_FAILS
			: due[0] == 0 || due[1] == 0 ? FC_WITNESS_UNPROVEN
						     : FC_WITNESS_HOLDS,
		"%u of %u withdrawals and %u of %u closings are on record",
		k->events[FC_E_WITHDRAW], due[0], k->events[FC_E_CLOSE],
		due[1]);
}

int
fc_witness_judge_records(struct fc_witness *w)
{
	FA_CLEANUP(close_store) struct fc_store *s = NULL;
	struct reading k = { .w = w };
	struct fc_table reference;
	int64_t rows = 0, sessions = 0;
	int rc = fc_store_read(&s, w->db, w->err);

	if (rc < 0)
		return rc;
	fc_witness_tell(w, "record",
		w->unrecorded             ? FC_WITNESS_FAILS
			: w->captures_all ? FC_WITNESS_HOLDS
					  : FC_WITNESS_UNPROVEN,
		"of %u captures %u were not on record as such, behind a notice "
		"and a consent of their own, when the answer came",
		w->captures_all, w->unrecorded);
	rc = fc_record_verify(s, &rows, w->err);
	rc = judge(w, "chain", rc, rows, "rows in one chain");
	if (rc < 0)
		return rc;
	fc_table_init(&reference);
	rc = fc_record_replay(s, &reference, &sessions, w->err);
	rc = judge(
		w, "replay", rc, sessions, "sessions walked through the table");
	if (rc == FA_OK)
		rc = fc_record_each(s, 0, compare, &k, w->err);
	if (rc < 0)
		return rc;
	judge_endings(w, &k);
	return FA_OK;
}
