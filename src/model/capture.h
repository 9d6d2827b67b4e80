/* What became of a request, and for what a page was asked. The names are those
 * of faceaudit-store(5). */
#ifndef FA_MODEL_CAPTURE_H
#define FA_MODEL_CAPTURE_H

#include <stdbool.h>

#include "base/str.h"

/* What became of a URL. Everything but OK and REDIRECT is a reason why a
 * document is missing, which is another thing than a document that is silent:
 * obligations that depend on it are cannot_tell. */
enum fa_outcome {
	FA_OUT_FOUND,    /* a page names it, nobody asked for it */
	FA_OUT_PENDING,  /* not tried to the end yet */
	FA_OUT_OK,       /* a page was obtained */
	FA_OUT_REDIRECT, /* leads to another URL */

	/* Not asked for. */
	FA_OUT_BAD_URL,   /* malformed, or neither http nor https */
	FA_OUT_ROBOTS,    /* robots.txt does not allow it (RFC 9309) */
	FA_OUT_FORBIDDEN, /* its addresses are not public */

	/* No answer, or half of one. */
	FA_OUT_DNS,        /* the name does not resolve */
	FA_OUT_REFUSED,    /* no connection */
	FA_OUT_TLS,        /* certificate or handshake */
	FA_OUT_TIMEOUT,    /* too slow */
	FA_OUT_RESET,      /* the connection broke before an answer */
	FA_OUT_TRUNCATED,  /* ... in the middle of the body */
	FA_OUT_BAD_HTTP,   /* no HTTP, broken chunks, endless headers */
	FA_OUT_TOO_LARGE,  /* more bytes than the limit, coded or decoded */
	FA_OUT_BAD_CODING, /* unknown or broken content encoding */

	/* An answer that is no page. */
	FA_OUT_BLOCKED,      /* 401, 403, 407, 429, 451, or a robot check */
	FA_OUT_GONE,         /* 404, 410 */
	FA_OUT_HTTP_ERROR,   /* other 4xx, 1xx, odd 2xx */
	FA_OUT_SERVER_ERROR, /* 5xx */
	FA_OUT_REDIRECT_LOOP,
	FA_OUT_TOO_MANY_REDIRECTS,
	FA_OUT_BAD_REDIRECT, /* without a usable Location */

	/* A page without the text that was looked for. */
	FA_OUT_UNSUPPORTED_TYPE, /* image, archive, PDF ... */
	FA_OUT_EMPTY_SHELL,      /* a script would have to draw it */
	FA_OUT_LOGIN_WALL,       /* asks to log in first */
	FA_OUT_NOT_A_POLICY,     /* text, but no policy */

	/* A target without a URL to ask for. */
	FA_OUT_NO_POLICY_LINK, /* the listing or home page names none */
	FA_OUT_NO_URL,         /* neither URL nor a store that is known */
	FA_OUT_NOT_ARCHIVED    /* the archive that is read holds no such URL */
};
#define FA_OUT_COUNT 30

const char *fa_outcome_name(enum fa_outcome o); /* "too_large" */
int fa_outcome_parse(struct fa_str s);          /* -1: unknown */
/* May the next try end better? */
bool fa_outcome_passes(enum fa_outcome o);

/* For what a page is asked. */
enum fa_role {
	FA_ROLE_LISTING,    /* page or record of an app store */
	FA_ROLE_HOME,       /* home page of the app or its publisher */
	FA_ROLE_POLICY,     /* privacy policy */
	FA_ROLE_CHILDREN,   /* rules for children's data */
	FA_ROLE_FACE,       /* face-service agreement, face notice */
	FA_ROLE_SDK,        /* list of SDKs and other third parties */
	FA_ROLE_PERMISSION, /* list of permissions */
	FA_ROLE_COLLECTION, /* list of collected data */
	FA_ROLE_AGREEMENT   /* user agreement */
};
#define FA_ROLE_COUNT 9

const char *fa_role_name(enum fa_role r); /* "policy" */
int fa_role_parse(struct fa_str s);
/* Does the role stand for a document that is judged (not a listing or home
 * page)? */
bool fa_role_judged(enum fa_role r);

#endif
