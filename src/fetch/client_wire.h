/* The part of the client that keeps evidence of connections. Private to fetch.
 */
#ifndef FA_FETCH_CLIENT_WIRE_H
#define FA_FETCH_CLIENT_WIRE_H

#include "fetch/client_end.h"

/* Sets what every request needs: certificates are kept, and no connection or
 * TLS session serves twice, so that each exchange shows its own. */
FA_MUST_CHECK bool fa_client_wire_set(CURL *easy);
/* Finds the addresses of the URL's host, and lets the transfer connect to no
 * others. False: there are none; t->why says why. FA_E_NOMEM is *rc. */
FA_MUST_CHECK bool fa_client_wire_resolve(
	int *rc, struct fa_transfer *t, struct fa_str url);
/* What libcurl says while it works. */
void fa_client_wire_hear(struct fa_transfer *t, struct fa_str line);
/* When the transfer has ended. */
void fa_client_wire_end(struct fa_transfer *t);
void fa_client_wire_clear(struct fa_transfer *t);

#endif
