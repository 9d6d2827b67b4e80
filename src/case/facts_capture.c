/* How a text was obtained: from the store, and from the custody log where the
 * case has one. */
#include <string.h>

#include "case/facts_parts.h"
#include "store/custody.h"

#define LIST_BYTES 4096

/* The event of the log that archived what stands at this place, or NULL. */
static const struct fa_case_capture *
find_event(const struct fa_facts *x, const struct fa_capture *c)
{
	for (size_t i = 0; i < x->log.n; i++) {
		const struct fa_case_capture *e = &x->log.at[i];
		struct fa_str name = e->file;

		if (fa_str_starts(name, FA_STR("archive/")))
			name = fa_str_sub(name, strlen("archive/"), name.n);
		if (e->offset == c->offset && fa_str_eq(name, c->archive))
			return e;
	}
	return NULL;
}

/* The texts of an array, joined. */
static struct fa_str
join(struct fa_facts *x, const struct fa_json *list)
{
	struct fa_buf b FA_CLEANUP(fa_buf_done);

	fa_buf_init(&b, LIST_BYTES);
	for (const struct fa_json *j = list != NULL ? list->child : NULL;
		j != NULL; j = j->next) {
		if (j->kind != FA_JSON_STRING)
			continue;
		if (b.n > 0)
			fa_buf_adds(&b, ", ");
		fa_buf_add(&b, j->str);
	}
	return b.n > 0 ? fa_facts_dup(x, fa_buf_str(&b)) : FA_STR_NONE;
}

/* What an event says beyond struct fa_case_capture; *out is NULL when there is
 * no such event. */
static int
find_detail(const struct fa_json **out, struct fa_facts *x, int64_t seq,
	struct fa_err *err)
{
	struct fa_json *event;
	struct fa_str line;
	int rc = fa_store_custody_line(&line, x->s, seq, x->a, err);

	*out = NULL;
	if (rc != 1)
		return rc;
	rc = fa_json_parse(&event, line, x->a, err);
	if (rc == FA_OK)
		*out = fa_json_find(event, "detail");
	return rc;
}

/* Members of the event that only this report wants. */
static int
add_detail(struct fa_dossier_capture *out, struct fa_facts *x, int64_t seq,
	struct fa_err *err)
{
	const struct fa_json *detail, *dns, *cookies;
	int rc = find_detail(&detail, x, seq, err);

	if (rc < 0 || detail == NULL)
		return rc;
	dns = fa_json_find(detail, "dns");
	out->resolver = fa_json_text(dns, "resolver");
	out->addresses = join(x, fa_json_find(dns, "answers"));
	out->robots = fa_json_text(detail, "robots");
	cookies = fa_json_find(detail, "cookies_sent");
	if (cookies != NULL && cookies->kind == FA_JSON_BOOL)
		out->cookies = cookies->boolean
			? fa_str_c(FA_FACTS_SAY(x, "有", "some"))
			: fa_str_c(FA_FACTS_SAY(x, "无", "none"));
	return FA_OK;
}

/* Redirects from the URL that was asked for: the newest answers that came
 * before this one. */
