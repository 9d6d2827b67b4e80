/* The person who goes through the service. Each form is taken from a page with
 * its token; where the session stands is read from the records. */
#include <stdio.h>
#include <string.h>

#include "facecheck/serve/witness_parts.h"

#define FOLLOWED_MAX 5 /* redirections */
#define STEPS_MAX 24   /* of a session */
#define TOKEN_BYTES (FC_SESSION_ID_BYTES - 1)

/* What one session is to show. */
struct course {
	bool second_thoughts; /* consent is withdrawn before the capture */
	bool somebody_else;   /* is before the camera */
	unsigned captures;    /* before another way is taken */
};

static int
ask(struct fc_witness *w, bool post, const char *path, const char *body)
{
	struct fc_talk *x = w->service.x;
	int rc;

	x->post = post;
	(void)snprintf(x->path, sizeof(x->path), "%s", path);
	(void)snprintf(x->body, sizeof(x->body), "%s", body);
	memcpy(x->session, w->session, sizeof(x->session));
	rc = fc_watched_ask(&w->service, w->err);
	if (rc == FA_OK && x->cookie[0])
		memcpy(w->session, x->cookie, sizeof(w->session));
	return rc;
}

static int
get(struct fc_witness *w, const char *path)
{
	struct fc_talk *x = w->service.x;
	int rc = ask(w, false, path, "");

	for (int i = 0; rc == FA_OK && x->status == 303 && i < FOLLOWED_MAX;
		i++) {
		char to[sizeof(x->location)];

		memcpy(to, x->location, sizeof(to));
		rc = ask(w, false, to, "");
	}
	return rc;
}

/* Sends a form from the page at hand; then all is looked through. */
static int
post(struct fc_witness *w, const char *path, const char *fields)
{
	struct fc_talk *x = w->service.x;
	struct fa_str page = { x->page, x->page_bytes },
		      mark = FA_STR("name=\"token\" value=\"");
	char body[sizeof(x->body)], to[sizeof(x->location)];
	size_t at = fa_str_find(page, mark, 0);
	int rc;

	if (at == SIZE_MAX)
		at = page.n;
	(void)snprintf(body, sizeof(body), "token=%.*s&%s",
		FA_STR_ARG(fa_str_sub(
			page, at + mark.n, at + mark.n + TOKEN_BYTES)),
		fields);
	rc = ask(w, true, path, body);
	if (rc == FA_OK && x->status == 303) {
		memcpy(to, x->location, sizeof(to));
		rc = get(w, to);
	}
	return rc < 0 ? rc : fc_witness_look(w);
}

static int
begin(struct fc_witness *w)
{
	int rc = get(w, "/phone");

	w->step = "the beginning";
	w->captures = 0;
	return rc < 0 ? rc : post(w, "/begin", "age=adult");
}

/* Withdrawal or closing, from its own page. */
static int
end_it(struct fc_witness *w, enum fc_event event, const char *path)
{
	struct fc_ending *e;
	struct fc_session s = { .facts = 0 };
	int rc = fc_witness_session(&s, w);

	if (rc < 0)
		return rc;
	if (w->endings_n == FC_ENDINGS_MAX)
		return fa_fail(w->err, FA_E_LIMIT, "too many withdrawals");
	e = &w->endings[w->endings_n];
	e->event = event;
	e->due =
		rc == 1 && (event == FC_E_CLOSE || (s.facts & FC_CONSENT) != 0);
	rc = fc_witness_head(w, e);
	if (rc == FA_OK)
		rc = get(w, path);
	if (rc < 0)
		return rc;
	w->endings_n++;
	w->ending = true;
	w->closed = event == FC_E_CLOSE;
	rc = post(w, path, "");
	w->ending = false;
	return rc;
}

static int
withdraw(struct fc_witness *w)
{
	w->step = "a withdrawal";
	return end_it(w, FC_E_WITHDRAW, "/withdraw");
}

static int
close_account(struct fc_witness *w)
{
	int rc;

	/* What there is of the account is seen before it goes. */
	w->step = "the closing";
	rc = fc_witness_account(w);
	if (rc == FA_OK)
		rc = fc_witness_look(w);
	return rc < 0 ? rc : end_it(w, FC_E_CLOSE, "/close");
}

static int
capture(struct fc_witness *w, const struct course *c)
{
	int rc;

	w->step = "a capture";
	w->captures++;
	w->captures_all++;
	rc = post(w, "/face", c->somebody_else ? "who=other" : "who=self");
	return rc < 0 ? rc : fc_witness_recorded(w);
}

/* What is done where the session stands. */
static int
act(struct fc_witness *w, struct course *c, struct fc_session s)
{
	switch (s.state) {
	case FC_S_START:
		w->step = "the notice";
		return post(w, "/act", "event=show");
	case FC_S_MENU:
		w->step = "the choice";
		return post(w, "/choose",
			w->captures < c->captures && s.tries < FC_TRIES
				? "method=face"
				: "method=sms");
	case FC_S_ASK:
		w->step = "the consent";
		return post(w, "/act", "event=yes&agree=on");
	case FC_S_SEND:
		w->step = "the consent to sending";
		return post(w, "/act", "event=send-yes");
	case FC_S_CAPTURE:
		if (!c->second_thoughts)
			return capture(w, c);
		c->second_thoughts = false;
		return withdraw(w);
	default:
		w->step = "another way";
		return post(w, "/answer", "method=sms&code=" FC_APP_DEMO_CODE);
	}
}

/* One session, to its end if it has one. */
static int
go(struct fc_witness *w, struct course *c)
{
	struct fc_session s;
	int rc = begin(w);

	for (int i = 0; rc >= 0 && i < STEPS_MAX; i++) {
		rc = fc_witness_session(&s, w);
		if (rc < 0)
			return rc;
		if (rc == 1 && fc_is_end(s.state)) {
			w->ends++;
			return FA_OK;
		}
		/* One that is not known any more begins anew. */
		if (rc == 0)
			rc = begin(w);
		else if ((rc = get(w, "/verify")) == FA_OK)
			rc = act(w, c, s);
	}
	return rc < 0 ? rc : FA_OK;
}

int
fc_witness_visit(struct fc_witness *w)
{
	struct course face = { .captures = 1 },
		      other = { .second_thoughts = true,
			      .somebody_else = true,
			      .captures = 1 };
	int rc = go(w, &face);

	if (rc == FA_OK)
		rc = withdraw(w);
	if (rc == FA_OK)
		rc = go(w, &other);
	return rc < 0 ? rc : close_account(w);
}
