/* Names to addresses: as the system answers, or as one server answers that is
 * asked directly (RFC 1035, over UDP, and over TCP when the answer is cut), so
 * that what two resolvers say can be compared. All answers are given, in their
 * order; which of them may be connected to is the business of the guard. */
#ifndef FA_FETCH_DNS_H
#define FA_FETCH_DNS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "fetch/guard.h"

#define FA_DNS_ADDRESSES 32        /* kept of one name; more are only noted */
#define FA_DNS_NAME_BYTES 254      /* longest name as text, with its NUL */
#define FA_DNS_MESSAGE_BYTES 65535 /* longest message (RFC 1035, 4.2.2) */
#define FA_DNS_ALIASES 16          /* CNAME records followed */
#define FA_DNS_TRY_MS 2000         /* for one answer of the server */
#define FA_DNS_TRIES 2

enum fa_dns_type { FA_DNS_A = 1, FA_DNS_AAAA = 28 };

struct fa_dns_answer {
	char at[FA_DNS_ADDRESSES][FA_GUARD_TEXT_BYTES]; /* each once */
	size_t n;
	bool more; /* there were more than FA_DNS_ADDRESSES */
	/* Of a server that was asked directly: */
	unsigned rcode; /* 0: no error, 3: there is no such name */
	bool cut;       /* TC: to be asked for over TCP */
	uint32_t ttl_s; /* smallest; of the addresses */
	char alias[FA_DNS_NAME_BYTES]; /* where CNAMEs lead; "": none */
};

struct fa_dns_server {
	struct sockaddr_storage addr;
	socklen_t addr_n;
};

/* "192.0.2.1", "192.0.2.1:5353", "2001:db8::1", "[2001:db8::1]:5353"; port 53
 * unless given. FA_E_USAGE for anything else. */
FA_MUST_CHECK int fa_dns_server_parse(
	struct fa_dns_server *out, struct fa_str s, struct fa_err *err);

/* What getaddrinfo gives. FA_E_NOTFOUND with its reason when that is nothing.
 */
FA_MUST_CHECK int fa_dns_system(
	struct fa_dns_answer *out, struct fa_str name, struct fa_err *err);
/* What the server answers to A and AAAA, in this order. FA_E_NOTFOUND when it
 * says that there is no address, FA_E_IO when it does not answer, FA_E_INPUT
 * when its answer is malformed. */
FA_MUST_CHECK int fa_dns_ask(struct fa_dns_answer *out,
	const struct fa_dns_server *server, struct fa_str name,
	struct fa_err *err);

/* The message that asks for name (recursion desired). FA_E_INPUT when it is no
 * host name of RFC 1035 (labels of 1 to 63 bytes, 253 in all). */
FA_MUST_CHECK int fa_dns_question(struct fa_buf *out, uint16_t id,
	struct fa_str name, enum fa_dns_type type, struct fa_err *err);
/* Adds the addresses of an answer to *out: of the name that was asked for, or
 * where its CNAME records lead. FA_E_INPUT when the message is malformed, or
 * the answer to another question; *out is untouched then. */
FA_MUST_CHECK int fa_dns_read(struct fa_dns_answer *out, struct fa_str message,
	uint16_t id, struct fa_str name, enum fa_dns_type type,
	struct fa_err *err);

#endif
