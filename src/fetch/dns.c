#define _GNU_SOURCE /* getrandom */
#include "fetch/dns.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "base/num.h"

#define DNS_PORT 53

static bool
set_server(struct fa_dns_server *out, const char *ip, uint16_t port)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };

	memset(out, 0, sizeof(*out));
	if (inet_pton(AF_INET, ip, &v4.sin_addr) == 1) {
		v4.sin_port = htons(port);
		memcpy(&out->addr, &v4, sizeof(v4));
		out->addr_n = sizeof(v4);
		return true;
	}
	if (inet_pton(AF_INET6, ip, &v6.sin6_addr) == 1) {
		v6.sin6_port = htons(port);
		memcpy(&out->addr, &v6, sizeof(v6));
		out->addr_n = sizeof(v6);
		return true;
	}
	return false;
}

/* Cuts a port off: "a:b" and "[a:b]:c" have one, "a:b:c" is all address. */
static bool
cut_port(struct fa_str *ip, uint64_t *port)
{
	struct fa_str s = *ip;
	size_t colon = fa_str_find(s, FA_STR(":"), 0);

	*port = DNS_PORT;
	if (s.n > 0 && s.p[0] == '[') {
		size_t end = fa_str_find(s, FA_STR("]"), 0);

		if (end == SIZE_MAX)
			return false;
		*ip = fa_str_sub(s, 1, end);
		if (end + 1 == s.n)
			return true;
		return s.p[end + 1] == ':' &&
			fa_num_u64(fa_str_sub(s, end + 2, s.n), 65535, port);
	}
	if (colon == SIZE_MAX ||
		fa_str_find(s, FA_STR(":"), colon + 1) != SIZE_MAX)
		return true;
	*ip = fa_str_sub(s, 0, colon);
	return fa_num_u64(fa_str_sub(s, colon + 1, s.n), 65535, port);
}

int
fa_dns_server_parse(
	struct fa_dns_server *out, struct fa_str s, struct fa_err *err)
{
	char ip[FA_GUARD_TEXT_BYTES];
	struct fa_dns_server server;
	struct fa_str host = s;
	uint64_t port;

	if (cut_port(&host, &port) && port > 0 && host.n > 0 &&
		host.n < sizeof(ip)) {
		memcpy(ip, host.p, host.n);
		ip[host.n] = '\0';
		if (strlen(ip) == host.n &&
			set_server(&server, ip, (uint16_t)port)) {
			*out = server;
			return FA_OK;
		}
	}
	return fa_fail(err, FA_E_USAGE,
		"'%.*s' is no name server, expected an address like 192.0.2.1 "
		"or [2001:db8::1]:53",
		FA_STR_ARG(fa_str_sub(s, 0, 100)));
}

static void
add_system(struct fa_dns_answer *out, const struct sockaddr *sa)
{
	char text[FA_GUARD_TEXT_BYTES] = "";

	fa_guard_text(sa, text);
	if (!text[0])
		return;
	for (size_t i = 0; i < out->n; i++)
		if (strcmp(out->at[i], text) == 0)
			return;
	if (out->n == FA_DNS_ADDRESSES)
		out->more = true;
	else
		memcpy(out->at[out->n++], text, sizeof(text));
}

int
fa_dns_system(struct fa_dns_answer *out, struct fa_str name, struct fa_err *err)
{
	struct addrinfo hints = { .ai_family = AF_UNSPEC,
		.ai_socktype = SOCK_STREAM };
	struct addrinfo *list = NULL;
	char host[FA_DNS_NAME_BYTES];
	struct fa_dns_answer got;
	int rc;

	if (name.n == 0 || name.n >= sizeof(host) ||
		memchr(name.p, '\0', name.n))
		return fa_fail(err, FA_E_NOTFOUND,
			"a name of %zu bytes cannot be resolved", name.n);
	memcpy(host, name.p, name.n);
	host[name.n] = '\0';
	rc = getaddrinfo(host, NULL, &hints, &list);
	if (rc != 0)
		return fa_fail(err, FA_E_NOTFOUND, "%s does not resolve: %s",
			host, gai_strerror(rc));
	memset(&got, 0, sizeof(got));
	for (const struct addrinfo *i = list; i; i = i->ai_next)
		add_system(&got, i->ai_addr);
	freeaddrinfo(list);
	if (got.n == 0)
		return fa_fail(err, FA_E_NOTFOUND, "%s has no address", host);
	*out = got;
	return FA_OK;
}

static int64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Waits until the socket is ready; false when the time is over. */
static bool
ready(int fd, short events, int64_t until_ms)
{
	struct pollfd p = { .fd = fd, .events = events };

	for (;;) {
		int64_t left = until_ms - now_ms();
		int n = left > 0 ? poll(&p, 1, (int)left) : 0;

		if (n > 0)
			return true;
		if (n == 0 || errno != EINTR)
			return false;
	}
}

