/* The environment in which evidence is taken (清洁性检查): machine, clock,
 * network, trust store, tool and browser, read from the system without asking
 * anybody. What cannot be read is absent or -1 and printed as null, never
 * guessed. */
#ifndef FA_CASE_ENVIRON_H
#define FA_CASE_ENVIRON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/err.h"
#include "base/json.h"
#include "base/str.h"

#define FA_ENVIRON_FILE_BYTES (16u << 20) /* of a file of the system */
#define FA_ENVIRON_EXE_BYTES (512u << 20) /* of an executable */
#define FA_ENVIRON_LIST_MAX 256           /* interfaces, resolvers ... */

/* adjtimex(2), without changing anything. */
struct fa_environ_clock {
	bool known, synchronised;
	int state; /* TIME_OK 0 .. TIME_ERROR 5 */
	int64_t maxerror_us, esterror_us, offset_us;
	const char *source; /* "chrony", "systemd-timesyncd", "ntpd", or NULL */
};
void fa_environ_clock_read(struct fa_environ_clock *out, const char *root);

struct fa_environ_address {
	struct fa_str interface, address;
	bool up, loopback;
};

struct fa_environ_library {
	struct fa_str path, sha256;
};

struct fa_environ {
	/* Machine. */
	struct fa_str os;     /* PRETTY_NAME of os-release */
	struct fa_str kernel; /* "Linux 6.1.0 x86_64" and its build */
	struct fa_str boot_id;
	struct fa_str machine; /* SHA-256 over the machine id, never itself */
	struct fa_str virtual; /* what shows that it is: "hypervisor flag" ..;
				* absent: nothing does */
	int64_t uid, euid;
	struct fa_str user; /* name of the uid */
	struct fa_str locale, time_zone;
	int64_t utc_offset_s;
	int64_t memory_bytes, free_memory_bytes;
	int64_t disk_bytes, free_disk_bytes; /* where the case is */
	int64_t processes;                   /* running; only their number */
	struct fa_environ_clock clock;
	/* Network. */
	struct fa_environ_address *addresses;
	size_t addresses_n;
	struct fa_str default_route; /* "192.0.2.1 dev eth0", or absent */
	struct fa_str *resolvers;
	size_t resolvers_n;
	struct fa_str hosts_sha256, resolv_sha256;
	struct fa_str *overridden; /* target names that hosts answers for */
	size_t overridden_n;
	/* "name=set" of proxy variables; their values may hold passwords. */
	struct fa_str *proxies;
	size_t proxies_n;
	struct fa_str ca_path, ca_sha256;
	/* Tool. */
	struct fa_str exe_path, exe_sha256;
	struct fa_environ_library *libraries; /* that are loaded */
	size_t libraries_n;
	struct fa_str *args;
	size_t args_n;
	struct fa_str *variables; /* "LANG=C": those that change behaviour */
	size_t variables_n;
	/* Browser; path absent: there is none. */
	struct fa_str browser_path, browser_sha256, browser_package;
};

struct fa_environ_opts {
	const char *root; /* "", or a folder in place of / for tests */
	struct fa_str case_dir;
	const char *ca_file;        /* as given, or NULL: the system's */
	const char *browser;        /* program as given, or NULL */
	const struct fa_str *hosts; /* names of the targets */
	size_t hosts_n;
	int argc;
	char *const *argv;
};

/* Reads it all. Texts live in a. Fails with FA_E_NOMEM only. */
FA_MUST_CHECK int fa_environ_read(struct fa_environ *out,
	const struct fa_environ_opts *o, struct fa_arena *a,
	struct fa_err *err);
/* As the members of an object that is open in w. */
void fa_environ_write(struct fa_jw *w, const struct fa_environ *e);

/* Parts, in files of their own; they leave absent what they cannot read, and
 * fail with FA_E_NOMEM only. */
FA_MUST_CHECK int fa_environ_machine(struct fa_environ *out,
	const struct fa_environ_opts *o, struct fa_arena *a,
	struct fa_err *err);
FA_MUST_CHECK int fa_environ_network(struct fa_environ *out,
	const struct fa_environ_opts *o, struct fa_arena *a,
	struct fa_err *err);
FA_MUST_CHECK int fa_environ_tool(struct fa_environ *out,
	const struct fa_environ_opts *o, struct fa_arena *a,
	struct fa_err *err);
/* A file of the system below root, at most FA_ENVIRON_FILE_BYTES; absent when
 * it cannot be read. In a. */
struct fa_str fa_environ_file(
	const char *root, const char *path, struct fa_arena *a);
/* SHA-256 of a file, read through a window; absent when it cannot be read. */
struct fa_str fa_environ_digest(const char *path, struct fa_arena *a);

#endif
