#include "fetch/client.h"

#include <assert.h>
#include <limits.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "fetch/client_end.h"
#include "fetch/client_wire.h"
#include "fetch/curl.h"

#define ARENA_BYTES ((size_t)64 << 20)
#define KEEP_BYTES (256u << 10) /* of a body buffer between two requests */
#define IDLE_CONNECTIONS                                                       \
	4 /* per request in flight; fewer are closed too                       \
	   * early when hosts take turns */

struct fa_client {
	struct fa_arena arena;
	struct fa_client_opts opts;
	CURLM *multi;
	struct curl_slist *resolve;
	struct fa_transfer *slots;
	size_t live;
	size_t buffered; /* bytes of bodies that are held */
	bool curl_ready;
};

static int64_t
now_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* The address is the one that will be connected to: neither a redirect nor a
 * name that resolves anew gets around this. */
static curl_socket_t
open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *addr)
{
	struct fa_transfer *t = ctx;
	const struct fa_client_opts *o = &t->client->opts;
	char ip[FA_GUARD_TEXT_BYTES];

	(void)purpose;
	fa_guard_text(&addr->addr, ip);
	if (!fa_guard_permits(o->guard, &addr->addr)) {
		t->forbidden = true;
		if (!t->ip[0])
			memcpy(t->ip, ip, sizeof(ip));
		return CURL_SOCKET_BAD;
	}
	if (o->admit && !o->admit(o->ctx, t->host, ip)) {
		t->busy = true;
		return CURL_SOCKET_BAD;
	}
	t->allowed = true;
	memcpy(t->ip, ip, sizeof(ip));
	return socket(
		addr->family, addr->socktype | SOCK_CLOEXEC, addr->protocol);
}

/* Bodies of all requests together have a limit; beyond it only one request
 * goes on, the others wait until it is done. */
static bool
must_wait(struct fa_transfer *t, size_t n)
{
	struct fa_client *c = t->client;

	if (c->buffered + n <= FA_FETCH_BUFFER_BYTES || t->over_budget)
		return false;
	for (size_t i = 0; i < c->opts.in_flight; i++)
		if (c->slots[i].over_budget)
			return true;
	t->over_budget = true;
	return false;
}

static size_t
on_body(char *data, size_t size, size_t count, void *ctx)
{
	struct fa_transfer *t = ctx;
	size_t n = size * count;

	t->body_begun = true;
	if (t->body.n + n > t->client->opts.body_bytes) {
		t->over = true;
		return 0;
	}
	if (must_wait(t, n)) {
		t->paused = true;
		return CURL_WRITEFUNC_PAUSE;
	}
	fa_buf_add(&t->body, (struct fa_str){ data, n });
	t->client->buffered += n;
	return t->body.rc == 0 ? n : 0;
}

/* Keeps the fields of the final answer; trailers behind a body are left out,
 * as the body is kept without its chunks. */
static size_t
on_head(char *data, size_t size, size_t count, void *ctx)
{
	struct fa_transfer *t = ctx;
	struct fa_str line = { data, size * count };

	if (t->body_begun)
		return line.n;
	if (fa_str_starts(line, FA_STR("HTTP/")))
		fa_buf_reset(&t->head);
	if (t->head.n + line.n > FA_FETCH_HEAD_BYTES) {
		t->over_head = true;
		return 0;
	}
	fa_buf_add(&t->head, line);
	return t->head.rc == 0 ? line.n : 0;
}

/* The bytes of the request with its body, of the last one when curl had to
 * send it again on a new connection. */
static int
on_debug(CURL *easy, curl_infotype type, char *data, size_t n, void *ctx)
{
	struct fa_transfer *t = ctx;

	(void)easy;
	if (type == CURLINFO_HEADER_OUT) {
		fa_buf_reset(&t->request);
		fa_buf_add(&t->request, (struct fa_str){ data, n });
	} else if (type == CURLINFO_DATA_OUT) {
		fa_buf_add(&t->request, (struct fa_str){ data, n });
	} else if (type == CURLINFO_TEXT) {
		fa_client_wire_hear(t, (struct fa_str){ data, n });
	}
	return 0;
}

