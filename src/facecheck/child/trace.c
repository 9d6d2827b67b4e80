/* What a process and its children ask of the kernel, by ptrace(2). */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/attr.h"
#include "facecheck/child/inside.h"
#include "facecheck/child/look.h"

/* linux/ptrace.h (Linux 5.3 and later). */
enum {
	TRACE_CONT = 7,
	TRACE_DETACH = 17,
	TRACE_SYSCALL = 24,
	TRACE_SEIZE = 0x4206,
	TRACE_INTERRUPT = 0x4207,
	TRACE_GET_SYSCALL_INFO = 0x420e,
	OPTIONS = 1 | 2 | 4 | 8 | 1 << 20, /* SYSGOOD, FORK, VFORK, CLONE,
					    * EXITKILL */
	STOP_OF_CALL = SIGTRAP | 0x80,
	INFO_ENTRY = 1,
	INFO_EXIT = 2
};

struct call_info {
	uint8_t op, pad[3];
	uint32_t arch;
	uint64_t instruction, stack;
	union {
		struct {
			uint64_t nr, args[6];
		} entry;
		struct {
			int64_t value;
			uint8_t is_error;
		} exit;
	} u;
};

#define TRACEES_MAX 32
#define PARENT_WRITE_MAX 512 /* bytes of a message of its own */

struct tracee {
	pid_t pid;
	long call; /* that it is in */
	bool filtered, ended;
};

struct trace {
	struct fc_calls *calls;
	struct fc_subject *subject;
	struct tracee tracee[TRACEES_MAX];
	size_t n;
};

static long
ask(int request, pid_t pid, uintptr_t a, uintptr_t b)
{
	return syscall(SYS_ptrace, request, pid, a, b);
}

static struct tracee *
find(struct trace *t, pid_t pid)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->tracee[i].pid == pid)
			return &t->tracee[i];
	if (t->n == TRACEES_MAX)
		return NULL;
	t->tracee[t->n] = (struct tracee){ .pid = pid, .call = -1 };
	return &t->tracee[t->n++];
}

static const struct {
	long nr;
	const char *name;
} names[] = { { SYS_read, "read" }, { SYS_exit_group, "exit_group" },
	{ SYS_write, "write" }, { SYS_openat, "openat" },
	{ SYS_socket, "socket" }, { SYS_connect, "connect" },
	{ SYS_sendto, "sendto" }, { SYS_mmap, "mmap" }, { SYS_brk, "brk" },
	{ SYS_munmap, "munmap" }, { SYS_clone, "clone" },
	{ SYS_futex, "futex" }, { SYS_ioctl, "ioctl" },
	{ SYS_memfd_create, "memfd_create" }, { SYS_pread64, "pread64" },
	{ SYS_lseek, "lseek" } };

const char *
fc_call_name(long nr, char buf[24])
{
	for (size_t i = 0; i < FA_COUNT(names); i++)
		if (names[i].nr == nr)
			return names[i].name;
	(void)snprintf(buf, 24, "call %ld", nr);
	return buf;
}

/* All that a parent needs to verify. It may read its own orders, write short
 * messages, and have memory without files. */
static bool
parent_may(const struct fc_subject *x, long nr, const uint64_t *arg)
{
	static const long always[] = {
		SYS_pipe2,
		SYS_clone,
		SYS_splice,
		SYS_ppoll,
		SYS_close,
		SYS_wait4,
		SYS_waitid,
		SYS_brk,
		SYS_munmap,
		SYS_madvise,
		SYS_futex,
		SYS_clock_gettime,
		SYS_clock_nanosleep,
		SYS_rt_sigprocmask,
		SYS_rt_sigreturn,
		SYS_restart_syscall,
		SYS_kill,
		SYS_exit_group,
		SYS_getpid,
		SYS_gettid,
		SYS_getrandom,
#ifdef SYS_poll
		SYS_poll,
#endif
#ifdef SYS_fork
		SYS_fork,
#endif
#ifdef SYS_clone3
		SYS_clone3,
#endif
	};

	for (size_t i = 0; i < FA_COUNT(always); i++)
		if (nr == always[i])
			return true;
	if (nr == SYS_write)
		return arg[2] <= PARENT_WRITE_MAX;
	if (nr == SYS_read)
		return (int32_t)arg[0] == x->told;
	return nr == SYS_mmap && (int32_t)arg[4] == -1;
}

