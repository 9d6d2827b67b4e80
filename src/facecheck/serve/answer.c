/* How a request becomes an answer: the session it speaks for, the token that
 * shows that one of our pages sent it, the handler of its path. */
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "facecheck/serve/inside.h"

struct route {
	bool post;
	const char *path; /* with '*' at the end: all that begins so */
	int (*handler)(struct fc_turnabout *t);
	const char *page;      /* instead of a handler */
	const char *only_case; /* the path exists in this case only */
	const char *not_case;  /* or in all but this one */
};

static const struct route routes[] = {
	{ .path = "/", .page = "home" },
	{ .path = "/goods", .page = "goods" },
	{ .path = "/phone", .page = "phone" },
	{ .path = "/verify", .handler = fc_get_verify },
	{ .path = "/other-ways", .page = "other" },
	{ .path = "/review", .handler = fc_get_human },
	{ .path = "/settings", .page = "settings" },
	{ .path = "/withdraw", .page = "withdraw" },
	{ .path = "/withdrawn", .page = "withdrawn" },
	{ .path = "/close", .page = "close" },
	{ .path = "/closed", .page = "closed" },
	{ .path = "/records", .handler = fc_get_records },
	{ .path = "/policy", .page = "policy" },
	{ .path = "/face-rules", .page = "face-rules" },
	{ .path = "/child-rules",
		.page = "child-rules",
		.not_case = "no-child-rules" },
	{ .path = "/changelog", .page = "changelog", .only_case = "changelog" },
	{ .path = "/agreed",
		.handler = fc_get_agreed,
		.only_case = "countdown" },
	{ .path = "/later", .handler = fc_get_later, .only_case = "slow" },
	{ .path = "/stay/*", .handler = fc_get_stay, .only_case = "retain" },
	{ .path = "/steps/*", .handler = fc_get_steps, .only_case = "costly" },
	{ .path = "/branch", .page = "branch", .only_case = "branch-only" },
	{ .path = "/voice", .page = "voice", .only_case = "biometric-other" },
	{ .path = "/voice-done",
		.page = "voice-done",
		.only_case = "biometric-other" },
	{ .path = "/almost-code",
		.page = "almost-code",
		.only_case = "other-needs-face" },
	{ .path = "/almost",
		.page = "almost",
		.only_case = "other-needs-face" },

	{ .post = true, .path = "/begin", .handler = fc_post_begin },
	{ .post = true, .path = "/act", .handler = fc_post_act },
	{ .post = true, .path = "/choose", .handler = fc_post_choose },
	{ .post = true, .path = "/guardian", .handler = fc_post_guardian },
	{ .post = true, .path = "/answer", .handler = fc_post_answer },
	{ .post = true, .path = "/face", .handler = fc_post_face },
	{ .post = true, .path = "/desk", .handler = fc_post_desk },
	{ .post = true, .path = "/withdraw", .handler = fc_post_withdraw },
	{ .post = true, .path = "/close", .handler = fc_post_close },
	{ .post = true, .path = "/gate", .handler = fc_post_gate },
	{ .post = true,
		.path = "/almost",
		.handler = fc_post_almost,
		.only_case = "other-needs-face" },
	{ .post = true,
		.path = "/voice",
		.handler = fc_post_voice,
		.only_case = "biometric-other" },
};

int
fc_go(struct fc_turnabout *t, const char *path)
{
	t->r->status = 303;
	(void)snprintf(t->r->location, sizeof(t->r->location), "%s", path);
	return FA_OK;
}

struct fa_str
fc_session_str(const struct fc_turnabout *t)
{
	return t->known ? fa_str_c(t->id) : FA_STR_NONE;
}

