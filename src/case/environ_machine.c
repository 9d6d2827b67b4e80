/* The machine: system, kernel, who is at work, room. */
#define _GNU_SOURCE /* tm_gmtoff */
#include <dirent.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/num.h"
#include "case/environ.h"

#define LINE_BYTES 1024

/* The value of "KEY=value" or "key : value", without quotes; absent: none. */
static struct fa_str
value_of(struct fa_str text, struct fa_str key, char sep)
{
	while (text.p) {
		struct fa_str line = fa_str_cut(&text, '\n'), value = line;
		struct fa_str name = fa_str_trim(fa_str_cut(&value, sep));

		if (!value.p || !fa_str_eq(name, key))
			continue;
		value = fa_str_trim(value);
		if (value.n >= 2 && (value.p[0] == '"' || value.p[0] == '\''))
			value = fa_str_sub(value, 1, value.n - 1);
		return value;
	}
	return FA_STR_NONE;
}

static struct fa_str
kernel(struct fa_arena *a)
{
	char line[LINE_BYTES];
	struct utsname u;

	if (uname(&u) != 0)
		return FA_STR_NONE;
	(void)snprintf(line, sizeof(line), "%s %s %s %s", u.sysname, u.release,
		u.machine, u.version);
	return fa_arena_dup(a, fa_str_c(line));
}

/* The machine id is said to be confidential (machine-id(5)): only a digest
 * with a name of ours before it is kept. */
static struct fa_str
machine_digest(const char *root, struct fa_arena *a)
{
	struct fa_str id =
		fa_str_trim(fa_environ_file(root, "/etc/machine-id", a));
	struct fa_buf b FA_CLEANUP(fa_buf_done);
	char hex[FA_HASH_HEX_BYTES];

	fa_buf_init(&b, LINE_BYTES);
	fa_buf_adds(&b, "faceaudit machine ");
	fa_buf_add(&b, id);
	if (id.n == 0 || b.rc != 0 ||
		fa_hash_sha256(hex, fa_buf_str(&b), NULL) < 0)
		return FA_STR_NONE;
	return fa_arena_dup(a, fa_str_c(hex));
}

static struct fa_str
virtualised(const char *root, struct fa_arena *a)
{
	struct fa_str cpu = fa_environ_file(root, "/proc/cpuinfo", a);
	struct fa_str vendor = fa_str_trim(
		fa_environ_file(root, "/sys/class/dmi/id/sys_vendor", a));
	struct fa_buf b FA_CLEANUP(fa_buf_done);

	fa_buf_init(&b, LINE_BYTES);
	if (fa_str_find(cpu, FA_STR(" hypervisor"), 0) != SIZE_MAX)
		fa_buf_adds(&b, "hypervisor flag of the processor");
	if (fa_environ_file(root, "/.dockerenv", a).p ||
		fa_environ_file(root, "/run/.containerenv", a).p)
		fa_buf_addf(&b, "%scontainer", b.n > 0 ? ", " : "");
	if (b.n > 0 && vendor.n > 0 && vendor.n < 100)
		fa_buf_addf(&b, ", vendor %.*s", FA_STR_ARG(vendor));
	return b.rc == 0 && b.n > 0 ? fa_arena_dup(a, fa_buf_str(&b))
				    : FA_STR_NONE;
}

/* "MemTotal: 123 kB" in bytes, or -1. */
static int64_t
memory(struct fa_str info, struct fa_str key)
{
	struct fa_str value = value_of(info, key, ':');
	struct fa_str number = fa_str_cut(&value, ' ');
	uint64_t kib;

	return fa_num_u64(number, UINT64_C(1) << 50, &kib) ? (int64_t)kib * 1024
							   : -1;
}

static int64_t
count_processes(const char *root)
{
	char path[FA_FILE_PATH_BYTES];
	const struct dirent *e;
	int64_t n = 0;
	DIR *d;

	(void)snprintf(path, sizeof(path), "%s/proc", root);
	d = opendir(path);
	if (!d)
		return -1;
	while ((e = readdir(d)) != NULL)
		n += e->d_name[0] >= '1' && e->d_name[0] <= '9';
	(void)closedir(d);
	return n;
}

static void
set_disk(struct fa_environ *out, struct fa_str dir)
{
	char path[FA_FILE_PATH_BYTES];
	struct statvfs v;

	out->disk_bytes = out->free_disk_bytes = -1;
	if (dir.n == 0 || dir.n >= sizeof(path))
		return;
	memcpy(path, dir.p, dir.n);
	path[dir.n] = '\0';
	if (statvfs(path, &v) != 0)
		return;
	out->disk_bytes = (int64_t)(v.f_blocks * v.f_frsize);
	out->free_disk_bytes = (int64_t)(v.f_bavail * v.f_frsize);
}

static void
set_time_zone(struct fa_environ *out, const char *root, struct fa_arena *a)
{
	time_t now = time(NULL);
	struct fa_str name;
	struct tm tm;

	if (localtime_r(&now, &tm) != NULL) {
		out->utc_offset_s = tm.tm_gmtoff;
		out->time_zone = fa_arena_dup(a, fa_str_c(tm.tm_zone));
	}
	name = fa_str_trim(fa_environ_file(root, "/etc/timezone", a));
	if (name.n > 0 && name.n < 100)
		out->time_zone = name;
}

/* The first of them that is set decides (POSIX, 8.2). */
static struct fa_str
locale(struct fa_arena *a)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < FA_COUNT(names); i++) {
		const char *value = getenv(names[i]);

		if (value && value[0])
			return fa_arena_dup(a, fa_str_c(value));
	}
	return fa_arena_dup(a, FA_STR("C"));
}

int
fa_environ_machine(struct fa_environ *out, const struct fa_environ_opts *o,
	struct fa_arena *a, struct fa_err *err)
{
	struct fa_str release = fa_environ_file(o->root, "/etc/os-release", a);
	struct fa_str info = fa_environ_file(o->root, "/proc/meminfo", a);
	const struct passwd *who = getpwuid(getuid());

	out->os = value_of(release, FA_STR("PRETTY_NAME"), '=');
	out->kernel = kernel(a);
	out->boot_id = fa_str_trim(
		fa_environ_file(o->root, "/proc/sys/kernel/random/boot_id", a));
	if (out->boot_id.n == 0)
		out->boot_id = FA_STR_NONE;
	out->machine = machine_digest(o->root, a);
	out->virtual = virtualised(o->root, a);
	out->uid = (int64_t)getuid();
	out->euid = (int64_t)geteuid();
	out->user = fa_arena_dup(a, fa_str_c(who ? who->pw_name : ""));
	out->locale = locale(a);
	set_time_zone(out, o->root, a);
	out->memory_bytes = memory(info, FA_STR("MemTotal"));
	out->free_memory_bytes = memory(info, FA_STR("MemAvailable"));
	set_disk(out, o->case_dir);
	out->processes = count_processes(o->root);
	if (!out->kernel.p || !out->locale.p || !out->user.p)
		return fa_fail(err, FA_E_NOMEM, "no memory for the machine");
	return FA_OK;
}
