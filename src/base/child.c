/* RLIMIT_AS */
#define _XOPEN_SOURCE 700

#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"

#define CHUNK_BYTES 65536
#define EXIT_EXEC 127
#define ENV_BYTES 4096

extern char **environ;

enum end { IN, OUT, SAID, WHY, ENDS }; /* WHY: errno of a failed exec */

struct work {
	const struct fa_child *c;
	int pipe[ENDS][2];
	pid_t pid;
	struct fa_buf out, said;
	size_t written;
	int why;
	struct fa_child_end end;
	struct timespec until;
};

static void
shut(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

static void
done(struct work *w)
{
	if (w->pid > 0) {
		(void)kill(-w->pid, SIGKILL);
		while (waitpid(w->pid, NULL, 0) < 0 && errno == EINTR)
			continue;
	}
	for (int i = 0; i < ENDS; i++) {
		shut(&w->pipe[i][0]);
		shut(&w->pipe[i][1]);
	}
	fa_buf_done(&w->out);
	fa_buf_done(&w->said);
}

static int
open_pipes(struct work *w, struct fa_err *err)
{
	for (int i = 0; i < ENDS; i++) {
		/* A socket, because writing to one need not raise SIGPIPE. */
		int rc = i == IN
			? socketpair(AF_UNIX, SOCK_STREAM, 0, w->pipe[i])
			: pipe(w->pipe[i]);

		if (rc != 0)
			return fa_fail(err, FA_E_IO, "cannot make a pipe: %s",
				strerror(errno));
		for (int k = 0; k < 2; k++)
			(void)fcntl(w->pipe[i][k], F_SETFD, FD_CLOEXEC);
	}
	(void)fcntl(w->pipe[IN][1], F_SETFL, O_NONBLOCK);
	return FA_OK;
}

static void
limit(int what, rlim_t n)
{
	struct rlimit r = { n, n };

	if (n > 0)
		(void)setrlimit(what, &r);
}

/* NAME=value of our environment; false when it does not fit or is not set. */
static bool
keep(char *to, size_t n, const char *name)
{
	const char *value = getenv(name);
	size_t a = strlen(name), b = value != NULL ? strlen(value) : 0;

	if (value == NULL || a + b + 2 > n)
		return false;
	memcpy(to, name, a);
	to[a] = '=';
	memcpy(to + a + 1, value, b + 1);
	return true;
}

/* In the child: never returns. */
static void
become(const struct work *w)
{
	char lang[] = "LANG=C.UTF-8";
	char path[ENV_BYTES], home[ENV_BYTES];
	char *own[4] = { lang, NULL, NULL, NULL };
	const struct fa_child *c = w->c;
	size_t n = 1;
	int code;

	(void)setpgid(0, 0);
	limit(RLIMIT_CPU, c->cpu_s);
	limit(RLIMIT_AS, c->memory_bytes);
	limit(RLIMIT_CORE, 0);
	if (keep(path, sizeof(path), "PATH"))
		own[n++] = path;
	if (keep(home, sizeof(home), "HOME"))
		own[n++] = home;
	if (!c->environment)
		environ = own;
	(void)signal(SIGPIPE, SIG_DFL);
	if (dup2(w->pipe[IN][0], 0) >= 0 && dup2(w->pipe[OUT][1], 1) >= 0 &&
		dup2(w->pipe[SAID][1], 2) >= 0)
		(void)execvp(c->argv[0], (char *const *)(const void *)c->argv);
	code = errno;
	(void)!write(w->pipe[WHY][1], &code, sizeof(code));
	_exit(EXIT_EXEC); /* the parent's buffers are not ours to flush */
}

static int
start(struct work *w, struct fa_err *err)
{
	w->pid = fork();
	if (w->pid < 0)
		return fa_fail(err, FA_E_IO, "cannot start %s: %s",
			w->c->argv[0], strerror(errno));
	if (w->pid == 0)
		become(w);
	(void)setpgid(w->pid, w->pid);
	shut(&w->pipe[IN][0]);
	shut(&w->pipe[OUT][1]);
	shut(&w->pipe[SAID][1]);
	shut(&w->pipe[WHY][1]);
	(void)clock_gettime(CLOCK_MONOTONIC, &w->until);
	w->until.tv_sec += w->c->wall_ms / 1000;
	w->until.tv_nsec += (long)(w->c->wall_ms % 1000) * 1000000;
	return FA_OK;
}

static int
left_ms(const struct work *w)
{
	struct timespec now;
	long long ms;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	ms = (long long)(w->until.tv_sec - now.tv_sec) * 1000 +
		(w->until.tv_nsec - now.tv_nsec) / 1000000;
	return ms < 0 ? 0 : ms > 3600000 ? 3600000 : (int)ms;
}

static void
feed(struct work *w)
{
	size_t left = w->c->in.n - w->written;
	ssize_t n = left == 0 ? 0
			      : send(w->pipe[IN][1], w->c->in.p + w->written,
					left < CHUNK_BYTES ? left : CHUNK_BYTES,
					MSG_NOSIGNAL);

	if (n > 0)
		w->written += (size_t)n;
	if (w->written == w->c->in.n ||
		(n < 0 && errno != EAGAIN && errno != EINTR))
		shut(&w->pipe[IN][1]);
}

/* Reads what is there; closes at the end. */
static void
drink(struct work *w, enum end from)
{
	char chunk[CHUNK_BYTES];
	ssize_t n = read(w->pipe[from][0], chunk, sizeof(chunk));

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n <= 0) {
		shut(&w->pipe[from][0]);
		return;
	}
	if (from == WHY && (size_t)n >= sizeof(w->why))
		memcpy(&w->why, chunk, sizeof(w->why));
	if (from == OUT)
		fa_buf_add(&w->out, (struct fa_str){ chunk, (size_t)n });
	if (from == SAID && w->said.n < FA_CHILD_SAID_BYTES)
		fa_buf_add(&w->said,
			fa_str_sub((struct fa_str){ chunk, (size_t)n }, 0,
				FA_CHILD_SAID_BYTES));
}