void
fc_view_begin(struct fc_view *v, const struct fc_turnabout *t)
{
	uint32_t facts = t->known ? t->s.facts : 0;

	*v = (struct fc_view){ .flags_n = 0 };
	fc_view_flag(v, t->app->cs->name);
	if (t->app->o->demo)
		fc_view_flag(v, "demo");
	if (!fc_fault_of_data(t->app))
		fc_view_flag(v, "camera");
	if ((t->app->o->circumstances | t->app->cs->circumstances | facts) &
		FC_LOCKED)
		fc_view_flag(v, "locked");
	if ((t->app->o->circumstances | t->app->cs->circumstances | facts) &
		FC_REMOTE)
		fc_view_flag(v, "remote");
	if (facts & FC_CLOSED)
		fc_view_flag(v, "closed");
	if (facts & FC_PROCESSED)
		fc_view_flag(v, "processed");
	if (facts & FC_WITHDRAWN)
		fc_view_flag(v, "had-consent");
	if (t->known && t->s.tries >= FC_TRIES)
		fc_view_flag(v, "tried-out");
	if (t->v->gate)
		fc_view_flag(v, "gate");
	if (t->v->flash) {
		fc_view_flag(v, "flash");
		fc_view_value(v, "flash", fa_str_c(t->v->flash));
	}
}

int
fc_say_with(
	struct fc_turnabout *t, const char *page, const struct fc_view *more)
{
	const struct fc_page *p = fc_page_find(fa_str_c(page));
	char token[FC_SESSION_ID_BYTES];
	struct fc_view v;
	int rc;

	if (!p || !p->title)
		return fa_fail(t->err, FA_E_NOTFOUND, "no page '%s'", page);
	rc = fc_app_token(token, t->app, fc_session_str(t), t->err);
	if (rc < 0)
		return rc;
	fc_view_begin(&v, t);
	/* On the way of a verification nothing leads astray. */
	if (fa_str_eq(fa_str_c(page), FA_STR("home")) ||
		fa_str_eq(fa_str_c(page), FA_STR("settings")))
		fc_view_flag(&v, "outside");
	v.token = fa_str_c(token);
	fc_view_value(&v, "token", v.token);
	for (size_t i = 0; more && i < more->flags_n; i++)
		fc_view_flag(&v, more->flags[i]);
	for (size_t i = 0; more && i < more->values_n; i++)
		fc_view_value(&v, more->values[i].name, more->values[i].text);
	t->v->flash = NULL;
	t->r->type = "text/html; charset=utf-8";
	return fc_page_write(&t->r->body, p, &v, t->err);
}

int
fc_say(struct fc_turnabout *t, const char *page)
{
	return fc_say_with(t, page, NULL);
}

int
fc_refuse(struct fc_turnabout *t, unsigned status, const char *problem)
{
	struct fc_view v = { .flags_n = 0 };

	t->r->status = status;
	fc_view_value(&v, "problem", fa_str_c(problem));
	return fc_say_with(t, "error", &v);
}

static bool
fits(const struct route *r, const struct fc_turnabout *t)
{
	struct fa_str path = fa_str_c(r->path);

	if (r->post != t->q->post ||
		(r->only_case && !fc_app_is(t->app, r->only_case)) ||
		(r->not_case && fc_app_is(t->app, r->not_case)))
		return false;
	if (fa_str_ends(path, FA_STR("*")))
		return fa_str_starts(
			t->q->path, fa_str_sub(path, 0, path.n - 1));
	return fa_str_eq(path, t->q->path);
}

static int
file(struct fc_turnabout *t, const char *type, const char *text)
{
	t->r->type = type;
	fa_buf_adds(&t->r->body, text);
	return fa_buf_rc(&t->r->body, "the file", t->err);
}

static int
find_session(struct fc_turnabout *t)
{
	int rc;

	t->v = &t->nobody;
	if (t->q->session.n != FC_SESSION_ID_BYTES - 1)
		return FA_OK;
	rc = fc_session_get(&t->s, t->app->store, t->q->session, t->err);
	if (rc <= 0)
		return rc;
	t->known = true;
	memcpy(t->id, t->q->session.p, FC_SESSION_ID_BYTES - 1);
	t->v = fc_visitor_of(t->app, t->q->session);
	/* Of a visitor who had been forgotten it is not known any more. */
	return t->v->turn == FC_TURN_NONE ? fc_turn_draw(t) : FA_OK;
}

/* Does the form come from a page of ours? Compared without telling how much
 * of it is right: both are digests of a secret that nobody can choose. */
