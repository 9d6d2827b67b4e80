/* Other programs, and what they took. A process keeps the peak of memory of
 * the one that it was forked from, even when it becomes another program, and
 * ours is large by then; so a fresh process of our program, which is small,
 * runs the command and says what it took. */
#include "bench/bench.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORDS 8192 /* of a command line */
#define DRAIN_BYTES 65536

extern char **environ;

static int64_t
ns_of(struct timeval t)
{
	return ((int64_t)t.tv_sec * 1000000 + t.tv_usec) * 1000;
}

int
bench_run_child(int fd, char **words)
{
	struct bench_process p = { 0 };
	int64_t begin = bench_wall_ns();
	struct rusage used;
	int status;
	pid_t pid;

	/* No fork: the copy of our page tables would be counted. */
	if (fcntl(fd, F_SETFD, FD_CLOEXEC) != 0 ||
		posix_spawnp(&pid, words[0], NULL, NULL, words, environ) != 0 ||
		waitpid(pid, &status, 0) != pid ||
		getrusage(RUSAGE_CHILDREN, &used) != 0)
		return 2;
	p.wall_ns = bench_wall_ns() - begin;
	p.cpu_ns = ns_of(used.ru_utime) + ns_of(used.ru_stime);
	p.peak_kib = used.ru_maxrss;
	p.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	return write(fd, &p, sizeof(p)) == (ssize_t)sizeof(p) ? 0 : 2;
}

static void
become(const struct bench *b, const char *const *argv, int out, int result)
{
	const char *words[WORDS];
	size_t n = 0;
	char number[16];
	int null = open("/dev/null", O_RDWR);

	(void)snprintf(number, sizeof(number), "%d", result);
	words[n++] = b->self;
	words[n++] = "--run";
	words[n++] = number;
	for (; *argv && n + 1 < WORDS; argv++)
		words[n++] = *argv;
	words[n] = NULL;
	if (*argv || null < 0 || dup2(null, 0) < 0 || dup2(out, 1) < 0 ||
		dup2(null, 2) < 0)
		_exit(126);
	/* Not changed by execv, whose prototype is older than const. */
	union {
		const char **in;
		char *const *out;
	} cast = { .in = words };
	execv(b->self, cast.out);
	_exit(127);
}

static void
drain(int fd)
{
	char buf[DRAIN_BYTES];
	ssize_t got;

	do
		got = read(fd, buf, sizeof(buf));
	while (got > 0 || (got < 0 && errno == EINTR));
}

struct bench_process
bench_run(const struct bench *b, const char *const *argv)
{
	struct bench_process p = { .status = -1 };
	int out[2], result[2];
	pid_t pid;

	if (pipe(out) != 0 || pipe(result) != 0)
		bench_die("no pipe");
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		close(out[0]);
		close(result[0]);
		become(b, argv, out[1], result[1]);
	}
	if (pid < 0)
		bench_die("cannot fork");
	close(out[1]);
	close(result[1]);
	drain(out[0]);
	if (read(result[0], &p, sizeof(p)) != (ssize_t)sizeof(p))
		p.status = -1;
	close(out[0]);
	close(result[0]);
	(void)waitpid(pid, NULL, 0);
	return p;
}

bool
bench_has(const struct bench *b, const char *program)
{
	const char *argv[] = { program, "--version", NULL };

	return bench_run(b, argv).status == 0;
}
