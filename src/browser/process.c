#include "browser/process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/num.h"

#define STDERR_NAME "stderr.txt"
#define SAID_BYTES 8192
#define ENV_MAX 10
#define ENV_BYTES 600
#define REMOVE_DEPTH 32
#define CHILD_FD_MIN 10 /* out of the way of 3 and 4 */

struct start {
	const char *path;
	char *argv[FA_PROCESS_ARGS_MAX + 4];
	char *envp[ENV_MAX + 1];
	char env[ENV_MAX][ENV_BYTES];
	char profile[FA_PROCESS_PATH_BYTES + 32];
	char log[FA_PROCESS_PATH_BYTES + 32];
	int in[2], out[2]; /* as the browser sees them */
};

static int
make_folder(struct fa_process *p, struct fa_err *err)
{
	const char *tmp = getenv("TMPDIR");
	int n = snprintf(p->folder, sizeof(p->folder), "%s/faceaudit-XXXXXX",
		tmp != NULL && tmp[0] == '/' ? tmp : "/tmp");

	if (n < 0 || (size_t)n >= sizeof(p->folder)) {
		p->folder[0] = '\0';
		return fa_fail(err, FA_E_USAGE, "TMPDIR is too long a path");
	}
	if (mkdtemp(p->folder) == NULL) {
		int rc = fa_fail(
			err, FA_E_IO, "%s: %s", p->folder, strerror(errno));

		p->folder[0] = '\0';
		return rc;
	}
	return FA_OK;
}

static void
set_env(struct start *s, size_t *n, const char *name, const char *value)
{
	if (*n == ENV_MAX || value == NULL)
		return;
	(void)snprintf(s->env[*n], ENV_BYTES, "%s=%s", name, value);
	s->envp[*n] = s->env[*n];
	(*n)++;
}

/* Little of the environment reaches the browser: no proxy, nothing of the
 * user's own profile. */
static void
environment(struct start *s, const struct fa_process *p)
{
	const char *path = getenv("PATH");
	size_t n = 0;

	set_env(s, &n, "PATH",
		path != NULL && strlen(path) < ENV_BYTES - 8
			? path
			: "/usr/local/bin:/usr/bin:/bin");
	set_env(s, &n, "HOME", p->folder);
	set_env(s, &n, "TMPDIR", p->folder);
	set_env(s, &n, "XDG_CONFIG_HOME", p->folder);
	set_env(s, &n, "XDG_CACHE_HOME", p->folder);
	set_env(s, &n, "XDG_RUNTIME_DIR", p->folder);
	set_env(s, &n, "LANG", "C.UTF-8");
	set_env(s, &n, "TZ", "Asia/Shanghai");
	s->envp[n] = NULL;
}

static int
arguments(struct start *s, const struct fa_process *p, const char *const *args,
	struct fa_err *err)
{
	size_t n = 0;

	(void)snprintf(s->profile, sizeof(s->profile),
		"--user-data-dir=%s/profile", p->folder);
	(void)snprintf(s->log, sizeof(s->log), "%s/" STDERR_NAME, p->folder);
	/* execve takes writable strings for reasons of history only. */
	s->argv[n++] = (char *)(uintptr_t)s->path;
	s->argv[n++] = s->profile;
	for (; *args != NULL; args++) {
		if (n > FA_PROCESS_ARGS_MAX)
			return fa_fail(err, FA_E_LIMIT,
				"more than %d arguments for the browser",
				FA_PROCESS_ARGS_MAX);
		s->argv[n++] = (char *)(uintptr_t)*args;
	}
	s->argv[n] = NULL;
	return FA_OK;
}

static void
become(const struct start *s)
{
	const struct rlimit no_core = { 0, 0 };
	int nul = open("/dev/null", O_RDWR);
	int log = open(s->log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int in = fcntl(s->in[0], F_DUPFD, CHILD_FD_MIN);
	int out = fcntl(s->out[1], F_DUPFD, CHILD_FD_MIN);
	sigset_t none;

	(void)setpgid(0, 0);
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)setrlimit(RLIMIT_CORE, &no_core);
	(void)signal(SIGPIPE, SIG_DFL);
	sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	if (nul < 0 || in < 0 || out < 0)
		return;
	if (dup2(nul, 0) < 0 || dup2(nul, 1) < 0 ||
		dup2(log < 0 ? nul : log, 2) < 0 || dup2(in, 3) < 0 ||
		dup2(out, 4) < 0)
		return;
	for (int fd = 5; fd < 64; fd++)
		(void)close(fd);
	(void)execve(s->path, s->argv, s->envp);
}