static int
token_holds(struct fc_turnabout *t, struct fa_str given)
{
	char token[FC_SESSION_ID_BYTES];
	unsigned differs = 0;
	int rc = fc_app_token(token, t->app, fc_session_str(t), t->err);

	if (rc < 0 || given.n != FC_SESSION_ID_BYTES - 1)
		return rc;
	for (size_t i = 0; i < given.n; i++)
		differs |= (unsigned char)given.p[i] ^ (unsigned char)token[i];
	return differs == 0;
}

/* Reads the form: 1, or 0 when it is refused. */
static int
take_form(struct fc_turnabout *t)
{
	struct fa_err why;
	int rc;

	if (fc_form_parse(&t->form, t->q->body, &t->app->scratch, &why) < 0) {
		rc = fc_refuse(t, 400, "提交的内容无法识别。");
		return rc < 0 ? rc : 0;
	}
	rc = token_holds(t, fc_form_get(&t->form, "token"));
	if (rc != 0)
		return rc;
	rc = fc_refuse(t, 403, "页面已过期，请返回后重新操作。");
	return rc < 0 ? rc : 0;
}

static int
show(struct fc_turnabout *t, const char *page)
{
	/* Who need not be asked for the age is not asked. */
	if (fa_str_eq(fa_str_c(page), FA_STR("phone")) &&
		(fc_app_is(t->app, "no-minors") ||
			fc_app_is(t->app, "state-rule")))
		page = "phone-plain";
	return fc_say(t, page);
}

static int
dispatch(struct fc_turnabout *t)
{
	const struct route *r = routes, *end = routes + FA_COUNT(routes);
	int rc;

	if (!t->q->post && fa_str_eq(t->q->path, FA_STR("/style.css")))
		return file(t, "text/css; charset=utf-8", fc_style_css);
	if (!t->q->post && fa_str_eq(t->q->path, FA_STR("/camera.js")))
		return file(t, "text/javascript; charset=utf-8", fc_camera_js);
	while (r < end && !fits(r, t))
		r++;
	if (r == end)
		return fc_refuse(t, 404, "没有这个页面。");
	if (r->post) {
		rc = take_form(t);
		if (rc <= 0)
			return rc;
	}
	return r->handler ? r->handler(t) : show(t, r->page);
}

int
fc_turnabout_begin(struct fc_turnabout *t, struct fc_reply *out,
	struct fc_app *app, const struct fc_request *q, struct fa_err *err)
{
	*t = (struct fc_turnabout){ .app = app, .q = q, .r = out, .err = err };
	t->nobody.method = -1;
	fa_arena_reset(&app->scratch);
	out->status = 200;
	out->type = "text/plain; charset=utf-8";
	out->location[0] = out->session[0] = '\0';
	out->camera = false;
	fa_buf_reset(&out->body);
	return find_session(t);
}

int
fc_app_answer(struct fc_reply *out, struct fc_app *app,
	const struct fc_request *q, struct fa_err *err)
{
	struct fc_turnabout t;
	int rc = fc_turnabout_begin(&t, out, app, q, err);

	return rc < 0 ? rc : dispatch(&t);
}

int
fc_app_upload(struct fc_upload *out, struct fc_reply *r, struct fc_app *app,
	const struct fc_request *q, struct fa_err *err)
{
	struct fc_turnabout t;
	struct fc_form f = { .n = 0 };
	struct fa_err why;
	uint64_t reference = 0;
	struct fa_str bytes;
	int rc = fc_turnabout_begin(&t, r, app, q, err);

	if (rc < 0)
		return rc;
	if (fc_form_parse(&f, q->query, &app->scratch, &why) == FA_OK)
		rc = token_holds(&t, fc_form_get(&f, "token"));
	if (rc < 0)
		return rc;
	bytes = fc_form_get(&f, "reference");
	if (bytes.p && !fa_num_u64(bytes, FC_WIRE_MAX, &reference))
		rc = 0;
	if (rc == 0 || !t.known || t.s.state != FC_S_CAPTURE ||
		fc_fault_of_data(app) || (reference == 0 && !app->o->demo)) {
		rc = fc_refuse(&t, 403, "现在不能采集，请返回后重新操作。");
		return rc < 0 ? rc : 0;
	}
	memcpy(out->session, t.id, sizeof(out->session));
	out->turn = t.v->turn;
	out->reference_bytes = reference;
	return 1;
}
