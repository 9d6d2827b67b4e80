/* The way of a verification: which page a state of the machine has, and which
 * event a button is. */
#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "facecheck/serve/inside.h"

#define NAGS 3 /* times that case nagging asks again */
/* RFC 6238, appendix B: known to everybody, for demonstrations only. */
#define DEMO_TOTP_SECRET "12345678901234567890"

int
fc_event(struct fc_turnabout *t, enum fc_event e,
	const struct fc_record_row *row)
{
	struct fc_session after;
	int rc;

	if (!t->known)
		return 0;
	rc = fc_session_step(&after, t->app->store, &t->app->table,
		fa_str_c(t->id), e, row, t->err);
	if (rc != 1)
		return rc;
	if (after.state != t->s.state)
		t->v->guardian_called = false;
	t->s = after;
	return 1;
}

int
fc_text_digest(struct fa_str *out, struct fc_turnabout *t,
	const char *const *fragments, size_t n)
{
	char hex[FA_HASH_HEX_BYTES], line[FA_HASH_HEX_BYTES + 32];
	struct fa_buf text;
	struct fc_view v;
	int rc = FA_OK;

	fc_view_begin(&v, t);
	fa_buf_init(&text, FC_PAGE_BYTES);
	for (size_t i = 0; rc == FA_OK && i < n; i++)
		rc = fc_page_expand(&text,
			fc_page_find(fa_str_c(fragments[i]))->html, &v, t->err);
	if (rc == FA_OK)
		rc = fa_buf_rc(&text, "the text", t->err);
	if (rc == FA_OK)
		rc = fa_hash_sha256(hex, fa_buf_str(&text), t->err);
	fa_buf_done(&text);
	if (rc < 0)
		return rc;
	(void)snprintf(line, sizeof(line), "%s %s sha256:%s", fragments[n - 1],
		FC_TEXT_VERSION, hex);
	*out = fa_arena_dup(&t->app->scratch, fa_str_c(line));
	return out->p ? FA_OK
		      : fa_fail(t->err, FA_E_NOMEM, "no memory for a digest");
}

/* The account of the session before, if it is still open; else a new one. */
static int
account_of(struct fa_str *out, struct fc_turnabout *t)
{
	unsigned char bytes[8];
	char name[24];
	int rc = 0;

	if (t->known && !(t->s.facts & FC_CLOSED))
		rc = fc_session_account(out, t->app->store, fa_str_c(t->id),
			&t->app->scratch, t->err);
	if (rc != 0)
		return rc;
	if (RAND_bytes(bytes, sizeof(bytes)) != 1)
		return fa_fail(t->err, FA_E_IO, "no random bytes to be had");
	(void)snprintf(name, sizeof(name), "u%02x%02x%02x%02x%02x%02x%02x%02x",
		bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5],
		bytes[6], bytes[7]);
	*out = fa_arena_dup(&t->app->scratch, fa_str_c(name));
	if (!out->p)
		return fa_fail(t->err, FA_E_NOMEM, "no memory for an account");
	if (!t->app->o->demo)
		return FA_OK;
	return fc_account_put(t->app->store, *out, FA_STR("totp"),
		FA_STR(DEMO_TOTP_SECRET), false, t->err);
}

int
fc_turn_draw(struct fc_turnabout *t)
{
	unsigned char byte = 0;

	if (!t->app->o->demo && RAND_bytes(&byte, 1) != 1)
		return fa_fail(t->err, FA_E_IO, "no random bytes to be had");
	t->v->turn = byte & 1 ? FC_TURN_RIGHT : FC_TURN_LEFT;
	return FA_OK;
}

int
fc_session_new(struct fc_turnabout *t, uint32_t circumstances)
{
	struct fa_str account;
	int rc = account_of(&account, t);

	circumstances |= t->app->o->circumstances | t->app->cs->circumstances;
	if (rc >= 0)
		rc = fc_session_begin(
			t->id, t->app->store, account, circumstances, t->err);
	if (rc < 0)
		return rc;
	memcpy(t->r->session, t->id, sizeof(t->id));
	t->known = true;
	t->v = fc_visitor_of(t->app, fa_str_c(t->id));
	rc = fc_session_get(&t->s, t->app->store, fa_str_c(t->id), t->err);
	return rc < 0 ? rc : FA_OK;
}

