#include "case/capture.h"

#include <stdio.h>
#include <string.h>

#include "base/gzip.h"
#include "evidence/warc_read.h"

#define DECODED_BYTES ((size_t)64 << 20) /* of a body without its coding */
#define ARENA_BYTES ((size_t)192 << 20)
#define PEER_BYTES (FA_GUARD_TEXT_BYTES + 16)

static void
write_peer(struct fa_jw *w, const char *key, const char *ip, uint16_t port)
{
	char text[PEER_BYTES];

	(void)snprintf(text, sizeof(text),
		strchr(ip, ':') ? "[%s]:%u" : "%s:%u", ip, (unsigned)port);
	fa_jw_kstr(w, key, ip[0] && port != 0 ? fa_str_c(text) : FA_STR_NONE);
}

static void
write_dns(struct fa_jw *w, const struct fa_wire *wire)
{
	fa_jw_key(w, "dns");
	fa_jw_object(w);
	fa_jw_kstr(w, "resolver", fa_str_c(wire->resolver));
	fa_jw_key(w, "answers");
	fa_jw_array(w);
	for (size_t i = 0; i < wire->dns.n; i++)
		fa_jw_str(w, fa_str_c(wire->dns.at[i]));
	fa_jw_end(w, ']');
	fa_jw_kbool(w, "more", wire->dns.more);
	fa_jw_kstr(w, "alias",
		wire->dns.alias[0] ? fa_str_c(wire->dns.alias) : FA_STR_NONE);
	fa_jw_kstr(w, "used",
		wire->peer_ip[0] ? fa_str_c(wire->peer_ip) : FA_STR_NONE);
	fa_jw_end(w, '}');
}

static void
write_tls(struct fa_jw *w, const struct fa_exchange *x,
	const struct fa_custody_obj *chain)
{
	const struct fa_wire *wire = x->wire;

	fa_jw_key(w, "tls");
	if (!wire->tls[0]) {
		fa_jw_null(w);
		return;
	}
	fa_jw_object(w);
	fa_jw_kstr(w, "version", fa_str_c(wire->tls));
	fa_jw_kstr(w, "cipher", fa_str_c(wire->cipher));
	/* A certificate of another host is found out behind the handshake. */
	fa_jw_kbool(w, "verified", x->outcome != FA_OUT_TLS);
	fa_jw_kint(w, "certificates", wire->chain_n);
	fa_jw_kstr(w, "leaf_sha256",
		wire->leaf_sha256[0] ? fa_str_c(wire->leaf_sha256)
				     : FA_STR_NONE);
	fa_jw_kstr(w, "chain_sha256", chain ? chain->sha256 : FA_STR_NONE);
	fa_jw_end(w, '}');
}

static void
write_timings(struct fa_jw *w, const struct fa_exchange *x)
{
	const struct fa_wire *wire = x->wire;

	fa_jw_key(w, "timings_us");
	fa_jw_object(w);
	if (wire) {
		fa_jw_kint(w, "dns", wire->dns_us);
		fa_jw_kint(w, "connect", wire->connect_us);
		fa_jw_kint(w, "tls", wire->tls_us);
		fa_jw_kint(w, "first_byte", wire->first_us);
		fa_jw_kint(w, "total", wire->total_us);
	}
	fa_jw_kint(w, "elapsed", (int64_t)x->elapsed_ms * 1000);
	fa_jw_end(w, '}');
}

static void
write_connection(struct fa_jw *w, const struct fa_exchange *x,
	const struct fa_custody_obj *chain)
{
	const struct fa_wire *wire = x->wire;
	char time[FA_TIME_BYTES];

	fa_time_format(x->at_us / 1000, time);
	fa_jw_kstr(w, "asked_at", fa_str_c(time));
	write_timings(w, x);
	if (!wire)
		return;
	write_dns(w, wire);
	write_peer(w, "peer", wire->peer_ip, wire->peer_port);
	write_peer(w, "local", wire->local_ip, wire->local_port);
	write_tls(w, x, chain);
}