static void
close_pair(int fd[2])
{
	(void)close(fd[0]);
	(void)close(fd[1]);
}

static int
make_pipes(struct start *s, struct fa_err *err)
{
	if (pipe(s->in) != 0)
		return fa_fail(err, FA_E_IO, "pipe: %s", strerror(errno));
	if (pipe(s->out) != 0) {
		int rc = fa_fail(err, FA_E_IO, "pipe: %s", strerror(errno));

		close_pair(s->in);
		return rc;
	}
	/* Not for other children of this process. */
	for (int i = 0; i < 2; i++) {
		(void)fcntl(s->in[i], F_SETFD, FD_CLOEXEC);
		(void)fcntl(s->out[i], F_SETFD, FD_CLOEXEC);
	}
	return FA_OK;
}

static int
spawn(struct fa_process *p, struct start *s, struct fa_err *err)
{
	int rc = make_pipes(s, err);

	if (rc != FA_OK)
		return rc;
	p->pid = fork();
	if (p->pid == 0) {
		become(s);
		/* Nothing of this process may run on here. */
		(void)kill(getpid(), SIGKILL);
	}
	if (p->pid < 0) {
		p->pid = 0;
		close_pair(s->in);
		close_pair(s->out);
		return fa_fail(err, FA_E_IO, "fork: %s", strerror(errno));
	}
	(void)setpgid(p->pid, p->pid);
	(void)close(s->in[0]);
	(void)close(s->out[1]);
	p->to = s->in[1];
	p->from = s->out[0];
	(void)fcntl(p->to, F_SETFL, O_NONBLOCK);
	(void)fcntl(p->from, F_SETFL, O_NONBLOCK);
	return FA_OK;
}

int
fa_process_start(struct fa_process *p, const char *path,
	const char *const *args, struct fa_err *err)
{
	struct start s = { .path = path };
	int rc;

	*p = (struct fa_process){ 0 };
	rc = make_folder(p, err);
	if (rc != FA_OK)
		return rc;
	environment(&s, p);
	rc = arguments(&s, p, args, err);
	if (rc == FA_OK)
		rc = spawn(p, &s, err);
	if (rc != FA_OK)
		fa_process_end(p);
	return rc;
}

/* Removes what lies below the folder that fd shows; closes fd. Links are not
 * followed. */
static void
remove_below(int fd, unsigned depth)
{
	DIR *d = fdopendir(fd);
	const struct dirent *e;

	if (d == NULL) {
		(void)close(fd);
		return;
	}
	while ((e = readdir(d)) != NULL) {
		int sub;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if (unlinkat(dirfd(d), e->d_name, 0) == 0)
			continue;
		sub = depth == 0 ? -1
				 : openat(dirfd(d), e->d_name,
					   O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
						   O_CLOEXEC);
		if (sub >= 0)
			remove_below(sub, depth - 1);
		(void)unlinkat(dirfd(d), e->d_name, AT_REMOVEDIR);
	}
	(void)closedir(d);
}

static void
remove_folder(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd >= 0)
		remove_below(fd, REMOVE_DEPTH);
	(void)rmdir(path);
}

void
fa_process_end(struct fa_process *p)
{
	int waited_ms = 0;

	if (p->pid > 0) {
		(void)close(p->to);
		(void)close(p->from);
		(void)kill(-p->pid, SIGKILL);
		(void)kill(p->pid, SIGKILL); /* it may not lead a group yet */
		while (waitpid(p->pid, NULL, 0) < 0 && errno == EINTR)
			continue;
		/* The others are no children of ours: the kernel tells us
		 * nothing of their end. */
		while (fa_process_look(p->pid).n > 0 &&
			waited_ms < FA_PROCESS_END_MS) {
			(void)kill(-p->pid, SIGKILL);
			(void)poll(NULL, 0, 5);
			waited_ms += 5;
		}
	}
	if (p->folder[0] != '\0')
		remove_folder(p->folder);
	*p = (struct fa_process){ 0 };
}