static void
on_entry(struct trace *t, struct tracee *x, const struct call_info *i)
{
	struct fc_calls *c = t->calls;
	long nr = (long)i->u.entry.nr;

	x->call = nr;
	if (x->pid == t->subject->pid) {
		c->parent_calls++;
		if (!parent_may(t->subject, nr, i->u.entry.args) &&
			c->parent_forbidden++ == 0)
			c->first_parent = nr;
		return;
	}
	if (!x->filtered) {
		/* One that tried for a level which is not to be had gives up
		 * before it is given anything, and says so. */
		if (nr == SYS_exit_group) {
			c->unfiltered += !(i->u.entry.args[0] & FC_STEP_FAILED);
			x->ended = true;
		}
		return;
	}
	if (nr == SYS_read && !x->ended) {
		c->reads++;
	} else if (nr == SYS_exit_group && !x->ended) {
		c->ends++;
		x->ended = true;
	} else if (c->forbidden++ == 0) {
		c->first_forbidden = nr;
	}
}

static void
on_call(struct trace *t, struct tracee *x)
{
	struct call_info i = { 0 };

	if (ask(TRACE_GET_SYSCALL_INFO, x->pid, sizeof(i), (uintptr_t)&i) <= 0)
		return;
	if (i.op == INFO_ENTRY)
		on_entry(t, x, &i);
	else if (i.op == INFO_EXIT && x->call == SYS_seccomp &&
		i.u.exit.value == 0) {
		x->filtered = true;
		t->calls->children++;
	}
}

/* One stop or end of one process. 1: go on; 0: a child trapped. */
static int
on_event(struct trace *t, pid_t pid, int status)
{
	struct tracee *x = find(t, pid);
	int sig = WIFSTOPPED(status) ? WSTOPSIG(status) : 0;
	int event = status >> 16;

	if (!WIFSTOPPED(status) || !x)
		return 1;
	if (sig == STOP_OF_CALL) {
		on_call(t, x);
		sig = 0;
	} else if (event != 0) {
		sig = 0;
	} else if ((sig == SIGILL || sig == SIGTRAP) &&
		pid != t->subject->pid) {
		/* __builtin_trap, by either of the signals it has */
		t->calls->held = pid;
		if (!x->filtered)
			t->calls->unfiltered++;
		return 0;
	}
	(void)ask(TRACE_SYSCALL, pid, 0, (uintptr_t)sig);
	return 1;
}

/* Has the subject said something? */
static bool
has_said(const struct fc_subject *x)
{
	struct pollfd p = { .fd = x->hear, .events = POLLIN };

	return poll(&p, 1, 0) == 1;
}

static int
follow(struct trace *t, struct fc_heard *heard, struct fa_err *err)
{
	for (;;) {
		int status;
		pid_t pid = waitpid(-1, &status, __WALL);

		if (pid < 0 && errno == EINTR)
			continue;
		if (pid < 0)
			return fa_fail(err, FA_E_IO, "cannot trace: %s",
				strerror(errno));
		if (pid == t->subject->pid && !WIFSTOPPED(status)) {
			t->subject->pid = 0;
			return fa_fail(err, FA_E_IO,
				"a traced process ended before it answered");
		}
		if (on_event(t, pid, status) == 0)
			return FA_OK;
		if (has_said(t->subject))
			return fc_subject_hear(heard, t->subject, err);
	}
}

int
fc_look_calls(struct fc_calls *out, struct fc_heard *heard,
	struct fc_subject *x, const struct fc_stage *s, struct fa_err *err)
{
	struct fc_calls calls = { 0 };
	struct trace t = { .calls = &calls, .subject = x };
	int status, rc;

	if (ask(TRACE_SEIZE, x->pid, 0, OPTIONS) != 0)
		return fa_fail(err, FA_E_UNSUPPORTED,
			"tracing is not allowed here: %s", strerror(errno));
	if (ask(TRACE_INTERRUPT, x->pid, 0, 0) != 0 ||
		waitpid(x->pid, &status, __WALL) != x->pid)
		return fa_fail(
			err, FA_E_IO, "cannot trace: %s", strerror(errno));
	(void)find(&t, x->pid);
	(void)ask(TRACE_SYSCALL, x->pid, 0, 0);
	rc = fc_subject_begin(x, s, 0, err);
	if (rc == FA_OK)
		rc = follow(&t, heard, err);
	if (rc == FA_OK)
		*out = calls;
	return rc;
}

void
fc_look_release(pid_t held)
{
	(void)ask(TRACE_DETACH, held, 0, SIGSTOP);
}