static int
add_hops(struct fa_dossier_capture *out, struct fa_facts *x, struct fa_err *err)
{
	struct fa_str at = out->url;

	out->hops = fa_arena_new(x->a, FA_STORE_HOPS + 1, sizeof(*out->hops));
	if (out->hops == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for a report");
	for (int hop = 0; hop <= FA_STORE_HOPS; hop++) {
		const struct fa_case_capture *found = NULL;

		for (size_t i = 0; i < x->log.n; i++)
			if (x->log.at[i].redirect.n > 0 &&
				(out->seq == 0 ||
					x->log.at[i].seq < out->seq) &&
				fa_str_eq(x->log.at[i].url, at))
				found = &x->log.at[i];
		if (found == NULL)
			break;
		at = found->redirect;
		out->hops[out->hops_n++] =
			(struct fa_dossier_hop){ at, found->status };
		if (fa_str_eq(at, out->final))
			break;
	}
	return FA_OK;
}

/* Every second look is shown: which of them agree is not for the report to
 * choose. */
static int
add_seconds(struct fa_dossier_capture *out, struct fa_facts *x, int64_t seq,
	struct fa_err *err)
{
	size_t cap = 0;
	int rc = FA_OK;

	for (size_t i = 0; i < x->log.n && rc == FA_OK; i++) {
		const struct fa_case_capture *e = &x->log.at[i];
		const struct fa_json *detail;
		struct fa_dossier_second *s;

		if (e->repeats_seq != seq || seq == 0)
			continue;
		s = FA_FACTS_ADD(x, out->seconds, out->seconds_n, cap, err);
		if (s == NULL)
			return FA_E_NOMEM;
		rc = find_detail(&detail, x, e->seq, err);
		*s = (struct fa_dossier_second){ .seq = e->seq,
			.at_us = e->at_ms * 1000,
			.peer = e->peer,
			.same = e->same.n == 0 ? FA_TRI_UNKNOWN
				: fa_str_eq(e->same, FA_STR("different"))
				? FA_TRI_NO
				: FA_TRI_YES };
		if (rc == FA_OK)
			s->resolver = fa_json_text(
				fa_json_find(detail, "dns"), "resolver");
		/* Whoever asks the same server by the same way again learns
		 * nothing new, and an address that was given by hand is no
		 * word of another resolver. */
		s->apart = !fa_str_eq(s->peer, out->peer) ||
			!(fa_str_eq(s->resolver, out->resolver) ||
				fa_str_eq(s->resolver, FA_STR("given")));
	}
	return rc;
}

static int
add_event(struct fa_dossier_capture *out, struct fa_facts *x,
	const struct fa_case_capture *e, struct fa_err *err)
{
	int rc;

	out->seq = e->seq;
	out->method = e->method;
	out->peer = e->peer;
	out->local = e->local;
	out->tls = e->tls;
	out->cipher = e->cipher;
	out->leaf_sha256 = e->leaf_sha256;
	out->chain_sha256 = e->chain_sha256;
	out->server_date = e->date;
	out->has_skew = e->has_skew;
	out->skew_ms = e->skew_ms;
	out->block_digest = e->block_sha256;
	rc = add_detail(out, x, e->seq, err);
	return rc < 0 ? rc : add_seconds(out, x, e->seq, err);
}

/* The body as it came. Without a log its SM3 is known only when no content
 * coding was removed. */
static void
add_payload(struct fa_dossier_capture *out, const struct fa_facts *x,
	const struct fa_capture *holder)
{
	const struct fa_case_capture *e = find_event(x, holder);
	struct fa_str sm3 = e != NULL ? e->payload_sm3 : FA_STR_NONE;

	if (sm3.n == 0 && strcmp(out->body.sha256, holder->payload) == 0)
		sm3 = fa_str_c(out->body.sm3);
	fa_facts_digest_of(
		&out->payload, fa_str_c(holder->payload), sm3, holder->bytes);
}

int
fa_facts_capture(uint32_t *index, struct fa_facts *x,
	const struct fa_facts_doc *doc, const struct fa_capture *seen,
	const struct fa_capture *holder, struct fa_str url, struct fa_str final,
	struct fa_err *err)
{
	const struct fa_case_capture *e = find_event(x, seen);
	struct fa_dossier_capture *out = FA_FACTS_ADD(
		x, x->d->captures, x->d->captures_n, x->captures_cap, err);
	uint32_t at = (uint32_t)x->d->captures_n - 1;
	int rc;

	if (out == NULL)
		return FA_E_NOMEM;
	out->role = doc->from.role;
	out->url = url;
	out->final = final;
	out->outcome = FA_OUT_OK;
	out->status = seen->status;
	out->at_us = seen->at_us;
	out->archive = holder->archive;
	out->record = holder->record;
	out->offset = holder->offset;
	out->length = holder->length;
	out->cut = holder->cut;
	if (holder->cut)
		out->cut_why = FA_STR("WARC-Truncated");
	out->body.bytes = -1;
	if (doc->judged)
		out->body = x->d->documents[doc - x->docs].raw;
	add_payload(out, x, holder);
	rc = e != NULL ? add_event(out, x, e, err) : FA_OK;
	if (rc == FA_OK)
		rc = add_hops(out, x, err);
	if (rc == FA_OK)
		*index = at;
	return rc;
}
