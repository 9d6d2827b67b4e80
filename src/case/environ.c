#define _GNU_SOURCE /* adjtimex, and the flags of interfaces */
#include "case/environ.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/timex.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"

#define READ_BYTES ((size_t)1 << 20)

/* Read by hand: files below /proc have no length that stat would know. */
struct fa_str
fa_environ_file(const char *root, const char *path, struct fa_arena *a)
{
	struct fa_str out = FA_STR_NONE;
	char name[FA_FILE_PATH_BYTES], part[8192];
	struct fa_buf b;
	ssize_t n;
	int fd;

	if (snprintf(name, sizeof(name), "%s%s", root, path) >=
		(int)sizeof(name))
		return out;
	fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return out;
	fa_buf_init(&b, FA_ENVIRON_FILE_BYTES);
	do {
		n = read(fd, part, sizeof(part));
		if (n > 0)
			fa_buf_add(&b, (struct fa_str){ part, (size_t)n });
	} while (n > 0 || (n < 0 && errno == EINTR));
	(void)close(fd);
	if (n == 0 && b.rc == 0)
		out = fa_arena_dup(a, b.p ? fa_buf_str(&b) : FA_STR(""));
	fa_buf_done(&b);
	return out;
}

/* SHA-256 alone: a browser is large, and SM3 five times as slow. */
static int
digest_open(char hex[FA_HASH_HEX_BYTES], int fd, struct fa_sha256 *h,
	struct fa_arena *a)
{
	char *part = fa_arena_new(a, 1, READ_BYTES);
	ssize_t n = 1;
	int rc = part ? fa_sha256_begin(h, NULL) : FA_E_NOMEM;

	while (rc == FA_OK && n != 0) {
		n = read(fd, part, READ_BYTES);
		if (n < 0 && errno != EINTR)
			rc = FA_E_IO;
		if (n > 0)
			rc = fa_sha256_add(
				h, (struct fa_str){ part, (size_t)n }, NULL);
	}
	return rc < 0 ? rc : fa_sha256_end(h, hex, NULL);
}

struct fa_str
fa_environ_digest(const char *path, struct fa_arena *a)
{
	struct fa_arena window;
	struct fa_sha256 *h;
	char hex[FA_HASH_HEX_BYTES];
	int rc = FA_E_IO, fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return FA_STR_NONE;
	fa_arena_init(&window, 2 * READ_BYTES);
	if (fa_sha256_new(&h, NULL) == FA_OK) {
		rc = digest_open(hex, fd, h, &window);
		fa_sha256_free(h);
	}
	fa_arena_done(&window);
	(void)close(fd);
	return rc < 0 ? FA_STR_NONE : fa_arena_dup(a, fa_str_c(hex));
}

static bool
exists(const char *root, const char *path)
{
	char name[FA_FILE_PATH_BYTES];

	(void)snprintf(name, sizeof(name), "%s%s", root, path);
	return access(name, F_OK) == 0;
}

/* Who keeps the clock, by the traces that each leaves while it runs. */
static const char *
clock_source(const char *root)
{
	static const struct {
		const char *path, *name;
	} traces[] = { { "/run/chrony/chronyd.pid", "chrony" },
		{ "/run/chronyd.pid", "chrony" },
		{ "/run/systemd/timesync/synchronized", "systemd-timesyncd" },
		{ "/run/ntpd.pid", "ntpd" }, { "/var/run/ntpd.pid", "ntpd" } };

	for (size_t i = 0; i < FA_COUNT(traces); i++)
		if (exists(root, traces[i].path))
			return traces[i].name;
	return NULL;
}

void
fa_environ_clock_read(struct fa_environ_clock *out, const char *root)
{
	struct timex t;
	int state;

	memset(&t, 0, sizeof(t)); /* modes 0: nothing is set */
	memset(out, 0, sizeof(*out));
	out->maxerror_us = out->esterror_us = -1;
	out->source = clock_source(root);
	state = adjtimex(&t);
	if (state < 0)
		return;
	out->known = true;
	out->state = state;
	out->synchronised = state != TIME_ERROR && !(t.status & STA_UNSYNC);
	out->maxerror_us = t.maxerror;
	out->esterror_us = t.esterror;
	out->offset_us = t.status & STA_NANO ? t.offset / 1000 : t.offset;
}

int
fa_environ_read(struct fa_environ *out, const struct fa_environ_opts *o,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_environ e;
	int rc;

	memset(&e, 0, sizeof(e));
	fa_environ_clock_read(&e.clock, o->root);
	rc = fa_environ_machine(&e, o, a, err);
	if (rc == FA_OK)
		rc = fa_environ_network(&e, o, a, err);
	if (rc == FA_OK)
		rc = fa_environ_tool(&e, o, a, err);
	if (rc == FA_OK)
		*out = e;
	return rc;
}

