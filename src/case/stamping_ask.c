/* One question to an authority (RFC 3161, 3.4: by HTTP). */
#include <stdio.h>
#include <string.h>

#include "base/gzip.h"
#include "case/stamping.h"
#include "evidence/warc_read.h"

#define FIELDS                                                                 \
	"Content-Type: " FA_STAMP_QUERY_TYPE "\r\n"                            \
	"Accept: " FA_STAMP_REPLY_TYPE "\r\n"
#define STEP_MS 500

struct answer {
	struct fa_arena *a;
	bool has;
	enum fa_outcome outcome;
	int status;
	char detail[FA_FETCH_DETAIL_BYTES];
	struct fa_str body; /* absent: none came */
};

/* A server may have compressed it, whatever good that does. */
static int
keep_body(struct answer *w, const struct fa_exchange *x, struct fa_err *err)
{
	struct fa_str body, coding = FA_STR_NONE;
	struct fa_err why;
	int rc;

	if (x->head.p)
		coding = fa_http_field(x->head, "Content-Encoding");
	rc = fa_http_decode(&body, x->body.p ? x->body : FA_STR(""), coding,
		FA_STAMP_BYTES, w->a, &why);
	if (rc == FA_E_NOMEM)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc < 0) {
		(void)snprintf(w->detail, sizeof(w->detail), "%.200s", why.msg);
		return FA_OK;
	}
	w->body = fa_arena_dup(w->a, body.p ? body : FA_STR(""));
	return w->body.p ? FA_OK
			 : fa_fail(err, FA_E_NOMEM, "no memory for a stamp");
}

static int
on_answer(void *ctx, const struct fa_exchange *x, struct fa_err *err)
{
	struct answer *w = ctx;

	w->has = true;
	w->outcome = x->outcome;
	w->status = x->status;
	memcpy(w->detail, x->detail, sizeof(w->detail));
	if (x->outcome != FA_OUT_OK || x->status != 200)
		return FA_OK;
	return keep_body(w, x, err);
}

static int
post(struct answer *w, const struct fa_stamping_opts *o,
	struct fa_str authority, struct fa_str request, struct fa_err *err)
{
	struct fa_fetch_request r = { .tag = 1,
		.url = authority,
		.method = FA_STR("POST"),
		.fields = FA_STR(FIELDS),
		.body = request };
	const struct fa_fetcher *f = &o->fetcher;
	int rc = f->start(f->self, &r, err);

	while (rc == FA_OK && !w->has) {
		if (o->stop && o->stop(o->ctx))
			return fa_fail(err, FA_E_INTERRUPTED, "asked to stop");
		rc = f->wait(f->self, STEP_MS, on_answer, w, err);
	}
	return rc;
}

/* Why no stamp came, in check->why. */
static void
explain(struct fa_stamp_check *c, const struct answer *w)
{
	c->state = FA_STAMP_MALFORMED;
	if (w->outcome == FA_OUT_OK)
		(void)snprintf(c->why, sizeof(c->why),
			"the authority answered with status %d%s%.180s",
			w->status, w->detail[0] ? ", " : "", w->detail);
	else
		(void)snprintf(c->why, sizeof(c->why),
			"the authority did not answer: %s%s%.180s",
			fa_outcome_name(w->outcome), w->detail[0] ? ", " : "",
			w->detail);
}

/* An answer that is no stamp, or not for this question, is none. */
static int
take(struct fa_str *der, struct fa_stamp_check *check,
	const struct fa_stamping_opts *o, struct fa_str body,
	struct fa_str request, enum fa_imprint alg, const char *digest,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_stamp_info info;
	struct fa_str refusal = FA_STR_NONE;
	struct fa_err why;
	int rc = fa_stamp_response(&info, &refusal, body, request, a, &why);

	if (rc == 1)
		rc = fa_stamp_verify(
			check, body, alg, digest, o->tsa_pem, a, err);
	else if (rc == FA_E_NOMEM)
		return fa_fail(err, rc, "%s", why.msg);
	else {
		(void)snprintf(check->why, sizeof(check->why), "%s%.200s",
			rc == 0 ? "the authority refused: " : "",
			rc == 0 ? refusal.p : why.msg);
		return FA_OK;
	}
	if (rc == FA_OK)
		*der = body;
	return rc;
}

int
fa_stamping_ask(struct fa_str *der, struct fa_stamp_check *check,
	const struct fa_stamping_opts *o, struct fa_str authority,
	enum fa_imprint alg, const char *digest, struct fa_arena *a,
	struct fa_err *err)
{
	struct answer w = { .a = a };
	struct fa_stamp_check c;
	struct fa_str request, got = FA_STR_NONE;
	struct fa_err why;
	int rc = fa_stamp_request(&request, alg, digest, a, err);

	if (rc < 0)
		return rc;
	memset(&c, 0, sizeof(c));
	c.state = FA_STAMP_MALFORMED;
	rc = post(&w, o, authority, request, &why);
	if (rc == FA_E_NOMEM || rc == FA_E_INTERRUPTED)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc < 0)
		(void)snprintf(c.why, sizeof(c.why), "%.250s", why.msg);
	else if (!w.body.p)
		explain(&c, &w);
	else
		rc = take(&got, &c, o, w.body, request, alg, digest, a, err);
	if (w.body.p && rc < 0)
		return rc;
	*der = got;
	*check = c;
	return FA_OK;
}