/* Header lines as an array; what is sent is short and says who asked. */
static bool
write_request(struct fa_jw *w, struct fa_str request)
{
	struct fa_str rest = request, line;
	bool cookies = false;

	fa_jw_key(w, "request");
	fa_jw_array(w);
	while (rest.p) {
		line = fa_str_trim(fa_str_cut(&rest, '\n'));
		if (line.n == 0)
			break;
		fa_jw_str(w, line);
		line = fa_str_cut(&line, ':');
		cookies = cookies || fa_str_ieq(line, FA_STR("Cookie"));
	}
	fa_jw_end(w, ']');
	return cookies;
}

/* The clock of the server as its answer shows it, to a second; compared with
 * ours at the first byte of the answer. */
static void
write_date(struct fa_jw *w, const struct fa_exchange *x)
{
	struct fa_str date = fa_http_field(x->head, "Date");
	int64_t seconds, first_us = x->wire ? x->wire->first_us : 0;

	fa_jw_kstr(w, "date", date);
	fa_jw_key(w, "skew_ms");
	if (date.p && fa_capture_date(&seconds, date))
		fa_jw_int(w, seconds * 1000 - (x->at_us + first_us) / 1000);
	else
		fa_jw_null(w);
}

static int
write_response(struct fa_jw *w, const struct fa_capture_event *e,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str decoded;
	struct fa_err why;
	int rc;

	fa_jw_kint(w, "status", e->x->status);
	write_date(w, e->x);
	rc = fa_session_write_digests(w, "response_head", e->x->head, err);
	if (rc == FA_OK)
		rc = fa_session_write_digests(w, "payload", e->x->body, err);
	if (rc < 0)
		return rc;
	fa_jw_kstr(w, "media_type", e->media_type);
	fa_jw_kstr(w, "charset", e->charset);
	fa_jw_kstr(w, "coding", e->coding);
	rc = fa_http_decode(
		&decoded, e->x->body, e->coding, DECODED_BYTES, a, &why);
	if (rc == FA_OK)
		return fa_session_write_digests(w, "decoded", decoded, err);
	fa_jw_key(w, "decoded");
	fa_jw_null(w);
	return FA_OK;
}

static void
write_place(struct fa_jw *w, const struct fa_capture_event *e)
{
	bool cut = e->x->outcome != FA_OUT_OK;

	fa_jw_key(w, "warc");
	fa_jw_object(w);
	fa_jw_kstr(w, "file", e->file);
	fa_jw_kint(w, "offset", e->place->offset);
	fa_jw_kint(w, "length", e->place->length);
	fa_jw_kstr(w, "record", fa_str_c(e->place->id));
	fa_jw_kstr(w, "block_sha256",
		e->place->block_sha256[0] ? fa_str_c(e->place->block_sha256)
					  : FA_STR_NONE);
	fa_jw_end(w, '}');
	fa_jw_kbool(w, "truncated", cut);
	fa_jw_kint(w, "limit_bytes", (int64_t)e->body_bytes);
}

static void
write_attempt(struct fa_jw *w, const struct fa_capture_event *e)
{
	char time[FA_TIME_BYTES];

	fa_jw_kint(w, "attempt", (int64_t)e->tries + 1);
	fa_jw_kbool(w, "retried", !e->final);
	if (e->final || e->not_before_ms == 0)
		return;
	fa_time_format(e->not_before_ms, time);
	fa_jw_kstr(w, "not_before", fa_str_c(time));
}

static void
write_names(struct fa_jw *w, const struct fa_capture_event *e)
{
	fa_jw_kstr(w, "purpose", fa_str_c(e->purpose));
	fa_jw_kstr(w, "method", e->method);
	fa_jw_kstr(w, "url", e->url);
	fa_jw_kstr(w, "url_final", e->redirect.p ? e->redirect : e->url);
	fa_jw_kstr(w, "redirect", e->redirect);
	fa_jw_key(w, "redirect_chain");
	fa_jw_array(w);
	for (size_t i = 0; i < e->chain_n; i++)
		fa_jw_str(w, e->chain[i]);
	fa_jw_end(w, ']');
	fa_jw_kstr(w, "outcome", fa_str_c(fa_outcome_name(e->outcome)));
	fa_jw_kstr(w, "error", e->detail);
	fa_jw_kstr(w, "kind", fa_str_c(e->kind));
}