static void
write_list(struct fa_jw *w, const char *key, const struct fa_str *at, size_t n)
{
	fa_jw_key(w, key);
	fa_jw_array(w);
	for (size_t i = 0; i < n; i++)
		fa_jw_str(w, at[i]);
	fa_jw_end(w, ']');
}

/* A number, or null for one that is not known. */
static void
write_known(struct fa_jw *w, const char *key, int64_t n)
{
	fa_jw_key(w, key);
	if (n < 0)
		fa_jw_null(w);
	else
		fa_jw_int(w, n);
}

static void
write_clock(struct fa_jw *w, const struct fa_environ_clock *c)
{
	fa_jw_key(w, "clock");
	fa_jw_object(w);
	fa_jw_kbool(w, "synchronised", c->known && c->synchronised);
	write_known(w, "state", c->known ? c->state : -1);
	write_known(w, "maxerror_us", c->maxerror_us);
	write_known(w, "esterror_us", c->esterror_us);
	fa_jw_kint(w, "offset_us", c->offset_us);
	fa_jw_kstr(w, "source", fa_str_c(c->source));
	fa_jw_end(w, '}');
}

static void
write_machine(struct fa_jw *w, const struct fa_environ *e)
{
	fa_jw_key(w, "machine");
	fa_jw_object(w);
	fa_jw_kstr(w, "os", e->os);
	fa_jw_kstr(w, "kernel", e->kernel);
	fa_jw_kstr(w, "boot_id", e->boot_id);
	fa_jw_kstr(w, "machine_sha256", e->machine);
	fa_jw_kbool(w, "virtualised", e->virtual.p != NULL);
	fa_jw_kstr(w, "virtualised_by", e->virtual);
	fa_jw_kint(w, "uid", e->uid);
	fa_jw_kint(w, "euid", e->euid);
	fa_jw_kstr(w, "user", e->user);
	fa_jw_kstr(w, "locale", e->locale);
	fa_jw_kstr(w, "time_zone", e->time_zone);
	fa_jw_kint(w, "utc_offset_s", e->utc_offset_s);
	write_known(w, "memory_bytes", e->memory_bytes);
	write_known(w, "free_memory_bytes", e->free_memory_bytes);
	write_known(w, "disk_bytes", e->disk_bytes);
	write_known(w, "free_disk_bytes", e->free_disk_bytes);
	write_known(w, "processes", e->processes);
	fa_jw_end(w, '}');
}

static void
write_network(struct fa_jw *w, const struct fa_environ *e)
{
	fa_jw_key(w, "network");
	fa_jw_object(w);
	fa_jw_key(w, "addresses");
	fa_jw_array(w);
	for (size_t i = 0; i < e->addresses_n; i++) {
		const struct fa_environ_address *x = &e->addresses[i];

		fa_jw_object(w);
		fa_jw_kstr(w, "interface", x->interface);
		fa_jw_kstr(w, "address", x->address);
		fa_jw_kbool(w, "up", x->up);
		fa_jw_kbool(w, "loopback", x->loopback);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	fa_jw_kstr(w, "default_route", e->default_route);
	write_list(w, "resolvers", e->resolvers, e->resolvers_n);
	fa_jw_kstr(w, "hosts_sha256", e->hosts_sha256);
	fa_jw_kstr(w, "resolv_conf_sha256", e->resolv_sha256);
	write_list(w, "hosts_overrides", e->overridden, e->overridden_n);
	write_list(w, "proxy_variables", e->proxies, e->proxies_n);
	fa_jw_kbool(w, "proxies_used", false);
	fa_jw_kstr(w, "ca_bundle", e->ca_path);
	fa_jw_kstr(w, "ca_bundle_sha256", e->ca_sha256);
	fa_jw_kbool(w, "tls_verified", true);
	fa_jw_end(w, '}');
}

void
fa_environ_write(struct fa_jw *w, const struct fa_environ *e)
{
	write_machine(w, e);
	write_clock(w, &e->clock);
	write_network(w, e);
	fa_jw_key(w, "browser");
	fa_jw_object(w);
	fa_jw_kbool(w, "found", e->browser_path.p != NULL);
	fa_jw_kstr(w, "path", e->browser_path);
	fa_jw_kstr(w, "sha256", e->browser_sha256);
	fa_jw_kstr(w, "package", e->browser_package);
	fa_jw_kbool(w, "fresh_profile", true);
	fa_jw_end(w, '}');
	fa_jw_kstr(w, "executable", e->exe_path);
	fa_jw_kstr(w, "executable_sha256", e->exe_sha256);
	fa_jw_key(w, "libraries");
	fa_jw_array(w);
	for (size_t i = 0; i < e->libraries_n; i++) {
		fa_jw_object(w);
		fa_jw_kstr(w, "path", e->libraries[i].path);
		fa_jw_kstr(w, "sha256", e->libraries[i].sha256);
		fa_jw_end(w, '}');
	}
	fa_jw_end(w, ']');
	write_list(w, "argv", e->args, e->args_n);
	write_list(w, "variables", e->variables, e->variables_n);
}