int
fc_post_begin(struct fc_turnabout *t)
{
	/* Who does not say counts as a child. */
	bool adult = fa_str_eq(fc_form_get(&t->form, "age"), FA_STR("adult"));
	int rc = fc_session_new(t, adult ? 0 : FC_MINOR);

	return rc < 0 ? rc : fc_go(t, "/verify");
}

static int
show_capture(struct fc_turnabout *t)
{
	struct fc_view v = { .flags_n = 0 };
	char frames[12];

	(void)snprintf(frames, sizeof(frames), "%u",
		(unsigned)t->app->o->plugin->frames);
	fc_view_value(&v, "turn",
		t->v->turn == FC_TURN_LEFT ? FA_STR("向左") : FA_STR("向右"));
	fc_view_value(&v, "frames", fa_str_c(frames));
	t->r->camera = true;
	return fc_say_with(t, "capture", &v);
}

static int
show_ask(struct fc_turnabout *t)
{
	struct fc_view v = { .flags_n = 0 };

	if (fc_app_is(t->app, "countdown"))
		fc_view_flag(&v, "ticking");
	return fc_say_with(t, "ask", &v);
}

static int
show_other(struct fc_turnabout *t)
{
	static const char *const pages[FC_METHOD_COUNT] = {
		[FC_METHOD_NETID] = "other-netid",
		[FC_METHOD_SMS] = "other-sms",
		[FC_METHOD_CALL] = "other-call",
		[FC_METHOD_TOTP] = "other-totp",
		[FC_METHOD_DOCUMENT] = "other-document",
	};

	return fc_say(t,
		t->v->method >= 0 && pages[t->v->method] ? pages[t->v->method]
							 : "other");
}

/* A right that had been put behind a face is granted at last: cases only. */
static int
show_done(struct fc_turnabout *t)
{
	int rc;

	if (t->v->goal == FC_GOAL_WITHDRAW) {
		rc = fc_event(t, FC_E_WITHDRAW, NULL);
		return rc < 0 ? rc : fc_say(t, "goal-withdraw");
	}
	if (t->v->goal == FC_GOAL_CLOSE) {
		rc = fc_event(t, FC_E_CLOSE, NULL);
		return rc < 0 ? rc : fc_say(t, "goal-close");
	}
	return fc_say(t, "done");
}

static int
show_guardian(struct fc_turnabout *t)
{
	return fc_say(t, t->v->guardian_called ? "guardian-code" : "guardian");
}

/* What a state shows: a page, or what chooses one. */
static const struct {
	const char *page;
	int (*show)(struct fc_turnabout *t);
} shown[FC_S_COUNT] = {
	[FC_S_START] = { .page = "start" },
	[FC_S_MENU] = { .page = "menu" },
	[FC_S_ASK] = { .show = show_ask },
	[FC_S_GUARD] = { .show = show_guardian },
	[FC_S_SEND] = { .page = "send" },
	[FC_S_CAPTURE] = { .show = show_capture },
	[FC_S_LIVE] = { .page = "menu" },
	[FC_S_MATCH] = { .page = "menu" },
	[FC_S_OTHER] = { .show = show_other },
	[FC_S_HUMAN] = { .show = fc_get_human },
	[FC_S_DONE] = { .show = show_done },
	[FC_S_REFUSED] = { .page = "refused" },
	[FC_S_LEFT] = { .page = "left" },
};

int
fc_get_verify(struct fc_turnabout *t)
{
	int rc;

	if (!t->known)
		return fc_go(t, "/phone");
	/* A capture that nobody waits for any more: the service was stopped
	 * in the middle of it, and nothing of it is left. */
	if (t->s.state == FC_S_LIVE || t->s.state == FC_S_MATCH) {
		rc = fc_event(t, FC_E_TIMEOUT, NULL);
		if (rc < 0)
			return rc;
	}
	if (fc_app_is(t->app, "camera-first"))
		t->r->camera = true;
	return shown[t->s.state].show ? shown[t->s.state].show(t)
				      : fc_say(t, shown[t->s.state].page);
}

