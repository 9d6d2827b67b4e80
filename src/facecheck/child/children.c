/* Children from the outside: starts them, moves bytes to them, takes their
 * answers. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "facecheck/child/feed.h"
#include "facecheck/child/inside.h"
#include "facecheck/child/load.h"
#include "facecheck/child/wire.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(SANITIZED)
/* The sanitizer's own system calls do not get through the filter. */
#define LEVEL_MAX FC_LEVEL_NONE
#define LACK_MAX "a build without a sanitizer"
#else
#define LEVEL_MAX FC_LEVEL_SECRET
#define LACK_MAX NULL
#endif

/* A child that waits for its pictures. The reading ends are kept open here so
 * that a child that dies does not end this process by SIGPIPE. */
struct child {
	pid_t pid;
	int life[2]; /* a pipe that the child reads as long as it lives */
	int reference[2], probe[2];
};

struct fc_children {
	struct fa_arena arena; /* that this lies in */
	struct fc_child_opts opts;
	const void *object;
	enum fc_level level;
	const char *lack;
	pthread_mutex_t lock; /* of the pool */
	struct child pool[FC_POOL_MAX];
	unsigned pool_n;
};

static const struct child no_child = { 0, { -1, -1 }, { -1, -1 }, { -1, -1 } };

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

static void
close_child(struct child *k)
{
	for (int i = 0; i < 2; i++) {
		close_fd(&k->life[i]);
		close_fd(&k->reference[i]);
		close_fd(&k->probe[i]);
	}
}

/* Takes the status of a child that has ended or is about to. -1: somebody else
 * took it. */
static int
reap(struct child *k)
{
	int status = 0;
	pid_t got;

	do
		got = waitpid(k->pid, &status, 0);
	while (got < 0 && errno == EINTR);
	close_child(k);
	if (got < 0)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 0x100;
}

static void
end_child(struct child *k)
{
	(void)kill(k->pid, SIGKILL);
	(void)reap(k);
}

static int
start_child(struct child *out, const struct fc_children *c, enum fc_level level,
	struct fa_err *err)
{
	struct child k = no_child;
	struct fc_cell cell = { .plugin = c->opts.plugin,
		.model = c->opts.model,
		.object = c->object,
		.level = level,
		.limited = c->opts.limited,
		.cpu_s = (uint32_t)(c->opts.timeout_ms / 1000) + 2 };
	int e;

	if (pipe2(k.reference, O_CLOEXEC) == 0 &&
		pipe2(k.probe, O_CLOEXEC) == 0 &&
		pipe2(k.life, O_CLOEXEC) == 0) {
		cell.reference_fd = k.reference[0];
		cell.probe_fd = k.probe[0];
		cell.life_fd = k.life[0];
		k.pid = fork();
		if (k.pid == 0)
			fc_cell_run(&cell);
	} else {
		k.pid = -1;
	}
	e = errno;
	if (k.pid < 0) {
		close_child(&k);
		return fa_fail(
			err, FA_E_IO, "cannot start a child: %s", strerror(e));
	}
	close_fd(&k.life[0]);
	*out = k;
	return FA_OK;
}

/* Waits for the end of a child, by force at the deadline; its status, or 0x100
 * when it was ended. */
static int
finish(struct child *k, int64_t deadline_ms, struct fa_err *err)
{
	int rc;

	close_fd(&k->reference[1]);
	close_fd(&k->probe[1]);
	rc = fc_feed_wait(k->life[1], deadline_ms, err);
	if (rc <= 0) {
		end_child(k);
		return rc < 0 ? rc : 0x100;
	}
	rc = reap(k);
	if (rc < 0)
		return fa_fail(err, FA_E_IO,
			"the status of a child is lost: SIGCHLD must not be "
			"ignored nor other processes' children waited for");
	return rc;
}

