#define _GNU_SOURCE /* accept4 */
#include "facecheck/serve/serve.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "facecheck/child/feed.h"
#include "facecheck/serve/page.h"
#include "facecheck/serve/server.h"

#define SERVER_BYTES (1u << 20)
#define REST_MS 20      /* of quiet, before the pool is filled */
#define IDLE_MS 3600000 /* then it is time again to look what is old */

/* A connection that has not said enough. One that has said a part is looked
 * at again after a while: it stays readable, and poll would not wait. */
struct pending {
	int fd;
	int64_t until_ms;
	bool begun;
};
#define BEGUN_MS 20

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static int
parse_address(union address *out, socklen_t *n, bool *loopback,
	struct fa_str text, uint16_t port, struct fa_err *err)
{
	char z[INET6_ADDRSTRLEN];

	memset(out, 0, sizeof(*out));
	if (!text.p)
		text = FA_STR("127.0.0.1");
	(void)snprintf(z, sizeof(z), "%.*s", FA_STR_ARG(text));
	if (inet_pton(AF_INET, z, &out->v4.sin_addr) == 1) {
		out->v4.sin_family = AF_INET;
		out->v4.sin_port = htons(port);
		*n = sizeof(out->v4);
		*loopback = ntohl(out->v4.sin_addr.s_addr) >> 24 == 127;
		return FA_OK;
	}
	if (inet_pton(AF_INET6, z, &out->v6.sin6_addr) == 1) {
		out->v6.sin6_family = AF_INET6;
		out->v6.sin6_port = htons(port);
		*n = sizeof(out->v6);
		*loopback = IN6_IS_ADDR_LOOPBACK(&out->v6.sin6_addr);
		return FA_OK;
	}
	return fa_fail(err, FA_E_USAGE,
		"'%.*s' is no address, expected one such as 127.0.0.1 or ::1",
		FA_STR_ARG(text));
}

static void
note_names(struct fc_server *s, const union address *a)
{
	char number[INET6_ADDRSTRLEN];
	bool v6 = a->any.sa_family == AF_INET6;
	unsigned port = ntohs(v6 ? a->v6.sin6_port : a->v4.sin_port);

	(void)inet_ntop(a->any.sa_family,
		v6 ? (const void *)&a->v6.sin6_addr
		   : (const void *)&a->v4.sin_addr,
		number, sizeof(number));
	(void)snprintf(s->port, sizeof(s->port), "%u", port);
	(void)snprintf(s->cookie, sizeof(s->cookie), "fcsession-%u", port);
	(void)snprintf(s->host, sizeof(s->host), v6 ? "[%s]:%u" : "%s:%u",
		number, port);
	(void)snprintf(s->url, sizeof(s->url),
		v6 ? "http://[%s]:%u/" : "http://%s:%u/", number, port);
}