static int
tell_capture(int64_t *seq, struct fa_session *s,
	const struct fa_capture_event *e, const struct fa_custody_obj *chain,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_buf detail FA_CLEANUP(fa_buf_done);
	struct fa_jw w;
	bool cookies;
	int rc;

	fa_buf_init(&detail, FA_SESSION_DETAIL_BYTES);
	fa_jw_init(&w, &detail, 0);
	fa_jw_object(&w);
	write_names(&w, e);
	write_connection(&w, e->x, chain);
	cookies = write_request(&w, e->x->request);
	fa_jw_kbool(&w, "cookies_sent", cookies);
	rc = write_response(&w, e, a, err);
	if (rc < 0)
		return rc;
	write_place(&w, e);
	fa_jw_kstr(&w, "robots", e->robots);
	write_attempt(&w, e);
	if (e->with_seq != 0) {
		fa_jw_key(&w, "compared");
		fa_jw_object(&w);
		fa_jw_kint(&w, "with", e->with_seq);
		fa_jw_kstr(&w, "same", fa_str_c(e->same));
		fa_jw_kstr(&w, "first_payload_sha256", e->first_sha256);
		fa_jw_end(&w, '}');
	}
	fa_jw_end(&w, '}');
	return fa_session_event(seq, s, FA_OP_CAPTURE, e->url, chain,
		chain ? 1 : 0, &detail, err);
}

static const char *
stage_of(const struct fa_capture_event *e)
{
	return strcmp(e->purpose, "page") == 0 ? "fetch" : e->purpose;
}

static int
tell_error(struct fa_session *s, const struct fa_capture_event *e,
	int64_t capture, const struct fa_custody_obj *chain, struct fa_err *err)
{
	struct fa_buf detail FA_CLEANUP(fa_buf_done);
	struct fa_jw w;

	fa_buf_init(&detail, FA_SESSION_DETAIL_BYTES);
	fa_jw_init(&w, &detail, 0);
	fa_jw_object(&w);
	fa_jw_kstr(&w, "stage", fa_str_c(stage_of(e)));
	fa_jw_kstr(&w, "url", e->url);
	fa_jw_kstr(&w, "outcome", fa_str_c(fa_outcome_name(e->outcome)));
	fa_jw_kstr(&w, "message", e->detail);
	write_attempt(&w, e);
	fa_jw_key(&w, "capture");
	if (capture > 0)
		fa_jw_int(&w, capture);
	else
		fa_jw_null(&w);
	if (e->x && capture == 0)
		write_connection(&w, e->x, chain);
	fa_jw_end(&w, '}');
	s->failures += e->final && !e->is_minor;
	return fa_session_event(NULL, s, FA_OP_ERROR, e->url, chain,
		chain && capture == 0 ? 1 : 0, &detail, err);
}

static int
tell(int64_t *seq, struct fa_session *s, const struct fa_capture_event *e,
	struct fa_arena *a, struct fa_err *err)
{
	const struct fa_wire *wire = e->x ? e->x->wire : NULL;
	struct fa_custody_obj object;
	const struct fa_custody_obj *chain = NULL;
	int64_t capture = 0;
	int rc = FA_OK;

	if (wire && wire->chain.p) {
		rc = fa_session_object(&object, s, FA_STR("tls-chain.pem"),
			FA_STR("application/x-pem-file"), wire->chain,
			FA_STR_NONE, a, err);
		chain = &object;
	}
	if (rc == FA_OK && e->file.p)
		rc = tell_capture(&capture, s, e, chain, a, err);
	if (rc == FA_OK && e->outcome != FA_OUT_OK &&
		e->outcome != FA_OUT_REDIRECT)
		rc = tell_error(s, e, capture, chain, err);
	if (rc == FA_OK && seq)
		*seq = capture;
	return rc;
}

int
fa_capture_tell(int64_t *seq, struct fa_session *s,
	const struct fa_capture_event *e, struct fa_err *err)
{
	struct fa_arena a;
	int rc;

	fa_arena_init(&a, ARENA_BYTES);
	rc = tell(seq, s, e, &a, err);
	fa_arena_done(&a);
	return rc;
}
