/* Evidence mode of the crawl: what is known of each connection, and who is
 * told of it. */
#include <string.h>

#include "crawl/internal.h"

/* A certificate as one field: the base64 of its PEM form without the lines
 * around it and between. */
static void
add_certificates(struct fa_buf *b, struct fa_str chain)
{
	struct fa_str rest = chain;

	while (rest.p && rest.n > 0) {
		struct fa_str line = fa_str_trim(fa_str_cut(&rest, '\n'));

		if (fa_str_starts(line, FA_STR("-----BEGIN")))
			fa_buf_adds(b, "tlsCertificate: ");
		else if (fa_str_starts(line, FA_STR("-----END")))
			fa_buf_adds(b, "\r\n");
		else
			fa_buf_add(b, line);
	}
}

void
fa_crawl_wire_fields(struct fa_buf *b, const struct fa_wire *w)
{
	fa_buf_addf(b, "resolver: %s\r\n", w->resolver);
	for (size_t i = 0; i < w->dns.n; i++)
		fa_buf_addf(b, "dnsAnswer: %s\r\n", w->dns.at[i]);
	if (w->dns.alias[0])
		fa_buf_addf(b, "dnsAlias: %s\r\n", w->dns.alias);
	if (w->peer_port != 0)
		fa_buf_addf(b, "peer: %s %u\r\nlocal: %s %u\r\n", w->peer_ip,
			(unsigned)w->peer_port, w->local_ip,
			(unsigned)w->local_port);
	if (w->tls[0])
		fa_buf_addf(b, "tlsVersion: %s\r\ntlsCipher: %s\r\n", w->tls,
			w->cipher);
	if (w->leaf_sha256[0])
		fa_buf_addf(b, "tlsLeafSha256: %s\r\n", w->leaf_sha256);
	if (w->chain.p)
		add_certificates(b, w->chain);
}

int
fa_crawl_tell(
	struct fa_crawl *c, const struct fa_crawl_event *e, struct fa_err *err)
{
	if (!c->o->witness)
		return FA_OK;
	return c->o->witness(c->o->ctx, e, err);
}