/* A connected socket: what others send to it does not come in. */
static int
connect_to(const struct fa_dns_server *s, int type, int64_t until_ms)
{
	int fd = socket(
		s->addr.ss_family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int bad = 0;
	socklen_t n = sizeof(bad);

	if (fd < 0)
		return -1;
	if (connect(fd, (const struct sockaddr *)&s->addr, s->addr_n) == 0)
		return fd;
	if (errno == EINPROGRESS && ready(fd, POLLOUT, until_ms) &&
		getsockopt(fd, SOL_SOCKET, SO_ERROR, &bad, &n) == 0 && bad == 0)
		return fd;
	(void)close(fd);
	return -1;
}

/* One answer over UDP into buf: its bytes, or -1. */
static ssize_t
over_udp(const struct fa_dns_server *s, struct fa_str question, char *buf)
{
	int64_t until = now_ms() + FA_DNS_TRY_MS;
	int fd = connect_to(s, SOCK_DGRAM, until);
	ssize_t n = -1;

	if (fd < 0)
		return -1;
	if (send(fd, question.p, question.n, MSG_NOSIGNAL) ==
		(ssize_t)question.n) {
		/* Only an answer to this question ends the wait. */
		while (ready(fd, POLLIN, until)) {
			n = recv(fd, buf, FA_DNS_MESSAGE_BYTES, 0);
			if (n < 0 && (errno == EAGAIN || errno == EINTR))
				continue;
			if (n < 2 || memcmp(buf, question.p, 2) == 0)
				break;
			n = -1;
		}
	}
	(void)close(fd);
	return n;
}

static bool
send_all(int fd, struct fa_str s, int64_t until)
{
	while (s.n > 0 && ready(fd, POLLOUT, until)) {
		ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);

		if (n < 0 && errno != EAGAIN && errno != EINTR)
			return false;
		if (n > 0)
			s = fa_str_sub(s, (size_t)n, s.n);
	}
	return s.n == 0;
}

static bool
receive_all(int fd, char *buf, size_t want, int64_t until)
{
	size_t got = 0;

	while (got < want && ready(fd, POLLIN, until)) {
		ssize_t n = recv(fd, buf + got, want - got, 0);

		if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
			return false;
		if (n > 0)
			got += (size_t)n;
	}
	return got == want;
}

/* The same over TCP (RFC 1035, 4.2.2): a length of two bytes before each. */
static ssize_t
over_tcp(const struct fa_dns_server *s, struct fa_str question, char *buf)
{
	int64_t until = now_ms() + FA_DNS_TRY_MS;
	const char head[2] = { (char)(question.n >> 8), (char)question.n };
	unsigned char length[2];
	int fd = connect_to(s, SOCK_STREAM, until);
	ssize_t n = -1;

	if (fd < 0)
		return -1;
	if (send_all(fd, (struct fa_str){ head, 2 }, until) &&
		send_all(fd, question, until) &&
		receive_all(fd, (char *)length, 2, until) &&
		receive_all(
			fd, buf, (size_t)(length[0] << 8 | length[1]), until))
		n = length[0] << 8 | length[1];
	(void)close(fd);
	return n;
}

static int
ask_type(struct fa_dns_answer *out, const struct fa_dns_server *server,
	struct fa_str name, enum fa_dns_type type, char *buf,
	struct fa_err *err)
{
	struct fa_buf question FA_CLEANUP(fa_buf_done);
	struct fa_dns_answer got = *out;
	uint16_t id = 0;
	ssize_t n = -1;
	int rc;

	fa_buf_init(&question, 512);
	if (getrandom(&id, sizeof(id), 0) != sizeof(id))
		return fa_fail(err, FA_E_IO, "there is no randomness");
	rc = fa_dns_question(&question, id, name, type, err);
	if (rc < 0)
		return rc;
	for (int i = 0; i < FA_DNS_TRIES && n < 0; i++)
		n = over_udp(server, fa_buf_str(&question), buf);
	if (n < 0)
		return fa_fail(err, FA_E_IO,
			"the name server does not answer for %.*s",
			FA_STR_ARG(name));
	rc = fa_dns_read(
		&got, (struct fa_str){ buf, (size_t)n }, id, name, type, err);
	if (rc == FA_OK && got.cut) {
		n = over_tcp(server, fa_buf_str(&question), buf);
		if (n < 0)
			return fa_fail(err, FA_E_IO,
				"the name server does not answer for %.*s "
				"over TCP",
				FA_STR_ARG(name));
		got = *out;
		rc = fa_dns_read(&got, (struct fa_str){ buf, (size_t)n }, id,
			name, type, err);
	}
	if (rc == FA_OK)
		*out = got;
	return rc;
}

int
fa_dns_ask(struct fa_dns_answer *out, const struct fa_dns_server *server,
	struct fa_str name, struct fa_err *err)
{
	struct fa_buf room FA_CLEANUP(fa_buf_done);
	struct fa_dns_answer got;
	unsigned rcode;
	int rc;

	memset(&got, 0, sizeof(got));
	fa_buf_init(&room, FA_DNS_MESSAGE_BYTES + 1);
	for (size_t i = 0; i < FA_DNS_MESSAGE_BYTES && room.rc == 0; i++)
		fa_buf_addc(&room, 0);
	rc = fa_buf_rc(&room, "answer", err);
	if (rc == FA_OK)
		rc = ask_type(&got, server, name, FA_DNS_A, room.p, err);
	rcode = got.rcode;
	if (rc == FA_OK)
		rc = ask_type(&got, server, name, FA_DNS_AAAA, room.p, err);
	if (rc < 0)
		return rc;
	if (got.n == 0)
		return fa_fail(err, FA_E_NOTFOUND,
			"the name server has no address of %.*s (rcode %u)",
			FA_STR_ARG(name), rcode != 0 ? rcode : got.rcode);
	*out = got;
	return FA_OK;
}