static int
listen_at(struct fc_server *s, struct fa_err *err)
{
	const int yes = 1;
	union address a;
	socklen_t n;
	bool loopback = false;
	int rc = parse_address(
		&a, &n, &loopback, s->o->address, s->o->port, err);

	if (rc < 0)
		return rc;
	if (!loopback && !s->o->anywhere)
		return fa_fail(err, FA_E_USAGE,
			"'%.*s' is not loopback: others could reach it",
			FA_STR_ARG(s->o->address));
	s->fd = socket(
		a.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (s->fd < 0 ||
		setsockopt(s->fd, SOL_SOCKET, SO_REUSEADDR, &yes,
			sizeof(yes)) != 0 ||
		bind(s->fd, &a.any, n) != 0 || listen(s->fd, 64) != 0 ||
		getsockname(s->fd, &a.any, &n) != 0)
		return fa_fail(err, FA_E_IO, "cannot listen at port %u: %s",
			(unsigned)s->o->port, strerror(errno));
	note_names(s, &a);
	return FA_OK;
}

/* The server lives in its own arena, which is moved into it. */
int
fc_server_new(struct fc_server **out, const struct fc_serve_opts *o,
	struct fa_err *err)
{
	struct fa_arena arena;
	struct fc_server *s;
	int rc;

	fa_arena_init(&arena, SERVER_BYTES);
	s = fa_arena_new(&arena, 1, sizeof(*s));
	if (!s) {
		fa_arena_done(&arena);
		return fa_fail(err, FA_E_NOMEM, "no memory for the server");
	}
	s->arena = arena;
	s->o = o;
	s->fd = -1;
	fa_buf_init(&s->reply.body, FC_PAGE_BYTES);
	rc = listen_at(s, err);
	if (rc == FA_OK)
		rc = fc_app_new(&s->app, &o->app, err);
	if (rc == FA_OK)
		rc = fc_http_start(s, err);
	if (rc < 0) {
		fc_server_free(s);
		return rc;
	}
	*out = s;
	return FA_OK;
}

void
fc_server_free(struct fc_server *s)
{
	struct fa_arena arena;

	if (!s)
		return;
	fc_http_stop(s);
	fc_app_free(s->app);
	fa_buf_done(&s->reply.body);
	if (s->fd >= 0)
		(void)close(s->fd);
	arena = s->arena;
	fa_arena_done(&arena);
}

struct fa_str
fc_server_url(const struct fc_server *s)
{
	return fa_str_c(s->url);
}

enum fc_level
fc_server_level(const struct fc_server *s, const char **lack)
{
	return fc_app_level(s->app, lack);
}

/* Takes new connections as long as there is room for silent ones. */
static void
accept_all(struct fc_server *s, struct pending *p, size_t *n)
{
	while (*n < FC_SERVE_PENDING) {
		int fd = accept4(
			s->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

		if (fd < 0)
			return;
		p[*n].fd = fd;
		p[*n].until_ms = fc_feed_now_ms() + FC_SERVE_PENDING_MS;
		p[*n].begun = false;
		++*n;
	}
}

/* Looks at those of whom something was heard, and forgets who is too slow. */
static void
look_at_all(struct fc_server *s, struct pending *p, size_t *n,
	const struct pollfd *polled, size_t polled_n)
{
	size_t kept = 0;

	for (size_t i = 0; i < *n; i++) {
		enum fc_door d = FC_DOOR_WAIT;

		if (i >= polled_n || polled[i].revents || p[i].begun) {
			d = fc_door_look(s, p[i].fd);
			p[i].begun = i < polled_n;
		}
		if (d == FC_DOOR_PAGE)
			fc_http_add(s, p[i].fd);
		else if (d == FC_DOOR_WAIT && fc_feed_now_ms() > p[i].until_ms)
			(void)close(p[i].fd);
		else if (d == FC_DOOR_WAIT)
			p[kept++] = p[i];
	}
	*n = kept;
}

static int
shorter(int a_ms, int b_ms)
{
	return a_ms < 0 || (b_ms >= 0 && b_ms < a_ms) ? b_ms : a_ms;
}

enum { AT_STOP, AT_LISTEN, AT_HTTP, AT_PENDING };

/* What to wait for, and how long. */
static int
prepare(struct pollfd *polled, const struct fc_server *s,
	const struct pending *p, size_t n, int stop_fd, bool rested)
{
	int wait_ms = shorter(fc_http_wait_ms(s), rested ? IDLE_MS : REST_MS);

	polled[AT_STOP] = (struct pollfd){ stop_fd, POLLIN, 0 };
	polled[AT_LISTEN] =
		(struct pollfd){ n < FC_SERVE_PENDING ? s->fd : -1, POLLIN, 0 };
	polled[AT_HTTP] = (struct pollfd){ fc_http_fd(s), POLLIN, 0 };
	for (size_t i = 0; i < n; i++) {
		polled[AT_PENDING + i] =
			(struct pollfd){ p[i].begun ? -1 : p[i].fd, POLLIN, 0 };
		wait_ms = shorter(wait_ms, p[i].begun ? BEGUN_MS : 1000);
	}
	return wait_ms;
}

/* One wait, and what came of it: 1 to go on, 0 to stop. */
static int
turn(struct fc_server *s, struct pending *p, size_t *n, int stop_fd,
	bool *rested, struct fa_err *err)
{
	struct pollfd polled[AT_PENDING + FC_SERVE_PENDING];
	size_t before = *n;
	int wait_ms = prepare(polled, s, p, before, stop_fd, *rested);
	int ready = poll(polled, AT_PENDING + before, wait_ms), rc;

	if (ready < 0 && errno == EINTR)
		return 1;
	if (ready < 0)
		return fa_fail(err, FA_E_IO, "cannot wait for requests: %s",
			strerror(errno));
	if (polled[AT_STOP].revents)
		return 0;
	if (polled[AT_LISTEN].revents)
		accept_all(s, p, n);
	look_at_all(s, p, n, polled + AT_PENDING, before);
	fc_http_run(s);
	if (ready == 0) {
		rc = fc_app_rest(s->app, err);
		if (rc < 0)
			return rc;
	}
	*rested = ready == 0;
	if (s->rc < 0) {
		*err = s->err;
		return s->rc;
	}
	return 1;
}

int
fc_server_run(struct fc_server *s, int stop_fd, struct fa_err *err)
{
	struct pending p[FC_SERVE_PENDING];
	size_t n = 0;
	bool rested = false;
	int rc = 1;

	while (rc == 1)
		rc = turn(s, p, &n, stop_fd, &rested, err);
	for (size_t i = 0; i < n; i++)
		(void)close(p[i].fd);
	return rc;
}
