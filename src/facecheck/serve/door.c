/* A capture, taken from its connection without being read: the head of the
 * request is, and of a form the head of its part; the pixels go from the
 * socket to the child by splice(2), and what is left over is thrown away in
 * the kernel (recv with MSG_TRUNC, tcp(7)). */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "facecheck/child/feed.h"
#include "facecheck/serve/head.h"
#include "facecheck/serve/server.h"

#define PREFIX "POST /face/upload"
#define PART_BYTES 1024 /* head of the part of a form */
#define DISCARD_STEP (1u << 20)
#define DISCARD_WAIT_MS 200 /* for the next of it */
/* Thrown away to be polite: a browser hears us only when it has been heard. */
#define DISCARD_MAX (2 * FC_WIRE_MAX + (1u << 20))

/* Where the head ends, or SIZE_MAX. */
static size_t
head_end(struct fa_str s)
{
	size_t at = fa_str_find(s, FA_STR("\r\n\r\n"), 0);

	return at == SIZE_MAX ? at : at + 4;
}

static int64_t
patience(void)
{
	return fc_feed_now_ms() + FC_SERVE_PATIENCE_MS;
}

/* Until the connection is ready for what is asked; false at the moment, however
 * little came at a time before. */
static bool
ready(int fd, short what, int64_t until_ms)
{
	struct pollfd p = { .fd = fd, .events = what };
	int n = -1;

	while (n < 0) {
		int64_t left = until_ms - fc_feed_now_ms();

		if (left <= 0)
			return false;
		n = poll(&p, 1, (int)left);
		if (n < 0 && errno != EINTR)
			return false;
	}
	return n > 0;
}

static bool
take(int fd, char *p, size_t n, int64_t until_ms)
{
	while (n > 0) {
		ssize_t got =
			ready(fd, POLLIN, until_ms) ? recv(fd, p, n, 0) : 0;

		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
	}
	return true;
}

static void
discard(int fd, uint64_t n)
{
	int64_t until_ms = patience();

	if (n > DISCARD_MAX)
		n = DISCARD_MAX;
	while (n > 0 && fc_feed_now_ms() < until_ms) {
		ssize_t got;

		if (!ready(fd, POLLIN, fc_feed_now_ms() + DISCARD_WAIT_MS))
			return;
		got = recv(fd, NULL,
			n < DISCARD_STEP ? (size_t)n : DISCARD_STEP, MSG_TRUNC);
		if (got <= 0)
			return;
		n -= (uint64_t)got;
	}
}

/* What a capture form has before its pixels: read a byte at a time, so that
 * none of them comes along. 0: it is none. */
static size_t
take_part_head(int fd, struct fa_str boundary, uint64_t length)
{
	int64_t until_ms = patience();
	char head[PART_BYTES];
	size_t n = 0;

	while (n < sizeof(head) && n < length) {
		struct fa_str so_far;

		if (!take(fd, head + n, 1, until_ms))
			return 0;
		so_far = (struct fa_str){ head, ++n };
		if (head_end(so_far) != SIZE_MAX)
			return fa_str_starts(so_far, FA_STR("--")) &&
					fa_str_starts(fa_str_sub(so_far, 2, n),
						boundary)
				? n
				: 0;
	}
	return 0;
}

static void
send_all(int fd, struct fa_str s, int64_t until_ms)
{
	while (s.n > 0 && ready(fd, POLLOUT, until_ms)) {
		ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);

		if (n <= 0)
			return;
		s = fa_str_sub(s, (size_t)n, s.n);
	}
}

static void
respond(int fd, const struct fc_reply *r, bool script)
{
	struct fa_str body = fa_buf_str(&r->body);
	int64_t until_ms = patience();
	char head[512];
	/* A script goes on by itself, and would swallow the page. */
	bool quiet = script && r->status == 303;
	int n = snprintf(head, sizeof(head),
		"HTTP/1.1 %u %s\r\nConnection: close\r\nCache-Control: "
		"no-store\r\nX-Content-Type-Options: nosniff\r\n"
		"Content-Type: %s\r\n%s%s%sContent-Length: %zu\r\n\r\n",
		quiet ? 204 : r->status, quiet ? "No Content" : "Answer",
		r->type, quiet || !r->location[0] ? "" : "Location: ",
		quiet ? "" : r->location,
		quiet || !r->location[0] ? "" : "\r\n", body.n);

	if (n < 0 || (size_t)n >= sizeof(head))
		return;
	send_all(fd, (struct fa_str){ head, (size_t)n }, until_ms);
	send_all(fd, body, until_ms);
}

