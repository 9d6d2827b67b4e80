/* What is known of the connection of one exchange when the client keeps
 * evidence: which addresses its name had, which one was used, and whom the
 * server showed itself to be. */
#ifndef FA_FETCH_WIRE_H
#define FA_FETCH_WIRE_H

#include <stdint.h>

#include "base/hash.h"
#include "base/str.h"
#include "fetch/dns.h"
#include "fetch/guard.h"

#define FA_WIRE_CHAIN_BYTES (512u << 10) /* certificates of one server */
#define FA_WIRE_TEXT_BYTES 96
#define FA_WIRE_RESOLVER_BYTES 64

struct fa_wire {
	/* Who answered for the name: "system", "literal" (the URL holds the
	 * address), "given" (by the caller), or "server 192.0.2.1". */
	char resolver[FA_WIRE_RESOLVER_BYTES];
	struct fa_dns_answer dns;
	/* "": not connected, or unknown. */
	char local_ip[FA_GUARD_TEXT_BYTES], peer_ip[FA_GUARD_TEXT_BYTES];
	uint16_t local_port, peer_port;
	/* "TLSv1.3", "TLS_AES_256_GCM_SHA384"; "": no TLS, or no handshake. */
	char tls[FA_WIRE_TEXT_BYTES], cipher[FA_WIRE_TEXT_BYTES];
	/* Certificates as the server sent them, leaf first, PEM; valid during
	 * the call as the texts of the exchange; absent: none. */
	struct fa_str chain;
	uint32_t chain_n;
	char leaf_sha256[FA_HASH_HEX_BYTES]; /* of its DER form; "": none */
	/* Microseconds: for the name; from the beginning of the request to
	 * the connection, the end of the handshake, the first byte and the
	 * last. 0: that did not happen. */
	int64_t dns_us, connect_us, tls_us, first_us, total_us;
};

#endif