static bool
set_callbacks(CURL *e, struct fa_transfer *t, struct curl_slist *resolve)
{
	const struct fa_curl *curl = fa_curl();

	return curl->easy_setopt(e, CURLOPT_PRIVATE, t) == CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body) ==
		CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_WRITEDATA, t) == CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_HEADERFUNCTION, on_head) ==
		CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_HEADERDATA, t) == CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_DEBUGFUNCTION, on_debug) ==
		CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_DEBUGDATA, t) == CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, open_socket) ==
		CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_OPENSOCKETDATA, t) == CURLE_OK &&
		curl->easy_setopt(e, CURLOPT_ERRORBUFFER, t->why) == CURLE_OK &&
		(!resolve ||
			curl->easy_setopt(e, CURLOPT_RESOLVE, resolve) ==
				CURLE_OK);
}

static int
make_slot(struct fa_client *c, struct fa_transfer *t, struct fa_err *err)
{
	t->client = c;
	fa_buf_init(&t->request, FA_FETCH_HEAD_BYTES + FA_FETCH_BODY_BYTES);
	fa_buf_init(&t->head, FA_FETCH_HEAD_BYTES);
	fa_buf_init(&t->body, c->opts.body_bytes);
	fa_buf_init(&t->chain, FA_WIRE_CHAIN_BYTES);
	t->opts = &c->opts;
	if (c->opts.evidence) {
		t->wire = fa_arena_new(&c->arena, 1, sizeof(*t->wire));
		if (!t->wire)
			return fa_fail(
				err, FA_E_NOMEM, "no memory for a request");
	}
	t->easy = fa_curl()->easy_init();
	if (t->easy && (!t->wire || fa_client_wire_set(t->easy)) &&
		fa_transfer_rules(t->easy, &c->opts) &&
		set_callbacks(t->easy, t, t->wire ? NULL : c->resolve))
		return FA_OK;
	return fa_fail(err, FA_E_NOMEM, "no memory for a request");
}

static int
set_resolve(struct fa_client *c, struct fa_err *err)
{
	for (size_t i = 0; i < c->opts.resolve_n; i++) {
		struct curl_slist *l =
			fa_curl()->slist_append(c->resolve, c->opts.resolve[i]);

		if (!l)
			return fa_fail(err, FA_E_NOMEM, "no memory for names");
		c->resolve = l;
	}
	return FA_OK;
}

