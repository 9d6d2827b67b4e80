/* The service on a socket: pages by HTTP/1.1 on loopback. Captures do not go
 * by the HTTP library, which would read them into memory: a connection is
 * looked at before it is handed over, and the bytes of a capture are moved
 * from its socket to the child by the kernel. Each connection carries
 * one request for that reason.
 *
 * One thread does everything, so a capture that comes slowly makes others
 * wait, for FC_SERVE_PATIENCE_MS before and after its pixels and
 * FC_CHILD_TIMEOUT_MS for these, at most: a worked example and a target for
 * audits, not a server for many. */
#ifndef FC_SERVE_SERVE_H
#define FC_SERVE_SERVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/str.h"
#include "facecheck/serve/app.h"
#include "facecheck/serve/case.h"

#define FC_SERVE_PENDING 64       /* connections that have not said anything */
#define FC_SERVE_PENDING_MS 10000 /* and how long they may be silent */
#define FC_SERVE_AT_ONCE 64       /* requests */
/* For the head of a capture, for its answer to be taken, for what is left. */
#define FC_SERVE_PATIENCE_MS 3000

struct fc_serve_opts {
	struct fc_app_opts app;
	struct fa_str address; /* number; absent: 127.0.0.1 */
	uint16_t port;         /* 0: any that is free */
	bool anywhere;         /* permits an address that is not loopback */
};

struct fc_server;

/* Listens. FA_E_USAGE for an address that is none, or that is not loopback
 * unless permitted; FA_E_IO when it cannot be had. What o points to lives until
 * fc_server_free. */
FA_MUST_CHECK int fc_server_new(struct fc_server **out,
	const struct fc_serve_opts *o, struct fa_err *err);
void fc_server_free(struct fc_server *s); /* NULL is fine */
/* "http://127.0.0.1:8080/"; lives in s. */
struct fa_str fc_server_url(const struct fc_server *s);
/* As fc_app_level. */
enum fc_level fc_server_level(const struct fc_server *s, const char **lack);
/* Serves until stop_fd becomes readable or is closed at its other end. */
FA_MUST_CHECK int fc_server_run(
	struct fc_server *s, int stop_fd, struct fa_err *err);

#endif
