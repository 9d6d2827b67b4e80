/* Time stamps over the container, and the signature of who packed it. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "case/verify_stamps.h"
#include "evidence/sign.h"

#define CLOCK_MS 60000 /* by which clocks may differ */

/* A time outside the life of the signer's certificate is wrong, whoever is
 * trusted. */
static bool
is_out_of_time(const struct fa_stamp_info *i)
{
	return i->cert_to_ms != 0 &&
		(i->gen_ms < i->cert_from_ms || i->gen_ms > i->cert_to_ms);
}

enum fa_verify_state
fa_verify_stamp_state(struct fa_stamp_check *c)
{
	if (c->state == FA_STAMP_UNTRUSTED && is_out_of_time(&c->info)) {
		c->state = FA_STAMP_OUT_OF_TIME;
		(void)snprintf(c->why, sizeof(c->why),
			"its time lies outside the life of its certificate");
	}
	switch (c->state) {
	case FA_STAMP_GOOD:
		return FA_VERIFY_OK;
	case FA_STAMP_UNTRUSTED:
		return FA_VERIFY_UNANCHORED;
	case FA_STAMP_UNSUPPORTED:
	case FA_STAMP_NO_CERT:
		return FA_VERIFY_CANNOT;
	default:
		return FA_VERIFY_FAILED;
	}
}

void
fa_verify_stamp_tell(struct fa_verify_work *w, struct fa_str file,
	const char *over, const struct fa_stamp_check *c)
{
	struct fa_verify_report *r = w->report;
	struct fa_verify_stamp *s;

	if (r->stamps_n == FA_VERIFY_STAMPS)
		return;
	s = &r->stamps[r->stamps_n++];
	*s = (struct fa_verify_stamp){ .file = file,
		.over = over,
		.state = fa_stamp_state_name(c->state) };
	if (c->state == FA_STAMP_MALFORMED)
		return;
	s->time = fa_arena_dup(w->a, fa_str_c(c->info.gen_time));
	s->cert_sha256 = fa_arena_dup(w->a, fa_str_c(c->info.cert_sha256));
	s->tsa = c->info.tsa;
	s->serial = c->info.serial;
	s->policy = c->info.policy;
	s->algorithm = c->info.algorithm;
}

/* Checks one stamp over the container by the algorithm that it names. */
static int
check_stamp(struct fa_stamp_check *out, struct fa_verify_work *w,
	const struct fa_pack_file *f, struct fa_err *err)
{
	struct fa_stamp_info info;
	struct fa_str der;
	struct fa_err why;
	bool sm3 = false;
	int rc = fa_file_read(&der, f->path, FA_STAMP_BYTES, w->a, err);

	if (rc < 0)
		return rc;
	rc = fa_stamp_parse(&info, der, w->a, &why);
	if (rc == FA_E_NOMEM)
		return fa_fail(err, rc, "%s", why.msg);
	if (rc == FA_OK)
		sm3 = fa_str_eq(info.algorithm, FA_STR("sm3"));
	return fa_stamp_verify(out, der,
		sm3 ? FA_IMPRINT_SM3 : FA_IMPRINT_SHA256,
		sm3 ? w->report->wacz_sm3 : w->report->wacz_sha256,
		w->o->tsa_pem, w->a, err);
}

static bool
is_stamp(struct fa_str name)
{
	return fa_str_starts(name, FA_STR(FA_PACK_WACZ ".")) &&
		fa_str_ends(name, FA_STR(".tsr"));
}

/* The clock of an authority is right, that of a capture may be wrong: this is
 * told, and decides nothing. */
static bool
is_early(const struct fa_verify_work *w, const struct fa_stamp_check *c)
{
	return c->state != FA_STAMP_MALFORMED && w->has_log &&
		c->info.gen_ms + CLOCK_MS < w->log.chain.last_ms;
}

/* Times of one form sort as texts. */
static void
set_since(struct fa_verify_report *r, const struct fa_stamp_info *i)
{
	if (!r->since[0] || strcmp(i->gen_time, r->since) < 0)
		(void)snprintf(r->since, sizeof(r->since), "%s", i->gen_time);
}

struct stamps {
	size_t n;
	bool good;
	bool early; /* than the log: a clock was wrong */
	enum fa_verify_state worst;
	struct fa_str file; /* of the worst, or of the good one */
	struct fa_stamp_check at;
};

static int
look_at_stamps(struct stamps *s, struct fa_verify_work *w, struct fa_err *err)
{
	for (size_t i = 0; i < w->outer.n; i++) {
		const struct fa_pack_file *f = &w->outer.at[i];
		struct fa_stamp_check c;
		enum fa_verify_state state;
		int rc;

		if (!is_stamp(f->name))
			continue;
		rc = check_stamp(&c, w, f, err);
		if (rc < 0)
			return rc;
		state = fa_verify_stamp_state(&c);
		fa_verify_stamp_tell(w, f->name, FA_PACK_WACZ, &c);
		s->early = s->early || is_early(w, &c);
		s->good = s->good || state == FA_VERIFY_OK;
		if (state == FA_VERIFY_OK)
			set_since(w->report, &c.info);
		if (s->n++ == 0 || state > s->worst) {
			s->worst = state;
			s->file = f->name;
			s->at = c;
		}
	}
	return FA_OK;
}