static int
set_up(struct fa_client *c, struct fa_err *err)
{
	int rc;

	if (fa_curl()->global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return fa_fail(err, FA_E_NOMEM, "libcurl does not start");
	c->curl_ready = true;
	c->multi = fa_curl()->multi_init();
	c->slots =
		fa_arena_new(&c->arena, c->opts.in_flight, sizeof(*c->slots));
	if (!c->multi || !c->slots)
		return fa_fail(err, FA_E_NOMEM, "no memory for requests");
	if (fa_curl()->multi_setopt(c->multi, CURLMOPT_MAXCONNECTS,
		    (long)c->opts.in_flight * IDLE_CONNECTIONS) != CURLM_OK ||
		fa_curl()->multi_setopt(c->multi, CURLMOPT_PIPELINING,
			(long)CURLPIPE_NOTHING) != CURLM_OK)
		return fa_fail(err, FA_E_NOMEM, "no memory for requests");
	rc = set_resolve(c, err);
	for (size_t i = 0; i < c->opts.in_flight && rc == FA_OK; i++)
		rc = make_slot(c, &c->slots[i], err);
	return rc;
}

int
fa_client_new(struct fa_client **out, const struct fa_client_opts *opts,
	struct fa_err *err)
{
	struct fa_arena arena;
	struct fa_client *c;
	int rc = fa_curl_open(err);

	assert(opts->in_flight > 0 &&
		opts->in_flight <= FA_FETCH_IN_FLIGHT_MAX);
	if (rc < 0)
		return rc;
	fa_arena_init(&arena, ARENA_BYTES);
	c = fa_arena_new(&arena, 1, sizeof(*c));
	if (!c)
		return fa_fail(err, FA_E_NOMEM, "no memory for requests");
	c->arena = arena;
	c->opts = *opts;
	rc = set_up(c, err);
	if (rc < 0)
		fa_client_free(c);
	else
		*out = c;
	return rc;
}

void
fa_client_free(struct fa_client *c)
{
	struct fa_arena arena;

	if (!c)
		return;
	for (size_t i = 0; c->slots && i < c->opts.in_flight; i++) {
		struct fa_transfer *t = &c->slots[i];

		if (t->live)
			(void)fa_curl()->multi_remove_handle(c->multi, t->easy);
		fa_curl()->easy_cleanup(t->easy);
		fa_curl()->slist_free_all(t->fields);
		fa_buf_done(&t->request);
		fa_buf_done(&t->head);
		fa_buf_done(&t->body);
		fa_buf_done(&t->chain);
		fa_curl()->slist_free_all(t->pin);
	}
	(void)fa_curl()->multi_cleanup(c->multi);
	fa_curl()->slist_free_all(c->resolve);
	if (c->curl_ready)
		fa_curl()->global_cleanup();
	arena = c->arena;
	fa_arena_done(&arena);
}

static void
clear(struct fa_transfer *t)
{
	if (t->request.cap > KEEP_BYTES) {
		fa_buf_done(&t->request);
		fa_buf_init(
			&t->request, FA_FETCH_HEAD_BYTES + FA_FETCH_BODY_BYTES);
	} else {
		fa_buf_reset(&t->request);
	}
	fa_buf_reset(&t->head);
	if (t->body.cap > KEEP_BYTES) {
		fa_buf_done(&t->body);
		fa_buf_init(&t->body, t->client->opts.body_bytes);
	} else {
		fa_buf_reset(&t->body);
	}
	t->forbidden = t->allowed = t->busy = t->over = t->over_head = false;
	t->paused = t->over_budget = t->body_begun = false;
	t->ip[0] = t->why[0] = '\0';
	fa_curl()->slist_free_all(t->fields);
	t->fields = NULL;
	fa_client_wire_clear(t);
}

/* Lets the transfer begin; one without an address ends in the next wait. */
static bool
launch(struct fa_transfer *t, struct fa_str url)
{
	int rc = FA_OK;

	if (t->wire && !fa_client_wire_resolve(&rc, t, url))
		t->doomed = rc == FA_OK;
	if (rc < 0)
		return false;
	return t->doomed ||
		fa_curl()->multi_add_handle(t->client->multi, t->easy) ==
		CURLM_OK;
}

static int
start(void *self, const struct fa_fetch_request *r, struct fa_err *err)
{
	struct fa_client *c = self;
	struct fa_transfer *t = c->slots;
	struct fa_buf url;
	bool ok;

	if (r->method.p && !fa_transfer_is_token(r->method))
		return fa_fail(err, FA_E_INPUT, "'%.*s' is no HTTP method",
			FA_STR_ARG(fa_str_sub(r->method, 0, 40)));
	while (t->live)
		t++;
	clear(t);
	t->tag = r->tag;
	t->host = r->host;
	ok = fa_transfer_prepare(t, r);
	fa_buf_init(&url, FA_FETCH_HEAD_BYTES);
	fa_buf_add(&url, r->url);
	ok = ok && url.rc == 0 &&
		fa_curl()->easy_setopt(t->easy, CURLOPT_URL, url.p) ==
			CURLE_OK &&
		fa_curl()->easy_setopt(
			t->easy, CURLOPT_HTTPHEADER, t->fields) == CURLE_OK;
	fa_buf_done(&url);
	t->at_us = now_us();
	if (!ok || !launch(t, r->url))
		return fa_fail(err, FA_E_NOMEM, "no memory for a request");
	t->live = true;
	c->live++;
	return FA_OK;
}

/* New requests wait when bodies fill the memory that they may have. */
static size_t
room(void *self)
{
	const struct fa_client *c = self;

	if (c->buffered >= FA_FETCH_BUFFER_BYTES / 2 && c->live > 0)
		return 0;
	return c->opts.in_flight - c->live;
}

static void
go_on(struct fa_client *c)
{
	for (size_t i = 0; i < c->opts.in_flight; i++) {
		struct fa_transfer *t = &c->slots[i];

		if (!t->live || !t->paused)
			continue;
		t->paused = false;
		(void)fa_curl()->easy_pause(t->easy, CURLPAUSE_CONT);
	}
}

static int
finish(struct fa_transfer *t, CURLcode code, fa_exchange_fn *fn, void *ctx,
	struct fa_err *err)
{
	struct fa_client *c = t->client;
	struct fa_exchange x;
	bool freed;
	int rc;

	if (!t->doomed)
		(void)fa_curl()->multi_remove_handle(c->multi, t->easy);
	if (t->wire)
		fa_client_wire_end(t);
	fa_transfer_end(&x, t, code);
	x.elapsed_ms = (uint32_t)((now_us() - t->at_us) / 1000);
	t->live = false;
	c->live--;
	rc = fn(ctx, &x, err);
	c->buffered -= t->body.n;
	freed = t->over_budget || c->buffered < FA_FETCH_BUFFER_BYTES / 2;
	clear(t);
	if (freed)
		go_on(c);
	return rc;
}

static int
finish_doomed(bool *any, struct fa_client *c, fa_exchange_fn *fn, void *ctx,
	struct fa_err *err)
{
	int rc = FA_OK;

	for (size_t i = 0; i < c->opts.in_flight && rc == FA_OK; i++) {
		struct fa_transfer *t = &c->slots[i];

		if (!t->live || !t->doomed)
			continue;
		*any = true;
		rc = finish(t, CURLE_COULDNT_RESOLVE_HOST, fn, ctx, err);
	}
	return rc;
}

static int
wait(void *self, int64_t max_ms, fa_exchange_fn *fn, void *ctx,
	struct fa_err *err)
{
	struct fa_client *c = self;
	struct fa_transfer *t;
	CURLMsg *msg;
	int running = 0, left, rc;
	bool any = false;

	rc = finish_doomed(&any, c, fn, ctx, err);
	if (rc < 0)
		return rc;
	if (fa_curl()->multi_perform(c->multi, &running) != CURLM_OK)
		return fa_fail(err, FA_E_NOMEM, "libcurl fails");
	for (int turn = 0; turn < 2 && !any; turn++) {
		if (turn == 1) {
			if (max_ms > INT_MAX)
				max_ms = INT_MAX;
			(void)fa_curl()->multi_poll(
				c->multi, NULL, 0, (int)max_ms, NULL);
			if (fa_curl()->multi_perform(c->multi, &running) !=
				CURLM_OK)
				return fa_fail(
					err, FA_E_NOMEM, "libcurl fails");
		}
		while (rc == FA_OK &&
			(msg = fa_curl()->multi_info_read(c->multi, &left))) {
			if (msg->msg != CURLMSG_DONE)
				continue;
			any = true;
			(void)fa_curl()->easy_getinfo(
				msg->easy_handle, CURLINFO_PRIVATE, &t);
			rc = finish(t, msg->data.result, fn, ctx, err);
		}
	}
	return rc;
}

struct fa_fetcher
fa_client_fetcher(struct fa_client *c)
{
	return (struct fa_fetcher){ c, start, room, wait };
}
