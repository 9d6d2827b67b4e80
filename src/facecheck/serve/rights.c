/* Withdrawing consent, closing the account, looking into the records: in every
 * state of the machine, without a face, for restricted accounts too. */
#include "facecheck/serve/inside.h"

#define RECORDS_MAX 200 /* rows shown */

int
fc_post_withdraw(struct fc_turnabout *t)
{
	int rc = fc_event(t, FC_E_WITHDRAW, NULL);

	if (rc >= 0)
		rc = fc_fault_withdraw(t);
	return rc < 0 ? rc : fc_go(t, "/withdrawn");
}

int
fc_post_close(struct fc_turnabout *t)
{
	int rc = FA_OK;

	if (!t->known)
		rc = fc_session_new(t, 0);
	if (rc >= 0)
		rc = fc_event(t, FC_E_CLOSE, NULL);
	if (rc < 0)
		return rc;
	if (!(t->s.facts & FC_CLOSED))
		return fc_refuse(t, 403, "现在不能注销。");
	return fc_go(t, "/closed");
}

/* Cases that put a right behind a face: a verification with no other way. */
int
fc_post_gate(struct fc_turnabout *t)
{
	bool withdraw =
		fa_str_eq(fc_form_get(&t->form, "goal"), FA_STR("withdraw"));
	int rc;

	if (!fc_app_is(t->app, "withdraw-face") &&
		!fc_app_is(t->app, "close-face") &&
		!fc_app_is(t->app, "close-locked"))
		return fc_refuse(t, 404, "没有这个页面。");
	rc = fc_session_new(t, 0);
	if (rc < 0)
		return rc;
	t->v->gate = true;
	t->v->goal = withdraw ? FC_GOAL_WITHDRAW : FC_GOAL_CLOSE;
	rc = fc_event(t, FC_E_SHOW, NULL);
	if (rc >= 0)
		rc = fc_event(t, FC_E_FACE, NULL);
	return rc < 0 ? rc : fc_go(t, "/verify");
}

struct listing {
	struct fa_buf *out;
	unsigned rows;
};

static void
cell(struct fa_buf *out, struct fa_str s)
{
	fa_buf_adds(out, "<td>");
	fc_page_escape(out, s);
	fa_buf_adds(out, "</td>");
}

/* What records name is for programs. */
static struct fa_str
method_title(struct fa_str name)
{
	int method = fc_method_parse(name);

	if (fa_str_eq(name, FA_STR("face")))
		return FA_STR("刷脸");
	if (fa_str_eq(name, FA_STR("guardian-phone")))
		return FA_STR("监护人手机");
	return method < 0
		? name
		: fa_str_c(fc_method_info((enum fc_method)method)->title);
}

static int
add_row(void *ctx, const struct fc_record_row *r, const char *sha256,
	struct fa_err *err)
{
	struct listing *l = ctx;
	char on[FA_DATE_BYTES];

	(void)sha256;
	(void)err;
	if (l->rows >= RECORDS_MAX)
		return 0;
	fa_date_format(fa_date_of_ms(r->at_ms), on);
	fa_buf_adds(l->out, "<tr>");
	cell(l->out, fa_str_c(on));
	cell(l->out,
		r->event < FC_E_COUNT ? fa_str_c(fc_event_title(r->event))
				      : FA_STR("开始"));
	cell(l->out, fa_str_c(fc_state_title(r->after)));
	cell(l->out, method_title(r->method));
	fa_buf_adds(l->out, "</tr>\n");
	l->rows++;
	return 0;
}

int
fc_get_records(struct fc_turnabout *t)
{
	struct listing l = { .rows = 0 };
	struct fc_view v = { .flags_n = 0 };
	struct fa_buf rows;
	int rc = FA_OK;

	fa_buf_init(&rows, FC_PAGE_BYTES);
	l.out = &rows;
	if (t->known)
		rc = fc_record_of(
			t->app->store, fa_str_c(t->id), add_row, &l, t->err);
	if (rc == FA_OK)
		rc = fa_buf_rc(&rows, "the records", t->err);
	if (rc == FA_OK) {
		fc_view_value(&v, "rows", fa_buf_str(&rows));
		rc = fc_say_with(t, "records", &v);
	}
	fa_buf_done(&rows);
	return rc;
}