static const char *
lack_of(int status)
{
	switch (status & ~FC_STEP_FAILED) {
	case FC_STEP_SECRET:
		return "memfd_secret(2): Linux 6.5, or 5.14 started with "
		       "secretmem.enable=1; and enough locked memory "
		       "(RLIMIT_MEMLOCK)";
	case FC_STEP_LOCKED:
		return "enough locked memory (RLIMIT_MEMLOCK)";
	case FC_STEP_MEMORY:
		return "/proc, or the right to make shared memory read-only";
	case FC_STEP_FILES:
		return "Landlock: Linux 5.13, and landlock among the security "
		       "modules in use";
	case FC_STEP_CALLS:
		return "seccomp filters, or filters for this processor";
	case FC_STEP_STACK:
		return "a stack of its own";
	case FC_STEP_LIMITS:
		return "resource limits";
	default:
		return "a child that lives";
	}
}

/* Finds the level by trying: a child that reaches it and is given nothing must
 * say so. */
static int
find_level(struct fc_children *c, struct fa_err *err)
{
	int level = LEVEL_MAX;

	c->lack = LACK_MAX;
	if (c->opts.limited && (int)c->opts.at_most < level) {
		level = (int)c->opts.at_most;
		c->lack = NULL;
	}
	for (; level >= (int)c->opts.require; level--) {
		struct child k;
		int rc = start_child(&k, c, (enum fc_level)level, err);

		if (rc == FA_OK)
			rc = finish(&k, fc_feed_now_ms() + FC_CHILD_TIMEOUT_MS,
				err);
		if (rc < 0)
			return rc;
		if (rc == FC_BAD_INPUT) {
			c->level = (enum fc_level)level;
			return FA_OK;
		}
		if (!c->lack)
			c->lack = lack_of(rc & FC_STEP_FAILED ? rc : 0);
		if (level == FC_LEVEL_LIMITS)
			break;
	}
	return fa_fail(err, FA_E_UNSUPPORTED,
		"level \"%s\" of protection is not reached here, for want of "
		"%s",
		fc_level_name(c->opts.require),
		c->lack ? c->lack : "a higher limit");
}

/* Where the shared object of a matcher begins; NULL when it is built in. */
static const void *
object_of(const struct fc_plugin *p)
{
	Dl_info own, its;
	void *at[2];
	int (*here)(struct fc_children **, const struct fc_child_opts *,
		struct fa_err *) = fc_children_new;

	/* ISO C has no conversion from functions to objects; POSIX has */
	memcpy(&at[0], &here, sizeof(at[0]));
	memcpy(&at[1], &p->encode, sizeof(at[1]));
	if (!dladdr(at[0], &own) || !dladdr(at[1], &its) ||
		own.dli_fbase == its.dli_fbase)
		return NULL;
	return its.dli_fbase;
}

static int
check_opts(const struct fc_child_opts *o, struct fa_err *err)
{
	if ((unsigned)o->require >= FC_LEVELS ||
		(o->limited && (unsigned)o->at_most >= FC_LEVELS))
		return fa_fail(err, FA_E_USAGE, "unknown level of protection");
	if (o->pool > FC_POOL_MAX)
		return fa_fail(err, FA_E_LIMIT, "pool of %u children, limit %d",
			o->pool, FC_POOL_MAX);
	if (o->timeout_ms < 0 || o->timeout_ms > FC_CHILD_TIMEOUT_MAX_MS)
		return fa_fail(err, FA_E_LIMIT,
			"a timeout of %lld ms, expected up to %d",
			(long long)o->timeout_ms, FC_CHILD_TIMEOUT_MAX_MS);
	return fc_plugin_check(o->plugin, err);
}

int
fc_children_new(struct fc_children **out, const struct fc_child_opts *opts,
	struct fa_err *err)
{
	struct fa_arena arena;
	struct fc_children *c;
	int rc = check_opts(opts, err);

	if (rc < 0)
		return rc;
	fa_arena_init(&arena, 4 * sizeof(*c));
	c = fa_arena_new(&arena, 1, sizeof(*c));
	if (!c) {
		fa_arena_done(&arena);
		return fa_fail(err, FA_E_NOMEM, "no memory for children");
	}
	c->arena = arena;
	c->opts = *opts;
	if (c->opts.timeout_ms == 0)
		c->opts.timeout_ms = FC_CHILD_TIMEOUT_MS;
	c->object = object_of(opts->plugin);
	(void)pthread_mutex_init(&c->lock, NULL);
	rc = find_level(c, err);
	if (rc == FA_OK)
		rc = fc_children_ready(c, err);
	if (rc < 0) {
		fc_children_free(c);
		return rc;
	}
	*out = c;
	return FA_OK;
}

