#include "case/selftest.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "evidence/warc.h"
#include "evidence/warc_read.h"
#include "fetch/client.h"

#define ARCHIVE "selftest.warc.gz"
#define PAGE "<!doctype html><title>self-test</title><p>自检页面"
#define TURN_MS 20
#define REQUEST_BYTES 8192

/* FIPS 180-4 and GB/T 32905-2016 (GM/T 0004, example 1): digests of "abc". */
static const char sha256_abc[] =
	"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
static const char sm3_abc[] =
	"66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";

static int
test_sha256(struct fa_str dir, struct fa_arena *a, struct fa_err *err)
{
	char hex[FA_HASH_HEX_BYTES];
	int rc = fa_hash_sha256(hex, FA_STR("abc"), err);

	(void)dir;
	(void)a;
	if (rc == FA_OK && strcmp(hex, sha256_abc) != 0)
		rc = fa_fail(err, FA_E_INPUT, "SHA-256 of abc is %s", hex);
	return rc;
}

static int
test_sm3(struct fa_str dir, struct fa_arena *a, struct fa_err *err)
{
	char hex[FA_HASH_HEX_BYTES];
	int rc = fa_hash_sm3(hex, FA_STR("abc"), err);

	(void)dir;
	(void)a;
	if (rc == FA_OK && strcmp(hex, sm3_abc) != 0)
		rc = fa_fail(err, FA_E_INPUT, "SM3 of abc is %s", hex);
	return rc;
}

static int
write_archive(struct fa_warc_place *place, struct fa_str path,
	struct fa_warc_exchange *x, struct fa_err *err)
{
	struct fa_warc *w;
	int64_t end;
	int rc = fa_warc_open(&w, path, 0, FA_STR("faceaudit self-test"), err);

	if (rc < 0)
		return rc;
	rc = fa_hash_sha256(x->payload_sha256, x->body, err);
	if (rc == FA_OK)
		rc = fa_warc_add(place, w, x, err);
	if (rc == FA_OK)
		rc = fa_warc_sync(w, &end, err);
	fa_warc_close(w);
	return rc;
}

static int
read_archive(struct fa_str path, const struct fa_warc_place *place,
	const struct fa_warc_exchange *x, struct fa_arena *a,
	struct fa_err *err)
{
	struct fa_warc_reader *r;
	struct fa_warc_record record;
	struct fa_http http;
	int rc = fa_warc_reader_open(&r, path, err);

	if (rc < 0)
		return rc;
	rc = fa_warc_read_at(&record, r, place->offset, a, err);
	fa_warc_reader_close(r);
	if (rc == FA_OK)
		rc = fa_http_parse(&http, record.block, a, err);
	if (rc == FA_OK &&
		(!fa_str_eq(http.body, x->body) ||
			!fa_str_eq(http.head, x->head) ||
			!fa_str_eq(record.url, x->url)))
		rc = fa_fail(err, FA_E_INPUT,
			"the archive gives other bytes than were put into it");
	return rc;
}

static int
test_archive(struct fa_str dir, struct fa_arena *a, struct fa_err *err)
{
	struct fa_warc_exchange x = { .url = FA_STR("https://app.example/test"),
		.at_us = 1,
		.request = FA_STR("GET /test HTTP/1.1\r\n\r\n"),
		.head = FA_STR("HTTP/1.1 200 OK\r\n\r\n"),
		.body = FA_STR(PAGE) };
	struct fa_warc_place place;
	struct fa_buf path FA_CLEANUP(fa_buf_done);
	int rc;

	fa_buf_init(&path, FA_FILE_PATH_BYTES);
	fa_buf_addf(&path, "%.*s/" ARCHIVE, FA_STR_ARG(dir));
	rc = fa_buf_rc(&path, "path", err);
	if (rc == FA_OK)
		rc = write_archive(&place, fa_buf_str(&path), &x, err);
	if (rc == FA_OK)
		rc = read_archive(fa_buf_str(&path), &place, &x, a, err);
	if (path.p)
		(void)unlink(path.p);
	return rc;
}

/* The page and who asks for it, in one thread: the server is a socket that is
 * looked after between two turns of the client. */
struct loop {
	int listening, peer;
	bool answered, ended, right;
	char why[FA_FETCH_DETAIL_BYTES + 64];
};

static int
listen_here(uint16_t *port, struct fa_err *err)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t n = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd >= 0 &&
		bind(fd, (const struct sockaddr *)&at, sizeof(at)) == 0 &&
		listen(fd, 1) == 0 &&
		getsockname(fd, (struct sockaddr *)&at, &n) == 0) {
		*port = ntohs(at.sin_port);
		return fd;
	}
	(void)fa_fail(err, FA_E_IO, "no server on a loopback address: %s",
		strerror(errno));
	if (fd >= 0)
		(void)close(fd);
	return -1;
}