/* What a person may say by a button of that name. All else that the machine
 * knows is found out, not said. */
static bool
may_say(int e)
{
	switch (e) {
	case FC_E_SHOW:
	case FC_E_FACE:
	case FC_E_YES:
	case FC_E_NO:
	case FC_E_QUIT:
	case FC_E_SEND_YES:
	case FC_E_SEND_NO:
		return true;
	default:
		return false;
	}
}

/* The text that was before the person when they said it. */
static int
text_of(struct fa_str *out, struct fc_turnabout *t, enum fc_event e)
{
	static const char *const notice[] = { "notice" };
	static const char *const ask[] = { "notice", "ask-text" };
	static const char *const send[] = { "send" };

	*out = FA_STR_NONE;
	if (e == FC_E_SHOW)
		return fc_text_digest(out, t, notice, FA_COUNT(notice));
	if (e == FC_E_YES || (e == FC_E_NO && t->s.state == FC_S_ASK))
		return fc_text_digest(out, t, ask, FA_COUNT(ask));
	if (e == FC_E_SEND_YES || e == FC_E_SEND_NO)
		return fc_text_digest(out, t, send, FA_COUNT(send));
	return FA_OK;
}

static int
say_event(struct fc_turnabout *t, enum fc_event e)
{
	struct fc_record_row row = { .seq = 0 };
	bool asked = t->s.state == FC_S_ASK;
	int rc = text_of(&row.text, t, e);

	if (rc == FA_OK)
		rc = fc_event(t, e, &row);
	/* Case nagging: the question comes again as if it had not been
	 * answered. */
	if (rc == 1 && asked && e == FC_E_NO && fc_app_is(t->app, "nagging") &&
		t->v->nagged++ < NAGS)
		rc = fc_event(t, FC_E_FACE, NULL);
	return rc < 0 ? rc : fc_go(t, "/verify");
}

int
fc_post_act(struct fc_turnabout *t)
{
	int e = fc_event_parse(fc_form_get(&t->form, "event"));

	if (e < 0 || !may_say(e))
		return fc_refuse(t, 400, "没有这个操作。");
	/* Where a box stands for the consent, it must be ticked. */
	if (e == FC_E_YES &&
		(fc_app_is(t->app, "unticked-box") ||
			fc_app_is(t->app, "two-boxes") ||
			fc_app_is(t->app, "preticked")) &&
		!fc_form_get(&t->form, "agree").p)
		return fc_go(t, "/verify");
	return say_event(t, (enum fc_event)e);
}

/* Case countdown: waiting counts as consent. */
int
fc_get_agreed(struct fc_turnabout *t)
{
	return say_event(t, FC_E_YES);
}

/* Negative slow: waiting leads back, and counts as nothing. */
int
fc_get_later(struct fc_turnabout *t)
{
	int rc = fc_event(t, FC_E_TIMEOUT, NULL);

	return rc < 0 ? rc : fc_go(t, "/verify");
}

static int
send_code(struct fc_turnabout *t)
{
	struct fc_code code;
	int rc = fc_code_new(
		&code, fa_clock_now(t->app->o->clock) / 1000, t->err);

	if (rc < 0)
		return rc;
	if (t->app->o->demo)
		memcpy(code.digits, FC_APP_DEMO_CODE, sizeof(code.digits));
	rc = fc_session_code_put(t->app->store, fa_str_c(t->id), &code, t->err);
	if (rc == FA_E_LIMIT) {
		t->v->flash =
			"验证码发送次数已用完，请换一种方式或申请人工审核。";
		return FA_OK;
	}
	return rc;
}

