/* The glue to the HTTP library: bodies are collected up to the size of a form,
 * answers get the headers that keep a page to itself. */
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/num.h"
#include "facecheck/serve/form.h"
#include "facecheck/serve/head.h"
#include "facecheck/serve/page.h"
#include "facecheck/serve/server.h"

#define IDLE_S 10
#define CONNECTION_BYTES (32u << 10)

static struct fa_str
header(struct MHD_Connection *c, const char *name)
{
	return fa_str_c(MHD_lookup_connection_value(c, MHD_HEADER_KIND, name));
}

/* Headers of every answer. The policy lets nothing in but what is ours. */
static const struct {
	const char *name, *value;
} always[] = {
	{ "Connection", "close" },
	{ "Cache-Control", "no-store" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "X-Frame-Options", "DENY" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Content-Security-Policy",
		"default-src 'none'; style-src 'self'; script-src 'self'; "
		"connect-src 'self'; img-src data:; media-src blob: "
		"mediastream:; form-action 'self'; frame-ancestors 'none'; "
		"base-uri 'none'" },
};

static bool
add_headers(struct MHD_Response *m, const struct fc_server *s)
{
	const struct fc_reply *r = &s->reply;
	char cookie[160];
	bool ok = true;

	for (size_t i = 0; i < FA_COUNT(always); i++)
		ok = ok &&
			MHD_add_response_header(
				m, always[i].name, always[i].value) == MHD_YES;
	ok = ok &&
		MHD_add_response_header(m, "Permissions-Policy",
			r->camera ? "camera=(self), microphone=()"
				  : "camera=(), microphone=()") == MHD_YES;
	ok = ok &&
		MHD_add_response_header(m, "Content-Type", r->type) == MHD_YES;
	if (r->location[0])
		ok = ok &&
			MHD_add_response_header(m, "Location", r->location) ==
				MHD_YES;
	if (r->session[0]) {
		(void)snprintf(cookie, sizeof(cookie),
			"%s=%s; Path=/; HttpOnly; SameSite=Strict", s->cookie,
			r->session);
		ok = ok &&
			MHD_add_response_header(m, "Set-Cookie", cookie) ==
				MHD_YES;
	}
	return ok;
}

static enum MHD_Result
send_reply(const struct fc_server *s, struct MHD_Connection *c)
{
	const struct fc_reply *r = &s->reply;
	struct fa_str body = fa_buf_str(&r->body);
	/* The library copies; its parameter is not const all the same. */
	union {
		const char *from;
		void *to;
	} p = { .from = body.n ? body.p : "" };
	struct MHD_Response *m = MHD_create_response_from_buffer(
		body.n, p.to, MHD_RESPMEM_MUST_COPY);
	enum MHD_Result ok = MHD_NO;

	if (!m)
		return MHD_NO;
	if (add_headers(m, s))
		ok = MHD_queue_response(c, r->status, m);
	MHD_destroy_response(m);
	return ok;
}

static enum MHD_Result
send_plain(struct fc_server *s, struct MHD_Connection *c, unsigned status,
	const char *text)
{
	struct fc_reply *r = &s->reply;

	fa_buf_reset(&r->body);
	r->status = status;
	r->type = "text/plain; charset=utf-8";
	r->location[0] = r->session[0] = '\0';
	r->camera = false;
	fa_buf_adds(&r->body, text);
	return send_reply(s, c);
}

bool
fc_server_host_ok(const struct fc_server *s, struct fa_str host)
{
	char local[32];

	if (s->o->anywhere)
		return host.p != NULL;
	(void)snprintf(local, sizeof(local), "localhost:%s", s->port);
	return fa_str_eq(host, fa_str_c(s->host)) ||
		fa_str_eq(host, fa_str_c(local));
}

