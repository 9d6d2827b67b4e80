/* The network as this machine sees it, and whom it trusts. */
#define _GNU_SOURCE /* IFF_UP and its kin */
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/num.h"
#include "case/environ.h"
#include "fetch/guard.h"

#define LINE_BYTES 256

static int
no_memory(struct fa_err *err)
{
	return fa_fail(err, FA_E_NOMEM, "no memory for the network");
}

static struct fa_str *
new_list(struct fa_arena *a)
{
	return fa_arena_new(a, FA_ENVIRON_LIST_MAX, sizeof(struct fa_str));
}

static int
set_addresses(struct fa_environ *out, struct fa_arena *a, struct fa_err *err)
{
	struct ifaddrs *list = NULL;

	out->addresses =
		fa_arena_new(a, FA_ENVIRON_LIST_MAX, sizeof(*out->addresses));
	if (!out->addresses)
		return no_memory(err);
	if (getifaddrs(&list) != 0)
		return FA_OK;
	for (const struct ifaddrs *i = list;
		i && out->addresses_n < FA_ENVIRON_LIST_MAX; i = i->ifa_next) {
		struct fa_environ_address *x =
			&out->addresses[out->addresses_n];
		char text[FA_GUARD_TEXT_BYTES] = "";

		if (i->ifa_addr)
			fa_guard_text(i->ifa_addr, text);
		if (!text[0])
			continue;
		x->interface = fa_arena_dup(a, fa_str_c(i->ifa_name));
		x->address = fa_arena_dup(a, fa_str_c(text));
		x->up = (i->ifa_flags & IFF_UP) != 0;
		x->loopback = (i->ifa_flags & IFF_LOOPBACK) != 0;
		if (x->interface.p && x->address.p)
			out->addresses_n++;
	}
	freeifaddrs(list);
	return FA_OK;
}

/* The next word of a line in columns. */
static struct fa_str
word(struct fa_str *rest)
{
	struct fa_str w;
	size_t i = 0, from;

	while (i < rest->n && (rest->p[i] == ' ' || rest->p[i] == '\t'))
		i++;
	from = i;
	while (i < rest->n && rest->p[i] != ' ' && rest->p[i] != '\t')
		i++;
	w = fa_str_sub(*rest, from, i);
	*rest = fa_str_sub(*rest, i, rest->n);
	return w;
}

/* /proc/net/route: interface, destination, gateway, all in hex of the
 * machine's own byte order. */
static struct fa_str
default_route(const char *root, struct fa_arena *a)
{
	struct fa_str rest = fa_environ_file(root, "/proc/net/route", a);
	char line[LINE_BYTES], ip[INET_ADDRSTRLEN];

	while (rest.p) {
		struct fa_str row = fa_str_cut(&rest, '\n');
		struct fa_str name = word(&row), to = word(&row);
		struct fa_str gateway = word(&row);
		struct in_addr in;
		uint64_t g;

		if (!fa_str_eq(to, FA_STR("00000000")) ||
			!fa_num_hex(gateway, UINT32_MAX, &g))
			continue;
		in.s_addr = (in_addr_t)g;
		if (!inet_ntop(AF_INET, &in, ip, sizeof(ip)))
			continue;
		(void)snprintf(line, sizeof(line), "%s dev %.*s", ip,
			FA_STR_ARG(fa_str_sub(name, 0, 32)));
		return fa_arena_dup(a, fa_str_c(line));
	}
	return FA_STR_NONE;
}

static struct fa_str
digest(struct fa_str text, struct fa_arena *a)
{
	char hex[FA_HASH_HEX_BYTES];

	if (!text.p || fa_hash_sha256(hex, text, NULL) < 0)
		return FA_STR_NONE;
	return fa_arena_dup(a, fa_str_c(hex));
}

static void
set_resolvers(struct fa_environ *out, struct fa_str text)
{
	struct fa_str rest = text;

	while (rest.p && out->resolvers_n < FA_ENVIRON_LIST_MAX) {
		struct fa_str line = fa_str_cut(&rest, '\n');

		if (!fa_str_eq(word(&line), FA_STR("nameserver")))
			continue;
		out->resolvers[out->resolvers_n] = fa_str_trim(word(&line));
		out->resolvers_n += out->resolvers[out->resolvers_n].n > 0;
	}
}

/* Does the hosts file answer for a name? A name of the target that it answers
 * for leads to whatever somebody wrote there. */
static bool
names(struct fa_str hosts, struct fa_str name)
{
	while (hosts.p) {
		struct fa_str line = fa_str_cut(&hosts, '\n'), w;

		line = fa_str_cut(&line, '#');
		(void)word(&line);
		while ((w = fa_str_trim(word(&line))).n > 0)
			if (fa_str_ieq(w, name))
				return true;
	}
	return false;
}

/* A proxy is never used; that one is set says something of the machine. Its
 * value may hold a password. */
static void
set_proxies(struct fa_environ *out)
{
	static const char *const variables[] = { "http_proxy", "https_proxy",
		"HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
		"no_proxy", "NO_PROXY" };

	for (size_t i = 0; i < FA_COUNT(variables); i++) {
		const char *value = getenv(variables[i]);

		if (value && value[0])
			out->proxies[out->proxies_n++] = fa_str_c(variables[i]);
	}
}

/* Where libcurl of Debian and its kin looks, unless told otherwise. */
static void
set_trust(struct fa_environ *out, const struct fa_environ_opts *o,
	struct fa_arena *a)
{
	static const char *const usual[] = {
		"/etc/ssl/certs/ca-certificates.crt",
		"/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"
	};
	const char *path = o->ca_file;

	for (size_t i = 0; !path && i < FA_COUNT(usual); i++)
		if (access(usual[i], R_OK) == 0)
			path = usual[i];
	if (!path)
		return;
	out->ca_path = fa_arena_dup(a, fa_str_c(path));
	out->ca_sha256 = fa_environ_digest(path, a);
}

int
fa_environ_network(struct fa_environ *out, const struct fa_environ_opts *o,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str hosts = fa_environ_file(o->root, "/etc/hosts", a);
	struct fa_str resolv = fa_environ_file(o->root, "/etc/resolv.conf", a);
	int rc = set_addresses(out, a, err);

	out->resolvers = new_list(a);
	out->proxies = new_list(a);
	out->overridden =
		fa_arena_new(a, o->hosts_n + 1, sizeof(struct fa_str));
	if (rc == FA_OK &&
		(!out->resolvers || !out->proxies || !out->overridden))
		rc = no_memory(err);
	if (rc < 0)
		return rc;
	out->default_route = default_route(o->root, a);
	set_resolvers(out, resolv);
	out->hosts_sha256 = digest(hosts, a);
	out->resolv_sha256 = digest(resolv, a);
	for (size_t i = 0; i < o->hosts_n; i++)
		if (names(hosts, o->hosts[i]))
			out->overridden[out->overridden_n++] = o->hosts[i];
	set_proxies(out);
	set_trust(out, o, a);
	return FA_OK;
}
