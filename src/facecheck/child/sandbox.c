#define _GNU_SOURCE
#include "facecheck/child/sandbox.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/attr.h"

#ifndef SYS_close_range
#define SYS_close_range 436
#endif
#define FDS_CLOSED_MAX 65536 /* one by one, where close_range is missing */

bool
fc_sandbox_fds(int reference_fd, int probe_fd, int life_fd)
{
	int keep[] = { reference_fd, probe_fd, life_fd };
	struct rlimit most;

	/* first out of the way of each other and of where they shall be */
	for (size_t i = 0; i < FA_COUNT(keep); i++)
		keep[i] = fcntl(keep[i], F_DUPFD, FC_FD_LIFE + 1);
	for (size_t i = 0; i < FA_COUNT(keep); i++)
		if (keep[i] < 0 || dup2(keep[i], FC_FD_REFERENCE + (int)i) < 0)
			return false;
	for (int fd = 0; fd < FC_FD_REFERENCE; fd++)
		close(fd);
	if (syscall(SYS_close_range, FC_FD_LIFE + 1, ~0u, 0) == 0)
		return true;
	if (getrlimit(RLIMIT_NOFILE, &most) != 0 ||
		most.rlim_cur > FDS_CLOSED_MAX)
		return false;
	for (int fd = FC_FD_LIFE + 1; fd < (int)most.rlim_cur; fd++)
		close(fd);
	return true;
}

static bool
limit(__rlimit_resource_t what, uint32_t most)
{
	struct rlimit l = { most, most };

	return setrlimit(what, &l) == 0;
}

bool
fc_sandbox_limits(uint32_t cpu_s)
{
	return limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) &&
		limit(RLIMIT_NOFILE, 0) && limit(RLIMIT_NPROC, 0) &&
		limit(RLIMIT_CPU, cpu_s) &&
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
		prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

/* Rights by version of Landlock, as in Documentation/userspace-api/landlock.rst
 * (the header at hand may be older than the kernel): in version 1 the 13 of
 * EXECUTE to MAKE_SYM; 2 REFER; 3 TRUNCATE; 5 IOCTL_DEV; 4 TCP bind and
 * connect; 6 scopes: abstract sockets, signals. */
struct ruleset {
	uint64_t files, network, scopes;
};

bool
fc_sandbox_files(void)
{
	struct ruleset r = { .files = (UINT64_C(1) << 13) - 1 };
	size_t bytes = offsetof(struct ruleset, network);
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
		LANDLOCK_CREATE_RULESET_VERSION);
	long fd;
	bool ok;

	/* without new privileges anybody may restrict himself */
	if (version < 1 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return false;
	if (version >= 2)
		r.files |= UINT64_C(1) << 13;
	if (version >= 3)
		r.files |= UINT64_C(1) << 14;
	if (version >= 5)
		r.files |= UINT64_C(1) << 15;
	if (version >= 4) {
		r.network = 3;
		bytes = offsetof(struct ruleset, scopes);
	}
	if (version >= 6) {
		r.scopes = 3;
		bytes = sizeof(r);
	}
	fd = syscall(SYS_landlock_create_ruleset, &r, bytes, 0);
	if (fd < 0)
		return false;
	ok = syscall(SYS_landlock_restrict_self, fd, 0) == 0;
	close((int)fd);
	return ok;
}

/* linux/audit.h: the machine, 64 bit, little-endian. */
#if defined(__x86_64__) && !defined(__ILP32__)
#define ARCH 0xc000003eu
#elif defined(__aarch64__) && defined(__AARCH64EL__)
#define ARCH 0xc00000b7u
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCH 0xc00000f3u
#endif

bool
fc_sandbox_calls(void)
{
#ifdef ARCH
	const uint32_t nr = offsetof(struct seccomp_data, nr);
	const uint32_t arch = offsetof(struct seccomp_data, arch);
	const uint32_t arg = offsetof(struct seccomp_data, args);
	struct sock_filter f[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, arch),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 0, 6),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, nr),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 3, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_read, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, arg),
		BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, FC_FD_PROBE, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
	};
	struct sock_fprog program = { sizeof(f) / sizeof(f[0]), f };

	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
#else
	return false;
#endif
}
