/* Answers in the ways other than the face, and the review by a person. */
#include <stdio.h>

#include "facecheck/method/review.h"
#include "facecheck/serve/inside.h"

#define WRONG_MAX 5 /* answers in one session before a person takes over */
#define CHINA_MS (8 * 3600000LL)

static int
totp_holds(struct fc_turnabout *t, struct fa_str account, struct fa_str code)
{
	struct fa_str secret;
	int64_t used = -1;
	int rc = fc_account_get(&secret, t->app->store, account, FA_STR("totp"),
		&t->app->scratch, t->err);

	if (rc <= 0)
		return rc;
	rc = fc_account_number(
		&used, t->app->store, account, FA_STR("totp-step"), t->err);
	if (rc < 0)
		return rc;
	if (!fc_totp_ok(
		    secret, code, fa_clock_now(t->app->o->clock) / 1000, &used))
		return 0;
	return fc_account_advance(
		t->app->store, account, FA_STR("totp-step"), used, t->err);
}

static int
netid_holds(struct fc_turnabout *t, struct fa_str code)
{
	char ticket[FC_NETID_BYTES];
	bool yes = false;

	/* The stub's network: it says yes when the person says so. */
	if (!t->app->o->demo ||
		!fc_netid_answer(ticket, fa_str_eq(code, FA_STR("confirmed")),
			fa_str_c(t->id)))
		return 0;
	return fc_netid_read(&yes, fa_str_c(ticket), fa_str_c(t->id)) && yes;
}

static int
holds(struct fc_turnabout *t, struct fa_str account, enum fc_method method,
	struct fa_str code)
{
	switch (method) {
	case FC_METHOD_NETID:
		return netid_holds(t, code);
	case FC_METHOD_SMS:
	case FC_METHOD_CALL:
		return fc_session_code_try(
			t->app->store, fa_str_c(t->id), code, t->err);
	case FC_METHOD_TOTP:
		return totp_holds(t, account, code);
	case FC_METHOD_DOCUMENT:
		/* Whose number it is only a register of the operator can
		 * tell; without one, nobody is let through by a number. */
		return t->app->o->demo && fc_document_ok(code);
	default:
		return 0;
	}
}

static int
judge(struct fc_turnabout *t, enum fc_method method, struct fa_str code)
{
	struct fc_record_row row = { .method = fa_str_c(
					     fc_method_info(method)->name) };
	struct fa_str account;
	int rc = fc_session_account(&account, t->app->store, fa_str_c(t->id),
		&t->app->scratch, t->err);
	bool may;

	if (rc < 0)
		return rc;
	if (rc == 0)
		account = FA_STR("");
	rc = rc == 0 ? 1
		     : fc_account_try(t->app->store, account, method, t->err);
	may = rc == 1;
	if (rc == 1)
		rc = holds(t, account, method, code);
	if (rc < 0)
		return rc;
	if (rc == 1) {
		rc = account.n ? fc_account_passed(
					 t->app->store, account, method, t->err)
			       : FA_OK;
		return rc < 0 ? rc : fc_event(t, FC_E_OTHER_YES, &row);
	}
	t->v->flash =
		"没有通过，可以再试一次，也可以换一种方式或申请人工审核。";
	if (may && ++t->v->wrong < WRONG_MAX)
		return FA_OK;
	t->v->flash = "多次没有通过，已转为人工审核。";
	return fc_event(t, FC_E_OTHER_NO, &row);
}

int
fc_post_answer(struct fc_turnabout *t)
{
	int method = fc_method_parse(fc_form_get(&t->form, "method")), rc;

	if (method < 0)
		return fc_refuse(t, 400, "没有这种验证方式。");
	if (!t->known || t->s.state != FC_S_OTHER)
		return fc_go(t, "/verify");
	rc = judge(t, (enum fc_method)method,
		fa_str_trim(fc_form_get(&t->form, "code")));
	return rc < 0 ? rc : fc_go(t, "/verify");
}

/* "2026年11月23日 12:30", in China. */
static void
write_due(char out[40], int64_t due_ms)
{
	char iso[FA_TIME_BYTES];

	fa_time_format(due_ms + CHINA_MS, iso);
	(void)snprintf(out, 40, "%.4s年%.2s月%.2s日 %.5s", iso, iso + 5,
		iso + 8, iso + 11);
}

int
fc_get_human(struct fc_turnabout *t)
{
	struct fc_view v = { .flags_n = 0 };
	struct fc_review review;
	char due[40];
	int rc;

	if (!t->known || t->s.state != FC_S_HUMAN)
		return fc_go(t, "/verify");
	rc = fc_review_find(&review, t->app->store, fa_str_c(t->id),
		fa_clock_now(t->app->o->clock), t->err);
	if (rc < 0)
		return rc;
	if (rc == 0)
		return fc_refuse(t, 404, "没有等待中的审核。");
	write_due(due, review.due_ms);
	fc_view_value(&v, "due", fa_str_c(due));
	return fc_say_with(t,
		fa_str_eq(t->q->path, FA_STR("/review")) ? "review" : "human",
		&v);
}

/* The reviewer on the page: for demonstrations. */
int
fc_post_desk(struct fc_turnabout *t)
{
	int rc;

	if (!t->app->o->demo)
		return fc_refuse(t, 404, "没有这个页面。");
	if (!t->known)
		return fc_go(t, "/verify");
	rc = fc_review_decide(&t->s, t->app->store, &t->app->table,
		fa_str_c(t->id),
		fa_str_eq(fc_form_get(&t->form, "say"), FA_STR("yes")),
		FA_STR("demo"), t->err);
	return rc < 0 ? rc : fc_go(t, "/verify");
}