static void
refuse(struct fc_server *s, int fd, unsigned status, const char *why)
{
	struct fc_reply *r = &s->reply;

	fa_buf_reset(&r->body);
	r->status = status;
	r->type = "text/plain; charset=utf-8";
	r->location[0] = r->session[0] = '\0';
	fa_buf_adds(&r->body, why);
	respond(fd, r, false);
}

/* How many bytes of the body are the capture, or 0 when it holds none. The
 * head of a form's part is taken on the way. */
static uint64_t
capture_bytes(int fd, const struct fc_head *h, uint64_t *left)
{
	struct fa_str boundary = fc_head_boundary(h->type);
	size_t part, tail;

	if (!boundary.p)
		return h->length;
	part = take_part_head(fd, boundary, h->length);
	*left -= part;
	tail = boundary.n + 8; /* CR LF, --, boundary, --, CR LF */
	return part && *left > tail ? *left - tail : 0;
}

static void
capture(struct fc_server *s, int fd, const struct fc_head *h)
{
	struct fc_request q = { .post = true,
		.path = h->path,
		.query = h->query,
		.body = FA_STR(""),
		.session = fc_head_cookie(h->cookie, s->cookie) };
	bool script = !fc_head_boundary(h->type).p;
	uint64_t left = h->length, bytes;
	struct fc_upload u;
	int rc = fc_app_upload(&u, &s->reply, s->app, &q, &s->err);

	if (rc == 1) {
		bytes = capture_bytes(fd, h, &left);
		if (bytes == 0 || bytes > 2 * (uint64_t)FC_WIRE_MAX) {
			refuse(s, fd, 413, "no capture of a size we take\n");
			discard(fd, left);
			return;
		}
		/* How much of it the child took is not known: what is left is
		 * found by its end, or by patience. */
		rc = fc_app_captured(&s->reply, s->app, &u,
			(struct fc_source){ .fd = fd, .bytes = bytes },
			&s->err);
	}
	if (rc < 0) {
		s->rc = s->rc ? s->rc : rc;
		refuse(s, fd, 500, "the service has failed\n");
		return;
	}
	respond(fd, &s->reply, script);
	(void)shutdown(fd, SHUT_WR);
	discard(fd, left);
}

static void
take_capture(struct fc_server *s, int fd, size_t head_bytes)
{
	char text[FC_HEAD_BYTES];
	struct fc_head h;
	struct fa_err why;

	if (!take(fd, text, head_bytes, patience()))
		return;
	if (fc_head_parse(&h, (struct fa_str){ text, head_bytes }, &why) < 0 ||
		!fa_str_eq(h.path, FA_STR("/face/upload")) || !h.has_length)
		refuse(s, fd, 400, "not a request that we take\n");
	else if (!fc_server_host_ok(s, h.host) ||
		!fc_head_own(h.host, h.origin, h.site))
		refuse(s, fd, 403, "not from a page of ours\n");
	else
		capture(s, fd, &h);
}

enum fc_door
fc_door_look(struct fc_server *s, int fd)
{
	char text[FC_HEAD_BYTES];
	struct fa_str seen, prefix = FA_STR(PREFIX);
	ssize_t n = recv(fd, text, sizeof(text), MSG_PEEK | MSG_DONTWAIT);
	size_t end;

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return FC_DOOR_WAIT;
	if (n <= 0) {
		(void)close(fd);
		return FC_DOOR_DONE;
	}
	seen = (struct fa_str){ text, (size_t)n };
	if (!fa_str_starts(seen, fa_str_sub(prefix, 0, seen.n)))
		return FC_DOOR_PAGE;
	end = head_end(seen);
	if (end == SIZE_MAX && seen.n < sizeof(text))
		return FC_DOOR_WAIT;
	if (end != SIZE_MAX)
		take_capture(s, fd, end);
	(void)close(fd);
	return FC_DOOR_DONE;
}