/* Accepts, waits for the end of the request's head, answers and closes. */
static void
serve(struct loop *l)
{
	char buf[REQUEST_BYTES], head[128];
	ssize_t n;

	if (l->peer < 0)
		l->peer = accept(l->listening, NULL, NULL);
	if (l->peer < 0 || l->answered)
		return;
	n = recv(l->peer, buf, sizeof(buf), MSG_PEEK | MSG_DONTWAIT);
	if (n < 4 ||
		fa_str_find((struct fa_str){ buf, (size_t)n },
			FA_STR("\r\n\r\n"), 0) == SIZE_MAX)
		return;
	(void)recv(l->peer, buf, (size_t)n, MSG_DONTWAIT);
	(void)snprintf(head, sizeof(head),
		"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
		"Content-Length: %zu\r\nConnection: close\r\n\r\n",
		sizeof(PAGE) - 1);
	(void)send(l->peer, head, strlen(head), MSG_NOSIGNAL);
	(void)send(l->peer, PAGE, sizeof(PAGE) - 1, MSG_NOSIGNAL);
	l->answered = true;
	(void)close(l->peer);
	l->peer = -1;
}

static int
on_page(void *ctx, const struct fa_exchange *x, struct fa_err *err)
{
	struct loop *l = ctx;

	(void)err;
	l->ended = true;
	l->right = x->outcome == FA_OUT_OK && x->status == 200 &&
		fa_str_eq(x->body, FA_STR(PAGE)) && x->wire &&
		strcmp(x->wire->peer_ip, "127.0.0.1") == 0;
	if (!l->right)
		(void)snprintf(l->why, sizeof(l->why), "%s %d %s",
			fa_outcome_name(x->outcome), x->status, x->detail);
	return FA_OK;
}

static int
ask(struct loop *l, struct fa_fetcher f, uint16_t port, struct fa_err *err)
{
	char url[64];
	int rc;

	(void)snprintf(url, sizeof(url), "http://127.0.0.1:%u/", port);
	rc = f.start(f.self, &(struct fa_fetch_request){ .url = fa_str_c(url) },
		err);
	for (int i = 0;
		rc == FA_OK && !l->ended && i < FA_SELFTEST_WAIT_MS / TURN_MS;
		i++) {
		serve(l);
		rc = f.wait(f.self, TURN_MS, on_page, l, err);
	}
	if (rc == FA_OK && !l->ended)
		rc = fa_fail(err, FA_E_IO, "the page did not come in time");
	else if (rc == FA_OK && !l->right)
		rc = fa_fail(
			err, FA_E_INPUT, "the page came wrong: %s", l->why);
	return rc;
}

static int
test_page(struct fa_str dir, struct fa_arena *a, struct fa_err *err)
{
	struct fa_guard guard = { .n = 0 };
	struct fa_client_opts o = { .guard = &guard,
		.user_agent = "faceaudit-self-test",
		.in_flight = 1,
		.body_bytes = REQUEST_BYTES,
		.timeout_ms = FA_SELFTEST_WAIT_MS,
		.stall_s = FA_FETCH_STALL_S,
		.evidence = true };
	struct loop l = { .peer = -1 };
	struct fa_client *client;
	uint16_t port;
	int rc = fa_guard_allow(&guard, FA_STR("127.0.0.1"), err);

	(void)dir;
	(void)a;
	if (rc < 0)
		return rc;
	l.listening = listen_here(&port, err);
	if (l.listening < 0)
		return FA_E_IO;
	rc = fa_client_new(&client, &o, err);
	if (rc == FA_OK) {
		rc = ask(&l, fa_client_fetcher(client), port, err);
		fa_client_free(client);
	}
	if (l.peer >= 0)
		(void)close(l.peer);
	(void)close(l.listening);
	return rc;
}

int
fa_selftest_run(struct fa_selftest *out, struct fa_str dir, struct fa_arena *a,
	struct fa_err *err)
{
	static const struct {
		const char *name;
		int (*run)(struct fa_str dir, struct fa_arena *a,
			struct fa_err *err);
	} tests[] = { { "sha256 of a known text", test_sha256 },
		{ "sm3 of a known text", test_sm3 },
		{ "archive written and read", test_archive },
		{ "capture of a page of its own", test_page } };
	struct fa_err why;

	memset(out, 0, sizeof(*out));
	out->passed = true;
	for (size_t i = 0; i < FA_COUNT(tests); i++) {
		int rc = tests[i].run(dir, a, &why);

		if (rc == FA_E_NOMEM)
			return fa_fail(err, rc, "%s", why.msg);
		out->at[i].name = tests[i].name;
		out->at[i].passed = rc == FA_OK;
		if (rc < 0)
			out->at[i].why = fa_arena_dup(a, fa_str_c(why.msg));
		out->passed = out->passed && rc == FA_OK;
		out->n++;
	}
	return FA_OK;
}

void
fa_selftest_write(struct fa_jw *w, const struct fa_selftest *t)
{
	fa_jw_object(w);
	fa_jw_kbool(w, "passed", t->passed);
	fa_jw_key(w, "tests");
	fa_jw_array(w);
	for (size_t i = 0; i < t->n; i++) {
		fa_jw_object(w);
		fa_jw_kstr(w, "name", fa_str_c(t->at[i].name));
		fa_jw_kbool(w, "passed", t->at[i].passed);
		fa_jw_kstr(w, "why", t->at[i].why);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_end(w, '}');
}