/* Into the state of the other ways, or of the review, from wherever. */
static int
turn_to(struct fc_turnabout *t, enum fc_method method)
{
	struct fc_record_row row = { .method = fa_str_c(
					     fc_method_info(method)->name) };
	int rc = 0;

	if (method == FC_METHOD_HUMAN) {
		rc = fc_event(t, FC_E_REVIEW, &row);
		if (rc != 0)
			return rc;
	}
	if (t->s.state != FC_S_OTHER)
		rc = fc_event(t, FC_E_OTHER, &row);
	if (rc >= 0 && method == FC_METHOD_HUMAN)
		rc = fc_event(t, FC_E_REVIEW, &row);
	return rc;
}

int
fc_post_choose(struct fc_turnabout *t)
{
	struct fa_str name = fc_form_get(&t->form, "method");
	int method = fc_method_parse(name), rc;

	if (fa_str_eq(name, FA_STR("face"))) {
		struct fc_record_row row = { .method = FA_STR("face") };

		rc = fc_event(t, FC_E_FACE, &row);
		/* What one attempt was asked for is known to the next. */
		if (rc == 1)
			rc = fc_turn_draw(t);
		else if (rc == 0)
			t->v->flash = "本次刷脸的次数已用完，请选择其他方式。";
		return rc < 0 ? rc : fc_go(t, "/verify");
	}
	if (method < 0 || method == FC_METHOD_PASSKEY)
		return fc_refuse(t, 400, "没有这种验证方式。");
	if (fc_app_is(t->app, "other-needs-face"))
		return fc_go(t, "/almost-code");
	if (fc_app_is(t->app, "costly") && !t->v->waded)
		return fc_go(t, "/steps/1");
	rc = turn_to(t, (enum fc_method)method);
	if (rc < 0)
		return rc;
	t->v->method = method;
	t->v->wrong = 0;
	if (t->s.state == FC_S_OTHER &&
		(method == FC_METHOD_SMS || method == FC_METHOD_CALL)) {
		rc = send_code(t);
		if (rc < 0)
			return rc;
	}
	return fc_go(t, "/verify");
}

static bool
phone_ok(struct fa_str s)
{
	uint64_t n;

	return s.n == 11 && s.p[0] == '1' &&
		fa_num_u64(s, UINT64_C(19999999999), &n);
}

int
fc_post_guardian(struct fc_turnabout *t)
{
	static const char *const told[] = { "guardian-text" };
	struct fa_str say = fc_form_get(&t->form, "say");
	struct fc_record_row row = { .method = FA_STR("guardian-phone") };
	int rc;

	if (!t->known || t->s.state != FC_S_GUARD)
		return fc_go(t, "/verify");
	if (fa_str_eq(say, FA_STR("no"))) {
		rc = fc_event(t, FC_E_GUARDIAN_NO, &row);
		t->v->method = -1;
		return rc < 0 ? rc : fc_go(t, "/verify");
	}
	if (fa_str_eq(say, FA_STR("send"))) {
		if (!phone_ok(fc_form_get(&t->form, "phone"))) {
			t->v->flash = "请输入十一位的监护人手机号。";
			return fc_go(t, "/verify");
		}
		rc = send_code(t);
		t->v->guardian_called = rc == FA_OK;
		return rc < 0 ? rc : fc_go(t, "/verify");
	}
	if (fa_str_eq(say, FA_STR("tick")) &&
		fc_app_is(t->app, "guardian-tick")) {
		rc = fc_event(t, FC_E_GUARDIAN_YES, NULL);
		return rc < 0 ? rc : fc_go(t, "/verify");
	}
	rc = fc_session_code_try(t->app->store, fa_str_c(t->id),
		fc_form_get(&t->form, "code"), t->err);
	if (rc == 1)
		rc = fc_text_digest(&row.text, t, told, FA_COUNT(told)) < 0
			? t->err->rc
			: fc_event(t, FC_E_GUARDIAN_YES, &row);
	else if (rc == 0) {
		t->v->flash = "验证码不对或已过期，请监护人重新获取。";
		t->v->guardian_called = false;
	}
	return rc < 0 ? rc : fc_go(t, "/verify");
}
