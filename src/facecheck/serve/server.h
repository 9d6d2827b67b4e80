/* What the parts of the server share with each other. */
#ifndef FC_SERVE_SERVER_H
#define FC_SERVE_SERVER_H

#include "base/arena.h"
#include "base/buf.h"
#include "facecheck/serve/serve.h"

#define FC_URL_BYTES 80
#define FC_COOKIE_BYTES 24

struct MHD_Daemon;

/* A request whose body comes in. */
struct fc_exchange {
	bool busy, refused;
	struct fa_buf body;
};

struct fc_server {
	struct fa_arena arena;
	const struct fc_serve_opts *o;
	struct fc_app *app;
	struct MHD_Daemon *daemon;
	struct fc_reply reply; /* of the request at hand */
	struct fc_exchange exchanges[FC_SERVE_AT_ONCE];
	int fd; /* listens */
	char url[FC_URL_BYTES];
	char host[FC_URL_BYTES]; /* "127.0.0.1:8080" */
	char port[8];
	/* "fcsession-8080": ports share their cookies, and two services may
	 * be looked at side by side. */
	char cookie[FC_COOKIE_BYTES];
	int rc; /* first failure of the service, or 0 */
	struct fa_err err;
};

FA_MUST_CHECK int fc_http_start(struct fc_server *s, struct fa_err *err);
void fc_http_stop(struct fc_server *s);
/* The library's turn; its descriptor for poll, and how long it can wait. */
int fc_http_fd(const struct fc_server *s);
int fc_http_wait_ms(const struct fc_server *s);
void fc_http_run(struct fc_server *s);
/* Hands a connection over; it is closed by the library, or here on failure. */
void fc_http_add(struct fc_server *s, int fd);
/* Is it one of our names? Else a page elsewhere could reach us under its own
 * (DNS rebinding). */
bool fc_server_host_ok(const struct fc_server *s, struct fa_str host);

enum fc_door {
	FC_DOOR_WAIT, /* not enough has come to tell */
	FC_DOOR_PAGE, /* for the HTTP library */
	FC_DOOR_DONE  /* was a capture, or nothing: closed */
};
/* Looks at a new connection, and takes it when it brings a capture. */
enum fc_door fc_door_look(struct fc_server *s, int fd);

#endif