int
fa_verify_stamps(struct fa_verify_work *w, struct fa_err *err)
{
	struct stamps s = { .n = 0 };
	struct fa_err why;
	int rc = look_at_stamps(&s, w, &why);

	if (rc < 0)
		return fa_verify_fail(w, "stamps", rc, &why, err);
	if (s.n == 0)
		return fa_verify_say(w, "stamps", FA_VERIFY_UNANCHORED, err,
			"no time stamp: that all of it was written anew, "
			"consistently, would not be seen");
	/* One that is trusted is enough, unless another one is wrong. */
	if (s.worst != FA_VERIFY_FAILED && s.good)
		return fa_verify_say(w, "stamps", FA_VERIFY_OK, err,
			"%zu time stamps, one or more by an authority that is "
			"trusted%s",
			s.n,
			s.early ? "; the log speaks of a later time, by a "
				  "clock that was wrong"
				: "");
	return fa_verify_say(w, "stamps", s.worst, err, "%.*s: %s%s",
		FA_STR_ARG(s.file), s.at.why,
		s.worst == FA_VERIFY_UNANCHORED && !w->o->tsa_pem.p
			? " (no authority was named as trusted: --tsa-cert)"
			: "");
}

/* Is the statement that was signed about this container? */
static int
check_statement(const struct fa_verify_work *w, struct fa_str payload,
	struct fa_err *err)
{
	const struct fa_json *subject;
	struct fa_json *j;
	struct fa_str said;
	int rc = fa_json_parse(&j, payload, w->a, err);

	if (rc < 0)
		return rc;
	subject = fa_json_find(j, "subject");
	subject = subject && subject->kind == FA_JSON_ARRAY ? subject->child
							    : NULL;
	said = fa_json_text(fa_json_find(subject, "digest"), "sha256");
	if (fa_str_eq(said, fa_str_c(w->report->wacz_sha256)))
		return FA_OK;
	return fa_fail(err, FA_E_INPUT,
		"signed was a container with the SHA-256 %.*s",
		FA_STR_ARG(said));
}

static int
check_signature(struct fa_sign_result *out, struct fa_verify_work *w,
	struct fa_str key, struct fa_err *err)
{
	struct fa_str envelope;
	int rc = fa_verify_text(&envelope, w, &w->outer, FA_PACK_DSSE, err);

	if (rc == FA_OK)
		rc = fa_sign_verify(out, envelope, key, w->a, err);
	if (rc < 0)
		return rc;
	if (!out->good)
		return fa_fail(err, FA_E_INPUT, "%s", out->why);
	if (!fa_str_eq(out->type, FA_STR(FA_PACK_PAYLOAD_TYPE)))
		return fa_fail(err, FA_E_INPUT,
			"signed was something of the type %.*s",
			FA_STR_ARG(out->type));
	return check_statement(w, out->payload, err);
}

int
fa_verify_signature(struct fa_verify_work *w, struct fa_err *err)
{
	bool has = fa_pack_files_find(&w->outer, FA_STR(FA_PACK_DSSE)) != NULL;
	bool has_key =
		fa_pack_files_find(&w->outer, FA_STR(FA_PACK_PUBLIC)) != NULL;
	struct fa_str key = w->o->signer_pem, theirs;
	struct fa_sign_result r, own;
	struct fa_err why;
	int rc = FA_OK;

	if (!has && !has_key && !key.p)
		return fa_verify_say(w, "signature", FA_VERIFY_NONE, err,
			"the pack is not signed");
	memset(&r, 0, sizeof(r));
	/* The key in the pack has to fit, too: nobody is shown a key that did
	 * not sign. */
	if (has || has_key)
		rc = fa_verify_text(
			&theirs, w, &w->outer, FA_PACK_PUBLIC, &why);
	else
		rc = fa_fail(&why, FA_E_NOTFOUND, "the pack is not signed");
	if (rc == FA_OK)
		rc = check_signature(&own, w, theirs, &why);
	if (rc == FA_OK)
		rc = check_signature(&r, w, key.p ? key : theirs, &why);
	if (rc < 0)
		return fa_verify_fail(w, "signature", rc, &why, err);
	memcpy(w->report->keyid, r.keyid, sizeof(r.keyid));
	w->report->signed_as_expected = key.p != NULL;
	return fa_verify_say(w, "signature", FA_VERIFY_OK, err,
		"by the %.*s key %s, %s", FA_STR_ARG(r.key_kind), r.keyid,
		key.p ? "which is the one expected"
		      : "which is in the pack: whose it is has to be known "
			"from elsewhere (--signer)");
}