/* Feeds and reads until it has closed all, or must not go on. */
static void
talk(struct work *w)
{
	while (w->pipe[OUT][0] >= 0 || w->pipe[SAID][0] >= 0 ||
		w->pipe[WHY][0] >= 0) {
		struct pollfd at[ENDS] = {
			{ w->pipe[IN][1], POLLOUT, 0 },
			{ w->pipe[OUT][0], POLLIN, 0 },
			{ w->pipe[SAID][0], POLLIN, 0 },
			{ w->pipe[WHY][0], POLLIN, 0 },
		};
		int left = left_ms(w);

		w->end.late = left == 0;
		w->end.too_much = w->out.rc == FA_E_LIMIT;
		if (w->end.late || w->out.rc != FA_OK)
			return;
		if (poll(at, ENDS, left) < 0 && errno != EINTR)
			return;
		if (at[IN].revents != 0)
			feed(w);
		for (int i = OUT; i < ENDS; i++)
			if (at[i].revents != 0)
				drink(w, (enum end)i);
	}
}

/* Waits for it; one that has closed all and goes on has its time too. */
static void
reap(struct work *w)
{
	struct timespec nap = { 0, 1000000 };
	int status = 0;
	pid_t got = 0;

	if (w->end.late || w->end.too_much)
		(void)kill(-w->pid, SIGKILL);
	for (;;) {
		got = waitpid(w->pid, &status, WNOHANG);
		if (got == w->pid || (got < 0 && errno != EINTR))
			break;
		if (left_ms(w) == 0) {
			w->end.late = w->end.late || !w->end.too_much;
			(void)kill(-w->pid, SIGKILL);
		}
		(void)nanosleep(&nap, NULL);
	}
	(void)kill(-w->pid, SIGKILL); /* what it has left behind */
	w->pid = 0;
	w->end.status = got > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int
conclude(struct work *w, struct fa_arena *a, struct fa_err *err)
{
	struct fa_str said = fa_buf_str(&w->said);
	struct fa_str line = fa_str_cut(&said, '\n');
	size_t n =
		line.n < FA_CHILD_SAID_BYTES ? line.n : FA_CHILD_SAID_BYTES - 1;

	if (w->why == ENOENT || w->why == EACCES)
		return fa_fail(err, FA_E_UNSUPPORTED, "there is no program %s",
			w->c->argv[0]);
	if (w->why != 0)
		return fa_fail(err, FA_E_IO, "cannot run %s: %s", w->c->argv[0],
			strerror(w->why));
	if (w->out.rc == FA_E_NOMEM)
		return fa_fail(err, FA_E_NOMEM, "no memory for what %s says",
			w->c->argv[0]);
	w->end.out = fa_arena_dup(a, fa_buf_str(&w->out));
	if (w->end.out.p == NULL)
		return fa_fail(err, FA_E_NOMEM, "no memory for what %s says",
			w->c->argv[0]);
	if (n > 0)
		memcpy(w->end.said, line.p, n);
	return FA_OK;
}

int
fa_child_run(struct fa_child_end *out, const struct fa_child *c,
	struct fa_arena *a, struct fa_err *err)
{
	FA_CLEANUP(done)
	struct work w = { .c = c,
		.pipe = { { -1, -1 }, { -1, -1 }, { -1, -1 }, { -1, -1 } } };
	int rc;

	fa_buf_init(&w.out, c->out_bytes);
	fa_buf_init(&w.said, 2 * CHUNK_BYTES);
	rc = open_pipes(&w, err);
	if (rc == FA_OK)
		rc = start(&w, err);
	if (rc < 0)
		return rc;
	talk(&w);
	reap(&w);
	rc = conclude(&w, a, err);
	if (rc == FA_OK)
		*out = w.end;
	return rc;
}