void
fc_children_free(struct fc_children *c)
{
	struct fa_arena arena;

	if (!c)
		return;
	for (unsigned i = 0; i < c->pool_n; i++)
		end_child(&c->pool[i]);
	(void)pthread_mutex_destroy(&c->lock);
	arena = c->arena;
	fa_arena_done(&arena);
}

enum fc_level
fc_children_level(const struct fc_children *c)
{
	return c->level;
}

const char *
fc_children_lack(const struct fc_children *c)
{
	return c->lack;
}

int
fc_children_ready(struct fc_children *c, struct fa_err *err)
{
	int rc = FA_OK;

	(void)pthread_mutex_lock(&c->lock);
	while (rc == FA_OK && c->pool_n < c->opts.pool) {
		rc = start_child(&c->pool[c->pool_n], c, c->level, err);
		if (rc == FA_OK)
			c->pool_n++;
	}
	(void)pthread_mutex_unlock(&c->lock);
	return rc;
}

/* A child out of the pool that still lives, or a new one. */
static int
take_child(struct child *out, struct fc_children *c, struct fa_err *err)
{
	bool found = false;

	(void)pthread_mutex_lock(&c->lock);
	while (!found && c->pool_n > 0) {
		siginfo_t dead = { 0 };

		*out = c->pool[--c->pool_n];
		found = waitid(P_PID, (id_t)out->pid, &dead,
				WEXITED | WNOHANG | WNOWAIT) == 0 &&
			dead.si_pid == 0;
		if (!found)
			(void)reap(out);
	}
	(void)pthread_mutex_unlock(&c->lock);
	return found ? FA_OK : start_child(out, c, c->level, err);
}

/* Moves both sides. 1 when the child is to decide, 0 when *a is the answer. */
static int
feed_child(enum fc_answer *a, struct child *k, const struct fc_order *order,
	struct fc_source reference, struct fc_source probe, int64_t deadline_ms,
	struct fa_err *err)
{
	uint8_t head[FC_ORDER_BYTES];
	enum fc_fed fed;
	int rc;

	rc = fc_feed(
		&fed, reference, k->reference[1], k->life[1], deadline_ms, err);
	if (rc == FA_OK && fed == FC_FED_ALL) {
		close_fd(&k->reference[1]);
		fc_order_write(head, order);
		/* into an empty pipe: it neither blocks nor splits */
		if (write(k->probe[1], head, sizeof(head)) != sizeof(head))
			return fa_fail(err, FA_E_IO,
				"cannot write to a child: %s", strerror(errno));
		rc = fc_feed(
			&fed, probe, k->probe[1], k->life[1], deadline_ms, err);
	}
	if (rc < 0)
		return rc;
	*a = FC_BAD_INPUT;
	return fed == FC_FED_ALL || fed == FC_FED_STUCK;
}

int
fc_children_check(enum fc_answer *out, struct fc_children *c,
	const struct fc_order *order, struct fc_source reference,
	struct fc_source probe, struct fa_err *err)
{
	int64_t deadline_ms = fc_feed_now_ms() + c->opts.timeout_ms;
	enum fc_answer a;
	struct child k;
	int rc = take_child(&k, c, err);

	if (rc < 0)
		return rc;
	rc = feed_child(&a, &k, order, reference, probe, deadline_ms, err);
	if (rc <= 0) {
		end_child(&k);
		if (rc == 0)
			*out = a;
		return rc;
	}
	rc = finish(&k, deadline_ms, err);
	if (rc < 0)
		return rc;
	*out = rc < FC_ANSWERS ? (enum fc_answer)rc : FC_INTERNAL;
	return FA_OK;
}

int
fc_children_verify(enum fc_answer *out, struct fc_children *c, int reference_fd,
	int probe_fd, struct fa_err *err)
{
	struct fc_order own_word = { .alive = false };
	struct fc_source reference = { .fd = reference_fd };
	struct fc_source probe = { .fd = probe_fd };

	return fc_children_check(out, c, &own_word, reference, probe, err);
}
