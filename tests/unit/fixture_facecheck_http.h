/* The service in a process of its own, and somebody who speaks HTTP to it. */
#ifndef FIXTURE_FACECHECK_HTTP_H
#define FIXTURE_FACECHECK_HTTP_H

#include "fixture_facecheck_serve.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "base/num.h"
#include "facecheck/serve/serve.h"

#define FRAME_BYTES ((size_t)FC_FACE_BYTES)
#define WIRE_BYTES (FC_WIRE_HEAD + RIG_FRAMES * FRAME_BYTES)

struct served {
	struct rig r; /* its app is not used: the server has its own */
	struct fc_serve_opts o;
	pid_t pid;
	int stop;
	uint16_t port;
	char host[32];
	char cookie[24]; /* its name */
	char answer[FC_PAGE_BYTES];
	char token[33];
	char origin[32]; /* that posts name */
};

static struct served sv; /* too large for a stack */

static inline void
rig_dir_only(struct rig *r, const char *case_name)
{
	rig_start(r, case_name);
	fc_app_free(r->app);
	r->app = NULL;
}

/* What the process does that serves: says where, and serves. */
static inline void
be_server(struct served *s, int say, int stop)
{
	struct fc_server *server;
	struct fa_str url;
	int rc = fc_server_new(&server, &s->o, &s->r.err);

	if (rc == FA_OK) {
		url = fc_server_url(server);
		if (write(say, url.p, url.n) != (ssize_t)url.n)
			_exit(3);
		(void)close(say);
		rc = fc_server_run(server, stop, &s->r.err);
		fc_server_free(server);
	}
	_exit(rc < 0);
}

static inline void
serve(struct served *s)
{
	int stop[2], say[2];
	char url[FA_ERR_MSG_BYTES];
	uint64_t port = 0;
	ssize_t n;

	s->o = (struct fc_serve_opts){ .app = s->r.o };
	s->o.app.clock = fa_clock_system();
	s->origin[0] = '\0';
	assert_int_equal(pipe(stop), 0);
	assert_int_equal(pipe(say), 0);
	s->pid = fork();
	assert_true(s->pid >= 0);
	if (s->pid == 0) {
		(void)close(stop[1]);
		(void)close(say[0]);
		be_server(s, say[1], stop[0]);
	}
	(void)close(stop[0]);
	(void)close(say[1]);
	s->stop = stop[1];
	n = read(say[0], url, sizeof(url));
	(void)close(say[0]);
	assert_true(n > 18);
	assert_true(fa_num_u64(
		(struct fa_str){ url + 17, (size_t)n - 18 }, 65535, &port));
	s->port = (uint16_t)port;
	(void)snprintf(s->host, sizeof(s->host), "127.0.0.1:%u", s->port);
	(void)snprintf(s->cookie, sizeof(s->cookie), "fcsession-%u", s->port);
}

/* Ends it by asking, or by a signal that nobody can catch. */
static inline void
end(struct served *s, bool kill9)
{
	int status = 0;

	if (kill9)
		assert_int_equal(kill(s->pid, SIGKILL), 0);
	(void)close(s->stop);
	assert_int_equal(waitpid(s->pid, &status, 0), s->pid);
	if (!kill9)
		assert_int_equal(status, 0);
}

static inline int
dial(const struct served *s)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons(s->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_true(fd >= 0);
	assert_int_equal(
		connect(fd, (const struct sockaddr *)&to, sizeof(to)), 0);
	return fd;
}

static inline void
put(int fd, const void *p, size_t n)
{
	const char *at = p;

	while (n > 0) {
		ssize_t done = send(fd, at, n, MSG_NOSIGNAL);

		if (done <= 0)
			return;
		at += done;
		n -= (size_t)done;
	}
}

static inline unsigned
hear(struct served *s, int fd)
{
	size_t n = 0;
	struct fa_str all;
	uint64_t status = 0;
	size_t at;

	for (;;) {
		ssize_t got =
			recv(fd, s->answer + n, sizeof(s->answer) - 1 - n, 0);

		if (got <= 0)
			break;
		n += (size_t)got;
	}
	s->answer[n] = '\0';
	(void)close(fd);
	all = (struct fa_str){ s->answer, n };
	at = fa_str_find(all, fa_str_c(s->cookie), 0);
	if (at != SIZE_MAX)
		memcpy(s->r.session, s->answer + at + strlen(s->cookie) + 1,
			32);
	at = fa_str_find(all, FA_STR("name=\"token\" value=\""), 0);
	if (at != SIZE_MAX)
		memcpy(s->token, s->answer + at + 20, 32);
	(void)fa_num_u64(fa_str_sub(all, 9, 12), 999, &status);
	return (unsigned)status;
}

static inline unsigned
get(struct served *s, const char *path)
{
	char head[512];
	int fd = dial(s), n;

	n = snprintf(head, sizeof(head),
		"GET %s HTTP/1.1\r\nHost: %s\r\nCookie: %s=%s\r\n\r\n", path,
		s->host, s->cookie, s->r.session);
	put(fd, head, (size_t)n);
	return hear(s, fd);
}

static inline int
post_begin(struct served *s, const char *path, const char *fields)
{
	char head[1024], body[256];
	int fd = dial(s), n, b;

	if (!s->origin[0])
		memcpy(s->origin, s->host, sizeof(s->origin));
	b = snprintf(body, sizeof(body), "token=%s&%s", s->token, fields);
	n = snprintf(head, sizeof(head),
		"POST %s HTTP/1.1\r\nHost: %s\r\nCookie: %s=%s\r\n"
		"Origin: http://%s\r\n"
		"Content-Type: application/x-www-form-urlencoded\r\n"
		"Content-Length: %d\r\n\r\n%s",
		path, s->host, s->cookie, s->r.session, s->origin, b, body);
	put(fd, head, (size_t)n);
	return fd;
}

static inline void
post(struct served *s, const char *path, const char *fields)
{
	assert_int_equal(hear(s, post_begin(s, path, fields)), 303);
	assert_int_equal(get(s, "/verify"), 200);
}

static inline void
to_capture(struct served *s)
{
	assert_int_equal(get(s, "/phone"), 200);
	post(s, "/begin", "age=adult");
	post(s, "/act", "event=show");
	post(s, "/choose", "method=face");
	post(s, "/act", "event=yes");
	assert_non_null(strstr(s->answer, "data-token"));
}

#endif
