/* Which hosts are one site. */
#include <string.h>

#include "fetch/psl.h"
#include "fetch/url.h"
#include "fetch/url_host.h"

static bool
copy_host(char z[FA_URL_HOST_BYTES], struct fa_str host)
{
	if (host.n == 0 || host.n >= FA_URL_HOST_BYTES ||
		memchr(host.p, '\0', host.n) != NULL)
		return false;
	memcpy(z, host.p, host.n);
	z[host.n] = '\0';
	return true;
}

bool
fa_url_same_site(struct fa_str a, struct fa_str b)
{
	const psl_ctx_t *psl;
	char za[FA_URL_HOST_BYTES], zb[FA_URL_HOST_BYTES];
	const char *da, *db;
	struct fa_err err;

	if (a.n > 0 && fa_str_eq(a, b))
		return true;
	/* It is open when URLs have been parsed. */
	if (fa_psl_open(&err) < 0)
		return false;
	/* The list that libpsl was built with, so that an answer does not
	 * depend on files of the machine. */
	psl = fa_psl()->builtin();
	if (psl == NULL || !copy_host(za, a) || !copy_host(zb, b) ||
		fa_url_host_is_address(a) || fa_url_host_is_address(b))
		return false;
	da = fa_psl()->registrable_domain(psl, za);
	db = fa_psl()->registrable_domain(psl, zb);
	return da != NULL && db != NULL && strcmp(da, db) == 0;
}
