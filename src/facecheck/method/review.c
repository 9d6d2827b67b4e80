#include "facecheck/method/review.h"

#include <stdio.h>

#define NAME_BYTES (FC_RECORD_FIELD_BYTES + 1)

static void
describe(struct fc_review *out, struct fa_str session, int64_t since_ms,
	int64_t now_ms)
{
	(void)snprintf(out->session, sizeof(out->session), "%.*s",
		FA_STR_ARG(session));
	out->since_ms = since_ms;
	out->due_ms = since_ms + FC_REVIEW_MS;
	out->overdue = now_ms > out->due_ms;
}

struct seek {
	struct fc_review *out;
	int64_t now_ms;
};

static int
take_first(void *ctx, struct fa_str id, int64_t since_ms, struct fa_err *err)
{
	struct seek *k = ctx;

	(void)err;
	describe(k->out, id, since_ms, k->now_ms);
	return 1;
}

int
fc_review_next(struct fc_review *out, struct fc_store *s, int64_t now_ms,
	struct fa_err *err)
{
	struct seek k = { out, now_ms };

	return fc_session_waiting(
		s, FC_S_HUMAN, INT64_MAX, take_first, &k, err);
}

int
fc_review_find(struct fc_review *out, struct fc_store *s, struct fa_str session,
	int64_t now_ms, struct fa_err *err)
{
	struct fc_session at;
	int64_t since_ms = 0;
	int rc = fc_session_get(&at, s, session, err);

	if (rc == 1)
		rc = fc_session_since(&since_ms, s, session, err);
	if (rc <= 0 || at.state != FC_S_HUMAN)
		return rc < 0 ? rc : 0;
	describe(out, session, since_ms, now_ms);
	return 1;
}

int
fc_review_count(int64_t *waiting, int64_t *overdue, struct fc_store *s,
	int64_t now_ms, struct fa_err *err)
{
	int64_t all = 0, late = 0;
	int rc = fc_session_count(&all, s, FC_S_HUMAN, INT64_MAX, err);

	if (rc == FA_OK)
		rc = fc_session_count(
			&late, s, FC_S_HUMAN, now_ms - FC_REVIEW_MS, err);
	if (rc < 0)
		return rc;
	*waiting = all;
	*overdue = late;
	return FA_OK;
}

int
fc_review_decide(struct fc_session *out, struct fc_store *s,
	const struct fc_table *t, struct fa_str session, bool yes,
	struct fa_str reviewer, struct fa_err *err)
{
	char by[NAME_BYTES];
	struct fc_record_row row = {
		.method = fa_str_c(fc_method_info(FC_METHOD_HUMAN)->name),
		.answer = yes ? FA_STR("yes") : FA_STR("no"),
	};
	int n = snprintf(by, sizeof(by), "human:%.*s", FA_STR_ARG(reviewer));

	if (reviewer.n == 0 || n < 0 || (size_t)n >= sizeof(by))
		return fa_fail(err, FA_E_USAGE,
			"the name of a reviewer has %zu bytes, expected 1 to "
			"%zu",
			reviewer.n, sizeof(by) - sizeof("human:"));
	row.matcher = fa_str_c(by);
	return fc_session_step(out, s, t, session,
		yes ? FC_E_HUMAN_YES : FC_E_HUMAN_NO, &row, err);
}