static enum MHD_Result
answer(struct fc_server *s, struct MHD_Connection *c, const char *url,
	bool post, struct fa_str body)
{
	struct fc_request q = { .post = post,
		.path = fa_str_c(url),
		.query = FA_STR_NONE,
		.body = body.p ? body : FA_STR(""),
		.session = fc_head_cookie(
			header(c, MHD_HTTP_HEADER_COOKIE), s->cookie) };
	struct fa_str host = header(c, MHD_HTTP_HEADER_HOST);
	int rc;

	if (!fc_server_host_ok(s, host))
		return send_plain(s, c, 421, "not a name of this service\n");
	if (post &&
		!fc_head_own(host, header(c, MHD_HTTP_HEADER_ORIGIN),
			header(c, "Sec-Fetch-Site")))
		return send_plain(s, c, 403, "not from a page of ours\n");
	rc = fc_app_answer(&s->reply, s->app, &q, &s->err);
	if (rc < 0) {
		s->rc = s->rc ? s->rc : rc;
		return send_plain(s, c, 500, "the service has failed\n");
	}
	return send_reply(s, c);
}

static struct fc_exchange *
exchange_new(struct fc_server *s)
{
	for (size_t i = 0; i < FC_SERVE_AT_ONCE; i++)
		if (!s->exchanges[i].busy) {
			s->exchanges[i].busy = true;
			s->exchanges[i].refused = false;
			fa_buf_init(&s->exchanges[i].body, FC_FORM_BYTES + 1);
			return &s->exchanges[i];
		}
	return NULL;
}

static enum MHD_Result
on_request(void *ctx, struct MHD_Connection *c, const char *url,
	const char *method, const char *version, const char *data, size_t *n,
	void **own)
{
	struct fc_server *s = ctx;
	struct fc_exchange *x = *own;
	bool post = strcmp(method, "POST") == 0;

	(void)version;
	if (!x) {
		x = exchange_new(s);
		if (!x)
			return send_plain(s, c, 503, "too many at once\n");
		*own = x;
		return MHD_YES;
	}
	if (*n) {
		fa_buf_add(&x->body, (struct fa_str){ data, *n });
		*n = 0;
		return MHD_YES;
	}
	if (!post && strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
		return send_plain(s, c, 405, "only GET and POST\n");
	if (x->body.rc < 0 || x->body.n > FC_FORM_BYTES)
		return send_plain(s, c, 413, "more than a form may have\n");
	return answer(s, c, url, post, fa_buf_str(&x->body));
}

static void
on_end(void *ctx, struct MHD_Connection *c, void **own,
	enum MHD_RequestTerminationCode why)
{
	struct fc_exchange *x = *own;

	(void)ctx;
	(void)c;
	(void)why;
	if (!x)
		return;
	fa_buf_done(&x->body);
	x->busy = false;
	*own = NULL;
}

int
fc_http_start(struct fc_server *s, struct fa_err *err)
{
	s->daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET,
		0, NULL, NULL, on_request, s, MHD_OPTION_NOTIFY_COMPLETED,
		on_end, s, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)FC_SERVE_AT_ONCE,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
		MHD_OPTION_END);
	if (!s->daemon)
		return fa_fail(err, FA_E_IO, "the HTTP library does not start");
	return FA_OK;
}

void
fc_http_stop(struct fc_server *s)
{
	if (s->daemon)
		MHD_stop_daemon(s->daemon);
	s->daemon = NULL;
}

int
fc_http_fd(const struct fc_server *s)
{
	const union MHD_DaemonInfo *i =
		MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD);

	return i ? i->epoll_fd : -1;
}

int
fc_http_wait_ms(const struct fc_server *s)
{
	MHD_UNSIGNED_LONG_LONG ms;

	if (MHD_get_timeout(s->daemon, &ms) != MHD_YES)
		return -1;
	return ms > 60000 ? 60000 : (int)ms;
}

void
fc_http_run(struct fc_server *s)
{
	(void)MHD_run(s->daemon);
}

void
fc_http_add(struct fc_server *s, int fd)
{
	struct sockaddr_storage peer;
	socklen_t n = sizeof(peer);

	if (getpeername(fd, (struct sockaddr *)&peer, &n) != 0) {
		(void)close(fd);
		return;
	}
	/* On failure the library has closed it. */
	(void)MHD_add_connection(
		s->daemon, fd, (const struct sockaddr *)&peer, n);
}