/* A small file of /proc, with a NUL behind it. */
static size_t
read_proc(const char *pid, const char *name, char *out, size_t n)
{
	char path[64];
	ssize_t got;
	int fd;

	(void)snprintf(path, sizeof(path), "/proc/%.20s/%s", pid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	got = read(fd, out, n - 1);
	(void)close(fd);
	out[got > 0 ? got : 0] = '\0';
	return got > 0 ? (size_t)got : 0;
}

/* proc(5), /proc/pid/stat: "pid (name) state parent group ..."; the name may
 * hold anything. */
static bool
is_of_group(const char *pid, pid_t group)
{
	char text[512];
	struct fa_str rest = { text,
		read_proc(pid, "stat", text, sizeof(text)) };
	const char *end = rest.n == 0 ? NULL : strrchr(text, ')');
	struct fa_str state;
	uint64_t v;

	if (end == NULL || end + 2 > text + rest.n)
		return false;
	rest = fa_str_c(end + 2);
	state = fa_str_cut(&rest, ' ');
	(void)fa_str_cut(&rest, ' ');
	return !fa_str_eq(state, FA_STR("Z")) &&
		!fa_str_eq(state, FA_STR("X")) &&
		fa_num_u64(fa_str_cut(&rest, ' '), INT32_MAX, &v) &&
		(pid_t)v == group;
}

/* proc(5), /proc/pid/statm: pages in all, resident, shared. */
static size_t
own_bytes(const char *pid)
{
	char text[128];
	struct fa_str rest = { text,
		read_proc(pid, "statm", text, sizeof(text)) };
	uint64_t resident;
	uint64_t shared;

	(void)fa_str_cut(&rest, ' ');
	if (!fa_num_u64(fa_str_cut(&rest, ' '), UINT32_MAX, &resident) ||
		!fa_num_u64(fa_str_cut(&rest, ' '), UINT32_MAX, &shared) ||
		shared > resident)
		return 0;
	return (size_t)(resident - shared) * (size_t)sysconf(_SC_PAGESIZE);
}

/* The second number of /proc/PID/schedstat, nanoseconds (proc(5), Linux
 * Documentation/scheduler/sched-stats). */
static uint64_t
starved_ns(const char *pid)
{
	char text[128];
	struct fa_str rest = { text,
		read_proc(pid, "schedstat", text, sizeof(text)) };
	uint64_t ns = 0;

	(void)fa_str_cut(&rest, ' ');
	return fa_num_u64(fa_str_cut(&rest, ' '), INT64_MAX, &ns) ? ns : 0;
}

int64_t
fa_process_starved_ms(pid_t group)
{
	DIR *d = opendir("/proc");
	const struct dirent *e;
	uint64_t ns = 0;

	if (d == NULL)
		return 0;
	while ((e = readdir(d)) != NULL) {
		uint64_t pid;

		if (fa_num_u64(fa_str_c(e->d_name), INT32_MAX, &pid) &&
			is_of_group(e->d_name, group))
			ns += starved_ns(e->d_name);
	}
	(void)closedir(d);
	return (int64_t)(ns / 1000000);
}

struct fa_process_group
fa_process_look(pid_t group)
{
	struct fa_process_group g = { 0 };
	DIR *d = opendir("/proc");
	const struct dirent *e;
	size_t most = 0;

	if (d == NULL)
		return g;
	while ((e = readdir(d)) != NULL) {
		uint64_t pid;
		size_t bytes;

		if (!fa_num_u64(fa_str_c(e->d_name), INT32_MAX, &pid) ||
			!is_of_group(e->d_name, group))
			continue;
		bytes = own_bytes(e->d_name);
		g.n++;
		g.bytes += bytes;
		if ((pid_t)pid != group && bytes > most) {
			most = bytes;
			g.largest = (pid_t)pid;
		}
	}
	(void)closedir(d);
	return g;
}

void
fa_process_said(const struct fa_process *p, char *line, size_t n)
{
	char path[FA_PROCESS_PATH_BYTES + 32];
	char text[SAID_BYTES];
	struct fa_str rest;
	struct fa_str last = FA_STR("nothing");
	ssize_t got;
	int fd;

	(void)snprintf(path, sizeof(path), "%s/" STDERR_NAME, p->folder);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	got = fd < 0 ? 0 : read(fd, text, sizeof(text));
	if (fd >= 0)
		(void)close(fd);
	rest = (struct fa_str){ text, got > 0 ? (size_t)got : 0 };
	while (rest.p != NULL) {
		struct fa_str l = fa_str_trim(fa_str_cut(&rest, '\n'));

		if (l.n > 0)
			last = l;
		if (fa_str_find(l, FA_STR("sandbox"), 0) != SIZE_MAX)
			break;
	}
	(void)snprintf(line, n, "%.*s", FA_STR_ARG(last));
}
